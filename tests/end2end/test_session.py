"""Signing in, unlocking without a network, locking: against the real practice server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.enums import ProviderUserType
from desktop.domain.errors import (
    ClavigerError,
    KdfOutOfBounds,
    KdfWeakened,
    Locked,
    NoProvider,
    Offline,
    SaltDiffers,
    SignedOut,
    StorageFailed,
    TwoStepRequired,
    WrongPassword,
    WrongTwoStepCode,
)
from desktop.domain.events import Event, EventHub, LockedNow
from desktop.practice.totp import code
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, SignIn, practice_address
from desktop.settings.profile import ProfileFolder
from tests.end2end.stage import Account, FastClock, setup, signed_in
from tests.practice_process import PracticeHandle

PRELOGIN = "/identity/accounts/prelogin.*"
TOKEN = "/identity/connect/token"


def attempt(server: PracticeHandle, folder: Path, email: str) -> tuple[ProfileFolder, SignIn]:
    profile = ProfileFolder.open(folder)
    entrance = Entrance(profile, EventHub(), FastClock())
    return profile, entrance.begin(practice_address(server.url, server.ca), email, is_practice=True)


def refused(
    server: PracticeHandle, folder: Path, kind: type[ClavigerError], password: str | None = None
) -> Any:
    """Signs in, expects an error, and tells how often the token endpoint was asked."""
    account = Account.of(server)

    async def work() -> Any:
        profile, sign_in = attempt(server, folder, account.email)
        before = _tokens(server)
        try:
            with pytest.raises(kind) as failed:
                await sign_in.with_password(password or account.password)
        finally:
            await sign_in.abandon()
            profile.close()
            server.script()
        return failed.value, _tokens(server) - before

    return asyncio.run(work())


def _tokens(server: PracticeHandle) -> int:
    return sum(one["path"].startswith(TOKEN) for one in server.requests())


def prelogin(**answer: Any) -> dict[str, Any]:
    settings = {"kdfType": 0, "iterations": 600_000, "memory": None, "parallelism": None}
    settings |= {name: value for name, value in answer.items() if name != "salt"}
    body = {"kdfSettings": settings, "salt": answer.get("salt")}
    return {"path": PRELOGIN, "do": "status", "status": 200, "body": body, "times": 0}


@pytest.mark.parametrize(
    "answer",
    [
        {"iterations": 4_999},
        {"iterations": 1},
        {"iterations": 0},
        {"kdfType": 1, "iterations": 3, "memory": 15, "parallelism": 4},
        {"kdfType": 7},
    ],
    ids=str,
)
def test_t01_weak_settings_end_before_anything_derived_leaves(
    answer: dict[str, Any], server: PracticeHandle, tmp_path: Path
) -> None:
    server.script(prelogin(**answer))
    _error, tokens = refused(server, tmp_path / "p", KdfOutOfBounds)
    assert tokens == 0


def test_t02_absurd_settings_end_at_once(server: PracticeHandle, tmp_path: Path) -> None:
    server.script(prelogin(kdfType=1, iterations=3, memory=65_536, parallelism=4))
    began = time.monotonic()
    _error, tokens = refused(server, tmp_path / "p", KdfOutOfBounds)
    assert tokens == 0
    assert time.monotonic() - began < 2


def test_t03_settings_weaker_than_remembered_stop(server: PracticeHandle, tmp_path: Path) -> None:
    account, folder = Account.of(server), tmp_path / "p"

    async def first() -> None:
        async with signed_in(account, folder):
            pass

    asyncio.run(first())
    server.script(prelogin(iterations=100_000))
    error, tokens = refused(server, folder, KdfWeakened)
    assert error.given.iterations == 100_000
    assert tokens == 0


def test_t04_another_salt_is_shown_and_nothing_is_sent(
    server: PracticeHandle, tmp_path: Path
) -> None:
    server.script(prelogin(salt="other@example.com"))
    error, tokens = refused(server, tmp_path / "p", SaltDiffers)
    assert (error.expected, error.given) == (Account.of(server).email, "other@example.com")
    assert tokens == 0


def test_t40_a_wrong_password_is_asked_once(server: PracticeHandle, tmp_path: Path) -> None:
    _error, tokens = refused(server, tmp_path / "p", WrongPassword, "not the password")
    assert tokens == 1


def test_two_step_codes_continue_the_same_attempt(server: PracticeHandle, tmp_path: Path) -> None:
    person = server.register("totp@example.com", totp=True)

    async def work() -> None:
        profile, sign_in = attempt(server, tmp_path / "p", person["email"])
        with profile:
            with pytest.raises(TwoStepRequired) as asked:
                await sign_in.with_password(person["password"])
            assert asked.value.methods == (0,)
            with pytest.raises(WrongTwoStepCode):
                await sign_in.with_code(0, "000000")
            now = datetime.now(UTC).timestamp()
            # Signed in, and then there is nothing to work on: no provider.
            with pytest.raises(NoProvider):
                await sign_in.with_code(0, code(person["totpSecret"], int(now)))
            await sign_in.abandon()

    asyncio.run(work())


def test_a_service_user_is_told_what_is_not_for_them(
    server: PracticeHandle, tmp_path: Path
) -> None:
    person = server.account("service_user")
    account = Account(server.url, str(server.ca), person["email"], person["password"])

    async def work() -> None:
        async with signed_in(account, tmp_path / "p") as desk:
            assert desk.session.role is ProviderUserType.SERVICE_USER
            assert desk.why_not("write") is None
            assert desk.why_not("create_client") == "service_user"
            assert desk.why_not("manage_members") == "service_user"
            plan, preview = setup("su")
            before = len(server.requests())
            with pytest.raises(ClavigerError):
                await desk.runs.start(plan, preview)
            assert len(server.requests()) == before

    asyncio.run(work())


def scene(server: PracticeHandle, folder: Path, work: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        async with signed_in(Account.of(server), folder) as desk:
            await work(desk)

    asyncio.run(run())


def test_unlocking_needs_no_network_and_shows_what_was_there(
    server: PracticeHandle, tmp_path: Path
) -> None:
    account, folder = Account.of(server), tmp_path / "p"

    async def fill(desk: Desk) -> None:
        clients = (await desk.clients.fetch()).data
        await desk.staff.fetch()
        await desk.workspace.open(clients[0].organization_id)

    scene(server, folder, fill)
    before = len(server.requests())

    async def offline() -> None:
        with ProfileFolder.open(folder) as profile:
            entrance = Entrance(profile, EventHub(), FastClock())
            (record,) = entrance.connections()
            with pytest.raises(WrongPassword):
                await entrance.unlock(record.id, "not the password")
            desk = await entrance.unlock(record.id, account.password)
            desk.network_cut = True
            clients = await desk.clients.cached()
            staff = await desk.staff.cached()
            assert clients is not None
            assert staff is not None
            assert not clients.fresh
            assert clients.fetched_at is not None
            assert len(clients.data) >= 3
            assert len(staff.data) == 4
            first = next(one for one in clients.data if one.organization_name.startswith("My C"))
            view = await desk.workspace.cached(first.organization_id)
            assert view is not None
            assert {"Finance", "IT/Servers"} <= {row.name for row in view.collections}
            assert view.members
            assert desk.why_not() == "offline"
            with pytest.raises(Offline):
                await desk.connect()
            await desk.lock()

    asyncio.run(offline())
    assert len(server.requests()) == before


def test_t53_a_second_window_reads_and_writes_nothing(
    server: PracticeHandle, tmp_path: Path
) -> None:
    account, folder = Account.of(server), tmp_path / "p"

    async def work() -> None:
        async with (
            signed_in(account, folder) as first,
            signed_in(account, folder) as second,
        ):
            assert first.why_not() is None
            assert second.why_not() == "read_only"
            assert (await second.clients.fetch()).data
            plan, preview = setup("second")
            with pytest.raises(StorageFailed):
                await second.runs.start(plan, preview)
            assert (await first.clients.fetch()).data

    asyncio.run(work())


def test_t84_nothing_readable_lies_on_the_disk(server: PracticeHandle, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    canaries: list[bytes] = [
        b"My Client's Organization", b"olga.owner@", b"secret-7", b"Site 7", b"Sales/Contracts",
    ]  # fmt: skip

    async def work(desk: Desk) -> None:
        clients = (await desk.clients.fetch()).data
        await desk.workspace.open(clients[0].organization_id)
        plan, preview = setup("canary")
        assert (await desk.runs.execute(plan, preview=preview)).is_done
        token = desk.link.api.refresh_token
        assert token is not None
        canaries.append(token.encode())

    scene(server, folder, work)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 3
    for path in files:
        data = path.read_bytes()
        for canary in canaries:
            assert canary not in data, (path.name, canary)


def test_t41_signing_out_leaves_no_token_behind(server: PracticeHandle, tmp_path: Path) -> None:
    account, folder = Account.of(server), tmp_path / "p"

    async def work() -> None:
        async with signed_in(account, folder) as desk:
            assert desk.link.secrets.get("refresh_token") is not None
            await desk.sign_out()
        with ProfileFolder.open(folder) as profile:
            entrance = Entrance(profile, EventHub(), FastClock())
            desk = await entrance.unlock(entrance.connections()[0].id, account.password)
            assert desk.link.secrets.get("refresh_token") is None
            with pytest.raises(SignedOut):
                await desk.connect()
            assert desk.why_not() == "signed_out"
            # What was kept can still be read, and one sign-in makes it live again.
            await desk.sign_in_again(account.password)
            assert desk.why_not() is None
            assert (await desk.clients.fetch()).fresh
            await desk.lock()

    asyncio.run(work())


@pytest.mark.parametrize(
    ("answer", "kind"),
    [({"iterations": 100_000}, KdfWeakened), ({"salt": "other@example.com"}, SaltDiffers)],
    ids=["t03", "t04"],
)
def test_signing_in_again_checks_what_the_first_sign_in_checked(
    answer: dict[str, Any],
    kind: type[ClavigerError],
    server: PracticeHandle,
    tmp_path: Path,
) -> None:
    account = Account.of(server)

    async def work() -> None:
        async with signed_in(account, tmp_path / "p") as desk:
            server.script(prelogin(**answer))
            before = _tokens(server)
            with pytest.raises(kind):
                await desk.sign_in_again(account.password)
            server.script()
            assert _tokens(server) == before

    asyncio.run(work())


def test_t79_a_lock_wipes_every_key_and_nothing_works_afterwards(
    server: PracticeHandle, tmp_path: Path
) -> None:
    seen: list[Event] = []

    async def work() -> None:
        hub = EventHub()
        hub.subscribe(seen.append)
        async with signed_in(Account.of(server), tmp_path / "p", hub) as desk:
            clients = (await desk.clients.fetch()).data
            session = desk.session
            keys = [session.user_key, session.provider_key]
            keys += [session.org_key(one.organization_id) for one in clients]
            began = time.monotonic()
            await desk.lock()
            assert time.monotonic() - began < 1.0
            assert all(key.is_wiped for key in keys)
            assert desk.why_not() == "locked"
            assert desk.clients.all() == ()
            with pytest.raises(Locked):
                await desk.clients.cached()
            with pytest.raises(Locked):
                session.org_key(clients[0].organization_id).view()
            await desk.lock()

    asyncio.run(work())
    assert [type(one) for one in seen].count(LockedNow) == 1


def test_t81_a_reply_that_arrives_after_the_lock_is_dropped(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """Spike: lock with a reply in flight."""
    seen: list[Event] = []

    async def work() -> None:
        hub = EventHub()
        async with signed_in(Account.of(server), tmp_path / "p", hub) as desk:
            clients = (await desk.clients.fetch()).data
            hub.subscribe(seen.append)
            path = "/api/organizations/.*"
            server.script({"path": path, "do": "delay", "seconds": 0.5, "times": 0})
            opening = asyncio.ensure_future(desk.workspace.open(clients[0].organization_id))
            await asyncio.sleep(0.1)
            await desk.lock()
            server.script()
            (error,) = await asyncio.gather(opening, return_exceptions=True)
            assert isinstance(error, ClavigerError)
            assert [type(one) for one in seen] == [LockedNow]

    asyncio.run(work())


def test_t81_a_run_is_stopped_by_the_lock_and_resumed_after_it(
    server: PracticeHandle, tmp_path: Path
) -> None:
    account, folder = Account.of(server), tmp_path / "p"

    async def work() -> None:
        async with signed_in(account, folder) as desk:
            plan, preview = setup("locked")
            started = await desk.runs.start(plan, preview)
            server.script(
                {"path": "/api/.*/collections", "do": "delay", "seconds": 0.4, "times": 0}
            )
            running = asyncio.ensure_future(desk.runs.run(started))
            await asyncio.sleep(0.3)
            await desk.lock()
            await asyncio.gather(running, return_exceptions=True)
            server.script()
        async with signed_in(account, folder) as desk:
            (waiting,) = await desk.runs.waiting()
            assert (await desk.runs.resume(waiting.run)).is_done
            clients = (await desk.clients.fetch()).data
            assert [one.organization_name for one in clients].count("Client locked") == 1

    asyncio.run(work())
