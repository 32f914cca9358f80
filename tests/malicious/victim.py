"""Who is attacked: a desk that knows an account, its server, and what a person does there.

The server is the practice server, told to lie; a listener stands where a lie could lead. Each case
begins with the same server and the same desk.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

from desktop.domain.enums import (
    OrganizationUserStatus,
    OrganizationUserType,
    PolicyType,
    ProviderUserStatus,
)
from desktop.domain.errors import ClavigerError, RunStopped
from desktop.domain.events import EventHub
from desktop.domain.ids import OrganizationId
from desktop.domain.records import OrganizationMember, ProviderMember
from desktop.plans.plan import Plan
from desktop.plans.steps import InviteMembers, PutPolicy, Say, ref_of
from desktop.practice import keys
from desktop.services.confirm import Candidate
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, SignIn, practice_address
from desktop.services.keeping import DETAILS
from desktop.services.workspace import ClientView
from desktop.settings.profile import ProfileFolder
from tests.bench_faults.small_plans import Target, collection_step, set_up
from tests.bench_faults.stage import quick_folder
from tests.end2end.stage import Account, FastClock
from tests.practice_process import Attacker, PracticeHandle

ROUNDS: Final = 10_000
#: the id of an organization that nobody made
PLANTED: Final = "00000000-0000-4000-8000-00000000beef"
STAFF: Final = ("sam@people.example", "tessa@people.example")
# Sam works for the provider and for the client.
MEMBERS: Final = ("mia@people.example", "noah@people.example", STAFF[0])

Answer = TypeVar("Answer")


class EvilHost:
    """Listens on a port of its own and hears whether anybody ever came."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.url = f"https://127.0.0.1:{self._socket.getsockname()[1]}"

    def visitors(self) -> int:
        """Connections since the last question."""
        count = 0
        with suppress(BlockingIOError):
            while True:
                self._socket.accept()[0].close()
                count += 1
        return count

    def close(self) -> None:
        self._socket.close()


@dataclass(frozen=True)
class Facts:
    """What an attacker on the server knows, to make lies of."""

    attacker: Attacker
    evil: str
    email: str
    user: str
    public_key: str
    clients: tuple[str, ...]
    client: str
    # What only a colleague who turned, or a server that was given it once, can know.
    provider_key: bytes
    wrapped: dict[str, str]

    def valid_key(self, key: bytes) -> str:
        """As the provider wraps a client's key."""
        return keys.encrypt(self.provider_key, key)

    def wrapped_for_victim(self, key: bytes) -> str:
        """Anybody can do this: the public key is public."""
        return keys.wrap_for(self.public_key, key)


@dataclass
class Outcome:
    """What became of one thing a person did."""

    error: ClavigerError | None = None
    views: list[ClientView] = field(default_factory=list)
    candidates: tuple[Candidate, ...] = ()
    problems: list[str] = field(default_factory=list)
    desk: Desk | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)

    @property
    def writes(self) -> list[tuple[str, str]]:
        """What could have changed something on the server; public keys are asked for by POST."""
        return [
            (one["method"], one["path"])
            for one in self.requests
            if one["method"] != "GET"
            and not one["path"].startswith(("/identity/", "/api/auth-requests"))
            and not one["path"].endswith("/public-keys")
        ]

    @property
    def tokens(self) -> int:
        return sum(one["path"] == "/identity/connect/token" for one in self.requests)


