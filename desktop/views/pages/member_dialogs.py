"""Inviting staff and changing a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.enums import ProviderUserType
from desktop.views.pages.client_dialogs import EditDialog
from desktop.views.text import name_aloud, sentence
from desktop.views.theme import font, u
from desktop.views.widgets.fields import FormField, Radio
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import column

if TYPE_CHECKING:
    from desktop.domain.records import ProviderMember
    from desktop.services.desk import Desk


translate = QCoreApplication.translate


class RoleChoice(QWidget):
    """Service user or provider admin, each with what it may do."""

    def __init__(self, role: ProviderUserType, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.service = Radio(self.tr("Service user"))
        self.admin = Radio(self.tr("Provider admin"))
        chosen = self.admin if role is ProviderUserType.PROVIDER_ADMIN else self.service
        chosen.setChecked(True)
        self.setLayout(
            column(
                self.service,
                Label(
                    self.tr("Opens every client; sees neither billing nor members."),
                    "small",
                    "text2",
                    wraps=True,
                ),
                4,
                self.admin,
                Label(
                    self.tr("Everything, including new clients, seats, members and billing."),
                    "small",
                    "text2",
                    wraps=True,
                ),
                gap=2,
            )
        )

    @property
    def role(self) -> ProviderUserType:
        is_admin = self.admin.isChecked()
        return ProviderUserType.PROVIDER_ADMIN if is_admin else ProviderUserType.SERVICE_USER


class InviteDialog(EditDialog):
    """Addresses pasted in any form, one role for all of them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent, translate("InviteDialog", "Whom do you want to invite?"))
        self.people = QPlainTextEdit()
        name_aloud(self.people, self.tr("E-mail addresses"))
        self.people.setFont(font("body"))
        self.people.setTabChangesFocus(True)
        self.people.setFixedHeight(u(96))
        self.people.setPlaceholderText(self.tr("One address per line, or separated by commas"))
        self.field = FormField(
            self.tr("E-mail addresses"),
            self.people,
            hint=self.tr("The invitation works for five days."),
        )
        self.choice = RoleChoice(ProviderUserType.SERVICE_USER)
        self.body.addWidget(self.field)
        self.body.addWidget(self.choice)
        self.add_buttons(self.tr("Send invitations"), self.tr("Cancel"))
        self.people.textChanged.connect(self._check)
        self._good: tuple[str, ...] = ()
        self._check()

    def _check(self) -> None:
        self._good, bad = self.desk.staff.parse_people(self.people.toPlainText())
        if self.field is not None:
            if bad:
                self.field.set_problem(
                    sentence(self.tr("Not an e-mail address: {text}"), text=bad[0])
                )
            else:
                self.field.set_hint(
                    self.tr("%Ln invitation(s), valid for five days.", "", len(self._good))
                    if self._good
                    else self.tr("The invitation works for five days.")
                )
        if bad:
            self.set_blocked(self.tr("Correct the addresses first"))
        else:
            self.set_blocked("" if self._good else self.tr("Type at least one address"))

    def accept(self) -> None:
        self.run(self.desk.staff.invite_plan(self._good, self.choice.role))


class RoleDialog(EditDialog):
    """One person's role."""

    def __init__(self, desk: Desk, member: ProviderMember, parent: QWidget) -> None:
        name = member.name or member.email
        super().__init__(
            desk,
            parent,
            sentence(translate("RoleDialog", "Which role for {name}?"), name=name),
        )
        self._member = member
        self.choice = RoleChoice(member.type)
        self.field = FormField(self.tr("Role"), self.choice)
        self.body.addWidget(self.field)
        self.add_buttons(self.tr("Change the role"), self.tr("Keep the role"))
        self.choice.admin.toggled.connect(lambda _on: self._check())
        self._check()

    def _check(self) -> None:
        same = self.choice.role is self._member.type
        self.set_blocked(self.tr("The role is the same") if same else "")

    def accept(self) -> None:
        self.run(self.desk.staff.role_plan(self._member, self.choice.role))
