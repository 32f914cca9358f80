"""Settings of this desk: language, appearance, text size, refreshing and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.pages.page import PageWidget, allow
from desktop.views.reasons import reason_text
from desktop.views.theme import apply, system_theme, u
from desktop.views.widgets.buttons import Button, Switch
from desktop.views.widgets.cards import Card
from desktop.views.widgets.fields import NumberField, Select
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import Line, ScrollPane, column, holder, row

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.settings.preferences import PreferencesFile


MONTHS_MAX: Final = 120


def _add_line(card: Card, title: str, help_text: str, control: QWidget) -> None:
    """One setting: its name, what it does, and the control at the right."""
    if card.body.count():
        card.body.addWidget(Line())
    line = row(gap=16)
    words = column(Label(title, "medium"), Label(help_text, "small", "text2", wraps=True), gap=2)
    line.addLayout(words, 1)
    line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
    card.body.addLayout(line)


class SettingsPage(PageWidget):
    """Grouped cards; no Save button."""

    def __init__(
        self, desk: Desk, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, preferences, parent)
        self.add_header(self.tr("Settings"))
        wishes = preferences.get()
        self.language = Select(
            self.tr("Language"),
            [("system", self.tr("Same as the system")), ("en", "English"), ("nl", "Nederlands")],
        )
        self.language.choose(wishes.language)
        self.appearance = Select(
            self.tr("Appearance"),
            [
                ("system", self.tr("Same as the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
        )
        self.appearance.choose(wishes.appearance)
        self.text_size = Select(
            self.tr("Text size"), [(str(size), f"{size} %") for size in (100, 125, 150, 200)]
        )
        self.text_size.choose(str(wishes.text_size))
        look = Card(self.tr("Language and appearance"))
        for title, help_text, control in (
            (
                self.tr("Language"),
                self.tr("Changes when you lock Claviger or start it again."),
                self.language,
            ),
            (self.tr("Appearance"), self.tr("Light or dark."), self.appearance),
            (
                self.tr("Text size"),
                self.tr("Changes when you lock Claviger or start it again."),
                self.text_size,
            ),
        ):
            _add_line(look, title, help_text, control)
        stored = self._stored_card()
        account = Card(self.tr("This account"))
        session = desk.session
        for name, value in (
            (self.tr("E-mail address"), session.email),
            (self.tr("Provider"), session.provider_name),
            (self.tr("Server"), desk.connection.web_vault),
            (self.tr("Your fingerprint phrase"), "-".join(session.fingerprint())),
        ):
            account.body.addLayout(
                row(Label(name, "body", "text2"), None, Label(value, "medium", is_selectable=True))
            )
        page = holder(column(look, stored, account, None, gap=16, margins=(24, 8, 24, 24)))
        page.setMaximumWidth(u(760))
        self.body.addWidget(ScrollPane(page), 1)
        self.language.currentIndexChanged.connect(self._change_language)
        self.appearance.currentIndexChanged.connect(self._change_appearance)
        self.text_size.currentIndexChanged.connect(self._change_size)

    def _stored_card(self) -> Card:
        """How the picture is kept fresh, how long the former ones stay, and who did what."""
        wishes = self.preferences.get()
        self.refreshing = Switch(self.tr("Refresh in the background"))
        self.refreshing.setObjectName("background_refresh")
        self.refreshing.setChecked(wishes.background_refresh)
        self.refreshing.toggled.connect(self._change_refreshing)
        self.months = NumberField(self.tr("Months of history"), 1, MONTHS_MAX)
        self.months.setObjectName("keep_history_months")
        self.months.setValue(wishes.keep_history_months)
        self.months.valueChanged.connect(self._change_months)
        if self.desk.read_only:
            # It keeps nothing itself, and what it is told would be gone at its end.
            for kept in (self.refreshing, self.months):
                allow(kept, reason_text(self.desk.why_not()))
        log = Button(self.tr("Local log…"), icon="scroll-text")
        log.setObjectName("open_local_log")
        log.clicked.connect(lambda: self.page_asked.emit("local_log"))
        card = Card(self.tr("Stored on this computer"))
        for title, help_text, control in (
            (
                self.tr("Refresh in the background"),
                self.tr(
                    "Reads all clients again from time to time. It leaves no trace in their event "
                    "logs and gives way to what you do."
                ),
                self.refreshing,
            ),
            (
                self.tr("Months of history"),
                self.tr(
                    "“Changes” looks back this far. What is older is removed from this computer "
                    "within a day; the present state and the local log stay."
                ),
                self.months,
            ),
            (
                self.tr("Local log"),
                self.tr("Sign-ins, openings, runs and exports of this desk, in their order."),
                log,
            ),
        ):
            _add_line(card, title, help_text, control)
        return card

    def _change_refreshing(self, is_on: bool) -> None:
        self.preferences.change(background_refresh=is_on)
        if is_on:
            self.desk.sync.start()
        else:
            self.desk.sync.stop()

    def _change_months(self, months: int) -> None:
        self.preferences.change(keep_history_months=months)

    def _change_language(self) -> None:
        self.preferences.change(language=self.language.key())

    def _change_appearance(self) -> None:
        self.preferences.change(appearance=self.appearance.key())
        self._apply()

    def _change_size(self) -> None:
        self.preferences.change(text_size=int(self.text_size.key()))

    def _apply(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            wishes = self.preferences.get()
            apply(
                app,
                system_theme(app, appearance=wishes.appearance, scale=wishes.text_size / 100),
            )
