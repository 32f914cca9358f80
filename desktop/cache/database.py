"""One SQLite file, opened as if a stranger had written it, written as if the power would fail.

T42, T57, T84, T86, T90. WAL with synchronous=FULL: a commit that returned has been fsynced.
Source of the pragmas: SQLite's page "Defense Against The Dark Arts" and its WAL documentation.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import sqlite_utils

from desktop.domain.errors import ClavigerError, Locked, StorageFailed
from desktop.settings.files import DISK_FULL, IO_ERROR, READ_ONLY, check_private, create_private

BUSY: Final = "busy"
DAMAGED: Final = "damaged"
NEWER: Final = "newer"
BUSY_TIMEOUT_MS: Final = 5_000
SIDE_FILES: Final = ("-wal", "-shm", "-journal")

Connect = Callable[..., sqlite3.Connection]

_REASONS: Final = {
    sqlite3.SQLITE_FULL: DISK_FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}


class FileUnusable(ClavigerError):
    """The file is not one of ours, or not any more. `reason` is "damaged" or "newer"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def storage_error(error: sqlite3.Error) -> StorageFailed:
    """The typed error for a failing database. Unknown causes count as I/O errors."""
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # no room for the log's index
        return StorageFailed(DISK_FULL)
    primary = code & 0xFF if isinstance(code, int) else -1
    return StorageFailed(_REASONS.get(primary, IO_ERROR))


@dataclass(frozen=True)
class Schema:
    """What a file must contain, nothing else. `number` tells our files from other databases.

    `former` versions have the same tables and are raised on opening. `sealed_as` is the version
    that sealed values are bound to; it stays as long as they are read alike.
    """

    number: int
    version: int
    create: Callable[[sqlite_utils.Database], None]
    former: frozenset[int] = frozenset()
    sealed_as: int = 1


def _content(conn: sqlite3.Connection) -> tuple[tuple[Any, ...], ...]:
    """Every object of the schema with its text: tables, indexes, and what should not be there."""
    rows = conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    return tuple(tuple(row) for row in rows)


@cache
def _expected(schema: Schema) -> tuple[tuple[Any, ...], ...]:
    with contextlib.closing(sqlite3.connect(":memory:")) as conn:
        schema.create(sqlite_utils.Database(conn, recursive_triggers=False, strict=True))
        return _content(conn)


