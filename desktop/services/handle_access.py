"""Groups, what they may do, and policies of a client (protocol 5.4, 5.7)."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

import msgspec

from desktop.api import answers, requests
from desktop.crypto.encstring import encrypt_text
from desktop.domain.enums import PolicyType
from desktop.domain.errors import AlreadyThere, Conflict, NotOurServer
from desktop.domain.ids import OrganizationId
from desktop.domain.records import AccessSelection, Group, Policy
from desktop.plans.permissions import permission_of
from desktop.plans.policies import state_of
from desktop.plans.steps import (
    CreateGroup,
    DeleteGroup,
    PutPolicy,
    Ref,
    RenameGroup,
    SetGroupAccess,
    State,
)
from desktop.services.handler import (
    USED,
    Handler,
    check_unchanged,
    journaled,
    json_body,
    made_id,
    states,
)
from desktop.services.recovery import check_recovery
from desktop.services.run_context import OVERWRITE, USE, RunContext, Selection, selection
from desktop.services.run_types import Prepared, Result


class HandleCreateGroup(Handler[CreateGroup]):
    """Has no mark of ours: found by its name among the groups that were not there before."""

    async def prepare(
        self, context: RunContext, step: CreateGroup, former: Prepared | None
    ) -> Prepared | Result:
        if former is not None:
            return await self._again(context, step, former)
        client = context.client(step.client)
        before = await context.groups(client)
        there = [
            one for one in before if one.name == step.name and not context.is_made_here(one.id)
        ]
        choice = context.choices.get(step.key)
        if there and choice == USE:
            return await self._used(context, step, str(there[0].id), None)
        if there and choice != OVERWRITE:
            raise AlreadyThere(step.key, "group", step.name)
        access = context.on_collections(step.collections)
        body = json_body(
            {"name": step.name, "collections": access, "users": await _still(context, step)}
        )
        return journaled(
            requests.create_group(client, body),
            listed=tuple(str(group.id) for group in before),
        )

    async def settle(
        self, context: RunContext, step: CreateGroup, prepared: Prepared, answer: bytes
    ) -> Result:
        if USED in prepared.markers:
            access = _access_step(step, prepared.markers[USED])
            return _used(await _ACCESS.settle(context, access, prepared, answer))
        return Result(id=made_id(answer))

    async def recognise(
        self, context: RunContext, step: CreateGroup, prepared: Prepared
    ) -> Result | None:
        if USED in prepared.markers:
            access = _access_step(step, prepared.markers[USED])
            found = await _ACCESS.recognise(context, access, prepared)
            return _used(found) if found is not None else None
        new = [
            group
            for group in await context.groups(context.client(step.client))
            if group.name == step.name and str(group.id) not in prepared.listed
        ]
        chosen = context.choices.get(step.key)
        if isinstance(chosen, UUID) and any(group.id == chosen for group in new):
            return Result(id=chosen)
        if len(new) > 1:
            raise Conflict(f"group {step.name}")
        return Result(id=new[0].id) if new else None

    async def present(self, context: RunContext, step: CreateGroup) -> State | None:
        """What became of the group that this step has made."""
        identity = context.results[step.key].id
        for group in await context.groups(context.client(step.client), again=False):
            if group.id == identity:
                return {"name": group.name}
        return None

    async def _again(
        self, context: RunContext, step: CreateGroup, former: Prepared
    ) -> Prepared | Result:
        used = former.markers.get(USED)
        return former if used is None else await self._used(context, step, used, former)

    async def _used(
        self, context: RunContext, step: CreateGroup, group: str, former: Prepared | None
    ) -> Prepared | Result:
        """The group that is there gets the access the new one was to have, on top of its own."""
        made = await _ACCESS.prepare(context, _access_step(step, group), former)
        if isinstance(made, Result):
            return _used(made)
        return msgspec.structs.replace(made, markers={**made.markers, USED: group})


def _access_step(step: CreateGroup, group: str) -> SetGroupAccess:
    return SetGroupAccess(
        key=step.key,
        client=step.client,
        group=Ref(group),
        group_name=step.name,
        collections=step.collections,
    )


def _used(result: Result) -> Result:
    return msgspec.structs.replace(result, facts={**result.facts, USED: "group"})


async def _still(context: RunContext, step: CreateGroup) -> list[str]:
    """Those of a group's former members who are still there."""
    if not step.members:
        return []
    there = {one.id for one in await context.members(context.client(step.client))}
    return [str(one) for one in step.members if one in there]


