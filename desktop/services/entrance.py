"""The way in: which accounts this desk knows, and unlocking one without a network."""

from __future__ import annotations

import asyncio
from pathlib import Path

from desktop.api import answers
from desktop.api.client import Api
from desktop.api.clock import Clock, SystemClock
from desktop.api.device import DeviceIdentity
from desktop.api.proofs import ApiKeyProof
from desktop.api.server import ServerAddress
from desktop.cache.store import Store
from desktop.crypto.kdf import derive_master_key, stretch
from desktop.crypto.secret import KeyRegistry
from desktop.crypto.user_key import unwrap_user_key
from desktop.domain.errors import CannotDecrypt, SignInUnsupported, WrongPassword
from desktop.domain.events import EventHub
from desktop.domain.ids import ConnectionId
from desktop.domain.records import Kdf, Profile
from desktop.services.desk import Desk
from desktop.services.link import ACCOUNT, API_KEY, PROFILE, REFRESH_TOKEN, Waits
from desktop.services.local_log import UNLOCKED
from desktop.services.opening import data_key_of, noted, open_store
from desktop.services.session import Session
from desktop.services.sign_in import SignIn
from desktop.settings.connections import ConnectionRecord, ConnectionsFile
from desktop.settings.profile import ProfileFolder

__all__ = ["Entrance", "SignIn", "address_of", "practice_address", "server_address"]


def server_address(text: str) -> ServerAddress:
    """What a person typed, or "us" / "eu". Raises ValueError."""
    known = {"us": ServerAddress.us, "eu": ServerAddress.eu}
    made = known.get(text.strip().lower())
    return made() if made is not None else ServerAddress.from_typed(text)


def practice_address(url: str, ca: str | Path) -> ServerAddress:
    """The practice server, trusted through the CA it made at its start."""
    return ServerAddress.self_hosted(url, Path(ca))


def address_of(record: ConnectionRecord) -> ServerAddress:
    """Where a kept connection goes."""
    return ServerAddress(
        api=record.api,
        identity=record.identity,
        events=record.events,
        web_vault=record.web_vault,
        ca_path=Path(record.ca_path) if record.ca_path is not None else None,
    )


class Entrance:
    """Before anything is unlocked. Holds no key."""

    def __init__(self, profile: ProfileFolder, hub: EventHub, clock: Clock | None = None) -> None:
        self.profile = profile
        self.hub = hub
        self.clock: Clock = clock if clock is not None else SystemClock()
        self.records = ConnectionsFile(profile)

    def connections(self) -> tuple[ConnectionRecord, ...]:
        """The accounts of this desk, in their order."""
        return self.records.load()

    def begin(
        self, server: ServerAddress, email: str, *, is_practice: bool = False, label: str = ""
    ) -> SignIn:
        """One attempt to sign in; nothing is asked of the server yet."""
        return SignIn(self, server, email, is_practice=is_practice, label=label)

    async def unlock(self, connection: ConnectionId, password: str) -> Desk:
        """Without a network, from what this desk keeps. Raises WrongPassword, StorageFailed.

        The desk is offline until `connect`.
        """
        record = self.records.get(connection)
        if record is None or record.kdf is None or record.wrapped_user_key is None:
            raise SignInUnsupported("never_signed_in")
        registry = KeyRegistry()
        try:
            return await self._unlock(record, record.kdf, registry, password)
        except BaseException:
            registry.wipe()
            raise

    async def _unlock(
        self, record: ConnectionRecord, kdf: Kdf, registry: KeyRegistry, password: str
    ) -> Desk:
        master = registry.add(
            await asyncio.to_thread(derive_master_key, password, record.salt or record.email, kdf)
        )
        stretched = registry.add(stretch(master))
        try:
            user_key = registry.add(unwrap_user_key(stretched, record.wrapped_user_key or ""))
        except CannotDecrypt:
            raise WrongPassword from None
        registry.discard(master)
        registry.discard(stretched)
        data_key = registry.add(data_key_of(user_key, record))
        store = await asyncio.to_thread(open_store, self.profile, record, data_key, self.clock.now)
        try:
            profile, token, key = await asyncio.to_thread(_kept, store)
            session = Session(registry, user_key, profile)
            waits = Waits()
            device = DeviceIdentity.here(record.device_id)
            api = Api(address_of(record), device, self.clock, on_wait=waits)
            if token is not None:
                api.set_refresh_token(token.decode(), session.user_id)
            elif key is not None:
                client_id, _, secret = key.decode().partition("\n")
                api.set_api_key(ApiKeyProof(client_id, secret), session.user_id)
        except BaseException:
            store.close()
            raise
        desk = Desk(
            record=record,
            records=self.records,
            registry=registry,
            session=session,
            store=store,
            api=api,
            waits=waits,
            hub=self.hub,
            clock=self.clock,
        )
        await noted(desk, UNLOCKED)
        return desk

    def forget(self, connection: ConnectionId) -> None:
        """Removes the account from this desk: record and file. The journal goes with it, so ask
        first. Raises StorageFailed.
        """
        self.records.remove(connection)
        self.profile.erase_connection(connection)


def _kept(store: Store) -> tuple[Profile, bytes | None, bytes | None]:
    """The profile of the last time; the refresh token or the API key if there is one."""
    kept = store.snapshots.get(PROFILE, ACCOUNT)
    if kept is None:
        raise SignInUnsupported("never_signed_in")
    token, key = store.secrets.get(REFRESH_TOKEN), store.secrets.get(API_KEY)
    return answers.kept_profile(kept.payload), token, key
