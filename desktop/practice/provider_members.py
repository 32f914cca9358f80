"""Members of the provider: invite, accept, confirm, resend, change role, remove.

The single forms of confirm, resend and remove answer 200 whatever happened, as officially.
"""

from __future__ import annotations

import secrets
import sqlite3
from typing import Any

from desktop.domain.enums import ProviderUserStatus, ProviderUserType
from desktop.practice import access, events
from desktop.practice.db import new_id
from desktop.practice.errors import bad_request, not_found
from desktop.practice.profile import permissions, user_of
from desktop.practice.web import Answer, Call, Route, done, listing, reply
from desktop.practice.world import World

_LAST_ADMIN = "Provider must have at least one confirmed ProviderAdmin."


def _model(row: sqlite3.Row, kind: str = "providerUser") -> dict[str, Any]:
    return {
        "id": row["id"],
        "userId": row["user_id"],
        "type": row["type"],
        "status": row["status"],
        "permissions": permissions(None),
        "object": kind,
    }


def _row(call: Call, provider: str) -> sqlite3.Row:
    found = call.world.db.row(
        "SELECT * FROM provider_users WHERE id = ? AND provider_id = ?", call.id("id"), provider
    )
    if found is None:
        raise not_found()
    return found


def _chosen(call: Call, ids: list[str]) -> list[sqlite3.Row]:
    return call.world.db.rows(
        "SELECT * FROM provider_users WHERE id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        access.json_ids(ids),
    )


def _bulk(results: list[tuple[str, str]]) -> Answer:
    return listing(
        [
            {"id": one, "error": error, "object": "providerBulkConfirmResponseModel"}
            for one, error in results
        ]
    )


def get_all(call: Call) -> Answer:
    """`GET /providers/{provider}/users`."""
    provider = access.provider_admin(call)
    rows = call.world.db.rows(
        "SELECT p.*, u.name, COALESCE(u.email, p.email) AS address FROM provider_users p"
        " LEFT JOIN users u ON u.id = p.user_id WHERE p.provider_id = ? ORDER BY p.rowid",
        provider,
    )
    return listing(
        [
            {
                **_model(row, "providerUserUserDetails"),
                "name": row["name"],
                "email": row["address"],
            }
            for row in rows
        ]
    )


def get(call: Call) -> Answer:
    """`GET /providers/{provider}/users/{id}`."""
    provider = access.provider_admin(call)
    return reply(_model(_row(call, provider)))


def invite(call: Call) -> Answer:
    """Known addresses are skipped without a word."""
    provider = access.provider_admin(call)
    form = call.form()
    emails = form.emails("emails")
    role = form.number("type", required=True)
    form.check()
    for email in emails:
        if _is_known(call.world, provider, email):
            continue
        member = add(call.world, provider, email, role or 0)
        call.world.event(
            events.PROVIDER_INVITED,
            acting=call.who.user_id,
            provider=provider,
            providerUserId=member,
        )
    return done()


def _is_known(world: World, provider: str, email: str) -> bool:
    return bool(
        world.db.value(
            "SELECT 1 FROM provider_users p LEFT JOIN users u ON u.id = p.user_id"
            " WHERE p.provider_id = ? AND LOWER(COALESCE(u.email, p.email)) = ?",
            provider,
            email.lower(),
        )
    )


def add(world: World, provider: str, email: str, role: int) -> str:
    """An invited member and their mail."""
    member_id, stamp = new_id(), world.clock.stamp()
    world.db.run(
        "INSERT INTO provider_users (id, provider_id, email, type, status, token, created, revised)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        member_id,
        provider,
        email.lower(),
        role,
        int(ProviderUserStatus.INVITED),
        secrets.token_urlsafe(32),
        stamp,
        stamp,
    )
    _send(world, member_id)
    return member_id


def _send(world: World, member_id: str) -> None:
    row = world.db.row(
        "SELECT u.*, p.name FROM provider_users u JOIN providers p ON p.id = u.provider_id"
        " WHERE u.id = ?",
        member_id,
    )
    if row is not None:
        world.mail(
            "provider_invitation",
            row["email"],
            f"Join {row['name']}",
            providerId=row["provider_id"],
            memberId=member_id,
            token=row["token"],
        )


