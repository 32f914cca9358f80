"""The encrypted items of an import while it runs: durable before the first request, gone after.

Each chunk lies in the journal as a record of its own, so that one can be read without the others
and its megabytes are freed once they were read back.
"""

from __future__ import annotations

from typing import Final
from uuid import uuid5

from desktop.cache.journal import FORGOTTEN, Journal
from desktop.domain.ids import RunId
from desktop.services.link import Link
from desktop.services.run_types import DONE_RUN

ITEMS: Final = "items"


def _record_of(run: RunId, key: str) -> RunId:
    return RunId(uuid5(run, key))


async def keep_items(link: Link, run: RunId, key: str, ciphers: bytes, prints: bytes) -> None:
    """Journals a chunk: its items as they will be sent, and their fingerprints."""
    own = _record_of(run, key)
    await link.disk(link.journal.create_run, own, ITEMS, b"", link.clock.now())
    await link.disk(link.journal.add_steps, own, [(ITEMS, prints)])
    await link.disk(link.journal.prepare, own, ITEMS, ciphers)


async def kept_ciphers(link: Link, run: RunId, key: str) -> bytes:
    """The items of a chunk. KeyError for a chunk that was let go."""
    (record,) = await link.disk(link.journal.steps, _record_of(run, key))
    if record.prepared is None:
        raise KeyError(key)
    return record.prepared


async def kept_prints(link: Link, run: RunId, key: str) -> bytes:
    """The fingerprints of a chunk; they stay."""
    (record,) = await link.disk(link.journal.steps, _record_of(run, key))
    return record.payload


def forget_items(journal: Journal, run: RunId, key: str) -> None:
    """Lets a chunk's items and fingerprints go for good; on the disk thread. StorageFailed."""
    own = _record_of(run, key)
    record = journal.run(own)
    if record is not None and record.state != FORGOTTEN:
        journal.forget_run(own)


async def let_go(link: Link, run: RunId, key: str) -> None:
    """Frees the items of a chunk that was read back."""
    own = _record_of(run, key)
    await link.disk(link.journal.set_run_state, own, DONE_RUN)
    await link.disk(link.journal.drop_prepared, own)
