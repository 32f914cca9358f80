"""The window over three connections, one of them locked and one signed out: part of the walk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.domain.errors import WrongPasswordOf
from desktop.domain.events import ConnectionsChanged, ConnectionStateChanged, SessionEnded
from desktop.views.dialogs import ConfirmDialog, ask
from desktop.views.linked_unlock import LinkDialog
from desktop.views.pages.connection_dialogs import NameDialog
from desktop.views.pages.connections import ConnectionsPage
from desktop.views.pages.which_client import WhichClientDialog
from desktop.views.pages.which_connection import WhichConnectionDialog
from desktop.views.switcher import connection_menu
from desktop.views.unlock_dialog import UnlockDialog

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.views.fleet import Fleet
    from tests.gui.survey import Survey


class FleetStops:
    """Two more accounts sign in beside the one of the walk."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.gui = survey.gui

    @property
    def fleet(self) -> Fleet:
        fleet = self.gui.workplace.fleet
        assert fleet is not None
        return fleet

    async def go(self) -> None:
        await self.gui.show("clients")
        await self.gui.enter("service_user")
        await self.gui.enter("client_owner")
        admin, _service, owner = self.fleet.open
        page = self.gui.clients
        await self.gui.until(
            "the clients of all", lambda: all(page.has_rows_of(one) for one in self.fleet.open)
        )
        await self.gui.idle()
        await self._open_ones()
        await self._locked(owner)
        await self._signed_out(admin)

    async def _open_ones(self) -> None:
        page, shell = self.gui.clients, self.gui.shell
        await self.survey.at("fleet: clients")
        page.only.choose(self.fleet.open[-1].connection.id)
        await self.survey.at("fleet: one connection")
        page.only.clear()
        window = self.gui.window
        self.gui.workplace.jobs.start(
            ask(WhichConnectionDialog(self.fleet, self.fleet.open, window))
        )
        await self.survey.dialog("fleet: which connection", WhichConnectionDialog)
        page.file_undecided.emit(Path("lastpass-export-of-the-bakery-2026-11-22.csv"))
        await self.survey.dialog("fleet: which client", WhichClientDialog)
        await self._link()
        shell.open_client(page.model.records()[-1].client.organization_id, self.fleet.open[-1])
        await self.gui.idle()
        await self.survey.at("fleet: client")

    async def _link(self) -> None:
        """One connection is to open with another one."""
        gui = self.gui
        first, _second, third = (one.connection.id for one in self.fleet.open)
        await gui.show("connections")
        page = gui.shell.page
        assert isinstance(page, ConnectionsPage)
        await self.survey.at("connections")
        await self._edits(page)
        page.links.switch(third).switch.click()
        dialog = await gui.hand.dialog(LinkDialog)
        await self.survey.at("link: nothing typed", dialog)
        for field in (dialog.password, dialog.other_password):
            field.setText("a password")
        dialog._failed(WrongPasswordOf(frozenset((first, third))))
        await self.survey.at("link: wrong passwords", dialog)
        dialog.reject()
        await gui.hand.gone(dialog)
        await gui.idle()

    async def _edits(self, page: ConnectionsPage) -> None:
        """What is asked about one connection, and the proxy."""
        one = self.fleet.connections[0]
        await self.survey.menu("connections: menu", page.menu_of(one))
        await self.survey.menu("connections: colours", page.colours_of(one))
        page._rename(one)
        await self.survey.dialog("connections: name", NameDialog)
        waiting = replace(one, record=msgspec.structs.replace(one.record, has_waiting_run=True))
        page._remove(waiting)
        await self.survey.dialog("connections: remove, run waits", ConfirmDialog)
        page.network.mode.choose("manual")
        page.network.address.setText("no address of a proxy")
        page.network.address.editingFinished.emit()
        await self.survey.at("connections: no proxy of that name")
        page.network.address.clear()
        page.network.mode.choose("none")
        await self.gui.idle()

    async def _locked(self, desk: Desk) -> None:
        """With a run that did not end."""
        gui, fleet = self.gui, self.fleet
        waiting = msgspec.structs.replace(desk.connection, has_waiting_run=True)
        fleet.desks.entrance.records.put(waiting)
        await desk.lock()
        fleet.desks.hub.publish(ConnectionsChanged())
        await gui.show("clients")
        await gui.until("the offer", gui.shell._waiting.isVisible)
        await self.survey.at("fleet: one is locked")
        menu = connection_menu(
            fleet, gui.shell._age_text, lambda _one: None, gui.shell, lambda: None
        )
        await self.survey.menu("fleet: switcher", menu)
        gui.clients.search.setText("zzz")
        gui.clients.search._announce()
        await self.survey.at("fleet: no hits")
        gui.clients.search.clear()
        for page in ("runs", "changes"):
            await gui.show(page)
            await self.survey.at(f"fleet: {page}")
        gui.workplace.unlock(waiting.id)
        await self.survey.dialog("fleet: unlock", UnlockDialog)

    async def _signed_out(self, desk: Desk) -> None:
        """While another one has no line."""
        gui = self.gui
        other = self.fleet.open[1]
        desk.link.signed_out = True
        desk.hub.publish(SessionEnded())
        other.network_cut = True
        other.hub.publish(ConnectionStateChanged(False))
        await gui.show("clients")
        await self.survey.at("fleet: troubles")
        desk.link.signed_out = False
        other.network_cut = False
        gui.shell.refresh()
        await gui.until("the lines", lambda: all(one.online for one in self.fleet.open))
        await gui.idle()
