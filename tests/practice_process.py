"""Starts the practice server as a child process, for the tests of every room.

Its oracle looks at every request of every test: no password, no key of anybody and nothing made for
a key of the attacker may be in one. What a test lets out on purpose it has to `forgive`.
"""

from __future__ import annotations

import base64
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent
ENTRY = (sys.executable, "-m", "desktop.practice.server")


#: servers that are serving, for whoever looks at all of them after a test
SERVING: list[PracticeHandle] = []
#: every password that a server told, for whoever looks for them afterwards
PASSWORDS: set[str] = set()


@dataclass(frozen=True, repr=False)
class Attacker:
    """A key pair (base64 SPKI, PKCS#8) and a 64-byte key."""

    public_key: str
    private_key: bytes
    key: bytes


@dataclass
class PracticeHandle:
    """A serving practice server. `accounts` are dicts: email, password, role, name, ..."""

    url: str
    ca: Path
    accounts: list[dict[str, Any]]
    inbox: str
    process: subprocess.Popen[bytes]
    http: httpx.Client

    def account(self, role: str, organization: str | None = None) -> dict[str, Any]:
        """The first seeded account of a role (and organization)."""
        return next(
            one
            for one in self.accounts
            if one["role"] == role and organization in (None, one.get("organization"))
        )

    def get(self, path: str) -> Any:
        """GET below `/practice/`."""
        return self.http.get(f"/practice/{path}").raise_for_status().json()

    def post(self, path: str, body: object) -> Any:
        """POST below `/practice/`; None when the answer is empty."""
        answer = self.http.post(f"/practice/{path}", json=body).raise_for_status()
        return answer.json() if answer.content else None

    def mails(self) -> list[dict[str, Any]]:
        """The inbox, oldest first: id, to, subject, kind, organizationId, memberId, open, ..."""
        found: list[dict[str, Any]] = self.get("inbox")["mails"]
        return found

    def accept(self, email: str, **more: str) -> dict[str, Any]:
        """Play an invited person: register when needed, accept every open invitation."""
        found: dict[str, Any] = self.post("accept", {"email": email, **more})
        return found

    def register(self, email: str, **more: object) -> dict[str, Any]:
        """A new account: email, password, userId; `totp=True` adds totpSecret; `argon2=True`."""
        found: dict[str, Any] = self.post("register", {"email": email, **more})
        PASSWORDS.add(found["password"])
        return found

    def ways(self, email: str, **more: object) -> dict[str, Any]:
        """How an account signs in (see desktop/practice/ways.py): `twoStep=[1]`, `sso="acme"`, ...

        Told are clientId, clientSecret, recoveryCode, yubikey, userId.
        """
        found: dict[str, Any] = self.post("ways", {"email": email, **more})
        if isinstance(password := more.get("password"), str):
            PASSWORDS.add(password)
        return found

    def mailed_code(self, email: str, kind: str = "two_step_code") -> str:
        """The newest code mailed to somebody."""
        codes = [one["code"] for one in self.mails() if (one["to"], one["kind"]) == (email, kind)]
        return str(codes[-1])

    def state(self) -> dict[str, Any]:
        """Everything the server holds, as rows."""
        found: dict[str, Any] = self.get("state")
        return found

    def requests(self) -> list[dict[str, Any]]:
        """The protocol requests so far."""
        found: list[dict[str, Any]] = self.get("requests")["requests"]
        return found

    def watch(self, **secrets: bytes) -> None:
        """Look for these secrets in everything clients send from now on."""
        told = {name: base64.b64encode(secret).decode() for name, secret in secrets.items()}
        self.post("watch", told)

    def leaks(self) -> list[dict[str, Any]]:
        """What the watched secrets and the attacker's keys found: request, path, what."""
        found: list[dict[str, Any]] = self.get("leaks")["leaks"]
        return found

    def forgive(self) -> list[dict[str, Any]]:
        """The leaks so far, which this test meant: they count no more."""
        dropped: list[dict[str, Any]] = (
            self.http.delete("/practice/leaks").raise_for_status().json()["leaks"]
        )
        return dropped

    def attacker(self, name: str) -> Attacker:
        """Fresh keys of an attacker, which the oracle tries on everything sent."""
        told = self.post("attacker", {"name": name})
        return Attacker(
            told["publicKey"],
            base64.b64decode(told["privateKey"]),
            base64.b64decode(told["key"]),
        )

    def script(self, *rules: dict[str, Any]) -> None:
        """Let requests go wrong (see desktop/practice/faults.py); no rule ends it."""
        self.post("script", list(rules))

    def advance(self, seconds: float) -> None:
        """Move the server's clock."""
        self.post("clock", {"advance": seconds})


@contextmanager
def practice_server(
    *args: str, data: Path | None = None, watched: bool = True
) -> Iterator[PracticeHandle]:
    """A practice server with these options; with `data` its content and CA are kept there.

    Limits are off unless an option says otherwise, so that tests may hurry. Ends in an
    AssertionError where the oracle found what nobody forgave; `watched` False is for measuring,
    since looking takes time.
    """
    options = [*args]
    if "--rate-limits" not in options:
        options += ["--rate-limits", "off"]
    if data is not None:
        options += ["--data", str(data)]
    process = subprocess.Popen(
        [*ENTRY, *options],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        with _handle(process) as handle:
            if watched:
                handle.post("canaries", {})
            SERVING.append(handle)
            try:
                yield handle
                assert_nothing_leaked()
            finally:
                SERVING.remove(handle)
    finally:
        _end(process)


def assert_nothing_leaked() -> None:
    """What every server that serves now has seen so far; each leak is told once."""
    found = []
    for handle in SERVING:
        # One that a test has killed saw all it will ever see.
        if handle.process.poll() is None:
            found += handle.forgive()
    if found:
        raise AssertionError(found)


@contextmanager
def _handle(process: subprocess.Popen[bytes]) -> Iterator[PracticeHandle]:
    stdout = process.stdout
    line = stdout.readline() if stdout is not None else b""
    if not line:
        raise RuntimeError(f"the practice server ended with {process.wait()}")
    told = json.loads(line)
    PASSWORDS.update(one["password"] for one in told["accounts"])
    # Deaf to the environment, which tests fill with traps.
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trust.load_verify_locations(cafile=told["ca"])
    deaf = httpx.HTTPTransport(verify=trust, trust_env=False)
    with httpx.Client(base_url=told["url"], transport=deaf, timeout=60, trust_env=False) as http:
        handle = PracticeHandle(
            told["url"], Path(told["ca"]), told["accounts"], told["inbox"], process, http
        )
        yield handle


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close its input, which ends it cleanly; kill it when it does not."""
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.close()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