class Database:
    """An opened file. Thread-safe: one statement or transaction at a time.

    Calls after `close` raise Locked.
    """

    def __init__(self, conn: sqlite3.Connection, path: Path, *, refusal: str | None = None) -> None:
        """`refusal` is the reason every write fails with; None for a database to write in."""
        self.path = path
        self.refusal = refusal
        self._conn: sqlite3.Connection | None = conn
        self._guard = threading.RLock()

    @classmethod
    def open(
        cls,
        path: Path,
        schema: Schema,
        *,
        read_only: bool,
        connect: Connect = sqlite3.connect,
        busy_timeout_ms: int = BUSY_TIMEOUT_MS,
        must_check: bool = True,
    ) -> Database:
        """Opens `path`, makes it when missing and allowed.

        `must_check` False skips looking for damage: to read what can be read of a bad file.
        Raises FileUnusable, StorageFailed, ProfileUnsafe.
        """
        if not read_only:
            create_private(path)
        for side in ("", *SIDE_FILES):
            if os.path.lexists(beside := path.with_name(path.name + side)):
                check_private(beside)
        conn = None
        try:
            conn = _connected(path, read_only, connect, busy_timeout_ms)
            _harden(conn)
            if not read_only:
                _make_durable(conn)
                _create_when_empty(conn, schema)
            if must_check:
                _check(conn, schema)
            if must_check and not read_only:
                _raise_version(conn, schema)
        except sqlite3.Error as error:
            if conn is not None:
                conn.close()
            failed = storage_error(error)
            if failed.reason == DAMAGED:
                raise FileUnusable(DAMAGED) from error
            raise failed from error
        except BaseException:
            if conn is not None:
                conn.close()
            raise
        return cls(conn, path, refusal=READ_ONLY if read_only else None)

    @classmethod
    def rescue(
        cls, path: Path, schema: Schema, refusal: str, *, connect: Connect = sqlite3.connect
    ) -> Database:
        """Opens an existing file for reading on a disk that takes nothing more, not even the index
        of the write-ahead log: that is kept in memory, which only the one writer may do.

        Raises FileUnusable, StorageFailed.
        """
        check_private(path)
        conn = None
        try:
            conn = _connected(path, False, connect, BUSY_TIMEOUT_MS)
            conn.execute("PRAGMA locking_mode=EXCLUSIVE")
            conn.execute("PRAGMA query_only=ON")
            _harden(conn)
            _check(conn, schema)
        except sqlite3.Error as error:
            if conn is not None:
                conn.close()
            raise storage_error(error) from error
        except BaseException:
            if conn is not None:
                conn.close()
            raise
        return cls(conn, path, refusal=refusal)

    @classmethod
    def empty(cls, schema: Schema) -> Database:
        """A read-only database in memory that holds nothing: stands in for an unreadable file."""
        conn = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        schema.create(sqlite_utils.Database(conn, recursive_triggers=False, strict=True))
        return cls(conn, Path(), refusal=READ_ONLY)

    @property
    def read_only(self) -> bool:
        return self.refusal is not None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is committed and durable when the block ends, or nothing is.

        Raises StorageFailed with reason disk_full, read_only, busy, io_error or damaged.
        """
        with self._guard:
            conn = self._living()
            if self.refusal is not None:
                raise StorageFailed(self.refusal)
            try:
                conn.execute("BEGIN IMMEDIATE")
                yield conn
                conn.execute("COMMIT")
            except BaseException as error:
                with contextlib.suppress(sqlite3.Error):
                    if conn.in_transaction:
                        conn.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise storage_error(error) from error
                raise

    @contextlib.contextmanager
    def one_state(self) -> Iterator[None]:
        """Queries inside see one state of the file, whatever another process writes meanwhile."""
        with self._guard:
            self.rows("BEGIN")
            try:
                yield
            finally:
                with contextlib.suppress(sqlite3.Error, Locked):
                    self._living().execute("COMMIT")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. StorageFailed."""
        with self._guard:
            try:
                return self._living().execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise storage_error(error) from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, None if there is none. StorageFailed."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows one by one, for what is too large to hold at once. StorageFailed."""
        with self._guard:
            try:
                yield from self._living().execute(sql, values)
            except sqlite3.Error as error:
                raise storage_error(error) from error

    def compact(self) -> None:
        """Gives free pages back to the disk, and empties the log. StorageFailed: as it was."""
        with self._guard:
            if self.refusal is not None:
                raise StorageFailed(self.refusal)
            self.rows("VACUUM")
            self.checkpoint()

    def size_bytes(self) -> int:
        """Size of the file without its log; 0 for one in memory."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def checkpoint(self) -> bool:
        """Empties the write-ahead log, where overwritten rows would stay readable (T84).

        False if a reader in another process kept it from it.
        """
        if self.read_only:
            return False
        with contextlib.suppress(StorageFailed):
            answer = self.row("PRAGMA wal_checkpoint(TRUNCATE)")
            return answer is not None and answer[0] == 0
        return False

    def close(self) -> None:
        """Checkpoints and closes; a second call does nothing."""
        with self._guard:
            if self._conn is None:
                return
            self.checkpoint()
            self._conn.close()
            self._conn = None

    def _living(self) -> sqlite3.Connection:
        if self._conn is None:
            raise Locked
        return self._conn


def _connected(path: Path, read_only: bool, connect: Connect, busy_ms: int) -> sqlite3.Connection:
    mode = "ro" if read_only else "rw"
    if read_only and not os.access(path.parent, os.W_OK):
        # WAL needs its index file; on a volume nobody writes to, SQLite must be told so.
        mode = "ro&immutable=1"
    return connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=busy_ms / 1000,
        isolation_level=None,
        check_same_thread=False,
    )


def _harden(conn: sqlite3.Connection) -> None:
    if sys.version_info >= (3, 12):
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        conn.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "temp_store=MEMORY"):
        conn.execute(f"PRAGMA {pragma}")


def _make_durable(conn: sqlite3.Connection) -> None:
    conn.execute("PRAGMA journal_mode=WAL")
    # The two fullfsync pragmas empty the drive's cache on macOS and mean nothing elsewhere.
    for pragma in ("fullfsync", "checkpoint_fullfsync", "secure_delete"):
        conn.execute(f"PRAGMA {pragma}=ON")
    conn.execute("PRAGMA synchronous=FULL")


def _create_when_empty(conn: sqlite3.Connection, schema: Schema) -> None:
    if conn.execute("PRAGMA user_version").fetchone()[0] or _content(conn):
        return
    conn.execute("BEGIN IMMEDIATE")
    schema.create(sqlite_utils.Database(conn, recursive_triggers=False, strict=True))
    conn.execute(f"PRAGMA application_id={schema.number}")
    conn.execute(f"PRAGMA user_version={schema.version}")
    conn.execute("COMMIT")


def _raise_version(conn: sqlite3.Connection, schema: Schema) -> None:
    """From now on older programs only read the file."""
    if conn.execute("PRAGMA user_version").fetchone()[0] in schema.former:
        conn.execute(f"PRAGMA user_version={schema.version}")


def _check(conn: sqlite3.Connection, schema: Schema) -> None:
    """FileUnusable unless this is our file, of this version, with nothing added and undamaged."""
    number = conn.execute("PRAGMA application_id").fetchone()[0]
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if number == schema.number and version > schema.version:
        raise FileUnusable(NEWER)
    is_ours = number == schema.number and version in {schema.version, *schema.former}
    if not is_ours or _content(conn) != _expected(schema):
        raise FileUnusable(DAMAGED)
    if conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise FileUnusable(DAMAGED)
