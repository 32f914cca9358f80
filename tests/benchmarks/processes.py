"""Child processes of the benchmarks: started alike, their memory watched through /proc (Linux)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
TIMEOUT_S: Final = 300
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_SAMPLE_S: Final = 0.01
_FAMILY_EVERY: Final = 5


class ChildFailed(Exception):
    """A child ended with an error; the text is its standard error."""


@dataclass(frozen=True)
class Child:
    """How a process went. `said`: its last line of output, when that is JSON."""

    said: Any
    seconds: float
    peak_mb: float
    started: float  # time.monotonic(), the same clock in every process


def own(module: str, *words: str | Path) -> list[str]:
    """The command that runs a module of the benchmarks in a fresh interpreter."""
    return [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, words)]


def environment(home: Path, **extra: str) -> dict[str, str]:
    """Nothing of this desk's user: a home of its own, offscreen, bytecode as an installation has
    it (the first run of each kind, which is not counted, compiles what is not compiled yet).
    """
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **extra}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        env[name] = str(home)
    return env


def run(argv: Sequence[str | Path], env: Mapping[str, str], *, watched: bool = False) -> Child:
    """Runs a command to its end; `watched` also samples the memory of all its processes."""
    started = time.monotonic()
    with subprocess.Popen(
        argv,
        cwd=ROOT,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        watch = MemoryWatch(process.pid) if watched else None
        try:
            out, errors = process.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            seconds = time.monotonic() - started
            peak = watch.stop() if watch is not None else 0.0
    if process.returncode != 0:
        raise ChildFailed(errors.decode(errors="replace").strip() or f"ended {process.returncode}")
    lines = out.decode(errors="replace").strip().splitlines()
    said = None
    if lines:
        with suppress(json.JSONDecodeError):
            said = json.loads(lines[-1])
    return Child(said, seconds, peak, started)


class MemoryWatch:
    """The largest sum of resident memory over a process and what it started, every 10 ms.

    Pages that two of the processes share count for each: that is the cautious side.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The peak in MB."""
        self._ended.set()
        self._thread.join()
        return self._peak / 1e6

    def _watch(self) -> None:
        family = [self._pid]
        turn = 0
        while not self._ended.wait(_SAMPLE_S):
            if turn % _FAMILY_EVERY == 0:
                family = _family(self._pid)
            turn += 1
            self._peak = max(self._peak, sum(map(_resident, family)))


def _family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                with suppress(OSError):
                    found += map(int, (task / "children").read_text().split())
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
