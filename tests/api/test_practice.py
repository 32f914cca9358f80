"""Our keys and our requests against the practice server, whose own code read neither."""

from __future__ import annotations

import asyncio
import base64
import hmac
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from desktop.api import answers, requests
from desktop.api.client import Api
from desktop.api.clock import SystemClock
from desktop.api.device import DeviceIdentity
from desktop.api.server import ServerAddress
from desktop.crypto.encstring import (
    decrypt,
    decrypt_text,
    encrypt,
    encrypt_text,
    unwrap_key,
    wrap_key,
)
from desktop.crypto.fingerprint import fingerprint_phrase
from desktop.crypto.kdf import check_kdf, derive_master_key, server_hash, stretch
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PrivateKey, PublicKey, generate_key_pair
from desktop.domain.enums import PlanType, PolicyType, ProviderUserStatus, ProviderUserType
from desktop.domain.errors import (
    NotAllowed,
    OutcomeUnknown,
    Refused,
    SignedOut,
    TwoStepRequired,
    UntrustedCertificate,
    WrongPassword,
    WrongTwoStepCode,
)
from desktop.domain.ids import OrganizationId, ProviderId
from desktop.domain.records import Profile, ProviderClient
from tests.practice_process import PracticeHandle, practice_server


@pytest.fixture(scope="module")
def practice() -> Iterator[PracticeHandle]:
    with practice_server() as handle:
        yield handle


@dataclass
class Desk:
    """A signed-in person with the keys of the chain."""

    api: Api
    profile: Profile
    user_key: SymmetricKey
    private: PrivateKey

    @property
    def provider(self) -> ProviderId:
        return self.profile.providers[0].id

    def provider_key(self) -> SymmetricKey:
        return self.private.unwrap(self.profile.providers[0].key or "")

    def client_key(self, client: ProviderClient) -> SymmetricKey:
        return unwrap_key(self.provider_key(), client.key or "")


class HastyClock(SystemClock):
    """Politeness costs no time here: what would be slept is added to the monotonic clock."""

    def __init__(self) -> None:
        self.slept = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.slept

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        await asyncio.sleep(0)


def connect(practice: PracticeHandle, clock: SystemClock | None = None) -> Api:
    address = ServerAddress.self_hosted(practice.url, practice.ca)
    return Api(address, DeviceIdentity.here(uuid4()), clock or HastyClock())


async def open_chain(api: Api, email: str, password: str) -> Desk:
    """Password to user key to private key, by the requests of a real sign-in."""
    told = await api.prelogin(email)
    check_kdf(told.kdf)
    master = derive_master_key(password, told.salt or email, told.kdf)
    signed = await api.sign_in(email, server_hash(master, password))
    assert signed.kdf == told.kdf
    user_key = unwrap_key(stretch(master), signed.wrapped_user_key)
    der = decrypt(user_key, signed.wrapped_private_key)
    private = PrivateKey.from_pkcs8(der, authenticated=True)
    return Desk(api, await api.profile(), user_key, private)


@asynccontextmanager
async def desk(practice: PracticeHandle, role: str = "provider_admin") -> AsyncIterator[Desk]:
    account = practice.account(role)
    api = connect(practice)
    try:
        yield await open_chain(api, account["email"], account["password"])
    finally:
        await api.close()


def test_roles_exist(practice: PracticeHandle) -> None:
    assert {"provider_admin"} <= {account["role"] for account in practice.accounts}


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(work())


def test_t24_whole_chain_to_the_names_of_collections(practice: PracticeHandle) -> None:
    async def work() -> None:
        async with desk(practice) as mine:
            clients = await mine.api.clients(mine.provider)
            assert len(clients) >= 3
            for client in clients:
                key = mine.client_key(client)
                found = await mine.api.collections(client.organization_id)
                assert found
                assert all(decrypt_text(key, one.name) for one in found)
                published = await mine.api.organization_public_key(client.organization_id)
                assert len(PublicKey.parse(published).spki) == 294
            own = await mine.api.user_public_key(mine.profile.id)
            assert PublicKey.parse(own) == mine.private.public()

    run(work)


