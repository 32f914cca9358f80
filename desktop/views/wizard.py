"""Draws a flow: rail at the left, the question, the plan so far at the right, the footer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.plans.flow import Flow
from desktop.views.text import name_aloud, sentence
from desktop.views.theme import keep_height, keep_width, u
from desktop.views.widgets.bars import Mark
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import IconText, Label
from desktop.views.widgets.layouts import Pane, ScrollPane, column, holder, row
from desktop.views.widgets.rail import RailStep, StepRail

_PLAN_FROM: Final = 940


def _as_it_is(problem: str) -> str:
    return problem


class StepPage(Pane):
    """The usual body of a step: title, one line below, and `body` in a column of at most 680."""

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        *,
        is_wide: bool = False,
        is_filling: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`is_wide` is for tables: no scrolling pane and no limit of width.

        `is_filling` gives the body all the height, for a tree or a list.
        """
        super().__init__("bg", parent=parent)
        self.title = Label(title, "title")
        self.subtitle = Label(subtitle, "body", "text2", wraps=True)
        if not subtitle:
            self.subtitle.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(u(14))
        head = column(self.title, self.subtitle, gap=2)
        if is_wide:
            head.setContentsMargins(u(24), u(22), u(24), u(12))
            outer = column(head, gap=0)
            outer.addLayout(self.body, 1)
            self.body.setSpacing(0)
            self.setLayout(outer)
            return
        inner = column(head, 10, gap=8, margins=(40, 30, 40, 24))
        inner.addLayout(self.body, 1 if is_filling else 0)
        if not is_filling:
            inner.addStretch(1)
        content = holder(inner)
        content.setMaximumWidth(u(760))
        outer = column(ScrollPane(content), gap=0)
        self.setLayout(outer)


