"""The real window, signed in, imports a file into a client that exists.

`python -m tests.benchmarks.import_window URL CA EMAIL PASSWORD CLIENT FILE SERVER_PID`. The clock
runs from the dropped file to the end of a verified run; in the window a person answers questions
in between, which takes no time here.
"""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from desktop import app
from desktop.api.clock import SystemClock
from desktop.plans.answers import answers_for
from desktop.plans.setup import plan_setup
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.views.workplace import Workplace
from tests.benchmarks.telling import memory_mb, processor_s, say


@dataclass(frozen=True)
class Order:
    """What the arguments say."""

    url: str
    ca: str
    email: str
    password: str
    client: str
    file: Path
    server: int


class CountingClock(SystemClock):
    """Knows how long the program held itself back for the server's limits."""

    slept_s = 0.0

    async def sleep(self, seconds: float) -> None:
        began = self.monotonic()
        try:
            await super().sleep(seconds)
        finally:
            self.slept_s += self.monotonic() - began


async def _import(desk: Desk, order: Order, clock: CountingClock) -> None:
    client = next(one for one in desk.clients.all() if one.organization_name == order.client)
    parts: dict[str, float] = {}
    last = began = time.perf_counter()
    server = processor_s(order.server)

    def lap(name: str) -> None:
        nonlocal last
        now = time.perf_counter()
        parts[name] = round(now - last, 3)
        last = now

    identity = client.organization_id
    known = await desk.workspace.known(identity)
    preview = await desk.imports.preview(order.file, client=identity)
    lap("read")
    answers = answers_for(known, {}, preview=preview)
    plan = plan_setup(answers)
    lap("plan")
    run = await desk.runs.start(plan, preview)
    # As the wizard does: from here on only ciphertext is needed.
    del preview
    answers.preview = None
    lap("encrypt and journal")
    slept = clock.slept_s
    report = await desk.runs.run(run)
    lap("send and read back")
    parts["of it held back for limits"] = clock.slept_s - slept
    seconds = time.perf_counter() - began
    server_s = processor_s(order.server) - server
    if report.imported is None or not report.imported.verified:
        raise SystemExit("the import was not verified")
    say(seconds=seconds, server_s=server_s, peak_mb=memory_mb("VmHWM"), **parts)


async def _work(front: app.Front, order: Order) -> int:
    workplace: Workplace = app.build_rest(front, app.Folders.usual())
    clock = CountingClock()
    entrance = Entrance(front.profile, workplace._doors.entrance.hub, clock)
    address = practice_address(order.url, order.ca)
    attempt = entrance.begin(address, order.email, is_practice=True)
    desk = await attempt.with_password(order.password)
    workplace.enter(desk)
    await desk.clients.fetch()
    await asyncio.sleep(0.5)  # the first page paints, its own calls end
    await _import(desk, order, clock)
    front.window.close()
    await workplace.closed()
    front.profile.close()
    return 0


def main(words: list[str]) -> int:
    url, ca, email, password, client, file, server = words
    order = Order(url, ca, email, password, client, Path(file), int(server))
    front = app.build_front(app.application(), app.Folders.usual().desk)
    front.window.show()
    return app._serve(front.app, _work(front, order))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
