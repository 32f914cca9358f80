"""A hand at the window: real mouse and key events, counted."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

W = TypeVar("W", bound=QWidget)
_TICK_S = 0.01


class TourFailed(Exception):
    """Something the tour waited for did not come; says what."""


class Hand:
    """Clicks and keystrokes are counted; typed names and addresses are not."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.clicks = 0

    async def until(self, what: str, true: Callable[[], object], seconds: float = 60.0) -> None:
        """Waits for `true` while the loop runs. Raises TourFailed naming `what`."""
        for _tick in range(int(seconds / _TICK_S)):
            if true():
                return
            await asyncio.sleep(_TICK_S)
        raise TourFailed(what)

    async def settle(self) -> None:
        """Lets answers, layouts and paints catch up."""
        for _turn in range(12):
            await asyncio.sleep(_TICK_S)

    async def click(self, widget: QWidget) -> None:
        if not widget.isEnabled() or not widget.isVisible():
            raise TourFailed(f"{widget.objectName() or widget.accessibleName()} cannot be clicked")
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        await self.settle()

    async def press(self, widget: QWidget, key: Qt.Key) -> None:
        self.clicks += 1
        QTest.keyClick(widget, key)
        await self.settle()

    async def enter(self) -> None:
        """Enter, wherever the focus is."""
        await self.press(self._focus(), Qt.Key.Key_Return)

    def _focus(self) -> QWidget:
        """Where a key would go. Offscreen nobody activates the window after a dialog, so then the
        window's own focus counts, as it would once a window manager has activated it again."""
        found: QWidget | None = QApplication.focusWidget() or self.window.focusWidget()
        return found or self.window

    async def write(self, widget: QWidget, text: str) -> None:
        """Types a name or an address."""
        widget.setFocus()
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(widget, Qt.Key.Key_Return)
            QTest.keyClicks(widget, line)
        await self.settle()

    async def drop(self, path: Path) -> None:
        """Drops a file in the middle of the window."""
        self.clicks += 1
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        spot = QPoint(self.window.width() // 2, self.window.height() - 60)
        wanted, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(spot, wanted, mime, buttons, none))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(spot), wanted, mime, buttons, none))
        await self.settle()

    async def dialog(self, kind: type[W]) -> W:
        """The open dialog of a kind, once it is there; a dialog over a dialog is a failure."""
        found: list[W] = []

        def look() -> bool:
            found[:] = [one for one in _open_dialogs() if isinstance(one, kind)]
            return bool(found)

        await self.until(kind.__name__, look, 20)
        if len(_open_dialogs()) > 1:
            raise TourFailed("a dialog stands over a dialog")
        await self.settle()
        return found[0]

    async def gone(self, dialog: QWidget) -> None:
        await self.until("the dialog to close", lambda: dialog not in _open_dialogs(), 30)
        await self.settle()

    async def choose_file(self, path: Path) -> None:
        """Answers a file dialog: the name is typed, Enter is counted."""
        dialog = await self.dialog(QFileDialog)
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        if not isinstance(name, QLineEdit):
            raise TourFailed("the file dialog has no name field")
        name.selectAll()
        QTest.keyClicks(name, str(path))
        await self.press(name, Qt.Key.Key_Return)


def _open_dialogs() -> list[QWidget]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    ]
