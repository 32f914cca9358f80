"""Sending a chunk once more, after a person has confirmed it: its arrival could not be looked up.

The second delivery goes into the chunk's own collections and into one more, named after the moment,
so that an owner finds it and can tell it from the first. Its items are the very same ciphertexts:
the journal keeps no plain text, so read back later the two cannot be told apart by their names.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from desktop.plans.plan import Plan
from desktop.plans.steps import (
    Access,
    CreateClient,
    CreateCollection,
    ImportItems,
    ref_to,
)

AGAIN: Final = "again."


def original(key: str) -> str:
    """The step whose items a step delivers: itself, or the one that it repeats."""
    return key.split(".", 2)[2] if key.startswith(AGAIN) else key


def steps_again(
    plan: Plan, chunk: ImportItems, taken: set[str], when: datetime
) -> tuple[CreateCollection, ImportItems]:
    """The dated collection and the second delivery; `taken` are keys in use, `when` local time."""
    number = 1
    while f"{AGAIN}{number}.{original(chunk.key)}" in taken:
        number += 1
    key = f"{AGAIN}{number}.{original(chunk.key)}"
    dated = CreateCollection(
        key=f"{key}.collection",
        client=chunk.client,
        path=f"Claviger {when:%Y-%m-%d %H.%M}",
        access=_manager(plan, chunk),
    )
    place = len(chunk.collections)
    delivery = msgspec.structs.replace(
        chunk,
        key=key,
        needs=(*chunk.needs, dated.key),
        collections=(*chunk.collections, ref_to(dated.key)),
        relations=(*chunk.relations, *((at, place) for at in range(chunk.count))),
    )
    return dated, delivery


def client_name(plan: Plan) -> str:
    """The name a person confirms with."""
    made = (step.name for step in plan.steps if isinstance(step, CreateClient))
    return (plan.client_name or next(made, "")).strip()


def _manager(plan: Plan, chunk: ImportItems) -> tuple[Access, ...]:
    """Whoever manages the other collections of that client; its owner where there are none."""
    for step in plan.steps:
        if isinstance(step, CreateCollection) and step.client == chunk.client and step.access:
            return step.access
    return (Access(permission="manage", owner=True),)
