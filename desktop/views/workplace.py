"""Moves the window between start page, shell, wizard and run, for one open desk at a time."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from desktop.domain.errors import ClavigerError, Offline, SignedOut
from desktop.domain.events import Event, LockedNow
from desktop.models.bridge import EventBridge
from desktop.views.dialogs import ask, open_dialogs
from desktop.views.drafts import why_not_prepare
from desktop.views.jobs import Jobs
from desktop.views.language import system_language
from desktop.views.notices import Notices
from desktop.views.pages.runs import RunsPage
from desktop.views.pages.which_client import WhichClientDialog
from desktop.views.practice import PracticeDesk
from desktop.views.reception import Doors, Reception
from desktop.views.run_watch import RunWatch
from desktop.views.setup.run import RunScreen
from desktop.views.setup.screen import SetupScreen
from desktop.views.shell import Shell
from desktop.views.sign_in_again import SignInAgainDialog
from desktop.views.start import StartPage
from desktop.views.theme import forget_texts

if TYPE_CHECKING:
    from desktop.domain.ids import OrganizationId, RunId
    from desktop.services.desk import Desk
    from desktop.services.run_types import WaitingRun
    from desktop.settings.preferences import PreferencesFile
    from desktop.settings.profile import ProfileFolder
    from desktop.views.language import Language
    from desktop.views.notices import Tell
    from desktop.views.pages.page import PageWidget
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
    ) -> None:
        """`refreshes` False: nothing is read or removed in the background, as on the tour.

        `tell` takes the place of the system's notices.
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
        self.desk: Desk | None = None
        self.shell: Shell | None = None
        self.wizard: SetupScreen | RunScreen | None = None
        self.practice: PracticeDesk | None = None
        self._bridge: EventBridge | None = None
        self._tell = tell
        self._notices: Notices | None = None
        self._card_run: RunId | None = None
        self._put_off: set[RunId] = set()
        self._is_closing = False
        self._gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        # From every screen, the wizard's too.
        QShortcut(QKeySequence("Ctrl+L"), window).activated.connect(self.lock)
        window.closing.connect(self._close)
        window.dropped.connect(self._dropped)

    def _receive(self) -> Reception:
        reception = Reception(self.start, self._doors, self)
        reception.entered.connect(self.enter)
        self.start.language_chosen.connect(self._choose_language)
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

    def enter(self, desk: Desk) -> None:
        """Shows an open desk; its lists come from the cache first, the server after."""
        self.desk = desk
        self._put_off.clear()
        self.shell = Shell(desk, self.preferences)
        self.shell.lock_asked.connect(self.lock)
        self.shell.set_up.connect(self.set_up)
        self.shell.drop_undecided.connect(self._ask_which_client)
        self.shell.sign_in_asked.connect(self._sign_in_again)
        self.shell.run_asked.connect(self._show_card_run)
        self.shell.page_added.connect(self._page_added)
        RunWatch(desk, self.shell)
        self._notices = Notices(desk.hub, self.window, self._tell)
        self._bridge = EventBridge(desk.hub, self)
        self._bridge.happened.connect(self._heard)
        if desk.connection.is_practice:
            self.practice = PracticeDesk(desk, self._doors.practice, self.shell, self)
            self.practice.set_up.connect(self.set_up)
            self.practice.real_asked.connect(self._to_real_account)
            self.window.set_ribbon(self.practice.ribbon)
        else:
            self.preferences.change(last_connection=desk.connection.id)
        self.window.show_screen(self.shell)
        if not desk.online:
            self.jobs.start(desk.connect(), lambda _none: self._refresh(), self._not_connected)
        self._look_for_waiting()
        if self._refreshes:
            desk.retention.start(lambda: self.preferences.get().keep_history_months)
            if self.preferences.get().background_refresh:
                desk.sync.start()

    def _refresh(self) -> None:
        if self.shell is not None:
            self.shell.page.refresh()

    def _not_connected(self, error: ClavigerError) -> None:
        # Being offline or signed out is a state the shell shows, not an error to report.
        if not isinstance(error, Offline | SignedOut):
            self._failed(error)

    def _heard(self, event: Event) -> None:
        # The hub is every desk's: the end of a former one is no news of this one.
        if isinstance(event, LockedNow) and self.desk is not None and self.desk.is_locked:
            self._leave(self.desk)

    def lock(self) -> None:
        """Ctrl+L and the padlock: keys and rows go first, then the lock screen stands."""
        desk = self.desk
        if desk is not None:
            self._close_dialogs()
            self.window.show_screen(self.start)
            self.jobs.start(desk.lock(), lambda _none: self._leave(desk))

    def _close_dialogs(self) -> None:
        """Questions and menus show names too: they go before the keys do (T81)."""
        for dialog in open_dialogs(self.window):
            dialog.reject()
        for menu in self.window.findChildren(QMenu):
            menu.close()

    def _to_real_account(self) -> None:
        """Leaves practice for the sign-in form; the practice server stays until the end."""
        self.lock()
        self.start.show_sign_in()

    def _leave(self, desk: Desk) -> None:
        """Takes every decrypted thing of a locked desk out of the window (T79, T84)."""
        if desk is not self.desk:
            # Left before, and somebody may have unlocked another one meanwhile.
            return
        self.desk = None
        if self._bridge is not None:
            self._bridge.close()
        if self._notices is not None:
            self._notices.close()
            self._notices.deleteLater()
            self._notices = None
        self._card_run = None
        if self.practice is not None:
            self.practice.deleteLater()
            self.practice = None
        self.window.set_ribbon(None)
        self.window.show_screen(self.start)
        for screen in (self.wizard, self.shell):
            if screen is not None:
                self.window.remove_screen(screen)
        self.wizard = self.shell = None
        forget_texts()
        if not self._is_closing:
            self._speak()
            self.reception.show_known(desk.connection.id)

    def _sign_in_again(self) -> None:
        if self.desk is not None:
            dialog = SignInAgainDialog(self.desk, self.window)
            self.jobs.start(ask(dialog), self._session_back)

    def _session_back(self, is_back: bool) -> None:
        """What waited for the session goes on by itself (T37)."""
        if is_back:
            self._refresh()
            if self.wizard is not None:
                self.wizard.session_back()
            page = self.shell.built("runs") if self.shell is not None else None
            if isinstance(page, RunsPage):
                page.session_back()

    # --- wizard and runs --------------------------------------------------------------------

    def set_up(self, client: OrganizationId | None, path: Path | None) -> None:
        """Starts the wizard: for a new client, or for one that is there."""
        if self.desk is None or self.shell is None:
            return
        reason = why_not_prepare(self.desk, "create_client" if client is None else "write")
        if reason:
            self.shell.toasts.say(reason, icon="circle-alert")
            return
        if self.wizard is not None:
            self._say_busy()
            return
        self._take(SetupScreen(self.desk, self.preferences, client, path))

    def _say_busy(self) -> None:
        """One set-up at a time; what was asked for is not started behind the other one's back."""
        if self.shell is not None:
            self.shell.toasts.say(
                self.tr("A set-up is open already. Finish it or leave it first."),
                self.tr("Show it"),
                self._show_wizard,
                icon="circle-alert",
            )

    def continue_run(self, run: RunId) -> None:
        """Opens an interrupted run, ready to go on."""
        if self.wizard is not None:
            self._say_busy()
        elif self.desk is not None:
            self._take(RunScreen(self.desk, run))

    def _take(self, screen: SetupScreen | RunScreen) -> None:
        self.wizard = screen
        screen.left.connect(self._leave_wizard)
        screen.hidden.connect(self._hide_wizard)
        screen.open_client.connect(self._open_client)
        screen.progressed.connect(self._show_progress)
        screen.sign_in_asked.connect(self._sign_in_again)
        screen.run_asked.connect(self._open_run_instead)
        if self.practice is not None:
            screen.report_read.connect(self.practice.report_read)
        self.window.show_screen(screen)

    def _show_progress(self, title: str, state: str, share: float) -> None:
        self._card_run = None
        if self.shell is not None:
            self.shell.sidebar.run_card.set_progress(title, state, share)

    # --- runs inside the shell --------------------------------------------------------------

    def _page_added(self, page: PageWidget) -> None:
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

    def open_run(self, run: RunId, *, go: bool = False) -> None:
        """Shows a run on its page in the shell; `go` starts it."""
        if self.shell is None:
            return
        self.window.show_screen(self.shell)
        self.shell.show_page("runs")
        page = self.shell.built("runs")
        if isinstance(page, RunsPage):
            page.open_run(run, go=go)

    def _open_run_instead(self, run: RunId, go: bool) -> None:
        """From a run that fills the window to another one."""
        self._leave_wizard()
        self.open_run(run, go=go)

    def _show_wizard(self) -> None:
        if self.wizard is not None:
            self.window.show_screen(self.wizard)

    def _hide_wizard(self) -> None:
        """Work elsewhere meanwhile; the sidebar shows the run."""
        if self.shell is not None:
            self.window.show_screen(self.shell)

    def _leave_wizard(self) -> None:
        screen, self.wizard = self.wizard, None
        if self.shell is None:
            return
        self.shell.sidebar.run_card.hide()
        self.window.show_screen(self.shell)
        if screen is not None:
            self.window.remove_screen(screen)
        self.shell.page.refresh()
        self._look_for_waiting()

    def _open_client(self, client: OrganizationId) -> None:
        self._leave_wizard()
        if self.shell is not None:
            self.shell.open_client(client)

    def _look_for_waiting(self) -> None:
        """The oldest run that did not end is offered; the next one when that is settled."""
        if self.desk is not None:
            self.jobs.start(self.desk.runs.waiting(), self._offer_waiting)

    def _offer_waiting(self, waiting: tuple[WaitingRun, ...]) -> None:
        if self.shell is None:
            return
        page = self.shell.built("runs")
        views = page if isinstance(page, RunsPage) else None
        for one in waiting:
            view = views.view_of(one.run) if views is not None else None
            if one.run not in self._put_off and (view is None or not view.is_needed):
                self.shell.offer_run(one, self.continue_run, self._put_run_off)
                return

    def _put_run_off(self, run: RunId) -> None:
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
        if self.desk is None:
            return
        dialog = WhichClientDialog(self.desk, path, self.window)
        self.jobs.start(ask(dialog), lambda _result: self._decided(dialog, path))

    def _decided(self, dialog: WhichClientDialog, path: Path) -> None:
        if dialog.is_decided:
            self.set_up(dialog.client, path)

    # --- errors and the end -----------------------------------------------------------------

    def _failed(self, error: ClavigerError) -> None:
        if self.shell is not None:
            self.shell.show_error(error)

    def _close(self) -> None:
        if not self._is_closing:
            self._is_closing = True
            self.jobs.start(self._put_away(), lambda _none: self.window.let_close())

    async def _put_away(self) -> None:
        """Exit is a lock; a practice provider goes with it, unless a run there still waits."""
        desk = self.desk
        try:
            keeps_practice = False
            if desk is not None:
                keeps_practice = desk.connection.is_practice and bool(await desk.runs.waiting())
                await desk.close()
                self._leave(desk)
            # Another window may be practising with them.
            keeps_practice = keeps_practice or self._practice_profile.read_only
            await self._doors.practice.stop(clean=not keeps_practice)
            if keeps_practice:
                self._practice_profile.close()
            else:
                self._practice_profile.erase()
        finally:
            if not self._gone.done():
                self._gone.set_result(None)
