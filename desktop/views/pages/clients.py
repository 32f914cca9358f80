"""The clients of the provider in one table: seats, plans, totals, and the way into each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.enums import ProviderUserStatus
from desktop.domain.events import ClientsChanged, Event, ProviderMembersChanged
from desktop.domain.records import ProviderClient
from desktop.models.column import AvatarSpec, Column, ColumnKind, menu_column
from desktop.models.table import RecordTableModel
from desktop.views.dialogs import ask
from desktop.views.drafts import why_not_prepare
from desktop.views.pages.client_dialogs import RenameDialog, SeatsDialog
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.pages.table_page import TablePage
from desktop.views.reasons import reason_text
from desktop.views.text import sentence
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import Banner, EmptyState
from desktop.views.widgets.draw import seat_tone
from desktop.views.widgets.layouts import column, holder
from desktop.views.widgets.menus import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.errors import ClavigerError
    from desktop.domain.records import ProviderMember
    from desktop.services.aged import Aged
    from desktop.services.confirm import Candidate
    from desktop.services.desk import Desk
    from desktop.settings.preferences import PreferencesFile

translate = QCoreApplication.translate


def plan_name(client: ProviderClient) -> str:
    """The plan without its cadence, as people speak of it."""
    return client.plan.replace("(Monthly)", "").strip()


def _number(value: int | None) -> str:
    return translate("Clients", "unlimited") if value is None else QLocale().toString(value)


def _remaining_tone(client: ProviderClient) -> str:
    if client.seats is None:
        return "neutral"
    return seat_tone(client.occupied_seats, client.seats)


def client_columns(
    model: Callable[[], RecordTableModel[ProviderClient]],
) -> tuple[Column[ProviderClient], ...]:
    """Client, Plan, seat bar, Assigned, Used, Remaining; totals count what the filter shows."""

    def total(value: Callable[[ProviderClient], int | None]) -> Callable[[], str]:
        return lambda: QLocale().toString(sum(value(c) or 0 for c in model().visible_records()))

    return (
        Column(
            "name",
            lambda: translate("Clients", "Client"),
            lambda c: c.organization_name,
            kind=ColumnKind.NAME,
            width=0,
            avatar=lambda c: AvatarSpec(str(c.organization_id), c.organization_name),
        ),
        Column(
            "plan",
            lambda: translate("Clients", "Plan"),
            plan_name,
            width=92,
            drop=2,
        ),
        Column(
            "bar",
            lambda: translate("Clients", "Seats"),
            lambda c: f"{c.occupied_seats}/{_number(c.seats)}",
            sort=lambda c: c.occupied_seats / c.seats if c.seats else 0.0,
            kind=ColumnKind.SEAT_BAR,
            width=92,
            drop=3,
            is_searched=False,
            amount=lambda c: (c.occupied_seats, c.seats or max(1, c.occupied_seats * 2)),
        ),
        Column(
            "assigned",
            lambda: translate("Clients", "Assigned"),
            lambda c: _number(c.seats),
            sort=lambda c: c.seats if c.seats is not None else 1 << 30,
            kind=ColumnKind.NUMBER,
            width=94,
            drop=1,
            is_searched=False,
            total=total(lambda c: c.seats),
        ),
        Column(
            "used",
            lambda: translate("Clients", "Used"),
            lambda c: _number(c.occupied_seats),
            sort=lambda c: c.occupied_seats,
            kind=ColumnKind.NUMBER,
            width=80,
            is_searched=False,
            total=total(lambda c: c.occupied_seats),
        ),
        Column(
            "remaining",
            lambda: translate("Clients", "Remaining"),
            lambda c: _number(c.remaining_seats),
            sort=lambda c: c.remaining_seats if c.remaining_seats is not None else 1 << 30,
            kind=ColumnKind.NUMBER,
            width=92,
            is_searched=False,
            tone=_remaining_tone,
            total=total(lambda c: c.remaining_seats),
        ),
        menu_column(),
    )


class ClientsPage(TablePage):
    """From the cache at once, from the server right after."""

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, preferences, parent)
        self.new_button = Button(self.tr("New client"), "primary", icon="plus")
        self.new_button.setObjectName("new_client")
        self.new_button.clicked.connect(lambda: self.set_up.emit(None, None))
        self.add_header(self.tr("Clients"), self.new_button)
        self.banner = Banner("", icon="user-check")
        self.banner.setObjectName("confirm_banner")
        self.banner.acted.connect(self._confirm)
        self._banner_place = holder(column(self.banner, margins=(24, 0, 24, 8)))
        self._banner_place.hide()
        self.body.addWidget(self._banner_place)
        self.add_filter_row(self.tr("Search clients"))
        model: RecordTableModel[ProviderClient] = RecordTableModel(
            client_columns(lambda: self.model), lambda c: c.organization_id, self
        )
        self.add_table("clients", model, self.tr("Clients"), accepts_files=True)
        self.table.opened.connect(lambda c: self.open_client.emit(c.organization_id))
        self.table.file_dropped.connect(self._file_dropped)
        self.table.menu_for = self.menu_of
        if not model.sort_key:
            self.table.sort_by("name")
        self._waiting: tuple[ProviderMember, ...] = ()
        self._has_loaded = False
        self.jobs.start(desk.clients.cached(), self._show_cached)
        if desk.session.is_admin:
            self.jobs.start(desk.staff.cached(), self._show_waiting)

    # --- data -------------------------------------------------------------------------------

    def refresh(self) -> None:
        if not self.desk.online:
            return
        self.table.set_loading(True)
        self.jobs.start(self.desk.clients.fetch(), self._show, self._load_failed)
        if self.desk.session.is_admin:
            self.jobs.start(self.desk.staff.fetch(), self._show_waiting)

    def _show_cached(self, cached: Aged[tuple[ProviderClient, ...]] | None) -> None:
        if cached is not None and not self._has_loaded:
            self._show(cached)

    def _show(self, clients: Aged[tuple[ProviderClient, ...]]) -> None:
        self._has_loaded = True
        self.table.set_loading(False)
        self.model.replace(clients.data)
        self.rows_filtered()

    def _load_failed(self, error: ClavigerError) -> None:
        self.table.set_loading(False)
        self.show_error(error)

    def heard(self, event: Event) -> None:
        if isinstance(event, ClientsChanged):
            self.jobs.start(self.desk.clients.cached(), self._show_if_any)
        elif isinstance(event, ProviderMembersChanged) and self.desk.session.is_admin:
            self.jobs.start(self.desk.staff.cached(), self._show_waiting)

    def _show_if_any(self, cached: Aged[tuple[ProviderClient, ...]] | None) -> None:
        if cached is not None:
            self._show(cached)

    def rows_filtered(self) -> None:
        shown, known = self.model.rowCount(), self.model.total_count
        if shown == known:
            caption = self.tr("%Ln client(s)", "", known)
        else:
            caption = self.tr("{shown} of {all} clients").format(shown=shown, all=known)
        self.totals.set_caption(caption)
        self.table.set_placeholder(None if shown else self._placeholder(known))

    def _placeholder(self, known: int) -> EmptyState | None:
        if known:
            clear = Button(self.tr("Clear the search"))
            clear.clicked.connect(self.search.clear)
            return EmptyState(
                "search-x",
                sentence(self.tr("No client matches “{words}”"), words=self.search.text()),
                self.tr("Names and plans were searched."),
                clear,
            )
        if not self._has_loaded:
            return None
        start = Button(self.tr("New client"), icon="plus")
        start.set_blocked(why_not_prepare(self.desk, "create_client"))
        start.clicked.connect(lambda: self.set_up.emit(None, None))
        return EmptyState(
            "building-2",
            self.tr("No clients yet"),
            self.tr("The first one takes about four minutes, from nothing to a filled vault."),
            start,
        )

    # --- acting -----------------------------------------------------------------------------

    def update_rights(self) -> None:
        self.new_button.set_blocked(why_not_prepare(self.desk, "create_client"))
        may_confirm = reason_text(self.desk.why_not("manage_members"))
        self.banner.button.set_blocked(may_confirm or "")

    def menu_of(self, client: ProviderClient) -> QMenu:
        """The row's menu; impossible lines stay and say why."""
        menu = Menu(client.organization_name, self)
        client_id = client.organization_id
        write, seats = why_not_prepare(self.desk), why_not_prepare(self.desk, "seats")
        menu.add(self.tr("Open"), lambda: self.open_client.emit(client_id), icon="folder-open")
        menu.add(
            self.tr("Set up…"),
            lambda: self.set_up.emit(client_id, None),
            icon="list-checks",
            reason=write,
        )
        menu.addSeparator()
        menu.add(self.tr("Rename…"), lambda: self._rename(client), icon="pencil", reason=write)
        menu.add(
            self.tr("Change seats…"), lambda: self._seats(client), icon="armchair", reason=seats
        )
        return menu

    def _rename(self, client: ProviderClient) -> None:
        self.jobs.start(ask(RenameDialog(self.desk, client, self)), self._after_dialog)

    def _seats(self, client: ProviderClient) -> None:
        self.jobs.start(ask(SeatsDialog(self.desk, client, self)), self._after_dialog)

    def _after_dialog(self, accepted: bool) -> None:
        if accepted:
            self.refresh()

    def _file_dropped(self, client: ProviderClient | None, path: Path) -> None:
        if client is not None:
            self.set_up.emit(client.organization_id, path)
        else:
            self.file_undecided.emit(path)

    # --- people who wait --------------------------------------------------------------------

    def _show_waiting(self, staff: Aged[tuple[ProviderMember, ...]] | None) -> None:
        members = staff.data if staff is not None else ()
        self._waiting = tuple(m for m in members if m.status is ProviderUserStatus.ACCEPTED)
        count = len(self._waiting)
        self._banner_place.setVisible(bool(count))
        if count == 0:
            return
        names = ", ".join(member.name or member.email for member in self._waiting[:3])
        self.banner.set_content(
            self.tr("%Ln member(s) need(s) confirmation", "", count),
            sentence(
                self.tr("{names}: access starts after you have compared the phrase."), names=names
            ),
            self.tr("Compare phrase…"),
        )
        self.update_rights()

    def _confirm(self) -> None:
        self.jobs.start(
            self.desk.confirm.staff_candidates(self._waiting), self._compare, self.show_error
        )

    def _compare(self, candidates: tuple[Candidate, ...]) -> None:
        dialog = ConfirmDialog.for_staff(self.desk, candidates, self)
        self.jobs.start(ask(dialog), self._after_dialog)
