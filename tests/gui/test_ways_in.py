"""Every way into an account, through the window: each ends in the Clients table or says why not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.enums import TwoFactorMethod
from desktop.practice import yubikey
from desktop.services import browser_way
from desktop.services import sign_in as ways
from desktop.views.sign_in_again import SignInAgainDialog
from desktop.views.start_steps import (
    ApiKeyForm,
    ApprovalForm,
    BrowserForm,
    DeviceCodeForm,
    KeysForm,
    RecoveryForm,
    RefusedForm,
    SecondStepForm,
    WaysForm,
)
from tests.browser import Browser
from tests.gui.desk import Gui
from tests.gui.test_way_in import answered, fill_sign_in, no_network, step
from tests.practice_process import PracticeHandle, practice_server

ORGANIZATION = "havenlicht"


@pytest.fixture(scope="module")
def gui_server() -> Iterator[PracticeHandle]:
    """Of its own: what accounts have here is put back after each test."""
    with practice_server("--clock", "50") as handle:
        handle.ways(handle.account("provider_admin")["email"])
        handle.post("keep", {})
        yield handle


@pytest.fixture(autouse=True)
def as_it_was(gui_server: PracticeHandle) -> Iterator[None]:
    yield
    gui_server.script()
    gui_server.post("put-back", {})


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines of minutes, as a busy computer needs them; the clock here is 400 times as fast."""
    monkeypatch.setattr(browser_way, "BROWSER_DEADLINE_S", 30_000.0)
    monkeypatch.setattr(ways, "APPROVAL_DEADLINE_S", 30_000.0)


class Person:
    """Alice at the window, with the account that the practice server gave her."""

    def __init__(self, gui: Gui) -> None:
        account = gui.server.account("provider_admin")
        self.gui = gui
        self.email: str = account["email"]
        self.password: str = account["password"]

    async def signs_in(self) -> None:
        await fill_sign_in(self.gui, self.email, self.password)

    async def wants_another_way(self, way: str) -> None:
        """From the sign-in form through the list of ways, by keyboard."""
        page = await fill_sign_in(self.gui, self.email, "")
        await self.gui.hand.click(page.other_ways)
        form = await step(self.gui, WaysForm)
        assert self.email in form.text.full_text()
        await self.gui.hand.press(form.rows[way], Qt.Key.Key_Return)

    async def locks(self) -> None:
        self.gui.workplace.lock()
        await self.gui.until("the lock screen", lambda: self.gui.workplace.shell is None)

    def mails(self, kind: str) -> int:
        return sum(one["kind"] == kind for one in self.gui.server.mails())


def said_by(form: SecondStepForm | QWidget) -> str:
    message = getattr(form, "message")  # noqa: B009 - of any form
    return str(message.label.full_text()) if message.isVisible() else ""


