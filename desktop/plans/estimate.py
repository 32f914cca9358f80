"""What a plan costs: requests, and the time they take at the pace a server allows.

The plan is run on paper by the rules of the pace: the lanes side by side, each request after the
answer to the one before, under the published limits and the host's ceiling.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Final

from desktop.domain.allowance import ALL, CEILING_TOP, GOOD_ROW, MARGIN, PUBLISHED, Allowance
from desktop.plans.lanes import lanes_of
from desktop.plans.plan import Plan
from desktop.plans.steps import AnyStep, Budget, CreateClient, ImportItems, Ref

# Creating a client asks the payment provider too, and encrypting and sending a full chunk takes a
# few seconds: measured against the practice server and doubled for a real line.
CREATE_CLIENT_S: Final = 3.75
ITEM_S: Final = 0.0015

Lists = Set[tuple[Ref, str]]
"""Lists of clients by name, such as its policies."""


@dataclass(frozen=True)
class Estimate:
    """Requests of all kinds, those that write, and seconds."""

    requests: int
    writes: int
    seconds: float


@dataclass(frozen=True)
class _Request:
    """`path` is what the server counts it under, `after_s` the time until the next may leave."""

    path: str
    budget: str
    after_s: float


def estimate(plan: Plan, allowance: Allowance | None = None) -> Estimate:
    """The whole plan, from now on."""
    return estimate_steps(plan.steps, allowance)


def estimate_steps(
    steps: Iterable[AnyStep], allowance: Allowance | None = None, known: Lists = frozenset()
) -> Estimate:
    """These steps of a plan; `known`: lists that were read already. About 10 us a request."""
    given = allowance or Allowance()
    lanes = [list(_requests(lane, given, known)) for lane in lanes_of(steps).values()]
    every = [request for lane in lanes for request in lane]
    writes = sum(request.budget != Budget.READ for request in every)
    return Estimate(len(every), writes, _Paper(given).run(lanes))


def _requests(lane: Iterable[AnyStep], allowance: Allowance, known: Lists) -> Iterator[_Request]:
    """What the steps of one client send, in order."""
    read_before: set[str] = set()
    for step in lane:
        client = getattr(step, "client", "")
        for name in step.shared:
            if name not in read_before and (client, name) not in known:
                read_before.add(name)
                yield _Request(f"GET {client} {name}", Budget.READ, allowance.read_s)
        own_s = allowance.step_s
        if step.BUDGET is Budget.READ:
            yield _Request(step.endpoint, step.BUDGET, allowance.read_s + own_s)
        else:
            yield _Request(step.endpoint, step.BUDGET, _write_s(step, allowance) + own_s)
        for number in range(step.reads):
            yield _Request(f"GET {client} {step.BUDGET} {number}", Budget.READ, allowance.read_s)


def _write_s(step: AnyStep, allowance: Allowance) -> float:
    match step:
        case CreateClient():
            return allowance.write_s + CREATE_CLIENT_S
        case ImportItems():
            return allowance.write_s + step.count * ITEM_S
        case _:
            return allowance.write_s


class _Window:
    """When one more of at most `count` requests in any `period` may leave."""

    def __init__(self, count: int, period: float, jitter_s: float) -> None:
        self.sent: deque[float] = deque(maxlen=count)
        self._period = period * MARGIN + jitter_s

    def wait(self, now: float) -> float:
        if len(self.sent) < (self.sent.maxlen or 0):
            return 0.0
        return max(0.0, self.sent[0] + self._period - now)


class _Paper:
    """One run on paper. Starts now, at 0 s."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._ceiling = allowance.ceiling
        self._good = allowance.good
        ages = allowance.recent.get(ALL, ())
        self._recent = deque(-age for age in sorted(ages, reverse=True))
        self._windows: dict[str, tuple[_Window, ...]] = {}

    def run(self, lanes: list[list[_Request]]) -> float:
        """Seconds until the last answer."""
        waiting = deque(lanes)
        ready: list[tuple[float, int, list[_Request], int]] = []
        order = 0
        for _ in range(min(self._allowance.lanes, len(waiting))):
            heapq.heappush(ready, (0.0, order, waiting.popleft(), 0))
            order += 1
        end = 0.0
        while ready:
            now, turn, lane, at = heapq.heappop(ready)
            if at == len(lane):
                end = max(end, now)
                if waiting:
                    heapq.heappush(ready, (now, turn, waiting.popleft(), 0))
                continue
            wait = self._wait(lane[at], now)
            if wait > 0:
                heapq.heappush(ready, (now + wait, turn, lane, at))
                continue
            self._leave(lane[at], now)
            order += 1
            heapq.heappush(ready, (now + lane[at].after_s, order, lane, at + 1))
        return end

    def _wait(self, request: _Request, now: float) -> float:
        wait = max((window.wait(now) for window in self._of(request)), default=0.0)
        room = int(self._ceiling)
        if len(self._recent) >= room:
            wait = max(wait, self._recent[-room] + MARGIN - now)
        return wait

    def _leave(self, request: _Request, now: float) -> None:
        for window in self._of(request):
            window.sent.append(now)
        self._recent.append(now)
        if len(self._recent) > CEILING_TOP:
            self._recent.popleft()
        self._good += 1
        if self._good >= GOOD_ROW:
            self._good = 0
            self._ceiling = min(CEILING_TOP, self._ceiling + 1)

    def _of(self, request: _Request) -> tuple[_Window, ...]:
        """The windows that a request counts in."""
        if not self._allowance.per_verb:
            return self._window(request.path, request.budget)
        verb = request.path.partition(" ")[0]
        kind = Budget.READ if request.budget == Budget.READ else Budget.WRITE
        own = self._window(f"{verb} {Budget.INVITE}", Budget.INVITE)
        shared = self._window(verb, kind)
        return (*shared, *own) if request.budget == Budget.INVITE else shared

    def _window(self, name: str, budget: str) -> tuple[_Window, ...]:
        found = self._windows.get(name)
        if found is None:
            jitter = self._allowance.jitter_s
            found = tuple(_Window(count, period, jitter) for count, period in PUBLISHED[budget])
            ages = self._allowance.recent.get(name, ())
            for window in found:
                window.sent.extend(-age for age in sorted(ages, reverse=True))
            self._windows[name] = found
        return found
