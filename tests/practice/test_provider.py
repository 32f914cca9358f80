"""The provider: seeds, role refusals, its members and its clients."""

from __future__ import annotations

import uuid

import pytest

from desktop.practice import keys
from tests.practice.wire import Client, Desk, client_body, new_client, owner_of
from tests.practice_process import PracticeHandle


def test_seeds_of_the_quick_start(admin: Desk) -> None:
    provider = admin.provider()
    assert provider["name"] == "Havenlicht IT"
    rows = admin.listed(f"/providers/{provider['id']}/organizations")
    numbers = [
        (one["organizationName"], one["seats"], one["occupiedSeats"], one["remainingSeats"])
        for one in rows[:3]
    ]
    assert numbers == [
        ("My Client's Organization", 15, 1, 14),
        ("Second Client's Organization", 20, 1, 19),
        ("Third Client's Organization", 10, 1, 9),
    ]
    assert [one["plan"] for one in rows[:3]] == [
        "Enterprise (Monthly)",
        "Teams (Monthly)",
        "Enterprise (Monthly)",
    ]
    members = admin.listed(f"/providers/{provider['id']}/users")[:4]
    assert sorted(one["status"] for one in members) == [0, 1, 2, 2]
    (billy,) = [one for one in members if one["status"] == 1]
    assert billy["name"] == "Billy Warden"


def test_service_user_is_refused_what_admins_do(admin: Desk, service: Desk) -> None:
    provider = admin.provider()["id"]
    for method, path, body in (
        ("GET", "/users", None),
        ("POST", "/users/invite", {"emails": ["a@b.example"], "type": 1}),
        ("POST", "/clients", client_body(service, keys.new_key())),
    ):
        refused = service.ask(method, f"/providers/{provider}{path}", body)
        assert (refused.status_code, refused.content) == (403, b"")
    assert service.ask("GET", f"/providers/{provider}/events").status_code == 404
    assert service.listed(f"/providers/{provider}/organizations")
    assert service.get(f"/providers/{provider}/billing/subscription")["plans"]


def test_service_user_changes_seats_only_without_a_purchase(admin: Desk, service: Desk) -> None:
    provider = admin.provider()["id"]
    row = admin.listed(f"/providers/{provider}/organizations")[1]
    path = f"/providers/{provider}/clients/{row['id']}"
    name = row["organizationName"]
    assert service.send("PUT", path, {"name": name, "assignedSeats": 19}) is None
    refused = service.ask("PUT", path, {"name": name, "assignedSeats": 3000})
    assert refused.status_code == 401
    assert "Service users" in refused.json()["message"]
    admin.send("PUT", path, {"name": name, "assignedSeats": 20})


def test_stranger_gets_nothing(server: PracticeHandle, admin: Desk, client: Client) -> None:
    provider = admin.provider()["id"]
    desk = Desk.of(server, server.register(f"{uuid.uuid4().hex}@stranger.example"))
    assert desk.ask("GET", f"/providers/{provider}/organizations").status_code == 403
    assert desk.ask("GET", f"{client.path}/users").status_code == 404
    assert desk.ask("GET", client.path).status_code == 404
    assert desk.ask("GET", f"{client.path}/groups").status_code == 403
    assert desk.ask("GET", f"/providers/{provider}/billing/subscription").status_code == 401
    answer = desk.ask("GET", f"/ciphers/organization-details?organizationId={client.id}")
    assert answer.status_code == 404
    assert server.http.get("/api/accounts/profile").status_code == 401


def test_created_client_is_listed_and_its_owner_invited(
    server: PracticeHandle, admin: Desk
) -> None:
    client = new_client(admin, name="Fresh & Co", seats=3)
    full = admin.get(client.path)
    assert full["name"] == "Fresh & Co"
    switches = ("limitCollectionCreation", "allowAdminAccessToAllCollectionItems")
    assert not any(full[name] for name in switches)
    owner = owner_of(client, admin)
    assert (owner["type"], owner["status"], owner["userId"]) == (0, 0, None)
    mails = [one for one in server.mails() if one["organizationId"] == client.id]
    assert [(one["to"], one["kind"], one["open"]) for one in mails] == [
        (client.owner_email, "organization_invitation", True)
    ]
    (collection,) = admin.listed(f"{client.path}/collections/details")
    assert [(one["id"], one["manage"]) for one in collection["users"]] == [(owner["id"], True)]
    assert keys.decrypt(client.key, collection["name"]) == b"Default collection"


@pytest.mark.parametrize(
    ("change", "status", "key"),
    [
        ({"name": None}, 400, "Name"),
        ({"name": "  "}, 400, "Name"),
        ({"seats": 0}, 400, "Seats"),
        ({"planType": 18}, 400, "PlanType"),
        ({"keyPair": None}, 400, "KeyPair"),
        ({"collectionName": ""}, 400, "CollectionName"),
        ({"planType": 20}, 400, None),
        ({"name": "x" * 51}, 500, None),
    ],
)
def test_bad_client_is_refused(
    admin: Desk, change: dict[str, object], status: int, key: str | None
) -> None:
    provider = admin.provider()["id"]
    body = client_body(admin, keys.new_key()) | change
    before = len(admin.listed(f"/providers/{provider}/organizations"))
    refused = admin.ask("POST", f"/providers/{provider}/clients", body)
    assert refused.status_code == status
    assert refused.json()["object"] == "error"
    if key is not None:
        assert refused.json()["message"] == "The model state is invalid."
        assert key in refused.json()["validationErrors"]
    assert len(admin.listed(f"/providers/{provider}/organizations")) == before


