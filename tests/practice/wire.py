"""A small client of the wire for the tests of the practice server; keys by the test's own hands."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

from desktop.practice import keys
from tests.practice_process import PracticeHandle

VERSION = {"Bitwarden-Client-Version": "2026.8.0"}


@cache
def master(password: str, email: str) -> bytes:
    """PBKDF2 once per account."""
    return keys.master_key(password, email)


@cache
def organization_pair() -> keys.KeyPair:
    """One pair for all organizations of the tests: making them takes a while."""
    return keys.new_pair()


def token_form(account: dict[str, Any], **more: str) -> dict[str, str]:
    """The form of a password sign-in."""
    known = master(account["password"], account["email"])
    return {
        "grant_type": "password",
        "client_id": "desktop",
        "scope": "api offline_access",
        "username": account["email"],
        "password": keys.server_hash(known, account["password"]),
        "deviceType": "8",
        "deviceIdentifier": str(uuid.uuid5(uuid.NAMESPACE_DNS, account["email"])),
        "deviceName": "test",
        **more,
    }


def private_key(account: dict[str, Any], token: dict[str, Any]) -> bytes:
    """The account's private key out of a sign-in answer."""
    unlock = token["UserDecryptionOptions"]["MasterPasswordUnlock"]
    stretched = keys.stretched(master(account["password"], unlock["Salt"]))
    user_key = keys.decrypt(stretched, unlock["MasterKeyEncryptedUserKey"])
    pair = token["AccountKeys"]["publicKeyEncryptionKeyPair"]
    return keys.decrypt(user_key, pair["wrappedPrivateKey"])


@dataclass
class Desk:
    """Somebody signed in."""

    server: PracticeHandle
    account: dict[str, Any]
    token: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, server: PracticeHandle, account: dict[str, Any]) -> Desk:
        desk = cls(server, account)
        desk.renew()
        return desk

    def renew(self) -> None:
        """Sign in, again when somebody moved the clock beyond the refresh token's life."""
        answer = self.server.http.post(
            "/identity/connect/token", data=token_form(self.account), headers=VERSION
        )
        assert answer.status_code == 200, answer.text
        self.token = answer.json()

    def refresh(self) -> None:
        """A new access token, with the roles of now."""
        answer = self.server.http.post(
            "/identity/connect/token",
            data={
                "grant_type": "refresh_token",
                "client_id": "desktop",
                "refresh_token": self.token["refresh_token"],
            },
        )
        assert answer.status_code == 200, answer.text
        self.token |= answer.json()

    def ask(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Below /api, whatever comes back."""
        return self.server.http.request(
            method,
            f"/api{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token['access_token']}"},
        )

    def get(self, path: str) -> Any:
        """JSON of a GET that works."""
        return self.ask("GET", path).raise_for_status().json()

    def listed(self, path: str) -> list[dict[str, Any]]:
        """The data of a list that works."""
        found: list[dict[str, Any]] = self.get(path)["data"]
        return found

    def send(self, method: str, path: str, body: object = None) -> Any:
        """JSON of a write that works, None when empty."""
        answer = self.ask(method, path, body)
        assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def private(self) -> bytes:
        return private_key(self.account, self.token)

    def provider(self) -> dict[str, Any]:
        (found,) = self.get("/accounts/profile")["providers"]
        assert isinstance(found, dict)
        return found

    def provider_key(self) -> bytes:
        return keys.unwrap_with(self.private(), self.provider()["key"])


@dataclass
class Client:
    """A client organization made by a test, with its key in hand."""

    id: str
    key: bytes
    owner_email: str

    @property
    def path(self) -> str:
        return f"/organizations/{self.id}"

    def enc(self, text: str) -> str:
        return keys.encrypt(self.key, text.encode())


def client_body(desk: Desk, key: bytes, **more: Any) -> dict[str, Any]:
    """What creates a client."""
    pair = organization_pair()
    return {
        "name": "New Client",
        "ownerEmail": f"owner-{uuid.uuid4().hex[:8]}@new.example",
        "planType": 19,
        "seats": 12,
        "key": keys.encrypt(desk.provider_key(), key),
        "keyPair": {
            "publicKey": pair.public,
            "encryptedPrivateKey": keys.encrypt(key, pair.pkcs8),
        },
        "collectionName": keys.encrypt(key, b"Default collection"),
        **more,
    }


def new_client(desk: Desk, **more: Any) -> Client:
    """Create a client and find it again by its key."""
    provider = desk.provider()["id"]
    before = {one["id"] for one in desk.listed(f"/providers/{provider}/organizations")}
    key = keys.new_key()
    body = client_body(desk, key, **more)
    assert desk.send("POST", f"/providers/{provider}/clients", body) is None
    (row,) = [
        one
        for one in desk.listed(f"/providers/{provider}/organizations")
        if one["id"] not in before
    ]
    assert keys.decrypt(desk.provider_key(), row["key"]) == key
    return Client(row["organizationId"], key, body["ownerEmail"])


def login(client: Client, name: str, /, **more: Any) -> dict[str, Any]:
    """A login item as a client sends it."""
    return {
        "type": 1,
        "organizationId": client.id,
        "name": client.enc(name),
        "notes": None,
        "favorite": False,
        "reprompt": 0,
        "fields": [{"type": 1, "name": client.enc("pin"), "value": client.enc("4711")}],
        "login": {
            "username": client.enc("user"),
            "password": client.enc("secret"),
            "totp": None,
            "uris": [{"uri": client.enc("https://x.example"), "uriChecksum": None, "match": None}],
        },
        **more,
    }


def import_body(
    ciphers: list[dict[str, Any]],
    collections: list[dict[str, Any]],
    pairs: list[tuple[int, int]],
) -> dict[str, Any]:
    """The body of an organization import."""
    return {
        "collections": collections,
        "ciphers": ciphers,
        "collectionRelationships": [{"key": item, "value": place} for item, place in pairs],
        "folders": [],
        "folderRelationships": [],
    }


def owner_of(client: Client, desk: Desk) -> dict[str, Any]:
    """The membership of the invited owner."""
    (found,) = [
        one for one in desk.listed(f"{client.path}/users") if one["email"] == client.owner_email
    ]
    return found


def manager(member_id: str) -> dict[str, Any]:
    """An access selection with Can manage."""
    return {"id": member_id, "readOnly": False, "hidePasswords": False, "manage": True}


def public(text: str) -> bytes:
    """A public key's bytes."""
    return base64.b64decode(text)
