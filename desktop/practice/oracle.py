"""Watches what clients send for secrets that must not leave: the attacker's side of the bench.

Everything a client wraps or encrypts for a key of the attacker is opened here; everything sent is
searched for canaries (passwords, keys) as they are and in whatever they may be wrapped in: escapes
of JSON and of addresses, base64, hex, one in the other.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from desktop.practice import keys

_DEPTH = 3
# A secret of a few bytes would be found by chance.
_LEAST = 6
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){12,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
# In a longer request nobody looks for base64 that begins in the middle of other letters.
_SHIFTED_MAX = 64 * 1_024
_ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_RSA = re.compile(rb"[A-Za-z0-9+/]{342,}={0,2}")
_AES = re.compile(rb"([A-Za-z0-9+/]{22}==)\|([A-Za-z0-9+/]+={0,2})\|([A-Za-z0-9+/]{43}=)")
_NOT_SEARCHED = ("host", "content-length")


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
    _shared: dict[str, bytes] = field(default_factory=dict)
    _secrets: dict[bytes, str] = field(default_factory=dict)

    def hold(self, name: str, pkcs8: bytes) -> None:
        """The private half of a key handed out in the place of `name`."""
        self._private[name] = pkcs8

    def hold_key(self, name: str, key: bytes) -> None:
        """A 64-byte key that the attacker knows, handed out in the place of `name`."""
        self._shared[name] = key

    def watch(self, name: str, secret: bytes) -> None:
        """Search everything for this secret from now on."""
        if len(secret) < _LEAST:
            raise ValueError("too short to be told from chance")
        self._secrets.setdefault(secret, name)

    def look(
        self,
        number: int,
        method: str,
        path: str,
        sent: bytes,
        headers: dict[str, str],
        *,
        query: str = "",
    ) -> None:
        """Search one request: its address, its headers and its body."""
        # A token is this server's own text, and the longest part of most requests.
        told = [
            value
            for name, value in headers.items()
            if name not in _NOT_SEARCHED and not value.startswith("Bearer ")
        ]
        whole = b"\n".join([one.encode() for one in (path, query, *told)] + [sent])
        found = set(self._found(b"\n".join(_layers(whole))))
        self.leaks += [Leak(number, method, path, what) for what in sorted(found)]

    def _found(self, text: bytes) -> Iterator[str]:
        for secret, name in self._secrets.items():
            if secret in text:
                yield name
        for name, pkcs8 in self._private.items():
            if any(_unwraps(pkcs8, wrapped) for wrapped in set(_RSA.findall(text))):
                yield f"something wrapped for the attacker in the place of {name}"
        for name, key in self._shared.items():
            if any(_opens(key, *parts) for parts in set(_AES.findall(text))):
                yield f"something encrypted for the attacker in the place of {name}"


def _layers(data: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """`data`, and all that it turns into when what wraps it is taken off.

    Only what is text can be a wrapping again: most of what is decoded is ciphertext.
    """
    yield data
    if not depth:
        return
    for text in filter(None, (_unescaped(data), _unquoted(data))):
        yield from _layers(text, depth - 1)
    runs = [run.rstrip(b"=").translate(_PLAIN) for run in _BASE64.findall(data)]
    shifts = range(4) if depth == _DEPTH and len(data) <= _SHIFTED_MAX else range(1)
    decoded = [_decoded(run[shift:]) for shift in shifts for run in runs]
    decoded += [bytes.fromhex(run.decode()) for run in _HEX.findall(data)]
    yield b"\n".join(decoded)
    texts = b"\n".join([one for one in decoded if one.isascii()])
    if texts:
        yield from _layers(texts, depth - 1)


def _unescaped(data: bytes) -> bytes:
    """JSON strings as they are meant; empty where nothing is escaped."""
    if b"\\" not in data:
        return b""
    return _ESCAPE.sub(
        lambda match: (
            chr(int(match[1], 16)).encode("utf-8", "surrogatepass") if match[1] else match[2]
        ),
        data,
    )


def _unquoted(data: bytes) -> bytes:
    return unquote_to_bytes(data.replace(b"+", b" ")) if b"%" in data else b""


_PLAIN = bytes.maketrans(b"-_", b"+/")


def _decoded(run: bytes) -> bytes:
    whole = run[: len(run) - (len(run) % 4 == 1)]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _unwraps(pkcs8: bytes, text: bytes) -> bool:
    """Whether the attacker reads a wrapped key; OAEP padding tells right from wrong."""
    try:
        return bool(keys.unwrap_with(pkcs8, f"4.{text.decode()}"))
    except ValueError:
        return False


def _opens(key: bytes, initial: bytes, sealed: bytes, mac: bytes) -> bool:
    """Whether the attacker reads an EncString: its MAC is made with the attacker's key."""
    said = base64.b64decode(initial) + base64.b64decode(sealed)
    return hmac.compare_digest(base64.b64decode(mac), hmac.digest(key[32:], said, "sha256"))
