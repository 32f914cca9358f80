"""A request that is ready to be journaled and sent, and where each thing lives (T32)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from desktop.api.pace import BUDGETS
from desktop.domain.ids import (
    CollectionId,
    GroupId,
    OrganizationId,
    OrganizationUserId,
    ProviderId,
    ProviderOrganizationId,
    ProviderUserId,
)
from desktop.domain.limits import IMPORT_DEADLINE_S, REQUEST_DEADLINE_S

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|[0-9]{1,3}")
_PATH = re.compile(r"[a-z0-9]+(?:[/-][a-z0-9]+)*(?:\?[A-Za-z0-9=&%+._~-]+)?")


@dataclass(frozen=True)
class PreparedRequest:
    """One write, complete but for the token. `path` is relative to `ServerAddress.api`.

    `budget` names the published limit: "write", "import" or "invite". ValueError for a path that
    is not made of plain words and ids.
    """

    method: str
    path: str
    body: bytes | None = None
    budget: str = "write"
    deadline_s: float = REQUEST_DEADLINE_S

    def __post_init__(self) -> None:
        check_path(self.path)
        if self.budget not in BUDGETS or self.method not in ("GET", "POST", "PUT", "DELETE"):
            raise ValueError("not a request")

    def __repr__(self) -> str:
        # Bodies hold names and wrapped keys; paths only ids.
        return f"<PreparedRequest: {self.method} {self.path}>"


def check_path(path: str) -> None:
    """ValueError for anything but words, ids and a plain query: no dots, no empty parts (T32)."""
    if not _PATH.fullmatch(path):
        raise ValueError("not a path")


def path(*parts: str | UUID, **query: str | UUID) -> str:
    """Joins fixed words and ids. Ids must be UUIDs: text from a server never gets here."""
    joined = "/".join(_word(part) if isinstance(part, str) else _id(part) for part in parts)
    if query:
        joined += "?" + urlencode({name: str(value) for name, value in query.items()})
    check_path(joined)
    return joined


def _word(text: str) -> str:
    """A fixed word, or the number of a policy: an id as text is a mistake."""
    if not _WORD.fullmatch(text):
        raise ValueError("not a word of a path")
    return text


def _id(value: UUID) -> str:
    """The canonical text, whatever subclass or stand-in was given."""
    return str(UUID(int=value.int))


# --- reads ------------------------------------------------------------------------------------


def profile() -> str:
    """The signed-in account: `Profile`."""
    return path("accounts", "profile")


def provider_clients(provider: ProviderId) -> str:
    """`ProviderClient` list."""
    return path("providers", provider, "organizations")


def provider_members(provider: ProviderId) -> str:
    """`ProviderMember` list; provider admins only."""
    return path("providers", provider, "users")


def subscription(provider: ProviderId) -> str:
    """`ProviderSubscription`."""
    return path("providers", provider, "billing", "subscription")


def collections(client: OrganizationId) -> str:
    """`Collection` list; leaves no trace in the client's log."""
    return path("organizations", client, "collections")


def collection_details(client: OrganizationId) -> str:
    """Reading it writes "vault accessed" into the client's log (design promise 5)."""
    return path("organizations", client, "collections", "details")


def groups(client: OrganizationId) -> str:
    """`Group` list with access."""
    return path("organizations", client, "groups", "details")


def members(client: OrganizationId) -> str:
    """`OrganizationMember` list with groups and collections."""
    return path("organizations", client, "users", includeGroups="true", includeCollections="true")


def policies(client: OrganizationId) -> str:
    """`Policy` list: stored ones only."""
    return path("organizations", client, "policies")


def organization_events(client: OrganizationId, start: str, end: str) -> str:
    """The client's log between two ISO 8601 moments, newest first, page by page."""
    return path("organizations", client, "events", start=start, end=end)


def provider_events(provider: ProviderId, start: str, end: str) -> str:
    """The provider's log; provider admins only."""
    return path("providers", provider, "events", start=start, end=end)


def organization_items(client: OrganizationId) -> str:
    """Every item: stream it with `items.ItemReader`."""
    return path("ciphers", "organization-details", organizationId=client)


# --- writes -----------------------------------------------------------------------------------


def create_client(provider: ProviderId, body: bytes) -> PreparedRequest:
    """name, ownerEmail, planType, seats, key, keyPair, collectionName; the answer is empty."""
    return PreparedRequest("POST", path("providers", provider, "clients"), body)


