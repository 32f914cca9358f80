"""Plans made without a line: kept, offered when it is back, checked, started by a click only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.views.dialogs import ConfirmDialog
from desktop.views.pages.client_dialogs import RenameDialog
from desktop.views.pages.runs import RunsPage
from desktop.views.setup.run import RunView
from desktop.views.setup.run_panels import ConflictPanel
from tests.gui import run_scenes as scenes
from tests.gui.desk import Gui
from tests.gui.test_runs import (
    at_rest,
    entered,
    groups_of,
    opened,
    shortest_password,
    state_is,
    told,
)
from tests.practice_process import PracticeHandle


async def cut(gui: Gui) -> None:
    practice = gui.workplace.practice
    assert practice is not None
    await gui.hand.click(practice.ribbon.cut)
    await gui.until("the end of the line", lambda: not gui.desk.online)


async def mend(gui: Gui) -> None:
    practice = gui.workplace.practice
    assert practice is not None
    await gui.hand.click(practice.ribbon.cut)
    await gui.until("the line", lambda: gui.desk.online)
    await gui.idle()


def writes(server: PracticeHandle) -> int:
    """Requests that may change something, apart from those of signing in."""
    return sum(
        one["method"] != "GET" and "/identity/" not in one["path"] for one in server.requests()
    )


def test_what_is_planned_without_a_line_waits_for_a_click(gui: Gui, name: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await scenes.a_client(gui.desk, name)
        await gui.open_client(name)
        await gui.show("clients")
        await cut(gui)
        sent = writes(gui.server)
        gui.workplace.set_up(gui.client(name).organization_id, None)
        await gui.until("the questions", lambda: gui.setup.frame is not None)
        setup = gui.setup
        setup.answers.groups.append("Night")
        await gui.to_step("review")
        frame = setup.frame
        assert frame is not None
        assert frame.continue_button.text() == "Keep as a draft"
        await gui.hand.click(frame.continue_button)
        await gui.until("the draft", lambda: setup.run_view is not None)
        view = setup.run_view
        assert view is not None
        await state_is(gui, view, "draft")
        assert "Nothing is sent" in view.head.note.label.full_text()
        assert "connection" in view.foot.start.accessibleDescription()
        assert not view.foot.start.isEnabled()
        await gui.hand.click(view.foot.close_button)
        assert not gui.shell.drafts.isVisible()
        await mend(gui)
        await gui.until("the strip", gui.shell.drafts.isVisible)
        assert writes(gui.server) == sent, "the line alone starts nothing"
        await gui.hand.click(gui.shell.drafts.show_button)
        page = gui.shell.page
        assert isinstance(page, RunsPage)
        await gui.until("the draft", lambda: page.model.rowCount() == 1)
        page.table.setFocus()
        page.table.select_row(0)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        again = page.view_of(page.model.visible_records()[0].run)
        assert again is not None
        await state_is(gui, again, "draft")
        assert "nothing has changed" in again.head.note.label.full_text()
        assert writes(gui.server) == sent, "checking only reads"
        assert again.foot.start.hasFocus()
        QTest.keyClick(again.foot.start, Qt.Key.Key_Space)
        await state_is(gui, again, "done")
        assert groups_of(gui.server, name) == ["Night"]

    gui.run(go())


def test_a_small_edit_is_kept_and_said_to_be(gui: Gui, name: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await scenes.a_client(gui.desk, name)
        await gui.until("the row", lambda: any(gui.clients.model.records()))
        await cut(gui)
        sent = writes(gui.server)
        gui.clients._rename(gui.desk, gui.client(name))
        dialog = await gui.hand.dialog(RenameDialog)
        dialog.name.clear()
        await gui.hand.write(dialog.name, f"{name} new")
        assert dialog.accept_button is not None
        assert dialog.accept_button.text() == "Keep as a draft"
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("the word", gui.shell.toasts.text)
        assert "draft" in gui.shell.toasts.text()
        await mend(gui)
        assert writes(gui.server) == sent
        (draft,) = [one for one in await gui.desk.runs.all() if one.state == "draft"]
        view = await opened(gui, draft.run)
        await gui.hand.click(view.foot.start)
        await state_is(gui, view, "done")
        names = {one["name"] for one in gui.server.state()["organizations"]}
        assert f"{name} new" in names
        assert name not in names

    gui.run(go())


async def changed_draft(gui: Gui, name: str) -> tuple[RunView, ConflictPanel]:
    await entered(gui)
    client = await scenes.a_client(gui.desk, name)
    plan = scenes.plan_for(client, "Night", shortest_password=16)
    run = await gui.desk.runs.start(plan, draft=True)
    await scenes.shortest_password(gui.desk, name, 20)
    view = await opened(gui, run)
    await gui.until("the question", view.decisions.place.isVisible)
    await at_rest(gui, view)
    (panel,) = view.decisions.place.panels()
    assert isinstance(panel, ConflictPanel)
    return view, panel


@pytest.mark.parametrize(("choice", "length"), [("leave", 20), ("overwrite", 16)])
def test_t54_a_draft_asks_about_what_has_changed_before_it_starts(
    gui: Gui, name: str, choice: str, length: int
) -> None:
    async def go() -> None:
        view, panel = await changed_draft(gui, name)
        assert {"16", "20"} <= set(told(panel))
        assert not view.foot.start.isEnabled()
        assert view.foot.start.accessibleDescription() == "Decide first about what has changed."
        button = panel.leave if choice == "leave" else panel.overwrite
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        await gui.until("the way on", view.foot.start.isEnabled)
        await at_rest(gui, view)
        assert view.state == "draft", "an answer starts nothing"
        assert groups_of(gui.server, name) == []
        assert "is decided" in view.head.note.label.full_text()
        await gui.hand.click(view.foot.start)
        await state_is(gui, view, "done")
        assert shortest_password(gui.server, name) == length
        assert groups_of(gui.server, name) == ["Night"]

    gui.run(go())


def test_a_draft_is_thrown_away_after_a_question_and_never_listed(gui: Gui, name: str) -> None:
    async def go() -> None:
        page = await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        run = await gui.desk.runs.start(scenes.plan_for(client, "Night"), draft=True)
        view = await opened(gui, run)
        await gui.hand.click(view.foot.discard)
        dialog = await gui.hand.dialog(ConfirmDialog)
        assert dialog.cancel_button is not None
        assert dialog.cancel_button.text() == "Keep the draft"
        assert dialog.accept_button is not None
        await gui.hand.click(dialog.accept_button)
        await gui.until("the list", page.table.isVisible)
        await gui.until("one run less", lambda: run not in {r.run for r in page.model.records()})
        assert groups_of(gui.server, name) == []

    gui.run(go())


def test_a_draft_outlives_a_lock(gui: Gui, name: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        client = await scenes.a_client(gui.desk, name)
        run = await gui.desk.runs.start(scenes.plan_for(client, "Night"), draft=True)
        sent = writes(gui.server)
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        await gui.enter()
        await gui.until("the strip", gui.shell.drafts.isVisible)
        assert "1" in gui.shell.drafts.text
        assert run in {one.run for one in await gui.desk.runs.all() if one.state == "draft"}
        assert writes(gui.server) == sent

    gui.run(go())
