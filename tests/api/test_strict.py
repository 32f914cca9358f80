"""JSON that should never reach a decoder, and servers newer than we are."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.api import answers
from desktop.api.strict import JSON_STRING_BYTES, check_json, convert, decode, fold, load
from desktop.domain.enums import (
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.errors import NotOurServer
from desktop.domain.records import Policy, ProviderMember, ServerConfig
from tests.api.fake_server import HTML, listed

ID = "a09726a0-9590-49d1-a5f5-afe300b6a515"


def nested(depth: int, bracket: str = "[]") -> bytes:
    opening, closing = bracket[0], bracket[1]
    if bracket == "{}":
        return b'{"a":' * (depth - 1) + b"{}" + b"}" * (depth - 1)
    return (opening * depth + closing * depth).encode()


def refused(raw: bytes) -> None:
    for work in (lambda: load(raw), lambda: decode(raw, dict[str, Any])):
        with pytest.raises(NotOurServer):
            work()


@pytest.mark.parametrize("bracket", ["[]", "{}"])
def test_t29_depth(bracket: str) -> None:
    check_json(nested(64, bracket))
    for depth in (65, 1_000, 100_000):
        refused(b'{"x":' + nested(depth, bracket) + b"}")
        with pytest.raises(NotOurServer):
            check_json(nested(depth, bracket))


def test_t29_brackets_in_strings_do_not_count() -> None:
    raw = json.dumps({"a": "[" * 200 + '"{' * 200 + "\\" * 9 + '"'}).encode()
    assert load(raw)["a"].startswith("[[")


def test_t29_integers() -> None:
    assert load(b'{"a":%s}' % (b"9" * 20)) == {"a": int("9" * 20)}
    for digits in (21, 5_000, 1_000_000):
        refused(b'{"a":%s}' % (b"9" * digits))
        refused(b'{"a":-%s}' % (b"9" * digits))
    assert load(b'{"a":"%s"}' % (b"9" * 30)) == {"a": "9" * 30}


def test_t29_integers_past_64_bits_are_no_seats() -> None:
    class Seats(msgspec.Struct):
        seats: int

    for number in (2**63, 2**64, -(2**64)):
        value = decode(b'{"seats":%d}' % number, Seats).seats
        assert value == number


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":01}',
        b"{'a':1}",
        b'{"a":1,}',
        b'{"a" 1}',
        b'{"a":1} x',
        b'{"a":1',
        b'{"a":"\xff"}',
        b'{"a":"\x01"}',
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b"",
        b"  \r\n\t ",
        HTML,
        b"   <html>",
        b"OK",
        b"nul",
    ],
    ids=repr,
)
def test_t29_odd_bodies(raw: bytes) -> None:
    refused(raw)


def test_t29_lone_surrogates_are_no_text() -> None:
    for name in (b"\\ud800", b"\\uDfFf", b"\\udc00\\ud800", b"a\\ud83dx"):
        with pytest.raises(NotOurServer):
            decode(b'{"version":"%s"}' % name, ServerConfig)
        with pytest.raises(NotOurServer):
            answers.profile(b'{"id":"%s","email":"x","name":"%s"}' % (ID.encode(), name))
    whole = b'{"id":"%s","email":"x","name":"\\ud83d\\ude00 \\\\ud800"}' % ID.encode()
    assert answers.profile(whole).name == "\U0001f600 \\ud800"


def test_t29_doubled_keys_are_refused_where_it_matters() -> None:
    key = f'{{"id":"{ID}","userId":"{ID}","key":"A","key":"B"}}'
    for raw, work in (
        (b'{"id":"%s","email":"x","email":"y"}' % ID.encode(), answers.profile),
        (b'{"publicKey":"A","publicKey":"B"}', answers.public_key),
        (f'{{"data":[{key}]}}'.encode(), answers.public_keys),
    ):
        with pytest.raises(NotOurServer):
            work(raw)


def test_t29_string_length() -> None:
    limit = JSON_STRING_BYTES

    def body(size: int, inside: bytes = b"x") -> bytes:
        return b'{"a":"' + inside * (size // len(inside)) + b'","b":"y"}'

    check_json(body(limit))
    check_json(body(limit, b'\\"'))
    for size in (limit + 2,):
        with pytest.raises(NotOurServer):
            check_json(body(size))
        with pytest.raises(NotOurServer):
            check_json(body(size, b'\\"'))
    check_json(b"[" + b",".join([b'"%s"' % (b"x" * 1_000_000)] * 6) + b"]")


def test_folding_refuses_two_meanings() -> None:
    assert fold({"Kdf": 0, "kdf": 0, "A": [{"B": 1}]}) == {"kdf": 0, "a": [{"b": 1}]}
    with pytest.raises(NotOurServer):
        fold({"Kdf": 0, "kdf": 1})


# --- drift ------------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", [-7, 3, 4, 99, 2**31])
def test_t30_unknown_numbers_are_kept(unknown: int) -> None:
    raw = json.dumps(
        listed({"id": ID, "type": unknown, "status": unknown, "email": "x", "new": {"a": [1]}})
    ).encode()
    member = answers.elements(raw, ProviderMember)[0]
    assert (int(member.type), int(member.status)) == (unknown, unknown)
    assert member.type not in (ProviderUserType.PROVIDER_ADMIN, ProviderUserType.SERVICE_USER)
    assert isinstance(member.status, ProviderUserStatus)


def test_nulls_count_as_absent() -> None:
    raw = (
        b'{"data":[{"id":"%s","organizationId":"%s","name":"2.x","groups":null,"users":null,'
        b'"externalId":null,"type":null}],"continuationToken":null}' % (ID.encode(), ID.encode())
    )
    collection = answers.collection_details(raw)[0]
    assert (collection.groups, collection.users, collection.external_id) == ((), (), None)


def test_nulls_of_policy_options_stay() -> None:
    raw = (
        b'{"organizationId":"%s","type":9,"enabled":null,"canToggleState":null,'
        b'"data":{"minutes":5,"action":null}}' % ID.encode()
    )
    assert decode(raw, Policy).data == {"minutes": 5, "action": None}


def test_unknown_fields_are_ignored() -> None:
    assert answers.config(b'{"version":"9","environment":{"api":"https://evil.example"}}') == (
        ServerConfig(version="9")
    )


def test_pages_are_joined_as_one_list() -> None:
    first = json.dumps(listed({"a": 1}, token="x")).encode()
    second = json.dumps(listed({"a": 2})).encode()
    assert json.loads(answers.joined([first, second])) == listed({"a": 1}, {"a": 2})
    assert answers.joined([first]) is first


def test_profile_of_sync() -> None:
    raw = json.dumps({"profile": {"id": ID, "email": "x@y.example"}, "ciphers": []}).encode()
    assert str(answers.profile_of_sync(raw).id) == ID
    for bad in (b"[]", b"{}", b'{"profile":[]}'):
        with pytest.raises(NotOurServer):
            answers.profile_of_sync(bad)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(ANY_JSON)
@settings(max_examples=60, deadline=None)
def test_t29_only_the_typed_error_leaves(value: object) -> None:
    raw = json.dumps(value).encode()
    for reader in (
        answers.profile,
        answers.provider_clients,
        answers.members,
        answers.public_keys,
        answers.subscription,
        answers.policies,
        answers.bulk_results,
        answers.continuation,
    ):
        try:
            reader(raw)
        except NotOurServer:
            continue
    try:
        assert load(raw) == value
    except NotOurServer:
        return
    convert(load(raw), Any)


def depth_of(value: object) -> int:
    inner: list[object] = []
    if isinstance(value, dict):
        inner = list(value.values())
    elif isinstance(value, list):
        inner = value
    else:
        return 0
    return 1 + max(map(depth_of, inner), default=0)


@given(value=ANY_JSON, window=st.integers(1, 24))
@settings(max_examples=60, deadline=None)
def test_t29_windows_change_nothing(value: object, window: int) -> None:
    """The scan in windows of a few bytes finds the depth that the value really has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.api.strict._WINDOW", window)
        for raw in (json.dumps(value).encode(), json.dumps(value, ensure_ascii=False).encode()):
            patch.setattr("desktop.api.strict.JSON_DEPTH", depth_of(value))
            check_json(raw)
            if depth_of(value):
                patch.setattr("desktop.api.strict.JSON_DEPTH", depth_of(value) - 1)
                with pytest.raises(NotOurServer):
                    check_json(raw)


