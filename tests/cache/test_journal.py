"""The journal: durable before it says so, whole after any death, never thrown away."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import UUID

import pytest

from desktop.cache.journal import LogRecord, RunRecord, StepRecord
from desktop.domain.errors import CannotDecrypt
from desktop.domain.ids import RunId
from tests.cache.desk import AT, RUN, Desk, begin_run, later

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

OTHER_RUN = RunId(UUID("88888888-2222-4333-8444-555555555555"))


def test_a_run_is_read_back_as_it_stands(desk: Desk) -> None:
    store = desk.open(now=lambda: later(5))
    journal = store.journal
    journal.create_run(RUN, "setup", b"the plan", AT)
    journal.add_steps(RUN, [("create", b"1"), ("invite", b"2")])
    journal.add_steps(RUN, [("policy", b"3")])
    journal.set_run_state(RUN, "running")
    journal.prepare(RUN, "create", b"first body")
    journal.prepare(RUN, "create", b"second body")
    journal.mark(RUN, "create", "SENT")
    journal.mark(RUN, "create", "UNKNOWN", b"reset")
    journal.mark(RUN, "create", "SENT")
    journal.mark(RUN, "create", "DONE", b"id")
    journal.mark(RUN, "invite", "SKIPPED")
    for is_reopened in (False, True):
        if is_reopened:
            store.close()
        opened = desk.open().journal if is_reopened else journal
        assert opened.problem is None
        assert opened.runs() == [RunRecord(RUN, "setup", "running", AT, b"the plan", later(5))]
        assert opened.run(RUN) == opened.runs()[0]
        assert opened.run(OTHER_RUN) is None
        assert opened.steps(RUN) == [
            StepRecord(0, "create", "DONE", b"1", b"second body", b"id", 2),
            StepRecord(1, "invite", "SKIPPED", b"2", None, None, 0),
            StepRecord(2, "policy", "PLANNED", b"3", None, None, 0),
        ]
        assert opened.step_states(RUN) == {
            "create": "DONE", "invite": "SKIPPED", "policy": "PLANNED",
        }  # fmt: skip


def test_a_result_stays_until_another_one_is_given(desk: Desk) -> None:
    journal = desk.open().journal
    begin_run(desk._stores[0])
    journal.mark(RUN, "a", "SENT", b"first")
    journal.mark(RUN, "a", "UNKNOWN")
    assert journal.steps(RUN)[0].result == b"first"
    journal.mark(RUN, "a", "DONE", b"")
    assert journal.steps(RUN)[0].result == b""


def test_a_done_run_can_let_its_request_bodies_go(desk: Desk) -> None:
    store = desk.open()
    begin_run(store)
    journal = store.journal
    journal.prepare(RUN, "a", b"body")
    journal.mark(RUN, "a", "DONE", b"result")
    with pytest.raises(ValueError, match="done"):
        journal.drop_prepared(RUN)
    with pytest.raises(KeyError):
        journal.drop_prepared(OTHER_RUN)
    journal.set_run_state(RUN, "done")
    journal.drop_prepared(RUN)
    store.close()
    again = desk.open().journal
    assert again.problem is None
    step = again.steps(RUN)[0]
    assert (step.state, step.payload, step.prepared, step.result) == (
        "DONE", b"step a", None, b"result",
    )  # fmt: skip


def test_runs_are_chosen_by_state(desk: Desk) -> None:
    journal = desk.open().journal
    for number, state in enumerate(["running", "done", "interrupted"]):
        run = RunId(UUID(int=number))
        journal.create_run(run, "setup", state.encode(), later(number))
        journal.set_run_state(run, state)
    journal.create_run(RUN, "setup", b"", later(9))
    assert [run.payload for run in journal.runs(states={"running", "interrupted"})] == [
        b"running", b"interrupted",
    ]  # fmt: skip
    assert [run.state for run in journal.runs()] == ["running", "done", "interrupted", "planned"]


def test_what_does_not_fit_is_refused(desk: Desk) -> None:
    store = desk.open()
    begin_run(store)
    journal = store.journal
    with pytest.raises(ValueError, match="exists"):
        journal.create_run(RUN, "setup", b"", AT)
    for keys in (["a"], ["c", "c"], [""]):
        with pytest.raises(ValueError, match="exists"):
            journal.add_steps(RUN, [(key, b"") for key in keys])
    for call in (
        lambda: journal.mark(RUN, "c", "SENT"),
        lambda: journal.prepare(RUN, "c", b""),
        lambda: journal.mark(OTHER_RUN, "a", "SENT"),
        lambda: journal.add_steps(OTHER_RUN, [("a", b"")]),
        lambda: journal.set_run_state(OTHER_RUN, "running"),
        lambda: journal.steps(OTHER_RUN),
    ):
        with pytest.raises(KeyError):
            call()
    assert [step.key for step in journal.steps(RUN)] == ["a", "b"]


def test_the_local_log_keeps_its_order(desk: Desk) -> None:
    store = desk.open()
    store.journal.log("opening", b"client 1", AT)
    begin_run(store)
    store.journal.log("export", b"client 2", later(1))
    store.close()
    journal = desk.open().journal
    assert journal.log_records() == [
        LogRecord("opening", AT, b"client 1"), LogRecord("export", later(1), b"client 2"),
    ]  # fmt: skip
    assert [one.kind for one in journal.log_records(since=later(1))] == ["export"]


def test_the_hook_stands_at_both_sides_of_each_commit(desk: Desk) -> None:
    store = desk.open()
    journal = store.journal
    edges: list[str] = []

    def note(edge: str) -> None:
        states = journal.step_states(RUN) if journal.run(RUN) else {}
        edges.append(f"{edge} {states.get('a')}")

    journal.hook = note
    begin_run(store, ["a"])
    journal.set_run_state(RUN, "running")
    journal.prepare(RUN, "a", b"x")
    journal.mark(RUN, "a", "SENT")
    journal.log("opening", b"", AT)
    assert edges == [
        f"before:create_run:{RUN} None", f"after:create_run:{RUN} None",
        f"before:add_steps:{RUN} None", f"after:add_steps:{RUN} PLANNED",
        f"before:run_running:{RUN} PLANNED", f"after:run_running:{RUN} PLANNED",
        "before:prepare:a PLANNED", "after:prepare:a PLANNED",
        "before:sent:a PLANNED", "after:sent:a SENT",
        "before:log:opening SENT", "after:log:opening SENT",
    ]  # fmt: skip


def test_threads_do_not_tear_the_chain(desk: Desk) -> None:
    store = desk.open()
    keys = [f"step {number}" for number in range(8)]
    begin_run(store, keys)

    def work(key: str) -> None:
        for _ in range(5):
            store.journal.mark(RUN, key, "SENT")

    threads = [threading.Thread(target=work, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    journal = desk.open().journal
    assert journal.problem is None
    assert {step.attempts for step in journal.steps(RUN)} == {5}


# Appends numbered marks and says each number only after the call returned.
APPENDER = """
import sys
from pathlib import Path
from tests.cache.desk import RUN, Desk, begin_run
store = Desk(Path(sys.argv[1])).open()
if store.journal.run(RUN) is None:
    begin_run(store, ["a"])
