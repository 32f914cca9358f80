"""Secrets neither show nor copy themselves, and lock empties the registry."""

from __future__ import annotations

import base64
import contextlib
import copy
import json
import pickle
import traceback
from collections.abc import Callable, Iterator

import msgspec
import pytest

from desktop.crypto.encstring import (
    decrypt,
    decrypt_text,
    encrypt,
    encrypt_many,
    encrypt_text,
    encrypt_with_iv,
    unwrap_key,
    wrap_key,
)
from desktop.crypto.kdf import derive_master_key
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PrivateKey, PublicKey, generate_key_pair
from desktop.crypto.seal import DataKey, open_sealed, seal
from desktop.crypto.secret import KeyRegistry, SecretBytes, overwrite, take
from desktop.crypto.user_key import (
    open_data_key,
    parse_user_key,
    unpack_user_key,
    unwrap_user_key,
)
from desktop.domain import errors
from desktop.domain.enums import KdfType
from desktop.domain.errors import CannotDecrypt, ClavigerError, Locked
from desktop.domain.records import Kdf

CANARY = b"canary-canary-canary-canary-0123"


def some_secrets() -> list[SecretBytes]:
    return [
        SecretBytes(bytearray(CANARY)),
        SymmetricKey(bytearray(CANARY * 2)),
        DataKey(bytearray(CANARY)),
    ]


@pytest.mark.parametrize("secret", some_secrets(), ids=lambda secret: type(secret).__name__)
def test_t92_texts_are_redacted(secret: SecretBytes) -> None:
    texts = [repr(secret), str(secret), f"{secret}", f"{secret:>80}", f"{secret!r}"]
    texts += ["%s" % secret, "{}".format(secret), repr([secret]), repr({"key": secret})]  # noqa: UP031, UP032
    for text in texts:
        assert "canary" not in text
        assert CANARY.hex() not in text
        assert "secret" in text


@pytest.mark.parametrize("secret", some_secrets(), ids=lambda secret: type(secret).__name__)
def test_t92_copies_and_serialisers_are_refused(secret: SecretBytes) -> None:
    for refused in (
        lambda: pickle.dumps(secret),
        lambda: copy.copy(secret),
        lambda: copy.deepcopy(secret),
        lambda: copy.deepcopy([secret]),
        lambda: json.dumps(secret),
        lambda: json.dumps({"key": secret}),
        lambda: msgspec.json.encode(secret),
        lambda: msgspec.msgpack.encode(secret),
        lambda: msgspec.to_builtins(secret),
        lambda: bytes(secret),
        lambda: bytearray(secret),  # type: ignore[call-overload]  # likewise
        lambda: list(secret),  # type: ignore[call-overload]  # likewise
    ):
        with pytest.raises(TypeError):
            refused()
    assert not hasattr(secret, "__dict__")


def test_t92_private_key_is_redacted() -> None:
    _, der = generate_key_pair()
    key = PrivateKey.from_pkcs8(der)
    assert repr(key) == "<PrivateKey: secret>"
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        copy.deepcopy(key)


def test_t92_tracebacks_hold_no_secret() -> None:
    secret = SymmetricKey(bytearray(CANARY * 2))

    def fail(_given: SymmetricKey) -> None:
        raise ValueError(_given)

    with pytest.raises(ValueError, match="SymmetricKey: secret") as caught:
        fail(secret)
    shown = "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    )
    assert "canary" not in shown
    assert "SymmetricKey: secret" in shown


SECRET_WORD = "Passphrase-canary"


def failures() -> dict[str, Callable[[], object]]:
    """Every way out of this room by an exception, each with secrets in its hands."""
    key, other = SymmetricKey(bytearray(CANARY * 2)), SymmetricKey.generate()
    data_key = DataKey(bytearray(CANARY))
    no_text = encrypt(key, b"\xff" + CANARY)
    text = encrypt_text(key, SECRET_WORD)
    sealed = seal(data_key, CANARY, b"here")
    weak = Kdf(kdf_type=KdfType.PBKDF2_SHA256, iterations=1)
    _public, der = generate_key_pair()
    private = PrivateKey.from_pkcs8(der, authenticated=True)
    return {
        "another key": lambda: decrypt_text(other, text),
        "no text inside": lambda: decrypt_text(key, no_text),
        "a changed text": lambda: decrypt(key, text[:-5] + "AAA="),
        "no EncString": lambda: decrypt(key, SECRET_WORD),
        "no key inside": lambda: unwrap_key(key, text),
        "no user key": lambda: unwrap_user_key(key, no_text),
        "a bad length": lambda: SymmetricKey(bytearray(CANARY)),
        "a bad user key": lambda: parse_user_key(bytearray(CANARY + b"x")),
        "a bad packed key": lambda: unpack_user_key(bytearray(CANARY)),
        "a bad data key": lambda: open_data_key(key, no_text),
        "another place": lambda: open_sealed(data_key, sealed, b"there"),
        "weak settings": lambda: derive_master_key(SECRET_WORD, "a@b.example", weak),
        "no private key": lambda: PrivateKey.from_pkcs8(bytearray(CANARY)),
        "nothing wrapped": lambda: private.unwrap("4." + base64.b64encode(CANARY * 8).decode()),
        "no public key": lambda: PublicKey.from_der(CANARY),
        "wiped": lambda: _wiped().view(),
    }


