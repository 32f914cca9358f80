"""What a plan switches on, in the field names of the profile (values of the 2026 plan table)."""

from __future__ import annotations

import sqlite3
from typing import Any

from desktop.domain.enums import PlanType, ProductTier

PLAN_NAMES = {
    PlanType.FREE: "Free",
    PlanType.TEAMS_MONTHLY: "Teams (Monthly)",
    PlanType.TEAMS_ANNUALLY: "Teams (Annually)",
    PlanType.ENTERPRISE_MONTHLY: "Enterprise (Monthly)",
    PlanType.ENTERPRISE_ANNUALLY: "Enterprise (Annually)",
}
_ENTERPRISE = (PlanType.ENTERPRISE_MONTHLY, PlanType.ENTERPRISE_ANNUALLY)
PROVIDER_PRICES = {PlanType.TEAMS_MONTHLY: 4.0, PlanType.ENTERPRISE_MONTHLY: 6.0}


def is_enterprise(plan_type: int) -> bool:
    """Whether policies and their company come with the plan."""
    return plan_type in _ENTERPRISE


def tier(plan_type: int) -> int:
    """The product family of a plan."""
    if plan_type == PlanType.FREE:
        return ProductTier.FREE
    return ProductTier.ENTERPRISE if is_enterprise(plan_type) else ProductTier.TEAMS


def uses(plan_type: int) -> dict[str, bool]:
    """The `use*` switches both profile and organization answers carry."""
    enterprise = is_enterprise(plan_type)
    return {
        "usePolicies": enterprise,
        "useSso": enterprise,
        "useKeyConnector": False,
        "useScim": True,
        "useGroups": True,
        "useDirectory": True,
        "useEvents": True,
        "useTotp": True,
        "use2fa": True,
        "useApi": True,
        "useResetPassword": enterprise,
        "useSecretsManager": False,
        "usePasswordManager": True,
        "usersGetPremium": True,
        "useCustomPermissions": enterprise,
        "useActivateAutofillPolicy": enterprise,
        "useRiskInsights": enterprise,
        "useOrganizationDomains": enterprise,
        "useAdminSponsoredFamilies": False,
        "useAutomaticUserConfirmation": False,
        "usePhishingBlocker": False,
        "useMyItems": enterprise,
        "useInviteLinks": False,
        "usePam": False,
        "selfHost": enterprise,
    }


def switches(org: sqlite3.Row) -> dict[str, bool]:
    """The four collection-management switches."""
    return {
        "limitCollectionCreation": bool(org["limit_collection_creation"]),
        "limitCollectionDeletion": bool(org["limit_collection_deletion"]),
        "limitItemDeletion": bool(org["limit_item_deletion"]),
        "allowAdminAccessToAllCollectionItems": bool(org["allow_admin_access"]),
    }


def plan_model(plan_type: int) -> dict[str, Any]:
    """The `plan` object of an organization answer, as far as a client reads it."""
    return {
        "type": plan_type,
        "productTier": tier(plan_type),
        "name": PLAN_NAMES.get(PlanType(plan_type), "Unknown"),
        "isAnnual": plan_type in (PlanType.TEAMS_ANNUALLY, PlanType.ENTERPRISE_ANNUALLY),
        "object": "plan",
    }
