"""A page around one table: search, remembered columns, loading line, selection bar, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from desktop.settings.preferences import TableLook
from desktop.views.pages.page import BarePage, FleetPage, PageWidget
from desktop.views.theme import u
from desktop.views.widgets.fields import SearchField
from desktop.views.widgets.layouts import Pane, column, holder, row
from desktop.views.widgets.table import RecordTable, TableLayout
from desktop.views.widgets.totals import SelectionBar, TotalsRow

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from desktop.models.table import RecordTableModel


_SIDE_FROM: Final = 840
"""Below this width of the page the names in the table need the room of the card."""


class TableParts(BarePage):
    """Subclasses build columns and fill the model; the rest is the same for every list."""

    table: RecordTable
    model: RecordTableModel[Any]
    search: SearchField
    totals: TotalsRow
    bar: SelectionBar
    _side: QWidget | None = None

    def add_filter_row(self, placeholder: str, *more: QWidget) -> None:
        """The search field with chips or tabs at its right."""
        self.search = SearchField(placeholder, "Ctrl F")
        pane = Pane("bg")
        pane.setLayout(row(self.search, *more, None, gap=10, margins=(24, 4, 24, 10)))
        self.body.addWidget(pane)

    def add_table(
        self,
        key: str,
        model: RecordTableModel[Any],
        name: str,
        *,
        accepts_files: bool = False,
        foot: QWidget | None = None,
    ) -> None:
        """The table takes all the height; `key` names it in the preferences.

        `foot` stands between the rows and their totals.
        """
        self._table_key = key
        self.model = model
        self.table = RecordTable(model, name, accepts_files=accepts_files)
        self.table.setObjectName(f"table_{key}")
        self.search.searched.connect(self._filter)
        look = self.preferences.get().table(key)
        if look != TableLook():
            self.table.restore_layout(_layout_of(look))
        self.table.layout_changed.connect(self._keep_layout)
        self.bar = SelectionBar()
        self.bar.cleared.connect(self.table.select_none)
        self.bar.hide()
        self.totals = TotalsRow(self.table)
        feet = [part for part in (foot, self.bar, self.totals) if part is not None]
        self._beside = row(holder(column(self.table, *feet, gap=0)), gap=0)
        self.body.addLayout(self._beside, 1)

    def set_side(self, widget: QWidget) -> None:
        """A card at the right of the table, while there is room for both."""
        self._side = widget
        self._beside.addWidget(widget)
        self._show_side()

    def _show_side(self) -> None:
        if self._side is not None:
            self._side.setVisible(self.width() >= u(_SIDE_FROM))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_side()

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self.rows_filtered()

    def rows_filtered(self) -> None:
        """The visible rows changed: captions and empty states follow."""

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _keep_layout(self) -> None:
        look = _look_of(self.table.column_layout())
        if look != self.preferences.get().table(self._table_key):
            tables = {**self.preferences.get().tables, self._table_key: look}
            self.preferences.change(tables=tables)


class TablePage(TableParts, PageWidget):
    """A list of one connection."""


class FleetTablePage(TableParts, FleetPage):
    """A list over all open connections."""


def _layout_of(look: TableLook) -> TableLayout:
    return TableLayout(dict(look.widths), look.sort_column or "", look.sort_descending)


def _look_of(layout: TableLayout) -> TableLook:
    return TableLook(
        widths=dict(layout.widths),
        sort_column=layout.sort_key or None,
        sort_descending=layout.is_descending,
    )
