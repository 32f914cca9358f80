"""The practice server as a child of the program."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from desktop.domain.errors import Offline, Refused
from desktop.services.practice import Practice


def test_it_starts_once_keeps_its_port_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "practice"

    async def work() -> None:
        practice = Practice(folder)
        with pytest.raises(Offline):
            await practice.inbox()
        first, again = await asyncio.gather(practice.start(), practice.start())
        assert first == again
        assert first.accounts[0].role == "provider_admin"
        assert first.ca.startswith(str(folder))
        open_mails = [one for one in await practice.inbox() if one.open]
        assert open_mails
        await practice.accept(open_mails[0].id)
        accepted = {one.id: one.open for one in await practice.inbox()}
        assert not accepted[open_mails[0].id]
        with pytest.raises(Refused):
            await practice.accept(open_mails[0].id)
        await practice.stop(clean=False)
        assert folder.is_dir()
        # After a crash the interrupted run's connection still fits.
        other = Practice(folder)
        assert (await other.start()).url == first.url
        assert not {one.id: one.open for one in await other.inbox()}[open_mails[0].id]
        await other.stop(clean=True)
        assert not folder.exists()

    asyncio.run(work())
