"""The last known state of the server, and what it was before: sealed, swapped whole (T58, T83).

A snapshot is one (kind, owner) with the body the server sent. Bodies are kept once per content and
row; a former body stays as history. Only keyed names, keyed hashes and times are in clear.

The present body stands alone. A former one is kept as its difference from the body that took its
place (`cache.delta`), so a change costs about what changed; at most CHAIN_MAX bodies are needed to
read one. What a body was compressed with is sealed inside it: a byte for the kind, then for a plain
one with bodies that need it how long their chain is, for a difference the same and its base.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
import sqlite_utils

from desktop.cache.database import Database, Schema
from desktop.cache.delta import difference, restored
from desktop.cache.sealing import Sealer
from desktop.domain.errors import CannotDecrypt
from desktop.domain.limits import RESPONSE_BYTES_LARGE

CHAIN_MAX: Final = 16
_PLAIN_ZLIB: Final = 0
_DIFFERENCE: Final = 1
_CHAINED_ZLIB: Final = 2
_DIGEST_BYTES: Final = 16
# A difference that saves less than a fifth is not worth needing its neighbour.
_PAYS: Final = 0.8
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _create(db: sqlite_utils.Database) -> None:
    db.table("meta").create({"name": str, "value": bytes}, pk="name", not_null={"value"})
    db.table("snapshots").create(
        {
            "row": bytes, "digest": bytes, "first_at": int, "fetched_at": int,
            "version": int, "label": bytes,
        },
        pk="row",
        not_null={"digest", "first_at", "fetched_at", "version", "label"},
    )  # fmt: skip
    db.table("bodies").create(
        {"row": bytes, "digest": bytes, "sealed": bytes}, pk=("row", "digest"), not_null={"sealed"}
    )
    db.table("versions").create(
        {"row": bytes, "first_at": int, "last_at": int, "digest": bytes, "proof": bytes},
        pk=("row", "first_at"),
        not_null={"last_at", "digest", "proof"},
    )
    db.table("secrets").create({"row": bytes, "sealed": bytes}, pk="row", not_null={"sealed"})


SNAPSHOT_SCHEMA: Final = Schema(number=0x434C5653, version=1, create=_create)


@dataclass(frozen=True)
class Put:
    """One answer of the server on its way into the cache. `fetched_at` is aware.

    `has_history` False: what was kept before is dropped instead of becoming history.
    """

    kind: str
    owner: str
    payload: bytes
    fetched_at: datetime
    version: int = 1
    has_history: bool = True


@dataclass(frozen=True)
class Label:
    """What is known of a snapshot without opening its body."""

    kind: str
    owner: str
    fetched_at: datetime
    version: int


@dataclass(frozen=True)
class Snapshot(Label):
    """A snapshot with its body."""

    payload: bytes


@dataclass(frozen=True)
class FormerVersion:
    """A body that was current from `first_at` to `last_at`; `digest` is its name in this row."""

    digest: bytes
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class _Row:
    """The clear columns of a snapshot; they are part of what its label is bound to."""

    name: bytes
    digest: bytes
    first_at: int
    fetched_at: int
    version: int

    def place(self) -> bytes:
        numbers = (self.first_at, self.fetched_at, self.version)
        return self.name + self.digest + struct.pack(">qqq", *numbers)


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _moment(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _base_of(packed: bytes) -> bytes | None:
    """The body that a difference stands on; None for one that stands alone."""
    return packed[2 : 2 + _DIGEST_BYTES] if packed[0] == _DIFFERENCE else None


def _inflated(packed: bytes) -> bytes | None:
    begin = {_PLAIN_ZLIB: 1, _CHAINED_ZLIB: 2}.get(packed[0])
    if begin is None:
        return None
    inflater = zlib.decompressobj()
    text = inflater.decompress(memoryview(packed)[begin:], RESPONSE_BYTES_LARGE)
    return text if inflater.eof else None


# Bodies that neither a snapshot nor a version names.
_UNUSED: Final = (
    "NOT EXISTS (SELECT 1 FROM snapshots AS s WHERE s.row = bodies.row AND s.digest ="
    " bodies.digest) AND NOT EXISTS (SELECT 1 FROM versions AS v WHERE v.row = bodies.row AND"
    " v.digest = bodies.digest)"
)


class Snapshots:
    """Thread-safe. Writing raises StorageFailed; everything raises Locked after lock."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        self._lost: set[tuple[bytes, bytes]] = set()
        self.damaged = 0
        """Rows that were found changed and dropped since opening, and former bodies lost."""

    def put(
        self, kind: str, owner: str, payload: bytes, fetched_at: datetime, version: int = 1
    ) -> bool:
        """Makes `payload` (JSON) the current snapshot; True if it differs from the last one."""
        return self.put_all([Put(kind, owner, payload, fetched_at, version)])[0]

    def put_all(self, puts: Sequence[Put]) -> list[bool]:
        """Swaps several snapshots in one transaction: all of them, or the former ones stay.

        Raises ValueError, before anything is written, for a payload that is not complete JSON.
        """
        prepared = [self._prepared(put) for put in puts]
        with self._database.transaction() as conn:
            return [self._swap(conn, *one) for one in prepared]

    def get(self, kind: str, owner: str) -> Snapshot | None:
        """The current snapshot; None if there is none or it was changed on disk."""
        row, label = self._current(kind, owner)
        if row is None or label is None:
            return None
        payload = self._body(row.name, row.digest)
        if payload is None:
            self._drop(row.name)
            return None
        return Snapshot(label.kind, label.owner, label.fetched_at, label.version, payload)

    def label(self, kind: str, owner: str) -> Label | None:
        """When a snapshot was fetched, without opening its body."""
        return self._current(kind, owner)[1]

    def is_current(self, kind: str, owner: str, payload: bytes) -> bool:
        """Whether this is the present body, unchanged on disk; cheaper than to read that."""
        name = self._sealer.row_name(kind, owner)
        found = self._database.row("SELECT digest FROM snapshots WHERE row = ?", (name,))
        if found is None or found[0] != self._sealer.content_hash(name, payload):
            return False
        return self._packed(name, found[0]) is not None

    def kinds(self) -> tuple[Label, ...]:
        """All current snapshots by (kind, owner), without their bodies."""
        found = []
        for columns in self._database.rows(
            "SELECT row, digest, first_at, fetched_at, version, label FROM snapshots"
        ):
            label = self._opened(_Row(*columns[:5]), columns[5])
            if label is not None:
                found.append(label)
        return tuple(sorted(found, key=lambda one: (one.kind, one.owner)))

    def history(self, kind: str, owner: str) -> tuple[FormerVersion, ...]:
        """Former versions, oldest first; the current one is not among them."""
        name = self._sealer.row_name(kind, owner)
        found = []
        for first_at, last_at, digest, proof in self._database.rows(
            "SELECT first_at, last_at, digest, proof FROM versions WHERE row = ? ORDER BY first_at",
            (name,),
        ):
            place = _Row(name, digest, first_at, last_at, 0).place()
            try:
                self._sealer.open(proof, "versions", place)
            except CannotDecrypt:
                self.damaged += 1
                continue
            found.append(FormerVersion(digest, _moment(first_at), _moment(last_at)))
        return tuple(found)

    def versions(self, kind: str, owner: str, since: datetime) -> tuple[FormerVersion, ...]:
        """What was in force at `since` (else the first one kept) and all that came after, oldest
        first, the present one last; () if nothing changed after `since`.
        """
        row, label = self._current(kind, owner)
        if row is None or label is None or _moment(row.first_at) <= since:
            return ()
        formers = self.history(kind, owner)
        later = sum(one.first_at > since for one in formers)
        present = FormerVersion(row.digest, _moment(row.first_at), label.fetched_at)
        return (*formers[max(0, len(formers) - later - 1) :], present)

    def former(self, kind: str, owner: str, digest: bytes) -> bytes | None:
        """The body of a former version; None if it is gone or was changed on disk.

        A changed one costs those that stand on it too; each is counted once in `damaged`.
        """
        name = self._sealer.row_name(kind, owner)
        text = self._body(name, digest)
        if text is None and (name, digest) not in self._lost:
            found = self._database.row(
                "SELECT 1 FROM versions WHERE row = ? AND digest = ?", (name, digest)
            )
            if found is not None:
                self._lost.add((name, digest))
                self.damaged += 1
        return text

    def prune(self, before: datetime) -> int:
        """Forgets former versions last seen before `before`; says how many."""
        with self._database.transaction() as conn:
            gone = conn.execute("DELETE FROM versions WHERE last_at < ?", (_milliseconds(before),))
            if gone.rowcount:
                rows = conn.execute(f"SELECT DISTINCT row FROM bodies WHERE {_UNUSED}").fetchall()  # noqa: S608 (ours)
                for (name,) in rows:
                    self._sweep(conn, name)
            return gone.rowcount

    def forget_owner(self, owner: str, kinds: Iterable[str] = ()) -> None:
        """Removes all snapshots of one owner with their history.

        `kinds` are looked for even where only history is left. StorageFailed: nothing was removed.
        """
        known = {label.kind for label in self.kinds() if label.owner == owner}
        with self._database.transaction() as conn:
            for kind in known.union(kinds):
                name = (self._sealer.row_name(kind, owner),)
                for table in ("snapshots", "versions", "bodies"):
                    conn.execute(f"DELETE FROM {table} WHERE row = ?", name)  # noqa: S608 (ours)

    def rewrite_history(
        self, change: Callable[[bytes], bytes | None], kinds: Iterable[str] | None = None
    ) -> int:
        """Puts what `change` makes of each former body in its place; None leaves it as it is.

        `kinds`: of these only. How many bodies were changed. StorageFailed: none was.
        """
        changed = 0
        wanted = None if kinds is None else set(kinds)
        labels = [one for one in self.kinds() if wanted is None or one.kind in wanted]
        with self._database.transaction() as conn:
            for label in labels:
                changed += self._rewrite(conn, label, change)
        return changed

    def compact(self) -> None:
        """Gives the room of what was removed back to the disk. StorageFailed."""
        self._database.compact()

    def forget(self, kind: str, owner: str) -> None:
        """Removes a snapshot with its history."""
        self._drop(self._sealer.row_name(kind, owner), damaged=0, with_history=True)

    def _prepared(self, put: Put) -> tuple[Put, _Row, bytes | None]:
        """The row to be, and the compressed body unless the present one has the same content."""
        name = self._sealer.row_name(put.kind, put.owner)
        digest = self._sealer.content_hash(name, put.payload)
        at = _milliseconds(put.fetched_at)
        row = _Row(name, digest, at, at, put.version)
        known = self._database.row(
            "SELECT 1 FROM snapshots JOIN bodies USING (row, digest) WHERE row = ? AND digest = ?",
            (name, digest),
        )
        if known is not None:
            return put, row, None
        try:
            msgspec.json.decode(put.payload, type=msgspec.Raw)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError("not complete JSON") from error
        return put, row, zlib.compress(put.payload, 1)

    def _swap(self, conn: sqlite3.Connection, put: Put, row: _Row, packed: bytes | None) -> bool:
        """Makes a prepared body the present one; True if it is another than the last one."""
        former = conn.execute(
            "SELECT digest, first_at, fetched_at FROM snapshots WHERE row = ?", (row.name,)
        ).fetchone()
        is_new = former is None or former[0] != row.digest
        chain = 0
        if former is not None and is_new and put.has_history:
            chain = self._make_former(conn, row, former, put.payload)
        if packed is not None or is_new:
            chain = max(chain, self._chain_at(row.name, row.digest))
            self._keep(conn, row, chain, packed or zlib.compress(put.payload, 1))
        now = _Row(
            row.name, row.digest, row.first_at if is_new else former[1], row.fetched_at, row.version
        )
        conn.execute(
            "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?)",
            (now.name, now.digest, now.first_at, now.fetched_at, now.version,
             self._label(now, put.kind, put.owner)),
        )  # fmt: skip
        if former is not None and is_new and not put.has_history:
            self._sweep(conn, row.name)
        return packed is not None

    def _keep(self, conn: sqlite3.Connection, row: _Row, chain: int, packed: bytes) -> None:
        """A body that stands alone; `chain`: how many former ones lead to it, one after another."""
        kind = bytes([_CHAINED_ZLIB, chain]) if chain else bytes([_PLAIN_ZLIB])
        self._write(conn, row.name, row.digest, kind + packed)

    def _write(self, conn: sqlite3.Connection, name: bytes, digest: bytes, packed: bytes) -> None:
        sealed = self._sealer.seal(packed, "bodies", name + digest)
        conn.execute("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?)", (name, digest, sealed))

    def _make_former(
        self, conn: sqlite3.Connection, row: _Row, former: tuple[bytes, int, int], payload: bytes
    ) -> int:
        """Enters the last version into the history; the chain that now leads to `payload`."""
        conn.execute(
            "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?)",
            self._former(row.name, *former),
        )
        digest = former[0]
        packed = self._packed(row.name, digest)
        text = self._body(row.name, digest)
        chain = self._chain_at(row.name, digest) + 1
        if packed is None or text is None or chain > CHAIN_MAX:
            return 0
        head = bytes([_DIFFERENCE, chain - 1]) + row.digest
        delta = difference(payload, text)
        if len(head) + len(delta) > len(packed) * _PAYS:
            return 0
        self._write(conn, row.name, digest, head + delta)
        return chain

    def _sweep(self, conn: sqlite3.Connection, name: bytes) -> None:
        """Removes the bodies of a row that no version needs; what stood on one stands alone then.

        Usually nothing does: a body stands on a newer one, and the old ones go first.
        """
        gone = {
            digest
            for (digest,) in conn.execute(
                f"SELECT digest FROM bodies WHERE row = ? AND {_UNUSED}",  # noqa: S608 (ours)
                (name,),
            )
        }
        for (digest,) in conn.execute(
            "SELECT digest FROM bodies WHERE row = ?", (name,)
        ).fetchall():
            packed = None if digest in gone else self._packed(name, digest)
            if packed is not None and _base_of(packed) in gone:
                text = self._body(name, digest)
                if text is not None:
                    kind = bytes([_CHAINED_ZLIB, packed[1]])
                    self._write(conn, name, digest, kind + zlib.compress(text, 9))
        conn.executemany(
            "DELETE FROM bodies WHERE row = ? AND digest = ?", [(name, digest) for digest in gone]
        )

    def _rewrite(
        self, conn: sqlite3.Connection, label: Label, change: Callable[[bytes], bytes | None]
    ) -> int:
        name = self._sealer.row_name(label.kind, label.owner)
        bodies = []
        changed = 0
        for version in self.history(label.kind, label.owner):
            text = self._body(name, version.digest)
            if text is None:
                continue
            other = change(text)
            changed += other is not None
            bodies.append((version, text if other is None else other))
        if not changed:
            return 0
        conn.execute("DELETE FROM versions WHERE row = ?", (name,))
        for version, text in bodies:
            digest = self._sealer.content_hash(name, text)
            first, last = _milliseconds(version.first_at), _milliseconds(version.last_at)
            conn.execute(
                "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?)",
                self._former(name, digest, first, last),
            )
            row = _Row(name, digest, first, last, 0)
            self._keep(conn, row, self._chain_at(name, digest), zlib.compress(text, 9))
        self._sweep(conn, name)
        return changed

    def _label(self, row: _Row, kind: str, owner: str) -> bytes:
        return self._sealer.seal(msgspec.msgpack.encode((kind, owner)), "snapshots", row.place())

    def _former(
        self, name: bytes, digest: bytes, first_at: int, last_at: int
    ) -> tuple[bytes, int, int, bytes, bytes]:
        place = _Row(name, digest, first_at, last_at, 0).place()
        return name, first_at, last_at, digest, self._sealer.seal(b"", "versions", place)

    def _current(self, kind: str, owner: str) -> tuple[_Row | None, Label | None]:
        name = self._sealer.row_name(kind, owner)
        columns = self._database.row(
            "SELECT row, digest, first_at, fetched_at, version, label FROM snapshots WHERE row = ?",
            (name,),
        )
        if columns is None:
            return None, None
        row = _Row(*columns[:5])
        return row, self._opened(row, columns[5])

    def _opened(self, row: _Row, sealed: object) -> Label | None:
        try:
            kind, owner = msgspec.msgpack.decode(
                self._sealer.open(sealed, "snapshots", row.place()), type=tuple[str, str]
            )
        except CannotDecrypt:
            self._drop(row.name)
            return None
        return Label(kind, owner, _moment(row.fetched_at), row.version)

    def _packed(self, name: bytes, digest: bytes) -> bytes | None:
        """A body as it was sealed; None if it is gone or was changed on disk."""
        found = self._database.row(
            "SELECT sealed FROM bodies WHERE row = ? AND digest = ?", (name, digest)
        )
        if found is None:
            return None
        try:
            return self._sealer.open(found[0], "bodies", name + digest) or None
        except CannotDecrypt:
            return None

    def _chain_at(self, name: bytes, digest: bytes) -> int:
        """How long the chain of bodies is that need this one, at most."""
        packed = self._packed(name, digest)
        return 0 if packed is None or packed[0] == _PLAIN_ZLIB else packed[1]

    def _body(self, name: bytes, digest: bytes) -> bytes | None:
        """None if it, or one that it stands on, is gone, was changed on disk or is of a kind that
        this version does not know.
        """
        packed = self._packed(name, digest)
        deltas: list[bytes] = []
        while packed is not None and (base := _base_of(packed)) is not None:
            deltas.append(packed[2 + _DIGEST_BYTES :])
            packed = self._packed(name, base) if len(deltas) <= CHAIN_MAX else None
        text = None if packed is None else _inflated(packed)
        try:
            for delta in reversed(deltas):
                text = None if text is None else restored(text, delta, RESPONSE_BYTES_LARGE)
        except ValueError:
            return None
        if deltas and text is not None and self._sealer.content_hash(name, text) != digest:
            return None
        return text

    def _drop(self, name: object, *, damaged: int = 1, with_history: bool = False) -> None:
        """Makes room for a fresh fetch: a changed row must not look like the unchanged content."""
        self.damaged += damaged
        if self._database.read_only:
            return
        with self._database.transaction() as conn:
            if with_history:
                conn.execute("DELETE FROM versions WHERE row = ?", (name,))
                conn.execute("DELETE FROM bodies WHERE row = ?", (name,))
            else:
                conn.execute(
                    "DELETE FROM bodies WHERE (row, digest) IN"
                    " (SELECT row, digest FROM snapshots WHERE row = ?)",
                    (name,),
                )
            conn.execute("DELETE FROM snapshots WHERE row = ?", (name,))
