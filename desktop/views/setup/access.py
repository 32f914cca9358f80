"""Groups and what each may do with each collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtWidgets import QWidget

from desktop.domain.items import Permission
from desktop.models.matrix import MatrixColumn, MatrixModel, MatrixRow
from desktop.plans.answers import split_path
from desktop.views.reasons import reason_text
from desktop.views.setup.step import SetupPage
from desktop.views.theme import u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import EmptyState
from desktop.views.widgets.fields import TextField
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import column, row
from desktop.views.widgets.matrix import MatrixView
from desktop.views.wording import permission_name

if TYPE_CHECKING:
    from desktop.plans.answers import SetupAnswers


class AccessPage(SetupPage):
    """A matrix; M, E, V and 0 set a cell."""

    KEY = "access"

    def __init__(self, answers: SetupAnswers, parent: QWidget | None = None) -> None:
        super().__init__(answers, "", is_wide=True, parent=parent)
        self.title.set_text(self.tr("Which group may do what?"))
        self.subtitle.set_text(
            self.tr("Press M, E, V or 0 in a cell. People are put into groups in the next step.")
        )
        self.subtitle.show()
        words = {one: permission_name(one) for one in get_args(Permission)}
        self.model = MatrixModel(words, self)
        self.view = MatrixView(self.model, self.tr("Groups and collections"))
        self.view.permission_changed.connect(self._write)
        self._name = TextField(self.tr("Name of a new group"), placeholder=self.tr("New group"))
        self._name.setFixedWidth(u(220))
        self._name.returnPressed.connect(self._add)
        self._add_button = Button(self.tr("Add group"), icon="plus", is_small=True)
        self._add_button.clicked.connect(self._add)
        self._remove_button = Button(self.tr("Remove the group of this cell"), is_small=True)
        self._remove_button.clicked.connect(self._remove)
        self._problem = IconText("circle-alert", "", "bad", "small", wraps=True)
        self._problem.hide()
        self._none = EmptyState(
            "users",
            self.tr("No groups"),
            self._why_no_groups()
            or self.tr("The owner manages the collections. Add a group to give others access."),
        )
        self.body.addLayout(
            column(
                row(self._name, self._add_button, self._remove_button, None, gap=8),
                self._problem,
                gap=6,
                margins=(24, 0, 24, 10),
            )
        )
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._none, 1)
        legend = Label(
            self.tr("M manage · E edit · V view · 0 none · H hides passwords"), "small", "text2"
        )
        self.body.addLayout(row(legend, None, margins=(24, 8, 24, 8)))
        self.enter()

    def enter(self) -> None:
        paths = self.answers.wanted_paths()
        self.answers.matrix = {
            (group, path): permission
            for (group, path), permission in self.answers.matrix.items()
            if group in self.answers.groups and path in paths
        }
        rows = [
            MatrixRow(
                path,
                split_path(path)[-1] if split_path(path) else path,
                max(0, len(split_path(path)) - 1),
            )
            for path in paths
        ]
        columns = [MatrixColumn(group, group) for group in self.answers.groups]
        self.model.set_matrix(
            rows,
            columns,
            {(path, group): given for (group, path), given in self.answers.matrix.items()},
        )
        has = bool(rows and columns)
        self.view.setVisible(has)
        self._none.setVisible(not has)
        self._remove_button.setVisible(has)
        reason = self._why_no_groups()
        self._add_button.set_blocked(reason)
        self._name.set_blocked(reason)
        self._judge()

    def _why_no_groups(self) -> str:
        """Of a client that is there: its plan, its server or the role may leave them out."""
        client = self.answers.client
        if client is None:
            return ""
        if "groups" in client.hidden:
            return reason_text("role_hides") or ""
        return "" if client.use_groups else reason_text("no_groups") or ""

    def _write(self) -> None:
        self.answers.matrix = {
            (group, path): given
            for (path, group), given in self.model.permissions().items()
            if given != "none"
        }
        self.changed.emit()

    def _add(self) -> None:
        name = self._name.text().strip()
        if name:
            self.answers.groups.append(name)
            self._name.clear()
            self.enter()
            self.changed.emit()

    def _remove(self) -> None:
        pair = self.model.pair(self.view.currentIndex())
        if pair is None:
            return
        group = pair[1]
        self.answers.groups.remove(group)
        if self.answers.manager_group == group:
            self.answers.manager_group = None
        self.enter()
        self.changed.emit()

    def _judge(self) -> None:
        problem = self.problem()
        self._problem.setVisible(bool(problem))
        self._problem.set_content("circle-alert", problem, "bad")

    def note(self) -> str:
        return self.tr("%Ln group(s)", "", len(self.answers.groups))
