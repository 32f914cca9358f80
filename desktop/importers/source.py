"""Bytes of a foreign file as text, or a typed refusal; never a replaced character (T64)."""

from __future__ import annotations

import codecs
import io
from typing import Final, TextIO

from desktop.domain.errors import BadFile
from desktop.domain.limits import IMPORT_FILE_BYTES, MIB

# What a person may choose when a file is neither UTF-8 nor marked: Python's name for each.
ENCODINGS: Final = (
    "windows-1252",
    "iso-8859-15",
    "windows-1250",
    "windows-1251",
    "windows-1254",
    "cp850",
    "mac-roman",
    "shift-jis",
    "utf-16-le",
    "utf-16-be",
)

# The longer marks first: the mark of UTF-32 begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STEP: Final = MIB
_HEAD_BYTES: Final = 256 * 1024
_PROBE_BYTES: Final = 4096


class Source:
    """A file whose every byte is known to decode.

    `encoding` is Python's name, `start` the length of the byte order mark in bytes. Raises
    BadFile: empty, too_large, undecodable (with its line, from 1), not_recognised for bytes
    that are no text at all.
    """

    def __init__(self, data: bytes, encoding: str | None = None) -> None:
        if not data.strip(b"\0 \t\r\n"):
            raise BadFile("empty")
        if len(data) > IMPORT_FILE_BYTES:
            raise BadFile("too_large", detail=f"{len(data)} bytes")
        self.data = data
        self.encoding, self.start = _choose(data, encoding)
        self._check()

    @classmethod
    def of_text(cls, text: str) -> Source:
        return cls(text.encode())

    def lines(self) -> TextIO:
        """A fresh stream of lines with their ends untouched; LF, CR LF and CR end a line."""
        stream = io.BytesIO(self.data)
        stream.seek(self.start)
        return io.TextIOWrapper(stream, encoding=self.encoding, errors="strict", newline="")

    def head(self) -> str:
        """The first 256 KiB as text, without a character cut in two."""
        decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        return decoder.decode(self.data[self.start : self.start + _HEAD_BYTES])

    def text(self) -> str:
        return self.data[self.start :].decode(self.encoding)

    def utf8(self) -> bytes:
        """The whole text as UTF-8 without a mark."""
        if self.encoding == "utf-8":
            return self.data[self.start :] if self.start else self.data
        return self.text().encode()

    def _check(self) -> None:
        decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        line = 1
        for at in range(self.start, len(self.data) + 1, _STEP):
            chunk = self.data[at : at + _STEP]
            last = at + _STEP > len(self.data)
            try:
                line += _line_ends(decoder.decode(chunk, last))
            except UnicodeDecodeError as error:
                if self.encoding == "utf-8" and _is_binary(self.data[:_PROBE_BYTES]):
                    raise BadFile("not_recognised", detail="not a text file") from None
                before = error.object[: error.start].decode(self.encoding, "ignore")
                raise BadFile(
                    "undecodable", line + _line_ends(before), f"not {self.encoding}"
                ) from None


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _choose(data: bytes, wanted: str | None) -> tuple[str, int]:
    mark, marked = next(
        ((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", None)
    )
    if wanted is not None:
        if wanted not in ENCODINGS and wanted != "utf-8":
            raise BadFile("undecodable", detail="unknown encoding")
        return wanted, len(mark) if marked else 0
    if marked is not None:
        return marked, len(mark)
    return _unmarked(data[:_PROBE_BYTES]), 0


def _unmarked(probe: bytes) -> str:
    """UTF-16 shows as a NUL in every second byte of Western text; the rest is UTF-8 or nothing."""
    even, odd = probe[0::2], probe[1::2]
    if len(probe) >= 4 and odd.count(0) >= 0.9 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if len(probe) >= 4 and even.count(0) >= 0.9 * len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return "utf-8"


def _is_binary(probe: bytes) -> bool:
    control = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c" for byte in probe)
    return control > 0.1 * len(probe)
