"""Keys and EncStrings of V2 accounts: COSE, type 7. Read only, never written (T05, T18).

`7.` base64(COSE_Encrypt0), the text being [protected, {5: nonce}, ciphertext]. Source of the
numbers: bitwarden/sdk-internal of Aug 2026, `bitwarden-crypto/src/cose`. Every failure to open one
is the same CannotDecrypt, as with type 2 (T07).
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature, InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
from nacl.exceptions import CryptoError

from desktop.crypto.secret import SecretBytes, clear, overwrite, take
from desktop.crypto.text import canonical_base64
from desktop.domain.errors import CannotDecrypt

XCHACHA20_POLY1305 = -70_000
XAES_256_GCM = -70_010
# What is inside, by its CoAP content format.
PKCS8 = 284
COSE_KEY = 101

_PREFIX = "7."
_KEY_BYTES = 32
_ID_BYTES = 16
_NONCE_BYTES = 24
_TAG_BYTES = 16
_ALG, _CONTENT, _KID, _IV = 1, 3, 4, 5
_KTY_OKP, _KTY_SYMMETRIC, _KTY_AKP = 1, 4, 7
_ED25519, _EDDSA, _ML_DSA_44 = 6, -8, -48
_DECRYPT = 4
_NAMESPACE = -80_000
_SECURITY_STATE = 2


class CoseKey(SecretBytes):
    """The user key of a V2 account: 32 bytes bound to one algorithm (T06), and its public id."""

    __slots__ = ("algorithm", "key_id")

    def __init__(self, data: bytearray, algorithm: int, key_id: bytes) -> None:
        """Takes ownership of `data`. Anything but what V2 accounts use is wiped: CannotDecrypt."""
        known = algorithm in (XCHACHA20_POLY1305, XAES_256_GCM)
        if len(data) != _KEY_BYTES or len(key_id) != _ID_BYTES or not known:
            clear(data)
            raise CannotDecrypt
        super().__init__(data)
        self.algorithm = algorithm
        self.key_id = key_id

    @classmethod
    def parse(cls, encoded: bytearray) -> CoseKey:
        """A COSE_Key for encryption. The caller keeps and wipes `encoded`. Raises CannotDecrypt."""
        fields = _map(_load(encoded))
        secret = fields.get(-1)
        if not isinstance(secret, bytes):
            raise CannotDecrypt
        data = take(secret)
        kid, algorithm, uses = fields.get(2), fields.get(3), fields.get(4, [_DECRYPT])
        if (
            fields.get(1) != _KTY_SYMMETRIC
            or not isinstance(kid, bytes)
            or type(algorithm) is not int
            or not isinstance(uses, list)
            or _DECRYPT not in uses
        ):
            clear(data)
            raise CannotDecrypt
        return cls(data, algorithm, kid)

    def matches(self, other: SecretBytes) -> bool:
        """The same key for the same algorithm, under the same id."""
        return (
            isinstance(other, CoseKey)
            and (self.algorithm, self.key_id) == (other.algorithm, other.key_id)
            and super().matches(other)
        )


def open_cose(key: CoseKey, text: str, content: int) -> bytearray:
    """Opens an EncString of type 7 that holds `content`. The caller owns the answer.

    Raises CannotDecrypt, Locked.
    """
    if not text.startswith(_PREFIX):
        raise CannotDecrypt
    message = _load(canonical_base64(text[len(_PREFIX) :]))
    protected, nonce, sealed = _parts(message)
    head = _map(_load(protected))
    kid = head.get(_KID)
    if head.get(_ALG) != key.algorithm or head.get(_CONTENT) != content:
        raise CannotDecrypt
    if not isinstance(kid, bytes) or not hmac.compare_digest(kid, key.key_id):
        raise CannotDecrypt
    bound = cbor2.dumps(["Encrypt0", protected, b""])
    opened = _OPENERS[key.algorithm](key, nonce, sealed, bound)
    key.ensure_living()
    return opened


def security_version(key: CoseKey, wrapped_signing_key: str, state: str) -> int:
    """The version that the account signed, with the signing key under `key` (T18).

    Raises CannotDecrypt where it was not signed by that key.
    """
    message = _load(canonical_base64(state))
    if not isinstance(message, list) or len(message) != 4:
        raise CannotDecrypt
    protected, payload, signature = message[0], message[2], message[3]
    if not all(isinstance(part, bytes) for part in (protected, payload, signature)):
        raise CannotDecrypt
    head = _map(_load(protected))
    if head.get(_NAMESPACE) != _SECURITY_STATE:
        raise CannotDecrypt
    encoded = open_cose(key, wrapped_signing_key, COSE_KEY)
    try:
        verifier = verifier_of(encoded, head.get(_ALG))
    finally:
        clear(encoded)
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    try:
        verifier.verify(signature, signed)
    except InvalidSignature:
        raise CannotDecrypt from None
    version = _map(_load(payload)).get("version")
    if type(version) is not int:
        raise CannotDecrypt
    return version


def verifier_of(encoded: bytearray, algorithm: object) -> Ed25519PublicKey | MLDSA44PublicKey:
    """The public half of a signing key (COSE_Key) for this algorithm. Raises CannotDecrypt."""
    fields = _map(_load(encoded))
    kind = (fields.get(1), fields.get(3))
    seed = fields.get(-4 if kind[0] == _KTY_OKP else -2)
    if not isinstance(seed, bytes):
        raise CannotDecrypt
    try:
        if algorithm == _EDDSA and (*kind, fields.get(-1)) == (_KTY_OKP, _EDDSA, _ED25519):
            return Ed25519PrivateKey.from_private_bytes(seed).public_key()
        if algorithm == _ML_DSA_44 and kind == (_KTY_AKP, _ML_DSA_44):
            return MLDSA44PrivateKey.from_seed_bytes(seed).public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise CannotDecrypt from None
    finally:
        overwrite(seed)
    raise CannotDecrypt


def _open_xchacha(key: CoseKey, nonce: bytes, sealed: bytes, bound: bytes) -> bytearray:
    with _copied(key) as secret:
        try:
            return take(crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound, nonce, secret))
        except CryptoError:
            raise CannotDecrypt from None


def _open_xaes(key: CoseKey, nonce: bytes, sealed: bytes, bound: bytes) -> bytearray:
    """XAES-256-GCM (C2SP): a key of its own for each message, made from half of the nonce."""
    derived = bytearray(_KEY_BYTES)
    plain = bytearray(max(0, len(sealed) - _TAG_BYTES))
    try:
        for half in (0, 1):
            made = CMAC(AES(key.view()))
            made.update(bytes((0, half + 1)) + b"X\x00" + nonce[:12])
            derived[half * 16 : half * 16 + 16] = take(made.finalize())
        AESGCM(derived).decrypt_into(nonce[12:], sealed, bound, plain)
    except (InvalidTag, ValueError):
        clear(plain)
        raise CannotDecrypt from None
    finally:
        clear(derived)
    return plain


_OPENERS = {XCHACHA20_POLY1305: _open_xchacha, XAES_256_GCM: _open_xaes}


@contextmanager
def _copied(key: CoseKey) -> Iterator[bytes]:
    """For libraries that only speak `bytes`."""
    copy = bytes(key.view())
    try:
        yield copy
    finally:
        overwrite(copy)


def _parts(message: Any) -> tuple[bytes, bytes, bytes]:
    """Protected header, nonce, ciphertext."""
    if not isinstance(message, list) or len(message) != 3:
        raise CannotDecrypt
    protected, unprotected, sealed = message
    nonce = _map(unprotected).get(_IV)
    if not isinstance(protected, bytes) or not isinstance(sealed, bytes):
        raise CannotDecrypt
    if not isinstance(nonce, bytes) or len(nonce) != _NONCE_BYTES or len(sealed) < _TAG_BYTES:
        raise CannotDecrypt
    return protected, nonce, sealed


def _map(value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise CannotDecrypt
    return value


def _load(raw: bytes | bytearray) -> Any:
    """One CBOR value and nothing after it."""
    stream = BytesIO(raw)
    try:
        value = cbor2.CBORDecoder(stream).decode()
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError):
        raise CannotDecrypt from None
    if stream.read(1):
        raise CannotDecrypt
    return value
