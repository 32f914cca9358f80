"""One window for each profile: a second start brings the first one to the front (T53, T95).

The only file that names Qt's local sockets. The socket belongs to the user alone, takes one word of
at most 64 bytes within a second, and answers with one word; it carries nothing else. Who may
listen is who holds the profile's lock, so two never do.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.domain.diagnostics import note
from desktop.domain.errors import ClavigerError
from desktop.settings.files import make_private_folder
from desktop.settings.profile import ProfileFolder

if sys.platform == "win32":
    from desktop.settings.windows import let_come_forward

WORD: Final = b"raise"
ANSWER: Final = b"raised"
BYTES_MAX: Final = 64
WAIT_MS: Final = 1_000
CALLERS_MAX: Final = 8
# How long a second start waits for a first one that has not painted its window yet.
PATIENCE_S: Final = 5.0
# The lock says who holds it a moment after it is taken: a dead process may still be named.
_GRACE_S: Final = 0.5
_PAUSE_S: Final = 0.05


def socket_name(profile: Path) -> str:
    """Where the window of this profile listens; the same for every process of the user.

    Not in the profile, which may lie on a volume that knows no sockets. Raises ProfileUnsafe,
    StorageFailed.
    """
    digest = hashlib.sha256(os.fsencode(profile.resolve())).hexdigest()[:16]
    if sys.platform == "win32":
        return f"claviger-{digest}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    base = Path(runtime) if Path(runtime).is_absolute() else Path(tempfile.gettempdir())
    folder = base / f"claviger-{os.getuid()}"
    make_private_folder(folder)
    return str(folder / f"{digest}.sock")


class Doorbell(QObject):
    """Listens for a second start. `rung` says that there was one."""

    rung = Signal()

    def __init__(
        self, profile: ProfileFolder, parent: QObject | None = None, *, wait_ms: int = WAIT_MS
    ) -> None:
        super().__init__(parent)
        self._profile = profile
        self._wait_ms = wait_ms
        self._callers: set[QLocalSocket] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(CALLERS_MAX)
        self._server.newConnection.connect(self._welcome)

    def listen(self) -> bool:
        """Whether it listens now. Where it cannot, a second start opens for reading only."""
        if self._profile.read_only:
            return False
        try:
            name = socket_name(self._profile.path)
        except ClavigerError:
            return False
        # It takes the place of what a process that died has left there: only whoever holds the lock
        # comes here.
        return self._server.listen(name)

    def close(self) -> None:
        """Nobody is heard any more; the socket is gone."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.abort()

    def _welcome(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            if len(self._callers) >= CALLERS_MAX:
                caller.abort()
                caller.deleteLater()
                continue
            self._callers.add(caller)
            caller.setReadBufferSize(BYTES_MAX + 1)
            caller.readyRead.connect(lambda one=caller: self._hear(one))
            caller.disconnected.connect(lambda one=caller: self._part(one))
            # Without a word in time it is somebody else.
            QTimer.singleShot(self._wait_ms, caller, caller.abort)
            self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        if caller not in self._callers:
            return
        said = bytes(caller.peek(BYTES_MAX + 1).data())
        if said == WORD:
            self._callers.discard(caller)
            caller.write(ANSWER)
            caller.flush()
            caller.disconnectFromServer()
            note("raised")
            self.rung.emit()
        elif not WORD.startswith(said):
            caller.abort()

    def _part(self, caller: QLocalSocket) -> None:
        self._callers.discard(caller)
        caller.deleteLater()


def was_raised(profile: ProfileFolder, *, patience_s: float = PATIENCE_S) -> bool:
    """Asks the window that writes this profile to come forward; False if none answers.

    It blocks, so it is for a process that shows nothing yet. A process that holds the lock but does
    not listen has just started, or hangs: it gets `patience_s`.
    """
    try:
        name = socket_name(profile.path)
    except ClavigerError:
        return False
    if sys.platform == "win32" and profile.in_use_by is not None:
        # The system lets a window come forward only for the program a person has just started.
        let_come_forward(profile.in_use_by)
    pause, begin = threading.Event(), time.monotonic()
    while not _asked(name):
        patience = patience_s if _may_live(profile.in_use_by) else min(patience_s, _GRACE_S)
        if time.monotonic() > begin + patience:
            return False
        pause.wait(_PAUSE_S)
    return True


def _asked(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(WORD)
    socket.waitForBytesWritten(WAIT_MS)
    said = b""
    while len(said) < len(ANSWER) and socket.waitForReadyRead(WAIT_MS):
        said += bytes(socket.read(BYTES_MAX).data())
    socket.abort()
    return said == ANSWER


def _may_live(process: int | None) -> bool:
    """Whether the lock's holder runs here; that of a shared folder may run elsewhere."""
    if process is None or sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
