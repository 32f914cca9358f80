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

_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % (JSON_INTEGER_DIGITS + 1))
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_STEP = [1 if byte in b"[{" else -1 for byte in range(256)]
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
    if _LONG_NUMBER.search(raw) or raw.count(b"[") + raw.count(b"{") > JSON_DEPTH:
        bare = _STRING.sub(b"", raw)
        if _LONG_NUMBER.search(bare):
            raise NotOurServer("number")
        brackets = bare.translate(None, _NOT_BRACKETS)
        if max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > JSON_DEPTH:
            raise NotOurServer("depth")
    if len(raw) > JSON_STRING_BYTES:
        _check_strings(raw)


def _check_strings(raw: bytes) -> None:
    """A too long string covers a whole aligned window of half its length without a quote in it."""
    window = JSON_STRING_BYTES // 2
    quotes_everywhere = all(
        raw.find(b'"', start, start + window) >= 0 for start in range(0, len(raw), window)
    )
    escapes = raw.find(b'\\"') >= 0
    if (escapes or not quotes_everywhere) and any(
        match.end() - match.start() - 2 > JSON_STRING_BYTES for match in _STRING.finditer(raw)
    ):
        raise NotOurServer("string")


def decode(raw: bytes, kind: type[T]) -> T:
    """`raw` as `kind`, unknown fields ignored. Raises NotOurServer for everything else.

    A null where a field has a default counts as absent: the official server sends both.
    """
    check_json(raw)
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
        return json.loads(
            raw.decode(), object_pairs_hook=_unique, parse_constant=lambda _name: _refuse()
        )
    except (ValueError, RecursionError):
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
