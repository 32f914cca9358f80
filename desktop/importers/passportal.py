"""Passwords exported from N-able Passportal; importers page 2.10.

Source: documentation.n-able.com/passportal, the templates of client passwords and of My Vault.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.items import ImportPreview
from desktop.importers.book import Book
from desktop.importers.documented import Documented, close, keep_flag
from desktop.importers.draft import Draft
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "passportalcsv"
TITLE: Final = "N-able Passportal (CSV)"
_REQUIRED: Final = ("credential", "username", "password", "description")
_COLUMNS: Final = {
    "organization": ("clientname", "client"),
    "kind": ("credential", "credentialtype"),
    "username": ("username",),
    "password": ("password",),
    "description": ("description",),
    "notes": ("notes",),
    "url": ("url",),
    "folder": ("folder(optional)", "folder"),
    "totp": ("totpsecret", "totp"),
    "expires": ("expires(yes/no)", "expires"),
}
# Only Passportal's own rows are told apart by it.
_ID: Final = ("passportalid(blank)", "passportalid")


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    if any(key in head.keys for key in _ID) and "password" in head.keys:
        return 100
    return score_headings(head.keys, _REQUIRED, _REQUIRED)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    options.require(table.keys, "credential", "password")
    file = Documented(table, _COLUMNS)
    others = file.columns.others(*_ID)
    book = Book(KEY, "Passportal")
    for draft, cells in book.table_rows(table):
        _fill(draft, file, file.columns.of(cells))
        close(book, draft, cells, others)
    return book.preview()


def _fill(draft: Draft, file: Documented, row: dict[str, str]) -> None:
    kind, description = row.get("kind", ""), row.get("description", "")
    draft.name = " - ".join(part.strip() for part in (kind, description) if part.strip())
    draft.username, draft.password = row.get("username", ""), row["password"]
    draft.totp, draft.notes = row.get("totp", ""), row.get("notes", "")
    draft.add_uri(row.get("url", ""))
    file.place(draft, row.get("organization", ""), row.get("folder", ""))
    draft.add_field("Type", kind, hidden=False)
    keep_flag(draft, "Expires", row.get("expires", ""))
