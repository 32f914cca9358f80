"""Secrets that can be overwritten: their type, and the registry that lock empties (T79, T92).

A key lives in one bytearray. Libraries that only speak `bytes` get a copy that `overwrite` clears
again at once, so that no immutable copy outlives the call that needed it.
"""

from __future__ import annotations

import ctypes
import hmac
import threading
from collections.abc import Collection
from typing import NoReturn, Protocol, TypeVar

from desktop.domain.errors import Locked

# Where the first byte of a bytes object lies behind its header; the object ends in a zero byte.
_BYTES_HEADER = bytes.__basicsize__ - 1


def overwrite(data: bytes) -> None:
    """Zeroes an immutable copy in place. Only for bytes that nobody else can hold.

    Objects of less than two bytes are shared by the interpreter and left alone.
    """
    if len(data) > 1:
        ctypes.memset(id(data) + _BYTES_HEADER, 0, len(data))


def take(data: bytes) -> bytearray:
    """Moves a secret out of the immutable answer of a library; the answer reads zero afterwards."""
    try:
        return bytearray(data)
    finally:
        overwrite(data)


def clear(data: bytearray | memoryview) -> None:
    """Zeroes a buffer without changing its size."""
    data[:] = bytes(len(data))


class SecretBytes:
    """Owns a bytearray that is zeroed by `wipe`. Never shows, copies or serialises itself (T92)."""

    __slots__ = ("__weakref__", "_data", "_wiped")

    def __init__(self, data: bytearray) -> None:
        """Takes ownership: the caller must not keep `data`."""
        self._data = data
        self._wiped = False

    def view(self) -> memoryview:
        """The bytes, for the length of one call. Raises Locked once wiped."""
        self.ensure_living()
        return memoryview(self._data)

    def ensure_living(self) -> None:
        """Raises Locked once wiped.

        Called again after every use: a lock in the middle zeroes the buffer, and what was computed
        with it must not leave.
        """
        if self._wiped:
            raise Locked

    def wipe(self) -> None:
        # The flag first: whoever read a half zeroed buffer sees it in `ensure_living` afterwards.
        self._wiped = True
        clear(self._data)

    @property
    def is_wiped(self) -> bool:
        return self._wiped

    def matches(self, other: SecretBytes) -> bool:
        """Equality in constant time."""
        return hmac.compare_digest(self.view(), other.view())

    def __len__(self) -> int:
        return len(self._data)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: secret>"

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        return repr(self)

    def __bytes__(self) -> NoReturn:
        raise TypeError("a secret is not copied")

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a secret is not serialised")

    def __getstate__(self) -> NoReturn:
        raise TypeError("a secret is not serialised")

    def __copy__(self) -> NoReturn:
        raise TypeError("a secret is not copied")

    def __deepcopy__(self, _memo: object) -> NoReturn:
        raise TypeError("a secret is not copied")


class Wipeable(Protocol):
    """What a registry can hold."""

    def wipe(self) -> None: ...


S = TypeVar("S", bound=Wipeable)


class KeyRegistry:
    """Every living secret of one session. After `wipe` it stays shut until `reopen`.

    Thread-safe. A reply that arrives after the lock cannot leave a key behind: `add` then wipes
    what it was given and raises Locked.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._secrets: dict[int, Wipeable] = {}
        self._shut = False

    def add(self, secret: S) -> S:
        """Keeps `secret` until lock and returns it. Raises Locked after `wipe`."""
        with self._guard:
            if not self._shut:
                self._secrets[id(secret)] = secret
                return secret
        secret.wipe()
        raise Locked

    def discard(self, secret: Wipeable) -> None:
        """Wipes `secret` and forgets it."""
        with self._guard:
            self._secrets.pop(id(secret), None)
        secret.wipe()

    def keep_only(self, kept: Collection[Wipeable]) -> None:
        """Zeroes every secret but these; new ones are still taken."""
        spared = {id(secret) for secret in kept}
        with self._guard:
            dropped = [one for key, one in self._secrets.items() if key not in spared]
            for secret in dropped:
                del self._secrets[id(secret)]
        for secret in dropped:
            secret.wipe()

    def wipe(self) -> None:
        """Zeroes every secret; new ones are refused from here on."""
        with self._guard:
            self._shut = True
            secrets = tuple(self._secrets.values())
            self._secrets.clear()
        for secret in secrets:
            secret.wipe()

    def reopen(self) -> None:
        """Takes secrets again: the next unlock begins."""
        with self._guard:
            self._shut = False

    def secrets(self) -> tuple[Wipeable, ...]:
        """What is held now."""
        with self._guard:
            return tuple(self._secrets.values())

    @property
    def is_shut(self) -> bool:
        return self._shut

    def __len__(self) -> int:
        return len(self._secrets)

    def __repr__(self) -> str:
        return f"<KeyRegistry: {len(self._secrets)} secrets>"
