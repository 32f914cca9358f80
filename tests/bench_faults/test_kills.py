"""kill -9 at any instant, start again: the server ends as after an undisturbed run (T52)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.bench_faults.kills import Loops, kind_of, loops, new_seed

pytestmark = pytest.mark.crash

# One for all processes of a test run.
SEED = int(os.environ.setdefault("CLAVIGER_SEED", str(new_seed())))
LOOPS = 100


@pytest.fixture(scope="module")
def some() -> Iterator[Loops]:
    with loops(SEED) as made:
        yield made


@pytest.mark.parametrize("number", range(LOOPS))
def test_t52_a_killed_run_ends_as_the_undisturbed_one(number: int, some: Loops) -> None:
    print(f"CLAVIGER_SEED={SEED}")
    outcome = some.run(number)
    assert outcome.problem == "", outcome


def test_every_kind_of_journal_edge_is_met_early(some: Loops) -> None:
    edge_loops = LOOPS // 4
    for calm in some.calm.values():
        kinds = {kind_of(edge) for edge in calm.edges}
        assert {"before:prepare", "after:sent", "before:done", "after:run_done"} <= kinds
        early = {kind_of(calm.edges[at - 1]) for at in calm.order[:edge_loops]}
        assert early == kinds
