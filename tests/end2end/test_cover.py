"""The cover and the lock over a run at work: whose keys stay, what goes on, what ends (T81)."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.crypto.keys import SymmetricKey
from desktop.crypto.seal import DataKey
from desktop.crypto.secret import SecretBytes
from desktop.domain.errors import Locked, RunStopped, WrongPassword
from desktop.domain.ids import OrganizationId
from desktop.plans.answers import answers_for
from desktop.plans.plan import Plan
from desktop.plans.setup import plan_setup
from desktop.services import desk as desk_module
from desktop.services.desk import NOTE_S, SETTLE_S, Desk
from desktop.services.desks import Desks
from desktop.services.entrance import practice_address
from desktop.services.run_types import RunReport
from tests.end2end.house import desks_in
from tests.end2end.stage import Account, outcome, setup
from tests.practice_process import PracticeHandle

COLLECTIONS = "/api/organizations/[^/]*/collections"
LOCK_S = 0.5


@asynccontextmanager
async def entered(server: PracticeHandle, folder: Path) -> AsyncIterator[tuple[Desks, Desk]]:
    """One account of the practice server, with every client's key in use."""
    account = Account.of(server)
    async with desks_in(folder) as desks:
        attempt = desks.entrance.begin(
            practice_address(server.url, server.ca), account.email, is_practice=True
        )
        desks.adopt(await attempt.with_password(account.password))
        (desk,) = desks.open
        for client in (await desk.clients.fetch()).data:
            desk.session.org_key(client.organization_id)
        try:
            yield desks, desk
        finally:
            server.script()


def slowly(server: PracticeHandle, seconds: float = 0.4) -> None:
    """Each collection takes its time, so that a run can be seen at work."""
    server.script({"path": COLLECTIONS, "do": "delay", "seconds": seconds, "times": 0})


async def until(true: Callable[[], object]) -> None:
    for _tick in range(4_000):
        if true():
            return
        await asyncio.sleep(0.005)
    pytest.fail("it did not come")


async def at_work(desk: Desk, plan: Plan, *rest: Any) -> asyncio.Task[RunReport]:
    """A run that a person started, seen while it waits for the server."""
    run = await desk.runs.start(plan, *rest)
    task = asyncio.ensure_future(desk.runs.run(run))
    await until(lambda: desk.runs.is_running or task.done())
    assert not task.done()
    return task


async def for_client(desk: Desk, client: OrganizationId, *paths: str) -> Plan:
    """More collections for a client that is there."""
    answers = answers_for(await desk.workspace.known(client), {})
    answers.collections += paths
    return plan_setup(answers)


def living(desk: Desk) -> list[object]:
    return [one for one in desk._registry.secrets() if not getattr(one, "is_wiped", False)]


def scene(
    server: PracticeHandle, folder: Path, work: Callable[[Desks, Desk], Awaitable[None]]
) -> None:
    async def run() -> None:
        async with entered(server, folder) as (desks, desk), asyncio.timeout(40):
            await work(desks, desk)

    asyncio.run(run())


# --- the cover ------------------------------------------------------------------------------------


