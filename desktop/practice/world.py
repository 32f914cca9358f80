"""Everything the protocol handlers share: data, clock, limits, faults, log. No password, no key."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from desktop.practice.clock import ServerClock
from desktop.practice.db import Database, new_id
from desktop.practice.faults import Faults
from desktop.practice.limits import Limits
from desktop.practice.request_log import RequestLog
from desktop.practice.vaultwarden import LoginLimit


@dataclass(frozen=True)
class Prepared:
    """Credentials that arrive later: the server's side of an account still being derived."""

    password_hash: str
    wrapped_user_key: str


@dataclass
class World:
    """One practice server."""

    db: Database
    clock: ServerClock
    limits: Limits
    faults: Faults
    log: RequestLog
    signing_key: bytes
    item_listing: bool = True
    url: str = ""
    #: without providers, as Vaultwarden is
    is_vaultwarden: bool = False
    login_limit: LoginLimit | None = None
    #: accounts whose credentials are not derived yet, by e-mail
    pending: dict[str, Callable[[], Prepared]] = field(default_factory=dict)
    _settling: dict[str, asyncio.Task[Prepared]] = field(default_factory=dict)
    #: authenticator codes used lately: (user, code) → server second until which they are refused
    spent_codes: dict[tuple[str, str], int] = field(default_factory=dict)
    #: the last touch of each hardware key, by its name
    touches: dict[str, int] = field(default_factory=dict)
    #: stores a finished credential; set by `accounts`
    settle_with: Callable[[World, str, Prepared], None] | None = None

    async def settle(self, email: str) -> None:
        """Derive an account's credentials, in a thread, the first time somebody asks for it."""
        prepare = self.pending.get(email)
        if prepare is None:
            return
        task = self._settling.get(email)
        if task is None:
            task = self._settling[email] = asyncio.create_task(asyncio.to_thread(prepare))
        prepared = await task
        if self.pending.pop(email, None) is not None and self.settle_with is not None:
            self.settle_with(self, email, prepared)
            del self._settling[email]

    def mail(self, kind: str, recipient: str, subject: str, **facts: str | None) -> None:
        """Put a mail into the inbox; facts are ids and the token of an invitation."""
        self.db.run(
            "INSERT INTO mails VALUES (?, ?, ?, ?, ?, ?)",
            new_id(),
            self.clock.stamp(),
            recipient.lower(),
            subject,
            kind,
            msgspec.json.encode(facts).decode(),
        )

    def event(
        self,
        kind: int,
        *,
        acting: str | None,
        organization: str | None = None,
        provider: str | None = None,
        **facts: str | None,
    ) -> None:
        """Write one event of the log; facts are the other id fields of EventResponse."""
        self.db.run(
            "INSERT INTO events (type, date, organization_id, provider_id, facts)"
            " VALUES (?, ?, ?, ?, ?)",
            kind,
            self.clock.stamp(),
            organization,
            provider,
            msgspec.json.encode({"actingUserId": acting, **facts}).decode(),
        )

    def touch(self, user_id: str | None) -> None:
        """Move an account's revision date: its next probe sees a change."""
        self.db.run(
            "UPDATE users SET revised_ms = MAX(revised_ms + 1, ?) WHERE id = ?",
            int(self.clock.now().timestamp() * 1000),
            user_id,
        )

    def touch_members(self, organization_id: str) -> None:
        """Move the revision date of everybody who syncs this organization."""
        self.db.run(
            "UPDATE users SET revised_ms = MAX(revised_ms + 1, ?) WHERE id IN"
            " (SELECT user_id FROM members WHERE organization_id = ? AND status = 2)",
            int(self.clock.now().timestamp() * 1000),
            organization_id,
        )


def open_world(
    database: Path,
    *,
    clock: ServerClock,
    limits: Limits,
    faults: Faults,
    log: RequestLog,
    item_listing: bool,
) -> World:
    """Open the data; the signing key stays with it, so tokens outlive a restart."""
    db = Database(database)
    signing_key = db.meta("signing_key")
    if signing_key is None:
        signing_key = secrets.token_bytes(32)
        with db.transaction():
            db.set_meta("signing_key", signing_key)
    return World(db, clock, limits, faults, log, signing_key, item_listing)
