"""The loop never waits for a derivation, a disk, a keystore or the network (T34).

A time limit says nothing on a busy computer. So calls are caught by what they are: whoever derives
a key, opens or renames a file, runs a statement of SQLite, asks a keystore or waits for a socket on
the loop's thread is noted, with the line of ours that did it, however quick it was here. The few
that may stand there are named below, each with its reason; they are held to 100 ms of the thread's
own processor time, which a busy computer does not lengthen.

What a test does itself, beside the program, is no offence: its nearest line is one of `tests`.
"""

from __future__ import annotations

import inspect
import os
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from keyring.backend import KeyringBackend

from desktop.cache.database import Database
from desktop.crypto import kdf

ROOT: Final = Path(__file__).resolve().parents[2]
OURS: Final = (f"{ROOT}{os.sep}desktop{os.sep}", f"{ROOT}{os.sep}tests{os.sep}")
_OWN: Final = (sys.prefix, sys.base_prefix, f"{ROOT}{os.sep}resources")
LIMIT_S: Final = 0.1

# The function of ours in which a call may stand, and why: "file:function".
ALLOWED: Final = {
    "desktop/app.py:build_front": "before the first frame: where it stands, and who is known",
    "desktop/app.py:practice_place": "before the window answers: which provider is practised with",
    "desktop/views/theme": "fonts and icons of the package, once each",
    "desktop/crypto/kdf.py:server_hash": "one round over a key that is there already",
    "desktop/views/language.py": "the translation that comes with the program",
}

# Audit events of the interpreter; `open` covers os.open too. What imports read is no event of ours.
_EVENTS: Final = {
    "open": "opens a file", "os.rename": "renames a file", "os.remove": "removes a file",
    "os.mkdir": "makes a folder", "os.rmdir": "removes a folder", "os.listdir": "lists a folder",
    "os.scandir": "lists a folder", "os.truncate": "cuts a file", "os.chmod": "changes a file",
    "sqlite3.connect": "opens a database", "socket.getaddrinfo": "asks for an address",
    "time.sleep": "sleeps", "shutil.rmtree": "removes a folder", "shutil.copyfile": "copies a file",
}  # fmt: skip


@dataclass
class Watchdog:
    """Notes what the loop's thread did; `offences` are lines for people."""

    thread: int
    is_on: bool = False
    offences: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)

    def note(self, what: str) -> None:
        if not self.is_on or threading.get_ident() != self.thread:
            return
        lines = _our_lines(sys._getframe(2))
        if not lines or _is_of_the_test(lines) or _by_import(sys._getframe(2)):
            return
        allowed = next((one for line in lines for one in ALLOWED if one in line), None)
        if allowed is not None:
            self.met.add(allowed)
            return
        told = f"{what} on the loop's thread: {' < '.join(lines[:7])}"
        if told not in self.offences:
            self.offences.append(told)

    def took(self, what: str, seconds: float) -> None:
        """Also what is allowed is short; a test that derives a key itself is not the program."""
        lines = _our_lines(sys._getframe(2))
        is_here = self.is_on and threading.get_ident() == self.thread
        if is_here and seconds > LIMIT_S and lines and not _is_of_the_test(lines):
            self.offences.append(f"{what} for {seconds * 1000:.0f} ms: {' < '.join(lines[:7])}")

    @contextmanager
    def off(self) -> Iterator[None]:
        """For what a test prepares by means of the program, before there is a window."""
        before, self.is_on = self.is_on, False
        try:
            yield
        finally:
            self.is_on = before


