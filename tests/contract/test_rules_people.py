"""Rules about the people of the provider and of its clients."""

from __future__ import annotations

import pytest

from tests.contract.stage import (
    PROVIDER_ADMIN,
    SERVICE_USER,
    USER,
    Stage,
    fresh_address,
    selection,
)
from tests.contract.wire import Json, new_id, wrapped_key


def invitation(*emails: str, kind: int = USER) -> Json:
    return {"emails": list(emails), "type": kind, "collections": [], "groups": []}


def test_rule_provider_invite_skips_known(stage: Stage) -> None:
    path = f"{stage.provider_path}/users/invite"
    known, new = fresh_address("Known"), fresh_address("New")
    stage.admin.done("POST", path, {"emails": [known], "type": SERVICE_USER})
    before = len(stage.colleagues())
    emails = [known.upper(), stage.admin.email, new]
    assert stage.admin.done("POST", path, {"emails": emails, "type": PROVIDER_ADMIN}) is None
    assert len(stage.colleagues()) == before + 1
    kept, added = stage.colleague(known.lower()), stage.colleague(new.lower())
    assert kept is not None
    assert added is not None
    assert kept["type"] == SERVICE_USER
    assert (added["type"], added["status"], added["userId"]) == (PROVIDER_ADMIN, 0, None)


def test_rule_member_invite_skips_known(stage: Stage) -> None:
    client = stage.new_client(seats=3)
    path = f"{client.path}/users/invite"
    known, new = fresh_address("Known"), fresh_address("New")
    stage.admin.done("POST", path, invitation(known))
    stage.admin.done("POST", path, invitation(known.upper(), client.owner_email, new))
    rows = stage.members(client.org)
    assert [row["email"] for row in rows].count(known.lower()) == 1
    assert [row["email"] for row in rows].count(new.lower()) == 1
    assert len(rows) == 3
    (owner,) = [row for row in rows if row["email"] == client.owner_email]
    assert owner["type"] == 0


@pytest.mark.parametrize("kind", ["provider", "client"])
def test_rule_invite_over_twenty_addresses_is_400(stage: Stage, kind: str) -> None:
    root = stage.provider_path if kind == "provider" else stage.client.path
    path = f"{root}/users/invite"
    many = [fresh_address() for _ in range(21)]
    long = "a" * 250 + "@contract.example"
    for emails in (many, [], ["no address"], [long]):
        answer = stage.admin.send("POST", path, {"emails": emails, "type": 1})
        assert answer.status_code == 400
        assert list(answer.json()["validationErrors"]) == ["Emails"]


def test_rule_seat_shortage_is_400(stage: Stage) -> None:
    client = stage.new_client(seats=3)
    path = f"{client.path}/users/invite"
    answer = stage.admin.send("POST", path, invitation(*(fresh_address() for _ in range(3))))
    assert answer.status_code == 400
    assert "provider" in answer.json()["message"]
    assert len(stage.members(client.org)) == 1
    stage.admin.done("POST", path, invitation(fresh_address(), fresh_address()))
    assert len(stage.members(client.org)) == 3
    assert stage.admin.send("POST", path, invitation(fresh_address())).status_code == 400


def test_rule_provider_single_confirm_is_200_although_failed(stage: Stage) -> None:
    address = fresh_address()
    for colleague in (stage.invited_colleague(address), new_id()):
        path = f"{stage.provider_path}/users/{colleague}/confirm"
        answer = stage.admin.send("POST", path, {"key": wrapped_key()})
        assert (answer.status_code, answer.content) == (200, b"")
    row = stage.colleague(address)
    assert row is not None
    assert row["status"] == 0


def test_rule_provider_bulk_confirm_drops_ids(stage: Stage) -> None:
    confirmed = stage.confirmed_colleague(stage.roles["joiner"])
    ids = [stage.invited_colleague(), new_id(), confirmed]
    body = {"keys": [{"id": identifier, "key": wrapped_key()} for identifier in ids]}
    answer = stage.admin.done("POST", f"{stage.provider_path}/users/confirm", body)
    rows = [(row["id"], row["error"]) for row in answer["data"]]
    assert rows == [(confirmed, "Invalid user.")]


def test_rule_member_bulk_confirm_drops_ids(stage: Stage) -> None:
    client = stage.new_client()
    confirmed = stage.confirmed_member(client.org, stage.roles["guest"])
    ids = [client.owner, new_id(), confirmed]
    body = {"keys": [{"id": identifier, "key": wrapped_key()} for identifier in ids]}
    answer = stage.admin.done("POST", f"{client.path}/users/confirm", body)
    assert answer["data"] == []
    member = stage.accepted_member(client.org, stage.roles["guest"])
    body["keys"].append({"id": member, "key": wrapped_key()})
    answer = stage.admin.done("POST", f"{client.path}/users/confirm", body)
    assert [(row["id"], row["error"]) for row in answer["data"]] == [(member, "")]


