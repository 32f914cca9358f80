"""Whether a secret in a field reaches anything that others read: names, values, tips, drags (T78).

Screen readers, screen sharing, window lists and whatever a text is dropped on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.gui.measure import Seen, where

CANARY = "kan4rie-in-the-field"
_SECRET = re.compile(r"password|secret|\bkey\b", re.IGNORECASE)
_KINDS = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)


def masked(seen: Seen) -> Iterator[QLineEdit]:
    for widget in seen:
        if isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Password:
            yield widget


def unmasked(seen: Seen) -> Iterator[str]:
    """Fields that are called a secret and show what is typed."""
    for widget in seen:
        is_plain = isinstance(widget, QLineEdit) and widget.echoMode() is QLineEdit.EchoMode.Normal
        if is_plain and _SECRET.search(widget.accessibleName()) and widget.isEnabled():
            yield f"shows a secret: {widget.accessibleName()!r} {where(widget)}"


def telling(box: QLineEdit, window: QWidget) -> Iterator[str]:
    """Who reads a canary that is typed into a masked field; the field is as before afterwards."""
    before, was_blocked = box.text(), box.blockSignals(True)
    kept = QGuiApplication.clipboard().text()
    box.setText(CANARY)
    try:
        yield from (f"{one} tells: {where(box)}" for one in _told(box, window))
    finally:
        box.setText(before)
        box.blockSignals(was_blocked)
        QGuiApplication.clipboard().setText(kept)


def _told(box: QLineEdit, window: QWidget) -> Iterator[str]:
    reader = QAccessible.queryAccessibleInterface(box)
    if any(CANARY in reader.text(kind) for kind in _KINDS):
        yield "the screen reader"
    if CANARY in box.displayText():
        yield "the screen"
    if CANARY in box.toolTip() + box.whatsThis() + box.statusTip() + box.accessibleDescription():
        yield "a tooltip"
    titles = [one.windowTitle() for one in (window, *QApplication.topLevelWidgets())]
    if any(CANARY in one for one in titles):
        yield "a title"
    box.selectAll()
    box.copy()
    box.cut()
    if CANARY in QGuiApplication.clipboard().text():
        yield "the clipboard"
    if box.dragEnabled() and box.inputMethodQuery(Qt.InputMethodQuery.ImCurrentSelection):
        yield "a drag"
    if CANARY in str(box.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText)):
        yield "an input method"
