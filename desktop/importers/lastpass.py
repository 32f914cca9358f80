"""LastPass CSV, its HTML page, and the form-fill file; importers page 2.5.

Source: LastPass web vault and browser extension exports, as described by real files up to 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from desktop.domain.enums import CipherType
from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, Verdict
from desktop.importers import lastpass_notes, reasons
from desktop.importers.book import Book, keep_others
from desktop.importers.draft import Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput, score_headings
from desktop.importers.source import Source
from desktop.importers.table import Table

KEY: Final = "lastpasscsv"
TITLE: Final = "LastPass (CSV)"
_REQUIRED: Final = ("url", "username", "password", "extra", "name", "grouping", "fav")
_COLUMNS: Final = (*_REQUIRED, "totp")
_NOTE_URL: Final = "http://sn"
_NO_FOLDER: Final = "(none)"

_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|#39);")
_LONE: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|#39);)")
_MEANING: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_PAGE: Final = re.compile(r"<pre[^>]{0,1000}>(.*?)(?:</pre|\Z)", re.IGNORECASE | re.DOTALL)

_FORM_REQUIRED: Final = ("profilename", "profilelanguage")
_FORM_IDENTITY: Final = {
    "title": "title",
    "firstname": "firstName",
    "middlename": "middleName",
    "lastname": "lastName",
    "username": "username",
    "company": "company",
    "ssn": "ssn",
    "address1": "address1",
    "address2": "address2",
    "address3": "address3",
    "city": "city",
    "state": "state",
    "zip": "postalCode",
    "country": "country",
    "email": "email",
    "phone": "phone",
}
_FORM_CARD: Final = ("ccname", "ccnum", "cccsc", "ccexp")
_CARD_DATE: Final = re.compile(r"^(\d{4})-(\d{1,2})$")


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    if _is_page(head.text):
        return 100 if "url,username,password" in head.text else 0
    if all(key in head.keys for key in _FORM_REQUIRED):
        return 100
    return score_headings(head.keys, _REQUIRED, _COLUMNS)


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    source = Source(data, options.encoding)
    is_page = _is_page(source.head())
    if is_page:
        source = _page(source)
    table = Table(source)
    if all(key in table.keys for key in _FORM_REQUIRED):
        return _read_forms(table)
    options.require(table.keys, "url", "password")
    wanted = False if is_page else options.decode_entities
    return _read_rows(table, *_entity_rule(source, wanted))


# --- logins and notes -------------------------------------------------------------------------


def _read_rows(table: Table, decode: bool, mentions: bool) -> ImportPreview:
    pick = table.picker(*_COLUMNS)
    others = table.others(*_COLUMNS)
    book = Book(KEY, "LastPass")
    for draft, cells in book.table_rows(table, glue=True):
        if mentions:
            _entities(draft, cells, table.names, decode)
        _fill(draft, *pick(cells))
        keep_others(draft, cells, others)
        book.add(draft)
    return book.preview()


def _fill(  # noqa: PLR0917 - one argument per column, in the order of _COLUMNS
    draft: Draft,
    url: str,
    username: str,
    password: str,
    extra: str,
    name: str,
    grouping: str,
    fav: str,
    totp: str,
) -> None:
    draft.name = name
    draft.username = username
    draft.password = password
    draft.totp = totp
    draft.favorite = fav == "1"
    if fav not in ("", "0", "1"):
        draft.add_field("fav", fav)
    _place(draft, grouping)
    if url.strip() == _NOTE_URL:
        draft.type = CipherType.SECURE_NOTE
        lastpass_notes.fill(draft, extra)
        return
    draft.add_uri(url)
    draft.notes = extra


def _place(draft: Draft, grouping: str) -> None:
    if not grouping or grouping == _NO_FOLDER:
        return
    draft.folder = split_path(grouping, "\\")
    plain = grouping.replace("\\", "/")
    if draft.folder != plain:
        draft.flag(Verdict.FIXED, reasons.FOLDER_CLEANED, folder=draft.folder or "")


# --- entities ---------------------------------------------------------------------------------


def _entity_rule(source: Source, wanted: bool | None) -> tuple[bool, bool]:
    """Whether to decode, and whether the file has any entity at all.

    Decoded when there is at least one entity and no lone "&": then the file was escaped whole.
    """
    found = lone = False
    for line in source.lines():
        if "&" in line:
            found = found or _ENTITY.search(line) is not None
            lone = lone or _LONE.search(line) is not None
    return (found and not lone if wanted is None else wanted), found


def _decode(text: str) -> str:
    """Once, never twice: `&amp;lt;` becomes `&lt;`."""
    return _ENTITY.sub(lambda match: _MEANING[match.group()], text)


def _entities(draft: Draft, cells: list[str], names: tuple[str, ...], decode: bool) -> None:
    hits = [n for n, cell in enumerate(cells) if "&" in cell and _ENTITY.search(cell)]
    if not hits:
        return
    if not decode:
        draft.flag(Verdict.OK, reasons.ENTITIES_KEPT, count=len(hits))
        return
    for index in hits:
        cells[index] = _decode(cells[index])
    columns = ", ".join(names[index] for index in hits if index < len(names))
    draft.flag(Verdict.FIXED, reasons.ENTITIES_DECODED, fields=columns, count=len(hits))


# --- the HTML page ----------------------------------------------------------------------------


def _is_page(text: str) -> bool:
    start = text[:4096].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and "<pre" in text.lower()


def _page(source: Source) -> Source:
    found = _PAGE.search(source.text())
    if found is None:
        raise BadFile("not_recognised", detail="no <pre> in the page")
    return Source.of_text(_decode(found.group(1)))


# --- form fill --------------------------------------------------------------------------------


def _read_forms(table: Table) -> ImportPreview:
    known = (*_FORM_REQUIRED, *_FORM_IDENTITY, *_FORM_CARD, "notes")
    others = table.others(*known)
    pick = table.picker(*known)
    book = Book(KEY, "LastPass")
    for draft, cells in book.table_rows(table):
        form = dict(zip(known, pick(cells), strict=True))
        _fill_identity(draft, form)
        keep_others(draft, cells, others)
        card = form["ccnum"] and _card(book.draft, form)
        book.add(*((draft, card) if card else (draft,)))
    return book.preview()


def _fill_identity(draft: Draft, form: dict[str, str]) -> None:
    draft.type = CipherType.IDENTITY
    draft.name = form["profilename"]
    draft.notes = form["notes"]
    draft.add_field("profilelanguage", form["profilelanguage"])
    draft.identity = {wire: form[key] for key, wire in _FORM_IDENTITY.items() if form[key]}
    if not form["ccnum"]:
        for key in _FORM_CARD:
            draft.add_field(key, form[key], hidden=True)


def _card(new: Callable[[], Draft], form: dict[str, str]) -> Draft:
    card = new()
    card.type = CipherType.CARD
    card.name = form["profilename"]
    values: dict[str, str | None] = {"number": form["ccnum"]}
    if form["ccname"]:
        values["cardholderName"] = form["ccname"]
    if form["cccsc"]:
        values["code"] = form["cccsc"]
    date = _CARD_DATE.match(form["ccexp"])
    if date is not None:
        values["expYear"] = date.group(1)
        values["expMonth"] = str(int(date.group(2)))
    else:
        card.add_field("ccexp", form["ccexp"])
    card.card = values
    return card
