"""The provider and its client organizations: list, create in six steps, change, detach."""

from __future__ import annotations

import sqlite3
from typing import Any

from desktop.domain.enums import (
    OrganizationUserType,
    PlanType,
    ProviderType,
)
from desktop.practice import access, billing, events, invitations
from desktop.practice.db import new_id
from desktop.practice.errors import bad_request, not_found, server_error, unauthorized
from desktop.practice.forms import INT_MAX, Form
from desktop.practice.plans import PLAN_NAMES
from desktop.practice.selections import Selection
from desktop.practice.web import Answer, Call, Route, done, listing, reply, shown
from desktop.practice.world import World

CREATED, MANAGED = 1, 2
NAME_COLUMN = 50
_PLANS = (PlanType.TEAMS_MONTHLY, PlanType.ENTERPRISE_MONTHLY, PlanType.ENTERPRISE_ANNUALLY)
_ALLOWED = {
    ProviderType.MSP: (PlanType.TEAMS_MONTHLY, PlanType.ENTERPRISE_MONTHLY),
    ProviderType.BUSINESS_UNIT: (PlanType.ENTERPRISE_MONTHLY, PlanType.ENTERPRISE_ANNUALLY),
}


def get_provider(call: Call) -> Answer:
    """`GET /providers/{provider}`."""
    provider_id = access.provider_user(call)
    row = call.world.db.row("SELECT * FROM providers WHERE id = ?", provider_id)
    if row is None:
        raise not_found()
    return reply(
        {
            "id": row["id"],
            "name": shown(row["name"]),
            "businessName": shown(row["business_name"]),
            "businessAddress1": None,
            "businessAddress2": None,
            "businessAddress3": None,
            "businessCountry": None,
            "businessTaxNumber": None,
            "billingEmail": row["billing_email"],
            "creationDate": row["created"],
            "type": row["type"],
            "object": "provider",
        }
    )


def get_all(call: Call) -> Answer:
    """`GET /providers/{provider}/organizations`."""
    provider_id = access.provider_user(call)
    rows = call.world.db.rows(
        "SELECT po.*, o.name, o.seats, o.plan_type,"
        " (SELECT COUNT(*) FROM members m WHERE m.organization_id = o.id AND m.status = 2)"
        "  AS confirmed,"
        " (SELECT COUNT(*) FROM members m WHERE m.organization_id = o.id"
        "  AND m.status IN (0, 1, 2)) AS occupied"
        " FROM provider_organizations po JOIN organizations o ON o.id = po.organization_id"
        " WHERE po.provider_id = ? ORDER BY po.rowid",
        provider_id,
    )
    return listing([_model(row) for row in rows])


def _model(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "providerId": row["provider_id"],
        "organizationId": row["organization_id"],
        "organizationName": shown(row["name"]),
        "key": row["key"],
        "settings": None,
        "creationDate": row["created"],
        "revisionDate": row["revised"],
        "userCount": row["confirmed"],
        "seats": row["seats"],
        "occupiedSeats": row["occupied"],
        "remainingSeats": None if row["seats"] is None else row["seats"] - row["occupied"],
        "plan": PLAN_NAMES.get(PlanType(row["plan_type"]), "Unknown"),
        "object": "providerOrganizationOrganizationDetail",
    }


def create(call: Call) -> Answer:
    """Six steps, each durable on its own; 200 with an empty body when all went well."""
    provider_id = access.provider_admin(call)
    form = call.form()
    wanted = _wanted(form)
    provider = access.billable_provider(call, provider_id)
    allowed = _ALLOWED.get(ProviderType(provider["type"]), ())
    if wanted.plan not in allowed:
        raise bad_request(_plan_refusal(ProviderType(provider["type"])))
    if len(wanted.name) > NAME_COLUMN:
        raise server_error()
    before = billing.assigned(call.world, provider_id, wanted.plan)
    _step(call, 1)
    org, collection_id = _sign_up(call, provider, wanted)
    _step(call, 2)
    _link(call, provider_id, org["id"], wanted.key)
    _step(call, 3)
    _invite_owner(call, org, wanted.owner, collection_id)
    _step(call, 4)
    billing.scale(call.world, provider_id, wanted.plan, wanted.seats, before)
    _step(call, 5)
    call.world.db.run("UPDATE organizations SET has_customer = 1 WHERE id = ?", org["id"])
    _step(call, 6)
    call.world.db.run("UPDATE organizations SET status = ? WHERE id = ?", MANAGED, org["id"])
    return done()


