"""Lock and cover through the window: what is gone, what goes on, what is told (T81, T82)."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QMenu, QWidget
from shiboken6 import isValid

from desktop.crypto.keys import SymmetricKey
from desktop.crypto.seal import DataKey
from desktop.domain.enums import PolicyType
from desktop.domain.ids import RunId
from desktop.domain.items import ImportPreview
from desktop.domain.records import ProviderClient
from desktop.domain.shown import shown
from desktop.models.table import RecordTableModel
from desktop.plans.answers import SetupAnswers
from desktop.services.desk import Desk
from desktop.services.entrance import address_of
from desktop.services.keeping import POLICIES
from desktop.views.clipboard import clipboard
from desktop.views.cover import CoverScreen
from desktop.views.guard import Guard
from desktop.views.pages.clients import ClientRow
from desktop.views.pages.runs import RunsPage
from desktop.views.pages.settings import SettingsPage
from desktop.views.setup.review import while_it_runs
from desktop.views.setup.undo import UndoDialog
from desktop.views.system.here import System
from desktop.views.system.signals import SystemSignals
from desktop.views.widgets.labels import IconText
from tests.gui import run_scenes as scenes
from tests.gui.desk import Gui
from tests.gui.measure import text_of, visible
from tests.views.test_guard import Clocks, NotedAwake

LOCK_S = 0.5
BUSY = 6
"""A busy computer takes so many times as long."""
EXPORT_NAME = "kluisje-export.csv"
Scene = Callable[[Gui, str], Awaitable[object]]


def shown_texts() -> str:
    """Every word that can be seen in any window of the program, or read aloud."""
    words: list[str] = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            words.append(window.windowTitle())
            for widget in visible(window):
                words += [text_of(widget), widget.accessibleName(), widget.accessibleDescription()]
                if isinstance(widget, QAbstractItemView):
                    words += cells(widget.model())
    return "\n".join(words)


def cells(model: QAbstractItemModel) -> list[str]:
    """What the first rows of a table, list or tree say."""
    top = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(top)
    return [
        str(model.index(row, column).data())
        for row in range(min(model.rowCount(top), 40))
        for column in range(columns)
    ]


def remembered(name: str) -> list[object]:
    """Living objects that hold the client of this name, or the file that was read for it."""
    gc.collect()
    found: list[object] = []
    for one in gc.get_objects():
        match one:
            case ProviderClient(organization_name=held):
                found += [one] if held == name else []
            case SetupAnswers(name=held):
                found += [one] if held == name else []
            case ImportPreview(file_name=held):
                found += [one] if held == EXPORT_NAME else []
    return found


def keys_left(desk: Desk) -> list[object]:
    return [one for one in desk._registry.secrets() if not getattr(one, "is_wiped", False)]


def rows(gui: Gui) -> tuple[ClientRow, ...]:
    found: tuple[ClientRow, ...] = gui.clients.model.records()
    return found


def password(gui: Gui) -> str:
    return str(gui.server.account("provider_admin")["password"])


def screen(gui: Gui) -> QWidget | None:
    """What stands in the window."""
    assert gui.front is not None
    return gui.front.window.screen_widget


def words(label: IconText) -> str:
    return " ".join(text_of(one) for one in label.findChildren(QWidget))


# --- every screen ---------------------------------------------------------------------------------


async def _clients(gui: Gui, name: str) -> None:
    await gui.show("clients")
    gui.clients.search.setText(name[:8])
    gui.clients.search._announce()


async def _menu(gui: Gui, name: str) -> None:
    await gui.show("clients")
    menu = gui.clients.menu_of(gui.row(name))
    menu.popup(gui.window.mapToGlobal(gui.window.rect().center()))
    assert isinstance(QApplication.activePopupWidget(), QMenu)


async def _members(gui: Gui, _name: str) -> None:
    page = await gui.members_shown()
    page.invite_button.click()
    await gui.hand.dialog(QDialog)


async def _client(gui: Gui, name: str) -> None:
    page = await gui.open_client(name)
    for key in ("collections", "groups", "members", "policies"):
        page.tabs.choose(key)
    await gui.idle()


async def _pages(gui: Gui, _name: str) -> None:
    for key in ("events", "billing", "local_log", "settings", "changes"):
        await gui.show(key)


async def _new_client(gui: Gui, name: str) -> None:
    setup = await gui.wizard()
    setup.details.name.setText(name)


async def _import(gui: Gui, name: str) -> None:
    path = gui.folder / EXPORT_NAME
    path.write_text(scenes.EXPORT)
    setup = await gui.wizard(name, path)
    await gui.until("the file", lambda: setup.answers.preview is not None)
    await gui.to_step("import")
    assert "Router" in str(setup.answers.preview)


async def _review(gui: Gui, name: str) -> None:
    await _import(gui, name)
    await gui.to_step("review")


async def _run_planned(gui: Gui, name: str) -> None:
    client = await scenes.known(gui.desk, name)
    run = await gui.desk.runs.start(scenes.plan_for(client, "Sales"))
    await gui.show("runs")
    page = gui.shell.built("runs")
    assert isinstance(page, RunsPage)
    view = page.open_run(run)
    await gui.until("the run", lambda: view.state)
    view.foot.give_up.click()
    await gui.hand.dialog(QDialog)


SCREENS: dict[str, Scene] = {
    "clients": _clients,
    "menu of a client": _menu,
    "members, inviting": _members,
    "client": _client,
    "other pages": _pages,
    "new client": _new_client,
    "import": _import,
    "review": _review,
    "run, giving up": _run_planned,
}


def test_t81_a_lock_takes_every_screen_away(gui: Gui, name: str) -> None:
    """At the moment the call returns: rows, questions, keys. A moment later: whatever held them."""

    async def go() -> None:
        await gui.open()
        for number, (title, scene) in enumerate(SCREENS.items()):
            await gui.enter()
            if not number:
                await scenes.a_client(gui.desk, name)
            await gui.desk.clients.fetch()
            await gui.until("the client", lambda: name in {row.name for row in rows(gui)})
            await scene(gui, name)
            await gui.hand.settle()
            clipboard().copy(name)
            desk, shell, before = gui.desk, gui.shell, screen(gui)
            models = shell.findChildren(RecordTableModel)
            assert name in shown_texts() or title in {"members, inviting", "other pages"}, title
            began = time.monotonic()
            gui.workplace.lock()
            took = time.monotonic() - began
            assert before is not screen(gui), title
            assert screen(gui) is gui.workplace.start, title
            assert gui.dialogs() == [], title
            assert QApplication.activePopupWidget() is None, title
            assert name not in shown_texts(), title
            assert QGuiApplication.clipboard().text() == "", title
            assert {type(one) for one in keys_left(desk)} == {DataKey}, title
            assert [one for one in models if one.total_count or one._texts] == [], title
            assert desk.clients.all() == (), title
            assert took < LOCK_S * BUSY, title
            await gui.until("the last key", lambda: desk._registry.is_shut)  # noqa: B023
            assert time.monotonic() - began < LOCK_S * BUSY, title
            del models, before
            await gui.until("the tasks", lambda: not gui.workplace.jobs.is_busy)
            await gui.hand.settle()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            assert not isValid(shell), title
            del shell
            assert remembered(name) == [], title

    gui.run(go(), seconds=180)


# --- runs -----------------------------------------------------------------------------------------


class Told(SystemSignals):
    """A system that says what a test has it say."""


class Watched:
    """A window with clocks, a system and notices of the test's own."""

    def __init__(self, gui: Gui) -> None:
        self.gui = gui
        self.clocks = Clocks()
        self.signals = Told()
        self.awake = NotedAwake()
        self.notices: list[tuple[str, str]] = []
        gui.idle_watch = self.clocks.idle()
        gui.system = System(self.signals, self.awake)
        gui.tell = lambda title, text: self.notices.append((title, text))

    @property
    def guard(self) -> Guard:
        return self.gui.workplace.guard

    @property
    def cover(self) -> CoverScreen:
        found = screen(self.gui)
        assert isinstance(found, CoverScreen)
        return found

    def nobody_for(self, minutes: float) -> None:
        """Second by second, as the clocks of a computer go."""
        for _second in range(round(minutes * 60)):
            self.clocks.go(1)
            self.guard.tick()

    async def run_at_work(self, name: str, *groups: str, seconds: float = 0.4) -> RunId:
        """Started by hand on its page, with a step that is on its way."""
        gui = self.gui
        client = await scenes.known(gui.desk, name)
        run = await gui.desk.runs.start(scenes.plan_for(client, *groups))
        await gui.show("runs")
        page = gui.shell.built("runs")
        assert isinstance(page, RunsPage)
        view = page.open_run(run)
        await gui.until("the run", lambda: view.state)
        scenes.slow(gui.server, seconds)
        view.go()
        await gui.until("the work", lambda: gui.desk.runs.is_running)
        return run

    async def locked(self) -> None:
        gui = self.gui
        await gui.until("the lock screen", lambda: screen(gui) is gui.workplace.start)
        await gui.until("its end", lambda: not gui.workplace.jobs.is_busy)


