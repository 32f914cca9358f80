"""What the server keeps of a master password, and the check of it."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3

HASH_ROUNDS = 20_000


def hashed(password_hash: str, salt: bytes) -> bytes:
    """What is stored of a password: a hash of the hash the client sends."""
    return hashlib.pbkdf2_hmac("sha256", password_hash.encode(), salt, HASH_ROUNDS)


def is_password(user: sqlite3.Row, given: str) -> bool:
    """Whether this is the hash of the account's password."""
    if user["password_hash"] is None:
        return False
    return hmac.compare_digest(hashed(given, user["password_salt"]), user["password_hash"])
