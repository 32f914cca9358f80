"""A good answer made to lie: one field at a time, by its path. The attacker's hand on the bench.

A path is names and places joined by dots; `*` is every element or every field, names match in any
case: `data.*.key`, `UserDecryptionOptions.MasterPasswordUnlock.Salt`. What a path leads nowhere in
stays as it is. `how`:

- `set`: the value becomes `value`; a field that is not there is added;
- `remove`: field or element goes;
- `type`: an EncString of type 2 or 4 is dressed as type `value`; an empty one drops the header;
- `flip`: one bit of the last part of an EncString changes (of its MAC where it has one);
- `reverse`, `repeat`, `drop`: a list runs backwards, gives its first element twice, lacks it;
- `add`: `value` joins a list at its end.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import msgspec

HOWS = ("set", "remove", "type", "flip", "reverse", "repeat", "drop", "add")
# How many parts an EncString of a type has; the rest of a longer one is left out.
_PARTS = {"0": 2, "1": 3, "2": 3, "3": 1, "4": 1, "5": 2, "6": 2, "7": 1}


class Edit(msgspec.Struct, forbid_unknown_fields=True):
    """One change; see the module's text."""

    path: str
    how: str = "set"
    value: Any = None

    def __post_init__(self) -> None:
        if self.how not in HOWS or not self.path:
            raise ValueError(f"unknown edit: {self.how!r} at {self.path!r}")


def rewritten(body: bytes, edits: list[Edit]) -> bytes:
    """The changed answer; anything but JSON stays as it is."""
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body
    for edit in edits:
        _apply(answer, edit.path.split("."), edit)
    return msgspec.json.encode(answer)


def _apply(value: Any, path: list[str], edit: Edit) -> None:
    """Walk to where the path leads and change what is there."""
    name, rest = path[0], path[1:]
    for key in _keys(value, name):
        if rest:
            _apply(value[key], rest, edit)
        elif edit.how == "set":
            value[key] = edit.value
        elif edit.how == "remove":
            value[key] = _GONE
        else:
            value[key] = _CHANGES[edit.how](value[key], edit.value)
    if not rest:
        _tidy(value)
        if edit.how == "set" and isinstance(value, dict) and not _keys(value, name):
            value[name] = edit.value


_GONE = object()


def _tidy(value: Any) -> None:
    """Take out what was marked, which could not go while others were looked for."""
    if isinstance(value, dict):
        for key in [key for key, one in value.items() if one is _GONE]:
            del value[key]
    elif isinstance(value, list):
        value[:] = [one for one in value if one is not _GONE]


def _keys(value: Any, name: str) -> list[Any]:
    """The keys or places of `value` that one part of a path means."""
    if isinstance(value, dict):
        return [key for key in value if name in ("*", key) or name.lower() == key.lower()]
    if isinstance(value, list):
        places = range(len(value))
        return [place for place in places if name == "*" or name == str(place)]
    return []


def _typed(text: Any, kind: Any) -> Any:
    if not isinstance(text, str):
        return text
    parts = text.partition(".")[2].split("|")
    parts = parts[1:] if len(parts) == 3 and _PARTS.get(kind) in (1, 2) and kind != "0" else parts
    body = "|".join(parts[: _PARTS.get(kind, len(parts))])
    return f"{kind}.{body}" if kind else body


def _flipped(text: Any, _value: Any) -> Any:
    if not isinstance(text, str) or "." not in text:
        return text
    head, divider, last = text.rpartition("|" if "|" in text else ".")
    raw = bytearray(base64.b64decode(last))
    raw[-1] ^= 1
    return head + divider + base64.b64encode(raw).decode()


def _listed(change: Callable[[list[Any]], list[Any]]) -> Callable[[Any, Any], Any]:
    return lambda found, _value: change(found) if isinstance(found, list) else found


_CHANGES: dict[str, Callable[[Any, Any], Any]] = {
    "type": _typed,
    "flip": _flipped,
    "reverse": _listed(lambda rows: rows[::-1]),
    "repeat": _listed(lambda rows: rows[:1] + rows),
    "drop": _listed(lambda rows: rows[1:]),
    "add": lambda found, value: [*found, value] if isinstance(found, list) else found,
}
