"""The official client signs in by every way that the practice server has; one process each."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from desktop.crypto.fingerprint import fingerprint_phrase
from desktop.crypto.rsa import PublicKey
from desktop.practice import keys, totp, yubikey
from tests.bw_client import MISSING, Bw, BwError, find_bw
from tests.practice.wire import Desk, import_body, login, new_client, owner_of
from tests.practice_process import PracticeHandle, practice_server

PROGRAM = find_bw()
pytestmark = [
    pytest.mark.bw,
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason=MISSING),
]
DAY_S = 86_401


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    """Alice, by whom our own client signs in, and Tom, who has an authenticator app, own a client
    each: there is an item to read for both."""
    # The client renews its tokens more often than the limits allow five sign-ins in a minute.
    with practice_server("--rate-limits", "off") as handle:
        alice = handle.account("provider_admin")
        handle.accounts.append(
            {**handle.register("tom@two-steps.example", totp=True), "role": "two_steps"}
        )
        for email in (alice["email"], "tom@two-steps.example"):
            own_client(handle, Desk.of(handle, alice), email)
        handle.ways(alice["email"])
        handle.post("keep", {})
        yield handle


def own_client(server: PracticeHandle, admin: Desk, email: str) -> None:
    """A new client with one item in its one collection, owned by `email`."""
    client = new_client(admin, name=f"Owned by {email}", ownerEmail=email)
    (known,) = admin.listed(f"{client.path}/collections")
    body = import_body(
        [login(client, f"Item of {email}")], [{"id": known["id"], "name": known["name"]}], [(0, 0)]
    )
    admin.send("POST", f"/ciphers/import-organization?organizationId={client.id}", body)
    server.accept(email)
    owner = owner_of(client, admin)["id"]
    base = f"{client.path}/users"
    (key,) = admin.send("POST", f"{base}/public-keys", {"ids": [owner]})["data"]
    wrapped = keys.wrap_for(key["key"], client.key)
    admin.send("POST", f"{base}/confirm", {"keys": [{"id": owner, "key": wrapped}]})


@pytest.fixture(autouse=True)
def as_it_was(server: PracticeHandle) -> Iterator[None]:
    yield
    server.post("put-back", {})


@pytest.fixture
def alice(server: PracticeHandle) -> dict[str, Any]:
    return server.account("provider_admin")


@pytest.fixture
def bw(server: PracticeHandle, tmp_path: Path) -> Bw:
    return client_of(server, tmp_path / "bw")


def client_of(server: PracticeHandle, folder: Path) -> Bw:
    """Each folder is a device."""
    assert PROGRAM is not None
    return Bw(PROGRAM, server.url, server.ca, folder)


def opens(bw: Bw, account: dict[str, Any]) -> bool:
    """The keys are right: what is inside can be read."""
    (item,) = bw.list_items()
    read = (item["name"], item["login"]["password"], item["fields"][0]["value"])
    return read == (f"Item of {account['email']}", "secret", "4711")


def test_password(server: PracticeHandle, alice: dict[str, Any], bw: Bw) -> None:
    with pytest.raises(BwError, match="Invalid master password"):
        bw.login(alice["email"], "not the password")
    bw.login(alice["email"], alice["password"])
    assert opens(bw, alice)
    profile = Desk.of(server, alice).get("/accounts/profile")
    pair = profile["accountKeys"]["publicKeyEncryptionKeyPair"]
    words = fingerprint_phrase(profile["id"], PublicKey.parse(pair["publicKey"]))
    assert bw.fingerprint() == "-".join(words)


def test_authenticator_app(server: PracticeHandle, bw: Bw) -> None:
    tom = server.account("two_steps")
    with pytest.raises(BwError, match="Code is required"):
        bw.login(tom["email"], tom["password"])
    # By the server's clock, which another test has moved.
    now = datetime.fromisoformat(server.post("clock", {"advance": 0})["now"])
    code = totp.code(tom["totpSecret"], int(now.timestamp()))
    bw.login(tom["email"], tom["password"], code=code)
    assert opens(bw, tom)


def test_mailed_code(server: PracticeHandle, alice: dict[str, Any], bw: Bw) -> None:
    server.ways(alice["email"], twoStep=[1])
    with pytest.raises(BwError, match="Code is required"):
        bw.login(alice["email"], alice["password"], method=1)
    code = server.mailed_code(alice["email"])
    bw.login(alice["email"], alice["password"], method=1, code=code)
    assert opens(bw, alice)


def test_hardware_key(server: PracticeHandle, alice: dict[str, Any], bw: Bw) -> None:
    made = server.ways(alice["email"], twoStep=[3])
    otp = yubikey.press(made["yubikey"], 1)
    bw.login(alice["email"], alice["password"], method=3, code=otp)
    assert opens(bw, alice)


def test_mailed_code_of_a_new_device(
    server: PracticeHandle, alice: dict[str, Any], bw: Bw, tmp_path: Path
) -> None:
    """Asked for at a terminal only; the device is known from then on."""
    server.ways(alice["email"], newDeviceCodes=True)
    server.advance(DAY_S)
    # The first device of an account is let in.
    Desk.of(server, alice)
    with pytest.raises(BwError, match="Code is required"):
        bw.login(alice["email"], alice["password"])
    bw.login_at_terminal(
        alice["email"],
        alice["password"],
        "New device verification required",
        lambda: server.mailed_code(alice["email"], "new_device_code"),
    )
    assert opens(bw, alice)
    bw.logout()
    bw.login(alice["email"], alice["password"])
    assert opens(bw, alice)


def test_api_key_passes_second_step_and_single_sign_on(
    server: PracticeHandle, alice: dict[str, Any], bw: Bw
) -> None:
    made = server.ways(
        alice["email"], twoStep=[1], newDeviceCodes=True, sso="acme", ssoRequired=True
    )
    bw.login_with_api_key(made["clientId"], made["clientSecret"], alice["password"])
    assert opens(bw, alice)


def test_single_sign_on(server: PracticeHandle, alice: dict[str, Any], bw: Bw) -> None:
    """The web vault's page, which only asks for the organization, is left out."""
    server.ways(alice["email"], sso="acme", ssoRequired=True)

    def browse(address: str) -> None:
        asked = {
            name: values[0]
            for name, values in parse_qs(urlsplit(address).fragment.partition("?")[2]).items()
        }
        token = server.http.get("/identity/sso/prevalidate", params={"domainHint": "acme"}).json()
        query = {
            "client_id": asked["clientId"],
            "redirect_uri": asked["redirectUri"],
            "response_type": "code",
            "scope": "api offline_access",
            "state": asked["state"],
            "code_challenge": asked["codeChallenge"],
            "code_challenge_method": "S256",
            "domain_hint": "acme",
            "ssoToken": token["token"],
        }
        page = server.http.get(f"/identity/connect/authorize?{urlencode(query)}")
        (target,) = re.findall(r'href="([^"]+)"', page.text)
        back = server.http.get(html.unescape(target)).headers["location"]
        httpx.get(back.replace("//localhost:", "//127.0.0.1:"), trust_env=False)

    bw.login_by_browser(alice["email"], browse, alice["password"])
    assert opens(bw, alice)


def test_account_of_version_2(server: PracticeHandle, alice: dict[str, Any], bw: Bw) -> None:
    """An account never goes back; the others here do not mind."""
    server.ways(alice["email"], v2=True)
    bw.login(alice["email"], alice["password"])
    assert opens(bw, alice)
