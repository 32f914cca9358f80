"""JSON from a server that may be hostile: limits first, then types (T28, T29, T30)."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import Any, NoReturn, TypeVar

import msgspec

from desktop.domain.errors import NotOurServer
from desktop.domain.limits import JSON_DEPTH, JSON_INTEGER_DIGITS, MIB

T = TypeVar("T")

JSON_STRING_BYTES = 4 * MIB

# Looked through this much at a time: longer would keep other threads waiting (T34).
_WINDOW = MIB
# Whole strings and what lies between them: ends where a string goes on in the next window.
_COMPLETE = re.compile(rb'(?:[^"]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_STRING_END = re.compile(rb'(?:[^"\\]++|\\.)*+"', re.DOTALL)
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % (JSON_INTEGER_DIGITS + 1))
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_STEP = [1 if byte in b"[{" else -1 for byte in range(256)]
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_SPACE = b" \t\r\n"


def check_json(raw: bytes) -> None:
    """Raises NotOurServer for what no JSON decoder should be given: see domain.limits.

    Emptiness, HTML, nesting, long numbers and long strings. The syntax is the decoder's business.
    """
    head = raw[:64].lstrip(_SPACE)
    if not head:
        raise NotOurServer("empty")
    if head[:1] == b"<":
        raise NotOurServer("html")
    scan = _Scan()
    at = 0
    while at < len(raw):
        end = min(at + _WINDOW, len(raw))
        # An escape is not torn from what it escapes.
        while end < len(raw) and raw[end - 1 : end] == b"\\":
            end += 1
        scan.take(raw[at:end])
        at = end


class _Scan:
    """Goes through a body window by window, outside and inside of strings."""

    def __init__(self) -> None:
        self._depth = 0
        self._edge = b""
        # Bytes so far of a string that began in an earlier window; None outside of strings.
        self._string: int | None = None

    def take(self, window: bytes) -> None:
        """Raises NotOurServer as soon as a limit is crossed."""
        if self._string is not None:
            ended = _STRING_END.match(window)
            self._grow(len(window) if ended is None else ended.end() - 1)
            if ended is None:
                return
            self._string = None
            window = window[ended.end() :]
        complete = _COMPLETE.match(window)
        end = complete.end() if complete else 0
        if end < len(window):
            self._string = 0
            self._grow(len(window) - end - 1)
        self._look(_STRING.sub(b"", window[:end]))

    def _grow(self, count: int) -> None:
        self._string = (self._string or 0) + count
        if self._string > JSON_STRING_BYTES:
            raise NotOurServer("string")

    def _look(self, bare: bytes) -> None:
        if _LONG_NUMBER.search(self._edge + bare):
            raise NotOurServer("number")
        self._edge = (self._edge + bare)[-JSON_INTEGER_DIGITS:]
        steps = map(_STEP.__getitem__, bare.translate(None, _NOT_BRACKETS))
        depth = self._depth
        for depth in accumulate(steps, initial=self._depth):
            if depth > JSON_DEPTH:
                raise NotOurServer("depth")
        self._depth = depth


def decode(raw: bytes, kind: type[T]) -> T:
    """`raw` as `kind`, unknown fields ignored. Raises NotOurServer for everything else.

    A null where a field has a default counts as absent: the official server sends both.
    """
    check_json(raw)
    return decode_kept(raw, kind)


def decode_kept(raw: bytes, kind: type[T]) -> T:
    """As `decode`, for a body that passed its checks before it was sealed and kept.

    Looking through a large one again costs more than all the rest of an unlock.
    """
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        return _decode_without_nulls(raw, kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        _refuse()


def _decode_without_nulls(raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.convert(_without_nulls(msgspec.json.decode(raw)), kind, strict=True)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        _refuse()


def _without_nulls(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nulls(one) for one in value]
    if isinstance(value, dict):
        # The options of a policy are kept to the letter: a null in them means something.
        return {
            key: one if key == "data" and isinstance(one, dict) else _without_nulls(one)
            for key, one in value.items()
            if one is not None
        }
    return value


def load(raw: bytes) -> Any:
    """Plain objects for security-relevant answers: a key given twice is refused (T29)."""
    check_json(raw)
    try:
        if _SURROGATE.search(raw):
            # `json` lets a lone one through, msgspec does not (T77).
            msgspec.json.decode(raw)
        return json.loads(
            raw.decode(), object_pairs_hook=_unique, parse_constant=lambda _name: _refuse()
        )
    except (ValueError, RecursionError, msgspec.MsgspecError):
        _refuse()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotOurServer("double key")
    return made


def convert(value: Any, kind: type[T]) -> T:
    """Plain objects as `kind`, nulls counting as absent. Raises NotOurServer."""
    try:
        return msgspec.convert(_without_nulls(value), kind, strict=True)
    except (msgspec.MsgspecError, RecursionError):
        _refuse()


def fold(value: Any) -> Any:
    """Object keys in lower case, at every level: identity answers mix their cases.

    Two spellings of one key with different values are refused.
    """
    if isinstance(value, list):
        return [fold(one) for one in value]
    if not isinstance(value, dict):
        return value
    folded: dict[str, Any] = {}
    for key, one in value.items():
        inner = fold(one)
        if folded.setdefault(key.lower(), inner) != inner:
            raise NotOurServer("double key")
    return folded


def _refuse() -> NoReturn:
    raise NotOurServer("shape") from None
