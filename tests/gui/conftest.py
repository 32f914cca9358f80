"""One loop and one practice server for all tests of the window; a fresh folder for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from desktop.app import application
from desktop.views.theme import LIGHT, Theme, apply
from tests.gui.desk import Gui, open_dialogs
from tests.gui.findings import Findings, look_around
from tests.practice_process import PracticeHandle, practice_server


@pytest.fixture(scope="session")
def loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    application()
    made = qasync.QEventLoop(qapp)
    yield made
    made.close()


@pytest.fixture(scope="session")
def gui_server() -> Iterator[PracticeHandle]:
    with practice_server() as handle:
        yield handle


@contextmanager
def _opened(
    loop: asyncio.AbstractEventLoop, server: PracticeHandle, folder: Path, app: QApplication
) -> Iterator[Gui]:
    asyncio.set_event_loop(loop)
    made = Gui(loop, server, folder)
    try:
        yield made
    finally:
        server.script()
        made.run(made.close())
        asyncio.set_event_loop(None)
        apply(app, Theme(LIGHT))
    assert made.bugs == []
    assert open_dialogs() == []


@pytest.fixture
def gui(
    loop: asyncio.AbstractEventLoop, gui_server: PracticeHandle, tmp_path: Path, qapp: QApplication
) -> Iterator[Gui]:
    """A window's surroundings; whatever it opened is closed, and no exception was left over."""
    with _opened(loop, gui_server, tmp_path, qapp) as made:
        yield made


@pytest.fixture(scope="session")
def findings(
    loop: asyncio.AbstractEventLoop,
    gui_server: PracticeHandle,
    tmp_path_factory: pytest.TempPathFactory,
    qapp: QApplication,
) -> Callable[[str], Findings]:
    """What a walk through every screen saw in a look such as "nl" or "pseudo 2x"; walked once."""
    kept: dict[str, Findings] = {}

    def of(look: str) -> Findings:
        if look not in kept:
            folder = tmp_path_factory.mktemp(look.replace(" ", "-"))
            with _opened(loop, gui_server, folder, qapp) as made:
                kept[look] = look_around(made, look)
        return kept[look]

    return of
