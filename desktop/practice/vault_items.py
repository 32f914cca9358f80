"""Items as the official server keeps them: one PascalCase JSON text, typed objects made from it.

Source: `CipherRequestModel`, `Cipher*Data` and `CipherMiniResponseModel` of bitwarden/server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.domain.enums import CipherType
from desktop.practice.forms import check_encrypted, pascal

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()

Table = Mapping[str, int | None]

#: field → longest EncString; None: not an EncString
_LOGIN: Table = {
    "username": 1000,
    "password": 5000,
    "passwordRevisionDate": None,
    "totp": 1000,
    "autofillOnPageLoad": None,
}
_URI: Table = {"uri": 10_000, "uriChecksum": 10_000, "match": None}
_FIELD: Table = {"type": None, "name": 1000, "value": 5000, "linkedId": None}
_HISTORY: Table = {"password": 5000, "lastUsedDate": None}
_CARD: Table = dict.fromkeys(
    ("cardholderName", "brand", "number", "expMonth", "expYear", "code"), 1000
)
_IDENTITY: Table = dict.fromkeys(
    (
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
    ),
    1000,
)
_SSH: Table = {"privateKey": 5000, "publicKey": 5000, "keyFingerprint": 1000}
_BANK: Table = dict.fromkeys(
    (
        "bankName",
        "nameOnAccount",
        "accountType",
        "accountNumber",
        "routingNumber",
        "branchNumber",
        "pin",
        "swiftCode",
        "iban",
        "bankContactPhone",
    ),
    1000,
)
_LICENCE: Table = dict.fromkeys(
    (
        "firstName",
        "middleName",
        "lastName",
        "dateOfBirth",
        "licenseNumber",
        "issuingCountry",
        "issuingState",
        "issueDate",
        "issuingAuthority",
        "expirationDate",
        "licenseClass",
    ),
    1000,
)
_PASSPORT: Table = dict.fromkeys(
    (
        "surname",
        "givenName",
        "dateOfBirth",
        "sex",
        "birthPlace",
        "nationality",
        "passportNumber",
        "passportType",
        "issuingCountry",
        "issuingAuthority",
        "issueDate",
        "expirationDate",
        "nationalIdentificationNumber",
    ),
    1000,
)


@dataclass(frozen=True)
class _Kind:
    key: str
    fields: Table


_KINDS = {
    int(CipherType.LOGIN): _Kind("login", _LOGIN),
    int(CipherType.SECURE_NOTE): _Kind("secureNote", {"type": None}),
    int(CipherType.CARD): _Kind("card", _CARD),
    int(CipherType.IDENTITY): _Kind("identity", _IDENTITY),
    int(CipherType.SSH_KEY): _Kind("sshKey", _SSH),
    6: _Kind("bankAccount", _BANK),
    7: _Kind("driversLicense", _LICENCE),
    8: _Kind("passport", _PASSPORT),
}
_TYPED = tuple(kind.key for kind in _KINDS.values())


class _Names(dict[str, str]):
    """camelCase → PascalCase, remembered."""

    def __missing__(self, key: str) -> str:
        self[key] = pascal(key)
        return self[key]


_NAMES = _Names()
_KNOWN = {
    name.lower(): name
    for table in (_LOGIN, _URI, _FIELD, _HISTORY, *(kind.fields for kind in _KINDS.values()))
    for name in table
}
_KNOWN.update(
    (name.lower(), name)
    for name in (
        "type",
        "organizationId",
        "name",
        "notes",
        "favorite",
        "reprompt",
        "key",
        "fields",
        "passwordHistory",
        "uris",
        "data",
        "archivedDate",
        "fido2Credentials",
        *_TYPED,
    )
)


@dataclass(frozen=True)
class Item:
    """An item ready to be stored."""

    type: int
    name: str | None
    data: str
    key: str | None
    reprompt: int
    favorite: bool


class ItemReader:
    """Turns request items into stored ones, noting faults under `Ciphers[n].Field`."""

    def __init__(self, faults: dict[str, list[str]]) -> None:
        self._faults = faults

    def read(self, raw: dict[str, Any], path: str) -> Item | None:
        """None when the typed object is missing: the official server fails there with a 500."""
        raw = _canonical(raw)
        kind = _KINDS.get(raw.get("type", 0))
        name = raw.get("name")
        if not name:
            self._faults.setdefault(f"{path}Name", []).append("The Name field is required.")
        data: dict[str, Any] | None = {}
        typed = raw.get(kind.key) if kind is not None else None
        if isinstance(typed, dict) and kind is not None:
            data = self._typed(kind, _canonical(typed), path)
        else:
            data = None
        common = self._common(raw, path)
        if isinstance(raw.get("data"), str) and raw["data"].strip():
            return self._item(raw, raw["data"])
        if data is None:
            return None
        return self._item(raw, _encoder.encode({**data, **common}).decode())

    def _item(self, raw: dict[str, Any], data: str) -> Item:
        return Item(
            raw.get("type", 0),
            raw.get("name"),
            data,
            raw.get("key"),
            raw.get("reprompt") or 0,
            bool(raw.get("favorite")),
        )

    def _check(self, path: str, name: str, value: object, longest: int | None) -> None:
        if longest is not None and isinstance(value, str):
            check_encrypted(self._faults, path + name, name, value, longest)

    def _object(self, raw: dict[str, Any], table: Table, path: str) -> dict[str, Any]:
        kept = {}
        for field, longest in table.items():
            value = raw.get(field)
            if value is not None:
                name = _NAMES[field]
                self._check(path, name, value, longest)
                kept[name] = value
        return kept

    def _objects(self, raw: object, table: Table, path: str) -> list[dict[str, Any]] | None:
        if not isinstance(raw, list):
            return None
        return [
            self._object(_canonical(entry), table, f"{path}[{place}].")
            for place, entry in enumerate(raw)
            if isinstance(entry, dict)
        ]

    def _typed(self, kind: _Kind, raw: dict[str, Any], path: str) -> dict[str, Any]:
        path = f"{path}{_NAMES[kind.key]}."
        data = self._object(raw, kind.fields, path)
        if kind.key == "login":
            uris = self._objects(raw.get("uris"), _URI, f"{path}Uris")
            if uris is None and isinstance(raw.get("uri"), str):
                uris = [{"Uri": raw["uri"]}]
            if uris is not None:
                data["Uris"] = uris
            if isinstance(raw.get("fido2Credentials"), list):
                data["Fido2Credentials"] = raw["fido2Credentials"]
        return data

    def _common(self, raw: dict[str, Any], path: str) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for field, longest in (("name", 1000), ("notes", 10_000)):
            value = raw.get(field)
            if value is not None:
                if value or field == "notes":
                    self._check(path, _NAMES[field], value, longest)
                kept[_NAMES[field]] = value
        fields = self._objects(raw.get("fields"), _FIELD, f"{path}Fields")
        if fields is not None:
            kept["Fields"] = fields
        history = self._objects(raw.get("passwordHistory"), _HISTORY, f"{path}PasswordHistory")
        if history is not None:
            kept["PasswordHistory"] = history
        return kept


def _canonical(raw: dict[str, Any]) -> dict[str, Any]:
    """Keys in the wire's spelling, whatever case they came in."""
    return {_KNOWN.get(key) or _KNOWN.get(key.lower(), key): value for key, value in raw.items()}


