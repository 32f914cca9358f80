"""A tree of named nodes, as collections nest by `/` in their names; editable or only shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast, overload

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.shown import shown

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
SEPARATOR = "/"


@dataclass(frozen=True)
class TreeRow:
    """What a caller hands in: a path, figures for the extra columns, a warning, an icon."""

    key: str
    path: str
    cells: tuple[str, ...] = ()
    warning: str = ""
    icon: str = ""
    is_loose: bool = False
    """Stands on its own whatever its name, as the row of what is unassigned."""


@dataclass(eq=False)
class Node:
    """One node; `key` is empty for parents that exist only as part of a name."""

    number: int
    name: str
    parent: Node | None
    key: str = ""
    cells: tuple[str, ...] = ()
    warning: str = ""
    icon: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def path(self) -> str:
        above = self.parent.path if self.parent is not None else ""
        return f"{above}{SEPARATOR}{self.name}" if above else self.name


class TreeModel(QAbstractItemModel):
    """Column 0 is the name; `titles` name the extra columns."""

    edited = Signal()

    def __init__(
        self,
        title: str,
        titles: Sequence[str] = (),
        *,
        is_editable: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._titles = (title, *titles)
        self._is_editable = is_editable
        self._nodes: dict[int, Node] = {}
        self._next = 1
        self._root = Node(0, "", None)

    # --- content -------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[TreeRow]) -> None:
        """Builds the tree from paths; a missing parent is put in without a key."""
        self.beginResetModel()
        self._nodes.clear()
        self._root = Node(0, "", None)
        by_path: dict[str, Node] = {"": self._root}
        for row in rows:
            node = self._new(row.path, self._root) if row.is_loose else self._at(row.path, by_path)
            node.key, node.cells = row.key, row.cells
            node.warning, node.icon = row.warning, row.icon
        self.endResetModel()

    def set_paths(self, paths: Sequence[str]) -> None:
        """For editing: names only; the path is also the key."""
        self.set_rows([TreeRow(path, path) for path in paths])

    def paths(self) -> list[str]:
        """Every path, parents before children, in the order shown."""
        return [node.path for node in self._walk(self._root)]

    def node(self, index: AnyIndex) -> Node | None:
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def index_of(self, key: str) -> QModelIndex:
        for node in self._nodes.values():
            if node.key == key:
                return self._index(node)
        return QModelIndex()

    def _walk(self, node: Node) -> Iterator[Node]:
        for child in node.children:
            yield child
            yield from self._walk(child)

    def _new(self, name: str, parent: Node, at: int | None = None) -> Node:
        node = Node(self._next, name, parent)
        self._next += 1
        self._nodes[node.number] = node
        parent.children.insert(len(parent.children) if at is None else at, node)
        return node

    def _at(self, path: str, by_path: dict[str, Node]) -> Node:
        if path in by_path:
            return by_path[path]
        above, _slash, name = path.rpartition(SEPARATOR)
        parent = self._at(above, by_path) if above else self._root
        node = self._new(name, parent)
        by_path[path] = node
        return node

    def _index(self, node: Node, column: int = 0) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), column, node.number)

    # --- editing -------------------------------------------------------------------------

    def add(
        self, name: str, beside: AnyIndex | None = None, *, inside: bool = False
    ) -> QModelIndex:
        """A new node after `beside`, or as its last child; names stay unique among siblings."""
        anchor = self.node(beside) if beside is not None else None
        parent = self._root
        at = len(self._root.children)
        if anchor is not None and inside:
            parent, at = anchor, len(anchor.children)
        elif anchor is not None and anchor.parent is not None:
            parent = anchor.parent
            at = parent.children.index(anchor) + 1
        self.beginInsertRows(self._index(parent), at, at)
        node = self._new(self._free_name(parent, name), parent, at)
        self.endInsertRows()
        self.edited.emit()
        return self._index(node)

    def remove(self, index: AnyIndex) -> None:
        """Takes a node away with everything inside it."""
        node = self.node(index)
        if node is None or node.parent is None:
            return
        row = node.parent.children.index(node)
        self.beginRemoveRows(self._index(node.parent), row, row)
        node.parent.children.pop(row)
        for gone in (node, *self._walk(node)):
            self._nodes.pop(gone.number, None)
        self.endRemoveRows()
        self.edited.emit()

    def move(self, index: AnyIndex, step: int) -> None:
        """One place up (-1) or down (+1) among its siblings."""
        node = self.node(index)
        if node is None or node.parent is None:
            return
        siblings = node.parent.children
        row = siblings.index(node)
        if not 0 <= row + step < len(siblings):
            return
        parent = self._index(node.parent)
        target = row + step + (1 if step > 0 else 0)
        self.beginMoveRows(parent, row, row, parent, target)
        siblings.insert(row + step, siblings.pop(row))
        self.endMoveRows()
        self.edited.emit()

    def indent(self, index: AnyIndex, *, deeper: bool) -> None:
        """Into the sibling above, or out of the parent."""
        node = self.node(index)
        if node is None or node.parent is None:
            return
        old = node.parent
        row = old.children.index(node)
        if deeper:
            if row == 0:
                return
            new = old.children[row - 1]
            at = len(new.children)
        else:
            if old.parent is None:
                return
            new = old.parent
            at = new.children.index(old) + 1
        self.beginMoveRows(self._index(old), row, row, self._index(new), at)
        old.children.pop(row)
        new.children.insert(at, node)
        node.parent = new
        self.endMoveRows()
        node.name = self._free_name(new, node.name, ignore=node)
        self.edited.emit()

    @staticmethod
    def _free_name(parent: Node, name: str, ignore: Node | None = None) -> str:
        taken = {child.name.casefold() for child in parent.children if child is not ignore}
        found, number = name, 2
        while found.casefold() in taken:
            found, number = f"{name} {number}", number + 1
        return found

    def setData(  # noqa: N802 - Qt's name
        self, index: AnyIndex, value: Any, role: int = _EDIT
    ) -> bool:
        node = self.node(index)
        if role != _EDIT or node is None or node.parent is None or index.column() != 0:
            return False
        # A slash would nest, so it is no part of one name.
        name = str(value).replace(SEPARATOR, " ").strip()
        if not name:
            return False
        node.name = self._free_name(node.parent, name, ignore=node)
        where = self._index(node)
        self.dataChanged.emit(where, where)
        self.edited.emit()
        return True

    # --- what views ask ------------------------------------------------------------------

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._is_editable and index.column() == 0:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def index(self, row: int, column: int, parent: AnyIndex = _NO_PARENT) -> QModelIndex:
        holder = self.node(parent) if parent.isValid() else self._root
        if holder is None or not 0 <= row < len(holder.children):
            return QModelIndex()
        if not 0 <= column < len(self._titles) or (parent.isValid() and parent.column() > 0):
            return QModelIndex()
        return self.createIndex(row, column, holder.children[row].number)

    @overload
    def parent(self) -> QObject: ...
    @overload
    def parent(self, child: AnyIndex) -> QModelIndex: ...
    def parent(self, child: AnyIndex | None = None) -> QModelIndex | QObject:
        if child is None:
            return cast("QObject", super().parent())
        node = self.node(child)
        if node is None or node.parent is None:
            return QModelIndex()
        return self._index(node.parent)

    def rowCount(self, parent: AnyIndex = _NO_PARENT) -> int:
        if not parent.isValid():
            return len(self._root.children)
        node = self.node(parent)
        return len(node.children) if node is not None and parent.column() == 0 else 0

    def columnCount(self, _parent: AnyIndex = _NO_PARENT) -> int:
        return len(self._titles)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        node = self.node(index)
        if node is None:
            return None
        if role == _EDIT:
            return node.name
        if role in {_DISPLAY, _SPOKEN}:
            return self._text(node, index.column(), spoken=role == _SPOKEN)
        if role == _ALIGNMENT and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    @staticmethod
    def _text(node: Node, column: int, *, spoken: bool) -> str:
        if column:
            return shown(node.cells[column - 1]) if column <= len(node.cells) else ""
        if spoken and node.warning:
            return f"{shown(node.name)}, {shown(node.warning)}"
        return shown(node.name)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        is_mine = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._titles)
        if not is_mine:
            return None
        if role in {_DISPLAY, _SPOKEN}:
            return shown(self._titles[section])
        if role == _ALIGNMENT and section:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
