"""What fits into an encrypted field, and how to cut text that does not, losing none of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from desktop.domain.limits import NOTE_SPLIT_BYTES, encrypted_length

# No text of so few characters can be too long for any field: 4 bytes each, 687 bytes allowed.
_ALWAYS_FITS: Final = 171
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BEGIN: Final = "-----BEGIN "
_END: Final = "\n-----END "
# No key or PGP block that fits a note is longer than this; beyond it nobody looks for its end.
_BLOCK: Final = 16_384
_BACK_OFF: Final = 16
_JOINERS: Final = frozenset("\u200d\ufe0e\ufe0f")


def fits(text: str, limit: int) -> bool:
    """Whether `text`, encrypted, is at most `limit` characters long."""
    return len(text) <= _ALWAYS_FITS or encrypted_length(len(text.encode())) <= limit


def plain_limit(limit: int) -> int:
    """The most bytes of text that fit an encrypted length of `limit`."""
    size = limit * 3 // 4
    while encrypted_length(size) > limit:
        size -= 1
    return size


def cut(text: str, size: int) -> tuple[str, str]:
    """The longest head of at most `size` bytes that ends between characters, and the rest."""
    data = text.encode()
    if len(data) <= size:
        return text, ""
    head = data[:size].decode("utf-8", "ignore")
    end = len(head)
    # Do not part a letter from its accents, nor an emoji from its modifiers.
    for _ in range(_BACK_OFF):
        if end < 2 or not _clings(text, end):
            break
        end -= 1
    return text[:end], text[end:]


def _clings(text: str, at: int) -> bool:
    here, before = text[at], text[at - 1]
    return here in _JOINERS or before == "\u200d" or unicodedata.combining(here) != 0


def split_notes(text: str) -> tuple[list[str], bool]:
    """Parts of at most 7,400 bytes, cut at line breaks; joined they are the text again.

    Key and PGP blocks stay whole; the flag says that one was too long for that.
    """
    parts: list[str] = []
    part, size, torn = "", 0, False
    for piece in _pieces(text):
        length = len(piece.encode())
        if size and size + length > NOTE_SPLIT_BYTES:
            parts.append(part)
            part, size = "", 0
        if length > NOTE_SPLIT_BYTES:
            torn = torn or piece.startswith(_BEGIN)
            *full, part = _chop(piece)
            parts += full
            size = len(part.encode())
            continue
        part += piece
        size += length
    if part:
        parts.append(part)
    return parts, torn


def _pieces(text: str) -> Iterator[str]:
    """Lines with their ends; a key or PGP block of many lines is one piece."""
    at = 0
    while at < len(text):
        end = at
        if text.startswith(_BEGIN, at):
            end = max(at, text.find(_END, at, at + _BLOCK) + 1)
        found = _LINE.match(text, end)
        end = found.end() if found is not None else len(text)
        yield text[at:end]
        at = end


def _chop(text: str) -> list[str]:
    """Pieces of at most 7,400 bytes of one overlong line or block, at line breaks if it has any."""
    pieces: list[str] = []
    while text:
        head, rest = cut(text, NOTE_SPLIT_BYTES)
        if rest:
            line_end = max(head.rfind("\n"), head.rfind("\r")) + 1
            if line_end and not (head.endswith("\r") and rest.startswith("\n")):
                head, rest = text[:line_end], text[line_end:]
        pieces.append(head)
        text = rest
    return pieces
