"""Who did or read what from this desk, and the file that anybody may check."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from desktop.cache.logfile import verify_file
from desktop.domain.errors import StorageFailed
from desktop.domain.events import EventHub
from desktop.plans.plan import Plan
from desktop.plans.steps import Say
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance
from desktop.services.local_log import LogLine
from desktop.settings.profile import ProfileFolder
from tests.end2end.fleet import Fleet, ended, rename_step
from tests.end2end.stage import setup


async def said(desk: Desk, limit: int = 100) -> list[LogLine]:
    """Oldest first."""
    return list(reversed(await desk.log.entries(limit)))


async def since(desk: Desk, number: int) -> list[str]:
    return [one.what for one in await said(desk) if one.number > number]


async def last(desk: Desk) -> int:
    return (await said(desk))[-1].number


def test_sign_ins_locks_and_their_persons_are_in_the_log(fleet: Fleet) -> None:
    async def work() -> None:
        number = await last(fleet.desk)
        await fleet.ours.restart()
        await fleet.desk.sign_in_again(fleet.ours.password)
        assert await since(fleet.desk, number) == ["locked", "unlocked", "signed_in"]
        lines = [one for one in await said(fleet.desk) if one.number > number]
        assert {one.person for one in lines} == {fleet.desk.session.user_id}
        assert sorted(one.at for one in lines) == [one.at for one in lines]
        first = next(one.what for one in await said(fleet.desk, 10_000))
        assert first == "signed_in"

    fleet.run(work())


def test_what_was_opened_and_read_back_is_in_the_log(fleet: Fleet) -> None:
    """Every reading of promise 3: on opening, without a line, and of our own import."""
    client = fleet.clients[4]

    async def work() -> None:
        await fleet.desk.clients.fetch()
        number = await last(fleet.desk)
        await fleet.desk.workspace.open(client.id)
        fleet.desk.network_cut = True
        await fleet.desk.workspace.cached(client.id)
        fleet.desk.network_cut = False
        await fleet.desk.try_again()
        lines = [one for one in await said(fleet.desk) if one.number > number]
        assert [(one.what, one.client) for one in lines] == [
            ("vault_accessed", client.id), ("opened_offline", client.id),
        ]  # fmt: skip
        assert {one.client_name for one in lines} == {client.name}
        number = await last(fleet.desk)
        plan, preview = setup("log")
        before = len(fleet.server.requests())
        report = await fleet.desk.runs.execute(plan, preview=preview)
        lines = [one for one in await said(fleet.desk) if one.number > number]
        assert [one.what for one in lines] == ["run_planned", "items_read_back", "run_done"]
        assert lines[1].client == report.organization_id
        # The items of an import are read once, not once per chunk.
        sent = fleet.server.requests()[before:]
        asked = [one for one in sent if "organization-details" in one["path"]]
        assert len(asked) == 1

    fleet.run(work())


def test_runs_and_what_a_person_did_with_them_are_in_the_log(fleet: Fleet) -> None:
    plan = Plan(
        title=Say("plan.setup_existing", {"client": "one"}),
        steps=(rename_step(fleet.clients[0], "name", "Ours"),),
        client=fleet.clients[0].id,
    )

    async def work() -> None:
        number = await last(fleet.desk)
        run = await ended(fleet.desk.runs.execute(plan))
        undo = await fleet.desk.undo.of(run)
        draft = await fleet.desk.runs.start(undo.plan, draft=True)
        await fleet.desk.runs.skip(draft, "undo.name", "no")
        await fleet.desk.runs.abandon(draft)
        lines = [one for one in await said(fleet.desk) if one.number > number]
        assert [one.what for one in lines] == [
            "run_planned", "run_done", "run_drafted", "step_skipped", "run_abandoned",
        ]  # fmt: skip
        assert [one.facts["run"] for one in lines] == [str(run)] * 2 + [str(draft)] * 3
        assert {one.client for one in lines[:3]} == {fleet.clients[0].id}

    fleet.run(work())


def test_an_export_is_whole_names_its_last_link_and_is_in_the_log(
    fleet: Fleet, tmp_path: Path
) -> None:
    path = tmp_path / "log.jsonl"

    async def work() -> None:
        await fleet.desk.clients.fetch()
        await fleet.desk.workspace.open(fleet.clients[1].id)
        number = await last(fleet.desk)
        before = await said(fleet.desk, 10_000)
        done = await fleet.desk.log.export(path)
        check = verify_file(path)
        assert (check.ok, check.records, check.last_link) == (True, len(before), done.last_link)
        lines = [json.loads(line) for line in path.read_bytes().splitlines()]
        head, *records, end = lines
        assert head["account"] == fleet.ours.email
        assert head["journal"] == "whole"
        assert end["end"] == len(records)
        assert [one["entry"] for one in records] == [one.number for one in before]
        assert [one["what"] for one in records] == [one.what for one in before]
        assert all(one["person"] == str(fleet.desk.session.user_id) for one in records)
        # Names are put in for whoever asked; in the journal there are ids only.
        assert fleet.clients[1].name in {one["client_name"] for one in records}
        # The journal itself keeps the link, so that the file can be compared with it later.
        (line,) = [one for one in await said(fleet.desk) if one.number > number]
        assert (line.what, line.facts) == (
            "log_exported", {"records": str(len(before)), "link": done.last_link},
        )  # fmt: skip

    fleet.run(work())


def test_an_export_that_fails_leaves_no_file_and_no_line(fleet: Fleet, tmp_path: Path) -> None:
    async def work() -> None:
        number = await last(fleet.desk)
        with pytest.raises(StorageFailed):
            await fleet.desk.log.export(tmp_path / "no folder" / "log.jsonl")
        assert await since(fleet.desk, number) == []

    fleet.run(work())


def test_the_export_of_a_damaged_journal_says_so(fleet: Fleet, tmp_path: Path) -> None:
    """The file is whole, but what it was made from is not."""

    async def work() -> None:
        await fleet.ours.close()
        home = fleet.ours._home
        (journal,) = home.rglob("journal.db")
        kept = journal.read_bytes()
        try:
            _delete_an_entry(journal)
            with ProfileFolder.open(home) as profile:
                entrance = Entrance(profile, EventHub(), fleet.ours.clock)
                desk = await entrance.unlock(entrance.connections()[0].id, fleet.ours.password)
                assert desk.read_only
                await desk.log.export(tmp_path / "log.jsonl")
                await desk.lock()
        finally:
            journal.write_bytes(kept)
            await fleet.ours.open()
        with (tmp_path / "log.jsonl").open("rb") as file:
            head = json.loads(file.readline())
        assert head["journal"] == "damaged"
        assert head["first_bad_entry"] == 3
        check = verify_file(tmp_path / "log.jsonl")
        assert check.ok
        assert check.journal == "damaged"

    fleet.run(work())


def _delete_an_entry(journal: Path) -> None:
    conn = sqlite3.connect(journal)
    conn.execute("DELETE FROM entries WHERE number = 3")
    conn.commit()
    conn.close()
