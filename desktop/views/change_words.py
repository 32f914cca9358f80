"""Sentences for what changed on the server, by the key of the change. A test wants all of them.

Facts come from others: names are marked and isolated before they enter a sentence (T74).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.enums import OrganizationUserStatus, OrganizationUserType, PolicyType
from desktop.domain.items import Permission
from desktop.views.setup.policies import choice_name, option_name
from desktop.views.text import SafeText, isolated, shown
from desktop.views.wording import member_role, permission_name, policy_name

if TYPE_CHECKING:
    from desktop.services.changes import Change

translate = QCoreApplication.translate
Facts = Mapping[str, str]
_PERMISSIONS = frozenset(get_args(Permission))
_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True)
class Wording:
    """How one kind of change is told: its sentence, its icon and tone, and what its values mean.

    `value` turns a raw `before` or `after` into words; the facts tell of what it is a value.
    """

    sentence: Callable[[], str]
    icon: str
    tone: str = "neutral"
    value: Callable[[str, Facts], str] = lambda value, _facts: value


def kind_name(kind: str) -> str:
    """The part of the provider that a change is about."""
    names = {
        "clients": translate("Changes", "Clients"),
        "members": translate("Changes", "Members"),
        "groups": translate("Changes", "Groups"),
        "collections": translate("Changes", "Collections"),
        "policies": translate("Changes", "Policies"),
    }
    return names.get(kind, kind)


def member_status(status: OrganizationUserStatus) -> str:
    """Where a member of a client stands, in the middle of a sentence."""
    match status:
        case OrganizationUserStatus.REVOKED:
            return translate("Changes", "revoked")
        case OrganizationUserStatus.INVITED:
            return translate("Changes", "invited")
        case OrganizationUserStatus.ACCEPTED:
            return translate("Changes", "needs confirmation")
        case OrganizationUserStatus.CONFIRMED:
            return translate("Changes", "confirmed")
        case OrganizationUserStatus.STAGED:
            return translate("Changes", "staged")
        case _:
            number = int(status)
            return translate("Changes", "unknown ({number})").format(number=number)


def _is_number(value: str) -> bool:
    """Whether it is a number that any of our numbers could be; a server may send anything."""
    return _NUMBER.fullmatch(value) is not None


def _role(value: str, _facts: Facts) -> str:
    return member_role(OrganizationUserType(int(value))) if _is_number(value) else value


def _status(value: str, _facts: Facts) -> str:
    return member_status(OrganizationUserStatus(int(value))) if _is_number(value) else value


def _seats(value: str, _facts: Facts) -> str:
    if not value:
        return translate("Changes", "unlimited")
    return QLocale().toString(int(value)) if _is_number(value) else value


def _plan(value: str, _facts: Facts) -> str:
    """Without its cadence, as the list of clients names it."""
    return value.replace("(Monthly)", "").strip()


def _permission(value: str, _facts: Facts) -> str:
    return permission_name(cast("Permission", value)) if value in _PERMISSIONS else value


def _option_value(value: str, facts: Facts) -> str:
    """A value of a policy's option, as the wizard names it."""
    if value in {"", "null"}:
        return translate("Changes", "not set")
    if value in {"true", "false"}:
        return translate("Changes", "yes") if value == "true" else translate("Changes", "no")
    if not _is_number(value):
        return choice_name(facts.get("option", ""), value)
    if facts.get("option") == "uriMatchDetection":
        return choice_name("uriMatchDetection", int(value))
    return QLocale().toString(int(value))


