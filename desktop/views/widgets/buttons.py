"""Buttons painted from tokens: filled, plain, ghost, danger, link, small, icon only."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from desktop.views.text import describe, escaped, explain, joined, name_aloud, shown, tell
from desktop.views.theme import color, current, font, metrics, paint_icon, u
from desktop.views.widgets.draw import draw_text, fill_rounded, smooth_painter

ButtonKind = Literal[
    "plain", "primary", "ghost", "danger", "danger_plain", "link", "on_petrol", "on_toast"
]

# Kind: fill, hover fill, pressed fill, edge, text.
_LOOKS: dict[str, tuple[str | None, str | None, str | None, str | None, str]] = {
    "plain": ("plain", "hover", "press", "line2", "text"),
    "primary": ("accent", "accent_hover", "accent_press", None, "on"),
    "ghost": (None, "press", "press", None, "text2"),
    "danger": ("danger", "danger_hover", "danger_hover", None, "on"),
    "danger_plain": ("plain", "bad_soft", "bad_soft", "line2", "bad_text"),
    "link": (None, None, None, None, "accent_text"),
}


class Button(QPushButton):
    """A button of one kind; `icon` is a Lucide name; `is_small` is 28 high instead of 32.

    The text is plain: `&` shows as typed. A disabled button says why through `set_blocked`.
    """

    def __init__(
        self,
        text: str,
        kind: ButtonKind = "plain",
        *,
        icon: str = "",
        is_small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: ButtonKind = kind
        self._icon = icon
        self._is_small = is_small
        self._full = ""
        self._tip = ""
        self._reason = ""
        self.setProperty("kind", kind)
        self.setAutoDefault(kind in {"primary", "plain"})
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._full = shown(text)
        self.setText(escaped(text))
        name_aloud(self, self._full)
        self.updateGeometry()
        self._tell_rest()

    def full_text(self) -> str:
        return self._full

    @property
    def kind(self) -> ButtonKind:
        return self._kind

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.setProperty("kind", kind)
        self.update()

    def set_icon_name(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_tip(self, text: str) -> None:
        self._tip = text
        self._tell_rest()

    def set_blocked(self, reason: str) -> None:
        """Disabled with one sentence naming what is missing; an empty reason enables it again."""
        self._reason = reason
        self.setEnabled(not reason)
        self._tell_rest()

    @property
    def is_elided(self) -> bool:
        return bool(self._full) and self.width() < self.sizeHint().width()

    def _role(self) -> str:
        return "small_medium" if self._is_small else "medium"

    def _pad(self) -> int:
        if self._kind == "link":
            return u(2)
        return u(10 if self._is_small else 13)

    def sizeHint(self) -> QSize:
        width = 2 * self._pad() + metrics(self._role()).horizontalAdvance(self._full)
        if self._icon:
            width += u(16) + (u(8) if self._full else 0)
        if self.menu() is not None:
            width += u(22)
        return QSize(width + 1, u(28 if self._is_small else 32))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), u(200)), hint.height())

    def _colours(self) -> tuple[str | None, str | None, str]:
        fill, hover, press, edge, ink = _LOOKS.get(self._kind, _LOOKS["plain"])
        if not self.isEnabled():
            if self._kind in {"ghost", "link"}:
                return None, None, "text3"
            return "sunken", "line", "text3"
        if self.isDown() or (self.menu() is not None and self.menu().isVisible()):
            fill = press
        elif self.underMouse() or self.isChecked():
            fill = hover
        return fill, edge, ink

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = self.rect().toRectF()
        radius = u(6 if self._is_small else 7)
        if self._kind in {"on_petrol", "on_toast"}:
            veil = color("on_petrol")
            veil.setAlphaF(0.24 if self.underMouse() or self.isDown() else 0.14)
            fill_rounded(painter, box, radius, veil)
            ink = "on_petrol" if self.isEnabled() else "on_petrol2"
        else:
            fill, edge, ink = self._colours()
            if fill or edge:
                fill_rounded(painter, box, radius, fill, edge)
        inside = self.rect().adjusted(self._pad(), 0, -self._pad(), 0)
        if self.menu() is not None:
            middle = self.height() / 2 - u(14) / 2
            paint_icon(painter, "chevron-down", ink, inside.right() - u(13), middle, 14)
            inside.adjust(0, 0, -u(22), 0)
        if self._icon:
            size = 16
            x = inside.x() if self._full else (self.width() - u(size)) / 2
            paint_icon(painter, self._icon, ink, x, self.height() / 2 - u(size) / 2, size)
            inside.adjust(u(24), 0, 0, 0)
        if self._full:
            wide = metrics(self._role()).horizontalAdvance(self._full)
            align = Qt.AlignmentFlag.AlignHCenter
            if self._icon or self.menu() is not None or wide > inside.width():
                align = Qt.AlignmentFlag.AlignLeft
            took = draw_text(
                painter, inside.adjusted(0, 0, 1, 0), self._full, ink, self._role(), align=align
            )
            if self._kind == "link" and self.underMouse() and self.isEnabled():
                x = (
                    inside.center().x() - took // 2
                    if align == Qt.AlignmentFlag.AlignHCenter
                    else inside.x()
                )
                bottom = self.height() // 2 + metrics(self._role()).ascent() // 2 + u(2)
                painter.fillRect(x, bottom, took, 1, color(ink))

    def setMenu(self, menu: QMenu | None) -> None:  # noqa: N802 - Qt's name
        if menu is not None:
            super().setMenu(menu)
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_rest()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(font(self._role()))
            self.updateGeometry()
        super().changeEvent(event)

    def _tell_rest(self) -> None:
        tip = self._reason or self._tip
        if tip:
            explain(self, tip)
            return
        describe(self, "")
        tell(self, self._full if self.is_elided else "")


class IconButton(Button):
    """An icon without a word; `name` is its accessible name and tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        kind: ButtonKind = "ghost",
        side: int = 32,
        size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        self._side, self._size = side, size
        super().__init__("", kind, icon=icon, parent=parent)
        self.set_name(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        self._tip = name
        name_aloud(self, name)
        tell(self, name)

    def set_text(self, text: str) -> None:
        """An icon button has no text."""

    def _tell_rest(self) -> None:
        tell(self, self._reason or self._tip)
        describe(self, self._reason)

    def sizeHint(self) -> QSize:
        return QSize(u(self._side), u(self._side))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        ink = "text2"
        if self._kind in {"on_petrol", "on_toast"}:
            ink = "on_petrol"
            if self.underMouse():
                veil = color("on_petrol")
                veil.setAlphaF(0.16)
                fill_rounded(painter, self.rect().toRectF(), u(6), veil)
        else:
            fill, edge, ink = self._colours()
            if fill or edge:
                fill_rounded(painter, self.rect().toRectF(), u(6), fill, edge)
        offset = (self.width() - u(self._size)) / 2
        top = (self.height() - u(self._size)) / 2
        paint_icon(painter, self._icon, ink, offset, top, self._size)


class Chip(QAbstractButton):
    """A filter: opens a menu (`set_menu`) or toggles (with a count). A set value has a cross."""

    cleared = Signal()

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        count: str = "",
        is_toggle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._full = shown(text)
        self._icon, self._count, self._value = icon, count, ""
        self._chip_menu: QMenu | None = None
        self.setCheckable(is_toggle)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setText(escaped(text))
        self._rename()
        self.clicked.connect(self._press)

    def set_menu(self, menu: QMenu) -> None:
        self._chip_menu = menu
        self.updateGeometry()

    def set_text(self, text: str) -> None:
        self._full = shown(text)
        self.setText(escaped(text))
        self._rename()

    def set_count(self, count: str) -> None:
        self._count = count
        self._rename()

    def set_value(self, value: str) -> None:
        """The chosen value: "Kind: Access x"; an empty one takes it off."""
        self._value = shown(value)
        self._rename()

    def full_text(self) -> str:
        return self._full

    @property
    def is_on(self) -> bool:
        return self.isChecked() or bool(self._value)

    def _rename(self) -> None:
        spoken = joined(self._full, self._value, between=": ")
        name_aloud(self, joined(spoken, self._count))
        tell(self, "")
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        return f"{self._full}: {self._value}" if self._value else self._full

    def sizeHint(self) -> QSize:
        width = u(22) + metrics("small_medium").horizontalAdvance(self._words())
        if self._icon:
            width += u(19)
        if self._count:
            width += u(6) + metrics("caption").horizontalAdvance(self._count)
        if self._value or self._chip_menu is not None:
            width += u(17)
        return QSize(width + 1, u(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), u(56)), u(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        ink = "accent_text" if self.is_on else "text2"
        fill, edge = ("accent_soft", "accent_edge") if self.is_on else ("plain", "line2")
        if not self.isEnabled():
            fill, edge, ink = "sunken", "line", "text3"
        elif not self.is_on and (self.underMouse() or self.isDown()):
            fill = "press" if self.isDown() else "hover"
        fill_rounded(painter, self.rect().toRectF(), self.height() / 2, fill, edge)
        inside = self.rect().adjusted(u(11), 0, -u(11), 0)
        middle = self.height() / 2
        if self._value:
            paint_icon(painter, "x", ink, inside.right() - u(11), middle - u(6), 12)
            inside.adjust(0, 0, -u(17), 0)
        elif self._chip_menu is not None:
            paint_icon(painter, "chevron-down", ink, inside.right() - u(11), middle - u(6), 12)
            inside.adjust(0, 0, -u(17), 0)
        if self._icon:
            paint_icon(painter, self._icon, ink, inside.x() - 1, middle - u(7), 14)
            inside.adjust(u(18), 0, 0, 0)
        if self._count:
            wide = metrics("caption").horizontalAdvance(self._count)
            spot = QRect(inside.right() - wide + 1, 0, wide + 1, self.height())
            draw_text(painter, spot, self._count, ink if self.is_on else "text3", "caption")
            inside.adjust(0, 0, -wide - u(5), 0)
        draw_text(painter, inside.adjusted(0, 0, 1, 0), self._words(), ink, "small_medium")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_cut = self.width() < self.sizeHint().width()
        tell(self, self._words() if is_cut else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._value and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._clear_value()
        else:
            super().keyPressEvent(event)

    def _clear_value(self) -> None:
        self.set_value("")
        self.cleared.emit()

    def _press(self) -> None:
        if self._value and self.mapFromGlobal(self.cursor().pos()).x() > self.width() - u(26):
            self._clear_value()
        elif self._chip_menu is not None:
            self._chip_menu.popup(self.mapToGlobal(QPoint(0, self.height() + u(4))))


class Switch(QAbstractButton):
    """On or off at once; `name` is read aloud, the visible label stands elsewhere."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        name_aloud(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def set_blocked(self, reason: str) -> None:
        self.setEnabled(not reason)
        explain(self, reason)

    def sizeHint(self) -> QSize:
        return QSize(u(32), u(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = self.rect().toRectF()
        if self.isEnabled():
            fill = "accent" if self.isChecked() else "field"
        else:
            fill = "accent_edge" if self.isChecked() else "line2"
        fill_rounded(painter, box, box.height() / 2, fill)
        side = box.height() - u(4)
        x = box.right() - side - u(2) if self.isChecked() else box.x() + u(2)
        fill_rounded(painter, QRectF(x, box.y() + u(2), side, side), side / 2, "on")


class _Segment(QAbstractButton):
    def __init__(self, text: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._full, self._icon = shown(text), icon
        self.setText(escaped(text))
        name_aloud(self, self._full)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        icon = u(23) if self._icon else 0
        width = metrics("small_medium").horizontalAdvance(self._full)
        return QSize(width + icon + u(24) + 1, u(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        if self.isChecked():
            dark = current().tokens.is_dark
            fill_rounded(
                painter,
                self.rect().toRectF(),
                u(6),
                "press" if dark else "surface",
                "line2",
            )
        ink = "text" if self.isChecked() or self.underMouse() else "text2"
        inside = self.rect().adjusted(u(12), 0, -u(10), 0)
        if self._icon:
            paint_icon(painter, self._icon, ink, inside.x(), self.height() / 2 - u(7), 14)
            inside.adjust(u(23), 0, 0, 0)
        draw_text(painter, inside, self._full, ink, "small_medium")


class Segmented(QWidget):
    """A few choices side by side; `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(
        self, choices: list[tuple[str, str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """`choices` are (key, text, icon or empty); the first is chosen."""
        super().__init__(parent)
        name_aloud(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._keys = [key for key, _text, _icon in choices]
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(u(2), u(2), u(2), u(2))
        layout.setSpacing(0)
        for number, (_key, text, icon) in enumerate(choices):
            button = _Segment(text, icon, self)
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._choose)

    def key(self) -> str:
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        self._group.button(self._keys.index(key)).setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        dark = current().tokens.is_dark
        fill_rounded(
            smooth_painter(self),
            self.rect().toRectF(),
            u(8),
            "sunken" if dark else "press",
            "line" if dark else None,
        )

    def _choose(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
