"""Sign-in: prelogin and the token endpoint (password, refresh, second factor)."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import sqlite3
from typing import Any
from urllib.parse import parse_qsl

from desktop.domain.enums import KdfType, OrganizationUserType, ProviderUserType, TwoFactorMethod
from desktop.practice import totp
from desktop.practice.db import new_id
from desktop.practice.errors import ApiError
from desktop.practice.events import BAD_PASSWORD, BAD_SECOND_FACTOR, SIGNED_IN
from desktop.practice.profile import account_keys, permissions
from desktop.practice.tokens import ACCESS_LIFETIME_S, sign
from desktop.practice.web import Answer, Call, Route, reply
from desktop.practice.world import World

HASH_ROUNDS = 20_000
WRONG_DELAY_S = 2.0
SPENT_S = 120
_DAY = 86_400
REFRESH_LIFETIMES_S = {"web": 7 * _DAY, "mobile": 60 * _DAY}
REFRESH_LIFETIME_S = 30 * _DAY
REMEMBER_LIFETIME_S = 30 * _DAY
_CLIENTS = ("web", "browser", "desktop", "mobile", "cli", "connector")
_ORG_CLAIMS = {
    OrganizationUserType.OWNER: "orgowner",
    OrganizationUserType.ADMIN: "orgadmin",
    OrganizationUserType.USER: "orguser",
    OrganizationUserType.CUSTOM: "orgcustom",
}
_PROVIDER_CLAIMS = {
    ProviderUserType.PROVIDER_ADMIN: "providerprovideradmin",
    ProviderUserType.SERVICE_USER: "providerserviceuser",
}
_NO_VERSION = (
    "No client version header found, required to prevent encryption errors. Please confirm your"
    ' client is supplying the header: "Bitwarden-Client-Version"'
)
_DECOY_KDFS = (
    (KdfType.PBKDF2_SHA256, 600_000, None, None),
    (KdfType.PBKDF2_SHA256, 600_000, None, None),
    (KdfType.ARGON2ID, 6, 32, 4),
    (KdfType.ARGON2ID, 3, 64, 4),
)


def hashed(password_hash: str, salt: bytes) -> bytes:
    """What is stored of a password: a hash of the hash the client sends."""
    return hashlib.pbkdf2_hmac("sha256", password_hash.encode(), salt, HASH_ROUNDS)


def prelogin(call: Call) -> Answer:
    """How to derive; an unknown address gets a stable invented answer."""
    form = call.form()
    email = form.needed("email", longest=256)
    form.check()
    email = email.strip().lower()
    user = call.world.db.row("SELECT * FROM users WHERE email = ?", email)
    if user is not None:
        kdf = (user["kdf"], user["iterations"], user["memory"], user["parallelism"])
        salt: str | None = user["salt"]
    else:
        pick = hmac.digest(call.world.signing_key, email.encode(), "sha256")
        kdf = _DECOY_KDFS[pick[0] % len(_DECOY_KDFS)]
        salt = email if pick[1] % 2 else None
    kind, iterations, memory, parallelism = kdf
    return reply(
        {
            "kdf": kind,
            "kdfIterations": iterations,
            "kdfMemory": memory,
            "kdfParallelism": parallelism,
            "kdfSettings": {
                "kdfType": kind,
                "iterations": iterations,
                "memory": memory,
                "parallelism": parallelism,
            },
            "salt": salt,
        }
    )


def _refusal(error: str, description: str, **more: Any) -> ApiError:
    return ApiError(400, {"error": error, "error_description": description, **more})


def _wrong(message: str) -> ApiError:
    model = {
        "Message": message,
        "ValidationErrors": None,
        "ExceptionMessage": None,
        "ExceptionStackTrace": None,
        "InnerExceptionMessage": None,
        "Object": "error",
    }
    return _refusal("invalid_grant", "invalid_username_or_password", ErrorModel=model)


async def token(call: Call) -> Answer:
    """`/connect/token`: form in, JSON out, PascalCase outside."""
    fields = {
        name.lower(): value
        for name, value in parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True)
    }
    client = fields.get("client_id", "")
    if client not in _CLIENTS:
        raise ApiError(400, {"error": "invalid_client"})
    match fields.get("grant_type"):
        case "refresh_token":
            with call.world.db.transaction():
                return _refresh(call.world, fields)
        case "password":
            return await _password(call, fields)
        case _:
            raise ApiError(400, {"error": "unsupported_grant_type"})


async def _password(call: Call, fields: dict[str, str]) -> Answer:
    world = call.world
    email = fields.get("username", "").strip().lower()
    await world.settle(email)
    try:
        with world.db.transaction():
            return _sign_in(call, fields, email)
    except _Slow as slow:
        with world.db.transaction():
            if slow.user_id is not None:
                world.event(slow.event, acting=slow.user_id, userId=slow.user_id)
        await world.clock.sleep(WRONG_DELAY_S)
        raise slow.refusal from None


class _Slow(Exception):
    """A wrong secret: answered after a delay."""

    def __init__(self, refusal: ApiError, event: int, user_id: str | None) -> None:
        super().__init__(event)
        self.refusal = refusal
        self.event = event
        self.user_id = user_id


def _sign_in(call: Call, fields: dict[str, str], email: str) -> Answer:
    world = call.world
    user = world.db.row("SELECT * FROM users WHERE email = ?", email)
    given = fields.get("password", "")
    if user is None or not _is_password(user, given):
        message = "Username or password is incorrect. Try again."
        raise _Slow(_wrong(message), BAD_PASSWORD, None if user is None else user["id"])
    version = call.headers.get("bitwarden-client-version")
    if not version or not re.fullmatch(r"\d+(\.\d+){1,3}", version):
        raise _refusal(
            "version_header_missing",
            _NO_VERSION,
            ErrorModel={"Message": "Please confirm your client version.", "Object": "error"},
        )
    remember = _second_factor(world, user, fields)
    if not all(fields.get(name) for name in ("devicetype", "deviceidentifier", "devicename")):
        raise _refusal(
            "device_error",
            "No device information provided",
            ErrorModel={"Message": "no device information provided", "Object": "error"},
        )
    _know_device(world, user, fields)
    world.event(SIGNED_IN, acting=user["id"], userId=user["id"])
    refresh = _new_refresh(world, user, fields["client_id"])
    return reply(_success(world, user, fields["client_id"], refresh, remember))


def _is_password(user: sqlite3.Row, given: str) -> bool:
    if user["password_hash"] is None:
        return False
    return hmac.compare_digest(hashed(given, user["password_salt"]), user["password_hash"])


def _second_factor(world: World, user: sqlite3.Row, fields: dict[str, str]) -> str | None:
    """Check the second factor when the account has one; a remember token when one was asked for."""
    if user["totp_secret"] is None:
        return None
    code = fields.get("twofactortoken", "").strip()
    method = fields.get("twofactorprovider", "")
    device = fields.get("deviceidentifier", "")
    if method == str(int(TwoFactorMethod.REMEMBER)) and _is_remembered(world, user, code, device):
        return None
    if not code or not method or method == str(int(TwoFactorMethod.REMEMBER)):
        raise _refusal(
            "invalid_grant",
            "Two factor required.",
            TwoFactorProviders=["0"],
            TwoFactorProviders2={"0": None},
            MasterPasswordPolicy={"Object": "masterPasswordPolicy"},
        )
    if method != str(int(TwoFactorMethod.AUTHENTICATOR)) or not _spends(world, user, code):
        message = "Two-step token is invalid. Try again."
        raise _Slow(_wrong(message), BAD_SECOND_FACTOR, user["id"])
    if fields.get("twofactorremember") != "1":
        return None
    remember = secrets.token_urlsafe(48)
    world.db.run(
        "INSERT INTO remember_tokens VALUES (?, ?, ?, ?)",
        _digest(remember),
        user["id"],
        device,
        world.clock.epoch() + REMEMBER_LIFETIME_S,
    )
    return remember


def _spends(world: World, user: sqlite3.Row, code: str) -> bool:
    """Whether a code is right; it then is of no use for two minutes."""
    now = world.clock.epoch()
    if world.spent_codes.get((user["id"], code), 0) > now:
        return False
    fits = totp.fits(user["totp_secret"], code, now)
    if fits:
        world.spent_codes[user["id"], code] = now + SPENT_S
    return fits


def _is_remembered(world: World, user: sqlite3.Row, code: str, device: str) -> bool:
    return bool(
        world.db.value(
            "SELECT 1 FROM remember_tokens WHERE token_hash = ? AND user_id = ? AND device = ?"
            " AND expires > ?",
            _digest(code),
            user["id"],
            device,
            world.clock.epoch(),
        )
    )


def _know_device(world: World, user: sqlite3.Row, fields: dict[str, str]) -> None:
    kind = fields["devicetype"]
    world.db.run(
        "INSERT OR IGNORE INTO devices VALUES (?, ?, ?, ?, ?, ?)",
        new_id(),
        user["id"],
        fields["deviceidentifier"],
        int(kind) if kind.isdigit() else 14,
        fields["devicename"],
        world.clock.stamp(),
    )


def _digest(token_text: str) -> bytes:
    return hashlib.sha256(token_text.encode()).digest()


def _new_refresh(world: World, user: sqlite3.Row, client: str) -> str:
    refresh = secrets.token_hex(32).upper()
    lifetime = REFRESH_LIFETIMES_S.get(client, REFRESH_LIFETIME_S)
    world.db.run(
        "INSERT INTO refresh_tokens VALUES (?, ?, ?, ?, ?, ?)",
        _digest(refresh),
        user["id"],
        client,
        user["security_stamp"],
        lifetime,
        world.clock.epoch() + lifetime,
    )
    return refresh


def _refresh(world: World, fields: dict[str, str]) -> Answer:
    """The same refresh token goes on, its end slides."""
    given = fields.get("refresh_token", "")
    found = world.db.row("SELECT * FROM refresh_tokens WHERE token_hash = ?", _digest(given))
    user = None
    if found is not None:
        user = world.db.row("SELECT * FROM users WHERE id = ?", found["user_id"])
    if (
        found is None
        or user is None
        or found["expires"] <= world.clock.epoch()
        or found["stamp"] != user["security_stamp"]
        or found["client_id"] != fields["client_id"]
    ):
        raise ApiError(400, {"error": "invalid_grant"})
    world.db.run(
        "UPDATE refresh_tokens SET expires = ? WHERE token_hash = ?",
        world.clock.epoch() + found["lifetime_s"],
        found["token_hash"],
    )
    return reply(
        {
            "access_token": access_token(world, user, found["client_id"]),
            "expires_in": ACCESS_LIFETIME_S,
            "token_type": "Bearer",
            "refresh_token": given,
            "scope": "api offline_access",
        }
    )


def access_token(world: World, user: sqlite3.Row, client: str) -> str:
    """A token that carries the roles of this moment."""
    now = world.clock.epoch()
    claims: dict[str, Any] = {
        "nbf": now,
        "exp": now + ACCESS_LIFETIME_S,
        "iss": f"{world.url}/identity",
        "client_id": client,
        "sub": user["id"],
        "auth_time": now,
        "idp": "bitwarden",
        "premium": False,
        "email": user["email"],
        "email_verified": True,
        "sstamp": user["security_stamp"],
        "name": user["name"],
        "iat": now,
        "jti": secrets.token_hex(16).upper(),
        "scope": ["api", "offline_access"],
        "amr": ["Application"],
    }
    for row in world.db.rows(
        "SELECT organization_id, type, permissions FROM members WHERE user_id = ? AND status = 2",
        user["id"],
    ):
        _claim(claims, _ORG_CLAIMS.get(OrganizationUserType(row["type"]), "orguser"), row[0])
        if row["type"] == OrganizationUserType.CUSTOM:
            for name, granted in permissions(row["permissions"]).items():
                if granted:
                    _claim(claims, name.lower(), row["organization_id"])
    for row in world.db.rows(
        "SELECT provider_id, type FROM provider_users WHERE user_id = ? AND status = 2", user["id"]
    ):
        _claim(claims, _PROVIDER_CLAIMS[ProviderUserType(row["type"])], row["provider_id"])
    return sign(world.signing_key, claims)


def _claim(claims: dict[str, Any], name: str, value: str) -> None:
    """One value stays a string, several become a list, as JWT handlers write them."""
    held = claims.get(name)
    if held is None:
        claims[name] = value
    elif isinstance(held, list):
        held.append(value)
    else:
        claims[name] = [held, value]


def _given(**values: object) -> dict[str, object]:
    """What is not null: typed members of this endpoint's answer leave the rest out."""
    return {name: value for name, value in values.items() if value is not None}


