"""Background refresh leaves no trace in anybody's log; a person's opening leaves one entry.

The whole desk on the practice server, with one clock for both.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from desktop.domain.ids import OrganizationId
from desktop.services.desk import Desk
from desktop.services.keeping import COLLECTIONS, GROUPS, MEMBERS
from tests.bench_faults.stage import bench_folder
from tests.end2end.days import FACTOR, LeapingClock
from tests.end2end.stage import Account, signed_in
from tests.practice_process import PracticeHandle, practice_server

CLIENTS: Final = 200
HOURS: Final = 24
# "Organization vault opened by a provider" in the client's log, "client vault opened" in ours.
VAULT_ACCESSED: Final = 1603
CLIENT_ACCESSED: Final = 1903
SIGNED_IN: Final = 1000
# All that a day of it may ask, and how often of each client or provider, at least and at most.
# Lists come every 4 hours, the provider's every 15 minutes, event logs daily.
A_DAY: Final = {
    "GET /api/organizations/ID/collections": (6, 7),
    "GET /api/organizations/ID/groups/details": (6, 7),
    "GET /api/organizations/ID/users": (6, 7),
    "GET /api/organizations/ID/policies": (6, 7),
    "GET /api/organizations/ID/events": (1, 2),
    "GET /api/providers/ID/organizations": (80, 97),
    "GET /api/providers/ID/events": (6, 7),
    "GET /api/accounts/profile": (20, 25),
    "POST /identity/connect/token": (20, 30),
}
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def crowd() -> Iterator[PracticeHandle]:
    """200 clients, the published limits on, and a clock that runs as the desk's does."""
    options = ("--scale", str(CLIENTS), "--members", "4", "--rate-limits", "path")
    with practice_server(*options, "--clock", str(FACTOR), "--kdf-rounds", "5000") as handle:
        yield handle


@pytest.fixture
def home() -> Iterator[Path]:
    with bench_folder() as folder:
        yield folder


def told(server: PracticeHandle, client: OrganizationId | None = None) -> Counter[int]:
    """Events in the server's log: of all, or of one client's log and what names it elsewhere."""
    return Counter(
        one["type"]
        for one in server.state()["events"]
        if client is None or str(client) in (one["organizationId"], str(one["facts"]))
    )


def openings(server: PracticeHandle) -> tuple[int, int]:
    events = told(server)
    return events[VAULT_ACCESSED], events[CLIENT_ACCESSED]


def requests(server: PracticeHandle) -> dict[str, Counter[str]]:
    """By verb and path without ids: how often each very path was asked."""
    found: dict[str, Counter[str]] = {}
    for one in server.requests():
        path = one["path"]
        found.setdefault(f"{one['method']} {_ID.sub('ID', path)}", Counter())[path] += 1
    return found


async def refreshed(desk: Desk, clock: LeapingClock) -> None:
    """A day of nothing but the background."""
    desk.sync.start()
    await clock.pass_hours(HOURS)
    desk.sync.stop()


def test_a_day_of_refreshing_leaves_no_trace_and_an_opening_leaves_one(
    crowd: PracticeHandle, home: Path
) -> None:
    async def work() -> None:
        clock = LeapingClock(crowd)
        async with signed_in(Account.of(crowd), home / "p", clock=clock) as desk:
            crowd.http.delete("/practice/requests").raise_for_status()
            before, began = told(crowd), clock.now()
            assert before[VAULT_ACCESSED] == before[CLIENT_ACCESSED] == 0
            await refreshed(desk, clock)
            assert timedelta(hours=HOURS - 1) < clock.now() - began < timedelta(hours=HOURS + 1)
            # It did its work: each list of each client again and again, and nothing else.
            asked = requests(crowd)
            assert set(asked) == set(A_DAY)
            for kind, counts in asked.items():
                least, most = A_DAY[kind]
                assert least <= min(counts.values()) <= max(counts.values()) <= most, kind
            assert len(asked["GET /api/organizations/ID/users"]) == CLIENTS
            assert {one["status"] for one in crowd.requests()} == {200}
            # And nobody's log tells of it: not these two entries, nor any other.
            assert told(crowd) == before
            assert openings(crowd) == (0, 0)

            client = next(one for one in desk.clients.all() if one.is_enterprise).organization_id
            view = await desk.workspace.open(client)
            assert view.fresh
            assert openings(crowd) == (1, 1)
            assert told(crowd, client)[VAULT_ACCESSED] == 1
            # Once more within the hour, the background beside it, plans made: no second entry.
            clock.leap(50 * 60)
            await desk.workspace.open(client)
            await desk.workspace.known(client)
            await desk.sync.round()
            assert openings(crowd) == (1, 1)
            assert _noted(desk, client) == ["vault_accessed"]

            # From the cache without a connection: told here now, and there at the next opening.
            clock.leap(3 * 3_600)
            desk.network_cut = True
            cached = await desk.workspace.cached(client)
            assert cached is not None
            assert not cached.fresh
            assert openings(crowd) == (1, 1)
            assert _noted(desk, client) == ["vault_accessed", "opened_offline"]
            desk.network_cut = False
            assert await desk.try_again()
            await desk.sync.round()
            assert openings(crowd) == (1, 1)
            await desk.workspace.open(client)
            await desk.workspace.open(client)
            assert openings(crowd) == (2, 2)
            assert _noted(desk, client) == ["vault_accessed", "opened_offline", "vault_accessed"]
            assert told(crowd, client)[VAULT_ACCESSED] == 2
            kept = {(one.kind, one.owner) for one in desk.link.snapshots.kinds()}
            assert all(
                (kind, str(one.organization_id)) in kept
                for one in desk.clients.all()
                for kind in (COLLECTIONS, GROUPS, MEMBERS)
            )

    asyncio.run(work())


def _noted(desk: Desk, client: OrganizationId) -> list[str]:
    """The local log of one client, oldest first."""
    records = desk.link.journal.log_records()
    return [one.kind for one in records if str(client).encode() in one.facts]
