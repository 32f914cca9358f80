"""The frame draws any flow and moves it by mouse, Enter and rail."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.plans.flow import Flow, Step
from desktop.views.theme import LIGHT, Theme, apply
from desktop.views.widgets.fields import TextField
from desktop.views.wizard import StepPage, WizardFrame


@dataclass
class Answers:
    name: str = ""
    has_policies: bool = True


STEPS = [
    Step[Answers]("details", lambda a: None if a.name else "name"),
    Step[Answers]("policies", lambda _a: None, lambda a: a.has_policies),
    Step[Answers]("review", lambda _a: None),
]
TITLES = {"details": "Details", "policies": "Policies", "review": "Review and run"}


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def frame(answers: Answers, qtbot: QtBot) -> WizardFrame:
    pages = {key: StepPage(title, "Nothing is sent yet.") for key, title in TITLES.items()}
    field = TextField("Name")
    pages["details"].body.addWidget(field)
    made = WizardFrame(
        Flow(STEPS, answers), pages, titles=TITLES, task="New client",
        word_problem=lambda key: f"The {key} is missing",
    )  # fmt: skip

    def typed(text: str) -> None:
        answers.name = text
        made.refresh()

    field.textChanged.connect(typed)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def states(frame: WizardFrame) -> list[str]:
    return [step.state for step in frame.rail.steps()]


def test_a_missing_answer_blocks_and_says_so(frame: WizardFrame, answers: Answers) -> None:
    assert not frame.continue_button.isEnabled()
    assert "The name is missing" in frame.continue_button.toolTip()
    frame.advance()
    assert states(frame) == ["now", "open", "open"]
    answers.name = "Acme"
    frame.refresh()
    assert frame.continue_button.isEnabled()


def test_enter_walks_to_the_end_and_finishes(
    frame: WizardFrame, answers: Answers, qtbot: QtBot
) -> None:
    answers.name = "Acme"
    frame.refresh()
    QTest.keyClick(frame, Qt.Key.Key_Return)
    assert states(frame) == ["done", "now", "open"]
    assert frame.continue_button.hasFocus() or not frame.isActiveWindow()
    QTest.keyClick(frame.continue_button, Qt.Key.Key_Return)
    assert frame.continue_button.full_text() == "Run"
    with qtbot.waitSignal(frame.finished):
        QTest.keyClick(frame, Qt.Key.Key_Return)
    assert "Step 3 of 3" in frame.accessibleName()


def test_unwanted_steps_leave_the_rail(frame: WizardFrame, answers: Answers) -> None:
    answers.name, answers.has_policies = "Acme", False
    frame.refresh()
    assert [step.key for step in frame.rail.steps()] == ["details", "review"]


def test_rail_goes_back_to_what_was_seen(frame: WizardFrame, answers: Answers) -> None:
    answers.name = "Acme"
    frame.refresh()
    frame.advance()
    frame.go_to("details")
    assert states(frame) == ["now", "open", "open"]
    frame.go_to("review")
    assert states(frame) == ["now", "open", "open"]
    frame.back()
    assert states(frame)[0] == "now"


def test_escape_cancels_and_a_running_plan_locks(frame: WizardFrame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.cancelled):
        QTest.keyClick(frame, Qt.Key.Key_Escape)
    frame.set_locked(True)
    assert frame.continue_button.isHidden()
    assert not any(step.can_open for step in frame.rail.steps())


def test_notes_marks_plan_and_draft_are_shown(frame: WizardFrame) -> None:
    frame.set_note("policies", "Enterprise only")
    frame.set_state("policies", "skipped")
    frame.set_draft("Draft saved 08:14")
    frame.set_sentence("5 people lose access", "warn")
    panel = QLabel("plan")
    frame.set_plan(panel)
    assert frame.rail.steps()[1].note == "Enterprise only"
    assert states(frame)[1] == "skipped"
    assert panel.isVisible()
    frame.resize(700, 600)
    assert not panel.isVisible()
    frame.resize(1200, 600)
    assert panel.isVisible()
    frame.set_plan(None)
    assert not panel.isVisible()


def _layout(frame: WizardFrame) -> list[tuple[str, QRect, int]]:
    """Kind, place and letter size of everything visible: what a person sees, but for pixels."""
    return [
        (type(one).__name__, one.geometry(), one.font().pixelSize())
        for one in frame.findChildren(QWidget)
        if one.isVisibleTo(frame)
    ]


def test_text_size_changes_while_open(frame: WizardFrame, qapp: QApplication) -> None:
    rail = frame.rail.parentWidget()
    assert rail is not None
    for _turn in range(5):  # a first layout may need some turns
        qapp.processEvents()
    before = _layout(frame)
    apply(qapp, Theme(LIGHT, scale=1.5))
    frame.resize(1800, 1050)
    for _turn in range(5):
        qapp.processEvents()
    assert rail.width() == 348
    assert frame.continue_button.height() == 48
    assert _layout(frame) != before
    apply(qapp, Theme(LIGHT))
    frame.resize(1200, 700)
    for _turn in range(50):  # deferred layouts may need some turns on a busy machine
        qapp.processEvents()
        if _layout(frame) == before:
            break
    assert rail.width() == 232
    assert _layout(frame) == before