def test_rule_member_single_confirm_fails_with_400(stage: Stage) -> None:
    client = stage.new_client()
    for member in (client.owner, new_id()):
        path = f"{client.path}/users/{member}/confirm"
        answer = stage.admin.send("POST", path, {"key": wrapped_key()})
        assert answer.status_code == 400
        assert answer.json()["message"]


def test_rule_reinvite_of_someone_not_invited(stage: Stage) -> None:
    colleague = stage.colleague(stage.admin.email)
    assert colleague is not None
    root = f"{stage.provider_path}/users"
    answer = stage.admin.send("POST", f"{root}/{colleague['id']}/reinvite")
    assert (answer.status_code, answer.content) == (200, b"")
    ids = [colleague["id"], new_id(), stage.invited_colleague()]
    rows = stage.admin.done("POST", f"{root}/reinvite", {"ids": ids})["data"]
    assert {row["id"]: row["error"] for row in rows} == {ids[0]: "User invalid.", ids[2]: ""}
    client = stage.new_client()
    member = stage.accepted_member(client.org, stage.roles["guest"])
    root = f"{client.path}/users"
    assert stage.admin.send("POST", f"{root}/{member}/reinvite").status_code == 400
    ids = [member, new_id(), client.owner]
    rows = stage.admin.done("POST", f"{root}/reinvite", {"ids": ids})["data"]
    assert {row["id"]: row["error"] for row in rows} == {member: "User invalid.", client.owner: ""}


def test_rule_provider_keeps_one_administrator(stage: Stage) -> None:
    admins = [
        row["id"]
        for row in stage.colleagues()
        if (row["type"], row["status"]) == (PROVIDER_ADMIN, 2)
    ]
    mine = stage.colleague(stage.admin.email)
    assert mine is not None
    assert mine["id"] in admins
    root = f"{stage.provider_path}/users"
    assert stage.admin.send("DELETE", root, {"ids": admins}).status_code == 400
    if len(admins) == 1:
        assert stage.admin.send("DELETE", f"{root}/{mine['id']}").status_code == 400
        demoted = stage.admin.send("PUT", f"{root}/{mine['id']}", {"type": SERVICE_USER})
        assert demoted.status_code == 400
    row = stage.colleague(stage.admin.email)
    assert row is not None
    assert (row["type"], row["status"]) == (PROVIDER_ADMIN, 2)


def test_rule_removing_oneself_is_swallowed(stage: Stage) -> None:
    stage.confirmed_colleague(stage.roles["joiner"], PROVIDER_ADMIN)
    row = stage.colleague(stage.admin.email)
    assert row is not None
    root = f"{stage.provider_path}/users"
    try:
        answer = stage.admin.send("DELETE", f"{root}/{row['id']}")
        assert (answer.status_code, answer.content) == (200, b"")
        other = stage.invited_colleague()
        ids = [row["id"], other, new_id()]
        rows = stage.admin.done("DELETE", root, {"ids": ids})["data"]
        errors = {row["id"]: row["error"] for row in rows}
        assert set(errors) == {row["id"], other}
        assert errors[other] == ""
        assert errors[row["id"]]
        assert stage.colleague(stage.admin.email) is not None
    finally:
        second = stage.colleague(stage.roles["joiner"].email)
        if second is not None:
            stage.admin.done("DELETE", f"{root}/{second['id']}")


def test_rule_member_bulk_calls_need_an_id(stage: Stage) -> None:
    for method, path in (("POST", "reinvite"), ("POST", "public-keys"), ("DELETE", "")):
        end = f"/users/{path}".rstrip("/")
        answer = stage.admin.send(method, stage.client.path + end, {"ids": []})
        assert answer.status_code == 400
        answer = stage.admin.send(method, stage.provider_path + end, {"ids": []})
        assert answer.status_code == 200
        assert answer.json()["data"] == []


def test_rule_member_bulk_remove_of_strangers_is_400(stage: Stage) -> None:
    other = stage.new_client().owner
    root = f"{stage.client.path}/users"
    assert stage.admin.send("DELETE", root, {"ids": [other, new_id()]}).status_code == 400
    for unknown in (other, new_id()):
        assert stage.admin.send("DELETE", f"{root}/{unknown}").status_code == 404
    mine = stage.invited_member(stage.client.org)
    rows = stage.admin.done("DELETE", root, {"ids": [other, mine]})["data"]
    assert [(row["id"], row["error"]) for row in rows] == [(mine, "")]


