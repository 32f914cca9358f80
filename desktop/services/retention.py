"""How long what was read stays on this computer, and forgetting a client at a person's word.

The history is kept for so many months; the present state and the journal stay. Forgetting leaves
ids: that there was a run, when, and for which client, but not what the client is called.
"""

from __future__ import annotations

import asyncio
import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from desktop.api import answers
from desktop.cache.journal import FORGOTTEN as FORGOTTEN_RUN
from desktop.cache.journal import RunRecord
from desktop.domain.errors import ClavigerError, NotOurServer, RunUnfinished, StorageFailed
from desktop.domain.events import ClientsChanged, RunsChanged
from desktop.domain.ids import OrganizationId, RunId
from desktop.plans.plan import Plan
from desktop.plans.steps import AnyStep, CreateClient, ImportItems, Say, client_of, id_in
from desktop.services import forgotten
from desktop.services.clients import Clients
from desktop.services.compare import short
from desktop.services.event_logs import EVENTS, SEEN
from desktop.services.forgotten import FORGOTTEN, Forgotten
from desktop.services.keeping import CLIENTS, COLLECTIONS, DETAILS, GROUPS, MEMBERS, POLICIES
from desktop.services.kept_items import ITEMS, forget_items
from desktop.services.link import ACCOUNT, PROFILE, Link
from desktop.services.local_log import CLIENT_FORGOTTEN, LocalLog
from desktop.services.run_types import DRAFT, WAITING, Result, RunPayload, StepPayload
from desktop.services.send_again import original
from desktop.services.workspace import OPENED_OFFLINE

# Not in the way of what a person wants to see after unlocking.
FIRST_AFTER: Final = timedelta(minutes=1)
EVERY: Final = timedelta(days=1)
# Where history may be left although the present snapshot is gone.
_KINDS: Final = (COLLECTIONS, DETAILS, GROUPS, MEMBERS, POLICIES, SEEN)
# Lists of the provider that name clients, by what tells their rows apart.
_NAMING: Final = {"data": "organizationId", "providerOrganizations": "id", "organizations": "id"}
_UNFINISHED: Final = frozenset({*WAITING, DRAFT})
# A client's row in each list of a body.
_Named = dict[str, dict[str, Any]]
# A fact of a title that is the key of another title.
_TITLE: Final = "title"

_PAYLOAD: Final = msgspec.msgpack.Decoder(RunPayload)
_STEP: Final = msgspec.msgpack.Decoder(StepPayload)
_RESULT: Final = msgspec.msgpack.Decoder(Result)


