"""One loop and one practice server for all tests of the window; a fresh folder for each."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import msgspec
import pytest
import qasync
from PySide6.QtWidgets import QApplication

from desktop.app import application
from desktop.views.theme import LIGHT, Theme, apply
from tests.guard import t96
from tests.gui.desk import Gui, open_dialogs
from tests.gui.findings import Findings, look_around
from tests.gui.trap import Trap, laid
from tests.gui.watchdog import Watchdog, guard
from tests.practice_process import (
    PASSWORDS,
    PracticeHandle,
    assert_nothing_leaked,
    practice_server,
)
from tests.sweep import Sweep, listening, swept
from tests.traps import t26

Window = TypeVar("Window", bound=Gui)

__all__ = ["t26", "t96"]


@pytest.fixture(autouse=True)
def t16() -> Iterator[None]:
    """The oracle looks at all that every test sends, and names the test."""
    yield
    assert_nothing_leaked()


@pytest.fixture(scope="package", autouse=True)
def t100(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Sweep]:
    """After all tests of this folder: no secret lies anywhere, nor among what was copied.

    What the walks read from screens, aloud too, lies in files of this run and is searched as well.
    """
    board = qapp.clipboard()
    with listening() as heard:
        board.dataChanged.connect(lambda: heard.copied.append(board.text()))
        sweep = Sweep(heard, PASSWORDS)
        yield sweep
    assert swept(sweep, tmp_path_factory.getbasetemp()) == []


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


@pytest.fixture(autouse=True)
def watchdog(loop: asyncio.AbstractEventLoop) -> Iterator[Watchdog]:
    """The loop's thread waits for nothing that may be slow, in any test of the window (T34)."""
    with pytest.MonkeyPatch.context() as patch:
        dog = guard(patch)
        dog.is_on = True
        yield dog
        dog.is_on = False
    assert dog.offences == []


@pytest.fixture(scope="session")
def laid_trap(qapp: QApplication) -> Iterator[Trap]:
    with laid() as made:
        yield made


@pytest.fixture(autouse=True)
def trap(laid_trap: Trap) -> Iterator[Trap]:
    """No test of the window loads a picture, a style or a link that a name asks for (T71)."""
    laid_trap.sprung()
    yield laid_trap
    assert laid_trap.sprung() == []


@contextmanager
def opened(
    loop: asyncio.AbstractEventLoop,
    server: PracticeHandle,
    folder: Path,
    app: QApplication,
    kind: type[Window],
) -> Iterator[Window]:
    """A window of this kind; whatever it opened is closed, and no exception is left over."""
    asyncio.set_event_loop(loop)
    made = kind(loop, server, folder)
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
    with opened(loop, gui_server, tmp_path, qapp, Gui) as made:
        yield made


@pytest.fixture
def name() -> str:
    """A client of the test's own."""
    return f"Client {uuid4().hex[:8]}"


@contextmanager
def only_one(file: Path, patience_s: float = 320.0) -> Iterator[None]:
    """Two worker processes do not walk the same walk: the second waits for the first."""
    lock = file.with_suffix(".lock")
    pause = threading.Event()
    for _tick in range(int(patience_s / 0.1)):
        with suppress(FileExistsError):
            lock.touch(exist_ok=False)
            break
        pause.wait(0.1)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def survey_server() -> Iterator[PracticeHandle]:
    """What the walks see is the quick start and what they make themselves."""
    with practice_server() as handle:
        yield handle


@pytest.fixture(scope="session")
def findings(
    loop: asyncio.AbstractEventLoop,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    qapp: QApplication,
) -> Callable[[str], Findings]:
    """What a walk through every screen saw in a look such as "nl" or "pseudo 2x"; walked once.

    Worker processes share what they found through the folder of this run.
    """
    kept: dict[str, Findings] = {}
    failed: set[str] = set()
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def walked(look: str, file: Path) -> None:
        folder = tmp_path_factory.mktemp(look.replace(" ", "-"))
        server = request.getfixturevalue("survey_server")
        with opened(loop, server, folder, qapp, Gui) as made:
            found = look_around(made, look)
        (folder / "found").write_bytes(msgspec.json.encode(found))
        (folder / "found").replace(file)

    def of(look: str) -> Findings:
        if look in failed:
            pytest.fail(f"the walk in {look} did not come to its end; see the first failure")
        if look not in kept:
            failed.add(look)
            file = shared / f"findings-{look.replace(' ', '-')}.json"
            with only_one(file):
                if not file.exists():
                    walked(look, file)
            kept[look] = msgspec.json.decode(file.read_bytes(), type=Findings)
            failed.discard(look)
        return kept[look]

    return of
