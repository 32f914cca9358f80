"""Three connections on two servers, known to one desk: two share a password, the third has its own.

Signed in once and then copied: each test unlocks files of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop.domain.events import EventHub
from desktop.domain.ids import ConnectionId
from desktop.services.desks import Desks
from desktop.services.entrance import Entrance, server_address
from desktop.settings.profile import ProfileFolder
from tests.end2end.stage import FastClock
from tests.practice_process import PracticeHandle, practice_server

SHARED = "practise makes perfect"
OWN = "a word of its own"
US, STAFF, EU = "US cloud", "US service desk", "EU staff account"
# What is derived costs time, and these passwords protect nothing.
ROUNDS = "6000"


@dataclass(frozen=True)
class House:
    """`us` serves the first two connections, `eu` the third one."""

    us: PracticeHandle
    eu: PracticeHandle
    folder: Path

    def copy(self, to: Path) -> Path:
        """The desk as it was when all three had been signed in, and everything was locked."""
        return Path(shutil.copytree(self.folder, to))

    def asked(self) -> tuple[int, int]:
        """How many requests each server has seen."""
        return len(self.us.requests()), len(self.eu.requests())

    @contextmanager
    def another_password(self, server: PracticeHandle, email: str, password: str) -> Iterator[None]:
        """The account gets it elsewhere, and everything of the server is put back afterwards."""
        server.post("keep", {})
        former = next(one["password"] for one in server.accounts if one["email"] == email)
        try:
            server.ways(email, password=password)
            yield
        finally:
            server.ways(email, password=former)
            server.post("put-back", {})


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Makes it; the servers end with it."""
    with ExitStack() as stack:
        us = stack.enter_context(practice_server("--kdf-rounds", ROUNDS))
        eu = stack.enter_context(practice_server("--kdf-rounds", ROUNDS))
        made = House(us, eu, folder)
        chief = eu.account("provider_admin")
        eu.ways(chief["email"], password=OWN)
        chief["password"] = OWN
        yield made


async def furnish(made: House) -> None:
    """Signs all three in and locks them again."""
    async with desks_in(made.folder) as desks:
        for server, role, label in (
            (made.us, "provider_admin", US),
            (made.us, "service_user", STAFF),
            (made.eu, "provider_admin", EU),
        ):
            account = server.account(role)
            attempt = desks.entrance.begin(
                server_address(server.url), account["email"], label=label
            )
            await attempt.trust(await attempt.authority_in(server.ca))
            desks.adopt(await attempt.with_password(account["password"]))
        for desk in desks.open:
            await desk.clients.fetch()
            await desk.pins.accept_new()


@asynccontextmanager
async def desks_in(folder: Path) -> AsyncIterator[Desks]:
    """The connections of a folder, all locked; locked again at the end."""
    with ProfileFolder.open(folder) as profile:
        desks = Desks(Entrance(profile, EventHub(), FastClock()))
        try:
            yield desks
        finally:
            await desks.lock()


def named(desks: Desks, label: str) -> ConnectionId:
    """The connection of this label."""
    return next(one.id for one in desks.records if one.label == label)


def labels(desks: Desks) -> tuple[list[str], list[str]]:
    """What is open, and what is locked."""
    return [one.connection.label for one in desks.open], [one.label for one in desks.locked]


def connection_in(folder: Path, label: str) -> ConnectionId:
    """The connection of this label in a folder that no window has open."""
    with ProfileFolder.open(folder) as profile:
        records = Entrance(profile, EventHub(), FastClock()).connections()
    return next(one.id for one in records if one.label == label)


def tamper(folder: Path, label: str, /, **fields: object) -> None:
    """Changes a record of a locked desk in its clear file."""
    with ProfileFolder.open(folder) as profile:
        records = Entrance(profile, EventHub(), FastClock()).records
        changed = [
            msgspec.structs.replace(one, **fields) if one.label == label else one
            for one in records.load()
        ]
        records.save(tuple(changed))
