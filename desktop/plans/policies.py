"""Which policies can be offered, their options, and the order they depend on (protocol 5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from desktop.domain.enums import PolicyType
from desktop.domain.records import Policy


@dataclass(frozen=True)
class PolicyField:
    """One option of a policy. `low` and `high` bound an int, `choices` a choice."""

    name: str
    kind: Literal["int", "bool", "choice"]
    default: int | bool | str | None = None
    low: int | None = None
    high: int | None = None
    choices: tuple[int | str | None, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class PolicyOffer:
    """A policy the wizard and the client's page can set."""

    type: PolicyType
    fields: tuple[PolicyField, ...] = ()
    needs: tuple[PolicyType, ...] = ()
    impact: Literal["revokes", "everybody", "mails", "creates_collections"] | None = None
    preselected: bool = False


@dataclass
class PolicyAnswer:
    """What is wanted of one policy. `data` holds the options by their wire names."""

    enabled: bool = False
    data: dict[str, Any] = field(default_factory=dict)


_SINGLE = (PolicyType.SINGLE_ORGANIZATION,)

POLICY_OFFERS: Final[tuple[PolicyOffer, ...]] = (
    PolicyOffer(PolicyType.SINGLE_ORGANIZATION, impact="revokes", preselected=True),
    PolicyOffer(PolicyType.TWO_STEP_LOGIN, impact="revokes"),
    PolicyOffer(
        PolicyType.MASTER_PASSWORD,
        fields=(
            PolicyField("minComplexity", "int", 3, 0, 4, optional=True),
            PolicyField("minLength", "int", 14, 12, 128, optional=True),
            PolicyField("requireLower", "bool", False),
            PolicyField("requireUpper", "bool", False),
            PolicyField("requireNumbers", "bool", False),
            PolicyField("requireSpecial", "bool", False),
            PolicyField("enforceOnLogin", "bool", False),
        ),
        impact="everybody",
        preselected=True,
    ),
    PolicyOffer(
        PolicyType.ACCOUNT_RECOVERY,
        fields=(PolicyField("autoEnrollEnabled", "bool", True),),
        needs=_SINGLE,
        preselected=True,
    ),
    PolicyOffer(PolicyType.DATA_OWNERSHIP, impact="creates_collections"),
    PolicyOffer(
        PolicyType.SESSION_TIMEOUT,
        fields=(
            PolicyField("minutes", "int", 240, 1, 10_080),
            PolicyField("action", "choice", "lock", choices=(None, "lock", "logOut")),
        ),
        needs=_SINGLE,
    ),
    PolicyOffer(
        PolicyType.PASSWORD_GENERATOR,
        fields=(
            PolicyField(
                "overridePasswordType",
                "choice",
                "password",
                choices=(None, "password", "passphrase"),
            ),
            PolicyField("minLength", "int", 16, 5, 128),
            PolicyField("useUpper", "bool", True),
            PolicyField("useLower", "bool", True),
            PolicyField("useNumbers", "bool", True),
            PolicyField("useSpecial", "bool", True),
            PolicyField("minNumbers", "int", 1, 0, 9),
            PolicyField("minSpecial", "int", 1, 0, 9),
            PolicyField("minNumberWords", "int", 4, 3, 20),
            PolicyField("capitalize", "bool", False),
            PolicyField("includeNumber", "bool", False),
        ),
    ),
    PolicyOffer(PolicyType.REMOVE_EXPORT),
    PolicyOffer(PolicyType.REMOVE_PIN),
    PolicyOffer(PolicyType.REMOVE_SEND),
    PolicyOffer(PolicyType.SEND_OPTIONS, fields=(PolicyField("disableHideEmail", "bool", True),)),
    PolicyOffer(PolicyType.REQUIRE_SSO, needs=_SINGLE),
    PolicyOffer(
        PolicyType.URI_MATCH_DEFAULT,
        fields=(PolicyField("uriMatchDetection", "choice", 0, choices=(0, 1, 2, 3, 4, 5)),),
        needs=_SINGLE,
    ),
    PolicyOffer(PolicyType.ACTIVATE_AUTOFILL),
    PolicyOffer(PolicyType.RESTRICTED_ITEM_TYPES),
    PolicyOffer(PolicyType.FREE_FAMILIES_OFF, impact="mails"),
)


