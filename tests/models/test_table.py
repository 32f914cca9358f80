"""The record table model: filter, order, selection by key."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import (
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from pytestqt.modeltest import ModelTester

from desktop.domain.shown import folded
from desktop.models.column import BadgeSpec, Column, ColumnKind, check_column
from desktop.models.table import RECORD_ROLE, RecordTableModel

FLAG = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True)
class Client:
    number: int
    name: str
    seats: int | None = 0
    note: str = ""


def columns() -> tuple[Column[Client], ...]:
    return (
        check_column(),
        Column(
            "name",
            lambda: "Client",
            lambda c: c.name,
            kind=ColumnKind.NAME,
            width=0,
            second=lambda c: c.note,
            badge=lambda c: BadgeSpec("You") if c.number == 1 else None,
        ),
        Column(
            "seats",
            lambda: "Seats",
            lambda c: str(c.seats),
            kind=ColumnKind.NUMBER,
            align=Qt.AlignmentFlag.AlignRight,
            sort=lambda c: c.seats,
        ),
    )


def model_of(*clients: Client) -> RecordTableModel[Client]:
    model = RecordTableModel(columns(), lambda c: c.number)
    model.replace(clients)
    return model


def names(model: RecordTableModel[Client]) -> list[str]:
    return [client.name for client in model.visible_records()]


SAMPLE = (
    Client(1, "Zorg 10", 5),
    Client(2, "zorg 9", 40),
    Client(3, "Äpfel", 3),
    Client(4, "apfel", 300),
    Client(5, "Coöperatie Midden", None, "Brabant"),
)


def test_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = model_of(*SAMPLE)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # no types there
    model.sort(1)
    model.set_filter("o")
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # no types there


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("ZORG", [1, 2]),
        ("zorg 10", [1]),
        ("10 zorg", [1]),
        ("cooper", [5]),
        ("coöper", [5]),
        ("brabant", [5]),
        ("apfel", [3, 4]),
        ("nothing", []),
        ("midden300", []),
    ],
)
def test_filter_finds_every_word_without_case_and_accents(typed: str, found: list[int]) -> None:
    model = model_of(*SAMPLE)
    model.set_filter(typed)
    assert [client.number for client in model.visible_records()] == found


def test_filter_widens_again_after_narrowing() -> None:
    model = model_of(*SAMPLE)
    for typed in ("z", "zo", "zorg 9", "zo", ""):
        model.set_filter(typed)
        expected = [
            c.name
            for c in SAMPLE
            if all(w in folded(f"{c.name}\n{c.seats}\n{c.note}") for w in folded(typed).split())
        ]
        assert names(model) == expected


def test_predicate_and_text_filter_together() -> None:
    model = model_of(*SAMPLE)
    model.set_predicate(lambda c: (c.seats or 0) > 4)
    assert len(names(model)) == 3
    model.set_filter("zorg 9")
    assert names(model) == ["zorg 9"]
    model.set_predicate(None)
    model.set_filter("")
    assert len(names(model)) == 5


def test_text_sorts_by_language_and_number() -> None:
    QLocale.setDefault(QLocale("nl_NL"))
    model = model_of(*SAMPLE)
    model.sort(1)
    assert names(model)[-2:] == ["zorg 9", "Zorg 10"]
    assert {"apfel", "Äpfel"} == set(names(model)[:2])


def test_numbers_sort_as_numbers_with_missing_ones_last() -> None:
    model = model_of(*SAMPLE)
    model.sort(2)
    assert [c.seats for c in model.visible_records()] == [3, 5, 40, 300, None]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert [c.seats for c in model.visible_records()] == [None, 300, 40, 5, 3]
    assert model.sort_key == "seats"
    assert model.is_descending


def test_selection_follows_the_record_through_sort_filter_and_replace() -> None:
    model = model_of(*SAMPLE)
    selection = QItemSelectionModel(model)
    for row in (1, 3):
        selection.select(model.index(row, 0), FLAG.Select | FLAG.Rows)
    selection.setCurrentIndex(model.index(1, 1), FLAG.NoUpdate)

    def chosen() -> set[int]:
        return {model.record(index.row()).number for index in selection.selectedRows()}

    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert chosen() == {2, 4}
    model.replace([Client(9, "New"), *reversed(SAMPLE)])
    assert chosen() == {2, 4}
    assert model.record(selection.currentIndex().row()).number == 2
    model.set_filter("apfel")
    assert chosen() == {4}
    model.replace([client for client in SAMPLE if client.number != 4])
    assert chosen() == set()


def test_replace_keeps_filter_and_order() -> None:
    model = model_of(*SAMPLE)
    model.sort(2)
    model.set_filter("zorg")
    model.replace([Client(7, "Zorg 8", 1), *SAMPLE])
    assert names(model) == ["Zorg 8", "Zorg 10", "zorg 9"]
    assert model.total_count == 6


def test_accessible_text_says_name_badge_and_second_line() -> None:
    model = model_of(Client(1, "Billy", 0, "billy@x.example"))
    spoken = model.data(model.index(0, 1), int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "Billy, You, billy@x.example"
    assert model.data(model.index(0, 1), RECORD_ROLE) == model.record(0)
    assert model.data(QModelIndex()) is None


def test_t74_names_reach_views_with_marks() -> None:
    model = model_of(Client(1, "Acme\u202egpj\x00"))
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "\u202e" not in model.data(model.index(0, 1), int(role))
        assert "U+202E" in model.data(model.index(0, 1), int(role))
    assert model.record(0).name == "Acme\u202egpj\x00"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=30), max_size=8), st.text(max_size=4))
def test_t77_any_text_filters_sorts_and_shows(texts: list[str], typed: str) -> None:
    hostile = [*texts, "\ud800", "a\x00b", "\u0301\u0301", ""]
    model = model_of(*[Client(number, text) for number, text in enumerate(hostile)])
    model.sort(1)
    model.set_filter(typed)
    for row in range(model.rowCount()):
        model.data(model.index(row, 1))
    model.set_filter("")
    assert model.rowCount() == len(hostile)


def test_wipe_leaves_nothing_behind() -> None:
    model = model_of(*SAMPLE)
    kept = QPersistentModelIndex(model.index(0, 0))
    model.wipe()
    assert model.rowCount() == 0
    assert model.records() == ()
    assert not kept.isValid()


def test_random_sorting_agrees_with_python() -> None:
    source = random.Random(7)
    clients = [Client(n, f"c{n}", source.randrange(50)) for n in range(300)]
    model = model_of(*clients)
    model.sort(2)
    assert names(model) == [c.name for c in sorted(clients, key=lambda c: c.seats or 0)]


def test_any_order_of_typing_erasing_sorting_and_replacing_agrees_with_a_plain_search() -> None:
    """What the model remembers between keystrokes is never older than records and order."""
    numbers = random.Random(3)
    letters = ["a", "b", "É", " ", "1", "\0"]

    def made() -> list[Client]:
        names = ["".join(numbers.choices(letters, k=6)) for _ in range(numbers.randrange(60))]
        return [Client(at, name, numbers.randrange(5)) for at, name in enumerate(names)]

    def is_even(one: Client) -> bool:
        return one.number % 2 == 0

    records, typed, only_even = made(), "", False
    model = model_of(*records)
    for _turn in range(600):
        match numbers.randrange(9):
            case 0:
                records = made()
                model.replace(records)
            case 1:
                model.sort(numbers.choice([-1, 1, 2]), numbers.choice(list(Qt.SortOrder)))
            case 2:
                only_even = not only_even
                model.set_predicate(is_even if only_even else None)
            case 3 | 4 | 5:
                typed = typed[:-1]
            case 6:
                model._prepare_slice()
            case _:
                typed += numbers.choice(letters)
        model.set_filter(typed)
        words = folded(typed.strip()).split()
        found = {
            one.number
            for one in records
            if all(word in folded(f"{one.name}\n{one.seats}").replace("\0", " ") for word in words)
            and (is_even(one) or not only_even)
        }
        assert {one.number for one in model.visible_records()} == found
        assert model.rowCount() == len(found)
