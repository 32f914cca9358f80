"""Every workflow, each as the smallest plan that sends its write requests.

What the plans work on is made once per server (`prepare`); every case then begins with it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from desktop.domain.enums import (
    PlanType,
    PolicyType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.errors import RunStopped
from desktop.domain.ids import OrganizationId, RunId
from desktop.domain.items import ImportPreview
from desktop.domain.records import Group, ProviderClient, ProviderMember
from desktop.importers.formats import ReadOptions
from desktop.importers.registry import BY_KEY
from desktop.plans.answers import new_answers
from desktop.plans.known import KnownClient, KnownCollection
from desktop.plans.people import Person
from desktop.plans.plan import Plan
from desktop.plans.policies import PolicyAnswer
from desktop.plans.setup import plan_setup
from desktop.plans.steps import (
    Access,
    AnyStep,
    ClientPerson,
    CollectionAccess,
    ConfirmMembers,
    ConfirmProviderMembers,
    CreateClient,
    CreateCollection,
    CreateGroup,
    DeleteCollection,
    DeleteGroup,
    ImportItems,
    InviteMembers,
    InviteProviderMembers,
    PlanStep,
    PutPolicy,
    Ref,
    RemoveMembers,
    RemoveProviderMembers,
    RenameCollection,
    RenameGroup,
    ResendProviderInvitations,
    Say,
    SetGroupAccess,
    SetProviderMemberRole,
    UpdateClient,
    VerifyImport,
    ref_of,
    ref_to,
)
from desktop.services.run_context import USE
from tests.bench_faults.stage import Bench

CHUNK: Final = 2
ROWS: Final = 4
CLIENT: Final = "My Client's Organization"
# Of the same plan, and one whose plan has neither policies nor groups.
OTHER: Final = "Third Client's Organization"
SMALL: Final = "Second Client's Organization"
CREATE: Final = "POST /api/providers/*/clients"
_IMPORT: Final = "/api/ciphers/import-organization"
# As a server with `--no-item-listing` answers.
NO_LISTING: Final[dict[str, Any]] = {
    "method": "GET",
    "path": "/api/ciphers/organization-details",
    "times": 0,
    "do": "status",
    "status": 404,
}


@dataclass(frozen=True)
class Facts:
    """What stands on the server before every case, as the plans need it."""

    client: KnownClient
    other: KnownClient
    small: KnownClient
    staff: tuple[ProviderMember, ...]

    def colleague(self, status: ProviderUserStatus) -> ProviderMember:
        return next(
            one
            for one in self.staff
            if one.status is status and one.type is ProviderUserType.SERVICE_USER
        )

    def group(self, name: str) -> Group:
        found = self.client.group_called(name)
        if found is None:
            raise LookupError(name)
        return found

    def collection(self, path: str) -> KnownCollection:
        found = self.client.collection_at(path)
        if found is None:
            raise LookupError(path)
        return found


Made = tuple[Plan, ImportPreview | None] | RunId
"""A plan with its file, or a run that is in the journal already."""


@dataclass(frozen=True)
class Workflow:
    """One plan, how it is made, and which step types it is there for.

    `beside` are faults that last through every case: a server that refuses something. `choices`
    are what a person decided. `aside` are endpoints that are not aimed at here.
    """

    key: str
    covers: tuple[type[PlanStep], ...]
    make: Callable[[Bench, Facts], Awaitable[Made]]
    beside: tuple[dict[str, Any], ...] = ()
    choices: Mapping[str, UUID | str] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()

    @property
    def lists_items(self) -> bool:
        return NO_LISTING not in self.beside


async def prepare(bench: Bench) -> Facts:
    """Makes what the plans work on: people who accepted, one who did not, groups with access."""
    desk, server = bench.desk, bench.server
    clients = (await desk.clients.fetch()).data
    ids = {one.organization_name: one.organization_id for one in clients}
    client = ids[CLIENT]
    known = await desk.workspace.known(client)
    group, finance = known.group_called("Management"), known.collection_at("Finance")
    if group is None or finance is None:
        raise LookupError("the example has changed")
    access = SetGroupAccess(
        key="access",
        client=ref_of(client),
        group=ref_of(group.id),
        group_name=group.name,
        collections=(CollectionAccess(collection=ref_of(finance.id), permission="edit"),),
    )
    steps = (
        access,
        _invitation("ready", client, "anna", "bram", groups=(ref_of(group.id),)),
        _invitation("open", client, "chris"),
    )
    await desk.runs.execute(_plan(client, *steps))
    for name in ("anna", "bram"):
        server.accept(f"{name}@bench.example")
    return Facts(
        client=await desk.workspace.known(client),
        other=await desk.workspace.known(ids[OTHER]),
        small=await desk.workspace.known(ids[SMALL]),
        staff=(await desk.staff.fetch()).data,
    )


async def begin(workflow: Workflow, bench: Bench, facts: Facts) -> RunId:
    """Its run in the journal, not yet on its way."""
    made = await workflow.make(bench, facts)
    return made if not isinstance(made, tuple) else await bench.desk.runs.start(*made)


def _invitation(
    key: str, client: OrganizationId, *names: str, groups: tuple[Ref, ...] = ()
) -> InviteMembers:
    emails = tuple(f"{name}@bench.example" for name in names)
    return InviteMembers(key=f"invite.{key}", client=ref_of(client), emails=emails, groups=groups)


def _plan(client: OrganizationId | None, *steps: AnyStep) -> Plan:
    plan = Plan(title=Say("plan.setup_existing"), steps=steps, client=client, client_name=CLIENT)
    plan.check()
    return plan


def export(folder: str = "") -> ImportPreview:
    """Four rows, the items of which are called `Site 0` to `Site 3`; the last lies in `folder`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("url", "username", "password", "totp", "extra", "name", "grouping", "fav"))
    for number in range(ROWS):
        url, where = f"https://site{number}.example.com/", folder if number == ROWS - 1 else ""
        secret = f"secret-{number}"
        writer.writerow((url, f"user{number}", secret, "", "", f"Site {number}", where, "0"))
    return BY_KEY["lastpasscsv"].read(out.getvalue().encode(), ReadOptions())


