"""Three connections, two passwords: unlocked, locked, linked, changed elsewhere, without a server.

What the two servers saw is read from their logs: one whose key has not opened hears nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.domain.ids import ConnectionId
from desktop.services.desk import Desk
from desktop.views.fleet import Fleet
from desktop.views.linked_unlock import LinkDialog, LinksCard
from desktop.views.pages.connections import ConnectionsPage
from desktop.views.sign_in_again import SignInAgainDialog
from desktop.views.start import StartPage
from desktop.views.unlock_dialog import UnlockDialog
from tests.end2end.house import (
    EU,
    OWN,
    SHARED,
    STAFF,
    US,
    House,
    connection_in,
    furnish,
    house,
    tamper,
)
from tests.gui.desk import Gui
from tests.practice_process import PracticeHandle


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house") / "desk") as made:
        asyncio.run(furnish(made))
        yield made


@pytest.fixture(scope="module")
def gui_server(home: House) -> PracticeHandle:
    return home.us


class Window:
    """The window over a copy of the three connections."""

    def __init__(self, gui: Gui, home: House) -> None:
        self.gui = gui
        self.home = home
        if not (gui.folder / "desk").exists():
            home.copy(gui.folder / "desk")

    @property
    def start(self) -> StartPage:
        return self.gui.workplace.start

    @property
    def fleet(self) -> Fleet:
        fleet = self.gui.workplace.fleet
        assert fleet is not None
        return fleet

    def open_ones(self) -> list[str]:
        return [one.connection.label for one in self.fleet.open]

    def locked_ones(self) -> list[str]:
        return [one.name for one in self.fleet.locked]

    def desk(self, label: str) -> Desk:
        return next(one for one in self.fleet.open if one.connection.label == label)

    def id(self, label: str) -> ConnectionId:
        return next(one.id for one in self.gui.doors.desks.records if one.label == label)

    def rows(self) -> set[str]:
        """Whose clients the table shows."""
        return {self.fleet.name(one.connection) for one in self.gui.clients.model.records()}

    def lines(self) -> list[str]:
        """What stands in the table in the place of rows that are not there."""
        return self.gui.clients.locked.texts

    async def unlock(self, password: str) -> None:
        await self.gui.hand.write(self.start.unlock_password, password)
        await self.gui.hand.enter()

    async def opened(self, *labels: str) -> None:
        """Until these are open, and all that this starts has ended."""
        await self.gui.until(
            f"{labels} to open",
            lambda: self.gui.workplace.fleet is not None and set(self.open_ones()) >= set(labels),
        )
        await self.gui.until("the rows", lambda: self.rows() >= set(labels))
        await self.gui.idle()

    async def online(self, *labels: str) -> None:
        await self.gui.until(
            f"{labels} online", lambda: all(self.desk(one).online for one in labels)
        )
        await self.gui.idle()

    async def ask_to_unlock(self, label: str) -> UnlockDialog:
        """By the line that stands in the place of its rows."""
        lines = self.gui.clients.locked.findChildren(QAbstractButton, "locked_line")
        await self.gui.hand.click(next(one for one in lines if label in one.accessibleName()))
        return await self.gui.hand.dialog(UnlockDialog)

    async def lock(self) -> None:
        self.gui.workplace.lock()
        await self.gui.until("the lock screen", self.start.unlock_password.isVisible)
        await self.gui.until("the end", lambda: not self.gui.doors.desks.open)
        await self.gui.hand.settle()


@pytest.fixture
def window(gui: Gui, home: House) -> Window:
    return Window(gui, home)


@contextmanager
def unreachable(*servers: PracticeHandle) -> Iterator[None]:
    """Every request to them is cut off."""
    for server in servers:
        server.script({"path": "/(api|identity)/.*", "do": "reset", "times": 0})
    try:
        yield
    finally:
        for server in servers:
            server.script()


# --- the lock screen ------------------------------------------------------------------------------


def test_the_lock_screen_lists_the_connections_with_the_last_used_one_chosen(
    window: Window,
) -> None:
    gui = window.gui
    tamper(gui.folder / "desk", EU, has_waiting_run=True)
    gui.prefer(last_connection=connection_in(gui.folder / "desk", STAFF))

    async def go() -> None:
        before = window.home.asked()
        await gui.open()
        start = window.start
        await gui.until("the focus", start.unlock_password.hasFocus)
        assert start._who.full_text() == STAFF
        for label, server, role in (
            (US, window.home.us, "provider_admin"),
            (STAFF, window.home.us, "service_user"),
            (EU, window.home.eu, "provider_admin"),
        ):
            item = start.panel.item(str(window.id(label)))
            said = item.accessibleName()
            for part in (
                label,
                server.url.removeprefix("https://"),
                server.account(role)["email"],
                "Last seen",
            ):
                assert part in said
            assert item._known.colour
            assert item.isChecked() == (label == STAFF)
            assert ("run waits" in said) == (label == EU)
        await gui.hand.click(start.panel.item(str(window.id(EU))))
        assert start._who.full_text() == EU
        assert EU in start._footer.label.full_text()
        assert "waits: unlock to see it" in start._footer.label.full_text()
        assert window.home.asked() == before

    gui.run(go())


def test_one_entry_opens_two_of_three_and_the_third_server_hears_nothing(window: Window) -> None:
    gui = window.gui

    async def go() -> None:
        await gui.open()
        before = window.home.eu.requests()
        await window.unlock(SHARED)
        await window.opened(US, STAFF)
        await window.online(US, STAFF)
        assert window.locked_ones() == [EU]
        assert window.rows() == {US, STAFF}
        (line,) = window.lines()
        assert EU in line
        assert "locked, last seen" in line
        assert gui.dialogs() == [], "nobody is asked for the third one"
        assert window.home.eu.requests() == before
        # Its own key opens, and only now its server is asked.
        dialog = await window.ask_to_unlock(EU)
        await gui.hand.write(dialog.password, OWN)
        assert window.home.eu.requests() == before
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await window.opened(US, STAFF, EU)
        await window.online(EU)
        assert window.rows() == {US, STAFF, EU}
        assert window.lines() == []
        assert len(window.home.eu.requests()) > len(before)

    gui.run(go())


def test_a_wrong_password_is_a_sentence_and_the_next_try_is_at_once(window: Window) -> None:
    gui = window.gui

    async def go() -> None:
        await gui.open()
        before = window.home.asked()
        start = window.start
        for number in range(6):
            await window.unlock(f"wrong {number}")
            await gui.until("the answer", lambda: "opens none" in start._unlock_field.below_text())
            assert start.unlock_password.text() == ""
            assert start.unlock_password.isEnabled()
            assert start.unlock_form.button.isEnabled()
        # No counter: what is said is the same after six.
        assert start._unlock_field.below_text() == "This password opens none of your connections."
        assert window.home.asked() == before
        await window.unlock(SHARED)
        await window.opened(US, STAFF)

    gui.run(go())


def test_the_dialog_for_one_connection_says_what_its_password_opened(window: Window) -> None:
    gui = window.gui

    async def go() -> None:
        await gui.open()
        await window.unlock(OWN)
        await window.opened(EU)
        assert window.locked_ones() == [US, STAFF]
        dialog = await window.ask_to_unlock(STAFF)
        await gui.hand.write(dialog.password, "neither")
        await gui.hand.enter()
        await gui.until("the answer", lambda: "does not open" in dialog.field.below_text())
        assert dialog.password.text() == ""
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await gui.hand.gone(dialog)
        assert window.open_ones() == [EU]
        dialog = await window.ask_to_unlock(STAFF)
        await gui.hand.write(dialog.password, SHARED)
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        # The other one that it fits comes as well.
        await window.opened(US, STAFF, EU)
        assert gui.dialogs() == []

    gui.run(go())


# --- locking --------------------------------------------------------------------------------------


def test_locking_ends_all_of_them_and_one_entry_opens_them_again(window: Window) -> None:
    gui = window.gui

    async def go() -> None:
        await gui.open()
        await window.unlock(SHARED)
        await window.opened(US, STAFF)
        keys = [one.session.user_key for one in window.fleet.open]
        keys += [one.session.provider_key for one in window.fleet.open]
        await gui.shortcut(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        await gui.until("the end", lambda: not gui.doors.desks.open)
        assert all(key.is_wiped for key in keys)
        assert window.start.unlock_password.text() == ""
        before = window.home.asked()
        await gui.hand.settle()
        assert window.home.asked() == before
        await window.unlock(SHARED)
        await window.opened(US, STAFF)
        assert window.locked_ones() == [EU]

    gui.run(go())


# --- without a server -----------------------------------------------------------------------------


def test_one_server_out_of_reach_takes_nothing_from_the_others(window: Window) -> None:
    gui = window.gui

    async def go() -> None:
        await gui.open()
        with unreachable(window.home.eu):
            await window.unlock(SHARED)
            await window.opened(US, STAFF)
            dialog = await window.ask_to_unlock(EU)
            await gui.hand.write(dialog.password, OWN)
            await gui.hand.enter()
            await gui.hand.gone(dialog)
            await window.opened(US, STAFF, EU)
            await window.online(US, STAFF)
            # Its last known rows are there, and what it is said of is itself.
            assert window.rows() == {US, STAFF, EU}
            assert not window.desk(EU).online
            await gui.until("the strip", gui.shell.strip.isVisible)
            assert EU in gui.shell.strip.text
            assert "No connection" in gui.shell.strip.text
            assert window.desk(US).online
        await gui.hand.click(gui.shell.strip._button)
        await window.online(EU)
        await gui.until("the strip to go", lambda: not gui.shell.strip.isVisible())

    gui.run(go())


def test_offline_all_of_it_opens_and_shows_what_was_known(window: Window) -> None:
    gui = window.gui

    async def go() -> None:
        with unreachable(window.home.us, window.home.eu):
            await gui.open()
            await window.unlock("not this one")
            start = window.start
            await gui.until("the answer", lambda: "opens none" in start._unlock_field.below_text())
            await window.unlock(SHARED)
            await window.opened(US, STAFF)
            dialog = await window.ask_to_unlock(EU)
            await gui.hand.write(dialog.password, OWN)
            await gui.hand.enter()
            await gui.hand.gone(dialog)
            await window.opened(US, STAFF, EU)
            await gui.until("the strip", gui.shell.strip.isVisible)
            assert not any(one.online for one in window.fleet.open)

    gui.run(go())


# --- changed elsewhere ----------------------------------------------------------------------------


def test_a_password_changed_elsewhere_is_a_mark_and_one_click(window: Window) -> None:
    """The old one still opens what lies here; the session has ended, and work goes on meanwhile."""
    gui, home = window.gui, window.home
    email = home.eu.account("provider_admin")["email"]

    async def go() -> None:
        await gui.open()
        await window.unlock(SHARED)
        await window.opened(US, STAFF)
        dialog = await window.ask_to_unlock(EU)
        await gui.hand.write(dialog.password, OWN)
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await window.opened(US, STAFF, EU)
        await gui.until("the mark", lambda: window.desk(EU).link.signed_out)
        await window.online(US, STAFF)
        connection = window.fleet.get(window.id(EU))
        assert connection is not None
        assert connection.state == "signed_out"
        # Nobody is interrupted: what is being typed stays where it is.
        assert gui.dialogs() == []
        await gui.hand.write(gui.clients.search, "Third")
        await gui.until("the strip", gui.shell.strip.isVisible)
        assert EU in gui.shell.strip.text
        await gui.hand.click(gui.shell.strip._button)
        again = await gui.hand.dialog(SignInAgainDialog)
        assert EU in again.field.below_text()
        await gui.hand.write(again.password, OWN)
        await gui.hand.enter()
        await gui.until("the answer", lambda: "not right" in again.field.below_text())
        await gui.hand.write(again.password, "changed elsewhere")
        await gui.hand.enter()
        await gui.hand.gone(again)
        await window.online(EU)
        assert gui.clients.search.text() == "Third"
        # From now on the new one opens it, and the old one does not.
        await window.lock()
        await window.unlock(OWN)
        start = window.start
        await gui.until("the answer", lambda: "opens none" in start._unlock_field.below_text())
        await window.unlock("changed elsewhere")
        await window.opened(EU)

    with home.another_password(home.eu, email, "changed elsewhere"):
        gui.run(go())


def test_a_run_behind_a_lock_is_told_and_no_more_than_that(window: Window) -> None:
    gui = window.gui
    tamper(gui.folder / "desk", EU, has_waiting_run=True)

    async def go() -> None:
        await gui.open()
        await window.unlock(SHARED)
        await window.opened(US, STAFF)
        strip = gui.shell._waiting
        await gui.until("the line", strip.isVisible)
        said = strip._text.full_text()
        assert EU in said
        assert "waits: unlock to see it" in said
        await gui.hand.click(strip.continue_button)
        dialog = await gui.hand.dialog(UnlockDialog)
        await gui.hand.write(dialog.password, OWN)
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await window.opened(US, STAFF, EU)
        # There was none after all: the line goes, and so does the mark.
        await gui.until("the line to go", lambda: not strip.isVisible())

    gui.run(go())


# --- linked ---------------------------------------------------------------------------------------


async def link_card(window: Window) -> LinksCard:
    await window.gui.show("connections")
    page = window.gui.shell.page
    assert isinstance(page, ConnectionsPage)
    return page.links


async def opens_all(window: Window) -> None:
    gui = window.gui
    await gui.open()
    await window.unlock(SHARED)
    await window.opened(US, STAFF)
    dialog = await window.ask_to_unlock(EU)
    await gui.hand.write(dialog.password, OWN)
    await gui.hand.enter()
    await gui.hand.gone(dialog)
    await window.opened(US, STAFF, EU)


def test_a_link_is_off_until_both_passwords_are_typed_and_opens_one_with_the_other(
    window: Window,
) -> None:
    gui = window.gui

    async def turn_on() -> None:
        await opens_all(window)
        card = await link_card(window)
        assert [card.switch(window.id(one)).switch.isChecked() for one in (US, STAFF, EU)] == [
            False
        ] * 3
        link = card.switch(window.id(EU))
        await gui.hand.click(link.switch)
        dialog = await gui.hand.dialog(LinkDialog)
        assert not link.switch.isChecked(), "nothing is on before it was confirmed"
        consequence = dialog._consequence.full_text()
        assert US in consequence
        assert EU in consequence
        assert dialog.accept_button is not None
        assert not dialog.accept_button.isEnabled()
        await gui.hand.write(dialog.other_password, "wrong")
        await gui.hand.write(dialog.password, OWN)
        await gui.hand.enter()
        await gui.until("the answer", lambda: "not open" in dialog.other_field.below_text())
        assert dialog.other_password.text() == ""
        assert dialog.password.text() == OWN
        await gui.hand.write(dialog.other_password, SHARED)
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("the switch", link.switch.isChecked)
        assert US in link.text
        log = [line.what for line in await window.desk(EU).log.entries()]
        assert log[0] == "linked"
        await window.lock()
        await window.unlock(SHARED)
        await window.opened(US, STAFF, EU)
        await window.online(EU)

    async def turn_off() -> None:
        card = await link_card(window)
        link = card.switch(window.id(EU))
        await gui.until("the switch", link.switch.isChecked)
        await gui.hand.click(link.switch)
        await gui.until("the switch", lambda: not link.switch.isChecked())
        await window.lock()
        await window.unlock(SHARED)
        await window.opened(US, STAFF)
        await gui.idle()
        assert window.locked_ones() == [EU]
        # How a locked one is set nobody can read; its switch says why it cannot be used.
        card = await link_card(window)
        assert not card.switch(window.id(EU)).switch.isEnabled()
        assert "Unlock" in card.switch(window.id(EU)).switch.toolTip()

    gui.run(turn_on())
    gui.run(turn_off())


def test_a_password_changed_elsewhere_ends_a_link_in_the_window(window: Window) -> None:
    gui, home = window.gui, window.home
    email = home.eu.account("provider_admin")["email"]

    async def link() -> None:
        await opens_all(window)
        await gui.doors.desks.links.make(window.id(EU), window.id(US), OWN, SHARED)
        await window.lock()

    async def go() -> None:
        await window.unlock(SHARED)
        await window.opened(US, STAFF, EU)
        await gui.until("the mark", lambda: window.desk(EU).link.signed_out)
        await gui.until("the strip", gui.shell.strip.isVisible)
        await gui.hand.click(gui.shell.strip._button)
        again = await gui.hand.dialog(SignInAgainDialog)
        await gui.hand.write(again.password, "changed elsewhere")
        await gui.hand.enter()
        await gui.hand.gone(again)
        await window.online(EU)
        card = await link_card(window)
        assert not card.switch(window.id(EU)).switch.isChecked()
        await window.lock()
        await window.unlock(SHARED)
        await window.opened(US, STAFF)
        await gui.idle()
        assert window.locked_ones() == [EU]

    gui.run(link())
    with home.another_password(home.eu, email, "changed elsewhere"):
        gui.run(go())
