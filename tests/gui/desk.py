"""The real window on the practice server: opened, driven with mouse and keys, put away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.api.server import ServerAddress
from desktop.app import Front, build_front
from desktop.domain.events import EventHub
from desktop.domain.records import ProviderClient
from desktop.services.desk import Desk
from desktop.services.desks import Desks
from desktop.services.entrance import (
    Entrance,
    SignIn,
    address_of,
    practice_address,
    server_address,
)
from desktop.services.practice import Practice, PracticeAccount, PracticeInfo
from desktop.settings.preferences import PreferencesFile
from desktop.settings.profile import ProfileFolder
from desktop.tour.hand import Hand
from desktop.views.dialogs import Veil
from desktop.views.idle import Idle
from desktop.views.notices import Tell
from desktop.views.pages.client import ClientPage
from desktop.views.pages.clients import ClientRow, ClientsPage
from desktop.views.pages.members import MembersPage
from desktop.views.reception import Doors
from desktop.views.setup.screen import SetupScreen
from desktop.views.shell import Shell
from desktop.views.system.here import System
from desktop.views.workplace import Workplace
from tests.end2end.stage import FastClock
from tests.gui.languages import Pseudo, speak_pseudo
from tests.practice_process import PracticeHandle

T = TypeVar("T")
TICK_S = 0.005
SOON_MS = 200


class SharedPractice(Practice):
    """The server of all tests in the place of one of our own: it is neither started nor ended."""

    def __init__(self, server: PracticeHandle, folder: Path) -> None:
        super().__init__(folder)
        self.server = server
        self._info = PracticeInfo(
            url=server.url,
            ca=str(server.ca),
            accounts=tuple(
                PracticeAccount(email=one["email"], password=one["password"], role=one["role"])
                for one in server.accounts
            ),
            inbox=server.inbox,
        )

    async def start(self) -> PracticeInfo:
        if self._info is None:
            raise RuntimeError("the shared server is gone")
        return self._info

    async def stop(self, *, clean: bool = True) -> None:
        """It belongs to the session of tests."""


class PracticeEntrance(Entrance):
    """The entrance for real accounts, led to the practice server: only there a CA of its own is
    kept with the connection."""

    def begin(
        self, server: ServerAddress, email: str, *, is_practice: bool = False, label: str = ""
    ) -> SignIn:
        is_practice = is_practice or server.ca_path is not None
        return super().begin(server, email, is_practice=is_practice, label=label)


class QuickHand(Hand):
    """The tour's hand without its rests; waits are for conditions, never for a time."""

    async def settle(self) -> None:
        for _turn in range(4):
            await asyncio.sleep(TICK_S)

    async def until(self, what: str, true: Callable[[], object], seconds: float = 20.0) -> None:
        await super().until(what, true, seconds)