def row_of(item: str) -> int:
    """The row of the file that an item comes from."""
    return next(row.number for row in export().rows if row.title == item)


# --- a new client in miniature ----------------------------------------------------------------


async def _new_client(_bench: Bench, _facts: Facts) -> Made:
    step = CreateClient(
        key="client",
        name="Bench Client",
        owner_email="owner@bench.example",
        plan=PlanType.ENTERPRISE_MONTHLY,
        seats=7,
        default_collection="Default collection",
    )
    return Plan(title=Say("plan.setup_new"), steps=(step,), client_name="Bench Client"), None


async def _whole_set_up(_bench: Bench, _facts: Facts) -> Made:
    preview = export("Office")
    given = new_answers(
        {}, name="Bench Client", owner_email="owner@bench.example",
        plan=PlanType.ENTERPRISE_MONTHLY, seats=7, preview=preview,
    )  # fmt: skip
    given.collections, given.groups = ["Sales"], ["Sales"]
    given.matrix = {("Sales", "Sales"): "edit"}
    given.policies = {PolicyType.SINGLE_ORGANIZATION: PolicyAnswer(enabled=True)}
    given.people = [Person("dora@bench.example", groups=("Sales",))]
    return plan_setup(given, chunk_items=CHUNK), preview


# --- a client that is there -------------------------------------------------------------------


async def _listed(bench: Bench, facts: Facts) -> ProviderClient:
    clients = (await bench.desk.clients.fetch()).data
    return next(one for one in clients if one.organization_id == facts.client.id)


async def _rename(bench: Bench, facts: Facts) -> Made:
    client = await _listed(bench, facts)
    return bench.desk.clients.rename_plan(client, "Renamed"), None