class Victim:
    """One server and one desk, for all cases; `play` begins each from the same state."""

    def __init__(self, server: PracticeHandle, folder: Path, *, v2: bool = False) -> None:
        self.server = server
        self._v2 = v2
        self.account = Account.of(server)
        self.evil = EvilHost()
        self.password = self.account.password
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._number = 0
        self._run(self._prepare())

    def close(self) -> None:
        self.evil.close()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self._loop.run_until_complete(work)

    # --- the same beginning for everybody -----------------------------------------------------

    async def _prepare(self) -> None:
        made = self.server.ways(self.account.email, v2=self._v2)
        self.api_key = made["clientId"], made["clientSecret"]
        with ProfileFolder.open(self._folder / "known") as profile:
            desk = await self._begin(self._entrance(profile)).with_password(self.password)
            clients = (await desk.clients.fetch()).data
            first = next(one for one in clients if one.organization_name.startswith("My C"))
            self.client = first.organization_id
            await desk.staff.fetch()
            await self._invite(desk)
            await desk.workspace.open(self.client)
            profile_of = desk.session.profile
            pair = profile_of.account_keys
            assert pair is not None
            assert pair.public_key_encryption_key_pair is not None
            self.facts = Facts(
                attacker=self.server.attacker("somebody"),
                evil=self.evil.url,
                email=self.account.email,
                user=str(desk.session.user_id),
                public_key=pair.public_key_encryption_key_pair.public_key or "",
                clients=tuple(str(one.organization_id) for one in clients),
                client=str(self.client),
                provider_key=bytes(desk.session.provider_key.view()),
                wrapped={str(one.organization_id): one.key or "" for one in clients},
            )
            staff = (await desk.staff.fetch()).data
            members = (await desk.workspace.open(self.client)).members
            found = await desk.confirm.staff_candidates(staff)
            found += await desk.confirm.member_candidates(self.client, members)
            self.phrases = {one.user_id: one.phrase for one in found}
            await desk.lock()
        self.server.post("keep", {})

    async def _invite(self, desk: Desk) -> None:
        """Two of the staff and two of a client's people have accepted and wait for a key."""
        invitation = InviteMembers(
            key="invite", client=ref_of(self.client), emails=MEMBERS, role=OrganizationUserType.USER
        )
        plan = Plan(title=Say("plan.invite"), steps=(invitation,), client=self.client)
        for one in (plan, desk.staff.invite_plan(list(STAFF), desk.session.role)):
            assert (await desk.runs.execute(one)).is_done
        for email in {*STAFF, *MEMBERS}:
            self.server.accept(email)

    def play(self, journey: Journey, rules: list[dict[str, Any]]) -> Outcome:
        """What a person does, while the server lies as `rules` say."""
        self._number += 1
        home = self._folder / f"case-{self._number}"
        if journey.known:
            shutil.copytree(self._folder / "known", home)
        self.server.http.delete("/practice/requests")
        self.server.script(*rules)
        outcome = Outcome()
        try:
            self._run(self._played(journey, home, outcome))
        finally:
            outcome.requests = self.server.requests()
            self.server.script()
            self.server.post("put-back", {})
            shutil.rmtree(home, ignore_errors=True)
        return outcome

    async def _played(self, journey: Journey, home: Path, outcome: Outcome) -> None:
        with ProfileFolder.open(home) as profile:
            entrance = self._entrance(profile)
            attempts: list[SignIn] = []
            scene = Scene(self, entrance, outcome, attempts)
            try:
                await journey.walk(scene)
            except RunStopped as stopped:
                outcome.error = stopped.cause
            except ClavigerError as error:
                outcome.error = error
            finally:
                if outcome.desk is not None:
                    await outcome.desk.lock()
                else:
                    # What became a desk has handed its keys on.
                    for attempt in attempts:
                        await attempt.abandon()

    def _entrance(self, profile: ProfileFolder) -> Entrance:
        return Entrance(profile, EventHub(), FastClock())

    def _begin(self, entrance: Entrance) -> SignIn:
        address = practice_address(self.account.url, self.account.ca)
        return entrance.begin(address, self.account.email, is_practice=True)


@dataclass
class Scene:
    """One desk on its way through a journey."""

    victim: Victim
    entrance: Entrance
    outcome: Outcome
    attempts: list[SignIn]

    def begin(self) -> SignIn:
        attempt = self.victim._begin(self.entrance)
        self.attempts.append(attempt)
        return attempt

    async def unlock(self) -> Desk:
        """From what the desk keeps; no network."""
        record = self.entrance.connections()[0]
        desk = await self.entrance.unlock(record.id, self.victim.password)
        self.outcome.desk = desk
        return desk

    async def online(self) -> Desk:
        desk = await self.unlock()
        await desk.connect()
        return desk

    async def entered(self, desk: Awaitable[Desk]) -> Desk:
        self.outcome.desk = await desk
        return self.outcome.desk

    async def do(self, desk: Desk, plan: Plan, **more: Any) -> None:
        """A run; what it says of each step that failed is kept."""
        report = await desk.runs.execute(plan, **more)
        self.outcome.problems += [one.problem for one in report.steps if one.problem]

    async def look(self, desk: Desk) -> None:
        """The clients, and the first one whole."""
        await desk.clients.fetch()
        self.outcome.views.append(await desk.workspace.open(self.victim.client))


