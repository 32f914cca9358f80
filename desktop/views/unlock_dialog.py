"""One locked connection is unlocked over whatever somebody is at work with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ClavigerError, Locked, WrongPassword
from desktop.views.connection_look import host_of, waiting_text
from desktop.views.dialogs import Dialog
from desktop.views.errors import explain
from desktop.views.text import SafeText, isolated, joined, sentence
from desktop.views.widgets.fields import FormField, TextField

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.services.desks import Desks
    from desktop.settings.connections import ConnectionRecord
    from desktop.views.jobs import Jobs

translate = QCoreApplication.translate


class UnlockDialog(Dialog):
    """Asks for one password; what it opens besides joins the window too.

    `jobs` outlives the dialog: other connections are tried after this one has opened. Desks tells
    what opened; the answer says only whether this connection is open now.
    """

    def __init__(
        self,
        desks: Desks,
        record: ConnectionRecord,
        jobs: Jobs,
        parent: QWidget,
        name: str = "",
    ) -> None:
        called = name or record.label or record.email
        super().__init__(
            parent,
            sentence(translate("UnlockDialog", "Unlock {connection}"), connection=called),
            subtitle=joined(record.email, host_of(record.web_vault), between=" · "),
            icon="lock",
        )
        self._desks = desks
        self._record = record
        self._jobs = jobs
        self._task: asyncio.Task[tuple[Desk, ...]] | None = None
        self.password = TextField(self.tr("Master password"), is_password=True)
        self.field = FormField(self.tr("Master password"), self.password)
        self.password.textEdited.connect(lambda _text: self.field.clear_problem())
        self.body.addWidget(self.field)
        if record.has_waiting_run:
            self.add_fact("circle-pause", waiting_text(called), "text2")
        self.add_buttons(self.tr("Unlock"), self.tr("Cancel"))
        self.finished.connect(self._ended)
        self.password.setFocus()

    def accept(self) -> None:
        typed = self.password.text()
        if not typed or self._task is not None:
            return
        self.set_blocked(self.tr("Unlocking…"))
        self.password.set_blocked(self.tr("Unlocking…"))
        self._task = self._jobs.start(
            self._desks.unlock(typed, self._record.id, self._opened), self._tried, self._failed
        )

    def _opened(self, desk: Desk) -> None:
        if desk.connection.id == self._record.id:
            # The others are tried behind a window that is at work already.
            self._task = None
            self.password.clear()
            self.done(self.DialogCode.Accepted)

    def _tried(self, found: tuple[Desk, ...]) -> None:
        if self._task is None:
            return
        names = [isolated(one.connection.label or one.connection.email) for one in found]
        text = self.tr("This password opened {others}. This connection has another one.")
        self._ask_again(SafeText(text.format(others=QLocale().createSeparatedList(names))))

    def _failed(self, error: ClavigerError) -> None:
        if self._task is None or isinstance(error, Locked):
            return
        if isinstance(error, WrongPassword):
            self._ask_again(self.tr("This password does not open the connection."))
        else:
            self._ask_again(explain(error).sentence)

    def _ask_again(self, problem: str) -> None:
        self._task = None
        self.set_blocked("")
        self.password.set_blocked("")
        self.password.clear()
        self.field.set_problem(problem)
        self.password.setFocus()

    def _ended(self) -> None:
        """Whoever cancels wants nothing opened any more."""
        task, self._task = self._task, None
        self.password.clear()
        if task is not None:
            task.cancel()
