"""Sentences for what plans, runs and imports say by key. A test fails for a key without one.

Facts come from others (names of groups, rows of a file): they are marked and isolated before they
enter a sentence (T74).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.enums import (
    OrganizationUserType,
    PlanType,
    PolicyType,
    ProviderUserType,
)
from desktop.domain.items import Permission, Reason, Verdict
from desktop.views.text import SafeText, isolated

if TYPE_CHECKING:
    from desktop.plans.steps import Say

translate = QCoreApplication.translate
Facts = Mapping[str, str]
Sentence = Callable[[Facts], str]


def _count(facts: Facts, name: str) -> int:
    text = facts.get(name, "0")
    return int(text) if text.lstrip("-").isdigit() else 0


def _filled(template: str, facts: Facts) -> str:
    """Names isolated, numbers as the language writes them."""
    filled = {
        key: QLocale().toString(int(value)) if value.isdecimal() else isolated(value)
        for key, value in facts.items()
    }
    return SafeText(template.format_map(filled))


def plan_name(plan: PlanType) -> str:
    """Teams and Enterprise are proper nouns."""
    if plan in {PlanType.TEAMS_MONTHLY, PlanType.TEAMS_ANNUALLY}:
        return "Teams"
    if plan in {PlanType.ENTERPRISE_MONTHLY, PlanType.ENTERPRISE_ANNUALLY}:
        return "Enterprise"
    return translate("Wording", "Unknown ({number})").format(number=int(plan))


_POLICIES: dict[PolicyType, Callable[[], str]] = {
    PolicyType.TWO_STEP_LOGIN: lambda: translate("Wording", "Require two-step login"),
    PolicyType.MASTER_PASSWORD: lambda: translate("Wording", "Master password requirements"),
    PolicyType.PASSWORD_GENERATOR: lambda: translate("Wording", "Password generator"),
    PolicyType.SINGLE_ORGANIZATION: lambda: translate("Wording", "Single organization"),
    PolicyType.REQUIRE_SSO: lambda: translate("Wording", "Require single sign-on"),
    PolicyType.DATA_OWNERSHIP: lambda: translate("Wording", "Organization data ownership"),
    PolicyType.REMOVE_SEND: lambda: translate("Wording", "Remove Send"),
    PolicyType.SEND_OPTIONS: lambda: translate("Wording", "Send options"),
    PolicyType.ACCOUNT_RECOVERY: lambda: translate("Wording", "Account recovery"),
    PolicyType.SESSION_TIMEOUT: lambda: translate("Wording", "Session timeout"),
    PolicyType.REMOVE_EXPORT: lambda: translate("Wording", "Remove individual vault export"),
    PolicyType.ACTIVATE_AUTOFILL: lambda: translate("Wording", "Activate autofill"),
    PolicyType.AUTOMATIC_APP_LOGIN: lambda: translate("Wording", "Automatic login with SSO"),
    PolicyType.FREE_FAMILIES_OFF: lambda: translate("Wording", "Remove free Families sponsorship"),
    PolicyType.REMOVE_PIN: lambda: translate("Wording", "Remove unlock with PIN"),
    PolicyType.RESTRICTED_ITEM_TYPES: lambda: translate("Wording", "Restricted item types"),
    PolicyType.URI_MATCH_DEFAULT: lambda: translate("Wording", "URI match detection default"),
    PolicyType.AUTOTYPE_DEFAULT: lambda: translate("Wording", "Desktop autotype default"),
    PolicyType.AUTOMATIC_CONFIRMATION: lambda: translate("Wording", "Automatic confirmation"),
    PolicyType.BLOCK_CLAIMED_DOMAIN_ACCOUNTS: lambda: translate(
        "Wording", "Block accounts on claimed domains"
    ),
    PolicyType.VAULT_BANNER: lambda: translate("Wording", "Vault banner"),
    PolicyType.SEND_CONTROLS: lambda: translate("Wording", "Send controls"),
    PolicyType.FILL_ASSIST: lambda: translate("Wording", "Fill assist"),
}


def policy_name(kind: PolicyType) -> str:
    """The policy as the web vault calls it."""
    name = _POLICIES.get(kind)
    if name is not None:
        return name()
    return translate("Wording", "Unknown policy ({number})").format(number=int(kind))


def member_role(role: OrganizationUserType) -> str:
    """A role inside a client."""
    match role:
        case OrganizationUserType.OWNER:
            return translate("Wording", "Owner")
        case OrganizationUserType.ADMIN:
            return translate("Wording", "Admin")
        case OrganizationUserType.USER:
            return translate("Wording", "User")
        case OrganizationUserType.CUSTOM:
            return translate("Wording", "Custom")
        case _:
            return translate("Wording", "Unknown ({number})").format(number=int(role))


def staff_role(role: ProviderUserType) -> str:
    """A role inside the provider; a newer server's role keeps its number."""
    match role:
        case ProviderUserType.PROVIDER_ADMIN:
            return translate("Wording", "Provider admin")
        case ProviderUserType.SERVICE_USER:
            return translate("Wording", "Service user")
        case _:
            return translate("Wording", "Unknown ({number})").format(number=int(role))


