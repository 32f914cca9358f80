"""A stolen profile: what lies there, and that nothing of it opens anything (T83)."""

from __future__ import annotations

import asyncio
import binascii
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.cache.entries import JOURNAL_SCHEMA
from desktop.cache.sealing import Sealer
from desktop.cache.snapshots import SNAPSHOT_SCHEMA
from desktop.crypto.encstring import decrypt
from desktop.crypto.kdf import derive_master_key, stretch
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.seal import DataKey
from desktop.domain.errors import CannotDecrypt, WrongPassword
from desktop.domain.events import EventHub
from desktop.services.entrance import Entrance
from desktop.settings.connections import CONNECTIONS_FILE, FORMER_FILE, ConnectionRecord
from desktop.settings.keychain import MemoryKeychain
from desktop.settings.preferences import PREFERENCES_FILE, PreferencesFile
from desktop.settings.profile import LOCK_FILE, ProfileFolder
from tests.end2end.stage import Account, FastClock, setup, signed_in
from tests.practice_process import PracticeHandle

SCHEMAS = {"snapshots.db": SNAPSHOT_SCHEMA, "journal.db": JOURNAL_SCHEMA}


@pytest.fixture(scope="module")
def whole(server: PracticeHandle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile that has seen everything, locked."""
    folder = tmp_path_factory.mktemp("whole") / "p"

    async def work() -> None:
        async with signed_in(Account.of(server), folder) as desk:
            plan, preview = setup("stolen")
            assert (await desk.runs.execute(plan, preview=preview)).is_done
            clients = (await desk.clients.fetch()).data
            await desk.workspace.open(clients[0].organization_id)
            await desk.staff.fetch()
        with ProfileFolder.open(folder) as profile:
            PreferencesFile(profile).change(text_size=125)

    asyncio.run(work())
    return folder


@pytest.fixture
def stolen(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, on another machine."""
    return Path(shutil.copytree(whole, tmp_path / "elsewhere"))


def entrance_of(profile: ProfileFolder) -> Entrance:
    return Entrance(profile, EventHub(), FastClock())


def leaves(value: Any) -> Iterator[str]:
    """Every text inside a document."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield value


def keys_lying_there(folder: Path, keystore: MemoryKeychain) -> set[bytes]:
    """Whatever in the files, or in the keystore beside them, has the size of a key."""
    texts = [
        text for path in folder.glob("*.json*") for text in leaves(json.loads(path.read_bytes()))
    ]
    texts += list(keystore._values.values())
    found: set[bytes] = set()
    for text in texts:
        found.add(text.encode())
        for part in re.split(r"[^A-Za-z0-9+/=]", text):
            for decode in (binascii.a2b_base64, bytes.fromhex):
                try:
                    found.add(decode(part))
                except (ValueError, binascii.Error):
                    continue
    windows = {one[at : at + size] for one in found if len(one) <= 200
               for size in (32, 64) for at in range(len(one) - size + 1)}  # fmt: skip
    for path in folder.rglob("*.db"):
        with sqlite3.connect(path) as conn:
            for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
                for row in conn.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - its own names
                    held = [one for one in row if isinstance(one, bytes) and len(one) >= 32]
                    windows |= {end for one in held for end in (one[:32], one[-32:])}
    return windows


def opens(folder: Path, record: ConnectionRecord, key: bytes) -> bool:
    """Whether these bytes open the files as their data key, or either wrapping as the user key."""
    if len(key) == 32:
        for name, schema in SCHEMAS.items():
            sealer = Sealer(DataKey(bytearray(key)), str(record.id), schema.sealed_as)
            with sqlite3.connect(folder / str(record.id) / name) as conn:
                (sealed,) = conn.execute("SELECT value FROM meta WHERE name = 'check'").fetchone()
            try:
                sealer.open(sealed, "meta", b"check")
            except CannotDecrypt:
                continue
            return True
        return False
    for wrapped in (record.wrapped_data_key or "", record.wrapped_user_key or ""):
        try:
            decrypt(SymmetricKey(bytearray(key)), wrapped)
        except CannotDecrypt:
            continue
        return True
    return False


def test_t83_a_copied_profile_and_keystore_open_nothing_elsewhere(
    stolen: Path, server: PracticeHandle
) -> None:
    account = Account.of(server)
    keystore = MemoryKeychain()  # nothing of the program lies in one

    async def guess(words: list[str]) -> None:
        with ProfileFolder.open(stolen) as profile:
            entrance = entrance_of(profile)
            (known,) = entrance.connections()
            for word in words:
                with pytest.raises(WrongPassword):
                    await entrance.unlock(known.id, word)

    async def enter() -> tuple[int, bytes, bytes]:
        with ProfileFolder.open(stolen) as profile:
            entrance = entrance_of(profile)
            desk = await entrance.unlock(entrance.connections()[0].id, account.password)
            clients = await desk.clients.cached()
            assert clients is not None
            data = next(one for one in desk._registry.secrets() if isinstance(one, DataKey))
            keys = bytes(data.view()), bytes(desk.session.user_key.view())
            await desk.lock()
            return len(clients.data), *keys

    with ProfileFolder.open(stolen) as profile:
        (record,) = entrance_of(profile).connections()
    lying = keys_lying_there(stolen, keystore)
    assert len(lying) > 100
    assert [key for key in lying if opens(stolen, record, key)] == []
    asyncio.run(guess(["", record.email, str(record.device_id), account.password + " "]))
    # The copy is whole all the same: with the master password it opens, without a network.
    count, data_key, user_key = asyncio.run(enter())
    assert count >= 2
    assert opens(stolen, record, data_key)
    assert opens(stolen, record, user_key)
    assert record.kdf is not None
    master = stretch(derive_master_key(account.password, record.email, record.kdf))
    assert opens(stolen, record, bytes(master.view()))


def test_t83_nothing_lies_in_a_profile_but_what_is_on_the_list(stolen: Path) -> None:
    files = {path.relative_to(stolen).as_posix() for path in stolen.rglob("*") if path.is_file()}
    told = json.loads((stolen / CONNECTIONS_FILE).read_bytes())
    (connection,) = told["connections"]
    kept = {f"{connection['id']}/{name}" for name in SCHEMAS}
    assert files == {LOCK_FILE, CONNECTIONS_FILE, FORMER_FILE, PREFERENCES_FILE, *kept}
    # Every table holds numbers and sealed bytes only: a text in clear would name something.
    texts = []
    for name in kept:
        with sqlite3.connect(stolen / name) as conn:
            for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
                rows = conn.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - as above
                texts += [one for row in rows for one in row if isinstance(one, str)]
    assert set(texts) <= {"check", "end", "pins"}


@pytest.mark.parametrize("column", ["head", "body", "link"])
def test_t83_two_entries_of_the_journal_cannot_change_places(
    column: str, stolen: Path, server: PracticeHandle
) -> None:
    account = Account.of(server)

    async def problem() -> tuple[str | None, str | None]:
        with ProfileFolder.open(stolen) as profile:
            entrance = entrance_of(profile)
            desk = await entrance.unlock(entrance.connections()[0].id, account.password)
            found = desk.link.journal.problem, desk.why_not()
            await desk.lock()
            return found

    assert asyncio.run(problem())[0] is None
    (path,) = stolen.rglob("journal.db")
    with sqlite3.connect(path) as conn:
        (one, two) = [
            number
            for (number,) in conn.execute(
                "SELECT number FROM entries WHERE body IS NOT NULL ORDER BY number LIMIT 2"
            )
        ]
        conn.execute(
            f"UPDATE entries SET {column} = (SELECT o.{column} FROM entries AS o WHERE o.number ="  # noqa: S608 - ours
            " ? + ? - entries.number) WHERE number IN (?, ?)",
            (one, two, one, two),
        )
    found, why = asyncio.run(problem())
    assert found == "damaged"
    assert why == "journal_damaged"
