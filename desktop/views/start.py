"""The first window: three ways in, the sign-in form, and the lock screen of a known desk.

It draws and asks; `views.reception` does. It must appear within a blink, so it imports no room
but `domain` and the typed part of `settings` at run time (a test starts it in a fresh process).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.views.connection_look import waiting_text
from desktop.views.start_parts import (
    FORM_WIDTH,
    Known,
    PasswordForm,
    PetrolPanel,
    WayIn,
    numbered,
)
from desktop.views.theme import u
from desktop.views.widgets.bars import Avatar
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.fields import FormField, Select, TextField
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Pane, ScrollPane, column, holder, row

if TYPE_CHECKING:
    from desktop.views.errors import Explained


class StartPage(QWidget):
    """Cards for a new desk, an unlock form for a known one, a sign-in form for either."""

    practise = Signal(str, str)  # e-mail, password
    sign_in = Signal(str, str, str)  # server (key or address), e-mail, password
    another_way = Signal(str, str)  # server (key or address), e-mail
    another_way_known = Signal(str)  # connection key
    unlock = Signal(str, str)  # connection key, password
    language_chosen = Signal(str)
    answered = Signal(bool)  # the question of `ask` was answered: go on or not
    left = Signal()  # back to the open connections, where `offer_way_back` did

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, Known] = {}
        self._chosen = ""
        self.panel = PetrolPanel(language, self)
        self.panel.chosen.connect(self.choose)
        self.panel.other_asked.connect(self.show_cards)
        self.panel.language_chosen.connect(self.language_chosen)
        self._build_practice()
        self._build_sign_in()
        self._build_unlock()
        self._build_question()
        self._forms = QStackedWidget()
        self._forms.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._invitation = self._invitation_text()
        for form in (self.practice_form, self.sign_in_form, self._invitation):
            self._forms.addWidget(holder(row(form, None)))
        self._welcome = holder(self._welcome_layout())
        self._unlock_page = holder(
            column(
                None,
                row(None, self.unlock_form, None),
                None,
                row(None, self._footer, None),
                24,
            )
        )
        self._question_page = holder(column(None, row(None, self._question, None), None))
        self._steps: dict[QWidget, QWidget] = {}
        self._pages = QStackedWidget()
        for page in (self._welcome, self._unlock_page, self._question_page):
            self._pages.addWidget(page)
        self._before_question: QWidget = self._welcome
        self._before_steps: QWidget = self._welcome
        ground = Pane("surface")
        ground.setLayout(column(ScrollPane(self._pages)))
        self.setLayout(row(self.panel, ground, gap=0))
        self.show_cards()

    # --- building --------------------------------------------------------------------------

    def _welcome_layout(self) -> QVBoxLayout:
        self._cards = {
            "practise": WayIn(
                "graduation-cap",
                self.tr("Practise"),
                self.tr("An example provider on this computer. No account is needed."),
            ),
            "sign_in": WayIn(
                "log-in",
                self.tr("Sign in"),
                self.tr("With the Bitwarden account you use for the Provider Portal."),
            ),
            "invitation": WayIn(
                "mail-open",
                self.tr("I have an invitation"),
                self.tr("A provider invited you and you have not accepted yet."),
            ),
        }
        group = QButtonGroup(self)
        for number, (key, card) in enumerate(self._cards.items()):
            card.setObjectName(f"card_{key}")
            group.addButton(card, number)
            card.clicked.connect(lambda _on, index=number: self._show_form(index))
        self._cards["practise"].setChecked(True)
        self._heading = Label("", "title")
        self._subheading = Label("", "body", "text2", wraps=True)
        self._say_where(adds=False)
        return column(
            None,
            self._heading,
            self._subheading,
            12,
            row(*self._cards.values(), gap=16),
            20,
            self._forms,
            None,
            gap=6,
            margins=(48, 32, 48, 32),
        )

    def _build_practice(self) -> None:
        self.practice_email = TextField(self.tr("Practice account"))
        self.practice_password = TextField(self.tr("Master password"), is_password=True)
        self._practice_password_field = FormField(
            self.tr("Master password"), self.practice_password, hint=" "
        )
        self.practice_form = PasswordForm(
            self.tr("Start practising"),
            FormField(self.tr("Practice account"), self.practice_email),
            self._practice_password_field,
        )
        self.practice_form.submitted.connect(
            lambda: self.practise.emit(self.practice_email.text(), self.practice_password.text())
        )

    def _build_sign_in(self) -> None:
        self.server = Select(
            self.tr("Server"),
            [
                ("us", "bitwarden.com"),
                ("eu", "bitwarden.eu"),
                ("own", self.tr("Self-hosted server…")),
            ],
        )
        self.address = TextField(self.tr("Address of the server"), placeholder="https://")
        self._address_field = FormField(
            self.tr("Address of the server"), self.address, hint=self.tr("As in the web vault.")
        )
        self._address_field.hide()
        self.server.currentIndexChanged.connect(
            lambda _index: self._address_field.setVisible(self.server.key() == "own")
        )
        self.email = TextField(self.tr("E-mail address"))
        self.password = TextField(self.tr("Master password"), is_password=True)
        self.sign_in_form = PasswordForm(
            self.tr("Sign in"),
            FormField(self.tr("Server"), self.server),
            self._address_field,
            FormField(self.tr("E-mail address"), self.email),
            FormField(
                self.tr("Master password"),
                self.password,
                hint=self.tr("It never leaves this computer."),
            ),
        )
        self.sign_in_form.submitted.connect(self._sign_in)
        self.other_ways = self._other_ways(self.sign_in_form)
        self.other_ways.clicked.connect(self._another_way)
        self.way_back = Button(self.tr("Back to the open connections"), "link", icon="arrow-left")
        self.way_back.clicked.connect(self.left)
        self.way_back.hide()
        self.sign_in_form.add_way_out(self.way_back)

    def _other_ways(self, form: PasswordForm) -> Button:
        link = Button(self.tr("Sign in another way…"), "link")
        form.add_way_out(link)
        return link

    def _sign_in(self) -> None:
        if self._is_filled(with_password=True):
            self.sign_in.emit(self._server(), self.email.text().strip(), self.password.text())

    def _another_way(self) -> None:
        if self._is_filled(with_password=False):
            self.another_way.emit(self._server(), self.email.text().strip())

    def _server(self) -> str:
        key = self.server.key()
        return self.address.text().strip() if key == "own" else key

    def _is_filled(self, *, with_password: bool) -> bool:
        missing = (
            self.tr("Type the address of the server first.")
            if not self._server()
            else self.tr("Type your e-mail address first.")
            if not self.email.text().strip()
            else self.tr("Type your master password first.")
            if with_password and not self.password.text()
            else ""
        )
        self.sign_in_form.show_message(missing)
        return not missing

    def _build_unlock(self) -> None:
        self.unlock_password = TextField(self.tr("Master password"), is_password=True)
        self._avatar = Avatar("", "", 56, is_person=True)
        self._who = Label("", "title")
        self._where = Label("", "body", "text2")
        self._unlock_field = FormField(self.tr("Master password"), self.unlock_password)
        self.unlock_password.textEdited.connect(lambda _text: self._unlock_field.clear_problem())
        self.unlock_form = PasswordForm(self.tr("Unlock"), self._unlock_field)
        layout = self.unlock_form.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, self._avatar)
            layout.insertSpacing(1, u(8))
            layout.insertWidget(2, self._who)
            layout.insertWidget(3, self._where)
            layout.insertSpacing(4, u(16))
        self._footer = IconText("cloud-off", "", "text2", "small")
        self.unlock_other_ways = self._other_ways(self.unlock_form)
        self.unlock_other_ways.clicked.connect(lambda: self.another_way_known.emit(self._chosen))
        self.unlock_form.submitted.connect(
            lambda: self.unlock.emit(self._chosen, self.unlock_password.text())
        )

    def _build_question(self) -> None:
        self._question_title = Label("", "title", wraps=True)
        self._question_text = Label("", "body", "text2", wraps=True)
        self._accept = Button("", "plain")
        self._accept.clicked.connect(lambda: self._answer(accepted=True))
        self._refuse = Button(self.tr("Cancel"), "primary")
        self._refuse.clicked.connect(lambda: self._answer(accepted=False))
        self._question = QWidget()
        self._question.setMinimumWidth(u(FORM_WIDTH))
        self._question.setMaximumWidth(u(480))
        self._question.setLayout(
            column(
                self._question_title,
                self._question_text,
                16,
                row(None, self._accept, self._refuse),
                gap=8,
            )
        )

    def _invitation_text(self) -> QWidget:
        steps = (
            self.tr("Open the link in the invitation; it works for five days."),
            self.tr("Sign in there, or create an account with the address it was sent to."),
            self.tr("Wait until a provider admin has compared your phrase and confirmed you."),
            self.tr("Then choose Sign in here."),
        )
        lines = [numbered(number, text) for number, text in enumerate(steps, 1)]
        go_on = Button(self.tr("I am confirmed, sign in"), "primary")
        go_on.clicked.connect(self._to_sign_in)
        box = QWidget()
        box.setMinimumWidth(u(FORM_WIDTH))
        box.setMaximumWidth(u(FORM_WIDTH + 96))
        box.setLayout(column(*lines, 12, row(go_on, None), gap=8))
        return box

    def _to_sign_in(self) -> None:
        self._cards["sign_in"].click()

    # --- what is shown ---------------------------------------------------------------------

    def _show_form(self, index: int) -> None:
        self._forms.setCurrentIndex(index)
        self._focus_field()

    def _focus_field(self) -> None:
        match self._forms.currentIndex():
            case 0:
                self.practice_password.setFocus()
            case 1:
                (self.password if self.email.text() else self.email).setFocus()

    def show_cards(self) -> None:
        self._pages.setCurrentWidget(self._welcome)
        self._focus_field()

    def show_sign_in(self) -> None:
        """The cards with the second one chosen."""
        self._pages.setCurrentWidget(self._welcome)
        self._to_sign_in()

    def offer_way_back(self, *, is_offered: bool) -> None:
        """While connections stand open behind this page, it can be left, and is for one more of
        them only.
        """
        self.way_back.setVisible(is_offered)
        for card in self._cards.values():
            card.setVisible(not is_offered)
        self._say_where(adds=is_offered)

    def _say_where(self, *, adds: bool) -> None:
        self._heading.set_text(
            self.tr("Add a connection") if adds else self.tr("Where do you want to start?")
        )
        self._subheading.set_text(
            self.tr("The connections that are open stay as they are.")
            if adds
            else self.tr("Practising changes nothing anywhere; you can sign in later.")
        )

    def show_way_in(self) -> None:
        """Back to where this person comes in: the lock screen of a known desk, else the cards."""
        if self._chosen:
            self.choose(self._chosen)
        else:
            self.show_cards()

    def set_known(self, known: tuple[Known, ...], chosen: str) -> None:
        """The connections of this desk; with any of them the lock screen is shown."""
        self._known = {one.key: one for one in known}
        if chosen not in self._known:
            # The one that was chosen before, else the first.
            chosen = self._chosen if self._chosen in self._known else next(iter(self._known), "")
        self._chosen = chosen
        self.panel.set_known(known, chosen)
        self._unlock_field.set_hint(
            self.tr("It is tried on your other connections too, on this computer only.")
            if len(known) > 1
            else ""
        )
        self.show_way_in()

    def choose(self, key: str) -> None:
        known = self._known[key]
        self._chosen = key
        self._avatar.set_avatar(known.email, known.label)
        self._who.set_text(known.label)
        self._where.set_text(f"{known.email} · {known.host}")
        last = (
            self.tr("Last synced {when}. Opens without a connection too.").format(
                when=known.last_seen
            )
            if known.last_seen
            else self.tr("Opens without a connection too.")
        )
        if known.waiting_run:
            self._footer.set_content("circle-pause", waiting_text(known.label))
        else:
            self._footer.set_content("cloud-off", last)
        self.unlock_form.show_message("")
        self._unlock_field.clear_problem()
        self.unlock_password.clear()
        self._pages.setCurrentWidget(self._unlock_page)
        self.unlock_password.setFocus()

    def set_practice_account(self, email: str, password: str) -> None:
        """Fills the practice account in and writes it beside the fields."""
        self.practice_email.setText(email)
        self.practice_password.setText(password)
        self._practice_password_field.set_hint(
            self.tr("Practice password: {password}").format(password=password)
        )
        self.practice_form.set_busy("")
        if self._pages.currentWidget() is self._welcome and self._forms.currentIndex() == 0:
            self.practice_password.setFocus()

    def add_step(self, step: QWidget) -> None:
        """One more question on the way in, which `show_step` brings."""
        place = holder(column(None, row(None, step, None), None, margins=(32, 24, 32, 24)))
        self._steps[step] = place
        self._pages.addWidget(place)

    def show_step(self, step: QWidget) -> None:
        self._pages.setCurrentWidget(self._steps[step])

    def leave_steps(self) -> None:
        """Back to the form that the way in began with; what was typed there is kept."""
        if self._pages.currentWidget() in (*self._steps.values(), self._question_page):
            self._pages.setCurrentWidget(self._before_steps)
        if self._before_steps is self._unlock_page:
            self.unlock_password.setFocus()
        else:
            self._focus_field()

    def begin_steps(self) -> None:
        """Whatever is shown now is where `leave_steps` leads back to."""
        if self._pages.currentWidget() in {self._welcome, self._unlock_page}:
            self._before_steps = self._pages.currentWidget() or self._welcome

    def ask(self, title: str, text: str, accept: str) -> None:
        """A question whose safe answer is Cancel; `answered` brings the result."""
        self._before_question = self._pages.currentWidget() or self._welcome
        self._question_title.set_text(title)
        self._question_text.set_text(text)
        self._accept.set_text(accept)
        self._pages.setCurrentWidget(self._question_page)
        self._refuse.setFocus()

    def _answer(self, *, accepted: bool) -> None:
        self._pages.setCurrentWidget(self._before_question)
        self.answered.emit(accepted)

    def form(self) -> PasswordForm:
        """The form a person is looking at."""
        page = self._pages.currentWidget()
        if page is self._unlock_page:
            return self.unlock_form
        return (self.practice_form, self.sign_in_form, self.sign_in_form)[
            self._forms.currentIndex()
        ]

    def set_busy(self, text: str) -> None:
        self.form().set_busy(text)

    def show_problem(self, problem: Explained) -> None:
        """Says what went wrong where it happened; a wrong password is cleared, the rest kept."""
        form = self.form()
        form.set_busy("")
        form.show_message(problem.sentence)
        if form is self.unlock_form:
            self.unlock_password.clear()
            self.unlock_password.setFocus()

    def show_wrong_password(self) -> None:
        """What was typed at the lock screen fits nothing; the next try may come at once."""
        self.unlock_form.set_busy("")
        self.unlock_password.clear()
        self._unlock_field.set_problem(
            self.tr("This password opens none of your connections.")
            if len(self._known) > 1
            else self.tr("This password does not open the connection.")
        )
        self.unlock_password.setFocus()

    def forget_passwords(self) -> None:
        """Empties every secret field, once it was used."""
        for field in (self.practice_password, self.password, self.unlock_password):
            field.clear()
