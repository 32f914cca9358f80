"""Runs one journaled plan: prepare durable, send, settle, read back (T42 to T55).

Only the journal decides what runs next. A step goes PLANNED -> SENT -> DONE; what is not known to
have happened or not is UNKNOWN, and is looked for on the server before anything is sent again.

The steps of one client follow each other, those of different clients run side by side. What fails
for one client ends that client's steps; what fails for the line stops all of them where they stand.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final, ParamSpec, TypeVar

import msgspec

from desktop.api.requests import PreparedRequest
from desktop.crypto.rsa import PublicKey
from desktop.domain.allowance import LANES, Allowance
from desktop.domain.errors import (
    AnswerTooLarge,
    BadPublicKey,
    ChangedSince,
    ClavigerError,
    Conflict,
    HalfMadeClient,
    IdentityChanged,
    KeyBlocked,
    Locked,
    Offline,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RunStopped,
    Shortfall,
    SignedOut,
    StorageFailed,
    Uncertain,
    UntrustedCertificate,
)
from desktop.domain.events import RunProgressed
from desktop.domain.ids import OrganizationId, RunId
from desktop.plans.estimate import Estimate, estimate_steps
from desktop.plans.lanes import Lane, lane_of, needed
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    AnyStep,
    CreateClient,
    ImportItems,
    Ref,
    VerifyImport,
    client_of,
    ref_of,
    ref_to,
)
from desktop.services.handle_client import MISSING
from desktop.services.handle_import import read_names
from desktop.services.handler import Handler
from desktop.services.handlers import HANDLERS
from desktop.services.link import Link
from desktop.services.pins import CREATED
from desktop.services.run_context import RunContext
from desktop.services.run_types import (
    AS_WANTED,
    CANCELLED,
    DONE,
    FAILED,
    INTERRUPTED,
    LISTING,
    OVER,
    PLANNED,
    SENT,
    SENT_AGAIN,
    SKIPPED,
    UNKNOWN,
    Prepared,
    Progress,
    Result,
    Stopping,
)
from desktop.services.twins import LOOKED, TWINS, made_by_request, twins_of
from desktop.services.wire import name_ciphertexts

Answer = TypeVar("Answer")
Given = ParamSpec("Given")

# A step is sent at most this often in one go; then a person decides.
ATTEMPTS: Final = 4
# Seconds for which a server may ask to come back later: that slows a run and fails none (T51). The
# pace waits as long as it was told, or longer each time.
PATIENCE_S: Final = 1_800.0
# Looking for our work may itself meet a bad line.
READ_WAITS: Final = (5.0, 30.0)
# What may have changed something gets this long to end by itself when a run is stopped (T55).
GRACE_S: Final = 1.5
# What would meet every client alike: no lane goes on after it.
LINE: Final = (
    Offline,
    SignedOut,
    Locked,
    StorageFailed,
    IdentityChanged,
    UntrustedCertificate,
    RateLimited,
)
# How often what is left is reckoned anew: seconds, and at most this share of the time.
_LEFT_EVERY_S: Final = 2.0
_LEFT_SHARE: Final = 0.02
# Weight of a new measurement of our own work.
_FRESH: Final = 0.1


class _PublicHalf(msgspec.Struct, rename="camel"):
    public_key: str


class _MadeClient(msgspec.Struct, rename="camel"):
    """What the request that makes a client says of its key pair."""

    key_pair: _PublicHalf


_PREPARED: Final = msgspec.msgpack.Decoder(Prepared)
_RESULT: Final = msgspec.msgpack.Decoder(Result)


@dataclass(eq=False)
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

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do, or nothing but the reading at the import's end."""
        return self.state in OVER or self.is_answered


# The step that the present task works on: says whose wait for a limit it is.
_doing: ContextVar[Work | None] = ContextVar("doing", default=None)


def decoded(data: bytes | None) -> Prepared | None:
    """The journaled request."""
    return _PREPARED.decode(data) if data else None


def decoded_result(data: bytes | None) -> Result | None:
    """The journaled result."""
    return _RESULT.decode(data) if data else None


@dataclass(eq=False)
class _Lane:
    """The steps of one client that are left; `at` is the next one."""

    works: list[Work]
    at: int = 0

    @property
    def next(self) -> Work | None:
        return self.works[self.at] if self.at < len(self.works) else None

    def end(self) -> None:
        self.at = len(self.works)


