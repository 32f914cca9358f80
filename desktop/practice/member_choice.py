"""What the bulk calls on members share: which are meant, and how the answer tells of each."""

from __future__ import annotations

import sqlite3

from desktop.practice import access
from desktop.practice.web import Answer, Call, listing

#: the permission that custom roles need for members
MANAGE = "manageusers"


def log(call: Call, org: sqlite3.Row, kind: int, member_id: str) -> None:
    """An event about one member."""
    call.world.event(
        kind,
        acting=call.who.user_id,
        organization=org["id"],
        organizationUserId=member_id,
    )


def ids(call: Call) -> list[str]:
    """The `ids` of a bulk request; 400 when there are none."""
    form = call.form()
    found = form.guids("ids", required=True)
    if found == []:
        form.fault(
            "ids",
            "The field Ids must be a string or array type with a minimum length of '1'.",
        )
    form.check()
    return found or []


def chosen(call: Call, wanted: list[str]) -> list[sqlite3.Row]:
    """Members with these ids, whatever their organization."""
    return call.world.db.rows(
        "SELECT * FROM members WHERE id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        access.json_ids(wanted),
    )


def bulk(results: list[tuple[str, str]]) -> Answer:
    """One line per member; an empty error is success."""
    return listing(
        [
            {"id": one, "error": error, "object": "OrganizationBulkConfirmResponseModel"}
            for one, error in results
        ]
    )
