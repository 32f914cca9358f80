"""The report of a run on a page."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtWidgets import QLabel

from desktop.domain.ids import OrganizationId, RunId
from desktop.plans.steps import Say
from desktop.services.run_types import DONE, DONE_RUN, RunReport, StepOutcome
from desktop.views.setup.report import ReportView


def report(*steps: StepOutcome) -> RunReport:
    return RunReport(
        run=RunId(UUID(int=1)), title=Say("plan.setup_new", {"client": "bab4a38b"}),
        state=DONE_RUN, steps=steps, organization_id=OrganizationId(UUID(int=2)),
        client_name="bab4a38b", imported=None, notes=(),
        created=datetime(2026, 12, 1, tzinfo=UTC), ended=None, made={},
    )  # fmt: skip


def texts(told: RunReport) -> str:
    view = ReportView()
    view.show_report(told)
    return " ".join(one.text() for one in view.findChildren(QLabel))


def test_a_run_of_a_forgotten_client_says_why_it_tells_nothing(qapp: object) -> None:
    assert "This client was forgotten" in texts(report())
    step = StepOutcome("group", "delete_group", Say("step.delete_group", {"group": "Sales"}), DONE)
    assert "forgotten" not in texts(report(step))
    assert texts(report(step))
