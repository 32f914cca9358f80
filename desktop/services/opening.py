"""What signing in and unlocking share: the files of a connection, and the keys that open them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime

from desktop.cache.store import Store
from desktop.crypto.seal import DataKey
from desktop.crypto.user_key import UserKey, open_data_key
from desktop.domain.errors import CannotDecrypt, StorageFailed
from desktop.services.desk import Desk
from desktop.settings.connections import ConnectionRecord
from desktop.settings.profile import ProfileFolder


async def settled(desk: Desk, *, accepts_practice: bool) -> None:
    """What the desk knows of keys is compared with what it was told, before anything is sent."""
    await desk.pins.settle_in(is_practice=accepts_practice and desk.connection.is_practice)


async def noted(desk: Desk, what: str, **facts: str) -> None:
    """A disk that takes nothing more lets the last known state be read all the same (T89)."""
    with contextlib.suppress(StorageFailed):
        await desk.log.note(what, None, **facts)


def data_key_of(user_key: UserKey, record: ConnectionRecord) -> DataKey:
    """The key of a connection's files. Raises CannotDecrypt for another user key."""
    if record.wrapped_data_key is None:
        raise CannotDecrypt
    return open_data_key(user_key, record.wrapped_data_key)


def open_store(
    profile: ProfileFolder, record: ConnectionRecord, key: DataKey, now: Callable[[], datetime]
) -> Store:
    """The connection's files. Raises StorageFailed."""
    return Store.open(profile, record.id, key, now=now)
