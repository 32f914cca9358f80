"""The second step of a sign-in: which method, its code, and whether to remember this computer.

The start page and the dialog *Sign in again* show the same part.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.enums import TwoFactorMethod
from desktop.views.theme import u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.fields import CheckBox, FormField, Radio, TextField
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import column, holder, row

# The best first: what nobody can read along or intercept.
ANSWERABLE = (TwoFactorMethod.YUBIKEY, TwoFactorMethod.AUTHENTICATOR, TwoFactorMethod.EMAIL)


class SecondStepFields(QWidget):
    """The methods of the account, the best chosen, and what the chosen one needs."""

    submitted = Signal()
    code_wanted = Signal()  # a mail with a code, by a click on Send code

    def __init__(self, *, remembers: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = int(TwoFactorMethod.AUTHENTICATOR)
        self._radios: dict[int, Radio] = {}
        self._by_mouse = False
        self._choices = QVBoxLayout()
        self._choices.setSpacing(u(8))
        self._choices.setContentsMargins(0, 0, 0, u(8))
        self._box = holder(self._choices)
        self._text = Label("", "body", "text2", wraps=True)
        self.code = TextField(self.tr("Code"))
        self.code.returnPressed.connect(self.submitted)
        self.code_field = FormField(self.tr("Code"), self.code)
        self.send_button = Button(self.tr("Send code"), icon="mail")
        self.send_button.setAutoDefault(False)
        self.send_button.clicked.connect(self.code_wanted)
        self._send_row = holder(row(self.send_button, None))
        self.remember = CheckBox(self.tr("Remember this computer"))
        self._remember_note = Label(
            self.tr("For a month the master password is then enough here."),
            "small",
            "text2",
            wraps=True,
        )
        note = holder(column(self._remember_note, margins=(24, 0, 0, 4)))
        self._remember_box = holder(column(self.remember, note, gap=2))
        if not remembers:
            self._remember_box.hide()
        self.setLayout(
            column(
                self._box, self._text, self._send_row, self.code_field, self._remember_box, gap=8
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    # --- what is chosen ---------------------------------------------------------------------

    @property
    def method(self) -> int:
        """The chosen TwoFactorMethod number."""
        return self._method

    @property
    def typed(self) -> str:
        return self.code.text().strip()

    def offer(self, methods: Sequence[int]) -> None:
        """Shows the account's methods; those that need a browser are greyed, and say so."""
        for radio in self._radios.values():
            self._choices.removeWidget(radio)
            radio.hide()
            radio.deleteLater()
        self._radios.clear()
        names = self._names()
        working = [int(one) for one in ANSWERABLE if one in methods]
        others = {names[one]: one for one in methods if one in names and one not in working}
        for method in (*working, *others.values()):
            is_working = method in working
            name = names[method]
            if not is_working:
                name = self.tr("{method}, in a browser only").format(method=name)
            radio = Radio(name, self._box)
            radio.set_blocked("" if is_working else self.tr("Claviger cannot answer this method."))
            radio.toggled.connect(lambda is_on, one=method: self._choose(one) if is_on else None)
            radio.clicked.connect(self._clicked)
            radio.installEventFilter(self)
            self._choices.addWidget(radio)
            self._radios[method] = radio
        self._box.setVisible(len(self._radios) > 1)
        self.remember.setChecked(False)
        if working:
            self._radios[working[0]].setChecked(True)
            self._choose(working[0])
            self.focus()

    def _names(self) -> dict[int, str]:
        return {
            int(TwoFactorMethod.AUTHENTICATOR): self.tr("Authenticator app"),
            int(TwoFactorMethod.EMAIL): self.tr("E-mail"),
            int(TwoFactorMethod.YUBIKEY): self.tr("YubiKey"),
            int(TwoFactorMethod.DUO): self.tr("Duo"),
            int(TwoFactorMethod.ORGANIZATION_DUO): self.tr("Duo"),
            int(TwoFactorMethod.U2F): self.tr("Passkey"),
            int(TwoFactorMethod.WEBAUTHN): self.tr("Passkey"),
        }

    def _choose(self, method: int) -> None:
        self._method = method
        texts = {
            int(TwoFactorMethod.AUTHENTICATOR): self.tr(
                "Type the six digits of your authenticator app."
            ),
            int(TwoFactorMethod.EMAIL): self.tr(
                "The server mails a code to the address that is kept for it, once you ask."
            ),
            int(TwoFactorMethod.YUBIKEY): self.tr(
                "Touch your YubiKey: it types its code and presses Enter."
            ),
        }
        self._text.set_text(texts.get(method, ""))
        self.send_button.set_text(self.tr("Send code"))
        self._send_row.setVisible(method == TwoFactorMethod.EMAIL)
        self.code_field.clear_problem()
        self.code.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if event.type() in {QEvent.Type.MouseButtonRelease, QEvent.Type.KeyPress}:
            self._by_mouse = event.type() == QEvent.Type.MouseButtonRelease
        return False

    def _clicked(self) -> None:
        """The arrows go through the list; after a mouse the next key belongs to the method."""
        if self._by_mouse:
            self.focus()

    # --- what happens -----------------------------------------------------------------------

    def focus(self) -> None:
        """Where the next key belongs: the mail is asked for before its code can be typed."""
        if self._method == TwoFactorMethod.EMAIL and self.send_button.isVisible():
            self.send_button.setFocus()
        else:
            self.code.setFocus()

    def mail_sent(self) -> None:
        self._text.set_text(
            self.tr("The code is on its way. Of several mails the last one counts.")
        )
        self.send_button.set_text(self.tr("Send again"))
        self.code_field.clear_problem()
        self.code.setFocus()

    def ask_for_code(self) -> None:
        self.code_field.set_problem(self.tr("Type the code first."))
        self.code.setFocus()

    def set_problem(self, text: str) -> None:
        """What is wrong with the code, under it; the code is cleared."""
        self.code_field.set_problem(text)
        self.code.clear()
        self.code.setFocus()

    def set_busy(self, text: str) -> None:
        """Nothing can be changed while something works, and `text` says what."""
        self.code.set_blocked(text)
        self.send_button.set_blocked(text)
        self.remember.set_blocked(text)
        for method, radio in self._radios.items():
            if method in ANSWERABLE:
                radio.set_blocked(text)

    def forget(self) -> None:
        self.code.clear()
