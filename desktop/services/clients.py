"""The clients: seats, plans, ages, and what changing them costs.

They are the provider's, or without one the organizations that the account manages itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from desktop.api import answers, requests
from desktop.domain.enums import PlanType
from desktop.domain.events import ClientsChanged, ConnectionStateChanged
from desktop.domain.ids import OrganizationId, ProviderId
from desktop.domain.records import (
    OrganizationMember,
    ProfileOrganization,
    ProviderClient,
    ProviderSubscription,
)
from desktop.plans.plan import Plan
from desktop.plans.steps import Say, UpdateClient, ref_of
from desktop.services.aged import Aged
from desktop.services.keeping import CLIENTS, MEMBERS, Kept
from desktop.services.link import ACCOUNT, Link
from desktop.services.own_organizations import as_listed, occupied, own_clients

SUBSCRIPTION: Final = "subscription"
SERVER: Final = "server"
VAULTWARDEN: Final = "Vaultwarden"


@dataclass(frozen=True)
class SeatHint:
    """The seats of one plan of the provider's subscription."""

    plan: PlanType
    minimum: int
    purchased: int
    assigned: int

    @property
    def unassigned(self) -> int:
        """Seats already paid for and given to no client."""
        return max(0, self.minimum + self.purchased - self.assigned)

    def extra_for(self, seats: int) -> int:
        """How many seats would be bought if `seats` more were assigned (portal 1.3)."""
        return max(0, seats - self.unassigned)


