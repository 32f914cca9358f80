"""Who vouches for a server: a certificate, as a person judges it (T25)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Authority:
    """The certificate that everything a server shows hangs on. `host` is who showed it, if anybody.

    `fingerprint` is SHA-256 in upper-case pairs. `is_lonely`: it is the server's own certificate
    and no authority, so that a renewed one will have to be accepted anew. `problem` says why
    accepting it would not help: "" | "expired" | "not_yet" | "host".
    """

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    fingerprint: str
    pem: str = field(repr=False)
    host: str = ""
    is_lonely: bool = False
    problem: str = ""
