"""Type-2 EncStrings: strict, authenticated before decrypted, one error for everything."""

from __future__ import annotations

import ast
import base64
import hmac
import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desktop.crypto.encstring
from desktop.crypto.encstring import (
    assemble,
    decrypt,
    decrypt_text,
    encrypt,
    encrypt_many,
    encrypt_many_with_ivs,
    encrypt_text,
    encrypt_with_iv,
    unwrap_key,
    wrap_key,
)
from desktop.crypto.kdf import derive_master_key, stretch
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PrivateKey
from desktop.domain.errors import CannotDecrypt, Locked
from desktop.domain.limits import encrypted_length
from tests.crypto.iv_probe import repeats
from tests.crypto.vectors import VECTORS, kdf_of, key_of

KEY = SymmetricKey(bytearray(range(64)))
GOOD = encrypt_with_iv(KEY, b"sixteen byte txt", bytes(16))
CRYPTO = Path(desktop.crypto.encstring.__file__).parent


def parts(text: str) -> list[str]:
    return text[2:].split("|")


def sealed(plain_padded: bytes, *, initial: bytes = bytes(16)) -> str:
    """A type-2 string with a right MAC over whatever ciphertext, for padding faults."""
    text = encrypt_with_iv(KEY, plain_padded, initial)
    iv, data, _ = (base64.b64decode(part) for part in parts(text))
    data = data[: len(plain_padded)]
    mac = hmac.digest(KEY.mac, iv + data, "sha256")
    return "2." + "|".join(base64.b64encode(part).decode() for part in (iv, data, mac))


# --- round trips ------------------------------------------------------------------------------


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_bytes_survive(plain: bytes) -> None:
    text = encrypt(KEY, plain)
    assert decrypt(KEY, text) == plain
    assert len(text) == encrypted_length(len(plain))


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_text_survives(text: str) -> None:
    assert decrypt_text(KEY, encrypt_text(KEY, text)) == text


@given(st.lists(st.text(max_size=600), max_size=40), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_fast_path_equals_plain_form(texts: list[str], seed: int) -> None:
    plains = [text.encode() for text in texts]
    initials = random.Random(seed).randbytes(16 * len(plains))
    expected = [
        encrypt_with_iv(KEY, plain, initials[at * 16 : at * 16 + 16])
        for at, plain in enumerate(plains)
    ]
    assert encrypt_many_with_ivs(KEY, plains, initials) == expected


def test_fast_path_at_every_length() -> None:
    plains = [bytes([at % 256]) * at for at in range(420)]
    initials = os.urandom(16 * len(plains))
    assert encrypt_many_with_ivs(KEY, plains, initials) == [
        encrypt_with_iv(KEY, plain, initials[at * 16 : at * 16 + 16])
        for at, plain in enumerate(plains)
    ]


def test_fast_path_keeps_order_over_groups() -> None:
    texts = [f"item {at}" * (at % 7) for at in range(8_500)]
    assert [decrypt_text(KEY, text) for text in encrypt_many(KEY, texts)] == texts
    assert encrypt_many(KEY, []) == []


def test_lone_surrogates_become_replacement_characters() -> None:
    assert decrypt_text(KEY, encrypt_text(KEY, "a\ud800b")) == "a\ufffdb"
    assert decrypt_text(KEY, encrypt_many(KEY, ["a\udfffb"])[0]) == "a\ufffdb"


def test_keys_wrap_keys() -> None:
    inner = SymmetricKey.generate()
    assert unwrap_key(KEY, wrap_key(KEY, inner)).matches(inner)


# --- published vectors ------------------------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS["nist_cbc"], ids=lambda v: v["ciphertext"][:8])
def test_t24_aes_cbc_of_nist(vector: dict[str, str]) -> None:
    key = key_of(vector["key"])
    plain, initial = bytes.fromhex(vector["plaintext"]), bytes.fromhex(vector["iv"])
    for text in (
        encrypt_with_iv(key, plain, initial),
        encrypt_many_with_ivs(key, [plain], initial)[0],
    ):
        assert base64.b64decode(parts(text)[1])[: len(plain)].hex() == vector["ciphertext"]
        assert decrypt(key, text) == plain


def account_user_key() -> SymmetricKey:
    account = VECTORS["account"]
    master = derive_master_key(account["password"], account["email"], kdf_of(account["kdf"]))
    return unwrap_key(stretch(master), account["user_key"])


def test_t24_user_key_of_the_sdk_account() -> None:
    key = account_user_key()
    der = decrypt(key, VECTORS["account"]["private_key"])
    assert PrivateKey.from_pkcs8(der).public().b64 == VECTORS["account"]["public_key"]


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["0", "1", "3", "4", "5", "6", "7", "8", "9", "22", "", " 2", "+2"]
)
def test_t05_only_type_2_is_opened(kind: str) -> None:
    body = GOOD[2:]
    two = "|".join(parts(GOOD)[:2])
    for text in (f"{kind}.{body}", f"{kind}.{two}", f"{kind}.{parts(GOOD)[1]}"):
        with pytest.raises(CannotDecrypt):
            decrypt(KEY, text)
        with pytest.raises(CannotDecrypt):
            unwrap_key(KEY, text)


