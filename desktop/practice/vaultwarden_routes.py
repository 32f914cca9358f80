"""Endpoints at which Vaultwarden does something else than the official server.

Facts of dani-garcia/vaultwarden as of August 2026: `src/api/core/organizations.rs`, `events.rs`,
`src/api/identity.rs`. What has no route here and none in `SHARED` is not there at all.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import msgspec

from desktop.domain.enums import OrganizationUserType, PolicyType
from desktop.practice import (
    access,
    accounts,
    collections,
    events,
    identity,
    imports,
    invitations,
    members,
    organizations,
    policies,
    vaultwarden,
)
from desktop.practice.vaultwarden import failed, stopped
from desktop.practice.web import Answer, Call, Route, done, listing, reply

_ORG = "/api/organizations/{organization}"
#: endpoints of the official server that are not there
_MISSING = re.compile(
    r"/api/(providers/.*"
    r"|organizations/[^/]+/(collection-management|billing/.*|events)"
    r"|organizations/[^/]+/users/[^/]+/events"
    r"|accounts/key-management/.*)"
)
_ADMINS = (int(OrganizationUserType.OWNER), int(OrganizationUserType.ADMIN))


def config(call: Call) -> Answer:
    """It says what it is, and the official version it keeps up with."""
    told = msgspec.json.decode(accounts.config(call).body)
    told |= {"version": vaultwarden.VERSION, "server": vaultwarden.SERVER}
    told["environment"]["sso"] = ""
    return reply(told)


async def token(call: Call) -> Answer:
    """Signing in is limited, going on with a refresh token is not."""
    grant = parse_qs(call.body.decode("utf-8", "replace")).get("grant_type", [""])[0]
    limit = call.world.login_limit
    if grant != "refresh_token" and limit is not None:
        limit.take()
    return await identity.token(call)


def _body(call: Call) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(call.body)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise stopped(422) from problem
    if not isinstance(found, dict):
        raise stopped(422)
    return found


def _need_lists(body: object, *names: str) -> None:
    """Lists whose absence makes a body one of another shape."""
    if not isinstance(body, dict) or not all(isinstance(body.get(one), list) for one in names):
        raise stopped(422)


def _need_admin(call: Call) -> sqlite3.Row:
    org = access.organization(call)
    if call.who.role(org["id"]) not in ("owner", "admin"):
        raise stopped(401)
    return org


# --- the organization -------------------------------------------------------------------------


def put_organization(call: Call) -> Answer:
    """Owners only; both fields are needed, a missing one is no longer "unchanged"."""
    body = _body(call)
    if not all(isinstance(body.get(name), str) for name in ("name", "billingEmail")):
        raise stopped(422)
    org = access.organization(call)
    if call.who.role(org["id"]) != "owner":
        raise stopped(401)
    call.world.db.run(
        "UPDATE organizations SET name = ?, billing_email = ?, revised = ? WHERE id = ?",
        body["name"],
        body["billingEmail"],
        call.world.clock.stamp(),
        org["id"],
    )
    call.world.touch_members(org["id"])
    return reply(organizations.model(access.organization_row(call, org["id"])))


# --- collections ------------------------------------------------------------------------------


def get_collections(call: Call) -> Answer:
    """Whoever does not see all of them is told that there are none."""
    org = access.organization(call)
    if not _sees_all(call, org):
        raise failed("Resource not found.", 404)
    return collections.get_all(call)


def get_details(call: Call) -> Answer:
    """Owners and admins are listed at each collection, and none is without a manager."""
    told = msgspec.json.decode(collections.get_details(call).body)
    org = access.organization(call)
    managers = [
        {"id": row["id"], "readOnly": False, "hidePasswords": False, "manage": True}
        for row in call.world.db.rows(
            "SELECT id FROM members WHERE organization_id = ? AND status = 2 AND type IN (?, ?)",
            org["id"],
            *_ADMINS,
        )
    ]
    for one in told["data"]:
        one["users"] += managers
        one["unmanaged"] = False
        if _sees_all(call, org):
            one |= {"assigned": True, "readOnly": False, "hidePasswords": False, "manage": True}
    return reply(told)


def _sees_all(call: Call, org: sqlite3.Row) -> bool:
    return call.who.role(org["id"]) in ("owner", "admin") or call.who.may(
        "editanycollection", org["id"]
    )


def post_collection(call: Call) -> Answer:
    """Both access lists must be there."""
    _need_lists(_body(call), "groups", "users")
    return _collection_written(call, collections.post(call))


def put_collection(call: Call) -> Answer:
    """Both lists must be there and replace what was."""
    _need_lists(_body(call), "groups", "users")
    return _collection_written(call, collections.put(call))


def _collection_written(call: Call, answer: Answer) -> Answer:
    """Access of those who see everything anyway is not stored."""
    call.world.db.run(
        "DELETE FROM collection_users WHERE member_id IN"
        " (SELECT id FROM members WHERE organization_id = ? AND type IN (?, ?))",
        call.id("organization"),
        *_ADMINS,
    )
    return answer


# --- groups and event logs, which are switched off --------------------------------------------


def no_groups(call: Call) -> Answer:
    """An empty list, so that no client stumbles."""
    access.organization(call)
    return listing([])


def groups_off(call: Call) -> Answer:
    """Any write."""
    _need_admin(call)
    raise failed("Group support is disabled")


def no_events(call: Call) -> Answer:
    """An empty list; without both ends of the time there is no such route."""
    if call.asked("start") is None or call.asked("end") is None:
        raise stopped(404)
    _need_admin(call)
    return listing([])


# --- people -----------------------------------------------------------------------------------


def invite(call: Call) -> Answer:
    """One address after the other; the first that is a member already stops the rest."""
    body = _body(call)
    _need_lists(body, "emails", "groups")
    org = _need_admin(call)
    role = body.get("type")
    if role != OrganizationUserType.USER and call.who.role(org["id"]) != "owner":
        raise failed("Only Owners can invite Managers, Admins or Owners")
    for email in body["emails"]:
        if _is_member(call, org, str(email)):
            raise failed(f"User already in organization: {email}")
        members.invite(replace(call, body=msgspec.json.encode({**body, "emails": [email]})))
        # What was done for those before stays done.
        call.world.db.commit_step()
    return done()


def _is_member(call: Call, org: sqlite3.Row, email: str) -> bool:
    return email.lower() in invitations.known(call.world, org["id"], [email])


# --- policies ---------------------------------------------------------------------------------


def get_policies(call: Call) -> Answer:
    """Stored ones, with their ids."""
    org = _need_admin(call)
    rows = call.world.db.rows(
        "SELECT * FROM policies WHERE organization_id = ? ORDER BY type", org["id"]
    )
    return listing([_policy(row) for row in rows])


def put_policy(call: Call) -> Answer:
    """No order among them; types it does not have are refused."""
    policy = _body(call).get("policy")
    if not isinstance(policy, dict) or not isinstance(policy.get("enabled"), bool):
        raise stopped(422)
    org = _need_admin(call)
    kind = call.params["type"]
    if not kind.isdigit() or int(kind) not in vaultwarden.POLICIES:
        raise failed("Invalid or unsupported policy type")
    data = policy.get("data")
    text = None if data is None else msgspec.json.encode(data).decode()
    if policy["enabled"]:
        policies.revoke_unfit(call, org, PolicyType(int(kind)))
    row = policies.upsert(call, org, PolicyType(int(kind)), policy["enabled"], text)
    call.world.event(
        events.POLICY_UPDATED, acting=call.who.user_id, organization=org["id"], policyId=row["id"]
    )
    call.world.touch_members(org["id"])
    return reply(_policy(row))


def _policy(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "organizationId": row["organization_id"],
        "type": row["type"],
        "data": None if row["data"] is None else msgspec.json.decode(row["data"]),
        "enabled": bool(row["enabled"]),
        "object": "policy",
    }


# --- importing --------------------------------------------------------------------------------


def import_organization(call: Call) -> Answer:
    """Every collection needs its two access lists, although they are not looked at."""
    body = _body(call)
    _need_lists(body, "ciphers", "collections", "collectionRelationships")
    for one in body["collections"]:
        _need_lists(one, "groups", "users")
    return imports.import_organization(call)


OWN: tuple[Route, ...] = (
    Route("GET", "/api/config", config, anonymous=True),
    Route("POST", "/identity/connect/token", token, anonymous=True, manual=True),
    Route("PUT", _ORG, put_organization),
    Route("GET", _ORG + "/collections", get_collections),
    Route("GET", _ORG + "/collections/details", get_details),
    Route("POST", _ORG + "/collections", post_collection),
    Route("PUT", _ORG + "/collections/{id}", put_collection),
    Route("GET", _ORG + "/groups", no_groups),
    Route("GET", _ORG + "/groups/details", no_groups),
    Route("POST", _ORG + "/groups", groups_off),
    Route("GET", _ORG + "/groups/{id}", groups_off),
    Route("PUT", _ORG + "/groups/{id}", groups_off),
    Route("DELETE", _ORG + "/groups/{id}", groups_off),
    Route("GET", _ORG + "/groups/{id}/users", groups_off),
    Route("GET", _ORG + "/events", no_events),
    Route("POST", _ORG + "/users/invite", invite),
    Route("GET", _ORG + "/policies", get_policies),
    Route("PUT", _ORG + "/policies/{type}", put_policy),
    Route("PUT", _ORG + "/policies/{type}/vnext", put_policy),
    Route("POST", "/api/ciphers/import-organization", import_organization),
)


def routes(official: tuple[Route, ...]) -> tuple[Route, ...]:
    """What this server has: its own endpoints first, then those it shares with the official one."""
    return (*OWN, *(one for one in official if not _MISSING.fullmatch(one.path)))
