"""From nothing to a filled, staffed vault, as the pages do it."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.enums import (
    OrganizationUserStatus,
    PlanType,
    PolicyType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.errors import RunStopped
from desktop.domain.events import Event, EventHub, RunEnded, RunProgressed
from desktop.domain.items import Verdict
from desktop.importers.sample import sample_lastpass_export
from desktop.plans.answers import answers_for, new_answers
from desktop.plans.people import Person
from desktop.plans.setup import plan_setup
from desktop.services.run_types import Progress
from tests.end2end.stage import Account, answers, export, outcome, setup, signed_in
from tests.practice_process import PracticeHandle


def events_of(server: PracticeHandle, client: object) -> Counter[int]:
    return Counter(
        one["type"] for one in server.state()["events"] if one["organizationId"] == str(client)
    )


def test_the_whole_main_job(server: PracticeHandle, tmp_path: Path) -> None:
    seen: list[Event] = []
    told: list[Progress] = []
    sample = tmp_path / "lastpass_export.csv"
    sample.write_bytes(sample_lastpass_export(400))

    async def work() -> None:
        hub = EventHub()
        hub.subscribe(seen.append)
        async with signed_in(Account.of(server), tmp_path / "p", hub) as desk:
            await desk.clients.fetch()
            preview = await desk.imports.preview(sample)
            given = new_answers(
                {}, name="Acme BV", owner_email="owner@acme.example", preview=preview
            )
            given.people = [Person("anna@acme.example", groups=("it",))]
            plan = plan_setup(given)
            before = len(server.requests())
            run = await desk.runs.start(plan, preview)
            assert len(server.requests()) == before
            report = await desk.runs.run(run, told.append)
            assert report.is_done
            assert report.imported is not None
            assert report.imported.verified
            assert report.imported.items_read_back == preview.item_count
            assert report.imported.counts[Verdict.REJECTED] == preview.count(Verdict.REJECTED)
            assert report.made["items_read_back"] == preview.item_count
            assert report.made["groups"] == len(given.groups)
            client = report.organization_id
            assert client is not None

            # What is on the server is what was planned, in the order of the plan (T56).
            view = await desk.workspace.open(client)
            names = {row.name for row in view.collections if row.id is not None}
            assert set(given.wanted_paths()) <= names
            assert {one.name for one in view.groups} == set(given.groups)
            assert {one.type for one in view.policies if one.enabled} == {
                kind for kind, answer in given.policies.items() if answer.enabled
            }
            assert not [row for row in view.collections if row.unmanaged]

            # The same file again: every row is known from this desk's own ledger.
            again = await desk.imports.preview(sample, client=client)
            assert again.item_count == 0
            assert [one.file_name for one in await desk.imports.done_before(client)] == [
                sample.name
            ]

            # The owner accepts, is shown by phrase, and is confirmed.
            server.accept("owner@acme.example")
            view = await desk.workspace.open(client)
            candidates = await desk.confirm.member_candidates(client, view.members)
            assert [len(one.phrase) for one in candidates] == [5]
            nobody = desk.confirm.member_plan(client, candidates, ())
            assert nobody.steps == ()
            acknowledged = {one.member_id for one in candidates}
            confirmed = desk.confirm.member_plan(client, candidates, acknowledged)
            assert (await desk.runs.execute(confirmed)).is_done
            view = await desk.workspace.open(client)
            owner = next(one for one in view.members if one.email == "owner@acme.example")
            assert owner.status is OrganizationUserStatus.CONFIRMED

            # Opening it three times left one entry in the client's own log (promise 5).
            assert events_of(server, client)[1603] == 1

    asyncio.run(work())
    assert told[-1].done == told[-1].total
    assert sum(isinstance(one, RunEnded) for one in seen) == 2
    assert any(isinstance(one, RunProgressed) for one in seen)
    kept = [one for one in seen if isinstance(one, RunEnded)]
    assert kept[0].items > 300


def test_opening_offline_is_made_good_at_the_next_opening_online(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            client = (await desk.clients.fetch()).data[0].organization_id
            before = events_of(server, client)[1603]
            await desk.workspace.open(client)
            await desk.workspace.known(client)
            await desk.workspace.refresh(client)
            assert events_of(server, client)[1603] == before + 1
            desk.network_cut = True
            assert await desk.workspace.cached(client) is not None
            desk.network_cut = False
            assert await desk.try_again()
            await desk.workspace.open(client)
            assert events_of(server, client)[1603] == before + 2
            await desk.workspace.open(client)
            assert events_of(server, client)[1603] == before + 2
            kinds = [one.kind for one in desk.link.journal.log_records()]
            assert kinds.count("vault_accessed") == 2
            assert kinds.count("opened_offline") == 1

    asyncio.run(work())


def test_a_client_that_exists_gets_what_is_missing(server: PracticeHandle, tmp_path: Path) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            plan, preview = setup("twice")
            assert (await desk.runs.execute(plan, preview=preview)).is_done
            whole = outcome(server, desk, "twice")
            (client,) = [
                one.organization_id
                for one in (await desk.clients.fetch()).data
                if one.organization_name == "Client twice"
            ]
            known = await desk.workspace.known(client)
            given = answers("twice", None)
            later = answers_for(known, {})
            later.groups, later.matrix, later.people = given.groups, given.matrix, given.people
            again = plan_setup(later)
            # The default policies stand, the groups and people are there: nothing to do.
            assert again.steps == ()
            assert len(again.already) > 8
            later.collections.append("Added/Deep")
            later.policies[PolicyType.REMOVE_PIN].enabled = True
            more = plan_setup(later)
            assert [step.key for step in more.steps] == [
                "collection.Added", "collection.Added/Deep", "policy.14",
            ]  # fmt: skip
            assert (await desk.runs.execute(more)).is_done
            after = outcome(server, desk, "twice")
            assert set(after["collections"]) - set(whole["collections"]) == {
                "Added", "Added/Deep",
            }  # fmt: skip
            assert after["items"] == whole["items"]

    asyncio.run(work())


def test_t56_the_requests_sent_are_the_plan_that_was_shown(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            plan, preview = setup("t56")
            before = len(server.requests())
            await desk.runs.execute(plan, preview=preview)
            sent = [
                (one["method"], one["path"].split("?")[0])
                for one in server.requests()[before:]
                if one["method"] != "GET" and "/connect/token" not in one["path"]
            ]
            shown = [step.endpoint.split() for step in plan.steps if step.BUDGET != "read"]
            assert len(sent) == len(shown)
            for (method, path), (verb, pattern) in zip(sent, shown, strict=True):
                assert method == verb
                last = pattern.split("?")[0].rsplit("/", 1)[-1]
                assert path.rsplit("/", 1)[-1] == last

    asyncio.run(work())


def test_a_new_client_is_known_with_what_its_plan_has(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            plan, preview = setup("features")
            report = await desk.runs.execute(plan, preview=preview)
            assert report.organization_id is not None
            features = desk.clients.features(report.organization_id)
            assert features is not None
            assert features.use_policies

    asyncio.run(work())


def test_a_manager_group_manages(server: PracticeHandle, tmp_path: Path) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            given = answers("managed", export(8))
            given.manager_group = "Everyone"
            report = await desk.runs.execute(plan_setup(given), preview=given.preview)
            assert report.is_done
            end = outcome(server, desk, "managed")
            managed = {name for name, group, flags in end["collection groups"] if flags[2]}
            assert managed == set(end["collections"]) - {"Default collection"}
            assert ("Sales", "Sales", (False, False, False)) in end["collection groups"]

    asyncio.run(work())


def test_rename_and_seats_keep_each_other(server: PracticeHandle, tmp_path: Path) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            await desk.clients.fetch()
            client = next(
                one for one in desk.clients.all() if one.organization_name.startswith("Third")
            )
            hints = {one.plan: one for one in await desk.clients.seat_hints()}
            hint = hints[PlanType.ENTERPRISE_MONTHLY]
            assert hint.extra_for(hint.unassigned) == 0
            assert hint.extra_for(hint.unassigned + 4) == 4
            rename = desk.clients.rename_plan(client, " Third & Sons ")
            assert (await desk.runs.execute(rename)).is_done
            seats = (client.seats or 0) + 2
            assert (await desk.runs.execute(desk.clients.seats_plan(client, seats))).is_done
            await desk.clients.fetch()
            found = desk.clients.find(client.organization_id)
            assert found is not None
            assert (found.organization_name, found.seats) == ("Third & Sons", seats)
            with pytest.raises(RunStopped):
                await desk.runs.execute(desk.clients.seats_plan(found, 0))

    asyncio.run(work())


def test_the_providers_own_people(server: PracticeHandle, tmp_path: Path) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:

            async def run(plan: Any) -> None:
                assert (await desk.runs.execute(plan)).is_done

            async def member(email: str) -> Any:
                staff = (await desk.staff.fetch()).data
                return next((one for one in staff if one.email == email), None)

            emails = [f"new{number}@msp.example" for number in range(23)]
            await run(desk.staff.invite_plan(emails, ProviderUserType.SERVICE_USER))
            new = await member(emails[0])
            assert new.status is ProviderUserStatus.INVITED
            await run(desk.staff.resend_plan([new]))
            assert [one["to"] for one in server.mails()].count(emails[0]) == 2
            server.accept(emails[0])
            staff = (await desk.staff.fetch()).data
            candidates = await desk.confirm.staff_candidates(staff)
            mine = next(one for one in candidates if one.email == emails[0])
            assert len(mine.phrase) == 5
            await run(desk.confirm.staff_plan(candidates, {mine.member_id}))
            new = await member(emails[0])
            assert new.status is ProviderUserStatus.CONFIRMED
            others = [one for one in candidates if one.email != emails[0]]
            for one in others:
                assert (await member(one.email)).status is ProviderUserStatus.ACCEPTED
            await run(desk.staff.role_plan(new, ProviderUserType.PROVIDER_ADMIN))
            assert (await member(emails[0])).type is ProviderUserType.PROVIDER_ADMIN
            await run(desk.staff.remove_plan([new]))
            assert await member(emails[0]) is None

    asyncio.run(work())


def test_an_unclear_resend_is_never_sent_again(server: PracticeHandle, tmp_path: Path) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            email = "resend@msp.example"
            plan = desk.staff.invite_plan([email], ProviderUserType.SERVICE_USER)
            await desk.runs.execute(plan)
            staff = (await desk.staff.fetch()).data
            resend = desk.staff.resend_plan([one for one in staff if one.email == email])
            server.script({"path": "/api/.*/reinvite", "when": "after", "do": "reset"})
            run = await desk.runs.start(resend)
            for _ in range(2):
                with pytest.raises(RunStopped):
                    await desk.runs.run(run)
            assert [one["to"] for one in server.mails()].count(email) == 2
            assert [one.state for one in await desk.runs.waiting()] == ["uncertain"]
            await desk.runs.abandon(run)
            assert await desk.runs.waiting() == ()

    asyncio.run(work())


def test_a_run_waiting_is_known_before_the_unlock(server: PracticeHandle, tmp_path: Path) -> None:
    account, folder = Account.of(server), tmp_path / "p"

    async def work() -> None:
        async with signed_in(account, folder) as desk:
            plan, preview = setup("waits")
            await desk.runs.start(plan, preview)
            assert desk.connection.has_waiting_run
        async with signed_in(account, folder) as desk:
            assert desk.connection.has_waiting_run
            (waiting,) = await desk.runs.waiting()
            assert (waiting.client_name, waiting.done) == ("Client waits", 0)
            assert (await desk.runs.resume(waiting.run)).is_done
            assert not desk.connection.has_waiting_run
            report = await desk.runs.report(waiting.run)
            assert report.is_done
            assert report.imported is not None

    asyncio.run(work())
