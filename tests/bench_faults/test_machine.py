"""Locks, crashes, cuts, other people and time in any order; the plans still end as they must."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.bench_faults.kills import new_seed
from tests.bench_faults.machine import run_machine
from tests.bench_faults.seats import Stage, machine_stage

pytestmark = pytest.mark.crash

# One for all processes of a test run.
SEED = int(os.environ.setdefault("CLAVIGER_SEED", str(new_seed())))
EXAMPLES = 3
STEPS = 20


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with machine_stage() as made:
        yield made


@pytest.mark.parametrize("part", range(4))
def test_any_schedule_ends_with_everything_planned_there_once(part: int, stage: Stage) -> None:
    """More of them: `python -m tests.bench_faults.kills --machine 500`."""
    print(f"CLAVIGER_SEED={SEED}")
    run_machine(stage, SEED + part, EXAMPLES, STEPS)
