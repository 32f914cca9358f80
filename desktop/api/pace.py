"""Keeping under a server's limits, and obeying when it asks to wait (T51).

Requests queue for each host, people before machines, and leave in the order they came as soon as
their own limits allow. Three things hold them back: the published limits of their path, a ceiling
for the host that feels its way, and, where the server turned out to count all paths of a verb
together, the published limits of that verb.
"""

from __future__ import annotations

import asyncio
import contextvars
import math
import random
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from desktop.api.clock import Clock
from desktop.domain.allowance import (
    ALL,
    CEILING_BOTTOM,
    CEILING_FIRST,
    CEILING_TOP,
    GOOD_ROW,
    MARGIN,
    MINUTE_S,
    PUBLISHED,
    Allowance,
)
from desktop.domain.limits import RETRY_AFTER_MAX_S

BUDGETS = frozenset(PUBLISHED)
# What counts towards the limits of its verb; the identity service keeps books of its own.
_OF_VERB = {"read": "read", "write": "write", "import": "write", "invite": "write"}
# How long a server that counts per verb is remembered without another sign of it.
_VERB_MEMORY_S = 3_600.0
# A path is under its own limit when it used at most this share; a verb is over it from this one on.
_UNDER = 0.8
_OVER = 0.9
_BACKOFF_TOP_S = 60.0
# Waits shorter than this are nobody's business.
_TOLD_S = 0.5
# Background work that waited so long goes although people are waiting.
_QUIET_PATIENCE_S = 10.0
# Refusals this close together are one: requests that had left before the first came back.
_BURST_S = 1.0
# Weight of a new answer in what is known of the line, and the most that is made of its jitter.
_FRESH = 0.1
_JITTER_TOP_S = 0.5
# Paths of the past are forgotten when there are so many.
_PATHS_KEPT = 2_000

_in_background: ContextVar[bool] = ContextVar("in_background", default=False)


@contextmanager
def background() -> Iterator[None]:
    """Requests made inside leave the way to those a person waits for."""
    token = _in_background.set(True)
    try:
        yield
    finally:
        _in_background.reset(token)


def in_background() -> bool:
    """Whether requests made here leave the way to people."""
    return _in_background.get()


