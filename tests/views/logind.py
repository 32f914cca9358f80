"""A written logind, UPower and screen saver, on a connection of their own between two peers."""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusServer,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

from desktop.views.system.linux import Bus

SESSION_PATH = "/org/freedesktop/login1/session/_31"


class Logind(QDBusVirtualObject):
    """Answers what the program asks; `say` sends a signal. Each inhibitor is a pipe, whose other
    end tells when the program lets go.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state: dict[str, Any] = {"Active": True, "LockedHint": False, "LidIsClosed": False}
        self.asked: list[tuple[str, ...]] = []
        self._pipes: list[tuple[tuple[str, ...], int]] = []
        self._client: QDBusConnection | None = None
        self._server = QDBusServer("unix:tmpdir=/tmp")
        self._server.newConnection.connect(self._connected)
        self._name = f"peer-{id(self):x}"
        self._peer = QDBusConnection.connectToPeer(self._server.address(), self._name)

    def bus(self, parent: QObject) -> Bus:
        return Bus(self._peer, parent, is_peer=True)

    @property
    def is_connected(self) -> bool:
        return self._client is not None

    def close(self) -> None:
        for _words, end in self._pipes:
            os.close(end)
        QDBusConnection.disconnectFromPeer(self._name)

    def _connected(self, connection: QDBusConnection) -> None:
        self._client = QDBusConnection(connection)
        every = QDBusConnection.VirtualObjectRegisterOption.SubPath
        self._client.registerVirtualObject("/", self, every)

    def say(self, path: str, interface: str, name: str, *values: Any) -> None:
        message = QDBusMessage.createSignal(path, interface, name)
        message.setArguments(list(values))
        assert self._client is not None
        assert self._client.send(message)

    def changed(self, path: str, interface: str, **state: Any) -> None:
        self.state |= state
        self.say(path, "org.freedesktop.DBus.Properties", "PropertiesChanged", interface, state, [])

    def inhibited(self, what: str, mode: str) -> bool:
        """Whether the program holds such a lock now."""
        return any(
            words[0] == what and words[3] == mode and not _is_closed(end)
            for words, end in self._pipes
        )

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(  # noqa: N802 - Qt's name
        self, message: QDBusMessage, connection: QDBusConnection
    ) -> bool:
        words = tuple(str(one) for one in message.arguments())
        self.asked.append((message.member(), *words))
        answer = message.createReply()
        match message.member():
            case "Inhibit":
                ours, theirs = os.pipe()
                os.set_blocking(ours, False)
                answer.setArguments([QDBusUnixFileDescriptor(theirs)])
                os.close(theirs)
                self._pipes.append((words, ours))
            case "GetSession":
                answer.setArguments([QDBusObjectPath(SESSION_PATH)])
            case "Get":
                answer.setArguments([QDBusVariant(self.state[words[1]])])
            case _:
                return False
        return bool(connection.send(answer))


def _is_closed(end: int) -> bool:
    try:
        return os.read(end, 1) == b""
    except BlockingIOError:
        return False
