"""V2 accounts: the SDK's own account whole, published vectors, and everything that is refused."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from desktop.crypto.cose import (
    COSE_KEY,
    PKCS8,
    XAES_256_GCM,
    XCHACHA20_POLY1305,
    CoseKey,
    _open_xaes,
    open_cose,
    security_version,
    verifier_of,
)
from desktop.crypto.encstring import encrypt
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PrivateKey
from desktop.crypto.seal import DataKey
from desktop.crypto.user_key import (
    UserKey,
    open_data_key,
    open_private_key,
    pack_user_key,
    parse_user_key,
    unpack_user_key,
    unwrap_user_key,
    wrap_data_key,
)
from desktop.domain.errors import CannotDecrypt, Locked
from desktop.practice import keys_v2
from tests.crypto.vectors import VECTORS, key_of

ACCOUNT = VECTORS["account_v2"]
CHACHA = VECTORS["cose_xchacha"]


def account_key() -> CoseKey:
    key = parse_user_key(bytearray(base64.b64decode(ACCOUNT["user_key"])))
    assert isinstance(key, CoseKey)
    return key


def chacha_key() -> CoseKey:
    key, kid = bytearray.fromhex(CHACHA["key"]), bytes.fromhex(CHACHA["key_id"])
    return CoseKey(key, XCHACHA20_POLY1305, kid)


def seven(message: bytes) -> str:
    return "7." + base64.b64encode(message).decode()


# --- published vectors ------------------------------------------------------------------------


def test_t24_the_sdk_account_of_version_2_opens_whole() -> None:
    key = account_key()
    assert key.algorithm == XAES_256_GCM
    der = open_private_key(key, ACCOUNT["private_key"])
    assert PrivateKey.from_pkcs8(der, authenticated=True).public().b64 == ACCOUNT["public_key"]
    assert security_version(key, ACCOUNT["signing_key"], ACCOUNT["security_state"]) == 2


def test_t24_xchacha_message_of_the_sdk() -> None:
    text = seven(bytes.fromhex(CHACHA["message"]))
    assert open_cose(chacha_key(), text, CHACHA["content"]).hex() == CHACHA["plaintext"]


@pytest.mark.parametrize("vector", VECTORS["xaes"], ids=lambda one: one["ciphertext"][:8])
def test_t24_xaes_of_c2sp(vector: dict[str, str]) -> None:
    key = CoseKey(bytearray.fromhex(vector["key"]), XAES_256_GCM, bytes(16))
    nonce, sealed, bound = (
        bytes.fromhex(vector[name]) for name in ("nonce", "ciphertext", "associated")
    )
    assert _open_xaes(key, nonce, sealed, bound).hex() == vector["plaintext"]


def test_t24_signing_keys_of_the_newer_kind() -> None:
    """ML-DSA-44, as accounts made today have it."""
    vector = VECTORS["mldsa"]
    encoded = bytearray.fromhex(vector["signing_key"])
    signature, message = bytes.fromhex(vector["signature"]), bytes.fromhex(vector["message"])
    verifier_of(encoded, -48).verify(signature, message)
    with pytest.raises(InvalidSignature):
        verifier_of(encoded, -48).verify(signature, message + b".")
    for algorithm in (-8, -49, None, "EdDSA"):
        with pytest.raises(CannotDecrypt):
            verifier_of(encoded, algorithm)


# --- what hangs on the key --------------------------------------------------------------------


@pytest.mark.parametrize("make", [account_key, SymmetricKey.generate])
def test_the_data_key_lies_under_either_kind_as_type_2(make: Any) -> None:
    key, data = make(), DataKey.generate()
    text = wrap_data_key(key, data)
    assert text.startswith("2.")
    assert open_data_key(key, text).matches(data)
    for other in (chacha_key(), SymmetricKey.generate()):
        with pytest.raises(CannotDecrypt):
            open_data_key(other, text)


def test_a_user_key_of_version_2_is_unwrapped_from_under_the_password() -> None:
    stretched = SymmetricKey.generate()
    encoded = base64.b64decode(ACCOUNT["user_key"])
    assert unwrap_user_key(stretched, encrypt(stretched, encoded)).matches(account_key())
    plain = SymmetricKey.generate()
    found = unwrap_user_key(stretched, encrypt(stretched, plain.view()))
    assert isinstance(found, SymmetricKey)
    assert found.matches(plain)


def test_keys_match_by_everything_they_are_bound_to() -> None:
    key = chacha_key()
    assert key.matches(chacha_key())
    raw, kid = bytes.fromhex(CHACHA["key"]), bytes.fromhex(CHACHA["key_id"])
    assert not key.matches(CoseKey(bytearray(raw), XAES_256_GCM, kid))
    assert not key.matches(CoseKey(bytearray(raw), XCHACHA20_POLY1305, bytes(16)))
    assert not key.matches(CoseKey(bytearray(32), XCHACHA20_POLY1305, kid))
    assert not key.matches(SymmetricKey(bytearray(64)))


def test_t79_a_wiped_key_opens_nothing() -> None:
    key = account_key()
    key.wipe()
    for work in (
        lambda: open_private_key(key, ACCOUNT["private_key"]),
        lambda: wrap_data_key(key, DataKey.generate()),
    ):
        with pytest.raises(Locked):
            work()


# --- what is refused --------------------------------------------------------------------------


def test_t18_neither_kind_of_key_opens_what_belongs_to_the_other() -> None:
    old = SymmetricKey.generate()
    with pytest.raises(CannotDecrypt):
        open_private_key(old, ACCOUNT["private_key"])
    with pytest.raises(CannotDecrypt):
        open_private_key(account_key(), encrypt(old, b"der"))
    with pytest.raises(CannotDecrypt):
        open_cose(account_key(), seven(bytes.fromhex(CHACHA["message"])), CHACHA["content"])


def test_t07_every_flipped_bit_is_the_same_refusal() -> None:
    key, message = chacha_key(), bytes.fromhex(CHACHA["message"])
    rng = random.Random(18)
    for _ in range(600):
        at = rng.randrange(len(message) * 8)
        spoiled = bytearray(message)
        spoiled[at // 8] ^= 1 << at % 8
        with pytest.raises(CannotDecrypt) as refused:
            open_cose(key, seven(bytes(spoiled)), CHACHA["content"])
        assert refused.value.args == ()


def test_t18_content_of_another_kind_is_refused() -> None:
    with pytest.raises(CannotDecrypt):
        open_cose(account_key(), ACCOUNT["private_key"], COSE_KEY)
    with pytest.raises(CannotDecrypt):
        open_cose(account_key(), ACCOUNT["signing_key"], PKCS8)


def test_t18_a_message_of_another_keys_id_is_refused() -> None:
    """The bytes of the key alone would open it."""
    text = seven(bytes.fromhex(CHACHA["message"]))
    other = CoseKey(bytearray.fromhex(CHACHA["key"]), XCHACHA20_POLY1305, bytes(16))
    with pytest.raises(CannotDecrypt):
        open_cose(other, text, CHACHA["content"])


def message(**changes: Any) -> bytes:
    """The vector's parts, some of them replaced, without a valid tag for the change."""
    protected, unprotected, sealed = cbor2.loads(bytes.fromhex(CHACHA["message"]))
    head = {**cbor2.loads(protected), **changes.get("head", {})}
    parts = [cbor2.dumps(head), {**unprotected, **changes.get("open", {})}, sealed]
    return cbor2.dumps(changes.get("parts", parts))


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x80", b"\x83", b"\xa0", b"\x83\x40\xa0\x40", b"\xff", b"\x81" * 5_000, b"\x9f" * 50,
        message(head={1: XAES_256_GCM}), message(head={4: bytes(16)}), message(head={4: "text"}),
        message(open={5: bytes(12)}), message(open={5: None}), message(parts=[b"", {}, b""]),
        message(parts=[1, 2, 3]), message(parts=["p", {}, b"s"]), message(parts=[b"p", {}, "s"]),
        message() + b"\x00",
    ],
    ids=lambda raw: raw[:6].hex(),
)  # fmt: skip
def test_t18_malformed_messages_are_refused(raw: bytes) -> None:
    with pytest.raises(CannotDecrypt):
        open_cose(chacha_key(), seven(raw), CHACHA["content"])


