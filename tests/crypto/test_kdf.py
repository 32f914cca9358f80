"""Key derivation: bounds before anything else, results equal to the official ones."""

from __future__ import annotations

import base64
import resource
import time
from typing import Any

import pytest

from desktop.crypto.kdf import (
    check_kdf,
    derive_key,
    derive_master_key,
    expand,
    server_hash,
    stretch,
)
from desktop.crypto.secret import SecretBytes
from desktop.domain.enums import KdfType
from desktop.domain.errors import KdfOutOfBounds, Locked
from desktop.domain.records import Kdf
from tests.crypto.vectors import VECTORS, kdf_of, secret


def pbkdf2(iterations: Any) -> Kdf:
    return Kdf(kdf_type=KdfType.PBKDF2_SHA256, iterations=iterations)


def argon2(iterations: Any, memory: Any, lanes: Any) -> Kdf:
    return Kdf(kdf_type=KdfType.ARGON2ID, iterations=iterations, memory=memory, parallelism=lanes)


TOO_WEAK = [
    pbkdf2(1),
    pbkdf2(4_999),
    pbkdf2(0),
    pbkdf2(-1),
    pbkdf2("600000"),
    pbkdf2(None),
    pbkdf2(True),
    pbkdf2(600_000.0),
    argon2(2, 15, 1),
    argon2(1, 16, 1),
    argon2(2, 16, 0),
    argon2(2, None, 1),
    argon2(2, 16, None),
    argon2(2, "64", 4),
    Kdf(kdf_type=KdfType(2), iterations=600_000),
    Kdf(kdf_type=KdfType(-1), iterations=600_000),
]
TOO_STRONG = [
    pbkdf2(2_000_001),
    pbkdf2(2**31),
    pbkdf2(10**30),
    argon2(11, 64, 4),
    argon2(3, 1_025, 4),
    argon2(3, 64 * 1024, 4),
    argon2(3, 64, 17),
    argon2(2**31, 2**31, 2**31),
]


@pytest.mark.parametrize("kdf", TOO_WEAK, ids=repr)
def test_t01_weak_settings_are_refused(kdf: Kdf) -> None:
    with pytest.raises(KdfOutOfBounds):
        check_kdf(kdf)
    with pytest.raises(KdfOutOfBounds):
        derive_master_key("password", "a@b.example", kdf)


@pytest.mark.parametrize("kdf", TOO_STRONG, ids=repr)
def test_t02_bombs_are_refused_before_allocating(kdf: Kdf) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    with pytest.raises(KdfOutOfBounds):
        derive_master_key("password", "a@b.example", kdf)
    assert time.perf_counter() - start < 0.1
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kib < 20 * 1024


@pytest.mark.parametrize(
    "kdf", [pbkdf2(5_000), pbkdf2(2_000_000), argon2(2, 16, 1), argon2(10, 1_024, 16)], ids=repr
)
def test_t01_the_limits_themselves_are_fine(kdf: Kdf) -> None:
    check_kdf(kdf)


@pytest.mark.parametrize("vector", VECTORS["master_keys"] + VECTORS["django"])
def test_t24_master_keys(vector: dict[str, Any]) -> None:
    master = derive_master_key(vector["password"], vector["salt"], kdf_of(vector["kdf"]))
    assert bytes(master.view()).hex() == vector["master"]


@pytest.mark.parametrize("vector", VECTORS["server_hashes"])
def test_t24_server_hashes(vector: dict[str, Any]) -> None:
    master = derive_master_key(vector["password"], vector["salt"], kdf_of(vector["kdf"]))
    assert server_hash(master, vector["password"]) == vector["hash"]


@pytest.mark.parametrize("vector", VECTORS["pbkdf2"])
def test_t24_one_round_of_pbkdf2(vector: dict[str, Any]) -> None:
    master = SecretBytes(bytearray(vector["password"].encode()))
    assert base64.b64decode(server_hash(master, vector["salt"])).hex() == vector["out"]


@pytest.mark.parametrize("vector", VECTORS["hkdf"], ids=lambda vector: vector["okm"][:8])
def test_t24_hkdf_expand_is_that_of_the_rfc(vector: dict[str, str]) -> None:
    made = bytearray(len(vector["okm"]) // 2)
    with memoryview(made) as view:
        expand(secret(vector["prk"]), bytes.fromhex(vector["info"]), view)
    assert made.hex() == vector["okm"]


def test_t24_stretched_key() -> None:
    vector = VECTORS["stretched"]
    key = stretch(secret(vector["master"]))
    assert bytes(key.enc).hex() == vector["enc"]
    assert bytes(key.mac).hex() == vector["mac"]


def test_password_is_taken_as_typed() -> None:
    """No Unicode normalisation: the composed and the decomposed form are two passwords."""
    salt = "a@b.example"
    composed = derive_master_key("caf\u00e9", salt, pbkdf2(5_000))
    decomposed = derive_master_key("cafe\u0301", salt, pbkdf2(5_000))
    assert not composed.matches(decomposed)


def test_the_salt_of_a_file_is_taken_to_the_letter() -> None:
    """That of an account is its address, however it was typed."""
    low, high = (derive_key("word", salt, pbkdf2(5_000)) for salt in ("salt", " Salt"))
    assert not low.matches(high)
    assert low.matches(derive_master_key("word", " Salt", pbkdf2(5_000)))


def test_lone_surrogate_does_not_crash() -> None:
    master = derive_master_key("pass\ud800word", "a@b.example", pbkdf2(5_000))
    assert server_hash(master, "pass\ud800word")
    assert master.matches(derive_master_key("pass\ufffdword", "a@b.example", pbkdf2(5_000)))


def test_wiped_master_key_derives_nothing() -> None:
    master = secret("00" * 32)
    master.wipe()
    with pytest.raises(Locked):
        stretch(master)
    with pytest.raises(Locked):
        server_hash(master, "password")
