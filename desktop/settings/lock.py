"""The lock that makes one process the only writer of a profile (T53).

The operating system holds it for a living process and drops it with a dead one, so a stale lock
cannot exist; the file itself stays and names the last writer's process id.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

from desktop.settings.files import check_private, create_private, storage_failed

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows locks are mandatory: a byte far behind the process id keeps the id readable.
_LOCKED_BYTE: Final = 1 << 30


class WriterLock:
    """Take it with `acquire`; True means this process is the writer until `release` or death."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        return self._descriptor is not None

    def acquire(self) -> bool:
        """Never waits. Raises ProfileUnsafe, StorageFailed."""
        create_private(self._path)
        check_private(self._path)
        try:
            descriptor = os.open(self._path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        except OSError as error:
            raise storage_failed(error) from error
        if not _try_lock(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        # Only for people: a full disk must not cost us the lock.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, b"%d\n" % os.getpid())
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> int | None:
        """Process id of the last writer, None if unknown."""
        try:
            return int(self._path.read_text("ascii").strip())
        except (OSError, ValueError):
            return None


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
