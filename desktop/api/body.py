"""Bodies of answers, bounded while they are being decompressed (T27)."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

import httpx

from desktop.domain.errors import AnswerTooLarge, NotOurServer

# Decompressed at most this much at a time.
_PIECE = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS


async def pieces(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """The decompressed body piece by piece. Raises AnswerTooLarge past `limit` bytes.

    Raises NotOurServer for every encoding but one gzip, and for a broken or cut gzip.
    """
    encodings = response.headers.get_list("content-encoding")
    if not encodings or encodings == ["identity"]:
        unpacked = response.aiter_raw()
    elif [name.strip().lower() for name in encodings] in (["gzip"], ["x-gzip"]):
        unpacked = _gunzipped(response)
    else:
        raise NotOurServer("encoding", response.status_code)
    size = 0
    async for piece in unpacked:
        size += len(piece)
        if size > limit:
            raise AnswerTooLarge(limit)
        yield piece


async def whole(response: httpx.Response, limit: int) -> bytes:
    """The decompressed body. Raises as `pieces`."""
    body = bytearray()
    async for piece in pieces(response, limit):
        body += piece
    return bytes(body)


async def _gunzipped(response: httpx.Response) -> AsyncIterator[bytes]:
    unpacker = zlib.decompressobj(_GZIP)
    some = False
    async for packed in response.aiter_raw():
        some = some or bool(packed)
        rest = packed
        while rest and not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, _PIECE)
            except zlib.error:
                raise NotOurServer("encoding", response.status_code) from None
            rest = unpacker.unconsumed_tail
            yield piece
        if unpacker.unused_data or rest:
            raise NotOurServer("encoding", response.status_code)
    while some and not unpacker.eof:
        piece = unpacker.decompress(b"", _PIECE)
        if not piece:
            raise NotOurServer("truncated", response.status_code)
        yield piece
