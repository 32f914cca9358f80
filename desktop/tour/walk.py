"""The first five minutes, step by step, and whether the server ended as it should."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from desktop.domain.enums import OrganizationUserStatus
from desktop.tour.hand import Hand, TourFailed
from desktop.tour.pictures import Album
from desktop.views.pages.client import ClientPage
from desktop.views.pages.clients import ClientsPage
from desktop.views.pages.confirm import ConfirmDialog
from desktop.views.pages.members import MembersPage
from desktop.views.pages.which_client import WhichClientDialog
from desktop.views.practice import InboxDialog
from desktop.views.setup.report import verdict_summary
from desktop.views.setup.run import RunView
from desktop.views.setup.screen import SetupScreen

if TYPE_CHECKING:
    from desktop.services.run_types import RunReport
    from desktop.views.start import StartPage
    from desktop.views.window import Window
    from desktop.views.workplace import Workplace

CLIENT_NAME = "Bakkerij van der Meulen & Zonen B.V."
OWNER = "sanne@vdmeulen.example"
PEOPLE = "joris@vdmeulen.example, user, {first}\nfatima@vdmeulen.example, admin, {first}"
CLICKS_MAX = 45


@dataclass(frozen=True)
class Stage:
    """What the composition root sets up for one walk."""

    window: Window
    start: StartPage
    workplace: Workplace


Opener = Callable[[Path, str, str], Stage]


@dataclass
class Summary:
    """`summary.json`, exactly these keys."""

    client_id: str = ""
    collections: int = 0
    groups: int = 0
    policies: int = 0
    invitations: int = 0
    items_sent: int = 0
    items_read_back: int = 0
    clicks: int = 0
    verified: bool = False


async def walk(app: QApplication, open_stage: Opener, out: Path, looks: Sequence[str]) -> int:
    """Walks once per look (`en-light`); exit code 0 only if the server ended right each time.

    The first look's figures become `summary.json`.
    """
    failed = 0
    for number, look in enumerate(looks):
        language, _dash, appearance = look.partition("-")
        with tempfile.TemporaryDirectory(prefix="claviger-tour-") as folder:
            stage = open_stage(Path(folder), language, appearance)
            found = await _Walk(stage, Album(out, language, appearance), Path(folder)).go()
        if number == 0:
            text = json.dumps(asdict(found), indent=2) + "\n"
            await asyncio.to_thread((out / f"summary-{look}.json").write_text, text, "utf-8")
        if not found.verified:
            sys.stderr.write(f"tour ({look}): the server's final state is not right\n")
            failed = 1
    return failed


class _Walk:
    """One look, one fresh profile, one practice provider."""

    def __init__(self, stage: Stage, album: Album, folder: Path) -> None:
        self.stage = stage
        self.folder = folder
        self.hand = Hand(stage.window)
        self.album = album
        self.summary = Summary()

    async def go(self) -> Summary:
        self.stage.window.show()
        self.stage.workplace.open()
        try:
            await self._sign_in()
            await self._confirm_billy()
            sample = await self._save_sample()
            await self._answer(sample)
            report = await self._run()
            await self._owner_joins()
            await self._cut()
            await self._other_pages()
            await self._lock()
            await self._verify(report)
        finally:
            self.album.sheet()
            self.stage.window.close()
            await asyncio.wait_for(self.stage.workplace.closed(), 30)
        self.summary.clicks = self.hand.clicks
        self.summary.verified = self.summary.verified and self.hand.clicks <= CLICKS_MAX
        return self.summary

    # --- helpers ----------------------------------------------------------------------------

    def shot(self, name: str) -> None:
        self.album.take(self.stage.window, name)

    @property
    def shell(self) -> Any:
        shell = self.stage.workplace.shell
        if shell is None:
            raise TourFailed("the shell is gone")
        return shell

    @property
    def setup(self) -> SetupScreen:
        screen = self.stage.workplace.wizard
        if not isinstance(screen, SetupScreen):
            raise TourFailed("the wizard is not there")
        return screen

    def named(self, name: str, parent: QWidget | None = None) -> QPushButton:
        """The visible button of that object name."""
        for button in (parent or self.stage.window).findChildren(QPushButton, name):
            if button.isVisible():
                return button
        raise TourFailed(f"no button {name}")

    # --- the five minutes -------------------------------------------------------------------

    async def _sign_in(self) -> None:
        start = self.stage.start
        await self.hand.until("the practice account", start.practice_email.text)
        await self.hand.settle()
        self.shot("start")
        await self.hand.enter()
        await self.hand.until("the shell", lambda: self.stage.workplace.shell is not None)
        page = self.shell.page
        if not isinstance(page, ClientsPage):
            raise TourFailed("the clients are not first")
        await self.hand.until("three clients", lambda: page.model.rowCount() == 3)
        await self.hand.until("the banner", page.banner.isVisible)
        await self.hand.settle()
        self.shot("clients")

    async def _confirm_billy(self) -> None:
        page = self.shell.page
        await self.hand.click(page.banner.button)
        dialog = await self.hand.dialog(ConfirmDialog)
        self.shot("confirm")
        await self.hand.click(self.named("phrases_match", dialog))
        await self.hand.gone(dialog)
        await self.hand.until("Billy is confirmed", lambda: not page.banner.isVisible())

    async def _save_sample(self) -> Path:
        sample = self.folder / "lastpass-export.csv"
        await self.hand.click(self.named("try_import"))
        await self.hand.choose_file(sample)
        await self.hand.until("the sample", sample.is_file)
        await self.hand.settle()
        self.shot("sample-saved")
        await self.hand.drop(sample)
        dialog = await self.hand.dialog(WhichClientDialog)
        self.shot("which-client")
        await self.hand.enter()
        await self.hand.gone(dialog)
        return sample

    async def _answer(self, sample: Path) -> None:
        setup = self.setup
        await self.hand.until("the questions", lambda: setup.frame is not None)
        await self.hand.until(f"{sample.name} is read", lambda: setup.answers.preview is not None)
        await self.hand.write(setup.details.name, CLIENT_NAME)
        await self.hand.write(setup.details.owner, OWNER)
        self.shot("details")
        for name in ("collections", "import", "policies", "access", "people", "review"):
            if setup.flow.step.key == "people":
                box = setup.people.findChild(QPlainTextEdit, "people_text")
                if isinstance(box, QPlainTextEdit):
                    await self.hand.write(box, PEOPLE.format(first=setup.answers.groups[0]))
                    self.shot("people-filled")
                    if setup.frame is not None:
                        setup.frame.continue_button.setFocus()
            await self.hand.enter()
            if setup.flow.step.key != name:
                focus = QApplication.focusWidget()
                problem = setup.frame.continue_button.toolTip() if setup.frame else ""
                raise TourFailed(f"Enter did not lead to {name}: {focus}, {problem}")
            self.shot(name)

    async def _run(self) -> RunReport:
        setup = self.setup
        await self.hand.enter()
        await self.hand.until("the run", lambda: setup.run_view is not None)
        view = setup.run_view
        if not isinstance(view, RunView):
            raise TourFailed("the run does not show")
        await self.hand.until("some steps", lambda: view.done_steps >= 3)
        self.shot("run")
        await self.hand.until("the report", lambda: view.is_ended, 180)
        await self.hand.settle()
        self.shot("report")
        report = view.report
        if report is None or report.imported is None or not report.is_done:
            raise TourFailed("the run did not end well")
        await self.hand.click(self.named("save_report"))
        saved = self.folder / "report.html"
        await self.hand.choose_file(saved)
        await self.hand.until("the saved report", saved.is_file, 10)
        text = saved.read_text("utf-8")
        if str(report.imported.rows) not in text.replace(",", "").replace(".", ""):
            raise TourFailed("the saved report does not name the rows")
        self.summary.client_id = str(report.organization_id)
        for key in (
            "collections",
            "groups",
            "policies",
            "invitations",
            "items_sent",
            "items_read_back",
        ):
            setattr(self.summary, key, report.made.get(key, 0))
        await self.hand.click(self.named("open_made_client"))
        await self.hand.until("the client", lambda: isinstance(self.shell.page, ClientPage))
        return report

    async def _owner_joins(self) -> None:
        page = self.shell.page
        await self.hand.until("its collections", lambda: page.table("collections").rowCount() > 1)
        await self.hand.settle()
        self.shot("client-collections")
        practice = self.stage.workplace.practice
        if practice is None:
            raise TourFailed("this is not practice")
        await self.hand.click(practice.ribbon.inbox)
        inbox = await self.hand.dialog(InboxDialog)
        self.shot("inbox")
        await self.hand.click(self.named(f"accept_{OWNER}", inbox))
        await self.hand.settle()
        await self.hand.until(
            "the owner accepted",
            lambda: not self.named(f"accept_{OWNER}", inbox).isEnabled(),
        )
        await self.hand.press(inbox, Qt.Key.Key_Escape)
        await self.hand.gone(inbox)
        await self.hand.until("somebody waits", page.banner.isVisible)
        page.tabs.choose("members")
        await self.hand.settle()
        self.shot("client-members")
        await self.hand.click(page.banner.button)
        dialog = await self.hand.dialog(ConfirmDialog)
        self.shot("confirm-owner")
        await self.hand.click(self.named("phrases_match", dialog))
        await self.hand.gone(dialog)
        await self.hand.until("the owner is confirmed", lambda: not page.banner.isVisible())

    async def _cut(self) -> None:
        practice = self.stage.workplace.practice
        if practice is None:
            raise TourFailed("this is not practice")
        await self.hand.click(practice.ribbon.cut)
        await self.hand.until("the offline strip", self.shell.strip.isVisible)
        self.shot("offline-client")
        self.shell.show_page("clients")
        await self.hand.settle()
        if not self.shell.page.new_button.isEnabled():
            raise TourFailed("a draft cannot be prepared offline")
        if self.shell.page.model.rowCount() < 4:
            raise TourFailed("the clients are not readable offline")
        self.shot("offline-clients")
        self.shell.show_page("members")
        await self.hand.settle()
        if self.shell.page.invite_button.isEnabled():
            raise TourFailed("what takes an answer is not greyed offline")
        self.shell.show_page("clients")
        await self.hand.settle()
        await self.hand.click(practice.ribbon.cut)
        desk = self.stage.workplace.desk
        await self.hand.until("the connection", lambda: desk is not None and desk.online)

    async def _other_pages(self) -> None:
        for key in ("members", "events", "billing", "settings"):
            self.shell.show_page(key)
            await self.hand.settle()
            if isinstance(self.shell.page, MembersPage):
                await self.hand.until("the staff", lambda: self.shell.page.model.rowCount() >= 4)
            self.shot(key)

    async def _lock(self) -> None:
        workplace = self.stage.workplace
        await self.hand.click(self.shell.sidebar.lock_button)
        await self.hand.until("the lock screen", lambda: workplace.shell is None)
        await self.hand.settle()
        self.shot("locked")
        account = workplace.reception.practice_account
        if account is None:
            raise TourFailed("the practice account is forgotten")
        await self.hand.write(workplace.start.unlock_password, account.password)
        await self.hand.enter()
        await self.hand.until("the desk again", lambda: workplace.shell is not None)

    async def _verify(self, report: RunReport) -> None:
        """Asks the server itself, through a fresh look at the client and its own state."""
        workplace = self.stage.workplace
        desk = workplace.desk
        if desk is None or report.organization_id is None or report.imported is None:
            raise TourFailed("nothing to verify")
        await self.hand.until("the connection", lambda: desk.online)
        clients = (await desk.clients.fetch()).data
        view = await desk.workspace.refresh(report.organization_id)
        state = await workplace.practice_state()
        made = [one for one in clients if one.organization_name == CLIENT_NAME]
        on_server = [
            one for one in state["organizations"] if one["id"] == str(report.organization_id)
        ]
        owners = [m for m in view.members if m.email == OWNER]
        mails = [mail["to"] for mail in state["mails"] if mail["kind"].endswith("invitation")]
        checks = {
            "one client": len(made) == 1 and len(on_server) == 1,
            "owner confirmed": [m.status for m in owners] == [OrganizationUserStatus.CONFIRMED],
            "one mail each": all(mails.count(m.email) == 1 for m in view.members),
            "collections": sum(c.id is not None for c in view.collections)
            == self.summary.collections,
            "groups": len(view.groups) == self.summary.groups,
            "policies": sum(p.enabled for p in view.policies) == self.summary.policies,
            "people": len(view.members) == self.summary.invitations,
            "items": _count_items(state, str(report.organization_id)) == self.summary.items_sent,
            "read back": report.imported.verified
            and self.summary.items_read_back == self.summary.items_sent,
            "summary": str(report.imported.rows)
            in verdict_summary(report.imported).replace(",", "").replace(".", ""),
        }
        for name, holds in checks.items():
            if not holds:
                sys.stderr.write(f"tour: {name} is not as it should be\n")
        self.summary.verified = all(checks.values())


def _count_items(state: dict[str, Any], organization: str) -> int:
    return sum(one.get("organizationId") == organization for one in state["ciphers"])
