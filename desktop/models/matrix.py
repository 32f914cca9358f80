"""Groups by collections: who may do what, with what was there before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.items import Permission
from desktop.domain.shown import shown

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = (_DISPLAY, int(Qt.ItemDataRole.AccessibleTextRole))


@dataclass(frozen=True)
class MatrixRow:
    """A collection; `depth` is its nesting."""

    key: str
    title: str
    depth: int = 0


@dataclass(frozen=True)
class MatrixColumn:
    """A group; `note` says how many people are in it."""

    key: str
    title: str
    note: str = ""


class MatrixModel(QAbstractTableModel):
    """Column 0 is the collection's name, the others hold permissions."""

    changed = Signal(str, str)
    """Row key and column key whose permission changed."""

    def __init__(self, words: Mapping[Permission, str], parent: QObject | None = None) -> None:
        """`words` name each permission in full, for screen readers."""
        super().__init__(parent)
        self._words = dict(words)
        self.rows: tuple[MatrixRow, ...] = ()
        self.columns: tuple[MatrixColumn, ...] = ()
        self._before: dict[tuple[str, str], Permission] = {}
        self._now: dict[tuple[str, str], Permission] = {}
        self.corner = ""

    def set_matrix(
        self,
        rows: Sequence[MatrixRow],
        columns: Sequence[MatrixColumn],
        permissions: Mapping[tuple[str, str], Permission],
        before: Mapping[tuple[str, str], Permission] | None = None,
    ) -> None:
        """`permissions` by (row key, column key); absent pairs are `none`."""
        self.beginResetModel()
        self.rows, self.columns = tuple(rows), tuple(columns)
        self._now = dict(permissions)
        self._before = dict(permissions if before is None else before)
        self.endResetModel()

    def permissions(self) -> dict[tuple[str, str], Permission]:
        """Every pair that is not `none`."""
        return {pair: value for pair, value in self._now.items() if value != "none"}

    def changes(self) -> dict[tuple[str, str], tuple[Permission, Permission]]:
        """(before, now) of every pair that differs."""
        found: dict[tuple[str, str], tuple[Permission, Permission]] = {}
        for pair in self._before.keys() | self._now.keys():
            old, new = self._before.get(pair, "none"), self._now.get(pair, "none")
            if old != new:
                found[pair] = (old, new)
        return found

    def pair(self, index: AnyIndex) -> tuple[str, str] | None:
        if not index.isValid() or index.column() == 0:
            return None
        return self.rows[index.row()].key, self.columns[index.column() - 1].key

    def permission(self, index: AnyIndex) -> Permission:
        pair = self.pair(index)
        return "none" if pair is None else self._now.get(pair, "none")

    def is_changed(self, index: AnyIndex) -> bool:
        pair = self.pair(index)
        if pair is None:
            return False
        return self._now.get(pair, "none") != self._before.get(pair, "none")

    def set_permission(self, index: AnyIndex, permission: Permission) -> None:
        pair = self.pair(index)
        if pair is None or self._now.get(pair, "none") == permission:
            return
        self._now[pair] = permission
        where = self.index(index.row(), index.column())
        self.dataChanged.emit(where, where)
        self.changed.emit(*pair)

    def reset_changes(self) -> None:
        self.beginResetModel()
        self._now = dict(self._before)
        self.endResetModel()

    def word(self, permission: Permission) -> str:
        return self._words.get(permission, permission)

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns) + 1

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        if not index.isValid() or role not in _SPOKEN:
            return None
        if index.column() == 0:
            return shown(self.rows[index.row()].title)
        return self.word(self.permission(index))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role not in _SPOKEN:
            return None
        if orientation == Qt.Orientation.Vertical:
            return shown(self.rows[section].title) if 0 <= section < len(self.rows) else None
        if section == 0:
            return shown(self.corner)
        if 1 <= section <= len(self.columns):
            return shown(self.columns[section - 1].title)
        return None
