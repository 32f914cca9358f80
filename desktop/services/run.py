"""Plans on their way to the server: started, run, resumed, reported. The journal is the truth."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import msgspec

from desktop.api import answers
from desktop.cache.journal import RunRecord, StepRecord
from desktop.crypto.encstring import decrypt_text, wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.domain.errors import (
    CannotDecrypt,
    ClavigerError,
    Conflict,
    NotOurServer,
    PlanInvalid,
    Refused,
    RunStopped,
    StorageFailed,
    Uncertain,
    WrongConfirmation,
)
from desktop.domain.events import (
    ClientChanged,
    ClientsChanged,
    ProviderMembersChanged,
    RunEnded,
    RunsChanged,
)
from desktop.domain.ids import OrganizationId, RunId
from desktop.domain.items import ImportPreview
from desktop.plans.chunks import cut, items_of
from desktop.plans.estimate import Estimate, estimate
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    PROVIDER_STEPS,
    AnyStep,
    ConfirmProviderMembers,
    CreateClient,
    ImportItems,
    Ref,
    UpdateClient,
    VerifyImport,
    client_of,
    id_in,
    ref_of,
)
from desktop.services.completion import completing
from desktop.services.drafts import changes_of
from desktop.services.execution import Execution, Work, decoded, decoded_result
from desktop.services.keeping import COLLECTIONS
from desktop.services.kept_items import ITEMS, keep_items, kept_ciphers, kept_prints, let_go
from desktop.services.ledger import fingerprints, remember
from desktop.services.link import Link
from desktop.services.run_context import RunContext, check_identity
from desktop.services.run_list import Names, RunList
from desktop.services.run_report import is_uncertain, made_by, report_of
from desktop.services.run_types import (
    ABANDONED,
    BEGUN,
    CANCELLED,
    DISCARDED,
    DONE,
    DONE_RUN,
    DRAFT,
    ENDED,
    FAILED,
    FAILED_RUN,
    GIVEN_UP,
    INTERRUPTED,
    OVER,
    PLANNED,
    QUEUED,
    RUNNING,
    SENT,
    SENT_AGAIN,
    SKIPPED,
    UNCERTAIN,
    UNKNOWN,
    WAITING,
    DraftChange,
    Progress,
    Result,
    RunPayload,
    RunReport,
    RunSummary,
    StepPayload,
    Stopping,
    WaitingRun,
)
from desktop.services.send_again import AGAIN, client_name, original, steps_again
from desktop.services.session import RunNeeds
from desktop.services.wire import encrypt_items

Report = Callable[[Progress], None]

_PAYLOAD: Final = msgspec.msgpack.Decoder(RunPayload)
_STEP: Final = msgspec.msgpack.Decoder(StepPayload)
_ADMIN_ONLY: Final = (CreateClient,)
# What follows a chunk's key in the keys of the steps that send it again.
_OWN: Final = frozenset({"", ".collection"})


@dataclass(eq=False)
class _Place:
    """A run in the queue, or the one that runs. `is_free`: it goes on without whoever asked."""

    run: RunId
    payload: RunPayload
    report: Report | None = None
    is_free: bool = False
    turn: asyncio.Future[str | None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    left: asyncio.Event = field(default_factory=asyncio.Event)
    execution: Execution | None = None
    context: RunContext | None = None
    asked: str | None = None

    def go(self) -> None:
        if not self.turn.done():
            self.turn.set_result(None)

    def tell(self, progress: Progress) -> None:
        if self.report is not None:
            self.report(progress)

    def set_free(self) -> None:
        self.is_free = True
        self.report = None

    def ask(self, state: str) -> None:
        """To stop, or to leave the queue."""
        self.asked = state
        if self.execution is not None:
            self.execution.stop(state)
        elif not self.turn.done():
            self.turn.set_result(state)


class Runs:
    """One run at a time per connection; the others wait in their order, or in the journal."""

    def __init__(
        self,
        link: Link,
        on_waiting: Callable[[bool], Awaitable[None]] | None = None,
        names: Names = lambda _client: None,
    ) -> None:
        """`names`: what a client is called, as far as known."""
        self._link = link
        self._on_waiting = on_waiting
        self._places: list[_Place] = []
        self._beginning: set[RunId] = set()
        self._list = RunList(names)

    # --- starting -----------------------------------------------------------------------------

    async def start(
        self, plan: Plan, preview: ImportPreview | None = None, *, draft: bool = False
    ) -> RunId:
        """Checks, encrypts and journals a plan; nothing is sent, no connection is needed. Raises
        PlanInvalid (T50), StorageFailed, CannotDecrypt. A draft is never offered, only listed.
        """
        link = self._link
        self._check(plan, preview)
        self._check_keys(plan)
        await self._let_go_of_beginnings()
        run = RunId(uuid4())
        key, wrapped = self._key_for(plan)
        payload = RunPayload(
            plan=plan,
            user=link.session.user_id,
            provider=None if link.session.provider is None else link.session.provider_id,
            server=link.api.server.api,
            created=link.clock.now(),
            client_key=wrapped,
        )
        self._beginning.add(run)
        try:
            await link.disk(
                link.journal.create_run,
                run,
                plan.title.key,
                msgspec.msgpack.encode(payload),
                payload.created,
            )
            await self._add_steps(run, plan, preview, key)
            await self._set_state(run, DRAFT if draft else INTERRUPTED)
        finally:
            self._beginning.discard(run)
        # From here on the run is offered: a failure now would have somebody start it once more.
        with contextlib.suppress(StorageFailed):
            await self._log("run_drafted" if draft else "run_planned", run, plan.client)
            if not draft:
                await self._tell_waiting(waiting=True)
        return run

    async def _let_go_of_beginnings(self) -> None:
        """Of runs whose start was cut off by a crash or a full disk: nobody can take them up, and
        the items they brought must not stay.
        """
        link = self._link
        for record in await link.disk(link.journal.runs, states={BEGUN}):
            if record.kind == ITEMS or record.id in self._beginning:
                continue
            for step in _PAYLOAD.decode(record.payload).plan.steps:
                if isinstance(step, ImportItems):
                    with contextlib.suppress(KeyError):
                        await let_go(link, record.id, step.key)
            await self._set_state(record.id, DISCARDED)

    def estimate(self, plan: Plan) -> Estimate:
        """What a plan costs, at the pace this server is known to allow."""
        return estimate(plan, self._link.api.allowance())

    def _check_keys(self, plan: Plan) -> None:
        """Before anything is encrypted: raises KeyBlocked where a key is not the accepted one."""
        pins = self._link.pins
        pins.check_provider()
        for step in plan.steps:
            ref = client_of(step)
            client = id_in(ref) if ref is not None else None
            if client is not None:
                pins.check(client)

    def _check(self, plan: Plan, preview: ImportPreview | None) -> None:
        found: list[tuple[str, dict[str, str]]] = []
        if self._link.read_only:
            raise StorageFailed("read_only")
        session = self._link.session
        admin_only = any(isinstance(step, _ADMIN_ONLY) for step in plan.steps)
        if session.provider is None:
            if any(isinstance(step, PROVIDER_STEPS) for step in plan.steps):
                found.append(("no_provider", {}))
        elif admin_only and not session.is_admin:
            found.append(("service_user", {}))
        chunks = [step for step in plan.steps if isinstance(step, ImportItems)]
        if chunks:
            if preview is None or preview.item_count != sum(step.count for step in chunks):
                raise ValueError("the plan imports another file")
            _fine, too_long = cut(preview)
            found += [("too_long", {"row": str(one.row), "field": one.field}) for one in too_long]
        if found:
            raise PlanInvalid(tuple(found))

    def _key_for(self, plan: Plan) -> tuple[SymmetricKey | None, str | None]:
        """The key items are encrypted with, and for a new client its wrapped form (T44)."""
        session = self._link.session
        if any(isinstance(step, CreateClient) for step in plan.steps):
            key = session.new_key()
            return key, wrap_key(session.provider_key, key)
        for step in plan.steps:
            if isinstance(step, ImportItems):
                client = id_in(step.client)
                return (session.org_key(client) if client is not None else None), None
        return None, None

    async def _add_steps(
        self, run: RunId, plan: Plan, preview: ImportPreview | None, key: SymmetricKey | None
    ) -> None:
        """Each chunk is encrypted, journaled and let go before the next; then the steps."""
        link = self._link
        items = [item for _row, item in items_of(preview)] if preview is not None else []
        plain: list[tuple[str, bytes]] = []
        nothing = msgspec.msgpack.encode(StepPayload())
        for step in plan.steps:
            plain.append((step.key, nothing))
            if not isinstance(step, ImportItems):
                continue
            if key is None:
                raise ValueError("no key for the items")
            own = [items[at] for at in step.positions]
            ciphers = await asyncio.to_thread(encrypt_items, key, own)
            prints = await asyncio.to_thread(fingerprints, key, own)
            await keep_items(link, run, step.key, ciphers, prints)
        await link.disk(link.journal.add_steps, run, plain)

    # --- running ------------------------------------------------------------------------------

    async def execute(
        self, plan: Plan, report: Report | None = None, preview: ImportPreview | None = None
    ) -> RunReport:
        """Start and run, for edits that need no review. Errors as `run`.

        A small edit of which nothing has happened is not offered later: whoever sees the error
        still has it before them.
        """
        run = await self.start(plan, preview)
        try:
            return await self.run(run, report)
        except RunStopped:
            if not any(isinstance(step, CreateClient | ImportItems) for step in plan.steps):
                await self._drop_untouched(run)
            raise

    async def _drop_untouched(self, run: RunId) -> None:
        link = self._link
        if link.is_closed:
            return
        with contextlib.suppress(StorageFailed):
            states = await link.disk(link.journal.step_states, run)
            if set(states.values()) <= {PLANNED, FAILED}:
                await self._give_up(run)

    async def resume(
        self,
        run: RunId,
        report: Report | None = None,
        *,
        choices: Mapping[str, UUID | str] | None = None,
    ) -> RunReport:
        """Goes on where the journal says."""
        return await self.run(run, report, choices=choices)

    async def run(
        self,
        run: RunId,
        report: Report | None = None,
        *,
        choices: Mapping[str, UUID | str] | None = None,
    ) -> RunReport:
        """Runs to the end, after those that were asked for before. Raises RunStopped with the
        cause; the run can then be resumed.

        `choices`: by step key a group's id where two fit, or "overwrite". After `pause` or `cancel`
        it returns a report of that state instead, and at once for a run that is over.
        """
        record = await self._record(run)
        payload = _PAYLOAD.decode(record.payload)
        check_identity(self._link, payload)
        if record.state in ENDED:
            return await self.report(run)
        place = self._join(_Place(run, payload, report))
        task = asyncio.ensure_future(self._take_turn(place, choices or {}))
        task.add_done_callback(functools.partial(_retrieve, place))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not place.is_free:
                task.cancel()
                await asyncio.wait({task})
            raise

    async def _take_turn(self, place: _Place, choices: Mapping[str, UUID | str]) -> RunReport:
        run = place.run
        try:
            state = await self._wait_turn(place)
            if state is None and (await self._record(run)).state in ENDED:
                # Given up, or brought to its end by an earlier place, while this one waited.
                return await self.report(run)
            if state is None:
                return await self._run(place, choices)
            return await self._left_queue(run, state)
        finally:
            self._leave(place)

    async def _run(self, place: _Place, choices: Mapping[str, UUID | str]) -> RunReport:
        link, run = self._link, place.run
        payload, works = await self._load(run)
        context = RunContext(
            link=link,
            payload=payload,
            ciphers=lambda key: kept_ciphers(link, run, original(key)),
            choices=dict(choices),
        )
        self._adopt_key(context, works)
        await self._set_state(run, RUNNING)
        await self._tell_waiting(waiting=True)
        place.context = context
        execution = place.execution = Execution(link, run, context, works, place.tell)
        if place.asked is not None:
            execution.stop(place.asked)
        # Whatever ends the run unexpectedly, a lock or a closed window: it can be resumed.
        state = INTERRUPTED
        try:
            await execution.steps()
            await self._remember_import(run, context, works)
            state = DONE_RUN
        except Stopping as stop:
            state = stop.state
        except RunStopped as stopped:
            state = _state_after(stopped.cause)
            raise
        finally:
            place.execution = None
            await self._end(run, state, context, works)
        return await self._reported(run, payload, works, state, waited_s=execution.waited_s)

    def pause(self, run: RunId | None = None) -> None:
        """Stops at the next safe point; the run stays offered. A queued one leaves the queue.

        None: the one that runs.
        """
        self._ask(run, INTERRUPTED)

    def cancel(self, run: RunId | None = None) -> None:
        """Stops at the next safe point for good; nothing that was done is undone (T55)."""
        self._ask(run, CANCELLED)

    def _ask(self, run: RunId | None, state: str) -> None:
        for place in self._places if run is not None else self._places[:1]:
            if run is None or place.run == run:
                place.ask(state)

    def note_wait(self, seconds: float) -> None:
        """The api holds a request back for a limit."""
        execution = self._execution
        if execution is not None:
            execution.waiting(seconds)

    @property
    def is_running(self) -> bool:
        return self._execution is not None

    @property
    def _execution(self) -> Execution | None:
        return self._places[0].execution if self._places else None

    @property
    def active(self) -> int:
        """How many runs are at work or wait for their turn."""
        return len(self._places)

    def set_free(self) -> None:
        """From here on the runs at work go on when the views that asked for them are gone."""
        for place in self._places:
            place.set_free()

    def stop_all(self) -> None:
        """Asks all to stop at their next safe points, with nobody waiting for it; at the lock."""
        self.set_free()
        for place in tuple(self._places):
            place.ask(INTERRUPTED)

    async def settle_down(self) -> None:
        """Stops all and waits until each stands at a safe point (T81)."""
        self.stop_all()
        while self._places:
            await self.one_left()

    async def one_left(self) -> None:
        """Returns when the first of the active runs has ended or stopped."""
        if self._places:
            await self._places[0].left.wait()

    def forget(self) -> None:
        """Drops what is decrypted of runs that are not at work."""
        self._list.forget()

    def needs(self) -> RunNeeds:
        """Whose keys the active runs need to go on (T81)."""
        organizations: set[OrganizationId] = set()
        wrapped: set[str] = set()
        client_keys: dict[str, SymmetricKey] = {}
        staff = False
        for place in self._places:
            payload, context = place.payload, place.context
            for step in payload.plan.steps:
                staff = staff or isinstance(step, ConfirmProviderMembers)
                ref = client_of(step)
                client = None if ref is None else id_in(ref)
                if client is not None:
                    organizations.add(client)
            if context is not None:
                organizations |= _touched(context)
            if payload.client_key is not None:
                wrapped.add(payload.client_key)
                if context is not None and context.key_in_use is not None:
                    client_keys[payload.client_key] = context.key_in_use
        return RunNeeds(frozenset(organizations), frozenset(wrapped), client_keys, staff)

    # --- the queue: the first place is the one that runs --------------------------------------

    def _join(self, place: _Place) -> _Place:
        self._places.append(place)
        if len(self._places) == 1:
            place.turn.set_result(None)
        return place

    async def _wait_turn(self, place: _Place) -> str | None:
        """None when it is this one's turn, else the state it left the queue in."""
        if not place.turn.done() and not any(
            one.run == place.run for one in self._places if one is not place
        ):
            await self._set_state(place.run, QUEUED)
            await self._tell_waiting(waiting=True)
        return await place.turn

    def _leave(self, place: _Place) -> None:
        was_first = self._places[0] is place
        self._places.remove(place)
        place.left.set()
        if was_first and self._places:
            self._places[0].go()

    async def _left_queue(self, run: RunId, state: str) -> RunReport:
        link = self._link
        if not link.is_closed:
            await self._set_state(run, state)
            if state == CANCELLED:
                await self._let_go_of_items(run)
            await self._tell_waiting(waiting=bool(await self.waiting()))
        return await self.report(run)

    # --- what else a person can do ------------------------------------------------------------

    async def skip(self, run: RunId, step_key: str, reason: str) -> None:
        """Leaves a step out; what needs it is left out as well, and says so."""
        link = self._link
        result = _left_out({"reason": reason}, link.clock.now())
        await link.disk(link.journal.mark, run, step_key, SKIPPED, result)
        await self._log("step_skipped", run, None)
        link.publish(RunsChanged())

    async def send_again(self, run: RunId, step_key: str, typed_name: str) -> None:
        """Has an uncertain chunk sent once more when the run is resumed, into its collections and
        a dated one. The only road by which anything unclear is sent twice. What else a run that
        was over had left undone stays undone.

        Raises WrongConfirmation unless the client's name was typed, ValueError for a step that is
        no uncertain chunk, KeyError, StorageFailed.
        """
        link = self._link
        payload, works = await self._load(run)
        work = next((one for one in works if one.key == step_key), None)
        if work is None:
            raise KeyError(step_key)
        if not isinstance(work.step, ImportItems) or not is_uncertain(work):
            raise ValueError(f"{step_key} is not uncertain")
        name = client_name(payload.plan)
        if not name or typed_name.strip() != name:
            raise WrongConfirmation
        taken = {one.key for one in works}
        added = steps_again(payload.plan, work.step, taken, link.clock.now().astimezone())
        rows = [(one.key, msgspec.msgpack.encode(StepPayload(step=one))) for one in added]
        now = link.clock.now()
        result = _left_out({"reason": SENT_AGAIN, SENT_AGAIN: added[1].key}, now)
        marks = [(step_key, SKIPPED, result)]
        is_over = (await self._record(run)).state in ENDED
        if is_over:
            given_up = _left_out({GIVEN_UP: "yes"}, now)
            marks += [
                (one.key, SKIPPED, given_up)
                for one in works
                if one.state in {PLANNED, FAILED} and not isinstance(one.step, VerifyImport)
            ]
        # Together: no crash leaves the question open beside its answer, or a delivery that nothing
        # would ever send.
        state = INTERRUPTED if is_over else None
        await link.disk(link.journal.add_steps, run, rows, marks, state)
        if is_over:
            await self._tell_waiting(waiting=True)
        await self._log("chunk_sent_again", run, payload.plan.client)
        link.publish(RunsChanged())

    async def check_draft(self, run: RunId) -> tuple[DraftChange, ...]:
        """What is no longer as a draft saw it; asks the server, writes nothing. Errors as reads."""
        link = self._link
        payload, works = await self._load(run)
        check_identity(link, payload)
        return await changes_of(link, payload, [one.step for one in works if not one.is_settled])

    async def all(self) -> tuple[RunSummary, ...]:
        """Every run, newest first; drafts too, but not those that were thrown away."""
        link = self._link
        found = await link.disk(self._list.read, link.journal, link.api.allowance())
        at_work = {place.run for place in self._places}
        # "Running" in the journal without a place here belongs to a process that died.
        return tuple(
            replace(one, state=INTERRUPTED)
            if one.state in {RUNNING, QUEUED} and one.run not in at_work
            else one
            for one in found
        )

    async def complete_client(self, run: RunId) -> None:
        """Adds what a half-made client lacks (T45): its owner's invitation, its seats."""
        _payload, works = await self._load(run)
        known = {one.key for one in works}
        rows = [
            (one.key, msgspec.msgpack.encode(StepPayload(step=one)))
            for work in works
            for one in completing(work)
            if one.key not in known
        ]
        if rows:
            await self._link.disk(self._link.journal.add_steps, run, rows)

    async def waiting(self) -> tuple[WaitingRun, ...]:
        """Runs that did not end, oldest first. No drafts."""
        link = self._link
        records = await link.disk(link.journal.runs, states=set(WAITING))
        found = []
        for record in records:
            try:
                payload = _PAYLOAD.decode(record.payload)
            except msgspec.MsgspecError:
                # Of a damaged journal, which is reported as a whole (T57).
                continue
            steps = await link.disk(link.journal.step_states, record.id)
            found.append(
                WaitingRun(
                    run=record.id,
                    title=payload.plan.title,
                    created=record.created,
                    done=sum(state in OVER for state in steps.values()),
                    total=len(steps),
                    state=record.state,
                    kind=record.kind,
                    client_name=payload.plan.client_name,
                )
            )
        return tuple(found)

    async def report(self, run: RunId) -> RunReport:
        """Of a run in whatever state, from the journal alone."""
        payload, works = await self._load(run)
        record = await self._record(run)
        return await self._reported(run, payload, works, record.state)

    async def abandon(self, run: RunId) -> None:
        """Never offered again; the journal keeps it, but not the items it would have sent. A draft
        is not listed any more either.
        """
        await self._give_up(run)
        await self._log("run_abandoned", run, None)

    async def _give_up(self, run: RunId) -> None:
        was_draft = (await self._record(run)).state == DRAFT
        await self._set_state(run, DISCARDED if was_draft else ABANDONED)
        await self._let_go_of_items(run)
        await self._tell_waiting(waiting=bool(await self.waiting()))

    async def imports_of(self, client: OrganizationId) -> tuple[RunReport, ...]:
        """Finished imports into a client, from this desk's journal."""
        link = self._link
        reports = []
        for record in await link.disk(link.journal.runs, states={DONE_RUN}):
            if record.kind == ITEMS:
                continue
            try:
                payload = _PAYLOAD.decode(record.payload)
            except msgspec.MsgspecError:
                # Of a damaged journal, which is reported as a whole (T57).
                continue
            if payload.plan.import_summary is None:
                continue
            if payload.plan.client not in (None, client):
                continue
            report = await self.report(record.id)
            if report.organization_id == client and report.imported is not None:
                reports.append(report)
        return tuple(reports)

    # --- inside -------------------------------------------------------------------------------

    async def _set_state(self, run: RunId, state: str) -> None:
        await self._link.disk(self._link.journal.set_run_state, run, state)
        self._link.publish(RunsChanged())

    async def _let_go_of_items(self, run: RunId) -> None:
        """Of chunks that nobody will send any more. With an unclear one all are kept: a person may
        still have it sent again.
        """
        _payload, works = await self._load(run)
        chunks = [work for work in works if isinstance(work.step, ImportItems)]
        if any(_is_unclear(work) for work in chunks):
            return
        for key in {original(work.key) for work in chunks}:
            # Already gone, or never written.
            with contextlib.suppress(KeyError):
                await let_go(self._link, run, key)

    async def _reported(
        self,
        run: RunId,
        payload: RunPayload,
        works: list[Work],
        state: str,
        *,
        waited_s: float = 0.0,
    ) -> RunReport:
        """The report, with the names of collections that were there before where it needs them."""
        names: dict[Ref, str] = {}
        if any(is_uncertain(work) for work in works):
            names = await self._collection_names(payload.plan.client)
        return report_of(run, payload, works, state, waited_s=waited_s, names=names)

    async def _collection_names(self, client: OrganizationId | None) -> dict[Ref, str]:
        """As last seen here; whatever cannot be opened is left out."""
        link = self._link
        kept = None
        if client is not None and not link.is_closed:
            kept = await link.kept(COLLECTIONS, str(client))
        if client is None or kept is None:
            return {}
        names: dict[Ref, str] = {}
        with contextlib.suppress(CannotDecrypt, NotOurServer):
            key = link.session.org_key(client)
            for one in answers.collections(kept.payload):
                names[ref_of(one.id)] = decrypt_text(key, one.name)
        return names

    async def _load(self, run: RunId) -> tuple[RunPayload, list[Work]]:
        link = self._link
        payload = _PAYLOAD.decode((await self._record(run)).payload)
        records: dict[str, StepRecord] = {
            record.key: record for record in await link.disk(link.journal.steps, run)
        }
        works = [_work(step, records[step.key]) for step in payload.plan.steps]
        for key, record in records.items():
            step = _STEP.decode(record.payload).step
            if step is not None:
                works.insert(_place_of(key, works), _work(step, record))
        return payload, works

    async def _record(self, run: RunId) -> RunRecord:
        link = self._link
        record = await link.disk(link.journal.run, run)
        if record is None:
            raise KeyError(run)
        return record

    def _adopt_key(self, context: RunContext, works: list[Work]) -> None:
        """A client made before a restart is known by the key in the journal."""
        for work in works:
            made = work.result
            if isinstance(work.step, CreateClient) and made is not None and made.id is not None:
                wrapped = context.payload.client_key or ""
                self._link.session.adopt_key(OrganizationId(made.id), wrapped)

    async def _remember_import(self, run: RunId, context: RunContext, works: list[Work]) -> None:
        for work in works:
            if not isinstance(work.step, ImportItems) or _is_repeated(work):
                continue
            key = original(work.key)
            # What was accepted counts as imported where nobody may read it back.
            if work.state == DONE or work.is_answered:
                prints = await kept_prints(self._link, run, key)
                await remember(self._link, context.client(work.step.client), prints)
            await let_go(self._link, run, key)

    async def _end(self, run: RunId, state: str, context: RunContext, works: list[Work]) -> None:
        link = self._link
        if link.is_closed:
            # The journal says "running"; the next start finds it so and offers it.
            return
        read_back = made_by(works)["items_read_back"]
        # On a full disk the journal keeps saying "running": the run is offered all the same.
        with contextlib.suppress(StorageFailed):
            await self._set_state(run, state)
            if state == CANCELLED:
                await self._let_go_of_items(run)
            await self._log(f"run_{state}", run, context.plan.client)
            await self._tell_waiting(waiting=bool(await self.waiting()))
        link.publish(RunEnded(run, state == DONE_RUN, read_back))
        for client in _touched(context):
            link.publish(ClientChanged(client))
        if any(client_of(step) is None for step in context.plan.steps):
            link.publish(ProviderMembersChanged())
        if any(isinstance(step, CreateClient | UpdateClient) for step in context.plan.steps):
            link.publish(ClientsChanged())

    async def _tell_waiting(self, *, waiting: bool) -> None:
        if self._on_waiting is not None:
            await self._on_waiting(waiting)

    async def _log(self, what: str, run: RunId, client: OrganizationId | None) -> None:
        await self._link.note(what, client, run=str(run))


