"""Every screen and dialog once, in the order a person meets them; `look` is called at each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QDate
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from desktop.domain import errors
from desktop.domain.authority import Authority
from desktop.domain.enums import PlanType
from desktop.domain.events import ConnectionStateChanged, SessionEnded
from desktop.domain.ids import RunId
from desktop.domain.records import Kdf
from desktop.plans.steps import Say
from desktop.services.keeping import HeldBack
from desktop.services.local_log import LogExport
from desktop.services.run_types import WaitingRun
from desktop.views.certificate import CertificateForm
from desktop.views.cover import CoverScreen
from desktop.views.errors import explain
from desktop.views.pages.changes import ChangesPage
from desktop.views.pages.client_dialogs import RenameDialog, SeatsDialog
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.pages.local_log import LocalLogPage
from desktop.views.pages.member_dialogs import InviteDialog, RoleDialog
from desktop.views.pages.periods import DayDialog
from desktop.views.pages.support_dialog import SupportDialog
from desktop.views.pages.which_client import WhichClientDialog
from desktop.views.practice import InboxDialog
from desktop.views.setup.files import FoldersDialog
from desktop.views.sign_in_again import SignInAgainDialog
from desktop.views.start_parts import Known
from desktop.views.start_steps import (
    ApiKeyForm,
    ApprovalForm,
    BrowserForm,
    DeviceCodeForm,
    RecoveryForm,
    RefusedForm,
    SecondStepForm,
    WaysForm,
)
from desktop.views.sync_news import HeldDialog, held_title
from desktop.views.text import joined
from desktop.views.window import Window
from tests.gui.desk import Gui, open_dialogs
from tests.gui.fleet_stops import FleetStops
from tests.gui.run_stops import RunStops

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

    label = "Havenlicht IT"
    email = "alice@havenlicht.example"
    host = "bitwarden.eu"
    words = "User account is locked."
    """What a server says beside its refusal."""

    def __init__(self, gui: Gui, look: Look, tag: str, client: str = CLIENT) -> None:
        self.gui = gui
        self.look = look
        self.tag = tag
        self.client = client

    async def go(self) -> None:
        await self._start()
        await self.gui.enter()
        runs = RunStops(self, f"Bakkerij runs {self.tag}")
        await runs.first()
        await self.pages()
        await runs.go()
        await self._wizard()
        await FleetStops(self).go()

    async def pages(self) -> None:
        """The shell, its pages, dialogs, menus and strips."""
        await self._clients()
        await self._members()
        await self._client()
        await self._other_pages()
        await self._changes()
        await self._log()
        await self._forget()
        await self._held()
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
        await self._ways_in()
        weak, strong = Kdf(kdf_type=0, iterations=5_000), Kdf(kdf_type=0, iterations=600_000)  # type: ignore[arg-type]  # a number on the wire
        said = explain(errors.KdfWeakened(strong, weak))
        start.ask(said.title, said.text, translate("SigningIn", "Use the weaker settings"))
        await self.at("start: question")
        known = (
            Known(
                "1", self.label, self.email, self.host, "12:30",
                colour="blue", seen_short="12:30",
            ),
            Known(
                "2", "Beheer", "beheer@havenlicht.example", "vault.havenlicht.example", "", True,
                "olive", "server",
            ),
        )  # fmt: skip
        start.set_known(known, "1")
        await self.at("start: locked")
        start.choose("2")
        start.show_wrong_password()
        await self.at("start: locked, run waits, wrong password")
        start.set_known((), "")
        await self._cover()

    async def _cover(self) -> None:
        """What hides everything while a run goes on."""
        window, start = self.gui.window, self.gui.workplace.start
        assert isinstance(window, Window)
        cover = CoverScreen(self.gui.doors.desks, {})
        window.show_screen(cover)
        await self.at("cover: begun")
        # Both stay in the window: what `controls.tab_chain` has looked at, Qt for Python does not
        # let go of without a crash.
        cover = CoverScreen(self.gui.doors.desks, {RunId(UUID(int=1)): (1_234, 5_678)})
        window.show_screen(cover)
        cover.show_problem(errors.WrongPassword())
        await self.at("cover: wrong password")
        window.show_screen(start)

    async def _certificates(self) -> None:
        """A server that no system vouches for: first seen, changed, and of no use."""
        steps = self.gui.workplace.reception.signing_in
        form = steps.form(CertificateForm)
        steps._show(form)
        prints = [":".join(f"{at * number % 256:02X}" for at in range(32)) for number in (7, 11)]
        begin = datetime(2026, 11, 22, tzinfo=UTC)
        for name, known, lonely, problem in (
            ("first seen", "", False, ""),
            ("changed", prints[1], False, ""),
            ("its own", "", True, ""),
            ("for another server", "", True, "host"),
            ("expired", "", False, "expired"),
        ):
            shown = Authority(
                subject=self.label, issuer=self.label, not_before=begin,
                not_after=begin + timedelta(days=3_650), fingerprint=prints[0], pem="",
                is_lonely=lonely, problem=problem,
            )  # fmt: skip
            form.explain(shown, known, self.host)
            await self.at(f"start: certificate, {name}")

    async def _ways_in(self) -> None:
        """The questions of a sign-in, each as it is first shown and as it is after a problem."""
        steps = self.gui.workplace.reception.signing_in
        second = steps.form(SecondStepForm)
        steps._show(second)
        second.fields.offer((0, 1, 3, 2, 7))
        await self.at("start: second step")
        second.fields._radios[1].setChecked(True)
        await self.at("start: second step, mail")
        second.fields.mail_sent()
        second.show_problem(explain(errors.WrongTwoStepCode()).sentence, clears=True)
        await self.at("start: second step, mail, wrong code")
        second.fields.offer((0,))
        second.set_busy(translate("SigningIn", "Checking the code…"))
        await self.at("start: second step, busy")
        second.set_busy("")
        steps._show(steps.form(RecoveryForm))
        await self.at("start: recovery code")
        device = steps.form(DeviceCodeForm)
        steps._show(device)
        steps._resent(device)
        await self.at("start: mailed code, again")
        device.show_problem(explain(errors.WrongTwoStepCode()).sentence, clears=True)
        await self.at("start: mailed code, wrong")
        listed = steps.form(WaysForm)
        listed.offer(joined(self.email, self.host, between=" · "), is_known=False)
        steps._show(listed)
        await self.at("start: other ways")
        key = steps.form(ApiKeyForm)
        steps._show(key)
        await self.at("start: API key")
        key.show_problem(explain(errors.WrongApiKey()).sentence, clears=True)
        await self.at("start: API key, wrong")
        browser = steps.form(BrowserForm)
        steps._show(browser)
        await self.at("start: single sign-on")
        browser.wait()
        browser.opened("https://vault.example/", is_open=False)
        await self.at("start: single sign-on, waiting")
        for reason in ("organization", "ports", "timeout"):
            failed = explain(errors.BrowserSignInFailed(reason))
            browser.show_problem(failed.sentence, clears=False)
            await self.at(f"start: single sign-on, {reason}")
        steps._ask_password("")
        await self.at("start: keys")
        steps._ask_password(translate("SigningIn", "This master password does not open your keys."))
        await self.at("start: keys, wrong")
        approval = steps.form(ApprovalForm)
        steps._show(approval)
        approval.ask()
        await self.at("start: approval, asking")
        approval.wait(("appointee", "plating", "unsettled", "correct", "undermost"))
        await self.at("start: approval, waiting")
        expired = explain(errors.ApprovalFailed("expired"))
        approval.show_problem(expired.sentence, clears=False)
        await self.at("start: approval, expired")
        await self._certificates()
        for error in (
            errors.TwoStepUnsupported((2, 7), (0, 1, 3), ("api_key",)),
            errors.SignInUnsupported("sso_required", ("browser", "api_key"), self.label),
            errors.SignInUnsupported("trusted_device", ("set_password", "other_account")),
            errors.SignInUnsupported("key_connector", ("set_password", "other_account")),
            errors.ClientTooOld(),
            errors.AccountBlocked(self.words),
            errors.AccountDowngraded(),
        ):
            steps._refuse(error)
            what = error.what if isinstance(error, errors.SignInUnsupported) else ""
            await self.at(f"start: {type(error).__name__} {what}".strip())
        steps._refuse(errors.AccountBlocked(self.words))
        steps.form(RefusedForm).more.click()
        await self.at("start: AccountBlocked, details")
        steps.leave()

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
        await self.menu("clients: row menu", page.menu_of(self.gui.row(self.client)))
        await self.menu("clients: sort menu", page.table.sort_menu())
        page._rename(self.gui.desk, client)
        await self.dialog("rename", RenameDialog)
        page._seats(self.gui.desk, client)
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
        support = self.gui.shell.page.findChild(QPushButton, "support_bundle")
        assert isinstance(support, QPushButton)
        support.click()
        await self.dialog("settings: support bundle", SupportDialog)
        practice = self.gui.workplace.practice
        assert practice is not None
        practice.open_inbox()
        await self.dialog("inbox", InboxDialog)

    # --- what changed, the log, what is kept ------------------------------------------------

    async def _changes(self) -> None:
        gui, desk = self.gui, self.gui.desk
        await gui.show("changes")
        await self.at("changes: none yet")
        await desk.sync.round()
        third = gui.client("Third Client's Organization")
        await desk.runs.execute(desk.clients.seats_plan(third, (third.seats or 0) + 1))
        await desk.sync.round()
        await gui.show("clients")
        await gui.show("changes")
        page = gui.shell.page
        assert isinstance(page, ChangesPage)
        await self.at("changes")
        first = page.list.model.shown_entries()[0]
        page.list.timeline.choose(first.key)
        await self.at("changes: details")
        await self.menu("changes: line menu", page.list.menu_of(first))
        page.list.show_client(first.client_key, first.client)
        page.list.choose_kind("policies")
        await self.at("changes: no hits")
        page.list.clear_filters()
        page.list.period._ask()
        day = await gui.hand.dialog(DayDialog)
        day.field.setText("31-31-2026")
        await self.dialog("changes: no day", DayDialog)
        page.list.period.choose_day(QDate.currentDate())
        await gui.idle()
        page.list.model.replace(())
        page.list._fill_place()
        await self.at("changes: none today")
        page.list.period.choose("week")
        client = await gui.open_client(third.organization_name)
        client.tabs.choose("changes")
        await gui.idle()
        await self.at("client: changes")

    async def _log(self) -> None:
        await self.gui.show("local_log")
        page = self.gui.shell.page
        assert isinstance(page, LocalLogPage)
        await self.at("local log")
        page.search.setText("zzz")
        page.search._announce()
        await self.at("local log: no hits")
        page.search.clear()
        page._exported(LogExport(1_234, "0123456789abcdef" * 4))
        await self.at("local log: exported")
        self.gui.shell.toasts.clear()
        await self.gui.idle()

    async def _forget(self) -> None:
        page = await self.gui.open_client(self.client)
        await self.menu("client: more", page.menu(()))
        page._forget()
        await self.dialog("client: forget", QDialog)

    async def _held(self) -> None:
        gui, desk = self.gui, self.gui.desk
        await gui.show("clients")
        nobody: dict[str, object] = {"object": "list", "data": [], "continuationToken": None}
        path = "/api/providers/[^/]*/organizations"
        gui.server.script(
            {"method": "GET", "path": path, "times": 0, "do": "status", "body": nobody,
             "status": 200}
        )  # fmt: skip
        await desk.sync.round()
        strip = gui.shell.held.strip
        await gui.until("the held list", strip.isVisible)
        await self.at("clients: a list held back")
        strip.buttons[0].click()
        await self.dialog("held list", HeldDialog)
        client = gui.client(self.client).organization_id
        older = HeldBack("collections", client, 1_250, 1_250, datetime.now(UTC), is_older=True)
        strip.offer(
            held_title(older, self.client),
            translate("HeldLists", "%Ln more list(s) wait(s).", None, 7),
        )
        await self.at("clients: an older list held back")
        gui.shell._news._progressed(12, 1_000, 45.0)
        gui.shell._news._speak_up()
        await self.at("clients: refreshing waits")
        gui.shell._news._progressed(12, 1_000, 0.0)
        await self.at("clients: refreshing")
        gui.shell._news._end()
        gui.server.script()
        strip.buttons[2].click()
        await gui.until("the decision", lambda: not strip.isVisible())
        gui.shell.toasts.clear()
        await gui.idle()

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
            "clients: row menu offline", self.gui.clients.menu_of(self.gui.row(self.client))
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
        again = await self.gui.hand.dialog(SignInAgainDialog)
        await self.at("sign in again", again)
        again._failed(errors.TwoStepRequired((0, 1, 7)))
        await self.at("sign in again: second step", again)
        again.second._radios[1].setChecked(True)
        again._mailed()
        again._failed(errors.WrongTwoStepCode())
        await self.at("sign in again: wrong code", again)
        again.no_code.click()
        await self.at("sign in again: recovery code", again)
        again._failed(errors.WrongTwoStepCode())
        await self.at("sign in again: wrong recovery code", again)
        again._failed(errors.WrongPassword())
        again.other_way.click()
        await self.at("sign in again: browser", again)
        again._failed(errors.Offline("vault.example"))
        await self.at("sign in again: browser, no connection", again)
        await self._cancel(again)
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
        await self.gui.until("the stop", view.head.problem.isVisible, 40)
        await self.at("run: stopped")
        self.gui.server.script()
        view.foot.resume.click()
        await self.gui.until(
            "the report", lambda: view.report is not None and view.report.is_done, 40
        )
        await self.at("report")
        await self.gui.hand.click(view.foot.open)
        await self.gui.idle()
        await self.at("client: made")
