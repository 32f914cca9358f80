"""Reading items: everybody's own through sync, all of a client's for its admins and provider."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from desktop.practice.access import json_ids, may
from desktop.practice.errors import not_found
from desktop.practice.forms import guid
from desktop.practice.policies import policy_model
from desktop.practice.web import JSON_TYPE, Answer, Call, Route
from desktop.practice.world import World

_encoder = msgspec.json.Encoder()


def organization_details(call: Call) -> Answer:
    """All items of an organization, as ciphertext, except those only in somebody's My items."""
    organization_id = guid(call.asked("organizationId")) or ""
    allowed = may(call, organization_id, "accessimportexport", "editanycollection", "accessreports")
    if not allowed or not call.world.item_listing:
        raise not_found()
    placed = _placed(
        call.world, organization_id, default_user=call.asked_flag("includeMemberItems")
    )
    hidden = _only_in_default(call.world, organization_id)
    if call.asked_flag("includeMemberItems"):
        hidden = set()
    rows = call.world.db.rows(
        "SELECT id, core FROM ciphers WHERE organization_id = ? ORDER BY rowid", organization_id
    )
    parts = [
        b'{"object":"cipherMiniDetails",%b,"collectionIds":%b}'
        % (row["core"], placed.get(row["id"], b"[]"))
        for row in rows
        if row["id"] not in hidden
    ]
    body = b'{"data":[%b],"continuationToken":null,"object":"list"}' % b",".join(parts)
    return Answer(200, body, JSON_TYPE)


def _placed(world: World, organization_id: str, *, default_user: bool) -> dict[str, bytes]:
    """Item → its collections as a JSON array."""
    rows = world.db.rows(
        "SELECT cc.cipher_id, json_group_array(cc.collection_id) AS places"
        " FROM collection_ciphers cc JOIN collections c ON c.id = cc.collection_id"
        " WHERE c.organization_id = ? AND (c.type = 0 OR ?) GROUP BY cc.cipher_id",
        organization_id,
        default_user,
    )
    return {row["cipher_id"]: row["places"].encode() for row in rows}


def _only_in_default(world: World, organization_id: str) -> set[str]:
    rows = world.db.rows(
        "SELECT cc.cipher_id FROM collection_ciphers cc JOIN collections c"
        " ON c.id = cc.collection_id WHERE c.organization_id = ?"
        " GROUP BY cc.cipher_id HAVING MIN(c.type) = 1",
        organization_id,
    )
    return {row["cipher_id"] for row in rows}


def user_collections(world: World, user_id: str) -> list[dict[str, Any]]:
    """Collections a user reaches as a confirmed member, directly or through a group."""
    rows = world.db.rows(
        "SELECT c.*, MIN(a.read_only) AS read_only, MIN(a.hide_passwords) AS hide_passwords,"
        " MAX(a.manage) AS manage FROM ("
        "  SELECT cu.collection_id, cu.read_only, cu.hide_passwords, cu.manage"
        "   FROM collection_users cu JOIN members m ON m.id = cu.member_id"
        "   WHERE m.user_id = ?1 AND m.status = 2"
        "  UNION ALL SELECT cg.collection_id, cg.read_only, cg.hide_passwords, cg.manage"
        "   FROM collection_groups cg JOIN group_users gu ON gu.group_id = cg.group_id"
        "   JOIN members m ON m.id = gu.member_id WHERE m.user_id = ?1 AND m.status = 2"
        " ) a JOIN collections c ON c.id = a.collection_id"
        " JOIN organizations o ON o.id = c.organization_id AND o.enabled = 1"
        " GROUP BY c.id ORDER BY c.rowid",
        user_id,
    )
    return [
        {
            "id": row["id"],
            "organizationId": row["organization_id"],
            "name": row["name"],
            "externalId": row["external_id"],
            "type": row["type"],
            "defaultUserCollectionEmail": row["default_user_email"],
            "readOnly": bool(row["read_only"]),
            "hidePasswords": bool(row["hide_passwords"]),
            "manage": bool(row["manage"]),
            "object": "collectionDetails",
        }
        for row in rows
    ]


def sync_answer(world: World, user: sqlite3.Row, answer: dict[str, Any]) -> Answer:
    """Complete a sync answer: collections, policies and only the items assigned to this user."""
    collections = user_collections(world, user["id"])
    answer["collections"] = collections
    policies = [policy_model(row) for row in _policies(world, user["id"])]
    answer["policies"] = answer["policiesNew"] = policies
    parts = _assigned_items(world, {one["id"]: one for one in collections})
    parts += [
        b'{"object":"cipherDetails",%b,%b,"collectionIds":[]}'
        % (row["core"], _rights(True, True, True, bool(row["favorite"])))
        for row in world.db.rows("SELECT core, favorite FROM ciphers WHERE user_id = ?", user["id"])
    ]
    head = _encoder.encode(answer)[:-1]
    return Answer(200, head + b',"ciphers":[' + b",".join(parts) + b"]}", JSON_TYPE)


def _policies(world: World, user_id: str) -> list[sqlite3.Row]:
    return world.db.rows(
        "SELECT p.* FROM policies p JOIN members m ON m.organization_id = p.organization_id"
        " WHERE m.user_id = ? AND m.status = 2",
        user_id,
    )


def _assigned_items(world: World, mine: dict[str, dict[str, Any]]) -> list[bytes]:
    rows = world.db.rows(
        "SELECT c.core, x.places FROM ciphers c JOIN ("
        " SELECT cipher_id, json_group_array(collection_id) AS places FROM collection_ciphers"
        " WHERE collection_id IN (SELECT value FROM json_each(?)) GROUP BY cipher_id) x"
        " ON x.cipher_id = c.id ORDER BY c.rowid",
        json_ids(list(mine)),
    )
    parts = []
    rights: dict[str, bytes] = {}
    for row in rows:
        places = row["places"]
        if places not in rights:
            held = [mine[place] for place in msgspec.json.decode(places)]
            rights[places] = _rights(
                edit=any(not one["readOnly"] for one in held),
                view=any(not one["hidePasswords"] for one in held),
                manage=any(one["manage"] for one in held),
                favorite=False,
            )
        parts.append(
            b'{"object":"cipherDetails",%b,%b,"collectionIds":%b}'
            % (row["core"], rights[places], places.encode())
        )
    return parts


def _rights(edit: bool, view: bool, manage: bool, favorite: bool) -> bytes:
    return _encoder.encode(
        {
            "folderId": None,
            "favorite": favorite,
            "edit": edit,
            "viewPassword": view,
            "archivedDate": None,
            "permissions": {"delete": manage or edit, "restore": manage or edit},
        }
    )[1:-1]


ROUTES = (Route("GET", "/api/ciphers/organization-details", organization_details),)
