"""RSA as Bitwarden uses it: OAEP with SHA-1 and an empty label, EncStrings of type 4, e = 65537."""

from __future__ import annotations

from base64 import b64encode

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from desktop.crypto.keys import SymmetricKey
from desktop.crypto.secret import overwrite, take
from desktop.crypto.text import canonical_base64
from desktop.domain.errors import BadPublicKey, CannotDecrypt, Locked
from desktop.domain.limits import RSA_BITS_MAX, RSA_BITS_MIN

_EXPONENT = 65537
_NEW_KEY_BITS = 2048
_PREFIX = "4."
# A 4096-bit key has 736 characters; longer text is not even decoded.
_PUBLIC_TEXT_MAX = 1024
# The protocol fixes SHA-1 here; OAEP does not rest on its collision resistance.
_OAEP = OAEP(mgf=MGF1(SHA1()), algorithm=SHA1(), label=None)  # noqa: S303


class PublicKey:
    """A checked public key; `spki` is its exact DER. Equal keys have equal DER."""

    __slots__ = ("_key", "spki")

    def __init__(self, key: rsa.RSAPublicKey, spki: bytes) -> None:
        self._key = key
        self.spki = spki

    @classmethod
    def parse(cls, b64: str) -> PublicKey:
        """Base64 of exact SPKI DER, 2048 to 4096 bits, e = 65537; else BadPublicKey (T14)."""
        if len(b64) > _PUBLIC_TEXT_MAX:
            raise BadPublicKey
        try:
            return cls.from_der(canonical_base64(b64))
        except CannotDecrypt:
            raise BadPublicKey from None

    @classmethod
    def from_der(cls, spki: bytes) -> PublicKey:
        """As `parse`, from the DER itself."""
        try:
            key = load_der_public_key(spki)
        except (ValueError, UnsupportedAlgorithm):
            raise BadPublicKey from None
        if not isinstance(key, rsa.RSAPublicKey):
            raise BadPublicKey
        exact = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if not _is_sound(key) or exact != spki:
            raise BadPublicKey
        return cls(key, spki)

    @property
    def b64(self) -> str:
        """As it goes over the wire."""
        return b64encode(self.spki).decode()

    def wrap(self, key: SymmetricKey) -> str:
        """`key` encrypted for the owner of this public key: an EncString of type 4."""
        plain = bytes(key.view())
        try:
            sealed = self._key.encrypt(plain, _OAEP)
        finally:
            overwrite(plain)
        key.ensure_living()
        return _PREFIX + b64encode(sealed).decode()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKey) and other.spki == self.spki

    def __hash__(self) -> int:
        return hash(self.spki)

    def __repr__(self) -> str:
        return f"<PublicKey: {self._key.key_size} bits>"


class PrivateKey:
    """An RSA private key. `wipe` drops it; OpenSSL clears its numbers when it frees them."""

    __slots__ = ("__weakref__", "_key")

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        self._key: rsa.RSAPrivateKey | None = key

    @classmethod
    def from_pkcs8(cls, der: bytearray, *, authenticated: bool = False) -> PrivateKey:
        """Parses PKCS#8 DER; the caller keeps and wipes `der`. Raises CannotDecrypt.

        `authenticated` says that `der` came out of an EncString whose MAC held: then the slow
        arithmetic check (39 ms) is left out, since nobody without the key can have altered it.
        """
        try:
            key = load_der_private_key(
                der, password=None, unsafe_skip_rsa_key_validation=authenticated
            )
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise CannotDecrypt from None
        if not isinstance(key, rsa.RSAPrivateKey) or not _is_sound(key.public_key()):
            raise CannotDecrypt
        return cls(key)

    def unwrap(self, text: str) -> SymmetricKey:
        """The 64-byte key inside an EncString of type 4. Raises CannotDecrypt, Locked."""
        return SymmetricKey(self.open(text))

    def open(self, text: str) -> bytearray:
        """What is inside an EncString of type 4; the caller owns it. Raises CannotDecrypt, Locked.

        Nobody signed it: whoever knows the public key can have made it.
        """
        if not text.startswith(_PREFIX):
            raise CannotDecrypt
        sealed = canonical_base64(text[len(_PREFIX) :])
        try:
            plain = self._living().decrypt(sealed, _OAEP)
        except ValueError:
            raise CannotDecrypt from None
        return take(plain)

    def public(self) -> PublicKey:
        """The other half. Raises Locked."""
        key = self._living().public_key()
        return PublicKey(key, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

    def wipe(self) -> None:
        self._key = None

    @property
    def is_wiped(self) -> bool:
        return self._key is None

    def _living(self) -> rsa.RSAPrivateKey:
        if self._key is None:
            raise Locked
        return self._key

    def __repr__(self) -> str:
        return "<PrivateKey: secret>"

    def __reduce_ex__(self, _protocol: object) -> str:
        raise TypeError("a secret is not serialised")


def generate_key_pair() -> tuple[PublicKey, bytearray]:
    """A new 2048-bit pair: the public half and the PKCS#8 DER, which the caller wipes.

    Takes 10 to 120 ms: call it off the loop.
    """
    key = rsa.generate_private_key(_EXPONENT, _NEW_KEY_BITS)
    der = take(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    return PrivateKey(key).public(), der


def _is_sound(key: rsa.RSAPublicKey) -> bool:
    numbers = key.public_numbers()
    size = RSA_BITS_MIN <= key.key_size <= RSA_BITS_MAX
    return size and numbers.e == _EXPONENT and numbers.n % 2 == 1
