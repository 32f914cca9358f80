"""Lines at the foot of a list for connections whose rows are not in it; a click unlocks one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.text import explain, joined, name_aloud, shown
from desktop.views.theme import color, paint_icon, text_width, u
from desktop.views.widgets.cells import PAGE_MARGIN
from desktop.views.widgets.draw import draw_dot, draw_text, focus_ring, smooth_painter

if TYPE_CHECKING:
    from desktop.domain.ids import ConnectionId

_AVATAR: Final = 24
_GAP: Final = 10


@dataclass(frozen=True)
class LockedLine:
    """One connection: its dot (`#RRGGBB`), a sentence that is marked already, and what helps."""

    connection: ConnectionId
    dot: str
    text: str
    verb: str


class _Line(QAbstractButton):
    """A row of a table in looks: lock, dot, sentence, and the verb as a link."""

    def __init__(self, line: LockedLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self.setObjectName("locked_line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name_aloud(self, joined(line.text, line.verb, between=" "))
        explain(self, line.text)

    @property
    def words(self) -> str:
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return QSize(u(240), u(40))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        painter.fillRect(self.rect(), color("hover" if self.underMouse() else "surface"))
        painter.fillRect(0, 0, self.width(), 1, color("line"))
        middle = self.height() / 2
        paint_icon(painter, "lock", "text2", u(PAGE_MARGIN + 4), middle - u(8) + 1)
        left = u(PAGE_MARGIN + _AVATAR + _GAP)
        draw_dot(painter, QRect(left, 1, u(8), self.height()), self._line.dot)
        left += u(16)
        verb = shown(self._line.verb)
        wide = text_width(verb, "medium")
        room = max(0, self.width() - left - u(PAGE_MARGIN) - wide - u(12))
        area = QRect(left, 1, room, self.height())
        took = draw_text(painter, area, self._line.text, "text2")
        spot = QRect(left + took + u(12), 1, wide + 1, self.height())
        draw_text(painter, spot, verb, "accent_text", "medium")
        if self.underMouse():
            bottom = round(middle) + u(9)
            painter.fillRect(spot.x(), bottom, wide, 1, color("accent_text"))
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), u(6))


class LockedLines(QWidget):
    """Nothing at all while every connection is open."""

    asked = Signal(object)  # ConnectionId

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[LockedLine, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    def set_lines(self, lines: Sequence[LockedLine]) -> None:
        """Takes the place of what stood there."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            made = _Line(line, self)
            made.clicked.connect(lambda _on=False, which=line.connection: self.asked.emit(which))
            self._layout.addWidget(made)
        self.setVisible(bool(lines))

    @property
    def texts(self) -> list[str]:
        """The lines as they are read aloud."""
        return [f"{line.text} {line.verb}" for line in self._lines]
