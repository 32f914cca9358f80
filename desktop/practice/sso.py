"""Single sign-on with a stub in the identity provider's place: one page, one link per account."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import secrets
import sqlite3
from urllib.parse import urlencode

from desktop.practice.errors import ApiError, error_body
from desktop.practice.refusals import refusal
from desktop.practice.second_steps import digest
from desktop.practice.web import Answer, Call, Route, reply
from desktop.practice.world import World

CODE_LIFETIME_S = 300
TOKEN_LIFETIME_S = 60
PORTS = range(8065, 8071)
_REDIRECTS = frozenset(f"http://localhost:{port}" for port in PORTS)
_NATIVE = ("desktop", "cli", "connector")
_HTML = "text/html; charset=utf-8"
_REQUIRED = "Sso authentication is required."
_RECOVERED = "Two-factor recovery has been performed. SSO authentication is required."


def check_not_required(world: World, user: sqlite3.Row, *, recovered: bool = False) -> None:
    """400 where the account may come through single sign-on only."""
    ways = world.db.row("SELECT * FROM account_ways WHERE user_id = ?", user["id"])
    if ways is None or not ways["sso_required"]:
        return
    message = _RECOVERED if recovered else _REQUIRED
    more = {"SsoOrganizationIdentifier": ways["sso_identifier"]} if ways["sso_identifier"] else {}
    raise refusal(
        "invalid_grant", message, ErrorModel={"Message": message, "Object": "error"}, **more
    )


def prevalidate(call: Call) -> Answer:
    """`GET /identity/sso/prevalidate?domainHint=`: a token for the page that follows."""
    hint = call.asked("domainHint") or ""
    if not hint:
        raise ApiError(400, error_body("No domain hint was provided"))
    if not _accounts(call.world, hint):
        raise ApiError(400, error_body("Organization not found or SSO configuration not enabled"))
    until = call.world.clock.epoch() + TOKEN_LIFETIME_S
    return reply({"token": f"{until}.{_proof(call.world, hint, until)}"})


def authorize(call: Call) -> Answer:
    """`GET /identity/connect/authorize`: the page a person sees in their browser."""
    world = call.world
    problem = _problem(call)
    if problem is not None:
        return _page(400, f"<p>{html.escape(problem)}</p>")
    asked = {
        name: call.asked(name) or ""
        for name in ("client_id", "redirect_uri", "state", "code_challenge")
    }
    accounts = _accounts(world, call.asked("domain_hint") or "")
    links = "".join(_link(world, asked, row) for row in accounts)
    return _page(200, f"<h1>Practice sign-in</h1>{links}")


def _link(world: World, asked: dict[str, str], row: sqlite3.Row) -> str:
    query = urlencode({**asked, "user": row["id"], "ticket": _ticket(world, row["id"])})
    email = html.escape(row["email"])
    target = html.escape(f"/identity/sso/practice?{query}")
    return f'<p><a id="{email}" href="{target}">Continue as {email}</a></p>'


def _problem(call: Call) -> str | None:
    world = call.world
    hint = call.asked("domain_hint") or ""
    until, _, proof = (call.asked("ssoToken") or "").partition(".")
    checks = (
        ("unknown client", call.asked("client_id") in _NATIVE),
        ("unknown redirect_uri", call.asked("redirect_uri") in _REDIRECTS),
        ("code flow only", call.asked("response_type") == "code"),
        ("scope", "api" in (call.asked("scope") or "").split()),
        ("PKCE is needed", call.asked("code_challenge_method") == "S256"),
        ("PKCE is needed", len(call.asked("code_challenge") or "") == 43),
        ("unknown organization", bool(_accounts(world, hint))),
        ("old ssoToken", until.isdecimal() and int(until) > world.clock.epoch()),
        (
            "false ssoToken",
            until.isdecimal()
            and hmac.compare_digest(proof.encode(), _proof(world, hint, int(until)).encode()),
        ),
    )
    return next((what for what, holds in checks if not holds), None)


def continue_as(call: Call) -> Answer:
    """The link on the page: a code, and back to the client that waits."""
    world = call.world
    user_id, target = call.asked("user") or "", call.asked("redirect_uri") or ""
    ticket = call.asked("ticket") or ""
    if not hmac.compare_digest(ticket.encode(), _ticket(world, user_id).encode()):
        return _page(400, "<p>false ticket</p>")
    if target not in _REDIRECTS:
        return _page(400, "<p>unknown redirect_uri</p>")
    code = secrets.token_hex(32).upper()
    world.db.run(
        "INSERT INTO authorization_codes VALUES (?, ?, ?, ?, ?, ?)",
        digest(code),
        user_id,
        call.asked("client_id"),
        target,
        call.asked("code_challenge"),
        world.clock.epoch() + CODE_LIFETIME_S,
    )
    answer = Answer(302)
    back = {"code": code, "scope": "api offline_access", "state": call.asked("state") or ""}
    answer.headers["Location"] = f"{target}?{urlencode(back)}"
    return answer


def user_of_code(world: World, fields: dict[str, str]) -> sqlite3.Row:
    """Who a code belongs to. It stays good for its short life: a second step may follow."""
    row = world.db.row(
        "SELECT * FROM authorization_codes WHERE code_hash = ?", digest(fields.get("code", ""))
    )
    verifier = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
    if (
        row is None
        or row["expires"] <= world.clock.epoch()
        or row["client_id"] != fields.get("client_id")
        or row["redirect_uri"] != fields.get("redirect_uri")
        or row["challenge"] != challenge
    ):
        raise ApiError(400, {"error": "invalid_grant"})
    user = world.db.row("SELECT * FROM users WHERE id = ?", row["user_id"])
    if user is None:
        raise ApiError(400, {"error": "invalid_grant"})
    return user


def _accounts(world: World, identifier: str) -> list[sqlite3.Row]:
    return world.db.rows(
        "SELECT u.id, u.email FROM account_ways w JOIN users u ON u.id = w.user_id"
        " WHERE w.sso_identifier = ? ORDER BY u.email",
        identifier,
    )


def _proof(world: World, hint: str, until: int) -> str:
    return hmac.digest(world.signing_key, f"sso {hint} {until}".encode(), "sha256").hex()


def _ticket(world: World, user_id: str) -> str:
    return hmac.digest(world.signing_key, f"sso user {user_id}".encode(), "sha256").hex()


def _page(status: int, body: str) -> Answer:
    head = "<!doctype html><meta charset=utf-8><title>Practice sign-in</title>"
    return Answer(status, (head + body).encode(), _HTML)


ROUTES = (
    Route("GET", "/identity/sso/prevalidate", prevalidate, anonymous=True),
    Route("GET", "/identity/connect/authorize", authorize, anonymous=True),
    Route("GET", "/identity/sso/practice", continue_as, anonymous=True),
)
