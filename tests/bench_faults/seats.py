"""Where the state machine's desks stand: one server, one loop, profiles that outlive a crash."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from desktop.api.link import Call, Reply
from desktop.domain.errors import ClavigerError, Offline
from desktop.domain.events import EventHub
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.settings.profile import ProfileFolder
from tests.bench_faults.stage import KDF_ROUNDS, bench_folder
from tests.bench_faults.turns import STANDING, TurnClock, TurnLoop
from tests.practice_process import PracticeHandle, practice_server

Answer = TypeVar("Answer")

# After so many seconds the server takes ten sign-ins again.
SIGN_INS_S: Final = 60.0


@dataclass
class Stage:
    """What outlives an example: server, loop, clock, a desk that reads names for the judge."""

    server: PracticeHandle
    folder: Path
    loop: TurnLoop
    judge: Desk
    homes: int = 0

    def run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self.loop.run_until_complete(work)

    def new_home(self) -> Path:
        self.homes += 1
        return self.folder / f"home-{self.homes}"


@dataclass
class Seat:
    """A desk, the profile it stands on, and its line. `dead`: nothing leaves any more."""

    stage: Stage
    home: Path
    desk: Desk | None = None
    profile: ProfileFolder | None = None
    dead: bool = False
    device: str = ""
    cut: bool = False
    former: Desk | None = None
    on_answer: Callable[[], Awaitable[None]] | None = None
    """Called when the server has answered a write, before anybody else knows."""

    async def open(self) -> None:
        """Unlocks, or signs in where the profile knows no account; online unless cut."""
        stage = self.stage
        self.dead = False
        self.profile = ProfileFolder.open(self.home)
        entrance = Entrance(self.profile, EventHub(), stage.loop.clock)
        one = stage.server.accounts[0]
        known = entrance.connections()
        if known:
            self.take(await entrance.unlock(known[0].id, one["password"]))
            await self.go_online()
            return
        # A new device is refused where ten others have just come in; that is not tested here.
        stage.loop.clock.pass_by(SIGN_INS_S)
        address = practice_address(stage.server.url, stage.server.ca)
        attempt = entrance.begin(address, one["email"], is_practice=True)
        self.take(await attempt.with_password(one["password"]))

    def take(self, desk: Desk) -> None:
        link = desk.link.api._wire._link
        exchange = link.exchange

        async def watched(call: Call) -> Reply:
            if self.dead:
                raise Offline(call.host)
            self.stage.loop.flying += 1
            try:
                reply = await exchange(call)
            finally:
                self.stage.loop.flying -= 1
            if call.write and self.on_answer is not None:
                await self.on_answer()
            return reply

        link.exchange = watched  # type: ignore[method-assign]  # the desk is thrown away
        self.desk, self.former = desk, None
        self.device = str(desk.connection.device_id)
        desk.network_cut = self.cut
        desk.sync.start()

    async def go_online(self) -> None:
        desk = self.desk
        if desk is None or self.cut:
            return
        with contextlib.suppress(ClavigerError):
            if desk.link.signed_out:
                await desk.sign_in_again(self.stage.server.accounts[0]["password"])
            elif not desk.online:
                await desk.connect()

    async def close(self) -> None:
        """Locked as a person does it."""
        desk, self.desk = self.desk, None
        self.former = desk
        if desk is not None:
            await desk.lock()
        if self.profile is not None:
            self.profile.close()
            self.profile = None

    def copy_home(self) -> Path:
        """The disk at this very moment, as another process would find it."""
        copied = self.stage.new_home()
        shutil.copytree(self.home, copied)
        return copied


@contextmanager
def machine_stage() -> Iterator[Stage]:
    """A server with its limits on, whose clock is the stage's."""
    options = (*STANDING, "--kdf-rounds", str(KDF_ROUNDS), "--rate-limits", "path")
    with bench_folder() as folder, practice_server(*options) as server:
        loop = TurnLoop(TurnClock(server))
        asyncio.set_event_loop(loop)
        try:
            stage = Stage(server, folder, loop, judge=None)  # type: ignore[arg-type]  # made below
            judge = Seat(stage, folder / "judge")
            stage.run(judge.open())
            if judge.desk is None:
                raise RuntimeError("the judge cannot sign in")
            judge.desk.sync.stop()
            stage.judge = judge.desk
            server.post("keep", {})
            yield stage
            stage.run(judge.close())
        finally:
            asyncio.set_event_loop(None)
            loop.close()
