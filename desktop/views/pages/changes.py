"""What changed since a day: of all clients as a page, of one client as a tab of its page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.events import ClientChanged, ClientsChanged, Event, SyncProgressed
from desktop.models.bridge import EventBridge
from desktop.models.merged import Merged
from desktop.models.timeline import Day, Entry, TimelineModel, plain_text
from desktop.services.changes import CHANGE_KINDS
from desktop.views.change_words import change_look, change_sentence, change_values, kind_name
from desktop.views.dialogs import ask_save_file
from desktop.views.errors import explain
from desktop.views.fleet import Fleet
from desktop.views.fleet_parts import ConnectionChip, locked_line, save_rows
from desktop.views.jobs import Jobs
from desktop.views.locked_lines import LockedLines
from desktop.views.moments import moment_text
from desktop.views.pages.page import FleetPage
from desktop.views.pages.periods import PeriodChip, day_text, period_name
from desktop.views.text import SafeText, sentence
from desktop.views.theme import keep_width, u
from desktop.views.widgets.buttons import Button, Chip, IconButton
from desktop.views.widgets.cards import EmptyState
from desktop.views.widgets.fields import SearchField
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import Pane, ScrollPane, column, holder, row
from desktop.views.widgets.menus import Menu
from desktop.views.widgets.timeline import Timeline, day_words, span_text

if TYPE_CHECKING:
    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import ConnectionId, OrganizationId
    from desktop.services.changes import Change
    from desktop.services.desk import Desk
    from desktop.settings.preferences import PreferencesFile

translate = QCoreApplication.translate
_DETAILS_FROM: Final = 680
"""Below this width of the page the sentences need the room of the details."""
_BOTH_FROM: Final = 1_000
"""Below this width the details take the place of the clients: they name the chosen one."""
_SOON_MS: Final = 400
"""News of a round come by the hundred; the list is read once for all of them."""
_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Origin:
    """The connection of a change; `note` and `dot` where several have to be told apart."""

    connection: ConnectionId
    note: str = ""
    dot: str = ""


def entry_of(number: int, change: Change, origin: Origin) -> Entry:
    """A change as a line. `number` keeps two equal changes of one moment apart."""
    icon, tone = change_look(change)
    facts = "|".join(f"{name}={value}" for name, value in sorted(change.what.facts.items()))
    return Entry(
        key=f"{origin.connection}|{change.at.timestamp()}|{change.client}|{change.what.key}"
        f"|{facts}|{number}",
        at=change.at,
        text=change_sentence(change),
        icon=icon,
        tone=tone,
        client_key=str(change.client or ""),
        client=change.client_name,
        note=origin.note,
        dot=origin.dot,
        record=change,
        part=origin.connection,
    )


def entries_of(changes: tuple[Change, ...], origin: Origin) -> list[Entry]:
    """Lines with keys that stay the same when the list is read again."""
    seen: dict[str, int] = {}
    entries = []
    for change in changes:
        entry = entry_of(0, change, origin)
        number = seen[entry.key] = seen.get(entry.key, -1) + 1
        entries.append(entry if number == 0 else entry_of(number, change, origin))
    return entries


def _count_text(day: Day) -> str:
    if day.shown == day.total:
        return translate("Changes", "%Ln change(s)", None, day.total)
    text = translate("Changes", "{shown} of %Ln change(s)", None, day.total)
    return text.format(shown=QLocale().toString(day.shown))


class ChangeDetails(Pane):
    """The 300 at the right: one change whole, its values before and after, and the way there."""

    closed = Signal()
    open_asked = Signal()

    def __init__(self, *, has_client: bool, parent: QWidget | None = None) -> None:
        super().__init__("surface", "l", parent=parent)
        keep_width(self, 300)
        self._has_client = has_client
        close = IconButton("x", self.tr("Close the details (Esc)"), side=28, size=14)
        close.clicked.connect(self.closed)
        self._title = Label("", "heading", wraps=True)
        self._kind = Label("", "small", "text2")
        self._client = Label("", "medium", wraps=True)
        self._connection = Label("", "body", wraps=True)
        self._seen = Label("", "body", wraps=True)
        self._before = Label("", "body", wraps=True)
        self._after = Label("", "medium", wraps=True)
        self.open_button = Button(self.tr("Open the client"), icon="folder-open")
        self.open_button.setObjectName("open_changed_client")
        self.open_button.clicked.connect(self.open_asked)
        self._parts = {
            "client": self._part(self.tr("Client"), self._client),
            "connection": self._part(self.tr("Connection"), self._connection),
            "before": self._part(self.tr("Before"), self._before),
            "after": self._part(self.tr("After"), self._after),
            "seen": self._part(self.tr("When"), self._seen),
        }
        body = holder(
            column(
                self._title,
                *self._parts.values(),
                row(self.open_button, None),
                None,
                gap=14,
                margins=(18, 4, 18, 18),
            )
        )
        head = row(self._kind, None, close, margins=(18, 6, 8, 0))
        layout = column(head, gap=0)
        layout.addWidget(ScrollPane(body), 1)
        self.setLayout(layout)
        self.hide()

    @staticmethod
    def _part(name: str, value: Label) -> QWidget:
        return holder(column(Label(name, "caption", "text2"), value, gap=3))

    def show_change(self, change: Change, *, is_known: bool, connection: str = "") -> None:
        """`is_known`: the client is still there to be opened."""
        before, after = change_values(change)
        # An arrow at the end of a line would point at nothing.
        self._title.set_text(SafeText(change_sentence(change).replace("→ ", "→\u00a0")))
        self._kind.set_text(kind_name(change.kind))
        self._client.set_text(change.client_name)
        self._connection.set_text(connection)
        self._before.set_text(before)
        self._after.set_text(after)
        self._seen.set_text(_seen_text(change))
        self._parts["client"].setVisible(self._has_client and bool(change.client_name))
        self._parts["connection"].setVisible(bool(connection))
        self._parts["before"].setVisible(change.before is not None)
        self._parts["after"].setVisible(change.after is not None)
        self.open_button.setVisible(self._has_client)
        self.open_button.set_blocked("" if is_known else self.tr("This client is gone."))


def _seen_text(change: Change) -> str:
    """The server does not say when; Claviger saw it between two of its looks."""
    if change.not_before is None:
        return moment_text(change.at)
    return span_text(change.not_before, change.at)


class ChangeList(QWidget):
    """Chips over a timeline with details beside it. Everything comes from the cache.

    It reads only while it is seen; what happens meanwhile is read when it is seen again. Of all
    clients it is given the fleet. Of one client it is given that one's desk and is a part of its
    page, which has the search field `search` of its own.
    """

    client_opened = Signal(object, object)  # OrganizationId, Desk
    settings_asked = Signal()
    failed = Signal(object)
    exported = Signal(str)

    def __init__(
        self,
        source: Desk | Fleet,
        preferences: PreferencesFile,
        jobs: Jobs,
        client: OrganizationId | None = None,
        *,
        search: SearchField,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fleet = source if isinstance(source, Fleet) else None
        self._desk = source if not isinstance(source, Fleet) else None
        self._preferences = preferences
        self._client = client
        self._search = search
        self._kind = ""
        self._only: tuple[str, str, ConnectionId | None] = ("", "", None)
        self._is_old = True
        self._lists: Merged[ConnectionId, Entry] = Merged()
        self._stale: set[ConnectionId] = set()
        self._has_history = True
        self._jobs = jobs
        self._reading: dict[ConnectionId, int] = {}
        self._awaited: set[ConnectionId] = set()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._read_stale)
        self.period = PeriodChip("week" if client is None else "month")
        self.period.changed.connect(self.read)
        self.kind = Chip(self.tr("Kind"))
        self.kind.cleared.connect(partial(self.choose_kind, ""))
        self._kinds = Menu(self.tr("Kind"), self)
        for key in CHANGE_KINDS:
            self._kinds.add(self._kind_name(key), partial(self.choose_kind, key))
        self.kind.set_menu(self._kinds)
        self.only = Chip(self.tr("Client"))
        self.only.cleared.connect(self.show_all_clients)
        self.only.clicked.connect(self._only_pressed)
        self.only.hide()
        self.clear_button = Button(self.tr("Clear filters"), "link", is_small=True)
        self.clear_button.clicked.connect(self.clear_filters)
        self.clear_button.hide()
        self.model = TimelineModel(day_words(_count_text), self)
        self.timeline = Timeline(self.model, self.tr("Changes"))
        self.timeline.show_columns(clients=client is None)
        self.timeline.opened.connect(self._open)
        self.timeline.current_changed.connect(self._show_details)
        if client is None:
            self.timeline.menu_for = self.menu_of
        self.details = ChangeDetails(has_client=client is None)
        self.details.closed.connect(self._close_details)
        self.details.open_asked.connect(self._open_current)
        self.connection: ConnectionChip | None = None
        if self._fleet is not None:
            self.connection = ConnectionChip(self._fleet)
            self.connection.changed.connect(self._apply)
        self._lay_out()
        self._listen()

    def _listen(self) -> None:
        if self._fleet is not None:
            self._fleet.happened.connect(self._heard)
            self._fleet.joined.connect(self._read_joined)
            self._fleet.changed.connect(self._connections_changed)
            self._connections_changed()
        elif (desk := self._desk) is not None:
            self._bridge = EventBridge(desk.hub, self)
            self._bridge.happened.connect(partial(self._heard, desk))
            self.destroyed.connect(self._bridge.close)

    def _desks(self) -> tuple[Desk, ...]:
        if self._desk is not None:
            return (self._desk,)
        return self._fleet.open if self._fleet is not None else ()

    def _desk_of(self, entry: Entry) -> Desk | None:
        """The open desk that a line came from."""
        return next((one for one in self._desks() if one.connection.id == entry.part), None)

    def _lay_out(self) -> None:
        pane = Pane("bg")
        parts: list[QWidget] = [self.period, self.kind, self.only]
        if self.connection is not None:
            parts.insert(0, self.connection)
        if self._client is None:
            parts.insert(0, self._search)
            self._search.searched.connect(self.set_filter)
        pane.setLayout(row(*parts, None, self.clear_button, gap=10, margins=(24, 4, 24, 10)))
        beside = row(gap=0)
        beside.addWidget(self.timeline, 1)
        beside.addWidget(self.details)
        layout = column(pane, gap=0)
        layout.addLayout(beside, 1)
        self.setLayout(layout)

    def _kind_name(self, kind: str) -> str:
        """Of one client there is no list of clients, only what that list says of it."""
        if kind == "clients" and self._client is not None:
            return self.tr("Name, plan, seats")
        return kind_name(kind)

    # --- data -------------------------------------------------------------------------------

    def read(self) -> None:
        """Reads what is kept; a hidden list reads when it is shown."""
        self._stale = {desk.connection.id for desk in self._desks()}
        self._read_stale()

    def _read_stale(self) -> None:
        """Only of the connections in which something happened."""
        if not self.isVisible():
            self._is_old = True
            return
        self._soon.stop()
        self._is_old = False
        stale, self._stale = self._stale, set()
        for desk in self._desks():
            if desk.connection.id in stale:
                self._read_one(desk)

    def _read_one(self, desk: Desk) -> None:
        connection = desk.connection.id
        self._awaited.add(connection)
        self.timeline.set_loading(True)
        self._reading[connection] = self._reading.get(connection, 0) + 1
        self._jobs.start(
            desk.changes.since(self.period.since, self._client),
            partial(self._show, desk, self._reading[connection]),
            partial(self._read_failed, desk),
        )

    def _read_joined(self, desk: Desk) -> None:
        self._stale.add(desk.connection.id)
        self._read_stale()

    def _show(self, desk: Desk, reading: int, changes: tuple[Change, ...]) -> None:
        """Shows what was read, unless another reading was begun since."""
        connection = desk.connection.id
        if reading != self._reading.get(connection) or desk not in self._desks():
            return
        self._ended(connection)
        self._has_history = True
        self._lists.put(connection, entries_of(changes, self._origin(desk)))
        self._show_lines()
        if not self.model.total_count and self._has_loaded:
            # Nothing at all is kept yet, or only nothing of late: two different things.
            self._has_history = False
            for one in self._desks():
                self._jobs.start(
                    one.changes.since(_EVER, self._client),
                    self._judge_history,
                    partial(self._read_failed, one),
                )

    def _ended(self, connection: ConnectionId) -> None:
        self._awaited.discard(connection)
        self.timeline.set_loading(bool(self._awaited))

    @property
    def _has_loaded(self) -> bool:
        return all(self._lists.has(desk.connection.id) for desk in self._desks())

    def _origin(self, desk: Desk) -> Origin:
        connection = desk.connection.id
        if self._fleet is None or not self._fleet.is_many:
            return Origin(connection)
        return Origin(connection, self._fleet.name(connection), self._fleet.dot(connection))

    def _show_lines(self) -> None:
        lines = self._lists.rows()
        if len(self._desks()) > 1:
            lines.sort(key=lambda entry: entry.at, reverse=True)
        self.model.replace(lines)
        self._fill_place()

    def _connections_changed(self) -> None:
        """Lines of one that was locked go; one that is called otherwise is told so."""
        if self._fleet is None or self.connection is None:
            return
        self.connection.follow()
        opened = [desk.connection.id for desk in self._fleet.open]
        self._lists.keep(opened)
        self._awaited &= set(opened)
        for desk in self._fleet.open:
            origin, lines = self._origin(desk), self._lists.part(desk.connection.id)
            if lines and (lines[0].note, lines[0].dot) != (origin.note, origin.dot):
                told = [replace(one, note=origin.note, dot=origin.dot) for one in lines]
                self._lists.put(desk.connection.id, told)
        self._place_details()
        self._show_lines()

    def _judge_history(self, changes: tuple[Change, ...]) -> None:
        self._has_history = self._has_history or bool(changes)
        self._fill_place()

    def _read_failed(self, desk: Desk, error: ClavigerError) -> None:
        self._ended(desk.connection.id)
        if desk.is_locked:
            return
        explained = explain(error)
        if not self._has_loaded:
            self.timeline.set_placeholder(
                EmptyState("circle-alert", explained.title, explained.text, tone="warn")
            )
        self.failed.emit(error)

    def _heard(self, desk: Desk, event: Event) -> None:
        match event:
            case ClientChanged(client=client):
                is_ours = self._client is None or client == self._client
            case ClientsChanged():
                is_ours = True
            case SyncProgressed(done=done, total=total):
                is_ours = bool(total) and done == total
            case _:
                is_ours = False
        if is_ours:
            self._stale.add(desk.connection.id)
            if not self._soon.isActive():
                self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_old:
            self.read()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._is_old = True

    # --- filters ----------------------------------------------------------------------------

    def set_filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._filtered()

    def choose_kind(self, kind: str) -> None:
        """One of CHANGE_KINDS, or an empty text for all."""
        self._kind = kind
        self.kind.set_value(self._kind_name(kind) if kind else "")
        self._apply()

    def show_client(
        self, client_key: str, name: str, connection: ConnectionId | None = None
    ) -> None:
        """Only the changes of one client, in one connection where two may know it."""
        self._only = (client_key, name, connection)
        self.only.set_value(name)
        self.only.setVisible(bool(client_key))
        self._apply()

    def show_all_clients(self) -> None:
        self.show_client("", "")

    def _only_pressed(self) -> None:
        """The chip has no menu: a click anywhere takes it off, as its cross does."""
        if self._only[0]:
            self.show_all_clients()

    def clear_filters(self) -> None:
        self._search.clear()
        self._kind = ""
        self.kind.set_value("")
        if self.connection is not None:
            self.connection.clear()
        self.show_all_clients()

    def _apply(self) -> None:
        kind, (client, _name, owner) = self._kind, self._only
        chosen = self.connection.chosen if self.connection is not None else None

        def holds(entry: Entry) -> bool:
            if kind and entry.record.kind != kind:
                return False
            if chosen is not None and entry.part != chosen:
                return False
            is_client = entry.client_key == client and (owner is None or entry.part == owner)
            return not client or is_client

        self.model.set_predicate(holds if kind or client or chosen else None)
        self._filtered()

    @property
    def _is_filtered(self) -> bool:
        is_one = self.connection is not None and self.connection.chosen is not None
        return bool(self._kind or self._only[0] or is_one or self._search.text())

    def _filtered(self) -> None:
        self.clear_button.setVisible(self._is_filtered)
        self._fill_place()

    def _fill_place(self) -> None:
        """What stands in the place of an empty list."""
        if self._has_loaded:
            self.timeline.set_placeholder(None if self.model.rowCount() else self._placeholder())

    def _placeholder(self) -> EmptyState:
        if self.model.total_count:
            clear = Button(self.tr("Clear filters"))
            clear.clicked.connect(self.clear_filters)
            return EmptyState(
                "search-x",
                self.tr("No change matches"),
                self.tr("The changes and the names of clients were searched."),
                clear,
            )
        if not self._has_history:
            return self._no_history()
        buttons = []
        if self.period.is_short:
            longer = Button(period_name("month"), icon="calendar")
            longer.clicked.connect(lambda: self.period.choose("month"))
            buttons.append(longer)
        return EmptyState(
            "history",
            sentence(self.tr("Nothing changed since {day}"), day=day_text(self.period.first_day)),
            self.tr("Choose a longer period to see older changes."),
            *buttons,
        )

    def _no_history(self) -> EmptyState:
        """Nothing was ever seen to differ: what has to happen first."""
        if self._preferences.get().background_refresh:
            return EmptyState(
                "history",
                self.tr("No changes yet"),
                self.tr(
                    "Claviger keeps what it sees from now on: each time it reads a client again, "
                    "what is different shows up here."
                ),
            )
        settings = Button(self.tr("Open the settings"), icon="settings")
        settings.clicked.connect(self.settings_asked)
        return EmptyState(
            "history",
            self.tr("No changes yet"),
            self.tr(
                "Refreshing in the background is off: a client is compared with what was there "
                "before only when you open it."
            ),
            settings,
        )

    # --- lines ------------------------------------------------------------------------------

    def menu_of(self, entry: Entry) -> QMenu:
        menu = Menu(entry.client, self)
        change: Change = entry.record
        is_known = self._is_known(entry)
        menu.add(
            self.tr("Open the client"),
            lambda: self._open(entry),
            icon="folder-open",
            reason="" if is_known else self.tr("This client is gone."),
        )
        if change.client is not None:
            menu.add(
                self.tr("Only this client"),
                lambda: self.show_client(entry.client_key, entry.client, entry.part),
                icon="list-filter",
            )
        menu.add(self.tr("Copy"), self.timeline.copy_line, icon="copy")
        return menu

    def _is_known(self, entry: Entry) -> bool:
        desk, client = self._desk_of(entry), entry.record.client
        return desk is not None and client is not None and desk.clients.find(client) is not None

    def _open(self, entry: Entry) -> None:
        if self._client is None and self._is_known(entry):
            self.client_opened.emit(entry.record.client, self._desk_of(entry))

    def _open_current(self) -> None:
        if (entry := self.timeline.current_entry()) is not None:
            self._open(entry)

    def _show_details(self, entry: Entry | None) -> None:
        if entry is not None:
            self.details.show_change(
                entry.record, is_known=self._is_known(entry), connection=entry.note
            )
        self._place_details()

    def _place_details(self) -> None:
        has_room = self.width() >= u(_DETAILS_FROM)
        is_open = has_room and self.timeline.current_entry() is not None
        self.details.setVisible(is_open)
        names_clients = self._client is None
        is_tight = is_open and self.width() < u(_BOTH_FROM)
        is_many = self._fleet is not None and self._fleet.is_many
        self.timeline.show_columns(clients=names_clients and not is_tight, notes=is_many)

    def _close_details(self) -> None:
        self.timeline.choose_none()
        self.timeline.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.timeline.current_entry() is not None:
            self._close_details()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_details()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place_details()

    # --- export -----------------------------------------------------------------------------

    def rows(self) -> list[tuple[ConnectionId, tuple[str, ...]]]:
        """What is shown, as cells of a file, each line with its connection."""
        found: list[tuple[ConnectionId, tuple[str, ...]]] = []
        for entry in self.model.shown_entries():
            change: Change = entry.record
            before, after = change_values(change)
            cells = (
                change.at.astimezone().strftime("%Y-%m-%d %H:%M"),
                change.client_name,
                kind_name(change.kind),
                plain_text(entry.text),
                before,
                after,
            )
            found.append((entry.part, cells))
        return found

    def _head(self) -> tuple[str, ...]:
        return (
            self.tr("Time"),
            self.tr("Client"),
            self.tr("Kind"),
            self.tr("Change"),
            self.tr("Before"),
            self.tr("After"),
        )

    async def _save(self, path: Path) -> int:
        rows, head = self.rows(), self._head()
        if self._fleet is not None:
            await save_rows(self._fleet, head, rows, path)
        elif self._desk is not None:
            await self._desk.save_table([head, *(cells for _part, cells in rows)], path)
        return len(rows)

    def export(self) -> None:
        """Asks for a file and writes the shown rows into it."""
        asked = ask_save_file(
            self.window(),
            self.tr("Export the shown changes"),
            "claviger-changes.csv",
            self.tr("Tables (*.csv)"),
            "csv",
        )
        self._jobs.start(asked, self._write)

    def _write(self, path: Path | None) -> None:
        if path is not None:
            self._jobs.start(self._save(path), self._said, self.failed.emit)

    def _said(self, count: int) -> None:
        self.exported.emit(self.tr("Saved %Ln change(s).", "", count))


class ChangesPage(FleetPage):
    """Of all clients of all open connections together."""

    def __init__(
        self, fleet: Fleet, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(fleet, preferences, parent)
        self.export_button = Button(self.tr("Export shown…"), icon="download")
        self.export_button.setObjectName("export_changes")
        self.add_header(self.tr("Changes"), self.export_button)
        self.search = SearchField(self.tr("Search changes"), "Ctrl F")
        self.list = ChangeList(fleet, preferences, self.jobs, search=self.search)
        self.list.settings_asked.connect(partial(self.page_asked.emit, "settings"))
        self.list.client_opened.connect(self.client_asked)
        self.list.failed.connect(self.failed)
        self.list.exported.connect(self.toast)
        self.list.model.rows_changed.connect(self._allow_export)
        self.export_button.clicked.connect(self.list.export)
        self.locked = LockedLines()
        self.locked.asked.connect(self.unlock_asked)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.locked)
        self._allow_export()
        self.connections_changed()

    def connections_changed(self) -> None:
        self.locked.set_lines([locked_line(one) for one in self.fleet.locked])

    def _allow_export(self) -> None:
        is_empty = self.list.model.rowCount() == 0
        self.export_button.set_blocked(self.tr("There is no change to export.") if is_empty else "")

    def refresh(self) -> None:
        self.list.read()

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
