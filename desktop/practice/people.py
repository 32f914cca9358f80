"""The seeded and played people: their passwords and keys, which the server part never sees."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import msgspec

from desktop.practice import keys
from desktop.practice.keys import Kdf, KeyPair
from desktop.practice.world import Prepared

PASSWORD = "practise makes perfect"  # noqa: S105 - the password of accounts that hold nothing real


class Person(msgspec.Struct, kw_only=True):
    """Somebody who can sign in. Roles: provider_admin, service_user, provider_accepted,
    client_owner, played; without providers owner, visitor, accepted."""

    email: str
    name: str
    password: str
    role: str
    user_key: str
    organization: str | None = None
    totp_secret: str | None = None
    kdf: Kdf = Kdf()

    def key(self) -> bytes:
        """The user key."""
        return base64.b64decode(self.user_key)

    def told(self) -> dict[str, Any]:
        """What the practice card and the tests are told."""
        told: dict[str, Any] = {
            "email": self.email,
            "password": self.password,
            "role": self.role,
            "name": self.name,
        }
        if self.organization is not None:
            told["organization"] = self.organization
        if self.totp_secret is not None:
            told["totpSecret"] = self.totp_secret
        return told


class People:
    """Everybody this practice server can play, kept beside the data when that is kept."""

    def __init__(self, path: Path, rounds: int = keys.PBKDF2_ROUNDS) -> None:
        """`rounds` of PBKDF2 is what a new person's account asks for."""
        self._path = path
        self._rounds = rounds
        self._people: dict[str, Person] = {}
        if path.exists():
            found = msgspec.json.decode(path.read_bytes(), type=list[Person])
            self._people = {person.email: person for person in found}

    def create(
        self,
        email: str,
        name: str,
        role: str,
        *,
        password: str = PASSWORD,
        organization: str | None = None,
        totp_secret: str | None = None,
        kdf: Kdf | None = None,
    ) -> Person:
        """A new person with a fresh user key."""
        email = email.strip().lower()
        person = Person(
            email=email,
            name=name,
            password=password,
            role=role,
            user_key=keys.b64(keys.new_key()),
            organization=organization,
            totp_secret=totp_secret,
            kdf=kdf or Kdf(iterations=self._rounds),
        )
        self._people[email] = person
        return person

    def find(self, email: str) -> Person | None:
        return self._people.get(email.strip().lower())

    def everybody(self) -> list[Person]:
        """In the order they came."""
        return list(self._people.values())

    def told(self) -> list[dict[str, Any]]:
        """The accounts in the order they came."""
        return [person.told() for person in self._people.values()]

    def save(self) -> None:
        """Write the file, readable by its owner alone."""
        fresh = self._path.with_suffix(".new")
        opened = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(msgspec.json.encode(list(self._people.values())))
        fresh.replace(self._path)


def wrapped_private(person: Person, pair: KeyPair) -> str:
    """A person's private key under their user key."""
    return keys.encrypt(person.key(), pair.pkcs8)


def prepare(person: Person, salt: str | None = None) -> Prepared:
    """Derive a person's credentials; takes a good part of a second."""
    made = keys.credentials(person.password, salt or person.email, person.key(), person.kdf)
    return Prepared(made.server_hash, made.wrapped_user_key)
