"""Files are private and whole, whatever happens around them."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import ProfileUnsafe, StorageFailed
from desktop.settings.files import (
    create_private,
    make_private_folder,
    narrow_tree,
    read_private,
    set_aside,
    write_private,
)
from tests.settings.failing import FailingDisk

if sys.platform != "win32":
    import resource

# Modes, owners and signals of POSIX; Windows keeps its own access lists.
IS_ROOT = hasattr(os, "getuid") and os.getuid() == 0
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@posix
def test_t85_modes_do_not_depend_on_the_umask(umask: int, tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    make_private_folder(folder)
    write_private(folder / "written", b"x")
    create_private(folder / "created")
    assert mode(folder) == 0o700
    assert mode(folder / "written") == 0o600
    assert mode(folder / "created") == 0o600


@posix
def test_t85_wide_modes_are_narrowed(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    inner = folder / "inner"
    inner.mkdir(parents=True)
    (inner / "old").write_bytes(b"x")
    for path, wide in ((folder, 0o755), (inner, 0o777), (inner / "old", 0o644)):
        path.chmod(wide)
    (inner / ".a.json.1a2b3c4d.tmp").write_bytes(b"half of what a killed writer wrote")
    make_private_folder(folder)
    narrow_tree(folder)
    assert [path.name for path in inner.iterdir()] == ["old"]
    assert [mode(path) for path in (folder, inner, inner / "old")] == [0o700, 0o700, 0o600]


@posix
def test_t85_a_symlink_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "profile").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProfileUnsafe):
        make_private_folder(tmp_path / "profile")


@posix
@pytest.mark.parametrize("use", [create_private, lambda path: write_private(path, b"x")])
def test_t85_a_symlink_in_place_of_a_file_is_refused(
    use: Callable[[Path], None], tmp_path: Path
) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"theirs")
    (tmp_path / "file").symlink_to(target)
    with pytest.raises(ProfileUnsafe):
        use(tmp_path / "file")
    with pytest.raises(ProfileUnsafe):
        read_private(tmp_path / "file", 100)
    assert target.read_bytes() == b"theirs"


@posix
def test_t85_a_dangling_symlink_creates_nothing_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "file").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ProfileUnsafe):
        create_private(tmp_path / "file")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a file away"
)
def test_t85_a_foreign_owner_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    make_private_folder(folder)
    write_private(folder / "file", b"x")
    os.chown(folder / "file", 12345, 12345)
    with pytest.raises(ProfileUnsafe):
        narrow_tree(folder)
    with pytest.raises(ProfileUnsafe):
        read_private(folder / "file", 100)
    os.chown(folder, 12345, 12345)
    with pytest.raises(ProfileUnsafe):
        make_private_folder(folder)


def test_reading_has_a_limit_and_knows_absence(tmp_path: Path) -> None:
    assert read_private(tmp_path / "none", 10) is None
    write_private(tmp_path / "file", b"0123456789")
    assert read_private(tmp_path / "file", 10) == b"0123456789"
    with pytest.raises(ValueError, match="9"):
        read_private(tmp_path / "file", 9)


def test_a_second_file_set_aside_keeps_the_first(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        write_private(tmp_path / "a.json", content)
        set_aside(tmp_path / "a.json")
    assert (tmp_path / "a.broken-1.json").read_bytes() == b"one"
    assert (tmp_path / "a.broken-2.json").read_bytes() == b"two"
    assert set_aside(tmp_path / "a.json") is None


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.ENOSPC, "disk_full"), (errno.EROFS, "read_only"), (errno.EIO, "io_error")],
)
def test_t89_the_nth_failure_leaves_the_former_file(
    number: int, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    write_private(path, b"former")
    nth, reasons = 1, set()
    while True:
        failing = FailingDisk(nth, number)
        try:
            write_private(path, b"next", disk=failing.disk)
        except StorageFailed as error:
            reasons.add(error.reason)
            assert path.read_bytes() in {b"former", b"next"}
            assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
            nth += 1
            continue
        break
    assert nth > 4
    assert reasons == {reason}
    assert path.read_bytes() == b"next"


@posix
@pytest.mark.crash
def test_t69_a_killed_writer_leaves_one_whole_version(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop.settings.files import write_private\n"
        "path = Path(sys.argv[1]); print('go', flush=True)\n"
        "while True:\n"
        "    for letter in b'abc': write_private(path, bytes([letter]) * 300_000)\n"
    )
    path = tmp_path / "file"
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            while not path.exists():
                assert child.poll() is None
            first = path.read_bytes()[:1]
            while path.read_bytes()[:1] == first:
                assert child.poll() is None
            child.send_signal(signal.SIGKILL)
        data = path.read_bytes()
        assert len(data) == 300_000
        assert len(set(data)) == 1
    narrow_tree(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@posix
def test_t89_a_file_size_limit_is_a_full_disk(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(StorageFailed) as caught:
            write_private(tmp_path / "file", b"x" * 5_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.reason == "disk_full"
    assert list(tmp_path.iterdir()) == []
