"""Which rows of which list a step takes away: a list that lacks them later lacks them rightly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.domain.ids import OrganizationId
from desktop.plans.steps import (
    AnyStep,
    DeleteCollection,
    DeleteGroup,
    RemoveMembers,
    RemoveProviderMembers,
    id_in,
)


@dataclass(frozen=True)
class Removed:
    """Rows of one list by their ids. `client` None is the provider itself."""

    rows: Literal["staff", "members", "groups", "collections"]
    client: OrganizationId | None
    ids: frozenset[str]


def removed_by(step: AnyStep) -> Removed | None:
    """None for a step that removes nothing, or only what its own run has made."""
    match step:
        case RemoveProviderMembers():
            return Removed("staff", None, frozenset(str(one.member) for one in step.people))
        case RemoveMembers():
            members = frozenset(str(one.member) for one in step.people)
            return Removed("members", id_in(step.client), members)
        case DeleteGroup():
            return Removed("groups", id_in(step.client), frozenset({str(step.group)}))
        case DeleteCollection():
            return Removed("collections", id_in(step.client), frozenset({str(step.collection)}))
        case _:
            return None