class _Wanted:
    """A checked creation body."""

    def __init__(self, form: Form) -> None:
        self.name = form.needed("name", required="'name' must be provided")
        self.owner = form.needed("ownerEmail", required="'ownerEmail' must be provided")
        plan = form.number("planType") or 0
        if plan not in _PLANS:
            form.fault(
                "planType",
                "'planType' must be Teams (Monthly), Enterprise (Monthly) or Enterprise (Annually)",
            )
        self.plan = PlanType(plan)
        seats = form.number("seats", low=1, message="'seats' must be greater than 0")
        if seats is None and "Seats" not in form.faults:
            form.fault("seats", "'seats' must be greater than 0")
        self.seats = seats or 0
        self.key = form.needed("key", required="'key' must be provided")
        pair = form.form("keyPair", required="'keyPair' must be provided")
        self.public_key = "" if pair is None else pair.needed("publicKey")
        self.private_key = "" if pair is None else pair.needed("encryptedPrivateKey")
        self.collection_name = form.needed(
            "collectionName", required="'collectionName' must be provided"
        )


def _wanted(form: Form) -> _Wanted:
    wanted = _Wanted(form)
    form.check()
    return wanted


def _plan_refusal(kind: ProviderType) -> str:
    if kind is ProviderType.MSP:
        return "Managed Service Providers cannot manage organizations with this plan type."
    if kind is ProviderType.BUSINESS_UNIT:
        return "Business Unit Providers can only manage organizations with an Enterprise plan."
    return "Unsupported provider type."


def _step(call: Call, number: int) -> None:
    """The steps before are durable; a script may fail this one."""
    call.world.db.commit_step()
    call.at_step(number)


def _sign_up(call: Call, provider: sqlite3.Row, wanted: _Wanted) -> tuple[sqlite3.Row, str]:
    org = add_organization(
        call.world,
        name=wanted.name,
        billing_email=provider["billing_email"],
        plan_type=wanted.plan,
        seats=wanted.seats,
        public_key=wanted.public_key,
        private_key=wanted.private_key,
        status=CREATED,
    )
    return org, add_collection(call.world, org["id"], wanted.collection_name)


def add_organization(
    world: World,
    *,
    name: str,
    billing_email: str,
    plan_type: int,
    seats: int,
    public_key: str,
    private_key: str,
    status: int,
) -> sqlite3.Row:
    """A new organization with its four collection-management switches off."""
    organization_id, stamp = new_id(), world.clock.stamp()
    world.db.run(
        "INSERT INTO organizations (id, name, billing_email, plan_type, seats, status, enabled,"
        " public_key, private_key, created, revised) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)",
        organization_id,
        name,
        billing_email,
        int(plan_type),
        seats,
        status,
        public_key,
        private_key,
        stamp,
        stamp,
    )
    found = world.db.row("SELECT * FROM organizations WHERE id = ?", organization_id)
    if found is None:
        raise LookupError("the organization just written")
    return found


def add_collection(world: World, organization_id: str, name: str) -> str:
    """A shared collection nobody reaches yet."""
    collection_id, stamp = new_id(), world.clock.stamp()
    world.db.run(
        "INSERT INTO collections (id, organization_id, name, created, revised)"
        " VALUES (?, ?, ?, ?, ?)",
        collection_id,
        organization_id,
        name,
        stamp,
        stamp,
    )
    return collection_id


def link(world: World, provider_id: str, organization_id: str, key: str) -> str:
    """Make an organization a client."""
    link_id, stamp = new_id(), world.clock.stamp()
    world.db.run(
        "INSERT INTO provider_organizations VALUES (?, ?, ?, ?, ?, ?)",
        link_id,
        provider_id,
        organization_id,
        key,
        stamp,
        stamp,
    )
    return link_id


def _link(call: Call, provider_id: str, organization_id: str, key: str) -> None:
    link_id = link(call.world, provider_id, organization_id, key)
    call.world.event(
        events.CLIENT_CREATED,
        acting=call.who.user_id,
        provider=provider_id,
        providerOrganizationId=link_id,
    )


