"""Plans on their way to the server: started, run, resumed, reported. The journal is the truth."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from uuid import UUID, uuid4

import msgspec

from desktop.cache.journal import RunRecord, StepRecord
from desktop.crypto.encstring import wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.domain.errors import (
    ClavigerError,
    Conflict,
    IdentityChanged,
    PlanInvalid,
    Refused,
    RunStopped,
    StorageFailed,
    Uncertain,
)
from desktop.domain.events import ClientChanged, ClientsChanged, ProviderMembersChanged, RunEnded
from desktop.domain.ids import OrganizationId, RunId
from desktop.domain.items import ImportPreview
from desktop.plans.chunks import cut, items_of
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    AnyStep,
    CreateClient,
    ImportItems,
    UpdateClient,
    client_of,
    id_in,
)
from desktop.services.completion import completing
from desktop.services.execution import Execution, Work, decoded, decoded_result
from desktop.services.handle_client import COMPLETE
from desktop.services.kept_items import ITEMS, keep_items, kept_ciphers, kept_prints, let_go
from desktop.services.ledger import fingerprints, remember
from desktop.services.link import Link, LogEntry
from desktop.services.run_context import RunContext
from desktop.services.run_report import made_by, report_of
from desktop.services.run_types import (
    ABANDONED,
    CANCELLED,
    DONE,
    DONE_RUN,
    FAILED,
    FAILED_RUN,
    INTERRUPTED,
    OVER,
    PLANNED,
    RUNNING,
    SKIPPED,
    UNCERTAIN,
    WAITING,
    Progress,
    Result,
    RunPayload,
    RunReport,
    StepPayload,
    Stopping,
    WaitingRun,
)
from desktop.services.wire import encrypt_items

Report = Callable[[Progress], None]

_PAYLOAD: Final = msgspec.msgpack.Decoder(RunPayload)
_STEP: Final = msgspec.msgpack.Decoder(StepPayload)
_ADMIN_ONLY: Final = (CreateClient,)


class Runs:
    """One run at a time per connection; the others wait in the journal."""

    def __init__(
        self, link: Link, on_waiting: Callable[[bool], Awaitable[None]] | None = None
    ) -> None:
        self._link = link
        self._on_waiting = on_waiting
        self._turn = asyncio.Lock()
        self._execution: Execution | None = None

    # --- starting -----------------------------------------------------------------------------

    async def start(self, plan: Plan, preview: ImportPreview | None = None) -> RunId:
        """Checks, encrypts and journals a plan; nothing is sent. Raises PlanInvalid (T50),
        StorageFailed, CannotDecrypt.
        """
        link = self._link
        self._check(plan, preview)
        run = RunId(uuid4())
        key, wrapped = self._key_for(plan)
        payload = RunPayload(
            plan=plan,
            user=link.session.user_id,
            provider=link.session.provider_id,
            server=link.api.server.api,
            created=link.clock.now(),
            client_key=wrapped,
        )
        await link.disk(
            link.journal.create_run,
            run,
            plan.title.key,
            msgspec.msgpack.encode(payload),
            payload.created,
        )
        await self._add_steps(run, plan, preview, key)
        await link.disk(link.journal.set_run_state, run, INTERRUPTED)
        await self._log("run_planned", run, plan.client)
        await self._tell_waiting(waiting=True)
        return run

    def _check(self, plan: Plan, preview: ImportPreview | None) -> None:
        found: list[tuple[str, dict[str, str]]] = []
        if self._link.read_only:
            raise StorageFailed("read_only")
        admin_only = any(isinstance(step, _ADMIN_ONLY) for step in plan.steps)
        if admin_only and not self._link.session.is_admin:
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
                await self.abandon(run)

    async def resume(
        self, run: RunId, report: Report | None = None, *, choices: Mapping[str, UUID] | None = None
    ) -> RunReport:
        """Goes on where the journal says. `choices`: a group's id by step key, where two fit."""
        return await self.run(run, report, choices=choices)

    async def run(
        self, run: RunId, report: Report | None = None, *, choices: Mapping[str, UUID] | None = None
    ) -> RunReport:
        """Runs to the end. Raises RunStopped with the cause; the run can then be resumed.

        After `pause` or `cancel` it returns a report of that state instead.
        """
        async with self._turn:
            link = self._link
            payload, works = await self._load(run)
            self._check_identity(payload)
            context = RunContext(
                link=link,
                payload=payload,
                ciphers=lambda key: kept_ciphers(link, run, key),
                choices=dict(choices or {}),
            )
            self._adopt_key(context, works)
            await link.disk(link.journal.set_run_state, run, RUNNING)
            await self._tell_waiting(waiting=True)
            execution = Execution(link, run, context, works, report)
            self._execution = execution
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
                self._execution = None
                await self._end(run, state, context, works)
            return report_of(run, payload, works, state, waited_s=execution.waited_s)

    def pause(self) -> None:
        """Stops at the next safe point; the run stays offered."""
        if self._execution is not None:
            self._execution.stop(INTERRUPTED)

    def cancel(self) -> None:
        """Stops at the next safe point for good; nothing that was done is undone (T55)."""
        if self._execution is not None:
            self._execution.stop(CANCELLED)

    def note_wait(self, seconds: float) -> None:
        """The api holds a request back for a limit."""
        if self._execution is not None:
            self._execution.waiting(seconds)

    @property
    def is_running(self) -> bool:
        return self._execution is not None

    async def settle_down(self) -> None:
        """Pauses and waits until the run stands at a safe point; at the lock (T81)."""
        self.pause()
        async with self._turn:
            pass

    # --- what else a person can do ------------------------------------------------------------

    async def skip(self, run: RunId, step_key: str, reason: str) -> None:
        """Leaves a step out; what needs it will fail by itself."""
        link = self._link
        result = msgspec.msgpack.encode(Result(facts={"reason": reason}, at=link.clock.now()))
        await link.disk(link.journal.mark, run, step_key, SKIPPED, result)
        await self._log("step_skipped", run, None)

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
        """Runs that did not end, oldest first."""
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
        return report_of(run, payload, works, record.state)

    async def abandon(self, run: RunId) -> None:
        """Never offered again; the journal keeps it, but not the items it would have sent."""
        await self._link.disk(self._link.journal.set_run_state, run, ABANDONED)
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

    async def _let_go_of_items(self, run: RunId) -> None:
        """Of chunks that nobody will send any more."""
        _payload, works = await self._load(run)
        for work in works:
            if isinstance(work.step, ImportItems):
                with contextlib.suppress(KeyError):
                    await let_go(self._link, run, work.key)

    async def _load(self, run: RunId) -> tuple[RunPayload, list[Work]]:
        link = self._link
        payload = _PAYLOAD.decode((await self._record(run)).payload)
        records: dict[str, StepRecord] = {
            record.key: record for record in await link.disk(link.journal.steps, run)
        }
        works = [_work(step, records[step.key]) for step in payload.plan.steps]
        added = [
            _work(step, record)
            for key, record in records.items()
            if key.startswith(COMPLETE) and (step := _STEP.decode(record.payload).step) is not None
        ]
        at = next((n + 1 for n, one in enumerate(works) if isinstance(one.step, CreateClient)), 0)
        works[at:at] = added
        return payload, works

    async def _record(self, run: RunId) -> RunRecord:
        link = self._link
        record = await link.disk(link.journal.run, run)
        if record is None:
            raise KeyError(run)
        return record

    def _check_identity(self, payload: RunPayload) -> None:
        """A run goes on only as the same person on the same server (T38)."""
        session, server = self._link.session, self._link.api.server.api
        mine = (session.user_id, session.provider_id, server)
        if mine != (payload.user, payload.provider, payload.server):
            raise IdentityChanged

    def _adopt_key(self, context: RunContext, works: list[Work]) -> None:
        """A client made before a restart is known by the key in the journal."""
        for work in works:
            made = work.result
            if isinstance(work.step, CreateClient) and made is not None and made.id is not None:
                wrapped = context.payload.client_key or ""
                self._link.session.adopt_key(OrganizationId(made.id), wrapped)

    async def _remember_import(self, run: RunId, context: RunContext, works: list[Work]) -> None:
        for work in works:
            if isinstance(work.step, ImportItems) and work.state == DONE:
                prints = await kept_prints(self._link, run, work.key)
                await remember(self._link, context.client(work.step.client), prints)
                await let_go(self._link, run, work.key)

    async def _end(self, run: RunId, state: str, context: RunContext, works: list[Work]) -> None:
        link = self._link
        if link.is_closed:
            # The journal says "running"; the next start finds it so and offers it.
            return
        read_back = made_by(works)["items_read_back"]
        # On a full disk the journal keeps saying "running": the run is offered all the same.
        with contextlib.suppress(StorageFailed):
            await link.disk(link.journal.set_run_state, run, state)
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
        link = self._link
        entry = LogEntry(what, client, link.session.user_id, {"run": str(run)})
        await link.disk(link.journal.log, what, msgspec.json.encode(entry), link.clock.now())


def _work(step: AnyStep, record: StepRecord) -> Work:
    return Work(
        step=step,
        state=record.state or PLANNED,
        prepared=decoded(record.prepared),
        result=decoded_result(record.result),
    )


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