class HandleSetGroupAccess(Handler[SetGroupAccess]):
    """The request replaces the group as a whole: what is not ours is read and sent back. Its answer
    holds no access.
    """

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: SetGroupAccess, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        group = _group(await context.groups(client), context, step)
        wanted = _wanted(context, step)
        now = _access(group, wanted) if group is not None else None
        if now == wanted and group is not None:
            return Result(id=group.id)
        before = check_unchanged(context, step, former, now, wanted)
        if group is None or before is None:
            raise Conflict(f"group {step.group_name}")
        lines = _merged(group, wanted)
        body = json_body(await _whole(context, client, group, group.name, lines))
        return journaled(
            requests.update_group(client, group.id, body),
            markers={"wanted": _text(lines), **states(before, wanted)},
        )

    async def recognise(
        self, context: RunContext, step: SetGroupAccess, prepared: Prepared
    ) -> Result | None:
        group = _group(await context.groups(context.client(step.client)), context, step)
        if group is None:
            raise Conflict(f"group {step.group_name}")
        has = _text([_of(line) for line in group.collections])
        return Result(id=group.id) if has == prepared.markers["wanted"] else None

    async def present(self, context: RunContext, step: SetGroupAccess) -> State | None:
        groups = await context.groups(context.client(step.client), again=False)
        group = _group(groups, context, step)
        return _access(group, _wanted(context, step)) if group is not None else None


_ACCESS = HandleSetGroupAccess()


class HandleRenameGroup(Handler[RenameGroup]):
    """The request replaces the group as a whole; its answer tells the name."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: RenameGroup, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        group = _group(await context.groups(client), context, step)
        wanted: State = {"name": step.name}
        now: State | None = {"name": group.name} if group is not None else None
        if now == wanted and group is not None:
            return Result(id=group.id)
        before = check_unchanged(context, step, former, now, wanted)
        if group is None or before is None:
            raise Conflict(f"group {step.before}")
        lines = [_of(line) for line in group.collections]
        body = json_body(await _whole(context, client, group, step.name, lines))
        built = requests.update_group(client, group.id, body)
        return journaled(built, markers=states(before, wanted))

    async def settle(
        self, context: RunContext, step: RenameGroup, prepared: Prepared, answer: bytes
    ) -> Result:
        try:
            group = answers.created_group(answer)
        except NotOurServer:
            group = None
        if group is not None and group.name == step.name:
            return Result(id=group.id)
        return await super().settle(context, step, prepared, answer)

    async def recognise(
        self, context: RunContext, step: RenameGroup, prepared: Prepared
    ) -> Result | None:
        group = _group(await context.groups(context.client(step.client)), context, step)
        if group is None:
            raise Conflict(f"group {step.before}")
        return Result(id=group.id) if group.name == step.name else None

    async def present(self, context: RunContext, step: RenameGroup) -> State | None:
        groups = await context.groups(context.client(step.client), again=False)
        group = _group(groups, context, step)
        return {"name": group.name} if group is not None else None


class HandleDeleteGroup(Handler[DeleteGroup]):
    """Recognised by absence. What the group was is journaled: it can be made anew from that."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: DeleteGroup, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        group = _group(await context.groups(client), context, step)
        if group is None:
            return Result()
        was: State = {
            "name": group.name,
            "collections": {
                str(line.id).lower(): permission_of(line) for line in group.collections
            },
            "members": await context.group_members(client, group.id),
        }
        return journaled(requests.delete_group(client, group.id), markers=states(was, {}))

    async def recognise(
        self, context: RunContext, step: DeleteGroup, prepared: Prepared
    ) -> Result | None:
        groups = await context.groups(context.client(step.client))
        if _group(groups, context, step) is not None:
            return None
        return Result(id=context.resolve(step.group))


