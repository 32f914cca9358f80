"""Collections of an organization and who reaches them."""

from __future__ import annotations

import sqlite3
from typing import Any

from desktop.domain.enums import CollectionType
from desktop.practice import access, events, selections
from desktop.practice.db import new_id
from desktop.practice.errors import bad_request, not_found
from desktop.practice.selections import Selection
from desktop.practice.vault import user_collections
from desktop.practice.web import Answer, Call, Route, done, listing, reply

NEEDS_MANAGER = "At least one member or group must have can manage permission."


def _model(row: sqlite3.Row, kind: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "organizationId": row["organization_id"],
        "name": row["name"],
        "externalId": row["external_id"],
        "type": row["type"],
        "defaultUserCollectionEmail": row["default_user_email"],
        "object": kind,
    }


def _rows(call: Call, organization_id: str) -> list[sqlite3.Row]:
    return call.world.db.rows(
        "SELECT * FROM collections WHERE organization_id = ? AND type = ? ORDER BY rowid",
        organization_id,
        int(CollectionType.SHARED),
    )


def _row(call: Call, org: sqlite3.Row) -> sqlite3.Row:
    found = call.world.db.row(
        "SELECT * FROM collections WHERE id = ? AND organization_id = ?", call.id("id"), org["id"]
    )
    if found is None:
        raise not_found()
    return found


def _reads_all(call: Call, organization_id: str, *permissions: str) -> bool:
    role = call.who.role(organization_id)
    return (
        role in ("owner", "admin")
        or any(call.who.may(one, organization_id) for one in permissions)
        or access.is_provider_of(call, organization_id)
    )


def get_all(call: Call) -> Answer:
    """`GET /organizations/{organization}/collections`."""
    org = access.organization(call)
    rows = _rows(call, org["id"])
    if not _reads_all(
        call, org["id"], "editanycollection", "deleteanycollection", "accessimportexport"
    ):
        mine = access.managed_collections(call, org["id"])
        rows = [row for row in rows if row["id"] in mine]
    return listing([_model(row, "collection") for row in rows])


def get_details(call: Call) -> Answer:
    """All with their access lists; read by a provider this writes two events."""
    org = access.organization(call)
    if access.is_provider_of(call, org["id"]):
        _log_access(call, org["id"])
    found = _details(call, org, _rows(call, org["id"]))
    if not _reads_all(call, org["id"], "editanycollection", "deleteanycollection", "manageusers"):
        found = [one for one in found if one["manage"]]
    return listing(found)


def _log_access(call: Call, organization_id: str) -> None:
    who = call.who.user_id
    own = call.world.db.row(
        "SELECT * FROM provider_organizations WHERE organization_id = ?", organization_id
    )
    call.world.event(events.VAULT_ACCESSED, acting=who, organization=organization_id)
    if own is not None:
        call.world.event(
            events.CLIENT_ACCESSED,
            acting=who,
            provider=own["provider_id"],
            providerOrganizationId=own["id"],
        )


def _details(call: Call, org: sqlite3.Row, rows: list[sqlite3.Row]) -> list[dict[str, Any]]:
    mine = {one["id"]: one for one in user_collections(call.world, call.who.user_id)}
    users = selections.by_collection(call.world, org["id"], "users")
    groups = selections.by_collection(call.world, org["id"], "groups")
    return [
        _detail(row, mine.get(row["id"]), users.get(row["id"], []), groups.get(row["id"], []))
        for row in rows
    ]


def _detail(
    row: sqlite3.Row,
    own: dict[str, Any] | None,
    users: list[dict[str, Any]],
    groups: list[dict[str, Any]],
) -> dict[str, Any]:
    return {
        **_model(row, "collectionAccessDetails"),
        "groups": groups,
        "users": users,
        "assigned": own is not None,
        "readOnly": own is not None and own["readOnly"],
        "hidePasswords": own is not None and own["hidePasswords"],
        "manage": own is not None and own["manage"],
        "unmanaged": not any(one["manage"] for one in (*users, *groups)),
    }


def _bare(row: sqlite3.Row) -> dict[str, Any]:
    """What a provider gets back from a write: the collection without its access lists."""
    return {
        **_model(row, "collectionAccessDetails"),
        "groups": None,
        "users": None,
        "assigned": False,
        "readOnly": False,
        "hidePasswords": False,
        "manage": False,
        "unmanaged": False,
    }


def _may_read(call: Call, org: sqlite3.Row, collection_id: str) -> bool:
    return _reads_all(
        call, org["id"], "editanycollection", "deleteanycollection"
    ) or collection_id in access.managed_collections(call, org["id"])


