"""Events become signals."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.events import ClientsChanged, Event, EventHub
from desktop.models.bridge import EventBridge


def test_events_pass_until_closed(qapp: QObject) -> None:
    hub = EventHub()
    bridge = EventBridge(hub, qapp)
    heard: list[Event] = []
    bridge.happened.connect(heard.append)
    hub.publish(ClientsChanged())
    bridge.close()
    hub.publish(ClientsChanged())
    assert heard == [ClientsChanged()]
