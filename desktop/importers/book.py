"""Collects the rows of a file in order, tells doubles, and makes the preview (T66)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, ImportRow, Item, Reason, Verdict
from desktop.importers import reasons
from desktop.importers.draft import SEVERITY, Draft
from desktop.importers.finish import finish
from desktop.importers.table import Row, Table

_TITLE: Final = 256
_encode: Final = msgspec.msgpack.Encoder().encode


class Book:
    """Rows of one file; every row that goes in comes out, with a verdict."""

    def __init__(self, importer: str, source: str) -> None:
        self.importer = importer
        self.source = source
        self.rows: list[ImportRow] = []
        self._seen: dict[int, list[int]] = {}

    @property
    def next_number(self) -> int:
        return len(self.rows) + 1

    def draft(self) -> Draft:
        return Draft(self.next_number, self.source)

    def add(self, *drafts: Draft) -> None:
        """Close one row that gave these drafts (most rows give one)."""
        name, username = drafts[0].name, drafts[0].username
        try:
            items = tuple(item for draft in drafts for item in finish(draft))
            encoded = _encode(items)
        except UnicodeEncodeError:
            self.reject(reasons.BAD_TEXT, title=name, subtitle=username)
            return
        digest = hash(encoded)
        first = next((n for n in self._seen.get(digest, ()) if self.rows[n].items == items), None)
        if first is not None:
            same = Reason(key=reasons.SAME_AS_ROW, facts={"first": str(first + 1)})
            self._append(Verdict.DOUBLE, (same,), items[0].name, username, folder=items[0].folder)
            return
        self._seen.setdefault(digest, []).append(len(self.rows))
        verdict = max((draft.verdict for draft in drafts), key=SEVERITY.__getitem__)
        why = tuple(reason for draft in drafts for reason in draft.reasons)
        self._append(verdict, why, items[0].name, username, items=items, folder=items[0].folder)

    def reject(self, key: str, *, title: str = "", subtitle: str = "", **facts: str) -> None:
        self._append(Verdict.REJECTED, (Reason(key=key, facts=facts),), title, subtitle)

    def preview(self) -> ImportPreview:
        """Raises BadFile `empty` when the file had no rows."""
        if not self.rows:
            raise BadFile("empty", detail="no rows")
        return ImportPreview(format=self.importer, confident=True, rows=tuple(self.rows))

    def table_rows(self, table: Table, *, glue: bool = False) -> Iterator[tuple[Draft, list[str]]]:
        """A draft and padded cells per usable row; empty rows and repeated headings are listed."""
        width = len(table.keys)
        for row in table.rows(glue=glue):
            cells = row.cells
            if not any(cells):
                self.reject(reasons.EMPTY_ROW)
            elif cells[0] == table.names[0] and tuple(cells) == table.names:
                self.reject(reasons.HEADER_AGAIN)
            else:
                draft = Draft(len(self.rows) + 1, self.source)
                if len(cells) != width or row.glued:
                    _even(draft, row, width)
                cells.append("")
                yield draft, cells

    def _append(
        self,
        verdict: Verdict,
        why: tuple[Reason, ...],
        title: str,
        subtitle: str,
        *,
        items: tuple[Item, ...] = (),
        folder: str | None = None,
    ) -> None:
        self.rows.append(
            ImportRow(
                number=len(self.rows) + 1,
                verdict=verdict,
                reasons=why,
                items=items,
                title=_sendable(title),
                subtitle=_sendable(subtitle),
                folder=folder,
            )
        )


def _even(draft: Draft, row: Row, width: int) -> None:
    """Make a row as wide as the heading; what is too much goes below the notes."""
    cells = row.cells
    if row.glued:
        draft.flag(Verdict.FIXED, reasons.LINES_GLUED, count=row.glued)
    if len(cells) < width:
        draft.flag(Verdict.FIXED, reasons.CELLS_MISSING, missing=width - len(cells))
        cells.extend([""] * (width - len(cells)))
        return
    extra = [(n, cell) for n, cell in enumerate(cells[width:], width + 1) if cell]
    del cells[width:]
    if extra:
        draft.flag(Verdict.FIXED, reasons.CELLS_EXTRA, extra=len(extra))
        draft.leftovers += [(f"Column {n}", cell) for n, cell in extra]


def keep_others(draft: Draft, cells: Sequence[str], others: Sequence[tuple[int, str]]) -> None:
    """Columns no rule knows become custom fields."""
    for index, name in others:
        if cells[index]:
            draft.add_field(name, cells[index])


def _sendable(text: str) -> str:
    """Shortened, and half characters (lone surrogates) spelled out (T77)."""
    short = text[:_TITLE]
    try:
        short.encode()
    except UnicodeEncodeError:
        return short.encode("utf-8", "backslashreplace").decode()
    return short
