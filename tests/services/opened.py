"""Everything that a profile's files hold, opened: what somebody with the master password finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from desktop.services.desk import Desk


def opened(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """(where, content) of every row of both files, whether anything still points to it or not."""
    snapshots, journal, ledger = desk.link.snapshots, desk.link.journal, desk.link.ledger
    names = {
        snapshots._sealer.row_name(one.kind, one.owner): f"{one.kind} {one.owner}"
        for one in snapshots.kinds()
    }
    current = {row[0]: row[1] for row in _all(snapshots, "SELECT row, digest FROM snapshots")}
    for row, digest in _all(snapshots, "SELECT row, digest FROM bodies"):
        body = snapshots._body(row, digest)
        assert body is not None
        where = "present" if current.get(row) == digest else "former"
        yield f"{where} {names.get(row, '?')}", body
    for label in snapshots.kinds():
        yield "label", msgspec.json.encode((label.kind, label.owner))
    entries = journal._entries
    for number, head, has_body in _all(
        entries, "SELECT number, head, body IS NOT NULL FROM entries"
    ):
        row = number.to_bytes(8, "big")
        yield "journal", entries._sealer.open(head, "entries.head", row)
        if has_body:
            yield "journal", entries.body(number)
    for batch, client, sealed in _all(ledger, "SELECT row, client, sealed FROM imported"):
        yield "ledger", ledger._sealer.open(sealed, "imported", client + batch)


def places(desk: Desk, *words: str) -> set[str]:
    """Where any of these words stands, in whatever case or writing."""
    forms = {
        form
        for word in words
        for text in (word, word.upper(), word.lower())
        for form in (
            text.encode(),
            text.encode("utf-16-le"),
            msgspec.json.encode(text)[1:-1],
        )
    }
    return {
        where
        for where, body in opened(desk)
        for form in forms
        if form in body or form in body.upper() or form in body.lower()
    }


def sealed_of(desk: Desk) -> set[bytes]:
    """What the rows look like in the files: sealed bodies of snapshots and of the journal."""
    snapshots, entries = desk.link.snapshots, desk.link.journal._entries
    found = {row[0] for row in _all(snapshots, "SELECT sealed FROM bodies")}
    return found | {
        row[0] for row in _all(entries, "SELECT body FROM entries WHERE body IS NOT NULL")
    }


def _all(holder: object, sql: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = holder._database.rows(sql)  # type: ignore[attr-defined]
    return rows
