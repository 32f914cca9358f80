"""The profile: the same object in `/accounts/profile` and `/sync`."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from desktop.domain.enums import OrganizationUserStatus, ProviderUserStatus
from desktop.practice import plans, vaultwarden
from desktop.practice.errors import invalid_token
from desktop.practice.web import Call, shown
from desktop.practice.world import World

PERMISSIONS = (
    "accessEventLogs",
    "accessImportExport",
    "accessReports",
    "createNewCollections",
    "editAnyCollection",
    "deleteAnyCollection",
    "manageGroups",
    "managePolicies",
    "manageSso",
    "manageUsers",
    "manageResetPassword",
    "manageScim",
    "manageAccessRules",
)


def permissions(text: str | None) -> dict[str, bool]:
    """A permissions object, all False when none is stored."""
    stored = {} if not text else msgspec.json.decode(text)
    return {name: bool(stored.get(name, False)) for name in PERMISSIONS}


def user_of(call: Call) -> sqlite3.Row:
    """The caller's account; 401 when it is gone."""
    found = call.world.db.row("SELECT * FROM users WHERE id = ?", call.who.user_id)
    if found is None:
        raise invalid_token()
    return found


def has_two_step(world: World, user_id: str) -> bool:
    """Whether an account asks for a second step, of whatever kind."""
    return world.db.value("SELECT 1 FROM two_step_users WHERE user_id = ?", user_id) is not None


def account_keys(world: World, user: sqlite3.Row) -> dict[str, Any]:
    """`AccountKeys`, camelCase inside wherever it appears; signatures with V2 accounts only."""
    signed = world.db.row("SELECT * FROM account_signatures WHERE user_id = ?", user["id"])
    signature = (
        None
        if signed is None
        else {
            "wrappedSigningKey": signed["wrapped_signing_key"],
            "verifyingKey": signed["verifying_key"],
            "object": "signatureKeyPair",
        }
    )
    state = (
        None
        if signed is None
        else {
            "securityState": signed["security_state"],
            "securityVersion": signed["version"],
        }
    )
    return {
        "signatureKeyPair": signature,
        "publicKeyEncryptionKeyPair": {
            "wrappedPrivateKey": user["wrapped_private_key"],
            "publicKey": user["public_key"],
            "signedPublicKey": None if signed is None else signed["signed_public_key"],
            "object": "publicKeyEncryptionKeyPair",
        },
        "securityState": state,
        "object": "privateKeys",
    }


def profile(world: World, user: sqlite3.Row) -> dict[str, Any]:
    """The caller's profile with everything it belongs to."""
    memberships = _memberships(world, user)
    confirmed = [one for one in memberships if one["status"] == OrganizationUserStatus.CONFIRMED]
    told = {
        "id": user["id"],
        "name": user["name"],
        "email": user["email"],
        "emailVerified": True,
        "premium": False,
        "premiumFromOrganization": bool(confirmed),
        "culture": "en-US",
        "twoFactorEnabled": has_two_step(world, user["id"]),
        "key": user["wrapped_user_key"],
        "privateKey": user["wrapped_private_key"],
        "accountKeys": account_keys(world, user),
        "securityStamp": user["security_stamp"],
        "forcePasswordReset": False,
        "usesKeyConnector": False,
        "avatarColor": None,
        "creationDate": user["created"],
        "verifyDevices": True,
        "organizations": confirmed,
        "organizationsNew": memberships,
        "providers": _providers(world, user),
        "providerOrganizations": _provider_organizations(world, user),
        "object": "profile",
    }
    return vaultwarden.profile(told) if world.is_vaultwarden else told