def test_every_read_has_the_expected_shape(practice: PracticeHandle) -> None:
    async def work() -> None:
        async with desk(practice) as mine:
            api = mine.api
            assert (await api.config()).version
            staff = await api.provider_members(mine.provider)
            assert {person.status for person in staff} >= {ProviderUserStatus.CONFIRMED}
            assert (await api.subscription(mine.provider)).plans
            assert await api.revision_date() > 1_600_000_000_000
            raw = await api.sync_raw()
            assert answers.profile_of_sync(raw).id == mine.profile.id
            for client in await api.clients(mine.provider):
                place = client.organization_id
                assert await api.members(place)
                await api.groups(place)
                await api.policies(place)
                details = await api.collection_details(place)
                assert {one.id for one in details} == {
                    one.id for one in await api.collections(place)
                }
                await api.organization_items(place)
            raw = await api.get_raw(requests.provider_clients(mine.provider))
            assert answers.provider_clients(raw) == await api.clients(mine.provider)

    run(work)


async def create_client(mine: Desk, name: str) -> tuple[ProviderClient, SymmetricKey]:
    """A client by the protocol's recipe, recognised afterwards by the key we made (T44)."""
    key = SymmetricKey.generate()
    public, der = generate_key_pair()
    body = msgspec.json.encode(
        {
            "name": name,
            "ownerEmail": f"{uuid4().hex[:8]}@example.com",
            "planType": int(PlanType.ENTERPRISE_MONTHLY),
            "seats": 5,
            "key": wrap_key(mine.provider_key(), key),
            "keyPair": {"publicKey": public.b64, "encryptedPrivateKey": encrypt(key, der)},
            "collectionName": encrypt_text(key, "Default collection"),
        }
    )
    known = {client.id for client in await mine.api.clients(mine.provider)}
    await mine.api.create_client(mine.provider, body)
    await mine.api.refresh()
    fresh = [one for one in await mine.api.clients(mine.provider) if one.id not in known]
    ours = [one for one in fresh if mine.client_key(one).matches(key)]
    assert len(ours) == 1
    return ours[0], key


def test_client_from_nothing_to_items_read_back(practice: PracticeHandle) -> None:
    async def work() -> None:
        async with desk(practice) as mine:
            api = mine.api
            client, key = await create_client(mine, "Wire Test")
            place = client.organization_id
            assert client.organization_name == "Wire Test"
            assert client.id is not None
            await api.update_client(mine.provider, client.id, "Wire Test 2", 6)
            renamed = {one.id: one for one in await api.clients(mine.provider)}[client.id]
            assert (renamed.organization_name, renamed.seats) == ("Wire Test 2", 6)
            owner = (await api.members(place))[0]
            group = await api.create_group(
                place, msgspec.json.encode({"name": "Staff", "collections": [], "users": []})
            )
            collection = await api.create_collection(
                place,
                msgspec.json.encode(
                    {
                        "name": encrypt_text(key, "Finance"),
                        "externalId": "claviger-test",
                        "groups": [],
                        "users": [manages(owner.id)],
                    }
                ),
            )
            await api.update_group(
                place,
                group.id,
                msgspec.json.encode(
                    {"name": "Staff", "collections": [manages(collection.id)], "users": []}
                ),
            )
            assert (await api.groups(place))[0].collections[0].manage is True
            names = await import_two(api, place, key, str(collection.id))
            found = await api.organization_items(place)
            assert {one.name for one in found} == set(names)
            assert all(one.collection_ids == (collection.id,) for one in found)
            assert {decrypt_text(key, one.name) for one in found} == {"Bank", "Mail"}
            stored = await api.put_policy(
                place,
                PolicyType.SINGLE_ORGANIZATION,
                msgspec.json.encode({"policy": {"enabled": True, "data": None}, "metadata": None}),
            )
            assert stored.enabled
            policies = {one.type: one.enabled for one in await api.policies(place)}
            assert policies[PolicyType.SINGLE_ORGANIZATION] is True

    run(work)


def manages(target: Any) -> dict[str, Any]:
    return {"id": str(target), "readOnly": False, "hidePasswords": False, "manage": True}


async def import_two(
    api: Api, place: OrganizationId, key: SymmetricKey, collection: str
) -> list[str]:
    names = [encrypt_text(key, "Bank"), encrypt_text(key, "Mail")]
    ciphers = [
        {
            "type": 1,
            "organizationId": str(place),
            "name": name,
            "login": {"username": encrypt_text(key, "user"), "uris": []},
            "fields": [],
        }
        for name in names
    ]
    body = {
        "collections": [
            {
                "id": collection,
                "name": encrypt_text(key, "Finance"),
                "externalId": None,
                "groups": [],
                "users": [],
            }
        ],
        "ciphers": ciphers,
        "collectionRelationships": [{"key": 0, "value": 0}, {"key": 1, "value": 0}],
    }
    await api.import_items(place, msgspec.json.encode(body))
    return names


