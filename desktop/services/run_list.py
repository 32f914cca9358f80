"""The list of all runs, quick for thousands: of most of them only an outline is read, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from desktop.cache.journal import Journal, RunRecord
from desktop.domain.allowance import Allowance
from desktop.domain.ids import OrganizationId, RunId
from desktop.plans.estimate import estimate_steps
from desktop.plans.registry import STEP_TYPES
from desktop.plans.steps import Inverse, Say
from desktop.services.kept_items import ITEMS
from desktop.services.run_types import (
    ABANDONED,
    CANCELLED,
    DONE,
    DONE_RUN,
    DRAFT,
    FAILED,
    FAILED_RUN,
    INTERRUPTED,
    OVER,
    UNCERTAIN,
    UNKNOWN,
    WAITING,
    Result,
    RunPayload,
    RunSummary,
)

# What is listed: not half-written beginnings, drafts thrown away, forgotten runs.
LISTED: Final = frozenset({*WAITING, DRAFT, DONE_RUN, CANCELLED, ABANDONED})
_MAY_UNDO: Final = frozenset({DONE_RUN, CANCELLED, ABANDONED, FAILED_RUN, INTERRUPTED, UNCERTAIN})
_UNDOABLE: Final = frozenset(
    step.__struct_config__.tag
    for step in STEP_TYPES
    if step.INVERSE not in {Inverse.IRREVERSIBLE, Inverse.NOT_NEEDED}
)
Names = Callable[[OrganizationId], str | None]


class _Step(msgspec.Struct):
    """What a list needs of a step."""

    kind: str
    key: str
    client: str | None = None
    name: str | None = None


class _Plan(msgspec.Struct):
    title: Say
    steps: list[_Step]
    client: OrganizationId | None = None
    client_name: str = ""
    undoes: RunId | None = None


class _Payload(msgspec.Struct):
    plan: _Plan


_OUTLINE: Final = msgspec.msgpack.Decoder(_Payload)
_WHOLE: Final = msgspec.msgpack.Decoder(RunPayload)
_RESULT: Final = msgspec.msgpack.Decoder(Result)


@dataclass(frozen=True)
class _Known:
    """A summary with what it was made of; the ids of clients whose names were not known then."""

    state: str
    changed: datetime
    summary: RunSummary
    clients: tuple[OrganizationId, ...]


class RunList:
    """Reads summaries from the journal, on its thread. Keeps what does not change."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[RunId, _Known] = {}

    def read(self, journal: Journal, allowance: Allowance) -> list[RunSummary]:
        """Newest first."""
        found: dict[RunId, RunSummary] = {}
        for record in journal.runs(states=set(LISTED)):
            if record.kind == ITEMS:
                continue
            known = self._known.get(record.id)
            if known is None or (known.state, known.changed) != (record.state, record.changed):
                try:
                    known = self._make(journal, record, allowance)
                except msgspec.MsgspecError:
                    # Of a damaged journal, which is reported as a whole (T57).
                    continue
                self._known[record.id] = known
            names = tuple(filter(None, map(self._names, known.clients)))
            found[record.id] = replace(known.summary, clients=known.summary.clients or names)
        undone = {
            one.undoes: one.run
            for one in found.values()
            if one.undoes is not None and one.state not in {DRAFT, CANCELLED, ABANDONED}
        }
        listed = [
            replace(one, undone_by=undone[one.run], can_undo=False) if one.run in undone else one
            for one in found.values()
        ]
        return sorted(listed, key=lambda one: one.created, reverse=True)

    def forget(self) -> None:
        """Drops what is known; at the lock."""
        self._known.clear()

    def _make(self, journal: Journal, record: RunRecord, allowance: Allowance) -> _Known:
        plan = _OUTLINE.decode(record.payload).plan
        names, clients = _clients(plan)
        states: dict[str, str] = {}
        if record.state != DONE_RUN:
            states = journal.step_states(record.id)
        summary = RunSummary(
            run=record.id,
            title=plan.title,
            kind=record.kind,
            state=record.state,
            created=record.created,
            changed=record.changed,
            done=sum(one in OVER for one in states.values()) if states else record.done,
            total=len(states) or record.total or len(plan.steps),
            clients=names,
            problem=_problem(journal, record),
            undoes=plan.undoes,
            can_undo=_can_undo(plan, record.state, states),
            left_s=_left(record, states, allowance),
            kinds=tuple(dict.fromkeys(step.kind for step in plan.steps)),
        )
        return _Known(record.state, record.changed, summary, clients)


def _clients(plan: _Plan) -> tuple[tuple[str, ...], tuple[OrganizationId, ...]]:
    """Names the plan itself tells, and the clients it knows by id only."""
    if plan.client_name:
        return (plan.client_name,), ()
    made = tuple(step.name for step in plan.steps if step.kind == "create_client" and step.name)
    ids = dict.fromkeys(
        step.client for step in plan.steps if step.client and not step.client.startswith("@")
    )
    return made, tuple(OrganizationId(UUID(one)) for one in ids)


def _problem(journal: Journal, record: RunRecord) -> str | None:
    """What stopped it, as far as its steps say."""
    if record.state not in {FAILED_RUN, UNCERTAIN, INTERRUPTED}:
        return None
    for step in journal.steps(record.id):
        if step.state in {FAILED, UNKNOWN} and step.result is not None:
            problem = _RESULT.decode(step.result).problem
            if problem is not None:
                return problem
    return None


def _can_undo(plan: _Plan, state: str, states: dict[str, str]) -> bool:
    """Whether something was done that can be taken back. Of a finished run that is every step."""
    return state in _MAY_UNDO and any(
        step.kind in _UNDOABLE and (not states or states.get(step.key) == DONE)
        for step in plan.steps
    )


def _left(record: RunRecord, states: dict[str, str], allowance: Allowance) -> float | None:
    if record.state not in {*WAITING, DRAFT}:
        return None
    plan = _WHOLE.decode(record.payload).plan
    left = [step for step in plan.steps if states.get(step.key) not in OVER]
    return estimate_steps(left, allowance).seconds
