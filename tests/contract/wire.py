"""A small client of its own for the contract tests: HTTPS, sign-in, well-formed ciphertext.

It shares no code with `desktop`, so a mistake made there cannot excuse the same mistake here.
Ciphertext is random: the official server never looks inside, and neither may ours.
"""

from __future__ import annotations

import base64
import json
import os
import ssl
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

CLIENT_VERSION = "2026.8.0"
Json = dict[str, Any]


def _b64(count: int) -> str:
    return base64.b64encode(os.urandom(count)).decode()


def encrypted(length: int | None = None) -> str:
    """A type 2 string; with `length`, of exactly that many characters (72 plus a multiple of 4)."""
    count = 32 if length is None else (length - 72) // 4 * 3
    text = f"2.{_b64(16)}|{_b64(count)}|{_b64(32)}"
    if length is not None and len(text) != length:
        raise ValueError(length)
    return text


def wrapped_key() -> str:
    """A type 4 string, as RSA with 2,048 bits makes it."""
    return f"4.{_b64(256)}"


def public_key() -> str:
    """Something of the size of an RSA public key; the server stores it unread."""
    return _b64(294)


def new_id() -> str:
    return str(uuid.uuid4())


def server_hash(password: str, email: str, prelogin: Json) -> str:
    """The password's proof for the server, from the KDF that prelogin names."""
    kdf = prelogin["kdfSettings"]
    salt = (prelogin["salt"] or email).strip().lower().encode()
    secret = password.encode()
    if kdf["kdfType"] == 0:
        master = PBKDF2HMAC(hashes.SHA256(), 32, salt, kdf["iterations"]).derive(secret)
    else:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(salt)
        master = Argon2id(
            salt=digest.finalize(),
            length=32,
            iterations=kdf["iterations"],
            lanes=kdf["parallelism"],
            memory_cost=kdf["memory"] * 1024,
        ).derive(secret)
    proof = PBKDF2HMAC(hashes.SHA256(), 32, secret, 1).derive(master)
    return base64.b64encode(proof).decode()


def claims(access_token: str) -> Json:
    """The claims of a JWT, unverified."""
    part = access_token.split(".")[1]
    found: Json = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


class Wire:
    """One HTTPS connection to a server whose authority is `ca` (a PEM file)."""

    def __init__(self, url: str, ca: str) -> None:
        self.http = httpx.Client(
            base_url=url,
            verify=ssl.create_default_context(cafile=ca),
            timeout=30,
            trust_env=False,
        )

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        form: bool = False,
    ) -> httpx.Response:
        headers = {"Bitwarden-Client-Version": CLIENT_VERSION, "Device-Type": "8"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        if form:
            return self.http.request(method, path, data=body, headers=headers)  # type: ignore[arg-type]  # a form is a dict
        return self.http.request(method, path, json=body, headers=headers)

    def sign_in_form(self, email: str, password: str) -> dict[str, str]:
        """The fields of a password sign-in of this address."""
        answer = self.send("POST", "/identity/accounts/prelogin/password", {"email": email})
        return {
            "grant_type": "password",
            "client_id": "desktop",
            "scope": "api offline_access",
            "username": email,
            "password": server_hash(password, email, answer.json()),
            "deviceType": "8",
            "deviceIdentifier": new_id(),
            "deviceName": "contract",
        }

    def token(self, form: dict[str, str], *, version: bool = True) -> httpx.Response:
        headers = {"Bitwarden-Client-Version": CLIENT_VERSION} if version else {}
        return self.http.post("/identity/connect/token", data=form, headers=headers)


@dataclass
class Person:
    """Someone signed in (or, without a token, nobody)."""

    wire: Wire
    email: str = ""
    token: str | None = None
    refresh_token: str = ""
    form: dict[str, str] = field(default_factory=dict)
    user: str = ""
    answer: Json = field(default_factory=dict)

    @classmethod
    def sign_in(cls, wire: Wire, email: str, password: str) -> Person:
        return cls.of(wire, wire.sign_in_form(email, password))

    @classmethod
    def of(cls, wire: Wire, form: dict[str, str]) -> Person:
        """Signs in with this form."""
        answer = wire.token(form)
        answer.raise_for_status()
        body = answer.json()
        token = body["access_token"]
        who = form["username"], token, body["refresh_token"]
        return cls(wire, *who, form, claims(token)["sub"], body)

    def refresh(self) -> httpx.Response:
        """Asks for a new access token and uses it from now on."""
        answer = self.wire.token(
            {
                "grant_type": "refresh_token",
                "client_id": "desktop",
                "refresh_token": self.refresh_token,
            }
        )
        if answer.is_success:
            self.token = answer.json()["access_token"]
        return answer

    def send(self, method: str, path: str, body: object = None) -> httpx.Response:
        return self.wire.send(method, path, body, token=self.token)

    def get(self, path: str) -> Any:
        answer = self.send("GET", path)
        if answer.status_code != httpx.codes.OK:
            raise AssertionError(f"GET {path}: {answer.status_code} {answer.text[:200]}")
        return answer.json()

    def done(self, method: str, path: str, body: object = None) -> Any:
        """Sends and insists on 200; gives the decoded body, or None."""
        answer = self.send(method, path, body)
        if answer.status_code != httpx.codes.OK:
            raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer.json() if answer.content else None
