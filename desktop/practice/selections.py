"""Access selections: who reaches which collection, and how far."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from desktop.practice.errors import bad_request
from desktop.practice.forms import Form, guid
from desktop.practice.world import World

_ALONE = (
    "The Manage property is mutually exclusive and cannot be true while the ReadOnly or"
    " HidePasswords properties are also true."
)


@dataclass(frozen=True)
class Selection:
    """One line of an access list; `id` is a collection, group or member."""

    id: str
    read_only: bool
    hide_passwords: bool
    manage: bool

    @property
    def flags(self) -> tuple[bool, bool, bool]:
        return self.read_only, self.hide_passwords, self.manage


def read(form: Form, key: str) -> list[Selection] | None:
    """The selections of a body, or None when the list is absent; the last of equal ids counts."""
    entries = form.forms(key)
    if entries is None:
        return None
    found: dict[str, Selection] = {}
    for entry in entries:
        one = guid(entry.raw("id"))
        if one is None:
            entry.fault("id", "The Id field is required.")
            continue
        found[one] = Selection(
            one, entry.flag("readOnly"), entry.flag("hidePasswords"), entry.flag("manage")
        )
    return list(found.values())


def check_alone(selections: list[Selection] | None) -> None:
    """Can manage excludes both restrictions; 400."""
    if any(one.manage and (one.read_only or one.hide_passwords) for one in selections or ()):
        raise bad_request(_ALONE)


def model(row: sqlite3.Row, column: str) -> dict[str, Any]:
    """A selection as the wire shows it."""
    return {
        "id": row[column],
        "readOnly": bool(row["read_only"]),
        "hidePasswords": bool(row["hide_passwords"]),
        "manage": bool(row["manage"]),
    }


def by_collection(world: World, organization_id: str, kind: str) -> dict[str, list[dict[str, Any]]]:
    """Collection → its selections; `kind` is `users` or `groups`."""
    return _grouped(world, _BY[kind, "collection"], organization_id, "collection_id", _OTHER[kind])


def by_member(world: World, organization_id: str) -> dict[str, list[dict[str, Any]]]:
    """Member → the shared collections given to them directly."""
    return _grouped(world, _BY["users", "member"], organization_id, "member_id", "collection_id")


def by_group(world: World, organization_id: str) -> dict[str, list[dict[str, Any]]]:
    """Group → its collections."""
    sql = _BY["groups", "collection"]
    return _grouped(world, sql, organization_id, "group_id", "collection_id")


_OTHER = {"users": "member_id", "groups": "group_id"}
_BY = {
    ("users", "collection"): (
        "SELECT a.* FROM collection_users a JOIN collections c ON c.id = a.collection_id"
        " WHERE c.organization_id = ?"
    ),
    ("users", "member"): (
        "SELECT a.* FROM collection_users a JOIN collections c ON c.id = a.collection_id"
        " WHERE c.organization_id = ? AND c.type = 0"
    ),
    ("groups", "collection"): (
        "SELECT a.* FROM collection_groups a JOIN collections c ON c.id = a.collection_id"
        " WHERE c.organization_id = ?"
    ),
}


def _grouped(
    world: World, sql: str, organization_id: str, owner: str, other: str
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in world.db.rows(sql, organization_id):
        found.setdefault(row[owner], []).append(model(row, other))
    return found


def give_users(world: World, collection_id: str, users: list[Selection]) -> None:
    """Add or change direct access; members of other organizations are passed over."""
    world.db.many(
        "INSERT OR REPLACE INTO collection_users SELECT c.id, m.id, ?, ?, ? FROM collections c"
        " JOIN members m ON m.organization_id = c.organization_id WHERE c.id = ? AND m.id = ?",
        ((*one.flags, collection_id, one.id) for one in users),
    )


def give_groups(world: World, collection_id: str, groups: list[Selection]) -> None:
    """Add or change access through groups; groups of other organizations are passed over."""
    world.db.many(
        "INSERT OR REPLACE INTO collection_groups SELECT c.id, g.id, ?, ?, ? FROM collections c"
        " JOIN groups g ON g.organization_id = c.organization_id WHERE c.id = ? AND g.id = ?",
        ((*one.flags, collection_id, one.id) for one in groups),
    )