def test_a_code_by_mail_is_sent_on_request_and_again(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        gui.server.ways(alice.email, twoStep=[1])
        await alice.signs_in()
        form = await step(gui, SecondStepForm)
        assert form.fields.method == TwoFactorMethod.EMAIL
        before = alice.mails("two_step_code")
        assert gui.hand._focus() is form.fields.send_button
        await gui.hand.press(form.fields.send_button, Qt.Key.Key_Space)
        await gui.until("the mail", lambda: gui.hand._focus() is form.fields.code)
        assert alice.mails("two_step_code") == before + 1
        await gui.hand.enter()
        assert "Type the code first" in form.fields.code_field.below_text()
        await gui.hand.write(form.fields.code, "000000")
        await gui.hand.enter()
        await gui.until("an answer", lambda: "not right" in form.fields.code_field.below_text())
        assert form.fields.code.text() == ""
        await gui.hand.click(form.fields.send_button)
        await gui.until("the second mail", lambda: alice.mails("two_step_code") == before + 2)
        await gui.until("the field", form.fields.code.isEnabled)
        await gui.hand.write(form.fields.code, gui.server.mailed_code(alice.email))
        await gui.hand.enter()
        await gui.clients_shown()
        assert form.fields.code.text() == ""

    gui.run(go())


def test_a_yubikey_is_the_best_and_this_computer_is_remembered(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        made = gui.server.ways(alice.email, twoStep=[1, 3, 7])
        await alice.signs_in()
        form = await step(gui, SecondStepForm)
        fields = form.fields
        assert fields.method == TwoFactorMethod.YUBIKEY
        assert gui.hand._focus() is fields.code
        passkey = fields._radios[int(TwoFactorMethod.WEBAUTHN)]
        assert not passkey.isEnabled()
        assert passkey.toolTip()
        gui.window.activateWindow()
        await gui.until("the window", gui.window.isActiveWindow)
        fields._radios[int(TwoFactorMethod.YUBIKEY)].setFocus()
        await gui.hand.press(fields._radios[int(TwoFactorMethod.YUBIKEY)], Qt.Key.Key_Down)
        assert fields.method == TwoFactorMethod.EMAIL
        mail = fields._radios[int(TwoFactorMethod.EMAIL)]
        assert gui.hand._focus() is mail
        await gui.hand.press(mail, Qt.Key.Key_Up)
        assert fields.method == TwoFactorMethod.YUBIKEY
        await gui.hand.click(mail)
        assert gui.hand._focus() is fields.send_button
        await gui.hand.click(fields._radios[int(TwoFactorMethod.YUBIKEY)])
        assert gui.hand._focus() is fields.code
        await gui.hand.press(fields.remember, Qt.Key.Key_Space)
        await gui.hand.write(fields.code, yubikey.press(made["yubikey"], 1))
        await gui.hand.enter()
        await gui.clients_shown()
        await alice.locks()
        await alice.signs_in()
        # No question this time.
        await gui.clients_shown()

    gui.run(go())


def test_t17_duo_and_passkeys_are_refused_and_a_recovery_code_names_its_price(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        made = gui.server.ways(alice.email, twoStep=[2, 7])
        await alice.signs_in()
        refused = await step(gui, RefusedForm)
        assert "in a browser only" in refused.title.full_text()
        shown = {key for key, line in refused.rows.items() if line.isVisible()}
        assert shown == {"api_key", "recovery"}
        assert gui.hand._focus() is refused.rows["api_key"]
        await gui.hand.press(refused.rows["recovery"], Qt.Key.Key_Return)
        form = await step(gui, RecoveryForm)
        assert "two-step login off" in form.button.full_text()
        await gui.hand.write(form.code, "0" * 32)
        await gui.hand.enter()
        assert "not right" in await answered(gui, form)
        await gui.hand.press(form.code, Qt.Key.Key_Escape)
        await step(gui, RefusedForm)
        await gui.hand.click(refused.rows["recovery"])
        await gui.hand.write(form.code, made["recoveryCode"].upper())
        await gui.hand.enter()
        await gui.clients_shown()
        await alice.locks()
        await alice.signs_in()
        await gui.clients_shown()

    gui.run(go())


def test_a_new_computer_asks_for_the_mailed_code_and_mails_it_again(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        # From the other profile: an account without any device is asked for nothing.
        await gui.enter()
        await alice.locks()
        gui.server.ways(alice.email, newDeviceCodes=True)
        gui.server.advance(86_401)
        await alice.signs_in()
        form = await step(gui, DeviceCodeForm)
        await gui.hand.write(form.code, "000000")
        await gui.hand.enter()
        assert "not right" in await answered(gui, form)
        before = alice.mails("new_device_code")
        await gui.hand.click(form.resend)
        await gui.until("the mail", lambda: "on its way" in said_by(form))
        assert alice.mails("new_device_code") == before + 1
        await gui.hand.write(form.code, gui.server.mailed_code(alice.email, "new_device_code"))
        await gui.hand.enter()
        await gui.clients_shown()

    gui.run(go())


def test_an_api_key_and_then_the_password(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        made = gui.server.ways(alice.email, twoStep=[7])
        await alice.wants_another_way("api_key")
        form = await step(gui, ApiKeyForm)
        await gui.hand.enter()
        assert "client ID" in said_by(form)
        await gui.hand.write(form.client_id, made["clientId"])
        await gui.hand.write(form.secret, "wrong")
        await gui.hand.write(form.password, "not the password")
        await gui.hand.enter()
        assert "API key" in await answered(gui, form)
        assert (form.secret.text(), form.password.text()) == ("", "not the password")
        await gui.hand.write(form.secret, made["clientSecret"])
        await gui.hand.enter()
        keys = await step(gui, KeysForm)
        assert "does not open" in await answered(gui, keys)
        assert (form.secret.text(), form.password.text()) == ("", "")
        await gui.hand.write(keys.password, alice.password)
        await gui.hand.enter()
        await gui.clients_shown()

    gui.run(go())


def test_single_sign_on_is_cancelled_and_then_goes_all_the_way(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        gui.server.ways(alice.email, sso=ORGANIZATION, ssoRequired=True)
        await alice.signs_in()
        refused = await step(gui, RefusedForm)
        await gui.hand.press(refused.rows["browser"], Qt.Key.Key_Space)
        form = await step(gui, BrowserForm)
        # The server told which organization.
        assert form.organization.text() == ORGANIZATION
        await gui.hand.enter()
        await gui.until("the note", lambda: "No browser" in said_by(form))
        assert form.copy.isVisible()
        assert form.button.toolTip()
        assert form.back_button.full_text() == "Cancel"
        await gui.hand.press(form.back_button, Qt.Key.Key_Escape)
        await gui.until("the form", form.button.isEnabled)
        browser = Browser(gui.server, alice.email)

        def opened(address: str) -> bool:
            browser(address)
            return True

        gui.browser = opened
        await gui.hand.click(form.button)
        keys = await step(gui, KeysForm)
        await asyncio.gather(*browser.tasks)
        assert "go back to Claviger" in browser.shown[0][1]
        await gui.hand.write(keys.password, "not the password")
        await gui.hand.enter()
        assert "does not open" in await answered(gui, keys)
        assert keys.password.text() == ""
        await gui.hand.write(keys.password, alice.password)
        await gui.hand.enter()
        await gui.clients_shown()

    gui.run(go())


def test_single_sign_on_that_leads_nowhere_is_said(
    gui: Gui, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        gui.server.ways(alice.email, sso=ORGANIZATION)
        gui.browser = lambda _address: True
        await alice.wants_another_way("browser")
        form = await step(gui, BrowserForm)
        await gui.hand.enter()
        assert "identifier" in said_by(form)
        await gui.hand.write(form.organization, "unknown")
        await gui.hand.enter()
        assert "no organization" in await answered(gui, form)
        with no_network(gui.server):
            await gui.hand.enter()
            await gui.until("an answer", lambda: "reached" in said_by(form))
        form.organization.setText(ORGANIZATION)
        monkeypatch.setattr(browser_way, "BROWSER_DEADLINE_S", 20.0)
        await gui.hand.enter()
        await gui.until("the end", lambda: "in time" in said_by(form))
        # Back to the list of ways, then to the form where it began.
        await gui.hand.press(form.organization, Qt.Key.Key_Escape)
        listed = await step(gui, WaysForm)
        await gui.hand.press(listed.rows["browser"], Qt.Key.Key_Escape)
        assert gui.workplace.start.email.isVisible()
        assert gui.workplace.start.email.text() == alice.email

    gui.run(go())


def test_t17_an_account_without_a_master_password_is_refused_with_the_ways_out(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        gui.server.ways(alice.email, sso=ORGANIZATION, unlocking="trusted_device")
        browser = Browser(gui.server, alice.email)

        def opened(address: str) -> bool:
            browser(address)
            return True

        gui.browser = opened
        await alice.wants_another_way("browser")
        form = await step(gui, BrowserForm)
        await gui.hand.write(form.organization, ORGANIZATION)
        await gui.hand.enter()
        refused = await step(gui, RefusedForm)
        assert "no master password" in refused.text.full_text()
        assert "another account" in refused.text.full_text()
        await asyncio.gather(*browser.tasks)
        await gui.hand.enter()
        assert gui.workplace.start.email.isVisible()

    gui.run(go())


def test_another_device_approves_a_known_desk(gui: Gui, monkeypatch: pytest.MonkeyPatch) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        await alice.wants_another_way("device")
        listed = await step(gui, WaysForm)
        assert not listed.rows["device"].isEnabled()
        assert "once" in listed.rows["device"].accessibleDescription()
        await gui.enter(is_practice=False)
        await alice.locks()
        page = gui.workplace.start
        assert page.unlock_password.isVisible()
        await gui.hand.click(page.unlock_other_ways)
        await step(gui, WaysForm)
        await gui.hand.press(listed.rows["device"], Qt.Key.Key_Return)
        form = await step(gui, ApprovalForm)
        await gui.until("the phrase", form.phrase)
        first = form.phrase()
        assert first.count("-") >= 4
        # Nobody says yes.
        await gui.hand.press(form.again, Qt.Key.Key_Escape)
        assert (await step(gui, WaysForm)).isVisible()
        assert form.phrase() == ""
        monkeypatch.setattr(ways, "APPROVAL_DEADLINE_S", 20.0)
        await gui.hand.click(listed.rows["device"])
        await gui.until("the end", lambda: "15 minutes" in said_by(form))
        monkeypatch.setattr(ways, "APPROVAL_DEADLINE_S", 30_000.0)
        await gui.hand.enter()
        await gui.until("the phrase", form.phrase)
        second = form.phrase()
        await gui.hand.click(form.again)
        await gui.until("another phrase", lambda: form.phrase() not in {"", second})
        gui.server.post("approve", {"email": alice.email})
        await gui.clients_shown()

    gui.run(go())


def test_no_network_in_the_middle_leads_back_with_what_was_typed(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        gui.server.ways(alice.email, twoStep=[1])
        await alice.signs_in()
        form = await step(gui, SecondStepForm)
        with no_network(gui.server):
            await gui.hand.click(form.fields.send_button)
            await gui.until("an answer", lambda: "did not arrive" in said_by(form))
            await gui.hand.write(form.fields.code, "123456")
            await gui.hand.enter()
            page = gui.workplace.start
            await gui.until("the form", page.password.isVisible)
            assert "ry again" in await answered(gui, page.sign_in_form)
        assert page.password.text() == alice.password
        await gui.hand.click(page.sign_in_form.button)
        form = await step(gui, SecondStepForm)
        assert form.fields.code.text() == ""

    gui.run(go())


def test_a_server_that_wants_a_newer_client_is_told(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        gui.server.ways(alice.email, oldestClient="2040.1.0")
        await alice.signs_in()
        refused = await step(gui, RefusedForm)
        assert "newer program" in refused.title.full_text()
        assert not any(line.isVisible() for line in refused.rows.values())
        assert gui.hand._focus() is refused.back_button
        await gui.hand.enter()
        assert gui.workplace.start.sign_in_form.button.isVisible()
        assert gui.workplace.start.sign_in_form.button.isEnabled()

    gui.run(go())


def test_t72_the_words_of_the_server_are_shown_on_request_and_plain(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        words = "User has been disabled. <b>Call</b> \u202e555 " + "now " * 200
        body = {"error": "invalid_grant", "ErrorModel": {"Message": words}}
        gui.server.script(
            {"path": "/identity/connect/token", "do": "status", "status": 400, "body": body}
        )
        await Person(gui).signs_in()
        refused = await step(gui, RefusedForm)
        assert "lets nobody in" in refused.title.full_text()
        assert not refused.details.isVisible()
        await gui.hand.click(refused.more)
        assert refused.details.isVisible()
        shown = refused.details.full_text()
        assert len(shown) < 320
        assert "<b>Call</b>" in shown
        assert "\u202e" not in shown

    gui.run(go())


def test_t80_leaving_a_question_keeps_no_key_and_no_secret(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        alice = Person(gui)
        gui.server.ways(alice.email, twoStep=[0, 1])
        await alice.signs_in()
        form = await step(gui, SecondStepForm)
        signing_in = gui.workplace.reception.signing_in
        attempt = signing_in._attempt
        assert attempt is not None
        master = attempt._master
        assert master is not None
        assert signing_in._again is None, "the password outlives its question"
        form.fields.code.setText("123456")
        await gui.hand.click(form.back_button)
        await gui.until("the end", lambda: master.is_wiped)
        assert not attempt.goes_on
        assert form.fields.code.text() == ""
        assert gui.workplace.start.password.isVisible()

    gui.run(go())


def test_t37_signing_in_again_asks_for_the_same_second_step(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        alice = Person(gui)
        gui.server.ways(alice.email, twoStep=[1, 7])
        gui.server.post("sign-out", {"email": alice.email})
        gui.server.advance(7_200)
        await gui.shortcut(Qt.Key.Key_F5)
        await gui.until("the strip", gui.shell.strip.isVisible)
        await gui.hand.click(gui.shell.strip._button)
        dialog = await gui.hand.dialog(SignInAgainDialog)
        await gui.hand.write(dialog.password, "not the password")
        await gui.hand.enter()
        await gui.until("an answer", lambda: "not right" in dialog.field.below_text())
        await gui.hand.write(dialog.password, alice.password)
        await gui.hand.enter()
        await gui.until("the question", dialog.second.isVisible)
        assert dialog.password.toolTip()
        before = alice.mails("two_step_code")
        await gui.hand.press(dialog.second.send_button, Qt.Key.Key_Space)
        await gui.until("the mail", lambda: alice.mails("two_step_code") == before + 1)
        await gui.until("the field", dialog.second.code.isEnabled)
        await gui.hand.write(dialog.second.code, "000000")
        await gui.hand.enter()
        await gui.until("an answer", lambda: "not right" in dialog.second.code_field.below_text())
        await gui.hand.write(dialog.second.code, gui.server.mailed_code(alice.email))
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("the strip to go", lambda: not gui.shell.strip.isVisible())

    gui.run(go())


async def session_ended(gui: Gui, alice: Person) -> SignInAgainDialog:
    """The dialog, one click after the server has ended the session."""
    gui.server.post("sign-out", {"email": alice.email})
    gui.server.advance(7_200)
    await gui.shortcut(Qt.Key.Key_F5)
    await gui.until("the strip", gui.shell.strip.isVisible)
    await gui.hand.click(gui.shell.strip._button)
    return await gui.hand.dialog(SignInAgainDialog)


async def session_back(gui: Gui, dialog: SignInAgainDialog) -> None:
    await gui.hand.gone(dialog)
    await gui.until("the strip to go", lambda: not gui.shell.strip.isVisible())
    await gui.idle()


def test_t37_signing_in_again_remembers_this_computer_when_told_to(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        alice = Person(gui)
        gui.server.ways(alice.email, twoStep=[1])
        dialog = await session_ended(gui, alice)
        await gui.hand.write(dialog.password, alice.password)
        await gui.hand.enter()
        await gui.until("the question", dialog.second.isVisible)
        await gui.hand.press(dialog.second.send_button, Qt.Key.Key_Space)
        await gui.until("the field", dialog.second.code.hasFocus)
        await gui.hand.click(dialog.second.remember)
        await gui.hand.write(dialog.second.code, gui.server.mailed_code(alice.email))
        await gui.hand.enter()
        await session_back(gui, dialog)
        # The next time the password is enough.
        dialog = await session_ended(gui, alice)
        await gui.hand.write(dialog.password, alice.password)
        await gui.hand.enter()
        await session_back(gui, dialog)

    gui.run(go())


def test_t37_signing_in_again_with_the_recovery_code_says_what_it_costs(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        alice = Person(gui)
        code = gui.server.ways(alice.email, twoStep=[1, 7])["recoveryCode"]
        dialog = await session_ended(gui, alice)
        await gui.hand.write(dialog.password, alice.password)
        await gui.hand.enter()
        await gui.until("the question", dialog.second.isVisible)
        await gui.hand.click(dialog.no_code)
        assert dialog.recovery_code.isVisible()
        assert not dialog.second.isVisible()
        assert dialog.accept_button is not None
        assert "two-step login off" in dialog.accept_button.full_text()
        await gui.hand.enter()
        assert "first" in dialog.recovery_field.below_text()
        await gui.hand.write(dialog.recovery_code, code)
        await gui.hand.enter()
        await session_back(gui, dialog)
        # There is no second step any more.
        dialog = await session_ended(gui, alice)
        await gui.hand.write(dialog.password, alice.password)
        await gui.hand.enter()
        await session_back(gui, dialog)

    gui.run(go())


def test_t17_signing_in_again_with_a_passkey_alone_names_what_works(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        alice = Person(gui)
        code = gui.server.ways(alice.email, twoStep=[7])["recoveryCode"]
        dialog = await session_ended(gui, alice)
        await gui.hand.write(dialog.password, alice.password)
        await gui.hand.enter()
        await gui.until("the question", dialog.recovery_code.isVisible)
        assert "browser" in dialog.recovery_field.below_text()
        await gui.hand.write(dialog.recovery_code, "0" * 32)
        await gui.hand.enter()
        await gui.until("an answer", lambda: "not right" in dialog.recovery_field.below_text())
        dialog.recovery_code.clear()
        await gui.hand.write(dialog.recovery_code, code)
        await gui.hand.enter()
        await session_back(gui, dialog)

    gui.run(go())


def test_t37_signing_in_again_leads_through_the_browser_and_asks_no_password(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        alice = Person(gui)
        gui.server.ways(alice.email, sso=ORGANIZATION)
        browser = Browser(gui.server, alice.email)

        def opened(address: str) -> bool:
            browser(address)
            return True

        gui.browser = opened
        key = gui.desk.session.user_key
        dialog = await session_ended(gui, alice)
        await gui.hand.click(dialog.other_way)
        await gui.hand.enter()
        assert "first" in dialog.organization_field.below_text()
        await gui.hand.write(dialog.organization, "unknown")
        await gui.hand.enter()
        await gui.until("an answer", lambda: "no org" in dialog.organization_field.below_text())
        dialog.organization.clear()
        await gui.hand.write(dialog.organization, ORGANIZATION)
        await gui.hand.enter()
        await session_back(gui, dialog)
        await asyncio.gather(*browser.tasks)
        assert gui.desk.session.user_key is key
        assert not key.is_wiped
        # Another password meanwhile: what wraps the keys now, only that one can show.
        gui.server.ways(alice.email, password="changed elsewhere")
        dialog = await session_ended(gui, alice)
        await gui.hand.click(dialog.other_way)
        await gui.hand.write(dialog.organization, ORGANIZATION)
        await gui.hand.enter()
        await gui.until("an answer", lambda: "has changed" in dialog.field.below_text())
        await gui.hand.write(dialog.password, "changed elsewhere")
        await gui.hand.enter()
        await session_back(gui, dialog)
        await asyncio.gather(*browser.tasks)

    gui.run(go())
