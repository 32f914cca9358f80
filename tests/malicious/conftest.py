"""The same guard and the same traps as for the end-to-end tests."""

from __future__ import annotations

from tests.guard import t96
from tests.traps import t26

__all__ = ["t26", "t96"]
