"""What is asked about one connection: its name, and whether it is to be removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.views.dialogs import ConfirmDialog, Dialog
from desktop.views.text import joined, sentence
from desktop.views.widgets.fields import FormField, TextField

if TYPE_CHECKING:
    from desktop.views.fleet import Connection

translate = QCoreApplication.translate
NAME_MAX: Final = 60


class NameDialog(Dialog):
    """What a connection is called on this computer; `typed` is the new name."""

    def __init__(self, connection: Connection, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Name of the connection"))
        self.typed = ""
        self.name = TextField(self.tr("Name"))
        self.name.setMaxLength(NAME_MAX)
        self.name.setText(connection.record.label or connection.record.email)
        self.name.selectAll()
        self.name.textChanged.connect(self._check)
        self.body.addWidget(
            FormField(
                self.tr("Name"),
                self.name,
                hint=self.tr("On this computer only. It is readable before you unlock."),
            )
        )
        self.add_buttons(self.tr("Rename"), self.tr("Cancel"))

    def accept(self) -> None:
        # The field goes with the dialog.
        self.typed = self.name.text().strip()
        super().accept()

    def _check(self, text: str) -> None:
        self.set_blocked("" if text.strip() else self.tr("A connection needs a name"))


def remove_dialog(connection: Connection, parent: QWidget) -> ConfirmDialog:
    """What goes with a connection; where a run waits, its name is to be typed."""
    record = connection.record
    facts = [
        (
            "history",
            translate(
                "RemoveConnection",
                "Its history, local log and import ledger on this computer are deleted.",
            ),
        ),
        (
            "log-out",
            translate("RemoveConnection", "Nothing changes on the server; you can sign in again."),
        ),
    ]
    if record.has_waiting_run:
        facts.insert(
            0,
            (
                "circle-pause",
                translate(
                    "RemoveConnection",
                    "A run waits here. Without its journal nobody can continue it or tell what it "
                    "has done.",
                ),
            ),
        )
    return ConfirmDialog(
        parent,
        sentence(
            translate("RemoveConnection", "Remove {connection} from this computer?"),
            connection=connection.name,
        ),
        accept=translate("RemoveConnection", "Remove"),
        cancel=translate("RemoveConnection", "Keep it"),
        target=joined(record.email, connection.host, str(record.id)[:8], between=" · "),
        facts=facts,
        typed=connection.name if record.has_waiting_run else "",
        icon="trash-2",
        is_danger=True,
    )
