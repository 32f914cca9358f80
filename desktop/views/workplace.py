"""Moves the window between start page, shell, wizard and run, for the connections that are open."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ClavigerError, Locked, Offline, SignedOut
from desktop.domain.events import ClientChanged, Event, LockedNow
from desktop.models.bridge import EventBridge
from desktop.services.lock_time import LockTime, lock_time
from desktop.views.cover import CoverScreen
from desktop.views.dialogs import ask
from desktop.views.drafts import may_create, why_not_prepare
from desktop.views.fleet import Fleet
from desktop.views.guard import Guard
from desktop.views.hiding import clear_clipboard, close_questions, forget_rest, wipe_models
from desktop.views.idle import Idle
from desktop.views.jobs import Jobs
from desktop.views.language import system_language
from desktop.views.notices import Notices
from desktop.views.pages.runs import RunsPage
from desktop.views.pages.which_client import WhichClientDialog
from desktop.views.pages.which_connection import WhichConnectionDialog
from desktop.views.practice import PracticeDesk
from desktop.views.reception import Doors, Reception
from desktop.views.run_watch import RunWatch
from desktop.views.setup.run import RunScreen
from desktop.views.setup.screen import SetupScreen
from desktop.views.shell import Shell
from desktop.views.sign_in_again import SignInAgainDialog
from desktop.views.start import StartPage
from desktop.views.unlock_dialog import UnlockDialog

if TYPE_CHECKING:
    from desktop.domain.ids import ConnectionId, OrganizationId, RunId
    from desktop.services.desk import Desk
    from desktop.services.desks import Desks
    from desktop.services.run_types import WaitingRun
    from desktop.settings.preferences import PreferencesFile
    from desktop.settings.profile import ProfileFolder
    from desktop.views.language import Language
    from desktop.views.notices import Tell
    from desktop.views.pages.page import BarePage
    from desktop.views.system.here import System
    from desktop.views.window import Window


class Workplace(QObject):
    """Knows which screen stands in the window, and nothing of what is on it."""

    def __init__(
        self,
        window: Window,
        start: StartPage,
        preferences: PreferencesFile,
        doors: Doors,
        practice_profile: ProfileFolder,
        *,
        language: Language | None = None,
        refreshes: bool = True,
        tell: Tell | None = None,
        system: System | None = None,
        idle: Idle | None = None,
    ) -> None:
        """`refreshes` False: nothing is read or removed in the background, as on the tour.

        `tell` takes the place of the system's notices. Without a `system` nobody says that it locks
        or sleeps; `idle` brings other clocks than the computer's.
        """
        super().__init__(window)
        self.window = window
        self.start = start
        self.preferences = preferences
        self._doors = doors
        self._practice_profile = practice_profile
        self._language = language
        self._refreshes = refreshes
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self._failed)
        self.reception = self._receive()
        self.fleet: Fleet | None = None
        self.shell: Shell | None = None
        self.wizard: SetupScreen | RunScreen | None = None
        self.practice: PracticeDesk | None = None
        self._bridge: EventBridge | None = None
        self._tell = tell
        self._notices: Notices | None = None
        self._card_run: RunId | None = None
        self._wizard_desk: Desk | None = None
        self._put_off: set[RunId | ConnectionId] = set()
        self._is_closing = False
        self._cover: CoverScreen | None = None
        self.guard = Guard(
            lambda: self.lock_time().minutes,
            lambda: bool(self._active_runs()),
            signals=system.signals if system is not None else None,
            awake=system.awake if system is not None else None,
            idle=idle,
            parent=self,
        )
        self.guard.lock_asked.connect(self._guarded)
        self._gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        # From every screen, the wizard's too.
        QShortcut(QKeySequence("Ctrl+L"), window).activated.connect(self.lock)
        window.closing.connect(self._close)
        window.dropped.connect(self._dropped)

    def _receive(self) -> Reception:
        reception = Reception(self.start, self._doors, self)
        reception.entered.connect(self.enter)
        reception.troubled.connect(self._failed)
        self.start.language_chosen.connect(self._choose_language)
        self.start.left.connect(self._end_adding)
        return reception

    def _choose_language(self, code: str) -> None:
        self.preferences.change(language=code)
        self._speak()

    def _speak(self) -> None:
        """Builds the start page anew when the language asked for is not the one it speaks."""
        wanted = self.preferences.get().language
        code = system_language() if wanted == "system" else wanted
        if self._language is None or self._language.code == code:
            return
        self._language.use(code)
        old, info = self.start, self.reception.practice_info
        self.reception.deleteLater()
        self.start = StartPage(code)
        self.reception = self._receive()
        self.window.show_screen(self.start)
        self.window.remove_screen(old)
        self.reception.take_over(info)

    def open(self) -> None:
        """The first screen comes alive: the lock screen, or the cards with practice prepared."""
        self.reception.open()

    async def practice_state(self) -> dict[str, Any]:
        """What the practice server holds; the tour compares it with what the window said."""
        return await self._doors.practice.state()

    async def closed(self) -> None:
        """Returns when the window is gone and everything is put away."""
        await self._gone

    # --- in and out -------------------------------------------------------------------------

    @property
    def desk(self) -> Desk | None:
        """The chosen connection; None while the lock screen or a cover stands."""
        return self.fleet.chosen if self.fleet is not None else None

    def enter(self, desk: Desk) -> None:
        """Shows an open desk, the first one or beside those that are open: its lists come from
        the cache first, the server after.
        """
        desks = self._doors.of(desk)
        if self.fleet is not None and self.fleet.desks is not desks:
            # Practice and real accounts never stand side by side.
            self.jobs.start(self.fleet.desks.lock())
            self._leave(self.fleet)
        if self._cover is not None:
            self._clear()
        if self.fleet is None:
            self._open_shell(desks, desk)
        elif self._is_adding:
            self._end_adding()

    def _open_shell(self, desks: Desks, desk: Desk) -> None:
        self._put_off.clear()
        # The one that was chosen on the lock screen opens first.
        fleet = Fleet(desks, desk.connection.id, self)
        self.fleet = fleet
        fleet.chosen_changed.connect(self._remember_chosen)
        fleet.joined.connect(self._begin)
        fleet.happened.connect(self._heard_of_client)
        fleet.changed.connect(self._connections_changed)
        self.shell = Shell(fleet, self.preferences)
        self.shell.lock_asked.connect(self.lock)
        self.shell.set_up.connect(self.set_up)
        self.shell.drop_undecided.connect(self._ask_which_client)
        self.shell.sign_in_asked.connect(self._sign_in_again)
        self.shell.unlock_asked.connect(self.unlock)
        self.shell.add_asked.connect(self.add_connection)
        self.shell.run_asked.connect(self._show_card_run)
        self.shell.page_added.connect(self._page_added)
        RunWatch(fleet, self.shell)
        self._drop_notices()
        self._notices = Notices(desk.hub, self.window, self._tell)
        self._bridge = EventBridge(desks.hub, self)
        self._bridge.happened.connect(self._heard)
        if desk.connection.is_practice:
            self.practice = PracticeDesk(desk, self._doors.practice, self.shell, self)
            self.practice.set_up.connect(self.set_up)
            self.practice.real_asked.connect(self._to_real_account)
            self.window.set_ribbon(self.practice.ribbon)
        self.window.show_screen(self.shell)
        self.guard.watch()
        for one in fleet.open:
            self._begin(one)

    def _begin(self, desk: Desk) -> None:
        """What goes on for each open connection, whichever is chosen."""
        if self._notices is not None:
            self._notices.listen(desk.hub)
        self._remember_chosen()
        self.jobs.start(desk.read_lock_limit(), failed=_ignore)
        if not desk.online:
            self.jobs.start(desk.connect(), lambda _none: self._refresh(), self._not_connected)
        self._look_for_waiting()
        if self._refreshes:
            desk.retention.start(lambda: self.preferences.get().keep_history_months)
            if self.preferences.get().background_refresh:
                desk.sync.start()

    def _remember_chosen(self) -> None:
        """The lock screen and the next window begin with the same one."""
        desk = self.desk
        if desk is None or desk.connection.is_practice:
            return
        if self.preferences.get().last_connection != desk.connection.id:
            self.preferences.change(last_connection=desk.connection.id)

    def _refresh(self) -> None:
        if self.shell is not None:
            self.shell.page.refresh()

    def _not_connected(self, error: ClavigerError) -> None:
        # Being offline or signed out is a state the shell shows, not an error to report.
        if not isinstance(error, Offline | SignedOut):
            self._failed(error)

    def _heard(self, event: Event) -> None:
        fleet = self.fleet
        if fleet is None or fleet.desks.open:
            return
        if isinstance(event, LockedNow):
            self._leave(fleet)
        elif fleet.desks.covered and not fleet.desks.is_locking:
            # The last open one was removed; runs of another go on under their cover.
            self.cover()

    def _heard_of_client(self, desk: Desk, event: Event) -> None:
        if isinstance(event, ClientChanged):
            # Its policies may shorten the time until the lock.
            self.jobs.start(desk.read_lock_limit(), failed=_ignore)

    def _connections_changed(self) -> None:
        """A wizard of a connection that was locked alone goes with it."""
        desk, fleet = self._wizard_desk, self.fleet
        if fleet is not None and desk is not None and desk not in fleet.open:
            self._leave_wizard()
        self._look_for_waiting()

    def unlock(self, connection: ConnectionId) -> None:
        """One password over whatever somebody is at work with; what it opens joins the window."""
        found = self.fleet.get(connection) if self.fleet is not None else None
        if self.fleet is not None and found is not None and found.desk is None:
            dialog = UnlockDialog(
                self.fleet.desks, found.record, self.jobs, self.window, name=found.name
            )
            self.jobs.start(ask(dialog))

    def add_connection(self) -> None:
        """The sign-in form in front of the open connections, which stay as they are."""
        if self.shell is not None and self.wizard is None:
            self.start.set_known((), "")
            self.start.show_sign_in()
            self.start.offer_way_back(is_offered=True)
            self.window.show_screen(self.start)

    @property
    def _is_adding(self) -> bool:
        return self.shell is not None and self.window.screen_widget is self.start

    def _end_adding(self) -> None:
        """Back to where the sign-in form was asked for, with what came of it."""
        self.start.offer_way_back(is_offered=False)
        self.reception.signing_in.drop()
        self.start.forget_passwords()
        self.reception.show_known(self._chosen_id())
        if self.shell is not None:
            self.window.show_screen(self.shell)

    # --- the lock ---------------------------------------------------------------------------

    def lock_time(self) -> LockTime:
        """After how long without anybody there the window locks."""
        limits = [one for desks in self._both() for one in desks.lock_limits]
        return lock_time(self.preferences.get().lock_after_min, limits)

    def _both(self) -> tuple[Desks, Desks]:
        return self._doors.desks, self._doors.practice_desks

    def _active_runs(self) -> int:
        return sum(desks.active_runs for desks in self._both())

    def _guarded(self, cause: str) -> None:
        """Idle spares the runs at work; whatever the system says does not."""
        if cause == "idle" and self._active_runs():
            self.cover()
        else:
            self.lock()

    def lock(self) -> None:
        """Keys and rows go at once, runs at their safe points; the lock screen stands (T81)."""
        chosen, notices = self._chosen_id(), self._notices
        if chosen is None and self._cover is None:
            # A way in that is under way opens nothing more, and what was typed goes.
            for desks in self._both():
                desks.shut()
            self.reception.signing_in.leave()
            for field in (self.start.password, self.start.unlock_password):
                field.clear()
            self.jobs.start(self._lock_all())
            return
        if notices is not None:
            notices.lock(self._active_runs())
            self._notices = None
        for desks in self._both():
            desks.shut()
        self._clear(self.start)
        self.jobs.start(self._lock_all(), lambda _none: self._locked(notices))
        self._show_known(chosen or self.preferences.get().last_connection)

    def _chosen_id(self) -> ConnectionId | None:
        return self.desk.connection.id if self.desk is not None else None

    async def _lock_all(self) -> None:
        await asyncio.gather(*(desks.lock() for desks in self._both()))

    def _locked(self, notices: Notices | None) -> None:
        if self.fleet is None:
            self.guard.rest()
        if notices is not None:
            notices.locked()
            notices.close()
            notices.deleteLater()

    def cover(self) -> None:
        """Nobody is there and runs are at work: these go on behind a screen that shows nothing."""
        if self._bridge is not None:
            # What is told of the covering itself is no news.
            self._bridge.close()
            self._bridge = None
        for desks in self._both():
            desks.cover()
        covered = next((desks for desks in self._both() if desks.covered), None)
        if covered is None or self._notices is None:
            self.lock()
            return
        self._notices.cover(is_covered=True)
        self._cover = CoverScreen(covered, self._notices.counts)
        self._cover.unlock_asked.connect(partial(self._uncover, covered))
        self._cover.lock_asked.connect(self.lock)
        self._clear(self._cover)
        self.guard.watch(is_idle_watched=False)
        self.jobs.start(self._until_uncovered(), self._cover_ended)

    def _uncover(self, desks: Desks, password: str) -> None:
        """Tried here alone, first on what is covered, then on what is locked."""
        chosen = next((one.connection.id for one in desks.covered), None)
        self.jobs.start(
            desks.unlock(password, chosen, self.enter),
            failed=lambda error: self._not_uncovered(desks, error),
        )

    def _not_uncovered(self, desks: Desks, error: ClavigerError) -> None:
        if desks.open:
            self._failed(error)
        elif self._cover is not None and not isinstance(error, Locked):
            self._cover.show_problem(error)

    async def _until_uncovered(self) -> None:
        await asyncio.gather(*(desks.until_uncovered() for desks in self._both()))

    def _cover_ended(self, _none: None) -> None:
        """The last run has ended; or the password was typed, and the shell is on its way."""
        if self._cover is not None and not any(one.open or one.covered for one in self._both()):
            self.lock()

    def _to_real_account(self) -> None:
        """Leaves practice for the sign-in form; the practice server stays until the end."""
        self.lock()
        self.start.show_sign_in()

    def _leave(self, fleet: Fleet) -> None:
        """Takes every decrypted thing of all locked desks out of the window (T79, T84)."""
        if fleet is not self.fleet:
            # Left before, and somebody may have unlocked another one meanwhile.
            return
        chosen = self._chosen_id()
        self._clear(self.start)
        self._drop_notices()
        self.guard.rest()
        self._show_known(chosen)

    def _clear(self, instead: QWidget | None = None) -> None:
        """Takes everything of the open desks out of sight and out of memory; `instead` stands then.

        A cover that is no longer the one that stands goes too.
        """
        close_questions(self.window)
        self.start.offer_way_back(is_offered=False)
        if instead is not None:
            # Nor does a sign-in that was under way open anything behind it.
            self.reception.signing_in.leave()
        if self.fleet is not None:
            self.fleet.close()
            self.fleet.deleteLater()
            self.fleet = None
        if self._bridge is not None:
            self._bridge.close()
            self._bridge = None
        self._card_run = None
        self._wizard_desk = None
        if self.practice is not None:
            self.practice.deleteLater()
            self.practice = None
        self.window.set_ribbon(None)
        if instead is not None:
            self.window.show_screen(instead)
            # The computer may fall asleep with what is painted now.
            self.window.repaint()
        cover = self._cover if self._cover is not instead else None
        for screen in (self.wizard, self.shell, cover):
            if screen is not None:
                wipe_models(screen)
                self.window.remove_screen(screen)
        self.wizard = self.shell = None
        if cover is not None:
            self._cover = None
        clear_clipboard()
        if not self._is_closing:
            # Once the screens are gone, which is in a moment.
            QTimer.singleShot(0, forget_rest)

    def _drop_notices(self) -> None:
        if self._notices is not None:
            self._notices.close()
            self._notices.deleteLater()
            self._notices = None

    def _show_known(self, chosen: ConnectionId | None) -> None:
        """The lock screen, with the account chosen that was left."""
        if not self._is_closing:
            self._speak()
            self.reception.show_known(chosen)

    def _sign_in_again(self, desk: Desk) -> None:
        dialog = SignInAgainDialog(
            desk,
            self.window,
            name=self._name_of(desk),
            open_browser=self._doors.open_browser,
        )
        self.jobs.start(ask(dialog), lambda is_back: self._session_back(desk, is_back))

    def _name_of(self, desk: Desk) -> str:
        """What it is called, where there are several to tell apart."""
        fleet = self.fleet
        return fleet.name(desk.connection.id) if fleet is not None and fleet.is_many else ""

    def _session_back(self, desk: Desk, is_back: bool) -> None:
        """What waited for the session goes on by itself (T37)."""
        if is_back:
            self.jobs.start(self._doors.of(desk).links.review())
            self._refresh()
            if self.wizard is not None and desk is self._wizard_desk:
                self.wizard.session_back()
            page = self.shell.built("runs") if self.shell is not None else None
            if isinstance(page, RunsPage):
                page.session_back(desk)

    # --- wizard and runs --------------------------------------------------------------------

    def set_up(
        self, client: OrganizationId | None, path: Path | None, desk: Desk | None = None
    ) -> None:
        """Starts the wizard: for a new client, or for one that is there, of the connection `desk`.

        Where it is not told and several could have the new client, a person is asked.
        """
        if self.fleet is None or self.shell is None:
            return
        able = may_create(self.fleet)
        if desk is None and client is not None:
            desk = self.fleet.of_client(client)
        elif desk is None and len(able) == 1:
            desk = able[0]
        asks = desk is None and client is None and len(able) > 1
        reason = "" if asks else self._why_not_set_up(client, desk or self.fleet.chosen)
        if reason:
            self.shell.toasts.say(reason, icon="circle-alert")
        elif self.wizard is not None:
            self._say_busy()
        elif asks:
            dialog = WhichConnectionDialog(self.fleet, able, self.window)
            self.jobs.start(ask(dialog), lambda _ok: self._connection_decided(dialog, path))
        else:
            self._start_set_up(client, path, desk or self.fleet.chosen)

    @staticmethod
    def _why_not_set_up(client: OrganizationId | None, desk: Desk) -> str:
        return why_not_prepare(desk, "create_client" if client is None else "write", client)

    def _connection_decided(self, dialog: WhichConnectionDialog, path: Path | None) -> None:
        if dialog.desk is not None:
            self.set_up(None, path, dialog.desk)

    def _start_set_up(self, client: OrganizationId | None, path: Path | None, desk: Desk) -> None:
        fleet = self.fleet
        place = fleet.name(desk.connection.id) if fleet is not None and fleet.is_many else ""
        self._take(SetupScreen(desk, self.preferences, client, path, place=place), desk)

    def _say_busy(self) -> None:
        """One set-up at a time; what was asked for is not started behind the other one's back."""
        if self.shell is not None:
            self.shell.toasts.say(
                self.tr("A set-up is open already. Finish it or leave it first."),
                self.tr("Show it"),
                self._show_wizard,
                icon="circle-alert",
            )

    def continue_run(self, run: RunId, desk: Desk | None = None) -> None:
        """Opens an interrupted run, ready to go on; `desk` None is the chosen connection."""
        owner = desk or self.desk
        if self.wizard is not None:
            self._say_busy()
        elif owner is not None:
            self._take(RunScreen(owner, run), owner)

    def _take(self, screen: SetupScreen | RunScreen, desk: Desk) -> None:
        self.wizard, self._wizard_desk = screen, desk
        screen.left.connect(self._leave_wizard)
        screen.hidden.connect(self._hide_wizard)
        screen.open_client.connect(lambda client: self._open_client(client, desk))
        screen.progressed.connect(self._show_progress)
        screen.sign_in_asked.connect(lambda: self._sign_in_again(desk))
        screen.run_asked.connect(lambda run, go: self._open_run_instead(run, go, desk))
        if self.practice is not None:
            screen.report_read.connect(self.practice.report_read)
        self.window.show_screen(screen)

    def _show_progress(self, title: str, state: str, share: float) -> None:
        self._card_run = None
        if self.shell is not None:
            self.shell.sidebar.run_card.set_progress(title, state, share)

    # --- runs inside the shell --------------------------------------------------------------

    def _page_added(self, page: BarePage) -> None:
        if isinstance(page, RunsPage):
            page.run_progressed.connect(self._show_page_progress)
            page.sign_in_asked.connect(self._sign_in_again)
            if self.practice is not None:
                page.report_read.connect(self.practice.report_read)

    def _show_page_progress(self, run: RunId, title: str, state: str, share: float) -> None:
        """The card leads to the run that moved last; one that ended needs no card."""
        if self.shell is None:
            return
        if share >= 1.0:
            self._card_run = None
            self.shell.sidebar.run_card.hide()
        else:
            self._card_run = run
            self.shell.sidebar.run_card.set_progress(title, state, share)

    def _show_card_run(self) -> None:
        if self._card_run is not None:
            self.open_run(self._card_run)
        else:
            self._show_wizard()

    def open_run(self, run: RunId, *, go: bool = False, desk: Desk | None = None) -> None:
        """Shows a run on its page in the shell; `go` starts it, `desk` says whose it is."""
        if self.shell is None:
            return
        self.window.show_screen(self.shell)
        self.shell.show_page("runs")
        page = self.shell.built("runs")
        if isinstance(page, RunsPage):
            page.open_run(run, go=go, desk=desk)

    def _open_run_instead(self, run: RunId, go: bool, desk: Desk) -> None:
        """From a run that fills the window to another one."""
        self._leave_wizard()
        self.open_run(run, go=go, desk=desk)

    def _show_wizard(self) -> None:
        if self.wizard is not None:
            self.window.show_screen(self.wizard)

    def _hide_wizard(self) -> None:
        """Work elsewhere meanwhile; the sidebar shows the run."""
        if self.shell is not None:
            self.window.show_screen(self.shell)

    def _leave_wizard(self) -> None:
        screen, self.wizard = self.wizard, None
        self._wizard_desk = None
        if self.shell is None:
            return
        self.shell.sidebar.run_card.hide()
        self.window.show_screen(self.shell)
        if screen is not None:
            self.window.remove_screen(screen)
        self.shell.page.refresh()
        self._look_for_waiting()

    def _open_client(self, client: OrganizationId, desk: Desk) -> None:
        self._leave_wizard()
        if self.shell is not None:
            self.shell.open_client(client, desk)

    def _look_for_waiting(self) -> None:
        """The oldest run that did not end is offered; the next one when that is settled."""
        if self.fleet is not None and self.shell is not None:
            self.jobs.start(_waiting_runs(self.fleet.open), self._offer_waiting)

    def _offer_waiting(self, waiting: tuple[tuple[Desk, WaitingRun], ...]) -> None:
        """Runs that can be gone on with come before those behind a lock."""
        if self.shell is None or self.fleet is None:
            return
        page = self.shell.built("runs")
        views = page if isinstance(page, RunsPage) else None
        for desk, one in waiting:
            view = views.view_of(one.run) if views is not None else None
            if one.run not in self._put_off and (view is None or not view.is_needed):
                self.shell.offer_run(
                    one,
                    partial(self.continue_run, desk=desk),
                    self._put_run_off,
                    desk.connection.id,
                )
                return
        for locked in self.fleet.locked:
            if locked.record.has_waiting_run and locked.id not in self._put_off:
                self.shell.offer_unlock(locked, partial(self._put_run_off, locked.id))
                return
        self.shell.withdraw_unlock()

    def _put_run_off(self, run: RunId | ConnectionId) -> None:
        """Until the next unlock; the list of runs has it all the same."""
        self._put_off.add(run)
        self._look_for_waiting()

    # --- files ------------------------------------------------------------------------------

    def _dropped(self, path: Path, position: QPoint) -> None:
        screen = self.window.screen_widget
        if screen is None:
            return
        if isinstance(screen, Shell):
            screen.file_dropped(path, screen.mapFrom(self.window, position))
        elif isinstance(screen, SetupScreen):
            screen.file_dropped(path)

    def _ask_which_client(self, path: Path) -> None:
        if self.fleet is None:
            return
        dialog = WhichClientDialog(self.fleet, path, self.window)
        self.jobs.start(ask(dialog), lambda _result: self._decided(dialog, path))

    def _decided(self, dialog: WhichClientDialog, path: Path) -> None:
        if dialog.is_decided:
            self.set_up(dialog.client, path, dialog.desk)

    # --- errors and the end -----------------------------------------------------------------

    def _failed(self, error: ClavigerError) -> None:
        if self.shell is not None:
            self.shell.show_error(error)

    def _close(self) -> None:
        if not self._is_closing:
            self._is_closing = True
            self.jobs.start(self._put_away(), lambda _none: self.window.let_close())

    async def _practice_waits(self) -> bool:
        """Whether a run there waits for another day; what cannot be read is kept, too."""
        practising = self._doors.practice_desks
        try:
            desks = (*practising.open, *practising.covered)
            return any([await one.runs.waiting() for one in desks])
        except ClavigerError:
            return True

    async def _put_away(self) -> None:
        """Exit is a lock; a practice provider goes with it, unless a run there still waits."""
        try:
            keeps_practice = await self._practice_waits()
            await self._lock_all()
            self._clear(self.start)
            self._drop_notices()
            self.guard.close()
            # Another window may be practising with them.
            keeps_practice = keeps_practice or self._practice_profile.read_only
            await self._doors.practice.stop(clean=not keeps_practice)
            if keeps_practice:
                self._practice_profile.close()
            else:
                await asyncio.to_thread(self._practice_profile.erase)
            await asyncio.to_thread(self.preferences.settle)
        finally:
            if not self._gone.done():
                self._gone.set_result(None)


def _ignore(_error: ClavigerError) -> None:
    """Whatever limit was known holds on."""


async def _waiting_runs(desks: tuple[Desk, ...]) -> tuple[tuple[Desk, WaitingRun], ...]:
    """The runs that did not end in any of these connections, the oldest first."""
    living = [desk for desk in desks if not desk.is_locked]
    found = [(desk, one) for desk in living for one in await desk.runs.waiting()]
    return tuple(sorted(found, key=lambda each: each[1].created))
