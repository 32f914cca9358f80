"""A child process that asks for one answer after the other and tells how much it grew (T27).

`python -m tests.api.bomb_probe PORT CA KIND...` prints a JSON object: by kind the class of the
error and the growth of the greatest memory ever used, in KiB.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

from desktop.api.client import Api
from desktop.api.server import ServerAddress
from desktop.domain.errors import ClavigerError
from desktop.domain.ids import OrganizationId
from tests.api.fake_server import DEVICE, USER

CLIENT = OrganizationId(UUID("55555555-5555-4555-8555-555555555555"))
#: what is asked for, by the first part of a kind's name
READS: dict[str, Callable[[Api], Awaitable[object]]] = {
    "small": lambda api: api.revision_date(),
    "list": lambda api: api.members(CLIENT),
    "stream": lambda api: api.organization_items(CLIENT),
}


def _peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def _ask(address: ServerAddress, kinds: list[str]) -> dict[str, tuple[str, int]]:
    api = Api(address, DEVICE)
    api.set_refresh_token("refresh-1", USER)
    # Everything that a first request loads and makes is there before anything is measured.
    await api.config()
    told = {}
    for kind in kinds:
        before = _peak_kib()
        try:
            await READS[kind.partition(" ")[0]](api)
            what = "answered"
        except ClavigerError as error:
            what = type(error).__name__
        told[kind] = (what, _peak_kib() - before)
    await api.close()
    return told


if __name__ == "__main__":
    port, ca, *asked = sys.argv[1:]
    place = ServerAddress.self_hosted(f"https://127.0.0.1:{port}", Path(ca))
    json.dump(asyncio.run(_ask(place, asked)), sys.stdout)