def test_t82_nobody_there_locks_the_window(gui: Gui) -> None:
    async def go() -> None:
        watched = Watched(gui)
        await gui.open()
        await gui.enter()
        desk = gui.desk
        watched.nobody_for(10 - 1 / 60)
        assert not desk.is_locked
        watched.nobody_for(1 / 60)
        assert desk.is_locked
        await watched.locked()
        assert keys_left(desk) == []
        assert watched.notices == []
        # A shorter wish holds at once, and so does a clock that jumped.
        await gui.enter()
        gui.workplace.preferences.change(lock_after_min=1)
        watched.nobody_for(1)
        assert gui.workplace.shell is None
        await watched.locked()
        await gui.enter()
        watched.clocks.wall_s += 3_600
        watched.guard.tick()
        assert gui.workplace.shell is None

    gui.run(go())


def test_t81_idle_covers_a_run_and_locks_at_its_end(gui: Gui, name: str) -> None:
    async def go() -> None:
        watched = Watched(gui)
        await gui.open()
        await gui.enter()
        await scenes.a_client(gui.desk, name)
        await gui.desk.clients.fetch()
        desk = gui.desk
        run = await watched.run_at_work(name, "A", "B", "C")
        client = desk.session.org_key(scenes.client_id(desk, name))
        watched.nobody_for(10)
        # The run goes on, and nothing else does.
        assert isinstance(screen(gui), CoverScreen)
        assert name not in shown_texts()
        assert gui.dialogs() == []
        assert [one for one in keys_left(desk) if not isinstance(one, DataKey)] == [client]
        assert not desk.is_locked
        assert watched.awake.is_held
        cover = watched.cover
        await gui.until("a step", lambda: "of" in cover.progress.full_text())
        await gui.hand.write(cover.password, "not the password")
        await gui.hand.enter()
        await gui.until("the answer", cover.form.message.isVisible)
        assert "not right" in words(cover.form.message)
        assert cover.password.text() == ""
        assert desk.is_covered
        # Ten more minutes: it is covered already.
        watched.nobody_for(10)
        assert watched.cover is cover
        gui.server.script()
        await watched.locked()
        assert desk.is_locked
        assert keys_left(desk) == []
        assert not watched.awake.is_held
        await gui.enter()
        assert [one.state for one in await gui.desk.runs.all() if one.run == run] == ["done"]

    gui.run(go())


