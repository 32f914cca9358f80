"""Cards, banners, strips and empty states."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from desktop.views.text import describe
from desktop.views.theme import color, keep_height, u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.draw import fill_rounded, smooth_painter, tone_tokens
from desktop.views.widgets.labels import IconMark, IconTile, Label
from desktop.views.widgets.layouts import Snug, column, holder, row


class Card(QWidget):
    """A white sheet with an edge for things that stand side by side; `body` takes the content."""

    def __init__(
        self,
        title: str = "",
        *actions: QWidget,
        is_flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`is_flush` leaves out the side padding, for lists that run to the card's edge."""
        super().__init__(parent)
        self.body: QBoxLayout = QVBoxLayout()
        self.body.setSpacing(u(8))
        outer = QVBoxLayout(self)
        side = 1 if is_flush else u(18)
        outer.setContentsMargins(side, u(14), side, 1 if is_flush else u(14))
        outer.setSpacing(u(10))
        if title:
            self.title = Label(title, "heading")
            head = row(self.title, None, *actions)
            if is_flush:
                head.setContentsMargins(u(17), 0, u(17), 0)
            outer.addLayout(head)
        outer.addLayout(self.body)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill_rounded(smooth_painter(self), self.rect().toRectF(), u(10), "surface", "line")


class ChoiceCard(QWidget):
    """Frame of a choice among cards: the chosen one has a 2 px edge in accent."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_on = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(u(16), u(14), u(16), u(14))
        self.body.setSpacing(u(4))

    def set_on(self, is_on: bool) -> None:
        self._is_on = is_on
        self.update()

    def mousePressEvent(self, _event: object) -> None:
        self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        edge, width = ("accent", 2.0) if self._is_on else ("line2", 1.0)
        fill_rounded(painter, self.rect().toRectF(), u(10), "surface", edge, width)


class Facts(QWidget):
    """Names at the left, values at the right, one line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(u(6))
        self._grid.setHorizontalSpacing(u(16))
        self._grid.setColumnStretch(1, 1)
        self._values: list[Label] = []

    def add(self, name: str, value: str, role: str = "medium", tone: str = "text") -> Label:
        """Returns the value's label, so that it can be set again."""
        number = self._grid.rowCount()
        label = Label(value, role, tone)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        describe(label, name)
        self._grid.addWidget(Label(name, "body", "text2"), number, 0)
        self._grid.addWidget(label, number, 1)
        self._values.append(label)
        return label

    def clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._values.clear()


_BANNER_ICONS = {
    "warn": "shield-alert",
    "bad": "circle-x",
    "neutral": "info",
    "ok": "circle-check",
    "accent": "info",
}


class Banner(Snug):
    """What waits for the user on this page: icon, title, one sentence, one button."""

    acted = Signal()

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        tone: str = "warn",
        action: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        ink, _soft = tone_tokens(tone)
        self._title = Label(title, "strong")
        self._text = Label(text, "body", "text2", wraps=True)
        if not text:
            self._text.hide()
        self.button = Button(action, is_small=True)
        if not action:
            self.button.hide()
        self.button.clicked.connect(self.acted)
        mark = IconMark(icon or _BANNER_ICONS.get(tone, "info"), ink, 18)
        words = column(self._title, self._text, gap=1)
        layout = row(mark, gap=12, margins=(14, 9, 12, 9))
        layout.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self.button)
        self.setLayout(layout)

    def set_content(self, title: str, text: str = "", action: str = "") -> None:
        self._title.set_text(title)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self.button.set_text(action)
        self.button.setVisible(bool(action))

    def paintEvent(self, _event: QPaintEvent) -> None:
        _ink, soft = tone_tokens(self._tone)
        fills = {"warn": "warn_fill", "bad": "bad_fill", "ok": "ok_fill", "accent": "accent"}
        edge = QColor(color(fills.get(self._tone, "field")))
        edge.setAlphaF(0.35 if self._tone in fills else 0.6)
        fill_rounded(smooth_painter(self), self.rect().toRectF(), u(9), soft, edge)


class Strip(QWidget):
    """A full-width line for states of the whole page: offline, read only."""

    acted = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        *,
        tone: str = "warn",
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self.title = Label(title, "strong")
        self.text = Label(text, "body", "text2")
        self.button = Button(action, is_small=True)
        if not action:
            self.button.hide()
        self.button.clicked.connect(self.acted)
        self.setLayout(
            row(
                IconMark(icon, tone_tokens(tone)[0], 18),
                self.title,
                self.text,
                None,
                self.button,
                gap=10,
                margins=(24, 0, 24, 0),
            )
        )
        keep_height(self, 46)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        painter.fillRect(self.rect(), color(tone_tokens(self._tone)[1]))
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))


class AccessStrip(QWidget):
    """Says with whose access a client is open; always there, never closed."""

    asked = Signal()

    def __init__(
        self, title: str, text: str, link: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = Label(title, "small_strong")
        self._text = Label(text, "small", "text2")
        self.link = Button(link, "link", is_small=True)
        if not link:
            self.link.hide()
        self.link.clicked.connect(self.asked)
        self.setLayout(
            row(
                IconMark("shield-user", "accent_text"),
                self._title,
                self._text,
                None,
                self.link,
                gap=8,
                margins=(14, 0, 14, 0),
            )
        )
        keep_height(self, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill_rounded(smooth_painter(self), self.rect().toRectF(), u(8), "accent_soft")


class EmptyState(QWidget):
    """Why there is nothing here and what to do about it; slightly above the middle."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        *buttons: QWidget,
        tone: str = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = Label(title, "heading", wraps=True)
        self._text = Label(text, "body", "text2", wraps=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        if not text:
            self._text.hide()
        self._middle = holder(
            column(
                row(None, IconTile(icon, tone), None),
                self._title,
                self._text,
                row(None, *buttons, None, gap=12, margins=(0, 6, 0, 0)),
                gap=8,
            ),
            self,
        )

    def set_content(self, title: str, text: str = "") -> None:
        self._title.set_text(title)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self._place()

    def resizeEvent(self, _event: object) -> None:
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        # The labels' own widths, and with them their heights, are settled only now.
        super().showEvent(event)
        self._place()

    def _place(self) -> None:
        width = min(u(400), max(u(160), self.width() - u(32)))
        layout = self._middle.layout()
        high = layout.totalHeightForWidth(width) if layout is not None else u(200)
        # Labels know their height only once they have their width.
        self._middle.resize(width, high)
        if layout is not None:
            layout.activate()
            high = layout.totalHeightForWidth(width)
        top = max(u(16), round((self.height() - high) * 0.44))
        self._middle.setGeometry(QRect((self.width() - width) // 2, top, width, high))

    def sizeHint(self) -> QSize:
        return QSize(u(420), u(260))

    def paintEvent(self, _event: QPaintEvent) -> None:
        smooth_painter(self).fillRect(self.rect(), color("surface"))
