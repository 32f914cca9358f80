"""Who may: provider and organization roles as the official requirements decide them.

Provider roles and own membership come from the token; which organizations a provider reaches is
looked up at the time of the call. A provider member counts as an owner of its clients.
"""

from __future__ import annotations

import sqlite3

from desktop.domain.enums import ProviderStatus, ProviderType
from desktop.practice.errors import ApiError, forbidden, not_found, unauthorized
from desktop.practice.web import Call


def provider_admin(call: Call) -> str:
    """The provider of the path, for its admins; else 403."""
    provider = call.id("provider")
    if not call.who.is_provider_admin(provider):
        raise forbidden()
    return provider


def provider_user(call: Call) -> str:
    """The provider of the path, for any confirmed member; else 403."""
    provider = call.id("provider")
    if not call.who.is_provider_user(provider):
        raise forbidden()
    return provider


def billable_provider(call: Call, provider_id: str) -> sqlite3.Row:
    """The provider, when it pays for its clients; 404 unknown, 401 not billable."""
    provider = call.world.db.row("SELECT * FROM providers WHERE id = ?", provider_id)
    if provider is None:
        raise not_found()
    payers = (ProviderType.MSP, ProviderType.BUSINESS_UNIT)
    if provider["type"] not in payers or provider["status"] != ProviderStatus.BILLABLE:
        raise unauthorized()
    return provider


def is_provider_of(call: Call, organization_id: str) -> bool:
    """Whether the caller is a confirmed member of the provider that owns the client."""
    provider = call.world.db.value(
        "SELECT provider_id FROM provider_organizations WHERE organization_id = ?", organization_id
    )
    return provider is not None and call.who.is_provider_user(provider)


def is_owner(call: Call, organization_id: str) -> bool:
    """Owner by membership or provider."""
    return call.who.role(organization_id) == "owner" or is_provider_of(call, organization_id)


def is_admin(call: Call, organization_id: str) -> bool:
    """Admin or owner."""
    return call.who.role(organization_id) == "admin" or is_owner(call, organization_id)


def may(call: Call, organization_id: str, *permissions: str) -> bool:
    """Owner, admin, provider, or a custom role with one of the permissions (claim names)."""
    return is_admin(call, organization_id) or any(
        call.who.may(permission, organization_id) for permission in permissions
    )


def organization(call: Call, name: str = "organization") -> sqlite3.Row:
    """The organization of the path; 404 when there is none."""
    return organization_row(call, call.id(name))


def organization_row(call: Call, organization_id: str) -> sqlite3.Row:
    """An organization by id; 404 when there is none."""
    found = call.world.db.row("SELECT * FROM organizations WHERE id = ?", organization_id)
    if found is None:
        raise not_found()
    return found


def require(call: Call, *permissions: str, refusal: ApiError | None = None) -> sqlite3.Row:
    """The organization of the path for whoever `may`; 403 empty unless told otherwise."""
    organization_id = call.id("organization")
    if not may(call, organization_id, *permissions):
        raise refusal or forbidden()
    return organization(call)


def managed_collections(call: Call, organization_id: str) -> set[str]:
    """Collections of an organization in which the caller, as a member, has Can manage."""
    return {
        row["id"]
        for row in call.world.db.rows(
            "SELECT c.id FROM collections c JOIN members m ON m.organization_id = c.organization_id"
            " LEFT JOIN collection_users cu ON cu.collection_id = c.id AND cu.member_id = m.id"
            " WHERE c.organization_id = ? AND m.user_id = ? AND m.status = 2 AND ("
            "  cu.manage = 1 OR EXISTS (SELECT 1 FROM collection_groups cg JOIN group_users gu"
            "   ON gu.group_id = cg.group_id WHERE cg.collection_id = c.id"
            "   AND gu.member_id = m.id AND cg.manage = 1))",
            organization_id,
            call.who.user_id,
        )
    }


def orphaned_collections(call: Call, organization_id: str) -> set[str]:
    """Collections nobody manages."""
    return {
        row["id"]
        for row in call.world.db.rows(
            "SELECT id FROM collections c WHERE organization_id = ?"
            " AND NOT EXISTS (SELECT 1 FROM collection_users WHERE collection_id = c.id"
            "  AND manage = 1) AND NOT EXISTS (SELECT 1 FROM collection_groups"
            "  WHERE collection_id = c.id AND manage = 1)",
            organization_id,
        )
    }


def may_change_collections(
    call: Call, org: sqlite3.Row, ids: set[str], permission: str | None = None
) -> bool:
    """Update, import into, or hand out access to all these collections."""
    role = call.who.role(org["id"])
    if org["allow_admin_access"]:
        if role in ("owner", "admin"):
            return True
        if permission is not None and call.who.may(permission, org["id"]):
            return True
    if call.who.may("editanycollection", org["id"]) or is_provider_of(call, org["id"]):
        return True
    if role is None:
        return False
    mine = managed_collections(call, org["id"])
    if role in ("owner", "admin"):
        mine |= orphaned_collections(call, org["id"])
    return ids <= mine


def may_create_collections(call: Call, org: sqlite3.Row) -> bool:
    """Every member, unless the switch limits it to owners and admins."""
    role = call.who.role(org["id"])
    if is_provider_of(call, org["id"]) or role in ("owner", "admin"):
        return True
    if call.who.may("createnewcollections", org["id"]):
        return True
    return role is not None and not org["limit_collection_creation"]


def known_collections(call: Call, org: sqlite3.Row, ids: set[str]) -> set[str]:
    """Which of these ids are collections of the organization."""
    return {
        row["id"]
        for row in call.world.db.rows(
            "SELECT id FROM collections WHERE organization_id = ?"
            " AND id IN (SELECT value FROM json_each(?))",
            org["id"],
            json_ids(ids),
        )
    }


def json_ids(ids: set[str] | list[str]) -> str:
    """GUIDs as a JSON array, for `json_each`."""
    return "[" + ",".join(f'"{one}"' for one in ids) + "]"
