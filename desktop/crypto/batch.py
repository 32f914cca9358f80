"""The fast path under `encstring.encrypt_many`: many short texts through AES at once.

CBC needs the previous block of its own text only. So the first blocks of all texts go through AES
in one call, then the second blocks XORed with the results, and so on. The HMAC's two keyed hash
states are computed once and copied. Known-answer tests compare every output with the plain form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from desktop.crypto.keys import SymmetricKey
from desktop.crypto.secret import clear

BLOCK = 16
_HASH_BLOCK = 64
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))
_PADDING = tuple(bytes((BLOCK - rest,)) * (BLOCK - rest) for rest in range(BLOCK))


class HashState(Protocol):
    """What hashlib returns."""

    def copy(self) -> HashState: ...
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


def keyed_states(key: SymmetricKey) -> tuple[HashState, HashState]:
    """SHA-256 states after the inner and the outer key block of HMAC: copy, never update."""
    pad = bytearray(_HASH_BLOCK)
    pad[: len(key.mac)] = key.mac
    inner, outer = pad.translate(_INNER), pad.translate(_OUTER)
    try:
        return hashlib.sha256(inner), hashlib.sha256(outer)
    finally:
        for buffer in (pad, inner, outer):
            clear(buffer)


def cbc_columns(key: SymmetricKey, plains: Sequence[bytes], ivs: Sequence[bytes]) -> list[bytes]:
    """CBC ciphertexts of `plains`, which are ordered from most to fewest blocks."""
    padded = [plain + _PADDING[len(plain) % BLOCK] for plain in plains]
    aes: CipherContext = Cipher(AES(key.enc), ECB()).encryptor()  # noqa: S305 - CBC is built on it
    columns: list[bytes] = []
    previous = b"".join(ivs)
    living = len(padded)
    at = 0
    while living:
        column = b"".join([text[at : at + BLOCK] for text in padded[:living]])
        previous = aes.update(_xor(column, previous[: len(column)]))
        columns.append(previous)
        at += BLOCK
        while living and len(padded[living - 1]) <= at:
            living -= 1
    aes.finalize()
    return [
        b"".join(
            [column[row * BLOCK : row * BLOCK + BLOCK] for column in columns[: len(text) // BLOCK]]
        )
        for row, text in enumerate(padded)
    ]


def _xor(left: bytes, right: bytes) -> bytes:
    """Little numbers of a hundred kilobytes: one big-integer XOR beats any loop."""
    number = int.from_bytes(left, "little") ^ int.from_bytes(right, "little")
    return number.to_bytes(len(left), "little")
