"""What stands in the window while nobody is there and runs go on: figures and a password (T81)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ClavigerError, WrongPassword
from desktop.domain.events import Event, RunProgressed
from desktop.models.bridge import EventBridge
from desktop.views.errors import explain
from desktop.views.start_parts import FORM_WIDTH, PasswordForm, PetrolSide
from desktop.views.theme import u
from desktop.views.widgets.bars import Mark, ProgressBar
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.fields import FormField, TextField
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Pane, ScrollPane, column, holder, row

if TYPE_CHECKING:
    from desktop.domain.ids import RunId
    from desktop.services.desks import Desks


class CoverScreen(QWidget):
    """Hides everything of the open connections; knows no name and no row."""

    unlock_asked = Signal(str)  # the password; `show_problem` answers
    lock_asked = Signal()

    def __init__(
        self,
        desks: Desks,
        counts: Mapping[RunId, tuple[int, int]],
        parent: QWidget | None = None,
    ) -> None:
        """`counts`: steps done and all steps of the runs that go on, as far as known; `desks` tell
        how they go on.
        """
        super().__init__(parent)
        self._counts = dict(counts)
        self.password = TextField(self.tr("Master password"), is_password=True)
        self.form = PasswordForm(
            self.tr("Unlock"), FormField(self.tr("Master password"), self.password)
        )
        self.form.submitted.connect(self._unlock)
        self.lock_button = Button(self.tr("Stop the run and lock"), "link")
        self.lock_button.clicked.connect(self.lock_asked)
        self.form.add_way_out(self.lock_button)
        self.progress = Label("", "body", "text2")
        self.bar = ProgressBar(self.tr("Progress of the run"))
        self._lay_out()
        self._show_counts()
        self._bridges = [EventBridge(one.hub, self) for one in desks.covered]
        for bridge in self._bridges:
            bridge.happened.connect(self._heard)
            self.destroyed.connect(bridge.close)

    def _lay_out(self) -> None:
        side = PetrolSide()
        side.setLayout(
            column(
                row(Mark(36), Label("Claviger", "title", "on_petrol"), None, gap=12),
                12,
                Label(
                    self.tr("Nobody used Claviger for a while, so what was open is hidden."),
                    "body",
                    "on_petrol2",
                    wraps=True,
                ),
                None,
                gap=8,
                margins=(24, 28, 24, 24),
            )
        )
        head = QWidget()
        head.setFixedWidth(u(FORM_WIDTH))
        head.setLayout(
            column(
                Label(self.tr("The run goes on"), "title", wraps=True),
                Label(self.tr("Type your master password to see it."), "body", "text2", wraps=True),
                8,
                self.bar,
                self.progress,
                gap=6,
            )
        )
        foot = IconText(
            "lock",
            self.tr("Claviger locks when the run ends, after four hours at the latest."),
            "text2",
            "small",
        )
        ground = Pane("surface")
        inside = column(
            None,
            row(None, head, None),
            16,
            row(None, self.form, None),
            None,
            row(None, foot, None),
            24,
            gap=0,
        )
        ground.setLayout(column(ScrollPane(holder(inside))))
        self.setLayout(row(side, ground, gap=0))
        self.setFocusProxy(self.password)

    def _heard(self, event: Event) -> None:
        if not isinstance(event, RunProgressed):
            return
        self._counts[event.run] = (event.done, event.total)
        self._show_counts()

    def _show_counts(self) -> None:
        done = sum(one for one, _total in self._counts.values())
        total = sum(one for _done, one in self._counts.values())
        number = QLocale().toString
        text = self.tr("{done} of {total} steps done.")
        self.progress.set_text(text.format(done=number(done), total=number(total)))
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        for shown in (self.progress, self.bar):
            shown.setVisible(total > 0)

    def _unlock(self) -> None:
        password = self.password.text()
        if not password:
            self.form.show_message(self.tr("Type your master password first."))
            return
        self.form.show_message("")
        self.form.set_busy(self.tr("Unlocking…"))
        self.password.clear()
        self.unlock_asked.emit(password)

    def show_problem(self, error: ClavigerError) -> None:
        """Why nothing opened."""
        wrong = self.tr("This master password is not right.")
        self.form.set_busy("")
        self.form.show_message(
            wrong if isinstance(error, WrongPassword) else explain(error).sentence
        )
        self.password.setFocus()
