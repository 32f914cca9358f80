"""The questions between a first click and an open desk: codes, other ways in, refusals, waiting.

Made when they are first asked, after the first window is there.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.clipboard import CLEAR_AFTER_S, clipboard
from desktop.views.second_step import SecondStepFields
from desktop.views.start_parts import PasswordForm
from desktop.views.text import explain, name_aloud
from desktop.views.theme import paint_icon, u
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.draw import fill_rounded, focus_ring, smooth_painter
from desktop.views.widgets.fields import FormField, TextField
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Pane, column, holder, row

if TYPE_CHECKING:
    from desktop.views.errors import Explained


def end_of_browser() -> str:
    """What the browser shows when it has come back: a whole document, without a style or script."""
    said = QCoreApplication.translate(
        "StartSteps", "You can close this page and go back to Claviger."
    )
    return f'<!doctype html><meta charset="utf-8"><title>Claviger</title><p>{html.escape(said)}</p>'


class StepForm(PasswordForm):
    """A title, a sentence, fields, one button, and a way back; Esc goes back too."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.title = Label("", "title", wraps=True)
        self.text = Label("", "body", "text2", wraps=True)
        self.back_button = self._link(self.tr("Back"))
        self.back_button.clicked.connect(self.back)
        self.links = row(self.back_button, None, gap=16)
        layout = self._column()
        layout.insertWidget(0, self.title)
        layout.insertWidget(1, self.text)
        layout.insertSpacing(2, u(8))
        layout.addSpacing(u(4))
        layout.addLayout(self.links)

    def _column(self) -> QVBoxLayout:
        layout = self.layout()
        if not isinstance(layout, QVBoxLayout):
            raise TypeError(layout)
        return layout

    def say(self, title: str, text: str, verb: str) -> None:
        """Without a verb there is no button."""
        self.title.set_text(title)
        self.text.set_text(text)
        self.text.setVisible(bool(text))
        self.button.set_text(verb)
        self.button.setVisible(bool(verb))
        self.state.setVisible(bool(verb))

    @staticmethod
    def _link(text: str, icon: str = "") -> Button:
        made = Button(text, "link", icon=icon)
        # By itself a link takes the space bar only.
        made.setAutoDefault(True)
        return made

    def insert(self, widget: QWidget) -> None:
        """Above the message and the button."""
        self._column().insertWidget(self._column().indexOf(self.message), widget)

    def start(self) -> None:
        """Shown anew: nothing typed, nothing said."""
        self.forget()
        self.set_busy("")
        self.show_message("")

    def focus(self) -> None:
        """Where the first key belongs."""
        if self._fields:
            self._fields[0].field.setFocus()

    def show_problem(self, text: str, *, clears: bool) -> None:
        """`clears`: what was typed is wrong, so it goes."""
        self.set_busy("")
        self.show_message(text)
        if clears:
            self.forget()
        self.focus()

    def forget(self) -> None:
        """Empties every field that holds a secret."""
        for field in self._fields:
            if isinstance(field.field, TextField) and field.field.is_secret:
                field.field.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)


class SecondStepForm(StepForm):
    """Two-step login."""

    recovery_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.say(self.tr("Two-step login"), "", self.tr("Continue"))
        self.fields = SecondStepFields(remembers=True)
        self.fields.submitted.connect(self._submit)
        self.insert(self.fields)
        self.recovery = self._link(self.tr("Use a recovery code"))
        self.recovery.clicked.connect(self.recovery_asked)
        self.links.addWidget(self.recovery)

    def set_busy(self, text: str) -> None:
        super().set_busy(text)
        self.fields.set_busy(text)

    def focus(self) -> None:
        self.fields.focus()

    def show_problem(self, text: str, *, clears: bool) -> None:
        self.set_busy("")
        if clears:
            self.show_message("")
            self.fields.set_problem(text)
        else:
            self.show_message(text)

    def forget(self) -> None:
        self.fields.forget()


