"""What a step sets, in words: the lines of "when planned", "on the server now" and "would set".

A state is the JSON form its step type describes (`domain.errors.ChangedSince`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.enums import ProviderUserType
from desktop.domain.items import Permission
from desktop.views.setup.policies import choice_name, option_name
from desktop.views.wording import permission_name, staff_role

if TYPE_CHECKING:
    from collections.abc import Mapping

translate = QCoreApplication.translate
_PEOPLE = frozenset({"invite_members", "invite_provider_members", "confirm_members"})
_ENABLED = "enabled"
_DATA = "data"


def state_rows(
    kind: str, states: tuple[Mapping[str, Any] | None, ...], names: Mapping[str, str]
) -> list[tuple[str, tuple[str, ...]]]:
    """(what, its value in each state), one row for each thing that any of the states holds.

    `kind` is the step's tag, `names` gives collections their paths; a state that is None reads
    "No longer there" in every row.
    """
    flat = [None if state is None else _flat(kind, state, names) for state in states]
    labels: dict[str, None] = {}
    for one in flat:
        labels.update(dict.fromkeys(one or {}))
    gone = translate("States", "No longer there")
    return [
        (label, tuple(gone if one is None else one.get(label, "\u2013") for one in flat))
        for label in labels
    ]


def differing(rows: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """The rows in which the states are not all alike; all of them where none differs."""
    return [row for row in rows if len(set(row[1])) > 1] or rows


def _flat(kind: str, state: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    match kind:
        case "put_policy":
            return _policy(state)
        case "set_group_access":
            return {names.get(key, _short(key)): _permission(value) for key, value in state.items()}
        case "set_provider_member_role":
            role = state.get("role")
            if isinstance(role, int):
                return {translate("States", "Role"): staff_role(ProviderUserType(role))}
        case _ if kind in _PEOPLE:
            return {email: _status(value) for email, value in state.items()}
    return {_field(name): _value(value) for name, value in state.items()}


def _policy(state: Mapping[str, Any]) -> dict[str, str]:
    is_on = translate("States", "On") if state.get(_ENABLED) else translate("States", "Off")
    found = {translate("States", "Policy"): is_on}
    data = state.get(_DATA)
    if isinstance(data, dict):
        found.update({option_name(name): _option(name, value) for name, value in data.items()})
    return found


def _option(name: str, value: object) -> str:
    if isinstance(value, bool):
        return translate("States", "Yes") if value else translate("States", "No")
    if isinstance(value, int) and name != "uriMatchDetection":
        return QLocale().toString(value)
    if isinstance(value, str | int) or value is None:
        return choice_name(name, value)
    return str(value)


def _status(value: object) -> str:
    """How far somebody is, by the server's number."""
    words = {
        None: translate("States", "Not in the list"),
        -1: translate("States", "Revoked"),
        0: translate("States", "Invited"),
        1: translate("States", "Accepted"),
        2: translate("States", "Confirmed"),
    }
    return words.get(value, str(value)) if isinstance(value, int | None) else str(value)


def _permission(value: object) -> str:
    for permission in get_args(Permission):
        if value == permission:
            return permission_name(permission)
    return str(value)


def _field(name: str) -> str:
    match name:
        case "name":
            return translate("States", "Name")
        case "seats":
            return translate("States", "Seats")
        case _:
            return name


def _value(value: object) -> str:
    if isinstance(value, bool):
        return translate("States", "Yes") if value else translate("States", "No")
    if isinstance(value, int):
        return QLocale().toString(value)
    return "\u2013" if value is None else str(value)


def _short(key: str) -> str:
    return translate("States", "Collection {id}").format(id=key[:8])
