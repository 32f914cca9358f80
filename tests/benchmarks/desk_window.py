"""One start of the program as a user makes it, up to its first frame.

`python -m tests.benchmarks.desk_window new|known`; `prepare` makes the known desk. Everything but
the end is the program's own `run_window`: where it would serve its loop, the time is taken.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Coroutine
from importlib import import_module
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop import app
from tests.benchmarks.telling import memory_mb, say

CARDS = ("card_practise", "card_sign_in", "card_invitation")


def _check_cards(application: QApplication) -> None:
    window = next(one for one in application.topLevelWidgets() if one.isVisible())
    shown = {one.objectName() for one in window.findChildren(QWidget) if one.isVisible()}
    if not shown.issuperset(CARDS):
        raise SystemExit("the first frame does not show the three cards")


def _type_a_key(application: QApplication) -> None:
    """The field with the focus is the password, and a key goes into it."""
    window = next(one for one in application.topLevelWidgets() if one.isVisible())
    field = window.focusWidget()
    if not isinstance(field, QLineEdit) or field.echoMode() != QLineEdit.EchoMode.Password:
        raise SystemExit("the password field has no focus in the first frame")
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(field, key)
    if field.text() != "a":
        raise SystemExit("the password field took no key")


def _rest_ms() -> float:
    """What the program imports after its first frame; keys typed meanwhile wait so long."""
    began = time.perf_counter()
    for name in ("qasync", "desktop.services.entrance", "desktop.views.workplace"):
        import_module(name)
    return (time.perf_counter() - began) * 1000


def _measured(kind: str) -> int:
    def serve(application: QApplication, work: Coroutine[Any, Any, int]) -> int:
        work.close()
        if kind == "known":
            _type_a_key(application)
        ended, computed = time.monotonic(), time.process_time()
        peak = memory_mb("VmHWM")
        if kind == "new":
            _check_cards(application)
        say(painted=ended, computed_ms=computed * 1000, peak_mb=peak, rest_ms=_rest_ms())
        return 0

    vars(app)["_serve"] = serve
    return app.run_window()


if __name__ == "__main__":
    sys.exit(_measured(sys.argv[1]))
