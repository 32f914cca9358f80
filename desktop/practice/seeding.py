"""The example provider: Havenlicht IT, its members and its clients, a few or a thousand."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from desktop.domain.enums import (
    OrganizationUserStatus,
    OrganizationUserType,
    PlanType,
    ProviderStatus,
    ProviderType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.practice import accounts, clients, keys, passwords, people, provider_members
from desktop.practice.db import new_id
from desktop.practice.keys import KeyPair
from desktop.practice.people import People, Person
from desktop.practice.world import Prepared, World

PROVIDER_NAME = "Havenlicht IT"
DOMAIN = "havenlicht.example"
POOL = 32
SEAT_MINIMUMS = {PlanType.TEAMS_MONTHLY: 30, PlanType.ENTERPRISE_MONTHLY: 50}
MEMBERS = 20


@dataclass(frozen=True)
class ClientSeed:
    """One client of the example."""

    name: str
    seats: int
    plan: PlanType
    owner_email: str
    owner_name: str
    collections: tuple[str, ...]
    groups: tuple[str, ...]


QUICK_START = (
    ClientSeed(
        "My Client's Organization",
        15,
        PlanType.ENTERPRISE_MONTHLY,
        "olga.owner@first-client.example",
        "Olga Brandsma",
        ("Default collection", "Finance", "IT", "IT/Servers"),
        ("Management", "IT"),
    ),
    ClientSeed(
        "Second Client's Organization",
        20,
        PlanType.TEAMS_MONTHLY,
        "peter.owner@second-client.example",
        "Peter Lindqvist",
        ("Default collection", "Office"),
        (),
    ),
    ClientSeed(
        "Third Client's Organization",
        10,
        PlanType.ENTERPRISE_MONTHLY,
        "rosa.owner@third-client.example",
        "Rosa Delgado",
        ("Default collection", "Marketing", "Support"),
        ("Support",),
    ),
)
_TRADES = (
    "Bakery", "Dental Care", "Notaries", "Logistics", "Architects", "Veterinary Clinic", "Law",
    "Interiors", "Engineering", "Physiotherapy", "Travel", "Accountants", "Media", "Foods",
    "Housing", "Schools", "Optics", "Printing", "Energy", "Insurance",
)  # fmt: skip
_PLACES = (
    "Amstel", "Brink", "Canal Street", "Dune", "Eastgate", "Ferry", "Garden", "Harbour", "Inland",
    "Juniper", "Kade", "Lighthouse", "Meadow", "Northside", "Oak Lane", "Pier", "Quay", "Ridge",
    "Station", "Tidewater", "Upland", "Valley", "Willow", "Yard", "Zuid",
)  # fmt: skip
_FIRST = (
    "Anna", "Bram", "Carla", "Daan", "Eva", "Finn", "Greta", "Hugo", "Iris", "Jonas", "Kim",
    "Lars", "Maria", "Noor", "Otto", "Priya", "Quinn", "Rosa", "Sven", "Tess", "Umar", "Vera",
)  # fmt: skip
_LAST = (
    "Bakker", "Costa", "de Wit", "Eriksen", "Fischer", "Garcia", "Haas", "Ivanova", "Jansen",
    "Kowalski", "Laurent", "Meijer", "Novak", "Okafor", "Peeters", "Rossi", "Smit", "Visser",
)  # fmt: skip


class Seeder:
    """Fills an empty server. Holds every key only while it works."""

    def __init__(self, world: World, folk: People, workers: Executor) -> None:
        self._world = world
        self._folk = folk
        self._workers = workers
        self._provider_key = keys.new_key()

    def seed(self, scale: int, members: int) -> None:
        """The quick start's provider, and so many clients altogether."""
        pairs = iter(list(self._workers.map(lambda _n: keys.new_pair(), range(9))))
        with self._world.db.transaction():
            provider_id = self._provider()
            self._staff(provider_id, pairs)
            for seed in QUICK_START:
                self._client(provider_id, seed, pairs)
            if scale > len(QUICK_START):
                self._crowd(provider_id, scale - len(QUICK_START), members)
            self._count_seats(provider_id)
            self._world.db.run("DELETE FROM mails WHERE kind <> 'provider_invitation'")
            self._folk.save()

    def _provider(self) -> str:
        provider_id = new_id()
        self._world.db.run(
            "INSERT INTO providers VALUES (?, ?, ?, ?, ?, ?, 1, ?)",
            provider_id,
            PROVIDER_NAME,
            PROVIDER_NAME,
            f"billing@{DOMAIN}",
            int(ProviderType.MSP),
            int(ProviderStatus.BILLABLE),
            self._world.clock.stamp(),
        )
        for plan, minimum in SEAT_MINIMUMS.items():
            self._world.db.run(
                "INSERT INTO provider_plans VALUES (?, ?, ?, 0, 0)",
                provider_id,
                int(plan),
                minimum,
            )
        return provider_id

    def _count_seats(self, provider_id: str) -> None:
        self._world.db.run(
            "UPDATE provider_plans SET allocated = COALESCE((SELECT SUM(o.seats)"
            " FROM provider_organizations po JOIN organizations o ON o.id = po.organization_id"
            " WHERE po.provider_id = provider_plans.provider_id"
            " AND o.plan_type = provider_plans.plan_type), 0) WHERE provider_id = ?",
            provider_id,
        )
        self._world.db.run(
            "UPDATE provider_plans SET purchased = MAX(0, allocated - seat_minimum)"
            " WHERE provider_id = ?",
            provider_id,
        )

    def _account(
        self, email: str, name: str, role: str, pair: KeyPair, organization: str | None = None
    ) -> str:
        """An account whose credentials are derived when somebody signs in."""
        person = self._folk.create(email, name, role, organization=organization)
        user_id = accounts.register(
            self._world,
            email=person.email,
            name=name,
            public_key=pair.public,
            wrapped_private_key=people.wrapped_private(person, pair),
            kdf=person.kdf.row,
        )
        self._world.pending[person.email] = partial(people.prepare, person)
        return user_id

    def _staff(self, provider_id: str, pairs: Iterator[KeyPair]) -> None:
        alice, dina, billy = next(pairs), next(pairs), next(pairs)
        admin, service = ProviderUserType.PROVIDER_ADMIN, ProviderUserType.SERVICE_USER
        confirmed, accepted = ProviderUserStatus.CONFIRMED, ProviderUserStatus.ACCEPTED
        rows: tuple[tuple[str, int, int, str | None], ...] = (
            (
                self._account(f"alice@{DOMAIN}", "Alice Vermeer", "provider_admin", alice),
                admin,
                confirmed,
                keys.wrap_for(alice.public, self._provider_key),
            ),
            (
                self._account(f"dina@{DOMAIN}", "Dina Castle", "service_user", dina),
                service,
                confirmed,
                keys.wrap_for(dina.public, self._provider_key),
            ),
            (
                self._account(f"billy@{DOMAIN}", "Billy Warden", "provider_accepted", billy),
                service,
                accepted,
                None,
            ),
        )
        for user_id, role, status, key in rows:
            stamp = self._world.clock.stamp()
            self._world.db.run(
                "INSERT INTO provider_users (id, provider_id, user_id, type, status, key, created,"
                " revised) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                new_id(),
                provider_id,
                user_id,
                int(role),
                int(status),
                key,
                stamp,
                stamp,
            )
        provider_members.add(self._world, provider_id, f"new.colleague@{DOMAIN}", int(service))

    def _organization(
        self,
        provider_id: str | None,
        name: str,
        *,
        plan: PlanType,
        seats: int,
        pair: KeyPair,
        key: bytes,
    ) -> str:
        org = clients.add_organization(
            self._world,
            name=name,
            billing_email=f"billing@{DOMAIN}",
            plan_type=plan,
            seats=seats,
            public_key=pair.public,
            private_key=keys.encrypt(key, pair.pkcs8),
            status=clients.CREATED if provider_id is None else clients.MANAGED,
        )
        organization_id: str = org["id"]
        if provider_id is not None:
            clients.link(
                self._world, provider_id, organization_id, keys.encrypt(self._provider_key, key)
            )
        return organization_id

    def _client(
        self, provider_id: str | None, seed: ClientSeed, pairs: Iterator[KeyPair]
    ) -> tuple[str, bytes]:
        """With its owner, collections and groups; its id and key."""
        key, owner_pair = keys.new_key(), next(pairs)
        organization_id = self._organization(
            provider_id, seed.name, plan=seed.plan, seats=seed.seats, pair=next(pairs), key=key
        )
        owner_id = self._account(
            seed.owner_email, seed.owner_name, "client_owner", owner_pair, seed.name
        )
        member = self._member(
            organization_id,
            owner_id,
            OrganizationUserType.OWNER,
            keys.wrap_for(owner_pair.public, key),
        )
        for name in seed.collections:
            collection_id = clients.add_collection(
                self._world, organization_id, keys.encrypt(key, name.encode())
            )
            self._world.db.run(
                "INSERT INTO collection_users VALUES (?, ?, 0, 0, 1)", collection_id, member
            )
        for name in seed.groups:
            self._group(organization_id, name)
        return organization_id, key

    def _member(
        self, organization_id: str, user_id: str, role: OrganizationUserType, key: str | None
    ) -> str:
        member_id, stamp = new_id(), self._world.clock.stamp()
        status = OrganizationUserStatus.CONFIRMED if key else OrganizationUserStatus.ACCEPTED
        self._world.db.run(
            "INSERT INTO members (id, organization_id, user_id, type, status, key, created,"
            " revised) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            member_id,
            organization_id,
            user_id,
            int(role),
            int(status),
            key,
            stamp,
            stamp,
        )
        return member_id

    def _group(self, organization_id: str, name: str) -> str:
        group_id, stamp = new_id(), self._world.clock.stamp()
        self._world.db.run(
            "INSERT INTO groups (id, organization_id, name, created, revised)"
            " VALUES (?, ?, ?, ?, ?)",
            group_id,
            organization_id,
            name,
            stamp,
            stamp,
        )
        return group_id

    def _crowd(self, provider_id: str, count: int, members: int) -> None:
        """Many clients whose people share the keys of a pool."""
        molds = list(self._workers.map(_mold, range(min(POOL, max(members, 1)))))
        for number in range(count):
            self._crowded_client(provider_id, number, members, molds)

    def _crowded_client(
        self, provider_id: str, number: int, members: int, molds: list[_Mold]
    ) -> None:
        key = keys.new_key()
        place, trade = _PLACES[number % len(_PLACES)], _TRADES[number * 7 % len(_TRADES)]
        name = f"{place} {trade} {number + 1}"
        plan = PlanType.TEAMS_MONTHLY if number % 3 == 2 else PlanType.ENTERPRISE_MONTHLY
        seats = members + 1 + number % 12
        organization_id = self._organization(
            provider_id, name, plan=plan, seats=seats, pair=molds[number % len(molds)].pair, key=key
        )
        wrapped = {mold: keys.wrap_for(mold.pair.public, key) for mold in set(molds[:members])}
        people_ids = [
            self._crowded_member(
                organization_id, number, place_in, molds=molds, wrapped=wrapped, members=members
            )
            for place_in in range(members)
        ]
        groups = [self._group(organization_id, one) for one in ("Office", "Field", "Management")]
        self._world.db.many(
            "INSERT INTO group_users VALUES (?, ?)",
            ((groups[place_in % 3], member) for place_in, member in enumerate(people_ids)),
        )
        for place_in, title in enumerate(("Default collection", "Finance", "IT", "IT/Servers")):
            collection_id = clients.add_collection(
                self._world, organization_id, keys.encrypt(key, title.encode())
            )
            self._world.db.run(
                "INSERT INTO collection_users VALUES (?, ?, 0, 0, 1)", collection_id, people_ids[0]
            )
            self._world.db.run(
                "INSERT INTO collection_groups VALUES (?, ?, 0, 0, 0)",
                collection_id,
                groups[place_in % 3],
            )

    def _crowded_member(
        self,
        organization_id: str,
        number: int,
        place_in: int,
        *,
        molds: list[_Mold],
        wrapped: dict[_Mold, str],
        members: int,
    ) -> str:
        """The first is the owner, the last accepted only; the one before is invited."""
        mold = molds[place_in % len(molds)]
        name = f"{_FIRST[(number + place_in) % len(_FIRST)]} {_LAST[place_in % len(_LAST)]}"
        email = f"person{place_in + 1}@client{number + 1}.example"
        role = OrganizationUserType.USER if place_in else OrganizationUserType.OWNER
        if members > 2 and place_in == members - 2:
            return self._invited(organization_id, email, role)
        user_id = mold.account(self._world, email, name)
        accepted = members > 2 and place_in == members - 1
        key = None if accepted else wrapped[mold]
        return self._member(organization_id, user_id, role, key)

    def _invited(self, organization_id: str, email: str, role: OrganizationUserType) -> str:
        member_id, stamp = new_id(), self._world.clock.stamp()
        self._world.db.run(
            "INSERT INTO members (id, organization_id, email, type, status, token, created,"
            " revised) VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
            member_id,
            organization_id,
            email,
            int(role),
            secrets.token_urlsafe(32),
            stamp,
            stamp,
        )
        return member_id


