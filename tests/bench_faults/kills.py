"""kill -9 at each journal edge and at random moments, beside a server that stumbles (T52).

    python -m tests.bench_faults.kills --kills 1000 [--seed S] [--machine N] [--sweeps]

Each loop puts the server back, lets a child work on a plan, kills it, starts it again until it is
done, and compares the server with the undisturbed run. Loop `n` of a seed is the same everywhere,
as far as the moments are not the computer's.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

from desktop.services.desk import Desk
from tests.bench_faults import driver
from tests.bench_faults.driver import (
    BRISK_S,
    CLIENT,
    DONE,
    FLEET,
    PATIENT_S,
    SETUP,
    Death,
    Ended,
    Job,
)
from tests.bench_faults.faults import FAULTS
from tests.bench_faults.machine import run_machine
from tests.bench_faults.seats import machine_stage
from tests.bench_faults.small_plans import targets
from tests.bench_faults.stage import bench_folder, bench_server
from tests.bench_faults.state import State, difference, read_state
from tests.bench_faults.sweeps import SweepTally, whole_sweep
from tests.practice_process import PracticeHandle

SCENES: Final = (SETUP, FLEET)
# What share of loops is killed once more, and has a stumbling server.
AGAIN: Final = 0.4
BESIDE: Final = 0.4
# A request is on its way for about so long.
FLIGHT_MS: Final = 12.0
# What only a deadline ends costs a second and more each time.
SLOW: Final = ("hang", "hang-before")
SLOW_ONE_IN: Final = 4
PROCESSES: Final = 2
TELL_EVERY: Final = 50
MACHINE_STEPS: Final = 30
MACHINE_AT_ONCE: Final = 20


def new_seed() -> int:
    """That of the environment, or another one each time."""
    return int(os.environ.get("CLAVIGER_SEED") or random.SystemRandom().randrange(10**6))


@dataclass(frozen=True)
class Calm:
    """The undisturbed run: how the server ends, what the child met on its way."""

    state: State
    edges: tuple[str, ...]
    requests: int
    seconds: float

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Numbers of the edges (from 1), the first of each kind before the others."""
        firsts: dict[str, int] = {}
        for number, edge in enumerate(self.edges, 1):
            firsts.setdefault(kind_of(edge), number)
        rest = [number for number in range(1, len(self.edges) + 1) if number not in firsts.values()]
        random.Random(len(rest)).shuffle(rest)
        return (*firsts.values(), *rest)


def kind_of(edge: str) -> str:
    """An edge without the step or run it belongs to: "before:sent", "after:log:run_done"."""
    when, what, *rest = edge.split(":")
    return f"{when}:{what}:{rest[0]}" if what == "log" else f"{when}:{what}"


@dataclass
class Outcome:
    """What came of one loop; `problem` is empty where all is well."""

    number: int
    scene: str
    deaths: list[str] = field(default_factory=list)
    killed: int = 0
    edges: list[str] = field(default_factory=list)
    fault: str = ""
    problem: str = ""
    seconds: float = 0.0

    def __str__(self) -> str:
        beside = f", beside {self.fault}" if self.fault else ""
        return (
            f"loop {self.number} ({self.scene}): {'; '.join(self.deaths)}{beside}: {self.problem}"
        )


