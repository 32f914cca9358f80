"""Everything one connection keeps on disk: a disposable cache and a precious journal.

Two files in the connection's folder. `snapshots.db` may be lost: a bad one is moved aside and made
anew (T86). `journal.db` may not: a bad or newer one is left as it is, opened for reading, and
reported (T57); only a person's decision (`begin_new_journal`) puts another in its place.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from desktop.cache.database import (
    BUSY_TIMEOUT_MS,
    DAMAGED,
    NEWER,
    SIDE_FILES,
    Connect,
    Database,
    FileUnusable,
    Schema,
)
from desktop.cache.entries import JOURNAL_SCHEMA, Entries
from desktop.cache.journal import Journal
from desktop.cache.ledger import Ledger
from desktop.cache.pins import PinTable
from desktop.cache.sealing import Sealer
from desktop.cache.secrets import Secrets
from desktop.cache.snapshots import SNAPSHOT_SCHEMA, Snapshots
from desktop.crypto.seal import DataKey
from desktop.domain.errors import CannotDecrypt, StorageFailed
from desktop.domain.ids import ConnectionId
from desktop.settings.files import DISK_FULL, IO_ERROR, READ_ONLY, set_aside, storage_failed
from desktop.settings.profile import ProfileFolder

SNAPSHOTS_FILE: Final = "snapshots.db"
JOURNAL_FILE: Final = "journal.db"
_DISK_REASONS: Final = frozenset({DISK_FULL, READ_ONLY, IO_ERROR})


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Open after unlock, closed at lock. Thread-safe; no call may wait for the network inside.

    `read_only` True means that some writes are refused: another process is the writer, the disk
    takes nothing (close and open again when it does), or the journal has a problem.
    `cache_was_rebuilt` True means the snapshots are gone and come back with the next sync;
    `journal.problem` not None means writes are off and the person must be told.
    """

    def __init__(
        self,
        *,
        cache: tuple[Database, Sealer],
        journal: tuple[Database, Sealer, Journal],
        cache_was_rebuilt: bool,
        read_only: bool,
    ) -> None:
        self._databases = (cache[0], journal[0])
        self._sealers = (cache[1], journal[1])
        self.snapshots = Snapshots(*cache)
        self.secrets = Secrets(*cache)
        self.journal = journal[2]
        self.ledger = Ledger(*journal[:2])
        self.pins = PinTable(*journal[:2])
        self.cache_was_rebuilt = cache_was_rebuilt
        self.read_only = read_only

    @classmethod
    def open(
        cls,
        profile: ProfileFolder,
        connection: ConnectionId,
        key: DataKey,
        *,
        now: Callable[[], datetime] = _now,
        busy_timeout_ms: int = BUSY_TIMEOUT_MS,
        connect: Connect = sqlite3.connect,
    ) -> Store:
        """Opens or makes both files. The key stays the caller's, who wipes it at lock.

        Raises StorageFailed, ProfileUnsafe, Locked (key already wiped).
        """
        folder = profile.connection_folder(connection)
        opener = _Opener(
            folder=folder,
            account=str(connection),
            key=key,
            read_only=profile.read_only,
            busy_timeout_ms=busy_timeout_ms,
            connect=connect,
        )
        database, sealer, was_rebuilt = opener.cache()
        try:
            journal = opener.journal(now)
        except BaseException:
            database.close()
            raise
        return cls(
            cache=(database, sealer),
            journal=journal,
            cache_was_rebuilt=was_rebuilt,
            read_only=database.read_only or journal[0].read_only,
        )

    def checkpoint(self) -> bool:
        """Empties both write-ahead logs (T84); False if another process kept one busy."""
        emptied = [database.checkpoint() for database in self._databases]
        return all(emptied)

    def close(self) -> None:
        """Checkpoints, closes, drops the derived keys. Later calls raise Locked."""
        for database in self._databases:
            database.close()
        for sealer in self._sealers:
            sealer.wipe()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def begin_new_journal(profile: ProfileFolder, connection: ConnectionId) -> Path | None:
    """Moves a damaged journal aside, on a person's word; returns where it went. Store closed.

    Raises StorageFailed.
    """
    if profile.read_only:
        raise StorageFailed(READ_ONLY)
    return _moved_aside(profile.connection_folder(connection) / JOURNAL_FILE)


