"""What Vaultwarden says differently from the official server: shapes, refusals, its login limit.

Facts of dani-garcia/vaultwarden as of August 2026: `src/error.rs`, `src/ratelimit.rs`,
`src/db/models/organization.rs`, `src/db/models/org_policy.rs`, `src/api/core/mod.rs`. Groups and
event logs are switched off there unless its administrator switches them on; so they are here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.domain.enums import OrganizationUserType, ProductTier
from desktop.practice.clock import ServerClock
from desktop.practice.errors import INVALID_MODEL, ApiError

SERVER = {"name": "Vaultwarden", "url": "https://github.com/dani-garcia/vaultwarden"}
VERSION = "2026.6.0"
#: policies it knows; any other type is refused
POLICIES = frozenset({0, 1, 2, 3, 5, 6, 7, 8, 14, 15, 16})
#: the permissions that make a custom member see everything; the others are always off
ALL_COLLECTIONS = ("createNewCollections", "editAnyCollection", "deleteAnyCollection")
#: what is said in place of a number of seats, which it does not count
SEATS = 20
MAX_STORAGE = 32_767
LOGIN_BURST, LOGIN_PERIOD_S = 10, 60.0
_REASONS = {
    401: ("Unauthorized", "The request requires user authentication."),
    404: ("Not Found", "The requested resource could not be found."),
    422: ("Unprocessable Entity", "The request was well-formed but was unable to be followed."),
}


def organization(told: dict[str, Any]) -> dict[str, Any]:
    """A row of the profile's `organizations`."""
    is_custom = told["type"] == OrganizationUserType.CUSTOM
    sees_all = is_custom and all(told["permissions"][name] for name in ALL_COLLECTIONS)
    return {
        **told,
        "seats": SEATS,
        "maxCollections": None,
        "maxStorageGb": MAX_STORAGE,
        "productTierType": int(ProductTier.ENTERPRISE),
        "useDirectory": False,
        "useEvents": False,
        "useGroups": False,
        "useScim": False,
        "useSso": False,
        "usePolicies": True,
        "useResetPassword": True,
        "useCustomPermissions": True,
        "useMyItems": False,
        "useOrganizationDomains": False,
        "useRiskInsights": False,
        "useActivateAutofillPolicy": False,
        "selfHost": True,
        "providerId": None,
        "providerName": None,
        "providerType": None,
        "limitCollectionCreation": not sees_all and is_custom,
        "limitCollectionDeletion": True,
        "limitItemDeletion": False,
        "allowAdminAccessToAllCollectionItems": True,
        "permissions": {name: sees_all and name in ALL_COLLECTIONS for name in told["permissions"]},
    }


def profile(told: dict[str, Any]) -> dict[str, Any]:
    """Only confirmed memberships, and no providers."""
    kept = {name: value for name, value in told.items() if name != "organizationsNew"}
    return {
        **kept,
        "organizations": [organization(one) for one in told["organizations"]],
        "providers": [],
        "providerOrganizations": [],
    }


def failed(message: str, status: int = 400) -> ApiError:
    """How its own code refuses: 400, whatever was wrong."""
    return ApiError(
        status,
        {
            "message": message,
            "validationErrors": {"": [message]},
            "errorModel": {"message": message, "object": "error"},
            "error": "",
            "error_description": "",
            "exceptionMessage": None,
            "exceptionStackTrace": None,
            "innerExceptionMessage": None,
            "object": "error",
        },
    )


def stopped(status: int) -> ApiError:
    """What its web framework refuses before its own code is asked: no role, no route, no shape."""
    reason, description = _REASONS[status]
    error = {"code": status, "reason": reason, "description": description}
    return ApiError(status, {"error": error})


def refused(refusal: ApiError) -> ApiError:
    """A refusal of the handlers shared with the official server, as this one would word it."""
    body = refusal.body if isinstance(refusal.body, dict) else {}
    if refusal.status in (401, 403):
        # A missing role and a dead token look alike, and no header tells them apart.
        return stopped(401)
    model = body.get("ErrorModel")
    if isinstance(model, dict) and body.get("error") == "invalid_grant":
        return failed(str(model.get("Message", "")))
    if "error" in body or refusal.status not in (400, 404):
        return refusal
    if body.get("message") == INVALID_MODEL:
        return stopped(422)
    return failed(str(body.get("message") or "Resource not found."))


@dataclass
class LoginLimit:
    """So many sign-ins at once, then one a minute; the refusal does not say when."""

    clock: ServerClock
    _full_at: float = field(default=0.0)

    def take(self) -> None:
        """429 without a Retry-After when there are too many."""
        now = self.clock.monotonic()
        at = max(self._full_at, now) + LOGIN_PERIOD_S
        if at - now > LOGIN_BURST * LOGIN_PERIOD_S:
            raise failed("Too many login requests", 429)
        self._full_at = at