async def _seats(bench: Bench, facts: Facts) -> Made:
    client = await _listed(bench, facts)
    return bench.desk.clients.seats_plan(client, (client.seats or 0) + 3), None


def _new_collection(client: KnownClient, path: str = "Bench") -> CreateCollection:
    manager = Access(permission="manage", owner=True)
    return CreateCollection(
        key=f"collection.{client.name}", client=ref_of(client.id), path=path, access=(manager,)
    )


async def _collection(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, _new_collection(facts.client)), None


def _new_group(facts: Facts, name: str) -> CreateGroup:
    line = CollectionAccess(collection=ref_of(facts.collection("IT").id), permission="edit")
    return CreateGroup(key="group", client=ref_of(facts.client.id), name=name, collections=(line,))


async def _group(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, _new_group(facts, "Bench")), None


async def _group_used(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, _new_group(facts, "IT")), None


def _more_access(facts: Facts) -> SetGroupAccess:
    place = ref_of(facts.collection("IT").id)
    return SetGroupAccess(
        key="access",
        client=ref_of(facts.client.id),
        group=ref_of(facts.group("IT").id),
        group_name="IT",
        collections=(CollectionAccess(collection=place, permission="edit"),),
        base={str(place): "none"},
    )


async def _access(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, _more_access(facts)), None


def _renaming(facts: Facts) -> RenameCollection:
    return RenameCollection(
        key="rename.collection",
        client=ref_of(facts.client.id),
        collection=ref_of(facts.collection("Finance").id),
        before="Finance",
        path="Money",
        base={"name": "Finance"},
    )


async def _rename_collection(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, _renaming(facts)), None


async def _rename_group(_bench: Bench, facts: Facts) -> Made:
    step = RenameGroup(
        key="rename.group",
        client=ref_of(facts.client.id),
        group=ref_of(facts.group("Management").id),
        before="Management",
        name="Board",
        base={"name": "Management"},
    )
    return _plan(facts.client.id, step), None


def _delete_collection(facts: Facts) -> DeleteCollection:
    return DeleteCollection(
        key="delete.collection",
        client=ref_of(facts.client.id),
        collection=ref_of(facts.collection("Finance").id),
        path="Finance",
    )


async def _without_collection(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, _delete_collection(facts)), None


def _delete_group(facts: Facts) -> DeleteGroup:
    return DeleteGroup(
        key="delete.group",
        client=ref_of(facts.client.id),
        group=ref_of(facts.group("Management").id),
        name="Management",
    )


async def _without_group(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, _delete_group(facts)), None


def _chunk(facts: Facts, number: int) -> ImportItems:
    positions = tuple(range((number - 1) * CHUNK, number * CHUNK))
    return ImportItems(
        key=f"import.{number}",
        client=ref_of(facts.client.id),
        number=number,
        of=ROWS // CHUNK,
        positions=positions,
        rows=tuple(export().rows[at].number for at in positions),
        collections=(ref_of(facts.collection("IT").id),),
        relations=tuple((at, 0) for at in range(CHUNK)),
    )


async def _import(_bench: Bench, facts: Facts) -> Made:
    verify = VerifyImport(key="import.verify", client=ref_of(facts.client.id), items=ROWS)
    return _plan(facts.client.id, _chunk(facts, 1), _chunk(facts, 2), verify), export()


async def _sent_again(bench: Bench, facts: Facts) -> Made:
    """A person has looked: the first chunk of an import did not arrive. It is sent once more."""
    lost = {"method": "POST", "path": _IMPORT, "do": "reset"}
    bench.server.script(NO_LISTING, lost)
    made = await _import(bench, facts)
    runs = bench.desk.runs
    if not isinstance(made, tuple):
        raise TypeError(made)
    run = await runs.start(*made)
    try:
        await runs.resume(run)
    except RunStopped as stopped:
        await runs.send_again(run, stopped.step_key, CLIENT)
    return run


