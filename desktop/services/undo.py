"""Taking a run back: what the journal knows of it, compared with what the server holds now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec

from desktop.cache.journal import Journal, StepRecord
from desktop.domain.errors import Conflict, NotAllowed
from desktop.domain.ids import OrganizationId, RunId
from desktop.plans.permissions import permission_of
from desktop.plans.steps import (
    AnyStep,
    CreateClient,
    CreateCollection,
    CreateGroup,
    ImportItems,
    InviteMembers,
    InviteProviderMembers,
    PutPolicy,
    Ref,
    RenameCollection,
    RenameGroup,
    SetGroupAccess,
    SetProviderMemberRole,
    State,
    UpdateClient,
    client_of,
)
from desktop.plans.undo import Choice, Settled, Undo, undo_plan
from desktop.services.execution import decoded, decoded_result
from desktop.services.handle_client import COMPLETE
from desktop.services.handler import FORMER, SET, USED, marked_state
from desktop.services.handlers import HANDLERS
from desktop.services.link import Link, every
from desktop.services.run_context import RunContext, check_identity
from desktop.services.run_types import (
    AS_WANTED,
    DONE,
    DRAFT,
    PLANNED,
    QUEUED,
    RUNNING,
    SKIPPED,
    Prepared,
    Result,
    RunPayload,
    StepPayload,
)

# Clients whose lists are asked for at the same time.
_AT_ONCE: Final = 8
_PAYLOAD: Final = msgspec.msgpack.Decoder(RunPayload)
_STEP: Final = msgspec.msgpack.Decoder(StepPayload)
_HAVE_STATE: Final = (
    UpdateClient, CreateCollection, CreateGroup, SetGroupAccess, RenameCollection, RenameGroup,
    PutPolicy, InviteMembers, InviteProviderMembers, SetProviderMemberRole,
)  # fmt: skip


@dataclass(frozen=True)
class _Past:
    """One step as journaled."""

    step: AnyStep
    state: str
    prepared: Prepared | None
    result: Result | None


class Undoing:
    """Makes plans that take runs back; running them is the business of `Runs`."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def of(self, run: RunId, choices: Mapping[str, Choice] | None = None) -> Undo:
        """The plan for a run that is not on its way any more, from the journal and the server.

        `choices` by step key, for the differences an earlier answer named. Raises Offline,
        SignedOut, IdentityChanged, KeyError for an unknown run, ValueError for one that is running
        or was never begun.
        """
        link = self._link
        record = await link.disk(link.journal.run, run)
        if record is None:
            raise KeyError(run)
        if record.state in {DRAFT, QUEUED, RUNNING}:
            raise ValueError(record.state)
        payload = _PAYLOAD.decode(record.payload)
        check_identity(link, payload)
        pasts = await link.disk(_pasts, link.journal, run, payload)
        context = self._context(payload, pasts)
        settled = [_settled(past, context) for past in pasts]
        client = payload.plan.client or _made_client(pasts)
        return undo_plan(
            settled,
            await self._present(context, settled),
            choices,
            title=payload.plan.title,
            undoes=run,
            client=client,
            client_name=payload.plan.client_name,
            filled=await link.disk(_filled, link.journal, run),
        )

    def _context(self, payload: RunPayload, pasts: Iterable[_Past]) -> RunContext:
        async def no_items(key: str) -> bytes:
            raise KeyError(key)

        context = RunContext(link=self._link, payload=payload, ciphers=no_items)
        for past in pasts:
            if past.result is not None:
                context.results[past.step.key] = past.result
        return context

    async def _present(
        self, context: RunContext, settled: Iterable[Settled]
    ) -> dict[str, State | None]:
        """Each list of each client is read once."""
        lanes: dict[Ref | None, list[Settled]] = {}
        for one in settled:
            if one.acted and one.state == DONE and isinstance(one.step, _HAVE_STATE):
                lanes.setdefault(client_of(one.step), []).append(one)
        turns = asyncio.Semaphore(_AT_ONCE)

        async def lane(works: list[Settled]) -> dict[str, State | None]:
            async with turns:
                return {one.step.key: await _now(context, one.step) for one in works}

        found = await every(lane(works) for works in lanes.values())
        return {key: state for one in found for key, state in one.items()}


async def _now(context: RunContext, step: AnyStep) -> State | None:
    """None too where the client itself is out of reach."""
    try:
        state: State | None = await HANDLERS[type(step)].present(context, step)
    except (NotAllowed, Conflict):
        return None
    return state


def _pasts(journal: Journal, run: RunId, payload: RunPayload) -> list[_Past]:
    """The plan's steps in their order, then those that were added; not what belongs to making the
    client, which stays.
    """
    records = {record.key: record for record in journal.steps(run)}
    planned = [(step, records[step.key]) for step in payload.plan.steps if step.key in records]
    added = [
        (step, record)
        for key, record in records.items()
        if not key.startswith(COMPLETE) and (step := _STEP.decode(record.payload).step) is not None
    ]
    return [_past(step, record) for step, record in (*planned, *added)]


