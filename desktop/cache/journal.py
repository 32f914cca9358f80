"""What this desk is about to do, did, and does not know yet: durable before anything leaves (T42).

Every method that changes something returns after its entry is committed and fsynced, or raises
StorageFailed and nothing was kept. A run's present state is folded from its entries. Keys belong
into payloads only in wrapped form: what is read back is plain `bytes`, which no lock can overwrite.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from desktop.cache.entries import Entries, Entry, Head, What
from desktop.domain.errors import CannotDecrypt, StorageFailed
from desktop.domain.ids import RunId

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BEGUN: Final = "planned"
_DONE: Final = "done"
_PLANNED: Final = "PLANNED"
_SENT: Final = "SENT"


@dataclass(frozen=True)
class RunRecord:
    """A run. `state` is "planned" until set; `payload` is what `create_run` was given."""

    id: RunId
    kind: str
    state: str
    created: datetime
    payload: bytes
    changed: datetime


@dataclass(frozen=True)
class StepRecord:
    """A step with the last of everything; `attempts` counts how often it was marked SENT."""

    ordinal: int
    key: str
    state: str
    payload: bytes
    prepared: bytes | None
    result: bytes | None
    attempts: int


@dataclass(frozen=True)
class LogRecord:
    """A line of the local log; `facts` as given."""

    kind: str
    at: datetime
    facts: bytes


@dataclass
class _Step:
    """A step while it is folded; numbers of the entries whose bodies count."""

    ordinal: int
    payload: int
    state: str = _PLANNED
    prepared: int | None = None
    result: int | None = None
    attempts: int = 0


@dataclass
class _Run:
    """A run while it is folded."""

    kind: str
    created: datetime
    payload: int
    changed: datetime
    state: str = _BEGUN
    steps: dict[str, _Step] = field(default_factory=dict)


def _nothing(_edge: str) -> None:
    """The hook nobody set."""


def _now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """Thread-safe. `problem` is None, "damaged" or "newer"; with one, all writing is refused.

    `hook` is called with "before:<edge>" and "after:<edge>" around each commit. Edges:
    create_run:<run>, run_<state>:<run>, add_steps:<run>, prepare:<key>, <state>:<key> (lower case),
    log:<kind>.
    """

    def __init__(
        self,
        entries: Entries,
        *,
        problem: str | None = None,
        first_bad_entry: int | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._entries = entries
        self._now = now
        self._guard = threading.RLock()
        self._known: dict[RunId, set[str]] = {}
        self.problem = problem
        self.first_bad_entry = first_bad_entry
        self.hook: Callable[[str], None] = _nothing

    def create_run(self, run: RunId, kind: str, payload: bytes, created: datetime) -> None:
        """Begins a run in state "planned". ValueError if the run exists, StorageFailed."""
        with self._guard:
            if self._steps_of(run) is not None:
                raise ValueError(f"run exists: {run}")
            head = self._head("run", run=str(run), word=kind, at=created)
            self._commit(f"create_run:{run}", [(head, payload)])
            self._known[run] = set()

    def set_run_state(self, run: RunId, state: str) -> None:
        """KeyError for an unknown run, StorageFailed."""
        with self._guard:
            self._needed(run)
            head = self._head("run_state", run=str(run), word=state)
            self._commit(f"run_{state}:{run}", [(head, None)])

    def add_steps(self, run: RunId, steps: Iterable[tuple[str, bytes]]) -> None:
        """Appends (key, payload) pairs in order, all or none.

        KeyError for an unknown run, ValueError for a key the run has already, StorageFailed.
        """
        with self._guard:
            known = self._needed(run)
            added: dict[str, bytes] = {}
            for key, payload in steps:
                if key in known or key in added or not key:
                    raise ValueError(f"step exists: {key}")
                added[key] = payload
            heads = [(self._head("step", run=str(run), step=key), added[key]) for key in added]
            self._commit(f"add_steps:{run}", heads)
            known.update(added)

    def prepare(self, run: RunId, key: str, prepared: bytes) -> None:
        """Markers, wrapped keys and request body, before the request leaves. The last one counts.

        KeyError for an unknown step, StorageFailed.
        """
        head = self._head("prepare", run=str(run), step=key)
        self._step(run, key, f"prepare:{key}", head, prepared)

    def mark(self, run: RunId, key: str, state: str, result: bytes | None = None) -> None:
        """Sets a step's state; a `result` stays until another one is given.

        KeyError for an unknown step, StorageFailed.
        """
        head = self._head("mark", run=str(run), step=key, word=state)
        self._step(run, key, f"{state.lower()}:{key}", head, result)

    def drop_prepared(self, run: RunId) -> None:
        """Forgets the request bodies of a run that is "done"; everything else stays.

        ValueError for a run in another state, KeyError for an unknown one, StorageFailed.
        """
        with self._guard:
            if self._folded(run).state != _DONE:
                raise ValueError(f"not done: {run}")
            self._refuse_if_damaged()
            entries = self._entries.of_run(str(run))
            self._entries.drop_bodies(
                [entry.number for entry in entries if entry.head.what == "prepare"]
            )

    def log(self, kind: str, facts: bytes, at: datetime) -> None:
        """Adds a line to the local log. StorageFailed."""
        with self._guard:
            self._commit(f"log:{kind}", [(self._head("log", word=kind, at=at), facts)])

    def runs(self, *, states: set[str] | None = None) -> list[RunRecord]:
        """Runs in the order they were created, those in `states` only if given."""
        with self._guard:
            found: dict[str, _Run] = {}
            for entry in self._entries.of_runs():
                _fold_run(found, entry)
            return [
                self._record(RunId(UUID(key)), run)
                for key, run in found.items()
                if states is None or run.state in states
            ]

    def run(self, run: RunId) -> RunRecord | None:
        """One run, None if there is none."""
        with self._guard:
            try:
                return self._record(run, self._folded(run))
            except KeyError:
                return None

    def steps(self, run: RunId) -> list[StepRecord]:
        """The run's steps in order, with their bodies. KeyError for an unknown run."""
        with self._guard:
            return [
                StepRecord(
                    ordinal=step.ordinal,
                    key=key,
                    state=step.state,
                    payload=self._body(step.payload) or b"",
                    prepared=self._body(step.prepared),
                    result=self._body(step.result),
                    attempts=step.attempts,
                )
                for key, step in self._folded(run).steps.items()
            ]

    def step_states(self, run: RunId) -> dict[str, str]:
        """Key to state, in order, without loading any body. KeyError for an unknown run."""
        with self._guard:
            return {key: step.state for key, step in self._folded(run).steps.items()}

    def log_records(self, *, since: datetime | None = None) -> list[LogRecord]:
        """The local log, oldest first."""
        with self._guard:
            records = []
            for entry in self._entries.of_log():
                at = _moment(entry.head.at_ms)
                if since is None or at >= since:
                    facts = self._body(entry.number) or b""
                    records.append(LogRecord(entry.head.word, at, facts))
            return records

    @property
    def unreadable(self) -> frozenset[int]:
        """Entries met so far that could not be opened."""
        return frozenset(self._entries.unreadable)

    def _step(self, run: RunId, key: str, edge: str, head: Head, body: bytes | None) -> None:
        with self._guard:
            if key not in self._needed(run):
                raise KeyError(key)
            self._commit(edge, [(head, body)])

    def _commit(self, edge: str, additions: Sequence[tuple[Head, bytes | None]]) -> None:
        self._refuse_if_damaged()
        self.hook(f"before:{edge}")
        self._entries.append(additions)
        self.hook(f"after:{edge}")

    def _refuse_if_damaged(self) -> None:
        if self.problem is not None:
            raise StorageFailed(f"journal_{self.problem}")

    def _head(
        self,
        what: What,
        *,
        run: str = "",
        step: str = "",
        word: str = "",
        at: datetime | None = None,
    ) -> Head:
        at_ms = ((at or self._now()) - _EPOCH) // timedelta(milliseconds=1)
        return Head(what=what, at_ms=at_ms, run=run, step=step, word=word)

    def _needed(self, run: RunId) -> set[str]:
        known = self._steps_of(run)
        if known is None:
            raise KeyError(run)
        return known

    def _steps_of(self, run: RunId) -> set[str] | None:
        """The keys of a run's steps, read once; None for an unknown run."""
        if run not in self._known:
            try:
                self._known[run] = set(self._folded(run).steps)
            except KeyError:
                return None
        return self._known[run]

    def _record(self, run: RunId, folded: _Run) -> RunRecord:
        return RunRecord(
            id=run,
            kind=folded.kind,
            state=folded.state,
            created=folded.created,
            payload=self._body(folded.payload) or b"",
            changed=folded.changed,
        )

    def _folded(self, run: RunId) -> _Run:
        found: dict[str, _Run] = {}
        for entry in self._entries.of_run(str(run)):
            _fold_run(found, entry)
        return found[str(run)]

    def _body(self, number: int | None) -> bytes | None:
        """None for an entry without a body, or one of a damaged journal that cannot be opened."""
        if number is None:
            return None
        try:
            return self._entries.body(number)
        except CannotDecrypt:
            if self.problem is None:
                raise
            return None


def _moment(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _fold_run(runs: dict[str, _Run], entry: Entry) -> None:
    """Lets one entry change what is known; entries of a run whose beginning is lost are skipped."""
    head = entry.head
    at = _moment(head.at_ms)
    if head.what == "run":
        runs.setdefault(head.run, _Run(head.word, at, entry.number, at))
    run = runs.get(head.run)
    if run is None:
        return
    run.changed = at
    if head.what == "run_state":
        run.state = head.word
    elif head.what == "step":
        run.steps.setdefault(head.step, _Step(len(run.steps), entry.number))
    elif (step := run.steps.get(head.step)) is not None:
        _fold_step(step, entry)


def _fold_step(step: _Step, entry: Entry) -> None:
    if entry.head.what == "prepare":
        step.prepared = entry.number if entry.has_body else None
    elif entry.head.what == "mark":
        step.state = entry.head.word
        step.attempts += entry.head.word == _SENT
        if entry.has_body:
            step.result = entry.number
