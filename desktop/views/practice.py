"""What practice mode adds: the ribbon, its inbox, the cut of the network, and the Try this card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.enums import ProviderUserStatus
from desktop.domain.events import (
    ConnectionStateChanged,
    Event,
    ProviderMembersChanged,
    RunEnded,
    SessionEnded,
)
from desktop.models.bridge import EventBridge
from desktop.views.dialogs import Dialog, ask, ask_save_file
from desktop.views.drafts import why_not_prepare
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.pages.table_page import TableParts
from desktop.views.strips import PracticeRibbon
from desktop.views.theme import keep_width, u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import Card, EmptyState
from desktop.views.widgets.labels import IconMark, IconText, Label
from desktop.views.widgets.layouts import Line, Pane, ScrollPane, column, holder, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.errors import ClavigerError
    from desktop.domain.records import ProviderMember
    from desktop.services.aged import Aged
    from desktop.services.desk import Desk
    from desktop.services.practice import Mail, Practice
    from desktop.views.shell import Shell

translate = QCoreApplication.translate

TASKS = ("confirm", "set_up", "import", "report")


class TryCard(Card):
    """Four lines that tick themselves as the main jobs are done."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(translate("TryCard", "Try this"), parent=parent)
        self._marks: dict[str, IconMark] = {}
        self.buttons: dict[str, Button] = {}
        self.done: set[str] = set()
        lines = {
            "confirm": (
                self.tr("Confirm Billy"),
                self.tr("He accepted his invitation; compare his phrase."),
                self.tr("Compare phrase…"),
            ),
            "set_up": (
                self.tr("Set up a client"),
                self.tr("From nothing to a filled vault in about four minutes."),
                self.tr("New client"),
            ),
            "import": (
                self.tr("Drop the sample export"),
                self.tr("1,200 rows as a client would send them. Save it, then drop it here."),
                self.tr("Save the sample export…"),
            ),
            "report": (self.tr("Read the report"), self.tr("What became of every row."), ""),
        }
        for key in TASKS:
            title, text, verb = lines[key]
            mark = IconMark("circle", "text3", 18)
            self._marks[key] = mark
            words = column(
                Label(title, "medium", wraps=True),
                Label(text, "small", "text2", wraps=True),
                gap=2,
            )
            if verb:
                button = Button(verb, is_small=True)
                button.setObjectName(f"try_{key}")
                button.clicked.connect(lambda _on=False, task=key: self.acted.emit(task))
                self.buttons[key] = button
                words.addLayout(row(button, None))
            line = row(gap=10)
            line.addLayout(column(mark, None))
            line.addLayout(words, 1)
            self.body.addLayout(line)
            if key != TASKS[-1]:
                self.body.addWidget(Line())

    def tick(self, key: str) -> None:
        if key not in self.done:
            self.done.add(key)
            self._marks[key].set_icon("circle-check", "ok_text")


class SideColumn(Pane):
    """The 300 beside the clients that holds the card."""

    def __init__(self, card: TryCard, parent: QWidget | None = None) -> None:
        super().__init__("bg", "l", parent=parent)
        keep_width(self, 284)
        inside = holder(column(card, None, margins=(12, 12, 16, 12)))
        self.setLayout(column(ScrollPane(inside)))


