"""A JSON text as the difference from a neighbour: what both have is copied, the rest is deflated
with what only the neighbour has as its dictionary.

Deflate looks back no further than 32 KiB, so a neighbour of 200 KB as its dictionary would help for
the last part of it only. Both texts are cut before each "{" instead: a list of records that changed
in one of them becomes two copies and a few bytes, wherever that one stands or has moved to.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

import msgspec

WINDOW_BYTES: Final = 32 * 1024
_BLOCK_BYTES: Final = WINDOW_BYTES // 2
_RAW: Final = -15
# Of a piece that stands in many places, so many are looked at.
_PLACES: Final = 8

# Pairs of (gap, length): a copy from `gap` bytes past the end of the last copy, which may be
# negative; or None and the length of what is not copied.
_Op = tuple[int | None, int]


class _Delta(msgspec.Struct, array_like=True, frozen=True):
    ops: bytes
    blocks: tuple[bytes, ...]


_DELTA: Final = msgspec.msgpack.Decoder(_Delta)
_OPS: Final = msgspec.msgpack.Decoder(tuple[_Op, ...])


def difference(base: bytes, text: bytes) -> bytes:
    """What `restored` needs beside `base` to give `text` again."""
    ops, own = _compared(base, text)
    rest = _not_copied(base, ops)
    packed = _deflated(msgspec.msgpack.encode(ops), b"")
    blocks = [
        _deflated(own[at : at + _BLOCK_BYTES], _dictionary(rest, at, len(own)))
        for at in range(0, len(own), _BLOCK_BYTES)
    ]
    return msgspec.msgpack.encode(_Delta(packed, tuple(blocks)))


def restored(base: bytes, delta: bytes, limit_bytes: int) -> bytes:
    """ValueError for anything that `difference` did not make, or that is longer than the limit."""
    try:
        told = _DELTA.decode(delta)
        ops = _OPS.decode(_inflated(told.ops, b"", limit_bytes))
    except msgspec.MsgspecError as error:
        raise ValueError("no delta") from error
    own_bytes = sum(length for gap, length in ops if gap is None)
    if own_bytes + sum(length for gap, length in ops if gap is not None) > limit_bytes:
        raise ValueError("too long")
    rest = _not_copied(base, ops)
    own = b"".join(
        _inflated(block, _dictionary(rest, number * _BLOCK_BYTES, own_bytes), _BLOCK_BYTES)
        for number, block in enumerate(told.blocks)
    )
    if len(own) != own_bytes:
        raise ValueError("parts are missing")
    parts: list[bytes] = []
    at = end = 0
    for gap, length in ops:
        if gap is None:
            parts.append(own[at : at + length])
            at += length
        else:
            begin = end + gap
            parts.append(base[begin : begin + length])
            end = begin + length
    return b"".join(parts)


def _compared(base: bytes, text: bytes) -> tuple[list[_Op], bytes]:
    """The operations, and all that is not copied."""
    there = list(_pieces(base))
    starts = [0]
    places: dict[bytes, list[int]] = {}
    for number, piece in enumerate(there):
        starts.append(starts[-1] + len(piece))
        places.setdefault(piece, []).append(number)
    wanted = list(_pieces(text))
    ops: list[_Op] = []
    own: list[bytes] = []
    first = last = end = 0  # pieces of the copy in hand; where the last one ended, in bytes
    skipped = 0
    for number, piece in enumerate(wanted):
        if last < len(there) and not skipped and last > first and there[last] == piece:
            last += 1
            continue
        following = wanted[number + 1] if number + 1 < len(wanted) else None
        found = _place(there, places.get(piece, ()), last + skipped, following)
        if last > first:
            ops.append((starts[first] - end, starts[last] - starts[first]))
            end = starts[last]
            first = last
        if found is None:
            own.append(piece)
            skipped += 1
            if ops and ops[-1][0] is None:
                ops[-1] = (None, ops[-1][1] + len(piece))
            else:
                ops.append((None, len(piece)))
        else:
            first, last, skipped = found, found + 1, 0
    if last > first:
        ops.append((starts[first] - end, starts[last] - starts[first]))
    return ops, b"".join(own)


def _place(
    there: list[bytes], places: list[int] | tuple[()], expected: int, following: bytes | None
) -> int | None:
    """Where a piece is best copied from: where it is expected, or where the next one fits too."""
    if not places:
        return None
    if expected < len(there) and there[expected] == there[places[0]]:
        return expected
    for place in places[:_PLACES]:
        if place + 1 < len(there) and there[place + 1] == following:
            return place
    return places[0]


def _pieces(text: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(text):
        end = text.find(b"{", at + 1)
        end = len(text) if end < 0 else end
        yield text[at:end]
        at = end


def _not_copied(base: bytes, ops: list[_Op] | tuple[_Op, ...]) -> bytes:
    """What of `base` no operation copies. ValueError for a copy from outside of it."""
    ranges = []
    end = 0
    for gap, length in ops:
        if length < 0:
            raise ValueError("no length")
        if gap is not None:
            begin = end + gap
            end = begin + length
            if begin < 0 or end > len(base):
                raise ValueError("outside")
            ranges.append((begin, end))
    rest = []
    at = 0
    for begin, stop in sorted(ranges):
        if begin > at:
            rest.append(base[at:begin])
        at = max(at, stop)
    return b"".join([*rest, base[at:]])


def _dictionary(rest: bytes, at: int, of: int) -> bytes:
    """The part of `rest` that most likely resembles what stands at `at` of `of` bytes."""
    middle = (at + _BLOCK_BYTES // 2) * len(rest) // max(1, of)
    begin = max(0, min(middle - WINDOW_BYTES // 2, len(rest) - WINDOW_BYTES))
    return rest[begin : begin + WINDOW_BYTES]


def _deflated(data: bytes, dictionary: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    return deflater.compress(data) + deflater.flush()


def _inflated(data: bytes, dictionary: bytes, limit_bytes: int) -> bytes:
    try:
        inflater = zlib.decompressobj(_RAW, dictionary)
        plain = inflater.decompress(data, limit_bytes + 1)
    except zlib.error as error:
        raise ValueError("no deflate") from error
    if len(plain) > limit_bytes or not inflater.eof:
        raise ValueError("too long, or cut")
    return plain
