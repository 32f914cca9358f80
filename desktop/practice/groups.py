"""Groups of an organization: plain names, collections and members."""

from __future__ import annotations

import sqlite3
from typing import Any

from desktop.practice import access, events, selections
from desktop.practice.db import new_id
from desktop.practice.errors import bad_request, forbidden, not_found, server_error
from desktop.practice.plans import uses
from desktop.practice.selections import Selection
from desktop.practice.web import Answer, Call, Route, done, listing, reply


def _model(row: sqlite3.Row, kind: str = "group") -> dict[str, Any]:
    return {
        "id": row["id"],
        "organizationId": row["organization_id"],
        "name": row["name"],
        "externalId": row["external_id"],
        "object": kind,
    }


def _rows(call: Call, organization_id: str) -> list[sqlite3.Row]:
    return call.world.db.rows(
        "SELECT * FROM groups WHERE organization_id = ? ORDER BY rowid", organization_id
    )


def _row(call: Call, org: sqlite3.Row) -> sqlite3.Row:
    found = call.world.db.row(
        "SELECT * FROM groups WHERE id = ? AND organization_id = ?", call.id("id"), org["id"]
    )
    if found is None:
        raise not_found()
    return found


def get_all(call: Call) -> Answer:
    """Names, for everybody who may manage some collection."""
    organization_id = call.id("organization")
    role = call.who.role(organization_id)
    if role is None and not access.is_provider_of(call, organization_id):
        raise forbidden()
    return listing([_model(row) for row in _rows(call, organization_id)])


def get_details(call: Call) -> Answer:
    """`GET /organizations/{organization}/groups/details`."""
    org = access.require(call, "managegroups", "manageusers")
    return listing(_detailed(call, org, _rows(call, org["id"])))


def _detailed(call: Call, org: sqlite3.Row, rows: list[sqlite3.Row]) -> list[dict[str, Any]]:
    reach = selections.by_group(call.world, org["id"])
    return [
        {**_model(row, "groupDetails"), "collections": reach.get(row["id"], [])} for row in rows
    ]


def get(call: Call) -> Answer:
    """`GET /organizations/{organization}/groups/{id}`."""
    org = access.require(call, "managegroups")
    return reply(_model(_row(call, org)))


def get_one_details(call: Call) -> Answer:
    """`GET /organizations/{organization}/groups/{id}/details`."""
    org = access.require(call, "managegroups")
    return reply(_detailed(call, org, [_row(call, org)])[0])


def get_users(call: Call) -> Answer:
    """A bare array of organization-user ids."""
    org = access.require(call, "managegroups")
    return reply(sorted(_members(call, _row(call, org)["id"])))


def _members(call: Call, group_id: str) -> set[str]:
    rows = call.world.db.rows("SELECT member_id FROM group_users WHERE group_id = ?", group_id)
    return {row["member_id"] for row in rows}


def _body(call: Call) -> tuple[str, list[Selection] | None, list[str] | None]:
    form = call.form()
    name = form.needed("name", longest=100)
    collections = selections.read(form, "collections")
    users = form.guids("users")
    form.check()
    return name, collections, users


def post(call: Call) -> Answer:
    """`POST /organizations/{organization}/groups`."""
    org = access.require(call, "managegroups")
    name, collections, users = _body(call)
    posted = {one.id for one in collections or []}
    known = access.known_collections(call, org, posted)
    if posted and (
        not known or not access.may_change_collections(call, org, known, "managegroups")
    ):
        raise not_found()
    if not uses(org["plan_type"])["useGroups"]:
        raise bad_request("This organization cannot use groups.")
    selections.check_alone(collections)
    group_id, stamp = new_id(), call.world.clock.stamp()
    call.world.db.run(
        "INSERT INTO groups (id, organization_id, name, created, revised) VALUES (?, ?, ?, ?, ?)",
        group_id,
        org["id"],
        name,
        stamp,
        stamp,
    )
    _save(call, org, group_id, collections or [], users or [])
    call.world.event(
        events.GROUP_CREATED, acting=call.who.user_id, organization=org["id"], groupId=group_id
    )
    for member_id in users or []:
        _log_member(call, org, member_id)
    return reply(
        {
            "id": group_id,
            "organizationId": org["id"],
            "name": name,
            "externalId": None,
            "object": "group",
        }
    )


