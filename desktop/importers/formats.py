"""What a format's module is handed, and how headings are scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.errors import BadFile

CONFIDENT = 90
CANDIDATE = 40


@dataclass(frozen=True, kw_only=True)
class SniffInput:
    """The start of a file: its name, up to 256 KiB of text, heading keys if it is a table."""

    name: str
    text: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """Choices of the person: an encoding from `source.ENCODINGS`, and whether to decode entities.

    None leaves the choice to the file.
    """

    encoding: str | None = None
    decode_entities: bool | None = None

    def require(self, keys: Sequence[str], *needed: str) -> None:
        """Raises BadFile `bad_header` naming the headings that are missing."""
        missing = [key for key in needed if key not in keys]
        if missing:
            raise BadFile("bad_header", 1, f"missing: {', '.join(missing)}")


def score_headings(
    keys: Sequence[str], required: Sequence[str], known: Sequence[str], *, exact: bool = False
) -> int:
    """0 to 100: 100 when all required headings are there, less for strangers in an exact layout."""
    present = sum(key in keys for key in required)
    if present < len(required):
        return 60 * present // len(required)
    strangers = sum(key not in known and not key.startswith("column") for key in keys)
    return max(CANDIDATE, 100 - 6 * strangers) if exact else 100
