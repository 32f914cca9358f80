"""The session ended in the middle of work: one password, and everything goes on (T37)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import (
    ClavigerError,
    KdfWeakened,
    MasterPasswordRequired,
    SaltDiffers,
    TwoStepRequired,
    TwoStepUnsupported,
    WrongPassword,
    WrongTwoStepCode,
)
from desktop.domain.records import Kdf
from desktop.views.browser import open_in_browser
from desktop.views.dialogs import Dialog
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.second_step import SecondStepFields
from desktop.views.start_steps import end_of_browser
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.fields import FormField, TextField
from desktop.views.widgets.labels import IconText
from desktop.views.widgets.layouts import column, holder, row

if TYPE_CHECKING:
    from desktop.services.desk import Desk

translate = QCoreApplication.translate
_Work = Coroutine[Any, Any, None]


class SignInAgainDialog(Dialog):
    """Asks for the password, or leads through the browser; then for the code where the account has
    a second step. `name` says which connection it is, where there are several.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        *,
        name: str = "",
        open_browser: Callable[[str], bool] = open_in_browser,
    ) -> None:
        super().__init__(
            parent,
            translate("SignInAgainDialog", "Sign in again"),
            subtitle=translate(
                "SignInAgainDialog", "The session has ended. What you typed and planned is kept."
            ),
            icon="log-in",
        )
        self._desk = desk
        self._open_browser = open_browser
        self.jobs = Jobs(self)
        who = f"{name} · {desk.session.email}" if name else desk.session.email
        self.password = TextField(self.tr("Master password"), is_password=True)
        self.field = FormField(self.tr("Master password"), self.password, hint=who)
        self.organization = TextField(self.tr("Organization identifier"))
        self.organization_field = FormField(
            self.tr("Organization identifier"), self.organization, hint=who
        )
        self.second = SecondStepFields(remembers=True)
        self.second.code_wanted.connect(self._mail_code)
        self._build_recovery()
        # One of these is asked; where no link stands, there is nothing else to do.
        self.take = self._link(self._take_risk)
        self.take.setObjectName("take_risk")
        self.take.hide()
        self._risk: Callable[[], None] | None = None
        self.other_way = self._link(self._turn_way)
        self.no_code = self._link(self._turn_recovery)
        links = holder(row(self.take, self.other_way, self.no_code, None, gap=0))
        for part in (self.field, self.organization_field, self.second, self._recovery, links):
            self.body.addWidget(part)
        self.add_buttons(self.tr("Sign in"), self.tr("Later"))
        self._by_browser = self._asks_code = self._recovers = False
        self._show()

    def _build_recovery(self) -> None:
        self.recovery_code = TextField(self.tr("Recovery code"))
        self.recovery_field = FormField(
            self.tr("Recovery code"),
            self.recovery_code,
            hint=self.tr("32 letters and digits; spaces do not matter."),
        )
        warning = self.tr(
            "The code works once. It switches two-step login off for the whole account, on every "
            "device. Set it up again in the web vault afterwards."
        )
        self._recovery = holder(
            column(
                IconText("triangle-alert", warning, "warn", wraps=True), self.recovery_field, gap=8
            )
        )

    def _link(self, work: Callable[[], None]) -> Button:
        link = Button("", "link")
        link.setAutoDefault(False)
        link.clicked.connect(work)
        return link

    # --- what is asked ----------------------------------------------------------------------

    def _show(self) -> None:
        """The question that is open now, and its ways out."""
        self.field.setVisible(not self._by_browser)
        self.organization_field.setVisible(self._by_browser)
        self.second.setVisible(self._asks_code and not self._recovers)
        self._recovery.setVisible(self._asks_code and self._recovers)
        self.other_way.setVisible(not self._asks_code)
        self.other_way.set_text(
            self.tr("Use the master password")
            if self._by_browser
            else self.tr("Sign in through the browser (SSO)")
        )
        self.no_code.setVisible(self._asks_code)
        self.no_code.set_text(
            self.tr("Use a two-step code") if self._recovers else self.tr("Use a recovery code")
        )
        if self.accept_button is not None:
            self.accept_button.set_text(self._verb())
        self._focus()

    def _verb(self) -> str:
        if self._by_browser and not self._asks_code:
            return self.tr("Open the browser")
        if self._asks_code and self._recovers:
            return self.tr("Switch two-step login off and sign in")
        return self.tr("Sign in")

    def _focus(self) -> None:
        if not self._asks_code:
            (self.organization if self._by_browser else self.password).setFocus()
        elif self._recovers:
            self.recovery_code.setFocus()
        else:
            self.second.focus()

    def _turn_way(self) -> None:
        self._by_browser = not self._by_browser
        self.field.clear_problem()
        self.organization_field.clear_problem()
        self._show()

    def _turn_recovery(self) -> None:
        self._recovers = not self._recovers
        self._show()

    @property
    def _password(self) -> str | None:
        """None where the browser vouches for the person."""
        return None if self._by_browser else self.password.text()

    # --- what happens -----------------------------------------------------------------------

    def accept(self) -> None:
        work = self._work()
        if work is None:
            return
        self.take.hide()
        is_browser = self._by_browser and not self._asks_code
        self._set_busy(
            self.tr("Waiting for your browser…")
            if is_browser
            else self.tr("Waiting for the server…")
        )
        self.jobs.start(work(), lambda _none: self.done(self.DialogCode.Accepted), self._failed)

    def _work(self) -> Callable[[], _Work] | None:
        """None while something is missing, once that was said."""
        if not self._asks_code:
            return self._first_work()
        if self._recovers:
            code = self.recovery_code.text().strip()
            if not code:
                self.recovery_field.set_problem(self.tr("Type the recovery code first."))
                return None
            return partial(self._desk.sign_in_again_with_recovery_code, self._password, code)
        if not self.second.typed:
            self.second.ask_for_code()
            return None
        return partial(
            self._desk.sign_in_again_with_code,
            self._password,
            self.second.method,
            self.second.typed,
            remember=self.second.remember.isChecked(),
        )

    def _first_work(self) -> Callable[[], _Work] | None:
        if not self._by_browser:
            return partial(self._desk.sign_in_again, self.password.text())
        organization = self.organization.text().strip()
        if not organization:
            self.organization_field.set_problem(self.tr("Type the organization identifier first."))
            return None
        return partial(
            self._desk.sign_in_again_in_browser,
            organization,
            self._open_browser,
            page=end_of_browser(),
        )

    def _mail_code(self) -> None:
        self._set_busy(self.tr("Asking for the mail…"))
        self.jobs.start(
            self._desk.send_email_code(self._password), lambda _none: self._mailed(), self._failed
        )

    def _mailed(self) -> None:
        self._set_busy("")
        self.second.mail_sent()

    def _set_busy(self, text: str) -> None:
        self.set_blocked(text)
        self.second.set_busy(text)
        for each in (self.organization, self.recovery_code, self.other_way, self.no_code):
            each.set_blocked(text)

    def _failed(self, error: ClavigerError) -> None:
        self._set_busy("")
        match error:
            case TwoStepRequired(methods=methods):
                self._ask_code(methods)
            case SaltDiffers(given=given):
                risk = partial(self._desk.accept_salt, given)
                self._ask_risk(error, risk, self.tr("Use the server's salt"))
            case KdfWeakened(given=Kdf() as kdf):
                risk = partial(self._desk.accept_kdf, kdf)
                self._ask_risk(error, risk, self.tr("Use the weaker settings"))
            case TwoStepUnsupported(offered=methods):
                # Nothing that can be typed, but the code on paper.
                self._ask_code(methods)
                self._recovers = True
                self._show()
                self.recovery_field.set_problem(explain(error).sentence, "warn")
            case WrongTwoStepCode():
                self._code_problem(explain(error).sentence, clears=True)
            case _ if self._asks_code and not isinstance(
                error, WrongPassword | MasterPasswordRequired
            ):
                self._code_problem(explain(error).sentence, clears=False)
            case _:
                self._ask_again(error)

    def _ask_risk(self, error: ClavigerError, risk: Callable[[], None], verb: str) -> None:
        """Both values are named; going on takes a click of its own, Enter only asks again."""
        self._risk = risk
        self.field.set_problem(explain(error).sentence, "warn")
        self.take.set_text(verb)
        self.take.show()

    def _take_risk(self) -> None:
        if self._risk is not None:
            self._risk()
            self._risk = None
        self.take.hide()
        self.accept()

    def _ask_code(self, methods: tuple[int, ...]) -> None:
        # Who it is was right, and stays what the code goes with.
        self._asks_code = True
        taken = self.tr("The server has taken this.")
        self.password.set_blocked(taken)
        self.field.clear_problem()
        self.second.offer(methods)
        self._show()
        self.organization.set_blocked(taken)

    def _code_problem(self, text: str, *, clears: bool) -> None:
        if self._recovers:
            self.recovery_field.set_problem(text)
            self.recovery_code.setFocus()
        elif clears:
            self.second.set_problem(text)
        else:
            self.second.code_field.set_problem(text)

    def _ask_again(self, error: ClavigerError) -> None:
        self._asks_code = self._recovers = False
        self.password.set_blocked("")
        if isinstance(error, MasterPasswordRequired):
            # Of a new password nobody has shown yet that it opens the same keys.
            self._by_browser = False
        self._show()
        if self._by_browser:
            self.organization_field.set_problem(explain(error).sentence)
            return
        problem = explain(error).sentence
        if isinstance(error, MasterPasswordRequired):
            problem = self.tr("The master password has changed. Sign in with the new one.")
        self.field.set_problem(problem)
        self.password.clear()
        self.password.setFocus()