def _invite_owner(call: Call, org: sqlite3.Row, email: str, collection_id: str) -> None:
    owner = invitations.Invitation(
        email,
        int(OrganizationUserType.OWNER),
        None,
        [Selection(collection_id, False, False, True)],
        [],
    )
    for member_id in invitations.invite(call, org, [owner]):
        call.world.event(
            events.MEMBER_INVITED,
            acting=call.who.user_id,
            organization=org["id"],
            organizationUserId=member_id,
        )


def put(call: Call) -> Answer:
    """Name and seats. Seats below those in use are not refused: the client has to care."""
    provider_id = access.provider_user(call)
    form = call.form()
    seats = form.number(
        "assignedSeats",
        low=0,
        message="You cannot assign negative seats to a client organization.",
    )
    name = form.needed("name")
    form.check()
    access.billable_provider(call, provider_id)
    row = call.world.db.row(
        "SELECT po.provider_id, o.* FROM provider_organizations po"
        " JOIN organizations o ON o.id = po.organization_id WHERE po.id = ?",
        call.id("id"),
    )
    if row is None or row["provider_id"] != provider_id:
        raise not_found()
    if row["status"] != MANAGED or len(name) > NAME_COLUMN:
        raise server_error()
    seats = min(seats or 0, INT_MAX)
    change = seats - (row["seats"] or 0)
    costs = billing.buys(call.world, provider_id, row["plan_type"], change)
    if costs and not call.who.is_provider_admin(provider_id):
        raise unauthorized("Service users cannot purchase additional seats.")
    before = billing.assigned(call.world, provider_id, row["plan_type"])
    billing.scale(call.world, provider_id, row["plan_type"], change, before)
    call.world.db.run(
        "UPDATE organizations SET name = ?, seats = ?, revised = ? WHERE id = ?",
        name,
        seats,
        call.world.clock.stamp(),
        row["id"],
    )
    return done()


def addable(call: Call) -> Answer:
    """Organizations the caller owns outside the provider; a bare array."""
    provider_id = access.provider_user(call)
    access.billable_provider(call, provider_id)
    rows = call.world.db.rows(
        "SELECT o.* FROM organizations o JOIN members m ON m.organization_id = o.id"
        " WHERE m.user_id = ? AND m.type = 0 AND m.status = 2 AND o.status = 1 AND o.enabled = 1"
        " AND NOT EXISTS (SELECT 1 FROM provider_organizations WHERE organization_id = o.id)",
        call.who.user_id,
    )
    return reply(
        [
            {
                "id": row["id"],
                "name": shown(row["name"]),
                "plan": PLAN_NAMES.get(PlanType(row["plan_type"]), "Unknown"),
                "seats": row["seats"],
                "disabled": False,
            }
            for row in rows
        ]
    )


def detach(call: Call) -> Answer:
    """The organization leaves the provider; it needs a confirmed owner of its own."""
    provider_id = access.provider_admin(call)
    row = call.world.db.row("SELECT * FROM provider_organizations WHERE id = ?", call.id("id"))
    if row is None:
        raise server_error()
    if row["provider_id"] != provider_id:
        raise bad_request("Failed to remove organization. Please contact support.")
    owner = call.world.db.value(
        "SELECT 1 FROM members WHERE organization_id = ? AND type = 0 AND status = 2",
        row["organization_id"],
    )
    if owner is None:
        raise bad_request("Organization must have at least one confirmed owner.")
    org = access.organization_row(call, row["organization_id"])
    before = billing.assigned(call.world, provider_id, org["plan_type"])
    billing.scale(call.world, provider_id, org["plan_type"], -(org["seats"] or 0), before)
    call.world.db.run("DELETE FROM provider_organizations WHERE id = ?", row["id"])
    call.world.db.run(
        "UPDATE organizations SET status = ? WHERE id = ?", CREATED, row["organization_id"]
    )
    call.world.event(
        events.CLIENT_REMOVED,
        acting=call.who.user_id,
        provider=provider_id,
        providerOrganizationId=row["id"],
    )
    return done()


_BASE = "/api/providers/{provider}"
ROUTES = (
    Route("GET", _BASE, get_provider),
    Route("GET", _BASE + "/organizations", get_all),
    Route("DELETE", _BASE + "/organizations/{id}", detach),
    Route("POST", _BASE + "/organizations/{id}/delete", detach),
    Route("POST", _BASE + "/clients", create),
    Route("GET", _BASE + "/clients/addable", addable),
    Route("PUT", _BASE + "/clients/{id}", put),
)
