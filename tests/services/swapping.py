"""`python -m tests.services.swapping FOLDER`: swaps a client's lists, killed at each statement.

Prints for each death what the next start finds of all lists: "former", "new", or "torn". A fork of
this process dies, so that importing is paid for once.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from desktop.cache.snapshots import Put
from desktop.cache.store import Store
from desktop.crypto.seal import DataKey
from desktop.services.keeping import COLLECTIONS, GROUPS, MEMBERS, POLICIES, Keeping
from desktop.settings.profile import ProfileFolder
from tests.cache.desk import CONNECTION, KEY, later

OWNER: Final = str(UUID(int=7))
FIELDS: Final[dict[str, dict[str, object]]] = {
    COLLECTIONS: {"id": OWNER, "organizationId": OWNER},
    GROUPS: {"id": OWNER, "organizationId": OWNER},
    MEMBERS: {"id": OWNER, "type": 0, "status": 2},
    POLICIES: {"organizationId": OWNER, "type": 1},
}


def body(kind: str, word: str) -> bytes:
    row = {**FIELDS[kind], "name": word, "email": f"{word}@example.com"}
    return msgspec.json.encode({"data": [row]})


def swap(store: Store, word: str, minutes: int) -> None:
    keeping = Keeping(store.snapshots, store.journal, read_only=False)
    keeping.swap([[Put(kind, OWNER, body(kind, word), later(minutes)) for kind in FIELDS]])


def opened(profile: ProfileFolder) -> Store:
    return Store.open(profile, CONNECTION, DataKey(bytearray(KEY)))


def dies(profile: ProfileFolder, statement: int) -> bool:
    """Swaps in a child that is killed just before so many statements; False if it got past them."""
    child = os.fork()
    if child == 0:
        store = opened(profile)
        met = 0

        def count(_sql: str) -> None:
            nonlocal met
            met += 1
            if met == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        store.snapshots._database._living().set_trace_callback(count)
        swap(store, "new", 1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def found(profile: ProfileFolder) -> str:
    """What all lists and their history say."""
    with opened(profile) as store:
        kept = [store.snapshots.get(kind, OWNER) for kind in FIELDS]
        formers = [len(store.snapshots.history(kind, OWNER)) for kind in FIELDS]
    bodies = [one.payload if one is not None else b"" for one in kept]
    for word, versions in (("former", 0), ("new", 1)):
        wanted = [body(kind, word) for kind in FIELDS]
        if bodies == wanted and formers == [versions] * len(FIELDS):
            return word
    return "torn"


def main(place: Path) -> None:
    origin, home = place / "origin", place / "home"
    with ProfileFolder.open(origin) as profile, opened(profile) as store:
        swap(store, "former", 0)
    statement, has_died = 0, True
    while has_died:
        statement += 1
        shutil.copytree(origin, home)
        with ProfileFolder.open(home) as profile:
            has_died = dies(profile, statement)
            sys.stdout.write(found(profile) + "\n")
        shutil.rmtree(home)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
