"""Which rules hold in the client: Enterprise only, else the step says why it is skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.plans.policies import POLICY_OFFERS, PolicyAnswer, PolicyField, PolicyOffer
from desktop.views.reasons import reason_text
from desktop.views.setup.step import SetupPage
from desktop.views.theme import u
from desktop.views.widgets.buttons import Switch
from desktop.views.widgets.cards import Card, EmptyState
from desktop.views.widgets.fields import CheckBox, NumberField, Select
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Line, column, holder, row
from desktop.views.wording import policy_name

if TYPE_CHECKING:
    from desktop.plans.answers import SetupAnswers

translate = QCoreApplication.translate


def impact_text(impact: str | None) -> str:
    """What turning a policy on does to people."""
    match impact:
        case "revokes":
            return translate("PoliciesPage", "Revokes members who do not meet it, and mails them.")
        case "everybody":
            return translate("PoliciesPage", "Applies to everybody, owners and admins too.")
        case "mails":
            return translate("PoliciesPage", "Mails the people concerned.")
        case "creates_collections":
            return translate("PoliciesPage", "Gives every member a collection “My items”.")
        case _:
            return ""


def option_name(name: str) -> str:
    """An option of a policy, named as in the web vault."""
    names = {
        "minComplexity": translate("PoliciesPage", "Minimum complexity (0 to 4)"),
        "minLength": translate("PoliciesPage", "Minimum length"),
        "requireLower": translate("PoliciesPage", "Lower case letters"),
        "requireUpper": translate("PoliciesPage", "Upper case letters"),
        "requireNumbers": translate("PoliciesPage", "Numbers"),
        "requireSpecial": translate("PoliciesPage", "Special characters"),
        "enforceOnLogin": translate(
            "PoliciesPage", "Existing members comply at their next sign-in"
        ),
        "autoEnrollEnabled": translate("PoliciesPage", "Enrol new members automatically"),
        "minutes": translate("PoliciesPage", "Minutes"),
        "action": translate("PoliciesPage", "Action"),
        "overridePasswordType": translate("PoliciesPage", "Type"),
        "useUpper": translate("PoliciesPage", "Upper case letters"),
        "useLower": translate("PoliciesPage", "Lower case letters"),
        "useNumbers": translate("PoliciesPage", "Numbers"),
        "useSpecial": translate("PoliciesPage", "Special characters"),
        "minNumbers": translate("PoliciesPage", "Minimum numbers"),
        "minSpecial": translate("PoliciesPage", "Minimum special characters"),
        "minNumberWords": translate("PoliciesPage", "Minimum words"),
        "capitalize": translate("PoliciesPage", "Capitalize words"),
        "includeNumber": translate("PoliciesPage", "Include a number"),
        "disableHideEmail": translate("PoliciesPage", "The sender's address may not be hidden"),
        "uriMatchDetection": translate("PoliciesPage", "Match detection"),
    }
    return names.get(name, name)


def choice_name(name: str, value: object) -> str:
    """One choice of an option."""
    if name == "uriMatchDetection":
        kinds = (
            translate("PoliciesPage", "Base domain"),
            translate("PoliciesPage", "Host"),
            translate("PoliciesPage", "Starts with"),
            translate("PoliciesPage", "Exact"),
            translate("PoliciesPage", "Regular expression"),
            translate("PoliciesPage", "Never"),
        )
        return kinds[value] if isinstance(value, int) and value < len(kinds) else str(value)
    names = {
        None: translate("PoliciesPage", "The member's choice"),
        "lock": translate("PoliciesPage", "Lock"),
        "logOut": translate("PoliciesPage", "Log out"),
        "password": translate("PoliciesPage", "Password"),
        "passphrase": translate("PoliciesPage", "Passphrase"),
    }
    return names.get(value, str(value)) if isinstance(value, str | None) else str(value)


class PolicyRow(QWidget):
    """One policy: a switch, its name, what it does to people, its options while it is on."""

    def __init__(self, offer: PolicyOffer, answer: PolicyAnswer, page: PoliciesPage) -> None:
        super().__init__(page)
        self._answer = answer
        self._page = page
        name = policy_name(offer.type)
        self.switch = Switch(name)
        self.switch.setObjectName(f"policy_{int(offer.type)}")
        self.switch.setChecked(answer.enabled)
        impact = impact_text(offer.impact)
        needs = ", ".join(policy_name(kind) for kind in offer.needs)
        if needs:
            impact = " ".join(
                part for part in (impact, self.tr("Needs: {needs}.").format(needs=needs)) if part
            )
        words = column(Label(name, "medium"), gap=2)
        if impact:
            words.addWidget(Label(impact, "small", "text2", wraps=True))
        options = column(gap=6)
        for field in offer.fields:
            options.addLayout(self._option(field))
        self._options = holder(options)
        if not (answer.enabled and offer.fields):
            self._options.hide()
        self._has_options = bool(offer.fields)
        words.addWidget(self._options)
        line = row(gap=14)
        line.addLayout(words, 1)
        line.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.switch.toggled.connect(self._toggle)
        known = page.answers.client.policy_types if page.answers.client is not None else None
        if known is not None and int(offer.type) not in known and not answer.enabled:
            self.switch.set_blocked(reason_text("policy_unknown") or "")

    def _option(self, field: PolicyField) -> QHBoxLayout:
        name = option_name(field.name)
        # Absent only where the client has the policy on without it; our default is not its state.
        value = self._answer.data.get(field.name)
        control: QWidget
        if field.kind == "bool":
            box = CheckBox(name)
            box.setChecked(bool(value))
            box.toggled.connect(lambda on: self._set(field.name, on))
            return row(box, None)
        if field.kind == "int":
            number = NumberField(name, field.low or 0, field.high or 9_999)
            number.setValue(int(value or field.low or 0))
            number.valueChanged.connect(lambda given: self._set(field.name, given))
            control = number
        else:
            choice = Select(
                name,
                [(str(n), choice_name(field.name, v)) for n, v in enumerate(field.choices)],
            )
            if value in field.choices:
                choice.setCurrentIndex(field.choices.index(value))
            choice.currentIndexChanged.connect(
                lambda index: self._set(field.name, field.choices[index])
            )
            control = choice
        control.setFixedWidth(u(180))
        return row(Label(name, "small", "text2"), None, control)

    def _set(self, name: str, value: object) -> None:
        self._answer.data[name] = value
        self._page.tell()

    def _toggle(self, is_on: bool) -> None:
        self._answer.enabled = is_on
        self._options.setVisible(is_on and self._has_options)
        self._page.tell()


class PoliciesPage(SetupPage):
    """Switches in the order the policies depend on."""

    KEY = "policies"

    def __init__(self, answers: SetupAnswers, parent: QWidget | None = None) -> None:
        super().__init__(answers, "", parent=parent)
        self.title.set_text(self.tr("Which policies should apply?"))
        self.subtitle.set_text(
            self.tr(
                "Owners and admins are exempt from most of them. Claviger keeps the right order."
            )
        )
        self.subtitle.show()
        self._problem = IconText("circle-alert", "", "bad", wraps=True)
        self._problem.hide()
        self._none = EmptyState(
            "shield-off",
            self.tr("This step is skipped"),
            self.tr("Policies belong to the Enterprise plan; this client is on Teams.")
            if not self._is_hidden
            else reason_text("role_hides") or "",
        )
        self._none.setMinimumHeight(u(280))
        self._card = Card()
        for number, offer in enumerate(POLICY_OFFERS):
            answer = answers.policies.setdefault(
                offer.type,
                PolicyAnswer(False, {field.name: field.default for field in offer.fields}),
            )
            if number:
                self._card.body.addWidget(Line())
            self._card.body.addWidget(PolicyRow(offer, answer, self))
        for widget in (self._problem, self._card, self._none):
            self.body.addWidget(widget)
        self.enter()

    @property
    def _is_hidden(self) -> bool:
        return self.answers.client is not None and "policies" in self.answers.client.hidden

    def enter(self) -> None:
        has = self.answers.has_policies
        self._card.setVisible(has)
        self._none.setVisible(not has)
        self._judge()

    def tell(self) -> None:
        """An answer changed."""
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        problem = self.problem()
        self._problem.setVisible(bool(problem))
        self._problem.set_content("circle-alert", problem, "bad")

    def note(self) -> str:
        if not self.answers.has_policies:
            return self.tr("Not within your role") if self._is_hidden else self.tr("Not on Teams")
        count = sum(answer.enabled for answer in self.answers.policies.values())
        return self.tr("%Ln policies", "", count)
