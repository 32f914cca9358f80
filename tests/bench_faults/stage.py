"""The stage of the bench: one clock for both sides, one server, one desk that can be restarted."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from desktop.api.link import Call, Reply
from desktop.domain.errors import ClavigerError
from desktop.domain.events import EventHub
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.settings.profile import ProfileFolder
from tests.practice_process import PracticeHandle, practice_server

# So many seconds of waiting pass in one, on both sides.
FACTOR: Final = 400.0
# Requests still take real time: a deadline must outlast a busy computer's worst moment.
DEADLINES: Final = 100.0
DEADLINE_MIN_S: Final = 1.0
KDF_ROUNDS: Final = 5_000
# A longer journal makes every restart dearer, and nothing here depends on its length.
RUNS_PER_PROFILE: Final = 40
SERVER_OPTIONS: Final = ("--clock", str(FACTOR), "--kdf-rounds", str(KDF_ROUNDS))


class BenchClock:
    """Waits pass `factor` times as fast; deadlines shrink less, and never below `least_s` real
    seconds, but for those that a test has made shorter than a second.
    """

    def __init__(self, ahead: timedelta = timedelta(0), factor: float = FACTOR) -> None:
        self.least_s = DEADLINE_MIN_S
        self._factor = factor
        self._origin = time.monotonic()
        self._date = datetime.now(UTC)
        self._ahead = ahead.total_seconds()

    def now(self) -> datetime:
        return self._date + timedelta(seconds=self.monotonic() - self._origin)

    def monotonic(self) -> float:
        return self._origin + (time.monotonic() - self._origin) * self._factor + self._ahead

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._factor)

    def real(self, seconds: float) -> float:
        return seconds if seconds < DEADLINE_MIN_S else max(self.least_s, seconds / DEADLINES)

    def jump(self, seconds: float) -> None:
        """The computer slept, or somebody set its clock."""
        self._ahead += seconds


def quick_folder() -> str | None:
    """Where files cost little; nothing here measures the disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    return str(memory) if memory.is_dir() else None


@contextmanager
def bench_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="claviger-bench-", dir=quick_folder()) as folder:
        yield Path(folder)


@dataclass
class Line:
    """Sits between the app and its sockets: sees each write leave and come back.

    `refuses(call)` True sends it to a port where nobody listens; `returned` hears of each call;
    `deadline` says how long it may take.
    """

    refuses: Callable[[Call], bool] = lambda _call: False
    returned: Callable[[Call], None] = lambda _call: None
    deadline: Callable[[Call], float] = lambda call: call.deadline_s

    def tap(self, desk: Desk) -> None:
        """Puts itself into a desk's line."""
        _tap(desk, lambda: self)


def _tap(desk: Desk, line: Callable[[], Line]) -> None:
    """`line()` is the one that counts at each call."""
    link = desk.link.api._wire._link
    exchange = link.exchange

    async def watched(call: Call) -> Reply:
        now = line()
        try:
            if now.refuses(call):
                return await exchange(replace(call, url=_nobody(call)))
            return await exchange(replace(call, deadline_s=now.deadline(call)))
        finally:
            line().returned(call)

    link.exchange = watched  # type: ignore[method-assign]  # the desk is thrown away


def _nobody(call: Call) -> str:
    """The same address at a port that refuses (1 is reserved and never served here)."""
    scheme, _, rest = call.url.partition("://")
    host, _, path = rest.partition("/")
    return f"{scheme}://{host.partition(':')[0]}:1/{path}"


class Bench:
    """A server, an account, a profile, and the desk on it, which may be another after `restart`."""

    def __init__(self, server: PracticeHandle, folder: Path) -> None:
        self.server = server
        self.line = Line()
        self.clock = BenchClock()
        one = server.accounts[0]
        self.email, self.password = one["email"], one["password"]
        self.restarts = 0
        self._template = folder / "template"
        self._home = folder / "home"
        self._runs = 0
        self._desk: Desk | None = None
        self._open = contextlib.ExitStack()

    @property
    def desk(self) -> Desk:
        if self._desk is None:
            raise RuntimeError("no desk is open")
        return self._desk

    async def begin(self) -> None:
        """Signs in for the first time."""
        profile = self._open.enter_context(ProfileFolder.open(self._home))
        entrance = Entrance(profile, EventHub(), self.clock)
        address = practice_address(self.server.url, self.server.ca)
        attempt = entrance.begin(address, self.email, is_practice=True)
        self._take(await attempt.with_password(self.password))

    async def keep(self) -> None:
        """What the server and the profile hold now is what every case begins with."""
        await self.close()
        shutil.copytree(self._home, self._template)
        self.server.post("keep", {})
        await self.open()

    async def put_back(self) -> None:
        """Server and, now and then, profile as at `keep`; no fault in force."""
        self.line = Line()
        self.server.script()
        self.server.post("put-back", {})
        self._runs += 1
        if self._runs >= RUNS_PER_PROFILE or self._desk is None:
            self._runs = 0
            await self.close()
            shutil.rmtree(self._home)
            shutil.copytree(self._template, self._home)
            await self.open()
        else:
            await self.go_online()

    async def open(self) -> None:
        """Unlocks; online if the server lets it."""
        profile = self._open.enter_context(ProfileFolder.open(self._home))
        entrance = Entrance(profile, EventHub(), self.clock)
        self._take(await entrance.unlock(entrance.connections()[0].id, self.password))
        await self.go_online()

    async def go_online(self) -> None:
        """As a person would, offline or signed out; it may fail while a fault lasts."""
        desk = self.desk
        with contextlib.suppress(ClavigerError):
            if desk.link.signed_out:
                await desk.sign_in_again(self.password)
            elif not desk.online:
                await desk.connect()

    async def close(self) -> None:
        """Locks the desk and lets go of the profile."""
        desk, self._desk = self._desk, None
        if desk is not None:
            await desk.lock()
        self._open.close()

    async def restart(self) -> None:
        """Another process, as far as anything that is kept can tell."""
        self.restarts += 1
        await self.close()
        await self.open()

    def _take(self, desk: Desk) -> None:
        self._desk = desk
        _tap(desk, lambda: self.line)


@contextmanager
def bench_server(*options: str) -> Iterator[PracticeHandle]:
    """A server whose clock runs as the bench's does."""
    with practice_server(*SERVER_OPTIONS, *options) as server:
        yield server
