"""What changed since: all clients on a page, one client on a tab; read from what is kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.models.timeline import Day, Entry
from desktop.views.pages.changes import ChangeList, ChangesPage
from desktop.views.pages.client import ClientPage
from desktop.views.pages.periods import DayDialog
from desktop.views.pages.settings import SettingsPage
from tests.gui import controls, measure
from tests.gui.desk import Gui
from tests.gui.history import Calendar, Client, asks_no_server, choose, line, open_menu, told


async def changes(gui: Gui) -> ChangesPage:
    await gui.show("changes")
    page = gui.shell.page
    assert isinstance(page, ChangesPage)
    return page


async def a_past(gui: Gui, calendar: Calendar, name: str = "") -> Client:
    """A client made 40 days ago, edited 20 and 2 days ago and today."""
    calendar.days_ago = 40
    await gui.open()
    await gui.enter()
    await gui.idle()
    client = Client(gui, name)
    await client.make()
    calendar.days_ago = 20
    await client.set_password_length(12)
    await client.round()
    calendar.days_ago = 2
    await client.set_password_length(14, before=12)
    await client.rename_group("Sales & Co")
    await client.change_seats(310)
    await client.round()
    calendar.days_ago = 0
    gui.server.accept(client.people[0])
    await client.round()
    return client


def days(page: ChangeList) -> list[tuple[str, int, int]]:
    model = page.model
    rows = [model.row(number) for number in range(model.rowCount())]
    return [
        (model.words.day(one.date), one.shown, one.total) for one in rows if isinstance(one, Day)
    ]


def current(page: ChangeList) -> Entry:
    entry = page.timeline.current_entry()
    assert entry is not None
    return entry


def button(page: ChangeList, text: str) -> QPushButton:
    """A button in the place of the empty list."""
    found = [one for one in page.timeline.findChildren(QPushButton) if one.text() == text]
    assert len(found) == 1
    return found[0]


def test_the_page_tells_what_changed_since_a_day(gui: Gui, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await a_past(gui, calendar)
        page = await changes(gui)
        model, shown = page.list.model, page.list
        with asks_no_server(gui):
            lately = [
                f"State of {client.people[0]}: invited → needs confirmation",
                "Group renamed: Sales → Sales & Co",
                "Policy “Master password requirements”, Minimum length: 12 → 14",
                "Seats: 9 → 310",
            ]
            assert sorted(told(model)) == sorted(lately)
            today, earlier = days(shown)
            assert today[0].startswith("Today, ")
            assert today[1:] == (1, 1)
            assert earlier[1:] == (3, 3)
            assert {one.client for one in model.shown_entries()} == {client.name}
            # A longer period, then a day that is typed.
            await choose(gui, shown.period, "Last 30 days")
            switched_on = "The policy “Master password requirements” was turned on"
            assert set(told(model)) == {*lately, switched_on}
            await choose(gui, shown.period, "Since a certain day…")
            dialog = await gui.hand.dialog(DayDialog)
            assert dialog.accept_button is not None
            for text, is_allowed in (
                ("31-31-2026", False),
                (QDate.currentDate().addDays(1).toString("yyyy-MM-dd"), False),
                (QDate.currentDate().addDays(-45).toString("yyyy-MM-dd"), True),
            ):
                dialog.field.setText(text)
                assert dialog.accept_button.isEnabled() is is_allowed
                assert bool(dialog.accept_button.accessibleDescription()) is not is_allowed
            await gui.hand.enter()
            await gui.hand.gone(dialog)
            await gui.idle()
            added = f"{client.name} was added: Enterprise, seats: 9"
            assert set(told(model)) == {*lately, switched_on, added}
            # Filters on top of it.
            await choose(gui, shown.kind, "Policies")
            assert len(told(model)) == 2
            await gui.shortcut(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
            assert page.search.hasFocus()
            QTest.keyClicks(page.search, "LENGTH")
            QTest.keyClick(page.search, Qt.Key.Key_Return)
            assert told(model) == [lately[2]]
            assert days(shown)[0][1:] == (1, 3)
            await gui.hand.click(shown.clear_button)
            assert len(told(model)) == 6
            assert not shown.clear_button.isVisible()

    gui.run(go())


def test_one_change_is_read_whole_and_leads_to_its_client_by_keyboard(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await a_past(gui, calendar)
        page = await changes(gui)
        shown, details = page.list, page.list.details
        shown.timeline.setFocus()
        QTest.keyClick(shown.timeline, Qt.Key.Key_Home)
        first = current(shown)
        assert details.isVisible()
        # The arrow goes with what follows it.
        assert first.text == details._title.full_text().replace("\u00a0", " ")
        # Down steps over the heading of the day before.
        QTest.keyClick(shown.timeline, Qt.Key.Key_Down)
        assert current(shown).day < first.day
        shown.timeline.choose(line(shown.model, "Minimum length").key)
        assert (details._before.full_text(), details._after.full_text()) == ("12", "14")
        assert details._kind.full_text() == "Policies"
        assert details._client.full_text() == client.name
        # It happened between two looks, and the details say so.
        assert details._seen.full_text().startswith("Between ")
        QTest.keyClick(shown.timeline, Qt.Key.Key_Escape)
        assert not details.isVisible()
        assert shown.timeline.current_entry() is None
        # The menu of a line, by its key.
        shown.timeline.choose(line(shown.model, "Seats").key)
        QTest.keyClick(shown.timeline, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
        await gui.hand.settle()
        menu = open_menu()
        assert [one.text() for one in menu.actions()] == [
            "Open the client",
            "Only this client",
            "Copy",
        ]
        menu.setActiveAction(menu.actions()[1])
        QTest.keyClick(menu, Qt.Key.Key_Return)
        await gui.hand.settle()
        # With an id behind it where another test has made one of the same name (T75).
        assert shown.only.accessibleName().partition(" · ")[0] == f"Client: {client.name}"
        QTest.keyClick(shown.only, Qt.Key.Key_Space)
        assert not shown.only.isVisible()
        QTest.keyClick(shown.timeline, Qt.Key.Key_Return)
        await gui.until("the client", lambda: isinstance(gui.shell.page, ClientPage))
        assert gui.client_page.client == client.id

    gui.run(go())


def test_the_tab_of_a_client_shows_its_own_changes_only(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await a_past(gui, calendar)
        other = gui.client("Third Client's Organization")
        await gui.desk.runs.execute(gui.desk.clients.seats_plan(other, (other.seats or 0) + 1))
        await client.round()
        page = await gui.open_client(client.name)
        page.tabs.choose("changes")
        await gui.idle()
        shown = page.changes
        assert len(told(shown.model)) == 5
        with asks_no_server(gui):
            await choose(gui, shown.kind, "Name, plan, seats")
            assert told(shown.model) == ["Seats: 9 → 310"]
            QTest.keyClicks(page.search, "zzz")
            QTest.keyClick(page.search, Qt.Key.Key_Return)
            assert told(shown.model) == []
            await gui.hand.click(button(shown, "Clear filters"))
            assert page.search.text() == ""
            assert len(told(shown.model)) == 5
        seen = measure.visible(gui.window)
        assert list(controls.unnamed(seen)) == []
        assert list(controls.unreachable(seen)) == []
        await gui.open_client(other.organization_name)
        gui.client_page.tabs.choose("changes")
        await gui.idle()
        seats = (other.seats or 0, (other.seats or 0) + 1)
        assert told(gui.client_page.changes.model) == [f"Seats: {seats[0]} → {seats[1]}"]

    gui.run(go())


def test_news_of_a_round_come_by_themselves_and_the_chosen_line_stays(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await a_past(gui, calendar)
        page = await changes(gui)
        shown = page.list
        key = line(shown.model, "Group renamed").key
        shown.timeline.choose(key)
        await client.rename_group("Staff", before="Sales & Co")
        await client.round()
        await gui.until("the news", lambda: "Sales & Co → Staff" in " ".join(told(shown.model)))
        assert current(shown).key == key
        assert shown.details.isVisible()
        # While another page is looked at nothing is read; on coming back it is there.
        await gui.show("clients")
        await client.rename_group("Crew", before="Staff")
        await client.round()
        await gui.idle()
        assert "Staff → Crew" not in " ".join(told(shown.model))
        await gui.show("changes")
        assert "Staff → Crew" in " ".join(told(shown.model))

    gui.run(go())


def test_t68_what_is_shown_is_exported_and_nothing_in_it_is_a_formula(
    gui: Gui, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await a_past(gui, calendar, '=HYPERLINK("x")')
        page = await changes(gui)
        await choose(gui, page.list.kind, "Groups")
        target = tmp_path / "changes.csv"
        await gui.hand.click(page.export_button)
        await gui.hand.choose_file(target)
        await gui.until("the file", target.exists)
        await gui.until("the word", gui.shell.toasts.text)
        assert gui.shell.toasts.text().startswith("Saved 1 change")
        head, only = csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig")))
        assert head == ["Time", "Client", "Kind", "Change", "Before", "After"]
        assert only[1] == f"'{client.name}"
        assert only[2:] == ["Groups", "Group renamed: Sales → Sales & Co", "Sales", "Sales & Co"]
        assert target.stat().st_mode & 0o777 == 0o600
        lines = await gui.desk.log.entries(limit=1)
        assert (lines[0].what, lines[0].facts) == ("table_saved", {"rows": "1"})
        page.search.setText("zzz")
        page.search._announce()
        assert not page.export_button.isEnabled()
        assert page.export_button.toolTip()
        assert page.export_button.accessibleDescription() == "There is no change to export."

    gui.run(go())


def test_an_empty_page_says_what_has_to_happen(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        page = await changes(gui)
        texts = measure.shown_texts(measure.visible(page), [])
        assert "No changes yet" in texts
        assert any("each time it reads a client again" in text for text in texts)
        gui.workplace.preferences.change(background_refresh=False)
        page.refresh()
        await gui.idle()
        texts = measure.shown_texts(measure.visible(page), [])
        assert any("Refreshing in the background is off" in text for text in texts)
        await gui.hand.click(button(page.list, "Open the settings"))
        assert isinstance(gui.shell.page, SettingsPage)

    gui.run(go())


def test_an_empty_week_offers_a_longer_period(gui: Gui, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        calendar.days_ago = 20
        await gui.open()
        await gui.enter()
        client = Client(gui)
        await client.make()
        await client.rename_group("Crew")
        await client.round()
        calendar.days_ago = 0
        page = await changes(gui)
        assert told(page.list.model) == []
        await gui.hand.click(button(page.list, "Last 30 days"))
        await gui.idle()
        assert "Group renamed: Sales → Crew" in told(page.list.model)

    gui.run(go())


def test_t70_t74_t76_names_of_one_client_do_no_harm_to_the_list_of_all(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar(monkeypatch)
    hostile = "<img src='x'>R&D \u202egnp.exe\u2069"

    async def go() -> None:
        client = await a_past(gui, calendar, "<b>R&D</b> &Delete")
        await client.rename_group(hostile, before="Sales & Co")
        await client.round()
        page = await changes(gui)
        shown = page.list
        entry = line(shown.model, "Sales & Co →")
        assert "<img src='x'>R&D \u2039U+202E\u203agnp.exe\u2039U+2069\u203a" in entry.text
        shown.timeline.choose(entry.key)
        shown.show_client(entry.client_key, entry.client)
        await gui.hand.settle()
        seen = measure.visible(gui.window)
        read = [label for label in seen if isinstance(label, QLabel)]
        assert all(one.textFormat() == Qt.TextFormat.PlainText for one in read)
        # No mnemonic is made of a name, and the whole of it is read aloud.
        # With an id behind it where another test has made one of the same name (T75).
        assert shown.only.accessibleName().partition(" · ")[0] == f"Client: {client.name}"
        assert "&&Delete" not in shown.only._words()
        spoken = " ".join(text for _widget, text in measure.spoken_texts(seen))
        assert "\u202e" not in spoken
        menu = shown.menu_of(entry)
        assert next(one.text() for one in menu.actions()) == "Open the client"
        menu.deleteLater()

    gui.run(go())