def _work(step: AnyStep, record: StepRecord) -> Work:
    return Work(
        step=step,
        state=record.state or PLANNED,
        prepared=decoded(record.prepared),
        result=decoded_result(record.result),
    )


def _place_of(key: str, works: list[Work]) -> int:
    """Where a step that was added later belongs."""
    if key.startswith(AGAIN):
        before = original(key).removesuffix(".collection")
        return max(
            n + 1 for n, one in enumerate(works) if original(one.key).removeprefix(before) in _OWN
        )
    return next((n + 1 for n, one in enumerate(works) if isinstance(one.step, CreateClient)), 0)


def _left_out(facts: dict[str, str], at: datetime) -> bytes:
    """The journaled result of a step that is skipped."""
    return msgspec.msgpack.encode(Result(facts=facts, at=at))


def _is_repeated(work: Work) -> bool:
    """Its items are delivered by another step."""
    return work.result is not None and SENT_AGAIN in work.result.facts


def _retrieve(place: _Place, task: asyncio.Task[RunReport]) -> None:
    """What stopped a run that nobody waits for stands in the journal; a bug is told."""
    error = None if task.cancelled() else task.exception()
    if place.is_free and error is not None and not isinstance(error, ClavigerError):
        context = {"message": "a run failed", "exception": error, "task": task}
        task.get_loop().call_exception_handler(context)


def _is_unclear(work: Work) -> bool:
    return work.state == UNKNOWN or (work.state == SENT and not work.is_answered)


def _state_after(cause: ClavigerError) -> str:
    if isinstance(cause, Uncertain):
        return UNCERTAIN
    return FAILED_RUN if isinstance(cause, Refused | Conflict) else INTERRUPTED


def _touched(context: RunContext) -> set[OrganizationId]:
    touched: set[OrganizationId] = set()
    for step in context.plan.steps:
        ref = client_of(step)
        if ref is None:
            continue
        try:
            touched.add(context.client(ref))
        except KeyError:
            continue
    return touched