def reinvite_many(call: Call) -> Answer:
    """`POST /providers/{provider}/users/reinvite`."""
    provider = access.provider_admin(call)
    form = call.form()
    ids = form.guids("ids", required=True) or []
    form.check()
    results = []
    for row in _chosen(call, ids):
        fits = row["status"] == ProviderUserStatus.INVITED and row["provider_id"] == provider
        if fits:
            _send(call.world, row["id"])
        results.append((row["id"], "" if fits else "User invalid."))
    return _bulk(results)


def reinvite(call: Call) -> Answer:
    """`POST /providers/{provider}/users/{id}/reinvite`."""
    provider = access.provider_admin(call)
    for row in _chosen(call, [call.id("id")]):
        if row["status"] == ProviderUserStatus.INVITED and row["provider_id"] == provider:
            _send(call.world, row["id"])
    return done()


def accept(call: Call) -> Answer:
    """By the invited person, signed in, with the token of the mail."""
    form = call.form()
    token = form.needed("token")
    form.check()
    accept_as(call.world, call.id("id"), user_of(call), token)
    return done()


def accept_as(world: World, member_id: str, user: sqlite3.Row, token: str) -> None:
    """What accept does, for the endpoint and for the people of the inbox."""
    row = world.db.row("SELECT * FROM provider_users WHERE id = ?", member_id)
    if row is None:
        raise bad_request("User invalid.")
    if row["status"] != ProviderUserStatus.INVITED:
        raise bad_request("Already accepted.")
    if not secrets.compare_digest(token.encode(), (row["token"] or "").encode()):
        raise bad_request("Invalid token.")
    if (row["email"] or "").lower() != user["email"].lower():
        raise bad_request("User email does not match invite.")
    world.db.run(
        "UPDATE provider_users SET status = ?, user_id = ?, email = NULL, token = NULL,"
        " revised = ? WHERE id = ?",
        int(ProviderUserStatus.ACCEPTED),
        user["id"],
        world.clock.stamp(),
        member_id,
    )


def public_keys(call: Call) -> Answer:
    """Only of accepted people; all others are simply absent."""
    provider = access.provider_admin(call)
    form = call.form()
    ids = form.guids("ids", required=True) or []
    form.check()
    rows = call.world.db.rows(
        "SELECT p.id, p.user_id, u.public_key FROM provider_users p"
        " JOIN users u ON u.id = p.user_id WHERE p.status = 1 AND p.provider_id = ?"
        " AND p.id IN (SELECT value FROM json_each(?)) ORDER BY p.rowid",
        provider,
        access.json_ids(ids),
    )
    return listing(
        [
            {
                "id": row["id"],
                "userId": row["user_id"],
                "key": row["public_key"],
                "object": "providerUserPublicKeyResponseModel",
            }
            for row in rows
        ]
    )


def confirm_many(call: Call) -> Answer:
    """`POST /providers/{provider}/users/confirm`."""
    provider = access.provider_admin(call)
    form = call.form()
    keys: dict[str, str] = {}
    for entry in form.forms("keys", required=True) or []:
        key = entry.needed("key")
        keys[entry.guid("id")] = key
    form.check()
    return _bulk(_confirm(call, provider, keys))


def confirm(call: Call) -> Answer:
    """`POST /providers/{provider}/users/{id}/confirm`."""
    provider = access.provider_admin(call)
    form = call.form()
    key = form.needed("key")
    form.check()
    _confirm(call, provider, {call.id("id"): key})
    return done()


def _confirm(call: Call, provider: str, keys: dict[str, str]) -> list[tuple[str, str]]:
    """Entries without an account vanish from the result."""
    results = []
    name = call.world.db.value("SELECT name FROM providers WHERE id = ?", provider)
    for row in _chosen(call, list(keys)):
        if row["user_id"] is None:
            continue
        if row["status"] != ProviderUserStatus.ACCEPTED or row["provider_id"] != provider:
            results.append((row["id"], "Invalid user."))
            continue
        call.world.db.run(
            "UPDATE provider_users SET status = ?, key = ?, email = NULL, revised = ? WHERE id = ?",
            int(ProviderUserStatus.CONFIRMED),
            keys[row["id"]],
            call.world.clock.stamp(),
            row["id"],
        )
        email = call.world.db.value("SELECT email FROM users WHERE id = ?", row["user_id"])
        call.world.mail("provider_confirmed", email, f"You Have Been Confirmed To {name}")
        call.world.event(
            events.PROVIDER_CONFIRMED,
            acting=call.who.user_id,
            provider=provider,
            providerUserId=row["id"],
        )
        call.world.touch(row["user_id"])
        results.append((row["id"], ""))
    return results


