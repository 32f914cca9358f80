"""Keeper CSV, which has no heading; importers page 2.7.

Source: the layout `Folder,Title,Login,Password,Website Address,Notes,Shared Folder` followed by
pairs of a field's name and value. Sub-folders are separated by a backslash; a shared folder ends in
flags such as `#edit`.
"""

from __future__ import annotations

import contextlib
import csv
import re
from typing import Final

from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import reasons
from desktop.importers.book import Book
from desktop.importers.draft import Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import CANDIDATE, ReadOptions, SniffInput
from desktop.importers.source import Source
from desktop.importers.table import rows_without_heading

KEY: Final = "keepercsv"
TITLE: Final = "Keeper (CSV)"
_WIDTH: Final = 7
# Lines that a guess looks at.
_LINES: Final = 40
_HEADING: Final = ("folder", "title", "login", "password")
_FLAGS: Final = re.compile(r"(?:#(?:edit|reshare))+\Z")
_LINE: Final = re.compile(r"\r*\n|\r")
_TOTP: Final = ("tfc:keeper", "$onetimecode")
_TYPE: Final = "$type"


def sniff(head: SniffInput) -> int:
    """0 to 100. Without a heading it is a guess at best, and never taken unasked."""
    if head.keys[:4] == _HEADING:
        return 80
    lines = [line for line in _LINE.split(head.text.lstrip("\ufeff"))[:_LINES] if line.strip()]
    rows: list[list[str]] = []
    # The last row looked at may be cut within its quotes; those before it count.
    with contextlib.suppress(csv.Error):
        rows.extend(csv.reader(lines, strict=True))
    fitting = [cells for cells in rows if len(cells) >= _WIDTH and len(cells) % 2]
    # A row may be short of cells, most are not.
    fits = bool(fitting) and len(fitting) * 4 >= len(rows) * 3
    return CANDIDATE + 15 if fits and _looks_filled(fitting) else 0


def _looks_filled(rows: list[list[str]]) -> bool:
    """The fifth cell is an address or empty, and some row has one."""
    sites = [cells[4].strip() for cells in rows]
    return any("://" in site for site in sites) and all("." in one or not one for one in sites)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    book = Book(KEY, "Keeper")
    for row in rows_without_heading(Source(data, options.encoding), ","):
        cells = row.cells
        if not any(cells):
            book.reject(reasons.EMPTY_ROW)
        elif tuple(cell.strip().casefold() for cell in cells[:4]) == _HEADING:
            book.reject(reasons.HEADER_AGAIN)
        else:
            draft = book.draft()
            _fill(draft, [*cells, *[""] * (_WIDTH - len(cells))])
            book.add(draft)
    return book.preview()


def _fill(draft: Draft, cells: list[str]) -> None:
    folder, draft.name, draft.username, draft.password, url, draft.notes, shared = cells[:_WIDTH]
    draft.add_uri(url)
    flags = _FLAGS.search(shared)
    own = split_path(folder, "\\")
    team = split_path(shared[: flags.start()] if flags else shared, "\\")
    # What is shared there is a collection here; a folder of one's own comes second.
    paths = [path for path in (team, own) if path is not None]
    draft.folder = paths[0] if paths else None
    draft.extra_folders = tuple(dict.fromkeys(paths[1:]))
    if flags:
        rights = flags.group().strip("#").replace("#", ", ")
        draft.flag(Verdict.OK, reasons.SHARED_AS, rights=rights)
    rest = cells[_WIDTH:]
    for name, value in zip(rest[::2], [*rest[1::2], ""], strict=False):
        _field(draft, name, value)


def _field(draft: Draft, name: str, value: str) -> None:
    key = name.strip().casefold().partition(":")[0] if name.startswith("$") else name.casefold()
    if key in _TOTP and not draft.totp:
        draft.totp = value
    elif key == "$url":
        draft.add_uri(value)
    else:
        label = "Type" if key == _TYPE else name.strip().removeprefix("$").strip(":")
        draft.add_field(label or "Field", value, hidden=False if key == _TYPE else None)
