"""Lies about keys and what is sealed with them: types, bits, sizes, owners, strangers."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from desktop.domain.errors import (
    CannotDecrypt,
    IdentityChanged,
    NotOurServer,
    SignInUnsupported,
    WrongPassword,
)
from desktop.practice import keys
from tests.crypto.test_rsa import BAD_KEYS
from tests.malicious.lies import (
    ASKED,
    CLIENTS,
    COLLECTIONS,
    DETAILS,
    MEMBER_PUBLIC_KEYS,
    PROFILE,
    STAFF_PUBLIC_KEYS,
    TOKEN,
    UNLOCK,
    Edited,
    Expect,
    Lie,
    Value,
    add_made,
    bent,
    closed_rows,
    no_write_for,
    nobody_got_a_key,
    nothing_written,
    put,
    put_made,
    refused,
    unharmed,
)
from tests.malicious.victim import (
    AGAIN,
    ANEW,
    APPROVAL,
    BY_KEY,
    DAY,
    LOUD,
    MEMBER_KEYS,
    NEW_CLIENT,
    PASSWORD,
    PLANTED,
    READ,
    STAFF_KEYS,
    Facts,
    Journey,
    Outcome,
)

STRANGER: Final = "00000000-0000-4000-8000-00000000cafe"

USER_KEY: Final = (f"{UNLOCK}.MasterKeyEncryptedUserKey", "Key")
PRIVATE_IN_TOKEN: Final = (
    "AccountKeys.publicKeyEncryptionKeyPair.wrappedPrivateKey",
    "PrivateKey",
)
PRIVATE: Final = ("accountKeys.publicKeyEncryptionKeyPair.wrappedPrivateKey", "privateKey")
PROVIDER_KEY: Final = ("providers.*.key",)
Places = tuple[tuple[str, tuple[str, ...]], ...]
CLIENT_KEY: Final[Places] = (
    (PROFILE, ("providerOrganizations.*.key",)),
    (CLIENTS, ("data.*.key",)),
)

CLOSED: Final = refused(CannotDecrypt)
REFUSED: Final = refused(SignInUnsupported, CannotDecrypt, WrongPassword, IdentityChanged)
FLAGGED: Final = unharmed(lambda outcome: closed_rows(outcome) and nothing_written(outcome))


@dataclass(frozen=True)
class Sealed:
    """Where an EncString is read, and what must come of it spoilt; of one bit of it, `flipped`."""

    position: str
    places: Places
    journeys: tuple[Journey, ...]
    expect: Expect
    flipped: Expect


SEALED: Final = (
    Sealed("user key", ((TOKEN, USER_KEY),), (PASSWORD, AGAIN, BY_KEY), REFUSED, REFUSED),
    # The one of the profile is used.
    Sealed("private key in token", ((TOKEN, PRIVATE_IN_TOKEN),), (PASSWORD,), REFUSED, unharmed()),
    Sealed("private key", ((PROFILE, PRIVATE),), (PASSWORD, BY_KEY), CLOSED, CLOSED),
    Sealed("provider key", ((PROFILE, PROVIDER_KEY),), (PASSWORD, BY_KEY), CLOSED, CLOSED),
    Sealed("client key", CLIENT_KEY, (PASSWORD,), CLOSED, CLOSED),
    Sealed("collection name", ((COLLECTIONS, ("data.*.name",)),), (READ,), FLAGGED, FLAGGED),
    Sealed("name in details", ((DETAILS, ("data.*.name",)),), (LOUD,), FLAGGED, FLAGGED),
    Sealed("key of a device", ((ASKED, ("key",)),), (APPROVAL,), CLOSED, CLOSED),
)
KINDS: Final = ("0", "1", "3", "5", "6", "7", "9", "")


def sealed_lies() -> Iterator[Lie]:
    """T05, T07: another type and no type, a wrong MAC."""
    for one in SEALED:
        for journey in one.journeys:
            for kind in KINDS:
                rules = tuple((path, bent("type", *at, value=kind)) for path, at in one.places)
                variant = f"type {kind}" if kind else "no header"
                yield Edited("T05", one.position, variant, journey, one.expect, rules)
            rules = tuple((path, bent("flip", *at)) for path, at in one.places)
            yield Edited("T07", one.position, "a bit", journey, one.flipped, rules)


def _zeros(size: int) -> Value:
    return lambda facts: facts.wrapped_for_victim(bytes(size))


def _under_zeros(size: int) -> Value:
    """A client's key that opens for whoever uses such a key by its parts."""
    return lambda facts: keys.encrypt(bytes(size), facts.attacker.key)


def odd_key_lies() -> Iterator[Lie]:
    """T06: RSA wrapping is unsigned, so anything can be given out as a key."""
    for size in (0, 16, 32, 63, 65, 128):
        provider = ((PROFILE, put_made(_zeros(size), *PROVIDER_KEY)),)
        # AES takes no key of no bytes.
        made = _under_zeros(max(size, 16))
        clients = tuple((path, put_made(made, *at)) for path, at in CLIENT_KEY)
        yield Edited("T06", "provider key", f"{size} bytes", PASSWORD, CLOSED, provider + clients)


def _foreign_user_key(facts: Facts) -> str:
    return keys.encrypt(facts.attacker.key, bytes(64))


def _foreign_private_key(facts: Facts) -> str:
    return keys.encrypt(facts.attacker.key, facts.attacker.private_key)


def _for_another(facts: Facts) -> str:
    return keys.wrap_for(facts.attacker.public_key, bytes(64))