class Gui:
    """One window over one folder. `run` drives a coroutine on the one loop of the session."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, server: PracticeHandle, folder: Path
    ) -> None:
        # No rounds in the background unless a test is about them: requests are counted here.
        self.refreshes = False
        self.loop = loop
        self.server = server
        self.folder = folder
        self.front: Front | None = None
        self.bugs: list[str] = []
        # What a person does with an address in their browser; False: there is none.
        self.browser: Callable[[str], bool] = lambda _address: False
        # What the system says, the clocks nobody is there by, and where its notices go.
        self.system: System | None = None
        # Somebody is there always, however long a busy computer takes for a test.
        self.idle_watch = Idle(lambda: 0.0, lambda: 0.0)
        self.tell: Tell | None = None
        self._workplace: Workplace | None = None
        self._hand: QuickHand | None = None
        self._pseudo: Pseudo | None = None
        loop.set_exception_handler(self._bug)

    def _bug(self, _loop: object, context: dict[str, Any]) -> None:
        problem = context.get("exception")
        self.bugs.append(f"{context.get('message')}: {problem!r}")

    def run(self, work: Coroutine[Any, Any, T], seconds: float = 90) -> T:
        return self.loop.run_until_complete(asyncio.wait_for(self._to_the_end(work), seconds))

    async def _to_the_end(self, work: Coroutine[Any, Any, T]) -> T:
        """With what the views started last: the loop of the program does not stop under it."""
        done = await work
        # On a busy computer the last reading takes seconds; rounds in the background never end.
        for _tick in range(400 if self.refreshes else 2_000):
            if not self._goes_on():
                break
            await asyncio.sleep(TICK_S)
        return done

    def _goes_on(self) -> bool:
        """Whether something is at work, or starts within a moment: a reading put off by a timer."""
        if len(asyncio.all_tasks()) > self._own_tasks:
            return True
        timers = self.front.window.findChildren(QTimer) if self.front is not None else []
        return any(
            one.isActive() and one.isSingleShot() and one.interval() <= SOON_MS for one in timers
        )

    _own_tasks = 2

    # --- opening and closing ----------------------------------------------------------------

    def prefer(self, **wishes: Any) -> None:
        """Settings as a former session left them."""
        with ProfileFolder.open(self.folder / "desk") as profile:
            PreferencesFile(profile).change(**wishes)

    async def open(self, language: str = "en", size: tuple[int, int] | None = (1280, 800)) -> None:
        """The window with its first screen; without a size where it was left."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        pseudo = speak_pseudo(app) if language == "pseudo" else None
        front = build_front(app, self.folder / "desk", "en" if pseudo else language)
        if pseudo is not None:
            # The last one installed is asked first: before the English plurals.
            app.removeTranslator(pseudo)
            app.installTranslator(pseudo)
        self._pseudo = pseudo
        if size is not None:
            front.window.resize(*size)
        profile = ProfileFolder.open(self.folder / "practice")
        doors = Doors(
            desks=Desks(PracticeEntrance(front.profile, EventHub(), FastClock())),
            practice=SharedPractice(self.server, self.folder / "practice" / "server"),
            practice_desks=Desks(Entrance(profile, EventHub(), FastClock())),
            server_address=self._address,
            practice_address=practice_address,
            kept_address=address_of,
            open_browser=self._browse,
        )
        self.doors = doors
        self.front = front
        self._workplace = Workplace(
            front.window,
            front.start,
            front.preferences,
            doors,
            profile,
            refreshes=self.refreshes,
            tell=self.tell,
            system=self.system,
            idle=self.idle_watch,
        )
        self._hand = QuickHand(front.window)
        front.window.show()
        front.window.activateWindow()
        self._workplace.open()
        if not self.doors.entrance.connections():
            await self.hand.until("the practice account", front.start.practice_email.text)

    def _browse(self, address: str) -> bool:
        return self.browser(address)

    def _address(self, text: str) -> ServerAddress:
        """As the program's, but the practice server is trusted through its own CA."""
        if text.rstrip("/") == self.server.url:
            return practice_address(self.server.url, str(self.server.ca))
        return server_address(text)

    async def enter(self, role: str = "provider_admin", *, is_practice: bool = True) -> None:
        """Signs in beside the window: quicker than typing, and not what most tests are about.

        A real account (`is_practice` False) stays on the desk when the window closes.
        """
        account = self.server.account(role)
        desks = self.doors.practice_desks if is_practice else self.doors.desks
        attempt = desks.entrance.begin(
            self._address(self.server.url), account["email"], is_practice=is_practice
        )
        self.workplace.reception.admit(desks, await attempt.with_password(account["password"]))
        await self.clients_shown()

    async def clients_shown(self) -> None:
        await self.until("the shell", lambda: self.workplace.shell is not None)
        await self.until("the clients", lambda: self.clients.model.rowCount() >= 3)

    async def close(self) -> None:
        """As the cross of the window; everything is put away."""
        if self.front is None or self._workplace is None:
            return
        front, workplace = self.front, self._workplace
        self.front = self._workplace = None
        front.window.close()
        await asyncio.wait_for(workplace.closed(), 20)
        await asyncio.sleep(0)
        front.profile.close()
        for translator in (*front.language._installed, self._pseudo):
            if translator is not None:
                front.app.removeTranslator(translator)
        front.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        await asyncio.sleep(0)

    # --- what is there ----------------------------------------------------------------------

    @property
    def workplace(self) -> Workplace:
        assert self._workplace is not None
        return self._workplace

    @property
    def hand(self) -> QuickHand:
        assert self._hand is not None
        return self._hand

    @property
    def window(self) -> QWidget:
        assert self.front is not None
        return self.front.window

    @property
    def shell(self) -> Shell:
        shell = self.workplace.shell
        assert shell is not None
        return shell

    @property
    def desk(self) -> Desk:
        desk = self.workplace.desk
        assert desk is not None
        return desk

    @property
    def clients(self) -> ClientsPage:
        page = self.shell.built("clients")
        assert isinstance(page, ClientsPage)
        return page

    @property
    def members(self) -> MembersPage:
        page = self.shell.built("members")
        assert isinstance(page, MembersPage)
        return page

    @property
    def client_page(self) -> ClientPage:
        page = self.shell.page
        assert isinstance(page, ClientPage)
        return page

    @property
    def setup(self) -> SetupScreen:
        screen = self.workplace.wizard
        assert isinstance(screen, SetupScreen)
        return screen

    def dialogs(self) -> list[QDialog]:
        return open_dialogs()

    def veils(self) -> list[Veil]:
        return [veil for veil in self.window.findChildren(Veil) if veil.isVisible()]

    @staticmethod
    def desk_time(stamp: str) -> float:
        """Seconds since 1970 of a server's date."""
        return datetime.fromisoformat(stamp).timestamp()

    def client(self, name: str) -> ProviderClient:
        return next(one for one in self.desk.clients.all() if one.organization_name == name)

    def row(self, name: str) -> ClientRow:
        """The line of a client in the table."""
        rows: tuple[ClientRow, ...] = self.clients.model.records()
        return next(one for one in rows if one.name == name)

    # --- acting -----------------------------------------------------------------------------

    async def until(self, what: str, true: Callable[[], object], seconds: float = 20.0) -> None:
        await self.hand.until(what, true, seconds)

    async def idle(self) -> None:
        """Until nothing that views started is still at work."""
        await self.until("the jobs to end", lambda: not self._busy())
        await self.hand.settle()

    async def idle_but_open(self) -> None:
        """As `idle`, while a dialog waits for its answer: nothing new has come for a while."""
        for _turn in range(30):
            await asyncio.sleep(TICK_S)

    def _busy(self) -> bool:
        from_page = self.workplace.shell.page.jobs.is_busy if self.workplace.shell else False
        from_shell = self.workplace.shell.jobs.is_busy if self.workplace.shell else False
        return from_page or from_shell

    async def show(self, page: str) -> None:
        self.shell.show_page(page)
        await self.idle()

    async def open_client(self, name: str) -> ClientPage:
        self.shell.open_client(self.client(name).organization_id)
        await self.idle()
        return self.client_page

    async def members_shown(self) -> MembersPage:
        await self.show("members")
        await self.until("the members", lambda: self.members.model.rowCount() >= 3)
        await self.idle()
        return self.members

    async def wizard(self, client: str | None = None, path: Path | None = None) -> SetupScreen:
        chosen = None if client is None else self.client(client).organization_id
        self.workplace.set_up(chosen, path)
        await self.until("the questions", lambda: self.setup.frame is not None)
        await self.hand.settle()
        return self.setup

    async def to_step(self, key: str) -> None:
        """Continues until the step; every answer on the way must be complete."""
        frame = self.setup.frame
        assert frame is not None
        while self.setup.flow.step.key != key:
            before = self.setup.flow.step.key
            frame.advance()
            assert self.setup.flow.step.key != before, frame.continue_button.toolTip()
        await self.hand.settle()

    async def drop(self, path: Path, target: QWidget, spot: QPoint | None = None) -> None:
        """Drops a file where Qt would deliver it: on what takes drops under the mouse."""
        where = target.rect().center() if spot is None else spot
        under: QWidget | None = target.window().childAt(target.mapTo(target.window(), where))
        at = target if under is None else under
        while not at.acceptDrops() and not at.isWindow():
            at = at.parentWidget() or at.window()
        local = QPointF(at.mapFromGlobal(target.mapToGlobal(where)))
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        wanted, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(local.toPoint(), wanted, mime, left, none)
        QApplication.sendEvent(at, enter)
        assert enter.isAccepted(), f"{at} takes no file"
        QApplication.sendEvent(at, QDropEvent(local, wanted, mime, left, none))
        await self.hand.settle()

    async def shortcut(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        # As a window manager does once a dialog has closed; offscreen there is none.
        self.window.activateWindow()
        await self.until("the window", self.window.isActiveWindow)
        QTest.keyClick(self.hand._focus(), key, modifier or Qt.KeyboardModifier.NoModifier)
        await self.hand.settle()


def open_dialogs() -> list[QDialog]:
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible()
    ]