@contextmanager
def victim_on(server: PracticeHandle, *, v2: bool = False) -> Iterator[Victim]:
    """A victim whose desk is gone afterwards. `v2`: its account has signed keys."""
    with tempfile.TemporaryDirectory(prefix="claviger-victim-", dir=quick_folder()) as folder:
        victim = Victim(server, Path(folder), v2=v2)
        try:
            yield victim
        finally:
            victim.close()


Walk = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True)
class Journey:
    """Something a person does. `known`: on a desk where the account was before."""

    name: str
    walk: Walk
    known: bool = True


# --- what a person does -----------------------------------------------------------------------


async def _password(scene: Scene) -> None:
    desk = await scene.entered(scene.begin().with_password(scene.victim.password))
    await scene.look(desk)


async def _by_key(scene: Scene) -> None:
    key = scene.victim.api_key
    desk = await scene.entered(scene.begin().with_api_key(*key, scene.victim.password))
    await scene.look(desk)


async def _again(scene: Scene) -> None:
    desk = await scene.unlock()
    await desk.sign_in_again(scene.victim.password)
    await scene.look(desk)


async def _read(scene: Scene) -> None:
    await scene.look(await scene.online())


async def _loud(scene: Scene) -> None:
    """Opens a client an hour later, when its details are asked for."""
    desk = await scene.online()
    desk.workspace._told.clear()
    await desk.link.disk(desk.link.snapshots.forget, DETAILS, str(scene.victim.client))
    await scene.look(desk)


async def _write(scene: Scene) -> None:
    """A collection more for a client that is there."""
    desk = await scene.online()
    await desk.clients.fetch()
    target = Target(scene.victim.client, use_policies=True)
    step = collection_step("made", target, "Archive")
    plan = Plan(title=Say("plan.add"), steps=(step,), client=scene.victim.client)
    await scene.do(desk, plan)


async def _new_client(scene: Scene) -> None:
    desk = await scene.online()
    plan, preview = set_up(())
    await scene.do(desk, plan, preview=preview)


def _acknowledged(candidates: tuple[Candidate, ...]) -> set[UUID]:
    return {one.member_id for one in candidates}


async def _waiting_staff(scene: Scene, desk: Desk) -> tuple[Candidate, ...]:
    found: tuple[ProviderMember, ...] = (await desk.staff.fetch()).data
    waiting = [one for one in found if one.status is ProviderUserStatus.ACCEPTED]
    scene.outcome.candidates += await desk.confirm.staff_candidates(waiting)
    return scene.outcome.candidates


async def _waiting_members(scene: Scene, desk: Desk) -> tuple[Candidate, ...]:
    await desk.clients.fetch()
    client: OrganizationId = scene.victim.client
    found: tuple[OrganizationMember, ...] = (await desk.workspace.open(client)).members
    waiting = [one for one in found if one.status is OrganizationUserStatus.ACCEPTED]
    scene.outcome.candidates += await desk.confirm.member_candidates(client, waiting)
    return scene.outcome.candidates


async def _staff(scene: Scene) -> None:
    """Confirms everybody whose phrase is shown, as a careless person would."""
    desk = await scene.online()
    good = await _waiting_staff(scene, desk)
    await scene.do(desk, desk.confirm.staff_plan(good, _acknowledged(good)))


async def _members(scene: Scene) -> None:
    desk = await scene.online()
    good = await _waiting_members(scene, desk)
    plan = desk.confirm.member_plan(scene.victim.client, good, _acknowledged(good))
    await scene.do(desk, plan)


