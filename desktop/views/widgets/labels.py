"""Labels that show plain text only, elide when they must and say the rest in a tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.views.text import name_aloud, shown, shown_lines, tell
from desktop.views.theme import current, font, metrics, paint_icon, pixmap, repolish, u
from desktop.views.widgets.draw import (
    badge_width,
    count_width,
    draw_badge,
    draw_count,
    draw_text,
    fill_rounded,
    smooth_painter,
)


class Label(QLabel):
    """Text of a role and tone. One line elides; `wraps` breaks lines instead.

    Roles as in `theme.font`; tones: text, text2, text3, ok, warn, bad, accent, on_petrol,
    on_petrol2.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        wraps: bool = False,
        is_selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._full = ""
        self._tip = ""
        # Layouts ask for the same measures dozens of times; they go with the label.
        self._heights: dict[tuple[int, float], int] = {}
        self._widths: dict[float, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setFont(font(role))
        self.setWordWrap(wraps)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
            self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        if is_selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """The text as stored; hidden characters come out as marks."""
        self._full = shown_lines(text) if self.wordWrap() else shown(text)
        self._forget_measures()
        self.setText(self._full)
        if (
            self.wordWrap()
            and self.width() > 0
            and self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        ):
            self._keep_height()
        self.updateGeometry()
        self._tell_rest()

    def full_text(self) -> str:
        return self._full

    def set_tone(self, tone: str) -> None:
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)

    def set_role(self, role: str) -> None:
        self._role = role
        self._forget_measures()
        self.setFont(font(role))
        self.updateGeometry()

    def set_tip(self, text: str) -> None:
        """A tooltip of its own; without one an elided label tells its whole text."""
        self._tip = text
        self._tell_rest()

    @property
    def is_elided(self) -> bool:
        if self.wordWrap():
            return False
        return self._text_width() > self.contentsRect().width()

    def _forget_measures(self) -> None:
        self._heights.clear()
        self._widths.clear()

    def _text_width(self) -> int:
        scale = current().scale
        wide = self._widths.get(scale)
        if wide is None:
            wide = self._widths[scale] = metrics(self._role).horizontalAdvance(self._full)
        return wide

    def heightForWidth(self, width: int) -> int:
        """Measured here: QLabel's own answer never shrinks below its present height."""
        if not self.wordWrap():
            return -1
        key = (width, current().scale)
        high = self._heights.get(key)
        if high is None:
            area = QRect(0, 0, max(1, width), 100_000)
            flags = int(self.alignment() | Qt.TextFlag.TextWordWrap)
            high = metrics(self._role).boundingRect(area, flags, self._full or " ").height()
            self._heights[key] = high
        return high

    def sizeHint(self) -> QSize:
        if self.wordWrap():
            wide = min(self._text_width() + 2, u(360))
            return QSize(wide, self.heightForWidth(wide))
        return QSize(self._text_width() + 1, metrics(self._role).height())

    def minimumSizeHint(self) -> QSize:
        if self.wordWrap():
            return super().minimumSizeHint()
        hint = self.sizeHint()
        return QSize(min(hint.width(), u(32)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_elided or self.hasSelectedText():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        area = self.contentsRect()
        cut = metrics(self._role).elidedText(self._full, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(self.alignment() | Qt.TextFlag.TextSingleLine), cut)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.wordWrap():
            self._keep_height()
        self._tell_rest()

    def _keep_height(self) -> None:
        """Layouts give wrapped labels too little or too much: this is what their width needs."""
        high = self.heightForWidth(self.width())
        if high > 0 and high != self.maximumHeight():
            self.setFixedHeight(high)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._forget_measures()
            self.setFont(font(self._role))
            if self.wordWrap():
                self._keep_height()
            self.updateGeometry()
        super().changeEvent(event)

    def _tell_rest(self) -> None:
        tell(self, self._tip or (self._full if self.is_elided else ""))


class Badge(QWidget):
    """A word on a soft fill, 20 high; tones: neutral, ok, warn, bad, accent."""

    def __init__(
        self, text: str = "", tone: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = "", tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_badge(text, tone)

    def set_badge(self, text: str, tone: str = "neutral") -> None:
        self._text, self._tone = shown(text), tone
        name_aloud(self, self._text)
        tell(self, "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._text, has_icon=bool(self._icon)), u(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), u(48)), u(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_badge(smooth_painter(self), self.rect(), self._text, self._tone, self._icon)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_cut = self.width() < self.sizeHint().width()
        tell(self, self._text if is_cut else "")


class CountPill(QWidget):
    """A number in a pill; `warn` for work that waits."""

    def __init__(
        self, text: str = "", tone: str = "neutral", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._tone = shown(text), tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name_aloud(self, text)

    def set_count(self, text: str, tone: str = "neutral") -> None:
        self._text, self._tone = shown(text), tone
        name_aloud(self, text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(count_width(self._text), u(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_count(smooth_painter(self), self.rect(), self._text, self._tone)


class KeyCap(QWidget):
    """The name of a key as it is printed on it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = shown(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name_aloud(self, text)

    def sizeHint(self) -> QSize:
        return QSize(max(u(20), metrics("caption").horizontalAdvance(self._text) + u(10)), u(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        fill_rounded(painter, self.rect().toRectF(), u(4), "sunken", "line2")
        draw_text(
            painter,
            self.rect(),
            self._text,
            "text2",
            "caption",
            align=Qt.AlignmentFlag.AlignHCenter,
        )


class IconMark(QWidget):
    """One icon beside a text; decoration, so it has no name of its own."""

    def __init__(
        self, name: str, ink: str = "text2", size: float = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._ink, self._size = name, ink, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, ink: str | None = None) -> None:
        self._name = name
        self._ink = ink or self._ink
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(self._size), u(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_icon(smooth_painter(self), self._name, self._ink, 0, 0, self._size)


class IconTile(QWidget):
    """An icon on a soft square, as empty states and destructive dialogs carry it."""

    def __init__(
        self, name: str, tone: str = "accent", side: int = 56, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._side = name, tone, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(u(self._side), u(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        token = {"ok": "ok", "warn": "warn", "bad": "bad"}.get(self._tone, "accent")
        fill_rounded(painter, self.rect().toRectF(), u(self._side / 4), f"{token}_soft")
        size = 24 if self._side >= 48 else 20
        offset = (u(self._side) - u(size)) / 2
        paint_icon(painter, self._name, f"{token}_text", offset, offset, size)


class IconText(QWidget):
    """An icon and a word in one tone, as status lines use it; the text elides."""

    def __init__(
        self,
        icon: str,
        text: str,
        tone: str = "text2",
        role: str = "body",
        *,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        self._wraps = wraps
        self.label = Label(text, role, tone, wraps=wraps, parent=self)
        policy = self.label.sizePolicy()
        self.setSizePolicy(policy)

    def set_content(self, icon: str, text: str, tone: str = "text2") -> None:
        self._icon, self._tone = icon, tone
        self.label.set_text(text)
        self.label.set_tone(tone)
        self._keep_height()
        self.updateGeometry()
        self.update()

    def _keep_height(self) -> None:
        """As a wrapped label: forms of a fixed width ask nobody how high a long message is."""
        if self._wraps and self.width() > 0 and self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            high = self.heightForWidth(self.width())
            if high != self.maximumHeight():
                self.setFixedHeight(high)

    def hasHeightForWidth(self) -> bool:
        return self._wraps

    def heightForWidth(self, width: int) -> int:
        return max(u(18), self.label.heightForWidth(width - u(24)))

    def sizeHint(self) -> QSize:
        hint = self.label.sizeHint()
        return QSize(hint.width() + u(24), max(u(18), hint.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(u(24) + self.label.minimumSizeHint().width(), u(18))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.label.setGeometry(QRect(u(24), 0, self.width() - u(24), self.height()))
        self._keep_height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        token = {"ok": "ok_text", "warn": "warn_text", "bad": "bad_text", "accent": "accent_text"}
        top = u(1) if self._wraps else round((self.height() - u(16)) / 2)
        image = pixmap(self._icon, token.get(self._tone, self._tone), 16, self.devicePixelRatioF())
        smooth_painter(self).drawPixmap(0, top, image)