def permission_name(permission: Permission) -> str:
    """What someone may do with a collection."""
    match permission:
        case "view":
            return translate("Wording", "View items")
        case "view_hidden":
            return translate("Wording", "View items, hidden passwords")
        case "edit":
            return translate("Wording", "Edit items")
        case "edit_hidden":
            return translate("Wording", "Edit items, hidden passwords")
        case "manage":
            return translate("Wording", "Manage collection")
        case "none":
            return translate("Wording", "No access")


_FIELDS: dict[str, Callable[[], str]] = {
    "name": lambda: translate("Wording", "Name"),
    "notes": lambda: translate("Wording", "Notes"),
    "username": lambda: translate("Wording", "User name"),
    "password": lambda: translate("Wording", "Password"),
    "totp": lambda: translate("Wording", "Authenticator key"),
    "uri": lambda: translate("Wording", "Address"),
    "field_name": lambda: translate("Wording", "Name of a field"),
    "field_value": lambda: translate("Wording", "Value of a field"),
    "password_history": lambda: translate("Wording", "Older password"),
}


def field_name(field: str) -> str:
    """A part of an item, by the key that `plans.chunks` gives it."""
    name = _FIELDS.get(field)
    return name() if name is not None else field


def verdict_name(verdict: Verdict) -> str:
    """The five words for a row, the same everywhere."""
    match verdict:
        case Verdict.OK:
            return translate("Wording", "Ready")
        case Verdict.FIXED:
            return translate("Wording", "Adjusted")
        case Verdict.LOSSY:
            return translate("Wording", "Loses something")
        case Verdict.REJECTED:
            return translate("Wording", "Cannot be imported")
        case Verdict.DOUBLE:
            return translate("Wording", "Duplicate")


def verdict_look(verdict: Verdict) -> tuple[str, str]:
    """Icon and tone that go with the word."""
    return {
        Verdict.OK: ("circle-check", "text2"),
        Verdict.FIXED: ("wand-sparkles", "accent"),
        Verdict.LOSSY: ("triangle-alert", "warn"),
        Verdict.REJECTED: ("circle-x", "bad"),
        Verdict.DOUBLE: ("copy", "warn"),
    }[verdict]


def _policy_sentence(facts: Facts) -> str:
    name = policy_name(PolicyType(_count(facts, "policy")))
    if "client" in facts:
        # A plan about several clients says whose policy it is.
        if facts.get("enabled") == "yes":
            text = translate("Wording", "{client}: turn on the policy “{policy}”")
        else:
            text = translate("Wording", "{client}: turn off the policy “{policy}”")
        return _with_policy(text, {"client": facts["client"]}, name)
    if facts.get("enabled") == "yes":
        return translate("Wording", "Turn on the policy “{policy}”").format(policy=name)
    return translate("Wording", "Turn off the policy “{policy}”").format(policy=name)


def _undo_title(facts: Facts, *, again: bool = False) -> str:
    """The title of the plan that is taken back, or done again, inside the title of this one."""
    rest = {name: value for name, value in facts.items() if name != "title"}
    sentence = SAYINGS.get(facts.get("title", ""))
    what = sentence(rest) if sentence is not None else ""
    text = translate("Wording", "Undo: {what}")
    if again:
        text = translate("Wording", "Do again: {what}")
    return SafeText(text.format(what=what))


def _with_policy(template: str, facts: Facts, policy: str) -> str:
    """The policy's name is ours, in the language of the sentence: it needs no isolation."""
    return _filled(template.replace("{policy}", policy.replace("{", "{{")), facts)


