"""Lies on the way in: settings of key derivation, salts, other ways, other people, other kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from desktop.domain.errors import (
    AccountDowngraded,
    CannotDecrypt,
    IdentityChanged,
    KdfOutOfBounds,
    KdfWeakened,
    NoProvider,
    NotOurServer,
    SaltDiffers,
    SignInUnsupported,
    TwoStepRequired,
    TwoStepUnsupported,
)
from tests.malicious.lies import (
    PRELOGIN,
    PROFILE,
    TOKEN,
    UNLOCK,
    Edited,
    Lie,
    Made,
    Told,
    Value,
    bent,
    evil,
    joined,
    put,
    put_made,
    refused,
    unharmed,
)
from tests.malicious.victim import (
    AGAIN,
    ANEW,
    BY_KEY,
    NEW_CLIENT,
    PASSWORD,
    READ,
    WRITE,
    Facts,
    Journey,
)

Settings = dict[str, Any]


def _settings(kind: Any, iterations: Any, memory: Any = None, lanes: Any = None) -> Settings:
    return {"kdfType": kind, "iterations": iterations, "memory": memory, "parallelism": lanes}


WEAK: Final[dict[str, Settings]] = {
    "4999": _settings(0, 4_999),
    "argon 15 MiB": _settings(1, 3, 15, 4),
    "text": _settings(0, "600000"),
    "one": _settings(0, 1),
    "zero": _settings(0, 0),
    "negative": _settings(0, -1),
    "null": _settings(0, None),
    "fraction": _settings(0, 600_000.5),
    "argon 1 round": _settings(1, 1, 64, 4),
    "argon no lane": _settings(1, 3, 64, 0),
    "argon no memory": _settings(1, 3, None, 4),
    "unknown": _settings(7, 600_000),
    "no kind": _settings(None, 600_000),
}
ABSURD: Final[dict[str, Settings]] = {
    "2^31": _settings(0, 2**31),
    "64 GiB": _settings(1, 3, 65_536, 4),
    "2000001": _settings(0, 2_000_001),
    "1025 MiB": _settings(1, 3, 1_025, 4),
    "argon 11 rounds": _settings(1, 11, 64, 4),
    "17 lanes": _settings(1, 3, 64, 17),
}
# All of them at the first position, these at each other one.
_FEW: Final = 3
_NAMES: Final = ("kdfType", "iterations", "memory", "parallelism")


def _in_prelogin(settings: Settings) -> Made:
    return put(settings, "kdfSettings")


def _in_old_prelogin(settings: Settings) -> Made:
    """As servers before 2026 say it."""
    places = ("kdf", "kdfIterations", "kdfMemory", "kdfParallelism")
    said = [put(settings[name], at) for name, at in zip(_NAMES, places, strict=True)]
    return joined(bent("remove", "kdfSettings"), *said)


def _in_token(settings: Settings) -> Made:
    return put(settings, f"{UNLOCK}.Kdf")


def _in_old_token(settings: Settings) -> Made:
    places = ("Kdf", "KdfIterations", "KdfMemory", "KdfParallelism")
    said = [put(settings[name], at) for name, at in zip(_NAMES, places, strict=True)]
    return joined(bent("remove", f"{UNLOCK}.Kdf"), *said)


Position = tuple[str, str, Journey, Callable[[Settings], Made], int]
KDF_POSITIONS: Final[tuple[Position, ...]] = (
    ("prelogin", PRELOGIN, PASSWORD, _in_prelogin, 0),
    ("prelogin", PRELOGIN, AGAIN, _in_prelogin, 0),
    ("old prelogin", PRELOGIN, PASSWORD, _in_old_prelogin, 0),
    ("token", TOKEN, BY_KEY, _in_token, 1),
    ("old token", TOKEN, BY_KEY, _in_old_token, 1),
)


def kdf_lies() -> Iterator[Lie]:
    """T01, T02: nothing is derived and no hash is sent."""
    for family, sets in (("T01", WEAK), ("T02", ABSURD)):
        for number, (position, path, journey, at, tokens) in enumerate(KDF_POSITIONS):
            for variant in [*sets][: None if number == 0 else _FEW]:
                expect = refused(KdfOutOfBounds, NotOurServer, tokens=tokens)
                rules = ((path, at(sets[variant])),)
                yield Edited(family, position, variant, journey, expect, rules)


def weaker_lies() -> Iterator[Lie]:
    """T03: the account was made with twice as many rounds."""
    half = _settings(0, 5_000)
    for position, path, journey, at, tokens in (
        ("prelogin", PRELOGIN, ANEW, _in_prelogin, 0),
        ("prelogin", PRELOGIN, AGAIN, _in_prelogin, 0),
        ("old prelogin", PRELOGIN, AGAIN, _in_old_prelogin, 0),
        ("token", TOKEN, PASSWORD, _in_token, 1),
        ("old token", TOKEN, PASSWORD, _in_old_token, 1),
    ):
        expect = refused(KdfWeakened, tokens=tokens)
        yield Edited("T03", position, "half", journey, expect, ((path, at(half)),))


def salt_lies() -> Iterator[Lie]:
    """T04: the salt is the address that was typed, and the account is that address's."""
    another = "mallory@evil.example"
    for variant, salt in (("another", another), ("long", "x" * 300)):
        for journey in (PASSWORD, ANEW, AGAIN):
            rules = ((PRELOGIN, put(salt, "salt")),)
            expect = refused(SaltDiffers, tokens=0)
            yield Edited("T04", "salt in prelogin", variant, journey, expect, rules)
    # An empty one is none.
    rules = ((PRELOGIN, put("", "salt")),)
    yield Edited("T04", "salt in prelogin", "empty", PASSWORD, unharmed(), rules)
    rules = ((PRELOGIN, put(7, "salt")),)
    expect = refused(NotOurServer, tokens=0)
    yield Edited("T04", "salt in prelogin", "number", PASSWORD, expect, rules)
    for journey in (PASSWORD, BY_KEY):
        rules = ((TOKEN, put(another, f"{UNLOCK}.Salt")),)
        expect = refused(SaltDiffers, tokens=1)
        yield Edited("T04", "salt in token", "another", journey, expect, rules)
    for journey in (PASSWORD, ANEW, BY_KEY):
        rules = ((PROFILE, put(another, "email")),)
        expect = refused(IdentityChanged)
        yield Edited("T04", "address in profile", "another", journey, expect, rules)


