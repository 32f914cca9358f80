"""What may be prepared while nothing can be sent: it is kept as a draft and started by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.views.reasons import reason_text

if TYPE_CHECKING:
    from desktop.domain.ids import OrganizationId
    from desktop.services.desk import Action, Desk
    from desktop.views.fleet import Fleet

# Signed out is one click from going on; only without a line is preparing the way.
_AWAY: Final = frozenset({"offline", "signed_out"})


def makes_drafts(desk: Desk) -> bool:
    """Whether what is finished now is kept instead of sent."""
    return desk.why_not("write") in _AWAY


def why_not_prepare(
    desk: Desk, action: Action = "write", client: OrganizationId | None = None
) -> str:
    """Why something cannot even be prepared, at one client if given; empty where it can."""
    key = desk.why_not(action, client)
    if key == "offline":
        is_refused = action in {"create_client", "manage_members"} and not desk.session.is_admin
        key = "service_user" if is_refused else None
    return reason_text(key) or ""


def may_create(fleet: Fleet) -> tuple[Desk, ...]:
    """The open connections in which a new client can be prepared."""
    return tuple(one for one in fleet.open if not why_not_prepare(one, "create_client"))


def why_not_create(fleet: Fleet) -> str:
    """Why a new client cannot be prepared in any connection; empty where it can."""
    return "" if may_create(fleet) else why_not_prepare(fleet.chosen, "create_client")
