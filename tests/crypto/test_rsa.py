"""RSA keys: only sound ones are used, and the official chain opens."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from desktop.crypto.encstring import decrypt, decrypt_text, unwrap_key
from desktop.crypto.kdf import derive_master_key, stretch
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PrivateKey, PublicKey, generate_key_pair
from desktop.crypto.secret import KeyRegistry
from desktop.domain.errors import BadPublicKey, CannotDecrypt, Locked
from tests.crypto.vectors import VECTORS, kdf_of

ACCOUNT = VECTORS["account"]
GOOD = base64.b64decode(ACCOUNT["public_key"])
# The padding by its definition, not by our constant.
OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303
KEY = PublicKey.from_der(GOOD)


def spki(key: Any) -> bytes:
    made: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return made


def tlv(tag: int, *contents: bytes) -> bytes:
    body = b"".join(contents)
    size = len(body)
    if size < 128:
        return bytes((tag, size)) + body
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + body


def number(value: int, pad: bytes = b"") -> bytes:
    return tlv(2, pad + value.to_bytes(value.bit_length() // 8 + 1, "big"))


RSA = tlv(0x30, tlv(6, bytes.fromhex("2a864886f70d010101")), tlv(5))
BARE_RSA = tlv(0x30, tlv(6, bytes.fromhex("2a864886f70d010101")))
PSS = tlv(0x30, tlv(6, bytes.fromhex("2a864886f70d01010a")))


def rsa_spki(
    modulus: int, exponent: int = 65537, algorithm: bytes = RSA, pad: bytes = b""
) -> bytes:
    """Any numbers in the right structure: nothing checks that a modulus has two primes."""
    key = tlv(0x30, number(modulus), number(exponent, pad))
    return tlv(0x30, algorithm, tlv(3, b"\0", key))


def modulus_of(bits: int) -> int:
    return (1 << (bits - 1)) | (0x5A5A5A5A << 40) | 1


BAD_KEYS: dict[str, bytes] = {
    "512 bit": rsa_spki(modulus_of(512)),
    "e=1": rsa_spki(modulus_of(2048), 1),
    "even modulus": rsa_spki(modulus_of(2048) - 1),
    "PSS": rsa_spki(modulus_of(2048), algorithm=PSS),
    "padded exponent": rsa_spki(modulus_of(2048), pad=b"\0"),
    "no parameters": rsa_spki(modulus_of(2048), algorithm=BARE_RSA),
    "1024 bit": rsa_spki(modulus_of(1024)),
    "2047 bit": rsa_spki(modulus_of(2047)),
    "4097 bit": rsa_spki(modulus_of(4097)),
    "8192 bit": rsa_spki(modulus_of(8192)),
    "e=3": rsa_spki(modulus_of(2048), 3),
    "e=65539": rsa_spki(modulus_of(2048), 65539),
    "elliptic curve": spki(ec.generate_private_key(ec.SECP256R1()).public_key()),
    "ed25519": spki(ed25519.Ed25519PrivateKey.generate().public_key()),
    "PKCS#1": rsa.RSAPublicNumbers(65537, modulus_of(2048))
    .public_key()
    .public_bytes(Encoding.DER, PublicFormat.PKCS1),
    "empty": b"",
    "noise": b"\x30\x82\x01\x22" + b"\x5a" * 290,
    "private": rsa.generate_private_key(65537, 2048).private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    ),
    "trailing byte": GOOD + b"\0",
    "cut": GOOD[:-1],
    "twice": GOOD + GOOD,
    "long length": b"\x30\x83\x00" + GOOD[2:],
}


@pytest.mark.parametrize("name", BAD_KEYS)
def test_t14_bad_public_keys_are_refused(name: str) -> None:
    with pytest.raises(BadPublicKey):
        PublicKey.parse(base64.b64encode(BAD_KEYS[name]).decode())
    with pytest.raises(BadPublicKey):
        PublicKey.from_der(BAD_KEYS[name])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n",
        lambda text: " " + text,
        lambda text: text.rstrip("=") + "===",
        lambda text: text[:10] + "*" + text[10:],
        lambda text: text + "A" * 100_000,
        lambda text: "\u00e9" + text,
    ],
)
def test_t14_only_canonical_base64(change: Any) -> None:
    with pytest.raises(BadPublicKey):
        PublicKey.parse(change(ACCOUNT["public_key"]))


@pytest.mark.parametrize("bits", [2048, 3072, 4096])
def test_t14_the_limits_themselves_are_fine(bits: int) -> None:
    der = rsa_spki(modulus_of(bits))
    key = PublicKey.parse(base64.b64encode(der).decode())
    assert key.spki == der
    assert key.b64 == base64.b64encode(der).decode()
    assert repr(key) == f"<PublicKey: {bits} bits>"


def test_equal_keys_are_equal() -> None:
    again = PublicKey.parse(ACCOUNT["public_key"])
    assert again == KEY
    assert hash(again) == hash(KEY)
    assert again != PublicKey.parse(ACCOUNT["organization_public_key"])
    assert again != GOOD


def chain() -> tuple[SymmetricKey, PrivateKey, SymmetricKey]:
    master = derive_master_key(ACCOUNT["password"], ACCOUNT["email"], kdf_of(ACCOUNT["kdf"]))
    user = unwrap_key(stretch(master), ACCOUNT["user_key"])
    private = PrivateKey.from_pkcs8(decrypt(user, ACCOUNT["private_key"]), authenticated=True)
    return user, private, private.unwrap(ACCOUNT["organization_key"])


def test_t24_whole_chain_of_the_sdk_account() -> None:
    """Password to user key to private key to organization key to a collection's name."""
    _, private, organization = chain()
    assert private.public() == PublicKey.parse(ACCOUNT["public_key"])
    for vector in ACCOUNT["texts"]:
        assert decrypt_text(organization, vector["text"]) == vector["plain"]
    for text in ACCOUNT["opaque"]:
        assert decrypt_text(organization, text)
    der = decrypt(organization, ACCOUNT["organization_private_key"])
    mine = PrivateKey.from_pkcs8(der)
    assert mine.public() == PublicKey.parse(ACCOUNT["organization_public_key"])