def _password_policy(client: KnownClient) -> PutPolicy:
    return PutPolicy(
        key=f"policy.{client.name}",
        client=ref_of(client.id),
        type=PolicyType.MASTER_PASSWORD,
        enabled=True,
        data={"minComplexity": 3, "minLength": 12},
        base={"enabled": False, "data": None},
    )


async def _policy(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, _password_policy(facts.client)), None


def _dependent_policies(facts: Facts) -> tuple[PutPolicy, PutPolicy]:
    """The server refuses the second one while the first is off."""
    first = PutPolicy(
        key="policy.first",
        client=ref_of(facts.client.id),
        type=PolicyType.SINGLE_ORGANIZATION,
        enabled=True,
        base={"enabled": False, "data": None},
    )
    second = PutPolicy(
        key="policy.second",
        needs=(first.key,),
        client=ref_of(facts.client.id),
        type=PolicyType.ACCOUNT_RECOVERY,
        enabled=True,
        data={"autoEnrollEnabled": True},
        base={"enabled": False, "data": None},
    )
    return first, second


async def _policies(_bench: Bench, facts: Facts) -> Made:
    return _plan(facts.client.id, *_dependent_policies(facts)), None


async def _invite(_bench: Bench, facts: Facts) -> Made:
    group = ref_of(facts.group("IT").id)
    step = _invitation("new", facts.client.id, "dora", "emil", groups=(group,))
    return _plan(facts.client.id, step), None


async def _confirm(bench: Bench, facts: Facts) -> Made:
    candidates = await bench.desk.confirm.member_candidates(facts.client.id, facts.client.members)
    ids = [one.member_id for one in candidates]
    return bench.desk.confirm.member_plan(facts.client.id, candidates, ids), None


async def _remove(_bench: Bench, facts: Facts) -> Made:
    """One who was only invited, and one who had accepted."""
    people = tuple(
        ClientPerson(member=one.id, email=one.email)
        for one in facts.client.members
        if one.email in ("anna@bench.example", "chris@bench.example")
    )
    step = RemoveMembers(key="remove", client=ref_of(facts.client.id), people=people)
    return _plan(facts.client.id, step), None


# --- several at once, and back again ----------------------------------------------------------


async def _fleet(_bench: Bench, facts: Facts) -> Made:
    """Three clients and the provider itself, side by side."""
    steps: list[AnyStep] = []
    for client in (facts.client, facts.small, facts.other):
        steps.append(_new_collection(client))
        if client.use_policies:
            steps.append(_password_policy(client))
    steps.append(InviteProviderMembers(key="staff", emails=("frank@bench.example",)))
    return _plan(None, *steps), None


async def _undo(bench: Bench, facts: Facts) -> Made:
    """Takes a run back that has changed a bit of everything."""
    client = ref_of(facts.client.id)
    made = _new_collection(facts.client)
    group = CreateGroup(
        key="group",
        needs=(made.key,),
        client=client,
        name="Bench",
        collections=(CollectionAccess(collection=ref_to(made.key), permission="edit"),),
    )
    seats = UpdateClient(
        key="seats", client=client, client_name=CLIENT, seats=18, base={"seats": 15}
    )
    steps = (
        seats,
        made,
        group,
        _renaming(facts),
        _more_access(facts),
        *_dependent_policies(facts),
        _invitation("new", facts.client.id, "dora", groups=(ref_to(group.key),)),
    )
    report = await bench.desk.runs.execute(_plan(facts.client.id, *steps))
    return (await bench.desk.undo.of(report.run)).plan, None


async def _made_anew(bench: Bench, facts: Facts) -> Made:
    """Takes a deletion back: the group and the collection with everything they had."""
    plan = _plan(facts.client.id, _delete_group(facts), _delete_collection(facts))
    report = await bench.desk.runs.execute(plan)
    return (await bench.desk.undo.of(report.run)).plan, None


