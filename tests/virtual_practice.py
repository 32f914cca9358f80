"""The practice server within the test's own process, on a loop whose time is made up.

Server, program and loop share one clock, which moves only when everybody waits: an hour costs
milliseconds, and a busy computer changes nothing of what happens. No socket and no TLS are in it;
what needs those starts the server as a process (`practice_process`).
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar, TypeVarTuple
from unittest.mock import patch

import httpx

from desktop.api import client as api_client
from desktop.api.clock import Clock
from desktop.api.link import Link
from desktop.api.proxy import Proxies
from desktop.api.server import ServerAddress
from desktop.domain.events import EventHub
from desktop.practice import seeding
from desktop.practice.accounts import set_credentials
from desktop.practice.app import PracticeApp
from desktop.practice.clock import ServerClock
from desktop.practice.faults import Faults
from desktop.practice.limits import Counting, Limits
from desktop.practice.people import People
from desktop.practice.request_log import RequestLog
from desktop.practice.world import World, open_world
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.settings.profile import ProfileFolder

URL: Final = "https://practice.example"
KDF_ROUNDS: Final = 5_000
# A request there and back, in seconds.
LINE_S: Final = (0.03, 0.12)

Result = TypeVar("Result")
Given = TypeVarTuple("Given")


class _Jump(selectors.DefaultSelector):
    """Instead of waiting for a timer, makes it due. Threads at work are waited for."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout > 0:
            if self.loop.threads:
                return super().select(None)
            self.loop.ahead += timeout
            timeout = 0
        return super().select(timeout)


class VirtualLoop(asyncio.SelectorEventLoop):
    """Begins at 0 s. `threads`: calls that are in an executor now."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.threads = 0
        selector = _Jump()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.ahead

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Given], Result], *args: *Given
    ) -> asyncio.Future[Result]:
        future = super().run_in_executor(executor, func, *args)
        self.threads += 1
        future.add_done_callback(self._returned)
        return future

    def _returned(self, _future: asyncio.Future[Any]) -> None:
        self.threads -= 1


def run_virtually(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Runs it to its end on a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work())


class VirtualClock(ServerClock):
    """The loop's time, for the program and for the server."""

    def __init__(self) -> None:
        super().__init__()
        self._begin = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        # Threads ask too, where no loop runs.
        self._loop = asyncio.get_running_loop()

    def monotonic(self) -> float:
        return self._loop.time()

    def now(self) -> datetime:
        return self._begin + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def real(self, seconds: float) -> float:
        return seconds


class _Line(httpx.AsyncBaseTransport):
    """A line that takes its time; how long is the same in every run."""

    def __init__(self, app: PracticeApp) -> None:
        self._server = httpx.ASGITransport(app)
        self._random = Random(7)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        there, back = (self._random.uniform(*LINE_S) / 2 for _ in range(2))
        await asyncio.sleep(there)
        response = await self._server.handle_async_request(request)
        await asyncio.sleep(back)
        return response


@dataclass
class VirtualServer:
    """A server, its content, and the people who can sign in."""

    world: World
    folk: People
    clock: VirtualClock
    line: httpx.AsyncBaseTransport

    def requests(self) -> list[dict[str, Any]]:
        """The protocol requests so far, as `PracticeHandle.requests` gives them."""
        return self.world.log.entries()

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """What the server holds."""
        return [dict(row) for row in self.world.db.rows(sql)]

    @asynccontextmanager
    async def desk(self, home: Path) -> AsyncIterator[Desk]:
        """A desk of the first account, signed in."""
        one = self.folk.told()[0]

        def line(server: ServerAddress, _line: None, proxies: Proxies, clock: Clock) -> Link:
            return Link(server, self.line, proxies, clock)

        with ProfileFolder.open(home) as profile:
            entrance = Entrance(profile, EventHub(), self.clock)
            with patch.object(api_client, "Link", line):
                attempt = entrance.begin(practice_address(URL, "-"), one["email"], is_practice=True)
                desk = await attempt.with_password(one["password"])
            try:
                yield desk
            finally:
                await desk.lock()


@contextmanager
def virtual_server(
    folder: Path, *, clients: int, members: int = 3, counting: Counting = Counting.PATH
) -> Iterator[VirtualServer]:
    """A seeded server in `folder`; inside a running `run_virtually` only."""
    clock = VirtualClock()
    world = open_world(
        folder / "practice.db",
        clock=clock,
        limits=Limits(clock, counting),
        faults=Faults(clock),
        log=RequestLog(),
        item_listing=True,
    )
    world.settle_with = set_credentials
    world.url = URL
    folk = People(folder / "people.json", KDF_ROUNDS)
    try:
        with ThreadPoolExecutor() as workers:
            seeding.Seeder(world, folk, workers).seed(clients, members)
        yield VirtualServer(world, folk, clock, _Line(PracticeApp(world, folk)))
    finally:
        world.db.close()
        world.log.close()
