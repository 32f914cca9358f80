"""What app and worker say to each other: frames of msgpack behind a length of four bytes.

The worker answers Head, then Rows in order, then End; or Failed, at any point, and nothing after.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from desktop.domain.errors import BadFile
from desktop.domain.items import ImportRow
from desktop.domain.limits import MIB

LENGTH_BYTES: Final = 4
FRAME_BYTES: Final = 160 * MIB
# All frames of one answer: a file of 100 MiB grows by names of fields and by escaping.
ANSWER_BYTES: Final = 512 * MIB
# Few enough that the app decodes a frame between two frames of the screen.
ROWS_PER_FRAME: Final = 100


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Read `path`, or `data` already in memory; exactly one of them is given.

    `path` is absolute and in the bytes of the file system, which need not be text.
    """

    path: bytes | None = None
    data: bytes | None = None
    name: str = ""
    format: str | None = None
    encoding: str | None = None
    decode_entities: bool | None = None


class Head(msgspec.Struct, frozen=True, kw_only=True, tag="head"):
    """Everything of a preview but its rows."""

    format: str
    confident: bool
    candidates: tuple[str, ...]
    file_name: str
    file_bytes: int


class Rows(msgspec.Struct, frozen=True, kw_only=True, tag="rows"):
    """The next rows, in the order of the file."""

    rows: tuple[ImportRow, ...]


class End(msgspec.Struct, frozen=True, kw_only=True, tag="end"):
    """The answer is complete and holds this many rows."""

    rows: int


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """A BadFile on its way back."""

    code: str
    line: int | None = None
    detail: str = ""


Answer = Head | Rows | End | Failed

_encode: Final = msgspec.msgpack.Encoder().encode
_decode_answer: Final = msgspec.msgpack.Decoder(Answer).decode
_decode_request: Final = msgspec.msgpack.Decoder(Request).decode


def pack(message: Request | Answer) -> bytes:
    """A whole frame: length and body."""
    body = _encode(message)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def _frame(read: Callable[[int], bytes]) -> bytes:
    """The next frame. Raises BadFile `worker_died` when the stream ends or lies about its size."""
    size = int.from_bytes(_exactly(read, LENGTH_BYTES), "big")
    if size > FRAME_BYTES:
        raise BadFile("worker_died", detail="frame too large")
    return _exactly(read, size)


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    data = read(size)
    if len(data) != size:
        raise BadFile("worker_died", detail="answer ended early")
    return data


def read_request(read: Callable[[int], bytes]) -> Request:
    """The one request of the app, which is trusted: errors are bugs and end the worker."""
    return _decode_request(_frame(read))


def read_answer(read: Callable[[int], bytes]) -> tuple[Answer, int]:
    """The next message and its size. Raises BadFile `worker_died` for anything but a message."""
    frame = _frame(read)
    try:
        return _decode_answer(frame), len(frame)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BadFile("worker_died", detail="not an answer") from None
