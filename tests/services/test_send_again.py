"""Where item listing is refused: an unclear chunk is named, and sent again by a word only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.domain.errors import RunStopped, Uncertain, WrongConfirmation
from desktop.domain.ids import RunId
from desktop.plans.steps import ImportItems
from desktop.services.run_types import ENDED, PLANNED, SKIPPED
from tests.end2end.fleet import Fleet, ended, fleet_on, states_of
from tests.end2end.stage import setup

CLIENT = "Client blind"
DATED = re.compile(r"Claviger \d{4}-\d\d-\d\d \d\d\.\d\d")
LOST: dict[str, Any] = {
    "method": "POST", "path": "/api/ciphers/import-organization", "when": "after", "do": "reset",
}  # fmt: skip


@pytest.fixture(scope="module")
def blind_stage() -> Iterator[Fleet]:
    with fleet_on("--no-item-listing", "--scale", "10", "--members", "2") as fleet:
        yield fleet


@pytest.fixture
def blind(blind_stage: Fleet) -> Fleet:
    blind_stage.put_back()
    return blind_stage


def imports(fleet: Fleet, since: int) -> int:
    return sum("import" in one["path"] for one in fleet.server.requests()[since:])


async def unclear(fleet: Fleet, **rule: Any) -> RunId:
    """A set-up whose chunk of items met a broken line."""
    plan, preview = setup("blind")
    run = await fleet.desk.runs.start(plan, preview)
    fleet.server.script({**LOST, **rule})
    with pytest.raises(RunStopped) as stopped:
        await fleet.desk.runs.run(run)
    assert isinstance(stopped.value.cause, Uncertain)
    fleet.server.script()
    return run


def items_of(fleet: Fleet) -> tuple[Counter[str], dict[str, set[str]]]:
    """How often each item (by its ciphertext) is there, and what lies in which collection."""
    state = fleet.server.state()
    client = next(one["id"] for one in state["organizations"] if one["name"] == CLIENT)
    names = {one["id"]: one["name"] for one in state["ciphers"] if one["organizationId"] == client}
    places: dict[str, set[str]] = {}
    for one in state["collectionCiphers"]:
        if one["cipherId"] in names:
            places.setdefault(one["collectionId"], set()).add(one["cipherId"])
    return Counter(names.values()), places


def test_t43_an_unclear_chunk_is_never_sent_again_by_itself(blind: Fleet) -> None:
    plan, _preview = setup("blind")
    chunks = {step.key: step for step in plan.steps if isinstance(step, ImportItems)}

    async def work() -> None:
        run = await unclear(blind)
        before = len(blind.server.requests())
        # Whatever a person does with the run except for the one word: nothing of it is sent.
        for _ in range(2):
            with pytest.raises(RunStopped):
                await blind.desk.runs.resume(run)
        await blind.ours.restart()
        with pytest.raises(RunStopped):
            await blind.desk.runs.resume(run)
        assert imports(blind, before) == 0
        report = await blind.desk.runs.report(run)
        states = states_of(report)
        assert states["import.1"] == "UNKNOWN"
        # The rows that nobody can look up, where they went and when; the other chunks arrived.
        (named,) = report.uncertain
        assert named.step_key == "import.1"
        assert named.rows == tuple(sorted(set(chunks["import.1"].rows)))
        assert named.collections
        assert named.sent is not None
        assert report.imported is not None
        assert report.imported.not_listed
        assert not report.imported.verified
        assert report.imported.items_sent == sum(
            step.count for key, step in chunks.items() if key != "import.1"
        )
        (listed,) = [one for one in await blind.desk.runs.all() if one.run == run]
        assert (listed.state, listed.problem) == ("uncertain", "Uncertain")

    blind.run(work())


@pytest.mark.parametrize("typed", ["", "client blind", "Client", "Client blind 2", "CLIENT BLIND"])
def test_only_the_whole_name_sends_again(typed: str, blind: Fleet) -> None:
    async def work() -> None:
        run = await unclear(blind)
        before = states_of(await blind.desk.runs.report(run))
        with pytest.raises(WrongConfirmation):
            await blind.desk.runs.send_again(run, "import.1", typed)
        assert states_of(await blind.desk.runs.report(run)) == before

    blind.run(work())


def test_after_the_name_was_typed_it_is_sent_once_more_into_a_dated_collection(
    blind: Fleet,
) -> None:
    plan, _preview = setup("blind")
    chunk = next(step for step in plan.steps if step.key == "import.1")
    assert isinstance(chunk, ImportItems)

    async def work() -> None:
        run = await unclear(blind)
        once, _places = items_of(blind)
        before = len(blind.server.requests())
        await blind.desk.runs.send_again(run, "import.1", f"  {CLIENT} ")
        assert imports(blind, before) == 0
        report = await blind.desk.runs.resume(run)
        assert report.is_done
        assert imports(blind, before) == 1
        states = states_of(report)
        again = [key for key in states if key.startswith("again.")]
        assert sorted(again) == ["again.1.import.1", "again.1.import.1.collection"]
        assert states["import.1"] == "SKIPPED"
        facts = {one.key: one.facts for one in report.steps}
        assert facts["import.1"]["sent_again"] == "again.1.import.1"
        # The first delivery had arrived after all: now those items are there twice, and exactly
        # those; the second ones lie in the dated collection besides, so an owner can take them out.
        twice, places = items_of(blind)
        more = twice - once
        assert sum(more.values()) == chunk.count
        assert {name for name, count in twice.items() if count == 2} == set(more)
        said = {one.key: one.say.facts for one in report.steps}
        dated = said["again.1.import.1.collection"]["collection"]
        assert DATED.fullmatch(dated)
        assert chunk.count in {len(one) for one in places.values()}
        log = [one.what for one in await blind.desk.log.entries(20)]
        assert "chunk_sent_again" in log

    blind.run(work())


def test_a_second_delivery_that_is_lost_too_is_a_question_again(blind: Fleet) -> None:
    async def work() -> None:
        run = await unclear(blind)
        await blind.desk.runs.send_again(run, "import.1", CLIENT)
        blind.server.script(LOST)
        with pytest.raises(RunStopped) as stopped:
            await blind.desk.runs.resume(run)
        assert stopped.value.step_key == "again.1.import.1"
        blind.server.script()
        before = len(blind.server.requests())
        with pytest.raises(RunStopped):
            await blind.desk.runs.resume(run)
        assert imports(blind, before) == 0
        with pytest.raises(WrongConfirmation):
            await blind.desk.runs.send_again(run, "again.1.import.1", "no")
        await blind.desk.runs.send_again(run, "again.1.import.1", CLIENT)
        report = await blind.desk.runs.resume(run)
        assert report.is_done
        assert imports(blind, before) == 1
        states = states_of(report)
        assert states["again.2.import.1"] == "SENT"

    blind.run(work())


def test_an_owner_who_found_everything_ends_it_without_a_request(blind: Fleet) -> None:
    async def work() -> None:
        run = await unclear(blind)
        before = len(blind.server.requests())
        await blind.desk.runs.skip(run, "import.1", "the owner has looked")
        await ended(blind.desk.runs.resume(run))
        assert imports(blind, before) == 0
        counts, _places = items_of(blind)
        assert set(counts.values()) == {1}

    blind.run(work())


def test_what_is_not_uncertain_is_not_sent_again(blind: Fleet) -> None:
    async def work() -> None:
        run = await unclear(blind)
        for key in ("import.2", "client", "import.verify"):
            with pytest.raises(ValueError, match="not uncertain"):
                await blind.desk.runs.send_again(run, key, CLIENT)
        with pytest.raises(KeyError):
            await blind.desk.runs.send_again(run, "import.99", CLIENT)

    blind.run(work())


def test_t43_no_crash_leaves_a_second_delivery_beside_an_open_question(blind: Fleet) -> None:
    """Else a person would be asked once more, and the items would be sent a third time."""

    async def work() -> None:
        run = await unclear(blind)
        journal = blind.desk.link.journal
        silent = journal.hook
        found: list[tuple[str, bool]] = []

        def look(_edge: str) -> None:
            states = journal.step_states(run)
            found.append((states["import.1"], "again.1.import.1" in states))

        journal.hook = look
        try:
            await blind.desk.runs.send_again(run, "import.1", CLIENT)
        finally:
            journal.hook = silent
        assert set(found) == {("UNKNOWN", False), ("SKIPPED", True)}
        # The same click once more is no further delivery.
        with pytest.raises(ValueError, match="not uncertain"):
            await blind.desk.runs.send_again(run, "import.1", CLIENT)

    blind.run(work())


def test_what_is_sent_again_of_a_run_that_was_over_can_be_gone_on_with(blind: Fleet) -> None:
    """At every edge: never a delivery that nothing would ever send."""

    async def work() -> None:
        run = await unclear(blind)
        await blind.desk.runs.abandon(run)
        journal = blind.desk.link.journal
        silent = journal.hook

        def look(_edge: str) -> None:
            record = journal.run(run)
            assert record is not None
            is_added = "again.1.import.1" in journal.step_states(run)
            assert not (is_added and record.state in ENDED)

        journal.hook = look
        try:
            await blind.desk.runs.send_again(run, "import.1", CLIENT)
        finally:
            journal.hook = silent
        assert (await ended(blind.desk.runs.resume(run))) == run

    blind.run(work())


def test_what_was_given_up_stays_undone_when_a_part_is_sent_again(blind: Fleet) -> None:
    """Who gives the rest of a run up does not get it back with one chunk."""

    async def work() -> None:
        plan, preview = setup("blind")
        runs = blind.desk.runs
        run = await runs.start(plan, preview)
        refused = {"path": "/api/organizations/.*/groups", "method": "POST", "when": "before"}
        blind.server.script(LOST, {**refused, "do": "status", "status": 400})
        with pytest.raises(RunStopped):
            await runs.run(run)
        blind.server.script()
        left = {key for key, state in states_of(await runs.report(run)).items() if state == PLANNED}
        assert left
        await runs.abandon(run)
        before = len(blind.server.requests())
        await runs.send_again(run, "import.1", CLIENT)
        report = await runs.resume(run)
        assert report.is_done
        states = states_of(report)
        kept = {key for key in left if states[key] != SKIPPED}
        assert kept <= {"import.verify"}
        assert imports(blind, before) == 1
        writes = {
            one["path"].rsplit("/", 1)[-1]
            for one in blind.server.requests()[before:]
            if one["method"] != "GET"
        }
        assert not writes & {"invite", "groups"}

    blind.run(work())
