"""Snapshots: swapped whole, bound to their place, with a history."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import zlib
from datetime import UTC
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.cache.database import FileUnusable
from desktop.cache.snapshots import Put, Snapshot
from desktop.cache.store import Store
from desktop.crypto.seal import DataKey
from desktop.domain.errors import Locked, StorageFailed
from desktop.domain.ids import ConnectionId
from desktop.settings.profile import ProfileFolder
from tests.cache.desk import AT, CLIENT, CONNECTION, KEY, RUN, Desk, all_bytes, begin_run, later

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

OWNER = "77777777-2222-4333-8444-555555555555"
MEMBERS = json.dumps([{"name": "Canary Contoso", "email": "canary@example.org"}]).encode()
OTHER = json.dumps([{"name": "Other client"}]).encode()


def test_what_is_put_is_got(desk: Desk) -> None:
    store = desk.open()
    assert store.snapshots.get("members", OWNER) is None
    assert store.snapshots.label("members", OWNER) is None
    assert store.snapshots.put("members", OWNER, MEMBERS, AT, version=3)
    expected = Snapshot("members", OWNER, AT, 3, MEMBERS)
    assert store.snapshots.get("members", OWNER) == expected
    assert store.snapshots.get("groups", OWNER) is None
    assert store.snapshots.get("members", "") is None
    store.close()
    again = desk.open()
    assert again.snapshots.get("members", OWNER) == expected
    label = again.snapshots.label("members", OWNER)
    assert label is not None
    assert label.fetched_at == AT
    assert label.fetched_at.tzinfo is UTC


def test_what_is_current_is_known_without_reading_it(desk: Desk) -> None:
    """Never of a body that was changed on disk: then it is to be kept anew."""
    store = desk.open()
    assert not store.snapshots.is_current("members", OWNER, MEMBERS)
    store.snapshots.put("members", OWNER, MEMBERS, AT)
    assert store.snapshots.is_current("members", OWNER, MEMBERS)
    assert not store.snapshots.is_current("members", OWNER, OTHER)
    assert not store.snapshots.is_current("members", CLIENT.hex, MEMBERS)
    store.close()
    desk.sql(desk.snapshots_file, "UPDATE bodies SET sealed = zeroblob(length(sealed))")
    assert not desk.open().snapshots.is_current("members", OWNER, MEMBERS)


def test_the_same_content_only_gets_younger(desk: Desk) -> None:
    snapshots = desk.open().snapshots
    assert snapshots.put("members", OWNER, MEMBERS, AT)
    assert not snapshots.put("members", OWNER, MEMBERS, later(5))
    got = snapshots.get("members", OWNER)
    assert got is not None
    assert got.fetched_at == later(5)
    assert snapshots.history("members", OWNER) == ()


def test_history_keeps_each_content_once(desk: Desk) -> None:
    store = desk.open()
    snapshots = store.snapshots
    for minute, payload in enumerate([b"[1]", b"[1]", b"[2]", b"[1]", b"[3]"]):
        snapshots.put("members", OWNER, payload, later(minute))
    history = snapshots.history("members", OWNER)
    assert [(one.first_at, one.last_at) for one in history] == [
        (later(0), later(1)), (later(2), later(2)), (later(3), later(3)),
    ]  # fmt: skip
    bodies = [snapshots.former("members", OWNER, one.digest) for one in history]
    assert bodies == [b"[1]", b"[2]", b"[1]"]
    assert snapshots.former("members", "other", history[0].digest) is None
    assert snapshots.prune(later(3)) == 2
    assert [one.first_at for one in snapshots.history("members", OWNER)] == [later(3)]
    assert snapshots.former("members", OWNER, history[1].digest) is None
    snapshots.forget("members", OWNER)
    assert snapshots.get("members", OWNER) is None
    assert snapshots.history("members", OWNER) == ()
    store.close()
    assert desk.sql(desk.snapshots_file, "SELECT count(*) FROM bodies") == [(0,)]


def test_kinds_lists_what_is_there(desk: Desk) -> None:
    snapshots = desk.open().snapshots
    snapshots.put("members", "b", b"[]", AT)
    snapshots.put("clients", "a", b"[]", later(1), 2)
    assert [(k.kind, k.owner, k.fetched_at, k.version) for k in snapshots.kinds()] == [
        ("clients", "a", later(1), 2), ("members", "b", AT, 1),
    ]  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.text(st.characters(), max_size=20),
    owner=st.text(st.characters(), max_size=20),
    value=st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=20),
)
def test_any_name_and_json_comes_back(desk: Desk, kind: str, owner: str, value: object) -> None:
    store = desk.open() if not desk.folder.exists() else desk._stores[0]
    payload = json.dumps(value).encode()
    kind, owner = (
        kind.encode("utf-8", "replace").decode(),
        owner.encode("utf-8", "replace").decode(),
    )
    store.snapshots.put(kind, owner, payload, AT)
    got = store.snapshots.get(kind, owner)
    assert got is not None
    assert got.payload == payload


def test_t58_incomplete_answers_never_replace_a_snapshot(desk: Desk) -> None:
    snapshots = desk.open().snapshots
    good = json.dumps([{"name": f"client {n}", "seats": n} for n in range(50)]).encode()
    snapshots.put("clients", OWNER, b"[1]", AT)
    chosen = random.Random(58)
    for cut in {0, 1, len(good) - 1} | {chosen.randrange(len(good)) for _ in range(200)}:
        with pytest.raises(ValueError, match="JSON"):
            snapshots.put("clients", OWNER, good[:cut], later(1))
    for wrong in (b"<html>", b"[1] trailing", b"[" * 100_000, b'"\xff"'[:2]):
        with pytest.raises(ValueError, match="JSON"):
            snapshots.put("clients", OWNER, wrong, later(1))
    got = snapshots.get("clients", OWNER)
    assert got is not None
    assert (got.payload, got.fetched_at) == (b"[1]", AT)


def test_t58_a_set_is_swapped_whole_or_not_at_all(desk: Desk) -> None:
    snapshots = desk.open().snapshots
    snapshots.put_all([Put("clients", "a", b"[1]", AT), Put("members", "a", b"[1]", AT)])
    with pytest.raises(ValueError, match="JSON"):
        snapshots.put_all([Put("clients", "a", b"[2]", AT), Put("members", "a", b"[2", AT)])
    for kind in ("clients", "members"):
        got = snapshots.get(kind, "a")
        assert got is not None
        assert got.payload == b"[1]"


SWAPPER = """
import sys
from pathlib import Path
from desktop.cache.snapshots import Put
from tests.cache.desk import AT, Desk
store = Desk(Path(sys.argv[1])).open()
number = 0
print("go", flush=True)
while True:
    number += 1
    body = (b"[%d" % number) + b", 7" * 20_000 + b"]"
    store.snapshots.put_all([Put("clients", "a", body, AT), Put("members", "a", body, AT)])
    if number % 3 == 0:
        print(number, flush=True)
