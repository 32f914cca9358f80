"""Lets people in: connects the start page with the services that sign in, unlock and practise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale, QObject, Signal

from desktop.domain import errors
from desktop.domain.records import Kdf
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.start import StartPage
from desktop.views.start_parts import Known

if TYPE_CHECKING:
    from desktop.domain.ids import ConnectionId
    from desktop.services.desk import Desk
    from desktop.services.entrance import Entrance, SignIn
    from desktop.services.practice import Practice, PracticeAccount, PracticeInfo
    from desktop.settings.connections import ConnectionRecord


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
        host=record.web_vault.removeprefix("https://").split("/")[0],
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


class Reception(QObject):
    """One per window. `entered` hands over an open desk; the page stays, emptied of secrets."""

    entered = Signal(object)  # Desk

    def __init__(self, page: StartPage, doors: Doors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._doors = doors
        self._sign_in: SignIn | None = None
        self._method: int | None = None
        self._info: PracticeInfo | None = None
        self._password = ""
        self._accept: Callable[[], None] | None = None
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self._failed)
        page.practise.connect(self._practise)
        page.sign_in.connect(self._start_sign_in)
        page.unlock.connect(self._unlock)
        page.code_given.connect(self._code_given)
        page.answered.connect(self._answered)

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
        self._page.set_busy(self.tr("Signing in…"))
        self._begin(
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
        self._page.set_busy(self.tr("Signing in…"))
        try:
            attempt = self._doors.entrance.begin(self._doors.server_address(server), email)
        except errors.ClavigerError as error:
            self._failed(error)
            return
        except ValueError:
            self._page.set_busy("")
            self._page.sign_in_form.show_message(
                self.tr("This is not an address of a server. It begins with https://.")
            )
            return
        self._begin(attempt, password)

    def _begin(self, attempt: SignIn, password: str) -> None:
        if self._sign_in is not None:
            self.jobs.start(self._sign_in.abandon())
        self._sign_in = attempt
        self._password = password
        self.jobs.start(attempt.with_password(password), self._enter)

    def _code_given(self, code: str) -> None:
        if self._sign_in is None or not code:
            return
        self._page.set_busy(self.tr("Checking the code…"))
        work = (
            self._sign_in.with_device_code(code)
            if self._method is None
            else self._sign_in.with_code(self._method, code)
        )
        self.jobs.start(work, self._enter)

    def _answered(self, accepted: bool) -> None:
        if self._sign_in is None:
            return
        if not accepted:
            self.jobs.start(self._sign_in.abandon())
            self._sign_in = None
            self._password = ""
            self._page.set_busy("")
            return
        if self._accept is not None:
            self._accept()
            self._accept = None
        self._page.set_busy(self.tr("Signing in…"))
        self.jobs.start(self._sign_in.with_password(self._password), self._enter)

    def _failed(self, error: errors.ClavigerError) -> None:
        self._page.set_busy("")
        if isinstance(error, errors.TwoStepRequired | errors.NewDeviceCodeRequired):
            # The hash is all that the code still needs (T80).
            self._password = ""
        match error:
            case errors.TwoStepRequired(methods=methods):
                if 0 in methods:
                    self._method = 0
                    self._page.ask_code(is_mailed=False)
                else:
                    self._page.show_problem(explain(errors.SignInUnsupported("two_step_method")))
            case errors.NewDeviceCodeRequired():
                self._method = None
                self._page.ask_code(is_mailed=True)
            case errors.SaltDiffers(given=salt) if self._sign_in is not None:
                said = explain(error)
                self._accept = partial(self._sign_in.accept_salt, salt)
                self._page.ask(said.title, said.text, self.tr("Use the server's salt"))
            case errors.KdfWeakened(given=Kdf() as kdf) if self._sign_in is not None:
                said = explain(error)
                self._accept = partial(self._sign_in.accept_kdf, kdf)
                self._page.ask(said.title, said.text, self.tr("Use the weaker settings"))
            case _:
                # Only an answer to a question above goes on with it (T80).
                self._password = ""
                self._page.show_problem(explain(error))

    # --- unlocking --------------------------------------------------------------------------

    def _unlock(self, key: str, password: str) -> None:
        if not password:
            return
        for entrance in (self._doors.entrance, self._doors.practice_entrance):
            for record in entrance.connections():
                if str(record.id) == key:
                    self._page.set_busy(self.tr("Unlocking…"))
                    self.jobs.start(entrance.unlock(record.id, password), self._enter)
                    return

    def open(self) -> None:
        """A known desk is asked for its password; a new one finds practice prepared."""
        self.show_known()
        self._page.panel.other_asked.connect(self._prepare_once)
        if not self._doors.entrance.connections():
            self._prepare_once()

    def _prepare_once(self) -> None:
        if self._info is None and not self.jobs.is_busy:
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
        self._sign_in = None
        self._password = ""
        self._page.set_busy("")
        self._page.forget_passwords()
        self.entered.emit(desk)
