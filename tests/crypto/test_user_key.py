"""The key at the top of an account, packed for a seal and taken out again; marks of keys."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from desktop.crypto.cose import XAES_256_GCM, XCHACHA20_POLY1305, CoseKey
from desktop.crypto.fingerprint import key_mark, public_mark, short_mark
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PublicKey
from desktop.crypto.secret import KeyRegistry, SecretBytes
from desktop.crypto.user_key import UserKey, pack_user_key, unpack_user_key
from desktop.domain.errors import CannotDecrypt, Locked
from tests.crypto.vectors import VECTORS

KEYS: dict[str, UserKey] = {
    "V1": SymmetricKey(bytearray(range(64))),
    "XChaCha": CoseKey(bytearray(range(32)), XCHACHA20_POLY1305, bytes(range(16))),
    "XAES": CoseKey(bytearray(range(32)), XAES_256_GCM, bytes(range(16, 32))),
}


@pytest.mark.parametrize("name", KEYS)
def test_a_packed_key_is_the_same_key(name: str) -> None:
    key = KEYS[name]
    packed = pack_user_key(key)
    found = unpack_user_key(packed)
    assert type(found) is type(key)
    assert found.matches(key)
    # Whoever packed it has nothing left of it.
    assert not any(packed)


def test_kinds_are_told_apart() -> None:
    packed = {name: bytes(pack_user_key(key)) for name, key in KEYS.items()}
    assert len(set(packed.values())) == 3
    assert not unpack_user_key(bytearray(packed["XAES"])).matches(KEYS["XChaCha"])


def test_t06_anything_else_is_no_key() -> None:
    whole = {name: bytes(pack_user_key(key)) for name, key in KEYS.items()}
    bad = [b"", b"\x01", b"\x02", b"\x03" + whole["V1"][1:], b"\x02" + bytes(20), b"\x02" * 60]
    bad += [text[:-1] for text in whole.values()] + [text + b"\0" for text in whole.values()]
    bad += [b"\x01" + whole["XAES"][1:], b"\x02" + whole["V1"][1:]]
    for text in bad:
        given = bytearray(text)
        with pytest.raises(CannotDecrypt):
            unpack_user_key(given)
        assert not any(given)


def test_t79_a_wiped_key_is_neither_packed_nor_marked() -> None:
    key = SymmetricKey.generate()
    key.wipe()
    with pytest.raises(Locked):
        pack_user_key(key)
    with pytest.raises(Locked):
        key_mark(key)


def test_a_mark_belongs_to_one_key_and_says_nothing_of_it() -> None:
    first, second = SymmetricKey.generate(), SymmetricKey.generate()
    assert key_mark(first) == key_mark(SymmetricKey(bytearray(first.view())))
    assert key_mark(first) != key_mark(second)
    assert len(key_mark(first)) == 32
    # Keyed with the whole of it: a digest of the key would be one, and the MAC half makes MACs.
    assert key_mark(first) != hashlib.sha256(first.view()).digest()
    assert bytes(first.view())[:8] not in key_mark(first)
    assert key_mark(first) != hmac.digest(first.mac, b"", "sha256")


def test_marks_are_shown_short() -> None:
    mark = bytes(range(32))
    assert short_mark(mark) == "0001 0203 0405 0607"
    account = VECTORS["account"]
    public = PublicKey.parse(account["public_key"])
    assert public_mark(public) == hashlib.sha256(public.spki).digest()


def test_t79_what_is_not_kept_is_overwritten() -> None:
    registry = KeyRegistry()
    kept, dropped = (registry.add(SecretBytes(bytearray(b"secret"))) for _ in range(2))
    registry.keep_only([kept])
    assert (kept.is_wiped, dropped.is_wiped) == (False, True)
    assert registry.secrets() == (kept,)
    later = registry.add(SecretBytes(bytearray(b"later")))
    registry.keep_only([])
    assert kept.is_wiped
    assert later.is_wiped
    assert len(registry) == 0
