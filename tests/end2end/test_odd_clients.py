"""Clients that are not as they should be."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from desktop.crypto.encstring import wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.domain.errors import CannotDecrypt
from desktop.plans.answers import new_answers
from desktop.plans.setup import plan_setup
from tests.end2end.stage import Account, signed_in
from tests.practice_process import practice_server


def test_a_client_whose_key_does_not_open_is_listed_and_left_alone(tmp_path: Path) -> None:
    """The rest of the desk works on; nothing is written to it, not even into its log."""
    data = tmp_path / "server"
    data.mkdir()

    async def work(account: Account) -> None:
        async with signed_in(account, tmp_path / "p") as desk:
            clients = (await desk.clients.fetch()).data
            odd = clients[0].organization_id
            foreign = wrap_key(SymmetricKey.generate(), SymmetricKey.generate())
            with sqlite3.connect(data / "practice.db", timeout=20) as database:
                database.execute(
                    "UPDATE provider_organizations SET key = ? WHERE organization_id = ?",
                    (foreign, str(odd)),
                )
            database.close()
        async with signed_in(account, tmp_path / "q") as desk:
            assert odd in {one.organization_id for one in (await desk.clients.fetch()).data}
            before = len(server.requests())
            with pytest.raises(CannotDecrypt):
                await desk.workspace.open(odd)
            assert len(server.requests()) == before
            plan = plan_setup(new_answers({}, name="Beside it", owner_email="owner@beside.example"))
            assert (await desk.runs.execute(plan)).is_done

    with practice_server(data=data) as server:
        asyncio.run(work(Account.of(server)))


def test_a_suspended_provider_reads_and_says_why_nothing_can_be_changed(tmp_path: Path) -> None:
    data = tmp_path / "server"
    data.mkdir()

    async def work(account: Account) -> None:
        async with signed_in(account, tmp_path / "p") as desk:
            assert desk.why_not() is None
            with sqlite3.connect(data / "practice.db", timeout=20) as database:
                database.execute("UPDATE providers SET enabled = 0")
            database.close()
            await desk.connect()
            assert desk.why_not() == "suspended"
            cached = await desk.clients.cached()
            assert cached is None or cached.data

    with practice_server(data=data) as server:
        asyncio.run(work(Account.of(server)))
