"""Handing keys to people: the phrase first, of the very key that is used afterwards (T11, T13).

A candidate holds the parsed public key. The phrase is computed from that object, the plan carries
its bytes, and nothing fetches it again in between. Nobody is confirmed without an acknowledgement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from desktop.crypto.fingerprint import fingerprint_phrase
from desktop.crypto.rsa import PublicKey
from desktop.domain.enums import OrganizationUserStatus, ProviderUserStatus
from desktop.domain.errors import BadPublicKey, NotOurServer
from desktop.domain.ids import OrganizationId, OrganizationUserId, ProviderUserId, UserId
from desktop.domain.limits import BULK_BATCH
from desktop.domain.records import MemberPublicKey, OrganizationMember, ProviderMember
from desktop.plans.plan import Plan
from desktop.plans.steps import (
    ConfirmMembers,
    ConfirmProviderMembers,
    MemberKey,
    Say,
    ref_of,
)
from desktop.services.clients import Clients
from desktop.services.link import Link


@dataclass(frozen=True)
class Candidate:
    """Somebody who accepted. `problem`: "no_key" or "bad_key", then `phrase` is empty;
    "changed_key" for a key that is not the one confirmed before, whose phrase is `former` (T12):
    then nobody can confirm it. `known_since`: when this very key was compared.
    """

    member_id: OrganizationUserId | ProviderUserId
    user_id: UserId | None
    email: str
    name: str | None
    phrase: tuple[str, ...] = ()
    problem: str | None = None
    public_key: PublicKey | None = field(default=None, repr=False)
    former: tuple[str, ...] = ()
    known_since: datetime | None = None


class Confirmations:
    """Candidates with their phrases, and the plans that confirm them."""

    def __init__(self, link: Link, clients: Clients) -> None:
        self._link = link
        self._clients = clients

    async def staff_candidates(self, members: Sequence[ProviderMember]) -> tuple[Candidate, ...]:
        """Those of `members` who accepted. Raises NotOurServer if the keys do not match them."""
        waiting = [one for one in members if one.status is ProviderUserStatus.ACCEPTED]
        if not waiting:
            return ()
        link = self._link
        keys = await link.ask(
            link.api.provider_public_keys(
                link.session.provider_id, [member.id for member in waiting]
            )
        )
        by_id = matched(keys, [member.id for member in waiting])
        found = [
            _candidate(one.id, one.user_id, one.email, one.name, by_id.get(one.id))
            for one in waiting
        ]
        return tuple([await self._judged(one) for one in found])

    async def member_candidates(
        self, client: OrganizationId, members: Sequence[OrganizationMember]
    ) -> tuple[Candidate, ...]:
        """As `staff_candidates`, for a client's people."""
        waiting = [one for one in members if one.status is OrganizationUserStatus.ACCEPTED]
        if not waiting:
            return ()
        link = self._link
        keys = await link.ask(
            link.api.member_public_keys(client, [member.id for member in waiting])
        )
        by_id = matched(keys, [member.id for member in waiting])
        found = [
            _candidate(one.id, one.user_id, one.email, one.name, by_id.get(one.id))
            for one in waiting
        ]
        return tuple([await self._judged(one) for one in found])

    async def _judged(self, candidate: Candidate) -> Candidate:
        """Held against what was confirmed as this person's key before, at whatever client."""
        pins, key, user = self._link.pins, candidate.public_key, candidate.user_id
        if key is None or user is None:
            return candidate
        trouble = pins.trouble_of_person(user, key, candidate.email)
        if trouble is not None:
            await pins.review()
            former = tuple(trouble.before.split("-"))
            return replace(candidate, problem="changed_key", public_key=None, former=former)
        known = pins.person(user)
        return candidate if known is None else replace(candidate, known_since=known.at)

    def staff_plan(self, candidates: Iterable[Candidate], acknowledged: Collection[UUID]) -> Plan:
        """Confirms the acknowledged ones among `candidates`; others are left out (T13)."""
        people = _acknowledged(candidates, acknowledged)
        steps = tuple(
            ConfirmProviderMembers(key=f"confirm.{number}", people=batch)
            for number, batch in enumerate(_batches(people), start=1)
        )
        return Plan(title=Say("plan.confirm_staff", {"people": str(len(people))}), steps=steps)

    def member_plan(
        self,
        client: OrganizationId,
        candidates: Iterable[Candidate],
        acknowledged: Collection[UUID],
        my_items: str = "My items",
    ) -> Plan:
        """As `staff_plan`, for a client's people. `my_items` is a name in the person's language."""
        people = _acknowledged(candidates, acknowledged)
        known = self._clients.find(client)
        name = known.organization_name if known is not None else ""
        steps = tuple(
            ConfirmMembers(
                key=f"confirm.{number}", client=ref_of(client), people=batch, my_items=my_items
            )
            for number, batch in enumerate(_batches(people), start=1)
        )
        return Plan(
            title=Say("plan.confirm_members", {"people": str(len(people)), "client": name}),
            steps=steps,
            client=client,
            client_name=name,
        )


def matched(keys: Iterable[MemberPublicKey], asked: Sequence[UUID]) -> dict[UUID, MemberPublicKey]:
    """Keys by member id. A key nobody asked for, or two for one person, is refused (T13).

    People without a key are missing from the answer: no_key.
    """
    wanted = {str(one).lower(): one for one in asked}
    found: dict[UUID, MemberPublicKey] = {}
    for key in keys:
        member = wanted.get(str(key.id).lower())
        if member is None or member in found:
            raise NotOurServer("keys of other people")
        found[member] = key
    return found


def _candidate(
    member_id: OrganizationUserId | ProviderUserId,
    user_id: UserId | None,
    email: str,
    name: str | None,
    key: MemberPublicKey | None,
) -> Candidate:
    if key is None or user_id is None:
        return Candidate(member_id, user_id, email, name, problem="no_key")
    if key.user_id != user_id:
        # The phrase would be computed for another person than the one in the list.
        return Candidate(member_id, user_id, email, name, problem="bad_key")
    try:
        public_key = PublicKey.parse(key.key)
    except BadPublicKey:
        return Candidate(member_id, user_id, email, name, problem="bad_key")
    phrase = fingerprint_phrase(str(user_id), public_key)
    return Candidate(member_id, user_id, email, name, phrase, None, public_key)


def _acknowledged(
    candidates: Iterable[Candidate], acknowledged: Collection[UUID]
) -> tuple[MemberKey, ...]:
    return tuple(
        MemberKey(
            member=one.member_id,
            user=one.user_id,
            email=one.email,
            public_key=one.public_key.b64,
        )
        for one in candidates
        if one.public_key is not None and one.user_id is not None and one.member_id in acknowledged
    )


def _batches(people: tuple[MemberKey, ...]) -> list[tuple[MemberKey, ...]]:
    return [people[at : at + BULK_BATCH] for at in range(0, len(people), BULK_BATCH)]
