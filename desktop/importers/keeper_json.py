"""Keeper JSON; importers page 2.6.

Source: the layout of Keeper's JSON export as written by Keeper Commander of 2026: `records` with
typed `custom_fields`, whose keys are `$type[:label][:number]` or a plain label, and
`shared_folders`. Paths use a backslash, doubled where it is part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from desktop.domain.enums import CipherType
from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, Verdict
from desktop.domain.limits import IMPORT_ROWS
from desktop.importers import reasons
from desktop.importers.book import Book
from desktop.importers.draft import SLASH, Draft
from desktop.importers.folders import split_path
from desktop.importers.formats import ReadOptions, SniffInput
from desktop.importers.json_outline import outline
from desktop.importers.json_values import member, read_element, text_of
from desktop.importers.source import Source
from desktop.importers.sshkeys import read_ssh_key

KEY: Final = "keeperjson"
TITLE: Final = "Keeper (JSON)"
_RECORD: Final = re.compile(r'"(?:\$type|custom_fields|login_url|shared_folder)"\s*:')
_FIELD: Final = re.compile(r"^\$(?P<kind>[A-Za-z]+)(?::(?P<label>.*?))?(?::\d)?$", re.DOTALL)
_KNOWN: Final = frozenset(
    (
        *("uid", "title", "login", "password", "login_url", "notes", "$type", "custom_fields"),
        *("folders", "last_modified", "references", "schema", "links"),
    )
)
_DATES: Final = frozenset(("date", "birthDate", "expirationDate"))
_HIDDEN: Final = frozenset(("secret", "pinCode", "password", "accountNumber", "note"))
# What says how a form is filled in, and numbers of files that are not in the export.
_IGNORED: Final = frozenset(("appFiller",))
_IDENTITIES: Final = frozenset(("contact", "address", "ssnCard", "driverLicense", "passport"))
_LEGACY_TOTP: Final = "TFC:Keeper"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_RIGHTS: Final = ("can_edit", "can_share")


def sniff(head: SniffInput) -> int:
    """0 to 100: how surely the file is of this format."""
    text = head.text.lstrip("\ufeff \t\r\n")
    if not text.startswith("{") or '"records"' not in text:
        return 0
    return 100 if _RECORD.search(text) or '"shared_folders"' in text else 50


def read(data: bytes, options: ReadOptions) -> ImportPreview:
    """All rows of the file. Raises BadFile."""
    members, elements = outline(Source(data, options.encoding).utf8(), "records")
    if elements is None:
        raise BadFile("bad_json", 1, "no list of records")
    if len(elements) > IMPORT_ROWS:
        raise BadFile("too_many_rows", detail=f"more than {IMPORT_ROWS}")
    titles = _titles(members)
    book = Book(KEY, "Keeper")
    for raw in elements:
        record = read_element(book, raw, "title", "notes")
        if record is not None:
            draft = book.draft()
            _fill(draft, record, titles)
            book.add(draft)
    return book.preview()


def _titles(members: Mapping[str, bytes]) -> Mapping[str, str]:
    """Path of each shared folder by its id."""
    listed = member(members, "shared_folders")
    return {
        text_of(one.get("uid")): text_of(one.get("path"))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    }


def _fill(draft: Draft, record: dict[str, Any], titles: Mapping[str, str]) -> None:
    draft.name, draft.notes = text_of(record.get("title")), text_of(record.get("notes"))
    draft.username, draft.password = text_of(record.get("login")), text_of(record.get("password"))
    draft.add_uri(text_of(record.get("login_url")))
    kind = text_of(record.get("$type"))
    if kind and kind not in ("login", "general"):
        draft.add_field("Type", kind, hidden=False)
    _place(draft, record.get("folders"), titles)
    if kind in _IDENTITIES:
        draft.identity = {}
    fields = record.get("custom_fields")
    for key, value in fields.items() if isinstance(fields, dict) else ():
        _field(draft, key, value)
    if isinstance(fields, list):
        draft.add_field("custom_fields", text_of(fields))
    _settle(draft, kind)
    references = record.get("references")
    for key, value in references.items() if isinstance(references, dict) else ():
        draft.add_field(f"Reference {key.removeprefix('$')}", text_of(value), hidden=False)
    for key, value in record.items():
        if key not in _KNOWN and value not in (None, "", [], {}, False):
            draft.add_field(key, text_of(value))


# --- places -----------------------------------------------------------------------------------


def _place(draft: Draft, folders: object, titles: Mapping[str, str]) -> None:
    """A record in several folders is in several collections; the rights it was shared with are
    said, they are not carried over.
    """
    paths: list[str] = []
    rights: set[str] = set()
    for one in folders if isinstance(folders, list) else ():
        if not isinstance(one, dict):
            continue
        shared = text_of(one.get("shared_folder"))
        shared = titles.get(shared, shared)
        parts = (_path(shared), _path(text_of(one.get("folder"))))
        path = "/".join(part for part in parts if part)
        if path and path not in paths:
            paths.append(path)
        if shared:
            rights |= {right.removeprefix("can_") for right in _RIGHTS if one.get(right) is True}
    draft.folder = paths[0] if paths else None
    draft.extra_folders = tuple(paths[1:])
    if any(SLASH in path for path in paths):
        draft.flag(Verdict.FIXED, reasons.FOLDER_CLEANED, folder=paths[0])
    if rights:
        draft.flag(Verdict.OK, reasons.SHARED_AS, rights=", ".join(sorted(rights)))


def _path(text: str) -> str | None:
    parts = text.replace("\\\\", "\0").split("\\")
    return split_path("/".join(part.replace("/", SLASH).replace("\0", "\\") for part in parts))


# --- fields -----------------------------------------------------------------------------------


def _field(draft: Draft, key: str, value: object) -> None:
    if value in (None, "", [], {}):
        return
    if key == _LEGACY_TOTP:
        _totp(draft, value)
        return
    found = _FIELD.match(key)
    kind = found["kind"] if found is not None else "text"
    label = (found["label"] or "") if found is not None else key
    values = value if isinstance(value, list) else [value]
    for one in values:
        _typed(draft, kind, label or _readable(kind), one)


def _readable(kind: str) -> str:
    """A type as a label: `licenseNumber` is "License number"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
    return words[:1].upper() + words[1:]


