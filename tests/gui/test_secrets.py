"""A master password in its field is masked for everything that reads the window (T78)."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit

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
