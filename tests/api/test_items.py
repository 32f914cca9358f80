"""Items read from a stream are exactly those of the whole body, or none."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
import random
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.api.items import ItemReader
from desktop.domain.errors import NotOurServer, Offline
from desktop.domain.ids import OrganizationId
from desktop.domain.limits import MIB
from desktop.domain.records import CipherMini
from tests.api.fake_server import FakeServer, answer, listed, make_api

CLIENT = OrganizationId(UUID("55555555-5555-4555-8555-555555555555"))
PATH = "/api/ciphers/organization-details"


def item(at: int, **more: object) -> dict[str, Any]:
    return {
        "object": "cipherMiniDetails",
        "id": str(UUID(int=at + 1)),
        "organizationId": str(CLIENT),
        "type": 1,
        "name": f"2.bmFtZQ=={at}|Y3Q=|bWFj",
        "data": '{"Name":"2.x","Uris":[{"Uri":"2.y"}]}',
        "login": {"uris": [{"uri": "2.a|b|c"}, {"uri": "2.d|e|f"}], "password": "2.g|h|i"},
        "fields": [{"type": 0}, {"type": 1}],
        "collectionIds": [str(UUID(int=at % 3 + 1))],
        "deletedDate": "2026-11-20T10:00:00.1234567Z" if at % 5 == 4 else None,
        **more,
    }


def read(raw: bytes, *cuts: int) -> tuple[CipherMini, ...]:
    reader = ItemReader()
    edges = [0, *sorted(cuts), len(raw)]
    for start, end in itertools.pairwise(edges):
        reader.feed(raw[start:end])
    return reader.finish()


def body(count: int, **more: Any) -> bytes:
    return json.dumps(listed(*(item(at) for at in range(count))) | more).encode()


def test_four_facts_of_each_item() -> None:
    found = read(body(5))
    assert [one.id for one in found] == [UUID(int=at + 1) for at in range(5)]
    assert found[3].name == "2.bmFtZQ==3|Y3Q=|bWFj"
    assert found[4].deleted_date == datetime(2026, 11, 20, 10, 0, 0, 123457, tzinfo=UTC)
    assert found[0].deleted_date is None
    assert found[0].collection_ids == (UUID(int=1),)
    # One id object per collection, however many items lie in it.
    assert found[0].collection_ids[0] is found[3].collection_ids[0]


@given(st.integers(0, 12), st.lists(st.integers(0, 10_000), max_size=60))
@settings(max_examples=60, deadline=None)
def test_cuts_anywhere_change_nothing(count: int, cuts: list[int]) -> None:
    raw = body(count)
    assert read(raw, *(cut % (len(raw) + 1) for cut in cuts)) == read(raw)


def test_byte_by_byte() -> None:
    raw = body(2, note="caf\u00e9 \U0001f511")
    assert read(raw, *range(len(raw))) == read(raw)


@pytest.mark.parametrize("indent", [None, 1])
def test_any_spacing_and_order(indent: int | None) -> None:
    rows = [item(at) for at in range(3)]
    for answered in (
        {"data": rows},
        {"continuationToken": None, "data": rows, "object": "list"},
        {"n": -12, "a": {"data": [{"id": 1}]}, "b": ["x", {}], "data": rows, "z": 1.5},
    ):
        assert len(read(json.dumps(answered, indent=indent).encode())) == 3
    assert read(b' { "data" : [ ] } \r\n') == ()


def test_t28_cut_answer_is_never_fewer_items() -> None:
    raw = body(4)
    for end in range(len(raw)):
        with pytest.raises(NotOurServer):
            read(raw[:end])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"object":"list"}',
        b'{"data":{}}',
        b'{"data":null}',
        b'{"data":[1]}',
        b'{"data":[null]}',
        b'{"data":[[]]}',
        b'{"data":[{}]}',
        b'{"data":[,]}',
        b'{"data":[{"id":"x"}]}',
        b'{"data":[{"id":7}]}',
        b'{"data":[]}]',
        b'{"data":[]} {}',
        b'{"data":[]',
        b'{"data" []}',
        b'{"data":[] "x":1}',
        b"{data:[]}",
        b"<html>",
        b'{"data":[{"id":NaN}]}',
        b'{"data":[],"n":NaN}',
        b'{"data":[],"n":%s}' % (b"9" * 30),
        b'{"data":[],"n":%s}' % (b"[" * 100_000),
        b'\xff{"data":[]}',
        b'{"data":[],"x":"\xc3',
    ],
    ids=lambda raw: repr(raw[:30]),
)
def test_t28_other_shapes_are_refused(raw: bytes) -> None:
    with pytest.raises(NotOurServer):
        read(raw, 1, 3)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "../../x"},
        {"id": None},
        {"name": 7},
        {"name": "2.\u00e9"},
        {"name": "\ud800"},
        {"collectionIds": "x"},
        {"collectionIds": [7]},
        {"collectionIds": ["x"]},
        {"deletedDate": "yesterday"},
        {"deletedDate": 7},
    ],
    ids=repr,
)
def test_t32_hostile_items_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(NotOurServer):
        read(json.dumps(listed(item(1, **change))).encode())


def test_items_without_readable_name_stay() -> None:
    """Newer servers leave typed fields out of items they keep as one blob."""
    assert read(json.dumps(listed(item(1, name=None, collectionIds=None))).encode())[0].name == ""


def test_t29_endless_element_stops_early() -> None:
    reader = ItemReader()
    reader.feed(b'{"data":[{"name":"')
    for _ in range(16):
        reader.feed(b"x" * MIB)
    with pytest.raises(NotOurServer):
        # Tried again at half as much once more, and not kept any longer.
        reader.feed(b"x" * 16 * MIB)


def test_stream_through_the_client() -> None:
    async def run() -> None:
        server = FakeServer()
        raw = body(500)
        packed = {"Content-Encoding": "gzip"}
        server.on("GET", PATH, lambda _r: answer(200, gzip.compress(raw), packed))
        api = make_api(server)
        assert await api.organization_items(CLIENT) == read(raw)
        assert server.seen[-1].url.params["organizationId"] == str(CLIENT)
        server.on("GET", PATH, lambda _r: answer(200, gzip.compress(raw)[:-9], packed))
        with pytest.raises((NotOurServer, Offline)):
            await api.organization_items(CLIENT)

    asyncio.run(run())


def test_random_noise_gives_the_typed_error() -> None:
    rng = random.Random(5)
    good = body(3)
    for _ in range(300):
        raw = bytearray(good)
        for _ in range(rng.randrange(1, 5)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        try:
            read(bytes(raw), rng.randrange(len(raw)))
        except NotOurServer:
            continue
