"""Forgetting a client on this computer: asked with its name, and then really gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.services.forgotten import FORGOTTEN
from desktop.views.dialogs import ConfirmDialog
from desktop.views.pages.client import ClientPage
from tests.end2end.stage import setup
from tests.gui import controls, measure
from tests.gui.desk import Gui
from tests.gui.history import Client, asks_no_server, open_menu, told

FORGET = "Forget this client…"


class Imported(Client):
    """A client whose vault was filled from here, and who was changed afterwards."""

    async def make(self) -> None:
        self.name = f"Client {self.tag}"
        desk = self.gui.desk
        run = await desk.runs.start(*setup(self.tag, rows=6))
        await desk.runs.run(run)
        await self.round()
        await self.rename_group("Sales & Co")
        await self.round()


def rows(folder: Path, table: str) -> int:
    """Rows of a table in the profile's files, as anybody with the disk could count them."""
    found = 0
    for path in _files(folder):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            if table in names:
                found += database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return found


def _files(folder: Path) -> Iterator[Path]:
    yield from folder.rglob("*.db")


async def kept(gui: Gui, client: Client) -> set[str]:
    """Kinds of what is kept of a client."""
    labels = await gui.desk.link.disk(gui.desk.link.snapshots.kinds)
    return {one.kind for one in labels if one.owner == str(client.id)}


async def forget_action(gui: Gui, page: ClientPage) -> QAction:
    """The line of the client's menu, opened by keyboard."""
    page.more.setFocus()
    QTest.keyClick(page.more, Qt.Key.Key_Space)
    await gui.idle()
    return next(one for one in open_menu().actions() if one.text().startswith(FORGET))


async def question(gui: Gui, page: ClientPage) -> ConfirmDialog:
    action = await forget_action(gui, page)
    assert action.isEnabled()
    open_menu().setActiveAction(action)
    QTest.keyClick(open_menu(), Qt.Key.Key_Return)
    return await gui.hand.dialog(ConfirmDialog)


def of_client(server_state: dict[str, Any], client: Client) -> dict[str, list[Any]]:
    return {
        kind: [row for row in rows if row.get("organizationId") == str(client.id)]
        for kind, rows in server_state.items()
        if isinstance(rows, list) and rows and isinstance(rows[0], dict)
    }


