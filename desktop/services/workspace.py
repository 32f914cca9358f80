"""One client: its collections in clear, groups, members and policies, online or from the last time.

`collections/details` writes "vault accessed" into the client's log, so it is asked for at most once
an hour per client and signed-in person; in between the quiet list is joined with the access known
from groups, members and the last details (design promise 5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from desktop.api import answers, requests
from desktop.cache.snapshots import Snapshot
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
from desktop.services.clients import VAULTWARDEN, Clients
from desktop.services.forgotten import FORGOTTEN, Forgotten, marked
from desktop.services.keeping import COLLECTIONS, DETAILS, GROUPS, MEMBERS, POLICIES, Kept
from desktop.services.link import Link, every
from desktop.services.own_organizations import occupied
from desktop.services.session import Session

OPENED_OFFLINE: Final = "opened_offline"
DETAILS_EVERY: Final = timedelta(hours=1)
UNASSIGNED: Final = ""
# Who may read a list, by the wire's names of permissions; every manager sees collections.
_RIGHTS: Final = {GROUPS: "manageGroups", MEMBERS: "manageUsers", POLICIES: "managePolicies"}
# The others answer "Invalid or unsupported policy type" (Vaultwarden 2026.6, `OrgPolicyType`).
VAULTWARDEN_POLICIES: Final = frozenset({0, 1, 2, 3, 5, 6, 7, 8, 14, 15, 16})


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
    hidden: frozenset[str] = frozenset()
    """Kinds of lists that the account's role does not reach: they are empty here."""


