"""Which handler does which step. A step type without one fails a test."""

from __future__ import annotations

from typing import Any, Final

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
)
from desktop.services.handle_access import (
    HandleCreateGroup,
    HandleDeleteGroup,
    HandlePutPolicy,
    HandleRenameGroup,
    HandleSetGroupAccess,
)
from desktop.services.handle_client import HandleCreateClient, HandleUpdateClient
from desktop.services.handle_collections import (
    HandleCreateCollection,
    HandleDeleteCollection,
    HandleRenameCollection,
)
from desktop.services.handle_import import HandleImportItems
from desktop.services.handle_people import (
    HandleConfirmMembers,
    HandleConfirmProviderMembers,
    HandleInviteMembers,
    HandleInviteProviderMembers,
    HandleRemoveMembers,
    HandleRemoveProviderMembers,
    HandleResendProviderInvitations,
    HandleSetProviderMemberRole,
)
from desktop.services.handler import Handler

# VerifyImport writes nothing: the execution reads back by itself.
HANDLERS: Final[dict[type[PlanStep], Handler[Any]]] = {
    CreateClient: HandleCreateClient(),
    UpdateClient: HandleUpdateClient(),
    CreateCollection: HandleCreateCollection(),
    CreateGroup: HandleCreateGroup(),
    SetGroupAccess: HandleSetGroupAccess(),
    RenameCollection: HandleRenameCollection(),
    RenameGroup: HandleRenameGroup(),
    DeleteCollection: HandleDeleteCollection(),
    DeleteGroup: HandleDeleteGroup(),
    ImportItems: HandleImportItems(),
    PutPolicy: HandlePutPolicy(),
    InviteMembers: HandleInviteMembers(),
    ConfirmMembers: HandleConfirmMembers(),
    RemoveMembers: HandleRemoveMembers(),
    InviteProviderMembers: HandleInviteProviderMembers(),
    ResendProviderInvitations: HandleResendProviderInvitations(),
    ConfirmProviderMembers: HandleConfirmProviderMembers(),
    RemoveProviderMembers: HandleRemoveProviderMembers(),
    SetProviderMemberRole: HandleSetProviderMemberRole(),
}
