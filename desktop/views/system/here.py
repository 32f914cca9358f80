"""Which of the systems this is."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QWidget

from desktop.views.system import linux, macos, windows
from desktop.views.system.signals import Awake, SystemSignals

translate = QCoreApplication.translate


@dataclass(frozen=True)
class System:
    """The signals of a system and its way of staying awake."""

    signals: SystemSignals
    awake: Awake


def system_here(window: QWidget) -> System:
    """Of this computer; where something is missing, nothing is heard and nothing kept awake."""
    at_work = translate("System", "A run is at work")
    if sys.platform == "win32":
        win32 = windows.SystemWin32()
        return System(windows.WindowsSignals(win32, window, window), windows.WindowsAwake(win32))
    if sys.platform == "darwin":
        with contextlib.suppress(OSError, AttributeError):
            cocoa = macos.SystemCocoa()
            return System(macos.MacSignals(cocoa, window), macos.MacAwake(cocoa, at_work))
    if sys.platform == "linux":
        system = linux.Bus(QDBusConnection.systemBus(), window)
        session = linux.Bus(QDBusConnection.sessionBus(), window)
        why = translate("System", "Locks before the computer sleeps")
        own = os.environ.get("XDG_SESSION_ID", "")
        signals = linux.LinuxSignals(system, session, why, window, own=own)
        return System(signals, linux.LinuxAwake(system, at_work))
    return System(SystemSignals(window), Awake())