def test_t81_the_password_shows_the_run_again(gui: Gui, name: str) -> None:
    async def go() -> None:
        watched = Watched(gui)
        await gui.open()
        await gui.enter()
        await scenes.a_client(gui.desk, name)
        await gui.desk.clients.fetch()
        desk = gui.desk
        run = await watched.run_at_work(name, "A", "B", "C")
        watched.nobody_for(10)
        await gui.hand.write(watched.cover.password, password(gui))
        await gui.hand.enter()
        await gui.clients_shown()
        assert gui.desk is desk
        assert desk.runs.is_running
        await gui.show("runs")
        page = gui.shell.built("runs")
        assert isinstance(page, RunsPage)
        view = page.open_run(run)
        await gui.until("the run", lambda: view.state == "running")
        gui.server.script()
        await gui.until("its end", lambda: view.state == "done")
        assert not desk.is_locked
        assert gui.client(name).organization_name == name
        # From here on it is watched as before.
        watched.nobody_for(10)
        assert desk.is_locked

    gui.run(go())


@pytest.mark.parametrize("cause", ["session", "user", "sleep", "lid", "jump"])
def test_t82_what_the_system_says_locks_fully_and_stops_the_run(
    cause: str, gui: Gui, name: str
) -> None:
    async def go() -> None:
        watched = Watched(gui)
        await gui.open()
        await gui.enter()
        await scenes.a_client(gui.desk, name)
        await gui.desk.clients.fetch()
        desk = gui.desk
        run = await watched.run_at_work(name, "A", "B", "C", seconds=0.2)
        if cause == "lid":
            # Under a cover too.
            watched.nobody_for(10)
            assert desk.is_covered
        began = time.monotonic()
        if cause == "jump":
            watched.clocks.go(3_600)
            watched.guard.tick()
        else:
            watched.signals.happened.emit(cause)
        assert desk.is_locked
        assert screen(gui) is gui.workplace.start
        assert name not in shown_texts()
        left = [one for one in keys_left(desk) if isinstance(one, SymmetricKey)]
        assert len(left) <= 1, "a step on its way needs one key"
        await gui.until("the last key", lambda: desk._registry.is_shut)
        assert time.monotonic() - began < LOCK_S * BUSY
        await watched.locked()
        assert not watched.awake.is_held
        ((title, text),) = watched.notices
        assert title == "A run has stopped"
        assert "Claviger was locked" in text
        assert name not in text
        gui.server.script()
        await gui.enter()
        states = {one.run: one.state for one in await gui.desk.runs.all()}
        assert states[run] == "interrupted"
        assert (await gui.desk.runs.resume(run)).is_done

    gui.run(go())


