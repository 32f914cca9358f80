"""A plan at work: what is done, what is running, what needs a person; at its end the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import ClavigerError, HalfMadeClient, RunStopped, SignedOut
from desktop.views.dialogs import ask_save_file
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.setup.grouping import group_of, group_title
from desktop.views.setup.report import ReportView, report_words, state_text
from desktop.views.text import SafeText
from desktop.views.theme import u
from desktop.views.widgets.bars import Mark, ProgressBar
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Pane, column, holder, row
from desktop.views.widgets.rail import RailStep, StepRail
from desktop.views.widgets.runlist import RunChoice, RunGroup, RunList, RunStep
from desktop.views.wording import (
    say,
)

if TYPE_CHECKING:
    from desktop.domain.ids import RunId
    from desktop.services.desk import Desk
    from desktop.services.run_types import Progress, RunReport, StepOutcome

translate = QCoreApplication.translate
_STATES = {
    "PLANNED": "open",
    "SENT": "now",
    "UNKNOWN": "unknown",
    "DONE": "done",
    "FAILED": "failed",
    "SKIPPED": "skipped",
}


class RunView(QWidget):
    """One run. Starts or continues when `go` is called; `finished` brings its report."""

    finished = Signal(object)  # RunReport
    progressed = Signal(str, str, float)  # title, state in words, share done
    left = Signal()
    hidden = Signal()
    open_client = Signal(object)
    report_read = Signal()
    sign_in_asked = Signal()

    def __init__(self, desk: Desk, run: RunId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run = run
        self._waits_for_session = False
        self._is_half_made = False
        self._report: RunReport | None = None
        self._left_s = 0.0
        self.jobs = Jobs(self)
        self._title = Label("", "title")
        self._pause = Button(self.tr("Pause after this step"), icon="pause")
        self._pause.setObjectName("pause_run")
        self._pause.clicked.connect(self._desk.runs.pause)
        self._bar = ProgressBar(self.tr("Progress"))
        self._step = Label("", "strong")
        self._rest = Label("", "body", "text2")
        self._pace = IconText("gauge", "", "text2", "small")
        self._problem = IconText("circle-alert", "", "bad", wraps=True)
        self._problem.hide()
        self.list = RunList(self.tr("Steps"))
        self.report_view = ReportView()
        self._faces = QStackedWidget()
        self._faces.addWidget(holder(column(self.list, margins=(24, 0, 24, 16))))
        self._faces.addWidget(self.report_view)
        top = column(
            row(self._title, None, self._pause),
            self._bar,
            row(self._step, self._rest, None, self._pace, gap=10),
            self._problem,
            gap=10,
            margins=(24, 20, 24, 14),
        )
        self._build_footer()
        self._rail = StepRail(self.tr("Parts of the plan"))
        self._subject = Label("", "small", "text2")
        side = Pane("sidebar", "r", "sidebar_edge")
        side.setFixedWidth(u(232))
        head = column(Label(self.tr("The plan"), "strong"), self._subject, gap=0)
        line = row(Mark(28), gap=10, margins=(4, 0, 0, 0))
        line.addLayout(head, 1)
        side.setLayout(column(line, 14, self._rail, None, gap=4, margins=(12, 16, 12, 14)))
        ground = Pane("bg")
        ground.setLayout(column(top, self._faces, self._footer, gap=0))
        self._steps: dict[str, RunStep] = {}
        self._group_of: dict[str, str] = {}
        self.setLayout(row(side, ground, gap=0))
        self._ticker = QTimer(self)
        self._ticker.setInterval(1_000)
        self._ticker.timeout.connect(self._tick)
        self.jobs.start(desk.runs.report(run), self._show_first, self._stopped)

    def _build_footer(self) -> None:
        self._words = Label(
            self.tr("You can work elsewhere meanwhile. The sidebar shows progress."),
            "body",
            "text2",
        )
        self.background = Button(self.tr("Continue in the background"))
        self.background.clicked.connect(self._hide)
        self.cancel = Button(self.tr("Cancel the rest"), "ghost")
        self.cancel.clicked.connect(self._desk.runs.cancel)
        self.resume = Button(self.tr("Continue the run"), "primary")
        self.resume.setObjectName("resume_run")
        self.resume.clicked.connect(self._go_on)
        self.save = Button(self.tr("Save the report…"), icon="download")
        self.save.setObjectName("save_report")
        self.save.clicked.connect(self._save)
        self.open = Button(self.tr("Open the client"), "primary")
        self.open.setObjectName("open_made_client")
        self.open.clicked.connect(self._open_client)
        self.close_button = Button(self.tr("Close"))
        self.close_button.clicked.connect(self.left)
        self._footer = Pane("surface", "t")
        self._footer.setFixedHeight(u(64))
        self._footer.setLayout(
            row(
                self._words,
                None,
                self.cancel,
                self.background,
                self.resume,
                self.close_button,
                self.save,
                self.open,
                gap=8,
                margins=(24, 0, 24, 0),
            )
        )

    # --- running ----------------------------------------------------------------------------

    def go(self) -> None:
        """Starts the run, or continues it where it stopped."""
        self._problem.hide()
        self._waits_for_session = False
        self._faces.setCurrentIndex(0)
        self._set_state(running=True)
        self._ticker.start()
        self.jobs.start(
            self._desk.runs.run(self._run, self._show_progress), self._ended, self._stopped
        )

    def _hide(self) -> None:
        """The sidebar's card is the way back, so it is there before the window is left."""
        share = self._bar.value() / max(1, self._bar.maximum())
        self.progressed.emit(self._title.full_text(), self._step.full_text(), share)
        self.hidden.emit()

    def session_back(self) -> None:
        """Somebody signed in again: a run that stopped for it goes on by itself (T37)."""
        if self._waits_for_session:
            self.go()

    def _set_state(self, *, running: bool, done: bool = False) -> None:
        for widget in (self._pause, self.background, self.cancel):
            widget.setVisible(running)
        self.resume.setVisible(not running and not done)
        self.close_button.setVisible(not running)
        self.save.setVisible(not running)
        client = self._report.organization_id if self._report is not None else None
        self.open.setVisible(done and client is not None)
        self._words.setVisible(running)
        self._pace.setVisible(running)

    def _show_first(self, report: RunReport) -> None:
        self._report = report
        self._title.set_text(say(report.title))
        self._fill(report)

    def _fill(self, report: RunReport) -> None:
        groups: dict[str, list[RunStep]] = {}
        for step in report.steps:
            groups.setdefault(group_of(step.kind), []).append(_shown(step))
        self.list.set_groups(
            [RunGroup(key, group_title(key), tuple(steps)) for key, steps in groups.items()],
            [
                RunChoice(self.tr("Read again and retry"), lambda _key: self.go()),
                RunChoice(self.tr("Skip this step"), self._skip),
            ],
        )
        self._steps = {step.key: _shown(step) for step in report.steps}
        self._group_of = {step.key: group_of(step.kind) for step in report.steps}
        self._subject.set_text(report.client_name)
        self._set_half_made(_is_half_made(report))
        self._show_rail()
        done = sum(step.state in {"DONE", "SKIPPED"} for step in report.steps)
        self._bar.setRange(0, max(1, len(report.steps)))
        self._bar.setValue(done)
        self._step.set_text(
            self.tr("{done} of {total} steps").format(done=done, total=len(report.steps))
        )

    def _show_progress(self, progress: Progress) -> None:
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        self._step.set_text(
            self.tr("Step {done} of {total}").format(
                done=min(progress.done + 1, progress.total), total=progress.total
            )
        )
        if progress.done and progress.elapsed_s:
            self._left_s = progress.elapsed_s / progress.done * (progress.total - progress.done)
        # A planned step that is reported is the one that is being made ready.
        state = "now" if progress.state == "PLANNED" else _STATES.get(progress.state, "now")
        if progress.waiting_s:
            state = "waiting"
        step = RunStep(progress.step_key, say(progress.say), state)
        self._show_step(step)
        if step.state == "done":
            # What comes next is what a person waits for; its group opens.
            following = next((one for one in self._steps.values() if one.state == "open"), None)
            if following is not None:
                self._show_step(replace(following, state="now"))
        self._show_rail()
        self._pace.set_content(
            "gauge",
            self.tr("Waiting %Ln second(s) for the server's limit", "", round(progress.waiting_s))
            if progress.waiting_s
            else self.tr("Paced to the limits of this server"),
        )
        self._tell_rest()
        share = progress.done / max(1, progress.total)
        self.progressed.emit(self._title.full_text(), self._step.full_text(), share)

    def _show_step(self, step: RunStep) -> None:
        self._steps[step.key] = step
        self.list.set_step(step)

    def _show_rail(self) -> None:
        groups: dict[str, list[RunStep]] = {}
        for key, step in self._steps.items():
            groups.setdefault(self._group_of.get(key, "people"), []).append(step)
        rail = []
        for key, steps in groups.items():
            done = sum(step.state in {"done", "skipped"} for step in steps)
            moving = any(step.state in {"now", "waiting"} for step in steps)
            failed = any(step.state in {"failed", "unknown"} for step in steps)
            state = (
                "warn"
                if failed
                else "done"
                if done == len(steps)
                else "now"
                if moving or done
                else "open"
            )
            note = self.tr("{done} of {all}").format(done=done, all=len(steps))
            rail.append(RailStep(key, group_title(key), note, state))
        self._rail.set_steps(rail)

    def _tick(self) -> None:
        self._left_s = max(0.0, self._left_s - 1)
        self._tell_rest()

    def _tell_rest(self) -> None:
        seconds = round(self._left_s)
        if seconds < 90:
            text = self.tr("about %Ln second(s) left", "", seconds) if seconds > 1 else ""
        else:
            text = self.tr("about %Ln minute(s) left", "", round(seconds / 60))
        self._rest.set_text(text)

    def _ended(self, report: RunReport) -> None:
        self._ticker.stop()
        self._rest.set_text("")
        self._report = report
        self._fill(report)
        self._set_state(running=False, done=report.is_done)
        if report.state == "cancelled":  # given up for good: only its report is left
            self.resume.hide()
        if report.is_done:
            self._title.set_text(SafeText(self.tr("Done: {what}").format(what=say(report.title))))
            self.report_view.show_report(report)
            self._faces.setCurrentIndex(1)
            self._bar.set_fill("ok_fill")
            self.open.setFocus()
            self.report_read.emit()
        self.progressed.emit(self._title.full_text(), state_text(report.state), 1.0)
        self.finished.emit(report)

    def _stopped(self, error: ClavigerError) -> None:
        self._ticker.stop()
        self._rest.set_text("")
        cause = error.cause if isinstance(error, RunStopped) else error
        self._problem.set_content("circle-alert", explain(error).sentence, "bad")
        self._problem.show()
        if isinstance(cause, HalfMadeClient):
            self._set_half_made(True)
        self._set_state(running=False)
        self.jobs.start(self._desk.runs.report(self._run), self._fill, lambda _error: None)
        if isinstance(cause, SignedOut):
            self._waits_for_session = True
            self.sign_in_asked.emit()
        self.progressed.emit(self._title.full_text(), self.tr("needs you"), 0.0)

    def _set_half_made(self, is_half: bool) -> None:
        """What is missing of a client is added before anything that needs it (T45)."""
        self._is_half_made = is_half
        self.resume.set_text(
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

    def _skip(self, key: str) -> None:
        self.jobs.start(
            self._desk.runs.skip(self._run, key, "skipped by hand"),
            lambda _none: self.go(),
            self._stopped,
        )

    # --- the end ----------------------------------------------------------------------------

    def _save(self) -> None:
        name = f"claviger-report-{str(self._run)[:8]}.html"
        asked = ask_save_file(
            self,
            self.tr("Save the report"),
            name,
            self.tr("Web page (*.html);;Table (*.csv);;Text (*.txt)"),
            "html",
        )
        self.jobs.start(asked, self._write, self._not_saved)

    def _write(self, path: Path | None) -> None:
        if path is not None and self._report is not None:
            self.jobs.start(
                self._desk.save_report(self._report, path, report_words),
                lambda _none: self._saved(),
                self._not_saved,
            )

    def _saved(self) -> None:
        self._problem.hide()
        self.report_read.emit()

    def _not_saved(self, error: ClavigerError) -> None:
        """The run itself is over: only the file is missing."""
        self._problem.set_content("circle-alert", explain(error).sentence, "bad")
        self._problem.show()

    def _open_client(self) -> None:
        if self._report is not None and self._report.organization_id is not None:
            self.open_client.emit(self._report.organization_id)

    @property
    def done_steps(self) -> int:
        """How many steps are settled, as far as the window knows."""
        return sum(step.state in {"done", "skipped"} for step in self._steps.values())

    @property
    def is_ended(self) -> bool:
        """The run is over, one way or the other, and shows it."""
        return self.save.isVisible()

    @property
    def report(self) -> RunReport | None:
        """The last one seen."""
        return self._report


def _is_half_made(report: RunReport) -> bool:
    """A client lacks something and nothing was planned yet to add it; also after a restart."""
    lacks = any(note.key == "note.half_made" for note in report.notes)
    return lacks and not any(step.key.startswith("complete.") for step in report.steps)


def _shown(step: StepOutcome) -> RunStep:
    problem = ""
    if step.problem is not None:
        problem = translate(
            "Run", "This step did not succeed; nothing after it was sent. See above."
        )
    return RunStep(step.key, say(step.say), _STATES.get(step.state, "open"), "", problem)


class RunScreen(RunView):
    """An interrupted run, offered for resumption: it waits for the click."""

    def __init__(self, desk: Desk, run: RunId, parent: QWidget | None = None) -> None:
        super().__init__(desk, run, parent)
        self._set_state(running=False)
        self.resume.setFocus()
