"""Tabs with counts over a real QTabBar, so that arrow keys and screen readers work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from desktop.views.text import escaped, name_aloud, shown
from desktop.views.theme import color, font, metrics, u
from desktop.views.widgets.draw import (
    count_width,
    draw_count,
    draw_text,
    fill_rounded,
    focus_ring,
    smooth_painter,
)


class CountTabs(QTabBar):
    """Words with a count pill; a count that is None shows no pill. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: list[str] = []
        self._texts: list[str] = []
        self._counts: list[str | None] = []
        self._tones: list[str] = []
        self._hover = -1
        name_aloud(self, name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(font("medium"))
        self.currentChanged.connect(self._choose)

    def add(self, key: str, text: str, count: str | None = None, tone: str = "neutral") -> None:
        self._keys.append(key)
        self._texts.append(shown(text))
        self._counts.append(count)
        self._tones.append(tone)
        self.addTab(escaped(text))
        self._rename(len(self._keys) - 1)

    def set_count(self, key: str, count: str | None, tone: str = "neutral") -> None:
        number = self._keys.index(key)
        self._counts[number], self._tones[number] = count, tone
        self._rename(number)
        self.updateGeometry()
        self.update()

    def set_text(self, key: str, text: str) -> None:
        number = self._keys.index(key)
        self._texts[number] = shown(text)
        self.setTabText(number, escaped(text))
        self._rename(number)

    def key(self) -> str:
        return self._keys[self.currentIndex()] if self._keys else ""

    def choose(self, key: str) -> None:
        self.setCurrentIndex(self._keys.index(key))

    def _rename(self, number: int) -> None:
        count = self._counts[number]
        text = self._texts[number]
        self.setAccessibleTabName(number, text if count is None else f"{text}, {count}")

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._keys):
            self.chosen.emit(self._keys[number])

    def _content_width(self, number: int) -> int:
        width = metrics("medium").horizontalAdvance(self._texts[number]) + 1
        count = self._counts[number]
        return width if count is None else width + u(7) + count_width(count)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        if index >= len(self._texts):  # Qt asks while the tab is being added
            return QSize(u(48), u(40))
        return QSize(self._content_width(index) + u(24), u(40))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))
        for number in range(self.count()):
            area = self.tabRect(number)
            is_chosen = number == self.currentIndex()
            content = QRect(area.x(), area.y(), self._content_width(number), area.height())
            if number == self._hover and not is_chosen:
                wash = content.adjusted(-u(8), u(7), u(6), -u(7))
                fill_rounded(painter, wash.toRectF(), u(6), "press")
            ink = "text" if is_chosen else "text2"
            if not self.isTabEnabled(number):
                ink = "text3"
            draw_text(painter, content, self._texts[number], ink, "medium")
            count = self._counts[number]
            if count is not None:
                wide = count_width(count)
                pill = QRect(content.right() - wide + 1, (area.height() - u(18)) // 2, wide, u(18))
                tone = "accent" if is_chosen else self._tones[number]
                draw_count(painter, pill, count, tone)
            if is_chosen:
                line = QRect(content.x(), area.height() - u(2), content.width(), u(2))
                fill_rounded(painter, line.toRectF(), 1, "accent_text")
                if self.hasFocus():
                    ring = content.adjusted(-u(5), u(5), u(5), -u(5))
                    focus_ring(painter, ring.toRectF(), u(7))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self.tabAt(event.position().toPoint())
        self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(font("medium"))
            self.updateGeometry()
        super().changeEvent(event)
