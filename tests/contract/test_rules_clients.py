"""Rules about clients, their seats and what a new client is."""

from __future__ import annotations

import pytest

from tests.contract.stage import ENTERPRISE_MONTHLY, OWNER, TEAMS_MONTHLY, Client, Stage, fresh
from tests.contract.wire import Json, new_id

SWITCHES = (
    "limitCollectionCreation", "limitCollectionDeletion", "limitItemDeletion",
    "allowAdminAccessToAllCollectionItems",
)  # fmt: skip


def row_of(stage: Stage, client: Client) -> Json:
    (row,) = [row for row in stage.clients() if row["id"] == client.provider_org]
    return row


def plan_of(stage: Stage, plan_type: int) -> Json:
    plans = stage.admin.get(f"{stage.provider_path}/billing/subscription")["plans"]
    (plan,) = [plan for plan in plans if plan["type"] == plan_type]
    found: Json = plan
    return found


@pytest.mark.parametrize("plan_type", [20, 0, 18, 22, None])
def test_rule_client_plan_types(stage: Stage, plan_type: int | None) -> None:
    before = len(stage.clients())
    body = stage.client_body(planType=plan_type)
    answer = stage.admin.send("POST", f"{stage.provider_path}/clients", body)
    assert answer.status_code == 400
    if plan_type == 20:
        assert answer.json()["validationErrors"] is None
        assert answer.json()["message"]
    else:
        assert answer.json()["validationErrors"]
    assert len(stage.clients()) == before


def test_rule_client_seats_at_least_one(stage: Stage) -> None:
    body = stage.client_body(seats=0)
    answer = stage.admin.send("POST", f"{stage.provider_path}/clients", body)
    assert answer.status_code == 400
    assert list(answer.json()["validationErrors"]) == ["Seats"]
    path = f"{stage.provider_path}/clients/{stage.client.provider_org}"
    body = {"name": stage.client.name, "assignedSeats": -1}
    answer = stage.admin.send("PUT", path, body)
    assert answer.status_code == 400
    assert list(answer.json()["validationErrors"]) == ["AssignedSeats"]


def test_rule_new_client_state(stage: Stage) -> None:
    client = stage.new_client(seats=7)
    organization = stage.admin.get(client.path)
    assert {name: organization[name] for name in SWITCHES} == dict.fromkeys(SWITCHES, False)
    (member,) = stage.members(client.org)
    assert (member["type"], member["status"], member["userId"]) == (OWNER, 0, None)
    assert member["email"] == client.owner_email
    (collection,) = stage.collections(client).values()
    assert [(access["id"], access["manage"]) for access in collection["users"]] == [
        (client.owner, True)
    ]
    assert collection["groups"] == []
    assert collection["unmanaged"] is False
    profile = stage.admin.get("/api/accounts/profile")
    assert client.org not in [row["id"] for row in profile["organizations"]]
    assert client.org in [row["id"] for row in profile["providerOrganizations"]]
    row = row_of(stage, client)
    assert (row["seats"], row["occupiedSeats"], row["remainingSeats"]) == (7, 1, 6)
    assert row["userCount"] == 0
    assert organization["hasPublicAndPrivateKeys"] is True
    provider = stage.admin.get(stage.provider_path)
    assert organization["billingEmail"] == provider["billingEmail"]


def test_rule_new_client_features_by_plan(stage: Stage) -> None:
    teams = stage.admin.get(stage.new_client(planType=TEAMS_MONTHLY).path)
    enterprise = stage.admin.get(stage.client.path)
    assert (teams["useGroups"], teams["useEvents"], teams["usePolicies"]) == (True, True, False)
    assert (enterprise["useGroups"], enterprise["useEvents"]) == (True, True)
    assert enterprise["usePolicies"] is True
    assert (teams["planType"], enterprise["planType"]) == (TEAMS_MONTHLY, ENTERPRISE_MONTHLY)
    assert teams["useSecretsManager"] is False


def test_rule_new_client_events(stage: Stage) -> None:
    client = stage.new_client()
    events = stage.admin.get(f"{stage.provider_path}/events")["data"]
    made = [row for row in events if row["providerOrganizationId"] == client.provider_org]
    assert 1900 in [row["type"] for row in made]
    assert stage.events(client.path).count(1500) == 1


