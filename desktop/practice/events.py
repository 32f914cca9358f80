"""Event logs of organizations and providers, and the numbers this server writes."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from desktop.practice.access import may
from desktop.practice.clock import wire_date
from desktop.practice.errors import bad_request, not_found
from desktop.practice.web import Answer, Call, Route, listing

SIGNED_IN = 1000
RECOVERED = 1004
BAD_PASSWORD = 1005
BAD_SECOND_FACTOR = 1006
COLLECTION_CREATED, COLLECTION_UPDATED, COLLECTION_DELETED = 1300, 1301, 1302
GROUP_CREATED, GROUP_UPDATED, GROUP_DELETED = 1400, 1401, 1402
MEMBER_INVITED, MEMBER_CONFIRMED, MEMBER_UPDATED, MEMBER_REMOVED = 1500, 1501, 1502, 1503
MEMBER_GROUPS = 1504
REVOKED_FOR_TWO_STEP, REVOKED_FOR_SINGLE_ORGANIZATION = 1520, 1521
ORGANIZATION_UPDATED, VAULT_ACCESSED = 1600, 1603
POLICY_UPDATED = 1700
PROVIDER_INVITED, PROVIDER_CONFIRMED, PROVIDER_UPDATED, PROVIDER_REMOVED = 1800, 1801, 1802, 1803
CLIENT_CREATED, CLIENT_REMOVED, CLIENT_ACCESSED = 1900, 1902, 1903

PAGE = 50
LONGEST = timedelta(days=367)
_FIELDS = (
    "userId",
    "organizationId",
    "providerId",
    "cipherId",
    "collectionId",
    "groupId",
    "policyId",
    "organizationUserId",
    "providerUserId",
    "providerOrganizationId",
    "actingUserId",
    "installationId",
    "systemUser",
    "domainName",
    "secretId",
    "projectId",
    "serviceAccountId",
    "grantedServiceAccountId",
    "sendId",
)


def of_organization(call: Call) -> Answer:
    """`GET /organizations/{organization}/events`."""
    organization_id = call.id("organization")
    if not may(call, organization_id, "accesseventlogs"):
        raise not_found()
    return _page(
        call,
        "SELECT * FROM events WHERE organization_id = ? AND date BETWEEN ? AND ?"
        " AND number < ? ORDER BY number DESC LIMIT ?",
        organization_id,
    )


def of_provider(call: Call) -> Answer:
    """`GET /providers/{provider}/events`."""
    provider_id = call.id("provider")
    if not call.who.is_provider_admin(provider_id):
        raise not_found()
    return _page(
        call,
        "SELECT * FROM events WHERE provider_id = ? AND date BETWEEN ? AND ?"
        " AND number < ? ORDER BY number DESC LIMIT ?",
        provider_id,
    )


def of_member(call: Call) -> Answer:
    """`GET /organizations/{organization}/users/{id}/events`."""
    organization_id = call.id("organization")
    if not may(call, organization_id, "accesseventlogs"):
        raise not_found()
    return _page(
        call,
        "SELECT * FROM events WHERE organization_id = ? AND date BETWEEN ? AND ? AND number < ?"
        " AND json_extract(facts, '$.organizationUserId') = ? ORDER BY number DESC LIMIT ?",
        organization_id,
        call.id("id"),
    )


def of_provider_member(call: Call) -> Answer:
    """`GET /providers/{provider}/users/{id}/events`: what this person did."""
    provider_id, member_id = call.id("provider"), call.id("id")
    user_id = call.world.db.value(
        "SELECT user_id FROM provider_users WHERE id = ? AND provider_id = ?",
        member_id,
        provider_id,
    )
    if user_id is None or not call.who.is_provider_admin(provider_id):
        raise not_found()
    return _page(
        call,
        "SELECT * FROM events WHERE provider_id = ? AND date BETWEEN ? AND ? AND number < ?"
        " AND json_extract(facts, '$.actingUserId') = ? ORDER BY number DESC LIMIT ?",
        provider_id,
        str(user_id),
    )


def _page(call: Call, sql: str, owner: str, *more: str) -> Answer:
    start, end = _window(call)
    before = _position(call.asked("continuationToken"))
    rows = call.world.db.rows(sql, owner, wire_date(start), wire_date(end), before, *more, PAGE + 1)
    token = None
    if len(rows) > PAGE:
        rows = rows[:PAGE]
        token = base64.b64encode(f"events+{rows[-1]['number']}".encode()).decode()
    return listing([_event(dict(row)) for row in rows], token)


def _event(row: dict[str, Any]) -> dict[str, Any]:
    facts = msgspec.json.decode(row["facts"])
    told = {name: facts.get(name) for name in _FIELDS}
    told["organizationId"] = row["organization_id"]
    told["providerId"] = row["provider_id"]
    return {
        "type": row["type"],
        **told,
        "date": row["date"],
        "deviceType": facts.get("deviceType"),
        "ipAddress": "127.0.0.1",
        "object": "event",
    }


def _window(call: Call) -> tuple[datetime, datetime]:
    """Start and end asked for; the last 30 days to the end of today when one is missing."""
    start, end = _moment(call.asked("start")), _moment(call.asked("end"))
    if start is None or end is None:
        today = call.world.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return today - timedelta(days=30), today + timedelta(days=1, microseconds=-1)
    start, end = min(start, end), max(start, end)
    if end - start > LONGEST:
        raise bad_request("Range too large.")
    return start, end


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as problem:
        raise bad_request("The model state is invalid.") from problem
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _position(token: str | None) -> int:
    if not token:
        return 2**62
    try:
        return int(base64.b64decode(token, validate=True).decode().partition("+")[2])
    except (ValueError, binascii.Error) as problem:
        raise bad_request("Invalid continuation token.") from problem


ROUTES = (
    Route("GET", "/api/organizations/{organization}/events", of_organization),
    Route("GET", "/api/organizations/{organization}/users/{id}/events", of_member),
    Route("GET", "/api/providers/{provider}/events", of_provider),
    Route("GET", "/api/providers/{provider}/users/{id}/events", of_provider_member),
)
