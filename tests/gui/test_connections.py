"""The page of connections: name, colour, order, one more, one less, and the proxy in between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from desktop.domain.errors import StorageFailed
from desktop.views.connection_look import HUES
from desktop.views.dialogs import ConfirmDialog
from desktop.views.pages.connection_dialogs import NameDialog
from desktop.views.pages.connections import ConnectionsPage
from desktop.views.unlock_dialog import UnlockDialog
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.menus import Menu
from tests.end2end.house import EU, OWN, SHARED, STAFF, US, House, furnish, house, tamper
from tests.gui.conftest import opened
from tests.gui.fleet import FleetGui
from tests.gui.measure import watch_painting
from tests.gui.trap import Trap
from tests.gui.watching import harm


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


async def shown(gui: FleetGui) -> ConnectionsPage:
    """By the way a person takes: settings, then the button."""
    await gui.open_with(SHARED)
    await gui.show("settings")
    button = gui.shell.page.findChild(QAbstractButton, "open_connections")
    assert button is not None
    await gui.hand.click(button)
    await gui.idle()
    page = gui.shell.page
    assert isinstance(page, ConnectionsPage)
    return page


def button(found: Button | None) -> Button:
    assert found is not None
    return found


def labels(page: ConnectionsPage) -> list[str]:
    return [row.connection.record.label for row in page.rows.values()]


def line(menu: Menu, text: str) -> tuple[bool, str]:
    """Whether a line can be chosen, and why not."""
    action = next(one for one in menu.actions() if one.text().replace("&", "") == text)
    return action.isEnabled(), action.statusTip()


def choose_colour(page: ConnectionsPage, gui: FleetGui, label: str, text: str) -> None:
    menu = page.colours_of(gui.connection(label))
    next(one for one in menu.actions() if one.text() == text).trigger()
    menu.deleteLater()


def choose(page: ConnectionsPage, gui: FleetGui, label: str, text: str) -> None:
    menu = page.menu_of(gui.connection(label))
    next(one for one in menu.actions() if one.text().replace("&", "") == text).trigger()
    menu.deleteLater()


def test_each_connection_says_who_and_where_and_how_it_stands(gui: FleetGui) -> None:
    async def go() -> None:
        page = await shown(gui)
        assert labels(page) == [one.record.label for one in gui.fleet.connections]
        rows = {row.connection.record.label: row for row in page.rows.values()}
        states = {label: row.state.accessibleName() for label, row in rows.items()}
        assert states == {US: "Connected", STAFF: "Connected", EU: "Locked"}
        helped = {label: row.help.isVisible() for label, row in rows.items()}
        assert helped == {US: False, STAFF: False, EU: True}

    gui.run(go())


def test_a_name_a_colour_and_a_place_last(gui: FleetGui) -> None:
    async def go() -> None:
        page = await shown(gui)
        choose(page, gui, US, "Rename…")
        dialog = await gui.hand.dialog(NameDialog)
        dialog.name.clear()
        assert not button(dialog.accept_button).isEnabled()
        await gui.hand.write(dialog.name, "Head office")
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("the name", lambda: "Head office" in labels(page))
        # An open connection and its page of clients know it at once.
        assert gui.desk_of("Head office").connection.label == "Head office"
        colour = next(name for name in HUES if name != gui.connection(EU).colour)
        choose_colour(
            page, gui, EU, {"blue": "Blue", "violet": "Violet"}.get(colour, colour.title())
        )
        await gui.until("the colour", lambda: gui.connection(EU).colour == colour)
        before = labels(page)
        choose(page, gui, before[0], "Move down")
        await gui.until("the order", lambda: labels(page) == [before[1], before[0], before[2]])
        kept = gui.doors.entrance.connections()
        assert [one.label for one in kept] == labels(page)
        assert next(one for one in kept if one.label == EU).colour == colour
        menu = page.menu_of(gui.connection(labels(page)[0]))
        assert line(menu, "Move up") == (False, "It is the first one.")

    gui.run(go())


def test_what_goes_with_a_connection_is_named_and_it_goes(gui: FleetGui) -> None:
    async def go() -> None:
        page = await shown(gui)
        gone = gui.connection(STAFF)
        folder = gui.folder / "desk" / str(gone.id)
        assert folder.is_dir()
        choose(page, gui, STAFF, "Remove from this computer…")
        dialog = await gui.hand.dialog(ConfirmDialog)
        await gui.hand.click(button(dialog.cancel_button))
        await gui.hand.gone(dialog)
        assert STAFF in labels(page)
        choose(page, gui, STAFF, "Remove from this computer…")
        dialog = await gui.hand.dialog(ConfirmDialog)
        await gui.hand.click(button(dialog.accept_button))
        await gui.until("it to go", lambda: STAFF not in labels(page))
        await gui.until("its folder", lambda: not folder.exists())
        assert len(gui.fleet.open) == 1
        assert not any(row.connection == gone.id for row in gui.rows())
        assert STAFF not in [one.label for one in gui.doors.entrance.connections()]

    gui.run(go())


def test_where_a_run_waits_the_name_is_to_be_typed(gui: FleetGui) -> None:
    async def go() -> None:
        await gui.open_with(SHARED)
        await gui.desk_of(US)._note_waiting(waiting=True)
        gui.shell.show_page("connections")
        await gui.idle()
        page = gui.shell.page
        assert isinstance(page, ConnectionsPage)
        gui.fleet._follow()
        choose(page, gui, US, "Remove from this computer…")
        dialog = await gui.hand.dialog(ConfirmDialog)
        assert not button(dialog.accept_button).isEnabled()
        assert dialog.field is not None
        await gui.hand.write(dialog.field, gui.connection(US).name)
        assert button(dialog.accept_button).isEnabled()
        await gui.hand.click(button(dialog.cancel_button))
        await gui.hand.gone(dialog)
        await gui.desk_of(US)._note_waiting(waiting=False)

    gui.run(go())


def test_the_last_open_one_may_go_too(gui: FleetGui) -> None:
    """The window is on the lock screen of those that are left."""

    async def go() -> None:
        await gui.open_with(OWN)
        gui.shell.show_page("connections")
        await gui.idle()
        page = gui.shell.page
        assert isinstance(page, ConnectionsPage)
        gone = gui.connection(EU).id
        choose(page, gui, EU, "Remove from this computer…")
        dialog = await gui.hand.dialog(ConfirmDialog)
        await gui.hand.click(button(dialog.accept_button))
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        await gui.until(
            "the record",
            lambda: gone not in {one.id for one in gui.doors.entrance.connections()},
        )
        await gui.until("the list", lambda: str(gone) not in gui.workplace.start._known)

    gui.run(go())


def test_one_more_is_added_while_the_others_stay_open(gui: FleetGui) -> None:
    async def go() -> None:
        page = await shown(gui)
        start = gui.workplace.start
        await gui.hand.click(page.add)
        await gui.until("the form", start.password.isVisible)
        assert len(gui.fleet.open) == 2
        # Back without having done anything.
        await gui.hand.click(start.way_back)
        await gui.until("the page", page.isVisible)
        await gui.hand.click(page.add)
        await gui.until("the form again", start.password.isVisible)
        account = gui.server.account("provider_admin")
        start.server.choose("own")
        start.address.setText(gui.server.url)
        start.email.setText(account["email"])
        await gui.hand.write(start.password, SHARED)
        await gui.hand.enter()
        await gui.until("the answer", start.sign_in_form.message.isVisible)
        assert start.sign_in_form.message.label.full_text() == "This account is open already."
        # Ctrl+L locks from here as from everywhere.
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        assert not start.way_back.isVisible()

    gui.run(go())


def test_a_second_window_changes_nothing(gui: FleetGui) -> None:
    async def go() -> None:
        page = await shown(gui)
        gui.fleet.chosen.link.read_only = True
        try:
            page.refresh()
            await gui.idle()
            menu = page.menu_of(gui.connection(US))
            reason = "Another Claviger window is writing; this one only reads."
            for text in ("Rename…", "Move down", "Remove from this computer…"):
                assert line(menu, text) == (False, reason)
            assert not page.add.isEnabled()
        finally:
            gui.fleet.chosen.link.read_only = False

    gui.run(go())


def test_t26_the_proxy_is_chosen_here_and_shown(gui: FleetGui) -> None:
    async def go() -> None:
        page = await shown(gui)
        assert gui.front is not None
        card, preferences = page.network, gui.front.preferences
        assert preferences.get().proxy == "none"
        card.mode.choose("manual")
        await gui.idle()
        # Nothing changes before there is an address.
        assert preferences.get().proxy == "none"
        await gui.hand.write(card.address, "http://user:secret@proxy.example:8080")
        await gui.hand.enter()
        assert "Type a host and a port" in card.field.below_text()
        assert preferences.get().proxy == "none"
        card.address.clear()
        await gui.hand.write(card.address, "proxy.example:8080")
        await gui.hand.enter()
        await gui.idle()
        assert preferences.get().proxy == "manual"
        assert preferences.get().proxy_address == "http://proxy.example:8080"
        card.mode.choose("none")
        await gui.idle()
        assert preferences.get().proxy == "none"

    gui.run(go())


def test_a_full_disk_keeps_the_connection(gui: FleetGui, monkeypatch: pytest.MonkeyPatch) -> None:
    async def go() -> None:
        page = await shown(gui)

        def full(*_args: object, **_more: object) -> None:
            raise StorageFailed("full")

        monkeypatch.setattr(gui.doors.entrance.records, "change", full)
        before = gui.connection(US).colour
        choose_colour(page, gui, US, "Olive")
        await gui.idle()
        assert gui.connection(US).colour == before

    gui.run(go())


def test_t70_t73_t74_names_of_connections_do_no_harm_on_any_screen(
    gui: FleetGui, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {
        US: f'<img src="{trap.file_url}">R&D',
        STAFF: "\u202e&Delete\u2069 \u200bA&&B",
        EU: "lines\n" * 60 + "&{name}",
    }
    for label, name in named.items():
        tamper(gui.folder / "desk", label, label=name)
    recorder = watch_painting(monkeypatch)
    found: list[str] = []
    told: set[str] = set()

    def look(what: str, window: QWidget) -> None:
        problems, texts = harm(window, recorder)
        found.extend(f"{what}: {one}" for one in problems)
        told.update(texts)

    async def dialog(what: str, kind: type[QDialog]) -> None:
        asked = await gui.hand.dialog(kind)
        look(what, asked)
        asked.reject()
        await gui.hand.gone(asked)

    async def go() -> None:
        await gui.open()
        look("locked", gui.window)
        await gui.hand.write(gui.workplace.start.unlock_password, SHARED)
        await gui.hand.enter()
        await gui.until("the shell", lambda: gui.workplace.shell is not None)
        await gui.settled()
        for key in ("clients", "runs", "changes", "settings", "keys", "local_log", "connections"):
            await gui.show(key)
            await gui.idle()
            look(key, gui.window)
        page = gui.shell.page
        assert isinstance(page, ConnectionsPage)
        for one in gui.fleet.connections:
            menu = page.menu_of(one)
            menu.popup(gui.window.pos())
            look("menu", menu)
            menu.close()
            menu.deleteLater()
            gui.fleet.choose(one.id)
            await gui.idle()
            look("chosen", gui.window)
        choose(page, gui, named[US], "Rename…")
        await dialog("rename", NameDialog)
        choose(page, gui, named[EU], "Remove from this computer…")
        await dialog("remove", ConfirmDialog)
        gui.workplace.unlock(gui.connection(named[EU]).id)
        await dialog("unlock", UnlockDialog)

    gui.run(go())
    assert list(dict.fromkeys(found)) == []
    everything = "\n".join(told)
    for part in ("<img src=", "R&D", "&Delete", "A&&B", "\u2039U+202E\u203a", "{name}"):
        assert part in everything, part
