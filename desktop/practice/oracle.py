"""Watches what clients send for secrets that must not leave: the attacker's side of the bench.

Everything a client wraps for a key this server substituted is opened here; everything sent is
searched for canaries (passwords, keys) as they are and in the encodings they could travel in.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import quote

from desktop.practice import keys

_WRAPPED = re.compile(rb"4\.[A-Za-z0-9+/]{300,}={0,2}")
_OWN_HEADERS = ("authorization", "host", "content-length")


@dataclass(frozen=True)
class Leak:
    """One secret found in one request."""

    request: int
    method: str
    path: str
    what: str


@dataclass
class Oracle:
    """Attacker's keys and canaries, and what they found."""

    leaks: list[Leak] = field(default_factory=list)
    _private: dict[str, bytes] = field(default_factory=dict)
    _forms: dict[bytes, str] = field(default_factory=dict)

    def hold(self, email: str, pkcs8: bytes) -> None:
        """The private half of a key handed out in somebody's place."""
        self._private[email] = pkcs8

    def watch(self, name: str, secret: bytes) -> None:
        """Search everything for this secret from now on."""
        plain = base64.b64encode(secret)
        forms = {
            secret: "as it is",
            plain: "in base64",
            base64.urlsafe_b64encode(secret): "in URL-safe base64",
            secret.hex().encode(): "in hex",
            secret.hex().upper().encode(): "in hex",
            quote(plain, safe="").encode(): "in base64, URL-encoded",
            quote(secret, safe="").encode(): "URL-encoded",
        }
        for form, how in forms.items():
            self._forms.setdefault(form, f"{name} {how}")

    def look(
        self, number: int, method: str, path: str, sent: bytes, headers: dict[str, str]
    ) -> None:
        """Search one request: its body, its address and its headers."""
        told = [value for name, value in headers.items() if name not in _OWN_HEADERS]
        whole = b"\n".join((path.encode(), sent, *(value.encode() for value in told)))
        for form, what in self._forms.items():
            if form in whole:
                self.leaks.append(Leak(number, method, path, what))
        for text in _WRAPPED.findall(sent) if self._private else ():
            for email, pkcs8 in self._private.items():
                if _opens(pkcs8, text.decode()):
                    what = f"a key wrapped for the attacker in the place of {email}"
                    self.leaks.append(Leak(number, method, path, what))


def _opens(pkcs8: bytes, text: str) -> bool:
    """Whether the attacker reads a wrapped key; OAEP padding tells right from wrong."""
    try:
        return bool(keys.unwrap_with(pkcs8, text))
    except ValueError:
        return False
