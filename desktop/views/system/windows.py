"""Windows: messages of the session and of power, which Qt does not pass on by itself.

Source: Microsoft's reference of WTSRegisterSessionNotification, RegisterPowerSettingNotification,
WM_WTSSESSION_CHANGE, WM_POWERBROADCAST and SetThreadExecutionState.
"""

from __future__ import annotations

import ctypes
import sys
import uuid
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from desktop.views.system.signals import Awake, Cause, Lid, SystemSignals

WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1
PBT_POWERSETTINGCHANGE: Final = 0x8013
LID_SWITCH: Final = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3")
# WTS_CONSOLE_CONNECT and _DISCONNECT, WTS_REMOTE_CONNECT and _DISCONNECT, WTS_SESSION_LOGOFF,
# _LOCK and _UNLOCK: a session that comes back is locked here first too.
_SESSION: Final[dict[int, Cause]] = {
    1: "user",
    2: "user",
    3: "user",
    4: "user",
    6: "user",
    7: "session",
    8: "session",
}
# PBT_APMSUSPEND, PBT_APMRESUMESUSPEND, PBT_APMRESUMEAUTOMATIC.
_POWER: Final = frozenset({0x4, 0x7, 0x12})
_ES_CONTINUOUS: Final = 0x80000000
_ES_SYSTEM_REQUIRED: Final = 0x00000001
_MESSAGES: Final = (b"windows_generic_MSG", b"windows_dispatcher_MSG")


class Message(ctypes.Structure):
    """The beginning of MSG; what follows is the time and the place of the mouse."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wparam", ctypes.c_size_t),
        ("lparam", ctypes.c_ssize_t),
    )


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING for a setting of one number; the lid: 0 closed, 1 open."""

    _fields_ = (
        ("setting", ctypes.c_ubyte * 16),
        ("length", ctypes.c_uint32),
        ("data", ctypes.c_uint32),
    )


class Win32(Protocol):
    """The four functions that are called."""

    def listen(self, window: int) -> None:
        """WTSRegisterSessionNotification, RegisterPowerSettingNotification. OSError."""
        ...

    def deafen(self, window: int) -> None: ...

    def execution_state(self, flags: int) -> None:
        """SetThreadExecutionState, of the thread that calls."""
        ...


class MessageFilter(QAbstractNativeEventFilter):
    """Sees every message before Qt, and lets each of them pass."""

    def __init__(self, heard: Callable[[Cause], None]) -> None:
        super().__init__()
        self._heard = heard
        self._lid = Lid()

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name) in _MESSAGES:
            cause = self.cause_of(Message.from_address(int(message)))
            if cause is not None:
                self._heard(cause)
        return False, 0

    def cause_of(self, message: Message) -> Cause | None:
        """What a message means; None for the many that mean nothing here."""
        if message.message == WM_WTSSESSION_CHANGE:
            return _SESSION.get(message.wparam)
        if message.message != WM_POWERBROADCAST:
            return None
        if message.wparam in _POWER:
            return "sleep"
        if message.wparam == PBT_POWERSETTINGCHANGE and message.lparam:
            told = PowerSetting.from_address(message.lparam)
            is_lid = bytes(told.setting) == LID_SWITCH.bytes_le
            if is_lid and self._lid.closes(is_open=bool(told.data)):
                return "lid"
        return None


class WindowsSignals(SystemSignals):
    """Listens through a window of ours, which has to live as long."""

    def __init__(self, win32: Win32, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._win32 = win32
        self._window = window
        self._handle: int | None = None
        self._filter = MessageFilter(self.happened.emit)

    def start(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)
        self._handle = int(self._window.winId())
        self._win32.listen(self._handle)

    def stop(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)
        if self._handle is not None:
            self._win32.deafen(self._handle)
            self._handle = None


class WindowsAwake(Awake):
    """The request belongs to the thread of the window, which lives as long as the program."""

    def __init__(self, win32: Win32) -> None:
        self._win32 = win32

    def hold(self) -> None:
        self._win32.execution_state(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED)

    def release(self) -> None:
        self._win32.execution_state(_ES_CONTINUOUS)


if sys.platform == "win32":
    from ctypes import wintypes

    class SystemWin32:
        """The real ones."""

        def __init__(self) -> None:
            self._wtsapi32 = ctypes.WinDLL("wtsapi32", use_last_error=True)
            self._user32 = ctypes.WinDLL("user32", use_last_error=True)
            self._kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
            register = self._user32.RegisterPowerSettingNotification
            register.argtypes = [wintypes.HANDLE, ctypes.c_char_p, wintypes.DWORD]
            register.restype = wintypes.HANDLE
            self._user32.UnregisterPowerSettingNotification.argtypes = [wintypes.HANDLE]
            for name in ("WTSRegisterSessionNotification", "WTSUnRegisterSessionNotification"):
                getattr(self._wtsapi32, name).restype = wintypes.BOOL
            self._wtsapi32.WTSRegisterSessionNotification.argtypes = [
                wintypes.HWND,
                wintypes.DWORD,
            ]
            self._wtsapi32.WTSUnRegisterSessionNotification.argtypes = [wintypes.HWND]
            self._kernel32.SetThreadExecutionState.argtypes = [wintypes.DWORD]
            self._lid: int | None = None

        def listen(self, window: int) -> None:
            if not self._wtsapi32.WTSRegisterSessionNotification(window, 0):
                raise ctypes.WinError(ctypes.get_last_error())
            register = self._user32.RegisterPowerSettingNotification
            self._lid = register(window, LID_SWITCH.bytes_le, 0)

        def deafen(self, window: int) -> None:
            self._wtsapi32.WTSUnRegisterSessionNotification(window)
            if self._lid:
                self._user32.UnregisterPowerSettingNotification(self._lid)
                self._lid = None

        def execution_state(self, flags: int) -> None:
            self._kernel32.SetThreadExecutionState(flags)