@pytest.mark.parametrize("text", ["", "7", "7.", "7.!", "2." + "A" * 40, "7.QUJD "])
def test_t08_other_texts_are_refused(text: str) -> None:
    with pytest.raises(CannotDecrypt):
        open_cose(chacha_key(), text, CHACHA["content"])


GOOD_KEY = {1: 4, 2: bytes(16), 3: XCHACHA20_POLY1305, 4: [3, 4], -1: bytes(32)}


@pytest.mark.parametrize(
    "changes",
    [
        {1: 2}, {2: bytes(15)}, {2: None}, {3: 3}, {3: "x"}, {3: True}, {4: [3]}, {4: 4}, {4: None},
        {-1: bytes(31)}, {-1: bytes(33)}, {-1: "k"}, {-1: None},
    ],
    ids=repr,
)  # fmt: skip
def test_t06_other_cose_keys_are_refused(changes: dict[int, Any]) -> None:
    assert isinstance(parse_user_key(padded(GOOD_KEY)), CoseKey)
    with pytest.raises(CannotDecrypt):
        parse_user_key(padded(GOOD_KEY | changes))


def padded(value: Any) -> bytearray:
    """As accounts have it: filled up past 64 bytes, each byte the number of bytes that fill."""
    encoded = cbor2.dumps(value)
    fill = max(1, 70 - len(encoded))
    return bytearray(encoded + bytes([fill]) * fill)


