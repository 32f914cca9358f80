"""Signing in with another device: the request, its answer, and who may look at it."""

from __future__ import annotations

import hmac
import sqlite3
from typing import Any

from desktop.practice.db import new_id
from desktop.practice.errors import ApiError, bad_request, error_body, not_found
from desktop.practice.forms import guid
from desktop.practice.profile import user_of
from desktop.practice.web import Answer, Call, Route, listing, reply
from desktop.practice.world import World

LIFETIME_S = 15 * 60
ACCESS_CODE_LENGTH = 25
_AUTHENTICATE, _UNLOCK, _ADMIN_APPROVAL = 0, 1, 2
_UNKNOWN = "User or known device not found."


def create(call: Call) -> Answer:
    """`POST /auth-requests`: only a device that the account has used gets one."""
    form = call.form()
    email = form.needed("email", longest=256).strip().lower()
    public_key = form.needed("publicKey")
    device = form.needed("deviceIdentifier")
    access_code = form.needed("accessCode", longest=ACCESS_CODE_LENGTH)
    kind = form.choice("type", (_AUTHENTICATE, _UNLOCK, _ADMIN_APPROVAL))
    form.check()
    if kind == _ADMIN_APPROVAL:
        raise bad_request("You must be authenticated to create a request of that type.")
    if not call.headers.get("device-type", "").isdecimal():
        raise bad_request("Device type not provided.")
    user_id = call.world.db.value(
        "SELECT u.id FROM users u JOIN devices d ON d.user_id = u.id"
        " WHERE u.email = ? AND d.identifier = ?",
        email,
        device,
    )
    if user_id is None:
        raise bad_request(_UNKNOWN)
    request_id = new_id()
    call.world.db.run(
        "INSERT INTO auth_requests (id, user_id, type, public_key, device, device_type,"
        " access_code, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        request_id,
        user_id,
        kind,
        public_key,
        device,
        int(call.headers["device-type"]),
        access_code,
        call.world.clock.stamp(),
        call.world.clock.epoch() + LIFETIME_S,
    )
    return reply(_told(_row(call.world, request_id)))


def response(call: Call) -> Answer:
    """`GET /auth-requests/{id}/response?code=`: for whoever knows the access code."""
    row = call.world.db.row("SELECT * FROM auth_requests WHERE id = ?", call.id("id"))
    code = call.asked("code") or ""
    if row is None or not hmac.compare_digest(row["access_code"].encode(), code.encode()):
        raise not_found()
    if row["expires"] <= call.world.clock.epoch():
        raise not_found()
    return reply(_told(row))


def pending(call: Call) -> Answer:
    """`GET /auth-requests/pending`: what the caller's devices are asked."""
    return listing([_told(row) for row in open_requests(call.world, user_of(call)["id"])])


def update(call: Call) -> Answer:
    """`PUT /auth-requests/{id}`: the answer of another device, given once."""
    form = call.form()
    key = form.text("key", encrypted=1_000)
    device = form.text("deviceIdentifier")
    approved = form.flag("requestApproved")
    form.check()
    user_id = user_of(call)["id"]
    row = call.world.db.row("SELECT * FROM auth_requests WHERE id = ?", call.id("id"))
    if row is None or row["user_id"] != user_id:
        raise not_found()
    if row["approved"] is not None:
        raise ApiError(409, error_body("An authentication request with the same device exists."))
    if row["expires"] <= call.world.clock.epoch():
        raise not_found()
    known = call.world.db.value(
        "SELECT 1 FROM devices WHERE user_id = ? AND identifier = ?", user_id, device
    )
    if known is None:
        raise bad_request("Invalid device.")
    if approved and not is_newest(call.world, row):
        raise bad_request(
            "This request is no longer valid. Make sure to approve the most recent request."
        )
    answer(call.world, row["id"], key if approved else None, approved=approved)
    return reply(_told(_row(call.world, row["id"])))


def answer(world: World, request_id: str, key: str | None, *, approved: bool) -> None:
    """Note what the other device said."""
    world.db.run(
        "UPDATE auth_requests SET approved = ?, key = ?, responded = ? WHERE id = ?",
        int(approved),
        key,
        world.clock.stamp(),
        request_id,
    )


def open_requests(world: World, user_id: str) -> list[sqlite3.Row]:
    """Those nobody has answered, the newest first."""
    return world.db.rows(
        "SELECT * FROM auth_requests WHERE user_id = ? AND approved IS NULL AND expires > ?"
        " ORDER BY rowid DESC",
        user_id,
        world.clock.epoch(),
    )


def is_newest(world: World, row: sqlite3.Row) -> bool:
    """Whether the device has asked nothing since."""
    asked = [one for one in open_requests(world, row["user_id"]) if one["device"] == row["device"]]
    return bool(asked) and asked[0]["id"] == row["id"]


def approved(world: World, request_id: str, user_id: str, access_code: str) -> sqlite3.Row | None:
    """The request that lets this user sign in; None where it is not theirs, or not any more."""
    if guid(request_id) is None:
        return None
    row = world.db.row(
        "SELECT * FROM auth_requests WHERE id = ? AND user_id = ? AND approved = 1"
        " AND type = ? AND used = 0 AND expires > ?",
        request_id.lower(),
        user_id,
        _AUTHENTICATE,
        world.clock.epoch(),
    )
    if row is None or not hmac.compare_digest(row["access_code"].encode(), access_code.encode()):
        return None
    return row


def use(world: World, request_id: str) -> None:
    """It lets somebody in once."""
    world.db.run("UPDATE auth_requests SET used = 1 WHERE id = ?", request_id)


def _row(world: World, request_id: str) -> sqlite3.Row:
    found = world.db.row("SELECT * FROM auth_requests WHERE id = ?", request_id)
    if found is None:
        raise not_found()
    return found


def _told(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "publicKey": row["public_key"],
        "requestDeviceIdentifier": row["device"],
        "requestDeviceTypeValue": row["device_type"],
        "requestDeviceType": "Linux Desktop",
        "requestIpAddress": "127.0.0.1",
        "requestCountryName": None,
        "key": row["key"],
        "masterPasswordHash": None,
        "creationDate": row["created"],
        "responseDate": row["responded"],
        "requestApproved": bool(row["approved"]),
        "origin": "127.0.0.1",
        "object": "auth-request",
    }


ROUTES = (
    Route("POST", "/api/auth-requests", create, anonymous=True),
    Route("GET", "/api/auth-requests/pending", pending),
    Route("GET", "/api/auth-requests/{id}/response", response, anonymous=True),
    Route("PUT", "/api/auth-requests/{id}", update),
)
