"""A child process that works on one plan until it is done or dies, as by a power cut.

One process has imported everything and forks each child from that state (before it has a thread or
a loop of its own), so a start costs milliseconds. A child that is started again in the same profile
finds its work in the journal, as the program does.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final

from desktop.api.link import Call
from desktop.domain.errors import ClavigerError, HalfMadeClient, RunStopped, StorageFailed
from desktop.domain.events import EventHub
from desktop.domain.ids import RunId
from desktop.domain.items import ImportPreview
from desktop.plans.plan import Plan
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.services.kept_items import ITEMS
from desktop.services.run_types import DONE_RUN
from desktop.settings.profile import ProfileFolder
from tests.bench_faults.small_plans import Target, fleet, set_up
from tests.bench_faults.stage import BenchClock, Line
from tests.practice_process import PracticeHandle

# So often a person presses Resume within one life before the child gives up.
PATIENCE: Final = 8
SETUP: Final = "set-up"
FLEET: Final = "fleet"
CLIENT: Final = "client"
# Real seconds for an answer: nothing is late here but a busy computer, or a server that hangs.
PATIENT_S: Final = 30.0
BRISK_S: Final = 1.0
# Exit codes of a child that lived.
DONE: Final = 0
STUCK: Final = 3
BROKEN: Final = 4


@dataclass(frozen=True)
class Death:
    """When to die; the first that comes. Nothing set: live.

    `edge`: at the nth journal edge of this life. `request`: with the nth request on its way, after
    so many milliseconds.
    """

    edge: int = 0
    request: int = 0
    after_ms: float = 0.0


@dataclass(frozen=True)
class Job:
    """Plain values, so that they travel to a child."""

    url: str
    ca: str
    email: str
    password: str
    home: str
    scene: str
    targets: tuple[Target, ...] = ()
    death: Death = Death()
    deadline_s: float = PATIENT_S


@dataclass
class Told:
    """What a child says at its end, or just before it."""

    edges: list[str] = field(default_factory=list)
    requests: int = 0
    stops: list[str] = field(default_factory=list)
    problem: str = ""


Make = Callable[[tuple[Target, ...]], tuple[Plan, ImportPreview | None]]
SCENES: Final[Mapping[str, Make]] = {
    SETUP: set_up,
    FLEET: fleet,
    CLIENT: lambda targets: fleet(targets[-1:]),
}


# --- one life ---------------------------------------------------------------------------------


class LifeClock(BenchClock):
    """Waits cost milliseconds, deadlines what is given."""

    def __init__(self, deadline_s: float) -> None:
        super().__init__()
        self._deadline_s = deadline_s

    def real(self, seconds: float) -> float:
        return max(self._deadline_s, super().real(seconds))


class Life:
    """Counts edges and requests, and ends at its moment without any cleanup."""

    def __init__(self, death: Death, say: Callable[[Told], None]) -> None:
        self.told = Told()
        self._death = death
        self._say = say

    def watch(self, desk: Desk) -> None:
        """Of each desk that is opened in this life."""
        desk.link.journal.hook = self._at_edge
        Line(refuses=lambda call: self.leaving(desk, call)).tap(desk)

    def _at_edge(self, edge: str) -> None:
        self.told.edges.append(edge)
        if len(self.told.edges) == self._death.edge:
            self.die()

    def leaving(self, _desk: Desk, _call: Call) -> bool:
        """A request is about to leave; True keeps it from a connection."""
        self.told.requests += 1
        if self.told.requests == self._death.request:
            threading.Timer(self._death.after_ms / 1000, self.die).start()
        return False

    def die(self) -> None:
        """The last word leaves in one piece: the pipe takes it before the process is gone."""
        self._say(self.told)
        os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)


@asynccontextmanager
async def opened(job: Job) -> AsyncIterator[Desk]:
    """Unlocks the profile and goes online, or signs in where it knows no account yet."""
    with ProfileFolder.open(Path(job.home)) as profile:
        entrance = Entrance(profile, EventHub(), LifeClock(job.deadline_s))
        known = entrance.connections()
        if known:
            desk = await entrance.unlock(known[0].id, job.password)
        else:
            address = practice_address(job.url, job.ca)
            attempt = entrance.begin(address, job.email, is_practice=True)
            desk = await attempt.with_password(job.password)
        try:
            yield desk
        finally:
            await desk.lock()


async def live(job: Job, life: Life) -> int:
    """Starts the plan or goes on with it; the exit code."""
    for _attempt in range(PATIENCE):
        try:
            async with opened(job) as desk:
                life.watch(desk)
                return await _work(desk, job, life.told)
        except ClavigerError as error:
            life.told.stops.append(repr(error))
    return STUCK


async def _work(desk: Desk, job: Job, told: Told) -> int:
    waiting = await desk.runs.waiting()
    if len(waiting) > 1:
        told.problem = f"{len(waiting)} runs wait"
        return BROKEN
    if waiting:
        return await _finish(desk, waiting[0].run, job, told)
    if any(one.state == DONE_RUN for one in await desk.runs.all()):
        return DONE
    plan, preview = SCENES[job.scene](job.targets)
    try:
        run = await desk.runs.start(plan, preview)
    except StorageFailed:
        if await desk.runs.waiting():
            told.problem = "a run is offered of which was said that it did not start"
            return BROKEN
        raise
    return await _finish(desk, run, job, told)


async def _finish(desk: Desk, run: RunId, job: Job, told: Told) -> int:
    for _attempt in range(PATIENCE):
        await _go_online(desk, job)
        try:
            report = await desk.runs.resume(run)
        except RunStopped as stopped:
            told.stops.append(f"{stopped.step_key}: {stopped.cause!r}")
            if isinstance(stopped.cause, HalfMadeClient):
                await desk.runs.complete_client(run)
        except ClavigerError as error:
            told.stops.append(repr(error))
        else:
            if report.is_done:
                imported = report.imported
                is_whole = imported is None or imported.verified
                told.problem = "" if is_whole else f"not verified: {imported}"
                kept = await desk.link.disk(_kept_items, desk)
                if kept:
                    told.problem = f"{kept} chunks of items are still kept"
                return BROKEN if told.problem else DONE
            told.stops.append(report.state)
    return STUCK


def _kept_items(desk: Desk) -> int:
    """Chunks whose items the journal still holds."""
    journal = desk.link.journal
    chunks = [one for one in journal.runs() if one.kind == ITEMS]
    return sum(step.prepared is not None for one in chunks for step in journal.steps(one.id))


async def _go_online(desk: Desk, job: Job) -> None:
    with contextlib.suppress(ClavigerError):
        if desk.link.signed_out:
            await desk.sign_in_again(job.password)
        elif not desk.online:
            await desk.connect()


def work(job: Job, out: Connection) -> None:
    """The child. Tells what it did and exits by one of the codes above, if it gets that far."""
    life = Life(job.death, out.send)
    try:
        code = asyncio.run(live(job, life))
    except BaseException:
        life.told.problem = traceback.format_exc()
        code = BROKEN
    out.send(life.told)
    sys.exit(code)


# --- from outside -----------------------------------------------------------------------------


def children() -> BaseContext:
    """Where children come from: a process that has imported this module, where there is fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


