"""From the master password to keys: PBKDF2 and Argon2id within bounds, server hash, stretching.

Formulas: bitwarden/sdk-internal of Aug 2026, `bitwarden-crypto/src/keys`. Bounds: domain.limits.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from desktop.crypto.keys import HALF, KEY_BYTES, SymmetricKey
from desktop.crypto.secret import SecretBytes, overwrite
from desktop.crypto.text import utf8
from desktop.domain import limits
from desktop.domain.enums import KdfType
from desktop.domain.errors import KdfOutOfBounds
from desktop.domain.records import Kdf

MASTER_KEY_BYTES = 32
_KIB_PER_MIB = 1024


def check_kdf(kdf: Kdf) -> None:
    """Raises KdfOutOfBounds for settings below the floor or above the ceiling (T01, T02).

    Costs nothing: no memory is reserved and nothing derived before this has passed.
    """
    match kdf.kdf_type:
        case KdfType.PBKDF2_SHA256:
            _check(
                "iterations",
                kdf.iterations,
                limits.PBKDF2_ITERATIONS_MIN,
                limits.PBKDF2_ITERATIONS_MAX,
            )
        case KdfType.ARGON2ID:
            _check(
                "iterations",
                kdf.iterations,
                limits.ARGON2_ITERATIONS_MIN,
                limits.ARGON2_ITERATIONS_MAX,
            )
            _check("memory", kdf.memory, limits.ARGON2_MEMORY_MIB_MIN, limits.ARGON2_MEMORY_MIB_MAX)
            _check("parallelism", kdf.parallelism, limits.ARGON2_LANES_MIN, limits.ARGON2_LANES_MAX)
        case unknown:
            raise KdfOutOfBounds("kdf_type", unknown, KdfType.PBKDF2_SHA256, KdfType.ARGON2ID)


def _check(name: str, value: object, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise KdfOutOfBounds(name, value, low, high)


def derive_master_key(password: str, salt: str, kdf: Kdf) -> SecretBytes:
    """The 32-byte master key. `salt`: e-mail or the server's salt, trimmed and lowered here.

    Slow by design (0.1 s to seconds): call it off the loop. Raises KdfOutOfBounds.
    """
    return derive_key(password, salt.strip().lower(), kdf)


def derive_key(password: str, salt: str, kdf: Kdf) -> SecretBytes:
    """As `derive_master_key`, with the salt to the letter: for files that are sealed by a password.

    Raises KdfOutOfBounds before anything is derived (T01, T02, T67).
    """
    check_kdf(kdf)
    secret = utf8(password)
    plain_salt = utf8(salt)
    key = bytearray(MASTER_KEY_BYTES)
    try:
        if kdf.kdf_type is KdfType.ARGON2ID:
            Argon2id(
                salt=hashlib.sha256(plain_salt).digest(),
                length=MASTER_KEY_BYTES,
                iterations=kdf.iterations,
                lanes=kdf.parallelism or 0,
                memory_cost=(kdf.memory or 0) * _KIB_PER_MIB,
            ).derive_into(secret, key)
        else:
            PBKDF2HMAC(SHA256(), MASTER_KEY_BYTES, plain_salt, kdf.iterations).derive_into(
                secret, key
            )
    finally:
        overwrite(secret)
    return SecretBytes(key)


def server_hash(master: SecretBytes, password: str) -> str:
    """What the server gets in the password's place, base64. As good as the password itself."""
    salt = utf8(password)
    try:
        digest = PBKDF2HMAC(SHA256(), MASTER_KEY_BYTES, salt, 1).derive(master.view())
    finally:
        overwrite(salt)
    master.ensure_living()
    return base64.b64encode(digest).decode()


def stretch(master: SecretBytes) -> SymmetricKey:
    """The key that wraps the user key: HKDF-expand (no extract) to an AES and an HMAC half."""
    key = bytearray(KEY_BYTES)
    with memoryview(key) as halves:
        expand(master, b"enc", halves[:HALF])
        expand(master, b"mac", halves[HALF:])
    return SymmetricKey(key)


def expand(secret: SecretBytes, info: bytes, into: memoryview) -> None:
    """HKDF-expand with SHA-256 (RFC 5869, 2.3) fills `into`. Raises Locked."""
    HKDFExpand(SHA256(), len(into), info).derive_into(secret.view(), into)
    secret.ensure_living()
