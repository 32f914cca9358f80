"""Everything a server holds, in clear and without ids: equal where equal work was done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec

from desktop.crypto.encstring import decrypt_text
from desktop.crypto.keys import SymmetricKey
from desktop.domain.errors import CannotDecrypt
from desktop.domain.ids import OrganizationId
from desktop.services.desk import Desk

Row = tuple[Any, ...]
State = dict[str, Counter[Row]]

_FLAGS: Final = ("readOnly", "hidePasswords", "manage")
# The collection of a second delivery is named after its moment.
_DATED: Final = re.compile(r"Claviger \d{4}-\d\d-\d\d \d\d\.\d\d")


@dataclass(frozen=True)
class Difference:
    """What a run left too much of, and too little of, compared with an undisturbed one.

    `over` and `under` hold the same as kinds and rows, each as often as it differs.
    """

    surplus: tuple[str, ...]
    lacking: tuple[str, ...]
    over: tuple[tuple[str, Row], ...] = ()
    under: tuple[tuple[str, Row], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.surplus or self.lacking)


def difference(found: State, wanted: State) -> Difference:
    """Row by row."""
    over: list[tuple[str, Row]] = []
    under: list[tuple[str, Row]] = []
    for kind in sorted({*found, *wanted}):
        has, should = found.get(kind, Counter()), wanted.get(kind, Counter())
        over += [(kind, row) for row in (has - should).elements()]
        under += [(kind, row) for row in (should - has).elements()]
    return Difference(_told(over), _told(under), tuple(over), tuple(under))


def _told(rows: list[tuple[str, Row]]) -> tuple[str, ...]:
    return tuple(f"{kind} {row} x{count}" for (kind, row), count in Counter(rows).items())


def read_state(raw: dict[str, Any], desk: Desk) -> State:
    """`raw` as `/practice/state` gives it; the desk has the keys."""
    return _Reader(raw, desk).read()


class _Reader:
    def __init__(self, raw: dict[str, Any], desk: Desk) -> None:
        self._raw = raw
        self._keys = dict(_keys(raw["providerOrganizations"], desk))
        self._clients = _names(raw["organizations"], lambda one: one["name"])
        self._people = _names(raw["members"], lambda one: one["email"])
        self._groups = _names(raw["groups"], lambda one: one["name"])
        self._collections = _names(raw["collections"], self._clear)
        self._items = _names(raw["ciphers"], self._clear)

    def read(self) -> State:
        raw = self._raw
        return {
            "client": self._rows(
                "organizations",
                lambda one: (
                    *(one["name"], one["planType"], one["seats"], one["status"]),
                    one["limitCollectionCreation"],
                    one["allowAdminAccessToAllCollectionItems"],
                ),
            ),
            "link": self._rows("providerOrganizations", lambda one: (self._client(one),)),
            "staff": self._rows(
                "providerMembers",
                lambda one: (one["email"], one["type"], one["status"], bool(one["key"])),
            ),
            "member": self._rows(
                "members",
                lambda one: (
                    *(self._client(one), one["email"], one["type"], one["status"]),
                    bool(one["key"]),
                ),
            ),
            "collection": self._rows(
                "collections",
                lambda one: (self._client(one), self._collections[one["id"]], one["type"]),
            ),
            "collection user": self._rows(
                "collectionUsers",
                lambda one: (
                    *(self._collections[one["collectionId"]], self._people[one["memberId"]]),
                    *_flags(one),
                ),
            ),
            "collection group": self._rows(
                "collectionGroups",
                lambda one: (
                    *(self._collections[one["collectionId"]], self._groups[one["groupId"]]),
                    *_flags(one),
                ),
            ),
            "group": self._rows("groups", lambda one: (self._client(one), one["name"])),
            "group user": self._rows(
                "groupUsers",
                lambda one: (self._groups[one["groupId"]], self._people[one["memberId"]]),
            ),
            "policy": self._rows(
                "policies",
                lambda one: (
                    *(self._client(one), one["type"], bool(one["enabled"])),
                    _options(one["data"]),
                ),
            ),
            "item": self._rows("ciphers", lambda one: (self._client(one), self._items[one["id"]])),
            "place": self._rows(
                "collectionCiphers",
                lambda one: (
                    self._items.get(one["cipherId"]),
                    self._collections.get(one["collectionId"]),
                ),
            ),
            # One row a seat, so that too many and too few can be told apart.
            "seats": Counter(
                {
                    (one["planType"], kind): one[kind]
                    for one in raw["providerPlans"]
                    for kind in ("purchased", "allocated")
                }
            ),
            "mail": Counter((one["to"], one["kind"]) for one in raw["mails"]),
        }

    def _rows(self, kind: str, row: Callable[[dict[str, Any]], Row]) -> Counter[Row]:
        return Counter(row(one) for one in self._raw[kind])

    def _client(self, one: dict[str, Any]) -> str:
        return self._clients.get(one["organizationId"], "?")

    def _clear(self, one: dict[str, Any]) -> str:
        key = self._keys.get(one["organizationId"])
        if key is None:
            return "(no key)"
        try:
            return _DATED.sub("Claviger (dated)", decrypt_text(key, one["name"]))
        except CannotDecrypt:
            return "(unreadable)"


def _keys(links: Iterable[dict[str, Any]], desk: Desk) -> Iterable[tuple[str, SymmetricKey]]:
    for one in links:
        client = OrganizationId(UUID(one["organizationId"]))
        desk.session.adopt_key(client, one["key"])
        yield one["organizationId"], desk.session.org_key(client)


def _names(rows: Iterable[dict[str, Any]], name: Callable[[dict[str, Any]], str]) -> dict[str, str]:
    return {one["id"]: name(one) for one in rows}


def _flags(one: dict[str, Any]) -> Row:
    return tuple(bool(one[name]) for name in _FLAGS)


def _options(data: Any) -> str:
    found = msgspec.json.decode(data) if isinstance(data, str) else data
    return msgspec.json.encode(found, order="deterministic").decode()
