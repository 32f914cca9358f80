"""A whole desk in a process of its own: sign in, import, lock, unlock again; each time a search.

`python -m tests.end2end.memory_probe URL CA EMAIL PASSWORD FOLDER [LOCKS]` writes JSON on stdout: a
list with an object for each lock. `before` and `after` are keys, `evidence` is what we promise
effort for only (T80): password and item secret.

`python -m tests.end2end.memory_probe --runs N` does so in N processes on a server of their own and
ends with 1 if one of them found a key.
"""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desktop.crypto.secret import SecretBytes
from desktop.services.desk import Desk
from tests.crypto.memory_probe import halves, inverted, search
from tests.end2end.stage import Account, setup, signed_in
from tests.practice_process import ROOT, practice_server

Found = dict[str, dict[str, int]]


async def work(desk: Desk, tag: str) -> None:
    """A client made and filled, its lists read."""
    plan, preview = setup(tag)
    report = await desk.runs.execute(plan, preview=preview)
    assert report.organization_id is not None
    await desk.workspace.open(report.organization_id)


def living(desk: Desk) -> dict[str, bytes]:
    """Needles of every key that the session has at this moment."""
    needles: dict[str, bytes] = {}
    session = desk.session
    named = {"user": session.user_key, "provider": session.provider_key}
    for name, key in named.items():
        needles |= halves(name, key.view())
    known = {id(key) for key in named.values()}
    for number, secret in enumerate(desk._registry.secrets()):
        if isinstance(secret, SecretBytes) and id(secret) not in known and not secret.is_wiped:
            needles |= halves(f"{type(secret).__name__} {number}", secret.view())
    return needles


async def session(account: Account, folder: Path, number: int) -> Found:
    """One entrance, some work, one lock."""
    async with signed_in(account, folder) as desk:
        await (work(desk, "memory") if number == 0 else look(desk))
        needles = living(desk)
        before = search(needles)
        await desk.lock()
    gc.collect()
    evidence = {"password": inverted(memoryview(account.password.encode()))}
    # The needle of the item secret is put together so that this source holds no copy of it.
    evidence["item"] = inverted(memoryview("-".join(("secret", "17")).encode()))
    return {"before": before, "after": search(needles), "evidence": search(evidence)}


async def look(desk: Desk) -> None:
    """What a person does who opens the desk again."""
    clients = (await desk.clients.fetch()).data
    await desk.staff.fetch()
    for client in clients:
        await desk.workspace.open(client.organization_id)


async def sessions(account: Account, folder: Path, locks: int) -> list[Found]:
    return [await session(account, folder, number) for number in range(locks)]


def probe(account: Account, folder: Path, locks: int) -> list[Found]:
    """What a process of its own found after each of so many locks."""
    given = (account.url, account.ca, account.email, account.password, str(folder), str(locks))
    done = subprocess.run(
        [sys.executable, "-m", "tests.end2end.memory_probe", *given],
        cwd=ROOT, capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    told: list[Found] = json.loads(done.stdout)
    return told


def complaints(found: Found) -> list[str]:
    """Keys that were left, and needles that were not found while their keys lived."""
    blind = [f"not found alive: {name}" for name, count in found["before"].items() if not count]
    return blind + [f"{count} times: {name}" for name, count in found["after"].items() if count]


def many(runs: int) -> int:
    """The exit code."""
    bad: list[Any] = []
    with practice_server() as server, TemporaryDirectory() as folder:
        for number in range(runs):
            (found,) = probe(Account.of(server), Path(folder) / str(number), 1)
            bad += complaints(found)
            sys.stdout.write(f"{number + 1}: {complaints(found) or 'no key'} {found['evidence']}\n")
    return 1 if bad else 0


def main(words: list[str]) -> int:
    if words[:1] == ["--runs"]:
        return many(int(words[1]))
    url, ca, email, password, folder, *rest = words
    locks = int(rest[0]) if rest else 1
    found = asyncio.run(sessions(Account(url, ca, email, password), Path(folder), locks))
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