def _identity_keys(user: sqlite3.Row) -> dict[str, Any]:
    """AccountKeys as this endpoint writes them: `Object` capital, nothing that is null."""
    pair = account_keys(user)["publicKeyEncryptionKeyPair"]
    kept = {key: value for key, value in pair.items() if value is not None and key != "object"}
    return {
        "publicKeyEncryptionKeyPair": {**kept, "Object": "publicKeyEncryptionKeyPair"},
        "Object": "privateKeys",
    }


def _success(
    world: World, user: sqlite3.Row, client: str, refresh: str, remember: str | None
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "access_token": access_token(world, user, client),
        "expires_in": ACCESS_LIFETIME_S,
        "token_type": "Bearer",
        "refresh_token": refresh,
        "scope": "api offline_access",
        "PrivateKey": user["wrapped_private_key"],
        "AccountKeys": _identity_keys(user),
        "Key": user["wrapped_user_key"],
        "MasterPasswordPolicy": {"Object": "masterPasswordPolicy"},
        "ForcePasswordReset": False,
        "ResetMasterPassword": False,
        "Kdf": user["kdf"],
        "KdfIterations": user["iterations"],
        "KdfMemory": user["memory"],
        "KdfParallelism": user["parallelism"],
        "UserDecryptionOptions": {
            "HasMasterPassword": True,
            "MasterPasswordUnlock": {
                "Kdf": _given(
                    KdfType=user["kdf"],
                    Iterations=user["iterations"],
                    Memory=user["memory"],
                    Parallelism=user["parallelism"],
                ),
                **_given(
                    MasterKeyEncryptedUserKey=user["wrapped_user_key"],
                    Salt=user["salt"],
                    ContainedKeyId=user["user_key_id"],
                ),
            },
            "Object": "userDecryptionOptions",
        },
    }
    if remember is not None:
        answer["TwoFactorToken"] = remember
    return answer


ROUTES = (
    Route("POST", "/identity/accounts/prelogin/password", prelogin, anonymous=True),
    Route("POST", "/identity/accounts/prelogin", prelogin, anonymous=True),
    Route("POST", "/api/accounts/prelogin", prelogin, anonymous=True),
    Route("POST", "/identity/connect/token", token, anonymous=True, manual=True),
)
