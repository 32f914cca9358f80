"""Strips over the page: practice over the whole window, offline over the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.text import SafeText, name_aloud, sentence
from desktop.views.theme import color, u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import IconMark, Label
from desktop.views.widgets.layouts import Pane, Snug, column, row
from desktop.views.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.ids import RunId
    from desktop.services.run_types import WaitingRun


class PracticeRibbon(QWidget):
    """Says that nothing leaves this computer; holds the inbox and the cut of the network."""

    inbox_asked = Signal()
    cut_toggled = Signal(bool)
    real_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.inbox = Button(self.tr("Practice inbox"), "on_petrol", icon="inbox", is_small=True)
        self.inbox.clicked.connect(self.inbox_asked)
        self.cut = Button(self.tr("Cut the network"), "on_petrol", icon="unplug", is_small=True)
        self.cut.setCheckable(True)
        self.cut.toggled.connect(self._cut)
        self.real = Button(self.tr("Connect a real account…"), "on_petrol", is_small=True)
        self.real.clicked.connect(self.real_asked)
        text = Label(self.tr("Nothing leaves this computer."), "body", "on_petrol2")
        self.setLayout(
            row(
                IconMark("graduation-cap", "brass"),
                Label(self.tr("Practice"), "strong", "on_petrol"),
                text,
                None,
                self.inbox,
                self.cut,
                self.real,
                gap=10,
                margins=(24, 6, 24, 6),
            )
        )
        self.setFixedHeight(u(42))

    def set_mails(self, count: int) -> None:
        name = self.tr("Practice inbox")
        self.inbox.set_text(f"{name} {self.locale().toString(count)}" if count else name)

    def _cut(self, is_cut: bool) -> None:
        self.cut.set_text(self.tr("Restore the network") if is_cut else self.tr("Cut the network"))
        self.cut_toggled.emit(is_cut)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        blend = QLinearGradient(0, 0, self.width(), 0)
        blend.setColorAt(0, color("petrol_top"))
        blend.setColorAt(1, color("petrol_bottom"))
        painter.fillRect(self.rect(), blend)


class OfflineStrip(Pane):
    """One line: why writing is off, how old the picture is, one way out."""

    retry_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn_soft", "b", parent=parent)
        self._icon = IconMark("cloud-off", "warn_text")
        self._text = Label("", "body", "warn")
        self._button = Button(self.tr("Try again"), is_small=True)
        self._button.clicked.connect(self.retry_asked)
        self.setLayout(
            row(self._icon, self._text, None, self._button, gap=10, margins=(24, 4, 24, 4))
        )
        self.setFixedHeight(u(38))
        self.hide()

    def say(self, text: str, icon: str = "cloud-off", verb: str = "") -> None:
        self._icon.set_icon(icon)
        self._text.set_text(text)
        self._button.set_text(verb or self.tr("Try again"))
        name_aloud(self, text)
        self.show()

    @property
    def text(self) -> str:
        return self._text.full_text()


class WaitingStrip(Pane):
    """One line for a run that was interrupted: continue it now, or later from the list of runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accent_soft", "b", parent=parent)
        self._text = Label("", "body")
        self._run: RunId | None = None
        self._unlock: Callable[[], None] | None = None
        self._go_on: Callable[[], None] | None = None
        self._put_off: Callable[[], None] | None = None
        self.continue_button = Button(self.tr("Continue the run"), is_small=True)
        self.continue_button.setObjectName("continue_run")
        self.continue_button.clicked.connect(lambda: self._answer(self._go_on))
        self.later_button = Button(self.tr("Later"), "ghost", is_small=True)
        self.later_button.clicked.connect(lambda: self._answer(self._put_off))
        self.setLayout(
            row(
                IconMark("circle-pause", "accent_text"),
                self._text,
                None,
                self.later_button,
                self.continue_button,
                gap=10,
                margins=(24, 4, 24, 4),
            )
        )
        self.setFixedHeight(u(38))
        self.hide()

    def offer(
        self,
        waiting: WaitingRun,
        go_on: Callable[[RunId], None],
        put_off: Callable[[RunId], None],
        *,
        connection: str = "",
    ) -> None:
        """`connection` is named where there are several."""
        self._run, self._unlock = waiting.run, None
        self._go_on, self._put_off = partial(go_on, waiting.run), partial(put_off, waiting.run)
        text = sentence(
            self.tr("“{run}” was interrupted. Steps done: {done} of {total}."),
            run=say(waiting.title),
            done=waiting.done,
            total=waiting.total,
        )
        if connection:
            text = sentence(self.tr("{connection}: {text}"), connection=connection, text=text)
        self._show(text, self.tr("Continue the run"))

    def offer_unlock(
        self, text: SafeText, unlock: Callable[[], None], put_off: Callable[[], None]
    ) -> None:
        """A run of a connection that is locked waits: no more is known of it."""
        self._run, self._unlock = None, unlock
        self._go_on, self._put_off = unlock, put_off
        self._show(text, self.tr("Unlock"))

    def _show(self, text: SafeText, verb: str) -> None:
        self._text.set_text(text)
        self.continue_button.set_text(verb)
        name_aloud(self, self._text.full_text())
        self.show()

    @property
    def offered(self) -> RunId | None:
        """The run that is offered now."""
        return self._run if self.isVisible() else None

    @property
    def asks_to_unlock(self) -> bool:
        """Whether what is offered now is of a locked connection."""
        return self._unlock is not None and self.isVisible()

    def _answer(self, work: Callable[[], None] | None) -> None:
        self.hide()
        if work is not None:
            work()


