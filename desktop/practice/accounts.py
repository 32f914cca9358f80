"""The account: config, profile, sync, revision date, public keys, registration."""

from __future__ import annotations

import base64
import binascii
import secrets
import sqlite3
from typing import Any

from desktop.domain.enums import KdfType
from desktop.practice import vault
from desktop.practice.db import new_id
from desktop.practice.errors import bad_request, not_found
from desktop.practice.passwords import hashed
from desktop.practice.profile import profile, user_of
from desktop.practice.web import Answer, Call, Route, done, listing, reply
from desktop.practice.world import Prepared, World

VERSION = "2026.8.0"
PBKDF2 = (int(KdfType.PBKDF2_SHA256), 600_000, None, None)


def config(call: Call) -> Answer:
    """What this server says it is: an official one that is not in the cloud's region table."""
    url = call.world.url
    return reply(
        {
            "version": VERSION,
            "gitHash": "practice",
            "server": None,
            "environment": {
                "cloudRegion": None,
                "vault": url,
                "api": f"{url}/api",
                "identity": f"{url}/identity",
                "notifications": f"{url}/notifications",
                "sso": f"{url}/sso",
                "fillAssistRules": None,
            },
            "featureStates": {"cipher-key-encryption": True},
            "push": {"pushTechnology": 0, "vapidPublicKey": None},
            "communication": None,
            "settings": {
                "disableUserRegistration": False,
                "suppressOnboardingInterstitials": False,
            },
            "object": "config",
        }
    )


def alive(call: Call) -> Answer:
    """`GET /alive`."""
    return reply(call.world.clock.stamp())


def get_profile(call: Call) -> Answer:
    """`GET /accounts/profile`."""
    return reply(profile(call.world, user_of(call)))


def revision_date(call: Call) -> Answer:
    """`GET /accounts/revision-date`."""
    return reply(user_of(call)["revised_ms"])


def sync(call: Call) -> Answer:
    """`GET /sync`."""
    user = user_of(call)
    domains = {"equivalentDomains": [], "globalEquivalentDomains": [], "object": "domains"}
    return vault.sync_answer(
        call.world,
        user,
        {
            "profile": profile(call.world, user),
            "folders": [],
            "domains": None if call.asked_flag("excludeDomains") else domains,
            "sends": [],
            "userDecryption": _user_decryption(user),
            "object": "sync",
        },
    )


def _user_decryption(user: sqlite3.Row) -> dict[str, Any]:
    return {
        "masterPasswordUnlock": {
            "kdf": {
                "kdfType": user["kdf"],
                "iterations": user["iterations"],
                "memory": user["memory"],
                "parallelism": user["parallelism"],
            },
            "masterKeyEncryptedUserKey": user["wrapped_user_key"],
            "salt": user["salt"],
            "containedKeyId": user["user_key_id"],
        },
        "webAuthnPrfOptions": None,
        "v2UpgradeToken": None,
        "userKeyId": user["user_key_id"],
    }


def public_key(call: Call) -> Answer:
    """`GET /users/{id}/public-key`."""
    found = call.world.db.row("SELECT id, public_key FROM users WHERE id = ?", call.id("id"))
    if found is None:
        raise not_found()
    return reply({"userId": found[0], "publicKey": found[1], "object": "userKey"})


def user_key_id(call: Call) -> Answer:
    """Backfill of the user key's id, once."""
    form = call.form()
    key_id = form.needed("userKeyId")
    form.check()
    if len(key_id) != 32 or not set(key_id) <= set("0123456789abcdef"):
        raise bad_request("The user key id is not valid.")
    user = user_of(call)
    if user["user_key_id"] not in (None, key_id):
        raise bad_request("The user key id is already set.")
    call.world.db.run("UPDATE users SET user_key_id = ? WHERE id = ?", key_id, user["id"])
    return done()


def known_device(call: Call) -> Answer:
    """Whether the address in the header (base64url) has used this device; a JSON boolean."""
    given = call.headers.get("x-request-email", "")
    try:
        email = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode().lower()
    except (ValueError, binascii.Error) as problem:
        raise bad_request("The X-Request-Email header is not valid.") from problem
    known = call.world.db.value(
        "SELECT 1 FROM devices d JOIN users u ON u.id = d.user_id"
        " WHERE u.email = ? AND d.identifier = ?",
        email,
        call.headers.get("x-device-identifier", ""),
    )
    return reply(bool(known))


def devices(call: Call) -> Answer:
    """`GET /devices`."""
    rows = call.world.db.rows("SELECT * FROM devices WHERE user_id = ?", call.who.user_id)
    return listing(
        [
            {
                "id": row["id"],
                "name": row["name"],
                "type": row["type"],
                "identifier": row["identifier"],
                "creationDate": row["created"],
                "isTrusted": False,
                "object": "device",
            }
            for row in rows
        ]
    )


def register(
    world: World,
    *,
    email: str,
    name: str,
    public_key: str,
    wrapped_private_key: str,
    prepared: Prepared | None = None,
    salt: str | None = None,
    kdf: tuple[int, int, int | None, int | None] = PBKDF2,
    totp_secret: str | None = None,
) -> str:
    """Store a new account and return its id; without credentials it cannot sign in yet.

    `kdf` is type, iterations, memory in MiB, parallelism.
    """
    user_id = new_id()
    email = email.strip().lower()
    world.db.run(
        "INSERT INTO users (id, email, name, salt, kdf, iterations, memory, parallelism,"
        " public_key, wrapped_private_key, security_stamp, revised_ms, created, totp_secret)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        user_id,
        email,
        name,
        salt or email,
        *kdf,
        public_key,
        wrapped_private_key,
        new_id(),
        world.clock.epoch() * 1000,
        world.clock.stamp(),
        totp_secret,
    )
    if prepared is not None:
        set_credentials(world, email, prepared)
    return user_id


def set_credentials(world: World, email: str, prepared: Prepared) -> None:
    """Store the hash of the password's hash, and the wrapped user key."""
    salt = secrets.token_bytes(16)
    world.db.run(
        "UPDATE users SET password_hash = ?, password_salt = ?, wrapped_user_key = ?"
        " WHERE email = ?",
        hashed(prepared.password_hash, salt),
        salt,
        prepared.wrapped_user_key,
        email,
    )


ROUTES = (
    Route("GET", "/api/config", config, anonymous=True),
    Route("GET", "/api/alive", alive, anonymous=True),
    Route("GET", "/api/now", alive, anonymous=True),
    Route("GET", "/api/accounts/profile", get_profile),
    Route("GET", "/api/accounts/revision-date", revision_date),
    Route("GET", "/api/sync", sync),
    Route("GET", "/api/users/{id}/public-key", public_key),
    Route("POST", "/api/accounts/key-management/user-key-id", user_key_id),
    Route("GET", "/api/devices/knowndevice", known_device, anonymous=True),
    Route("GET", "/api/devices", devices),
)
