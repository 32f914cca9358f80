"""The example without a provider: organizations that people own and administer themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from desktop.domain.enums import OrganizationUserType, PlanType
from desktop.practice import keys
from desktop.practice.keys import KeyPair
from desktop.practice.seeding import DOMAIN, QUICK_START, ClientSeed, Seeder
from desktop.practice.vaultwarden import ALL_COLLECTIONS

_NEIGHBOURS = ClientSeed(
    "Neighbours' Association",
    10,
    PlanType.ENTERPRISE_MONTHLY,
    "nora.owner@neighbours.example",
    "Nora Haan",
    ("Default collection",),
    (),
)
_ROLES = (
    OrganizationUserType.OWNER,
    OrganizationUserType.ADMIN,
    OrganizationUserType.CUSTOM,
    OrganizationUserType.USER,
)


class OwnSeeder(Seeder):
    """Alice owns the first organization, administers the second, sees every collection of the
    third and is a plain member of the fourth; Vera is a plain member there and nothing else.
    """

    def seed(self, scale: int = 0, members: int = 0) -> None:
        pairs = iter(list(self._workers.map(lambda _n: keys.new_pair(), range(11))))
        with self._world.db.transaction():
            alice, vera, sam = next(pairs), next(pairs), next(pairs)
            alice_id = self._account(f"alice@{DOMAIN}", "Alice Vermeer", "owner", alice)
            found = [
                self._own(seed, role, alice_id, alice, pairs)
                for seed, role in zip((*QUICK_START, _NEIGHBOURS), _ROLES, strict=True)
            ]
            vera_id = self._account(f"vera@{DOMAIN}", "Vera Smit", "visitor", vera)
            last, key = found[-1]
            self._member(last, vera_id, OrganizationUserType.USER, keys.wrap_for(vera.public, key))
            sam_id = self._account("sam@first-client.example", "Sam Rossi", "accepted", sam)
            self._member(found[0][0], sam_id, OrganizationUserType.USER, None)
            # It counts no seats, and owners and admins reach everything.
            self._world.db.run("UPDATE organizations SET seats = NULL, allow_admin_access = 1")
            self._world.db.run("DELETE FROM mails")
            self._folk.save()

    def _own(
        self,
        seed: ClientSeed,
        role: OrganizationUserType,
        user_id: str,
        pair: KeyPair,
        pairs: Iterator[KeyPair],
    ) -> tuple[str, bytes]:
        """An organization of the quick start with one member more; its id and key."""
        organization_id, key = self._client(None, replace(seed, groups=()), pairs)
        member = self._member(organization_id, user_id, role, keys.wrap_for(pair.public, key))
        if role is OrganizationUserType.CUSTOM:
            given = msgspec.json.encode(dict.fromkeys(ALL_COLLECTIONS, True)).decode()
            self._world.db.run("UPDATE members SET permissions = ? WHERE id = ?", given, member)
        return organization_id, key
