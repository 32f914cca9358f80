"""Taking a run back: it is read first, what stays is named, and others' work is asked about."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.ids import RunId
from desktop.plans.known import KnownClient
from desktop.views.pages.runs import RunsPage
from desktop.views.setup.run import RunView
from desktop.views.setup.undo import UndoDialog
from tests.gui import run_scenes as scenes
from tests.gui.desk import Gui
from tests.gui.test_runs import at_rest, entered, groups_of, opened, state_is, told


def parts_of(gui: Gui, client: str) -> dict[str, Any]:
    """What the server holds of a client, without what a server counts up by itself."""
    state = gui.server.state()
    (made,) = [one["id"] for one in state["organizations"] if one["name"] == client]
    found: dict[str, Any] = {
        kind: sorted(
            json.dumps({name: value for name, value in one.items() if "Date" not in name})
            for one in state[kind]
            if one.get("organizationId") == made
        )
        for kind in ("groups", "collections", "members")
    }
    # A policy that was never there and one that is off are the same to everybody.
    found["policies"] = [
        (one["type"], one["data"])
        for one in state["policies"]
        if one["organizationId"] == made and one["enabled"]
    ]
    return found


async def made(gui: Gui, name: str) -> tuple[KnownClient, RunId, RunView]:
    """A run that made a group, a collection and a policy."""
    await entered(gui)
    client = await scenes.a_client(gui.desk, name)
    plan = scenes.plan_for(client, "Night", collections=("Archive",), shortest_password=16)
    run = await scenes.done(gui.desk, plan)
    return client, run, await opened(gui, run)


async def asked(gui: Gui, view: RunView) -> UndoDialog:
    await gui.hand.click(view.foot.undo)
    dialog = await gui.hand.dialog(UndoDialog)
    await gui.until("its names", lambda: not dialog.jobs.is_busy)
    await gui.hand.settle()
    return dialog


async def taken_back(gui: Gui, dialog: UndoDialog, name: str) -> RunView:
    """Confirms; the view of the run that takes back, at its end."""
    former = shown(gui)
    assert dialog.typed is not None
    dialog.typed.clear()
    await gui.hand.write(dialog.typed, name)
    assert dialog.accept_button is not None
    await gui.hand.click(dialog.accept_button)
    await gui.hand.gone(dialog)
    await gui.until("the run that takes back", lambda: shown(gui) is not former)
    view = shown(gui)
    await state_is(gui, view, "done")
    return view


def shown(gui: Gui) -> RunView:
    page = gui.shell.page
    assert isinstance(page, RunsPage)
    view = page._open_view()
    assert view is not None
    return view


def test_a_run_is_taken_back_by_a_run_of_its_own(gui: Gui, name: str) -> None:
    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        before = parts_of(gui, name)
        plan = scenes.plan_for(client, "Night", collections=("Archive",), shortest_password=16)
        run = await scenes.done(gui.desk, plan)
        assert parts_of(gui, name) != before
        view = await opened(gui, run)
        dialog = await asked(gui, view)
        words = "\n".join(told(dialog))
        assert "Will be undone (3)" in words
        for step in ("Night", "Archive", "Master password"):
            assert step in words, step
        assert "requests" in words
        accept = dialog.accept_button
        assert accept is not None
        assert accept.accessibleDescription() == "The name is not complete yet"
        assert dialog.typed is not None
        await gui.hand.write(dialog.typed, name)
        assert accept.isEnabled()
        QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
        assert dialog.isVisible(), "Enter deletes nothing"
        back = await taken_back(gui, dialog, name)
        assert back.run != run
        assert parts_of(gui, name) == before
        # Both say of each other what they are.
        assert "Undoes" in back.head.tied.text()
        await gui.hand.click(back.head.tied)
        first = shown(gui)
        assert first.run == run
        await gui.until("the tie", first.head.tied.isVisible)
        await at_rest(gui, first)
        assert "Undone by" in first.head.tied.text()
        assert not first.foot.undo.isVisible()

    gui.run(go())


def test_someone_else_s_change_is_kept_unless_it_is_put_back(gui: Gui, name: str) -> None:
    async def go() -> None:
        _client, _run, view = await made(gui, name)
        await scenes.shortest_password(gui.desk, name, 30)
        dialog = await asked(gui, view)
        words = told(dialog)
        for word in ("Before the run", "This run set", "On the server now", "16", "30"):
            assert word in words, word
        (picker,) = dialog.pickers.values()
        assert picker.key() == "keep"
        await taken_back(gui, dialog, name)
        assert groups_of(gui.server, name) == []
        assert parts_of(gui, name)["policies"], "theirs stays"

    gui.run(go())


def test_putting_back_changes_the_plan_that_is_shown(gui: Gui, name: str) -> None:
    async def go() -> None:
        _client, _run, view = await made(gui, name)
        await scenes.shortest_password(gui.desk, name, 30)
        dialog = await asked(gui, view)
        assert "Will be undone (2)" in told(dialog)
        (picker,) = dialog.pickers.values()
        picker._group.button(0).setFocus()
        QTest.keyClick(picker._group.button(0), Qt.Key.Key_Right)
        QTest.keyClick(picker._group.button(1), Qt.Key.Key_Space)
        await gui.until("the new plan", lambda: "Will be undone (3)" in told(dialog))
        await taken_back(gui, dialog, name)
        assert parts_of(gui, name)["policies"] == []

    gui.run(go())


def test_what_cannot_be_taken_back_is_named_beforehand(gui: Gui, name: str) -> None:
    async def go() -> None:
        await entered(gui)
        client = await scenes.a_client(gui.desk, name)
        preview = scenes.a_file()
        plan = scenes.plan_for(client, "Night", collections=("Office", "Servers"), preview=preview)
        run = await gui.desk.runs.start(plan, preview)
        await gui.desk.runs.run(run)
        view = await opened(gui, run)
        items = len(gui.server.state()["ciphers"])
        dialog = await asked(gui, view)
        words = "\n".join(told(dialog))
        assert "Stays as it is" in words
        assert "imported item" in words
        assert "Only a member of the client can remove items" in words
        await taken_back(gui, dialog, name)
        assert groups_of(gui.server, name) == []
        assert len(gui.server.state()["ciphers"]) == items

    gui.run(go())


def test_a_run_that_only_made_the_client_has_nothing_to_undo(gui: Gui, name: str) -> None:
    async def go() -> None:
        page = await entered(gui)
        await scenes.a_client(gui.desk, name)
        await gui.until("the row", lambda: page.model.total_count == 1)
        (run,) = page.model.records()
        view = await opened(gui, run.run)
        assert not view.foot.undo.isVisible()

    gui.run(go())


def test_without_a_line_nothing_is_undone_and_it_says_why(gui: Gui, name: str) -> None:
    async def go() -> None:
        _client, _run, view = await made(gui, name)
        practice = gui.workplace.practice
        assert practice is not None
        await gui.hand.click(practice.ribbon.cut)
        await gui.until("the reason", lambda: not view.foot.undo.isEnabled())
        assert "connection" in view.foot.undo.accessibleDescription()
        await gui.hand.click(practice.ribbon.cut)
        await gui.until("the connection", view.foot.undo.isEnabled)

    gui.run(go())
