"""Passwords exported by Chrome and its relatives; importers page 2.12.

Source: the layout `name,url,username,password,note` of Chromium's password export, 2026.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.items import ImportPreview
from desktop.importers.book import Book, keep_others
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "chromecsv"
TITLE: Final = "Chrome, Edge, Brave, Opera, Vivaldi (CSV)"
_REQUIRED: Final = ("name", "url", "username", "password")
_COLUMNS: Final = (*_REQUIRED, "note")


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    return score_headings(head.keys, _REQUIRED, _COLUMNS, exact=True)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    options.require(table.keys, "password", "url")
    pick = table.picker(*_COLUMNS)
    others = table.others(*_COLUMNS)
    book = Book(KEY, "Chrome")
    for draft, cells in book.table_rows(table):
        draft.name, url, draft.username, draft.password, draft.notes = pick(cells)
        draft.add_uri(url)
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()
