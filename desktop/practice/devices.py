"""Devices: which ones an account has used, and the code for one it has not."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from desktop.practice.db import new_id
from desktop.practice.passwords import is_password
from desktop.practice.refusals import device_error
from desktop.practice.second_steps import NEW_DEVICE, mail_code, spends_mailed
from desktop.practice.web import Answer, Call, Route, done
from desktop.practice.world import World

# An account younger than this is let in from anywhere.
YOUNG_S = 86_400
_FIELDS = ("devicetype", "deviceidentifier", "devicename")


class CodeWanted(Exception):
    """The code for a new device is to be mailed; the sign-in is refused."""

    def __init__(self, user: sqlite3.Row) -> None:
        super().__init__(user["id"])
        self.user = user


def admit(
    world: World, user: sqlite3.Row, fields: dict[str, str], *, asks_code: bool, by_request: bool
) -> None:
    """Let the device in and know it from now on. Raises ApiError, CodeWanted."""
    if not all(fields.get(name) for name in _FIELDS):
        raise device_error("No device information provided")
    otp = fields.get("newdeviceotp")
    if not otp and _is_known(world, user, fields["deviceidentifier"]):
        return
    if by_request:
        raise device_error("Auth requests are not supported on unknown devices")
    if asks_code:
        _check_code(world, user, otp)
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


def _is_known(world: World, user: sqlite3.Row, identifier: str) -> bool:
    return bool(
        world.db.value(
            "SELECT 1 FROM devices WHERE user_id = ? AND identifier = ?", user["id"], identifier
        )
    )


def _check_code(world: World, user: sqlite3.Row, otp: str | None) -> None:
    verifies = world.db.value(
        "SELECT verify_devices FROM account_ways WHERE user_id = ?", user["id"]
    )
    age_s = world.clock.epoch() - datetime.fromisoformat(user["created"]).timestamp()
    if not verifies or age_s < YOUNG_S:
        return
    if otp is not None:
        if not spends_mailed(world, user["id"], NEW_DEVICE, otp):
            raise device_error("Invalid New Device OTP")
        return
    if world.db.value("SELECT COUNT(*) FROM devices WHERE user_id = ?", user["id"]):
        raise CodeWanted(user)


def resend_code(call: Call) -> Answer:
    """`POST /accounts/resend-new-device-otp`: 200, whatever was given."""
    form = call.form()
    email = form.needed("email", longest=256).strip().lower()
    secret = form.needed("masterPasswordHash")
    form.check()
    user = call.world.db.row("SELECT * FROM users WHERE email = ?", email)
    if user is not None and is_password(user, secret):
        mail_code(call.world, user, NEW_DEVICE)
    return done()


ROUTES = (Route("POST", "/api/accounts/resend-new-device-otp", resend_code, anonymous=True),)
