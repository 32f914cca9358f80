"""Questions about keys. Each names what it is about, and does nothing unless somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.models.column import AvatarSpec, Column, ColumnKind
from desktop.models.table import RecordTableModel
from desktop.views.dialogs import ConfirmDialog, Dialog, target_text
from desktop.views.key_words import kind_text, name_text, state_text
from desktop.views.moments import moment_text
from desktop.views.text import sentence
from desktop.views.theme import keep_height
from desktop.views.widgets.cards import Facts
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.services.desk import Desk
    from desktop.services.pins import PinLine

translate = QCoreApplication.translate
_ROWS_SHOWN = 6


def _line_columns() -> tuple[Column[PinLine], ...]:
    return (
        Column(
            "name",
            lambda: translate("Keys", "Name"),
            name_text,
            kind=ColumnKind.NAME,
            width=0,
            avatar=lambda one: AvatarSpec(one.id, name_text(one)),
        ),
        Column(
            "fingerprint",
            lambda: translate("Keys", "Fingerprint"),
            lambda one: one.short,
            width=190,
        ),
    )


class AcceptKeysDialog(Dialog):
    """New keys, listed with their number; one answer pins them all (T10)."""

    def __init__(
        self, desk: Desk, lines: Sequence[PinLine], parent: QWidget, *, is_first: bool
    ) -> None:
        clients = [one for one in lines if one.kind == "organization"]
        title = translate(
            "AcceptKeysDialog", "Accept the keys of %Ln client(s)?", None, len(clients)
        )
        first = translate(
            "AcceptKeysDialog",
            "This computer sees them for the first time. Until you accept them you can only read. "
            "If one of them changes later, that is an alarm, and nothing is written there.",
        )
        later = translate(
            "AcceptKeysDialog",
            "They turned up without having been made on this computer. Until you accept them "
            "nothing is imported, invited or changed there.",
        )
        super().__init__(
            parent, title, subtitle=first if is_first else later, icon="key-round", width=560
        )
        host = desk.connection.web_vault.removeprefix("https://").split("/")[0]
        facts = Facts()
        for one in lines:
            if one.kind == "provider":
                facts.add(self.tr("Provider"), one.name)
                facts.add(self.tr("Fingerprint of its key"), one.short, "mono")
        facts.add(self.tr("Server"), host)
        self.body.addWidget(facts)
        if desk.session.provider is not None:
            why = self.tr(
                "All of them open under the provider's key. Compare that fingerprint with the one "
                "a colleague sees in Claviger, or with the printed sheet."
            )
        else:
            why = self.tr(
                "Nobody but the server vouches for these keys. Compare the fingerprints with what "
                "a colleague sees in Claviger, or with the printed sheet."
            )
        self.body.addWidget(IconText("info", why, "text2", "small", wraps=True))
        self.model: RecordTableModel[PinLine] = RecordTableModel(
            _line_columns(), lambda one: one.id, self
        )
        self.model.replace(clients)
        self.table = RecordTable(self.model, self.tr("Clients"))
        keep_height(self.table, 40 * min(_ROWS_SHOWN, max(1, len(clients))) + 38)
        self.body.addWidget(self.table)
        self.add_buttons(self.tr("Accept %Ln key(s)", "", len(lines)), self.tr("Not now"))
        if self.accept_button is not None and self.cancel_button is not None:
            # Enter answers with what is safe.
            self.accept_button.setObjectName("accept_keys")
            self.accept_button.setDefault(False)
            self.cancel_button.setDefault(True)
            self.cancel_button.setFocus()


def changed_dialog(desk: Desk, line: PinLine, parent: QWidget) -> ConfirmDialog:
    """Another key than the accepted one: both fingerprints, and the name to be typed (T09, T12)."""
    name = desk.pins.called(line.kind, line.id)
    return ConfirmDialog(
        parent,
        sentence(translate("ChangedKeyDialog", "The key of {name} has changed"), name=name),
        subtitle=translate(
            "ChangedKeyDialog",
            "A key does not change by itself. Ask whoever may have changed it, by phone or in "
            "person, before you accept the new one: whoever holds it could read what you write "
            "from now on.",
        ),
        accept=translate("ChangedKeyDialog", "The key was rotated: accept"),
        cancel=translate("ChangedKeyDialog", "Keep blocked"),
        facts=_both(line),
        target=target_text(name, UUID(line.id), desk.connection.web_vault),
        typed=name,
        icon="shield-alert",
        is_danger=True,
        width=600,
    )


def back_dialog(desk: Desk, line: PinLine, parent: QWidget) -> ConfirmDialog:
    """The accepted key is told again, after another one."""
    name = desk.pins.called(line.kind, line.id)
    return ConfirmDialog(
        parent,
        sentence(translate("ChangedKeyDialog", "{name} has the accepted key again"), name=name),
        subtitle=translate(
            "ChangedKeyDialog",
            "The server gave another key for a while. Find out why before you end the alarm.",
        ),
        accept=translate("ChangedKeyDialog", "End the alarm"),
        cancel=translate("ChangedKeyDialog", "Keep blocked"),
        facts=_both(line),
        target=target_text(name, UUID(line.id), desk.connection.web_vault),
        icon="shield-alert",
        is_danger=True,
    )


def _both(line: PinLine) -> tuple[tuple[str, str], ...]:
    """The accepted key and the other one, by their fingerprints."""
    accepted = sentence(
        translate("ChangedKeyDialog", "Accepted {time}: {fingerprint}"),
        time=moment_text(line.at) if line.at is not None else "?",
        fingerprint=line.short,
    )
    other = sentence(
        translate("ChangedKeyDialog", "Seen {time}: {fingerprint}"),
        time=moment_text(line.other_at) if line.other_at is not None else "?",
        fingerprint=line.other or translate("ChangedKeyDialog", "one that does not open"),
    )
    return (("shield-check", accepted), ("shield-alert", other))


class KeyDialog(Dialog):
    """One key, large enough to be read to somebody; nothing to decide."""

    def __init__(self, desk: Desk, line: PinLine, parent: QWidget) -> None:
        super().__init__(parent, name_text(line), subtitle=kind_text(line), icon="key-round")
        target = target_text(name_text(line), UUID(line.id), desk.connection.web_vault)
        self.body.addWidget(Label(target, "mono_small", "text2", wraps=True))
        self.body.addWidget(Label(line.short or "?", "mono", is_selectable=True, wraps=True))
        facts = Facts()
        facts.add(self.tr("State"), state_text(line))
        if line.at is not None:
            facts.add(self.tr("Accepted"), moment_text(line.at))
        self.body.addWidget(facts)
        if why := self._why(line):
            self.body.addWidget(IconText("shield-alert", why, "bad", wraps=True))
        self.add_buttons(self.tr("Close"), self.tr("Cancel"))
        if self.cancel_button is not None:
            self.cancel_button.hide()

    def _why(self, line: PinLine) -> str:
        match line.state:
            case "shared":
                return self.tr(
                    "Another client has the same key, so nothing is written to either of them. "
                    "One key belongs to one client: ask the server's administrator."
                )
            case "unreadable":
                return self.tr(
                    "What the server gives as this key does not open. Nothing is written there."
                )
            case _:
                return ""
