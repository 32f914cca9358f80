"""Which keys a session takes, of whom (T10), and which provider it works for."""

from __future__ import annotations

from base64 import b64encode
from uuid import UUID

import pytest

from desktop.crypto.encstring import encrypt, wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.crypto.rsa import PublicKey, generate_key_pair
from desktop.crypto.secret import KeyRegistry
from desktop.domain.enums import ProviderStatus, ProviderType, ProviderUserStatus
from desktop.domain.errors import CannotDecrypt, IdentityChanged, NoProvider
from desktop.domain.ids import OrganizationId, ProviderId, UserId
from desktop.domain.records import Profile, ProfileOrganization, ProfileProvider
from desktop.services.session import Session
from tests.plans.examples import CLIENT

PUBLIC, _DER = generate_key_pair()
USER_KEY, PROVIDER_KEY = SymmetricKey.generate(), SymmetricKey.generate()
PRIVATE = encrypt(USER_KEY, _DER)


def provider(number: int, **changes: object) -> ProfileProvider:
    given = {
        "id": ProviderId(UUID(int=number)),
        "name": f"Provider {number}",
        "key": PUBLIC.wrap(PROVIDER_KEY),
        "status": ProviderUserStatus.CONFIRMED,
    }
    return ProfileProvider(**(given | changes))  # type: ignore[arg-type]  # fields by name


def profile(*providers: ProfileProvider, **changes: object) -> Profile:
    given = {
        "id": UserId(UUID(int=1)),
        "email": "billy@example.com",
        "private_key": PRIVATE,
        "providers": providers or (provider(1),),
    }
    return Profile(**(given | changes))  # type: ignore[arg-type]  # fields by name


def session(told: Profile) -> Session:
    return Session(KeyRegistry(), USER_KEY, told)


def test_t10_a_client_key_opens_under_the_provider_key_only() -> None:
    """Anybody who has the account's public key can wrap a key of their own for it."""
    own, planted = SymmetricKey.generate(), SymmetricKey.generate()
    first = session(profile())
    first.adopt_key(OrganizationId(CLIENT), wrap_key(PROVIDER_KEY, own))
    assert first.org_key(OrganizationId(CLIENT)).matches(own)
    second = session(profile())
    second.adopt_key(OrganizationId(CLIENT), PublicKey.from_der(PUBLIC.spki).wrap(planted))
    with pytest.raises(CannotDecrypt):
        second.org_key(OrganizationId(CLIENT))


@pytest.mark.parametrize("place", ["organizations", "provider_organizations"])
def test_t10_a_planted_profile_entry_brings_no_key(place: str) -> None:
    planted = ProfileOrganization(
        id=OrganizationId(CLIENT),
        key=PUBLIC.wrap(SymmetricKey.generate()),
        provider_id=ProviderId(UUID(int=1)),
    )
    with pytest.raises(CannotDecrypt):
        session(profile(**{place: (planted,)})).org_key(OrganizationId(CLIENT))


def test_t05_a_provider_key_or_private_key_of_another_type_is_refused() -> None:
    with pytest.raises(CannotDecrypt):
        session(profile(provider(1, key="2.aaaa|bbbb|cccc")))
    with pytest.raises(CannotDecrypt):
        session(profile(private_key="0." + PRIVATE[2:].rsplit("|", 1)[0]))
    with pytest.raises(CannotDecrypt):
        session(profile(private_key=b64encode(b"k" * 64).decode()))


def test_the_provider_worked_for_is_the_most_usable_one() -> None:
    waiting = provider(1, status=ProviderUserStatus.INVITED, key=None)
    reseller = provider(2, provider_type=ProviderType.RESELLER)
    suspended = provider(3, enabled=False, provider_status=ProviderStatus.BILLABLE)
    unpaid = provider(4)
    billable = provider(5, provider_status=ProviderStatus.BILLABLE)
    for usable in ((suspended,), (suspended, unpaid), (suspended, unpaid, billable)):
        found = session(profile(waiting, reseller, *usable))
        assert found.provider_id == usable[-1].id
        assert found.provider_enabled is usable[-1].enabled
    with pytest.raises(NoProvider):
        session(profile(waiting, reseller))


def test_t38_a_renewed_profile_is_of_the_same_person_and_provider() -> None:
    mine = session(profile(provider(1), provider(2)))
    mine.renew(profile(provider(2), provider(1)))
    assert mine.provider_id.int == 1
    with pytest.raises(IdentityChanged):
        mine.renew(profile(id=UserId(UUID(int=2))))
    with pytest.raises(NoProvider):
        mine.renew(profile(provider(2)))