class InboxDialog(Dialog):
    """Mails of the practice provider; each invited person can be played with one click."""

    def __init__(self, practice: Practice, mails: tuple[Mail, ...], parent: QWidget) -> None:
        super().__init__(
            parent,
            translate("InboxDialog", "Practice inbox"),
            subtitle=translate(
                "InboxDialog", "Mails that would have gone out. Play the people who got them."
            ),
            icon="inbox",
            width=560,
        )
        self._practice = practice
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self._failed)
        self._problem = IconText("circle-alert", "", "bad", wraps=True)
        self._problem.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(u(8))
        self._list.setContentsMargins(0, 0, u(10), 0)
        scroll = ScrollPane(holder(self._list))
        scroll.setFixedHeight(u(320))
        self.body.addWidget(scroll)
        self.body.addWidget(self._problem)
        self.add_buttons(self.tr("Close"), self.tr("Cancel"))
        if self.cancel_button is not None:
            self.cancel_button.hide()
        self.show_mails(mails)

    def show_mails(self, mails: tuple[Mail, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if not mails:
            self._list.addWidget(
                EmptyState("inbox", self.tr("No mail yet"), self.tr("Invite someone first."))
            )
            return
        for mail in mails:
            play = Button(self.tr("Accept as this person"), is_small=True)
            play.setObjectName(f"accept_{mail.to}")
            play.set_blocked("" if mail.open else self.tr("Nothing is left to accept here."))
            play.clicked.connect(lambda _on=False, number=mail.id: self._accept(number))
            words = column(Label(mail.to, "medium"), Label(mail.subject, "small", "text2"), gap=2)
            line = row(IconMark("mail", "text2", 18), gap=10, margins=(0, 4, 0, 4))
            line.addLayout(words, 1)
            if mail.kind.endswith("invitation"):
                line.addWidget(play)
            else:
                play.hide()
            self._list.addWidget(holder(line))
        self._list.addStretch(1)

    def _accept(self, mail_id: str) -> None:
        self.jobs.start(self._practice.accept(mail_id), lambda _none: self._reload())

    def _reload(self) -> None:
        self.jobs.start(self._practice.inbox(), self.show_mails)

    def _failed(self, error: ClavigerError) -> None:
        self._problem.set_content("circle-alert", explain(error).sentence, "bad")
        self._problem.show()


class PracticeDesk(QObject):
    """Joins ribbon, inbox and card with an open practice desk."""

    set_up = Signal(object, object)  # None for a new client, no file
    real_asked = Signal()

    def __init__(self, desk: Desk, practice: Practice, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._practice = practice
        self._shell = shell
        self.jobs = Jobs(self)
        self.jobs.failed.connect(shell.show_error)
        self.ribbon = PracticeRibbon()
        self.ribbon.cut_toggled.connect(self._cut)
        self.ribbon.inbox_asked.connect(self.open_inbox)
        self.ribbon.real_asked.connect(self.real_asked)
        self.card = TryCard()
        self.card.acted.connect(self._act)
        page = shell.built("clients")
        if isinstance(page, TableParts) and desk.session.is_admin:
            # Its tasks are an admin's: members and new clients do not exist for service users.
            page.set_side(SideColumn(self.card))
        shell.fleet.joined.connect(self._join)
        self._update_rights()
        self._had_waiting = False
        self._bridge = EventBridge(desk.hub, self)
        self._bridge.happened.connect(self._heard)
        self.destroyed.connect(self._bridge.close)
        self._count_mails()
        self._look_at_staff()

    def _heard(self, event: Event) -> None:
        match event:
            case ProviderMembersChanged():
                self._look_at_staff()
                self._count_mails()
            case RunEnded(is_done=is_done, items=items):
                if is_done and items:
                    self.card.tick("import")
                self._count_mails()
            case ConnectionStateChanged() | SessionEnded():
                self._update_rights()

    def _update_rights(self) -> None:
        self.card.buttons["set_up"].set_blocked(why_not_prepare(self._desk, "create_client"))

    def report_read(self) -> None:
        """A set-up ended and its report stands on the screen."""
        self.card.tick("set_up")
        self.card.tick("report")

    def _look_at_staff(self) -> None:
        if self._desk.session.is_admin:
            self.jobs.start(self._desk.staff.cached(), self._judge_staff)

    def _judge_staff(self, staff: Aged[tuple[ProviderMember, ...]] | None) -> None:
        if staff is None:
            return
        waits = any(one.status is ProviderUserStatus.ACCEPTED for one in staff.data)
        if self._had_waiting and not waits:
            self.card.tick("confirm")
        self._had_waiting = self._had_waiting or waits

    def _count_mails(self) -> None:
        self.jobs.start(self._practice.inbox(), self._show_count, lambda _error: None)

    def _show_count(self, mails: tuple[Mail, ...]) -> None:
        self.ribbon.set_mails(sum(mail.open for mail in mails))

    def _cut(self, is_cut: bool) -> None:
        """The cable of this computer: it serves every practice account that is open."""
        for desk in self._shell.fleet.open:
            desk.network_cut = is_cut
        self._shell.refresh()

    def _join(self, desk: Desk) -> None:
        desk.network_cut = self.ribbon.cut.isChecked()

    def open_inbox(self) -> None:
        self.jobs.start(self._practice.inbox(), self._show_inbox)

    def _show_inbox(self, mails: tuple[Mail, ...]) -> None:
        dialog = InboxDialog(self._practice, mails, self._shell)
        self.jobs.start(ask(dialog), lambda _done: self._shell.refresh())

    def _act(self, task: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "confirm": lambda: self._shell.show_page("members"),
            "set_up": lambda: self.set_up.emit(None, None),
            "import": self._save_sample,
        }
        acts[task]()

    def _save_sample(self) -> None:
        asked = ask_save_file(
            self._shell,
            self.tr("Save the sample export"),
            "lastpass-export.csv",
            self.tr("Exports (*.csv)"),
            "csv",
        )
        self.jobs.start(asked, self._write_sample)

    def _write_sample(self, path: Path | None) -> None:
        if path is not None:
            self.jobs.start(
                self._desk.imports.save_sample(path),
                lambda _none: self._shell.toasts.say(
                    self.tr("Saved. Drop the file anywhere in this window.")
                ),
            )
