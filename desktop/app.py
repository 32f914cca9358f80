"""The composition root: builds everything once, owns the loop. The only file that names qasync.

Order matters here. The start window is shown with nothing but Qt and the theme loaded; httpx,
keyring, SQLite and the services are imported after its first frame.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.settings.connections import ConnectionsFile
from desktop.settings.preferences import PreferencesFile
from desktop.settings.profile import ProfileFolder, default_path, practice_path
from desktop.views.language import Language, system_language
from desktop.views.start import StartPage
from desktop.views.start_parts import known_from
from desktop.views.theme import apply, system_theme
from desktop.views.widgets.layouts import forget_sizes
from desktop.views.window import Window

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from desktop.settings.program_log import ProgramLog
    from desktop.tour.walk import Opener
    from desktop.views.workplace import Workplace

LOOKS = ("en-light", "en-dark", "nl-light", "nl-dark")


@dataclass(frozen=True)
class Folders:
    """Where this desk and the practice provider keep their files."""

    desk: Path
    practice: Path

    @classmethod
    def usual(cls) -> Folders:
        return cls(default_path(), practice_path())


@dataclass(frozen=True)
class Front:
    """What stands before the first frame is painted."""

    app: QApplication
    profile: ProfileFolder
    preferences: PreferencesFile
    language: Language
    window: Window
    start: StartPage


def application() -> QApplication:
    """The one QApplication with our names and Fusion under our theme."""
    QCoreApplication.setApplicationName("Claviger")
    QCoreApplication.setOrganizationName("Claviger")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    return app


def build_front(app: QApplication, folder: Path, language: str = "", appearance: str = "") -> Front:
    """Everything the first frame needs, and nothing else."""
    profile = ProfileFolder.open(folder)
    preferences = PreferencesFile(profile, in_background=True)
    wishes = preferences.get()
    look = appearance or wishes.appearance
    theme = system_theme(app, appearance=look, scale=wishes.text_size / 100)
    apply(app, theme, dresses=False)
    spoken = Language(app)
    wanted = language or wishes.language
    spoken.use(system_language() if wanted == "system" else wanted)
    window = Window(preferences)
    start = StartPage(spoken.code)
    window.show_screen(start)
    known = known_from(ConnectionsFile(profile).load())
    start.set_known(known, str(wishes.last_connection or ""))
    apply(app, theme)
    forget_sizes(start)
    return Front(app, profile, preferences, spoken, window, start)


def build_rest(front: Front, folders: Folders, *, refreshes: bool = True) -> Workplace:
    """The services and what connects them to the window; imports what the start left out."""
    from desktop.domain.events import EventHub
    from desktop.services.desks import Desks
    from desktop.services.entrance import (
        Entrance,
        address_of,
        practice_address,
        server_address,
    )
    from desktop.services.practice import Practice
    from desktop.services.proxies import ChosenProxies
    from desktop.views.reception import Doors
    from desktop.views.system.here import system_here
    from desktop.views.system_proxy import system_proxy
    from desktop.views.workplace import Workplace

    # What was loaded stays to the end: searching all of it for garbage takes 50 ms each time, one
    # of them in the middle of an unlock.
    gc.freeze()
    practice_profile = practice_place(folders.practice)
    proxies = ChosenProxies(front.preferences.get, system_proxy)
    doors = Doors(
        desks=Desks(Entrance(front.profile, EventHub(), proxies=proxies)),
        practice=Practice(practice_profile.path / "server"),
        practice_desks=Desks(Entrance(practice_profile, EventHub())),
        server_address=server_address,
        practice_address=practice_address,
        kept_address=address_of,
    )
    return Workplace(
        front.window,
        front.start,
        front.preferences,
        doors,
        practice_profile,
        language=front.language,
        refreshes=refreshes,
        # Without it, as on the tour, nothing happens by itself.
        system=system_here(front.window) if refreshes else None,
    )


def practice_place(usual: Path) -> ProfileFolder:
    """Where this window practises: a provider of its own while another window uses the usual one.

    Two servers on the same data would undo each other's work.
    """
    import tempfile

    profile = ProfileFolder.open(usual)
    if not profile.read_only:
        return profile
    profile.close()
    return ProfileFolder.open(Path(tempfile.mkdtemp(prefix="claviger-practice-")))


def run_window() -> int:
    """Opens the window and serves it until it closes."""
    app = application()
    folders = Folders.usual()
    front = build_front(app, folders.desk)
    if front.profile.read_only and _is_open_already(front.profile):
        return 0
    # Not `quit`: it would first ask the window to close, which the window answers by staying.
    front.window.painted.connect(app.exit)
    front.window.show()
    app.exec()  # only as far as the first frame; the loop below takes over
    return _serve(app, _work(front, folders))


def _is_open_already(profile: ProfileFolder) -> bool:
    """Whether the window that writes this profile answered, and came to the front (T53)."""
    from desktop.views.instance import was_raised

    return was_raised(profile)


async def _work(front: Front, folders: Folders) -> int:
    from desktop.settings.dumps import forbid_dumps
    from desktop.views.instance import Doorbell

    # Before there is a key to dump, and after the first frame: it loads ctypes.
    forbid_dumps()
    bell = Doorbell(front.profile, front.window)
    bell.rung.connect(front.window.come_forward)
    log = await _begin_log(front)
    bell.listen()
    workplace = build_rest(front, folders)
    workplace.open()
    await workplace.closed()
    bell.close()
    await _end_log(log)
    front.profile.close()
    return 0


async def _begin_log(front: Front) -> ProgramLog | None:
    """The writer of a profile keeps the program's log; the program starts without one too."""
    import asyncio

    from PySide6.QtCore import qVersion

    from desktop import __version__
    from desktop.domain.diagnostics import listen, note
    from desktop.domain.errors import ClavigerError
    from desktop.settings.program_log import ProgramLog, catch_bugs, system_facts, task_failed

    catch_bugs()
    asyncio.get_running_loop().set_exception_handler(task_failed)
    if front.profile.read_only:
        return None
    try:
        log = await asyncio.to_thread(ProgramLog.open, front.profile.path)
    except ClavigerError:
        return None
    await asyncio.to_thread(log.catch_crashes)
    listen(log.write)
    note("started", version=__version__, qt=qVersion(), **system_facts())
    return log


