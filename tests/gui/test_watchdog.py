"""The watchdog of all tests of the window sees what it is there for (T34)."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.cache.database import Database, Schema
from desktop.crypto.kdf import derive_master_key
from desktop.domain.enums import KdfType
from desktop.domain.records import Kdf
from desktop.settings.files import write_private
from desktop.settings.preferences import PREFERENCES_FILE
from desktop.views.pages.settings import SettingsPage
from tests.gui.desk import Gui
from tests.gui.watchdog import ROOT, Watchdog

Work = Callable[[], object]
FAST = Kdf(kdf_type=KdfType.PBKDF2_SHA256, iterations=5_000)


def as_a_view(work: Work) -> object:
    """Calls `work` from a line that stands in a file of the views."""
    planted = compile(
        "def clicked(work):\n    return work()\n", f"{ROOT}/desktop/views/x.py", "exec"
    )
    names: dict[str, Any] = {}
    exec(planted, names)  # noqa: S102 - the file's name is the point
    return names["clicked"](work)


# Each gives a call with no line of a test in it, ready to be made once.


def derive(_path: Path) -> Work:
    return partial(derive_master_key, "a password", "a@example.org", FAST)


def write(path: Path) -> Work:
    return partial(write_private, path / "x", b"x")


def query(_path: Path) -> Work:
    return partial(Database.empty(Schema(1, 1, lambda _db: None)).rows, "SELECT 1")


def receive(_path: Path) -> Work:
    here, there = socket.socketpair()
    there.sendall(b"x")
    return partial(here.recv, 1)


def wait(_path: Path) -> Work:
    asked: Future[int] = Future()
    threading.Timer(0.05, asked.set_result, (1,)).start()
    return partial(asked.result, 20)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (derive, "derives a key"),
        (write, "waits for the disk"),
        (write, "opens a file"),
        (write, "renames a file"),
        (query, "asks SQLite"),
        (receive, "waits for the network"),
        (wait, "waits for a worker"),
    ],
)
def test_t34_a_view_that_waits_is_told_with_its_line(
    make: Callable[[Path], Work], told: str, tmp_path: Path, watchdog: Watchdog
) -> None:
    work = make(tmp_path)
    work()
    assert watchdog.offences == [], "what a test does itself is no offence"
    with ThreadPoolExecutor(1) as beside:
        beside.submit(as_a_view, make(tmp_path)).result(20)
    assert watchdog.offences == [], "nor what a worker does"
    as_a_view(make(tmp_path))
    found, watchdog.offences[:] = list(watchdog.offences), []
    assert any(told in one and "desktop/views/x.py:clicked" in one for one in found), found
    with watchdog.off():
        as_a_view(make(tmp_path))
    assert watchdog.offences == []


def test_t34_what_a_person_sets_waits_for_no_disk(gui: Gui, watchdog: Watchdog) -> None:
    async def go() -> None:
        await gui.open()
        await gui.enter()
        await gui.show("settings")
        page = gui.shell.page
        assert isinstance(page, SettingsPage)
        page.refreshing.toggle()
        page.months.setValue(page.months.value() - 1)
        await gui.idle()
        await asyncio.to_thread(gui.workplace.preferences.settle)
        gui.workplace.lock()
        await gui.until("the lock screen", lambda: gui.workplace.shell is None)

    gui.run(go())
    kept = (gui.folder / "desk" / PREFERENCES_FILE).read_text("utf-8")
    assert "keep_history_months" in kept
    assert watchdog.offences == []
