"""kill -9 at any instant, restart, resume: the server ends as after an undisturbed run (T52)."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.end2end import driver
from tests.end2end.driver import Death
from tests.end2end.stage import Account, outcome, setup, signed_in
from tests.practice_process import PracticeHandle

pytestmark = pytest.mark.crash

SEED = int(os.environ.setdefault("CLAVIGER_SEED", str(random.SystemRandom().randrange(10**6))))
EDGES = 90

CREATE_CLIENT = (
    Death("before:prepare:client"),
    Death("after:sent:client"),
    Death(flight="/clients", after_ms=8),
    Death("before:done:client"),
    Death("after:done:client"),
)
IMPORT_CHUNK = (
    Death("before:prepare:import.2"),
    Death("after:sent:import.2"),
    Death(flight="import-organization", after_ms=12),
    # The second "sent" of a chunk carries the answer.
    Death("before:sent:import.2", nth=2),
    Death("after:sent:import.2", nth=2),
)
PEOPLE = (
    Death("after:sent:group.Sales"),
    Death("before:done:group.Sales"),
    Death("after:sent:invite.1"),
    Death(flight="/users/invite", after_ms=6),
    Death("before:done:invite.2"),
)
# Which edge it is comes from the seed when the test runs: the names must be equal everywhere.
ANYWHERE = tuple(Death(nth=-number) for number in range(1, 6))


@pytest.fixture(scope="module")
def children() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.end2end.driver"])
    return context


@dataclass(frozen=True)
class Scene:
    """One server, one profile used by every child and restart in turn, and how it should end."""

    server: PracticeHandle
    account: Account
    home: Path
    undisturbed: dict[str, Any]


@pytest.fixture(scope="module")
def scene(server: PracticeHandle, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    home = tmp_path_factory.mktemp("home") / "profile"
    account = Account.of(server)

    async def work() -> dict[str, Any]:
        plan, preview = setup("calm")
        async with signed_in(account, home) as desk:
            report = await desk.runs.execute(plan, preview=preview)
            assert report.is_done
            return outcome(server, desk, "calm")

    return Scene(server, account, home, asyncio.run(work()))


def _id(death: Death) -> str:
    if death.flight:
        return f"in-flight{death.flight.replace('/', '-')}"
    return f"{death.edge or 'random'}-{abs(death.nth)}".replace(":", "-")


@pytest.mark.parametrize("death", [*CREATE_CLIENT, *IMPORT_CHUNK, *PEOPLE, *ANYWHERE], ids=_id)
def test_t52_killed_run_resumes_to_the_same_state(
    death: Death, scene: Scene, children: Any, request: pytest.FixtureRequest
) -> None:
    if death.nth < 0:
        death = Death(nth=random.Random(SEED - death.nth).randrange(1, EDGES))
        print(f"CLAVIGER_SEED={SEED}: edge {death.nth}")
    tag = f"k{abs(hash(request.node.name)) % 10**9}"
    child = children.Process(target=driver.run, args=(scene.account, scene.home, tag, death))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL or (death.flight and child.exitcode == 0)

    async def restart() -> tuple[dict[str, Any], int]:
        async with signed_in(scene.account, scene.home) as desk:
            waiting = await desk.runs.waiting()
            for one in waiting:
                report = await desk.runs.resume(one.run)
                assert report.is_done
                assert report.imported is not None
                assert report.imported.verified
            assert await desk.runs.waiting() == ()
            return outcome(scene.server, desk, tag), len(waiting)

    end, resumed = asyncio.run(restart())
    assert end == scene.undisturbed
    assert resumed == (1 if child.exitcode else 0)
