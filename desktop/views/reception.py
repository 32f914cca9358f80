"""Lets people in: connects the start page with the services that sign in, unlock and practise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, QObject, Signal

from desktop.domain import errors
from desktop.views.browser import open_in_browser
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.signing_in import SigningIn
from desktop.views.start import StartPage
from desktop.views.start_parts import Known

if TYPE_CHECKING:
    from desktop.domain.ids import ConnectionId
    from desktop.services.desk import Desk
    from desktop.services.entrance import Entrance, SignIn
    from desktop.services.practice import Practice, PracticeAccount, PracticeInfo
    from desktop.settings.connections import ConnectionRecord


def host_of(web_vault: str) -> str:
    """As people know a server: without scheme and path."""
    return web_vault.removeprefix("https://").split("/")[0]


def known_from(record: ConnectionRecord) -> Known:
    """A connection as the lock screen shows it."""
    last = ""
    if record.last_sync is not None:
        then = QDateTime.fromSecsSinceEpoch(int(record.last_sync.timestamp()))
        last = QLocale().toString(then, QLocale.FormatType.ShortFormat)
    return Known(
        key=str(record.id),
        label=record.label or record.email,
        email=record.email,
        host=host_of(record.web_vault),
        last_seen=last,
        waiting_run=record.has_waiting_run,
    )


@dataclass(frozen=True)
class Doors:
    """The services behind the start page. Addresses are opaque here: views know no network."""

    entrance: Entrance
    practice: Practice
    practice_entrance: Entrance
    server_address: Callable[[str], Any]
    practice_address: Callable[[str, str], Any]
    kept_address: Callable[[ConnectionRecord], Any]
    open_browser: Callable[[str], bool] = open_in_browser


class Reception(QObject):
    """One per window. `entered` hands over an open desk; the page stays, emptied of secrets."""

    entered = Signal(object)  # Desk

    def __init__(self, page: StartPage, doors: Doors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._doors = doors
        self._info: PracticeInfo | None = None
        self.signing_in = SigningIn(page, doors.open_browser, self)
        self.signing_in.entered.connect(self._enter)
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self._failed)
        page.practise.connect(self._practise)
        page.sign_in.connect(self._start_sign_in)
        page.unlock.connect(self._unlock)
        page.another_way.connect(self._another_way)
        page.another_way_known.connect(self._another_way_known)

    # --- practice ---------------------------------------------------------------------------

    def prepare_practice(self) -> None:
        """Starts the practice server beside the window and fills its account in."""
        self._page.practice_form.set_busy(self.tr("Starting the practice server…"))
        self.jobs.start(self._doors.practice.start(), self._practice_ready, self._practice_failed)

    def _practice_ready(self, info: PracticeInfo) -> None:
        self._info = info
        account = self.practice_account
        if account is not None:
            self._page.set_practice_account(account.email, account.password)

    @property
    def practice_info(self) -> PracticeInfo | None:
        """The practice server, once it stands."""
        return self._info

    def take_over(self, info: PracticeInfo | None) -> None:
        """A page built anew, in another language, goes on where the old one was."""
        self.open()
        if info is not None:
            self._practice_ready(info)
        elif not self._doors.entrance.connections():
            self._prepare_once()

    @property
    def practice_account(self) -> PracticeAccount | None:
        """The account a beginner practises with, once the server stands."""
        return None if self._info is None else self._info.accounts[0]

    def _practice_failed(self, error: errors.ClavigerError) -> None:
        self._page.practice_form.set_busy("")
        self._page.practice_form.show_message(explain(error).sentence)

    def _practise(self, email: str, password: str) -> None:
        if self._info is None:
            self.prepare_practice()
            return
        self.signing_in.with_password(
            self._doors.practice_entrance.begin(
                self._doors.practice_address(self._info.url, str(self._info.ca)),
                email,
                is_practice=True,
                label=self.tr("Practice"),
            ),
            password,
        )

    # --- signing in -------------------------------------------------------------------------

    def _start_sign_in(self, server: str, email: str, password: str) -> None:
        attempt = self._attempt(server, email)
        if attempt is not None:
            self.signing_in.with_password(attempt, password)

    def _attempt(self, server: str, email: str) -> SignIn | None:
        """None for an address that is none, once that was said."""
        try:
            return self._doors.entrance.begin(self._doors.server_address(server), email)
        except errors.ClavigerError as error:
            self._failed(error)
        except ValueError:
            self._page.sign_in_form.show_message(
                self.tr("This is not an address of a server. It begins with https://.")
            )
        return None

    def _another_way(self, server: str, email: str) -> None:
        attempt = self._attempt(server, email)
        if attempt is not None:
            self.signing_in.another_way(attempt, host_of(attempt.web_vault))

    def _another_way_known(self, key: str) -> None:
        found = self._known(key)
        if found is not None:
            entrance, record = found
            attempt = entrance.begin(
                self._doors.kept_address(record), record.email, is_practice=record.is_practice
            )
            self.signing_in.another_way(attempt, host_of(record.web_vault))

    def _failed(self, error: errors.ClavigerError) -> None:
        self._page.show_problem(explain(error))

    # --- unlocking --------------------------------------------------------------------------

    def _unlock(self, key: str, password: str) -> None:
        if not password:
            return
        found = self._known(key)
        if found is not None:
            entrance, record = found
            self._page.set_busy(self.tr("Unlocking…"))
            self.jobs.start(entrance.unlock(record.id, password), self._enter)

    def _known(self, key: str) -> tuple[Entrance, ConnectionRecord] | None:
        for entrance in (self._doors.entrance, self._doors.practice_entrance):
            for record in entrance.connections():
                if str(record.id) == key:
                    return entrance, record
        return None

    def open(self) -> None:
        """A known desk is asked for its password; a new one finds practice prepared."""
        self.show_known()
        self._page.panel.other_asked.connect(self._prepare_once)
        if not self._doors.entrance.connections():
            self._prepare_once()

    def _prepare_once(self) -> None:
        if self._info is None and not (self.jobs.is_busy or self.signing_in.is_going):
            self.prepare_practice()

    def show_known(self, chosen: ConnectionId | None = None) -> None:
        """The lock screen where accounts are known, else the cards.

        The practice account is listed while its server runs: it was locked, not left.
        """
        records = self._doors.entrance.connections()
        if self._info is not None:
            records += self._doors.practice_entrance.connections()
        self._page.set_known(
            tuple(known_from(record) for record in records), "" if chosen is None else str(chosen)
        )

    def _enter(self, desk: Desk) -> None:
        # Another attempt may wait on the page behind.
        self.signing_in.drop()
        self._page.set_busy("")
        self._page.forget_passwords()
        self.entered.emit(desk)
