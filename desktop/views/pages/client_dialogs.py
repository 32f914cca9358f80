"""Small edits of one client: its name and its seats. They skip the review, not the road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.events import ConnectionStateChanged, Event, SessionEnded
from desktop.domain.limits import CLIENT_NAME_MAX
from desktop.models.bridge import EventBridge
from desktop.views.dialogs import Dialog
from desktop.views.drafts import makes_drafts
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.text import sentence
from desktop.views.widgets.fields import FormField, NumberField, TextField
from desktop.views.widgets.labels import IconText

if TYPE_CHECKING:
    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import RunId
    from desktop.domain.records import ProviderClient
    from desktop.plans.plan import Plan
    from desktop.services.clients import SeatHint
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunReport
    from desktop.views.widgets.buttons import Button, ButtonKind


translate = QCoreApplication.translate


class EditDialog(Dialog):
    """A dialog whose answer is a plan; it closes when the server shows the new state."""

    def __init__(self, desk: Desk, parent: QWidget, title: str, subtitle: str = "") -> None:
        super().__init__(parent, title, subtitle=subtitle)
        self.desk = desk
        self.jobs = Jobs(self)
        self.field: FormField | None = None
        self._verb = ""
        self._offline = IconText(
            "cloud-off",
            translate("EditDialog", "No connection. This is kept as a draft; you start it later."),
            "warn",
            "small",
            wraps=True,
        )
        self._bridge = EventBridge(desk.hub, self)
        self._bridge.happened.connect(self._heard)
        self.destroyed.connect(self._bridge.close)

    def add_buttons(self, accept: str, cancel: str, kind: ButtonKind = "primary") -> Button:
        """As every dialog; without a connection the answer is kept instead of sent."""
        self._verb = accept
        self.body.addWidget(self._offline)
        button = super().add_buttons(accept, cancel, kind)
        self._show_way()
        return button

    def _heard(self, event: Event) -> None:
        if isinstance(event, ConnectionStateChanged | SessionEnded):
            self._show_way()

    def _show_way(self) -> None:
        is_draft = makes_drafts(self.desk)
        self._offline.setVisible(is_draft)
        if self.accept_button is not None:
            keep = translate("EditDialog", "Keep as a draft")
            self.accept_button.set_text(keep if is_draft else self._verb)

    def run(self, plan: Plan) -> None:
        """Runs `plan`, or keeps it; errors appear under the field and everything typed stays."""
        if makes_drafts(self.desk):
            self.set_blocked(self.tr("Keeping the draft…"))
            self.jobs.start(self.desk.runs.start(plan, draft=True), self._done, self.show_error)
            return
        self.set_blocked(self.tr("Waiting for the server…"))
        self.jobs.start(self.desk.runs.execute(plan), self._done, self.show_error)

    def _done(self, _done: RunReport | RunId) -> None:
        self.done(self.DialogCode.Accepted)

    def show_error(self, error: ClavigerError) -> None:
        self.set_blocked("")
        if self.field is not None:
            self.field.set_problem(explain(error).sentence)


class RenameDialog(EditDialog):
    """One field; the seats are read again by the step, never overwritten."""

    def __init__(self, desk: Desk, client: ProviderClient, parent: QWidget) -> None:
        super().__init__(
            desk,
            parent,
            sentence(
                translate("RenameDialog", "Rename {client}?"), client=client.organization_name
            ),
        )
        self._client = client
        self.name = TextField(self.tr("Organization name"), maximum=CLIENT_NAME_MAX)
        self.name.setText(client.organization_name)
        self.field = FormField(
            self.tr("Organization name"),
            self.name,
            hint=self.tr("Members see this name in their vault."),
        )
        self.body.addWidget(self.field)
        self.add_buttons(self.tr("Rename"), self.tr("Keep the name"))
        self.name.textChanged.connect(self._check)
        self.name.selectAll()
        self._check()

    def _check(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.set_blocked(self.tr("A name is needed"))
        elif len(name) > CLIENT_NAME_MAX:
            self.set_blocked(self.tr("At most 50 characters"))
        elif name == self._client.organization_name:
            self.set_blocked(self.tr("The name is the same"))
        else:
            self.set_blocked("")

    def accept(self) -> None:
        self.run(self.desk.clients.rename_plan(self._client, self.name.text()))


class SeatsDialog(EditDialog):
    """Assigned seats with what they cost: free ones first, bought ones named."""

    def __init__(self, desk: Desk, client: ProviderClient, parent: QWidget) -> None:
        super().__init__(
            desk,
            parent,
            sentence(
                translate("SeatsDialog", "How many seats for {client}?"),
                client=client.organization_name,
            ),
        )
        self._client = client
        self._hint: SeatHint | None = None
        used = client.occupied_seats or 0
        self.seats = NumberField(self.tr("Assigned seats"), max(1, used), 9_999)
        self.seats.setValue(client.seats or max(1, used))
        self.field = FormField(
            self.tr("Assigned seats"),
            self.seats,
            hint=self.tr("%Ln seat(s) in use", "", used),
        )
        self.body.addWidget(self.field)
        self.add_buttons(self.tr("Change seats"), self.tr("Keep the seats"))
        self.seats.valueChanged.connect(self._check)
        self._check()
        self.jobs.start(desk.clients.seat_hints(), self._take_hints, lambda _error: None)

    def _take_hints(self, hints: tuple[SeatHint, ...]) -> None:
        plan = self._client.plan.casefold().split(" ")[0]
        for hint in hints:
            if hint.plan.name.casefold().startswith(plan):
                self._hint = hint
        self._check()

    def _check(self) -> None:
        wanted = self.seats.value()
        more = wanted - (self._client.seats or 0)
        self.set_blocked("" if more else self.tr("The number is the same"))
        if self.field is None or self._hint is None:
            return
        bought = self._hint.extra_for(max(0, more))
        if more == 0:
            self.field.set_hint(self.tr("%Ln seat(s) in use", "", self._client.occupied_seats or 0))
        elif more < 0:
            self.field.set_hint(self.tr("%Ln seat(s) become free for other clients.", "", -more))
        elif bought:
            free = more - bought
            words = self.tr("%Ln seat(s) bought on the next invoice.", "", bought)
            if free:
                words += " " + self.tr("%Ln seat(s) covered by what you already pay for.", "", free)
            self.field.set_hint(words)
        else:
            self.field.set_hint(self.tr("Covered by what you already pay for."))

    def accept(self) -> None:
        self.run(self.desk.clients.seats_plan(self._client, self.seats.value()))
