"""One request over one connection pool: deadlines, bounded bodies, and what a failure means (T34).

The one question that matters is whether the request had left: then a write's outcome is unknown
(T43), else nothing was sent.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

import anyio
import httpcore
import httpx

from desktop.api.body import pieces, whole
from desktop.api.certificates import Shown, fingerprint, fingerprint_of
from desktop.api.clock import Clock, SystemClock
from desktop.api.proxy import DIRECT, Proxies
from desktop.api.server import ServerAddress
from desktop.api.tls import blind_context, tls_context
from desktop.domain.errors import (
    AnswerTooLarge,
    ClavigerError,
    NotOurServer,
    Offline,
    OutcomeUnknown,
    ProxyFailed,
    UntrustedCertificate,
)
from desktop.domain.limits import (
    CONNECT_TIMEOUT_S,
    READ_TIMEOUT_S,
    REQUEST_DEADLINE_S,
    RESPONSE_BYTES,
    RESPONSE_BYTES_ERROR,
)

# Imported bit by bit when a first connection wants them, which is amid an unlock. Asked for here,
# they come with this module, after the first frame of the start.
_WARM = (httpcore.AsyncConnectionPool, anyio.get_available_backends(), anyio.Event, anyio.Lock)
# httpcore looks for it seven times a request, through all folders where it is not installed, which
# is a sixth of what a request costs. Where it is, anyio has imported it by now.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]  # "not installed", as documented

# Idle connections are left before servers close them (some after 5 s): a write that meets a closing
# one would end in an unknown outcome. More connections than the pace ever needs: a request waiting
# for one would leave later than the pace counted it.
_LIMITS = httpx.Limits(max_connections=40, max_keepalive_connections=8, keepalive_expiry=4.0)
_REQUEST_LEAVES = "send_request_headers.started"
# TLS waiting for the line: the chain of causes of every deadline within a handshake has them.
_NO_FAULT = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


class Dropped(Offline):
    """The line broke after a read had left: it may be asked again."""


@dataclass(frozen=True)
class Call:
    """One request. `write` says that it may change something on the server."""

    method: str
    url: str
    headers: dict[str, str]
    content: bytes | None = None
    write: bool = False
    deadline_s: float = REQUEST_DEADLINE_S
    limit_bytes: int = RESPONSE_BYTES
    # Takes the pieces of a good answer's body; the reply's own body then stays empty.
    sink: Callable[[bytes], None] | None = None

    @property
    def host(self) -> str:
        return httpx.URL(self.url).netloc.decode()


@dataclass(frozen=True)
class Reply:
    """An answer whose body is within its limit. An error's body may have been left out."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


@dataclass
class _Progress:
    """How far a request got."""

    certain: bool
    left: bool = False
    status: int | None = None
    proxy: str | None = None

    async def watch(self, event: str, info: dict[str, Any]) -> None:
        # A proxy is asked for its tunnel first: nothing of the request itself is in that.
        is_tunnel = getattr(info.get("request"), "method", b"") == b"CONNECT"
        if event.endswith(_REQUEST_LEAVES) and not is_tunnel:
            self.left = True


