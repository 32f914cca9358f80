"""What all services of one connection share: the wire, the keys, the disk and the news."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar
from uuid import UUID

import msgspec

from desktop.api import answers, requests
from desktop.api.client import Api
from desktop.api.clock import Clock
from desktop.api.pace import in_background
from desktop.cache.journal import Journal
from desktop.cache.ledger import Ledger
from desktop.cache.pins import PinTable
from desktop.cache.secrets import Secrets
from desktop.cache.snapshots import Put, Snapshot, Snapshots
from desktop.domain.errors import Locked, NotOurServer, Offline, SignedOut
from desktop.domain.events import (
    ConnectionStateChanged,
    Event,
    EventHub,
    ListHeldBack,
    SessionEnded,
)
from desktop.domain.ids import OrganizationId
from desktop.services.keeping import Keeping, Kept
from desktop.services.pins import KnownKeys, Pins
from desktop.services.session import Session

PROFILE: Final = "profile"
ACCOUNT: Final = "account"
REFRESH_TOKEN: Final = "refresh_token"  # noqa: S105 - the name of the row, not the token
REMEMBER_TOKEN: Final = "remember_token"  # noqa: S105 - as above
API_KEY: Final = "api_key"

Answer = TypeVar("Answer")
Given = ParamSpec("Given")


async def every(work: Iterable[Awaitable[Answer]]) -> list[Answer]:
    """All at once; one that fails does not leave the others running unheeded. The first error."""
    found = await asyncio.gather(*work, return_exceptions=True)
    answered = []
    for one in found:
        if isinstance(one, BaseException):
            raise one
        answered.append(one)
    return answered


class Waits:
    """Hears of waits for limits from the api, which exists before what shows them.

    `listener` hears what a person's work waits for, `quiet` what the background does.
    """

    def __init__(self) -> None:
        self.listener: Callable[[float], None] | None = None
        self.quiet: Callable[[float], None] | None = None

    def __call__(self, seconds: float) -> None:
        listener = self.quiet if in_background() else self.listener
        if listener is not None:
            listener(seconds)


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
        pins: PinTable,
        hub: EventHub,
        clock: Clock,
        read_only: bool = False,
        known: KnownKeys | None = None,
    ) -> None:
        """`known`: the keys of all open connections of this desk."""
        self.api = api
        self.session = session
        self.snapshots = snapshots
        self.secrets = secrets
        self.journal = journal
        self.ledger = ledger
        self.hub = hub
        self.clock = clock
        self.read_only = read_only
        self.keeping = Keeping(snapshots, journal, read_only=read_only)
        self.signed_out = False
        self._online = False
        self._closed = False
        self._kept_token = api.refresh_token
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="claviger-disk")
        known = known if known is not None else KnownKeys()
        self.looks = known.looks
        self.pins = Pins(self, pins, known)

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

    async def fetch_profile(self) -> bool:
        """A fresh profile of the same account, kept; True if it says something new.

        Raises IdentityChanged (T38).
        """
        raw = await self.ask(self.api.get_raw(requests.profile()))
        self.session.renew(answers.profile(raw))
        await self.pins.review()
        return (await self.keep(PROFILE, ACCOUNT, raw)).changed

    async def disk(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """Runs `work` on the disk thread. Raises Locked after the lock."""
        self.check()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._disk, lambda: work(*args, **kwargs))

    async def keep(self, kind: str, owner: str, payload: bytes) -> Kept:
        """Keeps an answer as the server sent it; what is in force then (T21).

        Raises NotOurServer, with nothing kept, for a list that is none (T28).
        """
        return (await self.keep_all([self.put(kind, owner, payload)]))[0]

    async def keep_all(self, puts: Sequence[Put]) -> tuple[Kept, ...]:
        """Several answers swapped together: all of them, or the former ones stay (T58)."""
        kept = (await self.keep_groups([puts]))[0]
        if isinstance(kept, NotOurServer):
            raise kept
        return kept

    async def keep_groups(
        self, groups: Sequence[Sequence[Put]]
    ) -> tuple[tuple[Kept, ...] | NotOurServer, ...]:
        """As `keep_all` for many groups in one go to the disk, each judged by itself."""
        swapped = await self.disk(self.keeping.swap, groups, is_quiet=in_background())
        for held in swapped.news:
            self.publish(ListHeldBack(held.kind, held.client, held.before, held.after))
        return swapped.groups

    def put(self, kind: str, owner: str, payload: bytes) -> Put:
        """An answer of this moment."""
        return Put(kind, owner, payload, self.clock.now())

    async def kept(self, kind: str, owner: str) -> Snapshot | None:
        return await self.disk(self.snapshots.get, kind, owner)

    async def note(self, what: str, client: OrganizationId | None = None, **facts: str) -> None:
        """Adds a line to the local log, where this desk may; facts hold no names. Raises
        StorageFailed, Locked.
        """
        if self.read_only:
            return
        entry = LogEntry(what, client, self.session.user_id, facts)
        await self.disk(self.journal.log, what, msgspec.json.encode(entry), self.clock.now())

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
        self.pins.close()
        self.keeping.forget()

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
