"""How records are tied together: a changed, moved or missing one breaks its own link.

No key is needed to check a chain, so whoever rewrites all of it from some point on is found only by
comparing the last link with one that was noted elsewhere. Imports nothing but hashlib, because the
command that checks a file must start at once.
"""

from __future__ import annotations

import hashlib
from typing import Final

NO_LINK: Final = bytes(32)
_END_BYTES: Final = 8 + len(NO_LINK)
JOURNAL_NUMBER: Final = 0x434C564A
"""SQLite's application_id of a journal."""


def joined(*parts: bytes) -> bytes:
    """The parts, each after its length (4 bytes, big-endian): no two lists make the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def linked(former: bytes, number: int, head: bytes, body_hash: bytes) -> bytes:
    """The link of a journal entry; `body_hash` is empty for one without a body."""
    return hashlib.sha256(joined(former, number.to_bytes(8, "big"), head, body_hash)).digest()


def line_link(former: bytes, text: bytes) -> bytes:
    """The link of one line of an exported log; `text` is all of the line before its link."""
    return hashlib.sha256(joined(former, text)).digest()


def end_bytes(number: int, link: bytes) -> bytes:
    """Where a journal ends, in clear: kept beside it so that a cut off end is missed."""
    return number.to_bytes(8, "big") + link


def end_in(kept: object) -> tuple[int, bytes]:
    """The number and link at the beginning of `kept`. ValueError if there are none."""
    if not isinstance(kept, bytes) or len(kept) < _END_BYTES:
        raise ValueError("no end")
    return int.from_bytes(kept[:8], "big"), kept[8:_END_BYTES]
