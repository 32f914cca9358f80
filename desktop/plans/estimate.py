"""What a plan costs: requests and time, from the published limits (protocol 1.4)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from desktop.plans.plan import Plan
from desktop.plans.steps import AnyStep, Budget, CreateClient, ImportItems

MINUTE_S: Final = 60.0
PER_MINUTE: Final = {Budget.WRITE: 60, Budget.IMPORT: 60, Budget.INVITE: 5, Budget.READ: 200}
PER_SECOND: Final = 5
# Measured against the practice server and doubled for a real line; creating a client asks the
# payment provider too, and encrypting and sending a full chunk takes a few seconds.
READ_S: Final = 0.15
WRITE_S: Final = 0.25
CREATE_CLIENT_S: Final = 4.0
ITEM_S: Final = 0.0015


@dataclass(frozen=True)
class Estimate:
    """Requests of all kinds, those that write, and seconds."""

    requests: int
    writes: int
    seconds: float


class _Window:
    """When the next request on one path may leave."""

    def __init__(self, per_minute: int) -> None:
        self._sent: deque[float] = deque(maxlen=per_minute)
        self._last: deque[float] = deque(maxlen=PER_SECOND)

    def leave(self, now: float) -> float:
        if len(self._sent) == self._sent.maxlen:
            now = max(now, self._sent[0] + MINUTE_S)
        if len(self._last) == PER_SECOND:
            now = max(now, self._last[0] + 1.0)
        self._sent.append(now)
        self._last.append(now)
        return now


def estimate(plan: Plan) -> Estimate:
    """Runs the plan on paper, one step after the other."""
    now = 0.0
    requests = writes = 0
    windows: dict[str, _Window] = {}
    for step in plan.steps:
        window = windows.setdefault(step.endpoint, _Window(PER_MINUTE[step.BUDGET]))
        now = window.leave(now) + _write_s(step) + step.reads * READ_S
        requests += 1 + step.reads
        writes += step.BUDGET is not Budget.READ
    return Estimate(requests, writes, now)


def _write_s(step: AnyStep) -> float:
    match step:
        case CreateClient():
            return CREATE_CLIENT_S
        case ImportItems():
            return WRITE_S + step.count * ITEM_S
        case _:
            return WRITE_S
