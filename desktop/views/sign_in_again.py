"""The session ended in the middle of work: one password, and everything goes on (T37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import (
    ClavigerError,
    TwoStepRequired,
    WrongPassword,
    WrongTwoStepCode,
)
from desktop.views.dialogs import Dialog
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.second_step import SecondStepFields
from desktop.views.widgets.fields import FormField, TextField

if TYPE_CHECKING:
    from desktop.services.desk import Desk

translate = QCoreApplication.translate


class SignInAgainDialog(Dialog):
    """Asks for the password, and for the code where the account has a second step."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            parent,
            translate("SignInAgainDialog", "Sign in again"),
            subtitle=translate(
                "SignInAgainDialog", "The session has ended. What you typed and planned is kept."
            ),
            icon="log-in",
        )
        self._desk = desk
        self.jobs = Jobs(self)
        self.password = TextField(self.tr("Master password"), is_password=True)
        self.field = FormField(self.tr("Master password"), self.password, hint=desk.session.email)
        self.second = SecondStepFields(remembers=False)
        self.second.hide()
        self.second.code_wanted.connect(self._mail_code)
        self.body.addWidget(self.field)
        self.body.addWidget(self.second)
        self.add_buttons(self.tr("Sign in"), self.tr("Later"))
        self.password.setFocus()
        self._asks_code = False

    def accept(self) -> None:
        if not self._asks_code:
            work = self._desk.sign_in_again(self.password.text())
        elif not self.second.typed:
            self.second.ask_for_code()
            return
        else:
            work = self._desk.sign_in_again_with_code(
                self.password.text(), self.second.method, self.second.typed
            )
        self._set_busy(self.tr("Waiting for the server…"))
        self.jobs.start(work, lambda _none: self.done(self.DialogCode.Accepted), self._failed)

    def _mail_code(self) -> None:
        self._set_busy(self.tr("Asking for the mail…"))
        self.jobs.start(
            self._desk.send_email_code(self.password.text()),
            lambda _none: self._mailed(),
            self._failed,
        )

    def _mailed(self) -> None:
        self._set_busy("")
        self.second.mail_sent()

    def _set_busy(self, text: str) -> None:
        self.set_blocked(text)
        self.second.set_busy(text)

    def _failed(self, error: ClavigerError) -> None:
        self._set_busy("")
        if isinstance(error, TwoStepRequired):
            # The password was right, and stays what the code goes with.
            self._asks_code = True
            self.password.set_blocked(self.tr("The server has taken this password."))
            self.field.clear_problem()
            self.second.offer(error.methods)
            self.second.show()
            self.second.focus()
        elif isinstance(error, WrongTwoStepCode):
            self.second.set_problem(explain(error).sentence)
        elif self._asks_code and not isinstance(error, WrongPassword):
            self.second.code_field.set_problem(explain(error).sentence)
        else:
            self._ask_password(explain(error).sentence)

    def _ask_password(self, problem: str) -> None:
        self._asks_code = False
        self.second.hide()
        self.password.set_blocked("")
        self.field.set_problem(problem)
        self.password.clear()
        self.password.setFocus()
