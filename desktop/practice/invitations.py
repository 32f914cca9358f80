"""Inviting into an organization: seats, silent skips, mails, acceptance."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

import msgspec

from desktop.domain.enums import OrganizationUserStatus, OrganizationUserType, PolicyType
from desktop.practice import selections
from desktop.practice.access import json_ids
from desktop.practice.db import new_id
from desktop.practice.errors import bad_request
from desktop.practice.profile import has_two_step
from desktop.practice.selections import Selection
from desktop.practice.web import Call
from desktop.practice.world import World

NO_SEATS = "Seat limit has been reached. Please contact your provider to add more seats."


@dataclass(frozen=True)
class Invitation:
    """Somebody to invite."""

    email: str
    role: int
    permissions: str | None
    collections: list[Selection]
    groups: list[str]


def occupied(world: World, organization_id: str) -> int:
    """Seats in use: everybody but the revoked and the merely staged."""
    count: int = world.db.value(
        "SELECT COUNT(*) FROM members WHERE organization_id = ? AND status IN (0, 1, 2)",
        organization_id,
    )
    return count


def invite(call: Call, org: sqlite3.Row, invitations: list[Invitation]) -> list[str]:
    """Add and mail those not known yet; 400 when seats are short. The new members' ids."""
    world = call.world
    there = known(world, org["id"], [one.email for one in invitations])
    if org["seats"] is not None:
        needed = len(invitations) - len(there)
        if needed > org["seats"] - occupied(world, org["id"]):
            raise bad_request(NO_SEATS)
    added = []
    for one in invitations:
        if one.email.lower() in there:
            continue
        there.add(one.email.lower())
        added.append(_add(world, org, one))
    for member_id in added:
        send(world, org, member_id)
    return added


def known(world: World, organization_id: str, emails: list[str]) -> set[str]:
    """Which of these addresses are in the organization already, in lower case."""
    rows = world.db.rows(
        "SELECT LOWER(COALESCE(u.email, m.email)) AS address FROM members m"
        " LEFT JOIN users u ON u.id = m.user_id WHERE m.organization_id = ?"
        " AND address IN (SELECT value FROM json_each(?))",
        organization_id,
        msgspec.json.encode([email.lower() for email in emails]).decode(),
    )
    return {row["address"] for row in rows}


def _add(world: World, org: sqlite3.Row, one: Invitation) -> str:
    member_id, stamp = new_id(), world.clock.stamp()
    world.db.run(
        "INSERT INTO members (id, organization_id, email, type, status, token, permissions,"
        " created, revised) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        member_id,
        org["id"],
        one.email.lower(),
        one.role,
        int(OrganizationUserStatus.INVITED),
        secrets.token_urlsafe(32),
        one.permissions,
        stamp,
        stamp,
    )
    give(world, member_id, one.collections)
    join(world, org["id"], member_id, one.groups)
    return member_id


def give(world: World, member_id: str, collections: list[Selection]) -> None:
    """Direct access of one member."""
    for one in collections:
        selections.give_users(
            world,
            one.id,
            [Selection(member_id, one.read_only, one.hide_passwords, one.manage)],
        )


def join(world: World, organization_id: str, member_id: str, groups: list[str]) -> None:
    """Put a member into groups of the organization."""
    world.db.run(
        "INSERT OR IGNORE INTO group_users SELECT id, ? FROM groups WHERE organization_id = ?"
        " AND id IN (SELECT value FROM json_each(?))",
        member_id,
        organization_id,
        json_ids(groups),
    )


def send(world: World, org: sqlite3.Row, member_id: str) -> None:
    """The invitation mail, first or again."""
    row = world.db.row("SELECT * FROM members WHERE id = ?", member_id)
    if row is not None:
        world.mail(
            "organization_invitation",
            row["email"],
            f"Join {org['name']}",
            organizationId=org["id"],
            memberId=member_id,
            token=row["token"],
        )


def enrols(world: World, organization_id: str) -> bool:
    """Whether the account-recovery policy enrols everybody who accepts."""
    row = world.db.row(
        "SELECT enabled, data FROM policies WHERE organization_id = ? AND type = ?",
        organization_id,
        int(PolicyType.ACCOUNT_RECOVERY),
    )
    if row is None or not row["enabled"] or row["data"] is None:
        return False
    return bool(msgspec.json.decode(row["data"]).get("autoEnrollEnabled"))


def accept_as(
    world: World, member_id: str, user: sqlite3.Row, token: str, reset_key: str | None = None
) -> None:
    """What accept does, for the endpoint and for the people of the inbox."""
    row = world.db.row("SELECT * FROM members WHERE id = ?", member_id)
    if row is None:
        raise bad_request("User invalid.")
    held = (row["token"] or "").encode()
    if row["status"] == OrganizationUserStatus.REVOKED:
        raise bad_request("Your organization access has been revoked.")
    if row["status"] == OrganizationUserStatus.ACCEPTED:
        raise bad_request(
            "You have already accepted this invitation. You will be notified by email when your"
            " organization membership is confirmed."
        )
    if row["status"] != OrganizationUserStatus.INVITED:
        raise bad_request("You are already part of this organization.")
    if not secrets.compare_digest(token.encode(), held):
        raise bad_request("Invalid token.")
    if (row["email"] or "").lower() != user["email"].lower():
        raise bad_request("User email does not match invite.")
    problem = _hindrance(world, row, user)
    if problem is not None:
        raise bad_request(problem)
    world.db.run(
        "UPDATE members SET status = ?, user_id = ?, email = NULL, token = NULL,"
        " reset_password_key = ?, revised = ? WHERE id = ?",
        int(OrganizationUserStatus.ACCEPTED),
        user["id"],
        reset_key,
        world.clock.stamp(),
        member_id,
    )


def _hindrance(world: World, row: sqlite3.Row, user: sqlite3.Row) -> str | None:
    """Why policies forbid somebody to accept."""
    if row["type"] in (OrganizationUserType.OWNER, OrganizationUserType.ADMIN):
        return None

    def is_on(kind: PolicyType) -> bool:
        return bool(
            world.db.value(
                "SELECT enabled FROM policies WHERE organization_id = ? AND type = ?",
                row["organization_id"],
                int(kind),
            )
        )

    if not has_two_step(world, user["id"]) and is_on(PolicyType.TWO_STEP_LOGIN):
        return (
            "You cannot join this organization vault until you enable two-step login on your user"
            " account."
        )
    elsewhere = world.db.value(
        "SELECT 1 FROM members WHERE user_id = ? AND organization_id <> ? AND status IN (1, 2)",
        user["id"],
        row["organization_id"],
    )
    if elsewhere and is_on(PolicyType.SINGLE_ORGANIZATION):
        return (
            "You may not join this organization until you leave or remove all other organizations."
        )
    return None
