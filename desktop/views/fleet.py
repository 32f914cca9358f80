"""The connections of one window together: which is chosen, how each is called, what happens at any.

Pages over all clients are given the fleet, pages of one connection its desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal

from desktop.domain.events import ConnectionsChanged, Event
from desktop.models.bridge import EventBridge
from desktop.views.connection_look import (
    State,
    connection_colours,
    connection_names,
    dot_colour,
    host_of,
)

if TYPE_CHECKING:
    from desktop.domain.ids import ConnectionId, OrganizationId
    from desktop.services.desk import Desk
    from desktop.services.desks import Desks
    from desktop.settings.connections import ConnectionRecord

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Connection:
    """One connection as the window shows it. `name` and `host` are as others wrote them."""

    record: ConnectionRecord
    name: str
    colour: str
    desk: Desk | None

    @property
    def id(self) -> ConnectionId:
        return self.record.id

    @property
    def host(self) -> str:
        return host_of(self.record.web_vault)

    @property
    def dot(self) -> str:
        """The colour of its dot in the current theme."""
        return dot_colour(self.colour)

    @property
    def state(self) -> State:
        if self.desk is None:
            return "locked"
        if self.desk.link.signed_out:
            return "signed_out"
        return "open" if self.desk.online else "offline"


class Fleet(QObject):
    """Follows `Desks`: every open desk is listened to, whichever is chosen."""

    happened = Signal(object, object)  # Desk, Event
    changed = Signal()  # connections came, went, opened, moved or are called otherwise
    chosen_changed = Signal()
    joined = Signal(object)  # Desk
    parted = Signal(object)  # Desk that is locked, others being open still

    def __init__(
        self, desks: Desks, chosen: ConnectionId | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.desks = desks
        self._bridges: dict[ConnectionId, tuple[Desk, EventBridge]] = {}
        self._connections: tuple[Connection, ...] = ()
        self._by_id: dict[ConnectionId, Connection] = {}
        self._chosen = chosen
        self._bridge = EventBridge(desks.hub, self)
        self._bridge.happened.connect(self._heard)
        self._follow()

    def close(self) -> None:
        """Hears nothing more, and keeps no desk."""
        self._bridge.close()
        for _desk, bridge in self._bridges.values():
            bridge.close()
        self._bridges.clear()
        self._connections = ()
        self._by_id.clear()

    # --- what is there ----------------------------------------------------------------------

    @property
    def connections(self) -> tuple[Connection, ...]:
        """All of them, in the person's order."""
        return self._connections

    @property
    def is_many(self) -> bool:
        """Whether connections have to be told apart: with one nothing speaks of them."""
        return len(self._connections) > 1

    @property
    def open(self) -> tuple[Desk, ...]:
        return tuple(one.desk for one in self._connections if one.desk is not None)

    @property
    def locked(self) -> tuple[Connection, ...]:
        return tuple(one for one in self._connections if one.desk is None)

    def get(self, connection: ConnectionId) -> Connection | None:
        return self._by_id.get(connection)

    def desk(self, connection: ConnectionId) -> Desk | None:
        """None while it is locked."""
        found = self.get(connection)
        return None if found is None else found.desk

    def name(self, connection: ConnectionId | None) -> str:
        """What it is called; empty for one that is gone."""
        found = self.get(connection) if connection is not None else None
        return "" if found is None else found.name

    def dot(self, connection: ConnectionId | None) -> str:
        """The colour of its dot, `#RRGGBB`; empty for one that is gone."""
        found = self.get(connection) if connection is not None else None
        return "" if found is None else found.dot

    def of_client(self, organization: OrganizationId) -> Desk | None:
        """The open desk whose client it is, the chosen one first."""
        if self.chosen.clients.find(organization) is not None:
            return self.chosen
        return next((one for one in self.open if one.clients.find(organization)), None)

    def left_out(self) -> str:
        """ "2 of 3 connections" while some are locked, else empty."""
        if not self.locked:
            return ""
        number = QLocale().toString
        return translate("Connections", "{open} of {all} connections").format(
            open=number(len(self.open)), all=number(len(self._connections))
        )

    # --- the chosen one ---------------------------------------------------------------------

    @property
    def chosen(self) -> Desk:
        """The open desk whose provider's pages are shown."""
        found = self.desk(self._chosen) if self._chosen is not None else None
        return found if found is not None else self.open[0]

    def choose(self, connection: ConnectionId) -> None:
        """Does nothing for a locked one."""
        if self.desk(connection) is not None and self.chosen.connection.id != connection:
            self._chosen = connection
            self.chosen_changed.emit()

    # --- following --------------------------------------------------------------------------

    def _heard(self, event: Event) -> None:
        is_whole = not self.desks.is_locking and bool(self.desks.open)
        if isinstance(event, ConnectionsChanged) and is_whole:
            self._follow()

    def _follow(self) -> None:
        before = self.chosen if self.open else None
        records, desks = self.desks.records, {one.connection.id: one for one in self.desks.open}
        names, colours = connection_names(records), connection_colours(records)
        self._connections = tuple(
            Connection(one, names[one.id], colours[one.id], desks.get(one.id)) for one in records
        )
        self._by_id = {one.id: one for one in self._connections}
        gone = [
            connection
            for connection, (desk, _bridge) in self._bridges.items()
            if desks.get(connection) is not desk
        ]
        parted = [self._bridges.pop(connection) for connection in gone]
        come = [desk for connection, desk in desks.items() if connection not in self._bridges]
        for desk in come:
            self._listen(desk)
        for desk, bridge in parted:
            bridge.close()
            self.parted.emit(desk)
        for desk in come:
            self.joined.emit(desk)
        self.changed.emit()
        if before is not None and before is not self.chosen:
            self.chosen_changed.emit()

    def _listen(self, desk: Desk) -> None:
        bridge = EventBridge(desk.hub, self)
        bridge.happened.connect(lambda event: self.happened.emit(desk, event))
        self._bridges[desk.connection.id] = (desk, bridge)
