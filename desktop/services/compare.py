"""Two versions of one list, compared: what is new, what is gone, what is not as it was. Pure.

Each difference is a key of `changes.CHANGE_WORDINGS` with its facts. Numbers of enums stay numbers,
permissions the words of `domain.items.Permission`; `names` are facts that still hold an id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec

from desktop.domain.enums import CollectionType
from desktop.domain.ids import OrganizationId
from desktop.domain.records import (
    AccessSelection,
    Collection,
    Group,
    OrganizationMember,
    Policy,
    Profile,
    ProfileOrganization,
    Record,
)
from desktop.plans.permissions import permission_of
from desktop.services.session import is_managed

Row = TypeVar("Row")
NO_ACCESS: Final = "none"


class ClientLine(Record, frozen=True, kw_only=True):
    """What is compared of a client in the provider's list."""

    organization_id: OrganizationId
    organization_name: str
    seats: int | None = None
    plan: str = ""


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was."""

    key: str
    facts: dict[str, str]
    names: tuple[str, ...] = ()
    client: OrganizationId | None = None


def short(identity: object) -> str:
    """What is shown of an id that has no name."""
    return str(identity)[:8]


def compare_clients(before: Sequence[ClientLine], after: Sequence[ClientLine]) -> list[Difference]:
    """The provider's list of clients."""
    found: list[Difference] = []
    for _key, was, now in _pairs(before, after, lambda one: one.organization_id):
        found += _client(was, now)
    return found


def _client(was: ClientLine | None, now: ClientLine | None) -> Iterator[Difference]:
    one = now or was
    if one is None:
        return
    client, name = one.organization_id, one.organization_name

    def said(key: str, **facts: str) -> Difference:
        return Difference(f"change.client_{key}", {"client": name, **facts}, client=client)

    if was is None or now is None:
        key = "added" if was is None else "gone"
        yield said(key, plan=one.plan, seats=_number(one.seats))
        return
    if was.organization_name != name:
        yield said("renamed", before=was.organization_name, after=name)
    if was.seats != now.seats:
        yield said("seats", before=_number(was.seats), after=_number(now.seats))
    if was.plan != now.plan:
        yield said("plan", before=was.plan, after=now.plan)


def compare_profiles(before: Profile, after: Profile) -> list[Difference]:
    """Clients that were switched off or on again."""
    was = {one.id: one.enabled for one in _client_rows(before)}
    return [
        Difference(
            "change.client_resumed" if one.enabled else "change.client_suspended",
            {"client": one.name},
            client=one.id,
        )
        for one in _client_rows(after)
        if was.get(one.id, one.enabled) != one.enabled
    ]


def _client_rows(profile: Profile) -> tuple[ProfileOrganization, ...]:
    """Without a provider the account's own organizations are its clients."""
    if profile.providers:
        return profile.provider_organizations
    return tuple(one for one in profile.organizations if is_managed(one))


def compare_members(
    before: Sequence[OrganizationMember], after: Sequence[OrganizationMember]
) -> list[Difference]:
    """The people of one client."""
    found: list[Difference] = []
    for _key, was, now in _pairs(before, after, lambda one: one.id):
        found += _member(was, now)
    return found


def _member(was: OrganizationMember | None, now: OrganizationMember | None) -> list[Difference]:
    one = now or was
    if one is None:
        return []
    person = {"person": one.email or one.name or short(one.id)}
    if was is None or now is None:
        facts = {**person, "role": _number(one.type), "status": _number(one.status)}
        return [Difference(f"change.member_{'added' if was is None else 'gone'}", facts)]
    found = [
        Difference(f"change.member_{key}", {**person, "before": before, "after": after})
        for key, before, after in (
            ("email", was.email.lower(), now.email.lower()),
            ("role", _number(was.type), _number(now.type)),
            ("status", _number(was.status), _number(now.status)),
        )
        if before != after
    ]
    found += [
        Difference(f"change.member_{key}_{'on' if is_on else 'off'}", person)
        for key, was_on, is_on in (
            ("two_step", was.two_factor_enabled, now.two_factor_enabled),
            ("recovery", was.reset_password_enrolled, now.reset_password_enrolled),
        )
        if was_on != is_on
    ]
    found += [
        Difference(f"change.member_{key}_group", {**person, "group": str(group)}, ("group",))
        for key, more, less in (("joined", now, was), ("left", was, now))
        for group in more.groups
        if group not in less.groups
    ]
    return found + [
        Difference("change.member_access", {**person, **facts}, ("collection",))
        for facts in _access(was.collections, now.collections)
    ]


