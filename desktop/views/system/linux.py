"""Linux: logind, UPower and the desktop's own screen saver over D-Bus.

Which of them speak differs between desktops, and some say nothing at all: then the idle time and
the clocks remain. Sources: org.freedesktop.login1(5), the UPower reference, systemd's page on
inhibitor locks, and the interface files of the screen savers.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from desktop.views.system.signals import Awake, Lid, SystemSignals

LOGIND: Final = "org.freedesktop.login1"
MANAGER_PATH: Final = "/org/freedesktop/login1"
MANAGER: Final = "org.freedesktop.login1.Manager"
SESSION: Final = "org.freedesktop.login1.Session"
UPOWER: Final = "org.freedesktop.UPower"
UPOWER_PATH: Final = "/org/freedesktop/UPower"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
# Interface, which is the service's name as well, and path; each tells ActiveChanged(b).
SCREEN_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)
# Text at run time, bytes in the stubs.
_HEARD: Final[Any] = SLOT("heard(QDBusMessage)")
Answered = Callable[[object], None]


class Bus(QObject):
    """One message bus: signals heard and methods called. On a connection between two peers there
    are no names of services.
    """

    def __init__(
        self, connection: QDBusConnection, parent: QObject | None = None, *, is_peer: bool = False
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._is_peer = is_peer
        self._waiting: dict[QDBusPendingCallWatcher, Answered] = {}

    def listen(self, receiver: QObject, service: str, path: str, interface: str, name: str) -> None:
        """`receiver.heard` gets each such signal. An empty path is any."""
        self._connection.connect(self._name(service), path, interface, name, receiver, _HEARD)

    def deafen(self, receiver: QObject, service: str, path: str, interface: str, name: str) -> None:
        self._connection.disconnect(self._name(service), path, interface, name, receiver, _HEARD)

    def ask(
        self,
        answered: Answered,
        service: str,
        path: str,
        interface: str,
        name: str,
        *words: str,
    ) -> None:
        """Calls a method without waiting. Nothing is answered where it fails."""
        call = QDBusMessage.createMethodCall(self._name(service), path, interface, name)
        call.setArguments(list(words))
        watcher = QDBusPendingCallWatcher(self._connection.asyncCall(call), self)
        self._waiting[watcher] = answered
        watcher.finished.connect(self._finished)

    def value_of(
        self, answered: Answered, service: str, path: str, interface: str, name: str
    ) -> None:
        self.ask(answered, service, path, PROPERTIES, "Get", interface, name)

    @Slot(QDBusPendingCallWatcher)
    def _finished(self, watcher: QDBusPendingCallWatcher) -> None:
        answered = self._waiting.pop(watcher, None)
        values = [] if watcher.isError() else watcher.reply().arguments()
        watcher.deleteLater()
        if answered is not None and values:
            value = values[0]
            answered(value.variant() if isinstance(value, QDBusVariant) else value)

    def _name(self, service: str) -> str:
        return "" if self._is_peer else service


class Inhibitor:
    """One inhibitor lock of logind: it holds as long as its file descriptor is open."""

    def __init__(self, bus: Bus, what: str, mode: str, why: str) -> None:
        """`what`: sleep, idle, or several with colons; `mode`: block or delay."""
        self._bus = bus
        self._words = (what, "Claviger", why, mode)
        self._fd: int | None = None
        self._is_wanted = False
        self._is_asked = False

    @property
    def is_held(self) -> bool:
        return self._fd is not None

    def hold(self) -> None:
        self._is_wanted = True
        if self._fd is None and not self._is_asked:
            self._is_asked = True
            self._bus.ask(self._given, LOGIND, MANAGER_PATH, MANAGER, "Inhibit", *self._words)

    def release(self) -> None:
        self._is_wanted = False
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _given(self, value: object) -> None:
        self._is_asked = False
        # One that is no longer wanted goes with the answer.
        if self._is_wanted and isinstance(value, QDBusUnixFileDescriptor):
            self._fd = os.dup(value.fileDescriptor())


class LinuxSignals(SystemSignals):
    """Listens on both buses. A sleep is held up until the lock is done (5 s at most, by logind)."""

    def __init__(
        self, system: Bus, session: Bus, why: str, parent: QObject | None = None, *, own: str = ""
    ) -> None:
        """`own`: the id of our session; empty: logind finds it. `why`: told to whoever asks what
        holds the computer up.
        """
        super().__init__(parent)
        self._system = system
        self._session = session
        self._own = own or "auto"
        self._lid = Lid()
        self._is_sleep_near = False
        self._delay = Inhibitor(system, "sleep", "delay", why)
        self._heard_here: list[tuple[Bus, str, str, str, str]] = []

    def start(self) -> None:
        self._listen(self._system, LOGIND, MANAGER_PATH, MANAGER, "PrepareForSleep")
        self._listen(self._system, UPOWER, UPOWER_PATH, PROPERTIES, "PropertiesChanged")
        for interface, path in SCREEN_SAVERS:
            self._listen(self._session, interface, path, interface, "ActiveChanged")
        self._system.ask(
            self._session_found, LOGIND, MANAGER_PATH, MANAGER, "GetSession", self._own
        )
        self._ask_lid()
        self._delay.hold()

    def stop(self) -> None:
        for bus, *where in self._heard_here:
            bus.deafen(self, *where)
        self._heard_here.clear()
        self._delay.release()

    def settled(self) -> None:
        if self._is_sleep_near:
            self._delay.release()

    def _listen(self, bus: Bus, service: str, path: str, interface: str, name: str) -> None:
        bus.listen(self, service, path, interface, name)
        self._heard_here.append((bus, service, path, interface, name))

    def _session_found(self, path: object) -> None:
        if isinstance(path, QDBusObjectPath):
            self._listen(self._system, LOGIND, path.path(), SESSION, "Lock")
            self._listen(self._system, LOGIND, path.path(), PROPERTIES, "PropertiesChanged")

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """Any of the signals above."""
        values = message.arguments()
        match message.member():
            case "PrepareForSleep":
                self._is_sleep_near = values == [True]
                if not self._is_sleep_near:
                    # Awake again: the next sleep is held up too.
                    self._delay.hold()
                self.happened.emit("sleep")
            case "Lock":
                self.happened.emit("session")
            case "ActiveChanged" if values == [True]:
                self.happened.emit("session")
            case "PropertiesChanged" if values[:1] == [UPOWER]:
                self._ask_lid()
            case "PropertiesChanged" if values[:1] == [SESSION]:
                for name, told in (("Active", self._active), ("LockedHint", self._locked)):
                    self._system.value_of(told, LOGIND, message.path(), SESSION, name)

    def _ask_lid(self) -> None:
        self._system.value_of(self._lid_told, UPOWER, UPOWER_PATH, UPOWER, "LidIsClosed")

    def _lid_told(self, is_closed: object) -> None:
        if self._lid.closes(is_open=is_closed is not True):
            self.happened.emit("lid")

    def _active(self, is_active: object) -> None:
        if is_active is False:
            self.happened.emit("user")

    def _locked(self, is_locked: object) -> None:
        if is_locked is True:
            self.happened.emit("session")


class LinuxAwake(Awake):
    """Asks logind to start no sleep; closing the lid sleeps all the same, as logind is set up."""

    def __init__(self, system: Bus, why: str) -> None:
        self._inhibitor = Inhibitor(system, "idle:sleep", "block", why)

    def hold(self) -> None:
        self._inhibitor.hold()

    def release(self) -> None:
        self._inhibitor.release()
