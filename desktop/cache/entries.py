"""The journal's file: sealed entries, only ever appended, each linked to the one before.

An entry is a head (msgpack of `Head`) and, where there is one, a body, sealed apart so that heads
can be read without loading request bodies. `link` is SHA-256 over the former link, the number, the
sealed head and the SHA-256 of the sealed body (empty without one): a changed, moved or missing
entry breaks the chain, no key is needed to see it, and a body may go without breaking it. Where the
chain ends is kept beside it, sealed, so that a cut off end is missed. Sealed with it is what the
links do not hold: which run and step each entry is filed under, and whose bodies were let go.

Version 2: a step is called by a keyed name in its heads; its key stands in the body, so that a run
that was forgotten leaves nothing but ids. In version 1 the heads hold the key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
import sqlite_utils

from desktop.cache.chain import JOURNAL_NUMBER, NO_LINK, end_bytes, end_in, linked
from desktop.cache.database import DAMAGED, Database, Schema
from desktop.cache.sealing import Sealer
from desktop.domain.errors import CannotDecrypt, StorageFailed
from desktop.domain.limits import MIB

BODIES_CHECKED_BYTES: Final = 32 * MIB
_END: Final = "end"
_GONE_BYTES: Final = 16
_GONE_MAX: Final = 1 << (8 * _GONE_BYTES)
_AT_ONCE: Final = 500

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


JOURNAL_SCHEMA: Final = Schema(
    number=JOURNAL_NUMBER, version=2, create=_create, former=frozenset({1})
)


_DROP: Final = "UPDATE entries SET body = NULL WHERE number = ?"
_IS_GONE: Final = "(body IS NULL AND length(body_hash) > 0)"


class Head(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an entry says. `word` is a state or a kind, `at_ms` milliseconds since 1970 UTC.

    `done` of `total` steps, where a run's state is set: lists need not open the steps. `has_end`:
    written together with the end of the chain, as all entries are since version 2.
    """

    what: What
    at_ms: int
    run: str = ""
    step: str = ""
    word: str = ""
    done: int = 0
    total: int = 0
    has_end: bool = False


class Entry(msgspec.Struct, frozen=True):
    """An entry as read back; its body is fetched by number when somebody needs it."""

    number: int
    head: Head
    has_body: bool


@dataclass(frozen=True)
class _End:
    """Where the chain ends. `places`: a hash over the columns by which entries are found, in order;
    `gone`: the sum of the keyed marks of entries whose bodies were let go.
    """

    number: int = 0
    link: bytes = NO_LINK
    places: bytes = NO_LINK
    gone: int = 0

    @property
    def sealed(self) -> bytes:
        """What is sealed of it; number and link stand beside it in clear."""
        return self.places + self.gone.to_bytes(_GONE_BYTES, "big")


def _placed(former: bytes, run: bytes | None, step: bytes | None) -> bytes:
    """TypeError, ValueError for what is no name of ours. Made for each entry at every opening."""
    run, step = run or b"", step or b""
    return hashlib.sha256(b"%b%c%b%b" % (former, len(run), run, step)).digest()