class Retention:
    """Of one desk. Nothing goes before `start` or a call; one that only reads removes nothing."""

    def __init__(self, link: Link, clients: Clients, log: LocalLog) -> None:
        self._link = link
        self._clients = clients
        self._log = log
        self._task: asyncio.Task[None] | None = None

    # --- by time ------------------------------------------------------------------------------

    def start(self, months: Callable[[], int]) -> None:
        """Prunes shortly after unlocking and once a day; `months` is asked each time."""
        if self._task is None and not self._link.is_closed and not self._link.read_only:
            self._task = asyncio.get_running_loop().create_task(self._daily(months))

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def prune(self, months: int) -> int:
        """Removes former versions last seen more than `months` ago, months of event logs before
        that, and what is kept of clients that the server has not listed for as long; of forgotten
        ones what the history learned when they left the list.

        How many former versions went. Raises StorageFailed, Locked.
        """
        link = self._link
        before = months_before(link.clock.now(), months)
        gone = await link.disk(link.snapshots.prune, before)
        await link.disk(self._prune_present, before)
        return gone

    async def _daily(self, months: Callable[[], int]) -> None:
        pause = FIRST_AFTER
        while True:
            await self._link.clock.sleep(pause.total_seconds())
            pause = EVERY
            try:
                await self.prune(months())
            except ClavigerError:
                # A full disk, or the lock: another time.
                if self._link.is_closed:
                    return

    def _prune_present(self, before: datetime) -> None:
        snapshots = self._link.snapshots
        first_month = f"{EVENTS}{before:%Y-%m}"
        holder = str(self._link.session.holder_id)
        listed = snapshots.get(CLIENTS, holder)
        known = {holder, ACCOUNT}
        if listed is not None:
            rows = answers.kept_clients(listed.payload)
            known |= {str(one.organization_id) for one in rows}
        newest: dict[str, datetime] = {}
        for label in snapshots.kinds():
            if label.kind.startswith(EVENTS) and label.kind < first_month:
                snapshots.forget(label.kind, label.owner)
            else:
                newest[label.owner] = max(newest.get(label.owner, before), label.fetched_at)
        for owner, last in newest.items():
            if listed is not None and owner not in known and last <= before:
                snapshots.forget_owner(owner, _KINDS)
        for label in snapshots.kinds():
            if label.kind == FORGOTTEN:
                self._forget_again(OrganizationId(UUID(label.owner)), label.fetched_at)

    def _forget_again(self, client: OrganizationId, marked_at: datetime) -> None:
        """A list that names a forgotten client becomes history when the client leaves it."""
        snapshots = self._link.snapshots
        facts = forgotten.marked(snapshots, client) or Forgotten()
        is_named = any(rows for _kind, rows in self._naming(client))
        if is_named == facts.is_named:
            return
        if not is_named:
            self._forget_history(client)
        now = msgspec.structs.replace(facts, is_named=is_named)
        forgotten.mark(snapshots, client, now, marked_at)

    # --- at a person's word -------------------------------------------------------------------

    async def forget_client(self, client: OrganizationId) -> None:
        """Removes what is kept of a client: lists, history, event logs, import ledger, contents of
        its runs. The journal keeps ids, times and states; the provider's present list names the
        client for as long as the server lists it.

        Raises RunUnfinished while a run or draft of it did not end, with nothing removed, and
        StorageFailed, after which the rest is removed by asking again.
        """
        link = self._link
        if link.read_only:
            raise StorageFailed("read_only")
        known = self._clients.find(client)
        target = _Target(client, set() if known is None else {_plain(known.organization_name)})
        await link.disk(self._check_ended, target)
        members = await link.kept(MEMBERS, str(client))
        if members is not None:
            people = answers.kept_members(members.payload)
            link.pins.forget_names(one.user_id for one in people if one.user_id is not None)
            await link.pins.flush()
        # The runs first: some are known by former names alone, which the history tells.
        await link.disk(self._learn_names, target)
        await link.disk(self._forget_runs, target)
        await link.disk(self._forget_snapshots, target)
        await link.disk(link.ledger.forget, client)
        await self._log.note(CLIENT_FORGOTTEN, client)
        await link.disk(link.snapshots.compact)
        await link.disk(link.journal.compact)
        link.publish(RunsChanged())
        link.publish(ClientsChanged())

    def _check_ended(self, target: _Target) -> None:
        for record, payload in self._runs():
            is_open = record.state in _UNFINISHED
            if is_open and self._part_of(target, record.id, payload).is_any:
                raise RunUnfinished(record.id)

    def _learn_names(self, target: _Target) -> None:
        """What the client was called, from all versions of the provider's list."""
        snapshots, owner = self._link.snapshots, str(self._link.session.holder_id)
        present = snapshots.get(CLIENTS, owner)
        bodies = [present.payload] if present is not None else []
        for version in snapshots.history(CLIENTS, owner):
            body = snapshots.former(CLIENTS, owner, version.digest)
            bodies += [body] if body is not None else []
        for body in bodies:
            row = _rows_of(body, target.client).get("data", {})
            name = row.get("organizationName")
            if isinstance(name, str):
                target.names.add(_plain(name))

    def _forget_snapshots(self, target: _Target) -> None:
        """Its own, and its rows in former versions of the provider's lists.

        The mark comes first: after a failure in between no round fetches anything again.
        """
        snapshots, owner = self._link.snapshots, str(target.client)
        details = snapshots.label(DETAILS, owner)
        former = forgotten.marked(snapshots, target.client) or Forgotten()
        facts = Forgotten(
            told=details.fetched_at if details is not None else former.told,
            owes=former.owes or snapshots.label(OPENED_OFFLINE, owner) is not None,
        )
        self._link.keeping.drop(owner)
        snapshots.forget_owner(owner, _KINDS)
        forgotten.mark(snapshots, target.client, facts, self._link.clock.now())
        self._forget_history(target.client)

    def _naming(self, client: OrganizationId) -> Iterator[tuple[str, _Named]]:
        """The client's rows in the provider's present lists, by kind of list."""
        for kind, holder in ((CLIENTS, str(self._link.session.holder_id)), (PROFILE, ACCOUNT)):
            present = self._link.snapshots.get(kind, holder)
            yield kind, {} if present is None else _rows_of(present.payload, client)

    def _forget_history(self, client: OrganizationId) -> None:
        """Former versions of the provider's lists tell no more of it than the present ones."""
        for kind, rows in self._naming(client):
            self._link.snapshots.rewrite_history(_Rewrite(client, rows), kinds=(kind,))

    def _forget_runs(self, target: _Target) -> None:
        journal = self._link.journal
        for record, payload in self._runs():
            part = self._part_of(target, record.id, payload)
            if not part.is_any:
                continue
            if record.state in _UNFINISHED:
                # Begun since it was asked about.
                raise RunUnfinished(record.id)
            for chunk in part.chunks:
                forget_items(journal, record.id, chunk)
            left = msgspec.msgpack.encode(_redacted(payload, part, target))
            if part.keys or left != record.payload:
                journal.redact_run(record.id, left, part.keys)

    def _runs(self) -> Iterator[tuple[RunRecord, RunPayload]]:
        for record in self._link.journal.runs():
            if record.kind == ITEMS or record.state == FORGOTTEN_RUN:
                continue
            try:
                payload = _PAYLOAD.decode(record.payload)
            except msgspec.MsgspecError:
                # Of a damaged journal, which is reported as a whole (T57).
                continue
            yield record, payload

    def _part_of(self, target: _Target, run: RunId, payload: RunPayload) -> _Part:
        """Which steps of a run are about the client; all of them where the plan is."""
        plan = payload.plan
        steps: dict[str, AnyStep] = {one.key: one for one in plan.steps}
        made: dict[str, UUID] = {}
        keys = []
        for record in self._link.journal.steps(run):
            keys.append(record.key)
            added = _STEP.decode(record.payload).step if record.payload else None
            if added is not None:
                steps[record.key] = added
            result = _RESULT.decode(record.result) if record.result is not None else None
            if result is not None and result.id is not None:
                made[record.key] = result.id
        mine = {key for key, one in steps.items() if target.is_of(one, made)}
        is_whole = plan.client == target.client or (
            bool(mine) and mine >= {one.key for one in plan.steps}
        )
        chosen = set(steps) if is_whole else mine
        return _Part(
            keys=[key for key in keys if key in chosen],
            steps=frozenset(chosen),
            chunks={original(k) for k in chosen if isinstance(steps[k], ImportItems)},
            is_whole=is_whole,
        )


