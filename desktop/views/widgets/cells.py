"""The one delegate of tables: it asks the column for its kind and paints the cell itself."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.shown import shown
from desktop.models.column import Column, ColumnKind
from desktop.models.table import RecordTableModel
from desktop.views.theme import color, metrics, paint_icon, row_height, u
from desktop.views.widgets.draw import (
    badge_width,
    draw_avatar,
    draw_badge,
    draw_check,
    draw_dot,
    draw_seat_bar,
    draw_text,
    fill_rounded,
    text_token,
)

PAGE_MARGIN: Final = 24
CELL_PAD: Final = 8
STATUS_PAD: Final = 24
_AVATAR: Final = 24
_AVATAR_TALL: Final = 30
_BAR_WIDTH: Final = 76
_DOT: Final = 8
_DOT_GAP: Final = 8
AnyIndex = QModelIndex | QPersistentModelIndex


def cell_inside(rect: QRect, column: Column[Any], *, is_first: bool, is_last: bool) -> QRect:
    """Where the content of a cell or header stands inside its section."""
    left = PAGE_MARGIN if is_first else CELL_PAD
    if column.kind == ColumnKind.NAME and not is_first:
        left = 0
    elif column.kind == ColumnKind.STATUS and not is_first:
        left = STATUS_PAD  # a number often stands right before it
    right = PAGE_MARGIN if is_last else CELL_PAD
    return rect.adjusted(u(left), 0, -u(right), 0)


class RowDelegate(QStyledItemDelegate):
    """Paints background, hairline and content; the view tells which row and column is hovered."""

    hover_row = -1
    hover_column = -1
    drop_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        if not isinstance(model, RecordTableModel):
            return
        column = model.columns[index.column()]
        record = model.record(index.row())
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = index.row() == self.hover_row
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_selected or index.row() == self.drop_row:
            painter.fillRect(rect, color("sel"))
        elif is_hovered:
            painter.fillRect(rect, color("hover"))
        line = "accent_edge" if is_selected else "line"
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color(line))
        inside = cell_inside(
            rect.adjusted(0, 0, 0, -1),
            column,
            is_first=index.column() == 0,
            is_last=index.column() == len(model.columns) - 1,
        )
        match column.kind:
            case ColumnKind.CHECK:
                self._check(painter, inside, is_selected=is_selected)
            case ColumnKind.NAME:
                self._name(painter, inside, column, record)
            case ColumnKind.SEAT_BAR if column.amount is not None:
                used, total = column.amount(record)
                top = inside.center().y() - u(3) + 1
                bar = QRectF(inside.x(), top, min(u(_BAR_WIDTH), inside.width()), u(6))
                draw_seat_bar(painter, bar, used, total)
            case ColumnKind.STATUS:
                self._status(painter, inside, column, record)
            case ColumnKind.CHANGE if column.change is not None:
                self._change(painter, inside, column, column.change(record))
            case ColumnKind.MENU:
                is_on_tile = is_hovered and self.hover_column == index.column()
                self._menu(painter, inside, is_hovered=is_hovered, is_on_tile=is_on_tile)
            case _:
                self._text(painter, inside, column, record)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        model = index.model()
        width = 0
        if isinstance(model, RecordTableModel):
            width = self.wanted_width(model.columns[index.column()], model.record(index.row()))
        return QSize(width, row_height())

    @staticmethod
    def wanted_width(column: Column[Any], record: Any) -> int:
        """Width at which nothing of the cell is cut, padding included."""
        pad = 2 * u(CELL_PAD)
        text = shown(column.text(record))
        match column.kind:
            case ColumnKind.NAME:
                width = metrics("medium").horizontalAdvance(text)
                if column.badge is not None and (badge := column.badge(record)) is not None:
                    width += u(8) + badge_width(shown(badge.text))
                if column.second is not None:
                    second = metrics("small").horizontalAdvance(shown(column.second(record)))
                    width = max(width, second)
                if column.avatar is not None:
                    width += u((_AVATAR_TALL if column.second else _AVATAR) + 10)
                return width + pad
            case ColumnKind.STATUS:
                return metrics("body").horizontalAdvance(text) + u(22 + STATUS_PAD + CELL_PAD)
            case ColumnKind.CHECK | ColumnKind.MENU | ColumnKind.SEAT_BAR:
                return u(column.width)
            case ColumnKind.NUMBER:
                return metrics("strong", tabular=True).horizontalAdvance(text) + pad
            case _:
                width = metrics("body").horizontalAdvance(text)
                if column.second is not None:
                    second = metrics("small").horizontalAdvance(shown(column.second(record)))
                    width = max(width, second)
                if column.dot is not None:
                    width += u(_DOT + _DOT_GAP)
                return width + pad

    @staticmethod
    def _check(painter: QPainter, inside: QRect, *, is_selected: bool) -> None:
        box = QRectF(inside.x(), inside.center().y() - u(8) + 1, u(16), u(16))
        state = Qt.CheckState.Checked if is_selected else Qt.CheckState.Unchecked
        draw_check(painter, box, state)

    @staticmethod
    def _name(painter: QPainter, inside: QRect, column: Column[Any], record: Any) -> None:
        if column.avatar is not None:
            spec = column.avatar(record)
            side = u(_AVATAR_TALL if column.second is not None else _AVATAR)
            tile = QRectF(inside.x(), inside.center().y() - side / 2 + 1, side, side)
            draw_avatar(painter, tile, spec.key, spec.name, is_person=spec.is_person)
            inside = inside.adjusted(side + u(10), 0, 0, 0)
        elif column.icon is not None:
            top = inside.center().y() - u(8) + 1
            paint_icon(painter, column.icon(record), "text2", inside.x(), top)
            inside = inside.adjusted(u(24), 0, 0, 0)
        badge = column.badge(record) if column.badge is not None else None
        first = inside
        second = shown(column.second(record)) if column.second is not None else ""
        if second:
            high = metrics("medium").height()
            top = inside.center().y() - (high + metrics("small").height()) // 2 + 1
            first = QRect(inside.x(), top, inside.width(), high)
            below = QRect(inside.x(), top + high, inside.width(), metrics("small").height())
            draw_text(painter, below, second, "text2", "small")
        room = QRect(first)
        words = shown(badge.text) if badge is not None else ""
        if badge is not None:
            room.setWidth(max(u(40), first.width() - badge_width(words) - u(8)))
        ink = text_token(column.tone(record)) if column.tone is not None else "text"
        took = draw_text(painter, room, shown(column.text(record)), ink, "medium")
        if badge is not None:
            spot = QRect(
                first.x() + took + u(8), first.center().y() - u(10) + 1, badge_width(words), u(20)
            )
            draw_badge(painter, spot, words, badge.tone)

    @staticmethod
    def _status(painter: QPainter, inside: QRect, column: Column[Any], record: Any) -> None:
        ink = text_token(column.tone(record)) if column.tone is not None else "text2"
        if column.icon is not None and (name := column.icon(record)):
            paint_icon(painter, name, ink, inside.x(), inside.center().y() - u(7) + 1, 14)
            inside = inside.adjusted(u(21), 0, 0, 0)
        draw_text(painter, inside, shown(column.text(record)), ink)

    @staticmethod
    def _change(
        painter: QPainter, inside: QRect, column: Column[Any], change: tuple[str, str]
    ) -> None:
        before, after = shown(change[0]), shown(change[1])
        arrow = u(30)
        wide = metrics("body").horizontalAdvance(before)
        needed = metrics("body").horizontalAdvance(after)
        room = min(wide, max(inside.width() - arrow - needed, (inside.width() - arrow) // 2))
        took = draw_text(
            painter, QRect(inside.x(), inside.y(), room + 1, inside.height()), before, "text2"
        )
        x = inside.x() + took
        paint_icon(painter, "arrow-right", "text2", x + u(8), inside.center().y() - u(6) + 1, 12)
        draw_text(painter, inside.adjusted(took + arrow, 0, 0, 0), after, "text")

    @staticmethod
    def _menu(painter: QPainter, inside: QRect, *, is_hovered: bool, is_on_tile: bool) -> None:
        middle = inside.center().y() + 1
        x = inside.right() + 1 - u(16)
        if is_on_tile:
            tile = QRectF(x - u(5), middle - u(13), u(26), u(26))
            fill_rounded(painter, tile, u(6), "press")
        paint_icon(painter, "ellipsis", "text" if is_hovered else "text2", x, middle - u(8))

    @staticmethod
    def _text(painter: QPainter, inside: QRect, column: Column[Any], record: Any) -> None:
        is_number = column.kind == ColumnKind.NUMBER
        tone = column.tone(record) if column.tone is not None else ""
        ink = text_token(tone) if tone else ("text" if is_number else "text2")
        is_loud = is_number and tone in {"warn", "bad"}
        align = Qt.AlignmentFlag.AlignRight if is_number else column.align
        if column.dot is not None and (fill := column.dot(record)):
            draw_dot(painter, inside, fill)
            inside = inside.adjusted(u(_DOT + _DOT_GAP), 0, 0, 0)
        first = inside
        if column.second is not None:
            high = metrics("body").height()
            top = inside.center().y() - (high + metrics("small").height()) // 2 + 1
            first = QRect(inside.x(), top, inside.width(), high)
            below = QRect(inside.x(), top + high, inside.width(), metrics("small").height())
            draw_text(painter, below, shown(column.second(record)), "text2", "small", align=align)
        draw_text(
            painter,
            first,
            shown(column.text(record)),
            ink,
            "strong" if is_loud else "body",
            align=align,
            tabular=is_number,
        )