class _Lanes:
    """Hands out lanes in the plan's order; one that waits for another comes when it can go on."""

    def __init__(self, works: list[Work]) -> None:
        made = _clients_made(works)
        self._by_key = {work.key: work for work in works}
        before: set[str] = set()
        self._needs: dict[str, tuple[Work, ...]] = {}
        rows: dict[Lane, list[Work]] = {}
        for work in works:
            self._needs[work.key] = tuple(
                self._by_key[key] for key in needed(work.step) if key in before
            )
            before.add(work.key)
            rows.setdefault(lane_of(work.step, made), []).append(work)
        self.all = [_Lane(row) for row in rows.values()]
        self._idle = list(self.all)
        self._busy = 0
        self._moved = asyncio.Event()

    def is_ready(self, work: Work) -> bool:
        """Everything it needs is settled. A reading compares whatever was sent."""
        return isinstance(work.step, VerifyImport) or all(
            need.is_settled for need in self._needs[work.key]
        )

    def left_out(self, work: Work) -> Work | None:
        """What it needs and somebody skipped."""
        if isinstance(work.step, VerifyImport):
            return None
        return next((need for need in self._needs[work.key] if _is_missing(need)), None)

    async def take(self) -> _Lane | None:
        """The next lane that can go on; None when there will be none any more."""
        while True:
            for lane in self._idle:
                work = lane.next
                if work is not None and (work.is_settled or self.is_ready(work)):
                    self._idle.remove(lane)
                    self._busy += 1
                    return lane
            if not self._busy:
                return None
            await self._moved.wait()

    def give_back(self, lane: _Lane) -> None:
        """After its last step, or where it has to wait for another lane."""
        self._busy -= 1
        if lane.next is not None:
            self._idle.append(lane)
        self.moved()

    def moved(self) -> None:
        """A step was settled: others may wait for it."""
        self._moved.set()
        self._moved = asyncio.Event()


def _clients_made(works: list[Work]) -> dict[str, Ref]:
    """Id to what the plan calls them."""
    return {
        str(work.result.id): ref_to(work.key)
        for work in works
        if isinstance(work.step, CreateClient) and work.result is not None and work.result.id
    }


