"""The command: its line, its end, its restart, its options."""

from __future__ import annotations

import base64
import json
import signal
import ssl
import sys
import time
import uuid
from pathlib import Path

import httpx
import pytest

from desktop.practice import keys
from desktop.practice.server import main
from tests.practice.wire import Desk, import_body, login, new_client
from tests.practice_process import PracticeHandle, practice_server


def test_line_certificate_and_end_with_standard_input() -> None:
    """Only its own CA opens it; closing standard input ends it cleanly and leaves no file."""
    with practice_server() as server:
        assert server.url.startswith("https://127.0.0.1:")
        roles = [one["role"] for one in server.accounts]
        assert (
            roles == ["provider_admin", "service_user", "provider_accepted"] + ["client_owner"] * 3
        )
        assert server.http.get("/api/config").json()["environment"]["api"] == f"{server.url}/api"
        stranger = ssl.create_default_context()
        with (
            httpx.Client(base_url=server.url, verify=stranger) as http,
            pytest.raises(httpx.ConnectError),
        ):
            http.get("/api/config")
        folder = server.ca.parent
    assert server.process.returncode == 0
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM to send on Windows")
def test_sigterm_ends_it_cleanly() -> None:
    with practice_server() as server:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=10) == 0


def test_restart_serves_the_same_data_under_the_same_address(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with practice_server(data=data) as server:
        desk = Desk.of(server, server.account("provider_admin"))
        client = new_client(desk, name="Kept")
        server.process.kill()
        server.process.wait()
        port, ca = server.url.rpartition(":")[2], server.ca.read_bytes()
        accounts, token = server.accounts, desk.token
    with practice_server("--port", port, data=data) as server:
        assert server.url.endswith(f":{port}")
        assert server.ca.read_bytes() == ca
        assert server.accounts == accounts
        again = Desk(server, server.account("provider_admin"), token)
        assert again.get(client.path)["name"] == "Kept"
        again.refresh()
        for account in server.accounts:
            Desk.of(server, account)


def test_options_limits_listing_script_and_log(tmp_path: Path) -> None:
    script, log = tmp_path / "script.json", tmp_path / "requests.jsonl"
    script.write_text(json.dumps([{"path": "/api/alive", "do": "status", "status": 502}]))
    with practice_server(
        "--rate-limits",
        "path",
        "--no-item-listing",
        "--script",
        str(script),
        "--request-log",
        str(log),
    ) as server:
        assert [server.http.get("/api/alive").status_code for _ in range(2)] == [502, 200]
        desk = Desk.of(server, server.account("provider_admin"))
        client = new_client(desk)
        body = import_body([login(client, "x")], [], [])
        desk.send("POST", f"/ciphers/import-organization?organizationId={client.id}", body)
        listing = f"/ciphers/organization-details?organizationId={client.id}"
        assert desk.ask("GET", listing).status_code == 404
        path = "/identity/accounts/prelogin/password"
        answers = [server.http.post(path, json={"email": "a@b.example"}) for _ in range(8)]
        assert 429 in {one.status_code for one in answers}
        assert answers[-1].headers["Retry-After"]
        told = server.requests()
    written = [json.loads(line) for line in log.read_text().splitlines()]
    assert [one["path"] for one in written] == [one["path"] for one in told]
    assert not any("access_token" in json.dumps(one) for one in told)
    tokens = [one for one in written if one["headers"].get("authorization")]
    assert {one["headers"]["authorization"] for one in tokens} == {"bearer"}


def test_nothing_readable_is_kept(tmp_path: Path) -> None:
    """The server's files hold neither a password, nor its hash, nor a plain name of an item."""
    data = tmp_path / "data"
    with practice_server(data=data) as server:
        desk = Desk.of(server, server.account("provider_admin"))
        client = new_client(desk)
        body = import_body([login(client, "Very readable name")], [], [])
        desk.send("POST", f"/ciphers/import-organization?organizationId={client.id}", body)
        password = desk.account["password"].encode()
    stored = b"".join(path.read_bytes() for path in data.glob("practice.db*"))
    assert client.id.encode() in stored
    assert password not in stored
    assert b"Very readable name" not in stored


def test_scale_seeds_clients_with_people() -> None:
    with practice_server("--scale", "6", "--members", "5") as server:
        desk = Desk.of(server, server.account("provider_admin"))
        provider = desk.provider()["id"]
        rows = desk.listed(f"/providers/{provider}/organizations")
        assert len(rows) == 6
        path = f"/organizations/{rows[5]['organizationId']}"
        people = desk.listed(f"{path}/users?includeGroups=true&includeCollections=true")
        assert sorted(one["status"] for one in people) == [0, 1, 2, 2, 2]
        assert len(desk.listed(f"{path}/groups")) == 3
        assert len(desk.listed(f"{path}/collections")) == 4


def test_answers_do_not_wait_for_the_network(server: PracticeHandle) -> None:
    """Nagle's delay would cost 40 ms an answer; the best of twenty is far below."""
    times = []
    for _number in range(20):
        started = time.perf_counter()
        server.http.get("/api/alive")
        times.append(time.perf_counter() - started)
    assert min(times) < 0.03


def test_state_and_log_of_the_inbox(server: PracticeHandle, admin: Desk) -> None:
    """Tests of others read these; the names stay."""
    state = server.state()
    for table in ("organizations", "members", "collections", "groups", "policies", "mails"):
        assert isinstance(state[table], list)
    assert state["cipherCount"] == len(state["ciphers"])
    admin.get("/accounts/revision-date")
    newest = server.requests()[-1]
    assert newest["path"] == "/api/accounts/revision-date"
    assert (newest["method"], newest["status"], newest["fault"]) == ("GET", 200, None)


def test_a_lying_server_hands_out_an_attackers_key(server: PracticeHandle, admin: Desk) -> None:
    """What the confirmation phrase is there for can be played."""
    account = server.register("victim@people.example")
    before = admin.get(f"/users/{account['userId']}/public-key")["publicKey"]
    told = server.post("user", {"email": account["email"], "attackerKey": True})
    after = admin.get(f"/users/{account['userId']}/public-key")["publicKey"]
    assert before != after == told["publicKey"]
    key = keys.new_key()
    wrapped = keys.wrap_for(after, key)
    assert keys.unwrap_with(base64.b64decode(told["privateKey"]), wrapped) == key
    provider = admin.provider()["id"]
    path = f"/providers/{provider}/users/{uuid.uuid4()}/confirm"
    admin.send("POST", path, {"key": keys.wrap_for(before, key)})
    assert server.leaks() == []
    admin.send("POST", path, {"key": wrapped})
    (leak,) = server.forgive()
    assert "attacker" in leak["what"]
    assert leak["path"].endswith(path)
    server.post("user", {"email": account["email"], "iterations": 1000})
    path = "/identity/accounts/prelogin/password"
    settings = server.http.post(path, json={"email": account["email"]}).json()["kdfSettings"]
    assert settings["iterations"] == 1000


def test_what_cannot_start_says_so(
    server: PracticeHandle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = server.url.rpartition(":")[2]
    broken = tmp_path / "script.json"
    broken.write_text("[{}]")
    for options in (["--port", port], ["--script", str(broken)], ["--data", str(broken)]):
        assert main(options) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("practice: ")
        assert len(told.err.splitlines()) == 1


def test_too_long_a_body_is_refused(server: PracticeHandle, admin: Desk) -> None:
    headers = {"Authorization": f"Bearer {admin.token['access_token']}"}
    body = b" " * 30_000_001
    answer = server.http.post("/api/ciphers/import-organization", content=body, headers=headers)
    assert (answer.status_code, answer.content) == (413, b"")
