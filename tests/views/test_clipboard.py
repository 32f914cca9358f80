"""What goes to the clipboard is marked, and leaves it again (T94)."""

from __future__ import annotations

import ast
import ctypes
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop, QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.views.clipboard import CLEAR_AFTER_S, Clipboard, clipboard

ROOT = Path(__file__).resolve().parents[2]
SECRET = "secret-canary-\ud800-R&D"


@pytest.fixture
def board(qapp: QApplication) -> Iterator[Clipboard]:
    made = Clipboard(qapp)
    QGuiApplication.clipboard().clear()
    yield made
    QGuiApplication.clipboard().clear()
    made.deleteLater()


def text() -> str:
    return QGuiApplication.clipboard().text()


def data() -> dict[str, bytes]:
    held = QGuiApplication.clipboard().mimeData()
    return {name: bytes(held.data(name).data()) for name in held.formats()}


def turn(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


@pytest.mark.parametrize(
    ("mark", "value"),
    [
        ("x-kde-passwordManagerHint", b"secret"),
        ("ExcludeClipboardContentFromMonitorProcessing", None),
        ("CanIncludeInClipboardHistory", b"\0\0\0\0"),
        ("CanUploadToCloudClipboard", b"\0\0\0\0"),
    ],
)
def test_t94_a_secret_is_marked_for_managers_and_histories(
    mark: str, value: bytes | None, board: Clipboard
) -> None:
    name = mark if mark.startswith("x-kde") else f'application/x-qt-windows-mime;value="{mark}"'
    board.copy("Bakkerij Jansen")
    assert name not in data()
    board.copy_secret("kan4rie")
    assert text() == "kan4rie"
    assert name in data()
    assert value is None or data()[name] == value


def test_t94_a_secret_leaves_after_its_time(board: Clipboard) -> None:
    board.copy_secret(SECRET)
    assert board._timer.interval() == CLEAR_AFTER_S * 1000 == 20_000
    assert board._timer.isActive()
    board.copy_secret(SECRET, clear_after_s=0.02)
    turn(0)
    assert text() != ""
    turn(60)
    assert text() == ""


def test_t94_what_took_its_place_stays(board: Clipboard) -> None:
    board.copy_secret("kan4rie", clear_after_s=0.01)
    QGuiApplication.clipboard().setText("of another program")
    turn(40)
    assert text() == "of another program"
    # Also what we put there ourselves since, which is no secret.
    board.copy_secret("kan4rie", clear_after_s=0.01)
    board.copy("Bakkerij Jansen")
    turn(40)
    assert text() == "Bakkerij Jansen"
    board.forget()
    assert text() == ""


def test_t94_what_a_manager_took_over_leaves_as_well(board: Clipboard) -> None:
    """It says the same, without our marks, and belongs to another program now."""
    board.copy_secret("kan4rie")
    taken = QMimeData()
    taken.setText("kan4rie")
    QGuiApplication.clipboard().setMimeData(taken)
    board.forget()
    assert text() == ""
    # Once it left it is forgotten: the same text from elsewhere is not ours.
    QGuiApplication.clipboard().setText("kan4rie")
    board.forget()
    assert text() == "kan4rie"


def test_t94_there_is_one_for_the_program_and_it_keeps_no_text(qapp: QApplication) -> None:
    one = clipboard()
    assert one is clipboard()
    assert one.parent() is qapp
    one.copy_secret("kan4rie")
    assert "kan4rie" not in repr(vars(one))
    one.forget()
    assert text() == ""


def test_t94_nothing_else_reaches_the_clipboard() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "desktop").rglob("*.py"))
        if "clipboard" in (text := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "clipboard"
    }
    assert found == {"desktop/views/clipboard.py", "desktop/views/hiding.py"}


class Runtime:
    """The Objective-C runtime, as far as it is asked: names are objects."""

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []

    def library(self, _name: str | None) -> Any:
        return self

    class _Function:
        def __init__(self, work: Any) -> None:
            self.work = work

        def __call__(self, *given: Any) -> Any:
            return self.work(*given)

    def __getattr__(self, name: str) -> Any:
        if name == "objc_msgSend":
            made = self._Function(self._send)
        else:
            made = self._Function(lambda given: given.decode())
        self.__dict__[name] = made
        return made

    def _send(self, target: Any, message: str, *given: Any) -> Any:
        self.sent.append((target, message, *given))
        shown = [one.decode() if isinstance(one, bytes) else one for one in given]
        return f"[{target} {message}{','.join(map(str, shown))}]"


def test_t94_on_macos_the_secret_is_concealed(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Runtime()
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", fake.library)
    path = ROOT / "desktop" / "settings" / "macos.py"
    spec = importlib.util.spec_from_file_location("as_macos", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.conceal_clipboard()
    mark = "[NSString stringWithUTF8String:org.nspasteboard.ConcealedType]"
    board = "[NSPasteboard generalPasteboard]"
    marks = f"[NSArray arrayWithObject:{mark}]"
    assert (board, "addTypes:owner:", marks, None) in fake.sent
    assert fake.sent[-1] == (
        board, "setString:forType:", "[NSString stringWithUTF8String:]", mark,
    )  # fmt: skip