class Loops:
    """One server, one account, children one after the other."""

    def __init__(self, server: PracticeHandle, folder: Path, reader: Desk, seed: int) -> None:
        self.seed = seed
        self._server = server
        self._folder = folder
        self._reader = reader
        self._children = driver.children()
        self._targets = targets(server.state())
        self._homes = 0
        self._is_slow = False
        one = server.accounts[0]
        self._account = (server.url, str(server.ca), one["email"], one["password"])
        server.post("keep", {})
        # The first child waits for the process that it is forked from.
        self._undisturbed(SCENES[0])
        self.calm = {scene: self._undisturbed(scene) for scene in SCENES}

    def run(self, number: int) -> Outcome:
        """Loop `number`. Never raises for what the app does wrong."""
        chance = random.Random(f"{self.seed}/{number}")
        scene = SCENES[number // 2 % 2]
        calm = self.calm[scene]
        out = Outcome(number, scene)
        began = time.perf_counter()
        home = self._fresh(scene)
        out.fault = self._stumble(chance, calm)
        for death, kill_after_s in self._deaths(number, chance, calm):
            ended = self._start(home, scene, death, kill_after_s)
            out.deaths.append(_said(death, kill_after_s, ended))
            out.killed += ended.was_killed
            if ended.was_killed and death.edge and len(ended.told.edges) == death.edge:
                out.edges.append(ended.told.edges[-1])
            if not ended.was_killed:
                break
        else:
            ended = self._start(home, scene, Death(), None)
            out.deaths.append(_said(Death(), None, ended))
        out.problem = self._judge(ended, calm)
        if not out.problem and out.fault == "" and ended.told.stops:
            out.problem = f"stopped without need: {ended.told.stops}"
        shutil.rmtree(home, ignore_errors=True)
        out.seconds = time.perf_counter() - began
        return out

    # --- inside -------------------------------------------------------------------------------

    def _undisturbed(self, scene: str) -> Calm:
        home = self._fresh(scene)
        ended = self._start(home, scene, Death(), None)
        if ended.code != DONE or ended.told.stops:
            raise RuntimeError(f"{scene} does not run undisturbed: {ended}")
        state = read_state(self._server.state(), self._reader)
        shutil.rmtree(home, ignore_errors=True)
        return Calm(state, tuple(ended.told.edges), ended.told.requests, ended.seconds)

    def _fresh(self, scene: str) -> Path:
        """The server as at the beginning, and a profile that does not exist yet."""
        self._is_slow = False
        self._server.script()
        self._server.post("put-back", {})
        self._homes += 1
        return self._folder / f"{scene}-{self._homes}"

    def _start(self, home: Path, scene: str, death: Death, kill_after_s: float | None) -> Ended:
        url, ca, email, password = self._account
        deadline_s = BRISK_S if self._is_slow else PATIENT_S
        job = Job(
            url, ca, email, password, str(home), scene, self._targets, death, deadline_s=deadline_s
        )
        return driver.start(self._children, job, kill_after_s=kill_after_s)

    def _deaths(
        self, number: int, chance: random.Random, calm: Calm
    ) -> Iterator[tuple[Death, float | None]]:
        """Every second loop dies at an edge, each in its turn; the others at a moment."""
        if number % 2 == 0:
            at = calm.order[number // (2 * len(SCENES)) % len(calm.order)]
            yield Death(edge=at), None
        else:
            yield self._moment(chance, calm)
        while chance.random() < AGAIN:
            if chance.random() < 0.5:
                yield Death(edge=chance.randint(1, len(calm.edges))), None
            else:
                yield self._moment(chance, calm)

    def _moment(self, chance: random.Random, calm: Calm) -> tuple[Death, float | None]:
        """Anywhere in the child's life, or with a request on its way."""
        if chance.random() < 0.5:
            return Death(), chance.uniform(0.0, calm.seconds)
        request = chance.randint(1, calm.requests)
        return Death(request=request, after_ms=chance.uniform(0.0, FLIGHT_MS)), None

    def _stumble(self, chance: random.Random, calm: Calm) -> str:
        """Beside it, in some loops: one request goes wrong. Its name; empty for none."""
        if chance.random() >= BESIDE:
            return ""
        known = [one for one in FAULTS if one.rule is not None and not one.doubles]
        if chance.randrange(SLOW_ONE_IN):
            known = [one for one in known if one.name not in SLOW]
        fault = chance.choice(known)
        self._is_slow = fault.name in SLOW
        nth, times = chance.randint(1, calm.requests), chance.choice((1, 1, 2))
        self._server.script(
            {"path": ".*", "nth": nth, "times": times, **(fault.rule or {})},
        )
        return f"{fault.name} at request {nth} x{times}"

    def _judge(self, ended: Ended, calm: Calm) -> str:
        if ended.code != DONE:
            return f"ended with {ended.code}: {ended.told.problem or ended.told.stops}"
        self._server.script()
        differs = difference(read_state(self._server.state(), self._reader), calm.state)
        return f"+{list(differs.surplus)} -{list(differs.lacking)}" if differs else ""


def _said(death: Death, kill_after_s: float | None, ended: Ended) -> str:
    if kill_after_s is not None:
        when = f"after {kill_after_s * 1000:.0f} ms"
    elif death.edge:
        edges = ended.told.edges
        when = f"edge {death.edge}" + (f" {edges[-1]}" if ended.was_killed and edges else "")
    elif death.request:
        when = f"request {death.request} + {death.after_ms:.0f} ms"
    else:
        when = "never"
    stops = f" ({len(ended.told.stops)} stops)" if ended.told.stops else ""
    return f"{when} -> {ended.code}{stops}"


@contextmanager
def loops(seed: int) -> Iterator[Loops]:
    """A server and a desk that only reads names, for as long as the block lasts."""
    with (
        bench_folder() as folder,
        bench_server() as server,
        asyncio.Runner() as runner,
        driver.reading(server, folder, runner) as reader,
    ):
        yield Loops(server, folder, reader, seed)


# --- many of them -----------------------------------------------------------------------------


@dataclass
class Tally:
    """What many loops came to."""

    loops: int = 0
    killed: int = 0
    beside: int = 0
    edges: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)

    def add(self, one: Outcome) -> None:
        self.loops += 1
        self.killed += one.killed
        self.beside += bool(one.fault)
        self.edges.update(kind_of(edge) for edge in one.edges)
        if one.problem:
            self.bad.append(str(one))

    def join(self, other: Tally) -> None:
        self.loops += other.loops
        self.killed += other.killed
        self.beside += other.beside
        self.edges.update(other.edges)
        self.bad += other.bad

    def __str__(self) -> str:
        return (
            f"{self.loops} loops, {self.killed} kills, {sum(self.edges.values())} of them at"
            f" {len(self.edges)} kinds of journal edges, {self.beside} loops beside a fault,"
            f" {len(self.bad)} differ"
        )


def _share(share: tuple[int, int, int]) -> Tally:
    """The loops from one number up to another, in a process of its own."""
    seed, first, end = share
    tally = Tally()
    with loops(seed) as some:
        for number in range(first, end):
            tally.add(some.run(number))
            if tally.loops % TELL_EVERY == 0:
                print(f"  from {first}: {tally}", flush=True)
    return tally


def run_kills(count: int, seed: int) -> Tally:
    """So many loops in two processes."""
    whole = Tally()
    # Neighbours differ in kind and scene: each process gets some of all.
    ends = [count * at // PROCESSES for at in range(PROCESSES + 1)]
    shares = [(seed, first, end) for first, end in pairwise(ends)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        for tally in pool.map(_share, shares):
            whole.join(tally)
    return whole


def run_sweeps() -> list[SweepTally]:
    """Each scene in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        return [one for some in pool.map(whole_sweep, (SETUP, CLIENT)) for one in some]


def _schedules(share: tuple[int, int]) -> list[str]:
    """So many schedules of the state machine from this seed; what went wrong, with its rules."""
    seed, examples = share
    with machine_stage() as stage:
        try:
            run_machine(stage, seed, examples, MACHINE_STEPS)
        except Exception as failed:  # a failed assertion, or a bug: both are to be seen
            notes = "\n".join(getattr(failed, "__notes__", []))
            return [f"machine, seed {seed}: {failed!r}\n{notes}"]
    return []


def run_schedules(count: int, seed: int) -> list[str]:
    """In two processes, some at a time, each with a seed of its own."""
    whole, rest = divmod(count, MACHINE_AT_ONCE)
    sizes = [MACHINE_AT_ONCE] * whole + [rest] * bool(rest)
    context = multiprocessing.get_context("spawn")
    bad: list[str] = []
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
        shares = [(seed + at, size) for at, size in enumerate(sizes)]
        for done, found in enumerate(pool.map(_schedules, shares), 1):
            bad += found
            told = sum(sizes[:done])
            print(f"  machine: {told} schedules, {len(bad)} failed", flush=True)
    return bad


def main(words: Sequence[str] | None = None) -> int:
    """1 when anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_faults.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=0, metavar="N", help="so many kill loops")
    parser.add_argument("--machine", type=int, default=0, metavar="N", help="so many schedules")
    parser.add_argument("--sweeps", action="store_true", help="every failing call of the disk")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(words)
    seed = new_seed() if options.seed is None else options.seed
    print(f"CLAVIGER_SEED={seed}", flush=True)
    began = time.monotonic()
    bad: list[str] = []
    if options.kills:
        tally = run_kills(options.kills, seed)
        print(tally, flush=True)
        bad += tally.bad
    if options.sweeps:
        for swept in run_sweeps():
            bad += swept.bad
    if options.machine:
        bad += run_schedules(options.machine, seed)
    print(*bad, f"{time.monotonic() - began:.0f} s", sep="\n", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
