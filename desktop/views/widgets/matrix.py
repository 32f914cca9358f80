"""Groups by collections: cells set by M, E, V and 0, what changed carries a brass dot."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.items import Permission
from desktop.domain.shown import shown
from desktop.models.matrix import MatrixModel
from desktop.views.text import name_aloud, show_tip
from desktop.views.theme import color, metrics, paint_icon, u
from desktop.views.widgets.draw import (
    draw_text,
    fill_rounded,
    focus_ring,
    smooth_painter,
)
from desktop.views.widgets.menus import Menu

AnyIndex = QModelIndex | QPersistentModelIndex
ICONS: Final[dict[Permission, str]] = {
    "none": "",
    "view": "eye",
    "view_hidden": "eye-off",
    "edit": "pencil",
    "edit_hidden": "pencil-off",
    "manage": "key-round",
}
_KEYS: Final[dict[int, Permission]] = {
    int(Qt.Key.Key_M): "manage",
    int(Qt.Key.Key_E): "edit",
    int(Qt.Key.Key_V): "view",
    int(Qt.Key.Key_0): "none",
    int(Qt.Key.Key_Delete): "none",
}
_HIDDEN: Final[dict[Permission, Permission]] = {
    "view": "view_hidden",
    "view_hidden": "view",
    "edit": "edit_hidden",
    "edit_hidden": "edit",
}
_NAME_WIDTH: Final = 290
_CELL_LEAST: Final = 112


def permission_words() -> dict[Permission, str]:
    """Every permission in full, in the language of now."""
    return {
        "none": QCoreApplication.translate("Permissions", "No access"),
        "view": QCoreApplication.translate("Permissions", "View"),
        "view_hidden": QCoreApplication.translate("Permissions", "View, passwords hidden"),
        "edit": QCoreApplication.translate("Permissions", "Edit"),
        "edit_hidden": QCoreApplication.translate("Permissions", "Edit, passwords hidden"),
        "manage": QCoreApplication.translate("Permissions", "Manage"),
    }


def short_words() -> dict[Permission, str]:
    """The word inside a cell: hidden passwords show by the icon."""
    words = permission_words()
    return {**words, "view_hidden": words["view"], "edit_hidden": words["edit"]}


class _CellDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(u(_CELL_LEAST), u(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        view = self.parent()
        if not isinstance(model, MatrixModel) or not isinstance(view, MatrixView):
            return
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = view.currentIndex()
        is_tinted = (
            here.isValid()
            and view.hasFocus()
            and (
                here.row() == index.row()
                or (here.column() == index.column() and index.column() > 0)
            )
        )
        painter.fillRect(rect, color("hover" if is_tinted else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        if index.column() == 0:
            self._name(painter, rect, model, index.row())
        else:
            self._cell(painter, rect, model, index)
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, rect: QRect, model: MatrixModel, row: int) -> None:
        entry = model.rows[row]
        x = rect.x() + u(24) + u(20) * min(entry.depth, 6)
        paint_icon(painter, "folder", "text2", x, rect.center().y() - u(8))
        spot = QRect(x + u(24), rect.y(), rect.right() - x - u(30), rect.height())
        draw_text(painter, spot, shown(entry.title), "text")

    @staticmethod
    def _cell(painter: QPainter, rect: QRect, model: MatrixModel, index: AnyIndex) -> None:
        permission = model.permission(index)
        box = QRectF(rect.adjusted(u(8), u(6), -u(8), -u(7)))
        ink = "accent_text"
        if permission == "manage":
            fill_rounded(painter, box, u(6), "accent_soft", "accent_edge")
        elif permission in {"edit", "edit_hidden"}:
            fill_rounded(painter, box, u(6), "surface", "accent_edge")
        else:
            ink = "text2"
        if permission == "none":
            dot = u(3)
            centre = box.center()
            fill_rounded(
                painter, QRectF(centre.x() - dot / 2, centre.y() - dot / 2, dot, dot), dot, "line2"
            )
        else:
            word = short_words()[permission]
            wide = metrics("medium").horizontalAdvance(word)
            room = round(box.width()) - u(20)
            shown_wide = min(wide, room - u(18)) if wide + u(22) > room else wide
            x = round(box.center().x() - (shown_wide + u(21)) / 2)
            paint_icon(painter, ICONS[permission], ink, x, box.center().y() - u(7), 14)
            spot = QRect(x + u(21), rect.y(), shown_wide + 2, rect.height() - 1)
            draw_text(painter, spot, word, ink, "body" if ink == "text2" else "medium")
        if model.is_changed(index):
            dot = u(8)
            corner = QRectF(box.right() - dot * 0.6, box.top() - dot * 0.4, dot, dot)
            fill_rounded(painter, corner, dot / 2, "brass")


class _GroupHeader(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setFixedHeight(u(52))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), u(52))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        view = self.parent()
        if not isinstance(model, MatrixModel) or not isinstance(view, MatrixView):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = view.currentIndex()
        is_tinted = view.hasFocus() and here.isValid() and here.column() == section and section
        painter.fillRect(rect, color("hover" if is_tinted else "surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, color("line"))
        if section == 0:
            spot = rect.adjusted(u(24), u(20), 0, 0)
            draw_text(painter, spot, shown(model.corner), "text2", "caption")
        else:
            entry = model.columns[section - 1]
            middle = Qt.AlignmentFlag.AlignHCenter
            spot = QRect(rect.x() + u(6), rect.y() + u(8), rect.width() - u(12), u(18))
            draw_text(painter, spot, shown(entry.title), "text", "medium", align=middle)
            spot.translate(0, u(17))
            draw_text(painter, spot, shown(entry.note), "text2", "small", align=middle)
        painter.restore()


class MatrixView(QTableView):
    """Arrow keys move, M E V 0 set, H hides passwords, Space or a click opens the choices."""

    permission_changed = Signal()

    def __init__(self, model: MatrixModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._is_read_only = False
        name_aloud(self, name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(_GroupHeader(self))
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(u(40))
        self.setItemDelegate(_CellDelegate(self))
        self.setModel(model)
        model.modelReset.connect(self._fit)
        model.changed.connect(self._tell)
        self._fit()

    def set_read_only(self, is_read_only: bool) -> None:
        self._is_read_only = is_read_only

    def _tell(self) -> None:
        self.permission_changed.emit()
        self.viewport().update()

    def _fit(self) -> None:
        count = len(self._model.columns)
        room = self.viewport().width()
        name = u(_NAME_WIDTH)
        each = max(u(_CELL_LEAST), (room - name) // count) if count else 0
        self.setColumnWidth(0, max(name, room - each * count) if count else room)
        for number in range(count):
            self.setColumnWidth(number + 1, each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.horizontalHeader().setFixedHeight(u(52))
            self.verticalHeader().setDefaultSectionSize(u(40))
            self._fit()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802 - Qt's
        super().currentChanged(current, previous)
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        is_plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        wanted = _KEYS.get(int(event.key()))
        if is_plain and index.column() > 0 and not self._is_read_only:
            if wanted is not None:
                self._model.set_permission(index, wanted)
                return
            if event.key() == Qt.Key.Key_H:
                now = self._model.permission(index)
                self._model.set_permission(index, _HIDDEN.get(now, now))
                return
            if event.key() == Qt.Key.Key_Space:
                self._choose(index)
                return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and index.isValid() and index.column() > 0 and not self._is_read_only:
            self._choose(index)

    def _choose(self, index: AnyIndex) -> None:
        kept = QPersistentModelIndex(index)
        now = self._model.permission(index)
        menu = Menu(self._model.word(now), self)
        keys = {"manage": "M", "edit": "E", "view": "V", "none": "0"}
        for permission, word in permission_words().items():
            menu.add(
                word,
                partial(self._set, kept, permission),
                key=keys.get(permission, ""),
                checked=permission == now,
            )
        menu.aboutToHide.connect(menu.deleteLater)
        area = self.visualRect(index)
        menu.popup(self.viewport().mapToGlobal(area.bottomLeft()))

    def _set(self, kept: QPersistentModelIndex, permission: Permission) -> None:
        if kept.isValid():
            self._model.set_permission(kept, permission)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = ""
            if index.isValid() and index.column() > 0:
                text = self._model.word(self._model.permission(index))
            elif index.isValid():
                text = self._model.rows[index.row()].title
            show_tip(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if self.hasFocus() and index.isValid():
            area = self.visualRect(index)
            box = (
                area.adjusted(u(5), u(3), -u(5), -u(4))
                if index.column()
                else area.adjusted(u(8), 2, -2, -3)
            )
            focus_ring(smooth_painter(self.viewport()), box.toRectF(), u(8))
