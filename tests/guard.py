"""Hears every address that this process asks a socket for (T96); tests see only this computer.

An audit hook cannot be taken out again: it notes and never stops anybody.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

_ASKED = frozenset(
    {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
)
_HERE = frozenset({"127.0.0.1", "::1", "localhost", "", None})
_strangers: list[str] = []
_is_listening = False


def _listen(event: str, given: tuple[object, ...]) -> None:
    if event not in _ASKED:
        return
    address = given[1] if event in {"socket.connect", "socket.sendto"} else given[:2]
    # A path or a number is a socket of this computer.
    host = address[0] if isinstance(address, tuple) and address else None
    name = host.decode("latin-1") if isinstance(host, bytes) else host
    if isinstance(name, str | None) and name not in _HERE:
        _strangers.append(f"{event} {address!r}")


def strangers() -> list[str]:
    """What was asked for since the last question and is not on this computer."""
    found = [*_strangers]
    _strangers.clear()
    return found


@pytest.fixture(autouse=True)
def t96() -> Iterator[None]:
    """Of a conftest: no test of its folder leaves this computer."""
    global _is_listening  # noqa: PLW0603 - one hook for the process, which stays
    if not _is_listening:
        sys.addaudithook(_listen)
        _is_listening = True
    strangers()
    yield
    found = strangers()
    assert found == [], found
