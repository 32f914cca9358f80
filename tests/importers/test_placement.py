"""Folders to collections: reuse what is there letter for letter, propose what looks alike."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop.domain.enums import CipherType
from desktop.domain.items import ImportPreview, ImportRow, Item, Verdict
from desktop.importers.placement import Placement, alike, collections_of, missing, propose


def preview(*folders: str | None, extra: Sequence[str] = ()) -> ImportPreview:
    items = [
        Item(type=CipherType.LOGIN, name="n", folder=folder, extra_folders=tuple(extra))
        for folder in folders
    ]
    rows = [
        ImportRow(number=n, verdict=Verdict.OK, items=(item,)) for n, item in enumerate(items, 1)
    ]
    return ImportPreview(format="x", confident=True, rows=tuple(rows))


def test_each_folder_gets_its_place_in_order() -> None:
    found = propose(
        preview("Work/Finance", None, "HR", "Work/Finance", "it/servers ", "New"),
        ["Work/Finance", "hr", "IT/Servers", "General"],
        "General",
    )
    assert found == (
        Placement("Work/Finance", "Work/Finance", "same", 2),
        Placement(None, "General", "default", 1),
        Placement("HR", "hr", "similar", 1),
        Placement("it/servers ", "IT/Servers", "similar", 1),
        Placement("New", "New", "new", 1),
    )


def test_case_decides_where_both_spellings_exist() -> None:
    found = propose(preview("hr", "HR", "Hr"), ["HR", "hr"], "x")
    assert [(one.collection, one.how) for one in found] == [
        *(("hr", "same"), ("HR", "same"), ("HR", "similar"))
    ]


def test_no_loose_rows_no_default() -> None:
    assert [one.folder for one in propose(preview("A"), [], "General")] == ["A"]
    assert propose(preview(None), [], "General") == (Placement(None, "General", "default", 1),)


def test_further_folders_are_placed_and_an_item_is_in_each_once() -> None:
    source = preview("A", extra=("B", "a"))
    found = propose(source, ["A"], "x")
    assert [(one.folder, one.collection, one.items) for one in found] == [
        *(("A", "A", 1), ("B", "B", 0), ("a", "A", 0))
    ]
    chosen = {one.folder: one.collection for one in found}
    assert collections_of(source.rows[0].items[0], chosen) == ("A", "B")


@pytest.mark.parametrize(
    ("one", "other"), [("Café", "CAFE\u0301"), ("a / b", "A/B"), ("straße", "STRASSE")]
)
def test_what_reads_the_same_is_alike(one: str, other: str) -> None:
    assert alike(one) == alike(other)


def test_missing_names_parents_first() -> None:
    assert missing(["A/B/C", "D", "A/X"], ["A", "D"]) == ("A/B", "A/B/C", "A/X")
