"""What finishes a client that the server left half made (T45)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.enums import OrganizationUserType
from desktop.plans.steps import (
    DEFAULT_COLLECTION,
    AnyStep,
    CollectionAccess,
    CreateClient,
    InviteMembers,
    UpdateClient,
    ref_of,
    ref_to,
)
from desktop.services.execution import Work
from desktop.services.handle_client import COMPLETE, MISSING


def completing(work: Work) -> Iterator[AnyStep]:
    """Steps for what is missing of the client this step made; none for any other step."""
    step, made = work.step, work.result
    if not isinstance(step, CreateClient) or made is None or made.id is None:
        return
    missing = set(made.facts.get(MISSING, "").split(","))
    client = ref_of(made.id)
    if "owner" in missing:
        access: tuple[CollectionAccess, ...] = ()
        if DEFAULT_COLLECTION in made.parts:
            collection = ref_to(step.key, DEFAULT_COLLECTION)
            access = (CollectionAccess(collection=collection, permission="manage"),)
        yield InviteMembers(
            key=f"{COMPLETE}owner",
            client=client,
            emails=(step.owner_email,),
            role=OrganizationUserType.OWNER,
            collections=access,
        )
    if {"seats", "status"} & missing:
        yield UpdateClient(
            key=f"{COMPLETE}seats",
            client=client,
            client_name=step.name,
            name=step.name,
            seats=step.seats,
        )