def update_client(
    provider: ProviderId, client: ProviderOrganizationId, body: bytes
) -> PreparedRequest:
    """assignedSeats and name, both; the answer is empty."""
    return PreparedRequest("PUT", path("providers", provider, "clients", client), body)


def invite_provider_members(provider: ProviderId, body: bytes) -> PreparedRequest:
    """emails (at most 20) and type; known addresses are skipped silently."""
    return PreparedRequest("POST", path("providers", provider, "users", "invite"), body, "invite")


def reinvite_provider_members(provider: ProviderId, body: bytes) -> PreparedRequest:
    """ids; answers `BulkResult` rows."""
    return PreparedRequest("POST", path("providers", provider, "users", "reinvite"), body, "invite")


def confirm_provider_members(provider: ProviderId, body: bytes) -> PreparedRequest:
    """keys: id and key each; answers `BulkResult` rows."""
    return PreparedRequest("POST", path("providers", provider, "users", "confirm"), body)


def remove_provider_members(provider: ProviderId, body: bytes) -> PreparedRequest:
    """ids; answers `BulkResult` rows."""
    return PreparedRequest("DELETE", path("providers", provider, "users"), body)


def set_provider_member_role(
    provider: ProviderId, member: ProviderUserId, body: bytes
) -> PreparedRequest:
    """type; the answer is empty."""
    return PreparedRequest("PUT", path("providers", provider, "users", member), body)


def create_collection(client: OrganizationId, body: bytes) -> PreparedRequest:
    """name, externalId, groups, users; answers the new `Collection`."""
    return PreparedRequest("POST", path("organizations", client, "collections"), body)


def update_collection(
    client: OrganizationId, collection: CollectionId, body: bytes
) -> PreparedRequest:
    """name, externalId; groups and users replace their side where they are given."""
    return PreparedRequest("PUT", path("organizations", client, "collections", collection), body)


def delete_collection(client: OrganizationId, collection: CollectionId) -> PreparedRequest:
    """The answer is empty."""
    return PreparedRequest("DELETE", path("organizations", client, "collections", collection))


def create_group(client: OrganizationId, body: bytes) -> PreparedRequest:
    """name, collections, users; answers the new `Group`."""
    return PreparedRequest("POST", path("organizations", client, "groups"), body)


def update_group(client: OrganizationId, group: GroupId, body: bytes) -> PreparedRequest:
    """name, collections, users: the complete wanted state."""
    return PreparedRequest("PUT", path("organizations", client, "groups", group), body)


def delete_group(client: OrganizationId, group: GroupId) -> PreparedRequest:
    """The answer is empty."""
    return PreparedRequest("DELETE", path("organizations", client, "groups", group))


def invite_members(client: OrganizationId, body: bytes) -> PreparedRequest:
    """emails (at most 20), type, collections, groups; known ones are skipped silently."""
    return PreparedRequest("POST", path("organizations", client, "users", "invite"), body, "invite")


def reinvite_members(client: OrganizationId, body: bytes) -> PreparedRequest:
    """ids; answers `BulkResult` rows."""
    return PreparedRequest(
        "POST", path("organizations", client, "users", "reinvite"), body, "invite"
    )


def confirm_members(client: OrganizationId, body: bytes) -> PreparedRequest:
    """keys: id and key each, defaultUserCollectionName; answers `BulkResult` rows."""
    return PreparedRequest("POST", path("organizations", client, "users", "confirm"), body)


def remove_members(client: OrganizationId, body: bytes) -> PreparedRequest:
    """ids; answers `BulkResult` rows."""
    return PreparedRequest("DELETE", path("organizations", client, "users"), body)


def update_member(
    client: OrganizationId, member: OrganizationUserId, body: bytes
) -> PreparedRequest:
    """type, permissions, collections, groups: the complete wanted state."""
    return PreparedRequest("PUT", path("organizations", client, "users", member), body)


def put_policy(client: OrganizationId, kind: int, body: bytes) -> PreparedRequest:
    """policy: enabled and data; metadata. Answers the stored `Policy`."""
    return PreparedRequest("PUT", path("organizations", client, "policies", str(int(kind))), body)


def import_items(client: OrganizationId, body: bytes) -> PreparedRequest:
    """collections, ciphers, collectionRelationships; the answer is empty."""
    return PreparedRequest(
        "POST",
        path("ciphers", "import-organization", organizationId=client),
        body,
        "import",
        IMPORT_DEADLINE_S,
    )
