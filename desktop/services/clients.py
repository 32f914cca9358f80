"""The provider's clients: seats, plans, ages, and what changing them costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.api import answers, requests
from desktop.domain.enums import PlanType
from desktop.domain.events import ClientsChanged
from desktop.domain.ids import OrganizationId, ProviderId
from desktop.domain.records import ProfileOrganization, ProviderClient, ProviderSubscription
from desktop.plans.plan import Plan
from desktop.plans.steps import Say, UpdateClient, ref_of
from desktop.services.aged import Aged
from desktop.services.keeping import CLIENTS, Kept
from desktop.services.link import Link

SUBSCRIPTION: Final = "subscription"


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
        self._hints: tuple[SeatHint, ...] | None = None

    async def cached(self) -> Aged[tuple[ProviderClient, ...]] | None:
        """What was fetched last, None on a new desk."""
        snapshot = await self._link.kept(CLIENTS, self._owner)
        if snapshot is None:
            return None
        clients = answers.kept_provider_clients(snapshot.payload)
        self._take(clients)
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
        raw = await link.ask(link.api.get_raw(requests.provider_clients(self._provider)))
        kept = await link.keep(CLIENTS, self._owner, raw)
        clients = answers.kept_provider_clients(kept.payload)
        self._take(clients)
        return kept, clients

    async def seat_hints(self) -> tuple[SeatHint, ...]:
        """Per plan; the last known ones when the server cannot be reached, () if there are none."""
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

    def features(self, client: OrganizationId) -> ProfileOrganization | None:
        return self._link.session.features(client)

    def rename_plan(self, client: ProviderClient, name: str) -> Plan:
        return self._update(client, "plan.rename_client", name=name.strip())

    def seats_plan(self, client: ProviderClient, seats: int) -> Plan:
        return self._update(client, "plan.change_seats", seats=seats)

    def forget(self) -> None:
        """Drops what is decrypted or read; at the lock."""
        self._known.clear()
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

    def _take(self, clients: tuple[ProviderClient, ...]) -> None:
        self._known = {client.organization_id: client for client in clients}
        self._link.session.learn(clients)

    async def _kept_hints(self) -> tuple[SeatHint, ...]:
        snapshot = await self._link.kept(SUBSCRIPTION, self._owner)
        return () if snapshot is None else _hints(answers.subscription(snapshot.payload))

    @property
    def _provider(self) -> ProviderId:
        return self._link.session.provider_id

    @property
    def _owner(self) -> str:
        return str(self._link.session.provider_id)


def _hints(subscription: ProviderSubscription) -> tuple[SeatHint, ...]:
    return tuple(
        SeatHint(plan.type, plan.seat_minimum, plan.purchased_seats, plan.assigned_seats)
        for plan in subscription.plans
    )
