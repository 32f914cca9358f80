"""Plans made offline: they wait, say what has changed, and start by a click only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.api import requests
from desktop.domain.enums import PolicyType
from desktop.domain.errors import ChangedSince, Offline, RunStopped
from desktop.domain.ids import RunId
from desktop.plans.plan import Plan
from desktop.plans.steps import AnyStep, Say
from desktop.services.kept_items import kept_ciphers
from desktop.services.run_context import OVERWRITE
from desktop.services.run_types import RunSummary
from tests.end2end.fleet import (
    PASSWORD_RULES,
    Fleet,
    access_step,
    assert_same,
    ended,
    policy_step,
    rename_group_step,
    rename_step,
    wide_plan,
)
from tests.end2end.stage import setup


@contextmanager
def offline(fleet: Fleet) -> Iterator[None]:
    """The cable is pulled, and put back; going online again is another thing."""
    fleet.desk.network_cut = True
    try:
        yield
    finally:
        fleet.desk.network_cut = False


def edits(fleet: Fleet) -> Plan:
    """One thing of each of three clients."""
    one, two, three, *_others = fleet.clients
    steps = (
        policy_step(one, PolicyType.MASTER_PASSWORD, "policy", **PASSWORD_RULES),
        access_step(two, "access"),
        rename_step(three, "name", "Ours"),
        rename_group_step(three, "group", "Our group"),
    )
    return Plan(title=Say("plan.setup_existing", {"client": "three"}), steps=steps)


def theirs(fleet: Fleet) -> Plan:
    """The colleague renames what the draft wants to rename, and does one thing just as wanted."""
    three = fleet.clients[2]
    renamed: tuple[AnyStep, ...] = (
        rename_step(three, "name", "Theirs"),
        rename_group_step(three, "group", "Our group"),
    )
    return Plan(title=Say("plan.setup_existing", {"client": "three"}), steps=renamed)


def writes_since(fleet: Fleet, count: int) -> list[str]:
    return [
        one["path"]
        for one in fleet.server.requests()[count:]
        if one["method"] != "GET" and "/identity/" not in one["path"]
    ]


async def listed(fleet: Fleet, run: RunId) -> RunSummary:
    return next(one for one in await fleet.desk.runs.all() if one.run == run)


async def drafted(fleet: Fleet, plan: Plan) -> RunId:
    """Made without a connection, as the window does it; then the connection is back."""
    with offline(fleet):
        assert fleet.desk.why_not() == "offline"
        run = await fleet.desk.runs.start(plan, draft=True)
    assert await fleet.desk.try_again()
    return run


def test_a_draft_waits_and_nothing_of_it_is_sent_by_itself(fleet: Fleet) -> None:
    before = fleet.state()

    async def work() -> None:
        count = len(fleet.server.requests())
        run = await drafted(fleet, edits(fleet))
        # Neither coming back nor another start of the program sends anything, or offers it as a
        # run that was interrupted.
        await fleet.ours.restart()
        assert fleet.desk.online
        assert (await listed(fleet, run)).state == "draft"
        assert run not in {one.run for one in await fleet.desk.runs.waiting()}
        assert writes_since(fleet, count) == []
        assert_same(fleet.state(), before)
        count = len(fleet.server.requests())
        await ended(fleet.desk.runs.run(run))
        assert len(writes_since(fleet, count)) == 4
        assert (await listed(fleet, run)).state == "done"

    fleet.run(work())


def test_a_draft_started_without_a_line_stays_whole(fleet: Fleet) -> None:
    async def work() -> None:
        run = await drafted(fleet, edits(fleet))
        with offline(fleet), pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.run(run)
        assert isinstance(stopped.value.cause, Offline)
        # Somebody has clicked: from here on it is a run that waits.
        assert (await listed(fleet, run)).state == "interrupted"
        report = await fleet.desk.runs.report(run)
        assert {one.state for one in report.steps} == {"PLANNED"}
        assert await fleet.desk.try_again()
        await ended(fleet.desk.runs.resume(run))

    fleet.run(work())


def test_t54_what_changed_since_a_draft_was_made_is_shown_and_left(fleet: Fleet) -> None:
    three = fleet.clients[2]

    async def work() -> None:
        run = await drafted(fleet, edits(fleet))
        assert await fleet.desk.runs.check_draft(run) == ()
        await ended(fleet.colleague.runs.execute(theirs(fleet)))
        with_theirs = fleet.state()
        count = len(fleet.server.requests())
        (change,) = await fleet.desk.runs.check_draft(run)
        # Looking asks and sends nothing; what is as wanted by now is no difference.
        assert writes_since(fleet, count) == []
        assert change.step_key == "name"
        assert (change.base, change.now, change.wanted) == (
            {"name": three.collections[-1].path}, {"name": "Theirs"}, {"name": "Ours"},
        )  # fmt: skip
        assert (await listed(fleet, run)).state == "draft"
        # Started all the same: everything but that.
        with pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.run(run)
        assert isinstance(stopped.value.cause, ChangedSince)
        states = {one.key: one.state for one in (await fleet.desk.runs.report(run)).steps}
        assert (states["policy"], states["access"], states["name"]) == ("DONE", "DONE", "FAILED")
        assert fleet.state()["collection"] == with_theirs["collection"]
        await ended(fleet.desk.runs.resume(run, choices={"name": OVERWRITE}))
        assert fleet.state()["collection"][(three.name, "Ours", 0)] == 1

    fleet.run(work())


def test_a_draft_whose_target_is_gone_says_so(fleet: Fleet) -> None:
    three = fleet.clients[2]
    group = three.groups[0]

    async def work() -> None:
        run = await drafted(fleet, edits(fleet))
        await fleet.colleague.link.api.send(requests.delete_group(three.id, group.id))
        found = {one.step_key: one.now for one in await fleet.desk.runs.check_draft(run)}
        assert found == {"group": None}

    fleet.run(work())


def test_what_a_colleague_made_meanwhile_is_shown_and_not_made_again(fleet: Fleet) -> None:
    plan = wide_plan(fleet.clients[:1])

    async def work() -> None:
        run = await drafted(fleet, plan)
        assert await fleet.desk.runs.check_draft(run) == ()
        same = tuple(one for one in plan.steps if one.key in {"0.group", "0.collection"})
        await ended(fleet.colleague.runs.execute(Plan(title=plan.title, steps=same)))
        found = {
            one.step_key: (one.base, one.now) for one in await fleet.desk.runs.check_draft(run)
        }
        assert found == {
            "0.group": ({"name": None}, {"name": "Night shift"}),
            "0.collection": ({"name": None}, {"name": "Archive"}),
        }

    fleet.run(work())


def test_a_whole_set_up_may_be_drafted_and_thrown_away(fleet: Fleet) -> None:
    """Its items are let go, and it is not listed any more."""
    plan, preview = setup("draft")

    async def work() -> None:
        count = len(fleet.server.requests())
        with offline(fleet):
            run = await fleet.desk.runs.start(plan, preview, draft=True)
            assert await kept_ciphers(fleet.desk.link, run, "import.1")
            second = await fleet.desk.runs.start(plan, preview, draft=True)
        assert await fleet.desk.try_again()
        assert await fleet.desk.runs.check_draft(run) == ()
        await fleet.desk.runs.abandon(second)
        assert second not in {one.run for one in await fleet.desk.runs.all()}
        with pytest.raises(KeyError):
            await kept_ciphers(fleet.desk.link, second, "import.1")
        assert (await fleet.desk.runs.run(second)).state == "discarded"
        assert writes_since(fleet, count) == []
        report = await fleet.desk.runs.run(run)
        assert report.imported is not None
        assert report.imported.verified

    fleet.run(work())
