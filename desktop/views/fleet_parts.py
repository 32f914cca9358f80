"""What lists over several connections share: a column, a filter, and words on what is left out."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.models.column import Column
from desktop.services.desk import save_table
from desktop.views.connection_look import locked_text, waiting_text
from desktop.views.locked_lines import LockedLine
from desktop.views.text import SafeText, explain, isolated, joined, name_aloud, sentence, shown
from desktop.views.theme import text_width, u
from desktop.views.widgets.buttons import Chip
from desktop.views.widgets.draw import draw_dot, draw_text, smooth_painter
from desktop.views.widgets.menus import Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QPaintEvent

    from desktop.domain.ids import ConnectionId
    from desktop.views.fleet import Connection, Fleet

translate = QCoreApplication.translate
Row = TypeVar("Row")


def connection_column(
    fleet: Fleet, connection_of: Callable[[Row], ConnectionId | None], *, drop: int = 0
) -> Column[Row]:
    """A dot and the name; there is none while there is one connection only."""
    return Column(
        "connection",
        lambda: translate("Connections", "Connection"),
        lambda row: fleet.name(connection_of(row)),
        width=150,
        drop=drop,
        dot=lambda row: fleet.dot(connection_of(row)),
        is_there=lambda: fleet.is_many,
    )


def of_connection(text: str, fleet: Fleet, connection: ConnectionId) -> str:
    """`text`, which is marked already, and whose it is where there are several connections."""
    if not fleet.is_many:
        return text
    return sentence(
        translate("Connections", "{connection}: {text}"),
        connection=fleet.name(connection),
        text=SafeText(text),
    )


def with_left_out(caption: str, fleet: Fleet) -> str:
    """ "24 clients · 2 of 3 connections": a count says what it does not count."""
    return joined(SafeText(caption), SafeText(fleet.left_out()), between=" · ")


def locked_line(connection: Connection) -> LockedLine:
    """The line of a connection whose rows are not there."""
    return LockedLine(
        connection.id,
        connection.dot,
        SafeText(locked_text(isolated(connection.name), connection.record.last_sync)),
        translate("Connections", "Unlock"),
    )


def locked_run_line(connection: Connection) -> LockedLine:
    """The line of a connection of which more is known: a run that did not end."""
    return LockedLine(
        connection.id,
        connection.dot,
        waiting_text(connection.name),
        translate("Connections", "Unlock"),
    )


async def save_rows(
    fleet: Fleet,
    head: Sequence[str],
    rows: Sequence[tuple[ConnectionId, Sequence[str]]],
    path: Path,
) -> None:
    """Writes what a list shows into a file; each row says its connection where there are several.

    The local log of each connection notes how many of its own rows left. Raises StorageFailed.
    """
    if fleet.is_many:
        table = [(translate("Connections", "Connection"), *head)]
        table += [(fleet.name(connection), *cells) for connection, cells in rows]
    else:
        table = [tuple(head), *(tuple(cells) for _connection, cells in rows)]
    counts = Counter(connection for connection, _cells in rows)
    owners = [desk for desk in fleet.open if counts[desk.connection.id]]
    await save_table({desk: counts[desk.connection.id] for desk in owners}, table, path)


class ConnectionMark(QWidget):
    """A dot and the name beside a title; nothing while there is one connection only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("connection_mark")
        self._name = self._dot = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_connection(self, fleet: Fleet, connection: ConnectionId) -> None:
        self._name, self._dot = shown(fleet.name(connection)), fleet.dot(connection)
        name_aloud(self, self._name)
        explain(self, self._name)
        self.setVisible(fleet.is_many)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(16) + text_width(self._name, "body") + 1, u(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), u(90)), u(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        draw_dot(painter, self.rect(), self._dot)
        draw_text(painter, self.rect().adjusted(u(16), 0, 0, 0), self._name, "text2")


class ConnectionChip(Chip):
    """Which connection is listed; `chosen` None means all. Hidden while there is one only."""

    changed = Signal()

    def __init__(self, fleet: Fleet, parent: QWidget | None = None) -> None:
        super().__init__(translate("Connections", "Connection"), parent=parent)
        self.setObjectName("connection_chip")
        self._fleet = fleet
        self.chosen: ConnectionId | None = None
        self._menu = Menu(translate("Connections", "Connection"), self)
        self._menu.aboutToShow.connect(self._fill)
        self.set_menu(self._menu)
        self.cleared.connect(self.clear)
        self.hide()

    def follow(self) -> None:
        """The connections changed: one that is gone or locked is chosen no more."""
        self.setVisible(self._fleet.is_many)
        if self.chosen is None:
            return
        if self._fleet.desk(self.chosen) is None or not self._fleet.is_many:
            self.clear()
        else:
            self.set_value(self._fleet.name(self.chosen))

    def choose(self, connection: ConnectionId) -> None:
        self.chosen = connection
        self.set_value(self._fleet.name(connection))
        self.changed.emit()

    def clear(self) -> None:
        was_on, self.chosen = self.chosen is not None, None
        self.set_value("")
        if was_on:
            self.changed.emit()

    def _fill(self) -> None:
        """Made anew each time: lines that are kept are lost by the bindings now and then."""
        self._menu.clear()
        for one in self._fleet.connections:
            if one.desk is not None:
                self._menu.add(
                    one.name,
                    partial(self.choose, one.id),
                    dot=one.dot,
                    checked=one.id == self.chosen,
                )
            else:
                reason = translate("Connections", "Locked; unlock it first.")
                self._menu.add(one.name, dot=one.dot, reason=reason)
