"""A provider on paper: its lists are rows here, told by a scripted server to a real desk."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

import httpx
import msgspec

from desktop.cache.store import Store
from desktop.crypto.encstring import encrypt, encrypt_text, wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import generate_key_pair
from desktop.crypto.seal import DataKey
from desktop.crypto.secret import KeyRegistry
from desktop.domain.enums import ProviderStatus, ProviderUserStatus, ProviderUserType
from desktop.domain.events import Event, EventHub
from desktop.domain.ids import ConnectionId, OrganizationId
from desktop.domain.records import Profile
from desktop.services.desk import Desk
from desktop.services.link import ACCOUNT, PROFILE, Waits
from desktop.services.pins import KnownKeys
from desktop.services.session import Session
from desktop.settings.connections import ConnectionRecord, ConnectionsFile
from desktop.settings.profile import ProfileFolder
from tests.api.fake_server import (
    BASE,
    DEVICE,
    USER,
    Answer,
    FakeClock,
    FakeServer,
    answer,
    listed,
    make_api,
)

Row = dict[str, Any]
Telling = Callable[[httpx.Request], httpx.Response]

CONNECTION: Final = ConnectionId(UUID("11111111-2222-4333-8444-555555555555"))
PROVIDER: Final = UUID(int=0xA000)
DATA_KEY: Final = bytes(range(32))
_PUBLIC, _PRIVATE = generate_key_pair()
_USER_KEY, _PROVIDER_KEY = SymmetricKey.generate(), SymmetricKey.generate()
# Whoever sleeps so long waits for a time of day, not for a limit.
LONG_S: Final = 10.0
# Of a test that waits for something on a busy computer.
DEADLINE_S: Final = 60.0
# The lists of one client, as quiet calls tell them.
LISTS: Final = ("collections", "groups", "members", "policies")
_PLACES: Final = {
    "collections": "collections",
    "collection_details": "collections/details",
    "groups": "groups/details",
    "members": "users",
    "policies": "policies",
    "events": "events",
}


def identity(*words: object) -> UUID:
    """The same id for the same words."""
    return UUID(bytes=hashlib.sha256(repr(words).encode()).digest()[:16])


@dataclass
class PaperClient:
    """One client. Tests change its lists as a colleague would."""

    name: str
    id: OrganizationId
    key: SymmetricKey = field(default_factory=SymmetricKey.generate)
    seats: int = 10
    plan: str = "Enterprise (Monthly)"
    enabled: bool = True
    collections: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    members: list[Row] = field(default_factory=list)
    policies: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)

    def collection(self, name: str) -> Row:
        """A new one of its collections."""
        row: Row = {
            "id": str(identity(self.id, "collection", name)),
            "organizationId": str(self.id),
            "name": encrypt_text(self.key, name),
            "externalId": None,
            "type": 0,
        }
        self.collections.append(row)
        return row

    def group(self, name: str, *collections: Row) -> Row:
        row: Row = {
            "id": str(identity(self.id, "group", name)),
            "organizationId": str(self.id),
            "name": name,
            "externalId": None,
            "collections": [_access(one, "manage") for one in collections],
        }
        self.groups.append(row)
        return row

    def member(self, email: str, **changes: object) -> Row:
        row: Row = {
            "id": str(identity(self.id, "member", email)),
            "userId": None,
            "name": None,
            "email": email,
            "type": 2,
            "status": 2,
            "twoFactorEnabled": False,
            "resetPasswordEnrolled": False,
            "groups": [],
            "collections": [],
            **changes,
        }
        self.members.append(row)
        return row

    def policy(self, kind: int, *, enabled: bool = True, **data: object) -> Row:
        row: Row = {
            "organizationId": str(self.id),
            "type": kind,
            "enabled": enabled,
            "data": data,
            "canToggleState": True,
        }
        self.policies.append(row)
        return row

    def path(self, kind: str) -> str:
        """Where one of its lists is read."""
        return f"/api/organizations/{self.id}/{_PLACES[kind]}"

    def row(self) -> Row:
        """Its line in the provider's list."""
        return {
            "id": str(identity(self.id, "link")),
            "providerId": str(PROVIDER),
            "organizationId": str(self.id),
            "organizationName": self.name,
            "key": wrap_key(_PROVIDER_KEY, self.key),
            "userCount": len(self.members),
            "seats": self.seats,
            "occupiedSeats": len(self.members),
            "remainingSeats": self.seats - len(self.members),
            "plan": self.plan,
            "creationDate": "2026-01-01T00:00:00Z",
            "revisionDate": "2026-01-01T00:00:00Z",
        }


