"""What is known of a client that exists, in the form plans compare with."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.enums import OrganizationUserStatus, OrganizationUserType, PlanType
from desktop.domain.ids import CollectionId, OrganizationId, ProviderOrganizationId
from desktop.domain.records import AccessSelection, Group, OrganizationMember, Policy


@dataclass(frozen=True)
class KnownCollection:
    """A collection by its decrypted whole path; unreadable names are left out before."""

    id: CollectionId
    path: str
    external_id: str | None = None
    groups: tuple[AccessSelection, ...] = ()
    users: tuple[AccessSelection, ...] = ()


@dataclass(frozen=True)
class KnownClient:
    """One client as last fetched. `seats` None is unlimited.

    `provider_organization` is None for an organization of the account's own. `hidden` are the kinds
    of lists that the account's role does not reach: they are empty here, whatever the server holds.
    `policy_types` are those that the server knows, None for all.
    """

    id: OrganizationId
    provider_organization: ProviderOrganizationId | None
    name: str
    plan: PlanType
    seats: int | None
    occupied: int
    use_policies: bool
    use_groups: bool = True
    collections: tuple[KnownCollection, ...] = ()
    groups: tuple[Group, ...] = ()
    members: tuple[OrganizationMember, ...] = ()
    policies: tuple[Policy, ...] = ()
    hidden: frozenset[str] = frozenset()
    policy_types: frozenset[int] | None = None

    @property
    def owner(self) -> OrganizationMember | None:
        """The owner who would manage new collections: a confirmed one first, never a revoked."""
        owners = [
            member
            for member in self.members
            if member.type is OrganizationUserType.OWNER
            and member.status is not OrganizationUserStatus.REVOKED
        ]
        return max(owners, key=lambda member: int(member.status), default=None)

    @property
    def free_seats(self) -> int | None:
        return None if self.seats is None else self.seats - self.occupied

    def collection_at(self, path: str) -> KnownCollection | None:
        return next((known for known in self.collections if known.path == path), None)

    def group_called(self, name: str) -> Group | None:
        return next((group for group in self.groups if group.name == name), None)

    def member_with(self, email: str) -> OrganizationMember | None:
        wanted = email.strip().lower()
        return next((member for member in self.members if member.email.lower() == wanted), None)

    def policy(self, number: int) -> Policy | None:
        return next((policy for policy in self.policies if int(policy.type) == number), None)
