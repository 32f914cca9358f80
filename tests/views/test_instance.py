"""A second start brings the first window forward; the socket takes one word and nothing else."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.settings.profile import LOCK_FILE, ProfileFolder
from desktop.settings.program_log import read_log
from desktop.views.instance import (
    ANSWER,
    BYTES_MAX,
    CALLERS_MAX,
    WAIT_MS,
    Doorbell,
    socket_name,
    was_raised,
)

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 20
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets; named pipes there")
Worker = subprocess.Popen[str]


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    # Not below `tmp_path`: a socket's path has to be short.
    with tempfile.TemporaryDirectory(prefix="rt") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[ProfileFolder]:
    with ProfileFolder.open(tmp_path / "p") as opened:
        yield opened


@contextlib.contextmanager
def listening(profile: ProfileFolder, wait_ms: int) -> Iterator[Doorbell]:
    made = Doorbell(profile, wait_ms=wait_ms)
    assert made.listen()
    yield made
    made.close()


@pytest.fixture
def bell(profile: ProfileFolder, qapp: QApplication) -> Iterator[Doorbell]:
    del qapp  # it only has to be there
    with listening(profile, 60) as made:
        yield made


@pytest.fixture
def patient_bell(profile: ProfileFolder, qapp: QApplication) -> Iterator[Doorbell]:
    """It waits so long for the rest of a word that only a wrong one ends it."""
    del qapp
    with listening(profile, 600_000) as made:
        yield made


# --- several starts ------------------------------------------------------------------------------


def start_worker(path: Path) -> Worker:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.views.instance_worker", str(path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip


def say(worker: Worker, word: str = "") -> None:
    assert worker.stdin is not None
    worker.stdin.write(f"{word}\n")
    worker.stdin.flush()


def hear(worker: Worker) -> str:
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


@contextlib.contextmanager
def workers(path: Path, count: int) -> Iterator[list[Worker]]:
    with contextlib.ExitStack() as stack:
        made = [stack.enter_context(start_worker(path)) for _ in range(count)]
        try:
            yield made
        finally:
            for worker in made:
                assert worker.stdin is not None
                with contextlib.suppress(BrokenPipeError):
                    worker.stdin.close()


@pytest.mark.crash
def test_t53_of_five_at_once_one_opens_and_the_others_raise_it(tmp_path: Path) -> None:
    with workers(tmp_path / "p", 5) as started:
        for _ in range(ROUNDS):
            for worker in started:
                say(worker)
            answers = [hear(worker) for worker in started]
            assert sorted(answers) == ["raised"] * 4 + ["writer"]
            writer = started[answers.index("writer")]
            for worker in started:
                say(worker)
            assert hear(writer) == "4"
            assert {hear(worker) for worker in started} == {"closed"}


@pytest.mark.crash
def test_t53_a_dead_window_is_succeeded(tmp_path: Path) -> None:
    """It left its lock file and its socket behind; both are taken over."""
    with workers(tmp_path / "p", 3) as started:
        first, second, third = started
        say(first)
        assert hear(first) == "writer"
        say(first, "die")
        assert first.wait(30) == 1
        assert Path(socket_name(tmp_path / "p")).exists()
        say(second)
        assert hear(second) == "writer"
        say(third)
        assert hear(third) == "raised"
        say(third)
        say(second)
        assert hear(second) == "1"


def test_t53_held_elsewhere_it_opens_for_reading_only(tmp_path: Path) -> None:
    """Somebody has the lock and nobody answers: another computer, or a process that hangs."""
    with ProfileFolder.open(tmp_path / "p"), ProfileFolder.open(tmp_path / "p") as second:
        assert not was_raised(second, patience_s=0)
        assert second.read_only
        bell = Doorbell(second)
        assert not bell.listen()
        # The holder has died, but the lock does not say so yet: no long wait for a dead one.
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        (tmp_path / "p" / LOCK_FILE).write_text(f"{gone.pid}\n")
        assert not was_raised(second, patience_s=3_600)


@pytest.mark.crash
def test_t53_a_second_start_of_the_program_ends_and_raises_the_first(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(tmp_path),
        "HOME": str(tmp_path),
    }
    folder = tmp_path / "Claviger"

    def started() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "desktop"], cwd=ROOT, env=env)

    pause = threading.Event()
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(started())
        stack.callback(first.kill)
        for _tick in range(600):
            # It has the lock, and hardly more yet: the second one has to wait for the first frame.
            if (folder / LOCK_FILE).exists() and (folder / LOCK_FILE).read_text():
                break
            pause.wait(0.05)
        second = stack.enter_context(started())
        stack.callback(second.kill)
        assert second.wait(60) == 0
        assert first.poll() is None
        for _tick in range(200):
            if any(b'"event":"raised"' in line for line in read_log(folder)):
                break
            pause.wait(0.05)
        else:
            pytest.fail("the first window was not told")


# --- the socket ------------------------------------------------------------------------------


def turn(until: Callable[[], object], limit_ms: int = 10_000) -> bool:
    """Lets the loop work until it is so; False when it never was."""
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start(1)
    QTimer.singleShot(limit_ms, loop, loop.quit)
    loop.exec()
    return bool(until())


class Caller:
    """Somebody else's program at our socket."""

    def __init__(self, bell: Doorbell) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(bell._server.fullServerName())
        self._socket.setblocking(False)
        self.heard = b""

    def send(self, data: bytes) -> Caller:
        with contextlib.suppress(OSError):
            self._socket.send(data)
        return self

    def is_hung_up(self) -> bool:
        try:
            got = self._socket.recv(100)
        except BlockingIOError:
            return False
        except OSError:
            return True
        self.heard += got
        return not got

    def close(self) -> None:
        self._socket.close()


