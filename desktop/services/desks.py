"""The connections of this desk side by side: which are open, which are locked, and the way between.

Each open one has keys, files, budget and news of its own. One typed password opens every connection
that it fits, here alone: a server hears nothing before the key of its own connection has opened.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

import msgspec

from desktop.crypto.user_key import unpack_user_key
from desktop.domain.errors import (
    CannotDecrypt,
    ClavigerError,
    Locked,
    SignInUnsupported,
    StorageFailed,
    WrongPassword,
)
from desktop.domain.events import ConnectionsChanged, Event, LockedNow
from desktop.domain.ids import ConnectionId, OrganizationId
from desktop.services import linking
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, TypedPassword
from desktop.services.linked import Links
from desktop.services.linking import LinkEntry
from desktop.services.local_log import UNLOCKED_BY_LINK
from desktop.services.lock_time import LockLimit
from desktop.settings.connections import ConnectionRecord


class Desks:
    """One per window and entrance: real accounts and practice never mix.

    `hub` tells ConnectionsChanged when `records`, `open` or `locked` are old, and LockedNow when
    the last open desk is locked. News of one connection come over the hub of its own desk.
    """

    def __init__(self, entrance: Entrance) -> None:
        self.entrance = entrance
        self.hub = entrance.hub
        self._desks: dict[ConnectionId, Desk] = {}
        # Counts the locks: what an unlocking brings after one comes too late.
        self._locks = 0
        self._removing: set[asyncio.Future[None]] = set()
        self._locking = 0
        self._unlocking = asyncio.Lock()
        self.links = Links(self)

    # --- what is there ------------------------------------------------------------------------

    @property
    def records(self) -> tuple[ConnectionRecord, ...]:
        """All connections in the person's order; last those that a second window does not keep."""
        kept = self.entrance.connections()
        known = {one.id for one in kept}
        return (
            *kept,
            *(one.connection for one in self._living() if one.connection.id not in known),
        )

    @property
    def open(self) -> tuple[Desk, ...]:
        """The unlocked ones, in the same order."""
        living = {one.connection.id: one for one in self._living() if not one.is_covered}
        return tuple(living[one.id] for one in self.records if one.id in living)

    @property
    def locked(self) -> tuple[ConnectionRecord, ...]:
        """The other ones, in the same order; those under a cover are among them."""
        shown = {one.connection.id for one in self.open}
        return tuple(one for one in self.records if one.id not in shown)

    @property
    def covered(self) -> tuple[Desk, ...]:
        """Where only runs go on, until the password is typed again or the last run has ended."""
        return tuple(one for one in self._living() if one.is_covered)

    @property
    def active_runs(self) -> int:
        """How many runs are at work or wait for their turn; under a cover too."""
        return sum(one.runs.active for one in self._living())

    @property
    def lock_limits(self) -> tuple[LockLimit | None, ...]:
        """What policies allow where it is unlocked."""
        return tuple(one.lock_limit for one in self._living())

    def desk(self, connection: ConnectionId) -> Desk | None:
        """None while it is locked or covered."""
        found = self._desks.get(connection)
        return None if found is None or found.is_locked or found.is_covered else found

    def of_client(self, organization: OrganizationId) -> Desk | None:
        """The first open desk whose client it is."""
        return next((one for one in self.open if one.clients.find(organization)), None)

    @property
    def is_locking(self) -> bool:
        """While all are being locked one after the other goes; only the end of it counts."""
        return self._locking > 0

    def _living(self) -> list[Desk]:
        return [one for one in self._desks.values() if not one.is_locked]

    # --- in -----------------------------------------------------------------------------------

    def adopt(self, desk: Desk) -> None:
        """Takes in a desk that was opened by signing in. Raises ValueError where one is open."""
        connection = desk.connection.id
        if any(one.connection.id == connection for one in self._living()):
            raise ValueError("this connection is open already")
        self._desks[connection] = desk

        def heard(event: Event) -> None:
            if isinstance(event, LockedNow):
                self._left(desk)

        desk.hub.subscribe(heard)
        self.hub.publish(ConnectionsChanged())

    async def unlock(
        self,
        password: str,
        chosen: ConnectionId | None = None,
        opened: Callable[[Desk], None] = lambda _desk: None,
    ) -> tuple[Desk, ...]:
        """Tries the password on the chosen connection, then on every other locked one.

        Asks no server. Each desk that opens is taken in and told to `opened` at once, and so is
        what is linked to it. Raises WrongPassword where none opened; after all had their turn what
        else kept one closed (StorageFailed, SignInUnsupported); Locked after a lock meanwhile.
        """
        locks, found = self._locks, list[Desk]()
        problem: ClavigerError | None = None
        # Two at once would open the same connection twice.
        async with self._unlocking:
            with TypedPassword(password) as typed:
                for record in self._in_turn(chosen):
                    if self.desk(record.id) is not None:
                        continue
                    try:
                        desk = await self._by_password(record, typed, locks)
                        found.append(desk)
                        opened(desk)
                        found += await self._linked(desk, locks, opened)
                    except WrongPassword:
                        continue
                    except Locked:
                        raise
                    except ClavigerError as error:
                        problem = problem or error
            # Of what opened now the former links may be over.
            with contextlib.suppress(Locked, StorageFailed):
                await self.links.review()
        if problem is not None:
            raise problem
        if not found:
            raise WrongPassword
        return tuple(found)

    async def open_linked(
        self, desk: Desk, opened: Callable[[Desk], None] = lambda _desk: None
    ) -> tuple[Desk, ...]:
        """Opens what is linked to a desk that came in by signing in. Errors as `unlock`."""
        async with self._unlocking:
            return tuple(await self._linked(desk, self._locks, opened))

    def _in_turn(self, chosen: ConnectionId | None) -> list[ConnectionRecord]:
        # One that was never opened here has nothing that a password could open.
        locked = [one for one in self.locked if one.id == chosen or one.wrapped_user_key]
        return sorted(locked, key=lambda one: one.id != chosen)

    async def _by_password(
        self, record: ConnectionRecord, typed: TypedPassword, locks: int
    ) -> Desk:
        user_key = await typed.user_key(record)
        covered = next((one for one in self.covered if one.connection.id == record.id), None)
        if covered is None:
            return await self._taken(await self.entrance.open(record, user_key), locks)
        if locks != self._locks:
            user_key.wipe()
            raise Locked
        await covered.uncover(user_key)
        if covered.is_locked:
            raise Locked
        self.hub.publish(ConnectionsChanged())
        return covered

    async def _taken(self, desk: Desk, locks: int) -> Desk:
        """Nothing that opens after a lock, or a second time, stays open."""
        living = {one.connection.id for one in self._living()}
        if locks != self._locks or desk.connection.id in living:
            await desk.lock()
            raise Locked
        self.adopt(desk)
        return desk

    # --- linked -------------------------------------------------------------------------------

    async def _linked(self, own: Desk, locks: int, opened: Callable[[Desk], None]) -> list[Desk]:
        found = list[Desk]()
        held = await own.link.disk(linking.entries, own.link.secrets)
        try:
            for entry in held:
                record = next((one for one in self.locked if one.id == entry.connection), None)
                # What is covered is opened by its own password.
                if record is None or record.id in {one.connection.id for one in self.covered}:
                    continue
                try:
                    desk = await self._by_link(own, record, entry, locks)
                except CannotDecrypt:
                    await self.links.drop(own, entry.connection)
                    continue
                except (StorageFailed, SignInUnsupported):
                    # It tells so where it is opened by its own password.
                    continue
                opened(desk)
                found += [desk, *await self._linked(desk, locks, opened)]
        finally:
            linking.forget(held)
        return found

    async def _by_link(
        self, own: Desk, record: ConnectionRecord, entry: LinkEntry, locks: int
    ) -> Desk:
        """Raises CannotDecrypt where the link is over."""
        if not entry.fits(own.connection, record):
            raise CannotDecrypt
        desk = await self.entrance.open(record, unpack_user_key(entry.key), UNLOCKED_BY_LINK)
        fits = False
        try:
            half = await desk.link.disk(linking.half, desk.link.secrets)
            fits = half == (own.connection.id, entry.mark)
        finally:
            if not fits:
                await desk.lock()
        if not fits:
            raise CannotDecrypt
        return await self._taken(desk, locks)

    # --- the list -----------------------------------------------------------------------------

    async def change(self, connection: ConnectionId, *, label: str = "", colour: str = "") -> None:
        """Another name or colour, open or locked; an empty one stays. Raises StorageFailed."""
        given = {"label": label.strip(), "colour": colour}
        fields = {name: value for name, value in given.items() if value}
        kept = await asyncio.to_thread(self.entrance.records.change, connection, **fields)
        desk = self._desks.get(connection)
        if desk is not None and kept is not None:
            desk.connection = msgspec.structs.replace(desk.connection, **fields)
        self.hub.publish(ConnectionsChanged())

    async def move(self, connection: ConnectionId, by: int) -> None:
        """So many places down, or up where it is negative. Raises StorageFailed."""
        order = [one.id for one in self.records]
        place = order.index(connection)
        order.insert(max(0, min(len(order) - 1, place + by)), order.pop(place))
        await asyncio.to_thread(self.entrance.records.move, order)
        self.hub.publish(ConnectionsChanged())

    async def remove(self, connection: ConnectionId) -> None:
        """Takes a connection off this computer with all that is kept of it; the server keeps
        everything. Raises StorageFailed, after which it is there still, locked.

        It goes on to its end, whoever asked for it: the page goes with the last open connection.
        """
        if self.entrance.profile.read_only:
            raise StorageFailed("read_only")
        removing = asyncio.ensure_future(self._remove(connection))
        self._removing.add(removing)
        removing.add_done_callback(self._removing.discard)
        await asyncio.shield(removing)

    async def _remove(self, connection: ConnectionId) -> None:
        desk = self._desks.get(connection)
        if desk is not None and not desk.is_locked:
            await desk.sign_out()
        await asyncio.to_thread(self.entrance.forget, connection)
        # Whatever opened together with it.
        await self.links.review()
        self.hub.publish(ConnectionsChanged())

    # --- out ----------------------------------------------------------------------------------

    async def lock(self) -> None:
        """Locks all of them side by side; an unlocking under way opens nothing more (T81)."""
        self._locks += 1
        self._locking += 1
        try:
            ends = await asyncio.gather(
                *(one.lock() for one in self._desks.values()), return_exceptions=True
            )
        finally:
            self._locking -= 1
        if self._living():
            self.hub.publish(ConnectionsChanged())
        for end in ends:
            if isinstance(end, BaseException):
                raise end

    def shut(self) -> None:
        """What of the lock needs no waiting, at once; `lock` does the rest."""
        self._locks += 1
        for one in self._living():
            one.shut()

    def cover(self) -> None:
        """Where runs are active nothing else goes on; what has none is shut (T81). At once;
        `until_uncovered` does the rest.
        """
        self._locks += 1
        for one in self._living():
            if one.runs.active:
                one.cover()
            else:
                one.shut()
        self.hub.publish(ConnectionsChanged())

    async def until_uncovered(self) -> None:
        """After `cover`: locks what has no run, and what has one once its last run has ended.
        Returns when nothing is covered any more.
        """
        await asyncio.gather(*(self._lock_in_time(one) for one in tuple(self._desks.values())))

    async def _lock_in_time(self, desk: Desk) -> None:
        if desk.is_locked or await desk.until_runs_end():
            await desk.lock()

    def _left(self, desk: Desk) -> None:
        if self._desks.get(desk.connection.id) is desk:
            del self._desks[desk.connection.id]
        self.hub.publish(ConnectionsChanged())
        if not self._living():
            self.hub.publish(LockedNow())
