"""Private files: folders 0700, files 0600 whatever the umask, written whole or not at all.

T69, T85, T89. POSIX modes where there are some; on Windows the folder's access list, which files
inherit. Every failure of the disk leaves as StorageFailed with one of the codes below.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.errors import ProfileUnsafe, StorageFailed

if sys.platform == "win32":
    from desktop.settings.windows import is_owned_by_user, restrict_to_user
else:
    import fcntl

DISK_FULL: Final = "disk_full"
READ_ONLY: Final = "read_only"
IO_ERROR: Final = "io_error"

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
TEMPORARY: Final = ".tmp"

_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
_REASONS: Final = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EFBIG: DISK_FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
}


def storage_failed(error: OSError) -> StorageFailed:
    """The typed error for a failing disk; never holds a path."""
    return StorageFailed(_REASONS.get(error.errno or 0, IO_ERROR))


def _sync_to_disk(descriptor: int) -> None:
    """Fsync that also empties the drive's own cache on macOS."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


@dataclass(frozen=True)
class Disk:
    """The four calls that may fail while a file is written; tests make the nth one fail."""

    create: Callable[[str, int, int], int] = os.open
    write: Callable[[int, bytes], int] = os.write
    sync: Callable[[int], None] = _sync_to_disk
    replace: Callable[[str, str], None] = os.replace


DISK: Final = Disk()


def _is_ours(path: Path, found: os.stat_result) -> bool:
    if sys.platform == "win32":
        return is_owned_by_user(path)
    return found.st_uid == os.getuid()


def _checked(path: Path, *, folder: bool) -> os.stat_result:
    """`lstat` of what stands at `path`; ProfileUnsafe unless it is ours and of the right kind."""
    found = path.lstat()
    right_kind = stat.S_ISDIR(found.st_mode) if folder else stat.S_ISREG(found.st_mode)
    if not right_kind or not _is_ours(path, found):
        raise ProfileUnsafe(str(path))
    return found


def make_private_folder(path: Path) -> None:
    """Creates `path` (parents too) for its owner only, or narrows what is there.

    Raises ProfileUnsafe for a symlink, a foreign owner or another kind of file; StorageFailed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=FOLDER_MODE)
        found = _checked(path, folder=True)
        if sys.platform == "win32":
            restrict_to_user(path)
        elif stat.S_IMODE(found.st_mode) != FOLDER_MODE:
            path.chmod(FOLDER_MODE)
    except OSError as error:
        raise storage_failed(error) from error


def narrow_tree(folder: Path) -> None:
    """Checks and narrows everything below `folder`; drops temporary files of a killed writer."""
    try:
        for entry in os.scandir(folder):
            path = Path(entry.path)
            is_folder = entry.is_dir(follow_symlinks=False)
            found = _checked(path, folder=is_folder)
            if not is_folder and entry.name.endswith(TEMPORARY):
                path.unlink()
                continue
            wanted = FOLDER_MODE if is_folder else FILE_MODE
            if sys.platform != "win32" and stat.S_IMODE(found.st_mode) != wanted:
                path.chmod(wanted)
            if is_folder:
                narrow_tree(path)
    except OSError as error:
        raise storage_failed(error) from error


def create_private(path: Path, *, disk: Disk = DISK) -> None:
    """Makes an empty private file, so that a library opening it later keeps our mode.

    A regular file of ours that is already there is narrowed and kept. ProfileUnsafe, StorageFailed.
    """
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW
        descriptor = disk.create(str(path), flags, FILE_MODE)
    except FileExistsError:
        found = _checked(path, folder=False)
        if sys.platform != "win32" and stat.S_IMODE(found.st_mode) != FILE_MODE:
            path.chmod(FILE_MODE)
        return
    except OSError as error:
        raise storage_failed(error) from error
    try:
        if sys.platform != "win32":
            os.fchmod(descriptor, FILE_MODE)
    finally:
        os.close(descriptor)


def check_private(path: Path) -> None:
    """ProfileUnsafe unless `path` is a regular file of ours."""
    try:
        _checked(path, folder=False)
    except OSError as error:
        raise storage_failed(error) from error


def read_private(path: Path, limit_bytes: int) -> bytes | None:
    """The file's bytes, None if there is no file.

    Raises ProfileUnsafe, StorageFailed, or ValueError past `limit_bytes`.
    """
    try:
        _checked(path, folder=False)
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _BINARY)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(limit_bytes + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_failed(error) from error
    if len(data) > limit_bytes:
        raise ValueError(limit_bytes)
    return data


def write_private(path: Path, data: bytes, *, disk: Disk = DISK) -> None:
    """Replaces `path` by `data`: temporary file, fsync, rename, fsync of the folder.

    After a failure (StorageFailed, ProfileUnsafe) the former file is still whole.
    """
    # Not from `secrets`: that would load OpenSSL before the first window, 3 MB and 5 ms.
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}{TEMPORARY}")
    try:
        with contextlib.suppress(FileNotFoundError):
            _checked(path, folder=False)
        _write_new(temporary, data, disk)
        disk.replace(str(temporary), str(path))
        _sync_folder(path.parent, disk)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise storage_failed(error) from error


def _write_new(path: Path, data: bytes, disk: Disk) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY
    descriptor = disk.create(str(path), flags, FILE_MODE)
    try:
        if sys.platform != "win32":
            os.fchmod(descriptor, FILE_MODE)
        rest = data
        while rest:
            rest = rest[disk.write(descriptor, rest) :]
        disk.sync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path, disk: Disk) -> None:
    """Makes a rename durable; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        disk.sync(descriptor)
    finally:
        os.close(descriptor)


def set_aside(path: Path, word: str = "broken") -> Path | None:
    """Renames `path` to `<stem>.<word>-<n><suffix>`, the first free n; None if nothing is there."""
    if not os.path.lexists(path):
        return None
    number = 1
    while os.path.lexists(target := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")):
        number += 1
    try:
        path.replace(target)
    except OSError as error:
        raise storage_failed(error) from error
    return target
