"""Nothing that a server says makes the time until the lock longer (T22, T82)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from desktop.domain.enums import PolicyType
from desktop.domain.ids import OrganizationId
from desktop.domain.records import Policy
from desktop.services.lock_time import LockLimit, LockTime, allowed_minutes, lock_time
from desktop.settings.preferences import Preferences

OWN = OrganizationId(UUID(int=7))


def policy(*, enabled: bool = True, kind: int = PolicyType.SESSION_TIMEOUT, **data: Any) -> Policy:
    return Policy(organization_id=OWN, type=PolicyType(kind), enabled=enabled, data=data)


@pytest.mark.parametrize(
    ("found", "minutes"),
    [
        (policy(minutes=5), 5),
        (policy(minutes=5, type=None, action="lock"), 5),
        (policy(minutes=5, type="custom", action="logOut"), 5),
        (policy(minutes=90.5, type="custom"), 90),
        (policy(minutes=0.5), 1),
        (policy(type="immediately"), 1),
        (policy(minutes=5, type="never"), None),
        (policy(minutes=5, type="onAppRestart"), None),
        (policy(minutes=5, type="onSystemLock"), None),
        (policy(minutes=5, enabled=False), None),
        (policy(minutes=5, kind=PolicyType.MASTER_PASSWORD), None),
        (policy(minutes=0), None),
        (policy(minutes=-1), None),
        (policy(minutes="5"), None),
        (policy(minutes=True), None),
        (policy(), None),
    ],
)
def test_what_a_policy_allows(found: Policy, minutes: int | None) -> None:
    assert allowed_minutes(found) == minutes


def test_t82_ten_minutes_at_first_and_an_hour_at_most() -> None:
    assert lock_time(Preferences().lock_after_min, ()) == LockTime(10)
    assert lock_time(60, ()) == LockTime(60)
    assert lock_time(600, ()) == LockTime(60)
    assert lock_time(0, ()) == LockTime(1)


@pytest.mark.parametrize("wished", [1, 10, 60])
@pytest.mark.parametrize("allowed", [1, 5, 10, 60, 1_000_000])
def test_t22_a_policy_shortens_the_time_until_the_lock_and_never_prolongs_it(
    wished: int, allowed: int
) -> None:
    limit = LockLimit(allowed, "Contoso")
    found = lock_time(wished, (None, LockLimit(2_000_000, "Fabrikam"), limit))
    assert found.minutes == min(wished, allowed)
    assert found.limit == (limit if allowed < wished else None)
