"""What the server says, frozen. Fields are named as on the wire (camelCase there, snake_case here).

Source: bitwarden/server 2026.8.0 response models. Unknown fields are ignored, unknown enum
numbers kept (T30). Names of collections are EncStrings until a service decrypts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from desktop.domain.enums import (
    CollectionType,
    KdfType,
    OrganizationUserStatus,
    OrganizationUserType,
    PlanType,
    PolicyType,
    ProductTier,
    ProviderStatus,
    ProviderType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.ids import (
    CipherId,
    CollectionId,
    GroupId,
    OrganizationId,
    OrganizationUserId,
    ProviderId,
    ProviderOrganizationId,
    ProviderUserId,
    UserId,
)


class Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of everything decoded from the API."""


class Kdf(Record, frozen=True, kw_only=True):
    """Key derivation settings. `memory` is in MiB; None where the algorithm has none."""

    kdf_type: KdfType
    iterations: int
    memory: int | None = None
    parallelism: int | None = None


class ServerInfo(Record, frozen=True, kw_only=True):
    """Who built the server."""

    name: str = ""
    url: str = ""


class ServerConfig(Record, frozen=True, kw_only=True):
    """The anonymous answer of `GET /config`. Nothing in it may steer security (T33)."""

    version: str = ""
    server: ServerInfo | None = None


class PublicKeyPair(Record, frozen=True, kw_only=True):
    """A user's key pair as the server keeps it: the private half wrapped by the user key."""

    wrapped_private_key: str
    public_key: str | None = None


class AccountKeys(Record, frozen=True, kw_only=True):
    """The account's cryptographic state; `signature_key_pair` marks a V2 account."""

    public_key_encryption_key_pair: PublicKeyPair | None = None
    signature_key_pair: Mapping[str, Any] | None = None
    security_state: Mapping[str, Any] | None = None


class ProfileProvider(Record, frozen=True, kw_only=True):
    """One provider the account belongs to. `key` is RSA-wrapped, None until confirmed."""

    id: ProviderId
    name: str | None = None
    key: str | None = None
    status: ProviderUserStatus = ProviderUserStatus.INVITED
    type: ProviderUserType = ProviderUserType.SERVICE_USER
    enabled: bool = True
    use_events: bool = False
    provider_status: ProviderStatus = ProviderStatus.PENDING
    provider_type: ProviderType = ProviderType.MSP


class ProfileOrganization(Record, frozen=True, kw_only=True):
    """An organization in the profile: reached through a provider, or as a member.

    `key` is type 2 under the provider key in `provider_organizations`, RSA-wrapped in
    `organizations`. `permissions` are those of a custom role, by the wire's names.
    """

    id: OrganizationId
    name: str = ""
    key: str | None = None
    enabled: bool = True
    use_policies: bool = False
    use_groups: bool = False
    use_events: bool = False
    use_my_items: bool = False
    provider_id: ProviderId | None = None
    seats: int | None = None
    product_tier_type: ProductTier = ProductTier.FREE
    allow_admin_access_to_all_collection_items: bool = False
    status: OrganizationUserStatus = OrganizationUserStatus.CONFIRMED
    type: OrganizationUserType = OrganizationUserType.USER
    permissions: Mapping[str, Any] | None = None

    def may(self, *rights: str) -> bool:
        """Whether the role reaches one of `rights` at least, by the wire's names of permissions."""
        if self.type in (OrganizationUserType.OWNER, OrganizationUserType.ADMIN):
            return True
        if self.type is not OrganizationUserType.CUSTOM:
            return False
        given = self.permissions or {}
        return any(given.get(right) is True for right in rights)


class Profile(Record, frozen=True, kw_only=True):
    """The signed-in account with its providers and organizations."""

    id: UserId
    name: str | None = None
    email: str
    private_key: str | None = None
    account_keys: AccountKeys | None = None
    security_stamp: str | None = None
    two_factor_enabled: bool = False
    providers: tuple[ProfileProvider, ...] = ()
    provider_organizations: tuple[ProfileOrganization, ...] = ()
    organizations: tuple[ProfileOrganization, ...] = ()


