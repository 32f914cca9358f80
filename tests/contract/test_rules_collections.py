"""Rules about collections, groups and who may what."""

from __future__ import annotations

from tests.contract.stage import Stage, fresh, selection
from tests.contract.wire import Json, encrypted


def test_rule_collection_nobody_manages_refused(stage: Stage) -> None:
    client = stage.client
    group = stage.new_group(client)
    before = len(stage.collections(client))
    nobody: list[Json] = [
        {},
        {"groups": [], "users": []},
        {"users": [selection(client.owner)], "groups": [selection(group, readOnly=True)]},
    ]
    for access in nobody:
        answer = stage.admin.send(
            "POST", f"{client.path}/collections", {"name": encrypted()} | access
        )
        assert answer.status_code == 400
        assert answer.json()["message"]
    assert len(stage.collections(client)) == before
    stage.new_collection(client, users=[], groups=[selection(group, manage=True)])
    collection = stage.new_collection(client)
    path = f"{client.path}/collections/{collection}"
    assert stage.admin.send("PUT", path, {"name": encrypted(), "users": []}).status_code == 400
    assert stage.collections(client)[collection]["users"] == [selection(client.owner, manage=True)]


def test_rule_collection_invited_owner_may_manage(stage: Stage) -> None:
    client = stage.new_client()
    collection = stage.new_collection(client)
    assert stage.collections(client)[collection]["users"] == [selection(client.owner, manage=True)]


def test_rule_manage_excludes_read_only(stage: Stage) -> None:
    client = stage.client
    group, collection = stage.new_group(client), stage.new_collection(client)
    for flag in ("readOnly", "hidePasswords"):
        access = [selection(group, manage=True, **{flag: True})]
        body = {"name": encrypted(), "groups": access, "users": []}
        path = f"{client.path}/collections"
        assert stage.admin.send("POST", path, body).status_code == 400
        assert stage.admin.send("PUT", f"{path}/{collection}", body).status_code == 400
        access = [selection(collection, manage=True, **{flag: True})]
        body = {"name": fresh("Group"), "collections": access, "users": []}
        path = f"{client.path}/groups"
        assert stage.admin.send("POST", path, body).status_code == 400
        assert stage.admin.send("PUT", f"{path}/{group}", body).status_code == 400


def test_rule_collection_answer_to_a_provider_hides_access(stage: Stage) -> None:
    client = stage.client
    access = [selection(client.owner, manage=True)]
    body = {"name": encrypted(), "users": access, "groups": []}
    made = stage.admin.done("POST", f"{client.path}/collections", body)
    changed = stage.admin.done("PUT", f"{client.path}/collections/{made['id']}", body)
    for answer in (made, changed):
        assert (answer["groups"], answer["users"], answer["assigned"]) == (None, None, False)
    row = stage.collections(client)[made["id"]]
    assert (row["users"], row["groups"]) == (access, [])
    theirs = stage.roles["org_owner"].done("POST", f"{client.path}/collections", body)
    assert (theirs["users"], theirs["groups"]) == (access, [])
    assert (theirs["assigned"], theirs["manage"]) == (True, True)


def test_rule_collection_update_replaces_the_given_side(stage: Stage) -> None:
    client = stage.client
    first, second = stage.new_group(client), stage.new_group(client)
    name = encrypted()
    collection = stage.new_collection(
        client, name=name, externalId="mine", groups=[selection(first, readOnly=True)]
    )
    path = f"{client.path}/collections/{collection}"
    access = [selection(second, hidePasswords=True)]
    stage.admin.done("PUT", path, {"groups": access})
    row = stage.collections(client)[collection]
    assert (row["groups"], row["users"]) == (access, [selection(client.owner, manage=True)])
    assert (row["name"], row["externalId"]) == (name, None)
    stage.admin.done("PUT", path, {"users": [], "groups": [selection(first, manage=True)]})
    row = stage.collections(client)[collection]
    assert (row["groups"], row["users"]) == ([selection(first, manage=True)], [])


