"""Taking runs back: what was there before comes back, and nothing of anybody else's is touched."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from desktop.domain.enums import PolicyType
from desktop.domain.errors import ChangedSince, RunStopped
from desktop.domain.ids import RunId
from desktop.domain.records import ProviderClient
from desktop.plans.known import KnownClient
from desktop.plans.permissions import permission_of
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    AnyStep,
    InviteMembers,
    PutPolicy,
    RenameGroup,
    Say,
    ref_of,
)
from desktop.plans.undo import Undo
from desktop.services.desk import Desk
from desktop.services.run_context import OVERWRITE
from tests.bench_faults.stage import Line
from tests.end2end.fleet import (
    CLIENTS,
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


def edit(*steps: AnyStep) -> Plan:
    return Plan(title=Say("plan.setup_existing", {"client": "theirs"}), steps=steps)


def reasons(undo: Undo) -> list[str]:
    return [one.reason.key for one in undo.not_undone]


async def applied(fleet: Fleet, plan: Plan) -> RunId:
    return await ended(fleet.desk.runs.execute(plan))


def test_what_five_clients_were_like_comes_back_and_goes_again(fleet: Fleet) -> None:
    """Applied, undone, done again, undone again; the list says which run took back which."""
    plan = wide_plan(fleet.clients)
    before = fleet.state()
    # What cannot be taken back is said of the plan, before anything is sent.
    assert [say.key for say in plan.irreversible] == ["irreversible.policy_revokes"]

    async def work() -> list[RunId]:
        first = await applied(fleet, plan)
        changed = fleet.state()
        for kind in ("policy", "group", "collection", "collection group"):
            gone, new = before[kind] - changed[kind], changed[kind] - before[kind]
            assert sum(new.values()) >= CLIENTS, (kind, gone, new)
        undo = await fleet.desk.undo.of(first)
        assert not undo.differences
        # Named beforehand: nobody whom a policy revoked comes back with it.
        assert reasons(undo) == ["undo.restores_nobody"] * CLIENTS
        assert fleet.desk.runs.estimate(undo.plan).writes == len(undo.plan.steps)
        second = await applied(fleet, undo.plan)
        assert_same(fleet.state(), before)
        redo = await fleet.desk.undo.of(second)
        assert redo.plan.title.key == "plan.redo"
        third = await applied(fleet, redo.plan)
        assert_same(fleet.state(), changed)
        again = await fleet.desk.undo.of(third)
        assert again.plan.title.key == "plan.undo"
        fourth = await applied(fleet, again.plan)
        assert_same(fleet.state(), before)
        nothing = await fleet.desk.undo.of(first)
        assert not nothing.plan.steps
        return [first, second, third, fourth]

    runs = fleet.run(work())
    listed = {one.run: one for one in fleet.run(fleet.desk.runs.all())}
    for former, later in itertools.pairwise(runs):
        assert listed[later].undoes == former
        assert listed[former].undone_by == later
        assert not listed[former].can_undo
    assert listed[runs[-1]].can_undo


def test_t54_what_a_colleague_changed_since_stays_until_somebody_chooses(fleet: Fleet) -> None:
    one, two, three, four, five = fleet.clients

    async def work() -> None:
        first = await applied(fleet, wide_plan(fleet.clients))
        group = next(
            found
            for found in (await fleet.colleague.workspace.known(four.id)).groups
            if found.name == "Night shift"
        )
        theirs = (
            _policy(one, minLength=20),
            _without_base(access_step(two, "access", "manage")),
            _rename(three, "Theirs"),
            RenameGroup(
                key="group", client=ref_of(four.id), group=ref_of(group.id),
                before=group.name, name="Day shift",
            ),
        )  # fmt: skip
        await ended(fleet.colleague.runs.execute(edit(*theirs)))
        undo = await fleet.desk.undo.of(first)
        found = {each.step_key: each for each in undo.differences}
        assert set(found) == {"0.password", "1.access", "2.name", "3.group"}
        # Three states of each: before the run, what it set, what is there.
        rules = found["0.password"]
        assert rules.before == {"enabled": False, "data": None}
        assert rules.ours["data"] == PASSWORD_RULES
        assert rules.now["data"] == {**PASSWORD_RULES, "minLength": 20}
        line = str(two.collections[-1].id)
        access = found["1.access"]
        assert (access.ours[line], access.now[line]) == ("edit", "manage")
        name = found["2.name"]
        path = three.collections[-1].path
        assert (name.before, name.ours, name.now) == (
            {"name": path}, {"name": f"{path} (new)"}, {"name": "Theirs"},
        )  # fmt: skip
        assert found["3.group"].now == {"name": "Day shift"}
        touched = {step.key for step in undo.plan.steps}
        assert not touched & {f"undo.{key}" for key in found}
        await ended(fleet.desk.runs.execute(undo.plan))
        left = fleet.state()
        assert left["collection"][(three.name, "Theirs", 0)] == 1
        assert left["group"][(four.name, "Day shift")] == 1
        assert await _allowed(fleet, two) == "manage"
        stored = (await fleet.desk.workspace.known(one.id)).policy(PolicyType.MASTER_PASSWORD)
        assert stored is not None
        assert (stored.enabled, stored.data) == (True, {**PASSWORD_RULES, "minLength": 20})
        # Of what nobody touched nothing is left.
        assert not [row for row in left["policy"] if row[0] == five.name]
        assert not [row for row in left["group"] if row == (five.name, "Night shift")]

    fleet.run(work())


def test_t54_a_choice_puts_back_what_a_colleague_changed(fleet: Fleet) -> None:
    before = fleet.state()
    one = fleet.clients[0]

    async def work() -> None:
        first = await applied(fleet, wide_plan(fleet.clients[:2]))
        theirs = (_policy(one, minLength=20), _rename(one, "Theirs"))
        await ended(fleet.colleague.runs.execute(edit(*theirs)))
        undo = await fleet.desk.undo.of(first)
        chosen = await fleet.desk.undo.of(
            first, {each.step_key: "put_back" for each in undo.differences}
        )
        # The differences are still told; the plan now puts them back.
        assert len(chosen.differences) == 2
        await ended(fleet.desk.runs.execute(chosen.plan))
        assert_same(fleet.state(), before)

    fleet.run(work())


def test_t54_an_edit_between_plan_and_run_is_shown_and_never_overwritten(fleet: Fleet) -> None:
    """Every kind of step that puts something: stopped before sending, and sent by a choice only."""
    one, two, three, four, five = fleet.clients
    ours = {"policy", "access", "name", "group", "update"}

    async def work() -> None:
        (rename,) = fleet.desk.clients.rename_plan(await _listed(fleet.desk, five), "Ours").steps
        plan = edit(
            policy_step(one, PolicyType.MASTER_PASSWORD, "policy", **PASSWORD_RULES),
            access_step(two, "access"),
            rename_step(three, "name", "Ours"),
            rename_group_step(four, "group", "Ours"),
            rename,
        )
        assert {step.key for step in plan.steps} == ours
        run = await fleet.desk.runs.start(plan)
        (renamed,) = fleet.colleague.clients.rename_plan(
            await _listed(fleet.colleague, five), "Theirs"
        ).steps
        theirs = (
            _policy(one, minLength=20),
            _without_base(access_step(two, "access", "manage")),
            _rename(three, "Theirs"),
            _without_base(rename_group_step(four, "group", "Theirs")),
            renamed,
        )
        await ended(fleet.colleague.runs.execute(edit(*theirs)))
        with_theirs = fleet.state()
        before = len(fleet.server.requests())
        with pytest.raises(RunStopped) as stopped:
            await fleet.desk.runs.run(run)
        causes = {each.step_key: each.cause for each in (stopped.value, *stopped.value.others)}
        assert set(causes) == ours
        assert all(isinstance(cause, ChangedSince) for cause in causes.values())
        name = causes["name"]
        assert isinstance(name, ChangedSince)
        assert (name.base, name.now, name.wanted) == (
            {"name": three.collections[-1].path}, {"name": "Theirs"}, {"name": "Ours"},
        )  # fmt: skip
        sent = [each for each in fleet.server.requests()[before:] if each["method"] != "GET"]
        assert not sent
        assert_same(fleet.state(), with_theirs)
        report = await fleet.desk.runs.report(run)
        assert {each.key: each.state for each in report.steps} == dict.fromkeys(ours, "FAILED")
        # By a person's word, step by step; without one even the second time nothing.
        choices = dict.fromkeys(ours - {"access"}, OVERWRITE)
        with pytest.raises(RunStopped) as again:
            await fleet.desk.runs.resume(run, choices=choices)
        assert (again.value.step_key, again.value.others) == ("access", ())
        await fleet.desk.runs.skip(run, "access", "theirs is right")
        await ended(fleet.desk.runs.resume(run))
        left = fleet.state()
        assert left["collection"][(three.name, "Ours", 0)] == 1
        assert left["group"][(four.name, "Ours")] == 1
        assert "Ours" in {row[0] for row in left["client"]}
        assert await _allowed(fleet, two) == "manage"

    fleet.run(work())


def test_irreversible_parts_are_named_before_and_stay(fleet: Fleet) -> None:
    """A policy that revokes, mails that went out: said of the plan, said of the undo, true."""
    one, two, *_others = fleet.clients
    plan = edit(
        policy_step(one, PolicyType.SINGLE_ORGANIZATION, "single"),
        policy_step(one, PolicyType.TWO_STEP_LOGIN, "policy"),
        InviteMembers(key="invite", client=ref_of(one.id), emails=("new@client.example",)),
        InviteMembers(key="accepted", client=ref_of(two.id), emails=("quick@client.example",)),
    )
    assert {say.key for say in plan.irreversible} == {
        "irreversible.policy_revokes", "irreversible.invitations",
    }  # fmt: skip

    async def work() -> None:
        plain = InviteMembers(key="plain", client=ref_of(one.id), emails=("plain@client.example",))
        await ended(fleet.colleague.runs.execute(edit(plain)))
        fleet.server.accept("plain@client.example")
        before = fleet.state()
        first = await applied(fleet, plan)
        fleet.server.accept("quick@client.example")
        revoked = [row for row in fleet.state()["member"] if row[0] == one.name and row[3] == -1]
        assert revoked
        undo = await fleet.desk.undo.of(first)
        assert sorted(reasons(undo)) == [
            "undo.mails_sent", "undo.mails_sent", "undo.restores_nobody", "undo.restores_nobody",
        ]  # fmt: skip
        assert [each.step_key for each in undo.differences] == ["accepted"]
        await ended(fleet.desk.runs.execute(undo.plan))
        after = fleet.state()
        assert after["policy"] == before["policy"]
        assert all(after["member"][row] for row in revoked)
        assert after["mail"] - before["mail"]
        people = {row[:2] for row in after["member"]}
        assert (one.name, "new@client.example") not in people
        # Who has accepted since is a member now, and stays until somebody says otherwise.
        assert (two.name, "quick@client.example") in people

    fleet.run(work())


def test_of_a_whole_set_up_the_client_its_items_and_what_holds_them_stay(fleet: Fleet) -> None:
    plan, preview = setup("undone")
    name = "Client undone"

    async def work() -> None:
        report = await fleet.desk.runs.execute(plan, preview=preview)
        undo = await fleet.desk.undo.of(report.run)
        told = {(one.say.facts.get("collection"), one.reason.key) for one in undo.not_undone}
        assert {key for _collection, key in told} == {
            "undo.client_stays", "undo.items_stay", "undo.collection_filled", "undo.mails_sent",
            "undo.restores_nobody",
        }  # fmt: skip
        filled = {one for one, key in told if key == "undo.collection_filled"}
        assert filled == {"Office", "Office/Banks", "Servers"}
        before = fleet.state()
        await ended(fleet.desk.runs.execute(undo.plan))
        after = fleet.state()
        assert after["item"] == before["item"]
        assert after["place"] == before["place"]
        paths = {row[1] for row in after["collection"] if row[0] == name}
        assert paths == {"Default collection", *filled}
        assert not [row for row in after["group"] if row[0] == name]
        assert not [row for row in after["policy"] if row[0] == name]
        assert [row[1] for row in after["member"] if row[0] == name] == ["owner.undone@example.com"]

    fleet.run(work())


def test_a_run_that_stopped_half_way_is_taken_back_as_far_as_it_came(fleet: Fleet) -> None:
    before = fleet.state()

    async def work() -> None:
        plan = wide_plan(fleet.clients)
        run = await fleet.desk.runs.start(plan)

        def stop(progress: Any) -> None:
            if progress.done >= len(plan.steps) // 2:
                fleet.desk.runs.cancel(run)

        report = await fleet.desk.runs.run(run, stop)
        assert report.state == "cancelled"
        assert 0 < sum(each.state == "DONE" for each in report.steps) < len(plan.steps)
        undo = await fleet.desk.undo.of(run)
        await ended(fleet.desk.runs.execute(undo.plan))
        assert_same(fleet.state(), before)

    fleet.run(work())


async def _listed(desk: Desk, client: KnownClient) -> ProviderClient:
    """Its row in the list of clients, read anew."""
    clients = (await desk.clients.fetch()).data
    return next(one for one in clients if one.organization_id == client.id)


async def _allowed(fleet: Fleet, client: KnownClient) -> str:
    """What the client's first group may do on its last collection, as the server has it."""
    known = await fleet.desk.workspace.known(client.id)
    group = next(one for one in known.groups if one.id == client.groups[0].id)
    last = str(client.collections[-1].id)
    return next((permission_of(one) for one in group.collections if str(one.id) == last), "none")


