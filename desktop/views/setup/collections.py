"""Which collections there shall be, and who manages them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.plans.answers import PATTERNS, apply_pattern
from desktop.views.setup.step import SetupPage
from desktop.views.setup.words import pattern_title, pattern_words
from desktop.views.text import sentence
from desktop.views.theme import u
from desktop.views.widgets.buttons import Segmented
from desktop.views.widgets.fields import FormField, Select
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import column
from desktop.views.widgets.tree import TreeEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.plans.answers import SetupAnswers


class CollectionsPage(SetupPage):
    """A pattern to start from, an editable tree, and the manager (owner preselected)."""

    KEY = "collections"

    def __init__(self, answers: SetupAnswers, parent: QWidget | None = None) -> None:
        super().__init__(answers, "", parent=parent)
        self.title.set_text(self.tr("Which collections do you want?"))
        self.subtitle.set_text(
            self.tr("The folders of an import are added in the next step. Names can be changed.")
            if answers.is_new
            else self.tr("What is there stays as it is. Add what is missing.")
        )
        self.subtitle.show()
        self._patterns = Segmented(
            [(one.key, pattern_title(one.key), "") for one in PATTERNS],
            self.tr("Pattern"),
        )
        self.tree = TreeEdit(self.tr("Collections"))
        self.tree.setMinimumHeight(u(240))
        self.manager = Select(self.tr("Who manages the collections"))
        self._manager_field = FormField(
            self.tr("Who manages the collections"),
            self.manager,
            hint=self.tr("Somebody must: the server refuses a collection nobody manages."),
        )
        self._problem = IconText("circle-alert", "", "bad", "small", wraps=True)
        self._problem.hide()
        if answers.is_new:
            self.body.addLayout(
                column(Label(self.tr("Start from a pattern"), "medium"), self._patterns, gap=6)
            )
        self.body.addWidget(self.tree)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._manager_field)
        self._patterns.choose("by_department")
        self.enter()
        self._patterns.chosen.connect(self._use_pattern)
        self.tree.changed.connect(self._write)
        self.manager.currentIndexChanged.connect(self._choose_manager)

    def enter(self) -> None:
        self.tree.set_paths(self.answers.collections)
        self._fill_managers()
        self._judge()

    def _fill_managers(self) -> None:
        self.manager.blockSignals(True)
        self.manager.clear()
        self.manager.add("", self.tr("The client's owner"))
        for group in self.answers.groups:
            self.manager.add(group, sentence(self.tr("Group “{name}”"), name=group))
        self.manager.choose(self.answers.manager_group or "")
        self.manager.blockSignals(False)

    def _use_pattern(self, key: str) -> None:
        apply_pattern(self.answers, key, pattern_words())
        if self.answers.manager_group not in self.answers.groups:
            self.answers.manager_group = None
        self.enter()
        self.changed.emit()

    def _write(self) -> None:
        self.answers.collections = self.tree.paths()
        paths = set(self.answers.wanted_paths())
        self.answers.matrix = {
            pair: permission for pair, permission in self.answers.matrix.items() if pair[1] in paths
        }
        self._judge()
        self.changed.emit()

    def _choose_manager(self) -> None:
        self.answers.manager_group = self.manager.key() or None
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        problem = self.problem()
        self._problem.setVisible(bool(problem))
        self._problem.set_content("circle-alert", problem, "bad")

    def note(self) -> str:
        return self.tr("%Ln collection(s)", "", len(self.answers.collections))
