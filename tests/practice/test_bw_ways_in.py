"""The official client signs in by every way that the practice server has; one process each."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from desktop.practice import yubikey
from tests.bw_client import MISSING, Bw, BwError, find_bw
from tests.practice_process import PracticeHandle, practice_server

PROGRAM = find_bw()
pytestmark = [
    pytest.mark.bw,
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason=MISSING),
]
NAMES = {"Default collection", "Finance", "IT", "IT/Servers"}


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    # The client renews its tokens more often than the limits allow five sign-ins in a minute.
    with practice_server("--rate-limits", "off") as handle:
        yield handle


@pytest.fixture
def owner(server: PracticeHandle) -> dict[str, Any]:
    return server.account("client_owner", "My Client's Organization")


@pytest.fixture
def bw(server: PracticeHandle, tmp_path: Path) -> Bw:
    assert PROGRAM is not None
    return Bw(PROGRAM, server.url, server.ca, tmp_path / "bw")


def opens(bw: Bw) -> bool:
    """The keys are right: names can be read."""
    return {one["name"] for one in bw.list_collections()} == NAMES


def test_mailed_code(server: PracticeHandle, owner: dict[str, Any], bw: Bw) -> None:
    server.ways(owner["email"], twoStep=[1], ssoRequired=False)
    with pytest.raises(BwError, match="Code is required"):
        bw.login(owner["email"], owner["password"], method=1)
    code = server.mailed_code(owner["email"])
    bw.login(owner["email"], owner["password"], method=1, code=code)
    assert opens(bw)


def test_hardware_key(server: PracticeHandle, owner: dict[str, Any], bw: Bw) -> None:
    made = server.ways(owner["email"], twoStep=[3], ssoRequired=False)
    otp = yubikey.press(made["yubikey"], 1)
    bw.login(owner["email"], owner["password"], method=3, code=otp)
    assert opens(bw)


def test_api_key_passes_second_step_and_single_sign_on(
    server: PracticeHandle, owner: dict[str, Any], bw: Bw
) -> None:
    made = server.ways(owner["email"], twoStep=[1], sso="acme", ssoRequired=True)
    bw.login_with_api_key(made["clientId"], made["clientSecret"], owner["password"])
    assert opens(bw)


def test_single_sign_on(server: PracticeHandle, owner: dict[str, Any], bw: Bw) -> None:
    """The web vault's page, which only asks for the organization, is left out."""
    server.ways(owner["email"], twoStep=[], sso="acme", ssoRequired=True)

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

    bw.login_by_browser(owner["email"], browse, owner["password"])
    assert opens(bw)


def test_account_of_version_2(server: PracticeHandle, owner: dict[str, Any], bw: Bw) -> None:
    """An account never goes back; the others here do not mind."""
    server.ways(owner["email"], twoStep=[], ssoRequired=False, v2=True)
    bw.login(owner["email"], owner["password"])
    assert opens(bw)
