"""An accepted key is remembered; where another one stands nothing is written (T09 to T15)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from desktop.api import requests
from desktop.cache.pins import PinTable
from desktop.crypto.encstring import encrypt, wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PublicKey, generate_key_pair
from desktop.domain.enums import OrganizationUserStatus, PolicyType
from desktop.domain.errors import (
    KeyBlocked,
    RunStopped,
    StorageFailed,
    WrongConfirmation,
)
from desktop.domain.events import EventHub, KeysChanged
from desktop.domain.ids import UserId
from desktop.plans.plan import Plan
from desktop.plans.steps import AnyStep, CreateGroup, PutPolicy, Say, ref_of
from desktop.services.confirm import Candidate
from desktop.services.desk import Desk
from desktop.services.pins import (
    CHANGED,
    FIRST,
    NEW,
    ORGANIZATION,
    PERSON,
    PROVIDER,
    RECOVERY,
    SHARED,
    TRUSTED,
    UNPROVED,
    UNREADABLE,
    USER,
    KnownKeys,
)
from desktop.services.run_types import DONE_RUN
from tests.api.fake_server import answer
from tests.services.paper import (
    Paper,
    PaperClient,
    desk_on,
    files_of,
    heard,
)

Work = Callable[[Desk], Awaitable[None]]
SALES = "Sales"


def on(paper: Paper, folder: Path, work: Work, **more: Any) -> None:
    """One session of a desk."""

    async def session() -> None:
        async with desk_on(paper, folder, **more) as desk:
            await work(desk)

    asyncio.run(session())


def plan_for(client: PaperClient, *more: AnyStep) -> Plan:
    group = CreateGroup(key="group", client=ref_of(client.id), name=SALES)
    return Plan(title=Say("plan.group", {}), steps=(group, *more), client=client.id)


def writes(paper: Paper, client: PaperClient | None = None) -> list[str]:
    """Requests that would change something, at one client or at all."""
    return [
        f"{one.method} {one.url.path}"
        for one in paper.server.seen
        if one.method != "GET"
        and one.url.path.startswith("/api/")
        and (client is None or str(client.id) in str(one.url))
    ]


def takes_groups(paper: Paper, client: PaperClient) -> None:
    """The server makes the groups that it is asked for."""

    def made(request: httpx.Request) -> httpx.Response:
        return answer(200, client.group(json.loads(request.content)["name"]))

    paper.server.on("POST", f"/api/organizations/{client.id}/groups", made)


def state(desk: Desk, client: PaperClient) -> str:
    return next(
        one.state
        for one in desk.pins.lines()
        if one.kind == ORGANIZATION and one.id == str(client.id)
    )


async def refuses_everything(desk: Desk, paper: Paper, client: PaperClient, reason: str) -> None:
    """No plan begins, no request leaves, whoever sends it and by whatever path."""
    before = len(writes(paper))
    with pytest.raises(KeyBlocked) as stopped:
        await desk.runs.start(plan_for(client))
    assert stopped.value.reason == reason
    link = next(one for one in paper.client_rows() if one["organizationId"] == str(client.id))
    provider = desk.session.provider_id
    for request in (
        requests.create_group(client.id, b"{}"),
        requests.import_items(client.id, b"{}"),
        requests.confirm_members(client.id, b"{}"),
        requests.update_client(provider, UUID(link["id"]), b"{}"),  # type: ignore[arg-type]  # any id
    ):
        with pytest.raises(KeyBlocked):
            await desk.link.api.send(request)
    assert len(writes(paper)) == before


# --- another key for the same client --------------------------------------------------------------


def test_t09_another_key_on_a_later_list_blocks_all_writes_to_that_client(tmp_path: Path) -> None:
    paper, hub = Paper(2), EventHub()
    told = heard(hub)
    first, second = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        assert state(desk, first) == TRUSTED
        paper.change_key(first)
        await desk.clients.fetch()
        assert KeysChanged() in told
        (line,) = [one for one in desk.pins.lines() if one.state != TRUSTED]
        assert (line.id, line.state, line.name) == (str(first.id), CHANGED, first.name)
        assert line.short != line.other != ""
        await refuses_everything(desk, paper, first, CHANGED)
        # Reading goes on, with the key that was accepted; the other client is not touched by it.
        view = await desk.workspace.open(first.id)
        assert [one.name for one in view.collections if one.id] == ["Office", "Office/Banks"]
        takes_groups(paper, second)
        report = await desk.runs.execute(plan_for(second))
        assert report.state == DONE_RUN
        assert [one.what for one in await desk.log.entries() if one.client == first.id] == [
            "vault_accessed", "key_changed",
        ]  # fmt: skip

    on(paper, tmp_path / "p", work, hub=hub)


def test_t09_a_run_stops_where_its_own_reading_brings_another_key(tmp_path: Path) -> None:
    """Begun while all was well; the list of clients it reads on its way tells another one."""
    paper = Paper(1)
    (client,) = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        plan = plan_for(client, desk.clients.seats_plan(desk.clients.all()[0], 12).steps[0])
        run = await desk.runs.start(plan)
        takes_groups(paper, client)
        told = paper.server.row(f"/api/organizations/{client.id}/groups/details")

        def changed(request: httpx.Request) -> httpx.Response:
            paper.change_key(client)
            return told(request)

        paper.fail(f"/api/organizations/{client.id}/groups/details", changed)
        with pytest.raises(RunStopped) as stopped:
            await desk.runs.run(run)
        assert isinstance(stopped.value.cause, KeyBlocked)
        # The group was made before anybody could know; nothing after.
        assert writes(paper) == [f"POST /api/organizations/{client.id}/groups"]
        with pytest.raises(RunStopped):
            await desk.runs.resume(run)
        assert len(writes(paper)) == 1

    on(paper, tmp_path / "p", work)


@pytest.mark.parametrize("harm", ["none", "cache", "flip"])
def test_t09_the_alarm_survives_restart_a_lost_cache_and_the_old_key(
    harm: str, tmp_path: Path
) -> None:
    paper = Paper(2)
    client = paper.clients[0]
    former: list[str] = []

    async def alarm(desk: Desk) -> None:
        await desk.clients.fetch()
        former.append(paper.change_key(client))
        await desk.clients.fetch()
        assert state(desk, client) == CHANGED

    on(paper, tmp_path / "p", alarm)
    if harm == "cache":
        for file in (tmp_path / "p").rglob("snapshots.db*"):
            file.unlink()
    if harm == "flip":
        paper.change_key(client, former[0])

    async def again(desk: Desk) -> None:
        assert not desk.pins.is_first_sight
        await refuses_everything(desk, paper, client, CHANGED)
        await desk.clients.fetch()
        await refuses_everything(desk, paper, client, CHANGED)
        view = await desk.workspace.open(client.id)
        assert all(one.readable for one in view.collections)
        if harm == "flip":
            await desk.pins.lift(ORGANIZATION, str(client.id))
            takes_groups(paper, client)
            assert (await desk.runs.execute(plan_for(client))).state == DONE_RUN
        else:
            with pytest.raises(KeyBlocked):
                await desk.pins.lift(ORGANIZATION, str(client.id))

    on(paper, tmp_path / "p", again)


def test_t09_a_key_seen_first_after_a_restart_is_compared_with_the_pin(tmp_path: Path) -> None:
    paper = Paper(2)
    client = paper.clients[0]

    async def nothing(desk: Desk) -> None:
        await desk.clients.fetch()

    on(paper, tmp_path / "p", nothing)
    paper.change_key(client)

    async def again(desk: Desk) -> None:
        await refuses_everything(desk, paper, client, CHANGED)
        assert state(desk, paper.clients[1]) == TRUSTED

    on(paper, tmp_path / "p", again)


def test_t09_a_rotation_is_accepted_by_name_and_by_nothing_else(tmp_path: Path) -> None:
    paper = Paper(1)
    (client,) = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        client.key = SymmetricKey.generate()
        paper.change_key(client, client.row()["key"])
        await desk.clients.fetch()
        line = desk.pins.lines()[0]
        with pytest.raises(WrongConfirmation):
            await desk.pins.accept_change(ORGANIZATION, line.id, "Client", line.other)
        await refuses_everything(desk, paper, client, CHANGED)
        await desk.pins.accept_change(ORGANIZATION, line.id, client.name, line.other)
        assert desk.session.org_key(client.id).matches(client.key)
        takes_groups(paper, client)
        assert (await desk.runs.execute(plan_for(client))).state == DONE_RUN
        noted = next(one for one in await desk.log.entries() if one.what == "key_change_accepted")
        assert noted.client == client.id
        assert noted.facts["before"] == line.short
        assert noted.facts["now"] == line.other

    on(paper, tmp_path / "p", work)

    async def again(desk: Desk) -> None:
        assert state(desk, client) == TRUSTED

    on(paper, tmp_path / "p", again)


def test_t09_only_the_key_that_was_shown_is_accepted(tmp_path: Path) -> None:
    """The server tells another one while somebody still reads the question."""
    paper = Paper(1)
    (client,) = paper.clients

    async def new(desk: Desk) -> None:
        await desk.clients.fetch()
        shown = desk.pins.new()
        paper.change_key(client)
        await desk.clients.fetch()
        accepted = await desk.pins.accept_lines(shown, by=PERSON)
        assert accepted == len(shown) - 1
        await refuses_everything(desk, paper, client, NEW)
        assert await desk.pins.accept_lines(desk.pins.new(), by=PERSON) == 1

    on(paper, tmp_path / "p", new, accepts=False)

    async def changed(desk: Desk) -> None:
        paper.change_key(client)
        await desk.clients.fetch()
        shown = desk.pins.lines()[0].other
        paper.change_key(client)
        await desk.clients.fetch()
        with pytest.raises(KeyBlocked):
            await desk.pins.accept_change(ORGANIZATION, str(client.id), client.name, shown)
        await refuses_everything(desk, paper, client, CHANGED)

    on(paper, tmp_path / "p", changed, accepts=False)


def test_t09_what_cannot_be_kept_is_not_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = Paper(1)
    (client,) = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        paper.change_key(client)
        await desk.clients.fetch()

        def full(_self: PinTable, _pins: object) -> None:
            raise StorageFailed("disk_full")

        with monkeypatch.context() as patch:
            patch.setattr(PinTable, "save", full)
            other = desk.pins.lines()[0].other
            with pytest.raises(StorageFailed):
                await desk.pins.accept_change(ORGANIZATION, str(client.id), client.name, other)
        await refuses_everything(desk, paper, client, CHANGED)
        assert desk.session.org_key(client.id).matches(client.key)

    on(paper, tmp_path / "p", work)


def test_t09_a_key_that_does_not_open_any_more_blocks(tmp_path: Path) -> None:
    paper = Paper(1)
    (client,) = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        paper.change_key(client, wrap_key(SymmetricKey.generate(), client.key))
        await desk.clients.fetch()
        await refuses_everything(desk, paper, client, UNREADABLE)
        assert (await desk.workspace.open(client.id)).collections[0].readable

    on(paper, tmp_path / "p", work)


def test_the_same_key_in_a_new_wrapping_is_no_news(tmp_path: Path) -> None:
    paper = Paper(1)
    (client,) = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        paper.change_key(client, client.row()["key"])
        await desk.clients.fetch()
        assert state(desk, client) == TRUSTED
        takes_groups(paper, client)
        assert (await desk.runs.execute(plan_for(client))).state == DONE_RUN

    on(paper, tmp_path / "p", work)


# --- another provider key -------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["while open", "after a restart"])
def test_t10_another_provider_key_blocks_everything_until_accepted(
    when: str, tmp_path: Path
) -> None:
    paper = Paper(2)
    client = paper.clients[0]
    key: list[SymmetricKey] = []

    async def first(desk: Desk) -> None:
        await desk.clients.fetch()
        if when == "while open":
            key.append(paper.change_provider_key())
            await desk.link.fetch_profile()
            await blocked(desk)

    async def blocked(desk: Desk) -> None:
        await desk.clients.fetch()
        line = desk.pins.lines()[0]
        assert (line.kind, line.state) == (PROVIDER, CHANGED)
        for one in paper.clients:
            await refuses_everything(desk, paper, one, CHANGED)
        with pytest.raises(KeyBlocked):
            await desk.link.api.send(requests.create_client(desk.session.provider_id, b"{}"))
        # What is in use is the accepted one: nobody is handed the other.
        assert not desk.session.provider_key.matches(key[0])
        with pytest.raises(WrongConfirmation):
            await desk.pins.accept_change(PROVIDER, line.id, "Somebody else", line.other)

    async def accepted(desk: Desk) -> None:
        await blocked(desk)
        line = desk.pins.lines()[0]
        await desk.pins.accept_change(PROVIDER, line.id, "Havenlicht IT", line.other)
        assert desk.session.provider_key.matches(key[0])
        # The clients' own keys are the same as before, in other wrappings.
        assert {one.state for one in desk.pins.lines()} == {TRUSTED}
        takes_groups(paper, client)
        assert (await desk.runs.execute(plan_for(client))).state == DONE_RUN

    on(paper, tmp_path / "p", first)
    if when == "after a restart":
        key.append(paper.change_provider_key())
    on(paper, tmp_path / "p", accepted)


# --- clients nobody accepted ----------------------------------------------------------------------


def test_t10_at_the_first_sight_one_word_accepts_all_and_before_it_nothing_is_written(
    tmp_path: Path,
) -> None:
    paper = Paper(3)

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        assert desk.pins.is_first_sight
        assert len(desk.pins.new()) == 4
        await refuses_everything(desk, paper, paper.clients[1], NEW)
        # Nor is anything done with the provider's own key.
        with pytest.raises(KeyBlocked) as stopped:
            await desk.link.api.send(requests.create_client(desk.session.provider_id, b"{}"))
        assert stopped.value.kind == PROVIDER
        assert desk.why_not("create_client") == "provider_key_new"
        held = len(desk._registry)
        assert (await desk.workspace.open(paper.clients[1].id)).collections
        # Comparing leaves no key behind; opening one client has needed one (T79).
        assert held <= len(desk._registry) <= held + 1
        assert await desk.pins.accept_new(by=FIRST) == 4
        assert not desk.pins.is_first_sight
        assert desk.pins.new() == ()
        noted = next(one for one in await desk.log.entries() if one.what == "keys_accepted")
        assert noted.facts == {"keys": "4", "how": FIRST}
        takes_groups(paper, paper.clients[1])
        assert (await desk.runs.execute(plan_for(paper.clients[1]))).state == DONE_RUN

    on(paper, tmp_path / "p", work, accepts=False)

    async def again(desk: Desk) -> None:
        assert {one.state for one in desk.pins.lines()} == {TRUSTED}

    on(paper, tmp_path / "p", again, accepts=False)


def test_t10_a_client_that_turns_up_later_waits_for_a_person(tmp_path: Path) -> None:
    paper = Paper(2)

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        late = paper.add("Injected")
        await desk.link.fetch_profile()
        await desk.clients.fetch()
        assert [one.id for one in desk.pins.new()] == [str(late.id)]
        assert desk.why_not("write", late.id) == "key_new"
        assert desk.why_not("write", paper.clients[0].id) is None
        await refuses_everything(desk, paper, late, NEW)
        await desk.pins.accept_new([late.id])
        noted = next(one for one in await desk.log.entries() if one.what == "key_accepted")
        assert (noted.client, noted.person) == (late.id, desk.session.user_id)
        takes_groups(paper, late)
        assert (await desk.runs.execute(plan_for(late))).state == DONE_RUN

    on(paper, tmp_path / "p", work)


def test_t10_a_key_that_only_the_account_opens_can_not_be_accepted(tmp_path: Path) -> None:
    """Anybody can wrap one for a public key; the provider key is what vouches for a client."""
    paper = Paper(1)

    async def work(desk: Desk) -> None:
        late = paper.add("Injected")
        paper.change_key(late, paper.wrap_for_account(late.key))
        await desk.clients.fetch()
        assert desk.pins.new() == ()
        assert await desk.pins.accept_new([late.id]) == 0
        await refuses_everything(desk, paper, late, NEW)

    on(paper, tmp_path / "p", work)


def test_t10_a_spoilt_record_is_no_first_sight(tmp_path: Path) -> None:
    """Whoever spoils what was kept does not get everything accepted at once."""
    paper = Paper(2)

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        spoil = "UPDATE meta SET value = zeroblob(64) WHERE name = 'pins'"
        with desk._store._databases[1].transaction() as conn:
            assert conn.execute(spoil).rowcount == 1

    on(paper, tmp_path / "p", work)

    async def again(desk: Desk) -> None:
        assert not desk.pins.is_first_sight
        await refuses_everything(desk, paper, paper.clients[0], NEW)

    # Even where the first keys are accepted without a question.
    on(paper, tmp_path / "p", again)


# --- one key, one client --------------------------------------------------------------------------


def test_t10_a_key_of_two_clients_blocks_both(tmp_path: Path) -> None:
    paper = Paper(3)
    mine, _other, third = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        twin = paper.add("Twin")
        paper.change_key(twin, wrap_key(desk.session.provider_key, mine.key))
        await desk.clients.fetch()
        assert state(desk, twin) == state(desk, mine) == SHARED
        await refuses_everything(desk, paper, mine, SHARED)
        await refuses_everything(desk, paper, twin, NEW)
        assert await desk.pins.accept_new([twin.id]) == 0
        assert state(desk, third) == TRUSTED

    on(paper, tmp_path / "p", work)


def test_t10_a_key_of_two_connections_clients_blocks_both(tmp_path: Path) -> None:
    here, there, known = Paper(1), Paper(0), KnownKeys()
    (mine,) = here.clients
    theirs = there.add("Elsewhere")

    async def work() -> None:
        async with desk_on(here, tmp_path / "a", known=known) as one:
            assert state(one, mine) == TRUSTED
            theirs.key = mine.key
            there.change_key(theirs, theirs.row()["key"])
            async with desk_on(there, tmp_path / "b", known=known) as two:
                await two.clients.fetch()
                await refuses_everything(one, here, mine, SHARED)
                assert state(two, theirs) == SHARED
            # Locked, it says nothing any more.
            assert state(one, mine) == TRUSTED

    asyncio.run(work())


# --- people ---------------------------------------------------------------------------------------

ANNA = UserId(UUID(int=0xA11A))
ANNAS, _HERS = generate_key_pair()
OTHERS, _THEIRS = generate_key_pair()


def accepted_at(paper: Paper, client: PaperClient, key: PublicKey) -> None:
    """Anna accepted an invitation; the server tells `key` as hers, and takes a confirmation."""
    email = "anna@people.example"
    if not any(one["email"] == email for one in client.members):
        client.member(email, userId=str(ANNA), status=int(OrganizationUserStatus.ACCEPTED))
    row = next(one for one in client.members if one["email"] == email)
    line = {"id": row["id"], "userId": str(ANNA), "key": key.b64}
    base = f"/api/organizations/{client.id}/users"

    def confirmed(request: httpx.Request) -> httpx.Response:
        row["status"] = int(OrganizationUserStatus.CONFIRMED)
        ids = [one["id"] for one in json.loads(request.content)["keys"]]
        return answer(200, {"data": [{"id": one, "error": ""} for one in ids]})

    paper.server.on("POST", f"{base}/public-keys", answer(200, {"data": [line]}))
    paper.server.on("POST", f"{base}/confirm", confirmed)


async def candidates(desk: Desk, client: PaperClient) -> tuple[Candidate, ...]:
    members = (await desk.workspace.open(client.id)).members
    return await desk.confirm.member_candidates(client.id, members)


def confirmations(paper: Paper) -> list[str]:
    return [one for one in writes(paper) if one.endswith("/confirm")]


async def confirm(desk: Desk, client: PaperClient) -> None:
    found = await candidates(desk, client)
    plan = desk.confirm.member_plan(client.id, found, [one.member_id for one in found])
    assert (await desk.runs.execute(plan)).state == DONE_RUN


def test_t12_a_key_that_changed_between_two_clients_is_handed_nothing(tmp_path: Path) -> None:
    paper = Paper(3)
    first, second, third = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        accepted_at(paper, first, ANNAS)
        await confirm(desk, first)
        assert len(confirmations(paper)) == 1
        accepted_at(paper, second, OTHERS)
        (anna,) = await candidates(desk, second)
        assert anna.problem == "changed_key"
        assert anna.public_key is None
        assert anna.phrase != anna.former
        assert "-".join(anna.former) == desk.pins.person(ANNA).short  # type: ignore[union-attr]  # she is known
        # Nobody is in the plan; and everywhere else she is blocked, with the true key too.
        assert desk.confirm.member_plan(second.id, [anna], [anna.member_id]).steps == ()
        accepted_at(paper, third, ANNAS)
        (anna,) = await candidates(desk, third)
        assert anna.problem == "changed_key"
        assert len(confirmations(paper)) == 1

    on(paper, tmp_path / "p", work)

    async def again(desk: Desk) -> None:
        (anna,) = await candidates(desk, third)
        assert anna.problem == "changed_key"
        # The server tells the known key here: a person may end the alarm.
        await desk.pins.lift(USER, str(ANNA))
        (anna,) = await candidates(desk, third)
        assert anna.problem is None
        assert anna.known_since is not None
        await confirm(desk, third)

    on(paper, tmp_path / "p", again)


def test_t12_a_plan_made_before_the_key_was_known_hands_nothing_to_another(tmp_path: Path) -> None:
    """The run asks again at the moment it would wrap: not only the page that made the plan."""
    paper = Paper(2)
    first, second = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        accepted_at(paper, second, OTHERS)
        early = await candidates(desk, second)
        plan = desk.confirm.member_plan(second.id, early, [one.member_id for one in early])
        accepted_at(paper, first, ANNAS)
        await confirm(desk, first)
        with pytest.raises(RunStopped) as stopped:
            await desk.runs.execute(plan)
        assert isinstance(stopped.value.cause, KeyBlocked)
        assert stopped.value.cause.kind == USER
        assert len(confirmations(paper)) == 1

    on(paper, tmp_path / "p", work)


def test_t12_a_key_confirmed_on_one_connection_counts_on_the_other(tmp_path: Path) -> None:
    here, there, known = Paper(1), Paper(0), KnownKeys()
    theirs = there.add("Elsewhere")

    async def work() -> None:
        async with (
            desk_on(here, tmp_path / "a", known=known) as one,
            desk_on(there, tmp_path / "b", known=known) as two,
        ):
            await one.clients.fetch()
            await two.clients.fetch()
            accepted_at(here, here.clients[0], ANNAS)
            await confirm(one, here.clients[0])
            accepted_at(there, theirs, OTHERS)
            (anna,) = await candidates(two, theirs)
            assert anna.problem == "changed_key"
            accepted_at(there, theirs, ANNAS)
            (anna,) = await candidates(two, theirs)
            assert anna.problem is None

    asyncio.run(work())


def test_verifying_compares_everybody_with_the_server(tmp_path: Path) -> None:
    paper = Paper(1)
    (client,) = paper.clients
    path = f"/api/users/{ANNA}/public-key"

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        accepted_at(paper, client, ANNAS)
        await confirm(desk, client)
        paper.server.on("GET", path, answer(200, {"publicKey": ANNAS.b64}))
        found = await desk.verify_keys()
        assert (found.compared, found.gone, found.troubled) == (3, 0, 0)
        paper.server.on("GET", path, answer(404, {}))
        assert (await desk.verify_keys()).gone == 1
        paper.server.on("GET", path, answer(200, {"publicKey": OTHERS.b64}))
        paper.change_key(client)
        found = await desk.verify_keys()
        assert (found.gone, found.troubled) == (0, 2)
        assert {one.kind for one in desk.pins.lines() if one.state == CHANGED} == {
            ORGANIZATION, USER,
        }  # fmt: skip

    on(paper, tmp_path / "p", work)


# --- account recovery -----------------------------------------------------------------------------

OWN_PUBLIC, OWN_PRIVATE = generate_key_pair()


def switching(client: PaperClient) -> Plan:
    step = PutPolicy(
        key="policy", client=ref_of(client.id), type=PolicyType.ACCOUNT_RECOVERY, enabled=True,
        data={"autoEnrollEnabled": True},
    )  # fmt: skip
    return Plan(title=Say("plan.policy", {}), steps=(step,), client=client.id)


def tells_recovery(
    paper: Paper, client: PaperClient, told: PublicKey, private: bytearray | None = OWN_PRIVATE
) -> None:
    """The server tells `told` as the client's public key; the private half of one shows it."""
    owner = client.members[0]
    owner["userId"] = str(UUID(int=0x0B))
    base = f"/api/organizations/{client.id}"
    details = f"{base}/users/{owner['id']}/reset-password-details"
    shown: Any = answer(404, {})
    if private is not None:
        shown = answer(200, {"encryptedPrivateKey": encrypt(client.key, private)})
    paper.server.on("GET", f"{base}/public-key", answer(200, {"publicKey": told.b64}))
    paper.server.on("GET", details, shown)
    stored = {"organizationId": str(client.id), "type": 8, "enabled": True,
              "data": {"autoEnrollEnabled": True}, "canToggleState": True}  # fmt: skip
    paper.server.on("PUT", f"{base}/policies/8", answer(200, stored))


