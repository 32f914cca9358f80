"""One private folder, one writer."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.errors import ProfileUnsafe, StorageFailed
from desktop.domain.ids import ConnectionId
from desktop.settings.profile import LOCK_FILE, ProfileFolder, default_path, practice_path

IS_ROOT = hasattr(os, "getuid") and os.getuid() == 0
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and signals of POSIX")

CONNECTION = ConnectionId(UUID("11111111-2222-4333-8444-555555555555"))

# Opens the profile at each line of stdin, says what it got, closes at the next line.
WORKER = """
import sys
from pathlib import Path
from desktop.settings.profile import ProfileFolder
for line in sys.stdin:
    profile = ProfileFolder.open(Path(sys.argv[1]))
    print("reader" if profile.read_only else "writer", flush=True)
    sys.stdin.readline()
    profile.close()
    print("closed", flush=True)
"""


def start_worker(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )


def say(worker: subprocess.Popen[str]) -> None:
    assert worker.stdin is not None
    worker.stdin.write("\n")
    worker.stdin.flush()


def hear(worker: subprocess.Popen[str]) -> str:
    assert worker.stdout is not None
    return worker.stdout.readline().strip()


@pytest.mark.crash
def test_t53_of_five_at_once_one_writes(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        workers = [stack.enter_context(start_worker(tmp_path / "profile")) for _ in range(5)]
        for _ in range(20):
            for worker in workers:
                say(worker)
            answers = [hear(worker) for worker in workers]
            assert sorted(answers) == ["reader"] * 4 + ["writer"]
            for worker in workers:
                say(worker)
            assert {hear(worker) for worker in workers} == {"closed"}
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.close()


@posix
@pytest.mark.crash
def test_t53_a_dead_writer_is_succeeded(tmp_path: Path) -> None:
    path = tmp_path / "profile"
    with start_worker(path) as worker:
        say(worker)
        assert hear(worker) == "writer"
        with ProfileFolder.open(path) as second:
            assert second.read_only
            assert second.in_use_by == worker.pid
        worker.send_signal(signal.SIGKILL)
    with ProfileFolder.open(path) as third:
        assert not third.read_only
        assert third.in_use_by is None


def test_t53_a_reader_changes_nothing(tmp_path: Path) -> None:
    with ProfileFolder.open(tmp_path / "p"), ProfileFolder.open(tmp_path / "p") as reader:
        assert reader.read_only
        assert not reader.connection_folder(CONNECTION).exists()
        for erase in (reader.erase, lambda: reader.erase_connection(CONNECTION)):
            with pytest.raises(StorageFailed):
                erase()


def test_closing_lets_the_next_one_write(tmp_path: Path) -> None:
    ProfileFolder.open(tmp_path).close()
    with ProfileFolder.open(tmp_path) as profile:
        assert not profile.read_only


@posix
def test_t85_a_symlink_at_or_in_the_profile_stops(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(ProfileUnsafe):
        ProfileFolder.open(tmp_path / "link")
    (tmp_path / "real" / "snapshots.db").symlink_to("/etc/hostname")
    with pytest.raises(ProfileUnsafe):
        ProfileFolder.open(tmp_path / "real")
    # and the failed start holds no lock
    (tmp_path / "real" / "snapshots.db").unlink()
    with ProfileFolder.open(tmp_path / "real") as profile:
        assert not profile.read_only


@posix
def test_t85_a_planted_lock_file_is_no_way_out(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / LOCK_FILE).symlink_to(victim)
    with pytest.raises(ProfileUnsafe):
        ProfileFolder.open(tmp_path / "p")
    assert victim.read_text() == "precious"


def test_connections_have_folders_of_their_own(tmp_path: Path) -> None:
    with ProfileFolder.open(tmp_path / "p") as profile:
        folder = profile.connection_folder(CONNECTION)
        assert sys.platform == "win32" or folder.stat().st_mode & 0o777 == 0o700
        (folder / "file").write_bytes(b"x")
        profile.erase_connection(CONNECTION)
        assert not folder.exists()
        profile.erase()
        assert not (tmp_path / "p").exists()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"")
    with pytest.raises(ProfileUnsafe):
        ProfileFolder.open(tmp_path / "p")


def test_practice_keeps_apart() -> None:
    assert default_path() != practice_path()
    assert default_path().is_absolute()


def test_the_start_window_s_part_is_light() -> None:
    script = (
        "import sys\n"
        "import desktop.settings.preferences, desktop.settings.connections\n"
        "heavy = {'keyring', 'httpx', 'sqlite3', 'sqlite_utils', 'cryptography', 'ssl'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="needs another user to be"
)
@pytest.mark.crash
def test_t89_a_folder_nobody_may_write_opens_for_reading() -> None:
    script = (
        "import os, sys; from pathlib import Path\n"
        "from desktop.settings import profile as room\n"
        "os.setuid(65534); path = Path(sys.argv[1]); path.chmod(0o500)\n"
        # chmod would give the right back; a read-only volume would not let it
        "Path.chmod = lambda *_: None\n"
        "print(room.ProfileFolder.open(path).read_only)\n"
    )
    # Not below `tmp_path`: its parents are closed to others, and there are more of them when
    # tests run side by side.
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "p"
        path.mkdir()
        os.chown(path, 65534, 65534)
        Path(home).chmod(0o755)
        answer = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
        )
    assert answer.stdout.strip() == "True"
