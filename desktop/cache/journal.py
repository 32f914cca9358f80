"""What this desk is about to do, did, and does not know yet: durable before anything leaves (T42).

Every method that changes something returns after its entry is committed and fsynced, or raises
StorageFailed and nothing was kept. A run's present state is folded from its entries. Keys belong
into payloads only in wrapped form: what is read back is plain `bytes`, which no lock can overwrite.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from desktop.cache.entries import Entries, Entry, Head, What
from desktop.domain.errors import CannotDecrypt, StorageFailed
from desktop.domain.ids import RunId

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BEGUN: Final = "planned"
_DONE: Final = "done"
FORGOTTEN: Final = "forgotten"
_PLANNED: Final = "PLANNED"
_SENT: Final = "SENT"
_OVER: Final = frozenset({"DONE", "SKIPPED"})
# The word of a step whose body holds its key beside its payload.
_NAMED: Final = "named"
# How many runs are held with all their steps.
_WHOLE_RUNS: Final = 64
_NAMED_BODY: Final = msgspec.msgpack.Decoder(tuple[str, bytes])


@dataclass(frozen=True)
class RunRecord:
    """A run. `state` is "planned" until set; `payload` is what `create_run` was given, and nothing
    once the run is "forgotten". `done` of `total` steps when its state was set last.
    """

    id: RunId
    kind: str
    state: str
    created: datetime
    payload: bytes
    changed: datetime
    done: int = field(default=0, compare=False)
    total: int = field(default=0, compare=False)


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
    """A line of the local log; `facts` as given, `number` that of its entry."""

    kind: str
    at: datetime
    facts: bytes
    number: int = field(default=0, compare=False)


@dataclass
class _Step:
    """A step while it is folded; numbers of the entries whose bodies count."""

    ordinal: int
    payload: int
    is_named: bool
    """Its body holds its key too."""
    key: str | None = None
    """None until its body was read, or for good if that is gone."""
    state: str = _PLANNED
    prepared: int | None = None
    result: int | None = None
    attempts: int = 0
    bodies: set[int] = field(default_factory=set)


@dataclass
class _Run:
    """A run while it is folded; steps by what their heads call them."""

    kind: str
    created: datetime
    begun: int
    payload: int
    has_payload: bool
    changed: datetime
    state: str = _BEGUN
    done: int = 0
    total: int = 0
    bodies: set[int] = field(default_factory=set)
    steps: dict[str, _Step] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """From a step's key to what its heads call it."""


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
        self._whole: dict[RunId, _Run] = {}
        self._listed: dict[str, _Run] = {}
        self._listed_to = 0
        self.problem = problem
        self.first_bad_entry = first_bad_entry
        self.hook: Callable[[str], None] = _nothing

    def create_run(self, run: RunId, kind: str, payload: bytes, created: datetime) -> None:
        """Begins a run in state "planned". ValueError if the run exists, StorageFailed."""
        with self._guard:
            if self._found(run) is not None:
                raise ValueError(f"run exists: {run}")
            head = self._head("run", run=str(run), word=kind, at=created)
            self._commit(f"create_run:{run}", [(head, payload)])

    def set_run_state(self, run: RunId, state: str) -> None:
        """KeyError for an unknown run, StorageFailed."""
        with self._guard:
            head = self._state_head(run, state)
            self._commit(f"run_{state}:{run}", [(head, None)])

    def add_steps(
        self,
        run: RunId,
        steps: Iterable[tuple[str, bytes]],
        marks: Iterable[tuple[str, str, bytes]] = (),
        state: str | None = None,
    ) -> None:
        """Appends (key, payload) pairs in order, all or none. In the same commit: `marks`, key,
        state and result of steps that end by it, and the run's own new `state`.

        KeyError for an unknown run or step, ValueError for a key the run has already,
        StorageFailed.
        """
        with self._guard:
            known = self._folded(run).names
            added: dict[str, bytes] = {}
            for key, payload in steps:
                if key in known or key in added or not key:
                    raise ValueError(f"step exists: {key}")
                added[key] = payload
            heads = [
                (
                    self._head(
                        "step", run=str(run), step=self._entries.step_name(str(run), key),
                        word=_NAMED,
                    ),
                    msgspec.msgpack.encode((key, added[key])),
                )
                for key in added
            ]  # fmt: skip
            entries: list[tuple[Head, bytes | None]] = [*heads]
            for key, word, result in marks:
                head = self._head("mark", run=str(run), step=known[key], word=word)
                entries.append((head, result))
            if state is not None:
                entries.append((self._state_head(run, state), None))
            self._commit(f"add_steps:{run}", entries)

    def prepare(self, run: RunId, key: str, prepared: bytes) -> None:
        """Markers, wrapped keys and request body, before the request leaves. The last one counts.

        KeyError for an unknown step, StorageFailed.
        """
        self._step(run, key, f"prepare:{key}", ("prepare", ""), prepared)

    def mark(self, run: RunId, key: str, state: str, result: bytes | None = None) -> None:
        """Sets a step's state; a `result` stays until another one is given.

        KeyError for an unknown step, StorageFailed.
        """
        self._step(run, key, f"{state.lower()}:{key}", ("mark", state), result)

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
            self._whole.pop(run, None)

    def forget_run(self, run: RunId) -> None:
        """Lets everything go that the run holds but its ids, times, kind and states, for good.

        Its state is "forgotten" then. KeyError for an unknown run, StorageFailed.
        """
        with self._guard:
            folded = self._folded(run)
            bodies = folded.bodies.union(*(step.bodies for step in folded.steps.values()))
            head = self._state_head(run, FORGOTTEN)
            self._commit(f"run_{FORGOTTEN}:{run}", [(head, None)], sorted(bodies))
            self._whole.pop(run, None)

    def redact_run(self, run: RunId, payload: bytes, keys: Iterable[str]) -> None:
        """Puts `payload` in place of the run's, and lets the steps called `keys` go for good.

        KeyError for an unknown run, StorageFailed.
        """
        with self._guard:
            folded = self._folded(run)
            names = {folded.names[key] for key in keys if key in folded.names}
            bodies = folded.bodies.union(*(folded.steps[name].bodies for name in names))
            head = self._head("run", run=str(run), word=folded.kind)
            self._commit(f"redact_run:{run}", [(head, payload)], sorted(bodies))
            self._whole.pop(run, None)

    def compact(self) -> None:
        """Gives the room of what was let go back to the disk. StorageFailed."""
        self._entries.compact()

    def log(self, kind: str, facts: bytes, at: datetime) -> None:
        """Adds a line to the local log. StorageFailed."""
        with self._guard:
            self._commit(f"log:{kind}", [(self._head("log", word=kind, at=at), facts)])

    def runs(self, *, states: set[str] | None = None) -> list[RunRecord]:
        """Runs in the order they were created, those in `states` only if given."""
        with self._guard:
            for entry in self._entries.of_runs(after=self._listed_to):
                _fold_run(self._listed, entry)
                self._listed_to = entry.number
            chosen = {
                key: run
                for key, run in sorted(self._listed.items(), key=lambda item: item[1].begun)
                if states is None or run.state in states
            }
            payloads = self._entries.bodies(
                [run.payload for run in chosen.values() if run.has_payload]
            )
            return [
                _record(RunId(UUID(key)), run, self._payload_in(payloads, run))
                for key, run in chosen.items()
            ]

    def run(self, run: RunId) -> RunRecord | None:
        """One run, None if there is none."""
        with self._guard:
            try:
                folded = self._folded(run)
            except KeyError:
                return None
            payload = self._body(folded.payload) if folded.has_payload else None
            return _record(run, folded, payload or b"")

    def steps(self, run: RunId) -> list[StepRecord]:
        """The run's steps in order, with their bodies. KeyError for an unknown run."""
        with self._guard:
            return [
                StepRecord(
                    ordinal=ordinal,
                    key=key,
                    state=step.state,
                    payload=self._step_payload(step),
                    prepared=self._body(step.prepared),
                    result=self._body(step.result),
                    attempts=step.attempts,
                )
                for ordinal, (key, step) in enumerate(_named(self._folded(run)))
            ]

    def step_states(self, run: RunId) -> dict[str, str]:
        """Key to state, in order. KeyError for an unknown run."""
        with self._guard:
            return {key: step.state for key, step in _named(self._folded(run))}

    def log_records(
        self, *, since: datetime | None = None, limit: int | None = None
    ) -> list[LogRecord]:
        """The local log, oldest first; its newest `limit` lines only if given."""
        with self._guard:
            entries = self._entries.of_log(limit)
            bodies = self._entries.bodies([one.number for one in entries if one.has_body])
            records = []
            for entry in entries:
                at = _moment(entry.head.at_ms)
                if since is None or at >= since:
                    facts = bodies.get(entry.number, b"")
                    records.append(LogRecord(entry.head.word, at, facts, entry.number))
            return records

    @property
    def unreadable(self) -> frozenset[int]:
        """Entries met so far that could not be opened."""
        return frozenset(self._entries.unreadable)

    def _step(
        self, run: RunId, key: str, edge: str, says: tuple[What, str], body: bytes | None
    ) -> None:
        with self._guard:
            what, word = says
            head = self._head(what, run=str(run), step=self._folded(run).names[key], word=word)
            self._commit(edge, [(head, body)])

    def _commit(
        self,
        edge: str,
        additions: Sequence[tuple[Head, bytes | None]],
        dropping: Sequence[int] = (),
    ) -> None:
        self._refuse_if_damaged()
        self.hook(f"before:{edge}")
        try:
            first = self._entries.append(additions, dropping)
        except BaseException:
            # After a failure the file says how its runs stand, not this memory.
            self._whole.clear()
            raise
        for number, (head, body) in enumerate(additions, first):
            self._take(Entry(number, head, body is not None), body)
        self.hook(f"after:{edge}")

    def _take(self, entry: Entry, body: bytes | None) -> None:
        """Lets what was just written change what is known of its run."""
        if not entry.head.run:
            return
        run = RunId(UUID(entry.head.run))
        if entry.head.what == "run" and run not in self._whole:
            self._whole[run] = _begun(entry)
        if run in self._whole:
            _fold_run({entry.head.run: self._whole[run]}, entry)
            if entry.head.what == "step" and body is not None:
                _name(self._whole[run], entry.head.step, body)

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

    def _state_head(self, run: RunId, state: str) -> Head:
        steps = [step for _key, step in _named(self._folded(run))]
        done = sum(step.state in _OVER for step in steps)
        head = self._head("run_state", run=str(run), word=state)
        return msgspec.structs.replace(head, done=done, total=len(steps))

    def _found(self, run: RunId) -> _Run | None:
        try:
            return self._folded(run)
        except KeyError:
            return None

    def _folded(self, run: RunId) -> _Run:
        """A run with its steps, read once by the one process that writes. KeyError."""
        known = self._whole.get(run)
        if known is not None and not self._entries.read_only:
            return known
        found: dict[str, _Run] = {}
        for entry in self._entries.of_run(str(run)):
            _fold_run(found, entry)
        folded = found[str(run)]
        bodies = self._entries.bodies(
            [step.payload for step in folded.steps.values() if step.is_named and step.bodies]
        )
        for name, step in folded.steps.items():
            if not step.is_named:
                step.key = name
                folded.names[name] = name
            elif step.payload in bodies:
                _name(folded, name, bodies[step.payload])
            elif step.payload in step.bodies and self.problem is None:
                raise CannotDecrypt
        if len(self._whole) >= _WHOLE_RUNS:
            del self._whole[next(iter(self._whole))]
        self._whole[run] = folded
        return folded

    def _payload_in(self, payloads: dict[int, bytes], run: _Run) -> bytes:
        if run.has_payload and run.payload not in payloads and self.problem is None:
            raise CannotDecrypt
        return payloads.get(run.payload, b"")

    def _step_payload(self, step: _Step) -> bytes:
        body = self._body(step.payload) or b""
        return _named_payload(body)[1] if step.is_named and body else body

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