def test_t82_an_unlocking_ends_with_the_session(gui: Gui) -> None:
    """What is derived when the computer is locked opens nothing behind its back."""

    async def go() -> None:
        watched = Watched(gui)
        await gui.open()
        await gui.enter(is_practice=False)
        gui.workplace.lock()
        await watched.locked()
        start = gui.workplace.start
        for cause in ("session", ""):
            await gui.hand.write(start.unlock_password, password(gui))
            start.unlock_form.submitted.emit()
            if cause:
                await asyncio.sleep(0)  # the derivation begins
                watched.signals.happened.emit(cause)
                assert start.unlock_password.text() == ""
            jobs = gui.workplace.reception.jobs
            await gui.until("the answer", lambda: not jobs.is_busy)  # noqa: B023
            await gui.hand.settle()
            assert (gui.workplace.shell is None) == bool(cause)
            assert start.unlock_form.button.isEnabled()

    gui.run(go())


def test_t82_a_sign_in_ends_with_the_session(gui: Gui) -> None:
    """As an unlocking: nothing opens behind the back of whoever locked the computer."""

    async def go() -> None:
        watched = Watched(gui)
        await gui.open()
        await gui.enter(is_practice=False)
        desks = gui.workplace.fleet.desks if gui.workplace.fleet is not None else None
        assert desks is not None
        (record,) = desks.records
        gui.workplace.lock()
        await watched.locked()
        signing_in = gui.workplace.reception.signing_in
        for cause in ("session", ""):
            attempt = desks.entrance.begin(
                address_of(record), record.email, is_practice=record.is_practice
            )
            signing_in.with_password(attempt, password(gui))
            if cause:
                await asyncio.sleep(0)
                watched.signals.happened.emit(cause)
                assert not signing_in.is_going
            await gui.until("the answer", lambda: not signing_in.jobs.is_busy)
            await gui.hand.settle()
            assert (gui.workplace.shell is None) == bool(cause)
            assert bool(desks.open) != bool(cause)

    gui.run(go())


