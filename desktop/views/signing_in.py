"""One sign-in through the window: every question of the services becomes a form.

It starts no second attempt by itself (T40), and no secret outlives the question it answered (T80).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain import errors
from desktop.domain.records import Kdf
from desktop.views.certificate import CertificateForm
from desktop.views.dialogs import ask_open_file
from desktop.views.errors import Explained, explain
from desktop.views.jobs import Jobs
from desktop.views.start import StartPage
from desktop.views.start_parts import PasswordForm
from desktop.views.start_steps import (
    ApiKeyForm,
    ApprovalForm,
    BrowserForm,
    DeviceCodeForm,
    KeysForm,
    RecoveryForm,
    RefusedForm,
    SecondStepForm,
    StepForm,
    WaysForm,
    end_of_browser,
)

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.domain.authority import Authority
    from desktop.services.desk import Desk
    from desktop.services.entrance import SignIn

_Work = Coroutine[Any, Any, "Desk"]
_Form = TypeVar("_Form", bound=StepForm)
# Not a matter of what was typed: this account cannot come in this way.
_REFUSALS = (
    errors.TwoStepUnsupported,
    errors.SignInUnsupported,
    errors.ClientTooOld,
    errors.AccountBlocked,
    errors.AccountDowngraded,
)
_WRONG = (errors.WrongPassword, errors.WrongTwoStepCode, errors.WrongApiKey)


class SigningIn(QObject):
    """From a password or another way to an open desk. One attempt at a time."""

    entered = Signal(object)  # Desk

    def __init__(
        self, page: StartPage, open_browser: Callable[[str], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._open_browser = open_browser
        self._forms: dict[type[StepForm], StepForm] = {}
        # None: the form of the start page that it all began with.
        self._form: StepForm | None = None
        self._first: StepForm | None = None
        self._before_recovery: type[StepForm] = SecondStepForm
        self._is_listed = False
        self._began_with: PasswordForm | None = None
        self._attempt: SignIn | None = None
        self._task: asyncio.Task[Any] | None = None
        self._again: Callable[[], _Work] | None = None
        self._accept: Callable[[], None] | None = None
        self._judged: Authority | None = None
        self._before_certificate: StepForm | None = None
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self._failed)
        page.answered.connect(self._answered)
        page.panel.chosen.connect(lambda _key: self.drop())
        page.panel.other_asked.connect(self.drop)

    # --- the ways in ------------------------------------------------------------------------

    def with_password(self, attempt: SignIn, password: str) -> None:
        self._begin(attempt)
        self._page.set_busy(self.tr("Signing in…"))
        self._work(partial(attempt.with_password, password), keeps=True)

    def another_way(self, attempt: SignIn, host: str) -> None:
        """The list of the other ways, for the account of `attempt`."""
        self._begin(attempt)
        self._is_listed = True
        form = self.form(WaysForm)
        form.offer(f"{attempt.email} · {host}", is_known=attempt.is_known_here)
        self._show(form)

    def _way_chosen(self, way: str) -> None:
        match way:
            case "browser":
                self._first = self._show(self.form(BrowserForm))
            case "device":
                self._first = self._show(self.form(ApprovalForm))
                self._ask_device()
            case "api_key":
                self._first = self._show(self.form(ApiKeyForm))
            case "recovery":
                self._show(self.form(RecoveryForm))

    def _api_key(self) -> None:
        form, attempt = self.form(ApiKeyForm), self._attempt
        missing = form.missing()
        form.show_message(missing)
        if missing or attempt is None:
            return
        given = form.client_id.text(), form.secret.text(), form.password.text()
        form.set_busy(self.tr("Signing in…"))
        # The server has taken the key when a question comes: the password alone goes on.
        self._work(partial(attempt.with_api_key, *given), keeps=False)
        self._again = partial(attempt.with_master_password, given[2])

    def _browse(self) -> None:
        form, attempt = self.form(BrowserForm), self._attempt
        organization = form.organization.text().strip()
        if not organization or attempt is None:
            form.show_problem(self.tr("Type the organization identifier first."), clears=False)
            return
        form.wait()
        page = end_of_browser()
        self._work(lambda: attempt.with_browser(organization, self._open, page=page), keeps=False)

    def _open(self, address: str) -> None:
        self.form(BrowserForm).opened(address, is_open=self._open_browser(address))

    def _ask_device(self) -> None:
        attempt = self._attempt
        if attempt is None:
            return
        self.form(ApprovalForm).ask()
        former, self._task = self._task, None
        self._again = None

        async def ask() -> tuple[str, ...]:
            await _ended(former)
            return await attempt.ask_device()

        self._task = self.jobs.start(ask(), self._device_asked)

    def _device_asked(self, words: tuple[str, ...]) -> None:
        if self._attempt is not None:
            self.form(ApprovalForm).wait(words)
            self._task = self.jobs.start(self._attempt.with_approval(), self._enter)

    # --- answers to questions ---------------------------------------------------------------

    def _code(self) -> None:
        form, attempt = self.form(SecondStepForm), self._attempt
        fields = form.fields
        if not fields.typed or attempt is None:
            fields.ask_for_code()
            return
        given = fields.method, fields.typed
        remember = fields.remember.isChecked()
        form.show_message("")
        form.set_busy(self.tr("Checking the code…"))
        self._work(lambda: attempt.with_code(*given, remember=remember), keeps=False)

    def _mail_code(self) -> None:
        form, attempt = self.form(SecondStepForm), self._attempt
        if attempt is not None:
            form.show_message("")
            form.set_busy(self.tr("Asking for the mail…"))
            self._task = self.jobs.start(
                attempt.send_email_code(), lambda _none: self._mailed(form)
            )

    def _mailed(self, form: SecondStepForm) -> None:
        form.set_busy("")
        form.fields.mail_sent()

    def _device_code(self) -> None:
        form, attempt = self.form(DeviceCodeForm), self._attempt
        code = form.code.text().strip()
        if not code or attempt is None:
            form.show_problem(self.tr("Type the code first."), clears=False)
            return
        form.show_message("")
        form.set_busy(self.tr("Checking the code…"))
        self._work(partial(attempt.with_device_code, code), keeps=False)

    def _resend(self) -> None:
        form, attempt = self.form(DeviceCodeForm), self._attempt
        if attempt is not None:
            form.show_message("")
            form.set_busy(self.tr("Asking for the mail…"))
            self._task = self.jobs.start(
                attempt.resend_device_code(), lambda _none: self._resent(form)
            )

    def _resent(self, form: DeviceCodeForm) -> None:
        form.set_busy("")
        form.show_message(
            self.tr("A new code is on its way. The one before it does not work any more."), "text2"
        )
        form.focus()

    def _recover(self) -> None:
        form, attempt = self.form(RecoveryForm), self._attempt
        code = form.code.text().strip()
        if not code or attempt is None:
            form.show_problem(self.tr("Type the recovery code first."), clears=False)
            return
        form.show_message("")
        form.set_busy(self.tr("Checking the code…"))
        self._work(partial(attempt.with_recovery_code, code), keeps=False)

    def _open_keys(self) -> None:
        form, attempt = self.form(KeysForm), self._attempt
        password = form.password.text()
        if not password or attempt is None:
            form.show_problem(self.tr("Type your master password first."), clears=False)
            return
        form.show_message("")
        form.set_busy(self.tr("Opening your keys…"))
        self._work(partial(attempt.with_master_password, password), keeps=True)

    def _answered(self, accepted: bool) -> None:
        """To the question whether other settings than the known ones are to be used."""
        accept, self._accept = self._accept, None
        again, self._again = self._again, None
        if not accepted or accept is None or again is None:
            self.leave()
            return
        accept()
        self._set_busy(self.tr("Signing in…"))
        self._work(again, keeps=True)

    # --- coming and going -------------------------------------------------------------------

    @property
    def is_going(self) -> bool:
        return self._attempt is not None

    def leave(self) -> None:
        """Back to where it began, with nothing derived kept."""
        self._page.leave_steps()
        self.drop()

    def drop(self) -> None:
        """Ends the attempt, whatever it is waiting for."""
        attempt, self._attempt = self._attempt, None
        task, self._task = self._task, None
        self._again = self._accept = self._judged = None
        self._form = self._first = self._before_certificate = None
        self.forget()
        if self._began_with is not None:
            self._began_with.set_busy("")
        if attempt is not None:
            self.jobs.start(_let_go(task, attempt))

    def forget(self) -> None:
        """Empties every secret field."""
        for form in self._forms.values():
            form.forget()

    def _begin(self, attempt: SignIn) -> None:
        self.drop()
        self._page.begin_steps()
        self._began_with = self._page.form()
        self._is_listed = False
        self._attempt = attempt

    def _back(self) -> None:
        """One step back; from a wait back to the question before it."""
        form, first = self._form, self._first
        if isinstance(form, BrowserForm) and self._stop_waiting():
            form.set_busy("")
            form.focus()
        elif isinstance(form, RecoveryForm) and self._before_recovery in self._forms:
            self._stop_waiting()
            self._show(self._forms[self._before_recovery])
        elif form is not None and form is first and self._is_listed:
            self._stop_waiting()
            self._first = None
            self._show(self.form(WaysForm))
        else:
            self.leave()

    def _stop_waiting(self) -> bool:
        """Whether something was at work, which now is not."""
        task, self._task = self._task, None
        is_at_work = task is not None and not task.done()
        if task is not None:
            task.cancel()
        return is_at_work

    def _work(self, work: Callable[[], _Work], *, keeps: bool) -> None:
        """`keeps` it for a question about its settings, and until that question only (T80)."""
        self._again = work if keeps else None
        self._task = self.jobs.start(work(), self._enter)

    def _enter(self, desk: Desk) -> None:
        if self._attempt is None:
            # Dropped in the moment that it opened.
            self.jobs.start(desk.lock())
            return
        self._attempt = self._task = self._again = self._accept = None
        self._form = self._first = None
        self.forget()
        self._set_busy("")
        self.entered.emit(desk)

    # --- what is shown ----------------------------------------------------------------------

    def form(self, kind: type[_Form]) -> _Form:
        """The one form of a kind, made when it is first needed."""
        found = self._forms.get(kind)
        if isinstance(found, kind):
            return found
        made = kind()
        self._forms[kind] = made
        made.back.connect(self._back)
        self._connect(made)
        self._page.add_step(made)
        return made

    def _connect(self, form: StepForm) -> None:
        submits: dict[type[StepForm], Callable[[], None]] = {
            SecondStepForm: self._code,
            DeviceCodeForm: self._device_code,
            RecoveryForm: self._recover,
            KeysForm: self._open_keys,
            ApiKeyForm: self._api_key,
            BrowserForm: self._browse,
            ApprovalForm: self._ask_device,
        }
        if isinstance(form, CertificateForm):
            form.trusted.connect(self._trust)
            form.file_asked.connect(self._choose_certificate)
        submit = submits.get(type(form))
        if submit is not None:
            form.submitted.connect(submit)
        match form:
            case SecondStepForm():
                form.fields.code_wanted.connect(self._mail_code)
                form.recovery_asked.connect(partial(self._to_recovery, SecondStepForm))
            case DeviceCodeForm():
                form.resend_asked.connect(self._resend)
            case WaysForm():
                form.chosen.connect(self._way_chosen)
            case RefusedForm():
                form.chosen.connect(self._way_chosen)

    def _to_recovery(self, before: type[StepForm]) -> None:
        self._before_recovery = before
        self._show(self.form(RecoveryForm))

    def _show(self, form: StepForm) -> StepForm:
        self.forget()
        form.start()
        self._form = form
        self._page.show_step(form)
        form.focus()
        return form

    def _set_busy(self, text: str) -> None:
        if self._form is None:
            self._page.set_busy(text)
        else:
            self._form.set_busy(text)

    def _failed(self, error: errors.ClavigerError) -> None:
        attempt = self._attempt
        if attempt is None:
            return  # it was dropped meanwhile
        self._set_busy("")
        if isinstance(error, errors.SaltDiffers | errors.KdfWeakened) and self._asks(error):
            return
        if isinstance(error, errors.UntrustedCertificate) and attempt.may_trust:
            self._look(error)
            return
        if isinstance(error, errors.BadFile) and isinstance(self._form, CertificateForm):
            self._form.show_problem(
                self.tr("This file does not hold exactly one certificate."), clears=False
            )
            return
        self._again = None
        match error:
            case errors.TwoStepRequired(methods=methods):
                self._ask_second_step(methods)
            case errors.NewDeviceCodeRequired():
                self._show(self.form(DeviceCodeForm))
            case errors.MasterPasswordRequired():
                self._ask_password("")
            case errors.WrongPassword() if isinstance(self._form, ApiKeyForm | KeysForm):
                # The server has said yes; the word that is wrong has stayed here.
                self._ask_password(self.tr("This master password does not open your keys."))
            case _ if isinstance(error, _REFUSALS):
                self._refuse(error)
            case _:
                self._say(error, attempt)

    def _asks(self, error: errors.SaltDiffers | errors.KdfWeakened) -> bool:
        """Puts the question whether to go on; not where nothing could go on."""
        attempt, said = self._attempt, explain(error)
        if self._again is None or attempt is None:
            return False
        if isinstance(error, errors.SaltDiffers):
            self._accept = partial(attempt.accept_salt, error.given)
            self._page.ask(said.title, said.text, self.tr("Use the server's salt"))
            return True
        if isinstance(error.given, Kdf):
            self._accept = partial(attempt.accept_kdf, error.given)
            self._page.ask(said.title, said.text, self.tr("Use the weaker settings"))
            return True
        return False

    # --- a certificate that nobody knows ----------------------------------------------------

    def _look(self, error: errors.UntrustedCertificate) -> None:
        """Shows what the server shows, and what to compare it with."""
        attempt = self._attempt
        if attempt is None:
            return
        self._set_busy(self.tr("Looking at the certificate…"))
        self._task = self.jobs.start(
            attempt.shown_authority(),
            lambda found: self._judge(found, error),
            lambda problem: self._say(problem, attempt),
        )

    def _judge(self, found: Authority | None, error: errors.UntrustedCertificate) -> None:
        attempt = self._attempt
        if attempt is None:
            return
        self._set_busy("")
        if found is None:
            self._again = None
            self._say(error, attempt)
            return
        form = self.form(CertificateForm)
        self._judged = found
        form.explain(found, attempt.known_authority, error.host)
        if self._form is not form:
            self._before_certificate = self._form
            self._show(form)
        form.focus()

    def _choose_certificate(self) -> None:
        form = self.form(CertificateForm)
        kinds = self.tr("Certificates (*.pem *.crt *.cer *.der)")
        asked = ask_open_file(form, self.tr("Choose a certificate"), kinds)
        self.jobs.start(asked, self._read_certificate)

    def _read_certificate(self, path: Path | None) -> None:
        attempt = self._attempt
        if path is not None and attempt is not None:
            self.jobs.start(attempt.authority_in(path), self._file_read)

    def _file_read(self, found: Authority) -> None:
        attempt = self._attempt
        if attempt is not None:
            self._judged = found
            form = self.form(CertificateForm)
            form.explain(found, attempt.known_authority, attempt.host)
            form.focus()

    def _trust(self) -> None:
        """The fingerprint was compared: on with what was asked, or back to where it was asked."""
        attempt, authority, again = self._attempt, self._judged, self._again
        if attempt is None or authority is None:
            return
        if again is None:
            self.jobs.start(attempt.trust(authority), lambda _none: self._after_trust())
            return

        async def go_on() -> Desk:
            await attempt.trust(authority)
            return await again()

        self._set_busy(self.tr("Signing in…"))
        self._work(go_on, keeps=True)

    def _after_trust(self) -> None:
        before = self._before_certificate
        if before is None:
            self.leave()
            return
        self._show(before).show_message(self.tr("The server is trusted now. Try again."), "text2")

    def _ask_second_step(self, methods: tuple[int, ...]) -> None:
        form = self.form(SecondStepForm)
        self._show(form)
        form.fields.offer(methods)

    def _ask_password(self, problem: str) -> None:
        if isinstance(self._form, BrowserForm):
            # The browser is in front of us.
            self._page.window().raise_()
            self._page.window().activateWindow()
        form = self.form(KeysForm)
        if self._form is not form:
            self._show(form)
        if problem:
            form.show_problem(problem, clears=True)

    def _refuse(self, error: errors.ClavigerError) -> None:
        ways = list(error.ways) if hasattr(error, "ways") else []
        said = explain(error)
        words = said.details if isinstance(error, errors.AccountBlocked) else ""
        if isinstance(error, errors.TwoStepUnsupported):
            ways.append("recovery")
            self._before_recovery = RefusedForm
        if isinstance(error, errors.SignInUnsupported) and error.organization:
            self.form(BrowserForm).organization.setText(error.organization)
        form = self.form(RefusedForm)
        form.explain(said, ways, words)
        self._show(form)

    def _say(self, error: errors.ClavigerError, attempt: SignIn) -> None:
        """Where it happened; where what came before is lost, at the first question."""
        problem, clears = self._in_words(error), isinstance(error, _WRONG)
        form = self._form
        if form is not None and form is not self._first and not attempt.goes_on:
            form = self._form = self._first
            if form is None:
                self._page.leave_steps()
            else:
                self._show(form)
        if form is None:
            self._page.show_problem(problem)
        else:
            form.show_problem(problem.sentence, clears=clears)

    def _in_words(self, error: errors.ClavigerError) -> Explained:
        if type(error) is errors.OutcomeUnknown:
            # Of a sign-in nothing can be left half done.
            return Explained(
                self.tr("The server's answer did not arrive."),
                self.tr("Nothing was opened. Try again."),
            )
        return explain(error)


async def _ended(task: asyncio.Task[Any] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.wait({task})


async def _let_go(task: asyncio.Task[Any] | None, attempt: SignIn) -> None:
    await _ended(task)
    await attempt.abandon()
