"""Packed answers, through the whole client, in a process whose memory is looked at (T27)."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from desktop.domain.limits import MIB, RESPONSE_BYTES, RESPONSE_BYTES_LIST
from tests.api import bombs
from tests.api.fake_server import USER, RealServer, http, jwt, server_context, tls_server
from tests.practice_process import ROOT

SLACK_KIB = 32 * 1024
SMALL_KIB, LIST_KIB = RESPONSE_BYTES // 1024, RESPONSE_BYTES_LIST // 1024


@dataclass(frozen=True)
class Bomb:
    """What is sent, what must come of it, and how large the answer may be at all, in KiB."""

    body: bytes
    encodings: tuple[str, ...]
    error: str
    cap_kib: int


@dataclass
class Sapper:
    """Answers a request for a token or for nothing special well, and any other with its bombs."""

    kinds: list[Bomb]
    real: RealServer | None = None
    sent: int = 0
    seen: list[bytes] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert self.real is not None
        head = self.real.heads[-1]
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
        if length:
            await reader.readexactly(int(length))
        writer.write(self._answer(head))
        await writer.drain()

    def _answer(self, head: bytes) -> bytes:
        if b"/api/config" in head:
            return http(b'{"version":"2026.8.0"}')
        if b"/connect/token" in head:
            token = jwt(USER, datetime.now(UTC) + timedelta(hours=1))
            return http(json.dumps({"access_token": token, "expires_in": 3600}).encode())
        bomb = self.kinds[self.sent]
        self.sent += 1
        return http(
            bomb.body, "HTTP/1.1 200 OK", *(f"Content-Encoding: {e}" for e in bomb.encodings)
        )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """What the child said of each kind."""
    authority = trustme.CA()
    ca = tmp_path_factory.mktemp("bombs") / "ca.pem"
    authority.cert_pem.write_to_path(str(ca))
    return asyncio.run(_asked(authority, ca))


async def _asked(authority: trustme.CA, ca: Path) -> dict[str, tuple[str, int]]:
    sapper = Sapper(list(KINDS.values()))
    async with tls_server(server_context(authority.issue_cert("127.0.0.1")), sapper.talk) as real:
        sapper.real = real
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.api.bomb_probe", str(real.port), str(ca), *KINDS,
            cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        said, _ = await asyncio.wait_for(child.communicate(), 120)
    assert child.returncode == 0
    assert sapper.sent == len(KINDS)
    found: dict[str, tuple[str, int]] = json.loads(said)
    return found


_ONCE = bombs.gzipped()
_TWICE = bombs.twice(_ONCE)
_GZIP = ("gzip",)
# The child asks in this order: what may grow least comes first, since a peak stays a peak.
KINDS: dict[str, Bomb] = {
    "small brotli": Bomb(bombs.brotli(), ("br",), "NotOurServer", 0),
    "small zstd": Bomb(bombs.zstd(), ("zstd",), "NotOurServer", 0),
    "small double gzip": Bomb(_TWICE, ("gzip, gzip",), "NotOurServer", 0),
    "list two headers": Bomb(_TWICE, ("gzip", "gzip"), "NotOurServer", 0),
    "list gzip in gzip": Bomb(_TWICE, _GZIP, "NotOurServer", 0),
    "stream gzip": Bomb(_ONCE, _GZIP, "NotOurServer", 0),
    "small gzip": Bomb(_ONCE, _GZIP, "AnswerTooLarge", SMALL_KIB),
    "list gzip": Bomb(_ONCE, _GZIP, "AnswerTooLarge", LIST_KIB),
}


@pytest.mark.parametrize("kind", KINDS)
def test_t27_memory_grows_by_the_limit_and_little_more(
    kind: str, told: dict[str, tuple[str, int]]
) -> None:
    error, grown_kib = told[kind]
    assert error == KINDS[kind].error
    assert grown_kib <= KINDS[kind].cap_kib + SLACK_KIB, f"{grown_kib / 1024:.0f} MiB"


def test_t27_the_bombs_are_small_and_what_they_hold_is_not() -> None:
    for bomb in KINDS.values():
        assert len(bomb.body) < MIB
    assert len(bombs.brotli()) < 1_000
    assert len(_ONCE) < 300_000
    assert len(_TWICE) < 2_000
