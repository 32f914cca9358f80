"""Turns events of the services into one Qt signal, delivered on the thread of the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.events import Event, EventHub


class EventBridge(QObject):
    """`happened` carries every published `Event`; the subscription ends with `close`."""

    happened = Signal(object)

    def __init__(self, hub: EventHub, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe = hub.subscribe(self._pass_on)

    def close(self) -> None:
        self._unsubscribe()

    def _pass_on(self, event: Event) -> None:
        self.happened.emit(event)
