"""Keys in the window: asked for once, marked, blocked, and nothing accepted by Enter (T09, T10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.crypto.encstring import wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import generate_key_pair
from desktop.domain.errors import KeyBlocked
from desktop.domain.ids import UserId
from desktop.domain.records import ProviderClient
from desktop.views.dialogs import ConfirmDialog, Dialog, open_dialogs
from desktop.views.errors import explain
from desktop.views.key_dialogs import AcceptKeysDialog, KeyDialog
from desktop.views.pages.client import ClientPage
from desktop.views.pages.confirm import ConfirmDialog as PhraseDialog
from desktop.views.pages.keys import KeysPage
from desktop.views.pages.which_client import WhichClientDialog
from desktop.views.widgets.buttons import Button
from tests.gui.desk import Gui
from tests.gui.test_confirm import candidates
from tests.gui.test_ways_in import Person, session_back, session_ended

LIST = "/api/providers/[^/]+/organizations"


@pytest.fixture(autouse=True)
def as_it_was(gui: Gui) -> Iterator[None]:
    yield
    gui.server.script()


def tells_other_key(gui: Gui, client: ProviderClient, wrapped: str | None = None) -> None:
    """From now on the list of clients tells another key: a fresh one that opens."""
    place = [one.organization_id for one in gui.desk.clients.all()].index(client.organization_id)
    key = wrapped or wrap_key(gui.desk.session.provider_key, SymmetricKey.generate())
    gui.server.script(
        {
            "path": LIST, "method": "GET", "do": "rewrite", "when": "after", "times": 0,
            "edits": [{"path": f"data.{place}.key", "value": key}],
        }
    )  # fmt: skip


async def alarmed(gui: Gui) -> ProviderClient:
    """A desk that has just been told another key for its first client."""
    await gui.open()
    await gui.enter()
    client = gui.desk.clients.all()[0]
    tells_other_key(gui, client)
    await gui.desk.clients.fetch()
    await gui.until("the strip", gui.shell.keys.strip.isVisible)
    return client


def button(place: QWidget, name: str) -> Button:
    found = place.findChild(Button, name)
    assert isinstance(found, Button)
    return found


async def keys_page(gui: Gui) -> KeysPage:
    gui.shell.show_page("settings")
    button(gui.shell.page, "open_keys").click()
    page = gui.shell.page
    assert isinstance(page, KeysPage)
    return page


def writes(gui: Gui) -> int:
    return sum(
        one["method"] != "GET" and one["path"].startswith("/api/") for one in gui.server.requests()
    )


async def dialog_of(gui: Gui, kind: type[Dialog]) -> Any:
    """The question that stands over the window, once it does."""

    def standing() -> list[Dialog]:
        return [one for one in gui.window.findChildren(kind) if one.isVisible()]

    await gui.until("the question", standing)
    return standing()[0]


async def closed(gui: Gui) -> None:
    await gui.until("no question", lambda: not open_dialogs(gui.window))


def test_t10_one_question_accepts_all_that_a_new_desk_sees(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        gui.doors.practice_desks.entrance.accepts_practice = False
        await gui.enter()
        strip = gui.shell.keys.strip
        assert strip.isVisible()
        assert "Nothing is written there until you accept" in strip.text
        assert not gui.clients.new_button.isEnabled()
        assert "not accepted" in gui.clients.new_button.toolTip()
        row = gui.clients.model.records()[0]
        greyed = {one.text() for one in gui.clients.menu_of(row).actions() if not one.isEnabled()}
        assert greyed >= {"Set up…", "Rename…"}
        strip.button.click()
        page = gui.shell.page
        assert isinstance(page, KeysPage)
        page.accept.click()
        dialog = await dialog_of(gui, AcceptKeysDialog)
        assert dialog.model.rowCount() == len(gui.desk.clients.all())
        # Enter is the safe answer.
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        await closed(gui)
        assert gui.desk.pins.is_first_sight
        page.accept.click()
        dialog = await dialog_of(gui, AcceptKeysDialog)
        dialog.accept_button.click()
        await gui.until("the pins", lambda: gui.desk.pins.new() == ())
        await gui.until("no strip", lambda: not strip.isVisible())
        assert not page.accept.isVisible()
        assert {one.state for one in page.model.records()} == {"trusted"}
        assert {one.by for one in page.model.records()} == {"first"}
        gui.shell.show_page("clients")
        assert gui.clients.new_button.isEnabled()

    gui.run(go())


def test_t09_a_changed_key_is_marked_everywhere_and_written_to_nowhere(gui: Gui) -> None:
    async def go() -> None:
        client = await alarmed(gui)
        before = writes(gui)
        strip = gui.shell.keys.strip
        assert client.organization_name in strip.text.replace("\u2068", "").replace("\u2069", "")
        # Its row says so, its page says so, what would write there is greyed and says why.
        column = gui.clients.model.columns[0]
        rows = {one.client.organization_id: one for one in gui.clients.model.records()}
        badge = column.badge(rows[client.organization_id]) if column.badge else None
        assert badge is not None
        assert badge.text == "Check the key"
        gui.shell.open_client(client.organization_id)
        page = gui.shell.page
        assert isinstance(page, ClientPage)
        await gui.until("its collections", lambda: page._view is not None and page._view.fresh)
        assert page._view is not None
        assert all(one.readable for one in page._view.collections)
        assert page.key_badge.isVisible()
        assert not page._set_up.isEnabled()
        assert "has changed" in page._set_up.toolTip()
        gui.workplace.set_up(client.organization_id, None)
        assert gui.workplace.wizard is None
        # A file dropped anywhere is not offered to it.
        which = WhichClientDialog(gui.workplace.fleet, Path("a.csv"), gui.window)  # type: ignore[arg-type]  # it is open
        offered = {one.client for one in which.model.records()}
        assert client.organization_id not in offered
        assert len(offered) == len(gui.desk.clients.all())
        which.deleteLater()
        assert writes(gui) == before

    gui.run(go())


def test_t09_only_the_typed_name_accepts_a_rotation(gui: Gui) -> None:
    async def go() -> None:
        client = await alarmed(gui)
        page = await keys_page(gui)
        line = page.model.records()[0]
        assert line.state == "changed"
        page._open(line)
        dialog = await dialog_of(gui, ConfirmDialog)
        said = " ".join(
            one.full_text() for one in dialog.findChildren(type(dialog._reason.label))
        ).replace("\u2068", "").replace("\u2069", "")  # fmt: skip
        assert line.short in said
        assert line.other in said
        assert str(client.organization_id)[:8] in said
        assert not dialog.accept_button.isEnabled()
        dialog.field.setText(client.organization_name[:-1])
        assert not dialog.accept_button.isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        dialog.cancel_button.click()
        await closed(gui)
        assert gui.desk.why_not("write", client.organization_id) == "key_changed"
        page._open(line)
        dialog = await dialog_of(gui, ConfirmDialog)
        dialog.field.setText(client.organization_name)
        dialog.accept_button.click()
        await gui.until("accepted", lambda: gui.desk.pins.trouble(client.organization_id) is None)
        await gui.until("no strip", lambda: not gui.shell.keys.strip.isVisible())

    gui.run(go())


def test_t09_the_key_that_comes_back_ends_nothing_by_itself(gui: Gui) -> None:
    async def go() -> None:
        client = await alarmed(gui)
        gui.server.script()
        page = await keys_page(gui)
        page.compare.click()
        await gui.until("compared", page.compare.isEnabled)
        assert gui.desk.why_not("write", client.organization_id) == "key_changed"
        page._open(page.model.records()[0])
        dialog = await dialog_of(gui, ConfirmDialog)
        assert dialog.field is None
        dialog.accept_button.click()
        await gui.until("ended", lambda: gui.desk.pins.trouble(client.organization_id) is None)

    gui.run(go())


def test_t12_both_phrases_stand_where_a_persons_key_changed(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        (anna,) = await candidates(gui, f"anna.{gui.folder.name}@x.example")
        pair, _private = generate_key_pair()
        assert anna.user_id is not None
        gui.desk.pins.confirmed([(UserId(UUID(str(anna.user_id))), pair, anna.email)])
        staff = (await gui.desk.staff.fetch()).data
        (again,) = await gui.desk.confirm.staff_candidates(
            [one for one in staff if one.user_id == anna.user_id]
        )
        dialog = PhraseDialog.for_staff(gui.desk, (again,), gui.window)
        said = dialog._problem.label.full_text()
        assert "-".join(again.former) in said
        assert "-".join(again.phrase) in said
        assert again.former != again.phrase
        assert dialog.accept_button is not None
        assert not dialog.accept_button.isEnabled()
        dialog.reject()
        dialog.deleteLater()
        # Whose very key was compared before is said to be known; a click it takes all the same.
        known = replace(anna, known_since=gui.desk.clock.now())
        dialog = PhraseDialog.for_staff(gui.desk, (known,), gui.window)
        assert "same key" in dialog._known.label.full_text()
        assert not dialog._known.isHidden()
        dialog.reject()
        dialog.deleteLater()

    gui.run(go())


def test_the_page_lists_compares_and_prints(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        page = await keys_page(gui)
        assert page.model.rowCount() == len(gui.desk.clients.all()) + 1
        assert page.model.records()[0].kind == "provider"
        page.compare.click()
        await gui.until("compared", page.compare.isEnabled)
        page.search.setText(gui.desk.clients.all()[0].organization_name)
        await gui.until("one row", lambda: page.model.rowCount() == 1)
        page._open(page.model.record(0))
        dialog = await dialog_of(gui, KeyDialog)
        dialog.accept_button.click()
        await closed(gui)
        file = gui.folder / "keys.pdf"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        page.print_on(printer)
        await gui.until("printed", lambda: not page.jobs.is_busy)
        assert file.read_bytes().startswith(b"%PDF")
        assert file.stat().st_size > 2_000
        button(page, "back_to_settings").click()
        assert gui.shell._current == "settings"

    gui.run(go())


def test_every_reason_of_a_blocked_key_has_words(gui: Gui) -> None:
    for kind, reasons in (
        ("organization", ("new", "changed", "unreadable", "shared")),
        ("provider", ("new", "changed", "unreadable")),
        ("user", ("changed", "unreadable")),
        ("recovery", ("changed", "unproved")),
    ):
        said = {explain(KeyBlocked(kind, "1234abcd", one, name="Acme")).title for one in reasons}
        assert len(said) == len(reasons)
        assert all("Acme" in one for one in said)


def test_t03_signing_in_again_asks_before_it_takes_weaker_settings(gui: Gui) -> None:
    settings = {"kdfType": 0, "iterations": 100_000, "memory": None, "parallelism": None}
    lie = {
        "path": "/identity/accounts/prelogin.*", "do": "status", "status": 200, "times": 0,
        "body": {"kdfSettings": settings, "salt": None},
    }  # fmt: skip

    def tokens() -> int:
        return sum(one["path"].endswith("/connect/token") for one in gui.server.requests())

    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        alice = Person(gui)
        dialog = await session_ended(gui, alice)
        gui.server.script(lie)
        before = tokens()
        await gui.hand.write(dialog.password, alice.password)
        for _twice in range(2):
            # Enter asks again; it takes nothing.
            await gui.hand.enter()
            await gui.until("the question", dialog.take.isVisible)
            said = dialog.field.below_text()
            assert "600,000" in said
            assert "100,000" in said
            assert tokens() == before
        await gui.hand.click(dialog.take)
        # With the settings the server wanted the password does not fit: it was sent by a click.
        await gui.until("an answer", lambda: "not right" in dialog.field.below_text())
        assert tokens() == before + 1
        gui.server.script()
        await gui.hand.write(dialog.password, alice.password)
        await gui.hand.enter()
        await session_back(gui, dialog)

    gui.run(go())
