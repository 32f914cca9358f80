"""The provider's seats and subscription. No money moves: purchases are only counted."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

from desktop.domain.enums import PlanType
from desktop.practice.clock import wire_date
from desktop.practice.errors import not_found, server_error, unauthorized
from desktop.practice.plans import PLAN_NAMES, PROVIDER_PRICES, tier
from desktop.practice.web import Answer, Call, Route, reply
from desktop.practice.world import World


def assigned(world: World, provider_id: str, plan_type: int) -> int:
    """Seats handed out to managed clients of a plan."""
    total: int = world.db.value(
        "SELECT COALESCE(SUM(o.seats), 0) FROM provider_organizations po"
        " JOIN organizations o ON o.id = po.organization_id"
        " WHERE po.provider_id = ? AND o.plan_type = ? AND o.status = 2",
        provider_id,
        plan_type,
    )
    return total


def _plan(world: World, provider_id: str, plan_type: int) -> sqlite3.Row:
    found = world.db.row(
        "SELECT * FROM provider_plans WHERE provider_id = ? AND plan_type = ?",
        provider_id,
        plan_type,
    )
    if found is None:
        raise server_error()
    return found


def buys(world: World, provider_id: str, plan_type: int, change: int) -> bool:
    """Whether a change of seats costs money."""
    minimum: int = _plan(world, provider_id, plan_type)["seat_minimum"]
    now = assigned(world, provider_id, plan_type)
    return now + change > max(minimum, now)


def scale(world: World, provider_id: str, plan_type: int, change: int, now: int) -> None:
    """Book a change of seats; `now` is the total before it. Beyond the minimum seats are bought."""
    minimum: int = _plan(world, provider_id, plan_type)["seat_minimum"]
    total = now + change
    world.db.run(
        "UPDATE provider_plans SET allocated = ?, purchased = ? WHERE provider_id = ?"
        " AND plan_type = ?",
        total,
        max(0, total - minimum),
        provider_id,
        plan_type,
    )


def subscription(call: Call) -> Answer:
    """For admins and service users alike."""
    provider_id = call.id("provider")
    provider = call.world.db.row("SELECT * FROM providers WHERE id = ?", provider_id)
    if provider is None:
        raise not_found()
    if not call.who.is_provider_user(provider_id):
        raise unauthorized()
    plans = [_told(call.world, provider_id, plan) for plan in PROVIDER_PRICES]
    return reply(
        {
            "status": "active",
            "currentPeriodEndDate": wire_date(call.world.clock.now() + timedelta(days=20)),
            "discountPercentage": None,
            "collectionMethod": "charge_automatically",
            "plans": plans,
            "accountCredit": 0,
            "taxInformation": {
                "country": "NL",
                "postalCode": "3511",
                "taxId": None,
                "taxIdType": None,
                "line1": None,
                "line2": None,
                "city": None,
                "state": None,
            },
            "cancelAt": None,
            "suspension": None,
            "providerType": provider["type"],
            "paymentSource": {
                "type": 0,
                "description": "Visa, *4242, 12/2030",
                "needsVerification": False,
            },
        }
    )


def _told(world: World, provider_id: str, plan_type: PlanType) -> dict[str, Any]:
    row = _plan(world, provider_id, int(plan_type))
    seats = row["seat_minimum"] + row["purchased"]
    return {
        "planName": PLAN_NAMES[plan_type],
        "type": int(plan_type),
        "productTier": tier(plan_type),
        "seatMinimum": row["seat_minimum"],
        "purchasedSeats": row["purchased"],
        "assignedSeats": assigned(world, provider_id, int(plan_type)),
        "cost": seats * PROVIDER_PRICES[plan_type],
        "cadence": "Monthly",
    }


ROUTES = (Route("GET", "/api/providers/{provider}/billing/subscription", subscription),)
