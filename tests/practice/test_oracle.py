"""The attacker's side of the bench bites: secrets are found however they are wrapped (T16)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from desktop.practice import keys
from desktop.practice.oracle import Oracle
from tests.practice.wire import Desk
from tests.practice_process import PracticeHandle, assert_nothing_leaked

SECRET = b'\xff\x00 a key / with + odd "bytes"? \'n\\ all'
URLSAFE = base64.urlsafe_b64encode


def b64(data: bytes) -> bytes:
    return base64.b64encode(data)


def as_json(data: bytes) -> bytes:
    return json.dumps({"a": [{"b": data.decode("latin-1")}]}).encode()


WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda secret: secret,
    "base64": b64,
    "base64 for addresses": URLSAFE,
    "base64 without its end": lambda secret: b64(secret).rstrip(b"="),
    "base64 after a letter": lambda secret: b"/x/" + b64(secret),
    "base64 amid other bytes": lambda secret: b64(b"four" + secret + b"!"),
    "hex": lambda secret: secret.hex().encode(),
    "HEX": lambda secret: secret.hex().upper().encode(),
    "an address": lambda secret: quote(secret, safe="").encode(),
    "a form": lambda secret: b"grant=x&key=" + quote_plus(b64(secret)).encode(),
    "base64 twice": lambda secret: b64(b64(secret)),
    "base64 in JSON in base64": lambda secret: b64(
        json.dumps({"k": b64(secret).decode()}).encode()
    ),
    "JSON in JSON": lambda secret: json.dumps({"x": as_json(b64(secret)).decode()}).encode(),
    "JSON with every slash escaped": lambda secret: as_json(b64(secret)).replace(b"/", b"\\/"),
    "hex in base64": lambda secret: b64(secret.hex().encode()),
}


@pytest.mark.parametrize("name", WRAPPINGS)
def test_t16_a_canary_is_found_in_whatever_it_is_wrapped(name: str) -> None:
    oracle = Oracle()
    oracle.watch("canary", SECRET)
    oracle.look(1, "POST", "/api/x", b"before " + WRAPPINGS[name](b"0123" + SECRET) + b" after", {})
    assert [one.what for one in oracle.leaks] == ["canary"]
    oracle.look(2, "POST", "/api/x", WRAPPINGS[name](b"0123" + SECRET[1:]), {})
    assert [one.request for one in oracle.leaks] == [1]


def test_t16_address_query_and_headers_are_searched() -> None:
    oracle = Oracle()
    oracle.watch("canary", SECRET)
    safe = URLSAFE(SECRET).decode()
    oracle.look(1, "GET", f"/api/{safe}", b"", {})
    oracle.look(2, "GET", "/api/x", b"", {}, query=f"key={quote(SECRET)}")
    oracle.look(3, "GET", "/api/x", b"", {"x-note": SECRET.hex()})
    oracle.look(4, "GET", "/api/x", b"", {"authorization": f"Basic {safe}"})
    assert [one.request for one in oracle.leaks] == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="chance"):
        oracle.watch("short", b"pass")


def test_t16_what_is_made_for_the_attacker_is_opened() -> None:
    oracle, pair, key = Oracle(), keys.new_pair(), keys.new_key()
    oracle.hold("anna", pair.pkcs8)
    oracle.hold_key("the provider", key)
    honest = keys.new_pair()
    for number, text in enumerate(
        (
            keys.wrap_for(pair.public, b"organization key"),
            keys.wrap_for(pair.public, b"x")[2:],
            keys.encrypt(key, b"a name"),
            keys.encrypt(key, b"a name")[2:],
            keys.wrap_for(honest.public, b"organization key"),
            keys.encrypt(keys.new_key(), b"a name"),
        )
    ):
        oracle.look(number, "POST", "/api/x", json.dumps({"keys": [{"key": text}]}).encode(), {})
    assert [(one.request, one.what.rpartition(" of ")[2]) for one in oracle.leaks] == [
        (0, "anna"), (1, "anna"), (2, "the provider"), (3, "the provider"),
    ]  # fmt: skip


def test_t16_it_is_on_for_every_test_and_knows_everybodys_secrets(
    server: PracticeHandle, admin: Desk
) -> None:
    """Over the wire: what any test would send by mistake, and what it is told then."""
    account = server.account("provider_admin")
    private = admin.private()
    provider_key = keys.unwrap_with(private, admin.provider()["key"])
    (first, *_) = admin.get("/accounts/profile")["providerOrganizations"]
    client_key = keys.decrypt(provider_key, first["key"])
    assert server.leaks() == []
    secrets = (account["password"].encode(), private, provider_key, client_key, client_key[32:])
    for secret in secrets:
        admin.ask("POST", "/collections", {"name": base64.b64encode(secret).decode()})
    with pytest.raises(AssertionError, match="the provider key"):
        assert_nothing_leaked()
    assert_nothing_leaked()
    made = server.register("fresh@people.example", password="a password of her own")
    admin.ask("GET", f"/x?{made['password']}")
    told = server.forgive()
    assert [one["what"] for one in told] == ["the password of fresh@people.example"]
    attacker = server.attacker("the mail room")
    admin.ask("POST", "/x", {"key": keys.wrap_for(attacker.public_key, b"k")})
    admin.ask("POST", "/x", {"name": keys.encrypt(attacker.key, b"n")})
    assert [one["what"].partition(" for ")[0] for one in server.forgive()] == [
        "something wrapped",
        "something encrypted",
    ]
