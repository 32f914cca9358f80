"""Questions are awaited; red buttons need the mouse or Space, and the whole name first."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.dialogs import ConfirmDialog, Dialog, Veil, ask, confirm
from desktop.views.widgets.labels import Label


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


async def act(window: QWidget, do: Callable[[QDialog], None]) -> None:
    """Waits until a dialog is open over the window, then acts on it."""
    for _turn in range(10):
        await asyncio.sleep(0)
        if found := [d for d in window.findChildren(QDialog) if d.isVisible()]:
            do(found[0])
            return
    raise AssertionError("no dialog opened")


def answer(window: QWidget, do: Callable[[QDialog], None], **wanted: object) -> bool:
    async def both() -> bool:
        question = asyncio.create_task(
            confirm(window, "Unlink Acme?", accept="Unlink", cancel="Keep", **wanted)  # type: ignore[arg-type]  # passes options on
        )
        await act(window, do)
        return await question

    return asyncio.run(both())


def press_accept(dialog: QDialog) -> None:
    assert isinstance(dialog, Dialog)
    assert dialog.accept_button is not None
    dialog.accept_button.click()


def test_accept_and_cancel_answer_the_question(window: QWidget) -> None:
    assert answer(window, press_accept)
    assert not answer(window, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))


def test_enter_accepts_a_harmless_question_only(window: QWidget) -> None:
    assert answer(window, lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return))

    def enter_then_escape(dialog: QDialog) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert not answer(window, enter_then_escape, is_danger=True)


def test_a_typed_name_must_be_complete(window: QWidget) -> None:
    def type_name(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        assert dialog.accept_button is not None
        assert dialog.field is not None
        assert not dialog.accept_button.isEnabled()
        assert dialog.accept_button.accessibleDescription()
        QTest.keyClicks(dialog.field, "Acme")
        assert dialog.accept_button.isEnabled()
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        assert dialog.isVisible()
        dialog.accept_button.click()

    assert answer(window, type_name, typed="Acme", is_danger=True)


def test_t75_the_target_is_named_in_full(window: QWidget) -> None:
    def read(dialog: QDialog) -> None:
        texts = [label.text() for label in dialog.findChildren(Label)]
        assert "Acme · 3f2a9c1d · vault.example" in texts
        dialog.reject()

    answer(window, read, target="Acme · 3f2a9c1d · vault.example", is_danger=True)


def test_veil_lies_over_the_window_while_asked(window: QWidget) -> None:
    def look(dialog: QDialog) -> None:
        veils = window.findChildren(Veil)
        assert [veil.geometry() for veil in veils] == [window.rect()]
        dialog.reject()

    answer(window, look)
    assert not [veil for veil in window.findChildren(Veil) if veil.isVisible()]


def test_cancelling_the_task_closes_the_dialog(window: QWidget, qapp: QApplication) -> None:
    async def cancelled() -> None:
        dialog = Dialog(window, "Wait?")
        dialog.add_buttons("Yes, wait", "Leave")
        task = asyncio.create_task(ask(dialog))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    qapp.processEvents()
    assert not [d for d in window.findChildren(QDialog) if d.isVisible()]


def _destructive(tree: ast.Module) -> Iterator[ast.Call]:
    """Questions with a red button; a red line of a menu asks only afterwards."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        is_question = called.endswith(("confirm", "ConfirmDialog", "super().__init__"))
        is_red = any(
            one.arg == "is_danger" and ast.unparse(one.value) == "True" for one in node.keywords
        )
        if (is_question and is_red) or (
            called.endswith("add_buttons") and "'danger'" in map(ast.unparse, node.args)
        ):
            yield node


def test_t75_every_destructive_question_names_its_target() -> None:
    views = Path(__file__).resolve().parents[2] / "desktop" / "views"
    asked, bare = 0, []
    for path in sorted(views.rglob("*.py")):
        text = path.read_text("utf-8")
        for call in _destructive(ast.parse(text)):
            asked += 1
            names = {one.arg for one in call.keywords}
            # A dialog that is built by hand puts the same line into its body.
            if "target" not in names and "target_text(" not in text:
                bare.append(f"{path.name}:{call.lineno}")
    assert bare == []
    assert asked > 5
