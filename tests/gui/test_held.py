"""A list of the server that lost much at once: shown, explained, and decided by a person (T21)."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.views.strips import HeldStrip
from desktop.views.sync_news import HeldDialog
from tests.gui import controls, measure
from tests.gui.desk import Gui
from tests.gui.history import Calendar, Client, asks_no_server, told

LOOK, TAKE, KEEP = range(3)


def strip(gui: Gui) -> HeldStrip:
    return gui.shell.held.strip


def answer(path: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """The server says that this is its list, whenever it is asked."""
    body = {"object": "list", "data": list(rows), "continuationToken": None}
    return {"method": "GET", "path": path, "times": 0, "do": "status", "status": 200, "body": body}


def members_of(client: Client) -> str:
    return f"/api/organizations/{client.id}/users"


async def held_members(gui: Gui, calendar: Calendar, name: str = "") -> Client:
    """A client of five people, of whom the server suddenly lists none."""
    calendar.days_ago = 1
    await gui.open()
    await gui.enter()
    client = Client(gui, name)
    await client.make()
    calendar.days_ago = 0
    assert not strip(gui).isVisible()
    gui.server.script(answer(members_of(client)))
    await client.round()
    await gui.until("the strip", strip(gui).isVisible)
    return client


async def members_shown(gui: Gui, client: Client) -> list[str]:
    page = await gui.open_client(client.name)
    page.tabs.choose("members")
    await gui.idle()
    return sorted(one.email for one in page.table("members").records())


def test_t21_a_list_that_lost_much_is_shown_and_waits_for_a_word(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await held_members(gui, calendar)
        everybody = sorted([client.owner, *client.people])
        assert f"list of members of \u2068{client.name}\u2069" in strip(gui).text
        assert "5\u2069 → \u20680" in strip(gui).text
        assert "You still see the former list." in strip(gui).text
        assert await members_shown(gui, client) == everybody
        seen = measure.visible(gui.window)
        assert list(controls.unnamed(seen)) == []
        assert list(controls.unreachable(seen)) == []
        # By keyboard: the dialog names everybody that would go, and decides nothing.
        look = strip(gui).buttons[LOOK]
        look.setFocus()
        with asks_no_server(gui):
            QTest.keyClick(look, Qt.Key.Key_Space)
            dialog = await gui.hand.dialog(HeldDialog)
            assert [dialog.model.record(n)[1] for n in range(5)] == everybody
            texts = measure.shown_texts(measure.visible(dialog), [])
            assert any("5 row" in text and "would go" in text for text in texts)
            assert list(controls.unnamed(measure.visible(dialog))) == []
            await gui.hand.press(dialog, Qt.Key.Key_Escape)
            await gui.hand.gone(dialog)
        assert strip(gui).isVisible()
        assert await members_shown(gui, client) == everybody

    gui.run(go())


def test_t21_keeping_the_former_is_asked_once(gui: Gui, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await held_members(gui, calendar)
        with asks_no_server(gui):
            await gui.hand.click(strip(gui).buttons[KEEP])
            await gui.until("the decision", lambda: not strip(gui).isVisible())
        assert gui.shell.toasts.text() == "The former list stays."
        # The same answer is no question any more, another one is.
        await client.round()
        await gui.idle()
        assert not strip(gui).isVisible()
        assert len(await members_shown(gui, client)) == 5
        member = next(
            one for one in gui.server.state()["members"] if one["email"] == client.people[0]
        )
        row = {
            "object": "organizationUserUserDetails",
            "id": member["id"],
            "email": client.people[0],
            "type": 2,
            "status": 0,
            "collections": [],
            "groups": [],
        }
        gui.server.script(answer(members_of(client), row))
        await client.round()
        await gui.until("the strip again", strip(gui).isVisible)
        assert "5\u2069 → \u20681" in strip(gui).text
        # The server lists everybody again: nothing is left to decide.
        gui.server.script()
        await client.round()
        await gui.until("the end", lambda: not strip(gui).isVisible())
        assert len(await members_shown(gui, client)) == 5

    gui.run(go())


def test_t21_the_new_list_is_taken_and_the_former_stays_in_the_history(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await held_members(gui, calendar)
        page = await gui.open_client(client.name)
        page.tabs.choose("members")
        await gui.idle()
        assert len(page.table("members").records()) == 5
        with asks_no_server(gui):
            await gui.hand.click(strip(gui).buttons[TAKE])
            await gui.until("the decision", lambda: not strip(gui).isVisible())
            await gui.until("the news", lambda: not page.table("members").records())
        assert gui.shell.toasts.text() == "The new list is shown."
        page.tabs.choose("changes")
        await gui.idle()
        gone = [one for one in told(page.changes.model) if one.endswith("is no longer a member")]
        assert len(gone) == 5
        # Nothing was sent that changes anything: they are all still there on the server.
        emails = {one["email"] for one in gui.server.state()["members"]}
        assert {client.owner, *client.people} <= emails

    gui.run(go())


def test_t21_several_lists_are_decided_one_after_the_other(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await held_members(gui, calendar)
        known = gui.clients.model.rowCount()
        providers = "/api/providers/[^/]*/organizations"
        gui.server.script(answer(members_of(client)), answer(providers))
        await client.round()
        await gui.until("the second", lambda: "1 more list" in strip(gui).text)
        assert gui.clients.model.rowCount() == known
        await gui.hand.click(strip(gui).buttons[KEEP])
        await gui.until("the other", lambda: "list of clients" in strip(gui).text)
        assert "more list" not in strip(gui).text
        assert all(button.isEnabled() for button in strip(gui).buttons)
        await gui.hand.click(strip(gui).buttons[KEEP])
        await gui.until("the end", lambda: not strip(gui).isVisible())
        assert gui.clients.model.rowCount() == known

    gui.run(go())


def test_t70_t74_names_in_a_held_list_do_no_harm(gui: Gui, monkeypatch: pytest.MonkeyPatch) -> None:
    calendar = Calendar(monkeypatch)

    async def go() -> None:
        client = await held_members(gui, calendar, "<img src='x'>\u202eR&D")
        marked = "<img src='x'>\u2039U+202E\u203aR&D"
        assert marked in strip(gui).text
        strip(gui).buttons[LOOK].click()
        dialog = await gui.hand.dialog(HeldDialog)
        for window in (gui.window, dialog):
            seen = measure.visible(window)
            labels = [one for one in seen if isinstance(one, QLabel)]
            assert labels
            assert all(one.textFormat() == Qt.TextFormat.PlainText for one in labels)
            spoken = {text for _widget, text in measure.spoken_texts(seen)}
            assert not [text for text in spoken if "\u202e" in text]
        assert any(marked in text for text in measure.shown_texts(measure.visible(dialog), []))
        await gui.hand.press(dialog, Qt.Key.Key_Escape)
        await gui.hand.gone(dialog)
        assert client.name in {one.organization_name for one in gui.desk.clients.all()}

    gui.run(go())
