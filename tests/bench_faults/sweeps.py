"""The nth call of the disk fails, for n = 1, 2, 3 ... until a run meets no failure (T42, T89).

A run is a whole session: the first sign-in, a plan, its end, the lock. After each failure the disk
is mended, and the same plan must end as it does on a good disk.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from desktop.api.link import Call
from desktop.cache.database import Database
from desktop.cache.entries import JOURNAL_SCHEMA, Entries
from desktop.cache.journal import Journal
from desktop.cache.store import JOURNAL_FILE
from desktop.domain.errors import StorageFailed
from desktop.services.desk import Desk
from desktop.services.execution import decoded
from desktop.services.run_types import SENT, WAITING
from tests.bench_faults import driver
from tests.bench_faults.disk import BadDisk, bad_disk, size_limit
from tests.bench_faults.driver import DONE, STUCK, Death, Job, Life
from tests.bench_faults.small_plans import targets
from tests.bench_faults.stage import bench_folder, bench_server
from tests.bench_faults.state import State, difference, read_state
from tests.practice_process import PracticeHandle

WAL: Final = f"{JOURNAL_FILE}-wal"
_PROBE: Final = re.compile(r"/providers/[^/]+/clients/[^/]+$")


@dataclass(frozen=True)
class Way:
    """How the disk fails: one call or all from then on; no room, or a broken device."""

    stays: bool
    full: bool

    @property
    def name(self) -> str:
        return f"{'full' if self.full else 'broken'}-{'stays' if self.stays else 'once'}"


# Bytes that no file may outgrow: from none at all to more than a session needs.
SIZES: Final = (0, 4_096, 65_536, 262_144, 393_216, 524_288, 655_360, 64 * 1024 * 1024)

WAYS: Final = tuple(Way(stays, full) for stays in (False, True) for full in (True, False))


@dataclass
class Point:
    """What came of failing one call. `hit` is empty where the run met no failure."""

    nth: int
    hit: str
    stops: list[str] = field(default_factory=list)
    problem: str = ""


class _Watched(Life):
    """Sees to it that no write leaves before its row is on the disk (T42)."""

    def __init__(self, disk: BadDisk, *, looks_always: bool) -> None:
        super().__init__(Death(), lambda _told: None)
        self.early: list[str] = []
        self.checked = 0
        self._disk = disk
        self._looks_always = looks_always

    def leaving(self, desk: Desk, call: Call) -> bool:
        if call.write:
            self.checked += 1
            if WAL in self._disk.unsynced:
                self.early.append(f"{call.method} {call.url} before the sync")
            looks = self._looks_always or self._disk.hit
            if looks and not (_is_probe(call) or _is_journaled(desk, call)):
                self.early.append(f"{call.method} {call.url} before its row")
        return super().leaving(desk, call)


def _is_journaled(desk: Desk, call: Call) -> bool:
    """Whether the file, read afresh, says that this very request was sent."""
    entries = desk.link.journal._entries
    database = Database.open(
        entries._database.path, JOURNAL_SCHEMA, read_only=True, must_check=False
    )
    with closing(database):
        journal = Journal(Entries(database, entries._sealer))
        wanted = sha256(call.content or b"").digest()
        for run in journal.runs(states=set(WAITING)):
            for step in journal.steps(run.id):
                prepared = decoded(step.prepared) if step.state == SENT else None
                if prepared is not None and prepared.body_hash == wanted:
                    return call.url.endswith(prepared.path)
    return False


def _is_probe(call: Call) -> bool:
    """What finds out whether a client of ours is half made changes nothing (T45)."""
    return call.method == "PUT" and _PROBE.search(call.url) is not None


class Sweep:
    """One server, one plan, and as many disks as it takes."""

    def __init__(self, server: PracticeHandle, folder: Path, reader: Desk, scene: str) -> None:
        self._server = server
        self._folder = folder
        self._reader = reader
        self._scene = scene
        self._homes = 0
        server.post("keep", {})
        self.calm: State = {}
        self.row: tuple[str, ...] = ()
        self.early: tuple[str, ...] = ()
        self.writes = 0

    async def begin(self) -> None:
        """The undisturbed run: its end, and how many calls of the disk it makes."""
        home = self._fresh()
        with bad_disk(home) as disk:
            life = _Watched(disk, looks_always=True)
            code = await driver.live(self._job(home), life)
            if code != DONE or life.told.stops:
                raise RuntimeError(f"does not run undisturbed: {life.told.stops}")
            self.row, self.early = tuple(disk.row), tuple(life.early)
        self.writes = life.checked
        self.calm = read_state(self._server.state(), self._reader)
        self._away(home)

    @property
    def stretches(self) -> tuple[int, ...]:
        """Numbers of the calls (from 1) that are of another kind, or for another file, than the
        one before: what fails within a stretch fails the same commit.
        """
        row = ("", *self.row)
        return tuple(number for number in range(1, len(row)) if row[number] != row[number - 1])

    async def fail(self, nth: int, way: Way, *, looks_always: bool = False) -> Point:
        """A session in which the nth call fails. Never raises for what the app does wrong."""
        home = self._fresh()
        with bad_disk(home) as disk:
            disk.fail_at(nth, stays=way.stays, full=way.full)
            life = _Watched(disk, looks_always=looks_always)
            try:
                code = await driver.live(self._job(home), life)
                if code == STUCK and way.stays:
                    disk.mend()
                    code = await driver.live(self._job(home), life)
            except Exception as bug:  # whatever leaves the app untyped is found, not fatal
                return Point(nth, disk.hit, life.told.stops, f"untyped: {bug!r}")
            point = Point(nth, disk.hit, life.told.stops)
        point.problem = self._judge(code, life)
        self._away(home)
        return point

    async def grow_to(self, size: int) -> Point:
        """A session in which no file grows beyond so many bytes, and another where they may."""
        home = self._fresh()
        life = Life(Death(), lambda _told: None)
        try:
            with size_limit(size):
                code = await driver.live(self._job(home), life)
            point = Point(size, "" if code == DONE else "size", life.told.stops)
            if code == STUCK:
                code = await driver.live(self._job(home), life)
        except Exception as bug:  # whatever leaves the app untyped is found, not fatal
            return Point(size, "size", life.told.stops, f"untyped: {bug!r}")
        point.problem = self._judge(code, life)
        self._away(home)
        return point

    def _judge(self, code: int, life: Life) -> str:
        if isinstance(life, _Watched) and life.early:
            return f"left early: {life.early}"
        if code != DONE:
            return f"ended with {code}: {life.told.problem}"
        strange = [one for one in life.told.stops if StorageFailed.__name__ not in one]
        if strange:
            return f"stopped by something else: {strange}"
        differs = difference(read_state(self._server.state(), self._reader), self.calm)
        return f"+{list(differs.surplus)} -{list(differs.lacking)}" if differs else ""

    def _fresh(self) -> Path:
        self._server.post("put-back", {})
        self._homes += 1
        return self._folder / f"home-{self._homes}"

    def _away(self, home: Path) -> None:
        shutil.rmtree(home, ignore_errors=True)

    def _job(self, home: Path) -> Job:
        server, one = self._server, self._server.accounts[0]
        clients = targets(server.state())
        return Job(
            *(server.url, str(server.ca), one["email"], one["password"]),
            *(str(home), self._scene, clients),
        )


@contextmanager
def sweeps(scene: str) -> Iterator[tuple[Sweep, asyncio.Runner]]:
    """A server and a desk that only reads names, with the undisturbed run done."""
    with (
        bench_folder() as folder,
        bench_server() as server,
        asyncio.Runner() as runner,
        driver.reading(server, folder, runner) as reader,
    ):
        sweep = Sweep(server, folder, reader, scene)
        runner.run(sweep.begin())
        yield sweep, runner


@dataclass
class SweepTally:
    """What one whole sweep came to: points that failed, those of them where the run was stopped."""

    scene: str
    way: str
    points: int = 0
    stopped: int = 0
    bad: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"sweep of {self.scene}, {self.way}: {self.points} failing calls, {self.stopped} of"
            f" them stopped the session, {len(self.bad)} bad"
        )


def whole_sweep(scene: str) -> list[SweepTally]:
    """Every call in every way, until a session meets no failure."""
    tallies = []
    with sweeps(scene) as (sweep, runner):
        for way in WAYS:
            tally = SweepTally(scene, way.name)
            while True:
                point = runner.run(sweep.fail(tally.points + 1, way))
                if point.problem:
                    tally.bad.append(f"{scene}, {way.name}: {point}")
                    print(f"  {tally.bad[-1]}", flush=True)
                if not point.hit:
                    break
                tally.points += 1
                tally.stopped += bool(point.stops)
            tallies.append(tally)
            print(f"  {tally}", flush=True)
    return tallies
