"""Signs in on the practice server and keeps every client with its members, as opening each does.

`python -m tests.benchmarks.crowded_desk URL CA EMAIL PASSWORD`, in this process's home.
"""

from __future__ import annotations

import asyncio
import sys

from desktop.api import answers, requests
from desktop.cache.snapshots import Put
from desktop.domain.events import EventHub
from desktop.services.entrance import Entrance, practice_address
from desktop.services.keeping import MEMBERS
from desktop.settings.profile import ProfileFolder, default_path
from tests.benchmarks.telling import say
from tests.end2end.stage import FastClock


async def _fill(url: str, ca: str, email: str, password: str) -> None:
    with ProfileFolder.open(default_path()) as profile:
        # Limits are off at the server; the fast clock spares our own waiting for them.
        entrance = Entrance(profile, EventHub(), FastClock())
        attempt = entrance.begin(practice_address(url, ca), email, is_practice=True)
        desk = await attempt.with_password(password)
        clients = (await desk.clients.fetch()).data
        await desk.staff.fetch()
        puts, people = [], 0
        for client in clients:
            raw = await desk.link.api.get_raw(requests.members(client.organization_id))
            people += len(answers.members(raw))
            puts.append(Put(MEMBERS, str(client.organization_id), raw, desk.clock.now()))
        await desk.link.disk(desk.link.snapshots.put_all, puts)
        await desk.lock()
    say(clients=len(clients), members=people)


if __name__ == "__main__":
    asyncio.run(_fill(*sys.argv[1:]))
