"""All step types. One missing its wording, recogniser or inverse fails a test."""

from __future__ import annotations

from desktop.plans.steps import (
    ConfirmMembers,
    ConfirmProviderMembers,
    CreateClient,
    CreateCollection,
    CreateGroup,
    ImportItems,
    InviteMembers,
    InviteProviderMembers,
    PlanStep,
    PutPolicy,
    RemoveProviderMembers,
    ResendProviderInvitations,
    SetGroupAccess,
    SetProviderMemberRole,
    UpdateClient,
    VerifyImport,
)

STEP_TYPES: tuple[type[PlanStep], ...] = (
    CreateClient,
    UpdateClient,
    CreateCollection,
    CreateGroup,
    SetGroupAccess,
    ImportItems,
    VerifyImport,
    PutPolicy,
    InviteMembers,
    ConfirmMembers,
    InviteProviderMembers,
    ResendProviderInvitations,
    ConfirmProviderMembers,
    RemoveProviderMembers,
    SetProviderMemberRole,
)

EXTRA_WORDINGS = ("step.update_client.name", "step.update_client.seats")
PLAN_TITLES = (
    "plan.setup_new",
    "plan.setup_existing",
    "plan.rename_client",
    "plan.change_seats",
    "plan.confirm_members",
    "plan.invite_staff",
    "plan.resend_staff",
    "plan.confirm_staff",
    "plan.remove_staff",
    "plan.role_staff",
    "plan.new_collection",
    "plan.put_policy",
)
ALREADY_WORDINGS = (
    "already.client",
    "already.collection",
    "already.group",
    "already.access",
    "already.policy",
    "already.member",
)
IRREVERSIBLE_WORDINGS = (
    "irreversible.create_client",
    "irreversible.import_items",
    "irreversible.invitations",
    "irreversible.confirm_members",
    "irreversible.confirm_provider_members",
    "irreversible.remove_provider_members",
    "irreversible.policy_revokes",
)
NOTE_WORDINGS = (
    "note.twin_client",
    "note.half_made",
    "note.listing_refused",
    "note.shortfall",
    "note.access_read_back",
)


def wording_keys() -> tuple[str, ...]:
    """Every sentence views must have for plans and runs."""
    return (
        *(step.WORDING for step in STEP_TYPES),
        *EXTRA_WORDINGS,
        *PLAN_TITLES,
        *ALREADY_WORDINGS,
        *IRREVERSIBLE_WORDINGS,
        *NOTE_WORDINGS,
    )