def test_t81_a_cover_keeps_only_the_keys_of_the_client_at_work(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work(desks: Desks, desk: Desk) -> None:
        session = desk.session
        first, *others = desk.clients.all()
        kept = session.org_key(first.organization_id)
        gone: list[SecretBytes] = [session.org_key(one.organization_id) for one in others]
        gone += [session.user_key, session.provider_key]
        plan = await for_client(desk, first.organization_id, "Covered", "Covered/Deep")
        slowly(server)
        task = await at_work(desk, plan)
        desks.cover()
        # At once: nobody waits for anything before the keys are gone.
        assert not kept.is_wiped
        assert all(one.is_wiped for one in gone)
        found = living(desk)
        assert [one for one in found if isinstance(one, SymmetricKey)] == [kept]
        assert sum(isinstance(one, DataKey) for one in found) == 1
        assert len(found) == 2, found
        assert desk.clients.all() == ()
        assert desks.open == ()
        assert desks.covered == (desk,)
        with pytest.raises(Locked):
            session.org_key(others[0].organization_id).view()
        task.cancel()  # the page that asked for the run goes with its window
        await desks.until_uncovered()
        assert desk.is_locked
        assert kept.is_wiped
        assert living(desk) == []

    scene(server, tmp_path / "p", work)

    async def look(_desks: Desks, desk: Desk) -> None:
        first = desk.clients.all()[0].organization_id
        view = await desk.workspace.open(first)
        assert {"Covered", "Covered/Deep"} <= {one.name for one in view.collections}
        assert await desk.runs.waiting() == ()

    scene(server, tmp_path / "p", look)


def test_t81_a_new_client_is_filled_under_the_cover(server: PracticeHandle, tmp_path: Path) -> None:
    """The one key it needs was made for it; that of the provider goes all the same."""
    found: dict[str, Any] = {}

    async def work(desks: Desks, desk: Desk) -> None:
        plan, preview = setup("covered")
        plain, same = setup("plain")
        assert (await desk.runs.execute(plain, preview=same)).is_done
        server.script({"path": "/api/providers/.*", "do": "delay", "seconds": 0.1, "times": 0})
        task = await at_work(desk, plan, preview)
        desks.cover()
        assert desk.session.provider_key.is_wiped
        assert desk.session.user_key.is_wiped
        assert len([one for one in living(desk) if isinstance(one, SymmetricKey)]) == 1
        assert (await task).is_done
        await desks.until_uncovered()
        assert desk.is_locked
        server.script()

    scene(server, tmp_path / "p", work)

    async def look(_desks: Desks, desk: Desk) -> None:
        for tag in ("plain", "covered"):
            found[tag] = outcome(server, desk, tag)

    scene(server, tmp_path / "p", look)
    assert found["covered"] == found["plain"]


def test_t81_each_run_takes_its_key_along(server: PracticeHandle, tmp_path: Path) -> None:
    """Two clients in turn: the key of the first goes before the second has ended."""

    async def work(desks: Desks, desk: Desk) -> None:
        first, second, third = (
            desk.session.org_key(one.organization_id) for one in desk.clients.all()[:3]
        )
        plans = [
            await for_client(desk, one.organization_id, f"Two {number}", f"Two {number}/Deep")
            for number, one in enumerate(desk.clients.all()[:2])
        ]
        slowly(server, 0.2)
        tasks = []
        for plan in plans:
            run = await desk.runs.start(plan)
            tasks.append(asyncio.ensure_future(desk.runs.run(run)))
            await until(lambda: desk.runs.is_running)
        await until(lambda: desk.runs.active == len(plans))
        desks.cover()
        assert (first.is_wiped, second.is_wiped, third.is_wiped) == (False, False, True)
        ending = asyncio.ensure_future(desks.until_uncovered())
        await until(lambda: desk.runs.active == 1)
        await until(lambda: first.is_wiped)
        assert desk.runs.active == 1
        assert not second.is_wiped
        await ending
        assert second.is_wiped
        assert all([(await task).is_done for task in tasks])

    scene(server, tmp_path / "p", work)


def test_t81_a_new_client_in_the_queue_keeps_its_key(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """The run before it ends under the cover, when nothing is left to open the key with again."""

    async def work(desks: Desks, desk: Desk) -> None:
        first = desk.clients.all()[0].organization_id
        plan, preview = setup("queued")
        slowly(server, 0.2)
        tasks = [await at_work(desk, await for_client(desk, first, "Before", "Before/Deep"))]
        run = await desk.runs.start(plan, preview)
        tasks.append(asyncio.ensure_future(desk.runs.run(run)))
        await until(lambda: desk.runs.active == len(tasks))
        desks.cover()
        ending = asyncio.ensure_future(desks.until_uncovered())
        assert all([(await task).is_done for task in tasks])
        await ending
        assert living(desk) == []

    scene(server, tmp_path / "p", work)


def test_t81_the_password_takes_the_cover_away(server: PracticeHandle, tmp_path: Path) -> None:
    password = Account.of(server).password

    async def work(desks: Desks, desk: Desk) -> None:
        first, second, *_others = (one.organization_id for one in desk.clients.all())
        plan = await for_client(desk, first, "Uncovered", "Uncovered/Deep")
        slowly(server)
        task = await at_work(desk, plan)
        desks.cover()
        waiting = asyncio.ensure_future(desks.until_uncovered())
        before = len(server.requests())
        for wrong in ("", "not the password"):
            with pytest.raises(WrongPassword):
                await desks.unlock(wrong, desk.connection.id)
            assert desks.covered == (desk,)
            assert desk.session.user_key.is_wiped
        assert await desks.unlock(password, desk.connection.id) == (desk,)
        asked = {one["path"] for one in server.requests()[before:]}
        assert not any(path.startswith("/identity") for path in asked)
        assert desks.open == (desk,)
        await waiting
        assert not desk.is_locked
        server.script()
        await desk.clients.fetch()
        assert (await desk.workspace.open(second)).collections
        assert (await task).is_done
        # Later it is covered and locked as ever.
        desks.cover()
        assert desk.is_locked

    scene(server, tmp_path / "p", work)


def test_t81_a_cover_without_a_run_is_a_lock(server: PracticeHandle, tmp_path: Path) -> None:
    async def work(desks: Desks, desk: Desk) -> None:
        desks.cover()
        assert desk.is_locked
        assert [type(one) for one in living(desk)] == [DataKey]
        await desks.until_uncovered()
        assert living(desk) == []

    scene(server, tmp_path / "p", work)


def test_t81_four_hours_are_the_most(
    server: PracticeHandle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk_module.COVER_MOST_S == 4 * 3600
    monkeypatch.setattr(desk_module, "COVER_MOST_S", 60.0)  # 0.15 s by the clock of the tests

    async def work(desks: Desks, desk: Desk) -> None:
        first = desk.clients.all()[0].organization_id
        plan = await for_client(desk, first, *(f"Long/{number}" for number in range(9)))
        slowly(server, 20)
        task = await at_work(desk, plan)
        desks.cover()
        await desks.until_uncovered()
        assert desk.is_locked
        assert living(desk) == []
        server.script()
        await asyncio.gather(task, return_exceptions=True)

    scene(server, tmp_path / "p", work)

    async def look(_desks: Desks, desk: Desk) -> None:
        (waiting,) = await desk.runs.waiting()
        assert (await desk.runs.resume(waiting.run)).is_done

    scene(server, tmp_path / "p", look)


def test_a_page_that_goes_stops_its_run_unless_there_is_a_cover(
    server: PracticeHandle, tmp_path: Path
) -> None:
    async def work(desks: Desks, desk: Desk) -> None:
        first = desk.clients.all()[0].organization_id
        plan = await for_client(desk, first, "Left", "Left/Deep")
        slowly(server)
        task = await at_work(desk, plan)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert desk.runs.active == 0
        (waiting,) = await desk.runs.waiting()
        server.script()
        assert (await desk.runs.resume(waiting.run)).is_done

    scene(server, tmp_path / "p", work)


# --- the lock -------------------------------------------------------------------------------------


def test_t81_a_lock_begins_without_waiting(server: PracticeHandle, tmp_path: Path) -> None:
    """No key is left when the call returns but that of a run at work, which is asked to stop."""

    async def work(desks: Desks, desk: Desk) -> None:
        session = desk.session
        first, *others = desk.clients.all()
        kept = session.org_key(first.organization_id)
        gone: list[SecretBytes] = [session.org_key(one.organization_id) for one in others]
        gone += [session.user_key, session.provider_key]
        plan = await for_client(desk, first.organization_id, "Shut", "Shut/Deep")
        slowly(server)
        task = await at_work(desk, plan)
        desks.shut()
        assert desk.is_locked
        assert all(one.is_wiped for one in gone)
        assert not kept.is_wiped
        assert desk.clients.all() == ()
        await desks.lock()
        assert living(desk) == []
        server.script()
        (ended,) = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(ended, RunReport | RunStopped | Locked)

    scene(server, tmp_path / "p", work)


def test_t81_neither_a_run_nor_a_disk_delays_the_lock(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """The last key goes within 500 ms, whatever hangs; a busy computer takes a few times that."""
    assert SETTLE_S + NOTE_S <= LOCK_S * 0.9

    async def work(_desks: Desks, desk: Desk) -> None:
        first = desk.clients.all()[0].organization_id
        plan = await for_client(desk, first, "Hangs")
        slowly(server, 3)
        task = await at_work(desk, plan)
        stuck = threading.Event()
        disk = asyncio.ensure_future(desk.link.disk(stuck.wait))
        began = time.monotonic()
        locking = asyncio.ensure_future(desk.lock())
        try:
            await until(lambda: desk._registry.is_shut)
            assert time.monotonic() - began < LOCK_S * 6
            assert living(desk) == []
            assert not locking.done(), "the disk is stuck still"
        finally:
            stuck.set()
            await asyncio.gather(locking, disk, task, return_exceptions=True)

    scene(server, tmp_path / "p", work)
