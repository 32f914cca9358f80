"""A client: collections, groups, members, policies, items."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from desktop.practice import keys
from tests.practice.wire import (
    Client,
    Desk,
    import_body,
    login,
    manager,
    new_client,
    owner_of,
)
from tests.practice_process import PracticeHandle


def _accepted(server: PracticeHandle, admin: Desk, client: Client, email: str) -> dict[str, Any]:
    """Play an invited member and confirm them; the account."""
    account = server.accept(email)
    member_id = account["accepted"][0]["memberId"]
    base = f"{client.path}/users"
    (key,) = admin.send("POST", base + "/public-keys", {"ids": [member_id]})["data"]
    wrapped = keys.wrap_for(key["key"], client.key)
    body = {"keys": [{"id": member_id, "key": wrapped}]}
    assert admin.send("POST", base + "/confirm", body)["data"][0]["error"] == ""
    return account


def test_collection_nobody_manages_is_refused(admin: Desk, client: Client) -> None:
    path = f"{client.path}/collections"
    body = {"name": client.enc("Sales"), "groups": [], "users": []}
    refused = admin.ask("POST", path, body)
    assert refused.status_code == 400
    assert "can manage permission" in refused.json()["message"]
    owner = owner_of(client, admin)["id"]
    reader = {"id": owner, "readOnly": True, "hidePasswords": False, "manage": False}
    assert admin.ask("POST", path, body | {"users": [reader]}).status_code == 400
    group = admin.send("POST", f"{client.path}/groups", {"name": "Both"})["id"]
    both = reader | {"id": group, "manage": True}
    refused = admin.ask("POST", path, body | {"groups": [both]})
    assert "mutually exclusive" in refused.json()["message"]
    made = admin.send("POST", path, body | {"users": [manager(owner)]})
    assert made["object"] == "collectionAccessDetails"
    refused = admin.ask("PUT", f"{path}/{made['id']}", {"users": []})
    assert refused.status_code == 400
    admin.send("PUT", f"{path}/{made['id']}", {"name": client.enc("Sales 2")})
    (found,) = [one for one in admin.listed(path + "/details") if one["id"] == made["id"]]
    assert keys.decrypt(client.key, found["name"]) == b"Sales 2"
    assert [one["id"] for one in found["users"]] == [owner]
    admin.send("DELETE", f"{path}/{made['id']}")
    assert made["id"] not in {one["id"] for one in admin.listed(path)}


def test_with_admin_access_on_nobody_need_manage(admin: Desk) -> None:
    client = new_client(admin)
    switches = {"allowAdminAccessToAllCollectionItems": True}
    admin.send("PUT", f"{client.path}/collection-management", switches)
    admin.send("POST", f"{client.path}/collections", {"name": client.enc("Free")})


def test_names_are_checked_for_form_and_length(admin: Desk, client: Client) -> None:
    users = [manager(owner_of(client, admin)["id"])]
    for name in ("plain", client.enc("x" * 740), None):
        body = {"name": name, "users": users}
        refused = admin.ask("POST", f"{client.path}/collections", body)
        assert refused.status_code == 400
        assert "Name" in refused.json()["validationErrors"]
    longest = client.enc("x" * 687)
    assert len(longest) <= 1000
    admin.send("POST", f"{client.path}/collections", {"name": longest, "users": users})


def test_groups_reach_collections_and_people(admin: Desk) -> None:
    client = new_client(admin)
    owner = owner_of(client, admin)["id"]
    body = {"name": client.enc("Team"), "users": [manager(owner)]}
    collection = admin.send("POST", f"{client.path}/collections", body)["id"]
    reach = {"id": collection, "readOnly": True, "hidePasswords": False, "manage": False}
    made = admin.send(
        "POST",
        f"{client.path}/groups",
        {"name": "Team", "collections": [reach], "users": [owner]},
    )
    assert made["object"] == "group"
    (found,) = admin.listed(f"{client.path}/groups/details")
    assert found["collections"] == [reach]
    assert admin.get(f"{client.path}/groups/{made['id']}/users") == [owner]
    (member,) = admin.listed(f"{client.path}/users?includeGroups=true&includeCollections=true")
    assert member["groups"] == [made["id"]]
    path = f"{client.path}/groups/{made['id']}"
    assert admin.ask("PUT", path, {"name": "Team"}).status_code == 500
    admin.send("PUT", path, {"name": "Crew", "collections": [], "users": []})
    (found,) = admin.listed(f"{client.path}/groups/details")
    assert (found["name"], found["collections"]) == ("Crew", [])
    refused = admin.ask("POST", f"{client.path}/groups", {"name": "x" * 101})
    assert "Name" in refused.json()["validationErrors"]
    admin.send("DELETE", path)
    assert admin.listed(f"{client.path}/groups") == []


def test_group_may_be_the_manager(admin: Desk, client: Client) -> None:
    group = admin.send("POST", f"{client.path}/groups", {"name": "Managers"})["id"]
    body = {"name": client.enc("Run by a group"), "groups": [manager(group)]}
    admin.send("POST", f"{client.path}/collections", body)


def test_member_from_invitation_to_removal(server: PracticeHandle, admin: Desk) -> None:
    client = new_client(admin, seats=3)
    base = f"{client.path}/users"
    one, two = (f"{uuid.uuid4().hex[:6]}@people.example" for _ in range(2))
    invite = {"emails": [one, two, one], "type": 2, "collections": [], "groups": []}
    assert admin.ask("POST", base + "/invite", invite).status_code == 400
    admin.send("POST", base + "/invite", invite | {"emails": [one, two]})
    admin.send("POST", base + "/invite", invite | {"emails": [two]})
    assert sum(mail["to"] == two for mail in server.mails()) == 1
    full = admin.ask("POST", base + "/invite", invite | {"emails": ["more@people.example"]})
    assert full.status_code == 400
    assert "contact your provider" in full.json()["message"]
    rows = {row["email"]: row for row in admin.listed(base)}
    missing = {"keys": [{"id": rows[one]["id"], "key": "4.AAAA"}]}
    assert admin.send("POST", base + "/confirm", missing)["data"] == []
    account = _accepted(server, admin, client, one)
    desk = Desk.of(server, account)
    (own,) = desk.get("/sync?excludeDomains=true")["profile"]["organizations"]
    assert keys.unwrap_with(desk.private(), own["key"]) == client.key
    assert desk.ask("GET", base).status_code == 404
    admin.send("DELETE", f"{base}/{rows[one]['id']}")
    assert desk.get("/accounts/profile")["organizations"] == []
    assert admin.send("POST", base + "/reinvite", {"ids": [rows[two]["id"]]})["data"]
    assert sum(mail["to"] == two for mail in server.mails()) == 2


def test_policies_on_teams_and_enterprise(admin: Desk, client: Client) -> None:
    body = {"policy": {"enabled": True, "data": {"minLength": 14}}, "metadata": None}
    admin.send("PUT", f"{client.path}/policies/1", body)
    rows = {one["type"]: one for one in admin.listed(f"{client.path}/policies")}
    assert rows[1]["enabled"]
    assert rows[1]["data"] == {"minLength": 14}
    refused = admin.ask("PUT", f"{client.path}/policies/8", {"policy": {"enabled": True}})
    assert "Single organization" in refused.json()["message"]
    admin.send("PUT", f"{client.path}/policies/3", {"policy": {"enabled": True}})
    admin.send("PUT", f"{client.path}/policies/8", {"policy": {"enabled": True}})
    refused = admin.ask("PUT", f"{client.path}/policies/3", {"policy": {"enabled": False}})
    assert refused.status_code == 400
    flat = admin.ask("PUT", f"{client.path}/policies/1", {"type": 1, "enabled": True})
    assert "Policy" in flat.json()["validationErrors"]
    teams = new_client(admin, planType=17)
    refused = admin.ask("PUT", f"{teams.path}/policies/1", body)
    assert refused.json()["message"] == "This organization cannot use policies."


def test_import_is_read_back_as_ciphertext(admin: Desk) -> None:
    client = new_client(admin)
    (known,) = admin.listed(f"{client.path}/collections")
    items = [login(client, f"item {number}") for number in range(3)]
    fresh = {"name": client.enc("Fresh"), "groups": [manager(known["id"])], "users": []}
    body = import_body(
        items, [{"id": known["id"], "name": known["name"]}, fresh], [(0, 0), (1, 1), (7, 0)]
    )
    path = f"/ciphers/import-organization?organizationId={client.id}"
    assert admin.send("POST", path, body) is None
    rows = admin.listed(f"/ciphers/organization-details?organizationId={client.id}")
    assert [one["name"] for one in rows] == [one["name"] for one in items]
    collections = {one["id"]: one for one in admin.listed(f"{client.path}/collections/details")}
    assert len(collections) == 2
    assert rows[0]["collectionIds"] == [known["id"]]
    (new,) = set(collections) - {known["id"]}
    assert rows[1]["collectionIds"] == [new]
    assert rows[2]["collectionIds"] == []
    assert collections[new]["unmanaged"]
    assert collections[new]["groups"] == []
    assert rows[0]["login"]["password"] == items[0]["login"]["password"]
    assert rows[0]["login"]["uri"] == items[0]["login"]["uris"][0]["uri"]
    assert rows[0]["fields"][0]["value"] == items[0]["fields"][0]["value"]
    assert json.loads(rows[0]["data"])["Username"] == items[0]["login"]["username"]
    admin.send("POST", path, body)
    assert len(admin.listed(f"/ciphers/organization-details?organizationId={client.id}")) == 6


def test_import_without_items_stores_nothing(admin: Desk) -> None:
    client = new_client(admin)
    path = f"/ciphers/import-organization?organizationId={client.id}"
    admin.send("POST", path, import_body([], [{"name": client.enc("Lost")}], []))
    assert len(admin.listed(f"{client.path}/collections")) == 1
    assert admin.ask("POST", path, import_body([], [], [])).status_code == 400


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"name": "2.AAAA|AAAA"}, "Ciphers[1].Name"),
        ({"notes": "long"}, "Ciphers[1].Notes"),
        ({"login": {"uris": [{"uri": "x"}]}}, "Ciphers[1].Login.Uris[0].Uri"),
        ({"fields": [{"type": 0, "value": "x"}]}, "Ciphers[1].Fields[0].Value"),
    ],
)
def test_one_bad_field_refuses_the_whole_import(
    admin: Desk, client: Client, change: dict[str, Any], key: str
) -> None:
    path = f"/ciphers/import-organization?organizationId={client.id}"
    before = len(admin.listed(f"/ciphers/organization-details?organizationId={client.id}"))
    body = import_body([login(client, "good"), login(client, "bad", **change)], [], [])
    refused = admin.ask("POST", path, body)
    assert refused.status_code == 400
    assert list(refused.json()["validationErrors"]) == [key]
    after = admin.listed(f"/ciphers/organization-details?organizationId={client.id}")
    assert len(after) == before


def test_import_limits_of_the_cloud(admin: Desk, client: Client) -> None:
    path = f"/ciphers/import-organization?organizationId={client.id}"
    name = client.enc("c")
    for body in (
        import_body([login(client, "x")], [{"name": name}] * 2001, []),
        import_body([login(client, "x")], [], [(0, 0)] * 80_001),
    ):
        refused = admin.ask("POST", path, body)
        assert refused.json()["message"] == "You cannot import this much data at once."


def test_sync_gives_an_owner_assigned_items_only(server: PracticeHandle, admin: Desk) -> None:
    client = new_client(admin)
    (known,) = admin.listed(f"{client.path}/collections")
    owner = Desk.of(server, _accepted(server, admin, client, client.owner_email))
    body = import_body(
        [login(client, "mine"), login(client, "group's"), login(client, "nobody's")],
        [{"id": known["id"], "name": known["name"]}, {"name": client.enc("Other")}],
        [(0, 0), (1, 1)],
    )
    admin.send("POST", f"/ciphers/import-organization?organizationId={client.id}", body)
    assert [one["collectionIds"] for one in owner.get("/sync")["ciphers"]] == [[known["id"]]]
    collections = {one["id"] for one in admin.listed(f"{client.path}/collections")}
    (other,) = collections - {known["id"]}
    member = owner_of(client, admin)["id"]
    reach = {"id": other, "readOnly": True, "hidePasswords": True, "manage": False}
    group = {"name": "G", "collections": [reach], "users": [member]}
    admin.send("POST", f"{client.path}/groups", group)
    items = {one["collectionIds"][0]: one for one in owner.get("/sync")["ciphers"]}
    assert set(items) == {known["id"], other}
    assert (items[other]["edit"], items[other]["viewPassword"]) == (False, False)
    assert (items[known["id"]]["edit"], items[known["id"]]["viewPassword"]) == (True, True)


def test_revision_date_moves_when_the_vault_changes(server: PracticeHandle, admin: Desk) -> None:
    client = new_client(admin)
    owner = Desk.of(server, _accepted(server, admin, client, client.owner_email))
    before = owner.get("/accounts/revision-date")
    body = import_body([login(client, "x")], [], [])
    admin.send("POST", f"/ciphers/import-organization?organizationId={client.id}", body)
    assert owner.get("/accounts/revision-date") > before
