"""What every page of the shell has in common: a title line, its own jobs, and what it asks for.

A page knows neither the shell nor its siblings: it is handed the desk of one connection, or the
fleet of all of them, and says what it wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.models.bridge import EventBridge
from desktop.views.jobs import Jobs
from desktop.views.text import explain
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import Pane, row

if TYPE_CHECKING:
    from desktop.domain.errors import ClavigerError
    from desktop.domain.events import Event
    from desktop.services.desk import Desk
    from desktop.settings.preferences import PreferencesFile
    from desktop.views.fleet import Fleet


class BarePage(QWidget):
    """Base of the pages. `header` takes the title and at most three buttons at its right."""

    file_undecided = Signal(object)  # Path dropped where no client is meant
    page_asked = Signal(str)  # key of another page
    toast = Signal(str)
    failed = Signal(object)  # ClavigerError nobody on the page could show

    # Of a page of one connection; all signals stand here, as a page may have two bases.
    open_client = Signal(object)  # OrganizationId
    set_up = Signal(object, object)  # OrganizationId or None for a new client, Path or None
    close_asked = Signal(object)  # OrganizationId whose page has nothing left to show

    # Of a page over all connections.
    client_asked = Signal(object, object)  # OrganizationId, the Desk whose client it is
    set_up_asked = Signal(object, object, object)  # as `set_up`, and the Desk or None
    unlock_asked = Signal(object)  # ConnectionId
    help_asked = Signal(object)  # Connection that is locked or signed out
    add_asked = Signal()  # one more connection

    def __init__(self, preferences: PreferencesFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.show_error)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def add_header(self, title: str, *buttons: QWidget) -> Label:
        """The line of 60 on top; returns the title's label."""
        label = Label(title, "title")
        pane = Pane("bg")
        pane.setLayout(row(label, None, *buttons, gap=10, margins=(24, 14, 24, 14)))
        pane.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(pane)
        return label

    def refresh(self) -> None:
        """F5, and each time the page is shown: fetch anew, keep what is there meanwhile."""

    def focus_search(self) -> None:
        """Ctrl+F."""

    def show_error(self, error: ClavigerError) -> None:
        """Pages with a place for errors override this."""
        self.failed.emit(error)

    def update_rights(self) -> None:
        """Online, role or lock changed: grey what cannot be done and say why."""

    def client_at(self, _position: QPoint) -> object | None:
        """The client a file dropped at `_position` (this page's coordinates) is meant for."""
        return None


class PageWidget(BarePage):
    """A page of one connection: of its provider, of its account, or of one of its clients."""

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(preferences, parent)
        self.desk = desk
        self._bridge = EventBridge(desk.hub, self)
        self._bridge.happened.connect(self.heard)
        self.destroyed.connect(self._bridge.close)

    def heard(self, event: Event) -> None:
        """An event of a service; pages pick what concerns them."""


class FleetPage(BarePage):
    """A page over all open connections. What it shows is keyed by connection and id."""

    def __init__(
        self, fleet: Fleet, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(preferences, parent)
        self.fleet = fleet
        fleet.happened.connect(self.heard)
        fleet.changed.connect(self.connections_changed)

    def heard(self, desk: Desk, event: Event) -> None:
        """An event of one connection; pages pick what concerns them."""

    def connections_changed(self) -> None:
        """Connections came, opened, went, moved or are called otherwise."""


def allow(button: QWidget, reason: str | None, normal_tip: str = "") -> None:
    """Enables `button`, or greys it and says why in tooltip and description."""
    button.setEnabled(reason is None)
    explain(button, reason if reason is not None else normal_tip)