def _of_policy(make: Callable[[], str]) -> Sentence:
    """A sentence that names a policy by its number."""

    def sentence(facts: Facts) -> str:
        named = policy_name(PolicyType(_count(facts, "policy")))
        return _with_policy(make(), facts, named)

    return sentence


def _staff_invited(facts: Facts) -> str:
    role = staff_role(ProviderUserType(_count(facts, "role")))
    text = translate("Wording", "Invite %Ln person(s) as {role}", None, _count(facts, "people"))
    return text.format(role=role)


def _members_invited(facts: Facts) -> str:
    role = member_role(OrganizationUserType(_count(facts, "role")))
    text = translate("Wording", "Invite %Ln person(s) as {role}", None, _count(facts, "people"))
    return text.format(role=role)


def _client_created(facts: Facts) -> str:
    text = translate(
        "Wording",
        "Create {name} on {plan} with %Ln seat(s); invite {email}",
        None,
        _count(facts, "seats"),
    )
    return _filled(text, {**facts, "plan": plan_name(PlanType(_count(facts, "plan")))})


def _plain(make: Callable[[], str]) -> Sentence:
    return lambda facts: _filled(make(), facts)


def _plural(make: Callable[[int], str], name: str) -> Sentence:
    return lambda facts: _filled(make(_count(facts, name)), facts)


