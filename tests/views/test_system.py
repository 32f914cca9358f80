"""What each system says is understood; here on any system, with written fakes at its border."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QByteArray, QObject
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.system import linux, macos, windows
from desktop.views.system.signals import SystemSignals
from tests.views.logind import SESSION_PATH, Logind


def _listened(signals: SystemSignals) -> list[str]:
    heard: list[str] = []
    signals.happened.connect(heard.append)
    signals.start()
    return heard


# --- Linux ------------------------------------------------------------------------------------


@pytest.fixture
def logind(qtbot: QtBot) -> Iterator[Logind]:
    made = Logind()
    qtbot.waitUntil(lambda: made.is_connected)
    yield made
    made.close()


@pytest.fixture
def on_linux(logind: Logind, qtbot: QtBot) -> Iterator[tuple[linux.LinuxSignals, list[str]]]:
    """Listening, with everything found that is asked for at the start."""
    parent = QObject()
    bus = logind.bus(parent)
    signals = linux.LinuxSignals(bus, bus, "Locks before the computer sleeps", parent)
    heard = _listened(signals)
    qtbot.waitUntil(lambda: {"GetSession", "Get", "Inhibit"} <= {one[0] for one in logind.asked})
    qtbot.waitUntil(lambda: signals._delay.is_held)
    qtbot.waitUntil(lambda: any(SESSION_PATH in one for one in signals._heard_here))
    yield signals, heard
    signals.stop()


Say = Callable[[Logind], None]


def _saver(name: str, path: str, logind: Logind) -> None:
    logind.say(path, name, "ActiveChanged", True)


LINUX: dict[str, tuple[Say, str]] = {
    "sleeps": (
        lambda one: one.say(linux.MANAGER_PATH, linux.MANAGER, "PrepareForSleep", True),
        "sleep",
    ),
    "wakes": (
        lambda one: one.say(linux.MANAGER_PATH, linux.MANAGER, "PrepareForSleep", False),
        "sleep",
    ),
    "is locked": (lambda one: one.say(SESSION_PATH, linux.SESSION, "Lock"), "session"),
    "was locked": (
        lambda one: one.changed(SESSION_PATH, linux.SESSION, LockedHint=True),
        "session",
    ),
    "another user": (lambda one: one.changed(SESSION_PATH, linux.SESSION, Active=False), "user"),
    "lid": (lambda one: one.changed(linux.UPOWER_PATH, linux.UPOWER, LidIsClosed=True), "lid"),
    **{
        f"screen saver {path}": (partial(_saver, name, path), "session")
        for name, path in linux.SCREEN_SAVERS
    },
}


@pytest.mark.parametrize(("says", "cause"), LINUX.values(), ids=LINUX)
def test_t82_what_linux_says_locks(
    says: Say,
    cause: str,
    on_linux: tuple[linux.LinuxSignals, list[str]],
    logind: Logind,
    qtbot: QtBot,
) -> None:
    _signals, heard = on_linux
    says(logind)
    qtbot.waitUntil(lambda: heard == [cause])


def test_what_is_no_lock_is_none(
    on_linux: tuple[linux.LinuxSignals, list[str]], logind: Logind, qtbot: QtBot
) -> None:
    """Everything that is harmless, then one that is not: signals keep their order."""
    _signals, heard = on_linux
    for name, path in linux.SCREEN_SAVERS:
        logind.say(path, name, "ActiveChanged", False)
    logind.changed(linux.UPOWER_PATH, linux.UPOWER, LidIsClosed=False)
    logind.changed(SESSION_PATH, linux.SESSION, Active=True)
    logind.say("/org/freedesktop/login1/session/_32", linux.SESSION, "Lock")
    logind.say(SESSION_PATH, linux.SESSION, "Lock")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["session"]


def test_t82_a_sleep_waits_for_the_lock(
    on_linux: tuple[linux.LinuxSignals, list[str]], logind: Logind, qtbot: QtBot
) -> None:
    signals, heard = on_linux
    assert logind.inhibited("sleep", "delay")
    signals.settled()
    assert logind.inhibited("sleep", "delay"), "a lock without a sleep lets the next one through"
    logind.say(linux.MANAGER_PATH, linux.MANAGER, "PrepareForSleep", True)
    qtbot.waitUntil(lambda: heard == ["sleep"])
    assert logind.inhibited("sleep", "delay")
    signals.settled()
    assert not logind.inhibited("sleep", "delay")
    logind.say(linux.MANAGER_PATH, linux.MANAGER, "PrepareForSleep", False)
    qtbot.waitUntil(lambda: logind.inhibited("sleep", "delay"))
    signals.stop()
    assert not logind.inhibited("sleep", "delay")


def test_t81_linux_is_kept_awake_by_an_inhibitor(logind: Logind, qtbot: QtBot) -> None:
    parent = QObject()
    awake = linux.LinuxAwake(logind.bus(parent), "A run is at work")
    awake.hold()
    awake.hold()
    qtbot.waitUntil(lambda: logind.inhibited("idle:sleep", "block"))
    assert logind.asked == [("Inhibit", "idle:sleep", "Claviger", "A run is at work", "block")]
    awake.hold()
    assert len(logind.asked) == 1
    awake.release()
    assert not logind.inhibited("idle:sleep", "block")


def test_an_inhibitor_that_is_no_longer_wanted_goes_with_its_answer(
    logind: Logind, qtbot: QtBot
) -> None:
    parent = QObject()
    bus = logind.bus(parent)
    awake = linux.LinuxAwake(bus, "A run is at work")
    awake.hold()
    awake.release()
    qtbot.waitUntil(lambda: bool(logind.asked) and not bus._waiting)
    assert not logind.inhibited("idle:sleep", "block")


def test_a_system_without_a_bus_is_silent(qapp: QApplication) -> None:
    nothing = QDBusConnection("there is none")
    parent = QObject()
    bus = linux.Bus(nothing, parent)
    signals = linux.LinuxSignals(bus, bus, "why", parent)
    assert _listened(signals) == []
    signals.settled()
    signals.stop()
    linux.LinuxAwake(bus, "why").hold()


# --- Windows ----------------------------------------------------------------------------------


class FakeWin32:
    """Notes what is called."""

    def __init__(self) -> None:
        self.windows: list[int] = []
        self.state: list[int] = []

    def listen(self, window: int) -> None:
        self.windows.append(window)

    def deafen(self, window: int) -> None:
        self.windows.remove(window)

    def execution_state(self, flags: int) -> None:
        self.state.append(flags)


def _lid(*, is_open: bool) -> windows.PowerSetting:
    lid = (ctypes.c_ubyte * 16)(*windows.LID_SWITCH.bytes_le)
    return windows.PowerSetting(lid, 4, int(is_open))


def _told(
    signals: windows.WindowsSignals, number: int, wparam: int, told: ctypes.Structure | None = None
) -> object:
    """As Windows' event dispatcher hands a message to Qt: its name and its address."""
    address = ctypes.addressof(told) if told is not None else 0
    message = windows.Message(0, number, wparam, address)
    name = QByteArray(b"windows_generic_MSG")
    return signals._filter.nativeEventFilter(name, ctypes.addressof(message))


