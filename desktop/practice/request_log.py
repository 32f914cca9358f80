"""What came in and what went out, for tests and `/practice/requests`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

KEPT = 10_000
_TOLD_HEADERS = (
    "bitwarden-client-version",
    "bitwarden-client-name",
    "device-type",
    "device-identifier",
    "user-agent",
    "content-type",
)


@dataclass(frozen=True)
class Entry:
    """One request. Tokens are never kept; bodies go to the log file only."""

    number: int
    at: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body_bytes: int
    status: int
    answer_bytes: int
    seconds: float
    fault: str | None


class RequestLog:
    """Keeps the newest entries; writes all, with bodies, to a file when one is named."""

    def __init__(self, path: Path | None = None) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._file = path.open("ab", buffering=0) if path is not None else None
        self.count = 0

    def add(self, entry: Entry, body: bytes) -> None:
        self._entries.append(entry)
        if self._file is not None:
            told = {**asdict(entry), "body": body.decode("utf-8", "replace")}
            self._file.write(msgspec.json.encode(told) + b"\n")

    def next_number(self) -> int:
        self.count += 1
        return self.count

    def entries(self) -> list[dict[str, object]]:
        return [asdict(entry) for entry in self._entries]

    def clear(self) -> None:
        self._entries.clear()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def told_headers(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The headers worth keeping; `authorization` becomes the word `bearer`."""
    kept = {name: value for name, value in pairs if name in _TOLD_HEADERS}
    kept.update((name, "bearer") for name, _value in pairs if name == "authorization")
    return kept
