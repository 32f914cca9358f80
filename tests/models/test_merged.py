"""One list out of several parts."""

from __future__ import annotations

from desktop.models.merged import Merged


def test_a_part_that_changes_leaves_the_others_as_they_were_read() -> None:
    lists: Merged[str, str] = Merged()
    lists.put("a", ["a1", "a2"])
    lists.put("b", ["b1"])
    first = lists.part("a")
    lists.put("b", ["b2", "b3"])
    assert lists.rows() == ["a1", "a2", "b2", "b3"]
    assert lists.part("a") is first


def test_the_order_is_told_and_what_is_not_in_it_goes() -> None:
    lists: Merged[str, str] = Merged()
    for part in ("a", "b", "c"):
        lists.put(part, [part])
    assert lists.keep(["c", "a"])
    assert lists.rows() == ["c", "a"]
    assert not lists.keep(["c", "a"])
    assert not lists.has("b")
    # One whose rows were never read has its place all the same.
    assert not lists.keep(["d", "c", "a"])
    lists.put("d", ["d"])
    assert lists.rows() == ["d", "c", "a"]


def test_an_empty_part_was_read_and_an_unknown_one_was_not() -> None:
    lists: Merged[str, str] = Merged()
    lists.put("a", [])
    assert lists.has("a")
    assert not lists.has("b")
    assert lists.part("b") == ()
    lists.wipe()
    assert not lists.has("a")
    assert lists.rows() == []
