"""The list of runs: quick for thousands, the second time quicker, and right about each of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from desktop.cache.journal import Journal
from desktop.domain.allowance import Allowance
from desktop.domain.enums import PolicyType
from desktop.domain.ids import OrganizationId, ProviderId, RunId, UserId
from desktop.plans.plan import Plan
from desktop.plans.steps import AnyStep, CreateCollection, PutPolicy, Say, ref_of
from desktop.services.run_list import RunList
from desktop.services.run_types import Result, RunPayload, RunSummary, StepPayload
from tests.cache.desk import Desk

RUNS = 2_000
STEPS = 6
BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
CLIENTS = [OrganizationId(UUID(int=number)) for number in range(1, 201)]
STATES = ("done", "done", "done", "done", "cancelled", "failed", "interrupted", "draft")
NAMES = {client: f"Client {int(client)}" for client in CLIENTS}


def plan_of(number: int, undoes: RunId | None = None) -> Plan:
    client = ref_of(CLIENTS[number % len(CLIENTS)])
    steps: list[AnyStep] = [
        PutPolicy(
            key=f"policy.{kind}", client=client, type=PolicyType(kind), enabled=True,
            data={"minLength": 12}, base={"enabled": False, "data": None},
        )
        for kind in range(STEPS - 1)
    ]  # fmt: skip
    steps.append(CreateCollection(key="collection", client=client, path=f"Path {number}"))
    return Plan(title=Say("plan.put_policy"), steps=tuple(steps), undoes=undoes)


def run_id(number: int) -> RunId:
    return RunId(UUID(int=10**6 + number))


def add(journal: Journal, number: int, state: str, undoes: RunId | None = None) -> None:
    plan = plan_of(number, undoes)
    payload = RunPayload(
        plan=plan, user=UserId(UUID(int=7)), provider=ProviderId(UUID(int=8)),
        server="https://api.example", created=BEGAN + timedelta(minutes=number),
    )  # fmt: skip
    run = run_id(number)
    journal.create_run(run, plan.title.key, msgspec.msgpack.encode(payload), payload.created)
    nothing = msgspec.msgpack.encode(StepPayload())
    journal.add_steps(run, [(step.key, nothing) for step in plan.steps])
    done = len(plan.steps) if state == "done" else 2
    if state != "draft":
        for step in plan.steps[:done]:
            journal.mark(run, step.key, "DONE", msgspec.msgpack.encode(Result()))
    if state == "failed":
        failure = msgspec.msgpack.encode(Result(problem="Refused"))
        journal.mark(run, plan.steps[done].key, "FAILED", failure)
    journal.set_run_state(run, state)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    folder: Path = tmp_path_factory.mktemp("runs")
    desk = Desk(folder / "profile")
    journal = desk.open().journal
    # What is measured is reading: the many commits need not wait for a disk.
    journal._entries._database._living().execute("PRAGMA synchronous=OFF")
    for number in range(RUNS):
        add(journal, number, STATES[number % len(STATES)])
    add(journal, RUNS, "done", undoes=run_id(0))
    yield journal
    desk.close()


def spent(read: RunList, journal: Journal) -> tuple[list[RunSummary], float]:
    """Processor time of this thread: other programs are not ours."""
    began = time.thread_time()
    found = read.read(journal, Allowance())
    return found, time.thread_time() - began


def test_thousands_of_runs_are_listed_quickly(journal: Journal) -> None:
    read = RunList(NAMES.get)
    found, first = spent(read, journal)
    again, second = spent(read, journal)
    print(f"first {first:.2f} s, again {second:.3f} s")
    assert len(found) == RUNS + 1
    assert again == found
    assert first < 5
    assert second < 0.5
    # One that changed is read anew, and only that one.
    journal.set_run_state(run_id(7), "cancelled")
    changed, third = spent(read, journal)
    assert third < 0.5
    assert [one for one in changed if one not in found] == [
        one for one in changed if one.run == run_id(7)
    ]
    journal.set_run_state(run_id(7), "draft")


def test_each_summary_says_what_became_of_its_run(journal: Journal) -> None:
    found = {one.run: one for one in RunList(NAMES.get).read(journal, Allowance())}
    for number, state in enumerate(STATES):
        one = found[run_id(number)]
        assert one.state == state
        assert one.clients == (NAMES[CLIENTS[number]],)
        assert one.total == STEPS
        assert one.done == {"done": STEPS, "draft": 0}.get(state, 2)
        assert one.problem == ("Refused" if state == "failed" else None)
        assert (one.left_s is None) == (state in {"done", "cancelled"})
        assert one.can_undo == (state != "draft" and number != 0)
    assert found[run_id(0)].undone_by == run_id(RUNS)
    assert found[run_id(RUNS)].undoes == run_id(0)
    ordered = [one.created for one in RunList(NAMES.get).read(journal, Allowance())]
    assert ordered == sorted(ordered, reverse=True)


def test_a_forgotten_client_leaves_no_name_and_no_thrown_away_draft_is_listed(
    journal: Journal,
) -> None:
    nameless = RunList(lambda _client: None).read(journal, Allowance())
    assert {one.clients for one in nameless} == {()}
    journal.set_run_state(run_id(7), "discarded")
    assert run_id(7) not in {one.run for one in RunList(NAMES.get).read(journal, Allowance())}
    journal.set_run_state(run_id(7), "draft")
