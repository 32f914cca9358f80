"""A master password in its field is masked for everything that reads the window (T78)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.views.widgets.fields import TextField
from tests.gui.desk import Gui

PASSWORD = "Master-canary"


def test_t78_a_master_password_is_masked_for_every_reader(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        page = gui.workplace.start
        page.show_sign_in()
        page.password.setText(PASSWORD)
        await gui.hand.settle()
        assert page.password.echoMode() is QLineEdit.EchoMode.Password
        spoken = QAccessible.queryAccessibleInterface(page.password)
        assert spoken is not None
        kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        assert not [kind for kind in kinds if PASSWORD in spoken.text(kind)]
        assert PASSWORD not in gui.window.windowTitle()
        page.password.selectAll()
        page.password.copy()
        assert PASSWORD not in QApplication.clipboard().text()

    gui.run(go())


def test_t80_a_used_password_is_not_brought_back_by_undoing(gui: Gui) -> None:
    """At the lock screen, after it has opened the desk once: its eye, and then Ctrl+Z."""

    async def go() -> None:
        await gui.open()
        await gui.enter(is_practice=False)
        account = gui.server.account("provider_admin")
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        field = gui.workplace.start.unlock_password
        await gui.hand.settle()
        QTest.keyClicks(field, account["password"])
        QTest.keyClick(field, Qt.Key.Key_Return)
        await gui.clients_shown()
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        field = gui.workplace.start.unlock_password
        assert field.text() == ""
        field._toggle_echo()
        assert field.echoMode() is QLineEdit.EchoMode.Normal
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert field.text() == ""

    gui.run(go())


def test_t80_what_was_typed_unseen_is_not_undone_in_sight(qapp: QApplication) -> None:
    del qapp  # it only has to be there
    field = TextField("Master password", is_password=True)
    QTest.keyClicks(field, PASSWORD)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, "abc")
    field.setCursorPosition(1)
    field._toggle_echo()
    assert (field.text(), field.cursorPosition()) == ("abc", 1)
    for _time in range(5):
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert PASSWORD not in field.text()
    # One that was emptied keeps nothing for undoing, where it would also stay in memory.
    field._toggle_echo()
    QTest.keyClicks(field, PASSWORD)
    field.clear()
    field.setEchoMode(QLineEdit.EchoMode.Normal)
    field.undo()
    assert field.text() == ""
    field.deleteLater()