@pytest.mark.parametrize("case", ["another", "no proof"])
def test_t15_recovery_is_not_switched_on_for_a_key_that_is_not_the_clients(
    case: str, tmp_path: Path
) -> None:
    paper = Paper(1)
    (client,) = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        if case == "another":
            tells_recovery(paper, client, OTHERS)
        else:
            tells_recovery(paper, client, OWN_PUBLIC, None)
        with pytest.raises(RunStopped) as stopped:
            await desk.runs.execute(switching(client))
        cause = stopped.value.cause
        assert isinstance(cause, KeyBlocked)
        assert (cause.kind, cause.reason) == (
            RECOVERY, CHANGED if case == "another" else UNPROVED,
        )  # fmt: skip
        assert writes(paper) == []

    on(paper, tmp_path / "p", work)


def test_t15_the_key_that_its_private_half_gives_is_taken_and_known(tmp_path: Path) -> None:
    paper = Paper(1)
    (client,) = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        tells_recovery(paper, client, OWN_PUBLIC)
        assert (await desk.runs.execute(switching(client))).state == DONE_RUN
        assert len(writes(paper)) == 1

    on(paper, tmp_path / "p", work)

    async def again(desk: Desk) -> None:
        # Known by now: a server that shows another pair of its own does not get through.
        pair, private = generate_key_pair()
        tells_recovery(paper, client, pair, private)
        with pytest.raises(RunStopped):
            await desk.runs.execute(switching(client))
        assert len(writes(paper)) == 1

    on(paper, tmp_path / "p", again)


