"""Addresses, devices, and requests as they are prepared."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

import pytest

from desktop.api import requests
from desktop.api.clock import SystemClock
from desktop.api.device import DeviceIdentity
from desktop.api.requests import PreparedRequest
from desktop.api.server import ServerAddress
from desktop.domain.enums import DeviceType
from desktop.domain.ids import GroupId, OrganizationId, OrganizationUserId, ProviderId

ID = UUID("a09726a0-9590-49d1-a5f5-afe300b6a515")


@pytest.mark.parametrize(
    "typed",
    [
        "https://vault.bitwarden.com",
        " vault.bitwarden.com/ ",
        "https://bitwarden.com",
        "https://www.bitwarden.com/",
        "HTTPS://VAULT.BITWARDEN.COM/#/login",
    ],
)
def test_cloud_vault_is_mapped_to_its_hosts(typed: str) -> None:
    if "#" in typed:
        with pytest.raises(ValueError, match="fragment"):
            ServerAddress.from_typed(typed)
        return
    found = ServerAddress.from_typed(typed)
    assert found == ServerAddress.us()
    assert found.api == "https://api.bitwarden.com"
    assert found.identity == "https://identity.bitwarden.com"
    assert found.is_cloud


def test_europe_and_self_hosted() -> None:
    assert ServerAddress.from_typed("vault.bitwarden.eu") == ServerAddress.eu()
    own = ServerAddress.from_typed("vault.acme.example:8443/bw/", Path("ca.pem"))
    assert own.api == "https://vault.acme.example:8443/bw/api"
    assert own.identity == "https://vault.acme.example:8443/bw/identity"
    assert own.events == "https://vault.acme.example:8443/bw/events"
    assert own.host == "vault.acme.example:8443"
    assert own.ca_path == Path("ca.pem")
    assert not own.is_cloud


@pytest.mark.parametrize("look_alike", ["vault.bitwarden.com.evil.example", "xbitwarden.com"])
def test_look_alikes_are_not_the_cloud(look_alike: str) -> None:
    assert not ServerAddress.from_typed(look_alike).is_cloud


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://",
        "http://vault.example",
        "ftp://vault.example",
        "https://user:secret@vault.example",
        "https://vault.example?x=1",
        "https://vault.example#x",
        "https://vault example",
        "https://vault.example\\@evil.example",
        "https://vault.example:0",
        "https://vault.example:99999",
        "https://vault.\u202eexample",
    ],
)
def test_bad_addresses_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ServerAddress.from_typed(typed)


@pytest.mark.parametrize(
    ("platform", "kind"),
    [
        ("win32", DeviceType.WINDOWS_DESKTOP),
        ("darwin", DeviceType.MACOS_DESKTOP),
        ("linux", DeviceType.LINUX_DESKTOP),
    ],
)
def test_device_type_is_that_of_the_computer(
    platform: str, kind: DeviceType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert DeviceIdentity.here(ID).type is kind


def test_prepared_requests() -> None:
    provider, client = ProviderId(ID), OrganizationId(ID)
    assert requests.create_client(provider, b"{}").path == f"providers/{ID}/clients"
    invite = requests.invite_members(client, b"{}")
    assert (invite.method, invite.budget) == ("POST", "invite")
    chunk = requests.import_items(client, b"{}")
    assert chunk.path == f"ciphers/import-organization?organizationId={ID}"
    assert (chunk.budget, chunk.deadline_s) == ("import", 300.0)
    assert requests.put_policy(client, 10, b"{}").path == f"organizations/{ID}/policies/10"
    assert "secret" not in repr(PreparedRequest("POST", "x", b"secret"))
    for method, path, budget in (("PATCH", "x", "write"), ("POST", "x", "none")):
        with pytest.raises(ValueError, match="request"):
            PreparedRequest(method, path, None, budget)


def test_policy_and_member_paths() -> None:
    client, provider = OrganizationId(ID), ProviderId(ID)
    body = b"{}"
    assert requests.update_member(client, OrganizationUserId(ID), body).method == "PUT"
    assert requests.remove_members(client, body).method == "DELETE"
    assert requests.remove_provider_members(provider, body).method == "DELETE"
    assert requests.update_group(client, GroupId(ID), body).path.endswith(f"groups/{ID}")


def test_t32_paths_are_plain() -> None:
    for path in ("", "/x", "x/", "x//y", "../x", "x/../y", "x?y#z", "https://x", "x y", "x\n", "X"):
        with pytest.raises(ValueError, match="path"):
            requests.check_path(path)


def test_system_clock() -> None:
    clock = SystemClock()
    assert clock.now().tzinfo is not None
    before = clock.monotonic()
    asyncio.run(clock.sleep(0))
    assert clock.monotonic() >= before
