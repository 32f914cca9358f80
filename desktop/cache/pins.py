"""Which keys this desk has accepted: one sealed value in the journal's file, read at its opening.

The journal's file, because a pin must outlive the disposable one: a key that was pinned once and is
another one now must not look like a first one after the cache was damaged (T09). One value, because
a thousand pins are read in a millisecond so, and swapped whole. Never a key: a keyed hash of its
mark, its short fingerprint for people, and the wrapped form that it came in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

import msgspec

from desktop.cache.database import Database
from desktop.cache.sealing import Sealer
from desktop.domain.errors import CannotDecrypt, StorageFailed

PinKind = Literal["provider", "organization", "recovery", "user"]

_NAME: Final = "pins"
_ROW: Final = b"all"


class SeenKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key in place of the pinned one. `print` is empty for one that does not open."""

    print: bytes
    short: str
    wrapped: str
    at: datetime


class Pin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One accepted key. `print` is the keyed hash, `short` what people compare: 16 hex digits of a
    secret key, five words of a person's. `wrapped` is how it came; empty for public keys.

    `id` is the provider's, organization's or user's; "recovery" is the public key of an
    organization. `by` is one of: created (made here), first (with all others at the first sight),
    person, practice, confirmed (its phrase was compared), derived (from the private half).
    `accepted_by` is the user id of whoever accepted it. `other` blocks until a person decides.
    """

    kind: PinKind
    id: str
    print: bytes
    short: str
    at: datetime
    by: str
    accepted_by: str = ""
    name: str = ""
    wrapped: str = ""
    other: SeenKey | None = None


class _Kept(msgspec.Struct, frozen=True):
    pins: tuple[Pin, ...]
    version: int = 1


_DECODER: Final = msgspec.msgpack.Decoder(_Kept)


class PinTable:
    """`kept` is what the file held when it was opened; `is_lost` that something there did not open:
    then nobody may take this for a desk that never saw a key.
    """

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer
        self.is_lost = False
        self._failed: StorageFailed | None = None
        self.kept = self._read()

    def print_of(self, kind: PinKind, identity: str, mark: bytes) -> bytes:
        """The keyed hash of a key's mark, bound to whose key it is. Raises Locked."""
        return self._sealer.pin(self._sealer.row_name("pin", kind, identity), mark)

    def save(self, pins: Iterable[Pin]) -> None:
        """All of them in place of all former ones, durably. StorageFailed, Locked."""
        if self._failed is not None:
            # What could not be read is still there; it is not written over.
            raise self._failed
        plain = msgspec.msgpack.encode(_Kept(tuple(pins)))
        sealed = self._sealer.seal(plain, "pins", _ROW)
        with self._database.transaction() as conn:
            conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_NAME, sealed))

    def _read(self) -> tuple[Pin, ...]:
        try:
            found = self._database.row("SELECT value FROM meta WHERE name = ?", (_NAME,))
        except StorageFailed as error:
            self._failed, self.is_lost = error, True
            return ()
        if found is None:
            return ()
        try:
            return _DECODER.decode(self._sealer.open(found[0], "pins", _ROW)).pins
        except (CannotDecrypt, msgspec.MsgspecError):
            self.is_lost = True
            return ()