class DeviceCodeForm(StepForm):
    """The server has mailed a code, because it does not know this computer."""

    resend_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.say(
            self.tr("The server does not know this computer"),
            self.tr("Type the code it has just mailed to you."),
            self.tr("Continue"),
        )
        self.code = TextField(self.tr("Code"))
        self.add_field(FormField(self.tr("Code"), self.code))
        self.resend = self._link(self.tr("Send again"))
        self.resend.clicked.connect(self.resend_asked)
        self.links.addWidget(self.resend)

    def set_busy(self, text: str) -> None:
        super().set_busy(text)
        self.resend.set_blocked(text)

    def forget(self) -> None:
        self.code.clear()


class RecoveryForm(StepForm):
    """In the place of a second step, with what it costs."""

    def __init__(self) -> None:
        super().__init__()
        self.say(
            self.tr("Recovery code"),
            self.tr("It lets you in when you cannot use any of your two-step methods."),
            self.tr("Switch two-step login off and sign in"),
        )
        self.code = TextField(self.tr("Recovery code"))
        self.add_field(
            FormField(
                self.tr("Recovery code"),
                self.code,
                hint=self.tr("32 letters and digits; spaces do not matter."),
            )
        )
        self._column().insertWidget(
            2,
            IconText(
                "triangle-alert",
                self.tr(
                    "The code works once. It switches two-step login off for the whole account, "
                    "on every device. Set it up again in the web vault afterwards."
                ),
                "warn",
                wraps=True,
            ),
        )

    def forget(self) -> None:
        self.code.clear()


class KeysForm(StepForm):
    """The server let the person in; the master password opens the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.say(
            self.tr("You are signed in"),
            self.tr("The master password now opens your keys. It is not sent."),
            self.tr("Open"),
        )
        self.password = TextField(self.tr("Master password"), is_password=True)
        self.add_field(FormField(self.tr("Master password"), self.password))


class ApiKeyForm(StepForm):
    """A person's own API key, then the master password."""

    def __init__(self) -> None:
        super().__init__()
        self.say(
            self.tr("API key"),
            self.tr("You find yours in the web vault, under Security, Keys."),
            self.tr("Sign in"),
        )
        self.client_id = TextField(self.tr("Client ID"), placeholder="user.")
        self.secret = TextField(self.tr("Client secret"), is_password=True)
        self.password = TextField(self.tr("Master password"), is_password=True)
        self.add_field(FormField(self.tr("Client ID"), self.client_id))
        self.add_field(FormField(self.tr("Client secret"), self.secret))
        self.add_field(
            FormField(
                self.tr("Master password"),
                self.password,
                hint=self.tr("It opens your keys here and is not sent."),
            )
        )

    def missing(self) -> str:
        """The first thing that is not typed yet, as a sentence."""
        for field, said in (
            (self.client_id, self.tr("Type the client ID first.")),
            (self.secret, self.tr("Type the client secret first.")),
            (self.password, self.tr("Type your master password first.")),
        ):
            if not field.text().strip():
                field.setFocus()
                return said
        return ""

    def show_problem(self, text: str, *, clears: bool) -> None:
        super().show_problem(text, clears=False)
        if clears:
            # The key was wrong; the password may well be right.
            self.secret.clear()
            self.secret.setFocus()


