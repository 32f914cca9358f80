"""Keys of seeded and played people; written from the protocol, apart from the app's own keys.

The server part never imports this module: only seeding and the people of the inbox do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

PBKDF2_ROUNDS = 600_000
_BLOCK = 16


def b64(data: bytes) -> str:
    """Standard base64 text."""
    return base64.b64encode(data).decode()


@dataclass(frozen=True, repr=False)
class KeyPair:
    """An RSA-2048 pair: SPKI and PKCS#8, both DER."""

    spki: bytes
    pkcs8: bytes

    @property
    def public(self) -> str:
        """The public half as the wire carries it."""
        return b64(self.spki)


@dataclass(frozen=True)
class Kdf:
    """How a password becomes a key: `kind` 0 PBKDF2, 1 Argon2id; memory in MiB."""

    kind: int = 0
    iterations: int = PBKDF2_ROUNDS
    memory: int | None = None
    lanes: int | None = None

    @property
    def row(self) -> tuple[int, int, int | None, int | None]:
        """As accounts are stored: type, iterations, memory in MiB, parallelism."""
        return self.kind, self.iterations, self.memory, self.lanes


#: what an account with Argon2id gets here: the older default, which is quick enough for tests
ARGON2 = Kdf(1, 3, 32, 2)


@dataclass(frozen=True, repr=False)
class Credentials:
    """What a password turns into: the hash for the server and the wrapped user key."""

    server_hash: str
    wrapped_user_key: str


def new_key() -> bytes:
    """A 64-byte symmetric key."""
    return os.urandom(64)


def new_pair() -> KeyPair:
    """A fresh RSA-2048 pair."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return KeyPair(
        private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        ),
        private.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def master_key(password: str, salt: str, rounds: int = PBKDF2_ROUNDS) -> bytes:
    """PBKDF2-HMAC-SHA256 over the trimmed, lower-case salt; 32 bytes."""
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.strip().lower().encode(), rounds)


def derive(password: str, salt: str, kdf: Kdf) -> bytes:
    """The master key by either function; Argon2id takes the hash of the salt."""
    if kdf.kind == 0:
        return master_key(password, salt, kdf.iterations)
    return Argon2id(
        salt=hashlib.sha256(salt.strip().lower().encode()).digest(),
        length=32,
        iterations=kdf.iterations,
        lanes=kdf.lanes or 1,
        memory_cost=(kdf.memory or 16) * 1024,
    ).derive(password.encode())


def server_hash(master: bytes, password: str) -> str:
    """What a client sends as its password."""
    return b64(hashlib.pbkdf2_hmac("sha256", master, password.encode(), 1))


def stretched(master: bytes) -> bytes:
    """HKDF-Expand twice: 32 bytes for AES, 32 for HMAC."""

    def expand(info: bytes) -> bytes:
        return hmac.digest(master, info + b"\x01", "sha256")

    return expand(b"enc") + expand(b"mac")


def credentials(password: str, salt: str, user_key: bytes, kdf: Kdf) -> Credentials:
    """Derive once: hash and wrapped key of an account."""
    master = derive(password, salt, kdf)
    return Credentials(server_hash(master, password), encrypt(stretched(master), user_key))


def encrypt(key: bytes, plain: bytes) -> str:
    """An EncString of type 2."""
    iv = os.urandom(_BLOCK)
    pad = _BLOCK - len(plain) % _BLOCK
    engine = Cipher(algorithms.AES(key[:32]), modes.CBC(iv)).encryptor()
    secret = engine.update(plain + bytes([pad]) * pad) + engine.finalize()
    mac = hmac.digest(key[32:], iv + secret, "sha256")
    return f"2.{b64(iv)}|{b64(secret)}|{b64(mac)}"


def decrypt(key: bytes, text: str) -> bytes:
    """Open an EncString of type 2; ValueError when it does not fit the key."""
    kind, _, rest = text.partition(".")
    parts = [base64.b64decode(part) for part in rest.split("|")]
    if kind != "2" or len(parts) != 3:
        raise ValueError("not a type 2 string")
    iv, secret, mac = parts
    if not hmac.compare_digest(mac, hmac.digest(key[32:], iv + secret, "sha256")):
        raise ValueError("wrong key")
    engine = Cipher(algorithms.AES(key[:32]), modes.CBC(iv)).decryptor()
    padded = engine.update(secret) + engine.finalize()
    return padded[: -padded[-1]]


def wrap_for(public: str, key: bytes) -> str:
    """An EncString of type 4: RSA-OAEP with SHA-1 for the owner of a public key."""
    loaded = serialization.load_der_public_key(base64.b64decode(public))
    if not isinstance(loaded, rsa.RSAPublicKey):
        raise TypeError("an RSA key is needed")
    return "4." + b64(loaded.encrypt(key, _oaep()))


def unwrap_with(pkcs8: bytes, text: str) -> bytes:
    """Open a type 4 string with a private key."""
    # Checking the primes takes longer than all else here, and the key is our own.
    loaded = serialization.load_der_private_key(
        pkcs8, password=None, unsafe_skip_rsa_key_validation=True
    )
    if not isinstance(loaded, rsa.RSAPrivateKey) or not text.startswith("4."):
        raise TypeError("an RSA key and a type 4 string are needed")
    return loaded.decrypt(base64.b64decode(text[2:]), _oaep())


def _oaep() -> padding.OAEP:
    # SHA-1 is what the protocol prescribes for type 4.
    sha1 = hashes.SHA1()  # noqa: S303
    return padding.OAEP(mgf=padding.MGF1(sha1), algorithm=sha1, label=None)