def offer_of(kind: PolicyType) -> PolicyOffer | None:
    """None for a policy this program does not set."""
    return next((offer for offer in POLICY_OFFERS if offer.type is kind), None)


def default_policies() -> dict[PolicyType, PolicyAnswer]:
    """Every offer with its default options; the preselected ones switched on."""
    return {
        offer.type: PolicyAnswer(offer.preselected, default_data(offer)) for offer in POLICY_OFFERS
    }


def default_data(offer: PolicyOffer) -> dict[str, Any]:
    """The options a policy starts with, by their wire names."""
    return {option.name: option.default for option in offer.fields}


def data_problem(offer: PolicyOffer, data: Mapping[str, Any]) -> str | None:
    """The name of the first option whose value is out of bounds."""
    for option in offer.fields:
        if not _fits(option, data.get(option.name, option.default)):
            return option.name
    return None


def _fits(option: PolicyField, value: object) -> bool:
    if value is None and option.optional:
        return True
    match option.kind:
        case "bool":
            return isinstance(value, bool)
        case "int":
            if not isinstance(value, int) or isinstance(value, bool):
                return False
            low = option.low if option.low is not None else value
            high = option.high if option.high is not None else value
            return low <= value <= high
        case "choice":
            return value in option.choices


def state_of(stored: Policy | None) -> dict[str, Any]:
    """What a policy step sets, as it stands; one that was never saved is off without options."""
    if stored is None:
        return {"enabled": False, "data": None}
    return {"enabled": stored.enabled, "data": dict(stored.data or {}) or None}


def wanted_data(kind: PolicyType, answer: PolicyAnswer) -> dict[str, Any] | None:
    """The options to send; None for a policy that has none."""
    offer = offer_of(kind)
    return dict(answer.data) if offer is not None and offer.fields and answer.data else None


@dataclass(frozen=True)
class PolicyChanges:
    """`write` in the order they depend on each other; `already` are on as wanted."""

    write: tuple[PolicyType, ...]
    already: tuple[PolicyType, ...]


def changes(wanted: Mapping[PolicyType, PolicyAnswer], stored: Iterable[Policy]) -> PolicyChanges:
    """Which policies differ from what is wanted. Off and never on is nothing to do."""
    there = {policy.type: policy for policy in stored}
    write: list[tuple[PolicyType, bool]] = []
    already: list[PolicyType] = []
    for kind, answer in wanted.items():
        now = state_of(there.get(kind))
        options = wanted_data(kind, answer) or {}
        if answer.enabled and now["enabled"] and (now["data"] or {}).items() >= options.items():
            already.append(kind)
        elif answer.enabled or now["enabled"]:
            write.append((kind, answer.enabled))
    return PolicyChanges(in_order(write), tuple(already))


def in_order(wanted: Iterable[tuple[PolicyType, bool]]) -> tuple[PolicyType, ...]:
    """Prerequisites first on the way in, last on the way out; switching off comes first."""
    wanted = tuple(wanted)
    rank = {offer.type: n for n, offer in enumerate(POLICY_OFFERS)}

    def place(kind: PolicyType) -> tuple[bool, int]:
        offer = offer_of(kind)
        return (bool(offer and offer.needs), rank.get(kind, len(rank) + int(kind)))

    on = sorted((kind for kind, enabled in wanted if enabled), key=place)
    off = sorted((kind for kind, enabled in wanted if not enabled), key=place, reverse=True)
    return (*off, *on)
