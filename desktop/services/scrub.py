"""Overwrites what a cipher library leaves behind on a thread: an expanded key on its stack.

Measured (memory search after a lock): the key schedule of the last AES-GCM call of a thread can
survive in that thread's stack and in the block its context was made in, long after both ended. Work
with throwaway keys along the same paths takes their place. Call it on every thread that used keys.
"""

from __future__ import annotations

import os
from typing import Final

from desktop.crypto.encstring import decrypt, encrypt
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.seal import DataKey, open_sealed, seal

_ROUNDS: Final = 4
_SIZES: Final = (0, 100, 5_000)


def scrub() -> None:
    """A few milliseconds of work that means nothing."""
    kept = []
    for _ in range(_ROUNDS):
        data, user = DataKey.generate(), SymmetricKey.generate()
        for size in _SIZES:
            plain = os.urandom(size)
            open_sealed(data, seal(data, plain, b"scrub"), b"scrub")
            decrypt(user, encrypt(user, plain))
        # Held until the end, so that each round gets other blocks.
        kept.append((data, user))
    for data, user in kept:
        data.wipe()
        user.wipe()
