"""The servers' own logs, as far as they are new: kept by month, never asked for twice.

Source of the paging: bitwarden/server 2026.8.0 `EventsController` (newest first, a token per page
of about 50, the window unchanged while one pages). Reading a log writes no event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from desktop.api import answers, requests
from desktop.cache.snapshots import Put
from desktop.domain.errors import NotOurServer
from desktop.domain.ids import OrganizationId
from desktop.services.forgotten import FORGOTTEN
from desktop.services.link import Link

EVENTS: Final = "events."
SEEN: Final = "events_seen"

# What the server itself shows by default, and the most it lets anybody ask for.
FIRST_BACK: Final = timedelta(days=30)
LONGEST: Final = timedelta(days=360)
# Servers write their log with some delay: what came late is found by looking back a little.
OVERLAP: Final = timedelta(minutes=10)
PAGES_MAX: Final = 20


class _Event(msgspec.Struct, frozen=True):
    """What is needed of an event to put it into its month."""

    type: int
    date: datetime


class _Seen(msgspec.Struct, frozen=True):
    """Everything up to `until` is kept, but for what lies in `gap`."""

    until: datetime
    gap: tuple[datetime, datetime] | None = None


class _Window(msgspec.Struct):
    """One window while it is read. `left` is the end of what is still missing of it."""

    start: datetime
    end: datetime
    rows: list[msgspec.Raw]
    left: datetime | None = None


class EventLogs:
    """Reads what is new. Errors as every read, NotAllowed for a role that may not see the log."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def of_client(self, client: OrganizationId) -> int:
        """How many events were new."""
        return await self._read(
            str(client), lambda start, end: requests.organization_events(client, start, end)
        )

    async def of_provider(self) -> int:
        """The same for the provider's log; provider admins only."""
        provider = self._link.session.provider_id
        return await self._read(
            str(provider), lambda start, end: requests.provider_events(provider, start, end)
        )

    async def _read(self, owner: str, path: Callable[[str, str], str]) -> int:
        """New ones first, then what an earlier reading had to leave out, within PAGES_MAX."""
        link = self._link
        now = link.clock.now()
        seen = await self._seen(owner)
        start = now - FIRST_BACK if seen is None else max(seen.until - OVERLAP, now - LONGEST)
        fresh = _Window(start, now, [])
        pages = await self._pages(fresh, path, PAGES_MAX)
        windows = [fresh]
        gap = None if fresh.left is None else (fresh.start, fresh.left)
        former = None if seen is None else seen.gap
        if former is not None and gap is not None:
            gap = former[0], gap[1]
        elif former is not None:
            older = _Window(*former, [])
            await self._pages(older, path, max(1, PAGES_MAX - pages))
            windows.append(older)
            if older.left is not None:
                gap = older.start, older.left
        rows = [row for window in windows for row in window.rows]
        return await link.disk(self._keep, owner, rows, _Seen(now, gap), now)

    async def _pages(self, window: _Window, path: Callable[[str, str], str], most: int) -> int:
        """Fills the window, newest first; says how many requests that took.

        A token that comes back would lead in circles: what is left then is asked for by its time.
        """
        link = self._link
        at = path(_stamp(window.start), _stamp(window.end))
        tokens: set[str] = set()
        token: str | None = None
        for number in range(1, most + 1):
            raw, token = await link.ask(link.api.page_raw(at, token))
            window.rows += answers.kept_rows(raw)
            if token is None:
                return number
            if token in tokens:
                break
            tokens.add(token)
        oldest = min(_dates(window.rows), default=window.start)
        # Without a step back in time the next reading would stand where this one does.
        window.left = oldest if window.start < oldest < window.end else None
        return len(tokens) + 1

    async def _seen(self, owner: str) -> _Seen | None:
        kept = await self._link.kept(SEEN, owner)
        return None if kept is None else msgspec.json.decode(kept.payload, type=_Seen)

    def _keep(self, owner: str, rows: list[msgspec.Raw], seen: _Seen, now: datetime) -> int:
        """Adds rows to their months and moves the mark, in one transaction."""
        months: dict[str, list[msgspec.Raw]] = {}
        for row, date in zip(rows, _dates(rows), strict=True):
            months.setdefault(f"{EVENTS}{date:%Y-%m}", []).append(row)
        snapshots = self._link.snapshots
        if snapshots.label(FORGOTTEN, owner) is not None:
            # Forgotten here while it was read.
            return 0
        puts = [Put(SEEN, owner, msgspec.json.encode(seen), now, has_history=False)]
        added = 0
        for kind, new in months.items():
            kept = snapshots.get(kind, owner)
            known = () if kept is None else answers.kept_rows(kept.payload)
            merged = {bytes(row): None for row in (*known, *new)}
            if len(merged) == len(known):
                continue
            added += len(merged) - len(known)
            ordered = sorted(map(msgspec.Raw, merged), key=_date, reverse=True)
            puts.append(Put(kind, owner, answers.as_list(ordered), now, has_history=False))
        snapshots.put_all(puts)
        return added


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"


def _date(row: msgspec.Raw) -> datetime:
    """Raises NotOurServer for what is no event."""
    try:
        date = msgspec.json.decode(row, type=_Event).date
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurServer("shape") from error
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)


def _dates(rows: Iterable[msgspec.Raw]) -> list[datetime]:
    return [_date(row).astimezone(UTC) for row in rows]
