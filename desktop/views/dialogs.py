"""Dialogs without nested loops: `await ask(dialog)`, one `confirm`, and the file pickers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.views.text import SafeText, entitle, isolated, sentence
from desktop.views.theme import u
from desktop.views.widgets.buttons import Button, ButtonKind
from desktop.views.widgets.fields import FormField, TextField
from desktop.views.widgets.focus import FocusRing
from desktop.views.widgets.labels import IconText, IconTile, Label
from desktop.views.widgets.layouts import Line, column, row


class Veil(QWidget):
    """Darkens the window under a dialog; a child of the window, so it never leaves it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(16, 28, 30, 90))


class Dialog(QDialog):
    """A question, its consequences, fields, and the buttons that answer it.

    Window-modal with the system's frame; a sheet on macOS. Esc is always the cancel button.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        *,
        subtitle: str = "",
        icon: str = "",
        tone: str = "accent",
        width: int = 420,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card_dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        entitle(self, title)
        self.setMinimumWidth(u(width))
        self.setMaximumWidth(u(width + 140))
        self.accept_button: Button | None = None
        self.cancel_button: Button | None = None
        self._is_danger = False
        self._reason = IconText("info", "", "text2", "small")
        self._reason.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(u(10))
        heading = Label(title, "heading", wraps=True)
        words = column(heading, gap=2)
        if subtitle:
            words.addWidget(Label(subtitle, "body", "text2", wraps=True))
        head = row(gap=14)
        if icon:
            tile = IconTile(icon, tone, 40)
            head.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._outer = column(gap=16, margins=(24, 24, 24, 20))
        self._outer.addLayout(head)
        self._outer.addLayout(self.body)
        self.setLayout(self._outer)
        FocusRing(self)

    def add_fact(self, icon: str, text: str, tone: str = "text") -> None:
        """A consequence as one short line with an icon."""
        self.body.addWidget(IconText(icon, text, tone, wraps=True))

    def add_buttons(self, accept: str, cancel: str, kind: ButtonKind = "primary") -> Button:
        """The answers; a `danger` one is last, red and never triggered by Enter."""
        self._is_danger = kind == "danger"
        self.cancel_button = Button(cancel)
        self.accept_button = Button(accept, kind)
        self.cancel_button.setAutoDefault(False)
        self.accept_button.setAutoDefault(False)
        if not self._is_danger:
            self.accept_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)
        self._outer.addWidget(Line())
        self._outer.addLayout(row(self._reason, None, self.cancel_button, self.accept_button))
        return self.accept_button

    def set_blocked(self, reason: str) -> None:
        """Disables the answer and says why at its left; an empty reason enables it."""
        if self.accept_button is not None:
            self.accept_button.set_blocked(reason)
        self._reason.set_content("info", reason)
        self._reason.setVisible(bool(reason))

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            # Wrapped lines know their height only at their width; the dialog follows.
            high = self._outer.totalHeightForWidth(self.width())
            if high > 0 and high != self.height():
                self.resize(self.width(), high)
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self._is_danger:
            return  # Enter never destroys anything
        super().keyPressEvent(event)


def open_dialogs(window: QWidget) -> list[QDialog]:
    """The dialogs that stand over `window` now."""
    return [one for one in window.window().findChildren(QDialog) if one.isVisible()]


async def ask(dialog: QDialog) -> bool:
    """Opens a dialog and waits for its answer without a nested loop; then it is deleted.

    No dialog stands over a dialog: while one is open, a second is refused as if cancelled. It can
    come from a second click on a button whose answer was still on its way.
    """
    window = dialog.parentWidget()
    if window is not None and open_dialogs(window):
        dialog.deleteLater()
        return False
    answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def finish(result: int) -> None:
        if not answered.done():
            answered.set_result(result == QDialog.DialogCode.Accepted)

    parent = dialog.parentWidget()
    veil = Veil(parent.window()) if parent is not None else None
    dialog.finished.connect(finish)
    if veil is not None:
        veil.show()
        veil.raise_()
    dialog.open()
    try:
        return await answered
    finally:
        # A lock takes the page away, and the dialog with it.
        if isValid(dialog):
            dialog.finished.disconnect(finish)
            dialog.close()
            dialog.deleteLater()
        if veil is not None and isValid(veil):
            veil.hide()
            veil.deleteLater()


class ConfirmDialog(Dialog):
    """A question with consequences; `typed` asks for a name to be retyped first."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        *,
        accept: str,
        cancel: str,
        subtitle: str = "",
        facts: Sequence[tuple[str, str]] = (),
        target: str = "",
        typed: str = "",
        icon: str = "",
        is_danger: bool = False,
        width: int = 0,
    ) -> None:
        super().__init__(
            parent,
            title,
            subtitle=subtitle,
            icon=icon,
            tone="bad" if is_danger else "accent",
            width=width or (500 if facts or typed else 420),
        )
        self._typed = typed
        # What was typed, also after the dialog is gone.
        self.typed_text = ""
        if target:
            self.body.addWidget(Label(target, "mono_small", "text2", wraps=True))
        for name, text in facts:
            self.add_fact(name, text)
        self.field: TextField | None = None
        if typed:
            ask_for = sentence(self.tr("Type {name} to continue"), name=typed)
            self.field = TextField(ask_for)
            self.field.textChanged.connect(self._check)
            self.body.addWidget(FormField(ask_for, self.field))
        self.add_buttons(accept, cancel, "danger" if is_danger else "primary")
        if typed:
            self._check("")

    def _check(self, text: str) -> None:
        self.typed_text = text
        is_same = text.strip() == self._typed.strip()
        self.set_blocked("" if is_same else self.tr("The name is not complete yet"))


def target_text(name: str, identity: UUID, web_vault: str) -> SafeText:
    """Which organization or provider is meant, also where two are called alike (T75)."""
    host = web_vault.removeprefix("https://").split("/")[0]
    return SafeText(f"{isolated(name)} · {str(identity)[:8]} · {host}")


async def confirm(
    parent: QWidget,
    title: str,
    *,
    accept: str,
    cancel: str,
    subtitle: str = "",
    facts: Sequence[tuple[str, str]] = (),
    target: str = "",
    typed: str = "",
    icon: str = "",
    is_danger: bool = False,
) -> bool:
    """The one question helper. `facts` are (icon, sentence), `target` says which organization.

    Destructive and key-sharing questions give `target`: name, short id and server (T75).
    """
    return await ask(
        ConfirmDialog(
            parent,
            title,
            accept=accept,
            cancel=cancel,
            subtitle=subtitle,
            facts=facts,
            target=target,
            typed=typed,
            icon=icon,
            is_danger=is_danger,
        )
    )


async def ask_open_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """A file to read; `kinds` as Qt writes filters: "Exports (*.csv *.json)"."""
    picker = QFileDialog(parent, title, "", kinds)
    picker.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _picked(picker)


async def ask_save_file(
    parent: QWidget, title: str, name: str, kinds: str, suffix: str = ""
) -> Path | None:
    """Where to write a file; asks itself before one is overwritten."""
    picker = QFileDialog(parent, title, "", kinds)
    picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    picker.setDefaultSuffix(suffix)
    picker.selectFile(name)
    return await _picked(picker)


async def _picked(picker: QFileDialog) -> Path | None:
    picker.setWindowModality(Qt.WindowModality.WindowModal)
    found: list[str] = []
    picker.fileSelected.connect(found.append)
    is_chosen = await ask(picker)
    return Path(found[0]) if is_chosen and found else None