class ProviderClient(Record, frozen=True, kw_only=True):
    """A client with its seats. `id` and `provider_id` are None where it is an organization that
    the account itself owns or administers, on a server without providers.

    `key` is the organization key as type 2 under the provider key, else RSA-wrapped for the
    account. `seats` None is unlimited; `occupied_seats` None is not known; `remaining_seats` may be
    negative.
    """

    id: ProviderOrganizationId | None = None
    provider_id: ProviderId | None = None
    organization_id: OrganizationId
    organization_name: str
    key: str | None = None
    user_count: int = 0
    seats: int | None = None
    occupied_seats: int | None = None
    remaining_seats: int | None = None
    plan: str = ""
    creation_date: datetime | None = None
    revision_date: datetime | None = None

    @property
    def is_enterprise(self) -> bool:
        return self.plan.casefold().startswith("enterprise")


class ListedClient(ProviderClient, frozen=True, kw_only=True):
    """One row of `GET /providers/{id}/organizations`: there both ids are never missing."""

    id: ProviderOrganizationId
    provider_id: ProviderId
    occupied_seats: int = 0


class ProviderMember(Record, frozen=True, kw_only=True):
    """A person of the provider's staff. `name` None until they registered."""

    id: ProviderUserId
    user_id: UserId | None = None
    type: ProviderUserType
    status: ProviderUserStatus
    name: str | None = None
    email: str


class AccessSelection(Record, frozen=True, kw_only=True):
    """Who (or what) may do what. `id` is a group, organization-user or collection id by place."""

    id: UUID
    read_only: bool = False
    hide_passwords: bool = False
    manage: bool = False


class OrganizationMember(Record, frozen=True, kw_only=True):
    """A person of a client. `user_id` None until they registered."""

    id: OrganizationUserId
    user_id: UserId | None = None
    name: str | None = None
    email: str
    type: OrganizationUserType
    status: OrganizationUserStatus
    two_factor_enabled: bool = False
    reset_password_enrolled: bool = False
    groups: tuple[GroupId, ...] = ()
    collections: tuple[AccessSelection, ...] = ()


class Collection(Record, frozen=True, kw_only=True):
    """A collection. `name` is an EncString under the organization key."""

    id: CollectionId
    organization_id: OrganizationId
    name: str
    external_id: str | None = None
    type: CollectionType = CollectionType.SHARED


class CollectionDetails(Collection, frozen=True, kw_only=True):
    """A collection with its access. Fetching it writes "vault accessed" into the client's log."""

    groups: tuple[AccessSelection, ...] = ()
    users: tuple[AccessSelection, ...] = ()
    assigned: bool = False
    read_only: bool = False
    hide_passwords: bool = False
    manage: bool = False
    unmanaged: bool = False


class Group(Record, frozen=True, kw_only=True):
    """A group of a client. `name` is plain text."""

    id: GroupId
    organization_id: OrganizationId
    name: str
    external_id: str | None = None
    collections: tuple[AccessSelection, ...] = ()


class Policy(Record, frozen=True, kw_only=True):
    """A stored policy. `data` is replaced as a whole by a write."""

    organization_id: OrganizationId
    type: PolicyType
    enabled: bool = False
    data: Mapping[str, Any] | None = None
    can_toggle_state: bool = True


class PlanSubscription(Record, frozen=True, kw_only=True):
    """One plan of the provider's subscription; seats and money of the whole provider."""

    plan_name: str
    type: PlanType
    product_tier: ProductTier
    seat_minimum: int = 0
    purchased_seats: int = 0
    assigned_seats: int = 0
    cost: float = 0.0
    cadence: str = "Monthly"


class ProviderSubscription(Record, frozen=True, kw_only=True):
    """`GET /providers/{id}/billing/subscription`. Without `plans` it is some other answer (T28)."""

    status: str = ""
    plans: tuple[PlanSubscription, ...]
    discount_percentage: float | None = None


class MemberPublicKey(Record, frozen=True, kw_only=True):
    """A person's public key (base64 SPKI). `id` is the member id the request named."""

    id: UUID
    user_id: UserId
    key: str


class BulkResult(Record, frozen=True, kw_only=True):
    """One line of a bulk answer: an empty `error` is success."""

    id: UUID
    error: str | None = ""


class CipherMini(Record, frozen=True, kw_only=True):
    """What a read-back needs of an item: its opaque name ciphertext, never anything else."""

    id: CipherId
    name: str
    collection_ids: tuple[CollectionId, ...] = ()
    deleted_date: datetime | None = None
