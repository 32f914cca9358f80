"""Nobody there, a clock that jumped, a word of the system: when the window is to lock (T82)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.guard import TICK_MS, Guard
from desktop.views.idle import JUMP_S, Idle
from desktop.views.system.signals import Awake, SystemSignals

MINUTES = 10


class Clocks:
    """Both of a computer; one may stand still or be set while the other goes on."""

    def __init__(self) -> None:
        self.monotonic_s = 1_000.0
        self.wall_s = 1_700_000_000.0

    def idle(self) -> Idle:
        return Idle(lambda: self.monotonic_s, lambda: self.wall_s)

    def go(self, seconds: float) -> None:
        self.monotonic_s += seconds
        self.wall_s += seconds


class NotedAwake(Awake):
    def __init__(self) -> None:
        self.is_held = False

    def hold(self) -> None:
        self.is_held = True

    def release(self) -> None:
        self.is_held = False


class Settled(SystemSignals):
    """Counts how often a sleep may come; its lid is seen when it is asked for."""

    count = 0
    is_lid_closed = False

    def poll(self) -> None:
        if self.is_lid_closed:
            self.is_lid_closed = False
            self.happened.emit("lid")

    def settled(self) -> None:
        self.count += 1


class Watch:
    """A guard over a window, with a second that passes when it is told to."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clocks = Clocks()
        self.awake = NotedAwake()
        self.signals = Settled()
        self.runs = 0
        self.asked: list[str] = []
        self.window = QWidget()
        self.field = QLineEdit(self.window)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.field.setFocus()
        self.guard = Guard(
            lambda: MINUTES,
            lambda: bool(self.runs),
            signals=self.signals,
            awake=self.awake,
            idle=self.clocks.idle(),
        )
        self.guard.lock_asked.connect(self.asked.append)
        self.guard._ticker.setInterval(3_600_000)

    def seconds(self, count: float) -> None:
        """So many pass, with a look after each."""
        for _second in range(int(count)):
            self.clocks.go(1)
            self.guard.tick()


def handle(window: QWidget) -> QWindow:
    found = window.windowHandle()
    assert found is not None
    return found


def press(window: QWidget) -> None:
    """As the system brings a key: to the window first."""
    QTest.keyClick(handle(window), Qt.Key.Key_A)


@pytest.fixture
def watch(qtbot: QtBot) -> Iterator[Watch]:
    made = Watch(qtbot)
    made.guard.watch()
    yield made
    made.guard.close()


def test_the_guard_looks_once_a_second(qtbot: QtBot) -> None:
    assert TICK_MS == 1_000
    assert Guard(lambda: 1, lambda: False)._ticker.interval() == TICK_MS


def test_t82_it_locks_when_nobody_is_there(watch: Watch) -> None:
    watch.seconds(MINUTES * 60 - 1)
    assert watch.asked == []
    watch.seconds(1)
    assert watch.asked == ["idle"]


@pytest.mark.parametrize("action", ["key", "move", "button", "wheel", "dialog"])
def test_t82_input_of_any_kind_is_somebody(action: str, watch: Watch, qtbot: QtBot) -> None:
    watch.seconds(MINUTES * 60 - 1)
    middle = watch.window.rect().center()
    match action:
        case "key":
            press(watch.window)
        case "move":
            # One of the two is another place than before.
            for place in (QPoint(1, 1), middle):
                QTest.mouseMove(handle(watch.window), place)
                qtbot.wait(1)
        case "button":
            QTest.mouseClick(handle(watch.window), Qt.MouseButton.LeftButton, pos=middle)
        case "wheel":
            QTest.wheelEvent(handle(watch.window), middle, QPoint(0, 120))
        case "dialog":
            dialog = QDialog(watch.window)
            qtbot.addWidget(dialog)
            dialog.show()
            watch.guard.tick()
            press(dialog)
    watch.seconds(MINUTES * 60 - 1)
    assert watch.asked == []
    watch.seconds(1)
    assert watch.asked == ["idle"]


