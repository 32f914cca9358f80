"""Signs in on the practice server and sets three policies of so many clients, by the product's own
runner: `python -m tests.benchmarks.policies_run URL CA EMAIL PASSWORD CLIENTS FACTOR`.

The clock of this process runs FACTOR times as fast, as the server's does. All seconds said are of
that clock.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.domain.events import EventHub
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.services.run_types import Progress
from desktop.settings.profile import ProfileFolder, default_path
from tests.bench_faults.stage import BenchClock
from tests.benchmarks.policies import able, policies
from tests.benchmarks.telling import say


class PaceClock(BenchClock):
    """Its deadlines are the real ones: what is measured here never waits for one."""

    def real(self, seconds: float) -> float:
        return seconds


@dataclass
class Watch:
    """What the run said of the time left, and when."""

    clock: PaceClock
    done: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    waits: int = 0

    def note(self, progress: Progress) -> None:
        self.waits += progress.waiting_s > 0
        if progress.left_s is not None:
            self.done.append(float(progress.done))
            self.at.append(self.clock.monotonic())
            self.left.append(progress.left_s)


async def _apply(desk: Desk, clock: PaceClock, count: int) -> None:
    plan = policies(able((await desk.clients.fetch()).data, count))
    known = desk.link.api.allowance()
    planned = desk.runs.estimate(plan)
    watch = Watch(clock)
    began, computed = clock.monotonic(), time.process_time()
    report = await desk.runs.execute(plan, watch.note)
    ended = clock.monotonic()
    if not report.is_done or any(one.state != "DONE" for one in report.steps):
        raise SystemExit(f"the run ended {report.state}")
    learnt = desk.link.api.allowance()
    say(
        seconds=ended - began,
        computed_s=time.process_time() - computed,
        planned_s=planned.seconds,
        requests=float(planned.requests),
        ceiling=known.ceiling,
        good=float(known.good),
        per_verb=float(learnt.per_verb),
        read_s=learnt.read_s,
        write_s=learnt.write_s,
        jitter_s=learnt.jitter_s,
        waits=float(watch.waits),
        done=watch.done,
        at=[one - began for one in watch.at],
        left=watch.left,
    )


async def _run(who: Sequence[str], clients: int, factor: float) -> None:
    url, ca, email, password = who
    clock = PaceClock(factor=factor)
    with ProfileFolder.open(default_path()) as profile:
        entrance = Entrance(profile, EventHub(), clock)
        attempt = entrance.begin(practice_address(url, ca), email, is_practice=True)
        desk = await attempt.with_password(password)
        try:
            await _apply(desk, clock, clients)
        finally:
            await desk.lock()


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1:5], int(sys.argv[5]), float(sys.argv[6])))
