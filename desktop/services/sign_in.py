"""Signing in, by whatever way the account has: one attempt, with what it learned between questions.

Four ways lead to a token: the master password, a person's API key, single sign-on in the browser,
another device that says yes. One thing opens the keys: the master password, or the user key that
the other device sent, which must be the one this desk knows.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

import msgspec

from desktop.api import answers, requests
from desktop.api.certificates import read_authority
from desktop.api.client import Api
from desktop.api.device import DeviceIdentity
from desktop.api.identity import WORKING_METHODS, TokenAnswer
from desktop.api.look import shown_authority
from desktop.api.proofs import (
    ApiKeyProof,
    ApprovedProof,
    PasswordProof,
    Proof,
)
from desktop.api.server import ServerAddress
from desktop.cache.store import Store
from desktop.crypto.cose import CoseKey
from desktop.crypto.fingerprint import fingerprint_phrase
from desktop.crypto.kdf import check_kdf, derive_master_key, server_hash, stretch
from desktop.crypto.rsa import PrivateKey, generate_key_pair
from desktop.crypto.seal import DataKey
from desktop.crypto.secret import KeyRegistry, SecretBytes, clear
from desktop.crypto.user_key import (
    UserKey,
    parse_user_key,
    unwrap_user_key,
    wrap_data_key,
)
from desktop.domain.authority import Authority
from desktop.domain.enums import TwoFactorMethod
from desktop.domain.errors import (
    AccountDowngraded,
    ApprovalFailed,
    BadFile,
    CannotDecrypt,
    IdentityChanged,
    KdfWeakened,
    MasterPasswordRequired,
    NewDeviceCodeRequired,
    SaltDiffers,
    SignInUnsupported,
    StorageFailed,
    TwoStepRequired,
    TwoStepUnsupported,
    WrongPassword,
    WrongTwoStepCode,
)
from desktop.domain.events import EventHub
from desktop.domain.ids import ConnectionId
from desktop.domain.limits import CA_FILE_BYTES
from desktop.domain.records import Kdf
from desktop.services.browser_way import browser_proof
from desktop.services.desk import Desk
from desktop.services.link import (
    ACCOUNT,
    API_KEY,
    PROFILE,
    REFRESH_TOKEN,
    REMEMBER_TOKEN,
    Waits,
)
from desktop.services.linking import end_links, state_of
from desktop.services.local_log import (
    AUTHORITY_ACCEPTED,
    KDF_ACCEPTED,
    LINKS_ENDED,
    SALT_ACCEPTED,
    SIGNED_IN,
)
from desktop.services.opening import data_key_of, noted, open_store, settled
from desktop.services.session import Session, is_weaker, kdf_fact
from desktop.settings.connections import ConnectionRecord, fingerprint_of

if TYPE_CHECKING:
    from desktop.services.entrance import Entrance

# How long another device has to say yes: the server's own 15 minutes.
APPROVAL_DEADLINE_S: Final = 900.0
POLL_S: Final = 3.0
# The server takes 25 characters at most: 148 bits of these.
_ACCESS_CODE_CHARS: Final = 25
_ALPHABET: Final = string.ascii_letters + string.digits
_QUESTIONS = (TwoStepRequired, TwoStepUnsupported, NewDeviceCodeRequired, WrongTwoStepCode)
_REGIONS: Final = {"us": "eu", "eu": "us"}


@dataclass(frozen=True, repr=False)
class _Asked:
    """A request to another device, and what opens its answer."""

    request: UUID
    access_code: str
    private_key: PrivateKey


class SignIn:
    """Never repeats by itself (T40). Questions come as errors, and the same attempt goes on.

    All ways raise TwoStepRequired, TwoStepUnsupported, KdfOutOfBounds, KdfWeakened, SaltDiffers,
    SignInUnsupported, ClientTooOld, AccountBlocked, AccountDowngraded, IdentityChanged,
    NoProvider, Offline, NotOurServer, RateLimited.
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
        trusted = self._record.trusted_ca if self._record is not None else None
        if trusted is not None and server.ca_pem is None:
            self._server = server.under(trusted)
        self._authority: Authority | None = None
        self._device = self._record.device_id if self._record is not None else uuid4()
        self._api: Api | None = None
        self._waits = Waits()
        self._registry = KeyRegistry()
        self._proof: Proof | None = None
        self._master: SecretBytes | None = None
        self._answer: TokenAnswer | None = None
        self._asked: _Asked | None = None
        self._approved_key: UserKey | None = None
        self._kdf: Kdf | None = None
        self._salt: str | None = None
        self._salt_accepted: str | None = None
        self._kdf_accepted: Kdf | None = None

    @property
    def web_vault(self) -> str:
        """The address of the server's own pages."""
        return self._server.web_vault

    @property
    def host(self) -> str:
        """The server, for people."""
        return self._server.host

    @property
    def is_known_here(self) -> bool:
        """Whether the account was signed in on this desk, so that another device can say yes."""
        return self._record is not None and self._record.wrapped_data_key is not None

    @property
    def goes_on(self) -> bool:
        """Whether the questions of this attempt can still be answered; else it starts anew."""
        return self._proof is not None

    # --- the ways -----------------------------------------------------------------------------

    async def with_password(self, password: str) -> Desk:
        """Asks for the settings, derives, signs in. A failed attempt leaves nothing behind.

        Raises WrongPassword, NewDeviceCodeRequired. On a desk that the account knows, a second
        step that was remembered here is answered without a question.
        """
        self._forget_keys()
        api = self._fresh_api()
        try:
            await api.config()
            prelogin = await api.prelogin(self.email)
            master = await self._derive(password, prelogin.kdf, prelogin.salt)
            self._proof = PasswordProof(self.email, server_hash(master, password))
            remembered = await asyncio.to_thread(self._remembered, master)
        except BaseException:
            self._forget_keys()
            raise
        step = None if remembered is None else (int(TwoFactorMethod.REMEMBER), remembered)
        return await self._attempt(step, None)

    async def with_api_key(self, client_id: str, secret: str, password: str) -> Desk:
        """The way round single sign-on and second steps; the password only opens the keys here.

        Raises WrongApiKey; WrongPassword, after which `with_master_password` may try another.
        """
        self._forget_keys()
        proof = ApiKeyProof(client_id.strip(), secret.strip())
        user_id = proof.user_id
        api = self._fresh_api()
        self._proof = proof
        with contextlib.suppress(MasterPasswordRequired):
            await self._attempt(None, None)
        if api.user_id != user_id:
            self._drop_session()
            raise IdentityChanged
        return await self.with_master_password(password)

    async def with_browser(
        self, organization: str, open_browser: Callable[[str], object], *, page: str = ""
    ) -> Desk:
        """Single sign-on. `open_browser` gets an address; `page` is the document shown at the end.

        Ends in MasterPasswordRequired where all went well: `with_master_password` goes on. Raises
        BrowserSignInFailed.
        """
        self._forget_keys()
        api = self._fresh_api()
        self._proof = await browser_proof(
            api,
            self.email,
            organization,
            open_browser,
            page=page,
            clock=self._entrance.clock,
        )
        return await self._attempt(None, None)

    async def with_master_password(self, password: str) -> Desk:
        """After MasterPasswordRequired. Raises WrongPassword: then it may be called again."""
        api, answer = self._api, self._answer
        if api is None or answer is None:
            raise WrongPassword
        if answer.kdf is None:
            raise SignInUnsupported("no_account_keys")
        master = await self._derive(password, answer.kdf, answer.salt)
        return await self._finish(api, await self._opened(master, answer), answer)

    async def ask_device(self) -> tuple[str, str, str, str, str]:
        """Asks the account's other devices; the words that must be the same on both screens.

        Only on a desk that the account has been signed in at before: its data key is what tells
        the right user key from one that the server made up. Raises ApprovalFailed.
        """
        if not self.is_known_here:
            raise ApprovalFailed("unknown_desk")
        self._forget_keys()
        api = self._fresh_api()
        public, der = await asyncio.to_thread(generate_key_pair)
        try:
            private = self._registry.add(PrivateKey.from_pkcs8(der, authenticated=True))
        finally:
            clear(der)
        access_code = "".join(secrets.choice(_ALPHABET) for _ in range(_ACCESS_CODE_CHARS))
        asked = await api.ask_device(self.email, public.b64, access_code)
        self._asked = _Asked(asked.id, access_code, private)
        return fingerprint_phrase(self.email, public)

    async def with_approval(self) -> Desk:
        """After `ask_device`: waits until another device says yes. Raises ApprovalFailed."""
        api, asked = self._api, self._asked
        if api is None or asked is None:
            raise ApprovalFailed("unknown_desk")
        clock = self._entrance.clock
        until = clock.monotonic() + APPROVAL_DEADLINE_S
        while True:
            told = await api.asked_device(asked.request, asked.access_code)
            if told.requestapproved and told.key:
                break
            # A no is not told to whoever asked; it ends as nothing said.
            if clock.monotonic() >= until:
                raise ApprovalFailed("expired")
            await clock.sleep(POLL_S)
        user_key = self._registry.add(parse_user_key(asked.private_key.open(told.key)))
        self._check_known(user_key)
        self._proof = ApprovedProof(self.email, asked.request, asked.access_code)
        self._approved_key = user_key
        return await self._attempt(None, None)

    # --- answers to questions -----------------------------------------------------------------

    async def with_code(self, method: int, code: str, *, remember: bool = False) -> Desk:
        """After TwoStepRequired. Raises WrongTwoStepCode: then it may be called again."""
        if method not in WORKING_METHODS:
            raise TwoStepUnsupported((method,), tuple(int(one) for one in WORKING_METHODS))
        return await self._attempt((method, code.strip()), None, remember=remember)

    async def with_recovery_code(self, code: str) -> Desk:
        """Instead of a second step. It switches two-step login off for the whole account: ask."""
        given = "".join(code.split()).lower()
        return await self._attempt((int(TwoFactorMethod.RECOVERY_CODE), given), None)

    async def with_device_code(self, otp: str) -> Desk:
        """After NewDeviceCodeRequired. Raises WrongTwoStepCode."""
        return await self._attempt(None, otp.strip())

    async def send_email_code(self) -> None:
        """Has the two-step code mailed (method 1)."""
        if self._api is not None and self._proof is not None:
            await self._api.send_code_for(self._proof)

    async def resend_device_code(self) -> None:
        """Has the code for a new computer mailed again."""
        if self._api is not None and isinstance(self._proof, PasswordProof):
            await self._api.resend_new_device_code(self.email, self._proof.server_hash)

    def accept_salt(self, salt: str) -> None:
        """The person saw both values of SaltDiffers and wants the server's."""
        self._salt_accepted = salt.strip().lower()

    def accept_kdf(self, kdf: Kdf) -> None:
        """The person saw both sets of KdfWeakened and goes on."""
        self._kdf_accepted = kdf

    # --- a certificate that nobody knows ------------------------------------------------------

    @property
    def may_trust(self) -> bool:
        """Whether a person may accept an authority of this server's own: not for the cloud, whose
        certificates every system knows, and not in practice.
        """
        return not self._server.is_cloud and not self._is_practice

    @property
    def known_authority(self) -> str:
        """The fingerprint of the one accepted for this server before, empty without one."""
        return (self._record.ca_fingerprint or "") if self._record is not None else ""

    async def shown_authority(self) -> Authority | None:
        """What the server's certificate hangs on, for a person to judge; no request is sent.

        None where it shows nothing readable. Raises Offline, ProxyFailed.
        """
        proxies = self._entrance.proxies_of(is_practice=self._is_practice)
        return await shown_authority(self._server, proxies, self._entrance.clock)

    async def authority_in(self, path: Path) -> Authority:
        """The one certificate in a file, to be judged as well. Raises BadFile."""
        try:
            data = await asyncio.to_thread(_small_file, path)
        except OSError:
            raise BadFile("unreadable") from None
        return read_authority(data, self._entrance.clock.now())

    async def trust(self, authority: Authority) -> None:
        """The person compared the fingerprint: this server is trusted through it alone."""
        self._server = self._server.under(authority.pem)
        self._authority = authority
        if self._api is not None:
            api, self._api = self._api, None
            await api.close()

    async def abandon(self) -> None:
        """Drops everything derived so far."""
        self._forget_keys()
        if self._api is not None:
            api, self._api = self._api, None
            await api.close()

    # --- inside: the attempt ------------------------------------------------------------------

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
            proxies = self._entrance.proxies_of(is_practice=self._is_practice)
            self._api = Api(self._server, device, clock, on_wait=self._waits, proxies=proxies)
        return self._api

    async def _derive(self, password: str, kdf: Kdf, given_salt: str | None) -> SecretBytes:
        """The master key, after every check of what it is to be made with (T01 to T04)."""
        self._check_kdf(kdf)
        salt = (given_salt or self.email).strip().lower()
        self._check_salt(salt)
        self._kdf, self._salt = kdf, salt
        if self._master is not None:
            self._registry.discard(self._master)
        self._master = self._registry.add(
            await asyncio.to_thread(derive_master_key, password, salt, kdf)
        )
        return self._master

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
        self, two_factor: tuple[int, str] | None, otp: str | None, *, remember: bool = False
    ) -> Desk:
        api, proof = self._api, self._proof
        if api is None or proof is None:
            raise WrongPassword
        try:
            answer = await api.sign_in_with(
                proof, two_factor=two_factor, remember=remember, new_device_otp=otp
            )
        except _QUESTIONS as question:
            # Who it is was right; the same attempt goes on.
            if isinstance(question, TwoStepRequired | TwoStepUnsupported) and _is_remembered(
                two_factor
            ):
                await asyncio.to_thread(self._drop_remembered)
            raise
        except BaseException as error:
            self._forget_keys()
            raise self._placed(error) from None
        return await self._entered(api, answer)

    def _placed(self, error: BaseException) -> BaseException:
        """A region of the cloud says of an account of the other one that its password is wrong."""
        if isinstance(error, WrongPassword):
            known = {"us": ServerAddress.us(), "eu": ServerAddress.eu()}
            here = next((name for name, one in known.items() if one == self._server), "")
            return WrongPassword(_REGIONS.get(here, ""))
        return error

    async def _entered(self, api: Api, answer: TokenAnswer) -> Desk:
        """The server let us in: open the keys, or say what that still needs."""
        if self._master is None and self._approved_key is None:
            self._answer = answer
            raise MasterPasswordRequired
        try:
            user_key = await self._user_key(answer)
        except BaseException:
            self._drop_session()
            raise
        return await self._finish(api, user_key, answer)

    async def _user_key(self, answer: TokenAnswer) -> UserKey:
        approved, master = self._approved_key, self._master
        self._check_salt(answer.salt)
        if approved is not None:
            if answer.kdf is not None:
                self._check_kdf(answer.kdf)
            return approved
        if answer.kdf is not None and answer.kdf != self._kdf:
            # What unlocks must be what was derived: anything else is a mix-up or an attack.
            raise KdfWeakened(self._kdf, answer.kdf)
        if master is None:
            raise MasterPasswordRequired
        return await self._opened(master, answer)

    async def _opened(self, master: SecretBytes, answer: TokenAnswer) -> UserKey:
        """The user key of an answer. Raises WrongPassword where the password was not sent before,
        else CannotDecrypt.
        """
        stretched = self._registry.add(stretch(master))
        try:
            return self._registry.add(unwrap_user_key(stretched, answer.wrapped_user_key))
        except CannotDecrypt:
            if isinstance(self._proof, PasswordProof):
                raise
            raise WrongPassword from None
        finally:
            self._registry.discard(stretched)

    # --- inside: the desk ---------------------------------------------------------------------

    async def _finish(self, api: Api, user_key: UserKey, answer: TokenAnswer) -> Desk:
        try:
            return await self._desk(api, user_key, answer)
        except BaseException:
            self._drop_session()
            raise

    async def _desk(self, api: Api, user_key: UserKey, answer: TokenAnswer) -> Desk:
        if self._master is not None:
            self._registry.discard(self._master)
            self._master = None
        self._check_kind(user_key)
        raw = await api.get_raw(requests.profile())
        profile = answers.profile(raw)
        if profile.email.strip().lower() != self.email:
            raise IdentityChanged
        session = Session(self._registry, user_key, profile)
        record, data_key = self._recorded(user_key, answer, session)
        store = await self._entrance.store(record, data_key)
        try:
            # A second window reads only: it signs in and keeps nothing (T53).
            ended_links = not self._entrance.profile.read_only and await asyncio.to_thread(
                self._keep, store, record, raw, answer.remember_token
            )
        except BaseException:
            store.close()
            raise
        self._api = self._proof = self._answer = self._asked = self._approved_key = None
        desk = Desk(
            record=record,
            records=self._entrance.records,
            registry=self._registry,
            session=session,
            store=store,
            api=api,
            waits=self._waits,
            hub=EventHub(),
            clock=self._entrance.clock,
            known=self._entrance.known,
        )
        try:
            await noted(desk, SIGNED_IN)
            await settled(desk, accepts_practice=self._entrance.accepts_practice)
            await self._note_accepted(desk)
            if ended_links:
                await noted(desk, LINKS_ENDED)
        except BaseException:
            # Whoever waited for it has gone: nobody else would ever lock it.
            await desk.lock()
            raise
        desk.link.set_online(True)
        return desk

    async def _note_accepted(self, desk: Desk) -> None:
        """What a person took against the advice is in the local log (T03, T04)."""
        former = self._record.kdf if self._record is not None else None
        if former is not None and self._kdf is not None and self._kdf == self._kdf_accepted:
            await noted(desk, KDF_ACCEPTED, before=kdf_fact(former), now=kdf_fact(self._kdf))
        if self._authority is not None:
            await noted(desk, AUTHORITY_ACCEPTED, now=self._authority.fingerprint)
        if self._salt_accepted is not None and self._salt == self._salt_accepted:
            # The salt itself may be an address.
            await noted(desk, SALT_ACCEPTED)

    def _check_kind(self, user_key: UserKey) -> None:
        """Signed keys stay signed keys: an older state played back is refused (T18)."""
        if any(one.is_v2 for one in self._records) and not isinstance(user_key, CoseKey):
            raise AccountDowngraded

    def _check_known(self, user_key: UserKey) -> None:
        """RSA says nothing about who wrapped a key: only one that opens this desk is taken."""
        for record in self._records:
            with contextlib.suppress(CannotDecrypt):
                data_key_of(user_key, record).wipe()
                return
        self._drop_session()
        raise IdentityChanged

    def _keep(
        self, store: Store, record: ConnectionRecord, profile: bytes, remember: str | None
    ) -> bool:
        """Whether that ended links, as a changed password does."""
        store.snapshots.put(PROFILE, ACCOUNT, profile, self._entrance.clock.now())
        api = self._api
        token = None if api is None else api.refresh_token
        key = None if api is None else api.api_key
        kept = {
            REFRESH_TOKEN: None if token is None else token.encode(),
            API_KEY: None if key is None else f"{key.client_id}\n{key.secret}".encode(),
        }
        for name, value in kept.items():
            if value is not None:
                store.secrets.put(name, value)
            elif store.secrets.get(name) is not None:
                store.secrets.delete(name)
        if remember is not None:
            store.secrets.put(REMEMBER_TOKEN, remember.encode())
        former = self._entrance.records.get(record.id)
        is_changed = former is not None and state_of(former) != state_of(record)
        ended = is_changed and end_links(store.secrets)
        self._entrance.records.put(record)
        return ended

    def _recorded(
        self, user_key: UserKey, answer: TokenAnswer, session: Session
    ) -> tuple[ConnectionRecord, DataKey]:
        """The connection's record, with the data key of its files: kept, or made new."""
        record: ConnectionRecord | None = None
        data_key: DataKey | None = None
        for former in self._records:
            try:
                data_key = data_key_of(user_key, former)
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
                label=self._label or session.provider_name or self._server.host,
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
            ca_pem=self._server.ca_pem,
            ca_fingerprint=fingerprint_of(self._server.ca_pem) if self._server.ca_pem else None,
            wrapped_data_key=wrap_data_key(user_key, data_key),
            is_v2=isinstance(user_key, CoseKey),
            last_sync=self._entrance.clock.now(),
        )
        if self._approved_key is None:
            record = msgspec.structs.replace(
                record,
                kdf=self._kdf,
                salt=self._salt if self._salt != self.email else None,
                wrapped_user_key=answer.wrapped_user_key,
            )
        # With another device's word nobody has seen the password: what it opened before stays.
        return record, data_key

    # --- inside: a second step remembered -----------------------------------------------------

    def _remembered(self, master: SecretBytes) -> str | None:
        """The token of a second step remembered here; the password must open the desk for it.

        A disk in trouble costs one question more, no sign-in.
        """
        token: bytes | None = None
        with contextlib.suppress(StorageFailed), self._opened_store(master) as store:
            token = None if store is None else store.secrets.get(REMEMBER_TOKEN)
        return None if token is None else token.decode()

    def _drop_remembered(self) -> None:
        """The server did not take it: it is of no use any more."""
        if self._master is None or self._entrance.profile.read_only:
            return
        with contextlib.suppress(StorageFailed), self._opened_store(self._master) as store:
            if store is not None:
                store.secrets.delete(REMEMBER_TOKEN)

    @contextlib.contextmanager
    def _opened_store(self, master: SecretBytes) -> Iterator[Store | None]:
        """The files of this account on this desk, where this password opens them."""
        store = None
        stretched = self._registry.add(stretch(master))
        try:
            for record in self._records:
                if record.kdf != self._kdf or record.wrapped_user_key is None:
                    continue
                with contextlib.suppress(CannotDecrypt):
                    user_key = self._registry.add(
                        unwrap_user_key(stretched, record.wrapped_user_key)
                    )
                    data_key = self._registry.add(data_key_of(user_key, record))
                    self._registry.discard(user_key)
                    store = open_store(
                        self._entrance.profile, record, data_key, self._entrance.clock.now
                    )
                    break
            yield store
        finally:
            self._registry.discard(stretched)
            if store is not None:
                store.close()

    def _drop_session(self) -> None:
        if self._api is not None:
            self._api.sign_out()
        self._forget_keys()

    def _forget_keys(self) -> None:
        self._registry.wipe()
        self._registry.reopen()
        self._proof = self._master = self._answer = self._asked = self._approved_key = None


def _small_file(path: Path) -> bytes:
    """A certificate is small. Raises BadFile for what is larger, OSError."""
    with path.open("rb") as file:
        data = file.read(CA_FILE_BYTES + 1)
    if len(data) > CA_FILE_BYTES:
        raise BadFile("too_large")
    return data


def _is_remembered(two_factor: tuple[int, str] | None) -> bool:
    return two_factor is not None and two_factor[0] == TwoFactorMethod.REMEMBER
