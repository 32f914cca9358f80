"""Two-step login: what an account has, the challenge, and the check of an answer to it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from typing import Any

from desktop.domain.enums import TwoFactorMethod
from desktop.practice import auth_requests, totp, yubikey
from desktop.practice.errors import ApiError, bad_request
from desktop.practice.events import BAD_SECOND_FACTOR, RECOVERED
from desktop.practice.passwords import is_password
from desktop.practice.refusals import Slow, refusal, wrong
from desktop.practice.web import Answer, Call, Route, done
from desktop.practice.world import World

REMEMBER_LIFETIME_S = 30 * 86_400
SPENT_S = 120
CODE_LIFETIME_S = 300
SESSION_LIFETIME_S = 3_600
TWO_STEP, NEW_DEVICE = "two_step", "new_device"
_WRONG_DELAY_S = 2.0


def is_on(world: World, user: sqlite3.Row) -> bool:
    """Whether the account asks for a second step."""
    return bool(offered(world, user))


def offered(world: World, user: sqlite3.Row) -> dict[int, dict[str, Any] | None]:
    """The methods of an account, by number, with what a client is told of each."""
    told: dict[int, dict[str, Any] | None] = {}
    if user["totp_secret"] is not None:
        told[int(TwoFactorMethod.AUTHENTICATOR)] = None
    for row in world.db.rows(
        "SELECT * FROM second_steps WHERE user_id = ? ORDER BY method", user["id"]
    ):
        told[row["method"]] = _told(world, row["method"], row["secret"])
    return told


def _told(world: World, method: int, secret: str) -> dict[str, Any] | None:
    match method:
        case TwoFactorMethod.EMAIL:
            return {"Email": redacted(secret)}
        case TwoFactorMethod.YUBIKEY:
            return {"Nfc": True}
        case TwoFactorMethod.DUO | TwoFactorMethod.ORGANIZATION_DUO:
            return {"Host": "duo.practice.example", "AuthUrl": "https://duo.practice.example/auth"}
        case TwoFactorMethod.WEBAUTHN:
            rp_id = world.url.removeprefix("https://").partition(":")[0]
            return {"challenge": secrets.token_urlsafe(24), "rpId": rp_id, "status": "ok"}
        case _:
            return None


def redacted(email: str) -> str:
    """`tessa@x.example` → `te***@x.example`."""
    name, _, domain = email.partition("@")
    shown = 2 if len(name) > 4 else 1 if len(name) > 2 else 0
    return f"{name[:shown]}{'*' * (len(name) - shown)}@{domain}"


def challenge(world: World, user: sqlite3.Row) -> ApiError:
    """400 that asks for a second step."""
    methods = offered(world, user)
    more: dict[str, Any] = {}
    if TwoFactorMethod.EMAIL in methods:
        more = {"SsoEmail2faSessionToken": _session(world, user), "Email": user["email"]}
    return refusal(
        "invalid_grant",
        "Two factor required.",
        TwoFactorProviders=[str(number) for number in methods],
        TwoFactorProviders2={str(number): told for number, told in methods.items()},
        **more,
        MasterPasswordPolicy={"Object": "masterPasswordPolicy"},
    )


def check(world: World, user: sqlite3.Row, fields: dict[str, str]) -> str | None:
    """Raises the challenge or a refusal; a remember token when one was asked for."""
    if not is_on(world, user):
        return None
    code = fields.get("twofactortoken", "").strip()
    given = fields.get("twofactorprovider", "")
    if not code or not given.isdecimal():
        raise challenge(world, user)
    method, device = int(given), fields.get("deviceidentifier", "")
    if method == TwoFactorMethod.REMEMBER:
        if not _is_remembered(world, user, code, device):
            raise challenge(world, user)
        return None
    if not _is_right(world, user, method, code):
        message = "Two-step token is invalid. Try again."
        raise Slow(wrong(message), BAD_SECOND_FACTOR, user["id"])
    if fields.get("twofactorremember") != "1":
        return None
    remember = secrets.token_urlsafe(48)
    world.db.run(
        "INSERT INTO remember_tokens VALUES (?, ?, ?, ?)",
        digest(remember),
        user["id"],
        device,
        world.clock.epoch() + REMEMBER_LIFETIME_S,
    )
    return remember


def _is_right(world: World, user: sqlite3.Row, method: int, code: str) -> bool:
    match method:
        case TwoFactorMethod.AUTHENTICATOR:
            return user["totp_secret"] is not None and _spends(world, user, code)
        case TwoFactorMethod.EMAIL:
            return _secret(world, user, method) is not None and spends_mailed(
                world, user["id"], TWO_STEP, code
            )
        case TwoFactorMethod.YUBIKEY:
            return _touches(world, user, code)
        case TwoFactorMethod.RECOVERY_CODE:
            return _recovers(world, user, code)
        case _:
            # Duo and passkeys need a browser at the vault's own address; nothing here answers.
            return False


def _secret(world: World, user: sqlite3.Row, method: int) -> str | None:
    found = world.db.value(
        "SELECT secret FROM second_steps WHERE user_id = ? AND method = ?", user["id"], method
    )
    return None if found is None else str(found)


def _spends(world: World, user: sqlite3.Row, code: str) -> bool:
    """Whether a code is right; it then is of no use for two minutes."""
    now = world.clock.epoch()
    if world.spent_codes.get((user["id"], code), 0) > now:
        return False
    fits = totp.fits(user["totp_secret"], code, now)
    if fits:
        world.spent_codes[user["id"], code] = now + SPENT_S
    return fits


def _touches(world: World, user: sqlite3.Row, code: str) -> bool:
    """A key's counter only ever grows."""
    secret = _secret(world, user, TwoFactorMethod.YUBIKEY)
    counter = None if secret is None else yubikey.counter_of(secret, code)
    name = code[: yubikey.ID_LENGTH]
    if counter is None or counter <= world.touches.get(name, 0):
        return False
    world.touches[name] = counter
    return True


