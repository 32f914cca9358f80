"""The only way to the clipboard: what we put there we take away again (T81, T94).

A secret leaves after 20 seconds, everything at the lock and at the end, but only while it is still
ours. A secret is marked, so that managers and the history of Windows leave it alone.
"""

from __future__ import annotations

import contextlib
import sys
from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

if sys.platform == "darwin":
    from desktop.settings.macos import conceal_clipboard

CLEAR_AFTER_S: Final = 20
# The name under which Qt puts a format of Windows on the clipboard as it is.
_WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'
# Formats of Windows: its being there is enough for the first; the others are numbers, 0 for no.
_WINDOWS_MARKS: Final = (
    ("ExcludeClipboardContentFromMonitorProcessing", b"\1\0\0\0"),
    ("CanIncludeInClipboardHistory", b"\0\0\0\0"),
    ("CanUploadToCloudClipboard", b"\0\0\0\0"),
)
_KDE_MARK: Final = ("x-kde-passwordManagerHint", b"secret")


class Clipboard(QObject):
    """One for the program: `clipboard()`. It keeps no text, only how to know it again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Python's hash has a key of its own in each process: it tells nothing of the text.
        self._ours: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.forget)

    def copy(self, text: str) -> None:
        """Puts a text there that holds no secret. It leaves at the lock."""
        data = QMimeData()
        data.setText(text)
        self._put(data)

    def copy_secret(self, text: str, clear_after_s: float = CLEAR_AFTER_S) -> None:
        """Puts a secret there, marked as one, for so long at most."""
        data = QMimeData()
        data.setText(text)
        for name, value in (_KDE_MARK, *_windows_marks()):
            data.setData(name, value)
        self._put(data)
        if sys.platform == "darwin":
            with contextlib.suppress(OSError, AttributeError):
                conceal_clipboard()
        self._timer.start(round(clear_after_s * 1000))

    def forget(self) -> None:
        """Takes away what we put there, unless something else took its place meanwhile."""
        self._timer.stop()
        ours, self._ours = self._ours, None
        if ours is None:
            return
        board = QGuiApplication.clipboard()
        if hash(board.text()) == ours:
            board.clear()

    def _put(self, data: QMimeData) -> None:
        self._timer.stop()
        board = QGuiApplication.clipboard()
        board.setMimeData(data)
        # As it reads there: half a character comes back as a mark.
        self._ours = hash(board.text())


def _windows_marks() -> tuple[tuple[str, bytes], ...]:
    return tuple((_WINDOWS.format(name), value) for name, value in _WINDOWS_MARKS)


def clipboard() -> Clipboard:
    """The program's own; made at its first use."""
    app = QCoreApplication.instance()
    for child in app.children() if app is not None else ():
        if isinstance(child, Clipboard):
            return child
    return Clipboard(app)