def test_a_client_is_forgotten_after_its_name_was_typed(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        client = Imported(gui)
        await client.make()
        page = await gui.open_client(client.name)
        page.tabs.choose("changes")
        await gui.idle()
        assert "Group renamed: Sales → Sales & Co" in told(page.changes.model)
        before = gui.server.state()
        assert rows(gui.folder, "ledger") == 6
        assert {"members", "groups", "policies", "collections"} <= await kept(gui, client)
        with asks_no_server(gui):
            dialog = await question(gui, page)
            texts = " ".join(measure.shown_texts(measure.visible(dialog), []))
            for said in ("The client on the server stays", "no duplicates", "no undo", "local log"):
                assert said in texts
            seen = measure.visible(dialog)
            assert list(controls.unnamed(seen)) == []
            assert list(controls.without_reason(seen)) == []
            assert dialog.field is not None
            assert dialog.accept_button is not None
            for typed in ("", client.name[:-1], client.name.upper()):
                dialog.field.setText(typed)
                assert not dialog.accept_button.isEnabled()
                assert dialog.accept_button.accessibleDescription()
            # Enter never does what cannot be taken back.
            dialog.field.setText(client.name)
            QTest.keyClick(dialog.field, Qt.Key.Key_Return)
            assert dialog.isVisible()
        asked = len(gui.server.requests())
        await gui.hand.click(dialog.accept_button)
        await gui.hand.gone(dialog)
        await gui.until("the word", gui.shell.toasts.text)
        await gui.idle()
        assert client.name in gui.shell.toasts.text()
        # Its page is gone, its line in the list of clients is not: it is a client still.
        assert gui.shell.page is gui.clients
        assert gui.shell.sidebar._clients == {}
        assert client.name in {one.name for one in gui.clients.model.records()}
        assert await kept(gui, client) <= {FORGOTTEN}
        assert rows(gui.folder, "ledger") == 0
        log = await gui.desk.log.entries(limit=1)
        assert (log[0].what, log[0].client) == ("client_forgotten", client.id)
        await gui.show("changes")
        left = gui.shell.page.list.model  # type: ignore[attr-defined]  # the page of changes
        assert not [one for one in told(left) if "Sales" in one]
        assert of_client(gui.server.state(), client) == of_client(before, client)
        # The background leaves it alone until somebody opens it again.
        await client.round()
        paths = [one["path"] for one in gui.server.requests()[asked:]]
        assert paths
        assert not [path for path in paths if str(client.id) in path]
        page = await gui.open_client(client.name)
        assert "Sales & Co" in {one.name for one in page.table("groups").records()}
        page.tabs.choose("changes")
        await gui.idle()
        assert told(page.changes.model) == []

    gui.run(go())


def test_t73_t70_the_name_to_type_stands_there_as_it_is(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        client = Client(gui, "<b>R&D</b> &Delete")
        await client.make()
        page = await gui.open_client(client.name)
        dialog = await question(gui, page)
        labels = [one for one in measure.visible(dialog) if isinstance(one, QLabel)]
        asked = [one for one in labels if one.text().endswith("to continue")]
        assert [one.text() for one in asked] == [f"Type \u2068{client.name}\u2069 to continue"]
        # With a buddy an ampersand is not shown, and Alt and the letter after it would act.
        assert not [one for one in labels if "&" in one.text() and one.buddy() is not None]
        assert all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)
        assert dialog.field is not None
        assert dialog.field.accessibleName() == asked[0].text()
        await gui.hand.press(dialog, Qt.Key.Key_Escape)
        await gui.hand.gone(dialog)

    gui.run(go())


def test_keeping_the_client_changes_nothing(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        client = Client(gui)
        await client.make()
        page = await gui.open_client(client.name)
        before = await kept(gui, client)
        dialog = await question(gui, page)
        assert dialog.field is not None
        dialog.field.setText(client.name)
        await gui.hand.press(dialog, Qt.Key.Key_Escape)
        await gui.hand.gone(dialog)
        await gui.idle()
        assert gui.shell.page is page
        assert await kept(gui, client) == before

    gui.run(go())


@pytest.mark.parametrize("is_draft", [False, True], ids=["run", "draft"])
def test_what_did_not_end_keeps_its_client_from_being_forgotten(gui: Gui, is_draft: bool) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        client = Client(gui)
        await client.make()
        seats = gui.desk.clients.seats_plan(gui.client(client.name), 12)
        run = await gui.desk.runs.start(seats, draft=is_draft)
        page = await gui.open_client(client.name)
        action = await forget_action(gui, page)
        assert not action.isEnabled()
        assert "has not ended yet" in action.toolTip()
        open_menu().close()
        # Asked all the same, for a run may have begun meanwhile: refused, with nothing removed.
        before = await kept(gui, client)
        page._forget_now(is_sure=True)
        await gui.until("the reason", gui.shell.toasts.text)
        assert "forgotten" not in gui.shell.toasts.text()
        assert gui.shell.page is page
        assert await kept(gui, client) == before
        await gui.desk.runs.abandon(run)
        action = await forget_action(gui, page)
        assert action.isEnabled()
        open_menu().close()

    gui.run(go())


def test_a_client_is_forgotten_without_a_connection_too(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        client = Client(gui)
        await client.make()
        page = await gui.open_client(client.name)
        practice = gui.workplace.practice
        assert practice is not None
        practice.ribbon.cut.click()
        await gui.until("the strip", gui.shell.strip.isVisible)
        dialog = await question(gui, page)
        assert dialog.field is not None
        assert dialog.accept_button is not None
        dialog.field.setText(client.name)
        await gui.hand.click(dialog.accept_button)
        await gui.hand.gone(dialog)
        await gui.until("the word", gui.shell.toasts.text)
        assert await kept(gui, client) <= {FORGOTTEN}

    gui.run(go())
