"""A Bitwarden export that a password of its own protects: opening it, within the limits (T67).

The file is JSON around two EncStrings of type 2: one that only tells whether the password is right,
and the export itself. Their key is derived as an account's master key is and stretched alike, but
with the file's salt to the letter (bitwarden/clients, `bitwarden-password-protected-importer`).
"""

from __future__ import annotations

from desktop.crypto.encstring import decrypt
from desktop.crypto.kdf import derive_key, stretch
from desktop.crypto.secret import clear
from desktop.domain.records import Kdf


def open_export(password: str, salt: str, kdf: Kdf, validation: str, data: str) -> bytearray:
    """The JSON inside; the caller owns and wipes it.

    `salt`, `validation` and `data` as they stand in the file, `kdf` from its numbers. Raises
    KdfOutOfBounds before anything is derived, CannotDecrypt for a wrong password and for whatever
    is not as it was written. Slow by design: call it off the loop.
    """
    master = derive_key(password, salt, kdf)
    try:
        key = stretch(master)
    finally:
        master.wipe()
    try:
        clear(decrypt(key, validation))
        return decrypt(key, data)
    finally:
        key.wipe()
