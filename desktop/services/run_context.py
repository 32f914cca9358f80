"""What the handlers of a run share: ids made so far, keys, and lists read once.

Clients are worked on side by side, each by one lane: everything kept here is kept by client or by
step, and a list is read by one of those who ask for it at the same time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar
from uuid import UUID, uuid4

import msgspec

from desktop.api import answers, requests
from desktop.crypto.encstring import decrypt_text
from desktop.crypto.keys import SymmetricKey
from desktop.domain.enums import (
    CollectionType,
    OrganizationUserStatus,
    OrganizationUserType,
    PolicyType,
)
from desktop.domain.errors import (
    CannotDecrypt,
    Conflict,
    IdentityChanged,
    NotOurServer,
    PlanInvalid,
)
from desktop.domain.ids import CollectionId, GroupId, OrganizationId, ProviderId
from desktop.domain.records import (
    Collection,
    Group,
    ListedClient,
    OrganizationMember,
    Policy,
    ProviderMember,
)
from desktop.plans.permissions import flags
from desktop.plans.plan import Plan
from desktop.plans.steps import Access, CollectionAccess, Ref
from desktop.services.link import Link
from desktop.services.run_types import Result, RunPayload
from desktop.services.unknown import KNOWN, NOTHING, Unknown

Selection = dict[str, Any]
Listed = TypeVar("Listed")

# What a person decided about a step that met something unexpected.
OVERWRITE: Final = "overwrite"
USE: Final = "use"
# A list of policies older than this is read again before the next one is compared with it.
POLICIES_GOOD_S: Final = 60.0
# Saving one of these rewrites the others (protocol 5.7).
_MIRRORED: Final = frozenset(
    {PolicyType.REMOVE_SEND, PolicyType.SEND_OPTIONS, PolicyType.SEND_CONTROLS}
)


@dataclass
class RunContext:
    """One run in memory. `results` fills from the journal and as steps end.

    `choices`: by step key a group's id where two fit, OVERWRITE or USE.
    """

    link: Link
    payload: RunPayload
    ciphers: Callable[[str], Awaitable[bytes]]
    choices: Mapping[str, UUID | str] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    names: dict[CollectionId, str] = field(default_factory=dict)
    present: dict[str, set[str]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    _owner_ids: dict[OrganizationId, str] = field(default_factory=dict)
    _lists: dict[tuple[str, UUID], tuple[float, Any]] = field(default_factory=dict)
    _unknown: dict[tuple[str, UUID], Unknown] = field(default_factory=dict)
    _turns: dict[tuple[str, UUID], asyncio.Lock] = field(default_factory=dict)
    _paths: dict[OrganizationId, dict[str, CollectionId]] = field(default_factory=dict)
    _client_key: SymmetricKey | None = None

    @property
    def plan(self) -> Plan:
        return self.payload.plan

    @property
    def provider(self) -> ProviderId:
        """Raises NoProvider."""
        return self.link.session.provider_id

    def resolve(self, ref: Ref) -> UUID:
        """The id behind a reference. KeyError for a step that has not run (a bug)."""
        if not ref.startswith("@"):
            return UUID(ref)
        key, _, part = ref[1:].partition("#")
        result = self.results[key]
        found = UUID(result.parts[part]) if part else result.id
        if found is None:
            raise KeyError(ref)
        return found

    def client(self, ref: Ref) -> OrganizationId:
        return OrganizationId(self.resolve(ref))

    def client_key(self) -> SymmetricKey:
        """The key of the client this run makes."""
        if self._client_key is None:
            if self.payload.client_key is None:
                raise PlanInvalid((("no_client_key", {}),))
            self._client_key = self.link.session.unwrap_client_key(self.payload.client_key)
        return self._client_key

    @property
    def key_in_use(self) -> SymmetricKey | None:
        """The key of the client this run makes, where it was asked for already."""
        return self._client_key

    async def get(self, path: str) -> bytes:
        return await self.link.ask(self.link.api.get_raw(path))

    async def clients(self, *, again: bool = True) -> tuple[ListedClient, ...]:
        """This and the lists below: from the server, or unless `again` what was read last."""
        path = requests.provider_clients(self.provider)
        found = await self._list("clients", self.provider, answers.provider_clients, path, again)
        # Another key in it stops this very run (T09).
        self.link.session.learn(found)
        await self.link.pins.review()
        return found

    async def staff(self, *, again: bool = True) -> tuple[ProviderMember, ...]:
        path = requests.provider_members(self.provider)
        return await self._list("staff", self.provider, answers.provider_members, path, again)

    async def members(
        self, client: OrganizationId, *, again: bool = True
    ) -> tuple[OrganizationMember, ...]:
        return await self._list("members", client, answers.members, requests.members(client), again)

    async def groups(self, client: OrganizationId, *, again: bool = True) -> tuple[Group, ...]:
        return await self._list("groups", client, answers.groups, requests.groups(client), again)

    async def group_members(self, client: OrganizationId, group: GroupId) -> list[str]:
        path = requests.path("organizations", client, "groups", group, "users")
        raw = await self.get(path)
        try:
            return [str(one) for one in msgspec.json.decode(raw, type=list[UUID])]
        except msgspec.MsgspecError as error:
            raise NotOurServer("shape") from error

    async def collections(
        self, client: OrganizationId, *, again: bool = True
    ) -> tuple[Collection, ...]:
        path = requests.collections(client)
        found = await self._list("collections", client, answers.collections, path, again)
        self.names.update({one.id: one.name for one in found})
        return found

    async def policies(self, client: OrganizationId, *, again: bool = True) -> tuple[Policy, ...]:
        """A kept list is trusted for POLICIES_GOOD_S only."""
        kept = self._lists.get(("policies", client))
        aged = kept is not None and self.link.clock.monotonic() - kept[0] > POLICIES_GOOD_S
        path = requests.policies(client)
        return await self._list("policies", client, answers.policies, path, again or aged)

    def lists_read(self) -> tuple[tuple[str, UUID], ...]:
        """Name and owner of each list that is kept."""
        return tuple(self._lists)

    def note_policy(self, client: OrganizationId, policy: Policy) -> None:
        """Brings the kept list up to date with what the server has just stored."""
        kept = self._lists.get(("policies", client))
        if kept is None:
            return
        if policy.type in _MIRRORED:
            del self._lists["policies", client]
            return
        others = tuple(one for one in kept[1] if one.type != policy.type)
        self._lists["policies", client] = (kept[0], (*others, policy))

    async def path_taken(self, client: OrganizationId, path: str) -> CollectionId | None:
        """The collection of that path which this run has not made; one reading per client."""
        if client not in self._paths:
            paths: dict[str, CollectionId] = {}
            for one in await self.collections(client, again=False):
                name = self.opened(client, one.name)
                if name is not None and one.type is CollectionType.SHARED:
                    paths.setdefault(name, one.id)
            self._paths[client] = paths
        found = self._paths[client].get(path)
        return None if found in self._made() else found

    def opened(self, client: OrganizationId, name: str) -> str | None:
        """A name in clear; None where it does not open."""
        try:
            return decrypt_text(self.link.session.org_key(client), name)
        except CannotDecrypt:
            return None

    def is_made_here(self, identity: UUID) -> bool:
        """Whether a step of this run has made it."""
        return identity in self._made()

    def _made(self) -> set[UUID | None]:
        return {result.id for result in self.results.values()}

    async def _list(
        self,
        kind: Literal["clients", "staff", "members", "groups", "collections", "policies"],
        owner: UUID,
        decode: Callable[[bytes], Listed],
        path: str,
        again: bool,
    ) -> Listed:
        async with self._turns.setdefault((kind, owner), asyncio.Lock()):
            if again or (kind, owner) not in self._lists:
                raw = await self.get(path)
                found = decode(raw)
                self._lists[kind, owner] = (self.link.clock.monotonic(), found)
                if kind in KNOWN:
                    self._unknown[kind, owner] = Unknown(kind, raw)
            listed: Listed = self._lists[kind, owner][1]
            return listed

    def unknown(
        self, kind: Literal["groups", "collections", "policies"], client: OrganizationId
    ) -> Unknown:
        """What the list that was read last says beyond what this program knows (T31)."""
        return self._unknown.get((kind, client), NOTHING)

    async def owner_id(self, client: OrganizationId) -> str:
        """The member who manages new collections: an owner, a confirmed one first.

        Raises Conflict if the client has none any more.
        """
        if client not in self._owner_ids:
            owners = [
                one
                for one in await self.members(client)
                if one.type is OrganizationUserType.OWNER
                and one.status is not OrganizationUserStatus.REVOKED
            ]
            if not owners:
                raise Conflict("no owner")
            self._owner_ids[client] = str(max(owners, key=lambda one: int(one.status)).id)
        return self._owner_ids[client]

    async def selections(
        self, client: OrganizationId, access: tuple[Access, ...]
    ) -> tuple[list[Selection], list[Selection]]:
        """(groups, users) of an access list. Raises Conflict for a person who is not there."""
        groups: list[Selection] = []
        users: list[Selection] = []
        for line in access:
            if line.permission == "none":
                continue
            if line.group is not None:
                groups.append(selection(str(self.resolve(line.group)), line.permission))
            elif line.owner:
                users.append(selection(await self.owner_id(client), line.permission))
            else:
                member = await self._member(client, line.member_email or "")
                users.append(selection(member, line.permission))
        return groups, users

    def on_collections(self, access: tuple[CollectionAccess, ...]) -> list[Selection]:
        return [
            selection(str(self.resolve(line.collection)), line.permission)
            for line in access
            if line.permission != "none"
        ]

    async def _member(self, client: OrganizationId, email: str) -> str:
        for one in await self.members(client):
            if one.email.lower() == email.lower():
                return str(one.id)
        raise Conflict(email)


def check_identity(link: Link, payload: RunPayload) -> None:
    """A run goes on, and is taken back, only as the same person on the same server (T38).

    Raises IdentityChanged.
    """
    session = link.session
    provider = None if session.provider is None else session.provider.id
    mine = (session.user_id, provider, link.api.server.api)
    if mine != (payload.user, payload.provider, payload.server):
        raise IdentityChanged


def selection(identity: str, permission: Any) -> Selection:
    """One access selection as it goes over the wire."""
    read_only, hide_passwords, manage = flags(permission)
    return {
        "id": identity,
        "readOnly": read_only,
        "hidePasswords": hide_passwords,
        "manage": manage,
    }


def operation_id() -> UUID:
    """A new name for one operation; random, so that it says nothing."""
    return uuid4()
