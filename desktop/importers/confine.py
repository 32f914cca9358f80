"""The walls around the process that reads foreign files (T59): limits, and an audit hook.

The hook stops code of ours and of libraries from reaching out by mistake or by trickery. It is no
jail against native code; the limits, the kill from outside and the empty hands (no key, no token
in this process) are what remains then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from desktop.domain.limits import WORKER_ADDRESS_SPACE_BYTES, WORKER_CPU_S

try:
    import resource
except ImportError:  # Windows has none; there the parent's time limit and the size caps hold.
    resource = None  # type: ignore[assignment]  # absent module, checked before use

# Whole families of audit events, refused by the part before the first dot.
_FAMILIES: Final = frozenset(
    {
        "_winapi",
        "ctypes",
        "ensurepip",
        "fcntl",
        "ftplib",
        "glob",
        "http",
        "imaplib",
        "mmap",
        "msvcrt",
        "nntplib",
        "poplib",
        "pty",
        "resource",
        "setopencodehook",
        "shutil",
        "signal",
        "smtplib",
        "socket",
        "sqlite3",
        "subprocess",
        "syslog",
        "telnetlib",
        "tempfile",
        "urllib",
        "webbrowser",
        "winreg",
    }
)
# Of `os` only these: the import system looks into folders.
_OS_ALLOWED: Final = frozenset({"os.listdir", "os.scandir"})
_READ_MODES: Final = frozenset({"r", "rb", "rt", "br", "tr", "U"})
_WRITE_FLAGS: Final = (
    os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_TMPFILE", 0)
) & ~getattr(os, "O_DIRECTORY", 0)


class Refused(PermissionError):
    """Something in the worker reached for what it must not have."""


def limit() -> None:
    """Cap memory, processor time, written bytes and core dumps; never above what holds already."""
    if resource is None:
        return
    wanted = {
        resource.RLIMIT_AS: WORKER_ADDRESS_SPACE_BYTES,
        resource.RLIMIT_CPU: WORKER_CPU_S,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        _soft, hard = resource.getrlimit(kind)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (value, value))
        except (ValueError, OSError):
            # macOS refuses some of them; the parent's time limit holds everywhere.
            continue


def forbid(readable: str | None) -> None:
    """From here on: no network, process, library call or file but `readable` and our own code.

    Cannot be undone in this process.
    """
    roots = tuple(_roots())

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            if not _may_open(args, readable, roots):
                raise Refused(event)
            return
        family = event.partition(".")[0]
        if family in _FAMILIES or (family == "os" and event not in _OS_ALLOWED):
            raise Refused(event)

    sys.addaudithook(refuse)


def _roots() -> Iterable[str]:
    """Folders that hold the program: Python may go on importing from them."""
    places = {sys.prefix, sys.base_prefix, sys.exec_prefix, getattr(sys, "_MEIPASS", "")}
    if getattr(sys, "frozen", False):
        # A bundle keeps its modules inside the program file itself.
        places.add(str(Path(sys.executable).parent))
    places.add(str(Path(os.__file__).parent))
    places.add(str(Path(__file__).resolve().parents[2]))
    for place in places:
        if place:
            yield f"{os.path.realpath(place)}{os.sep}"


def _may_open(args: tuple[Any, ...], readable: str | None, roots: tuple[str, ...]) -> bool:
    path, mode, flags = args
    if mode is not None and mode not in _READ_MODES:
        return False
    if isinstance(flags, int) and flags & _WRITE_FLAGS:
        return False
    if isinstance(path, int):
        return mode is not None  # a descriptor that is open already, wrapped for reading
    if not isinstance(path, str):
        return False
    return path == readable or os.path.realpath(path).startswith(roots)