@dataclass(frozen=True)
class Ended:
    """How a child ended. `code` is negative for a signal, None for one that hung."""

    code: int | None
    told: Told
    seconds: float

    @property
    def was_killed(self) -> bool:
        return self.code is not None and self.code not in {DONE, STUCK, BROKEN}


@contextmanager
def reading(server: PracticeHandle, folder: Path, runner: asyncio.Runner) -> Iterator[Desk]:
    """A desk of its own profile that is there for its keys: to read names of what a child made."""
    one = server.accounts[0]
    home = str(folder / "reader")
    desk = opened(Job(server.url, str(server.ca), one["email"], one["password"], home, SETUP))
    reader = runner.run(desk.__aenter__())
    try:
        yield reader
    finally:
        runner.run(desk.__aexit__(None, None, None))


def start(
    context: Any, job: Job, *, kill_after_s: float | None = None, limit_s: float = 120.0
) -> Ended:
    """Runs one child to its end; `kill_after_s`: it is killed then, wherever it stands."""
    inward, outward = context.Pipe(duplex=False)
    child = context.Process(target=work, args=(job, outward))
    began = time.perf_counter()
    child.start()
    outward.close()
    if kill_after_s is not None:
        child.join(kill_after_s)
        if child.exitcode is None:
            child.kill()
    child.join(limit_s)
    hung = child.exitcode is None
    if hung:
        child.kill()
        child.join()
    told = Told()
    # What a killed child was about to say may be cut.
    with contextlib.suppress(EOFError, OSError):
        while inward.poll():
            told = inward.recv()
    inward.close()
    return Ended(None if hung else child.exitcode, told, time.perf_counter() - began)
