"""Password-protected exports that others made, opened by our own hands and within our limits."""

from __future__ import annotations

import json
import resource
import time
from typing import Any

import msgspec
import pytest

from desktop.crypto.protected_export import open_export
from desktop.domain.enums import KdfType
from desktop.domain.errors import CannotDecrypt, KdfOutOfBounds
from desktop.domain.records import Kdf
from tests.crypto.vectors import VECTORS, kdf_of

EXPORTS: list[dict[str, Any]] = VECTORS["exports"]
QUICK = next(one for one in EXPORTS if one["kdf"]["iterations"] == 10_000)


def opened(vector: dict[str, Any], **changes: Any) -> bytearray:
    given = {**vector, **changes}
    kdf = given["kdf"] if isinstance(given["kdf"], Kdf) else kdf_of(given["kdf"])
    return open_export(given["password"], given["salt"], kdf, given["validation"], given["data"])


@pytest.mark.parametrize("vector", EXPORTS, ids=lambda vector: vector["data"][2:8])
def test_t24_exports_of_others_open(vector: dict[str, Any]) -> None:
    export = json.loads(opened(vector))
    assert export["encrypted"] is False
    assert vector["item"] in [item["name"] for item in export["items"]]


def test_t24_both_kinds_of_derivation_are_among_them() -> None:
    assert len(EXPORTS) >= 4
    assert {one["kdf"]["kdfType"] for one in EXPORTS} == {0, 1}


def test_a_wrong_password_opens_nothing() -> None:
    for wrong in ("", QUICK["password"].lower(), QUICK["password"] + " "):
        with pytest.raises(CannotDecrypt):
            opened(QUICK, password=wrong)
    for salt in ("", QUICK["salt"].upper(), " " + QUICK["salt"]):
        with pytest.raises(CannotDecrypt):
            opened(QUICK, salt=salt)


@pytest.mark.parametrize("part", ["validation", "data"])
def test_t67_changed_parts_are_refused(part: str) -> None:
    text = QUICK[part]
    swapped = text[:40] + ("B" if text[40] == "A" else "A") + text[41:]
    for changed in (
        "", "2.", text[:-1], text[2:], "0" + text[1:], swapped, text + "=",
        QUICK["validation" if part == "data" else "data"][:-4] + "AAA=",
    ):  # fmt: skip
        with pytest.raises(CannotDecrypt):
            opened(QUICK, **{part: changed})


ARGON = {"kdf_type": KdfType.ARGON2ID, "iterations": 3, "memory": 64, "parallelism": 4}
PBKDF2 = {"kdf_type": KdfType.PBKDF2_SHA256, "iterations": 600_000}
PLAIN = Kdf(kdf_type=KdfType.PBKDF2_SHA256, iterations=600_000)


@pytest.mark.parametrize(
    "kdf",
    [
        {**PBKDF2, "iterations": 4_999},
        {**PBKDF2, "iterations": 2_000_001},
        {**PBKDF2, "iterations": 2**31},
        {**PBKDF2, "iterations": "600000"},
        {**ARGON, "memory": 15},
        {**ARGON, "memory": 1_025},
        {**ARGON, "memory": 65_536},
        {**ARGON, "memory": None},
        {**ARGON, "iterations": 11},
        {**ARGON, "parallelism": 17},
        {**PBKDF2, "kdf_type": KdfType(7)},
    ],
    ids=str,
)
def test_t67_bombs_in_a_file_are_refused_before_anything_is_derived(kdf: dict[str, Any]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    with pytest.raises(KdfOutOfBounds):
        opened(QUICK, kdf=msgspec.structs.replace(PLAIN, **kdf))
    assert time.perf_counter() - began < 0.1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024
