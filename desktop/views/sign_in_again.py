"""The session ended in the middle of work: one password, and everything goes on (T37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ClavigerError, TwoStepRequired
from desktop.views.dialogs import Dialog
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
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
        self._method: int | None = None
        self.jobs = Jobs(self)
        self.password = TextField(self.tr("Master password"), is_password=True)
        self.field = FormField(self.tr("Master password"), self.password, hint=desk.session.email)
        self.code = TextField(self.tr("Code of the authenticator app"))
        self.code_field = FormField(self.tr("Code of the authenticator app"), self.code)
        self.code_field.hide()
        self.body.addWidget(self.field)
        self.body.addWidget(self.code_field)
        self.add_buttons(self.tr("Sign in"), self.tr("Later"))
        self.password.setFocus()

    def accept(self) -> None:
        self.set_blocked(self.tr("Waiting for the server…"))
        if self._method is None:
            work = self._desk.sign_in_again(self.password.text())
        else:
            work = self._desk.sign_in_again_with_code(
                self.password.text(), self._method, self.code.text().strip()
            )
        self.jobs.start(work, lambda _none: self.done(self.DialogCode.Accepted), self._failed)

    def _failed(self, error: ClavigerError) -> None:
        self.set_blocked("")
        if isinstance(error, TwoStepRequired) and 0 in error.methods:
            self._method = 0
            self.code_field.show()
            self.code.setFocus()
            return
        field, edit = (
            (self.field, self.password) if self._method is None else (self.code_field, self.code)
        )
        field.set_problem(explain(error).sentence)
        edit.clear()
        edit.setFocus()
