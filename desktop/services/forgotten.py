"""The mark of a client that was forgotten here: the background leaves it alone from then on.

Without it the next round would fetch again what a person has just had removed. It holds no name,
and goes when somebody works with the client again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from desktop.cache.snapshots import Put, Snapshots
from desktop.domain.ids import OrganizationId

FORGOTTEN: Final = "forgotten"


class Forgotten(msgspec.Struct, frozen=True):
    """What design promise 5 still needs to know: when the client's own log was told of an opening
    last, and whether it still has to be told of one.

    `is_named`: the provider's present lists name the client. Once they do not, the history does.
    """

    told: datetime | None = None
    owes: bool = False
    is_named: bool = True


def mark(snapshots: Snapshots, client: OrganizationId, facts: Forgotten, now: datetime) -> None:
    """On the disk thread. StorageFailed."""
    body = msgspec.json.encode(facts)
    snapshots.put_all([Put(FORGOTTEN, str(client), body, now, has_history=False)])


def marked(snapshots: Snapshots, client: OrganizationId) -> Forgotten | None:
    """What the mark holds, where there is one; on the disk thread."""
    kept = snapshots.get(FORGOTTEN, str(client))
    return None if kept is None else msgspec.json.decode(kept.payload, type=Forgotten)
