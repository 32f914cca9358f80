"""A plan: steps in the order they run, what is there already, what cannot be undone."""

from __future__ import annotations

import msgspec

from desktop.domain.enums import PolicyType
from desktop.domain.ids import OrganizationId, RunId
from desktop.domain.items import Reason, Verdict
from desktop.plans.steps import (
    AnyStep,
    ConfirmMembers,
    ConfirmProviderMembers,
    CreateClient,
    DeleteCollection,
    ImportItems,
    InviteMembers,
    InviteProviderMembers,
    PlanStep,
    PutPolicy,
    RemoveMembers,
    RemoveProviderMembers,
    ResendProviderInvitations,
    Say,
)

REVOKING_POLICIES = (PolicyType.TWO_STEP_LOGIN, PolicyType.SINGLE_ORGANIZATION)


class ListedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the file that needs a word: everything that is not simply ok."""

    number: int
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    title: str = ""


class ImportSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What the file held; kept with the plan so that a report needs no file. No secrets."""

    format: str
    file_name: str
    rows: int
    counts: dict[Verdict, int]
    items: int
    listed: tuple[ListedRow, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What will happen, in order. Preview and run use this same object (T56).

    `undoes` is the run whose changes this plan takes back.
    """

    title: Say
    steps: tuple[AnyStep, ...]
    client: OrganizationId | None = None
    client_name: str = ""
    already: tuple[Say, ...] = ()
    import_summary: ImportSummary | None = None
    undoes: RunId | None = None

    def find(self, key: str) -> AnyStep:
        """Raises KeyError."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    @property
    def irreversible(self) -> tuple[Say, ...]:
        """What cannot be taken back, each kind once, in plan order."""
        said: dict[str, Say] = {}
        for step in self.steps:
            for say in _irreversible(step):
                said.setdefault(say.key, say)
        return tuple(said.values())

    def check(self) -> None:
        """ValueError for a doubled key or a need that does not come before (a bug)."""
        seen: set[str] = set()
        for step in self.steps:
            if step.key in seen:
                raise ValueError(f"two steps are called {step.key}")
            missing = [need for need in step.needs if need not in seen]
            if missing:
                raise ValueError(f"{step.key} needs {missing[0]} before it")
            seen.add(step.key)


_IRREVERSIBLE: dict[type[PlanStep], tuple[str, ...]] = {
    CreateClient: ("irreversible.create_client", "irreversible.invitations"),
    ImportItems: ("irreversible.import_items",),
    InviteMembers: ("irreversible.invitations",),
    InviteProviderMembers: ("irreversible.invitations",),
    ResendProviderInvitations: ("irreversible.invitations",),
    ConfirmMembers: ("irreversible.confirm_members",),
    ConfirmProviderMembers: ("irreversible.confirm_provider_members",),
    RemoveMembers: ("irreversible.remove_members",),
    RemoveProviderMembers: ("irreversible.remove_provider_members",),
    DeleteCollection: ("irreversible.delete_collection",),
}


def _irreversible(step: AnyStep) -> tuple[Say, ...]:
    if isinstance(step, PutPolicy):
        revokes = step.enabled and step.type in REVOKING_POLICIES
        return (Say("irreversible.policy_revokes", step.facts),) if revokes else ()
    return tuple(Say(key, step.facts) for key in _IRREVERSIBLE.get(type(step), ()))


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Plan)


def encode_plan(plan: Plan) -> bytes:
    """As MessagePack, for the sealed journal."""
    return _ENCODER.encode(plan)


def decode_plan(data: bytes) -> Plan:
    """Raises msgspec.ValidationError."""
    return _DECODER.decode(data)
