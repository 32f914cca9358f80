"""The organization itself: its full model, its public key, its collection switches, its name."""

from __future__ import annotations

import html
import sqlite3
from typing import Any

from desktop.practice import access, events, invitations
from desktop.practice.errors import ApiError, not_found
from desktop.practice.plans import plan_model, switches, uses
from desktop.practice.web import Answer, Call, Route, reply, shown


def model(row: sqlite3.Row) -> dict[str, Any]:
    """OrganizationResponseModel."""
    return {
        "id": row["id"],
        "name": shown(row["name"]),
        "businessName": None,
        "businessAddress1": None,
        "businessAddress2": None,
        "businessAddress3": None,
        "businessCountry": None,
        "businessTaxNumber": None,
        "billingEmail": row["billing_email"],
        "plan": plan_model(row["plan_type"]),
        "secretsManagerPlan": None,
        "planType": row["plan_type"],
        "seats": row["seats"],
        "maxAutoscaleSeats": None,
        "maxCollections": row["max_collections"],
        "maxStorageGb": 1,
        **uses(row["plan_type"]),
        "useDisableSmAdsForUsers": False,
        "hasPublicAndPrivateKeys": row["public_key"] is not None,
        "smSeats": None,
        "smServiceAccounts": None,
        "maxAutoscaleSmSeats": None,
        "maxAutoscaleSmServiceAccounts": None,
        **switches(row),
        "object": "organization",
    }


def get(call: Call) -> Answer:
    """`GET /organizations/{organization}`."""
    org = access.organization(call)
    if not access.is_owner(call, org["id"]):
        raise not_found()
    return reply(model(org))


def public_key(call: Call) -> Answer:
    """`GET /organizations/{organization}/public-key`."""
    org = access.organization(call)
    return reply({"publicKey": org["public_key"], "object": "organizationPublicKey"})


def put(call: Call) -> Answer:
    """Name and billing e-mail; the latter only by the provider of a managed client."""
    form = call.form()
    name = form.text("name", longest=50)
    billing = form.text("billingEmail", longest=256)
    form.check()
    org = access.organization(call)
    allowed = access.is_owner(call, org["id"])
    if billing is not None:
        allowed = access.is_provider_of(call, org["id"])
    if not allowed:
        raise ApiError(401, None)
    call.world.db.run(
        "UPDATE organizations SET name = COALESCE(?, name), billing_email = COALESCE(?,"
        " billing_email), revised = ? WHERE id = ?",
        None if name is None else html.escape(name),
        billing,
        call.world.clock.stamp(),
        org["id"],
    )
    return _saved(call, org["id"])


def put_switches(call: Call) -> Answer:
    """All four at once; a missing one is off."""
    form = call.form()
    values = [
        form.flag(name)
        for name in (
            "limitCollectionCreation",
            "limitCollectionDeletion",
            "limitItemDeletion",
            "allowAdminAccessToAllCollectionItems",
        )
    ]
    org = access.organization(call)
    if not access.is_owner(call, org["id"]):
        raise not_found()
    call.world.db.run(
        "UPDATE organizations SET limit_collection_creation = ?, limit_collection_deletion = ?,"
        " limit_item_deletion = ?, allow_admin_access = ? WHERE id = ?",
        *values,
        org["id"],
    )
    return _saved(call, org["id"])


def _saved(call: Call, organization_id: str) -> Answer:
    call.world.event(
        events.ORGANIZATION_UPDATED, acting=call.who.user_id, organization=organization_id
    )
    call.world.touch_members(organization_id)
    return reply(model(access.organization_row(call, organization_id)))


def metadata(call: Call) -> Answer:
    """How many seats are in use."""
    org = access.organization(call)
    if call.who.role(org["id"]) is None and not access.is_provider_of(call, org["id"]):
        raise ApiError(403, None)
    return reply(
        {
            "isOnSecretsManagerStandalone": False,
            "organizationOccupiedSeats": invitations.occupied(call.world, org["id"]),
        }
    )


_BASE = "/api/organizations/{organization}"
ROUTES = (
    Route("GET", _BASE, get),
    Route("PUT", _BASE, put),
    Route("GET", _BASE + "/public-key", public_key),
    Route("GET", _BASE + "/keys", public_key),
    Route("PUT", _BASE + "/collection-management", put_switches),
    Route("GET", _BASE + "/billing/vnext/metadata", metadata),
)
