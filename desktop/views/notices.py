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
        self._bridge = EventBridge(hub, self)
        self._bridge.happened.connect(self._heard)

    def close(self) -> None:
        self._bridge.close()

    def _heard(self, event: Event) -> None:
        match event:
            case RunProgressed(run=run, done=done, total=total):
                self._begun.setdefault(run, self._clock())
                self._counts[run] = (done, total)
            case RunEnded(run=run, is_done=is_done):
                self._ended(run, is_done=is_done)

    def _ended(self, run: RunId, *, is_done: bool) -> None:
        begun = self._begun.pop(run, None)
        done, total = self._counts.pop(run, (0, 0))
        if begun is None:
            # Nothing of it moved: there is nothing to tell.
            return
        is_unseen = not self._is_watched()
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
