"""A server for tests: scripted answers behind httpx's transport seam, and a clock of its own.

`FakeServer` answers without sockets; `tls_server` is a real one where sockets matter.
"""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import httpx
import msgspec
import trustme

from desktop.api.client import Api
from desktop.api.device import DeviceIdentity
from desktop.api.server import ServerAddress
from desktop.domain.ids import UserId

BASE = "https://vault.example"
USER = UserId(UUID("11111111-1111-4111-8111-111111111111"))
OTHER = UserId(UUID("22222222-2222-4222-8222-222222222222"))
DEVICE = DeviceIdentity(UUID("33333333-3333-4333-8333-333333333333"))
HTML = b"<!doctype html><title>Sign in to the hotel network</title>"


class FakeClock:
    """Time that passes only in `sleep`; the wall may be wrong by `skew`."""

    def __init__(self, skew: timedelta = timedelta(0)) -> None:
        self.seconds = 1_000.0
        self.skew = skew
        self.slept: list[float] = []

    @property
    def true_now(self) -> datetime:
        """What a right clock would show; the server's."""
        return datetime(2026, 11, 22, 9, 0, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def now(self) -> datetime:
        return self.true_now + self.skew

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        until = self.seconds + seconds
        await asyncio.sleep(0)
        self.seconds = max(self.seconds, until)

    def real(self, seconds: float) -> float:
        return seconds


class Pieces(httpx.AsyncByteStream):
    """A body that httpx does not read ahead. An exception among the pieces is raised."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self._pieces = pieces

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece


def answer(
    status: int = 200, body: object = b"", headers: dict[str, str] | None = None
) -> httpx.Response:
    """`body`: bytes as they are, anything else as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = {} if isinstance(body, bytes) else {"Content-Type": "application/json; charset=utf-8"}
    return httpx.Response(status, headers={**kind, **(headers or {})}, stream=Pieces(raw))


def listed(*elements: object, token: str | None = None) -> dict[str, object]:
    return {"object": "list", "data": list(elements), "continuationToken": token}


def jwt(user: UUID, expires: datetime, **claims: object) -> str:
    payload = {"sub": str(user), "exp": int(expires.timestamp()), **claims}
    parts = [{"alg": "HS256", "typ": "at+jwt"}, payload]
    texts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=") for one in parts]
    return b".".join([*texts, b"c2lnbmF0dXJl"]).decode()


Made = httpx.Response | Exception
Answer = Made | Callable[[httpx.Request], Made] | Callable[[httpx.Request], Awaitable[Made]]


@dataclass
class FakeServer:
    """Routes by verb and path; each has a row of answers whose last one stays."""

    clock: FakeClock = field(default_factory=FakeClock)
    token_life_s: int = 3_600
    user: UserId = USER
    ahead: timedelta = timedelta(0)
    seen: list[httpx.Request] = field(default_factory=list)
    first_request: asyncio.Event = field(default_factory=asyncio.Event)
    bodies: list[bytes] = field(default_factory=list)
    issued: int = 0
    _rows: dict[tuple[str, str], list[Answer]] = field(default_factory=lambda: defaultdict(list))

    def on(self, verb: str, path: str, *answers: Answer) -> None:
        self._rows[verb, path] = list(answers)

    def count(self, path: str) -> int:
        return sum(request.url.path == path for request in self.seen)

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._handle)

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        self.seen.append(request)
        self.first_request.set()
        self.bodies.append(await request.aread())
        if request.url.host != "vault.example":
            raise AssertionError(f"a request went to {request.url.host}")
        row = self._rows.get((request.method, request.url.path))
        if row is None and request.url.path == "/identity/connect/token":
            return self.tokens()
        if row is None:
            return answer(404, {"message": "Resource not found.", "object": "error"})
        made: Any = row.pop(0) if len(row) > 1 else row[0]
        if callable(made):
            made = made(request)
        if asyncio.iscoroutine(made):
            made = await made
        if isinstance(made, Exception):
            raise made
        # One response object is consumed once; a row's last answer is given again and again.
        stream = made.stream
        return httpx.Response(made.status_code, headers=made.headers, stream=stream)

    @property
    def now(self) -> datetime:
        """The server's clock; `ahead` of ours after ours stood still."""
        return self.clock.true_now + self.ahead

    def tokens(self, user: UserId | None = None, **more: Any) -> httpx.Response:
        """A token answer that the app can open, dated by the server's clock."""
        self.issued += 1
        expires = self.now + timedelta(seconds=self.token_life_s)
        body = {
            "access_token": jwt(user or self.user, expires, jti=self.issued),
            "expires_in": self.token_life_s,
            "token_type": "Bearer",
            "refresh_token": "refresh-1",
            **more,
        }
        return answer(200, body, self.dated())

    def dated(self) -> dict[str, str]:
        return {"Date": format_datetime(self.now, usegmt=True)}

    def forms(self) -> list[dict[str, str]]:
        """The token requests, as they were filled in."""
        return [
            {name: values[0] for name, values in parse_qs(body.decode()).items()}
            for request, body in zip(self.seen, self.bodies, strict=True)
            if request.url.path == "/identity/connect/token"
        ]


