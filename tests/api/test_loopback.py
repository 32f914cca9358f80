"""Where the browser comes back to: one port, one answer, on this computer only."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import pytest

from desktop.api import loopback as loopback_module
from desktop.api.loopback import HOST, PORTS, Loopback
from desktop.domain.errors import BrowserSignInFailed
from tests.api.fake_server import FakeClock

STATE = "s" * 43
PAGE = "<!doctype html><title>ü</title>"


def run(work: Callable[[Loopback], Awaitable[None]]) -> None:
    async def scene() -> None:
        loopback = await Loopback.open(STATE, PAGE)
        try:
            await work(loopback)
        finally:
            await loopback.close()

    asyncio.run(scene())


async def ask(
    loopback: Loopback, target: str, *, host: str | None = None, verb: str = "GET"
) -> tuple[str, bytes]:
    """Status line and body of one request."""
    named = f"localhost:{loopback.port}" if host is None else host
    return await send(loopback, f"{verb} {target} HTTP/1.1\r\nHost: {named}\r\n\r\n".encode())


async def send(loopback: Loopback, raw: bytes) -> tuple[str, bytes]:
    reader, writer = await asyncio.open_connection(HOST, loopback.port)
    writer.write(raw)
    writer.write_eof()
    told = await reader.read()
    writer.close()
    head, _, body = told.partition(b"\r\n\r\n")
    return head.partition(b"\r\n")[0].decode().partition(" ")[2], body


def test_the_code_arrives_and_the_page_is_shown() -> None:
    async def work(loopback: Loopback) -> None:
        assert loopback.port in PORTS
        assert loopback.redirect_uri == f"http://localhost:{loopback.port}"
        status, body = await ask(loopback, f"/?code=A%2BB&scope=api&state={STATE}")
        assert (status, body.decode()) == ("200 OK", PAGE)
        assert await loopback.code(60, FakeClock()) == "A+B"
        # One answer is taken; the next is not even looked at.
        assert (await ask(loopback, f"/?code=C&state={STATE}"))[0] == "410 Gone"
        assert await loopback.code(60, FakeClock()) == "A+B"

    run(work)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/?code=A&state=other", "state"),
        ("/?code=A", "state"),
        (f"/?code=A&state={STATE[:-1]}", "state"),
        ("/?error=access_denied&state=other", "state"),
        (f"/?error=access_denied&state={STATE}", "denied"),
    ],
)
def test_t17_an_answer_to_another_question_ends_the_attempt(target: str, reason: str) -> None:
    async def work(loopback: Loopback) -> None:
        await ask(loopback, target)
        with pytest.raises(BrowserSignInFailed) as failed:
            await loopback.code(60, FakeClock())
        assert failed.value.reason == reason

    run(work)


def test_what_is_no_answer_is_not_taken_for_one() -> None:
    async def work(loopback: Loopback) -> None:
        good = f"/?code=A&state={STATE}"
        for target, more, status in (
            ("/favicon.ico", {}, "404 Not Found"),
            (f"/other{good[1:]}", {}, "404 Not Found"),
            ("/", {}, "404 Not Found"),
            (good, {"verb": "POST"}, "404 Not Found"),
            (good, {"host": "evil.example"}, "400 Bad Request"),
            (good, {"host": ""}, "400 Bad Request"),
        ):
            assert (await ask(loopback, target, **more))[0] == status
        for raw in (b"", b"\r\n\r\n", b"\x16\x03\x01" * 50, b"GET / HTTP/1.1\r\n"):
            await send(loopback, raw)
        await send(loopback, b"GET /?" + b"x" * 70_000)
        assert (await ask(loopback, good, host=f"{HOST}:{loopback.port}"))[0] == "200 OK"
        assert await loopback.code(60, FakeClock()) == "A"

    run(work)


def test_what_cannot_be_read_is_refused_and_disturbs_nobody() -> None:
    """Any page in the browser can send such a thing here."""

    async def work(loopback: Loopback) -> None:
        told: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, what: told.append(what))
        for target in ("//[", f"/?code=A&state={STATE}" + "&more=1" * 20):
            assert (await ask(loopback, target))[0] == "400 Bad Request"
        assert told == []
        assert (await ask(loopback, f"/?code=A&state={STATE}"))[0] == "200 OK"

    run(work)


def test_a_browser_that_keeps_silent_is_hung_up_on() -> None:
    """Browsers open connections ahead of need: none outlives the sign-in."""

    async def work() -> None:
        loopback = await Loopback.open(STATE)
        reader, writer = await asyncio.open_connection(HOST, loopback.port)
        writer.write(b"GET / HTTP/1.1\r\n")
        await writer.drain()
        # A whole request behind it: the silent one has been taken in by now.
        await ask(loopback, "/favicon.ico")
        await loopback.close()
        async with asyncio.timeout(10):
            assert await reader.read() == b""
        writer.close()

    asyncio.run(work())


def test_nobody_comes_back() -> None:
    async def work(loopback: Loopback) -> None:
        clock = FakeClock()
        with pytest.raises(BrowserSignInFailed) as failed:
            await loopback.code(300, clock)
        assert failed.value.reason == "timeout"
        assert clock.slept == [300]

    run(work)


def test_it_listens_on_this_computer_only_and_frees_its_port() -> None:
    async def work() -> None:
        first = await Loopback.open(STATE)
        second = await Loopback.open(STATE)
        assert first.port != second.port
        assert first._server is not None
        assert {one.getsockname()[0] for one in first._server.sockets} == {HOST}
        port = first.port
        await first.close()
        await second.close()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(HOST, port)
        await first.close()

    asyncio.run(work())


def test_all_ports_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        with socket.socket() as holder:
            holder.bind((HOST, 0))
            holder.listen()
            port = holder.getsockname()[1]
            monkeypatch.setattr(loopback_module, "PORTS", range(port, port + 1))
            with pytest.raises(BrowserSignInFailed) as failed:
                await Loopback.open(STATE)
            assert failed.value.reason == "ports"

    asyncio.run(work())
