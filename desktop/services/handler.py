"""How one kind of step is done: prepare, settle, recognise. The runner does everything else.

- `prepare` reads what it needs and builds the request, or returns a Result when nothing is left to
  do. After an unclear attempt it is given the former request and keeps its markers and keys.
- `settle` reads a good answer; OutcomeUnknown when it does not say enough.
- `recognise` looks for the step's own work after an unclear outcome: its Result, or None.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec

from desktop.api.requests import PreparedRequest
from desktop.plans.steps import PlanStep
from desktop.services.run_context import RunContext, operation_id
from desktop.services.run_types import Prepared, Result

StepKind = TypeVar("StepKind", bound=PlanStep)


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
        raise NotImplementedError

    async def recognise(
        self, context: RunContext, step: StepKind, prepared: Prepared
    ) -> Result | None:
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