"""


@pytest.mark.crash
def test_t58_killed_in_the_swap_both_snapshots_agree(tmp_path: Path) -> None:
    for lines in (1, 2, 4):
        with subprocess.Popen(
            [sys.executable, "-c", SWAPPER, str(tmp_path / "p")], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            said = [child.stdout.readline() for _ in range(lines + 1)]
            child.kill()
        desk = Desk(tmp_path / "p")
        store = desk.open()
        bodies = [store.snapshots.get(kind, "a") for kind in ("clients", "members")]
        assert not store.cache_was_rebuilt
        assert bodies[0] is not None
        assert bodies[1] is not None
        assert bodies[0].payload == bodies[1].payload
        assert json.loads(bodies[0].payload)[0] >= int(said[-1])
        desk.close()


def test_t83_rows_are_bound_to_their_place(desk: Desk) -> None:
    store = desk.open()
    store.snapshots.put("members", "a", MEMBERS, AT)
    store.snapshots.put("members", "b", OTHER, later(1))
    store.secrets.put("refresh", b"token a")
    store.secrets.put("other", b"token b")
    store.close()
    swaps = {
        "labels": ("snapshots", "label = (SELECT label FROM former AS o WHERE o.row != t.row)"),
        "digests": ("snapshots", "digest = (SELECT digest FROM former AS o WHERE o.row != t.row)"),
        "bodies": ("bodies", "sealed = (SELECT sealed FROM former AS o WHERE o.row != t.row)"),
        "secrets": ("secrets", "sealed = (SELECT sealed FROM former AS o WHERE o.row != t.row)"),
        "times": ("snapshots", "fetched_at = fetched_at + 60000"),
        "versions": ("snapshots", "version = 9"),
    }
    original = desk.snapshots_file.read_bytes()
    for name, (table, change) in swaps.items():
        desk.snapshots_file.write_bytes(original)
        desk.sql(
            desk.snapshots_file,
            f"CREATE TEMP TABLE former AS SELECT * FROM {table}",  # noqa: S608 (ours)
            f"UPDATE {table} AS t SET {change}",  # noqa: S608 (ours)
        )
        store = desk.open()
        assert not store.cache_was_rebuilt
        if name == "secrets":
            assert store.secrets.get("refresh") is None
            assert store.secrets.get("other") is None
        else:
            assert store.snapshots.get("members", "a") is None, name
            assert store.snapshots.get("members", "b") is None, name
            assert store.snapshots.damaged == 2 or name == "bodies"
            # and the next sync brings them back
            store.snapshots.put("members", "a", MEMBERS, AT)
            got = store.snapshots.get("members", "a")
            assert got is not None
            assert got.payload == MEMBERS
        store.close()


def test_t83_a_former_row_cannot_be_redated(desk: Desk) -> None:
    store = desk.open()
    for minute, payload in enumerate([b"[1]", b"[2]"]):
        store.snapshots.put("members", "a", payload, later(minute))
    store.close()
    desk.sql(desk.snapshots_file, "UPDATE versions SET last_at = last_at + 1")
    assert desk.open().snapshots.history("members", "a") == ()


def test_t83_every_flipped_byte_is_noticed(desk: Desk) -> None:
    store = desk.open()
    store.snapshots.put("members", "a", MEMBERS, AT)
    store.close()
    original = desk.snapshots_file.read_bytes()
    ((sealed,),) = desk.sql(desk.snapshots_file, "SELECT sealed FROM bodies")
    start = original.index(sealed[-60:])
    for offset in range(start, start + 60, 4):
        data = bytearray(original)
        data[offset] ^= 0x40
        desk.snapshots_file.write_bytes(data)
        store = desk.open()
        assert store.snapshots.get("members", "a") is None
        store.close()


def test_t83_another_key_opens_nothing_and_breaks_nothing(desk: Desk) -> None:
    store = desk.open()
    store.snapshots.put("members", "a", MEMBERS, AT)
    begin_run(store)
    store.close()
    journal = desk.journal_file.read_bytes()
    stranger = desk.open(key=DataKey(bytearray(b"x" * 32)))
    assert stranger.cache_was_rebuilt
    assert stranger.snapshots.get("members", "a") is None
    assert stranger.journal.problem == "damaged"
    assert stranger.journal.runs() == []
    with pytest.raises(StorageFailed):
        stranger.journal.log("opening", b"", AT)
    stranger.close()
    assert desk.journal_file.read_bytes() == journal
    owner = desk.open()
    assert [run.id for run in owner.journal.runs()] == [RUN]


def test_t83_files_of_one_account_are_nothing_to_another(desk: Desk) -> None:
    """Also under the same key: what is sealed names the account it was sealed for."""
    store = desk.open()
    store.snapshots.put("members", "a", MEMBERS, AT)
    store.secrets.put("refresh", b"token a")
    begin_run(store)
    store.close()
    other = ConnectionId(UUID(int=83))
    shutil.copytree(desk.folder, desk.profile.connection_folder(other), dirs_exist_ok=True)
    with Store.open(desk.profile, other, desk.key) as moved:
        assert moved.cache_was_rebuilt
        assert moved.snapshots.get("members", "a") is None
        assert moved.secrets.get("refresh") is None
        assert moved.journal.problem == "damaged"
        assert moved.journal.runs() == []


def test_t83_the_same_content_of_two_clients_does_not_look_alike(desk: Desk) -> None:
    store = desk.open()
    store.snapshots.put("members", "a", MEMBERS, AT)
    store.snapshots.put("members", "b", MEMBERS, AT)
    store.close()
    rows = desk.sql(desk.snapshots_file, "SELECT row, digest FROM snapshots")
    assert len({digest for _row, digest in rows}) == 2
    # Not the plain hash of the content either, which whoever guesses the content could compare.
    assert all(zlib.crc32(MEMBERS) != zlib.crc32(digest) for _row, digest in rows)


CANARIES = (b"Contoso", b"canary@example.org", b"Other client", b"refresh-canary", b"plan-canary")


def plant(store: Store) -> None:
    store.snapshots.put("members-canary", OWNER, MEMBERS, AT)
    store.snapshots.put("members-canary", OWNER, OTHER, later(1))
    store.snapshots.put("clients", "provider-canary", MEMBERS, AT)
    store.secrets.put("secret-name-canary", b"refresh-canary")
    store.journal.create_run(RUN, "run-kind-canary", b"plan-canary Contoso", AT)
    store.journal.add_steps(RUN, [("step-canary", b"plan-canary")])
    store.journal.prepare(RUN, "step-canary", b"plan-canary" * 1000)
    store.journal.mark(RUN, "step-canary", "SENT", b"plan-canary")
    store.journal.log("log-canary", b"plan-canary", AT)
    store.ledger.add(CLIENT, [b"fingerprint-canary"], ["2.name-canary"])
    store.secrets.delete("secret-name-canary")
    store.snapshots.put("members-canary", OWNER, MEMBERS, later(2))


def scan(folder: Path) -> list[bytes]:
    data = all_bytes(folder)
    ids = [OWNER.encode(), str(RUN).encode(), CLIENT.bytes, RUN.bytes, KEY]
    return [one for one in (*CANARIES, b"canary", *ids) if one in data]


def test_t84_nothing_readable_in_any_file(desk: Desk) -> None:
    store = desk.open()
    plant(store)
    assert desk.snapshots_file.with_name("snapshots.db-wal").stat().st_size > 0
    assert scan(desk.path) == []
    store.close()
    assert scan(desk.path) == []


def test_t84_the_write_ahead_log_is_emptied_at_lock(desk: Desk) -> None:
    store = desk.open()
    plant(store)
    assert store.checkpoint()
    for name in ("snapshots.db-wal", "journal.db-wal"):
        assert desk.folder.joinpath(name).stat().st_size == 0
    store.secrets.put("a", b"b")
    store.close()
    assert sorted(path.name for path in desk.folder.iterdir()) == ["journal.db", "snapshots.db"]


@posix
@pytest.mark.crash
def test_t84_nothing_readable_after_a_kill(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from tests.cache.desk import Desk; from tests.cache.test_snapshots import plant\n"
        "plant(Desk(Path(sys.argv[1])).open()); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    gone = subprocess.run([sys.executable, "-c", script, str(tmp_path / "p")], check=False)
    assert gone.returncode == -9
    assert (tmp_path / "p" / str(CONNECTION) / "journal.db-wal").stat().st_size > 0
    assert scan(tmp_path / "p") == []


def test_everything_is_locked_after_close_and_after_wipe(desk: Desk) -> None:
    store = desk.open()
    store.snapshots.put("members", "a", MEMBERS, AT)
    desk.key.wipe()
    with pytest.raises(Locked):
        store.snapshots.get("members", "a")
    with pytest.raises(Locked):
        store.snapshots.put("members", "a", OTHER, AT)
    store.close()
    for call in (
        lambda: store.snapshots.get("members", "a"),
        store.snapshots.kinds,
        lambda: store.secrets.get("a"),
        store.journal.runs,
        lambda: store.ledger.count(CLIENT),
    ):
        with pytest.raises(Locked):
            call()
    with pytest.raises(Locked):
        desk.open()


def test_t53_a_reader_reads_and_writes_nothing(desk: Desk) -> None:
    writer = desk.open()
    writer.snapshots.put("members", "a", MEMBERS, AT)
    begin_run(writer)
    with ProfileFolder.open(desk.path) as second:
        assert second.read_only
        reader = desk.open(profile=second)
        assert reader.read_only
        got = reader.snapshots.get("members", "a")
        assert got is not None
        assert got.payload == MEMBERS
        assert [step.key for step in reader.journal.steps(RUN)] == ["a", "b"]
        for write in (
            lambda: reader.snapshots.put("members", "a", OTHER, AT),
            lambda: reader.secrets.put("a", b"b"),
            lambda: reader.journal.log("opening", b"", AT),
            lambda: reader.ledger.add(CLIENT, [b"x"]),
        ):
            with pytest.raises(StorageFailed) as caught:
                write()
            assert caught.value.reason == "read_only"
        writer.journal.mark(RUN, "a", "SENT")
        assert reader.journal.step_states(RUN) == {"a": "SENT", "b": "PLANNED"}
        reader.close()


def test_t53_a_reader_of_a_new_profile_sees_it_empty(desk: Desk) -> None:
    with ProfileFolder.open(desk.path) as second:
        reader = desk.open(profile=second)
        assert reader.snapshots.kinds() == ()
        assert reader.journal.runs() == []
        assert reader.journal.problem is None
        assert not reader.cache_was_rebuilt
    assert not desk.folder.exists()


def test_sqlite_itself_is_set_as_it_must_be(desk: Desk) -> None:
    store = desk.open()
    for database in store._databases:
        values = {
            name: (database.row(f"PRAGMA {name}") or (None,))[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "trusted_schema",
                         "busy_timeout", "temp_store", "mmap_size", "cell_size_check")
        }  # fmt: skip
        assert values == {
            "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "trusted_schema": 0,
            "busy_timeout": 5000, "temp_store": 2, "mmap_size": 0, "cell_size_check": 1,
        }  # fmt: skip


def test_unusable_and_sqlite_errors_keep_apart() -> None:
    assert FileUnusable("newer").reason == "newer"
    assert not issubclass(FileUnusable, sqlite3.Error)
