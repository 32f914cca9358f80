"""What changed on the server since a moment, from the versions of its lists that were kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal, TypeVar

from desktop.api import answers
from desktop.cache.snapshots import FormerVersion
from desktop.crypto.encstring import decrypt_text
from desktop.domain.errors import CannotDecrypt
from desktop.domain.ids import OrganizationId
from desktop.domain.records import Collection, Group, OrganizationMember, Policy
from desktop.plans.steps import Say
from desktop.services.clients import Clients
from desktop.services.compare import (
    ClientLine,
    Difference,
    compare_clients,
    compare_collections,
    compare_groups,
    compare_members,
    compare_policies,
    compare_profiles,
    short,
)
from desktop.services.keeping import CLIENTS, COLLECTIONS, GROUPS, MEMBERS, POLICIES
from desktop.services.link import ACCOUNT, PROFILE, Link

Row = TypeVar("Row")
Rows = TypeVar("Rows")

ChangeKind = Literal["clients", "members", "groups", "collections", "policies"]

CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = (
    "clients",
    "members",
    "groups",
    "collections",
    "policies",
)
CHANGE_WORDINGS: Final = (
    "change.client_added",
    "change.client_gone",
    "change.client_renamed",
    "change.client_seats",
    "change.client_plan",
    "change.client_suspended",
    "change.client_resumed",
    "change.member_added",
    "change.member_gone",
    "change.member_role",
    "change.member_status",
    "change.member_email",
    "change.member_joined_group",
    "change.member_left_group",
    "change.member_access",
    "change.member_two_step_on",
    "change.member_two_step_off",
    "change.member_recovery_on",
    "change.member_recovery_off",
    "change.group_added",
    "change.group_gone",
    "change.group_renamed",
    "change.group_access",
    "change.collection_added",
    "change.collection_gone",
    "change.collection_renamed",
    "change.policy_on",
    "change.policy_off",
    "change.policy_option",
)


# Clients whose lists are looked through in one go of the disk thread, which others share.
_BATCH: Final = 25
# Versions of the provider's list of clients in one go: with many clients each is large.
_VERSIONS: Final = 8


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was.

    It happened between `not_before`, when the former state was last seen, and `at`, when the new
    one was first seen. `before` and `after` are the values of what changed, None where there is
    none ("added" has no before).
    """

    at: datetime
    client: OrganizationId | None
    client_name: str
    kind: ChangeKind
    what: Say
    before: str | None = None
    after: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True)
class _Span:
    """When something changed: last seen as it was, first seen as it is."""

    not_before: datetime
    at: datetime


@dataclass(frozen=True)
class _Found:
    """A difference with its time, before ids in it have got their names."""

    span: _Span
    kind: ChangeKind
    difference: Difference


@dataclass
class _ClientHistory:
    """What the disk thread found of one client. Collections are compared where the keys are."""

    client: OrganizationId
    found: list[_Found] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    collections: list[tuple[FormerVersion, tuple[Collection, ...]]] = field(default_factory=list)
    listed: tuple[Collection, ...] = ()


