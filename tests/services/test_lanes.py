"""Which steps wait for which: those of a client in their order, different clients side by side."""

from __future__ import annotations

import asyncio
from uuid import UUID

from desktop.domain.enums import PlanType, PolicyType
from desktop.domain.ids import OrganizationId
from desktop.plans.lanes import lane_of, lanes_of, needed
from desktop.plans.steps import (
    Access,
    AnyStep,
    CollectionAccess,
    CreateClient,
    CreateCollection,
    CreateGroup,
    ImportItems,
    InviteProviderMembers,
    PutPolicy,
    Ref,
    VerifyImport,
    ref_of,
    ref_to,
)
from desktop.services.execution import Work, _Lane, _Lanes
from desktop.services.run_types import DONE, SENT, SENT_AGAIN, SKIPPED, Result

ONE = OrganizationId(UUID(int=1))
TWO = OrganizationId(UUID(int=2))


def policy(key: str, client: Ref, *needs: str) -> PutPolicy:
    return PutPolicy(key=key, needs=needs, client=client, type=PolicyType.REMOVE_PIN, enabled=True)


def group(key: str, client: Ref, *collections: Ref) -> CreateGroup:
    lines = tuple(CollectionAccess(collection=one, permission="edit") for one in collections)
    return CreateGroup(key=key, client=client, name=key, collections=lines)


def works(*steps: AnyStep) -> list[Work]:
    return [Work(step) for step in steps]


async def taken(lanes: _Lanes, count: int) -> list[_Lane]:
    """The lanes that are handed out at once, until one would have to wait."""
    found = []
    for _ in range(count):
        try:
            async with asyncio.timeout(0.01):
                lane = await lanes.take()
        except TimeoutError:
            break
        if lane is None:
            break
        found.append(lane)
    return found


def keys(lanes: list[_Lane]) -> list[str]:
    return [lane.next.key if lane.next is not None else "" for lane in lanes]


def test_steps_are_parted_by_client_in_the_order_of_the_plan() -> None:
    new = CreateClient(
        key="client", name="New", owner_email="o@example.com", plan=PlanType.TEAMS_MONTHLY,
        seats=1, default_collection="D",
    )  # fmt: skip
    steps: list[AnyStep] = [
        policy("a1", ref_of(ONE)),
        policy("b1", ref_of(TWO)),
        new,
        policy("a2", ref_of(ONE)),
        InviteProviderMembers(key="staff", emails=("a@example.com",)),
        policy("n1", ref_to("client")),
    ]
    lanes = lanes_of(steps)
    assert {lane: [step.key for step in row] for lane, row in lanes.items()} == {
        ref_of(ONE): ["a1", "a2"],
        ref_of(TWO): ["b1"],
        ref_to("client"): ["client", "n1"],
        None: ["staff"],
    }
    # After a restart the new client is known by its id: still one lane.
    made = {str(TWO): ref_to("client")}
    assert lane_of(policy("later", ref_of(TWO)), made) == ref_to("client")


def test_what_a_step_needs_is_said_or_meant_by_a_reference() -> None:
    step = CreateCollection(
        key="c", needs=("x",), client=ref_to("client"), path="@not a reference",
        access=(Access(permission="manage", group=ref_to("g")),),
    )  # fmt: skip
    assert set(needed(step)) >= {"x", "client", "g"}
    chunk = ImportItems(
        key="i", client=ref_to("client"), number=1, of=1, positions=tuple(range(2_000)),
        rows=tuple(range(2_000)), collections=(ref_to("client", "default_collection"),),
        relations=tuple((at, 0) for at in range(2_000)),
    )  # fmt: skip
    assert needed(chunk) == ("client",)


def test_a_lane_waits_for_another_ones_step_and_goes_on_after_it() -> None:
    first, second = works(group("a", ref_of(ONE)), group("b", ref_of(TWO), ref_to("a")))
    lanes = _Lanes([first, second])

    async def work() -> None:
        (one,) = await taken(lanes, 2)
        assert keys([one]) == ["a"]
        waiting = asyncio.ensure_future(lanes.take())
        await asyncio.sleep(0)
        assert not waiting.done()
        first.state = DONE
        one.at += 1
        lanes.give_back(one)
        other = await waiting
        assert other is not None
        assert keys([other]) == ["b"]
        lanes.give_back(other)

    asyncio.run(work())


def test_nothing_is_handed_out_when_nothing_can_go_on() -> None:
    """A need that failed: the lane ends, nobody waits for ever."""
    first, second = works(group("a", ref_of(ONE)), group("b", ref_of(TWO), ref_to("a")))
    lanes = _Lanes([first, second])

    async def work() -> None:
        (one,) = await taken(lanes, 2)
        first.state = "FAILED"
        one.end()
        lanes.give_back(one)
        async with asyncio.timeout(5):
            assert await lanes.take() is None

    asyncio.run(work())


def test_a_skipped_need_leaves_out_unless_something_took_its_place() -> None:
    first, second = works(group("a", ref_of(ONE)), group("b", ref_of(ONE), ref_to("a")))
    lanes = _Lanes([first, second])
    first.state = SKIPPED
    assert lanes.is_ready(second)
    assert lanes.left_out(second) is first
    first.result = Result(facts={SENT_AGAIN: "again.1.a"})
    assert lanes.left_out(second) is None


def test_the_reading_at_the_end_waits_for_no_chunk_and_is_never_left_out() -> None:
    chunk = ImportItems(
        key="i", client=ref_of(ONE), number=1, of=1, positions=(0,), rows=(1,),
        collections=(), relations=(),
    )  # fmt: skip
    verify = VerifyImport(key="v", needs=("i",), client=ref_of(ONE), items=1)
    first, last = works(chunk, verify)
    lanes = _Lanes([first, last])
    for state in ("UNKNOWN", SKIPPED, SENT):
        first.state = state
        assert lanes.is_ready(last)
        assert lanes.left_out(last) is None