class WizardFrame(QWidget):
    """Takes the place of the shell. It moves the flow and never looks into its answers.

    `pages` and `titles` are keyed like the flow's steps. `word_problem` turns what
    `Flow.problem` names into a sentence. `finished` comes from the last step's button.
    """

    cancelled = Signal()
    finished = Signal()
    step_changed = Signal(str)

    def __init__(
        self,
        flow: Flow[Any],
        pages: Mapping[str, QWidget],
        *,
        titles: Mapping[str, str],
        task: str,
        subject: str = "",
        word_problem: Callable[[str], str] = _as_it_is,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._flow = flow
        self._pages = dict(pages)
        self._titles = dict(titles)
        self._notes: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._word_problem = word_problem
        self._is_locked = False
        self._last_text = self.tr("Run")
        self.rail = StepRail(task)
        self._task = Label(task, "strong")
        self._subject = Label(subject, "small", "text2")
        self._place = Label("", "small", "text2")
        self._place.hide()
        self._draft = IconText("save", "", "text2", "small")
        self._draft.hide()
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self._plan = Pane("surface", "l")
        keep_width(self._plan, 300)
        self._plan_box = QVBoxLayout(self._plan)
        self._plan_box.setContentsMargins(0, 0, 0, 0)
        self._plan.hide()
        self.cancel_button = Button(self.tr("Cancel"), "ghost")
        self.back_button = Button(self.tr("Back"))
        self.continue_button = Button(self.tr("Continue"), "primary")
        self._sentence = Label("", "body", "text2")
        self._lay_out()
        self.rail.chosen.connect(self.go_to)
        self.cancel_button.clicked.connect(self.cancelled)
        self.back_button.clicked.connect(self.back)
        self.continue_button.clicked.connect(self.advance)
        self.refresh()

    def _lay_out(self) -> None:
        head = row(Mark(28), column(self._task, self._subject, self._place, gap=0), gap=10)
        head.setStretch(1, 1)
        side = Pane("sidebar", "r", "sidebar_edge")
        keep_width(side, 232)
        side.setLayout(
            column(
                row(head, margins=(4, 0, 0, 0)),
                14,
                self.rail,
                None,
                row(self._draft, margins=(10, 0, 0, 0)),
                gap=4,
                margins=(12, 16, 12, 14),
            )
        )
        self.extra_buttons = row(gap=8)
        footer = Pane("surface", "t")
        keep_height(footer, 64)
        line = row(
            self.cancel_button,
            self._sentence,
            None,
            self.back_button,
            self.extra_buttons,
            self.continue_button,
            gap=8,
            margins=(11, 0, 24, 0),
        )
        footer.setLayout(line)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._stack, 1)
        middle.addWidget(footer)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(side)
        outer.addLayout(middle, 1)
        outer.addWidget(self._plan)

    # --- what the wizard's owner sets ----------------------------------------------------

    def set_subject(self, text: str) -> None:
        """The client's name under the task."""
        self._subject.set_text(text)

    def set_place(self, text: str) -> None:
        """The connection it is for, where there are several."""
        self._place.set_text(text)
        self._place.setVisible(bool(text))

    def set_note(self, key: str, note: str) -> None:
        """Second line of a step: what is in it."""
        if self._notes.get(key) != note:
            self._notes[key] = note
            self._show_rail()

    def set_state(self, key: str, state: str) -> None:
        """Overrules a step's mark: `warn`, `skipped`, `done`, or empty for the usual one."""
        self._states[key] = state
        self._show_rail()

    def set_sentence(self, text: str, tone: str = "text2") -> None:
        """One sentence about consequences, in the footer."""
        self._sentence.set_text(text)
        self._sentence.set_tone(tone)

    def set_draft(self, text: str) -> None:
        """When the draft was saved, at the foot of the rail."""
        self._draft.set_content("save", text)
        self._draft.setVisible(bool(text))

    def set_plan(self, panel: QWidget | None) -> None:
        """The plan so far at the right; None takes it away."""
        while (item := self._plan_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not panel:
                widget.hide()
        if panel is not None:
            self._plan_box.addWidget(panel)
            panel.show()
        self._show_plan()

    def set_last_text(self, text: str) -> None:
        """Verb of the last step's button."""
        self._last_text = text
        self.refresh()

    def set_locked(self, is_locked: bool) -> None:
        """While a plan runs there is no way back: rail and footer buttons rest."""
        self._is_locked = is_locked
        for button in (self.cancel_button, self.back_button, self.continue_button):
            button.setVisible(not is_locked)
        self._show_rail()

    def refresh(self) -> None:
        """Reads the flow again after an answer changed."""
        flow = self._flow
        self._stack.setCurrentWidget(self._pages[flow.step.key])
        self._show_rail()
        problem = flow.problem
        self.back_button.setVisible(not flow.is_first and not self._is_locked)
        self.continue_button.set_text(self._last_text if flow.is_last else self.tr("Continue"))
        self.continue_button.set_blocked(self._word_problem(problem) if problem else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_plan()

    def _show_plan(self) -> None:
        """The panel gives way to the question when the window is narrow for the text size."""
        has_room = self.width() >= u(_PLAN_FROM)
        self._plan.setVisible(self._plan_box.count() > 0 and has_room)

    # --- moves ---------------------------------------------------------------------------

    def advance(self) -> None:
        if self._is_locked or self._flow.problem is not None:
            return
        if self._flow.is_last:
            self.finished.emit()
        elif self._flow.advance():
            self._entered()

    def back(self) -> None:
        if not self._is_locked and self._flow.back():
            self._entered()

    def go_to(self, key: str) -> None:
        if not self._is_locked and self._flow.go_to(key):
            self._entered()

    def _entered(self) -> None:
        self.refresh()
        self._focus_question()
        self.step_changed.emit(self._flow.step.key)

    def _focus_question(self) -> None:
        """A step that is complete wants only Enter; else its first field takes the keyboard."""
        field = (
            None if self._flow.problem is None else _first_field(self._pages[self._flow.step.key])
        )
        (field or self.continue_button).setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_question()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.advance()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _show_rail(self) -> None:
        flow = self._flow
        steps = []
        for number, step in enumerate(flow.steps):
            state = self._states.get(step.key, "")
            if step.key == flow.step.key:
                state = "now"
            elif not state:
                is_done = step.key in flow.visited and number < flow.index
                state = "done" if is_done else "open"
            steps.append(
                RailStep(
                    step.key,
                    self._titles.get(step.key, step.key),
                    self._notes.get(step.key, ""),
                    state,
                    can_open=step.key in flow.visited and not self._is_locked,
                )
            )
        self.rail.set_steps(steps)
        here = next(n for n, step in enumerate(flow.steps, 1) if step.key == flow.step.key)
        spoken = QCoreApplication.translate("WizardFrame", "Step {here} of {all}: {title}")
        title = self._titles.get(flow.step.key, "")
        name_aloud(self, sentence(spoken, here=here, all=len(flow.steps), title=title))


def _first_field(page: QWidget) -> QWidget | None:
    """The first empty field of a page, else the first control that Tab would reach."""
    reached = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and widget.isVisibleTo(page)
    ]
    empty = (one for one in reached if isinstance(one, QLineEdit) and not one.text())
    return next(empty, reached[0] if reached else None)