SAYINGS: dict[str, Sentence] = {
    "step.create_client": _client_created,
    "step.update_client": _plain(lambda: translate("Wording", "Change {client}")),
    "step.update_client.name": _plain(lambda: translate("Wording", "Rename {client} to {name}")),
    "step.update_client.seats": _plural(
        lambda n: translate("Wording", "Give {client} %Ln seat(s)", None, n), "seats"
    ),
    "step.create_collection": _plain(
        lambda: translate("Wording", "Create the collection “{collection}”")
    ),
    "step.create_group": _plural(
        lambda n: translate(
            "Wording", "Create the group “{group}” with access to %Ln collection(s)", None, n
        ),
        "collections",
    ),
    "step.set_group_access": _plural(
        lambda n: translate("Wording", "Give “{group}” access to %Ln collection(s)", None, n),
        "collections",
    ),
    "step.rename_collection": _plain(
        lambda: translate("Wording", "Rename the collection “{collection}” to “{name}”")
    ),
    "step.rename_group": _plain(
        lambda: translate("Wording", "Rename the group “{group}” to “{name}”")
    ),
    "step.delete_collection": _plain(
        lambda: translate("Wording", "Delete the collection “{collection}”")
    ),
    "step.delete_group": _plain(lambda: translate("Wording", "Delete the group “{group}”")),
    "step.import_items": _plural(
        lambda n: translate("Wording", "Send %Ln item(s), part {number} of {of}", None, n), "items"
    ),
    "step.verify_import": _plural(
        lambda n: translate("Wording", "Read back %Ln item(s) and compare", None, n), "items"
    ),
    "step.put_policy": _policy_sentence,
    "step.invite_members": _members_invited,
    "step.confirm_members": _plural(
        lambda n: translate("Wording", "Confirm %Ln person(s): {emails}", None, n), "people"
    ),
    "step.remove_members": _plural(
        lambda n: translate("Wording", "Remove %Ln person(s): {emails}", None, n), "people"
    ),
    "step.invite_provider_members": _staff_invited,
    "step.resend_provider_invitations": _plural(
        lambda n: translate("Wording", "Resend %Ln invitation(s)", None, n), "people"
    ),
    "step.confirm_provider_members": _plural(
        lambda n: translate("Wording", "Confirm %Ln member(s): {emails}", None, n), "people"
    ),
    "step.remove_provider_members": _plural(
        lambda n: translate("Wording", "Remove %Ln member(s)", None, n), "people"
    ),
    "step.set_provider_member_role": lambda facts: _filled(
        translate("Wording", "Change the role of {email} to {role}"),
        {**facts, "role": staff_role(ProviderUserType(_count(facts, "role")))},
    ),
    "plan.setup_new": _plain(lambda: translate("Wording", "Set up {client}")),
    "plan.setup_existing": _plain(lambda: translate("Wording", "Add to {client}")),
    "plan.rename_client": _plain(lambda: translate("Wording", "Rename {client}")),
    "plan.change_seats": _plain(lambda: translate("Wording", "Change the seats of {client}")),
    "plan.confirm_members": _plain(lambda: translate("Wording", "Confirm people of {client}")),
    "plan.invite_staff": _plain(lambda: translate("Wording", "Invite members of the provider")),
    "plan.resend_staff": _plain(lambda: translate("Wording", "Resend invitations")),
    "plan.confirm_staff": _plain(lambda: translate("Wording", "Confirm members of the provider")),
    "plan.remove_staff": _plain(lambda: translate("Wording", "Remove members of the provider")),
    "plan.role_staff": _plain(lambda: translate("Wording", "Change a role")),
    "plan.new_collection": _plain(lambda: translate("Wording", "New collection for {client}")),
    "plan.put_policy": _plain(lambda: translate("Wording", "Change a policy of {client}")),
    "plan.fleet_policies": _plural(
        lambda n: translate("Wording", "Set policies of %Ln client(s)", None, n), "clients"
    ),
    "plan.undo": _undo_title,
    "plan.redo": lambda facts: _undo_title(facts, again=True),
    "already.client": _plain(lambda: translate("Wording", "{client} exists")),
    "already.collection": _plain(lambda: translate("Wording", "Collection “{collection}” exists")),
    "already.group": _plain(lambda: translate("Wording", "Group “{group}” exists")),
    "already.access": _plain(lambda: translate("Wording", "The access of “{group}” is as wanted")),
    "already.policy": lambda facts: _of_policy(
        (lambda: translate("Wording", "{client}: policy “{policy}” is as wanted"))
        if "client" in facts
        else (lambda: translate("Wording", "Policy “{policy}” is as wanted"))
    )(facts),
    "already.member": _plain(lambda: translate("Wording", "{email} is a member or invited")),
    "already.no_policies": _plain(
        lambda: translate("Wording", "{client} has a plan without policies")
    ),
    "irreversible.create_client": _plural(
        lambda n: translate(
            "Wording", "The organization is created with %Ln assigned seat(s).", None, n
        ),
        "seats",
    ),
    "irreversible.import_items": _plain(
        lambda: translate(
            "Wording", "Imported items can only be removed by a member of the client."
        )
    ),
    "irreversible.invitations": _plain(
        lambda: translate("Wording", "Invitation mails cannot be called back.")
    ),
    "irreversible.confirm_members": _plain(
        lambda: translate(
            "Wording", "Whoever is confirmed has had the client's key, also after being removed."
        )
    ),
    "irreversible.confirm_provider_members": _plain(
        lambda: translate(
            "Wording",
            "Whoever is confirmed has had the key of every client, also after being removed.",
        )
    ),
    "irreversible.remove_provider_members": _plain(
        lambda: translate("Wording", "Whoever is removed has to be invited and confirmed anew.")
    ),
    "irreversible.remove_members": _plain(
        lambda: translate("Wording", "Whoever is removed has to be invited and confirmed anew.")
    ),
    "irreversible.delete_collection": _plain(
        lambda: translate(
            "Wording", "Items in a deleted collection stay in the vault, but in no collection."
        )
    ),
    "irreversible.policy_revokes": lambda facts: translate(
        "Wording",
        "“{policy}” revokes members who do not meet it; turning it off does not restore them.",
    ).format(policy=policy_name(PolicyType(_count(facts, "policy")))),
    "undo.client_stays": _plain(
        lambda: translate("Wording", "A client is never deleted from here.")
    ),
    "undo.items_stay": _plain(
        lambda: translate("Wording", "Only a member of the client can remove items.")
    ),
    "undo.imported": _plural(
        lambda n: translate("Wording", "%Ln imported item(s)", None, n), "items"
    ),
    "undo.collection_filled": _plain(
        lambda: translate("Wording", "Items were imported into it, so it stays.")
    ),
    "undo.parent_stays": _plain(
        lambda: translate("Wording", "A collection below it stays, so it stays too.")
    ),
    "undo.manager_stays": _plain(
        lambda: translate("Wording", "It manages a collection that stays, so it stays too.")
    ),
    "undo.confirmed": _plain(
        lambda: translate("Wording", "Whoever is confirmed has had the key and stays.")
    ),
    "undo.mails_sent": _plain(lambda: translate("Wording", "Mails cannot be called back.")),
    "undo.removed": _plain(
        lambda: translate("Wording", "Whoever is removed has to be invited anew.")
    ),
    "undo.restores_nobody": _of_policy(
        lambda: translate(
            "Wording", "Changing “{policy}” back restores nobody it revoked and recalls no mail."
        )
    ),
    "undo.my_items_stay": _plain(
        lambda: translate("Wording", "Collections it made for members stay.")
    ),
    "undo.already": _plain(lambda: translate("Wording", "Is already as it was before.")),
    "undo.gone": _plain(lambda: translate("Wording", "It no longer exists.")),
    "undo.not_known": _plain(
        lambda: translate("Wording", "What was there before was not recorded.")
    ),
    "undo.unclear": _plain(
        lambda: translate("Wording", "Whether this happened is not clear; settle the run first.")
    ),
    "affected.two_step": _plural(
        lambda n: translate(
            "Wording", "{client}: %Ln member(s) without two-step login are revoked", None, n
        ),
        "people",
    ),
    "affected.single_organization": _plural(
        lambda n: translate(
            "Wording",
            "{client}: of %Ln member(s), those who are in another organization are revoked",
            None,
            n,
        ),
        "people",
    ),
    "affected.data_ownership": _plural(
        lambda n: translate(
            "Wording", "{client}: %Ln member(s) can no longer keep items of their own", None, n
        ),
        "people",
    ),
    "affected.policy": lambda facts: _of_policy(
        lambda: translate(
            "Wording",
            "{client}: “{policy}” applies to %Ln member(s)",
            None,
            _count(facts, "people"),
        )
    )(facts),
    "affected.group_access": _plural(
        lambda n: translate("Wording", "{client}: access of %Ln member(s) changes", None, n),
        "people",
    ),
    "affected.group_deleted": _plural(
        lambda n: translate(
            "Wording", "{client}: %Ln member(s) leave the group “{group}”", None, n
        ),
        "people",
    ),
    "affected.collection_deleted": _plural(
        lambda n: translate(
            "Wording", "{client}: %Ln member(s) no longer reach “{collection}”", None, n
        ),
        "people",
    ),
    "affected.removed": _plural(
        lambda n: translate("Wording", "{client}: %Ln person(s) are removed", None, n), "people"
    ),
    "affected.removed_staff": _plural(
        lambda n: translate("Wording", "%Ln member(s) of the provider are removed", None, n),
        "people",
    ),
    "note.twin_client": _plain(
        lambda: translate("Wording", "There is a second client with the same key on the server.")
    ),
    "note.twin_collection": lambda facts: _filled(
        translate("Wording", "The collection “{collection}” is on the server more than once."),
        facts,
    ),
    "note.twin_group": lambda facts: _filled(
        translate("Wording", "The group “{group}” is on the server more than once."), facts
    ),
    "note.twin_items": lambda facts: _filled(
        translate("Wording", "Items of these rows are in the vault more than once: {rows}."), facts
    ),
    "note.half_made": _plain(
        lambda: translate("Wording", "The server had stopped halfway; what was missing is added.")
    ),
    "note.listing_refused": _plain(
        lambda: translate(
            "Wording",
            "The server does not list items; ask the owner to check that all are there.",
        )
    ),
    "note.shortfall": _plain(
        lambda: translate("Wording", "Some items are not in the vault; the rows are listed.")
    ),
    "note.access_read_back": _plain(
        lambda: translate(
            "Wording", "Access was read back; the client's log has one entry about it."
        )
    ),
}


