"""A file was dropped where no client is meant: which one is it for, or a new one?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.views.dialogs import Dialog
from desktop.views.text import sentence, shown
from desktop.views.theme import font, u
from desktop.views.widgets.fields import SearchField

if TYPE_CHECKING:
    from desktop.domain.ids import OrganizationId
    from desktop.services.desk import Desk

translate = QCoreApplication.translate


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
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Clients"))
        self.list.setFont(font("body"))
        self.list.setFixedHeight(u(220))
        self._new = QListWidgetItem(self.tr("New client…"))
        self._new.setFont(font("medium"))
        self.list.addItem(self._new)
        may_create = desk.why_not("create_client") is None
        if not may_create:
            self._new.setFlags(Qt.ItemFlag.NoItemFlags)
        clients = sorted(desk.clients.all(), key=lambda one: one.organization_name.casefold())
        for client in clients:
            item = QListWidgetItem(shown(client.organization_name))
            item.setData(Qt.ItemDataRole.UserRole, str(client.organization_id))
            self.list.addItem(item)
        self._ids = {str(client.organization_id): client.organization_id for client in clients}
        self.list.setCurrentRow(0 if may_create else 1)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.search.searched.connect(self._filter)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.add_buttons(self.tr("Continue"), self.tr("Cancel"))
        self.list.setFocus()

    def _filter(self, text: str) -> None:
        needle = text.casefold()
        for number in range(1, self.list.count()):
            item = self.list.item(number)
            item.setHidden(needle not in item.text().casefold())

    def accept(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        key = item.data(Qt.ItemDataRole.UserRole)
        self.client = self._ids.get(key) if key else None
        self.is_decided = True
        super().accept()
