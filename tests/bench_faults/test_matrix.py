"""Every write request meets every fault: nothing twice, nothing lost, no silent stop (T43)."""

from __future__ import annotations

import ast
import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final, get_type_hints
from uuid import UUID

import pytest

from desktop.api import requests
from desktop.api.requests import PreparedRequest
from desktop.domain.errors import Refused
from desktop.plans.registry import STEP_TYPES
from desktop.plans.steps import Budget
from desktop.services import execution, handlers
from desktop.services.execution import Execution
from desktop.services.handle_collections import HandleCreateCollection
from desktop.services.handle_import import HandleImportItems
from desktop.services.handle_people import HandleInviteMembers
from desktop.services.run import Runs
from desktop.services.run_types import Result
from tests.bench_faults.faults import DOSES, FAULTS, MODES, NAMED
from tests.bench_faults.matrix import (
    CLEAN,
    DOUBLE,
    LOSS,
    REPORTED,
    RESUMED,
    SILENT,
    STUCK,
    UNCERTAIN,
    UNTYPED,
    Case,
    Matrix,
    Outcome,
    cells,
    endpoints,
    sample,
    targets,
)
from tests.bench_faults.spread import Wanted, choose, chosen_seed, matrix_on_stage
from tests.bench_faults.workflows import WORKFLOWS

# One for all processes of a test run.
SEED: Final = int(os.environ.setdefault("CLAVIGER_SEED", str(chosen_seed())))
# Short enough that both processes of a test run are busy to the end.
SHARES: Final = 6
SAMPLE_AT_LEAST: Final = 300
WHOLE_AT_LEAST: Final = 2_000
_ROOM: Final = Path(handlers.__file__).parent


class Stage:
    """A matrix on its server, and the loop that both live on."""

    def __init__(self, runner: asyncio.Runner, matrix: Matrix) -> None:
        self.matrix = matrix
        self.run = runner.run

    def outcome(self, name: str) -> Outcome:
        return self.run(self.matrix.run(Case.called(name)))


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        held = AsyncExitStack()
        matrix = runner.run(held.enter_async_context(matrix_on_stage()))
        yield Stage(runner, matrix)
        runner.run(held.aclose())


@pytest.mark.parametrize("share", range(SHARES))
def test_t43_no_fault_doubles_or_loses_a_write(share: int, stage: Stage) -> None:
    async def work() -> list[Outcome]:
        chosen = await choose(stage.matrix, Wanted(False, (), SEED))
        return [await stage.matrix.run(case) for case in chosen[share::SHARES]]

    bad = [one for one in stage.run(work()) if one.is_bad]
    advice = "\n".join(f"{one}\n    again: dev.py faults --case '{one.case}'" for one in bad)
    assert not bad, f"CLAVIGER_SEED={SEED}\n{advice}"


def test_every_step_type_that_writes_has_a_workflow() -> None:
    covered = {kind for workflow in WORKFLOWS for kind in workflow.covers}
    assert {kind for kind in STEP_TYPES if kind.BUDGET is not Budget.READ} <= covered
    assert len({workflow.key for workflow in WORKFLOWS}) == len(WORKFLOWS)


def test_every_write_endpoint_meets_every_fault(stage: Stage) -> None:
    calm = stage.run(stage.matrix.all_calm())
    met, chosen, whole = endpoints(calm), sample(calm, SEED), cells(calm)
    assert met == _written()
    where = {(key, at): write.endpoint for key, at, write in targets(calm)}
    pairs = {(where[case.workflow, case.write], case.fault) for case in chosen}
    assert {(endpoint, fault.name) for endpoint in met for fault in NAMED} <= pairs
    assert {case.fault for case in chosen} == {fault.name for fault in FAULTS}
    manners = {(case.dose, case.mode) for case in chosen}
    assert manners == {(dose.name, mode) for dose in DOSES for mode in MODES}
    assert len(set(chosen)) >= SAMPLE_AT_LEAST
    assert len(set(whole)) >= WHOLE_AT_LEAST
    assert set(chosen) <= set(whole)


def _written() -> set[str]:
    """The addresses of all writes that a handler may send, their ids and numbers left open."""
    used = {
        node.attr
        for file in _ROOM.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "requests"
    }
    found = set()
    for name in used:
        build = getattr(requests, name)
        hints = get_type_hints(build)
        if hints.pop("return") is PreparedRequest:
            request = build(*(_any(kind) for kind in hints.values()))
            path = "/".join(
                part if part[0].isalpha() else "*" for part in request.path.split("?")[0].split("/")
            )
            found.add(f"{request.method} /api/{path}")
    return found


def _any(kind: Any) -> Any:
    return {int: 1, bytes: b""}.get(kind, UUID(int=1))


