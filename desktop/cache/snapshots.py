"""The last known state of the server, and what it was before: sealed, swapped whole (T58, T83).

A snapshot is one (kind, owner) with the body the server sent. Bodies are kept once per content and
row; a former body stays as history. Only keyed names, keyed hashes and times are in clear.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
import sqlite_utils

from desktop.cache.database import Database, Schema
from desktop.cache.sealing import Sealer
from desktop.domain.errors import CannotDecrypt
from desktop.domain.limits import RESPONSE_BYTES_LARGE

# One byte before each compressed body says how it was compressed.
_PLAIN_ZLIB: Final = b"\x00"
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
    """One answer of the server on its way into the cache. `fetched_at` is aware."""

    kind: str
    owner: str
    payload: bytes
    fetched_at: datetime
    version: int = 1


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


class Snapshots:
    """Thread-safe. Writing raises StorageFailed; everything raises Locked after lock."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        self.damaged = 0
        """Rows that were found changed and dropped since opening."""

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
            for put, row, sealed in prepared:
                former = conn.execute(
                    "SELECT digest, first_at, fetched_at FROM snapshots WHERE row = ?", (row.name,)
                ).fetchone()
                if sealed is not None:
                    conn.execute(
                        "INSERT OR REPLACE INTO bodies VALUES (?, ?, ?)",
                        (row.name, row.digest, sealed),
                    )
                first_at = row.first_at
                if former is not None and former[0] == row.digest:
                    first_at = former[1]
                elif former is not None:
                    conn.execute(
                        "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?)",
                        self._former(row.name, *former),
                    )
                now = _Row(row.name, row.digest, first_at, row.fetched_at, row.version)
                conn.execute(
                    "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?)",
                    (now.name, now.digest, now.first_at, now.fetched_at, now.version,
                     self._label(now, put.kind, put.owner)),
                )  # fmt: skip
        return [sealed is not None for _put, _row, sealed in prepared]

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

    def former(self, kind: str, owner: str, digest: bytes) -> bytes | None:
        """The body of a former version; None if it is gone or was changed on disk."""
        return self._body(self._sealer.row_name(kind, owner), digest)

    def prune(self, before: datetime) -> int:
        """Forgets former versions last seen before `before`; says how many."""
        with self._database.transaction() as conn:
            gone = conn.execute("DELETE FROM versions WHERE last_at < ?", (_milliseconds(before),))
            conn.execute(
                "DELETE FROM bodies WHERE NOT EXISTS (SELECT 1 FROM snapshots AS s"
                " WHERE s.row = bodies.row AND s.digest = bodies.digest) AND NOT EXISTS (SELECT 1"
                " FROM versions AS v WHERE v.row = bodies.row AND v.digest = bodies.digest)"
            )
            return gone.rowcount

    def forget(self, kind: str, owner: str) -> None:
        """Removes a snapshot with its history."""
        self._drop(self._sealer.row_name(kind, owner), damaged=0, with_history=True)

    def _prepared(self, put: Put) -> tuple[Put, _Row, bytes | None]:
        """The row to be, and the sealed body unless the present one has the same content."""
        try:
            msgspec.json.decode(put.payload, type=msgspec.Raw)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise ValueError("not complete JSON") from error
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
        packed = _PLAIN_ZLIB + zlib.compress(put.payload, 1)
        return put, row, self._sealer.seal(packed, "bodies", name + digest)

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

    def _body(self, name: bytes, digest: bytes) -> bytes | None:
        found = self._database.row(
            "SELECT sealed FROM bodies WHERE row = ? AND digest = ?", (name, digest)
        )
        if found is None:
            return None
        try:
            packed = self._sealer.open(found[0], "bodies", name + digest)
        except CannotDecrypt:
            return None
        if packed[:1] != _PLAIN_ZLIB:
            return None
        inflater = zlib.decompressobj()
        payload = inflater.decompress(memoryview(packed)[1:], RESPONSE_BYTES_LARGE)
        return payload if inflater.eof else None

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
