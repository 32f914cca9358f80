"""Lies that a desk sees through because it remembers which keys it accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from desktop.domain.errors import CannotDecrypt, KeyBlocked
from desktop.practice import keys
from tests.malicious.key_lies import CLIENT_KEY, PROVIDER_KEY
from tests.malicious.lies import (
    CLIENTS,
    IMPORT_LISTING,
    MEMBER_PUBLIC_KEYS,
    ORGANIZATION_KEY,
    PROFILE,
    RECOVERY_DETAILS,
    STAFF_PUBLIC_KEYS,
    Edited,
    Expect,
    Lie,
    Made,
    Value,
    add_made,
    bent,
    evil,
    nobody_got_a_key,
    nothing_written,
    put,
    put_made,
    refused,
    unharmed,
)
from tests.malicious.victim import (
    CAREFUL,
    MEMBER_KEYS,
    NEW_CLIENT,
    PLANTED,
    PLANTED_CLIENT,
    READ,
    RECOVERY,
    STAFF_KEYS,
    TWICE,
    WRITE,
    Facts,
    Outcome,
)

BLOCKED: Final = refused(KeyBlocked)


def _fresh(facts: Facts) -> str:
    return facts.valid_key(facts.attacker.key)


def _of_another_client(facts: Facts) -> str:
    return next(text for name, text in facts.wrapped.items() if name != facts.client)


def _replayed_by_rsa(facts: Facts) -> str:
    return facts.wrapped_for_victim(facts.attacker.key)


def organization_lies() -> Iterator[Lie]:
    """T09: another key for a known client: nothing is written to it, reading goes on."""
    for variant, made in (
        ("a fresh valid one", _fresh),
        ("of another client", _of_another_client),
        ("wrapped by RSA", _replayed_by_rsa),
    ):
        everywhere = tuple((path, put_made(made, *at)) for path, at in CLIENT_KEY)
        for journey in (WRITE, MEMBER_KEYS, RECOVERY):
            yield Edited("T09", "client key", variant, journey, BLOCKED, everywhere)
        for position, rules in (("in profile", everywhere[:1]), ("in list", everywhere[1:])):
            yield Edited("T09", f"client key {position}", variant, WRITE, BLOCKED, rules)
        expect = unharmed(nothing_written)
        yield Edited("T09", "client key", variant, READ, expect, everywhere)


def provider_lies() -> Iterator[Lie]:
    """T10: another provider key, and whatever hangs on it."""
    new_provider = put_made(_replayed_by_rsa, *PROVIDER_KEY)
    own = tuple(
        (path, put_made(lambda facts: keys.encrypt(facts.attacker.key, facts.attacker.key), *at))
        for path, at in CLIENT_KEY
    )
    alone = ((PROFILE, new_provider),)
    for variant, rules in (("alone", alone), ("with keys of its own", alone + own)):
        for journey in (WRITE, NEW_CLIENT, STAFF_KEYS, MEMBER_KEYS):
            yield Edited("T10", "provider key", variant, journey, BLOCKED, rules)


def _entry(facts: Facts) -> dict[str, Any]:
    return {
        "id": PLANTED, "name": "Planted", "key": _fresh(facts), "enabled": True, "status": 2,
        "usePolicies": True, "type": 0,
    }  # fmt: skip


def _row(facts: Facts) -> dict[str, Any]:
    return {
        "id": PLANTED, "providerId": PLANTED, "organizationId": PLANTED,
        "organizationName": "Planted", "key": _fresh(facts), "plan": "Enterprise (Monthly)",
    }  # fmt: skip


def planted_lies() -> Iterator[Lie]:
    """T10: a client that nobody made here waits for a person, even with a key that opens."""
    places: dict[str, tuple[str, Made]] = {
        "row in list": (CLIENTS, add_made(_row, "data")),
        "entry in providerOrganizations": (PROFILE, add_made(_entry, "providerOrganizations")),
    }
    for position, rule in places.items():
        yield Edited("T10", position, "a valid key", PLANTED_CLIENT, BLOCKED, (rule,))
    both = tuple(places.values())
    yield Edited("T10", "list and profile", "a valid key", PLANTED_CLIENT, BLOCKED, both)


def _other_phrases(outcome: Outcome) -> bool:
    shown = [one for one in outcome.candidates if one.public_key is not None]
    return bool(shown) and nobody_got_a_key(outcome)


def swapped_lies() -> Iterator[Lie]:
    """T11: every key is the attacker's: whoever compares the words hands out none."""
    attackers: Value = lambda facts: facts.attacker.public_key  # noqa: E731 - one place
    both = tuple(
        (path, put_made(attackers, "data.*.key"))
        for path in (STAFF_PUBLIC_KEYS, MEMBER_PUBLIC_KEYS)
    )
    expect = Expect(holds=_other_phrases)
    yield Edited("T11", "keys of staff and members", "the attacker's", CAREFUL, expect, both)


