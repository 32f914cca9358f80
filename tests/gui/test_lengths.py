"""Names of absurd length and of many lines cost no more than a frame (T76)."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from desktop.api import requests
from desktop.domain.limits import SHOWN_DETAIL, SHOWN_LINE
from desktop.views.pages.which_client import WhichClientDialog
from tests.gui import measure
from tests.gui.desk import Gui
from tests.gui.watching import spoken

FRAME_S = 0.1
LONG = "\u00e9" + "W" * 1_999_999
LONGER = "\u00fc" + "Wx" * 999_999
LINES = "line\n" * 500


class Frames:
    """The processor time of the window's thread: a busy computer does not lengthen it."""

    def __init__(self, gui: Gui) -> None:
        self.gui = gui
        self.slow: list[str] = []
        self.long: list[str] = []

    def took(self, what: str, work: Callable[[], object]) -> None:
        began = time.thread_time()
        work()
        seconds = time.thread_time() - began
        if seconds > FRAME_S:
            self.slow.append(f"{what}: {seconds * 1000:.0f} ms")

    def look(self, what: str) -> None:
        window = self.gui.window
        window.grab()  # once to lay it out, as it was before the names came
        self.took(f"{what}, a frame", window.grab)
        for widget in measure.visible(window):
            for text in spoken(widget):
                if len(text) > SHOWN_DETAIL:
                    self.long.append(f"{what}: {len(text)} in {measure.where(widget)}")


def test_t76_two_million_characters_and_five_hundred_lines_are_one_row_each(gui: Gui) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        frames = Frames(gui)
        link = gui.desk.link
        raw = await link.api.get_raw(requests.provider_clients(link.session.provider_id))
        answer: dict[str, Any] = msgspec.json.decode(raw)
        for row, name in zip(answer["data"], (LONG, LONGER, LINES), strict=False):
            row["organizationName"] = name
        path = "/api/providers/[^/]*/organizations"
        gui.server.script(
            {"method": "GET", "path": path, "times": 0, "do": "status", "status": 200,
             "body": answer}
        )  # fmt: skip
        await gui.desk.clients.fetch()
        await gui.idle()
        model, table = gui.clients.model, gui.clients.table
        names = {row.client.organization_name: row for row in model.records()}
        assert {LONG, LONGER, LINES} <= set(names)
        frames.look("clients")
        heights = {table.rowHeight(row) for row in range(model.rowCount())}
        assert len(heights) == 1
        column = model.section_of("name")
        shown = [str(model.data(model.index(row, column))) for row in range(model.rowCount())]
        assert max(map(len, shown)) == SHOWN_LINE
        assert not any("\n" in one for one in shown)
        frames.took("rows", lambda: model.replace(model.records()))
        frames.took("search texts", model._prepare_slice)
        frames.took("filter", lambda: model.set_filter("wwww"))
        assert model.rowCount() == 1  # the other one has no two in a row
        frames.took("filter off", lambda: model.set_filter(""))
        frames.took("sort", lambda: table.sort_by("name"))
        for name in (LONG, LINES):
            frames.took("a menu", partial(gui.clients.menu_of, names[name]))
            await gui.open_client(name)
            frames.look("client")
            for key in ("groups", "members", "policies"):
                gui.client_page.tabs.choose(key)
                frames.look(f"client: {key}")
        gui.clients.file_undecided.emit(gui.folder / f"{'x' * 200}.csv")
        asked = await gui.hand.dialog(WhichClientDialog)
        frames.took("which client, a frame", asked.grab)
        asked.reject()
        await gui.hand.gone(asked)
        assert frames.slow == []
        assert frames.long == []

    gui.run(go())