@pytest.mark.parametrize("value", [[], 7, "text", None, {}, {1: 4}, {-1: bytes(32)}], ids=repr)
def test_t06_other_structures_are_no_user_keys(value: Any) -> None:
    with pytest.raises(CannotDecrypt):
        parse_user_key(padded(value))
    trailing = bytearray(cbor2.dumps(GOOD_KEY) + b"\x01" * 40)
    for text in (trailing, bytearray(b"\x00" * 70), bytearray(b"\xff" * 70)):
        with pytest.raises(CannotDecrypt):
            parse_user_key(text)


@pytest.mark.parametrize("size", [0, 1, 32, 63, 65, 66, 200])
def test_t06_other_lengths_are_no_user_keys(size: int) -> None:
    with pytest.raises(CannotDecrypt):
        parse_user_key(bytearray(size))


def test_t18_a_state_that_the_account_did_not_sign_is_refused() -> None:
    key = account_key()
    state = bytearray(base64.b64decode(ACCOUNT["security_state"]))
    for at in (1, 40, len(state) - 1):
        spoiled = bytearray(state)
        spoiled[at] ^= 1
        with pytest.raises(CannotDecrypt):
            security_version(key, ACCOUNT["signing_key"], base64.b64encode(spoiled).decode())
    with pytest.raises(CannotDecrypt):
        security_version(key, ACCOUNT["private_key"], ACCOUNT["security_state"])
    with pytest.raises(CannotDecrypt):
        security_version(chacha_key(), ACCOUNT["signing_key"], ACCOUNT["security_state"])


def xaes_message(key: bytes, nonce: bytes, sealed: bytes, kid: bytes = bytes(16)) -> str:
    protected = cbor2.dumps({1: XAES_256_GCM, 3: PKCS8, 4: kid})
    return seven(cbor2.dumps([protected, {5: nonce}, sealed]))


