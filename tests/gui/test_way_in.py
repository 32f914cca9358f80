"""Signing in, locking and unlocking through the window; every refusal is said where it happened."""

from __future__ import annotations

import base64
import hmac
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import uuid4

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.domain.enums import ProviderUserType
from desktop.services.desk import Desk
from desktop.views.start import StartPage
from desktop.views.start_parts import PasswordForm
from desktop.views.start_steps import SecondStepForm, StepForm
from desktop.views.theme import fonts, text_width
from tests.gui.desk import Gui
from tests.practice_process import PracticeHandle

F = TypeVar("F", bound=StepForm)
EVERYTHING = "/(api|identity)/.*"


def start_page(gui: Gui) -> StartPage:
    return gui.workplace.start


@contextmanager
def no_network(server: PracticeHandle) -> Iterator[None]:
    """Every request is cut off, until the end of the block."""
    server.script({"path": EVERYTHING, "do": "reset", "times": 0})
    try:
        yield
    finally:
        server.script()


async def fill_sign_in(gui: Gui, email: str, password: str, server: str = "") -> StartPage:
    page = start_page(gui)
    page.show_sign_in()
    page.server.choose("own")
    page.address.setText(server or gui.server.url)
    page.email.setText(email)
    page.password.setText(password)
    await gui.hand.settle()
    await gui.hand.click(page.sign_in_form.button)
    return page


async def answered(gui: Gui, form: PasswordForm) -> str:
    await gui.until("an answer", lambda: form.button.isEnabled() and form.message.isVisible())
    return form.message.label.full_text()


async def step(gui: Gui, kind: type[F]) -> F:
    """The form of a kind, once it is asked."""
    forms = gui.workplace.reception.signing_in._forms

    def found() -> F | None:
        form = forms.get(kind)
        return form if isinstance(form, kind) and form.isVisible() else None

    await gui.until(kind.__name__, found)
    form = found()
    assert form is not None
    await gui.hand.settle()
    return form


async def below_the_code(gui: Gui, form: SecondStepForm) -> str:
    await gui.until(
        "an answer", lambda: form.button.isEnabled() and form.fields.code_field.below_text()
    )
    return form.fields.code_field.below_text()


