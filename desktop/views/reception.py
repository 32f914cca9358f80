"""Lets people in: connects the start page with the services that sign in, unlock and practise."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.domain import errors
from desktop.domain.errors import ClavigerError
from desktop.domain.events import ConnectionsChanged, Event
from desktop.models.bridge import EventBridge
from desktop.views.browser import open_in_browser
from desktop.views.connection_look import host_of
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.signing_in import SigningIn
from desktop.views.start import StartPage
from desktop.views.start_parts import known_from

if TYPE_CHECKING:
    from desktop.domain.ids import ConnectionId
    from desktop.services.desk import Desk
    from desktop.services.desks import Desks
    from desktop.services.entrance import Entrance, SignIn
    from desktop.services.practice import Practice, PracticeAccount, PracticeInfo
    from desktop.settings.connections import ConnectionRecord


@dataclass(frozen=True)
class Doors:
    """The services behind the start page. Addresses are opaque here: views know no network."""

    desks: Desks
    practice: Practice
    practice_desks: Desks
    server_address: Callable[[str], Any]
    practice_address: Callable[[str, str], Any]
    kept_address: Callable[[ConnectionRecord], Any]
    open_browser: Callable[[str], bool] = open_in_browser

    @property
    def entrance(self) -> Entrance:
        return self.desks.entrance

    @property
    def practice_entrance(self) -> Entrance:
        return self.practice_desks.entrance

    def of(self, desk: Desk) -> Desks:
        """The real ones or those of practice: where this desk was taken in."""
        is_practice = self.practice_desks.desk(desk.connection.id) is desk
        return self.practice_desks if is_practice else self.desks


class Reception(QObject):
    """One per window; the page stays, emptied of secrets.

    `entered` hands over each desk that opens, the first one as well as those that join it.
    """

    entered = Signal(object)  # Desk
    troubled = Signal(ClavigerError)  # what kept a connection closed while another one opened

    def __init__(self, page: StartPage, doors: Doors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._doors = doors
        self._info: PracticeInfo | None = None
        # Where the account that signs in belongs.
        self._into = doors.desks
        self.signing_in = SigningIn(page, doors.open_browser, self)
        self.signing_in.entered.connect(lambda desk: self.admit(self._into, desk))
        self._listed: set[ConnectionId] = set()
        self._bridge = EventBridge(doors.desks.hub, self)
        self._bridge.happened.connect(self._heard)
        self.destroyed.connect(self._bridge.close)
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

    def _practice_failed(self, error: ClavigerError) -> None:
        self._page.practice_form.set_busy("")
        self._page.practice_form.show_message(explain(error).sentence)

    def _practise(self, email: str, password: str) -> None:
        if self._info is None:
            self.prepare_practice()
            return
        self._into = self._doors.practice_desks
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
        self._into = self._doors.desks
        try:
            address = self._doors.server_address(server)
            if self._is_open(address, email):
                self._page.sign_in_form.show_message(
                    self.tr("This account is open already."), "text2"
                )
                return None
            return self._doors.entrance.begin(address, email)
        except ClavigerError as error:
            self._failed(error)
        except ValueError:
            self._page.sign_in_form.show_message(
                self.tr("This is not an address of a server. It begins with https://.")
            )
        return None

    def _is_open(self, address: Any, email: str) -> bool:
        """Whether its files are in use: another connection may be added while it is open."""
        wanted = email.strip().lower()
        return any(
            (one.connection.email, one.connection.api) == (wanted, address.api)
            for one in (*self._doors.desks.open, *self._doors.desks.covered)
        )

    def _another_way(self, server: str, email: str) -> None:
        attempt = self._attempt(server, email)
        if attempt is not None:
            self.signing_in.another_way(attempt, host_of(attempt.web_vault))

    def _another_way_known(self, key: str) -> None:
        found = self._known(key)
        if found is not None:
            self._into, record = found
            attempt = self._into.entrance.begin(
                self._doors.kept_address(record), record.email, is_practice=record.is_practice
            )
            self.signing_in.another_way(attempt, host_of(record.web_vault))

    def _failed(self, error: ClavigerError) -> None:
        self._page.show_problem(explain(error))

    # --- unlocking --------------------------------------------------------------------------

    def _unlock(self, key: str, password: str) -> None:
        found = self._known(key)
        if found is None or not password:
            return
        desks, record = found
        came: list[Desk] = []

        def enter(desk: Desk) -> None:
            came.append(desk)
            self._enter(desk)

        self._page.set_busy(self.tr("Unlocking…"))
        self.jobs.start(
            desks.unlock(password, record.id, enter),
            failed=lambda error: self._not_unlocked(error, is_in=bool(came)),
        )

    def _not_unlocked(self, error: ClavigerError, *, is_in: bool) -> None:
        if isinstance(error, errors.Locked):
            self._page.set_busy("")  # by the person, who was quicker than the last derivation
        elif is_in:
            self.troubled.emit(error)
        elif isinstance(error, errors.WrongPassword):
            self._page.show_wrong_password()
        else:
            self._failed(error)

    def _known(self, key: str) -> tuple[Desks, ConnectionRecord] | None:
        for desks in (self._doors.desks, self._doors.practice_desks):
            for record in desks.records:
                if str(record.id) == key:
                    return desks, record
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
        records = self._doors.desks.records
        self._listed = {one.id for one in records}
        if self._info is not None:
            records += self._doors.practice_desks.records
        self._page.set_known(known_from(records), "" if chosen is None else str(chosen))

    def _heard(self, event: Event) -> None:
        """A connection that was removed is not offered any more."""
        desks = self._doors.desks
        if isinstance(event, ConnectionsChanged) and not desks.open:
            known = {one.id for one in desks.records}
            if not self._listed <= known and not self.signing_in.is_going:
                self.show_known()

    def admit(self, desks: Desks, desk: Desk) -> None:
        """Takes in a desk that was opened by signing in, and what is linked to it."""
        desks.adopt(desk)
        self._enter(desk)
        self.jobs.start(self._follow(desks, desk), failed=self.troubled.emit)

    async def _follow(self, desks: Desks, desk: Desk) -> None:
        with contextlib.suppress(errors.Locked):
            await desks.links.review()
            await desks.open_linked(desk, self._enter)

    def _enter(self, desk: Desk) -> None:
        # Another attempt may wait on the page behind.
        self.signing_in.drop()
        self._page.set_busy("")
        self._page.forget_passwords()
        self.entered.emit(desk)
