"""The focus ring: one transparent overlay per window, only for focus that came by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QSlider,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from desktop.views.theme import u
from desktop.views.widgets.draw import focus_ring, smooth_painter

_KEYS = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}
_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
}


class FocusRing(QWidget):
    """Draws a 2 px ring, 2 px away from the focused control; rows and fields draw their own.

    It listens to the native window for keys and clicks and to the target with its parents for
    moves, never to the whole application: a filter in Python on every event would be felt.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self._followed: list[QWidget] = []
        self._by_key = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def show_for_keys(self, by_key: bool) -> None:
        """Whether the last input was a key that moves the focus."""
        self._by_key = by_key
        self._follow()

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._followed:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._followed.clear()
        self._target = None
        if new is not None and new.window() is self._window and _wants_ring(new):
            self._target = new
            at: QWidget | None = new
            while at is not None and at is not self._window:
                at.installEventFilter(self)
                self._followed.append(at)
                at = at.parentWidget()
        self._follow()

    def _follow(self) -> None:
        target = self._target
        if target is None or not self._by_key or not isValid(target) or not target.isVisible():
            self.hide()
            return
        gap = u(4)
        spot = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        self.setGeometry(spot.adjusted(-gap, -gap, gap, gap))
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _KEYS and watched is not self._target:
                self.show_for_keys(True)
        elif kind == QEvent.Type.MouseButtonPress:
            self.show_for_keys(False)
        elif watched is self._window:
            handle = self._window.windowHandle()
            if kind == QEvent.Type.Show and handle is not None:
                handle.removeEventFilter(self)
                handle.installEventFilter(self)
        elif kind in _FOLLOWED:
            self._follow()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        focus_ring(smooth_painter(self), self.rect().toRectF(), u(10))


def _wants_ring(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractItemView | QTabBar):
        return False
    return isinstance(widget, QAbstractButton | QComboBox | QSlider) or bool(
        widget.property("wants_ring")
    )
