"""Pages that say in one sentence what they will hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.pages.page import PageWidget
from desktop.views.widgets.cards import EmptyState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.services.desk import Desk
    from desktop.settings.preferences import PreferencesFile


class EventLogsPage(PageWidget):
    """What the provider's people did."""

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, preferences, parent)
        self.add_header(self.tr("Event logs"))
        self.body.addWidget(
            EmptyState(
                "history",
                self.tr("Not in this version yet"),
                self.tr(
                    "This page will show who did what, for the provider and all its clients. "
                    "Until then the web Provider Portal has it."
                ),
            ),
            1,
        )


class BillingPage(PageWidget):
    """What the provider pays for."""

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, preferences, parent)
        self.add_header(self.tr("Billing"))
        self.body.addWidget(
            EmptyState(
                "receipt",
                self.tr("Not in this version yet"),
                self.tr(
                    "This page will show the subscription, invoices and the cost of each client. "
                    "Until then the web Provider Portal has it."
                ),
            ),
            1,
        )