@dataclass
class Link:
    """The pools of one connection, one for each proxy; belongs to the loop that uses it first.

    Raises OSError for an unreadable CA, ValueError for one that is none.
    """

    server: ServerAddress
    transport: httpx.AsyncBaseTransport | None = None
    proxies: Proxies = DIRECT
    clock: Clock = field(default_factory=SystemClock)
    _context: ssl.SSLContext | None = field(init=False, repr=False, default=None)
    _shown: Shown | None = field(init=False, repr=False, default=None)
    _lines: dict[str, httpx.AsyncBaseTransport] = field(init=False, repr=False)
    _timeouts: dict[str, float | None] = field(init=False, repr=False)
    _closed: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        connect, read = (self.clock.real(one) for one in (CONNECT_TIMEOUT_S, READ_TIMEOUT_S))
        self._timeouts = httpx.Timeout(read, connect=connect).as_dict()
        self._lines = {}
        if self.transport is None:
            self._context = tls_context(self.server.ca_path, self.server.ca_pem)
            if self.server.ca_pem is not None:
                self._shown = Shown(self._context)

    def trust_nobody(self) -> Shown:
        """From here on every handshake fails and is taken down: to look at what a server shows."""
        self._context = blind_context()
        self._shown = Shown(self._context)
        return self._shown

    async def close(self) -> None:
        self._closed = True
        lines = [*self._lines.values()]
        if self.transport is not None:
            lines.append(self.transport)
        for line in lines:
            await line.aclose()

    def _line(self, proxy: str | None) -> httpx.AsyncBaseTransport:
        if self.transport is not None:
            return self.transport
        if self._context is None:
            raise RuntimeError("no trust, no line")
        found = self._lines.get(proxy or "")
        if found is None:
            # Not httpx's client around it: no cookies, no redirects, no URL in any log.
            found = self._lines[proxy or ""] = httpx.AsyncHTTPTransport(
                verify=self._context,
                trust_env=False,
                limits=_LIMITS,
                proxy=None if proxy is None else _proxy(proxy),
            )
        return found

    async def exchange(self, call: Call) -> Reply:
        """Sends once. Raises Offline, Dropped (reads), UntrustedCertificate, AnswerTooLarge,
        and for a write that may have happened only OutcomeUnknown."""
        # Where it does not matter whether it was done, watching would cost more than it tells.
        progress = _Progress(certain=self.transport is None and call.write)
        try:
            async with asyncio.timeout(self.clock.real(call.deadline_s)):
                return await self._exchange(call, progress)
        except asyncio.CancelledError:
            if call.write and (progress.left or not progress.certain):
                raise OutcomeUnknown("cancelled", progress.status) from None
            raise
        except httpx.TransportError as error:
            self._lost(call, progress, error)
        except OSError as error:
            # Among them the deadline's TimeoutError.
            self._lost(call, progress, error)
        except AnswerTooLarge:
            if call.write:
                raise OutcomeUnknown("too large", progress.status) from None
            raise

    async def _exchange(self, call: Call, progress: _Progress) -> Reply:
        if self._closed:
            # The pool would open another connection.
            raise RuntimeError("this line was closed")
        extensions: dict[str, Any] = {"timeout": self._timeouts}
        if progress.certain:
            extensions["trace"] = progress.watch
        request = httpx.Request(
            call.method,
            call.url,
            headers=call.headers,
            content=call.content,
            extensions=extensions,
        )
        if self.transport is None:
            progress.proxy = await self.proxies.find(call.url)
        response = await self._line(progress.proxy).handle_async_request(request)
        progress.left = True
        progress.status = response.status_code
        try:
            body = await self._body(call, response)
        finally:
            await response.aclose()
        return Reply(response.status_code, response.headers, body)

    async def _body(self, call: Call, response: httpx.Response) -> bytes:
        if not response.is_success:
            try:
                return await whole(response, RESPONSE_BYTES_ERROR)
            except (AnswerTooLarge, NotOurServer):
                return b""
        if call.sink is None:
            return await whole(response, call.limit_bytes)
        async for piece in pieces(response, call.limit_bytes):
            call.sink(piece)
        return b""

    def _untrusted(self, host: str, fault: str) -> UntrustedCertificate:
        pem = self.server.ca_pem
        if pem is None or self._shown is None:
            return UntrustedCertificate(host, fault)
        shown = fingerprint_of(self._shown.chain, self.clock.now())
        return UntrustedCertificate(host, fault, fingerprint(pem), shown)

    def _lost(self, call: Call, progress: _Progress, error: Exception) -> NoReturn:
        raise self._meaning(call, progress, error) from None

    def _meaning(self, call: Call, progress: _Progress, error: Exception) -> ClavigerError:
        left = progress.left if progress.certain else not isinstance(error, _NOT_CONNECTED)
        if not left:
            fault = _tls_fault(error)
            if fault is not None:
                return self._untrusted(call.host, fault)
            if progress.proxy is not None:
                return ProxyFailed(call.host, _shown_proxy(progress.proxy), _refusal(error))
            return Offline(call.host)
        late = isinstance(error, TimeoutError | httpx.TimeoutException)
        if call.write:
            return OutcomeUnknown("timeout" if late else "reset", progress.status)
        return Offline(call.host) if late else Dropped(call.host)


def _proxy(address: str) -> httpx.Proxy:
    """Its own TLS, where it has one, is judged as the system judges."""
    context = tls_context(None) if address.startswith("https:") else None
    return httpx.Proxy(address, ssl_context=context)


def _shown_proxy(proxy: str) -> str:
    """For people: host and port."""
    return httpx.URL(proxy).netloc.decode()


def _refusal(error: BaseException) -> str:
    """Why a proxy let nothing through."""
    if not isinstance(error, httpx.ProxyError):
        return "unreachable"
    return "sign_in" if str(error).startswith("407") else "refused"


def _tls_fault(error: BaseException) -> str | None:
    """Why TLS refused, if TLS it was: looked for along the chain of causes."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        if isinstance(at, ssl.SSLError) and not isinstance(at, _NO_FAULT):
            # Not every trust store fills in every attribute.
            return str(getattr(at, "verify_message", "") or getattr(at, "reason", "") or "tls")
        seen.add(id(at))
        at = at.__cause__ or at.__context__
    return None