def get(call: Call) -> Answer:
    """`GET /organizations/{organization}/collections/{id}`."""
    org = access.organization(call)
    row = _row(call, org)
    if not _may_read(call, org, row["id"]):
        raise not_found()
    return reply(_model(row, "collection"))


def get_one_details(call: Call) -> Answer:
    """`GET /organizations/{organization}/collections/{id}/details`."""
    org = access.organization(call)
    row = _row(call, org)
    if not _may_read(call, org, row["id"]):
        raise not_found()
    return reply(_details(call, org, [row])[0])


def get_users(call: Call) -> Answer:
    """A bare array of access selections."""
    org = access.organization(call)
    row = _row(call, org)
    if not _may_read(call, org, row["id"]):
        raise not_found()
    return reply(selections.by_collection(call.world, org["id"], "users").get(row["id"], []))


def post(call: Call) -> Answer:
    """`POST /organizations/{organization}/collections`."""
    form = call.form()
    name = form.needed("name", encrypted=1000)
    external = form.text("externalId", longest=300)
    groups, users = selections.read(form, "groups"), selections.read(form, "users")
    form.check()
    org = access.organization(call)
    if not access.may_create_collections(call, org):
        raise not_found()
    selections.check_alone(groups)
    _check_managed(org, groups or [], users or [])
    _check_room(call, org)
    collection_id, stamp = new_id(), call.world.clock.stamp()
    call.world.db.run(
        "INSERT INTO collections (id, organization_id, name, external_id, created, revised)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        collection_id,
        org["id"],
        name,
        external,
        stamp,
        stamp,
    )
    selections.give_groups(call.world, collection_id, groups or [])
    selections.give_users(call.world, collection_id, users or [])
    _written(call, org, events.COLLECTION_CREATED, collection_id)
    return _told(call, org, collection_id)


def _told(call: Call, org: sqlite3.Row, collection_id: str) -> Answer:
    row = call.world.db.row("SELECT * FROM collections WHERE id = ?", collection_id)
    if row is None:
        raise not_found()
    if call.who.role(org["id"]) is None or not _may_read(call, org, collection_id):
        return reply(_bare(row))
    return reply(_details(call, org, [row])[0])


def _check_managed(org: sqlite3.Row, groups: list[Selection], users: list[Selection]) -> None:
    if org["allow_admin_access"]:
        return
    if not any(one.manage for one in (*groups, *users)):
        raise bad_request(NEEDS_MANAGER)


def _check_room(call: Call, org: sqlite3.Row) -> None:
    if org["max_collections"] is None:
        return
    if org["max_collections"] <= len(_rows(call, org["id"])):
        raise bad_request(
            "You have reached the maximum number of collections"
            f" ({org['max_collections']}) for this organization."
        )


def _written(call: Call, org: sqlite3.Row, kind: int, *ids: str) -> None:
    for collection_id in ids:
        call.world.event(
            kind,
            acting=call.who.user_id,
            organization=org["id"],
            collectionId=collection_id,
        )
    call.world.touch_members(org["id"])


def put(call: Call) -> Answer:
    """A given list replaces that side of the access; an absent one leaves it."""
    form = call.form()
    name = form.text("name", encrypted=1000)
    external = form.text("externalId", longest=300)
    groups, users = selections.read(form, "groups"), selections.read(form, "users")
    form.check()
    org = access.organization(call)
    row = _row(call, org)
    if not access.may_change_collections(call, org, {row["id"]}):
        raise not_found()
    if row["type"] == CollectionType.DEFAULT_USER:
        raise bad_request("You cannot edit a collection with the type as DefaultUserCollection.")
    selections.check_alone(groups)
    _check_managed(
        org,
        _held(call, org, row["id"], "groups") if groups is None else groups,
        _held(call, org, row["id"], "users") if users is None else users,
    )
    db = call.world.db
    db.run(
        "UPDATE collections SET name = COALESCE(?, name), external_id = ?, revised = ?"
        " WHERE id = ?",
        (name or "").strip() or None,
        external,
        call.world.clock.stamp(),
        row["id"],
    )
    if groups is not None:
        db.run("DELETE FROM collection_groups WHERE collection_id = ?", row["id"])
        selections.give_groups(call.world, row["id"], groups)
    if users is not None:
        db.run("DELETE FROM collection_users WHERE collection_id = ?", row["id"])
        selections.give_users(call.world, row["id"], users)
    _written(call, org, events.COLLECTION_UPDATED, row["id"])
    return _told(call, org, row["id"])