def _has_admin_besides(world: World, provider: str, ids: list[str]) -> bool:
    return bool(
        world.db.value(
            "SELECT 1 FROM provider_users WHERE provider_id = ? AND type = ? AND status = ?"
            " AND id NOT IN (SELECT value FROM json_each(?))",
            provider,
            int(ProviderUserType.PROVIDER_ADMIN),
            int(ProviderUserStatus.CONFIRMED),
            access.json_ids(ids),
        )
    )


def put(call: Call) -> Answer:
    """`PUT /providers/{provider}/users/{id}`."""
    provider = access.provider_admin(call)
    form = call.form()
    role = form.number("type", required=True) or 0
    form.check()
    row = _row(call, provider)
    if role != ProviderUserType.PROVIDER_ADMIN and not _has_admin_besides(
        call.world, provider, [row["id"]]
    ):
        raise bad_request(_LAST_ADMIN)
    call.world.db.run(
        "UPDATE provider_users SET type = ?, revised = ? WHERE id = ?",
        role,
        call.world.clock.stamp(),
        row["id"],
    )
    call.world.event(
        events.PROVIDER_UPDATED,
        acting=call.who.user_id,
        provider=provider,
        providerUserId=row["id"],
    )
    call.world.touch(row["user_id"])
    return done()


def delete_many(call: Call) -> Answer:
    """`DELETE /providers/{provider}/users`."""
    provider = access.provider_admin(call)
    form = call.form()
    ids = form.guids("ids", required=True) or []
    form.check()
    return _bulk(_remove(call, provider, ids))


def delete(call: Call) -> Answer:
    """`DELETE /providers/{provider}/users/{id}`."""
    provider = access.provider_admin(call)
    _remove(call, provider, [call.id("id")])
    return done()


def _remove(call: Call, provider: str, ids: list[str]) -> list[tuple[str, str]]:
    if not _has_admin_besides(call.world, provider, ids):
        raise bad_request(_LAST_ADMIN)
    name = call.world.db.value("SELECT name FROM providers WHERE id = ?", provider)
    results = []
    for row in _chosen(call, ids):
        if row["provider_id"] != provider:
            results.append((row["id"], "Invalid user."))
        elif row["user_id"] == call.who.user_id:
            results.append((row["id"], "You cannot remove yourself."))
        else:
            email = row["email"] or call.world.db.value(
                "SELECT email FROM users WHERE id = ?", row["user_id"]
            )
            call.world.mail("provider_removed", email, f"You Have Been Removed from {name}")
            call.world.db.run("DELETE FROM provider_users WHERE id = ?", row["id"])
            call.world.event(
                events.PROVIDER_REMOVED,
                acting=call.who.user_id,
                provider=provider,
                providerUserId=row["id"],
            )
            call.world.touch(row["user_id"])
            results.append((row["id"], ""))
    return results


_BASE = "/api/providers/{provider}/users"
ROUTES = (
    Route("GET", _BASE, get_all),
    Route("DELETE", _BASE, delete_many),
    Route("POST", _BASE + "/invite", invite),
    Route("POST", _BASE + "/reinvite", reinvite_many),
    Route("POST", _BASE + "/public-keys", public_keys),
    Route("POST", _BASE + "/confirm", confirm_many),
    Route("POST", _BASE + "/delete", delete_many),
    Route("GET", _BASE + "/{id}", get),
    Route("PUT", _BASE + "/{id}", put),
    Route("POST", _BASE + "/{id}", put),
    Route("DELETE", _BASE + "/{id}", delete),
    Route("POST", _BASE + "/{id}/delete", delete),
    Route("POST", _BASE + "/{id}/reinvite", reinvite),
    Route("POST", _BASE + "/{id}/accept", accept),
    Route("POST", _BASE + "/{id}/confirm", confirm),
)
