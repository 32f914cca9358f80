"""The real window of a known desk is unlocked: `python -m tests.benchmarks.unlock_window PASSWORD`.

Measured from Enter in the password field to the first frame that shows the clients; the key
derivation inside is timed by itself. Memory is read when the first sync has been painted. Then it
is locked: until nothing is shown and every row is gone, and until the last key is.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from unittest.mock import patch

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication

from desktop import app
from desktop.crypto.kdf import derive_master_key
from desktop.crypto.secret import SecretBytes
from desktop.domain.records import Kdf
from desktop.services import entrance
from desktop.views.pages.clients import ClientsPage
from desktop.views.widgets.table import RecordTable
from desktop.views.workplace import Workplace
from tests.benchmarks.telling import memory_mb, say

ROWS = 1_000
TIMEOUT_S = 60.0


class Stopwatch:
    """When the derivation ran, and when a table with all rows had been painted."""

    def __init__(self) -> None:
        self.derived_s = 0.0
        self.painted: float | None = None
        self.computed = 0.0
        self.frames = 0
        self.seen = asyncio.Event()

    def listen(self) -> None:
        """Puts itself between the program and the two things it watches."""
        paint = RecordTable.paintEvent

        def timed(password: str, salt: str, kdf: Kdf) -> SecretBytes:
            began = time.perf_counter()
            try:
                return derive_master_key(password, salt, kdf)
            finally:
                self.derived_s = time.perf_counter() - began

        def seen(table: RecordTable, event: QPaintEvent) -> None:
            paint(table, event)
            if table.record_model().rowCount() >= ROWS:
                self.frames += 1
                if self.painted is None:
                    # The rest of the frame follows the table; then the loop comes round.
                    QTimer.singleShot(0, self._note)

        patch.object(entrance, "derive_master_key", timed).start()
        patch.object(RecordTable, "paintEvent", seen).start()

    def _note(self) -> None:
        if self.painted is None:
            self.painted, self.computed = time.perf_counter(), time.thread_time()
            self.seen.set()


async def _until(what: str, holds: Callable[[], object]) -> None:
    end = time.monotonic() + TIMEOUT_S
    while not holds():
        if time.monotonic() > end:
            raise SystemExit(f"waited in vain for {what}")
        await asyncio.sleep(0.005)


async def _unlock(front: app.Front, watch: Stopwatch, password: str) -> int:
    workplace: Workplace = app.build_rest(front, app.Folders.usual())
    workplace.open()
    field = front.start.unlock_password
    field.setText(password)
    await asyncio.sleep(0.3)  # a person types; what the start left over is done by then
    began, computed = time.perf_counter(), time.thread_time()
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(field, enter)
    await asyncio.wait_for(watch.seen.wait(), TIMEOUT_S)
    desk, shell = workplace.desk, workplace.shell
    if desk is None or shell is None or not isinstance(shell.page, ClientsPage):
        raise SystemExit("the clients are not first")
    if shell.page.model.rowCount() < ROWS:
        raise SystemExit("there are not all clients")
    await _until("the server", lambda: desk.online)
    frames = watch.frames
    await _until("the first sync on the screen", lambda: watch.frames > frames)
    await asyncio.sleep(0.5)
    resident, peak = memory_mb("VmRSS"), memory_mb("VmHWM")
    # Every client's key is in use, as after a search over all of them.
    for client in desk.clients.all():
        desk.session.org_key(client.organization_id)
    keys = len(desk._registry)
    locking = time.perf_counter()
    workplace.lock()
    hidden = time.perf_counter()
    await _until("the last key", lambda: desk._registry.is_shut)
    locked = time.perf_counter()
    say(
        keys=keys,
        hidden_ms=(hidden - locking) * 1000,
        locked_ms=(locked - locking) * 1000,
        painted_ms=((watch.painted or 0.0) - began) * 1000,
        computed_ms=(watch.computed - computed) * 1000,
        derived_ms=watch.derived_s * 1000,
        resident_mb=resident,
        peak_mb=peak,
    )
    front.window.close()
    await workplace.closed()
    front.profile.close()
    return 0


def main(password: str) -> int:
    application = app.application()
    watch = Stopwatch()
    watch.listen()
    front = app.build_front(application, app.Folders.usual().desk)
    front.window.show()
    return app._serve(application, _unlock(front, watch, password))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
