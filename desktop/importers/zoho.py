"""Zoho Vault CSV; importers page 2.15.

Source: the layouts of Zoho Vault's general CSV export, new and old. `SecretData` and `CustomData`
are cells of `Key:Value` lines; a line without a colon goes on with the value above it. Rows often
have one cell more than the heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import reasons
from desktop.importers.book import Book, keep_others
from desktop.importers.columns import Columns
from desktop.importers.draft import SLASH, Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "zohovaultcsv"
TITLE: Final = "Zoho Vault (CSV)"
_COLUMNS: Final = {
    "name": ("passwordname", "secretname"),
    "description": ("description",),
    "url": ("passwordurl", "secreturl"),
    "secret": ("secretdata",),
    "notes": ("notes",),
    "custom": ("customdata",),
    "tags": ("tags",),
    "classification": ("classification",),
    "favorite": ("favorite",),
    "totp": ("totp", "logintotp"),
    "folder": ("foldername", "chambername"),
}
_CLASSES: Final = {"E": "Enterprise", "P": "Personal"}
# Keys of a user name, the exact one first; a password is always called so.
_USER_KEYS: Final = ("user name", "username", "user", "login", "login name", "email")
_PASSWORD_KEYS: Final = ("password",)


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    has_name = any(key in head.keys for key in _COLUMNS["name"])
    if has_name and "secretdata" in head.keys and "customdata" in head.keys:
        return 100
    return 50 if has_name and any(key in head.keys for key in _COLUMNS["url"]) else 0


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    columns = Columns(table, _COLUMNS)
    options.require(tuple(columns.found), "name", "secret")
    others = columns.others()
    book = Book(KEY, "Zoho Vault")
    for draft, cells in book.table_rows(table):
        _fill(draft, columns.of(cells))
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _fill(draft: Draft, row: dict[str, str]) -> None:
    draft.name = row["name"]
    notes = (row.get("notes", ""), row.get("description", ""))
    draft.notes = "\n\n".join(part for part in notes if part)
    draft.totp = row.get("totp", "")
    draft.favorite = row.get("favorite", "").strip().casefold() in ("true", "1", "yes")
    draft.add_uri(row.get("url", ""))
    draft.folder = split_path(row.get("folder", "").replace("/", SLASH))
    draft.add_field("Tags", row.get("tags", ""), hidden=False)
    said = row.get("classification", "")
    draft.add_field("Classification", _CLASSES.get(said.strip(), said), hidden=False)
    pairs = list(_pairs(draft, row["secret"]))
    draft.username = _take(pairs, _USER_KEYS)
    draft.password = _take(pairs, _PASSWORD_KEYS)
    for name, value in (*pairs, *_pairs(draft, row.get("custom", ""))):
        label = "Type" if name == "SecretType" else name
        draft.add_field(label, value, hidden=False if label == "Type" else None)


def _take(pairs: list[tuple[str, str]], keys: tuple[str, ...]) -> str:
    """Takes the value of the first of `keys` that is there out of `pairs`."""
    for key in keys:
        for at, (name, value) in enumerate(pairs):
            if name.strip().casefold() == key:
                del pairs[at]
                return value
    return ""


def _pairs(draft: Draft, cell: str) -> Iterator[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    joined = 0
    for line in cell.split("\n"):
        name, colon, value = line.removesuffix("\r").partition(":")
        if colon and name.strip() and not _goes_on(found, name):
            found.append((name.strip(), value))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line.removesuffix(chr(13))}")
            joined += bool(line.strip())
        elif line.strip():
            found.append(("Field", line))
    if joined:
        draft.flag(Verdict.FIXED, reasons.FIELDS_REJOINED, count=joined)
    return iter([(name, value.strip("\n") if "\n" in value else value) for name, value in found])


def _goes_on(found: list[tuple[str, str]], name: str) -> bool:
    """Within a block of a key or certificate, whose lines may hold colons."""
    value = found[-1][1] if found else ""
    return value.count("-----BEGIN ") > value.count("-----END ") and not name.startswith("-----")