def _recovers(world: World, user: sqlite3.Row, code: str) -> bool:
    """The recovery code ends two-step login and is replaced by another."""
    known = world.db.value("SELECT recovery_code FROM account_ways WHERE user_id = ?", user["id"])
    given = code.replace(" ", "").lower()
    if known is None or not hmac.compare_digest(known.encode(), given.encode()):
        return False
    world.db.run("DELETE FROM second_steps WHERE user_id = ?", user["id"])
    world.db.run("UPDATE users SET totp_secret = NULL WHERE id = ?", user["id"])
    world.db.run(
        "UPDATE account_ways SET recovery_code = ? WHERE user_id = ?",
        secrets.token_hex(16),
        user["id"],
    )
    world.event(RECOVERED, acting=user["id"], userId=user["id"])
    return True


def _is_remembered(world: World, user: sqlite3.Row, code: str, device: str) -> bool:
    return bool(
        world.db.value(
            "SELECT 1 FROM remember_tokens WHERE token_hash = ? AND user_id = ? AND device = ?"
            " AND expires > ?",
            digest(code),
            user["id"],
            device,
            world.clock.epoch(),
        )
    )


def digest(token_text: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token_text.encode()).digest()


# --- codes by mail ------------------------------------------------------------------------------


def mail_code(world: World, user: sqlite3.Row, purpose: str) -> None:
    """A fresh code in the place of the one before it."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    world.db.run(
        "INSERT OR REPLACE INTO mailed_codes VALUES (?, ?, ?, ?)",
        user["id"],
        purpose,
        code,
        world.clock.epoch() + CODE_LIFETIME_S,
    )
    to = user["email"]
    if purpose == TWO_STEP:
        to = _secret(world, user, TwoFactorMethod.EMAIL) or to
        world.mail("two_step_code", to, "Your verification code", code=code)
    else:
        world.mail("new_device_code", to, "Verify this new device", code=code)


def spends_mailed(world: World, user_id: str, purpose: str, code: str) -> bool:
    """Whether this is the newest code of its kind; it works once."""
    found = world.db.row(
        "SELECT code, expires FROM mailed_codes WHERE user_id = ? AND purpose = ?", user_id, purpose
    )
    if found is None or found["expires"] <= world.clock.epoch():
        return False
    if not hmac.compare_digest(found["code"].encode(), code.encode()):
        return False
    world.db.run("DELETE FROM mailed_codes WHERE user_id = ? AND purpose = ?", user_id, purpose)
    return True


def _session(world: World, user: sqlite3.Row) -> str:
    """Lets somebody who came without a password ask for the mail."""
    until = world.clock.epoch() + SESSION_LIFETIME_S
    return f"{until}.{_session_proof(world, user['id'], until)}"


def _session_proof(world: World, user_id: str, until: int) -> str:
    return hmac.digest(world.signing_key, f"mail {user_id} {until}".encode(), "sha256").hex()


def _is_session(world: World, user: sqlite3.Row, token: str) -> bool:
    until, _, proof = token.partition(".")
    if not until.isdecimal() or int(until) <= world.clock.epoch():
        return False
    return hmac.compare_digest(
        proof.encode(), _session_proof(world, user["id"], int(until)).encode()
    )


async def send_email_login(call: Call) -> Answer:
    """`POST /two-factor/send-email-login`: the code goes out to whoever proves enough."""
    world = call.world
    form = call.form()
    email = form.needed("email", longest=256).strip().lower()
    form.text("deviceIdentifier")
    given = {
        name: form.text(name)
        for name in (
            "masterPasswordHash",
            "ssoEmail2FaSessionToken",
            "authRequestId",
            "authRequestAccessCode",
        )
    }
    form.check()
    with world.db.transaction():
        user = world.db.row("SELECT * FROM users WHERE email = ?", email)
        if user is not None and _may_ask(world, user, given):
            if TwoFactorMethod.EMAIL in offered(world, user):
                mail_code(world, user, TWO_STEP)
            return done()
    await world.clock.sleep(_WRONG_DELAY_S)
    raise bad_request("Cannot send two-factor email.")


def _may_ask(world: World, user: sqlite3.Row, given: dict[str, str | None]) -> bool:
    if given["authRequestAccessCode"]:
        request, code = given["authRequestId"] or "", given["authRequestAccessCode"]
        return auth_requests.approved(world, request, user["id"], code) is not None
    if given["ssoEmail2FaSessionToken"]:
        return _is_session(world, user, given["ssoEmail2FaSessionToken"])
    return is_password(user, given["masterPasswordHash"] or "")


ROUTES = (
    Route(
        "POST", "/api/two-factor/send-email-login", send_email_login, anonymous=True, manual=True
    ),
)