@dataclass
class _Target:
    """The client to forget, and what it is or was called (`_plain`)."""

    client: OrganizationId
    names: set[str]

    def is_of(self, step: AnyStep, made: dict[str, UUID]) -> bool:
        """`made`: results of the run's steps. A client that was never seen made is known by its
        name alone.
        """
        if isinstance(step, CreateClient):
            if step.key in made:
                return made[step.key] == self.client
            return _plain(step.name) in self.names
        ref = client_of(step)
        if ref is None:
            return False
        if ref.startswith("@"):
            return made.get(ref[1:].split("#")[0]) == self.client
        return id_in(ref) == self.client


@dataclass(frozen=True)
class _Part:
    """Of a run: its entries and steps that go, chunks whose items were kept, whether all of it."""

    keys: list[str]
    steps: frozenset[str]
    chunks: set[str]
    is_whole: bool

    @property
    def is_any(self) -> bool:
        return self.is_whole or bool(self.steps)


def _redacted(payload: RunPayload, part: _Part, target: _Target) -> RunPayload:
    """The run as it is listed from now on: its kind, its people's ids, the steps of others."""
    plan = payload.plan
    name = short(target.client)
    if part.is_whole:
        facts = {
            fact: value if fact == _TITLE or value.isdecimal() else name
            for fact, value in plan.title.facts.items()
        }
        bare = Plan(
            title=Say(plan.title.key, facts),
            steps=(),
            client=target.client,
            client_name=name,
            undoes=plan.undoes,
        )
        return msgspec.structs.replace(payload, plan=bare, client_key=None)
    left = msgspec.structs.replace(
        plan,
        title=_without(plan.title, target, name),
        steps=tuple(one for one in plan.steps if one.key not in part.steps),
        already=tuple(_without(one, target, name) for one in plan.already),
    )
    return msgspec.structs.replace(payload, plan=left)


def _without(say: Say, target: _Target, name: str) -> Say:
    facts = say.facts.items()
    return Say(say.key, {k: name if _plain(v) in target.names else v for k, v in facts})


@dataclass
class _Rewrite:
    """Makes the client in a former list what it is in the present one, or nothing: the history
    tells no more of it.
    """

    client: OrganizationId
    present: _Named = field(default_factory=dict)

    def __call__(self, body: bytes) -> bytes | None:
        lists = _lists(body)
        changed = False
        for name, rows in lists.items():
            if name not in _NAMING or not isinstance(rows, list):
                continue
            own = [one for one in rows if _is_row(name, one, self.client)]
            wanted = [self.present[name]] if name in self.present else []
            if own != wanted:
                changed = True
                lists[name] = [one for one in rows if one not in own] + wanted
        return msgspec.json.encode(lists) if changed else None


def _rows_of(body: bytes, client: OrganizationId) -> _Named:
    """The client's row in each list of a body."""
    return {
        name: row
        for name, rows in _lists(body).items()
        if name in _NAMING and isinstance(rows, list)
        for row in rows
        if _is_row(name, row, client)
    }


def _lists(body: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise NotOurServer("shape") from error
    return found if isinstance(found, dict) else {}


def _is_row(name: str, row: object, client: OrganizationId) -> bool:
    identity = row.get(_NAMING[name]) if isinstance(row, dict) else None
    return isinstance(identity, str) and identity.casefold() == str(client)


def _plain(name: str) -> str:
    return name.strip().casefold()


def months_before(now: datetime, months: int) -> datetime:
    """The same day and time so many calendar months ago, or the last day of that month."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last))