def test_provider_member_is_invited_confirmed_and_removed(practice: PracticeHandle) -> None:
    async def work() -> None:
        async with desk(practice) as mine:
            api, provider = mine.api, mine.provider
            email = f"{uuid4().hex[:8]}@example.com"
            await api.invite_provider_members(provider, [email], ProviderUserType.SERVICE_USER)
            person = {one.email: one for one in await api.provider_members(provider)}[email]
            assert person.status is ProviderUserStatus.INVITED
            rows = await api.reinvite_provider_members(provider, [person.id])
            assert [row.error for row in rows] == [""]
            played = await asyncio.to_thread(practice.accept, email)
            keys = await api.provider_public_keys(provider, [person.id])
            assert [str(one.id) for one in keys] == [str(person.id)]
            public = PublicKey.parse(keys[0].key)
            phrase = fingerprint_phrase(str(keys[0].user_id), public)
            assert "-".join(phrase) == played.get("fingerprint", "-".join(phrase))
            rows = await api.confirm_provider_members(
                provider, {person.id: public.wrap(mine.provider_key())}
            )
            assert [row.error for row in rows] == [""]
            other = connect(practice)
            theirs = await open_chain(other, email, played["password"])
            assert theirs.provider_key().matches(mine.provider_key())
            await other.close()
            await api.set_provider_member_role(provider, person.id, ProviderUserType.PROVIDER_ADMIN)
            rows = await api.remove_provider_members(provider, [person.id])
            assert [row.error for row in rows] == [""]
            assert email not in {one.email for one in await api.provider_members(provider)}

    run(work)


def test_client_member_is_invited_confirmed_and_reads(practice: PracticeHandle) -> None:
    async def work() -> None:
        async with desk(practice) as mine:
            api = mine.api
            client, key = await create_client(mine, "People Test")
            place = client.organization_id
            email = f"{uuid4().hex[:8]}@example.com"
            await api.invite_members(
                place,
                msgspec.json.encode(
                    {"emails": [email], "type": 2, "collections": [], "groups": []}
                ),
            )
            person = {one.email: one for one in await api.members(place)}[email]
            await api.reinvite_members(place, [person.id])
            played = await asyncio.to_thread(practice.accept, email)
            keys = await api.member_public_keys(place, [person.id])
            rows = await api.confirm_members(
                place, {person.id: PublicKey.parse(keys[0].key).wrap(key)}
            )
            assert [row.error for row in rows] == [""]
            other = connect(practice)
            theirs = await open_chain(other, email, played["password"])
            wrapped = theirs.profile.organizations[0].key or ""
            assert theirs.private.unwrap(wrapped).matches(key)
            await other.close()
            rows = await api.remove_members(place, [person.id])
            assert [row.error for row in rows] == [""]

    run(work)


# --- refusals as this server makes them -------------------------------------------------------


def test_t40_wrong_password_and_unknown_account(practice: PracticeHandle) -> None:
    async def work() -> None:
        api = connect(practice)
        email = practice.account("provider_admin")["email"]
        check_kdf((await api.prelogin("nobody@example.com")).kdf)
        told = await api.prelogin(email)
        master = derive_master_key("wrong", told.salt or email, told.kdf)
        with pytest.raises(WrongPassword):
            await api.sign_in(email, server_hash(master, "wrong"))
        await api.close()

    run(work)


def test_t25_practice_server_is_unknown_to_the_system(practice: PracticeHandle) -> None:
    async def work() -> None:
        api = Api(ServerAddress.self_hosted(practice.url), DeviceIdentity.here(uuid4()))
        with pytest.raises(UntrustedCertificate):
            await api.config()
        await api.close()

    run(work)


def test_roles_are_refused_not_signed_out(practice: PracticeHandle) -> None:
    async def work() -> None:
        async with desk(practice) as mine:
            stranger = ProviderId(uuid4())
            with pytest.raises(NotAllowed):
                await mine.api.clients(stranger)
            with pytest.raises(NotAllowed):
                await mine.api.create_client(stranger, b"{}")
            with pytest.raises(Refused):
                await mine.api.create_client(mine.provider, b'{"name":""}')
            assert mine.api.is_signed_in
            assert await mine.api.clients(mine.provider)

    run(work)