@pytest.mark.parametrize("window", [1, 2, 3, 5, 8, 1_000])
def test_t29_lengths_over_windows(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.api.strict._WINDOW", window)
    monkeypatch.setattr("desktop.api.strict.JSON_STRING_BYTES", 40)
    for inside in (b"x" * 40, b'\\"' * 20, b"\\\\" * 20, b"[{" * 20):
        check_json(b'{"a":"%s","b":[12345678901234567890]}' % inside)
        if window < 1_000:
            # A window is far shorter than the limit; only then a longer string is looked for.
            with pytest.raises(NotOurServer, match="string"):
                check_json(b'{"a":"%syy"}' % inside)
    with pytest.raises(NotOurServer, match="number"):
        check_json(b'{"a":"","b":123456789012345678901}')


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_t29_noise_gives_the_typed_error(raw: bytes) -> None:
    for work in (load, answers.members, answers.continuation):
        try:
            work(raw)
        except NotOurServer:
            continue


def test_a_kept_body_is_read_as_the_fresh_one_was() -> None:
    """From the snapshot as from the server: unknown fields ignored, nulls like what is absent."""
    provider = {"id": ID, "organizationId": ID, "organizationName": "A", "plan": None, "new": [1]}
    raw = listed(provider | {"providerId": ID, "userCount": 3, "occupiedSeats": 3, "seats": 5})
    body = json.dumps(raw).encode()
    kept, fresh = answers.kept_clients(body), answers.provider_clients(body)
    assert list(map(msgspec.to_builtins, kept)) == list(map(msgspec.to_builtins, fresh))
    person = {"id": ID, "email": "x@example.com", "name": None, "organizations": None, "n": 1}
    body = json.dumps(person).encode()
    assert answers.kept_profile(body) == answers.profile(body)
    with pytest.raises(NotOurServer):
        answers.kept_profile(b'{"id":1}')
