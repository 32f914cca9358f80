"""Anything a desk may live through, in any order: work, locks, crashes, cuts, another operator.

The machine knows what was planned and looks at the server after each rule (threats, section 5.5).
Its clock and the server's are one (`turns`), and a seed gives a schedule.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections import Counter
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from desktop.domain.enums import PlanType
from desktop.domain.errors import ClavigerError, HalfMadeClient, RunStopped
from desktop.domain.ids import RunId
from desktop.domain.items import ImportPreview
from desktop.plans.answers import new_answers
from desktop.plans.plan import Plan
from desktop.plans.setup import plan_setup
from desktop.plans.steps import AnyStep, CreateGroup, InviteMembers, Say, ref_of
from desktop.services.desk import Desk
from desktop.services.execution import decoded
from tests.bench_faults.seats import Seat, Stage
from tests.bench_faults.small_plans import (
    Target,
    collection_step,
    export,
    file_steps,
    policy_step,
    targets,
)
from tests.bench_faults.state import State, read_state

Answer = TypeVar("Answer")

ROWS: Final = 4
CHUNK: Final = 2
PATIENCE: Final = 12
REST_S: Final = 120.0
# A small plan gets no more than so many.
ANSWERS: Final = 3
CHANGES: Final = ("policy", "group", "collection")
# What comes between, at which edge of the journal (or answer); which client.
BETWEEN: Final = st.sampled_from(("nothing", "pause", "lock", "cut", "crash", "crash at answer"))
EDGE: Final = st.integers(1, 14)
WHERE: Final = st.integers(0, 2)
# What goes wrong at the server, once.
STUMBLES: Final = (
    {"when": "after", "do": "reset"},
    {"when": "before", "do": "reset"},
    {"when": "after", "do": "status", "status": 500},
    {"when": "before", "do": "status", "status": 503, "headers": {"Retry-After": "2"}},
    {"when": "after", "do": "html"},
)
# Into a client's log they are written by whoever looks at it (design, promise 5).
OPENINGS: Final = (1603, 1903)


Begins = tuple[str, tuple[Any, ...]]
"""The kind of a row of the server's state, and how it begins."""


@dataclass
class Planned:
    """One plan and what is to be on the server once because of it."""

    rows: list[Begins]
    run: RunId | None = None


