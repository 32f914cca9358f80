"""CSV export of 1Password 8; importers page 2.9.

Source: the layout `Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes`. It holds
logins only; a 1PUX export holds everything.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import reasons
from desktop.importers.book import Book, keep_others
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "1password8csv"
TITLE: Final = "1Password 8 (CSV)"
_REQUIRED: Final = ("title", "url", "username", "password", "otpauth", "favorite", "archived")
_COLUMNS: Final = (*_REQUIRED, "tags", "notes")


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    return score_headings(head.keys, _REQUIRED, _COLUMNS)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    options.require(table.keys, "title", "password")
    pick = table.picker(*_COLUMNS)
    others = table.others(*_COLUMNS)
    book = Book(KEY, "1Password")
    for draft, cells in book.table_rows(table):
        name, url, username, password, totp, favourite, archived, tags, notes = pick(cells)
        draft.name, draft.username, draft.password, draft.totp = name, username, password, totp
        draft.notes = notes
        draft.add_uri(url)
        draft.favorite = _is_true(favourite)
        if _is_true(archived):
            draft.add_field("Archived", archived, hidden=False)
            draft.flag(Verdict.FIXED, reasons.ARCHIVED)
        draft.add_field("Tags", tags, hidden=False)
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _is_true(cell: str) -> bool:
    return cell.strip().casefold() in ("true", "1", "yes")
