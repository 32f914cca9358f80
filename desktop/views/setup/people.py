"""Whom to invite to the client: pasted or from a CSV, with groups per line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.models.column import AvatarSpec, Column, ColumnKind
from desktop.models.table import RecordTableModel
from desktop.plans.people import Person, parse_people
from desktop.views.dialogs import ask_open_file
from desktop.views.jobs import Jobs
from desktop.views.setup.step import SetupPage
from desktop.views.text import name_aloud, sentence
from desktop.views.theme import font, u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.fields import FormField
from desktop.views.widgets.layouts import column, row
from desktop.views.widgets.table import RecordTable
from desktop.views.wording import member_role

if TYPE_CHECKING:
    from desktop.plans.answers import SetupAnswers

translate = QCoreApplication.translate
_MOST_BYTES = 1024 * 1024


def person_columns() -> tuple[Column[Person], ...]:
    """E-mail address, Role, Groups."""
    return (
        Column(
            "email",
            lambda: translate("PeoplePage", "E-mail address"),
            lambda p: p.email,
            kind=ColumnKind.NAME,
            width=0,
            avatar=lambda p: AvatarSpec(p.email, p.email, is_person=True),
        ),
        Column(
            "role",
            lambda: translate("PeoplePage", "Role"),
            lambda p: member_role(p.role),
            width=120,
        ),
        Column(
            "groups",
            lambda: translate("PeoplePage", "Groups"),
            lambda p: ", ".join(p.groups),
            width=260,
        ),
    )


class PeoplePage(SetupPage):
    """Nobody is a fine answer: the owner is invited with the client."""

    KEY = "people"

    def __init__(self, answers: SetupAnswers, parent: QWidget | None = None) -> None:
        super().__init__(answers, "", is_wide=True, parent=parent)
        self.title.set_text(self.tr("Whom do you want to invite?"))
        self.subtitle.set_text(
            self.tr("The owner is invited already. You can invite people later too.")
        )
        self.subtitle.show()
        self.jobs = Jobs(self)
        self.text = QPlainTextEdit()
        self.text.setObjectName("people_text")
        name_aloud(self.text, self.tr("People"))
        self.text.setFont(font("body"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(u(104))
        # The words for the roles are understood in both languages.
        self.text.setPlaceholderText(
            self.tr("anna@example.com, user, Sales\nben@example.com, admin, Sales; Finance")
        )
        self._field = FormField(
            self.tr("One person per line: e-mail address, role, groups"), self.text, hint=" "
        )
        load = Button(self.tr("From a CSV file…"), icon="file-down", is_small=True)
        load.clicked.connect(self._choose)
        self.model: RecordTableModel[Person] = RecordTableModel(
            person_columns(), lambda p: p.email, self
        )
        self.table = RecordTable(self.model, self.tr("People to invite"))
        self.body.addLayout(column(self._field, row(load, None), gap=8, margins=(24, 0, 24, 12)))
        self.body.addWidget(self.table, 1)
        self.text.textChanged.connect(self._read)
        self._judge()

    def enter(self) -> None:
        self._read()

    def _choose(self) -> None:
        asked = ask_open_file(self, self.tr("Choose a list of people"), "CSV (*.csv *.txt)")
        self.jobs.start(asked, self._load)

    def _load(self, path: Path | None) -> None:
        if path is None:
            return
        try:
            data = path.read_bytes()[:_MOST_BYTES]
            self.text.setPlainText(data.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            self._field.set_problem(
                sentence(self.tr("{file} is not a text file in UTF-8."), file=path.name)
            )

    def _read(self) -> None:
        pasted = parse_people(self.text.toPlainText(), self.answers.groups)
        self.answers.people = list(pasted.people)
        self.model.replace(pasted.people)
        self._bad = pasted.bad[0] if pasted.bad else ""
        self._unknown = pasted.unknown_groups[0] if pasted.unknown_groups else ""
        self._judge()
        self.changed.emit()

    _bad = ""
    _unknown = ""

    def _judge(self) -> None:
        problem = self.problem()
        if self._bad:
            problem = sentence(self.tr("Not an e-mail address: {text}"), text=self._bad)
        elif self._unknown:
            problem = sentence(self.tr("There is no group “{name}”."), name=self._unknown)
        if problem:
            self._field.set_problem(problem)
        else:
            count = len(self.answers.people)
            self._field.set_hint(
                self.tr("%Ln invitation(s), up to 20 in each request.", "", count)
                if count
                else self.tr("Several groups are separated by semicolons.")
            )

    def note(self) -> str:
        count = len(self.answers.people)
        return self.tr("%Ln invitation(s)", "", count) if count else self.tr("The owner only")
