"""Importing into an organization: one request, all of it or nothing, silent where official is."""

from __future__ import annotations

import gc
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.enums import CollectionType
from desktop.practice import access
from desktop.practice.db import new_id
from desktop.practice.errors import bad_request, not_found, server_error, unauthorized
from desktop.practice.forms import Form, guid
from desktop.practice.vault_items import Item, ItemReader, core
from desktop.practice.web import Answer, Call, Route, done

CIPHERS, RELATIONSHIPS, COLLECTIONS = 40_000, 80_000, 2_000
FOLDERS, FOLDER_RELATIONSHIPS = 2_000, 80_000


@dataclass
class _Request:
    """The checked body."""

    items: list[Item | None] = field(default_factory=list)
    collections: list[tuple[str | None, str, str | None]] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)


def import_organization(call: Call) -> Answer:
    """`POST /ciphers/import-organization?organizationId=`."""
    organization_id = guid(call.asked("organizationId"))
    if organization_id is None:
        raise server_error()
    # Half a million young objects: looking for cycles among them doubles the time.
    gc.disable()
    try:
        return _import(call, organization_id)
    finally:
        gc.enable()


def _import(call: Call, organization_id: str) -> Answer:
    request = _read(call.form())
    org = call.world.db.row("SELECT * FROM organizations WHERE id = ?", organization_id)
    _authorize(call, organization_id, org, request)
    if None in request.items:
        raise server_error()
    if not request.collections and not request.items:
        raise bad_request("No organization ID found in the import data.")
    if org is None:
        raise not_found()
    member = call.world.db.value(
        "SELECT id FROM members WHERE organization_id = ? AND user_id = ?",
        organization_id,
        call.who.user_id,
    )
    if member is None and not access.is_provider_of(call, organization_id):
        raise unauthorized()
    _check_room(call, org, request)
    if request.items:
        _store(call, org, request, member)
        call.world.touch_members(organization_id)
    return done()


def _read(form: Form) -> _Request:
    """Model validation of the whole body, then the cloud's limits."""
    request = _Request()
    ciphers = _list(form, "ciphers")
    reader = ItemReader(form.faults)
    for place, raw in enumerate(ciphers):
        if isinstance(raw, dict):
            request.items.append(reader.read(raw, f"Ciphers[{place}]."))
    for entry in form.forms("collections") or []:
        name = entry.needed("name", encrypted=1000)
        external = entry.text("externalId", longest=300)
        request.collections.append((guid(entry.raw("id")), name, external))
    request.pairs = [
        (raw.get("key", 0), raw.get("value", 0))
        for raw in _list(form, "collectionRelationships")
        if isinstance(raw, dict)
    ]
    form.check()
    too_much = (
        len(ciphers) > CIPHERS
        or len(request.pairs) > RELATIONSHIPS
        or len(request.collections) > COLLECTIONS
        or len(_list(form, "folders")) > FOLDERS
        or len(_list(form, "folderRelationships")) > FOLDER_RELATIONSHIPS
    )
    if too_much:
        raise bad_request("You cannot import this much data at once.")
    return request


def _list(form: Form, key: str) -> list[Any]:
    value = form.raw(key)
    return value if isinstance(value, list) else []


def _authorize(
    call: Call, organization_id: str, org: sqlite3.Row | None, request: _Request
) -> None:
    """Import rights, else create rights on new and edit rights on existing collections."""
    if access.may(call, organization_id, "accessimportexport"):
        return
    refusal = bad_request("Not enough privileges to import into this organization.")
    if org is None:
        raise refusal
    wanted = {one for one, _name, _external in request.collections if one is not None}
    known = access.known_collections(call, org, wanted)
    has_new = any(one not in known for one, _name, _external in request.collections)
    if has_new and not access.may_create_collections(call, org):
        raise refusal
    if known and not access.may_change_collections(call, org, known):
        raise refusal
    if not has_new and not known:
        raise refusal


def _check_room(call: Call, org: sqlite3.Row, request: _Request) -> None:
    """The collection limit counts every collection of the request, known ones too."""
    if not request.collections or org["max_collections"] is None:
        return
    count = call.world.db.value(
        "SELECT COUNT(*) FROM collections WHERE organization_id = ? AND type = ?",
        org["id"],
        int(CollectionType.SHARED),
    )
    if org["max_collections"] < count + len(request.collections):
        raise bad_request(
            f"This organization can only have a maximum of {org['max_collections']} collections."
        )


def _store(call: Call, org: sqlite3.Row, request: _Request, member: str | None) -> None:
    db, stamp = call.world.db, call.world.clock.stamp()
    wanted = {one for one, _name, _external in request.collections if one is not None}
    known = access.known_collections(call, org, wanted)
    ids: list[str] = []
    fresh: list[tuple[object, ...]] = []
    for given, name, external in request.collections:
        collection_id = given if given in known and given is not None else new_id()
        ids.append(collection_id)
        if collection_id not in known:
            fresh.append((collection_id, org["id"], name, external, stamp, stamp))
    db.many(
        "INSERT INTO collections (id, organization_id, name, external_id, created, revised)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        fresh,
    )
    if member is not None:
        db.many(
            "INSERT INTO collection_users VALUES (?, ?, 0, 0, 1)",
            ((row[0], member) for row in fresh),
        )
    item_ids = [new_id() for _item in request.items]
    lost = call.drop_items
    db.many(
        "INSERT INTO ciphers (id, organization_id, name, core) VALUES (?, ?, ?, ?)",
        (
            (
                item_id,
                org["id"],
                item.name,
                core(item, item_id=item_id, organization_id=org["id"], stamp=stamp),
            )
            for item_id, item in zip(item_ids[lost:], request.items[lost:], strict=True)
            if item is not None
        ),
    )
    db.many(
        "INSERT OR IGNORE INTO collection_ciphers VALUES (?, ?)",
        (
            (ids[collection], item_ids[item])
            for item, collection in request.pairs
            if lost <= item < len(item_ids) and 0 <= collection < len(ids)
        ),
    )


ROUTES = (Route("POST", "/api/ciphers/import-organization", import_organization),)
