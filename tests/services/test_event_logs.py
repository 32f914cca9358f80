"""Event logs: by continuation, once a day, by month, nothing twice and nothing left out."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from desktop.domain.errors import ClavigerError, Offline
from desktop.services.desk import Desk
from desktop.services.event_logs import EVENTS, FIRST_BACK, LONGEST, OVERLAP, PAGES_MAX, EventLogs
from tests.api.fake_server import answer, listed
from tests.services.paper import PROVIDER, Paper, PaperClient, Row, desk_on

PAGE = 50


def stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"


def happens(paper: Paper, client: PaperClient, count: int, *, ago: timedelta) -> list[Row]:
    """So many events, a second apart, the oldest so long ago."""
    begin = paper.clock.true_now - ago
    new: list[Row] = [
        {
            "type": 1500,
            "date": stamp(begin + timedelta(seconds=n)),
            "number": len(client.events) + n,
        }
        for n in range(count)
    ]
    client.events += new
    return new


def kept(desk: Desk, owner: object) -> dict[str, list[Row]]:
    """Events by month, in the order in which they are kept."""
    found: dict[str, list[Row]] = {}
    for label in desk.link.snapshots.kinds():
        if label.owner == str(owner) and label.kind.startswith(EVENTS):
            snapshot = desk.link.snapshots.get(label.kind, label.owner)
            assert snapshot is not None
            found[label.kind] = msgspec.json.decode(snapshot.payload)["data"]
    return found


def numbers(desk: Desk, owner: object) -> list[int]:
    return sorted(row["number"] for month in kept(desk, owner).values() for row in month)


def asked(paper: Paper, client: PaperClient) -> list[httpx.QueryParams]:
    path = client.path("events")
    return [one.url.params for one in paper.server.seen if one.url.path == path]


def test_the_first_reading_goes_back_a_month_and_the_next_ones_only_a_little(
    home: Path,
) -> None:
    async def work() -> None:
        paper = Paper(1, use_events=True)
        (client,) = paper.clients
        happens(paper, client, 4, ago=FIRST_BACK + timedelta(days=2))
        happens(paper, client, 120, ago=timedelta(days=20))
        async with desk_on(paper, home / "p") as desk:
            logs = EventLogs(desk.link)
            assert await logs.of_client(client.id) == 120
            # Three pages, each asked for with the token of the one before.
            tokens = [one.get("continuationToken") for one in asked(paper, client)]
            assert tokens == [None, str(PAGE), str(2 * PAGE)]
            assert len({(one["start"], one["end"]) for one in asked(paper, client)}) == 1
            paper.forget()
            paper.clock.seconds += 86_400
            assert await logs.of_client(client.id) == 0
            new = happens(paper, client, 3, ago=timedelta(minutes=1))
            # What the server wrote late, with a date before the last reading.
            late = happens(paper, client, 1, ago=timedelta(seconds=30) + OVERLAP / 2)
            assert await logs.of_client(client.id) == len(new) + len(late)
            assert await logs.of_client(client.id) == 0
            assert numbers(desk, client.id) == list(range(4, 128))
            window = asked(paper, client)[-1]
            begin, end = (datetime.fromisoformat(window[name]) for name in ("start", "end"))
            assert end - begin == OVERLAP

    asyncio.run(work())


def test_events_are_kept_by_month_newest_first_as_the_server_wrote_them(home: Path) -> None:
    async def work() -> None:
        paper = Paper(1, use_events=True)
        (client,) = paper.clients
        for days in (1, 10, 25, 29):
            happens(paper, client, 2, ago=timedelta(days=days))
        client.events[0]["somethingNew"] = {"kept": "as it is"}
        async with desk_on(paper, home / "p") as desk:
            await EventLogs(desk.link).of_client(client.id)
            months = kept(desk, client.id)
            assert set(months) == {f"{EVENTS}{row['date'][:7]}" for row in client.events}
            assert len(months) == 2
            for month in months.values():
                dates = [row["date"] for row in month]
                assert dates == sorted(dates, reverse=True)
            rows = [row for month in months.values() for row in month]
            assert sorted(rows, key=lambda row: row["number"]) == client.events

    asyncio.run(work())


def test_a_log_longer_than_one_reading_is_finished_by_the_next_ones(home: Path) -> None:
    async def work() -> None:
        paper = Paper(1, use_events=True)
        (client,) = paper.clients
        many = PAGE * PAGES_MAX * 2 + 70
        happens(paper, client, many, ago=timedelta(days=3))
        async with desk_on(paper, home / "p") as desk:
            logs = EventLogs(desk.link)
            assert await logs.of_client(client.id) == PAGE * PAGES_MAX
            # The newest are there, whatever is missing still.
            assert numbers(desk, client.id)[-1] == many - 1
            for _day in range(3):
                paper.clock.seconds += 86_400
                happens(paper, client, 5, ago=timedelta(minutes=1))
                paper.forget()
                await logs.of_client(client.id)
                assert len(asked(paper, client)) <= PAGES_MAX + 1
            assert numbers(desk, client.id) == list(range(many + 15))

    asyncio.run(work())


def test_a_reading_that_breaks_off_keeps_nothing_and_misses_nothing(home: Path) -> None:
    async def work() -> None:
        paper = Paper(1, use_events=True)
        (client,) = paper.clients
        happens(paper, client, 3 * PAGE, ago=timedelta(days=2))
        async with desk_on(paper, home / "p") as desk:
            logs = EventLogs(desk.link)
            told = paper.server.row(client.path("events"))
            for problem in (
                httpx.ConnectError("cut"),
                answer(500, b""),
                answer(200, listed({"type": 1500, "date": "yesterday"})),
                answer(200, b"<html>"),
            ):
                paper.fail(client.path("events"), told, problem)
                with pytest.raises(ClavigerError):
                    await logs.of_client(client.id)
                assert kept(desk, client.id) == {}
                assert desk.link.snapshots.get("events_seen", str(client.id)) is None
            paper.serve()
            assert await logs.of_client(client.id) == 3 * PAGE
            paper.fail(client.path("events"), httpx.ConnectError("cut"))
            paper.clock.seconds += 86_400
            happens(paper, client, 2, ago=timedelta(hours=20))
            with pytest.raises(Offline):
                await logs.of_client(client.id)
            paper.serve()
            assert await logs.of_client(client.id) == 2

    asyncio.run(work())


def test_t35_tokens_that_lead_in_circles_end_the_reading(home: Path) -> None:
    async def work() -> None:
        paper = Paper(1, use_events=True)
        (client,) = paper.clients
        rows = happens(paper, client, 2, ago=timedelta(days=2))
        paper.fail(client.path("events"), answer(200, listed(*rows, token="again")))
        async with desk_on(paper, home / "p") as desk:
            logs = EventLogs(desk.link)
            assert await logs.of_client(client.id) == 2
            assert len(asked(paper, client)) == 2
            # Fresh tokens for ever are given up as well.
            paper.forget()
            count = iter(range(10_000))
            paper.fail(
                client.path("events"),
                lambda _request: answer(200, listed(*rows, token=f"token{next(count)}")),
            )
            paper.clock.seconds += 86_400
            await logs.of_client(client.id)
            assert len(asked(paper, client)) <= PAGES_MAX + 1

    asyncio.run(work())


def test_after_a_long_time_away_no_more_is_asked_than_the_server_allows(home: Path) -> None:
    async def work() -> None:
        paper = Paper(1, use_events=True)
        (client,) = paper.clients
        async with desk_on(paper, home / "p") as desk:
            logs = EventLogs(desk.link)
            await logs.of_client(client.id)
            paper.clock.seconds += timedelta(days=700).total_seconds()
            paper.forget()
            await logs.of_client(client.id)
            window = asked(paper, client)[0]
            begin, end = (datetime.fromisoformat(window[name]) for name in ("start", "end"))
            assert end - begin == LONGEST

    asyncio.run(work())


def test_the_background_reads_each_log_once_a_day_and_the_providers_every_four_hours(
    home: Path,
) -> None:
    async def work() -> None:
        paper = Paper(2, use_events=True)
        paper.events.append(
            {"type": 1800, "date": stamp(paper.clock.true_now - timedelta(days=1)), "number": 0}
        )
        for client in paper.clients:
            happens(paper, client, 1, ago=timedelta(days=1))
        async with desk_on(paper, home / "p") as desk:
            for _hour in range(24):
                await desk.sync.round()
                paper.clock.seconds += 3_600
            for client in paper.clients:
                assert len(asked(paper, client)) == 1
                assert numbers(desk, client.id) == [0]
            log = f"/api/providers/{PROVIDER}/events"
            assert paper.asked().count(log) == 6
            assert numbers(desk, PROVIDER) == [0]
            await desk.sync.round()
            assert len(asked(paper, paper.clients[0])) == 2

    asyncio.run(work())


def test_a_plan_without_a_log_is_not_asked_for_one(home: Path) -> None:
    async def work() -> None:
        paper = Paper(2, use_events=False)
        async with desk_on(paper, home / "p") as desk:
            await desk.sync.round()
            assert not [path for path in paper.asked() if path.endswith("/events")]

    asyncio.run(work())
