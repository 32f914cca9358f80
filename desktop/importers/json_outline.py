"""The outline of a large JSON object: where its members and the elements of one list lie.

Elements are cut out and decoded one by one, so that a broken one spoils only itself and the whole
tree is never in memory at once.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from desktop.domain.errors import BadFile
from desktop.domain.limits import IMPORT_FIELD_BYTES, JSON_DEPTH

# A whole string (and a colon behind it), a bracket, a comma, or a quote that nothing closes.
_TOKEN: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}\[\],]|"', re.DOTALL)
_PAIRS: Final = {b"}": b"{", b"]": b"["}
# Six characters of escape at most stand for one.
_STRING_BYTES: Final = 6 * IMPORT_FIELD_BYTES


class Outline(NamedTuple):
    """Raw text of each member but the list, and of each element of the list (None: no list)."""

    members: dict[str, bytes]
    elements: list[bytes] | None


def outline(data: bytes, list_key: str) -> Outline:
    """Raises BadFile: bad_json with its line, field_too_large. Elements are not checked here."""
    return _Scan(data, list_key.encode()).run()


class _Scan:
    def __init__(self, data: bytes, list_key: bytes) -> None:
        self._data = data
        self._list_key = list_key
        self._open: list[bytes] = []
        self._members: dict[str, bytes] = {}
        self._elements: list[bytes] | None = None
        self._key: bytes | None = None
        self._start = 0
        self._end = -1

    def run(self) -> Outline:
        for found in _TOKEN.finditer(self._data):
            self._take(found.group(), found.start(), found.end(), colon=found.group(1))
        if self._open or self._end < 0 or self._data[self._end :].strip():
            raise self._bad(len(self._data) - 1, "not one whole object")
        return Outline(self._members, self._elements)

    def _take(self, token: bytes, start: int, end: int, *, colon: bytes | None) -> None:
        first = token[:1]
        if first == b'"':
            self._string(token, start, end, colon)
        elif first == b",":
            self._comma(start, end)
        elif first in (b"{", b"["):
            self._down(first, start, end)
        else:
            self._up(first, start, end)

    def _string(self, token: bytes, start: int, end: int, colon: bytes | None) -> None:
        if token == b'"':
            raise self._bad(start, "a string is never closed")
        if len(token) > _STRING_BYTES:
            raise BadFile("field_too_large", self._line(start))
        if len(self._open) != 1 or colon is None:
            return
        if self._key is not None:
            raise self._bad(start, "a comma is missing")
        key = token[: -len(colon)][1:-1]
        if key.decode("utf-8", "replace") in self._members or (
            key == self._list_key and self._elements is not None
        ):
            raise self._bad(start, "a key stands twice")
        self._key, self._start = key, end

    def _down(self, bracket: bytes, start: int, end: int) -> None:
        if not self._open and (bracket != b"{" or self._end >= 0 or self._data[:start].strip()):
            raise self._bad(start, "not one whole object")
        self._open.append(bracket)
        if len(self._open) > JSON_DEPTH:
            raise self._bad(start, "nested too deep")
        if self._in_list() and len(self._open) == 2:
            if bracket != b"[" or self._data[self._start : start].strip():
                raise self._bad(start, f"{self._list_key.decode()} is not a list")
            self._elements, self._start = [], end

    def _up(self, bracket: bytes, start: int, end: int) -> None:
        if not self._open or self._open.pop() != _PAIRS[bracket]:
            raise self._bad(start, "brackets do not match")
        if len(self._open) == 1 and self._in_list():
            self._close_element(start, last=True)
            self._start = end
        elif not self._open:
            self._close_member(start)
            self._end = end

    def _comma(self, start: int, end: int) -> None:
        if len(self._open) == 1:
            self._close_member(start)
        elif len(self._open) == 2 and self._in_list():
            self._close_element(start)
            self._start = end

    def _in_list(self) -> bool:
        return self._key == self._list_key

    def _close_member(self, end: int) -> None:
        value = self._data[self._start : end].strip()
        if self._key is None:
            return
        if not self._in_list():
            self._members[self._key.decode("utf-8", "replace")] = value
        elif self._elements is None or value:
            raise self._bad(end, f"{self._list_key.decode()} is not a list")
        self._key = None

    def _close_element(self, end: int, *, last: bool = False) -> None:
        element = self._data[self._start : end].strip()
        if self._elements is not None and (element or not last):
            self._elements.append(element)

    def _bad(self, at: int, problem: str) -> BadFile:
        return BadFile("bad_json", self._line(at), problem)

    def _line(self, at: int) -> int:
        return self._data.count(b"\n", 0, max(at, 0)) + 1
