"""Each call of disk and keychain fails in turn: nothing leaves unnoted, nothing is lost."""

from __future__ import annotations

import asyncio
import errno
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordSetError

from desktop.domain.errors import StorageFailed
from desktop.settings import keychain
from desktop.settings.files import DISK, write_private
from desktop.settings.keychain import KeychainFailed, SystemKeychain
from tests.bench_faults.disk import can_shim
from tests.bench_faults.driver import CLIENT
from tests.bench_faults.sweeps import SIZES, WAYS, Sweep, sweeps
from tests.settings.failing import FailingDisk

needs_sqlite = pytest.mark.skipif(not can_shim(), reason="SQLite cannot be reached here")
PARTS = 8

Swept = tuple[Sweep, asyncio.Runner]


@pytest.fixture(scope="module")
def swept() -> Iterator[Swept]:
    with sweeps(CLIENT) as made:
        yield made


@needs_sqlite
@pytest.mark.parametrize("part", range(PARTS))
def test_t89_a_failing_disk_stops_a_run_and_loses_nothing(part: int, swept: Swept) -> None:
    """The first call of each stretch fails, in turn for once or for good, by want of room or not;
    `python -m tests.bench_faults.kills --sweeps` fails every call in each way.
    """
    sweep, runner = swept
    bad, hits = [], 0
    for at in range(part, len(sweep.stretches), PARTS):
        point = runner.run(sweep.fail(sweep.stretches[at], WAYS[at // PARTS % len(WAYS)]))
        hits += bool(point.hit)
        if point.problem:
            bad.append(point)
    assert bad == []
    assert hits > 10


@needs_sqlite
def test_t42_no_write_leaves_before_its_row_is_on_the_disk(swept: Swept) -> None:
    """Looked at by another connection, and below SQLite, whenever a write is about to leave. The
    sweep ends where the failure lies beyond the last call.
    """
    sweep, runner = swept
    assert sweep.early == ()
    assert sweep.writes >= 6
    assert any(one.startswith("sync journal.db-wal") for one in sweep.row)
    point = runner.run(sweep.fail(len(sweep.row) * 2, WAYS[0], looks_always=True))
    assert (point.hit, point.stops, point.problem) == ("", [], "")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_t89_files_that_may_not_grow_stop_a_run_and_lose_nothing(swept: Swept) -> None:
    sweep, runner = swept
    points = [runner.run(sweep.grow_to(size)) for size in SIZES]
    assert [point for point in points if point.problem] == []
    assert all(point.hit for point in points[:-1])
    assert not points[-1].hit


# --- the keychain -----------------------------------------------------------------------------


class Store(KeyringBackend):
    """A store in memory; the nth call fails, before or after it did what was asked."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own has no types
        self.values: dict[str, str] = {}
        self.fail_at(0)

    def fail_at(self, nth: int, *, late: bool = False) -> None:
        self.calls, self._nth, self._late = 0, nth, late

    def get_password(self, service: str, username: str) -> str | None:
        return self._call(lambda: self.values.get(service + username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._call(lambda: self.values.__setitem__(service + username, password))

    def delete_password(self, service: str, username: str) -> None:
        self._call(lambda: self.values.pop(service + username, None))

    def _call(self, work: Callable[[], str | None]) -> str | None:
        self.calls += 1
        fails = self.calls == self._nth
        if fails and not self._late:
            raise PasswordSetError("planted")
        done = work()
        if fails:
            raise PasswordSetError("planted")
        return done


SHORT, LONG, LONGER = "short", "long-" * 400, "longer-" * 400
CHANGES = [
    (before, after) for before in (None, SHORT, LONG) for after in (None, SHORT, LONG, LONGER)
]


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_t87_a_failing_keychain_keeps_the_former_value_or_has_the_new_one(
    before: str | None,
    after: str | None,
    late: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keychain, "ALLOWED", (Store,))
    nth, failures = 0, 0
    while True:
        nth += 1
        store = Store()
        chain = SystemKeychain(store, tmp_path)
        _change(chain, before)
        store.fail_at(nth, late=late)
        failed = False
        try:
            _change(chain, after)
        except KeychainFailed:
            failed = True
        store.fail_at(0)
        if not failed:
            break
        failures += 1
        assert chain.get("a") in ((after, before) if late else (before,))
        _change(chain, after)
        assert chain.get("a") == after
        assert len(list(tmp_path.iterdir())) == _is_long(after)
    assert failures == nth - 1 >= 1
    assert chain.get("a") == after


@pytest.mark.parametrize("before", [None, SHORT, LONG])
def test_t89_a_full_disk_keeps_the_former_value_of_the_keychain(
    before: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keychain, "ALLOWED", (Store,))
    chain = SystemKeychain(Store(), tmp_path)
    _change(chain, before)
    reasons: list[str] = []
    while True:
        failing = FailingDisk(len(reasons) + 1, errno.ENOSPC)
        write = partial(write_private, disk=replace(DISK, **vars(failing.disk)))
        monkeypatch.setattr(keychain, "write_private", write)
        try:
            chain.set("a", LONGER)
        except StorageFailed as error:
            reasons.append(error.reason)
        else:
            break
        assert chain.get("a") == before
    assert len(reasons) > 3
    assert set(reasons) == {"disk_full"}
    assert chain.get("a") == LONGER
    assert len(list(tmp_path.iterdir())) == 1


def _is_long(value: str | None) -> bool:
    return value is not None and len(value) >= keychain.VALUE_CHARACTERS_MAX


def _change(chain: SystemKeychain, value: str | None) -> None:
    if value is None:
        chain.delete("a")
    else:
        chain.set("a", value)
