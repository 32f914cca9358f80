"""Settings of this desk: language, appearance, text size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.pages.page import PageWidget
from desktop.views.theme import apply, system_theme, u
from desktop.views.widgets.cards import Card
from desktop.views.widgets.fields import Select
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import ScrollPane, column, holder, row

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.settings.preferences import PreferencesFile


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
            look.body.addLayout(
                row(
                    column(Label(title, "medium"), Label(help_text, "small", "text2"), gap=2),
                    None,
                    control,
                    gap=16,
                )
            )
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
        page = holder(column(look, account, None, gap=16, margins=(24, 8, 24, 24)))
        page.setMaximumWidth(u(760))
        self.body.addWidget(ScrollPane(page), 1)
        self.language.currentIndexChanged.connect(self._change_language)
        self.appearance.currentIndexChanged.connect(self._change_appearance)
        self.text_size.currentIndexChanged.connect(self._change_size)

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
