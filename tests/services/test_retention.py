"""How long things stay, and that a forgotten client leaves ids only."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec
import pytest

from desktop.domain.enums import PlanType
from desktop.domain.errors import RunUnfinished, StorageFailed
from desktop.domain.events import EventHub, RunsChanged
from desktop.domain.ids import OrganizationUserId, RunId
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    AnyStep,
    ClientPerson,
    CreateClient,
    CreateGroup,
    RemoveMembers,
    Say,
    UpdateClient,
    ref_of,
)
from desktop.services.desk import Desk
from desktop.services.event_logs import EVENTS, EventLogs
from desktop.services.forgotten import FORGOTTEN
from desktop.services.keeping import CLIENTS, GROUPS, MEMBERS
from desktop.services.retention import EVERY, FIRST_AFTER, months_before
from desktop.services.run_types import (
    ABANDONED,
    CANCELLED,
    DONE,
    DONE_RUN,
    DRAFT,
    FAILED_RUN,
    INTERRUPTED,
    QUEUED,
    RUNNING,
    UNCERTAIN,
    Prepared,
    Result,
)
from tests.services.opened import places, sealed_of
from tests.services.paper import (
    AlarmClock,
    Paper,
    PaperClient,
    desk_on,
    files_of,
    heard,
    identity,
    until,
)

NAME: Final = "Zilverspoor & Zn. Bakkers"
FORMER: Final = "Zilverspoor Brood"
PERSON: Final = "wilhelmina@zilverspoor.example"
FOLDER: Final = "Ovens of Zilverspoor"


# --- what runs leave behind -----------------------------------------------------------------------


def rename(client: PaperClient, name: str, key: str = "update") -> UpdateClient:
    return UpdateClient(
        key=key, client=ref_of(client.id), client_name=client.name, name=name,
        base={"name": client.name},
    )  # fmt: skip


def renaming(client: PaperClient, name: str) -> Plan:
    return Plan(
        title=Say("plan.rename_client", {"client": client.name}),
        steps=(rename(client, name),),
        client=client.id,
        client_name=client.name,
        already=(Say("already.client", {"client": client.name}),),
    )


def new_client(name: str) -> Plan:
    step = CreateClient(
        key="client", name=name, owner_email=PERSON, plan=PlanType.ENTERPRISE_MONTHLY, seats=5,
        default_collection="Default collection",
    )  # fmt: skip
    return Plan(title=Say("plan.setup_new", {"client": name}), steps=(step,), client_name=name)


def everywhere(*clients: PaperClient) -> Plan:
    """A plan that touches several clients."""
    steps: list[AnyStep] = []
    for number, client in enumerate(clients):
        steps.append(CreateGroup(key=f"group.{number}", client=ref_of(client.id), name="Sales"))
        steps.append(rename(client, f"{client.name} Ltd", f"update.{number}"))
    return Plan(title=Say("plan.many", {"clients": str(len(clients))}), steps=tuple(steps))


async def ran(
    desk: Desk, plan: Plan, state: str = DONE_RUN, made: PaperClient | None = None
) -> RunId:
    """A run as it lies in the journal when it has come so far, with its requests and results."""
    journal = desk.link.journal
    run = await desk.runs.start(plan)
    for step in plan.steps:
        request = Prepared(
            operation=uuid4(), method="POST", path="some/where", budget="write", deadline_s=1.0,
            body=msgspec.json.encode(step.facts), body_hash=b"", markers=step.facts,
        )  # fmt: skip
        await desk.link.disk(journal.prepare, run, step.key, msgspec.msgpack.encode(request))
        result = Result(id=made.id if made is not None else None, facts=step.facts)
        await desk.link.disk(journal.mark, run, step.key, DONE, msgspec.msgpack.encode(result))
    await desk.link.disk(journal.set_run_state, run, state)
    return run


# --- forgetting -----------------------------------------------------------------------------------


async def filled(paper: Paper, desk: Desk) -> tuple[PaperClient, dict[str, RunId]]:
    """A client with everything that a desk can know of one: history, log, ledger, runs."""
    client = paper.add(FORMER)
    client.member(PERSON, name="Wilhelmina Zilverspoor")
    client.collection(FOLDER)
    client.events.append({"type": 1500, "date": "2026-11-20T09:00:00.000Z", "note": NAME})
    await desk.sync.round()
    await desk.workspace.open(client.id)
    await desk.pins.accept_new()
    for number, name in enumerate((f"{FORMER} II", NAME)):
        client.name = name
        client.group(f"Zilverspoor {number}")
        paper.clock.seconds += 86_400
        await desk.link.fetch_profile()
        await desk.sync.round()
    client.seats += 1
    paper.clients[0].seats += 1
    paper.clock.seconds += 86_400
    await desk.sync.round()
    await desk.link.disk(desk.link.ledger.add, client.id, [b"print"], ["2.name|of|item"])
    people = (
        ClientPerson(
            member=OrganizationUserId(identity(client.id, "member", PERSON)), email=PERSON
        ),
    )
    removal = RemoveMembers(key="remove", client=ref_of(client.id), people=people)
    runs = {
        "created": await ran(desk, new_client(FORMER), made=client),
        "never seen": await ran(desk, new_client(NAME), ABANDONED),
        "renamed": await ran(desk, renaming(client, NAME)),
        "removed": await ran(
            desk, Plan(title=Say("plan.remove", {"people": "1"}), steps=(removal,)), CANCELLED
        ),
        "several": await ran(desk, everywhere(paper.clients[0], client, paper.clients[1])),
        "other": await ran(desk, renaming(paper.clients[0], "Another")),
    }
    await desk.log.note("report_saved", client.id, kind=".html")
    return client, runs


def test_forgetting_a_client_leaves_ids_and_no_name_anywhere(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2, use_events=True)
        hub = EventHub()
        async with desk_on(paper, home / "p", hub) as desk:
            client, runs = await filled(paper, desk)
            words = (NAME, FORMER, PERSON, FOLDER, "Zilverspoor")
            assert {where.split()[0] for where in places(desk, *words)} == {
                "present", "former", "journal",
            }  # fmt: skip
            # The MSP lost the client: the server's present lists do not name it any more.
            paper.remove(client)
            paper.clock.seconds += 86_400
            await desk.link.fetch_profile()
            await desk.sync.round()
            sealed = sealed_of(desk)
            seen = heard(hub)
            await desk.retention.forget_client(client.id)
            assert any(isinstance(one, RunsChanged) for one in seen)
            assert places(desk, *words) == set()
            assert desk.link.ledger.count(client.id) == 0
            assert desk.link.ledger.names(client.id) == []
            owners = {
                one.kind for one in desk.link.snapshots.kinds() if one.owner == str(client.id)
            }
            assert owners == {FORGOTTEN}
            # Nothing of it lies about in a free page or a write-ahead log, even sealed.
            gone = sealed - sealed_of(desk)
            assert len(gone) > 20
            files = files_of(home / "p")
            for name, content in files.items():
                assert not any(blob[:32] in content for blob in gone), name
                assert NAME.encode() not in content
            for holder in (desk.link.snapshots, desk.link.journal._entries):
                assert holder._database.row("PRAGMA freelist_count") == (0,)
            # The journal is whole and says that there were runs and whose.
            assert desk.link.journal._entries.first_break() is None
            assert desk.link.journal.unreadable == frozenset()
            summaries = {one.run: one for one in await desk.runs.all()}
            short = str(client.id)[:8]
            assert set(summaries) == set(runs.values())
            for name in ("created", "never seen", "renamed", "removed"):
                one = summaries[runs[name]]
                assert one.clients == (short,), name
                assert not one.can_undo
                assert (one.done, one.total) == (1, 1)
                report = await desk.runs.report(runs[name])
                assert report.organization_id == client.id
                assert report.steps == ()
            assert summaries[runs["renamed"]].title == Say("plan.rename_client", {"client": short})
            assert summaries[runs["renamed"]].state == DONE_RUN
            lines = [one for one in await desk.log.entries() if one.client == client.id]
            assert lines[0].what == "client_forgotten"
            assert {"report_saved", "vault_accessed"} <= {one.what for one in lines}
            assert {one.client_name for one in lines} == {""}
            # What is of others is as it was.
            others = await desk.runs.report(runs["several"])
            assert [one.key for one in others.steps] == [
                "group.0", "update.0", "group.2", "update.2",
            ]  # fmt: skip
            assert {one.state for one in others.steps} == {DONE}
            assert len((await desk.runs.report(runs["other"])).steps) == 1
            # Once more finds nothing left to do.
            before = len(desk.link.journal.log_records())
            await desk.retention.forget_client(client.id)
            assert len(desk.link.journal.log_records()) == before + 1
        async with desk_on(paper, home / "p") as desk:
            assert desk.link.journal.problem is None
            assert places(desk, *words) == set()
            assert len(await desk.runs.all()) == len(runs)

    asyncio.run(work())


def test_a_client_that_is_still_listed_is_named_by_the_present_lists_only(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2, use_events=True)
        async with desk_on(paper, home / "p") as desk:
            client, _runs = await filled(paper, desk)
            await desk.link.fetch_profile()
            began = datetime(2026, 1, 1, tzinfo=UTC)
            assert await desk.changes.since(began, client.id)
            await desk.retention.forget_client(client.id)
            where = {one.rsplit(" ", 1)[0] for one in places(desk, FORMER, PERSON, FOLDER)}
            assert where == set()
            named = {one.rsplit(" ", 1)[0] for one in places(desk, NAME)}
            lists = ("clients", "profile")
            assert named <= {f"{age} {one}" for age in ("present", "former") for one in lists}
            assert "present clients" in named
            # What changed until now cannot be seen any more, and nothing is made up instead.
            assert await desk.changes.since(began, client.id) == ()
            others = await desk.changes.since(began)
            assert [one.what.key for one in others] == ["change.client_seats"]
            assert others[0].client == paper.clients[0].id

    asyncio.run(work())


def test_a_forgotten_client_that_the_server_lists_no_more_is_named_nowhere(home: Path) -> None:
    """The list that named it became history when it left."""

    async def work() -> None:
        paper = Paper(2, use_events=True)
        async with desk_on(paper, home / "p") as desk:
            client, _runs = await filled(paper, desk)
            await desk.retention.forget_client(client.id)
            assert await desk.retention.prune(13) == 0
            assert "present clients" in {one.rsplit(" ", 1)[0] for one in places(desk, NAME)}
            paper.remove(client)
            paper.clock.seconds += 86_400
            await desk.link.fetch_profile()
            await desk.sync.round()
            await desk.retention.prune(13)
            assert places(desk, NAME, FORMER, PERSON, FOLDER) == set()
            # What else these versions tell stays.
            began = datetime(2026, 1, 1, tzinfo=UTC)
            found = [one.what.key for one in await desk.changes.since(began)]
            assert found == ["change.client_seats"]
            # Should the server list it again, the background leaves it alone as before.
            paper.clients.append(client)
            paper.serve()
            paper.clock.seconds += 86_400
            paper.forget()
            await desk.link.fetch_profile()
            await desk.sync.round()
            assert client.path("members") not in paper.asked()

    asyncio.run(work())


@pytest.mark.parametrize("state", [DRAFT, INTERRUPTED, FAILED_RUN, UNCERTAIN, QUEUED, RUNNING])
@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
def test_a_client_of_an_unfinished_run_is_not_forgotten(
    state: str, several: bool, home: Path
) -> None:
    async def work() -> None:
        paper = Paper(2)
        async with desk_on(paper, home / "p") as desk:
            await desk.sync.round()
            first, second = paper.clients
            # One that ended comes before it, and is left alone as well.
            await ran(desk, renaming(first, NAME))
            plan = everywhere(first, second) if several else renaming(first, NAME)
            run = await desk.runs.start(plan)
            await desk.link.disk(desk.link.journal.set_run_state, run, state)
            await desk.link.disk(desk._store.checkpoint)
            before = files_of(home / "p")
            with pytest.raises(RunUnfinished) as told:
                await desk.retention.forget_client(first.id)
            assert told.value.run == run
            await desk.link.disk(desk._store.checkpoint)
            assert files_of(home / "p") == before
            if not several:
                await desk.retention.forget_client(second.id)
            await desk.runs.abandon(run)
            await desk.retention.forget_client(first.id)
            assert desk.link.snapshots.get(MEMBERS, str(first.id)) is None

    asyncio.run(work())


def test_a_disk_that_fails_amid_forgetting_lets_it_be_finished(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2, use_events=True)
        async with desk_on(paper, home / "p") as desk:
            client, _runs = await filled(paper, desk)
            paper.remove(client)
            await desk.link.fetch_profile()
            await desk.sync.round()
            files = (desk.link.snapshots._database, desk.link.journal._entries._database)
            for database in files:
                database.refusal = "disk_full"
                with pytest.raises(StorageFailed):
                    await desk.retention.forget_client(client.id)
                database.refusal = None
            await desk.retention.forget_client(client.id)
            assert places(desk, NAME, FORMER, PERSON, FOLDER) == set()

    asyncio.run(work())


def test_a_desk_that_only_reads_forgets_nothing(home: Path) -> None:
    async def work() -> None:
        paper = Paper(1)
        (client,) = paper.clients
        async with desk_on(paper, home / "p") as writer:
            await writer.sync.round()
            async with desk_on(paper, home / "p") as reader:
                with pytest.raises(StorageFailed):
                    await reader.retention.forget_client(client.id)
            assert writer.link.snapshots.get(MEMBERS, str(client.id)) is not None

    asyncio.run(work())


def test_the_background_leaves_a_forgotten_client_alone_until_somebody_opens_it(
    home: Path,
) -> None:
    async def work() -> None:
        paper = Paper(2)
        first, second = paper.clients
        async with desk_on(paper, home / "p") as desk:
            await desk.sync.round()
            await desk.retention.forget_client(first.id)
            paper.forget()
            paper.clock.seconds += 86_400
            assert (await desk.sync.round()).clients == 1
            assert not [path for path in paper.asked() if str(first.id) in path]
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            paper.clock.seconds += 86_400
            assert (await desk.sync.round()).clients == 1
            for road in (desk.workspace.known, desk.workspace.open):
                await road(first.id)
                paper.clock.seconds += 86_400
                assert (await desk.sync.round()).clients == 2
                await desk.retention.forget_client(first.id)
            assert (await desk.workspace.cached(second.id)) is not None
            assert (await desk.workspace.cached(first.id)) is None

    asyncio.run(work())


@pytest.mark.parametrize("place", ["members", "events"])
def test_a_round_on_its_way_brings_nothing_of_a_forgotten_client_back(
    place: str, home: Path
) -> None:
    async def work() -> None:
        paper = Paper(2, use_events=True)
        first, second = paper.clients
        first.events.append({"type": 1500, "date": "2026-11-20T09:00:00.000Z"})
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            paper.clock.seconds += 60
            opens = paper.gate(first.path(place))
            running = asyncio.create_task(desk.sync.round())
            await until(lambda: first.path(place) in paper.asked())
            await desk.retention.forget_client(first.id)
            opens.set()
            assert (await running).failed == 0
            kept = {one.kind for one in desk.link.snapshots.kinds() if one.owner == str(first.id)}
            assert kept == {FORGOTTEN}
            others = {
                one.kind for one in desk.link.snapshots.kinds() if one.owner == str(second.id)
            }
            assert MEMBERS in others

    asyncio.run(work())


def test_forgetting_does_not_make_an_opening_be_told_twice_or_not_at_all(home: Path) -> None:
    """Design promise 5 holds across a forgetting and a restart."""

    async def work() -> None:
        paper = Paper(1)
        (client,) = paper.clients
        details = client.path("collection_details")
        async with desk_on(paper, home / "p") as desk:
            await desk.sync.round()
            await desk.workspace.open(client.id)
            await desk.retention.forget_client(client.id)
        paper.clock.seconds += 600
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            await desk.workspace.open(client.id)
            assert paper.asked().count(details) == 1
            # Opened from the cache, then forgotten: still made good at the next opening.
            desk.network_cut = True
            assert await desk.workspace.cached(client.id) is not None
            desk.network_cut = False
            await desk.retention.forget_client(client.id)
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            await desk.workspace.open(client.id)
            assert paper.asked().count(details) == 2
            await desk.workspace.open(client.id)
            assert paper.asked().count(details) == 2

    asyncio.run(work())


# --- by time --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [
        ("2026-12-01", 1, "2026-11-01"),
        ("2026-12-01", 13, "2025-11-01"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2028-03-31", 1, "2028-02-29"),
        ("2026-01-31", 2, "2025-11-30"),
        ("2026-06-15", 12, "2025-06-15"),
        ("2026-06-15", 120, "2016-06-15"),
    ],
)
def test_months_are_calendar_months(now: str, months: int, before: str) -> None:
    found = months_before(datetime.fromisoformat(now).replace(tzinfo=UTC, hour=9), months)
    assert found == datetime.fromisoformat(before).replace(tzinfo=UTC, hour=9)


def months_of(desk: Desk) -> list[str]:
    kinds = {one.kind for one in desk.link.snapshots.kinds()}
    return sorted(kind.removeprefix(EVENTS) for kind in kinds if kind.startswith(EVENTS))


def test_what_is_older_than_the_months_goes_and_the_present_stays(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2, use_events=True)
        client, other = paper.clients
        async with desk_on(paper, home / "p") as desk:
            for month in range(6):
                client.group(f"Group {month}")
                client.events.append(
                    {"type": 1500, "date": f"{paper.clock.true_now:%Y-%m-%dT%H:%M:%S}.000Z"}
                )
                paper.clock.seconds += 60
                await desk.sync.round()
                await EventLogs(desk.link).of_client(client.id)
                if month == 0:
                    paper.remove(other)
                paper.clock.seconds += timedelta(days=30).total_seconds()
            snapshots, owner = desk.link.snapshots, str(client.id)
            assert len(snapshots.history(GROUPS, owner)) == 5
            assert len(months_of(desk)) == 6
            lines = len(desk.link.journal.log_records())
            now = paper.clock.now()
            assert await desk.retention.prune(13) == 0
            assert snapshots.get(GROUPS, str(other.id)) is not None
            gone = await desk.retention.prune(3)
            assert gone >= 2
            left = snapshots.history(GROUPS, owner)
            assert all(one.last_at >= months_before(now, 3) for one in left)
            assert len(left) == 1
            assert all(snapshots.former(GROUPS, owner, one.digest) for one in left)
            assert months_of(desk) == ["2027-02", "2027-03", "2027-04"]
            # A client that the server has not listed for so long is not kept either.
            assert snapshots.get(GROUPS, str(other.id)) is None
            assert snapshots.get(CLIENTS, str(desk.session.provider_id)) is not None
            present = snapshots.get(GROUPS, owner)
            assert present is not None
            assert b"Group 5" in present.payload
            assert len(desk.link.journal.log_records()) == lines
            assert await desk.retention.prune(1) >= 1
            assert snapshots.damaged == 0
            # A listed client stays whatever its age.
            paper.clock.seconds += timedelta(days=400).total_seconds()
            await desk.retention.prune(1)
            assert snapshots.get(GROUPS, owner) is not None
            assert snapshots.history(GROUPS, owner) == ()

    asyncio.run(work())


def test_pruning_comes_after_unlocking_and_daily_with_the_months_of_then(home: Path) -> None:
    async def work() -> None:
        clock = AlarmClock()
        paper = Paper(1, clock=clock)
        (client,) = paper.clients
        asked: list[int] = []
        wanted = 13

        def months() -> int:
            asked.append(wanted)
            return wanted

        async with desk_on(paper, home / "p") as desk:
            for number in range(4):
                client.group(f"Group {number}")
                clock.seconds += timedelta(days=45).total_seconds()
                await desk.sync.round()

            def history() -> int:
                return len(desk.link.snapshots.history(GROUPS, str(client.id)))

            assert history() == 3
            desk.retention.start(months)
            desk.retention.start(months)
            # Not while somebody waits to see a first page.
            assert asked == []
            assert await clock.ring() == FIRST_AFTER.total_seconds()
            assert await clock.ring() == EVERY.total_seconds()
            assert asked == [13]
            assert history() == 3
            # What was set meanwhile counts at the next turn; a full disk only puts it off.
            wanted = 2
            desk.link.snapshots._database.refusal = "disk_full"
            assert await clock.ring() == EVERY.total_seconds()
            assert history() == 3
            desk.link.snapshots._database.refusal = None
            assert await clock.ring() == EVERY.total_seconds()
            assert asked == [13, 2, 2]
            await _settled(desk)
            assert history() == 1
            task = desk.retention._task
            await desk.lock()
            assert task is not None
            await asyncio.wait({task}, timeout=10)
            assert task.cancelled()
            desk.retention.start(months)
            assert desk.retention._task is None

    asyncio.run(work())


async def _settled(desk: Desk) -> None:
    """What the disk thread was given before is done."""
    await desk.link.disk(lambda: None)
