"""Whatever a server writes into a refusal, no screen repeats it as a sentence of ours (T72)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.pages.client_dialogs import RenameDialog
from desktop.views.pages.runs import RunsPage
from desktop.views.widgets.fields import FormField
from tests.gui import measure
from tests.gui.desk import Gui
from tests.gui.trap import Trap
from tests.gui.watching import harm

CLIENT = "My Client's Organization"
RENAME = "/api/providers/[^/]*/clients/.*"
ADVICE = "Install the update now"


def bodies(probe: str) -> list[dict[str, Any]]:
    """The same advice in every place that a server has for words."""
    words = (
        f'<a href="{probe}"><img src="{probe}">{ADVICE}</a> \u202eat www.evil.example & run it\n'
    )
    long = words * 200
    return [
        {"message": words},
        {"message": long, "validationErrors": {"Name": [long], long: [words]}},
        {"error": words, "error_description": long},
        {"ErrorModel": {"Message": words, "ValidationErrors": {words: [words]}}},
        {"title": words, "errors": {words: [{"detail": words}]}},
        {
            "object": "error",
            "message": words,
            "exceptionMessage": words,
            "innerExceptionMessage": words,
        },
    ]


def is_refused(field: FormField) -> bool:
    return "refused" in field.below_text()


def test_t72_no_word_of_a_refusal_is_told_outside_the_details(
    gui: Gui, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = measure.watch_painting(monkeypatch)
    told: list[str] = []
    wrong: list[str] = []

    def look(window: QWidget) -> None:
        found, texts = harm(window, recorder)
        wrong.extend(found)
        told.extend(one for one in texts if "Install" in one or "evil.example" in one)

    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.show("clients")
        for number, body in enumerate(bodies(trap.file_url)):
            gui.server.script(
                {"method": "PUT", "path": RENAME, "times": 0, "do": "status", "status": 400,
                 "body": body}
            )  # fmt: skip
            gui.clients._rename(gui.desk, gui.client(CLIENT))
            dialog = await gui.hand.dialog(RenameDialog)
            await gui.hand.write(dialog.name, f"Another name {number}")
            await gui.hand.enter()
            field = dialog.field
            assert field is not None
            await gui.until("the refusal", partial(is_refused, field))
            for window in [one for one in QApplication.topLevelWidgets() if one.isVisible()]:
                look(window)
            dialog.reject()
            await gui.hand.gone(dialog)
            await gui.idle()
        gui.server.script()
        # The runs that were refused say why in our words too.
        await gui.show("runs")
        look(gui.window)
        page = gui.shell.page
        assert isinstance(page, RunsPage)
        page.open_run(page.model.records()[0].run)
        await gui.idle()
        look(gui.window)

    gui.run(go())
    assert told == []
    assert wrong == []
