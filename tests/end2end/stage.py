"""What the end-to-end tests share: a desk on the practice server, a small set-up, its outcome."""

from __future__ import annotations

import asyncio
import csv
import io
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from desktop.api.clock import Clock
from desktop.crypto.encstring import decrypt_text
from desktop.domain.enums import PlanType
from desktop.domain.events import EventHub
from desktop.domain.ids import OrganizationId
from desktop.domain.items import ImportPreview
from desktop.importers.formats import ReadOptions
from desktop.importers.registry import BY_KEY
from desktop.plans.answers import SetupAnswers, default_matrix, new_answers
from desktop.plans.people import Person
from desktop.plans.plan import Plan
from desktop.plans.setup import plan_setup
from desktop.services.desk import Desk
from desktop.services.entrance import Entrance, practice_address
from desktop.settings.profile import ProfileFolder
from tests.practice_process import PracticeHandle

ROWS = 30
# Small enough for three requests of items.
CHUNK = 12


class FastClock:
    """Time that passes `factor` times as fast: waits for limits cost milliseconds."""

    def __init__(self, factor: float = 400.0) -> None:
        self._factor = factor
        self._origin = time.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return self._origin + (time.monotonic() - self._origin) * self._factor

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._factor)

    def real(self, seconds: float) -> float:
        # A busy computer is late by more than a hastened deadline allows.
        return seconds


@dataclass(frozen=True)
class Account:
    """Where to sign in, and as whom; plain values, so that they travel to a child process."""

    url: str
    ca: str
    email: str
    password: str

    @classmethod
    def of(cls, server: PracticeHandle) -> Account:
        one = server.accounts[0]
        return cls(server.url, str(server.ca), one["email"], one["password"])


@asynccontextmanager
async def signed_in(
    account: Account, folder: Path, hub: EventHub | None = None, clock: Clock | None = None
) -> AsyncIterator[Desk]:
    """A desk online in `folder`: unlocked if the folder knows the account, else signed in.

    `hub` hears what the desk's own hub tells.
    """
    with ProfileFolder.open(folder) as profile:
        entrance = Entrance(profile, EventHub(), clock or FastClock())
        known = entrance.connections()
        if known:
            desk = await entrance.unlock(known[0].id, account.password)
        else:
            address = practice_address(account.url, account.ca)
            attempt = entrance.begin(address, account.email, is_practice=True)
            desk = await attempt.with_password(account.password)
        if hub is not None:
            desk.hub.subscribe(hub.publish)
        if known:
            await desk.connect()
        try:
            yield desk
        finally:
            await desk.lock()


def export(rows: int = ROWS) -> ImportPreview:
    """A LastPass file of `rows` rows in three folders and none, read by the real importer."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("url", "username", "password", "totp", "extra", "name", "grouping", "fav"))
    for number in range(rows):
        folder = ("", "Office", "Office\\Banks", "Servers")[number % 4]
        site = f"https://site{number}.example.com/"
        user, secret = f"user{number}", f"secret-{number}"
        writer.writerow((site, user, secret, "", f"note {number}", f"Site {number}", folder, "0"))
    return BY_KEY["lastpasscsv"].read(out.getvalue().encode(), ReadOptions())


def answers(tag: str, preview: ImportPreview | None) -> SetupAnswers:
    """A client with everything: collections, file, policies, groups, people."""
    given = new_answers(
        {}, name=f"Client {tag}", owner_email=f"owner.{tag}@example.com",
        plan=PlanType.ENTERPRISE_MONTHLY, seats=7, preview=preview,
    )  # fmt: skip
    given.collections = ["Sales", "Sales/Contracts"]
    given.groups = ["Sales", "Everyone"]
    given.matrix = default_matrix(given)
    given.people = [
        Person(f"anna.{tag}@example.com", groups=("Sales",)),
        Person(f"bram.{tag}@example.com", groups=("Sales", "Everyone")),
        Person(f"chris.{tag}@example.com", groups=("Everyone",)),
    ]
    return given


def setup(tag: str, rows: int = ROWS) -> tuple[Plan, ImportPreview]:
    """The plan of `answers`, with its file."""
    preview = export(rows)
    return plan_setup(answers(tag, preview), chunk_items=CHUNK), preview


def organizations(server: PracticeHandle, tag: str) -> list[dict[str, Any]]:
    """The clients on the server that a set-up with this tag has made."""
    return [one for one in server.state()["organizations"] if one["name"] == f"Client {tag}"]


def outcome(server: PracticeHandle, desk: Desk, tag: str) -> dict[str, Any]:
    """One client on the server, in clear and without ids: equal for equal set-ups."""
    state = server.state()
    found = [one for one in state["organizations"] if one["name"] == f"Client {tag}"]
    assert len(found) == 1, [one["name"] for one in found]
    client = found[0]
    mine = client["id"]
    linked = [one for one in state["providerOrganizations"] if one["organizationId"] == mine]
    desk.session.adopt_key(OrganizationId(UUID(mine)), linked[0]["key"])
    key = desk.session.org_key(OrganizationId(UUID(mine)))

    def own(name: str) -> list[dict[str, Any]]:
        return [one for one in state[name] if one["organizationId"] == mine]

    def flags(one: dict[str, Any]) -> tuple[bool, bool, bool]:
        return bool(one["readOnly"]), bool(one["hidePasswords"]), bool(one["manage"])

    collections = {one["id"]: decrypt_text(key, one["name"]) for one in own("collections")}
    groups = {one["id"]: one["name"] for one in own("groups")}
    members = {one["id"]: one["email"].replace(tag, "TAG") for one in own("members")}
    items = {one["id"]: decrypt_text(key, one["name"]) for one in own("ciphers")}
    external = [one["externalId"] for one in own("collections") if one["externalId"]]
    assert len(external) == len(set(external))
    mails = Counter(
        one["to"].replace(tag, "TAG") for one in state["mails"] if f".{tag}@" in one["to"]
    )
    return {
        "links": len(linked),
        "client": (client["planType"], client["seats"], client["status"]),
        "collections": sorted(collections.values()),
        "groups": sorted(groups.values()),
        "members": sorted((members[one["id"]], one["type"]) for one in own("members")),
        "collection users": sorted(
            (collections[one["collectionId"]], members[one["memberId"]], flags(one))
            for one in state["collectionUsers"]
            if one["collectionId"] in collections
        ),
        "collection groups": sorted(
            (collections[one["collectionId"]], groups[one["groupId"]], flags(one))
            for one in state["collectionGroups"]
            if one["collectionId"] in collections
        ),
        "group users": sorted(
            (groups[one["groupId"]], members[one["memberId"]])
            for one in state["groupUsers"]
            if one["groupId"] in groups
        ),
        "policies": sorted(
            (one["type"], bool(one["enabled"]), _text(one["data"])) for one in own("policies")
        ),
        "items": sorted(items.values()),
        "places": sorted(
            (items[one["cipherId"]], collections[one["collectionId"]])
            for one in state["collectionCiphers"]
            if one["cipherId"] in items
        ),
        "mails": dict(mails),
    }


def _text(data: Any) -> str:
    found = msgspec.json.decode(data) if isinstance(data, str) else data
    return msgspec.json.encode(found, order="deterministic").decode()