class BrowserForm(StepForm):
    """Single sign-on: the organization, then a wait for the browser."""

    def __init__(self) -> None:
        super().__init__()
        self.say(
            self.tr("Single sign-on"),
            self.tr(
                "Your browser opens the sign-in page of your organization. "
                "The master password opens your keys afterwards."
            ),
            self.tr("Open the browser"),
        )
        self.organization = TextField(self.tr("Organization identifier"))
        self.add_field(
            FormField(
                self.tr("Organization identifier"),
                self.organization,
                hint=self.tr("Whoever set up single sign-on knows it."),
            )
        )
        self._address = ""
        self.copy = self._link(self.tr("Copy the address"), "copy")
        self.copy.clicked.connect(self._copy)
        self.copy.hide()
        self.links.addWidget(self.copy)

    def wait(self) -> None:
        """Until the browser comes back or the person cancels."""
        self.show_message("")
        self.set_busy(self.tr("Waiting for the browser…"))
        self.back_button.set_text(self.tr("Cancel"))
        self.back_button.setFocus()

    def set_busy(self, text: str) -> None:
        super().set_busy(text)
        if not text:
            self.back_button.set_text(self.tr("Back"))
            self.copy.hide()

    def opened(self, address: str, *, is_open: bool) -> None:
        """The address went to a browser, or there was none to take it."""
        self._address = address
        self.copy.set_text(self.tr("Copy the address"))
        self.copy.show()
        if not is_open:
            self.show_message(
                self.tr("No browser could be opened. Copy the address and open it yourself."),
                "warn",
            )

    def _copy(self) -> None:
        # Whoever has the address may sign in with it as long as it is waited for.
        clipboard().copy_secret(self._address)
        copied = self.tr("Copied for {seconds} seconds").format(seconds=CLEAR_AFTER_S)
        self.copy.set_text(copied)


class ApprovalForm(StepForm):
    """Another device is to say yes; its phrase must be the one shown here."""

    def __init__(self) -> None:
        super().__init__()
        self.say(
            self.tr("Let another device approve"),
            self.tr(
                "Open Bitwarden where you are signed in. It shows a request from this computer: "
                "approve it only if it has the same phrase."
            ),
            self.tr("Ask again"),
        )
        self._phrase = Label("", "mono_large", wraps=True, is_selectable=True)
        ground = Pane("sunken")
        ground.setLayout(column(self._phrase, margins=(16, 14, 16, 14)))
        self._ground = holder(column(Label(self.tr("Fingerprint phrase"), "medium"), ground, gap=4))
        self.insert(self._ground)
        self.again = self._link(self.tr("Send again"))
        self.again.clicked.connect(self.submitted)
        self.links.addWidget(self.again)
        self.back_button.set_text(self.tr("Cancel"))

    def phrase(self) -> str:
        """As other devices show it: one line."""
        return self._phrase.full_text().replace("\n", "")

    def ask(self) -> None:
        """The request is on its way."""
        self.forget()
        self.show_message("")
        self._ground.hide()
        self.button.hide()
        self.again.hide()
        self.set_busy(self.tr("Asking your other devices…"))

    def wait(self, words: Sequence[str]) -> None:
        """Until another device says yes or the person cancels."""
        # Two lines of at most three words: the longest fit.
        self._phrase.set_text("-".join(words[:3]) + "-\n" + "-".join(words[3:]))
        name_aloud(
            self._phrase, self.tr("Fingerprint phrase: {words}").format(words=" ".join(words))
        )
        self._ground.show()
        self.again.show()
        self.set_busy(self.tr("Waiting for the other device…"))
        self.again.setFocus()

    def show_problem(self, text: str, *, clears: bool) -> None:
        super().show_problem(text, clears=clears)
        self._ground.hide()
        self.again.hide()
        self.button.show()
        self.button.setFocus()

    def forget(self) -> None:
        self._phrase.set_text("")