# --- the provider's own people ----------------------------------------------------------------


async def _staff_invite(bench: Bench, _facts: Facts) -> Made:
    emails = ("frank@bench.example", "gina@bench.example")
    return bench.desk.staff.invite_plan(emails, ProviderUserType.SERVICE_USER), None


async def _staff_resend(bench: Bench, facts: Facts) -> Made:
    invited = facts.colleague(ProviderUserStatus.INVITED)
    return bench.desk.staff.resend_plan([invited]), None


async def _staff_confirm(bench: Bench, facts: Facts) -> Made:
    candidates = await bench.desk.confirm.staff_candidates(facts.staff)
    return bench.desk.confirm.staff_plan(candidates, [one.member_id for one in candidates]), None


async def _staff_remove(bench: Bench, facts: Facts) -> Made:
    return bench.desk.staff.remove_plan([facts.colleague(ProviderUserStatus.INVITED)]), None


async def _staff_role(bench: Bench, facts: Facts) -> Made:
    colleague = facts.colleague(ProviderUserStatus.CONFIRMED)
    return bench.desk.staff.role_plan(colleague, ProviderUserType.PROVIDER_ADMIN), None


# Making a client fails at the third of its six inner steps, every time: nobody is invited.
_HALF: Final[dict[str, Any]] = {
    "method": "POST",
    "path": "/api/providers/[^/]+/clients",
    "times": 0,
    "step": 3,
    "do": "status",
    "status": 500,
}

WORKFLOWS: tuple[Workflow, ...] = (
    Workflow("new client", (CreateClient,), _new_client),
    Workflow(
        "half-made client",
        (CreateClient, InviteMembers, UpdateClient),
        _new_client,
        beside=(_HALF,),
        aside=frozenset({CREATE}),
    ),
    Workflow("set-up", (CreateClient, VerifyImport), _whole_set_up),
    Workflow("rename client", (UpdateClient,), _rename),
    Workflow("seats", (UpdateClient,), _seats),
    Workflow("collection", (CreateCollection,), _collection),
    Workflow("rename collection", (RenameCollection,), _rename_collection),
    Workflow("delete collection", (DeleteCollection,), _without_collection),
    Workflow("group", (CreateGroup,), _group),
    Workflow("group used", (CreateGroup,), _group_used, choices={"group": USE}),
    Workflow("access", (SetGroupAccess,), _access),
    Workflow("rename group", (RenameGroup,), _rename_group),
    Workflow("delete group", (DeleteGroup,), _without_group),
    Workflow("import", (ImportItems, VerifyImport), _import),
    Workflow("import unlisted", (ImportItems, VerifyImport), _import, beside=(NO_LISTING,)),
    Workflow("import again", (CreateCollection, ImportItems), _sent_again, beside=(NO_LISTING,)),
    Workflow("policy", (PutPolicy,), _policy),
    Workflow("policies", (PutPolicy,), _policies),
    Workflow("invite", (InviteMembers,), _invite),
    Workflow("confirm", (ConfirmMembers,), _confirm),
    Workflow("remove", (RemoveMembers,), _remove),
    Workflow("fleet", (CreateCollection, PutPolicy, InviteProviderMembers), _fleet),
    Workflow("undo", (DeleteCollection, DeleteGroup, RemoveMembers), _undo),
    Workflow("undo deletion", (CreateCollection, CreateGroup), _made_anew),
    Workflow("invite staff", (InviteProviderMembers,), _staff_invite),
    Workflow("send again staff", (ResendProviderInvitations,), _staff_resend),
    Workflow("confirm staff", (ConfirmProviderMembers,), _staff_confirm),
    Workflow("remove staff", (RemoveProviderMembers,), _staff_remove),
    Workflow("role of staff", (SetProviderMemberRole,), _staff_role),
)
BY_NAME: Final = {one.key: one for one in WORKFLOWS}