class Clients:
    """The list of clients, from the server or with its age from the last time."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._known: dict[OrganizationId, ProviderClient] = {}
        self._server: str | None = None
        self._hints: tuple[SeatHint, ...] | None = None

    async def cached(self) -> Aged[tuple[ProviderClient, ...]] | None:
        """What was fetched last, None on a new desk."""
        snapshot = await self._link.kept(CLIENTS, self._owner)
        if snapshot is None:
            return None
        clients = await self._take(answers.kept_clients(snapshot.payload))
        return Aged(clients, snapshot.fetched_at, fresh=False)

    async def kept_at(self) -> datetime | None:
        """When the kept list was fetched, without reading it."""
        label = await self._link.disk(self._link.snapshots.label, CLIENTS, self._owner)
        return None if label is None else label.fetched_at

    async def fetch(self) -> Aged[tuple[ProviderClient, ...]]:
        """One call. Raises Offline, SignedOut, NotAllowed, NotOurServer.

        An answer that is held back (T21) leaves the former list in force, with its age.
        """
        kept, clients = await self._fetch()
        self._link.publish(ClientsChanged())
        return Aged(clients, kept.fetched_at, fresh=not kept.held)

    async def refresh(self) -> bool:
        """The same for the background: True, and told, only if something changed."""
        kept, _clients = await self._fetch()
        if kept.changed:
            self._link.publish(ClientsChanged())
        return kept.changed

    async def _fetch(self) -> tuple[Kept, tuple[ProviderClient, ...]]:
        link = self._link
        if link.session.provider is None:
            raw = await self._own()
        else:
            raw = await link.ask(link.api.get_raw(requests.provider_clients(self._provider)))
            # A row without its two ids is no client of a provider (T28).
            answers.provider_clients(raw)
        kept = await link.keep(CLIENTS, self._owner, raw)
        return kept, await self._take(answers.kept_clients(kept.payload))

    async def _own(self) -> bytes:
        """The organizations of a fresh profile, in the form of a provider's list."""
        link = self._link
        if self._server is None:
            raw = await link.ask(link.api.config_raw())
            self._server = _server_name(raw)
            await link.keep(SERVER, ACCOUNT, raw)
        if await link.fetch_profile():
            # Roles and plans decide what is greyed.
            link.publish(ConnectionStateChanged(link.online))
        counts_seats = self._server != VAULTWARDEN
        return as_listed(own_clients(link.session.profile, counts_seats=counts_seats))

    async def server_name(self) -> str:
        """What the server calls itself, "" for the official one; as last told. It decides only
        what is worth asking for.
        """
        if self._server is None:
            kept = await self._link.kept(SERVER, ACCOUNT)
            return "" if kept is None else _server_name(kept.payload)
        return self._server

    async def seat_hints(self) -> tuple[SeatHint, ...]:
        """Per plan; the last known ones when the server cannot be reached, () if there are none."""
        if self._link.session.provider is None:
            return ()
        if not self._link.online:
            return self._hints or await self._kept_hints()
        raw = await self._link.ask(self._link.api.get_raw(requests.subscription(self._provider)))
        hints = _hints(answers.subscription(raw))
        await self._link.keep(SUBSCRIPTION, self._owner, raw)
        self._hints = hints
        return hints

    def all(self) -> tuple[ProviderClient, ...]:
        """As last seen, in the server's order."""
        return tuple(self._known.values())

    def find(self, client: OrganizationId) -> ProviderClient | None:
        """As last seen."""
        return self._known.get(client)

    def count(self, client: OrganizationId, members: Iterable[OrganizationMember]) -> None:
        """Where no list tells the seats in use, the list of members does."""
        known = self._known.get(client)
        if known is None or self._link.session.provider is not None:
            return
        used = occupied(members)
        if used != known.occupied_seats:
            self._known[client] = _counted(known, used)
            self._link.publish(ClientsChanged())

    def label(self, client: OrganizationId) -> str:
        """The name as lists show it: with the start of its id where another looks like it (T75),
        be it in another connection that is open.

        Empty for a client that is not known.
        """
        found = self._known.get(client)
        if found is None:
            return ""
        name = found.organization_name
        is_alike = self._link.looks.is_alike(self, client)
        return f"{name} · {str(client)[:8]}" if is_alike else name

    def features(self, client: OrganizationId) -> ProfileOrganization | None:
        return self._link.session.features(client)

    def rename_plan(self, client: ProviderClient, name: str) -> Plan:
        return self._update(client, "plan.rename_client", name=name.strip())

    def seats_plan(self, client: ProviderClient, seats: int) -> Plan:
        return self._update(client, "plan.change_seats", seats=seats)

    def forget(self) -> None:
        """Drops what is decrypted or read; at the lock."""
        self._known.clear()
        self._link.looks.drop(self)
        self._hints = None

    def _update(
        self,
        client: ProviderClient,
        title: str,
        *,
        name: str | None = None,
        seats: int | None = None,
    ) -> Plan:
        saw = {"name": client.organization_name, "seats": client.seats}
        changed = {"name": name, "seats": seats}
        base = {key: saw[key] for key, value in changed.items() if value is not None}
        step = UpdateClient(
            key="update",
            client=ref_of(client.organization_id),
            provider_organization=client.id,
            client_name=client.organization_name,
            name=name,
            seats=seats,
            base=base,
        )
        return Plan(
            title=Say(title, {"client": client.organization_name}),
            steps=(step,),
            client=client.organization_id,
            client_name=client.organization_name,
        )

    async def _take(self, clients: tuple[ProviderClient, ...]) -> tuple[ProviderClient, ...]:
        link = self._link
        if link.session.provider is None:
            clients = await link.disk(self._with_seats, clients)
        self._known = {client.organization_id: client for client in clients}
        link.looks.put(self, {one.organization_id: one.organization_name for one in clients})
        link.session.learn(clients)
        await link.pins.review()
        return clients

    def _with_seats(self, clients: tuple[ProviderClient, ...]) -> tuple[ProviderClient, ...]:
        """The seats in use as far as lists of members are kept; on the disk thread."""
        counted = []
        for client in clients:
            kept = self._link.snapshots.get(MEMBERS, str(client.organization_id))
            if kept is None:
                counted.append(client)
            else:
                counted.append(_counted(client, occupied(answers.kept_members(kept.payload))))
        return tuple(counted)

    async def _kept_hints(self) -> tuple[SeatHint, ...]:
        snapshot = await self._link.kept(SUBSCRIPTION, self._owner)
        return () if snapshot is None else _hints(answers.subscription(snapshot.payload))

    @property
    def _provider(self) -> ProviderId:
        return self._link.session.provider_id

    @property
    def _owner(self) -> str:
        return str(self._link.session.holder_id)


def _counted(client: ProviderClient, used: int) -> ProviderClient:
    left = None if client.seats is None else client.seats - used
    return msgspec.structs.replace(client, occupied_seats=used, remaining_seats=left)


def _server_name(raw: bytes) -> str:
    server = answers.config(raw).server
    return "" if server is None else server.name


def _hints(subscription: ProviderSubscription) -> tuple[SeatHint, ...]:
    return tuple(
        SeatHint(plan.type, plan.seat_minimum, plan.purchased_seats, plan.assigned_seats)
        for plan in subscription.plans
    )
