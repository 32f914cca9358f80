"""Bad files, full disks, busy databases: the cache is expendable, the journal is not."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.cache.entries import JOURNAL_SCHEMA
from desktop.cache.store import Store, begin_new_journal
from desktop.domain.errors import ProfileUnsafe, StorageFailed
from desktop.settings.profile import ProfileFolder
from tests.cache.desk import AT, CLIENT, CONNECTION, RUN, Desk, begin_run, later

STEPS = 12
if sys.platform != "win32":
    import resource

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")

BODY = b'["a snapshot"]'
FORMATS = sorted((Path(__file__).parent / "formats").glob("journal-*.db"))


def filled(desk: Desk) -> None:
    """A store with something in each corner, closed."""
    store = desk.open()
    store.snapshots.put("members", "a", BODY, AT)
    begin_run(store, [f"step {number}" for number in range(STEPS)])
    for number in range(STEPS):
        store.journal.prepare(RUN, f"step {number}", b"body" * 50)
        store.journal.mark(RUN, f"step {number}", "SENT")
    store.ledger.add(CLIENT, [b"item"])
    store.close()


def spoiled(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    if how == "truncated":
        data = data[: len(data) // 2]
    elif how == "foreign":
        data = bytearray(b"This is no database at all. " * 200)
    elif how == "flipped":
        chosen = random.Random(86)
        for _ in range(1000):
            data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
    elif how == "header":
        data[0:16] = b"SQLite format 4\0"
    path.write_bytes(data)


HOSTILE = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON {0} BEGIN DELETE FROM {0}; END",
    "view": "CREATE VIEW v AS SELECT * FROM {0}",
    "table": "CREATE TABLE more (a)",
    "column": "ALTER TABLE {0} ADD COLUMN more BLOB",
    "other program": "PRAGMA application_id = 7",
}


@pytest.mark.parametrize("how", ["truncated", "foreign", "flipped", "header"])
def test_t86_a_bad_cache_is_moved_aside_and_rebuilt(how: str, desk: Desk) -> None:
    filled(desk)
    spoiled(desk.snapshots_file, how)
    bad = desk.snapshots_file.read_bytes()
    store = desk.open()
    assert store.cache_was_rebuilt
    assert store.snapshots.get("members", "a") is None
    store.snapshots.put("members", "a", BODY, AT)
    assert (desk.folder / "snapshots.broken-1.db").read_bytes() == bad
    assert store.journal.problem is None
    store.close()
    again = desk.open()
    assert not again.cache_was_rebuilt
    assert again.snapshots.get("members", "a") is not None


@pytest.mark.parametrize("what", HOSTILE)
def test_t86_a_cache_with_something_added_is_not_used(what: str, desk: Desk) -> None:
    filled(desk)
    desk.sql(desk.snapshots_file, HOSTILE[what].format("snapshots"))
    store = desk.open()
    assert store.cache_was_rebuilt
    assert store.snapshots.put("members", "a", BODY, AT)


@pytest.mark.parametrize("how", ["truncated", "foreign", "flipped", "header"])
def test_t86_a_bad_journal_is_kept_and_reported(how: str, desk: Desk) -> None:
    filled(desk)
    spoiled(desk.journal_file, how)
    bad = desk.journal_file.read_bytes()
    for _ in range(2):
        store = desk.open()
        assert store.journal.problem == "damaged"
        store.journal.runs()
        store.journal.log_records()
        with pytest.raises(StorageFailed):
            store.journal.log("opening", b"", AT)
        with pytest.raises(StorageFailed):
            store.ledger.add(CLIENT, [b"x"])
        assert store.snapshots.get("members", "a") is not None
        store.close()
        assert desk.journal_file.read_bytes() == bad
    assert not list(desk.folder.glob("journal.broken*"))


@pytest.mark.parametrize("what", HOSTILE)
def test_t86_a_journal_with_something_added_is_only_read(what: str, desk: Desk) -> None:
    filled(desk)
    desk.sql(desk.journal_file, HOSTILE[what].format("entries"))
    store = desk.open()
    assert store.journal.problem == "damaged"
    assert len(store.journal.steps(RUN)) == STEPS


@pytest.mark.parametrize(
    ("change", "first_bad"),
    [
        ("UPDATE entries SET body = x'00' WHERE number = 20", 20),
        ("DELETE FROM entries WHERE number = 21", 21),
        ("UPDATE entries SET head = (SELECT head FROM entries WHERE number = 22)"
         " WHERE number = 23", 23),
        ("UPDATE entries SET number = 1000 WHERE number = 37", 37),
    ],
)  # fmt: skip
def test_t86_a_changed_or_missing_entry_is_found(change: str, first_bad: int, desk: Desk) -> None:
    filled(desk)
    desk.sql(desk.journal_file, change)
    store = desk.open()
    assert store.journal.problem == "damaged"
    assert store.journal.first_bad_entry == first_bad
    assert len(store.journal.steps(RUN)) == STEPS


@pytest.mark.parametrize(
    ("change", "first_bad"),
    [
        # An entry filed elsewhere would not be found any more: a step that is done would be undone.
        ("UPDATE entries SET run = x'00' WHERE number = 20", 20),
        ("UPDATE entries SET step = x'00' WHERE number = 21", 21),
        ("UPDATE entries SET step = NULL WHERE number = 22", 22),
        ("UPDATE entries SET run = NULL, step = NULL WHERE number = 23", 23),
        ("UPDATE entries SET run = zeroblob(300) WHERE number = 25", 25),
        # A line of the local log that hides among the runs, or says nothing any more.
        (
            "UPDATE entries SET run = (SELECT run FROM entries WHERE number = 1) WHERE number = 38",
            38,
        ),
        ("UPDATE entries SET body = NULL WHERE number = 38", 38),
        # Without its request a step that was sent would be sent again.
        ("UPDATE entries SET body = NULL WHERE number = 3", 3),
    ],
)
def test_t57_an_entry_that_was_moved_or_emptied_is_found(
    change: str, first_bad: int, desk: Desk
) -> None:
    filled(desk)
    store = desk.open()
    store.journal.log("opening", b"who and what", AT)
    store.close()
    desk.sql(desk.journal_file, change)
    store = desk.open()
    assert (store.journal.problem, store.journal.first_bad_entry) == ("damaged", first_bad)


def test_t57_what_the_journal_itself_let_go_is_no_damage(desk: Desk) -> None:
    filled(desk)
    store = desk.open()
    journal = store.journal
    journal.set_run_state(RUN, "done")
    journal.drop_prepared(RUN)
    journal.drop_prepared(RUN)
    journal.redact_run(RUN, b"another plan", ["step 3"])
    store.close()
    journal = desk.open().journal
    assert journal.problem is None
    assert journal.run(RUN) is not None
    assert len(journal.steps(RUN)) == STEPS - 1
    journal.forget_run(RUN)
    journal.log("opening", b"", AT)
    journal = desk.open().journal
    assert journal.problem is None
    assert journal.steps(RUN) == []
    # One more than we let go is noticed all the same.
    desk.close_stores()
    desk.sql(
        desk.journal_file, "UPDATE entries SET body = NULL WHERE number = (SELECT max(number)"
        " FROM entries WHERE body IS NOT NULL)",
    )  # fmt: skip
    assert desk.open().journal.problem == "damaged"


@pytest.mark.parametrize("former", FORMATS, ids=lambda former: former.stem)
def test_t57_a_former_journal_is_guarded_from_the_next_entry_on(former: Path, desk: Desk) -> None:
    desk.profile.connection_folder(CONNECTION)
    shutil.copyfile(former, desk.journal_file)
    store = desk.open()
    store.journal.log("opening", b"", AT)
    store.close()
    assert desk.open().journal.problem is None
    desk.close_stores()
    desk.sql(desk.journal_file, "UPDATE entries SET run = x'00' WHERE number = 2")
    journal = desk.open().journal
    assert (journal.problem, journal.first_bad_entry) == ("damaged", 2)


@pytest.mark.parametrize("name", ["snapshots", "journal"])
def test_t86_damage_that_only_a_full_look_finds(name: str, desk: Desk) -> None:
    filled(desk)
    path = desk.folder / f"{name}.db"
    places = desk.sql(
        path,
        "SELECT name, rootpage, page_size FROM sqlite_master, pragma_page_size WHERE type = 'index'"
        " AND tbl_name IN ('snapshots', 'entries')",
    )
    _name, root, size = places[0]
    data = bytearray(path.read_bytes())
    data[(root - 1) * size] ^= 0xFF
    path.write_bytes(data)
    store = desk.open()
    assert store.cache_was_rebuilt == (name == "snapshots")
    assert store.journal.problem == ("damaged" if name == "journal" else None)


def test_t57_a_journal_of_a_newer_version_is_only_read(desk: Desk) -> None:
    filled(desk)
    desk.sql(
        desk.journal_file, "ALTER TABLE entries ADD COLUMN more BLOB", "PRAGMA user_version = 3"
    )
    newer = desk.journal_file.read_bytes()
    store = desk.open()
    assert store.journal.problem == "newer"
    assert len(store.journal.steps(RUN)) == STEPS
    with pytest.raises(StorageFailed) as caught:
        store.journal.mark(RUN, "step 0", "DONE")
    assert caught.value.reason == "journal_newer"
    store.close()
    assert desk.journal_file.read_bytes() == newer


@pytest.mark.parametrize("former", FORMATS, ids=lambda former: former.stem)
def test_t57_journals_of_former_formats_open(former: Path, desk: Desk) -> None:
    """One file for each format there ever was, all with the same content."""
    desk.profile.connection_folder(CONNECTION)
    shutil.copyfile(former, desk.journal_file)
    store = desk.open()
    journal = store.journal
    assert journal.problem is None
    assert [(run.id, run.state, run.payload) for run in journal.runs()] == [
        (RUN, "running", b"plan")
    ]
    assert [(one.key, one.state, one.prepared, one.result) for one in journal.steps(RUN)] == [
        ("a", "DONE", b"body", b"result"),
        ("b", "SENT", None, None),
    ]
    assert [one.facts for one in journal.log_records()] == [b"facts"]
    assert store.ledger.known(CLIENT, [b"item", b"other"]) == {b"item"}
    assert store.ledger.names(CLIENT) == ["2.name"]
    journal.mark(RUN, "b", "DONE")
    assert journal.step_states(RUN)["b"] == "DONE"


def test_t57_there_is_a_journal_of_every_format() -> None:
    """Whoever changes the format leaves a file of the former one here, and one of the new."""
    formats = {int(one.stem.partition("-")[2]) for one in FORMATS}
    assert formats == set(range(1, JOURNAL_SCHEMA.version + 1))
    assert JOURNAL_SCHEMA.former == formats - {JOURNAL_SCHEMA.version}


def test_t57_a_bad_cache_or_a_lost_one_leaves_the_journal(desk: Desk) -> None:
    filled(desk)
    desk.snapshots_file.unlink()
    store = desk.open()
    assert store.journal.problem is None
    assert len(store.journal.steps(RUN)) == STEPS
    assert store.ledger.count(CLIENT) == 1


def test_t57_a_new_journal_takes_a_word_and_keeps_the_old_one(desk: Desk) -> None:
    filled(desk)
    spoiled(desk.journal_file, "flipped")
    bad = desk.journal_file.read_bytes()
    assert desk.open().journal.problem == "damaged"
    desk._stores[-1].close()
    aside = begin_new_journal(desk.profile, CONNECTION)
    assert aside is not None
    assert aside.read_bytes() == bad
    store = desk.open()
    assert store.journal.problem is None
    assert store.journal.runs() == []
    store.journal.log("opening", b"", AT)


@posix
def test_t85_database_files_are_private_whatever_the_umask(desk: Desk) -> None:
    before = os.umask(0)
    try:
        store = desk.open()
        store.snapshots.put("members", "a", BODY, AT)
        begin_run(store)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in desk.folder.iterdir()}
    finally:
        os.umask(before)
    assert set(modes) == {
        f"{name}{side}" for name in ("snapshots.db", "journal.db") for side in ("", "-wal", "-shm")
    }
    assert set(modes.values()) == {0o600}


@posix
@pytest.mark.parametrize(
    "name", ["snapshots.db", "journal.db", "journal.db-wal", "snapshots.db-shm"]
)
def test_t85_a_planted_symlink_stops(name: str, desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"theirs")
    filled(desk)
    path = desk.folder / name
    path.unlink(missing_ok=True)
    path.symlink_to(target)
    with pytest.raises(ProfileUnsafe):
        desk.open()
    with ProfileFolder.open(desk.path) as reader, pytest.raises(ProfileUnsafe):
        desk.open(profile=reader)
    assert target.read_bytes() == b"theirs"


class Failing(sqlite3.Connection):
    """Fails the nth statement that writes, as a full disk does."""

    nth = 0
    seen = 0
    error = sqlite3.SQLITE_FULL

    def _step(self, sql: str) -> None:
        cls = type(self)
        if sql.split(maxsplit=1)[0] in {"BEGIN", "INSERT", "COMMIT", "DELETE", "UPDATE"}:
            cls.seen += 1
            if cls.seen == cls.nth:
                error = sqlite3.OperationalError("planted")
                error.sqlite_errorcode = cls.error
                raise error

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._step(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self._step(sql)
        return super().executemany(sql, *values)


def failing_connect(*args: Any, **options: Any) -> sqlite3.Connection:
    return sqlite3.connect(*args, factory=Failing, **options)


@pytest.fixture(autouse=True)
def nothing_fails_yet() -> Iterator[None]:
    Failing.nth = Failing.seen = 0
    yield
    Failing.nth = 0


def test_t42_nothing_is_sent_when_the_commit_fails(desk: Desk) -> None:
    store = desk.open(connect=failing_connect)
    begin_run(store, ["a"])
    sent: list[str] = []

    def send(key: str) -> None:
        """What the runner does: journal, then send."""
        store.journal.mark(RUN, key, "SENT")
        sent.append(key)

    for code, reason in (
        (sqlite3.SQLITE_FULL, "disk_full"),
        (sqlite3.SQLITE_IOERR, "io_error"),
        (sqlite3.SQLITE_READONLY, "read_only"),
        (sqlite3.SQLITE_IOERR | (4 << 8), "io_error"),
    ):
        # The fourth statement of an append is its COMMIT.
        Failing.seen, Failing.nth, Failing.error = 0, 4, code
        with pytest.raises(StorageFailed) as caught:
            send("a")
        assert caught.value.reason == reason
        assert Failing.seen == 4
    assert sent == []
    assert store.journal.step_states(RUN) == {"a": "PLANNED"}
    send("a")
    assert sent == ["a"]
    store.close()
    again = desk.open().journal
    assert again.problem is None
    assert again.steps(RUN)[0].attempts == 1


def everything(store: Store) -> None:
    store.journal.create_run(RUN, "setup", b"plan", AT)
    store.journal.add_steps(RUN, [("a", b"1"), ("b", b"2")])
    store.journal.prepare(RUN, "a", b"body")
    store.journal.mark(RUN, "a", "SENT")
    store.snapshots.put("members", "a", b"[1]", AT)
    store.snapshots.put("members", "a", b"[2]", later(1))
    store.ledger.add(CLIENT, [b"1", b"2"], ["2.x"])
    store.secrets.put("refresh", b"token")
    store.journal.mark(RUN, "a", "DONE", b"id")


def again(store: Store) -> None:
    """Goes on where a failure stopped, as a person who made room would."""
    journal = store.journal
    if journal.run(RUN) is None:
        journal.create_run(RUN, "setup", b"plan", AT)
    if not journal.step_states(RUN):
        journal.add_steps(RUN, [("a", b"1"), ("b", b"2")])
    if journal.steps(RUN)[0].prepared is None:
        journal.prepare(RUN, "a", b"body")
    if journal.step_states(RUN)["a"] == "PLANNED":
        journal.mark(RUN, "a", "SENT")
    if not store.snapshots.history("members", "a"):
        store.snapshots.put("members", "a", b"[1]", AT)
    store.snapshots.put("members", "a", b"[2]", later(1))
    store.ledger.add(CLIENT, [b"1", b"2"], ["2.x"])
    store.secrets.put("refresh", b"token")
    if journal.step_states(RUN)["a"] != "DONE":
        journal.mark(RUN, "a", "DONE", b"id")


def check_everything(store: Store) -> None:
    assert store.journal.problem is None
    step = store.journal.steps(RUN)[0]
    assert (step.state, step.prepared, step.result, step.attempts) == ("DONE", b"body", b"id", 1)
    assert store.ledger.count(CLIENT) == 2
    assert store.ledger.names(CLIENT) == ["2.x"]
    assert store.secrets.get("refresh") == b"token"
    got = store.snapshots.get("members", "a")
    assert got is not None
    assert got.payload == b"[2]"
    assert len(store.snapshots.history("members", "a")) == 1


def test_t89_whichever_write_fails_work_goes_on_later(tmp_path: Path) -> None:
    first = Desk(tmp_path / "first")
    first.open()
    first.close()
    nth = 1
    while nth < 200:
        shutil.copytree(first.path, tmp_path / str(nth))
        desk = Desk(tmp_path / str(nth))
        store = desk.open(connect=failing_connect)
        Failing.seen, Failing.nth, Failing.error = 0, nth, sqlite3.SQLITE_FULL
        untouched = succeeds(everything, store)
        Failing.nth = 0
        if not untouched:
            again(store)
        check_everything(store)
        store.close()
        check_everything(desk.open())
        desk.close()
        if untouched:
            break
        nth += 1
    assert 25 < nth < 200


def succeeds(work: Callable[[Store], None], store: Store) -> bool:
    try:
        work(store)
    except StorageFailed as error:
        assert error.reason == "disk_full"  # noqa: PT017 (both outcomes are wanted)
        return False
    return True


def test_t89_opening_fails_cleanly_too(tmp_path: Path) -> None:
    failures = 0
    for nth in range(1, 40):
        desk = Desk(tmp_path / str(nth))
        Failing.seen, Failing.nth, Failing.error = 0, nth, sqlite3.SQLITE_FULL
        try:
            desk.open(connect=failing_connect).close()
        except StorageFailed:
            failures += 1
        finally:
            Failing.nth = 0
        store = desk.open()
        everything(store)
        check_everything(store)
        desk.close()
        if Failing.seen < nth:
            break
    assert failures > 5


@posix
def test_t89_a_file_size_limit_stops_and_gives_way(desk: Desk) -> None:
    store = desk.open()
    begin_run(store, ["a"])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    failed = 0
    try:
        for limit in range(20_000, 220_000, 20_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limits[1]))
            for _ in range(5):
                try:
                    store.journal.mark(RUN, "a", "SENT", b"x" * 8_000)
                except StorageFailed as error:
                    assert error.reason in {"disk_full", "io_error"}  # noqa: PT017 (may pass)
                    failed += 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert 0 < failed < 50
    store.journal.mark(RUN, "a", "DONE")
    assert store.journal.steps(RUN)[0].attempts == 50 - failed
    store.close()
    journal = desk.open().journal
    assert journal.problem is None
    assert journal.steps(RUN)[0].attempts == 50 - failed


@posix
def test_t89_on_a_full_disk_the_last_state_is_still_read(desk: Desk) -> None:
    store = desk.open()
    store.snapshots.put("members", "a", BODY, AT)
    begin_run(store, ["a"])
    store.journal.mark(RUN, "a", "SENT")
    # As a killed process leaves it: the newest commits are in the write-ahead log only.
    left = {path.name: path.read_bytes() for path in desk.folder.iterdir()}
    store.close()
    for path in desk.folder.iterdir():
        path.unlink()
    for name, data in left.items():
        if not name.endswith("-shm"):
            (desk.folder / name).write_bytes(data)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        store = desk.open()
        assert store.read_only
        assert not store.cache_was_rebuilt
        got = store.snapshots.get("members", "a")
        assert store.journal.problem is None
        assert store.journal.step_states(RUN) == {"a": "SENT"}
        for _ in range(2):
            with pytest.raises(StorageFailed) as caught:
                store.journal.mark(RUN, "a", "DONE")
            assert caught.value.reason in {"disk_full", "io_error"}
        store.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert got is not None
    assert got.payload == BODY
    store = desk.open()
    assert not store.read_only
    store.journal.mark(RUN, "a", "DONE")
    assert store.journal.steps(RUN)[0].attempts == 1


HOLDER = """
import sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
conn.execute("ROLLBACK")
print("free", flush=True)
"""


def test_t90_a_busy_database_is_waited_for_and_then_named(desk: Desk) -> None:
    store = desk.open(busy_timeout_ms=50)
    begin_run(store, ["a"])
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(desk.journal_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StorageFailed) as caught:
            store.journal.mark(RUN, "a", "SENT")
        assert caught.value.reason == "busy"
        assert store.journal.step_states(RUN) == {"a": "PLANNED"}
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "free\n"
    store.journal.mark(RUN, "a", "SENT")
    assert store.journal.step_states(RUN) == {"a": "SENT"}


def test_t90_no_transaction_is_open_between_calls(desk: Desk) -> None:
    store = desk.open()
    everything(store)
    for file in (desk.journal_file, desk.snapshots_file):
        conn = sqlite3.connect(file, isolation_level=None, timeout=0)
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("ROLLBACK")
        conn.close()
