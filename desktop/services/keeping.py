"""The one road by which an answer of the server becomes the last known state (T21, T28, T58).

A list is parsed completely before anything is written. One that would take away much of what is
known, or that is older than it, is held back: the former one stays in force until a person says
otherwise. What is held is in memory only and gone at the lock; it is then asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from desktop.api import answers
from desktop.cache.journal import Journal
from desktop.cache.snapshots import Put, Snapshot, Snapshots
from desktop.domain.errors import NotOurServer
from desktop.domain.ids import OrganizationId
from desktop.domain.records import (
    Collection,
    CollectionDetails,
    Group,
    OrganizationMember,
    Policy,
    ProviderClient,
    ProviderMember,
    Record,
)
from desktop.plans.removed import removed_by
from desktop.services.forgotten import FORGOTTEN
from desktop.services.run_types import DONE, RUNNING, SENT, UNKNOWN, RunPayload

CLIENTS: Final = "clients"
STAFF: Final = "staff"
MEMBERS: Final = "members"
GROUPS: Final = "groups"
COLLECTIONS: Final = "collections"
DETAILS: Final = "collection_details"
POLICIES: Final = "policies"

# Fewer rows than this may go at once: in a small list one or two are far more than a fifth. But a
# list of several that is empty all of a sudden is asked about whatever its length.
LOSS_ROWS_MIN: Final = 3
LOSS_ROWS: Final = 50
LOSS_SHARE: Final = 0.2

# A step that may have happened may have removed its rows.
_MAY_HAVE_HAPPENED: Final = frozenset({DONE, SENT, UNKNOWN})
_RUN: Final = msgspec.msgpack.Decoder(RunPayload)


def _id(row: Any) -> str:
    return str(row.id)


@dataclass(frozen=True)
class ListKind:
    """How one kind of snapshot is read as rows. `name` is the list a person knows it as."""

    name: str
    record: type[Record]
    row: Callable[[Any], str] = _id
    revision: Callable[[Any], datetime | None] = lambda _row: None


LISTS: Final[dict[str, ListKind]] = {
    CLIENTS: ListKind(
        CLIENTS,
        ProviderClient,
        lambda row: str(row.organization_id),
        lambda row: row.revision_date,
    ),
    STAFF: ListKind(STAFF, ProviderMember),
    MEMBERS: ListKind(MEMBERS, OrganizationMember),
    GROUPS: ListKind(GROUPS, Group),
    COLLECTIONS: ListKind(COLLECTIONS, Collection),
    DETAILS: ListKind(COLLECTIONS, CollectionDetails),
    POLICIES: ListKind(POLICIES, Policy, lambda row: str(int(row.type))),
}
_PROVIDERS: Final = frozenset({CLIENTS, STAFF})


@dataclass(frozen=True)
class HeldBack:
    """An answer that waits for a person's word. `client` None is the provider itself.

    `before` and `after` are numbers of rows; `is_older`: its own dates say that it is an old one.
    """

    kind: str
    client: OrganizationId | None
    before: int
    after: int
    at: datetime
    is_older: bool = False


@dataclass(frozen=True)
class HeldRows:
    """What would go with a held answer: rows of the list in force, which is of `former_at`."""

    former_at: datetime
    gone: tuple[Any, ...]


@dataclass(frozen=True)
class Kept:
    """What is in force after an answer was judged: the answer, or the former one if it is held."""

    payload: bytes
    fetched_at: datetime
    changed: bool = False
    held: bool = False


@dataclass(frozen=True)
class Swapped:
    """Per group what is in force, or why nothing of the group was taken; `news` is newly held."""

    groups: tuple[tuple[Kept, ...] | NotOurServer, ...]
    news: tuple[HeldBack, ...]


_Key = tuple[str, str]
_Rows = dict[str, datetime | None]


@dataclass(frozen=True)
class _Mark:
    """What tells one suspicious answer from another: its rows, not every number in them."""

    rows: frozenset[str]
    is_older: bool


@dataclass(frozen=True)
class _Held:
    back: HeldBack
    mark: _Mark
    puts: dict[str, Put] = field(repr=False)


@dataclass(frozen=True)
class _Judged:
    """`stays` is what remains in force in place of `put`."""

    put: Put
    stays: Snapshot | None = None
    is_left: bool = False
    """Of a client that was forgotten here meanwhile."""


def is_loss(before: int, gone: int) -> bool:
    """Whether so many rows less are too many to believe without a question."""
    if gone < LOSS_ROWS_MIN:
        return before == gone > 1
    return gone > LOSS_ROWS or gone > before * LOSS_SHARE


class Keeping:
    """Judges and keeps answers. All but `held` runs on the connection's disk thread."""

    def __init__(self, snapshots: Snapshots, journal: Journal, *, read_only: bool) -> None:
        self._snapshots = snapshots
        self._journal = journal
        self._read_only = read_only
        self._held: dict[_Key, _Held] = {}
        self._dismissed: dict[_Key, _Mark] = {}
        self._accepted: dict[_Key, _Mark] = {}

    @property
    def held(self) -> tuple[HeldBack, ...]:
        """What waits, oldest first."""
        return tuple(sorted((one.back for one in self._held.copy().values()), key=_age))

    def swap(self, groups: Sequence[Sequence[Put]], *, is_quiet: bool = False) -> Swapped:
        """Keeps all groups in one transaction. A group of which one answer is not what was asked
        for leaves everything of its own as it was; the others are kept. Raises StorageFailed.

        `is_quiet`: the background asked, and brings back nothing of a forgotten client.
        """
        news: list[HeldBack] = []
        judged: list[list[_Judged] | NotOurServer] = []
        for group in groups:
            if is_quiet and any(self._is_forgotten(put.owner) for put in group[:1]):
                judged.append([_Judged(put, is_left=True) for put in group])
                continue
            try:
                # All of a group is parsed before any of it is judged.
                read = [self._read(put) for put in group]
            except NotOurServer as error:
                judged.append(error)
            else:
                judged.append([self._judge(*one, news) for one in read])
        taken = [
            one.put
            for group in judged
            if not isinstance(group, NotOurServer)
            for one in group
            if one.stays is None and not one.is_left
        ]
        changes = iter([] if self._read_only else self._snapshots.put_all(taken))
        found = tuple(
            group
            if isinstance(group, NotOurServer)
            else tuple(_kept(one, changes) for one in group)
            for group in judged
        )
        return Swapped(found, tuple(news))

    def accept(self, held: HeldBack) -> bool:
        """Makes the held answer the present one; False if it does not wait any more."""
        key = self._key_of(held)
        if key is None:
            return False
        found = self._held[key]
        if self._read_only:
            self._accepted[key] = found.mark
        else:
            self._snapshots.put_all(list(found.puts.values()))
        self._release(key)
        return True

    def keep_former(self, held: HeldBack) -> bool:
        """Drops the held answer; one with the same rows is not asked about again."""
        key = self._key_of(held)
        if key is None:
            return False
        self._dismissed[key] = self._held.pop(key).mark
        return True

    def look(self, held: HeldBack) -> HeldRows | None:
        """What would go if the held answer were taken; None if it does not wait any more."""
        key = self._key_of(held)
        if key is None:
            return None
        found = self._held[key]
        put = max(found.puts.values(), key=lambda one: one.fetched_at)
        kind = LISTS[put.kind]
        base = self._base(put, kind)
        if base is None:
            return None
        rows = answers.kept_elements(base.payload, LISTS[base.kind].record)
        gone = tuple(one for one in rows if LISTS[base.kind].row(one) not in found.mark.rows)
        return HeldRows(base.fetched_at, gone)

    def drop(self, owner: str) -> None:
        """Forgets what is held of one owner."""
        for known in (self._held, self._dismissed, self._accepted):
            for key in [one for one in known if one[1] == owner]:
                known.pop(key)

    def forget(self) -> None:
        """At the lock: nothing of an answer stays in memory."""
        self._held.clear()
        self._dismissed.clear()
        self._accepted.clear()

    def _is_forgotten(self, owner: str) -> bool:
        return self._snapshots.label(FORGOTTEN, owner) is not None

    # --- judging ------------------------------------------------------------------------------

    def _read(self, put: Put) -> tuple[Put, Snapshot | None, _Rows | None]:
        """With what it takes the place of, and its rows unless they are the former ones.

        Raises NotOurServer.
        """
        kind = LISTS.get(put.kind)
        if kind is None:
            return put, None, None
        if self._snapshots.is_current(put.kind, put.owner, put.payload):
            return put, None, None
        base = self._base(put, kind)
        return put, base, _rows_of(put.kind, put.payload)

    def _judge(
        self, put: Put, base: Snapshot | None, after: _Rows | None, news: list[HeldBack]
    ) -> _Judged:
        kind = LISTS.get(put.kind)
        if kind is None:
            return _Judged(put)
        key = kind.name, put.owner
        if base is None or after is None:
            self._release(key)
            return _Judged(put)
        before = _rows_of(base.kind, base.payload)
        mark = _Mark(frozenset(after), _is_older(before, after))
        if not mark.is_older and not self._is_loss(key, before, after, base.fetched_at):
            self._release(key)
            return _Judged(put)
        if self._accepted.get(key) == mark:
            return _Judged(put)
        if self._dismissed.get(key) != mark:
            back = HeldBack(
                kind=kind.name,
                client=None if put.kind in _PROVIDERS else OrganizationId(UUID(put.owner)),
                before=len(before),
                after=len(after),
                at=put.fetched_at,
                is_older=mark.is_older,
            )
            self._hold(key, put, _Held(back, mark, {put.kind: put}), news)
        return _Judged(put, stays=base)

    def _base(self, put: Put, kind: ListKind) -> Snapshot | None:
        """The newest snapshot of the same list: collections come from either of two calls."""
        own = self._snapshots.get(put.kind, put.owner)
        if own is not None and own.payload == put.payload:
            return own
        others = [
            self._snapshots.get(name, put.owner)
            for name, one in LISTS.items()
            if one.name == kind.name and name != put.kind
        ]
        known = [one for one in (own, *others) if one is not None]
        return max(known, key=lambda one: one.fetched_at, default=None)

    def _is_loss(self, key: _Key, before: _Rows, after: _Rows, since: datetime) -> bool:
        gone = before.keys() - after.keys()
        if not is_loss(len(before), len(gone)):
            return False
        return is_loss(len(before), len(gone - self._removed_by_us(*key, since)))

    def _removed_by_us(self, name: str, owner: str, since: datetime) -> set[str]:
        """Rows that runs of this desk took away since the former list was fetched."""
        found: set[str] = set()
        for run in self._journal.runs():
            # One on its way has not changed its own state since it began.
            if run.changed < since and run.state != RUNNING:
                continue
            try:
                plan = _RUN.decode(run.payload).plan
            except msgspec.MsgspecError:
                # The items of an import, or a damaged journal, which is reported elsewhere.
                continue
            states = self._journal.step_states(run.id)
            for step in plan.steps:
                removed = removed_by(step)
                if removed is None or states.get(step.key) not in _MAY_HAVE_HAPPENED:
                    continue
                if removed.rows == name and (name == STAFF or str(removed.client) == owner):
                    found |= removed.ids
        return found

    def _hold(self, key: _Key, put: Put, new: _Held, news: list[HeldBack]) -> None:
        former = self._held.get(key)
        if former is not None and former.mark == new.mark:
            self._held[key] = replace(former, puts={**former.puts, put.kind: put})
            return
        self._dismissed.pop(key, None)
        self._held[key] = new
        news.append(new.back)

    def _release(self, key: _Key) -> None:
        self._held.pop(key, None)
        self._dismissed.pop(key, None)

    def _key_of(self, held: HeldBack) -> _Key | None:
        return next((key for key, one in self._held.items() if one.back == held), None)


def _rows_of(kind: str, payload: bytes) -> _Rows:
    """Id to revision of each row. Raises NotOurServer for what is not such a list (T28)."""
    known = LISTS.get(kind)
    if known is None:
        return {}
    rows = answers.kept_elements(payload, known.record)
    return {known.row(one): known.revision(one) for one in rows}


def _is_older(before: _Rows, after: _Rows) -> bool:
    """Whether a row carries an earlier date of change than the same row did before."""
    for row, now in after.items():
        former = before.get(row)
        if former is not None and now is not None and now < former:
            return True
    return False


def _kept(judged: _Judged, changes: Any) -> Kept:
    if judged.stays is not None:
        return Kept(judged.stays.payload, judged.stays.fetched_at, held=True)
    if judged.is_left:
        return Kept(judged.put.payload, judged.put.fetched_at)
    return Kept(judged.put.payload, judged.put.fetched_at, changed=next(changes, True))


def _age(held: HeldBack) -> tuple[datetime, str, str]:
    return held.at, held.kind, str(held.client)
