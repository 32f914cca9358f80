"""A client that was set up from here, with all that its run left behind, is forgotten."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.end2end.stage import Account, organizations, setup, signed_in
from tests.practice_process import PracticeHandle
from tests.services.opened import places

TAG = "zilverspoor"


def test_what_a_whole_set_up_left_behind_goes_but_for_ids(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work() -> None:
        account = Account.of(server)
        async with signed_in(account, tmp_path / "p") as desk:
            plan, preview = setup(TAG)
            report = await desk.runs.execute(plan, preview=preview)
            assert report.is_done
            client = report.organization_id
            assert client is not None
            await desk.clients.fetch()
            await desk.workspace.open(client)
            await desk.sync.round()
            assert desk.link.ledger.count(client) == report.made["items_sent"] > 0
            assert len(places(desk, TAG)) > 3
            await desk.retention.forget_client(client)
            # Only what the server lists now names it, and people of its own organization.
            assert {one.rsplit(" ", 1)[0] for one in places(desk, TAG)} <= {
                "present clients", "present profile", "former clients", "former profile",
            }  # fmt: skip
            assert desk.link.ledger.count(client) == 0
            assert [one.run for one in await desk.runs.all()] == [report.run]
        assert len(organizations(server, TAG)) == 1
        async with signed_in(account, tmp_path / "p") as desk:
            assert desk.link.journal.problem is None
            again = await desk.runs.report(report.run)
            assert (again.state, again.steps) == ("done", ())
            assert again.organization_id == client
            # The same file could be imported anew: nothing here knows its rows.
            (listed,) = [
                one for one in (await desk.clients.fetch()).data if one.organization_id == client
            ]
            view = await desk.workspace.open(client)
            assert view.client.organization_name == listed.organization_name
            assert len(view.members) == 4

    asyncio.run(work())
