"""What is sealed opens only whole, in its place, with its key."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.crypto.seal import DataKey, open_sealed, seal
from desktop.domain.errors import CannotDecrypt, Locked
from tests.crypto.vectors import VECTORS

KEY = DataKey(bytearray(range(32)))


@given(st.binary(max_size=300), st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_round_trip(plain: bytes, place: bytes) -> None:
    sealed = seal(KEY, plain, place)
    assert len(sealed) == len(plain) + 28
    assert open_sealed(KEY, sealed, place) == plain


def parts(vector: dict[str, Any]) -> tuple[DataKey, bytes, bytes]:
    sealed = bytes.fromhex(vector["iv"] + vector["ct"] + vector["tag"])
    return DataKey(bytearray.fromhex(vector["key"])), sealed, bytes.fromhex(vector["aad"])


@pytest.mark.parametrize("vector", VECTORS["nist_gcm"], ids=lambda v: v["tag"][:8])
def test_t24_aes_gcm_of_nist(vector: dict[str, Any]) -> None:
    assert open_sealed(*parts(vector)).hex() == vector["pt"]


@pytest.mark.parametrize("vector", VECTORS["nist_gcm_fail"], ids=lambda v: v["tag"][:8])
def test_t24_aes_gcm_of_nist_refuses(vector: dict[str, Any]) -> None:
    with pytest.raises(CannotDecrypt):
        open_sealed(*parts(vector))


def test_t83_every_changed_bit_and_place_is_noticed() -> None:
    sealed = seal(KEY, b"a row", b"account|table|7|1")
    for at in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(CannotDecrypt):
            open_sealed(KEY, changed, b"account|table|7|1")
    for wrong in (b"account|table|8|1", b"", b"account|table|7|1 "):
        with pytest.raises(CannotDecrypt):
            open_sealed(KEY, sealed, wrong)
    with pytest.raises(CannotDecrypt):
        open_sealed(DataKey.generate(), sealed, b"account|table|7|1")


@pytest.mark.parametrize("size", range(28))
def test_cut_seals_are_refused(size: int) -> None:
    with pytest.raises(CannotDecrypt):
        open_sealed(KEY, seal(KEY, b"", b"")[:size], b"")


def test_t23_nonces_differ() -> None:
    assert len({seal(KEY, b"", b"")[:12] for _ in range(5_000)}) == 5_000


def test_wiped_key_seals_nothing() -> None:
    key = DataKey.generate()
    sealed = seal(key, b"row", b"")
    key.wipe()
    with pytest.raises(Locked):
        seal(key, b"row", b"")
    with pytest.raises(Locked):
        open_sealed(key, sealed, b"")
