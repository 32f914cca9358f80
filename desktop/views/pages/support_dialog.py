"""The support bundle, to be read before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.views.dialogs import Dialog
from desktop.views.text import name_aloud
from desktop.views.theme import font, u
from desktop.views.widgets.layouts import column, holder

if TYPE_CHECKING:
    from desktop.services.support import SupportBundle


class SupportDialog(Dialog):
    """Shows every character that would be saved; accepting it asks where to."""

    def __init__(self, parent: QWidget, bundle: SupportBundle) -> None:
        super().__init__(
            parent,
            self.tr("Save a support bundle?"),
            subtitle=self.tr(
                "This is all that is in the file. It names no client, person or password, and no "
                "server of your own. Nothing is sent: you decide who gets it."
            ),
            icon="life-buoy",
            width=760,
        )
        self.text = QPlainTextEdit()
        name_aloud(self.text, self.tr("The support bundle"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(font("mono_small"))
        self.text.setPlainText(bundle.text)
        # The style sheet sets a least height of its own on the field itself.
        paper = holder(column(self.text))
        paper.setFixedHeight(u(420))
        self.body.addWidget(paper)
        self.add_buttons(self.tr("Save…"), self.tr("Close"))
