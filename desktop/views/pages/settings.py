"""Settings of this desk: language, appearance, text size, refreshing and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.services.lock_time import LONGEST_MIN, SHORTEST_MIN, lock_time
from desktop.services.support import gather, keep
from desktop.views.dialogs import ask, ask_save_file
from desktop.views.pages.page import FleetPage, allow
from desktop.views.pages.support_dialog import SupportDialog
from desktop.views.reasons import reason_text
from desktop.views.text import sentence
from desktop.views.theme import apply, system_theme, u
from desktop.views.widgets.buttons import Button, Switch
from desktop.views.widgets.cards import Card
from desktop.views.widgets.fields import NumberField, Select
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Line, ScrollPane, column, holder, row

if TYPE_CHECKING:
    from desktop.settings.preferences import PreferencesFile
    from desktop.views.fleet import Fleet


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


class SettingsPage(FleetPage):
    """Grouped cards; no Save button. The account is that of the chosen connection."""

    def __init__(
        self, fleet: Fleet, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(fleet, preferences, parent)
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
        self._account: dict[str, Label] = {}
        for key, name in (
            ("email", self.tr("E-mail address")),
            ("provider", self.tr("Provider")),
            ("server", self.tr("Server")),
            ("phrase", self.tr("Your fingerprint phrase")),
        ):
            value = self._account[key] = Label("", "medium", is_selectable=True)
            account.body.addLayout(row(Label(name, "body", "text2"), None, value))
        self._show_account()
        fleet.chosen_changed.connect(self._show_account)
        page = holder(
            column(
                look,
                self._lock_card(),
                self._connections_card(),
                stored,
                account,
                None,
                gap=16,
                margins=(24, 8, 24, 24),
            )
        )
        page.setMaximumWidth(u(760))
        self.body.addWidget(ScrollPane(page), 1)
        self.language.currentIndexChanged.connect(self._change_language)
        self.appearance.currentIndexChanged.connect(self._change_appearance)
        self.text_size.currentIndexChanged.connect(self._change_size)

    def _show_account(self) -> None:
        desk = self.fleet.chosen
        session = desk.session
        for key, value in (
            ("email", session.email),
            (
                "provider",
                session.provider_name
                if session.provider is not None
                else self.tr("none: your own organizations are the clients"),
            ),
            ("server", desk.connection.web_vault),
            ("phrase", "-".join(session.fingerprint())),
        ):
            self._account[key].set_text(value)

    def _lock_card(self) -> Card:
        """After how long it locks by itself, and what else locks it."""
        self.lock_after = NumberField(self.tr("Minutes until the lock"), SHORTEST_MIN, LONGEST_MIN)
        self.lock_after.setObjectName("lock_after_min")
        self.lock_after.setValue(self.preferences.get().lock_after_min)
        self.lock_after.valueChanged.connect(self._change_lock)
        card = Card(self.tr("Lock"))
        _add_line(
            card,
            self.tr("Minutes until the lock"),
            self.tr(
                "Claviger locks when nobody has used it for so long. A run at work goes on behind "
                "a screen that asks for your password, four hours at most."
            ),
            self.lock_after,
        )
        self.lock_limit = IconText("shield-check", "", "warn", "small", wraps=True)
        always = Label(
            self.tr(
                "It also locks when the computer is locked or goes to sleep, when its lid is "
                "closed, and when somebody else signs in to it. A run stops then and can be "
                "continued."
            ),
            "small",
            "text2",
            wraps=True,
        )
        card.body.addWidget(self.lock_limit)
        card.body.addWidget(Line())
        card.body.addWidget(always)
        self._show_limit()
        return card

    def _show_limit(self) -> None:
        """What a policy has shortened, and whose policy it is (T82)."""
        wished = self.preferences.get().lock_after_min
        holds = lock_time(wished, self.fleet.desks.lock_limits)
        self.lock_limit.setVisible(holds.limit is not None)
        if holds.limit is not None:
            self.lock_limit.set_content(
                "shield-check",
                sentence(
                    self.tr(
                        "Locks after {minutes} min: the session timeout policy of {name} allows "
                        "no more."
                    ),
                    minutes=holds.minutes,
                    name=holds.limit.organization,
                ),
                "warn",
            )

    def refresh(self) -> None:
        """Policies may have been read meanwhile."""
        super().refresh()
        self._show_limit()

    def _connections_card(self) -> Card:
        """Where this desk is signed in, and what is in between."""
        button = Button(self.tr("Connections…"), icon="plug")
        button.setObjectName("open_connections")
        button.clicked.connect(lambda: self.page_asked.emit("connections"))
        card = Card(self.tr("Connections and network"))
        _add_line(
            card,
            self.tr("Connections"),
            self.tr(
                "Accounts and servers of this desk: add, name, order and remove them. The proxy is "
                "chosen there too."
            ),
            button,
        )
        return card

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
        chosen = self.fleet.chosen
        if chosen.read_only:
            # It keeps nothing itself, and what it is told would be gone at its end.
            for kept in (self.refreshing, self.months):
                allow(kept, reason_text(chosen.why_not()))
        keys = Button(self.tr("Keys…"), icon="key-round")
        keys.setObjectName("open_keys")
        keys.clicked.connect(lambda: self.page_asked.emit("keys"))
        log = Button(self.tr("Local log…"), icon="scroll-text")
        log.setObjectName("open_local_log")
        log.clicked.connect(lambda: self.page_asked.emit("local_log"))
        support = Button(self.tr("Support bundle…"), icon="life-buoy")
        support.setObjectName("support_bundle")
        support.clicked.connect(self._gather_support)
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
            (
                self.tr("Keys"),
                self.tr(
                    "The keys of clients and people that were accepted here. A change of one of "
                    "them is an alarm."
                ),
                keys,
            ),
            (
                self.tr("Support bundle"),
                self.tr(
                    "One file for whoever helps you: versions, settings, counts and a log that "
                    "names nobody. You read it before you save it."
                ),
                support,
            ),
        ):
            _add_line(card, title, help_text, control)
        return card

    # --- the support bundle -----------------------------------------------------------------

    def _gather_support(self) -> None:
        if not self.jobs.is_busy:
            self.jobs.start(self._support())

    async def _support(self) -> None:
        screen = self.screen()
        seen = {
            "qt": qVersion(),
            "platform": QGuiApplication.platformName(),
            "scale": f"{screen.devicePixelRatio():g}",
            "language": QLocale.system().name(),
        }
        desks = self.fleet.desks
        bundle = await gather(desks, self.preferences, seen)
        if not await ask(SupportDialog(self.window(), bundle)):
            return
        path = await ask_save_file(
            self.window(),
            self.tr("Save the support bundle"),
            f"claviger-support-{QDate.currentDate().toString('yyyy-MM-dd')}.zip",
            self.tr("Zip files (*.zip)"),
            "zip",
        )
        if path is not None:
            await keep(bundle, path, desks)
            self.toast.emit(self.tr("Saved. Nothing was sent."))

    # --- changes ----------------------------------------------------------------------------

    def _change_refreshing(self, is_on: bool) -> None:
        self.preferences.change(background_refresh=is_on)
        for desk in self.fleet.open:
            if is_on:
                desk.sync.start()
            else:
                desk.sync.stop()

    def _change_lock(self, minutes: int) -> None:
        self.preferences.change(lock_after_min=minutes)
        self._show_limit()

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
