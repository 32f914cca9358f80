"""The phrase is the official one."""

from __future__ import annotations

import pytest

from desktop.crypto.fingerprint import _words, fingerprint_phrase
from desktop.crypto.kdf import derive_master_key, stretch
from desktop.crypto.rsa import PrivateKey, PublicKey, generate_key_pair
from desktop.crypto.user_key import open_private_key, unwrap_user_key
from tests.crypto.vectors import VECTORS, kdf_of

VECTOR = VECTORS["fingerprint"][0]


@pytest.mark.parametrize("vector", VECTORS["fingerprint"], ids=lambda vector: vector["phrase"])
def test_t11_t24_phrases_of_the_sdk(vector: dict[str, str]) -> None:
    key = PublicKey.parse(vector["spki"])
    assert "-".join(fingerprint_phrase(vector["material"], key)) == vector["phrase"]


def test_t24_the_phrase_is_made_of_the_very_bytes() -> None:
    """A vector of another client, whose bytes are no key."""
    vector = VECTORS["fingerprint_bytes"]
    made = PublicKey(PublicKey.parse(VECTOR["spki"])._key, vector["bytes"].encode())
    assert "-".join(fingerprint_phrase(vector["material"], made)) == vector["phrase"]


def test_t24_the_phrase_of_an_account_from_its_password() -> None:
    """What a person reads out: password to user key to private key to phrase."""
    account = VECTORS["robb"]
    master = derive_master_key(account["password"], account["email"], kdf_of(account["kdf"]))
    user = unwrap_user_key(stretch(master), account["user_key"])
    private = PrivateKey.from_pkcs8(open_private_key(user, account["private_key"]))
    phrase = fingerprint_phrase(account["material"], private.public())
    assert "-".join(phrase) == account["phrase"]


def test_t11_another_key_or_person_gives_another_phrase() -> None:
    key = PublicKey.parse(VECTOR["spki"])
    other, _ = generate_key_pair()
    phrases = {
        fingerprint_phrase(VECTOR["material"], key),
        fingerprint_phrase(VECTOR["material"], other),
        fingerprint_phrase(VECTOR["material"].upper(), key),
    }
    assert len(phrases) == 3


def test_word_list_is_the_eff_long_list() -> None:
    words = _words()
    assert (len(words), words[0], words[-1]) == (7776, "abacus", "zoom")
    assert list(words) == sorted(words)
    assert len(set(words)) == 7776


def test_broken_word_list_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    _words.cache_clear()
    monkeypatch.setattr("desktop.crypto.fingerprint._LIST_LENGTH", 7775)
    with pytest.raises(RuntimeError):
        _words()
    _words.cache_clear()
