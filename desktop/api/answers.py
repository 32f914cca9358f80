"""Bodies of the API as records. Pure: services use the same functions on cached snapshots.

Every function raises NotOurServer for a body of another shape (T28).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from desktop.api.strict import convert, decode, decode_kept, load
from desktop.domain.errors import NotOurServer
from desktop.domain.records import (
    BulkResult,
    Collection,
    CollectionDetails,
    Group,
    ListedClient,
    MemberPublicKey,
    OrganizationMember,
    Policy,
    Profile,
    ProviderClient,
    ProviderMember,
    ProviderSubscription,
    Record,
    ServerConfig,
)

T = TypeVar("T")


class _Page(msgspec.Struct, frozen=True):
    """A list as the API wraps it."""

    data: tuple[msgspec.Raw, ...]
    continuation_token: str | None = msgspec.field(default=None, name="continuationToken")


class _Elements(msgspec.Struct, Generic[T], frozen=True):
    """The same, with its elements typed."""

    data: tuple[T, ...]


class _Key(Record, frozen=True, kw_only=True):
    public_key: str


class _RecoveryDetails(Record, frozen=True, kw_only=True):
    encrypted_private_key: str


class _Strict(Record, frozen=True, kw_only=True):
    """Who a key belongs to decides about everything: read with doubled keys refused."""

    data: tuple[MemberPublicKey, ...]


class _More(msgspec.Struct, frozen=True):
    continuation_token: str | None = msgspec.field(default=None, name="continuationToken")


def continuation(raw: bytes) -> str | None:
    """The token of the next page, if `raw` is a list that goes on."""
    if raw.lstrip()[:1] == b"[":
        decode(raw, list[msgspec.Raw])
        return None
    return decode(raw, _More).continuation_token


def elements(raw: bytes, kind: type[T]) -> tuple[T, ...]:
    """The elements of a list in its wrapper."""
    return decode(raw, _Elements[kind]).data  # type: ignore[valid-type]  # built at run time


def kept_elements(raw: bytes, kind: type[T]) -> tuple[T, ...]:
    """The same, of a body that passed its checks before: as it came in, or from the cache."""
    return decode_kept(raw, _Elements[kind]).data  # type: ignore[valid-type]  # built at run time


def kept_rows(raw: bytes) -> tuple[msgspec.Raw, ...]:
    """The elements of a checked list, each as it stands there."""
    return decode_kept(raw, _Page).data


def as_list(rows: Sequence[msgspec.Raw]) -> bytes:
    """Elements in the wrapper of a list."""
    return msgspec.json.encode({"object": "list", "data": rows, "continuationToken": None})


def joined(pages: list[bytes]) -> bytes:
    """Several pages of one list as one body of the same shape."""
    if len(pages) == 1:
        return pages[0]
    return as_list([one for raw in pages for one in decode(raw, _Page).data])


def config(raw: bytes) -> ServerConfig:
    """The anonymous `/config`."""
    return decode(raw, ServerConfig)


def profile(raw: bytes) -> Profile:
    """`/accounts/profile`; doubled keys are refused."""
    return convert(load(raw), Profile)


def kept_profile(raw: bytes) -> Profile:
    """What `profile` took before, from its sealed snapshot: not searched for attacks again."""
    return decode_kept(raw, Profile)


def profile_of_sync(raw: bytes) -> Profile:
    """The profile inside an answer of `/sync`."""
    answer = load(raw)
    if not isinstance(answer, dict):
        raise NotOurServer("shape")
    return convert(answer.get("profile"), Profile)


def provider_clients(raw: bytes) -> tuple[ListedClient, ...]:
    """`requests.provider_clients`."""
    return elements(raw, ListedClient)


def kept_clients(raw: bytes) -> tuple[ProviderClient, ...]:
    """The list of clients from its sealed snapshot, a provider's or the account's own."""
    return decode_kept(raw, _Elements[ProviderClient]).data


def provider_members(raw: bytes) -> tuple[ProviderMember, ...]:
    """`requests.provider_members`."""
    return elements(raw, ProviderMember)


def kept_provider_members(raw: bytes) -> tuple[ProviderMember, ...]:
    """The same, from its sealed snapshot."""
    return kept_elements(raw, ProviderMember)


def subscription(raw: bytes) -> ProviderSubscription:
    """`requests.subscription`."""
    return decode(raw, ProviderSubscription)


def collections(raw: bytes) -> tuple[Collection, ...]:
    """`requests.collections`."""
    return elements(raw, Collection)


def collection_details(raw: bytes) -> tuple[CollectionDetails, ...]:
    """`requests.collection_details`."""
    return elements(raw, CollectionDetails)


def created_collection(raw: bytes) -> Collection:
    """The answer to `requests.create_collection`."""
    return decode(raw, Collection)


def groups(raw: bytes) -> tuple[Group, ...]:
    """`requests.groups`."""
    return elements(raw, Group)


def created_group(raw: bytes) -> Group:
    """The answer to `requests.create_group` or `update_group`."""
    return decode(raw, Group)


def members(raw: bytes) -> tuple[OrganizationMember, ...]:
    """`requests.members`."""
    return elements(raw, OrganizationMember)


def kept_members(raw: bytes) -> tuple[OrganizationMember, ...]:
    """The same, from its sealed snapshot."""
    return kept_elements(raw, OrganizationMember)


def policies(raw: bytes) -> tuple[Policy, ...]:
    """`requests.policies`."""
    return elements(raw, Policy)


def policy(raw: bytes) -> Policy:
    """The answer to `requests.put_policy`."""
    return decode(raw, Policy)


def public_keys(raw: bytes) -> tuple[MemberPublicKey, ...]:
    """Matched to the people asked for by the caller, by id (T13)."""
    return convert(load(raw), _Strict).data


def public_key(raw: bytes) -> str:
    """Base64 SPKI, unchecked: `crypto.rsa.PublicKey.parse` judges it."""
    return convert(load(raw), _Key).public_key


def recovery_private_key(raw: bytes) -> str:
    """The organization's private key, an EncString under its own key."""
    return convert(load(raw), _RecoveryDetails).encrypted_private_key


def bulk_results(raw: bytes) -> tuple[BulkResult, ...]:
    """One line per row the server touched; rows that are missing were left out by it."""
    return elements(raw, BulkResult)


def revision_date(raw: bytes) -> int:
    """Milliseconds since 1970."""
    return decode(raw, int)
