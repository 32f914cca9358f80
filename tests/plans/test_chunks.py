"""Requests of bounded size; nothing left out, nothing doubled."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto.keys import SymmetricKey
from desktop.domain.items import ItemField
from desktop.domain.limits import IMPORT_CHUNK_BYTES
from desktop.plans.answers import SetupAnswers
from desktop.plans.chunks import TooLong, cut, items_of
from desktop.services.wire import encrypt_items
from tests.plans.examples import login, preview


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(0, 6_000), max_size=60),
    st.integers(1, 9),
    st.integers(4_000, 40_000),
)
def test_chunks_cover_every_item_once(notes: list[int], items: int, size: int) -> None:
    file = preview(*(login(f"n{at}", notes="x" * one) for at, one in enumerate(notes)))
    chunks, _too_long = cut(file, max_items=items, max_bytes=size)
    rows = [row for chunk in chunks for row in chunk.rows]
    assert rows == [row for row, _item in items_of(file)]
    assert [at for chunk in chunks for at in chunk.positions] == list(range(len(rows)))
    assert all(0 < chunk.count <= items for chunk in chunks)


def test_the_encrypted_chunk_is_never_larger_than_thought() -> None:
    rich = [
        login(
            f"item {at} ünïcode",
            folder=f"f{at % 7}",
            notes="n" * (at * 37 % 5_000),
            totp="JBSWY3DPEHPK3PXP",
        )
        for at in range(600)
    ]
    file = preview(*rich)
    chunks, _too_long = cut(file, max_bytes=300_000)
    key = SymmetricKey.generate()
    items = [item for _row, item in items_of(file)]
    for chunk in chunks:
        body = encrypt_items(key, [items[at] for at in chunk.positions])
        assert len(body) <= 300_000
    assert len(chunks) > 3
    assert cut(file)[0][0].count == 600
    assert IMPORT_CHUNK_BYTES == 4 * 1024 * 1024


def test_items_of_one_place_stay_together() -> None:
    file = preview(*(login(f"n{at}", folder="ba"[at % 2]) for at in range(10)))
    chunks, _too_long = cut(file, max_items=4, place=lambda item: ord(item.folder or "z"))
    assert [chunk.positions for chunk in chunks] == [(1, 3, 5, 7), (9, 0, 2, 4), (6, 8)]
    assert [chunk.rows for chunk in chunks] == [(2, 4, 6, 8), (10, 1, 3, 5), (7, 9)]


def test_t50_too_long_values_name_row_and_field() -> None:
    file = preview(
        login("ok"),
        login("x" * 688),
        login("y", notes="n" * 7_440, password="p" * 3_696),
        login("z" * 687, notes="n" * 7_439, password="p" * 3_695),
    )
    _chunks, too_long = cut(file)
    assert too_long == (TooLong(2, "name"), TooLong(3, "notes"), TooLong(3, "password"))


def test_t50_custom_fields_count_too() -> None:
    item = login("a")
    fields = (ItemField(name="f" * 688, value="v" * 3_696),)
    file = preview(msgspec.structs.replace(item, fields=fields))
    assert [one.field for one in cut(file)[1]] == ["field_name", "field_value"]


def test_a_file_is_measured_once_for_all_previews_of_its_plan() -> None:
    file = preview(*(login(f"Item {number}") for number in range(3)))
    answers = SetupAnswers(preview=file)
    first = answers.measured
    assert first is not None
    assert answers.measured is first
    assert cut(first) == cut(file)
    answers.preview = preview(login("Another"))
    assert answers.measured is not first
    answers.forget_file()
    assert answers.measured is None
    assert answers._measured is None
