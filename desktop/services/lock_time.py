"""After how long without anybody there the window locks: the person's wish, which the policies of
organizations that the account is a member of may shorten and nothing may prolong (T22, T82).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.api import answers
from desktop.domain.enums import PolicyType
from desktop.domain.errors import NotOurServer
from desktop.domain.records import Policy
from desktop.services.keeping import POLICIES
from desktop.services.link import Link

LONGEST_MIN: Final = 60
SHORTEST_MIN: Final = 1
# Types of a timeout that name no minutes: the longest idle time is not limited by them.
_NO_MINUTES: Final = frozenset({"never", "onAppRestart", "onSystemLock"})


@dataclass(frozen=True)
class LockLimit:
    """A policy that allows no more. `organization` is its name, as others wrote it."""

    minutes: int
    organization: str


@dataclass(frozen=True)
class LockTime:
    """What holds, in minutes of at least 1; `limit` where it is less than was wished for."""

    minutes: int
    limit: LockLimit | None = None


def lock_time(wished: int, limits: Iterable[LockLimit | None]) -> LockTime:
    """The least of all."""
    wished = min(max(wished, SHORTEST_MIN), LONGEST_MIN)
    least = min((one for one in limits if one is not None), key=_minutes, default=None)
    if least is None or least.minutes >= wished:
        return LockTime(wished)
    return LockTime(max(least.minutes, SHORTEST_MIN), least)


async def kept_limit(link: Link) -> LockLimit | None:
    """The strictest of the session-timeout policies last seen here. Asks no server. Raises
    Locked.
    """
    found: list[LockLimit] = []
    for one in link.session.profile.organizations:
        kept = await link.kept(POLICIES, str(one.id))
        if kept is None:
            continue
        try:
            policies = answers.policies(kept.payload)
        except NotOurServer:
            continue
        found += [
            LockLimit(minutes, one.name)
            for minutes in map(allowed_minutes, policies)
            if minutes is not None
        ]
    return min(found, key=_minutes, default=None)


def allowed_minutes(policy: Policy) -> int | None:
    """The longest idle time that this policy allows; None where it says nothing about it."""
    data = policy.data or {}
    if policy.type != PolicyType.SESSION_TIMEOUT or not policy.enabled:
        return None
    kind = data.get("type")
    if kind == "immediately":
        return SHORTEST_MIN
    minutes = data.get("minutes")
    if kind in _NO_MINUTES or isinstance(minutes, bool) or not isinstance(minutes, int | float):
        return None
    return max(int(minutes), SHORTEST_MIN) if minutes > 0 else None


def _minutes(limit: LockLimit) -> int:
    return limit.minutes
