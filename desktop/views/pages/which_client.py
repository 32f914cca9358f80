"""A file was dropped where no client is meant: which one is it for, or a new one?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.models.column import AvatarSpec, Column, ColumnKind
from desktop.models.table import RecordTableModel
from desktop.views.dialogs import Dialog
from desktop.views.text import sentence
from desktop.views.theme import keep_height
from desktop.views.widgets.fields import SearchField
from desktop.views.widgets.table import RecordTable

if TYPE_CHECKING:
    from desktop.domain.ids import OrganizationId
    from desktop.services.desk import Desk

translate = QCoreApplication.translate


@dataclass(frozen=True)
class ClientChoice:
    """One line: a client, or the way to a new one (`client` None)."""

    key: str
    name: str
    client: OrganizationId | None


def choice_columns() -> tuple[Column[ClientChoice], ...]:
    """The name alone, with the client's avatar; the new one comes first."""
    return (
        Column(
            "name",
            lambda: translate("WhichClientDialog", "Client"),
            lambda one: one.name,
            kind=ColumnKind.NAME,
            width=0,
            avatar=lambda one: AvatarSpec(one.key, one.name),
            sort=lambda one: (bool(one.key), one.name.casefold()),
        ),
    )


class WhichClientDialog(Dialog):
    """`client` None means a new one; nothing is decided until `is_decided`."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(
            parent,
            translate("WhichClientDialog", "Which client is this file for?"),
            subtitle=sentence(
                translate("WhichClientDialog", "{file} is read on this computer first."),
                file=path.name,
            ),
            icon="file-down",
            width=480,
        )
        self.client: OrganizationId | None = None
        self.is_decided = False
        self.search = SearchField(self.tr("Search clients"))
        may_create = desk.why_not("create_client") is None
        clients = sorted(desk.clients.all(), key=lambda one: one.organization_name.casefold())
        choices = [
            ClientChoice(str(one.organization_id), one.organization_name, one.organization_id)
            for one in clients
        ]
        self._new = ClientChoice("", self.tr("New client…"), None)
        self._choices = [self._new, *choices] if may_create else choices
        self.model: RecordTableModel[ClientChoice] = RecordTableModel(
            choice_columns(), lambda one: one.key, self
        )
        self.model.replace(self._choices)
        self.table = RecordTable(self.model, self.tr("Clients"))
        self.table.horizontalHeader().hide()
        keep_height(self.table, 244)
        self.table.select_row(0)
        self.table.opened.connect(lambda _choice: self.accept())
        self.search.searched.connect(self._filter)
        self.body.addWidget(self.search)
        self.body.addWidget(self.table)
        self.add_buttons(self.tr("Continue"), self.tr("Cancel"))
        self.table.setFocus()

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        if self.model.rowCount():
            self.table.select_row(0)

    def accept(self) -> None:
        choice = self.table.current_record()
        if choice is not None:
            self.client = choice.client
            self.is_decided = True
            super().accept()
