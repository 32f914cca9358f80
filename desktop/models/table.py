"""The one table model: it holds records, search text and the visible order itself.

No proxy model: at 100,000 rows a proxy sorts in seconds, a list comprehension over prebuilt text
filters within one frame.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.domain.shown import folded, shown
from desktop.models.column import Column, ColumnKind, Record

AnyIndex = QModelIndex | QPersistentModelIndex
RECORD_ROLE = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
# Between the fields of one search text: no typed word can run across it.
_BETWEEN = "\n"
_BETWEEN_ROWS = "\0"
_FEW = 16
# Search texts are made in the pauses of the loop: so many rows (about 5 ms) at a time.
_SLICE = 1_000
_SLICE_EVERY_MS = 20


class RecordTableModel(QAbstractTableModel, Generic[Record]):
    """Rows are records, columns are `Column`s; sorting and filtering keep selection by key."""

    rows_changed = Signal()
    """The visible rows changed: by filter, sorting or new records."""

    def __init__(
        self,
        columns: Sequence[Column[Record]],
        key_of: Callable[[Record], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key_of = key_of
        self._records: list[Record] = []
        self._order: list[int] = []  # every record, sorted
        self._visible: list[int] = []  # those the filter shows, in the same order
        self._texts: list[str] = []  # search texts of the first places of `_order`, in its order
        self._hits: Sequence[int] = ()  # places in `_order` of what is visible
        self._past: list[tuple[str, Sequence[int]]] = []  # shorter needles and their hits
        self._preparing = QTimer(self, interval=_SLICE_EVERY_MS)
        self._preparing.timeout.connect(self._prepare_slice)
        self._sort_keys: dict[str, list[Any]] = {}
        self._sort_column = -1
        self._is_descending = False
        self._needle = ""
        self._predicate: Callable[[Record], bool] | None = None

    # --- what views ask ------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role in {_DISPLAY, _ACCESSIBLE}:
            return self._text(self.record(index.row()), column, spoken=role == _ACCESSIBLE)
        if role == _ALIGNMENT:
            return int(column.align | Qt.AlignmentFlag.AlignVCenter)
        if role == RECORD_ROLE:
            return self.record(index.row())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return shown(column.title())
        if role == _ACCESSIBLE:
            return shown((column.long_title or column.title)())
        if role == _ALIGNMENT:
            return int(column.align | Qt.AlignmentFlag.AlignVCenter)
        return None

    def record(self, row: int) -> Record:
        return self._records[self._visible[row]]

    def visible_records(self) -> list[Record]:
        return [self._records[i] for i in self._visible]

    def visible_key_list(self) -> list[Hashable]:
        return [self._key_of(self._records[at]) for at in self._visible]

    def visible_keys(self) -> frozenset[Hashable]:
        return frozenset(self.visible_key_list())

    def records(self) -> tuple[Record, ...]:
        return tuple(self._records)

    @property
    def total_count(self) -> int:
        return len(self._records)

    @property
    def sort_key(self) -> str:
        """Key of the sorted column, or an empty text while nothing is sorted."""
        return self.columns[self._sort_column].key if self._sort_column >= 0 else ""

    @property
    def is_descending(self) -> bool:
        return self._is_descending

    def section_of(self, key: str) -> int:
        """Position of the column called `key`, or -1."""
        return next((i for i, column in enumerate(self.columns) if column.key == key), -1)

    def row_of(self, key: Hashable) -> int:
        """Visible row of the record with this key, or -1."""
        for row, position in enumerate(self._visible):
            if self._key_of(self._records[position]) == key:
                return row
        return -1

    # --- changes -------------------------------------------------------------------------

    def replace(self, records: Sequence[Record]) -> None:
        """New records in; what is selected or current stays so when its key is still there."""
        self.layoutAboutToBeChanged.emit()
        old = self._persistent_keys()
        self._records = list(records)
        self._texts = []
        self._sort_keys.clear()
        self._sort_all()
        self._filter_all()
        self._preparing.start()
        self._move_persistent(old)
        self.layoutChanged.emit()
        self.rows_changed.emit()

    def set_filter(self, text: str) -> None:
        """Shows the rows that hold every word of `text`, whatever its case and accents."""
        needle = folded(text.strip())
        if needle == self._needle:
            return
        former = self._needle
        self._needle = needle
        if needle.startswith(former):
            self._past.append((former, self._hits))
            self._change(narrows=True)
            return
        while self._past and self._past[-1][0] != needle:
            self._past.pop()
        self._change(hits=self._past.pop()[1] if self._past else None)

    def set_predicate(self, predicate: Callable[[Record], bool] | None) -> None:
        """A second filter beside the text, as chips and tabs set it."""
        self._predicate = predicate
        self._change()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; -1 gives back the order in which the records came."""
        self._sort_column = column
        self._is_descending = order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        old = self._persistent_positions()
        self._sort_all()
        self._filter_all()
        self._move_to_positions([index for index, _at in old], [at for _index, at in old])
        self.layoutChanged.emit()
        self.rows_changed.emit()

    def retranslate(self) -> None:
        """Titles and texts are asked again: the language changed, or which columns are there."""
        self._texts = []
        self._preparing.start()
        self._sort_keys.clear()
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._change()

    def wipe(self) -> None:
        """Forgets every record, as locking asks."""
        self.beginResetModel()
        self._preparing.stop()
        self._records, self._order, self._visible, self._texts = [], [], [], []
        self._hits = ()
        self._past.clear()
        self._sort_keys.clear()
        self.endResetModel()
        self.rows_changed.emit()

    # --- inside --------------------------------------------------------------------------

    @staticmethod
    def _text(record: Record, column: Column[Record], *, spoken: bool) -> str:
        parts = [shown(column.text(record))]
        if spoken and column.kind == ColumnKind.NAME:
            if column.badge is not None and (badge := column.badge(record)) is not None:
                parts.append(shown(badge.text))
            if column.second is not None:
                parts.append(shown(column.second(record)))
        return ", ".join(part for part in parts if part)

    def _prepare_slice(self) -> None:
        """Makes the next search texts, so that the first key typed finds them ready."""
        done = len(self._texts)
        if done < len(self._order):
            self._texts += self._made_texts(self._order[done : done + _SLICE])
        else:
            self._preparing.stop()

    def _made_texts(self, positions: Sequence[int]) -> list[str]:
        searched = [c for c in self.columns if c.is_searched and c.is_there()]
        getters = [c.text for c in searched]
        getters += [c.second for c in searched if c.second is not None]
        records = self._records
        return [
            folded(_BETWEEN.join([get(records[at]) for get in getters])).replace(_BETWEEN_ROWS, " ")
            for at in positions
        ]

    def _search_texts(self) -> list[str]:
        """One text for each place of `_order`.

        They lie in memory in the order in which they are searched: in any other, a search of
        100,000 takes four times as long.
        """
        if len(self._texts) < len(self._order):
            self._texts += self._made_texts(self._order[len(self._texts) :])
        return self._texts

    def _realign_texts(self, former: list[int]) -> None:
        """After sorting: the texts follow their records. An unfinished list is begun anew."""
        if len(self._texts) < len(former):
            self._texts = []
            return
        by_record = dict(zip(former, self._texts, strict=True))
        # Joined and split again, the texts are fresh copies that lie in the new order.
        joined = _BETWEEN_ROWS.join([by_record[at] for at in self._order])
        self._texts = joined.split(_BETWEEN_ROWS) if self._order else []

    def _keys(self, column: Column[Record]) -> list[Any]:
        keys = self._sort_keys.get(column.key)
        if keys is None:
            if column.sort is not None:
                get = column.sort
                found = [get(record) for record in self._records]
                keys = [(value is None, 0 if value is None else value) for value in found]
            else:
                collator = QCollator(QLocale())
                collator.setNumericMode(True)
                collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
                keys = [collator.sortKey(column.text(record)) for record in self._records]
            self._sort_keys[column.key] = keys
        return keys

    def _sort_all(self) -> None:
        former = self._order
        order = list(range(len(self._records)))
        if 0 <= self._sort_column < len(self.columns):
            keys = self._keys(self.columns[self._sort_column])
            order.sort(key=keys.__getitem__, reverse=self._is_descending)
        self._order = order
        if self._texts:
            self._realign_texts(former)

    def _filter_all(self, *, narrows: bool = False) -> None:
        """`narrows`: only what is visible can stay so."""
        everything = range(len(self._order))
        places: Sequence[int] = self._hits if narrows else everything
        if not narrows:
            self._past.clear()
        words = self._needle.split()
        if words:
            texts = self._search_texts()
            # The longest word first: it leaves the fewest rows for the others.
            for word in sorted(words, key=len, reverse=True):
                if len(places) == len(texts):
                    places = [at for at, text in enumerate(texts) if word in text]
                else:
                    places = [at for at in places if word in texts[at]]
        if self._predicate is not None and not narrows:
            holds, records, order = self._predicate, self._records, self._order
            places = [at for at in places if holds(records[order[at]])]
        self._show(places)

    def _show(self, places: Sequence[int]) -> None:
        order = self._order
        self._hits = places
        self._visible = order if len(places) == len(order) else [order[at] for at in places]

    def _change(self, *, narrows: bool = False, hits: Sequence[int] | None = None) -> None:
        """Filters anew, or shows `hits` known from before."""
        self.layoutAboutToBeChanged.emit()
        old = self._persistent_positions()
        if hits is None:
            self._filter_all(narrows=narrows)
        else:
            self._show(hits)
        self._move_to_positions([index for index, _at in old], [at for _index, at in old])
        self.layoutChanged.emit()
        self.rows_changed.emit()

    def _persistent_positions(self) -> list[tuple[QModelIndex, int]]:
        return [
            (index, self._visible[index.row()])
            for index in self.persistentIndexList()
            if index.row() < len(self._visible)
        ]

    def _persistent_keys(self) -> list[tuple[QModelIndex, Hashable]]:
        return [
            (index, self._key_of(self._records[at])) for index, at in self._persistent_positions()
        ]

    def _move_persistent(self, old: list[tuple[QModelIndex, Hashable]]) -> None:
        """Moves indexes to the records that have their keys now."""
        if not old:
            return
        wanted = {key for _index, key in old}
        at_key: dict[Hashable, int] = {}
        for at, record in enumerate(self._records):
            key = self._key_of(record)
            if key in wanted:
                at_key[key] = at
        self._move_to_positions(
            [index for index, _key in old], [at_key.get(key, -1) for _index, key in old]
        )

    def _move_to_positions(self, indexes: list[QModelIndex], positions: list[int]) -> None:
        if not indexes:
            return
        wanted = set(positions)
        if len(wanted) > _FEW:
            row_at = {at: row for row, at in enumerate(self._visible) if at in wanted}
        else:
            # `index` runs in C: for a few rows it beats building a mapping of all of them.
            row_at = {}
            for at in wanted:
                try:
                    row_at[at] = self._visible.index(at)
                except ValueError:
                    continue
        moved = [
            self.index(row_at[at], index.column()) if at in row_at else QModelIndex()
            for index, at in zip(indexes, positions, strict=True)
        ]
        self.changePersistentIndexList(indexes, moved)
