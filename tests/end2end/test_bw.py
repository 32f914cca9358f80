"""The official client reads what we wrote: exactly those items, letter for letter."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.ids import OrganizationId
from desktop.domain.items import ImportPreview
from desktop.importers.sample import sample_lastpass_export
from desktop.plans.answers import SetupAnswers, answers_for, new_answers
from desktop.plans.chunks import items_of
from desktop.plans.setup import plan_setup
from desktop.services.desk import Desk
from tests.bw_client import MISSING, Bw, BwProgram, find_bw
from tests.end2end.stage import Account, signed_in
from tests.practice_process import PracticeHandle

pytestmark = pytest.mark.bw

ROWS = 200
Told = Counter[tuple[Any, ...]]


@pytest.fixture(scope="module")
def program() -> BwProgram:
    found = find_bw()
    if found is None:
        pytest.skip(MISSING)
    return found


async def imported(desk: Desk, answers: SetupAnswers) -> OrganizationId:
    report = await desk.runs.execute(plan_setup(answers), preview=answers.preview)
    assert report.is_done
    assert report.organization_id is not None
    return report.organization_id


async def confirm_owner(server: PracticeHandle, desk: Desk, client: OrganizationId) -> str:
    view = await desk.workspace.open(client)
    email = view.members[0].email
    password: str = server.accept(email)["password"]
    view = await desk.workspace.open(client)
    candidates = await desk.confirm.member_candidates(client, view.members)
    everyone = {one.member_id for one in candidates}
    plan = desk.confirm.member_plan(client, candidates, everyone)
    assert (await desk.runs.execute(plan)).is_done
    return password


def wanted(preview: ImportPreview, answers: SetupAnswers) -> Told:
    """What we sent, as people know it."""
    return Counter(
        (
            item.name,
            item.username,
            item.password,
            item.totp,
            item.notes,
            tuple(uri.uri for uri in item.uris),
            tuple((field.name, field.value) for field in item.fields),
            (answers.target_of(item.folder) or answers.default_collection,),
        )
        for _row, item in items_of(preview)
    )


def listed(client: Bw, organization: OrganizationId) -> Told:
    """What the official client shows of one organization."""
    names = {
        one["id"]: one["name"]
        for one in client.list_collections()
        if one["organizationId"] == str(organization)
    }
    told: Told = Counter()
    for item in client.list_items():
        if item["organizationId"] != str(organization):
            continue
        login = item.get("login") or {}
        told[
            (
                item["name"],
                login.get("username"),
                login.get("password"),
                login.get("totp"),
                item.get("notes"),
                tuple(uri["uri"] for uri in login.get("uris") or ()),
                tuple((field["name"], field["value"]) for field in item.get("fields") or ()),
                tuple(sorted(names[one] for one in item["collectionIds"])),
            )
        ] += 1
    return told


def test_a_new_clients_owner_finds_exactly_what_was_imported(
    server: PracticeHandle, program: BwProgram, tmp_path: Path
) -> None:
    sample = tmp_path / "export.csv"
    sample.write_bytes(sample_lastpass_export(ROWS))

    async def work() -> tuple[SetupAnswers, OrganizationId, str]:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            preview = await desk.imports.preview(sample)
            answers = new_answers(
                {}, name="Read by bw", owner_email="owner@bw.example", preview=preview
            )
            client = await imported(desk, answers)
            return answers, client, await confirm_owner(server, desk, client)

    answers, organization, password = asyncio.run(work())
    assert answers.preview is not None
    client = Bw(program, server.url, server.ca, tmp_path / "bw")
    client.login("owner@bw.example", password)
    assert listed(client, organization) == wanted(answers.preview, answers)


def test_a_seeded_clients_owner_finds_what_was_added(
    server: PracticeHandle, program: BwProgram, tmp_path: Path
) -> None:
    owner = server.account("client_owner")
    sample = tmp_path / "export.csv"
    sample.write_bytes(sample_lastpass_export(60))

    async def work() -> tuple[SetupAnswers, OrganizationId]:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            clients = (await desk.clients.fetch()).data
            one = next(c for c in clients if c.organization_name == owner["organization"])
            known = await desk.workspace.known(one.organization_id)
            preview = await desk.imports.preview(sample)
            answers = answers_for(known, {}, preview=preview)
            return answers, await imported(desk, answers)

    answers, organization = asyncio.run(work())
    assert answers.preview is not None
    client = Bw(program, server.url, server.ca, tmp_path / "bw")
    client.login(owner["email"], owner["password"])
    assert listed(client, organization) == wanted(answers.preview, answers)
