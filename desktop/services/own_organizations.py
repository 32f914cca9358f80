"""The clients of an account without a provider: the organizations that it manages itself.

A self-hosted server and Vaultwarden have no providers, and a personal account on the cloud has
none either. What the provider's list of clients tells elsewhere, the profile tells there: it is
kept in the same form, so that history, holding back and forgetting work alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from desktop.domain.enums import OrganizationUserStatus, ProductTier
from desktop.domain.records import (
    OrganizationMember,
    Profile,
    ProfileOrganization,
    ProviderClient,
)
from desktop.services.session import is_managed

# As the list of a provider's clients names plans.
_PLANS: Final = {
    ProductTier.FREE: "Free",
    ProductTier.FAMILIES: "Families",
    ProductTier.TEAMS: "Teams",
    ProductTier.ENTERPRISE: "Enterprise",
    ProductTier.TEAMS_STARTER: "Teams Starter",
}
# Servers without seats say 20 to please the official window (Vaultwarden, `Membership::to_json`).
_SEATLESS: Final = 20
_IN_USE: Final = frozenset(
    {
        OrganizationUserStatus.INVITED,
        OrganizationUserStatus.ACCEPTED,
        OrganizationUserStatus.CONFIRMED,
    }
)


def own_clients(profile: Profile, *, counts_seats: bool) -> tuple[ProviderClient, ...]:
    """In the profile's order. `counts_seats`: whether the server's numbers of seats mean
    anything.
    """
    return tuple(
        _client(one, counts_seats=counts_seats) for one in profile.organizations if is_managed(one)
    )


def as_listed(clients: Iterable[ProviderClient]) -> bytes:
    """In the form of the provider's list."""
    return msgspec.json.encode({"object": "list", "data": tuple(clients)})


def occupied(members: Iterable[OrganizationMember]) -> int:
    """Seats in use: everybody but the revoked and those only prepared."""
    return sum(one.status in _IN_USE for one in members)


def _client(one: ProfileOrganization, *, counts_seats: bool) -> ProviderClient:
    return ProviderClient(
        organization_id=one.id,
        organization_name=one.name,
        key=one.key,
        seats=one.seats if counts_seats else None,
        plan=_PLANS.get(one.product_tier_type, ""),
    )
