"""Keys of V2 accounts as played people hold them; written from the protocol, apart from the app's.

COSE: the user key is XAES-256-GCM, the only kind that the official clients of 2026 take for such an
account; what it wraps is an EncString of type 7; ML-DSA-44 signs, as new accounts have it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from desktop.practice.keys import b64

_XAES, _ML_DSA_44 = -70_010, -48
_PKCS8, _COSE_KEY, _CBOR = 284, 101, 60
_LEAST = 65
_STATE, _PUBLIC_KEY = 2, 1
VERSION = 2


@dataclass(frozen=True, repr=False)
class Signatures:
    """What a V2 account keeps on the server beside its key pair."""

    wrapped_signing_key: str
    verifying_key: str
    signed_public_key: str
    security_state: str


def new_user_key() -> bytes:
    """A COSE key, padded to more than the 64 bytes of a V1 key."""
    encoded = cbor2.dumps({1: 4, 2: os.urandom(16), 3: _XAES, 4: [4, 3, 5, 6], -1: os.urandom(32)})
    fill = max(1, _LEAST - len(encoded))
    return encoded + bytes([fill]) * fill


def wrapped_private(user_key: bytes, pkcs8: bytes) -> str:
    """A private key under a V2 user key."""
    return _encrypt(user_key, pkcs8, _PKCS8)


def signatures(user_key: bytes, user_id: bytes, spki: bytes) -> Signatures:
    """A fresh signing key, and what it signs: the account's state and its public key."""
    signing, kid = MLDSA44PrivateKey.generate(), os.urandom(16)
    raw = signing.public_key().public_bytes_raw()
    key = {1: 7, 2: kid, 3: _ML_DSA_44, 4: [1], -1: raw, -2: signing.private_bytes_raw()}
    own = {"algorithm": 0, "contentFormat": 0, "publicKey": spki}
    state = {"entityId": user_id, "version": VERSION}
    return Signatures(
        _encrypt(user_key, cbor2.dumps(key), _COSE_KEY),
        b64(cbor2.dumps({1: 7, 2: kid, 3: _ML_DSA_44, 4: [2], -1: raw})),
        _sign(signing, kid, _PUBLIC_KEY, own),
        _sign(signing, kid, _STATE, state),
    )


def _encrypt(user_key: bytes, plain: bytes, content: int) -> str:
    key = cbor2.loads(user_key[: -user_key[-1]])
    protected = cbor2.dumps({1: _XAES, 3: content, 4: key[2]})
    bound = cbor2.dumps(["Encrypt0", protected, b""])
    nonce = os.urandom(24)
    sealed = AESGCM(_derived(key[-1], nonce)).encrypt(nonce[12:], plain, bound)
    return "7." + b64(cbor2.dumps([protected, {5: nonce}, sealed]))


def _derived(key: bytes, nonce: bytes) -> bytes:
    """XAES-256-GCM: the key of one message, out of the first half of its nonce."""
    made = b""
    for number in (1, 2):
        half = CMAC(AES(key))
        half.update(b"\x00" + bytes([number]) + b"X\x00" + nonce[:12])
        made += half.finalize()
    return made


def _sign(signing: MLDSA44PrivateKey, kid: bytes, namespace: int, value: dict[str, Any]) -> str:
    protected = cbor2.dumps({1: _ML_DSA_44, 3: _CBOR, 4: kid, -80_000: namespace})
    payload = cbor2.dumps(value)
    signature = signing.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    return b64(cbor2.dumps([protected, {}, payload, signature]))