def _sam_got_nothing_more(outcome: Outcome) -> bool:
    given = [path for _method, path in outcome.writes if "confirm" in path]
    return len(given) == 1 and given[0].startswith("/api/providers/")


def second_key_lies() -> Iterator[Lie]:
    """T12: a key that was confirmed once is the person's key at every client."""
    attackers: Value = lambda facts: facts.attacker.public_key  # noqa: E731 - one place
    rules = ((MEMBER_PUBLIC_KEYS, put_made(attackers, "data.*.key")),)
    expect = Expect((), holds=_sam_got_nothing_more)
    yield Edited("T12", "keys of members", "another than before", TWICE, expect, rules)


def recovery_lies() -> Iterator[Lie]:
    """T15: recovery is not switched on for a key that is not the client's own."""
    expect = Expect(
        (KeyBlocked, CannotDecrypt),
        holds=lambda outcome: not any(path.endswith("/policies/8") for _m, path in outcome.writes),
    )
    attackers: Value = lambda facts: facts.attacker.public_key  # noqa: E731 - one place
    private: Value = lambda facts: keys.encrypt(  # noqa: E731 - as above
        facts.attacker.key, facts.attacker.private_key
    )
    public = (ORGANIZATION_KEY, put_made(attackers, "publicKey"))
    for variant, rules in (
        ("the attacker's", (public,)),
        (
            "with its private half",
            (public, (RECOVERY_DETAILS, put_made(private, "encryptedPrivateKey"))),
        ),
        (
            "a private half of the attacker",
            ((RECOVERY_DETAILS, put_made(private, "encryptedPrivateKey")),),
        ),
        (
            "a private half without a MAC",
            ((RECOVERY_DETAILS, bent("type", "encryptedPrivateKey", value="0")),),
        ),
    ):
        yield Edited("T15", "recovery key", variant, RECOVERY, expect, rules)


def item_lies() -> Iterator[Lie]:
    """T19: what items say is neither asked for nor shown: a swapped field leads nowhere."""
    secret: Value = lambda facts: [{"uri": facts.valid_key(b"hunter2"), "match": None}]  # noqa: E731
    clear: Value = lambda facts: [{"uri": f"{facts.evil}/?x", "match": 0}]  # noqa: E731
    for variant, made in (
        ("a password as address", put_made(secret, "data.*.login.uris", "data.*.data.uris")),
        ("an address in clear", put_made(clear, "data.*.login.uris", "data.*.data.uris")),
        ("an icon", put_made(evil, "data.*.icon", "data.*.login.icon", "icons")),
        ("an attachment", put_made(lambda facts: [{"url": facts.evil}], "data.*.attachments")),
        ("a preview", put("file:///etc/passwd", "data.*.preview", "data.*.login.uri")),
    ):
        rules = ((IMPORT_LISTING, made),)
        yield Edited("T19", "item", variant, NEW_CLIENT, unharmed(), rules)
