"""Runs in every state, made on the practice server, for the tests and the walk over the screens."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import msgspec

from desktop.domain.enums import PlanType, PolicyType
from desktop.domain.errors import RunStopped
from desktop.domain.ids import OrganizationId, RunId
from desktop.domain.items import ImportPreview
from desktop.importers.formats import ReadOptions
from desktop.importers.registry import BY_KEY
from desktop.plans.answers import answers_for, default_matrix
from desktop.plans.known import KnownClient
from desktop.plans.plan import Plan
from desktop.plans.policies import PolicyAnswer
from desktop.plans.setup import plan_setup
from desktop.plans.steps import CreateClient, Say
from desktop.services.desk import Desk

GROUPS = "/api/organizations/[^/]*/groups"
POLICIES = "/api/organizations/[^/]*/policies/.*"
IMPORTS = "/api/ciphers/import-organization.*"
ITEMS = "/api/ciphers/organization-details.*"
EXPORT = (
    "url,username,password,totp,extra,name,grouping,fav\n"
    "https://a.example,anna,kan4rie-1,,,Router,Office,0\n"
    "https://b.example,ben,kan4rie-2,,,Bank,Office,0\n"
    "https://c.example,cora,kan4rie-3,,,Server,Servers,0\n"
)
LONG = "Vereniging van Eigenaren van het Appartementencomplex"


async def a_client(desk: Desk, name: str) -> KnownClient:
    """A client of its own, with nothing but its default collection."""
    step = CreateClient(
        key="client",
        name=name,
        owner_email=f"owner@{abs(hash(name)):x}.example",
        plan=PlanType.ENTERPRISE_MONTHLY,
        seats=3,
        default_collection="Default collection",
    )
    title = Say("plan.setup_new", {"client": name})
    await desk.runs.execute(Plan(title=title, steps=(step,), client_name=name))
    await desk.clients.fetch()
    return await known(desk, name)


async def known(desk: Desk, name: str) -> KnownClient:
    """As the server has it now."""
    return await desk.workspace.known(client_id(desk, name))


def client_id(desk: Desk, name: str) -> OrganizationId:
    return next(one.organization_id for one in desk.clients.all() if one.organization_name == name)


def plan_for(
    client: KnownClient,
    *groups: str,
    collections: tuple[str, ...] = (),
    shortest_password: int | None = None,
    preview: ImportPreview | None = None,
) -> Plan:
    """More groups and collections for a client that is there, a stricter policy, a file."""
    answers = answers_for(client, {}, preview=preview)
    before = set(answers.matrix)
    answers.collections += collections
    answers.groups += groups
    answers.matrix |= {
        key: value for key, value in default_matrix(answers).items() if key not in before
    }
    if shortest_password is not None:
        answers.policies[PolicyType.MASTER_PASSWORD] = PolicyAnswer(
            enabled=True, data={"minComplexity": 3, "minLength": shortest_password}
        )
    return plan_setup(answers, chunk_items=2)


def a_file(name: str = "export.csv") -> ImportPreview:
    read = BY_KEY["lastpasscsv"].read(EXPORT.encode(), ReadOptions())
    return msgspec.structs.replace(read, file_name=name)


async def stopped(desk: Desk, plan: Plan, preview: ImportPreview | None = None) -> RunId:
    """Runs a plan until something stops it."""
    run = await desk.runs.start(plan, preview)
    with suppress(RunStopped):
        await desk.runs.run(run)
    return run


async def done(desk: Desk, plan: Plan) -> RunId:
    run = await desk.runs.start(plan)
    await desk.runs.run(run)
    return run


async def shortest_password(desk: Desk, name: str, length: int) -> None:
    """Somebody sets the policy of a client meanwhile."""
    await desk.runs.execute(plan_for(await known(desk, name), shortest_password=length))


async def uncertain(desk: Desk, server: Any, client: KnownClient, chunks: int = 1) -> RunId:
    """The answers to the first of two chunks are lost, and the server lists no items."""
    preview = a_file()
    plan = plan_for(client, collections=("Office", "Servers"), preview=preview)
    server.script(
        {"method": "POST", "path": IMPORTS, "do": "reset", "when": "after", "times": chunks},
        {"method": "GET", "path": ITEMS, "do": "status", "status": 404, "times": 0},
    )
    return await stopped(desk, plan, preview)


def slow(server: Any, seconds: float = 1.0) -> None:
    """Every group takes its time, so that a run can be seen at work."""
    server.script({"method": "POST", "path": GROUPS, "do": "delay", "seconds": seconds, "times": 0})


async def at_work(desk: Desk, run: RunId) -> asyncio.Task[Any]:
    """Runs in the background of a test, as another page would have it."""
    return asyncio.ensure_future(desk.runs.run(run))
