"""Rows and columns in one expression: `column(a, b, None)`; None stretches, a number is a gap."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.views.theme import color, keep_layout, u
from desktop.views.widgets.draw import smooth_painter

Part: TypeAlias = "QWidget | QLayout | int | None"
Margins: TypeAlias = "tuple[int, int, int, int]"


def _filled(layout: QBoxLayout, parts: tuple[Part, ...], gap: int, margins: Margins) -> None:
    keep_layout(layout, gap, margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(u(part))
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def column(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts from top to bottom; all numbers in pixels at 100 %."""
    layout = QVBoxLayout()
    _filled(layout, parts, gap, margins)
    return layout


def row(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts from left to right, centred on one line."""
    layout = QHBoxLayout()
    _filled(layout, parts, gap, margins)
    for position in range(layout.count()):
        item = layout.itemAt(position)
        if item is not None and (widget := item.widget()) is not None:
            policy = widget.sizePolicy().verticalPolicy()
            if policy == QSizePolicy.Policy.Fixed:
                layout.setAlignment(widget, Qt.AlignmentFlag.AlignVCenter)
            elif policy == QSizePolicy.Policy.Maximum:
                layout.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
    return layout


def holder(layout: QLayout, parent: QWidget | None = None) -> QWidget:
    """A plain widget around a layout."""
    widget = QWidget(parent)
    widget.setLayout(layout)
    return widget


class Line(QWidget):
    """A hairline, flat or upright; `strong` is the line above totals."""

    def __init__(
        self, *, is_upright: bool = False, is_strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._token = "line2" if is_strong else "line"
        if is_upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        smooth_painter(self).fillRect(self.rect(), color(self._token))


class Pane(QWidget):
    """A region filled with a token, with optional hairlines on its sides (`l t r b`)."""

    def __init__(
        self, fill: str = "bg", edges: str = "", edge: str = "line", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fill = fill
        self._edges = edges
        self._edge = edge

    def set_fill(self, fill: str) -> None:
        self._fill = fill
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        painter.fillRect(self.rect(), color(self._fill))
        ink = color(self._edge)
        width, height = self.width(), self.height()
        if "t" in self._edges:
            painter.fillRect(0, 0, width, 1, ink)
        if "b" in self._edges:
            painter.fillRect(0, height - 1, width, 1, ink)
        if "l" in self._edges:
            painter.fillRect(0, 0, 1, height, ink)
        if "r" in self._edges:
            painter.fillRect(width - 1, 0, 1, height, ink)


class Snug(QWidget):
    """As high as its layout needs at its width; layouts of Qt alone give wrapped text too much."""

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show}:
            layout = self.layout()
            high = layout.totalHeightForWidth(self.width()) if layout is not None else -1
            if high < 0 and layout is not None:
                high = layout.totalSizeHint().height()
            if high > 0 and high != self.maximumHeight():
                self.setFixedHeight(high)
        return handled


def forget_sizes(root: QWidget) -> None:
    """Layouts below `root` measure anew, for a style sheet that came after they were filled.

    A hidden page tells nobody when a widget on it changes its size, and the sheet reaches widgets
    in no certain order: without this the same window comes out different from start to start.
    """
    for widget in reversed(root.findChildren(QWidget)):
        widget.updateGeometry()


class ScrollPane(QScrollArea):
    """A page body that scrolls upright only and shows its background through."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A viewport of our own: asked for the one that Qt makes, PySide sets up every kind of
        # widget there is to find out which it got, 10 ms at the first time.
        viewport = QWidget()
        self.setViewport(viewport)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        viewport.setAutoFillBackground(False)
