"""Three policies for each of many clients: as a plan, and as the time that limits alone make of it.

The floor is a line of the same requests that are answered at once and leave without any margin,
under the published limits and our own ceiling for the host as the code has them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, Final

from desktop.domain.allowance import CEILING_TOP, GOOD_ROW, PUBLISHED
from desktop.domain.enums import PolicyType
from desktop.domain.records import ProviderClient
from desktop.plans.plan import Plan
from desktop.plans.steps import PutPolicy, Say, ref_of

WANTED: Final[dict[PolicyType, dict[str, Any] | None]] = {
    PolicyType.SINGLE_ORGANIZATION: None,
    PolicyType.MASTER_PASSWORD: {"minComplexity": 3, "minLength": 14},
    PolicyType.PASSWORD_GENERATOR: {"minLength": 16, "useNumbers": True},
}
# Until then a run learns what server it has to do with.
LEARNT_STEPS: Final = 30
# With less than this to go a share of it says nothing.
LEFT_MIN_S: Final = 6.0


def able(clients: Iterable[ProviderClient], count: int) -> list[ProviderClient]:
    """The first `count` whose plan has policies. LookupError if there are fewer."""
    found = [one for one in clients if one.is_enterprise][:count]
    if len(found) < count:
        raise LookupError(f"only {len(found)} clients have policies")
    return found


def policies(clients: Iterable[ProviderClient]) -> Plan:
    """Three policies of each client."""
    steps = tuple(
        PutPolicy(
            key=f"{client.organization_id}.{int(kind)}",
            client=ref_of(client.organization_id),
            client_name=client.organization_name,
            type=kind,
            enabled=True,
            data=data,
        )
        for client in clients
        for kind, data in WANTED.items()
    )
    plan = Plan(title=Say("plan.policies"), steps=steps)
    plan.check()
    return plan


class Line:
    """Requests that leave as soon as the limits let them; `now` is when the last one left."""

    def __init__(self, ceiling: float, good: int) -> None:
        """`ceiling`: requests a second; `good`: good answers since it last rose."""
        self.now = 0.0
        self._ceiling, self._good = ceiling, good
        self._left: dict[str, deque[float]] = {}

    def send(self, name: str, kind: str) -> None:
        """One request: the name it is counted under, and which limits that has."""
        for count, period in PUBLISHED[kind]:
            self._wait(name, count, period)
        self._wait("", int(self._ceiling), 1.0)
        for one in ("", name):
            self._left.setdefault(one, deque(maxlen=1_000)).append(self.now)
        self._good += 1
        if self._good >= GOOD_ROW:
            self._good = 0
            self._ceiling = min(CEILING_TOP, self._ceiling + 1)

    def _wait(self, name: str, count: int, period: float) -> None:
        left = self._left.get(name, ())
        if len(left) >= count:
            self.now = max(self.now, left[-count] + period)


def floor_s(clients: int, ceiling: float, good: int, *, per_verb: bool) -> float:
    """Seconds for a list and three policies of each client."""
    line = Line(ceiling, good)
    for client in range(clients):
        line.send("GET" if per_verb else f"GET {client}", "read")
        for kind in WANTED:
            line.send("PUT" if per_verb else f"PUT {client} {kind}", "write")
    return line.now


def wrong_percent(
    done: Sequence[float], at: Sequence[float], left: Sequence[float], end: float
) -> float:
    """How far off what was said to be left was at worst, from LEARNT_STEPS to LEFT_MIN_S.

    One of each for every report: steps done, when it came, and how many seconds it promised.
    """
    return max(
        abs(said - truth) / truth * 100
        for steps, moment, said in zip(done, at, left, strict=True)
        if steps >= LEARNT_STEPS and (truth := end - moment) >= LEFT_MIN_S
    )
