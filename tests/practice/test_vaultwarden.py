"""The practice server as Vaultwarden: what is different there, fact by fact.

Source: dani-garcia/vaultwarden, August 2026 (`src/api/core/organizations.rs`, `events.rs`,
`src/error.rs`, `src/db/models/organization.rs`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.practice import keys
from desktop.practice.vaultwarden import VERSION
from tests.practice.wire import Desk, token_form
from tests.practice_process import PracticeHandle, practice_server

MINE, ADMINISTERED, SEEN = (
    "My Client's Organization",
    "Second Client's Organization",
    "Third Client's Organization",
)


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    with practice_server("--no-providers", "--clock", "50") as handle:
        yield handle


@pytest.fixture(scope="module")
def alice(server: PracticeHandle) -> Desk:
    return Desk.of(server, server.account("owner"))


def own(desk: Desk, name: str) -> dict[str, Any]:
    found = desk.get("/accounts/profile")["organizations"]
    return next(one for one in found if one["name"] == name)


def message(answer: Any) -> str:
    """Its own refusals say the same three times over."""
    body = answer.json()
    assert body["errorModel"]["message"] == body["message"]
    assert body["validationErrors"] == {"": [body["message"]]}
    return str(body["message"])


def test_it_says_what_it_is_and_has_no_providers(alice: Desk) -> None:
    config = alice.server.http.get("/api/config").json()
    assert config["server"]["name"] == "Vaultwarden"
    assert config["version"] == VERSION
    profile = alice.get("/accounts/profile")
    assert profile["providers"] == profile["providerOrganizations"] == []
    assert "organizationsNew" not in profile
    missing = alice.ask("GET", f"/providers/{profile['id']}/organizations")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, 404)
    path = f"/organizations/{own(alice, MINE)['id']}"
    for method, rest in (("PUT", "collection-management"), ("GET", "billing/vnext/metadata")):
        assert alice.ask(method, f"{path}/{rest}").status_code == 404


def test_every_organization_looks_like_enterprise_with_twenty_seats(alice: Desk) -> None:
    for name, role in ((MINE, 0), (ADMINISTERED, 1), (SEEN, 4)):
        row = own(alice, name)
        assert (row["seats"], row["productTierType"], row["type"]) == (20, 3, role)
        assert row["usePolicies"]
        assert not row["useGroups"]
        assert not row["useEvents"]
        assert row["allowAdminAccessToAllCollectionItems"]
        given = {key for key, value in row["permissions"].items() if value}
        every = {"createNewCollections", "editAnyCollection", "deleteAnyCollection"}
        assert given == (every if role == 4 else set())


def test_a_missing_role_is_401_without_a_challenge(alice: Desk) -> None:
    path = f"/organizations/{own(alice, SEEN)['id']}"
    for method, rest, body in (
        ("GET", "policies", None),
        ("POST", "users/invite", {"emails": ["x@example.com"], "groups": [], "type": 2}),
    ):
        answer = alice.ask(method, f"{path}/{rest}", body)
        assert answer.status_code == 401
        assert "www-authenticate" not in answer.headers


def test_a_collection_needs_both_access_lists(alice: Desk) -> None:
    organization = own(alice, MINE)
    path = f"/organizations/{organization['id']}/collections"
    key = keys.unwrap_with(alice.private(), organization["key"])
    name = keys.encrypt(key, b"New")
    assert alice.ask("POST", path, {"name": name}).status_code == 422
    made = alice.send("POST", path, {"name": name, "groups": [], "users": []})
    assert alice.ask("PUT", f"{path}/{made['id']}", {"name": name}).status_code == 422
    listed = alice.listed(f"{path}/details")
    found = next(one for one in listed if one["id"] == made["id"])
    # Owners and admins are at each one, and the account sees it as its manager.
    assert len(found["users"]) == 2
    assert (found["assigned"], found["manage"], found["unmanaged"]) == (True, True, False)


def test_groups_are_switched_off(alice: Desk) -> None:
    path = f"/organizations/{own(alice, MINE)['id']}/groups"
    assert alice.listed(path) == alice.listed(f"{path}/details") == []
    answer = alice.ask("POST", path, {"name": "G", "collections": [], "users": []})
    assert (answer.status_code, message(answer)) == (400, "Group support is disabled")


def test_event_logs_are_empty_and_want_both_ends(alice: Desk) -> None:
    path = f"/organizations/{own(alice, MINE)['id']}/events"
    assert alice.ask("GET", path).status_code == 404
    assert alice.listed(f"{path}?start=2026-01-01T00:00:00Z&end=2026-02-01T00:00:00Z") == []


def test_policies_have_ids_no_order_and_fewer_types(alice: Desk) -> None:
    path = f"/organizations/{own(alice, ADMINISTERED)['id']}/policies"
    assert alice.listed(path) == []
    body = {"policy": {"enabled": True, "data": {"autoEnrollEnabled": False}}}
    # Officially it needs the single-organization policy first.
    stored = alice.send("PUT", f"{path}/8", body)
    assert stored["enabled"]
    assert stored["id"]
    answer = alice.ask("PUT", f"{path}/9", body)
    assert (answer.status_code, message(answer)) == (400, "Invalid or unsupported policy type")
    assert alice.ask("PUT", f"{path}/8", {"enabled": True}).status_code == 422
    assert [one["type"] for one in alice.listed(path)] == [8]
    assert alice.send("PUT", f"{path}/8/vnext", {"policy": {"enabled": False, "data": None}})


def test_inviting_somebody_twice_is_an_error_and_stops_there(alice: Desk) -> None:
    path = f"/organizations/{own(alice, MINE)['id']}/users"
    body: dict[str, Any] = {"emails": ["one@example.com"], "type": 2, "groups": []}
    alice.send("POST", f"{path}/invite", {**body, "collections": []})
    again = {**body, "emails": ["two@example.com", "one@example.com", "three@example.com"]}
    answer = alice.ask("POST", f"{path}/invite", {**again, "collections": []})
    assert (answer.status_code, message(answer)) == (
        400,
        "User already in organization: one@example.com",
    )
    there = {one["email"] for one in alice.listed(path)}
    assert "two@example.com" in there
    assert "three@example.com" not in there
    assert alice.ask("POST", f"{path}/invite", {"emails": ["x@example.com"]}).status_code == 422


def test_only_owners_invite_more_than_plain_members(alice: Desk) -> None:
    path = f"/organizations/{own(alice, ADMINISTERED)['id']}/users/invite"
    body = {"emails": ["boss@example.com"], "type": 1, "groups": [], "collections": []}
    answer = alice.ask("POST", path, body)
    assert message(answer) == "Only Owners can invite Managers, Admins or Owners"


def test_an_import_needs_the_access_lists_of_every_collection(alice: Desk) -> None:
    organization = own(alice, MINE)
    key = keys.unwrap_with(alice.private(), organization["key"])
    path = f"/ciphers/import-organization?organizationId={organization['id']}"
    item = {
        "type": 1,
        "name": keys.encrypt(key, b"Item"),
        "organizationId": organization["id"],
        "login": {"uris": []},
    }
    collection: dict[str, Any] = {"name": keys.encrypt(key, b"Box")}
    body = {
        "ciphers": [item],
        "collections": [collection],
        "collectionRelationships": [{"key": 0, "value": 0}],
    }
    assert alice.ask("POST", path, body).status_code == 422
    collection |= {"groups": [], "users": []}
    assert alice.ask("POST", path, body).status_code == 200


def test_the_organization_wants_name_and_address_together(alice: Desk) -> None:
    path = f"/organizations/{own(alice, MINE)['id']}"
    assert alice.ask("PUT", path, {"name": "Only a name"}).status_code == 422
    assert alice.ask("PUT", path, {"name": MINE, "billingEmail": "b@example.com"}).is_success


def test_a_wrong_password_is_refused_in_its_own_words(server: PracticeHandle) -> None:
    account = {**server.account("owner"), "password": "wrong"}
    form = token_form(account)
    answer = server.http.post(
        "/identity/connect/token", data=form, headers={"Bitwarden-Client-Version": "2026.8.0"}
    )
    assert answer.status_code == 400
    assert "Username or password is incorrect" in message(answer)
    assert answer.json()["error"] == ""


def test_each_renewal_brings_another_refresh_token(alice: Desk) -> None:
    tokens = set()
    for _time in range(3):
        alice.refresh()
        tokens.add(alice.token["refresh_token"])
    assert len(tokens) == 3
