"""Data with its age: what was fetched when, and whether that was just now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Data = TypeVar("Data")


@dataclass(frozen=True)
class Aged(Generic[Data]):
    """`fetched_at` is aware UTC; `fresh` means it came from the server for this very call."""

    data: Data
    fetched_at: datetime | None
    fresh: bool
