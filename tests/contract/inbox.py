"""The practice server's inbox: mails with their tokens, and people who register."""

from __future__ import annotations

from tests.contract.wire import Person, Wire


class Inbox:
    """Reads mails and registers played people at the address the server prints."""

    def __init__(self, wire: Wire, url: str) -> None:
        self.wire = wire
        self.url = url

    def register(self, email: str) -> Person:
        raise NotImplementedError

    def member_token(self, member: str, email: str) -> str:
        raise NotImplementedError

    def colleague_token(self, colleague: str, email: str) -> str:
        raise NotImplementedError
