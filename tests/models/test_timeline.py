"""Events by day: grouped, counted, filtered by words and a rule, and told to a screen reader."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.models.timeline import Day, DayWords, Entry, TimelineModel, plain_text

NOON = datetime(2026, 11, 22, 12, 30, tzinfo=UTC).astimezone()
WORDS = DayWords(
    day=lambda day: f"{day:%d-%m}",
    count=lambda day: f"{day.shown}/{day.total}",
    time=lambda moment: f"{moment:%H:%M}",
)


def entry(key: str, text: str, days: int = 0, **more: str) -> Entry:
    return Entry(key=key, at=NOON - timedelta(days=days), text=text, **more)


@pytest.fixture
def model(qapp: QObject) -> TimelineModel:
    made = TimelineModel(WORDS)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def rows(model: TimelineModel) -> list[str]:
    """Headings by their counts, lines by their keys."""
    found = [model.row(number) for number in range(model.rowCount())]
    return [WORDS.count(one) if isinstance(one, Day) else one.key for one in found]


def test_lines_stand_under_their_days_newest_first(model: TimelineModel) -> None:
    model.replace([entry("a", "one"), entry("b", "two"), entry("c", "three", days=1)])
    assert rows(model) == ["2/2", "a", "b", "1/1", "c"]
    heading = model.row(0)
    assert isinstance(heading, Day)
    assert heading.date == date(2026, 11, 22)
    assert model.first_entry() == 1
    assert model.row_of("c") == 4
    assert model.row_of("zzz") == -1
    assert model.total_count == 3


def test_a_day_is_the_one_on_this_computers_calendar(model: TimelineModel) -> None:
    midnight = NOON.replace(hour=0, minute=0)
    before, after = midnight - timedelta(seconds=1), midnight
    model.replace(
        [Entry("b", after.astimezone(UTC), "two"), Entry("a", before.astimezone(UTC), "one")]
    )
    assert rows(model) == ["1/1", "b", "1/1", "a"]


def test_words_are_found_whatever_their_case_accents_and_signs(model: TimelineModel) -> None:
    model.replace(
        [
            entry("a", "The collection “\u2068IT / Sérvers\u2069” was made", client="Coöperatie"),
            entry("b", "Seats: \u20688\u2069 → \u206814\u2069", days=1, note="Kim"),
        ]
    )
    for text, found in (
        ("servers", ["1/1", "a"]),
        ("IT/Servers", ["1/1", "a"]),
        ("it / servers", ["1/1", "a"]),
        ("cooperatie made", ["1/1", "a"]),
        ("8 > 14", ["1/1", "b"]),
        ("8 → 14", ["1/1", "b"]),
        ("kim", ["1/1", "b"]),
        ("kim servers", []),
        ("", ["1/1", "a", "1/1", "b"]),
    ):
        model.set_filter(text)
        assert rows(model) == found, text
    assert plain_text("\u2068x\u2069 → y") == "x → y"


def test_a_heading_says_how_many_of_its_lines_are_left(model: TimelineModel) -> None:
    model.replace([entry("a", "one"), entry("b", "two"), entry("c", "one", days=1)])
    model.set_filter("one")
    assert rows(model) == ["1/2", "a", "1/1", "c"]
    model.set_predicate(lambda one: one.key == "c")
    assert rows(model) == ["1/1", "c"]
    assert [one.key for one in model.shown_entries()] == ["c"]
    model.set_predicate(None)
    model.set_filter("")
    assert rows(model) == ["2/2", "a", "b", "1/1", "c"]


def test_headings_cannot_be_chosen(model: TimelineModel) -> None:
    model.replace([entry("a", "one")])
    nothing = Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(0, 0)) == nothing
    assert model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(QModelIndex()) == nothing


def test_t74_a_line_is_read_aloud_with_marks_in_the_place_of_hidden_characters(
    model: TimelineModel,
) -> None:
    model.replace([entry("a", "Opened", client="R\u202e&D", note="k\u200bim")])
    spoken = model.data(model.index(1, 0), int(Qt.ItemDataRole.AccessibleTextRole))
    said = "Opened, R\u2039U+202E\u203a&D, k\u2039U+200B\u203aim"
    assert spoken == f"{said}, {NOON:%d-%m} {NOON:%H:%M}"
    heading = model.data(model.index(0, 0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert heading == "22-11, 1/1"


def test_thousands_of_lines_are_filtered_between_two_keystrokes(model: TimelineModel) -> None:
    many = [
        entry(str(n), f"Role of \u2068p{n}@x.example\u2069: User → Owner", days=n // 100)
        for n in range(5_000)
    ]
    plain = TimelineModel(WORDS)
    plain.replace(many)
    began = time.process_time()
    plain.set_filter("p49")
    spent = time.process_time() - began
    assert len(plain.shown_entries()) == 111
    # 8 ms on a quiet computer; what would be felt is ten times as much.
    assert spent < 0.15
