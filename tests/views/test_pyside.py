"""Guards the binding itself.

A PySide6 release on Python 3.11 gave back references to None and True it did not own, until the
interpreter died. This watches the counts, so that no update brings it in unseen.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

_CALLS = 1_000
_SLACK = 200


class _Bell(QObject):
    rung = Signal(int)


def test_calls_returning_none_leave_its_count_alone() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _turn in range(_CALLS):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < _SLACK


def test_emitting_leaves_the_count_of_true_alone() -> None:
    bell = _Bell()
    before = sys.getrefcount(True)
    for _turn in range(300):
        bell.rung.emit(1)
    assert abs(sys.getrefcount(True) - before) < _SLACK
