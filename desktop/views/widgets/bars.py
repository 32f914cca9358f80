"""Bars, rings, avatars and the mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from desktop.views.text import describe, name_aloud
from desktop.views.theme import current, u
from desktop.views.widgets.draw import (
    draw_avatar,
    draw_bar,
    draw_mark,
    draw_ring,
    draw_seat_bar,
    fill_rounded,
    smooth_painter,
)

_FRAME_MS = 40


class SeatBar(QWidget):
    """Seats used of seats assigned; never alone, so the number beside it carries the meaning."""

    def __init__(self, used: int = 0, total: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used, self._total = used, total
        self.setMinimumWidth(u(48))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_seats(used, total)

    def set_seats(self, used: int, total: int) -> None:
        self._used, self._total = used, total
        name_aloud(self, self.tr("{used} of {total} seats used").format(used=used, total=total))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(76), u(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_seat_bar(smooth_painter(self), self.rect().toRectF(), self._used, self._total)


class ProgressBar(QProgressBar):
    """Work done so far: 8 px on top of a run, 4 px in groups and the sidebar."""

    def __init__(
        self, name: str, *, height: int = 8, fill: str = "bar", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._height, self._fill = height, fill
        name_aloud(self, name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_fill(self, fill: str) -> None:
        """`bar`, `ok_fill` when done, `bad_fill` when stopped."""
        self._fill = fill
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(90), u(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(u(40), u(self._height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        span = self.maximum() - self.minimum()
        share = (self.value() - self.minimum()) / span if span else 0.0
        draw_bar(smooth_painter(self), self.rect().toRectF(), share, self._fill)


class SplitBar(QWidget):
    """Shares of a whole side by side, as the verdicts of an import; amounts by token."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[int, str]] = []
        name_aloud(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Sequence[tuple[int, str]], spoken: str = "") -> None:
        """(amount, fill token) from left to right; `spoken` says them in words."""
        self._parts = [(amount, token) for amount, token in parts if amount > 0]
        describe(self, spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(200), u(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        whole = sum(amount for amount, _token in self._parts)
        if not whole:
            draw_bar(painter, self.rect().toRectF(), 0)
            return
        gap = u(2)
        least = u(6)
        room = self.width() - gap * (len(self._parts) - 1)
        widths = [max(least, room * amount / whole) for amount, _token in self._parts]
        # The small shares keep their least width; the largest gives up what they took.
        widths[widths.index(max(widths))] -= sum(widths) - room
        x = 0.0
        for (_amount, token), width in zip(self._parts, widths, strict=True):
            fill_rounded(painter, QRectF(x, 0, width, self.height()), u(2), token)
            x += width + gap


class BusyRing(QWidget):
    """A turning ring for waits under two seconds; stands still when motion is reduced."""

    def __init__(self, name: str, size: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size, self._turn = size, 0.0
        name_aloud(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._clock = QTimer(self, interval=_FRAME_MS)
        self._clock.timeout.connect(self._step)

    def sizeHint(self) -> QSize:
        return QSize(u(self._size), u(self._size))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not current().reduces_motion:
            self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _step(self) -> None:
        self._turn = (self._turn + 0.04) % 1
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_ring(smooth_painter(self), self.rect().toRectF(), self._turn)


class Avatar(QWidget):
    """Two letters on the hue of an id: organizations square, people round."""

    def __init__(
        self,
        key: str,
        name: str,
        side: int = 24,
        *,
        is_person: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._name, self._side, self._is_person = key, name, side, is_person
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_avatar(self, key: str, name: str) -> None:
        self._key, self._name = key, name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(self._side), u(self._side))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_avatar(
            smooth_painter(self),
            self.rect().toRectF(),
            self._key,
            self._name,
            is_person=self._is_person,
        )


class Mark(QWidget):
    """The mark of the program."""

    def __init__(
        self, side: int = 28, *, has_tile: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._side, self._has_tile = side, has_tile
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(u(self._side), u(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_mark(smooth_painter(self), self.rect().toRectF(), has_tile=self._has_tile)
