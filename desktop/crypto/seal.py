"""Sealing of what lies on disk: AES-256-GCM under a random data key (T83)."""

from __future__ import annotations

import os
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.crypto.secret import SecretBytes, clear, take
from desktop.domain.errors import CannotDecrypt

DATA_KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class DataKey(SecretBytes):
    """Exactly 32 bytes, made on this desk, kept wrapped under the user key."""

    __slots__ = ()

    def __init__(self, data: bytearray) -> None:
        """Takes ownership. Any other length is wiped and refused with CannotDecrypt."""
        if len(data) != DATA_KEY_BYTES:
            clear(data)
            raise CannotDecrypt
        super().__init__(data)

    @classmethod
    def generate(cls) -> Self:
        """A new key from the operating system's randomness (T23)."""
        return cls(take(os.urandom(DATA_KEY_BYTES)))


def seal(key: DataKey, plain: bytes | bytearray | memoryview, associated: bytes) -> bytes:
    """nonce (12, fresh) + ciphertext + tag (16); `associated` says where it belongs."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key.view()).encrypt(nonce, plain, associated)
    key.ensure_living()
    return nonce + sealed


def open_sealed(
    key: DataKey, sealed: bytes | bytearray | memoryview, associated: bytes
) -> bytearray:
    """The plain bytes, which the caller owns. CannotDecrypt for anything altered or moved."""
    view = memoryview(sealed)
    if len(view) < NONCE_BYTES + TAG_BYTES:
        raise CannotDecrypt
    plain = bytearray(len(view) - NONCE_BYTES - TAG_BYTES)
    try:
        AESGCM(key.view()).decrypt_into(view[:NONCE_BYTES], view[NONCE_BYTES:], associated, plain)
    except InvalidTag:
        clear(plain)
        raise CannotDecrypt from None
    key.ensure_living()
    return plain