def code_of(secret: str, now: float) -> str:
    """RFC 6238 with SHA-1, six digits."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", int(now // 30)), "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


async def staff_with_code(gui: Gui) -> dict[str, str]:
    """A confirmed member of the provider whose account asks for a code."""
    email = f"tess.{uuid4().hex[:6]}@havenlicht.example"
    account = gui.server.register(email, totp=True)
    desk = gui.desk
    await desk.runs.execute(desk.staff.invite_plan((email,), ProviderUserType.SERVICE_USER))
    gui.server.accept(email)
    members = (await desk.staff.fetch()).data
    candidates = await desk.confirm.staff_candidates([m for m in members if m.email == email])
    plan = desk.confirm.staff_plan(candidates, {one.member_id for one in candidates})
    await desk.runs.execute(plan)
    return {"email": email, "password": account["password"], "secret": account["totpSecret"]}


def test_practice_opens_with_one_enter(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        assert start_page(gui).practice_password.hasFocus()
        await gui.hand.enter()
        await gui.clients_shown()
        assert start_page(gui).practice_password.text() == ""

    gui.run(go())


def test_a_wrong_password_is_said_under_the_form_and_the_rest_is_kept(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        page = await fill_sign_in(gui, "alice@havenlicht.example", "not this one")
        said = await answered(gui, page.sign_in_form)
        assert "password is not right" in said
        assert page.email.text() == "alice@havenlicht.example"
        assert page.address.text() == gui.server.url
        account = gui.server.account("provider_admin")
        page.password.setText(account["password"])
        await gui.hand.click(page.sign_in_form.button)
        await gui.clients_shown()

    gui.run(go())


def test_a_wrong_code_may_be_typed_again(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        account = await staff_with_code(gui)
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        await fill_sign_in(gui, account["email"], account["password"])
        form = await step(gui, SecondStepForm)
        await gui.hand.write(form.fields.code, "000000")
        await gui.hand.enter()
        said = await below_the_code(gui, form)
        assert "code is not right" in said
        assert form.fields.code.text() == ""
        now = gui.server.post("clock", {"advance": 0})["now"]
        code = code_of(account["secret"], gui.desk_time(now))
        await gui.hand.write(form.fields.code, code)
        await gui.hand.enter()
        await gui.clients_shown()

    gui.run(go())


def test_a_server_that_is_not_there_is_said(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        page = await fill_sign_in(gui, "a@b.example", "pw", "https://127.0.0.1:1")
        assert "cannot be reached" in await answered(gui, page.sign_in_form)
        assert page.password.text() == "pw"

    gui.run(go())


def test_an_address_that_is_none_is_said(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        for address in ("http://vault.example", "not an address", "https://a@b.example/?x=1"):
            page = await fill_sign_in(gui, "a@b.example", "pw", address)
            said = await answered(gui, page.sign_in_form)
            assert "address" in said.casefold(), address
            assert page.address.text() == address

    gui.run(go())


def test_a_web_page_in_the_place_of_an_answer_is_said(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        gui.server.script({"path": EVERYTHING, "do": "html", "times": 0})
        page = await fill_sign_in(gui, "alice@havenlicht.example", "pw")
        assert "not a Bitwarden server" in await answered(gui, page.sign_in_form)

    gui.run(go())


def test_what_is_missing_is_said_before_anything_is_asked(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        before = len(gui.server.requests())
        page = await fill_sign_in(gui, "", "")
        assert "e-mail" in await answered(gui, page.sign_in_form)
        page.email.setText("a@b.example")
        await gui.hand.click(page.sign_in_form.button)
        assert "password" in await answered(gui, page.sign_in_form)
        assert len(gui.server.requests()) == before

    gui.run(go())


def test_t81_ctrl_l_locks_from_every_screen(gui: Gui) -> None:
    async def lock() -> Desk:
        desk, shell = gui.desk, gui.shell
        text_width("a client's name that was measured")
        await gui.shortcut(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not isValid(shell)
        missed = fonts._width.cache_info().misses
        text_width("a client's name that was measured")
        assert fonts._width.cache_info().misses == missed + 1, "a measured name was kept"
        return desk

    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.members_shown()
        await gui.open_client("My Client's Organization")
        desk = await lock()
        assert desk.is_locked
        assert list(desk.clients.all()) == []
        await gui.enter()
        await gui.wizard()
        desk = await lock()
        assert desk.is_locked
        assert gui.workplace.wizard is None

    gui.run(go())


def test_t79_locking_wipes_every_key(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.open_client("My Client's Organization")
        keys = (gui.desk.session.user_key, gui.desk.session.provider_key)
        assert not any(key.is_wiped for key in keys)
        await gui.hand.click(gui.shell.sidebar.lock_button)
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        assert all(key.is_wiped for key in keys)
        assert start_page(gui).unlock_password.isVisible()
        assert start_page(gui).unlock_password.text() == ""

    gui.run(go())


def test_a_dialog_goes_with_the_lock(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.members_shown()
        await gui.hand.click(gui.members.invite_button)
        await gui.hand.until("the dialog", lambda: bool(gui.dialogs()))
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        await gui.hand.settle()
        assert gui.dialogs() == []
        assert gui.veils() == []

    gui.run(go())


def test_a_locked_desk_opens_again_with_its_password(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        page = start_page(gui)
        await gui.hand.write(page.unlock_password, "wrong")
        await gui.hand.enter()
        await gui.until("the answer", lambda: "does not open" in page._unlock_field.below_text())
        assert page.unlock_password.text() == ""
        await gui.hand.write(page.unlock_password, gui.server.account("provider_admin")["password"])
        await gui.hand.enter()
        await gui.clients_shown()

    gui.run(go())


def test_without_a_network_what_was_seen_is_there_and_writing_is_greyed(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter(is_practice=False)
        await gui.members_shown()
        await gui.open_client("My Client's Organization")
        seen = gui.clients.model.rowCount(), gui.members.model.rowCount()
        await gui.close()
        with no_network(gui.server):
            await gui.open()
            page = start_page(gui)
            assert page.unlock_password.isVisible()
            await gui.hand.write(
                page.unlock_password, gui.server.account("provider_admin")["password"]
            )
            await gui.hand.enter()
            await gui.clients_shown()
            await gui.until("the strip", gui.shell.strip.isVisible)
            assert "Synced" in gui.shell.strip.text
            assert "Not synced yet" not in gui.shell.strip.text
            # What can be planned is prepared as a draft; what takes two sides is greyed.
            compare = gui.clients.banner.button
            assert not compare.isEnabled()
            assert "connection" in compare.accessibleDescription()
            gui.shell.show_page("members")
            await gui.until(
                "what was seen before",
                lambda: seen == (gui.clients.model.rowCount(), gui.members.model.rowCount()),
            )
            assert not gui.members.invite_button.isEnabled()
            gui.shell.open_client(gui.client("My Client's Organization").organization_id)
            await gui.until(
                "its collections", lambda: gui.client_page.table("collections").rowCount() > 1
            )
        gui.shell.strip._button.click()
        await gui.until("the connection", lambda: gui.desk.online)
        await gui.until("the strip to go", lambda: not gui.shell.strip.isVisible())
        assert gui.clients.new_button.isEnabled()

    gui.run(go())
