"""Wizards as data: questions in an order, navigation without any drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Answers = TypeVar("Answers")


def _always(_answers: object) -> bool:
    return True


@dataclass(frozen=True)
class Step(Generic[Answers]):
    """One question. `problem` names what is missing, or is None when complete."""

    key: str
    problem: Callable[[Answers], str | None]
    wanted: Callable[[Answers], bool] = _always


class Flow(Generic[Answers]):
    """Walks the wanted steps. Steps already seen may be jumped to, unseen ones only in order."""

    def __init__(self, steps: Sequence[Step[Answers]], answers: Answers) -> None:
        if not steps:
            raise ValueError("a flow needs at least one step")
        self._steps = tuple(steps)
        self.answers = answers
        first = next((step for step in self._steps if step.wanted(answers)), self._steps[0])
        self._key = first.key
        self._visited = {first.key}

    @property
    def steps(self) -> tuple[Step[Answers], ...]:
        """The steps wanted by the present answers; the current one always stays among them."""
        return tuple(
            step for step in self._steps if step.key == self._key or step.wanted(self.answers)
        )

    @property
    def index(self) -> int:
        return next(n for n, step in enumerate(self.steps) if step.key == self._key)

    @property
    def step(self) -> Step[Answers]:
        return self.steps[self.index]

    @property
    def problem(self) -> str | None:
        """What the current step still misses."""
        return self.step.problem(self.answers)

    @property
    def is_first(self) -> bool:
        return self.index == 0

    @property
    def is_last(self) -> bool:
        return self.index == len(self.steps) - 1

    @property
    def visited(self) -> frozenset[str]:
        return frozenset(self._visited)

    @property
    def problems_before_end(self) -> tuple[tuple[str, str], ...]:
        """(step key, problem) of every wanted step that is incomplete."""
        found = ((step.key, step.problem(self.answers)) for step in self.steps)
        return tuple((key, problem) for key, problem in found if problem is not None)

    def advance(self) -> bool:
        """To the next wanted step; False (and no move) at the end or while a problem stands."""
        if self.is_last or self.problem is not None:
            return False
        self._enter(self.steps[self.index + 1].key)
        return True

    def back(self) -> bool:
        if self.is_first:
            return False
        self._enter(self.steps[self.index - 1].key)
        return True

    def go_to(self, key: str) -> bool:
        """Jumps to a step seen before that is still wanted."""
        if key not in self._visited or key not in {step.key for step in self.steps}:
            return False
        self._enter(key)
        return True

    def _enter(self, key: str) -> None:
        self._key = key
        self._visited.add(key)
