"""Ids from a server. Parsed as UUIDs before they reach a URL, a file name or SQL (T32)."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

OrganizationId = NewType("OrganizationId", UUID)
ProviderId = NewType("ProviderId", UUID)
ProviderOrganizationId = NewType("ProviderOrganizationId", UUID)
ProviderUserId = NewType("ProviderUserId", UUID)
OrganizationUserId = NewType("OrganizationUserId", UUID)
UserId = NewType("UserId", UUID)
CollectionId = NewType("CollectionId", UUID)
GroupId = NewType("GroupId", UUID)
CipherId = NewType("CipherId", UUID)
RunId = NewType("RunId", UUID)
ConnectionId = NewType("ConnectionId", UUID)
