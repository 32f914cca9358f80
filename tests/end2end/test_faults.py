"""Wrong answers, lost answers, half-done work: nothing twice, nothing lost (T42 to T55)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import (
    HalfMadeClient,
    IdentityChanged,
    Offline,
    RunStopped,
    Shortfall,
    SignedOut,
    StorageFailed,
    Uncertain,
)
from desktop.domain.events import Event, EventHub, SessionEnded
from desktop.domain.ids import RunId
from desktop.plans.steps import ImportItems
from desktop.services.desk import Desk
from desktop.services.run_types import Progress, RunReport
from tests.end2end.stage import Account, organizations, outcome, setup, signed_in
from tests.practice_process import PracticeHandle, practice_server

WRITES = {
    "client": ("POST", "/api/providers/[^/]*/clients"),
    "collection": ("POST", "/api/organizations/[^/]*/collections"),
    "import": ("POST", "/api/ciphers/import-organization"),
    "policy": ("PUT", "/api/organizations/[^/]*/policies/.*"),
    "group": ("POST", "/api/organizations/[^/]*/groups"),
    "invite": ("POST", "/api/organizations/[^/]*/users/invite"),
}
FAULTS: dict[str, dict[str, Any]] = {
    "500-before": {"when": "before", "do": "status", "status": 500},
    "500-after": {"when": "after", "do": "status", "status": 500},
    "524-after": {"when": "after", "do": "status", "status": 524, "content_type": "text/html"},
    "503": {"when": "before", "do": "status", "status": 503, "headers": {"Retry-After": "2"}},
    "429": {"when": "before", "do": "status", "status": 429, "headers": {"Retry-After": "2"}},
    "reset-before": {"when": "before", "do": "reset"},
    "reset-after": {"when": "after", "do": "reset"},
    "reset-body-after": {"when": "after", "do": "reset_body"},
    "html-before": {"when": "before", "do": "html"},
    "html-after": {"when": "after", "do": "html"},
    "empty-after": {"when": "after", "do": "empty"},
    "truncated": {"when": "after", "do": "truncate"},
}


@pytest.fixture
def home(server: PracticeHandle, home_folder: Path) -> Path:
    server.script()
    return home_folder


@pytest.fixture(scope="module")
def home_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "profile"


@pytest.fixture(scope="module")
def undisturbed(server: PracticeHandle, home_folder: Path) -> dict[str, Any]:
    async def work() -> dict[str, Any]:
        async with signed_in(Account.of(server), home_folder) as desk:
            plan, preview = setup("calm")
            assert (await desk.runs.execute(plan, preview=preview)).is_done
            return outcome(server, desk, "calm")

    return asyncio.run(work())


@asynccontextmanager
async def started(
    server: PracticeHandle, home: Path, tag: str, hub: EventHub | None = None
) -> AsyncIterator[tuple[Desk, RunId]]:
    plan, preview = setup(tag)
    async with signed_in(Account.of(server), home, hub) as desk:
        yield desk, await desk.runs.start(plan, preview)


def on(what: str, *, nth: int = 1, times: int = 1, **fault: Any) -> dict[str, Any]:
    method, path = WRITES[what]
    return {"method": method, "path": path, "nth": nth, "times": times, **fault}


async def to_the_end(desk: Desk, run: RunId, tries: int = 8) -> RunReport:
    """As a person would: resumes a run that stopped until it is through."""
    for _ in range(tries - 1):
        with suppress(RunStopped):
            return await desk.runs.resume(run)
    return await desk.runs.resume(run)


@pytest.mark.parametrize("fault", FAULTS)
def test_t43_each_write_meets_each_fault_and_ends_undisturbed(
    fault: str, server: PracticeHandle, home: Path, undisturbed: dict[str, Any]
) -> None:
    tag = f"f{fault.replace('-', '')}"

    async def work() -> None:
        async with started(server, home, tag) as (desk, run):
            server.script(*(on(what, **FAULTS[fault]) for what in WRITES))
            report = await to_the_end(desk, run)
            assert report.is_done
            assert outcome(server, desk, tag) == undisturbed

    asyncio.run(work())


def test_t42_nothing_is_sent_when_the_journal_cannot_be_written(
    server: PracticeHandle, home: Path
) -> None:
    async def work() -> None:
        async with started(server, home, "nodisk") as (desk, run):

            def refuse(edge: str) -> None:
                if edge == "before:prepare:client":
                    raise StorageFailed("disk_full")

            desk.link.journal.hook = refuse
            before = len(server.requests())
            with pytest.raises(RunStopped) as stopped:
                await desk.runs.run(run)
            assert isinstance(stopped.value.cause, StorageFailed)
            new = server.requests()[before:]
            assert not [one for one in new if one["method"] != "GET"]
            assert not organizations(server, "nodisk")

    asyncio.run(work())


@pytest.mark.parametrize("edge", [1, 2, 3, 14, 25, 33, 41, 52])
def test_t89_a_full_disk_stops_the_run_and_space_lets_it_go_on(
    edge: int, server: PracticeHandle, home: Path, undisturbed: dict[str, Any]
) -> None:
    tag = f"full{edge}"

    async def work() -> None:
        async with started(server, home, tag) as (desk, run):
            met = 0

            def full(at: str) -> None:
                nonlocal met
                met += at.startswith("before:") and ":run_" not in at and ":log" not in at
                if at.startswith("before:") and met >= edge:
                    raise StorageFailed("disk_full")

            desk.link.journal.hook = full
            with pytest.raises(RunStopped) as stopped:
                await desk.runs.run(run)
            assert isinstance(stopped.value.cause, StorageFailed)
            desk.link.journal.hook = lambda _at: None
            assert run in [one.run for one in await desk.runs.waiting()]
            assert (await desk.runs.resume(run)).is_done
            assert outcome(server, desk, tag) == undisturbed

    asyncio.run(work())


@pytest.mark.parametrize(
    "fault", [FAULTS["500-after"], FAULTS["reset-after"], FAULTS["500-before"]], ids=str
)
def test_t44_one_client_however_the_answer_was_lost(
    fault: dict[str, Any], server: PracticeHandle, home: Path
) -> None:
    tag = f"t44{list(FAULTS.values()).index(fault)}"

    async def work() -> None:
        async with started(server, home, tag) as (desk, run):
            server.script(on("client", **fault))
            report = await to_the_end(desk, run)
            assert report.is_done
            assert len(organizations(server, tag)) == 1

    asyncio.run(work())


async def listing_as_it_was(desk: Desk, *, times: int) -> dict[str, Any]:
    """The fault of a stale replica: from the second listing on, the clients as they are now."""
    path = f"/api/providers/{desk.session.provider_id}/organizations"
    listing = json.loads(await desk.link.api.get_raw(path.removeprefix("/api/")))
    match = {"method": "GET", "path": path, "nth": 2, "times": times}
    return {**match, "when": "before", "do": "status", "status": 200, "body": listing}


def test_t44_a_client_that_shows_up_late_is_not_made_again(
    server: PracticeHandle, home: Path
) -> None:
    async def work() -> None:
        async with started(server, home, "late") as (desk, run):
            server.script(
                on("client", **FAULTS["500-after"]),
                # The listing before the request tells the truth; the two after it are old.
                await listing_as_it_was(desk, times=2),
            )
            report = await to_the_end(desk, run)
            assert report.is_done
            assert len(organizations(server, "late")) == 1

    asyncio.run(work())


def test_t44_a_twin_is_reported_and_left_alone(server: PracticeHandle, home: Path) -> None:
    async def work() -> None:
        async with started(server, home, "twin") as (desk, run):
            server.script(on("client", when="before", do="duplicate"))
            report = await to_the_end(desk, run)
            assert "note.twin_client" in [note.key for note in report.notes]
            assert len(organizations(server, "twin")) == 2

    asyncio.run(work())


# What is found missing when an inner step of the server fails; None: nothing was made yet.
# Seats are booked for managed clients only, and no request of ours makes a client managed.
MISSING_AFTER: dict[int, tuple[str, ...] | None] = {
    1: None,
    2: None,
    3: ("owner", "seats"),
    4: ("seats",),
    5: ("seats",),
    6: ("seats",),
}


def test_t44_a_twin_that_shows_up_after_the_last_look_is_reported(
    server: PracticeHandle, home: Path
) -> None:
    async def work() -> None:
        async with started(server, home, "latetwin") as (desk, run):
            server.script(
                on("client", **FAULTS["500-after"]),
                await listing_as_it_was(desk, times=3),
            )
            report = await to_the_end(desk, run)
            assert "note.twin_client" in [note.key for note in report.notes]
            bodies = [one["key"] for one in server.state()["providerOrganizations"]]
            made = [one["id"] for one in organizations(server, "latetwin")]
            assert len(made) == 2
            # The request was repeated as it was journaled: the very same wrapped key.
            assert sorted(bodies.count(key) for key in set(bodies))[-1] == 2

    asyncio.run(work())


@pytest.mark.parametrize("step", range(1, 7))
def test_t45_a_half_made_client_is_reported_completed_and_never_made_again(
    step: int, server: PracticeHandle, home: Path
) -> None:
    tag = f"half{step}"

    async def work() -> None:
        async with started(server, home, tag) as (desk, run):
            server.script(on("client", step=step, when="commit", do="status", status=500))
            missing = MISSING_AFTER[step]
            if missing is not None:
                with pytest.raises(RunStopped) as stopped:
                    await desk.runs.run(run)
                assert isinstance(stopped.value.cause, HalfMadeClient)
                assert stopped.value.cause.missing == missing
                await desk.runs.complete_client(run)
                with pytest.raises(RunStopped) as stopped:
                    await desk.runs.resume(run)
                assert isinstance(stopped.value.cause, Uncertain)
                assert stopped.value.step_key == "complete.seats"
                await desk.runs.skip(run, "complete.seats", "support knows")
            report = await desk.runs.run(run)
            assert report.is_done
            assert ("note.half_made" in [note.key for note in report.notes]) == (step > 2)
            linked = {one["organizationId"] for one in server.state()["providerOrganizations"]}
            made = [one for one in organizations(server, tag) if one["id"] in linked]
            assert len(made) == 1
            members = [
                one for one in server.state()["members"] if one["organizationId"] == made[0]["id"]
            ]
            assert [one["email"] for one in members if one["type"] == 0] == [
                f"owner.{tag}@example.com"
            ]
            assert made[0]["seats"] == 7

    asyncio.run(work())


def test_t45_a_server_that_only_stumbles_at_the_question_leaves_nothing_to_skip(
    server: PracticeHandle, home: Path
) -> None:
    """The client was whole all along: once the server answers again, nobody has to decide."""

    async def work() -> None:
        async with started(server, home, "whole") as (desk, run):
            asked = {"method": "PUT", "path": "/api/providers/[^/]+/clients/[^/]+", "times": 2}
            server.script(
                on("client", **FAULTS["500-after"]),
                {**asked, "when": "before", "do": "status", "status": 500},
            )
            with pytest.raises(RunStopped) as stopped:
                await desk.runs.run(run)
            assert isinstance(stopped.value.cause, HalfMadeClient)
            assert stopped.value.cause.missing == ("status",)
            await desk.runs.complete_client(run)
            report = await desk.runs.resume(run)
            assert report.is_done
            (made,) = organizations(server, "whole")
            assert made["seats"] == 7

    asyncio.run(work())


def test_t45_a_half_made_client_that_the_support_mended_leaves_nothing_to_skip(
    server: PracticeHandle, home: Path
) -> None:
    """The seats were missed; now they are counted, and the server answers."""

    async def work() -> None:
        async with started(server, home, "mended") as (desk, run):
            server.script(on("client", step=5, when="commit", do="status", status=500))
            with pytest.raises(RunStopped):
                await desk.runs.run(run)
            await desk.runs.complete_client(run)
            with pytest.raises(RunStopped) as stopped:
                await desk.runs.resume(run)
            assert isinstance(stopped.value.cause, Uncertain)
            (made,) = organizations(server, "mended")
            server.post("organization", {"id": made["id"], "status": 2})
            report = await desk.runs.resume(run)
            assert report.is_done
            (made,) = organizations(server, "mended")
            assert made["seats"] == 7

    asyncio.run(work())


def test_t46_a_collection_is_found_by_its_operation_id(server: PracticeHandle, home: Path) -> None:
    async def work() -> None:
        async with started(server, home, "t46") as (desk, run):
            server.script(*(on("collection", nth=n, **FAULTS["reset-after"]) for n in (1, 2, 3)))
            await to_the_end(desk, run)
            mine = organizations(server, "t46")[0]["id"]
            found = [c for c in server.state()["collections"] if c["organizationId"] == mine]
            assert len(found) == 6
            # One of them came with the client and carries no id of ours.
            assert len({c["externalId"] for c in found if c["externalId"]}) == 5

    asyncio.run(work())


def test_t47_after_a_partial_import_only_the_missing_items_are_sent(
    server: PracticeHandle, home: Path, undisturbed: dict[str, Any]
) -> None:
    async def work() -> None:
        async with started(server, home, "t47") as (desk, run):
            # A server that loses items and then the answer: what Vaultwarden can do.
            server.script(
                on("import", when="before", do="drop_items", count=7),
                on("import", **FAULTS["reset-after"]),
            )
            report = await to_the_end(desk, run)
            assert report.imported is not None
            assert report.imported.verified
            assert outcome(server, desk, "t47") == undisturbed

    asyncio.run(work())


def test_t49_items_dropped_in_silence_are_named_by_row(
    server: PracticeHandle, home: Path, undisturbed: dict[str, Any]
) -> None:
    async def work() -> None:
        async with started(server, home, "t49") as (desk, run):
            server.script(on("import", when="before", do="drop_items", count=3))
            with pytest.raises(RunStopped) as stopped:
                await desk.runs.run(run)
            assert isinstance(stopped.value.cause, Shortfall)
            chunk = next(s for s in setup("t49")[0].steps if isinstance(s, ImportItems))
            lost = tuple(sorted(chunk.rows[:3]))
            assert stopped.value.cause.rows == lost
            report = await desk.runs.report(run)
            assert report.imported is not None
            assert not report.imported.verified
            assert report.imported.missing_rows == lost
            assert not report.is_done
            # A person's click sends what is missing, and only that.
            report = await desk.runs.resume(run)
            assert report.is_done
            assert outcome(server, desk, "t49") == undisturbed

    asyncio.run(work())


def test_t49_a_list_of_items_that_is_refused_once_is_asked_for_again(
    server: PracticeHandle, home: Path
) -> None:
    async def work() -> None:
        async with started(server, home, "stumble") as (desk, run):
            path = "/api/ciphers/organization-details"
            server.script({"method": "GET", "path": path, "do": "status", "status": 401})
            report = await desk.runs.run(run)
            assert report.imported is not None
            assert report.imported.verified
            assert not report.imported.not_listed

    asyncio.run(work())


def test_t43_where_listing_is_refused_an_unclear_chunk_stays_uncertain(tmp_path: Path) -> None:
    async def work(server: PracticeHandle) -> None:
        async with started(server, tmp_path / "profile", "blind") as (desk, run):
            server.script(on("import", **FAULTS["reset-after"]))
            with pytest.raises(RunStopped) as stopped:
                await desk.runs.run(run)
            assert isinstance(stopped.value.cause, Uncertain)
            assert stopped.value.step_key == "import.1"
            done = {one.key: one.state for one in (await desk.runs.report(run)).steps}
            # The others are independent of it: sent once, not read back.
            assert (done["import.1"], done["import.2"]) == ("UNKNOWN", "SENT")
            waiting = await desk.runs.waiting()
            assert [one.state for one in waiting] == ["uncertain"]
            before = len(server.requests())
            with pytest.raises(RunStopped):
                await desk.runs.resume(run)
            sent = [one["path"] for one in server.requests()[before:] if one["method"] == "POST"]
            assert not [path for path in sent if "import" in path]

    with practice_server("--no-item-listing") as server:
        asyncio.run(work(server))


def test_t51_limits_slow_a_run_and_never_fail_it(
    server: PracticeHandle, home: Path, undisturbed: dict[str, Any]
) -> None:
    waits: list[float] = []

    async def work() -> None:
        async with started(server, home, "t51") as (desk, run):
            busy: dict[str, Any] = {
                "when": "before", "do": "status", "status": 429, "headers": {"Retry-After": "20"}
            }  # fmt: skip
            server.script(*(on(what, **busy) for what in WRITES))
            report = await desk.runs.run(run, lambda progress: waits.append(progress.waiting_s))
            assert report.is_done
            assert outcome(server, desk, "t51") == undisturbed

    asyncio.run(work())
    assert max(waits) > 10


@pytest.mark.parametrize("at", ["client", "collection.Office", "import.verify", "invite.2"])
def test_t55_cancel_ends_at_a_safe_point_with_a_list_of_what_is_done(
    at: str, server: PracticeHandle, home: Path
) -> None:
    tag = f"stop{at.replace('.', '').lower()}"

    async def work() -> None:
        async with started(server, home, tag) as (desk, run):

            def stop(progress: Any) -> None:
                if progress.step_key == at and progress.state == "DONE":
                    desk.runs.cancel()

            report = await desk.runs.run(run, stop)
            assert report.state == "cancelled"
            states = {step.key: step.state for step in report.steps}
            assert states[at] == "DONE"
            last = [key for key, state in states.items() if state == "PLANNED"]
            assert last
            assert set(states.values()) <= {"DONE", "PLANNED"}
            # Nothing that was done is undone by itself.
            assert len(organizations(server, tag)) == 1

    asyncio.run(work())


def test_t55_a_stop_does_not_wait_for_a_hanging_request(server: PracticeHandle, home: Path) -> None:
    async def work() -> None:
        async with started(server, home, "hang") as (desk, run):
            server.script(on("collection", when="after", do="hang"))
            loop = asyncio.get_running_loop()

            def stop(progress: Any) -> None:
                if progress.step_key == "collection.Office":
                    loop.call_later(0.3, desk.runs.pause)

            began = loop.time()
            report = await desk.runs.run(run, stop)
            assert loop.time() - began < 4
            states = {step.key: step.state for step in report.steps}
            assert states["collection.Office"] == "UNKNOWN"
            server.script()
            assert (await desk.runs.resume(run)).is_done
            assert len(organizations(server, "hang")) == 1

    asyncio.run(work())


def test_t37_an_ended_session_keeps_the_run_for_the_next_sign_in(
    server: PracticeHandle, home: Path, undisturbed: dict[str, Any]
) -> None:
    seen: list[Event] = []
    hub = EventHub()
    hub.subscribe(seen.append)
    account = Account.of(server)

    async def work() -> None:
        async with started(server, home, "t37", hub) as (desk, run):
            ended = False

            def end(progress: Any) -> None:
                nonlocal ended
                if progress.step_key == "group.Sales" and not ended:
                    ended = True
                    server.post("sign-out", {"email": account.email})

            # The token itself still lives; the server says that it does not.
            dead: dict[str, Any] = {
                "status": 401,
                "headers": {"WWW-Authenticate": 'Bearer error="invalid_token"'},
            }
            server.script(on("group", when="before", do="status", **dead))
            with pytest.raises(RunStopped) as stopped:
                await desk.runs.run(run, end)
            assert isinstance(stopped.value.cause, SignedOut)
            assert any(isinstance(one, SessionEnded) for one in seen)
            assert desk.why_not() == "signed_out"
            server.script()
            await desk.sign_in_again(account.password)
            assert desk.why_not() is None
            assert (await desk.runs.resume(run)).is_done
            assert outcome(server, desk, "t37") == undisturbed

    asyncio.run(work())


async def gone_on(
    desk: Desk, run: RunId, listen: Callable[[Progress], None], causes: list[object]
) -> bool:
    """Whether a run came to its end; what stopped it joins `causes`."""
    try:
        return (await desk.runs.run(run, listen)).is_done
    except RunStopped as stopped:
        causes.append(stopped.cause)
        return False


def test_t37_a_session_that_ends_at_every_step_costs_a_sign_in_each_time(
    tmp_path: Path, undisturbed: dict[str, Any]
) -> None:
    """As if the token died under every single step of the wizard's run: the same run goes on."""
    dead = {"status": 401, "headers": {"WWW-Authenticate": 'Bearer error="invalid_token"'}}
    everywhere = {"path": "/api/.*", "when": "before", "do": "status", "times": 0, **dead}

    async def work(server: PracticeHandle) -> None:
        account = Account.of(server)
        ended: set[str] = set()

        def end(progress: Progress) -> None:
            if progress.step_key not in ended:
                ended.add(progress.step_key)
                server.post("sign-out", {"email": account.email})
                server.script(everywhere)

        async with started(server, tmp_path / "p", "every") as (desk, run):
            keys = {step.key for step in setup("every")[0].steps}
            causes: list[object] = []
            while not await gone_on(desk, run, end, causes):
                assert desk.why_not() == "signed_out"
                server.script()
                await desk.sign_in_again(account.password)
                assert [one.run for one in await desk.runs.waiting()] == [run]
            assert keys <= ended
            assert len(causes) >= len(keys) - 3, (len(causes), len(keys))
            assert {type(one) for one in causes} == {SignedOut}
            assert outcome(server, desk, "every") == undisturbed

    # So many sign-ins: of a password that takes little.
    with practice_server("--kdf-rounds", "5000") as server:
        asyncio.run(work(server))


