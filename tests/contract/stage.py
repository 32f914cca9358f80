"""The people and things a contract test needs, made through the protocol itself.

Everything here is asked of the server by HTTPS; only the mails and the registering of played
people come from the practice server's inbox (`inbox.py`), which is no part of the protocol.
"""

from __future__ import annotations

import itertools
import time
from base64 import b32decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tests.contract.inbox import Inbox
from tests.contract.wire import Json, Person, Wire, encrypted, public_key, wrapped_key

TEAMS_MONTHLY = 17
ENTERPRISE_MONTHLY = 19
OWNER, USER = 0, 2
PROVIDER_ADMIN, SERVICE_USER = 0, 1
_serial = itertools.count(1)


def fresh(word: str) -> str:
    """A name not used before in this process."""
    return f"{word} {next(_serial)}"


def fresh_address(word: str = "someone") -> str:
    return f"{word}{next(_serial)}@contract.example"


@dataclass(frozen=True)
class Client:
    """A client organization, and its owner as member (invited unless the stage says otherwise)."""

    org: str
    provider_org: str
    name: str
    seats: int
    owner: str
    owner_email: str

    @property
    def path(self) -> str:
        return f"/api/organizations/{self.org}"


def selection(identifier: str, **flags: bool) -> Json:
    """An access selection; `manage`, `readOnly` and `hidePasswords` are false unless given."""
    return {"id": identifier, "readOnly": False, "hidePasswords": False, "manage": False} | flags


def login(**changes: Any) -> Json:
    """A login item as an importer sends it."""
    item: Json = {
        "type": 1,
        "name": encrypted(),
        "notes": None,
        "favorite": False,
        "reprompt": 0,
        "fields": [],
        "login": {"username": encrypted(), "password": encrypted(), "totp": None, "uris": []},
    }
    return item | changes


def import_body(
    ciphers: list[Json],
    collections: list[Json] | None = None,
    pairs: Sequence[tuple[int, int]] = (),
) -> Json:
    return {
        "collections": collections or [],
        "ciphers": ciphers,
        "collectionRelationships": [{"key": key, "value": value} for key, value in pairs],
        "folders": [],
        "folderRelationships": [],
    }


def imported_collection(identifier: str | None = None) -> Json:
    return {
        "id": identifier, "name": encrypted(), "externalId": None, "groups": [], "users": [],
    }  # fmt: skip


@dataclass(frozen=True)
class TwoStep:
    """An account with an authenticator app; `secret` is base32."""

    email: str
    password: str
    secret: str

    def code(self) -> str:
        """The six digits of this moment (RFC 6238: SHA-1, 30 seconds)."""
        totp = TOTP(b32decode(self.secret.upper()), 6, SHA1(), 30)  # noqa: S303  # as RFC 6238 has it
        return totp.generate(int(time.time())).decode()


