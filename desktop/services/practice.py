"""The practice server as a child process: started when first wanted, gone with the program.

It prints one line of JSON when it serves and ends when its standard input closes. Its port is kept
beside its data, so that a run interrupted by a crash finds the same server again.
"""

from __future__ import annotations

import asyncio
import http.client
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from desktop.api.tls import tls_context
from desktop.domain.errors import NotOurServer, Offline, Refused
from desktop.domain.program import OWN_FOLDER, own_command

START_TIMEOUT_S: Final = 60.0
CALL_TIMEOUT_S: Final = 30.0
_STOP_S: Final = 5.0
_PORT_FILE: Final = "port"


class PracticeAccount(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to sign in as; the password is for practice only and shown beside the card."""

    email: str
    password: str
    role: str = ""
    name: str = ""


class PracticeInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What the server says when it serves."""

    url: str
    ca: str
    accounts: tuple[PracticeAccount, ...] = ()
    inbox: str = ""


class Mail(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A mail the practice server would have sent. `open`: an invitation not yet accepted."""

    id: str
    to: str
    subject: str
    kind: str
    created: str = ""
    organization_id: str | None = None
    open: bool = False
    registered: bool = False


class _Mails(msgspec.Struct):
    mails: tuple[Mail, ...]


class Practice:
    """One practice server and its folder. `argv` replaces the command, for tests."""

    def __init__(self, folder: Path, argv: Sequence[str] | None = None) -> None:
        self._folder = folder
        self._argv = argv
        self._process: subprocess.Popen[bytes] | None = None
        self._info: PracticeInfo | None = None
        self._starting = asyncio.Lock()

    @property
    def info(self) -> PracticeInfo | None:
        """None until it serves."""
        return self._info

    async def start(self) -> PracticeInfo:
        """Starts it once; later calls get the same answer. Raises Offline if it does not come."""
        async with self._starting:
            if self._info is not None and self._alive():
                return self._info
            self._info = await asyncio.to_thread(self._start)
            return self._info

    async def inbox(self) -> tuple[Mail, ...]:
        """All mails, oldest first."""
        raw = await self._call("GET", "/practice/inbox")
        return msgspec.json.decode(raw, type=_Mails).mails

    async def accept(self, mail_id: str) -> None:
        """Plays the invited person: registers when needed, then accepts."""
        await self._call("POST", "/practice/accept", {"mail": mail_id})

    async def state(self) -> dict[str, Any]:
        """What the practice server holds, without keys of people; for checks of its final state."""
        raw = await self._call("GET", "/practice/state")
        return msgspec.json.decode(raw, type=dict[str, Any])

    async def stop(self, *, clean: bool = True) -> None:
        """Ends it. A clean end removes the data; otherwise they wait for the next start."""
        await asyncio.to_thread(self._stop)
        self._info = None
        if clean:
            await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    def kill(self) -> None:
        """At exit, when no loop runs any more."""
        self._stop()

    # --- the process --------------------------------------------------------------------------

    def _start(self) -> PracticeInfo:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        port_file = self._folder / _PORT_FILE
        former = port_file.read_text("ascii").strip() if port_file.exists() else ""
        for port in [former, ""] if former.isdecimal() else [""]:
            info = self._launch(port)
            if info is not None:
                port_file.write_text(str(urlsplit(info.url).port), "ascii")
                return info
        raise Offline("practice")

    def _launch(self, port: str) -> PracticeInfo | None:
        words = ["practice", "--data", str(self._folder.absolute())]
        if port:
            words += ["--port", port]
        argv = [*self._argv, *words[1:]] if self._argv is not None else own_command(*words)
        process = subprocess.Popen(  # noqa: S603 - our own program
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=None if getattr(sys, "frozen", False) else OWN_FOLDER,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._process = process
        line = process.stdout.readline() if process.stdout is not None else b""
        try:
            return msgspec.json.decode(line, type=PracticeInfo)
        except msgspec.MsgspecError:
            self._stop()
            return None

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    # --- its inbox ----------------------------------------------------------------------------

    async def _call(self, method: str, path: str, content: Any = None) -> bytes:
        if self._info is None:
            raise Offline("practice")
        return await asyncio.to_thread(self._exchange, self._info, method, path, content)

    def _exchange(self, info: PracticeInfo, method: str, path: str, content: Any) -> bytes:
        """The inbox is no part of the protocol, so it has no place in `api`."""
        parts = urlsplit(info.url)
        connection = http.client.HTTPSConnection(
            parts.hostname or "",
            parts.port,
            timeout=CALL_TIMEOUT_S,
            context=tls_context(Path(info.ca)),
        )
        try:
            body = None if content is None else msgspec.json.encode(content)
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Offline("practice") from error
        finally:
            connection.close()
        if answer.status >= 400:
            raise Refused(answer.status)
        if not data and method == "GET":
            raise NotOurServer("empty")
        return data
