"""A new client could be made in several connections: in which one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup

from desktop.views.dialogs import Dialog
from desktop.views.text import joined
from desktop.views.widgets.fields import Radio
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import column, holder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desktop.services.desk import Desk
    from desktop.views.fleet import Fleet

translate = QCoreApplication.translate


class WhichConnectionDialog(Dialog):
    """The chosen connection is preselected; `desk` stays None unless somebody decides."""

    def __init__(self, fleet: Fleet, able: Sequence[Desk], parent: QWidget) -> None:
        super().__init__(
            parent,
            translate("WhichConnectionDialog", "In which connection is the new client made?"),
            subtitle=translate(
                "WhichConnectionDialog", "It belongs to that provider and is paid for there."
            ),
            icon="building-2",
            width=480,
        )
        self.desk: Desk | None = None
        self._choices: list[tuple[Radio, Desk]] = []
        self._group = QButtonGroup(self)
        preselected = fleet.chosen if fleet.chosen in able else able[0]
        for desk in able:
            connection = fleet.get(desk.connection.id)
            if connection is None:
                continue
            choice = Radio(connection.name)
            self._group.addButton(choice)
            choice.setChecked(desk is preselected)
            facts = joined(desk.session.provider_name, connection.host, between=" · ")
            below = holder(column(Label(facts, "small", "text2"), margins=(26, 0, 0, 6)))
            self.body.addWidget(holder(column(choice, below, gap=2)))
            self._choices.append((choice, desk))
        self.radios = [choice for choice, _desk in self._choices]
        self.add_buttons(
            translate("WhichConnectionDialog", "Continue"),
            translate("WhichConnectionDialog", "Cancel"),
        )

    def accept(self) -> None:
        self.desk = next((desk for choice, desk in self._choices if choice.isChecked()), None)
        if self.desk is not None:
            super().accept()
