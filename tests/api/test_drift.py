"""Answers with hostile ids, numbers of tomorrow and bytes of chance, at every endpoint."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.api.identity import challenge_session
from desktop.api.link import Reply
from desktop.api.refusals import problem, server_words
from desktop.api.tokens import http_date, read_claims
from desktop.domain import enums
from desktop.domain.enums import OpenIntEnum
from desktop.domain.errors import KdfOutOfBounds, NotOurServer, SignInUnsupported
from tests.api.samples import SAMPLES, changed
from tests.api.test_wire import HOSTILE_IDS

TYPED = (NotOurServer, KdfOutOfBounds, SignInUnsupported)
KINDS = sorted(
    (kind for kind in vars(enums).values() if isinstance(kind, type) and kind is not OpenIntEnum
     and issubclass(kind, OpenIntEnum)),
    key=lambda kind: kind.__name__,
)  # fmt: skip


# --- T32 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, sample in SAMPLES.items() if sample.ids])
def test_t32_hostile_ids_are_refused_at_every_endpoint(name: str) -> None:
    sample = SAMPLES[name]
    assert sample.read(sample.raw) is not None
    assert len(HOSTILE_IDS) == 20
    for place in sample.ids:
        for hostile in (*HOSTILE_IDS, 7, True, [], {}, "\ud800"):
            with pytest.raises(NotOurServer):
                sample.read(changed(sample, place, hostile))


def test_t32_every_id_of_an_answer_is_tried() -> None:
    """What looks like an id in a sample is in the list of its places."""
    for name, sample in SAMPLES.items():
        found = {path for path, value in _leaves(sample.body) if _is_id(value)}
        assert found == set(sample.ids), name


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inner:
        at = f"{path}.{key}" if path else str(key)
        if isinstance(one, dict | list):
            yield from _leaves(one, at)
        else:
            yield at, one


def _is_id(value: object) -> bool:
    return isinstance(value, str) and value.startswith("00000000-0000-")


# --- T30 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_t30_every_enum_keeps_what_it_does_not_know(kind: type[OpenIntEnum]) -> None:
    known = {int(member) for member in kind}
    for beyond in (max(known) + 1, min(known) - 1, 99, 2**31):
        if beyond in known:
            continue
        for value in (
            msgspec.json.decode(str(beyond).encode(), type=kind),
            msgspec.convert(beyond, kind, strict=True),
        ):
            assert int(value) == beyond
            assert not value.is_known
            # No default stands in for it, least of all one that grants something.
            assert all(value is not member and value != member for member in kind)
            assert msgspec.json.encode(value) == str(beyond).encode()
    for wrong in (b'"1"', b"1.5", b"true", b"null"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(wrong, type=kind)


def test_t30_there_are_as_many_kinds_of_numbers_as_the_records_use() -> None:
    assert len(KINDS) >= 15


# --- T29 --------------------------------------------------------------------------------------

_STUFFING = (
    b"", b"{", b"]", b'"', b"\\u", b"\\ud800", b"\xff", b"\x00", b"9" * 30, b"-", b"[" * 80,
    b"null", b"1e999", b"NaN", b",", b"\xef\xbb\xbf",
)  # fmt: skip
_BITES = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(_STUFFING),
        st.integers(0, 4),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@given(name=st.sampled_from(sorted(SAMPLES)), bites=_BITES)
@settings(max_examples=400, deadline=None)
def test_t29_a_good_answer_with_bites_in_it(
    name: str, bites: list[tuple[float, bytes, int]]
) -> None:
    """Cut, overwritten, stuffed: the typed error, or an answer of the right shape."""
    sample = SAMPLES[name]
    raw = sample.raw
    for place, stuffing, gone in bites:
        at = int(place * len(raw))
        raw = raw[:at] + stuffing + raw[at + gone :]
    _read(name, raw)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(data=st.data(), value=_JSON)
@settings(max_examples=300, deadline=None)
def test_t29_any_value_at_any_place(data: st.DataObject, value: object) -> None:
    name = data.draw(st.sampled_from(sorted(SAMPLES)))
    places = [path for path, _value in _leaves(SAMPLES[name].body)]
    _read(name, changed(SAMPLES[name], data.draw(st.sampled_from(places)), value))
    # And in the place of the whole, which may be no object at all.
    _read(name, json.dumps(value).encode())


def _read(name: str, raw: bytes) -> None:
    sample = SAMPLES[name]
    try:
        found = sample.read(raw)
    except TYPED:
        return
    assert isinstance(found, type(sample.read(sample.raw)))


@given(st.binary(max_size=200), st.sampled_from((301, 400, 401, 403, 404, 408, 429, 500)))
@settings(max_examples=200, deadline=None)
def test_t29_refusals_are_read_whatever_they_say(noise: bytes, status: int) -> None:
    """An answer that is none is still a status; its words are short texts."""
    for raw in (noise, b'{"message":%s}' % noise, json.dumps(noise.decode("latin-1")).encode()):
        text, fields = server_words(raw)
        assert len(text) <= 300
        assert all(isinstance(word, str) for words in fields.values() for word in words)
        reply = Reply(status, httpx.Headers(), raw)
        problem(reply, write=True)
        challenge_session(reply)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_t29_tokens_and_dates_of_chance(text: str) -> None:
    for token in (text, f"a.{text}.c", f"e30.{text}.e30"):
        try:
            read_claims(token)
        except NotOurServer:
            continue
    http_date(text)
