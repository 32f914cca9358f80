"""A child process that works until it kills itself, as a power cut would: no cleanup, no flush."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from desktop.api.requests import PreparedRequest
from desktop.services.desk import Desk
from tests.end2end.stage import Account, setup, signed_in


@dataclass(frozen=True)
class Death:
    """When to die: at the `nth` journal edge of this name ("" is any edge), or while a request
    whose path holds `flight` is on its way, after so many milliseconds."""

    edge: str = ""
    nth: int = 1
    flight: str = ""
    after_ms: float = 0.0


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(desk: Desk, death: Death) -> None:
    met = 0

    def at_edge(edge: str) -> None:
        nonlocal met
        if death.flight or edge.split(":")[1] not in _STEP_EDGES:
            return
        met += death.edge in ("", edge)
        if met == death.nth:
            _die()

    desk.link.journal.hook = at_edge
    if death.flight:
        _arm_flight(desk, death)


_STEP_EDGES = ("prepare", "sent", "done", "unknown", "failed", "planned")


def _arm_flight(desk: Desk, death: Death) -> None:
    send = desk.link.api.send

    async def dying(request: PreparedRequest) -> bytes:
        if death.flight in request.path:
            asyncio.get_running_loop().call_later(death.after_ms / 1000, _die)
        return await send(request)

    desk.link.api.send = dying  # type: ignore[method-assign]  # the child is thrown away


def run(account: Account, folder: Path, tag: str, death: Death) -> None:
    """A whole set-up that dies on the way; returns only if it got past the point."""
    asyncio.run(_run(account, folder, tag, death))


async def _run(account: Account, folder: Path, tag: str, death: Death) -> None:
    plan, preview = setup(tag)
    async with signed_in(account, folder) as desk:
        started = await desk.runs.start(plan, preview)
        _arm(desk, death)
        await desk.runs.run(started)
