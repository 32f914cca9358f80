"""Turning linked unlock on and off, and what ends it (see `services.linking`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.errors import Locked, WrongPassword, WrongPasswordOf
from desktop.domain.events import ConnectionsChanged
from desktop.domain.ids import ConnectionId
from desktop.services import linking
from desktop.services.entrance import TypedPassword
from desktop.services.local_log import LINKED, OPENS_NO_MORE, OPENS_OTHER, UNLINKED

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.desks import Desks


class Links:
    """Works on open connections. All calls raise Locked for a locked one, and StorageFailed."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    async def linked_to(self, connection: ConnectionId) -> ConnectionId | None:
        """Which one opens this one too."""
        desk = self._open(connection)
        half = await desk.link.disk(linking.half, desk.link.secrets)
        return None if half is None else half[0]

    async def make(
        self, connection: ConnectionId, to: ConnectionId, password: str, to_password: str
    ) -> None:
        """From now on `to` opens `connection` as well, in the place of any other one.

        Both passwords are tried here. Raises WrongPasswordOf; nothing is linked then.
        """
        own, other = self._open(to), self._open(connection)
        typed = ((other, password), (own, to_password))
        wrong = [desk.connection.id for desk, one in typed if not await _is_password(desk, one)]
        if wrong:
            raise WrongPasswordOf(frozenset(wrong))
        await self.end(connection)
        entry = linking.new_entry(own, other)
        try:
            await own.link.disk(linking.add, own.link.secrets, entry)
        finally:
            linking.forget([entry])
        await other.link.disk(linking.set_half, other.link.secrets, to, entry.mark)
        await own.log.note(OPENS_OTHER, other=str(connection))
        await other.log.note(LINKED, other=str(to))
        self._desks.hub.publish(ConnectionsChanged())

    async def end(self, connection: ConnectionId) -> None:
        """It asks for its own password again.

        Where the one that opens it is locked, the half in there opens nothing any more and goes
        when that one is next unlocked.
        """
        other = self._open(connection)
        half = await other.link.disk(linking.half, other.link.secrets)
        if half is None:
            return
        await self._drop_half(other, half[0])
        own = self._desks.desk(half[0])
        if own is not None:
            await self.drop(own, connection)
        self._desks.hub.publish(ConnectionsChanged())

    async def review(self) -> None:
        """Takes away halves whose other half is gone or does not fit: after every sign-in."""
        for desk in self._desks.open:
            if not desk.read_only:
                await self._review_entries(desk)
                await self._review_half(desk)

    async def drop(self, own: Desk, connection: ConnectionId) -> None:
        """`own` does not open that one any more."""
        if not own.read_only:
            await own.link.disk(linking.drop, own.link.secrets, connection)
            await own.log.note(OPENS_NO_MORE, other=str(connection))

    async def _drop_half(self, other: Desk, to: ConnectionId) -> None:
        await other.link.disk(other.link.secrets.delete, linking.LINKED_TO)
        await other.log.note(UNLINKED, other=str(to))

    async def _review_entries(self, own: Desk) -> None:
        known = {one.id: one for one in self._desks.records}
        for connection, entry in (await _entries(own)).items():
            record, other = known.get(connection), self._desks.desk(connection)
            fits = record is not None and entry.fits(own.connection, record)
            if fits and other is not None:
                half = await other.link.disk(linking.half, other.link.secrets)
                fits = half == (own.connection.id, entry.mark)
            if not fits:
                await self.drop(own, connection)

    async def _review_half(self, other: Desk) -> None:
        half = await other.link.disk(linking.half, other.link.secrets)
        if half is None:
            return
        own = self._desks.desk(half[0])
        if own is not None:
            entry = (await _entries(own)).get(other.connection.id)
            is_over = entry is None or entry.mark != half[1]
        else:
            is_over = all(one.id != half[0] for one in self._desks.records)
        if is_over:
            await self._drop_half(other, half[0])

    def _open(self, connection: ConnectionId) -> Desk:
        desk = self._desks.desk(connection)
        if desk is None:
            raise Locked
        return desk


async def _entries(own: Desk) -> dict[ConnectionId, linking.LinkEntry]:
    """Without their keys."""
    held = await own.link.disk(linking.entries, own.link.secrets)
    linking.forget(held)
    return {one.connection: one for one in held}


async def _is_password(desk: Desk, password: str) -> bool:
    """Tried here alone, as at unlocking."""
    with TypedPassword(password) as typed:
        try:
            found = await typed.user_key(desk.connection)
        except WrongPassword:
            return False
    try:
        return found.matches(desk.session.user_key)
    finally:
        found.wipe()
