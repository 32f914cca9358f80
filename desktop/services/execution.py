"""Runs one journaled plan: prepare durable, send, settle, read back (T42 to T55).

Only the journal decides what runs next. A step goes PLANNED -> SENT -> DONE; what is not known to
have happened or not is UNKNOWN, and is looked for on the server before anything is sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, TypeVar

import msgspec

from desktop.api.requests import PreparedRequest
from desktop.domain.errors import (
    AnswerTooLarge,
    ClavigerError,
    Conflict,
    HalfMadeClient,
    Offline,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RunStopped,
    Shortfall,
    SignedOut,
    Uncertain,
    UntrustedCertificate,
)
from desktop.domain.events import RunProgressed
from desktop.domain.ids import RunId
from desktop.plans.plan import Plan
from desktop.plans.steps import AnyStep, CreateClient, ImportItems, VerifyImport
from desktop.services.handle_client import MISSING
from desktop.services.handle_import import read_names
from desktop.services.handler import Handler
from desktop.services.handlers import HANDLERS
from desktop.services.link import Link
from desktop.services.run_context import RunContext
from desktop.services.run_types import (
    CANCELLED,
    DONE,
    FAILED,
    INTERRUPTED,
    OVER,
    PLANNED,
    SENT,
    SKIPPED,
    UNKNOWN,
    Prepared,
    Progress,
    Result,
    Stopping,
)
from desktop.services.wire import name_ciphertexts

Answer = TypeVar("Answer")

# A step is sent at most this often in one go; then a person decides.
ATTEMPTS: Final = 4
# Looking for our work may itself meet a bad line.
READ_WAITS: Final = (5.0, 30.0)
# A request in flight gets this long to end by itself when a run is stopped (T55).
GRACE_S: Final = 1.5

_PREPARED: Final = msgspec.msgpack.Decoder(Prepared)
_RESULT: Final = msgspec.msgpack.Decoder(Result)


@dataclass
class Work:
    """One step with what the journal knows of it."""

    step: AnyStep
    state: str = PLANNED
    prepared: Prepared | None = None
    result: Result | None = None

    @property
    def key(self) -> str:
        return self.step.key

    @property
    def is_answered(self) -> bool:
        """Accepted by the server and waiting for the reading at the import's end."""
        return self.state == SENT and self.result is not None and self.result.answered


def decoded(data: bytes | None) -> Prepared | None:
    """The journaled request."""
    return _PREPARED.decode(data) if data else None


def decoded_result(data: bytes | None) -> Result | None:
    """The journaled result."""
    return _RESULT.decode(data) if data else None


