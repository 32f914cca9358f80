"""Items as the server takes them: every text its own EncString under the organization key.

Shapes: bitwarden/server 2026.8.0, `CipherRequestModel` and `ImportOrganizationCiphersRequestModel`.
A chunk is encrypted before anything is sent, when neither the organization's id nor those of its
collections need exist: items are kept as a JSON array with NO_ID in the organization's place, and
`import_body` puts the ids in when the request is made.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec

from desktop.crypto.encstring import encrypt_many
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.text import utf8
from desktop.domain.enums import CipherType
from desktop.domain.ids import CollectionId, OrganizationId
from desktop.domain.items import Item

# Hyphens occur in no ciphertext, so the placeholder can be replaced as plain bytes.
NO_ID: Final = b"00000000-0000-0000-0000-000000000000"
_NO_ID_TEXT: Final = NO_ID.decode()
_SECURE_NOTE: Final = {"type": 0}

Encrypt = Callable[[str], Any]


class _Named(msgspec.Struct):
    name: str


_NAMES: Final = msgspec.json.Decoder(list[_Named])


def encrypt_items(key: SymmetricKey, items: Sequence[Item]) -> bytes:
    """The JSON array of `items`, encrypted. Slow (25 us an item): call it off the loop."""
    texts: list[str] = []
    for item in items:
        _cipher(item, texts.append)
    sealed: Iterator[str] = iter(encrypt_many(key, texts))
    texts.clear()
    return msgspec.json.encode([_cipher(item, lambda _text: next(sealed)) for item in items])


def name_ciphertexts(ciphers: bytes) -> list[str]:
    """The name of each item in a chunk as it was sent: what it is recognised by (T47)."""
    return [cipher.name for cipher in _NAMES.decode(ciphers)]


def without(ciphers: bytes, names: frozenset[str] | set[str]) -> tuple[bytes, list[int]]:
    """The chunk without the items named, and the positions of those that remain."""
    raw = msgspec.json.decode(ciphers, type=list[msgspec.Raw])
    sent = name_ciphertexts(ciphers)
    kept = [at for at, name in enumerate(sent) if name not in names]
    return b"[" + b",".join(bytes(raw[at]) for at in kept) + b"]", kept


def import_body(
    organization: OrganizationId,
    ciphers: bytes,
    collections: Sequence[tuple[CollectionId, str]],
    relations: Sequence[tuple[int, int]],
) -> bytes:
    """One import request. `collections`: id and the EncString of the name, which is required
    although an existing collection keeps its own; `relations`: (item, collection) positions.
    """
    listed: list[dict[str, Any]] = [
        {"id": str(identity), "name": name, "externalId": None, "groups": [], "users": []}
        for identity, name in collections
    ]
    pairs = [{"key": item, "value": collection} for item, collection in relations]
    return b"".join(
        (
            b'{"collections":',
            msgspec.json.encode(listed),
            b',"ciphers":',
            ciphers.replace(NO_ID, str(organization).encode()),
            b',"collectionRelationships":',
            msgspec.json.encode(pairs),
            b',"folders":[],"folderRelationships":[]}',
        )
    )


def _cipher(item: Item, enc: Encrypt) -> dict[str, Any]:
    """One item; `enc` is called for each text, always in the same order."""
    cipher: dict[str, Any] = {
        "type": int(item.type),
        "organizationId": _NO_ID_TEXT,
        "name": enc(item.name),
        "notes": enc(item.notes) if item.notes is not None else None,
        "favorite": item.favorite,
        "reprompt": int(item.reprompt),
    }
    if item.fields:
        cipher["fields"] = [
            {
                "type": int(field.type),
                "name": enc(field.name),
                "value": enc(field.value) if field.value is not None else None,
                "linkedId": field.linked_id,
            }
            for field in item.fields
        ]
    if item.password_history:
        cipher["passwordHistory"] = [
            {"password": enc(password), "lastUsedDate": used}
            for password, used in item.password_history
        ]
    _typed_part(cipher, item, enc)
    return cipher


def _typed_part(cipher: dict[str, Any], item: Item, enc: Encrypt) -> None:
    match item.type:
        case CipherType.LOGIN:
            cipher["login"] = {
                "username": enc(item.username) if item.username is not None else None,
                "password": enc(item.password) if item.password is not None else None,
                "totp": enc(item.totp) if item.totp is not None else None,
                "uris": [
                    {
                        "uri": enc(uri.uri),
                        "uriChecksum": enc(checksum(uri.uri)),
                        "match": uri.match,
                    }
                    for uri in item.uris
                ]
                or None,
            }
        case CipherType.SECURE_NOTE:
            cipher["secureNote"] = _SECURE_NOTE
        case CipherType.CARD:
            cipher["card"] = _texts(item.card, enc)
        case CipherType.IDENTITY:
            cipher["identity"] = _texts(item.identity, enc)
        case CipherType.SSH_KEY:
            cipher["sshKey"] = _texts(item.ssh_key, enc)


def _texts(part: dict[str, str | None] | dict[str, str] | None, enc: Encrypt) -> dict[str, Any]:
    return {name: enc(value) if value is not None else None for name, value in (part or {}).items()}


def checksum(uri: str) -> str:
    """What official clients compare a URI with before they show it (protocol 3.12)."""
    return b64encode(sha256(utf8(uri)).digest()).decode()


def parsed_id(value: object) -> UUID | None:
    """The id in a decoded answer, None where there is none (T32)."""
    if isinstance(value, UUID):
        return value
    if not isinstance(value, str):
        return None
    try:
        return UUID(value)
    except ValueError:
        return None
