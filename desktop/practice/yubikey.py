"""One-time passwords of a made-up hardware key: the form of a YubiKey's, checked here alone.

44 characters of the alphabet those keys type: 12 name the key, 32 hold a counter and its proof.
"""

from __future__ import annotations

import hmac
import secrets

_ALPHABET = "cbdefghijklnrtuv"
_TO_HEX = str.maketrans(_ALPHABET, "0123456789abcdef")
_FROM_HEX = str.maketrans("0123456789abcdef", _ALPHABET)
ID_LENGTH = 12
LENGTH = 44
_PROOF_BYTES = 12


def new_secret() -> str:
    """A key's name and what proves it, as one text."""
    return secrets.token_hex(6).translate(_FROM_HEX) + secrets.token_hex(16)


def press(secret: str, counter: int) -> str:
    """What the key types at its `counter`-th touch."""
    body = counter.to_bytes(4, "big") + _proof(secret, counter)
    return secret[:ID_LENGTH] + body.hex().translate(_FROM_HEX)


def counter_of(secret: str, given: str) -> int | None:
    """Which touch typed this; None where this key did not type it."""
    if len(given) != LENGTH or not given.startswith(secret[:ID_LENGTH]):
        return None
    if set(given) - set(_ALPHABET):
        return None
    body = bytes.fromhex(given[ID_LENGTH:].translate(_TO_HEX))
    counter = int.from_bytes(body[:4], "big")
    return counter if hmac.compare_digest(body[4:], _proof(secret, counter)) else None


def _proof(secret: str, counter: int) -> bytes:
    key = secret[ID_LENGTH:].encode()
    return hmac.digest(key, counter.to_bytes(4, "big"), "sha256")[:_PROOF_BYTES]
