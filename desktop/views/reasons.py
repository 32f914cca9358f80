"""Why an action is greyed, one sentence per key of `Desk.why_not` and of the pages themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Callable

translate = QCoreApplication.translate

# Evaluated late, after the translator is installed.
REASONS: dict[str, Callable[[], str]] = {
    "offline": lambda: translate("Reasons", "Not while there is no connection to the server."),
    "locked": lambda: translate("Reasons", "Not while Claviger is locked."),
    "read_only": lambda: translate(
        "Reasons", "Another Claviger window is writing; this one only reads."
    ),
    "journal_damaged": lambda: translate(
        "Reasons",
        "The journal on this computer is damaged. Claviger only reads, so that nothing is done "
        "twice.",
    ),
    "journal_newer": lambda: translate(
        "Reasons", "The journal was written by a newer version of Claviger; this one only reads."
    ),
    "suspended": lambda: translate(
        "Reasons", "The provider is suspended; see Billing in the web vault."
    ),
    "service_user": lambda: translate("Reasons", "Only a provider admin can do this."),
    "no_provider": lambda: translate(
        "Reasons", "This account has no provider; organizations are made in the web vault."
    ),
    "no_groups": lambda: translate("Reasons", "This plan or this server has no groups."),
    "policy_unknown": lambda: translate("Reasons", "This server does not have this policy."),
    "role_hides": lambda: translate(
        "Reasons", "Your role in this organization does not reach this."
    ),
    "signed_out": lambda: translate("Reasons", "The session has ended. Sign in again first."),
    "key_new": lambda: translate(
        "Reasons", "This client is new on this computer. Accept its key first: Settings, Keys."
    ),
    "key_changed": lambda: translate(
        "Reasons", "The key of this client has changed: see Settings, Keys."
    ),
    "key_unreadable": lambda: translate(
        "Reasons", "The key of this client does not open any more: see Settings, Keys."
    ),
    "key_shared": lambda: translate(
        "Reasons", "Another client has the same key as this one: see Settings, Keys."
    ),
    "provider_key_new": lambda: translate(
        "Reasons", "The keys were not accepted on this computer yet: see Settings, Keys."
    ),
    "provider_key_changed": lambda: translate(
        "Reasons", "The provider's key has changed: see Settings, Keys."
    ),
    "provider_key_unreadable": lambda: translate(
        "Reasons", "The provider's key does not open any more: see Settings, Keys."
    ),
    "nothing_chosen": lambda: translate("Reasons", "Choose at least one row first."),
    "not_invited": lambda: translate("Reasons", "Only for people who have not accepted yet."),
    "not_accepted": lambda: translate("Reasons", "Only for people who accepted their invitation."),
    "yourself": lambda: translate("Reasons", "You cannot remove yourself."),
    "last_admin": lambda: translate(
        "Reasons", "At least one confirmed provider admin must remain."
    ),
    "plan_teams": lambda: translate("Reasons", "Policies belong to the Enterprise plan."),
    "run_unfinished": lambda: translate(
        "Reasons",
        "A run or a draft for this client has not ended yet. Finish, give up or discard it first.",
    ),
    "run_active": lambda: translate(
        "Reasons", "Another run is under way; wait until it has ended."
    ),
}


def reason_text(key: str | None) -> str | None:
    """The sentence for `key`; None stays None (allowed)."""
    if key is None:
        return None
    sentence = REASONS.get(key)
    return sentence() if sentence else translate("Reasons", "Not possible at the moment.")
