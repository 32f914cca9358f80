"""One cell of the matrix: a workflow, one of its write requests, one fault, and what came of it."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from desktop.api.link import Call
from desktop.domain.errors import (
    AlreadyThere,
    ChangedSince,
    ClavigerError,
    Conflict,
    HalfMadeClient,
    RunStopped,
    Uncertain,
)
from desktop.domain.ids import RunId
from desktop.plans.steps import CreateGroup, Recogniser
from desktop.services.run_types import DONE, SENT, SKIPPED, RunReport
from tests.bench_faults.faults import (
    DOSES,
    FAULTS,
    LONG_S,
    MODES,
    NAMED,
    Dose,
    Fault,
    Refusals,
)
from tests.bench_faults.stage import Bench
from tests.bench_faults.state import Difference, Row, State, difference, read_state
from tests.bench_faults.workflows import BY_NAME, WORKFLOWS, Facts, Workflow, begin, row_of

# So often a person presses Resume before something is called stuck.
PATIENCE: Final = 8
# From this stop on the fault is over.
OVER_AFTER: Final = 3
# Real seconds after which a server that says nothing is given up.
HANG_S: Final = 0.4
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# They read, although by their verb they might write.
_READS: Final = re.compile(r"/identity/.*|/events/.*|.*/public-keys")
_NUMBER: Final = re.compile(r"/\d+$")

CLEAN: Final = "clean"
RESUMED: Final = "resumed"
UNCERTAIN: Final = "uncertain"
REPORTED: Final = "reported"
# The server did it twice by itself, or said yes and did nothing, where nothing that the app may
# read can tell: mails, and items that are not listed. Of those the report says so.
UNSEEN: Final = "unseen"
DOUBLE: Final = "double"
LOSS: Final = "loss"
SILENT: Final = "silent"
STUCK: Final = "stuck"
UNTYPED: Final = "untyped"
# The fault never came about: the bench is wrong.
UNMET: Final = "unmet"
GOOD: Final = (CLEAN, RESUMED, UNCERTAIN, REPORTED, UNSEEN)
BAD: Final = (DOUBLE, LOSS, SILENT, STUCK, UNTYPED, UNMET)

# Which rows of the state a note about a twin accounts for.
_TWINS: Final[Mapping[str, frozenset[str]]] = {
    "note.twin_client": frozenset(
        ("client", "link", "seats", "member", "mail", "collection", "collection user")
    ),
    "note.twin_collection": frozenset(("collection", "collection user", "collection group")),
    "note.twin_group": frozenset(("group", "group user", "collection group")),
    "note.twin_items": frozenset(("item", "place")),
}
_HALF: Final = "note.half_made"
_NOT_LISTED: Final = "note.listing_refused"


class _Called(Protocol):
    @property
    def name(self) -> str: ...


Named = TypeVar("Named", bound=_Called)


@dataclass(frozen=True)
class Write:
    """The `nth` request of a workflow to this address; ids are left open in `path`."""

    method: str
    path: str
    nth: int

    @property
    def endpoint(self) -> str:
        return f"{self.method} {_NUMBER.sub('/*', self.path.replace('[^/]+', '*'))}"

    def fits(self, call: Call) -> bool:
        path = "/" + call.url.partition("://")[2].partition("/")[2].partition("?")[0]
        return call.method == self.method and re.fullmatch(self.path, path) is not None


@dataclass(frozen=True)
class Case:
    """Which cell; its name repeats it."""

    workflow: str
    write: int
    fault: str
    dose: str
    mode: str

    @property
    def name(self) -> str:
        return f"{self.workflow}/{self.write}/{self.fault}/{self.dose}/{self.mode}"

    @classmethod
    def called(cls, name: str) -> Case:
        """ValueError for what is no name of a cell."""
        workflow, write, fault, dose, mode = name.split("/")
        if workflow not in BY_NAME or mode not in MODES:
            raise ValueError(name)
        _named(FAULTS, fault)
        _named(DOSES, dose)
        return cls(workflow, int(write), fault, dose, mode)


@dataclass(frozen=True)
class Calm:
    """A workflow left alone: its writes in the order of their addresses, how the server ends."""

    writes: tuple[Write, ...]
    state: State


@dataclass
class Outcome:
    """What came of a case. `detail` says what was wrong; `stops` what the person saw."""

    case: str
    endpoint: str
    verdict: str
    stops: list[str] = field(default_factory=list)
    detail: str = ""
    seconds: float = 0.0

    @property
    def is_bad(self) -> bool:
        return self.verdict not in GOOD

    def __str__(self) -> str:
        seen = ", ".join(self.stops) or "no stop"
        return f"{self.case} ({self.endpoint}): {self.verdict}; {seen}; {self.detail}"


class Matrix:
    """Runs cells on one bench."""

    def __init__(self, bench: Bench, facts: Facts) -> None:
        self._bench = bench
        self._facts = facts
        self._calm: dict[str, Calm] = {}

    async def calm(self, key: str) -> Calm:
        """The undisturbed run of a workflow, once."""
        if key not in self._calm:
            self._calm[key] = await self._undisturbed(BY_NAME[key])
        return self._calm[key]

    async def all_calm(self) -> dict[str, Calm]:
        """Of every workflow."""
        return {workflow.key: await self.calm(workflow.key) for workflow in WORKFLOWS}

    async def run(self, case: Case) -> Outcome:
        """Never raises for what the app does wrong: that is a verdict."""
        began = time.perf_counter()
        calm = await self.calm(case.workflow)
        write = calm.writes[case.write]
        await self._bench.put_back()
        scene = _Scene(self._bench, self._facts, BY_NAME[case.workflow], _Trouble(case, write))
        try:
            verdict, detail = await scene.play(calm.state)
        except Exception as bug:  # whatever leaves the app untyped is found, not fatal
            verdict, detail = UNTYPED, repr(bug)
            await self._bench.restart()
        seconds = time.perf_counter() - began
        return Outcome(case.name, write.endpoint, verdict, scene.stops, detail[:2000], seconds)

    def requests(self) -> list[dict[str, Any]]:
        """What reached the server in the last case."""
        return self._bench.server.requests()

    async def _undisturbed(self, workflow: Workflow) -> Calm:
        await self._bench.put_back()
        scene = _Scene(self._bench, self._facts, workflow, None)
        verdict, detail = await scene.play(None)
        if verdict in BAD:
            raise RuntimeError(f"{workflow.key} does not run undisturbed: {detail} {scene.stops}")
        return Calm(_writes(scene.requests), scene.state())


def _writes(requests: Iterable[dict[str, Any]]) -> tuple[Write, ...]:
    """Sorted: what runs side by side has no order of its own."""
    met: Counter[tuple[str, str]] = Counter()
    found: list[Write] = []
    for one in requests:
        if one["method"] == "GET" or _READS.fullmatch(one["path"]):
            continue
        at = (one["method"], _ID.sub("[^/]+", one["path"]))
        met[at] += 1
        found.append(Write(*at, met[at]))
    return tuple(sorted(found, key=lambda write: (write.path, write.method, write.nth)))


# --- which cells ------------------------------------------------------------------------------


def targets(calm: Mapping[str, Calm]) -> list[tuple[str, int, Write]]:
    """Every write request of every workflow that is aimed at."""
    return [
        (workflow.key, at, write)
        for workflow in WORKFLOWS
        for at, write in enumerate(calm[workflow.key].writes)
        if write.endpoint not in workflow.aside
    ]


def endpoints(calm: Mapping[str, Calm]) -> set[str]:
    """Every write endpoint that the matrix meets."""
    return {write.endpoint for _key, _at, write in targets(calm)}


def cells(calm: Mapping[str, Calm]) -> list[Case]:
    """The whole matrix."""
    return [
        Case(key, at, fault.name, dose.name, mode)
        for key, at, _write in targets(calm)
        for fault in FAULTS
        for dose in DOSES
        for mode in MODES
    ]


def sample(calm: Mapping[str, Calm], seed: int) -> list[Case]:
    """Each write endpoint meets each named fault, each of the others meets a third of them.

    Doses and modes, and which request of an endpoint is meant, are spread by `seed`.
    """
    chance = random.Random(seed)
    manners = [(dose.name, mode) for dose in DOSES for mode in MODES]
    chance.shuffle(manners)
    manner = cycle(manners)
    by_endpoint: dict[str, list[tuple[str, int]]] = {}
    for key, at, write in targets(calm):
        by_endpoint.setdefault(write.endpoint, []).append((key, at))
    found = []
    for number, endpoint in enumerate(sorted(by_endpoint)):
        places = by_endpoint[endpoint]
        chance.shuffle(places)
        twins = [one for at, one in enumerate(FAULTS) if at >= len(NAMED) and at % 3 == number % 3]
        for fault, (key, at) in zip((*NAMED, *twins), cycle(places)):
            found.append(Case(key, at, fault.name, *next(manner)))
        # Six manners and as many faults as would meet the same one at every endpoint otherwise.
        next(manner)
    return found


# --- one cell ---------------------------------------------------------------------------------


@dataclass
class _Trouble:
    """The fault of a case, and whether it came about."""

    case: Case
    write: Write
    sent: int = 0
    returned: int = 0
    first_at: float | None = None

    def __post_init__(self) -> None:
        self.fault: Fault = _named(FAULTS, self.case.fault)
        self.dose: Dose = _named(DOSES, self.case.dose)
        self.refusals = Refusals(self.dose)

    @property
    def rules(self) -> tuple[dict[str, Any], ...]:
        if self.fault.rule is None:
            return ()
        at = {"method": self.write.method, "path": self.write.path, "nth": self.write.nth}
        return ({**at, **self.dose.rule, **self.fault.rule},)

    def refuses(self, call: Call, now: float) -> bool:
        is_ours = self.write.fits(call)
        self.sent += is_ours
        if is_ours and self.sent == self.write.nth:
            self.first_at = now
        if self.fault.rule is not None or self.sent < self.write.nth:
            return False
        return self.refusals.refuses(is_target=is_ours, now=now)

    @property
    def only_slows(self) -> bool:
        return self.fault.name in ("429", "503") and self.case.mode == "continue"

    def deadline(self, call: Call, now: float) -> float:
        """What hangs is given up soon; nothing else is, however busy the computer."""
        hangs = self.fault.rule is not None and self.fault.rule["do"] == "hang"
        if not hangs or self.first_at is None or not self.write.fits(call):
            return call.deadline_s
        number = self.sent - self.write.nth
        is_hit = number < self.dose.times if self.dose.times else now - self.first_at < LONG_S
        return HANG_S if is_hit else call.deadline_s

    def crashes(self, call: Call) -> bool:
        """The faulted request is over: with "restart" somebody closes the app at this moment."""
        if not self.write.fits(call):
            return False
        self.returned += 1
        return self.case.mode == "restart" and self.returned == self.write.nth


class _Scene:
    """A run from its start to the end that a patient person brings it to."""

    def __init__(
        self, bench: Bench, facts: Facts, workflow: Workflow, trouble: _Trouble | None
    ) -> None:
        self.stops: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self._bench = bench
        self._facts = facts
        self._workflow = workflow
        self._trouble = trouble
        self._choices: dict[str, UUID | str] = dict(workflow.choices)
        self._asked = False
        self._rows_named: set[int] = set()
        self._crash: asyncio.Task[None] | None = None

    async def play(self, wanted: State | None) -> tuple[str, str]:
        """(verdict, detail); `wanted` None for the undisturbed run itself."""
        run = await begin(self._workflow, self._bench, self._facts)
        self._bench.server.http.delete("/practice/requests")
        self._arm()
        report: RunReport | None = None
        for stop in range(PATIENCE):
            if stop >= OVER_AFTER:
                self._disarm()
            report = await self._go_on(run)
            if report is None and not await self._is_offered(run):
                # The app was closed when all was done, before it could say so.
                report = await self._bench.desk.runs.report(run)
                if not report.is_done:
                    return SILENT, f"{report.state} and not offered"
            if report is not None:
                break
        self._disarm()
        self.requests = self._bench.server.requests()
        if report is None:
            return STUCK, "still not done"
        if self._trouble is not None and not self._is_met(self._trouble):
            return UNMET, "the fault never came about"
        problem = await self._says_otherwise(run, report)
        if problem:
            return SILENT, problem
        return self._judge(report, self.state(), wanted)

    def state(self) -> State:
        return read_state(self._bench.server.state(), self._bench.desk)

    # --- trouble ------------------------------------------------------------------------------

    def _arm(self) -> None:
        bench, trouble = self._bench, self._trouble
        bench.server.script(*(trouble.rules if trouble else ()), *self._workflow.beside)
        if trouble is not None:
            bench.line.refuses = lambda call: trouble.refuses(call, bench.clock.monotonic())
            bench.line.returned = self._returned
            bench.line.deadline = lambda call: trouble.deadline(call, bench.clock.monotonic())

    def _returned(self, call: Call) -> None:
        if self._trouble is not None and self._trouble.crashes(call):
            self._crash = asyncio.ensure_future(self._bench.desk.lock())

    def _disarm(self) -> None:
        self._bench.line.refuses = lambda _call: False
        self._bench.server.script(*self._workflow.beside)

    def _is_met(self, trouble: _Trouble) -> bool:
        if trouble.fault.rule is None:
            return trouble.refusals.hits > 0 or trouble.refusals.until > 0
        # What the server refuses anyhow has no commit that could fail.
        refused = trouble.fault.rule["when"] == "commit"
        return any(
            (one["fault"] is not None or (refused and one["status"] >= 400))
            and one["method"] == trouble.write.method
            and re.fullmatch(trouble.write.path, one["path"])
            for one in self.requests
        )

    # --- a person -----------------------------------------------------------------------------

    async def _go_on(self, run: RunId) -> RunReport | None:
        """One press of the button; None where the run stopped."""
        bench = self._bench
        await bench.go_online()
        report: RunReport | None = None
        try:
            report = await bench.desk.runs.resume(run, choices=self._choices)
        except RunStopped as stopped:
            await self._stopped(run, stopped)
        except ClavigerError as error:
            self.stops.append(type(error).__name__)
        if self._crash is not None:
            crash, self._crash = self._crash, None
            self.stops.append("restart")
            await crash
            await bench.restart()
        elif report is not None and not report.is_done:
            # Nobody paused it: a run that ends unfinished must say what stopped it.
            raise AssertionError(f"the run ended as {report.state} and said nothing")
        return report if report is not None and report.is_done else None

    async def _stopped(self, run: RunId, stopped: RunStopped) -> None:
        cause, runs = stopped.cause, self._bench.desk.runs
        self.stops.append(f"{stopped.step_key}: {type(cause).__name__}")
        if self._crash is not None:
            return
        if isinstance(cause, HalfMadeClient):
            await runs.complete_client(run)
        elif isinstance(cause, Uncertain):
            self._asked = True
            await self._look_up(run, stopped)
            await runs.skip(run, stopped.step_key, "looked it up")
        elif isinstance(cause, Conflict) and not isinstance(cause, AlreadyThere | ChangedSince):
            self._choose_a_group(stopped.step_key)

    async def _look_up(self, run: RunId, stopped: RunStopped) -> None:
        """Uncertain only where nothing can tell, and then with names to look for."""
        uncertain = (await self._bench.desk.runs.report(run)).uncertain
        chunk = next((one for one in uncertain if one.step_key == stopped.step_key), None)
        if chunk is not None and not self._workflow.lists_items and chunk.collections:
            self._rows_named |= set(chunk.rows)
            return
        if stopped.step_key.startswith("complete."):
            return
        kinds = [kind for kind in self._workflow.covers if kind.RECOGNISER is Recogniser.NOTHING]
        if not kinds or not stopped.cause.args or not stopped.cause.args[0]:
            raise AssertionError(f"uncertain without need or names: {stopped!r}")

    def _choose_a_group(self, step_key: str) -> None:
        """Two groups of one name: a person takes the newest."""
        if CreateGroup in self._workflow.covers:
            self._choices[step_key] = UUID(self._bench.server.state()["groups"][-1]["id"])

    async def _is_offered(self, run: RunId) -> bool:
        await self._bench.go_online()
        return run in [one.run for one in await self._bench.desk.runs.waiting()]

    # --- judgement ----------------------------------------------------------------------------

    async def _says_otherwise(self, run: RunId, report: RunReport) -> str:
        """What of the journal does not fit a run that is done."""
        # Items that are not listed are never more than sent.
        over = {DONE, SKIPPED} if self._workflow.lists_items else {DONE, SKIPPED, SENT}
        open_steps = [one.key for one in report.steps if one.state not in over]
        if open_steps:
            return f"done, but for {open_steps}"
        return "done and offered again" if await self._is_offered(run) else ""

    def _judge(self, report: RunReport, found: State, wanted: State | None) -> tuple[str, str]:
        if self._trouble is not None and self._trouble.only_slows and self._is_stopped_in_vain():
            return STUCK, "a server that asks to wait stopped the run (T51)"
        differs = difference(found, found if wanted is None else wanted)
        if not differs:
            return (UNCERTAIN if self._asked else RESUMED if self.stops else CLEAN), ""
        told = {note.key for note in report.notes}
        detail = f"+{list(differs.surplus)} -{list(differs.lacking)} told {sorted(told)}"
        return self._verdict(differs, told), detail

    def _is_stopped_in_vain(self) -> bool:
        """By anything but what a person has to decide."""
        return not all(one.endswith((": Uncertain", ": HalfMadeClient")) for one in self.stops)

    def _verdict(self, differs: Difference, told: set[str]) -> str:
        if _HALF in told and self._asked and _differs_in_status(differs):
            # Its record at the billing service is what no request of ours can add (T45).
            return UNCERTAIN
        if differs.over and differs.under:
            return SILENT
        if differs.under and self._is_believed(differs, told):
            return UNSEEN
        if differs.under:
            return UNCERTAIN if self._is_named(differs) else LOSS
        return self._verdict_of_surplus(differs, told)

    def _is_believed(self, differs: Difference, told: set[str]) -> bool:
        """Whether the server itself said that it had taken the items, which it does not list."""
        kinds = {kind for kind, _row in differs.under}
        lies = self._trouble is not None and self._trouble.fault.name == "empty-before"
        return lies and kinds <= {"item", "place"} and _NOT_LISTED in told and not self._asked

    def _is_named(self, differs: Difference) -> bool:
        """Whether all that is lacking was told as uncertain, row by row."""
        items = {str(row[1]) for kind, row in differs.under if kind == "item"}
        places = {str(row[0]) for kind, row in differs.under if kind == "place"}
        if items | places:
            is_all = len(differs.under) == sum(
                kind in ("item", "place") for kind, _row in differs.under
            )
            return is_all and {row_of(item) for item in items | places} <= self._rows_named
        return self._asked and {kind for kind, _row in differs.under} == {"mail"}

    def _verdict_of_surplus(self, differs: Difference, told: set[str]) -> str:
        kinds = {kind for kind, _row in differs.over}
        if self._trouble is None or not self._trouble.fault.doubles:
            return DOUBLE
        if kinds <= frozenset().union(*(_TWINS[key] for key in told & _TWINS.keys())):
            return REPORTED
        if kinds <= {"item", "place"} and _NOT_LISTED in told:
            return UNSEEN
        recognisers = {kind.RECOGNISER for kind in self._workflow.covers}
        is_traceless = kinds == {"mail"} and Recogniser.NOTHING in recognisers
        return UNSEEN if is_traceless else DOUBLE


def _differs_in_status(differs: Difference) -> bool:
    return _without_status(differs.over) == _without_status(differs.under)


def _without_status(rows: Iterable[tuple[str, Row]]) -> Counter[tuple[str, Row]]:
    return Counter(
        (kind, (*row[:3], *row[4:])) if kind == "client" else (kind, row) for kind, row in rows
    )


def _named(choices: Iterable[Named], name: str) -> Named:
    for one in choices:
        if one.name == name:
            return one
    raise ValueError(name)