class HandlePutPolicy(Handler[PutPolicy]):
    """Compared as a whole; sending it twice does no more than once."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: PutPolicy, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        stored = _policy(await context.policies(client, again=former is not None), step)
        if stored is not None and _is_wanted(stored, step):
            return Result()
        now = state_of(stored)
        # The request replaces the options as a whole: those we do not know are sent back (T31).
        kept = {} if step.exact else now["data"] or {}
        data = {**kept, **(step.data or {})} or None
        wanted: State = {"enabled": step.enabled, "data": data}
        before = check_unchanged(context, step, former, now, wanted) or now
        if step.type is PolicyType.ACCOUNT_RECOVERY and step.enabled:
            await check_recovery(context, client)
        metadata: dict[str, Any] | None = None
        if step.type is PolicyType.DATA_OWNERSHIP and step.enabled and step.my_items:
            key = context.link.session.org_key(client)
            metadata = {"defaultUserCollectionName": encrypt_text(key, step.my_items)}
        unknown = context.unknown("policies", client).of(int(step.type))
        body = json_body({"policy": {**unknown, **wanted}, "metadata": metadata})
        return journaled(
            requests.put_policy(client, int(step.type), body), markers=states(before, wanted)
        )

    async def settle(
        self, context: RunContext, step: PutPolicy, prepared: Prepared, answer: bytes
    ) -> Result:
        try:
            stored = answers.policy(answer)
        except NotOurServer:
            stored = None
        if stored is not None and stored.type == step.type and _is_wanted(stored, step):
            context.note_policy(context.client(step.client), stored)
            return Result()
        return await super().settle(context, step, prepared, answer)

    async def recognise(
        self, context: RunContext, step: PutPolicy, prepared: Prepared
    ) -> Result | None:
        client = context.client(step.client)
        stored = _policy(await context.policies(client), step)
        return Result() if stored is not None and _is_wanted(stored, step) else None

    async def present(self, context: RunContext, step: PutPolicy) -> State | None:
        policies = await context.policies(context.client(step.client), again=False)
        return state_of(_policy(policies, step))


def _policy(policies: tuple[Policy, ...], step: PutPolicy) -> Policy | None:
    return next((one for one in policies if one.type == step.type), None)


def _is_wanted(stored: Policy, step: PutPolicy) -> bool:
    if stored.enabled != step.enabled:
        return False
    has, wanted = dict(stored.data or {}), step.data or {}
    names = {*has, *wanted} if step.exact else set(wanted)
    return all(has.get(name) == wanted.get(name) for name in names)


def _group(
    groups: tuple[Group, ...],
    context: RunContext,
    step: SetGroupAccess | RenameGroup | DeleteGroup,
) -> Group | None:
    wanted = context.resolve(step.group)
    return next((group for group in groups if group.id == wanted), None)


async def _whole(
    context: RunContext, client: OrganizationId, group: Group, name: str, lines: list[Selection]
) -> dict[str, Any]:
    """A group as a request replaces it, with what this program does not know of it (T31)."""
    unknown = context.unknown("groups", client)
    return {
        **unknown.of(group.id),
        "name": name,
        "collections": unknown.with_lines(group.id, lines),
        "users": await context.group_members(client, group.id),
    }


def _wanted(context: RunContext, step: SetGroupAccess) -> State:
    return {str(context.resolve(line.collection)): line.permission for line in step.collections}


def _access(group: Group, touched: State) -> State:
    """What the group may do on the collections a step is about; no line is "none"."""
    has = {str(line.id).lower(): permission_of(line) for line in group.collections}
    return {identity: has.get(identity, "none") for identity in touched}


def _merged(group: Group, wanted: State) -> list[Selection]:
    kept = [_of(line) for line in group.collections if str(line.id).lower() not in wanted]
    return kept + [
        selection(identity, permission)
        for identity, permission in wanted.items()
        if permission != "none"
    ]


def _of(line: AccessSelection) -> Selection:
    return selection(str(line.id).lower(), permission_of(line))


def _text(lines: list[Selection]) -> str:
    """One text for one access list, whatever its order."""
    ordered = sorted(lines, key=lambda line: str(line["id"]))
    return msgspec.json.encode(ordered).decode()