def test_rule_name_over_column_length(stage: Stage) -> None:
    name = fresh("n" * 51)
    before = len(stage.clients())
    body = stage.client_body(name=name)
    answer = stage.admin.send("POST", f"{stage.provider_path}/clients", body)
    after = stage.clients()
    if answer.status_code == 500:
        assert len(after) == before
    else:
        assert answer.status_code == 200
        (row,) = [row for row in after if row["key"] == body["key"]]
        assert row["organizationName"] == name[:50]
    client = stage.new_client()
    path = f"{stage.provider_path}/clients/{client.provider_org}"
    answer = stage.admin.send("PUT", path, {"name": name, "assignedSeats": client.seats})
    wanted = {500: client.name, 200: name[:50]}
    assert row_of(stage, client)["organizationName"] == wanted[answer.status_code]


def test_rule_service_user_may_not_create_or_see_members(stage: Stage) -> None:
    service = stage.roles["service_user"]
    before = len(stage.clients())
    answer = service.send("POST", f"{stage.provider_path}/clients", stage.client_body())
    assert answer.status_code == 403
    assert service.send("GET", f"{stage.provider_path}/users").status_code == 403
    assert len(stage.clients()) == before


def test_rule_service_user_may_not_buy_seats(stage: Stage) -> None:
    client = stage.new_client(planType=TEAMS_MONTHLY)
    plan = plan_of(stage, TEAMS_MONTHLY)
    above = client.seats + max(plan["seatMinimum"] - plan["assignedSeats"], 0) + 1
    path = f"{stage.provider_path}/clients/{client.provider_org}"
    body = {"name": fresh("Bought"), "assignedSeats": above}
    answer = stage.roles["service_user"].send("PUT", path, body)
    assert answer.status_code == 401
    assert "seats" in answer.json()["message"]
    row = row_of(stage, client)
    assert (row["seats"], row["organizationName"]) == (client.seats, client.name)
    stage.admin.done("PUT", path, body)
    assert row_of(stage, client)["seats"] == above
    body = {"name": fresh("Given back"), "assignedSeats": client.seats}
    stage.roles["service_user"].done("PUT", path, body)
    assert row_of(stage, client)["seats"] == client.seats


def test_rule_client_update_without_seats_means_zero(stage: Stage) -> None:
    client = stage.new_client()
    path = f"{stage.provider_path}/clients/{client.provider_org}"
    stage.admin.done("PUT", path, {"name": client.name})
    assert row_of(stage, client)["seats"] == 0


def test_rule_seats_below_those_in_use_are_accepted(stage: Stage) -> None:
    client = stage.new_client(seats=3)
    stage.invited_member(client.org)
    path = f"{stage.provider_path}/clients/{client.provider_org}"
    stage.admin.done("PUT", path, {"name": client.name, "assignedSeats": 1})
    row = row_of(stage, client)
    assert (row["seats"], row["occupiedSeats"], row["remainingSeats"]) == (1, 2, -1)


def test_rule_unknown_client_is_404(stage: Stage) -> None:
    path = f"{stage.provider_path}/clients/{new_id()}"
    answer = stage.admin.send("PUT", path, {"name": "Nobody", "assignedSeats": 1})
    assert answer.status_code == 404


def test_rule_client_name_is_stored_as_sent(stage: Stage) -> None:
    client = stage.new_client(name="A & B <i>x</i>")
    assert row_of(stage, client)["organizationName"] == "A & B <i>x</i>"
    path = f"{stage.provider_path}/clients/{client.provider_org}"
    stage.admin.done("PUT", path, {"name": "C &amp; D", "assignedSeats": client.seats})
    assert row_of(stage, client)["organizationName"] == "C & D"
    assert stage.admin.get(client.path)["name"] == "C & D"


def test_rule_subscription_counts_assigned_seats(stage: Stage) -> None:
    before = plan_of(stage, TEAMS_MONTHLY)
    stage.new_client(planType=TEAMS_MONTHLY, seats=4)
    after = plan_of(stage, TEAMS_MONTHLY)
    assert after["assignedSeats"] == before["assignedSeats"] + 4
    assert after["purchasedSeats"] == max(after["assignedSeats"] - after["seatMinimum"], 0)
    assert after["cadence"] == "Monthly"
