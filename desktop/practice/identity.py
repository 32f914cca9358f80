"""Sign-in: prelogin and the token endpoint with all its grants.

The order of the checks is the official one: who it is, the client's version, single sign-on, the
second step, the device.
"""

from __future__ import annotations

import hmac
import re
import secrets
import sqlite3
from collections.abc import Callable
from urllib.parse import parse_qsl

from desktop.domain.enums import KdfType, TwoFactorMethod
from desktop.practice import auth_requests, devices, second_steps, sso
from desktop.practice.errors import ApiError
from desktop.practice.events import BAD_PASSWORD, SIGNED_IN
from desktop.practice.passwords import is_password
from desktop.practice.refusals import Slow, device_error, refusal, wrong
from desktop.practice.second_steps import digest
from desktop.practice.token_answers import access_token, success
from desktop.practice.tokens import ACCESS_LIFETIME_S
from desktop.practice.web import Answer, Call, Route, reply
from desktop.practice.world import World

WRONG_DELAY_S = 2.0
_DAY = 86_400
REFRESH_LIFETIMES_S = {"web": 7 * _DAY, "mobile": 60 * _DAY}
REFRESH_LIFETIME_S = 30 * _DAY
_CLIENTS = ("web", "browser", "desktop", "mobile", "cli", "connector")
_NO_VERSION = (
    "No client version header found, required to prevent encryption errors. Please confirm your"
    ' client is supplying the header: "Bitwarden-Client-Version"'
)
_OLDEST_FOR_V2 = "2025.11.0"
_DECOY_KDFS = (
    (KdfType.PBKDF2_SHA256, 600_000, None, None),
    (KdfType.PBKDF2_SHA256, 600_000, None, None),
    (KdfType.ARGON2ID, 6, 32, 4),
    (KdfType.ARGON2ID, 3, 64, 4),
)


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


async def token(call: Call) -> Answer:
    """`/connect/token`: form in, JSON out, PascalCase outside."""
    fields = {
        name.lower(): value
        for name, value in parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True)
    }
    grant = fields.get("grant_type")
    if grant == "client_credentials":
        return await _slowly(call, lambda: _by_api_key(call, fields))
    if fields.get("client_id", "") not in _CLIENTS:
        raise ApiError(400, {"error": "invalid_client"})
    match grant:
        case "refresh_token":
            with call.world.db.transaction():
                return _refresh(call.world, fields)
        case "password":
            email = fields.get("username", "").strip().lower()
            await call.world.settle(email)
            return await _slowly(call, lambda: _by_password(call, fields, email))
        case "authorization_code":
            return await _slowly(call, lambda: _by_browser(call, fields))
        case _:
            raise ApiError(400, {"error": "unsupported_grant_type"})


async def _slowly(call: Call, work: Callable[[], Answer]) -> Answer:
    """A wrong secret is answered late, and what was done before it undone."""
    world = call.world
    try:
        with world.db.transaction():
            return work()
    except devices.CodeWanted as wanted:
        # The mail is sent although the sign-in is refused.
        with world.db.transaction():
            second_steps.mail_code(world, wanted.user, second_steps.NEW_DEVICE)
        raise device_error("New device verification required") from None
    except Slow as slow:
        with world.db.transaction():
            if slow.user_id is not None:
                world.event(slow.event, acting=slow.user_id, userId=slow.user_id)
        await world.clock.sleep(WRONG_DELAY_S)
        raise slow.refusal from None


def _by_password(call: Call, fields: dict[str, str], email: str) -> Answer:
    world = call.world
    user = world.db.row("SELECT * FROM users WHERE email = ?", email)
    given = fields.get("password", "")
    request = fields.get("authrequest", "")
    if user is None or not _is_known(world, user, given, request):
        message = "Username or password is incorrect. Try again."
        raise Slow(wrong(message), BAD_PASSWORD, None if user is None else user["id"])
    if fields.get("twofactorprovider") == str(int(TwoFactorMethod.RECOVERY_CODE)):
        # Recovery comes before single sign-on, so that nobody is locked out of both.
        _check_version(call, user)
        remember = second_steps.check(world, user, fields)
        sso.check_not_required(world, user, recovered=True)
    else:
        _check_version(call, user)
        sso.check_not_required(world, user)
        remember = second_steps.check(world, user, fields)
    devices.admit(
        world, user, fields, asks_code=not second_steps.is_on(world, user), by_request=bool(request)
    )
    if request:
        auth_requests.use(world, request)
    return _signed_in(world, user, fields["client_id"], remember)


