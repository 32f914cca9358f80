"""All clients of all open connections in one table: seats, plans, totals, the way into each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.enums import ProviderUserStatus
from desktop.domain.events import ClientsChanged, Event, ProviderMembersChanged
from desktop.domain.records import ProviderClient
from desktop.models.column import AvatarSpec, BadgeSpec, Column, ColumnKind, menu_column
from desktop.models.merged import Merged
from desktop.models.table import RecordTableModel
from desktop.views.dialogs import ask
from desktop.views.drafts import why_not_create, why_not_prepare
from desktop.views.fleet_parts import (
    ConnectionChip,
    connection_column,
    locked_line,
    of_connection,
    with_left_out,
)
from desktop.views.locked_lines import LockedLines
from desktop.views.pages.client_dialogs import RenameDialog, SeatsDialog
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.pages.table_page import FleetTablePage
from desktop.views.reasons import reason_text
from desktop.views.text import sentence
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import Banner, EmptyState
from desktop.views.widgets.draw import seat_tone
from desktop.views.widgets.layouts import column, holder
from desktop.views.widgets.menus import Menu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import ConnectionId, OrganizationId
    from desktop.domain.records import ProviderMember
    from desktop.services.aged import Aged
    from desktop.services.confirm import Candidate
    from desktop.services.desk import Desk
    from desktop.settings.preferences import PreferencesFile
    from desktop.views.fleet import Fleet

translate = QCoreApplication.translate


def plan_name(client: ProviderClient) -> str:
    """The plan without its cadence, as people speak of it."""
    return client.plan.replace("(Monthly)", "").strip()


def _number(value: int | None) -> str:
    return translate("Clients", "unlimited") if value is None else QLocale().toString(value)


def _remaining_tone(client: ProviderClient) -> str:
    if client.seats is None:
        return "neutral"
    return seat_tone(client.occupied_seats or 0, client.seats)


def _used(client: ProviderClient) -> str:
    """Seats in use; not known yet where no list tells them and the members were never read."""
    used = client.occupied_seats
    return translate("Clients", "not known") if used is None else QLocale().toString(used)


def _amount(client: ProviderClient) -> tuple[int, int]:
    used = client.occupied_seats or 0
    return used, client.seats or max(1, used * 2)


@dataclass(frozen=True)
class ClientRow:
    """A client and the connection it belongs to: two may know one organization."""

    connection: ConnectionId
    client: ProviderClient

    @property
    def key(self) -> tuple[ConnectionId, OrganizationId]:
        return self.connection, self.client.organization_id

    @property
    def name(self) -> str:
        return self.client.organization_name


def _label(fleet: Fleet, row: ClientRow) -> str:
    """The name; one that looks like another's says which client it is (T75)."""
    desk = fleet.desk(row.connection)
    return (desk.clients.label(row.client.organization_id) if desk is not None else "") or row.name


def _key_badge(fleet: Fleet, row: ClientRow) -> BadgeSpec | None:
    """A client that nothing is written to, because of its key (T09, T10)."""
    desk = fleet.desk(row.connection)
    trouble = None if desk is None else desk.pins.trouble(row.client.organization_id)
    if trouble is None:
        return None
    if trouble.reason == "new":
        return BadgeSpec(translate("Clients", "New"), "warn")
    return BadgeSpec(translate("Clients", "Check the key"), "bad")


