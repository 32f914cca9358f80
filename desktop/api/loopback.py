"""Where the browser comes back to after single sign-on: this computer, one port, one answer.

The server knows `http://localhost:8065` to `8070` for native clients (bitwarden/server 2026.8.0,
`ApiClient`). Nothing secret comes this way: the code is worthless without the verifier.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from desktop.api.clock import Clock
from desktop.domain.errors import BrowserSignInFailed

HOST: Final = "127.0.0.1"
PORTS: Final = range(8065, 8071)
_HEAD_BYTES = 8 * 1024
_HEAD: Final = (
    "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n"
    "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
    "Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n"
)


class Loopback:
    """Listens until one answer came. Close it in any case."""

    def __init__(self, state: str, page: str) -> None:
        self._state = state
        self._page = page.encode()
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._server: asyncio.Server | None = None
        self._callers: set[asyncio.StreamWriter] = set()
        self.port = 0

    @classmethod
    async def open(cls, state: str, page: str = "") -> Loopback:
        """On the first free port. `page` is what the browser then shows, a whole document.

        Raises BrowserSignInFailed("ports").
        """
        made = cls(state, page)
        for port in PORTS:
            with contextlib.suppress(OSError):
                made._server = await asyncio.start_server(
                    made._serve, HOST, port, limit=_HEAD_BYTES
                )
                made.port = port
                return made
        raise BrowserSignInFailed("ports")

    @property
    def redirect_uri(self) -> str:
        """As the server knows it."""
        return f"http://localhost:{self.port}"

    async def code(self, deadline_s: float, clock: Clock) -> str:
        """The authorization code.

        Raises BrowserSignInFailed: "timeout", "state" (an answer to another question), "denied".
        """
        alarm = asyncio.ensure_future(clock.sleep(deadline_s))
        try:
            either: set[asyncio.Future[Any]] = {self._answer, alarm}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not self._answer.done():
                raise BrowserSignInFailed("timeout")
            return self._answer.result()
        finally:
            alarm.cancel()

    async def close(self) -> None:
        """Nothing is answered from here on."""
        if not self._answer.cancel() and not self._answer.cancelled():
            # Nobody may have asked for it.
            self._answer.exception()
        if self._server is not None:
            self._server.close()
            for caller in tuple(self._callers):
                caller.close()
            await self._server.wait_closed()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._callers.add(writer)
        try:
            with contextlib.suppress(
                OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
            ):
                head = await reader.readuntil(b"\r\n\r\n")
                status = self._take(head.decode("latin-1"))
                body = self._page if status == "200 OK" else b""
                writer.write(_HEAD.format(status=status, length=len(body)).encode() + body)
                await writer.drain()
        finally:
            self._callers.discard(writer)
            writer.close()

    def _take(self, head: str) -> str:
        """The status for one request; the first that brings an answer decides."""
        line, _, rest = head.partition("\r\n")
        method, _, target = line.partition(" ")
        given = _fields(target.partition(" ")[0])
        hosts = [
            one.partition(":")[2].strip().lower()
            for one in rest.split("\r\n")
            if one.lower().startswith("host:")
        ]
        if given is None or hosts not in ([f"localhost:{self.port}"], [f"{HOST}:{self.port}"]):
            return "400 Bad Request"
        if method != "GET" or not given.keys() & {"code", "error"}:
            return "404 Not Found"
        if self._answer.done():
            return "410 Gone"
        state = given.get("state", [""])[0]
        if not hmac.compare_digest(state.encode(), self._state.encode()):
            self._answer.set_exception(BrowserSignInFailed("state"))
            return "400 Bad Request"
        if "code" not in given:
            self._answer.set_exception(BrowserSignInFailed("denied"))
            return "200 OK"
        self._answer.set_result(given["code"][0])
        return "200 OK"


def _fields(target: str) -> dict[str, list[str]] | None:
    """What an answer says; nothing for another path, None for what cannot be read."""
    try:
        where = urlsplit(target)
        fields = parse_qs(where.query, max_num_fields=20)
    except ValueError:
        return None
    return fields if where.path in ("", "/") else {}
