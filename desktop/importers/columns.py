"""Columns of a table under whichever of their names a file uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.importers.table import Table


class Columns:
    """`wanted` maps what a format calls a value to the heading keys it may have, best first."""

    def __init__(self, table: Table, wanted: Mapping[str, Sequence[str]]) -> None:
        self._table = table
        self.found = {
            name: key
            for name, keys in wanted.items()
            if (key := next((one for one in keys if one in table.keys), None)) is not None
        }
        self._at = {name: table.keys.index(key) for name, key in self.found.items()}

    def of(self, cells: Sequence[str]) -> dict[str, str]:
        """The values of a row by name; "" for a column that the file does not have."""
        return {name: cells[at] for name, at in self._at.items()}

    def others(self, *dropped: str) -> tuple[tuple[int, str], ...]:
        """Index and name of each column that is neither wanted nor among `dropped` (keys)."""
        return self._table.others(*self.found.values(), *dropped)
