"""ZIP files of strangers: entries by exact name, counted while they are unpacked (T61).

The name of an entry is compared and never becomes a path; nothing is written anywhere. The sizes
that an archive states of itself are not believed.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import Final

from desktop.domain.errors import BadFile
from desktop.domain.limits import (
    IMPORT_ARCHIVE_BYTES,
    IMPORT_ARCHIVE_ENTRIES,
    IMPORT_ARCHIVE_RATIO,
    MIB,
)

MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
_LISTED: Final = b"PK\x01\x02"
_BAD: Final = "bad_archive"
_PIECE: Final = 256 * 1024
_ENCRYPTED: Final = 0x1
_LOCAL_HEADER: Final = 30
_METHODS: Final = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin as a ZIP does."""
    return data.startswith(MAGIC)


class Archive:
    """Opened and looked over; raises BadFile `bad_archive` with what is wrong, from `read` too."""

    def __init__(self, data: bytes) -> None:
        # Listing them costs hundreds of bytes each, so a flood is refused before; stored documents
        # are archives too, and may hold some of these marks.
        if data.count(_LISTED) > 10 * IMPORT_ARCHIVE_ENTRIES:
            raise _too_many()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise BadFile(_BAD, detail="the list of its entries cannot be read") from None
        self._left = IMPORT_ARCHIVE_BYTES
        self._entries = _checked(self._zip.infolist())

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all entries that are no folders, as the archive gives them."""
        return tuple(self._entries)

    def has(self, *names: str) -> bool:
        return all(name in self._entries for name in names)

    def read(self, name: str) -> bytes:
        """One entry, whole."""
        entry = self._entries[name]
        body = bytearray()
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    body += piece
                    self._count(entry, len(piece), len(body))
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError):
            raise BadFile(_BAD, detail="an entry cannot be unpacked") from None
        if bytes(body[:4]) in MAGIC:
            raise BadFile(_BAD, detail="an archive within an archive")
        return bytes(body)

    def _count(self, entry: zipfile.ZipInfo, piece: int, so_far: int) -> None:
        self._left -= piece
        if self._left < 0:
            raise BadFile(_BAD, detail="larger than allowed when unpacked")
        if so_far > MIB and so_far > IMPORT_ARCHIVE_RATIO * max(entry.compress_size, 1):
            raise BadFile(_BAD, detail="packed tighter than any export is")


def _too_many() -> BadFile:
    return BadFile(_BAD, detail=f"more than {IMPORT_ARCHIVE_ENTRIES} entries")


def _checked(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > IMPORT_ARCHIVE_ENTRIES:
        raise _too_many()
    found: dict[str, zipfile.ZipInfo] = {}
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.flag_bits & _ENCRYPTED:
            raise BadFile("needs_password", detail="an encrypted archive")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadFile(_BAD, detail="an entry is a link")
        if entry.compress_type not in _METHODS:
            raise BadFile(_BAD, detail="packed in a way that is not supported")
        if entry.header_offset < end:
            raise BadFile(_BAD, detail="entries overlap")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
        if entry.filename in found:
            raise BadFile(_BAD, detail="two entries of one name")
        if not entry.is_dir():
            found[entry.filename] = entry
    # In the order of the archive's own list.
    return {one.filename: one for one in entries if one.filename in found}
