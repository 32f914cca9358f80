"""Only known stores are used; whatever a store does, the desk goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordSetError

from desktop.settings import keychain
from desktop.settings.keychain import (
    SERVICE,
    KeychainFailed,
    MemoryKeychain,
    SystemKeychain,
    open_keychain,
)


class Store(KeyringBackend):
    """A store with the limit of the Windows one: 1,280 UTF-16 characters of name and value."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own has no types
        self.values: dict[tuple[str, str], Any] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.values.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password) > 1_280:
            raise PasswordSetError("stub received bad data")
        self.values[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.values[service, username]


class LockedStore(Store):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    set_password = delete_password = get_password  # type: ignore[assignment]  # all alike


class SlowStore(Store):
    released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(30)
        return None


class MissingStore(Store):
    def __init__(self) -> None:
        super().__init__()
        raise OSError("no bus")


class Outsider(Store):
    """What a package on the system may register."""

    priority = 99


KNOWN: tuple[type[KeyringBackend], ...] = (Store, LockedStore, SlowStore, MissingStore)


@pytest.fixture(autouse=True)
def known_stores(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(keychain, "ALLOWED", KNOWN)
    SlowStore.released.clear()
    yield
    SlowStore.released.set()


def test_t87_a_known_store_is_used(tmp_path: Path) -> None:
    chain = open_keychain(tmp_path, KNOWN)
    assert isinstance(chain, SystemKeychain)
    assert not chain.is_memory_only
    assert chain.get("a") is None
    chain.set("a", "value")
    assert chain.get("a") == "value"
    chain.delete("a")
    chain.delete("a")
    assert chain.get("a") is None


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Outsider, MissingStore])
def test_t87_other_stores_mean_memory(backend: type[KeyringBackend], tmp_path: Path) -> None:
    chain = open_keychain(tmp_path, (backend,))
    assert isinstance(chain, MemoryKeychain)
    assert chain.is_memory_only
    chain.set("a", "value")
    assert chain.get("a") == "value"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Outsider])
def test_t87_an_unlisted_store_cannot_be_forced(
    backend: Callable[[], KeyringBackend], tmp_path: Path
) -> None:
    with pytest.raises(TypeError):
        SystemKeychain(backend(), tmp_path)


def test_t87_the_list_holds_the_four_systems_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert {f"{one.__module__}.{one.__qualname__}" for one in keychain.ALLOWED} == {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
    }


def test_t87_settings_of_keyring_are_not_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.settings.test_keychain.Outsider")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert isinstance(open_keychain(tmp_path, ()), MemoryKeychain)


def test_t87_a_locked_store_says_so(tmp_path: Path) -> None:
    chain = SystemKeychain(LockedStore(), tmp_path)
    calls: tuple[Callable[[], object], ...] = (
        lambda: chain.get("a"),
        lambda: chain.set("a", "b"),
        lambda: chain.delete("a"),
    )
    for call in calls:
        with pytest.raises(KeychainFailed) as caught:
            call()
        assert caught.value.reason == "locked_or_refused"


def test_t87_a_slow_store_is_given_up(tmp_path: Path) -> None:
    chain = SystemKeychain(SlowStore(), tmp_path, timeout_s=0.05)
    with pytest.raises(KeychainFailed) as caught:
        chain.get("a")
    assert caught.value.reason == "timed_out"


def test_t87_a_value_of_the_wrong_type_is_no_value(tmp_path: Path) -> None:
    store = Store()
    store.values[SERVICE, "a"] = 17
    assert SystemKeychain(store, tmp_path).get("a") is None


def test_t88_a_long_value_goes_sealed_into_a_file(tmp_path: Path) -> None:
    store = Store()
    chain = SystemKeychain(store, tmp_path)
    token = "token-canary-" * 320
    chain.set("someone@example.org", token)
    assert chain.get("someone@example.org") == token
    assert all(len(value) < 1_200 for value in store.values.values())
    (file,) = tmp_path.iterdir()
    assert "someone" not in file.name
    assert b"canary" not in file.read_bytes()
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o600
    chain.set("someone@example.org", "short")
    assert chain.get("someone@example.org") == "short"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("length", "files"), [(1_199, 0), (1_200, 1), (100_000, 1)])
def test_t88_the_limit_counts_characters(length: int, files: int, tmp_path: Path) -> None:
    chain = SystemKeychain(Store(), tmp_path)
    chain.set("a", "x" * length)
    assert chain.get("a") == "x" * length
    assert len(list(tmp_path.iterdir())) == files


def test_t88_a_changed_or_lost_file_is_no_value(tmp_path: Path) -> None:
    chain = SystemKeychain(Store(), tmp_path)
    chain.set("a", "x" * 5_000)
    (file,) = tmp_path.iterdir()
    data = bytearray(file.read_bytes())
    data[40] ^= 1
    file.write_bytes(data)
    assert chain.get("a") is None
    file.unlink()
    assert chain.get("a") is None


def test_t88_deleting_takes_the_file_along(tmp_path: Path) -> None:
    chain = SystemKeychain(Store(), tmp_path)
    chain.set("a", "x" * 5_000)
    chain.delete("a")
    assert list(tmp_path.iterdir()) == []


def test_t88_a_value_that_looks_sealed_comes_back_as_it_was(tmp_path: Path) -> None:
    chain = SystemKeychain(Store(), tmp_path)
    chain.set("a", "sealed:abc")
    assert chain.get("a") == "sealed:abc"
