"""One clock for app and server that a test owns: time passes only when everybody waits for it.

A loop that has nothing to do, no request on its way and no call at the disk or in a worker thread
wakes the sleeper whose turn is next, and both clocks stand at that moment. An hour costs as much as
what is done in it, and one seed gives one schedule.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

from tests.practice_process import PracticeHandle

# The server's own clock all but stands still; it is moved by the one here.
STANDING: Final = ("--clock", "0.000001")
# Sockets know the computer's time only: what a busy one may take for an answer.
DEADLINE_S: Final = 20.0


class TurnClock:
    """The app's clock; the server's follows it. `date_off` seconds is what the date is wrong by."""

    def __init__(self, server: PracticeHandle) -> None:
        self._server = server
        self._passed = 0.0
        self._began = datetime.fromisoformat(server.post("clock", {"advance": 0})["now"])
        self._order = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self.date_off = 0.0

    def now(self) -> datetime:
        moment = self._began + timedelta(seconds=self._passed + self.date_off)
        return moment.astimezone(UTC)

    def monotonic(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waiting = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._passed + seconds, next(self._order), waiting))
        await waiting

    def real(self, seconds: float) -> float:
        return min(seconds, DEADLINE_S)

    def pass_by(self, seconds: float) -> None:
        """For both sides, whoever sleeps."""
        self._passed += seconds
        self._server.advance(seconds)

    def next_turn(self) -> None:
        """Wakes who sleeps the shortest."""
        while self._sleepers:
            due, _order, waiting = heapq.heappop(self._sleepers)
            if not waiting.done():
                if due > self._passed:
                    self.pass_by(due - self._passed)
                waiting.set_result(None)
                return


class TurnLoop(asyncio.SelectorEventLoop):
    """Lets time pass when nothing else can happen. `flying` counts requests on their way."""

    def __init__(self, clock: TurnClock) -> None:
        super().__init__()
        self.clock = clock
        self.flying = 0
        self._working = 0

    def run_in_executor(  # type: ignore[override]  # the base class types it with TypeVarTuples
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        work = super().run_in_executor(executor, func, *args)
        self._working += 1
        work.add_done_callback(self._worked)
        return work

    def _worked(self, _work: asyncio.Future[Any]) -> None:
        self._working -= 1

    def _run_once(self) -> None:
        if not self._ready and not self._working and not self.flying:  # type: ignore[attr-defined]
            self.clock.next_turn()
        super()._run_once()  # type: ignore[misc]  # the one place where a turn begins
