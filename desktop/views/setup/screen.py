"""The set-up wizard as one screen: questions, review, run, report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.domain.errors import Offline, PlanInvalid, SignedOut
from desktop.domain.events import ConnectionStateChanged, Event, SessionEnded
from desktop.models.bridge import EventBridge
from desktop.plans.answers import answers_for, new_answers
from desktop.plans.setup import plan_setup, setup_flow
from desktop.views.dialogs import confirm
from desktop.views.drafts import makes_drafts
from desktop.views.errors import explain
from desktop.views.jobs import Jobs
from desktop.views.setup.access import AccessPage
from desktop.views.setup.collections import CollectionsPage
from desktop.views.setup.details import DetailsPage
from desktop.views.setup.files import ImportPage
from desktop.views.setup.people import PeoplePage
from desktop.views.setup.policies import PoliciesPage
from desktop.views.setup.review import PlanPanel, ReviewPage
from desktop.views.setup.run import RunView
from desktop.views.setup.words import pattern_words
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.cards import EmptyState
from desktop.views.wizard import WizardFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.domain.errors import ClavigerError
    from desktop.domain.ids import OrganizationId, RunId
    from desktop.plans.answers import SetupAnswers
    from desktop.plans.known import KnownClient
    from desktop.plans.plan import Plan
    from desktop.services.clients import SeatHint
    from desktop.services.desk import Desk
    from desktop.settings.preferences import PreferencesFile
    from desktop.views.setup.step import SetupPage


class SetupScreen(QWidget):
    """For a new client (`client` None) or one that is there; `path` is a file dropped on it."""

    left = Signal()
    hidden = Signal()
    open_client = Signal(object)
    progressed = Signal(object, str, float)  # title, state in words, share done
    report_read = Signal()
    sign_in_asked = Signal()
    run_asked = Signal(object, bool)  # RunId of another run, whether it is to start at once

    def __init__(
        self,
        desk: Desk,
        preferences: PreferencesFile,
        client: OrganizationId | None,
        path: Path | None,
        parent: QWidget | None = None,
        *,
        place: str = "",
    ) -> None:
        """`place` names the connection where there are several."""
        super().__init__(parent)
        self._desk = desk
        self._place = place
        self._preferences = preferences
        self._path = path
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self._failed)
        self._stack = QStackedLayout(self)
        self._waiting = EmptyState(
            "loader",
            self.tr("Reading what is there"),
            self.tr("Groups, collections, members."),
        )
        self._stack.addWidget(self._waiting)
        self.frame: WizardFrame | None = None
        self.run_view: RunView | None = None
        self.pages: dict[str, SetupPage] = {}
        self._again: Callable[[], None] | None = None
        if client is None:
            self._begin(new_answers(pattern_words()))
        else:
            self._read_client(client)

    def _read_client(self, client: OrganizationId) -> None:
        self._stack.setCurrentWidget(self._waiting)
        self.jobs.start(
            self._known(client),
            self._begin_known,
            lambda error: self._cannot_begin(error, client),
        )

    async def _known(self, client: OrganizationId) -> KnownClient:
        """From the server; without a line as it was last read, for a draft. Raises as `known`."""
        workspace = self._desk.workspace
        try:
            return await workspace.known(client)
        except Offline:
            known = await workspace.known_cached(client)
            if known is None:
                raise
            return known

    def _begin_known(self, known: KnownClient) -> None:
        self._begin(answers_for(known, pattern_words()))

    def _cannot_begin(self, error: ClavigerError, client: OrganizationId) -> None:
        back = Button(self.tr("Back"))
        back.clicked.connect(self.left)
        explained = explain(error)
        state = EmptyState("cloud-off", explained.title, explained.text, back, tone="warn")
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)
        self._ask_to_sign_in(error, lambda: self._read_client(client))

    def _begin(self, answers: SetupAnswers) -> None:
        self.answers = answers
        self.flow = setup_flow(answers)
        self.details = DetailsPage(answers, self._desk.session.email)
        self.collections = CollectionsPage(answers)
        self.files = ImportPage(self._desk, answers)
        self.policies = PoliciesPage(answers)
        self.access = AccessPage(answers)
        self.people = PeoplePage(answers)
        self.review = ReviewPage(answers, self._desk.runs.estimate)
        for page in (
            self.details,
            self.collections,
            self.files,
            self.policies,
            self.access,
            self.people,
            self.review,
        ):
            self.pages[page.KEY] = page
            page.changed.connect(self._changed)
        titles = {
            "details": self.tr("Details"),
            "collections": self.tr("Collections"),
            "import": self.tr("Import"),
            "policies": self.tr("Policies"),
            "access": self.tr("Groups and access"),
            "people": self.tr("People"),
            "review": self.tr("Review and run"),
        }
        task = self.tr("New client") if answers.is_new else self.tr("Set up client")
        self.frame = WizardFrame(
            self.flow,
            self.pages,
            titles=titles,
            task=task,
            subject=answers.client_name,
            word_problem=self._word_problem,
        )
        self.frame.set_place(self._place)
        self.frame.cancelled.connect(self._cancel)
        self.frame.finished.connect(self._finish)
        self.frame.step_changed.connect(self._entered)
        self.panel = PlanPanel(self._desk.runs.estimate)
        # Figures follow the answers at a distance: a plan of many rows takes a moment to cut.
        self._figures = QTimer(self, singleShot=True, interval=150)
        self._figures.timeout.connect(self._show_figures)
        self._hints: tuple[SeatHint, ...] = ()
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        self._bridge = EventBridge(self._desk.hub, self)
        self._bridge.happened.connect(self._heard)
        self.destroyed.connect(self._bridge.close)
        self._show_way()
        self.setFocusProxy(self.frame)
        self.jobs.start(self._desk.clients.seat_hints(), self._take_hints, lambda _error: None)
        if self._path is not None:
            self.files.read(self._path)

    def file_dropped(self, path: Path) -> None:
        """A file dropped anywhere on the wizard is this client's export."""
        if self.frame is not None and self.run_view is None:
            self.files.read(path)
            self.frame.go_to("import")

    def _heard(self, event: Event) -> None:
        if isinstance(event, ConnectionStateChanged | SessionEnded):
            self._show_way()

    def _show_way(self) -> None:
        """Without a connection the plan is kept; the last button says so."""
        if self.frame is not None and self.run_view is None:
            self.frame.set_last_text(
                self.tr("Keep as a draft") if makes_drafts(self._desk) else self.tr("Run the plan")
            )
            self._changed()

    # --- answers ----------------------------------------------------------------------------

    def _take_hints(self, hints: tuple[SeatHint, ...]) -> None:
        self._hints = hints
        self.details.set_hints(hints)
        self._changed()

    def _word_problem(self, key: str) -> str:
        page = self.pages.get(self.flow.step.key)
        return (page.problem() if page is not None else "") or key

    def _entered(self, key: str) -> None:
        self.pages[key].enter()
        self._changed()

    def _changed(self) -> None:
        if self.frame is None:
            return
        for key, page in self.pages.items():
            self.frame.set_note(key, page.note() if key in self.flow.visited else "")
        self.frame.set_subject(self.answers.client_name)
        for key in self._there():
            self.frame.set_state(key, "done")
        self.frame.set_state(
            "policies",
            "skipped"
            if not self.answers.has_policies
            else "done"
            if "policies" in self._there()
            else "",
        )
        self.frame.set_sentence(self._sentence())
        is_wide = self.flow.step.key in {"import", "access"}
        self.frame.set_plan(None if is_wide else self.panel)
        if not is_wide:
            self._figures.start()
        self.frame.refresh()
        if self.flow.step.key == "review" and self.review.has_nothing:
            self.frame.continue_button.set_blocked(self.tr("There is nothing to run."))

    def _sentence(self) -> str:
        match self.flow.step.key:
            case "import":
                return self.files.sentence()
            case "review" if makes_drafts(self._desk):
                return self.tr("No connection: nothing is sent before you start the draft.")
            case _:
                return ""

    def _there(self) -> set[str]:
        """The steps of an existing client that something stands in already."""
        known = self.answers.client
        if known is None:
            return set()
        there = {
            "collections": bool(known.collections),
            "import": bool(self.files.done_before),
            "policies": any(policy.enabled for policy in known.policies),
            "access": bool(known.groups),
            "people": len(known.members) > 1,
        }
        return {key for key, is_there in there.items() if is_there}

    def _show_figures(self) -> None:
        self.panel.show_plan(self._plan_so_far(), self._bought())

    def _plan_so_far(self) -> Plan | None:
        try:
            return plan_setup(self.answers)
        except PlanInvalid:
            return None

    def _bought(self) -> int:
        if not self.answers.is_new:
            return 0
        hint = next((one for one in self._hints if one.plan is self.answers.plan), None)
        return hint.extra_for(self.answers.seats) if hint is not None else 0

    # --- leaving and running ----------------------------------------------------------------

    def _cancel(self) -> None:
        if self.answers.is_new and not self.answers.name and self.answers.preview is None:
            self.left.emit()
            return
        question = confirm(
            self,
            self.tr("Leave this set-up?"),
            accept=self.tr("Leave"),
            cancel=self.tr("Keep working"),
            facts=(("info", self.tr("Nothing was sent. What you answered is forgotten.")),),
        )
        self.jobs.start(question, self._cancelled)

    def _cancelled(self, is_sure: bool) -> None:
        if is_sure:
            self.left.emit()

    def _finish(self) -> None:
        plan = self.review.plan
        if plan is None or self.frame is None:
            return
        self.frame.set_locked(True)
        self.frame.set_sentence(self.tr("Encrypting on this computer…"))
        if makes_drafts(self._desk):
            work = self._desk.runs.start(plan, self.answers.preview, draft=True)
            self.jobs.start(work, self._show_draft, self._not_started)
        else:
            self.jobs.start(
                self._desk.runs.start(plan, self.answers.preview),
                lambda run: self._show_run(run).go(),
                self._not_started,
            )

    def _not_started(self, error: ClavigerError) -> None:
        if self.frame is not None:
            self.frame.set_locked(False)
            self.frame.set_sentence(explain(error).sentence, "bad")
        self._ask_to_sign_in(error, self._finish)

    def _ask_to_sign_in(self, error: ClavigerError, again: Callable[[], None]) -> None:
        """What failed for want of a session alone is done as soon as there is one (T37)."""
        if isinstance(error, SignedOut):
            self._again = again
            self.sign_in_asked.emit()

    def session_back(self) -> None:
        """Somebody signed in again."""
        again, self._again = self._again, None
        if self.run_view is not None:
            self.run_view.session_back()
        elif again is not None:
            again()

    def _show_draft(self, run: RunId) -> None:
        self._show_run(run)

    def _show_run(self, run: RunId) -> RunView:
        view = RunView(self._desk, run)
        self.run_view = view
        view.progressed.connect(self.progressed)
        view.left.connect(self.left)
        view.hidden.connect(self.hidden)
        view.open_client.connect(self.open_client)
        view.report_read.connect(self.report_read)
        view.sign_in_asked.connect(self.sign_in_asked)
        view.run_asked.connect(self.run_asked)
        # The file's plain text has served: only ciphertext is needed from here on.
        self.files.forget()
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        return view

    def _failed(self, error: ClavigerError) -> None:
        if self.frame is not None:
            self.frame.set_sentence(explain(error).sentence, "bad")
