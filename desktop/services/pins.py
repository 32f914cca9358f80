"""Which keys were accepted, and what is off limits because a key is not (T09, T10, T12, T15).

A key that was accepted once is remembered for good. Whatever would write where another one stands
in its place is refused here, and asked of nobody else: `Api.send` asks before every request. A key
that nobody accepted yet is new: it is read with, and nothing is written with it.

Comparing costs next to nothing: a key that comes in the very wrapping it was accepted in is not
opened, any other one is, once. Many at a time are opened on the disk thread.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

import msgspec

from desktop.cache.pins import Pin, PinKind, PinTable, SeenKey
from desktop.crypto.fingerprint import fingerprint_phrase, public_mark, short_mark
from desktop.crypto.rsa import PublicKey
from desktop.domain.errors import (
    BadPublicKey,
    ClavigerError,
    KeyBlocked,
    Locked,
    NotAllowed,
    StorageFailed,
    WrongConfirmation,
)
from desktop.domain.events import KeysChanged
from desktop.domain.ids import OrganizationId, UserId
from desktop.domain.looks import KnownLooks

if TYPE_CHECKING:
    from desktop.api.requests import PreparedRequest
    from desktop.services.link import Link

PROVIDER: Final = "provider"
ORGANIZATION: Final = "organization"
RECOVERY: Final = "recovery"
USER: Final = "user"

# How a key came to be trusted.
CREATED: Final = "created"
FIRST: Final = "first"
PERSON: Final = "person"
PRACTICE: Final = "practice"
CONFIRMED: Final = "confirmed"
DERIVED: Final = "derived"

# Why one is not.
NEW: Final = "new"
CHANGED: Final = "changed"
UNREADABLE: Final = "unreadable"
SHARED: Final = "shared"
UNPROVED: Final = "unproved"
TRUSTED: Final = "trusted"

# What the local log calls it.
KEYS_ACCEPTED: Final = "keys_accepted"
KEY_ACCEPTED: Final = "key_accepted"
KEY_CHANGED: Final = "key_changed"
KEY_CHANGE_ACCEPTED: Final = "key_change_accepted"

# More than these are opened off the loop: one takes some 50 microseconds.
_AT_ONCE: Final = 32
_ORGANIZATION: Final = re.compile(r"(?:^organizations/|[?&]organizationId=)([0-9a-fA-F-]{36})")
_LINK: Final = re.compile(
    r"^providers/[0-9a-fA-F-]{36}/(?:clients|organizations)/([0-9a-fA-F-]{36})"
)


@dataclass(frozen=True)
class PinLine:
    """One key as a page shows it. `state` is TRUSTED or why it is not; `at` is None for a new one.

    `other` is the short fingerprint of the key in its place, empty where that does not open.
    """

    kind: PinKind
    id: str
    name: str
    short: str
    state: str
    at: datetime | None = None
    by: str = ""
    accepted_by: str = ""
    other: str = ""
    other_at: datetime | None = None


@dataclass(frozen=True)
class KeyCheck:
    """What comparing with the server came to. `gone`: people the server has no key of any more."""

    compared: int
    gone: int
    troubled: int


@dataclass(frozen=True)
class _Judged:
    """What a client's key turned out to be; `print` is empty for one that does not open."""

    wrapped: str
    print: bytes
    short: str


class KnownKeys:
    """The pins of all open connections of one desk: a key of one may not turn up at another.

    `looks`: what their clients could be taken for.
    """

    def __init__(self) -> None:
        self._open: list[Pins] = []
        self.looks = KnownLooks()

    def join(self, pins: Pins) -> None:
        self._open.append(pins)

    def leave(self, pins: Pins) -> None:
        if pins in self._open:
            self._open.remove(pins)

    def others(self, pins: Pins) -> tuple[Pins, ...]:
        return tuple(one for one in self._open if one is not pins)


