"""Codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, 6 digits)."""

from __future__ import annotations

import base64
import hmac

STEP_S = 30


def code(secret: str, epoch: int) -> str:
    """The code of a moment; `secret` is base32."""
    padded = secret + "=" * (-len(secret) % 8)
    counter = (epoch // STEP_S).to_bytes(8, "big")
    # SHA-1 is what authenticator apps use.
    digest = hmac.digest(base64.b32decode(padded, casefold=True), counter, "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def fits(secret: str, given: str, epoch: int) -> bool:
    """Whether a code belongs to this moment or a neighbouring step."""
    return any(
        hmac.compare_digest(code(secret, epoch + shift).encode(), given.encode())
        for shift in (-STEP_S, 0, STEP_S)
    )
