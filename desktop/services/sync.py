"""Keeping the last known state young, in the background and without a trace in any client's log.

Three levels, each as often as its use and the server's patience suggest:

- level 0, the provider's clients: one request every 15 minutes;
- level 1, each client's collections, groups, members and policies: every 4 hours, those longest
  not seen first, by the quiet calls that plans use too (design promise 5). For 1,000 clients that
  is a request every 4 s on average, a tenth of what the background may use: several desks of one
  provider can run behind one address;
- level 2, event logs: the provider's every 4 hours, each client's once a day.

What somebody opened meanwhile is not asked again, a client that was forgotten here not at all. All
of it runs in `pace.background`: it gets half of the host's ceiling and waits for whatever a person
waits for.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from desktop.api import answers
from desktop.api.pace import background
from desktop.cache.snapshots import Put
from desktop.crypto.encstring import decrypt_text
from desktop.crypto.keys import SymmetricKey
from desktop.domain.errors import (
    AnswerTooLarge,
    CannotDecrypt,
    ClavigerError,
    IdentityChanged,
    Locked,
    NoProvider,
    NotOurServer,
    Offline,
    RateLimited,
    Refused,
    ServerFailed,
    SignedOut,
    StorageFailed,
    UntrustedCertificate,
)
from desktop.domain.events import (
    ClientChanged,
    ClientsChanged,
    ConnectionStateChanged,
    ProviderMembersChanged,
    SyncProgressed,
)
from desktop.domain.ids import OrganizationId
from desktop.domain.records import (
    Collection,
    Group,
    OrganizationMember,
    Policy,
    ProviderClient,
    ProviderMember,
)
from desktop.services.clients import Clients
from desktop.services.compare import short
from desktop.services.event_logs import SEEN, EventLogs
from desktop.services.forgotten import FORGOTTEN
from desktop.services.keeping import CLIENTS, MEMBERS, STAFF, HeldBack, Kept
from desktop.services.link import ACCOUNT, PROFILE, Link, every
from desktop.services.workspace import quiet_paths

FIRST_AFTER: Final = timedelta(seconds=20)
LIST_EVERY: Final = timedelta(minutes=15)
CLIENT_EVERY: Final = timedelta(hours=4)
EVENTS_EVERY: Final = timedelta(days=1)
PROFILE_EVERY: Final = timedelta(hours=1)
# What the window has just fetched itself is not fetched again.
JUST_NOW: Final = timedelta(minutes=1)
OFFLINE_AFTER: Final = timedelta(minutes=2)
# Requests on their way: a client's lists. More would cost more than they bring: what the background
# may ask is far less, and the pool looks at every connection for every request.
LINES: Final = 4
# While one is asked for, what has come of the others is kept together, which takes one commit.
CLIENTS_AT_ONCE: Final = 8
# So many clients in a row that the server failed, and the round is left for another time.
UNWELL: Final = 8
# A cancelled request ends within a turn of the loop; a lock waits no longer than this in any case.
SETTLE_S: Final = 0.3
# Shorter waits are the ordinary pace of the background.
WAIT_TOLD_S: Final = 2.0

# What says nothing about one client but about the whole connection.
_ENDS: Final = (
    SignedOut,
    Locked,
    StorageFailed,
    IdentityChanged,
    NoProvider,
    UntrustedCertificate,
)
_UNWELL: Final = (ServerFailed, NotOurServer, RateLimited, AnswerTooLarge)

Ages = dict[tuple[str, str], datetime]
Due = Callable[[datetime | None, timedelta], bool]
"""Whether what was last asked for then, and is wanted so often, is to be asked for now."""


@dataclass(frozen=True)
class SyncState:
    """Where the background stands. `last_round`: when all that was due had been asked for.

    `waiting_s`: seconds until a limit of the server lets it go on, 0 for none.
    """

    done: int
    total: int
    waiting_s: float
    last_round: datetime | None
    is_running: bool


@dataclass(frozen=True)
class HeldLook:
    """What would go with a held answer: when the list in force was fetched, and its rows by name.

    A policy is called by the number of its type, whatever cannot be opened by its short id.
    """

    former_at: datetime
    gone: tuple[str, ...]


@dataclass(frozen=True)
class RoundResult:
    """One round: clients asked, of these failed and changed; seconds by the clock."""

    clients: int
    failed: int
    changed: int
    seconds: float


@dataclass
class _Tally:
    """A round while it goes. `row` counts clients in a row at which the server failed."""

    todo: deque[ProviderClient]
    ages: Ages
    clients: int = 0
    failed: int = 0
    changed: int = 0
    row: int = 0


class Sync:
    """The background of one desk. Nothing runs before `start` or `round`."""

    def __init__(self, link: Link, clients: Clients) -> None:
        self._link = link
        self._clients = clients
        self._events = EventLogs(link)
        self._turn = asyncio.Lock()
        self._lines = asyncio.Semaphore(LINES)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.Task[None] | None = None
        self._tried: dict[OrganizationId, datetime] = {}
        self._events_refused: dict[str, datetime] = {}
        self._done = 0
        self._total = 0
        self._is_running = False
        self._waits_until = 0.0
        self._last_round: datetime | None = None

    # --- what a page sees ---------------------------------------------------------------------

    @property
    def state(self) -> SyncState:
        return SyncState(
            self._done, self._total, self._waiting_s, self._last_round, self._is_running
        )

    @property
    def held(self) -> tuple[HeldBack, ...]:
        """Answers that wait for a person's word, oldest first (T21)."""
        return self._link.keeping.held

    async def look(self, held: HeldBack) -> HeldLook | None:
        """What a person decides about; None if it does not wait any more."""
        rows = await self._link.disk(self._link.keeping.look, held)
        if rows is None:
            return None
        key = None
        if any(isinstance(row, Collection) for row in rows.gone) and held.client is not None:
            with contextlib.suppress(CannotDecrypt):
                key = self._link.session.org_key(held.client)
        names = sorted((_row_name(row, key) for row in rows.gone), key=str.casefold)
        return HeldLook(rows.former_at, tuple(names))

    async def accept(self, held: HeldBack) -> None:
        """The held list becomes the present one; the former stays in the history."""
        if await self._link.disk(self._link.keeping.accept, held):
            await self._tell(held)

    async def keep_former(self, held: HeldBack) -> None:
        """The former list stays; asked about again only when the server lists something else."""
        if await self._link.disk(self._link.keeping.keep_former, held):
            await self._tell(held)

    async def _tell(self, held: HeldBack) -> None:
        if held.kind == CLIENTS:
            await self._clients.cached()
            self._link.publish(ClientsChanged())
        elif held.kind == STAFF:
            self._link.publish(ProviderMembersChanged())
        elif held.client is not None:
            self._link.publish(ClientChanged(held.client))

    # --- beginning and end --------------------------------------------------------------------

    def start(self) -> None:
        """Rounds for ever, the first one shortly after. A desk that only reads keeps nothing."""
        if self._loop is None and not self._link.is_closed and not self._link.read_only:
            self._loop = self._begin(self._for_ever())
            self._loop.add_done_callback(_report)

    def stop(self) -> None:
        """At once: no request is made after this, and none that is on its way is kept."""
        for task in tuple(self._tasks):
            task.cancel()
        self._loop = None
        if self._is_running:
            self._is_running = False
            self._done = self._total = 0
            self._link.publish(SyncProgressed(0, 0))

    async def settle_down(self) -> None:
        """Stops, and waits until nothing of it runs any more; at the lock."""
        tasks = tuple(self._tasks)
        self.stop()
        if tasks:
            await asyncio.wait(tasks, timeout=SETTLE_S)

    async def round(self) -> RoundResult:
        """Asks for everything that is older than this call, now. Raises Offline, SignedOut and
        whatever else ends a round; an error at one client only counts.
        """
        asked = self._link.clock.now()
        found: RoundResult = await self._begin(
            self._round(lambda moment, _often: moment is None or moment < asked)
        )
        return found

    def note_wait(self, seconds: float) -> None:
        """The api holds a request of the background back for a limit."""
        until = self._link.clock.monotonic() + seconds
        if seconds >= WAIT_TOLD_S and until > self._waits_until + WAIT_TOLD_S:
            self._waits_until = until
            self._progressed()

    def _begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _for_ever(self) -> None:
        link = self._link
        pause = FIRST_AFTER
        while True:
            await link.clock.sleep(pause.total_seconds())
            pause = LIST_EVERY
            if link.is_closed:
                return
            if link.signed_out:
                continue
            try:
                await self._round(self._is_old)
            except Offline:
                pause = OFFLINE_AFTER
            except ClavigerError:
                # Told where a person works; here it only means: another time.
                continue

    # --- one round ----------------------------------------------------------------------------

    async def _round(self, due: Due) -> RoundResult:
        link = self._link
        async with self._turn:
            began = link.clock.monotonic()
            self._is_running = True
            try:
                with background():
                    tally = await self._all_levels(due)
                self._last_round = link.clock.now()
            finally:
                self._is_running = False
                self._waits_until = 0.0
            self._progressed()
            seconds = link.clock.monotonic() - began
            return RoundResult(tally.clients, tally.failed, tally.changed, seconds)

    async def _all_levels(self, due: Due) -> _Tally:
        link = self._link
        ages = await link.disk(self._ages)
        await self._provider(ages, due)
        if link.read_only:
            return _Tally(deque(), ages)
        seen = [
            (self._seen(client, ages), client)
            for client in self._clients.all()
            if (FORGOTTEN, str(client.organization_id)) not in ages
        ]
        wanted = [(age, client) for age, client in seen if due(age, CLIENT_EVERY)]
        wanted.sort(key=lambda one: one[0].timestamp() if one[0] is not None else 0.0)
        tally = _Tally(deque(client for _age, client in wanted), ages)
        self._done, self._total = 0, len(wanted)
        self._progressed()
        writer = _Writer(link)
        workers = [asyncio.create_task(self._work(tally, writer)) for _ in range(CLIENTS_AT_ONCE)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
        return tally

    async def _provider(self, ages: Ages, due: Due) -> None:
        """Level 0, with what it takes to know what may be asked of whom; the provider's log.

        Without a provider the profile is the list of clients.
        """
        link = self._link
        owner = str(link.session.holder_id)
        has_provider = link.session.provider is not None
        is_due = has_provider and due(ages.get((PROFILE, ACCOUNT)), PROFILE_EVERY)
        if is_due and await link.fetch_profile():
            # Roles and plans decide what is greyed.
            link.publish(ConnectionStateChanged(link.online))
        if due(ages.get((CLIENTS, owner)), JUST_NOW) or not self._clients.all():
            await self._clients.refresh()
        use_events = any(
            one.use_events for one in link.session.profile.providers if str(one.id) == owner
        )
        if use_events and link.session.is_admin:
            await self._log(owner, ages, CLIENT_EVERY, self._events.of_provider)

    async def _work(self, tally: _Tally, writer: _Writer) -> None:
        while tally.todo:
            client = tally.todo.popleft()
            try:
                # Not `+= await`: what the other worker counts meanwhile would be lost.
                changed = await self._client(client, tally.ages, writer)
                tally.changed += changed
                tally.row = 0
            except _ENDS:
                raise
            except Offline:
                # A request that met its deadline looks the same: one more question tells.
                await self._link.ask(self._link.api.revision_date())
                tally.failed += 1
            except ClavigerError as error:
                tally.failed += 1
                tally.row = tally.row + 1 if isinstance(error, _UNWELL) else 0
                if tally.row >= UNWELL:
                    raise
            self._tried[client.organization_id] = self._link.clock.now()
            tally.clients += 1
            self._done += 1
            self._progressed()

    async def _client(self, client: ProviderClient, ages: Ages, writer: _Writer) -> bool:
        """Level 1 and, when it is time, level 2 of one client; whether level 1 changed."""
        link = self._link
        organization = client.organization_id
        owner = str(organization)
        paths = quiet_paths(link.session, client)
        raws = await every([self._list(path) for path in paths.values()])
        kept = await writer.keep(
            [link.put(kind, owner, raw) for kind, raw in zip(paths, raws, strict=True)]
        )
        changed = any(one.changed for one in kept)
        if changed:
            link.publish(ClientChanged(organization))
            if link.session.provider is None and MEMBERS in paths:
                read = dict(zip(paths, kept, strict=True))
                self._clients.count(organization, answers.kept_members(read[MEMBERS].payload))
        features = link.session.features(organization)
        reads_log = link.session.may(organization, "accessEventLogs")
        if features is not None and features.use_events and reads_log:
            await self._log(owner, ages, EVENTS_EVERY, lambda: self._events.of_client(organization))
        return changed

    async def _list(self, path: str) -> bytes:
        async with self._lines:
            return await self._link.ask(self._link.api.get_raw(path))

    async def _log(
        self,
        owner: str,
        ages: Ages,
        often: timedelta,
        read: Callable[[], Coroutine[Any, Any, int]],
    ) -> None:
        """Level 2; a role that may not read the log is no failure of the round."""
        if self._link.read_only or not self._is_old(ages.get((SEEN, owner)), often):
            return
        if not self._is_old(self._events_refused.get(owner), often):
            return
        try:
            async with self._lines:
                await read()
        except Refused:
            self._events_refused[owner] = self._link.clock.now()

    # --- when ---------------------------------------------------------------------------------

    def _ages(self) -> Ages:
        """When each snapshot was fetched; on the disk thread."""
        return {(one.kind, one.owner): one.fetched_at for one in self._link.snapshots.kinds()}

    def _seen(self, client: ProviderClient, ages: Ages) -> datetime | None:
        """When its lists were last asked for: the oldest of them, or the last try in vain.

        None if one was never fetched.
        """
        owner = str(client.organization_id)
        found = [ages.get((kind, owner)) for kind in quiet_paths(self._link.session, client)]
        known = [one for one in found if one is not None]
        tried = self._tried.get(client.organization_id)
        if len(known) < len(found):
            return tried
        return max(min(known), tried) if tried is not None else min(known)

    def _is_old(self, moment: datetime | None, often: timedelta) -> bool:
        """Whether it is time again: at the round that comes nearest."""
        if moment is None:
            return True
        slack = min(LIST_EVERY, often) / 2
        return self._link.clock.now() - moment >= often - slack

    @property
    def _waiting_s(self) -> float:
        return max(0.0, self._waits_until - self._link.clock.monotonic())

    def _progressed(self) -> None:
        self._link.publish(SyncProgressed(self._done, self._total, self._waiting_s))


def _row_name(row: object, key: SymmetricKey | None) -> str:
    """What a person knows a row of a list by."""
    match row:
        case Collection():
            return _opened(row, key)
        case ProviderClient():
            return row.organization_name
        case OrganizationMember() | ProviderMember():
            return row.name or row.email
        case Policy():
            return str(int(row.type))
        case _:
            return row.name if isinstance(row, Group) else ""


def _opened(collection: Collection, key: SymmetricKey | None) -> str:
    if key is not None:
        with contextlib.suppress(CannotDecrypt):
            return decrypt_text(key, collection.name)
    return short(collection.id)


def _report(loop: asyncio.Task[None]) -> None:
    """A mistake of ours ends the rounds, and is told as every other is."""
    error = None if loop.cancelled() else loop.exception()
    if error is not None and not isinstance(error, ClavigerError):
        told = {"message": "background sync", "exception": error, "task": loop}
        loop.get_loop().call_exception_handler(told)


@dataclass
class _Batch:
    """One client's answers on their way to the disk."""

    puts: Sequence[Put]
    kept: tuple[Kept, ...] | ClavigerError | None = None


@dataclass
class _Writer:
    """Keeps what has come while the disk was busy in one transaction, each client by itself."""

    link: Link
    _ready: list[_Batch] = field(default_factory=list)
    _busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def keep(self, puts: Sequence[Put]) -> tuple[Kept, ...]:
        """What is in force then. Raises NotOurServer, StorageFailed."""
        mine = _Batch(puts)
        self._ready.append(mine)
        async with self._busy:
            if mine.kept is None:
                await self._flush()
        if isinstance(mine.kept, ClavigerError):
            raise mine.kept
        return mine.kept or ()

    async def _flush(self) -> None:
        batches, self._ready = self._ready, []
        found: Sequence[tuple[Kept, ...] | ClavigerError]
        try:
            found = await self.link.keep_groups([one.puts for one in batches])
        except ClavigerError as error:
            found = [error] * len(batches)
        for batch, kept in zip(batches, found, strict=True):
            batch.kept = kept