class _Log:
    """Start times of requests, for as long as the longest of its limits looks back."""

    def __init__(self, limits: tuple[tuple[int, float], ...]) -> None:
        self.limits = limits
        self._longest = max(period for _count, period in limits)
        self._starts: deque[float] = deque()

    def wait(self, now: float, jitter: float = 0.0, share: int = 1) -> float:
        """Seconds until one more start keeps all limits, or a `share`-th of them."""
        return max(
            self.wait_for(now, max(1, count // share), period, jitter)
            for count, period in self.limits
        )

    def wait_for(self, now: float, count: int, period: float, jitter: float = 0.0) -> float:
        """Seconds until one more start leaves at most `count` in any `period`."""
        if len(self._starts) < count:
            return 0.0
        return max(0.0, self._starts[-count] + period * MARGIN + jitter - now)

    def note(self, now: float) -> None:
        self._starts.append(now)
        while self._starts and self._starts[0] < now - self._longest * MARGIN - _JITTER_TOP_S:
            self._starts.popleft()

    def fill(self, now: float) -> float:
        """How full the fullest of its limits is, 1 being as much as is allowed."""
        return max(
            sum(start > now - period * MARGIN for start in self._starts) / count
            for count, period in self.limits
        )

    def ages(self, now: float) -> tuple[float, ...]:
        """Of the last minute's starts, in seconds."""
        return tuple(now - start for start in self._starts if start > now - MINUTE_S * MARGIN)

    def is_idle(self, now: float) -> bool:
        return not self._starts or self._starts[-1] < now - self._longest * MARGIN


@dataclass(eq=False)
class _Ticket:
    """A request that waits for its turn."""

    verb: str
    path: str
    budget: str
    is_quiet: bool
    since: float
    turn: asyncio.Future[None]
    context: contextvars.Context
    told_until: float = -math.inf


@dataclass(eq=False)
class _Host:
    """What is known of one host, and who waits for it."""

    ceiling: float = CEILING_FIRST
    good: int = 0
    halved_at: float = -_BURST_S
    per_verb_until: float = -math.inf
    read_s: float = Allowance.read_s
    write_s: float = Allowance.write_s
    jitter_s: float = 0.0
    log: _Log = field(default_factory=lambda: _Log(((int(CEILING_TOP), 1.0),)))
    paths: dict[tuple[str, str], _Log] = field(default_factory=dict)
    verbs: dict[str, _Log] = field(default_factory=dict)
    blocked: dict[tuple[str, str], float] = field(default_factory=dict)
    refusals: dict[tuple[str, str], int] = field(default_factory=dict)
    people: list[_Ticket] = field(default_factory=list)
    quiet: list[_Ticket] = field(default_factory=list)
    usher: asyncio.Task[None] | None = None
    sleep: asyncio.Future[None] | None = None
    wakes_at: float = -math.inf

    def path(self, ticket: _Ticket, now: float) -> _Log:
        key = (ticket.verb, ticket.path)
        found = self.paths.get(key)
        if found is None:
            if len(self.paths) >= _PATHS_KEPT:
                self.paths = {at: log for at, log in self.paths.items() if not log.is_idle(now)}
            found = self.paths[key] = _Log(PUBLISHED[ticket.budget])
        return found

    def shared(self, verb: str, budget: str) -> list[_Log]:
        """What a request counts in where all paths of a verb are counted together."""
        kind = _OF_VERB.get(budget)
        if kind is None:
            return []
        names = {verb: kind} | ({f"{verb} invite": "invite"} if budget == "invite" else {})
        return [
            self.verbs.setdefault(name, _Log(PUBLISHED[limit])) for name, limit in names.items()
        ]

    def own_wait(self, ticket: _Ticket, now: float) -> float:
        """Seconds that a request has to wait for its path and its verb, whoever else waits."""
        until = max(
            self.blocked.get((ticket.verb, ticket.path), now),
            self.blocked.get((ticket.verb, ""), now),
        )
        wait = max(until - now, self.path(ticket, now).wait(now, self.jitter_s))
        if now < self.per_verb_until:
            # Machines leave half of it to people.
            share = 2 if ticket.is_quiet else 1
            for log in self.shared(ticket.verb, ticket.budget):
                wait = max(wait, log.wait(now, self.jitter_s, share))
        return max(0.0, wait)

    def crowd(self, now: float, *, quiet: bool) -> float:
        """Seconds to wait for the ceiling; background work gets half of it."""
        room = max(1, int(self.ceiling) // 2) if quiet else int(self.ceiling)
        return self.log.wait_for(now, room, 1.0)

    def row(self, ticket: _Ticket) -> list[_Ticket]:
        return self.quiet if ticket.is_quiet else self.people

    def note(self, ticket: _Ticket, now: float) -> None:
        """A request leaves."""
        self.path(ticket, now).note(now)
        self.log.note(now)
        for log in self.shared(ticket.verb, ticket.budget):
            log.note(now)


class Pace:
    """The limits of the hosts of one connection. One loop only."""

    def __init__(self, clock: Clock, on_wait: Callable[[float], None] | None = None) -> None:
        """`on_wait` hears of every noticeable wait, in seconds, before it begins; it is called in
        the context of the request that waits.
        """
        self._clock = clock
        self._on_wait = on_wait
        self._hosts: dict[str, _Host] = {}

    async def enter(
        self, host: str, verb: str, path: str, budget: str, *, again: bool = False
    ) -> None:
        """Waits until the request may start, and counts it. `again`: it was refused before and
        keeps its place in the row.
        """
        state = self._host(host)
        now = self._clock.monotonic()
        ticket = _Ticket(
            verb, path, budget, in_background(), now,
            asyncio.get_running_loop().create_future(), contextvars.copy_context(),
        )  # fmt: skip
        wait = state.own_wait(ticket, now)
        crowd = state.crowd(now, quiet=ticket.is_quiet)
        is_first = not state.people and not (ticket.is_quiet and state.quiet)
        if is_first and not wait and not crowd:
            state.note(ticket, now)
            return
        self._tell(ticket, now, max(wait, crowd))
        row = state.row(ticket)
        row.insert(0 if again else len(row), ticket)
        self._call_usher(state, now + max(wait, crowd if is_first else 0.0))
        try:
            await ticket.turn
        except asyncio.CancelledError:
            if ticket in row:
                row.remove(ticket)
            if not state.people and not state.quiet and state.usher is not None:
                state.usher.cancel()
                state.usher = state.sleep = None
            raise

    # --- the usher: one task for each host, while somebody waits ------------------------------

    def _call_usher(self, state: _Host, due: float) -> None:
        """Makes sure that somebody looks again at `due` at the latest."""
        if state.usher is None or state.usher.done():
            state.usher = asyncio.create_task(self._usher(state))
            state.usher.add_done_callback(lambda task: _left(state, task))
        elif state.sleep is not None and due < state.wakes_at:
            state.sleep.cancel()

    async def _usher(self, state: _Host) -> None:
        while (wait := self._admit(state)) is not None:
            state.wakes_at = self._clock.monotonic() + wait
            sleep = state.sleep = asyncio.ensure_future(self._clock.sleep(wait))
            try:
                # Cancelled when somebody comes who may leave sooner.
                await asyncio.wait({sleep})
            finally:
                sleep.cancel()
            if not sleep.cancelled():
                sleep.result()

    def _admit(self, state: _Host) -> float | None:
        """Lets go who may; seconds until the next look, None when nobody waits."""
        now = self._clock.monotonic()
        soonest, is_crowded = self._admit_row(state, state.people, now)
        if state.quiet:
            waited = now - state.quiet[0].since
            if not is_crowded or waited >= _QUIET_PATIENCE_S:
                soonest = min(soonest, self._admit_row(state, state.quiet, now)[0])
            else:
                soonest = min(soonest, _QUIET_PATIENCE_S - waited)
        return None if not state.people and not state.quiet else soonest

    def _admit_row(self, state: _Host, row: list[_Ticket], now: float) -> tuple[float, bool]:
        """Seconds until the next look, and whether somebody waits for the ceiling alone."""
        soonest = math.inf
        for ticket in tuple(row):
            wait = state.own_wait(ticket, now)
            if not wait:
                crowd = state.crowd(now, quiet=ticket.is_quiet)
                if crowd:
                    # Whoever comes behind waits for it as well.
                    return min(soonest, crowd), True
                row.remove(ticket)
                if not ticket.turn.done():
                    state.note(ticket, now)
                    ticket.turn.set_result(None)
                continue
            self._tell(ticket, now, wait)
            soonest = min(soonest, wait)
        return soonest, False

    def _tell(self, ticket: _Ticket, now: float, wait: float) -> None:
        """Every wait once, longer ones again."""
        if (
            wait >= _TOLD_S
            and self._on_wait is not None
            and now + wait > ticket.told_until + _TOLD_S
        ):
            ticket.told_until = now + wait
            ticket.context.run(self._on_wait, wait)

    # --- learning -----------------------------------------------------------------------------

    def good(self, host: str, verb: str, path: str, took_s: float | None = None) -> None:
        """An answer that was neither refusal nor failure: the ceiling rises slowly. `took_s`:
        how long it took, of requests whose time says something about the line.
        """
        state = self._host(host)
        state.refusals.pop((verb, path), None)
        state.good += 1
        if state.good >= GOOD_ROW:
            state.good = 0
            state.ceiling = min(CEILING_TOP, state.ceiling + 1)
        if took_s is not None:
            known = state.read_s if verb == "GET" else state.write_s
            away = abs(took_s - known)
            state.jitter_s += _FRESH * (min(away, _JITTER_TOP_S) - state.jitter_s)
            if verb == "GET":
                state.read_s += _FRESH * (took_s - known)
            else:
                state.write_s += _FRESH * (took_s - known)

    def bad(self, host: str) -> None:
        """429, 503 or a page instead of JSON: the ceiling halves, once for a burst of them."""
        state = self._host(host)
        now = self._clock.monotonic()
        state.good = 0
        if now - state.halved_at >= _BURST_S:
            state.halved_at = now
            state.ceiling = max(CEILING_BOTTOM, state.ceiling / 2)

    def refused(
        self, host: str, verb: str, path: str, retry_after_s: float | None, *, limited: bool = True
    ) -> float:
        """The server asks to wait; without saying how long: 1, 2, 4 ... 60 s with jitter.

        A server that goes on refusing is given at least that long, whatever it says. Blocks the
        path. `limited`: for a limit (429). A limit met on a path that had not used its own shows a
        server that counts per verb: it blocks the verb, and the verb's budget is kept from now on.
        Returns the seconds.
        """
        self.bad(host)
        state = self._host(host)
        key = (verb, path)
        now = self._clock.monotonic()
        in_burst = state.blocked.get(key, now) > now
        count = state.refusals[key] = state.refusals.get(key, 0) + (0 if in_burst else 1)
        wait = min(_BACKOFF_TOP_S, 2.0 ** (count - 1)) * random.uniform(1.0, 1.25)  # noqa: S311
        if retry_after_s is not None:
            wait = retry_after_s if count == 1 else max(retry_after_s, wait)
        others = [
            one
            for one, until in state.blocked.items()
            if until > now and one[0] == verb and one[1] and one != key
        ]
        state.blocked = {one: until for one, until in state.blocked.items() if until > now}
        state.blocked[key] = now + wait
        is_told = limited and _shows_verb(state, key, now, has_others=bool(others))
        if is_told:
            state.per_verb_until = now + _VERB_MEMORY_S
        if others or is_told:
            state.blocked[verb, ""] = now + wait
        return wait

    def ceiling(self, host: str) -> float:
        """Requests a second this host is trusted with now."""
        return self._host(host).ceiling

    def allowance(self, host: str, below: str = "/") -> Allowance:
        """What is known of a host, for reckoning how long something will take. `below`: where the
        paths of its requests begin.
        """
        state = self._host(host)
        now = self._clock.monotonic()
        recent = {name: log.ages(now) for name, log in state.verbs.items()}
        recent[ALL] = state.log.ages(now)
        for (verb, path), log in state.paths.items():
            recent[f"{verb} {path.removeprefix(below)}"] = log.ages(now)
        return Allowance(
            ceiling=state.ceiling,
            good=state.good,
            per_verb=now < state.per_verb_until,
            read_s=state.read_s,
            write_s=state.write_s,
            jitter_s=state.jitter_s,
            recent=recent,
        )

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host())


def _shows_verb(state: _Host, key: tuple[str, str], now: float, *, has_others: bool) -> bool:
    """Whether a 429 can only mean that other paths were counted with this one."""
    log, verb = state.paths.get(key), state.verbs.get(key[0])
    if log is None or verb is None or log.fill(now) > _UNDER:
        return False
    return has_others or verb.fill(now) >= _OVER


def _left(state: _Host, usher: asyncio.Task[None]) -> None:
    """An usher that failed must not leave anybody waiting for it."""
    if usher.cancelled():
        return
    error = usher.exception()
    if error is not None:
        for ticket in (*state.people, *state.quiet):
            if not ticket.turn.done():
                ticket.turn.set_exception(error)
        state.people.clear()
        state.quiet.clear()


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header: 1 to 300 as given, anything else 300; None if absent."""
    if value is None:
        return None
    text = value.strip()
    try:
        # Six digits are days; more are not worth converting.
        seconds = float(text[:7]) if text.isdecimal() else _until(text, now)
    except ValueError:
        return RETRY_AFTER_MAX_S
    return min(max(seconds, 1.0), RETRY_AFTER_MAX_S)


def _until(text: str, now: datetime) -> float:
    moment = parsedate_to_datetime(text)
    if moment.tzinfo is None:
        raise ValueError
    return (moment - now).total_seconds()
