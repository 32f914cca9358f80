"""Certificate authorities that no system knows: what a server shows, for a person to judge (T25).

Nothing here trusts anybody. What a server shows is read out of a handshake that trusts no authority
at all and therefore fails for every server: no line is ever open over which a request could leave.
"""

from __future__ import annotations

import hashlib
import ipaddress
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.domain.authority import Authority
from desktop.domain.errors import BadFile

_CERTIFICATE: Final = "CERTIFICATE"
_FIELDS: Final = (
    x509.NameOID.COMMON_NAME,
    x509.NameOID.ORGANIZATION_NAME,
    x509.NameOID.ORGANIZATIONAL_UNIT_NAME,
)
# A chain is short; what is longer is nobody's chain.
_CHAIN_MAX: Final = 16


class Shown:
    """Takes down the certificates of the last handshake of a context."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._chain: tuple[bytes, ...] = ()
        # Not a documented part of `ssl`, but there since 3.8; without it nothing is taken down.
        context._msg_callback = self._heard  # type: ignore[attr-defined]  # noqa: SLF001

    @property
    def chain(self) -> tuple[bytes, ...]:
        """DER, the server's own first; empty where none was shown."""
        return self._chain

    def _heard(
        self, _line: Any, direction: str, version: int, _content: Any, kind: Any, data: bytes
    ) -> None:
        if direction == "read" and getattr(kind, "name", "") == _CERTIFICATE:
            self._chain = _certificates(data, is_new=version >= ssl.TLSVersion.TLSv1_3)


def authority_of(chain: Sequence[bytes], url: str, now: datetime) -> Authority | None:
    """The top of what a server showed, as far as each certificate is signed by the next one.

    None for an empty or unreadable chain.
    """
    try:
        found = [x509.load_der_x509_certificate(one) for one in chain]
    except ValueError:
        return None
    if not found:
        return None
    top = found[0]
    for above in found[1:]:
        if not _is_signed_by(top, above):
            break
        top = above
    host = urlsplit(url).hostname or ""
    return _told(top, url, _problem(found[0], top, host, now), is_lonely=top is found[0])


def read_authority(data: bytes, now: datetime) -> Authority:
    """A file with one certificate, PEM or DER.

    Raises BadFile: empty, not_recognised (also for several), unsupported (not one of an authority).
    """
    if not data.strip():
        raise BadFile("empty")
    try:
        if b"-----BEGIN" in data:
            found = x509.load_pem_x509_certificates(data)
        else:
            found = [x509.load_der_x509_certificate(data)]
    except ValueError:
        raise BadFile("not_recognised") from None
    if len(found) != 1:
        raise BadFile("not_recognised")
    return _told(found[0], "", _time_problem(found[0], now), is_lonely=not _is_authority(found[0]))


def fingerprint(pem: str) -> str:
    """SHA-256 of one certificate in upper-case pairs. Raises ValueError for anything else."""
    return _print(x509.load_pem_x509_certificate(pem.encode()))


def fingerprint_of(chain: Sequence[bytes], now: datetime) -> str:
    """Of the top of what a server showed; empty where it showed nothing readable."""
    found = authority_of(chain, "", now)
    return "" if found is None else found.fingerprint


def _told(top: x509.Certificate, url: str, problem: str, *, is_lonely: bool) -> Authority:
    return Authority(
        subject=_name(top.subject),
        issuer=_name(top.issuer),
        not_before=top.not_valid_before_utc,
        not_after=top.not_valid_after_utc,
        fingerprint=_print(top),
        pem=top.public_bytes(Encoding.PEM).decode(),
        host=urlsplit(url).netloc,
        is_lonely=is_lonely and not _is_authority(top),
        problem=problem,
    )


def _print(certificate: x509.Certificate) -> str:
    digest = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


def _name(name: x509.Name) -> str:
    """What people know it by; the whole name where those parts are missing."""
    parts = [one.value for kind in _FIELDS for one in name.get_attributes_for_oid(kind)]
    return ", ".join(str(one) for one in parts) or name.rfc4514_string()


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return found.value.ca


def _is_signed_by(certificate: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _problem(own: x509.Certificate, top: x509.Certificate, host: str, now: datetime) -> str:
    """The real check is made at every handshake; this one only spares a useless question."""
    found = _time_problem(own, now) or _time_problem(top, now)
    return found or ("" if not host or _is_for(own, host) else "host")


def _time_problem(certificate: x509.Certificate, now: datetime) -> str:
    if now.astimezone(UTC) > certificate.not_valid_after_utc:
        return "expired"
    return "not_yet" if now.astimezone(UTC) < certificate.not_valid_before_utc else ""


def _is_for(certificate: x509.Certificate, host: str) -> bool:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    try:
        return ipaddress.ip_address(host) in names.get_values_for_type(x509.IPAddress)
    except ValueError:
        known = [one.casefold() for one in names.get_values_for_type(x509.DNSName)]
    wanted = host.casefold()
    return wanted in known or f"*.{wanted.partition('.')[2]}" in known


def _certificates(message: bytes, *, is_new: bool) -> tuple[bytes, ...]:
    """The entries of a Certificate message (RFC 8446 4.4.2; before 1.3 RFC 5246 7.4.2)."""
    at = 4
    if is_new:
        at += 1 + message[at] if len(message) > at else 0
    end = at + 3 + _number(message, at)
    at += 3
    found: list[bytes] = []
    while at + 3 <= min(end, len(message)) and len(found) < _CHAIN_MAX:
        size = _number(message, at)
        found.append(message[at + 3 : at + 3 + size])
        at += 3 + size
        if is_new:
            at += 2 + int.from_bytes(message[at : at + 2])
    return tuple(found)


def _number(message: bytes, at: int) -> int:
    return int.from_bytes(message[at : at + 3])
