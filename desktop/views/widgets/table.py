"""The one table: rows edge to edge, keyboard first, its column layout can be kept and restored."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.domain.shown import shown
from desktop.models.column import ColumnKind
from desktop.models.table import RecordTableModel
from desktop.views.clipboard import clipboard
from desktop.views.text import name_aloud, show_tip
from desktop.views.theme import color, row_height, u
from desktop.views.widgets.cells import CELL_PAD, RowDelegate
from desktop.views.widgets.draw import focus_ring, smooth_painter
from desktop.views.widgets.header import RecordHeader
from desktop.views.widgets.menus import Menu

AnyIndex = QModelIndex | QPersistentModelIndex
_LOADING_AFTER_MS = 300
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NAME_LEAST: Final = 220
_NO_KEY = object()


@dataclass(frozen=True)
class TableLayout:
    """What is remembered of a table: widths by column key at 100 %, and the sorting."""

    widths: dict[str, int] = field(default_factory=dict)
    sort_key: str = ""
    is_descending: bool = False


def local_files(urls: list[QUrl]) -> list[Path]:
    """Paths of dropped files on this computer; addresses of other hosts are left out (T71)."""
    return [
        Path(url.toLocalFile())
        for url in urls
        if url.isLocalFile() and not url.host() and url.toLocalFile()
    ]


def copied_cell(text: str) -> str:
    """Text for a spreadsheet: one that would start a formula gets an apostrophe (T68)."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


