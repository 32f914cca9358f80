"""One window over several open connections: one table, and everything says whose it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView

from desktop.domain.events import RunsChanged, SyncProgressed
from desktop.views.pages.changes import ChangesPage
from desktop.views.pages.client import ClientPage
from desktop.views.pages.runs import RunsPage
from desktop.views.pages.settings import SettingsPage
from desktop.views.pages.which_client import WhichClientDialog
from desktop.views.pages.which_connection import WhichConnectionDialog
from desktop.views.sign_in_again import SignInAgainDialog
from desktop.views.unlock_dialog import UnlockDialog
from desktop.views.widgets.menus import Menu
from tests.end2end.house import EU, OWN, SHARED, STAFF, US, House, furnish, house, tamper
from tests.gui import run_scenes as scenes
from tests.gui.conftest import opened
from tests.gui.fleet import FleetGui

FIRST = "My Client's Organization"


@pytest.fixture(scope="module")
def home(
    loop: asyncio.AbstractEventLoop, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house") / "desk") as made:
        loop.run_until_complete(furnish(made))
        yield made


@pytest.fixture
def gui(
    loop: asyncio.AbstractEventLoop, home: House, tmp_path: Path, qapp: QApplication
) -> Iterator[FleetGui]:
    with opened(loop, home.us, tmp_path, qapp, FleetGui) as made:
        made.house = home
        home.copy(tmp_path / "desk")
        yield made
        home.eu.script()


def plural(text: str) -> str:
    """With the plural that the English texts give it."""
    return text.replace("(s)", "s")


# --- what is seen ------------------------------------------------------------------------------


def test_one_table_over_what_is_open_and_a_line_for_what_is_not(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        page = gui.clients
        table = page.table
        assert [one.record.label for one in gui.fleet.locked] == [EU]
        # One organization, known to two connections, is two rows.
        known = gui.count(US, STAFF)
        assert len(gui.rows()) == known >= 6
        assert {row.name for row in gui.rows(US)} == {row.name for row in gui.rows(STAFF)}
        assert len(page.model.visible_keys()) == known
        assert not table.isColumnHidden(page.model.section_of("connection"))
        # What two connections know counts once.
        told = f"{known // 2} clients · 2 of 3 connections"
        assert plural(page.totals.accessibleName()) == told
        (told,) = page.locked.texts
        assert told.startswith(f"\u2068{EU}\u2069: locked, last seen ")
        assert told.endswith("Unlock")
        # Nothing of the locked one is asked for, and no dialog stands.
        assert gui.dialogs() == []
        switcher = gui.shell.sidebar.switcher
        assert switcher.isVisible()
        assert not gui.shell.sidebar.identity.isVisible()
        assert switcher.accessibleName() == f"{US}, 2 of 3 connections"
        assert [(one.name, one.icon) for one in gui.shell.sidebar.closed_lines] == [(EU, "lock")]
        # Searches too say what they leave out, and find a connection by its name.
        page.search.setText("service desk")
        page.search._announce()
        assert {row.connection for row in gui.rows()} == {gui.connection(STAFF).id}
        page.search.setText("zzz")
        page.search._announce()
        assert "2 of 3 connections" in page.totals.accessibleName()
        page.search.clear()

    gui.run(go())


def test_the_filter_of_a_connection_counts_its_own(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        page = gui.clients
        assert page.only.isVisible()
        page.only._menu.popup(page.mapToGlobal(page.rect().center()))
        await gui.until("the menu", page.only._menu.isVisible)
        lines = {one.text(): one for one in page.only._menu.actions()}
        assert [*lines] == [US, STAFF, EU, "Locked; unlock it first."]
        assert not lines[EU].isEnabled()
        lines[STAFF].trigger()
        page.only._menu.close()
        known = gui.count(US, STAFF)
        assert len(gui.rows()) == gui.count(STAFF)
        assert page.only.accessibleName() == f"Connection: {STAFF}"
        # The other connection knows the same ones: none is left out.
        assert page.totals.accessibleName().endswith(" · 2 of 3 connections")
        page.search.setText("Second")
        page.search._announce()
        told = f"1 of {gui.count(US)} clients · 2 of 3 connections"
        assert page.totals.accessibleName() == told
        page.search.clear()
        page.search._announce()
        used = page.model.columns[page.model.section_of("used")].total
        assert used is not None
        assert used() == str(sum(r.client.occupied_seats or 0 for r in gui.rows(STAFF)))
        QTest.keyClick(page.only, Qt.Key.Key_Delete)
        assert len(gui.rows()) == known

    gui.run(go())


def test_a_click_on_the_line_unlocks_and_its_rows_join(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        former = gui.shell
        (line,) = (
            one
            for one in gui.clients.locked.findChildren(QAbstractButton)
            if one.objectName() == "locked_line"
        )
        await gui.hand.click(line)
        dialog = await gui.hand.dialog(UnlockDialog)
        await gui.hand.write(dialog.password, OWN)
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("all three", lambda: len(gui.fleet.open) == 3)
        await gui.settled()
        # The window goes on as it was; what joined is beside it.
        assert gui.shell is former
        assert len(gui.rows(EU)) == gui.count(EU)
        caption = plural(gui.clients.totals.accessibleName())
        assert caption == f"{gui.count(US, EU)} clients"
        column = gui.clients.model.columns[gui.clients.model.section_of("assigned")]
        seats = sum(r.client.seats or 0 for r in (*gui.rows(US), *gui.rows(EU)))
        assert column.total is not None
        assert column.total() == str(seats)
        assert gui.clients.locked.texts == []
        assert gui.shell.sidebar.closed_lines == ()
        assert plural(gui.shell.sidebar.switcher.accessibleName()) == f"{US}, 3 connections"

    gui.run(go())


def test_t75_two_that_look_alike_in_two_connections_say_which_they_are(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        model = gui.clients.model
        name = model.columns[model.section_of("name")].text
        # One organization behind two connections is one.
        assert {name(gui.line(label, FIRST)) for label in (US, STAFF)} == {FIRST}
        await gui.unlock_the_rest()
        told = {label: name(gui.line(label, FIRST)) for label in (US, STAFF, EU)}
        assert told[US] == told[STAFF] != told[EU]
        for label, text in told.items():
            assert text == f"{FIRST} · {str(gui.line(label, FIRST).client.organization_id)[:8]}"
        gui.clients._open(gui.line(EU, FIRST))
        await gui.idle()
        assert gui.client_page._name.full_text() == told[EU]
        await gui.desk_of(EU).lock()
        await gui.idle()
        assert name(gui.line(US, FIRST)) == FIRST

    gui.run(go())


# --- whose page it is ----------------------------------------------------------------------------


def test_a_client_belongs_to_its_connection_whatever_is_chosen(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        await gui.unlock_the_rest()
        gui.clients._open(gui.line(EU, FIRST))
        await gui.idle()
        page = gui.client_page
        assert page.desk is gui.desk_of(EU)
        assert gui.shell.desk is gui.desk_of(US)
        assert page.connection_mark.isVisible()
        assert page.connection_mark.accessibleName() == EU
        # The same organization through another connection is another page.
        gui.clients._open(gui.line(US, FIRST))
        gui.clients._open(gui.line(STAFF, FIRST))
        await gui.idle()
        pages = gui.window.findChildren(ClientPage)
        assert {one.desk.connection.label for one in pages} == {US, STAFF, EU}
        gui.fleet.choose(gui.connection(STAFF).id)
        await gui.idle()
        assert gui.shell.page is gui.client_page
        assert gui.client_page.desk is gui.desk_of(STAFF)

    gui.run(go())


def test_the_pages_of_a_provider_are_of_the_chosen_connection(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        await gui.members_shown()
        sidebar = gui.shell.sidebar
        assert gui.members.desk is gui.desk_of(US)
        await gui.show("settings")
        settings = gui.shell.page
        assert isinstance(settings, SettingsPage)
        admin = settings._account["email"].full_text()
        await gui.show("members")
        # The menu of the switcher leads to the other one: a service user has no members' page.
        gui.shell._open_switcher()
        (menu,) = (one for one in gui.shell.findChildren(Menu) if one.isVisible())
        lines = [one.text() for one in menu.actions()]
        assert lines[0] == US
        assert "Provider admin" in lines[1]
        assert "Service user" in lines[3]
        assert "locked, last seen" in lines[5]
        menu.actions()[2].trigger()
        menu.close()
        await gui.idle()
        assert gui.shell.desk is gui.desk_of(STAFF)
        assert gui.shell.page is gui.clients
        assert [*sidebar._pages] == ["clients", "runs", "changes", "settings"]
        await gui.show("settings")
        assert settings._account["email"].full_text() != admin
        await gui.shortcut(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        assert gui.shell.page is gui.clients
        # The next unlock begins with it.
        assert gui.workplace.preferences.get().last_connection in {None, gui.desk.connection.id}

    gui.run(go())


# --- what happens in any of them -----------------------------------------------------------------


def test_troubles_of_one_are_said_by_name_and_the_others_go_on(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        line = gui.shell.sidebar.sync_line
        assert line.text == "Synced just now"
        assert f"{STAFF}: Synced just now" in line.accessibleDescription()
        gui.desk_of(STAFF).network_cut = True
        gui.shell.refresh()
        await gui.idle()
        strips = gui.shell._troubles.strips
        assert strips[0].isVisible()
        assert strips[0].text.startswith(f"\u2068{STAFF}\u2069: ")
        assert "No connection" in strips[0].text
        assert line.text == "1 of 2 connected"
        assert gui.desk_of(US).online
        # Two troubles at once are two lines, the session first.
        gui.end_session(US)
        await gui.idle()
        assert [one.isVisible() for one in strips] == [True, True]
        assert "session has ended" in strips[0].text
        assert US in strips[0].text
        assert STAFF in strips[1].text
        assert [(one.name, one.icon) for one in gui.shell.sidebar.closed_lines] == [
            (US, "log-in"),
            (EU, "lock"),
        ]
        # One click, and what was typed stays.
        gui.clients.search.setText("org")
        await gui.hand.click(strips[0]._button)
        dialog = await gui.hand.dialog(SignInAgainDialog)
        await gui.hand.write(dialog.password, SHARED)
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("the session", lambda: gui.desk_of(US).online)
        gui.desk_of(STAFF).network_cut = False
        await gui.hand.click(strips[0]._button)
        await gui.until("the line", lambda: gui.desk_of(STAFF).online)
        await gui.until("no trouble", lambda: not any(one.isVisible() for one in strips))
        assert gui.clients.search.text() == "org"

    gui.run(go())


def test_a_round_and_a_held_list_of_another_connection_are_seen(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        await gui.unlock_the_rest()
        gui.desk_of(EU).hub.publish(SyncProgressed(3, 40))
        gui.shell._news_of[gui.connection(EU).id]._quiet.timeout.emit()
        assert gui.shell.sidebar.sync_line.text == "Reading 3 of 40"
        told = gui.shell.sidebar.sync_line.accessibleDescription()
        assert f"{EU}: Reading 3 of 40" in told
        gui.desk_of(EU).hub.publish(SyncProgressed(40, 40))
        nobody: dict[str, object] = {"object": "list", "data": [], "continuationToken": None}
        gui.house.eu.script(
            {"method": "GET", "path": "/api/providers/[^/]*/organizations", "times": 0,
             "do": "status", "status": 200, "body": nobody}
        )  # fmt: skip
        await gui.desk_of(EU).sync.round()
        strip = gui.shell.held.strip
        await gui.until("the held list", strip.isVisible)
        assert strip.text.startswith(f"\u2068{EU}\u2069: ")
        gui.house.eu.script()
        strip.buttons[2].click()
        await gui.until("the decision", lambda: not strip.isVisible())
        # Nothing was asked of, or said about, the others.
        assert gui.desk_of(US).sync.held == ()

    gui.run(go())


def test_runs_of_all_and_a_run_behind_a_lock(gui: FleetGui, name: str) -> None:
    tamper(gui.folder / "desk", EU, has_waiting_run=True)

    async def go() -> None:
        await gui.open_with(SHARED)
        # A locked connection says no more than that one waits.
        waiting = gui.shell._waiting
        await gui.until("the offer", waiting.isVisible)
        assert waiting.accessibleName() == f"A run of \u2068{EU}\u2069 waits: unlock to see it."
        waiting.continue_button.click()
        dialog = await gui.hand.dialog(UnlockDialog)
        dialog.reject()
        await gui.hand.gone(dialog)
        client = await scenes.a_client(gui.desk_of(US), name)
        await gui.desk_of(US).runs.start(scenes.plan_for(client, "Board"), draft=True)
        await gui.until("the drafts", gui.shell.drafts.isVisible)
        assert gui.shell.drafts.text.startswith(f"\u2068{US}\u2069: ")
        await gui.show("runs")
        page = gui.shell.page
        assert isinstance(page, RunsPage)
        (told,) = page.locked.texts
        assert told == f"A run of \u2068{EU}\u2069 waits: unlock to see it. Unlock"
        assert page.totals.accessibleName().endswith("· 2 of 3 connections")
        assert not page.table.isColumnHidden(page.model.section_of("connection"))
        row = next(one for one in page.model.records() if one.state == "draft")
        assert row.connection == gui.connection(US).id
        # It opens with its own desk, whatever is chosen.
        gui.fleet.choose(gui.connection(STAFF).id)
        await gui.idle()
        view = page.open_run(row.run)
        await gui.until("the run", lambda: view.state == "draft")
        assert view._desk is gui.desk_of(US)
        page._show_list()
        await gui.idle()
        await gui.desk_of(US).runs.abandon(row.run)
        gui.desk_of(US).hub.publish(RunsChanged())
        await gui.idle()

    gui.run(go())


def test_changes_of_all_connections_stand_by_their_time(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        await gui.unlock_the_rest()
        for label in (US, EU):
            desk = gui.desk_of(label)
            await desk.sync.round()
            client = next(c for c in desk.clients.all() if c.organization_name == FIRST)
            await desk.runs.execute(desk.clients.seats_plan(client, (client.seats or 0) + 1))
            await desk.sync.round()
        await gui.show("changes")
        page = gui.shell.page
        assert isinstance(page, ChangesPage)
        shown = page.list.model.shown_entries
        await gui.until("both", lambda: {e.note for e in shown()} >= {US, EU})
        moments = [entry.at for entry in shown()]
        assert moments == sorted(moments, reverse=True)
        # "Only this client" means that of this connection.
        mine = next(e for e in shown() if e.note == EU and e.client.startswith(FIRST))
        menu = page.list.menu_of(mine)
        next(one for one in menu.actions() if one.text() == "Only this client").trigger()
        menu.deleteLater()
        assert {(e.note, e.client) for e in shown()} == {(EU, mine.client)}
        page.list.clear_filters()
        head, *rows = await saved(gui, page)
        assert head.startswith("Connection,Time,Client")
        assert {row.split(",")[0] for row in rows} >= {US, EU}

    async def saved(gui: FleetGui, page: ChangesPage) -> list[str]:
        file = gui.folder / "changes.csv"
        assert await page.list._save(file) == len(page.list.model.shown_entries())
        return file.read_text("utf-8-sig").splitlines()

    gui.run(go())


# --- where something new goes --------------------------------------------------------------------


def test_a_new_client_asks_in_which_connection_only_where_several_could(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        # A service user makes no clients: there is nothing to ask.
        gui.fleet.choose(gui.connection(STAFF).id)
        await gui.hand.click(gui.clients.new_button)
        await gui.until("the wizard", lambda: gui.workplace.wizard is not None)
        assert gui.setup._desk is gui.desk_of(US)
        assert gui.setup.frame is not None
        assert gui.setup.frame._place.full_text() == US
        gui.setup.frame.cancelled.emit()
        await gui.until("the pages", lambda: gui.workplace.wizard is None)
        await gui.unlock_the_rest()
        gui.fleet.choose(gui.connection(EU).id)
        await gui.hand.click(gui.clients.new_button)
        dialog = await gui.hand.dialog(WhichConnectionDialog)
        assert [one.isChecked() for one in dialog.radios] == [False, True]
        dialog.reject()
        await gui.hand.gone(dialog)
        assert gui.workplace.wizard is None
        await gui.hand.click(gui.clients.new_button)
        dialog = await gui.hand.dialog(WhichConnectionDialog)
        await gui.hand.enter()
        await gui.until("the wizard", lambda: gui.workplace.wizard is not None)
        assert gui.setup._desk is gui.desk_of(EU)

    gui.run(go())


def test_a_dropped_file_finds_the_clients_of_all(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        await gui.unlock_the_rest()
        file = gui.folder / "export.csv"
        file.write_text("url,username,password,totp,extra,name,grouping,fav\n")
        gui.clients.file_undecided.emit(file)
        dialog = await gui.hand.dialog(WhichClientDialog)
        # A client whose key nobody accepted on this computer is none of them.
        free = sum(
            desk.pins.trouble(client.organization_id) is None
            for desk in gui.fleet.open
            for client in desk.clients.all()
        )
        assert dialog.model.rowCount() == 1 + free > 6
        dialog.search.setText(EU)
        dialog.search._announce()
        assert dialog.model.rowCount() == gui.count(EU)
        wanted = dialog.table.current_record()
        dialog.accept()
        await gui.hand.gone(dialog)
        await gui.until("the wizard", lambda: gui.workplace.wizard is not None)
        assert gui.setup._desk is gui.desk_of(EU)
        assert wanted is not None
        await gui.until("the questions", lambda: gui.setup.frame is not None)
        # The dialog says which of two that look alike; the wizard knows its own.
        assert gui.setup.answers.client_name == FIRST
        assert gui.setup.answers.client is not None
        assert wanted.client == gui.setup.answers.client.id

    gui.run(go())


# --- the end ------------------------------------------------------------------------------------


def test_t79_a_lock_takes_every_connection_out_of_the_window(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        await gui.unlock_the_rest()
        for label in (US, EU):
            gui.clients._open(gui.line(label, FIRST))
        await gui.show("runs")
        await gui.show("changes")
        await gui.idle()
        desks, fleet = gui.fleet.desks, gui.fleet
        await gui.shortcut(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        await gui.until("the lock", lambda: desks.open == ())
        await gui.until("the screens", lambda: not gui.window.findChildren(QTableView))
        assert gui.workplace.fleet is None
        assert gui.workplace.shell is None
        assert fleet.connections == ()
        assert gui.window.findChildren(ClientPage) == []
        # The lock screen lists all three, with the one that was chosen.
        page = gui.workplace.start
        assert page.isVisible()
        assert page._chosen == str(next(one.id for one in desks.records if one.label == US))

    gui.run(go())


def test_t79_a_connection_that_is_locked_alone_takes_its_own_and_nothing_else(
    gui: FleetGui,
) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        await gui.unlock_the_rest()
        gui.clients._open(gui.line(EU, FIRST))
        await gui.idle()
        gui.fleet.choose(gui.connection(EU).id)
        await gui.desk_of(EU).lock()
        await gui.idle()
        assert gui.shell.page is gui.clients
        assert gui.window.findChildren(ClientPage) == []
        assert len(gui.rows()) == gui.count(US, STAFF)
        assert gui.shell.desk is gui.desk_of(US)
        assert len(gui.clients.locked.texts) == 1

    gui.run(go())


def test_with_one_connection_nothing_speaks_of_connections(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open()
        for record in gui.doors.desks.records:
            if record.label != EU:
                gui.doors.entrance.forget(record.id)
        gui.workplace.reception.show_known()
        await gui.hand.write(gui.workplace.start.unlock_password, OWN)
        await gui.hand.enter()
        await gui.until("the shell", lambda: gui.workplace.shell is not None)
        await gui.settled()
        page = gui.clients
        assert page.table.isColumnHidden(page.model.section_of("connection"))
        assert not page.only.isVisible()
        assert not gui.shell.sidebar.switcher.isVisible()
        assert gui.shell.sidebar.identity.isVisible()
        assert page.totals.accessibleName() == f"{gui.count(EU)} clients"
        page.search.setText(EU)
        page.search._announce()
        assert gui.rows() == []
        page.search.clear()
        gui.end_session(EU)
        await gui.idle()
        assert gui.shell.sidebar.closed_lines == ()
        assert gui.shell.strip.text.startswith("The session has ended.")

    gui.run(go())
