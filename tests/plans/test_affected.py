"""Whom a plan touches: named before it starts, counted once, nobody forgotten."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from desktop.domain.enums import (
    OrganizationUserStatus,
    OrganizationUserType,
    PolicyType,
)
from desktop.domain.ids import GroupId, OrganizationUserId, ProviderUserId
from desktop.domain.records import AccessSelection, OrganizationMember, Policy
from desktop.plans.affected import affected
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    AnyStep,
    ClientPerson,
    CollectionAccess,
    DeleteCollection,
    DeleteGroup,
    ProviderPerson,
    PutPolicy,
    RemoveMembers,
    RemoveProviderMembers,
    Say,
    SetGroupAccess,
    ref_of,
)
from tests.plans import examples

GROUP = GroupId(UUID(int=40))
OTHER = GroupId(UUID(int=41))
CLIENT = examples.known()
REF = ref_of(CLIENT.id)


def person(
    number: int,
    kind: OrganizationUserType = OrganizationUserType.USER,
    status: OrganizationUserStatus = OrganizationUserStatus.CONFIRMED,
    *groups: GroupId,
    two_step: bool = False,
    collections: tuple[AccessSelection, ...] = (),
) -> OrganizationMember:
    return OrganizationMember(
        id=OrganizationUserId(UUID(int=number)),
        email=f"{number}@x.example",
        type=kind,
        status=status,
        groups=groups,
        two_factor_enabled=two_step,
        collections=collections,
    )


USER, OWNER = OrganizationUserType.USER, OrganizationUserType.OWNER
DONE, INVITED = OrganizationUserStatus.CONFIRMED, OrganizationUserStatus.INVITED
REVOKED = OrganizationUserStatus.REVOKED
PEOPLE = (
    person(1, OWNER),
    person(2, USER, DONE, GROUP),
    person(3, USER, DONE, two_step=True),
    person(4, USER, INVITED, GROUP),
    person(5, USER, REVOKED, GROUP),
)
FULL = replace(CLIENT, members=PEOPLE, policies=())


def told(*steps: AnyStep, client: object = FULL) -> list[tuple[str, str, tuple[str, ...]]]:
    plan = Plan(title=Say("plan.setup_existing"), steps=steps)
    found = affected(plan, [client])  # type: ignore[list-item]  # always a known client
    return [(one.say.key, one.say.facts["people"], one.people) for one in found]


def policy(kind: PolicyType, number: int = 1, *, enabled: bool = True) -> PutPolicy:
    return PutPolicy(key=f"policy.{number}", client=REF, type=kind, enabled=enabled)


@pytest.mark.parametrize(
    ("kind", "key", "people"),
    [
        (PolicyType.TWO_STEP_LOGIN, "affected.two_step", ("2",)),
        (PolicyType.SINGLE_ORGANIZATION, "affected.single_organization", ("2", "3")),
        (PolicyType.DATA_OWNERSHIP, "affected.data_ownership", ("2", "3")),
        (PolicyType.MASTER_PASSWORD, "affected.policy", ("1", "2", "3")),
        (PolicyType.REMOVE_EXPORT, "affected.policy", ("2", "3")),
    ],
)
def test_a_policy_that_is_turned_on_names_whom_it_binds(
    kind: PolicyType, key: str, people: tuple[str, ...]
) -> None:
    expected = tuple(f"{one}@x.example" for one in people)
    assert told(policy(kind)) == [(key, str(len(people)), expected)]


def test_what_is_on_already_revokes_nobody_a_second_time() -> None:
    stored = Policy(organization_id=CLIENT.id, type=PolicyType.TWO_STEP_LOGIN, enabled=True)
    on = replace(FULL, policies=(stored,))
    assert told(policy(PolicyType.TWO_STEP_LOGIN), client=on) == []
    stored = Policy(organization_id=CLIENT.id, type=PolicyType.MASTER_PASSWORD, enabled=True)
    on = replace(FULL, policies=(stored,))
    assert told(policy(PolicyType.MASTER_PASSWORD), client=on)


def test_turning_off_touches_nobody() -> None:
    assert told(policy(PolicyType.TWO_STEP_LOGIN, enabled=False)) == []


def access(number: int, group: GroupId) -> SetGroupAccess:
    line = CollectionAccess(collection=ref_of(examples.SALES), permission="edit")
    return SetGroupAccess(
        key=f"access.{number}", client=REF, group=ref_of(group), group_name="x", collections=(line,)
    )


def test_access_counts_a_member_of_two_groups_once() -> None:
    both = person(6, USER, DONE, GROUP, OTHER)
    client = replace(FULL, members=(*PEOPLE, both))
    found = told(access(1, GROUP), access(2, OTHER), client=client)
    assert found == [("affected.group_access", "3", ("2@x.example", "4@x.example", "6@x.example"))]


def test_each_group_that_goes_is_a_sentence_of_its_own() -> None:
    steps = [
        DeleteGroup(key=f"delete.{name}", client=REF, group=ref_of(group), name=name)
        for name, group in (("a", GROUP), ("b", OTHER))
    ]
    client = replace(FULL, members=(*PEOPLE, person(6, USER, DONE, GROUP, OTHER)))
    assert [(key, count) for key, count, _people in told(*steps, client=client)] == [
        ("affected.group_deleted", "3"),
        ("affected.group_deleted", "1"),
    ]


def test_a_collection_that_goes_is_missed_by_its_groups_and_its_people() -> None:
    (collection,) = [one for one in CLIENT.collections if one.id == examples.SALES]
    given = replace(
        collection,
        groups=(AccessSelection(id=GROUP),),
        users=(AccessSelection(id=UUID(int=3)),),
    )
    client = replace(FULL, collections=(given,))
    step = DeleteCollection(
        key="delete", client=REF, collection=ref_of(examples.SALES), path="Sales"
    )
    people = ("2@x.example", "3@x.example", "4@x.example")
    assert told(step, client=client) == [("affected.collection_deleted", "3", people)]


def test_whoever_is_removed_is_named() -> None:
    people = (ClientPerson(member=OrganizationUserId(UUID(int=2)), email="2@x.example"),)
    step = RemoveMembers(key="remove", client=REF, people=people)
    assert told(step) == [("affected.removed", "1", ("2@x.example",))]
    staff = RemoveProviderMembers(
        key="staff",
        people=(ProviderPerson(member=ProviderUserId(UUID(int=9)), email="nine@x.example"),),
    )
    assert told(staff) == [("affected.removed_staff", "1", ("nine@x.example",))]


def test_clients_that_are_not_known_say_nothing() -> None:
    plan = Plan(title=Say("plan.setup_existing"), steps=(access(1, GROUP),))
    assert affected(plan, []) == ()
