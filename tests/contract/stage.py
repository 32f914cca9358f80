"""The people and things a contract test needs, made through the protocol itself.

Everything here is asked of the server by HTTPS; only the mails and the registering of played
people come from the practice server's inbox (`inbox.py`), which is no part of the protocol.
"""

from __future__ import annotations

import itertools
import time
from base64 import b32decode
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import httpx
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


@dataclass
class TwoStep:
    """An account with an authenticator app: the form of its sign-in, and codes."""

    form: dict[str, str]
    secret: str
    used: set[int] = field(default_factory=set)

    def code(self) -> str:
        """Six digits not used yet (RFC 6238: SHA-1, 30 seconds); a step early or late is good."""
        now = int(time.time()) // 30
        step = next(step for step in (now, now + 1, now - 1) if step not in self.used)
        self.used.add(step)
        totp = TOTP(b32decode(self.secret), 6, SHA1(), 30)  # noqa: S303  # as RFC 6238 has it
        return totp.generate(step * 30).decode()


@dataclass
class Stage:
    """Roles signed in, the shared client, and makers for what a single test uses up."""

    wire: Wire
    inbox: Inbox
    roles: dict[str, Person]
    provider: str
    two_step: TwoStep = field(init=False)
    careful: TwoStep = field(init=False)
    mailed: TwoStep = field(init=False)
    wrong: dict[str, Future[httpx.Response]] = field(default_factory=dict)
    client: Client = field(init=False)

    @property
    def admin(self) -> Person:
        return self.roles["provider_admin"]

    @property
    def provider_path(self) -> str:
        return f"/api/providers/{self.provider}"

    def _new_two_step(self) -> TwoStep:
        account = self.inbox.register(fresh_address("twostep"), two_step=True)
        form = self.wire.sign_in_form(account["email"], account["password"])
        return TwoStep(form, account["totpSecret"])

    def set_two_step(self) -> None:
        """Two accounts with an authenticator app; the person of the second signs in, remembered.

        A code works once and three are good at a time, so no test may use many of an account.
        """
        self.two_step, self.careful = self._new_two_step(), self._new_two_step()
        account = self.inbox.register(fresh_address("mailed"))
        self.inbox.ways(account["email"], twoStep=[1])
        self.mailed = TwoStep(self.wire.sign_in_form(account["email"], account["password"]), "")
        code = {"twoFactorProvider": "0", "twoFactorToken": self.careful.code()}
        form = self.careful.form | code | {"twoFactorRemember": "1"}
        self.roles["careful"] = Person.of(self.wire, form)

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
        self._accept(org, member, person)
        return member

    def _accept(self, org: str, member: str, person: Person) -> None:
        token = self.inbox.token(member, person.email)
        path = f"/api/organizations/{org}/users/{member}/accept"
        person.done("POST", path, {"token": token})

    def confirmed_member(self, org: str, person: Person, **changes: Any) -> str:
        member = self.accepted_member(org, person, **changes)
        self._confirm(org, member, person)
        return member

    def _confirm(self, org: str, member: str, person: Person) -> None:
        path = f"/api/organizations/{org}/users/{member}/confirm"
        self.admin.done("POST", path, {"key": wrapped_key()})
        person.refresh()

    def settle_owner(self, client: Client, person: Person) -> None:
        """Lets the owner invited when the client was made accept, and confirms them."""
        self._accept(client.org, client.owner, person)
        self._confirm(client.org, client.owner, person)

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
        token = self.inbox.token(colleague, person.email)
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
