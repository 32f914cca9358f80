"""The shell: sidebar beside a stack of pages. It moves between them and does nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
    ProviderMembersChanged,
    SessionEnded,
)
from desktop.models.bridge import EventBridge
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.pages.changes import ChangesPage
from desktop.views.pages.client import ClientPage
from desktop.views.pages.clients import ClientsPage
from desktop.views.pages.local_log import LocalLogPage
from desktop.views.pages.members import MembersPage
from desktop.views.pages.page import PageWidget
from desktop.views.pages.plain import BillingPage, EventLogsPage
from desktop.views.pages.runs import RunsPage
from desktop.views.pages.settings import SettingsPage
from desktop.views.reasons import reason_text
from desktop.views.sidebar import Sidebar
from desktop.views.strips import DraftsStrip, OfflineStrip, WaitingStrip
from desktop.views.sync_news import HeldLists, SyncNews
from desktop.views.widgets.layouts import column, holder, row
from desktop.views.widgets.toast import ToastHost

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import OrganizationId, RunId
    from desktop.services.desk import Desk
    from desktop.services.run_types import WaitingRun
    from desktop.settings.preferences import PreferencesFile

translate = QCoreApplication.translate
_AGE_TICK_MS = 30_000


@dataclass(frozen=True)
class Page:
    """One entry of the sidebar. `admin_only` pages do not exist for service users.

    A page `under` another has no entry of its own; that of the other is marked.
    """

    key: str
    title: Callable[[], str]
    icon: str
    build: Callable[[Desk, PreferencesFile], PageWidget]
    section: Callable[[], str] | None = None
    admin_only: bool = False
    under: str = ""


PAGES: tuple[Page, ...] = (
    Page("clients", lambda: translate("Shell", "Clients"), "building-2", ClientsPage),
    Page("runs", lambda: translate("Shell", "Runs"), "circle-play", RunsPage),
    Page("changes", lambda: translate("Shell", "Changes"), "activity", ChangesPage),
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
    Page("settings", lambda: translate("Shell", "Settings"), "settings", SettingsPage),
    Page(
        "local_log",
        lambda: translate("Shell", "Local log"),
        "scroll-text",
        LocalLogPage,
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
    """Everything of one unlocked connection that is not a wizard."""

    lock_asked = Signal()
    sign_in_asked = Signal()
    set_up = Signal(object, object)  # OrganizationId or None for a new client, Path or None
    drop_undecided = Signal(object)  # Path dropped where no client is meant
    run_asked = Signal()
    page_added = Signal(object)  # PageWidget, built on its first visit

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.desk = desk
        self._preferences = preferences
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self.show_error)
        host = desk.connection.web_vault.removeprefix("https://").split("/")[0]
        place = self.tr("Practice server") if desk.connection.is_practice else host
        self.sidebar = Sidebar(desk.session.provider_name, place)
        self.strip = OfflineStrip()
        self._waiting = WaitingStrip()
        self.drafts = DraftsStrip()
        self.held = HeldLists(desk, self.jobs)
        self._stack = QStackedWidget()
        self._built: dict[str, PageWidget] = {}
        self._clients: dict[str, OrganizationId] = {}
        self._current = ""
        self._fetched_at: datetime | None = None
        self._is_signed_out = False
        self.setLayout(
            row(
                self.sidebar,
                holder(
                    column(
                        self.strip,
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
        self.toasts = ToastHost(self)
        self.held.failed.connect(self.show_error)
        self.held.said.connect(self.toasts.say)
        self._news = SyncNews(desk.hub, self.sidebar.sync_line, self)
        self._fill_sidebar()
        self._connect()
        self.show_page("clients")

    def _fill_sidebar(self) -> None:
        shown = [page for page in PAGES if self.desk.session.is_admin or not page.admin_only]
        listed = [page for page in shown if not page.under]
        for number, page in enumerate(listed, 1):
            if page.section is not None:
                self.sidebar.add_section(page.section())
            self.sidebar.add_page(page.key, page.title(), page.icon)
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda key=page.key: self.show_page(key))

    def _connect(self) -> None:
        self.sidebar.page_chosen.connect(self.show_page)
        self.sidebar.client_chosen.connect(lambda key: self.open_client(self._clients[key]))
        self.sidebar.client_closed.connect(self._close_client)
        self.sidebar.refresh_asked.connect(self.refresh)
        self.sidebar.lock_asked.connect(self.lock_asked)
        self.sidebar.run_asked.connect(self.run_asked)
        self.strip.retry_asked.connect(self._way_out)
        for keys, work in (
            ("F5", self.refresh),
            ("Ctrl+R", self.refresh),
            ("Ctrl+F", self._focus_search),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(work)
        self._bridge = EventBridge(self.desk.hub, self)
        self._bridge.happened.connect(self._heard)
        self.destroyed.connect(self._bridge.close)
        # How old the kept lists are is known before any server answers.
        self.jobs.start(self.desk.clients.kept_at(), self._note_age)
        self._ticker = QTimer(self)
        self._ticker.setInterval(_AGE_TICK_MS)
        self._ticker.timeout.connect(self._show_age)
        self._ticker.start()
        self._show_age()

    # --- moving -----------------------------------------------------------------------------

    @property
    def page(self) -> PageWidget:
        """The page a person looks at."""
        return self._built[self._current]

    def built(self, key: str) -> PageWidget | None:
        return self._built.get(key)

    def show_page(self, key: str) -> None:
        """Shows a page of the sidebar, built on its first visit."""
        if key not in self._built:
            entry = next(page for page in PAGES if page.key == key)
            self._add(key, entry.build(self.desk, self._preferences))
        self._go(key)

    def open_client(self, client: OrganizationId) -> None:
        """Opens a client in the same window; several may be open at once."""
        key = str(client)
        if key not in self._built:
            found = self.desk.clients.find(client)
            if found is None:
                # A client made a moment ago is not in the list yet: read it, then open.
                self.jobs.start(self.desk.clients.fetch(), lambda _list: self._open_known(client))
                return
            self._clients[key] = client
            self.sidebar.add_client(key, found.organization_name)
            self._add(key, ClientPage(self.desk, self._preferences, client))
        self._go(key)

    def _open_known(self, client: OrganizationId) -> None:
        if self.desk.clients.find(client) is not None:
            self.open_client(client)

    def _add(self, key: str, page: PageWidget) -> None:
        page.open_client.connect(self.open_client)
        page.set_up.connect(self.set_up)
        page.file_undecided.connect(self.drop_undecided)
        page.page_asked.connect(self.show_page)
        page.close_asked.connect(lambda client: self._close_client(str(client)))
        page.toast.connect(self.toasts.say)
        page.failed.connect(self.show_error)
        self._built[key] = page
        self._stack.addWidget(page)
        self.page_added.emit(page)

    def _go(self, key: str) -> None:
        self._current = key
        self._stack.setCurrentWidget(self._built[key])
        under = next((page.under for page in PAGES if page.key == key), "")
        self.sidebar.mark(under or key)
        self._built[key].update_rights()
        self._built[key].refresh()

    def _close_client(self, key: str) -> None:
        page = self._built.pop(key, None)
        self._clients.pop(key, None)
        self.sidebar.remove_client(key)
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
    ) -> None:
        """A run was interrupted: one line over the pages, with its two ways out."""
        self._waiting.offer(waiting, go_on, put_off)

    def withdraw_offer(self, stopped: set[RunId]) -> None:
        """An offered run goes on, or ended, elsewhere: the line over the pages goes."""
        if self._waiting.offered is not None and self._waiting.offered not in stopped:
            self._waiting.hide()

    def _focus_search(self) -> None:
        self.page.focus_search()

    # --- state ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """F5: first the connection if it is gone, then the page."""
        if self.desk.online:
            self.page.refresh()
        else:
            self.jobs.start(self.desk.connect(), lambda _none: self.page.refresh())

    def _way_out(self) -> None:
        if self._is_signed_out:
            self.sign_in_asked.emit()
        else:
            self.refresh()

    def file_dropped(self, path: Path, position: QPoint) -> None:
        """A file belongs to the client it was dropped on; elsewhere somebody has to be asked."""
        page = self.page
        client = page.client_at(page.mapFrom(self, position))
        if client is not None:
            self.set_up.emit(client, path)
        else:
            self.drop_undecided.emit(path)

    def show_error(self, error: ClavigerError) -> None:
        """What failed, for a moment; no connection and no session are states, in the strip."""
        if isinstance(error, Offline | SignedOut):
            self._show_age()
        else:
            self.toasts.say(explain(error).sentence, icon="circle-alert")

    def _heard(self, event: Event) -> None:
        match event:
            case ConnectionStateChanged(online=online):
                if online:
                    self._is_signed_out = False
                self._show_age()
                self._update_rights()
            case SessionEnded():
                self._is_signed_out = True
                self._show_age()
                self._update_rights()
            case ClientsChanged() | ProviderMembersChanged():
                self.jobs.start(self.desk.clients.kept_at(), self._note_age)

    def _note_age(self, fetched_at: datetime | None) -> None:
        self._fetched_at = fetched_at
        self._show_age()

    def _update_rights(self) -> None:
        for page in self._built.values():
            page.update_rights()

    def _show_age(self) -> None:
        age = age_text(self._fetched_at)
        online = self.desk.online
        without = self.tr("Signed out") if self._is_signed_out else self.tr("No connection")
        text = age if online else without
        self._news.set_age(text, is_online=online)
        if self._is_signed_out:
            self.strip.say(
                self.tr("The session has ended. Sign in again to go on; nothing is lost."),
                "log-in",
                self.tr("Sign in again"),
            )
        elif not online:
            self.strip.say(
                self.tr("No connection. You see the last known state; what you plan is kept.")
                + f" {age}."
            )
        elif self.desk.why_not() in {"journal_damaged", "journal_newer"}:
            self.strip.say(reason_text(self.desk.why_not()) or "", "shield-alert")
        elif self.desk.read_only:
            self.strip.say(
                self.tr("Another Claviger window is writing. This one only reads."), "lock"
            )
        else:
            self.strip.hide()
