"""The guard of T96 hears what it should, and only that."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.guard import strangers, t96

__all__ = ["t96"]


@pytest.fixture(autouse=True)
def _forgiven(t96: None) -> Iterator[None]:
    yield
    strangers()


def test_t96_other_hosts_are_heard_and_this_computer_is_not(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        # A name that exists nowhere (RFC 6761), an address of a test network (RFC 5737).
        with suppress(OSError):
            socket.getaddrinfo("telemetry.invalid", 443)
        with suppress(OSError):
            line.connect(("192.0.2.1", 9))
        assert [one.split()[0] for one in strangers()] == ["socket.getaddrinfo", "socket.connect"]
        with suppress(OSError):
            line.connect(("127.0.0.1", 9))
        socket.getaddrinfo("localhost", 80)
    with socket.socket(socket.AF_UNIX) as path, suppress(OSError):
        path.connect(str(tmp_path / "nobody"))
    assert strangers() == []
