"""Accounts that change on the server: another salt, another user key, a lying wrapping."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import cast

import pytest

from desktop.domain.errors import IdentityChanged, KdfWeakened, SaltDiffers
from desktop.domain.events import EventHub
from desktop.domain.records import Kdf
from desktop.practice import keys, passwords
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, SignIn, practice_address
from desktop.settings.connections import ConnectionRecord
from desktop.settings.profile import ProfileFolder
from tests.end2end.stage import Account, FastClock, setup, signed_in
from tests.practice_process import PracticeHandle, practice_server

KDF = keys.Kdf(0, 600_000)


def rewrap(data: Path, account: Account, user_key: bytes, salt: str, kdf: keys.Kdf = KDF) -> None:
    """The account gets this user key, wrapped under its password and `salt`."""
    made = keys.credentials(account.password, salt, user_key, kdf)
    grain = b"0123456789abcdef"
    with sqlite3.connect(data / "practice.db", timeout=20) as database:
        database.execute(
            "UPDATE users SET salt = ?, kdf = 0, iterations = ?, password_hash = ?,"
            " password_salt = ?, wrapped_user_key = ? WHERE email = ?",
            (
                salt, kdf.iterations, passwords.hashed(made.server_hash, grain),
                grain, made.wrapped_user_key, account.email,
            ),
        )  # fmt: skip
    database.close()


def begin(entrance: Entrance, account: Account) -> SignIn:
    address = practice_address(account.url, account.ca)
    return entrance.begin(address, account.email, is_practice=True)


def records(folder: Path) -> tuple[ConnectionRecord, ...]:
    with ProfileFolder.open(folder) as profile:
        return Entrance(profile, EventHub(), FastClock()).connections()


def test_t04_an_accepted_salt_opens_the_desk_without_a_network(tmp_path: Path) -> None:
    data, folder = tmp_path / "server", tmp_path / "p"
    data.mkdir()

    async def work(account: Account) -> None:
        async with signed_in(account, tmp_path / "other") as desk:
            user_key = bytes(desk.session.user_key.view())
        rewrap(data, account, user_key, "former@example.com")
        with ProfileFolder.open(folder) as profile:
            entrance = Entrance(profile, EventHub(), FastClock())
            attempt = begin(entrance, account)
            with pytest.raises(SaltDiffers) as asked:
                await attempt.with_password(account.password)
            attempt.accept_salt(asked.value.given)
            desk = await attempt.with_password(account.password)
            await desk.lock()
            # Unlocking, signing in again and signing in anew all go by the pinned salt.
            desk = await entrance.unlock(entrance.connections()[0].id, account.password)
            await desk.sign_in_again(account.password)
            await desk.lock()
            desk = await begin(entrance, account).with_password(account.password)
            # The e-mail as salt is now the other value, and is asked about.
            rewrap(data, account, user_key, account.email)
            with pytest.raises(SaltDiffers):
                await desk.sign_in_again(account.password)
            await desk.lock()
            with pytest.raises(SaltDiffers) as asked:
                await begin(entrance, account).with_password(account.password)
            assert (asked.value.expected, asked.value.given) == (
                "former@example.com",
                account.email,
            )

    with practice_server(data=data) as server:
        asyncio.run(work(Account.of(server)))


def test_t03_t04_what_a_person_accepts_is_pinned_and_in_the_local_log(tmp_path: Path) -> None:
    """When signing in again beside open work, and when signing in anew."""
    data, folder = tmp_path / "server", tmp_path / "p"
    data.mkdir()
    weak = keys.Kdf(0, 100_000)

    async def said(desk: Desk) -> list[tuple[str, dict[str, str]]]:
        lines = await desk.log.entries(4)
        return [(one.what, one.facts) for one in lines if one.what.endswith("_accepted")]

    async def work(server: PracticeHandle, account: Account) -> None:
        with ProfileFolder.open(folder) as profile:
            entrance = Entrance(profile, EventHub(), FastClock())
            desk = await begin(entrance, account).with_password(account.password)
            user_key = bytes(desk.session.user_key.view())
            rewrap(data, account, user_key, account.email, weak)
            before = tokens(server)
            with pytest.raises(KdfWeakened) as asked:
                await desk.sign_in_again(account.password)
            assert tokens(server) == before
            desk.accept_kdf(cast("Kdf", asked.value.given))
            await desk.sign_in_again(account.password)
            facts = {"before": "PBKDF2 600000", "now": "PBKDF2 100000"}
            assert ("kdf_accepted", facts) in await said(desk)
            assert desk.connection.kdf == asked.value.given
            rewrap(data, account, user_key, "former@example.com", weak)
            with pytest.raises(SaltDiffers) as differs:
                await desk.sign_in_again(account.password)
            desk.accept_salt(differs.value.given)
            await desk.sign_in_again(account.password)
            assert ("salt_accepted", {}) in await said(desk)
            assert entrance.connections()[0].salt == "former@example.com"
            await desk.lock()
            # Weaker still, and this time nothing is open.
            weaker = keys.Kdf(0, 90_000)
            rewrap(data, account, user_key, "former@example.com", weaker)
            attempt = begin(entrance, account)
            with pytest.raises(KdfWeakened) as asked:
                await attempt.with_password(account.password)
            attempt.accept_kdf(cast("Kdf", asked.value.given))
            desk = await attempt.with_password(account.password)
            facts = {"before": "PBKDF2 100000", "now": "PBKDF2 90000"}
            assert ("kdf_accepted", facts) in await said(desk)
            await desk.lock()

    with practice_server(data=data) as server:
        asyncio.run(work(server, Account.of(server)))


def tokens(server: PracticeHandle) -> int:
    return sum(one["path"] == "/identity/connect/token" for one in server.requests())


def test_t38_a_wrapping_of_another_user_key_is_never_kept(
    server: PracticeHandle, tmp_path: Path
) -> None:
    """It would be all that the next unlock has, and open neither journal nor cache."""
    account, folder = Account.of(server), tmp_path / "p"

    async def work() -> None:
        async with signed_in(account, folder) as desk:
            plan, preview = setup("kept")
            run = await desk.runs.start(plan, preview)
            own = desk.connection.wrapped_user_key
            other = keys.credentials(account.password, account.email, b"k" * 64, KDF)
            server.post("user", {"email": account.email, "wrappedUserKey": other.wrapped_user_key})
            try:
                with pytest.raises(IdentityChanged):
                    await desk.sign_in_again(account.password)
            finally:
                server.post("user", {"email": account.email, "wrappedUserKey": own})
        async with signed_in(account, folder) as desk:
            assert [one.run for one in await desk.runs.waiting()] == [run]
            await desk.runs.abandon(run)

    asyncio.run(work())


def test_a_rotated_user_key_gets_one_new_place_on_the_desk(tmp_path: Path) -> None:
    """What the former key sealed stays, under its own record; the next sign-in adds nothing."""
    data, folder = tmp_path / "server", tmp_path / "p"
    data.mkdir()

    async def sign_in(account: Account) -> None:
        with ProfileFolder.open(folder) as profile:
            entrance = Entrance(profile, EventHub(), FastClock())
            desk = await begin(entrance, account).with_password(account.password)
            await desk.lock()

    async def work(account: Account) -> None:
        async with signed_in(account, folder) as desk:
            user_key = bytes(desk.session.user_key.view())
        with sqlite3.connect(data / "practice.db", timeout=20) as database:
            (wrapped,) = database.execute(
                "SELECT wrapped_private_key FROM users WHERE email = ?", (account.email,)
            ).fetchone()
            private = keys.encrypt(b"n" * 64, keys.decrypt(user_key, wrapped))
            database.execute(
                "UPDATE users SET wrapped_private_key = ? WHERE email = ?", (private, account.email)
            )
        database.close()
        rewrap(data, account, b"n" * 64, account.email)
        for _ in range(3):
            await sign_in(account)

    with practice_server(data=data) as server:
        asyncio.run(work(Account.of(server)))
    assert len(records(folder)) == 2