def client_columns(
    fleet: Fleet, counted: Callable[[], Sequence[ProviderClient]]
) -> tuple[Column[ClientRow], ...]:
    """Client, Plan, seat bar, Assigned, Used, Remaining, and the connection where there are more.

    Totals are of the `counted` clients.
    """

    def total(value: Callable[[ProviderClient], int | None]) -> Callable[[], str]:
        def text() -> str:
            known = [found for client in counted() if (found := value(client)) is not None]
            # Where nobody counts, nothing is zero.
            return QLocale().toString(sum(known)) if known or not counted() else ""

        return text

    return (
        Column(
            "name",
            lambda: translate("Clients", "Client"),
            partial(_label, fleet),
            kind=ColumnKind.NAME,
            width=0,
            badge=partial(_key_badge, fleet),
            avatar=lambda r: AvatarSpec(str(r.client.organization_id), r.client.organization_name),
        ),
        Column(
            "plan",
            lambda: translate("Clients", "Plan"),
            lambda r: plan_name(r.client),
            width=92,
            drop=2,
        ),
        connection_column(fleet, lambda r: r.connection),
        Column(
            "bar",
            lambda: translate("Clients", "Seats"),
            lambda r: f"{_used(r.client)}/{_number(r.client.seats)}",
            sort=lambda r: (
                (r.client.occupied_seats or 0) / r.client.seats if r.client.seats else 0.0
            ),
            kind=ColumnKind.SEAT_BAR,
            width=92,
            drop=3,
            is_searched=False,
            amount=lambda r: _amount(r.client),
        ),
        Column(
            "assigned",
            lambda: translate("Clients", "Assigned"),
            lambda r: _number(r.client.seats),
            sort=lambda r: r.client.seats if r.client.seats is not None else 1 << 30,
            kind=ColumnKind.NUMBER,
            width=94,
            drop=1,
            is_searched=False,
            total=total(lambda c: c.seats),
        ),
        Column(
            "used",
            lambda: translate("Clients", "Used"),
            lambda r: _used(r.client),
            sort=lambda r: r.client.occupied_seats if r.client.occupied_seats is not None else -1,
            kind=ColumnKind.NUMBER,
            width=80,
            is_searched=False,
            total=total(lambda c: c.occupied_seats),
        ),
        Column(
            "remaining",
            lambda: translate("Clients", "Remaining"),
            lambda r: _number(r.client.remaining_seats),
            sort=lambda r: (
                r.client.remaining_seats if r.client.remaining_seats is not None else 1 << 30
            ),
            kind=ColumnKind.NUMBER,
            width=92,
            is_searched=False,
            tone=lambda r: _remaining_tone(r.client),
            total=total(lambda c: c.remaining_seats),
        ),
        menu_column(),
    )