class WayRow(QAbstractButton):
    """One way in as a line of a list: icon, name, a sentence; greyed it says why instead."""

    def __init__(self, icon: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._sentence = icon, text
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name_aloud(self, title)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._title = Label(title, "medium")
        self._text = Label("", "small", "text2", wraps=True)
        for label in (self._title, self._text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(column(self._title, self._text, gap=2, margins=(52, 12, 16, 12)))
        self.set_blocked("")

    def set_blocked(self, reason: str) -> None:
        self.setEnabled(not reason)
        self._title.set_tone("text3" if reason else "text")
        self._text.set_text(reason or self._sentence)
        explain(self, reason or self._sentence)
        self._keep_height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = self._title.sizeHint().height() + self._text.heightForWidth(width - u(52 + 16))
        return words + u(2 + 12 + 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        """A column of a fixed width asks nobody how high wrapped words are."""
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            high = self.heightForWidth(self.width())
            if high != self.maximumHeight():
                self.setFixedHeight(high)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = smooth_painter(self)
        box = QRectF(self.rect())
        is_hot = self.isEnabled() and (self.underMouse() or self.isDown())
        fill = "sunken" if not self.isEnabled() else "hover" if is_hot else "surface"
        fill_rounded(painter, box, u(10), fill, "line2" if self.isEnabled() else "line")
        if self.hasFocus():
            focus_ring(painter, box.adjusted(3, 3, -3, -3), u(8))
        ink = "accent_text" if self.isEnabled() else "text3"
        paint_icon(painter, self._icon, ink, u(16), self.height() / 2 - u(10), 20)


class WaysForm(StepForm):
    """The ways in beside the master password."""

    chosen = Signal(str)  # browser, device, api_key

    def __init__(self) -> None:
        super().__init__()
        self.say(self.tr("Sign in another way"), "", "")
        self.rows = {
            "browser": WayRow(
                "globe",
                self.tr("Single sign-on"),
                self.tr("Your organization's own sign-in page, in the browser."),
            ),
            "device": WayRow(
                "smartphone",
                self.tr("Let another device approve"),
                self.tr("A phone or computer where you are signed in says yes."),
            ),
            "api_key": WayRow(
                "key-round",
                self.tr("API key"),
                self.tr("For accounts whose second step works in a browser only."),
            ),
        }
        for key, line in self.rows.items():
            line.clicked.connect(lambda _on=False, one=key: self.chosen.emit(one))
            self.insert(line)

    def offer(self, who: str, *, is_known: bool) -> None:
        """For one account; another device can only approve a desk that it was signed in at."""
        self.say(self.title.full_text(), who, "")
        self.rows["device"].set_blocked(
            ""
            if is_known
            else self.tr("Sign in with the master password once; later another device can approve.")
        )

    def focus(self) -> None:
        self.rows["browser"].setFocus()


class RefusedForm(StepForm):
    """This account cannot come in this way: why, and what else lets it in."""

    chosen = Signal(str)  # browser, api_key, recovery

    def __init__(self) -> None:
        super().__init__()
        self.say("", "", "")
        self.details = Label("", "small", "text2", wraps=True, is_selectable=True)
        self.insert(self.details)
        self.more = self._link(self.tr("Details"))
        self.more.clicked.connect(self.details.show)
        self.links.addWidget(self.more)
        self.rows = {
            "browser": WayRow(
                "globe",
                self.tr("Single sign-on"),
                self.tr("Your organization's own sign-in page, in the browser."),
            ),
            "api_key": WayRow(
                "key-round",
                self.tr("API key"),
                self.tr("It needs no second step. The master password opens the keys."),
            ),
            "recovery": WayRow(
                "life-buoy",
                self.tr("Recovery code"),
                self.tr("It switches two-step login off for the whole account."),
            ),
        }
        for key, line in self.rows.items():
            line.clicked.connect(lambda _on=False, one=key: self.chosen.emit(one))
            self.insert(line)

    def explain(self, problem: Explained, ways: Sequence[str], words: str) -> None:
        """`ways` are keys of `rows`; `words` are the server's own, shown on request only (T72)."""
        self.say(problem.title, problem.text, "")
        self.details.set_text(words)
        self.details.hide()
        self.more.setVisible(bool(words))
        for key, line in self.rows.items():
            line.setVisible(key in ways)

    def focus(self) -> None:
        for line in self.rows.values():
            if line.isVisibleTo(self):
                line.setFocus()
                return
        self.back_button.setFocus()
