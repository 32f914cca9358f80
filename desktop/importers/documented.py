"""What exports of IT documentation share: many clients in one file, rows that belong to things.

Used by IT Glue, Hudu and Passportal; importers page 2.3, 2.4 and 2.10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from desktop.domain.items import Verdict
from desktop.importers import reasons
from desktop.importers.book import Book, keep_others
from desktop.importers.columns import Columns
from desktop.importers.draft import SLASH, Draft
from desktop.importers.folders import split_path
from desktop.importers.table import Table

_TRUE: Final = frozenset({"true", "yes", "1"})


class Documented:
    """The rows of a table whose column `organization` says whose they are.

    Several organizations in one file become the top of the folders; one is no folder: it is the
    client itself, and stays with each item as a field.
    """

    def __init__(self, table: Table, wanted: Mapping[str, Sequence[str]]) -> None:
        self._table = table
        self.columns = Columns(table, wanted)
        self._names: Counter[str] = Counter()
        self._owners: set[str] = set()
        for row in table.rows():
            cells = [*row.cells, *[""] * (len(table.keys) - len(row.cells))]
            values = self.columns.of(cells)
            self._names[values.get("name", "").strip().casefold()] += 1
            self._owners.add(values.get("organization", "").strip())

    @property
    def has_several(self) -> bool:
        return len(self._owners - {""}) > 1

    def is_repeated(self, name: str) -> bool:
        """Whether another row has this name: embedded passwords often do."""
        return bool(name.strip()) and self._names[name.strip().casefold()] > 1

    def place(self, draft: Draft, owner: str, *folders: str) -> None:
        """Puts a row below its owner, where the file has several, and below `folders`."""
        parts = [part for folder in folders if (part := _part(folder))]
        top = _part(owner)
        if top is not None and self.has_several:
            parts.insert(0, top)
        elif top is not None:
            draft.add_field("Organization", owner.strip(), hidden=False)
        draft.folder = "/".join(parts) or None


def _part(text: str) -> str | None:
    """One level of a path: a slash in a client's name makes none."""
    return split_path(text.replace("/", SLASH))


def keep_flag(draft: Draft, label: str, value: str) -> bool:
    """Notes a yes as a field; a no says nothing. True for a yes."""
    word = value.strip().casefold()
    if word in _TRUE:
        draft.add_field(label, value.strip(), hidden=False)
        return True
    if word not in ("", "false", "no", "0"):
        draft.add_field(label, value, hidden=False)
    return False


def archived(draft: Draft, value: str) -> None:
    """An archived row is imported, and said to be one."""
    if keep_flag(draft, "Archived", value):
        draft.flag(Verdict.FIXED, reasons.ARCHIVED)


def related(*parts: str) -> str:
    """What a password belongs to, in words: "Web server (Configuration)"."""
    name, kind, *rest = (*(part.strip() for part in parts), "", "")
    said = f"{name} ({kind})" if name and kind else name or kind
    return " ".join(part for part in (said, *rest) if part)


def close(
    book: Book, draft: Draft, cells: Sequence[str], others: Sequence[tuple[int, str]]
) -> None:
    """Keeps what no rule knows and closes the row."""
    keep_others(draft, cells, others)
    book.add(draft)
