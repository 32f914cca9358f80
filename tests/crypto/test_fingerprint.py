"""The phrase is the official one."""

from __future__ import annotations

import pytest

from desktop.crypto.fingerprint import _words, fingerprint_phrase
from desktop.crypto.rsa import PublicKey, generate_key_pair
from tests.crypto.vectors import VECTORS

VECTOR = VECTORS["fingerprint"]


def test_t11_phrase_of_the_sdk() -> None:
    key = PublicKey.parse(VECTOR["spki"])
    assert "-".join(fingerprint_phrase(VECTOR["material"], key)) == VECTOR["phrase"]


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
