"""Signs in on the practice server and does two background rounds, the ceiling for the host lifted.

`python -m tests.benchmarks.sync_round URL CA EMAIL PASSWORD FILE`: the first round finds nothing
kept, the second everything unchanged. FILE then holds what a bare loop needs to send the same
requests.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from desktop.api import pace
from desktop.api.link import Call, Reply
from desktop.domain.events import EventHub
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.settings.profile import ProfileFolder, default_path
from tests.benchmarks.telling import memory_mb, say

# Requests a second: no line answers so many.
LIFTED = 1e6


def lift_ceiling(desk: Desk) -> None:
    """The books of the pace are kept as ever; only the host's ceiling is out of reach."""
    patch.object(pace, "CEILING_TOP", LIFTED).start()
    wire = desk.link.api._wire
    wire._pace._host(urlsplit(wire._server.api).netloc).ceiling = LIFTED


class Noted:
    """Where every request of a desk went, by rounds."""

    def __init__(self, desk: Desk) -> None:
        self.rounds: list[list[str]] = []
        link = desk.link.api._wire._link
        exchange = link.exchange

        async def noted(call: Call) -> Reply:
            if self.rounds:
                self.rounds[-1].append(call.url)
            return await exchange(call)

        link.exchange = noted  # type: ignore[method-assign]  # the desk is thrown away


def leave_logs(desk: Desk) -> None:
    """Event logs are another level: as after a day's first round, they are not asked for."""
    now = desk.clock.now()
    owners = (str(one.organization_id) for one in desk.clients.all())
    refused = desk.sync._events_refused
    refused.update(dict.fromkeys((str(desk.session.provider_id), *owners), now))


async def _rounds(desk: Desk, noted: Noted) -> None:
    await desk.clients.refresh()
    lift_ceiling(desk)
    leave_logs(desk)
    seconds, computed = [], []
    resident = memory_mb("VmRSS")
    clients = len(desk.clients.all())
    for _round in range(2):
        noted.rounds.append([])
        began, worked = time.perf_counter(), time.process_time()
        result = await desk.sync.round()
        seconds.append(time.perf_counter() - began)
        computed.append(time.process_time() - worked)
        if result.failed or result.clients != clients:
            raise SystemExit(f"{result.failed} of {result.clients} clients failed")
    say(
        seconds=seconds,
        computed_s=computed,
        clients=float(clients),
        requests=[float(len(one)) for one in noted.rounds],
        more_mb=memory_mb("VmHWM") - resident,
        resident_mb=resident,
    )


async def _run(who: Sequence[str]) -> dict[str, Any]:
    """What the bare loop needs."""
    url, ca, email, password = who
    with ProfileFolder.open(default_path()) as profile:
        entrance = Entrance(profile, EventHub())
        attempt = entrance.begin(practice_address(url, ca), email, is_practice=True)
        desk = await attempt.with_password(password)
        noted = Noted(desk)
        try:
            await _rounds(desk, noted)
            wire = desk.link.api._wire
            headers = {
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "Authorization": f"Bearer {wire._held().text}",
                **wire._device.headers,
            }
        finally:
            await desk.lock()
    return {"headers": headers, "rounds": noted.rounds}


if __name__ == "__main__":
    Path(sys.argv[5]).write_text(json.dumps(asyncio.run(_run(sys.argv[1:5]))), "utf-8")
