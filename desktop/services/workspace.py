"""One client: its collections in clear, groups, members and policies, online or from the last time.

`collections/details` writes "vault accessed" into the client's log, so it is asked for at most once
an hour per client and signed-in person; in between the quiet list is joined with the access known
from groups, members and the last details (design promise 5).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import msgspec

from desktop.api import answers, requests
from desktop.crypto.encstring import decrypt_text
from desktop.crypto.keys import SymmetricKey
from desktop.domain.enums import CollectionType, PlanType
from desktop.domain.errors import CannotDecrypt, ClavigerError
from desktop.domain.events import ClientChanged
from desktop.domain.ids import CollectionId, OrganizationId
from desktop.domain.items import Permission
from desktop.domain.records import (
    AccessSelection,
    Collection,
    CollectionDetails,
    Group,
    OrganizationMember,
    Policy,
    ProviderClient,
)
from desktop.plans.known import KnownClient, KnownCollection
from desktop.plans.permissions import permission_of
from desktop.services.clients import Clients
from desktop.services.link import Link, LogEntry

COLLECTIONS: Final = "collections"
DETAILS: Final = "collection_details"
GROUPS: Final = "groups"
MEMBERS: Final = "members"
POLICIES: Final = "policies"
OPENED_OFFLINE: Final = "opened_offline"
DETAILS_EVERY: Final = timedelta(hours=1)
UNASSIGNED: Final = ""


@dataclass(frozen=True)
class CollectionRow:
    """A line of the tree. `id` None is the Unassigned row, which has no count and no access.

    `readable` False: the name did not open (T05); it is then the first part of the id.
    """

    id: CollectionId | None
    name: str
    depth: int
    leaf: str
    external_id: str | None = None
    groups: tuple[AccessSelection, ...] = ()
    users: tuple[AccessSelection, ...] = ()
    my_permission: Permission = "none"
    unmanaged: bool = False
    readable: bool = True


@dataclass(frozen=True)
class ClientView:
    """A client as a page shows it. `fetched_at` is the age of its oldest part."""

    client: ProviderClient
    collections: tuple[CollectionRow, ...]
    groups: tuple[Group, ...]
    members: tuple[OrganizationMember, ...]
    policies: tuple[Policy, ...]
    fetched_at: datetime | None
    fresh: bool
    is_member: bool


class Workspaces:
    """Opens clients."""

    def __init__(self, link: Link, clients: Clients) -> None:
        self._link = link
        self._clients = clients

    async def cached(self, client: OrganizationId) -> ClientView | None:
        """The last known state; None if the client was never opened here."""
        link, owner = self._link, str(client)
        kept = {
            kind: await link.kept(kind, owner)
            for kind in (COLLECTIONS, DETAILS, GROUPS, MEMBERS, POLICIES)
        }
        known = self._clients.find(client)
        if known is None or (kept[COLLECTIONS] is None and kept[DETAILS] is None):
            return None
        quiet, details = kept[COLLECTIONS], kept[DETAILS]
        if quiet is not None and details is not None and details.fetched_at >= quiet.fetched_at:
            # The quiet list is the older of the two: the details alone tell more.
            kept[COLLECTIONS] = None
        ages = [
            one.fetched_at
            for kind, one in kept.items()
            if one is not None and not (kind == DETAILS and kept[COLLECTIONS] is not None)
        ]
        view = self._view(
            known, {kind: one.payload for kind, one in kept.items() if one is not None}
        )
        if not link.online:
            # Entered here, and into the client's own log at the next opening online.
            await self.log("opened_offline", client)
            await link.keep(OPENED_OFFLINE, owner, b"true")
        return replace(view, fetched_at=min(ages), fresh=False)

    async def open(self, client: OrganizationId) -> ClientView:
        """From the server. Raises Offline, SignedOut, NotAllowed, NotOurServer, CannotDecrypt."""
        link, owner = self._link, str(client)
        known = self._clients.find(client)
        if known is None:
            await self._clients.fetch()
            known = self._clients.find(client)
        if known is None:
            raise ClavigerError("no such client")
        # A client whose key does not open is refused before its log says that it was opened.
        link.session.org_key(client)
        features = link.session.features(client)
        asked = {GROUPS: requests.groups(client), MEMBERS: requests.members(client)}
        if features.use_policies if features is not None else known.is_enterprise:
            asked[POLICIES] = requests.policies(client)
        last = await link.kept(DETAILS, owner)
        owed = await link.kept(OPENED_OFFLINE, owner) is not None
        loud = owed or last is None or link.clock.now() - last.fetched_at >= DETAILS_EVERY
        if loud:
            asked[DETAILS] = requests.collection_details(client)
        else:
            asked[COLLECTIONS] = requests.collections(client)
        raws = await asyncio.gather(
            *(self._fetch(kind, client, path) for kind, path in asked.items())
        )
        if loud:
            await self.log("vault_accessed", client)
        if owed and not link.read_only:
            await link.disk(link.snapshots.forget, OPENED_OFFLINE, owner)
        found: dict[str, bytes | None] = dict(zip(asked, raws, strict=True))
        if last is not None:
            found.setdefault(DETAILS, last.payload)
        view = self._view(known, found)
        link.publish(ClientChanged(client))
        return replace(view, fetched_at=link.clock.now(), fresh=True)

    async def refresh(self, client: OrganizationId) -> ClientView:
        return await self.open(client)

    async def known(self, client: OrganizationId) -> KnownClient:
        """What a plan compares with: quiet calls only. Errors as `open`."""
        link = self._link
        listed_client = self._clients.find(client)
        if listed_client is None:
            await self._clients.fetch()
            listed_client = self._clients.find(client)
        if listed_client is None:
            raise ClavigerError("no such client")
        raws = await asyncio.gather(
            self._fetch(COLLECTIONS, client, requests.collections(client)),
            self._fetch(GROUPS, client, requests.groups(client)),
            self._fetch(MEMBERS, client, requests.members(client)),
        )
        features = link.session.features(client)
        use_policies = features.use_policies if features else listed_client.is_enterprise
        policies: tuple[Policy, ...] = ()
        if use_policies:
            raw = await self._fetch(POLICIES, client, requests.policies(client))
            policies = answers.policies(raw)
        key = link.session.org_key(client)
        return KnownClient(
            id=client,
            provider_organization=listed_client.id,
            name=listed_client.organization_name,
            plan=_plan_of(listed_client),
            seats=listed_client.seats,
            occupied=listed_client.occupied_seats,
            use_policies=use_policies,
            use_groups=features.use_groups if features else True,
            collections=tuple(_known_collections(key, answers.collections(raws[0]))),
            groups=answers.groups(raws[1]),
            members=answers.members(raws[2]),
            policies=policies,
        )

    async def log(self, what: str, client: OrganizationId, **facts: str) -> None:
        """Enters a reading into the local log."""
        link = self._link
        if link.read_only:
            return
        entry = msgspec.json.encode(LogEntry(what, client, link.session.user_id, facts))
        await link.disk(link.journal.log, what, entry, link.clock.now())

    async def _fetch(self, kind: str, client: OrganizationId, path: str) -> bytes:
        raw = await self._link.ask(self._link.api.get_raw(path))
        await self._link.keep(kind, str(client), raw)
        return raw

    def _view(self, client: ProviderClient, found: Mapping[str, bytes | None]) -> ClientView:
        key = self._link.session.org_key(client.organization_id)
        groups, members, policies = (found.get(kind) for kind in (GROUPS, MEMBERS, POLICIES))
        return ClientView(
            client=client,
            collections=_rows(key, found.get(COLLECTIONS), found.get(DETAILS)),
            groups=answers.groups(groups) if groups is not None else (),
            members=answers.members(members) if members is not None else (),
            policies=answers.policies(policies) if policies is not None else (),
            fetched_at=None,
            fresh=False,
            is_member=self._link.session.is_member(client.organization_id),
        )


def _rows(
    key: SymmetricKey, quiet: bytes | None, details: bytes | None
) -> tuple[CollectionRow, ...]:
    detailed: Mapping[CollectionId, CollectionDetails] = {}
    if details is not None:
        detailed = {one.id: one for one in answers.collection_details(details)}
    base: Iterable[Collection] = (
        answers.collections(quiet) if quiet is not None else detailed.values()
    )
    rows = [_row(key, one, detailed.get(one.id)) for one in base]
    rows.sort(key=lambda row: [part.casefold() for part in row.name.split("/")])
    unassigned = CollectionRow(id=None, name=UNASSIGNED, depth=0, leaf=UNASSIGNED)
    return (*rows, unassigned)


def _row(
    key: SymmetricKey, collection: Collection, details: CollectionDetails | None
) -> CollectionRow:
    name = _name(key, collection)
    readable = name is not None
    shown = name if name is not None else str(collection.id)[:8]
    parts = shown.split("/")
    mine: Permission = "none"
    if details is not None and (details.assigned or details.manage):
        mine = permission_of(
            AccessSelection(
                id=collection.id,
                read_only=details.read_only,
                hide_passwords=details.hide_passwords,
                manage=details.manage,
            )
        )
    return CollectionRow(
        id=collection.id,
        name=shown,
        depth=len(parts) - 1,
        leaf=parts[-1],
        external_id=collection.external_id,
        groups=details.groups if details is not None else (),
        users=details.users if details is not None else (),
        my_permission=mine,
        unmanaged=details.unmanaged if details is not None else False,
        readable=readable,
    )


def _name(key: SymmetricKey, collection: Collection) -> str | None:
    try:
        return decrypt_text(key, collection.name)
    except CannotDecrypt:
        return None


def _known_collections(
    key: SymmetricKey, collections: Iterable[Collection]
) -> Iterable[KnownCollection]:
    for one in collections:
        name = _name(key, one)
        if name is not None and one.type is CollectionType.SHARED:
            yield KnownCollection(id=one.id, path=name, external_id=one.external_id)


def _plan_of(client: ProviderClient) -> PlanType:
    """The list names the plan in words only ("Enterprise (Monthly)")."""
    if not client.is_enterprise:
        return PlanType.TEAMS_MONTHLY
    annual = "annual" in client.plan.casefold()
    return PlanType.ENTERPRISE_ANNUALLY if annual else PlanType.ENTERPRISE_MONTHLY
