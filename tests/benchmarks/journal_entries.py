"""Enters so many steps into a journal as a run does, and beside it the same bytes into a bare
SQLite table and a bare file: `python -m tests.benchmarks.journal_entries STEPS`, in this home.

In turns, entry by entry, on the same disk; every one of the three waits for it.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import msgspec

from desktop.cache.entries import Entries
from desktop.cache.store import Store
from desktop.crypto.seal import DataKey
from desktop.domain.ids import ConnectionId, RunId
from desktop.services.run_types import DONE, SENT, Prepared, Result
from desktop.settings.profile import ProfileFolder, default_path
from tests.benchmarks.telling import say

CONNECTION = ConnectionId(UUID(int=1))
RUN = RunId(UUID(int=2))
BODY = msgspec.json.encode(
    {"policy": {"enabled": True, "data": {"minComplexity": 3, "minLength": 14}}, "metadata": None}
)


class BareTable:
    """A row in a transaction of its own; the log is ahead and every commit durable."""

    def __init__(self, path: Path) -> None:
        self._conn = sqlite3.connect(path, isolation_level=None)
        self._conn.execute("PRAGMA journal_mode=WAL")
        self._conn.execute("PRAGMA synchronous=FULL")
        self._conn.execute("CREATE TABLE entries (number INTEGER PRIMARY KEY, body BLOB)")

    def append(self, data: bytes) -> None:
        self._conn.execute("BEGIN IMMEDIATE")
        self._conn.execute("INSERT INTO entries (body) VALUES (?)", (data,))
        self._conn.execute("COMMIT")

    def close(self) -> None:
        self._conn.close()


class BareFile:
    """Bytes at the end of a file, and fsync."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)

    def append(self, data: bytes) -> None:
        self._file.write(data)
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()


def _prepared(number: int) -> bytes:
    """The request of one step, as the runner journals it."""
    client = UUID(int=number)
    wanted = '{"data":{"minComplexity":3,"minLength":14},"enabled":true}'
    return msgspec.msgpack.encode(
        Prepared(
            operation=client,
            method="PUT",
            path=f"organizations/{client}/policies/1",
            body=BODY,
            body_hash=sha256(BODY).digest(),
            budget="write",
            deadline_s=120.0,
            markers={"former": '{"data":null,"enabled":false}', "set": wanted},
            at=datetime.now(UTC),
        )
    )


def _bytes_of(store: Store) -> bytes:
    """What the newest entry has in its row."""
    entries: Entries = store.journal._entries
    found = entries._database.row(
        "SELECT run, step, head, link, body_hash, body FROM entries ORDER BY number DESC LIMIT 1"
    )
    return b"".join(part for part in found or () if part is not None)


def _timed(work: Callable[..., None], *args: object) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    work(*args)
    return (time.perf_counter() - began) * 1000


def main(steps: int) -> None:
    with ProfileFolder.open(default_path()) as profile:
        store = Store.open(profile, CONNECTION, DataKey.generate())
        folder = profile.connection_folder(CONNECTION)
        table, file = BareTable(folder / "bare.db"), BareFile(folder / "bare.log")
        try:
            _enter(store, steps, table, file)
        finally:
            table.close()
            file.close()
            store.close()


def _enter(store: Store, steps: int, table: BareTable, file: BareFile) -> None:
    journal = store.journal
    keys = [f"policy.{number}" for number in range(steps)]
    journal.create_run(RUN, "plan.policies", b"plan", datetime.now(UTC))
    journal.add_steps(RUN, [(key, b"") for key in keys])
    result = msgspec.msgpack.encode(Result(at=datetime.now(UTC)))
    ours: list[float] = []
    in_table: list[float] = []
    in_file: list[float] = []
    sizes: list[float] = []
    for number, key in enumerate(keys, 1):
        entries: tuple[tuple[Callable[..., None], tuple[object, ...]], ...] = (
            (journal.prepare, (RUN, key, _prepared(number))),
            (journal.mark, (RUN, key, SENT)),
            (journal.mark, (RUN, key, DONE, result)),
        )
        for enter, args in entries:
            ours.append(_timed(enter, *args))
            data = _bytes_of(store)
            sizes.append(float(len(data)))
            in_table.append(_timed(table.append, data))
            in_file.append(_timed(file.append, data))
    say(ours_ms=ours, table_ms=in_table, file_ms=in_file, bytes=sizes)


if __name__ == "__main__":
    main(int(sys.argv[1]))
