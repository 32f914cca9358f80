"""All step types. One missing its wording, recogniser or inverse fails a test."""

from __future__ import annotations

from desktop.plans.steps import (
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
    RemoveMembers,
    RemoveProviderMembers,
    RenameCollection,
    RenameGroup,
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
    RenameCollection,
    RenameGroup,
    DeleteCollection,
    DeleteGroup,
    ImportItems,
    VerifyImport,
    PutPolicy,
    InviteMembers,
    ConfirmMembers,
    RemoveMembers,
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
    "plan.fleet_policies",
    "plan.undo",
    "plan.redo",
)
ALREADY_WORDINGS = (
    "already.client",
    "already.collection",
    "already.group",
    "already.access",
    "already.policy",
    "already.member",
    "already.no_policies",
)
IRREVERSIBLE_WORDINGS = (
    "irreversible.create_client",
    "irreversible.import_items",
    "irreversible.invitations",
    "irreversible.confirm_members",
    "irreversible.confirm_provider_members",
    "irreversible.remove_members",
    "irreversible.remove_provider_members",
    "irreversible.delete_collection",
    "irreversible.policy_revokes",
)
UNDO_WORDINGS = (
    "undo.client_stays",
    "undo.items_stay",
    "undo.imported",
    "undo.collection_filled",
    "undo.parent_stays",
    "undo.manager_stays",
    "undo.confirmed",
    "undo.mails_sent",
    "undo.removed",
    "undo.restores_nobody",
    "undo.my_items_stay",
    "undo.already",
    "undo.gone",
    "undo.not_known",
    "undo.unclear",
)
AFFECTED_WORDINGS = (
    "affected.two_step",
    "affected.single_organization",
    "affected.data_ownership",
    "affected.policy",
    "affected.group_access",
    "affected.group_deleted",
    "affected.collection_deleted",
    "affected.removed",
    "affected.removed_staff",
)
NOTE_WORDINGS = (
    "note.twin_client",
    "note.twin_collection",
    "note.twin_group",
    "note.twin_items",
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
        *UNDO_WORDINGS,
        *AFFECTED_WORDINGS,
        *NOTE_WORDINGS,
    )
