"""RoboForm CSV; importers page 2.13.

Source: the layouts `Name,Url,[MatchUrl,]Login,Pwd,Note,Folder,RfFieldsV2` and, older, `Rf_fields`.
Every further field of a form is one more cell of its row. Values that begin with one of `' @ + - =`
carry an apostrophe in front, which spreadsheets need and vaults do not.
"""

from __future__ import annotations

import csv
from typing import Final, NamedTuple

from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import reasons
from desktop.importers.book import Book, keep_others
from desktop.importers.draft import Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput
from desktop.importers.source import Source
from desktop.importers.table import Row, Table

KEY: Final = "roboformcsv"
TITLE: Final = "RoboForm (CSV)"
_REQUIRED: Final = ("name", "url", "login", "pwd", "note", "folder")
_FIELDS: Final = ("rffieldsv2", "rffields")
_GUARDED: Final = "'@+-="
# Names RoboForm gives to what the columns hold already.
_KNOWN: Final = {"User ID$": "username", "Password$": "password", "TOTP KEY$": "totp"}
_SCRIPT: Final = "Script$"


class Field(NamedTuple):
    """One field of a form: its label, its kind (txt, pwd, ...) and its value."""

    name: str
    kind: str
    value: str


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    if not all(key in head.keys for key in _REQUIRED):
        return 0
    return 100 if any(key in head.keys for key in _FIELDS) else 70


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    options.require(table.keys, "name", "pwd")
    column = next((key for key in _FIELDS if key in table.keys), None)
    is_last = column is not None and table.keys[-1] == column
    pick = table.picker(*_REQUIRED, "matchurl")
    others = table.others(*_REQUIRED, "matchurl", *_FIELDS)
    book = Book(KEY, "RoboForm")
    for row in table.rows():
        if not any(row.cells):
            book.reject(reasons.EMPTY_ROW)
            continue
        draft, cells, fields = _split(book, row, table, column, is_last=is_last)
        _fill(draft, [_bare(draft, cell) for cell in pick(cells)])
        _fill_fields(draft, [_field(cell, column) for cell in fields])
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _split(
    book: Book, row: Row, table: Table, column: str | None, *, is_last: bool
) -> tuple[Draft, list[str], list[str]]:
    """A draft, the cells below the heading (and one empty one), and the cells that are fields."""
    draft, width = book.draft(), len(table.keys)
    cells = [*row.cells[:width], *[""] * (width - len(row.cells)), ""]
    fields: list[str] = []
    if column is not None:
        fields.append(cells[table.keys.index(column)])
    extra = [cell for cell in row.cells[width:] if cell]
    if is_last:
        fields += extra
    elif extra:
        draft.flag(Verdict.FIXED, reasons.CELLS_EXTRA, extra=len(extra))
        draft.leftovers += [(f"Column {n}", cell) for n, cell in enumerate(extra, width + 1)]
    return draft, cells, [cell for cell in fields if cell]


def _fill(draft: Draft, values: list[str]) -> None:
    name, url, login, password, note, folder, match = values
    draft.name, draft.username, draft.password, draft.notes = name, login, password, note
    draft.add_uri(url)
    # Mostly the host of the address, which that holds already.
    if match not in url:
        draft.add_uri(match)
    draft.folder = split_path(folder.replace("\\", "/"))


def _bare(draft: Draft, value: str) -> str:
    """Without the apostrophe that guards a value from spreadsheets."""
    if len(value) > 1 and value[0] == "'" and value[1] in _GUARDED:
        if not any(reason.key == reasons.APOSTROPHE_REMOVED for reason in draft.reasons):
            draft.flag(Verdict.FIXED, reasons.APOSTROPHE_REMOVED)
        return value[1:]
    return value


def _field(cell: str, column: str | None) -> Field:
    """V2: `name,?,?,type,value` with commas; before: `name:type:value`, colons in the value."""
    if column == "rffields":
        parts = cell.split(":", 2)
        return Field(parts[0], parts[1], parts[2]) if len(parts) == 3 else Field("Field", "", cell)
    try:
        parts = next(csv.reader([cell], strict=True), [])
    except csv.Error:
        parts = cell.split(",", 4)
    if len(parts) < 5:
        return Field("Field", "", cell)
    return Field(parts[0], parts[3], ",".join(parts[4:]))


def _fill_fields(draft: Draft, fields: list[Field]) -> None:
    for field in fields:
        value = _bare(draft, field.value)
        place = _KNOWN.get(field.name)
        now = getattr(draft, place) if place is not None else None
        if place is not None and now in ("", value):
            setattr(draft, place, value)
        elif field.name != _SCRIPT or value:
            hidden = True if field.kind == "pwd" else None
            draft.add_field(field.name.removesuffix("$") or "Field", value, hidden=hidden)
