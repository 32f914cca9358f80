"""The header of tables: captions, an arrow beside the sorted word, a box that ticks all rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.domain.shown import shown
from desktop.models.column import ColumnKind
from desktop.models.table import RecordTableModel
from desktop.views.text import show_tip
from desktop.views.theme import color, metrics, paint_icon, u
from desktop.views.widgets.cells import cell_inside
from desktop.views.widgets.draw import draw_check, draw_text


class RecordHeader(QHeaderView):
    """Painted from tokens; `box_pressed` comes when the box above the checks is pressed."""

    box_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.box_state = Qt.CheckState.Unchecked
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionsMovable(False)
        self.setMinimumSectionSize(u(40))
        self.setMouseTracking(True)
        self.setFixedHeight(u(32))

    def _model(self) -> RecordTableModel[Any] | None:
        model = self.model()
        return model if isinstance(model, RecordTableModel) else None

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), u(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self._model()
        if model is None or not rect.isValid():
            return
        column = model.columns[section]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, color("surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        inside = cell_inside(
            rect, column, is_first=section == 0, is_last=section == len(model.columns) - 1
        )
        if column.kind == ColumnKind.CHECK:
            box = QRectF(inside.x(), inside.center().y() - u(8) + 1, u(16), u(16))
            draw_check(painter, box, self.box_state)
        elif column.kind != ColumnKind.MENU:
            self._word(painter, inside, section, model)
        painter.restore()

    @staticmethod
    def _word(painter: QPainter, inside: QRect, section: int, model: RecordTableModel[Any]) -> None:
        column = model.columns[section]
        is_sorted = model.sort_key == column.key
        is_right = column.kind == ColumnKind.NUMBER or column.align == Qt.AlignmentFlag.AlignRight
        text = shown(column.title())
        arrow = u(18) if is_sorted else 0
        room = inside.adjusted(arrow, 0, 0, 0) if is_right else inside.adjusted(0, 0, -arrow, 0)
        ink = "text" if is_sorted else "text2"
        align = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        took = draw_text(painter, room, text, ink, "caption", align=align)
        if is_sorted:
            x = room.right() - took - u(16) if is_right else room.x() + took + u(5)
            name = "arrow-down" if model.is_descending else "arrow-up"
            paint_icon(painter, name, "text", x, inside.center().y() - u(6) + 1, 12)

    def is_cut(self, section: int) -> bool:
        """Whether the word of a section is elided now."""
        model = self._model()
        if model is None:
            return False
        column = model.columns[section]
        rect = QRect(0, 0, self.sectionSize(section), u(32))
        inside = cell_inside(
            rect, column, is_first=section == 0, is_last=section == len(model.columns) - 1
        )
        arrow = u(18) if model.sort_key == column.key else 0
        return metrics("caption").horizontalAdvance(shown(column.title())) > inside.width() - arrow

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip(event.globalPos(), self.tip_of(self.logicalIndexAt(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def tip_of(self, section: int) -> str:
        """The long form of a short head, or the whole word of a cut one."""
        model = self._model()
        if model is None or not 0 <= section < len(model.columns):
            return ""
        column = model.columns[section]
        if column.long_title is not None:
            return column.long_title()
        return column.title() if self.is_cut(section) else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        model = self._model()
        section = self.logicalIndexAt(event.position().toPoint())
        if model is not None and 0 <= section < len(model.columns):
            column = model.columns[section]
            if column.kind == ColumnKind.CHECK:
                self.box_pressed.emit()
                return
        super().mousePressEvent(event)