def identity_lies() -> Iterator[Lie]:
    """T38: the same desk serves the same person at the same provider."""
    other = "00000000-0000-4000-8000-000000000001"
    for journey in (READ, AGAIN, WRITE, NEW_CLIENT):
        rules = ((PROFILE, put(other, "id")),)
        yield Edited("T38", "id in profile", "another", journey, refused(IdentityChanged), rules)
    for variant, made in (
        ("gone", put([], "providers")),
        ("another", put(other, "providers.*.id")),
        ("unconfirmed", put(1, "providers.*.status")),
        ("reseller", put(1, "providers.*.providerType")),
    ):
        expect = refused(NoProvider, NotOurServer, IdentityChanged)
        yield Edited("T38", "provider in profile", variant, WRITE, expect, ((PROFILE, made),))


_OPTIONS: Final = "UserDecryptionOptions"
_NO_PASSWORD: Final = put(False, f"{_OPTIONS}.HasMasterPassword")


def _connector(facts: Facts) -> dict[str, str]:
    return {"KeyConnectorUrl": facts.evil}


def way_lies() -> Iterator[Lie]:
    """T17: ways to sign in that there are not; no key goes to an address that the server names."""
    connector = put_made(_connector, f"{_OPTIONS}.KeyConnectorOption")
    passkey = {"EncryptedPrivateKey": "2.x", "EncryptedUserKey": "4.x"}
    ways: dict[str, Made] = {
        "key connector": joined(_NO_PASSWORD, connector),
        "key connector beside a password": connector,
        "key connector of old": joined(
            put(True, "ApiUseKeyConnector"), put_made(evil, "KeyConnectorUrl")
        ),
        "trusted device": joined(
            _NO_PASSWORD, put({"HasAdminApproval": True}, f"{_OPTIONS}.TrustedDeviceOption")
        ),
        "no password": _NO_PASSWORD,
        "passkey": joined(_NO_PASSWORD, put(passkey, f"{_OPTIONS}.WebAuthnPrfOption")),
    }
    for variant, made in ways.items():
        for journey in (PASSWORD, BY_KEY, AGAIN):
            expect = refused(SignInUnsupported)
            yield Edited("T17", "ways in token", variant, journey, expect, ((TOKEN, made),))


