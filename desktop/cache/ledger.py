"""What this desk imported into which client: keyed fingerprints, and the names as they were sent.

A fingerprint is any bytes that are equal for equal items; only its HMAC under a key derived from
the data key is kept. The ledger lies in the journal's file: losing it would mean importing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

import msgspec

from desktop.cache.database import Database
from desktop.cache.sealing import Sealer
from desktop.domain.errors import CannotDecrypt

_LOOKED_UP_AT_ONCE: Final = 500


class Ledger:
    """Thread-safe. Writing raises StorageFailed; everything raises Locked after lock."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    def add(self, client: UUID, fingerprints: Iterable[bytes], names: Sequence[str] = ()) -> None:
        """Enters items once each, in one durable commit. `names` are their name ciphertexts."""
        row = self._row(client)
        marks = [(row, self._sealer.mark(row, one)) for one in fingerprints]
        packed = msgspec.msgpack.encode(list(names))
        batch = self._sealer.content_hash(row, packed)
        with self._database.transaction() as conn:
            conn.executemany("INSERT OR IGNORE INTO ledger VALUES (?, ?)", marks)
            if names:
                conn.execute(
                    "INSERT OR IGNORE INTO imported VALUES (?, ?, ?)",
                    (batch, row, self._sealer.seal(packed, "imported", row + batch)),
                )

    def known(self, client: UUID, fingerprints: Iterable[bytes]) -> set[bytes]:
        """Those of `fingerprints` that were imported into `client` from this desk."""
        row = self._row(client)
        wanted = {self._sealer.mark(row, one): one for one in fingerprints}
        marks = list(wanted)
        found: set[bytes] = set()
        for start in range(0, len(marks), _LOOKED_UP_AT_ONCE):
            part = marks[start : start + _LOOKED_UP_AT_ONCE]
            holes = ",".join("?" * len(part))
            rows = self._database.rows(
                f"SELECT mark FROM ledger WHERE client = ? AND mark IN ({holes})",  # noqa: S608 (only question marks)
                (row, *part),
            )
            found.update(wanted[mark] for (mark,) in rows)
        return found

    def count(self, client: UUID) -> int:
        """How many different items this desk imported into `client`."""
        found = self._database.row(
            "SELECT count(*) FROM ledger WHERE client = ?", (self._row(client),)
        )
        return int(found[0]) if found else 0

    def names(self, client: UUID) -> list[str]:
        """The name ciphertexts given with `add`; batches changed on disk are left out."""
        row = self._row(client)
        names: list[str] = []
        for batch, sealed in self._database.rows(
            "SELECT row, sealed FROM imported WHERE client = ? ORDER BY rowid", (row,)
        ):
            try:
                packed = self._sealer.open(sealed, "imported", row + batch)
            except CannotDecrypt:
                continue
            names.extend(msgspec.msgpack.decode(packed, type=list[str]))
        return names

    def forget(self, client: UUID) -> None:
        """Removes everything about one client. StorageFailed."""
        row = self._row(client)
        with self._database.transaction() as conn:
            conn.execute("DELETE FROM ledger WHERE client = ?", (row,))
            conn.execute("DELETE FROM imported WHERE client = ?", (row,))
        self._database.checkpoint()

    def _row(self, client: UUID) -> bytes:
        return self._sealer.row_name("ledger", str(client))
