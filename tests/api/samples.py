"""One good answer of every endpoint that is read, and what reads it: for ids, drift and fuzzing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from desktop.api import answers
from desktop.api.identity import read_auth_request, read_prelogin, read_sign_in, read_sso_token
from desktop.api.items import ItemReader
from desktop.domain.records import BulkResult
from tests.api.fake_server import SIGN_IN_FIELDS, listed

_STAMP = "2026-11-22T09:00:00Z"


def uuid(number: int) -> str:
    """A canonical id."""
    return str(UUID(int=number))


def _items(raw: bytes) -> object:
    reader = ItemReader()
    # In odd pieces, as they come.
    for at in range(0, len(raw), 7):
        reader.feed(raw[at : at + 7])
    return reader.finish()


@dataclass(frozen=True)
class Sample:
    """`ids`: paths to the places that hold an id; `*` is every element."""

    body: Any
    read: Callable[[bytes], object]
    ids: tuple[str, ...] = ()
    raw: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "raw", json.dumps(self.body).encode())


_ACCESS = {"id": uuid(70), "readOnly": True, "hidePasswords": False, "manage": False}
_ORGANIZATION = {
    "id": uuid(1), "name": "Acme", "key": "2.a|b|c", "enabled": True, "providerId": uuid(2),
    "usePolicies": True, "status": 2, "type": 0, "seats": 7, "productTierType": 3,
}  # fmt: skip

SAMPLES: dict[str, Sample] = {
    "profile": Sample(
        {
            "id": uuid(3), "name": "Anna", "email": "anna@example.com", "privateKey": "2.a|b|c",
            "accountKeys": {"publicKeyEncryptionKeyPair": {"wrappedPrivateKey": "2.a|b|c"}},
            "providers": [{"id": uuid(2), "name": "MSP", "key": "4.x", "status": 2, "type": 0}],
            "providerOrganizations": [_ORGANIZATION], "organizations": [_ORGANIZATION],
        },
        answers.profile,
        (
            "id", "providers.0.id", "providerOrganizations.0.id", "organizations.0.id",
            "providerOrganizations.0.providerId", "organizations.0.providerId",
        ),
    ),
    "clients": Sample(
        listed(
            {
                "id": uuid(4), "providerId": uuid(2), "organizationId": uuid(1),
                "organizationName": "Acme", "key": "2.a|b|c", "userCount": 3, "seats": 7,
                "plan": "Teams (Monthly)", "creationDate": _STAMP,
            }
        ),
        answers.provider_clients,
        ("data.0.id", "data.0.providerId", "data.0.organizationId"),
    ),
    "staff": Sample(
        listed(
            {
                "id": uuid(5), "userId": uuid(6), "type": 0, "status": 2, "name": "A",
                "email": "a@b.c",
            }
        ),
        answers.provider_members,
        ("data.0.id", "data.0.userId"),
    ),
    "members": Sample(
        listed(
            {
                "id": uuid(7), "userId": uuid(8), "type": 2, "status": 2, "email": "a@b.c",
                "groups": [uuid(9)], "collections": [_ACCESS],
            }
        ),
        answers.members,
        ("data.0.id", "data.0.userId", "data.0.groups.0", "data.0.collections.0.id"),
    ),
    "collections": Sample(
        listed({"id": uuid(10), "organizationId": uuid(1), "name": "2.a|b|c", "type": 0}),
        answers.collections,
        ("data.0.id", "data.0.organizationId"),
    ),
    "details": Sample(
        listed(
            {
                "id": uuid(10), "organizationId": uuid(1), "name": "2.a|b|c",
                "groups": [_ACCESS], "users": [_ACCESS], "assigned": True,
            }
        ),
        answers.collection_details,
        ("data.0.id", "data.0.organizationId", "data.0.groups.0.id", "data.0.users.0.id"),
    ),
    "groups": Sample(
        listed({"id": uuid(9), "organizationId": uuid(1), "name": "G", "collections": [_ACCESS]}),
        answers.groups,
        ("data.0.id", "data.0.organizationId", "data.0.collections.0.id"),
    ),
    "policies": Sample(
        listed({"organizationId": uuid(1), "type": 1, "enabled": True, "data": {"minLength": 9}}),
        answers.policies,
        ("data.0.organizationId",),
    ),
    "subscription": Sample(
        {"status": "active", "plans": [{"planName": "T", "type": 12, "productTier": 2}]},
        answers.subscription,
    ),
    "public keys": Sample(
        listed({"id": uuid(7), "userId": uuid(8), "key": "MIIB"}),
        answers.public_keys,
        ("data.0.id", "data.0.userId"),
    ),
    "bulk": Sample(
        listed({"id": uuid(7), "error": ""}),
        lambda raw: answers.elements(raw, BulkResult),
        ("data.0.id",),
    ),
    "items": Sample(
        {
            "object": "list",
            "data": [{"id": uuid(11), "name": "2.a|b|c", "collectionIds": [uuid(10)]}],
            "continuationToken": None,
        },
        _items,
        ("data.0.id", "data.0.collectionIds.0"),
    ),
    "config": Sample({"version": "2026.8.0", "server": {"name": "V", "url": ""}}, answers.config),
    "prelogin": Sample({"kdfSettings": {"kdfType": 0, "iterations": 600_000}}, read_prelogin),
    "token": Sample({"access_token": "a.b.c", "expires_in": 9, **SIGN_IN_FIELDS}, read_sign_in),
    "single sign-on": Sample({"token": "t"}, read_sso_token),
    "other device": Sample({"id": uuid(12), "requestApproved": True}, read_auth_request, ("id",)),
}  # fmt: skip


def changed(sample: Sample, path: str, value: object) -> bytes:
    """The answer with another value at that place."""
    body = json.loads(sample.raw)
    at = body
    *way, last = path.split(".")
    for part in way:
        at = at[int(part)] if part.isdecimal() else at[part]
    at[int(last) if last.isdecimal() else last] = value
    return json.dumps(body).encode()
