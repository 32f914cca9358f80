"""Which steps of a plan must follow each other: those of one client, and what a step needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from desktop.plans.steps import AnyStep, Ref, client_of

Lane = Ref | None
"""The client whose steps run one after the other; None is the provider itself."""


def lane_of(step: AnyStep, made: Mapping[str, Ref] | None = None) -> Lane:
    """`made`: id to reference of clients that the same plan makes."""
    client = client_of(step)
    return None if client is None else (made or {}).get(client, client)


def lanes_of(
    steps: Iterable[AnyStep], made: Mapping[str, Ref] | None = None
) -> dict[Lane, list[AnyStep]]:
    """The steps of each lane in their order, the lanes in the order of their first steps."""
    lanes: dict[Lane, list[AnyStep]] = {}
    for step in steps:
        lanes.setdefault(lane_of(step, made), []).append(step)
    return lanes


def needed(step: AnyStep) -> tuple[str, ...]:
    """Keys of what this step needs, said (`needs`) or meant by a reference."""
    refs = (
        ref[1:].partition("#")[0] for ref in _texts(msgspec.to_builtins(step)) if ref[:1] == "@"
    )
    return tuple(dict.fromkeys((*step.needs, *refs)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            # Places of items by the thousand are no references.
            if not isinstance(one, int):
                yield from _texts(one)
