"""Answers are bounded while they are unpacked."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from desktop.api.body import whole
from desktop.api.requests import PreparedRequest
from desktop.domain.errors import AnswerTooLarge, NotOurServer, OutcomeUnknown
from desktop.domain.limits import MIB, RESPONSE_BYTES, RESPONSE_BYTES_ERROR
from tests.api.fake_server import BASE, FakeServer, Pieces, answer, make_api

# 96 MiB of spaces in 95 KB, and in under 1 KB when packed twice; made in pieces.
_BOMB_MIB = 96


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    space = b" " * MIB
    packed = b"".join(packer.compress(space) for _ in range(_BOMB_MIB))
    return packed + packer.flush()


@pytest.fixture(scope="module")
def packed_bomb() -> bytes:
    return bomb()


def read(body: bytes, *encodings: str, limit: int = RESPONSE_BYTES) -> bytes:
    headers = [("Content-Encoding", name) for name in encodings]
    response = httpx.Response(200, headers=headers, stream=Pieces(body))
    return asyncio.run(whole(response, limit))


def grown_mib(work: Callable[[], object]) -> float:
    """Peak memory of `work` above what was there, in MiB."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / MIB
    finally:
        tracemalloc.stop()


def test_t27_gzip_bomb_stops_at_the_limit(packed_bomb: bytes) -> None:
    def work() -> None:
        with pytest.raises(AnswerTooLarge) as caught:
            read(packed_bomb, "gzip")
        assert caught.value.limit_bytes == RESPONSE_BYTES

    assert grown_mib(work) <= RESPONSE_BYTES / MIB + 32


def test_t27_double_gzip_is_refused(packed_bomb: bytes) -> None:
    twice = gzip.compress(packed_bomb)
    for encodings in (("gzip, gzip",), ("gzip", "gzip"), ("gzip,gzip",), ("gzip", "identity")):

        def work(encodings: tuple[str, ...] = encodings) -> None:
            with pytest.raises(NotOurServer):
                read(twice, *encodings)

        assert grown_mib(work) <= 32


@pytest.mark.parametrize("name", ["br", "zstd", "deflate", "compress", "GZIP;q=1", "", "gzip "])
def test_t27_other_encodings_are_refused(name: str) -> None:
    body = b'{"version":"1"}'
    if name == "gzip ":
        # Case and space are no other encoding.
        assert read(gzip.compress(body), name) == body
        assert read(gzip.compress(body), "X-GZip") == body
        return
    with pytest.raises(NotOurServer):
        read(body, name)


def test_t27_broken_gzip_is_refused() -> None:
    good = gzip.compress(b'{"version":"1"}' * 50)
    for body in (good[:-1], good[:30], b"plain", good + b"more", good + good, b"\x1f\x8b"):
        with pytest.raises(NotOurServer):
            read(body, "gzip")


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("limit", [0, 1, 1_000, 300_000])
def test_t27_the_limit_itself_is_fine(limit: int, *, packed: bool) -> None:
    body = b"x" * limit
    encode = gzip.compress if packed else bytes
    encodings = ("gzip",) if packed else ()
    assert read(encode(body), *encodings, limit=limit) == body
    for longer in (body + b"x", body + b"x" * 10_000_000):
        with pytest.raises(AnswerTooLarge):
            read(encode(longer), *encodings, limit=limit)


def test_empty_body_with_an_encoding_is_empty() -> None:
    assert read(b"", "gzip") == b""


def test_t27_through_the_client(packed_bomb: bytes) -> None:
    async def run() -> None:
        server = FakeServer()
        headers = {"Content-Encoding": "gzip"}
        server.on("GET", "/api/config", lambda _r: answer(200, packed_bomb, headers))
        server.on("POST", "/api/x", lambda _r: answer(200, packed_bomb, headers))
        server.on("POST", "/api/y", lambda _r: answer(400, packed_bomb, headers))
        api = make_api(server)
        with pytest.raises(AnswerTooLarge):
            await api.config()
        # What a write did is unknown when its answer cannot be read (T43).
        with pytest.raises(OutcomeUnknown):
            await api.send(PreparedRequest("POST", "x", b"{}"))
        # An error keeps its status even if its words are too many.
        with pytest.raises(Exception, match="400") as caught:
            await api.send(PreparedRequest("POST", "y", b"{}"))
        assert not isinstance(caught.value, OutcomeUnknown)

    asyncio.run(run())


def test_t27_httpx_never_unpacks_for_us() -> None:
    """`aiter_bytes`, `aread` and `.content` would decode whatever the server names."""
    api = Path(__file__).parents[2] / "desktop" / "api"
    for path in api.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        for name in ("aiter_bytes", "aiter_text", "aread(", ".content\n", ".json()", ".text\n"):
            assert name not in source.replace("token.text", "").replace("call.content", "")
    assert RESPONSE_BYTES_ERROR < RESPONSE_BYTES
    assert BASE.startswith("https")