def say(what: Say) -> str:
    """The sentence for a step, a plan's title or a note."""
    sentence = SAYINGS.get(what.key)
    return sentence(what.facts) if sentence is not None else what.key


PROBLEMS: dict[str, Sentence] = {
    "name_missing": _plain(lambda: translate("Wording", "The client needs a name.")),
    "name_too_long": _plain(
        lambda: translate("Wording", "A name has at most 50 characters; this one has {length}.")
    ),
    "owner_missing": _plain(
        lambda: translate("Wording", "Type the e-mail address of the client's owner.")
    ),
    "email_bad": _plain(lambda: translate("Wording", "Not an e-mail address: {email}")),
    "seats_too_few": _plain(lambda: translate("Wording", "A client needs at least one seat.")),
    "collection_name_missing": _plain(
        lambda: translate("Wording", "A collection needs a name: “{collection}”")
    ),
    "collection_name_too_long": _plain(
        lambda: translate("Wording", "The name of this collection is too long: “{collection}”")
    ),
    "collection_twice": _plain(
        lambda: translate("Wording", "This collection is listed twice: “{collection}”")
    ),
    "too_many_collections": _plain(
        lambda: translate("Wording", "An organization takes at most 2,000 collections at once.")
    ),
    "manager_unknown": _plain(
        lambda: translate("Wording", "The group “{group}” is to manage, but does not exist.")
    ),
    "no_manager": _plain(
        lambda: translate("Wording", "Somebody has to manage the collections: choose a group.")
    ),
    "nothing_to_import": _plain(
        lambda: translate("Wording", "No row of this file can be imported. Choose another file.")
    ),
    "policy_option": lambda facts: translate(
        "Wording", "An option of “{policy}” is out of range."
    ).format(policy=policy_name(PolicyType(_count(facts, "policy")))),
    "policy_needs": lambda facts: translate("Wording", "“{policy}” needs “{needs}” first.").format(
        policy=policy_name(PolicyType(_count(facts, "policy"))),
        needs=policy_name(PolicyType(_count(facts, "needs"))),
    ),
    "policy_unsupported": lambda facts: translate(
        "Wording", "This server does not have the policy “{policy}”."
    ).format(policy=policy_name(PolicyType(_count(facts, "policy")))),
    "role_hides_groups": _plain(
        lambda: translate("Wording", "Your role in this organization does not manage groups.")
    ),
    "role_hides_members": _plain(
        lambda: translate("Wording", "Your role in this organization does not manage members.")
    ),
    "group_name_missing": _plain(lambda: translate("Wording", "A group needs a name.")),
    "group_name_too_long": _plain(
        lambda: translate("Wording", "A group's name has at most 100 characters: “{group}”")
    ),
    "group_twice": _plain(lambda: translate("Wording", "This group is listed twice: “{group}”")),
    "no_groups_in_plan": _plain(
        lambda: translate("Wording", "This plan or this server has no groups.")
    ),
    "owner_again": _plain(lambda: translate("Wording", "{email} is invited as the owner already.")),
    "person_twice": _plain(lambda: translate("Wording", "{email} is listed twice.")),
    "group_unknown": _plain(
        lambda: translate("Wording", "{email} is to be in “{group}”, which does not exist.")
    ),
    "too_few_seats": _plain(
        lambda: translate(
            "Wording", "People: {people}. Free seats: {free}. Add seats or invite fewer."
        )
    ),
    "too_long": lambda facts: _filled(
        translate("Wording", "Row {row}: “{field}” is too long once encrypted."),
        {**facts, "field": field_name(facts.get("field", ""))},
    ),
}


