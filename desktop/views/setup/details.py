"""Who is the client: plan, name, owner, seats and what the seats cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.domain.enums import PlanType
from desktop.domain.limits import CLIENT_NAME_MAX
from desktop.plans.people import is_email
from desktop.plans.problems import of_step
from desktop.views.setup.step import SetupPage
from desktop.views.theme import u
from desktop.views.widgets.cards import ChoiceCard
from desktop.views.widgets.fields import FormField, NumberField, Radio, TextField
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import column, row
from desktop.views.wording import plan_name, problem_text

if TYPE_CHECKING:
    from desktop.plans.answers import SetupAnswers
    from desktop.plans.problems import Problem
    from desktop.services.clients import SeatHint


class PlanCard(ChoiceCard):
    """One plan with what it adds and the seats already paid for."""

    def __init__(self, plan: PlanType, lines: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.plan = plan
        self.radio = Radio(plan_name(plan))
        self.free = Label("", "small", "text2")
        self.body.addWidget(self.radio)
        for line in lines:
            self.body.addWidget(Label(line, "small", "text2", wraps=True))
        self.body.addWidget(self.free)
        self.chosen.connect(lambda: self.radio.setChecked(True))
        self.radio.toggled.connect(self.set_on)


class DetailsPage(SetupPage):
    """New clients only."""

    KEY = "details"

    def __init__(self, answers: SetupAnswers, my_email: str, parent: QWidget | None = None) -> None:
        super().__init__(answers, "", parent=parent)
        self.title.set_text(self.tr("Who is the client?"))
        self.subtitle.set_text(self.tr("Nothing is created until you run the plan at the end."))
        self.subtitle.show()
        self._my_host = my_email.partition("@")[2].casefold()
        self._hints: dict[PlanType, SeatHint] = {}
        self._cards = (
            PlanCard(
                PlanType.TEAMS_MONTHLY,
                (self.tr("Collections, groups, event log"), self.tr("No policies, SSO or SCIM")),
                self,
            ),
            PlanCard(
                PlanType.ENTERPRISE_MONTHLY,
                (self.tr("Adds policies, SSO and SCIM"), self.tr("Adds custom roles, recovery")),
                self,
            ),
        )
        group = QButtonGroup(self)
        for card in self._cards:
            group.addButton(card.radio)
            card.radio.setChecked(card.plan is answers.plan)
            card.set_on(card.plan is answers.plan)
            card.radio.toggled.connect(self._write)
        self.name = TextField(self.tr("Organization name"), maximum=CLIENT_NAME_MAX)
        self.name.setObjectName("client_name")
        self.name.setText(answers.name)
        self._name_field = FormField(
            self.tr("Organization name"),
            self.name,
            hint=self.tr("Members see this name in their vault."),
        )
        self.owner = TextField(self.tr("E-mail address of the client owner"))
        self.owner.setObjectName("owner_email")
        self.owner.setText(answers.owner_email)
        self._owner_field = FormField(
            self.tr("E-mail address of the client owner"),
            self.owner,
            hint=self.tr("Is invited at once and manages the collections."),
        )
        self.seats = NumberField(self.tr("Seats"), 0, 9_999)
        self.seats.setValue(answers.seats)
        self.seats.setMaximumWidth(u(160))
        self._seats_field = FormField(self.tr("Seats"), self.seats, hint=" ")
        self._cost = IconText("info", "", "text2", "small")
        self._cost.hide()
        self.body.addLayout(
            column(Label(self.tr("Plan"), "medium"), row(*self._cards, gap=12), gap=8)
        )
        for field in (self._name_field, self._owner_field, self._seats_field):
            self.body.addWidget(field)
        self._touched: set[TextField] = set()
        for edit in (self.name, self.owner):
            edit.textChanged.connect(lambda _text, one=edit: self._touched.add(one))
            edit.textChanged.connect(self._write)
        self.seats.valueChanged.connect(self._write)
        self._judge()

    def set_hints(self, hints: tuple[SeatHint, ...]) -> None:
        """The seats of the provider's subscription, once they are known."""
        self._hints = {hint.plan: hint for hint in hints}
        for card in self._cards:
            hint = self._hints.get(card.plan)
            card.free.set_text(
                "" if hint is None else self.tr("%Ln paid seat(s) free", "", hint.unassigned)
            )
        self._judge()

    def _write(self) -> None:
        self.answers.name = self.name.text()
        self.answers.owner_email = self.owner.text()
        self.answers.seats = self.seats.value()
        self.answers.plan = next(card.plan for card in self._cards if card.radio.isChecked())
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        """Errors where they happen; an empty field is not blamed before it was touched."""
        found = {problem.key: problem for problem in of_step(self.answers, self.KEY)}
        for edit, key in ((self.name, "name_missing"), (self.owner, "owner_missing")):
            if edit not in self._touched:
                found.pop(key, None)
        self._show(self._name_field, found, "name_too_long", "name_missing")
        self._show(self._owner_field, found, "email_bad", "owner_missing")
        if not {"email_bad", "owner_missing"} & set(found):
            self._advise_owner()
        self._show(self._seats_field, found, "seats_too_few")
        if "seats_too_few" not in found:
            self._seats_field.set_hint(self._seat_words())

    def _show(self, field: FormField, found: dict[str, Problem], *keys: str) -> None:
        for key in keys:
            problem = found.get(key)
            if problem is not None:
                field.set_problem(problem_text(key, problem.facts))
                return
        field.clear_problem()

    def _advise_owner(self) -> None:
        email = self.answers.owner_email.strip().casefold()
        if is_email(email) and self._my_host and email.endswith("@" + self._my_host):
            self._owner_field.set_problem(
                self.tr(
                    "This address is in your own domain. The owner should work at the client, so "
                    "that access does not depend on you alone. You can continue with it."
                ),
                "warn",
            )

    def _seat_words(self) -> str:
        hint = self._hints.get(self.answers.plan)
        if hint is None:
            return self.tr("The number of people who can be members.")
        bought = hint.extra_for(self.answers.seats)
        if not bought:
            return self.tr("Covered by what you already pay for.")
        words = self.tr("%Ln seat(s) bought on the next invoice.", "", bought)
        free = self.answers.seats - bought
        if free:
            words += " " + self.tr("%Ln seat(s) covered by what you already pay for.", "", free)
        return words

    def note(self) -> str:
        return plan_name(self.answers.plan)
