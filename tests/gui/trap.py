"""What the markup of hostile names asks for is there, and whoever takes it is told (T70, T71).

A picture on the disk whose every opening the system reports, whoever opens it and by whatever way:
a text document, a picture reader, a style. And an address on this computer that nobody has a
reason to connect to.
"""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

_IN_ACCESS: Final = 0x001
_IN_OPEN: Final = 0x020
_IN_NONBLOCK: Final = os.O_NONBLOCK


class Trap:
    """`file_url` and `web_url` are short enough to fit into a name."""

    def __init__(self, folder: Path) -> None:
        self.picture = folder / "p.png"
        image = QImage(2, 2, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        if not image.save(str(self.picture)):
            raise OSError(f"{self.picture} cannot be written")
        self._watch = _watched(self.picture)
        self._server = socket.create_server(("127.0.0.1", 0))

    @property
    def file_url(self) -> str:
        return f"file://{self.picture}"

    @property
    def web_url(self) -> str:
        return f"http://127.0.0.1:{self._server.getsockname()[1]}/p.png"

    @property
    def is_watching(self) -> bool:
        """Whether this system tells of files that are opened."""
        return self._watch is not None

    def sprung(self) -> list[str]:
        """What was taken since the last look."""
        found = []
        if self._watch is not None and select.select([self._watch], [], [], 0)[0]:
            os.read(self._watch, 65_536)
            found.append("the picture that a name asks for was opened")
        if select.select([self._server], [], [], 0)[0]:
            self._server.accept()[0].close()
            found.append("the address that a name asks for was called")
        return found

    def close(self) -> None:
        self._server.close()
        if self._watch is not None:
            os.close(self._watch)


def _watched(path: Path) -> int | None:
    """A descriptor that can be read once somebody opened or read the file; Linux only."""
    if sys.platform != "linux":
        return None
    system = ctypes.CDLL(None, use_errno=True)
    descriptor = int(system.inotify_init1(_IN_NONBLOCK))
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), "inotify_init1")
    added = system.inotify_add_watch(descriptor, os.fsencode(path), _IN_ACCESS | _IN_OPEN)
    if added < 0:
        raise OSError(ctypes.get_errno(), "inotify_add_watch")
    return descriptor


@contextmanager
def laid() -> Iterator[Trap]:
    """A trap in a folder of its own with a short name."""
    folder = Path(tempfile.mkdtemp(prefix="clv", dir="/tmp" if os.name == "posix" else None))  # noqa: S108 - a name of fifty characters must hold it
    made = Trap(folder)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(folder)
