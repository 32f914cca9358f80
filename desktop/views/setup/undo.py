"""What taking a run back would do: its steps, what stays, what someone else changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.plans.affected import affected
from desktop.views.dialogs import Dialog, target_text
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.setup.review import affected_text, clear, duration_text, while_it_runs
from desktop.views.setup.run_panels import FittedPane, three_columns
from desktop.views.setup.state_words import state_rows
from desktop.views.text import SafeText, sentence
from desktop.views.theme import u
from desktop.views.widgets.buttons import Segmented
from desktop.views.widgets.fields import FormField, TextField
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Line, column, row
from desktop.views.wording import say

if TYPE_CHECKING:
    from desktop.domain.errors import ClavigerError
    from desktop.plans.known import KnownClient
    from desktop.plans.undo import Difference, Undo
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunReport

translate = QCoreApplication.translate
_MOST: Final = 100
_DELETES: Final = frozenset({"delete_collection", "delete_group", "remove_members"})


class UndoDialog(Dialog):
    """Red, because it takes away what others may use by now. `answer` is the plan to start."""

    def __init__(self, desk: Desk, report: RunReport, undo: Undo, parent: QWidget) -> None:
        super().__init__(
            parent,
            SafeText(translate("UndoDialog", "Undo “{run}”?").format(run=say(report.title))),
            subtitle=translate(
                "UndoDialog",
                "This is a run of its own: written down first, paused and continued like any.",
            ),
            icon="undo-2",
            tone="bad",
            width=600,
        )
        self._desk = desk
        self._report = report
        self._names: dict[str, str] = {}
        self._known: tuple[KnownClient, ...] = ()
        self.jobs = Jobs(self)
        self.answer = undo
        self.choices: dict[str, str] = {one.step_key: "keep" for one in undo.differences}
        self.pickers: dict[str, Segmented] = {}
        self._problem = ""
        self._is_reading = False
        if report.organization_id is not None:
            target = target_text(
                report.client_name, report.organization_id, desk.connection.web_vault
            )
            self.body.addWidget(Label(target, "mono_small", "text2", wraps=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(u(8))
        inside = QWidget()
        inside.setLayout(column(self._list, None, margins=(0, 0, 10, 0)))
        # On a low screen the list gives way: question and buttons stay in sight.
        room = parent.window().height() - u(340)
        self.body.addWidget(FittedPane(inside, max(u(140), min(u(380), room))))
        self.figures = Label("", "body", "text2")
        self.body.addWidget(self.figures)
        self.lock_note = IconText("lock", while_it_runs(), "text2", "small", wraps=True)
        self.body.addWidget(self.lock_note)
        self.typed: TextField | None = None
        self._field: FormField | None = None
        self._add_typed()
        self.add_buttons(self.tr("Undo the run"), self.tr("Keep everything"), "danger")
        self._show(undo)
        if report.organization_id is not None:
            self.jobs.start(
                desk.workspace.known_cached(report.organization_id), self._take_known, _ignore
            )

    def _add_typed(self) -> None:
        """Deleting is confirmed with the client's name, as everywhere."""
        name = self._report.client_name
        if not name or not _deletes(self.answer):
            return
        ask_for = sentence(self.tr("Type {name} to continue"), name=name)
        self.typed = TextField(ask_for)
        self.typed.textChanged.connect(self._judge)
        self._field = FormField(ask_for, self.typed)
        self.body.addWidget(self._field)

    # --- what is shown ----------------------------------------------------------------------

    def _take_known(self, known: KnownClient | None) -> None:
        if known is not None:
            self._known = (known,)
            self._names = {str(one.id): one.path for one in known.collections}
            self._show(self.answer)

    def _show(self, undo: Undo) -> None:
        self.answer = undo
        clear(self._list)
        self.pickers.clear()
        number = QLocale().toString
        steps = undo.plan.steps
        if steps:
            self._head(self.tr("Will be undone"), number(len(steps)))
            for step in steps[:_MOST]:
                self._list.addWidget(IconText("undo-2", say(step.say), "text", wraps=True))
            if len(steps) > _MOST:
                rest = self.tr("and %Ln more", "", len(steps) - _MOST)
                self._list.addWidget(Label(rest, "body", "text2"))
        found = affected(undo.plan, self._known)
        if found:
            self._head(self.tr("Who is affected"), number(len(found)))
            for who in found:
                self._list.addWidget(IconText("users", affected_text(who), "text", wraps=True))
        if undo.differences:
            self._head(self.tr("Changed by someone else since"), number(len(undo.differences)))
            for one in undo.differences:
                self._add_difference(one)
        if undo.plan.irreversible:
            self._head(self.tr("Cannot be undone"), number(len(undo.plan.irreversible)))
            for what in undo.plan.irreversible:
                self._list.addWidget(IconText("undo-dot", say(what), "warn", wraps=True))
        if undo.not_undone:
            self._head(self.tr("Stays as it is"), number(len(undo.not_undone)))
            for left in undo.not_undone[:_MOST]:
                text = SafeText(f"{say(left.say)}. {say(left.reason)}")
                self._list.addWidget(IconText("undo-dot", text, "warn", wraps=True))
        self._show_figures(undo)
        self._judge()

    def _head(self, text: str, count: str) -> None:
        if self._list.count():
            self._list.addWidget(Line())
        self._list.addWidget(Label(f"{text} ({count})", "strong"))

    def _add_difference(self, one: Difference) -> None:
        kind = next((s.kind for s in self._report.steps if s.key == one.step_key), "")
        states: tuple[dict[str, Any] | None, ...] = (one.before, one.ours, one.now)
        heads = (
            self.tr("Before the run"),
            self.tr("This run set"),
            self.tr("On the server now"),
        )
        picker = Segmented(
            [
                ("keep", self.tr("Keep what is there"), ""),
                ("put_back", self.tr("Put back"), ""),
            ],
            sentence(self.tr("What becomes of: {step}"), step=say(one.say)),
        )
        picker.choose(self.choices.get(one.step_key, "keep"))
        picker.chosen.connect(lambda choice, key=one.step_key: self._choose(key, choice))
        self.pickers[one.step_key] = picker
        self._list.addWidget(Label(say(one.say), "medium", wraps=True))
        self._list.addWidget(three_columns(heads, state_rows(kind, states, self._names), self))
        self._list.addLayout(row(picker, None))

    def _show_figures(self, undo: Undo) -> None:
        self.lock_note.setVisible(bool(undo.plan.steps))
        if not undo.plan.steps:
            self.figures.set_text("")
            return
        cost = self._desk.runs.estimate(undo.plan)
        self.figures.set_text(
            self.tr("Takes about {time}; requests: {requests}").format(
                time=duration_text(cost.seconds), requests=QLocale().toString(cost.requests)
            )
        )

    # --- choosing ---------------------------------------------------------------------------

    def _choose(self, step_key: str, choice: str) -> None:
        """A choice changes the plan: what is shown is what will run (T56)."""
        self.choices[step_key] = choice
        self._is_reading = True
        self._judge()
        self.jobs.start(
            self._desk.undo.of(self._report.run, self._wanted()), self._reread, self._not_read
        )

    def _wanted(self) -> dict[str, Any]:
        return dict(self.choices)

    def _reread(self, undo: Undo) -> None:
        self._is_reading = False
        self._problem = ""
        for one in undo.differences:
            self.choices.setdefault(one.step_key, "keep")
        self._show(undo)

    def _not_read(self, error: ClavigerError) -> None:
        self._is_reading = False
        self._problem = explain(error).title
        self._judge()

    def _judge(self, _text: str = "") -> None:
        name = self._report.client_name.strip()
        if self._is_reading:
            self.set_blocked(self.tr("Reading what is there now…"))
        elif self._problem:
            self.set_blocked(self._problem)
        elif not self.answer.plan.steps:
            self.set_blocked(self.tr("There is nothing to undo"))
        elif self.typed is not None and self.typed.text().strip() != name:
            self.set_blocked(self.tr("The name is not complete yet"))
        else:
            self.set_blocked("")


def _deletes(undo: Undo) -> bool:
    return any(str(step.__struct_config__.tag) in _DELETES for step in undo.plan.steps)


def _ignore(_error: ClavigerError) -> None:
    """Names of collections make a state readable; without them it is read by ids."""
