"""The server's clock: real time, sped up by a factor and movable by tests."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime


class ServerClock:
    """One clock for limits, tokens and dates; `factor` server seconds pass per real second."""

    def __init__(self, factor: float = 1.0) -> None:
        self.factor = factor
        self._started = datetime.now(UTC)
        self._origin = time.monotonic()
        self._offset = 0.0

    def monotonic(self) -> float:
        """Server seconds since the start."""
        return (time.monotonic() - self._origin) * self.factor + self._offset

    def now(self) -> datetime:
        """The server's date, aware, UTC."""
        return self._started + timedelta(seconds=self.monotonic())

    def epoch(self) -> int:
        """Whole seconds since 1970."""
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        """Jump forward, for tests of expiry and limits."""
        self._offset += seconds

    async def sleep(self, seconds: float) -> None:
        """Wait server seconds."""
        await asyncio.sleep(seconds / self.factor)

    def http_date(self) -> str:
        """Now, as a Date header says it."""
        return format_datetime(self.now().replace(microsecond=0), usegmt=True)

    def stamp(self) -> str:
        """Now, as the wire writes it."""
        return wire_date(self.now())


def wire_date(moment: datetime) -> str:
    """ISO 8601 with seven fractional digits and Z, as the official server sends dates."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "3Z"
