"""A server whose certificate no system knows: who it says it is, and whether to trust that (T25).

Cancel is where the focus is; Enter never trusts.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QWidget

from desktop.views.start_steps import StepForm
from desktop.views.text import SafeText, joined, name_aloud, sentence
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Pane, column, holder, row

if TYPE_CHECKING:
    from desktop.domain.authority import Authority

_PAIRS = 8


class CertificateForm(StepForm):
    """Subject, issuer, validity and fingerprint of what the server shows, or of a chosen file."""

    trusted = Signal()
    file_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.subject, self.issuer, self.until = (
            Label("", "medium", wraps=True, is_selectable=True) for _part in range(3)
        )
        self.known = _Print(self.tr("Accepted before"))
        self.shown = _Print(self.tr("Fingerprint (SHA-256)"))
        self._note = IconText("triangle-alert", "", "warn", "small", wraps=True)
        facts = Pane("sunken")
        facts.setLayout(
            column(
                Label(self.tr("Issued to"), "small", "text2"),
                self.subject,
                4,
                Label(self.tr("Issued by"), "small", "text2"),
                self.issuer,
                4,
                Label(self.tr("Valid"), "small", "text2"),
                self.until,
                8,
                self.known,
                self.shown,
                gap=2,
                margins=(16, 14, 16, 14),
            )
        )
        self.accept = Button("")
        self.accept.setAutoDefault(False)
        self.accept.clicked.connect(self.trusted)
        self.cancel = Button(self.tr("Cancel"), "primary")
        self.cancel.clicked.connect(self.back)
        self._answers = holder(row(None, self.accept, self.cancel, margins=(0, 8, 0, 0)))
        for widget in (facts, self._note, self._answers):
            self.insert(widget)
        self.back_button.hide()
        self.file = self._link(self.tr("Use a certificate file…"), "file")
        self.file.clicked.connect(self.file_asked)
        self.links.insertWidget(0, self.file)

    def explain(self, authority: Authority, known: str, host: str) -> None:
        """`known` is the fingerprint that was accepted before; `host` is who is to be trusted."""
        is_changed = bool(known) and known != authority.fingerprint
        title = (
            self.tr("{host} shows another authority than before")
            if is_changed
            else self.tr("This computer does not know who vouches for {host}")
        )
        self.say(
            sentence(title, host=host),
            self.tr(
                "Compare the fingerprint with the one that the administrator of the server tells "
                "you, by phone or on paper. Nothing has been sent yet."
            ),
            "",
        )
        self.subject.set_text(authority.subject)
        self.issuer.set_text(authority.issuer)
        self.until.set_text(
            self.tr("{begin} to {end}").format(
                begin=_day(authority.not_before), end=_day(authority.not_after)
            )
        )
        self.known.setVisible(is_changed)
        self.known.set_print(known)
        self.shown.set_print(authority.fingerprint)
        self.shown.set_name(
            self.tr("Shown now") if is_changed else self.tr("Fingerprint (SHA-256)")
        )
        self._tell(authority, is_changed=is_changed)
        self.show_message("")

    def _tell(self, authority: Authority, *, is_changed: bool) -> None:
        useless = {
            "expired": self.tr("The certificate has expired. Accepting it would not help."),
            "not_yet": self.tr(
                "The certificate is not valid yet: compare the date of this computer."
            ),
            "host": self.tr(
                "The certificate is for another server. Accepting it would not help: check the "
                "address."
            ),
        }.get(authority.problem, "")
        lonely = (
            self.tr(
                "It is the server's own certificate, not an authority's: you will be asked again "
                "when it is renewed."
            )
            if authority.is_lonely
            else ""
        )
        changed = (
            self.tr(
                "Somebody may stand between you and the server. Go on only if the administrator "
                "says that the authority was replaced."
            )
            if is_changed
            else ""
        )
        note = useless or changed or lonely
        self._note.setVisible(bool(note))
        self._note.set_content(
            "circle-alert" if useless or is_changed else "triangle-alert",
            note,
            "bad" if useless or is_changed else "warn",
        )
        self.accept.setVisible(not useless)
        self.accept.set_text(
            self.tr("Trust the new one") if is_changed else self.tr("Trust it for this server")
        )

    def set_busy(self, text: str) -> None:
        super().set_busy(text)
        self.state.setVisible(bool(text))
        for button in (self.accept, self.file):
            button.set_blocked(text)

    def focus(self) -> None:
        self.cancel.setFocus()


class _Print(QWidget):
    """A fingerprint in lines of eight pairs, to read out."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = Label(name, "small", "text2")
        self._lines = Label("", "mono", is_selectable=True, wraps=True)
        self.setLayout(column(self._name, self._lines, gap=2))

    def text(self) -> str:
        """The pairs as shown."""
        return self._lines.full_text()

    def set_name(self, name: str) -> None:
        self._name.set_text(name)

    def set_print(self, text: str) -> None:
        pairs = text.split(":")
        lines = [" ".join(pairs[at : at + _PAIRS]) for at in range(0, len(pairs), _PAIRS)]
        self._lines.set_text(SafeText("\n".join(lines)))
        name_aloud(self._lines, joined(self._name.full_text(), text, between=": "))


def _day(moment: datetime) -> str:
    at = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    # Months in letters: a day and a month in figures are read the wrong way round.
    return QLocale().toString(at.date(), "d MMM yyyy")
