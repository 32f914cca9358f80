"""Everything that stands against a set-up, all of it at once (T50), typed and without words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.enums import PolicyType
from desktop.domain.limits import (
    CLIENT_NAME_MAX,
    ENC_NAME_MAX,
    GROUP_NAME_MAX,
    IMPORT_COLLECTIONS_MAX,
    encrypted_length,
)
from desktop.plans.answers import SetupAnswers, split_path
from desktop.plans.people import is_email
from desktop.plans.policies import data_problem, offer_of

STEP_KEYS: Final = (
    "details",
    "collections",
    "import",
    "policies",
    "access",
    "people",
    "review",
)


@dataclass(frozen=True)
class Problem:
    """`step` is the question it belongs to, `key` is worded in views, `facts` fill it."""

    step: str
    key: str
    facts: dict[str, str] = field(default_factory=dict)


def problems(answers: SetupAnswers) -> tuple[Problem, ...]:
    """Every problem, in the order of the questions."""
    return tuple(problem for key in STEP_KEYS for problem in of_step(answers, key))


def of_step(answers: SetupAnswers, key: str) -> tuple[Problem, ...]:
    """The problems of one question; the review has those of all others."""
    check = _CHECKS.get(key)
    return tuple(check(answers)) if check is not None else ()


def first_problem(answers: SetupAnswers, key: str) -> Problem | None:
    """The first problem of one question."""
    return next(iter(of_step(answers, key)), None)


def _details(answers: SetupAnswers) -> Iterator[Problem]:
    if not answers.is_new:
        return
    name = answers.name.strip()
    if not name:
        yield Problem("details", "name_missing")
    elif len(name) > CLIENT_NAME_MAX:
        yield Problem(
            "details",
            "name_too_long",
            {"length": str(len(name)), "limit": str(CLIENT_NAME_MAX)},
        )
    email = answers.owner_email.strip().lower()
    if not email:
        yield Problem("details", "owner_missing")
    elif not is_email(email):
        yield Problem("details", "email_bad", {"email": email})
    if answers.seats < 1:
        yield Problem("details", "seats_too_few", {"seats": str(answers.seats)})


def _collections(answers: SetupAnswers) -> Iterator[Problem]:
    seen: set[str] = set()
    for path in answers.collections:
        parts = path.split("/")
        if not split_path(path) or any(not part.strip() for part in parts):
            yield Problem("collections", "collection_name_missing", {"collection": path})
            continue
        if encrypted_length(len(path.encode("utf-8", "surrogatepass"))) > ENC_NAME_MAX:
            yield Problem("collections", "collection_name_too_long", {"collection": path})
        if path in seen:
            yield Problem("collections", "collection_twice", {"collection": path})
        seen.add(path)
    if len(answers.wanted_paths()) > IMPORT_COLLECTIONS_MAX:
        yield Problem("collections", "too_many_collections")
    manager = answers.manager_group
    if manager is not None and manager not in answers.groups:
        yield Problem("collections", "manager_unknown", {"group": manager})
    client = answers.client
    if client is not None and manager is None and client.owner is None and _makes_any(answers):
        # Who does not see the members cannot name one of them as the manager.
        is_hidden = _is_hidden(answers, "members")
        yield Problem("collections", "role_hides_members" if is_hidden else "no_manager")


def _makes_any(answers: SetupAnswers) -> bool:
    client = answers.client
    return client is not None and any(
        client.collection_at(path) is None for path in answers.wanted_paths()
    )


def _import(answers: SetupAnswers) -> Iterator[Problem]:
    if answers.preview is None:
        return
    if not answers.preview.item_count:
        yield Problem("import", "nothing_to_import")
    for folder in answers.preview.folders:
        target = answers.target_of(folder)
        if target and not split_path(target):
            yield Problem("import", "collection_name_missing", {"collection": target})
        elif encrypted_length(len(target.encode("utf-8", "surrogatepass"))) > ENC_NAME_MAX:
            yield Problem("import", "collection_name_too_long", {"collection": target})


def _policies(answers: SetupAnswers) -> Iterator[Problem]:
    if not answers.has_policies:
        return
    enabled = {kind for kind, answer in answers.policies.items() if answer.enabled}
    for kind in enabled:
        offer = offer_of(kind)
        if offer is None:
            continue
        data = answers.policies[kind].data
        if not _is_known(answers, kind):
            yield Problem("policies", "policy_unsupported", {"policy": str(int(kind))})
        bad = data_problem(offer, data) if offer.fields and not _stands(answers, kind) else None
        if bad is not None:
            yield Problem("policies", "policy_option", {"policy": str(int(kind)), "option": bad})
        for need in offer.needs:
            if need not in enabled:
                yield Problem(
                    "policies",
                    "policy_needs",
                    {"policy": str(int(kind)), "needs": str(int(need))},
                )


def _is_known(answers: SetupAnswers, kind: PolicyType) -> bool:
    """Whether the server has such a policy at all."""
    known = answers.client.policy_types if answers.client is not None else None
    return known is None or int(kind) in known


def _stands(answers: SetupAnswers, kind: PolicyType) -> bool:
    """The policy is on with these very options: it is left alone, whatever they are."""
    stored = answers.client.policy(int(kind)) if answers.client is not None else None
    return (
        stored is not None
        and stored.enabled
        and dict(stored.data or {}) == answers.policies[kind].data
    )


def _access(answers: SetupAnswers) -> Iterator[Problem]:
    seen: set[str] = set()
    known = {group.name for group in answers.client.groups} if answers.client else set()
    for name in answers.groups:
        if not name.strip():
            yield Problem("access", "group_name_missing")
        elif len(name) > GROUP_NAME_MAX:
            yield Problem("access", "group_name_too_long", {"group": name})
        if name in seen and name not in known:
            yield Problem("access", "group_twice", {"group": name})
        seen.add(name)
    if answers.client is not None and not answers.client.use_groups and answers.groups:
        yield Problem("access", "no_groups_in_plan")
    if _is_hidden(answers, "groups") and answers.groups:
        yield Problem("access", "role_hides_groups")


def _is_hidden(answers: SetupAnswers, kind: str) -> bool:
    """Whether the account's role does not reach a list of the client."""
    return answers.client is not None and kind in answers.client.hidden