def test_t38_a_run_goes_on_only_as_the_person_who_began_it(
    server: PracticeHandle, home: Path
) -> None:
    async def work() -> None:
        async with started(server, home, "t38") as (desk, run):
            other = type("Other", (), {"api": "https://elsewhere.example/api"})()
            before = len(server.requests())
            desk.link.api.server, kept = other, desk.link.api.server
            try:
                with pytest.raises(IdentityChanged):
                    await desk.runs.run(run)
            finally:
                desk.link.api.server = kept
            assert len(server.requests()) == before

    asyncio.run(work())


def test_offline_in_mid_run_stops_it_and_the_same_run_goes_on(
    server: PracticeHandle, home: Path, undisturbed: dict[str, Any]
) -> None:
    async def work() -> None:
        async with started(server, home, "cut") as (desk, run):

            def cut(progress: Any) -> None:
                if progress.step_key == "policy.3":
                    desk.network_cut = True

            with pytest.raises(RunStopped) as stopped:
                await desk.runs.run(run, cut)
            assert isinstance(stopped.value.cause, Offline)
            assert desk.why_not() == "offline"
            desk.network_cut = False
            assert await desk.try_again()
            assert (await desk.runs.resume(run)).is_done
            assert outcome(server, desk, "cut") == undisturbed

    asyncio.run(work())
