"""Edits that need no review: nothing of them is left over when they fail clearly."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from desktop.domain.errors import RunStopped
from desktop.plans.steps import ImportItems
from desktop.services.kept_items import kept_ciphers
from tests.end2end.stage import Account, setup, signed_in
from tests.practice_process import PracticeHandle

CLIENTS = "/api/providers/[^/]*/clients/.*"


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        ({"do": "status", "status": 400}, False),
        ({"do": "status", "status": 403}, False),
        ({"do": "hang", "seconds": 400}, True),
    ],
    ids=["refused", "forbidden", "unclear"],
)
def test_only_an_unclear_edit_waits_for_a_person(
    fault: dict[str, object], waits: bool, server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            client = (await desk.clients.fetch()).data[0]
            plan = desk.clients.rename_plan(client, "Another name")
            rule = {"method": "PUT", "path": CLIENTS, "when": "before", "times": 0, **fault}
            server.script(rule)
            if waits:
                running = asyncio.ensure_future(desk.runs.execute(plan))
                await asyncio.sleep(0.5)
                desk.runs.pause()
                await asyncio.gather(running, return_exceptions=True)
            else:
                with pytest.raises(RunStopped):
                    await desk.runs.execute(plan)
            server.script()
            assert bool(await desk.runs.waiting()) is waits
            assert desk.connection.has_waiting_run is waits
            for one in await desk.runs.waiting():
                await desk.runs.abandon(one.run)

    asyncio.run(work())


def test_an_abandoned_import_keeps_no_items(server: PracticeHandle, tmp_path: Path) -> None:
    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            plan, preview = setup("abandoned")
            run = await desk.runs.start(plan, preview)
            assert await kept_ciphers(desk.link, run, "import.1")
            await desk.runs.abandon(run)
            assert await desk.runs.waiting() == ()
            for step in plan.steps:
                if isinstance(step, ImportItems):
                    with pytest.raises(KeyError):
                        await kept_ciphers(desk.link, run, step.key)
            assert (await desk.runs.report(run)).state == "abandoned"

    asyncio.run(work())