class Changes:
    """Reads the history of the snapshots; asks no server."""

    def __init__(self, link: Link, clients: Clients) -> None:
        self._link = link
        self._clients = clients

    async def since(
        self, when: datetime, client: OrganizationId | None = None
    ) -> tuple[Change, ...]:
        """What changed after `when`, newest first, of one client or of all. Raises Locked.

        A list whose first version is younger than `when` says nothing: nobody saw what was before.
        """
        provider = await self._of_provider(when)
        if not self._clients.all():
            await self._clients.cached()
        known = (one.organization_id for one in self._clients.all())
        names = {one: self._clients.label(one) for one in known}
        for one in provider:
            if one.difference.client is not None:
                names.setdefault(one.difference.client, one.difference.facts["client"])
        changes = [
            _change(one, one.difference.client, one.difference.facts["client"])
            for one in provider
            if client is None or one.difference.client == client
        ]
        wanted = [client] if client is not None else list(names)
        for at in range(0, len(wanted), _BATCH):
            batch = await self._link.disk(self._histories, wanted[at : at + _BATCH], when)
            for history in batch:
                name = names.get(history.client, short(history.client))
                changes += self._named(history, name)
        changes.sort(key=lambda one: one.at, reverse=True)
        return tuple(changes)

    # --- the provider -------------------------------------------------------------------------

    async def _of_provider(self, when: datetime) -> list[_Found]:
        owner = str(self._link.session.holder_id)
        return [
            *await self._walk(CLIENTS, owner, when, _client_lines, compare_clients),
            *await self._walk(PROFILE, ACCOUNT, when, answers.kept_profile, compare_profiles),
        ]

    async def _walk(
        self,
        kind: str,
        owner: str,
        when: datetime,
        read: Callable[[bytes], Rows],
        compare: Callable[[Rows, Rows], list[Difference]],
    ) -> list[_Found]:
        """Compares each version with the next, a few in one go."""
        link = self._link
        versions = await link.disk(link.snapshots.versions, kind, owner, when)
        found: list[_Found] = []
        for at in range(0, len(versions) - 1, _VERSIONS):
            some = versions[at : at + _VERSIONS + 1]
            found += await link.disk(self._compared, kind, owner, some, read, compare)
        return found

    def _compared(
        self,
        kind: str,
        owner: str,
        versions: Sequence[FormerVersion],
        read: Callable[[bytes], Rows],
        compare: Callable[[Rows, Rows], list[Difference]],
    ) -> list[_Found]:
        read_all = self._bodies(kind, owner, versions, read)
        return [
            _Found(span, "clients", one)
            for span, was, now in _steps(read_all)
            for one in compare(was, now)
        ]

    # --- one client, on the disk thread -------------------------------------------------------

    def _histories(self, clients: Sequence[OrganizationId], when: datetime) -> list[_ClientHistory]:
        found = (self._history(client, when) for client in clients)
        return [one for one in found if one.found or one.collections]

    def _history(self, client: OrganizationId, when: datetime) -> _ClientHistory:
        history = _ClientHistory(client)
        owner = str(client)
        members = self._versions(MEMBERS, owner, when, _reader(OrganizationMember))
        groups = self._versions(GROUPS, owner, when, _reader(Group))
        policies = self._versions(POLICIES, owner, when, _reader(Policy))
        history.collections = self._versions(COLLECTIONS, owner, when, _reader(Collection))
        for span, people_were, people in _steps(members):
            found = compare_members(people_were, people)
            history.found += [_Found(span, "members", one) for one in found]
        for span, groups_were, groups_are in _steps(groups):
            found = compare_groups(groups_were, groups_are)
            history.found += [_Found(span, "groups", one) for one in found]
        for span, policies_were, policies_are in _steps(policies):
            found = compare_policies(policies_were, policies_are)
            history.found += [_Found(span, "policies", one) for one in found]
        wanted = {name for one in history.found for name in one.difference.names}
        if "group" in wanted:
            listed = [*(rows for _version, rows in groups), self._present(GROUPS, owner, Group)]
            history.groups = {str(one.id): one.name for rows in listed for one in rows}
        if "collection" in wanted:
            history.listed = (
                *(one for _version, rows in history.collections for one in rows),
                *self._present(COLLECTIONS, owner, Collection),
            )
        return history

    def _versions(
        self, kind: str, owner: str, when: datetime, read: Callable[[bytes], Rows]
    ) -> list[tuple[FormerVersion, Rows]]:
        versions = self._link.snapshots.versions(kind, owner, when)
        return self._bodies(kind, owner, versions, read) if len(versions) > 1 else []

    def _bodies(
        self,
        kind: str,
        owner: str,
        versions: Sequence[FormerVersion],
        read: Callable[[bytes], Rows],
    ) -> list[tuple[FormerVersion, Rows]]:
        """Those that can still be read."""
        found = []
        for version in versions:
            body = self._link.snapshots.former(kind, owner, version.digest)
            if body is not None:
                found.append((version, read(body)))
        return found

    def _present(self, kind: str, owner: str, record: type[Row]) -> tuple[Row, ...]:
        kept = self._link.snapshots.get(kind, owner)
        return () if kept is None else answers.kept_elements(kept.payload, record)

    # --- names, on the loop: no key is used on another thread ---------------------------------

    def _named(self, history: _ClientHistory, client_name: str) -> list[Change]:
        name = self._namer(history.client)
        found = list(history.found)
        for span, was, now in _steps(history.collections):
            differences = compare_collections(was, now, name)
            found += [_Found(span, "collections", one) for one in differences]
        listed = {str(one.id): one for one in history.listed}

        def called(fact: str, identity: str) -> str:
            if fact == "group":
                return history.groups.get(identity, short(identity))
            known = listed.get(identity)
            return short(identity) if known is None else name(known)

        return [_change(_with_names(one, called), history.client, client_name) for one in found]

    def _namer(self, client: OrganizationId) -> Callable[[Collection], str]:
        """Opens names with the client's key; what does not open is called by its id (T05)."""
        try:
            key = self._link.session.org_key(client)
        except CannotDecrypt:
            return lambda one: short(one.id)

        def name(one: Collection) -> str:
            try:
                return decrypt_text(key, one.name)
            except CannotDecrypt:
                return short(one.id)

        return name


def _client_lines(body: bytes) -> tuple[ClientLine, ...]:
    return answers.kept_elements(body, ClientLine)


def _reader(record: type[Row]) -> Callable[[bytes], tuple[Row, ...]]:
    return lambda body: answers.kept_elements(body, record)


def _steps(versions: Sequence[tuple[FormerVersion, Rows]]) -> Iterator[tuple[_Span, Rows, Rows]]:
    """Each version with the one after it."""
    for (former, was), (later, now) in pairwise(versions):
        yield _Span(former.last_at, later.first_at), was, now


def _with_names(found: _Found, called: Callable[[str, str], str]) -> _Found:
    facts = found.difference.facts
    named = {fact: called(fact, facts[fact]) for fact in found.difference.names}
    return replace(found, difference=replace(found.difference, facts={**facts, **named}))


def _change(found: _Found, client: OrganizationId | None, client_name: str) -> Change:
    facts = {"client": client_name, **found.difference.facts}
    return Change(
        at=found.span.at,
        client=client,
        client_name=client_name,
        kind=found.kind,
        what=Say(found.difference.key, facts),
        before=facts.get("before"),
        after=facts.get("after"),
        not_before=found.span.not_before,
    )
