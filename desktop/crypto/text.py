"""Text to and from the wire: UTF-8 and canonical base64."""

from __future__ import annotations

import base64
import binascii

from desktop.domain.errors import CannotDecrypt


def utf8(text: str) -> bytes:
    """UTF-8; a lone surrogate becomes U+FFFD, as in the official clients' encoder (T77)."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def canonical_base64(text: str) -> bytes:
    """Decodes padded standard base64 that re-encodes to the same text; else CannotDecrypt (T08)."""
    try:
        data = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        raise CannotDecrypt from None
    if base64.b64encode(data).decode() != text:
        raise CannotDecrypt
    return data
