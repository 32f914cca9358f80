"""The screens of runs, one after the other: part of the walk over every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop.domain.events import RunsChanged
from desktop.views.pages.runs import RunsPage
from desktop.views.setup.owner_mail import OwnerMailDialog
from desktop.views.setup.run_dialogs import SendAgainDialog, SkipDialog
from desktop.views.setup.run_panels import UncertainPanel
from desktop.views.setup.undo import UndoDialog
from tests.gui import run_scenes as scenes

if TYPE_CHECKING:
    from desktop.domain.ids import RunId
    from desktop.views.setup.run import RunView
    from tests.gui.survey import Survey


class RunStops:
    """`name` is a client of its own, made here."""

    def __init__(self, survey: Survey, name: str) -> None:
        self.survey = survey
        self.gui = survey.gui
        self.name = name

    @property
    def page(self) -> RunsPage:
        page = self.gui.shell.built("runs")
        assert isinstance(page, RunsPage)
        return page

    async def first(self) -> None:
        """Before anything was done."""
        await self.gui.show("runs")
        await self.survey.at("runs: none yet")
        await self.gui.show("clients")

    async def go(self) -> None:
        await self.gui.show("runs")
        await self._conflict()
        await self._queue()
        await self._uncertain()
        await self._draft()
        await self._undo()
        await self._list()
        desk = self.gui.desk
        for one in await desk.runs.all():
            if one.state in {"draft", "interrupted", "failed", "uncertain"}:
                await desk.runs.abandon(one.run)
        await self.gui.idle()

    async def opened(self, run: RunId) -> RunView:
        view = self.page.open_run(run)
        await self.gui.until("the run", lambda: view.state)
        await self.idle(view)
        return view

    async def idle(self, view: RunView) -> None:
        await self.gui.until("the view to rest", lambda: not view.jobs.is_busy)
        await self.gui.idle()

    async def _conflict(self) -> None:
        desk = self.gui.desk
        client = await scenes.a_client(desk, self.name)
        run = await desk.runs.start(scenes.plan_for(client, "Sales", shortest_password=16))
        await scenes.shortest_password(desk, self.name, 20)
        view = await self.opened(run)
        await self.survey.at("run: planned")
        view.go()
        await self.gui.until("the question", view.decisions.place.isVisible)
        await self.idle(view)
        await self.survey.at("run: conflict")
        self.page._show_list()
        await self.gui.idle()

    async def _queue(self) -> None:
        desk = self.gui.desk
        client = await scenes.known(desk, self.name)
        scenes.slow(self.gui.server, 0.4)
        first = await desk.runs.start(scenes.plan_for(client, "Finance", "Stores"))
        second = await desk.runs.start(scenes.plan_for(client, "Support"))
        tasks = [await scenes.at_work(desk, run) for run in (first, second)]
        view = self.page.open_run(second)
        await self.gui.until("the queue", lambda: view.state == "queued")
        await self.survey.at("run: queued")
        view = self.page.open_run(first)
        await self.gui.until("the run", lambda: view.state == "running")
        await self.survey.at("run: at work")
        view.foot.cancel.click()
        await self.survey.dialog("run: cancel", QDialog)
        self.page._show_list()
        await self.survey.at("runs: at work")
        self.gui.server.script()
        for task in tasks:
            await task
        await self.gui.idle()

    async def _uncertain(self) -> None:
        desk, gui = self.gui.desk, self.gui
        client = await scenes.known(desk, self.name)
        run = await scenes.uncertain(desk, gui.server, client)
        gui.server.script()
        view = await self.opened(run)
        await gui.until("the panel", view.decisions.place.isVisible)
        await self.survey.at("run: uncertain")
        (panel,) = view.decisions.place.panels()
        assert isinstance(panel, UncertainPanel)
        panel.mail.click()
        await self.survey.dialog("run: owner's mail", OwnerMailDialog)
        next(iter(panel.again.values())).click()
        await self.survey.dialog("run: send again", SendAgainDialog)
        next(iter(panel.leave.values())).click()
        await self.survey.dialog("run: leave out", SkipDialog)
        view.foot.give_up.click()
        await self.survey.dialog("run: give up", QDialog)

    async def _draft(self) -> None:
        desk, gui = self.gui.desk, self.gui
        client = await scenes.known(desk, self.name)
        await desk.runs.start(scenes.plan_for(client, "Board"), draft=True)
        run = await desk.runs.start(
            scenes.plan_for(client, "Interns", shortest_password=24), draft=True
        )
        await gui.until("the strip", gui.shell.drafts.isVisible)
        await gui.show("clients")
        await self.survey.at("clients: drafts wait")
        gui.shell.drafts.show_button.click()
        await gui.idle()
        await self.survey.at("runs: drafts")
        view = await self.opened(run)
        await self.survey.at("run: draft")
        await scenes.shortest_password(desk, self.name, 30)
        view.foot.check.click()
        await gui.until("the question", view.decisions.place.isVisible)
        await self.idle(view)
        await self.survey.at("run: draft, changed since")

    async def _undo(self) -> None:
        desk = self.gui.desk
        client = await scenes.known(desk, self.name)
        run = await scenes.done(
            desk,
            scenes.plan_for(client, "Night shift", collections=("Archive",), shortest_password=40),
        )
        view = await self.opened(run)
        await self.survey.at("run: done")
        view.head.faces.choose("steps")
        view._choose_face("steps")
        await self.survey.at("run: done, steps")
        await scenes.shortest_password(desk, self.name, 50)
        view.foot.undo.click()
        await self.survey.dialog("run: undo", UndoDialog)

    async def _list(self) -> None:
        page = self.page
        page._show_list()
        desk = self.gui.desk
        desk.hub.publish(RunsChanged())
        await self.gui.idle()
        await self.survey.at("runs")
        page.search.setText("zzz")
        page.search._announce()
        await self.survey.at("runs: no hits")
        page._clear_filters()
        records = page.model.records()
        await self.survey.menu("runs: row menu", page.menu_of(records[0]))
        draft = next(one for one in records if one.state == "draft")
        await self.survey.menu("runs: row menu of a draft", page.menu_of(draft))
        await self.gui.show("clients")
