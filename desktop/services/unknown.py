"""Fields of rows that this program does not know: they go back with what replaces the row (T31).

A request that puts a row in the place of the former one would empty whatever it leaves out: fields
of a newer server, and of others (Vaultwarden's groups have one that reaches every collection).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

import msgspec

# Who and when a row is: no part of a request.
_OF_EVERY_ROW: Final = frozenset({"id", "organizationId", "object", "creationDate", "revisionDate"})
_ACCESS: Final = frozenset({"groups", "users", "collections"})
_OF_A_LINE: Final = frozenset({"id", "readOnly", "hidePasswords", "manage"})
# By the name of the list: what its requests name themselves, or what is only told.
KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "groups": _OF_EVERY_ROW | _ACCESS | {"name"},
    "collections": _OF_EVERY_ROW
    | _ACCESS
    | _OF_A_LINE
    | {"name", "externalId", "type", "assigned", "unmanaged", "defaultUserCollectionEmail"},
    "policies": _OF_EVERY_ROW | {"type", "enabled", "data", "canToggleState"},
}
# What a row is found by, where it has no id of its own.
_NAMED_BY: Final = {"policies": "type"}

Fields = dict[str, Any]


class Unknown:
    """Of one list: fields by row, and by row and line of its access."""

    def __init__(self, kind: str, raw: bytes) -> None:
        """`raw`: an answer that was decoded into records before."""
        self._rows: dict[str, Fields] = {}
        self._lines: dict[tuple[str, str], Fields] = {}
        for row in msgspec.json.decode(raw)["data"]:
            own = _name(row.get(_NAMED_BY.get(kind, "id")))
            self._note(self._rows, own, row, KNOWN[kind])
            for line in _lines(row):
                self._note(self._lines, (own, _name(line.get("id"))), line, _OF_A_LINE)

    @staticmethod
    def _note(into: dict[Any, Fields], key: Any, row: Fields, known: frozenset[str]) -> None:
        more = {name: value for name, value in row.items() if name not in known}
        if more:
            into[key] = more

    def of(self, row: UUID | int) -> Fields:
        """Fields to send back with a row."""
        return self._rows.get(_name(row), {})

    def with_lines(self, row: UUID, lines: Iterable[Fields]) -> list[Fields]:
        """The access of a row, each line with what else it said."""
        own = _name(row)
        return [{**self._lines.get((own, _name(line["id"])), {}), **line} for line in lines]


NOTHING: Final = Unknown("groups", b'{"data":[]}')


def _lines(row: Fields) -> list[Fields]:
    found = row.get("collections")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _name(value: object) -> str:
    return str(value).lower()
