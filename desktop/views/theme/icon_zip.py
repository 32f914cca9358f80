"""Reads single members of the icon package's zip, without listing its 1,700 others.

Importing `zipfile` and parsing the whole directory costs about 15 ms of every start. Layout of
the records: PKWARE APPNOTE 6.3.10, sections 4.3.7 and 4.3.12.
"""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Final

_END: Final = b"PK\x05\x06"
_ENTRY: Final = b"PK\x01\x02"
_LOCAL: Final = b"PK\x03\x04"
_ENTRY_SIZE: Final = 46
_LOCAL_SIZE: Final = 30
_DEFLATED: Final = 8


class IconZip:
    """The archive held in memory as bytes; half a megabyte."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        end = self._data.rfind(_END)
        if end < 0:
            raise ValueError(path)
        self._directory: int = struct.unpack_from("<I", self._data, end + 16)[0]

    def read(self, name: str) -> bytes:
        """Content of a member. KeyError if there is none of that name."""
        wanted = name.encode()
        at = self._directory
        while (at := self._data.find(wanted, at)) >= 0:
            start = at - _ENTRY_SIZE
            entry = self._data[start:at]
            if entry[:4] == _ENTRY and struct.unpack_from("<H", entry, 28)[0] == len(wanted):
                return self._member(entry)
            at += 1
        raise KeyError(name)

    def _member(self, entry: bytes) -> bytes:
        method, packed = (
            struct.unpack_from("<H", entry, 10)[0],
            struct.unpack_from("<I", entry, 20)[0],
        )
        local = struct.unpack_from("<I", entry, 42)[0]
        if self._data[local : local + 4] != _LOCAL:
            raise ValueError(local)
        name, extra = struct.unpack_from("<HH", self._data, local + 26)
        start = local + _LOCAL_SIZE + name + extra
        content = self._data[start : start + packed]
        return zlib.decompress(content, -15) if method == _DEFLATED else content
