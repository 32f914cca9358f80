"""The script: each way a request can go wrong, and what the server keeps of it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from desktop.practice import keys
from tests.practice.wire import Client, Desk, client_body, import_body, login, new_client
from tests.practice_process import PracticeHandle

COLLECTIONS = "/api/organizations/[^/]+/collections"


def _post(admin: Desk, client: Client) -> httpx.Response:
    """A write that the script spoils; groups may manage, so it is good by itself."""
    return admin.ask("POST", f"{client.path}/groups", {"name": "Spoilt"})


def _groups(admin: Desk, client: Client) -> int:
    return len(admin.listed(f"{client.path}/groups"))


def _rule(**more: Any) -> dict[str, Any]:
    return {"method": "POST", "path": "/api/organizations/[^/]+/groups", **more}


@pytest.mark.parametrize(("when", "kept"), [("before", 0), ("commit", 0), ("after", 1)], ids=str)
def test_status_and_reset_in_every_phase(
    server: PracticeHandle, admin: Desk, client: Client, when: str, kept: int
) -> None:
    before = _groups(admin, client)
    server.script(_rule(when=when, do="status", status=503, headers={"Retry-After": "3"}))
    refused = _post(admin, client)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "3")
    assert _groups(admin, client) == before + kept
    server.script(_rule(when=when, do="reset"))
    with pytest.raises(httpx.TransportError):
        _post(admin, client)
    assert _groups(admin, client) == before + 2 * kept


@pytest.mark.parametrize("do", ["reset_headers", "reset_body"])
def test_cut_after_the_headers(
    server: PracticeHandle, admin: Desk, client: Client, do: str
) -> None:
    before = _groups(admin, client)
    server.script(_rule(when="after", do=do))
    with pytest.raises(httpx.TransportError):
        _post(admin, client)
    assert _groups(admin, client) == before + 1


def test_empty_html_and_cut_json(server: PracticeHandle, admin: Desk, client: Client) -> None:
    server.script(_rule(when="after", do="empty"))
    answer = _post(admin, client)
    assert (answer.status_code, answer.content) == (200, b"")
    server.script(_rule(when="after", do="html"))
    assert _post(admin, client).text.startswith("<!doctype html>")
    server.script(_rule(when="after", do="truncate"))
    answer = _post(admin, client)
    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r"Unterminated|Expecting|delimiter"):
        answer.json()


def test_hang_ends_with_the_clients_patience(
    server: PracticeHandle, admin: Desk, client: Client
) -> None:
    before = _groups(admin, client)
    server.script(_rule(when="before", do="hang"))
    headers = {"Authorization": f"Bearer {admin.token['access_token']}"}
    with pytest.raises(httpx.ReadTimeout):
        server.http.post(
            f"/api{client.path}/groups", json={"name": "x"}, headers=headers, timeout=0.2
        )
    assert _groups(admin, client) == before


def test_duplicate_is_carried_out_twice(
    server: PracticeHandle, admin: Desk, client: Client
) -> None:
    before = _groups(admin, client)
    server.script(_rule(do="duplicate"))
    assert _post(admin, client).status_code == 200
    assert _groups(admin, client) == before + 2


def test_nth_times_and_forever(server: PracticeHandle, admin: Desk, client: Client) -> None:
    server.script(_rule(do="status", status=500, nth=2, times=2))
    assert [_post(admin, client).status_code for _ in range(5)] == [200, 500, 500, 200, 200]
    server.script(_rule(do="status", status=500, times=0))
    assert {_post(admin, client).status_code for _ in range(4)} == {500}
    server.script(_rule(do="status", status=500, for_s=60))
    assert _post(admin, client).status_code == 500
    server.advance(61)
    assert _post(admin, client).status_code == 200


def test_a_commit_that_fails_leaves_nothing_of_a_client(
    server: PracticeHandle, admin: Desk
) -> None:
    provider = admin.provider()["id"]
    before = server.state()
    path = f"/api/providers/{provider}/clients"
    server.script({"path": path, "when": "commit", "do": "status", "status": 500})
    body = client_body(admin, keys.new_key(), name="Rolled back")
    assert admin.ask("POST", f"/providers/{provider}/clients", body).status_code == 500
    after = server.state()
    for kind in ("organizations", "providerOrganizations", "members", "mails"):
        assert len(after[kind]) == len(before[kind])


@pytest.mark.parametrize("step", range(1, 7))
def test_creating_a_client_stops_half_way(server: PracticeHandle, admin: Desk, step: int) -> None:
    """Six steps without one transaction: what came before the failing one stays."""
    provider = admin.provider()["id"]
    before = server.state()
    server.script({"path": f"/api/providers/{provider}/clients", "do": "status", "step": step})
    body = client_body(admin, keys.new_key(), name=f"Half way {step}", seats=12 + step)
    assert admin.ask("POST", f"/providers/{provider}/clients", body).status_code == 500
    after = server.state()

    def grown(table: str) -> int:
        return len(after[table]) - len(before[table])

    fresh = [one for one in after["organizations"] if one["name"] == f"Half way {step}"]
    assert len(fresh) == (1 if step > 1 else 0)
    assert grown("providerOrganizations") == (1 if step > 2 else 0)
    assert grown("members") == grown("mails") == (1 if step > 3 else 0)
    allocated = [
        sum(one["allocated"] for one in state["providerPlans"]) for state in (before, after)
    ]
    assert (allocated[0] != allocated[1]) == (step > 4)
    if step > 5:
        assert (fresh[0]["hasCustomer"], fresh[0]["status"]) == (1, 1)


def test_import_that_loses_items_says_200(server: PracticeHandle, admin: Desk) -> None:
    client = new_client(admin)
    server.script({"path": "/api/ciphers/import-organization", "do": "drop_items", "count": 2})
    body = import_body([login(client, str(number)) for number in range(5)], [], [])
    admin.send("POST", f"/ciphers/import-organization?organizationId={client.id}", body)
    rows = admin.listed(f"/ciphers/organization-details?organizationId={client.id}")
    assert [one["name"] for one in rows] == [one["name"] for one in body["ciphers"][2:]]


def test_broken_script_is_refused(server: PracticeHandle) -> None:
    for rules in ([{"path": ".*", "do": "explode"}], [{"path": "("}], [{"do": "status"}]):
        answer = server.http.post("/practice/script", json=rules)
        assert answer.status_code == 400
