"""What the handlers of a run share: ids made so far, keys, and lists read once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import msgspec

from desktop.api import answers, requests
from desktop.crypto.keys import SymmetricKey
from desktop.domain.enums import OrganizationUserStatus, OrganizationUserType
from desktop.domain.errors import Conflict, NotOurServer, PlanInvalid
from desktop.domain.ids import CollectionId, GroupId, OrganizationId, ProviderId
from desktop.domain.records import (
    Collection,
    Group,
    OrganizationMember,
    Policy,
    ProviderClient,
    ProviderMember,
)
from desktop.plans.permissions import flags
from desktop.plans.plan import Plan
from desktop.plans.steps import Access, CollectionAccess, Ref
from desktop.services.link import Link, LogEntry
from desktop.services.run_types import Result, RunPayload

Selection = dict[str, Any]


@dataclass
class RunContext:
    """One run in memory. `results` fills from the journal and as steps end."""

    link: Link
    payload: RunPayload
    ciphers: Callable[[str], Awaitable[bytes]]
    choices: Mapping[str, UUID] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    names: dict[CollectionId, str] = field(default_factory=dict)
    present: dict[str, set[str]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    _owner_ids: dict[OrganizationId, str] = field(default_factory=dict)
    _policies: dict[OrganizationId, tuple[Policy, ...]] = field(default_factory=dict)
    _client_key: SymmetricKey | None = None

    @property
    def plan(self) -> Plan:
        return self.payload.plan

    @property
    def provider(self) -> ProviderId:
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

    async def get(self, path: str) -> bytes:
        return await self.link.ask(self.link.api.get_raw(path))

    async def clients(self) -> tuple[ProviderClient, ...]:
        raw = await self.get(requests.provider_clients(self.provider))
        return answers.provider_clients(raw)

    async def staff(self) -> tuple[ProviderMember, ...]:
        return answers.provider_members(await self.get(requests.provider_members(self.provider)))

    async def members(self, client: OrganizationId) -> tuple[OrganizationMember, ...]:
        return answers.members(await self.get(requests.members(client)))

    async def groups(self, client: OrganizationId) -> tuple[Group, ...]:
        return answers.groups(await self.get(requests.groups(client)))

    async def group_members(self, client: OrganizationId, group: GroupId) -> list[str]:
        path = requests.path("organizations", client, "groups", group, "users")
        raw = await self.get(path)
        try:
            return [str(one) for one in msgspec.json.decode(raw, type=list[UUID])]
        except msgspec.MsgspecError as error:
            raise NotOurServer("shape") from error

    async def collections(self, client: OrganizationId) -> tuple[Collection, ...]:
        found = answers.collections(await self.get(requests.collections(client)))
        self.names.update({one.id: one.name for one in found})
        return found

    async def policies(self, client: OrganizationId, *, again: bool) -> tuple[Policy, ...]:
        """From the last reading unless `again`."""
        if again or client not in self._policies:
            self._policies[client] = answers.policies(await self.get(requests.policies(client)))
        return self._policies[client]

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

    async def log(self, what: str, client: OrganizationId) -> None:
        """Enters a reading into the local log."""
        entry = msgspec.json.encode(LogEntry(what, client, self.link.session.user_id))
        await self.link.disk(self.link.journal.log, what, entry, self.link.clock.now())

    async def _member(self, client: OrganizationId, email: str) -> str:
        for one in await self.members(client):
            if one.email.lower() == email.lower():
                return str(one.id)
        raise Conflict(email)


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
