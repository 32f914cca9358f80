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
from desktop.views.fleet_parts import connection_column
from desktop.views.text import sentence
from desktop.views.theme import keep_height
from desktop.views.widgets.fields import SearchField
from desktop.views.widgets.table import RecordTable

if TYPE_CHECKING:
    from desktop.domain.ids import ConnectionId, OrganizationId
    from desktop.services.desk import Desk
    from desktop.views.fleet import Fleet

translate = QCoreApplication.translate


@dataclass(frozen=True)
class ClientChoice:
    """One line: a client of one connection, or the way to a new one (both None)."""

    key: str
    name: str
    client: OrganizationId | None
    desk: Desk | None = None

    @property
    def connection(self) -> ConnectionId | None:
        return None if self.desk is None else self.desk.connection.id


def choice_columns(fleet: Fleet) -> tuple[Column[ClientChoice], ...]:
    """The name with the client's avatar, and its connection where there are several.

    The new one comes first.
    """
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
        connection_column(fleet, lambda one: one.connection),
    )


class WhichClientDialog(Dialog):
    """`client` None means a new one, `desk` whose client it is; nothing is decided until
    `is_decided`.
    """

    def __init__(self, fleet: Fleet, path: Path, parent: QWidget) -> None:
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
        self.desk: Desk | None = None
        self.is_decided = False
        self.search = SearchField(self.tr("Search clients"))
        may_create = any(desk.why_not("create_client") is None for desk in fleet.open)
        choices = [
            ClientChoice(str(client), desk.clients.label(client), client, desk)
            for desk in fleet.open
            for client in (one.organization_id for one in desk.clients.all())
            # A client whose key nobody accepted is no target (T10).
            if desk.pins.trouble(client) is None
        ]
        choices.sort(key=lambda one: one.name.casefold())
        self._new = ClientChoice("", self.tr("New client…"), None)
        self._choices = [self._new, *choices] if may_create else choices
        self.model: RecordTableModel[ClientChoice] = RecordTableModel(
            choice_columns(fleet),
            lambda one: (one.key, one.connection),
            self,
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
            self.client, self.desk = choice.client, choice.desk
            self.is_decided = True
            super().accept()
