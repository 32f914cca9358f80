"""Rules about importing, listing items, and the range of events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.contract.stage import Client, Stage, import_body, imported_collection, login, selection
from tests.contract.wire import encrypted, new_id

IMPORT = "/api/ciphers/import-organization?organizationId="
SHORT = "2.AA==|AA==|AA=="
STAMP = "%Y-%m-%dT%H:%M:%S.000Z"


def refused(stage: Stage, client: Client, body: object) -> Any:
    """The answer to an import that must be a 400 and must store nothing."""
    before = len(stage.items(client)), len(stage.collections(client))
    answer = stage.admin.send("POST", f"{IMPORT}{client.org}", body)
    assert answer.status_code == 400
    assert (len(stage.items(client)), len(stage.collections(client))) == before
    return answer.json()


def test_rule_import_without_ciphers_stores_nothing(stage: Stage) -> None:
    client = stage.new_client()
    before = set(stage.collections(client))
    answer = stage.admin.send(
        "POST", f"{IMPORT}{client.org}", import_body([], [imported_collection()])
    )
    assert (answer.status_code, answer.content) == (200, b"")
    assert set(stage.collections(client)) == before
    refused(stage, client, import_body([]))


def test_rule_import_reuses_a_collection_by_its_own_id(stage: Stage) -> None:
    client = stage.new_client()
    name = encrypted()
    mine = stage.new_collection(client, name=name)
    foreign = stage.new_collection(stage.new_client())
    invented = new_id()
    before = set(stage.collections(client))
    wanted = [imported_collection(identifier) for identifier in (mine, foreign, invented, None)]
    body = import_body([login() for _ in wanted], wanted, [(n, n) for n in range(4)])
    stage.import_into(client, body)
    after = stage.collections(client)
    assert len(after) == len(before) + 3
    assert not {foreign, invented} & set(after)
    assert after[mine]["name"] == name
    placed = {row["name"]: row["collectionIds"] for row in stage.items(client)}
    assert placed[body["ciphers"][0]["name"]] == [mine]
    for collection, cipher in zip(wanted[1:], body["ciphers"][1:], strict=True):
        (identifier,) = placed[cipher["name"]]
        assert after[identifier]["name"] == collection["name"]


def test_rule_import_by_a_provider_leaves_collections_unmanaged(stage: Stage) -> None:
    client = stage.new_client()
    owner = stage.roles["guest"]
    member = stage.confirmed_member(client.org, owner, type=0)
    body = import_body([login()], [imported_collection()], [(0, 0)])
    stage.import_into(client, body)
    theirs = import_body([login()], [imported_collection()], [(0, 0)])
    stage.import_into(client, theirs, owner)
    rows = {row["name"]: row for row in stage.collections(client).values()}
    row = rows[body["collections"][0]["name"]]
    assert (row["users"], row["groups"], row["unmanaged"]) == ([], [], True)
    row = rows[theirs["collections"][0]["name"]]
    assert row["users"] == [selection(member, manage=True)]
    assert row["unmanaged"] is False


def test_rule_import_ignores_pairs_out_of_range(stage: Stage) -> None:
    client = stage.new_client()
    collections = [imported_collection(), imported_collection()]
    body = import_body(
        [login(), login(), login()], collections, [(0, 0), (0, 1), (1, 7), (9, 0), (-1, 0), (1, -1)]
    )
    stage.import_into(client, body)
    names = {identifier: row["name"] for identifier, row in stage.collections(client).items()}
    placed = {
        row["name"]: {names[identifier] for identifier in row["collectionIds"]}
        for row in stage.items(client)
    }
    first, second, third = (item["name"] for item in body["ciphers"])
    assert placed == {first: {c["name"] for c in collections}, second: set(), third: set()}


def test_rule_import_repeated_makes_doubles(stage: Stage) -> None:
    client = stage.new_client()
    before = len(stage.collections(client))
    body = import_body([login(id=new_id())], [imported_collection()], [(0, 0)])
    stage.import_into(client, body)
    stage.import_into(client, body)
    items = stage.items(client)
    assert [item["name"] for item in items] == [body["ciphers"][0]["name"]] * 2
    assert len({item["id"] for item in items} | {body["ciphers"][0]["id"]}) == 3
    assert len(stage.collections(client)) == before + 2


@pytest.mark.parametrize("what", ["ciphers", "pairs", "collections"])
def test_rule_import_limits(stage: Stage, what: str) -> None:
    client = stage.new_client()
    item = {"type": 2, "name": SHORT, "secureNote": {"type": 0}}
    collection = {"name": SHORT}
    if what == "ciphers":
        body = import_body([item] * 40_001)
    elif what == "pairs":
        body = import_body([item], [collection], [(0, 0)] * 80_001)
    else:
        body = import_body([item], [collection] * 2_001)
    refused(stage, client, body)
    if what == "collections":
        stage.import_into(client, import_body([item], [collection] * 2_000))
        assert len(stage.collections(client)) == 2_001


def fields(**member: Any) -> dict[str, Any]:
    return {"fields": [{"type": 0, "name": encrypted(), "value": None} | member]}


def history(password: str) -> dict[str, Any]:
    return {"passwordHistory": [{"password": password, "lastUsedDate": "2026-01-01T00:00:00Z"}]}


@pytest.mark.parametrize(
    ("field", "limit"),
    [
        ("Name", 1000), ("Notes", 10_000), ("Login.Username", 1000), ("Login.Password", 5000),
        ("Login.Totp", 1000), ("Login.Uris[0].Uri", 10_000), ("Fields[0].Name", 1000),
        ("Fields[0].Value", 5000), ("PasswordHistory[0].Password", 5000),
    ],
)  # fmt: skip
def test_rule_import_length_limits(stage: Stage, field: str, limit: int) -> None:
    def item(length: int) -> dict[str, Any]:
        text = encrypted(length)
        made = login()
        changes: dict[str, dict[str, Any]] = {
            "Name": {"name": text},
            "Notes": {"notes": text},
            "Login.Username": {"login": made["login"] | {"username": text}},
            "Login.Password": {"login": made["login"] | {"password": text}},
            "Login.Totp": {"login": made["login"] | {"totp": text}},
            "Login.Uris[0].Uri": {"login": made["login"] | {"uris": [{"uri": text}]}},
            "Fields[0].Name": fields(name=text),
            "Fields[0].Value": fields(value=text),
            "PasswordHistory[0].Password": history(text),
        }
        return made | changes[field]

    answer = stage.admin.send(
        "POST",
        f"{IMPORT}{stage.client.org}",
        import_body([login(), item(limit + 4)]),
    )
    assert answer.status_code == 400
    # The first address is told twice, as Login.Uri too: a member that only mirrors it.
    assert set(answer.json()["validationErrors"]) - {"Ciphers[1].Login.Uri"} == {
        f"Ciphers[1].{field}"
    }
    stage.import_into(stage.client, import_body([login(), item(limit)]))


def test_rule_import_by_the_unprivileged_is_400(stage: Stage) -> None:
    client = stage.client
    collection = stage.new_collection(client)
    into = import_body([login()], [imported_collection(collection)], [(0, 0)])
    before = len(stage.items(client))
    for role in ("org_user", "stranger"):
        for body in (import_body([login()]), into):
            answer = stage.roles[role].send("POST", f"{IMPORT}{client.org}", body)
            assert answer.status_code == 400
            assert "privileges" in answer.json()["message"]
    assert len(stage.items(client)) == before


def test_rule_owner_syncs_assigned_items_only(stage: Stage) -> None:
    client = stage.new_client()
    owner = stage.roles["guest"]
    member = stage.confirmed_member(client.org, owner, type=0)
    theirs = stage.new_collection(client, users=[selection(member, manage=True)])
    other = stage.new_collection(client)
    collections = [imported_collection(theirs), imported_collection(other)]
    body = import_body([login(), login(), login()], collections, [(0, 0), (1, 1)])
    stage.import_into(client, body)

    def synced(owner_sync: Any) -> list[str]:
        rows = [row for row in owner_sync["ciphers"] if row["organizationId"] == client.org]
        return [row["name"] for row in rows]

    sync = owner.get("/api/sync?excludeDomains=true")
    assert synced(sync) == [body["ciphers"][0]["name"]]
    (row,) = [row for row in sync["collections"] if row["organizationId"] == client.org]
    assert (row["id"], row["object"], row["manage"]) == (theirs, "collectionDetails", True)
    path = f"/api/ciphers/organization-details?organizationId={client.org}"
    assert len(owner.get(path)["data"]) == 3
    assert synced(stage.admin.get("/api/sync?excludeDomains=true")) == []


def test_rule_events_range(stage: Stage) -> None:
    path = f"{stage.client.path}/events"
    everything = stage.admin.get(path)["data"]
    assert everything
    now = datetime.now(UTC)
    early, late = ((now + timedelta(days=days)).strftime(STAMP) for days in (-300, 60))
    forward = stage.admin.get(f"{path}?start={early}&end={late}")["data"]
    swapped = stage.admin.get(f"{path}?start={late}&end={early}")["data"]
    assert forward == swapped == everything
    start = (now - timedelta(days=308)).strftime(STAMP)
    long = f"{path}?start={start}&end={late}"
    assert stage.admin.send("GET", long).status_code == 400
    assert stage.admin.get(f"{path}?start=1990-01-01T00:00:00Z")["data"] == everything
    dates = [row["date"] for row in everything]
    assert dates == sorted(dates, reverse=True)


def test_rule_import_writes_no_event(stage: Stage) -> None:
    client = stage.new_client()
    before = stage.events(client.path)
    stage.import_into(client, import_body([login()], [imported_collection()], [(0, 0)]))
    assert stage.events(client.path) == before


def test_rule_events_come_in_pages(stage: Stage) -> None:
    client = stage.new_client()
    made = [stage.new_group(client) for _ in range(55)]
    path = f"{client.path}/events"
    first = stage.admin.get(path)
    assert len(first["data"]) == 50
    token = quote(first["continuationToken"], safe="")
    second = stage.admin.get(f"{path}?continuationToken={token}")
    assert second["continuationToken"] is None
    rows = first["data"] + second["data"]
    groups = [row["groupId"] for row in rows if row["type"] == 1400]
    assert groups == made[::-1]
    assert [row["type"] for row in rows if row["groupId"] is None] == [1500]
