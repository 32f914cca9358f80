"""Whether a proxy is in between, and which (T26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import ClavigerError
from desktop.services.proxies import typed_proxy, way_to
from desktop.settings.preferences import HAS_SYSTEM_PROXY, ProxyMode
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.text import SafeText, isolated, joined
from desktop.views.widgets.cards import Card
from desktop.views.widgets.fields import FormField, Select, TextField
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import row

if TYPE_CHECKING:
    from desktop.settings.preferences import PreferencesFile
    from desktop.views.fleet import Fleet

translate = QCoreApplication.translate


class NetworkCard(Card):
    """The proxy: the system's, none, or a fixed one; what it comes to now stands below."""

    def __init__(
        self, fleet: Fleet, preferences: PreferencesFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(translate("NetworkCard", "Network"), parent=parent)
        self._fleet = fleet
        self._preferences = preferences
        self.jobs = Jobs(self)
        wishes = preferences.get()
        offered = [
            ("none", self.tr("No proxy")),
            ("manual", self.tr("A fixed address")),
        ]
        if HAS_SYSTEM_PROXY or wishes.proxy == "system":
            offered.insert(0, ("system", self.tr("Same as the system")))
        self.mode = Select(self.tr("Proxy"), offered)
        self.mode.setObjectName("proxy_mode")
        self.mode.choose(wishes.proxy)
        self.mode.currentIndexChanged.connect(lambda _index: self._changed())
        self.address = TextField(self.tr("Address of the proxy"), placeholder="proxy.example:8080")
        self.address.setObjectName("proxy_address")
        self.address.setText(wishes.proxy_address)
        self.address.editingFinished.connect(self._changed)
        self.field = FormField(self.tr("Address of the proxy"), self.address)
        self.field.setVisible(wishes.proxy == "manual")
        self.state = IconText("network", "", "text2", "small", wraps=True)
        self.body.addLayout(row(Label(self.tr("Proxy"), "medium"), None, self.mode))
        self.body.addWidget(self.field)
        self.body.addWidget(self.state)
        self.body.addWidget(
            Label(
                self.tr(
                    "Variables of the environment are never obeyed. Certificates are judged as "
                    "this computer judges them, except where you accepted an authority for a "
                    "server of your own."
                )
                if HAS_SYSTEM_PROXY
                else self.tr(
                    "Claviger ignores proxy settings in environment variables, where this system "
                    "keeps them. Certificates are judged as this computer judges them, "
                    "except where you accepted an authority for a server of your own."
                ),
                "small",
                "text2",
                wraps=True,
            )
        )
        self.show_way()

    def _changed(self) -> None:
        mode: ProxyMode = self.mode.key()  # type: ignore[assignment]  # one of those offered
        self.field.setVisible(mode == "manual")
        self.field.clear_problem()
        typed = self.address.text().strip()
        try:
            address = typed_proxy(typed) if typed else ""
        except ValueError:
            self.field.set_problem(self.tr("Type a host and a port, as proxy.example:8080."))
            return
        if mode == "manual" and not address:
            # Nothing is changed before there is something to go through.
            self.address.setFocus()
            return
        self._preferences.change(proxy=mode, proxy_address=address)
        self.show_way()

    def show_way(self) -> None:
        """Asks again what each server is reached through."""
        self.jobs.start(self._ways(), self._show)

    async def _ways(self) -> list[SafeText]:
        proxies = self._fleet.desks.entrance.proxies
        said: dict[str, SafeText] = {}
        for one in self._fleet.connections:
            if one.record.is_practice or one.host in said:
                continue
            try:
                way = await way_to(proxies, one.record.api)
            except ClavigerError as error:
                said[one.host] = SafeText(explain(error).sentence)
                continue
            text = self.tr("{server}: through {proxy}.") if way else self.tr("{server}: directly.")
            said[one.host] = SafeText(text.format(server=isolated(one.host), proxy=isolated(way)))
        return list(said.values())

    def _show(self, ways: list[SafeText]) -> None:
        self.state.setVisible(bool(ways))
        self.state.set_content("network", joined(*ways, between=" "), "text2")
