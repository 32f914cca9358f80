"""Somebody else at work on the same provider at the same moment."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

import pytest

from desktop.api.requests import PreparedRequest
from desktop.domain.errors import OutcomeUnknown
from tests.end2end.stage import Account, organizations, setup, signed_in
from tests.practice_process import PracticeHandle


@pytest.mark.parametrize("sent", [False, True], ids=["lost", "answered"])
def test_t44_a_client_that_a_colleague_makes_meanwhile_is_not_taken_for_ours(
    sent: bool, server: PracticeHandle, tmp_path: Path
) -> None:
    """It has the same name and shows up between our listings, but opens under another key."""
    account, tag = Account.of(server), f"both{sent:d}"

    async def work() -> None:
        async with (
            signed_in(account, tmp_path / "mine") as desk,
            signed_in(account, tmp_path / "theirs") as colleague,
        ):
            send = desk.link.api.send
            met: list[str] = []

            async def crossing(request: PreparedRequest) -> bytes:
                if met or "/clients" not in request.path:
                    return await send(request)
                met.append(request.path)
                theirs, _file = setup(tag)
                only_the_client = [one for one in theirs.steps if one.key == "client"]
                assert only_the_client
                plan = type(theirs)(
                    title=theirs.title, steps=tuple(only_the_client), client_name=tag
                )
                await colleague.runs.execute(plan)
                if not sent:
                    raise OutcomeUnknown("reset")
                return await send(request)

            desk.link.api.send = crossing  # type: ignore[method-assign]  # the desk is thrown away
            plan, preview = setup(tag)
            report = await desk.runs.execute(plan, preview=preview)
            assert report.is_done
            assert not [note for note in report.notes if note.key == "note.twin_client"]
            both = {UUID(one["id"]) for one in organizations(server, tag)}
            assert len(both) == 2
            (foreign,) = both - {report.organization_id}
            items = [one["organizationId"] for one in server.state()["ciphers"]]
            assert str(foreign) not in items
            assert str(report.organization_id) in items

    asyncio.run(work())
