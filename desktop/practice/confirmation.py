"""Confirming members of a client: their public keys, and what policies forbid."""

from __future__ import annotations

import sqlite3

from desktop.domain.enums import OrganizationUserStatus, OrganizationUserType, PolicyType
from desktop.practice import access, events, policies
from desktop.practice.errors import bad_request, not_found
from desktop.practice.member_choice import MANAGE, bulk, chosen, ids, log
from desktop.practice.plans import uses
from desktop.practice.profile import has_two_step
from desktop.practice.web import Answer, Call, Route, done, listing, reply

# The claim of a custom role.
RECOVERY = "manageresetpassword"


def public_keys(call: Call) -> Answer:
    """`POST /organizations/{organization}/users/public-keys`."""
    org = access.require(call, MANAGE)
    rows = call.world.db.rows(
        "SELECT m.id, m.user_id, u.public_key FROM members m JOIN users u ON u.id = m.user_id"
        " WHERE m.status = 1 AND m.organization_id = ? AND m.id IN (SELECT value FROM json_each(?))"
        " ORDER BY m.rowid",
        org["id"],
        access.json_ids(ids(call)),
    )
    return listing(
        [
            {
                "id": row["id"],
                "userId": row["user_id"],
                "key": row["public_key"],
                "object": "organizationUserPublicKeyResponseModel",
            }
            for row in rows
        ]
    )


def recovery_details(call: Call) -> Answer:
    """`GET /organizations/{organization}/users/{id}/reset-password-details`; 404 without an
    account.
    """
    org = access.require(call, RECOVERY)
    row = call.world.db.row(
        "SELECT m.id, m.reset_password_key, u.kdf, u.iterations, u.memory, u.parallelism, u.salt"
        " FROM members m JOIN users u ON u.id = m.user_id WHERE m.organization_id = ? AND m.id = ?",
        org["id"],
        call.id("id"),
    )
    if row is None:
        raise not_found()
    return reply(
        {
            "organizationUserId": row["id"],
            "kdf": row["kdf"],
            "kdfIterations": row["iterations"],
            "kdfMemory": row["memory"],
            "kdfParallelism": row["parallelism"],
            "masterPasswordSalt": row["salt"],
            "resetPasswordKey": row["reset_password_key"],
            "encryptedPrivateKey": org["private_key"],
            "object": "organizationUserResetPasswordDetails",
        }
    )


def confirm_many(call: Call) -> Answer:
    """Whoever is not Accepted is silently absent from the answer."""
    org = access.require(call, MANAGE)
    form = call.form()
    keys: dict[str, str] = {}
    for entry in form.forms("keys", required=True) or []:
        key = entry.needed("key")
        keys[entry.guid("id")] = key
    name = form.text("defaultUserCollectionName", encrypted=1000)
    form.check()
    return bulk(_confirm(call, org, keys, name))


def confirm(call: Call) -> Answer:
    """`POST /organizations/{organization}/users/{id}/confirm`."""
    org = access.require(call, MANAGE)
    form = call.form()
    key = form.needed("key")
    name = form.text("defaultUserCollectionName", encrypted=1000)
    form.check()
    results = _confirm(call, org, {call.id("id"): key}, name)
    if not results:
        raise bad_request("User not valid.")
    if results[0][1]:
        raise bad_request(results[0][1])
    return done()


def _confirm(
    call: Call, org: sqlite3.Row, keys: dict[str, str], default_name: str | None
) -> list[tuple[str, str]]:
    results = []
    for row in chosen(call, list(keys)):
        if (
            row["status"] != OrganizationUserStatus.ACCEPTED
            or row["organization_id"] != org["id"]
            or row["user_id"] is None
        ):
            continue
        user = call.world.db.row("SELECT * FROM users WHERE id = ?", row["user_id"])
        problem = "User not valid." if user is None else _hindrance(call, org, row, user)
        if problem is None:
            _make_confirmed(call, org, row, keys[row["id"]], default_name)
        results.append((row["id"], problem or ""))
    return results


def _hindrance(call: Call, org: sqlite3.Row, row: sqlite3.Row, user: sqlite3.Row) -> str | None:
    """Why the policies forbid to confirm somebody; None when nothing does."""
    exempt = row["type"] in (OrganizationUserType.OWNER, OrganizationUserType.ADMIN)
    if (
        not has_two_step(call.world, user["id"])
        and not exempt
        and policies.is_on(call, org["id"], PolicyType.TWO_STEP_LOGIN)
    ):
        return "User does not have two-step login enabled."
    others = call.world.db.rows(
        "SELECT m.organization_id, m.type FROM members m WHERE m.user_id = ?"
        " AND m.organization_id <> ? AND m.status IN (1, 2)",
        user["id"],
        org["id"],
    )
    if others and not exempt and policies.is_on(call, org["id"], PolicyType.SINGLE_ORGANIZATION):
        return f"Cannot confirm {user['email']} until they leave all other organization vaults."
    plain = [
        one
        for one in others
        if one["type"] not in (OrganizationUserType.OWNER, OrganizationUserType.ADMIN)
    ]
    if any(
        policies.is_on(call, one["organization_id"], PolicyType.SINGLE_ORGANIZATION)
        for one in plain
    ):
        return (
            f"Cannot confirm {user['email']} because they are a member of another organization"
            " which forbids it."
        )
    return None


def _make_confirmed(
    call: Call, org: sqlite3.Row, row: sqlite3.Row, key: str, default_name: str | None
) -> None:
    call.world.db.run(
        "UPDATE members SET status = ?, key = ?, email = NULL, revised = ? WHERE id = ?",
        int(OrganizationUserStatus.CONFIRMED),
        key,
        call.world.clock.stamp(),
        row["id"],
    )
    log(call, org, events.MEMBER_CONFIRMED, row["id"])
    email = call.world.db.value("SELECT email FROM users WHERE id = ?", row["user_id"])
    call.world.mail("organization_confirmed", email, f"You Have Been Confirmed To {org['name']}")
    plain = row["type"] not in (OrganizationUserType.OWNER, OrganizationUserType.ADMIN)
    if (
        plain
        and default_name
        and uses(org["plan_type"])["useMyItems"]
        and policies.is_on(call, org["id"], PolicyType.DATA_OWNERSHIP)
    ):
        policies.make_default_collection(call, org["id"], row["id"], default_name)
    call.world.touch(row["user_id"])


_BASE = "/api/organizations/{organization}/users"
ROUTES = (
    Route("POST", _BASE + "/public-keys", public_keys),
    Route("GET", _BASE + "/{id}/reset-password-details", recovery_details),
    Route("POST", _BASE + "/confirm", confirm_many),
    Route("POST", _BASE + "/{id}/confirm", confirm),
)