def test_t07_a_changed_message_of_either_kind_is_the_same_refusal() -> None:
    account = account_key()
    text = ACCOUNT["private_key"]
    message = bytearray(base64.b64decode(text[2:]))
    for at in (40, len(message) // 2, len(message) - 1):
        spoiled = bytearray(message)
        spoiled[at] ^= 1
        with pytest.raises(CannotDecrypt) as refused:
            open_private_key(account, seven(bytes(spoiled)))
        assert refused.value.args == ()
    key = CoseKey(bytearray(32), XAES_256_GCM, bytes(16))
    for sealed in (bytes(15), bytes(16), bytes(17), b""):
        with pytest.raises(CannotDecrypt):
            open_cose(key, xaes_message(bytes(32), bytes(24), sealed), PKCS8)


class Signer:
    """An account's signing key under a user key, and what it signs; by the practice server."""

    def __init__(self) -> None:
        self.user = keys_v2.new_user_key()
        self.key = parse_user_key(bytearray(self.user))
        self.signing, self.kid = MLDSA44PrivateKey.generate(), bytes(16)

    def wrapped(self, **changes: Any) -> str:
        """The signing key; `changes` by what they are."""
        own = {
            1: 7, 2: self.kid, 3: -48, 4: [1],
            -1: self.signing.public_key().public_bytes_raw(),
            -2: self.signing.private_bytes_raw(),
        }  # fmt: skip
        return keys_v2._encrypt(self.user, cbor2.dumps({**own, **changes.get("key", {})}), COSE_KEY)

    def state(self, value: Any, namespace: int = 2) -> str:
        return keys_v2._sign(self.signing, self.kid, namespace, value)

    def version(self, wrapped: str, state: str) -> int:
        assert isinstance(self.key, CoseKey)
        return security_version(self.key, wrapped, state)


def test_t18_only_a_version_that_is_a_number_counts() -> None:
    signer = Signer()
    assert signer.version(signer.wrapped(), signer.state({"version": 2})) == 2
    others: list[Any] = [
        {},
        {"version": "2"},
        {"version": None},
        {"version": True},
        {"version": 2.0},
        [],
    ]
    for value in others:
        with pytest.raises(CannotDecrypt):
            signer.version(signer.wrapped(), signer.state(value))


def test_t18_a_signature_for_something_else_is_no_state() -> None:
    """The account signs its public key too: that must not pass for a state."""
    signer = Signer()
    with pytest.raises(CannotDecrypt):
        signer.version(signer.wrapped(), signer.state({"version": 2}, namespace=1))


@pytest.mark.parametrize(
    "value",
    [None, [], [b"", {}, b""], [b"", {}, b"", "x"], ["x", {}, b"", b""], [b"", {}, 7, b""], {}],
    ids=repr,
)
def test_t18_states_of_another_shape_are_refused(value: Any) -> None:
    signer = Signer()
    text = base64.b64encode(cbor2.dumps(value)).decode()
    with pytest.raises(CannotDecrypt):
        signer.version(signer.wrapped(), text)


@pytest.mark.parametrize(
    "change", [{-2: "text"}, {-2: None}, {-2: bytes(31)}, {-2: bytes(33)}, {1: 1}, {3: -8}, {1: 2}]
)
def test_t18_other_signing_keys_are_refused(change: dict[int, Any]) -> None:
    signer = Signer()
    with pytest.raises(CannotDecrypt):
        signer.version(signer.wrapped(key=change), signer.state({"version": 2}))


def test_t05_the_older_functions_still_open_type_2_only() -> None:
    key = key_of("11" * 32)
    with pytest.raises(CannotDecrypt):
        open_private_key(key, seven(bytes.fromhex(CHACHA["message"])))


def test_t18_type_7_is_read_and_never_written() -> None:
    """Static: nothing in the program but the practice server seals or signs in the new way."""
    root = Path(__file__).parents[2] / "desktop"
    writers = ("crypto_aead_xchacha20poly1305_ietf_encrypt", '"7."', "'7.'", ".sign(")
    for path in sorted(root.rglob("*.py")):
        if path.is_relative_to(root / "practice"):
            continue
        text = path.read_text(encoding="utf-8")
        found = [writer for writer in writers if writer in text]
        # Only the prefix, and only to look for it.
        allowed = {"cose.py": ['"7."'], "identity.py": ['"7."']}.get(path.name, [])
        assert found == allowed, path
    source = (root / "crypto" / "cose.py").read_text(encoding="utf-8")
    assert "encrypt(" not in source
    assert source.count("_PREFIX") == source.count("startswith(_PREFIX)") + 2


# --- packed for a link ------------------------------------------------------------------------


@pytest.mark.parametrize("key", [SymmetricKey.generate(), account_key()], ids=["v1", "v2"])
def test_a_packed_user_key_is_the_same_key_again(key: UserKey) -> None:
    packed = pack_user_key(key)
    found = unpack_user_key(packed)
    assert type(found) is type(key)
    assert found.matches(key)
    assert not any(packed), "what was handed over is cleared"


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\x01",
        b"\x01" + bytes(63),
        b"\x02" + bytes(20),
        b"\x02" + bytes(52),
        b"\x03" + bytes(64),
    ],
    ids=lambda packed: f"{len(packed)} bytes",
)
def test_what_is_no_packed_user_key_is_refused_and_cleared(packed: bytes) -> None:
    given = bytearray(packed)
    with pytest.raises(CannotDecrypt):
        unpack_user_key(given)
    assert not any(given)


def test_a_wiped_user_key_is_not_packed() -> None:
    key = SymmetricKey.generate()
    key.wipe()
    with pytest.raises(Locked):
        pack_user_key(key)
