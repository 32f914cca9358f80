"""Whom a plan touches, as far as the lists of its clients tell (protocol 5.7 for policies). Pure.

A new client has nobody yet, and what a server does to people is its own doing: these are the people
it may be done to, for whoever is about to start the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from desktop.domain.enums import OrganizationUserStatus, OrganizationUserType, PolicyType
from desktop.domain.records import OrganizationMember
from desktop.plans.known import KnownClient
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    AnyStep,
    DeleteCollection,
    DeleteGroup,
    PutPolicy,
    Ref,
    RemoveMembers,
    RemoveProviderMembers,
    Say,
    SetGroupAccess,
    client_of,
    ref_of,
)

_STAYS: Final = (OrganizationUserStatus.REVOKED, OrganizationUserStatus.STAGED)
_BOUND: Final = (OrganizationUserStatus.ACCEPTED, OrganizationUserStatus.CONFIRMED)
_EXEMPT: Final = (OrganizationUserType.OWNER, OrganizationUserType.ADMIN)
# These bind owners and admins too.
_EVERYBODY: Final = (PolicyType.MASTER_PASSWORD, PolicyType.ACCOUNT_RECOVERY)
# What these do happens when they are turned on; others bind anew with every change.
_ONCE: Final = {
    PolicyType.TWO_STEP_LOGIN: "affected.two_step",
    PolicyType.SINGLE_ORGANIZATION: "affected.single_organization",
    PolicyType.DATA_OWNERSHIP: "affected.data_ownership",
}


@dataclass(frozen=True)
class Affected:
    """One sentence for a person (its facts hold the number) and the addresses it is about."""

    say: Say
    people: tuple[str, ...]


def affected(plan: Plan, clients: Iterable[KnownClient]) -> tuple[Affected, ...]:
    """In plan order, each sentence once; nothing for clients that are not given."""
    known = {ref_of(client.id): client for client in clients}
    found: dict[tuple[str, tuple[tuple[str, str], ...]], Affected] = {}
    for step in plan.steps:
        for one in _of(step, known.get(client_of(step) or Ref(""))):
            facts = {name: fact for name, fact in one.say.facts.items() if name != "people"}
            key = (one.say.key, tuple(facts.items()))
            former = found[key].people if key in found else ()
            people = tuple(dict.fromkeys((*former, *one.people)))
            found[key] = _said(one.say.key, facts, people)
    return tuple(found.values())


def _of(step: AnyStep, client: KnownClient | None) -> Iterator[Affected]:
    if isinstance(step, RemoveProviderMembers):
        people = tuple(person.email for person in step.people)
        yield _said("affected.removed_staff", {}, people)
    if client is None:
        return
    facts = {"client": client.name}
    match step:
        case PutPolicy() if step.enabled:
            yield from _of_policy(step.type, client)
        case SetGroupAccess():
            yield from _if_any("affected.group_access", facts, _in_group(client, step.group))
        case DeleteGroup():
            more = {**facts, "group": step.name}
            yield from _if_any("affected.group_deleted", more, _in_group(client, step.group))
        case DeleteCollection():
            more = {**facts, "collection": step.path}
            yield from _if_any("affected.collection_deleted", more, _reaching(client, step))
        case RemoveMembers():
            people = tuple(person.email for person in step.people)
            yield from _if_any("affected.removed", facts, people)


def _of_policy(kind: PolicyType, client: KnownClient) -> Iterator[Affected]:
    facts = {"client": client.name, "policy": str(int(kind))}
    bound = [
        one
        for one in client.members
        if one.status in _BOUND and (kind in _EVERYBODY or one.type not in _EXEMPT)
    ]
    key = _ONCE.get(kind)
    if key is None:
        yield from _if_any("affected.policy", facts, _emails(bound))
    elif not _is_on(client, kind):
        if kind is PolicyType.TWO_STEP_LOGIN:
            bound = [one for one in bound if not one.two_factor_enabled]
        yield from _if_any(key, facts, _emails(bound))


def _is_on(client: KnownClient, kind: PolicyType) -> bool:
    stored = client.policy(int(kind))
    return stored is not None and stored.enabled


def _in_group(client: KnownClient, group: Ref) -> tuple[str, ...]:
    return _emails(
        one
        for one in client.members
        if one.status not in _STAYS and group in {ref_of(own) for own in one.groups}
    )


def _reaching(client: KnownClient, step: DeleteCollection) -> tuple[str, ...]:
    """Whoever the collection is given to, by a group or by itself."""
    known = {ref_of(one.id): one for one in client.collections}
    collection = known.get(step.collection)
    if collection is None:
        return ()
    groups = {UUID(str(line.id)) for line in collection.groups}
    persons = {UUID(str(line.id)) for line in collection.users}
    return _emails(
        one
        for one in client.members
        if one.status not in _STAYS and (one.id in persons or groups & set(one.groups))
    )


def _emails(people: Iterable[OrganizationMember]) -> tuple[str, ...]:
    return tuple(one.email for one in people)


def _if_any(key: str, facts: dict[str, str], people: tuple[str, ...]) -> Iterator[Affected]:
    if people:
        yield _said(key, facts, people)


def _said(key: str, facts: dict[str, str], people: tuple[str, ...]) -> Affected:
    return Affected(Say(key, {**facts, "people": str(len(people))}), people)
