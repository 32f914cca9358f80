"""`/practice/ways` and `/practice/approve`: how an account signs in. Not the protocol."""

from __future__ import annotations

import asyncio
import base64
import secrets
import sqlite3
from typing import Any
from uuid import UUID

from desktop.domain.enums import TwoFactorMethod
from desktop.practice import auth_requests, keys, keys_v2, people, yubikey
from desktop.practice.accounts import set_credentials
from desktop.practice.db import new_id
from desktop.practice.errors import not_found
from desktop.practice.forms import Form
from desktop.practice.inbox import practice_route
from desktop.practice.people import People, Person
from desktop.practice.web import Answer, Call, Route, reply
from desktop.practice.world import World

_COLUMNS = {
    "newDeviceCodes": "verify_devices",
    "sso": "sso_identifier",
    "ssoRequired": "sso_required",
    "unlocking": "unlocking",
    "oldestClient": "oldest_client",
}


class Ways:
    """Gives accounts other ways to sign in, and plays the device that approves one."""

    def __init__(self, folk: People) -> None:
        self._folk = folk

    def routes(self) -> tuple[Route, ...]:
        return (
            practice_route("POST", "ways", self.change, manual=True),
            practice_route("POST", "approve", self.approve),
        )

    async def change(self, call: Call) -> Answer:
        """`{email, twoStep?: [numbers], newDeviceCodes?, sso?, ssoRequired?, unlocking?,
        oldestClient?, v2?, password?}` → `clientId`, `clientSecret`, `recoveryCode`, `yubikey`,
        `userId`.

        `twoStep` replaces all methods but the authenticator app. `unlocking` is "password",
        "trusted_device" or "key_connector". `v2` upgrades the account's keys, for good. `password`
        is a new master password for the same keys, which ends every session.
        """
        form = call.form()
        email = form.needed("email").strip().lower()
        form.check()
        world = call.world
        await world.settle(email)
        user = _user(world, email)
        with world.db.transaction():
            told = self._change(world, user, form)
        person = self._folk.find(email)
        if form.flag("v2") and person is not None:
            await self._upgrade(world, user, person)
        password = form.raw("password")
        if isinstance(password, str) and person is not None:
            await self._set_password(world, user, person, password)
        return reply(told)

    async def _set_password(
        self, world: World, user: sqlite3.Row, person: Person, password: str
    ) -> None:
        person.password = password
        prepared = await asyncio.to_thread(people.prepare, person, user["salt"])
        with world.db.transaction():
            set_credentials(world, person.email, prepared)
            world.db.run("UPDATE users SET security_stamp = ? WHERE id = ?", new_id(), user["id"])
        self._folk.save()

    def _change(self, world: World, user: sqlite3.Row, form: Form) -> dict[str, Any]:
        world.db.run(
            "INSERT OR IGNORE INTO account_ways (user_id, api_key, recovery_code) VALUES (?, ?, ?)",
            user["id"],
            secrets.token_urlsafe(22)[:30],
            secrets.token_hex(16),
        )
        for name, column in _COLUMNS.items():
            if form.has(name):
                world.db.run(
                    f"UPDATE account_ways SET {column} = ? WHERE user_id = ?",  # noqa: S608 - ours
                    form.raw(name),
                    user["id"],
                )
        if form.has("twoStep"):
            _set_methods(world, user, form.raw("twoStep"))
        ways = world.db.row("SELECT * FROM account_ways WHERE user_id = ?", user["id"])
        if ways is None:
            raise not_found()
        return {
            "userId": user["id"],
            "clientId": f"user.{user['id']}",
            "clientSecret": ways["api_key"],
            "recoveryCode": ways["recovery_code"],
            "yubikey": world.db.value(
                "SELECT secret FROM second_steps WHERE user_id = ? AND method = ?",
                user["id"],
                int(TwoFactorMethod.YUBIKEY),
            ),
        }

    async def _upgrade(self, world: World, user: sqlite3.Row, person: Person) -> None:
        """The user key becomes a COSE key; the key pair stays, so every organization key does."""
        pkcs8 = keys.decrypt(person.key(), user["wrapped_private_key"])
        person.user_key = keys.b64(keys_v2.new_user_key())
        prepared = await asyncio.to_thread(people.prepare, person, user["salt"])
        public = base64.b64decode(user["public_key"])
        signed = keys_v2.signatures(person.key(), UUID(user["id"]).bytes, public)
        with world.db.transaction():
            set_credentials(world, person.email, prepared)
            world.db.run(
                "UPDATE users SET wrapped_private_key = ? WHERE id = ?",
                keys_v2.wrapped_private(person.key(), pkcs8),
                user["id"],
            )
            world.db.run(
                "INSERT OR REPLACE INTO account_signatures VALUES (?, ?, ?, ?, ?, ?)",
                user["id"],
                signed.wrapped_signing_key,
                signed.verifying_key,
                signed.signed_public_key,
                signed.security_state,
                keys_v2.VERSION,
            )
        self._folk.save()

    def approve(self, call: Call) -> Answer:
        """`{email, approve?, wrong?}`: the account's other device answers the newest request.

        `wrong` wraps a key of its own making: a server that plays the other device.
        """
        form = call.form()
        email = form.needed("email").strip().lower()
        form.check()
        person, user = self._folk.find(email), _user(call.world, email)
        asked = auth_requests.open_requests(call.world, user["id"])
        if person is None or not asked:
            raise not_found()
        key = keys.new_key() if form.flag("wrong") else person.key()
        approved = form.flag("approve", default=True)
        wrapped = keys.wrap_for(asked[0]["public_key"], key) if approved else None
        auth_requests.answer(call.world, asked[0]["id"], wrapped, approved=approved)
        return reply({"id": asked[0]["id"]})


def _set_methods(world: World, user: sqlite3.Row, methods: Any) -> None:
    world.db.run("DELETE FROM second_steps WHERE user_id = ?", user["id"])
    for method in methods if isinstance(methods, list) else []:
        secret = ""
        if method == TwoFactorMethod.EMAIL:
            secret = user["email"]
        elif method == TwoFactorMethod.YUBIKEY:
            secret = yubikey.new_secret()
        world.db.run("INSERT INTO second_steps VALUES (?, ?, ?)", user["id"], int(method), secret)


def _user(world: World, email: str) -> sqlite3.Row:
    found = world.db.row("SELECT * FROM users WHERE email = ?", email)
    if found is None:
        raise not_found()
    return found
