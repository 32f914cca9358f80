"""Watches over the open window: nobody there, the system locks, sleeps or changes hands (T82)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from desktop.views.idle import Idle
from desktop.views.system.signals import Awake, SystemSignals

TICK_MS: Final = 1_000
_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.NativeGesture,
    }
)


class Guard(QObject):
    """Says when to lock, and keeps the computer awake while a run is active.

    Watches between `watch` and `rest`; under a cover (`is_idle_watched` False) nobody is expected
    to be there. The system's word always counts. `minutes` and `is_running` are asked each second.
    """

    lock_asked = Signal(str)  # Cause

    def __init__(
        self,
        minutes: Callable[[], int],
        is_running: Callable[[], bool],
        *,
        signals: SystemSignals | None = None,
        awake: Awake | None = None,
        idle: Idle | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._is_running = is_running
        self._signals = signals if signals is not None else SystemSignals(self)
        self._awake = awake if awake is not None else Awake()
        self._idle = idle if idle is not None else Idle()
        self._is_watching = False
        self._is_idle_watched = False
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.tick)
        self._signals.happened.connect(self._told)
        with contextlib.suppress(OSError, AttributeError):
            self._signals.start()

    def watch(self, *, is_idle_watched: bool = True) -> None:
        """A window with something to hide is open, or covered."""
        if not self._is_watching:
            # A lid that was closed since is no news.
            self._signals.poll()
        self._is_watching = True
        self._is_idle_watched = is_idle_watched
        self._idle.restart()
        self._ticker.start()
        self.tick()

    def rest(self) -> None:
        """Everything is locked."""
        self._is_watching = False
        self._ticker.stop()
        self._awake.release()
        self._signals.settled()

    def close(self) -> None:
        """The end of the program."""
        self.rest()
        self._signals.stop()

    def tick(self) -> None:
        """Once a second."""
        if self._asks():
            return
        self._signals.poll()
        if not self._is_watching:
            return
        if self._is_running():
            self._awake.hold()
        else:
            self._awake.release()
        # Each window of the program, dialogs and menus too; a filter that is there already is not
        # added twice.
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Input counts; the first one after a sleep is swallowed, as it comes before the lock."""
        if self._is_watching and event.type() in _INPUT and isinstance(watched, QWindow):
            if self._asks():
                return True
            self._idle.note_input()
        return False

    def _asks(self) -> bool:
        """Whether it is time, once that was said."""
        if not self._is_watching:
            return False
        if self._idle.look():
            self._tell("jump")
        elif self._is_idle_watched and self._idle.seconds >= self._minutes() * 60:
            self._tell("idle")
        else:
            return False
        return True

    def _told(self, cause: str) -> None:
        if self._is_watching:
            self._tell(cause)
        else:
            # Nothing is open, but an unlocking may be under way; the computer may sleep at once.
            self.lock_asked.emit(cause)
            self._signals.settled()

    def _tell(self, cause: str) -> None:
        self._idle.restart()
        self.lock_asked.emit(cause)
