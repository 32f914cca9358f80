"""Inviting, confirming and removing people, of a client and of the provider (protocol 4.2, 5.6).

The state of an invitation is the status of each address, None for one that is not in the list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar
from uuid import UUID

from desktop.api import answers, requests
from desktop.crypto.encstring import encrypt_text
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PublicKey
from desktop.domain.enums import OrganizationUserStatus, ProviderUserStatus
from desktop.domain.errors import Conflict, OutcomeUnknown, Refused, Uncertain
from desktop.domain.records import OrganizationMember, ProviderMember
from desktop.plans.steps import (
    ConfirmMembers,
    ConfirmProviderMembers,
    InviteMembers,
    InviteProviderMembers,
    MemberKey,
    RemoveMembers,
    RemoveProviderMembers,
    ResendProviderInvitations,
    SetProviderMemberRole,
    State,
)
from desktop.services.handler import (
    Handler,
    check_unchanged,
    journaled,
    json_body,
    states,
)
from desktop.services.run_context import OVERWRITE, RunContext
from desktop.services.run_types import Prepared, Result


class HandleInviteMembers(Handler[InviteMembers]):
    """An address in the list is invited; only those that are not in it are sent (again)."""

    WAITS: ClassVar[tuple[float, ...]] = (5.0,)

    async def prepare(
        self, context: RunContext, step: InviteMembers, former: Prepared | None
    ) -> Prepared | Result:
        missing = await self._missing(context, step)
        if not missing:
            return Result()
        client = context.client(step.client)
        body = json_body(
            {
                "emails": missing,
                "type": int(step.role),
                "accessSecretsManager": False,
                "collections": context.on_collections(step.collections),
                "groups": [str(context.resolve(group)) for group in step.groups],
            }
        )
        return journaled(requests.invite_members(client, body), listed=_ever(former, missing))

    async def settle(
        self, context: RunContext, step: InviteMembers, prepared: Prepared, answer: bytes
    ) -> Result:
        missing = await self._missing(context, step)
        if missing:
            raise OutcomeUnknown("not all invited")
        return Result(facts={"people": str(len(step.emails))})

    async def recognise(
        self, context: RunContext, step: InviteMembers, prepared: Prepared
    ) -> Result | None:
        return None if await self._missing(context, step) else Result()

    async def present(self, context: RunContext, step: InviteMembers) -> State | None:
        members = await context.members(context.client(step.client), again=False)
        there = {one.email.lower(): (str(one.id), int(one.status)) for one in members}
        return _statuses(step.emails, there)

    async def _missing(self, context: RunContext, step: InviteMembers) -> list[str]:
        members = await context.members(context.client(step.client))
        there = {one.email.lower() for one in members}
        return [email for email in step.emails if email.lower() not in there]


class HandleConfirmMembers(Handler[ConfirmMembers]):
    """Wraps the client's key for the very public keys whose phrases were acknowledged."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: ConfirmMembers, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        waiting = await self._waiting(context, step)
        if not waiting:
            return Result()
        _check_people(context, waiting)
        key = context.link.session.org_key(client)
        content: dict[str, object] = {"keys": _wrapped(key, waiting)}
        features = context.link.session.features(client)
        if features is not None and features.use_my_items:
            content["defaultUserCollectionName"] = encrypt_text(key, step.my_items)
        return journaled(requests.confirm_members(client, json_body(content)))

    async def settle(
        self, context: RunContext, step: ConfirmMembers, prepared: Prepared, answer: bytes
    ) -> Result:
        refused = _refused(answer)
        left = [one.email for one in await self._waiting(context, step)]
        result = _all_or_refused(refused, left, step.people)
        _remember(context, step.people)
        return result

    async def recognise(
        self, context: RunContext, step: ConfirmMembers, prepared: Prepared
    ) -> Result | None:
        if await self._waiting(context, step):
            return None
        _remember(context, step.people)
        return Result()

    async def _waiting(self, context: RunContext, step: ConfirmMembers) -> list[MemberKey]:
        found = await context.members(context.client(step.client))
        members: dict[UUID, OrganizationMember] = {one.id: one for one in found}
        waiting = []
        for person in step.people:
            member = members.get(person.member)
            if member is None or member.user_id != person.user:
                raise Conflict(person.email)
            if member.status is OrganizationUserStatus.ACCEPTED:
                waiting.append(person)
            elif member.status is not OrganizationUserStatus.CONFIRMED:
                raise Conflict(person.email)
        return waiting


