"""What this desk imported is recognised again, by this desk only."""

from __future__ import annotations

from uuid import UUID

from desktop.crypto.seal import DataKey
from tests.cache.desk import CLIENT, Desk

OTHER = UUID("66666666-2222-4333-8444-555555555555")


def test_imported_items_are_known_per_client(desk: Desk) -> None:
    store = desk.open()
    ledger = store.ledger
    ledger.add(CLIENT, [b"a", b"b"])
    ledger.add(CLIENT, [b"b", b"c"])
    store.close()
    ledger = desk.open().ledger
    assert ledger.count(CLIENT) == 3
    assert ledger.known(CLIENT, [b"a", b"c", b"d"]) == {b"a", b"c"}
    assert ledger.known(OTHER, [b"a", b"c", b"d"]) == set()
    assert ledger.count(OTHER) == 0


def test_many_are_asked_for_at_once(desk: Desk) -> None:
    ledger = desk.open().ledger
    items = [str(number).encode() for number in range(3_000)]
    ledger.add(CLIENT, items[:2_000])
    assert ledger.known(CLIENT, items) == set(items[:2_000])
    assert ledger.known(CLIENT, []) == set()


def test_names_come_back_in_order(desk: Desk) -> None:
    ledger = desk.open().ledger
    ledger.add(CLIENT, [b"a"], ["2.one", "2.two"])
    ledger.add(CLIENT, [b"b"], ["2.three"])
    ledger.add(CLIENT, [b"b"], ["2.three"])
    assert ledger.names(CLIENT) == ["2.one", "2.two", "2.three"]
    assert ledger.names(OTHER) == []


def test_a_client_can_be_forgotten(desk: Desk) -> None:
    ledger = desk.open().ledger
    for client in (CLIENT, OTHER):
        ledger.add(client, [b"a"], ["2.one"])
    ledger.forget(CLIENT)
    assert ledger.count(CLIENT) == 0
    assert ledger.names(CLIENT) == []
    assert ledger.count(OTHER) == 1


def test_t83_marks_say_nothing_without_the_key(desk: Desk) -> None:
    store = desk.open()
    store.ledger.add(CLIENT, [b"a"], ["2.one"])
    store.ledger.add(OTHER, [b"a"])
    store.close()
    marks = desk.sql(desk.journal_file, "SELECT client, mark FROM ledger")
    assert len({mark for _client, mark in marks}) == 2
    desk.sql(
        desk.journal_file,
        "UPDATE imported AS i SET client = (SELECT client FROM ledger AS l"
        " WHERE l.client != i.client)",
    )
    assert desk.open().ledger.names(OTHER) == []
    desk._stores[-1].close()
    stranger = desk.open(key=DataKey(bytearray(b"x" * 32)))
    assert stranger.ledger.known(CLIENT, [b"a"]) == set()
    assert stranger.ledger.count(CLIENT) == 0
