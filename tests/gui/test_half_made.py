"""A client that the server left half made, met again after a restart (T45)."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt

from desktop.views.setup.run import RunScreen, RunView
from tests.gui.desk import Gui
from tests.gui.test_wizard import fill


def test_t45_what_is_missing_is_still_offered_after_a_restart(gui: Gui) -> None:
    tag = f"half{uuid4().hex[:8]}"

    def stopped(view: RunView | None) -> RunView | None:
        return view if view is not None and view.foot.resume.isVisible() else None

    async def go() -> None:
        await gui.open()
        await gui.enter()
        setup = await gui.wizard()
        await fill(gui, tag)
        await gui.to_step("review")
        gui.server.script(
            {"path": "/api/providers/[^/]*/clients", "method": "POST", "do": "status",
             "status": 500, "step": 3},
        )  # fmt: skip
        await gui.hand.click(setup.frame.continue_button)  # type: ignore[union-attr]  # it is there
        await gui.until("the stop", lambda: stopped(setup.run_view))
        gui.server.script()
        await gui.shortcut(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)
        await gui.enter()
        (waiting,) = [one for one in await gui.desk.runs.waiting() if one.client_name.endswith(tag)]
        gui.workplace.continue_run(waiting.run)
        view = gui.workplace.wizard
        assert isinstance(view, RunScreen)
        await gui.until("the offer", lambda: view.foot.resume.text() == "Add what is missing")
        await gui.desk.runs.abandon(waiting.run)

    gui.run(go())