class Pins:
    """The accepted keys of one connection. All but the methods that wait are free of I/O."""

    def __init__(self, link: Link, table: PinTable, known: KnownKeys | None = None) -> None:
        self._link = link
        self._table = table
        self._known = known if known is not None else KnownKeys()
        self._pins = {(pin.kind, pin.id): pin for pin in table.kept}
        self._judged: dict[OrganizationId, _Judged] = {}
        self._provider: _Judged | None = None
        self._by_short: dict[str, set[OrganizationId]] = {}
        self._seen = -1
        self._is_dirty = False
        self._alarms: list[KeyBlocked] = []
        self._told: tuple[object, ...] = ()
        self._moves = 0
        self._moves_told = -1
        # What public keys were seen last, to know one that is the pinned one again.
        self._last: dict[tuple[PinKind, str], bytes] = {}
        self._known.join(self)
        link.session.on_created = self._created
        link.api.may_write = self.check_request
        for pin in table.kept:
            if pin.kind == ORGANIZATION:
                link.session.keep_to(OrganizationId(UUID(pin.id)), pin.wrapped)
        self._index()
        self._judge_provider()

    @property
    def server(self) -> str:
        """Where the ids of this connection mean something."""
        return self._link.api.server.api

    @property
    def is_first_sight(self) -> bool:
        """Nothing was ever accepted on this desk; not where a record of it was spoilt."""
        kinds = {kind for kind, _identity in self._pins}
        return not self._table.is_lost and not kinds & {PROVIDER, ORGANIZATION}

    # --- what is allowed ----------------------------------------------------------------------

    def check_request(self, request: PreparedRequest) -> None:
        """Before any write leaves: raises KeyBlocked where it is about a key that is not accepted.

        Every path is of a client or of the provider; the latter's key stands behind all of them.
        """
        for pattern in (_ORGANIZATION, _LINK):
            found = pattern.search(request.path)
            if found is None:
                continue
            identity = UUID(found[1])
            client = self._link.session.client_of(identity) if pattern is _LINK else identity
            if client is None:
                # A line of a list that this session never saw is nobody's.
                raise KeyBlocked(ORGANIZATION, str(identity), NEW)
            self.check(OrganizationId(client))
            return
        self.check_provider()

    def check(self, client: OrganizationId) -> None:
        """Raises KeyBlocked for a client that nothing may be written to."""
        trouble = self.trouble(client)
        if trouble is not None:
            raise trouble

    def check_provider(self) -> None:
        """Raises KeyBlocked where the provider key is not the accepted one."""
        trouble = self.trouble_of_provider()
        if trouble is not None:
            raise trouble

    def trouble(self, client: OrganizationId) -> KeyBlocked | None:
        """Why nothing may be written to a client; None where all is well."""
        return self.trouble_of_provider() or self._trouble_of_client(client)

    def trouble_of_provider(self) -> KeyBlocked | None:
        """The same for what is the provider's own. None without one."""
        session = self._link.session
        if session.provider is None:
            return None
        self._judge_provider()
        identity = str(session.provider_id)
        pin = self._pins.get((PROVIDER, identity))
        now = self._provider
        if pin is None:
            return KeyBlocked(
                PROVIDER, identity, NEW, name=session.provider_name,
                now=now.short if now is not None else "",
            )  # fmt: skip
        if now is None or now.wrapped != session.provider_wrapped:
            # Under a cover nothing can be opened: what cannot be compared is not trusted.
            return KeyBlocked(
                PROVIDER, identity, CHANGED, name=session.provider_name, before=pin.short
            )
        return _changed(pin, session.provider_name)

    def _trouble_of_client(self, client: OrganizationId) -> KeyBlocked | None:
        self._catch_up()
        pin = self._pins.get((ORGANIZATION, str(client)))
        now = self._judged.get(client)
        told = self._link.session.listed.get(client)
        name = self._name(ORGANIZATION, str(client))
        if pin is None:
            short = now.short if now is not None else ""
            return KeyBlocked(ORGANIZATION, str(client), NEW, name=name, now=short)
        if told is not None and (now is None or now.wrapped != told):
            # Under a cover nothing can be opened: what cannot be compared is not trusted.
            return KeyBlocked(ORGANIZATION, str(client), CHANGED, name=name, before=pin.short)
        trouble = _changed(pin, name)
        if trouble is None and self._is_shared(client):
            trouble = KeyBlocked(
                ORGANIZATION, str(client), SHARED, name=name, before=pin.short, now=pin.short
            )
        return trouble

    def trouble_of_person(self, user: UserId, key: PublicKey, name: str = "") -> KeyBlocked | None:
        """Why this key is not to be trusted as that person's; None also for one never seen (T12).

        A key that was confirmed on another open connection to the same server counts as well.
        """
        identity = str(user)
        mark, phrase = self._print_of(USER, identity, public_mark(key)), _phrase(identity, key)
        pin = self._pins.get((USER, identity))
        self._last[USER, identity] = mark
        if pin is not None:
            self._compare(pin, _Judged("", mark, phrase))
            return _changed(self._pins[USER, identity], name or pin.name)
        for other in self._known.others(self):
            known = other.person(user) if other.server == self.server else None
            if known is not None and (known.short != phrase or known.other is not None):
                return KeyBlocked(
                    USER, identity, CHANGED, name=name or known.name, before=known.short,
                    now=phrase,
                )  # fmt: skip
        return None

    def check_person(self, user: UserId, key: PublicKey, name: str = "") -> None:
        """Raises KeyBlocked where somebody's key is another one than was confirmed (T12)."""
        trouble = self.trouble_of_person(user, key, name)
        if trouble is not None:
            raise trouble

    def person(self, user: UserId) -> Pin | None:
        """What was confirmed as a person's key."""
        return self._pins.get((USER, str(user)))

    def knows_recovery(self, client: OrganizationId) -> bool:
        """Whether the public key of a client is known from its private half."""
        return (RECOVERY, str(client)) in self._pins

    def check_recovery(self, client: OrganizationId, key: PublicKey) -> None:
        """Raises KeyBlocked unless this public key is the client's, as its private half says (T15).

        UNPROVED where nothing is known of that.
        """
        identity, name = str(client), self._name(RECOVERY, str(client))
        pin, given = self._pins.get((RECOVERY, identity)), self._recovery(client, key)
        if pin is None:
            raise KeyBlocked(RECOVERY, identity, UNPROVED, name=name, now=given.short)
        self._last[RECOVERY, identity] = given.print
        self._compare(pin, _Judged("", given.print, given.short))
        trouble = _changed(self._pins[RECOVERY, identity], name)
        if trouble is not None:
            raise trouble

    # --- what came to be known ----------------------------------------------------------------

    async def settle_in(self, *, is_practice: bool = False) -> None:
        """At the opening. Practice accepts what it sees first without a question; where the disk
        takes nothing, until the next opening.
        """
        await self.review()
        if is_practice and self.is_first_sight and not self._link.read_only:
            new = self.new()
            self._pin(new, PRACTICE)
            with contextlib.suppress(StorageFailed):
                await self.flush()
                await self._note_accepted(new, PRACTICE)
            self._tell()

    async def review(self) -> None:
        """After every list that brings keys: compares, alarms, keeps. Never raises for the disk."""
        session = self._link.session
        self._judge_provider()
        if self._seen != session.lists_told and not self._is_provider_changed:
            pending = self._pending()
            if len(pending) > _AT_ONCE:
                told = session.lists_told
                marks = await self._link.disk(_marks_of, session.mark_of, pending.values())
                for (client, wrapped), mark in zip(pending.items(), marks, strict=True):
                    self._judge(client, wrapped, mark)
                self._seen = told
        self._catch_up()
        with contextlib.suppress(StorageFailed):
            await self.flush()
        self._tell()

    async def flush(self) -> None:
        """Keeps what changed and enters alarms into the local log. Raises StorageFailed."""
        link = self._link
        if not self._is_dirty or link.read_only:
            return
        self._is_dirty = False
        alarms, self._alarms = self._alarms, []
        try:
            await link.disk(self._table.save, tuple(self._pins.values()))
            for one in alarms:
                await self._note(
                    KEY_CHANGED, one.kind, one.identity, before=one.before, now=one.now
                )
        except BaseException:
            # Also where nobody waits for it any more.
            self._is_dirty = True
            self._alarms = [*alarms, *self._alarms]
            raise

    def confirmed(self, people: Iterable[tuple[UserId, PublicKey, str]]) -> None:
        """Whose phrases were compared and who got a key: id, key, address. Kept at `flush`."""
        for user, key, name in people:
            identity = str(user)
            if (USER, identity) in self._pins:
                continue
            self._put(
                Pin(
                    kind=USER, id=identity, name=name, by=CONFIRMED, accepted_by=self._me,
                    print=self._print_of(USER, identity, public_mark(key)),
                    short=_phrase(identity, key), at=self._link.clock.now(),
                )
            )  # fmt: skip

    def forget_names(self, people: Iterable[UserId]) -> None:
        """Their keys stay known, their addresses do not. Kept at `flush`."""
        for user in people:
            pin = self._pins.get((USER, str(user)))
            if pin is not None and pin.name:
                self._put(msgspec.structs.replace(pin, name=""))

    def know_recovery(self, client: OrganizationId, key: PublicKey, by: str) -> None:
        """The public key of a client as its private half says, or as it was made here."""
        if (RECOVERY, str(client)) not in self._pins:
            self._put(msgspec.structs.replace(self._recovery(client, key), by=by))

    def _recovery(self, client: OrganizationId, key: PublicKey) -> Pin:
        identity = str(client)
        return Pin(
            kind=RECOVERY, id=identity, by=DERIVED, accepted_by=self._me,
            print=self._print_of(RECOVERY, identity, public_mark(key)),
            short=_phrase(identity, key), at=self._link.clock.now(),
        )  # fmt: skip

    # --- what a person decides ----------------------------------------------------------------

    def new(self) -> tuple[PinLine, ...]:
        """Keys that open and nobody accepted yet, the provider's first. None that is shared."""
        return tuple(line for line in self.lines() if line.state == NEW and line.short)

    async def accept_new(
        self,
        only: Iterable[OrganizationId] | None = None,
        *,
        by: str = PERSON,
    ) -> int:
        """Pins new keys: those of `only`, else all; the provider's with them. How many it were.

        Raises StorageFailed: then nothing was accepted.
        """
        wanted = None if only is None else {str(one) for one in only}
        return await self.accept_lines(
            (
                one
                for one in self.new()
                if wanted is None or one.kind == PROVIDER or one.id in wanted
            ),
            by=by,
        )

    async def accept_lines(self, shown: Iterable[PinLine], *, by: str) -> int:
        """As `accept_new`, for what a person saw; a key that took its place since stays new."""
        seen = {(one.kind, one.id, one.short) for one in shown}
        lines = [one for one in self.new() if (one.kind, one.id, one.short) in seen]
        former = {(line.kind, line.id): self._pins.get((line.kind, line.id)) for line in lines}
        self._pin(lines, by)
        await self._settled(former)
        await self._note_accepted(lines, by)
        return len(lines)

    def _pin(self, lines: Iterable[PinLine], by: str) -> None:
        for line in lines:
            now = self._provider if line.kind == PROVIDER else self._judged[_client(line.id)]
            if now is None:
                continue
            self._put(
                Pin(
                    kind=line.kind, id=line.id, by=by, accepted_by=self._me,
                    print=now.print, short=now.short, wrapped=now.wrapped,
                    at=self._link.clock.now(),
                )
            )  # fmt: skip

    async def _note_accepted(self, lines: Sequence[PinLine], by: str) -> None:
        if len(lines) == 1:
            await self._note(KEY_ACCEPTED, lines[0].kind, lines[0].id, fingerprint=lines[0].short)
        elif lines:
            await self._link.note(KEYS_ACCEPTED, None, keys=str(len(lines)), how=by)

    async def accept_change(self, kind: PinKind, identity: str, typed: str, shown: str) -> None:
        """A person says that a key was changed on purpose; the new one is pinned. `shown` is its
        short fingerprint, as the person saw it.

        Raises WrongConfirmation unless `typed` is what it is called, KeyBlocked where yet another
        key has taken its place meanwhile, StorageFailed.
        """
        if typed.strip() != self.called(kind, identity).strip():
            raise WrongConfirmation
        pin = self._pins.get((kind, identity))
        if pin is None or pin.other is None or not pin.other.print:
            return
        now = pin.other
        if now.short != shown:
            raise _changed(pin, self._name(kind, identity)) or KeyBlocked(kind, identity, CHANGED)
        # The key in use and the pin change together.
        self._use(kind, identity, now.wrapped)
        self._put(
            msgspec.structs.replace(
                pin, print=now.print, short=now.short, wrapped=now.wrapped, other=None,
                at=self._link.clock.now(), by=PERSON, accepted_by=self._me,
            )
        )  # fmt: skip
        try:
            await self._settled({(kind, identity): pin})
        except ClavigerError:
            self._use(kind, identity, pin.wrapped)
            raise
        await self._note(KEY_CHANGE_ACCEPTED, kind, identity, before=pin.short, now=now.short)

    def called(self, kind: PinKind, identity: str) -> str:
        """What a person types to name whose key it is: its name, else the start of its id."""
        return self._name(kind, identity) or identity[:8]

    def _use(self, kind: PinKind, identity: str, wrapped: str) -> None:
        if kind == ORGANIZATION:
            self._link.session.keep_to(_client(identity), wrapped)
        if kind == PROVIDER:
            self._link.session.keep_to_provider(wrapped)
            # All clients come in other wrappings then.
            self._judged.clear()
            self._seen = -1

    async def lift(self, kind: PinKind, identity: str) -> None:
        """Ends the alarm of a key that is the pinned one again. KeyBlocked, StorageFailed."""
        pin = self._pins.get((kind, identity))
        if pin is None or pin.other is None:
            return
        if not self.is_back(kind, identity):
            raise _changed(pin, self._name(kind, identity)) or KeyBlocked(kind, identity, CHANGED)
        self._put(msgspec.structs.replace(pin, other=None))
        await self._settled({(kind, identity): pin})
        await self._note(KEY_ACCEPTED, kind, identity, fingerprint=pin.short)

    def is_back(self, kind: PinKind, identity: str) -> bool:
        """Whether the server tells the pinned key again after another one."""
        pin = self._pins.get((kind, identity))
        now = self._last.get((kind, identity))
        judged = self._provider if kind == PROVIDER else None
        if kind == ORGANIZATION:
            judged = self._judged.get(_client(identity))
        if judged is not None:
            now = judged.print
        return pin is not None and now == pin.print

    # --- what a page shows --------------------------------------------------------------------

    def lines(self) -> tuple[PinLine, ...]:
        """All keys, those to decide about first."""
        self._catch_up()
        return self._lines_of(self._pins.values())

    def waiting(self) -> tuple[PinLine, ...]:
        """Those to decide about: of a thousand keys mostly none, which costs little to tell."""
        self._catch_up()
        shared = self._shared_shorts()
        pins = (one for one in self._pins.values() if one.other is not None or one.short in shared)
        return tuple(one for one in self._lines_of(pins) if one.state != TRUSTED)

    def _lines_of(self, pins: Iterable[Pin]) -> tuple[PinLine, ...]:
        session = self._link.session
        found = [self._line(pin) for pin in pins]
        for client, now in self._judged.items():
            if (ORGANIZATION, str(client)) in self._pins:
                continue
            state = NEW if now.print else UNREADABLE
            if now.print and self._is_shared(client):
                state = SHARED
            name = self._name(ORGANIZATION, str(client))
            found.append(PinLine(ORGANIZATION, str(client), name, now.short, state))
        if session.provider is not None and self._provider is not None:
            identity = str(session.provider_id)
            if (PROVIDER, identity) not in self._pins:
                now = self._provider
                found.append(PinLine(PROVIDER, identity, session.provider_name, now.short, NEW))
        order = (PROVIDER, ORGANIZATION, RECOVERY, USER)
        return tuple(
            sorted(
                found,
                key=lambda one: (
                    one.state == TRUSTED, order.index(one.kind), one.name.casefold(), one.id
                ),
            )
        )  # fmt: skip

    def _line(self, pin: Pin) -> PinLine:
        name, state = self._name(pin.kind, pin.id), TRUSTED
        trouble = _changed(pin, name)
        if trouble is not None:
            state = trouble.reason
        elif pin.kind == ORGANIZATION and self._is_shared(_client(pin.id)):
            state = SHARED
        line = PinLine(pin.kind, pin.id, name, pin.short, state, pin.at, pin.by, pin.accepted_by)
        if pin.other is None:
            return line
        return replace(line, other=pin.other.short, other_at=pin.other.at)

    async def compare_people(self) -> tuple[int, int]:
        """Asks for the key of everybody pinned: how many were compared, how many are gone.

        Raises Offline, SignedOut, NotOurServer. What differs is an alarm from then on.
        """
        link, compared, gone = self._link, 0, 0
        for pin in [one for one in self._pins.values() if one.kind == USER]:
            try:
                told = await link.ask(link.api.user_public_key(UserId(UUID(pin.id))))
                key = PublicKey.parse(told)
            except NotAllowed:
                gone += 1
                continue
            except BadPublicKey:
                self._compare(pin, _Judged("", b"", ""))
            else:
                self.trouble_of_person(UserId(UUID(pin.id)), key)
            compared += 1
        return compared, gone

    @property
    def pinned(self) -> int:
        """How many keys are pinned."""
        return len(self._pins)

    @property
    def secret_keys(self) -> int:
        """How many keys of clients and of the provider are pinned."""
        return sum(kind in (PROVIDER, ORGANIZATION) for kind, _identity in self._pins)

    @property
    def troubled(self) -> int:
        """How many keys wait for a person: new, changed, shared."""
        return len(self.waiting())

    def close(self) -> None:
        """At the lock."""
        self._known.leave(self)
        self._judged.clear()
        self._by_short.clear()

    # --- inside -------------------------------------------------------------------------------

    @property
    def _me(self) -> str:
        return str(self._link.session.user_id)

    def _name(self, kind: PinKind, identity: str) -> str:
        """As it is called now; pins of clients keep no names."""
        session = self._link.session
        if kind == PROVIDER:
            return session.provider_name
        if kind == USER:
            pin = self._pins.get((USER, identity))
            return pin.name if pin is not None else ""
        features = session.features(_client(identity))
        return features.name if features is not None else ""

    def _print_of(self, kind: PinKind, identity: str, mark: bytes) -> bytes:
        return self._table.print_of(kind, identity, mark)

    def _created(self, client: OrganizationId, wrapped: str) -> None:
        """A client that this desk made is accepted by having been made (T10)."""
        pin = self._pins.get((ORGANIZATION, str(client)))
        if pin is not None:
            return
        with contextlib.suppress(Locked):
            self._judge(client, wrapped, self._link.session.mark_of(wrapped))
        now = self._judged.get(client)
        if now is not None and now.print:
            self._put(
                Pin(
                    kind=ORGANIZATION, id=str(client), by=CREATED, accepted_by=self._me,
                    print=now.print, short=now.short, wrapped=now.wrapped,
                    at=self._link.clock.now(),
                )
            )  # fmt: skip

    @property
    def _is_provider_changed(self) -> bool:
        session = self._link.session
        if session.provider is None:
            return False
        pin = self._pins.get((PROVIDER, str(session.provider_id)))
        return pin is not None and pin.other is not None

    def _pending(self) -> dict[OrganizationId, str]:
        """Keys that have to be opened to be known."""
        pending = {}
        for client, wrapped in self._link.session.listed.items():
            judged = self._judged.get(client)
            if judged is not None and judged.wrapped == wrapped:
                continue
            pin = self._pins.get((ORGANIZATION, str(client)))
            if pin is not None and pin.wrapped == wrapped:
                self._judged[client] = _Judged(wrapped, pin.print, pin.short)
                continue
            pending[client] = wrapped
        return pending

    def _catch_up(self) -> None:
        """Opens what a list has brought since, so that no write gets ahead of its being known."""
        session = self._link.session
        # Under another provider key every client would look like another one.
        if self._seen == session.lists_told or self._is_provider_changed:
            return
        told, is_whole = session.lists_told, True
        for client, wrapped in self._pending().items():
            try:
                self._judge(client, wrapped, session.mark_of(wrapped))
            except Locked:
                is_whole = False
        if is_whole:
            self._seen = told

    def _judge(self, client: OrganizationId, wrapped: str, mark: bytes | None) -> None:
        if mark is None:
            judged = _Judged(wrapped, b"", "")
        else:
            found = self._print_of(ORGANIZATION, str(client), mark)
            judged = _Judged(wrapped, found, short_mark(mark))
            self._by_short.setdefault(judged.short, set()).add(client)
        self._judged[client] = judged
        self._moves += 1
        pin = self._pins.get((ORGANIZATION, str(client)))
        if pin is not None:
            self._compare(pin, judged)

    def _judge_provider(self) -> None:
        session = self._link.session
        wrapped = session.provider_wrapped
        if not wrapped or (self._provider is not None and self._provider.wrapped == wrapped):
            return
        identity = str(session.provider_id)
        pin = self._pins.get((PROVIDER, identity))
        if pin is not None and pin.wrapped == wrapped:
            self._provider = _Judged(wrapped, pin.print, pin.short)
            return
        try:
            mark = session.mark_of_provider(wrapped)
        except Locked:
            return
        if mark is None:
            self._provider = _Judged(wrapped, b"", "")
        else:
            found = self._print_of(PROVIDER, identity, mark)
            self._provider = _Judged(wrapped, found, short_mark(mark))
        if pin is not None and self._provider.print != pin.print:
            session.keep_to_provider(pin.wrapped)
        if pin is not None:
            self._compare(pin, self._provider)

    def _compare(self, pin: Pin, now: _Judged) -> None:
        """Another key than the pinned one raises an alarm that stays until somebody decides."""
        known = pin.other
        if now.print == pin.print or (known is not None and known.print == now.print):
            return
        other = SeenKey(
            print=now.print, short=now.short, wrapped=now.wrapped, at=self._link.clock.now()
        )
        self._put(msgspec.structs.replace(pin, other=other))
        self._alarms.append(KeyBlocked(pin.kind, pin.id, CHANGED, before=pin.short, now=now.short))

    def _put(self, pin: Pin) -> None:
        self._pins[pin.kind, pin.id] = pin
        self._is_dirty = True
        self._moves += 1
        if pin.kind == ORGANIZATION:
            self._by_short.setdefault(pin.short, set()).add(_client(pin.id))

    async def _settled(self, former: Mapping[tuple[PinKind, str], Pin | None]) -> None:
        """What a person decided is durable, or it is not decided: all is as in `former` then."""
        self._is_dirty = True
        try:
            await self.flush()
        except ClavigerError:
            for place, pin in former.items():
                self._pins.pop(place, None)
                if pin is not None:
                    self._pins[place] = pin
            raise
        finally:
            self._index()
        self._tell()

    def _index(self) -> None:
        """Which clients have which key, by its short fingerprint."""
        self._by_short = {}
        for pin in self._pins.values():
            if pin.kind == ORGANIZATION:
                self._by_short.setdefault(pin.short, set()).add(_client(pin.id))
        for client, judged in self._judged.items():
            if judged.print:
                self._by_short.setdefault(judged.short, set()).add(client)

    def _is_shared(self, client: OrganizationId) -> bool:
        """Whether another client, on whatever open connection, has one of this client's keys.

        Of a request of ours that was carried out twice (T44) the twin alone counts as such: nobody
        else knows the key, and what was made goes on where it is.
        """
        pin, judged = self._pins.get((ORGANIZATION, str(client))), self._judged.get(client)
        shorts = {one.short for one in (pin, judged) if one is not None and one.short}
        is_ours = pin is not None and pin.by == CREATED
        return any(
            not is_ours or pins.has_accepted(other)
            for pins in (self, *self._known.others(self))
            for short in shorts
            for other in pins.holders(short)
            if (pins.server, other) != (self.server, client)
        )

    def _shared_shorts(self) -> set[str]:
        """Short fingerprints that more than one client has, here or with another connection."""
        shared = {short for short, holders in self._by_short.items() if len(holders) > 1}
        for other in self._known.others(self):
            shared.update(short for short in self._by_short if other.holders(short))
        return shared

    def has_accepted(self, client: OrganizationId) -> bool:
        """Whether a key of this client is pinned here, whatever it is told now."""
        return (ORGANIZATION, str(client)) in self._pins

    def holders(self, short: str) -> frozenset[OrganizationId]:
        """The clients whose key has this short fingerprint."""
        return frozenset(self._by_short.get(short, ()))

    async def _note(self, what: str, kind: str, identity: str, **facts: str) -> None:
        client = _client(identity) if kind in (ORGANIZATION, RECOVERY) else None
        more = {} if client is not None else {"whose": identity}
        await self._link.note(what, client, kind=kind, **more, **facts)

    def _tell(self) -> None:
        """Publishes that something changed, once."""
        if self._moves == self._moves_told:
            return
        self._moves_told = self._moves
        waiting = tuple((one.kind, one.id, one.state, one.other) for one in self.waiting())
        now = (len(self._pins), waiting)
        if now != self._told:
            self._told = now
            self._link.publish(KeysChanged())


def _changed(pin: Pin, name: str) -> KeyBlocked | None:
    if pin.other is None:
        return None
    reason = CHANGED if pin.other.print else UNREADABLE
    return KeyBlocked(pin.kind, pin.id, reason, name=name, before=pin.short, now=pin.other.short)


def _client(identity: str) -> OrganizationId:
    return OrganizationId(UUID(identity))


def _phrase(identity: str, key: PublicKey) -> str:
    return "-".join(fingerprint_phrase(identity, key))


def _marks_of(mark_of: Callable[[str], bytes | None], wrapped: Iterable[str]) -> list[bytes | None]:
    """On the disk thread."""
    return [mark_of(one) for one in wrapped]
