"""What tells one key from another without showing it: words for people, marks for pins.

`fingerprint_phrase` are the five words that two people compare before a key is shared (T11).
`key_mark` says whether a secret key is the one from before (T09); it is one-way, and the same on
every desk, so that two people can read its first characters to each other.

Source of the phrase: bitwarden/sdk-internal of Aug 2026, `bitwarden-crypto/src/fingerprint.rs`;
words: EFF long list as shipped by the package xkcdpass.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cache
from importlib import resources

from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PublicKey

_MARKED = b"claviger key mark 1"
_SHORT_BYTES = 8
_GROUP = 4
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


def key_mark(key: SymmetricKey) -> bytes:
    """32 bytes that only this key gives: HMAC-SHA256 under the key. Raises Locked once wiped."""
    mark = hmac.digest(key.view(), _MARKED, "sha256")
    key.ensure_living()
    return mark


def short_mark(mark: bytes) -> str:
    """The first 64 bits of a mark for people: "9f3a 41c2 07be 5d10"."""
    text = mark[:_SHORT_BYTES].hex()
    return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def public_mark(key: PublicKey) -> bytes:
    """32 bytes that stand for a public key: SHA-256 of its DER."""
    return hashlib.sha256(key.spki).digest()


@cache
def _words() -> tuple[str, ...]:
    text = resources.files("xkcdpass").joinpath("static", "eff-long").read_text(encoding="ascii")
    words = tuple(text.split())
    if len(words) != _LIST_LENGTH:
        raise RuntimeError("the word list is not the EFF long list")
    return words
