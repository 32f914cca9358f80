"""The folder everything of this desk is kept in: private, checked, with one writer (T53, T85)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import TracebackType
from typing import Final

import platformdirs

from desktop.domain.errors import StorageFailed
from desktop.domain.ids import ConnectionId
from desktop.settings.files import (
    READ_ONLY,
    make_private_folder,
    narrow_tree,
    storage_failed,
)
from desktop.settings.lock import WriterLock

LOCK_FILE: Final = "writer.lock"


def default_path() -> Path:
    """Where the profile lives: the user's own, unsynchronised data folder."""
    return platformdirs.user_data_path("Claviger", appauthor=False, roaming=False)


def practice_path() -> Path:
    """The practice connection's own profile; it outlives a crash and goes at a clean end."""
    return platformdirs.user_data_path("Claviger Practice", appauthor=False, roaming=False)


class ProfileFolder:
    """An opened profile. `read_only` if another process writes here or nobody may.

    Opening never waits.
    """

    def __init__(self, path: Path, lock: WriterLock) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def open(cls, path: Path | None = None) -> ProfileFolder:
        """Opens or makes the profile at `path` (the default place if None).

        Raises ProfileUnsafe for a symlink or foreign owner at the path or inside, StorageFailed
        when the folder can neither be made nor read.
        """
        path = default_path() if path is None else path
        make_private_folder(path)
        lock = WriterLock(path / LOCK_FILE)
        try:
            if lock.acquire():
                narrow_tree(path)
        except StorageFailed as error:
            lock.release()
            if error.reason != READ_ONLY or not path.is_dir():
                raise
        except BaseException:
            lock.release()
            raise
        return cls(path, lock)

    @property
    def read_only(self) -> bool:
        return not self._lock.is_held

    @property
    def in_use_by(self) -> int | None:
        """The process that writes here now, where it is another one and known."""
        return self._lock.holder() if self.read_only else None

    def connection_folder(self, connection: ConnectionId) -> Path:
        """The private folder of one connection, named by its id; made when missing."""
        folder = self.path / str(connection)
        if not self.read_only:
            make_private_folder(folder)
        return folder

    def erase_connection(self, connection: ConnectionId) -> None:
        """Deletes one connection's folder with all it holds. StorageFailed."""
        folder = self.path / str(connection)
        if self.read_only:
            raise StorageFailed(READ_ONLY)
        if folder.is_dir():
            self._remove(folder)

    def erase(self) -> None:
        """Deletes the whole profile and closes it. Only the writer may. StorageFailed."""
        if self.read_only:
            raise StorageFailed(READ_ONLY)
        if sys.platform == "win32":
            self.close()  # an open file cannot be deleted there
        self._remove(self.path)
        self.close()

    def _remove(self, folder: Path) -> None:
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise storage_failed(error) from error

    def close(self) -> None:
        """Lets the next process write."""
        self._lock.release()

    def __enter__(self) -> ProfileFolder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
