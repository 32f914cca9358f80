"""Before anything is sent: the requests in order, the time, the cost, what cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import PlanInvalid
from desktop.plans.affected import affected
from desktop.plans.setup import plan_setup
from desktop.views.setup.grouping import group_title, in_groups
from desktop.views.setup.step import SetupPage
from desktop.views.text import SafeText, isolated
from desktop.views.theme import u
from desktop.views.widgets.cards import Card, Facts
from desktop.views.widgets.labels import CountPill, IconText, Label
from desktop.views.widgets.layouts import Line, column, holder, row
from desktop.views.wording import problem_text, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.plans.affected import Affected
    from desktop.plans.answers import SetupAnswers
    from desktop.plans.estimate import Estimate
    from desktop.plans.plan import Plan

translate = QCoreApplication.translate
_MOST_LINES = 12
_MOST_PEOPLE = 8


def duration_text(seconds: float) -> str:
    """Roughly how long: seconds below a minute and a half, minutes above."""
    if seconds < 90:
        return translate("Review", "%Ln second(s)", None, max(1, round(seconds)))
    return translate("Review", "%Ln minute(s)", None, round(seconds / 60))


def while_it_runs() -> str:
    """What a person who is about to start a run has to know about the lock (T81)."""
    return translate(
        "Review",
        "Locking the computer, closing its lid or letting it sleep stops the run; you can continue "
        "it afterwards. While it works, Claviger keeps the computer awake.",
    )


def clear(layout: QVBoxLayout) -> None:
    """Takes every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()


def people_text(people: tuple[str, ...]) -> str:
    """The first few by name, the others by number."""
    named = ", ".join(isolated(one) for one in people[:_MOST_PEOPLE])
    rest = len(people) - _MOST_PEOPLE
    if rest <= 0:
        return SafeText(named)
    more = translate("Review", "and %Ln more", None, rest)
    return SafeText(f"{named} {more}")


def affected_text(one: Affected) -> str:
    """How many, what happens to them, and who they are."""
    return SafeText(f"{say(one.say)}: {people_text(one.people)}")


class ReviewPage(SetupPage):
    """The plan itself; what is listed here is what will be sent (T56)."""

    KEY = "review"

    def __init__(
        self,
        answers: SetupAnswers,
        estimate: Callable[[Plan], Estimate],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(answers, "", parent=parent)
        self._estimate = estimate
        self.title.set_text(self.tr("This will happen, in this order"))
        self.subtitle.set_text(
            self.tr("Every step is written down before it is sent, and read back after it.")
        )
        self.subtitle.show()
        self.plan: Plan | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(u(14))
        self.body.addLayout(self._list)

    def enter(self) -> None:
        clear(self._list)
        try:
            self.plan = plan_setup(self.answers)
        except PlanInvalid as error:
            self.plan = None
            card = Card(self.tr("To correct first"))
            for key, facts in error.problems:
                card.body.addWidget(
                    IconText("circle-alert", problem_text(key, facts), "bad", wraps=True)
                )
            self._list.addWidget(card)
            return
        self._show(self.plan)

    @property
    def has_nothing(self) -> bool:
        """The plan is complete and empty: everything is as wanted."""
        return self.plan is not None and not self.plan.steps

    def _show(self, plan: Plan) -> None:
        if not plan.steps:
            nothing = Card()
            nothing.body.addWidget(
                IconText(
                    "circle-check",
                    self.tr("Everything is as wanted. There is nothing to run."),
                    "ok",
                    wraps=True,
                )
            )
            self._list.addWidget(nothing)
            self._show_already(plan)
            return
        number = QLocale().toString
        cost = self._estimate(plan)
        facts = Facts()
        facts.add(self.tr("Steps"), number(len(plan.steps)))
        facts.add(self.tr("Requests"), number(cost.requests))
        facts.add(self.tr("Takes about"), duration_text(cost.seconds))
        summary = Card()
        summary.body.addWidget(facts)
        summary.body.addWidget(Line())
        summary.body.addWidget(IconText("lock", while_it_runs(), "text2", "small", wraps=True))
        self._list.addWidget(summary)
        known = self.answers.client
        found = affected(plan, (known,) if known is not None else ())
        if found:
            people = Card(self.tr("Who is affected"))
            for one in found:
                people.body.addWidget(IconText("users", affected_text(one), "text", wraps=True))
            self._list.addWidget(people)
        if plan.irreversible:
            undo = Card(self.tr("Cannot be undone"))
            for what in plan.irreversible:
                undo.body.addWidget(IconText("undo-dot", say(what), "warn", wraps=True))
            self._list.addWidget(undo)
        for key, steps in in_groups(plan.steps).items():
            card = Card(group_title(key), CountPill(number(len(steps))))
            for position, step in enumerate(steps[:_MOST_LINES]):
                if position:
                    card.body.addWidget(Line())
                card.body.addWidget(Label(say(step.say), wraps=True))
            if len(steps) > _MOST_LINES:
                card.body.addWidget(Line())
                rest = self.tr("and %Ln more", "", len(steps) - _MOST_LINES)
                card.body.addWidget(Label(rest, "body", "text2"))
            self._list.addWidget(card)
        self._show_already(plan)

    def _show_already(self, plan: Plan) -> None:
        number = QLocale().toString
        if plan.already:
            there = Card(self.tr("Already there"), CountPill(number(len(plan.already))))
            for what in plan.already[:_MOST_LINES]:
                there.body.addWidget(IconText("circle-check", say(what), "text2"))
            self._list.addWidget(there)

    def note(self) -> str:
        return ""


class PlanPanel(QWidget):
    """The plan so far, at the right of every question."""

    def __init__(self, estimate: Callable[[Plan], Estimate], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._estimate = estimate
        self._steps = column(gap=10)
        self._facts = Facts()
        self._requests = self._facts.add(self.tr("Requests"), "", "strong")
        self._time = self._facts.add(self.tr("Takes about"), "", "strong")
        self._bought = self._facts.add(self.tr("Seats bought"), "", "strong")
        note = IconText(
            "info",
            self.tr(
                "A client cannot be created twice by accident: the plan recognises its own "
                "organization after a broken connection."
            ),
            "text2",
            "small",
            wraps=True,
        )
        self.setLayout(
            column(
                Label(self.tr("The plan so far"), "heading"),
                holder(self._steps),
                Line(),
                self._facts,
                Line(),
                note,
                None,
                gap=14,
                margins=(20, 24, 20, 20),
            )
        )

    def show_plan(self, plan: Plan | None, bought: int) -> None:
        """`plan` None while answers are incomplete: the figures wait."""
        clear(self._steps)
        number = QLocale().toString
        if plan is None:
            self._steps.addWidget(Label(self.tr("Not complete yet"), "body", "text2"))
            self._requests.set_text("")
            self._time.set_text("")
        else:
            cost = self._estimate(plan)
            for key, steps in in_groups(plan.steps).items():
                self._steps.addWidget(
                    holder(
                        row(
                            Label(group_title(key)),
                            None,
                            Label(number(len(steps)), "strong", "text2"),
                        )
                    )
                )
            self._requests.set_text(number(cost.requests))
            self._time.set_text(duration_text(cost.seconds))
        self._bought.set_text(number(bought))