def compare_groups(before: Sequence[Group], after: Sequence[Group]) -> list[Difference]:
    """The groups of one client, with what they may reach."""
    found: list[Difference] = []
    for _key, was, now in _pairs(before, after, lambda one: one.id):
        if now is None or was is None:
            one, key = (now, "added") if now is not None else (was, "gone")
            found.append(Difference(f"change.group_{key}", {"group": one.name if one else ""}))
            continue
        if was.name != now.name:
            facts = {"before": was.name, "after": now.name}
            found.append(Difference("change.group_renamed", facts))
        found += [
            Difference("change.group_access", {"group": now.name, **facts}, ("collection",))
            for facts in _access(was.collections, now.collections)
        ]
    return found


def compare_collections(
    before: Sequence[Collection], after: Sequence[Collection], name: Callable[[Collection], str]
) -> list[Difference]:
    """The shared collections of one client. `name` opens what has changed, nothing else: the same
    name sealed anew is no change. People's own "My items" come and go with them.
    """
    found: list[Difference] = []
    for _key, was, now in _pairs(_shared(before), _shared(after), lambda one: one.id):
        if was is None and now is not None:
            found.append(Difference("change.collection_added", {"collection": name(now)}))
        elif now is None and was is not None:
            found.append(Difference("change.collection_gone", {"collection": name(was)}))
        elif was is not None and now is not None and was.name != now.name:
            facts = {"before": name(was), "after": name(now)}
            if facts["before"] != facts["after"]:
                found.append(Difference("change.collection_renamed", facts))
    return found


def _shared(collections: Iterable[Collection]) -> list[Collection]:
    return [one for one in collections if one.type is CollectionType.SHARED]


def compare_policies(before: Sequence[Policy], after: Sequence[Policy]) -> list[Difference]:
    """Policies by their effect: one that was never saved is off, options count while it is on."""
    found: list[Difference] = []
    for kind, was, now in _pairs(before, after, lambda one: int(one.type)):
        policy = {"policy": str(kind)}
        was_on, is_on = was is not None and was.enabled, now is not None and now.enabled
        if was_on != is_on:
            found.append(Difference(f"change.policy_{'on' if is_on else 'off'}", policy))
        if not is_on or now is None or was is None:
            continue
        found += [
            Difference("change.policy_option", {**policy, **facts})
            for facts in _options(was.data or {}, now.data or {})
        ]
    return found


def _options(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for option in dict.fromkeys((*was, *now)):
        before, after = _text(was.get(option)), _text(now.get(option))
        if before != after:
            yield {"option": option, "before": before, "after": after}


def _access(
    was: Iterable[AccessSelection], now: Iterable[AccessSelection]
) -> Iterator[dict[str, str]]:
    """Lines of an access list, by the collection's id."""
    former = {str(one.id): permission_of(one) for one in was}
    present = {str(one.id): permission_of(one) for one in now}
    for collection in dict.fromkeys((*former, *present)):
        before = former.get(collection, NO_ACCESS)
        after = present.get(collection, NO_ACCESS)
        if before != after:
            yield {"collection": collection, "before": before, "after": after}


def _pairs(
    before: Iterable[Row], after: Iterable[Row], key: Callable[[Row], Any]
) -> Iterator[tuple[Any, Row | None, Row | None]]:
    """(key, former row, present row) of every row that is not the same in both."""
    former = {key(one): one for one in before}
    present = {key(one): one for one in after}
    for at, now in present.items():
        if former.get(at) != now:
            yield at, former.get(at), now
    for at, was in former.items():
        if at not in present:
            yield at, was, None


def _number(value: int | None) -> str:
    return "" if value is None else str(int(value))


def _text(value: Any) -> str:
    """A value of a policy's options: text as it is, nothing as nothing, the rest as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