class RecordTable(QTableView):
    """Shows a `RecordTableModel`. With a check column rows are ticked, otherwise one is chosen.

    `menu_for` builds the row's menu; the same menu answers the dots, a right click and Shift+F10.
    Alt+Up opens the menu of the columns to sort by.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    selection_changed = Signal()
    delete_wanted = Signal(object)
    """List of the selected records, or of the current one."""
    layout_changed = Signal()
    file_dropped = Signal(object, object)
    """Record under the file (or None) and its path."""

    def __init__(
        self,
        model: RecordTableModel[Any],
        name: str,
        *,
        accepts_files: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.menu_for: Callable[[Any], QMenu | None] | None = None
        # What the name column keeps, at 100 %, before other columns go.
        self.name_least = _NAME_LEAST
        self._model = model
        self._is_checkable = any(c.kind == ColumnKind.CHECK for c in model.columns)
        self._has_second_line = any(c.second is not None for c in model.columns)
        self._shows_ring = False
        self._placeholder: QWidget | None = None
        self._widths: dict[str, int] = {}
        self._all_before: tuple[int, frozenset[Hashable]] | None = None
        self._delegate = RowDelegate(self)
        self._header = RecordHeader(self)
        name_aloud(self, name)
        self._set_up_view()
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setAcceptDrops(accepts_files)
        self._set_up_columns()
        self._loading = QTimer(self, singleShot=True, interval=_LOADING_AFTER_MS)
        self._loading_line = QWidget(self)
        self._loading_line.hide()
        self._loading.timeout.connect(self._show_loading)
        self._connect()

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(
            QAbstractItemView.SelectionMode.ExtendedSelection
            if self._is_checkable
            else QAbstractItemView.SelectionMode.SingleSelection
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(u(24))
        rows.setDefaultSectionSize(row_height(has_second_line=self._has_second_line))

    def _set_up_columns(self) -> None:
        for number, column in enumerate(self._model.columns):
            mode = QHeaderView.ResizeMode.Interactive
            if column.width == 0:
                mode = QHeaderView.ResizeMode.Stretch
            elif column.kind in {ColumnKind.CHECK, ColumnKind.MENU}:
                mode = QHeaderView.ResizeMode.Fixed
            self._header.setSectionResizeMode(number, mode)
        self._apply_widths()

    def _connect(self) -> None:
        self._header.sectionClicked.connect(self._sort_by)
        self._header.sectionResized.connect(self._section_resized)
        self._header.box_pressed.connect(self._toggle_all)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._show_sort_menu)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.activated.connect(self._open)
        self._model.rows_changed.connect(self._rows_changed)
        self._model.layoutAboutToBeChanged.connect(self._remember_all)
        self._model.layoutChanged.connect(self._select_again)

    # --- what pages ask ------------------------------------------------------------------

    def record_model(self) -> RecordTableModel[Any]:
        return self._model

    def current_record(self) -> Any | None:
        index = self.currentIndex()
        return self._model.record(index.row()) if index.isValid() else None

    def selected_records(self) -> list[Any]:
        """Selected rows in the order shown; rows the filter hides are never among them."""
        rows: set[int] = set()
        for part in self._selected_parts():
            rows.update(range(part.top(), part.bottom() + 1))
        return [self._model.record(row) for row in sorted(rows)]

    def target_records(self) -> list[Any]:
        """What an action means: the selected rows, or the current one when none is selected."""
        selected = self.selected_records()
        current = self.current_record()
        return selected or ([] if current is None else [current])

    def select_row(self, row: int) -> None:
        """Makes a row current, and selects it unless rows are ticked."""
        index = self._model.index(row, 0)
        flag = QItemSelectionModel.SelectionFlag
        command = flag.NoUpdate if self._is_checkable else flag.ClearAndSelect | flag.Rows
        self.selectionModel().setCurrentIndex(index, command)
        self.scrollTo(index)

    def set_placeholder(self, widget: QWidget | None) -> None:
        """What stands in the table's place while it has no rows."""
        if self._placeholder is not None and self._placeholder is not widget:
            self._placeholder.hide()
        self._placeholder = widget
        if widget is not None:
            widget.setParent(self)
        self._rows_changed()

    def set_loading(self, is_loading: bool) -> None:
        """A line under the header, only when loading takes longer than 300 ms."""
        if is_loading:
            self._loading.start()
        else:
            self._loading.stop()
            self._loading_line.hide()

    def column_layout(self) -> TableLayout:
        return TableLayout(dict(self._widths), self._model.sort_key, self._model.is_descending)

    def restore_layout(self, layout: TableLayout) -> None:
        known = {column.key for column in self._model.columns}
        self._widths = {k: w for k, w in layout.widths.items() if k in known and 30 <= w <= 1200}
        self._apply_widths()
        section = self._model.section_of(layout.sort_key)
        if section >= 0:
            self.sort_by(layout.sort_key, descending=layout.is_descending)

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        section = self._model.section_of(key)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._model.sort(section, order)
        self._header.viewport().update()

    def sort_menu(self) -> Menu:
        """The sortable columns as a menu, for the keyboard and the button of a page."""
        menu = Menu(self.tr("Sort by"), self)
        for number, column in enumerate(self._model.columns):
            if column.is_sortable and column.is_there() and column.title():
                menu.add(
                    (column.long_title or column.title)(),
                    partial(self._sort_by, number),
                    checked=column.key == self._model.sort_key,
                )
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _show_sort_menu(self, spot: QPoint) -> None:
        self.sort_menu().popup(self._header.viewport().mapToGlobal(spot))

    def select_none(self) -> None:
        self.clearSelection()

    # --- columns -------------------------------------------------------------------------

    def columns_changed(self) -> None:
        """Another set of columns is there now, or they are called otherwise."""
        self._model.retranslate()
        self._apply_widths()

    def _apply_widths(self) -> None:
        blocked = self._header.blockSignals(True)
        for number, column in enumerate(self._model.columns):
            if column.width:
                self._header.resizeSection(number, u(self._widths.get(column.key, column.width)))
        self._header.blockSignals(blocked)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Hides columns by their declared priority until the name column has its room."""
        room = self.viewport().width() - u(self.name_least)
        there = {n: column for n, column in enumerate(self._model.columns) if column.is_there()}
        widths = {n: u(self._widths.get(one.key, one.width)) for n, one in there.items()}
        by_drop = sorted(
            (n for n, column in there.items() if column.drop),
            key=lambda n: self._model.columns[n].drop,
            reverse=True,
        )
        needed = sum(widths.values())
        hidden = set(range(len(self._model.columns))) - there.keys()
        for number in by_drop:
            if needed <= room:
                break
            hidden.add(number)
            needed -= widths[number]
        for number in range(len(self._model.columns)):
            if self.isColumnHidden(number) != (number in hidden):
                self.setColumnHidden(number, number in hidden)

    def _section_resized(self, section: int, old: int, new: int) -> None:
        column = self._model.columns[section]
        if column.width and old > 0 and new > 0 and self._header.underMouse():
            self._widths[column.key] = round(new / max(0.01, u(100) / 100))
            self.layout_changed.emit()

    def _sort_by(self, section: int) -> None:
        column = self._model.columns[section]
        if not column.is_sortable:
            return
        descending = self._model.sort_key == column.key and not self._model.is_descending
        self.sort_by(column.key, descending=descending)
        self.layout_changed.emit()

    # --- selection -----------------------------------------------------------------------

    def selectionCommand(  # noqa: N802 - Qt's name
        self, index: AnyIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        flag = QItemSelectionModel.SelectionFlag
        if not self._is_checkable:
            return super().selectionCommand(index, event)
        if isinstance(event, QMouseEvent):
            return self._mouse_command(index, event)
        if isinstance(event, QKeyEvent):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return flag.Select | flag.Rows
            if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Select}:
                return flag.Toggle | flag.Rows
        return flag.NoUpdate

    def _mouse_command(
        self, index: AnyIndex, event: QMouseEvent
    ) -> QItemSelectionModel.SelectionFlag:
        flag = QItemSelectionModel.SelectionFlag
        if event.type() != QEvent.Type.MouseButtonPress:
            return flag.NoUpdate
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return flag.SelectCurrent | flag.Rows
        is_check = index.isValid() and self._model.columns[index.column()].kind == ColumnKind.CHECK
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.button() == Qt.MouseButton.LeftButton and (is_check or is_control):
            return flag.Toggle | flag.Rows
        return flag.NoUpdate

    def _remember_all(self) -> None:
        """Qt drops a selection of every row when the number of rows changes: keep it here."""
        count = self._model.rowCount()
        is_all = self._is_checkable and count and self.selected_count() == count
        self._all_before = (count, self._model.visible_keys()) if is_all else None

    def _select_again(self) -> None:
        if self._all_before is None:
            return
        count, keys = self._all_before
        self._all_before = None
        if count == self._model.rowCount():
            return
        flag = QItemSelectionModel.SelectionFlag
        chosen = QItemSelection()
        last = len(self._model.columns) - 1
        start = -1
        # Neighbouring rows become one range: a range for each row would be slow by thousands.
        for row, key in enumerate([*self._model.visible_key_list(), _NO_KEY]):
            if key in keys:
                start = row if start < 0 else start
            elif start >= 0:
                chosen.select(self._model.index(start, 0), self._model.index(row - 1, last))
                start = -1
        self.selectionModel().select(chosen, flag.ClearAndSelect)

    def _toggle_all(self) -> None:
        if self._header.box_state == Qt.CheckState.Checked:
            self.clearSelection()
            return
        count = self._model.rowCount()
        if count:
            corners = (
                self._model.index(0, 0),
                self._model.index(count - 1, len(self._model.columns) - 1),
            )
            self.selectionModel().select(
                QItemSelection(*corners), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def selected_count(self) -> int:
        return sum(part.height() for part in self._selected_parts())

    def _selected_parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.count())]

    def _selection_changed(self) -> None:
        self._tick_header()
        self.selection_changed.emit()

    def _tick_header(self) -> None:
        if self._is_checkable:
            count = self.selected_count()
            state = Qt.CheckState.PartiallyChecked
            if count == 0:
                state = Qt.CheckState.Unchecked
            elif count >= self._model.rowCount():
                state = Qt.CheckState.Checked
            self._header.box_state = state
            self._header.viewport().update()

    def _current_changed(self, index: QModelIndex) -> None:
        self.current_changed.emit(self._model.record(index.row()) if index.isValid() else None)
        self.viewport().update()

    def _rows_changed(self) -> None:
        is_empty = self._model.rowCount() == 0
        if self._placeholder is not None:
            self._placeholder.setVisible(is_empty)
            self._place_placeholder()
        self._tick_header()
        self.selection_changed.emit()
        # Qt would lay the rows out after the next frame, and then paint everything once more.
        self.executeDelayedItemsLayout()
        self.viewport().update()

    def _place_placeholder(self) -> None:
        if self._placeholder is not None:
            self._placeholder.setGeometry(self.viewport().geometry())
            self._placeholder.raise_()

    # --- keys and menus ------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._shows_ring = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            if records := self.target_records():
                self.delete_wanted.emit(records)
        elif event.key() == Qt.Key.Key_Escape and self._is_checkable and self.selected_count():
            self.clearSelection()
        elif event.key() == Qt.Key.Key_Menu or (
            event.key() == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self._menu_at_current()
        elif event.key() == Qt.Key.Key_Up and (event.modifiers() & Qt.KeyboardModifier.AltModifier):
            self._show_sort_menu(QPoint(u(24), self._header.height()))
        elif event.key() == Qt.Key.Key_Home and self._model.rowCount():
            self._move_to(0, event)
        elif event.key() == Qt.Key.Key_End and self._model.rowCount():
            self._move_to(self._model.rowCount() - 1, event)
        else:
            super().keyPressEvent(event)
        self.viewport().update()

    def _move_to(self, row: int, event: QKeyEvent) -> None:
        column = max(0, self.currentIndex().column())
        index = self._model.index(row, column)
        self.selectionModel().setCurrentIndex(index, self.selectionCommand(index, event))
        self.scrollTo(index)

    def copy_rows(self) -> None:
        """Puts the rows on the clipboard as text for a spreadsheet."""
        columns = [c for c in self._model.columns if c.is_there() and c.title()]
        lines = [
            "\t".join(copied_cell(shown(column.text(record))) for column in columns)
            for record in self.target_records()
        ]
        if lines:
            clipboard().copy("\n".join(lines))

    def _open(self, index: AnyIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.record(index.row()))

    def _popup(self, row: int, spot: QPoint) -> None:
        if self.menu_for is None or row < 0:
            return
        menu = self.menu_for(self._model.record(row))
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(spot)

    def _menu_at_current(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            area = self.visualRect(index)
            x = min(self.viewport().width() - u(40), area.x() + u(40))
            self._popup(index.row(), self.viewport().mapToGlobal(QPoint(x, area.bottom())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._menu_at_current()
            return
        row = self.rowAt(event.pos().y())
        if row >= 0:
            self.select_row(row)
            self._popup(row, event.globalPos())

    # --- mouse ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._shows_ring = False
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            column = self._model.columns[index.column()]
            if column.kind == ColumnKind.MENU:
                self.select_row(index.row())
                area = self.visualRect(index)
                spot = QPoint(area.right() - u(60), area.bottom() - u(4))
                self._popup(index.row(), self.viewport().mapToGlobal(spot))
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            kind = self._model.columns[index.column()].kind
            if kind not in {ColumnKind.CHECK, ColumnKind.MENU}:
                self._open(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row() if index.isValid() else -1, index.column())
        if not event.buttons():  # no selecting by dragging over rows
            super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1, -1)
        super().leaveEvent(event)

    def _hover(self, row: int, column: int) -> None:
        old = self._delegate.hover_row
        if (row, column) == (old, self._delegate.hover_column):
            return
        self._delegate.hover_row, self._delegate.hover_column = row, column
        for each in {old, row} - {-1}:
            self.viewport().update(self._row_rect(each))

    def _row_rect(self, row: int) -> QRect:
        top = self.rowViewportPosition(row)
        return QRect(0, top, self.viewport().width(), self.rowHeight(row))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._tip_at(event.pos())
            if text:
                show_tip(event.globalPos(), text, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _tip_at(self, spot: QPoint) -> str:
        index = self.indexAt(spot)
        if not index.isValid():
            return ""
        column = self._model.columns[index.column()]
        record = self._model.record(index.row())
        if column.tooltip is not None and (tip := column.tooltip(record)):
            return tip
        return self.cut_text(index)

    def cut_text(self, index: AnyIndex) -> str:
        """The whole text of a cell that is elided now, or an empty text."""
        column = self._model.columns[index.column()]
        record = self._model.record(index.row())
        wanted = self._delegate.wanted_width(column, record)
        if column.kind == ColumnKind.NAME and index.column() > 0:
            wanted -= u(CELL_PAD)
        if wanted <= self.columnWidth(index.column()):
            return ""
        spoken = self._model.data(index, int(Qt.ItemDataRole.AccessibleTextRole))
        return str(spoken or "")

    # --- files ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._delegate.drop_row = self.rowAt(round(event.position().y()))
        self.viewport().update()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._delegate.drop_row = -1
        self.viewport().update()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        row = self.rowAt(round(event.position().y()))
        self._delegate.drop_row = -1
        self.viewport().update()
        files = local_files(event.mimeData().urls())
        if files:
            event.acceptProposedAction()
            self.file_dropped.emit(self._model.record(row) if row >= 0 else None, files[0])

    # --- painting and size ---------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        index = self.currentIndex()
        if self._shows_ring and self.hasFocus() and index.isValid():
            painter = smooth_painter(self.viewport())
            focus_ring(painter, self._row_rect(index.row()).adjusted(2, 1, -2, -2).toRectF(), u(6))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        }:
            self._shows_ring = True
            if not self.currentIndex().isValid() and self._model.rowCount():
                self.select_row(0)
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._place_placeholder()
        self._loading_line.setGeometry(0, self._header.height(), self.width(), u(2))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._header.setFixedHeight(u(32))
            self.verticalHeader().setDefaultSectionSize(
                row_height(has_second_line=self._has_second_line)
            )
            self._apply_widths()
        elif event.type() == QEvent.Type.LanguageChange:
            self._model.retranslate()

    def _show_loading(self) -> None:
        palette = self._loading_line.palette()
        palette.setColor(palette.ColorRole.Window, color("bar"))
        self._loading_line.setAutoFillBackground(True)
        self._loading_line.setPalette(palette)
        self._loading_line.show()
        self._loading_line.raise_()
