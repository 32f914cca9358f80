"""The background refresh as a person sees it: its switch, its line in the sidebar, its history."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.events import ConnectionStateChanged, SessionEnded, SyncProgressed
from desktop.services.sync import FIRST_AFTER, LIST_EVERY
from desktop.settings.preferences import PREFERENCES_FILE
from desktop.views.pages.settings import SettingsPage
from tests.end2end.stage import FastClock
from tests.gui import controls, measure
from tests.gui.desk import Gui

LOUD = ("collections/details", "/ciphers")


def stored(gui: Gui) -> dict[str, object]:
    gui.workplace.preferences.settle()  # written in the background
    data = (gui.folder / "desk" / PREFERENCES_FILE).read_bytes()
    found: dict[str, object] = msgspec.json.decode(data)
    return found


def hurry(gui: Gui) -> None:
    """A quarter of an hour passes within 25 ms: rounds come one after the other."""
    clock = gui.desk.clock
    assert isinstance(clock, FastClock)
    clock._factor = 36_000


async def settings(gui: Gui) -> SettingsPage:
    await gui.show("settings")
    page = gui.shell.page
    assert isinstance(page, SettingsPage)
    return page


def test_the_switch_stops_and_starts_the_background(gui: Gui) -> None:
    async def go() -> None:
        before = len(gui.server.requests())
        gui.refreshes = True
        await gui.open()
        await gui.enter()
        hurry(gui)
        await gui.until("a round", lambda: gui.desk.sync.state.last_round is not None)
        asked = [one["path"] for one in gui.server.requests()[before:]]
        third = str(gui.client("Third Client's Organization").organization_id)
        assert [path for path in asked if third in path]
        assert not [path for path in asked if any(loud in path for loud in LOUD)]
        page = await settings(gui)
        assert page.refreshing.isChecked()
        page.refreshing.setFocus()
        QTest.keyClick(page.refreshing, Qt.Key.Key_Space)
        assert not page.refreshing.isChecked()
        await gui.idle()
        assert stored(gui)["background_refresh"] is False
        last = gui.desk.sync.state.last_round
        before = len(gui.server.requests())
        await gui.desk.clock.sleep(10 * LIST_EVERY.total_seconds())
        assert gui.desk.sync.state.last_round == last
        assert len(gui.server.requests()) == before
        await gui.hand.click(page.refreshing)
        await gui.until("another round", lambda: gui.desk.sync.state.last_round != last)
        assert stored(gui)["background_refresh"] is True
        await gui.hand.click(page.refreshing)

    gui.run(go())


def test_a_desk_that_was_told_not_to_refresh_does_not(gui: Gui) -> None:
    async def go() -> None:
        gui.refreshes = True
        gui.prefer(background_refresh=False)
        await gui.open()
        await gui.enter()
        hurry(gui)
        await gui.desk.clock.sleep(10 * FIRST_AFTER.total_seconds())
        assert gui.desk.sync.state.last_round is None
        page = await settings(gui)
        assert not page.refreshing.isChecked()

    gui.run(go())


def test_months_of_history_are_kept_as_typed(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        page = await settings(gui)
        assert page.months.value() == 13
        page.months.setFocus()
        page.months.selectAll()
        QTest.keyClicks(page.months, "6")
        QTest.keyClick(page.months, Qt.Key.Key_Return)
        assert stored(gui)["keep_history_months"] == 6
        QTest.keyClick(page.months, Qt.Key.Key_Down)
        assert stored(gui)["keep_history_months"] == 5
        page.months.selectAll()
        QTest.keyClicks(page.months, "0")
        QTest.keyClick(page.months, Qt.Key.Key_Return)
        assert page.months.value() >= 1
        seen = measure.visible(gui.window)
        assert list(controls.unnamed(seen)) == []
        assert list(controls.unreachable(seen)) == []
        assert list(controls.without_reason(seen)) == []

    gui.run(go())


def test_a_window_that_only_reads_cannot_change_what_is_kept(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        gui.desk.link.read_only = True
        page = await settings(gui)
        for control in (page.refreshing, page.months):
            assert not control.isEnabled()
            assert "only reads" in control.toolTip()
            assert "only reads" in control.accessibleDescription()
        gui.desk.link.read_only = False

    gui.run(go())


def test_the_line_in_the_sidebar_says_how_far_a_round_is_and_what_it_waits_for(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        line, hub = gui.shell.sidebar.sync_line, gui.desk.hub
        news = gui.shell._news
        assert line.text == "Synced just now"
        # A round that is over within a second says nothing.
        hub.publish(SyncProgressed(1, 200))
        assert line.text == "Synced just now"
        assert news._quiet.isActive()
        news._quiet.timeout.emit()
        assert line.text == "Reading 1 of 200"
        assert line.accessibleName() == line.text
        assert "Synced just now" in line.accessibleDescription()
        hub.publish(SyncProgressed(12, 200, 45.0))
        assert line.text == "Limit: waits 45 s"
        assert "Reading 12 of 200" in line.accessibleDescription()
        assert news._tick.isActive()
        hub.publish(SyncProgressed(200, 200))
        assert line.text == "Synced just now"
        assert not news._tick.isActive()
        # Whatever ends the session ends the line's round too.
        for end in (ConnectionStateChanged(online=False), SessionEnded()):
            hub.publish(SyncProgressed(1, 200))
            news._quiet.timeout.emit()
            assert line.text == "Reading 1 of 200"
            hub.publish(end)
            assert "Reading" not in line.text
            hub.publish(ConnectionStateChanged(online=True))
        await gui.idle()

    gui.run(go())


def test_the_months_that_are_set_decide_what_goes_at_the_next_unlock(gui: Gui) -> None:
    async def go() -> None:
        account = gui.server.account("provider_admin")
        gui.refreshes = True
        gui.prefer(background_refresh=False)
        await gui.open()
        await gui.enter(is_practice=False)
        gui.desk.retention.stop()
        owner, now = str(gui.desk.session.user_id), gui.desk.clock.now()
        for months, body in ((8, b"[1]"), (3, b"[2]"), (0, b"[3]")):
            gui.desk.link.snapshots.put("groups", owner, body, now - timedelta(days=31 * months))
        page = await settings(gui)
        page.months.selectAll()
        QTest.keyClicks(page.months, "5")
        QTest.keyClick(page.months, Qt.Key.Key_Return)
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.desk is None)
        known = gui.doors.entrance.connections()[0]
        gui.workplace.reception.admit(
            gui.doors.desks, await gui.doors.entrance.unlock(known.id, account["password"])
        )
        await gui.clients_shown()
        snapshots = gui.desk.link.snapshots
        await gui.until(
            "the older one is gone", lambda: len(snapshots.history("groups", owner)) < 2
        )
        (left,) = snapshots.history("groups", owner)
        assert snapshots.former("groups", owner, left.digest) == b"[2]"
        gui.desk.retention.stop()

    gui.run(go())
