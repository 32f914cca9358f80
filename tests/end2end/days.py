"""Days that pass in seconds: one clock for the desk and the practice server."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Final

from tests.practice_process import PracticeHandle

# So many seconds pass in one while anything is at work. The server is started with the same.
FACTOR: Final = 50.0
# Who sleeps longer than this waits for the time of day, not for a limit.
LEAP_S: Final = 60.0


class LeapingClock:
    """Waits for limits pass `FACTOR` times as fast; a long sleep moves the clock of both sides.

    At `end` long sleepers sleep on, and `over` is set.
    """

    def __init__(self, server: PracticeHandle) -> None:
        self._server = server
        self._origin = time.monotonic()
        self._date = datetime.now(UTC)
        self._ahead = 0.0
        self.end = datetime.max.replace(tzinfo=UTC)
        self.over = asyncio.Event()

    def now(self) -> datetime:
        return self._date + timedelta(seconds=self.monotonic() - self._origin)

    def monotonic(self) -> float:
        return self._origin + (time.monotonic() - self._origin) * FACTOR + self._ahead

    async def sleep(self, seconds: float) -> None:
        if seconds < LEAP_S:
            await asyncio.sleep(seconds / FACTOR)
            return
        if self.now() + timedelta(seconds=seconds) >= self.end:
            self.over.set()
            await asyncio.Event().wait()
        self.leap(seconds)
        await asyncio.sleep(0)

    def real(self, seconds: float) -> float:
        # A busy computer is late by more than a hastened deadline allows.
        return seconds

    def leap(self, seconds: float) -> None:
        """So much later, here and there."""
        self._ahead += seconds
        self._server.advance(seconds)

    async def pass_hours(self, hours: float) -> None:
        """Until so much later, whatever happens meanwhile."""
        self.over.clear()
        self.end = self.now() + timedelta(hours=hours)
        await self.over.wait()