def _camel(data: dict[str, Any], table: Table) -> dict[str, Any]:
    return {field: data.get(_NAMES[field]) for field in table}


def _camels(data: object, table: Table) -> list[dict[str, Any]] | None:
    if not isinstance(data, list):
        return None
    return [_camel(entry, table) for entry in data]


def core(item: Item, *, item_id: str, organization_id: str | None, stamp: str) -> bytes:
    """The answer's JSON object without its braces and without `object` and `collectionIds`."""
    told: dict[str, Any] = {
        "id": item_id,
        "organizationId": organization_id,
        "type": item.type,
        "data": item.data,
    }
    data = _decoder.decode(item.data)
    blob = isinstance(data, dict) and "format_version" in data
    told["name"] = None if blob else data.get("Name")
    told["notes"] = None if blob else data.get("Notes")
    told.update(dict.fromkeys(_TYPED))
    kind = _KINDS.get(item.type)
    if kind is not None and not blob:
        typed = _camel(data, kind.fields)
        if kind.key == "login":
            uris = _camels(data.get("Uris"), _URI)
            typed["uri"] = uris[0]["uri"] if uris else None
            typed["uris"] = uris
            typed["fido2Credentials"] = data.get("Fido2Credentials")
        told[kind.key] = typed
    told["fields"] = None if blob else _camels(data.get("Fields"), _FIELD)
    told["passwordHistory"] = None if blob else _camels(data.get("PasswordHistory"), _HISTORY)
    told["attachments"] = None
    told["organizationUseTotp"] = organization_id is not None
    told["revisionDate"] = stamp
    told["creationDate"] = stamp
    told["deletedDate"] = None
    told["reprompt"] = item.reprompt
    told["key"] = item.key
    return _encoder.encode(told)[1:-1]
