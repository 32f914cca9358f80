"""Things the server made more than once of one request, as a line that delivers twice would do.

Its answer tells of one of them only. So each client's lists are read once more when its steps are
done, and what is there besides is reported: never deleted by itself, for it may be in use (T44).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.domain.ids import OrganizationId
from desktop.domain.records import Collection, Group
from desktop.plans.steps import AnyStep, CreateCollection, CreateGroup
from desktop.services.handler import USED
from desktop.services.run_context import RunContext
from desktop.services.run_types import Prepared, Result

# Facts of results: how many there are besides the one that counts; that somebody has looked.
TWINS: Final = "twins"
LOOKED: Final = "looked"

Made = tuple[AnyStep, Prepared, Result]


def made_by_request(step: AnyStep, prepared: Prepared | None, result: Result | None) -> Made | None:
    """A step that has made something of its own by a request; None for any other."""
    if not isinstance(step, CreateCollection | CreateGroup) or prepared is None or result is None:
        return None
    return None if USED in result.facts or result.id is None else (step, prepared, result)


async def twins_of(
    context: RunContext, client: OrganizationId, made: Sequence[Made]
) -> dict[str, int]:
    """How many there are besides each of these, by step key. Errors as reads."""
    collections: tuple[Collection, ...] = ()
    groups: tuple[Group, ...] = ()
    if any(isinstance(step, CreateCollection) for step, _prepared, _result in made):
        collections = await context.collections(client)
    if any(isinstance(step, CreateGroup) for step, _prepared, _result in made):
        groups = await context.groups(client)
    found: dict[str, int] = {}
    for step, prepared, result in made:
        match step:
            case CreateCollection():
                found[step.key] = sum(_is_twin(one, prepared, result) for one in collections)
            case CreateGroup():
                found[step.key] = sum(
                    group.name == step.name
                    and str(group.id) not in prepared.listed
                    and not context.is_made_here(group.id)
                    for group in groups
                )
    return {key: count for key, count in found.items() if count}


def _is_twin(one: Collection, prepared: Prepared, result: Result) -> bool:
    same = (one.external_id == str(prepared.operation), one.name == prepared.markers["name"])
    return one.id != result.id and any(same)
