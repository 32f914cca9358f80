"""What may be prepared while nothing can be sent: it is kept as a draft and started by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.views.reasons import reason_text

if TYPE_CHECKING:
    from desktop.services.desk import Action, Desk

# Signed out is one click from going on; only without a line is preparing the way.
_AWAY: Final = frozenset({"offline", "signed_out"})


def makes_drafts(desk: Desk) -> bool:
    """Whether what is finished now is kept instead of sent."""
    return desk.why_not("write") in _AWAY


def why_not_prepare(desk: Desk, action: Action = "write") -> str:
    """Why something cannot even be prepared, as a sentence; empty where it can."""
    key = desk.why_not(action)
    if key == "offline":
        is_refused = action in {"create_client", "manage_members"} and not desk.session.is_admin
        key = "service_user" if is_refused else None
    return reason_text(key) or ""
