"""The background: what it asks, when, at whose cost, and how it ends."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from pathlib import Path
from typing import Final

import httpx
import pytest

from desktop.domain.allowance import CEILING_FIRST, CEILING_TOP
from desktop.domain.errors import Locked, ServerFailed, SignedOut
from desktop.domain.events import (
    ClientChanged,
    ClientsChanged,
    EventHub,
    SessionEnded,
    SyncProgressed,
)
from desktop.services.sync import (
    CLIENTS_AT_ONCE,
    FIRST_AFTER,
    LIST_EVERY,
    OFFLINE_AFTER,
    UNWELL,
)
from tests.api.fake_server import HTML, Answer, answer
from tests.services.paper import (
    LISTS,
    AlarmClock,
    Paper,
    desk_on,
    files_of,
    heard,
    until,
)

# All that the background may ever ask (design promise 5), ids left out.
QUIET: Final = frozenset(
    {
        "/api/accounts/profile",
        "/api/accounts/revision-date",
        "/api/providers/ID/organizations",
        "/api/providers/ID/events",
        "/api/organizations/ID/collections",
        "/api/organizations/ID/groups/details",
        "/api/organizations/ID/users",
        "/api/organizations/ID/policies",
        "/api/organizations/ID/events",
    }
)
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def asked_of(paper: Paper) -> list[str]:
    """Names of the clients in the order in which their first list was asked for."""
    names = {one.path("collections"): one.name for one in paper.clients}
    return [names[path] for path in paper.asked() if path in names]


# --- what is asked --------------------------------------------------------------------------------


def test_the_background_asks_quiet_endpoints_only(home: Path) -> None:
    async def work() -> None:
        paper = Paper(3, use_events=True)
        async with desk_on(paper, home / "p") as desk:
            for _day in range(2):
                paper.clock.seconds += 86_400
                await desk.sync.round()
        verbs = Counter(one.method for one in paper.server.seen)
        posts = {one.url.path for one in paper.server.seen if one.method != "GET"}
        assert verbs["GET"] >= 30
        assert posts == {"/identity/connect/token"}
        assert {_ID.sub("ID", path) for path in paper.asked()} == QUIET - {
            "/api/accounts/revision-date"
        }

    asyncio.run(work())


def test_clients_longest_not_seen_come_first(home: Path) -> None:
    async def work() -> None:
        paper = Paper(6)
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            # Seen in this order; the last two never.
            for number in (3, 1, 0, 2):
                paper.clock.seconds += 60
                await desk.workspace.known(paper.clients[number].id)
            paper.forget()
            paper.clock.seconds += 60
            result = await desk.sync.round()
            assert (result.clients, result.failed) == (6, 0)
            assert asked_of(paper) == [f"Client {number}" for number in (4, 5, 3, 1, 0, 2)]

    asyncio.run(work())


def test_rounds_come_by_themselves_and_ask_only_for_what_is_old(home: Path) -> None:
    async def work() -> None:
        clock = AlarmClock()
        paper = Paper(3, clock=clock)
        hub = EventHub()
        async with desk_on(paper, home / "p", hub) as desk:
            seen = heard(hub)
            desk.sync.start()
            desk.sync.start()
            assert await clock.ring() == FIRST_AFTER.total_seconds()
            counts = []
            for _round in range(17):
                assert await clock.ring() == LIST_EVERY.total_seconds()
                counts.append(len(asked_of(paper)))
                assert desk.sync.state.last_round is not None
                # One of a person's openings takes the place of the background's.
                if len(counts) == 8:
                    await desk.workspace.known(paper.clients[1].id)
            # Every client at first, then none for four hours but whom a person looked at.
            assert counts[0] == 3
            assert counts[7] == 3
            assert counts[14] == 4
            assert counts[16] == 6
            assert paper.asked().count(paper.clients_path) in {17, 18}
            # Who did not change is not told about again.
            changes = Counter(type(one) for one in seen)
            assert changes[ClientChanged] == 3
            assert changes[ClientsChanged] == 1
            done = [one for one in seen if isinstance(one, SyncProgressed)]
            assert SyncProgressed(3, 3) in done

    asyncio.run(work())


# --- whose turn it is -----------------------------------------------------------------------------


def test_the_background_takes_half_and_rises_slowly(home: Path) -> None:
    async def work() -> None:
        paper = Paper(100)
        async with desk_on(paper, home / "p") as desk:
            began = paper.clock.seconds
            result = await desk.sync.round()
            assert (result.clients, result.failed) == (100, 0)
        times = [at - began for at, one in _timed(paper) if one.method == "GET"]
        most = [sum(at <= other < at + 1.0 for other in times) for at in times]
        assert max(most[:4]) <= CEILING_FIRST // 2
        assert CEILING_FIRST < max(most) <= CEILING_TOP // 2
        # From 2 a second to 10: well above what standing still at the bottom would take.
        assert len(times) / CEILING_TOP * 2 < result.seconds < len(times) / 3

    asyncio.run(work())


def _timed(paper: Paper) -> list[tuple[float, httpx.Request]]:
    return list(zip(paper.server.times, paper.server.seen, strict=True))


def test_whoever_a_person_waits_for_goes_first(home: Path) -> None:
    async def work() -> None:
        # No time passes by itself, so nobody leaves whom the pace did not let go.
        clock = AlarmClock(long_s=0.0)
        # More than the round can read meanwhile, however often the clock rings.
        paper = Paper(100, clock=clock)
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            clock.seconds += 60
            running = asyncio.create_task(desk.sync.round())
            (host,) = desk.link.api._wire._pace._hosts.values()
            for client in paper.clients[-3:]:
                await until(lambda: len(host.quiet) >= len(LISTS) and not clock.alarms.empty())
                # What was let go before has arrived.
                await _quiet(paper)
                paper.forget()
                opening = asyncio.create_task(desk.workspace.open(client.id))
                await until(lambda: len(host.people) + len(paper.server.seen) >= 4)
                while not opening.done():
                    await _quiet(paper)
                    if not opening.done() and not clock.alarms.empty():
                        await clock.ring()
                # Four calls of a person pass all that waits in the background.
                theirs = [one.url.path for one in paper.server.seen[:4]]
                assert all(str(client.id) in path for path in theirs)
                assert not running.done()
                await opening
            running.cancel()

    asyncio.run(work())


@pytest.mark.parametrize(
    "refusal",
    [
        answer(429, {"message": "Slow down!"}, {"Retry-After": "45"}),
        answer(503, b"", {"Retry-After": "45"}),
    ],
    ids=["429", "503"],
)
def test_a_limit_only_slows_the_background_and_the_wait_is_shown(
    refusal: httpx.Response, home: Path
) -> None:
    async def work() -> None:
        paper = Paper(4)
        hub = EventHub()
        async with desk_on(paper, home / "p", hub) as desk:
            await desk.clients.fetch()
            paper.clock.seconds += 60
            seen = heard(hub)
            shown: list[float] = []
            hub.subscribe(lambda _event: shown.append(desk.sync.state.waiting_s))
            slow = paper.clients[1].path("groups")
            paper.fail(slow, refusal, paper.server.row(slow))
            ceiling = desk.link.api.allowance().ceiling
            result = await desk.sync.round()
            assert (result.clients, result.failed) == (4, 0)
            assert result.seconds >= 45
            waits = [one.waiting_s for one in seen if isinstance(one, SyncProgressed)]
            assert 44 < max(waits) <= 45
            assert max(shown) == pytest.approx(max(waits))
            assert waits[-1] == 0
            assert desk.sync.state.waiting_s == 0
            assert desk.link.api.allowance().ceiling < ceiling
            # The second try came when the server had said, not before.
            first, second = (at for at, one in _timed(paper) if one.url.path == slow)
            assert second - first >= 45

    asyncio.run(work())


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "slows"),
    [
        (answer(500, {"message": "An error has occurred."}), False),
        (answer(404, {"message": "Resource not found."}), False),
        (answer(403, {"message": "No."}), False),
        (answer(400, {"message": "No."}), False),
        (answer(200, HTML), True),
        (httpx.ReadTimeout("slow"), False),
    ],
    ids=["500", "404", "403", "400", "page", "slow"],
)
def test_a_failing_client_only_counts(problem: Answer, slows: bool, home: Path) -> None:
    async def work() -> None:
        paper = Paper(4)
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            paper.clock.seconds += 60
            bad = paper.clients[1]
            paper.fail(bad.path("members"), problem)
            result = await desk.sync.round()
            assert (result.clients, result.failed, result.changed) == (4, 1, 3)
            # A page in place of an answer is a sign of a gateway that has enough.
            assert (desk.link.api.allowance().ceiling < CEILING_FIRST) is slows
            assert desk.sync.state.last_round is not None
            kept = {(one.kind, one.owner) for one in desk.link.snapshots.kinds()}
            for client in paper.clients:
                has = [(kind, str(client.id)) in kept for kind in LISTS]
                assert has == [client is not bad] * len(LISTS), client.name
            assert not desk.link.signed_out

    asyncio.run(work())


def test_a_server_that_fails_again_and_again_is_left_alone(home: Path) -> None:
    async def work() -> None:
        paper = Paper(40)
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            paper.clock.seconds += 60
            for client in paper.clients:
                paper.fail(client.path("members"), answer(500, b""))
            with pytest.raises(ServerFailed):
                await desk.sync.round()
            assert UNWELL <= len(asked_of(paper)) <= UNWELL + CLIENTS_AT_ONCE
            assert not desk.sync.state.is_running
            assert desk.sync.state.last_round is None
            # Who may not see a list is no sign of that.
            paper.serve()
            for client in paper.clients:
                paper.fail(client.path("members"), answer(404, {"message": "Resource not found."}))
            paper.clock.seconds += 60
            result = await desk.sync.round()
            assert (result.clients, result.failed) == (40, 40)

    asyncio.run(work())


def test_offline_ends_a_round_and_it_is_tried_again_sooner(home: Path) -> None:
    async def work() -> None:
        clock = AlarmClock()
        paper = Paper(2 * CLIENTS_AT_ONCE + 4, clock=clock)
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()

            def cut(_request: httpx.Request) -> httpx.ConnectError:
                # From here on nothing gets through.
                desk.link.api.network_cut = True
                return httpx.ConnectError("no route")

            # Whoever asks for one more client has kept one.
            for client in paper.clients[CLIENTS_AT_ONCE:]:
                paper.fail(client.path("groups"), cut)
            desk.sync.start()
            assert await clock.ring() == FIRST_AFTER.total_seconds()
            assert await clock.ring() == OFFLINE_AFTER.total_seconds()
            assert len(asked_of(paper)) <= 2 * CLIENTS_AT_ONCE
            assert not desk.link.online
            assert not desk.sync.state.is_running
            # The line is back: what was not reached is asked for, and the rest is left alone.
            paper.serve()
            desk.link.api.network_cut = False
            # What had come in full is kept, if the disk was at it.
            await desk.link.disk(lambda: None)
            kept = {one.owner for one in desk.link.snapshots.kinds() if one.kind == "members"}
            got = {one.name for one in paper.clients if str(one.id) in kept}
            assert got
            paper.forget()
            assert await clock.ring() == LIST_EVERY.total_seconds()
            assert desk.link.online
            assert set(asked_of(paper)) | got == {one.name for one in paper.clients}
            assert not set(asked_of(paper)) & got

    asyncio.run(work())


@pytest.mark.parametrize("how", ["round", "loop"])
def test_a_session_that_ended_ends_the_round_and_is_told_once(how: str, home: Path) -> None:
    async def work() -> None:
        clock = AlarmClock()
        paper = Paper(6, clock=clock)
        hub = EventHub()
        async with desk_on(paper, home / "p", hub) as desk:
            await desk.clients.fetch()
            seen = heard(hub)
            ended = answer(401, b"", {"WWW-Authenticate": 'Bearer error="invalid_token"'})
            for client in paper.clients:
                paper.fail(client.path("members"), ended)
            refused = answer(400, {"error": "invalid_grant"})
            paper.server.on("POST", "/identity/connect/token", refused)
            clock.seconds += 60
            if how == "round":
                with pytest.raises(SignedOut):
                    await desk.sync.round()
            else:
                desk.sync.start()
                for _turn in range(4):
                    await clock.ring()
            assert sum(isinstance(one, SessionEnded) for one in seen) == 1
            before = len(paper.server.seen)
            assert len(asked_of(paper)) <= CLIENTS_AT_ONCE
            if how == "loop":
                # Nothing is asked without a session, round after round.
                await clock.ring()
                await clock.ring()
                assert len(paper.server.seen) == before

    asyncio.run(work())


# --- the end --------------------------------------------------------------------------------------


def test_a_desk_that_only_reads_keeps_nothing(home: Path) -> None:
    async def work() -> None:
        paper = Paper(3, use_events=True)
        async with desk_on(paper, home / "p") as writer:
            await writer.clients.fetch()
            async with desk_on(paper, home / "p") as reader:
                assert reader.read_only
                await writer.link.disk(writer._store.checkpoint)
                before = files_of(home / "p")
                paper.forget()
                reader.sync.start()
                reader.retention.start(lambda: 1)
                assert reader.sync._loop is None
                assert reader.retention._task is None
                paper.clock.seconds += 60
                await reader.sync.round()
                # The list of clients is read for those who look at it, and kept nowhere.
                assert set(paper.asked()) <= {"/api/accounts/profile", paper.clients_path}
                await reader.workspace.open(paper.clients[0].id)
                assert files_of(home / "p") == before

    asyncio.run(work())


@pytest.mark.parametrize("place", ["clients", "list"])
def test_the_lock_stops_the_background_at_once_and_nothing_is_kept_after_it(
    place: str, home: Path
) -> None:
    async def work() -> None:
        paper = Paper(8)
        hub = EventHub()
        async with desk_on(paper, home / "p", hub) as desk:
            await desk.sync.round()
            await desk.link.disk(desk._store.checkpoint)
            paper.clock.seconds += 86_400
            for client in paper.clients:
                client.group("New")
            held = paper.clients_path if place == "clients" else paper.clients[0].path("members")
            opens = paper.gate(held)
            paper.forget()
            running = asyncio.create_task(desk.sync.round())
            await until(lambda: held in paper.asked())
            loop = asyncio.get_running_loop()
            began, asked = loop.time(), len(paper.server.seen)
            await desk.lock()
            # Without waiting for the answer; the rest is the closing of the files.
            assert loop.time() - began < 5.0
            opens.set()
            with pytest.raises((asyncio.CancelledError, Locked)):
                await running
            locked = files_of(home / "p")
            events = heard(hub)
            for _turn in range(20):
                await asyncio.sleep(0)
            assert len(paper.server.seen) <= asked + CLIENTS_AT_ONCE * len(LISTS)
            assert files_of(home / "p") == locked
            assert events == []
            desk.sync.start()
            assert desk.sync._loop is None
        paper.serve()
        async with desk_on(paper, home / "p") as again:
            # The client whose list was on its way has none of the new ones.
            groups = again.link.snapshots.get("groups", str(paper.clients[0].id))
            assert groups is not None
            assert b"New" not in groups.payload

    asyncio.run(work())


def test_switched_off_it_stops_and_switched_on_it_begins_again(home: Path) -> None:
    async def work() -> None:
        clock = AlarmClock()
        paper = Paper(6, clock=clock)
        hub = EventHub()
        async with desk_on(paper, home / "p", hub) as desk:
            await desk.clients.fetch()
            seen = heard(hub)
            opens = paper.gate(paper.clients[0].path("members"))
            desk.sync.start()
            await clock.ring()
            await until(lambda: desk.sync.state.is_running and len(asked_of(paper)) >= 2)
            desk.sync.stop()
            assert not desk.sync.state.is_running
            assert seen[-1] == SyncProgressed(0, 0)
            await _quiet(paper)
            before = len(paper.server.seen)
            opens.set()
            await _quiet(paper)
            assert len(paper.server.seen) == before
            paper.serve()
            desk.sync.start()
            assert await clock.ring() == FIRST_AFTER.total_seconds()
            await clock.ring()
            kept = {one.owner for one in desk.link.snapshots.kinds() if one.kind == "members"}
            assert kept == {str(one.id) for one in paper.clients}

    asyncio.run(work())


async def _quiet(paper: Paper) -> None:
    """Until no request has come for some turns of the loop."""
    still, count = 0, -1
    while still < 20:
        await asyncio.sleep(0)
        still = still + 1 if len(paper.server.seen) == count else 0
        count = len(paper.server.seen)


def test_two_rounds_follow_each_other(home: Path) -> None:
    async def work() -> None:
        paper = Paper(5)
        async with desk_on(paper, home / "p") as desk:
            await desk.clients.fetch()
            paper.clock.seconds += 60
            results = await asyncio.gather(desk.sync.round(), desk.sync.round())
            # The second one was asked for before the first began: nothing is due any more.
            assert [one.clients for one in results] == [5, 0]
            assert len(asked_of(paper)) == 5

    asyncio.run(work())


def test_what_a_role_may_not_read_is_asked_for_once_a_period(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2, use_events=True)
        async with desk_on(paper, home / "p") as desk:
            for client in paper.clients:
                paper.fail(client.path("events"), answer(404, {"message": "Resource not found."}))
            for _hour in range(6):
                paper.clock.seconds += 3_600
                result = await desk.sync.round()
                assert (result.clients, result.failed) == (2, 0)
            logs = [path for path in paper.asked() if path == paper.clients[0].path("events")]
            assert len(logs) == 1
            paper.clock.seconds += 86_400
            await desk.sync.round()
            logs = [path for path in paper.asked() if path == paper.clients[0].path("events")]
            assert len(logs) == 2

    asyncio.run(work())