CHANGES: dict[str, Wording] = {
    "change.client_added": Wording(
        lambda: translate("Changes", "{client} was added: {plan}, seats: {seats}"),
        "building-2",
    ),
    "change.client_gone": Wording(
        lambda: translate("Changes", "{client} is no longer a client"), "unlink", "bad"
    ),
    "change.client_renamed": Wording(
        lambda: translate("Changes", "Renamed: {before} → {after}"), "pencil"
    ),
    "change.client_seats": Wording(
        lambda: translate("Changes", "Seats: {before} → {after}"), "armchair", value=_seats
    ),
    "change.client_plan": Wording(
        lambda: translate("Changes", "Plan: {before} → {after}"), "package", value=_plan
    ),
    "change.client_suspended": Wording(
        lambda: translate("Changes", "The organization was suspended"), "ban", "bad"
    ),
    "change.client_resumed": Wording(
        lambda: translate("Changes", "The organization is active again"), "circle-check"
    ),
    "change.member_added": Wording(
        lambda: translate("Changes", "{person} was added as {role}, {status}"), "user-plus"
    ),
    "change.member_gone": Wording(
        lambda: translate("Changes", "{person} is no longer a member"), "user-x", "bad"
    ),
    "change.member_role": Wording(
        lambda: translate("Changes", "Role of {person}: {before} → {after}"),
        "user-cog",
        value=_role,
    ),
    "change.member_status": Wording(
        lambda: translate("Changes", "State of {person}: {before} → {after}"),
        "user-check",
        value=_status,
    ),
    "change.member_email": Wording(
        lambda: translate("Changes", "New e-mail address: {before} → {after}"), "mail"
    ),
    "change.member_joined_group": Wording(
        lambda: translate("Changes", "{person} joined the group “{group}”"), "users"
    ),
    "change.member_left_group": Wording(
        lambda: translate("Changes", "{person} left the group “{group}”"), "users"
    ),
    "change.member_access": Wording(
        lambda: translate("Changes", "{person}, access to “{collection}”: {before} → {after}"),
        "key-round",
        value=_permission,
    ),
    "change.member_two_step_on": Wording(
        lambda: translate("Changes", "{person} turned on two-step login"), "shield-check"
    ),
    "change.member_two_step_off": Wording(
        lambda: translate("Changes", "{person} turned off two-step login"), "shield-alert", "warn"
    ),
    "change.member_recovery_on": Wording(
        lambda: translate("Changes", "{person} enrolled in account recovery"), "life-buoy"
    ),
    "change.member_recovery_off": Wording(
        lambda: translate("Changes", "{person} withdrew from account recovery"), "life-buoy", "warn"
    ),
    "change.group_added": Wording(
        lambda: translate("Changes", "The group “{group}” was made"), "users"
    ),
    "change.group_gone": Wording(
        lambda: translate("Changes", "The group “{group}” was deleted"), "users", "bad"
    ),
    "change.group_renamed": Wording(
        lambda: translate("Changes", "Group renamed: {before} → {after}"), "pencil"
    ),
    "change.group_access": Wording(
        lambda: translate(
            "Changes", "Group “{group}”, access to “{collection}”: {before} → {after}"
        ),
        "key-round",
        value=_permission,
    ),
    "change.collection_added": Wording(
        lambda: translate("Changes", "The collection “{collection}” was made"), "folder-plus"
    ),
    "change.collection_gone": Wording(
        lambda: translate("Changes", "The collection “{collection}” was deleted"), "folder-x", "bad"
    ),
    "change.collection_renamed": Wording(
        lambda: translate("Changes", "Collection renamed: {before} → {after}"), "pencil"
    ),
    "change.policy_on": Wording(
        lambda: translate("Changes", "The policy “{policy}” was turned on"), "shield-check"
    ),
    "change.policy_off": Wording(
        lambda: translate("Changes", "The policy “{policy}” was turned off"), "shield-off", "warn"
    ),
    "change.policy_option": Wording(
        lambda: translate("Changes", "Policy “{policy}”, {option}: {before} → {after}"),
        "sliders-horizontal",
        value=_option_value,
    ),
}
_UNKNOWN = Wording(str, "git-compare")


def change_sentence(change: Change) -> str:
    """What changed as one sentence; a key of a newer version shows as it is."""
    wording = CHANGES.get(change.what.key)
    if wording is None:
        return change.what.key
    return SafeText(wording.sentence().format_map(_Words(change.what.facts, wording)))


def change_look(change: Change) -> tuple[str, str]:
    """Icon and tone: red where access was lost, amber where somebody should look."""
    wording = CHANGES.get(change.what.key, _UNKNOWN)
    is_revoked = change.what.key == "change.member_status" and change.after == str(
        int(OrganizationUserStatus.REVOKED)
    )
    return ("user-x", "bad") if is_revoked else (wording.icon, wording.tone)


def change_values(change: Change) -> tuple[str, str]:
    """The former and the new state in words; an empty text where there is none."""
    wording = CHANGES.get(change.what.key, _UNKNOWN)
    facts = change.what.facts
    before = "" if change.before is None else wording.value(change.before, facts)
    after = "" if change.after is None else wording.value(change.after, facts)
    return before, after


def _policy(value: str, _facts: Facts) -> str:
    return policy_name(PolicyType(int(value))) if _is_number(value) else value


_FACT_WORDS: dict[str, Callable[[str, Facts], str]] = {
    "role": _role,
    "status": _status,
    "seats": _seats,
    "plan": _plan,
    "policy": _policy,
    "option": lambda value, _facts: option_name(value),
    "collection": lambda value, _facts: value.replace("/", " / "),
}
_OURS = frozenset({"role", "status", "seats", "policy"})
"""Facts whose words are ours: they need no isolates, only their marks if a number is no number."""


class _Words(dict[str, str]):
    """Facts as words, names isolated; a fact that is missing shows as a question mark."""

    def __init__(self, facts: Facts, wording: Wording) -> None:
        super().__init__()
        for name, value in facts.items():
            worded = wording.value if name in {"before", "after"} else _FACT_WORDS.get(name)
            words = value if worded is None else worded(value, facts)
            self[name] = shown(words) if name in _OURS else isolated(words)

    def __missing__(self, _key: str) -> str:
        return "?"