async def _end_log(log: ProgramLog | None) -> None:
    import asyncio

    from desktop.domain.diagnostics import listen, note

    if log is not None:
        note("ended")
        listen(None)
        await asyncio.to_thread(log.close)


def _serve(app: QApplication, work: Coroutine[Any, Any, int]) -> int:
    import asyncio

    import qasync

    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        return int(loop.run_until_complete(work))


def run_tour(words: list[str]) -> int:
    """Walks the main job offscreen through the real window, in every language and theme.

    Two processes share the looks. This one walks the first, whose figures are `summary.json`.
    """
    import argparse

    from desktop.tour.walk import Stage, walk

    parser = argparse.ArgumentParser(prog="claviger tour")
    parser.add_argument("--out", type=Path, default=Path("build/tour"))
    parser.add_argument("--looks", default=",".join(LOOKS))
    parser.add_argument("--helper", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    app = application()

    def open_stage(folder: Path, language: str, appearance: str) -> Stage:
        front = build_front(app, folder / "desk", language, appearance)
        front.preferences.change(language=language, appearance=appearance)
        front.window.resize(1280, 800)
        places = Folders(folder / "desk", folder / "practice")
        # A round in the background would come into a picture at one time and not at another.
        workplace = build_rest(front, places, refreshes=False)
        return Stage(front.window, front.start, workplace)

    looks = options.looks.split(",")
    if options.helper:
        return _serve(app, walk(app, open_stage, options.out, looks))
    return _tour_with_helper(app, open_stage, options.out, looks)


def _tour_with_helper(app: QApplication, open_stage: Opener, out: Path, looks: list[str]) -> int:
    import shutil
    import subprocess

    from desktop.domain.program import OWN_FOLDER, own_command
    from desktop.tour.walk import walk

    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    helper = None
    if looks[2:]:
        argv = own_command("tour", "--helper", "--out", str(out.resolve()))
        helper = subprocess.Popen(  # noqa: S603 - our own program
            [*argv, "--looks", ",".join(looks[2:])], cwd=OWN_FOLDER
        )
    failed = _serve(app, walk(app, open_stage, out, looks[:2]))
    if helper is not None:
        failed = helper.wait() or failed
    summary = out / f"summary-{looks[0]}.json"
    if summary.exists():
        summary.replace(out / "summary.json")
        sys.stdout.write((out / "summary.json").read_text("utf-8"))
    return failed
