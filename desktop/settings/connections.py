"""The accounts of this desk, as far as they must be known before the master password is typed.

The fields are the whole list T83 allows outside the seal. The wrapped data key in here opens the
journal, so the former file is kept as a second copy and a broken one is moved aside, not dropped.
"""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Sequence
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
_PEM_BEGIN: Final = "-----BEGIN CERTIFICATE-----"
_PEM_END: Final = "-----END CERTIFICATE-----"

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
    practice server's own CA and refused elsewhere. `ca_pem` is the one certificate that a person
    accepted for this server, `ca_fingerprint` its SHA-256 in upper-case pairs. `salt` is part of
    the KDF settings: what the server salts with in place of the e-mail, once a person accepted it
    (T04). `is_v2` says what kind of key the wrapped user key is: such an account never goes back to
    the older kind (T18).
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
    ca_pem: Annotated[str, msgspec.Meta(max_length=16_384)] | None = None
    ca_fingerprint: str | None = None
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

    @property
    def trusted_ca(self) -> str | None:
        """The accepted certificate (PEM), None without one: also where the file was changed, so
        that it is not the one with the accepted fingerprint (T25).
        """
        pem, wanted = self.ca_pem, self.ca_fingerprint
        if pem is None or not wanted or self.is_practice or fingerprint_of(pem) != wanted:
            return None
        return pem


def fingerprint_of(pem: str) -> str:
    """SHA-256 of a certificate in upper-case pairs; empty for what is none."""
    # Not by `ssl`: this file is read before the first window.
    body = pem.strip().removeprefix(_PEM_BEGIN).removesuffix(_PEM_END)
    try:
        der = base64.b64decode("".join(body.split()), validate=True)
    except ValueError:
        return ""
    if not der:
        return ""
    digest = hashlib.sha256(der).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


_NAMES: Final = frozenset(field.name for field in msgspec.structs.fields(ConnectionRecord))


class ConnectionsFile:
    """The list, in the order a person sees it. Thread-safe: every open connection writes to it."""

    def __init__(self, profile: ProfileFolder, *, disk: Disk = DISK) -> None:
        self._path = profile.path / CONNECTIONS_FILE
        self._former = profile.path / FORMER_FILE
        self._is_writer = not profile.read_only
        self._disk = disk
        self._guard = threading.RLock()
        self._kept: bytes | None = None

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
        with self._guard:
            self._save(records)

    def _save(self, records: tuple[ConnectionRecord, ...]) -> None:
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
        self._kept = msgspec.json.encode(written)

    def put(self, record: ConnectionRecord) -> None:
        """Replaces the record of the same id in its place, or appends it. Errors as `save`."""
        with self._guard:
            records = self.load()
            if any(one.id == record.id for one in records):
                self.save(tuple(record if one.id == record.id else one for one in records))
            else:
                self.save((*records, record))

    def change(self, connection: ConnectionId, **fields: Any) -> ConnectionRecord | None:
        """Sets these fields alone, so that nobody's change undoes another's; the record then.

        None for a connection that is not there. Errors as `save`.
        """
        with self._guard:
            record = self.get(connection)
            if record is not None:
                record = msgspec.structs.replace(record, **fields)
                self.put(record)
            return record

    def move(self, order: Sequence[ConnectionId]) -> None:
        """Puts the connections in this order; those not named stay behind the others."""
        with self._guard:
            place = {one: number for number, one in enumerate(order)}
            records = self.load()
            self.save(tuple(sorted(records, key=lambda one: place.get(one.id, len(place)))))

    def remove(self, connection: ConnectionId) -> None:
        """Forgets a connection, in the former copy too. Errors as `save`."""
        with self._guard:
            remaining = tuple(one for one in self.load() if one.id != connection)
            self.save(remaining)
            self.save(remaining)

    def _read(self) -> dict[str, Any]:
        """As last read or written: a lock screen asks on the loop, which waits for no disk (T34).

        Nobody else writes while this profile is ours; where it is not, a changed file is read.
        """
        if self._kept is None or not self._is_writer:
            found = (_known(path) for path in (self._path, self._former))
            self._kept = next((one for one in found if one is not None), None)
        return {} if self._kept is None else msgspec.json.decode(self._kept, type=dict[str, Any])


# The start page reads the file before the first frame; whoever asks next finds it read.
_SEEN: Final[dict[Path, tuple[tuple[int, int, int], bytes]]] = {}


def _known(path: Path) -> bytes | None:
    """What is in a file, read only where it is another file than the one seen last."""
    try:
        state = _state(path)
    except FileNotFoundError:
        return None
    except OSError:
        state = None
    seen = _SEEN.get(path)
    if seen is not None and seen[0] == state:
        return seen[1]
    document = _usable(path)
    if document is None or state is None:
        return None
    _SEEN[path] = (state, msgspec.json.encode(document))
    return _SEEN[path][1]


def _state(path: Path) -> tuple[int, int, int]:
    """What is different about a file once it was written."""
    found = path.lstat()
    return found.st_ino, found.st_mtime_ns, found.st_size


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
