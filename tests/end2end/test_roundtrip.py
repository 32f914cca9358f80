"""What recognises our work comes back from the server byte for byte (T48)."""

from __future__ import annotations

import asyncio
from pathlib import Path

from desktop.api import answers, requests
from desktop.domain.ids import OrganizationId
from desktop.services.execution import decoded, decoded_result
from desktop.services.kept_items import kept_ciphers
from desktop.services.wire import name_ciphertexts
from tests.end2end.stage import ROWS, Account, setup, signed_in
from tests.practice_process import PracticeHandle


def test_t48_ciphertexts_ids_and_wrapped_keys_come_back_unchanged(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """T44, T46 and T47 rest on this: the server stores what was sent and rewrites nothing."""

    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            plan, preview = setup("verbatim")
            run = await desk.runs.start(plan, preview)
            chunks = [step.key for step in plan.steps if step.key.startswith("import.")]
            sent = [
                name
                for key in chunks
                if key != "import.verify"
                for name in name_ciphertexts(await kept_ciphers(desk.link, run, key))
            ]
            assert len(sent) == ROWS
            client = (await desk.runs.run(run)).organization_id
            assert client is not None
            records = desk.link.journal.steps(run)
            journaled = {
                str(prepared.operation): (prepared.markers["name"], result.id)
                for record in records
                if record.key.startswith("collection.")
                and (prepared := decoded(record.prepared)) is not None
                and (result := decoded_result(record.result)) is not None
            }
            assert journaled
            link = desk.link
            listed = answers.collections(await link.api.get_raw(requests.collections(client)))
            found = {one.external_id: (one.name, one.id) for one in listed if one.external_id}
            assert found == journaled
            items = await link.api.organization_items(OrganizationId(client))
            assert sorted(one.name for one in items) == sorted(sent)
            made = decoded(next(one.prepared for one in records if one.key == "client"))
            mine = next(
                one for one in (await desk.clients.fetch()).data if one.organization_id == client
            )
            assert made is not None
            assert made.body is not None
            assert mine.key is not None
            assert mine.key.encode() in made.body

    asyncio.run(work())
