"""Creating and changing a client organization (protocol 3.6, 4.3; T44, T45)."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import ClassVar

from desktop.api import answers, requests
from desktop.crypto.encstring import encrypt, encrypt_text
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import generate_key_pair
from desktop.crypto.secret import clear
from desktop.domain.enums import OrganizationUserType
from desktop.domain.errors import (
    Conflict,
    NotAllowed,
    OutcomeUnknown,
    Refused,
    Uncertain,
)
from desktop.domain.ids import OrganizationId
from desktop.domain.records import ListedClient
from desktop.plans.steps import DEFAULT_COLLECTION, CreateClient, State, UpdateClient
from desktop.services.handler import (
    Handler,
    check_unchanged,
    journaled,
    json_body,
    states,
)
from desktop.services.run_context import RunContext
from desktop.services.run_types import Prepared, Result
from desktop.services.twins import TWINS

MISSING = "missing"
# From how many assigned seats on those of the client are among them.
BOOKED = "booked"
# Keys of steps that finish a half-made client.
COMPLETE = "complete."


class HandleCreateClient(Handler[CreateClient]):
    """Recognised by the organization key made and journaled before the first request."""

    async def prepare(
        self, context: RunContext, step: CreateClient, former: Prepared | None
    ) -> Prepared | Result:
        if former is not None:
            return former
        clients = await context.clients()
        assigned = await _assigned_seats(context, step)
        key = context.client_key()
        public_key, private_key = await asyncio.to_thread(_key_pair, key)
        collection = encrypt_text(key, step.default_collection)
        body = json_body(
            {
                "name": step.name,
                "ownerEmail": step.owner_email,
                "planType": int(step.plan),
                "seats": step.seats,
                "key": context.payload.client_key,
                "keyPair": {"publicKey": public_key, "encryptedPrivateKey": private_key},
                "collectionName": collection,
            }
        )
        return journaled(
            requests.create_client(context.provider, body),
            markers={
                "collection": collection,
                "assigned": "" if assigned is None else str(assigned),
            },
            listed=tuple(str(client.id) for client in clients),
        )

    async def settle(
        self, context: RunContext, step: CreateClient, prepared: Prepared, answer: bytes
    ) -> Result:
        result = await self._find(context, step, prepared, unclear=False)
        if result is None:
            raise OutcomeUnknown("not listed yet")
        return result

    async def recognise(
        self, context: RunContext, step: CreateClient, prepared: Prepared
    ) -> Result | None:
        return await self._find(context, step, prepared, unclear=True)

    async def _find(
        self, context: RunContext, step: CreateClient, prepared: Prepared, *, unclear: bool
    ) -> Result | None:
        before = set(prepared.listed)
        mine = [
            client
            for client in await context.clients()
            if str(client.id) not in before and _has_key(context, client)
        ]
        if not mine:
            return None
        client = mine[0]
        session = context.link.session
        session.adopt_key(client.organization_id, client.key or "")
        await context.link.ask(context.link.api.refresh())
        await context.link.fetch_profile()
        missing = await self._missing(context, step, prepared, client, unclear=unclear)
        collections = await context.collections(client.organization_id)
        default = next((c for c in collections if c.name == prepared.markers["collection"]), None)
        if default is None and collections:
            default = collections[0]
        parts = {"provider_organization": str(client.id)}
        if default is not None:
            parts[DEFAULT_COLLECTION] = str(default.id)
        else:
            missing.append("collection")
        facts = {MISSING: ",".join(missing)} if missing else {}
        if missing and prepared.markers["assigned"]:
            facts[BOOKED] = str(int(prepared.markers["assigned"]) + step.seats)
        if len(mine) > 1:
            # Reported, never deleted by itself: one of them may already be in use.
            facts[TWINS] = str(len(mine))
        return Result(id=client.organization_id, parts=parts, facts=facts)

    async def _missing(
        self,
        context: RunContext,
        step: CreateClient,
        prepared: Prepared,
        client: ListedClient,
        *,
        unclear: bool,
    ) -> list[str]:
        missing = []
        members = await context.members(client.organization_id)
        owners = {m.email.lower() for m in members if m.type is OrganizationUserType.OWNER}
        if step.owner_email.lower() not in owners:
            missing.append("owner")
        assigned = await _assigned_seats(context, step)
        before = prepared.markers["assigned"]
        booked = assigned is None or not before or assigned >= int(before) + step.seats
        if client.seats != step.seats or not booked:
            missing.append("seats")
        if unclear and not missing and not await _answers_update(context, client):
            missing.append("status")
        return missing


class HandleUpdateClient(Handler[UpdateClient]):
    """Name and seats travel together, so the other one is read again just before (portal 1.6)."""

    WAITS: ClassVar[tuple[float, ...]] = ()

    async def prepare(
        self, context: RunContext, step: UpdateClient, former: Prepared | None
    ) -> Prepared | Result:
        client = _client(await context.clients(), context.client(step.client))
        wanted = _wanted(step)
        now = _state(client, step) if client is not None else None
        if now == wanted and client is not None and not _completes(step):
            return Result(id=client.organization_id)
        before = check_unchanged(context, step, former, now, wanted)
        if client is None or before is None:
            raise Conflict("client")
        name = step.name if step.name is not None else client.organization_name
        seats = step.seats if step.seats is not None else (client.seats or 0)
        if step.seats is not None and step.seats < client.occupied_seats:
            raise Conflict("seats in use")
        body = json_body({"assignedSeats": seats, "name": name})
        return journaled(
            requests.update_client(client.provider_id, client.id, body),
            markers={"name": name, "seats": str(seats), **states(before, wanted)},
        )

    async def settle(
        self, context: RunContext, step: UpdateClient, prepared: Prepared, answer: bytes
    ) -> Result:
        client = await _listed(context, context.client(step.client))
        if not _is_as_wanted(client, prepared):
            raise OutcomeUnknown("not as wanted")
        return Result(id=client.organization_id)

    async def recognise(
        self, context: RunContext, step: UpdateClient, prepared: Prepared
    ) -> Result | None:
        client = await _listed(context, context.client(step.client))
        if _completes(step) and not await _is_whole(context, client):
            # The list shows the seats whether they are booked or not: only an answer tells.
            raise Uncertain("seats")
        return Result(id=client.organization_id) if _is_as_wanted(client, prepared) else None

    async def present(self, context: RunContext, step: UpdateClient) -> State | None:
        client = _client(await context.clients(again=False), context.client(step.client))
        return _state(client, step) if client is not None else None


def _wanted(step: UpdateClient) -> State:
    both = {"name": step.name, "seats": step.seats}
    return {name: value for name, value in both.items() if value is not None}


def _state(client: ListedClient, step: UpdateClient) -> State:
    both = {"name": client.organization_name, "seats": client.seats}
    return {name: both[name] for name in _wanted(step)}


def _is_as_wanted(client: ListedClient, prepared: Prepared) -> bool:
    wanted = (prepared.markers["name"], prepared.markers["seats"])
    return (client.organization_name, str(client.seats)) == wanted


def _completes(step: UpdateClient) -> bool:
    """Sent although nothing differs in the list: the booking of the seats is what is missing."""
    return step.key.startswith(COMPLETE)


async def _is_whole(context: RunContext, client: ListedClient) -> bool:
    """Whether nothing is missing any more of a client this run made: its seats are counted among
    the provider's and an answer comes. A look in the midst of its making, or a server that only
    stumbled at the question, notes more than is missing.
    """
    for step in context.plan.steps:
        made = context.results.get(step.key)
        if isinstance(step, CreateClient) and made and made.id == client.organization_id:
            is_booked = await _is_booked(context, step, made)
            return is_booked and await _answers_update(context, client)
    return False


async def _is_booked(context: RunContext, step: CreateClient, made: Result) -> bool:
    """True for seats that were never missed. False where the count cannot be read."""
    if "seats" not in made.facts.get(MISSING, "").split(","):
        return True
    assigned = await _assigned_seats(context, step)
    booked = made.facts.get(BOOKED)
    return assigned is not None and booked is not None and assigned >= int(booked)


def _key_pair(key: SymmetricKey) -> tuple[str, str]:
    public, der = generate_key_pair()
    try:
        return b64encode(public.spki).decode(), encrypt(key, der)
    finally:
        clear(der)


def _has_key(context: RunContext, client: ListedClient) -> bool:
    session = context.link.session
    return bool(client.key) and session.is_wrapped(client.key or "", context.client_key())


async def _assigned_seats(context: RunContext, step: CreateClient) -> int | None:
    """Seats the provider has given to clients of this plan; None where that cannot be read."""
    path = requests.subscription(context.provider)
    try:
        subscription = answers.subscription(await context.get(path))
    except (NotAllowed, Refused):
        return None
    for plan in subscription.plans:
        if plan.type == step.plan:
            return plan.assigned_seats
    return None


async def _answers_update(context: RunContext, client: ListedClient) -> bool:
    """Whether a change that changes nothing is taken: a client that is not managed fails at it."""
    body = json_body({"assignedSeats": client.seats or 0, "name": client.organization_name})
    probe = requests.update_client(client.provider_id, client.id, body)
    try:
        await context.link.ask(context.link.api.send(probe))
    except OutcomeUnknown as error:
        return error.status is None
    return True


async def _listed(context: RunContext, organization: OrganizationId) -> ListedClient:
    client = _client(await context.clients(), organization)
    if client is None:
        raise Conflict("client")
    return client


def _client(clients: tuple[ListedClient, ...], organization: OrganizationId) -> ListedClient | None:
    return next((one for one in clients if one.organization_id == organization), None)
