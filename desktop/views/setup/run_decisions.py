"""What a person decides before a run goes on: someone's change, a double, rows nobody can trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import AlreadyThere, ChangedSince
from desktop.services.run_types import UNKNOWN
from desktop.views.dialogs import ask, target_text
from desktop.views.setup.owner_mail import OwnerMailDialog, row_ranges
from desktop.views.setup.run_dialogs import SendAgainDialog, SkipDialog
from desktop.views.setup.run_panels import (
    ChoicePanel,
    ConflictPanel,
    Difference,
    PanelPlace,
    UncertainPanel,
    UncertainWays,
    Way,
)
from desktop.views.text import sentence
from desktop.views.wording import say

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.domain.ids import RunId
    from desktop.services.desk import Desk
    from desktop.services.run_types import DraftChange, RunReport, UncertainChunk
    from desktop.views.jobs import Jobs

Choice = Literal["use", "overwrite"]


class Decisions(QObject):
    """Shows panels in `place` until each is answered. Never sends anything by itself."""

    changed = Signal()  # other steps wait for an answer than before
    settled = Signal()  # nothing does any more, by an answer
    checked = Signal(bool)  # compared with the server: whether something is no longer as planned
    failed = Signal(object)  # ClavigerError

    def __init__(self, desk: Desk, run: RunId, jobs: Jobs, view: QWidget) -> None:
        """`view` is what dialogs stand over, and whose end ends the work."""
        super().__init__(view)
        self._desk = desk
        self._run = run
        self._jobs = jobs
        self._view = view
        self._report: RunReport | None = None
        self._state = ""
        self._open: set[str] = set()
        self._names: dict[str, str] = {}
        self.choices: dict[str, UUID | str] = {}
        self.place = PanelPlace()

    @property
    def open(self) -> frozenset[str]:
        """The steps that wait for an answer."""
        return frozenset(self._open)

    def take(self, report: RunReport, state: str) -> None:
        """How the run stands now; rows that nobody can trace are asked about at once."""
        self._report, self._state = report, state
        chunks = report.uncertain
        if chunks:
            panel = UncertainPanel(
                chunks,
                self._file_name(),
                UncertainWays(
                    mail=lambda: self._show_mail(chunks),
                    send_again=self._ask_send_again,
                    leave=self.ask_skip,
                ),
            )
            self._show((panel,), tuple(chunk.step_key for chunk in chunks))
        elif state != "draft" and not self._open:
            self.clear()

    def clear(self) -> None:
        self._show((), ())

    def fit(self, room: int) -> None:
        """`room`: the height for panels and steps together."""
        self.place.fit(room)

    def _show(self, panels: tuple[QWidget, ...], keys: tuple[str, ...]) -> None:
        before, self._open = self._open, set(keys)
        self.place.show_panels(panels)
        if before != self._open:
            self.changed.emit()

    def _settle(self, step_key: str) -> None:
        """One answer less to give."""
        was_open = step_key in self._open
        self._open.discard(step_key)
        if self._open:
            # The rows that nobody can trace share one panel; it is made anew for those left.
            self.place.keep(lambda one: getattr(one, "step_key", None) in {None, *self._open})
            if was_open:
                self.changed.emit()
            return
        self._show((), ())
        if was_open:
            self.changed.emit()
        self.settled.emit()

    # --- changed by someone else ------------------------------------------------------------

    def look(self, cause: ChangedSince | None = None) -> None:
        """Compares every step with the server, not only the one that stopped the run."""
        self._jobs.start(self._find(cause), self._show_differences, self.failed.emit)

    async def _find(self, cause: ChangedSince | None) -> tuple[Difference, ...]:
        report = self._report
        client = report.organization_id if report is not None else None
        if client is not None and not self._names:
            view = await self._desk.workspace.cached(client)
            if view is not None:
                self._names = {str(one.id): one.name for one in view.collections}
        if cause is None:
            return self._as_differences(await self._desk.runs.check_draft(self._run))
        key = cause.step_key
        said = Difference(
            key, self._kind_of(key), self.title_of(key), cause.base, cause.now, cause.wanted
        )
        return (said,)

    def _as_differences(self, changes: tuple[DraftChange, ...]) -> tuple[Difference, ...]:
        return tuple(
            Difference(
                one.step_key,
                self._kind_of(one.step_key),
                say(one.say),
                one.base,
                one.now,
                one.wanted,
            )
            for one in changes
            if self.choices.get(one.step_key) != "overwrite"
        )

    def _show_differences(self, found: tuple[Difference, ...]) -> None:
        if found and self._state not in {"running", "queued"}:
            panels = tuple(
                ConflictPanel(one, self._names, self._leave, self._overwrite) for one in found
            )
            self._show(panels, tuple(one.step_key for one in found))
        self.checked.emit(bool(found))

    def _kind_of(self, step_key: str) -> str:
        steps = self._report.steps if self._report is not None else ()
        return next((step.kind for step in steps if step.key == step_key), "")

    def title_of(self, step_key: str) -> str:
        """The sentence of a step."""
        steps = self._report.steps if self._report is not None else ()
        return next((say(step.say) for step in steps if step.key == step_key), step_key)

    def _leave(self, step_key: str) -> None:
        """Somebody else's change stays."""
        reason = self.tr("Someone had changed it meanwhile; it was left as it is.")
        self._skip(step_key, reason)

    def _overwrite(self, step_key: str) -> None:
        self._choose(step_key, "overwrite")

    def _choose(self, step_key: str, choice: Choice) -> None:
        self.choices[step_key] = choice
        self._settle(step_key)

    # --- two of a name ----------------------------------------------------------------------

    def show_double(self, cause: AlreadyThere) -> None:
        """Somebody made a group or a collection of that name meanwhile."""
        key = cause.step_key
        is_group = cause.kind == "group"
        panel = ChoicePanel(
            self.title_of(key),
            sentence(
                self.tr("There is a group “{name}” by now; someone else made it.")
                if is_group
                else self.tr("There is a collection “{name}” by now; someone else made it."),
                name=cause.name,
            ),
            (
                Way(
                    "use",
                    self.tr("Use the one that is there"),
                    self.tr("What this plan does with it is done with that one."),
                ),
                Way(
                    "overwrite",
                    self.tr("Make a second one"),
                    self.tr("Then there are two of the same name."),
                ),
                Way("skip", self.tr("Skip…"), self.tr("Steps that need it are left out too.")),
            ),
            lambda choice: self._choose_double(key, choice),
        )
        self._show((panel,), (key,))

    def _choose_double(self, step_key: str, choice: str) -> None:
        if choice == "skip":
            self.ask_skip(step_key)
        else:
            self._choose(step_key, "use" if choice == "use" else "overwrite")

    # --- leaving a step out -----------------------------------------------------------------

    def ask_skip(self, step_key: str) -> None:
        """Asks why, then leaves the step out."""
        steps = self._report.steps if self._report is not None else ()
        is_uncertain = any(one.key == step_key and one.state == UNKNOWN for one in steps)
        dialog = SkipDialog(self._view, self.title_of(step_key), is_uncertain=is_uncertain)
        self._jobs.start(
            ask(dialog),
            lambda is_sure: self._skip(step_key, dialog.answer) if is_sure else None,
        )

    def _skip(self, step_key: str, reason: str) -> None:
        self._jobs.start(
            self._desk.runs.skip(self._run, step_key, reason),
            lambda _none: self._settle(step_key),
            self.failed.emit,
        )

    # --- what nobody can tell ---------------------------------------------------------------

    def _file_name(self) -> str:
        imported = self._report.imported if self._report is not None else None
        return imported.file_name if imported is not None else ""

    def _show_mail(self, chunks: tuple[UncertainChunk, ...]) -> None:
        client = self._report.client_name if self._report is not None else ""
        self._jobs.start(ask(OwnerMailDialog(self._view, client, self._file_name(), chunks)))

    def _ask_send_again(self, chunk: UncertainChunk) -> None:
        report = self._report
        if report is None or report.organization_id is None:
            return
        target = target_text(
            report.client_name, report.organization_id, self._desk.connection.web_vault
        )
        dialog = SendAgainDialog(self._view, report.client_name, row_ranges(chunk.rows), target)
        self._jobs.start(
            ask(dialog),
            lambda is_sure: self._send_again(chunk, dialog.answer) if is_sure else None,
        )

    def _send_again(self, chunk: UncertainChunk, typed: str) -> None:
        self._jobs.start(
            self._desk.runs.send_again(self._run, chunk.step_key, typed),
            lambda _none: self._settle(chunk.step_key),
            self.failed.emit,
        )
