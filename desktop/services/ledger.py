"""What was imported into a client from this desk: keyed fingerprints, no contents.

A fingerprint is the first 16 bytes of HMAC-SHA256 over an item, under a key derived from the
organization key. It tells a second import of the same row.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final

import msgspec

from desktop.crypto.keys import SymmetricKey
from desktop.domain.ids import OrganizationId
from desktop.domain.items import ImportPreview, ImportRow, Item, Reason, Verdict
from desktop.services.link import Link

PRINT_BYTES: Final = 16
ALREADY: Final = "already_imported"
_LABEL: Final = b"claviger ledger 1"


def fingerprints(key: SymmetricKey, items: Iterable[Item]) -> bytes:
    """One after the other, 16 bytes each."""
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    own = hmac.digest(key.mac, _LABEL, "sha256")
    key.ensure_living()
    return b"".join(hmac.digest(own, encode(item), "sha256")[:PRINT_BYTES] for item in items)


def split(prints: bytes) -> list[bytes]:
    """The fingerprints in a row of them."""
    return [prints[at : at + PRINT_BYTES] for at in range(0, len(prints), PRINT_BYTES)]


async def remember(link: Link, client: OrganizationId, prints: bytes) -> None:
    """Enters fingerprints, after their items were read back."""
    await link.disk(link.ledger.add, client, split(prints))


async def marked(link: Link, client: OrganizationId, preview: ImportPreview) -> ImportPreview:
    """The preview with rows that this desk has imported into the client before as doubles."""
    if not await link.disk(link.ledger.count, client):
        return preview
    key = link.session.org_key(client)
    return await link.disk(_marked, link, client, preview, key)


def _marked(
    link: Link, client: OrganizationId, preview: ImportPreview, key: SymmetricKey
) -> ImportPreview:
    own = [split(fingerprints(key, row.items)) for row in preview.rows]
    known = link.ledger.known(client, {one for prints in own for one in prints})
    rows = tuple(
        _double(row) if prints and known.issuperset(prints) else row
        for row, prints in zip(preview.rows, own, strict=True)
    )
    return msgspec.structs.replace(preview, rows=rows)


def _double(row: ImportRow) -> ImportRow:
    reasons = (*row.reasons, Reason(key=ALREADY))
    return msgspec.structs.replace(row, verdict=Verdict.DOUBLE, reasons=reasons, items=())