def make_api(server: FakeServer, *, signed_in: bool = True, **more: Any) -> Api:
    api = Api(
        ServerAddress.self_hosted(BASE),
        DEVICE,
        server.clock,
        verify_transport=server.transport(),
        **more,
    )
    if signed_in:
        api.set_refresh_token("refresh-1", USER)
    return api


SIGN_IN_FIELDS: dict[str, Any] = {
    "Key": "2.dXNlcg==|a2V5|bWFj",
    "PrivateKey": "2.cHJpdmF0ZQ==|a2V5|bWFj",
    "Kdf": 0,
    "KdfIterations": 600_000,
    "KdfMemory": None,
    "KdfParallelism": None,
    "ForcePasswordReset": False,
    "AccountKeys": {
        "publicKeyEncryptionKeyPair": {
            "wrappedPrivateKey": "2.bmV3ZXI=|a2V5|bWFj",
            "publicKey": "MIIB",
            "Object": "publicKeyEncryptionKeyPair",
        },
        "Object": "privateKeys",
    },
    "UserDecryptionOptions": {
        "HasMasterPassword": True,
        "MasterPasswordUnlock": {
            "Kdf": {"KdfType": 1, "Iterations": 6, "Memory": 32, "Parallelism": 4},
            "MasterKeyEncryptedUserKey": "2.bmV3ZXI=|dXNlcg==|bWFj",
            "Salt": "Person@Example.com",
        },
        "Object": "userDecryptionOptions",
    },
}


# --- a real server ----------------------------------------------------------------------------

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class RealServer:
    """What a listening server saw. `heads` are the request lines and headers it was sent."""

    port: int
    heads: list[bytes] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def address(self, ca: Path | None, host: str = "127.0.0.1") -> ServerAddress:
        return ServerAddress.self_hosted(f"https://{host}:{self.port}", ca)


def http(body: bytes, head: str = "HTTP/1.1 200 OK", *headers: str) -> bytes:
    lines = [head, f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@asynccontextmanager
async def tls_server(
    context: ssl.SSLContext | None, talk: Talk | None = None
) -> AsyncIterator[RealServer]:
    """Listens on 127.0.0.1. `talk` gets each connection after the head of a request."""
    writers: set[asyncio.StreamWriter] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                real.heads.append(head)
                real.arrived.set()
                await (talk or say_config)(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    real = RealServer(server.sockets[0].getsockname()[1])
    try:
        yield real
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0)


async def say_config(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    body = msgspec.json.encode({"object": "config", "version": "2026.8.0", "server": None})
    writer.write(http(body, "HTTP/1.1 200 OK", "Content-Type: application/json"))
    await writer.drain()