def _compared(scene: Scene, candidates: tuple[Candidate, ...]) -> set[UUID]:
    """Those whose phrase is the one that they read out over the phone."""
    true = scene.victim.phrases
    return {one.member_id for one in candidates if true.get(one.user_id) == one.phrase}


async def _careful(scene: Scene) -> None:
    """Confirms everybody whose phrase is the right one, on both lists."""
    desk = await scene.online()
    good = await _waiting_staff(scene, desk)
    sure = _compared(scene, good)
    if sure:
        await scene.do(desk, desk.confirm.staff_plan(good, sure))
    scene.outcome.candidates = ()
    people = await _waiting_members(scene, desk)
    known = _compared(scene, people)
    if known:
        await scene.do(desk, desk.confirm.member_plan(scene.victim.client, people, known))


async def _twice(scene: Scene) -> None:
    """Confirms Sam as staff, after comparing, and later as a client's member, without."""
    desk = await scene.online()
    good = await _waiting_staff(scene, desk)
    await scene.do(desk, desk.confirm.staff_plan(good, _compared(scene, good)))
    scene.outcome.candidates = ()
    people = await _waiting_members(scene, desk)
    sam = {one.member_id for one in people if one.email == STAFF[0]}
    plan = desk.confirm.member_plan(scene.victim.client, people, sam)
    if plan.steps:
        await scene.do(desk, plan)


async def _write_planted(scene: Scene) -> None:
    """Somebody picks the client that turned up by itself."""
    desk = await scene.online()
    await desk.clients.fetch()
    target = Target(OrganizationId(UUID(PLANTED)), use_policies=True)
    plan = Plan(
        title=Say("plan.add"),
        steps=(collection_step("made", target, "Archive"),),
        client=target.id,
    )
    await scene.do(desk, plan)


async def _recovery(scene: Scene) -> None:
    """Account recovery is switched on, so that members wrap their keys for the client's key."""
    desk = await scene.online()
    await desk.clients.fetch()
    client = ref_of(scene.victim.client)
    steps = tuple(
        PutPolicy(key=f"policy.{int(kind)}", client=client, type=kind, enabled=True, data=data)
        for kind, data in (
            (PolicyType.SINGLE_ORGANIZATION, None),
            (PolicyType.ACCOUNT_RECOVERY, {"autoEnrollEnabled": True}),
        )
    )
    plan = Plan(title=Say("plan.policies"), steps=steps, client=scene.victim.client)
    await scene.do(desk, plan)


async def _day(scene: Scene) -> None:
    """Looks at everything there is and acknowledges nothing."""
    desk = await scene.online()
    await scene.look(desk)
    await desk.clients.seat_hints()
    await _waiting_staff(scene, desk)
    await _waiting_members(scene, desk)
    await desk.sync.round()


async def _approval(scene: Scene) -> None:
    """Another device says yes; what comes of it the server decides."""
    attempt = scene.begin()
    await attempt.ask_device()
    server = scene.victim.server
    await asyncio.to_thread(server.post, "approve", {"email": scene.victim.account.email})
    await scene.look(await scene.entered(attempt.with_approval()))


PASSWORD = Journey("password", _password, known=False)
BY_KEY = Journey("api-key", _by_key, known=False)
ANEW = Journey("anew", _password)
AGAIN = Journey("again", _again)
READ = Journey("read", _read)
LOUD = Journey("details", _loud)
WRITE = Journey("write", _write)
NEW_CLIENT = Journey("new-client", _new_client)
STAFF_KEYS = Journey("staff", _staff)
MEMBER_KEYS = Journey("members", _members)
CAREFUL = Journey("careful", _careful)
TWICE = Journey("twice", _twice)
PLANTED_CLIENT = Journey("write-planted", _write_planted)
RECOVERY = Journey("recovery", _recovery)
DAY = Journey("day", _day)
APPROVAL = Journey("approval", _approval)
JOURNEYS = (
    PASSWORD, BY_KEY, ANEW, AGAIN, READ, LOUD, WRITE, NEW_CLIENT, STAFF_KEYS, MEMBER_KEYS, CAREFUL,
    TWICE, RECOVERY, DAY, APPROVAL,
)  # fmt: skip
