"""Collections, groups and policies of a client (protocol 5.3, 5.4, 5.7; T46)."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from desktop.api import requests
from desktop.crypto.encstring import encrypt_text
from desktop.domain.enums import PolicyType
from desktop.domain.errors import Conflict, OutcomeUnknown
from desktop.domain.ids import CollectionId, GroupId, OrganizationId
from desktop.domain.records import AccessSelection, Group, Policy
from desktop.plans.permissions import permission_of
from desktop.plans.steps import (
    CreateCollection,
    CreateGroup,
    PutPolicy,
    SetGroupAccess,
)
from desktop.services.handler import Handler, journaled, json_body
from desktop.services.run_context import RunContext, Selection, operation_id, selection
from desktop.services.run_types import Prepared, Result
from desktop.services.wire import parsed_id


class _Made(msgspec.Struct):
    id: str | None = None


class HandleCreateCollection(Handler[CreateCollection]):
    """Carries the operation's id as externalId; else found by its exact name ciphertext."""

    async def prepare(
        self, context: RunContext, step: CreateCollection, former: Prepared | None
    ) -> Prepared | Result:
        if former is not None:
            return former
        client = context.client(step.client)
        name = encrypt_text(context.link.session.org_key(client), step.path)
        groups, users = await context.selections(client, step.access)
        operation = operation_id()
        body = json_body(
            {"name": name, "externalId": str(operation), "groups": groups, "users": users}
        )
        return journaled(
            requests.create_collection(client, body),
            operation=operation,
            markers={"name": name},
        )

    async def settle(
        self, context: RunContext, step: CreateCollection, prepared: Prepared, answer: bytes
    ) -> Result:
        identity = _made_id(answer)
        context.names[CollectionId(identity)] = prepared.markers["name"]
        return Result(id=identity)

    async def recognise(
        self, context: RunContext, step: CreateCollection, prepared: Prepared
    ) -> Result | None:
        found = await context.collections(context.client(step.client))
        for one in found:
            if one.external_id == str(prepared.operation):
                return Result(id=one.id)
        for one in found:
            if one.name == prepared.markers["name"]:
                return Result(id=one.id)
        return None


class HandleCreateGroup(Handler[CreateGroup]):
    """Has no mark of ours: found by its name among the groups that were not there before."""

    async def prepare(
        self, context: RunContext, step: CreateGroup, former: Prepared | None
    ) -> Prepared | Result:
        if former is not None:
            return former
        client = context.client(step.client)
        before = await context.groups(client)
        access = context.on_collections(step.collections)
        body = json_body({"name": step.name, "collections": access, "users": []})
        return journaled(
            requests.create_group(client, body),
            listed=tuple(str(group.id) for group in before),
        )

    async def settle(
        self, context: RunContext, step: CreateGroup, prepared: Prepared, answer: bytes
    ) -> Result:
        return Result(id=_made_id(answer))

    async def recognise(
        self, context: RunContext, step: CreateGroup, prepared: Prepared
    ) -> Result | None:
        new = [
            group
            for group in await context.groups(context.client(step.client))
            if group.name == step.name and str(group.id) not in prepared.listed
        ]
        chosen = context.choices.get(step.key)
        if chosen is not None and any(group.id == chosen for group in new):
            return Result(id=chosen)
        if len(new) > 1:
            raise Conflict(f"group {step.name}")
        return Result(id=new[0].id) if new else None


