"""A server without providers, as Vaultwarden: the whole work on an organization of one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from desktop.crypto.encstring import decrypt_text
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PublicKey
from desktop.domain.enums import OrganizationUserType, PolicyType
from desktop.domain.errors import (
    KeyBlocked,
    NoProvider,
    NotAllowed,
    PlanInvalid,
    RateLimited,
    Refused,
    RunStopped,
    WrongPassword,
)
from desktop.domain.events import EventHub
from desktop.domain.ids import OrganizationId
from desktop.domain.records import ProviderClient
from desktop.plans.answers import answers_for
from desktop.plans.known import KnownClient
from desktop.plans.people import Person
from desktop.plans.plan import Plan
from desktop.plans.policies import PolicyAnswer
from desktop.plans.problems import problems
from desktop.plans.setup import plan_setup
from desktop.plans.steps import (
    AnyStep,
    CreateGroup,
    InviteMembers,
    PutPolicy,
    RenameCollection,
    Say,
    ref_of,
)
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.settings.profile import ProfileFolder
from tests.end2end.stage import CHUNK, Account, FastClock, export, signed_in
from tests.practice_process import PracticeHandle, practice_server

MINE, ADMINISTERED, SEEN = (
    "My Client's Organization",
    "Second Client's Organization",
    "Third Client's Organization",
)
ROUNDS = "6000"


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeHandle]:
    with practice_server("--no-providers", "--kdf-rounds", ROUNDS) as handle:
        yield handle


async def client_called(desk: Desk, name: str) -> ProviderClient:
    listed = await desk.clients.fetch()
    return next(one for one in listed.data if one.organization_name == name)


def setup_of(known: KnownClient, rows: int = 20) -> tuple[Plan, Any]:
    """A collection, two people, a policy and a file for an organization that is there."""
    preview = export(rows)
    given = answers_for(known, {}, preview=preview)
    given.collections = [*given.collections, "Sales"]
    given.policies[PolicyType.PASSWORD_GENERATOR] = PolicyAnswer(
        True, given.policies[PolicyType.PASSWORD_GENERATOR].data
    )
    given.people = [Person("anna@first-client.example"), Person("bram@first-client.example")]
    assert problems(given) == ()
    return plan_setup(given, chunk_items=CHUNK), preview


def held(server: PracticeHandle, organization: UUID) -> dict[str, list[dict[str, Any]]]:
    """What the server holds of one organization."""
    state = server.state()
    return {
        kind: [one for one in state[kind] if one["organizationId"] == str(organization)]
        for kind in ("collections", "members", "policies", "ciphers", "groups")
    }


def test_the_journey_without_a_provider(server: PracticeHandle, tmp_path: Path) -> None:
    """Sign in, open, set up with a file, confirm, take it all back; then locally, offline."""

    async def work() -> None:
        hub = EventHub()
        async with signed_in(Account.of(server), tmp_path / "p", hub) as desk:
            assert desk.session.provider is None
            mine = await client_called(desk, MINE)
            before = held(server, mine.organization_id)
            view = await desk.workspace.open(mine.organization_id)
            assert {row.name for row in view.collections} > {"Finance", "IT/Servers"}
            # Counted from the members: the server counts no seats.
            found = desk.clients.find(mine.organization_id)
            assert found is not None
            assert (found.seats, found.occupied_seats) == (None, len(view.members))

            plan, preview = setup_of(await desk.workspace.known(mine.organization_id))
            estimate = desk.runs.estimate(plan)
            server.http.delete("/practice/requests").raise_for_status()
            run = await desk.runs.start(plan, preview)
            report = await desk.runs.run(run)
            assert report.state == "done"
            writes = [one for one in server.requests() if one["method"] != "GET"]
            assert estimate.writes == len([w for w in writes if "/connect/" not in w["path"]])
            after = held(server, mine.organization_id)
            key = desk.session.org_key(mine.organization_id)
            names = {decrypt_text(key, one["name"]) for one in after["ciphers"]}
            assert names == {f"Site {number}" for number in range(20)}
            assert {one["email"] for one in after["members"]} > {"anna@first-client.example"}
            assert [(one["type"], one["enabled"]) for one in after["policies"]] == [(2, 1)]

            undo = await desk.undo.of(run)
            await desk.runs.execute(undo.plan)
            undone = held(server, mine.organization_id)
            assert undone["members"] == before["members"]
            assert [one["enabled"] for one in undone["policies"]] == [0]
        # Locally, without the server.
        with ProfileFolder.open(tmp_path / "p") as folder:
            entrance = Entrance(folder, EventHub(), FastClock())
            desk = await entrance.unlock(entrance.connections()[0].id, Account.of(server).password)
            kept = await desk.clients.cached()
            assert kept is not None
            assert [one.organization_name for one in kept.data] == [
                MINE,
                ADMINISTERED,
                SEEN,
            ]
            assert kept.data[0].occupied_seats is not None
            assert await desk.workspace.cached(mine.organization_id) is not None
            assert await desk.workspace.known_cached(mine.organization_id) is not None
            await desk.lock()

    asyncio.run(work())


def test_somebody_who_waits_is_confirmed_with_the_key(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            mine = await client_called(desk, MINE)
            view = await desk.workspace.open(mine.organization_id)
            waiting = await desk.confirm.member_candidates(mine.organization_id, view.members)
            assert [one.email for one in waiting] == ["sam@first-client.example"]
            plan = desk.confirm.member_plan(
                mine.organization_id, waiting, [one.member_id for one in waiting]
            )
            await desk.runs.execute(plan)
            member = next(
                one
                for one in held(server, mine.organization_id)["members"]
                if one["email"] == "sam@first-client.example"
            )
            assert member["status"] == 2
            assert member["key"].startswith("4.")

    asyncio.run(work())


def test_a_collection_keeps_its_access_when_it_is_renamed(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """There both access lists are part of the request, and replace what was."""

    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            second = await client_called(desk, ADMINISTERED)
            organization = second.organization_id
            await desk.workspace.open(organization)
            key = desk.session.org_key(organization)
            state = server.state()
            office = next(
                one
                for one in state["collections"]
                if one["organizationId"] == str(organization)
                and decrypt_text(key, one["name"]) == "Office"
            )
            before = [o for o in state["collectionUsers"] if o["collectionId"] == office["id"]]
            step = RenameCollection(
                key="name",
                client=ref_of(organization),
                collection=ref_of(UUID(office["id"])),
                before="Office",
                path="Back office",
            )
            plan = Plan(title=Say("plan.setup_existing", {"client": ADMINISTERED}), steps=(step,))
            await desk.runs.execute(plan)
            state = server.state()
            renamed = next(one for one in state["collections"] if one["id"] == office["id"])
            assert decrypt_text(key, renamed["name"]) == "Back office"
            after = [o for o in state["collectionUsers"] if o["collectionId"] == office["id"]]
            # The owner reaches it by being the owner, whose line is not stored there.
            assert after in (before, [])

    asyncio.run(work())


def test_what_the_role_does_not_reach_is_not_asked_for(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            third = await client_called(desk, SEEN)
            server.http.delete("/practice/requests").raise_for_status()
            view = await desk.workspace.open(third.organization_id)
            assert view.hidden == {"groups", "members", "policies"}
            assert {row.name for row in view.collections} > {"Marketing", "Support"}
            asked = [one["path"].rsplit("/", 1)[-1] for one in server.requests()]
            assert asked == ["details"]
            known = await desk.workspace.known(third.organization_id)
            given = answers_for(known, {})
            given.groups, given.people = ["New"], [Person("anna@third-client.example")]
            assert {one.key for one in problems(given)} >= {
                "role_hides_groups",
                "role_hides_members",
            }

    asyncio.run(work())


def test_what_only_a_provider_can_do_is_greyed_and_refused(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            mine = await client_called(desk, MINE)
            for action in ("create_client", "manage_members", "seats", "rename"):
                assert desk.why_not(action) == "no_provider"
            assert desk.why_not("write") is None
            assert await desk.clients.seat_hints() == ()
            server.http.delete("/practice/requests").raise_for_status()
            with pytest.raises(PlanInvalid) as refused:
                await desk.runs.start(desk.clients.rename_plan(mine, "Another"))
            assert refused.value.problems == (("no_provider", {}),)
            with pytest.raises(NoProvider):
                await desk.staff.fetch()
            await desk.sync.round()
            assert not [one for one in server.requests() if "/providers/" in one["path"]]
            assert not [one for one in server.requests() if one["status"] >= 400]

    asyncio.run(work())


def test_what_the_server_does_not_have_is_a_typed_reason(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """Groups that are off, a policy that is unknown: said before, and typed when met."""

    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            mine = await client_called(desk, MINE)
            known = await desk.workspace.known(mine.organization_id)
            given = answers_for(known, {})
            given.groups = ["New"]
            timeout = given.policies[PolicyType.SESSION_TIMEOUT]
            timeout.enabled = True
            assert {one.key for one in problems(given)} >= {
                "no_groups_in_plan",
                "policy_unsupported",
            }
            title = Say("plan.setup_existing", {"client": MINE})
            steps: tuple[AnyStep, ...] = (
                CreateGroup(key="group", client=ref_of(known.id), name="New"),
                PutPolicy(
                    key="policy",
                    client=ref_of(known.id),
                    type=PolicyType.SESSION_TIMEOUT,
                    enabled=True,
                ),
            )
            for step, text in zip(
                steps, ("Group support is disabled", "Invalid or unsupported"), strict=True
            ):
                with pytest.raises(RunStopped) as stopped:
                    await desk.runs.execute(Plan(title=title, steps=(step,)))
                cause = stopped.value.cause
                assert isinstance(cause, Refused)
                assert text in cause.server_text
            assert not await desk.runs.waiting()
            # An endpoint that is not there, and one that the role does not reach.
            for path in (
                f"organizations/{known.id}/billing/vnext/metadata",
                f"organizations/{(await client_called(desk, SEEN)).organization_id}/policies",
            ):
                with pytest.raises(NotAllowed):
                    await desk.link.api.get_raw(path)
            assert desk.online
            assert not desk.link.signed_out

    asyncio.run(work())


def test_a_new_refresh_token_each_time_survives_a_restart(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        tokens = set()
        for _start in range(3):
            async with signed_in(Account.of(server), tmp_path / "p") as desk:
                await desk.connect()
                tokens.add(desk.link.api.refresh_token)
        assert len(tokens) == 3

    asyncio.run(work())


def test_who_manages_nothing_is_refused_clearly(server: PracticeHandle, tmp_path: Path) -> None:
    async def work() -> None:
        visitor = server.account("visitor")
        account = Account(server.url, str(server.ca), visitor["email"], visitor["password"])
        with pytest.raises(NoProvider):
            async with signed_in(account, tmp_path / "p"):
                raise AssertionError("signed in")
        wrong = Account(server.url, str(server.ca), account.email, "wrong")
        with pytest.raises(WrongPassword):
            async with signed_in(wrong, tmp_path / "q"):
                raise AssertionError("signed in")

    asyncio.run(work())


def test_too_many_sign_ins_are_told_without_a_time(tmp_path: Path) -> None:
    """Ten at once, then one a minute, and no header says so: nothing is tried again by itself."""

    async def work() -> None:
        with (
            practice_server(
                "--no-providers", "--kdf-rounds", ROUNDS, "--rate-limits", "path"
            ) as limited,
            ProfileFolder.open(tmp_path / "p") as folder,
        ):
            one = limited.accounts[0]
            entrance = Entrance(folder, EventHub(), FastClock())
            for _time in range(10):
                attempt = entrance.begin(
                    practice_address(limited.url, limited.ca), one["email"], is_practice=True
                )
                desk = await attempt.with_password(one["password"])
                await desk.lock()
            asked = len(limited.requests())
            attempt = entrance.begin(
                practice_address(limited.url, limited.ca), one["email"], is_practice=True
            )
            with pytest.raises(RateLimited):
                await attempt.with_password(one["password"])
            await attempt.abandon()
            paths = [each["path"] for each in limited.requests()[asked:]]
            assert paths.count("/identity/connect/token") == 1

    asyncio.run(work())


def test_t10_unsigned_keys_count_only_once_somebody_accepted_them(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """Anybody can wrap a key for the account: first seen, put in the place of one, or planted."""

    async def work() -> None:
        with ProfileFolder.open(tmp_path / "p") as folder:
            entrance = Entrance(folder, EventHub(), FastClock())
            entrance.accepts_practice = False
            account = Account.of(server)
            attempt = entrance.begin(
                practice_address(account.url, account.ca), account.email, is_practice=True
            )
            desk = await attempt.with_password(account.password)
            try:
                await judged(desk)
            finally:
                server.script()
                await desk.lock()

    async def judged(desk: Desk) -> None:
        listed = (await desk.clients.fetch()).data
        mine = next(c.organization_id for c in listed if c.organization_name == ADMINISTERED)
        assert {one.id for one in desk.pins.new()} == {str(c.organization_id) for c in listed}
        assert await refusal(desk, mine) == "new"
        await desk.pins.accept_new([mine])
        await desk.runs.execute(invitation(mine, "first@first-client.example"))
        attacker = server.attacker("an organization of his own")
        me = await desk.link.api.user_public_key(desk.session.user_id)
        theirs = SymmetricKey(bytearray(attacker.key))
        planted = PublicKey.parse(me).wrap(theirs)
        known = desk.session.profile.organizations
        place = [one.id for one in known].index(mine)
        injected = {
            **msgspec.to_builtins(known[place]),
            "id": str(UUID(int=77)),
            "key": planted,
        }
        edits: tuple[tuple[dict[str, Any], UUID, str], ...] = (
            ({"path": "organizations", "how": "add", "value": injected}, UUID(int=77), "new"),
            ({"path": f"organizations.{place}.key", "value": planted}, mine, "changed"),
        )
        for edit, client, reason in edits:
            server.script(
                {
                    "method": "GET",
                    "path": "/api/accounts/profile",
                    "when": "after",
                    "do": "rewrite",
                    "times": 0,
                    "edits": [edit],
                }
            )
            await desk.clients.fetch()
            assert await refusal(desk, OrganizationId(client)) == reason

    def invitation(client: OrganizationId, email: str) -> Plan:
        step = InviteMembers(
            key="invite",
            client=ref_of(client),
            emails=(email,),
            role=OrganizationUserType.USER,
        )
        title = Say("plan.setup_existing", {"client": ADMINISTERED})
        return Plan(title=title, steps=(step,), client=client, client_name=ADMINISTERED)

    async def refusal(desk: Desk, client: OrganizationId) -> str:
        """Why nothing is written to a client; the server hears nothing of it."""
        writes = sum(one["method"] != "GET" for one in server.requests())
        with pytest.raises(KeyBlocked) as caught:
            await desk.runs.execute(invitation(client, "anna@first-client.example"))
        assert sum(one["method"] != "GET" for one in server.requests()) == writes
        return caught.value.reason

    asyncio.run(work())


def test_an_organization_that_leaves_is_gone_and_told(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """The list that is kept is made of the profile, and has a history as a provider's has."""

    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            listed = (await desk.clients.fetch()).data
            began = desk.clock.now()
            gone = next(one for one in listed if one.organization_name == SEEN)
            rows = [one.id for one in desk.session.profile.organizations]
            edit = {"path": f"organizations.{rows.index(gone.organization_id)}", "how": "remove"}
            rule = {"method": "GET", "path": "/api/accounts/profile", "when": "after"}
            server.script({**rule, "do": "rewrite", "times": 0, "edits": [edit]})
            try:
                left = (await desk.clients.fetch()).data
            finally:
                server.script()
            assert {one.organization_name for one in left} == {MINE, ADMINISTERED}
            assert desk.clients.find(gone.organization_id) is None
            changes = await desk.changes.since(began)
            assert [one.what.key for one in changes] == ["change.client_gone"]
            back = await desk.clients.fetch()
            assert len(back.data) == 3

    asyncio.run(work())
