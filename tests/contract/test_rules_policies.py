"""Rules about policies."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.contract.stage import TEAMS_MONTHLY, Client, Stage

MASTER_PASSWORD, SINGLE_ORGANIZATION, ACCOUNT_RECOVERY, SEND_CONTROLS = 1, 3, 8, 21
DATA: dict[int, Any] = {
    8: {"autoEnrollEnabled": False},
    9: {"minutes": 15, "action": "lock"},
    16: {"uriMatchDetection": 0},
    20: {"allowBanner": True, "header": "h", "description": "d", "buttonText": "b"},
}


def save(
    stage: Stage, client: Client, kind: int, *, enabled: bool = True, data: Any = None
) -> httpx.Response:
    body = {"policy": {"enabled": enabled, "data": data}, "metadata": None}
    return stage.admin.send("PUT", f"{client.path}/policies/{kind}", body)


def test_rule_policies_need_use_policies(stage: Stage) -> None:
    client = stage.new_client(planType=TEAMS_MONTHLY)
    answer = save(stage, client, SINGLE_ORGANIZATION)
    assert answer.status_code == 400
    assert answer.json()["message"]
    kinds = [row["type"] for row in stage.admin.get(f"{client.path}/policies")["data"]]
    assert kinds == [SEND_CONTROLS]


@pytest.mark.parametrize("kind", [4, 8, 9, 16, 18, 20])
def test_rule_policies_that_need_single_organization(stage: Stage, kind: int) -> None:
    client = stage.new_client()
    answer = save(stage, client, kind, data=DATA.get(kind))
    assert answer.status_code == 400
    assert "ingle organization" in answer.json()["message"]
    assert stage.admin.get(f"{client.path}/policies/{kind}")["enabled"] is False
    assert save(stage, client, kind, enabled=False).status_code == 200
    if kind in {4, 8, 9, 16}:
        assert save(stage, client, SINGLE_ORGANIZATION).status_code == 200
        assert save(stage, client, kind, data=DATA.get(kind)).status_code == 200


def test_rule_prerequisite_in_use_stays_on(stage: Stage) -> None:
    client = stage.new_client()
    assert save(stage, client, SINGLE_ORGANIZATION).status_code == 200
    assert save(stage, client, ACCOUNT_RECOVERY, data=DATA[8]).status_code == 200
    answer = save(stage, client, SINGLE_ORGANIZATION, enabled=False)
    assert answer.status_code == 400
    assert stage.admin.get(f"{client.path}/policies/3")["enabled"] is True
    assert save(stage, client, ACCOUNT_RECOVERY, enabled=False).status_code == 200
    assert save(stage, client, SINGLE_ORGANIZATION, enabled=False).status_code == 200


def test_rule_policy_list_has_saved_rows_and_send_controls(stage: Stage) -> None:
    client = stage.new_client()
    (row,) = stage.admin.get(f"{client.path}/policies")["data"]
    assert (row["type"], row["enabled"], row["organizationId"]) == (21, False, client.org)
    assert save(stage, client, MASTER_PASSWORD, enabled=False).status_code == 200
    rows = stage.admin.get(f"{client.path}/policies")["data"]
    assert sorted(row["type"] for row in rows) == [MASTER_PASSWORD, SEND_CONTROLS]
    assert not [row for row in rows if "id" in row]


def test_rule_policy_never_saved_has_a_default_row(stage: Stage) -> None:
    client = stage.new_client()
    for kind in (MASTER_PASSWORD, SINGLE_ORGANIZATION, 5):
        assert stage.admin.get(f"{client.path}/policies/{kind}") == {
            "object": "policy",
            "organizationId": client.org,
            "type": kind,
            "data": {},
            "enabled": False,
            "canToggleState": True,
        }


def test_rule_policy_data_is_replaced(stage: Stage) -> None:
    client = stage.new_client()
    path = f"{client.path}/policies/{MASTER_PASSWORD}"
    first = save(stage, client, MASTER_PASSWORD, data={"minLength": 14, "requireUpper": True})
    assert first.json()["data"] == {"minLength": 14, "requireUpper": True}
    save(stage, client, MASTER_PASSWORD, data={"minComplexity": 3})
    assert stage.admin.get(path)["data"] == {"minComplexity": 3}
    nothings: tuple[Any, ...] = ({}, None)
    for nothing in nothings:
        answer = save(stage, client, MASTER_PASSWORD, data=nothing)
        assert answer.status_code == 200
        assert answer.json()["data"] is None
        assert answer.json()["id"] == first.json()["id"]
        assert stage.admin.get(path)["data"] == {}


def test_rule_policy_data_is_validated(stage: Stage) -> None:
    client = stage.new_client()
    for data in (
        {"minLength": 11},
        {"minLength": 129},
        {"minComplexity": 5},
        {"minComplexity": -1},
        {"minLength": "long"},
    ):
        assert save(stage, client, MASTER_PASSWORD, data=data).status_code == 400, data
    for data in ({"minLength": 12, "minComplexity": 0}, {"minLength": 128, "minComplexity": 4}):
        assert save(stage, client, MASTER_PASSWORD, data=data).status_code == 200


def test_rule_policy_flat_body_is_refused(stage: Stage) -> None:
    path = f"{stage.client.path}/policies/{MASTER_PASSWORD}"
    answer = stage.admin.send("PUT", path, {"type": 1, "enabled": True, "data": {}})
    assert answer.status_code == 400
    assert answer.json()["validationErrors"]


def test_rule_policy_event(stage: Stage) -> None:
    client = stage.new_client()
    saved = save(stage, client, MASTER_PASSWORD).json()
    rows = stage.admin.get(f"{client.path}/events")["data"]
    (row,) = [row for row in rows if row["type"] == 1700]
    assert row["policyId"] == saved["id"]
    assert row["actingUserId"] == stage.admin.user


def test_rule_policy_two_step_revokes_members(stage: Stage) -> None:
    client = stage.new_client()
    without, owner = stage.roles["org_user"], stage.roles["guest"]
    stage.confirmed_member(client.org, without)
    stage.confirmed_member(client.org, owner, type=0)
    person = stage.roles["careful"]
    stage.confirmed_member(client.org, person)
    assert save(stage, client, 0).status_code == 200
    rows = {row["email"]: row for row in stage.members(client.org)}
    assert rows[without.email]["status"] == -1
    assert [rows[one.email]["status"] for one in (owner, person)] == [2, 2]
    assert rows[person.email]["twoFactorEnabled"] is True
    (row,) = [row for row in stage.clients() if row["organizationId"] == client.org]
    assert row["occupiedSeats"] == 3


def test_rule_policy_two_step_refuses_accepting(stage: Stage) -> None:
    client = stage.new_client()
    assert save(stage, client, 0).status_code == 200
    person = stage.roles["guest"]
    member = stage.invited_member(client.org, person.email)
    body = {"token": stage.inbox.token(member, person.email)}
    path = f"{client.path}/users/{member}/accept"
    assert person.send("POST", path, body).status_code == 400
    row = stage.member(client.org, person.email)
    assert row is not None
    assert row["status"] == 0
    stage.accepted_member(client.org, stage.roles["careful"])


def test_rule_policy_single_organization_revokes_members(stage: Stage) -> None:
    client = stage.new_client()
    busy, owner = stage.roles["org_user"], stage.roles["guest"]
    stage.confirmed_member(client.org, busy)
    stage.confirmed_member(client.org, owner, type=0)
    assert save(stage, client, SINGLE_ORGANIZATION).status_code == 200
    rows = {row["email"]: row for row in stage.members(client.org)}
    assert rows[busy.email]["status"] == -1
    assert rows[owner.email]["status"] == 2
    mine = stage.member(stage.client.org, busy.email)
    assert mine is not None
    assert mine["status"] == 2


def test_rule_revocation_reason_is_told(stage: Stage) -> None:
    reasons = {}
    for kind in (0, SINGLE_ORGANIZATION):
        client = stage.new_client()
        stage.confirmed_member(client.org, stage.roles["org_user"])
        stage.confirmed_member(client.org, stage.roles["guest"], type=0)
        assert save(stage, client, kind).status_code == 200
        rows = {row["email"]: row["revocationReason"] for row in stage.members(client.org)}
        assert rows[stage.roles["guest"].email] is None
        reasons[kind] = rows[stage.roles["org_user"].email]
        assert stage.events(client.path).count(1521 if kind else 1520) == 1
    assert reasons == {0: 2, SINGLE_ORGANIZATION: 4}
