"""Toasts: short answers to the user's own acts, bottom right, gone after six seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid

from desktop.views.theme import current, metrics, u
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.draw import fill_rounded, smooth_painter
from desktop.views.widgets.labels import IconMark, Label
from desktop.views.widgets.shadow import draw_shadow, shadow_margin

_STAYS_MS: Final = 6_000
_RISES_MS: Final = 160
_WIDTH: Final = 560
_BESIDE: Final = 110
"""Icon, cross and the gaps beside the text."""


class _Toast(QWidget):
    def __init__(
        self, text: str, icon: str, action: str, do: Callable[[], None] | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._do = do
        self._clock = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._clock.timeout.connect(self.dismiss)
        wide = u(_WIDTH - _BESIDE)
        is_long = metrics("body").horizontalAdvance(text) > wide
        self.label = Label(text, "body", "on_petrol", wraps=is_long)
        if is_long:
            self.label.setFixedWidth(wide)
        layout = QHBoxLayout(self)
        margin = shadow_margin()
        layout.setContentsMargins(margin + u(16), margin, margin + u(10), margin)
        layout.setSpacing(u(12))
        layout.addWidget(IconMark(icon, "on_petrol" if icon != "circle-check" else "toast_ok", 18))
        layout.addWidget(self.label, 1)
        if action and do is not None:
            button = Button(action, "on_toast", is_small=True)
            button.clicked.connect(self._act)
            layout.addWidget(button)
        cross = IconButton("x", self.tr("Close message"), kind="on_toast", side=26, size=14)
        cross.clicked.connect(self.dismiss)
        layout.addWidget(cross)
        lines = self.label.heightForWidth(wide) if is_long else 0
        self.setFixedHeight(max(u(46), lines + u(24)) + 2 * margin)
        self._clock.start()

    def _act(self) -> None:
        if self._do is not None:
            self._do()
        self.dismiss()

    def dismiss(self) -> None:
        self.hide()
        self.deleteLater()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._clock.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self._clock.start()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        margin = shadow_margin()
        box = self.rect().adjusted(margin, margin, -margin, -margin)
        draw_shadow(painter, box, u(9))
        fill_rounded(painter, box.toRectF(), u(9), "toast", "toast_edge")


class ToastHost(QObject):
    """Shows one toast at a time over `window`; a new one takes the place of the old."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toast: _Toast | None = None
        self._animation: QPropertyAnimation | None = None
        window.installEventFilter(self)

    def say(
        self,
        text: str,
        action: str = "",
        do: Callable[[], None] | None = None,
        *,
        icon: str = "circle-check",
    ) -> None:
        """One sentence and at most one action; errors that need a decision are never toasts."""
        self.clear()
        toast = _Toast(text, icon, action, do, self._window)
        self._toast = toast
        self._place()
        toast.show()
        toast.raise_()
        QAccessible.updateAccessibility(
            QAccessibleAnnouncementEvent(self._window, toast.label.full_text())
        )
        if not current().reduces_motion:
            self._rise(toast)

    def clear(self) -> None:
        if self._toast is not None:
            old, self._toast = self._toast, None
            if isValid(old):  # its own clock may have ended it meanwhile
                old.dismiss()

    def text(self) -> str:
        """What is said now, or an empty text."""
        is_there = self._toast is not None and isValid(self._toast)
        return self._toast.label.full_text() if self._toast is not None and is_there else ""

    def _place(self) -> None:
        if self._toast is None or not isValid(self._toast):
            return
        if self._animation is not None and isValid(self._animation):
            self._animation.stop()
        margin = shadow_margin()
        width = min(self._toast.sizeHint().width(), u(_WIDTH) + 2 * margin, self._window.width())
        self._toast.resize(width, self._toast.height())
        self._toast.move(
            self._window.width() - width - u(24) + margin,
            self._window.height() - self._toast.height() - u(24) + margin,
        )

    def _rise(self, toast: _Toast) -> None:
        rise = self._animation = QPropertyAnimation(toast, b"pos", toast)
        rise.setDuration(_RISES_MS)
        rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        rise.setStartValue(toast.pos() + QPoint(0, u(8)))
        rise.setEndValue(toast.pos())
        rise.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        return False