def test_rule_bulk_access_never_removes(stage: Stage) -> None:
    client = stage.client
    group = stage.new_group(client)
    ids = [stage.new_collection(client), stage.new_collection(client)]
    path = f"{client.path}/collections/bulk-access"
    for flag in ("readOnly", "hidePasswords"):
        access = [selection(group, **{flag: True})]
        stage.admin.done("POST", path, {"collectionIds": ids, "groups": access, "users": []})
        for identifier in ids:
            row = stage.collections(client)[identifier]
            assert row["groups"] == access
            assert row["users"] == [selection(client.owner, manage=True)]
    foreign = stage.new_collection(stage.new_client())
    body: Json = {"collectionIds": [*ids, foreign], "groups": [], "users": []}
    assert stage.admin.send("POST", path, body).status_code == 404
    assert stage.admin.send("POST", path, body | {"collectionIds": []}).status_code == 404
    unknown = [selection(foreign, readOnly=True)]
    body = {"collectionIds": ids, "groups": unknown, "users": []}
    assert stage.admin.send("POST", path, body).status_code == 400


def test_rule_encrypted_names_are_checked(stage: Stage) -> None:
    path = f"{stage.client.path}/collections"
    access = {"users": [selection(stage.client.owner, manage=True)]}
    wrong = ["Plain name", "", "2.AAAA|AAAA", "9.AAAA|AAAA|AAAA", "2.AAAA|?|AAAA", encrypted(1004)]
    for name in wrong:
        answer = stage.admin.send("POST", path, {"name": name} | access)
        assert answer.status_code == 400, name
        assert list(answer.json()["validationErrors"]) == ["Name"]
    stage.admin.done("POST", path, {"name": encrypted(1000)} | access)
    body = {"name": encrypted(), "externalId": "x" * 301} | access
    answer = stage.admin.send("POST", path, body)
    assert list(answer.json()["validationErrors"]) == ["ExternalId"]
    stage.admin.done("POST", path, body | {"externalId": "x" * 300})
    path = f"{stage.client.path}/groups"
    body = {"name": "g" * 101, "collections": [], "users": []}
    assert stage.admin.send("POST", path, body).status_code == 400
    stage.admin.done("POST", path, body | {"name": "g" * 100})


def test_rule_group_update_replaces_access(stage: Stage) -> None:
    client = stage.client
    access = [selection(stage.new_collection(client), readOnly=True)]
    group = stage.new_group(client, collections=access)
    path = f"{client.path}/groups"

    def rows() -> dict[str, object]:
        found = stage.admin.get(f"{path}/details")["data"]
        return {row["id"]: row["collections"] for row in found}

    assert rows()[group] == access
    body = {"name": fresh("Group"), "collections": [], "users": []}
    stage.admin.done("PUT", f"{path}/{group}", body)
    assert rows()[group] == []
    stage.admin.done("DELETE", f"{path}/{group}")
    assert stage.admin.send("DELETE", f"{path}/{group}").status_code == 404
    assert group not in rows()


def test_rule_details_writes_access_events(stage: Stage) -> None:
    client = stage.client

    def written() -> tuple[int, int]:
        rows = stage.admin.get(f"{stage.provider_path}/events")["data"]
        theirs = [row for row in rows if row["providerOrganizationId"] == client.provider_org]
        provider = [row["type"] for row in theirs]
        return stage.events(client.path).count(1603), provider.count(1903)

    # A page holds the newest fifty: count from a fresh client's log, not from a full one.
    client = stage.new_client()
    assert written() == (0, 0)
    stage.admin.get(f"{client.path}/collections/details")
    assert written() == (1, 1)
    stage.roles["service_user"].get(f"{client.path}/collections/details")
    assert written() == (2, 2)
    stage.admin.get(f"{client.path}/collections")
    owner = stage.roles["guest"]
    stage.confirmed_member(client.org, owner, type=0)
    owner.get(f"{client.path}/collections/details")
    assert written() == (2, 2)
