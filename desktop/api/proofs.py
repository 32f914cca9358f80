"""What a token request brings to show who it is: one class for each way in.

Source: bitwarden/server 2026.8.0 `src/Identity/IdentityServer`, and its two-factor controller for
what lets somebody have a code mailed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from desktop.api.device import CLIENT_NAME
from desktop.domain.errors import (
    ApprovalFailed,
    BrowserSignInFailed,
    ClavigerError,
    WrongApiKey,
    WrongPassword,
)

_OFFLINE = {"scope": "api offline_access", "client_id": CLIENT_NAME}
_API_KEY_ID = re.compile(r"user\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


class Proof(Protocol):
    """One way in. Never shows itself: most of it is as good as a password."""

    def form(self) -> dict[str, str]:
        """The fields of the grant, without the device and the second step."""
        ...

    def mail_fields(self, session: str | None) -> dict[str, str] | None:
        """What lets the server mail a code; `session` came with its challenge. None: nothing."""
        ...

    def refused(self) -> ClavigerError:
        """What a refusal without a reason means."""
        ...


@dataclass(frozen=True, repr=False)
class PasswordProof:
    """The hash that stands for the master password at the server."""

    email: str
    server_hash: str

    def form(self) -> dict[str, str]:
        grant = {"grant_type": "password", "username": self.email, "password": self.server_hash}
        return grant | _OFFLINE

    def mail_fields(self, session: str | None) -> dict[str, str] | None:
        del session
        return {"email": self.email, "masterPasswordHash": self.server_hash}

    def refused(self) -> ClavigerError:
        return WrongPassword()


@dataclass(frozen=True, repr=False)
class ApiKeyProof:
    """A person's own API key. It passes second step and single sign-on, and never expires."""

    client_id: str
    secret: str

    @property
    def user_id(self) -> UUID:
        """Whose key it says it is. Raises WrongApiKey for another form, before it is sent."""
        found = _API_KEY_ID.fullmatch(self.client_id)
        if found is None or not self.secret:
            raise WrongApiKey
        return UUID(found[1])

    def form(self) -> dict[str, str]:
        return {
            "grant_type": "client_credentials",
            "scope": "api",
            "client_id": self.client_id,
            "client_secret": self.secret,
        }

    def mail_fields(self, session: str | None) -> dict[str, str] | None:
        del session
        return None

    def refused(self) -> ClavigerError:
        return WrongApiKey()


@dataclass(frozen=True, repr=False)
class BrowserProof:
    """The code that single sign-on sent back through the browser (PKCE)."""

    email: str
    code: str
    verifier: str
    redirect_uri: str

    def form(self) -> dict[str, str]:
        return {
            "grant_type": "authorization_code",
            "code": self.code,
            "code_verifier": self.verifier,
            "redirect_uri": self.redirect_uri,
        } | _OFFLINE

    def mail_fields(self, session: str | None) -> dict[str, str] | None:
        return (
            None if session is None else {"email": self.email, "ssoEmail2FaSessionToken": session}
        )

    def refused(self) -> ClavigerError:
        return BrowserSignInFailed("code")


@dataclass(frozen=True, repr=False)
class ApprovedProof:
    """The access code of a request that another device of the same person approved."""

    email: str
    request: UUID
    access_code: str

    def form(self) -> dict[str, str]:
        return {
            "grant_type": "password",
            "username": self.email,
            "password": self.access_code,
            "authRequest": str(self.request),
        } | _OFFLINE

    def mail_fields(self, session: str | None) -> dict[str, str] | None:
        del session
        return {
            "email": self.email,
            "authRequestId": str(self.request),
            "authRequestAccessCode": self.access_code,
        }

    def refused(self) -> ClavigerError:
        return ApprovalFailed("refused")
