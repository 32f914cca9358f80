"""The system's keychain, from a fixed list of stores; memory where none of them works (T87, T88).

The only module that imports keyring. It never asks keyring which store to use, because that reads a
settings file and an environment variable that can name any class; the four systems are named here.
A value too long for Windows goes, sealed, into a file of the profile, and its key into the store.
The file is named after that key too: until the store has the new key, the former value stays whole.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from keyring.backend import KeyringBackend
from keyring.backends.kwallet import DBusKeyring
from keyring.backends.libsecret import Keyring as Libsecret
from keyring.backends.macOS import Keyring as MacKeychain
from keyring.backends.SecretService import Keyring as SecretService
from keyring.backends.Windows import WinVaultKeyring

from desktop.domain.errors import ClavigerError
from desktop.settings.files import read_private, write_private

SERVICE: Final = "Claviger"
VALUE_CHARACTERS_MAX: Final = 1_200
ANSWER_TIMEOUT_S: Final = 30.0
_SEALED_BYTES_MAX: Final = 1024 * 1024
_SEALED_MARK: Final = "sealed:"
_NONCE_BYTES: Final = 12

ALLOWED: Final[tuple[type[KeyringBackend], ...]] = (
    WinVaultKeyring,
    MacKeychain,
    SecretService,
    Libsecret,
    DBusKeyring,
)


class KeychainFailed(ClavigerError):
    """The keychain is locked, slow, missing or wrong. `reason`: locked_or_refused, timed_out."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Keychain(Protocol):
    """What services need. `is_memory_only` True is told to the person, once."""

    @property
    def is_memory_only(self) -> bool: ...
    def get(self, name: str) -> str | None: ...
    def set(self, name: str, value: str) -> None: ...
    def delete(self, name: str) -> None: ...


class MemoryKeychain:
    """Holds values until the process ends."""

    is_memory_only = True

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self._values.get(name)

    def set(self, name: str, value: str) -> None:
        self._values[name] = value

    def delete(self, name: str) -> None:
        self._values.pop(name, None)


class SystemKeychain:
    """One allowed store. Calls may wait for a person; use a worker thread.

    `folder` takes the sealed files. Every failure of the store leaves as KeychainFailed.
    """

    is_memory_only = False

    def __init__(
        self, backend: KeyringBackend, folder: Path, *, timeout_s: float = ANSWER_TIMEOUT_S
    ) -> None:
        if type(backend) not in ALLOWED:
            raise TypeError("this store is not on the list")
        self._backend: Any = backend
        self._folder = folder
        self._timeout_s = timeout_s

    def get(self, name: str) -> str | None:
        """None also for a value of the wrong type or a sealed file that is gone or changed."""
        value = self._ask(lambda: self._backend.get_password(SERVICE, name))
        if not isinstance(value, str):
            return None
        if not value.startswith(_SEALED_MARK):
            return value
        return self._unseal(name, value.removeprefix(_SEALED_MARK))

    def set(self, name: str, value: str) -> None:
        """Raises KeychainFailed, StorageFailed: the former value is there as before."""
        if len(value) < VALUE_CHARACTERS_MAX and not value.startswith(_SEALED_MARK):
            self._store(name, value)
            self._drop_files(name)
            return
        key = AESGCM.generate_key(256)
        file = self._sealed_file(name, key)
        self._seal(name, value, key, file)
        self._store(name, _SEALED_MARK + base64.b64encode(key).decode())
        self._drop_files(name, but=file)

    def delete(self, name: str) -> None:
        """Nothing to delete is no failure. Raises KeychainFailed."""
        if self._ask(lambda: self._backend.get_password(SERVICE, name)) is not None:
            self._ask(lambda: self._backend.delete_password(SERVICE, name))
        self._drop_files(name)

    def _store(self, name: str, stored: str) -> None:
        self._ask(lambda: self._backend.set_password(SERVICE, name, stored))

    def _seal(self, name: str, value: str, key: bytes, file: Path) -> None:
        nonce = os.urandom(_NONCE_BYTES)
        write_private(file, nonce + AESGCM(key).encrypt(nonce, value.encode(), name.encode()))

    def _unseal(self, name: str, key: str) -> str | None:
        with contextlib.suppress(InvalidTag, ValueError):
            opener = base64.b64decode(key, validate=True)
            sealed = read_private(self._sealed_file(name, opener), _SEALED_BYTES_MAX)
            if sealed is None:
                return None
            cipher = AESGCM(opener)
            plain = cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
            return plain.decode()
        return None

    def _sealed_file(self, name: str, key: bytes) -> Path:
        return self._folder / f"{_stem(name)}{hashlib.sha256(key).hexdigest()[:16]}.sealed"

    def _drop_files(self, name: str, but: Path | None = None) -> None:
        """Files whose keys the store has no more are of no use to anybody; the next call of this
        takes what could not go now.
        """
        for file in self._folder.glob(f"{_stem(name)}*.sealed"):
            if file != but:
                with contextlib.suppress(OSError):
                    file.unlink(missing_ok=True)

    def _ask(self, call: Callable[[], Any]) -> Any:
        """Runs one call with a deadline: a store may wait for ever for a prompt nobody sees."""
        answer: list[Any] = []

        def work() -> None:
            # Backends raise what they like, also errors of D-Bus and ctypes.
            with contextlib.suppress(Exception):
                answer.append(call())

        thread = threading.Thread(target=work, name="keychain", daemon=True)
        thread.start()
        thread.join(self._timeout_s)
        if thread.is_alive():
            raise KeychainFailed("timed_out")
        if not answer:
            raise KeychainFailed("locked_or_refused")
        return answer[0]


def _stem(name: str) -> str:
    """What the files of one value begin with. The name may hold an e-mail address; theirs must not
    (T83).
    """
    return f"keychain-{hashlib.sha256(name.encode()).hexdigest()[:32]}-"


def open_keychain(
    folder: Path, candidates: Sequence[type[KeyringBackend]] = ALLOWED
) -> SystemKeychain | MemoryKeychain:
    """The first allowed store that works here, else memory."""
    for candidate in candidates:
        if candidate in ALLOWED and _works(candidate):
            with contextlib.suppress(Exception):
                return SystemKeychain(candidate(), folder)
    return MemoryKeychain()


def _works(backend: type[KeyringBackend]) -> bool:
    # `priority` raises whatever the missing library or service raises.
    with contextlib.suppress(Exception):
        return float(backend.priority) > 0
    return False