def _access(collection: Row, *flags: str) -> Row:
    names = ("readOnly", "hidePasswords", "manage")
    return {"id": collection["id"], **{name: name in flags for name in names}}


class AlarmClock(FakeClock):
    """Who sleeps for `long_s` or more is woken by the test: `ring`."""

    def __init__(self, long_s: float = LONG_S) -> None:
        super().__init__()
        self.long_s = long_s
        self.alarms: asyncio.Queue[tuple[float, asyncio.Future[None]]] = asyncio.Queue()

    async def sleep(self, seconds: float) -> None:
        if seconds < self.long_s:
            await super().sleep(seconds)
            return
        alarm = asyncio.get_running_loop().create_future()
        self.alarms.put_nowait((seconds, alarm))
        await alarm

    async def ring(self) -> float:
        """Waits until somebody sleeps, and lets that time pass; how long it was, in seconds."""
        async with asyncio.timeout(DEADLINE_S):
            seconds, alarm = await self.alarms.get()
            while alarm.done():
                # Whoever slept was called away.
                seconds, alarm = await self.alarms.get()
        self.seconds += seconds
        alarm.set_result(None)
        return seconds


class TimedServer(FakeServer):
    """Notes when each request came, in seconds of the clock."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock=clock)
        self.times: list[float] = []

    def row(self, path: str) -> Telling:
        """What a path answers as ever."""
        told = self._rows["GET", path][-1]
        assert callable(told)
        return cast("Telling", told)

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        self.times.append(self.clock.seconds)
        return await super()._handle(request)


class Paper:
    """The provider. `server.seen` is every request; `fail` lets a path answer otherwise."""

    def __init__(
        self, clients: int = 3, *, use_events: bool = False, clock: FakeClock | None = None
    ) -> None:
        self.server = TimedServer(clock or FakeClock())
        self.clock = self.server.clock
        self.use_events = use_events
        self.clients: list[PaperClient] = []
        self.staff: list[Row] = []
        self.events: list[Row] = []
        self._rows: dict[UUID, Row] = {}
        self.provider_key = _WRAPPED_PROVIDER_KEY
        for number in range(clients):
            self.add(f"Client {number}")
        for number in range(3):
            self.staff.append(
                {
                    "id": str(identity("staff", number)),
                    "userId": None,
                    "type": 0,
                    "status": 2,
                    "name": f"Person {number}",
                    "email": f"person{number}@provider.example",
                }
            )
        self.serve()

    def add(self, name: str) -> PaperClient:
        """A client with two collections, a group, three members and a policy."""
        client = PaperClient(name, OrganizationId(identity("client", name)))
        office = client.collection("Office")
        client.collection("Office/Banks")
        client.group("Everyone", office)
        for person in ("anna", "bram", "chris"):
            client.member(f"{person}@{len(self.clients)}.example")
        client.policy(1, minLength=12)
        self.clients.append(client)
        self.serve()
        return client

    def remove(self, client: PaperClient) -> None:
        self.clients.remove(client)
        self.serve()

    def serve(self) -> None:
        """Every path tells what its rows say when it is asked."""
        on = self.server.on
        on("GET", "/api/accounts/profile", lambda _request: answer(200, self.profile()))
        on("GET", self.clients_path, lambda _request: answer(200, listed(*self.client_rows())))
        on("GET", self.staff_path, lambda _request: answer(200, listed(*self.staff)))
        on("GET", "/api/accounts/revision-date", lambda _request: answer(200, 1_767_225_600_000))
        on("GET", self.subscription_path, lambda _request: answer(200, {"plans": []}))
        on("GET", f"/api/providers/{PROVIDER}/events", _log(lambda: self.events))
        for client in self.clients:
            for kind in LISTS:
                on("GET", client.path(kind), _told(client, kind))
            on("GET", client.path("collection_details"), _details(client))
            on("GET", client.path("events"), _log(_rows_of(client)))

    clients_path: Final = f"/api/providers/{PROVIDER}/organizations"
    staff_path: Final = f"/api/providers/{PROVIDER}/users"
    subscription_path: Final = f"/api/providers/{PROVIDER}/billing/subscription"

    def client_rows(self) -> list[Row]:
        """The provider's list; a key is wrapped once, as a server would keep it."""
        rows = []
        for client in self.clients:
            kept = self._row_of(client)
            rows.append({**client.row(), "key": kept["key"], **client_changes(kept)})
        return rows

    def _row_of(self, client: PaperClient) -> Row:
        return self._rows.setdefault(client.id, client.row())

    def change_key(self, client: PaperClient, wrapped: str | None = None) -> str:
        """The server tells another key from now on: a fresh valid one, or what is given. What it
        told before.
        """
        row = self._row_of(client)
        former: str = row["key"]
        row["key"] = wrapped or wrap_key(_PROVIDER_KEY, SymmetricKey.generate())
        return former

    def change_provider_key(self) -> SymmetricKey:
        """The same for the provider key: all clients come wrapped under the new one."""
        key = SymmetricKey.generate()
        self.provider_key = _PUBLIC.wrap(key)
        for client in self.clients:
            self._row_of(client)["key"] = wrap_key(key, client.key)
        return key

    def wrap_for_account(self, key: SymmetricKey) -> str:
        """As anybody can who knows the account's public key."""
        return _PUBLIC.wrap(key)

    def profile(self) -> Row:
        provider = {
            "id": str(PROVIDER),
            "name": "Havenlicht IT",
            "key": self.provider_key,
            "status": int(ProviderUserStatus.CONFIRMED),
            "type": int(ProviderUserType.PROVIDER_ADMIN),
            "providerStatus": int(ProviderStatus.BILLABLE),
            "enabled": True,
            "useEvents": self.use_events,
        }
        reached = [
            {
                "id": str(client.id),
                "name": client.name,
                "enabled": client.enabled,
                "usePolicies": True,
                "useGroups": True,
                "useEvents": self.use_events,
                "providerId": str(PROVIDER),
                "key": self._row_of(client)["key"],
            }
            for client in self.clients
        ]
        return {
            "id": str(USER),
            "email": "billy@example.com",
            "privateKey": _SEALED_PRIVATE,
            "providers": [provider],
            "providerOrganizations": reached,
        }

    def fail(self, path: str, *answers: Answer) -> None:
        """Until `serve`; the last answer stays."""
        self.server.on("GET", path, *answers)

    def gate(self, path: str) -> asyncio.Event:
        """A path whose answers wait for the event; then it tells what it ever did."""
        opens = asyncio.Event()
        told = self.server.row(path)

        async def answered(request: httpx.Request) -> httpx.Response:
            await opens.wait()
            return told(request)

        self.fail(path, answered)
        return opens

    def forget(self) -> None:
        """What was asked until now."""
        for row in (self.server.seen, self.server.bodies, self.server.times):
            row.clear()

    def asked(self) -> list[str]:
        """Paths of the reads so far."""
        return [one.url.path for one in self.server.seen if one.method == "GET"]


