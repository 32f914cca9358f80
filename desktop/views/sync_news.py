"""What the background round says of itself in the window: one quiet line, and lists held back."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.enums import PolicyType
from desktop.domain.events import (
    ClientChanged,
    ClientsChanged,
    ConnectionStateChanged,
    Event,
    ListHeldBack,
    ProviderMembersChanged,
    SessionEnded,
    SyncProgressed,
)
from desktop.models.bridge import EventBridge
from desktop.models.column import Column, ColumnKind
from desktop.models.table import RecordTableModel
from desktop.views.dialogs import Dialog, ask
from desktop.views.fleet_parts import of_connection
from desktop.views.moments import moment_text
from desktop.views.strips import HeldStrip
from desktop.views.text import sentence
from desktop.views.theme import keep_height
from desktop.views.widgets.cards import Facts
from desktop.views.widgets.labels import Label
from desktop.views.widgets.table import RecordTable
from desktop.views.wording import policy_name

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from desktop.domain.errors import ClavigerError
    from desktop.domain.events import EventHub
    from desktop.domain.ids import ConnectionId
    from desktop.services.desk import Desk
    from desktop.services.keeping import HeldBack
    from desktop.services.sync import HeldLook
    from desktop.views.fleet import Fleet
    from desktop.views.jobs import Jobs
    from desktop.views.sidebar import SyncLine

translate = QCoreApplication.translate
_QUIET_MS: Final = 1_000
"""A round that is over sooner shows nothing: a line that flashes by tells nobody anything."""
_TICK_MS: Final = 1_000
_WAIT_LEAST_S: Final = 1.0


@dataclass(frozen=True)
class LineState:
    """What the line would say of one connection; `is_busy` while a round is read."""

    text: str
    is_online: bool
    tip: str = ""
    is_busy: bool = False


class SyncLines:
    """What several connections say of themselves, on the one line of the sidebar.

    What differs counts: one without a line, then one that is read. Each is named where the mouse
    rests and to a screen reader.
    """

    def __init__(self, fleet: Fleet, line: SyncLine) -> None:
        self._fleet = fleet
        self._line = line
        self._states: dict[ConnectionId, LineState] = {}
        self._read_at: dict[ConnectionId, float] = {}

    def put(self, connection: ConnectionId, state: LineState) -> None:
        self._states[connection] = state
        self.show()

    def set_read_at(self, connection: ConnectionId, seconds: float) -> None:
        """How old the picture is, as seconds since 1970; 0 if there is none."""
        self._read_at[connection] = seconds

    def show(self) -> None:
        """Of the connections that are open."""
        there = [one.id for one in self._fleet.connections if one.desk and one.id in self._states]
        if not there:
            return
        if not self._fleet.is_many:
            only = self._states[there[0]]
            self._line.set_state(only.text, is_online=only.is_online, tip=only.tip)
            return
        tip = "\n".join(self._told(one) for one in there)
        online = [one for one in there if self._states[one].is_online]
        if len(online) < len(there):
            number = QLocale().toString
            text = translate("SyncNews", "{online} of {all} connected").format(
                online=number(len(online)), all=number(len(there))
            )
            self._line.set_state(text, is_online=False, tip=tip)
            return
        oldest = min(there, key=lambda one: self._read_at.get(one, 0.0))
        busy = next((one for one in there if self._states[one].is_busy), oldest)
        self._line.set_state(self._states[busy].text, is_online=True, tip=tip)

    def _told(self, connection: ConnectionId) -> str:
        state = self._states[connection]
        return translate("Connections", "{connection}: {text}").format(
            connection=self._fleet.name(connection), text=state.text
        )


class SyncNews(QObject):
    """Keeps true what the sidebar's line says of one connection: its age, or how far a round is.

    The line changes its words only; nothing moves. While a limit makes the round wait, the seconds
    count down here: the services announce a wait once.
    """

    def __init__(self, hub: EventHub, say: Callable[[LineState], None], parent: QObject) -> None:
        super().__init__(parent)
        self._say = say
        self._age = ""
        self._is_online = False
        self._done = self._total = 0
        self._waits_until = 0.0
        self._is_shown = False
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._speak_up)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._show)
        self._bridge = EventBridge(hub, self)
        self._bridge.happened.connect(self._heard)
        self.destroyed.connect(self._bridge.close)

    def set_age(self, text: str, *, is_online: bool) -> None:
        """What the line says while no round runs."""
        self._age, self._is_online = text, is_online
        self._show()

    def close(self) -> None:
        """The connection was locked: nothing counts down any more."""
        self._bridge.close()
        self._quiet.stop()
        self._tick.stop()

    def _heard(self, event: Event) -> None:
        match event:
            case SyncProgressed(done=done, total=total, waiting_s=waiting_s):
                self._progressed(done, total, waiting_s)
            case ConnectionStateChanged(online=False) | SessionEnded():
                self._end()

    def _progressed(self, done: int, total: int, waiting_s: float) -> None:
        if done >= total:
            self._end()
            return
        self._done, self._total = done, total
        self._waits_until = time.monotonic() + waiting_s if waiting_s >= _WAIT_LEAST_S else 0.0
        if not self._is_shown and not self._quiet.isActive():
            self._quiet.start()
        self._show()

    def _speak_up(self) -> None:
        self._is_shown = True
        self._show()

    def _end(self) -> None:
        self._quiet.stop()
        self._is_shown = False
        self._done = self._total = 0
        self._waits_until = 0.0
        self._show()

    def _show(self) -> None:
        left = self._waits_until - time.monotonic()
        is_waiting = self._is_shown and left > 0
        if is_waiting != self._tick.isActive():
            self._tick.start() if is_waiting else self._tick.stop()
        if not self._is_shown or not self._is_online:
            self._say(LineState(self._age, self._is_online))
        elif is_waiting:
            seconds = QLocale().toString(math.ceil(left))
            told = translate("SyncNews", "Waits {seconds} s for the server's limit")
            self._say(
                LineState(
                    translate("SyncNews", "Limit: waits {seconds} s").format(seconds=seconds),
                    is_online=True,
                    tip=self._progress() + "\n" + told.format(seconds=seconds),
                    is_busy=True,
                )
            )
        else:
            self._say(LineState(self._progress(), is_online=True, tip=self._age, is_busy=True))

    def _progress(self) -> str:
        locale = QLocale()
        return translate("SyncNews", "Reading {done} of {total}").format(
            done=locale.toString(self._done), total=locale.toString(self._total)
        )


def held_title(held: HeldBack, client_name: str) -> str:
    """Which list lost how much."""
    if held.is_older:
        return sentence(_older(held.kind), client=client_name)
    numbers = QLocale()
    return sentence(
        _shorter(held.kind),
        client=client_name,
        before=numbers.toString(held.before),
        after=numbers.toString(held.after),
    )


def _shorter(kind: str) -> str:
    match kind:
        case "clients":
            return translate(
                "HeldLists",
                "The server's list of clients is much shorter than before: {before} → {after}.",
            )
        case "staff":
            return translate(
                "HeldLists",
                "The server's list of the provider's members is much shorter than before: "
                "{before} → {after}.",
            )
        case "members":
            return translate(
                "HeldLists",
                "The server's list of members of {client} is much shorter than before: "
                "{before} → {after}.",
            )
        case "groups":
            return translate(
                "HeldLists",
                "The server's list of groups of {client} is much shorter than before: "
                "{before} → {after}.",
            )
        case "collections":
            return translate(
                "HeldLists",
                "The server's list of collections of {client} is much shorter than before: "
                "{before} → {after}.",
            )
        case _:
            return translate(
                "HeldLists",
                "The server's list of policies of {client} is much shorter than before: "
                "{before} → {after}.",
            )


def _older(kind: str) -> str:
    match kind:
        case "clients":
            return translate("HeldLists", "The server gave an older list of clients than yours.")
        case "staff":
            return translate(
                "HeldLists", "The server gave an older list of the provider's members than yours."
            )
        case "members":
            return translate(
                "HeldLists", "The server gave an older list of members of {client} than yours."
            )
        case "groups":
            return translate(
                "HeldLists", "The server gave an older list of groups of {client} than yours."
            )
        case "collections":
            return translate(
                "HeldLists", "The server gave an older list of collections of {client} than yours."
            )
        case _:
            return translate(
                "HeldLists", "The server gave an older list of policies of {client} than yours."
            )


class HeldDialog(Dialog):
    """What would go with the new list, and how old both are. Deciding is the strip's."""

    def __init__(self, held: HeldBack, title: str, look: HeldLook | None, parent: QWidget) -> None:
        super().__init__(parent, title, icon="list-x", tone="warn", width=500)
        facts = Facts()
        former_at = look.former_at if look is not None else None
        facts.add(self.tr("The list you see"), _aged(held.before, former_at))
        facts.add(self.tr("The server's new list"), _aged(held.after, held.at))
        self.body.addWidget(facts)
        gone = look.gone if look is not None else ()
        self.model: RecordTableModel[tuple[int, str]] = RecordTableModel(
            _gone_columns(), lambda one: one[0], self
        )
        self.model.replace(list(enumerate(_row_name(held.kind, name) for name in gone)))
        self.names = RecordTable(self.model, self.tr("What would go"))
        self.names.horizontalHeader().hide()
        keep_height(self.names, 40 * min(5, max(1, len(gone))) + 2)
        heading = self.tr("%Ln row(s) would go", "", len(gone))
        if not gone:
            heading = self.tr("No row would go; the new list carries older dates.")
            if look is None:
                heading = self.tr("This list does not wait any more.")
        self.body.addWidget(Label(heading, "medium", wraps=True))
        self.body.addWidget(self.names)
        # Not before it has a parent: it would be a window of its own for a moment.
        self.names.setVisible(bool(gone))
        self.add_fact(
            "info",
            self.tr(
                "“Take the new list” shows what the server says now; the former one stays in the "
                "history. “Keep the former” asks again only when the server's list changes."
            ),
            "text2",
        )
        self.add_buttons(self.tr("Close"), self.tr("Cancel"))
        if self.cancel_button is not None:
            self.cancel_button.hide()