def _typed(draft: Draft, kind: str, label: str, value: object) -> None:
    special = _SPECIAL.get(kind)
    if kind in _IGNORED:
        return
    if special is not None:
        special(draft, label, value)
    elif kind in _DATES and _number(value) is not None:
        draft.add_field(label, _date(_number(value) or 0), hidden=False)
    elif kind == "fileRef":
        draft.flag(Verdict.LOSSY, reasons.ATTACHMENTS_LEFT_OUT, count=1)
    elif isinstance(value, dict):
        for name, part in _parts(value):
            hidden = True if name in _HIDDEN or kind in _HIDDEN else None
            draft.add_field(f"{label} {_readable(name).lower()}", part, hidden=hidden)
    else:
        draft.add_field(label, text_of(value), hidden=True if kind in _HIDDEN else None)


def _parts(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, part in value.items():
        if part not in (None, "", [], {}):
            yield name, text_of(part)


def _number(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None


def _date(milliseconds: int) -> str:
    """ISO date of a time in milliseconds, which may lie before 1970."""
    try:
        return (_EPOCH + timedelta(milliseconds=milliseconds)).date().isoformat()
    except OverflowError:
        return str(milliseconds)


def _totp(draft: Draft, value: object) -> None:
    for one in value if isinstance(value, list) else [value]:
        if draft.totp:
            draft.add_field("TOTP", text_of(one), hidden=True)
        else:
            draft.totp = text_of(one)


def _one_time_code(draft: Draft, _label: str, value: object) -> None:
    _totp(draft, value)


def _url(draft: Draft, _label: str, value: object) -> None:
    draft.add_uri(text_of(value))


def _host(draft: Draft, label: str, value: object) -> None:
    if not isinstance(value, dict):
        draft.add_field(label, text_of(value), hidden=False)
        return
    name, port = text_of(value.get("hostName")), text_of(value.get("port"))
    draft.add_field(label, f"{name}:{port}" if port else name, hidden=False)


def _phone(draft: Draft, label: str, value: object) -> None:
    if not isinstance(value, dict):
        draft.add_field(label, text_of(value), hidden=False)
        return
    parts = (text_of(value.get(key)) for key in ("region", "number", "ext"))
    text = " ".join(part for part in parts if part)
    kind = text_of(value.get("type"))
    if draft.identity is not None and not draft.identity.get("phone"):
        draft.identity["phone"] = text
        draft.add_field("Phone type", kind or label.removeprefix("Phone"), hidden=False)
    else:
        draft.add_field(f"{label} {kind}".strip(), text, hidden=False)


def _email(draft: Draft, label: str, value: object) -> None:
    if draft.identity is not None and not draft.identity.get("email"):
        draft.identity["email"] = text_of(value)
    else:
        draft.add_field(label, text_of(value), hidden=False)


def _name(draft: Draft, label: str, value: object) -> None:
    if isinstance(value, dict):
        parts = {key: text_of(value.get(key)) for key in ("first", "middle", "last")}
        _identity(draft, {f"{key}Name": part for key, part in parts.items()}, label)
    else:
        draft.add_field(label, text_of(value), hidden=False)


def _address(draft: Draft, label: str, value: object) -> None:
    if not isinstance(value, dict):
        draft.add_field(label, text_of(value), hidden=False)
        return
    places = {
        "street1": "address1", "street2": "address2", "city": "city", "state": "state",
        "zip": "postalCode", "country": "country",
    }  # fmt: skip
    found = {target: text_of(value.get(key)) for key, target in places.items()}
    _identity(draft, found, label)
    for name, part in _parts(value):
        if name not in places:
            draft.add_field(f"{label} {name}", part, hidden=False)


def _identity(draft: Draft, found: Mapping[str, str], label: str) -> None:
    """Kept apart until the kind of the record is known; a second one becomes fields."""
    given = {key: value for key, value in found.items() if value}
    if draft.identity is None:
        draft.identity = {}
    if any(key in draft.identity for key in given):
        for key, value in given.items():
            draft.add_field(f"{label} {key}", value, hidden=False)
    else:
        draft.identity |= given


def _question(draft: Draft, label: str, value: object) -> None:
    if not isinstance(value, dict):
        draft.add_field(label, text_of(value), hidden=True)
        return
    draft.add_field(
        text_of(value.get("question")) or label, text_of(value.get("answer")), hidden=True
    )


def _card(draft: Draft, label: str, value: object) -> None:
    if not isinstance(value, dict) or draft.card is not None:
        draft.add_field(label, text_of(value), hidden=True)
        return
    month, _, year = text_of(value.get("cardExpirationDate")).partition("/")
    card = {
        "number": text_of(value.get("cardNumber")),
        "code": text_of(value.get("cardSecurityCode")),
        "expMonth": month.lstrip("0"),
        "expYear": year,
    }
    draft.card = {key: part for key, part in card.items() if part}


def _key_pair(draft: Draft, label: str, value: object) -> None:
    if not isinstance(value, dict):
        draft.add_field(label, text_of(value), hidden=True)
        return
    private, public = text_of(value.get("privateKey")), text_of(value.get("publicKey"))
    found = read_ssh_key(private) if draft.ssh_key is None else None
    if found is None:
        # Of several lines: below the notes, where nothing is lost.
        draft.add_field(f"{label} private key", private, hidden=True)
        draft.add_field(f"{label} public key", public, hidden=False)
        if private:
            draft.flag(Verdict.FIXED, reasons.SSH_KEPT_AS_NOTE)
        return
    draft.ssh_key = {
        "privateKey": private,
        "publicKey": found.public,
        "keyFingerprint": found.fingerprint,
    }
    if public and public.split()[:2] != found.public.split()[:2]:
        draft.add_field(f"{label} public key", public, hidden=False)


def _note(draft: Draft, _label: str, value: object) -> None:
    text = text_of(value)
    draft.notes = f"{draft.notes}\n\n{text}" if draft.notes else text


def _license(draft: Draft, label: str, value: object) -> None:
    draft.add_field(label, text_of(value), hidden=True)


_SPECIAL: Final[dict[str, Callable[[Draft, str, object], None]]] = {
    "oneTimeCode": _one_time_code,
    "url": _url,
    "host": _host,
    "pamHostname": _host,
    "phone": _phone,
    "email": _email,
    "name": _name,
    "address": _address,
    "securityQuestion": _question,
    "paymentCard": _card,
    "keyPair": _key_pair,
    "note": _note,
    "licenseNumber": _license,
}


# --- kinds ------------------------------------------------------------------------------------


def _settle(draft: Draft, kind: str) -> None:
    """The type of the item, once all fields are known; parts that do not belong become fields."""
    if draft.ssh_key is not None and kind == "sshKeys":
        draft.type = CipherType.SSH_KEY
    elif kind == "sshKeys":
        draft.type = CipherType.SECURE_NOTE
    elif kind == "bankCard" and draft.card is not None:
        draft.type = CipherType.CARD
    elif kind in _IDENTITIES:
        draft.type = CipherType.IDENTITY
        _take_numbers(draft, kind)
    elif kind == "encryptedNotes":
        draft.type = CipherType.SECURE_NOTE
    for part, wanted in (("card", CipherType.CARD), ("identity", CipherType.IDENTITY)):
        _give_up(draft, part, wanted)
    if draft.ssh_key is not None and draft.type is not CipherType.SSH_KEY:
        draft.add_field("SSH private key", draft.ssh_key["privateKey"], hidden=True)
        draft.add_field("SSH public key", draft.ssh_key["publicKey"], hidden=False)
        draft.ssh_key = None
        draft.flag(Verdict.FIXED, reasons.SSH_KEPT_AS_NOTE)


def _give_up(draft: Draft, part: str, wanted: CipherType) -> None:
    found: dict[str, str | None] | None = getattr(draft, part)
    if found is None or draft.type is wanted:
        if part == "card" and found is not None:
            _holder(draft, found)
        return
    for key, value in found.items():
        draft.add_field(_readable(key), value or "", hidden=True if part == "card" else None)
    setattr(draft, part, None)


def _holder(draft: Draft, card: dict[str, str | None]) -> None:
    """The name on a card stands in a field of its own."""
    for at, field in enumerate(draft.fields):
        if field.name.casefold() in ("cardholder name", "cardholdername", "name on card"):
            card["cardholderName"] = field.value
            del draft.fields[at]
            return


_NUMBERS: Final = {"ssnCard": "ssn", "driverLicense": "licenseNumber", "passport": "passportNumber"}


def _take_numbers(draft: Draft, kind: str) -> None:
    """The number of a document goes to its own place in an identity."""
    place = _NUMBERS.get(kind)
    if place is None or draft.identity is None:
        return
    for at, field in enumerate(draft.fields):
        words = field.name.casefold()
        if field.value and ("number" in words or words in ("license number", "ssn")):
            draft.identity[place] = field.value
            del draft.fields[at]
            return
