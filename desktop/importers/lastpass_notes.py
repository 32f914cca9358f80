"""Typed secure notes of LastPass: `NoteType:` and `Key:Value` lines; importers page 2.5."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.enums import CipherType
from desktop.domain.items import Verdict
from desktop.importers import reasons
from desktop.importers.draft import Draft
from desktop.importers.sshkeys import read_ssh_key
from desktop.importers.values import looks_secret

_MARK: Final = "NoteType:"
_TYPE_FIELD: Final = "Note type"
_PAIR: Final = re.compile(r"^([^:\r\n]{1,80}):(.*)$", re.DOTALL)
_DATE_NAME: Final = re.compile(r"\bdate\b|birthday", re.IGNORECASE)
_COMMAS: Final = re.compile(r"[, ]*\Z")
_SSH_KEYS: Final = frozenset(
    (
        "Language",
        "Bit Strength",
        "Format",
        "Passphrase",
        "Private Key",
        "Public Key",
        "Hostname",
        "Date",
        "Notes",
    )
)
_CARD: Final = {"Name on Card": "cardholderName", "Number": "number", "Security Code": "code"}
_BRANDS: Final = {
    "visa": "Visa",
    "mastercard": "Mastercard",
    "master card": "Mastercard",
    "amex": "Amex",
    "american express": "Amex",
    "discover": "Discover",
    "diners club": "Diners Club",
    "jcb": "JCB",
    "maestro": "Maestro",
    "unionpay": "UnionPay",
    "rupay": "RuPay",
}
_IDENTITY: Final = {
    "Title": "title",
    "First Name": "firstName",
    "Middle Name": "middleName",
    "Last Name": "lastName",
    "Username": "username",
    "Company": "company",
    "Address 1": "address1",
    "Address 2": "address2",
    "Address 3": "address3",
    "City / Town": "city",
    "State": "state",
    "Zip / Postal Code": "postalCode",
    "Country": "country",
    "Email Address": "email",
    "Phone": "phone",
}
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DATE: Final = re.compile(r"([^,]*),(\d{4})?\Z")
_PHONE: Final = re.compile(r'"num"\s*:\s*"?(\+?[\d ()\-.]+)"?')
# Labels that hide a value here though they would not in general.
_NUMBERS: Final = frozenset(("Account Number", "Pin", "Number", "IBAN Number", "License Key"))

Pairs = list[tuple[str, str]]


def fill(draft: Draft, text: str) -> None:
    """Put the body of a secure note into `draft`: an item of its type, or a note with fields."""
    if not text.startswith(_MARK):
        draft.notes = text
        return
    first, _, rest = text.partition("\n")
    kind = first.removesuffix("\r").removeprefix(_MARK)
    pairs, draft.notes = _read(rest, _SSH_KEYS if kind == "SSH Key" else None)
    if kind == "Credit Card":
        pairs = _fill_card(draft, pairs)
    elif kind == "Address":
        pairs = _fill_identity(draft, pairs)
    elif kind == "SSH Key":
        pairs = _fill_ssh(draft, pairs)
    draft.add_field(_TYPE_FIELD, kind, hidden=False)
    for name, value in pairs:
        # An empty date is written as commas; anywhere else commas are somebody's value.
        if not (_DATE_NAME.search(name) and _COMMAS.match(value)):
            draft.add_field(name, value, hidden=name in _NUMBERS or looks_secret(name))


def _read(text: str, known: frozenset[str] | None) -> tuple[Pairs, str]:
    """Pairs in order, and the text after `Notes:`; other lines continue the value above them."""
    pairs: Pairs = []
    at = 0
    for line in text.split("\n"):
        found = _PAIR.match(line)
        key = found.group(1) if found is not None else ""
        if found is not None and key == "Notes":
            return _closed(pairs), text[at + len("Notes:") :]
        if found is not None and (known is None or key in known):
            pairs.append((key, found.group(2)))
        elif pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}\n{line}")
        elif line.strip():
            pairs.append(("Note", line))
        at += len(line) + 1
    return _closed(pairs), ""


def _closed(pairs: Pairs) -> Pairs:
    return [(name, value.removesuffix("\r")) for name, value in pairs]


def _fill_card(draft: Draft, pairs: Pairs) -> Pairs:
    card: dict[str, str | None] = {}
    left: Pairs = []
    for name, value in pairs:
        if name in _CARD and value and _CARD[name] not in card:
            card[_CARD[name]] = value
        elif name == "Type" and value and "brand" not in card:
            card["brand"] = _BRANDS.get(value.casefold(), value)
        elif name == "Expiration Date" and (date := _month_and_year(value)) is not None:
            card.update(date)
        else:
            left.append((name, value))
    if not card:
        return pairs
    draft.type = CipherType.CARD
    draft.card = card
    return left


def _month_and_year(value: str) -> dict[str, str | None] | None:
    """`June,2020`, either half may be missing; None when it is something else."""
    found = _DATE.match(value)
    if found is None or _COMMAS.match(value):
        return None
    month = found.group(1).strip().casefold()
    date: dict[str, str | None] = {}
    if month in _MONTHS:
        date["expMonth"] = str(_MONTHS.index(month) + 1)
    elif month.isascii() and month.isdigit() and 1 <= int(month[:4]) <= 12:
        date["expMonth"] = str(int(month))
    elif month:
        return None
    if found.group(2):
        date["expYear"] = found.group(2)
    return date


def _fill_identity(draft: Draft, pairs: Pairs) -> Pairs:
    identity: dict[str, str | None] = {}
    left: Pairs = []
    for name, value in pairs:
        target = _IDENTITY.get(name)
        if target is None or not value or target in identity:
            left.append((name, value))
            continue
        number = _PHONE.search(value) if target == "phone" and value.startswith("{") else None
        if number is not None:
            left.append((name, value))
        identity[target] = number.group(1) if number is not None else value
    if not identity:
        return pairs
    draft.type = CipherType.IDENTITY
    draft.identity = identity
    return left


def _fill_ssh(draft: Draft, pairs: Pairs) -> Pairs:
    private = next((value for name, value in pairs if name == "Private Key"), "")
    if not private.strip():
        return pairs
    key = read_ssh_key(private)
    if key is None:
        # Kept readable as one block: a custom field cannot hold several lines everywhere.
        gap = "\n\n" if draft.notes else ""
        draft.notes = f"{private}{gap}{draft.notes}"
        draft.flag(Verdict.FIXED, reasons.SSH_KEPT_AS_NOTE)
        return [pair for pair in pairs if pair != ("Private Key", private)]
    draft.type = CipherType.SSH_KEY
    draft.ssh_key = {
        "privateKey": private,
        "publicKey": key.public,
        "keyFingerprint": key.fingerprint,
    }
    known = (("Private Key", private), ("Public Key", key.public))
    return [pair for pair in pairs if pair not in known]