steps = store.journal.steps(RUN)
number = int(steps[0].result or b"0")
print("go", flush=True)
while True:
    number += 1
    store.journal.mark(RUN, "a", "SENT", b"%d" % number)
    sys.stdout.write(f"{number}\\n"); sys.stdout.flush()
"""


@pytest.mark.crash
def test_t42_what_was_said_to_be_kept_survives_a_kill(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)
    chosen = random.Random(seed)
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", APPENDER, str(tmp_path / "p")], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            for _ in range(chosen.randrange(2, 60)):
                assert child.stdout.readline()
            child.kill()
            said = [line for line in child.stdout.read().split("\n") if line.strip().isdigit()]
        desk = Desk(tmp_path / "p")
        journal = desk.open().journal
        assert journal.problem is None
        (step,) = journal.steps(RUN)
        kept = int(step.result or b"0")
        assert kept == step.attempts
        assert kept >= (int(said[-1]) if said else 1)
        desk.close()


# Dies at the nth edge; the edges of a whole run are counted by the parent beforehand.
RUNNER = """
import os, signal, sys
from pathlib import Path
from tests.cache.desk import RUN, Desk, begin_run
store = Desk(Path(sys.argv[1])).open()
left = int(sys.argv[2])
def edge(name):
    global left
    left -= 1
    if left == 0:
        print(name, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
store.journal.hook = edge
begin_run(store, ["a"])
store.journal.prepare(RUN, "a", b"body")
store.journal.mark(RUN, "a", "SENT")
store.journal.mark(RUN, "a", "DONE", b"result")
"""


@posix
@pytest.mark.crash
@pytest.mark.parametrize(
    ("nth", "edge", "states", "prepared"),
    [
        (2, "after:create_run", {}, None),
        (3, "before:add_steps", {}, None),
        (6, "after:prepare", {"a": "PLANNED"}, b"body"),
        (7, "before:sent", {"a": "PLANNED"}, b"body"),
        (8, "after:sent", {"a": "SENT"}, b"body"),
        (9, "before:done", {"a": "SENT"}, b"body"),
    ],
)
def test_t42_killed_at_an_edge_the_journal_says_where(
    nth: int, edge: str, states: dict[str, str], prepared: bytes | None, tmp_path: Path
) -> None:
    child = subprocess.run(
        [sys.executable, "-c", RUNNER, str(tmp_path / "p"), str(nth)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == -9, child.stderr
    assert child.stdout.startswith(edge)
    desk = Desk(tmp_path / "p")
    journal = desk.open().journal
    assert journal.problem is None
    assert journal.step_states(RUN) == states
    assert [step.prepared for step in journal.steps(RUN)] == [prepared] * len(states)
    desk.close()


def test_a_changed_body_is_never_handed_out(desk: Desk) -> None:
    store = desk.open()
    begin_run(store)
    journal = store.journal
    desk.sql(
        desk.journal_file,
        "CREATE TEMP TABLE former AS SELECT * FROM entries",
        "UPDATE entries SET body = (SELECT body FROM former WHERE number = 3) WHERE number = 2",
    )
    with pytest.raises(CannotDecrypt):
        journal.steps(RUN)
    assert journal.unreadable == {2}


def test_an_append_costs_little_beyond_its_fsync(desk: Desk) -> None:
    """Processor time of this thread: waiting for the disk or for other programs is not ours."""
    store = desk.open()
    begin_run(store)
    spent = []
    for _ in range(30):
        begun = time.thread_time()
        store.journal.mark(RUN, "a", "SENT", b"x" * 300)
        spent.append(time.thread_time() - begun)
    assert statistics.median(spent) < 0.001
