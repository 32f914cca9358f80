"""The mail for an owner: which rows, when, where to; nothing of what is in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from desktop.services.run_types import UncertainChunk
from desktop.views.setup.owner_mail import mail_text, row_ranges

CHUNKS = (
    UncertainChunk(
        step_key="import.1",
        rows=(2, 3, 4, 9, 11, 12),
        collections=("Office", "Office/Banks {x}"),
        sent=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    ),
    UncertainChunk(step_key="import.7", rows=(900,), collections=(), sent=None),
)


def test_rows_are_written_as_people_do() -> None:
    locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    assert row_ranges((), locale) == ""
    assert row_ranges((5,), locale) == "5"
    assert row_ranges((7, 5, 6, 6, 9), locale) == "5\u20137, 9"


@pytest.mark.parametrize("code", ["en", "nl"])
@pytest.mark.parametrize("dated", ["", "Claviger 2026-11-22 10.05"])
def test_the_mail_names_rows_times_and_collections(code: str, dated: str) -> None:
    text = mail_text("Acme {client} \u202eB.V.", "export.csv", CHUNKS, dated, code)
    subject, empty, *_rest = text.splitlines()
    assert "Acme {client}" in subject
    assert empty == ""
    # A hostile name turns nothing around, and braces of a name fill nothing in.
    assert "\u202e" not in text
    assert "U+202E" in text
    (line,) = [one for one in text.splitlines() if "2\u20134, 9, 11\u201312" in one]
    assert "Office; Office/Banks {x}" in line
    assert "2026" in line
    (other,) = [one for one in text.splitlines() if "900" in one]
    assert other.rstrip().endswith("\u2013")
    assert "export.csv" in text
    assert (dated in text) if dated else ("Claviger" in text)
    assert "import." not in text
