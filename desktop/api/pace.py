"""Keeping under a server's limits, and obeying when it asks to wait (T51).

Limits: bitwarden/server 2026.8.0 `src/Api/appsettings.json` and `src/Identity/appsettings.json`,
counted per verb and path without its query. Above them a ceiling per host feels its way.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime

from desktop.api.clock import Clock
from desktop.domain.limits import RETRY_AFTER_MAX_S

_MINUTE = 60.0
# (requests, seconds). Invitations also have a day's limit; the rest are the published pairs.
_LIMITS: dict[str, tuple[tuple[int, float], ...]] = {
    "read": ((200, _MINUTE),),
    "write": ((60, _MINUTE), (5, 1.0)),
    "import": ((60, _MINUTE), (5, 1.0)),
    "invite": ((5, _MINUTE), (300, 86_400.0)),
    "identity": ((60, _MINUTE), (5, 1.0)),
    "prelogin": ((10, _MINUTE),),
    # One less than published: wrong passwords must never run into the limit (T40).
    "token": ((9, _MINUTE),),
}
BUDGETS = frozenset(_LIMITS)
# The server's windows and ours do not start together, and requests bunch up on their way.
_MARGIN = 1.05
_CEILING_FIRST = 5.0
_CEILING_TOP = 20.0
_CEILING_BOTTOM = 1.0
# Answers in a row that raise the ceiling by one request a second.
_GOOD_ROW = 20
_BACKOFF_TOP_S = 60.0
# Waits shorter than this are nobody's business.
_TOLD_S = 0.5
_YIELD_S = 0.1
# Refusals this close together are one: requests that had left before the first came back.
_BURST_S = 1.0

_in_background: ContextVar[bool] = ContextVar("in_background", default=False)


@contextmanager
def background() -> Iterator[None]:
    """Requests made inside leave the way to those a person waits for."""
    token = _in_background.set(True)
    try:
        yield
    finally:
        _in_background.reset(token)


class _Log:
    """Start times of requests, for as long as the longest limit looks back."""

    def __init__(self) -> None:
        self._starts: deque[float] = deque()

    def wait(self, now: float, count: int, period: float) -> float:
        """Seconds until one more start leaves at most `count` in any `period`."""
        if len(self._starts) < count:
            return 0.0
        return max(0.0, self._starts[-count] + period * _MARGIN - now)

    def note(self, now: float, period: float) -> None:
        self._starts.append(now)
        while self._starts and self._starts[0] < now - period * _MARGIN:
            self._starts.popleft()


@dataclass
class _Host:
    """The ceiling of one host."""

    ceiling: float = _CEILING_FIRST
    good: int = 0
    eager: int = 0
    halved_at: float = -_BURST_S
    log: _Log = field(default_factory=_Log)


class Pace:
    """The paths' budgets and the hosts' ceilings of one connection. One loop only."""

    def __init__(self, clock: Clock, on_wait: Callable[[float], None] | None = None) -> None:
        """`on_wait` hears of every noticeable wait, in seconds, before it begins."""
        self._clock = clock
        self._on_wait = on_wait
        self._paths: dict[tuple[str, str], _Log] = {}
        self._hosts: dict[str, _Host] = {}
        self._blocked: dict[tuple[str, str], float] = {}
        self._refusals: dict[tuple[str, str], int] = {}

    async def enter(self, host: str, verb: str, path: str, budget: str) -> None:
        """Waits until the request may start, and counts it."""
        key = (verb, f"{host}{path}")
        limits = _LIMITS[budget]
        log = self._paths.setdefault(key, _Log())
        state = self._hosts.setdefault(host, _Host())
        quiet = _in_background.get()
        while True:
            now = self._clock.monotonic()
            wait = max(
                self._blocked_for(key, now),
                *(log.wait(now, count, period) for count, period in limits),
            )
            crowd = 0.0 if wait else self._crowd(state, now, quiet)
            if not wait and not crowd:
                break
            if max(wait, crowd) >= _TOLD_S and self._on_wait is not None:
                self._on_wait(max(wait, crowd))
            state.eager += 0 if quiet or wait else 1
            try:
                await self._clock.sleep(max(wait, crowd))
            finally:
                state.eager -= 0 if quiet or wait else 1
        log.note(now, max(period for _count, period in limits))
        state.log.note(now, 1.0)

    def _blocked_for(self, key: tuple[str, str], now: float) -> float:
        until = max(self._blocked.get(key, now), self._blocked.get((key[0], ""), now))
        return max(0.0, until - now)

    def _crowd(self, state: _Host, now: float, quiet: bool) -> float:
        """Seconds to wait for the host's ceiling; background work gets half of it, and last."""
        room = max(1, int(state.ceiling) // 2) if quiet else int(state.ceiling)
        wait = state.log.wait(now, room, 1.0)
        return max(wait, _YIELD_S) if quiet and state.eager else wait

    def good(self, host: str, verb: str, path: str) -> None:
        """An answer that was neither refusal nor failure: the ceiling rises slowly."""
        self._refusals.pop((verb, f"{host}{path}"), None)
        state = self._hosts.setdefault(host, _Host())
        state.good += 1
        if state.good >= _GOOD_ROW:
            state.good = 0
            state.ceiling = min(_CEILING_TOP, state.ceiling + 1)

    def bad(self, host: str) -> None:
        """429, 503 or a page instead of JSON: the ceiling halves, once for a burst of them."""
        state = self._hosts.setdefault(host, _Host())
        now = self._clock.monotonic()
        state.good = 0
        if now - state.halved_at >= _BURST_S:
            state.halved_at = now
            state.ceiling = max(_CEILING_BOTTOM, state.ceiling / 2)

    def refused(self, host: str, verb: str, path: str, retry_after_s: float | None) -> float:
        """The server asks to wait; without saying how long: 1, 2, 4 ... 60 s with jitter.

        A server that goes on refusing is given at least that long, whatever it says. Blocks the
        path; a second blocked path blocks the verb, since then the server does not count per path.
        Returns the seconds.
        """
        self.bad(host)
        key = (verb, f"{host}{path}")
        now = self._clock.monotonic()
        in_burst = self._blocked.get(key, now) > now
        count = self._refusals[key] = self._refusals.get(key, 0) + (0 if in_burst else 1)
        wait = min(_BACKOFF_TOP_S, 2.0 ** (count - 1)) * random.uniform(1.0, 1.25)  # noqa: S311
        if retry_after_s is not None:
            wait = retry_after_s if count == 1 else max(retry_after_s, wait)
        others = [
            one
            for one, until in self._blocked.items()
            if until > now and one[0] == verb and one != key
        ]
        self._blocked[key] = now + wait
        if others:
            self._blocked[verb, ""] = now + wait
        return wait

    def ceiling(self, host: str) -> float:
        """Requests a second this host is trusted with now."""
        return self._hosts.setdefault(host, _Host()).ceiling


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