class Execution:
    """One run on its way. `stop` asks it to end at the next safe point."""

    def __init__(
        self,
        link: Link,
        run: RunId,
        context: RunContext,
        works: list[Work],
        report: Callable[[Progress], None] | None,
    ) -> None:
        self.run = run
        self.waited_s = 0.0
        self._link = link
        self._context = context
        self._works = works
        self._report = report
        self._began = link.clock.monotonic()
        self._stop: asyncio.Event = asyncio.Event()
        self._stop_state = INTERRUPTED
        self._current: Work | None = None

    @property
    def plan(self) -> Plan:
        return self._context.plan

    def stop(self, state: str) -> None:
        """INTERRUPTED (pause) or CANCELLED; takes effect within two seconds."""
        self._stop_state = state if state == CANCELLED else INTERRUPTED
        self._stop.set()

    def waiting(self, seconds: float) -> None:
        """The api holds a request back for a limit."""
        self.waited_s += seconds
        if self._current is not None:
            self._tell(self._current, seconds)

    async def steps(self) -> None:
        """Runs what is left. Raises RunStopped (the cause inside), Stopping."""
        for work in self._works:
            if work.state in OVER and work.result is not None:
                self._context.results[work.key] = work.result
        for work in self._works:
            if work.state in OVER or work.is_answered:
                continue
            self._safe_point()
            self._current = work
            self._tell(work)
            try:
                if isinstance(work.step, VerifyImport):
                    await self._verify(work, work.step)
                else:
                    await self._do(work)
            except (Stopping, RunStopped):
                raise
            except ClavigerError as error:
                raise RunStopped(work.key, error) from error
            self._tell(work)
            _refuse_half_made(work)

    # --- one step -----------------------------------------------------------------------------

    async def _do(self, work: Work) -> None:
        handler = HANDLERS[type(work.step)]
        # SENT without a reply is what a crash leaves behind; FAILED is tried again by a person.
        if work.state in {SENT, UNKNOWN} and await self._reconciled(work, handler):
            return
        if work.state == FAILED and await self._reconciled(work, handler, patient=False):
            return
        last: ClavigerError = OutcomeUnknown("attempts")
        for _attempt in range(ATTEMPTS):
            self._safe_point()
            prepared = await self._reading(
                lambda: handler.prepare(self._context, work.step, work.prepared)
            )
            if isinstance(prepared, Result):
                await self._mark(work, DONE, prepared)
                return
            try:
                await self._send(work, handler, prepared)
            except (OutcomeUnknown, AnswerTooLarge) as error:
                last = error
            else:
                return
            if await self._reconciled(work, handler):
                return
        raise RunStopped(work.key, last)

    async def _send(self, work: Work, handler: Handler[Any], prepared: Prepared) -> None:
        """Journals, sends, settles. Raises OutcomeUnknown with the step marked UNKNOWN."""
        body = await handler.body(self._context, work.step, prepared)
        if sha256(body or b"").digest() != prepared.body_hash:
            raise RuntimeError(f"the body of {work.key} is not the journaled one")
        request = PreparedRequest(
            prepared.method, prepared.path, body, prepared.budget, prepared.deadline_s
        )
        link, run, key = self._link, self.run, work.key
        await link.disk(link.journal.prepare, run, key, msgspec.msgpack.encode(prepared))
        repeated = work.prepared is not None
        work.prepared = prepared
        await self._mark(work, SENT)
        try:
            answer = await self._interruptible(link.ask(link.api.send(request)))
        except (Offline, UntrustedCertificate, RateLimited, Stopping):
            # Nothing was sent, or the server says that it did nothing.
            await self._mark(work, PLANNED)
            raise
        except Refused as error:
            if repeated and await self._reconciled(work, handler, patient=False):
                # The refusal met our own earlier work.
                return
            await self._mark(work, FAILED, Result(problem=type(error).__name__))
            raise
        except (OutcomeUnknown, AnswerTooLarge, SignedOut):
            await self._mark(work, UNKNOWN)
            self._stopped_meanwhile()
            raise
        await self._settle(work, handler, prepared, answer)

    async def _settle(
        self, work: Work, handler: Handler[Any], prepared: Prepared, answer: bytes
    ) -> None:
        """From here on the server has acted: whatever fails now, nothing is simply sent again."""
        try:
            result = await handler.settle(self._context, work.step, prepared, answer)
        except (Refused, Conflict) as error:
            await self._mark(work, FAILED, Result(problem=type(error).__name__))
            raise
        except ClavigerError:
            await self._mark(work, UNKNOWN)
            raise
        await self._mark(work, SENT if result.answered else DONE, result)

    async def _reconciled(self, work: Work, handler: Handler[Any], *, patient: bool = True) -> bool:
        """Looks for the step's own work; True when it is there and marked."""
        former = work.prepared
        if former is None:
            return False
        for wait in (0.0, *handler.WAITS) if patient else (0.0,):
            await self._pause(wait)
            try:
                result = await self._reading(
                    lambda: handler.recognise(self._context, work.step, former)
                )
            except Uncertain:
                await self._mark(work, UNKNOWN)
                raise
            if result is not None:
                await self._mark(work, SENT if result.answered else DONE, result)
                return True
        return False

    async def _verify(self, work: Work, step: VerifyImport) -> None:
        """Compares the vault with every chunk; names the rows of what is not there (T49)."""
        client = self._context.client(step.client)
        there = await self._reading(lambda: read_names(self._context, client))
        missing: list[int] = []
        found = 0
        chunks = [one for one in self._works if isinstance(one.step, ImportItems)]
        for chunk in chunks:
            if not isinstance(chunk.step, ImportItems) or chunk.state == SKIPPED:
                continue
            sent = name_ciphertexts(await self._context.ciphers(chunk.key))
            pairs = zip(chunk.step.rows, sent, strict=True)
            rows = [row for row, name in pairs if name not in there]
            found += len(sent) - len(rows)
            missing += rows
            if rows:
                await self._mark(chunk, FAILED, Result(problem="Shortfall", facts=_rows(rows)))
            else:
                await self._mark(chunk, DONE, Result(facts={"items": str(len(sent))}))
        missing.sort()
        facts = {"items": str(found), **_rows(missing)}
        if missing:
            await self._mark(work, FAILED, Result(problem="Shortfall", facts=facts))
            raise Shortfall(tuple(missing))
        await self._mark(work, DONE, Result(facts=facts))

    # --- waiting, reading, telling ------------------------------------------------------------

    async def _reading(self, read: Callable[[], Awaitable[Answer]]) -> Answer:
        """A handler's reads, patient with a server that stumbles. They change nothing."""
        for wait in READ_WAITS:
            try:
                return await read()
            except OutcomeUnknown:
                self._stopped_meanwhile()
            await self._pause(wait)
        return await read()

    async def _interruptible(self, request: Awaitable[Answer]) -> Answer:
        """Awaits a request; when the run is stopped it gets a moment, then its outcome is open.

        Raises Stopping if it had not left yet.
        """
        task = asyncio.ensure_future(request)
        task.add_done_callback(_retrieve)
        stop = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                await asyncio.wait({task}, timeout=GRACE_S)
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            raise
        finally:
            stop.cancel()
        if task.cancelled():
            raise Stopping(self._stop_state)
        return task.result()

    async def _pause(self, seconds: float) -> None:
        """Waits by the clock, or until the run is stopped."""
        if seconds <= 0:
            return
        self.waiting(seconds)
        sleep = asyncio.ensure_future(self._link.clock.sleep(seconds))
        stop = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({sleep, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            stop.cancel()
        self._safe_point()

    def _safe_point(self) -> None:
        if self._stop.is_set():
            raise Stopping(self._stop_state)

    def _stopped_meanwhile(self) -> None:
        """A cancelled request comes back as an unknown outcome: then the stop goes first."""
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError
        self._safe_point()

    async def _mark(self, work: Work, state: str, result: Result | None = None) -> None:
        link = self._link
        if result is not None:
            result = msgspec.structs.replace(result, at=link.clock.now())
        kept = None if result is None else msgspec.msgpack.encode(result)
        await link.disk(link.journal.mark, self.run, work.key, state, kept)
        work.state = state
        if result is not None:
            work.result = result
            if state in {DONE, SENT}:
                self._context.results[work.key] = result

    def _tell(self, work: Work, waiting_s: float = 0.0) -> None:
        done = sum(one.state in OVER or one.is_answered for one in self._works)
        sent = sum(
            one.step.count
            for one in self._works
            if isinstance(one.step, ImportItems) and (one.state in OVER or one.is_answered)
        )
        progress = Progress(
            run=self.run,
            done=done,
            total=len(self._works),
            step_key=work.key,
            say=work.step.say,
            state=work.state,
            waiting_s=waiting_s,
            sent_items=sent,
            elapsed_s=self._link.clock.monotonic() - self._began,
        )
        if self._report is not None:
            self._report(progress)
        self._link.publish(
            RunProgressed(self.run, done, len(self._works), work.key, work.state, waiting_s)
        )


def _retrieve(task: asyncio.Future[Any]) -> None:
    """Nobody may be left to ask for the outcome of a request that was given up."""
    if not task.cancelled():
        task.exception()


def _rows(rows: list[int]) -> dict[str, str]:
    return {"rows": ",".join(str(row) for row in dict.fromkeys(rows))} if rows else {}


def _refuse_half_made(work: Work) -> None:
    """A client that is not complete is reported once and offered for completion (T45)."""
    if isinstance(work.step, CreateClient) and work.result is not None:
        missing = work.result.facts.get(MISSING)
        if missing:
            cause = HalfMadeClient(work.step.name, tuple(missing.split(",")))
            raise RunStopped(work.key, cause)
