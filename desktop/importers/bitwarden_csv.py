"""Bitwarden CSV, individual (`folder`) and organization (`collections`); importers page 2.2.

Source: the layouts of the official web vault's export, as of 2026.
"""

from __future__ import annotations

import csv
from typing import Final

from desktop.domain.enums import CipherType
from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import reasons
from desktop.importers.book import Book, keep_others
from desktop.importers.draft import Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "bitwardencsv"
TITLE: Final = "Bitwarden (CSV)"
_REQUIRED: Final = ("name", "loginuri", "loginusername", "loginpassword")
_COLUMNS: Final = (
    "folder",
    "collections",
    "favorite",
    "type",
    "name",
    "notes",
    "fields",
    "reprompt",
    "loginuri",
    "loginusername",
    "loginpassword",
    "logintotp",
)
# Short headings of files made by hand, and what they stand for.
_ALIASES: Final = {
    "uri": "loginuri",
    "username": "loginusername",
    "password": "loginpassword",
    "totp": "logintotp",
}


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    return score_headings(head.keys, _REQUIRED, (*_COLUMNS, *_ALIASES))


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    columns = tuple(_column(table, key) for key in _COLUMNS)
    options.require(table.keys, "name", _column(table, "loginpassword"))
    pick = table.picker(*columns)
    others = table.others(*columns)
    book = Book(KEY, "Bitwarden")
    for draft, cells in book.table_rows(table):
        _fill(draft, dict(zip(_COLUMNS, pick(cells), strict=True)))
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _column(table: Table, key: str) -> str:
    if key in table.keys:
        return key
    return next((alias for alias, target in _ALIASES.items() if target == key), key)


def _fill(draft: Draft, row: dict[str, str]) -> None:
    draft.own_fields = True
    draft.name = row["name"]
    draft.notes = row["notes"]
    draft.username = row["loginusername"]
    draft.password = row["loginpassword"]
    draft.totp = row["logintotp"]
    for uri in split_list(row["loginuri"]):
        draft.add_uri(uri)
    _settle_kind(draft, row["type"])
    _flag_cells(draft, row)
    _fill_fields(draft, row["fields"])
    paths = [path for name in split_list(row["collections"]) if (path := split_path(name))]
    if (path := split_path(row["folder"])) is not None:
        paths.insert(0, path)
    unique = list(dict.fromkeys(paths))
    draft.folder = unique[0] if unique else None
    draft.extra_folders = tuple(unique[1:])


def _settle_kind(draft: Draft, kind: str) -> None:
    name = kind.strip().casefold()
    if name in ("note", "securenote", "secure note"):
        draft.type = CipherType.SECURE_NOTE
    elif name == "login":
        # An official export never turns a login into a note, however empty it is.
        draft.type = CipherType.LOGIN
    elif name:
        draft.add_field("type", kind)


def _flag_cells(draft: Draft, row: dict[str, str]) -> None:
    """`favorite` and `reprompt` are 1, 0 or empty; any other word is kept as a field."""
    for key in ("favorite", "reprompt"):
        if row[key] not in ("", "0", "1"):
            draft.add_field(key, row[key])
    draft.favorite = row["favorite"] == "1"
    draft.reprompt = row["reprompt"] == "1"


def _fill_fields(draft: Draft, text: str) -> None:
    """Lines of `name: value`, split at the first `: `; other lines continue the value above."""
    if not text:
        return
    pairs: list[tuple[str, str]] = []
    joined = 0
    for line in text.split("\n"):
        name, colon, value = line.partition(": ")
        if not colon and line.rstrip("\r").endswith(":"):
            name, colon = line.rstrip("\r")[:-1], ":"
        if colon and name:
            pairs.append((name, value))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}\n{line}")
            joined += 1
        elif line:
            pairs.append(("Field", line))
    for name, value in pairs:
        draft.add_field(name, value.removesuffix("\r"))
    if joined:
        draft.flag(Verdict.FIXED, reasons.FIELDS_REJOINED, count=joined)


def split_list(cell: str) -> list[str]:
    """Parts of a comma-separated cell, each trimmed; a part with a comma is quoted inside."""
    if "," not in cell and '"' not in cell:
        return [cell.strip()] if cell.strip() else []
    try:
        parts = next(csv.reader([cell], strict=True, skipinitialspace=True), [])
    except csv.Error:
        parts = [cell]
    return [part.strip() for part in parts if part.strip()]