def _is_known(world: World, user: sqlite3.Row, given: str, request: str) -> bool:
    if request:
        return auth_requests.approved(world, request, user["id"], given) is not None
    return is_password(user, given)


def _by_api_key(call: Call, fields: dict[str, str]) -> Answer:
    """No second step, no single sign-on, no code for a new device, and no refresh token."""
    world = call.world
    client = fields.get("client_id", "")
    user_id = client.removeprefix("user.") if client.startswith("user.") else ""
    row = world.db.row(
        "SELECT u.*, w.api_key FROM users u JOIN account_ways w ON w.user_id = u.id WHERE u.id = ?",
        user_id.lower(),
    )
    secret = fields.get("client_secret", "")
    if row is None or not hmac.compare_digest(row["api_key"].encode(), secret.encode()):
        raise ApiError(400, {"error": "invalid_client"})
    _check_version(call, row)
    devices.admit(world, row, fields, asks_code=False, by_request=False)
    world.event(SIGNED_IN, acting=row["id"], userId=row["id"])
    return reply(success(world, row, client, None, None))


def _by_browser(call: Call, fields: dict[str, str]) -> Answer:
    world = call.world
    user = sso.user_of_code(world, fields)
    _check_version(call, user)
    remember = second_steps.check(world, user, fields)
    devices.admit(world, user, fields, asks_code=False, by_request=False)
    return _signed_in(world, user, fields["client_id"], remember)


def _signed_in(world: World, user: sqlite3.Row, client: str, remember: str | None) -> Answer:
    world.event(SIGNED_IN, acting=user["id"], userId=user["id"])
    refresh = _new_refresh(world, user, client)
    return reply(success(world, user, client, refresh, remember))


def _check_version(call: Call, user: sqlite3.Row) -> None:
    given = call.headers.get("bitwarden-client-version")
    if not given or not re.fullmatch(r"\d+(\.\d+){1,3}", given):
        raise refusal(
            "version_header_missing",
            _NO_VERSION,
            ErrorModel={"Message": "Please confirm your client version.", "Object": "error"},
        )
    oldest = _oldest(call.world, user)
    if oldest is not None and _numbers(given) < _numbers(oldest):
        message = "Please update your app to continue using Bitwarden"
        raise refusal(
            "invalid_client_version", message, ErrorModel={"Message": message, "Object": "error"}
        )


def _oldest(world: World, user: sqlite3.Row) -> str | None:
    """The oldest client that may sign in: V2 accounts have one, and tests set their own."""
    own = world.db.value("SELECT oldest_client FROM account_ways WHERE user_id = ?", user["id"])
    if own is not None:
        return str(own)
    signed = world.db.value("SELECT 1 FROM account_signatures WHERE user_id = ?", user["id"])
    return _OLDEST_FOR_V2 if signed is not None else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _new_refresh(world: World, user: sqlite3.Row, client: str) -> str:
    refresh = secrets.token_hex(32).upper()
    lifetime = REFRESH_LIFETIMES_S.get(client, REFRESH_LIFETIME_S)
    world.db.run(
        "INSERT INTO refresh_tokens VALUES (?, ?, ?, ?, ?, ?)",
        digest(refresh),
        user["id"],
        client,
        user["security_stamp"],
        lifetime,
        world.clock.epoch() + lifetime,
    )
    return refresh


def _refresh(world: World, fields: dict[str, str]) -> Answer:
    """The same refresh token goes on, its end slides; Vaultwarden gives a new one each time."""
    given = fields.get("refresh_token", "")
    found = world.db.row("SELECT * FROM refresh_tokens WHERE token_hash = ?", digest(given))
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
    if world.is_vaultwarden:
        given = _new_refresh(world, user, found["client_id"])
    return reply(
        {
            "access_token": access_token(world, user, found["client_id"]),
            "expires_in": ACCESS_LIFETIME_S,
            "token_type": "Bearer",
            "refresh_token": given,
            "scope": "api offline_access",
        }
    )


ROUTES = (
    Route("POST", "/identity/accounts/prelogin/password", prelogin, anonymous=True),
    Route("POST", "/identity/accounts/prelogin", prelogin, anonymous=True),
    Route("POST", "/api/accounts/prelogin", prelogin, anonymous=True),
    Route("POST", "/identity/connect/token", token, anonymous=True, manual=True),
)
