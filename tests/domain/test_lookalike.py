"""Names that an eye takes for each other have one skeleton; others have not (T75)."""

from __future__ import annotations

import unicodedata
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.ids import OrganizationId
from desktop.domain.lookalike import skeleton
from desktop.domain.looks import KnownLooks

ALIKE = (
    ("Acme", "\u0410cme"),  # a Cyrillic A
    ("Acme", "\u0410\u0441m\u0435"),
    ("Acme", "Acrne"),
    ("Acme", "ACME"),
    ("Acme", "Ac\u200bme"),
    ("Acme", "A\u0301cme"),
    ("Acme", "\uff21\uff43\uff4d\uff45"),
    ("Acme", " Acme  "),
    ("paypal", "paypa1"),
    ("Willow", "VVillow"),
    ("O'Neil", "O\u2019Neil"),
    ("Hotel-One", "Hotel\u2010One"),
    ("\u0391\u03b8\u03ae\u03bd\u03b1", "\u0391\u03b8\u03b7\u03bd\u03b1"),
    ("100", "IOO"),
)
APART = (
    ("Acme", "Acne"),
    ("Acme", "Acme 2"),
    ("Bakkerij Jansen", "Bakkerij Janssen"),
    ("\u65e5\u672c", "\u65e5\u672c\u4eba"),
    ("R&D", "RD"),
    ("a-b", "ab"),
)


def alike(names: dict[int, str]) -> set[int]:
    """Which of these clients of one connection could be taken for another one."""
    looks = KnownLooks()
    ids = {number: OrganizationId(UUID(int=number)) for number in names}
    looks.put("one", {ids[number]: name for number, name in names.items()})
    return {number for number in names if looks.is_alike("one", ids[number])}


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_t75_names_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert alike({1: one, 2: "Something else", 3: other}) == {1, 3}


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_differ_to_the_eye_stay_apart(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)
    assert alike({1: one, 2: other}) == set()


def test_all_of_many_that_look_alike_are_found() -> None:
    names = dict.fromkeys(range(5), "Acme") | {9: "Other"}
    assert alike(names) == {0, 1, 2, 3, 4}
    assert alike({}) == set()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_t77_any_text_has_a_skeleton(text: str) -> None:
    found = skeleton(text)
    assert not any(unicodedata.category(one) in {"Mn", "Me", "Cc"} for one in found)
    assert skeleton(f" {text}\u200b") == found
