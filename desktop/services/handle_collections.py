"""Making, renaming and deleting collections of a client (protocol 5.3; T46).

Everything is read from the quiet list. A change without access lists leaves both sides of the
access as they are (bitwarden/server 2026.8.0, `UpdateCollectionCommand`), but would empty an
externalId that is left out. Vaultwarden wants both sides and puts them in the place of what was, so
where no provider is in between they are sent as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from desktop.api import answers, requests
from desktop.crypto.encstring import encrypt_text
from desktop.domain.errors import AlreadyThere, Conflict, NotOurServer
from desktop.domain.ids import CollectionId, OrganizationId
from desktop.domain.records import Collection, Group, OrganizationMember
from desktop.plans.permissions import permission_of
from desktop.plans.steps import CreateCollection, DeleteCollection, RenameCollection, State
from desktop.services.handler import (
    USED,
    Handler,
    check_unchanged,
    journaled,
    json_body,
    made_id,
    states,
)
from desktop.services.run_context import (
    OVERWRITE,
    USE,
    RunContext,
    Selection,
    operation_id,
    selection,
)
from desktop.services.run_types import Prepared, Result


class HandleCreateCollection(Handler[CreateCollection]):
    """Carries the operation's id as externalId; else found by its exact name ciphertext."""

    async def prepare(
        self, context: RunContext, step: CreateCollection, former: Prepared | None
    ) -> Prepared | Result:
        if former is not None:
            return former
        client = context.client(step.client)
        choice = context.choices.get(step.key)
        if not step.client.startswith("@") and choice != OVERWRITE:
            there = await context.path_taken(client, step.path)
            if there is not None and choice != USE:
                raise AlreadyThere(step.key, "collection", step.path)
            if there is not None:
                return Result(id=there, facts={USED: "collection"})
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
        identity = made_id(answer)
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

    async def present(self, context: RunContext, step: CreateCollection) -> State | None:
        """What became of the collection that this step has made."""
        client, identity = context.client(step.client), context.results[step.key].id
        for one in await context.collections(client, again=False):
            if one.id == identity:
                return _state(context, client, one)
        return None


class HandleRenameCollection(Handler[RenameCollection]):
    """Recognised by the exact ciphertext of the new name, which the answer repeats."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: RenameCollection, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        collection = _collection(await context.collections(client), context, step)
        wanted: State = {"name": step.path}
        now = _state(context, client, collection)
        if now == wanted and collection is not None:
            return Result(id=collection.id)
        before = check_unchanged(context, step, former, now, wanted)
        if collection is None or before is None:
            raise Conflict(f"collection {step.before}")
        name = encrypt_text(context.link.session.org_key(client), step.path)
        content: dict[str, object] = {
            **context.unknown("collections", client).of(collection.id),
            "name": name,
            "externalId": collection.external_id,
        }
        if context.link.session.provider is None:
            content |= await _access_as_it_is(context, client, collection.id)
        return journaled(
            requests.update_collection(client, collection.id, json_body(content)),
            markers={"name": name, **states(before, wanted)},
        )

    async def settle(
        self, context: RunContext, step: RenameCollection, prepared: Prepared, answer: bytes
    ) -> Result:
        try:
            stored = answers.created_collection(answer)
        except NotOurServer:
            stored = None
        if stored is not None and stored.name == prepared.markers["name"]:
            context.names[stored.id] = stored.name
            return Result(id=stored.id)
        return await super().settle(context, step, prepared, answer)

    async def recognise(
        self, context: RunContext, step: RenameCollection, prepared: Prepared
    ) -> Result | None:
        client = context.client(step.client)
        collection = _collection(await context.collections(client), context, step)
        if collection is None:
            raise Conflict(f"collection {step.before}")
        return Result(id=collection.id) if collection.name == prepared.markers["name"] else None

    async def present(self, context: RunContext, step: RenameCollection) -> State | None:
        client = context.client(step.client)
        found = await context.collections(client, again=False)
        return _state(context, client, _collection(found, context, step))


class HandleDeleteCollection(Handler[DeleteCollection]):
    """Recognised by absence. What it was is journaled: it can be made anew from that."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: DeleteCollection, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        collection = _collection(await context.collections(client), context, step)
        if collection is None:
            return Result()
        was = await _whole(context, client, collection, step.path)
        built = requests.delete_collection(client, collection.id)
        return journaled(built, markers=states(was, {}))

    async def recognise(
        self, context: RunContext, step: DeleteCollection, prepared: Prepared
    ) -> Result | None:
        found = await context.collections(context.client(step.client))
        if _collection(found, context, step) is not None:
            return None
        return Result(id=context.resolve(step.collection))


async def _access_as_it_is(
    context: RunContext, client: OrganizationId, identity: CollectionId
) -> dict[str, object]:
    """Both sides of a collection's access, as the quiet lists tell them."""
    return {
        "groups": _reaching(await context.groups(client), identity),
        "users": _reaching(await context.members(client), identity),
    }


def _reaching(
    rows: Iterable[Group | OrganizationMember], identity: CollectionId
) -> list[Selection]:
    return [
        selection(str(one.id), permission_of(line))
        for one in rows
        for line in one.collections
        if _same(line.id, identity)
    ]


async def _whole(
    context: RunContext, client: OrganizationId, collection: Collection, path: str
) -> State:
    """A collection with its access, put together from quiet lists."""
    identity = collection.id
    groups = {
        str(group.id): permission_of(line)
        for group in await context.groups(client)
        for line in group.collections
        if _same(line.id, identity)
    }
    users = {
        member.email: permission_of(line)
        for member in await context.members(client)
        for line in member.collections
        if _same(line.id, identity)
    }
    name = context.opened(client, collection.name)
    return {"name": name if name is not None else path, "groups": groups, "users": users}


def _same(line: object, identity: CollectionId) -> bool:
    return str(line).lower() == str(identity)


def _collection(
    collections: tuple[Collection, ...],
    context: RunContext,
    step: RenameCollection | DeleteCollection,
) -> Collection | None:
    wanted = context.resolve(step.collection)
    return next((one for one in collections if one.id == wanted), None)


def _state(
    context: RunContext, client: OrganizationId, collection: Collection | None
) -> State | None:
    """A name that does not open is told as none: it is nobody's former name."""
    if collection is None:
        return None
    return {"name": context.opened(client, collection.name) or ""}