@dataclass(frozen=True, eq=False)
class _Mold:
    """Keys and credentials that many seeded people share: derivation would take hours else."""

    salt: str
    pair: KeyPair
    wrapped_private: str
    password_hash: bytes
    password_salt: bytes
    wrapped_user_key: str

    def account(self, world: World, email: str, name: str) -> str:
        user_id = accounts.register(
            world,
            email=email,
            name=name,
            public_key=self.pair.public,
            wrapped_private_key=self.wrapped_private,
            salt=self.salt,
        )
        world.db.run(
            "UPDATE users SET password_hash = ?, password_salt = ?, wrapped_user_key = ?"
            " WHERE id = ?",
            self.password_hash,
            self.password_salt,
            self.wrapped_user_key,
            user_id,
        )
        return user_id


def _mold(number: int) -> _Mold:
    salt = f"pool-{number}@practice.example"
    person = Person(
        email=salt,
        name="",
        password=people.PASSWORD,
        role="crowd",
        user_key=keys.b64(keys.new_key()),
    )
    pair, password_salt = keys.new_pair(), secrets.token_bytes(16)
    prepared: Prepared = people.prepare(person)
    return _Mold(
        salt,
        pair,
        people.wrapped_private(person, pair),
        passwords.hashed(prepared.password_hash, password_salt),
        password_salt,
        prepared.wrapped_user_key,
    )


def resume(world: World, folk: People) -> None:
    """After a restart: know again whose credentials are still to be derived."""
    for row in world.db.rows("SELECT email FROM users WHERE password_hash IS NULL"):
        person = folk.find(row["email"])
        if person is not None:
            world.pending[person.email] = partial(people.prepare, person)
