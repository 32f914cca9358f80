"""The way in: which accounts this desk knows, and unlocking one without a network."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Self

from desktop.api import answers
from desktop.api.client import Api
from desktop.api.clock import Clock, SystemClock
from desktop.api.device import DeviceIdentity
from desktop.api.proofs import ApiKeyProof
from desktop.api.proxy import DIRECT, Proxies
from desktop.api.server import ServerAddress
from desktop.cache.store import Store
from desktop.crypto.kdf import derive_master_key, stretch
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.seal import DataKey
from desktop.crypto.secret import KeyRegistry
from desktop.crypto.user_key import UserKey, unwrap_user_key
from desktop.domain.errors import CannotDecrypt, SignInUnsupported, WrongPassword
from desktop.domain.events import EventHub
from desktop.domain.ids import ConnectionId
from desktop.domain.records import Kdf, Profile
from desktop.services.desk import Desk
from desktop.services.link import ACCOUNT, API_KEY, PROFILE, REFRESH_TOKEN, Waits
from desktop.services.local_log import UNLOCKED
from desktop.services.opening import data_key_of, noted, open_store, settled
from desktop.services.pins import KnownKeys
from desktop.services.session import Session
from desktop.services.sign_in import SignIn
from desktop.settings.connections import ConnectionRecord, ConnectionsFile
from desktop.settings.profile import ProfileFolder

__all__ = [
    "Entrance",
    "SignIn",
    "TypedPassword",
    "address_of",
    "practice_address",
    "server_address",
]


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
        ca_pem=record.trusted_ca,
    )


class TypedPassword:
    """A master password that is tried on this desk alone; nothing of it outlives the `with`.

    Each set of salt and KDF settings is derived once, off the loop, one after the other: several
    derivations by Argon2id at once would need their memory at once.
    """

    def __init__(self, password: str) -> None:
        self._password = password
        self._registry = KeyRegistry()
        self._stretched: dict[tuple[str, Kdf], SymmetricKey] = {}

    async def user_key(self, record: ConnectionRecord) -> UserKey:
        """The caller's to wipe. Raises WrongPassword; SignInUnsupported where none is kept."""
        kdf, wrapped = record.kdf, record.wrapped_user_key
        if kdf is None or wrapped is None:
            raise SignInUnsupported("never_signed_in")
        made = (record.salt or record.email, kdf)
        if made not in self._stretched:
            self._stretched[made] = await asyncio.to_thread(self._derive, *made)
        try:
            return unwrap_user_key(self._stretched[made], wrapped)
        except CannotDecrypt:
            raise WrongPassword from None

    def _derive(self, salt: str, kdf: Kdf) -> SymmetricKey:
        # Registered on this thread: whoever waited may have gone by the time it ends.
        master = self._registry.add(derive_master_key(self._password, salt, kdf))
        try:
            return self._registry.add(stretch(master))
        finally:
            self._registry.discard(master)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._password = ""
        self._stretched.clear()
        self._registry.wipe()


class Entrance:
    """Before anything is unlocked. Holds no key. `hub` tells news of all connections together."""

    def __init__(
        self,
        profile: ProfileFolder,
        hub: EventHub,
        clock: Clock | None = None,
        proxies: Proxies = DIRECT,
    ) -> None:
        self.profile = profile
        self.proxies = proxies
        self.hub = hub
        self.clock: Clock = clock if clock is not None else SystemClock()
        self.records = ConnectionsFile(profile)
        # The keys of all open connections here, so that none turns up at another (T09).
        self.known = KnownKeys()
        # Practice has nothing to lose: the keys seen first are accepted without a question.
        self.accepts_practice = True

    def proxies_of(self, *, is_practice: bool) -> Proxies:
        """The practice server is on this computer: no proxy is ever between."""
        return DIRECT if is_practice else self.proxies

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
        if record is None:
            raise SignInUnsupported("never_signed_in")
        with TypedPassword(password) as typed:
            return await self.open(record, await typed.user_key(record))

    async def open(self, record: ConnectionRecord, user_key: UserKey, how: str = UNLOCKED) -> Desk:
        """The desk that this user key opens; takes ownership of the key. Asks no server.

        `how` goes into the local log. Raises CannotDecrypt for the key of another connection,
        StorageFailed, SignInUnsupported.
        """
        registry = KeyRegistry()
        try:
            desk = await self._open(record, registry.add(user_key), registry)
        except BaseException:
            registry.wipe()
            raise
        try:
            await noted(desk, how)
            await settled(desk, accepts_practice=self.accepts_practice)
        except BaseException:
            # Whoever waited for it has gone: nobody else would ever lock it.
            await desk.lock()
            raise
        return desk

    async def _open(
        self, record: ConnectionRecord, user_key: UserKey, registry: KeyRegistry
    ) -> Desk:
        data_key = registry.add(data_key_of(user_key, record))
        store = await self.store(record, data_key)
        try:
            profile, token, key = await asyncio.to_thread(_kept, store)
            session = Session(registry, user_key, profile)
            waits = Waits()
            device = DeviceIdentity.here(record.device_id)
            address, proxies = address_of(record), self.proxies_of(is_practice=record.is_practice)
            api = Api(address, device, self.clock, on_wait=waits, proxies=proxies)
            if token is not None:
                api.set_refresh_token(token.decode(), session.user_id)
            elif key is not None:
                client_id, _, secret = key.decode().partition("\n")
                api.set_api_key(ApiKeyProof(client_id, secret), session.user_id)
        except BaseException:
            store.close()
            raise
        return Desk(
            record=record,
            records=self.records,
            registry=registry,
            session=session,
            store=store,
            api=api,
            waits=waits,
            hub=EventHub(),
            clock=self.clock,
            known=self.known,
        )

    async def store(self, record: ConnectionRecord, data_key: DataKey) -> Store:
        """The files of a connection; closed again where nobody waits for them any more.

        Raises StorageFailed.
        """
        opening = asyncio.ensure_future(
            asyncio.to_thread(open_store, self.profile, record, data_key, self.clock.now)
        )
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_close_late)
            raise

    def forget(self, connection: ConnectionId) -> None:
        """Removes the account from this desk: record and file. The journal goes with it, so ask
        first. Raises StorageFailed.
        """
        self.records.remove(connection)
        self.profile.erase_connection(connection)


def _close_late(opening: asyncio.Future[Store]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.get_loop().run_in_executor(None, opening.result().close)


def _kept(store: Store) -> tuple[Profile, bytes | None, bytes | None]:
    """The profile of the last time; the refresh token or the API key if there is one."""
    kept = store.snapshots.get(PROFILE, ACCOUNT)
    if kept is None:
        raise SignInUnsupported("never_signed_in")
    token, key = store.secrets.get(REFRESH_TOKEN), store.secrets.get(API_KEY)
    return answers.kept_profile(kept.payload), token, key
