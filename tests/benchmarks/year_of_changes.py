"""Signs in on the practice server, keeps the lists of every client, and lives through a year: each
week one list of each client comes back changed, by the road every answer takes.

`python -m tests.benchmarks.year_of_changes URL CA EMAIL PASSWORD`, in this process's home.
"""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from desktop.cache.snapshots import Put
from desktop.cache.store import SNAPSHOTS_FILE
from desktop.domain.errors import NotOurServer
from desktop.domain.events import EventHub
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.services.keeping import COLLECTIONS, GROUPS, MEMBERS, POLICIES
from desktop.services.workspace import quiet_paths
from desktop.settings.profile import ProfileFolder, default_path
from tests.benchmarks.sync_round import lift_ceiling
from tests.benchmarks.telling import say

WEEKS = 52
WEEK = timedelta(days=7)
# People come and go more often than policies change.
WEIGHTS = {MEMBERS: 5, COLLECTIONS: 2, GROUPS: 2, POLICIES: 1}
READ_BACK = 300

Row = dict[str, Any]
Change = Callable[["Year", list[Row]], None]


class Year:
    """What a server would answer, week by week; always the same."""

    def __init__(self) -> None:
        self.random = Random(7)
        self._number = 0

    def changed(self, kind: str, raw: bytes) -> bytes:
        """The same list after one change."""
        listed = msgspec.json.decode(raw)
        self.random.choice(_CHANGES[kind])(self, listed["data"])
        return msgspec.json.encode(listed)

    def id(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def name(self) -> str:
        """As an encrypted name looks: nothing in it can be compressed."""
        parts = (base64.b64encode(self.random.randbytes(size)).decode() for size in (16, 32, 32))
        return f"2.{'|'.join(parts)}"

    def next(self) -> int:
        self._number += 1
        return self._number

    def row(self, rows: list[Row]) -> Row:
        found: Row = self.random.choice(rows)
        return found


def _member_comes(year: Year, rows: list[Row]) -> None:
    number = year.next()
    pattern = year.row(rows)
    new = {"id": year.id(), "userId": None, "status": 0, "type": 2, "name": None}
    date = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}T09:{number % 60:02}:12.1234567Z"
    email = f"new.person{number}@client.example"
    rows.append({**pattern, **new, "email": email, "creationDate": date})


def _member_goes(year: Year, rows: list[Row]) -> None:
    if len(rows) > 1:
        rows.remove(year.row(rows[1:]))
    else:
        _member_comes(year, rows)


def _member_accepts(year: Year, rows: list[Row]) -> None:
    row = year.row(rows)
    row["status"] = (row["status"] + 1) % 3
    row["userId"], row["name"] = year.id(), f"Person {year.next()}"


def _member_moves(year: Year, rows: list[Row]) -> None:
    row = year.row(rows)
    row["groups"] = [year.id() for _ in range(year.random.randint(1, 3))]


def _collection_comes(year: Year, rows: list[Row]) -> None:
    rows.append({**year.row(rows), "id": year.id(), "name": year.name()})


def _collection_is_renamed(year: Year, rows: list[Row]) -> None:
    year.row(rows)["name"] = year.name()


def _group_is_renamed(year: Year, rows: list[Row]) -> None:
    year.row(rows)["name"] = f"Group {year.next()}"


def _group_gets_access(year: Year, rows: list[Row]) -> None:
    access = {"id": year.id(), "readOnly": False, "hidePasswords": False, "manage": True}
    year.row(rows)["collections"].append(access)


def _policy_changes(year: Year, rows: list[Row]) -> None:
    row = year.row(rows)
    row["enabled"] = not row["enabled"]
    row["data"] = {"minLength": 12 + year.next() % 100, "minComplexity": 3}


_CHANGES: dict[str, tuple[Change, ...]] = {
    MEMBERS: (_member_comes, _member_goes, _member_accepts, _member_moves),
    COLLECTIONS: (_collection_comes, _collection_is_renamed),
    GROUPS: (_group_is_renamed, _group_gets_access),
    POLICIES: (_policy_changes,),
}


async def _live(desk: Desk) -> list[Put]:
    """Keeps a year of changes; everything that was in force before the last one, oldest first."""
    link, year = desk.link, Year()
    now: dict[tuple[str, str], bytes] = {}
    for client in desk.clients.all():
        for kind in quiet_paths(link.session, client):
            kept = await link.kept(kind, str(client.organization_id))
            if kept is None:
                raise SystemExit("a list was not kept")
            now[str(client.organization_id), kind] = kept.payload
    able = {key for key, raw in now.items() if b'"data":[]' not in raw}
    begin = link.clock.now()
    former: list[Put] = []
    for week in range(1, WEEKS + 1):
        groups: dict[str, list[Put]] = {owner: [] for owner, _kind in now}
        chosen = {
            owner: year.random.choices(
                kinds := [kind for kind in WEIGHTS if (owner, kind) in able],
                [WEIGHTS[kind] for kind in kinds],
            )[0]
            for owner in groups
        }
        at = begin + week * WEEK
        for (owner, kind), raw in now.items():
            if chosen[owner] == kind:
                former.append(Put(kind, owner, raw, at))
                now[owner, kind] = year.changed(kind, raw)
            groups[owner].append(Put(kind, owner, now[owner, kind], at))
        kept_now = await link.keep_groups(list(groups.values()))
        if any(isinstance(one, NotOurServer) or any(k.held for k in one) for one in kept_now):
            raise SystemExit("an answer was not taken")
    return former


async def _check(desk: Desk, former: list[Put]) -> int:
    """Reads some of it back, from all over the year; says how many versions are kept."""
    snapshots = desk.link.snapshots
    kept = {
        (kind, owner): await desk.link.disk(snapshots.history, kind, owner)
        for kind, owner in {(one.kind, one.owner) for one in former}
    }
    wanted: dict[tuple[str, str], list[bytes]] = {}
    for put in former:
        wanted.setdefault((put.kind, put.owner), []).append(put.payload)
    places = [(key, at) for key, bodies in wanted.items() for at in range(len(bodies))]
    for key, at in Random(7).sample(places, READ_BACK):
        body = await desk.link.disk(snapshots.former, *key, kept[key][at].digest)
        if body != wanted[key][at]:
            raise SystemExit(f"version {at} of {key} is not what it was")
    return sum(map(len, kept.values()))


def _bytes(desk: Desk, folder: Path) -> float:
    """The sealed file with its log."""
    own = folder / str(desk.connection.id)
    return float(sum(one.stat().st_size for one in own.glob(f"{SNAPSHOTS_FILE}*")))


async def _run(who: Sequence[str]) -> None:
    url, ca, email, password = who
    folder = default_path()
    with ProfileFolder.open(folder) as profile:
        attempt = Entrance(profile, EventHub()).begin(
            practice_address(url, ca), email, is_practice=True
        )
        desk = await attempt.with_password(password)
        lift_ceiling(desk)
        await desk.sync.round()
        await desk.link.disk(desk.link.snapshots.compact)
        before = _bytes(desk, folder)
        former = await _live(desk)
        versions = await _check(desk, former)
        desk._store.checkpoint()
        grown = _bytes(desk, folder)
        await desk.link.disk(desk.link.snapshots.compact)
        after = _bytes(desk, folder)
        clients = len(desk.clients.all())
        await desk.lock()
    say(
        before_mb=before / 1e6,
        grown_mb=grown / 1e6,
        after_mb=after / 1e6,
        versions=float(versions),
        clients=float(clients),
        raw_mb=sum(len(one.payload) for one in former) / 1e6,
    )


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1:5]))