def test_t81_the_cover_can_be_locked(gui: Gui, name: str) -> None:
    async def go() -> None:
        watched = Watched(gui)
        await gui.open()
        await gui.enter()
        await scenes.a_client(gui.desk, name)
        await gui.desk.clients.fetch()
        desk = gui.desk
        await watched.run_at_work(name, "A", "B")
        watched.nobody_for(10)
        await gui.hand.click(watched.cover.lock_button)
        assert desk.is_locked
        await watched.locked()
        assert keys_left(desk) == []
        assert [title for title, _text in watched.notices] == ["A run has stopped"]

    gui.run(go())


# --- what is said ---------------------------------------------------------------------------------


def test_t81_the_review_says_how_long_and_that_a_lock_stops_it(gui: Gui, name: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        client = await scenes.a_client(gui.desk, name)
        await gui.desk.clients.fetch()
        await _review(gui, name)
        text = shown_texts()
        assert while_it_runs() in text
        assert "Takes about" in text
        assert "second" in text
        gui.workplace._leave_wizard()
        run = await scenes.done(gui.desk, scenes.plan_for(client, "Undone"))
        await gui.show("runs")
        page = gui.shell.built("runs")
        assert isinstance(page, RunsPage)
        view = page.open_run(run)
        await gui.until("the run", lambda: view.state == "done" and not view.jobs.is_busy)
        view.foot.undo.click()
        dialog = await gui.hand.dialog(UndoDialog)
        text = shown_texts()
        assert while_it_runs() in text
        assert "Takes about" in text
        dialog.reject()

    gui.run(go())


def test_t82_the_settings_say_when_it_locks_and_what_shortened_it(gui: Gui) -> None:
    async def go() -> None:
        watched = Watched(gui)
        await gui.open()
        await gui.enter()
        desk = gui.desk
        page = await _settings(gui)
        assert page.lock_after.value() == 10
        assert (page.lock_after.minimum(), page.lock_after.maximum()) == (1, 60)
        assert not page.lock_limit.isVisible()
        page.lock_after.setValue(30)
        assert gui.workplace.preferences.get().lock_after_min == 30
        assert gui.workplace.lock_time().minutes == 30
        await _policy(desk, minutes=5)
        await gui.show("clients")
        page = await _settings(gui)
        assert page.lock_limit.isVisible()
        assert "5 min" in words(page.lock_limit)
        assert shown(desk.session.profile.organizations[0].name) in words(page.lock_limit)
        watched.nobody_for(5)
        assert desk.is_locked

    gui.run(go())


async def _settings(gui: Gui) -> SettingsPage:
    await gui.show("settings")
    page = gui.shell.page
    assert isinstance(page, SettingsPage)
    return page


async def _policy(desk: Desk, minutes: int) -> None:
    """As the lists of an organization that the person belongs to were last read."""
    profile = desk.session.profile
    member_of = msgspec.structs.replace(profile, organizations=profile.provider_organizations[:1])
    desk.session.renew(member_of)
    own = desk.session.profile.organizations[0].id
    policy: dict[str, Any] = {
        "organizationId": str(own),
        "type": int(PolicyType.SESSION_TIMEOUT),
        "enabled": True,
        "data": {"minutes": minutes, "action": "lock"},
    }
    await desk.link.keep(POLICIES, str(own), msgspec.json.encode({"data": [policy]}))
    await desk.read_lock_limit()
