"""Requests that carry a session: paced, authorised, renewed once, repeated only where harmless.

Writes are never repeated here after they may have happened (T43). What says that they have not:
429, and 401 with a bearer challenge, which comes before any of the server's own work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from desktop.api.clock import Clock
from desktop.api.device import CLIENT_NAME, DeviceIdentity
from desktop.api.identity import read_tokens
from desktop.api.link import Call, Dropped, Link, Reply
from desktop.api.pace import Pace, retry_after
from desktop.api.proofs import ApiKeyProof
from desktop.api.refusals import is_page, problem
from desktop.api.server import ServerAddress
from desktop.api.tokens import AccessToken, http_date
from desktop.domain.allowance import Allowance
from desktop.domain.diagnostics import note
from desktop.domain.errors import (
    IdentityChanged,
    NotOurServer,
    Offline,
    OutcomeUnknown,
    RateLimited,
    SignedOut,
)
from desktop.domain.ids import UserId
from desktop.domain.limits import REQUEST_DEADLINE_S, RESPONSE_BYTES

# Seconds of waiting for a server that refuses for now: a run is only slowed, a person is not kept.
_PATIENCE_WRITE_S = 1_800.0
_PATIENCE_READ_S = 300.0
# A 503 that does not say how long is more often a fault than a queue.
_PATIENCE_UNTOLD_S = 6.0
# Requests whose time until the answer says something about the line, not about their size.
_PLAIN = frozenset({"read", "write", "invite"})
_JSON = "application/json; charset=utf-8"
_FORM = "application/x-www-form-urlencoded; charset=utf-8"


@dataclass(frozen=True)
class Order:
    """What is wanted. `path` is relative to the API, or to the identity service."""

    method: str
    path: str
    budget: str
    body: bytes | None = None
    form: dict[str, str] | None = None
    identity: bool = False
    authorized: bool = True
    write: bool = False
    patient: bool = True
    deadline_s: float = REQUEST_DEADLINE_S
    limit_bytes: int = RESPONSE_BYTES
    sink: Callable[[bytes], None] | None = None


class Wire:
    """The line to one server for one account. Belongs to one loop."""

    def __init__(
        self,
        server: ServerAddress,
        device: DeviceIdentity,
        clock: Clock,
        link: Link,
        pace: Pace,
    ) -> None:
        self._server = server
        self._device = device
        self._clock = clock
        self._link = link
        self._pace = pace
        self._access: AccessToken | None = None
        self._renewal: asyncio.Task[AccessToken] | None = None
        self._ended = False
        self.refresh_token: str | None = None
        self.api_key: ApiKeyProof | None = None
        self.user: UserId | None = None
        self.network_cut = False

    # --- session ------------------------------------------------------------------------------

    @property
    def is_signed_in(self) -> bool:
        return not self._ended and (self._access is not None or self._can_renew)

    @property
    def _can_renew(self) -> bool:
        return self.refresh_token is not None or self.api_key is not None

    def adopt(self, reply: Reply) -> AccessToken:
        """Takes the tokens of a good answer. Raises IdentityChanged for another account (T38)."""
        fields = read_tokens(reply.body)
        token = AccessToken.received(
            fields.access_token,
            fields.expires_in,
            http_date(reply.headers.get("date")),
            self._clock,
        )
        if self.user is not None and token.user != self.user:
            self.forget()
            raise IdentityChanged
        self.user = token.user
        self._access = token
        self._ended = False
        if fields.refresh_token is not None:
            self.refresh_token = fields.refresh_token
        return token

    def resume(self, refresh_token: str, user: UserId | None) -> None:
        """Goes on with a kept refresh token; `user` is who it must belong to."""
        self.refresh_token = refresh_token
        self.user = user if user is not None else self.user
        self._access = None
        self._ended = False

    def forget(self) -> None:
        """Drops the tokens: every authorised request ends with SignedOut from here on."""
        self._access = None
        self.refresh_token = None
        self.api_key = None
        self._ended = True

    def renew_with(self, key: ApiKeyProof | None) -> None:
        """An API key stands in for the refresh token that it never gets; None: no key does."""
        self.api_key = key
        if key is not None:
            self.refresh_token = None

    async def close(self) -> None:
        if self._renewal is not None:
            self._renewal.cancel()
        self.forget()
        await self._link.close()

    async def renew_now(self) -> None:
        """Renews whatever the present token's age."""
        await self.renew(self._access)

    async def renew(self, old: AccessToken | None) -> AccessToken:
        """A token newer than `old`; whoever asks meanwhile gets the same one (T36)."""
        if self._access is not None and self._access is not old:
            return self._access
        if self._ended or not self._can_renew:
            raise SignedOut
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renew(self._renewal_form()))
            self._renewal.add_done_callback(self._renewed)
        # A cancelled caller must not take the others' token with it.
        return await asyncio.shield(self._renewal)

    def _renewed(self, task: asyncio.Task[AccessToken]) -> None:
        self._renewal = None
        if not task.cancelled():
            task.exception()

    def _renewal_form(self) -> dict[str, str]:
        if self.api_key is not None:
            return self.api_key.form() | self._device.form
        return {
            "grant_type": "refresh_token",
            "client_id": CLIENT_NAME,
            "refresh_token": self.refresh_token or "",
        }

    async def _renew(self, form: dict[str, str]) -> AccessToken:
        order = Order(
            "POST",
            "connect/token",
            "token",
            form=form,
            identity=True,
            authorized=False,
        )
        reply = await self.answer(order)
        if reply.is_good:
            return self.adopt(reply)
        if reply.status in (400, 401) and not is_page(reply):
            self.forget()
            raise SignedOut
        raise problem(reply, write=False)

    async def _fresh(self) -> AccessToken:
        token = self._access
        if token is None or token.is_stale(self._clock):
            return await self.renew(token)
        return token

    def _held(self) -> AccessToken:
        if self._access is None:
            raise SignedOut
        return self._access

    def allowance(self) -> Allowance:
        """What the API's host is trusted with now."""
        api = urlsplit(self._server.api)
        return self._pace.allowance(api.netloc, f"{api.path}/")

    # --- requests -----------------------------------------------------------------------------

    async def good(self, order: Order) -> Reply:
        """A reply of 200 to 299, or the typed error."""
        reply = await self.answer(order)
        if reply.is_good:
            return reply
        raise problem(reply, write=order.write)

    async def answer(self, order: Order) -> Reply:
        """Any reply that is final: after waits, one renewal, one repeat of a broken read."""
        base = self._server.identity if order.identity else self._server.api
        target = urlsplit(f"{base}/{order.path}")
        place = (target.netloc, order.method, target.path)
        drops = 0
        waited = 0.0
        renewed = False
        again = False
        while True:
            self._ensure_reachable(target.netloc)
            if order.authorized:
                # Before the pace: whatever waits after it would bunch up and leave together.
                await self._fresh()
            await self._pace.enter(*place, order.budget, again=again)
            again = True
            self._ensure_reachable(target.netloc)
            token = self._held() if order.authorized else None
            left = self._clock.monotonic()
            try:
                reply = await self._exchange(order, target.geturl(), token)
            except Dropped:
                drops += 1
                if drops > 1 or order.method != "GET" or order.sink is not None:
                    raise Offline(target.netloc) from None
                continue
            if reply.status == 401 and token is not None and self._is_dead(token, reply):
                if renewed:
                    self.forget()
                    raise SignedOut
                renewed = True
                await self._after_dead_token(order, token, reply)
                continue
            told = retry_after(reply.headers.get("retry-after"), self._clock.now())
            took = self._clock.monotonic() - left
            asked = self._note(place, reply, told, took if order.budget in _PLAIN else None)
            if asked is None or (order.write and reply.status != 429):
                return reply
            waited += asked
            if waited > _patience(order, reply, told):
                if reply.status == 429:
                    raise RateLimited(asked)
                return reply

    async def _exchange(self, order: Order, url: str, token: AccessToken | None) -> Reply:
        left = self._clock.monotonic()

        def took_ms() -> int:
            return round((self._clock.monotonic() - left) * 1000)

        try:
            reply = await self._link.exchange(self._call(order, url, token))
        except Exception as error:
            note("request_failed", verb=order.method, path=order.path, error=error, ms=took_ms())
            raise
        note("request", verb=order.method, path=order.path, status=reply.status, ms=took_ms())
        return reply

    async def _after_dead_token(self, order: Order, token: AccessToken, reply: Reply) -> None:
        await self.renew(token)
        if order.write and not _is_challenge(reply):
            # A bare 401 proves nothing about what was done before it: settle first (T36, T43).
            raise OutcomeUnknown("unauthorized", reply.status)

    def _note(
        self, place: tuple[str, str, str], reply: Reply, told: float | None, took: float | None
    ) -> float | None:
        """Tells the pace how it went; the seconds to wait when the server asks for it."""
        if reply.status in {429, 503}:
            return self._pace.refused(*place, told, limited=reply.status == 429)
        if is_page(reply):
            self._pace.bad(place[0])
        elif reply.status < 500:
            self._pace.good(*place, took)
        return None

    def _is_dead(self, token: AccessToken, reply: Reply) -> bool:
        """Whether a 401 means the token: otherwise it means the role (T37)."""
        return (
            _is_challenge(reply)
            or token.is_expired(http_date(reply.headers.get("date")))
            or token.is_stale(self._clock)
        )

    def _ensure_reachable(self, host: str) -> None:
        if self.network_cut:
            raise Offline(host)

    def _call(self, order: Order, url: str, token: AccessToken | None) -> Call:
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            **self._device.headers,
        }
        content = order.body
        if order.form is not None:
            content = urlencode(order.form).encode()
            headers["Content-Type"] = _FORM
        elif content is not None:
            headers["Content-Type"] = _JSON
        if token is not None:
            headers["Authorization"] = f"Bearer {token.text}"
        return Call(
            order.method,
            url,
            headers,
            content,
            order.write,
            order.deadline_s,
            order.limit_bytes,
            order.sink,
        )


def _patience(order: Order, reply: Reply, told: float | None) -> float:
    if not order.patient:
        return 0.0
    if reply.status == 503 and told is None:
        return _PATIENCE_UNTOLD_S
    return _PATIENCE_WRITE_S if order.write else _PATIENCE_READ_S


def _is_challenge(reply: Reply) -> bool:
    """The bearer scheme's own refusal of a token (RFC 6750)."""
    return "invalid_token" in reply.headers.get("www-authenticate", "")


def ensure_json(reply: Reply) -> None:
    """Raises NotOurServer for a page where JSON was due, with the status that came with it."""
    if is_page(reply):
        raise NotOurServer("html", reply.status)
