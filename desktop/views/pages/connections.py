"""The connections of this desk: what each is called, where it leads, in which order they stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.events import ConnectionStateChanged, Event, RunsChanged, SessionEnded
from desktop.views.connection_look import (
    COLOUR_NAMES,
    HUES,
    State,
    dot_colour,
    last_seen_text,
    state_text,
)
from desktop.views.dialogs import ask
from desktop.views.linked_unlock import LinksCard
from desktop.views.pages.connection_dialogs import NameDialog, remove_dialog
from desktop.views.pages.network_card import NetworkCard
from desktop.views.pages.page import FleetPage
from desktop.views.reasons import reason_text
from desktop.views.text import joined, sentence
from desktop.views.theme import u
from desktop.views.widgets.buttons import Button, IconButton
from desktop.views.widgets.cards import Card
from desktop.views.widgets.draw import fill_rounded, smooth_painter
from desktop.views.widgets.labels import Badge, Label
from desktop.views.widgets.layouts import Line, ScrollPane, column, holder, row
from desktop.views.widgets.menus import Menu
from desktop.views.wording import staff_role

if TYPE_CHECKING:
    from desktop.domain.ids import ConnectionId
    from desktop.settings.preferences import PreferencesFile
    from desktop.views.fleet import Connection, Fleet

translate = QCoreApplication.translate
_TONES: Final[dict[State, str]] = {
    "open": "ok",
    "offline": "warn",
    "signed_out": "warn",
    "locked": "neutral",
}


class ColourDot(QWidget):
    """The colour of a connection, larger than in lists."""

    def __init__(self, fill: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = fill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(u(16), u(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        fill_rounded(smooth_painter(self), box, box.height() / 2, QColor(self._fill))


class ConnectionRow(QWidget):
    """One connection: who and where, how it stands, and what can be done with it."""

    def __init__(self, connection: Connection, page: ConnectionsPage) -> None:
        super().__init__(page)
        self.connection = connection
        name = connection.name
        record = connection.record
        self.state = Badge(state_text(connection.state), _TONES[connection.state])
        # A long name gives way, not what it says.
        self.state.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        more = sentence(translate("Connections", "More about {name}"), name=name)
        self.more = IconButton("ellipsis", more, kind="plain")
        self.more.clicked.connect(partial(page.show_menu, self))
        self.help = Button("", is_small=True)
        verb = {
            "locked": translate("Connections", "Unlock"),
            "signed_out": translate("Connections", "Sign in again"),
        }.get(connection.state, "")
        self.help.set_text(verb)
        if not verb:
            self.help.hide()
        self.help.clicked.connect(partial(page.help_asked.emit, connection))
        facts = joined(connection.host, record.email, _role(connection), between=" · ")
        seen = last_seen_text(record.last_sync)
        synced = (
            translate("Connections", "Last synced {when}").format(when=seen)
            if seen
            else translate("Connections", "Not synced yet")
        )
        words = column(
            row(Label(name, "medium"), self.state, None, gap=8),
            Label(facts, "small", "text2"),
            Label(synced, "small", "text2"),
            gap=2,
        )
        line = row(ColourDot(connection.dot), gap=14)
        line.addLayout(words, 1)
        line.addWidget(self.help)
        line.addWidget(self.more)
        self.setLayout(line)


def _role(connection: Connection) -> str:
    if connection.desk is None:
        return ""
    session = connection.desk.session
    if session.provider is None:
        return translate("Connections", "own organizations")
    return joined(session.provider_name, staff_role(session.role), between=" · ")


class ConnectionsPage(FleetPage):
    """A page under the settings. Nothing here asks a server, but for the proxy of each."""

    def __init__(
        self, fleet: Fleet, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(fleet, preferences, parent)
        back = Button(self.tr("Settings"), "ghost", icon="arrow-left", is_small=True)
        back.setObjectName("back_to_settings")
        back.clicked.connect(partial(self.page_asked.emit, "settings"))
        self.add = Button(self.tr("Add a connection…"), "primary", icon="plus")
        self.add.setObjectName("add_connection")
        self.add.clicked.connect(self.add_asked)
        self.add_header(self.tr("Connections"), back, self.add)
        self.card = Card()
        self.rows: dict[ConnectionId, ConnectionRow] = {}
        self.network = NetworkCard(fleet, preferences)
        self.links = LinksCard(fleet, self.jobs)
        self.links.failed.connect(self.failed)
        cards = (self.card, self.links, self.network)
        page = holder(column(*cards, None, gap=16, margins=(24, 8, 24, 24)))
        page.setMaximumWidth(u(760))
        self.body.addWidget(ScrollPane(page), 1)
        self._fill()

    # --- what is shown ----------------------------------------------------------------------

    def refresh(self) -> None:
        self._fill()
        self.network.show_way()

    def connections_changed(self) -> None:
        self._fill()

    def heard(self, _desk: object, event: Event) -> None:
        if isinstance(event, ConnectionStateChanged | SessionEnded | RunsChanged):
            self._fill()

    def _fill(self) -> None:
        body = self.card.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for number, connection in enumerate(self.fleet.connections):
            if number:
                body.addWidget(Line())
            made = ConnectionRow(connection, self)
            self.rows[connection.id] = made
            body.addWidget(made)
        self.update_rights()

    def update_rights(self) -> None:
        """A second window changes nothing, and practice has one connection of its own."""
        self.add.set_blocked(self._why_not(adds=True))

    def _why_not(self, *, adds: bool = False) -> str:
        if not self.fleet.open:
            return ""
        chosen = self.fleet.chosen
        if adds and chosen.connection.is_practice:
            return self.tr("Not while practising: lock, then choose another account.")
        return (reason_text("read_only") or "") if chosen.read_only else ""

    # --- what can be done -------------------------------------------------------------------

    def show_menu(self, at: ConnectionRow) -> None:
        self._popup(self.menu_of(at.connection), at)

    def _show_colours(self, connection: Connection) -> None:
        at = self.rows.get(connection.id)
        if at is not None:
            self._popup(self.colours_of(connection), at)

    @staticmethod
    def _popup(menu: Menu, at: ConnectionRow) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        corner = at.more.rect().bottomRight()
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(at.more.mapToGlobal(corner))

    def menu_of(self, connection: Connection) -> Menu:
        """Impossible lines stay and say why."""
        menu = Menu(connection.name, self)
        blocked = self._why_not()
        order = [one.id for one in self.fleet.connections]
        place = order.index(connection.id)
        menu.add(
            self.tr("Rename…"), partial(self._rename, connection), icon="pencil", reason=blocked
        )
        menu.add(
            self.tr("Colour…"),
            partial(self._show_colours, connection),
            icon="palette",
            reason=blocked,
        )
        menu.addSeparator()
        menu.add(
            self.tr("Move up"),
            partial(self._move, connection, -1),
            icon="arrow-up",
            reason=blocked or (self.tr("It is the first one.") if place == 0 else ""),
        )
        menu.add(
            self.tr("Move down"),
            partial(self._move, connection, 1),
            icon="arrow-down",
            reason=blocked or (self.tr("It is the last one.") if place + 1 == len(order) else ""),
        )
        menu.addSeparator()
        menu.add(
            self.tr("Remove from this computer…"),
            partial(self._remove, connection),
            icon="trash-2",
            reason=blocked or self._why_not_remove(connection),
            is_danger=True,
        )
        return menu

    def colours_of(self, connection: Connection) -> Menu:
        """Those of the theme: every one can be told from the others, light and dark."""
        menu = Menu(sentence(self.tr("Colour of {name}"), name=connection.name), self)
        for colour in HUES:
            menu.add(
                COLOUR_NAMES[colour](),
                partial(self._colour, connection, colour),
                dot=dot_colour(colour),
                checked=colour == connection.colour,
            )
        return menu

    def _why_not_remove(self, connection: Connection) -> str:
        if connection.record.is_practice:
            return self.tr("Practice disappears by itself, with its server.")
        if connection.desk is not None and connection.desk.runs.active:
            return reason_text("run_active") or ""
        return ""

    def _rename(self, connection: Connection) -> None:
        dialog = NameDialog(connection, self)

        def named(is_named: bool) -> None:
            if is_named:
                self._change(connection, label=dialog.typed)

        self.jobs.start(ask(dialog), named)

    def _colour(self, connection: Connection, colour: str) -> None:
        self._change(connection, colour=colour)

    def _change(self, connection: Connection, *, label: str = "", colour: str = "") -> None:
        self.jobs.start(self.fleet.desks.change(connection.id, label=label, colour=colour))

    def _move(self, connection: Connection, by: int) -> None:
        self.jobs.start(self.fleet.desks.move(connection.id, by))

    def _remove(self, connection: Connection) -> None:
        desks, dialog = self.fleet.desks, remove_dialog(connection, self)

        def decided(is_sure: bool) -> None:
            if is_sure:
                self.jobs.start(desks.remove(connection.id))

        self.jobs.start(ask(dialog), decided)