def test_t43_what_nobody_may_look_up_is_never_sent_again_by_itself(stage: Stage) -> None:
    """Uncertain, with its rows named: the bench calls it a loss where they are not."""
    for fault in ("reset-after", "500-after", "hang-before", "truncated"):
        outcome = stage.outcome(f"import unlisted/0/{fault}/once/restart")
        assert (outcome.verdict, outcome.stops[-1]) == (UNCERTAIN, "import.1: Uncertain"), outcome
        sent = [one for one in stage.matrix.requests() if one["path"].endswith("organization")]
        assert [one["method"] for one in sent] == ["POST", "POST"], "one for each chunk"


def test_t51_a_server_that_asks_to_wait_slows_a_run_and_fails_none(stage: Stage) -> None:
    for name in ("access/0/503", "invite/0/503", "policies/1/503", "import/0/429", "fleet/1/429"):
        outcome = stage.outcome(f"{name}/60s/continue")
        assert outcome.verdict == CLEAN, outcome


def test_what_the_line_delivers_twice_is_told(stage: Stage) -> None:
    for name in ("new client", "collection", "group", "import", "undo deletion"):
        outcome = stage.outcome(f"{name}/0/duplicate/once/continue")
        assert outcome.verdict == REPORTED, outcome
    for name in ("policy", "rename client", "invite", "confirm", "delete group", "remove staff"):
        outcome = stage.outcome(f"{name}/0/duplicate/once/continue")
        assert outcome.verdict == CLEAN, outcome


# --- the bench itself must be able to fail ----------------------------------------------------


def _sent_blindly(patch: pytest.MonkeyPatch) -> None:
    async def nothing_found(*_args: object, **_kwargs: object) -> bool:
        return False

    patch.setattr(Execution, "_reconciled", nothing_found)


def _twins_unseen(patch: pytest.MonkeyPatch) -> None:
    async def no_look(*_args: object) -> None:
        return None

    patch.setattr(Execution, "_look_for_twins", no_look)


def _impatient(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(execution, "PATIENCE_S", -1.0)


def _item_dropped(patch: pytest.MonkeyPatch) -> None:
    """A handler that believes its chunk to be there, and a reading at the end that agrees."""

    async def all_there(*_args: object) -> Result:
        return Result(answered=True)

    async def agreed(run: Execution, _work: object, _step: object) -> None:
        for one in run._works:
            await run._mark(one, "DONE", Result())

    patch.setattr(HandleImportItems, "recognise", all_there)
    patch.setattr(Execution, "_verify", agreed)


def _people_believed(patch: pytest.MonkeyPatch) -> None:
    async def all_there(*_args: object) -> Result:
        return Result()

    patch.setattr(HandleInviteMembers, "recognise", all_there)


def _run_forgotten(patch: pytest.MonkeyPatch) -> None:
    async def none(_runs: object) -> tuple[()]:
        return ()

    patch.setattr(Runs, "waiting", none)


def _never_recognised(patch: pytest.MonkeyPatch) -> None:
    async def refuse(*_args: object) -> Result:
        raise Refused(400, "")

    patch.setattr(HandleCreateCollection, "recognise", refuse)


def _bug(patch: pytest.MonkeyPatch) -> None:
    async def fall(*_args: object) -> Result:
        raise KeyError("bug")

    patch.setattr(HandleCreateCollection, "settle", fall)


Break = Callable[[pytest.MonkeyPatch], None]
BROKEN: Final[tuple[tuple[str, Break, str, str], ...]] = (
    ("collection/0/reset-after/once/continue", _sent_blindly, CLEAN, DOUBLE),
    ("group/0/500-after/once/continue", _sent_blindly, CLEAN, DOUBLE),
    ("import/0/reset-body/once/continue", _sent_blindly, CLEAN, DOUBLE),
    ("new client/0/reset-headers/once/continue", _sent_blindly, CLEAN, DOUBLE),
    ("collection/0/duplicate/once/continue", _twins_unseen, REPORTED, DOUBLE),
    ("group/0/duplicate/once/continue", _twins_unseen, REPORTED, DOUBLE),
    ("access/0/503/60s/continue", _impatient, CLEAN, STUCK),
    ("import/0/reset-before/once/continue", _item_dropped, CLEAN, LOSS),
    ("invite/0/reset-before/once/continue", _people_believed, CLEAN, LOSS),
    ("collection/0/refuse/once/continue", _run_forgotten, RESUMED, SILENT),
    ("collection/0/reset-after/once/continue", _never_recognised, CLEAN, STUCK),
    ("collection/0/reset-before/once/restart", _bug, RESUMED, UNTYPED),
)


@pytest.mark.parametrize("one", BROKEN, ids=[f"{one[1].__name__}-{one[0]}" for one in BROKEN])
def test_t43_the_bench_shows_what_a_broken_engine_does(
    one: tuple[str, Break, str, str], stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, destroy, healthy, broken = one
    assert stage.outcome(name).verdict == healthy
    destroy(monkeypatch)
    assert stage.outcome(name).verdict == broken