def totp(secret: str, moment: datetime) -> str:
    """RFC 6238 with the common settings."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, (int(moment.timestamp()) // 30).to_bytes(8, "big"), "sha1")
    number = int.from_bytes(digest[digest[-1] & 15 :][:4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def test_two_step_sign_in(practice: PracticeHandle) -> None:
    async def work() -> None:
        email = f"{uuid4().hex[:8]}@example.com"
        made = await asyncio.to_thread(lambda: practice.register(email, totp=True))
        assert made["totpSecret"]
        api = connect(practice)
        told = await api.prelogin(email)
        master = derive_master_key(made["password"], told.salt or email, told.kdf)
        proof = server_hash(master, made["password"])
        with pytest.raises(TwoStepRequired) as caught:
            await api.sign_in(email, proof)
        assert caught.value.methods == (0,)
        with pytest.raises(WrongTwoStepCode):
            await api.sign_in(email, proof, two_factor=(0, "000000"))
        told_now = (await asyncio.to_thread(practice.post, "clock", {"advance": 0}))["now"]
        moment = datetime.fromisoformat(told_now.replace("Z", "+00:00"))
        code = totp(made["totpSecret"], moment)
        signed = await api.sign_in(email, proof, two_factor=(0, code), remember=True)
        assert signed.remember_token
        again = await api.sign_in(email, proof, two_factor=(5, signed.remember_token))
        assert unwrap_key(stretch(master), again.wrapped_user_key)
        await api.close()

    run(work)


def test_t39_t36_expiry_on_the_servers_clock(practice: PracticeHandle) -> None:
    async def work() -> None:
        async with desk(practice) as mine:
            before = mine.api.refresh_token
            await asyncio.to_thread(practice.advance, 3_700)
            found = await asyncio.gather(*(mine.api.clients(mine.provider) for _ in range(4)))
            assert all(found)
            assert mine.api.refresh_token == before
            await asyncio.to_thread(practice.advance, 3_700)
            # A write meets the dead token: refused before anything was done, so sent again.
            client = found[0][0]
            await mine.api.update_client(
                mine.provider, client.id, client.organization_name, client.seats or 1
            )
            await asyncio.to_thread(practice.advance, 40 * 86_400)
            with pytest.raises(SignedOut):
                await mine.api.clients(mine.provider)

    run(work)


FAULTS: list[dict[str, Any]] = [
    {"do": "reset", "when": "before"},
    {"do": "reset", "when": "after"},
    {"do": "reset_headers", "when": "after"},
    {"do": "reset_body", "when": "after", "body": {"a": 1}},
    {"do": "html", "when": "after"},
    {"do": "status", "when": "commit", "status": 500},
    {"do": "status", "when": "after", "status": 524},
    {"do": "status", "when": "before", "status": 503, "headers": {"Retry-After": "1"}},
]


def test_t43_scripted_faults(practice: PracticeHandle) -> None:
    async def work() -> None:
        async with desk(practice) as mine:
            client = (await mine.api.clients(mine.provider))[0]
            body = msgspec.json.encode({"name": client.organization_name, "assignedSeats": 15})
            request = requests.update_client(mine.provider, client.id, body)
            for fault in FAULTS:
                rule = {"path": "/api/providers/.*/clients/.*", "method": "PUT", **fault}
                await asyncio.to_thread(practice.script, rule)
                with pytest.raises(OutcomeUnknown):
                    await mine.api.send(request)
                await asyncio.to_thread(practice.script)
            assert await mine.api.send(request) == b""

    run(work)


def test_t51_real_limits_are_never_met() -> None:
    """Twelve writes at once on one path, five a second allowed: paced, not refused."""
    with practice_server("--rate-limits", "path") as practice:

        async def work() -> None:
            async with desk(practice) as mine:
                client = (await mine.api.clients(mine.provider))[0].organization_id
                api = connect(practice, SystemClock())
                api.set_refresh_token(mine.api.refresh_token or "", mine.profile.id)
                body = msgspec.json.encode({"name": "Group", "collections": [], "users": []})
                await asyncio.gather(*(api.create_group(client, body) for _ in range(12)))
                await api.close()

        run(work)
        assert 429 not in {one["status"] for one in practice.requests()}
