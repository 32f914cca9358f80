"""What the wizard's questions have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop.plans.problems import first_problem
from desktop.views.wizard import StepPage
from desktop.views.wording import problem_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.plans.answers import SetupAnswers


class SetupPage(StepPage):
    """Reads the answers when shown, writes them on every change, says `changed`."""

    KEY = ""
    changed = Signal()

    def __init__(
        self,
        answers: SetupAnswers,
        title: str,
        subtitle: str = "",
        *,
        is_wide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, subtitle, is_wide=is_wide, parent=parent)
        self.answers = answers

    def enter(self) -> None:
        """The page is about to be shown; earlier answers may have changed."""

    def note(self) -> str:
        """The second line in the rail: what is in this step."""
        return ""

    def problem(self) -> str:
        """What stands against this step, as a sentence; empty for nothing."""
        found = first_problem(self.answers, self.KEY)
        return "" if found is None else problem_text(found.key, found.facts)
