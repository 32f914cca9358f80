"""Bitwarden JSON, unencrypted, of a person (`folders`) or an organization (`collections`).

Importers page 2.1. Source: the official web vault's export, as of 2026. Password-protected and
account-restricted files are recognised and refused with their own codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from desktop.domain.enums import CipherType, FieldType
from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, ItemField, Verdict
from desktop.domain.limits import IMPORT_ROWS
from desktop.importers import reasons
from desktop.importers.book import Book
from desktop.importers.draft import Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput
from desktop.importers.json_outline import outline
from desktop.importers.json_values import member, read_element, text_of
from desktop.importers.source import Source

KEY: Final = "bitwardenjson"
TITLE: Final = "Bitwarden (JSON)"

_SHAPES: Final = {
    "login": CipherType.LOGIN,
    "secureNote": CipherType.SECURE_NOTE,
    "card": CipherType.CARD,
    "identity": CipherType.IDENTITY,
    "sshKey": CipherType.SSH_KEY,
}
_PLAIN_KINDS: Final = frozenset(_SHAPES.values())
_CARD_KEYS: Final = ("cardholderName", "brand", "number", "expMonth", "expYear", "code")
_IDENTITY_KEYS: Final = (
    "title",
    "firstName",
    "middleName",
    "lastName",
    "address1",
    "address2",
    "address3",
    "city",
    "state",
    "postalCode",
    "country",
    "company",
    "email",
    "phone",
    "ssn",
    "username",
    "passportNumber",
    "licenseNumber",
)
_SSH_KEYS: Final = ("privateKey", "publicKey", "keyFingerprint")
_LOGIN_KEYS: Final = frozenset(
    (
        "uris",
        "uri",
        "username",
        "password",
        "totp",
        "fido2Credentials",
        "passwordRevisionDate",
        "autofillOnPageLoad",
    )
)
# Facts of the vault the item came from, which the server gives anew; no part of its content.
_STAMPS: Final = frozenset(
    (
        "id",
        "organizationId",
        "folderId",
        "collectionIds",
        "creationDate",
        "revisionDate",
        "object",
        "edit",
        "viewPassword",
        "permissions",
        "organizationUseTotp",
        "key",
        "localData",
    )
)
_ITEM_KEYS: Final = _STAMPS | frozenset(
    (
        "type",
        "name",
        "notes",
        "favorite",
        "reprompt",
        "fields",
        "passwordHistory",
        "attachments",
        "deletedDate",
        "archivedDate",
        *_SHAPES,
    )
)
_HEAD: Final = re.compile(r'"(?:encrypted|items|folders|collections)"\s*:')


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return 0
    found = {match.group().split('"')[1] for match in _HEAD.finditer(text)}
    if {"encrypted", "items"} <= found or ("encrypted" in found and "passwordProtected" in text):
        return 100
    return 60 if "items" in found or "encrypted" in found else 0


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    places, elements = _open(Source(data, options.encoding).utf8())
    book = Book(KEY, "Bitwarden")
    for element in elements:
        _add(book, element, places)
    return book.preview()


# --- the outside ------------------------------------------------------------------------------


def _open(data: bytes) -> tuple[dict[str, str | None], list[bytes]]:
    """Path of each folder and collection by its id, and every item as raw text."""
    members, elements = outline(data, "items")
    if member(members, "passwordProtected") is True:
        raise BadFile("needs_password", detail="password-protected export")
    if member(members, "encrypted") is True:
        raise BadFile("encrypted", detail="export restricted to its account or organization")
    if elements is None:
        raise BadFile("bad_json", 1, "no list of items")
    if len(elements) > IMPORT_ROWS:
        raise BadFile("too_many_rows", detail=f"more than {IMPORT_ROWS}")
    places: dict[str, str | None] = {}
    for key in ("folders", "collections"):
        listed = member(members, key)
        for place in listed if isinstance(listed, list) else ():
            if isinstance(place, dict) and isinstance(place.get("name"), str):
                places[text_of(place.get("id"))] = split_path(place["name"])
    return places, elements


# --- one item ---------------------------------------------------------------------------------


def _add(book: Book, raw: bytes, places: Mapping[str, str | None]) -> None:
    item = read_element(book, raw, "name", "notes")
    if item is None:
        return
    if item.get("deletedDate"):
        book.reject(reasons.IN_TRASH, title=text_of(item.get("name")))
        return
    draft = book.draft()
    _fill(draft, item, places)
    book.add(draft)


def _fill(draft: Draft, item: dict[str, Any], places: Mapping[str, str | None]) -> None:
    draft.own_fields = True
    draft.name = text_of(item.get("name"))
    draft.notes = text_of(item.get("notes"))
    draft.favorite = item.get("favorite") in (True, "1", "true")
    draft.reprompt = item.get("reprompt") in (1, True, "1")
    _place(draft, item, places)
    kind = _kind(item)
    draft.type = kind if kind in _PLAIN_KINDS else CipherType.SECURE_NOTE
    if kind not in _PLAIN_KINDS:
        draft.flag(Verdict.LOSSY, reasons.TYPE_BECAME_NOTE, type=int(kind))
    _fill_shapes(draft, item)
    _fill_fields(draft, item.get("fields"))
    _fill_history(draft, item.get("passwordHistory"))
    for key, value in item.items():
        if key not in _ITEM_KEYS:
            _keep(draft, key, value)
    if item.get("archivedDate"):
        draft.add_field("Archived", text_of(item["archivedDate"]), hidden=False)
        draft.flag(Verdict.FIXED, reasons.ARCHIVED)
    attachments = item.get("attachments")
    if isinstance(attachments, list) and attachments:
        draft.flag(Verdict.LOSSY, reasons.ATTACHMENTS_LEFT_OUT, count=len(attachments))


def _kind(item: dict[str, Any]) -> CipherType:
    stated = item.get("type")
    if isinstance(stated, str) and stated.isascii() and stated.isdigit() and len(stated) < 4:
        stated = int(stated)
    if isinstance(stated, int) and not isinstance(stated, bool) and 0 < stated < 1000:
        return CipherType(stated)
    for key, kind in _SHAPES.items():
        if isinstance(item.get(key), dict):
            return kind
    return CipherType.SECURE_NOTE


def _place(draft: Draft, item: dict[str, Any], places: Mapping[str, str | None]) -> None:
    listed = item.get("collectionIds")
    ids = [text_of(one) for one in listed] if isinstance(listed, list) else []
    ids.append(text_of(item.get("folderId")))
    wanted = [one for one in dict.fromkeys(ids) if one]
    paths = tuple(dict.fromkeys(path for one in wanted if (path := places.get(one)) is not None))
    unknown = sum(one not in places for one in wanted)
    draft.folder = paths[0] if paths else None
    draft.extra_folders = paths[1:]
    if unknown:
        draft.flag(Verdict.LOSSY, reasons.FOLDER_UNKNOWN, count=unknown)


def _fill_shapes(draft: Draft, item: dict[str, Any]) -> None:
    for key, kind in _SHAPES.items():
        shape = item.get(key)
        if not isinstance(shape, dict):
            if shape is not None and key != "secureNote":
                _keep(draft, key, shape)
        elif kind is not draft.type:
            _keep_all(draft, shape, ())
        elif kind is CipherType.LOGIN:
            _fill_login(draft, shape)
        elif kind is CipherType.CARD:
            draft.card = _texts(draft, shape, _CARD_KEYS)
        elif kind is CipherType.IDENTITY:
            draft.identity = _texts(draft, shape, _IDENTITY_KEYS)
        elif kind is CipherType.SSH_KEY:
            _fill_ssh(draft, shape)


def _fill_login(draft: Draft, login: dict[str, Any]) -> None:
    draft.username = text_of(login.get("username"))
    draft.password = text_of(login.get("password"))
    draft.totp = text_of(login.get("totp"))
    uris = login.get("uris")
    for entry in uris if isinstance(uris, list) else [login.get("uri")]:
        if isinstance(entry, dict):
            match = entry.get("match")
            known = isinstance(match, int) and not isinstance(match, bool) and 0 <= match <= 5
            draft.add_uri(text_of(entry.get("uri")), match if known else None)
        else:
            draft.add_uri(text_of(entry))
    passkeys = login.get("fido2Credentials")
    if isinstance(passkeys, list) and passkeys:
        for passkey in passkeys:
            site = text_of(passkey.get("rpId")) if isinstance(passkey, dict) else ""
            draft.add_field(f"Passkey {site}".strip(), text_of(passkey), hidden=True)
        draft.flag(Verdict.LOSSY, reasons.PASSKEY_AS_FIELD, count=len(passkeys))
    _keep_all(draft, login, _LOGIN_KEYS)


def _fill_ssh(draft: Draft, shape: dict[str, Any]) -> None:
    draft.ssh_key = {key: text_of(shape.get(key)) for key in _SSH_KEYS}
    _keep_all(draft, shape, _SSH_KEYS)


def _texts(draft: Draft, shape: dict[str, Any], keys: tuple[str, ...]) -> dict[str, str | None]:
    _keep_all(draft, shape, keys)
    return {key: text_of(shape[key]) for key in keys if shape.get(key) not in (None, "")}


def _fill_fields(draft: Draft, fields: object) -> None:
    for entry in fields if isinstance(fields, list) else ():
        if not isinstance(entry, dict):
            _keep(draft, "Field", entry)
            continue
        name, value, kind = (
            text_of(entry.get("name")),
            text_of(entry.get("value")),
            entry.get("type"),
        )
        linked = entry.get("linkedId")
        if kind == FieldType.LINKED and isinstance(linked, int):
            draft.fields.append(
                ItemField(name=name, value=None, type=FieldType.LINKED, linked_id=linked)
            )
        elif kind in (None, 0, 1, 2):
            draft.fields.append(ItemField(name=name, value=value, type=FieldType(kind or 0)))
        else:
            draft.fields.append(ItemField(name=name, value=value, type=FieldType.HIDDEN))
            draft.flag(Verdict.LOSSY, reasons.FIELD_TYPE_UNKNOWN, field=name)


def _fill_history(draft: Draft, history: object) -> None:
    for entry in history if isinstance(history, list) else ():
        if isinstance(entry, dict) and entry.get("password"):
            used = text_of(entry.get("lastUsedDate"))
            draft.history.append((text_of(entry["password"]), used))


def _keep_all(draft: Draft, shape: dict[str, Any], known: tuple[str, ...] | frozenset[str]) -> None:
    for key, value in shape.items():
        if key not in known:
            _keep(draft, key, value)


def _keep(draft: Draft, key: str, value: object) -> None:
    if value not in (None, "", [], {}, False):
        draft.add_field(key, text_of(value))
