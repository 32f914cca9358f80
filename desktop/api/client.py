"""The server of one account: every call Claviger makes, typed. Tokens stay inside.

Reads raise Offline, SignedOut, NotAllowed, Refused, RateLimited, NotOurServer, ServerFailed,
AnswerTooLarge, UntrustedCertificate. Writes raise the same where nothing happened, and
OutcomeUnknown (or one of its kinds) where something may have (T43).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import httpx
import msgspec

from desktop.api import answers, requests
from desktop.api.clock import Clock, SystemClock
from desktop.api.device import CLIENT_NAME, DeviceIdentity
from desktop.api.identity import (
    AuthRequest,
    Prelogin,
    TokenAnswer,
    challenge_session,
    read_auth_request,
    read_prelogin,
    read_sign_in,
    read_sso_token,
    sign_in_problem,
    sso_problem,
)
from desktop.api.items import ItemReader
from desktop.api.link import Link
from desktop.api.pace import Pace
from desktop.api.proofs import ApiKeyProof, PasswordProof, Proof
from desktop.api.proxy import DIRECT, Proxies
from desktop.api.requests import PreparedRequest
from desktop.api.server import ServerAddress
from desktop.api.strict import check_json
from desktop.api.wire import Order, Wire, ensure_json
from desktop.domain.allowance import Allowance
from desktop.domain.enums import PolicyType, ProviderUserType
from desktop.domain.errors import ApprovalFailed, NotAllowed, NotOurServer, Refused
from desktop.domain.ids import (
    GroupId,
    OrganizationId,
    OrganizationUserId,
    ProviderId,
    ProviderOrganizationId,
    ProviderUserId,
    UserId,
)
from desktop.domain.limits import (
    KIB,
    RESPONSE_BYTES,
    RESPONSE_BYTES_LARGE,
    RESPONSE_BYTES_LIST,
)
from desktop.domain.records import (
    BulkResult,
    CipherMini,
    Collection,
    CollectionDetails,
    Group,
    ListedClient,
    MemberPublicKey,
    OrganizationMember,
    Policy,
    Profile,
    ProviderMember,
    ProviderSubscription,
    ServerConfig,
)

T = TypeVar("T")

# Bodies past this size are decoded off the loop (T34).
_HEAVY_BYTES = 256 * KIB
_PAGES_MAX = 1_000
# What answers grow with the number of clients or people.
_LONG = ("/users", "/collections/details", "accounts/profile", "/organizations", "/groups/details")


def _any_write(_request: PreparedRequest) -> None:
    """Before anybody set a rule."""


class Api:
    """One connection. Made, used and closed on one loop."""

    def __init__(
        self,
        server: ServerAddress,
        device: DeviceIdentity,
        clock: Clock | None = None,
        *,
        verify_transport: httpx.AsyncBaseTransport | None = None,
        on_wait: Callable[[float], None] | None = None,
        proxies: Proxies = DIRECT,
    ) -> None:
        """`on_wait` hears of waits for limits, in seconds. Raises OSError for an unreadable CA,
        ValueError for one that is none.
        """
        clock = clock if clock is not None else SystemClock()
        self.server = server
        self._device = device
        self._mail_session: str | None = None
        link = Link(server, verify_transport, proxies, clock)
        self._wire = Wire(server, device, clock, link, Pace(clock, on_wait))
        # Asked before every write; raises what keeps it from leaving.
        self.may_write: Callable[[PreparedRequest], None] = _any_write

    # --- session ------------------------------------------------------------------------------

    @property
    def network_cut(self) -> bool:
        """While set, every request ends in Offline before it begins (practice)."""
        return self._wire.network_cut

    @network_cut.setter
    def network_cut(self, value: bool) -> None:
        self._wire.network_cut = value

    @property
    def refresh_token(self) -> str | None:
        """Read it after every use: some servers give a new one each time."""
        return self._wire.refresh_token

    @property
    def api_key(self) -> ApiKeyProof | None:
        """What renews the session in the place of a refresh token, after `sign_in_with` one."""
        return self._wire.api_key

    @property
    def user_id(self) -> UserId | None:
        """Who the tokens belong to."""
        return self._wire.user

    @property
    def is_signed_in(self) -> bool:
        return self._wire.is_signed_in

    def set_refresh_token(self, token: str, user: UserId | None = None) -> None:
        """Goes on with a kept session; tokens of anyone but `user` end in IdentityChanged."""
        self._wire.resume(token, user)

    def set_api_key(self, key: ApiKeyProof, user: UserId | None = None) -> None:
        """As `set_refresh_token`, for a session that began with an API key."""
        self._wire.resume("", user)
        self._wire.renew_with(key)

    def sign_out(self) -> None:
        """Drops the tokens; no endpoint revokes them."""
        self._wire.forget()

    def allowance(self) -> Allowance:
        """How fast this server may be asked, as far as it is known."""
        return self._wire.allowance()

    async def refresh(self) -> None:
        """Renews the access token now: roles change only with it."""
        await self._wire.renew_now()

    async def close(self) -> None:
        """Ends the connection; nothing can be sent afterwards."""
        await self._wire.close()

    async def config(self) -> ServerConfig:
        """Anonymous; nothing in it steers security or addresses (T33)."""
        return answers.config(await self.config_raw())

    async def config_raw(self) -> bytes:
        """The same as it came."""
        return await self._body(Order("GET", "config", "read", authorized=False))

    async def prelogin(self, email: str) -> Prelogin:
        """How to derive the master key. Raises KdfOutOfBounds (T01, T02)."""
        body = msgspec.json.encode({"email": email})
        order = Order(
            "POST",
            "accounts/prelogin/password",
            "prelogin",
            body,
            identity=True,
            authorized=False,
        )
        try:
            return read_prelogin(await self._body(order))
        except NotAllowed as refusal:
            if refusal.status != 404:
                raise
        # Servers before 2026 know the older path only.
        return read_prelogin(await self._body(replace(order, path="accounts/prelogin")))

    async def sign_in(
        self,
        email: str,
        server_hash: str,
        *,
        two_factor: tuple[int, str] | None = None,
        remember: bool = False,
        new_device_otp: str | None = None,
    ) -> TokenAnswer:
        """`sign_in_with` the master password's hash."""
        return await self.sign_in_with(
            PasswordProof(email, server_hash),
            two_factor=two_factor,
            remember=remember,
            new_device_otp=new_device_otp,
        )

    async def sign_in_with(
        self,
        proof: Proof,
        *,
        two_factor: tuple[int, str] | None = None,
        remember: bool = False,
        new_device_otp: str | None = None,
    ) -> TokenAnswer:
        """One attempt, never repeated by itself (T40).

        Raises what `proof` means by a refusal, TwoStepRequired, TwoStepUnsupported,
        WrongTwoStepCode, NewDeviceCodeRequired, SignInUnsupported, ClientTooOld, AccountBlocked,
        IdentityChanged, RateLimited.
        """
        form = proof.form() | self._device.form
        if two_factor is not None:
            method, code = two_factor
            form |= {
                "twoFactorProvider": str(int(method)),
                "twoFactorToken": code,
                # The digit, not the word: the server takes nothing else for yes.
                "twoFactorRemember": "1" if remember else "0",
            }
        if new_device_otp is not None:
            form["newDeviceOtp"] = new_device_otp
        order = Order(
            "POST",
            "connect/token",
            "token",
            form=form,
            identity=True,
            authorized=False,
            patient=False,
        )
        reply = await self._wire.answer(order)
        if not reply.is_good:
            self._mail_session = challenge_session(reply) or self._mail_session
            raise sign_in_problem(
                reply,
                proof,
                answered_method=two_factor[0] if two_factor else None,
                answered_device=new_device_otp is not None,
            )
        ensure_json(reply)
        answer = read_sign_in(reply.body)
        self._wire.adopt(reply)
        self._wire.renew_with(proof if isinstance(proof, ApiKeyProof) else None)
        return answer

    async def send_email_code(self, email: str, server_hash: str) -> None:
        """`send_code_for` the master password's hash."""
        await self.send_code_for(PasswordProof(email, server_hash))

    async def send_code_for(self, proof: Proof) -> None:
        """Has the two-step code mailed (method 1); nothing happens where `proof` allows none."""
        fields = proof.mail_fields(self._mail_session)
        if fields is not None:
            await self._anonymous_write(
                "two-factor/send-email-login",
                {**fields, "deviceIdentifier": str(self._device.id)},
            )

    async def resend_new_device_code(self, email: str, server_hash: str) -> None:
        """Has the code for a new computer mailed again."""
        await self._anonymous_write(
            "accounts/resend-new-device-otp",
            {"email": email, "masterPasswordHash": server_hash},
        )

    async def sso_page(self, organization: str, redirect_uri: str, **pkce: str) -> str:
        """The address that the browser is sent to; `pkce`: state, code_challenge.

        Raises BrowserSignInFailed("organization"). It is always on the configured server (T33).
        """
        hint = urlencode({"domainHint": organization})
        order = Order(
            "GET", f"sso/prevalidate?{hint}", "read", identity=True, authorized=False, patient=False
        )
        try:
            token = read_sso_token(await self._body(order))
        except Refused as error:
            raise sso_problem(error) from None
        query = {
            "client_id": CLIENT_NAME,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "response_mode": "query",
            "scope": "api offline_access",
            "code_challenge_method": "S256",
            "domain_hint": organization,
            "ssoToken": token,
            **pkce,
        }
        return f"{self.server.identity}/connect/authorize?{urlencode(query)}"

    async def ask_device(self, email: str, public_key: str, access_code: str) -> AuthRequest:
        """Asks the person's other devices. Raises ApprovalFailed("unknown_device")."""
        body: dict[str, str | int] = {
            "email": email,
            "publicKey": public_key,
            "deviceIdentifier": str(self._device.id),
            "accessCode": access_code,
            "type": 0,
        }
        try:
            return read_auth_request(await self._anonymous_write("auth-requests", body))
        except NotAllowed:
            raise
        except Refused:
            raise ApprovalFailed("unknown_device") from None

    async def asked_device(self, request: UUID, access_code: str) -> AuthRequest:
        """What became of a request. Raises ApprovalFailed("expired")."""
        path = requests.path("auth-requests", request, "response", code=access_code)
        order = Order("GET", path, "read", authorized=False)
        try:
            return read_auth_request(await self._body(order))
        except NotAllowed:
            raise ApprovalFailed("expired") from None

    async def _anonymous_write(self, path: str, fields: Mapping[str, str | int]) -> bytes:
        order = Order(
            "POST",
            path,
            "write",
            msgspec.json.encode(fields),
            authorized=False,
            write=True,
            patient=False,
        )
        return (await self._wire.good(order)).body

    # --- the two roads ------------------------------------------------------------------------

    async def get_raw(self, path: str) -> bytes:
        """A read as the server sent it, checked to be JSON within limits; pages are joined (T35).

        `path` comes from `requests`.
        """
        requests.check_path(path)
        pages: list[bytes] = []
        seen: set[str] = set()
        at = path
        while True:
            order = Order("GET", at, "read", limit_bytes=_limit_of(path))
            raw = await self._body(order)
            pages.append(raw)
            token = await _off_loop(answers.continuation, raw)
            if not token:
                return answers.joined(pages)
            if token in seen or len(pages) >= _PAGES_MAX:
                raise NotOurServer("endless list")
            seen.add(token)
            at = f"{path}{'&' if '?' in path else '?'}{urlencode({'continuationToken': token})}"

    async def page_raw(self, path: str, token: str | None = None) -> tuple[bytes, str | None]:
        """One page of a read as `get_raw`, and the token of the page after it.

        For logs, of which nobody wants all pages.
        """
        requests.check_path(path)
        if token is not None:
            path = f"{path}{'&' if '?' in path else '?'}{urlencode({'continuationToken': token})}"
        raw = await self._body(Order("GET", path, "read", limit_bytes=_limit_of(path)))
        return raw, await _off_loop(answers.continuation, raw) or None

    async def send(self, request: PreparedRequest) -> bytes:
        """One write; the body of the answer, b"" where there is none.

        Only a 429 is waited out and repeated: it was not executed. Cancelled after it left, it
        raises OutcomeUnknown instead. Nothing leaves that `may_write` refuses.
        """
        self.may_write(request)
        order = Order(
            request.method,
            request.path,
            request.budget,
            request.body,
            write=True,
            deadline_s=request.deadline_s,
        )
        reply = await self._wire.good(order)
        ensure_json(reply)
        if not reply.body.strip():
            return b""
        try:
            check_json(reply.body)
            msgspec.json.decode(reply.body)
        except (NotOurServer, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise NotOurServer("shape", reply.status) from None
        return reply.body

    async def _body(self, order: Order) -> bytes:
        reply = await self._wire.good(order)
        ensure_json(reply)
        return reply.body

    async def _read(self, path: str, kind: Callable[[bytes], T]) -> T:
        return await _off_loop(kind, await self.get_raw(path))

    async def _asked(self, path: str, ids: Sequence[UUID]) -> bytes:
        """A POST that reads."""
        order = Order("POST", path, "write", _ids(ids), limit_bytes=RESPONSE_BYTES_LIST)
        return await self._body(order)

    # --- account ------------------------------------------------------------------------------

    async def profile(self) -> Profile:
        """The account with its providers and organizations, keys wrapped."""
        return await self._read(requests.profile(), answers.profile)

    async def sync_raw(self) -> bytes:
        """The whole `/sync`; `answers.profile_of_sync` reads the profile in it."""
        return await self.get_raw("sync?excludeDomains=true")

    async def revision_date(self) -> int:
        """When the account last changed, in ms since 1970: a cheap question."""
        return answers.revision_date(
            await self._body(Order("GET", "accounts/revision-date", "read"))
        )

    async def user_public_key(self, user: UserId) -> str:
        """Base64 SPKI, unchecked."""
        order = Order("GET", requests.path("users", user, "public-key"), "read")
        return answers.public_key(await self._body(order))

    # --- provider -----------------------------------------------------------------------------

    async def clients(self, provider: ProviderId) -> tuple[ListedClient, ...]:
        return await self._read(requests.provider_clients(provider), answers.provider_clients)

    async def create_client(self, provider: ProviderId, body: bytes) -> None:
        """No id comes back: find it by its key in the list."""
        await self.send(requests.create_client(provider, body))

    async def update_client(
        self, provider: ProviderId, client: ProviderOrganizationId, name: str, seats: int
    ) -> None:
        body = msgspec.json.encode({"name": name, "assignedSeats": seats})
        await self.send(requests.update_client(provider, client, body))

    async def provider_members(self, provider: ProviderId) -> tuple[ProviderMember, ...]:
        return await self._read(requests.provider_members(provider), answers.provider_members)

    async def subscription(self, provider: ProviderId) -> ProviderSubscription:
        return await self._read(requests.subscription(provider), answers.subscription)

    async def invite_provider_members(
        self, provider: ProviderId, emails: Sequence[str], role: ProviderUserType
    ) -> None:
        body = msgspec.json.encode({"emails": list(emails), "type": int(role)})
        await self.send(requests.invite_provider_members(provider, body))

    async def reinvite_provider_members(
        self, provider: ProviderId, ids: Sequence[ProviderUserId]
    ) -> tuple[BulkResult, ...]:
        return await self._bulk(requests.reinvite_provider_members(provider, _ids(ids)))

    async def provider_public_keys(
        self, provider: ProviderId, ids: Sequence[ProviderUserId]
    ) -> tuple[MemberPublicKey, ...]:
        path = requests.path("providers", provider, "users", "public-keys")
        return answers.public_keys(await self._asked(path, ids))

    async def confirm_provider_members(
        self, provider: ProviderId, keys: Mapping[ProviderUserId, str]
    ) -> tuple[BulkResult, ...]:
        """`keys`: the provider key wrapped for each person."""
        return await self._bulk(requests.confirm_provider_members(provider, _keys(keys)))

    async def remove_provider_members(
        self, provider: ProviderId, ids: Sequence[ProviderUserId]
    ) -> tuple[BulkResult, ...]:
        return await self._bulk(requests.remove_provider_members(provider, _ids(ids)))

    async def set_provider_member_role(
        self, provider: ProviderId, member: ProviderUserId, role: ProviderUserType
    ) -> None:
        body = msgspec.json.encode({"type": int(role)})
        await self.send(requests.set_provider_member_role(provider, member, body))

    # --- organization -------------------------------------------------------------------------

    async def organization_public_key(self, client: OrganizationId) -> str:
        """Base64 SPKI, unchecked."""
        order = Order("GET", requests.path("organizations", client, "public-key"), "read")
        return answers.public_key(await self._body(order))

    async def recovery_private_key(self, client: OrganizationId, member: OrganizationUserId) -> str:
        """The organization's private key under its own key; any member with an account shows it."""
        path = requests.path("organizations", client, "users", member, "reset-password-details")
        return answers.recovery_private_key(await self._body(Order("GET", path, "read")))

    async def collections(self, client: OrganizationId) -> tuple[Collection, ...]:
        return await self._read(requests.collections(client), answers.collections)

    async def collection_details(self, client: OrganizationId) -> tuple[CollectionDetails, ...]:
        """Leaves a "vault accessed" entry in the client's log."""
        return await self._read(requests.collection_details(client), answers.collection_details)

    async def create_collection(self, client: OrganizationId, body: bytes) -> Collection:
        return answers.created_collection(await self.send(requests.create_collection(client, body)))

    async def groups(self, client: OrganizationId) -> tuple[Group, ...]:
        return await self._read(requests.groups(client), answers.groups)

    async def create_group(self, client: OrganizationId, body: bytes) -> Group:
        return answers.created_group(await self.send(requests.create_group(client, body)))

    async def update_group(self, client: OrganizationId, group: GroupId, body: bytes) -> Group:
        return answers.created_group(await self.send(requests.update_group(client, group, body)))

    async def members(self, client: OrganizationId) -> tuple[OrganizationMember, ...]:
        return await self._read(requests.members(client), answers.members)

    async def invite_members(self, client: OrganizationId, body: bytes) -> None:
        await self.send(requests.invite_members(client, body))

    async def reinvite_members(
        self, client: OrganizationId, ids: Sequence[OrganizationUserId]
    ) -> tuple[BulkResult, ...]:
        return await self._bulk(requests.reinvite_members(client, _ids(ids)))

    async def member_public_keys(
        self, client: OrganizationId, ids: Sequence[OrganizationUserId]
    ) -> tuple[MemberPublicKey, ...]:
        path = requests.path("organizations", client, "users", "public-keys")
        return answers.public_keys(await self._asked(path, ids))

    async def confirm_members(
        self,
        client: OrganizationId,
        keys: Mapping[OrganizationUserId, str],
        default_collection_name: str | None = None,
    ) -> tuple[BulkResult, ...]:
        """`keys`: the organization key wrapped for each person."""
        body = _keys(keys, defaultUserCollectionName=default_collection_name)
        return await self._bulk(requests.confirm_members(client, body))

    async def remove_members(
        self, client: OrganizationId, ids: Sequence[OrganizationUserId]
    ) -> tuple[BulkResult, ...]:
        return await self._bulk(requests.remove_members(client, _ids(ids)))

    async def policies(self, client: OrganizationId) -> tuple[Policy, ...]:
        return await self._read(requests.policies(client), answers.policies)

    async def put_policy(self, client: OrganizationId, kind: PolicyType, body: bytes) -> Policy:
        return answers.policy(await self.send(requests.put_policy(client, kind, body)))

    async def import_items(self, client: OrganizationId, body: bytes) -> None:
        await self.send(requests.import_items(client, body))

    async def organization_items(self, client: OrganizationId) -> tuple[CipherMini, ...]:
        """Names as ciphertext, and places, of every item: read as a stream (T27)."""
        reader = ItemReader()
        order = Order(
            "GET",
            requests.organization_items(client),
            "read",
            limit_bytes=RESPONSE_BYTES_LARGE,
            sink=reader.feed,
        )
        ensure_json(await self._wire.good(order))
        return reader.finish()

    async def _bulk(self, request: PreparedRequest) -> tuple[BulkResult, ...]:
        return answers.bulk_results(await self.send(request))


def _limit_of(path: str) -> int:
    bare = path.partition("?")[0]
    if bare == "sync":
        return RESPONSE_BYTES_LARGE
    return RESPONSE_BYTES_LIST if bare.endswith(_LONG) else RESPONSE_BYTES


async def _off_loop(work: Callable[[bytes], T], raw: bytes) -> T:
    if len(raw) < _HEAVY_BYTES:
        return work(raw)
    return await asyncio.to_thread(work, raw)


def _ids(ids: Sequence[UUID]) -> bytes:
    return msgspec.json.encode({"ids": [str(one) for one in ids]})


def _keys(keys: Mapping[Any, str], **more: str | None) -> bytes:
    rows = [{"id": str(one), "key": key} for one, key in keys.items()]
    given = {name: value for name, value in more.items() if value is not None}
    return msgspec.json.encode({"keys": rows, **given})