def _shared(row: sqlite3.Row, user: sqlite3.Row) -> dict[str, Any]:
    """Fields of `organizations` and `providerOrganizations` alike; `row` has the org's columns."""
    return {
        "id": row["organization_id"],
        "userId": user["id"],
        "name": shown(row["name"]),
        "enabled": bool(row["enabled"]),
        "identifier": None,
        "productTierType": plans.tier(row["plan_type"]),
        **plans.uses(row["plan_type"]),
        "useDisableSMAdsForUsers": False,
        "seats": row["seats"],
        "maxCollections": row["max_collections"],
        "maxStorageGb": 1,
        "key": row["own_key"],
        "hasPublicAndPrivateKeys": row["public_key"] is not None,
        "ssoBound": False,
        "ssoEnabled": False,
        "ssoMemberDecryptionType": None,
        "keyConnectorEnabled": False,
        "keyConnectorUrl": None,
        **plans.switches(row),
        "providerId": row["provider_id"],
        "providerName": shown(row["provider_name"]),
        "providerType": row["provider_type"],
        "accessSecretsManager": False,
        "accessPam": False,
    }


def _memberships(world: World, user: sqlite3.Row) -> list[dict[str, Any]]:
    rows = world.db.rows(
        "SELECT o.*, m.organization_id, m.id AS member_id, m.key AS own_key, m.type AS role,"
        " m.status AS member_status, m.permissions, m.reset_password_key, p.id AS provider_id,"
        " p.name AS provider_name, p.type AS provider_type FROM members m"
        " JOIN organizations o ON o.id = m.organization_id"
        " LEFT JOIN provider_organizations po ON po.organization_id = o.id"
        " LEFT JOIN providers p ON p.id = po.provider_id"
        " WHERE m.user_id = ? AND m.status IN (1, 2) ORDER BY o.name",
        user["id"],
    )
    return [
        {
            **_shared(row, user),
            "status": row["member_status"],
            "type": row["role"],
            "permissions": permissions(row["permissions"]),
            "resetPasswordEnrolled": row["reset_password_key"] is not None,
            "organizationUserId": row["member_id"],
            "userIsClaimedByOrganization": False,
            "familySponsorshipFriendlyName": None,
            "familySponsorshipAvailable": False,
            "familySponsorshipLastSyncDate": None,
            "familySponsorshipValidUntil": None,
            "familySponsorshipToDelete": None,
            "isAdminInitiated": False,
            "object": "profileOrganization",
        }
        for row in rows
    ]


def _providers(world: World, user: sqlite3.Row) -> list[dict[str, Any]]:
    rows = world.db.rows(
        "SELECT p.*, u.key, u.status AS member_status, u.type AS role FROM provider_users u"
        " JOIN providers p ON p.id = u.provider_id WHERE u.user_id = ? AND u.status >= 1",
        user["id"],
    )
    return [
        {
            "id": row["id"],
            "name": shown(row["name"]),
            "key": row["key"],
            "status": row["member_status"],
            "type": row["role"],
            "enabled": bool(row["enabled"]),
            "permissions": permissions(None),
            "userId": user["id"],
            "useEvents": True,
            "providerStatus": row["status"],
            "providerType": row["type"],
            "object": "profileProvider",
        }
        for row in rows
    ]


def _provider_organizations(world: World, user: sqlite3.Row) -> list[dict[str, Any]]:
    rows = world.db.rows(
        "SELECT o.*, po.organization_id, po.key AS own_key, p.id AS provider_id,"
        " p.name AS provider_name, p.type AS provider_type FROM provider_users u"
        " JOIN providers p ON p.id = u.provider_id"
        " JOIN provider_organizations po ON po.provider_id = p.id"
        " JOIN organizations o ON o.id = po.organization_id"
        " WHERE u.user_id = ? AND u.status = ? ORDER BY o.name",
        user["id"],
        int(ProviderUserStatus.CONFIRMED),
    )
    return [
        {
            **_shared(row, user),
            "status": 2,
            "type": 0,
            "permissions": permissions(None),
            "resetPasswordEnrolled": False,
            "object": "profileProviderOrganization",
        }
        for row in rows
    ]