class Machine(RuleBasedStateMachine):
    """`stage` is given by `run_machine`."""

    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        stage = self.stage
        stage.server.script()
        stage.server.post("put-back", {})
        # Former examples have used up what the server allows within a minute.
        stage.loop.clock.pass_by(REST_S)
        stage.server.http.delete("/practice/requests").raise_for_status()
        self.me = Seat(stage, stage.new_home())
        self.colleague = Seat(stage, stage.new_home())
        self.targets: tuple[Target, ...] = targets(stage.server.state())
        self.planned: list[Planned] = []
        self.invited: list[str] = []
        self.accepted: set[str] = set()
        self.numbers = 0
        # Writes of this desk that the server had when the desk was locked or cut.
        self.quiet_from: int | None = None
        self.state: State = {}

    # --- rules: coming and going --------------------------------------------------------------

    @initialize()
    def sign_in(self) -> None:
        self._open()
        self._look()

    @rule()
    def unlock(self) -> None:
        if self.me.desk is None:
            self._open()
        self._look()

    @rule()
    def lock(self) -> None:
        self._run(self.me.close())
        self._look()

    @rule()
    def crash(self) -> None:
        """Between two instructions of nobody: what is on the disk stays, all else is gone."""
        desk = self.me.desk
        if desk is not None:
            self._run(self._crashed(self._run(desk.link.disk(self.me.copy_home))))
        self._look()

    @rule(cut=st.booleans())
    def network(self, cut: bool) -> None:
        self.me.cut = cut
        if self.me.desk is not None:
            self.me.desk.network_cut = cut
            self._run(self.me.go_online())
        self._look()

    # --- rules: time --------------------------------------------------------------------------

    @rule(minutes=st.sampled_from((1, 20, 90, 300)))
    def time_passes(self, minutes: int) -> None:
        """With whatever the background does in it."""
        self._in_silence(self.stage.loop.clock.sleep(minutes * 60))

    @rule()
    def background_round(self) -> None:
        desk = self.me.desk
        if desk is not None:
            self._in_silence(self._quietly(desk.sync.round()))

    @rule(seconds=st.sampled_from((-3_600, -60, 60, 7_200, 90_000)))
    def clock_jumps(self, seconds: int) -> None:
        """Somebody sets the date of this computer."""
        clock = self.stage.loop.clock
        clock.date_off = max(-90_000.0, min(90_000.0, clock.date_off + seconds))
        self._look()

    @rule(minutes=st.sampled_from((5, 600)))
    def computer_sleeps(self, minutes: int) -> None:
        """Nobody got a turn, and it is later."""
        self.stage.loop.clock.pass_by(minutes * 60)
        self._look()

    # --- rules: work --------------------------------------------------------------------------

    @rule(between=BETWEEN, edge=st.integers(1, 60))
    def new_client(self, between: str, edge: int) -> None:
        self._start("client", 0, between, edge)

    @rule(where=WHERE, between=BETWEEN, edge=st.integers(1, 30))
    def import_items(self, where: int, between: str, edge: int) -> None:
        self._start("import", where, between, edge)

    @rule(where=WHERE, between=BETWEEN, edge=EDGE)
    def invite(self, where: int, between: str, edge: int) -> None:
        self._start("invite", where, between, edge)

    @rule(kind=st.sampled_from(CHANGES), where=WHERE, between=BETWEEN, edge=EDGE)
    def change_a_client(self, kind: str, where: int, between: str, edge: int) -> None:
        self._start(kind, where, between, edge)

    @rule(which=st.integers(0, 5), between=BETWEEN, edge=EDGE)
    def resume(self, which: int, between: str, edge: int) -> None:
        desk = self.me.desk
        if desk is not None:
            waiting = self._run(desk.runs.waiting())
            if waiting:
                self._work(waiting[which % len(waiting)].run, between, edge)
                return
        self._look()

    @rule(fault=st.sampled_from(STUMBLES), nth=st.integers(1, 8))
    def server_stumbles(self, fault: dict[str, Any], nth: int) -> None:
        """At one of the next writes."""
        self.stage.server.script({"path": "/api/.*", "method": "POST", "nth": nth, **fault})

    @rule(which=st.integers(0, 9))
    def somebody_accepts(self, which: int) -> None:
        if self.invited:
            email = self.invited[which % len(self.invited)]
            mailed = {one["to"] for one in self.stage.server.mails()}
            if email in mailed and email not in self.accepted:
                self.stage.server.accept(email)
                self.accepted.add(email)
        self._look()

    @rule(where=WHERE)
    def confirm_members(self, where: int) -> None:
        desk = self.me.desk
        if desk is not None and self.accepted:
            self._run(self._quietly(self._confirm(desk, self.targets[where])))
        self._look()

    @rule(where=WHERE, kind=st.sampled_from(CHANGES))
    def colleague_works(self, where: int, kind: str) -> None:
        """Another desk of the same provider changes a client meanwhile."""
        if self.colleague.desk is None:
            self._run(self.colleague.open())
        desk = self.colleague.desk
        if desk is not None:
            plan, preview, _planned = self._plan(kind, self.targets[where])
            self._run(self._quietly(desk.runs.execute(plan, preview=preview)))
        self._look()

    # --- what must hold -----------------------------------------------------------------------

    @invariant()
    def nothing_is_there_twice(self) -> None:
        """One client per plan, each item once, each group, collection, member, policy and mail."""
        for kind in ("client", "link", "group", "collection", "member", "item"):
            doubled = [row for row, times in self.state.get(kind, Counter()).items() if times > 1]
            assert not doubled, (kind, doubled)
        mails = Counter(
            {
                row: times
                for row, times in self.state.get("mail", Counter()).items()
                if row[0] in self.invited
            }
        )
        assert all(times == 1 for times in mails.values()), mails

    @invariant()
    def what_was_planned_is_there_or_waits(self) -> None:
        if self.me.desk is None:
            return
        waiting = {one.run for one in self._run(self.me.desk.runs.waiting())}
        self._all_there(one for one in self.planned if one.run not in waiting)

    @invariant()
    def no_write_while_locked_or_offline(self) -> None:
        if self.quiet_from is not None:
            assert sum(self._sent().values()) == self.quiet_from

    @invariant()
    def the_journal_explains_the_server(self) -> None:
        desk = self.me.desk
        if desk is not None:
            journaled = _journaled(desk)
            unknown = self._sent() - journaled
            assert not unknown, unknown

    def teardown(self) -> None:
        """All is well again: every run that waits ends, and everything planned is there once."""
        try:
            if self.me.home.exists():
                self._settle()
        finally:
            for seat in (self.me, self.colleague):
                self._run(seat.close())
                shutil.rmtree(seat.home, ignore_errors=True)
            self.stage.loop.clock.date_off = 0.0

    def _settle(self) -> None:
        stage = self.stage
        stage.server.script()
        self.me.cut = False
        self.stage.loop.clock.date_off = 0.0
        if self.me.desk is None:
            self._open()
        desk = self.me.desk
        if desk is None:
            return
        desk.network_cut = False
        for _press in range(PATIENCE):
            stage.loop.clock.pass_by(REST_S)
            self._run(self.me.go_online())
            waiting = self._run(desk.runs.waiting())
            if not waiting:
                break
            for one in waiting:
                self._run(self._resumed(desk, one.run, overwrite=True))
        assert self._run(desk.runs.waiting()) == ()
        self._look()
        self.nothing_is_there_twice()
        self.the_journal_explains_the_server()
        self._all_there(self.planned)

    # --- inside -------------------------------------------------------------------------------

    def _open(self) -> None:
        self._run(self.me.open())
        if not self.me.cut:
            self.quiet_from = None

    def _run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self.stage.run(work)

    async def _quietly(self, work: Coroutine[Any, Any, Any]) -> None:
        with contextlib.suppress(ClavigerError):
            await work

    def _in_silence(self, work: Coroutine[Any, Any, Any]) -> None:
        """Whatever the background does, no client's log says that somebody looked at it."""
        before = self._openings()
        self._run(work)
        assert self._openings() == before
        self._look()

    def _all_there(self, some: Iterable[Planned]) -> None:
        for one in some:
            lacking = [row for row in one.rows if self._times(*row) != 1]
            assert not lacking, (one, lacking)

    def _times(self, kind: str, begins: tuple[Any, ...]) -> int:
        """How many rows of this kind begin so."""
        rows = self.state.get(kind, Counter())
        return sum(times for row, times in rows.items() if row[: len(begins)] == begins)

    def _openings(self) -> int:
        events = self.stage.server.state()["events"]
        return sum(one["type"] in OPENINGS for one in events)

    def _look(self) -> None:
        """What the server has now, and whether it may get more."""
        self.state = read_state(self.stage.server.state(), self.stage.judge)
        may_not = self.me.desk is None or self.me.cut
        sent = sum(self._sent().values())
        if not may_not:
            self.quiet_from = None
        elif self.quiet_from is None:
            self.quiet_from = sent

    def _sent(self) -> Counter[tuple[str, str]]:
        """The writes of this desk that came to the server, by verb and path."""
        return Counter(
            (one["method"], one["path"])
            for one in self.stage.server.requests()
            if one["headers"].get("device-identifier") == self.me.device and _is_write(one)
        )

    def _start(self, kind: str, where: int, between: str, edge: int) -> None:
        """Also on a desk that is locked by now, where nothing may come of it."""
        if self.me.desk is None:
            if self.me.former is not None:
                plan, preview, _planned = self._plan(kind, self.targets[where])
                self._run(self._quietly(self.me.former.runs.execute(plan, preview=preview)))
                self._look()
                self.no_write_while_locked_or_offline()
            self._open()
        desk = self.me.desk
        if desk is not None:
            plan, preview, planned = self._plan(kind, self.targets[where])
            planned.run = self._run(desk.runs.start(plan, preview))
            self.planned.append(planned)
            self._work(planned.run, between, edge)

    def _work(self, run: RunId, between: str, edge: int) -> None:
        desk = self.me.desk
        if desk is None:
            return
        copies: list[Path] = []
        locking: list[asyncio.Task[None]] = []
        self._arm(desk, between, edge, copies, locking)
        self._run(self._resumed(desk, run, overwrite=False))
        desk.link.journal.hook = lambda _edge: None
        self.me.on_answer = None
        if copies:
            self._run(self._crashed(copies[0]))
        elif locking:
            self._run(asyncio.wait(locking))
            self._run(self.me.close())
        self._look()

    def _arm(
        self,
        desk: Desk,
        between: str,
        edge: int,
        copies: list[Path],
        locking: list[asyncio.Task[None]],
    ) -> None:
        """The hook is called on the disk's thread, where nothing else writes."""
        turns = count(1)
        loop = self.stage.loop

        def die() -> None:
            self.me.dead = True
            copies.append(self.me.copy_home())

        def at_edge(_edge: str) -> None:
            if next(turns) != edge:
                return
            if between == "crash":
                die()
            elif between == "pause":
                loop.call_soon_threadsafe(desk.runs.pause)
            elif between == "cut":
                loop.call_soon_threadsafe(self._cut, desk)
            elif between == "lock":
                loop.call_soon_threadsafe(lambda: locking.append(loop.create_task(desk.lock())))

        async def at_answer() -> None:
            if next(turns) == edge % ANSWERS + 1:
                await desk.link.disk(die)

        if between == "crash at answer":
            self.me.on_answer = at_answer
            return
        desk.link.journal.hook = at_edge

    def _cut(self, desk: Desk) -> None:
        self.me.cut = True
        desk.network_cut = True

    async def _crashed(self, left: Path) -> None:
        """What is on the disk is `left`; the process that was is let go, and cannot send."""
        self.me.dead = True
        home = self.me.home
        await self.me.close()
        shutil.rmtree(home, ignore_errors=True)
        self.me.home = left
        # A dead process answers nobody.
        self.me.former = None

    async def _resumed(self, desk: Desk, run: RunId, *, overwrite: bool) -> None:
        """One press of the button, with what a person does about its answer."""
        choices: dict[str, str] = {}
        for _press in range(2):
            try:
                await desk.runs.resume(run, choices=choices)
            except RunStopped as stopped:
                if isinstance(stopped.cause, HalfMadeClient):
                    await self._quietly(desk.runs.complete_client(run))
                if overwrite:
                    choices = {stopped.step_key: "overwrite"}
            except ClavigerError:
                return
            else:
                return

    async def _confirm(self, desk: Desk, target: Target) -> None:
        members = (await desk.workspace.known(target.id)).members
        candidates = await desk.confirm.member_candidates(target.id, members)
        if candidates:
            ids = [one.member_id for one in candidates]
            await desk.runs.execute(desk.confirm.member_plan(target.id, candidates, ids))

    # --- plans --------------------------------------------------------------------------------

    def _plan(self, kind: str, target: Target) -> tuple[Plan, ImportPreview | None, Planned]:
        """A small plan of this kind, whose traces no other one leaves."""
        self.numbers += 1
        name = f"Machine {self.numbers}"
        items = [f"{name} item {number}" for number in range(ROWS)]
        if kind == "client":
            return self._new_client(name, items)
        known = self.stage.server.state()["organizations"]
        called = next(str(one["name"]) for one in known if one["id"] == str(target.id))
        client = ref_of(target.id)
        preview: ImportPreview | None = None
        rows: list[Begins] = []
        steps: list[AnyStep]
        if kind == "policy" and target.use_policies:
            steps = [policy_step("policy", target, 12 + self.numbers)]
        elif kind == "invite":
            email = f"person{self.numbers}@machine.example"
            self.invited.append(email)
            steps = [InviteMembers(key="invite", client=client, emails=(email,))]
            rows = [("member", (called, email))]
        elif kind == "import":
            preview = export(items)
            steps = [
                collection_step("collection", target, name),
                *file_steps("", target, "collection", preview, CHUNK),
            ]
            rows = [("collection", (called, name)), *(("item", (called, one)) for one in items)]
        elif kind == "collection":
            steps = [collection_step("collection", target, name)]
            rows = [("collection", (called, name))]
        else:
            steps = [CreateGroup(key="group", client=client, name=name)]
            rows = [("group", (called, name))]
        title = Say("plan.setup_existing")
        plan = Plan(title=title, steps=tuple(steps), client=target.id, client_name=called)
        plan.check()
        return plan, preview, Planned(rows)

    def _new_client(
        self, name: str, items: list[str]
    ) -> tuple[Plan, ImportPreview | None, Planned]:
        preview = export(items)
        given = new_answers(
            {}, name=name, owner_email=f"owner{self.numbers}@machine.example",
            plan=PlanType.ENTERPRISE_MONTHLY, seats=3, preview=preview,
        )  # fmt: skip
        rows: list[Begins] = [("link", (name,)), *(("item", (name, one)) for one in items)]
        return plan_setup(given, chunk_items=CHUNK), preview, Planned(rows)


def _is_write(request: dict[str, Any]) -> bool:
    path = str(request["path"])
    if request["method"] == "GET" or not path.startswith("/api/"):
        return False
    # What finds out whether a client of ours is half made changes nothing (T45).
    is_probe = request["method"] == "PUT" and "/providers/" in path and "/clients/" in path
    return not is_probe and not path.endswith("/public-keys")


def _journaled(desk: Desk) -> Counter[tuple[str, str]]:
    """How often the journal says that a write was sent, by verb and path."""
    found: Counter[tuple[str, str]] = Counter()
    journal = desk.link.journal
    for run in journal.runs():
        for step in journal.steps(run.id):
            prepared = decoded(step.prepared) if step.attempts else None
            if prepared is not None:
                found[prepared.method, f"/api/{prepared.path.partition('?')[0]}"] += step.attempts
    return found


def run_machine(stage: Stage, number: int, examples: int, steps: int) -> None:
    """So many schedules from this seed. Raises AssertionError with the rules that led there."""
    seeded = type("SeededMachine", (Machine,), {"stage": stage})
    run_state_machine_as_test(
        seed(number)(seeded),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            # A schedule is short as it is, and each try costs a second.
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
