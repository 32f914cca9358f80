"""The practice server's own keys against the published answers (protocol known answers)."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from desktop.practice import keys, totp
from desktop.practice.forms import is_enc_string


def test_master_key_and_stretch_known_answer() -> None:
    master = keys.master_key("67t9b5g67$%Dh89n", "test_key", 10_000)
    assert master.hex() == "1f4f68e29647b15ac250acd1118184518aa745a7fe95021b27c5402a16c3564b"
    stretched = keys.stretched(master)
    enc = "6f1fb22dee9825728fd77c5387adc3178e8678f93d84a3b671c5bdccbc15ed60"
    mac = "dd7fceea651bca265634221c4e1cb910303d7fa6d1f7c257e81a3055c1f9b39b"
    assert stretched.hex() == enc + mac


def test_argon2_known_answers() -> None:
    """Of the official SDK."""
    master = keys.derive("67t9b5g67$%Dh89n", "test_key", keys.Kdf(1, 4, 32, 2))
    assert master.hex() == "cff0e1b1a213a34c626ab3afe00911f01493ed2ff6968db83ee183f23335e1f2"
    master = keys.derive("asdfasdf", "test_salt", keys.Kdf(1, 4, 32, 2))
    assert keys.server_hash(master, "asdfasdf") == "PR6UjYmjmppTYcdyTiNbAhPJuQQOmynKbdEl1oyi/iQ="


@pytest.mark.parametrize("salt", ["test@bitwarden.com", " Test@Bitwarden.com"])
def test_server_hash_known_answer(salt: str) -> None:
    master = keys.master_key("asdfasdf", salt, 100_000)
    assert keys.server_hash(master, "asdfasdf") == "wmyadRMyBZOH7P/a/ucTCbSghKgdzDpPqUnu/DAVtSw="


def test_enc_string_has_the_form_of_the_protocol() -> None:
    key = keys.new_key()
    text = keys.encrypt(key, b"plain")
    assert is_enc_string(text)
    assert keys.decrypt(key, text) == b"plain"
    iv, secret, mac = (base64.b64decode(part) for part in text[2:].split("|"))
    assert mac == hmac.new(key[32:], iv + secret, hashlib.sha256).digest()
    with pytest.raises(ValueError, match="wrong key"):
        keys.decrypt(keys.new_key(), text)


def test_wrapping_for_a_public_key() -> None:
    pair, key = keys.new_pair(), keys.new_key()
    assert keys.unwrap_with(pair.pkcs8, keys.wrap_for(pair.public, key)) == key


def test_totp_known_answer() -> None:
    """RFC 6238, appendix B, cut to six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert totp.code(secret, 59) == "287082"
    assert totp.code(secret, 1_111_111_109) == "081804"
    assert totp.fits(secret, "287082", 89)
    assert not totp.fits(secret, "287082", 120)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("2.AAAA|AAAA|AAAA", True),
        ("4.AAAA", True),
        ("2.AAAA|AAAA", False),
        ("2.AAAA||AAAA", False),
        ("9.AAAA", False),
        ("plain text", False),
        ("2.A|A|A", False),
        ("", False),
    ],
)
def test_enc_string_check(text: str, good: bool) -> None:
    assert is_enc_string(text) is good
