"""What all services of one connection share: the wire, the keys, the disk and the news."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar
from uuid import UUID

import msgspec

from desktop.api import answers, requests
from desktop.api.client import Api
from desktop.api.clock import Clock
from desktop.cache.journal import Journal
from desktop.cache.ledger import Ledger
from desktop.cache.secrets import Secrets
from desktop.cache.snapshots import Snapshot, Snapshots
from desktop.domain.errors import Locked, Offline, SignedOut
from desktop.domain.events import ConnectionStateChanged, Event, EventHub, SessionEnded
from desktop.domain.ids import OrganizationId
from desktop.services.session import Session

PROFILE: Final = "profile"
ACCOUNT: Final = "account"
REFRESH_TOKEN: Final = "refresh_token"  # noqa: S105 - the name of the row, not the token

Answer = TypeVar("Answer")
Given = ParamSpec("Given")


class Waits:
    """Hears of waits for limits from the api, which exists before the runs that show them."""

    def __init__(self) -> None:
        self.listener: Callable[[float], None] | None = None

    def __call__(self, seconds: float) -> None:
        if self.listener is not None:
            self.listener(seconds)


class LogEntry(msgspec.Struct, frozen=True):
    """One line of the local log: what was done or read of whose, and by whom."""

    what: str
    client: OrganizationId | None = None
    person: UUID | None = None
    facts: dict[str, str] = {}


class Link:
    """Lives from unlock to lock. After `close` every use raises Locked and nothing is published.

    SQLite is touched by one thread of its own, in the order of the calls.
    """

    def __init__(
        self,
        *,
        api: Api,
        session: Session,
        snapshots: Snapshots,
        secrets: Secrets,
        journal: Journal,
        ledger: Ledger,
        hub: EventHub,
        clock: Clock,
        read_only: bool = False,
    ) -> None:
        self.api = api
        self.session = session
        self.snapshots = snapshots
        self.secrets = secrets
        self.journal = journal
        self.ledger = ledger
        self.hub = hub
        self.clock = clock
        self.read_only = read_only
        self.signed_out = False
        self._online = False
        self._closed = False
        self._kept_token = api.refresh_token
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="claviger-disk")

    @property
    def online(self) -> bool:
        return self._online and not self._closed

    @property
    def is_closed(self) -> bool:
        return self._closed

    def set_online(self, online: bool) -> None:
        """Publishes the change, if it is one."""
        if online == self._online or self._closed:
            return
        self._online = online
        self.hub.publish(ConnectionStateChanged(online))

    async def ask(self, request: Awaitable[Answer]) -> Answer:
        """Awaits one call of the api and learns from it whether the server can be reached.

        An answer that arrives after the lock is dropped: Locked, nothing kept, nothing told.
        """
        try:
            answer = await request
        except Offline:
            self.set_online(False)
            raise
        except SignedOut:
            self._end_session()
            raise
        self.check()
        # What was on its way when the network was cut does not bring it back.
        if not self.api.network_cut:
            self.set_online(True)
        await self._keep_token()
        return answer

    async def fetch_profile(self) -> None:
        """A fresh profile of the same account, kept. Raises IdentityChanged (T38)."""
        raw = await self.ask(self.api.get_raw(requests.profile()))
        self.session.renew(answers.profile(raw))
        await self.keep(PROFILE, ACCOUNT, raw)

    async def disk(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """Runs `work` on the disk thread. Raises Locked after the lock."""
        self.check()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._disk, lambda: work(*args, **kwargs))

    async def keep(self, kind: str, owner: str, payload: bytes) -> None:
        """Keeps an answer as the server sent it."""
        if not self.read_only:
            await self.disk(self.snapshots.put, kind, owner, payload, self.clock.now())

    async def kept(self, kind: str, owner: str) -> Snapshot | None:
        return await self.disk(self.snapshots.get, kind, owner)

    def publish(self, event: Event) -> None:
        if not self._closed:
            self.hub.publish(event)

    def check(self) -> None:
        """Raises Locked once the connection is locked."""
        if self._closed:
            raise Locked

    def close(self) -> None:
        """No call gets through after this; waits for the disk thread's last one."""
        self._closed = True
        self._disk.shutdown(wait=True)

    async def _keep_token(self) -> None:
        """Some servers give a new refresh token each time; the last one must survive a crash."""
        token = self.api.refresh_token
        if token is None or token == self._kept_token or self.read_only:
            return
        self._kept_token = token
        await self.disk(self.secrets.put, REFRESH_TOKEN, token.encode())

    def _end_session(self) -> None:
        if not self.signed_out:
            self.signed_out = True
            self.publish(SessionEnded())