@pytest.fixture
def on_windows(qtbot: QtBot) -> Iterator[tuple[windows.WindowsSignals, list[str]]]:
    window = QWidget()
    qtbot.addWidget(window)
    win32 = FakeWin32()
    signals = windows.WindowsSignals(win32, window)
    heard = _listened(signals)
    assert win32.windows == [int(window.winId())]
    yield signals, heard
    signals.stop()
    signals.stop()
    assert win32.windows == []


@pytest.mark.parametrize(
    ("number", "wparam", "cause"),
    [
        (windows.WM_WTSSESSION_CHANGE, 7, "session"),
        (windows.WM_WTSSESSION_CHANGE, 8, "session"),
        (windows.WM_WTSSESSION_CHANGE, 1, "user"),
        (windows.WM_WTSSESSION_CHANGE, 2, "user"),
        (windows.WM_WTSSESSION_CHANGE, 3, "user"),
        (windows.WM_WTSSESSION_CHANGE, 4, "user"),
        (windows.WM_WTSSESSION_CHANGE, 6, "user"),
        (windows.WM_POWERBROADCAST, 0x4, "sleep"),
        (windows.WM_POWERBROADCAST, 0x7, "sleep"),
        (windows.WM_POWERBROADCAST, 0x12, "sleep"),
    ],
)
def test_t82_what_windows_says_locks(
    number: int, wparam: int, cause: str, on_windows: tuple[windows.WindowsSignals, list[str]]
) -> None:
    signals, heard = on_windows
    assert _told(signals, number, wparam) == (False, 0), "the message is for others too"
    assert heard == [cause]


