"""Items on the wire open to exactly what went in."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
import pytest

from desktop.crypto.encstring import decrypt_text
from desktop.crypto.keys import SymmetricKey
from desktop.domain.enums import CipherType, FieldType
from desktop.domain.ids import CollectionId, OrganizationId
from desktop.domain.items import Item, ItemField, ItemUri
from desktop.services.wire import (
    NO_ID,
    encrypt_items,
    import_body,
    name_ciphertexts,
    without,
)

KEY = SymmetricKey.generate()
RICH = Item(
    type=CipherType.LOGIN,
    name="Bank\u2215Zürich",
    notes=" keeps\r\nspaces ",
    favorite=True,
    reprompt=True,
    username="",
    password='p"\\ä',
    totp="JBSWY3DPEHPK3PXP",
    uris=(ItemUri(uri="https://bank.example/", match=3), ItemUri(uri="app://bank")),
    fields=(
        ItemField(name="pin", value="1234", type=FieldType.HIDDEN),
        ItemField(name="user", value=None, type=FieldType.LINKED, linked_id=100),
    ),
    password_history=(("former", "2026-01-02T03:04:05Z"),),
)
OTHERS = (
    Item(type=CipherType.SECURE_NOTE, name="note", notes="text"),
    Item(type=CipherType.CARD, name="card", card={"number": "4111", "code": None}),
    Item(type=CipherType.IDENTITY, name="person", identity={"firstName": "Ada"}),
    Item(type=CipherType.SSH_KEY, name="key", ssh_key={"privateKey": "k", "publicKey": "p"}),
)


def opened(value: Any) -> Any:
    """Every EncString in a structure, opened."""
    if isinstance(value, dict):
        return {name: opened(one) for name, one in value.items()}
    if isinstance(value, list):
        return [opened(one) for one in value]
    if isinstance(value, str) and value.startswith("2."):
        return decrypt_text(KEY, value)
    return value


def test_a_login_with_everything() -> None:
    (item,) = opened(msgspec.json.decode(encrypt_items(KEY, [RICH])))

    def check(uri: str) -> str:
        return b64encode(sha256(uri.encode()).digest()).decode()

    assert item == {
        "type": 1,
        "organizationId": NO_ID.decode(),
        "name": RICH.name,
        "notes": RICH.notes,
        "favorite": True,
        "reprompt": 1,
        "fields": [
            {"type": 1, "name": "pin", "value": "1234", "linkedId": None},
            {"type": 3, "name": "user", "value": None, "linkedId": 100},
        ],
        "passwordHistory": [{"password": "former", "lastUsedDate": "2026-01-02T03:04:05Z"}],
        "login": {
            "username": "",
            "password": RICH.password,
            "totp": RICH.totp,
            "uris": [
                {
                    "uri": "https://bank.example/",
                    "uriChecksum": check("https://bank.example/"),
                    "match": 3,
                },
                {"uri": "app://bank", "uriChecksum": check("app://bank"), "match": None},
            ],
        },
    }


def test_every_other_type_brings_its_own_part() -> None:
    note, card, identity, key = opened(msgspec.json.decode(encrypt_items(KEY, OTHERS)))
    assert note["secureNote"] == {"type": 0}
    assert card["card"] == {"number": "4111", "code": None}
    assert identity["identity"] == {"firstName": "Ada"}
    assert key["sshKey"] == {"privateKey": "k", "publicKey": "p"}


@pytest.mark.parametrize("secret", ["4111", "1234", 'p\\"\\\\ä', "JBSWY3DPEHPK3PXP", "Bank"])
def test_nothing_leaves_in_clear(secret: str) -> None:
    assert secret.encode() not in encrypt_items(KEY, [RICH, *OTHERS])


def test_t47_equal_names_differ_on_the_wire() -> None:
    names = name_ciphertexts(encrypt_items(KEY, [RICH] * 50))
    assert len(set(names)) == 50


def test_t47_what_is_there_is_left_out_and_the_rest_keeps_its_order() -> None:
    ciphers = encrypt_items(KEY, [RICH, *OTHERS])
    names = name_ciphertexts(ciphers)
    rest, kept = without(ciphers, {names[0], names[3]})
    assert kept == [1, 2, 4]
    assert name_ciphertexts(rest) == [names[at] for at in kept]
    assert without(ciphers, set(names)) == (b"[]", [])


def test_a_request_carries_the_ids_of_its_moment() -> None:
    client, collection = OrganizationId(UUID(int=5)), CollectionId(UUID(int=6))
    body = msgspec.json.decode(
        import_body(client, encrypt_items(KEY, OTHERS), [(collection, "2.a|b|c")], [(0, 0), (3, 0)])
    )
    assert {one["organizationId"] for one in body["ciphers"]} == {str(client)}
    assert body["collections"] == [
        {"id": str(collection), "name": "2.a|b|c", "externalId": None, "groups": [], "users": []}
    ]
    assert body["collectionRelationships"] == [{"key": 0, "value": 0}, {"key": 3, "value": 0}]
    assert body["folders"] == body["folderRelationships"] == []
