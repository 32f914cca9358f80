"""Runs on a real server: stopped anywhere, gone on with, left out, queued, side by side."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.api.link import Call
from desktop.domain.errors import AlreadyThere, Offline, PlanInvalid, RunStopped, Shortfall
from desktop.domain.ids import RunId
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    Access,
    AnyStep,
    Budget,
    CreateCollection,
    CreateGroup,
    ImportItems,
    Say,
    ref_of,
)
from desktop.services.execution import GRACE_S
from desktop.services.run_types import Progress, RunReport
from tests.bench_faults.stage import Line
from tests.end2end.fleet import Fleet, assert_same, ended, states_of, wide_plan
from tests.end2end.stage import Account, outcome, setup, signed_in
from tests.services.paper import until

# The promise is two seconds, a hanging request a minute; a busy computer gets some more.
PROMPT_S = 10.0
ENDED_STATES = {"DONE", "PLANNED"}


def writes(fleet: Fleet, since: int) -> list[str]:
    """Verb and path of everything that was to change something, in the order it came in."""
    return [
        f"{one['method']} {one['path'].partition('?')[0].removeprefix('/api/')}"
        for one in fleet.server.requests()[since:]
        if one["method"] != "GET" and "/identity/" not in one["path"]
    ]


async def stopped_at(
    fleet: Fleet, run: RunId, key: str, stop: Callable[[], None]
) -> tuple[RunReport, float]:
    """The report after `stop` was called when a step began, and how long that took."""
    loop = asyncio.get_running_loop()
    asked = 0.0

    def told(progress: Any) -> None:
        nonlocal asked
        if progress.step_key == key and not asked:
            asked = loop.time()
            stop()

    report = await fleet.desk.runs.run(run, told)
    assert asked, key
    return report, loop.time() - asked


def test_t55_cancel_at_each_step_leaves_a_list_of_done_and_not_done(fleet: Fleet) -> None:
    plan, preview = setup("cancel")
    took: list[float] = []

    async def work(key: str) -> None:
        run = await fleet.desk.runs.start(plan, preview)
        before = len(fleet.server.requests())
        report, seconds = await stopped_at(fleet, run, key, lambda: fleet.desk.runs.cancel(run))
        took.append(seconds)
        assert report.state == "cancelled"
        states = states_of(report)
        assert list(states) == [step.key for step in plan.steps]
        assert set(states.values()) <= {*ENDED_STATES, "SENT"}
        # Exactly what is called done, or was answered, has been sent; nothing was taken back.
        sent = writes(fleet, before)
        done = [one for one, state in states.items() if state != "PLANNED"]
        assert len(sent) == len([one for one in done if plan.find(one).BUDGET != Budget.READ])
        assert not [one for one in sent if one.startswith("DELETE")]
        (listed,) = [one for one in await fleet.desk.runs.all() if one.run == run]
        assert (listed.state, listed.done < listed.total) == ("cancelled", True)
        # For good: asking again sends nothing.
        before = len(fleet.server.requests())
        assert (await fleet.desk.runs.run(run)).state == "cancelled"
        assert len(fleet.server.requests()) == before

    for step in plan.steps:
        fleet.put_back()
        fleet.run(work(step.key))
    assert max(took) < PROMPT_S
    assert GRACE_S < 2


HANGING = {
    "reading before": ("GET", "/api/organizations/[^/]*/policies", 1),
    "writing": ("POST", "/api/organizations/[^/]*/groups", 1),
    "reading after": ("GET", "/api/providers/[^/]*/organizations", 2),
    "reading back": ("GET", "/api/ciphers/organization-details", 1),
}


@pytest.mark.parametrize(
    ("ask", "where"),
    [*(("pause", where) for where in HANGING), ("cancel", "reading before")],
)
def test_t55_a_request_that_hangs_holds_nobody_up(
    ask: str, where: str, fleet: Fleet, tmp_path: Path
) -> None:
    """Whichever request it is that gets no answer, of those that read too; with a clock whose
    deadlines are a minute and more.
    """
    method, path, nth = HANGING[where]
    plan, preview = setup("hang")

    async def work() -> None:
        async with signed_in(Account.of(fleet.server), tmp_path / "home") as desk:
            left = 0

            def leaves(call: Call) -> bool:
                nonlocal left
                path_of = "/" + call.url.partition("://")[2].partition("/")[2].partition("?")[0]
                left += call.method == method and re.fullmatch(path, path_of) is not None
                return False

            Line(refuses=leaves).tap(desk)
            run = await desk.runs.start(plan, preview)
            rule = {"method": method, "path": path, "nth": nth, "when": "before", "do": "hang"}
            fleet.server.script(rule)
            running = asyncio.ensure_future(desk.runs.run(run))
            await until(lambda: left >= nth or running.done())
            assert not running.done()
            loop = asyncio.get_running_loop()
            began = loop.time()
            getattr(desk.runs, ask)(run)
            report = await running
            assert loop.time() - began < PROMPT_S
            assert report.state == {"pause": "interrupted", "cancel": "cancelled"}[ask]
            fleet.server.script()
            if ask == "pause":
                await ended(desk.runs.resume(run))

    fleet.run(work())


# --- going on, leaving out ------------------------------------------------------------------------


def test_a_refused_step_is_tried_again_by_a_person_only(fleet: Fleet) -> None:
    plan = wide_plan(fleet.clients)

    async def work() -> None:
        run = await fleet.desk.runs.start(plan)
        fleet.server.script(refusing("POST", "/api/organizations/[^/]*/groups"))
        before = len(fleet.server.requests())
        with pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.run(run)
        refused = stopped.value.step_key
        assert refused.endswith(".group")
        report = await fleet.desk.runs.report(run)
        states = states_of(report)
        assert states[refused] == "FAILED"
        assert next(one.problem for one in report.steps if one.key == refused) == "Refused"
        # Only that client waits: the steps after it were not begun, the other clients' are done.
        client = refused.partition(".")[0]
        assert {states[f"{client}.{one}"] for one in ("collection", "access", "name")} == {
            "PLANNED"
        }
        assert {state for key, state in states.items() if key.partition(".")[0] != client} == {
            "DONE"
        }
        assert sum(one.startswith("POST") and "groups" in one for one in writes(fleet, before)) == 5
        (waiting,) = [one for one in await fleet.desk.runs.waiting() if one.run == run]
        assert (waiting.state, waiting.done) == (
            "failed",
            sum(one == "DONE" for one in states.values()),
        )
        before = len(fleet.server.requests())
        await ended(fleet.desk.runs.resume(run))
        # What was done is not sent again.
        assert len(writes(fleet, before)) == len(plan.steps) - waiting.done

    fleet.run(work())


def refusing(method: str, path: str, **more: Any) -> dict[str, Any]:
    return {"method": method, "path": path, "when": "before", "do": "status", "status": 400, **more}


def test_a_step_left_out_takes_with_it_what_needs_it_and_says_so(fleet: Fleet) -> None:
    plan, preview = setup("skip")

    async def work() -> None:
        run = await fleet.desk.runs.start(plan, preview)
        fleet.server.script(refusing("POST", "/api/organizations/[^/]*/groups", times=0))
        with pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.run(run)
        key = stopped.value.step_key
        await fleet.desk.runs.skip(run, key, "the client has a group of its own")
        fleet.server.script()
        report = await fleet.desk.runs.resume(run)
        assert report.is_done
        facts = {one.key: (one.state, one.facts) for one in report.steps}
        assert facts[key] == ("SKIPPED", {"reason": "the client has a group of its own"})
        dependents = {step.key for step in plan.steps if key in step.needs}
        assert dependents
        for one in dependents:
            assert facts[one] == ("SKIPPED", {"reason": f"needs {key}", "needs": key})
        others = {one.key for one in report.steps} - dependents - {key}
        assert {facts[one][0] for one in others} == {"DONE"}

    fleet.run(work())


def test_without_its_client_a_whole_plan_is_left_out(fleet: Fleet) -> None:
    before = fleet.state()
    plan, preview = setup("none")

    async def work() -> None:
        run = await fleet.desk.runs.start(plan, preview)
        await fleet.desk.runs.skip(run, "client", "not any more")
        report = await fleet.desk.runs.run(run)
        assert report.is_done
        assert {one.state for one in report.steps} == {"SKIPPED"}
        assert {one.facts.get("needs", "client") for one in report.steps} <= set(states_of(report))

    fleet.run(work())
    assert_same(fleet.state(), before)


# --- items ----------------------------------------------------------------------------------------

CUTS: tuple[dict[str, Any], ...] = (
    {"when": "after", "do": "reset"},
    {"when": "after", "do": "reset_body"},
    {"when": "after", "do": "status", "status": 500},
    {"when": "after", "do": "html"},
    {"when": "before", "do": "reset"},
    {"when": "before", "do": "status", "status": 500},
    {"when": "before", "do": "drop_items", "count": 5},
)


def test_t47_many_cuts_at_random_points_and_each_item_is_there_once(fleet: Fleet) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    chosen = random.Random(seed)
    plan, preview = setup("cuts", rows=480)
    chunks = sum(isinstance(step, ImportItems) for step in plan.steps)

    async def work() -> None:
        run = await fleet.desk.runs.start(plan, preview)
        path = {"method": "POST", "path": "/api/ciphers/import-organization"}
        places = chosen.sample(range(1, chunks + 1), 20)
        fleet.server.script(*({**path, "nth": at, **chosen.choice(CUTS)} for at in places))
        report: RunReport | None = None
        for _ in range(12):
            try:
                report = await fleet.desk.runs.resume(run)
            except RunStopped:
                continue
            break
        assert report is not None
        assert report.imported is not None
        assert report.imported.verified
        end = outcome(fleet.server, fleet.desk, "cuts")
        wanted = Counter(f"Site {number}" for number in range(480))
        assert Counter(end["items"]) == wanted
        assert Counter(name for name, _collection in end["places"]) == wanted

    assert chunks == 40
    fleet.run(work())


def test_t47_a_line_that_breaks_before_a_repeat_makes_nobody_forget_the_first_one(
    fleet: Fleet,
) -> None:
    """Part of a chunk is there. The request for the rest never leaves: the whole is not sent."""
    plan, preview = setup("rest")

    async def work() -> None:
        run = await fleet.desk.runs.start(plan, preview)
        path = {"method": "POST", "path": "/api/ciphers/import-organization"}
        fleet.server.script({**path, "when": "before", "do": "drop_items", "count": 5})
        with pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.run(run)
        assert isinstance(stopped.value.cause, Shortfall)
        fleet.server.script()
        fleet.ours.line = Line(refuses=lambda call: "import-organization" in call.url)
        with pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.resume(run)
        assert isinstance(stopped.value.cause, Offline)
        fleet.ours.line = Line()
        await fleet.ours.restart()
        report = await fleet.desk.runs.resume(run)
        assert report.imported is not None
        assert report.imported.verified
        counts = Counter(outcome(fleet.server, fleet.desk, "rest")["items"])
        assert len(counts) == report.imported.rows
        assert set(counts.values()) == {1}

    fleet.run(work())


@pytest.mark.parametrize("kind", ["group", "collection"])
def test_what_never_left_is_compared_anew_when_the_run_goes_on(kind: str, fleet: Fleet) -> None:
    """Meanwhile a colleague has made the same: a person is asked, nothing is made twice."""
    client = ref_of(fleet.clients[0].id)
    owner = (Access(permission="manage", owner=True),)
    step: AnyStep = (
        CreateGroup(key="made", client=client, name="Night shift")
        if kind == "group"
        else CreateCollection(key="made", client=client, path="Archive", access=owner)
    )
    plan = Plan(title=Say("plan.setup_existing", {"client": "ours"}), steps=(step,))

    async def work() -> None:
        run = await fleet.desk.runs.start(plan)
        fleet.ours.line = Line(refuses=lambda call: call.method == "POST")
        with pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.run(run)
        assert isinstance(stopped.value.cause, Offline)
        fleet.ours.line = Line()
        await ended(fleet.colleague.runs.execute(plan))
        before = len(fleet.server.requests())
        with pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.resume(run)
        assert isinstance(stopped.value.cause, AlreadyThere)
        assert writes(fleet, before) == []

    fleet.run(work())


# --- one after the other, side by side ------------------------------------------------------------


def test_runs_asked_for_together_go_one_after_the_other(fleet: Fleet) -> None:
    plans = [wide_plan(fleet.clients[at : at + 2]) for at in (0, 2, 3)]

    async def work() -> None:
        runs = [await fleet.desk.runs.start(plan) for plan in plans[:2]]
        spare = await fleet.desk.runs.start(plans[2])
        away = await fleet.desk.runs.start(plans[2])
        before = len(fleet.server.requests())
        first, *others = [asyncio.ensure_future(fleet.desk.runs.run(one)) for one in runs]
        dropped = asyncio.ensure_future(fleet.desk.runs.run(spare))
        paused = asyncio.ensure_future(fleet.desk.runs.run(away))
        await until(lambda: len(writes(fleet, before)) > 0)
        listed = {one.run: one.state for one in await fleet.desk.runs.all()}
        assert [listed[one] for one in (*runs, spare, away)] == [
            "running", "queued", "queued", "queued",
        ]  # fmt: skip
        fleet.desk.runs.cancel(spare)
        fleet.desk.runs.pause(away)
        assert (await dropped).state == "cancelled"
        assert (await paused).state == "interrupted"
        for one in (first, *others):
            assert (await one).is_done
        sent = [one.split("/")[1] for one in writes(fleet, before)]
        mine = [{str(known.id) for known in fleet.clients[at : at + 2]} for at in (0, 2)]
        assert [one in mine[0] for one in sent] == [True] * len(plans[0].steps) + [False] * len(
            plans[1].steps
        )
        assert set(sent) == mine[0] | mine[1]
        # What left the queue for good is never sent; what was paused waits.
        assert (await fleet.desk.runs.run(spare)).state == "cancelled"
        waiting = {one.run for one in await fleet.desk.runs.waiting()}
        assert waiting & {*runs, spare, away} == {away}
        assert len(writes(fleet, before)) == len(sent)

    fleet.run(work())


def test_a_run_that_was_given_up_in_the_queue_is_not_sent(fleet: Fleet) -> None:
    plan = wide_plan(fleet.clients[:1])

    async def work() -> None:
        first = await fleet.desk.runs.start(plan)
        other = await fleet.desk.runs.start(wide_plan(fleet.clients[1:2]))
        before = len(fleet.server.requests())
        running = asyncio.ensure_future(fleet.desk.runs.run(first))
        waiting = asyncio.ensure_future(fleet.desk.runs.run(other))
        await until(lambda: len(writes(fleet, before)) > 0)
        await fleet.desk.runs.abandon(other)
        assert (await running).is_done
        assert (await waiting).state == "abandoned"
        assert len(writes(fleet, before)) == len(plan.steps)

    fleet.run(work())


def test_a_run_asked_for_twice_is_sent_once(fleet: Fleet) -> None:
    plan = wide_plan(fleet.clients[:1])

    async def work() -> None:
        run = await fleet.desk.runs.start(plan)
        before = len(fleet.server.requests())
        one, two = await asyncio.gather(fleet.desk.runs.run(run), fleet.desk.runs.run(run))
        assert one.is_done
        assert two.is_done
        assert len(writes(fleet, before)) == len(plan.steps)
        said = await fleet.desk.log.entries(10)
        mine = [line.what for line in said if line.facts.get("run") == str(run)]
        assert mine == ["run_done", "run_planned"]

    fleet.run(work())


def test_one_client_that_hangs_does_not_keep_the_others(fleet: Fleet) -> None:
    """Lanes side by side, each in its own order."""
    plan = wide_plan(fleet.clients)
    slow = fleet.clients[0]

    async def work() -> None:
        run = await fleet.desk.runs.start(plan)
        path = f"/api/organizations/{slow.id}/policies/3"
        fleet.server.script({"method": "PUT", "path": path, "when": "before", "do": "hang"})
        before = len(fleet.server.requests())
        done: dict[str, str] = {}

        def told(progress: Progress) -> None:
            done[progress.step_key] = progress.state

        running = asyncio.ensure_future(fleet.desk.runs.run(run, told))
        others = {step.key for step in plan.steps if not step.key.startswith("0.")}
        await until(lambda: {key for key in others if done.get(key) == "DONE"} == others)
        assert not running.done()
        assert done.get("0.single") != "DONE"
        fleet.desk.runs.pause(run)
        assert (await running).state == "interrupted"
        fleet.server.script()
        await ended(fleet.desk.runs.resume(run))
        sent = writes(fleet, before)
        for known in fleet.clients:
            steps = [one for one in sent if str(known.id) in one]
            assert [one.partition(" ")[0] for one in steps][-5:] == [
                "POST", "POST", "PUT", "PUT", "PUT",
            ]  # fmt: skip

    fleet.run(work())


# --- what was shown is what is sent ---------------------------------------------------------------


def test_t56_the_preview_is_the_list_of_requests(fleet: Fleet) -> None:
    """Verb and whole path, client by client in the plan's order; of the undo plan as well."""

    async def check(plan: Plan) -> RunId:
        before = len(fleet.server.requests())
        run = await ended(fleet.desk.runs.execute(plan))
        sent = writes(fleet, before)
        shown = [step.endpoint for step in plan.steps if step.BUDGET is not Budget.READ]
        for known in fleet.clients:
            mine = str(known.id)
            assert [one for one in sent if mine in one] == [one for one in shown if mine in one]
        assert sorted(sent) == sorted(shown)
        # The number of requests that is told beforehand, reads and all.
        told = fleet.desk.runs.estimate(plan)
        every = [one for one in fleet.server.requests()[before:] if "/identity/" not in one["path"]]
        assert told.writes == len(sent)
        assert told.requests == pytest.approx(len(every), rel=0.15), (told, len(every))
        return run

    async def work() -> None:
        run = await check(wide_plan(fleet.clients))
        undo = await fleet.desk.undo.of(run)
        await check(undo.plan)

    fleet.run(work())


def test_t50_all_bad_rows_are_named_and_nothing_is_sent(fleet: Fleet) -> None:
    plan, preview = setup("bad", rows=1000)
    bad = set(range(3, 1000, 50))
    rows = tuple(
        msgspec.structs.replace(
            row,
            items=tuple(msgspec.structs.replace(item, notes="n" * 12_000) for item in row.items),
        )
        if row.number in bad
        else row
        for row in preview.rows
    )
    worse = msgspec.structs.replace(preview, rows=rows)

    async def work() -> None:
        listed = len(await fleet.desk.runs.all())
        before = len(fleet.server.requests())
        with pytest.raises(PlanInvalid) as refused:
            await fleet.desk.runs.start(plan, worse)
        named = [facts["row"] for key, facts in refused.value.problems if key == "too_long"]
        assert sorted(map(int, named)) == sorted(bad)
        assert len(bad) == 20
        assert len(fleet.server.requests()) == before
        assert len(await fleet.desk.runs.all()) == listed

    fleet.run(work())