def problem_text(key: str, facts: Facts) -> str:
    """The sentence for something that stands against a plan."""
    sentence = PROBLEMS.get(key)
    return sentence(facts) if sentence is not None else key


REASONS: dict[str, Sentence] = {
    "entities_decoded": _plain(
        lambda: translate("Wording", "HTML codes such as &amp; became the characters they mean.")
    ),
    "notes_split": _plain(
        lambda: translate("Wording", "The note is too long for one item; it became {parts} parts.")
    ),
    "name_made": _plain(lambda: translate("Wording", "Had no name; is now called “{name}”.")),
    "name_shortened": _plain(
        lambda: translate("Wording", "The name is too long; the full one is in the notes.")
    ),
    "uri_scheme_added": _plain(lambda: translate("Wording", "The address gets https:// in front.")),
    "uri_android": _plain(lambda: translate("Wording", "The Android address got its usual form.")),
    "totp_tidied": _plain(
        lambda: translate("Wording", "The authenticator key got its usual form.")
    ),
    "became_note": _plain(
        lambda: translate("Wording", "Becomes a secure note: there is nothing to log in with.")
    ),
    "field_to_notes": _plain(lambda: translate("Wording", "“{field}” moves to the notes.")),
    "lines_glued": _plain(
        lambda: translate("Wording", "The row was broken over {count} lines and is joined again.")
    ),
    "cells_missing": _plural(
        lambda n: translate("Wording", "The row is %Ln cell(s) short.", None, n), "missing"
    ),
    "cells_extra": _plural(
        lambda n: translate("Wording", "%Ln cell(s) without a heading kept in the notes.", None, n),
        "extra",
    ),
    "folder_cleaned": _plain(lambda: translate("Wording", "The folder is now “{folder}”.")),
    "folder_shortened": _plain(
        lambda: translate("Wording", "The folder's name is too long; it is now “{folder}”.")
    ),
    "archived": _plain(lambda: translate("Wording", "Was archived; the date is kept as a field.")),
    "ssh_kept_as_note": _plain(
        lambda: translate("Wording", "The SSH key has a form clients cannot use; kept as a note.")
    ),
    "fields_rejoined": _plural(
        lambda n: translate("Wording", "%Ln line(s) joined to the field before.", None, n), "count"
    ),
    "totp_invalid": _plain(
        lambda: translate("Wording", "The authenticator key is not valid; kept as a hidden field.")
    ),
    "totp_counter": _plain(
        lambda: translate("Wording", "Counter-based codes do not work; kept as a hidden field.")
    ),
    "totp_too_long": _plain(
        lambda: translate("Wording", "The authenticator key is too long; kept as a hidden field.")
    ),
    "value_moved": _plain(
        lambda: translate("Wording", "“{field}” is too long for its place and was moved.")
    ),
    "uri_to_notes": _plural(
        lambda n: translate("Wording", "%Ln address(es) too long; kept in the notes.", None, n),
        "count",
    ),
    "ssh_key_too_long": _plain(
        lambda: translate("Wording", "The SSH key is too long; it became a secure note.")
    ),
    "block_split": _plain(
        lambda: translate("Wording", "A key block is longer than a note and was cut.")
    ),
    "passkey_as_field": _plural(
        lambda n: translate(
            "Wording", "%Ln passkey(s) kept as hidden fields, no longer usable.", None, n
        ),
        "count",
    ),
    "attachments_left_out": _plural(
        lambda n: translate("Wording", "%Ln attachment(s) left behind.", None, n), "count"
    ),
    "history_shortened": _plural(
        lambda n: translate("Wording", "%Ln older password(s) kept as hidden fields.", None, n),
        "count",
    ),
    "folder_unknown": _plural(
        lambda n: translate(
            "Wording", "The item names %Ln folder(s) that the file does not hold.", None, n
        ),
        "count",
    ),
    "type_became_note": _plain(
        lambda: translate("Wording", "This kind of item is not known; it became a secure note.")
    ),
    "field_type_unknown": _plain(
        lambda: translate("Wording", "“{field}” has an unknown kind; kept as a hidden field.")
    ),
    "empty_row": _plain(lambda: translate("Wording", "The row is empty.")),
    "header_again": _plain(lambda: translate("Wording", "The row repeats the heading.")),
    "item_unreadable": _plain(lambda: translate("Wording", "The item cannot be read: {problem}")),
    "bad_text": _plain(
        lambda: translate("Wording", "The row has half a character that cannot be stored.")
    ),
    "markup_to_text": _plain(
        lambda: translate("Wording", "The notes were a web page; they are plain text now.")
    ),
    "markup_kept": _plain(
        lambda: translate("Wording", "The notes are a web page that plain text cannot show: kept.")
    ),
    "was_in_portal": _plain(
        lambda: translate("Wording", "The people of the client could see it in the portal.")
    ),
    "shared_as": _plain(lambda: translate("Wording", "It was shared with these rights: {rights}.")),
    "kind_unknown": _plain(
        lambda: translate("Wording", "The kind “{kind}” is not known; read as a login.")
    ),
    "cell_unreadable": _plain(
        lambda: translate("Wording", "“{field}” cannot be read; kept as it stands.")
    ),
    "apostrophe_removed": _plain(
        lambda: translate(
            "Wording",
            "The apostrophe that keeps spreadsheets from taking a value for a formula was removed.",
        )
    ),
    "browser_keys": _plain(
        lambda: translate("Wording", "These are keys of the browser itself, no login.")
    ),
    "folder_row": _plain(
        lambda: translate("Wording", "The row only names a folder; its items name it too.")
    ),
    "in_trash": _plain(lambda: translate("Wording", "The item is in the trash.")),
    "same_as_row": _plain(lambda: translate("Wording", "The same as row {first}.")),
    "entities_kept": _plain(
        lambda: translate("Wording", "Looks like HTML codes, but the file is not escaped: kept.")
    ),
    "already_imported": _plain(
        lambda: translate(
            "Wording", "This computer has imported the same item into this client before."
        )
    ),
}


def reasons_text(reasons: Iterable[Reason]) -> str:
    """All reasons of a row, one sentence after the other."""
    return SafeText(" ".join(reason_sentence(one.key, one.facts) for one in reasons))


def reason_sentence(key: str, facts: Facts) -> str:
    """Why a row is not simply ready."""
    sentence = REASONS.get(key)
    return sentence(facts) if sentence is not None else key
