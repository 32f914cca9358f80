"""The five words that two people compare before a key is shared (T11).

Source: bitwarden/sdk-internal of Aug 2026, `bitwarden-crypto/src/fingerprint.rs`; words: EFF long
list as shipped by the package xkcdpass.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cache
from importlib import resources

from desktop.crypto.rsa import PublicKey

_WORDS = 5
_LIST_LENGTH = 7776


def fingerprint_phrase(material: str, key: PublicKey) -> tuple[str, str, str, str, str]:
    """The phrase of `key`; `material` is the user id in lower case (account fingerprints).

    HKDF-expand of one block over the key's DER, read as a number in base 7776.
    """
    seed = hashlib.sha256(key.spki).digest()
    digest = hmac.digest(seed, material.encode() + b"\x01", "sha256")
    number = int.from_bytes(digest, "big")
    words = _words()
    phrase = []
    for _ in range(_WORDS):
        number, index = divmod(number, _LIST_LENGTH)
        phrase.append(words[index])
    first, second, third, fourth, fifth = phrase
    return first, second, third, fourth, fifth


@cache
def _words() -> tuple[str, ...]:
    text = resources.files("xkcdpass").joinpath("static", "eff-long").read_text(encoding="ascii")
    words = tuple(text.split())
    if len(words) != _LIST_LENGTH:
        raise RuntimeError("the word list is not the EFF long list")
    return words
