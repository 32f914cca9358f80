"""What every system is asked for in its own way: a word before it locks or sleeps, and no sleep."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

Cause = Literal["person", "idle", "session", "user", "sleep", "lid", "jump"]
"""Why the window locks: asked for; nobody there; the session was locked; another user's turn; the
computer sleeps or woke; its lid closed; a clock jumped, which is a sleep that nobody announced."""


class SystemSignals(QObject):
    """Tells of locking, switching, sleeping and waking (T82). This one hears nothing.

    A system that wakes is told of as well: whatever was missed before is done first then.
    """

    happened = Signal(str)  # Cause

    def start(self) -> None:
        """Begins to listen; what a system does not offer is left out."""

    def stop(self) -> None:
        """Hears nothing more."""

    def poll(self) -> None:
        """Once a second, for what is not told but can be asked."""

    def settled(self) -> None:
        """The lock is done: a sleep that was held up for it may come."""


class Awake:
    """Keeps the computer from falling asleep by itself. This one does nothing."""

    def hold(self) -> None:
        """From now on; more than once is once."""

    def release(self) -> None:
        """It may sleep again."""


class Lid:
    """A lid that closes; one that is closed at the beginning belongs to a desk with a screen."""

    def __init__(self) -> None:
        self._was_open: bool | None = None

    def closes(self, *, is_open: bool) -> bool:
        """Whether this state, seen after the former ones, is a lid that was closed just now."""
        has_closed = self._was_open is True and not is_open
        self._was_open = is_open
        return has_closed
