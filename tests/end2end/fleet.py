"""Five clients, one plan that changes much of each, and a colleague at a desk of their own."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import pytest

from desktop.domain.enums import PolicyType
from desktop.domain.ids import RunId
from desktop.domain.items import Permission
from desktop.plans.known import KnownClient
from desktop.plans.permissions import permission_of
from desktop.plans.plan import Plan
from desktop.plans.policies import state_of
from desktop.plans.steps import (
    Access,
    AnyStep,
    CollectionAccess,
    CreateCollection,
    CreateGroup,
    PutPolicy,
    RenameCollection,
    RenameGroup,
    Say,
    SetGroupAccess,
    ref_of,
    ref_to,
)
from desktop.services.desk import Desk
from desktop.services.run_types import RunReport
from tests.bench_faults.stage import Bench, BenchClock, bench_folder, bench_server
from tests.bench_faults.state import State, difference, read_state
from tests.practice_process import PracticeHandle

CLIENTS: Final = 5
PASSWORD_RULES: Final = {"minComplexity": 3, "minLength": 12}

Answer = TypeVar("Answer")


class PatientClock(BenchClock):
    """Its waits pass as fast, its deadlines do not: nothing here is about slow answers, and a busy
    computer gives some."""

    def real(self, seconds: float) -> float:
        return seconds


class Fleet:
    """A server with clients, our desk and a colleague's; everything runs on one loop."""

    def __init__(self, server: PracticeHandle, ours: Bench, theirs: Bench) -> None:
        self.server = server
        self.ours = ours
        self.theirs = theirs
        self.clients: tuple[KnownClient, ...] = ()
        self._loop = asyncio.new_event_loop()

    @property
    def desk(self) -> Desk:
        return self.ours.desk

    @property
    def colleague(self) -> Desk:
        return self.theirs.desk

    def run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self._loop.run_until_complete(work)

    def begin(self) -> None:
        async def work() -> None:
            await self.theirs.begin()
            await self.ours.begin()
            await self.ours.keep()
            self.clients = await enterprise_clients(self.desk)

        self.run(work())

    def put_back(self) -> None:
        """The server as in the beginning, both desks online."""

        async def work() -> None:
            await self.ours.put_back()
            await self.theirs.go_online()

        self.run(work())

    def end(self) -> None:
        async def work() -> None:
            await self.ours.close()
            await self.theirs.close()

        self.run(work())
        self._loop.close()

    def state(self) -> State:
        """The server in clear; a policy that is off is as good as one that was never saved."""
        state = read_state(self.server.state(), self.desk)
        return {
            **state,
            "policy": Counter({row: n for row, n in state["policy"].items() if row[2]}),
        }


@contextmanager
def fleet_on(*options: str) -> Iterator[Fleet]:
    """Two desks on a server of their own."""
    with bench_folder() as folder, bench_server(*options) as server:
        ours, theirs = (Bench(server, folder / name) for name in ("ours", "theirs"))
        ours.clock, theirs.clock = PatientClock(), PatientClock()
        fleet = Fleet(server, ours, theirs)
        fleet.begin()
        try:
            yield fleet
        finally:
            fleet.end()


@pytest.fixture(scope="session")
def stage() -> Iterator[Fleet]:
    """Of a conftest: one server for all its tests."""
    with fleet_on("--scale", "12", "--members", "4") as fleet:
        yield fleet


@pytest.fixture
def fleet(stage: Fleet) -> Fleet:
    """The server as in the beginning, two desks online."""
    stage.put_back()
    return stage


async def enterprise_clients(desk: Desk) -> tuple[KnownClient, ...]:
    """Those with policies, a group and two collections."""
    found: list[KnownClient] = []
    for one in (await desk.clients.fetch()).data:
        known = await desk.workspace.known(one.organization_id)
        if known.use_policies and known.groups and len(known.collections) > 1:
            found.append(known)
    if len(found) < CLIENTS:
        raise LookupError(f"only {len(found)} clients will do")
    return tuple(found[:CLIENTS])


def assert_same(found: State, wanted: State) -> None:
    """Row by row, so that a failure names what differs."""
    differs = difference(found, wanted)
    assert not differs, (differs.surplus, differs.lacking)


async def ended(work: Awaitable[RunReport]) -> RunId:
    """The run behind a report that is done."""
    report = await work
    assert report.is_done, [(one.key, one.state, one.problem) for one in report.steps]
    return report.run


def states_of(report: RunReport) -> dict[str, str]:
    """By key the state of each step."""
    return {one.key: one.state for one in report.steps}


def policy_step(known: KnownClient, kind: PolicyType, key: str, **data: Any) -> PutPolicy:
    """Switches a policy on, as the plan's maker saw it."""
    return PutPolicy(
        key=key,
        client=ref_of(known.id),
        type=kind,
        enabled=True,
        data=data or None,
        client_name=known.name,
        base=state_of(known.policy(int(kind))),
    )


def access_step(known: KnownClient, key: str, wanted: Permission | None = None) -> SetGroupAccess:
    """What the client's first group may do on its last collection; None for something new."""
    group, collection = known.groups[0], known.collections[-1]
    has = {str(line.id): permission_of(line) for line in group.collections}
    now = has.get(str(collection.id), "none")
    permission = wanted or ("edit" if now != "edit" else "view")
    return SetGroupAccess(
        key=key,
        client=ref_of(known.id),
        group=ref_of(group.id),
        group_name=group.name,
        collections=(CollectionAccess(collection=ref_of(collection.id), permission=permission),),
        base={str(collection.id): now},
    )


def rename_step(known: KnownClient, key: str, path: str) -> RenameCollection:
    """The name of the client's last collection."""
    collection = known.collections[-1]
    return RenameCollection(
        key=key,
        client=ref_of(known.id),
        collection=ref_of(collection.id),
        before=collection.path,
        path=path,
        base={"name": collection.path},
    )


def rename_group_step(known: KnownClient, key: str, name: str) -> RenameGroup:
    """The name of the client's first group."""
    group = known.groups[0]
    return RenameGroup(
        key=key,
        client=ref_of(known.id),
        group=ref_of(group.id),
        before=group.name,
        name=name,
        base={"name": group.name},
    )


def steps_for(known: KnownClient, number: int) -> tuple[AnyStep, ...]:
    """Policies, groups, access and names of one client; keys begin with `number`."""
    made = f"{number}.group"
    client = ref_of(known.id)
    first = ref_of(known.collections[0].id)
    return (
        policy_step(known, PolicyType.SINGLE_ORGANIZATION, f"{number}.single"),
        policy_step(known, PolicyType.MASTER_PASSWORD, f"{number}.password", **PASSWORD_RULES),
        CreateGroup(
            key=made,
            client=client,
            name="Night shift",
            collections=(CollectionAccess(collection=first, permission="view"),),
        ),
        CreateCollection(
            key=f"{number}.collection",
            needs=(made,),
            client=client,
            path="Archive",
            access=(Access(permission="manage", group=ref_to(made)),),
        ),
        access_step(known, f"{number}.access"),
        rename_group_step(known, f"{number}.called", f"{known.groups[0].name} team"),
        rename_step(known, f"{number}.name", f"{known.collections[-1].path} (new)"),
    )


def wide_plan(clients: Sequence[KnownClient]) -> Plan:
    """All of `steps_for`, of all clients."""
    plan = Plan(
        title=Say("plan.fleet_policies", {"clients": str(len(clients))}),
        steps=tuple(
            step for number, known in enumerate(clients) for step in steps_for(known, number)
        ),
    )
    plan.check()
    return plan
