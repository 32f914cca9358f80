"""What a person set to their taste. Kept in clear, so it holds no name of anything (T83)."""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec

from desktop.domain.errors import ProfileUnsafe, StorageFailed
from desktop.domain.ids import ConnectionId
from desktop.settings.document import read_document, write_document
from desktop.settings.files import DISK, Disk
from desktop.settings.profile import ProfileFolder

PREFERENCES_FILE: Final = "preferences.json"

Language = Literal["system", "en", "nl"]
Appearance = Literal["system", "light", "dark"]
# Keys of tables, columns and tips are ours; the pattern keeps names of clients out of the file.
OwnKey = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_.\-]{0,63}$")]
Pixels = Annotated[int, msgspec.Meta(ge=-100_000, le=100_000)]
ProxyMode = Literal["system", "none", "manual"]
# A host and a port, nothing else: whatever is more would be kept in clear.
ProxyAddress = Annotated[
    str, msgspec.Meta(pattern=r"^(https?://[A-Za-z0-9.\-\[\]:]{1,255}:[0-9]{1,5})?$")
]
# Elsewhere the system's setting lives in the environment, which is not obeyed (T26).
HAS_SYSTEM_PROXY: Final = sys.platform in ("win32", "darwin")
Extent = Annotated[int, msgspec.Meta(ge=1, le=100_000)]


class WindowPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Outer place of the main window in device-independent pixels."""

    x: Pixels
    y: Pixels
    width: Extent
    height: Extent
    maximized: bool = False


class TableLook(msgspec.Struct, frozen=True, kw_only=True):
    """How one table was left: widths in device-independent pixels, order and sort by column key."""

    widths: dict[OwnKey, Extent] = {}
    order: tuple[OwnKey, ...] = ()
    hidden: tuple[OwnKey, ...] = ()
    sort_column: OwnKey | None = None
    sort_descending: bool = False


class Preferences(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """All of them. Defaults are what a new desk starts with."""

    language: Language = "system"
    appearance: Appearance = "system"
    text_size: Annotated[int, msgspec.Meta(ge=75, le=300)] = 100
    """Percent of the system's size."""
    window: WindowPlace | None = None
    tables: dict[OwnKey, TableLook] = {}
    splitters: dict[OwnKey, tuple[Extent, ...]] = {}
    lock_after_min: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10
    """Minutes without anybody there before locking (T82)."""
    clipboard_clear_s: Annotated[int, msgspec.Meta(ge=0, le=600)] = 20
    background_refresh: bool = True
    """Whether all clients are read again from time to time while the desk is unlocked."""
    keep_history_months: Annotated[int, msgspec.Meta(ge=1, le=120)] = 13
    """How far back former versions of the server's lists are kept."""
    proxy: ProxyMode = "system" if HAS_SYSTEM_PROXY else "none"
    proxy_address: ProxyAddress = ""
    """What `manual` goes through: "http://host:port"."""
    last_connection: ConnectionId | None = None
    keychain_notice_shown: bool = False
    """Whether "kept in memory only" was said already (T87: told once)."""
    tips_done: tuple[OwnKey, ...] = ()

    def table(self, key: str) -> TableLook:
        return self.tables.get(key, TableLook())


_FIELDS: Final = msgspec.structs.fields(Preferences)


_PATIENCE_S: Final = 10.0


class _Writer:
    """Writes the newest document; those that came while it was busy are left out."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self._guard = threading.Condition()
        self._newest: dict[str, Any] | None = None
        self._is_busy = False

    def write(self, document: dict[str, Any]) -> None:
        with self._guard:
            self._newest = document
            if not self._is_busy:
                self._is_busy = True
                threading.Thread(target=self._work, name="preferences").start()

    def settle(self) -> None:
        with self._guard:
            self._guard.wait_for(lambda: not self._is_busy, _PATIENCE_S)

    def _work(self) -> None:
        while (document := self._next()) is not None:
            # The preferences hold all the same; the next change tries the disk again.
            with contextlib.suppress(StorageFailed, ProfileUnsafe):
                write_document(self._path, document, disk=self._disk)

    def _next(self) -> dict[str, Any] | None:
        with self._guard:
            document, self._newest = self._newest, None
            if document is None:
                self._is_busy = False
                self._guard.notify_all()
            return document


class PreferencesFile:
    """The preferences of one profile. In a read-only profile changes last until exit."""

    def __init__(
        self, profile: ProfileFolder, *, disk: Disk = DISK, in_background: bool = False
    ) -> None:
        """`in_background`: saved by a thread of its own, for whoever must not wait for a disk.

        What cannot be written then holds until the end of the program, and nobody is stopped.
        """
        self._path = profile.path / PREFERENCES_FILE
        self._is_kept = not profile.read_only
        self._disk = disk
        self._writer = _Writer(self._path, disk) if in_background else None
        self._foreign: dict[str, Any] = {}
        self._value: Preferences | None = None

    @property
    def folder(self) -> Path:
        """The profile folder they lie in, and the program's log too."""
        return self._path.parent

    def get(self) -> Preferences:
        """Read once. A value we cannot use counts as its default. ProfileUnsafe, StorageFailed."""
        if self._value is None:
            self._value = self._read()
        return self._value

    def save(self, value: Preferences) -> None:
        """Keeps `value`, and what a newer version wrote beside it.

        Raises msgspec.ValidationError before anything is written, ProfileUnsafe, StorageFailed.
        """
        before = self.get()
        plain = msgspec.to_builtins(value)
        msgspec.convert(plain, Preferences)
        self._value = value
        if not self._is_kept or (value == before and self._is_written()):
            return
        # A value of ours that this version could not read stays until the person changes it.
        untouched = {
            field.name
            for field in _FIELDS
            if field.name in self._foreign
            and getattr(value, field.name) == getattr(before, field.name)
        }
        kept = {k: v for k, v in self._foreign.items() if k not in plain or k in untouched}
        if self._writer is not None:
            self._writer.write({**plain, **kept})
        else:
            write_document(self._path, {**plain, **kept}, disk=self._disk)

    def change(self, **changes: Any) -> Preferences:
        """Saves the present preferences with `changes` and returns them. Errors as `save`."""
        value = msgspec.structs.replace(self.get(), **changes)
        self.save(value)
        return value

    def settle(self) -> None:
        """Waits until what was saved in the background is on the disk; off the loop."""
        if self._writer is not None:
            self._writer.settle()

    def _is_written(self) -> bool:
        return self._writer is not None or self._path.exists()

    def _read(self) -> Preferences:
        document = read_document(self._path) or {}
        usable: dict[str, Any] = {}
        for field in _FIELDS:
            if field.name not in document:
                continue
            try:
                usable[field.name] = msgspec.convert(document[field.name], field.type)
            except msgspec.ValidationError:
                continue
        self._foreign = {k: v for k, v in document.items() if k not in usable}
        return Preferences(**usable)
