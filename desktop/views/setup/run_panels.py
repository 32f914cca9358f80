"""What a run needs a person for, above its steps: changed meanwhile, uncertain, two that fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.views.moments import moment_text
from desktop.views.setup.owner_mail import row_ranges
from desktop.views.setup.state_words import differing, state_rows
from desktop.views.text import SafeText, describe, isolated, joined
from desktop.views.theme import u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import Card
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Line, ScrollPane, column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.services.run_types import UncertainChunk

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Difference:
    """A step whose target is not as its plan saw it. `kind` is the step's tag."""

    step_key: str
    kind: str
    title: str
    base: Mapping[str, Any]
    now: Mapping[str, Any] | None
    wanted: Mapping[str, Any]


def three_columns(
    heads: tuple[str, str, str], rows: Sequence[tuple[str, tuple[str, ...]]], parent: QWidget
) -> QWidget:
    """A small grid: what, and its three values; a value that differs from the first is loud."""
    made = QWidget(parent)
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(u(16))
    grid.setVerticalSpacing(u(6))
    for number, head in enumerate(heads, 1):
        label = Label(head, "small", "text2", wraps=True)
        grid.addWidget(label, 0, number, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(number, 3)
    grid.setColumnStretch(0, 3)
    for line, (what, values) in enumerate(rows, 1):
        name = Label(what, "body", "text2", wraps=True)
        grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        for number, value in enumerate(values, 1):
            role = "medium" if value != values[0] else "body"
            label = Label(value, role, wraps=True)
            describe(label, joined(what, heads[number - 1]))
            grid.addWidget(label, line, number, Qt.AlignmentFlag.AlignTop)
    return made


class ConflictPanel(Card):
    """Three columns and two ways out; nothing is overwritten without a click."""

    def __init__(
        self,
        difference: Difference,
        names: Mapping[str, str],
        leave: Callable[[str], None],
        overwrite: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.step_key = difference.step_key
        gone = difference.now is None
        said = (
            translate("ConflictPanel", "What this step changes is no longer there.")
            if gone
            else translate(
                "ConflictPanel",
                "Someone changed this after the plan was made. Nothing was overwritten.",
            )
        )
        self.body.addWidget(Label(difference.title, "strong", wraps=True))
        self.body.addWidget(IconText("git-compare-arrows", said, "warn", wraps=True))
        rows = differing(
            state_rows(difference.kind, (difference.base, difference.now, difference.wanted), names)
        )
        heads = (
            translate("ConflictPanel", "When planned"),
            translate("ConflictPanel", "On the server now"),
            translate("ConflictPanel", "This plan would set"),
        )
        self.body.addWidget(Line())
        self.body.addWidget(three_columns(heads, rows, self))
        self.leave = Button(translate("ConflictPanel", "Keep what is there"), is_small=True)
        self.leave.setObjectName("keep_what_is_there")
        self.leave.clicked.connect(lambda: leave(difference.step_key))
        self.overwrite = Button(translate("ConflictPanel", "Overwrite it"), is_small=True)
        self.overwrite.setObjectName("overwrite_it")
        self.overwrite.clicked.connect(lambda: overwrite(difference.step_key))
        if gone:
            self.overwrite.hide()
        self.body.addLayout(row(self.leave, self.overwrite, None, margins=(0, 6, 0, 0)))


@dataclass(frozen=True)
class Way:
    """A button of a panel: what is handed back, its words, and a note beside it."""

    choice: str
    text: str
    note: str = ""


class ChoicePanel(Card):
    """What stands in the way, and one button for each way on."""

    def __init__(
        self,
        title: str,
        text: str,
        ways: Sequence[Way],
        choose: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.body.addWidget(Label(title, "strong", wraps=True))
        self.body.addWidget(IconText("git-compare-arrows", text, "warn", wraps=True))
        self.buttons: dict[str, Button] = {}
        for way in ways:
            button = Button(way.text, is_small=True)
            button.setObjectName(f"choose_{way.choice}")
            button.clicked.connect(lambda _on=False, chosen=way.choice: choose(chosen))
            self.buttons[way.choice] = button
            self.body.addLayout(row(button, Label(way.note, "small", "text2"), None))


@dataclass(frozen=True)
class UncertainWays:
    """What can be done about chunks nobody can account for."""

    mail: Callable[[], None]
    send_again: Callable[[UncertainChunk], None]
    leave: Callable[[str], None]


class UncertainPanel(Card):
    """Names the rows nobody can account for, and the three things a person can do about them."""

    def __init__(
        self,
        chunks: Sequence[UncertainChunk],
        file: str,
        ways: UncertainWays,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            translate("UncertainPanel", "Nobody can tell whether these rows arrived"),
            parent=parent,
        )
        self.again: dict[str, Button] = {}
        self.leave: dict[str, Button] = {}
        self.body.addWidget(
            Label(
                translate(
                    "UncertainPanel",
                    "They were sent once, the answer did not come, and the server does not list "
                    "items to you. They are not sent again by themselves: the owner can look.",
                ),
                "body",
                "text2",
                wraps=True,
            )
        )
        self.mail = Button(
            translate("UncertainPanel", "Copy a mail for the owner…"),
            "primary",
            icon="mail",
            is_small=True,
        )
        self.mail.setObjectName("owner_mail")
        self.mail.clicked.connect(ways.mail)
        self.body.addLayout(row(self.mail, None))
        for chunk in chunks:
            self._add(chunk, file, ways)

    def _add(self, chunk: UncertainChunk, file: str, ways: UncertainWays) -> None:
        rows = row_ranges(chunk.rows)
        self.body.addWidget(Line())
        # Every row is named, however many: only what others wrote is cut.
        text = translate("UncertainPanel", "Rows {rows}").format(rows=rows)
        if file:
            text = translate("UncertainPanel", "Rows {rows} of {file}").format(
                rows=rows, file=isolated(file)
            )
        named = Label(SafeText(text), "medium", wraps=True)
        again = Button(translate("UncertainPanel", "Send again…"), "danger_plain", is_small=True)
        again.setObjectName("send_again")
        again.clicked.connect(lambda: ways.send_again(chunk))
        stay = Button(translate("UncertainPanel", "Do not send again…"), is_small=True)
        stay.setObjectName("do_not_send_again")
        stay.clicked.connect(lambda: ways.leave(chunk.step_key))
        self.again[chunk.step_key], self.leave[chunk.step_key] = again, stay
        words = column(named, gap=4)
        collections = ", ".join(map(isolated, chunk.collections)) or "\u2013"
        into = SafeText(
            translate("UncertainPanel", "Into: {collections}").format(collections=collections)
        )
        words.addWidget(IconText("folder", into, "text2", wraps=True))
        if chunk.sent is not None:
            when = translate("UncertainPanel", "Sent: {when}").format(when=moment_text(chunk.sent))
            words.addWidget(IconText("clock", when, "text2"))
        buttons = column(row(again, stay), None)
        line = row(gap=16)
        line.addLayout(words, 1)
        line.addLayout(buttons)
        self.body.addLayout(line)


class FittedPane(ScrollPane):
    """As high as what it holds, up to a limit; beyond that it scrolls."""

    # Qt asks the filter before the constructor is through.
    _content: QWidget | None = None

    def __init__(self, content: QWidget, most: int, parent: QWidget | None = None) -> None:
        """`most` is in pixels as they are."""
        super().__init__(content, parent)
        self._content = content
        self._most = most

    def set_most(self, most: int) -> None:
        self._most = most
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handled = super().eventFilter(watched, event)
        # Wrapped lines know their height only once the layout has given them their width.
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self._content.layout() if self._content is not None else None
        if layout is None or layout.count() == 0:
            return
        high = layout.totalHeightForWidth(max(1, self.viewport().width()))
        if high < 0:
            high = layout.totalSizeHint().height()
        high = min(high, self._most)
        if high > 0 and (high != self.minimumHeight() or high != self.maximumHeight()):
            self.setFixedHeight(high)


class PanelPlace(FittedPane):
    """Panels one below the other, as high as they need up to a share of what holds them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        content = QWidget()
        self._box = QVBoxLayout(content)
        self._box.setContentsMargins(0, 0, 0, u(12))
        self._box.setSpacing(u(12))
        super().__init__(content, u(180), parent)
        self._panels: list[QWidget] = []
        self.hide()

    def panels(self) -> tuple[QWidget, ...]:
        return tuple(self._panels)

    def show_panels(self, panels: Sequence[QWidget]) -> None:
        for old in self._panels:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._panels = list(panels)
        for panel in panels:
            self._box.addWidget(panel)
        self.setVisible(bool(panels))
        self._fit()

    def keep(self, is_kept: Callable[[QWidget], bool]) -> None:
        """Hides those that are answered; the others stay as a person left them."""
        for panel in self._panels:
            panel.setVisible(is_kept(panel))
        self._fit()

    def fit(self, room: int) -> None:
        """`room` is the height of what holds the panels and the steps."""
        self.set_most(max(u(180), room * 3 // 5))
