"""Access tokens: what they say, whose they are, and until when (T38, T39)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from uuid import UUID

import msgspec

from desktop.api.clock import Clock
from desktop.api.strict import decode
from desktop.domain.errors import NotOurServer
from desktop.domain.ids import UserId

# A token is renewed this long before its end, or a tenth of its life before.
_MARGIN_S = 60.0
_MARGIN_SHARE = 0.1
_LIFETIME_MAX_S = 7 * 86_400.0


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a token's payload that Claviger reads. Its signature is for the server."""

    sub: UUID
    exp: int


def read_claims(token: str) -> Claims:
    """Raises NotOurServer for anything that is not a JWT naming a user and an end."""
    parts = token.split(".")
    if len(parts) != 3:
        raise NotOurServer("token")
    try:
        payload = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
    except (binascii.Error, ValueError):
        raise NotOurServer("token") from None
    return decode(payload, Claims)


@dataclass(frozen=True)
class AccessToken:
    """`renew_at` is on the monotonic clock, `expires` on the server's."""

    text: str
    user: UserId
    expires: datetime
    renew_at: float

    def __repr__(self) -> str:
        return "<AccessToken: secret>"

    @classmethod
    def received(
        cls, token: str, expires_in: float, server_date: datetime | None, clock: Clock
    ) -> AccessToken:
        """Its life is counted from the server's Date, so a wrong local clock does not matter."""
        claims = read_claims(token)
        try:
            expires = datetime.fromtimestamp(claims.exp, UTC)
        except (ValueError, OverflowError, OSError):
            raise NotOurServer("token") from None
        life = expires_in
        if server_date is not None:
            life = (expires - server_date).total_seconds()
        life = min(max(life, 0.0), _LIFETIME_MAX_S)
        margin = min(_MARGIN_S, life * _MARGIN_SHARE)
        return cls(token, UserId(claims.sub), expires, clock.monotonic() + life - margin)

    def is_stale(self, clock: Clock) -> bool:
        """To be renewed before it is used."""
        return clock.monotonic() >= self.renew_at

    def is_expired(self, server_date: datetime | None) -> bool:
        """Over by the server's own clock: it tells after a sleep that stopped ours."""
        return server_date is not None and server_date >= self.expires


def http_date(value: str | None) -> datetime | None:
    """A Date header, None where missing or broken."""
    try:
        moment = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
