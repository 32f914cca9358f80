"""A notice of the operating system when a long run ends or stops. No names, no secrets (T78)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop.domain.events import Event, RunEnded, RunProgressed
from desktop.models.bridge import EventBridge

if TYPE_CHECKING:
    from desktop.domain.events import EventHub
    from desktop.domain.ids import RunId

translate = QCoreApplication.translate
Tell = Callable[[str, str], None]
LONG_S: Final = 60.0
UNSEEN_S: Final = 10.0
"""After so long people look elsewhere: then the end of a run is told to whoever has left."""
_SHOWN_MS: Final = 10_000


class TrayTeller(QObject):
    """Speaks through the system's own notices; the icon is there only while it speaks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._away = QTimer(self, singleShot=True, interval=_SHOWN_MS + 2_000)
        self._away.timeout.connect(self._hide)

    def __call__(self, title: str, text: str) -> None:
        QApplication.alert(self._window)
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.messageClicked.connect(self._come_forward)
        self._tray.show()
        kind = QSystemTrayIcon.MessageIcon.Information
        self._tray.showMessage(title, text, kind, _SHOWN_MS)
        self._away.start()

    def _come_forward(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def _hide(self) -> None:
        if self._tray is not None:
            self._tray.hide()


class Notices(QObject):
    """Listens to the runs of every desk; tells of those that took long or end unseen.

    `tell(title, text)` gets plain sentences with figures only: a notice stands on locked screens
    and in histories of the system.
    """

    def __init__(
        self,
        hub: EventHub,
        window: QWidget,
        tell: Tell | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        is_watched: Callable[[], bool] = lambda: QApplication.activeWindow() is not None,
    ) -> None:
        """`is_watched`: whether anybody has a window of ours, a dialog too, before them."""
        super().__init__(window)
        self._is_watched = is_watched
        self._tell: Tell = tell or TrayTeller(window)
        self._clock = clock
        self._begun: dict[RunId, float] = {}
        self._counts: dict[RunId, tuple[int, int]] = {}
        self._is_covered = False
        self._is_locking = False
        self._stopped = 0
        self._bridges: list[tuple[EventHub, EventBridge]] = []
        self.listen(hub)

    def listen(self, hub: EventHub) -> None:
        """Tells of the runs of one more connection; of one that it knows nothing twice."""
        if any(known is hub for known, _bridge in self._bridges):
            return
        bridge = EventBridge(hub, self)
        bridge.happened.connect(self._heard)
        self._bridges.append((hub, bridge))

    @property
    def counts(self) -> dict[RunId, tuple[int, int]]:
        """Steps done and all steps of the runs that move."""
        return dict(self._counts)

    def cover(self, *, is_covered: bool) -> None:
        """While the window is covered nobody watches, whatever window is in front."""
        self._is_covered = is_covered

    def lock(self, active: int) -> None:
        """What stops from here on is stopped by the lock; `locked` tells of it, once. `active`: how
        many runs are at work or wait.
        """
        self._is_locking = True
        self._stopped = active

    def locked(self) -> None:
        """Tells what the lock stopped, and how far that had come where it is known."""
        if not self._stopped:
            return
        number = QLocale().toString
        title = translate("Notices", "A run has stopped")
        text = translate("Notices", "Claviger was locked. Unlock it to continue the run.")
        if self._counts:
            done = sum(one for one, _total in self._counts.values())
            total = sum(one for _done, one in self._counts.values())
            told = translate("Notices", "{done} of {total} steps done.")
            text = f"{told.format(done=number(done), total=number(total))} {text}"
        self._tell(title, text)

    def close(self) -> None:
        for _hub, bridge in self._bridges:
            bridge.close()

    def _heard(self, event: Event) -> None:
        match event:
            case RunProgressed(run=run, done=done, total=total):
                self._begun.setdefault(run, self._clock())
                self._counts[run] = (done, total)
            case RunEnded(is_done=False) if self._is_locking:
                pass
            case RunEnded(run=run, is_done=is_done):
                self._stopped -= self._is_locking
                self._ended(run, is_done=is_done)

    def _ended(self, run: RunId, *, is_done: bool) -> None:
        begun = self._begun.pop(run, None)
        done, total = self._counts.pop(run, (0, 0))
        if begun is None:
            # Nothing of it moved: there is nothing to tell.
            return
        is_unseen = self._is_covered or not self._is_watched()
        took_s = self._clock() - begun
        if took_s < LONG_S and not (is_unseen and (not is_done or took_s >= UNSEEN_S)):
            return
        number = QLocale().toString
        if is_done:
            title = translate("Notices", "A run has ended")
            text = translate("Notices", "{done} of {total} steps done.")
        else:
            title = translate("Notices", "A run has stopped")
            text = translate("Notices", "{done} of {total} steps done. Claviger shows why.")
        self._tell(title, text.format(done=number(total if is_done else done), total=number(total)))