class Entries:
    """Append and read. The caller holds a lock around `append`."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        self._end: _End | None = None
        self.unreadable: set[int] = set()
        """Numbers of entries that could not be opened."""

    def append(
        self, additions: Sequence[tuple[Head, bytes | None]], dropping: Sequence[int] = ()
    ) -> int:
        """All of `additions`, in one durable commit; the number of the first.

        `dropping` names entries whose bodies go in the same commit. StorageFailed: nothing was
        changed.
        """
        former = self._end or self._stored_end()
        number, link, places = former.number, former.link, former.places
        first = number + 1
        rows = []
        for head, body in additions:
            number += 1
            row = number.to_bytes(8, "big")
            packed = msgspec.msgpack.encode(msgspec.structs.replace(head, has_end=True))
            sealed_head = self._sealer.seal(packed, "entries.head", row)
            sealed_body = None if body is None else self._sealer.seal(body, "entries.body", row)
            body_hash = b"" if sealed_body is None else hashlib.sha256(sealed_body).digest()
            link = linked(link, number, sealed_head, body_hash)
            run = self.run_name(head.run) if head.run else None
            step = self._step_column(head.run, head.step) if head.step else None
            places = _placed(places, run, step)
            rows.append((number, run, step, sealed_head, link, body_hash, sealed_body))
        end = _End(number, link, places, self._gone_with(former.gone, dropping))
        self._write(end, rows, dropping)
        return first

    def _write(
        self, end: _End, rows: Sequence[tuple[object, ...]], dropping: Sequence[int]
    ) -> None:
        clear = end_bytes(end.number, end.link)
        kept = clear + self._sealer.seal(end.sealed, "meta", _END.encode() + clear)
        # After a failure the file says where the chain ends, not this memory.
        self._end = None
        with self._database.transaction() as conn:
            if rows:
                conn.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_END, kept))
            if dropping:
                conn.executemany(_DROP, [(one,) for one in dropping])
        self._end = end

    @property
    def read_only(self) -> bool:
        """Then another process may be the one that appends."""
        return self._database.read_only

    def compact(self) -> None:
        """Gives the room of dropped bodies back. StorageFailed."""
        self._database.compact()

    def run_name(self, run: str) -> bytes:
        return self._sealer.row_name("run", run)

    def step_name(self, run: str, key: str) -> str:
        """What the heads call a step."""
        return self._sealer.row_name("step key", run, key).hex()

    def of_run(self, run: str) -> list[Entry]:
        """Every entry of one run in order; unreadable or misplaced ones are left out and noted."""
        rows = self._database.rows(
            "SELECT number, head, body IS NOT NULL FROM entries WHERE run = ? ORDER BY number",
            (self.run_name(run),),
        )
        return [entry for entry in self._opened(rows) if entry.head.run == run]

    def of_runs(self, after: int = 0) -> list[Entry]:
        """The entries past `after` that begin runs and change their state, in order."""
        return self._opened(
            self._database.rows(
                "SELECT number, head, body IS NOT NULL FROM entries"
                " WHERE run IS NOT NULL AND step IS NULL AND number > ? ORDER BY number",
                (after,),
            )
        )

    def of_log(self, limit: int | None = None) -> list[Entry]:
        """The local log in order; the newest `limit` lines only if given."""
        return self._opened(
            self._database.rows(
                "SELECT number, head, body IS NOT NULL FROM (SELECT number, head, body FROM entries"
                " WHERE run IS NULL ORDER BY number DESC LIMIT ?) ORDER BY number",
                (-1 if limit is None else limit,),
            )
        )

    def bodies(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """Several bodies at once; those that are gone or were changed are left out."""
        found: dict[int, bytes] = {}
        for at in range(0, len(numbers), _AT_ONCE):
            part = numbers[at : at + _AT_ONCE]
            holes = ",".join("?" * len(part))
            for number, sealed in self._database.rows(
                f"SELECT number, body FROM entries WHERE number IN ({holes}) AND body IS NOT NULL",  # noqa: S608 (only question marks)
                part,
            ):
                try:
                    found[number] = self._sealer.open(
                        sealed, "entries.body", number.to_bytes(8, "big")
                    )
                except CannotDecrypt:
                    self.unreadable.add(number)
        return found

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
        former = self._end or self._stored_end()
        gone = self._gone_with(former.gone, numbers)
        self._write(_End(former.number, former.link, former.places, gone), (), numbers)

    def first_break(self) -> int | None:
        """The number of the first entry that does not continue the chain; None if it is whole.

        Bodies are compared with their hashes while there are no more than BODIES_CHECKED_BYTES of
        them; beyond that a changed body is found when it is read.
        """
        with self._database.one_state():
            found = self._first_unlinked()
            if found is not None or self._database.size_bytes() > BODIES_CHECKED_BYTES:
                return found
            for number, body_hash, body in self._database.each(
                "SELECT number, body_hash, body FROM entries WHERE body IS NOT NULL ORDER BY number"
            ):
                if hashlib.sha256(body).digest() != body_hash:
                    return int(number)
        return None

    def _first_unlinked(self) -> int | None:
        kept = self._database.row("SELECT value FROM meta WHERE name = ?", (_END,))
        try:
            end = None if kept is None else end_in(kept[0])
        except ValueError:
            end = (-1, NO_LINK)
        expected, link, head, places, gone = 1, NO_LINK, b"", NO_LINK, 0
        for number, head, body_hash, stored, run, step, is_gone in self._database.each(
            f"SELECT number, head, body_hash, link, run, step, {_IS_GONE} FROM entries"  # noqa: S608 (our own words)
            " ORDER BY number"
        ):
            if number != expected or linked(link, number, head, body_hash) != stored:
                return expected
            expected, link = expected + 1, stored
            if end is not None and end[0] == number and end[1] != stored:
                return int(number)
            try:
                places = _placed(places, run, step)
            except (TypeError, ValueError, OverflowError):
                return int(number)
            gone += self._mark_of(number) if is_gone else 0
        if end is None or kept is None or end[0] < expected - 1:
            return None if self._may_lack_end(expected - 1, head) else expected
        sealed = self._sealed_end(kept[0], end) if end[0] == expected - 1 else None
        if sealed is None:
            return expected
        found = _End(end[0], end[1], places, gone % _GONE_MAX)
        return None if sealed in (b"", found.sealed) else self._first_misfiled(expected)

    def _may_lack_end(self, last: int, head: bytes) -> bool:
        """So a program of version 1 leaves a chain; one of ours would have noted its end."""
        opened = self._opened([(last, head, 0)]) if last else []
        return not any(entry.head.has_end for entry in opened)

    def _sealed_end(self, kept: object, end: tuple[int, bytes]) -> bytes | None:
        """What was sealed with the end; empty as the first programs of version 2 left it."""
        clear = end_bytes(*end)
        sealed = kept[len(clear) :] if isinstance(kept, bytes) else None
        try:
            return self._sealer.open(sealed, "meta", _END.encode() + clear)
        except CannotDecrypt:
            return None

    def _first_misfiled(self, beyond: int) -> int:
        """The first entry that lies elsewhere than its head says, or else the first without its
        body: of those somebody took more away than we did.
        """
        first_gone = beyond
        for number, sealed, run, step, is_gone in self._database.each(
            f"SELECT number, head, run, step, {_IS_GONE} FROM entries ORDER BY number"  # noqa: S608 (our own words)
        ):
            for entry in self._opened([(number, sealed, 0)]):
                head = entry.head
                places = (
                    self.run_name(head.run) if head.run else None,
                    self._step_column(head.run, head.step) if head.step else None,
                )
                if places != (run, step):
                    return int(number)
            if is_gone:
                first_gone = min(first_gone, int(number))
        return first_gone

    def _mark_of(self, number: int) -> int:
        return int.from_bytes(self._sealer.row_name("gone", str(number)), "big")

    def _gone_with(self, gone: int, numbers: Sequence[int]) -> int:
        """With those of `numbers` whose bodies are still there."""
        there: list[int] = []
        for at in range(0, len(numbers), _AT_ONCE):
            part = numbers[at : at + _AT_ONCE]
            holes = ",".join("?" * len(part))
            rows = self._database.rows(
                f"SELECT number FROM entries WHERE number IN ({holes}) AND body IS NOT NULL",  # noqa: S608 (only question marks)
                part,
            )
            there += [number for (number,) in rows]
        return self._sum(gone, there)

    def _sum(self, gone: int, numbers: Iterable[int]) -> int:
        return (gone + sum(map(self._mark_of, numbers))) % _GONE_MAX

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

    def _stored_end(self) -> _End:
        found = self._database.row("SELECT number, link FROM entries ORDER BY number DESC LIMIT 1")
        if found is None:
            return _End()
        number, link = found
        if not isinstance(link, bytes):
            raise StorageFailed(DAMAGED)
        kept = self._database.row("SELECT value FROM meta WHERE name = ?", (_END,))
        sealed = self._sealed_end(kept[0], (number, link)) if kept is not None else None
        if sealed:
            at = len(NO_LINK)
            return _End(number, link, sealed[:at], int.from_bytes(sealed[at:], "big"))
        # As former programs left it: from here on it is noted.
        places = NO_LINK
        for run, step in self._database.each("SELECT run, step FROM entries ORDER BY number"):
            places = _placed(places, run, step)
        rows = self._database.rows(f"SELECT number FROM entries WHERE {_IS_GONE}", ())  # noqa: S608 (our own words)
        return _End(number, link, places, self._sum(0, [one for (one,) in rows]))

    def _step_column(self, run: str, step: str) -> bytes:
        return self._sealer.row_name("step", run, step)
