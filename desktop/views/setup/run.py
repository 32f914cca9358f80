"""A plan at work: what is done, what is running, what needs a person; at its end the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import (
    AlreadyThere,
    ChangedSince,
    HalfMadeClient,
    RunStopped,
    SignedOut,
    Uncertain,
)
from desktop.domain.events import (
    ConnectionStateChanged,
    Event,
    RunEnded,
    RunProgressed,
    RunsChanged,
    SessionEnded,
)
from desktop.models.bridge import EventBridge
from desktop.views.dialogs import ask, ask_save_file, confirm
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.reasons import reason_text
from desktop.views.setup.grouping import group_of, group_title
from desktop.views.setup.report import ReportView, report_words
from desktop.views.setup.run_decisions import Decisions
from desktop.views.setup.run_foot import RunFoot
from desktop.views.setup.run_head import RunHead
from desktop.views.setup.run_states import MOVING, NEEDS_SOMEBODY, state_text
from desktop.views.setup.run_steps import (
    SETTLED,
    is_half_made,
    rail_of,
    shown_step,
    state_of,
)
from desktop.views.setup.undo import UndoDialog
from desktop.views.text import SafeText
from desktop.views.theme import u
from desktop.views.widgets.bars import Mark
from desktop.views.widgets.labels import Label
from desktop.views.widgets.layouts import Pane, column, holder, row
from desktop.views.widgets.rail import StepRail
from desktop.views.widgets.runlist import RunChoice, RunGroup, RunList, RunStep
from desktop.views.wording import say

if TYPE_CHECKING:
    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import RunId
    from desktop.plans.undo import Undo
    from desktop.services.desk import Desk
    from desktop.services.run_types import Progress, RunReport, RunSummary

Read = tuple["RunReport", tuple["RunSummary", ...]]
_SEARCHED_FROM: Final = 8
"""Fewer steps than this are seen at a glance."""


class RunView(QWidget):
    """One run in any state. Starts or continues when `go` is called.

    `is_embedded`: inside the shell, whose sidebar stands at the left; else it fills the window.
    """

    finished = Signal(object)  # RunReport
    progressed = Signal(object, str, float)  # title, state in words, share done
    left = Signal()
    hidden = Signal()
    open_client = Signal(object)
    report_read = Signal()
    sign_in_asked = Signal()
    run_asked = Signal(object, bool)  # RunId of another run, whether it is to start at once

    def __init__(
        self,
        desk: Desk,
        run: RunId,
        *,
        is_embedded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run = run
        self._state = ""
        self._is_runner = False
        self._waits_for_session = False
        self._is_half_made = False
        self._has_changed: bool | None = None
        self._report: RunReport | None = None
        self._summaries: tuple[RunSummary, ...] = ()
        self._steps: dict[str, RunStep] = {}
        self._group_of: dict[str, str] = {}
        self._title = SafeText("")
        self._left_s = 0.0
        self.jobs = Jobs(self)
        self.head = RunHead(is_embedded=is_embedded)
        self.foot = RunFoot(is_embedded=is_embedded)
        self.decisions = Decisions(desk, run, self.jobs, self)
        self.list = RunList(self.tr("Steps"))
        self.report_view = ReportView()
        self._rail = StepRail(self.tr("Parts of the plan"))
        self._subject = Label("", "small", "text2")
        self._lay_out(is_embedded=is_embedded)
        self._connect()
        self._ticker = QTimer(self)
        self._ticker.setInterval(1_000)
        self._ticker.timeout.connect(self._tick)
        # Many events of one moment are one reading.
        self._rereading = QTimer(self, singleShot=True, interval=60)
        self._rereading.timeout.connect(self._read_again)
        self._bridge = EventBridge(desk.hub, self)
        self._bridge.happened.connect(self._heard)
        self.destroyed.connect(self._bridge.close)
        self._set_state("")
        self.jobs.start(self._read(), self._show_first, self._say_problem)

    # --- building ---------------------------------------------------------------------------

    def _lay_out(self, *, is_embedded: bool) -> None:
        self._faces = QStackedWidget()
        steps = column(self.decisions.place, self.list, gap=0, margins=(24, 0, 24, 16))
        self._faces.addWidget(holder(steps))
        self._faces.addWidget(self.report_view)
        ground = Pane("bg")
        ground.setLayout(column(self.head, self._faces, self.foot, gap=0))
        if is_embedded:
            self._rail.setParent(self)
            self._rail.hide()
            self._subject.setParent(self)
            self._subject.hide()
            self.setLayout(row(ground, gap=0))
            back = QShortcut(QKeySequence.StandardKey.Back, self)
            back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            back.activated.connect(self.hidden)
        else:
            self.setLayout(row(self._side(), ground, gap=0))
            QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.focus_search)

    def _side(self) -> QWidget:
        """What stands at the left where there is no shell."""
        side = Pane("sidebar", "r", "sidebar_edge")
        side.setFixedWidth(u(232))
        head = column(Label(self.tr("The plan"), "strong"), self._subject, gap=0)
        line = row(Mark(28), gap=10, margins=(4, 0, 0, 0))
        line.addLayout(head, 1)
        side.setLayout(column(line, 14, self._rail, None, gap=4, margins=(12, 16, 12, 14)))
        return side

    def _connect(self) -> None:
        head, foot, runs = self.head, self.foot, self._desk.runs
        head.back.clicked.connect(self.hidden)
        head.pause.clicked.connect(lambda: runs.pause(self._run))
        head.tied.clicked.connect(self._show_tied)
        head.face_chosen.connect(self._choose_face)
        head.search.searched.connect(self.list.set_filter)
        foot.background.clicked.connect(self._hide)
        foot.cancel.clicked.connect(self._ask_cancel)
        foot.unqueue.clicked.connect(lambda: runs.pause(self._run))
        foot.give_up.clicked.connect(self._ask_give_up)
        foot.discard.clicked.connect(self._ask_give_up)
        foot.check.clicked.connect(self._check_draft)
        foot.start.clicked.connect(self.go)
        foot.undo.clicked.connect(self._undo)
        foot.resume.clicked.connect(self._go_on)
        foot.save.clicked.connect(self._save)
        foot.open.clicked.connect(self._open_client)
        foot.close_button.clicked.connect(self.left)
        decisions = self.decisions
        decisions.changed.connect(self._show_decisions)
        decisions.settled.connect(self._decided)
        decisions.checked.connect(self._checked)
        decisions.failed.connect(self._not_checked)

    # --- reading ----------------------------------------------------------------------------

    async def _read(self) -> Read:
        runs = self._desk.runs
        return await runs.report(self._run), await runs.all()

    def _read_again(self) -> None:
        self.jobs.start(self._read(), self._show_read, self._say_problem)

    @property
    def summary(self) -> RunSummary | None:
        """This run in the list of all, as last read."""
        return self._in_list(self._run)

    def _in_list(self, run: RunId | None) -> RunSummary | None:
        return next((one for one in self._summaries if one.run == run), None)

    def _show_first(self, read: Read) -> None:
        self._show_read(read)
        report = read[0]
        if self._is_runner:
            return
        if report.state == "draft" and self._desk.why_not("write") is None:
            self._check_draft()
        elif self._state in NEEDS_SOMEBODY and any(
            step.problem == ChangedSince.__name__ for step in report.steps
        ):
            self.decisions.look()
        self.foot.focus_way_on()

    def _show_read(self, read: Read) -> None:
        report, self._summaries = read
        summary = self.summary
        state = summary.state if summary is not None else report.state
        self._report = report
        if self._is_runner:
            state = "queued" if state == "queued" else "running"
            if self._steps and state == self._state == "running":
                return
        self._show(report, state)

    def _show(self, report: RunReport, state: str) -> None:
        """Everything of the run, as the journal has it."""
        self._report = report
        self._title = SafeText(say(report.title))
        self.head.title.set_text(self._title)
        self._subject.set_text(report.client_name)
        self._set_half_made(is_half_made(report))
        self.decisions.take(report, state)
        self._fill(report, is_moving=state in MOVING)
        if report.is_done:
            self.report_view.show_report(report)
        self._set_state(state)
        if report.is_done and self._state == "done":
            self._faces.setCurrentIndex(0 if self.head.faces.key() == "steps" else 1)
            self._show_search()

    def _fill(self, report: RunReport, *, is_moving: bool) -> None:
        """The steps in their groups. Those that wait for an answer above offer nothing else."""
        undecided = self.decisions.open
        groups: dict[str, list[RunStep]] = {}
        self._steps = {
            step.key: shown_step(step, is_moving=is_moving, is_decided=step.key not in undecided)
            for step in report.steps
        }
        self._group_of = {step.key: group_of(step.kind) for step in report.steps}
        for step in report.steps:
            groups.setdefault(self._group_of[step.key], []).append(self._steps[step.key])
        self.list.set_groups(
            [RunGroup(key, group_title(key), tuple(steps)) for key, steps in groups.items()],
            [
                RunChoice(self.tr("Read again and retry"), lambda _key: self.go()),
                RunChoice(self.tr("Skip…"), self.decisions.ask_skip),
            ],
            opens_all=not is_moving,
        )
        self._show_rail()
        self.head.show_count(self.done_steps, len(report.steps), is_moving=False)

    # --- the state --------------------------------------------------------------------------

    def _set_state(self, state: str) -> None:
        self._state = state
        report, summary = self._report, self.summary
        self.head.show_state(state, summary)
        if state not in MOVING:
            waits = state == "draft" or state in NEEDS_SOMEBODY
            left = summary.left_s if summary is not None and waits else None
            self.head.show_left(left, has_begun=bool(self.done_steps))
        self.foot.show_state(
            state,
            has_client=report is not None and report.organization_id is not None,
            can_undo=summary is not None and summary.can_undo and not summary.undone_by,
            must_decide=bool(self.decisions.open),
        )
        self._show_search()
        self._show_note()
        self._show_tie()
        self._update_rights()

    def _show_search(self) -> None:
        many = len(self._steps) >= _SEARCHED_FROM
        is_listed = self._faces.currentIndex() == 0 and bool(self._state)
        self.head.search.setVisible(many and is_listed)

    def _show_note(self) -> None:
        icon, text, tone = "info", "", "text2"
        if self._state == "draft":
            icon, text, tone = self._draft_note()
        elif self._state == "queued":
            icon = "hourglass"
            ahead = next((one for one in self._summaries if one.state == "running"), None)
            text = (
                SafeText(self.tr("Waits for: {run}").format(run=say(ahead.title)))
                if ahead is not None and ahead.run != self._run
                else self.tr("Waits for the run before it.")
            )
        self.head.say_note(icon, text, tone)

    def _draft_note(self) -> tuple[str, str, str]:
        """Whether the draft was compared with the server, and what came of it."""
        if self._has_changed is None:
            text = self.tr("Kept as a draft. Nothing is sent before you start it.")
            return "file-pen", text, "text2"
        if not self._has_changed:
            text = self.tr("Checked: nothing has changed since the draft was made.")
            return "circle-check", text, "ok"
        if self.decisions.open:
            text = self.tr("Checked: something has changed since the draft was made. Decide below.")
            return "git-compare-arrows", text, "warn"
        text = self.tr("Checked: what had changed since is decided.")
        return "circle-check", text, "ok"

    def _show_tie(self) -> None:
        summary = self.summary
        text = ""
        if summary is not None and (other := self._in_list(summary.undone_by)) is not None:
            text = SafeText(self.tr("Undone by “{run}”").format(run=say(other.title)))
        elif summary is not None and (other := self._in_list(summary.undoes)) is not None:
            text = SafeText(self.tr("Undoes “{run}”").format(run=say(other.title)))
        self.head.show_tie(text)

    def _show_tied(self) -> None:
        summary = self.summary
        if summary is not None:
            self.run_asked.emit(summary.undone_by or summary.undoes, False)

    def _update_rights(self) -> None:
        key = self._desk.why_not("write")
        reason = reason_text(key) or ""
        stands = "" if key in {"offline", "signed_out"} else reason
        self.foot.set_rights(reason, stands, must_decide=bool(self.decisions.open))

    def _choose_face(self, key: str) -> None:
        self._faces.setCurrentIndex(1 if key == "report" else 0)
        self._show_search()

    def focus_search(self) -> None:
        """Ctrl+F: over the steps, which come forward for it."""
        search = self.head.search
        if self._state == "done":
            self.head.faces.choose("steps")
            self._choose_face("steps")
        if search.isVisible():
            search.setFocus()
            search.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.decisions.fit(self._faces.height())

    # --- running ----------------------------------------------------------------------------

    def go(self) -> None:
        """Starts the run, or continues it where it stopped."""
        if self._is_runner:
            return
        self.head.say_problem("")
        self._waits_for_session = False
        self._is_runner = True
        self.decisions.clear()
        self._faces.setCurrentIndex(0)
        self._set_state("running")
        self._ticker.start()
        choices = dict(self.decisions.choices)
        self.jobs.start(
            self._desk.runs.run(self._run, self._show_progress, choices=choices),
            self._ended,
            self._stopped,
        )

    def _hide(self) -> None:
        """The sidebar's card is the way back, so it is there before the window is left."""
        self.progressed.emit(self._title, self.head.step.full_text(), self.head.share)
        self.hidden.emit()

    def session_back(self) -> None:
        """Somebody signed in again: a run that stopped for it goes on by itself (T37)."""
        if self._waits_for_session:
            self.go()

    def _heard(self, event: Event) -> None:
        match event:
            case RunProgressed(run=run) if run == self._run and not self._is_runner:
                self._watch(event)
            case RunEnded(run=run) if run == self._run and not self._is_runner:
                self._rereading.start()
            case RunsChanged() if self._report is not None:
                self._rereading.start()
            case ConnectionStateChanged() | SessionEnded():
                self._update_rights()

    def _watch(self, event: RunProgressed) -> None:
        """Work on this run that another window's part has started: its steps move here too."""
        if self._state != "running":
            self._set_state("running")
        step = self._steps.get(event.step_key)
        if step is None:
            return
        state = "waiting" if event.waiting_s else state_of(event.state, is_moving=True)
        self._move(replace(step, state=state, problem=""))
        self.head.show_pace(event.waiting_s)
        self._count(event.done, event.total)

    def _show_progress(self, progress: Progress) -> None:
        if self._state != "running":
            self._set_state("running")
        state = state_of(progress.state, is_moving=True)
        if progress.waiting_s:
            state = "waiting"
        former = self._steps.get(progress.step_key)
        words = former.words if former is not None else ""
        step = RunStep(progress.step_key, say(progress.say), state, words=words)
        self._move(step)
        if step.state == "done":
            # What comes next is what a person waits for; its group opens.
            following = next((one for one in self._steps.values() if one.state == "open"), None)
            if following is not None:
                self._move(replace(following, state="now"))
        self.head.show_pace(progress.waiting_s)
        self._count(progress.done, progress.total)
        if progress.left_s is not None:
            self._left_s = progress.left_s
        elif progress.done and progress.elapsed_s:
            self._left_s = progress.elapsed_s / progress.done * (progress.total - progress.done)
        self.head.show_left(self._left_s, has_begun=True)
        self.progressed.emit(self._title, self.head.step.full_text(), self.head.share)

    def _count(self, done: int, total: int) -> None:
        self.head.show_count(done, total, is_moving=True)
        self._show_rail()

    def _move(self, step: RunStep) -> None:
        self._steps[step.key] = step
        self.list.set_step(step)

    def _show_rail(self) -> None:
        self._rail.set_steps(rail_of(self._steps, self._group_of))

    def _tick(self) -> None:
        self._left_s = max(0.0, self._left_s - 1)
        self.head.show_left(self._left_s, has_begun=True)

    # --- the end of it ----------------------------------------------------------------------

    def _rest_now(self) -> None:
        self._is_runner = False
        self._left_s = 0.0
        self._ticker.stop()
        self.head.show_left(None, has_begun=True)

    def _ended(self, report: RunReport) -> None:
        self._rest_now()
        if report.is_done:
            self.head.faces.choose("report")
        self._show(report, report.state)
        if report.is_done:
            self.report_read.emit()
        self.foot.focus_way_on()
        self._rereading.start()
        self.progressed.emit(self._title, state_text(report.state), 1.0)
        self.finished.emit(report)

    def _stopped(self, error: ClavigerError) -> None:
        self._rest_now()
        cause = error.cause if isinstance(error, RunStopped) else error
        # What is asked about below its title needs no second telling.
        if not isinstance(cause, ChangedSince | AlreadyThere | Uncertain):
            self._say_problem(error)
        if isinstance(cause, HalfMadeClient):
            self._set_half_made(True)
        self._set_state("interrupted")
        self.jobs.start(self._read(), lambda read: self._show_stop(read, error), self._say_problem)
        if isinstance(cause, SignedOut):
            self._waits_for_session = True
            self.sign_in_asked.emit()
        self.progressed.emit(self._title, self.tr("needs you"), min(0.99, self.head.share))

    def _show_stop(self, read: Read, error: ClavigerError) -> None:
        self._show_read(read)
        cause = error.cause if isinstance(error, RunStopped) else error
        if isinstance(cause, Uncertain) and not self.decisions.open:
            self._say_problem(error)
        if isinstance(cause, ChangedSince):
            self.decisions.look(cause)
        elif isinstance(cause, AlreadyThere):
            self.decisions.show_double(cause)
        else:
            self.foot.focus_way_on()

    def _say_problem(self, error: ClavigerError) -> None:
        self.head.say_problem(explain(error).sentence)

    def _set_half_made(self, is_half: bool) -> None:
        """What is missing of a client is added before anything that needs it (T45)."""
        self._is_half_made = is_half
        self.foot.resume.set_text(
            self.tr("Add what is missing") if is_half else self.tr("Continue the run")
        )

    def _go_on(self) -> None:
        if not self._is_half_made:
            self.go()
            return
        self._set_half_made(False)
        self.jobs.start(
            self._desk.runs.complete_client(self._run), lambda _none: self.go(), self._stopped
        )

    # --- what a person decides --------------------------------------------------------------

    def _show_decisions(self) -> None:
        """Other steps wait for an answer than before."""
        self.decisions.fit(self._faces.height())
        if self._report is not None and not self._is_runner:
            self._fill(self._report, is_moving=self._state in MOVING)
        self._set_state(self._state)

    def _decided(self) -> None:
        """The last answer lets the run go on; a draft, and what nobody can tell, wait for it."""
        if self._state in {"draft", "uncertain"}:
            self._rereading.start()
            self.foot.focus_way_on()
        else:
            self.go()

    def _check_draft(self) -> None:
        self.foot.check.set_blocked(self.tr("Waiting for the server…"))
        self.decisions.look()

    def _not_checked(self, error: ClavigerError) -> None:
        self._update_rights()
        self._say_problem(error)

    def _checked(self, has_changed: bool) -> None:
        if self._state != "draft":
            return
        # Answers that were given before count for what is found changed again.
        self._has_changed = has_changed or bool(self.decisions.choices)
        self.head.say_problem("")
        self._update_rights()
        self._show_note()
        self.foot.focus_way_on()

    def _ask_cancel(self) -> None:
        question = confirm(
            self,
            self.tr("Cancel the rest of this run?"),
            accept=self.tr("Cancel the rest"),
            cancel=self.tr("Keep it running"),
            facts=(
                ("circle-check", self.tr("What was done stays; nothing is undone.")),
                ("circle-minus", self.tr("What was not sent is never sent.")),
                ("circle-pause", self.tr("A paused run can be continued later; this one cannot.")),
            ),
            icon="circle-minus",
        )
        self.jobs.start(
            question, lambda is_sure: self._desk.runs.cancel(self._run) if is_sure else None
        )

    def _ask_give_up(self) -> None:
        is_draft = self._state == "draft"
        question = confirm(
            self,
            self.tr("Discard this draft?") if is_draft else self.tr("Give up this run?"),
            accept=self.tr("Discard") if is_draft else self.tr("Give up the run"),
            cancel=self.tr("Keep the draft") if is_draft else self.tr("Keep the run"),
            facts=(
                (("info", self.tr("Nothing was sent. What was planned is forgotten.")),)
                if is_draft
                else (
                    ("circle-check", self.tr("What was done stays; nothing is undone.")),
                    ("circle-minus", self.tr("What was not sent is never sent.")),
                    ("file-text", self.tr("The report stays in the list of runs.")),
                )
            ),
            icon="circle-minus",
        )
        self.jobs.start(question, lambda is_sure: self._give_up() if is_sure else None)

    def _give_up(self) -> None:
        self.jobs.start(
            self._desk.runs.abandon(self._run), lambda _none: self._given_up(), self._say_problem
        )

    def _given_up(self) -> None:
        # The sidebar's card has nothing to lead to any more.
        self.progressed.emit(self._title, state_text("abandoned"), 1.0)
        self.left.emit()

    # --- undo -------------------------------------------------------------------------------

    def _undo(self) -> None:
        self.foot.undo.set_blocked(self.tr("Reading what is there now…"))
        self.jobs.start(self._desk.undo.of(self._run), self._ask_undo, self._not_checked)

    def _ask_undo(self, undo: Undo) -> None:
        self._update_rights()
        if self._report is None:
            return
        dialog = UndoDialog(self._desk, self._report, undo, self)
        self.jobs.start(
            ask(dialog), lambda is_sure: self._start_undo(dialog.answer) if is_sure else None
        )

    def _start_undo(self, undo: Undo) -> None:
        self.jobs.start(
            self._desk.runs.start(undo.plan),
            lambda run: self.run_asked.emit(run, True),
            self._say_problem,
        )

    # --- the report -------------------------------------------------------------------------

    def _save(self) -> None:
        name = f"claviger-report-{str(self._run)[:8]}.html"
        asked = ask_save_file(
            self,
            self.tr("Save the report"),
            name,
            self.tr("Web page (*.html);;Table (*.csv);;Text (*.txt)"),
            "html",
        )
        self.jobs.start(asked, self._write, self._say_problem)

    def _write(self, path: Path | None) -> None:
        if path is not None and self._report is not None:
            self.jobs.start(
                self._desk.save_report(self._report, path, report_words),
                lambda _none: self._saved(),
                self._say_problem,
            )

    def _saved(self) -> None:
        self.head.say_problem("")
        self.head.say_note("circle-check", self.tr("The report was saved."), "ok")
        self.report_read.emit()

    def _open_client(self) -> None:
        if self._report is not None and self._report.organization_id is not None:
            self.open_client.emit(self._report.organization_id)

    # --- what others ask --------------------------------------------------------------------

    @property
    def run(self) -> RunId:
        return self._run

    @property
    def state(self) -> str:
        """As `services.run_types` names the states of a run; empty until it was read."""
        return self._state

    @property
    def is_needed(self) -> bool:
        """Its task lives in this view, or waits for a session: the view must not go."""
        return self._is_runner or self._waits_for_session

    @property
    def done_steps(self) -> int:
        """How many steps are settled, as far as the window knows."""
        return sum(step.state in SETTLED for step in self._steps.values())

    @property
    def is_ended(self) -> bool:
        """The run is over, one way or the other, and shows it."""
        return self.foot.save.isVisible()

    @property
    def report(self) -> RunReport | None:
        """The last one seen."""
        return self._report


class RunScreen(RunView):
    """An interrupted run, offered for resumption: it waits for the click."""
