"""Logins exported by Firefox; importers page 2.12.

Source: the layout of Firefox's CSV export of 2026, and its two older ones. Times and the browser's
own ids are left out: the server stamps items itself, and the ids mean nothing elsewhere.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.items import ImportPreview
from desktop.importers import reasons
from desktop.importers.book import Book, keep_others
from desktop.importers.columns import Columns
from desktop.importers.draft import Draft
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table, read_heading

KEY: Final = "firefoxcsv"
TITLE: Final = "Firefox (CSV)"
_NEW: Final = ("url", "username", "password", "httprealm", "formactionorigin", "guid")
_OLD: Final = ("hostname", "username", "password")
_TIMES: Final = ("timecreated", "timelastused", "timepasswordchanged")
_COLUMNS: Final = {
    "url": ("url", "hostname"),
    "username": ("username",),
    "password": ("password",),
    "realm": ("httprealm",),
    "action": ("formactionorigin", "formsubmiturl"),
}
# The browser keeps the keys of its own account among the logins.
_OWN_KEYS: Final = "chrome://firefoxaccounts"


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    keys = head.keys
    if head.text.lstrip("\ufeff").startswith("#") and "\n" in head.text:
        keys = read_heading(_without_comment(head.text)).keys
    if all(key in keys for key in _NEW):
        return 100
    return score_headings(keys, _OLD, (*_OLD, *_NEW, *_TIMES, "formsubmiturl")) - 5


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    source = Source(data, options.encoding)
    if source.head().lstrip("\ufeff").startswith("#"):
        source = Source.of_text(_without_comment(source.text()))
    table = Table(source)
    columns = Columns(table, _COLUMNS)
    options.require(tuple(columns.found), "url", "password")
    others = columns.others("guid", *_TIMES)
    book = Book(KEY, "Firefox")
    for draft, cells in book.table_rows(table):
        row = columns.of(cells)
        if row["url"].strip().lower().startswith(_OWN_KEYS):
            book.reject(reasons.BROWSER_KEYS)
            continue
        _fill(draft, row)
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _without_comment(text: str) -> str:
    return text.partition("\n")[2]


def _fill(draft: Draft, row: dict[str, str]) -> None:
    draft.username = row.get("username", "")
    draft.password = row["password"]
    draft.add_uri(row["url"])
    draft.add_field("HTTP realm", row.get("realm", ""), hidden=False)
    action = row.get("action", "").strip()
    if action and action.rstrip("/") != row["url"].strip().rstrip("/"):
        draft.add_field("Form action", action, hidden=False)
