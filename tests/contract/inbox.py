"""The practice server's inbox: mails with their tokens, and people who register.

No part of the protocol; a real server sends the token by mail and registers in the web vault.
"""

from __future__ import annotations

from typing import Any

from tests.practice_process import PracticeHandle


class Inbox:
    """Plays the people who are not at the desk."""

    def __init__(self, server: PracticeHandle) -> None:
        self.server = server

    def register(self, email: str, *, two_step: bool = False) -> dict[str, Any]:
        """A new account: email, password, and with `two_step` totpSecret."""
        return self.server.register(email, **({"totp": True} if two_step else {}))

    def ways(self, email: str, **more: object) -> dict[str, Any]:
        """What a person sets up in the web vault: an API key, second steps, single sign-on."""
        return self.server.ways(email, **more)

    def token(self, member: str, email: str) -> str:
        """The token of the newest invitation mailed to `email` for this (provider) member id."""
        tokens = [
            mail["token"]
            for mail in self.server.mails()
            if mail.get("memberId") == member and mail["to"] == email and mail.get("token")
        ]
        return str(tokens[-1])
