"""Cells spread over processes, each with a server of its own."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import queue
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from typing import Final

from tests.bench_faults.matrix import Case, Matrix, Outcome, cells, sample
from tests.bench_faults.stage import Bench, bench_folder, bench_server
from tests.bench_faults.workflows import prepare

PROCESSES: Final = 2
TELL_EVERY_S: Final = 10.0
# Real seconds that an answer may take: no machine is that busy.
PATIENCE_S: Final = 30.0
_LOOK_EVERY_S: Final = 1.0


@dataclass(frozen=True)
class Wanted:
    """Which cells: all, those whose name holds one of `names`, or the sample of `seed`."""

    whole: bool
    names: tuple[str, ...]
    seed: int


def chosen_seed() -> int:
    """That of the environment, or another one each time."""
    return int(os.environ.get("CLAVIGER_SEED") or random.SystemRandom().randrange(10**6))


@asynccontextmanager
async def matrix_on_stage() -> AsyncIterator[Matrix]:
    """A matrix on a server of its own."""
    with bench_folder() as folder, bench_server() as server:
        bench = Bench(server, folder)
        bench.clock.least_s = PATIENCE_S
        await bench.begin()
        facts = await prepare(bench)
        await bench.keep()
        yield Matrix(bench, facts)
        await bench.close()


async def choose(matrix: Matrix, wanted: Wanted) -> list[Case]:
    """The cells that are wanted, in an order of their own: the slow ones do not lie together."""
    calm = await matrix.all_calm()
    found = cells(calm) if wanted.whole or wanted.names else sample(calm, wanted.seed)
    if wanted.names:
        found = [one for one in found if any(_means(name, one.name) for name in wanted.names)]
    random.Random(wanted.seed).shuffle(found)
    return found


def _means(name: str, full: str) -> bool:
    """A whole name means one cell, a part of one all that hold it."""
    return name == full if name.count("/") == full.count("/") else name in full


def spread(wanted: Wanted, count: int) -> list[Outcome]:
    """Runs them and prints how far they are. RuntimeError when a process ended early."""
    context = multiprocessing.get_context("spawn")
    heard: Queue[Outcome | int] = context.Queue()
    workers: list[BaseProcess] = [
        context.Process(target=_work, args=(heard, wanted, number, count), daemon=True)
        for number in range(count)
    ]
    for worker in workers:
        worker.start()
    try:
        return _collect(heard, workers)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _collect(heard: Queue[Outcome | int], workers: list[BaseProcess]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    sizes: list[int] = []
    told = time.perf_counter()
    while len(sizes) < len(workers) or len(outcomes) < sum(sizes):
        try:
            one = heard.get(timeout=_LOOK_EVERY_S)
        except queue.Empty:
            if any(worker.exitcode for worker in workers):
                raise RuntimeError("a process of the bench has ended early") from None
            continue
        if isinstance(one, int):
            sizes.append(one)
            continue
        outcomes.append(one)
        if one.is_bad:
            print(f"  {one}", flush=True)
        if time.perf_counter() - told > TELL_EVERY_S:
            told = time.perf_counter()
            bad = sum(one.is_bad for one in outcomes)
            print(f"{len(outcomes)} of {sum(sizes)} cells, {bad} bad", flush=True)
    return outcomes


def _work(heard: Queue[Outcome | int], wanted: Wanted, number: int, count: int) -> None:
    """One process: its share of the cells, one after the other."""
    asyncio.run(_share(heard, wanted, number, count))


async def _share(heard: Queue[Outcome | int], wanted: Wanted, number: int, count: int) -> None:
    async with matrix_on_stage() as matrix:
        mine = (await choose(matrix, wanted))[number::count]
        heard.put(len(mine))
        for case in mine:
            heard.put(await matrix.run(case))
