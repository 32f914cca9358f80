"""Passwords exported from Hudu; importers page 2.4.

Source: the fields of `asset_password` in Hudu's API, and the headings of its exports in any
spelling.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import reasons
from desktop.importers.book import Book
from desktop.importers.documented import Documented, archived, close, keep_flag, related
from desktop.importers.draft import Draft
from desktop.importers.formats import ReadOptions, SniffInput
from desktop.importers.markup import put_notes
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "huducsv"
TITLE: Final = "Hudu (CSV)"
_COLUMNS: Final = {
    "organization": ("companyname", "company"),
    "name": ("name",),
    "username": ("username",),
    "password": ("password",),
    "url": ("url",),
    "totp": ("otpsecret",),
    "notes": ("description", "notes"),
    "kind": ("passwordtype", "type"),
    "folder": ("passwordfoldername", "folder", "passwordfolder"),
    "resource": ("passwordablename", "resource"),
    "resource_kind": ("passwordabletype",),
    "resource_id": ("passwordableid",),
    "portal": ("inportal",),
    "archived": ("archived",),
}
_LEFT_OUT: Final = (
    *("id", "companyid", "passwordfolderid", "slug", "createdat", "updatedat"),
    "objecttype",
)
_OWN: Final = (
    *("companyid", "companyname", "passwordabletype", "passwordfolderid", "passwordfoldername"),
    *("inportal", "passwordtype"),
)


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    keys = head.keys
    if not all(key in keys for key in ("name", "username", "password")):
        return 0
    if not any(key in keys for key in (*_COLUMNS["organization"], "companyid")):
        return 0
    # Titles of Hudu's own are few: a company and a one-time secret stand together only here.
    titled = "company" in keys and "otpsecret" in keys
    return 100 if titled or any(key in keys for key in _OWN) else 80


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    options.require(table.keys, "name", "password")
    file = Documented(table, _COLUMNS)
    others = file.columns.others(*_LEFT_OUT)
    book = Book(KEY, "Hudu")
    for draft, cells in book.table_rows(table):
        _fill(draft, file, file.columns.of(cells))
        close(book, draft, cells, others)
    return book.preview()


def _fill(draft: Draft, file: Documented, row: dict[str, str]) -> None:
    draft.name, draft.username = row["name"], row.get("username", "")
    draft.password, draft.totp = row["password"], row.get("totp", "")
    draft.add_uri(row.get("url", ""))
    put_notes(draft, row.get("notes", ""))
    kind, folder = row.get("kind", ""), row.get("folder", "")
    file.place(draft, row.get("organization", ""), folder or kind)
    if folder and kind:
        draft.add_field("Type", kind, hidden=False)
    thing = (row.get(key, "") for key in ("resource", "resource_kind", "resource_id"))
    said = related(*thing)
    draft.add_field("Related to", said, hidden=False)
    archived(draft, row.get("archived", ""))
    if keep_flag(draft, "In portal", row.get("portal", "")):
        draft.flag(Verdict.FIXED, reasons.WAS_IN_PORTAL)