class DraftsStrip(Pane):
    """One line for plans that were made offline: they wait for a look and a click."""

    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accent_soft", "b", parent=parent)
        self._text = Label("", "body")
        self.show_button = Button(self.tr("Show the drafts"), is_small=True)
        self.show_button.setObjectName("show_drafts")
        self.show_button.clicked.connect(self.shown)
        later = Button(self.tr("Later"), "ghost", is_small=True)
        later.clicked.connect(self.hide)
        self.setLayout(
            row(
                IconMark("file-pen", "accent_text"),
                self._text,
                None,
                later,
                self.show_button,
                gap=10,
                margins=(24, 4, 24, 4),
            )
        )
        self.setFixedHeight(u(38))
        self.hide()

    def offer(self, count: int, connections: str = "") -> None:
        """`connections` are named where there are several."""
        text = self.tr("%Ln draft(s) wait(s): check and start.", "", count)
        if connections:
            text = sentence(
                self.tr("{connection}: {text}"), connection=connections, text=SafeText(text)
            )
        self._text.set_text(text)
        name_aloud(self, self._text.full_text())
        self.show()

    @property
    def text(self) -> str:
        return self._text.full_text()


class HeldStrip(Snug):
    """A list of the server lost much at once: the former one stays until somebody decides (T21)."""

    looked = Signal()
    taken = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "strong", wraps=True)
        self._text = Label("", "body", "text2", wraps=True)
        look = Button(self.tr("Look…"), is_small=True)
        take = Button(self.tr("Take the new list"), is_small=True)
        keep = Button(self.tr("Keep the former"), is_small=True)
        for button, name, said in (
            (look, "held_look", self.looked),
            (take, "held_take", self.taken),
            (keep, "held_keep", self.kept),
        ):
            button.setObjectName(name)
            button.clicked.connect(said)
        self.buttons = (look, take, keep)
        layout = row(IconMark("list-x", "warn_text", 18), gap=10, margins=(24, 8, 24, 8))
        layout.addLayout(column(self._title, self._text, gap=1), 1)
        for button in self.buttons:
            layout.addWidget(button)
        self.setLayout(layout)
        self.hide()

    def offer(self, title: str, text: str) -> None:
        self._title.set_text(title)
        self._text.set_text(text)
        name_aloud(self, self._title.full_text())
        self.set_busy("")
        self.show()

    def set_busy(self, reason: str) -> None:
        """While an answer is carried out nothing else can be answered."""
        for button in self.buttons:
            button.set_blocked(reason)

    @property
    def text(self) -> str:
        return f"{self._title.full_text()} {self._text.full_text()}"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("warn_soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))
