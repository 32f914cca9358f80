"""When server, network or disk let people down: what was shown stays, and it is said."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt

from desktop.views.setup.screen import SetupScreen
from desktop.views.sign_in_again import SignInAgainDialog
from tests.gui.desk import Gui
from tests.gui.test_wizard import fill, started

FIRST = "My Client's Organization"
CLIENTS = "/api/providers/[^/]*/(clients|organizations).*"


def test_a_web_page_in_the_place_of_the_clients_keeps_them(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        rows = gui.clients.model.rowCount()
        gui.server.script({"method": "GET", "path": CLIENTS, "do": "html", "times": 0})
        await gui.shortcut(Qt.Key.Key_F5)
        await gui.until("the message", gui.shell.toasts.text)
        assert "not a Bitwarden server" in gui.shell.toasts.text()
        assert gui.clients.model.rowCount() == rows
        gui.server.script()
        gui.shell.toasts.clear()
        await gui.shortcut(Qt.Key.Key_F5)
        await gui.idle()
        assert gui.shell.toasts.text() == ""

    gui.run(go())


def test_a_client_that_cannot_be_read_says_so_on_its_page(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        path = "/api/organizations/.*"
        rule = {"method": "GET", "path": path, "do": "status", "status": 404, "times": 0}
        gui.server.script(rule)
        gui.shell.open_client(gui.client("Third Client's Organization").organization_id)
        await gui.until("the message", gui.shell.toasts.text)
        table = gui.client_page._tables["collections"]
        await gui.until("the place", lambda: table._placeholder is not None)
        gui.server.script()
        await gui.shortcut(Qt.Key.Key_F5)
        await gui.until("the rows", lambda: gui.client_page.table("collections").rowCount() > 1)

    gui.run(go())


def test_t37_an_ended_session_is_one_click_from_going_on(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.idle()
        account = gui.server.account("provider_admin")
        gui.server.post("sign-out", {"email": account["email"]})
        gui.server.advance(7_200)
        await gui.shortcut(Qt.Key.Key_F5)
        await gui.until("the strip", gui.shell.strip.isVisible)
        assert "session has ended" in gui.shell.strip.text
        assert gui.shell.toasts.text() == ""
        assert gui.clients.model.rowCount() >= 3
        assert "session" in gui.clients.new_button.accessibleDescription()
        await gui.hand.click(gui.shell.strip._button)
        dialog = await gui.hand.dialog(SignInAgainDialog)
        await gui.hand.write(dialog.password, account["password"])
        await gui.hand.enter()
        await gui.hand.gone(dialog)
        await gui.until("the strip to go", lambda: not gui.shell.strip.isVisible())
        assert gui.clients.new_button.isEnabled()

    gui.run(go())


def test_a_cut_network_greys_writing_and_mending_it_ends_that(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        practice = gui.workplace.practice
        assert practice is not None
        await gui.hand.click(practice.ribbon.cut)
        await gui.until("the strip", gui.shell.strip.isVisible)
        # What takes two sides is greyed; what can be planned is prepared as a draft.
        compare = gui.clients.banner.button
        assert "connection" in compare.accessibleDescription()
        assert not compare.isEnabled()
        menu = gui.clients.menu_of(gui.row(FIRST))
        greyed = [action.statusTip() for action in menu.actions() if action.statusTip()]
        menu.deleteLater()
        assert greyed == []
        await gui.hand.click(practice.ribbon.cut)
        await gui.until("the connection", lambda: gui.desk.online)
        await gui.until("the strip to go", lambda: not gui.shell.strip.isVisible())
        assert compare.isEnabled()

    gui.run(go())


def test_a_set_up_in_the_background_is_not_replaced_unseen(gui: Gui) -> None:
    async def go() -> None:
        tag = uuid4().hex[:8]
        await gui.open()
        await gui.enter()
        await gui.wizard()
        await fill(gui, tag)
        groups = "/api/organizations/.*/groups"
        gui.server.script(
            {"method": "POST", "path": groups, "do": "delay", "seconds": 0.3, "times": 0}
        )
        view = await started(gui)
        await gui.hand.click(view.foot.background)
        assert gui.shell.isVisible()
        assert gui.shell.sidebar.run_card.isVisible()
        gui.workplace.set_up(gui.client(FIRST).organization_id, None)
        assert "open already" in gui.shell.toasts.text()
        assert isinstance(gui.workplace.wizard, SetupScreen)
        assert gui.workplace.wizard.answers.client_name == f"Client {tag}"
        gui.shell.toasts.clear()
        await gui.hand.click(gui.shell.sidebar.run_card)
        assert view.isVisible()
        gui.server.script()
        await gui.until("the report", view.foot.open.isVisible)

    gui.run(go())


def test_a_step_that_fails_opens_in_place_and_the_run_goes_on(gui: Gui) -> None:
    async def go() -> None:
        tag = uuid4().hex[:8]
        await gui.open()
        await gui.enter()
        await gui.wizard()
        await fill(gui, tag)
        groups = "/api/organizations/.*/groups"
        gui.server.script({"method": "POST", "path": groups, "do": "status", "status": 400})
        view = await started(gui)
        await gui.until("the stop", view.head.problem.isVisible)
        await gui.until("the failed step", lambda: "failed" in {s.state for s in view.list.steps()})
        failed = [step for step in view.list.steps() if step.state == "failed"]
        assert len(failed) == 1
        assert failed[0].problem
        assert view.foot.resume.isVisible()
        gui.server.script()
        await gui.hand.click(view.foot.resume)
        await gui.until("the report", view.foot.open.isVisible)
        made = [g for g in gui.server.state()["groups"] if g["name"] == "Management"]
        assert made

    gui.run(go())


def test_a_report_that_cannot_be_saved_is_said(gui: Gui) -> None:
    async def go() -> None:
        tag = uuid4().hex[:8]
        await gui.open()
        await gui.enter()
        await gui.wizard()
        await fill(gui, tag)
        view = await started(gui)
        await gui.until("the report", view.foot.open.isVisible)
        view._write(gui.folder / "no such folder" / "report.html")
        await gui.until("the message", view.head.problem.isVisible)
        assert view.head.problem.label.full_text()
        assert view.foot.open.isVisible()
        path = gui.folder / "report.html"
        view._write(path)
        await gui.until("the file", path.is_file)

    gui.run(go())
