"""Policies of an organization: the nested PUT, its prerequisites and what switching one on does."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from desktop.domain.enums import (
    OrganizationUserStatus,
    OrganizationUserType,
    PolicyType,
)
from desktop.practice import access, events
from desktop.practice.db import new_id
from desktop.practice.errors import bad_request, invalid
from desktop.practice.plans import uses
from desktop.practice.web import Answer, Call, Route, listing, reply

#: why a member was revoked: without two-step login, or a member of another organization too
_NO_TWO_STEP, _ELSEWHERE_TOO = 2, 4
#: the texts the official server names policies with
NAMES = {
    PolicyType.TWO_STEP_LOGIN: "Require two-step login",
    PolicyType.MASTER_PASSWORD: "Master password requirements",
    PolicyType.PASSWORD_GENERATOR: "Password generator",
    PolicyType.SINGLE_ORGANIZATION: "Single organization",
    PolicyType.REQUIRE_SSO: "Require single sign-on authentication",
    PolicyType.DATA_OWNERSHIP: "Enforce organization data ownership",
    PolicyType.REMOVE_SEND: "Remove Send",
    PolicyType.SEND_OPTIONS: "Send options",
    PolicyType.ACCOUNT_RECOVERY: "Account recovery administration",
    PolicyType.SESSION_TIMEOUT: "Vault timeout",
    PolicyType.REMOVE_EXPORT: "Remove individual vault export",
    PolicyType.ACTIVATE_AUTOFILL: "Active auto-fill",
    PolicyType.AUTOMATIC_APP_LOGIN: "Automatic login with SSO",
    PolicyType.FREE_FAMILIES_OFF: "Remove Free Bitwarden Families sponsorship",
    PolicyType.REMOVE_PIN: "Remove unlock with PIN",
    PolicyType.RESTRICTED_ITEM_TYPES: "Restricted item types",
    PolicyType.URI_MATCH_DEFAULT: "URI match defaults",
    PolicyType.AUTOTYPE_DEFAULT: "Autotype default setting",
    PolicyType.AUTOMATIC_CONFIRMATION: "Automatically confirm invited users",
    PolicyType.BLOCK_CLAIMED_DOMAIN_ACCOUNTS: "Block account creation for claimed domains",
    PolicyType.VAULT_BANNER: "Vault banner message",
    PolicyType.SEND_CONTROLS: "Send controls",
    PolicyType.FILL_ASSIST: "Fill Assist",
}
_NEED_SINGLE = (
    PolicyType.REQUIRE_SSO,
    PolicyType.ACCOUNT_RECOVERY,
    PolicyType.SESSION_TIMEOUT,
    PolicyType.URI_MATCH_DEFAULT,
    PolicyType.AUTOMATIC_CONFIRMATION,
    PolicyType.VAULT_BANNER,
)
REQUIRED = dict.fromkeys(_NEED_SINGLE, (PolicyType.SINGLE_ORGANIZATION,))


def policy_model(row: sqlite3.Row) -> dict[str, Any]:
    """A stored policy, as PUT and sync tell it."""
    return {
        "id": row["id"],
        "organizationId": row["organization_id"],
        "type": row["type"],
        "data": None if row["data"] is None else msgspec.json.decode(row["data"]),
        "enabled": bool(row["enabled"]),
        "revisionDate": row["revised"],
        "object": "policy",
    }


def _status(organization_id: str, kind: int, row: sqlite3.Row | None) -> dict[str, Any]:
    stored = row is not None and row["data"] is not None
    return {
        "organizationId": organization_id,
        "type": kind,
        "data": msgspec.json.decode(row["data"]) if row is not None and stored else {},
        "enabled": bool(row["enabled"]) if row is not None else False,
        "canToggleState": True,
        "object": "policy",
    }


def _stored(call: Call, organization_id: str) -> dict[int, sqlite3.Row]:
    rows = call.world.db.rows("SELECT * FROM policies WHERE organization_id = ?", organization_id)
    return {row["type"]: row for row in rows}


def get_all(call: Call) -> Answer:
    """Stored policies only, but Send controls always has a row."""
    org = access.require(call, "managepolicies")
    stored = _stored(call, org["id"])
    told = [_status(org["id"], kind, row) for kind, row in sorted(stored.items())]
    if PolicyType.SEND_CONTROLS not in stored:
        told.append(_status(org["id"], int(PolicyType.SEND_CONTROLS), None))
    return listing(told)


def get(call: Call) -> Answer:
    """`GET /organizations/{organization}/policies/{type}`."""
    org = access.require(call, "managepolicies")
    kind = _kind(call)
    return reply(_status(org["id"], int(kind), _stored(call, org["id"]).get(int(kind))))


def _kind(call: Call) -> PolicyType:
    text = call.params["type"]
    if text.isdigit() and PolicyType(int(text)) in NAMES:
        return PolicyType(int(text))
    raise invalid({"type": [f"The value '{text}' is not valid."]})


def put(call: Call) -> Answer:
    """`PUT /organizations/{organization}/policies/{type}`."""
    org = access.require(call, "managepolicies")
    kind = _kind(call)
    form = call.form()
    policy = form.form("policy", required=True)
    enabled: object = None
    data: object = None
    if policy is not None:
        enabled, data = policy.raw("enabled"), policy.raw("data")
        if not isinstance(enabled, bool):
            policy.fault("enabled", "The Enabled field is required.")
    form.check()
    text = _checked_data(kind, data)
    if not uses(org["plan_type"])["usePolicies"]:
        raise bad_request("This organization cannot use policies.")
    stored = _stored(call, org["id"])
    _check_order(kind, bool(enabled), stored)
    was_on = int(kind) in stored and bool(stored[int(kind)]["enabled"])
    if enabled and not was_on:
        revoke_unfit(call, org, kind)
    row = upsert(call, org, kind, bool(enabled), text)
    call.world.event(
        events.POLICY_UPDATED, acting=call.who.user_id, organization=org["id"], policyId=row["id"]
    )
    call.world.touch_members(org["id"])
    metadata = form.raw("metadata")
    if kind is PolicyType.DATA_OWNERSHIP and enabled and not was_on and isinstance(metadata, dict):
        _make_default_collections(call, org, metadata.get("defaultUserCollectionName"))
    return reply(policy_model(row))


def _checked_data(kind: PolicyType, data: object) -> str | None:
    """The data as stored; the official server validates only a few types."""
    if not isinstance(data, dict) or not data:
        return None
    if kind is PolicyType.MASTER_PASSWORD:
        for name in ("minComplexity", "minLength"):
            if not isinstance(data.get(name), int | None) or isinstance(data.get(name), bool):
                raise bad_request(
                    f"Invalid data for MasterPassword policy: {name} has an invalid value."
                )
        faults = []
        complexity, length = data.get("minComplexity"), data.get("minLength")
        if isinstance(complexity, int) and not 0 <= complexity <= 4:
            faults.append("The field MinComplexity must be between 0 and 4.")
        if isinstance(length, int) and not 12 <= length <= 128:
            faults.append("The field MinLength must be between 12 and 128.")
        if faults:
            joined = ", ".join(faults)
            raise bad_request(f"Invalid data for MasterPassword policy: {joined}")
    return msgspec.json.encode(data).decode()


def _check_order(kind: PolicyType, enabled: bool, stored: dict[int, sqlite3.Row]) -> None:
    def is_on(one: PolicyType) -> bool:
        return int(one) in stored and bool(stored[int(one)]["enabled"])

    if enabled and not is_on(kind):
        for needed in REQUIRED.get(kind, ()):
            if not is_on(needed):
                raise bad_request(
                    f"Turn on the {NAMES[needed]} policy because it is required for the"
                    f" {NAMES[kind]} policy."
                )
    if not enabled and is_on(kind):
        users = [one for one, needs in REQUIRED.items() if kind in needs and is_on(one)]
        if len(users) == 1:
            raise bad_request(
                f"Turn off the {NAMES[users[0]]} policy because it requires the"
                f" {NAMES[kind]} policy."
            )
        if users:
            raise bad_request(
                f"Turn off all of the policies that require the {NAMES[kind]} policy."
            )


def revoke_unfit(call: Call, org: sqlite3.Row, kind: PolicyType) -> None:
    """Policies 0 and 3 revoke plain members that do not comply; others have no such effect."""
    if kind is PolicyType.TWO_STEP_LOGIN:
        reason, event = _NO_TWO_STEP, events.REVOKED_FOR_TWO_STEP
        sql = (
            "SELECT m.id FROM members m JOIN users u ON u.id = m.user_id"
            " WHERE m.organization_id = ? AND m.status IN (1, 2) AND m.type NOT IN (0, 1)"
            " AND u.id NOT IN (SELECT user_id FROM two_step_users) AND m.user_id <> ?"
        )
    elif kind is PolicyType.SINGLE_ORGANIZATION:
        reason, event = _ELSEWHERE_TOO, events.REVOKED_FOR_SINGLE_ORGANIZATION
        sql = (
            "SELECT m.id FROM members m WHERE m.organization_id = ? AND m.status IN (1, 2)"
            " AND m.type NOT IN (0, 1) AND m.user_id <> ? AND EXISTS (SELECT 1 FROM members x"
            "  WHERE x.user_id = m.user_id AND x.organization_id <> m.organization_id"
            "  AND x.status IN (1, 2))"
        )
    elif kind is PolicyType.AUTOMATIC_CONFIRMATION:
        raise bad_request("This organization cannot use the automatic confirmation policy.")
    elif kind is PolicyType.BLOCK_CLAIMED_DOMAIN_ACCOUNTS:
        raise bad_request("You must claim at least one domain to turn on this policy.")
    else:
        return
    for row in call.world.db.rows(sql, org["id"], call.who.user_id):
        call.world.db.run(
            "UPDATE members SET status = ?, revocation_reason = ? WHERE id = ?",
            int(OrganizationUserStatus.REVOKED),
            reason,
            row["id"],
        )
        call.world.event(
            event,
            acting=call.who.user_id,
            organization=org["id"],
            organizationUserId=row["id"],
        )


def upsert(
    call: Call, org: sqlite3.Row, kind: PolicyType, enabled: bool, data: str | None
) -> sqlite3.Row:
    """Store a policy, new or again."""
    stamp = call.world.clock.stamp()
    call.world.db.run(
        "INSERT INTO policies VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT"
        " (organization_id, type) DO UPDATE SET enabled = ?4, data = ?5, revised = ?6",
        new_id(),
        org["id"],
        int(kind),
        enabled,
        data,
        stamp,
    )
    row = call.world.db.row(
        "SELECT * FROM policies WHERE organization_id = ? AND type = ?", org["id"], int(kind)
    )
    if row is None:
        raise LookupError("the policy just written")
    return row


def is_on(call: Call, organization_id: str, kind: PolicyType) -> bool:
    """Whether a policy is enabled."""
    return bool(
        call.world.db.value(
            "SELECT enabled FROM policies WHERE organization_id = ? AND type = ?",
            organization_id,
            int(kind),
        )
    )


def _make_default_collections(call: Call, org: sqlite3.Row, name: object) -> None:
    if not isinstance(name, str) or not name.strip():
        return
    plain = (int(OrganizationUserType.OWNER), int(OrganizationUserType.ADMIN))
    for row in call.world.db.rows(
        "SELECT id FROM members WHERE organization_id = ? AND status = 2 AND type NOT IN (?, ?)",
        org["id"],
        *plain,
    ):
        make_default_collection(call, org["id"], row["id"], name)


def make_default_collection(call: Call, organization_id: str, member_id: str, name: str) -> None:
    """A member's My items, once."""
    db = call.world.db
    if db.value(
        "SELECT 1 FROM collections c JOIN collection_users cu ON cu.collection_id = c.id"
        " WHERE c.organization_id = ? AND c.type = 1 AND cu.member_id = ?",
        organization_id,
        member_id,
    ):
        return
    collection_id, stamp = new_id(), call.world.clock.stamp()
    db.run(
        "INSERT INTO collections (id, organization_id, name, type, created, revised)"
        " VALUES (?, ?, ?, 1, ?, ?)",
        collection_id,
        organization_id,
        name,
        stamp,
        stamp,
    )
    db.run("INSERT INTO collection_users VALUES (?, ?, 0, 0, 1)", collection_id, member_id)


_BASE = "/api/organizations/{organization}/policies"
ROUTES = (
    Route("GET", _BASE, get_all),
    Route("GET", _BASE + "/{type}", get),
    Route("PUT", _BASE + "/{type}", put),
)
