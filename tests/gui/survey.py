"""Every screen and dialog once, in the order a person meets them; `look` is called at each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from desktop.domain import errors
from desktop.domain.enums import PlanType
from desktop.domain.events import ConnectionStateChanged, SessionEnded
from desktop.domain.ids import RunId
from desktop.domain.records import Kdf
from desktop.plans.steps import Say
from desktop.services.run_types import WaitingRun
from desktop.views.errors import explain
from desktop.views.pages.client_dialogs import RenameDialog, SeatsDialog
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.pages.member_dialogs import InviteDialog, RoleDialog
from desktop.views.pages.which_client import WhichClientDialog
from desktop.views.practice import InboxDialog
from desktop.views.setup.files import FoldersDialog
from desktop.views.sign_in_again import SignInAgainDialog
from desktop.views.start_parts import Known
from tests.gui.desk import Gui, open_dialogs

translate = QCoreApplication.translate
Look = Callable[[str, QWidget], None]
CLIENT = "My Client's Organization"
EXPORT = (
    "url,username,password,totp,extra,name,grouping,fav\n"
    "https://a.example,anna,kan4rie-1,,note,Router,Office,0\n"
    "https://b.example,ben,kan4rie-2,,Tom &amp; Jerry,Bank,Office\\Banks,0\n"
    "https://c.example,cora,kan4rie-3,not a secret!,x,Server,Servers,0\n"
    "https://a.example,anna,kan4rie-1,,note,Router,Office,0\n"
    "https://d.example,dirk,kan4rie-4,,note,Coffee machine,,0\n"
)


SECRETS = ("kan4rie", "not a secret!")


class Survey:
    """One walk. `tag` keeps the names it makes apart from those of other walks."""

    def __init__(self, gui: Gui, look: Look, tag: str, client: str = CLIENT) -> None:
        self.gui = gui
        self.look = look
        self.tag = tag
        self.client = client

    async def go(self) -> None:
        await self._start()
        await self.gui.enter()
        await self.pages()
        await self._wizard()

    async def pages(self) -> None:
        """The shell, its pages, dialogs, menus and strips."""
        await self._clients()
        await self._members()
        await self._client()
        await self._other_pages()
        await self._strips()

    async def existing(self, file: str) -> None:
        """The wizard for the client that is there, with `file` dropped on it."""
        path = self.gui.folder / file
        path.write_text(EXPORT)
        setup = await self.gui.wizard(self.client, path)
        await self.gui.until("the file", lambda: setup.answers.preview is not None)
        for step in ("collections", "import", "policies", "access", "people", "review"):
            await self.gui.to_step(step)
            await self.at(f"set up: {step}")
            if step == "import":
                setup.files._folders.click()
                await self.dialog("set up: folders", FoldersDialog)
        frame = setup.frame
        assert frame is not None
        frame.cancelled.emit()
        await self.dialog("set up: leave", QDialog)

    async def at(self, name: str, window: QWidget | None = None) -> None:
        await self.gui.hand.settle()
        self.look(name, window or self.gui.window)

    async def dialog(self, name: str, kind: type[QDialog]) -> None:
        """Looks at the dialog that is about to open, then cancels it."""
        found = await self.gui.hand.dialog(kind)
        await self.at(name, found)
        await self._cancel(found)

    async def _cancel(self, dialog: QDialog) -> None:
        dialog.reject()
        await self.gui.until("the dialog to close", lambda: not open_dialogs())
        await self.gui.hand.settle()

    async def menu(self, name: str, menu: QMenu) -> None:
        menu.popup(self.gui.window.mapToGlobal(self.gui.window.rect().center()))
        await self.at(name, menu)
        menu.close()
        menu.deleteLater()
        await self.gui.hand.settle()

    # --- the way in -------------------------------------------------------------------------

    async def _start(self) -> None:
        start = self.gui.workplace.start
        await self.at("start: practise")
        start.show_sign_in()
        await self.at("start: sign in")
        start.server.choose("own")
        start._sign_in()
        await self.at("start: self-hosted, nothing typed")
        start._cards["invitation"].click()
        await self.at("start: invitation")
        start.show_sign_in()
        for error in (errors.WrongPassword(), errors.Offline("vault.example"), errors.NoProvider()):
            start.show_problem(explain(error))
            await self.at(f"start: {type(error).__name__}")
        start.set_busy("")
        start.ask_code(is_mailed=False)
        await self.at("start: code")
        start.ask_code(is_mailed=True)
        start.show_problem(explain(errors.WrongTwoStepCode()))
        await self.at("start: mailed code, wrong")
        weak, strong = Kdf(kdf_type=0, iterations=5_000), Kdf(kdf_type=0, iterations=600_000)  # type: ignore[arg-type]  # a number on the wire
        said = explain(errors.KdfWeakened(strong, weak))
        start.ask(said.title, said.text, translate("Reception", "Use the weaker settings"))
        await self.at("start: question")
        known = (
            Known("1", "Havenlicht IT", "alice@havenlicht.example", "vault.bitwarden.eu", "12:30"),
            Known("2", "Beheer", "beheer@havenlicht.example", "vault.havenlicht.example", "", True),
        )
        start.set_known(known, "1")
        await self.at("start: locked")
        start.choose("2")
        start.show_problem(explain(errors.WrongPassword()))
        await self.at("start: locked, run waits, wrong password")
        start.set_known((), "")

    # --- pages ------------------------------------------------------------------------------

    async def _clients(self) -> None:
        page = self.gui.clients
        await self.gui.until("the banner", page.banner.isVisible)
        await self.gui.idle()
        await self.at("clients")
        page.search.setText("zzz")
        page.search._announce()
        await self.at("clients: no hits")
        page.search.clear()
        client = self.gui.client(self.client)
        await self.menu("clients: row menu", page.menu_of(client))
        await self.menu("clients: sort menu", page.table.sort_menu())
        page._rename(client)
        await self.dialog("rename", RenameDialog)
        page._seats(client)
        await self.dialog("seats", SeatsDialog)
        page.banner.button.click()
        await self.dialog("confirm", ConfirmDialog)
        page.file_undecided.emit(Path("lastpass-export-of-the-bakery-2026-11-22.csv"))
        await self.dialog("which client", WhichClientDialog)

    async def _members(self) -> None:
        page = await self.gui.members_shown()
        await self.at("members")
        page.table.selectAll()
        await self.at("members: all selected")
        page.table.clearSelection()
        page.tabs.choose("invited")
        page.search.setText("zzz")
        page.search._announce()
        await self.at("members: no hits")
        page.search.clear()
        page.tabs.choose("all")
        everyone = page.model.records()
        for member in everyone[:2]:
            await self.menu("members: row menu", page.menu_of(member))
        page.invite_button.click()
        await self.dialog("invite", InviteDialog)
        other = next(m for m in everyone if m.email.startswith("dina"))
        page._change_role(other)
        await self.dialog("role", RoleDialog)
        page._remove((other,))
        await self.dialog("remove", QDialog)

    async def _client(self) -> None:
        page = await self.gui.open_client(self.client)
        if page.banner.isVisible():
            page.banner.button.click()
            await self.dialog("client: confirm", ConfirmDialog)
        for key in ("collections", "groups", "members", "policies"):
            page.tabs.choose(key)
            await self.at(f"client: {key}")
        members = page.table("members").records()
        await self.menu("client: member menu", page._member_menu(members[0]))
        empty = await self.gui.open_client("Second Client's Organization")
        empty.tabs.choose("groups")
        await self.at("client: no groups")
        empty.tabs.choose("policies")
        await self.at("client: no policies")

    async def _other_pages(self) -> None:
        for key in ("events", "billing", "settings"):
            await self.gui.show(key)
            await self.at(key)
        practice = self.gui.workplace.practice
        assert practice is not None
        practice.open_inbox()
        await self.dialog("inbox", InboxDialog)

    # --- strips -----------------------------------------------------------------------------

    async def _strips(self) -> None:
        shell = self.gui.shell
        practice = self.gui.workplace.practice
        assert practice is not None
        shell.show_page("clients")
        await self.gui.idle()
        waiting = WaitingRun(
            RunId(UUID(int=5)), Say("plan.setup_new", {"client": self.client}),
            datetime.now(UTC), 3, 41, "interrupted", "setup", self.client,
        )  # fmt: skip
        shell.offer_run(waiting, lambda _run: None, lambda _run: None)
        shell.sidebar.run_card.set_progress(self.client, shell.sidebar.sync_line.text, 0.4)
        await self.at("clients: a run waits")
        shell._waiting.hide()
        shell.sidebar.run_card.hide()
        practice.ribbon.cut.click()
        await self.gui.until("the strip", shell.strip.isVisible)
        await self.at("clients: offline")
        await self.menu(
            "clients: row menu offline", self.gui.clients.menu_of(self.gui.client(self.client))
        )
        shell.show_page("members")
        self.gui.members.table.selectAll()
        await self.at("members: offline")
        self.gui.members.table.clearSelection()
        shell.open_client(self.gui.client(self.client).organization_id)
        await self.at("client: offline")
        practice.ribbon.cut.click()
        await self.gui.until("the connection", lambda: self.gui.desk.online)
        await self.gui.idle()
        self.gui.desk.link.signed_out = True
        self.gui.desk.hub.publish(SessionEnded())
        await self.at("clients: signed out")
        shell.strip._button.click()
        await self.dialog("sign in again", SignInAgainDialog)
        self.gui.desk.link.signed_out = False
        self.gui.desk.hub.publish(ConnectionStateChanged(True))
        shell.toasts.say(explain(errors.ServerFailed("status", 500)).sentence)
        await self.at("toast")
        shell.toasts.clear()
        await self.gui.idle()

    # --- the wizard -------------------------------------------------------------------------

    async def _wizard(self) -> None:
        setup = await self.gui.wizard()
        frame = setup.frame
        assert frame is not None
        await self.gui.idle()
        await self.at("wizard: details, empty")
        setup.details.name.setText("A name that is longer than fifty characters, by quite a few")
        setup.details.owner.setText("nobody at nowhere")
        setup.details.seats.setValue(0)
        await self.at("wizard: details, wrong")
        setup.details.owner.setText("owner@havenlicht.example")
        await self.at("wizard: details, own domain")
        setup.details.name.setText(f"Bakkerij {self.tag}")
        setup.details.owner.setText(f"owner@{self.tag}.example")
        setup.details.seats.setValue(60)
        await self.at("wizard: details, seats bought")
        await self.gui.to_step("collections")
        await self.at("wizard: collections")
        await self.gui.to_step("import")
        await self.at("wizard: import")
        await self._file("not-an-export.bin", b"\x00\x01\x02nothing")
        await self.gui.until("the refusal", setup.files._problem.isVisible)
        await self.at("wizard: import, refused")
        await self._file("export.csv", EXPORT.encode())
        await self.gui.until("the rehearsal", lambda: setup.answers.preview is not None)
        await self.at("wizard: import, rehearsal")
        setup.files._folders.click()
        await self.dialog("folders", FoldersDialog)
        await self.gui.to_step("policies")
        await self.at("wizard: policies")
        setup.answers.plan = PlanType.TEAMS_MONTHLY
        setup.policies.enter()
        setup._changed()
        await self.at("wizard: policies, Teams")
        setup.answers.plan = PlanType.ENTERPRISE_MONTHLY
        setup.policies.enter()
        setup._changed()
        await self.gui.to_step("access")
        await self.at("wizard: access")
        await self.gui.to_step("people")
        await self.at("wizard: people, nobody")
        setup.people.text.setPlainText(f"joris@{self.tag}.example, user, {setup.answers.groups[0]}")
        await self.at("wizard: people")
        setup.people.text.setPlainText("joris at nowhere")
        await self.at("wizard: people, wrong")
        setup.people.text.setPlainText(f"joris@{self.tag}.example, user, {setup.answers.groups[0]}")
        await self.gui.to_step("review")
        await self.at("wizard: review")
        frame.cancelled.emit()
        await self.dialog("leave", QDialog)
        await self._run()

    async def _file(self, name: str, data: bytes) -> None:
        path = self.gui.folder / name
        path.write_bytes(data)
        self.gui.setup.files.read(path)

    async def _run(self) -> None:
        setup = self.gui.setup
        groups = "/api/organizations/.*/groups"
        self.gui.server.script({"method": "POST", "path": groups, "do": "status", "status": 400})
        frame = setup.frame
        assert frame is not None
        frame.advance()
        await self.gui.until("the run", lambda: setup.run_view is not None)
        view = setup.run_view
        assert view is not None
        await self.gui.until("some steps", lambda: view.done_steps >= 2)
        await self.at("run")
        await self.gui.until("the stop", view._problem.isVisible, 40)
        await self.at("run: stopped")
        self.gui.server.script()
        view.resume.click()
        await self.gui.until(
            "the report", lambda: view.report is not None and view.report.is_done, 40
        )
        await self.at("report")
        await self.gui.hand.click(view.open)
        await self.gui.idle()
        await self.at("client: made")
