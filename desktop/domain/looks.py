"""Which clients could be taken for each other, over all connections that are open (T75)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping

from desktop.domain.ids import OrganizationId
from desktop.domain.lookalike import skeleton


class KnownLooks:
    """One per desk. What one connection lists is put whole; one organization that two connections
    know is not two.
    """

    def __init__(self) -> None:
        self._of: dict[Hashable, dict[OrganizationId, str]] = {}
        self._holders: dict[str, Counter[OrganizationId]] = {}

    def put(self, owner: Hashable, names: Mapping[OrganizationId, str]) -> None:
        """The clients of one connection as they are called now."""
        self.drop(owner)
        looks = {client: skeleton(name) for client, name in names.items()}
        self._of[owner] = looks
        for client, look in looks.items():
            self._holders.setdefault(look, Counter())[client] += 1

    def drop(self, owner: Hashable) -> None:
        """A connection was locked."""
        for client, look in self._of.pop(owner, {}).items():
            holders = self._holders[look]
            holders[client] -= 1
            if holders[client] <= 0:
                del holders[client]
            if not holders:
                del self._holders[look]

    def is_alike(self, owner: Hashable, client: OrganizationId) -> bool:
        """Whether another organization, here or in another connection, looks like this one."""
        look = self._of.get(owner, {}).get(client)
        return look is not None and len(self._holders[look]) > 1
