"""The head of the sidebar where there are several connections: which is chosen, and a menu."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.views.connection_look import last_seen_text, locked_text, state_text
from desktop.views.text import SafeText, explain, isolated, joined, name_aloud, shown
from desktop.views.theme import color, paint_icon, u
from desktop.views.widgets.draw import (
    draw_dot,
    draw_mark,
    draw_text,
    fill_rounded,
    focus_ring,
    smooth_painter,
)
from desktop.views.widgets.menus import Menu
from desktop.views.wording import staff_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.ids import ConnectionId
    from desktop.views.fleet import Connection, Fleet

translate = QCoreApplication.translate
_WIDTH = 208


class Switcher(QAbstractButton):
    """Mark, name, how many there are; a click or an arrow key opens the menu."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("connection_switcher")
        self._name = self._count = ""
        self._dot = ""
        self._needs_somebody = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.opened)
        self.hide()

    def show_fleet(self, fleet: Fleet) -> None:
        """Follows the connections; with one there is nothing to switch."""
        self.setVisible(fleet.is_many)
        chosen = fleet.get(fleet.chosen.connection.id)
        if not fleet.is_many or chosen is None:
            return
        self._name, self._dot = shown(chosen.name), chosen.dot
        self._count = fleet.left_out() or translate(
            "Switcher", "%Ln connection(s)", None, len(fleet.connections)
        )
        self._needs_somebody = any(one.state == "signed_out" for one in fleet.connections)
        name_aloud(self, joined(self._name, self._count))
        lines = [joined(one.name, state_text(one.state), between=": ") for one in fleet.connections]
        explain(self, "\n".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(u(_WIDTH), u(40))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def spot(self) -> QPoint:
        """Where the menu opens, on the screen."""
        return self.mapToGlobal(QPoint(0, self.height() + u(4)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            fill_rounded(painter, box, u(7), "sidebar_hover")
        if self.hasFocus():
            focus_ring(painter, box, u(7))
        draw_mark(painter, QRectF(u(6), u(6), u(28), u(28)))
        left, right = u(44), self.width() - u(30)
        draw_text(painter, QRect(left, u(2), right - left, u(19)), self._name, "text", "strong")
        below = QRect(left, u(20), right - left, u(18))
        draw_dot(painter, below, self._dot)
        below.adjust(u(14), 0, 0, 0)
        token = "warn_text" if self._needs_somebody else "text2"
        draw_text(painter, below, self._count, token, "small")
        paint_icon(painter, "chevrons-up-down", "text2", self.width() - u(24), u(12))
        if self._needs_somebody:
            spot = QRectF(self.width() - u(12), u(6), u(7), u(7))
            fill_rounded(painter, spot, u(4), color("warn_fill"))


@dataclass(frozen=True)
class ClosedLine:
    """A connection that is locked or signed out; `tip` says so, and what a click does."""

    key: str
    name: str
    icon: str
    tip: str


def closed_lines(fleet: Fleet) -> list[ClosedLine]:
    """Those that need somebody; with one connection the strip says it all."""
    if not fleet.is_many:
        return []
    lines = []
    for one in fleet.connections:
        name = isolated(one.name)
        if one.state == "locked":
            tip = locked_text(name, one.record.last_sync)
            lines.append(ClosedLine(str(one.id), one.name, "lock", _told(tip, _verb(one))))
        elif one.state == "signed_out":
            tip = translate("Switcher", "{connection}: the session has ended.").format(
                connection=name
            )
            lines.append(ClosedLine(str(one.id), one.name, "log-in", _told(tip, _verb(one))))
    return lines


def _told(tip: str, verb: str) -> SafeText:
    return SafeText(f"{tip} {verb}")


def connection_menu(
    fleet: Fleet,
    age_of: Callable[[ConnectionId], str],
    act: Callable[[Connection], None],
    parent: QWidget,
    manage: Callable[[], None] | None = None,
) -> Menu:
    """Each connection with server, role, age and state; `act` does what its line says."""
    menu = Menu(translate("Switcher", "Connections"), parent)
    for one in fleet.connections:
        is_chosen = one.desk is fleet.chosen
        menu.add(
            one.name,
            partial(act, one),
            icon={"locked": "lock", "signed_out": "log-in", "offline": "cloud-off"}.get(
                one.state, "check" if is_chosen else ""
            ),
            dot=one.dot,
            note=_facts(one, age_of(one.id)),
            verb=_verb(one),
        )
    if manage is not None:
        menu.addSeparator()
        menu.add(translate("Switcher", "Connections…"), manage, icon="settings")
    return menu


def _verb(connection: Connection) -> str:
    match connection.state:
        case "locked":
            return translate("Connections", "Unlock")
        case "signed_out":
            return translate("Connections", "Sign in again")
        case _:
            return ""


def _facts(connection: Connection, age: str) -> str:
    """Server, role where it is known, and how it stands."""
    if connection.desk is None:
        seen = last_seen_text(connection.record.last_sync)
        state = state_text("locked")
        if seen:
            state = translate("Switcher", "locked, last seen {time}").format(time=seen)
        return joined(connection.host, state, between=" · ")
    session = connection.desk.session
    role = translate("Switcher", "own organizations")
    if session.provider is not None:
        role = staff_role(session.role)
    how = age if connection.state == "open" else state_text(connection.state)
    return joined(connection.host, role, how, between=" · ")
