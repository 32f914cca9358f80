"""What a desktop program is expected to do: keys, menus, what it remembers, single dialogs."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTableView, QWidget

from desktop.domain.enums import ProviderUserType
from desktop.domain.events import ConnectionStateChanged, SessionEnded
from desktop.views.dialogs import Dialog
from desktop.views.pages.client import ClientPage
from desktop.views.pages.client_dialogs import RenameDialog
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.pages.member_dialogs import InviteDialog
from desktop.views.practice import InboxDialog
from desktop.views.widgets.table import RecordTable
from tests.gui.desk import Gui, open_dialogs
from tests.gui.history import open_menu

FIRST = "My Client's Organization"
CONTROL = Qt.KeyboardModifier.ControlModifier


def row_of(table: RecordTable, text: str) -> int:
    model = table.record_model()
    column = model.section_of("name")
    return next(n for n in range(model.rowCount()) if model.index(n, column).data() == text)


def lines_of(menu: QMenu) -> list[tuple[str, bool]]:
    return [(a.text(), a.isEnabled()) for a in menu.actions() if not a.isSeparator()]


def mouse(widget: QWidget, kind: QEvent.Type, spot: QPoint) -> None:
    """One event of the left button; QTest's own moves would run a loop inside the task."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind is QEvent.Type.MouseMove else left
    buttons = none if kind is QEvent.Type.MouseButtonRelease else left
    event = QMouseEvent(
        kind,
        QPointF(spot),
        QPointF(widget.mapToGlobal(spot)),
        button,
        buttons,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


async def accepted_colleague(gui: Gui) -> str:
    """Somebody who accepted the provider's invitation and waits for the key."""
    email = f"kim.{uuid4().hex[:6]}@havenlicht.example"
    plan = gui.desk.staff.invite_plan((email,), ProviderUserType.SERVICE_USER)
    await gui.desk.runs.execute(plan)
    gui.server.accept(email)
    await gui.desk.staff.fetch()
    return email


def test_enter_opens_and_ctrl_f_searches(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        table = gui.clients.table
        await gui.shortcut(Qt.Key.Key_F, CONTROL)
        assert gui.clients.search.hasFocus()
        QTest.keyClicks(gui.clients.search, "second")
        QTest.keyClick(gui.clients.search, Qt.Key.Key_Return)
        assert gui.clients.model.rowCount() == 1
        QTest.keyClick(gui.clients.search, Qt.Key.Key_Escape)
        assert gui.clients.model.rowCount() >= 3
        QTest.keyClick(gui.clients.search, Qt.Key.Key_Escape)
        assert not gui.clients.search.hasFocus()
        table.setFocus()
        table.select_row(row_of(table, FIRST))
        QTest.keyClick(table, Qt.Key.Key_Return)
        await gui.until("the client", lambda: isinstance(gui.shell.page, ClientPage))
        await gui.shortcut(Qt.Key.Key_F, CONTROL)
        assert gui.client_page.search.hasFocus()

    gui.run(go())


def test_f5_reads_anew(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        before = len(gui.server.requests())
        await gui.shortcut(Qt.Key.Key_F5)
        await gui.idle()
        paths = [one["path"] for one in gui.server.requests()[before:]]
        assert any("/clients" in path or "organizations" in path for path in paths), paths

    gui.run(go())


def test_rows_are_copied_for_a_spreadsheet(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        table = gui.clients.table
        table.setFocus()
        table.select_row(row_of(table, FIRST))
        QTest.keyClick(table, Qt.Key.Key_C, CONTROL)
        told = QGuiApplication.clipboard().text().split("\t")
        assert told[0] == FIRST
        assert told[1] == "Enterprise"

    gui.run(go())


def test_del_asks_before_it_removes(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        page = await gui.members_shown()
        count = page.model.rowCount()
        row = next(n for n in range(count) if page.model.record(n).email.startswith("dina"))
        page.table.setFocus()
        page.table.select_row(row)
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
        question = await gui.hand.dialog(Dialog)
        assert question.accept_button is not None
        assert not question.accept_button.isDefault()
        QTest.keyClick(question, Qt.Key.Key_Return)
        assert question.isVisible()
        await gui.hand.press(question, Qt.Key.Key_Escape)
        await gui.hand.gone(question)
        await gui.idle()
        assert page.model.rowCount() == count

    gui.run(go())


def test_a_right_click_and_the_dots_open_the_same_menu(gui: Gui) -> None:
    async def menu_after(act: Callable[[], None]) -> list[tuple[str, bool]]:
        act()
        await gui.hand.settle()
        menu = open_menu()
        lines = lines_of(menu)
        menu.close()
        await gui.hand.settle()
        return lines

    async def compare(table: RecordTable, row: int) -> None:
        model = table.record_model()
        # Other tests have made clients too: the row may stand below what is seen.
        table.scrollTo(model.index(row, 0))
        await gui.hand.settle()
        dots = table.visualRect(model.index(row, len(model.columns) - 1)).center()
        spot = table.visualRect(model.index(row, 1)).center()

        def right_click() -> None:
            reason = QContextMenuEvent.Reason.Mouse
            where = table.viewport().mapToGlobal(spot)
            event = QContextMenuEvent(reason, spot, where)
            QApplication.sendEvent(table.viewport(), event)

        def key() -> None:
            table.select_row(row)
            QTest.keyClick(table, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

        def press_dots() -> None:
            QTest.mouseClick(
                table.viewport(),
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                QPoint(dots),
            )

        menus = [await menu_after(act) for act in (right_click, key, press_dots)]
        assert menus[0]
        assert menus[0] == menus[1] == menus[2]

    async def go() -> None:
        await gui.open()
        await gui.enter()
        await compare(gui.clients.table, row_of(gui.clients.table, FIRST))
        page = await gui.members_shown()
        await compare(page.table, 0)

    gui.run(go())


def test_place_widths_and_sort_are_remembered(gui: Gui) -> None:
    async def go() -> None:
        await gui.open(size=(1111, 777))
        await gui.enter()
        table = gui.clients.table
        header = table.horizontalHeader()
        used = gui.clients.model.section_of("used")
        edge = header.sectionViewportPosition(used) + header.sectionSize(used)
        middle = header.height() // 2
        header.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        before = header.sectionSize(used)
        press, move, release = (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseMove,
            QEvent.Type.MouseButtonRelease,
        )
        mouse(header.viewport(), press, QPoint(edge - 1, middle))
        mouse(header.viewport(), move, QPoint(edge + 29, middle))
        mouse(header.viewport(), release, QPoint(edge + 29, middle))
        assert header.sectionSize(used) == before + 30
        wide = header.sectionSize(used)
        spot = QPoint(header.sectionViewportPosition(used) + 20, middle)
        for _turn in range(2):
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert (gui.clients.model.sort_key, gui.clients.model.is_descending) == ("used", True)
        await gui.close()
        await gui.open(size=None)
        assert (gui.window.width(), gui.window.height()) == (1111, 777)
        await gui.enter()
        model = gui.clients.model
        assert (model.sort_key, model.is_descending) == ("used", True)
        assert gui.clients.table.horizontalHeader().sectionSize(used) == wide

    gui.run(go())


def test_in_a_narrow_window_names_come_before_the_practice_card(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        practice = gui.workplace.practice
        assert practice is not None
        assert practice.card.isVisible()
        gui.window.resize(960, 600)
        await gui.hand.settle()
        assert not practice.card.isVisible()
        table = gui.clients.table
        assert table.columnWidth(gui.clients.model.section_of("name")) >= 200
        gui.window.resize(1280, 800)
        await gui.hand.settle()
        assert practice.card.isVisible()

    gui.run(go())


def test_ctrl_and_a_number_shows_a_page(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        for key, page in (
            (Qt.Key.Key_2, "runs"),
            (Qt.Key.Key_3, "changes"),
            (Qt.Key.Key_7, "settings"),
            (Qt.Key.Key_1, "clients"),
        ):
            await gui.shortcut(key, CONTROL)
            assert gui.shell.page is gui.shell.built(page)

    gui.run(go())


def test_a_second_click_opens_no_second_dialog(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await accepted_colleague(gui)
        await gui.until("the banner", gui.clients.banner.isVisible)
        await gui.idle()
        gui.clients.banner.button.click()
        gui.clients.banner.button.click()
        dialog = await gui.hand.dialog(ConfirmDialog)
        await gui.idle_but_open()
        assert open_dialogs() == [dialog]
        await gui.hand.press(dialog, Qt.Key.Key_Escape)
        await gui.hand.gone(dialog)
        practice = gui.workplace.practice
        assert practice is not None
        practice.ribbon.inbox.click()
        practice.ribbon.inbox.click()
        inbox = await gui.hand.dialog(InboxDialog)
        await gui.idle_but_open()
        assert open_dialogs() == [inbox]
        await gui.hand.press(inbox, Qt.Key.Key_Escape)
        await gui.hand.gone(inbox)
        assert gui.veils() == []

    gui.run(go())


def test_a_colleague_is_invited_accepts_and_is_confirmed(gui: Gui) -> None:
    async def go() -> None:
        email = f"lee.{uuid4().hex[:6]}@havenlicht.example"
        await gui.open()
        await gui.enter()
        page = await gui.members_shown()
        await gui.hand.click(page.invite_button)
        dialog = await gui.hand.dialog(InviteDialog)
        await gui.hand.write(dialog.people, f"{email}, not an address")
        assert dialog.field is not None
        assert "Not an e-mail address" in dialog.field.below_text()
        assert dialog.accept_button is not None
        assert not dialog.accept_button.isEnabled()
        dialog.people.setPlainText(email)
        await gui.hand.click(dialog.accept_button)
        await gui.hand.gone(dialog)
        await gui.until("the line", lambda: email in {m.email for m in page.model.records()})
        gui.server.accept(email)
        await gui.shortcut(Qt.Key.Key_F5)
        await gui.until("the news", lambda: email in {m.email for m in page.waiting})
        row = next(n for n in range(page.model.rowCount()) if page.model.record(n).email == email)
        page.table.setFocus()
        page.table.select_row(row)
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        compare = await gui.hand.dialog(ConfirmDialog)
        assert len(compare.tiles.words()) == 5
        assert compare.accept_button is not None
        await gui.hand.click(compare.accept_button)
        await gui.hand.gone(compare)
        await gui.until("the confirmation", lambda: email not in {m.email for m in page.waiting})

    gui.run(go())


def test_renaming_says_what_is_wrong_and_keeps_what_was_typed(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        client = gui.client("Third Client's Organization")
        gui.clients._rename(gui.desk, client)
        dialog = await gui.hand.dialog(RenameDialog)
        button = dialog.accept_button
        assert button is not None
        for name, reason in (("", "needed"), ("x" * 51, "50"), (client.organization_name, "same")):
            dialog.name.setText(name)
            assert not button.isEnabled()
            assert reason in button.accessibleDescription()
        dialog.name.setText("Third & Sons")
        path = "/api/providers/.*/clients/.*"
        gui.server.script({"method": "PUT", "path": path, "do": "status", "status": 400})
        await gui.hand.click(button)
        field = dialog.field
        assert field is not None
        await gui.until("the refusal", lambda: "refused" in field.below_text())
        assert dialog.name.text() == "Third & Sons"
        gui.server.script()
        dialog.name.setText(client.organization_name)
        await gui.hand.press(dialog, Qt.Key.Key_Escape)
        await gui.hand.gone(dialog)

    gui.run(go())


@pytest.mark.parametrize("role", ["service_user"])
def test_a_service_user_sees_nothing_of_the_provider_itself(gui: Gui, role: str) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter(role)
        names = [item.name for item in gui.shell.sidebar._pages.values()]
        assert names == ["Clients", "Runs", "Changes", "Settings"]
        button = gui.clients.new_button
        assert not button.isEnabled()
        assert "provider admin" in button.toolTip()
        assert "provider admin" in button.accessibleDescription()
        assert not gui.clients.banner.isVisible()
        menu = gui.clients.menu_of(gui.row(FIRST))
        lines = dict(lines_of(menu))
        menu.deleteLater()
        assert lines["Open"]
        gui.workplace.set_up(None, None)
        assert gui.workplace.wizard is None
        assert "provider admin" in gui.shell.toasts.text()
        gui.shell.toasts.clear()
        await gui.wizard(FIRST)

    gui.run(go())


def test_multi_line_fields_are_no_keyboard_trap(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        page = await gui.members_shown()
        await gui.hand.click(page.invite_button)
        dialog = await gui.hand.dialog(InviteDialog)
        dialog.people.setFocus()
        QTest.keyClick(dialog.people, Qt.Key.Key_Tab)
        assert not dialog.people.hasFocus()
        await gui.hand.press(dialog, Qt.Key.Key_Escape)
        await gui.hand.gone(dialog)
        gui.shell.show_page("clients")
        table: QTableView = gui.clients.table
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Tab)
        assert not table.hasFocus()

    gui.run(go())


def test_the_try_this_card_offers_a_new_client_when_the_page_does(gui: Gui) -> None:
    """Without a line it may be prepared, as a draft; without a session it may not."""

    async def go() -> None:
        await gui.open()
        await gui.enter()
        practice = gui.workplace.practice
        assert practice is not None
        button = practice.card.buttons["set_up"]
        assert button.isEnabled()
        practice.ribbon.cut.click()
        await gui.until("the strip", gui.shell.strip.isVisible)
        assert button.isEnabled()
        assert gui.clients.new_button.isEnabled()
        practice.ribbon.cut.click()
        await gui.until("the connection", lambda: gui.desk.online)
        await gui.idle()
        gui.desk.link.signed_out = True
        gui.desk.hub.publish(SessionEnded())
        await gui.hand.settle()
        assert not button.isEnabled()
        assert button.toolTip() == gui.clients.new_button.toolTip() != ""
        gui.desk.link.signed_out = False
        gui.desk.hub.publish(ConnectionStateChanged(True))
        await gui.hand.settle()
        assert button.isEnabled()

    gui.run(go())
