"""Trees of collections: one to look at with figures, one to edit names and nesting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.shown import shown
from desktop.models.tree import TreeModel
from desktop.views.text import name_aloud, show_tip
from desktop.views.theme import color, metrics, paint_icon, u
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.draw import draw_text, fill_rounded, focus_ring, smooth_painter
from desktop.views.widgets.layouts import row

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 34
_INDENT = 20


class _TreeDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        return QSize(u(120), u(_ROW))

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: AnyIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        name_aloud(editor, self.tr("Name of the collection"))
        return editor

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex
    ) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(u(22), u(4), -u(8), -u(4)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        if not isinstance(model, TreeModel):
            return
        node = model.node(index)
        if node is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.column():
            text = str(model.data(index) or "")
            spot = rect.adjusted(0, 0, -u(8 if index.column() < model.columnCount() - 1 else 24), 0)
            draw_text(painter, spot, text, "text2", align=Qt.AlignmentFlag.AlignRight, tabular=True)
            painter.restore()
            return
        is_open = bool(node.children) and bool(state & QStyle.StateFlag.State_Open)
        name = node.icon or ("folder-open" if is_open else "folder")
        ink = "accent_text" if is_selected else "text2"
        paint_icon(painter, name, ink, rect.x(), rect.center().y() - u(8) + 1)
        room = rect.adjusted(u(24), 0, -u(26 if node.warning else 6), 0)
        role = "medium" if is_selected else "body"
        took = draw_text(painter, room, shown(node.name), "text", role)
        if node.warning:
            paint_icon(
                painter,
                "triangle-alert",
                "warn_text",
                room.x() + took + u(8),
                rect.center().y() - u(7) + 1,
                14,
            )
        painter.restore()


class CollectionTree(QTreeView):
    """Rows of 34 with guide lines; `chosen` carries the key of the current node."""

    chosen = Signal(str)

    def __init__(self, model: TreeModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        name_aloud(self, name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The row's own tint replaces the style's highlight, which would fill the branches.
        palette = self.palette()
        palette.setColor(palette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.setIndentation(u(_INDENT))
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_TreeDelegate(self))
        self.setModel(model)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setVisible(model.columnCount() > 1)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for number in range(1, model.columnCount()):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(number, u(70))
        model.modelReset.connect(self.expandAll)
        self.selectionModel().currentChanged.connect(self._choose)
        self.expandAll()

    def _choose(self, index: QModelIndex) -> None:
        node = self._model.node(index)
        if node is not None:
            self.chosen.emit(node.key)

    def drawRow(  # noqa: N802 - Qt's name
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        rect: QRect = option.rect
        box = QRect(0, rect.y() + 1, self.viewport().width(), rect.height() - 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.currentIndex()
        is_current = (
            here.isValid() and here.row() == index.row() and (here.parent() == index.parent())
        )
        spot = self.viewport().mapFromGlobal(self.cursor().pos())
        if is_current:
            fill_rounded(painter, box.toRectF(), u(7), "sel")
        elif self.viewport().underMouse() and rect.y() <= spot.y() <= rect.bottom():
            fill_rounded(painter, box.toRectF(), u(7), "hover")
        super().drawRow(painter, option, index)
        if is_current and self.hasFocus():
            focus_ring(painter, box.toRectF(), u(7))

    def drawBranches(  # noqa: N802 - Qt's name
        self, painter: QPainter, rect: QRect, index: AnyIndex
    ) -> None:
        step = u(_INDENT)
        depth = 0
        at = index.parent()
        while at.isValid():
            depth += 1
            at = at.parent()
        left = rect.right() + 1 - step * (depth + 1)
        for level in range(depth):
            x = left + step * level + step // 2
            painter.fillRect(x, rect.y(), 1, rect.height(), color("line"))
        if self._model.rowCount(index):
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            x = rect.right() + 1 - step + (step - u(14)) // 2
            paint_icon(painter, name, "text2", x, rect.center().y() - u(7) + 1, 14)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            node = self._model.node(self.indexAt(event.pos()))
            text = ""
            if node is not None:
                area = self.visualRect(self.indexAt(event.pos()))
                is_cut = metrics("body").horizontalAdvance(shown(node.name)) > area.width() - u(30)
                text = node.warning or (node.path if is_cut else "")
            show_tip(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setIndentation(u(_INDENT))
            self.scheduleDelayedItemsLayout()


class TreeEdit(QWidget):
    """A tree whose names and nesting can be changed; `changed` after every change.

    F2 renames, Insert adds beside, Ctrl+Insert inside, Del removes, Alt+arrows move.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = TreeModel(name, is_editable=True, parent=self)
        self.tree = CollectionTree(self.model, name)
        self.tree.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.installEventFilter(self)
        self.add_button = Button(self.tr("Add collection"), icon="folder-plus", is_small=True)
        self.inside_button = Button(self.tr("Add inside"), icon="corner-down-right", is_small=True)
        self.rename_button = Button(self.tr("Rename"), icon="pencil", is_small=True)
        self.remove_button = IconButton("trash-2", self.tr("Remove collection"), side=28)
        for button, do in (
            (self.add_button, self.add_beside),
            (self.inside_button, self.add_inside),
            (self.rename_button, self.rename),
            (self.remove_button, self.remove),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(do)
        bar = row(
            self.add_button,
            self.inside_button,
            self.rename_button,
            None,
            self.remove_button,
            gap=8,
            margins=(12, 10, 12, 10),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, u(4))
        self.tree.setMinimumHeight(u(220))
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addLayout(row(self.tree, margins=(8, 0, 8, 4)), 1)
        self.model.edited.connect(self._edited)
        self.tree.selectionModel().currentChanged.connect(self._offer)
        self._offer()

    def set_paths(self, paths: Sequence[str]) -> None:
        """Names with `/` between parent and child."""
        self.model.set_paths(paths)
        self._offer()

    def paths(self) -> list[str]:
        return self.model.paths()

    def add_beside(self) -> None:
        self._start(self.model.add(self.tr("New collection"), self.tree.currentIndex()))

    def add_inside(self) -> None:
        here = self.tree.currentIndex()
        made = self.model.add(self.tr("New collection"), here, inside=True)
        self.tree.expand(here)
        self._start(made)

    def rename(self) -> None:
        if self.tree.currentIndex().isValid():
            self.tree.edit(self.tree.currentIndex())

    def remove(self) -> None:
        self.model.remove(self.tree.currentIndex())
        self._offer()

    def _start(self, index: QModelIndex) -> None:
        self.tree.setCurrentIndex(index)
        self.tree.edit(index)

    def _edited(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        has_current = self.tree.currentIndex().isValid()
        reason = "" if has_current else self.tr("Choose a collection first")
        for button in (self.inside_button, self.rename_button, self.remove_button):
            button.set_blocked(reason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is not self.tree or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        index = self.tree.currentIndex()
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and index.isValid():
            moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if key in moves:
                self.model.move(index, moves[Qt.Key(key)])
                return True
            if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
                self.model.indent(index, deeper=key == Qt.Key.Key_Right)
                self.tree.expandAll()
                return True
        elif key == Qt.Key.Key_Delete and index.isValid():
            self.remove()
            return True
        elif key == Qt.Key.Key_Insert:
            is_inside = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.add_inside if is_inside and index.isValid() else self.add_beside)()
            return True
        return False

    def paintEvent(self, _event: object) -> None:
        fill_rounded(smooth_painter(self), self.rect().toRectF(), u(10), "surface", "line")