def _is_missing(work: Work) -> bool:
    """Skipped, without anything in its place that others could work with."""
    if work.state != SKIPPED or isinstance(work.step, VerifyImport):
        return False
    return work.result is None or SENT_AGAIN not in work.result.facts


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
        self._halted_at = 0.0
        self._causes: list[RunStopped] = []
        # Clients that were to be looked at for twins and were not.
        self._unlooked = 0
        self._done = sum(work.is_settled for work in works)
        self._sent_items = sum(_items(work) for work in works if work.is_settled)
        self._waited_until = 0.0
        self._left = _Left(link, works, context)

    @property
    def plan(self) -> Plan:
        return self._context.plan

    def stop(self, state: str) -> None:
        """INTERRUPTED (pause) or CANCELLED; takes effect within two seconds."""
        self._stop_state = state if state == CANCELLED else INTERRUPTED
        self._halt()

    def waiting(self, seconds: float) -> None:
        """The api holds a request of this run back for a limit. Others' waits are not counted."""
        work = _doing.get()
        if work is None or work not in self._works:
            return
        # Lanes wait at the same time: it counts once.
        now = self._link.clock.monotonic()
        self.waited_s += max(0.0, now + seconds - max(now, self._waited_until))
        self._waited_until = max(self._waited_until, now + seconds)
        self._tell(work, seconds)

    async def steps(self) -> None:
        """Runs what is left. Raises RunStopped (the cause inside), Stopping."""
        for work in self._works:
            if work.state in OVER and work.result is not None:
                self._context.results[work.key] = work.result
                self._know_made(work)
        lanes = _Lanes(self._works)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(LANES, len(lanes.all))):
                    group.create_task(self._take_lanes(lanes))
        except BaseExceptionGroup as several:
            # A bug, never a cause of ours: as it came, without the group around it.
            raise several.exceptions[0] from None
        self._conclude()

    def _conclude(self) -> None:
        """Ends the run as its lanes ended: a person's cancel, a failure, a pause."""
        if all(work.is_settled for work in self._works) and not self._causes:
            if self._unlooked and self._stop_state != CANCELLED:
                raise Stopping(self._stop_state)
            return
        if self._causes and self._stop_state != CANCELLED:
            first, *others = sorted(self._causes, key=_weight)
            first.others = tuple(others)
            raise first
        raise Stopping(self._stop_state)

    # --- lanes --------------------------------------------------------------------------------

    async def _take_lanes(self, lanes: _Lanes) -> None:
        while (lane := await lanes.take()) is not None:
            try:
                await self._lane(lanes, lane)
            except Stopping:
                lane.end()
            except RunStopped as stopped:
                lane.end()
                self._causes.append(stopped)
                if isinstance(stopped.cause, LINE):
                    self._halt()
            finally:
                lanes.give_back(lane)

    async def _lane(self, lanes: _Lanes, lane: _Lane) -> None:
        """One client's steps, until one waits for another client's."""
        while (work := lane.next) is not None:
            if not work.is_settled:
                if not lanes.is_ready(work):
                    return
                self._safe_point()
                _doing.set(work)
                await self._step(lanes, work)
                lanes.moved()
            lane.at += 1
        await self._look_for_twins(lane.works)

    async def _look_for_twins(self, works: list[Work]) -> None:
        """Once per client, when all its steps are done. Raises RunStopped, Stopping."""
        made = {
            work.key: (work, one)
            for work in works
            if work.state == DONE
            and (one := made_by_request(work.step, work.prepared, work.result)) is not None
        }
        if not made:
            return
        last = list(made.values())[-1][0]
        if last.result is None or LOOKED in last.result.facts:
            return
        self._unlooked += 1
        self._safe_point()
        client = self._context.client(client_of(last.step) or Ref(""))
        try:
            found = await self._reading(
                lambda: twins_of(self._context, client, [one for _, one in made.values()])
            )
        except Stopping:
            raise
        except ClavigerError as error:
            if isinstance(error, (*LINE, OutcomeUnknown)):
                raise RunStopped(last.key, error) from error
            # A list that this person may not read (any more) shows no twins.
            found = {}
        for key, (work, (_, _, result)) in made.items():
            facts = {TWINS: str(found[key])} if key in found else {}
            if work is last:
                facts[LOOKED] = "yes"
            if facts:
                more = msgspec.structs.replace(result, facts={**result.facts, **facts})
                await self._mark(work, DONE, more)
        self._unlooked -= 1

    async def _step(self, lanes: _Lanes, work: Work) -> None:
        """Raises RunStopped, Stopping. An unclear chunk is noted: the other requests of items
        are independent of it and may go on.
        """
        self._tell(work)
        try:
            skipped = lanes.left_out(work)
            if skipped is not None:
                await self._mark(work, SKIPPED, _left_out(skipped.key))
            elif isinstance(work.step, VerifyImport):
                await self._verify(work, work.step)
            else:
                await self._do(work)
        except (Stopping, RunStopped):
            raise
        except Uncertain as error:
            stopped = RunStopped(work.key, error)
            if not isinstance(work.step, ImportItems):
                raise stopped from error
            self._causes.append(stopped)
        except ClavigerError as error:
            raise RunStopped(work.key, error) from error
        finally:
            await self._tidy(work)
        self._tell(work)
        _refuse_half_made(work)

    async def _tidy(self, work: Work) -> None:
        """What became known of keys is kept, however the step ended."""
        self._know_made(work)
        with contextlib.suppress(ClavigerError):
            await self._link.pins.flush()

    def _know_made(self, work: Work) -> None:
        """The public key of a client made here is known: both halves were made here (T15)."""
        made, prepared = work.result, work.prepared
        if not isinstance(work.step, CreateClient) or made is None or prepared is None:
            return
        if made.id is not None and prepared.body is not None:
            with contextlib.suppress(msgspec.MsgspecError, BadPublicKey):
                pair = msgspec.json.decode(prepared.body, type=_MadeClient).key_pair
                key = PublicKey.parse(pair.public_key)
                self._link.pins.know_recovery(OrganizationId(made.id), key, CREATED)

    def _check_keys(self, work: Work) -> None:
        """Nothing is even prepared where a key is not the accepted one. Raises KeyBlocked."""
        ref, pins = client_of(work.step), self._link.pins
        if ref is None or isinstance(work.step, CreateClient):
            pins.check_provider()
        else:
            pins.check(self._context.client(ref))

    # --- one step -----------------------------------------------------------------------------

    async def _do(self, work: Work) -> None:
        handler = HANDLERS[type(work.step)]
        # SENT without a reply is what a crash leaves behind; FAILED is tried again by a person.
        if work.state in {SENT, UNKNOWN} and await self._reconciled(work, handler):
            return
        if work.state == FAILED and await self._reconciled(work, handler, patient=False):
            return
        last: ClavigerError = OutcomeUnknown("attempts")
        attempts = 0
        patient_until = self._link.clock.monotonic() + PATIENCE_S
        while attempts < ATTEMPTS:
            self._safe_point()
            self._check_keys(work)
            prepared = await self._prepared(work, handler)
            if isinstance(prepared, Result):
                await self._mark(work, DONE, _as_found(work, prepared))
                return
            try:
                await self._send(work, handler, prepared)
            except (OutcomeUnknown, AnswerTooLarge) as error:
                last = error
                is_late = self._link.clock.monotonic() > patient_until
                attempts += is_late or not _asks_to_wait(error)
            else:
                return
            if await self._reconciled(work, handler):
                return
        raise RunStopped(work.key, last)

    async def _prepared(self, work: Work, handler: Handler[Any]) -> Prepared | Result:
        """What to send, or what makes sending needless."""
        # What was prepared and never left counts for nothing: others may have been at work since.
        former = work.prepared if work.state != PLANNED else None
        try:
            return await self._reading(lambda: handler.prepare(self._context, work.step, former))
        except (Refused, Conflict) as error:
            # Of a step that was sent before, the former state says more.
            if former is None and not isinstance(error, Uncertain):
                await self._mark(work, FAILED, _failure(error))
            raise

    async def _send(self, work: Work, handler: Handler[Any], prepared: Prepared) -> None:
        """Journals, sends, settles. Raises OutcomeUnknown with the step marked UNKNOWN."""
        body = await handler.body(self._context, work.step, prepared)
        if sha256(body or b"").digest() != prepared.body_hash:
            raise RuntimeError(f"the body of {work.key} is not the journaled one")
        request = PreparedRequest(
            prepared.method, prepared.path, body, prepared.budget, prepared.deadline_s
        )
        prepared = msgspec.structs.replace(prepared, at=self._link.clock.now())
        kept = msgspec.msgpack.encode(prepared)
        await self._disk(self._link.journal.prepare, self.run, work.key, kept)
        before = work.state
        work.prepared = prepared
        await self._mark(work, SENT)
        try:
            answer = await self._interruptible(self._link.ask(self._link.api.send(request)))
        except (Offline, UntrustedCertificate, RateLimited, KeyBlocked, Stopping):
            # Nothing was sent, or the server says that it did nothing. An earlier request may have
            # done something all the same: that stays to be looked for.
            await self._mark(work, before)
            raise
        except Refused as error:
            if before != PLANNED and await self._reconciled(work, handler, patient=False):
                # The refusal met our own earlier work.
                return
            await self._mark(work, FAILED, _failure(error))
            raise
        except (OutcomeUnknown, AnswerTooLarge, SignedOut) as error:
            await self._mark(work, UNKNOWN, _failure(error))
            self._stopped_meanwhile()
            raise
        await self._settle(work, handler, prepared, answer)

    async def _settle(
        self, work: Work, handler: Handler[Any], prepared: Prepared, answer: bytes
    ) -> None:
        """From here on the server has acted: whatever fails now, nothing is simply sent again."""
        try:
            result = await self._interruptible(
                handler.settle(self._context, work.step, prepared, answer)
            )
        except (Refused, Conflict) as error:
            await self._mark(work, FAILED, _failure(error))
            raise
        except Stopping:
            await self._mark(work, UNKNOWN, _failure(OutcomeUnknown("stopped")))
            raise
        except ClavigerError as error:
            await self._mark(work, UNKNOWN, _failure(error))
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
            except Uncertain as error:
                await self._mark(work, UNKNOWN, _failure(error))
                raise
            if result is not None:
                await self._mark(work, SENT if result.answered else DONE, result)
                return True
        return False

    async def _verify(self, work: Work, step: VerifyImport) -> None:
        """Compares the vault with every chunk; names the rows of what is not there (T49)."""
        chunks = [one for one in self._works if isinstance(one.step, ImportItems)]
        if all(chunk.state == SKIPPED for chunk in chunks):
            # With the chunks their client may have been left out, too: there is nowhere to look.
            needs = chunks[0].key if chunks else ""
            await self._mark(work, SKIPPED, _left_out(needs))
            return
        client = self._context.client(step.client)
        try:
            there = await self._reading(lambda: read_names(self._context, client))
        except Uncertain:
            await self._cannot_verify(work)
            return
        missing: list[int] = []
        doubled: list[int] = []
        found = 0
        for chunk in chunks:
            if not isinstance(chunk.step, ImportItems) or chunk.state == SKIPPED:
                continue
            sent = name_ciphertexts(await self._context.ciphers(chunk.key))
            pairs = list(zip(chunk.step.rows, sent, strict=True))
            rows = [row for row, name in pairs if name not in there]
            doubled += [row for row, name in pairs if there[name] > 1]
            found += len(sent) - len(rows)
            missing += rows
            if rows:
                await self._mark(chunk, FAILED, Result(problem="Shortfall", facts=_rows(rows)))
            else:
                await self._mark(chunk, DONE, Result(facts={"items": str(len(sent))}))
        missing.sort()
        facts = {"items": str(found), **_rows(missing)}
        if doubled:
            facts[TWINS] = _rows(sorted(doubled))["rows"]
        if missing:
            await self._mark(work, FAILED, Result(problem="Shortfall", facts=facts))
            raise Shortfall(tuple(missing))
        await self._mark(work, DONE, Result(facts=facts))

    async def _cannot_verify(self, work: Work) -> None:
        """The list of items is refused: what was answered counts as sent, never as read back."""
        facts = {LISTING: "refused"}
        if any(isinstance(one.step, ImportItems) and not one.is_settled for one in self._works):
            await self._mark(work, UNKNOWN, Result(problem=Uncertain.__name__, facts=facts))
        else:
            await self._mark(work, SKIPPED, Result(facts=facts))

    # --- waiting, reading, telling ------------------------------------------------------------

    async def _reading(self, read: Callable[[], Awaitable[Answer]]) -> Answer:
        """A handler's reads, patient with a server that stumbles. They change nothing."""
        for wait in READ_WAITS:
            self._safe_point()
            try:
                return await self._interruptible(read(), is_read=True)
            except OutcomeUnknown:
                self._stopped_meanwhile()
            await self._pause(wait)
        return await self._interruptible(read(), is_read=True)

    async def _interruptible(self, request: Awaitable[Answer], *, is_read: bool = False) -> Answer:
        """Awaits a request; when the run is stopped it gets a moment, then its outcome is open.

        Raises Stopping if it had not left yet, or only reads: that is given up at once.
        """
        task = asyncio.ensure_future(request)
        task.add_done_callback(_retrieve)
        stop = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                await asyncio.wait({task}, timeout=0.0 if is_read else self._grace_s())
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        except asyncio.CancelledError:
            task.cancel()
            # Nothing is left behind: it ends at once, with an outcome that the journal calls open.
            await asyncio.wait({task})
            raise
        finally:
            stop.cancel()
        if task.cancelled():
            raise Stopping(self._stop_state)
        return task.result()

    def _halt(self) -> None:
        """All lanes end at their next safe point; the moment of grace begins once."""
        if not self._stop.is_set():
            self._stop.set()
            self._halted_at = asyncio.get_running_loop().time()

    def _grace_s(self) -> float:
        """What is left of the moment: of a request and of the reading after it together."""
        return max(0.0, self._halted_at + GRACE_S - asyncio.get_running_loop().time())

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

    async def _disk(
        self, work: Callable[Given, Answer], *args: Given.args, **kwargs: Given.kwargs
    ) -> Answer:
        """An entry of the journal, with what it costs."""
        began = self._link.clock.monotonic()
        try:
            return await self._link.disk(work, *args, **kwargs)
        finally:
            self._left.took(self._link.clock.monotonic() - began)

    async def _mark(self, work: Work, state: str, result: Result | None = None) -> None:
        link = self._link
        if result is not None:
            result = msgspec.structs.replace(result, at=link.clock.now())
        kept = None if result is None else msgspec.msgpack.encode(result)
        await self._disk(link.journal.mark, self.run, work.key, state, kept)
        was_settled = work.is_settled
        work.state = state
        if result is not None:
            work.result = result
            if state in {DONE, SENT}:
                self._context.results[work.key] = result
        change = work.is_settled - was_settled
        self._done += change
        self._sent_items += change * _items(work)

    def _tell(self, work: Work, waiting_s: float = 0.0) -> None:
        total = len(self._works)
        progress = Progress(
            run=self.run,
            done=self._done,
            total=total,
            step_key=work.key,
            say=work.step.say,
            state=work.state,
            waiting_s=waiting_s,
            sent_items=self._sent_items,
            elapsed_s=self._link.clock.monotonic() - self._began,
            left_s=self._left.seconds(),
        )
        if self._report is not None:
            self._report(progress)
        self._link.publish(
            RunProgressed(self.run, self._done, total, work.key, work.state, waiting_s)
        )


