"""Drafts, made without a connection: what has changed since, before anybody starts one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from desktop.domain.errors import AlreadyThere, ChangedSince, Conflict
from desktop.plans.steps import AnyStep, CreateCollection, CreateGroup, id_in
from desktop.services.handlers import HANDLERS
from desktop.services.link import Link
from desktop.services.run_context import RunContext
from desktop.services.run_types import DraftChange, Result, RunPayload

# Lists of so many clients are asked for one after the other; the pace decides how fast.
_NOWHERE: Final = "drafts send nothing"


class _AnyPart(dict[str, str]):
    """Ids for whatever parts the result of a step will have."""

    def __missing__(self, part: str) -> str:
        self[part] = str(uuid4())
        return self[part]


async def changes_of(
    link: Link, payload: RunPayload, steps: Sequence[AnyStep]
) -> tuple[DraftChange, ...]:
    """The steps whose target is neither as the plan saw it nor as it wants it, and those that would
    make what somebody else has made since.

    Each step is prepared as a run would prepare it, which only reads, and nothing is sent. What the
    plan itself has still to make stands in with ids of its own.
    """

    async def no_items(_key: str) -> bytes:
        raise RuntimeError(_NOWHERE)

    context = RunContext(link=link, payload=payload, ciphers=no_items)
    context.results.update({step.key: Result(id=uuid4(), parts=_AnyPart()) for step in steps})
    changes = []
    for step in steps:
        if not _can_have_changed(step):
            continue
        try:
            await HANDLERS[type(step)].prepare(context, step, None)
        except ChangedSince as changed:
            changes.append(_change(context, step, changed))
        except AlreadyThere as there:
            named = {"name": there.name}
            changes.append(DraftChange(step.key, step.say, {"name": None}, named, named))
        except Conflict:
            # It cannot be done any more at all: what it works on is gone.
            base: dict[str, Any] = dict(getattr(step, "base", None) or {})
            changes.append(DraftChange(step.key, step.say, base, None, {}))
    return tuple(changes)


def _can_have_changed(step: AnyStep) -> bool:
    """Whether it says what it saw, or makes something by name in a client that others reach."""
    if isinstance(step, CreateCollection | CreateGroup):
        return id_in(step.client) is not None
    return getattr(step, "base", None) is not None


def _change(context: RunContext, step: AnyStep, changed: ChangedSince) -> DraftChange:
    ours = {str(result.id) for result in context.results.values()}
    wanted = {name: value for name, value in changed.wanted.items() if name not in ours}
    now = None if changed.now is None else dict(changed.now)
    return DraftChange(step.key, step.say, dict(changed.base), now, wanted)