def test_t95_the_word_raises_once_and_is_answered(patient_bell: Doorbell) -> None:
    bell = patient_bell
    rung: list[int] = []
    bell.rung.connect(lambda: rung.append(1))
    caller = Caller(bell).send(b"raise")
    assert turn(caller.is_hung_up)
    assert (caller.heard, rung) == (ANSWER, [1])
    # In two parts it is the same word.
    slow = Caller(bell).send(b"ra")
    assert not turn(slow.is_hung_up, 10)
    slow.send(b"ise")
    assert turn(slow.is_hung_up)
    assert (slow.heard, rung) == (ANSWER, [1, 1])


def test_t95_nothing_else_is_taken(patient_bell: Doorbell) -> None:
    bell = patient_bell
    rung: list[int] = []
    bell.rung.connect(lambda: rung.append(1))
    chosen = random.Random(95)
    words = [
        b"RAISE", b"raise\n", b"raised", b" raise", b"raise\0", b"rais\xe9", b"\0", b"quit", b"r\r",
        b"raise" * 12, b"raise".ljust(BYTES_MAX, b" "), b"raise".ljust(BYTES_MAX + 1),
        b"x" * 100_000,
        *(chosen.randbytes(chosen.randrange(1, 200)) for _ in range(300)),
        *(b"raise"[:end] + chosen.randbytes(3) for end in range(5) for _ in range(20)),
    ]  # fmt: skip
    for word in words:
        caller = Caller(bell).send(word)
        assert turn(caller.is_hung_up), word
        assert caller.heard == b"", word
        caller.close()
    assert rung == []
    assert turn(lambda: not bell._callers)
    last = Caller(bell).send(b"raise")
    assert turn(last.is_hung_up)
    assert last.heard == ANSWER


def test_t95_who_says_nothing_is_hung_up_on_and_a_crowd_too(bell: Doorbell) -> None:
    assert (WAIT_MS, BYTES_MAX) == (1_000, 64)
    silent = [Caller(bell).send(b"rais") for _ in range(CALLERS_MAX)]
    assert turn(lambda: len(bell._callers) == CALLERS_MAX)
    one_more = Caller(bell).send(b"raise")
    assert turn(one_more.is_hung_up)
    assert one_more.heard == b""
    assert turn(lambda: all(one.is_hung_up() for one in silent))
    assert turn(lambda: not bell._callers)
    # One that leaves by itself is forgotten as well.
    Caller(bell).close()
    assert turn(lambda: not bell._callers)
    last = Caller(bell).send(b"raise")
    assert turn(last.is_hung_up)
    assert last.heard == ANSWER


def test_t95_the_socket_is_the_user_s_alone(profile: ProfileFolder, runtime: Path) -> None:
    before = os.umask(0)
    try:
        bell = Doorbell(profile)
        assert bell.listen()
    finally:
        os.umask(before)
    place = Path(bell._server.fullServerName())
    assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert place.parent.parent == runtime
    bell.close()
    assert not place.exists()


REACHES = """
import os, socket, sys
os.setuid(65534)
try:
    socket.socket(socket.AF_UNIX).connect(sys.argv[1])
except PermissionError:
    print("refused")
else:
    print("let in")
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_t95_another_user_does_not_reach_it(bell: Doorbell, runtime: Path) -> None:
    place = Path(bell._server.fullServerName())
    # The folder's own lock is open here: the socket has one of its own.
    for folder in (place.parent, runtime):
        folder.chmod(0o755)

    def reached() -> str:
        done = subprocess.run(
            [sys.executable, "-c", REACHES, str(place)], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    assert reached() == "refused"
    place.chmod(0o777)
    assert reached() == "let in"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_t95_a_folder_prepared_by_somebody_else_is_not_used(
    profile: ProfileFolder, runtime: Path
) -> None:
    folder = runtime / f"claviger-{os.getuid()}"
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    assert not Doorbell(profile).listen()
    assert not was_raised(profile, patience_s=0)
    assert list(folder.iterdir()) == []
