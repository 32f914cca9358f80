"""Small plans for loops and machines, each step with traces of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from desktop.domain.enums import PlanType, PolicyType
from desktop.domain.ids import OrganizationId
from desktop.domain.items import ImportPreview
from desktop.importers.formats import ReadOptions
from desktop.importers.registry import BY_KEY
from desktop.plans.answers import new_answers
from desktop.plans.people import Person
from desktop.plans.plan import Plan
from desktop.plans.policies import PolicyAnswer
from desktop.plans.setup import plan_setup
from desktop.plans.steps import (
    Access,
    AnyStep,
    CollectionAccess,
    CreateCollection,
    CreateGroup,
    ImportItems,
    InviteMembers,
    PutPolicy,
    Say,
    VerifyImport,
    ref_of,
    ref_to,
)

_COLUMNS: Final = ("url", "username", "password", "totp", "extra", "name", "grouping", "fav")
_ROWS: Final = 8
_CHUNK: Final = 3


@dataclass(frozen=True)
class Target:
    """A client that is there: its id, and whether its plan knows policies."""

    id: OrganizationId
    use_policies: bool


def targets(state: dict[str, Any]) -> tuple[Target, ...]:
    """The clients that are there, in the order of their names; `state` as the server tells it."""
    teams = {int(one) for one in PlanType if "TEAMS" in one.name}
    found = sorted(state["organizations"], key=lambda one: str(one["name"]))
    return tuple(
        Target(OrganizationId(UUID(one["id"])), one["planType"] not in teams) for one in found
    )


def export(names: Sequence[str], folders: Sequence[str] = ("",)) -> ImportPreview:
    """A LastPass file of items so called, in these folders in turn, read by the real importer."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for number, name in enumerate(names):
        site, user, secret = f"https://site{number}.example.com/", f"user{number}", f"pw-{number}"
        writer.writerow((site, user, secret, "", "", name, folders[number % len(folders)], "0"))
    return BY_KEY["lastpasscsv"].read(out.getvalue().encode(), ReadOptions())


def collection_step(key: str, target: Target, path: str) -> CreateCollection:
    """The owner manages it."""
    manager = Access(permission="manage", owner=True)
    return CreateCollection(key=key, client=ref_of(target.id), path=path, access=(manager,))


def file_steps(
    tag: str, target: Target, into: str, preview: ImportPreview, chunk: int
) -> list[AnyStep]:
    """The chunks and their reading; all items go into what the step `into` makes."""
    client = ref_of(target.id)
    rows = [row.number for row in preview.rows]
    places = [range(at, min(at + chunk, len(rows))) for at in range(0, len(rows), chunk)]
    keys = tuple(f"{tag}import.{number}" for number in range(len(places)))
    steps: list[AnyStep] = [
        ImportItems(
            key=key,
            client=client,
            number=number,
            of=len(places),
            positions=tuple(own),
            rows=tuple(rows[at] for at in own),
            collections=(ref_to(into),),
            relations=tuple((at, 0) for at in range(len(own))),
            needs=(into,),
        )
        for number, (key, own) in enumerate(zip(keys, places, strict=True), 1)
    ]
    return [
        *steps,
        VerifyImport(key=f"{tag}verify", client=client, items=len(rows), needs=keys),
    ]


def set_up(_targets: tuple[Target, ...]) -> tuple[Plan, ImportPreview | None]:
    """A new client with everything: collections, groups, a file, policies, people."""
    preview = export([f"Site {number}" for number in range(_ROWS)], ("Office", "", ""))
    given = new_answers(
        {}, name="Bench Client", owner_email="owner@bench.example",
        plan=PlanType.ENTERPRISE_MONTHLY, seats=7, preview=preview,
    )  # fmt: skip
    given.collections, given.groups = ["Sales"], ["Sales", "Everyone"]
    given.matrix = {("Sales", "Sales"): "edit", ("Everyone", "Sales"): "view"}
    given.policies = {
        PolicyType.SINGLE_ORGANIZATION: PolicyAnswer(enabled=True),
        PolicyType.MASTER_PASSWORD: PolicyAnswer(enabled=True),
    }
    given.people = [
        Person("dora@bench.example", groups=("Sales",)),
        Person("emil@bench.example", groups=("Everyone",)),
    ]
    return plan_setup(given, chunk_items=_CHUNK), preview


def fleet(clients: tuple[Target, ...]) -> tuple[Plan, ImportPreview | None]:
    """The same for several clients side by side; the last one gets a file."""
    steps: list[AnyStep] = []
    for number, target in enumerate(clients):
        steps += _of_client(f"{number}.", target)
    preview = export([f"Site {number}" for number in range(_ROWS)])
    tag = f"{len(clients) - 1}."
    steps += file_steps(tag, clients[-1], f"{tag}collection", preview, _CHUNK)
    plan = Plan(title=Say("plan.setup_existing"), steps=tuple(steps))
    plan.check()
    return plan, preview


def _of_client(tag: str, target: Target) -> list[AnyStep]:
    client = ref_of(target.id)
    collection, group = f"{tag}collection", f"{tag}group"
    line = CollectionAccess(collection=ref_to(collection), permission="edit")
    steps: list[AnyStep] = [
        collection_step(collection, target, "Bench"),
        CreateGroup(
            key=group, client=client, name="Bench", collections=(line,), needs=(collection,)
        ),
    ]
    if target.use_policies:
        steps.append(policy_step(f"{tag}policy", target, 12))
    emails = (f"{tag}dora@bench.example", f"{tag}emil@bench.example")
    invite = f"{tag}invite"
    groups = (ref_to(group),)
    steps.append(
        InviteMembers(key=invite, client=client, emails=emails, groups=groups, needs=(group,))
    )
    return steps


def policy_step(key: str, target: Target, length: int) -> PutPolicy:
    """Asks for master passwords of that length."""
    data = {"minComplexity": 3, "minLength": length}
    kind = PolicyType.MASTER_PASSWORD
    return PutPolicy(key=key, client=ref_of(target.id), type=kind, enabled=True, data=data)
