"""Five numbered tiles for the words of a fingerprint phrase."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.clipboard import clipboard
from desktop.views.text import name_aloud, shown
from desktop.views.theme import metrics, u
from desktop.views.widgets.draw import draw_text, fill_rounded, smooth_painter


class FingerprintTiles(QWidget):
    """Words to compare by phone; they wrap to two lines of tiles when the place is narrow."""

    def __init__(self, words: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("wants_ring", True)
        self.set_words(words)

    def set_words(self, words: Sequence[str]) -> None:
        self._words = tuple(shown(word) for word in words)
        name_aloud(self, self.tr("Fingerprint phrase: {words}").format(words=" ".join(self._words)))
        self.updateGeometry()
        self.update()

    def words(self) -> tuple[str, ...]:
        return self._words

    def copy(self) -> None:
        """Puts the phrase on the clipboard as one line with dashes."""
        clipboard().copy("-".join(self._words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _tile_width(self) -> int:
        longest = max((metrics("mono").horizontalAdvance(w) for w in self._words), default=u(40))
        return longest + u(20)

    def _per_row(self, width: int) -> int:
        count = len(self._words) or 1
        fits = max(1, (width + u(8)) // (self._tile_width() + u(8)))
        return count if fits >= count else min(fits, -(-count // 2))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._words) // self._per_row(width)) if self._words else 1
        return rows * u(68) + (rows - 1) * u(8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        high = self.heightForWidth(self.width())
        if high != self.maximumHeight():
            self.setFixedHeight(high)

    def sizeHint(self) -> QSize:
        count = len(self._words) or 5
        return QSize(count * self._tile_width() + (count - 1) * u(8), u(68))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._tile_width(), u(68))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        per_row = self._per_row(self.width())
        wide = (self.width() - u(8) * (per_row - 1)) / per_row
        middle = Qt.AlignmentFlag.AlignHCenter
        for number, word in enumerate(self._words):
            x = (number % per_row) * (wide + u(8))
            y = (number // per_row) * u(76)
            fill_rounded(painter, QRectF(x, y, wide, u(68)), u(8), "surface", "line2")
            left, width = round(x) + u(4), round(wide) - u(8)
            draw_text(
                painter,
                QRect(left, y + u(8), width, u(16)),
                str(number + 1),
                "text2",
                "caption",
                align=middle,
            )
            draw_text(
                painter, QRect(left, y + u(32), width, u(22)), word, "text", "mono", align=middle
            )
