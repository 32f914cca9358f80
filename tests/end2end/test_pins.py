"""A server that changes keys under our hands, against the whole program (T09, T10, T15).

The attacker's keys are the bench's: whatever was encrypted for one of them would show up as a leak
of the test, in which nothing was accepted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from desktop.crypto.encstring import wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.domain.enums import PolicyType
from desktop.domain.errors import KeyBlocked, RunStopped
from desktop.domain.ids import OrganizationId
from desktop.domain.records import ProviderClient
from desktop.plans.plan import Plan
from desktop.plans.steps import CreateClient, CreateGroup, PutPolicy, Say, ref_of
from desktop.services.desk import Desk
from desktop.services.pins import CHANGED, CREATED, NEW, RECOVERY, TRUSTED
from desktop.services.run_types import DONE_RUN, Progress
from tests.end2end.stage import Account, setup, signed_in
from tests.practice_process import PracticeHandle

LIST = "/api/providers/[^/]+/organizations"


@pytest.fixture(autouse=True)
def as_it_was(server: PracticeHandle) -> Iterator[None]:
    yield
    server.script()


def group_for(client: OrganizationId, name: str = "Sales") -> Plan:
    step = CreateGroup(key="group", client=ref_of(client), name=f"{name} {uuid4().hex[:6]}")
    return Plan(title=Say("plan.group", {}), steps=(step,), client=client)


def writes(server: PracticeHandle, client: OrganizationId) -> list[str]:
    """Write requests to one organization so far, by whatever path names it."""
    return [
        f"{one['method']} {one['path']}"
        for one in server.requests()
        if one["method"] != "GET" and str(client) in f"{one['path']}?{one['query']}"
    ]


def attackers_key(server: PracticeHandle, desk: Desk, name: str) -> str:
    """A valid one: whoever made it works for the provider, or has its key."""
    key = SymmetricKey(bytearray(server.attacker(name).key))
    return wrap_key(desk.session.provider_key, key)


def tells(server: PracticeHandle, path: str, value: Any, **more: Any) -> None:
    """The list of clients lies at one place from now on."""
    edit = {"path": path, "value": value, **more}
    server.script(
        {"path": LIST, "method": "GET", "do": "rewrite", "when": "after", "times": 0,
         "edits": [edit]}
    )  # fmt: skip


def place_of(desk: Desk, client: OrganizationId) -> int:
    return [one.organization_id for one in desk.clients.all()].index(client)


async def everything_is_refused(desk: Desk, server: PracticeHandle, client: ProviderClient) -> None:
    """Import, invitation, group, policy, name: none of it leaves, none is even begun."""
    before = writes(server, client.organization_id)
    plan, preview = setup("into", 12)
    kinds = set()
    for step in plan.steps:
        if not isinstance(step, CreateClient) and getattr(step, "client", None) is not None:
            kinds.add(type(step).__name__)
            own = msgspec.structs.replace(step, client=ref_of(client.organization_id))
            with pytest.raises(KeyBlocked):
                await desk.runs.start(Plan(title=Say("plan.one"), steps=(own,)), preview)
    assert kinds >= {"CreateCollection", "CreateGroup", "ImportItems", "InviteMembers"}
    with pytest.raises(KeyBlocked):
        await desk.runs.execute(group_for(client.organization_id))
    with pytest.raises(KeyBlocked):
        await desk.runs.execute(desk.clients.rename_plan(client, "Renamed"))
    assert writes(server, client.organization_id) == before


def test_t09_a_fresh_key_on_the_second_sync_and_after_a_restart(
    server: PracticeHandle, tmp_path: Path
) -> None:
    account, folder = Account.of(server), tmp_path / "p"
    victim: list[OrganizationId] = []

    async def first() -> None:
        async with signed_in(account, folder) as desk:
            await desk.sync.round()
            client = desk.clients.all()[0]
            victim.append(client.organization_id)
            assert (await desk.runs.execute(group_for(client.organization_id))).state == DONE_RUN
            path = f"data.{place_of(desk, client.organization_id)}.key"
            tells(server, path, attackers_key(server, desk, "second sync"))
            await desk.sync.round()
            assert desk.why_not("write", client.organization_id) == "key_changed"
            await everything_is_refused(desk, server, client)
            # The others go on; the changed one is still read, with the key it had.
            other = desk.clients.all()[1].organization_id
            assert (await desk.runs.execute(group_for(other))).state == DONE_RUN
            view = await desk.workspace.open(client.organization_id)
            assert all(one.readable for one in view.collections)

    async def again() -> None:
        async with signed_in(account, folder) as desk:
            await desk.clients.cached()
            client = desk.clients.find(victim[0])
            assert client is not None
            await everything_is_refused(desk, server, client)
            await desk.clients.fetch()
            await everything_is_refused(desk, server, client)
            view = await desk.workspace.open(client.organization_id)
            assert all(one.readable for one in view.collections)
            kinds = [one.what for one in await desk.log.entries() if one.client == victim[0]]
            assert kinds.count("key_changed") == 1

    asyncio.run(first())
    asyncio.run(again())


def test_t09_a_fresh_key_during_a_run_stops_the_run(server: PracticeHandle, tmp_path: Path) -> None:
    """A new client is half set up when the list of clients, read meanwhile, tells another key."""
    account = Account.of(server)

    async def work() -> None:
        async with signed_in(account, tmp_path / "p") as desk:
            await desk.clients.fetch()
            lie = attackers_key(server, desk, "during a run")
            looked = asyncio.Event()
            made: list[OrganizationId] = []
            sent: list[str] = []

            async def look() -> None:
                """As somebody does who presses F5 while the run goes on."""
                clients = (await desk.clients.fetch()).data
                mine = next(one for one in clients if one.organization_name == "Client midway")
                made.append(mine.organization_id)
                tells(server, f"data.{clients.index(mine)}.key", lie)
                await desk.clients.fetch()
                sent.extend(writes(server, mine.organization_id))
                looked.set()

            looking: list[asyncio.Task[None]] = []

            def moved(progress: Progress) -> None:
                if progress.step_key.startswith("collection") and not looking:
                    looking.append(asyncio.create_task(look()))

            plan, preview = setup("midway")
            run = await desk.runs.start(plan, preview)
            with pytest.raises(RunStopped) as stopped:
                await desk.runs.run(run, moved)
            assert isinstance(stopped.value.cause, KeyBlocked)
            assert stopped.value.cause.reason == CHANGED
            await looked.wait()
            # What had left before the answer came may arrive after it; one request at most.
            after = writes(server, made[0])
            assert len(after) - len(sent) <= 1
            with pytest.raises(RunStopped):
                await desk.runs.resume(run)
            assert writes(server, made[0]) == after
            server.script()
            # The right key again is no end of the alarm; a person's word is.
            await desk.clients.fetch()
            with pytest.raises(RunStopped):
                await desk.runs.resume(run)
            await desk.pins.lift("organization", str(made[0]))
            assert (await desk.runs.resume(run)).state == DONE_RUN

    asyncio.run(work())


def test_t10_an_organization_that_turns_up_is_no_target(
    server: PracticeHandle, tmp_path: Path
) -> None:
    account = Account.of(server)

    async def work() -> None:
        async with signed_in(account, tmp_path / "p") as desk:
            raw = await desk.clients.fetch()
            known = raw.data[0]
            key = attackers_key(server, desk, "injected")
            identity = OrganizationId(uuid4())
            row = {
                "id": str(uuid4()), "providerId": str(desk.session.provider_id),
                "organizationId": str(identity), "organizationName": "Injected", "key": key,
                "userCount": 1, "seats": 5, "occupiedSeats": 1, "remainingSeats": 4,
                "plan": "Enterprise (Monthly)", "creationDate": "2026-01-01T00:00:00Z",
                "revisionDate": "2026-01-01T00:00:00Z",
            }  # fmt: skip
            tells(server, "data", row, how="add")
            await desk.clients.fetch()
            injected = desk.clients.find(identity)
            assert injected is not None
            assert desk.why_not("write", identity) == "key_new"
            assert desk.why_not("write", known.organization_id) is None
            with pytest.raises(KeyBlocked) as stopped:
                await desk.runs.start(group_for(identity))
            assert stopped.value.reason == NEW
            assert writes(server, identity) == []
            assert [one.id for one in desk.pins.new()] == [str(identity)]

    asyncio.run(work())


def test_t10_a_client_made_here_needs_nobodys_word(server: PracticeHandle, tmp_path: Path) -> None:
    account, folder = Account.of(server), tmp_path / "p"
    made: list[OrganizationId] = []

    async def first() -> None:
        async with signed_in(account, folder) as desk:
            plan, preview = setup("mine", 6)
            report = await desk.runs.execute(plan, None, preview)
            assert report.organization_id is not None
            made.append(report.organization_id)

    async def again() -> None:
        async with signed_in(account, folder) as desk:
            await desk.clients.fetch()
            line = next(one for one in desk.pins.lines() if one.id == str(made[0]))
            assert (line.state, line.by) == (TRUSTED, CREATED)
            recovery = [one for one in desk.pins.lines() if one.kind == RECOVERY]
            assert [(one.id, one.by) for one in recovery] == [(str(made[0]), CREATED)]

    asyncio.run(first())
    asyncio.run(again())


def recovery(client: OrganizationId) -> Plan:
    single = PutPolicy(
        key="single", client=ref_of(client), type=PolicyType.SINGLE_ORGANIZATION, enabled=True
    )
    step = PutPolicy(
        key="policy", needs=("single",), client=ref_of(client), enabled=True,
        type=PolicyType.ACCOUNT_RECOVERY, data={"autoEnrollEnabled": True},
    )  # fmt: skip
    return Plan(title=Say("plan.policy", {}), steps=(single, step), client=client)


@pytest.mark.parametrize("whose", ["made here", "another's"])
def test_t15_recovery_goes_to_the_clients_own_key_only(
    whose: str, server: PracticeHandle, tmp_path: Path
) -> None:
    account = Account.of(server)

    def puts(client: OrganizationId) -> int:
        return sum(one.endswith("/policies/8") for one in writes(server, client))

    async def work() -> None:
        async with signed_in(account, tmp_path / "p") as desk:
            await desk.clients.fetch()
            if whose == "made here":
                plan, preview = setup("recover", 6)
                steps = tuple(one for one in plan.steps if not isinstance(one, PutPolicy))
                plan = msgspec.structs.replace(plan, steps=steps)
                found = (await desk.runs.execute(plan, None, preview)).organization_id
                assert found is not None
                client = found
            else:
                seeded = [one for one in desk.clients.all() if one.is_enterprise]
                client = seeded[0].organization_id
            path = f"organizations/{client}/public-key"
            told = (await desk.link.api.get_raw(path)).decode()
            true = told.split('"publicKey":"')[1].split('"')[0]
            lie = server.attacker(f"recovery, {whose}").public_key
            server.post("organization", {"id": str(client), "publicKey": lie})
            try:
                with pytest.raises(RunStopped) as stopped:
                    await desk.runs.execute(recovery(client))
            finally:
                server.post("organization", {"id": str(client), "publicKey": true})
            assert isinstance(stopped.value.cause, KeyBlocked)
            assert (stopped.value.cause.kind, puts(client)) == (RECOVERY, 0)
            with pytest.raises(RunStopped):
                await desk.runs.execute(recovery(client))
            await desk.pins.lift(RECOVERY, str(client))
            assert (await desk.runs.execute(recovery(client))).state == DONE_RUN
            assert puts(client) == 1

    asyncio.run(work())