class HandleRemoveMembers(Handler[RemoveMembers]):
    """Recognised by absence; removing somebody twice does no more than once."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: RemoveMembers, former: Prepared | None
    ) -> Prepared | Result:
        left = await self._left(context, step)
        if not left:
            return Result()
        if step.only_invited and context.choices.get(step.key) != OVERWRITE:
            for member in left:
                if member.status is not OrganizationUserStatus.INVITED:
                    raise Conflict(member.email)
        body = json_body({"ids": [str(one.id) for one in left]})
        return journaled(requests.remove_members(context.client(step.client), body))

    async def settle(
        self, context: RunContext, step: RemoveMembers, prepared: Prepared, answer: bytes
    ) -> Result:
        refused = _refused(answer)
        if await self._left(context, step):
            raise Refused(200, next(iter(refused.values()), ""))
        return Result(facts={"people": str(len(step.people))})

    async def recognise(
        self, context: RunContext, step: RemoveMembers, prepared: Prepared
    ) -> Result | None:
        return None if await self._left(context, step) else Result()

    async def _left(self, context: RunContext, step: RemoveMembers) -> list[OrganizationMember]:
        wanted = {person.member for person in step.people}
        members = await context.members(context.client(step.client))
        return [one for one in members if one.id in wanted]


class HandleInviteProviderMembers(Handler[InviteProviderMembers]):
    """As for a client's people; the provider's list shows who is invited."""

    WAITS: ClassVar[tuple[float, ...]] = (5.0,)

    async def prepare(
        self, context: RunContext, step: InviteProviderMembers, former: Prepared | None
    ) -> Prepared | Result:
        missing = await self._missing(context, step)
        if not missing:
            return Result()
        body = json_body({"emails": missing, "type": int(step.role)})
        return journaled(
            requests.invite_provider_members(context.provider, body),
            listed=_ever(former, missing),
        )

    async def settle(
        self, context: RunContext, step: InviteProviderMembers, prepared: Prepared, answer: bytes
    ) -> Result:
        if await self._missing(context, step):
            raise OutcomeUnknown("not all invited")
        return Result(facts={"people": str(len(step.emails))})

    async def recognise(
        self, context: RunContext, step: InviteProviderMembers, prepared: Prepared
    ) -> Result | None:
        return None if await self._missing(context, step) else Result()

    async def present(self, context: RunContext, step: InviteProviderMembers) -> State | None:
        staff = await context.staff(again=False)
        there = {one.email.lower(): (str(one.id), int(one.status)) for one in staff}
        return _statuses(step.emails, there)

    async def _missing(self, context: RunContext, step: InviteProviderMembers) -> list[str]:
        there = {one.email.lower() for one in await context.staff()}
        return [email for email in step.emails if email.lower() not in there]


class HandleResendProviderInvitations(Handler[ResendProviderInvitations]):
    """A mail leaves no trace: after an unclear outcome nobody knows, and nothing is sent again."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: ResendProviderInvitations, former: Prepared | None
    ) -> Prepared | Result:
        body = json_body({"ids": [str(person.member) for person in step.people]})
        return journaled(requests.reinvite_provider_members(context.provider, body))

    async def settle(
        self,
        context: RunContext,
        step: ResendProviderInvitations,
        prepared: Prepared,
        answer: bytes,
    ) -> Result:
        refused = _refused(answer)
        if refused:
            raise Refused(200, next(iter(refused.values())))
        return Result(facts={"people": str(len(step.people))})

    async def recognise(
        self, context: RunContext, step: ResendProviderInvitations, prepared: Prepared
    ) -> Result | None:
        raise Uncertain(", ".join(person.email for person in step.people))


