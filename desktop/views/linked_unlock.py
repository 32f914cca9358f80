"""Linked unlock: one switch for each connection, and the question that turns it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import ClavigerError, Locked, WrongPasswordOf
from desktop.domain.ids import ConnectionId
from desktop.views.dialogs import Dialog, ask
from desktop.views.errors import explain
from desktop.views.text import sentence
from desktop.views.widgets.buttons import Switch
from desktop.views.widgets.cards import Card
from desktop.views.widgets.fields import FormField, Select, TextField
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import Line, column, holder, row

if TYPE_CHECKING:
    from desktop.services.desks import Desks
    from desktop.views.fleet import Fleet
    from desktop.views.jobs import Jobs

translate = QCoreApplication.translate


class LinkDialog(Dialog):
    """Both passwords, and what it means: whoever knows one of them opens both connections.

    `others` are the open connections that may open this one, by their names.
    """

    def __init__(
        self,
        desks: Desks,
        connection: ConnectionId,
        name: str,
        others: Mapping[ConnectionId, str],
        *,
        jobs: Jobs,
        parent: QWidget,
    ) -> None:
        super().__init__(
            parent,
            sentence(
                translate("LinkDialog", "Open {connection} together with another connection"),
                connection=name,
            ),
            icon="link",
            width=480,
        )
        self._desks = desks
        self._connection = connection
        self._name = name
        self._others = dict(others)
        self._jobs = jobs
        self._is_over = False
        self.other = Select(
            self.tr("Opens together with"), [(str(key), text) for key, text in others.items()]
        )
        self.password = TextField(self.tr("Its master password"), is_password=True)
        self.other_password = TextField(self.tr("Master password of the other"), is_password=True)
        self.field = FormField(self._password_of(name), self.password)
        self.other_field = FormField(self._password_of(self._other_name()), self.other_password)
        self._consequence = Label("", "body", "text", wraps=True)
        self.body.addWidget(self._consequence)
        self.body.addWidget(
            Label(
                self.tr(
                    "Its key is then kept on this computer, sealed with the other one's. No "
                    "password is kept. It ends when either password or key changes."
                ),
                "body",
                "text2",
                wraps=True,
            )
        )
        self.body.addWidget(FormField(self.tr("Opens together with"), self.other))
        self.body.addWidget(self.other_field)
        self.body.addWidget(self.field)
        for each in (self.password, self.other_password):
            each.textEdited.connect(lambda _text: self._check())
        self.other.currentIndexChanged.connect(lambda _index: self._other_chosen())
        self.add_buttons(self.tr("Open together"), self.tr("Cancel"))
        self.finished.connect(self._ended)
        self._other_chosen()
        self.other_password.setFocus()

    def _password_of(self, name: str) -> str:
        return sentence(self.tr("Master password of {connection}"), connection=name)

    def _to(self) -> ConnectionId:
        return next(one for one in self._others if str(one) == self.other.key())

    def _other_name(self) -> str:
        return self._others[self._to()]

    def _other_chosen(self) -> None:
        other = self._other_name()
        self.other_field.set_label(self._password_of(other))
        self._consequence.set_text(
            sentence(
                self.tr("Whoever knows the password of {other} can then open {connection} too."),
                other=other,
                connection=self._name,
            )
        )
        self.other_password.clear()
        self._check()

    def _check(self) -> None:
        self.field.clear_problem()
        self.other_field.clear_problem()
        is_typed = bool(self.password.text() and self.other_password.text())
        self.set_blocked("" if is_typed else self.tr("Type both passwords"))

    def accept(self) -> None:
        if not (self.password.text() and self.other_password.text()):
            return
        self.set_blocked(self.tr("Trying the passwords…"))
        self._jobs.start(
            self._desks.links.make(
                self._connection, self._to(), self.password.text(), self.other_password.text()
            ),
            lambda _none: self._linked(),
            self._failed,
        )

    def _linked(self) -> None:
        if not self._is_over:
            self.done(self.DialogCode.Accepted)

    def _failed(self, error: ClavigerError) -> None:
        if self._is_over or isinstance(error, Locked):
            return
        self.set_blocked("")
        if not isinstance(error, WrongPasswordOf):
            self.other_field.set_problem(explain(error).sentence)
            return
        wrong = self.tr("This password does not open the connection.")
        for field, connection in (
            (self.field, self._connection),
            (self.other_field, self._to()),
        ):
            if connection in error.connections and isinstance(field.field, TextField):
                field.field.clear()
                field.set_problem(wrong)
                field.field.setFocus()

    def _ended(self) -> None:
        self._is_over = True
        for each in (self.password, self.other_password):
            each.clear()


class LinkSwitch(QWidget):
    """The setting of one connection: off, or the name of the one that opens it too.

    `set_others` says which open connections there are to choose from, and how all are called;
    `failed` tells what went wrong.
    """

    failed = Signal(ClavigerError)
    changed = Signal()

    def __init__(
        self,
        desks: Desks,
        connection: ConnectionId,
        name: str,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desks = desks
        self._connection = connection
        self._name = name
        self._jobs = jobs
        self._others: dict[ConnectionId, str] = {}
        self._names: dict[ConnectionId, str] = {}
        self.switch = Switch(
            sentence(self.tr("Open {connection} together with another one"), connection=name)
        )
        self.switch.setObjectName("linked_unlock")
        self.switch.clicked.connect(self._clicked)
        self._text = Label("", "small", "text2", wraps=True)
        line = row(gap=16)
        line.addLayout(column(Label(name, "medium"), self._text, gap=2), 1)
        line.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self._show(None)

    def set_others(
        self, others: Mapping[ConnectionId, str], names: Mapping[ConnectionId, str]
    ) -> None:
        self._others, self._names = dict(others), dict(names)
        self.refresh()

    def refresh(self) -> None:
        """Reads how it stands."""
        if self._desks.desk(self._connection) is None:
            self._show(None)
            return
        self._jobs.start(
            self._desks.links.linked_to(self._connection), self._show, self._tell_failure
        )

    @property
    def text(self) -> str:
        """What it says below its name."""
        return self._text.full_text()

    def _show(self, to: ConnectionId | None) -> None:
        if not isValid(self):
            return
        desk = self._desks.desk(self._connection)
        self.switch.setChecked(to is not None)
        self._text.set_text(self._words(to, is_open=desk is not None))
        reason = ""
        if desk is None:
            reason = self.tr("Unlock this connection first.")
        elif desk.read_only:
            reason = self.tr("Another Claviger window is writing. This one only reads.")
        elif to is None and not self._others:
            reason = self.tr("Unlock the connection that is to open this one first.")
        self.switch.set_blocked(reason)

    def _words(self, to: ConnectionId | None, *, is_open: bool) -> str:
        if not is_open:
            return self.tr("Locked: how it is set shows once it is unlocked.")
        if to is None:
            return self.tr("Off. It is unlocked by its own password.")
        other = self._names.get(to, "")
        if not other:
            return self.tr("Opens together with a connection that is not here any more.")
        return sentence(self.tr("Opens together with {other}."), other=other)

    def _clicked(self, is_on: bool) -> None:
        # What it shows is what is kept, not what was asked for.
        self.switch.setChecked(not is_on)
        if not is_on:
            self._jobs.start(
                self._desks.links.end(self._connection),
                lambda _none: self._done(),
                self._tell_failure,
            )
            return
        dialog = LinkDialog(
            self._desks,
            self._connection,
            self._name,
            self._others,
            jobs=self._jobs,
            parent=self.window(),
        )
        self._jobs.start(ask(dialog), lambda _answer: self._done())

    def _done(self) -> None:
        if isValid(self):
            self.refresh()
            self.changed.emit()

    def _tell_failure(self, error: ClavigerError) -> None:
        if isValid(self) and not isinstance(error, Locked):
            self.failed.emit(error)


class LinksCard(Card):
    """One switch for each connection; nothing where there is one connection only."""

    failed = Signal(ClavigerError)

    def __init__(self, fleet: Fleet, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(translate("LinksCard", "Unlock together"), parent=parent)
        self.setObjectName("links_card")
        self._fleet = fleet
        self._jobs = jobs
        self._made: dict[ConnectionId, tuple[str, LinkSwitch, QWidget]] = {}
        self.body.addWidget(
            Label(
                self.tr(
                    "Connections with the same password open together anyway. With another "
                    "password, a connection can be opened by one you choose."
                ),
                "small",
                "text2",
                wraps=True,
            )
        )
        fleet.changed.connect(self._follow)
        self._follow()

    def switch(self, connection: ConnectionId) -> LinkSwitch:
        return self._made[connection][1]

    def _follow(self) -> None:
        """The switches of the connections there are, in their order, under their names."""
        fleet = self._fleet
        if not fleet.is_many:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        wanted = {one.id: one.name for one in fleet.connections}
        if [*wanted.items()] != [(key, made[0]) for key, made in self._made.items()]:
            self._build(wanted)
        open_ones = {one.id: one.name for one in fleet.connections if one.desk is not None}
        for connection, (_name, switch, _holder) in self._made.items():
            others = {key: name for key, name in open_ones.items() if key != connection}
            switch.set_others(others, wanted)

    def _build(self, wanted: Mapping[ConnectionId, str]) -> None:
        for _name, _switch, place in self._made.values():
            self.body.removeWidget(place)
            place.hide()
            place.deleteLater()
        self._made.clear()
        for connection, name in wanted.items():
            switch = LinkSwitch(self._fleet.desks, connection, name, self._jobs)
            switch.failed.connect(self.failed)
            place = holder(column(Line(), switch, gap=8))
            self.body.addWidget(place)
            self._made[connection] = (name, switch, place)
