"""The comparing itself: a witness that finds everything true would be worth nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract.facts import ENDPOINTS, missing_keys, without
from tests.contract.test_server_facts import hold

ANSWER = {"data": [{"id": 1, "login": {"uris": []}}, {"id": 2, "login": None}], "empty": []}


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("data", True), ("data[].id", True), ("data[].name", False), ("data[].login", True),
        ("data[].login.uris", False), ("empty", True), ("empty[].id", False), ("absent.id", False),
        ("data.id", False),
    ],
)  # fmt: skip
def test_missing_keys(path: str, *, there: bool) -> None:
    assert missing_keys(ANSWER, (path,)) == ([] if there else [path])


def test_missing_keys_of_something_that_is_no_object() -> None:
    assert missing_keys([], ("a",)) == ["a"]
    assert missing_keys(None, ("a",)) == ["a"]


def test_without() -> None:
    body = {"a": 1, "b": {"c": 2, "d": 3}, "e": [{"f": 4}, {"f": 5}]}
    assert without(body, "a") == {"b": {"c": 2, "d": 3}, "e": [{"f": 4}, {"f": 5}]}
    assert without(body, "b.c") == {"a": 1, "b": {"d": 3}, "e": [{"f": 4}, {"f": 5}]}
    assert without(body, "e.0.f") == {"a": 1, "b": {"c": 2, "d": 3}, "e": [{}, {"f": 5}]}
    with pytest.raises(KeyError):
        without(body, "b.x")


def test_hold_wants_known_differences_and_no_others() -> None:
    plain = replace(ENDPOINTS[0], known=frozenset())
    hold(plain, {}, {"object"})
    with pytest.raises(AssertionError):
        hold(plain, {"object": "wrong"}, {"object"})
    known = replace(ENDPOINTS[0], known=frozenset({"object"}))
    hold(known, {"object": "wrong"}, {"object"})
    hold(known, {}, {"role:stranger"})
    with pytest.raises(AssertionError, match="no more"):
        hold(known, {}, {"object"})
