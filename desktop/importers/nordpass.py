"""NordPass CSV, with and without a type column; importers page 2.14.

Source: the layouts of NordPass's export, the older one of 19 columns and the newer one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from desktop.domain.enums import CipherType
from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import reasons
from desktop.importers.book import Book, keep_others
from desktop.importers.columns import Columns
from desktop.importers.draft import Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "nordpasscsv"
TITLE: Final = "NordPass (CSV)"
_REQUIRED: Final = (
    *("name", "url", "username", "password", "note", "cardholdername", "cardnumber", "cvc"),
    *("expirydate", "zipcode", "folder", "fullname"),
)
_CARD: Final = ("cardholdername", "cardnumber", "cvc", "expirydate")
_IDENTITY: Final = {
    "phonenumber": "phone",
    "email": "email",
    "address1": "address1",
    "address2": "address2",
    "city": "city",
    "country": "country",
    "state": "state",
    "zipcode": "postalCode",
}
_COLUMNS: Final = (
    *_REQUIRED,
    *("phonenumber", "email", "address1", "address2", "city", "country", "state"),
    *("type", "additionalurls", "customfields", "pin", "totp"),
)
_DATE: Final = re.compile(r"^\s*(\d{1,2})\s*/\s*(\d{2}|\d{4})\s*$")
Row = dict[str, str]


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    return score_headings(head.keys, _REQUIRED, _COLUMNS)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    table = Table(Source(data, options.encoding))
    options.require(table.keys, "name", "password")
    columns = Columns(table, {key: (key,) for key in _COLUMNS})
    others = columns.others()
    folders = _folders(table, columns)
    book = Book(KEY, "NordPass")
    for draft, cells in book.table_rows(table):
        row = dict.fromkeys(_COLUMNS, "") | columns.of(cells)
        if _is_folder(row, folders):
            book.reject(reasons.FOLDER_ROW, title=row["name"])
            continue
        _fill(draft, row)
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _folders(table: Table, columns: Columns) -> frozenset[str]:
    """Every folder that an item of the file is in."""
    width = len(table.keys)
    rows = ([*row.cells, *[""] * (width - len(row.cells))] for row in table.rows())
    return frozenset(columns.of(cells).get("folder", "").strip() for cells in rows) - {""}


def _is_folder(row: Row, folders: frozenset[str]) -> bool:
    """A row that only names a folder: its items name it too."""
    if row["type"].strip().casefold() == "folder":
        return True
    filled = {key for key, value in row.items() if value.strip()}
    return filled == {"name"} and row["name"].strip() in folders


def _fill(draft: Draft, row: Row) -> None:
    draft.name, draft.notes = row["name"], row["note"]
    draft.folder = split_path(row["folder"])
    kind = row["type"].strip().casefold() or _guess(row)
    fill = _KINDS.get(kind)
    if fill is None:
        draft.add_field("Type", row["type"], hidden=False)
        draft.flag(Verdict.FIXED, reasons.KIND_UNKNOWN, kind=row["type"])
        fill = _fill_login
    rest = fill(draft, row)
    for key in dict.fromkeys((*_REQUIRED, *_IDENTITY)):
        if key in rest and row[key]:
            draft.add_field(key, row[key])
    draft.add_field("PIN", row["pin"], hidden=True)
    if fill is not _fill_login:
        draft.add_field("additional_urls", row["additionalurls"], hidden=False)
        draft.add_field("TOTP", row["totp"], hidden=True)
    _custom(draft, row["customfields"])


def _guess(row: Row) -> str:
    if row["cardnumber"].strip():
        return "credit_card"
    if row["url"].strip() or row["username"].strip() or row["password"]:
        return "password"
    if row["fullname"].strip() or any(row[key].strip() for key in _IDENTITY):
        return "identity"
    return "note"


_BASE: Final = frozenset(("name", "note", "folder"))
_ALL: Final = frozenset((*_REQUIRED, *_IDENTITY)) - _BASE


def _fill_login(draft: Draft, row: Row) -> frozenset[str]:
    """Fills a draft; gives the keys that have found no place."""
    draft.username, draft.password, draft.totp = row["username"], row["password"], row["totp"]
    draft.add_uri(row["url"])
    for url in _listed(draft, "additional_urls", row["additionalurls"]):
        draft.add_uri(url if isinstance(url, str) else json.dumps(url, ensure_ascii=False))
    return _ALL - {"url", "username", "password"}


def _fill_note(draft: Draft, _row: Row) -> frozenset[str]:
    draft.type = CipherType.SECURE_NOTE
    return _ALL


def _fill_card(draft: Draft, row: Row) -> frozenset[str]:
    draft.type = CipherType.CARD
    card: dict[str, str | None] = {
        "cardholderName": row["cardholdername"],
        "number": row["cardnumber"],
        "code": row["cvc"],
    }
    rest = _ALL - set(_CARD)
    found = _DATE.match(row["expirydate"])
    if found is not None:
        year = found.group(2)
        card["expMonth"] = str(int(found.group(1)))
        card["expYear"] = year if len(year) == 4 else f"20{year}"
    elif row["expirydate"]:
        rest |= {"expirydate"}
    draft.card = {key: value for key, value in card.items() if value}
    return rest


def _fill_identity(draft: Draft, row: Row) -> frozenset[str]:
    draft.type = CipherType.IDENTITY
    identity: dict[str, str | None] = {target: row[key] for key, target in _IDENTITY.items()}
    first, _, last = row["fullname"].strip().rpartition(" ")
    identity |= {"firstName": first or last, "lastName": last if first else ""}
    draft.identity = {key: value for key, value in identity.items() if value}
    return _ALL - set(_IDENTITY) - {"fullname"}


_KINDS: Final[dict[str, Callable[[Draft, Row], frozenset[str]]]] = {
    "password": _fill_login,
    "note": _fill_note,
    "credit_card": _fill_card,
    "identity": _fill_identity,
}


def _custom(draft: Draft, cell: str) -> None:
    for one in _listed(draft, "custom_fields", cell):
        if isinstance(one, dict) and isinstance(one.get("value"), str):
            hidden = True if one.get("type") == "hidden" else None
            draft.add_field(str(one.get("label") or "Field"), one["value"], hidden=hidden)
        else:
            draft.add_field("Field", json.dumps(one, ensure_ascii=False))


def _listed(draft: Draft, label: str, cell: str) -> list[Any]:
    """The elements of a JSON cell; what is no list is kept as it stands."""
    if not cell.strip():
        return []
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list):
        return found
    # What cannot be read may hold the hidden fields.
    draft.add_field(label, cell, hidden=label == "custom_fields")
    draft.flag(Verdict.FIXED, reasons.CELL_UNREADABLE, field=label)
    return []
