"""Access tokens: JWTs signed HS256 by this server, carrying the role claims it later trusts."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from typing import Any

import msgspec

ACCESS_LIFETIME_S = 3600
_HEADER = {"alg": "HS256", "typ": "at+jwt"}


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sign(key: bytes, claims: dict[str, Any]) -> str:
    """A signed token."""
    head = _encode(msgspec.json.encode(_HEADER)) + "." + _encode(msgspec.json.encode(claims))
    return head + "." + _encode(hmac.digest(key, head.encode(), "sha256"))


def verify(key: bytes, token: str, now: int) -> dict[str, Any] | None:
    """The claims of a token that is ours and has not expired, else None."""
    head, _, signature = token.rpartition(".")
    try:
        if not hmac.compare_digest(_decode(signature), hmac.digest(key, head.encode(), "sha256")):
            return None
        claims = msgspec.json.decode(_decode(head.partition(".")[2]))
    except (ValueError, msgspec.DecodeError):
        return None
    if not isinstance(claims, dict) or claims.get("exp", 0) <= now:
        return None
    return claims


@dataclass(frozen=True)
class Principal:
    """Who calls, as the token says: roles change only with the next token."""

    user_id: str
    email: str
    client_id: str
    claims: dict[str, Any]

    @classmethod
    def of(cls, claims: dict[str, Any]) -> Principal:
        return cls(claims["sub"], claims["email"], claims.get("client_id", ""), claims)

    def _listed(self, claim: str, wanted: str) -> bool:
        value = self.claims.get(claim)
        return wanted == value or (isinstance(value, list) and wanted in value)

    def is_provider_admin(self, provider_id: str) -> bool:
        return self._listed("providerprovideradmin", provider_id)

    def is_provider_user(self, provider_id: str) -> bool:
        return self.is_provider_admin(provider_id) or self._listed(
            "providerserviceuser", provider_id
        )

    def role(self, organization_id: str) -> str | None:
        """`owner`, `admin`, `user` or `custom` by own membership."""
        for name in ("owner", "admin", "user", "custom"):
            if self._listed(f"org{name}", organization_id):
                return name
        return None

    def may(self, permission: str, organization_id: str) -> bool:
        """A custom role's permission claim, for example `manageusers`."""
        return self._listed(permission, organization_id)