def _our_lines(frame: FrameType | None) -> list[str]:
    """The functions of ours on the stack, the nearest first."""
    found: list[str] = []
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(OURS) and name != __file__:
            short = name[len(str(ROOT)) + 1 :].replace(os.sep, "/")
            if frame.f_code.co_flags & inspect.CO_COROUTINE and short.startswith("desktop"):
                short = f"async {short}"
            found.append(f"{short}:{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return found


def _is_of_the_test(lines: list[str]) -> bool:
    """Whether the test itself looks or prepares: it called a plain function below the views."""
    for line in lines:
        if line.startswith("tests/"):
            return True
        if line.startswith(("desktop/views/", "desktop/app.py", "async ")):
            return False
    return False


def _by_import(frame: FrameType | None) -> bool:
    """Whether a module is being loaded: that happens once, and in an installation from a cache."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def guard(patch: pytest.MonkeyPatch) -> Watchdog:
    """Stands at every boundary until `patch` is undone. The calls go through."""
    dog = Watchdog(threading.get_ident())
    _HOOKED.append(dog)
    if len(_HOOKED) == 1:
        sys.addaudithook(_heard)
    patch.setattr(os, "fsync", _noted(dog, os.fsync, "waits for the disk"))
    for name in ("PBKDF2HMAC", "Argon2id"):
        patch.setattr(kdf, name, _noted(dog, getattr(kdf, name), "derives a key"))
    for kind in _keystores():
        for name in ("get_password", "set_password", "delete_password"):
            if name in vars(kind):
                patch.setattr(kind, name, _noted(dog, getattr(kind, name), "asks a keystore"))
    for one, names in (
        (socket.socket, ("connect", "recv", "recv_into", "send", "sendall", "accept")),
        (ssl.SSLSocket, ("connect", "recv", "recv_into", "send", "sendall", "do_handshake")),
    ):
        for name in names:
            patch.setattr(one, name, _waiting(dog, getattr(one, name)))
    # Every statement asks for the open connection first.
    patch.setattr(Database, "_living", _noted(dog, Database._living, "asks SQLite"))
    patch.setattr(Future, "result", _unfinished(dog, Future.result))
    patch.setattr(threading.Thread, "join", _unended(dog, threading.Thread.join))
    return dog


# Audit hooks stay for the life of the process; this one does nothing while no watchdog is on.
_HOOKED: list[Watchdog] = []


def _heard(event: str, words: tuple[Any, ...]) -> None:
    dog = _HOOKED[-1] if _HOOKED else None
    if dog is None or not dog.is_on or threading.get_ident() != dog.thread:
        return
    told = _EVENTS.get(event)
    # What the program is made of stands on the disk that it was started from.
    is_own = bool(words) and isinstance(words[0], str) and words[0].startswith(_OWN)
    if told is not None and not is_own:
        dog.note(f"{told} ({words[0]!r})" if words else told)


def _keystores() -> list[type[KeyringBackend]]:
    found, kinds = [], [KeyringBackend]
    while kinds:
        kind = kinds.pop()
        found.append(kind)
        kinds += kind.__subclasses__()
    return found


def _noted(dog: Watchdog, real: Callable[..., Any], what: str) -> Callable[..., Any]:
    def called(*words: Any, **named: Any) -> Any:
        dog.note(what)
        began = time.thread_time()
        try:
            return real(*words, **named)
        finally:
            dog.took(what, time.thread_time() - began)

    return called


def _waiting(dog: Watchdog, real: Callable[..., Any]) -> Callable[..., Any]:
    """A socket that does not block cannot keep the loop waiting."""

    def called(one: socket.socket, *words: Any, **named: Any) -> Any:
        if dog.is_on and one.gettimeout() != 0:
            dog.note("waits for the network")
        return real(one, *words, **named)

    return called


def _unfinished(dog: Watchdog, real: Callable[..., Any]) -> Callable[..., Any]:
    def called(one: Future[Any], timeout: float | None = None) -> Any:
        if not one.done():
            dog.note("waits for a worker")
        return real(one, timeout)

    return called


def _unended(dog: Watchdog, real: Callable[..., Any]) -> Callable[..., Any]:
    def called(one: threading.Thread, timeout: float | None = None) -> Any:
        if one.is_alive():
            dog.note("waits for a thread")
        return real(one, timeout)

    return called