def _people(answers: SetupAnswers) -> Iterator[Problem]:
    seen: set[str] = set()
    owner = answers.owner_email.strip().lower() if answers.is_new else ""
    new = 0
    for person in answers.people:
        email = person.email
        if not is_email(email):
            yield Problem("people", "email_bad", {"email": email})
        elif email == owner:
            yield Problem("people", "owner_again", {"email": email})
        elif email in seen:
            yield Problem("people", "person_twice", {"email": email})
        seen.add(email)
        for group in person.groups:
            if group not in answers.groups:
                yield Problem("people", "group_unknown", {"email": email, "group": group})
        new += answers.client is None or answers.client.member_with(email) is None
    if answers.people and _is_hidden(answers, "members"):
        yield Problem("people", "role_hides_members")
    free = answers.seats - 1 if answers.is_new else _free(answers)
    if free is not None and new > max(0, free):
        yield Problem("people", "too_few_seats", {"people": str(new), "free": str(max(0, free))})


def _free(answers: SetupAnswers) -> int | None:
    return answers.client.free_seats if answers.client is not None else None


_CHECKS: Final[dict[str, Callable[[SetupAnswers], Iterator[Problem]]]] = {
    "details": _details,
    "collections": _collections,
    "import": _import,
    "policies": _policies,
    "access": _access,
    "people": _people,
}

PROBLEM_KEYS: Final = (
    "name_missing",
    "name_too_long",
    "owner_missing",
    "email_bad",
    "seats_too_few",
    "collection_name_missing",
    "collection_name_too_long",
    "collection_twice",
    "too_many_collections",
    "manager_unknown",
    "no_manager",
    "nothing_to_import",
    "policy_option",
    "policy_needs",
    "policy_unsupported",
    "group_name_missing",
    "group_name_too_long",
    "group_twice",
    "no_groups_in_plan",
    "role_hides_groups",
    "role_hides_members",
    "owner_again",
    "person_twice",
    "group_unknown",
    "too_few_seats",
    "too_long",
)
