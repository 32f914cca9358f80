"""What recognises our own work, with a server made of lists."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import msgspec
import pytest

from desktop.api.requests import PreparedRequest
from desktop.domain.enums import PolicyType
from desktop.domain.errors import Conflict
from desktop.domain.ids import CollectionId, GroupId
from desktop.domain.records import AccessSelection, Collection, Group, Policy
from desktop.plans.steps import (
    CollectionAccess,
    CreateCollection,
    CreateGroup,
    PutPolicy,
    SetGroupAccess,
    ref_of,
)
from desktop.services.handle_access import (
    HandleCreateGroup,
    HandlePutPolicy,
    HandleSetGroupAccess,
)
from desktop.services.handle_collections import HandleCreateCollection
from desktop.services.handler import journaled
from desktop.services.run_context import RunContext
from desktop.services.run_types import Prepared, Result
from tests.plans.examples import CLIENT, GROUP, SALES

OTHER = CollectionId(UUID(int=30))
NEW = GroupId(UUID(int=40))


class Lists(RunContext):
    """A context whose reads come from lists."""

    def __init__(self, **lists: Any) -> None:
        super().__init__(link=None, payload=None, ciphers=None)  # type: ignore[arg-type]  # never touched
        self.lists = lists

    async def collections(self, client: Any, *, again: bool = True) -> Any:
        return self.lists["collections"]

    async def groups(self, client: Any, *, again: bool = True) -> Any:
        return self.lists["groups"]

    async def group_members(self, client: Any, group: Any) -> Any:
        return ["somebody"]

    async def policies(self, client: Any, *, again: bool = True) -> Any:
        return self.lists["policies"]


def prepared(**more: Any) -> Prepared:
    return journaled(PreparedRequest("POST", "groups", b"{}"), **more)


def group(identity: GroupId, name: str, *access: AccessSelection) -> Group:
    return Group(id=identity, organization_id=CLIENT, name=name, collections=access)


def recognised(handler: Any, context: RunContext, step: Any, former: Prepared) -> Result | None:
    result: Result | None = asyncio.run(handler.recognise(context, step, former))
    return result


def collection(name: str, external: str | None) -> Collection:
    return Collection(id=SALES, organization_id=CLIENT, name=name, external_id=external)


def test_t46_by_operation_id_else_by_the_exact_ciphertext() -> None:
    step = CreateCollection(key="c", client=ref_of(CLIENT), path="Sales")
    former = prepared(markers={"name": "2.sent"})
    handler = HandleCreateCollection()
    by_id = Lists(collections=(collection("2.rewritten", str(former.operation)),))
    by_name = Lists(collections=(collection("2.sent", None),))
    neither = Lists(collections=(collection("2.other", "foreign"),))
    assert recognised(handler, by_id, step, former) == Result(id=SALES)
    assert recognised(handler, by_name, step, former) == Result(id=SALES)
    assert recognised(handler, neither, step, former) is None


def test_a_group_is_new_only_if_it_was_not_listed_before() -> None:
    step = CreateGroup(key="g", client=ref_of(CLIENT), name="Sales")
    former = prepared(listed=(str(GROUP),))
    handler = HandleCreateGroup()
    old = group(GROUP, "Sales")
    assert recognised(handler, Lists(groups=(old,)), step, former) is None
    found = recognised(handler, Lists(groups=(old, group(NEW, "Sales"))), step, former)
    assert found == Result(id=NEW)


def test_two_new_groups_of_one_name_are_a_question() -> None:
    step = CreateGroup(key="g", client=ref_of(CLIENT), name="Sales")
    context = Lists(groups=(group(GROUP, "Sales"), group(NEW, "Sales")))
    with pytest.raises(Conflict):
        recognised(HandleCreateGroup(), context, step, prepared())
    context.choices = {"g": NEW}
    assert recognised(HandleCreateGroup(), context, step, prepared()) == Result(id=NEW)


def test_t31_group_access_keeps_what_is_not_ours() -> None:
    step = SetGroupAccess(
        key="a",
        client=ref_of(CLIENT),
        group=ref_of(GROUP),
        group_name="Sales",
        collections=(CollectionAccess(collection=ref_of(SALES), permission="edit"),),
    )
    there = group(
        GROUP,
        "Sales",
        AccessSelection(id=SALES, read_only=True),
        AccessSelection(id=OTHER, manage=True),
    )
    handler = HandleSetGroupAccess()
    made = asyncio.run(handler.prepare(Lists(groups=(there,)), step, None))
    assert isinstance(made, Prepared)
    body = msgspec.json.decode(made.body or b"")
    assert body["users"] == ["somebody"]
    access = {one["id"]: (one["readOnly"], one["manage"]) for one in body["collections"]}
    assert access == {str(SALES): (False, False), str(OTHER): (False, True)}
    after = group(GROUP, "Sales", AccessSelection(id=OTHER, manage=True), AccessSelection(id=SALES))
    assert recognised(handler, Lists(groups=(after,)), step, made) == Result(id=GROUP)
    assert recognised(handler, Lists(groups=(there,)), step, made) is None
    assert asyncio.run(handler.prepare(Lists(groups=(after,)), step, None)) == Result(id=GROUP)


@pytest.mark.parametrize(
    ("stored", "there"),
    [
        ({"enabled": True, "data": {"minLength": 14, "added": 1}}, True),
        ({"enabled": True, "data": {"minLength": 12}}, False),
        ({"enabled": False, "data": {"minLength": 14}}, False),
        ({"enabled": True, "data": None}, False),
    ],
)
def test_a_policy_is_compared_with_all_its_options(stored: dict[str, Any], there: bool) -> None:
    kind = PolicyType.MASTER_PASSWORD
    step = PutPolicy(
        key="p", client=ref_of(CLIENT), type=kind, enabled=True, data={"minLength": 14}
    )
    context = Lists(policies=(Policy(organization_id=CLIENT, type=kind, **stored),))
    found = recognised(HandlePutPolicy(), context, step, prepared())
    assert (found is not None) == there


def test_t31_a_policy_keeps_options_that_are_not_ours() -> None:
    kind = PolicyType.MASTER_PASSWORD
    step = PutPolicy(
        key="p", client=ref_of(CLIENT), type=kind, enabled=True, data={"minLength": 14}
    )
    there = {"minLength": 8, "newer": {"x": 1}, "requireUpper": True}
    stored = Policy(organization_id=CLIENT, type=kind, enabled=False, data=there)
    made = asyncio.run(HandlePutPolicy().prepare(Lists(policies=(stored,)), step, None))
    assert isinstance(made, Prepared)
    sent = msgspec.json.decode(made.body or b"")["policy"]
    assert sent == {
        "enabled": True,
        "data": {"minLength": 14, "newer": {"x": 1}, "requireUpper": True},
    }
