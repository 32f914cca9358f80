"""The local log in the window: who did what from this desk, and a file that proves it is whole."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.cache import verify
from desktop.views.pages.local_log import LocalLogPage
from desktop.views.pages.settings import SettingsPage
from tests.gui import controls, measure
from tests.gui.desk import Gui
from tests.gui.history import Calendar, asks_no_server, choose, told

CLIENT = "My Client's Organization"
OPENED = "Opened the client; its own event log has an entry"


async def log_page(gui: Gui) -> LocalLogPage:
    """The way a person goes: through the settings."""
    await gui.show("settings")
    settings = gui.shell.page
    assert isinstance(settings, SettingsPage)
    button = settings.findChild(QPushButton, "open_local_log")
    assert isinstance(button, QPushButton)
    await gui.hand.click(button)
    await gui.idle()
    page = gui.shell.page
    assert isinstance(page, LocalLogPage)
    return page


def test_who_did_what_from_this_desk(gui: Gui, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        calendar.days_ago = 40
        await gui.open()
        await gui.enter()
        calendar.days_ago = 0
        client = await gui.open_client(CLIENT)
        seats = gui.client(CLIENT).seats or 0
        plan = gui.desk.clients.seats_plan(gui.client(CLIENT), seats + 1)
        await gui.desk.runs.execute(plan)
        page = await log_page(gui)
        with asks_no_server(gui):
            assert told(page.model) == ["A run ended, all done", "Planned a run", OPENED]
            entry = page.model.shown_entries()[2]
            assert (entry.client, entry.note) == (CLIENT, "Alice Vermeer")
            spoken = page.model.index(page.model.row_of(entry.key), 0).data(
                int(Qt.ItemDataRole.AccessibleTextRole)
            )
            assert spoken.startswith(f"{OPENED}, {CLIENT}, Alice Vermeer, Today, ")
            # Words: what was done, the client, the person.
            await gui.shortcut(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
            assert page.search.hasFocus()
            for words, count in (("opened my client", 1), ("alice run", 2), ("zzz", 0)):
                page.search.setText(words)
                QTest.keyClick(page.search, Qt.Key.Key_Return)
                assert len(told(page.model)) == count, words
            assert "No entry matches “zzz”" in {
                text.replace("\u2068", "").replace("\u2069", "")
                for text in measure.shown_texts(measure.visible(page), [])
            }
            QTest.keyClick(page.search, Qt.Key.Key_Escape)
            assert len(told(page.model)) == 3
            # What is older than a month shows in a longer period only; the sign-in is 40 days old.
            page.period.choose_day(page.period.first_day.addDays(-15))
            await gui.hand.settle()
            assert told(page.model)[-1] == "Signed in"
            await choose(gui, page.period, "Since yesterday")
            assert len(told(page.model)) == 3
        seen = measure.visible(gui.window)
        assert list(controls.unnamed(seen)) == []
        assert list(controls.unreachable(seen)) == []
        # It belongs to the settings, and Enter on an entry leads to the client.
        assert gui.shell.sidebar.page("settings").isChecked()
        page.timeline.setFocus()
        page.timeline.choose(entry.key)
        QTest.keyClick(page.timeline, Qt.Key.Key_Return)
        await gui.until("the client", lambda: gui.shell.page is client)

    gui.run(go())


def test_the_exported_log_is_whole_and_a_changed_byte_is_found(
    gui: Gui, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.open_client(CLIENT)
        page = await log_page(gui)
        target = tmp_path / "log.jsonl"
        with asks_no_server(gui):
            await gui.hand.click(page.export_button)
            await gui.hand.choose_file(target)
            await gui.until("the word", gui.shell.toasts.text)
            await gui.idle()
        said = gui.shell.toasts.text()
        capsys.readouterr()
        assert verify.main([str(target)]) == verify.WHOLE
        link = capsys.readouterr().out.split("Last link: ")[1].strip()
        assert len(link) == 64
        # The window says the beginning of the same link, now and in the log, and how to check it.
        assert link[:16] in said
        assert "claviger verify-log FILE" in said
        assert link[:16] in told(page.model)[0]
        lines = [json.loads(one) for one in target.read_text(encoding="utf-8").splitlines()]
        noted = [one["what"] for one in lines if "what" in one]
        assert noted == ["signed_in", "keys_accepted", "vault_accessed"]
        assert "kan4rie" not in target.read_text(encoding="utf-8")
        data = bytearray(target.read_bytes())
        data[data.index(b"vault_accessed")] ^= 1
        target.write_bytes(data)
        assert verify.main([str(target)]) == verify.BAD
        assert "The first bad record is number 3" in capsys.readouterr().out

    gui.run(go())


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_noted(
    gui: Gui, tmp_path: Path
) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        page = await log_page(gui)
        page._export(tmp_path / "nowhere" / "log.jsonl")
        await gui.until("the reason", gui.shell.toasts.text)
        assert "Exported" not in gui.shell.toasts.text()
        noted = [one.what for one in await gui.desk.log.entries()]
        assert noted == ["keys_accepted", "signed_in"]

    gui.run(go())


def test_the_lock_and_the_unlock_are_in_the_log_of_a_real_account(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter(is_practice=False)
        account = gui.server.account("provider_admin")
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        known = gui.doors.entrance.connections()[0]
        gui.workplace.reception.admit(
            gui.doors.desks, await gui.doors.entrance.unlock(known.id, account["password"])
        )
        await gui.clients_shown()
        page = await log_page(gui)
        told_so = told(page.model)
        accepted = "Accepted the keys of the provider and its clients: "
        assert [one.partition(accepted)[1] or one for one in told_so] == [
            "Unlocked",
            "Locked",
            accepted,
            "Signed in",
        ]

    gui.run(go())


def test_t57_a_changed_journal_is_told_and_nothing_is_written_any_more(
    gui: Gui, tmp_path: Path
) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter(is_practice=False)
        await gui.open_client(CLIENT)
        await gui.idle()
        await gui.close()
        before = change_an_entry(gui.folder)
        await gui.open()
        known = gui.doors.entrance.connections()[0]
        password = gui.server.account("provider_admin")["password"]
        desk = await gui.doors.entrance.unlock(known.id, password)
        gui.workplace.reception.admit(gui.doors.desks, desk)
        await gui.clients_shown()
        await gui.until("the connection", lambda: gui.desk.online)
        await gui.idle()
        # Not "another window is writing": what is wrong, and why nothing can be changed.
        assert gui.shell.strip.isVisible()
        assert "journal on this computer is damaged" in gui.shell.strip.text
        assert not gui.clients.new_button.isEnabled()
        assert "journal on this computer is damaged" in gui.clients.new_button.toolTip()
        page = await gui.open_client(CLIENT)
        forget = page.menu(()).actions()[-1]
        assert not forget.isEnabled()
        assert "damaged" in forget.toolTip()
        # The log can be looked at and taken out all the same, and the file says what it is.
        log = await log_page(gui)
        assert log.model.total_count >= 1
        target = tmp_path / "log.jsonl"
        await gui.hand.click(log.export_button)
        await gui.hand.choose_file(target)
        await gui.until("the word", gui.shell.toasts.text)
        head = json.loads(target.read_text(encoding="utf-8").splitlines()[0])
        assert head["journal"] == "damaged"
        await gui.idle()
        assert len(entries(gui.folder)) == before

    gui.run(go())


def journal_of(folder: Path) -> Path:
    (path,) = (folder / "desk").rglob("journal.db")
    return path


def entries(folder: Path) -> list[int]:
    """Numbers of the journal's entries."""
    with closing(sqlite3.connect(journal_of(folder))) as database:
        return [number for (number,) in database.execute("SELECT number FROM entries")]


def change_an_entry(folder: Path) -> int:
    """As somebody would who wants an opening out of the log; how many entries there are."""
    numbers = entries(folder)
    with closing(sqlite3.connect(journal_of(folder))) as database, database:
        database.execute("UPDATE entries SET body = x'00' WHERE number = ?", (numbers[1],))
    return len(numbers)
