"""Sending items and reading them back (protocol 6.5; T47, T49).

Every request stores its items anew, so a chunk is never repeated before a reading of what is
there; then only what is missing is sent. A reading compares opaque name ciphertexts and keeps
nothing of items that are not ours.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from typing import ClassVar

from desktop.api import requests
from desktop.crypto.encstring import encrypt_text
from desktop.domain.errors import Conflict, NotAllowed, Uncertain
from desktop.domain.ids import CollectionId, OrganizationId
from desktop.plans.steps import ImportItems
from desktop.services.handler import Handler, journaled
from desktop.services.run_context import RunContext
from desktop.services.run_types import Prepared, Result
from desktop.services.wire import import_body, name_ciphertexts, without


class HandleImportItems(Handler[ImportItems]):
    """The journal keeps the items encrypted with the step; a request adds the ids."""

    WAITS: ClassVar[tuple[float, ...]] = (5.0, 30.0)

    async def prepare(
        self, context: RunContext, step: ImportItems, former: Prepared | None
    ) -> Prepared | Result:
        client = context.client(step.client)
        ciphers = await context.ciphers(step.key)
        relations = list(step.relations)
        there = context.present.get(step.key)
        if there:
            ciphers, kept = without(ciphers, there)
            if not kept:
                return _answered(step)
            moved = {old: new for new, old in enumerate(kept)}
            relations = [(moved[item], at) for item, at in relations if item in moved]
        collections = await self._collections(context, client, step)
        body = import_body(client, ciphers, collections, relations)
        context.bodies[step.key] = body
        return journaled(requests.import_items(client, body), keep_body=False)

    async def body(
        self, context: RunContext, step: ImportItems, prepared: Prepared
    ) -> bytes | None:
        return context.bodies.pop(step.key)

    async def settle(
        self, context: RunContext, step: ImportItems, prepared: Prepared, answer: bytes
    ) -> Result:
        context.present.pop(step.key, None)
        return _answered(step)

    async def recognise(
        self, context: RunContext, step: ImportItems, prepared: Prepared
    ) -> Result | None:
        ours = set(name_ciphertexts(await context.ciphers(step.key)))
        there = ours & (await read_names(context, context.client(step.client))).keys()
        context.present[step.key] = there
        return _answered(step) if len(there) == len(ours) else None

    async def _collections(
        self, context: RunContext, client: OrganizationId, step: ImportItems
    ) -> list[tuple[CollectionId, str]]:
        """Ids with their names as stored. Raises Conflict if one is gone: an unknown id would
        make the server create a new collection.
        """
        ids = [CollectionId(context.resolve(ref)) for ref in step.collections]
        if any(one not in context.names for one in ids):
            await context.collections(client)
        key = context.link.session.org_key(client)
        gone = [one for one in ids if one not in context.names]
        if gone:
            raise Conflict("collection")
        return [(one, context.names[one] or encrypt_text(key, "-")) for one in ids]


async def read_names(context: RunContext, client: OrganizationId) -> Counter[str]:
    """How often each name ciphertext is in the client's vault; entered in the local log.

    Raises Uncertain where the server refuses the list. A single refusal is not believed: what can
    never be looked up again hangs on it, and between here and the server others can stumble too.
    """
    try:
        with contextlib.suppress(NotAllowed):
            return await _names(context, client)
        return await _names(context, client)
    except NotAllowed as error:
        raise Uncertain("items") from error


async def _names(context: RunContext, client: OrganizationId) -> Counter[str]:
    items = await context.link.ask(context.link.api.organization_items(client))
    await context.link.note("items_read_back", client)
    return Counter(item.name for item in items)


def _answered(step: ImportItems) -> Result:
    return Result(answered=True, facts={"items": str(step.count)})
