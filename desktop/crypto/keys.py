"""The 64-byte key of an account, a provider or an organization (protocol: type 2, AES + HMAC)."""

from __future__ import annotations

import os
from typing import Self

from desktop.crypto.secret import SecretBytes, clear, take
from desktop.domain.errors import CannotDecrypt

KEY_BYTES = 64
HALF = 32


class SymmetricKey(SecretBytes):
    """Exactly 64 bytes: 32 for AES-256-CBC, 32 for HMAC-SHA256; never used by halves (T06)."""

    __slots__ = ()

    def __init__(self, data: bytearray) -> None:
        """Takes ownership. Any other length is wiped and refused with CannotDecrypt."""
        if len(data) != KEY_BYTES:
            clear(data)
            raise CannotDecrypt
        super().__init__(data)

    @classmethod
    def generate(cls) -> Self:
        """A new key from the operating system's randomness (T23)."""
        return cls(take(os.urandom(KEY_BYTES)))

    @property
    def enc(self) -> memoryview:
        """The AES half. Raises Locked once wiped."""
        return self.view()[:HALF]

    @property
    def mac(self) -> memoryview:
        """The HMAC half. Raises Locked once wiped."""
        return self.view()[HALF:]
