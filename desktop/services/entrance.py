"""The way in: which accounts this desk knows, signing in, unlocking without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import msgspec

from desktop.api import answers, requests
from desktop.api.client import Api
from desktop.api.clock import Clock, SystemClock
from desktop.api.device import DeviceIdentity
from desktop.api.identity import TokenAnswer
from desktop.api.server import ServerAddress
from desktop.cache.store import Store
from desktop.crypto.encstring import decrypt, encrypt, unwrap_key
from desktop.crypto.kdf import check_kdf, derive_master_key, server_hash, stretch
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.seal import DataKey
from desktop.crypto.secret import KeyRegistry, SecretBytes
from desktop.domain.errors import (
    CannotDecrypt,
    KdfWeakened,
    NewDeviceCodeRequired,
    SaltDiffers,
    SignInUnsupported,
    TwoStepRequired,
    WrongPassword,
    WrongTwoStepCode,
)
from desktop.domain.events import EventHub
from desktop.domain.ids import ConnectionId
from desktop.domain.records import Kdf, Profile
from desktop.services.desk import Desk
from desktop.services.link import ACCOUNT, PROFILE, REFRESH_TOKEN, Waits
from desktop.services.session import Session, is_weaker
from desktop.settings.connections import ConnectionRecord, ConnectionsFile
from desktop.settings.profile import ProfileFolder


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
            user_key = registry.add(unwrap_key(stretched, record.wrapped_user_key or ""))
        except CannotDecrypt:
            raise WrongPassword from None
        registry.discard(master)
        registry.discard(stretched)
        data_key = registry.add(_open_data_key(user_key, record))
        store = await asyncio.to_thread(_open_store, self.profile, record, data_key, self.clock.now)
        try:
            profile, token = await asyncio.to_thread(_kept, store)
            session = Session(registry, user_key, profile)
            waits = Waits()
            device = DeviceIdentity.here(record.device_id)
            api = Api(address_of(record), device, self.clock, on_wait=waits)
            if token is not None:
                api.set_refresh_token(token.decode(), session.user_id)
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
            hub=self.hub,
            clock=self.clock,
        )

    def forget(self, connection: ConnectionId) -> None:
        """Removes the account from this desk: record and file. The journal goes with it, so ask
        first. Raises StorageFailed.
        """
        self.records.remove(connection)
        self.profile.erase_connection(connection)


class SignIn:
    """One attempt, with what was derived kept between its questions. Never repeats by itself (T40).

    `with_password` raises WrongPassword, TwoStepRequired, NewDeviceCodeRequired, KdfOutOfBounds,
    KdfWeakened, SaltDiffers, SignInUnsupported, NoProvider, Offline, NotOurServer, RateLimited.
    """

    def __init__(
        self,
        entrance: Entrance,
        server: ServerAddress,
        email: str,
        *,
        is_practice: bool,
        label: str,
    ) -> None:
        self.email = email.strip().lower()
        self._entrance = entrance
        self._server = server
        self._label = label
        self._is_practice = is_practice
        self._records = self._former_records()
        self._record = next(iter(self._records), None)
        self._device = self._record.device_id if self._record is not None else uuid4()
        self._api: Api | None = None
        self._waits = Waits()
        self._registry = KeyRegistry()
        self._master: SecretBytes | None = None
        self._hash: str | None = None
        self._kdf: Kdf | None = None
        self._salt: str | None = None
        self._salt_accepted: str | None = None
        self._kdf_accepted: Kdf | None = None

    async def with_password(self, password: str) -> Desk:
        """Asks for the settings, derives, signs in. A failed attempt leaves nothing behind."""
        self._forget_keys()
        api = self._fresh_api()
        try:
            await api.config()
            prelogin = await api.prelogin(self.email)
            self._check_kdf(prelogin.kdf)
            salt = (prelogin.salt or self.email).strip().lower()
            self._check_salt(salt)
            self._kdf, self._salt = prelogin.kdf, salt
            self._master = self._registry.add(
                await asyncio.to_thread(derive_master_key, password, salt, prelogin.kdf)
            )
            self._hash = server_hash(self._master, password)
        except BaseException:
            self._forget_keys()
            raise
        return await self._attempt(None, None, remember=False)

    async def with_code(self, method: int, code: str, *, remember: bool = False) -> Desk:
        """After TwoStepRequired. Raises WrongTwoStepCode: then it may be called again."""
        return await self._attempt((method, code.strip()), None, remember=remember)

    async def with_device_code(self, otp: str) -> Desk:
        """After NewDeviceCodeRequired. Raises WrongTwoStepCode."""
        return await self._attempt(None, otp.strip(), remember=False)

    async def send_email_code(self) -> None:
        """Has the two-step code mailed (method 1)."""
        if self._api is not None and self._hash is not None:
            await self._api.send_email_code(self.email, self._hash)

    async def resend_device_code(self) -> None:
        """Has the code for a new computer mailed again."""
        if self._api is not None and self._hash is not None:
            await self._api.resend_new_device_code(self.email, self._hash)

    def accept_salt(self, salt: str) -> None:
        """The person saw both values of SaltDiffers and wants the server's."""
        self._salt_accepted = salt.strip().lower()

    def accept_kdf(self, kdf: Kdf) -> None:
        """The person saw both sets of KdfWeakened and goes on."""
        self._kdf_accepted = kdf

    async def abandon(self) -> None:
        """Drops everything derived so far."""
        self._forget_keys()
        if self._api is not None:
            api, self._api = self._api, None
            await api.close()

    # --- inside -------------------------------------------------------------------------------

    def _former_records(self) -> tuple[ConnectionRecord, ...]:
        """Newest first. There are several where the account's user key was rotated."""
        return tuple(
            record
            for record in reversed(self._entrance.records.load())
            if record.email == self.email and record.api == self._server.api
        )

    def _fresh_api(self) -> Api:
        if self._api is None:
            device = DeviceIdentity.here(self._device)
            clock = self._entrance.clock
            self._api = Api(self._server, device, clock, on_wait=self._waits)
        return self._api

    def _check_kdf(self, kdf: Kdf) -> None:
        check_kdf(kdf)
        former = self._record.kdf if self._record is not None else None
        if former is not None and kdf != self._kdf_accepted and is_weaker(kdf, former):
            raise KdfWeakened(former, kdf)

    def _check_salt(self, salt: str | None) -> None:
        """The salt is the e-mail; another one needs the person's word, once (T04)."""
        pinned = self._record.salt if self._record is not None else None
        expected = pinned or self.email
        if salt is None or salt.strip().lower() in (expected, self._salt_accepted):
            return
        raise SaltDiffers(expected, salt)

    async def _attempt(
        self, two_factor: tuple[int, str] | None, otp: str | None, *, remember: bool
    ) -> Desk:
        api, secret = self._api, self._hash
        if api is None or secret is None or self._master is None:
            raise WrongPassword
        try:
            answer = await api.sign_in(
                self.email,
                secret,
                two_factor=two_factor,
                remember=remember,
                new_device_otp=otp,
            )
        except (TwoStepRequired, NewDeviceCodeRequired, WrongTwoStepCode):
            # The password was right; the same attempt goes on.
            raise
        except BaseException:
            self._forget_keys()
            raise
        try:
            return await self._finish(api, self._master, answer)
        except BaseException:
            self._forget_keys()
            raise

    async def _finish(self, api: Api, master: SecretBytes, answer: TokenAnswer) -> Desk:
        if answer.kdf is not None and answer.kdf != self._kdf:
            # What unlocks must be what was derived: anything else is a mix-up or an attack.
            raise KdfWeakened(self._kdf, answer.kdf)
        self._check_salt(answer.salt)
        stretched = self._registry.add(stretch(master))
        try:
            user_key = self._registry.add(unwrap_key(stretched, answer.wrapped_user_key))
        finally:
            self._registry.discard(stretched)
            self._registry.discard(master)
            self._master = None
            self._hash = None
        raw = await api.get_raw(requests.profile())
        profile = answers.profile(raw)
        session = Session(self._registry, user_key, profile)
        record, data_key = self._recorded(user_key, answer, profile, session)
        store = await asyncio.to_thread(
            _open_store, self._entrance.profile, record, data_key, self._entrance.clock.now
        )
        try:
            # A second window reads only: it signs in and keeps nothing (T53).
            if not self._entrance.profile.read_only:
                await asyncio.to_thread(self._keep, store, record, raw, api.refresh_token)
        except BaseException:
            store.close()
            raise
        self._api = None
        desk = Desk(
            record=record,
            records=self._entrance.records,
            registry=self._registry,
            session=session,
            store=store,
            api=api,
            waits=self._waits,
            hub=self._entrance.hub,
            clock=self._entrance.clock,
        )
        desk.link.set_online(True)
        return desk

    def _keep(
        self, store: Store, record: ConnectionRecord, profile: bytes, token: str | None
    ) -> None:
        store.snapshots.put(PROFILE, ACCOUNT, profile, self._entrance.clock.now())
        if token is not None:
            store.secrets.put(REFRESH_TOKEN, token.encode())
        self._entrance.records.put(record)

    def _recorded(
        self, user_key: SymmetricKey, answer: TokenAnswer, profile: Profile, session: Session
    ) -> tuple[ConnectionRecord, DataKey]:
        """The connection's record, with the data key of its files: kept, or made new."""
        record: ConnectionRecord | None = None
        data_key: DataKey | None = None
        for former in self._records:
            try:
                data_key = _open_data_key(user_key, former)
            except CannotDecrypt:
                # Another user key: those files stay, under their own id, for whoever has it.
                continue
            record = former
            break
        if data_key is None:
            data_key = DataKey.generate()
        self._registry.add(data_key)
        if record is None:
            record = ConnectionRecord(
                id=ConnectionId(uuid4()),
                label=self._label or session.provider_name,
                email=self.email,
                api=self._server.api,
                identity=self._server.identity,
                events=self._server.events,
                web_vault=self._server.web_vault,
                device_id=self._device,
                is_practice=self._is_practice,
            )
        ca_path = self._server.ca_path
        record = msgspec.structs.replace(
            record,
            ca_path=str(ca_path) if ca_path is not None else None,
            kdf=self._kdf,
            salt=self._salt if self._salt != self.email else None,
            wrapped_user_key=answer.wrapped_user_key,
            wrapped_data_key=encrypt(user_key, data_key.view()),
            last_sync=self._entrance.clock.now(),
        )
        return record, data_key

    def _forget_keys(self) -> None:
        self._registry.wipe()
        self._registry.reopen()
        self._master = None
        self._hash = None


def _open_data_key(user_key: SymmetricKey, record: ConnectionRecord) -> DataKey:
    if record.wrapped_data_key is None:
        raise CannotDecrypt
    return DataKey(decrypt(user_key, record.wrapped_data_key))


def _kept(store: Store) -> tuple[Profile, bytes | None]:
    """The profile of the last time, and the refresh token if there is one."""
    kept = store.snapshots.get(PROFILE, ACCOUNT)
    if kept is None:
        raise SignInUnsupported("never_signed_in")
    return answers.kept_profile(kept.payload), store.secrets.get(REFRESH_TOKEN)


def _open_store(
    profile: ProfileFolder, record: ConnectionRecord, key: DataKey, now: Callable[[], datetime]
) -> Store:
    return Store.open(profile, record.id, key, now=now)
