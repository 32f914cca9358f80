"""Menus: lines of 30 with icon and key, reasons under disabled lines, the destructive one last."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop.views.text import escaped, name_aloud, shown, tell
from desktop.views.theme import color, current, font, metrics, paint_icon, u
from desktop.views.widgets.draw import draw_dot, draw_text, fill_rounded, smooth_painter

_NOTE = "note"


class Menu(QMenu):
    """Built with `add`; texts are plain and `&` shows as typed."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name_aloud(self, name)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFont(font("body"))
        self.setToolTipsVisible(True)
        self._icons: dict[QAction, str] = {}
        self._texts: dict[QAction, str] = {}
        self._dangers: set[QAction] = set()
        self._dots: dict[QAction, str] = {}
        self._verbs: dict[QAction, str] = {}
        self._widest = u(180)

    def add(
        self,
        text: str,
        do: Callable[[], object] | None = None,
        *,
        icon: str = "",
        key: QKeySequence | str = "",
        reason: str = "",
        is_danger: bool = False,
        checked: bool | None = None,
        note: str = "",
        dot: str = "",
        verb: str = "",
    ) -> QAction:
        """A line; a `reason` disables it and stands below it in small type, as a `note` does.

        `dot` is a colour `#RRGGBB` before the text, `verb` a word at the right: what a click does.
        """
        action = self.addAction(escaped(text))
        self._icons[action], self._texts[action] = icon, shown(text)
        if key:
            action.setShortcut(QKeySequence(key))
            # Shown here only: pages own the real shortcut.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        if is_danger:
            self._dangers.add(action)
        if do is not None:
            action.triggered.connect(lambda _checked=False: do())
        wide = metrics("body").horizontalAdvance(self._texts[action]) + u(64)
        if dot:
            self._dots[action] = dot
            wide += u(16)
        if verb:
            self._verbs[action] = shown(verb)
            wide += u(24) + metrics("small_medium").horizontalAdvance(shown(verb))
        if key:
            wide += u(24) + metrics("caption").horizontalAdvance(self._key_text(action))
        if reason:
            action.setEnabled(False)
            action.setStatusTip(shown(reason))
            tell(action, reason)
        if below := reason or note:
            second = self.addAction(escaped(below))
            second.setEnabled(False)
            second.setData(_NOTE)
            self._texts[second] = shown(below)
            wide = max(wide, metrics("small").horizontalAdvance(shown(below)) + u(64))
        self._widest = max(self._widest, wide)
        self.setMinimumWidth(min(self._widest, u(420)))
        return action

    @staticmethod
    def _key_text(action: QAction) -> str:
        return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), min(self._widest, u(420))), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if current().is_high_contrast:
            super().paintEvent(event)
            return
        painter = smooth_painter(self)
        fill_rounded(painter, self.rect().toRectF(), u(9), "raised", "line2")
        lines = self.actions()
        for number, action in enumerate(lines):
            area = self.actionGeometry(action)
            if action.isSeparator():
                middle = area.center().y()
                painter.fillRect(area.x() + u(8), middle, area.width() - u(16), 1, color("line"))
            elif action.data() == _NOTE:
                below = QRect(area.x() + u(34), area.y() - u(9), area.width() - u(46), u(24))
                draw_text(painter, below, self._text_of(action), "text2", "small")
            else:
                after = lines[number + 1] if number + 1 < len(lines) else action
                is_noted = after.data() == _NOTE
                whole = area.united(self.actionGeometry(after)) if is_noted else area
                self._line(painter, action, area, whole.adjusted(0, 0, 0, -u(8) * is_noted))

    def _line(self, painter: QPainter, action: QAction, area: QRect, whole: QRect) -> None:
        is_on = action is self.activeAction() and action.isEnabled()
        if is_on:
            fill = "bad_soft" if action in self._dangers else "sel"
            fill_rounded(painter, whole.toRectF(), u(6), fill)
        ink = "text" if action.isEnabled() else "text3"
        icon_ink = "text2" if action.isEnabled() else "text3"
        if action in self._dangers and action.isEnabled():
            ink = icon_ink = "bad_text"
        name = self._icons.get(action, "")
        if action.isCheckable():
            name = "check" if action.isChecked() else ""
        if name:
            paint_icon(painter, name, icon_ink, area.x() + u(9), area.center().y() - u(8) + 1)
        inside = area.adjusted(u(34), 0, -u(12), 0)
        if dot := self._dots.get(action):
            draw_dot(painter, inside, dot)
            inside.adjust(u(16), 0, 0, 0)
        if verb := self._verbs.get(action):
            wide = metrics("small_medium").horizontalAdvance(verb)
            spot = QRect(inside.right() - wide, inside.y(), wide + 1, inside.height())
            draw_text(painter, spot, verb, "accent_text", "small_medium")
            inside.adjust(0, 0, -wide - u(16), 0)
        key = self._key_text(action)
        if key:
            wide = metrics("caption").horizontalAdvance(key)
            spot = QRect(inside.right() - wide, inside.y(), wide + 1, inside.height())
            draw_text(painter, spot, key, "text3", "caption")
            inside.adjust(0, 0, -wide - u(16), 0)
        draw_text(painter, inside, self._text_of(action), ink)

    # --- a line and its note are one ----------------------------------------------------------

    def _at_line(self, event: QMouseEvent) -> QMouseEvent:
        """Over a note the mouse means the line above it."""
        spot = event.position().toPoint()
        lines = self.actions()
        under = next((n for n, one in enumerate(lines) if self._is_note_at(one, spot)), 0)
        if under == 0:
            return event
        up = QPoint(0, self.actionGeometry(lines[under - 1]).center().y() - spot.y())
        return QMouseEvent(
            event.type(),
            event.position() + up,
            event.globalPosition() + up,
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def _is_note_at(self, action: QAction, spot: QPoint) -> bool:
        return action.data() == _NOTE and self.actionGeometry(action).contains(spot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(self._at_line(event))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(self._at_line(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._at_line(event))

    def _text_of(self, action: QAction) -> str:
        """Qt may hand out an action as another object than the one that was added."""
        return self._texts.get(action) or shown(action.text().replace("&&", "&"))
