"""CSV exports of KeePassXC, KeePassX and KeePass 1; importers page 2.8.

Source: the layout `Group,Title,Username,Password,URL,Notes[,TOTP,Icon,Last Modified,Created]`, and
that of KeePass 1.x, `Account,Login Name,Password,Web Site,Comments`, which has no groups. The
format has no custom attributes, attachments or further URLs: the database itself holds more. Icon
and times are left out, they have no place in a vault.
"""

from __future__ import annotations

from typing import Final

from desktop.domain.items import ImportPreview
from desktop.importers.book import Book, keep_others
from desktop.importers.draft import Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "keepassxccsv"
TITLE: Final = "KeePassXC, KeePassX, KeePass 1 (CSV)"
_REQUIRED: Final = ("group", "title", "username", "password", "url", "notes")
_COLUMNS: Final = (*_REQUIRED, "totp")
_OLD: Final = {
    "title": "account",
    "username": "loginname",
    "password": "password",
    "url": "website",
    "notes": "comments",
}
_LEFT_OUT: Final = ("icon", "lastmodified", "created")


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    if all(key in head.keys for key in _OLD.values()):
        return score_headings(head.keys, (), tuple(_OLD.values()), exact=True)
    return score_headings(head.keys, _REQUIRED, (*_COLUMNS, *_LEFT_OUT), exact=True)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    is_old = "account" in table.keys and "title" not in table.keys
    columns = [_OLD.get(key, key) if is_old else key for key in _COLUMNS]
    options.require(table.keys, columns[1], "password")
    pick = table.picker(*columns)
    others = table.others(*columns, *_LEFT_OUT)
    root = _root(table)
    book = Book(KEY, "KeePassXC")
    for draft, cells in book.table_rows(table):
        group, draft.name, draft.username, draft.password, url, draft.notes, draft.totp = pick(
            cells
        )
        _place(draft, group, root)
        draft.add_uri(url)
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _root(table: Table) -> str:
    """The group that all entries are in, "" for none: the database itself, nobody's folder."""
    at = table.keys.index("group") if "group" in table.keys else None
    root: str | None = None
    for row in table.rows():
        path = row.cells[at] if at is not None and at < len(row.cells) else ""
        first = path.partition("/")[0]
        if not first or root not in (None, first):
            return ""
        root = first
    return root or ""


def _place(draft: Draft, group: str, root: str) -> None:
    path = split_path(group)
    if path is not None and root:
        path = path.removeprefix(root.strip()).lstrip("/") or None
    draft.folder = path
