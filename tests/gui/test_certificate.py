"""A server that no system vouches for, at the sign-in form (T25)."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.views import signing_in
from desktop.views.certificate import CertificateForm
from tests.gui.desk import Gui
from tests.gui.test_way_in import step


def stranger(gui: Gui) -> str:
    """The practice server by another name, so that its authority is not taken from it."""
    return gui.server.url.replace("127.0.0.1", "localhost")


async def asked(gui: Gui, password: str = "") -> CertificateForm:
    """The sign-in form filled in and sent; the certificate is shown."""
    await gui.open()
    assert gui.front is not None
    page, account = gui.front.start, gui.server.account("provider_admin")
    page.show_sign_in()
    page.server.choose("own")
    page.address.setText(stranger(gui))
    page.email.setText(account["email"])
    await gui.hand.write(page.password, password or account["password"])
    await gui.hand.enter()
    return await step(gui, CertificateForm)


def print_of(path: Path) -> str:
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(path.read_text())).hexdigest().upper()
    return " ".join(digest[at : at + 2] for at in range(0, 64, 2))


def shown_print(form: CertificateForm) -> str:
    return " ".join(form.shown.text().split())


def test_t25_nothing_is_sent_and_cancel_is_the_answer_at_hand(gui: Gui) -> None:
    async def go() -> None:
        before = len(gui.server.requests())
        form = await asked(gui)
        assert gui.hand._focus() is form.cancel
        assert "Claviger practice" in form.issuer.full_text()
        assert len(shown_print(form)) == 64 + 31
        # Enter is Cancel: back to the form, with nothing kept.
        await gui.hand.press(form.cancel, Qt.Key.Key_Return)
        assert gui.front is not None
        page = gui.front.start
        await gui.until("the form", page.password.isVisible)
        assert not gui.workplace.reception.signing_in.is_going
        assert gui.doors.entrance.connections() == ()
        assert len(gui.server.requests()) == before

    gui.run(go())


def test_what_was_compared_is_kept_and_opens(gui: Gui, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the authority's own file; afterwards this server needs no question any more."""

    async def go() -> None:
        async def chosen(*_args: object) -> Path:
            return gui.server.ca

        monkeypatch.setattr(signing_in, "ask_open_file", chosen)
        form = await asked(gui)
        await gui.hand.click(form.file)
        await gui.until("the file", lambda: shown_print(form) == print_of(gui.server.ca))
        assert gui.hand._focus() is form.cancel
        await gui.hand.click(form.accept)
        await gui.clients_shown()
        record = gui.doors.entrance.connections()[0]
        assert record.ca_fingerprint == print_of(gui.server.ca).replace(" ", ":")
        assert not record.is_practice
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)

    gui.run(go())


def test_a_file_that_is_none_says_so(
    gui: Gui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go() -> None:
        other = tmp_path / "note.txt"
        other.write_text("ask Peter")

        async def chosen(*_args: object) -> Path:
            return other

        monkeypatch.setattr(signing_in, "ask_open_file", chosen)
        form = await asked(gui)
        before = shown_print(form)
        await gui.hand.click(form.file)
        await gui.until("the answer", form.message.isVisible)
        assert shown_print(form) == before
        await gui.hand.press(form.cancel, Qt.Key.Key_Escape)

    gui.run(go())
