"""What a benchmark says: a figure, what it is compared with, and how the medians are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One line of the result; smaller is better.

    `target` limits `ratio`, or `value` where there is no ratio. `note` is printed, not written.
    """

    value: float
    unit: str
    target: float
    runs: int
    against: str | None = None
    ratio: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool:
        return (self.value if self.ratio is None else self.ratio) <= self.target

    def as_json(self) -> dict[str, object]:
        return {
            "value": round(self.value, 3),
            "unit": self.unit,
            "against": self.against,
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "target": self.target,
            "runs": self.runs,
        }


@dataclass(frozen=True)
class Suite:
    """Figures that come from the same runs. `measure` gets the runs and an empty folder."""

    names: tuple[str, ...]
    measure: Callable[[int, Path], dict[str, Figure]]


def spread(values: Sequence[float], digits: int = 0) -> str:
    """Least to largest, for the notes: it tells how quiet the machine was."""
    return f"{min(values):.{digits}f} to {max(values):.{digits}f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]
