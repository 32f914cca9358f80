"""Lies that loosen what is strict here, and lies that lead elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from desktop.domain.errors import NotOurServer
from tests.malicious.lies import (
    ASK_DEVICE,
    ASKED,
    CLIENTS,
    COLLECTIONS,
    CONFIG,
    CREATE_CLIENT,
    DETAILS,
    GROUPS,
    IMPORT,
    MEMBER_CONFIRM,
    MEMBER_PUBLIC_KEYS,
    MEMBERS,
    POLICIES,
    PRELOGIN,
    PROFILE,
    STAFF_CONFIRM,
    STAFF_PUBLIC_KEYS,
    TOKEN,
    Edited,
    Expect,
    Lie,
    Made,
    Told,
    Value,
    add_made,
    evil,
    nothing_written,
    put,
    put_made,
    unharmed,
)
from tests.malicious.victim import (
    AGAIN,
    APPROVAL,
    DAY,
    LOUD,
    MEMBER_KEYS,
    NEW_CLIENT,
    PASSWORD,
    READ,
    STAFF_KEYS,
    WRITE,
    Facts,
)

_FLAGS: Final = (
    "usePolicies", "useGroups", "useEvents", "useResetPassword", "useKeyConnector",
    "useAutomaticUserConfirmation", "keyConnectorEnabled", "useSso", "useScim", "selfHost",
    "resetPasswordEnrolled", "useMyItems", "allowAdminAccessToAllCollectionItems",
)  # fmt: skip
_ENROLS: Final = {"autoEnrollEnabled": True}
_FREE_RULES: Final = {"MinLength": 0, "EnforceOnLogin": False, "Object": "masterPasswordPolicy"}


def _policy(kind: int, data: dict[str, Any]) -> Value:
    return lambda facts: {
        "id": facts.user, "organizationId": facts.clients[0], "type": kind, "enabled": True,
        "data": data, "canToggleState": True, "object": "policy",
    }  # fmt: skip


def flag_lies() -> Iterator[Lie]:
    """T22: a day goes as it goes without them: nothing is confirmed, enrolled or written."""
    may = {"manageUsers": True, "manageResetPassword": True, "editAnyCollection": True}
    flags: list[tuple[str, str, str, Made]] = [
        ("organization", name, PROFILE, put(True, *_both(name))) for name in _FLAGS
    ]
    flags += [
        ("organization", "connector", PROFILE, put_made(evil, *_both("keyConnectorUrl"))),
        ("organization", "permissions", PROFILE, put(may, *_both("permissions"))),
        ("organization", "owner", PROFILE, put(0, *_both("type"))),
        ("account", "reset", PROFILE, put(True, "forcePasswordReset")),
        ("account", "connector", PROFILE, put(True, "usesKeyConnector")),
        ("account", "stamp", PROFILE, put("other", "securityStamp")),
        ("provider", "role", PROFILE, put(0, "providers.*.type")),
        ("policy", "weak passwords", POLICIES, add_made(_policy(1, {"minLength": 0}), "data")),
        ("policy", "enrolment", POLICIES, add_made(_policy(8, _ENROLS), "data")),
        ("policy", "late lock", POLICIES, add_made(_policy(9, {"minutes": 10**7}), "data")),
        ("policy", "confirms by itself", POLICIES, add_made(_policy(18, {}), "data")),
        ("policy", "unknown", POLICIES, add_made(_policy(99, {"anything": True}), "data")),
    ]  # fmt: skip
    expect = unharmed(nothing_written)
    for position, variant, path, made in flags:
        yield Edited("T22", position, variant, DAY, expect, ((path, made),))
    features = put({"auto-confirm": True, "disable-encryption": True}, "featureStates")
    rules = put(_FREE_RULES, "MasterPasswordPolicy")
    reset = put(True, "ForcePasswordReset", "ResetMasterPassword")
    yield Edited("T22", "config", "features", PASSWORD, expect, ((CONFIG, features),))
    yield Edited("T22", "token", "rules for passwords", AGAIN, expect, ((TOKEN, rules),))
    yield Edited("T22", "token", "reset", PASSWORD, expect, ((TOKEN, reset),))


def _both(name: str) -> tuple[str, str]:
    return f"organizations.*.{name}", f"providerOrganizations.*.{name}"


_SERVICES: Final = ("vault", "api", "identity", "notifications", "sso", "events", "icons")


def _announced(facts: Facts) -> list[dict[str, Any]]:
    return [{"path": f"environment.{one}", "value": f"{facts.evil}/{one}"} for one in _SERVICES]


def _nothing(_facts: Facts) -> Any:
    return {}


# Where what a person does asks first, reads and writes.
_REDIRECTED: Final = (
    (CONFIG, PASSWORD), (PRELOGIN, PASSWORD), (TOKEN, PASSWORD), (TOKEN, READ), (PROFILE, READ),
    (CLIENTS, READ), (COLLECTIONS, READ), (GROUPS, READ), (MEMBERS, READ), (POLICIES, READ),
    (DETAILS, LOUD), (COLLECTIONS, WRITE), (CREATE_CLIENT, NEW_CLIENT), (IMPORT, NEW_CLIENT),
    (STAFF_PUBLIC_KEYS, STAFF_KEYS), (MEMBER_PUBLIC_KEYS, MEMBER_KEYS),
    (STAFF_CONFIRM, STAFF_KEYS), (MEMBER_CONFIRM, MEMBER_KEYS),
    (ASK_DEVICE, APPROVAL), (ASKED, APPROVAL),
)  # fmt: skip
# A followed one of these would bring the body along; the others are met where tokens are sent.
_KEEPS_BODY: Final = (307, 308)
_ALL_STATUSES: Final = (301, 302, 303, *_KEEPS_BODY)


def address_lies() -> Iterator[Lie]:
    """T33: nothing goes where the server points."""
    rules = ((CONFIG, _announced),)
    yield Edited("T33", "announced in config", "all", PASSWORD, unharmed(), rules)
    for path, journey in _REDIRECTED:
        where = path.replace("[^/]*", "id").strip("/").replace(".*", "")
        statuses = _ALL_STATUSES if path in (TOKEN, CLIENTS) else _KEEPS_BODY[:1]
        for status in statuses:
            expect = Expect((NotOurServer,))
            told = (path, status, _nothing, True)
            yield Told("T33", f"redirect of {where}", str(status), journey, expect, *told)
