"""Two clients that look alike are told apart wherever one of them is chosen or changed (T75)."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt

from desktop.views.pages.which_client import WhichClientDialog
from tests.gui import run_scenes as scenes
from tests.gui.desk import Gui


def test_t75_two_clients_that_look_alike_carry_their_ids_everywhere(gui: Gui) -> None:
    tag = uuid4().hex[:5]
    real, spoof, other = f"Acme {tag}", f"\u0410cme {tag}", f"Bakker {tag}"

    async def go() -> None:
        await gui.open()
        await gui.enter()
        for name in (real, spoof, other):
            await scenes.a_client(gui.desk, name)
        await gui.show("clients")
        await gui.idle()
        ids = {name: scenes.client_id(gui.desk, name) for name in (real, spoof, other)}
        wanted = {
            real: f"{real} · {str(ids[real])[:8]}",
            spoof: f"{spoof} · {str(ids[spoof])[:8]}",
            other: other,
        }
        model = gui.clients.model
        column = model.section_of("name")
        role = int(Qt.ItemDataRole.AccessibleTextRole)
        cells = {str(model.data(model.index(row, column), role)) for row in range(model.rowCount())}
        assert set(wanted.values()) <= cells
        gui.clients.file_undecided.emit(gui.folder / "export.csv")
        asked = await gui.hand.dialog(WhichClientDialog)
        choices = {one.name for one in asked.model.records()}
        assert set(wanted.values()) <= choices
        asked.reject()
        await gui.hand.gone(asked)
        for client, text in wanted.items():
            page = await gui.open_client(client)
            assert page._name.full_text() == text
            item = gui.shell.sidebar._clients[
                next(key for key in gui.shell.sidebar._clients if str(ids[client]) in key)
            ]
            assert item.name == text

    gui.run(go())