def test_provider_member_from_invitation_to_removal(server: PracticeHandle, admin: Desk) -> None:
    provider = admin.provider()["id"]
    base = f"/providers/{provider}/users"
    email = "Nadia.New@havenlicht.example"
    admin.send("POST", base + "/invite", {"emails": [email], "type": 1})
    admin.send("POST", base + "/invite", {"emails": [email.lower()], "type": 1})
    (row,) = [one for one in admin.listed(base) if one["email"] == email.lower()]
    (again,) = admin.send("POST", base + "/reinvite", {"ids": [row["id"]]})["data"]
    assert again["error"] == ""
    mails = [one for one in server.mails() if one["memberId"] == row["id"]]
    assert len(mails) == 2
    # A single confirm says 200 although nobody accepted yet.
    admin.send("POST", f"{base}/{row['id']}/confirm", {"key": "4.AAAA"})
    accepted = server.accept(email)
    (key,) = admin.send("POST", base + "/public-keys", {"ids": [row["id"]]})["data"]
    assert key["userId"] == accepted["accepted"][0]["userId"]
    body = {"keys": [{"id": row["id"], "key": keys.wrap_for(key["key"], admin.provider_key())}]}
    assert admin.send("POST", base + "/confirm", body)["data"][0]["error"] == ""
    assert admin.send("POST", base + "/confirm", body)["data"][0]["error"] == "Invalid user."
    desk = Desk.of(server, accepted)
    assert desk.provider_key() == admin.provider_key()
    admin.send("PUT", f"{base}/{row['id']}", {"type": 0})
    (removed,) = admin.ask("DELETE", base, {"ids": [row["id"]]}).json()["data"]
    assert removed == {"id": row["id"], "error": "", "object": "providerBulkConfirmResponseModel"}
    assert desk.get("/accounts/profile")["providers"] == []


def test_last_admin_stays_and_nobody_removes_themselves(admin: Desk) -> None:
    base = f"/providers/{admin.provider()['id']}/users"
    rows = admin.listed(base)
    (me,) = [one for one in rows if one["email"] == admin.account["email"]]
    admins = [one["id"] for one in rows if one["type"] == 0 and one["status"] == 2]
    refused = admin.ask("DELETE", base, {"ids": admins})
    assert refused.status_code == 400
    others = [one for one in admins if one != me["id"]]
    if not others:
        assert admin.ask("PUT", f"{base}/{me['id']}", {"type": 1}).status_code == 400
    assert [one for one in admin.listed(base) if one["id"] == me["id"]]


def test_reading_details_writes_the_two_access_events(admin: Desk) -> None:
    client = new_client(admin)
    provider = admin.provider()["id"]
    admin.listed(f"{client.path}/collections/details")
    assert admin.listed(f"{client.path}/events")[0]["type"] == 1603
    assert admin.listed(f"/providers/{provider}/events")[0]["type"] == 1903


def test_events_come_in_pages(admin: Desk) -> None:
    client = new_client(admin)
    for _number in range(52):
        admin.listed(f"{client.path}/collections/details")
    page = admin.get(f"{client.path}/events")
    assert len(page["data"]) == 50
    rest = admin.get(f"{client.path}/events?continuationToken={page['continuationToken']}")
    assert rest["continuationToken"] is None
    assert len(page["data"]) + len(rest["data"]) == 53


def test_detached_client_needs_an_owner_and_leaves_the_list(
    server: PracticeHandle, admin: Desk
) -> None:
    client = new_client(admin)
    provider = admin.provider()["id"]
    rows = admin.listed(f"/providers/{provider}/organizations")
    (row,) = [one for one in rows if one["organizationId"] == client.id]
    path = f"/providers/{provider}/organizations/{row['id']}"
    assert admin.ask("DELETE", path).status_code == 400
    account = server.accept(client.owner_email)
    owner = owner_of(client, admin)
    (key,) = admin.send("POST", f"{client.path}/users/public-keys", {"ids": [owner["id"]]})["data"]
    wrapped = keys.wrap_for(key["key"], client.key)
    admin.send("POST", f"{client.path}/users/{owner['id']}/confirm", {"key": wrapped})
    admin.send("DELETE", path)
    assert admin.ask("GET", client.path).status_code == 404
    desk = Desk.of(server, account)
    (own,) = desk.get("/accounts/profile")["organizations"]
    assert (own["id"], own["providerId"]) == (client.id, None)


def test_one_mail_of_several_is_answered(server: PracticeHandle, admin: Desk) -> None:
    """The inbox plays one invitation at a time when a mail is named, all of an address else."""
    email = f"{uuid.uuid4().hex[:8]}@several.example"
    clients = [new_client(admin, ownerEmail=email) for _number in range(3)]
    mine = [one for one in server.mails() if one["to"] == email]
    assert [one["organizationId"] for one in mine] == [one.id for one in clients]
    told = server.post("accept", {"mail": mine[1]["id"], "name": "Severa", "password": "other one"})
    assert (told["name"], told["password"], len(told["accepted"])) == ("Severa", "other one", 1)
    assert [one["open"] for one in server.mails() if one["to"] == email] == [True, False, True]
    assert len(server.accept(email)["accepted"]) == 2
    again = server.http.post("/practice/accept", json={"email": email})
    assert again.status_code == 404
    assert [owner_of(one, admin)["status"] for one in clients] == [1, 1, 1]
    assert Desk.of(server, told).private()
