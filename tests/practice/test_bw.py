"""The official client against the practice server."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from desktop.practice import keys, totp
from tests.bw_client import MISSING, Bw, find_bw
from tests.practice.wire import Desk, import_body, login, new_client, owner_of
from tests.practice_process import practice_server

PROGRAM = find_bw()
pytestmark = [
    pytest.mark.bw,
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason=MISSING),
]
CSV = (
    "url,username,password,totp,extra,name,grouping,fav\n"
    "https://intranet.example,olga,s3cret one,,a note,Intranet,Default collection,0\n"
    "https://bank.example,finance@first-client.example,s3cret two,,,Bank,Finance,0\n"
    "http://sn,,,,The code is 4711,Alarm,IT/Servers,0\n"
)


def test_owner_signs_in_and_reads_back_an_import(tmp_path: Path) -> None:
    """Sign-in, sync, lists and an import of the client itself."""
    assert PROGRAM is not None
    with practice_server() as server:
        owner = server.account("client_owner", "My Client's Organization")
        bw = Bw(PROGRAM, server.url, server.ca, tmp_path / "bw")
        bw.login(owner["email"], owner["password"])
        (organization,) = bw.list_organizations()
        assert organization["name"] == "My Client's Organization"
        names = {one["name"] for one in bw.list_collections()}
        assert names == {"Default collection", "Finance", "IT", "IT/Servers"}

        export = tmp_path / "lastpass.csv"
        export.write_text(CSV)
        bw.import_file("lastpasscsv", export, organization["id"])
        bw.sync()
        items = {one["name"]: one for one in bw.list_items()}
        assert set(items) == {"Intranet", "Bank", "Alarm"}
        assert items["Intranet"]["login"]["username"] == "olga"
        assert items["Intranet"]["login"]["password"] == "s3cret one"
        assert items["Intranet"]["notes"] == "a note"
        assert items["Intranet"]["login"]["uris"][0]["uri"] == "https://intranet.example"
        assert items["Alarm"]["notes"] == "The code is 4711"
        state = server.state()
        assert state["cipherCount"] == 3
        secrets = json.dumps([state, server.requests()])
        assert "s3cret" not in secrets
        assert "Intranet" not in secrets


def test_new_owner_reads_what_the_provider_wrote(tmp_path: Path) -> None:
    """Create, import, accept, confirm; then the owner's own client opens all of it.

    The owner has an authenticator app, so that the client answers that question too.
    """
    assert PROGRAM is not None
    with practice_server() as server:
        admin = Desk.of(server, server.account("provider_admin"))
        client = new_client(admin, name="Brand new")
        (known,) = admin.listed(f"{client.path}/collections")
        body = import_body(
            [login(client, "One", notes=client.enc("Ünïcode note")), login(client, "Unassigned")],
            [{"id": known["id"], "name": known["name"]}],
            [(0, 0)],
        )
        admin.send("POST", f"/ciphers/import-organization?organizationId={client.id}", body)
        server.register(client.owner_email, totp=True)
        account = server.accept(client.owner_email)
        owner = owner_of(client, admin)["id"]
        base = f"{client.path}/users"
        (key,) = admin.send("POST", base + "/public-keys", {"ids": [owner]})["data"]
        wrapped = keys.wrap_for(key["key"], client.key)
        admin.send("POST", base + "/confirm", {"keys": [{"id": owner, "key": wrapped}]})

        bw = Bw(PROGRAM, server.url, server.ca, tmp_path / "bw")
        code = totp.code(account["totpSecret"], int(time.time()))
        bw.login(account["email"], account["password"], code=code)
        assert [one["name"] for one in bw.list_organizations()] == ["Brand new"]
        assert [one["name"] for one in bw.list_collections()] == ["Default collection"]
        (item,) = bw.list_items()
        assert (item["name"], item["notes"]) == ("One", "Ünïcode note")
        assert item["login"]["password"] == "secret"
        assert item["fields"][0]["value"] == "4711"
        assert item["collectionIds"] == [known["id"]]
