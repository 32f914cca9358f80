"""The PySide6 that is installed counts references right (6.12.0 did not on Python 3.11)."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata

PROGRAM = """
import sys
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    sent = Signal()

sender = Sender()
sender.setObjectName("warm")
sender.sent.emit()
before = sys.getrefcount(None), sys.getrefcount(True)
for _ in range(200):
    sender.setObjectName("name")
    sender.sent.emit()
after = sys.getrefcount(None), sys.getrefcount(True)
print(before[0] - after[0], before[1] - after[1])
"""


def test_calls_and_signals_take_no_reference_from_none_and_true() -> None:
    """In a process of its own: the fault ends in an abort, at exit at the latest."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lost = [int(word) for word in done.stdout.split()]
    assert max(lost) < 20


def test_the_version_is_the_one_that_was_tried() -> None:
    assert metadata.version("PySide6_Essentials") == "6.11.3"