_WRAPPED_PROVIDER_KEY: Final = _PUBLIC.wrap(_PROVIDER_KEY)
_SEALED_PRIVATE: Final = encrypt(_USER_KEY, _PRIVATE)


def client_changes(kept: Row) -> Row:
    """Dates stay as they were first told."""
    return {name: kept[name] for name in ("creationDate", "revisionDate")}


def _told(client: PaperClient, kind: str) -> Telling:
    return lambda _request: answer(200, listed(*getattr(client, kind)))


def _rows_of(client: PaperClient) -> Callable[[], list[Row]]:
    return lambda: client.events


def _details(client: PaperClient) -> Telling:
    more = {"groups": [], "users": [], "assigned": False, "manage": False}
    return lambda _request: answer(200, listed(*({**row, **more} for row in client.collections)))


def _log(rows: Callable[[], list[Row]], page: int = 50) -> Telling:
    """A log as the server tells it: within the window, newest first, page by page."""

    def told(request: httpx.Request) -> httpx.Response:
        start, end = request.url.params["start"], request.url.params["end"]
        begin = int(request.url.params.get("continuationToken", "0"))
        found = sorted(
            (row for row in rows() if start <= row["date"] <= end),
            key=lambda row: str(row["date"]),
            reverse=True,
        )
        more = begin + page if begin + page < len(found) else None
        return answer(
            200, listed(*found[begin : begin + page], token=None if more is None else str(more))
        )

    return told


