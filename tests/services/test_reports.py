"""Reports as files: whole, private, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.errors import StorageFailed
from desktop.domain.ids import RunId
from desktop.domain.items import Reason, Verdict
from desktop.plans.plan import ListedRow
from desktop.plans.steps import Say
from desktop.services.reports import render, save
from desktop.services.run_types import ImportReport, RunReport, StepOutcome

HOSTILE = '=HYPERLINK("http://evil")<script>'
REPORT = RunReport(
    run=RunId(UUID(int=1)),
    title=Say("plan.setup_new", {"client": HOSTILE}),
    state="failed",
    steps=(StepOutcome("client", "create_client", Say("step.create_client", {}), "DONE"),),
    organization_id=None,
    client_name=HOSTILE,
    imported=ImportReport(
        file_name="export.csv",
        rows=3,
        counts={Verdict.OK: 2, Verdict.REJECTED: 1},
        listed=(
            ListedRow(
                number=3,
                verdict=Verdict.REJECTED,
                reasons=(Reason(key="empty_row"),),
                title="@sum(1)",
            ),
        ),
        items_sent=2,
        items_read_back=1,
        missing_rows=(2,),
    ),
    notes=(Say("note.shortfall", {"rows": "2"}),),
    created=datetime(2026, 11, 22, tzinfo=UTC),
    ended=None,
    made={},
)


def words(key: str, facts: dict[str, str]) -> str:
    return facts.get("client", f"[{key}]")


def test_t68_no_cell_of_a_report_is_a_formula() -> None:
    text = render(REPORT, words, "csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert f"'{HOSTILE}" in cells
    assert "'@sum(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_page_shows_hostile_text_as_text() -> None:
    page = render(REPORT, words, "html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("kind", ["html", "csv", "text"])
def test_every_kind_names_steps_rows_and_what_is_missing(kind: str) -> None:
    text = render(REPORT, words, kind).decode()  # type: ignore[arg-type]  # one of the three
    for key in (
        "[step.create_client]", "[verdict.rejected]", "[reason.empty_row]", "[report.missing]",
        "[report.not_verified]", "[note.shortfall]", "[state.failed]",
    ):  # fmt: skip
        assert key in text


def test_t69_a_report_is_saved_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    os.umask(0o000)
    try:
        path = tmp_path / "report.html"
        save(path, b"first")
        save(path, b"second")
    finally:
        os.umask(0o022)
    assert path.read_bytes() == b"second"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_t69_a_folder_that_is_not_there_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        save(tmp_path / "none" / "report.html", b"x")