CLIENT_KEYS: Final[dict[str, Value]] = {
    "wrapped by RSA": lambda facts: facts.wrapped_for_victim(facts.attacker.key),
    "under the attacker's": lambda facts: keys.encrypt(facts.attacker.key, facts.attacker.key),
    "in clear": lambda facts: base64.b64encode(facts.attacker.key).decode(),
    "half by RSA": lambda facts: facts.wrapped_for_victim(facts.attacker.key[:32]),
}


def foreign_key_lies() -> Iterator[Lie]:
    """T10: keys of another account, or of the attacker, where the account's own belong."""
    for journey in (PASSWORD, BY_KEY, AGAIN, ANEW):
        rules = ((TOKEN, put_made(_foreign_user_key, *USER_KEY)),)
        yield Edited("T10", "user key", "of another account", journey, REFUSED, rules)
    for journey in (PASSWORD, BY_KEY):
        rules = ((PROFILE, put_made(_foreign_private_key, *PRIVATE)),)
        yield Edited("T10", "private key", "of another account", journey, CLOSED, rules)
        rules = ((PROFILE, put_made(_for_another, *PROVIDER_KEY)),)
        yield Edited("T10", "provider key", "for another account", journey, CLOSED, rules)
    rules = ((ASKED, put_made(_for_another, "key")),)
    yield Edited("T10", "key of a device", "for another account", APPROVAL, CLOSED, rules)
    for variant, made in CLIENT_KEYS.items():
        everywhere = tuple((path, put_made(made, *at)) for path, at in CLIENT_KEY)
        yield Edited("T10", "client key", variant, PASSWORD, CLOSED, everywhere)


def _entry(made: Value) -> Value:
    return lambda facts: {
        "id": PLANTED, "name": "Planted", "key": made(facts), "enabled": True,
        "usePolicies": True, "providerId": None, "status": 2, "type": 0,
    }  # fmt: skip


def _row(made: Value) -> Value:
    return lambda facts: {
        "id": PLANTED, "providerId": PLANTED, "organizationId": PLANTED,
        "organizationName": "Planted", "key": made(facts), "plan": "Enterprise (Monthly)",
    }  # fmt: skip


def injected_lies() -> Iterator[Lie]:
    """T10: an organization that nobody made, with a key of the attacker."""
    for variant, made in CLIENT_KEYS.items():
        expect = unharmed(no_write_for(PLANTED))
        # Whatever the key: longer work meets it in one form.
        is_first = variant == next(iter(CLIENT_KEYS))
        for place in ("organizations", "providerOrganizations"):
            rules = ((PROFILE, add_made(_entry(made), place)),)
            for journey in (READ, NEW_CLIENT) if is_first else (READ,):
                yield Edited("T10", f"entry in {place}", variant, journey, expect, rules)
        rules = ((CLIENTS, add_made(_row(made), "data")),)
        for journey in (READ, DAY, NEW_CLIENT) if is_first else (READ,):
            yield Edited("T10", "row in list", variant, journey, expect, rules)


KEY_POSITIONS: Final = (
    ("keys of staff", STAFF_PUBLIC_KEYS, STAFF_KEYS),
    ("keys of members", MEMBER_PUBLIC_KEYS, MEMBER_KEYS),
)


def _has_no_phrase(outcome: Outcome) -> bool:
    bad = [one for one in outcome.candidates if one.problem is not None]
    return bool(bad) and all(one.phrase == () and one.public_key is None for one in bad)


def _nobody_is_offered(outcome: Outcome) -> bool:
    return nobody_got_a_key(outcome) and _has_no_phrase(outcome)


def _one_too_many(facts: Facts) -> Any:
    return {"id": STRANGER, "userId": STRANGER, "key": facts.attacker.public_key}


def bulk_lies() -> Iterator[Lie]:
    """T11, T13: keys find their people by id, and whoever is not asked for gets nothing."""
    for position, path, journey in KEY_POSITIONS:
        for variant, made, expect in (
            ("other order", bent("reverse", "data"), unharmed()),
            ("one missing", bent("drop", "data"), unharmed(_has_no_phrase)),
            ("one repeated", bent("repeat", "data"), refused(NotOurServer)),
            ("one too many", add_made(_one_too_many, "data"), refused(NotOurServer)),
            ("all of one person", put(STRANGER, "data.*.id"), refused(NotOurServer)),
            ("no row", put([[]], "data"), refused(NotOurServer)),
            ("no list", put({}, "data"), refused(NotOurServer)),
        ):
            yield Edited("T13", position, variant, journey, expect, ((path, made),))
        rules = ((path, put(STRANGER, "data.*.userId")),)
        expect = Expect(holds=_nobody_is_offered)
        yield Edited("T11", position, "for other users", journey, expect, rules)


def bad_key_lies() -> Iterator[Lie]:
    """T14: public keys out of bounds; `BAD_KEYS` are those of the unit tests."""
    texts: dict[str, Any] = {name: base64.b64encode(der).decode() for name, der in BAD_KEYS.items()}
    texts |= {"not base64": "%%%", "huge": "A" * 100_000, "number": 7, "null": None}
    for number, (position, path, journey) in enumerate(KEY_POSITIONS):
        for variant in [*texts][:: 3 * number + 1]:
            offered = isinstance(texts[variant], str)
            expect = Expect(
                () if offered else (NotOurServer,),
                holds=_nobody_is_offered if offered else nobody_got_a_key,
            )
            rules = ((path, put(texts[variant], "data.*.key")),)
            yield Edited("T14", position, variant, journey, expect, rules)