def _past(step: AnyStep, record: StepRecord) -> _Past:
    return _Past(
        step, record.state or PLANNED, decoded(record.prepared), decoded_result(record.result)
    )


def _made_client(pasts: Iterable[_Past]) -> OrganizationId | None:
    for past in pasts:
        if isinstance(past.step, CreateClient) and past.result is not None and past.result.id:
            return OrganizationId(past.result.id)
    return None


def _settled(past: _Past, context: RunContext) -> Settled:
    step, prepared, result = past.step, past.prepared, past.result
    used = result.facts.get(USED) if result is not None else None
    group = prepared.markers.get(USED) if prepared is not None else None
    if used is not None and isinstance(step, CreateGroup) and group is not None:
        # Somebody else's group that got the access: that is what goes back.
        step = SetGroupAccess(
            key=step.key,
            client=step.client,
            group=Ref(group),
            group_name=step.name,
            collections=step.collections,
        )
        used = None
    return Settled(
        step=step,
        state=past.state,
        id=result.id if result is not None else None,
        parts=result.parts if result is not None else {},
        former=_former(step, prepared),
        ours=marked_state(prepared, SET) or _ours(step, prepared, context),
        sent=_sent(step, prepared),
        acted=prepared is not None and used is None and not _was_as_wanted(result),
    )


def _was_as_wanted(result: Result | None) -> bool:
    return result is not None and AS_WANTED in result.facts


def _sent(step: AnyStep, prepared: Prepared | None) -> tuple[str, ...]:
    if prepared is None or not isinstance(step, InviteMembers | InviteProviderMembers):
        return ()
    # Journals of the first versions did not list whom of the provider's staff they invited.
    return prepared.listed or step.emails


def _former(step: AnyStep, prepared: Prepared | None) -> State | None:
    """What was there before, also as the first versions journaled it."""
    if prepared is None:
        return None
    found = marked_state(prepared, FORMER)
    markers = prepared.markers
    if found is not None:
        return found
    if isinstance(step, SetProviderMemberRole) and markers.get("former", "").isdecimal():
        return {"role": int(markers["former"])}
    if isinstance(step, UpdateClient) and "former_name" in markers:
        seats = markers.get("former_seats", "")
        both: State = {
            "name": markers["former_name"],
            "seats": int(seats) if seats.isdecimal() else None,
        }
        return {name: both[name] for name in _named(step)}
    if isinstance(step, SetGroupAccess) and "former" in markers:
        return _former_access(step, markers["former"])
    return None


class _Line(msgspec.Struct, rename="camel"):
    id: str
    read_only: bool = False
    hide_passwords: bool = False
    manage: bool = False


def _former_access(step: SetGroupAccess, text: str) -> State | None:
    """Once the whole access list of the group was journaled; lines of references stay unknown."""
    try:
        lines = {one.id: one for one in msgspec.json.decode(text, type=list[_Line])}
    except msgspec.MsgspecError:
        return None
    named = [str(line.collection) for line in step.collections if line.collection[:1] != "@"]
    return {
        name: permission_of(lines[name]) if name in lines else "none"  # type: ignore[arg-type]  # same fields
        for name in named
    }


def _named(step: UpdateClient) -> list[str]:
    both = {"name": step.name, "seats": step.seats}
    return [name for name, value in both.items() if value is not None]


def _ours(step: AnyStep, prepared: Prepared | None, context: RunContext) -> State | None:
    """What a step has set, where the journal does not say it: as the step says."""
    match step:
        case SetGroupAccess():
            try:
                return {
                    str(context.resolve(line.collection)): line.permission
                    for line in step.collections
                }
            except KeyError:
                return None
        case UpdateClient():
            both: dict[str, Any] = {"name": step.name, "seats": step.seats}
            return {name: both[name] for name in _named(step)}
        case SetProviderMemberRole():
            return {"role": int(step.role)}
        case PutPolicy():
            former = _former(step, prepared) or {}
            data = {**(former.get("data") or {}), **(step.data or {})} or None
            return {"enabled": step.enabled, "data": data}
        case _:
            return None


def _filled(journal: Journal, own: RunId) -> frozenset[UUID]:
    """Collections that any run of this desk has sent items into."""
    found: set[UUID] = set()
    for record in journal.runs():
        # Most runs import nothing: their plans need not be read.
        if b"import_items" not in record.payload or record.id == own:
            continue
        try:
            payload = _PAYLOAD.decode(record.payload)
        except msgspec.MsgspecError:
            # Of a damaged journal, which is reported as a whole (T57).
            continue
        found.update(_targets(_pasts(journal, record.id, payload)))
    return frozenset(found)


def _targets(pasts: list[_Past]) -> Iterator[UUID]:
    results = {past.step.key: past.result for past in pasts}
    for past in pasts:
        if not isinstance(past.step, ImportItems) or past.state in {PLANNED, SKIPPED}:
            continue
        for ref in past.step.collections:
            if not ref.startswith("@"):
                yield UUID(ref)
                continue
            key, _, part = ref[1:].partition("#")
            made = results.get(key)
            if made is None:
                continue
            if part and part in made.parts:
                yield UUID(made.parts[part])
            elif not part and made.id is not None:
                yield made.id
