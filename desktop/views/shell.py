"""The shell: sidebar beside a stack of pages. It moves between them and does nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import Offline, SignedOut
from desktop.domain.events import (
    ClientsChanged,
    ConnectionStateChanged,
    Event,
    KeysChanged,
    ProviderMembersChanged,
    SessionEnded,
)
from desktop.views.connection_look import host_of, waiting_text
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.key_news import KeyNews
from desktop.views.pages.changes import ChangesPage
from desktop.views.pages.client import ClientPage
from desktop.views.pages.clients import ClientsPage
from desktop.views.pages.connections import ConnectionsPage
from desktop.views.pages.keys import KeysPage
from desktop.views.pages.local_log import LocalLogPage
from desktop.views.pages.members import MembersPage
from desktop.views.pages.page import BarePage, FleetPage, PageWidget
from desktop.views.pages.plain import BillingPage, EventLogsPage
from desktop.views.pages.runs import RunsPage
from desktop.views.pages.settings import SettingsPage
from desktop.views.sidebar import PageEntry, Sidebar
from desktop.views.strips import DraftsStrip, OfflineStrip, WaitingStrip
from desktop.views.switcher import closed_lines, connection_menu
from desktop.views.sync_news import HeldLists, SyncLines, SyncNews
from desktop.views.troubles import Troubles, Ways
from desktop.views.widgets.layouts import column, holder, row
from desktop.views.widgets.toast import ToastHost

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import ConnectionId, OrganizationId, RunId
    from desktop.services.desk import Desk
    from desktop.services.run_types import WaitingRun
    from desktop.settings.preferences import PreferencesFile
    from desktop.views.fleet import Connection, Fleet

translate = QCoreApplication.translate
_AGE_TICK_MS = 30_000
_NUMBERED = 9


@dataclass(frozen=True)
class Page:
    """One entry of the sidebar. `admin_only` pages do not exist for service users.

    A page `under` another has no entry of its own; that of the other is marked. One without a
    `build` for a desk is over all connections; the others are of the chosen one.
    """

    key: str
    title: Callable[[], str]
    icon: str
    build: Callable[[Desk, PreferencesFile], PageWidget] | None = None
    over_all: Callable[[Fleet, PreferencesFile], FleetPage] | None = None
    section: Callable[[], str] | None = None
    admin_only: bool = False
    under: str = ""


PAGES: tuple[Page, ...] = (
    Page("clients", lambda: translate("Shell", "Clients"), "building-2", over_all=ClientsPage),
    Page("runs", lambda: translate("Shell", "Runs"), "circle-play", over_all=RunsPage),
    Page("changes", lambda: translate("Shell", "Changes"), "activity", over_all=ChangesPage),
    Page(
        "members",
        lambda: translate("Shell", "Members"),
        "users",
        MembersPage,
        section=lambda: translate("Shell", "Provider"),
        admin_only=True,
    ),
    Page(
        "events",
        lambda: translate("Shell", "Event logs"),
        "history",
        EventLogsPage,
        admin_only=True,
    ),
    Page("billing", lambda: translate("Shell", "Billing"), "receipt", BillingPage, admin_only=True),
    Page("settings", lambda: translate("Shell", "Settings"), "settings", over_all=SettingsPage),
    Page(
        "local_log",
        lambda: translate("Shell", "Local log"),
        "scroll-text",
        LocalLogPage,
        under="settings",
    ),
    Page("keys", lambda: translate("Shell", "Keys"), "key-round", KeysPage, under="settings"),
    Page(
        "connections",
        lambda: translate("Shell", "Connections"),
        "plug",
        over_all=ConnectionsPage,
        under="settings",
    ),
)


def age_text(fetched_at: datetime | None) -> str:
    """How old data is, short enough for the sidebar: now, the time today, else the date."""
    if fetched_at is None:
        return translate("Shell", "Not synced yet")
    then = QDateTime.fromSecsSinceEpoch(int(fetched_at.timestamp())).toLocalTime()
    now = QDateTime.currentDateTime()
    if then.secsTo(now) < 60:
        return translate("Shell", "Synced just now")
    if then.date() == now.date():
        time = QLocale().toString(then.time(), QLocale.FormatType.ShortFormat)
        return translate("Shell", "Synced at {time}").format(time=time)
    day = QLocale().toString(then, "d MMM")
    return translate("Shell", "Synced {day}").format(day=day)


class Shell(QWidget):
    """Everything of the unlocked connections that is not a wizard.

    Clients, runs and changes are of all of them; a client's page belongs to the connection that
    owns it, the provider's pages to the one that is chosen.
    """

    lock_asked = Signal()
    sign_in_asked = Signal(object)  # Desk
    unlock_asked = Signal(object)  # ConnectionId
    set_up = Signal(object, object, object)  # OrganizationId or None, Path or None, Desk or None
    drop_undecided = Signal(object)  # Path dropped where no client is meant
    run_asked = Signal()
    page_added = Signal(object)  # BarePage, built on its first visit
    add_asked = Signal()  # one more connection

    def __init__(
        self, fleet: Fleet, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fleet = fleet
        self._preferences = preferences
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.show_error)
        self.sidebar = Sidebar(*self._identity())
        self._waiting = WaitingStrip()
        self.drafts = DraftsStrip()
        self.held = HeldLists(fleet, self.jobs)
        self.keys = KeyNews(fleet)
        self.keys.asked.connect(self._show_keys)
        self._stack = QStackedWidget()
        self._built: dict[str, BarePage] = {}
        self._clients: dict[str, tuple[Desk, OrganizationId]] = {}
        self._current = ""
        self._fetched_at: dict[ConnectionId, datetime | None] = {}
        places = column(gap=0)
        self.setLayout(
            row(
                self.sidebar,
                holder(
                    column(
                        places,
                        self.keys.strip,
                        self._waiting,
                        self.drafts,
                        self.held.strip,
                        self._stack,
                        gap=0,
                    )
                ),
                gap=0,
            )
        )
        ways = Ways(self.sign_in_asked.emit, self.refresh, self._age_of)
        self._troubles = Troubles(fleet, ways, places, self)
        self.toasts = ToastHost(self)
        self.held.failed.connect(self.show_error)
        self.held.said.connect(self.toasts.say)
        self._lines = SyncLines(fleet, self.sidebar.sync_line)
        self._news_of: dict[ConnectionId, SyncNews] = {}
        self._connect()
        for desk in fleet.open:
            self._join(desk)
        self._connections_changed()
        self.show_page("clients")

    @property
    def desk(self) -> Desk:
        """The chosen connection."""
        return self.fleet.chosen

    @property
    def strip(self) -> OfflineStrip:
        """The most urgent trouble."""
        return self._troubles.strips[0]

    @property
    def _news(self) -> SyncNews:
        return self._news_of[self.desk.connection.id]

    def _identity(self) -> tuple[str, str]:
        """Who is signed in, and where."""
        connection = self.desk.connection
        name = self.desk.session.provider_name or self.fleet.name(connection.id)
        is_practice = connection.is_practice
        return name, self.tr("Practice server") if is_practice else host_of(connection.web_vault)

    def _shown_pages(self) -> list[Page]:
        """Those of the sidebar, for the chosen connection's role."""
        is_admin = self.desk.session.is_admin
        return [page for page in PAGES if not page.under and (is_admin or not page.admin_only)]

    def _fill_sidebar(self) -> None:
        """Where there are several connections, the caption says whose the pages below it are."""
        entries = []
        is_told = False
        for page in self._shown_pages():
            section = page.section() if page.section is not None else ""
            dot = ""
            if self.fleet.is_many and not is_told and (section or page.key == "settings"):
                connection = self.desk.connection.id
                section, dot = self.fleet.name(connection), self.fleet.dot(connection)
            is_told = is_told or bool(section)
            entries.append(PageEntry(page.key, page.title(), page.icon, section, dot))
        self.sidebar.set_pages(entries)
        under = next((page.under for page in PAGES if page.key == self._shown_key()), "")
        self.sidebar.mark(under or self._shown_key())

    def _connect(self) -> None:
        self.sidebar.page_chosen.connect(self.show_page)
        self.sidebar.client_chosen.connect(self._go)
        self.sidebar.client_closed.connect(self._close_client)
        self.sidebar.refresh_asked.connect(self.refresh)
        self.sidebar.lock_asked.connect(self.lock_asked)
        self.sidebar.run_asked.connect(self.run_asked)
        self.sidebar.switcher.opened.connect(self._open_switcher)
        self.sidebar.closed_asked.connect(self._help_connection)
        for keys, work in (
            ("F5", self.refresh),
            ("Ctrl+R", self.refresh),
            ("Ctrl+F", self._focus_search),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(work)
        for number in range(1, _NUMBERED + 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(partial(self._show_numbered, number))
        self.fleet.happened.connect(self._heard)
        self.fleet.joined.connect(self._join)
        self.fleet.parted.connect(self._part)
        self.fleet.changed.connect(self._connections_changed)
        self.fleet.chosen_changed.connect(self._chosen_changed)
        self._ticker = QTimer(self)
        self._ticker.setInterval(_AGE_TICK_MS)
        self._ticker.timeout.connect(self._show_age)
        self._ticker.start()

    # --- connections ------------------------------------------------------------------------

    def _join(self, desk: Desk) -> None:
        """How old the kept lists are is known before any server answers."""
        connection = desk.connection.id
        self._news_of[connection] = SyncNews(desk.hub, partial(self._lines.put, connection), self)
        self._read_age(desk)

    def _part(self, desk: Desk) -> None:
        """A connection was locked while others are open: nothing of it stays on the screen."""
        news = self._news_of.pop(desk.connection.id, None)
        if news is not None:
            news.close()
            news.deleteLater()
        self._fetched_at.pop(desk.connection.id, None)
        for key, (owner, _client) in tuple(self._clients.items()):
            if owner is desk:
                self._close_client(key)
        for key, page in tuple(self._built.items()):
            if isinstance(page, PageWidget) and page.desk is desk:
                self._drop(key)

    def _connections_changed(self) -> None:
        self.sidebar.identity.setVisible(not self.fleet.is_many)
        self.sidebar.identity.set_words(*self._identity())
        self._fill_sidebar()
        for key, (desk, _client) in self._clients.items():
            self._mark_connection(key, desk)
        self._show_age()

    def _chosen_changed(self) -> None:
        """The provider's pages are those of another connection now."""
        self._fill_sidebar()
        self.sidebar.identity.set_words(*self._identity())
        key = self._shown_key()
        if any(page.key == key and page.build is not None for page in PAGES):
            self.show_page(key)
        self._show_age()

    def _show_keys(self, desk: Desk) -> None:
        """The keys of a connection, whichever was chosen."""
        self.fleet.choose(desk.connection.id)
        self.show_page("keys")

    def _open_switcher(self) -> None:
        manage = partial(self.show_page, "connections")
        menu = connection_menu(self.fleet, self._age_text, self._act_on, self, manage)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.sidebar.switcher.spot())

    def _act_on(self, connection: Connection) -> None:
        """What a line of the switcher says: unlock, sign in again, or choose."""
        if connection.desk is not None:
            self.fleet.choose(connection.id)
        self._help(connection)

    def _help_connection(self, key: str) -> None:
        connection = next((one for one in self.fleet.connections if str(one.id) == key), None)
        if connection is not None:
            self._help(connection)

    def _help(self, connection: Connection) -> None:
        if connection.desk is None:
            self.unlock_asked.emit(connection.id)
        elif connection.state == "signed_out":
            self.sign_in_asked.emit(connection.desk)

    # --- moving -----------------------------------------------------------------------------

    @property
    def page(self) -> BarePage:
        """The page a person looks at."""
        return self._built[self._current]

    def built(self, key: str) -> BarePage | None:
        """A page over all connections, or that of the chosen one."""
        return self._built.get(key) or self._built.get(self._place(key))

    def _place(self, key: str) -> str:
        """Under which a page is kept: each connection has its own of the provider's pages."""
        entry = next((page for page in PAGES if page.key == key), None)
        if entry is None or entry.build is None:
            return key
        return f"{key}@{self.desk.connection.id}"

    def _shown_key(self) -> str:
        """The key of the page a person looks at, whichever connection it is of."""
        return self._current if self._current in self._clients else self._current.split("@")[0]

    def show_page(self, key: str) -> None:
        """Shows a page of the sidebar, built on its first visit."""
        entry = next(page for page in PAGES if page.key == key)
        if entry.admin_only and not self.desk.session.is_admin:
            entry = PAGES[0]
        place = self._place(entry.key)
        if place not in self._built:
            if entry.over_all is not None:
                self._add_over_all(place, entry.over_all(self.fleet, self._preferences))
            elif entry.build is not None:
                self._add(place, entry.build(self.desk, self._preferences))
        self._go(place)

    def _show_numbered(self, number: int) -> None:
        pages = self._shown_pages()
        if number <= len(pages):
            self.show_page(pages[number - 1].key)

    def open_client(self, client: OrganizationId, desk: Desk | None = None) -> None:
        """Opens a client in the same window; several may be open at once.

        `desk`: whose client it is; without one the chosen connection that knows it comes first.
        """
        owner = desk or self.fleet.of_client(client) or self.desk
        key = f"{client}@{owner.connection.id}"
        if key not in self._built:
            found = owner.clients.find(client)
            if found is None:
                # A client made a moment ago is not in the list yet: read it, then open.
                self.jobs.start(
                    owner.clients.fetch(), lambda _list: self._open_known(client, owner)
                )
                return
            self._clients[key] = (owner, client)
            self.sidebar.add_client(key, owner.clients.label(client), str(client))
            self._add(key, ClientPage(owner, self._preferences, client))
            self._mark_connection(key, owner)
        self._go(key)

    def _open_known(self, client: OrganizationId, desk: Desk) -> None:
        if desk.clients.find(client) is not None:
            self.open_client(client, desk)

    def _mark_connection(self, key: str, desk: Desk) -> None:
        page = self._built.get(key)
        if isinstance(page, ClientPage):
            page.connection_mark.show_connection(self.fleet, desk.connection.id)

    def _add(self, key: str, page: PageWidget) -> None:
        """A page of one connection: what it asks for is asked of that one."""
        desk = page.desk
        page.open_client.connect(lambda client: self.open_client(client, desk))
        page.set_up.connect(lambda client, path: self.set_up.emit(client, path, desk))
        page.close_asked.connect(
            lambda client: self._close_client(f"{client}@{desk.connection.id}")
        )
        self._add_bare(key, page)

    def _add_over_all(self, key: str, page: FleetPage) -> None:
        page.client_asked.connect(self.open_client)
        page.set_up_asked.connect(self.set_up)
        page.unlock_asked.connect(self.unlock_asked)
        page.help_asked.connect(self._help)
        page.add_asked.connect(self.add_asked)
        self._add_bare(key, page)

    def _add_bare(self, key: str, page: BarePage) -> None:
        page.file_undecided.connect(self.drop_undecided)
        page.page_asked.connect(self.show_page)
        page.toast.connect(self.toasts.say)
        page.failed.connect(self.show_error)
        self._built[key] = page
        self._stack.addWidget(page)
        self.page_added.emit(page)

    def _go(self, key: str) -> None:
        self._current = key
        self._stack.setCurrentWidget(self._built[key])
        shown = self._shown_key()
        under = next((page.under for page in PAGES if page.key == shown), "")
        self.sidebar.mark(under or shown)
        self._built[key].update_rights()
        self._built[key].refresh()

    def _close_client(self, key: str) -> None:
        self._clients.pop(key, None)
        self.sidebar.remove_client(key)
        self._drop(key)

    def _drop(self, key: str) -> None:
        """Takes a page away; whoever looked at it sees the clients."""
        page = self._built.pop(key, None)
        if self._current == key:
            self.show_page("clients")
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    def offer_run(
        self,
        waiting: WaitingRun,
        go_on: Callable[[RunId], None],
        put_off: Callable[[RunId], None],
        connection: ConnectionId | None = None,
    ) -> None:
        """A run was interrupted: one line over the pages, with its two ways out."""
        name = self.fleet.name(connection) if self.fleet.is_many else ""
        self._waiting.offer(waiting, go_on, put_off, connection=name)

    def offer_unlock(self, connection: Connection, put_off: Callable[[], None]) -> None:
        """A connection that is locked has a run that did not end."""
        self._waiting.offer_unlock(
            waiting_text(connection.name), partial(self.unlock_asked.emit, connection.id), put_off
        )

    def withdraw_unlock(self) -> None:
        """Nothing is known to wait behind a lock any more."""
        if self._waiting.asks_to_unlock:
            self._waiting.hide()

    def withdraw_offer(self, stopped: set[RunId]) -> None:
        """An offered run goes on, or ended, elsewhere: the line over the pages goes."""
        if self._waiting.offered is not None and self._waiting.offered not in stopped:
            self._waiting.hide()

    def _focus_search(self) -> None:
        self.page.focus_search()

    # --- state ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """F5: first the connections that are gone, then the page."""
        away = [desk for desk in self.fleet.open if not desk.online]
        if len(away) < len(self.fleet.open):
            self.page.refresh()
        for desk in away:
            self.jobs.start(desk.connect(), lambda _none: self.page.refresh())

    def file_dropped(self, path: Path, position: QPoint) -> None:
        """A file belongs to the client it was dropped on; elsewhere somebody has to be asked."""
        page = self.page
        client = page.client_at(page.mapFrom(self, position))
        if client is not None and isinstance(page, PageWidget):
            self.set_up.emit(client, path, page.desk)
        else:
            self.drop_undecided.emit(path)

    def show_error(self, error: ClavigerError) -> None:
        """What failed, for a moment; no connection and no session are states, in the strip."""
        if isinstance(error, Offline | SignedOut):
            self._show_age()
        else:
            self.toasts.say(explain(error).sentence, icon="circle-alert")

    def _heard(self, desk: Desk, event: Event) -> None:
        match event:
            case ConnectionStateChanged() | SessionEnded():
                self._show_age()
                self._update_rights()
            case KeysChanged():
                self._update_rights()
            case ClientsChanged() | ProviderMembersChanged():
                self._read_age(desk)

    def _read_age(self, desk: Desk) -> None:
        self.jobs.start(
            desk.clients.kept_at(), partial(self._note_age, desk), partial(self._no_age, desk)
        )

    def _no_age(self, desk: Desk, error: ClavigerError) -> None:
        if not desk.is_locked:
            self.show_error(error)

    def _note_age(self, desk: Desk, fetched_at: datetime | None) -> None:
        connection = desk.connection.id
        if self.fleet.desk(connection) is desk:
            self._fetched_at[connection] = fetched_at
            self._lines.set_read_at(connection, fetched_at.timestamp() if fetched_at else 0.0)
            self._show_age()

    def _update_rights(self) -> None:
        for page in self._built.values():
            page.update_rights()

    def _age_text(self, connection: ConnectionId) -> str:
        return age_text(self._fetched_at.get(connection))

    def _age_of(self, desks: Sequence[Desk]) -> str:
        """Of the oldest picture among these."""
        ages = [self._fetched_at.get(desk.connection.id) for desk in desks]
        known = [age for age in ages if age is not None]
        return age_text(min(known) if known and len(known) == len(ages) else None)

    def _show_age(self) -> None:
        for desk in self.fleet.open:
            connection = desk.connection.id
            without = self.tr("Signed out") if desk.link.signed_out else self.tr("No connection")
            text = self._age_text(connection) if desk.online else without
            self._news_of[connection].set_age(text, is_online=desk.online)
        self._lines.show()
        self._troubles.show()
        self.sidebar.switcher.show_fleet(self.fleet)
        self.sidebar.set_closed(closed_lines(self.fleet))
