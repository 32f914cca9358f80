"""Where a server is. Only these addresses are ever contacted (T33, T96).

Source of the cloud's addresses: bitwarden/server 2026.8.0 `CloudRegionConfig`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True)
class ServerAddress:
    """The four bases, without a trailing slash. `ca_path` is a file with an explicit private CA,
    `ca_pem` one that a person accepted: then only certificates under it are accepted (T25)."""

    api: str
    identity: str
    events: str
    web_vault: str
    ca_path: Path | None = None
    ca_pem: str | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for anything but plain https addresses."""
        for base in (self.api, self.identity, self.events, self.web_vault):
            _check(base)

    @classmethod
    def us(cls) -> Self:
        return cls._cloud("bitwarden.com")

    @classmethod
    def eu(cls) -> Self:
        return cls._cloud("bitwarden.eu")

    @classmethod
    def self_hosted(cls, base: str, ca_path: Path | None = None) -> Self:
        """A server whose parts share one address, as self-hosted ones and the practice server."""
        base = base.strip().rstrip("/")
        return cls(f"{base}/api", f"{base}/identity", f"{base}/events", base, ca_path)

    @classmethod
    def from_typed(cls, text: str, ca_path: Path | None = None) -> Self:
        """What a person typed: trimmed, https added, the cloud's vault mapped to its own hosts.

        Raises ValueError where no https address can be made of it.
        """
        base = text.strip()
        base = (base if "://" in base else f"https://{base}").rstrip("/")
        _check(base)
        for domain in ("bitwarden.com", "bitwarden.eu"):
            if urlsplit(base).hostname in (domain, f"vault.{domain}", f"www.{domain}"):
                return cls._cloud(domain)
        return cls.self_hosted(base, ca_path)

    @property
    def host(self) -> str:
        """For people: host, and port where it is unusual."""
        return urlsplit(self.web_vault).netloc

    @property
    def is_cloud(self) -> bool:
        return self in (type(self).us(), type(self).eu())

    def under(self, ca_pem: str | None) -> Self:
        """The same server, trusted through this authority alone; None: as the system trusts.

        Raises ValueError for the cloud: who asks for that stands in between.
        """
        if ca_pem is not None and self.is_cloud:
            raise ValueError("the cloud has no private authority")
        return replace(self, ca_path=None, ca_pem=ca_pem)

    @classmethod
    def _cloud(cls, domain: str) -> Self:
        return cls(
            f"https://api.{domain}",
            f"https://identity.{domain}",
            f"https://events.{domain}",
            f"https://vault.{domain}",
        )


def _check(base: str) -> None:
    parts = urlsplit(base)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError("not an https address")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ValueError("an address holds no user, query or fragment")
    if parts.port == 0 or not base.isprintable() or " " in base or "\\" in base:
        raise ValueError("not an address")
