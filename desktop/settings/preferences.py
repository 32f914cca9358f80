"""What a person set to their taste. Kept in clear, so it holds no name of anything (T83)."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec

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
    lock_after_min: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 15
    """Minutes without input before locking; 0 never."""
    clipboard_clear_s: Annotated[int, msgspec.Meta(ge=0, le=600)] = 20
    background_refresh: bool = True
    """Whether all clients are read again from time to time while the desk is unlocked."""
    keep_history_months: Annotated[int, msgspec.Meta(ge=1, le=120)] = 13
    """How far back former versions of the server's lists are kept."""
    last_connection: ConnectionId | None = None
    keychain_notice_shown: bool = False
    """Whether "kept in memory only" was said already (T87: told once)."""
    tips_done: tuple[OwnKey, ...] = ()

    def table(self, key: str) -> TableLook:
        return self.tables.get(key, TableLook())


_FIELDS: Final = msgspec.structs.fields(Preferences)


class PreferencesFile:
    """The preferences of one profile. In a read-only profile changes last until exit."""

    def __init__(self, profile: ProfileFolder, *, disk: Disk = DISK) -> None:
        self._path = profile.path / PREFERENCES_FILE
        self._is_kept = not profile.read_only
        self._disk = disk
        self._foreign: dict[str, Any] = {}
        self._value: Preferences | None = None

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
        if not self._is_kept or (value == before and self._path.exists()):
            return
        # A value of ours that this version could not read stays until the person changes it.
        untouched = {
            field.name
            for field in _FIELDS
            if field.name in self._foreign
            and getattr(value, field.name) == getattr(before, field.name)
        }
        kept = {k: v for k, v in self._foreign.items() if k not in plain or k in untouched}
        write_document(self._path, {**plain, **kept}, disk=self._disk)

    def change(self, **changes: Any) -> Preferences:
        """Saves the present preferences with `changes` and returns them. Errors as `save`."""
        value = msgspec.structs.replace(self.get(), **changes)
        self.save(value)
        return value

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