@dataclass
class Stage:
    """Roles signed in, the shared client, and makers for what a single test uses up."""

    wire: Wire
    inbox: Inbox
    roles: dict[str, Person]
    provider: str
    two_step: TwoStep
    client: Client = field(init=False)

    def two_step_form(self) -> dict[str, str]:
        """A sign-in of the account that has an authenticator app, on a new device."""
        return self.wire.sign_in_form(self.two_step.email, self.two_step.password)

    def two_step_code(self) -> str:
        return self.two_step.code()

    @property
    def admin(self) -> Person:
        return self.roles["provider_admin"]

    @property
    def provider_path(self) -> str:
        return f"/api/providers/{self.provider}"

    def client_body(self, **changes: Any) -> Json:
        body: Json = {
            "name": fresh("Client"),
            "ownerEmail": fresh_address("owner"),
            "planType": ENTERPRISE_MONTHLY,
            "seats": 10,
            "key": encrypted(),
            "keyPair": {"publicKey": public_key(), "encryptedPrivateKey": encrypted()},
            "collectionName": encrypted(),
        }
        return body | changes

    def clients(self) -> list[Json]:
        found: list[Json] = self.admin.get(f"{self.provider_path}/organizations")["data"]
        return found

    def new_client(self, **changes: Any) -> Client:
        body = self.client_body(**changes)
        self.admin.done("POST", f"{self.provider_path}/clients", body)
        (row,) = [row for row in self.clients() if row["key"] == body["key"]]
        (owner,) = self.members(row["organizationId"])
        return Client(
            row["organizationId"],
            row["id"],
            body["name"],
            body["seats"],
            owner["id"],
            body["ownerEmail"],
        )

    def members(self, org: str) -> list[Json]:
        path = f"/api/organizations/{org}/users?includeGroups=true&includeCollections=true"
        found: list[Json] = self.admin.get(path)["data"]
        return found

    def member(self, org: str, email: str) -> Json | None:
        return next((row for row in self.members(org) if row["email"] == email), None)

    def invited_member(self, org: str, email: str | None = None, **changes: Any) -> str:
        """The member id of someone just invited."""
        address = email or fresh_address("member")
        body = {"emails": [address], "type": USER, "collections": [], "groups": []} | changes
        self.admin.done("POST", f"/api/organizations/{org}/users/invite", body)
        row = self.member(org, address)
        assert row is not None
        return str(row["id"])

    def accepted_member(self, org: str, person: Person, **changes: Any) -> str:
        """The member id of `person`, invited anew and accepted by themselves."""
        before = self.member(org, person.email)
        if before is not None:
            self.admin.done("DELETE", f"/api/organizations/{org}/users/{before['id']}")
        member = self.invited_member(org, person.email, **changes)
        token = self.inbox.member_token(member, person.email)
        path = f"/api/organizations/{org}/users/{member}/accept"
        person.done("POST", path, {"token": token})
        return member

    def confirmed_member(self, org: str, person: Person, **changes: Any) -> str:
        member = self.accepted_member(org, person, **changes)
        path = f"/api/organizations/{org}/users/{member}/confirm"
        self.admin.done("POST", path, {"key": wrapped_key()})
        person.refresh()
        return member

    def colleagues(self) -> list[Json]:
        found: list[Json] = self.admin.get(f"{self.provider_path}/users")["data"]
        return found

    def colleague(self, email: str) -> Json | None:
        return next((row for row in self.colleagues() if row["email"] == email), None)

    def invited_colleague(self, email: str | None = None, role: int = SERVICE_USER) -> str:
        """The provider user id of someone just invited to the provider."""
        address = email or fresh_address("colleague")
        body = {"emails": [address], "type": role}
        self.admin.done("POST", f"{self.provider_path}/users/invite", body)
        row = self.colleague(address)
        assert row is not None
        return str(row["id"])

    def accepted_colleague(self, person: Person, role: int = SERVICE_USER) -> str:
        before = self.colleague(person.email)
        if before is not None:
            self.admin.done("DELETE", f"{self.provider_path}/users/{before['id']}")
        colleague = self.invited_colleague(person.email, role)
        token = self.inbox.colleague_token(colleague, person.email)
        path = f"{self.provider_path}/users/{colleague}/accept"
        person.done("POST", path, {"token": token})
        return colleague

    def confirmed_colleague(self, person: Person, role: int = SERVICE_USER) -> str:
        colleague = self.accepted_colleague(person, role)
        body = {"keys": [{"id": colleague, "key": wrapped_key()}]}
        self.admin.done("POST", f"{self.provider_path}/users/confirm", body)
        return colleague

    def new_collection(self, client: Client, **changes: Any) -> str:
        """A collection that the client's owner manages."""
        body = {
            "name": encrypted(),
            "externalId": None,
            "groups": [],
            "users": [selection(client.owner, manage=True)],
        } | changes
        made = self.admin.done("POST", f"{client.path}/collections", body)
        return str(made["id"])

    def collections(self, client: Client) -> dict[str, Json]:
        rows = self.admin.get(f"{client.path}/collections/details")["data"]
        return {row["id"]: row for row in rows}

    def new_group(self, client: Client, **changes: Any) -> str:
        body = {"name": fresh("Group"), "collections": [], "users": []} | changes
        return str(self.admin.done("POST", f"{client.path}/groups", body)["id"])

    def import_into(self, client: Client, body: Json, person: Person | None = None) -> None:
        path = f"/api/ciphers/import-organization?organizationId={client.org}"
        (person or self.admin).done("POST", path, body)

    def items(self, client: Client) -> list[Json]:
        path = f"/api/ciphers/organization-details?organizationId={client.org}"
        found: list[Json] = self.admin.get(path)["data"]
        return found

    def events(self, path: str) -> list[int]:
        """Types of the newest page of events."""
        return [row["type"] for row in self.admin.get(f"{path}/events")["data"]]