class ClientsPage(FleetTablePage):
    """From the cache at once, from the servers right after."""

    def __init__(
        self, fleet: Fleet, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(fleet, preferences, parent)
        self.new_button = Button(self.tr("New client"), "primary", icon="plus")
        self.new_button.setObjectName("new_client")
        self.new_button.clicked.connect(lambda: self.set_up_asked.emit(None, None, None))
        self.add_header(self.tr("Clients"), self.new_button)
        self.banner = Banner("", icon="user-check")
        self.banner.setObjectName("confirm_banner")
        self.banner.acted.connect(self._confirm)
        self._banner_place = holder(column(self.banner, margins=(24, 0, 24, 8)))
        self._banner_place.hide()
        self.body.addWidget(self._banner_place)
        self.only = ConnectionChip(fleet)
        self.only.changed.connect(self._filter_connection)
        self.add_filter_row(self.tr("Search clients"), self.only)
        self._has_doubles = False
        self._known = 0
        self._counted: tuple[ProviderClient, ...] | None = None
        model: RecordTableModel[ClientRow] = RecordTableModel(
            client_columns(fleet, self.counted), lambda row: row.key, self
        )
        model.rows_changed.connect(self._count_anew)
        self.locked = LockedLines()
        self.locked.asked.connect(self.unlock_asked)
        self.add_table("clients", model, self.tr("Clients"), accepts_files=True, foot=self.locked)
        self.table.opened.connect(self._open)
        self.table.file_dropped.connect(self._file_dropped)
        self.table.menu_for = self.menu_of
        if not model.sort_key:
            self.table.sort_by("name")
        self._lists: Merged[ConnectionId, ClientRow] = Merged()
        self._staff: dict[ConnectionId, tuple[ProviderMember, ...]] = {}
        self._fetching = 0
        fleet.joined.connect(self._join)
        for desk in fleet.open:
            self._read(desk)
        self.connections_changed()

    # --- data -------------------------------------------------------------------------------

    def _join(self, desk: Desk) -> None:
        """One that signed in is online already, and nothing is kept of it yet."""
        self._read(desk)
        if desk.online:
            self._fetch(desk)

    def _read(self, desk: Desk) -> None:
        """What is kept of a connection that has just opened."""
        self.jobs.start(desk.clients.cached(), partial(self._show_cached, desk))
        if desk.session.is_admin:
            self.jobs.start(desk.staff.cached(), partial(self._note_staff, desk))

    def refresh(self) -> None:
        """Of every connection that can be asked."""
        for desk in self.fleet.open:
            if desk.online:
                self._fetch(desk)

    def _fetch(self, desk: Desk) -> None:
        self._fetching += 1
        self.table.set_loading(True)
        self.jobs.start(
            desk.clients.fetch(), partial(self._fetched, desk), partial(self._load_failed, desk)
        )
        if desk.session.is_admin:
            self.jobs.start(desk.staff.fetch(), partial(self._note_staff, desk))

    def _show_cached(self, desk: Desk, cached: Aged[tuple[ProviderClient, ...]] | None) -> None:
        if cached is not None and not self._lists.has(desk.connection.id):
            self._show(desk, cached)

    def _fetched(self, desk: Desk, clients: Aged[tuple[ProviderClient, ...]]) -> None:
        self._loaded()
        self._show(desk, clients)

    def _loaded(self) -> None:
        self._fetching -= 1
        self.table.set_loading(self._fetching > 0)

    def _show(self, desk: Desk, clients: Aged[tuple[ProviderClient, ...]]) -> None:
        """The rows of one connection; those of the others stay as they were read."""
        connection = desk.connection.id
        if self.fleet.desk(connection) is not desk:
            # It was locked while its answer was on the way.
            return
        self._lists.put(connection, [ClientRow(connection, client) for client in clients.data])
        self._lists.keep(one.id for one in self.fleet.connections)
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self._lists.rows()
        self._known = len({row.client.organization_id for row in rows})
        self._has_doubles = self._known < len(rows)
        self.model.replace(rows)
        self.rows_filtered()

    def counted(self) -> tuple[ProviderClient, ...]:
        """What the filter shows; an organization that two connections know counts once."""
        if self._counted is None:
            shown = [row.client for row in self.model.visible_records()]
            once = {one.organization_id: one for one in shown} if self._has_doubles else {}
            self._counted = tuple(once.values() if self._has_doubles else shown)
        return self._counted

    def _count_anew(self) -> None:
        self._counted = None

    def _load_failed(self, desk: Desk, error: ClavigerError) -> None:
        self._loaded()
        if not desk.is_locked:
            self.show_error(error)

    def heard(self, desk: Desk, event: Event) -> None:
        if isinstance(event, ClientsChanged):
            self.jobs.start(desk.clients.cached(), partial(self._show_if_any, desk))
        elif isinstance(event, ProviderMembersChanged) and desk.session.is_admin:
            self.jobs.start(desk.staff.cached(), partial(self._note_staff, desk))

    def _show_if_any(self, desk: Desk, cached: Aged[tuple[ProviderClient, ...]] | None) -> None:
        if cached is not None:
            self._show(desk, cached)

    def connections_changed(self) -> None:
        """Rows of one that was locked go, a line takes their place."""
        opened = {one.id for one in self.fleet.connections if one.desk is not None}
        self._staff = {one: staff for one, staff in self._staff.items() if one in opened}
        self.only.follow()
        self.locked.set_lines([locked_line(one) for one in self.fleet.locked])
        if self.model.sort_key == "connection" and not self.fleet.is_many:
            self.table.sort_by("name")
        self.table.columns_changed()
        self._lists.keep(one.id for one in self.fleet.connections if one.id in opened)
        self._show_rows()
        self._show_waiting()
        self.update_rights()

    def has_rows_of(self, desk: Desk) -> bool:
        """Whether the clients of this connection are in the table, be there none."""
        return self._lists.has(desk.connection.id)

    @property
    def _has_loaded(self) -> bool:
        return all(self.has_rows_of(desk) for desk in self.fleet.open)

    # --- filters ----------------------------------------------------------------------------

    def _filter_connection(self) -> None:
        wanted = self.only.chosen
        self.model.set_predicate((lambda row: row.connection == wanted) if wanted else None)
        self.rows_filtered()

    def rows_filtered(self) -> None:
        shown, known = len(self.counted()), self._known
        if shown == known:
            caption = self.tr("%Ln client(s)", "", known)
        else:
            number = self.locale().toString
            caption = self.tr("{shown} of {all} clients").format(
                shown=number(shown), all=number(known)
            )
        self.totals.set_caption(with_left_out(caption, self.fleet))
        self.table.set_placeholder(None if shown else self._placeholder(known))

    def _clear_filters(self) -> None:
        self.search.clear()
        self.only.clear()

    def _placeholder(self, known: int) -> EmptyState | None:
        if known:
            return self._no_hits()
        if not self._has_loaded:
            return None
        start = Button(self.tr("New client"), icon="plus")
        start.set_blocked(self._why_not_new())
        start.clicked.connect(lambda: self.set_up_asked.emit(None, None, None))
        return EmptyState(
            "building-2",
            self.tr("No clients yet"),
            self.tr("The first one takes about four minutes, from nothing to a filled vault."),
            start,
        )

    def _no_hits(self) -> EmptyState:
        words = self.search.text().strip()
        clear = Button(self.tr("Clear the search") if words else self.tr("Show all clients"))
        clear.clicked.connect(self._clear_filters)
        searched = self.tr("Names and plans were searched.")
        if left_out := self.fleet.left_out():
            searched = self.tr("Names and plans were searched in {count}.").format(count=left_out)
        if not words:
            name = self.fleet.name(self.only.chosen) if self.only.chosen else ""
            return EmptyState(
                "building-2",
                sentence(self.tr("No clients in “{connection}”"), connection=name),
                self.tr("The other connections have some."),
                clear,
            )
        return EmptyState(
            "search-x",
            sentence(self.tr("No client matches “{words}”"), words=self.search.text()),
            searched,
            clear,
        )

    # --- acting -----------------------------------------------------------------------------

    def _why_not_new(self) -> str:
        return why_not_create(self.fleet)

    def update_rights(self) -> None:
        self.new_button.set_blocked(self._why_not_new())
        waiting = self._waiting()
        if waiting is not None:
            may_confirm = reason_text(waiting[0].why_not("manage_members"))
            self.banner.button.set_blocked(may_confirm or "")

    def _open(self, row: ClientRow) -> None:
        desk = self.fleet.desk(row.connection)
        if desk is not None:
            self.client_asked.emit(row.client.organization_id, desk)

    def menu_of(self, row: ClientRow) -> QMenu:
        """The row's menu; impossible lines stay and say why."""
        client, desk = row.client, self.fleet.desk(row.connection)
        menu = Menu(_label(self.fleet, row), self)
        if desk is None:
            return menu
        own = client.organization_id
        write, seats = why_not_prepare(desk, client=own), why_not_prepare(desk, "seats", own)
        rename = why_not_prepare(desk, "rename", own)
        menu.add(self.tr("Open"), lambda: self._open(row), icon="folder-open")
        menu.add(
            self.tr("Set up…"),
            lambda: self.set_up_asked.emit(client.organization_id, None, desk),
            icon="list-checks",
            reason=write,
        )
        menu.addSeparator()
        menu.add(
            self.tr("Rename…"), lambda: self._rename(desk, client), icon="pencil", reason=rename
        )
        menu.add(
            self.tr("Change seats…"),
            lambda: self._seats(desk, client),
            icon="armchair",
            reason=seats,
        )
        return menu

    def _rename(self, desk: Desk, client: ProviderClient) -> None:
        dialog = RenameDialog(desk, client, self)
        self.jobs.start(ask(dialog), partial(self._after_dialog, desk))

    def _seats(self, desk: Desk, client: ProviderClient) -> None:
        dialog = SeatsDialog(desk, client, self)
        self.jobs.start(ask(dialog), partial(self._after_dialog, desk))

    def _after_dialog(self, desk: Desk, accepted: bool) -> None:
        if accepted and desk.online:
            self._fetch(desk)

    def _file_dropped(self, row: ClientRow | None, path: Path) -> None:
        if row is not None:
            desk = self.fleet.desk(row.connection)
            self.set_up_asked.emit(row.client.organization_id, path, desk)
        else:
            self.file_undecided.emit(path)

    # --- people who wait --------------------------------------------------------------------

    def _note_staff(self, desk: Desk, staff: Aged[tuple[ProviderMember, ...]] | None) -> None:
        members = staff.data if staff is not None else ()
        waiting = tuple(m for m in members if m.status is ProviderUserStatus.ACCEPTED)
        if self.fleet.desk(desk.connection.id) is desk:
            self._staff[desk.connection.id] = waiting
            self._show_waiting()

    def _waiting(self) -> tuple[Desk, tuple[ProviderMember, ...]] | None:
        """Of the chosen connection if there are any, else of the first that has some."""
        for desk in (self.fleet.chosen, *self.fleet.open):
            if members := self._staff.get(desk.connection.id):
                return desk, members
        return None

    def _show_waiting(self) -> None:
        waiting = self._waiting()
        self._banner_place.setVisible(waiting is not None)
        if waiting is None:
            return
        desk, members = waiting
        names = ", ".join(member.name or member.email for member in members[:3])
        self.banner.set_content(
            of_connection(
                self.tr("%Ln member(s) need(s) confirmation", "", len(members)),
                self.fleet,
                desk.connection.id,
            ),
            sentence(
                self.tr("{names}: access starts after you have compared the phrase."), names=names
            ),
            self.tr("Compare phrase…"),
        )
        self.update_rights()

    def _confirm(self) -> None:
        waiting = self._waiting()
        if waiting is not None:
            desk, members = waiting
            self.jobs.start(
                desk.confirm.staff_candidates(members),
                partial(self._compare, desk),
                self.show_error,
            )

    def _compare(self, desk: Desk, candidates: tuple[Candidate, ...]) -> None:
        dialog = ConfirmDialog.for_staff(desk, candidates, self)
        self.jobs.start(ask(dialog), partial(self._after_dialog, desk))