def _asks_for(method: str) -> Value:
    def body(facts: Facts) -> Any:
        told = {"Host": facts.evil, "AuthUrl": facts.evil, "Signature": "TX|APP"}
        return {"error": "invalid_grant", "TwoFactorProviders2": {method: told}}

    return body


def _single_sign_on(facts: Facts) -> Any:
    return {
        "error": "invalid_grant",
        "error_description": "SSO authentication is required.",
        "SsoOrganizationIdentifier": facts.evil,
    }


def step_lies() -> Iterator[Lie]:
    """T17: second steps that name an address of their own."""
    for method, kind in (
        ("2", TwoStepUnsupported),
        ("6", TwoStepUnsupported),
        ("7", TwoStepUnsupported),
        ("1", TwoStepRequired),
    ):
        body, expect = _asks_for(method), refused(kind, tokens=1)
        yield Told("T17", "second step", method, PASSWORD, expect, TOKEN, 400, body)
    expect = refused(SignInUnsupported, tokens=1)
    yield Told("T17", "single sign-on", "elsewhere", PASSWORD, expect, TOKEN, 400, _single_sign_on)


def signed_lies() -> Iterator[Lie]:
    """T18: the account is of the older kind; signs of the newer one make it half of each."""
    pair = {"wrappedSigningKey": "7.oA==", "verifyingKey": "oA==", "object": "signatureKeyPair"}
    state = {"securityState": "oA==", "securityVersion": 2}
    expect = refused(SignInUnsupported, CannotDecrypt, AccountDowngraded)
    for journey in (PASSWORD, BY_KEY):
        for position, path, variant, made in (
            ("token", TOKEN, "signature added", put(pair, "AccountKeys.signatureKeyPair")),
            ("profile", PROFILE, "signature added", put(pair, "accountKeys.signatureKeyPair")),
            ("profile", PROFILE, "state added", put(state, "accountKeys.securityState")),
        ):
            yield Edited("T18", position, variant, journey, expect, ((path, made),))


def downgrade_lies() -> Iterator[Lie]:
    """T18: the account has signed keys; every answer that lacks a part of that is refused.

    On a desk that has never seen it, too: the parts that are left do not fit together.
    """
    pair, state = "accountKeys.signatureKeyPair", "accountKeys.securityState"
    expect = refused(SignInUnsupported, CannotDecrypt, AccountDowngraded)
    for position, path, variant, made in (
        ("token", TOKEN, "no signature", bent("remove", "AccountKeys.signatureKeyPair")),
        ("profile", PROFILE, "no signature", put(None, pair)),
        ("profile", PROFILE, "no state", put(None, state)),
        ("profile", PROFILE, "neither", put(None, pair, state)),
        ("profile", PROFILE, "another state", put("oA==", f"{state}.securityState")),
        ("profile", PROFILE, "no signing key", put("7.oA==", f"{pair}.wrappedSigningKey")),
        ("profile", PROFILE, "a number as state", put(2, f"{state}.securityState")),
    ):
        for journey in (PASSWORD, ANEW, BY_KEY):
            yield Edited("T18", f"signed {position}", variant, journey, expect, ((path, made),))
    for kind in ("0", "2", "6", ""):
        places = ("accountKeys.publicKeyEncryptionKeyPair.wrappedPrivateKey", "privateKey")
        rules = ((PROFILE, bent("type", *places, value=kind)),)
        yield Edited("T18", "signed private key", f"type {kind}", PASSWORD, expect, rules)