def _record(run: RunId, folded: _Run, payload: bytes) -> RunRecord:
    return RunRecord(
        id=run,
        kind=folded.kind,
        state=folded.state,
        created=folded.created,
        payload=payload,
        changed=folded.changed,
        done=folded.done,
        total=folded.total,
    )


def _named(run: _Run) -> Iterator[tuple[str, _Step]]:
    """The steps in order, without those that were let go."""
    for step in run.steps.values():
        if step.key is not None:
            yield step.key, step


def _named_payload(body: bytes) -> tuple[str, bytes]:
    return _NAMED_BODY.decode(body)


def _name(run: _Run, name: str, body: bytes) -> None:
    key, _payload = _named_payload(body)
    run.steps[name].key = key
    run.names[key] = name


def _begun(entry: Entry) -> _Run:
    at = _moment(entry.head.at_ms)
    return _Run(entry.head.word, at, entry.number, entry.number, entry.has_body, at)


def _fold_run(runs: dict[str, _Run], entry: Entry) -> None:
    """Lets one entry change what is known; entries of a run whose beginning is lost are skipped."""
    head = entry.head
    if head.what == "run":
        runs.setdefault(head.run, _begun(entry))
    run = runs.get(head.run)
    if run is None:
        return
    run.changed = _moment(head.at_ms)
    if head.what == "run":
        # The first one begins the run; a later one has taken the place of its payload.
        run.payload, run.has_payload = entry.number, entry.has_body
        run.bodies = {entry.number} if entry.has_body else set()
    elif head.what == "run_state":
        run.state, run.done, run.total = head.word, head.done, head.total
        run.has_payload = run.has_payload and head.word != FORGOTTEN
    elif head.what == "step":
        if head.step not in run.steps:
            run.steps[head.step] = _Step(len(run.steps), entry.number, head.word == _NAMED)
        _count_body(run.steps[head.step], entry)
    elif (step := run.steps.get(head.step)) is not None:
        _count_body(step, entry)
        _fold_step(step, entry)


def _count_body(step: _Step, entry: Entry) -> None:
    if entry.has_body:
        step.bodies.add(entry.number)


def _fold_step(step: _Step, entry: Entry) -> None:
    if entry.head.what == "prepare":
        step.prepared = entry.number if entry.has_body else None
    elif entry.head.what == "mark":
        step.state = entry.head.word
        step.attempts += entry.head.word == _SENT
        if entry.has_body:
            step.result = entry.number
