"""The program log on the disk: one JSON object a line, private files, five of at most 1 MiB (T91).

What a line may hold is decided by `domain.diagnostics`; here it only gets its time and its place.
`crash.txt` beside it is where Python writes, at a crash of a library, which functions were running:
names of functions and numbers of lines, no values.
"""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import logging
import os
import platform
import re
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

import msgspec

from desktop.domain.diagnostics import Line, kinds_of, note_bug, places_of
from desktop.domain.errors import ClavigerError
from desktop.settings.files import (
    FILE_MODE,
    check_private,
    create_private,
    make_private_folder,
    read_private,
)

LOG_FOLDER: Final = "logs"
LOG_FILE: Final = "program.jsonl"
CRASH_FILE: Final = "crash.txt"
FILE_BYTES_MAX: Final = 1024 * 1024
FILES_MAX: Final = 5

# How long the end of the program waits for a disk that hangs.
_PATIENCE_S: Final = 2.0
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
# `  File "/home/anna/claviger/desktop/views/shell.py", line 12 in refresh`
_CRASH_FRAME: Final = re.compile(r'\s*File "(?:.*[/\\])?([\w.<>-]+)", line (\d+) in ([\w.<>]+)')
_CRASH_HEAD: Final = re.compile(
    r"(Fatal Python error: [A-Za-z ]{1,60}"
    r"|Current thread 0x[0-9a-f]+ \(most recent call first\):"
    r"|Thread 0x[0-9a-f]+ \(most recent call first\):)"
)


def _now() -> datetime:
    return datetime.now(UTC)


class ProgramLog:
    """Only the writer of a profile has one: two processes would rotate each other's files away.

    A thread of its own writes, so that nobody waits for the disk. One that takes nothing costs
    lines, never work: no method but `open` raises.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime], bytes_max: int) -> None:
        self._folder = folder
        self._now = now
        self._bytes_max = bytes_max
        self._descriptor: int | None = None
        self._size = 0
        self._crash: int | None = None
        self._waiting: SimpleQueue[bytes | threading.Event | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="program log", daemon=True)

    @classmethod
    def open(
        cls,
        profile: Path,
        *,
        now: Callable[[], datetime] = _now,
        bytes_max: int = FILE_BYTES_MAX,
    ) -> ProgramLog:
        """Goes on with the log of the profile folder. Raises ProfileUnsafe, StorageFailed."""
        folder = profile / LOG_FOLDER
        make_private_folder(folder)
        log = cls(folder, now, bytes_max)
        log._begin()
        log._thread.start()
        # What was noted last is kept also where the end is one that nobody planned.
        atexit.register(log.close)
        return log

    def write(self, line: Line) -> None:
        """Adds a line, with the time before it. A sink for `diagnostics.listen`."""
        told = {"at": self._now().isoformat(timespec="milliseconds"), **line}
        self._waiting.put(msgspec.json.encode(told) + b"\n")

    def flush(self) -> None:
        """Returns when everything noted so far is written."""
        if self._thread.is_alive():
            written = threading.Event()
            self._waiting.put(written)
            written.wait(_PATIENCE_S)

    def catch_crashes(self) -> None:
        """Lets the interpreter say where it was when a library takes the process down."""
        with contextlib.suppress(OSError, ClavigerError):
            path = self._folder / CRASH_FILE
            self._crash = _appending(path)
            if os.fstat(self._crash).st_size > self._bytes_max:
                os.ftruncate(self._crash, 0)
            faulthandler.enable(self._crash)

    def read(self) -> list[bytes]:
        """The lines of all files, oldest first."""
        self.flush()
        return read_log(self._folder.parent)

    def close(self) -> None:
        """Later lines are dropped."""
        atexit.unregister(self.close)
        self._waiting.put(None)
        self._thread.join(_PATIENCE_S)
        if self._crash is not None:
            faulthandler.disable()
            os.close(self._crash)
            self._crash = None

    def _work(self) -> None:
        while (one := self._waiting.get()) is not None:
            if isinstance(one, threading.Event):
                one.set()
                continue
            with contextlib.suppress(OSError, ClavigerError):
                self._append(one)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _append(self, data: bytes) -> None:
        if self._size + len(data) > self._bytes_max:
            self._rotate()
        if self._descriptor is not None:
            self._size += os.write(self._descriptor, data)

    def _begin(self) -> None:
        path = self._folder / LOG_FILE
        self._descriptor = _appending(path)
        self._size = os.fstat(self._descriptor).st_size

    def _rotate(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        for number in reversed(range(FILES_MAX - 1)):
            former = self._folder / _name(number)
            if former.exists():
                former.replace(self._folder / _name(number + 1))
        self._begin()


def _name(number: int) -> str:
    """The newest file has no number; the highest one is the oldest."""
    stem, _dot, suffix = LOG_FILE.partition(".")
    return f"{stem}.{number}.{suffix}" if number else LOG_FILE


def _appending(path: Path) -> int:
    create_private(path)
    check_private(path)
    return os.open(path, os.O_WRONLY | os.O_APPEND | _NO_FOLLOW | _BINARY, FILE_MODE)


def read_log(profile: Path) -> list[bytes]:
    """What the log of a profile folder holds, oldest first; what cannot be read is left out."""
    lines: list[bytes] = []
    for number in reversed(range(FILES_MAX)):
        with contextlib.suppress(ValueError, ClavigerError):
            data = read_private(profile / LOG_FOLDER / _name(number), 2 * FILE_BYTES_MAX)
            lines += (data or b"").splitlines()
    return lines


def read_crashes(profile: Path) -> list[str]:
    """Where former crashes happened: file names without their folders, which name a person's."""
    found: list[str] = []
    with contextlib.suppress(ValueError, ClavigerError):
        data = read_private(profile / LOG_FOLDER / CRASH_FILE, 2 * FILE_BYTES_MAX) or b""
        for line in data.decode("utf-8", "replace").splitlines():
            frame = _CRASH_FRAME.fullmatch(line)
            head = _CRASH_HEAD.fullmatch(line)
            if frame is not None:
                found.append("  {}:{} {}".format(*frame.groups()))
            elif head is not None:
                found.append(head.group())
    return found


def system_facts() -> dict[str, str]:
    """What `started` says of the computer; not its name, nor a person's."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
    }


# --- exceptions nobody caught ----------------------------------------------------------------


def catch_bugs() -> None:
    """From now on uncaught exceptions leave their types and places, and nothing they were given.

    Without this the interpreter prints them with their arguments, and asyncio with what a task
    held, into files that a desktop keeps for its programs. Libraries that log find no listener.
    """
    # The way out of last resort prints warnings of libraries, which quote what they were given.
    logging.getLogger().addHandler(logging.NullHandler())
    sys.excepthook = _uncaught
    threading.excepthook = _in_a_thread
    sys.unraisablehook = _unraisable


def task_failed(_loop: object, context: dict[str, Any]) -> None:
    """For `loop.set_exception_handler`."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        _tell("task", error)


def _uncaught(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
    _tell("slot", error)


def _in_a_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_value is not None:
        _tell("thread", given.exc_value)


def _unraisable(given: sys.UnraisableHookArgs) -> None:
    if given.exc_value is not None:
        _tell("unraisable", given.exc_value)


def _tell(where: str, error: BaseException) -> None:
    note_bug(where, error)
    # A program of a desktop may have no such stream; whoever has one is a developer.
    if sys.stderr is not None:
        told = [f"Claviger: uncaught in a {where}: " + " from ".join(kinds_of(error) or ())]
        told += [f"  {place}" for place in places_of(error.__traceback__) or ()]
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write("\n".join(told) + "\n")