@asynccontextmanager
async def desk_on(
    paper: Paper,
    folder: Path,
    hub: EventHub | None = None,
    *,
    accepts: bool = True,
    known: KnownKeys | None = None,
) -> AsyncIterator[Desk]:
    """An unlocked desk, online, in `folder`; one that only reads where another holds the folder.

    `accepts`: the keys it sees first are accepted without a question, as in practice.
    """
    with ProfileFolder.open(folder) as profile:
        raw = json.dumps(paper.profile()).encode()
        registry = KeyRegistry()
        session = Session(registry, _USER_KEY, msgspec.json.decode(raw, type=Profile))
        data_key = DataKey(bytearray(DATA_KEY))
        store = Store.open(profile, CONNECTION, data_key, now=paper.clock.now)
        if not profile.read_only:
            store.snapshots.put(PROFILE, ACCOUNT, raw, paper.clock.now())
        waits = Waits()
        desk = Desk(
            record=ConnectionRecord(
                id=CONNECTION, label="Havenlicht IT", email="billy@example.com", api=f"{BASE}/api",
                identity=f"{BASE}/identity", events=f"{BASE}/events", web_vault=BASE,
                device_id=DEVICE.id,
            ),
            records=ConnectionsFile(profile),
            registry=registry,
            session=session,
            store=store,
            api=make_api(paper.server, on_wait=waits),
            waits=waits,
            hub=hub or EventHub(),
            clock=paper.clock,
            known=known,
        )  # fmt: skip
        await desk.pins.settle_in(is_practice=accepts)
        desk.link.set_online(True)
        try:
            yield desk
        finally:
            await desk.lock()


def heard(hub: EventHub) -> list[Event]:
    """Everything published from now on."""
    events: list[Event] = []
    hub.subscribe(events.append)
    return events


def files_of(folder: Path) -> dict[str, bytes]:
    """Every byte of a profile, but for the index that SQLite keeps for its readers."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


def without(rows: Iterable[Row], *names: str) -> list[Row]:
    """Rows but those whose name or e-mail is one of these."""
    return [row for row in rows if row.get("name") not in names and row.get("email") not in names]


async def until(holds: Callable[[], bool]) -> None:
    """Lets the loop turn until something holds."""
    async with asyncio.timeout(DEADLINE_S):
        while not holds():  # noqa: ASYNC110 - what is waited for happens on another thread
            await asyncio.sleep(0.001)