class HandleConfirmProviderMembers(Handler[ConfirmProviderMembers]):
    """Wraps the provider's key: with it every client opens."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: ConfirmProviderMembers, former: Prepared | None
    ) -> Prepared | Result:
        waiting = await self._waiting(context, step)
        if not waiting:
            return Result()
        _check_people(context, waiting)
        body = json_body({"keys": _wrapped(context.link.session.provider_key, waiting)})
        return journaled(requests.confirm_provider_members(context.provider, body))

    async def settle(
        self,
        context: RunContext,
        step: ConfirmProviderMembers,
        prepared: Prepared,
        answer: bytes,
    ) -> Result:
        refused = _refused(answer)
        left = [one.email for one in await self._waiting(context, step)]
        result = _all_or_refused(refused, left, step.people)
        _remember(context, step.people)
        return result

    async def recognise(
        self, context: RunContext, step: ConfirmProviderMembers, prepared: Prepared
    ) -> Result | None:
        if await self._waiting(context, step):
            return None
        _remember(context, step.people)
        return Result()

    async def _waiting(self, context: RunContext, step: ConfirmProviderMembers) -> list[MemberKey]:
        staff: dict[UUID, ProviderMember] = {one.id: one for one in await context.staff()}
        waiting = []
        for person in step.people:
            member = staff.get(person.member)
            if member is None or member.user_id != person.user:
                raise Conflict(person.email)
            if member.status is ProviderUserStatus.ACCEPTED:
                waiting.append(person)
            elif member.status is not ProviderUserStatus.CONFIRMED:
                raise Conflict(person.email)
        return waiting


class HandleRemoveProviderMembers(Handler[RemoveProviderMembers]):
    """Recognised by absence; removing somebody twice does no more than once."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: RemoveProviderMembers, former: Prepared | None
    ) -> Prepared | Result:
        left = await self._left(context, step)
        if not left:
            return Result()
        if step.only_invited and context.choices.get(step.key) != OVERWRITE:
            for member in left:
                if member.status is not ProviderUserStatus.INVITED:
                    raise Conflict(member.email)
        body = json_body({"ids": [str(one.id) for one in left]})
        return journaled(requests.remove_provider_members(context.provider, body))

    async def settle(
        self,
        context: RunContext,
        step: RemoveProviderMembers,
        prepared: Prepared,
        answer: bytes,
    ) -> Result:
        refused = _refused(answer)
        if await self._left(context, step):
            raise Refused(200, next(iter(refused.values()), ""))
        return Result(facts={"people": str(len(step.people))})

    async def recognise(
        self, context: RunContext, step: RemoveProviderMembers, prepared: Prepared
    ) -> Result | None:
        return None if await self._left(context, step) else Result()

    async def _left(self, context: RunContext, step: RemoveProviderMembers) -> list[ProviderMember]:
        wanted = {person.member for person in step.people}
        return [one for one in await context.staff() if one.id in wanted]


class HandleSetProviderMemberRole(Handler[SetProviderMemberRole]):
    """Compared with the role in the list."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: SetProviderMemberRole, former: Prepared | None
    ) -> Prepared | Result:
        now = _role(await context.staff(), step)
        wanted: State = {"role": int(step.role)}
        if now == wanted:
            return Result()
        before = check_unchanged(context, step, former, now, wanted)
        if now is None or before is None:
            raise Conflict(step.person.email)
        built = requests.set_provider_member_role(
            context.provider, step.person.member, json_body({"type": int(step.role)})
        )
        return journaled(built, markers=states(before, wanted))

    async def recognise(
        self, context: RunContext, step: SetProviderMemberRole, prepared: Prepared
    ) -> Result | None:
        now = _role(await context.staff(), step)
        if now is None:
            raise Conflict(step.person.email)
        return Result() if now["role"] == int(step.role) else None

    async def present(self, context: RunContext, step: SetProviderMemberRole) -> State | None:
        return _role(await context.staff(again=False), step)


def _role(staff: Iterable[ProviderMember], step: SetProviderMemberRole) -> State | None:
    for member in staff:
        if member.id == step.person.member:
            return {"role": int(member.type)}
    return None


def _statuses(emails: Iterable[str], there: Mapping[str, tuple[str, int]]) -> State:
    """By address the id and the status of whoever is in the list."""
    return {email: there.get(email.lower()) for email in emails}


def _ever(former: Prepared | None, missing: Collection[str]) -> tuple[str, ...]:
    """Every address that this step has ever sent: the people it has invited."""
    sent = former.listed if former is not None else ()
    return tuple(dict.fromkeys((*sent, *missing)))


def _check_people(context: RunContext, people: Iterable[MemberKey]) -> None:
    """Whoever was confirmed before has the same key still. Raises KeyBlocked (T12)."""
    for person in people:
        key = PublicKey.parse(person.public_key)
        context.link.pins.check_person(person.user, key, person.email)


def _remember(context: RunContext, people: Iterable[MemberKey]) -> None:
    """From the first confirmation on a person's key is known (T12)."""
    context.link.pins.confirmed(
        (person.user, PublicKey.parse(person.public_key), person.email) for person in people
    )


def _wrapped(key: SymmetricKey, people: Iterable[MemberKey]) -> list[dict[str, str]]:
    return [
        {"id": str(person.member), "key": PublicKey.parse(person.public_key).wrap(key)}
        for person in people
    ]


def _refused(answer: bytes) -> Mapping[UUID, str]:
    """Member id to error of a bulk answer; an empty error is success."""
    return {UUID(str(row.id)): row.error for row in answers.bulk_results(answer) if row.error}


def _all_or_refused(
    refused: Mapping[UUID, str], left: list[str], people: tuple[MemberKey, ...]
) -> Result:
    if left:
        emails: dict[UUID, str] = {person.member: person.email for person in people}
        texts = [f"{emails.get(one, '')}: {error}" for one, error in refused.items()]
        raise Refused(200, "; ".join(texts) or ", ".join(left))
    return Result(facts={"people": str(len(people))})
