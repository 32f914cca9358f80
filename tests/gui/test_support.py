"""The support bundle: read before it is saved, and naming nobody."""

from __future__ import annotations

import base64
import json
import re
import zipfile
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from desktop.domain.diagnostics import listen, note_bug
from desktop.domain.errors import Refused
from desktop.settings.program_log import ProgramLog
from desktop.views.pages.settings import SettingsPage
from desktop.views.pages.support_dialog import SupportDialog
from tests.gui.desk import Gui
from tests.gui.history import asks_no_server

CLIENT = "My Client's Organization"


async def open_dialog(gui: Gui) -> SupportDialog:
    await gui.show("settings")
    page = gui.shell.page
    assert isinstance(page, SettingsPage)
    button = page.findChild(QPushButton, "support_bundle")
    assert isinstance(button, QPushButton)
    await gui.hand.click(button)
    return await gui.hand.dialog(SupportDialog)


async def hidden(gui: Gui) -> list[str]:
    """Whatever may not be told: who, where, with what."""
    desk, server = gui.desk, gui.server
    session = desk.session
    clients = desk.clients.all()
    names = [one.organization_name for one in clients] + [str(one.id) for one in clients]
    names += [str(one.organization_id) for one in clients]
    names += [one.email for one in (await desk.staff.fetch()).data]
    names += [one["password"] for one in server.accounts] + [
        one["email"] for one in server.accounts
    ]
    names += [one["name"] for name in ("groups", "members") for one in server.state()[name]
              if one.get("name")]  # fmt: skip
    names += [
        session.provider_name,
        session.name or "",
        server.url.split("//")[1],
        str(Path.home()),
    ]
    names += ["-".join(session.fingerprint()), desk.link.api.refresh_token or ""]
    for key in (
        session.user_key,
        session.provider_key,
        session.org_key(clients[0].organization_id),
    ):
        raw = bytes(key.view())
        names += [base64.b64encode(raw).decode(), raw.hex(), repr(raw)]
    record = desk.connection
    names += [str(record.id), str(record.device_id), record.wrapped_data_key or ""]
    return [one for one in names if len(one) > 3]


def test_t91_the_support_bundle_names_nobody_and_is_read_before_it_is_saved(
    gui: Gui, tmp_path: Path
) -> None:
    log = ProgramLog.open(gui.folder / "desk")
    listen(log.write)

    async def go() -> None:
        await gui.open()
        await gui.enter(is_practice=False)
        await gui.open_client(CLIENT)
        plan = gui.desk.clients.seats_plan(gui.client(CLIENT), (gui.client(CLIENT).seats or 0) + 1)
        await gui.desk.runs.execute(plan)
        note_bug("task", Refused(400, CLIENT, {CLIENT: [gui.desk.session.email]}))
        canaries = await hidden(gui)
        log.flush()
        with asks_no_server(gui):
            dialog = await open_dialog(gui)
            shown = dialog.text.toPlainText()
            assert dialog.accept_button is not None
            await gui.hand.click(dialog.accept_button)
            target = tmp_path / "support.zip"
            await gui.hand.choose_file(target)
            await gui.until("the word", gui.shell.toasts.text)
            await gui.idle()
        assert target.stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(target) as packed:
            files = {name: packed.read(name).decode() for name in packed.namelist()}
        # What was read is what was saved.
        assert list(files) == ["about.json", "program-log.jsonl", "crashes.txt"]
        parts = [f"[{name}]\n\n{text.rstrip()}\n" for name, text in files.items()]
        assert shown == "\n".join(parts)
        about = json.loads(files["about.json"])
        (connection,) = about["connections"]
        assert connection["server"] == "practice"
        assert connection["clients"] == len(gui.desk.clients.all())
        assert connection["runs"][0]["state"] == "done"
        assert sum(connection["runs"][0]["steps"].values()) >= 1
        assert about["system"]["qt"].startswith("6.")
        assert about["settings"]["language"] == "system"
        events = {json.loads(line)["event"] for line in files["program-log.jsonl"].splitlines()}
        assert {"request", "unlocked", "bug"} <= events
        told = "\n".join(files.values())
        assert [one for one in canaries if one in told] == []
        assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-|@|https?:", told) is None
        assert (await gui.desk.log.entries(1))[0].what == "support_saved"

    try:
        gui.run(go())
    finally:
        listen(None)
        log.close()


def test_a_bundle_that_was_only_read_is_not_kept(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        dialog = await open_dialog(gui)
        assert dialog.text.isReadOnly()
        assert "about.json" in dialog.text.toPlainText()
        dialog.reject()
        await gui.until("the dialog to go", lambda: not gui.dialogs())
        await gui.idle()
        assert (await gui.desk.log.entries(1))[0].what != "support_saved"
        assert not list(gui.folder.rglob("*.zip"))

    gui.run(go())