class _Left:
    """How long the rest of a run will take, by what was learnt of the server."""

    # The entries of one step: prepared, sent, done.
    _ENTRIES: Final = 3

    def __init__(self, link: Link, works: list[Work], context: RunContext) -> None:
        self._link = link
        self._works = works
        self._context = context
        self._entry_s = Allowance().step_s / self._ENTRIES
        self._known: float | None = None
        self._known_at = 0.0
        self._next_at = 0.0
        self._free_at = 0.0

    def took(self, seconds: float) -> None:
        """One entry of the journal."""
        self._entry_s += _FRESH * (seconds - self._entry_s)

    def seconds(self) -> float | None:
        """Reckoned anew every few seconds, counted down between."""
        now = self._link.clock.monotonic()
        began = time.perf_counter()
        if self._known is None or (now >= self._next_at and began >= self._free_at):
            left = [work.step for work in self._works if not work.is_settled]
            self._known = self._reckoned(left).seconds
            self._known_at, self._next_at = now, now + _LEFT_EVERY_S
            ended = time.perf_counter()
            self._free_at = ended + (ended - began) / _LEFT_SHARE
        return max(0.0, self._known - (now - self._known_at))

    def _reckoned(self, left: list[AnyStep]) -> Estimate:
        """The server knows clients by their ids, the plan those it makes by a reference."""
        made = _clients_made(self._works)
        known = {
            (made.get(str(owner), ref_of(owner)), name)
            for name, owner in self._context.lists_read()
        }
        given = self._link.api.allowance()
        recent = {_with_refs(name, made): ages for name, ages in given.recent.items()}
        step_s = self._entry_s * self._ENTRIES
        return estimate_steps(left, replace(given, step_s=step_s, recent=recent), known)


