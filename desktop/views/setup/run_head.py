"""The top of a run: what it is, how it stands, how far it is, and what stands in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop.views.setup.review import duration_text
from desktop.views.setup.run_states import UNDONE_LOOK, state_look, state_text
from desktop.views.widgets.bars import ProgressBar
from desktop.views.widgets.buttons import Button, Segmented
from desktop.views.widgets.fields import SearchField
from desktop.views.widgets.labels import Badge, IconText, Label
from desktop.views.widgets.layouts import column, row

if TYPE_CHECKING:
    from desktop.services.run_types import RunSummary

translate = QCoreApplication.translate
_BADGES: Final = {"text2": "neutral"}
_FILLS: Final = {"done": "ok_fill", "failed": "bad_fill"}


class RunHead(QWidget):
    """Is told everything; `back` is there only inside the shell."""

    face_chosen = Signal(str)  # "report" or "steps"

    def __init__(self, *, is_embedded: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Button(self.tr("All runs"), "link", icon="arrow-left")
        self.back.setObjectName("all_runs")
        self.title = Label("", "title")
        self._badge = Badge()
        self._badge.hide()
        self.pause = Button(self.tr("Pause after this step"), icon="pause")
        self.pause.setObjectName("pause_run")
        self.bar = ProgressBar(self.tr("Progress"))
        self.step = Label("", "strong")
        self._rest = Label("", "body", "text2")
        self._pace = IconText("gauge", "", "text2", "small")
        self._pace.hide()
        self.problem = IconText("circle-alert", "", "bad", wraps=True)
        self.problem.hide()
        self.note = IconText("info", "", "text2", wraps=True)
        self.note.hide()
        self.tied = Button("", "link", icon="link-2")
        self.tied.setObjectName("tied_run")
        self.tied.hide()
        self.faces = Segmented(
            [("report", self.tr("Report"), ""), ("steps", self.tr("Steps"), "")],
            self.tr("What is shown of the run"),
        )
        self.faces.chosen.connect(self.face_chosen)
        self.faces.hide()
        self.search = SearchField(self.tr("Search steps"), "Ctrl F")
        self.search.hide()
        self._lay_out(is_embedded=is_embedded)

    def _lay_out(self, *, is_embedded: bool) -> None:
        whole = column(gap=10, margins=(24, 20, 24, 14))
        if is_embedded:
            whole.addLayout(row(self.back, None))
        else:
            self.back.setParent(self)
            self.back.hide()
        whole.addLayout(row(self.title, self._badge, None, self.pause, gap=10))
        whole.addWidget(self.bar)
        whole.addLayout(
            row(
                self.step,
                self._rest,
                None,
                self.tied,
                self._pace,
                self.search,
                self.faces,
                gap=10,
            )
        )
        whole.addWidget(self.note)
        whole.addWidget(self.problem)
        self.setLayout(whole)

    # --- what it is told --------------------------------------------------------------------

    def show_state(self, state: str, summary: RunSummary | None) -> None:
        """The badge, and what belongs to this state only."""
        is_undone = summary is not None and summary.undone_by is not None
        icon, tone = UNDONE_LOOK if is_undone else state_look(state)
        del icon
        text = translate("Run", "Undone") if is_undone else state_text(state)
        is_done = state == "done" and not is_undone
        self._badge.set_badge(text, "ok" if is_done else _BADGES.get(tone, tone))
        self._badge.setVisible(bool(state))
        self.bar.set_fill(_FILLS.get(state, "bar"))
        self.pause.setVisible(state == "running")
        self.faces.setVisible(state == "done")
        if state != "running":
            self._pace.hide()

    def show_count(self, done: int, total: int, *, is_moving: bool) -> None:
        number = self.locale().toString
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        if is_moving:
            text = self.tr("Step {done} of {total}").format(
                done=number(min(done + 1, total)), total=number(total)
            )
        else:
            text = self.tr("{done} of %Ln step(s)", "", total).format(done=number(done))
        self.step.set_text(text)

    def show_left(self, seconds: float | None, *, has_begun: bool) -> None:
        """How long the rest takes; nothing for None and for what is as good as over."""
        text = ""
        if seconds is not None and seconds > 1:
            text = self.tr("about {time} left") if has_begun else self.tr("takes about {time}")
            text = text.format(time=duration_text(seconds))
        self._rest.set_text(text)

    def show_pace(self, waiting_s: float) -> None:
        text = (
            self.tr("Waiting %Ln second(s) for the server's limit", "", max(1, round(waiting_s)))
            if waiting_s
            else self.tr("Paced to the limits of this server")
        )
        self._pace.set_content("gauge", text)
        self._pace.show()

    def say_note(self, icon: str, text: str, tone: str = "text2") -> None:
        self.note.set_content(icon, text, tone)
        self.note.setVisible(bool(text))

    def say_problem(self, text: str) -> None:
        """Empty takes it away."""
        self.problem.set_content("circle-alert", text, "bad")
        self.problem.setVisible(bool(text))

    def show_tie(self, text: str) -> None:
        """The run that took this one back, or the one that this one takes back."""
        self.tied.set_text(text)
        self.tied.setVisible(bool(text))

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.bar.value() / max(1, self.bar.maximum())