def published_key() -> PrivateKey:
    """The 2048-bit key of the published OAEP examples."""
    parts = {name: int(value, 16) for name, value in VECTORS["oaep"]["key"].items()}
    public = rsa.RSAPublicNumbers(parts["exponent"], parts["modulus"])
    key = rsa.RSAPrivateNumbers(
        parts["p"], parts["q"], parts["d"], parts["dP"], parts["dQ"], parts["qInv"], public
    ).private_key()
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return PrivateKey.from_pkcs8(bytearray(der))


@pytest.mark.parametrize("vector", VECTORS["oaep"]["examples"], ids=lambda one: one["plain"][:8])
def test_t24_oaep_of_rsa_laboratories(vector: dict[str, str]) -> None:
    assert published_key().open("4." + vector["sealed"]).hex() == vector["plain"]


def test_t24_t17_what_the_sdk_wraps_for_a_waiting_device() -> None:
    vector = VECTORS["auth_request"]
    key = PrivateKey.from_pkcs8(bytearray(base64.b64decode(vector["private_key"])))
    assert key.open(vector["wrapped"]).hex() == vector["plain"]


def test_t24_the_user_key_of_a_trusted_device() -> None:
    """Keys of the official desktop client: device key to private key to user key."""
    vector = VECTORS["device"]
    device = SymmetricKey(bytearray.fromhex(vector["device_key"]))
    private = PrivateKey.from_pkcs8(decrypt(device, vector["wrapped_private_key"]))
    found = private.unwrap(vector["wrapped_user_key"])
    assert bytes(found.view()).hex() == vector["user_key"]


def test_wrapped_key_opens_for_its_owner_only() -> None:
    public, der = generate_key_pair()
    private = PrivateKey.from_pkcs8(der)
    key = SymmetricKey.generate()
    sealed = public.wrap(key)
    assert sealed.startswith("4.")
    assert private.unwrap(sealed).matches(key)
    assert public.wrap(key) != sealed
    _, other = generate_key_pair()
    with pytest.raises(CannotDecrypt):
        PrivateKey.from_pkcs8(other).unwrap(sealed)


def test_t05_only_type_4_is_unwrapped() -> None:
    _, private, _ = chain()
    body = ACCOUNT["organization_key"][2:]
    for text in [f"{kind}.{body}" for kind in "0123567"] + [body, "4.", "4." + body + "|AAAA", ""]:
        with pytest.raises(CannotDecrypt):
            private.unwrap(text)
    for damaged in ("4." + body[:-4], "4.A" + body[1:], "4." + body.rstrip("="), "4." + body + " "):
        with pytest.raises(CannotDecrypt):
            private.unwrap(damaged)


@pytest.mark.parametrize("size", [0, 32, 63, 65])
def test_t06_wrapped_keys_have_64_bytes(size: int) -> None:
    public, der = generate_key_pair()
    sealed = public._key.encrypt(bytes(size), OAEP)
    with pytest.raises(CannotDecrypt):
        PrivateKey.from_pkcs8(der).unwrap("4." + base64.b64encode(sealed).decode())


@pytest.mark.parametrize("authenticated", [True, False])
def test_broken_private_keys_are_refused(authenticated: bool) -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    small = rsa.generate_private_key(65537, 1024).private_bytes(  # noqa: S505 - to be refused
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
    _, good = generate_key_pair()
    for der in (curve, small, b"", b"noise", bytes(good[:-7]), GOOD):
        with pytest.raises(CannotDecrypt):
            PrivateKey.from_pkcs8(bytearray(der), authenticated=authenticated)


def test_wiped_private_key_is_locked() -> None:
    _, der = generate_key_pair()
    registry = KeyRegistry()
    key = registry.add(PrivateKey.from_pkcs8(der))
    registry.wipe()
    assert key.is_wiped
    with pytest.raises(Locked):
        key.unwrap(ACCOUNT["organization_key"])


def test_wiped_key_is_not_wrapped() -> None:
    key = SymmetricKey.generate()
    key.wipe()
    with pytest.raises(Locked):
        KEY.wrap(key)
