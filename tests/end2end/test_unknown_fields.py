"""A newer server's fields survive what replaces the rows they are in (T31)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.api.requests import PreparedRequest
from desktop.domain.enums import PolicyType
from desktop.plans.known import KnownClient
from desktop.plans.plan import Plan
from desktop.plans.steps import AnyStep, Say
from desktop.services.desk import Desk
from tests.end2end.fleet import access_step, policy_step, rename_group_step, rename_step
from tests.end2end.stage import Account, signed_in
from tests.practice_process import PracticeHandle

NEW: dict[str, Any] = {
    "newFlag": True,
    "newNumber": 7,
    "newText": "as it was",
    "newNothing": None,
    "newRules": {"deep": [{"deeper": 1}]},
}
GROUPS = "/api/organizations/[^/]*/groups/details"
COLLECTIONS = "/api/organizations/[^/]*/collections"
POLICIES = "/api/organizations/[^/]*/policies"
Made = Callable[[KnownClient], AnyStep]


def _policy(known: KnownClient) -> AnyStep:
    return policy_step(known, PolicyType.MASTER_PASSWORD, "made", minLength=14)


def newer(path: str, *places: str) -> dict[str, Any]:
    """A server that says five things more at each of these places."""
    edits = [
        {"path": f"{place}.{name}", "value": value}
        for place in places
        for name, value in NEW.items()
    ]
    return {"path": path, "do": "rewrite", "when": "after", "times": 0, "edits": edits}


def at(body: Any, place: str) -> list[Any]:
    """What stands there; `*` is every element."""
    found = [body]
    for part in filter(None, place.split(".")):
        found = [one for inner in found for one in (inner if part == "*" else [inner[part]])]
    return found


CASES: dict[str, tuple[Made, dict[str, Any], tuple[str, ...]]] = {
    "a group's name": (
        lambda known: rename_group_step(known, "made", "Renamed"),
        newer(GROUPS, "data.*", "data.*.collections.*"),
        ("", "collections.*"),
    ),
    "a group's access": (
        lambda known: access_step(known, "made"),
        newer(GROUPS, "data.*", "data.*.collections.*"),
        ("",),
    ),
    "a collection's name": (
        lambda known: rename_step(known, "made", "Renamed"),
        newer(COLLECTIONS, "data.*"),
        ("",),
    ),
    "a policy": (_policy, newer(POLICIES, "data.*", "data.*.data"), ("policy", "policy.data")),
}


@pytest.mark.parametrize("name", CASES)
def test_t31_five_unknown_fields_at_each_level_survive_a_put(
    name: str, server: PracticeHandle, tmp_path: Path
) -> None:
    make, lie, places = CASES[name]
    sent: list[PreparedRequest] = []

    async def work() -> None:
        async with signed_in(Account.of(server), tmp_path / "p") as desk:
            clients = (await desk.clients.fetch()).data
            first = next(one for one in clients if one.organization_name.startswith("My C"))
            known = await desk.workspace.known(first.organization_id)
            # So that there is a line of access and a policy to be kept.
            await run(desk, access_step(known, "first", "view"))
            await run(desk, policy_step(known, PolicyType.MASTER_PASSWORD, "first", minLength=12))
            server.script(lie)
            tap(desk, sent)
            await run(desk, make(await desk.workspace.known(first.organization_id)))

    try:
        asyncio.run(work())
    finally:
        server.script()
    (put,) = [one for one in sent if one.method == "PUT"]
    body = msgspec.json.decode(put.body or b"")
    for place in places:
        found = at(body, place)
        assert found, (place, body)
        for one in found:
            assert {key: one[key] for key in NEW} == NEW


async def run(desk: Desk, step: AnyStep) -> None:
    plan = Plan(title=Say("plan.small"), steps=(step,))
    report = await desk.runs.execute(plan)
    assert report.is_done, report


def tap(desk: Desk, sent: list[PreparedRequest]) -> None:
    """Hears of every write."""
    send = desk.link.api.send

    async def heard(request: PreparedRequest) -> bytes:
        sent.append(request)
        return await send(request)

    desk.link.api.send = heard  # type: ignore[method-assign]  # the desk is thrown away
