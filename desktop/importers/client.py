"""The app's side of the import worker: start it, listen within bounds, kill it in time (T59)."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final

from desktop.domain.errors import BadFile
from desktop.domain.items import ImportPreview, ImportRow
from desktop.domain.limits import WORKER_CPU_S
from desktop.domain.program import OWN_FOLDER, own_command
from desktop.importers.messages import (
    ANSWER_BYTES,
    End,
    Failed,
    Head,
    Request,
    Rows,
    pack,
    read_answer,
)

# The worker's processor time is limited to 120 s by itself; this also ends one that only waits.
TIMEOUT_S: Final = 180.0
# How a process ends that has used up its processor time; Windows has no such limit.
_OUT_OF_TIME: Final = -getattr(signal, "SIGXCPU", sys.maxsize)


async def preview_file(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - the word of the page, and never the builtin here
    encoding: str | None = None,
    decode_entities: bool | None = None,
    argv: Sequence[str] | None = None,
    timeout_s: float = TIMEOUT_S,
) -> ImportPreview:
    """Understand a file in a process of its own. Raises BadFile; cancelling kills the process.

    `format` and `encoding` None: judged by content. Works on any event loop: the pipe is served
    by a thread, which ends with the process.
    """
    request = Request(
        path=_located(path),
        name=os.fsencode(path.name).decode("utf-8", "backslashreplace"),
        format=format,
        encoding=encoding,
        decode_entities=decode_entities,
    )
    worker = _Worker(argv or own_command("import-worker"), pack(request))
    work = asyncio.ensure_future(asyncio.to_thread(worker.preview))
    try:
        return await asyncio.wait_for(asyncio.shield(work), timeout_s)
    except TimeoutError:
        raise BadFile("timed_out", detail=f"{timeout_s:.0f} s") from None
    finally:
        worker.kill()
        # The thread sees the end of the pipe at once; its outcome no longer matters.
        await asyncio.wait((work,))
        if not work.cancelled():
            work.exception()


def _located(path: Path) -> bytes:
    """Absolute, for the worker starts in another folder; links in it stay, to be refused there."""
    return os.fsencode(path.absolute())


class _Worker:
    """One process and one answer. `preview` runs in a thread, `kill` may come from any."""

    def __init__(self, argv: Sequence[str], request: bytes) -> None:
        self._argv = tuple(argv)
        self._request = request
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False

    def kill(self) -> None:
        with self._lock:
            self._killed = True
            if self._process is not None and self._process.poll() is None:
                self._process.kill()

    def preview(self) -> ImportPreview:
        process = self._start()
        try:
            return self._talk(process)
        except BadFile as error:
            if error.code != "worker_died" or _end(process) != _OUT_OF_TIME:
                raise
            raise BadFile("timed_out", detail=f"{WORKER_CPU_S} s of work") from None
        finally:
            _end(process)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._killed:
                raise BadFile("worker_died", detail="cancelled")
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    self._argv,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    cwd=None if getattr(sys, "frozen", False) else OWN_FOLDER,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as error:
                raise BadFile("worker_died", detail=type(error).__name__) from None
            return self._process

    def _talk(self, process: subprocess.Popen[bytes]) -> ImportPreview:
        if process.stdin is None or process.stdout is None:
            raise BadFile("worker_died", detail="no pipe")
        try:
            process.stdin.write(self._request)
            process.stdin.close()
        except OSError:
            raise BadFile("worker_died", detail="took no request") from None
        return _listen(process.stdout.read)


def _end(process: subprocess.Popen[bytes]) -> int:
    """Nothing of the process is left; how it ended."""
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            _close(pipe)
    return process.wait()


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        # A broken pipe on flushing what the dead worker never took.
        return


def _listen(read: Callable[[int], bytes]) -> ImportPreview:
    """Head, rows, end, nothing else; a complete preview or BadFile."""
    head: Head | None = None
    rows: list[ImportRow] = []
    total = 0
    while True:
        message, size = read_answer(read)
        total += size
        if total > ANSWER_BYTES:
            raise BadFile("worker_died", detail="answer too large")
        match message:
            case Failed():
                raise BadFile(message.code, message.line, message.detail)
            case Head() if head is None:
                head = message
            case Rows() if head is not None:
                rows.extend(message.rows)
            case End() if head is not None and message.rows == len(rows):
                return ImportPreview(
                    format=head.format,
                    confident=head.confident,
                    candidates=head.candidates,
                    file_name=head.file_name,
                    file_bytes=head.file_bytes,
                    rows=tuple(rows),
                )
            case _:
                raise BadFile("worker_died", detail="answer out of order")