# --- what is kept ---------------------------------------------------------------------------------


def test_the_pins_hold_no_key_and_no_name_of_a_client(tmp_path: Path) -> None:
    paper = Paper(2)

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        kept = repr(desk._store.pins._read()).encode()
        for client in paper.clients:
            secret = bytes(client.key.view())
            assert secret not in kept
            assert repr(secret).encode()[2:-1] not in kept
            assert secret.hex().encode() not in kept
            assert client.name.encode() not in kept
        # The same key gives another keyed hash for another client, and on another desk.
        pins = {one.id: one.print for one in desk._store.pins._read() if one.kind == ORGANIZATION}
        assert len(set(pins.values())) == 2

    on(paper, tmp_path / "p", work)
    assert not any(b"organization" in data for data in files_of(tmp_path / "p").values())


def test_a_thousand_clients_are_compared_without_opening_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = Paper(300)
    opened: list[str] = []

    async def first(desk: Desk) -> None:
        await desk.clients.fetch()
        assert desk.pins.pinned == 301

    on(paper, tmp_path / "p", first)

    async def again(desk: Desk) -> None:
        real = desk.session.mark_of

        def noted(wrapped: str) -> bytes | None:
            opened.append(wrapped)
            return real(wrapped)

        monkeypatch.setattr(desk.session, "mark_of", noted)
        await desk.clients.fetch()
        assert {one.state for one in desk.pins.lines()} == {TRUSTED}
        assert opened == []

    on(paper, tmp_path / "p", again)


def test_people_of_a_forgotten_client_keep_their_pin_and_lose_their_address(
    tmp_path: Path,
) -> None:
    paper = Paper(1)
    (client,) = paper.clients

    async def work(desk: Desk) -> None:
        await desk.clients.fetch()
        accepted_at(paper, client, ANNAS)
        await confirm(desk, client)
        await desk.workspace.open(client.id)
        assert desk.pins.person(ANNA).name == "anna@people.example"  # type: ignore[union-attr]  # she is known
        await desk.retention.forget_client(client.id)
        pin = desk.pins.person(ANNA)
        assert pin is not None
        assert (pin.name, pin.other) == ("", None)

    on(paper, tmp_path / "p", work)
