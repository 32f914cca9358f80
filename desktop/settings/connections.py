"""The accounts of this desk, as far as they must be known before the master password is typed.

The fields are the whole list T83 allows outside the seal. The wrapped data key in here opens the
journal, so the former file is kept as a second copy and a broken one is moved aside, not dropped.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec

from desktop.domain.errors import StorageFailed
from desktop.domain.ids import ConnectionId
from desktop.domain.records import Kdf
from desktop.settings.document import read_document, write_document
from desktop.settings.files import DISK, READ_ONLY, Disk
from desktop.settings.profile import ProfileFolder

CONNECTIONS_FILE: Final = "connections.json"
FORMER_FILE: Final = "connections.former.json"
_VERSION: Final = 1

# Type-2 EncString: a key in clear, or anything else, is refused before it reaches the disk.
WrappedKey = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^2\.[A-Za-z0-9+/]{22}==\|[A-Za-z0-9+/]+={0,2}\|[A-Za-z0-9+/]{43}=$",
        max_length=1_000,
    ),
]


class ConnectionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One account on one server. The four addresses carry the names of `api.ServerAddress`.

    `wrapped_user_key` is the user key under the stretched master key, `wrapped_data_key` the data
    key of cache and journal under the user key; both None until the first unlock. `ca_path` is the
    practice server's own CA and refused elsewhere. `salt` is part of the KDF settings: what the
    server salts with in place of the e-mail, once a person accepted it (T04). `is_v2` says what
    kind of key the wrapped user key is: such an account never goes back to the older kind (T18).
    """

    id: ConnectionId
    label: str
    email: str
    api: str
    identity: str
    events: str
    web_vault: str
    device_id: UUID
    ca_path: str | None = None
    is_practice: bool = False
    colour: str = ""
    kdf: Kdf | None = None
    salt: str | None = None
    wrapped_user_key: WrappedKey | None = None
    is_v2: bool = False
    wrapped_data_key: WrappedKey | None = None
    last_sync: datetime | None = None
    has_waiting_run: bool = False

    def __post_init__(self) -> None:
        if self.ca_path is not None and not self.is_practice:
            raise ValueError("ca_path is for practice connections only")


_NAMES: Final = frozenset(field.name for field in msgspec.structs.fields(ConnectionRecord))


class ConnectionsFile:
    """The list, in the order a person sees it."""

    def __init__(self, profile: ProfileFolder, *, disk: Disk = DISK) -> None:
        self._path = profile.path / CONNECTIONS_FILE
        self._former = profile.path / FORMER_FILE
        self._is_writer = not profile.read_only
        self._disk = disk

    def load(self) -> tuple[ConnectionRecord, ...]:
        """All readable records; after damage those of the former file.

        Raises ProfileUnsafe, StorageFailed.
        """
        document = self._read()
        return tuple(record for _raw, record in _entries(document) if record is not None)

    def get(self, connection: ConnectionId) -> ConnectionRecord | None:
        return next((one for one in self.load() if one.id == connection), None)

    def save(self, records: tuple[ConnectionRecord, ...]) -> None:
        """Makes `records` the list; keys and entries this version cannot read are kept.

        Raises msgspec.ValidationError before anything is written, ProfileUnsafe, StorageFailed.
        """
        if not self._is_writer:
            raise StorageFailed(READ_ONLY)
        document = self._read()
        foreign: dict[ConnectionId, dict[str, Any]] = {}
        unreadable: list[Any] = []
        for raw, known in _entries(document):
            if known is None:
                unreadable.append(raw)
            else:
                foreign[known.id] = {k: v for k, v in raw.items() if k not in _NAMES}
        plain = []
        for record in records:
            fields = msgspec.to_builtins(record)
            msgspec.convert(fields, ConnectionRecord)
            plain.append({**fields, **foreign.get(record.id, {})})
        if document:
            write_document(self._former, document, disk=self._disk)
        written = {**document, "version": _VERSION, "connections": plain + unreadable}
        write_document(self._path, written, disk=self._disk)

    def put(self, record: ConnectionRecord) -> None:
        """Replaces the record of the same id in its place, or appends it. Errors as `save`."""
        records = self.load()
        if any(one.id == record.id for one in records):
            self.save(tuple(record if one.id == record.id else one for one in records))
        else:
            self.save((*records, record))

    def remove(self, connection: ConnectionId) -> None:
        """Forgets a connection, in the former copy too. Errors as `save`."""
        remaining = tuple(one for one in self.load() if one.id != connection)
        self.save(remaining)
        self.save(remaining)

    def _read(self) -> dict[str, Any]:
        for path in (self._path, self._former):
            document = _usable(path)
            if document is not None:
                return document
        return {}


def _usable(path: Path) -> dict[str, Any] | None:
    document = read_document(path)
    if document is None or not isinstance(document.get("connections"), list):
        return None
    return document


def _entries(document: dict[str, Any]) -> list[tuple[Any, ConnectionRecord | None]]:
    entries: list[tuple[Any, ConnectionRecord | None]] = []
    for raw in document.get("connections", []):
        try:
            entries.append((raw, msgspec.convert(raw, ConnectionRecord)))
        except msgspec.ValidationError:
            entries.append((raw, None))
    return entries
