"""What the tests of this room open again and again, in this process and in killed ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.cache.store import JOURNAL_FILE, SNAPSHOTS_FILE, Store
from desktop.crypto.seal import DataKey
from desktop.domain.ids import ConnectionId, RunId
from desktop.settings.profile import ProfileFolder

CONNECTION = ConnectionId(UUID("11111111-2222-4333-8444-555555555555"))
RUN = RunId(UUID("99999999-2222-4333-8444-555555555555"))
CLIENT = UUID("77777777-2222-4333-8444-555555555555")
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KEY = bytes(range(32))


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


class Desk:
    """A profile and the stores opened on it; `close` closes all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.profile = ProfileFolder.open(path)
        self.key = DataKey(bytearray(KEY))
        self._stores: list[Store] = []

    @property
    def folder(self) -> Path:
        return self.path / str(CONNECTION)

    @property
    def snapshots_file(self) -> Path:
        return self.folder / SNAPSHOTS_FILE

    @property
    def journal_file(self) -> Path:
        return self.folder / JOURNAL_FILE

    def open(self, **options: Any) -> Store:
        profile = options.pop("profile", self.profile)
        key = options.pop("key", self.key)
        store = Store.open(profile, CONNECTION, key, **options)
        self._stores.append(store)
        return store

    def close_stores(self) -> None:
        for store in self._stores:
            store.close()

    def close(self) -> None:
        self.close_stores()
        self.profile.close()

    def sql(self, file: Path, *statements: str) -> list[Any]:
        """Runs statements on a closed file, as a stranger would; the last one's rows."""
        conn = sqlite3.connect(file)
        rows: list[Any] = []
        for statement in statements:
            rows = conn.execute(statement).fetchall()
        conn.commit()
        conn.close()
        return rows


def begin_run(store: Store, keys: Iterable[str] = ("a", "b")) -> None:
    store.journal.create_run(RUN, "setup", b"plan", AT)
    store.journal.add_steps(RUN, [(key, b"step " + key.encode()) for key in keys])


def all_bytes(folder: Path) -> bytes:
    """Everything below `folder`: file names and contents."""
    parts = []
    for path in sorted(folder.rglob("*")):
        parts.append(str(path.relative_to(folder)).encode())
        if path.is_file():
            parts.append(path.read_bytes())
    return b"\n".join(parts)