def _with_refs(path: str, made: dict[str, Ref]) -> str:
    for client, ref in made.items():
        path = path.replace(client, ref)
    return path


def _retrieve(task: asyncio.Future[Any]) -> None:
    """Nobody may be left to ask for the outcome of a request that was given up."""
    if not task.cancelled():
        task.exception()


def _left_out(needs: str) -> Result:
    """Of a step that cannot be done because another one was skipped."""
    return Result(facts={"reason": f"needs {needs}", "needs": needs})


def _as_found(work: Work, found: Result) -> Result:
    """Of a step with nothing to do. A request that was prepared and never left has not done it."""
    if work.prepared is None or work.state != PLANNED:
        return found
    return msgspec.structs.replace(found, facts={**found.facts, AS_WANTED: "yes"})


def _asks_to_wait(error: ClavigerError) -> bool:
    return isinstance(error, OutcomeUnknown) and error.status == 503


def _rows(rows: list[int]) -> dict[str, str]:
    return {"rows": ",".join(str(row) for row in dict.fromkeys(rows))} if rows else {}


def _refuse_half_made(work: Work) -> None:
    """A client that is not complete is reported once and offered for completion (T45)."""
    if isinstance(work.step, CreateClient) and work.result is not None:
        missing = work.result.facts.get(MISSING)
        if missing:
            cause = HalfMadeClient(work.step.name, tuple(missing.split(",")))
            raise RunStopped(work.key, cause)


def _items(work: Work) -> int:
    return work.step.count if isinstance(work.step, ImportItems) else 0


def _weight(stopped: RunStopped) -> int:
    """What stopped the run as a whole first, what only waits for a decision last."""
    if isinstance(stopped.cause, LINE):
        return 0
    return 2 if isinstance(stopped.cause, Uncertain) else 1


def _failure(error: ClavigerError) -> Result:
    """What a step keeps of its error. Nothing of the server's own words."""
    facts: dict[str, str] = {}
    if isinstance(error, ChangedSince):
        states = {"base": error.base, "now": error.now, "wanted": error.wanted}
        facts = {name: msgspec.json.encode(state).decode() for name, state in states.items()}
    return Result(problem=type(error).__name__, facts=facts)
