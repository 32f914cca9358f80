"""Time as the wire sees it: one seam, so that tests and the practice server own it."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Wall clock, monotonic clock and sleep."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds; never runs backwards, may stand still while the computer sleeps."""
        ...

    async def sleep(self, seconds: float) -> None: ...

    def real(self, seconds: float) -> float:
        """What a deadline of so many seconds is on the computer's own clock, which sockets obey."""
        ...


class SystemClock:
    """The computer's own."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def real(self, seconds: float) -> float:
        return seconds
