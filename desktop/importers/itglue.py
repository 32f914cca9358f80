"""Passwords of an IT Glue or MyGlue account export; importers page 2.3.

Source: the column names of the account export's `passwords.csv` and of the API, in any spelling.
Names of password folders are in neither; only an id is, which says nothing elsewhere.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.items import ImportPreview
from desktop.importers.book import Book
from desktop.importers.documented import Documented, archived, close, keep_flag, related
from desktop.importers.draft import Draft
from desktop.importers.formats import ReadOptions, SniffInput
from desktop.importers.markup import put_notes
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "itgluecsv"
TITLE: Final = "IT Glue, MyGlue (CSV)"
_COLUMNS: Final = {
    "organization": ("organization", "organizationname"),
    "name": ("name",),
    "username": ("username",),
    "password": ("password",),
    "url": ("url",),
    "totp": ("otpsecret",),
    "notes": ("notes",),
    "category": ("passwordcategoryname", "passwordcategory", "category"),
    "resource": ("cachedresourcename", "resourcename", "resource"),
    "kind": ("resourcetype",),
    "parent": ("parenturl",),
    "archived": ("archived",),
    "restricted": ("restricted",),
    "visibility": ("visibility",),
    "shared": ("myglue",),
}
# Numbers and times of that system, and selectors of its browser extension.
_LEFT_OUT: Final = (
    *("id", "organizationid", "passwordcategoryid", "passwordfolderid", "resourceid"),
    *("createdat", "updatedat", "passwordupdatedat", "autofillselectors"),
)
_OWN: Final = (
    *("otpsecret", "cachedresourcename", "resourcetype", "passwordcategoryname"),
    *("passwordcategory", "myglue", "autofillselectors", "passwordfolderid"),
)


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    keys = head.keys
    if not all(key in keys for key in ("name", "username", "password")):
        return 0
    if not any(key in keys for key in _COLUMNS["organization"]) or "companyid" in keys:
        return 0
    return 100 if any(key in keys for key in _OWN) else 60


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    options.require(table.keys, "name", "password")
    file = Documented(table, _COLUMNS)
    others = file.columns.others(*_LEFT_OUT)
    book = Book(KEY, "IT Glue")
    for draft, cells in book.table_rows(table):
        _fill(draft, file, file.columns.of(cells))
        close(book, draft, cells, others)
    return book.preview()


def _fill(draft: Draft, file: Documented, row: dict[str, str]) -> None:
    name, resource = row["name"], row.get("resource", "").strip()
    is_embedded = bool(resource) and file.is_repeated(name)
    draft.name = f"{resource} - {name}" if is_embedded else name
    draft.username, draft.password = row.get("username", ""), row["password"]
    draft.totp = row.get("totp", "")
    draft.add_uri(row.get("url", ""))
    put_notes(draft, row.get("notes", ""))
    file.place(draft, row.get("organization", ""), row.get("category", ""))
    draft.add_field("Related to", related(resource, row.get("kind", "")), hidden=False)
    draft.add_field("Parent", row.get("parent", ""), hidden=False)
    archived(draft, row.get("archived", ""))
    keep_flag(draft, "Restricted", row.get("restricted", ""))
    keep_flag(draft, "MyGlue", row.get("shared", ""))
    draft.add_field("Visibility", row.get("visibility", ""), hidden=False)
