"""How one kind of step is done: prepare, settle, recognise. The runner does everything else.

- `prepare` reads what it needs and builds the request, or returns a Result when nothing is left to
  do. After an unclear attempt it is given the former request and keeps its markers and keys.
- `settle` reads a good answer; OutcomeUnknown when it does not say enough. Where an answer says
  nothing of what became of the request, the step is looked for.
- `recognise` looks for the step's own work after an unclear outcome: its Result, or None.
- `present` is what the server holds of what a step sets, in the form its type describes.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec

from desktop.api.requests import PreparedRequest
from desktop.domain.errors import ChangedSince, OutcomeUnknown
from desktop.plans.steps import PlanStep, State
from desktop.services.run_context import OVERWRITE, RunContext, operation_id
from desktop.services.run_types import Prepared, Result
from desktop.services.wire import parsed_id

StepKind = TypeVar("StepKind", bound=PlanStep)

# Markers of a journaled request: what was there before it, and what it sets.
FORMER = "former"
SET = "set"
# Marker and fact of a thing somebody else had made and that was taken instead of a new one.
USED = "used"


class _Made(msgspec.Struct):
    id: str | None = None


class Handler(Generic[StepKind]):
    """Base of the handlers, one per step type. Stateless."""

    # Seconds before looking again when nothing is found: the server may still be at work (T44).
    WAITS: ClassVar[tuple[float, ...]] = (5.0, 30.0)

    async def prepare(
        self, context: RunContext, step: StepKind, former: Prepared | None
    ) -> Prepared | Result:
        raise NotImplementedError

    async def settle(
        self, context: RunContext, step: StepKind, prepared: Prepared, answer: bytes
    ) -> Result:
        result = await self.recognise(context, step, prepared)
        if result is None:
            raise OutcomeUnknown("not as wanted")
        return result

    async def recognise(
        self, context: RunContext, step: StepKind, prepared: Prepared
    ) -> Result | None:
        raise NotImplementedError

    async def present(self, context: RunContext, step: StepKind) -> State | None:
        """From lists this context reads once; None where the thing itself is gone.

        Of every step that can be put back, made or invited; no other has a state.
        """
        raise NotImplementedError

    async def body(self, context: RunContext, step: StepKind, prepared: Prepared) -> bytes | None:
        """The request's body; overridden where it is not journaled as a whole."""
        return prepared.body


def journaled(
    built: PreparedRequest,
    *,
    operation: UUID | None = None,
    markers: dict[str, str] | None = None,
    listed: tuple[str, ...] = (),
    keep_body: bool = True,
) -> Prepared:
    """A request as the journal keeps it. `keep_body` False: the handler rebuilds the body."""
    return Prepared(
        operation=operation or operation_id(),
        method=built.method,
        path=built.path,
        body=built.body if keep_body else None,
        body_hash=sha256(built.body or b"").digest(),
        budget=built.budget,
        deadline_s=built.deadline_s,
        markers=markers or {},
        listed=listed,
    )


def json_body(content: Any) -> bytes:
    """The body of a request."""
    return msgspec.json.encode(content)


def made_id(answer: bytes) -> UUID:
    """The id of what a POST has made. OutcomeUnknown where the answer holds none."""
    try:
        identity = parsed_id(msgspec.json.decode(answer, type=_Made).id)
    except (msgspec.DecodeError, UnicodeDecodeError):
        identity = None
    if identity is None:
        raise OutcomeUnknown("no id in the answer")
    return identity


def states(former: State, wanted: State) -> dict[str, str]:
    """The markers from which a step can be undone."""
    return {FORMER: _text(former), SET: _text(wanted)}


def marked_state(prepared: Prepared | None, name: str) -> State | None:
    """FORMER or SET of a journaled request; None where it has none in this form."""
    text = prepared.markers.get(name) if prepared is not None else None
    if not text:
        return None
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.MsgspecError:
        return None


def check_unchanged(
    context: RunContext, step: Any, former: Prepared | None, now: State | None, wanted: State
) -> State | None:
    """Raises ChangedSince when what a step sets is neither as the plan saw it nor as it was at
    the step's first attempt. Returns what was there before this step: what undoing puts back.
    """
    first = marked_state(former, FORMER)
    base = step.base if first is None else first
    if step.base is None:
        return now if first is None else first
    if _as_base(now, base) == base:
        return now if first is None else first
    if now is not None and context.choices.get(step.key) == OVERWRITE:
        return now
    raise ChangedSince(step.key, base, now, wanted)


def _as_base(now: State | None, base: State) -> State | None:
    """Of access only what the plan saw counts: it did not know collections it makes itself."""
    return None if now is None else {name: now[name] for name in base if name in now}


def _text(state: State) -> str:
    return msgspec.json.encode(state, order="deterministic").decode()