def _wiped() -> SecretBytes:
    gone = SecretBytes(bytearray(CANARY))
    gone.wipe()
    return gone


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and all it came from, also those that are not shown."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__]


@pytest.mark.parametrize("way", failures())
def test_t92_no_exception_tells_what_it_was_given(way: str) -> None:
    with pytest.raises(ClavigerError) as caught:
        failures()[way]()
    raw = (CANARY, SECRET_WORD.encode())
    hidden = [
        form for one in raw for form in (one.decode(), one.hex(), base64.b64encode(one).decode())
    ]
    shown = "".join(traceback.format_exception(caught.value))
    # The lines of this test itself hold no value: they name it.
    for error in chain(caught.value):
        shown += f"{error} {error!r} {error.args!r} {vars(error)!r}"
        shown += repr([getattr(error, name, None) for name in ("object", "doc", "__notes__")])
    assert [form for form in hidden if form in shown] == []


def test_t92_no_error_of_ours_takes_a_secret_as_text() -> None:
    """Whatever a secret is handed to, also by mistake, shows its type and nothing of it."""
    secret = SymmetricKey(bytearray(CANARY * 2))
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)
             and issubclass(kind, Exception)]  # fmt: skip
    assert len(kinds) > 30
    made = 0
    for kind in kinds:
        for count in range(5):
            with contextlib.suppress(TypeError, AttributeError):
                error = kind(*[secret] * count)
                made += count > 0
                shown = f"{error} {error!r} {vars(error)!r} {traceback.format_exception(error)}"
                assert "canary" not in shown, kind
    assert made > 20


def test_wiped_secret_is_zero_and_locked() -> None:
    data = bytearray(CANARY)
    secret = SecretBytes(data)
    secret.wipe()
    assert data == bytes(len(CANARY))
    assert secret.is_wiped
    assert len(secret) == len(CANARY)
    with pytest.raises(Locked):
        secret.view()


def test_matches_compares_contents() -> None:
    assert SecretBytes(bytearray(CANARY)).matches(SecretBytes(bytearray(CANARY)))
    assert not SecretBytes(bytearray(CANARY)).matches(SecretBytes(bytearray(32)))


def test_t79_lock_overwrites_every_registered_secret() -> None:
    registry = KeyRegistry()
    buffers = [bytearray(CANARY * 2) for _ in range(50)]
    keys = [registry.add(SymmetricKey(buffer)) for buffer in buffers]
    _, der = generate_key_pair()
    private = registry.add(PrivateKey.from_pkcs8(der))
    assert len(registry) == 51
    registry.wipe()
    assert all(buffer == bytes(64) for buffer in buffers)
    assert all(key.is_wiped for key in keys)
    assert private.is_wiped
    assert len(registry) == 0
    with pytest.raises(Locked):
        private.public()


def test_t79_reply_after_lock_leaves_no_key() -> None:
    registry = KeyRegistry()
    registry.wipe()
    late = bytearray(CANARY * 2)
    key = SymmetricKey(late)
    with pytest.raises(Locked):
        registry.add(key)
    assert late == bytes(64)
    assert registry.is_shut
    registry.reopen()
    assert registry.add(SymmetricKey.generate()).is_wiped is False


def test_t79_discard_wipes_one() -> None:
    registry = KeyRegistry()
    first, second = (registry.add(SymmetricKey.generate()) for _ in range(2))
    registry.discard(first)
    assert first.is_wiped
    assert not second.is_wiped
    assert "1 secrets" in repr(registry)


class LockedMidway(SymmetricKey):
    """A lock from another thread falls between the two halves of an encryption."""

    __slots__ = ()

    @property
    def mac(self) -> memoryview:
        view = super().mac
        self.wipe()
        return view


def test_t79_ciphertext_of_a_half_wiped_key_never_leaves() -> None:
    good = SymmetricKey.generate()
    for call in (
        lambda key: encrypt_text(key, "text"),
        lambda key: encrypt_many(key, ["text"]),
        lambda key: encrypt_with_iv(key, b"text", bytes(16)),
        lambda key: wrap_key(key, good),
    ):
        with pytest.raises(Locked):
            call(LockedMidway(bytearray(64)))


def test_registry_tells_what_it_holds() -> None:
    registry = KeyRegistry()
    key = registry.add(SymmetricKey.generate())
    assert registry.secrets() == (key,)
    with pytest.raises(TypeError):
        key.__getstate__()


def test_take_empties_its_source() -> None:
    source = bytes(bytearray(CANARY))
    assert take(source) == bytearray(CANARY)
    assert source == bytes(len(CANARY))


def test_overwrite_leaves_shared_objects_alone() -> None:
    overwrite(b"")
    overwrite(b"x")
    assert bytes([120]) == b"x"


@pytest.mark.parametrize("size", [0, 16, 32, 63, 65, 128])
def test_t06_only_64_bytes_make_a_key(size: int) -> None:
    data = bytearray(b"k" * size)
    with pytest.raises(CannotDecrypt):
        SymmetricKey(data)
    assert data == bytes(size)


def test_data_key_has_32_bytes() -> None:
    assert len(DataKey.generate()) == 32
    with pytest.raises(CannotDecrypt):
        DataKey(bytearray(16))