class Workspaces:
    """Opens clients."""

    def __init__(self, link: Link, clients: Clients) -> None:
        self._link = link
        self._clients = clients
        self._told: dict[OrganizationId, datetime] = {}

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
            await link.note("opened_offline", client)
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
        asked = quiet_paths(link.session, known)
        last = await link.kept(DETAILS, owner)
        debt = await link.kept(OPENED_OFFLINE, owner)
        forgotten = await self._forgotten(client)
        owes = debt is not None or (forgotten is not None and forgotten.owes)
        marks = {OPENED_OFFLINE: debt, FORGOTTEN: forgotten}
        settled = [kind for kind, found in marks.items() if found is not None]
        loud = owes or self._is_loud(client, last)
        if loud:
            del asked[COLLECTIONS]
        roads = [self._quiet(client, asked), *([self._details(client, settled)] if loud else [])]
        kept = {kind: one for part in await every(roads) for kind, one in part.items()}
        if not loud:
            await self._settle(client, settled)
        found: dict[str, bytes | None] = {kind: one.payload for kind, one in kept.items()}
        if last is not None:
            found.setdefault(DETAILS, last.payload)
        view = self._view(known, found)
        link.publish(ClientChanged(client))
        if MEMBERS in asked:
            self._clients.count(client, view.members)
        return replace(
            view,
            fetched_at=min(one.fetched_at for one in kept.values()),
            fresh=not any(one.held for one in kept.values()),
        )

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
        kept = await self._quiet(client, quiet_paths(link.session, listed_client))
        if await self._forgotten(client) is not None:
            await self._settle(client, (FORGOTTEN,))
        raws = {kind: one.payload for kind, one in kept.items()}
        known = answers.collections(raws[COLLECTIONS])
        return self._known(listed_client, raws, known, await self._policy_types())

    async def known_cached(self, client: OrganizationId) -> KnownClient | None:
        """The same from the last time, for a plan made offline; None if a list is missing."""
        link, owner = self._link, str(client)
        listed_client = self._clients.find(client)
        if listed_client is None:
            return None
        wanted = quiet_paths(link.session, listed_client)
        kept = {kind: await link.kept(kind, owner) for kind in (*wanted, DETAILS)}
        quiet, details = kept.pop(COLLECTIONS), kept.pop(DETAILS)
        raws = {kind: one.payload for kind, one in kept.items() if one is not None}
        if len(raws) < len(kept) or (quiet is None and details is None):
            return None
        found: tuple[Collection, ...]
        if quiet is not None and (details is None or details.fetched_at < quiet.fetched_at):
            found = answers.collections(quiet.payload)
        else:
            found = answers.collection_details(details.payload if details is not None else b"")
        return self._known(listed_client, raws, found, await self._policy_types())

    async def _policy_types(self) -> frozenset[int] | None:
        is_partial = await self._clients.server_name() == VAULTWARDEN
        return VAULTWARDEN_POLICIES if is_partial else None

    def _known(
        self,
        listed_client: ProviderClient,
        raws: Mapping[str, bytes],
        collections: Iterable[Collection],
        policy_types: frozenset[int] | None,
    ) -> KnownClient:
        client = listed_client.organization_id
        features = self._link.session.features(client)
        key = self._link.session.org_key(client)
        groups, people, policies = (raws.get(kind) for kind in (GROUPS, MEMBERS, POLICIES))
        members = answers.members(people) if people is not None else ()
        seats = listed_client.occupied_seats
        return KnownClient(
            id=client,
            provider_organization=listed_client.id,
            name=listed_client.organization_name,
            plan=_plan_of(listed_client),
            seats=listed_client.seats,
            occupied=occupied(members) if seats is None else seats,
            use_policies=POLICIES in quiet_paths(self._link.session, listed_client),
            use_groups=features.use_groups if features else True,
            collections=tuple(_known_collections(key, collections)),
            groups=answers.groups(groups) if groups is not None else (),
            members=members,
            policies=answers.policies(policies) if policies is not None else (),
            hidden=hidden_kinds(self._link.session, client),
            policy_types=policy_types,
        )

    async def _forgotten(self, client: OrganizationId) -> Forgotten | None:
        """What promise 5 still needs of a client that was forgotten here."""
        found = await self._link.disk(marked, self._link.snapshots, client)
        if found is not None and found.told is not None:
            self._told[client] = max(self._told.get(client, found.told), found.told)
        return found

    async def _settle(self, client: OrganizationId, marks: Iterable[str]) -> None:
        """What was owed is paid, or somebody works with a forgotten client again."""
        if not self._link.read_only:
            for kind in marks:
                await self._link.disk(self._link.snapshots.forget, kind, str(client))

    def _is_loud(self, client: OrganizationId, last: Snapshot | None) -> bool:
        """Whether this opening has to say so in the client's log: once an hour (promise 5).

        An answer that was held back or kept nowhere has been told all the same.
        """
        told = self._told.get(client)
        if last is not None:
            told = last.fetched_at if told is None else max(told, last.fetched_at)
        return told is None or self._link.clock.now() - told >= DETAILS_EVERY

    async def _details(
        self, client: OrganizationId, settled: Iterable[str] = ()
    ) -> dict[str, Kept]:
        link = self._link
        raw = await link.ask(link.api.get_raw(requests.collection_details(client)))
        # A page that is not our server's has told nobody anything (T28).
        kept = await link.keep(DETAILS, str(client), raw)
        self._told[client] = link.clock.now()
        await link.note("vault_accessed", client)
        await self._settle(client, settled)
        return {DETAILS: kept}

    async def _quiet(self, client: OrganizationId, paths: Mapping[str, str]) -> dict[str, Kept]:
        """The quiet lists by kind, swapped together (T58)."""
        link = self._link
        raws = await every([link.ask(link.api.get_raw(path)) for path in paths.values()])
        kept = await link.keep_all(
            [link.put(kind, str(client), raw) for kind, raw in zip(paths, raws, strict=True)]
        )
        return dict(zip(paths, kept, strict=True))

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
            hidden=hidden_kinds(self._link.session, client.organization_id),
        )


def quiet_paths(session: Session, client: ProviderClient) -> dict[str, str]:
    """Where the lists of a client are read by kind without a trace in its log (promise 5).

    Only what the plan has and the role reaches: a refused list would take the others with it.
    """
    organization = client.organization_id
    features = session.features(organization)
    paths = {
        COLLECTIONS: requests.collections(organization),
        GROUPS: requests.groups(organization),
        MEMBERS: requests.members(organization),
    }
    if features.use_policies if features is not None else client.is_enterprise:
        paths[POLICIES] = requests.policies(organization)
    hidden = hidden_kinds(session, organization)
    return {kind: path for kind, path in paths.items() if kind not in hidden}


def hidden_kinds(session: Session, organization: OrganizationId) -> frozenset[str]:
    """The lists of a client that the account's role does not reach."""
    return frozenset(
        kind for kind, right in _RIGHTS.items() if not session.may(organization, right)
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