def _gone_columns() -> tuple[Column[tuple[int, str]], ...]:
    return (
        Column(
            "name",
            lambda: translate("HeldLists", "Name"),
            lambda one: one[1],
            kind=ColumnKind.NAME,
            width=0,
        ),
    )


def _aged(count: int, at: datetime | None) -> str:
    rows = translate("HeldLists", "%Ln row(s)", None, count)
    if at is None:
        return rows
    return translate("HeldLists", "{rows}, {time}").format(rows=rows, time=moment_text(at))


def _row_name(kind: str, name: str) -> str:
    if kind == "policies" and name.isdecimal():
        return policy_name(PolicyType(int(name)))
    return name.replace("/", " / ") if kind == "collections" else name


class HeldLists(QObject):
    """Shows the oldest list that waits in any connection, and carries out what a person says."""

    failed = Signal(object)
    said = Signal(str)

    def __init__(self, fleet: Fleet, jobs: Jobs) -> None:
        super().__init__()
        self._fleet = fleet
        self._jobs = jobs
        self.strip = HeldStrip()
        # Goes with the strip, which the shell owns.
        self.setParent(self.strip)
        self.strip.looked.connect(self._look)
        self.strip.taken.connect(self._take)
        self.strip.kept.connect(self._keep)
        fleet.happened.connect(self._heard)
        fleet.changed.connect(self.show_first)
        self.show_first()

    def _heard(self, _desk: Desk, event: Event) -> None:
        kinds = ListHeldBack | ClientChanged | ClientsChanged | ProviderMembersChanged
        if isinstance(event, kinds | SyncProgressed):
            self.show_first()

    @property
    def _first(self) -> tuple[Desk, HeldBack] | None:
        return next(iter(self._held), None)

    @property
    def _held(self) -> tuple[tuple[Desk, HeldBack], ...]:
        return tuple((desk, held) for desk in self._fleet.open for held in desk.sync.held)

    def show_first(self) -> None:
        """The strip follows what is held now."""
        first = self._first
        if first is None:
            self.strip.hide()
            return
        text = translate("HeldLists", "You still see the former list.")
        more = len(self._held) - 1
        if more:
            text += " " + translate("HeldLists", "%Ln more list(s) wait(s).", None, more)
        self.strip.offer(self._title(*first), text)

    def _title(self, desk: Desk, held: HeldBack) -> str:
        client = held.client
        name = ("" if client is None else desk.clients.label(client)) or str(client or "")[:8]
        return of_connection(held_title(held, name), self._fleet, desk.connection.id)

    def _look(self) -> None:
        if (first := self._first) is not None:
            desk, held = first
            self._jobs.start(desk.sync.look(held), partial(self._show_look, desk, held))

    def _show_look(self, desk: Desk, held: HeldBack, look: HeldLook | None) -> None:
        dialog = HeldDialog(held, self._title(desk, held), look, self.strip)
        self._jobs.start(ask(dialog), self._looked)

    def _looked(self, _closed: bool) -> None:
        self.show_first()

    def _take(self) -> None:
        if (first := self._first) is not None:
            desk, held = first
            self._settle(desk.sync.accept(held), translate("HeldLists", "The new list is shown."))

    def _keep(self) -> None:
        if (first := self._first) is not None:
            desk, held = first
            self._settle(
                desk.sync.keep_former(held), translate("HeldLists", "The former list stays.")
            )

    def _settle(self, work: Coroutine[Any, Any, object], text: str) -> None:
        self.strip.set_busy(translate("HeldLists", "One moment…"))
        self._jobs.start(work, lambda _none: self._settled(text), self._failed)

    def _settled(self, text: str) -> None:
        self.said.emit(text)
        self.show_first()

    def _failed(self, error: ClavigerError) -> None:
        self.show_first()
        self.failed.emit(error)