@pytest.mark.parametrize("text", ["|".join(parts(GOOD)), "|".join(parts(GOOD)[:2]), "", "2", "2."])
def test_t05_headerless_strings_are_refused(text: str) -> None:
    with pytest.raises(CannotDecrypt):
        decrypt(KEY, text)


def test_t05_legacy_user_key_is_refused() -> None:
    legacy = VECTORS["legacy"]
    master = derive_master_key(legacy["password"], legacy["email"], kdf_of(legacy["kdf"]))
    with pytest.raises(CannotDecrypt):
        unwrap_key(stretch(master), legacy["user_key"])


def test_t06_downgraded_string_is_refused() -> None:
    vector = VECTORS["downgrade"]
    key = SymmetricKey(bytearray(base64.b64decode(vector["key"])))
    with pytest.raises(CannotDecrypt):
        decrypt_text(key, vector["text"])
    with pytest.raises(CannotDecrypt):
        SymmetricKey(bytearray(base64.b64decode(vector["short_key"])))


@pytest.mark.parametrize("size", [0, 32, 63, 65, 128])
def test_t06_other_lengths_are_no_keys(size: int) -> None:
    with pytest.raises(CannotDecrypt):
        unwrap_key(KEY, encrypt(KEY, bytes(size)))


def test_t06_one_call_site_decrypts_cbc_after_the_mac() -> None:
    """Static: `decryptor()` occurs once in the room, behind `compare_digest` in one function."""
    sites = []
    for path in sorted(CRYPTO.glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            calls = [
                node.func.attr
                for node in ast.walk(function)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            ]
            if "decryptor" in calls:
                sites.append((path.name, function))
    assert [(name, function.name) for name, function in sites] == [("encstring.py", "decrypt")]
    body = sites[0][1].body
    guards = [
        at
        for at, node in enumerate(body)
        if isinstance(node, ast.If)
        and "compare_digest" in ast.dump(node.test)
        and any(isinstance(inner, ast.Raise) for inner in node.body)
    ]
    uses = [at for at, node in enumerate(body) if "decryptor" in ast.dump(node)]
    assert len(guards) == len(uses) == 1
    assert guards[0] < uses[0]


def outcome(text: str) -> tuple[type[Exception], tuple[object, ...], object, object]:
    try:
        decrypt_text(KEY, text)
    except Exception as error:
        return type(error), error.args, error.__cause__, error.__suppress_context__ or None
    raise AssertionError("opened")


def test_t07_every_fault_is_the_same_error() -> None:
    initial, data, mac = parts(GOOD)
    faults = [
        f"2.{initial}|{data}|{base64.b64encode(bytes(32)).decode()}",
        f"2.{initial}|{mac}|{data}",
        f"2.{initial}|{data}",
        f"2.{initial}|{data}|{mac[:-4]}",
        f"2.!{initial}|{data}|{mac}",
        sealed(b"\x00" * 16),
        sealed(b"\x11" * 16),
        sealed(b"x" * 14 + b"\x03\x02"),
        encrypt(KEY, b"\xff\xfe not utf-8"),
        "",
    ]
    seen = {outcome(text)[:3] for text in faults}
    assert seen == {(CannotDecrypt, (), None)}


def test_t07_random_bit_flips_never_open() -> None:
    rng = random.Random(7)
    raw = [bytearray(base64.b64decode(part)) for part in parts(GOOD)]
    for _ in range(10_000):
        flipped = [bytearray(part) for part in raw]
        part = rng.choice(flipped)
        part[rng.randrange(len(part))] ^= 1 << rng.randrange(8)
        text = "2." + "|".join(base64.b64encode(one).decode() for one in flipped)
        with pytest.raises(CannotDecrypt) as caught:
            decrypt(KEY, text)
        assert caught.value.args == ()


def test_t07_macs_are_compared_in_constant_time() -> None:
    source = (CRYPTO / "encstring.py").read_text(encoding="utf-8")
    assert "hmac.compare_digest(wanted, mac)" in source
    assert "mac ==" not in source
    assert "== mac" not in source


def test_t07_wrong_key_is_the_same_error() -> None:
    with pytest.raises(CannotDecrypt) as caught:
        decrypt(SymmetricKey.generate(), GOOD)
    assert caught.value.args == ()


def malformed() -> list[str]:
    initial, data, mac = parts(GOOD)
    texts = []
    for at, part in enumerate((initial, data, mac)):
        others = [initial, data, mac]
        changes = (
            part.rstrip("="),
            part + "=",
            part + "\n",
            " " + part,
            part[:4] + " " + part[4:],
            part[:4] + "\n" + part[4:],
            part[:4] + "%" + part[4:],
            part.replace("=", "", 1),
            part.replace("+", "-").replace("/", "_") + "_",
            part[:-4],
            part + part,
            part + "AAAA",
            "",
            "=",
            "====",
            "\u0661" * 8,
            part[:-2] + "é=",
            part.lower(),
        )
        texts += ["2." + "|".join([*others[:at], one, *others[at + 1 :]]) for one in changes]
    texts += [GOOD + "|", GOOD + "|" + mac, "|" + GOOD, GOOD + " ", " " + GOOD, GOOD + "\0"]
    texts += [GOOD.replace("|", "||"), GOOD.replace("|", "/"), GOOD.replace(".", ",")]
    texts += ["2." + "|" * count for count in range(6)]
    texts += [f"2.{'A' * count}|{data}|{mac}" for count in range(1, 34)]
    texts += [f"2.{initial}|{'A' * count}|{mac}" for count in range(1, 34)]
    texts += [f"2.{initial}|{data}|{'A' * count}" for count in range(1, 34)]
    texts += ["2" * count for count in range(20)] + ["." * count for count in range(20)]
    return texts


def test_t08_malformed_strings_are_refused() -> None:
    texts = malformed()
    assert len(texts) >= 200
    for text in texts:
        with pytest.raises(CannotDecrypt):
            decrypt(KEY, text)


@pytest.mark.parametrize("sizes", [(15, 16), (17, 16), (0, 16), (16, 0), (16, 15), (16, 17)])
def test_t08_odd_lengths_are_refused_even_with_a_right_mac(sizes: tuple[int, int]) -> None:
    initial, data = (bytes(size) for size in sizes)
    mac = hmac.digest(KEY.mac, initial + data, "sha256")
    with pytest.raises(CannotDecrypt):
        decrypt(KEY, assemble(initial, data, mac))


def test_t08_non_canonical_tails_are_refused() -> None:
    """`QQ==` and `QR==` decode to the same byte; only the first is canonical."""
    initial, data, mac = parts(GOOD)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    tail = alphabet.index(initial[-3])
    other = initial[:-3] + alphabet[tail + 1] + "=="
    assert base64.b64decode(other) == base64.b64decode(initial)
    with pytest.raises(CannotDecrypt):
        decrypt(KEY, f"2.{other}|{data}|{mac}")


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_t08_any_text_gives_the_one_error(text: str) -> None:
    for hostile in (text, "2." + text):
        with pytest.raises(CannotDecrypt):
            decrypt_text(KEY, hostile)


def test_t23_every_encryption_has_its_own_iv() -> None:
    """A million by `dev.py faults --all`."""
    assert repeats(100_000) == 0


def test_t23_what_comes_twice_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.crypto.encstring.os.urandom", bytes)
    assert repeats(1_000) > 900


def test_t23_keys_are_made_here_and_differ() -> None:
    """Never taken from an answer: what makes one has no other source than the system."""
    assert len({bytes(SymmetricKey.generate().view()) for _ in range(500)}) == 500
    names = {path.name for path in CRYPTO.glob("*.py") if "os.urandom(" in path.read_text("utf-8")}
    assert names == {"encstring.py", "keys.py", "seal.py"}


def test_t23_randomness_comes_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def trap(*_arguments: Any) -> None:
        raise AssertionError("the pseudo-random generator was asked")

    with monkeypatch.context() as patch:
        for name in ("random", "randbytes", "getrandbits", "randint", "randrange", "choice"):
            patch.setattr(random, name, trap)
        encrypt_many(SymmetricKey.generate(), [encrypt_text(KEY, "text")])
    sources = "".join(path.read_text(encoding="utf-8") for path in CRYPTO.glob("*.py"))
    assert "import random" not in sources
    assert "import secrets" not in sources


def test_wiped_keys_do_nothing() -> None:
    key = SymmetricKey.generate()
    text = encrypt_text(key, "text")
    key.wipe()
    for call in (
        lambda: encrypt_text(key, "text"),
        lambda: encrypt_many(key, ["text"]),
        lambda: decrypt(key, text),
        lambda: wrap_key(KEY, key),
    ):
        with pytest.raises(Locked):
            call()
