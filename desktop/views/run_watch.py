"""What the shell shows of the runs on every page: how many need somebody, and drafts that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.domain.events import ConnectionStateChanged, Event, RunEnded, RunsChanged
from desktop.models.bridge import EventBridge
from desktop.views.drafts import makes_drafts
from desktop.views.jobs import Jobs
from desktop.views.pages.runs import RunsPage
from desktop.views.setup.run_states import NEEDS_SOMEBODY

if TYPE_CHECKING:
    from desktop.domain.errors import ClavigerError
    from desktop.services.desk import Desk
    from desktop.services.run_types import RunSummary
    from desktop.views.shell import Shell


class RunWatch(QObject):
    """Reads the list of runs whenever it changes. Starts nothing by itself."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(shell)
        self._desk = desk
        self._shell = shell
        self._jobs = Jobs(self)
        self._offers_drafts = True
        self._drafts: int | None = None
        # Many events of one moment are one reading.
        self._reading = QTimer(self, singleShot=True, interval=60)
        self._reading.timeout.connect(self._read)
        shell.drafts.shown.connect(self._show_drafts)
        self._bridge = EventBridge(desk.hub, self)
        self._bridge.happened.connect(self._heard)
        self.destroyed.connect(self._bridge.close)
        self._read()

    def _heard(self, event: Event) -> None:
        match event:
            case ConnectionStateChanged(online=online):
                # Each time the line comes back, the drafts made meanwhile are offered once.
                self._offers_drafts = self._offers_drafts or online
                self._reading.start()
            case RunsChanged() | RunEnded():
                self._reading.start()

    def _read(self) -> None:
        self._jobs.start(self._desk.runs.all(), self._show, _ignore)

    def _show(self, runs: tuple[RunSummary, ...]) -> None:
        waiting = sum(one.state in NEEDS_SOMEBODY for one in runs)
        self._shell.sidebar.page("runs").set_count(waiting, is_waiting=True)
        stopped = {one.run for one in runs if one.state in NEEDS_SOMEBODY}
        self._shell.withdraw_offer(stopped)
        drafts = sum(one.state == "draft" for one in runs)
        is_more = self._drafts is not None and drafts > self._drafts
        self._drafts = drafts
        if is_more and makes_drafts(self._desk) and self._shell.isVisible():
            # Without a line nothing else on the page would have moved.
            self._shell.toasts.say(
                self.tr("Kept as a draft. It waits under Runs."),
                self.tr("Show the drafts"),
                self._show_drafts,
                icon="file-pen",
            )
        strip = self._shell.drafts
        if not drafts or self._desk.why_not("write") is not None:
            strip.hide()
        elif self._offers_drafts or strip.isVisible():
            self._offers_drafts = False
            strip.offer(drafts)

    def _show_drafts(self) -> None:
        self._shell.drafts.hide()
        self._shell.show_page("runs")
        page = self._shell.built("runs")
        if isinstance(page, RunsPage):
            page.show_group("drafts")


def _ignore(_error: ClavigerError) -> None:
    """The Runs page itself says when its list cannot be read."""
