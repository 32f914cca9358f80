"""What the shell shows of the runs on every page: how many need somebody, and drafts that wait."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.domain.events import ConnectionStateChanged, Event, RunEnded, RunsChanged
from desktop.views.drafts import makes_drafts
from desktop.views.jobs import Jobs
from desktop.views.pages.runs import RunsPage
from desktop.views.setup.run_states import NEEDS_SOMEBODY

if TYPE_CHECKING:
    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import ConnectionId
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunSummary
    from desktop.views.fleet import Fleet
    from desktop.views.shell import Shell


class RunWatch(QObject):
    """Reads the list of runs of a connection whenever it changes. Starts nothing by itself."""

    def __init__(self, fleet: Fleet, shell: Shell) -> None:
        super().__init__(shell)
        self._fleet = fleet
        self._shell = shell
        self._jobs = Jobs(self)
        self._offers_drafts = True
        self._runs: dict[ConnectionId, tuple[RunSummary, ...]] = {}
        self._old: set[ConnectionId] = set()
        # Many events of one moment are one reading.
        self._reading = QTimer(self, singleShot=True, interval=60)
        self._reading.timeout.connect(self._read)
        shell.drafts.shown.connect(self._show_drafts)
        fleet.happened.connect(self._heard)
        fleet.joined.connect(self._read_one)
        fleet.changed.connect(self._connections_changed)
        for desk in fleet.open:
            self._read_one(desk)

    def _heard(self, desk: Desk, event: Event) -> None:
        match event:
            case ConnectionStateChanged(online=online):
                # Each time the line comes back, the drafts made meanwhile are offered once.
                self._offers_drafts = self._offers_drafts or online
                self._read_soon(desk)
            case RunsChanged() | RunEnded():
                self._read_soon(desk)

    def _read_soon(self, desk: Desk) -> None:
        self._old.add(desk.connection.id)
        self._reading.start()

    def _read(self) -> None:
        old, self._old = self._old, set()
        for desk in self._fleet.open:
            if desk.connection.id in old:
                self._read_one(desk)

    def _read_one(self, desk: Desk) -> None:
        self._jobs.start(desk.runs.all(), partial(self._take, desk), _ignore)

    def _take(self, desk: Desk, runs: tuple[RunSummary, ...]) -> None:
        connection = desk.connection.id
        if self._fleet.desk(connection) is not desk:
            return
        former, self._runs[connection] = self._runs.get(connection), runs
        is_more = former is not None and _drafts(runs) > _drafts(former)
        self._show()
        if is_more and makes_drafts(desk) and self._shell.isVisible():
            # Without a line nothing else on the page would have moved.
            self._shell.toasts.say(
                self.tr("Kept as a draft. It waits under Runs."),
                self.tr("Show the drafts"),
                self._show_drafts,
                icon="file-pen",
            )

    def _connections_changed(self) -> None:
        opened = {desk.connection.id for desk in self._fleet.open}
        self._runs = {one: runs for one, runs in self._runs.items() if one in opened}
        self._show()

    def _show(self) -> None:
        stopped = {
            one.run for runs in self._runs.values() for one in runs if one.state in NEEDS_SOMEBODY
        }
        self._shell.sidebar.page("runs").set_count(len(stopped), is_waiting=True)
        self._shell.withdraw_offer(stopped)
        self._offer_drafts()

    def _offer_drafts(self) -> None:
        """Of the connections in which they could be started now."""
        drafts = {
            one: count
            for one, runs in self._runs.items()
            if (count := _drafts(runs)) and self._may_write(one)
        }
        strip = self._shell.drafts
        if not drafts:
            strip.hide()
        elif self._offers_drafts or strip.isVisible():
            self._offers_drafts = False
            names = ", ".join(self._fleet.name(one) for one in drafts)
            strip.offer(sum(drafts.values()), names if self._fleet.is_many else "")

    def _may_write(self, connection: ConnectionId) -> bool:
        desk = self._fleet.desk(connection)
        return desk is not None and desk.why_not("write") is None

    def _show_drafts(self) -> None:
        self._shell.drafts.hide()
        self._shell.show_page("runs")
        page = self._shell.built("runs")
        if isinstance(page, RunsPage):
            page.show_group("drafts")


def _drafts(runs: tuple[RunSummary, ...]) -> int:
    return sum(one.state == "draft" for one in runs)


def _ignore(_error: ClavigerError) -> None:
    """The Runs page itself says when its list cannot be read."""
