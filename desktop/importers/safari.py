"""Passwords exported by Safari and by the Passwords app of macOS and iOS; importers page 2.12.

Source: the layouts `Title,URL,Username,Password,Notes,OTPAuth` (macOS 12.3 and later) and
`Title,Url,Username,Password` (before).
"""

from __future__ import annotations

from typing import Final

from desktop.domain.items import ImportPreview
from desktop.importers.book import Book, keep_others
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "safaricsv"
TITLE: Final = "Safari and macOS (CSV)"
_REQUIRED: Final = ("title", "url", "username", "password")
_COLUMNS: Final = (*_REQUIRED, "notes", "otpauth")


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    return score_headings(head.keys, _REQUIRED, _COLUMNS, exact=True)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    options.require(table.keys, "password", "url")
    pick = table.picker(*_COLUMNS)
    others = table.others(*_COLUMNS)
    book = Book(KEY, "Safari")
    for draft, cells in book.table_rows(table):
        draft.name, url, draft.username, draft.password, draft.notes, draft.totp = pick(cells)
        draft.add_uri(url)
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()
