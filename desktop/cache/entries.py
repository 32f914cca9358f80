"""The journal's file: sealed entries, only ever appended, each linked to the one before.

An entry is a head (msgpack of `Head`) and, where there is one, a body, sealed apart so that heads
can be read without loading request bodies. `link` is SHA-256 over the former link, the number, the
sealed head and the SHA-256 of the sealed body (empty without one): a changed, moved or missing
entry breaks the chain, no key is needed to see it, and a body may go without breaking it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, Literal

import msgspec
import sqlite_utils

from desktop.cache.database import DAMAGED, Database, Schema
from desktop.cache.sealing import Sealer, joined
from desktop.domain.errors import CannotDecrypt, StorageFailed
from desktop.domain.limits import MIB

NO_LINK: Final = bytes(32)
BODIES_CHECKED_BYTES: Final = 32 * MIB


What = Literal["run", "run_state", "step", "prepare", "mark", "log"]


def _create(db: sqlite_utils.Database) -> None:
    db.table("meta").create({"name": str, "value": bytes}, pk="name", not_null={"value"})
    db.table("entries").create(
        {
            "number": int, "run": bytes, "step": bytes, "head": bytes, "link": bytes,
            "body_hash": bytes, "body": bytes,
        },
        pk="number",
        not_null={"head", "link", "body_hash"},
    )  # fmt: skip
    db.table("entries").create_index(["run", "step"])
    db.table("ledger").create({"client": bytes, "mark": bytes}, pk=("client", "mark"))
    db.table("imported").create(
        {"row": bytes, "client": bytes, "sealed": bytes}, pk="row", not_null={"client", "sealed"}
    )
    db.table("imported").create_index(["client"])


JOURNAL_SCHEMA: Final = Schema(number=0x434C564A, version=1, create=_create)


class Head(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry says. `word` is a state or a kind, `at_ms` milliseconds since 1970 UTC."""

    what: What
    at_ms: int
    run: str = ""
    step: str = ""
    word: str = ""


class Entry(msgspec.Struct, frozen=True):
    """An entry as read back; its body is fetched by number when somebody needs it."""

    number: int
    head: Head
    has_body: bool


class Entries:
    """Append and read. The caller holds a lock around `append`."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        self._end: tuple[int, bytes] | None = None
        self.unreadable: set[int] = set()
        """Numbers of entries that could not be opened."""

    def append(self, additions: Sequence[tuple[Head, bytes | None]]) -> None:
        """All of `additions`, in one durable commit. StorageFailed: none of them was kept."""
        number, link = self._end or self._stored_end()
        rows = []
        for head, body in additions:
            number += 1
            row = number.to_bytes(8, "big")
            sealed_head = self._sealer.seal(msgspec.msgpack.encode(head), "entries.head", row)
            sealed_body = None if body is None else self._sealer.seal(body, "entries.body", row)
            body_hash = b"" if sealed_body is None else hashlib.sha256(sealed_body).digest()
            link = linked(link, number, sealed_head, body_hash)
            run = self.run_name(head.run) if head.run else None
            step = self._step_name(head.run, head.step) if head.step else None
            rows.append((number, run, step, sealed_head, link, body_hash, sealed_body))
        # After a failure the file says where the chain ends, not this memory.
        self._end = None
        with self._database.transaction() as conn:
            conn.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._end = (number, link)

    def run_name(self, run: str) -> bytes:
        return self._sealer.row_name("run", run)

    def of_run(self, run: str) -> list[Entry]:
        """Every entry of one run in order; unreadable or misplaced ones are left out and noted."""
        rows = self._database.rows(
            "SELECT number, head, body IS NOT NULL FROM entries WHERE run = ? ORDER BY number",
            (self.run_name(run),),
        )
        return [entry for entry in self._opened(rows) if entry.head.run == run]

    def of_runs(self) -> list[Entry]:
        """The entries that begin runs and change their state, in order."""
        return self._opened(
            self._database.rows(
                "SELECT number, head, body IS NOT NULL FROM entries"
                " WHERE run IS NOT NULL AND step IS NULL ORDER BY number"
            )
        )

    def of_log(self) -> list[Entry]:
        """The local log, in order."""
        return self._opened(
            self._database.rows(
                "SELECT number, head, body IS NOT NULL FROM entries WHERE run IS NULL"
                " ORDER BY number"
            )
        )

    def body(self, number: int) -> bytes:
        """The body of one entry. CannotDecrypt if it has none or was changed."""
        found = self._database.row("SELECT body FROM entries WHERE number = ?", (number,))
        if found is None:
            raise CannotDecrypt
        try:
            return self._sealer.open(found[0], "entries.body", number.to_bytes(8, "big"))
        except CannotDecrypt:
            self.unreadable.add(number)
            raise

    def drop_bodies(self, numbers: Sequence[int]) -> None:
        """Forgets bodies; their hashes stay in the chain. StorageFailed."""
        with self._database.transaction() as conn:
            conn.executemany(
                "UPDATE entries SET body = NULL WHERE number = ?", [(one,) for one in numbers]
            )

    def first_break(self) -> int | None:
        """The number of the first entry that does not continue the chain; None if it is whole.

        Bodies are compared with their hashes while there are no more than BODIES_CHECKED_BYTES of
        them; beyond that a changed body is found when it is read.
        """
        expected, link = 1, NO_LINK
        for number, head, body_hash, stored in self._database.each(
            "SELECT number, head, body_hash, link FROM entries ORDER BY number"
        ):
            if number != expected or linked(link, number, head, body_hash) != stored:
                return expected
            expected, link = expected + 1, stored
        if self._database.size_bytes() > BODIES_CHECKED_BYTES:
            return None
        for number, body_hash, body in self._database.each(
            "SELECT number, body_hash, body FROM entries WHERE body IS NOT NULL ORDER BY number"
        ):
            if hashlib.sha256(body).digest() != body_hash:
                return int(number)
        return None

    def _opened(self, rows: list[tuple[int, bytes, int]]) -> list[Entry]:
        entries = []
        for number, sealed, has_body in rows:
            try:
                head = self._sealer.open(sealed, "entries.head", number.to_bytes(8, "big"))
                entries.append(
                    Entry(number, msgspec.msgpack.decode(head, type=Head), bool(has_body))
                )
            # A newer version's kinds of entry, or a changed one.
            except (CannotDecrypt, msgspec.MsgspecError):
                self.unreadable.add(number)
        return entries

    def _stored_end(self) -> tuple[int, bytes]:
        found = self._database.row("SELECT number, link FROM entries ORDER BY number DESC LIMIT 1")
        if found is None:
            return 0, NO_LINK
        if not isinstance(found[1], bytes):
            raise StorageFailed(DAMAGED)
        return found[0], found[1]

    def _step_name(self, run: str, step: str) -> bytes:
        return self._sealer.row_name("step", run, step)


def linked(former: bytes, number: int, head: bytes, body_hash: bytes) -> bytes:
    """The link of an entry; `body_hash` is empty for one without a body."""
    return hashlib.sha256(joined(former, number.to_bytes(8, "big"), head, body_hash)).digest()
