"""Values of JSON exports: decoded so that nothing vanishes, and as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from desktop.domain.errors import BadFile
from desktop.domain.limits import IMPORT_FIELD_BYTES
from desktop.importers import reasons
from desktop.importers.book import Book


class _Twice(ValueError):
    """A key stands twice in one object, so that a value would vanish."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _no_constant(name: str) -> object:
    raise ValueError(name)


# Raises ValueError for a key that stands twice and for NaN. Fractions stay as they are written: a
# password that is a number keeps its last zero.
decode: Final = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_constant, parse_float=str
).decode


def member(members: Mapping[str, bytes], key: str) -> Any:
    """A member of the outermost object, None where it is missing. Raises BadFile `bad_json`."""
    try:
        return decode(members[key].decode()) if key in members else None
    except (ValueError, RecursionError):
        raise BadFile("bad_json", None, f"{key} cannot be read") from None


def read_element(book: Book, raw: bytes, *texts: str) -> dict[str, Any] | None:
    """One element of the list of items; None for one that cannot be read, which is listed then.

    `texts` name the members that may be long.
    """
    try:
        item = decode(raw.decode())
    except _Twice:
        book.reject(reasons.ITEM_UNREADABLE, problem="a key stands twice")
        return None
    except (ValueError, RecursionError):
        book.reject(reasons.ITEM_UNREADABLE, problem="not valid JSON")
        return None
    if not isinstance(item, dict):
        book.reject(reasons.ITEM_UNREADABLE, problem="not an object")
        return None
    if any(len(text_of(item.get(key))) > IMPORT_FIELD_BYTES for key in texts):
        book.reject(reasons.ITEM_UNREADABLE, problem="a value is larger than 1 MiB")
        return None
    return item


def text_of(value: object) -> str:
    """A value as text: strings as they are, null as "", everything else as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
