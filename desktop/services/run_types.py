"""What a run says of itself: progress, outcome of each step, the report, runs that wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from desktop.domain.errors import ClavigerError
from desktop.domain.ids import OrganizationId, ProviderId, RunId, UserId
from desktop.domain.items import Verdict
from desktop.plans.plan import ListedRow, Plan
from desktop.plans.steps import AnyStep, Say

# States of a run. One that was only begun is not whole yet, and never offered.
BEGUN: Final = "planned"
DRAFT: Final = "draft"
QUEUED: Final = "queued"
RUNNING: Final = "running"
INTERRUPTED: Final = "interrupted"
FAILED_RUN: Final = "failed"
UNCERTAIN: Final = "uncertain"
CANCELLED: Final = "cancelled"
DONE_RUN: Final = "done"
ABANDONED: Final = "abandoned"
# A draft that somebody threw away.
DISCARDED: Final = "discarded"
# Offered for resumption. A "running" or "queued" one in the journal of a desk that runs nothing
# belongs to a process that died.
WAITING: Final = frozenset({RUNNING, QUEUED, INTERRUPTED, FAILED_RUN, UNCERTAIN})
# Nothing of these is ever sent any more.
ENDED: Final = frozenset({DONE_RUN, CANCELLED, ABANDONED, DISCARDED})

# States of a step.
PLANNED: Final = "PLANNED"
SENT: Final = "SENT"
UNKNOWN: Final = "UNKNOWN"
DONE: Final = "DONE"
FAILED: Final = "FAILED"
SKIPPED: Final = "SKIPPED"
OVER: Final = frozenset({DONE, SKIPPED})

# Facts of results. The reading that was refused; the step that sends a chunk once more; everything
# was as wanted before any request of the step had left.
LISTING: Final = "listing"
AS_WANTED: Final = "as_wanted"
SENT_AGAIN: Final = "sent_again"
# The rest of a run that was over, where a part of it is sent again all the same.
GIVEN_UP: Final = "given_up"


class RunPayload(msgspec.Struct, frozen=True, kw_only=True):
    """A run as journaled before anything is sent; with it alone the run can be resumed.

    `client_key` is the key of the client to be made, under the provider key: the same key is used
    however often the request has to be repeated, and recognises the client afterwards (T44).
    """

    plan: Plan
    user: UserId
    provider: ProviderId | None
    server: str
    created: datetime
    client_key: str | None = None


class StepPayload(msgspec.Struct, frozen=True, kw_only=True):
    """What a step brings along: itself, where it was added after the plan was made."""

    step: AnyStep | None = None


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A request as journaled before it leaves (T42). `body` None: rebuilt from the payload and
    `markers`, and checked against `body_hash`. `operation` is the id others can find it by; `at`
    is just before it left.
    """

    operation: UUID
    method: str
    path: str
    body: bytes | None
    body_hash: bytes
    budget: str
    deadline_s: float
    markers: dict[str, str] = {}
    listed: tuple[str, ...] = ()
    at: datetime | None = None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a step left behind. `answered`: accepted, not yet read back."""

    id: UUID | None = None
    parts: dict[str, str] = {}
    facts: dict[str, str] = {}
    answered: bool = False
    problem: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """Where a run is. `waiting_s`: seconds until a limit lets it go on, 0 for none; `left_s`: how
    long the rest will take.
    """

    run: RunId
    done: int
    total: int
    step_key: str
    say: Say
    state: str
    waiting_s: float = 0.0
    sent_items: int = 0
    elapsed_s: float = 0.0
    left_s: float | None = None


@dataclass(frozen=True)
class WaitingRun:
    """A run that did not end."""

    run: RunId
    title: Say
    created: datetime
    done: int
    total: int
    state: str
    kind: str
    client_name: str


@dataclass(frozen=True)
class RunSummary:
    """One line of the list of runs. `clients` names those it works on, as far as known then;
    `kinds` are the tags of its steps, each once, in their order.

    `problem` is the class name of what stopped it; `undoes` and `undone_by` tie a run to the one
    that took it back. `left_s`: estimate of what is left, None where it is over.
    """

    run: RunId
    title: Say
    kind: str
    state: str
    created: datetime
    changed: datetime
    done: int
    total: int
    clients: tuple[str, ...] = ()
    problem: str | None = None
    undoes: RunId | None = None
    undone_by: RunId | None = None
    can_undo: bool = False
    left_s: float | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class UncertainChunk:
    """Items that were sent once and whose arrival nobody may look up.

    `rows` are the rows of the file, `collections` the paths they went to.
    """

    step_key: str
    rows: tuple[int, ...]
    collections: tuple[str, ...]
    sent: datetime | None


@dataclass(frozen=True)
class DraftChange:
    """One step of a draft whose target is no longer as the draft saw it."""

    step_key: str
    say: Say
    base: dict[str, Any]
    now: dict[str, Any] | None
    wanted: dict[str, Any]


@dataclass(frozen=True)
class StepOutcome:
    """One step of a report. `problem` is the name of the error's class, `facts` what is known."""

    key: str
    kind: str
    say: Say
    state: str
    problem: str | None = None
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportReport:
    """What became of a file. `verified` only after everything sent was read back;
    `not_listed`: the server refuses the list, so what it accepted was not read back.
    """

    file_name: str
    rows: int
    counts: dict[Verdict, int]
    listed: tuple[ListedRow, ...]
    items_sent: int
    items_read_back: int
    missing_rows: tuple[int, ...] = ()
    verified: bool = False
    not_listed: bool = False


@dataclass(frozen=True)
class RunReport:
    """A run from beginning to end; `made` counts what it brought about.

    `uncertain`: items that nobody may look up; `undoes`: the run that this one takes back.
    """

    run: RunId
    title: Say
    state: str
    steps: tuple[StepOutcome, ...]
    organization_id: OrganizationId | None
    client_name: str
    imported: ImportReport | None
    notes: tuple[Say, ...]
    created: datetime
    ended: datetime | None
    made: dict[str, int]
    already: tuple[Say, ...] = ()
    waited_s: float = 0.0
    uncertain: tuple[UncertainChunk, ...] = ()
    undoes: RunId | None = None

    @property
    def is_done(self) -> bool:
        return self.state == DONE_RUN


class Stopping(ClavigerError):
    """Pause or cancel reached a safe point. Never leaves the runner."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state