def _held(call: Call, org: sqlite3.Row, collection_id: str, kind: str) -> list[Selection]:
    held = selections.by_collection(call.world, org["id"], kind).get(collection_id, [])
    return [
        Selection(one["id"], one["readOnly"], one["hidePasswords"], one["manage"]) for one in held
    ]


def bulk_access(call: Call) -> Answer:
    """Adds or changes access of several collections; removes nothing."""
    form = call.form()
    ids = form.guids("collectionIds", required=True) or []
    groups, users = selections.read(form, "groups"), selections.read(form, "users")
    form.check()
    org = access.organization(call)
    if access.known_collections(call, org, set(ids)) != set(ids):
        raise not_found()
    if not ids or not access.may_change_collections(call, org, set(ids)):
        raise not_found()
    _check_parties(call, org, users, "members", "users")
    _check_parties(call, org, groups, "groups", "groups")
    for collection_id in ids:
        selections.give_groups(call.world, collection_id, groups or [])
        selections.give_users(call.world, collection_id, users or [])
    _written(call, org, events.COLLECTION_UPDATED, *ids)
    return done()


_OWNERS = {
    "members": "SELECT organization_id FROM members WHERE id = ?",
    "groups": "SELECT organization_id FROM groups WHERE id = ?",
}


def _check_parties(
    call: Call, org: sqlite3.Row, chosen: list[Selection] | None, table: str, word: str
) -> None:
    for one in chosen or []:
        owner = call.world.db.value(_OWNERS[table], one.id)
        if owner is None:
            raise bad_request(f"One or more {word} do not exist.")
        if owner != org["id"]:
            raise bad_request(
                f"One or more {word} do not belong to the same organization as the collection"
                " being assigned."
            )


def delete(call: Call) -> Answer:
    """`DELETE /organizations/{organization}/collections/{id}`."""
    org = access.organization(call)
    row = _row(call, org)
    _remove(call, org, [row["id"]])
    return done()


def delete_many(call: Call) -> Answer:
    """`DELETE /organizations/{organization}/collections`."""
    form = call.form()
    ids = form.guids("ids", required=True) or []
    form.check()
    org = access.organization(call)
    known = access.known_collections(call, org, set(ids))
    if not known:
        raise not_found()
    _remove(call, org, sorted(known))
    return done()


def _remove(call: Call, org: sqlite3.Row, ids: list[str]) -> None:
    if not _may_delete(call, org, set(ids)):
        raise not_found()
    db = call.world.db
    for collection_id in ids:
        kind = db.value("SELECT type FROM collections WHERE id = ?", collection_id)
        if kind == CollectionType.DEFAULT_USER:
            raise bad_request(
                "You cannot delete a collection with the type as DefaultUserCollection."
            )
        for sql in (
            "DELETE FROM collection_users WHERE collection_id = ?",
            "DELETE FROM collection_groups WHERE collection_id = ?",
            "DELETE FROM collection_ciphers WHERE collection_id = ?",
            "DELETE FROM collections WHERE id = ?",
        ):
            db.run(sql, collection_id)
    _written(call, org, events.COLLECTION_DELETED, *ids)


def _may_delete(call: Call, org: sqlite3.Row, ids: set[str]) -> bool:
    if call.who.may("deleteanycollection", org["id"]) or access.is_provider_of(call, org["id"]):
        return True
    role = call.who.role(org["id"])
    if role is None or (org["limit_collection_deletion"] and role not in ("owner", "admin")):
        return False
    return access.may_change_collections(call, org, ids)


def mine(call: Call) -> Answer:
    """`GET /collections`."""
    return listing(user_collections(call.world, call.who.user_id))


_BASE = "/api/organizations/{organization}/collections"
ROUTES = (
    Route("GET", "/api/collections", mine),
    Route("GET", _BASE, get_all),
    Route("POST", _BASE, post),
    Route("DELETE", _BASE, delete_many),
    Route("POST", _BASE + "/delete", delete_many),
    Route("GET", _BASE + "/details", get_details),
    Route("POST", _BASE + "/bulk-access", bulk_access),
    Route("GET", _BASE + "/{id}", get),
    Route("PUT", _BASE + "/{id}", put),
    Route("POST", _BASE + "/{id}", put),
    Route("DELETE", _BASE + "/{id}", delete),
    Route("GET", _BASE + "/{id}/details", get_one_details),
    Route("GET", _BASE + "/{id}/users", get_users),
)
