"""Unencrypted OpenSSH private keys: the public half and its fingerprint, without doing any maths.

Source: OpenSSH PROTOCOL.key; only the key types that Bitwarden's clients can use.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Final, NamedTuple

_PEM: Final = re.compile(
    r"-----BEGIN OPENSSH PRIVATE KEY-----\s*([A-Za-z0-9+/=\s]+?)-----END OPENSSH PRIVATE KEY-----"
)
_MAGIC: Final = b"openssh-key-v1\0"
_TYPES: Final = frozenset(
    (
        b"ssh-ed25519",
        b"ssh-rsa",
        b"ecdsa-sha2-nistp256",
        b"ecdsa-sha2-nistp384",
        b"ecdsa-sha2-nistp521",
    )
)


class SshKey(NamedTuple):
    """`public` in authorized_keys form, `fingerprint` as `SHA256:...` without padding."""

    public: str
    fingerprint: str


def read_ssh_key(text: str) -> SshKey | None:
    """The public half of an unencrypted OpenSSH key; None for every other form."""
    found = _PEM.fullmatch(text.strip())
    if found is None:
        return None
    try:
        data = base64.b64decode("".join(found.group(1).split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if not data.startswith(_MAGIC):
        return None
    cipher, rest = _string(data[len(_MAGIC) :])
    _kdf, rest = _string(rest)
    _options, rest = _string(rest)
    count = int.from_bytes(rest[:4], "big")
    public, rest = _string(rest[4:])
    private, _rest = _string(rest)
    kind, _ = _string(public)
    if cipher != b"none" or count != 1 or kind not in _TYPES or len(private) < len(public):
        return None
    encoded = base64.b64encode(public).decode("ascii")
    digest = base64.b64encode(hashlib.sha256(public).digest()).decode("ascii").rstrip("=")
    return SshKey(f"{kind.decode('ascii')} {encoded}", f"SHA256:{digest}")


def _string(data: bytes) -> tuple[bytes, bytes]:
    """A length-prefixed string and what follows; shorter than promised when the data ends."""
    size = int.from_bytes(data[:4], "big")
    return data[4 : 4 + size], data[4 + size :]
