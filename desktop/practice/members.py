"""Members of a client organization: reading, inviting, changing and removing them."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from desktop.domain.enums import OrganizationUserStatus, OrganizationUserType
from desktop.practice import access, events, invitations, selections
from desktop.practice.errors import bad_request, forbidden, not_found, server_error
from desktop.practice.forms import Form
from desktop.practice.member_choice import MANAGE, bulk, chosen, ids, log
from desktop.practice.plans import uses
from desktop.practice.profile import permissions, user_of
from desktop.practice.selections import Selection
from desktop.practice.web import Answer, Call, Route, done, listing, reply

_TYPES = tuple(
    int(one)
    for one in (
        OrganizationUserType.OWNER,
        OrganizationUserType.ADMIN,
        OrganizationUserType.USER,
        OrganizationUserType.CUSTOM,
    )
)
_NO_OWNER = "Organization must have at least one confirmed owner."


def _model(row: sqlite3.Row, kind: str) -> dict[str, Any]:
    told = {
        "id": row["id"],
        "userId": row["user_id"],
        "type": row["type"],
        "status": row["status"],
        "externalId": row["external_id"],
        "accessSecretsManager": False,
        "accessPam": False,
        "permissions": permissions(row["permissions"]),
        "resetPasswordEnrolled": row["reset_password_key"] is not None,
        "usesKeyConnector": False,
        "hasMasterPassword": row["user_id"] is not None,
        "object": kind,
    }
    if row["permissions"] is None:
        del told["permissions"]
    return told


def _details(
    row: sqlite3.Row,
    collections: list[dict[str, Any]],
    groups: list[str] | None,
) -> dict[str, Any]:
    return {
        **_model(row, "organizationUserUserDetails"),
        "name": row["name"],
        "email": row["address"],
        "avatarColor": None,
        "twoFactorEnabled": row["two_step"] is not None,
        "ssoBound": False,
        "claimedByOrganization": False,
        "collections": collections,
        "groups": groups,
        "revocationReason": row["revocation_reason"],
        "creationDate": row["created"],
    }


def _rows(call: Call, organization_id: str) -> list[sqlite3.Row]:
    return call.world.db.rows(
        "SELECT m.*, u.name, t.user_id AS two_step, COALESCE(u.email, m.email) AS address"
        " FROM members m LEFT JOIN users u ON u.id = m.user_id"
        " LEFT JOIN two_step_users t ON t.user_id = m.user_id"
        " WHERE m.organization_id = ? ORDER BY m.rowid",
        organization_id,
    )


def _groups(call: Call, organization_id: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in call.world.db.rows(
        "SELECT gu.* FROM group_users gu JOIN groups g ON g.id = gu.group_id"
        " WHERE g.organization_id = ?",
        organization_id,
    ):
        found.setdefault(row["member_id"], []).append(row["group_id"])
    return found


def get_all(call: Call) -> Answer:
    """`GET /organizations/{organization}/users`."""
    org = access.organization(call)
    rows = _rows(call, org["id"])
    if not access.may(call, org["id"], MANAGE):
        if not access.may(call, org["id"], "manageresetpassword"):
            raise not_found()
        rows = [row for row in rows if row["reset_password_key"] is not None]
    with_groups, with_collections = (
        call.asked_flag("includeGroups"),
        call.asked_flag("includeCollections"),
    )
    groups = _groups(call, org["id"]) if with_groups else {}
    reach = selections.by_member(call.world, org["id"]) if with_collections else {}
    return listing(
        [_details(row, reach.get(row["id"], []), groups.get(row["id"], [])) for row in rows]
    )


def mini_details(call: Call) -> Answer:
    """Names and addresses, for every member and the provider."""
    org = access.organization(call)
    if call.who.role(org["id"]) is None and not access.is_provider_of(call, org["id"]):
        raise forbidden()
    return listing(
        [
            {
                "id": row["id"],
                "userId": row["user_id"],
                "type": row["type"],
                "status": row["status"],
                "name": row["name"],
                "email": row["address"],
                "object": "organizationUserUserMiniDetails",
            }
            for row in _rows(call, org["id"])
        ]
    )


def _row(call: Call, org: sqlite3.Row) -> sqlite3.Row:
    found = call.world.db.row(
        "SELECT * FROM members WHERE id = ? AND organization_id = ?", call.id("id"), org["id"]
    )
    if found is None:
        raise not_found()
    return found


def get(call: Call) -> Answer:
    """`GET /organizations/{organization}/users/{id}`."""
    org = access.require(call, MANAGE)
    row = _row(call, org)
    told = {
        **_model(row, "organizationUserDetails"),
        "claimedByOrganization": False,
        "ssoExternalId": None,
        "collections": selections.by_member(call.world, org["id"]).get(row["id"], []),
        "creationDate": row["created"],
    }
    if call.asked_flag("includeGroups"):
        told["groups"] = _groups(call, org["id"]).get(row["id"], [])
    return reply(told)


def _role_fields(form: Form) -> tuple[int, str | None]:
    """Type, and the permissions as stored."""
    role = form.choice("type", _TYPES)
    raw = form.raw("permissions")
    if role != OrganizationUserType.CUSTOM:
        return role, None
    stored = permissions(msgspec.json.encode(raw).decode() if isinstance(raw, dict) else None)
    return role, msgspec.json.encode(stored).decode()


def _check_role(call: Call, org: sqlite3.Row, new: int, old: int | None = None) -> None:
    """Who may hand out which role; 400."""
    if not access.is_owner(call, org["id"]):
        if OrganizationUserType.OWNER in (new, old):
            raise bad_request("Only an Owner can configure another Owner's account.")
        if not access.is_admin(call, org["id"]) and OrganizationUserType.ADMIN in (new, old):
            raise bad_request("Custom users can not manage Admins or Owners.")
    custom = new == OrganizationUserType.CUSTOM
    if custom and not uses(org["plan_type"])["useCustomPermissions"]:
        raise bad_request(
            "To enable custom permissions the organization must be on an Enterprise plan."
        )


def invite(call: Call) -> Answer:
    """`POST /organizations/{organization}/users/invite`."""
    org = access.require(call, MANAGE)
    form = call.form()
    emails = form.emails("emails")
    role, stored = _role_fields(form)
    collections, groups = selections.read(form, "collections"), form.guids("groups")
    form.check()
    if collections:
        chosen = {one.id for one in collections}
        known = access.known_collections(call, org, chosen)
        if not known or not access.may_change_collections(call, org, known, MANAGE):
            raise not_found()
    _check_role(call, org, role)
    selections.check_alone(collections)
    added = invitations.invite(
        call,
        org,
        [
            invitations.Invitation(email, role, stored, collections or [], groups or [])
            for email in emails
        ],
    )
    for member_id in added:
        log(call, org, events.MEMBER_INVITED, member_id)
    return done()


def reinvite_many(call: Call) -> Answer:
    """`POST /organizations/{organization}/users/reinvite`."""
    org = access.require(call, MANAGE)
    results = []
    for row in chosen(call, ids(call)):
        fits = (
            row["status"] == OrganizationUserStatus.INVITED and row["organization_id"] == org["id"]
        )
        if fits:
            invitations.send(call.world, org, row["id"])
        results.append((row["id"], "" if fits else "User invalid."))
    return bulk(results)


def reinvite(call: Call) -> Answer:
    """`POST /organizations/{organization}/users/{id}/reinvite`."""
    org = access.require(call, MANAGE)
    found = chosen(call, [call.id("id")])
    if not found or found[0]["organization_id"] != org["id"]:
        raise bad_request("User invalid.")
    if found[0]["status"] != OrganizationUserStatus.INVITED:
        raise bad_request("User invalid.")
    invitations.send(call.world, org, found[0]["id"])
    return done()


def accept(call: Call) -> Answer:
    """By the invited person, signed in, with the token of the mail."""
    form = call.form()
    token = form.needed("token")
    reset_key = form.text("resetPasswordKey")
    form.check()
    member_id, organization_id = call.id("id"), call.id("organization")
    found = call.world.db.row("SELECT * FROM members WHERE id = ?", member_id)
    if found is None or found["organization_id"] != organization_id:
        raise not_found()
    enrol = invitations.enrols(call.world, organization_id)
    if enrol and not reset_key:
        raise bad_request("Master Password reset is required, but not provided.")
    invitations.accept_as(call.world, member_id, user_of(call), token, reset_key if enrol else None)
    return done()


def put(call: Call) -> Answer:
    """The complete wanted state; a missing `collections` is a 500, as officially."""
    org = access.require(call, MANAGE)
    form = call.form()
    role, stored = _role_fields(form)
    collections, groups = selections.read(form, "collections"), form.guids("groups")
    form.check()
    row = _row(call, org)
    if collections is None:
        raise server_error()
    is_self = row["user_id"] == call.who.user_id
    own = {one["id"] for one in selections.by_member(call.world, org["id"]).get(row["id"], [])}
    posted = {one.id for one in collections}
    if is_self and not org["allow_admin_access"]:
        groups = None
        if not posted <= own:
            raise bad_request("You cannot add yourself to a collection.")
    known = access.known_collections(call, org, posted)
    if known and not access.may_change_collections(call, org, known, MANAGE):
        raise not_found()
    if known != posted:
        raise not_found()
    _check_role(call, org, role, row["type"])
    if role != OrganizationUserType.OWNER and not has_owner_besides(call, org, [row["id"]]):
        raise bad_request(_NO_OWNER)
    selections.check_alone(collections)
    call.world.db.run(
        "UPDATE members SET type = ?, permissions = ?, revised = ? WHERE id = ?",
        role,
        stored,
        call.world.clock.stamp(),
        row["id"],
    )
    _replace_reach(call, org, row["id"], collections, groups)
    log(call, org, events.MEMBER_UPDATED, row["id"])
    call.world.touch(row["user_id"])
    return done()


def _replace_reach(
    call: Call,
    org: sqlite3.Row,
    member_id: str,
    collections: list[Selection],
    groups: list[str] | None,
) -> None:
    call.world.db.run(
        "DELETE FROM collection_users WHERE member_id = ? AND collection_id IN"
        " (SELECT id FROM collections WHERE organization_id = ? AND type = 0)",
        member_id,
        org["id"],
    )
    invitations.give(call.world, member_id, collections)
    if groups is not None:
        call.world.db.run("DELETE FROM group_users WHERE member_id = ?", member_id)
        invitations.join(call.world, org["id"], member_id, groups)


def has_owner_besides(call: Call, org: sqlite3.Row, ids: list[str]) -> bool:
    """A confirmed owner remains, or a provider with a confirmed member, which counts as one."""
    return bool(
        call.world.db.value(
            "SELECT 1 FROM members WHERE organization_id = ?1 AND type = 0 AND status = 2"
            " AND id NOT IN (SELECT value FROM json_each(?2))"
            " UNION SELECT 1 FROM provider_organizations po JOIN provider_users pu"
            "  ON pu.provider_id = po.provider_id WHERE po.organization_id = ?1 AND pu.status = 2",
            org["id"],
            access.json_ids(ids),
        )
    )


def delete(call: Call) -> Answer:
    """`DELETE /organizations/{organization}/users/{id}`."""
    org = access.require(call, MANAGE)
    found = chosen(call, [call.id("id")])
    if not found or found[0]["organization_id"] != org["id"]:
        raise not_found()
    problem = _keeps(call, org, found[0])
    if problem is not None:
        raise bad_request(problem)
    if not has_owner_besides(call, org, [found[0]["id"]]):
        raise bad_request(_NO_OWNER)
    _remove(call, org, found[0])
    return done()


def delete_many(call: Call) -> Answer:
    """`DELETE /organizations/{organization}/users`."""
    org = access.require(call, MANAGE)
    rows = [row for row in chosen(call, ids(call)) if row["organization_id"] == org["id"]]
    if not rows:
        raise bad_request("Users invalid.")
    if not has_owner_besides(call, org, [row["id"] for row in rows]):
        raise bad_request(_NO_OWNER)
    results = []
    for row in rows:
        problem = _keeps(call, org, row)
        if problem is None:
            _remove(call, org, row)
        results.append((row["id"], problem or ""))
    return bulk(results)


def _keeps(call: Call, org: sqlite3.Row, row: sqlite3.Row) -> str | None:
    """Why the caller may not remove somebody."""
    if row["user_id"] is not None and row["user_id"] == call.who.user_id:
        return "You cannot remove yourself."
    if row["type"] == OrganizationUserType.OWNER and not access.is_owner(call, org["id"]):
        return "Only owners can remove other owners."
    if row["type"] == OrganizationUserType.ADMIN and not access.is_admin(call, org["id"]):
        return "Custom users can not remove admins."
    return None


def _remove(call: Call, org: sqlite3.Row, row: sqlite3.Row) -> None:
    for sql in (
        "DELETE FROM group_users WHERE member_id = ?",
        "DELETE FROM collection_users WHERE member_id = ?",
        "DELETE FROM members WHERE id = ?",
    ):
        call.world.db.run(sql, row["id"])
    log(call, org, events.MEMBER_REMOVED, row["id"])
    call.world.touch(row["user_id"])


_BASE = "/api/organizations/{organization}/users"
ROUTES = (
    Route("GET", _BASE, get_all),
    Route("DELETE", _BASE, delete_many),
    Route("GET", _BASE + "/mini-details", mini_details),
    Route("POST", _BASE + "/invite", invite),
    Route("POST", _BASE + "/reinvite", reinvite_many),
    Route("POST", _BASE + "/remove", delete_many),
    Route("GET", _BASE + "/{id}", get),
    Route("PUT", _BASE + "/{id}", put),
    Route("DELETE", _BASE + "/{id}", delete),
    Route("POST", _BASE + "/{id}/remove", delete),
    Route("POST", _BASE + "/{id}/reinvite", reinvite),
    Route("POST", _BASE + "/{id}/accept", accept),
)
