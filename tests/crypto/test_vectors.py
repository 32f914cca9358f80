"""How many vectors there are of each kind, none made by our code, each with its source (T24)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.crypto.vectors import VECTORS


def _count(*names: str) -> int:
    return sum(len(VECTORS[name]) for name in names)


def _master_keys(kind: int) -> int:
    found: list[dict[str, Any]] = VECTORS["master_keys"] + VECTORS["server_hashes"]
    found = found + VECTORS["django"] + VECTORS["exports"]
    return sum(one["kdf"]["kdfType"] == kind for one in found)


#: what is decrypted with keys of others: accounts, a device, exports (two each), NIST's blocks
TYPE_2 = (
    4  # the account's user key, private key, and those of its organization
    + len(VECTORS["account"]["texts"])
    + len(VECTORS["account"]["opaque"])
    + 2  # of the second account
    + 1  # of the device
    + 2 * len(VECTORS["exports"])
)


@pytest.mark.parametrize(
    ("kind", "count", "least"),
    [
        ("PBKDF2", _master_keys(0), 6),
        ("Argon2id", _master_keys(1), 4),
        ("HKDF-expand", _count("hkdf") + 1, 5),
        ("type 2", TYPE_2, 10),
        ("AES-CBC of type 2", _count("nist_cbc"), 10),
        ("OAEP with SHA-1", len(VECTORS["oaep"]["examples"]) + 3, 5),
        ("fingerprint", _count("fingerprint") + 2, 3),
        ("protected export", _count("exports"), 4),
    ],
)
def test_t24_there_are_enough_of_each_kind(kind: str, count: int, least: int) -> None:
    assert count >= least, kind


def test_t24_each_vector_has_its_source() -> None:
    same = {"server_hashes": "master_keys", "stretched": "master_keys"}
    for name in VECTORS.keys() - {"sources"}:
        assert VECTORS["sources"].get(same.get(name, name)), name
    assert all(one["source"] for one in VECTORS["exports"])