def _moved_aside(path: Path) -> Path | None:
    """The file and its side files, each renamed: the log may hold what the file lacks."""
    moved = set_aside(path)
    for side in SIDE_FILES:
        beside = path.with_name(path.name + side)
        try:
            if moved is None:
                beside.unlink(missing_ok=True)
            elif os.path.lexists(beside):
                beside.replace(moved.with_name(moved.name + side))
        except OSError as error:
            raise storage_failed(error) from error
    return moved


@dataclass(frozen=True)
class _Opener:
    """Opens the files of one connection with the same arguments."""

    folder: Path
    account: str
    key: DataKey
    read_only: bool
    busy_timeout_ms: int
    connect: Connect

    def cache(self) -> tuple[Database, Sealer, bool]:
        """The snapshots' file, a fresh one in place of a bad one (in memory if read-only)."""
        path = self.folder / SNAPSHOTS_FILE
        try:
            return *self._checked(path, SNAPSHOT_SCHEMA), False
        except FileUnusable:
            if self.read_only:
                return *self._empty(SNAPSHOT_SCHEMA), True
            _moved_aside(path)
        except StorageFailed:
            if self.read_only and not path.exists():
                return *self._empty(SNAPSHOT_SCHEMA), False
            raise
        return *self._checked(path, SNAPSHOT_SCHEMA), True

    def journal(self, now: Callable[[], datetime]) -> tuple[Database, Sealer, Journal]:
        """The journal's file, whatever state it is in."""
        path = self.folder / JOURNAL_FILE
        problem, first_bad = None, None
        try:
            database, sealer = self._checked(path, JOURNAL_SCHEMA)
        except FileUnusable as error:
            problem = error.reason
            database, sealer = self._readable(path)
        except StorageFailed:
            if not (self.read_only and not path.exists()):
                raise
            database, sealer = self._empty(JOURNAL_SCHEMA)
        entries = Entries(database, sealer)
        if problem != NEWER:
            first_bad = _first_break(entries)
            if first_bad is not None:
                problem = DAMAGED
        if problem is not None:
            database.refusal = database.refusal or DAMAGED
        journal = Journal(entries, problem=problem, first_bad_entry=first_bad, now=now)
        return database, sealer, journal

    def _checked(self, path: Path, schema: Schema) -> tuple[Database, Sealer]:
        """FileUnusable also for a file sealed under another key."""
        database = self._opened(path, schema)
        sealer = self._sealer(schema)
        try:
            found = database.row("SELECT value FROM meta WHERE name = 'check'")
            if found is not None:
                sealer.open(found[0], "meta", b"check")
            elif not database.read_only:
                sealed = sealer.seal(b"", "meta", b"check")
                with database.transaction() as conn:
                    conn.execute("INSERT INTO meta VALUES ('check', ?)", (sealed,))
        except CannotDecrypt as error:
            database.close()
            raise FileUnusable(DAMAGED) from error
        except BaseException:
            database.close()
            raise
        return database, sealer

    def _readable(self, path: Path) -> tuple[Database, Sealer]:
        """What can be read of a bad journal; nothing at all if SQLite cannot make sense of it."""
        with contextlib.suppress(FileUnusable):
            database = Database.open(
                path,
                JOURNAL_SCHEMA,
                read_only=True,
                connect=self.connect,
                busy_timeout_ms=self.busy_timeout_ms,
                must_check=False,
            )
            with contextlib.suppress(StorageFailed):
                database.row(
                    "SELECT number, run, step, head, link, body_hash, body FROM entries LIMIT 1"
                )
                return database, self._sealer(JOURNAL_SCHEMA)
            database.close()
        return self._empty(JOURNAL_SCHEMA)

    def _opened(self, path: Path, schema: Schema) -> Database:
        try:
            return Database.open(
                path,
                schema,
                read_only=self.read_only,
                connect=self.connect,
                busy_timeout_ms=self.busy_timeout_ms,
            )
        except StorageFailed as error:
            if self.read_only or error.reason not in _DISK_REASONS:
                raise
            # The last known state stays readable when the disk is full (T89).
            try:
                return Database.rescue(path, schema, error.reason, connect=self.connect)
            except (FileUnusable, StorageFailed):
                raise error from None

    def _empty(self, schema: Schema) -> tuple[Database, Sealer]:
        return Database.empty(schema), self._sealer(schema)

    def _sealer(self, schema: Schema) -> Sealer:
        return Sealer(self.key, self.account, schema.sealed_as)


def _first_break(entries: Entries) -> int | None:
    try:
        return entries.first_break()
    except StorageFailed:
        return 0
