"""What is left of a plan, by what was sent a moment ago and what is known already."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from desktop.domain.allowance import ALL, CEILING_TOP, MARGIN, MINUTE_S, Allowance
from desktop.domain.enums import PolicyType
from desktop.plans.estimate import estimate_steps
from desktop.plans.steps import CreateGroup, PutPolicy, ref_of

CLIENT = ref_of(UUID(int=1))
QUICK = Allowance(ceiling=CEILING_TOP, read_s=0.0, write_s=0.0, step_s=0.0)
POLICY = PutPolicy(key="p", client=CLIENT, type=PolicyType.MASTER_PASSWORD, enabled=True)
GROUP = CreateGroup(key="g", client=CLIENT, name="Sales")


def test_a_list_that_was_read_is_not_read_again() -> None:
    assert estimate_steps([POLICY]).requests == 2
    assert estimate_steps([POLICY], known={(CLIENT, "policies")}).requests == 1
    assert estimate_steps([POLICY], known={(CLIENT, "groups")}).requests == 2


def test_a_full_path_is_waited_for() -> None:
    """60 writes of the last minute on the same path; those of another path do not matter."""
    ages = tuple(10.0 for _ in range(60))
    busy = replace(QUICK, recent={GROUP.endpoint: ages})
    assert estimate_steps([GROUP], QUICK).seconds < 1
    left = estimate_steps([GROUP], busy).seconds
    assert left >= MINUTE_S * MARGIN - 10.0
    assert estimate_steps([POLICY], busy).seconds < 1


def test_a_full_verb_is_waited_for_where_verbs_are_counted() -> None:
    ages = tuple(10.0 for _ in range(60))
    busy = replace(QUICK, recent={"PUT": ages})
    assert estimate_steps([POLICY], busy).seconds < 1
    assert estimate_steps([POLICY], replace(busy, per_verb=True)).seconds >= 50


def test_the_last_second_counts_towards_the_ceiling() -> None:
    busy = replace(QUICK, recent={ALL: tuple(0.1 for _ in range(int(CEILING_TOP)))})
    assert estimate_steps([POLICY], QUICK).seconds == 0
    assert estimate_steps([POLICY], busy).seconds >= MARGIN - 0.1
