"""Small secrets of one connection, sealed: the refresh token first of all (T41)."""

from __future__ import annotations

from desktop.cache.database import Database
from desktop.cache.sealing import Sealer
from desktop.domain.errors import CannotDecrypt


class Secrets:
    """Names to values. Losing one means signing in again, so they live in the disposable file."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    def put(self, name: str, value: bytes | bytearray) -> None:
        """The value stays the caller's. StorageFailed, Locked."""
        row = self._sealer.row_name("secret", name)
        sealed = self._sealer.seal(value, "secrets", row)
        with self._database.transaction() as conn:
            conn.execute("INSERT OR REPLACE INTO secrets VALUES (?, ?)", (row, sealed))

    def get(self, name: str) -> bytes | None:
        """None if it was never put, deleted, or changed on disk."""
        found = self.own(name)
        return None if found is None else bytes(found)

    def own(self, name: str) -> bytearray | None:
        """As `get`, for what holds a key: the only copy, which the caller clears."""
        row = self._sealer.row_name("secret", name)
        found = self._database.row("SELECT sealed FROM secrets WHERE row = ?", (row,))
        if found is None:
            return None
        try:
            return self._sealer.own(found[0], "secrets", row)
        except CannotDecrypt:
            return None

    def delete(self, name: str) -> None:
        """Gone from the file and from its write-ahead log. StorageFailed, Locked."""
        with self._database.transaction() as conn:
            row = self._sealer.row_name("secret", name)
            conn.execute("DELETE FROM secrets WHERE row = ?", (row,))
        self._database.checkpoint()
