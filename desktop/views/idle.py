"""How long nobody was there, by both clocks of the computer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

JUMP_S: Final = 20.0
"""Clocks that move on by so much between two looks, which are a second apart, or that differ by so
much: the computer slept, or somebody set its clock."""


class Idle:
    """Counts what passes between looks. The monotonic clock stands still in a sleep on some
    systems; the wall clock can be set: whichever of the two moved more counts (T82).
    """

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self.restart()

    def restart(self) -> None:
        """Somebody is there, and what was before does not count."""
        self._last = (self._monotonic(), self._wall())
        self._seconds = 0.0

    def note_input(self) -> None:
        """Somebody is there. `look` first: what was before the input may have been a sleep."""
        self._seconds = 0.0

    @property
    def seconds(self) -> float:
        """Since the last input, as of the last look."""
        return self._seconds

    def look(self) -> bool:
        """Counts on; True where a clock has jumped since the last look."""
        now = (self._monotonic(), self._wall())
        by_monotonic, by_wall = (new - old for new, old in zip(now, self._last, strict=True))
        self._last = now
        self._seconds += max(by_monotonic, by_wall, 0.0)
        return max(by_monotonic, by_wall) >= JUMP_S or abs(by_wall - by_monotonic) >= JUMP_S
