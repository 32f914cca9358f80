"""Differences between neighbours: exact for any two texts, small for lists that resemble."""

from __future__ import annotations

import json
import random
import uuid
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.cache.delta import difference, restored
from desktop.domain.limits import MIB


def people(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Records as large and as random as members are."""
    chosen = random.Random(seed)

    def name() -> str:
        return str(uuid.UUID(int=chosen.getrandbits(128), version=4))

    collections = [name() for _ in range(12)]
    return [
        {
            "id": name(), "userId": name(), "status": 2, "name": f"Person {chosen.random()}",
            "collections": [
                {"id": one, "readOnly": False} for one in chosen.sample(collections, 3)
            ],
            "groups": [name()], "twoFactorEnabled": False,
        }
        for _ in range(count)
    ]  # fmt: skip


def told(records: Any) -> bytes:
    return json.dumps({"data": records, "object": "list"}, separators=(",", ":")).encode()


@settings(max_examples=300, deadline=None)
@given(base=st.binary(max_size=400), text=st.binary(max_size=400))
def test_any_text_comes_back(base: bytes, text: bytes) -> None:
    assert restored(base, difference(base, text), 400) == text


@settings(max_examples=150, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    moves=st.lists(st.tuples(st.sampled_from("adcs"), st.integers(0, 30)), max_size=6),
)
def test_any_edited_list_comes_back(seed: int, moves: list[tuple[str, int]]) -> None:
    before = people(20, seed)
    after = [dict(one) for one in before]
    for what, place in moves:
        at = place % (len(after) or 1)
        match what:
            case "a":
                after.insert(at, people(1, seed + at)[0])
            case "d":
                del after[at : at + 1]
            case "c" if after:
                after[at] = {**after[at], "status": at}
            case _:
                random.Random(seed).shuffle(after)
    base, text = told(before), told(after)
    assert restored(base, difference(base, text), MIB) == text
    assert restored(text, difference(text, base), MIB) == base


def test_what_resembles_is_small() -> None:
    records = people(300)
    base = told(records)
    assert len(base) > 100_000
    plain = len(zlib.compress(base, 9))
    changed = [dict(one) for one in records]
    changed[150]["status"] = 1
    shuffled = random.Random(3).sample(records, len(records))
    all_of_them = [{**one, "twoFactorEnabled": True} for one in records]
    bounds = [
        (changed, 120),
        ([*records[:40], *people(1, seed=2), *records[40:]], 400),
        (records[:200] + records[201:], 100),
        (shuffled, 3_000),
        (all_of_them, plain // 3),
    ]
    for other, limit in bounds:
        size = len(difference(base, told(other)))
        assert size < limit, (size, limit)


def test_a_delta_that_nobody_made_is_refused() -> None:
    base, text = told(people(40)), told(people(41, seed=2))
    delta = difference(base, text)
    with pytest.raises(ValueError, match="too long"):
        restored(base, delta, len(text) - 1)
    chosen = random.Random(7)
    for _ in range(2_000):
        other = bytearray(delta)
        at = chosen.randrange(len(other))
        other[at] ^= 1 << chosen.randrange(8)
        cut = other[: chosen.randrange(len(other))] if at % 3 else other
        try:
            found = restored(base, bytes(cut), len(text))
        except ValueError:
            continue
        assert len(found) <= len(text)
