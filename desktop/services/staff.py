"""The provider's own people. Only provider admins may read or change the list."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.api import answers, requests
from desktop.domain.enums import ProviderUserType
from desktop.domain.events import ProviderMembersChanged
from desktop.domain.limits import BULK_BATCH, INVITE_BATCH
from desktop.domain.records import ProviderMember
from desktop.plans.people import split_addresses
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    AnyStep,
    InviteProviderMembers,
    ProviderPerson,
    RemoveProviderMembers,
    ResendProviderInvitations,
    Say,
    SetProviderMemberRole,
)
from desktop.services.aged import Aged
from desktop.services.keeping import STAFF
from desktop.services.link import Link


class Staff:
    """The list of staff, and the plans that change it."""

    def __init__(self, link: Link) -> None:
        self._link = link

    async def cached(self) -> Aged[tuple[ProviderMember, ...]] | None:
        """What was fetched last, None on a new desk."""
        snapshot = await self._link.kept(STAFF, self._owner)
        if snapshot is None:
            return None
        return Aged(answers.provider_members(snapshot.payload), snapshot.fetched_at, fresh=False)

    async def fetch(self) -> Aged[tuple[ProviderMember, ...]]:
        """One call. Raises NotAllowed for a service user, Offline, SignedOut, NotOurServer.

        An answer that is held back (T21) leaves the former list in force, with its age.
        """
        link = self._link
        raw = await link.ask(link.api.get_raw(requests.provider_members(link.session.provider_id)))
        kept = await link.keep(STAFF, self._owner, raw)
        members = answers.kept_provider_members(kept.payload)
        link.publish(ProviderMembersChanged())
        return Aged(members, kept.fetched_at, fresh=not kept.held)

    def invite_plan(self, emails: Sequence[str], role: ProviderUserType) -> Plan:
        """Twenty addresses a request."""
        steps = [
            InviteProviderMembers(
                key=f"invite.{number}", emails=tuple(emails[at : at + INVITE_BATCH]), role=role
            )
            for number, at in enumerate(range(0, len(emails), INVITE_BATCH), start=1)
        ]
        return _plan("plan.invite_staff", steps, len(emails))

    def resend_plan(self, members: Sequence[ProviderMember]) -> Plan:
        steps = [
            ResendProviderInvitations(key=f"resend.{number}", people=people)
            for number, people in enumerate(_batches(members), start=1)
        ]
        return _plan("plan.resend_staff", steps, len(members))

    def remove_plan(self, members: Sequence[ProviderMember]) -> Plan:
        steps = [
            RemoveProviderMembers(key=f"remove.{number}", people=people)
            for number, people in enumerate(_batches(members), start=1)
        ]
        return _plan("plan.remove_staff", steps, len(members))

    def role_plan(self, member: ProviderMember, role: ProviderUserType) -> Plan:
        step = SetProviderMemberRole(
            key="role",
            person=ProviderPerson(member=member.id, email=member.email),
            role=role,
            base={"role": int(member.type)},
        )
        return _plan("plan.role_staff", [step], 1)

    @staticmethod
    def parse_people(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(good addresses, pieces that are none)."""
        return split_addresses(text)

    @property
    def _owner(self) -> str:
        return str(self._link.session.provider_id)


def _batches(members: Sequence[ProviderMember]) -> list[tuple[ProviderPerson, ...]]:
    people = [ProviderPerson(member=member.id, email=member.email) for member in members]
    return [tuple(people[at : at + BULK_BATCH]) for at in range(0, len(people), BULK_BATCH)]


def _plan(title: str, steps: Sequence[AnyStep], people: int) -> Plan:
    return Plan(title=Say(title, {"people": str(people)}), steps=tuple(steps))