def put(call: Call) -> Answer:
    """Both lists replace what is there; a missing one is a 500, as officially."""
    org = access.require(call, "managegroups")
    name, collections, users = _body(call)
    row = _row(call, org)
    if collections is None:
        raise server_error()
    before = _members(call, row["id"])
    _check_self(call, org, before, users)
    posted = {one.id for one in collections}
    known = access.known_collections(call, org, posted)
    if known and not access.may_change_collections(call, org, known, "managegroups"):
        raise not_found()
    if known != posted or not _all_members(call, org, users or []):
        raise not_found()
    selections.check_alone(collections)
    call.world.db.run(
        "UPDATE groups SET name = ?, revised = ? WHERE id = ?",
        name,
        call.world.clock.stamp(),
        row["id"],
    )
    _save(call, org, row["id"], collections, sorted(before) if users is None else users)
    call.world.event(
        events.GROUP_UPDATED, acting=call.who.user_id, organization=org["id"], groupId=row["id"]
    )
    for member_id in sorted(before ^ set(before if users is None else users)):
        _log_member(call, org, member_id)
    return reply({**_model(row), "name": name})


def _check_self(call: Call, org: sqlite3.Row, before: set[str], users: list[str] | None) -> None:
    """An owner or admin does not add themselves while admin access is off."""
    if org["allow_admin_access"]:
        return
    me = call.world.db.value(
        "SELECT id FROM members WHERE organization_id = ? AND user_id = ?",
        org["id"],
        call.who.user_id,
    )
    if me is not None and users is None:
        raise server_error()
    if me is not None and me not in before and me in (users or []):
        raise bad_request("You cannot add yourself to groups.")


def _all_members(call: Call, org: sqlite3.Row, users: list[str]) -> bool:
    rows = call.world.db.rows(
        "SELECT id FROM members WHERE organization_id = ?"
        " AND id IN (SELECT value FROM json_each(?))",
        org["id"],
        access.json_ids(users),
    )
    return {row["id"] for row in rows} == set(users)


def _save(
    call: Call,
    org: sqlite3.Row,
    group_id: str,
    collections: list[Selection],
    users: list[str],
) -> None:
    db = call.world.db
    db.run("DELETE FROM collection_groups WHERE group_id = ?", group_id)
    for one in collections:
        selections.give_groups(
            call.world,
            one.id,
            [Selection(group_id, one.read_only, one.hide_passwords, one.manage)],
        )
    db.run("DELETE FROM group_users WHERE group_id = ?", group_id)
    db.many(
        "INSERT OR IGNORE INTO group_users SELECT ?, id FROM members"
        " WHERE id = ? AND organization_id = ?",
        ((group_id, member_id, org["id"]) for member_id in users),
    )
    call.world.touch_members(org["id"])


def _log_member(call: Call, org: sqlite3.Row, member_id: str) -> None:
    call.world.event(
        events.MEMBER_GROUPS,
        acting=call.who.user_id,
        organization=org["id"],
        organizationUserId=member_id,
    )


def delete(call: Call) -> Answer:
    """`DELETE /organizations/{organization}/groups/{id}`."""
    org = access.require(call, "managegroups")
    _remove(call, org, [_row(call, org)["id"]])
    return done()


def delete_many(call: Call) -> Answer:
    """`DELETE /organizations/{organization}/groups`."""
    org = access.require(call, "managegroups")
    form = call.form()
    ids = form.guids("ids", required=True) or []
    form.check()
    known = {row["id"] for row in _rows(call, org["id"])}
    if not set(ids) <= known:
        raise not_found()
    _remove(call, org, ids)
    return done()


def _remove(call: Call, org: sqlite3.Row, ids: list[str]) -> None:
    for group_id in ids:
        for sql in (
            "DELETE FROM group_users WHERE group_id = ?",
            "DELETE FROM collection_groups WHERE group_id = ?",
            "DELETE FROM groups WHERE id = ?",
        ):
            call.world.db.run(sql, group_id)
        call.world.event(
            events.GROUP_DELETED,
            acting=call.who.user_id,
            organization=org["id"],
            groupId=group_id,
        )
    call.world.touch_members(org["id"])


def delete_user(call: Call) -> Answer:
    """`DELETE /organizations/{organization}/groups/{id}/user/{member}`."""
    org = access.require(call, "managegroups")
    row = _row(call, org)
    member_id = call.id("member")
    call.world.db.run(
        "DELETE FROM group_users WHERE group_id = ? AND member_id = ?", row["id"], member_id
    )
    _log_member(call, org, member_id)
    call.world.touch_members(org["id"])
    return done()


_BASE = "/api/organizations/{organization}/groups"
ROUTES = (
    Route("GET", _BASE, get_all),
    Route("POST", _BASE, post),
    Route("DELETE", _BASE, delete_many),
    Route("POST", _BASE + "/delete", delete_many),
    Route("GET", _BASE + "/details", get_details),
    Route("GET", _BASE + "/{id}", get),
    Route("PUT", _BASE + "/{id}", put),
    Route("POST", _BASE + "/{id}", put),
    Route("DELETE", _BASE + "/{id}", delete),
    Route("GET", _BASE + "/{id}/details", get_one_details),
    Route("GET", _BASE + "/{id}/users", get_users),
    Route("DELETE", _BASE + "/{id}/user/{member}", delete_user),
)
