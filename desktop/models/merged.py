"""One list out of parts that change each by itself, as the clients of several connections do."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Part = TypeVar("Part", bound=Hashable)
Row = TypeVar("Row")


class Merged(Generic[Part, Row]):
    """Parts in an order of their own. A part that changes leaves the others as they were read."""

    def __init__(self) -> None:
        self._parts: dict[Part, tuple[Row, ...]] = {}
        self._order: tuple[Part, ...] = ()

    def put(self, part: Part, rows: Sequence[Row]) -> None:
        """New rows of one part; an unknown one stands last until the order is told."""
        self._parts[part] = tuple(rows)
        if part not in self._order:
            self._order = (*self._order, part)

    def keep(self, order: Iterable[Part]) -> bool:
        """The parts there are now, in their order; others go. True if any rows went or moved."""
        former = [part for part in self._order if self._parts.get(part)]
        self._order = tuple(order)
        self._parts = {part: self._parts[part] for part in self._order if part in self._parts}
        return former != [part for part in self._order if self._parts.get(part)]

    def has(self, part: Part) -> bool:
        """Whether this part was ever put, be it empty."""
        return part in self._parts

    def part(self, part: Part) -> tuple[Row, ...]:
        return self._parts.get(part, ())

    def rows(self) -> list[Row]:
        """All of them, part after part."""
        return [row for part in self._order for row in self._parts.get(part, ())]

    def wipe(self) -> None:
        """Forgets every row, as locking asks."""
        self._parts.clear()
        self._order = ()