def test_t82_a_lid_that_closes_locks_windows(
    on_windows: tuple[windows.WindowsSignals, list[str]],
) -> None:
    """Windows tells the present state first: a computer under a desk has its lid closed."""
    signals, heard = on_windows
    setting = windows.PBT_POWERSETTINGCHANGE
    for is_open in (False, True, True):
        _told(signals, windows.WM_POWERBROADCAST, setting, _lid(is_open=is_open))
    assert heard == []
    _told(signals, windows.WM_POWERBROADCAST, setting, _lid(is_open=False))
    assert heard == ["lid"]


def test_other_messages_mean_nothing(
    on_windows: tuple[windows.WindowsSignals, list[str]],
) -> None:
    signals, heard = on_windows
    other = windows.PowerSetting((ctypes.c_ubyte * 16)(), 4, 0)
    for _twice in range(2):
        _told(signals, windows.WM_POWERBROADCAST, windows.PBT_POWERSETTINGCHANGE, other)
    _told(signals, windows.WM_POWERBROADCAST, windows.PBT_POWERSETTINGCHANGE)
    _told(signals, windows.WM_POWERBROADCAST, 0xA)
    _told(signals, windows.WM_WTSSESSION_CHANGE, 5)
    _told(signals, 0x0200, 7)
    message = windows.Message(0, windows.WM_WTSSESSION_CHANGE, 7, 0)
    signals._filter.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(message))
    assert heard == []


def test_t81_windows_is_kept_awake_and_let_go() -> None:
    win32 = FakeWin32()
    awake = windows.WindowsAwake(win32)
    awake.hold()
    awake.release()
    # ES_CONTINUOUS with ES_SYSTEM_REQUIRED, then ES_CONTINUOUS alone.
    assert win32.state == [0x80000001, 0x80000000]


# --- macOS ------------------------------------------------------------------------------------


class FakeCocoa:
    """Notification centres, a lid and power assertions."""

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        self.heard: Callable[[str], None] = lambda _name: None
        self.lid: bool | None = True
        self.assertions: dict[int, str] = {}

    def observe(self, names: tuple[str, ...], heard: Callable[[str], None]) -> None:
        self.names, self.heard = names, heard

    def ignore(self) -> None:
        self.names = ()

    def post(self, name: str) -> None:
        if name in self.names:
            self.heard(name)

    def is_lid_open(self) -> bool | None:
        return self.lid

    def assert_awake(self, why: str) -> int | None:
        self.assertions[len(self.assertions) + 1] = why
        return len(self.assertions)

    def end_assertion(self, number: int) -> None:
        del self.assertions[number]


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("com.apple.screenIsLocked", "session"),
        ("NSWorkspaceWillSleepNotification", "sleep"),
        ("NSWorkspaceDidWakeNotification", "sleep"),
        ("NSWorkspaceSessionDidResignActiveNotification", "user"),
    ],
)
def test_t82_what_macos_says_locks(name: str, cause: str, qapp: QApplication) -> None:
    cocoa = FakeCocoa()
    signals = macos.MacSignals(cocoa)
    heard = _listened(signals)
    cocoa.post("NSWorkspaceDidMountNotification")
    cocoa.post(name)
    assert heard == [cause]
    signals.stop()
    cocoa.post(name)
    assert heard == [cause]


@pytest.mark.parametrize("first", [True, False, None])
def test_t82_a_lid_that_closes_locks_macos(first: bool | None, qapp: QApplication) -> None:
    cocoa = FakeCocoa()
    cocoa.lid = first
    signals = macos.MacSignals(cocoa)
    heard = _listened(signals)
    signals.poll()
    assert heard == []
    for is_open in (True, False, False):
        cocoa.lid = is_open
        signals.poll()
    assert heard == ["lid"]


def test_t81_macos_is_kept_awake_by_one_assertion() -> None:
    cocoa = FakeCocoa()
    awake = macos.MacAwake(cocoa, "A run is at work")
    awake.hold()
    awake.hold()
    assert list(cocoa.assertions.values()) == ["A run is at work"]
    awake.release()
    awake.release()
    assert cocoa.assertions == {}


def test_another_system_has_no_cocoa() -> None:
    """The libraries are looked for at once, so that the choice of the system can fall back."""
    if ctypes.util.find_library("objc"):
        pytest.skip("this is macOS, or it has a runtime for Objective-C")
    with pytest.raises(OSError, match="objc"):
        macos.SystemCocoa()
