"""One step of every kind, as small as it can be; a kind without one fails a test."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.enums import (
    OrganizationUserStatus,
    PlanType,
    PolicyType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.ids import OrganizationUserId, ProviderUserId, UserId
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
    MemberKey,
    PlanStep,
    ProviderPerson,
    PutPolicy,
    RemoveMembers,
    RemoveProviderMembers,
    RenameCollection,
    RenameGroup,
    ResendProviderInvitations,
    SetGroupAccess,
    SetProviderMemberRole,
    State,
    UpdateClient,
    VerifyImport,
    ref_of,
)
from desktop.plans.undo import Settled
from tests.plans.examples import CLIENT, GROUP, SALES

PERSON = UUID(int=70)
MADE = UUID(int=80)
EMAIL = "anna@example.com"
_CLIENT = ref_of(CLIENT)
_LINE = CollectionAccess(collection=ref_of(SALES), permission="edit")
_STAFF = ProviderPerson(member=ProviderUserId(PERSON), email=EMAIL)
_KEY = MemberKey(
    member=OrganizationUserId(PERSON), user=UserId(UUID(int=71)), email=EMAIL, public_key=""
)

EVERY: tuple[AnyStep, ...] = (
    CreateClient(
        key="s", name="Acme", owner_email=EMAIL, plan=PlanType.TEAMS_MONTHLY, seats=3,
        default_collection="Default",
    ),
    UpdateClient(key="s", client=_CLIENT, client_name="Acme", name="Acme 2"),
    CreateCollection(
        key="s", client=_CLIENT, path="Sales", access=(Access(permission="manage", owner=True),)
    ),
    CreateGroup(key="s", client=_CLIENT, name="Sales", collections=(_LINE,)),
    SetGroupAccess(
        key="s", client=_CLIENT, group=ref_of(GROUP), group_name="Sales", collections=(_LINE,)
    ),
    RenameCollection(key="s", client=_CLIENT, collection=ref_of(SALES), before="A", path="B"),
    RenameGroup(key="s", client=_CLIENT, group=ref_of(GROUP), before="A", name="B"),
    DeleteCollection(key="s", client=_CLIENT, collection=ref_of(SALES), path="Sales"),
    DeleteGroup(key="s", client=_CLIENT, group=ref_of(GROUP), name="Sales"),
    ImportItems(
        key="s", client=_CLIENT, number=1, of=1, positions=(0,), rows=(1,),
        collections=(ref_of(SALES),), relations=((0, 0),),
    ),
    VerifyImport(key="s", client=_CLIENT, items=1),
    PutPolicy(key="s", client=_CLIENT, type=PolicyType.TWO_STEP_LOGIN, enabled=True),
    InviteMembers(key="s", client=_CLIENT, emails=(EMAIL,)),
    ConfirmMembers(key="s", client=_CLIENT, people=(_KEY,)),
    RemoveMembers(
        key="s", client=_CLIENT,
        people=(ClientPerson(member=OrganizationUserId(PERSON), email=EMAIL),),
    ),
    InviteProviderMembers(key="s", emails=(EMAIL,)),
    ResendProviderInvitations(key="s", people=(_STAFF,)),
    ConfirmProviderMembers(key="s", people=(_KEY,)),
    RemoveProviderMembers(key="s", people=(_STAFF,)),
    SetProviderMemberRole(key="s", person=_STAFF, role=ProviderUserType.PROVIDER_ADMIN),
)  # fmt: skip
EXAMPLES: dict[type[PlanStep], AnyStep] = {type(step): step for step in EVERY}

# (what was there before, what the step set) of each kind that has states.
STATES: dict[type[PlanStep], tuple[State, State]] = {
    UpdateClient: ({"name": "Acme"}, {"name": "Acme 2"}),
    SetGroupAccess: ({str(SALES): "view"}, {str(SALES): "edit"}),
    RenameCollection: ({"name": "A"}, {"name": "B"}),
    RenameGroup: ({"name": "A"}, {"name": "B"}),
    PutPolicy: ({"enabled": False, "data": None}, {"enabled": True, "data": None}),
    SetProviderMemberRole: (
        {"role": int(ProviderUserType.SERVICE_USER)},
        {"role": int(ProviderUserType.PROVIDER_ADMIN)},
    ),
    DeleteCollection: ({"name": "Sales", "groups": {}, "users": {EMAIL: "manage"}}, {}),
    DeleteGroup: ({"name": "Sales", "collections": {str(SALES): "edit"}, "members": []}, {}),
}


def settled(step: AnyStep) -> Settled:
    """The step, done, with everything the journal would hold of it."""
    former, ours = STATES.get(type(step), (None, None))
    sent = step.emails if isinstance(step, InviteMembers | InviteProviderMembers) else ()
    return Settled(step, "DONE", id=MADE, former=former, ours=ours, sent=sent)


def present(step: AnyStep) -> State | None:
    """What the server holds right after the step."""
    match step:
        case CreateCollection():
            return {"name": step.path}
        case CreateGroup():
            return {"name": step.name}
        case InviteMembers():
            return {EMAIL: (str(PERSON), int(OrganizationUserStatus.INVITED))}
        case InviteProviderMembers():
            return {EMAIL: (str(PERSON), int(ProviderUserStatus.INVITED))}
        case _:
            return STATES[type(step)][1] if type(step) in STATES else None