@pytest.mark.parametrize("standing", ["monotonic_s", "wall_s"])
def test_t82_either_clock_counts(standing: str, watch: Watch) -> None:
    """One stands still in a sleep, the other can be set back all the time."""
    for _second in range(MINUTES * 60):
        before = getattr(watch.clocks, standing)
        watch.clocks.go(1)
        setattr(watch.clocks, standing, before)
        watch.guard.tick()
        if watch.asked:
            break
    assert watch.asked == ["idle"]


@pytest.mark.parametrize(
    ("monotonic_s", "wall_s"),
    [(0.0, JUMP_S), (JUMP_S, JUMP_S), (JUMP_S, 0.0), (1.0, -3_600.0)],
    ids=["clock that sleeps", "clock that goes on", "no wall clock", "set back"],
)
def test_t82_a_clock_that_jumps_was_a_sleep(
    monotonic_s: float, wall_s: float, watch: Watch
) -> None:
    watch.seconds(5)
    watch.clocks.monotonic_s += monotonic_s
    watch.clocks.wall_s += wall_s
    watch.guard.tick()
    assert watch.asked == ["jump"]


def test_a_busy_computer_is_no_sleep(watch: Watch) -> None:
    for _look in range(5):
        watch.clocks.go(JUMP_S / 2)
        watch.guard.tick()
    assert watch.asked == []


def test_t82_after_a_sleep_it_locks_before_it_listens(watch: Watch) -> None:
    """The key that wakes the computer comes before the next look, and goes nowhere."""
    watch.seconds(5)
    watch.clocks.wall_s += 3_600
    press(watch.window)
    assert watch.asked == ["jump"]
    assert watch.field.text() == ""


@pytest.mark.parametrize("cause", ["session", "user", "sleep", "lid"])
def test_t82_the_word_of_the_system_counts_at_once(cause: str, watch: Watch) -> None:
    watch.signals.happened.emit(cause)
    assert watch.asked == [cause]
    assert watch.signals.count == 0
    watch.guard.rest()
    assert watch.signals.count == 1
    watch.signals.happened.emit(cause)
    assert watch.asked == [cause, cause], "an unlocking may be under way"
    assert watch.signals.count == 2, "a sleep waits for a lock that is done already"


def test_t82_under_a_cover_only_the_idle_time_is_not_asked(watch: Watch) -> None:
    watch.guard.watch(is_idle_watched=False)
    watch.seconds(MINUTES * 60 + 5)
    assert watch.asked == []
    watch.signals.happened.emit("session")
    watch.clocks.go(JUMP_S)
    watch.guard.tick()
    assert watch.asked == ["session", "jump"]


def test_t82_a_lid_is_asked_for_each_second(watch: Watch) -> None:
    watch.signals.is_lid_closed = True
    watch.seconds(1)
    assert watch.asked == ["lid"]


def test_a_lid_that_was_closed_before_locks_nothing_again(watch: Watch) -> None:
    watch.guard.rest()
    watch.signals.is_lid_closed = True
    watch.guard.watch()
    watch.asked.clear()
    watch.seconds(1)
    assert watch.asked == []


def test_nothing_is_asked_while_everything_is_locked(watch: Watch) -> None:
    watch.guard.rest()
    watch.seconds(MINUTES * 60 + 5)
    watch.clocks.go(JUMP_S)
    watch.guard.tick()
    press(watch.window)
    assert watch.asked == []
    assert watch.field.text() == "a"


def test_t81_the_computer_is_kept_awake_while_a_run_is_active(watch: Watch) -> None:
    watch.seconds(1)
    assert not watch.awake.is_held
    watch.runs = 1
    watch.seconds(1)
    assert watch.awake.is_held
    watch.runs = 0
    watch.seconds(1)
    assert not watch.awake.is_held
    watch.runs = 1
    watch.seconds(1)
    watch.guard.rest()
    assert not watch.awake.is_held, "a lock stops what it was kept awake for"