class HandleSetGroupAccess(Handler[SetGroupAccess]):
    """The request replaces the group as a whole: what is not ours is read and sent back."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: SetGroupAccess, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        group = await self._group(context, client, step)
        wanted = self._wanted(context, step, group)
        if _as_set(wanted) == _as_set([_of(line) for line in group.collections]):
            return Result(id=group.id)
        users = await context.group_members(client, group.id)
        body = json_body({"name": group.name, "collections": wanted, "users": users})
        return journaled(
            requests.update_group(client, group.id, body),
            markers={
                "wanted": _text(wanted),
                "former": _text([_of(line) for line in group.collections]),
            },
        )

    async def settle(
        self, context: RunContext, step: SetGroupAccess, prepared: Prepared, answer: bytes
    ) -> Result:
        result = await self.recognise(context, step, prepared)
        if result is None:
            raise OutcomeUnknown("not as wanted")
        return result

    async def recognise(
        self, context: RunContext, step: SetGroupAccess, prepared: Prepared
    ) -> Result | None:
        group = await self._group(context, context.client(step.client), step)
        has = _text([_of(line) for line in group.collections])
        return Result(id=group.id) if has == prepared.markers["wanted"] else None

    async def _group(
        self, context: RunContext, client: OrganizationId, step: SetGroupAccess
    ) -> Group:
        wanted = GroupId(context.resolve(step.group))
        for group in await context.groups(client):
            if group.id == wanted:
                return group
        raise Conflict(f"group {step.group_name}")

    def _wanted(self, context: RunContext, step: SetGroupAccess, group: Group) -> list[Selection]:
        ours = {str(context.resolve(line.collection)): line.permission for line in step.collections}
        kept = [_of(line) for line in group.collections if str(line.id).lower() not in ours]
        return kept + [
            selection(identity, permission)
            for identity, permission in ours.items()
            if permission != "none"
        ]


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
        metadata: dict[str, Any] | None = None
        if step.type is PolicyType.DATA_OWNERSHIP and step.enabled and step.my_items:
            key = context.link.session.org_key(client)
            metadata = {"defaultUserCollectionName": encrypt_text(key, step.my_items)}
        former_state = msgspec.json.encode(
            {
                "enabled": stored is not None and stored.enabled,
                "data": dict(stored.data) if stored is not None and stored.data else None,
            }
        )
        # The request replaces the options as a whole: those we do not know are sent back (T31).
        kept = dict(stored.data) if stored is not None and stored.data else {}
        data = {**kept, **(step.data or {})} or None
        body = json_body({"policy": {"enabled": step.enabled, "data": data}, "metadata": metadata})
        return journaled(
            requests.put_policy(client, int(step.type), body),
            markers={"former": former_state.decode()},
        )

    async def settle(
        self, context: RunContext, step: PutPolicy, prepared: Prepared, answer: bytes
    ) -> Result:
        result = await self.recognise(context, step, prepared)
        if result is None:
            raise OutcomeUnknown("not as wanted")
        return result

    async def recognise(
        self, context: RunContext, step: PutPolicy, prepared: Prepared
    ) -> Result | None:
        client = context.client(step.client)
        stored = _policy(await context.policies(client, again=True), step)
        return Result() if stored is not None and _is_wanted(stored, step) else None


def _made_id(answer: bytes) -> Any:
    try:
        identity = parsed_id(msgspec.json.decode(answer, type=_Made).id)
    except (msgspec.DecodeError, UnicodeDecodeError):
        identity = None
    if identity is None:
        raise OutcomeUnknown("no id in the answer")
    return identity


def _policy(policies: tuple[Policy, ...], step: PutPolicy) -> Policy | None:
    return next((one for one in policies if one.type == step.type), None)


def _is_wanted(stored: Policy, step: PutPolicy) -> bool:
    if stored.enabled != step.enabled:
        return False
    has = dict(stored.data or {})
    return all(has.get(name) == value for name, value in (step.data or {}).items())


def _of(line: AccessSelection) -> Selection:
    return selection(str(line.id).lower(), permission_of(line))


def _as_set(lines: list[Selection]) -> frozenset[str]:
    return frozenset(_text([line]) for line in lines)


def _text(lines: list[Selection]) -> str:
    """One text for one access list, whatever its order."""
    ordered = sorted(lines, key=lambda line: str(line["id"]))
    return msgspec.json.encode(ordered).decode()
