"""Linked unlock: one connection opens together with another one, on a person's word.

The user key of the linked connection lies sealed under the data key of the connection it is linked
to; its refresh token lies where it always lies, in its own file, which that user key alone opens.
No password is kept. Both sides hold half of a link, and it is good only while the halves fit and
nothing changed that a password is tried against: so either side can end it, also while the other
one is locked, and a copy of former files brings nothing back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from uuid import UUID

import msgspec

from desktop.cache.secrets import Secrets
from desktop.crypto.secret import clear
from desktop.crypto.user_key import pack_user_key
from desktop.domain.ids import ConnectionId
from desktop.settings.connections import ConnectionRecord

if TYPE_CHECKING:
    from desktop.services.desk import Desk

# In the file of the connection that opens others: one entry for each of them.
LINKS: Final = "links"
# In the file of a connection that is opened: by which one, and the other half of the link.
LINKED_TO: Final = "linked_to"
_ID, _MARK, _STATE, _LENGTH = 16, 32, 32, 2
_HEAD: Final = _ID + _MARK + 2 * _STATE + _LENGTH


@dataclass(frozen=True, repr=False)
class LinkEntry:
    """What opens one linked connection. `key` is a packed user key; whoever holds the entry
    clears it.
    """

    connection: ConnectionId
    mark: bytes
    own_state: bytes
    other_state: bytes
    key: bytearray

    def fits(self, own: ConnectionRecord, other: ConnectionRecord) -> bool:
        """Whether both passwords and keys are those that the link was made with."""
        return (self.own_state, self.other_state) == (state_of(own), state_of(other))


def state_of(record: ConnectionRecord) -> bytes:
    """32 bytes that change with the password, the user key or the KDF settings."""
    told = (record.kdf, record.salt, record.wrapped_user_key)
    return hashlib.sha256(msgspec.json.encode(told)).digest()


def new_entry(own: Desk, other: Desk) -> LinkEntry:
    """A link by which `own` opens `other`."""
    return LinkEntry(
        connection=other.connection.id,
        mark=os.urandom(_MARK),
        own_state=state_of(own.connection),
        other_state=state_of(other.connection),
        key=pack_user_key(other.session.user_key),
    )


# --- both halves; these touch the disk ------------------------------------------------------------


def entries(secrets: Secrets) -> list[LinkEntry]:
    """What this connection opens. Raises StorageFailed, Locked."""
    packed = secrets.own(LINKS)
    if packed is None:
        return []
    try:
        return _unpacked(packed)
    finally:
        clear(packed)


def add(secrets: Secrets, entry: LinkEntry) -> None:
    """In the place of a former one for the same connection. Raises StorageFailed, Locked."""
    _keep(secrets, lambda one: one.connection != entry.connection, entry)


def drop(secrets: Secrets, connection: ConnectionId) -> None:
    """Gone from the file and from its write-ahead log. Raises StorageFailed, Locked."""
    _keep(secrets, lambda one: one.connection != connection)


def half(secrets: Secrets) -> tuple[ConnectionId, bytes] | None:
    """By which connection this one is opened, and the mark of that link."""
    found = secrets.get(LINKED_TO)
    if found is None or len(found) != _ID + _MARK:
        return None
    return ConnectionId(UUID(bytes=found[:_ID])), found[_ID:]


def set_half(secrets: Secrets, to: ConnectionId, mark: bytes) -> None:
    """Raises StorageFailed, Locked."""
    secrets.put(LINKED_TO, to.bytes + mark)


def end_links(secrets: Secrets) -> bool:
    """Ends what this connection opens and what opens it; whether there was any such thing.

    Raises StorageFailed, Locked.
    """
    found = [name for name in (LINKS, LINKED_TO) if secrets.get(name) is not None]
    for name in found:
        secrets.delete(name)
    return bool(found)


def forget(held: list[LinkEntry]) -> None:
    """Clears the keys of entries."""
    for one in held:
        clear(one.key)


def _keep(secrets: Secrets, stays: Callable[[LinkEntry], bool], *more: LinkEntry) -> None:
    held = entries(secrets)
    packed = _packed([*(one for one in held if stays(one)), *more])
    try:
        # First gone, then written: a deletion empties the write-ahead log.
        secrets.delete(LINKS)
        if packed:
            secrets.put(LINKS, packed)
    finally:
        clear(packed)
        forget(held)


def _packed(held: list[LinkEntry]) -> bytearray:
    # Made in one piece: a bytearray that grows leaves its former self behind.
    whole = bytearray(sum(_HEAD + len(one.key) for one in held))
    at = 0
    for one in held:
        length = len(one.key).to_bytes(_LENGTH, "big")
        parts = (one.connection.bytes, one.mark, one.own_state, one.other_state, length)
        whole[at : at + _HEAD] = b"".join(parts)
        at += _HEAD
        whole[at : at + len(one.key)] = one.key
        at += len(one.key)
    return whole


def _unpacked(packed: bytearray) -> list[LinkEntry]:
    held: list[LinkEntry] = []
    at = 0
    while at + _HEAD <= len(packed):
        head, at = bytes(packed[at : at + _HEAD]), at + _HEAD
        cuts = (0, _ID, _ID + _MARK, _ID + _MARK + _STATE, _HEAD - _LENGTH, _HEAD)
        who, mark, own, other, length = (head[first:last] for first, last in pairwise(cuts))
        end = at + int.from_bytes(length, "big")
        with memoryview(packed) as view:
            key = bytearray(view[at:end])
        held.append(LinkEntry(ConnectionId(UUID(bytes=who)), mark, own, other, key))
        at = end
    return held
