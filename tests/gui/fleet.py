"""A window over three connections: two share a password, the third has its own (see `house`)."""

from __future__ import annotations

from desktop.domain.events import SessionEnded
from desktop.services.desk import Desk
from desktop.views.fleet import Connection, Fleet
from desktop.views.pages.clients import ClientRow
from desktop.views.unlock_dialog import UnlockDialog
from tests.end2end.house import OWN, SHARED, House
from tests.gui.desk import Gui


class FleetGui(Gui):
    """`house` is where its connections were signed in; each test unlocks files of its own."""

    house: House

    @property
    def fleet(self) -> Fleet:
        fleet = self.workplace.fleet
        assert fleet is not None
        return fleet

    def connection(self, label: str) -> Connection:
        return next(one for one in self.fleet.connections if one.record.label == label)

    def desk_of(self, label: str) -> Desk:
        desk = self.connection(label).desk
        assert desk is not None, f"{label} is locked"
        return desk

    def rows(self, label: str = "") -> list[ClientRow]:
        """What the table shows, of one connection or of all."""
        rows: list[ClientRow] = self.clients.model.visible_records()
        return [one for one in rows if not label or one.connection == self.connection(label).id]

    def count(self, *labels: str) -> int:
        """How many clients these connections have."""
        return sum(len(self.desk_of(label).clients.all()) for label in labels)

    def line(self, label: str, name: str) -> ClientRow:
        return next(one for one in self.rows(label) if one.name == name)

    async def open_with(self, password: str = SHARED) -> None:
        """The lock screen, and one password."""
        await self.open()
        page = self.workplace.start
        await self.hand.write(page.unlock_password, password)
        await self.hand.enter()
        await self.until("the shell", lambda: self.workplace.shell is not None)
        await self.until("the others", lambda: not self.workplace.reception.jobs.is_busy)
        await self.settled()

    async def settled(self) -> None:
        """Every open connection is online and its clients are in the table."""
        await self.until("the servers", lambda: all(one.online for one in self.fleet.open))
        await self.until(
            "the clients",
            lambda: all(self.clients.has_rows_of(one) for one in self.fleet.open),
        )
        await self.idle()

    async def unlock_the_rest(self, password: str = OWN) -> None:
        """Through the line in the table."""
        before = len(self.fleet.open)
        self.clients.locked.asked.emit(self.fleet.locked[0].id)
        dialog = await self.hand.dialog(UnlockDialog)
        await self.hand.write(dialog.password, password)
        await self.hand.enter()
        await self.hand.gone(dialog)
        await self.until("one more", lambda: len(self.fleet.open) > before)
        await self.settled()

    def end_session(self, label: str) -> None:
        """As the server says it when the tokens work no more."""
        desk = self.desk_of(label)
        desk.link.signed_out = True
        desk.hub.publish(SessionEnded())