def test_rule_public_keys_are_of_accepted_people_only(stage: Stage) -> None:
    person, guest = stage.roles["joiner"], stage.roles["guest"]
    service = stage.colleague(stage.roles["service_user"].email)
    assert service is not None
    accepted = stage.accepted_colleague(person)
    ids = [service["id"], stage.invited_colleague(), accepted, new_id()]
    path = f"{stage.provider_path}/users/public-keys"
    rows = stage.admin.done("POST", path, {"ids": ids})["data"]
    assert [(row["id"], row["userId"]) for row in rows] == [(accepted, person.user)]
    user = stage.member(stage.client.org, stage.roles["org_user"].email)
    assert user is not None
    member = stage.accepted_member(stage.client.org, guest)
    ids = [user["id"], stage.invited_member(stage.client.org), member, new_id()]
    path = f"{stage.client.path}/users/public-keys"
    rows = stage.admin.done("POST", path, {"ids": ids})["data"]
    assert [(row["id"], row["userId"]) for row in rows] == [(member, guest.user)]
    single = stage.admin.get(f"/api/users/{guest.user}/public-key")
    assert single["publicKey"] == rows[0]["key"]


def test_rule_accept_needs_the_right_token(stage: Stage) -> None:
    person, guest = stage.roles["joiner"], stage.roles["guest"]
    colleague = stage.accepted_colleague(person)
    token = stage.inbox.token(colleague, person.email)
    path = f"{stage.provider_path}/users/{colleague}/accept"
    assert person.send("POST", path, {"token": token}).status_code == 400
    stage.admin.done("DELETE", f"{stage.provider_path}/users/{colleague}")
    colleague = stage.invited_colleague(person.email)
    path = f"{stage.provider_path}/users/{colleague}/accept"
    assert person.send("POST", path, {"token": token}).status_code == 400
    assert person.send("POST", path, {"token": "nonsense"}).status_code == 400
    client = stage.new_client()
    member = stage.accepted_member(client.org, guest)
    token = stage.inbox.token(member, guest.email)
    path = f"{client.path}/users/{member}/accept"
    assert guest.send("POST", path, {"token": token}).status_code == 400
    member = stage.invited_member(client.org, fresh_address())
    path = f"{client.path}/users/{member}/accept"
    assert guest.send("POST", path, {"token": token}).status_code == 400


def test_rule_unknown_user_public_key_is_404(stage: Stage) -> None:
    assert stage.admin.send("GET", f"/api/users/{new_id()}/public-key").status_code == 404


def test_rule_member_permissions_key_is_absent(stage: Stage) -> None:
    assert not [row for row in stage.members(stage.client.org) if "permissions" in row]


def test_rule_member_update_replaces_access(stage: Stage) -> None:
    client = stage.client
    first, second = stage.new_collection(client), stage.new_collection(client)
    group, other = stage.new_group(client), stage.new_group(client)
    address = fresh_address()
    member = stage.invited_member(
        client.org, address, collections=[selection(first, manage=True)], groups=[group]
    )
    wanted = selection(second, readOnly=True, hidePasswords=True)
    body = {"type": 1, "accessSecretsManager": False, "collections": [wanted], "groups": [other]}
    stage.admin.done("PUT", f"{client.path}/users/{member}", body)
    row = stage.member(client.org, address)
    assert row is not None
    assert (row["type"], row["collections"], row["groups"]) == (1, [wanted], [other])


def test_rule_people_events(stage: Stage) -> None:
    client = stage.new_client()
    member = stage.confirmed_member(client.org, stage.roles["guest"])
    body = {"type": 1, "accessSecretsManager": False, "collections": [], "groups": []}
    stage.admin.done("PUT", f"{client.path}/users/{member}", body)
    stage.admin.done("DELETE", f"{client.path}/users/{member}")
    found = stage.events(client.path)
    assert [found.count(kind) for kind in (1500, 1501, 1502, 1503)] == [2, 1, 1, 1]
    colleague = stage.confirmed_colleague(stage.roles["joiner"])
    path = f"{stage.provider_path}/users/{colleague}"
    stage.admin.done("PUT", path, {"type": PROVIDER_ADMIN})
    stage.admin.done("DELETE", path)
    rows = stage.admin.get(f"{stage.provider_path}/events")["data"]
    mine = [row["type"] for row in rows if row["providerUserId"] == colleague]
    assert sorted(mine) == [1800, 1801, 1802, 1803]


def test_rule_a_provider_counts_as_owner(stage: Stage) -> None:
    client = stage.new_client()
    owner = stage.confirmed_member(client.org, stage.roles["guest"], type=0)
    stage.admin.done("DELETE", f"{client.path}/users/{client.owner}")
    stage.admin.done("DELETE", f"{client.path}/users", {"ids": [owner]})
    assert stage.members(client.org) == []
