"""The window over an account without a provider: what is there, and why the rest is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.views.pages.client import ClientPage
from desktop.views.setup.run import RunView
from desktop.views.widgets.labels import Label
from tests.gui.desk import Gui
from tests.practice_process import PracticeHandle, practice_server

MINE, SEEN = "My Client's Organization", "Third Client's Organization"


@pytest.fixture(scope="module")
def gui_server() -> Iterator[PracticeHandle]:
    with practice_server("--no-providers", "--kdf-rounds", "6000") as handle:
        yield handle


def test_the_providers_pages_and_actions_are_not_there(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter("owner")
        shown = [page.key for page in gui.shell._shown_pages()]
        assert shown == ["clients", "runs", "changes", "settings"]
        rows = gui.clients.model.records()
        columns = {one.key: one for one in gui.clients.model.columns}
        mine = gui.row(MINE)
        assert columns["assigned"].text(mine) == "unlimited"
        assert len(rows) == 3
        reason = "This account has no provider; organizations are made in the web vault."
        assert gui.clients.new_button.accessibleDescription() == reason
        menu = gui.clients.menu_of(mine)
        told = {one.text().replace("&", ""): one.statusTip() for one in menu.actions()}
        assert told["Rename…"] == reason
        assert told["Change seats…"] == reason
        assert told["Set up…"] == ""

    gui.run(go())


def test_a_client_is_set_up_by_ones_own_role(gui: Gui) -> None:
    """Through the wizard: no groups there, no session timeout, a collection more."""

    async def go() -> None:
        await gui.open()
        await gui.enter("owner")
        page = await gui.open_client(MINE)
        gui.workplace.set_up(page.client, None)
        await gui.until("the wizard", lambda: gui.workplace.wizard is not None)
        setup = gui.setup
        await gui.until("the steps", lambda: setup.frame is not None)
        setup.answers.collections.append("From the window")
        await gui.to_step("access")
        blocked = setup.access._add_button
        assert blocked.accessibleDescription() == "This plan or this server has no groups."
        await gui.to_step("review")
        assert setup.frame is not None
        setup.frame.advance()
        await gui.until("the run", lambda: setup.run_view is not None)
        view = setup.run_view
        assert isinstance(view, RunView)
        await gui.until("the report", view.foot.open.isVisible)
        await gui.hand.click(view.foot.open)
        await gui.until("the client", lambda: isinstance(gui.shell.page, ClientPage))
        names = gui.client_page.table("collections")
        await gui.until("it", lambda: "From the window" in {row.name for row in names.records()})

    gui.run(go())


def test_what_a_role_does_not_reach_says_so(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter("owner")
        page = await gui.open_client(SEEN)
        await gui.until("the collections", lambda: page.table("collections").rowCount() > 2)
        for key in ("members", "groups", "policies"):
            assert page.table(key).rowCount() == 0
            placeholder = page._tables[key]._placeholder
            assert placeholder is not None
            said = [one.full_text() for one in placeholder.findChildren(Label)]
            assert said[0] == "Not within your role"

    gui.run(go())