def _fields(step: Any) -> dict[str, Any]:
    return {name: getattr(step, name) for name in step.__struct_fields__}


def _without_base(step: Any) -> Any:
    return type(step)(**{**_fields(step), "base": None})


def _policy(known: KnownClient, **data: int) -> PutPolicy:
    return PutPolicy(
        key="policy",
        client=ref_of(known.id),
        type=PolicyType.MASTER_PASSWORD,
        enabled=True,
        data={**PASSWORD_RULES, **data},
    )


def _rename(known: KnownClient, path: str) -> AnyStep:
    step: AnyStep = _without_base(rename_step(known, "name", path))
    return step


def test_what_a_colleague_did_in_our_place_is_not_taken_back(fleet: Fleet) -> None:
    """Our request never left; when the run went on everything was as wanted."""
    plan = edit(policy_step(fleet.clients[0], PolicyType.SINGLE_ORGANIZATION, "policy"))

    async def work() -> None:
        run = await fleet.desk.runs.start(plan)
        fleet.ours.line = Line(refuses=lambda call: call.method == "PUT")
        with pytest.raises(RunStopped):
            await fleet.desk.runs.run(run)
        fleet.ours.line = Line()
        await ended(fleet.colleague.runs.execute(plan))
        assert await ended(fleet.desk.runs.resume(run)) == run
        undo = await fleet.desk.undo.of(run)
        assert undo.plan.steps == ()

    fleet.run(work())
