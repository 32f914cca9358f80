"""Clients without a provider: which organizations they are, and whose keys are taken."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from desktop.crypto.encstring import wrap_key
from desktop.crypto.keys import SymmetricKey
from desktop.domain.enums import OrganizationUserStatus, OrganizationUserType, ProductTier
from desktop.domain.errors import CannotDecrypt, NoProvider
from desktop.domain.ids import OrganizationId, OrganizationUserId
from desktop.domain.records import OrganizationMember, Profile, ProfileOrganization, ProviderClient
from desktop.services.compare import compare_profiles
from desktop.services.own_organizations import as_listed, occupied, own_clients
from desktop.services.session import Session, is_managed
from tests.services.test_session import PROVIDER_KEY, PUBLIC, profile, provider, session

OWNER, ADMIN, USER, CUSTOM = (
    OrganizationUserType.OWNER,
    OrganizationUserType.ADMIN,
    OrganizationUserType.USER,
    OrganizationUserType.CUSTOM,
)
KEY = SymmetricKey.generate()


def organization(number: int = 7, **changes: object) -> ProfileOrganization:
    given = {
        "id": OrganizationId(UUID(int=number)),
        "name": f"Organization {number}",
        "key": PUBLIC.wrap(KEY),
        "type": OWNER,
    }
    return ProfileOrganization(**(given | changes))  # type: ignore[arg-type]  # fields by name


def without_provider(*organizations: ProfileOrganization) -> Profile:
    return msgspec.structs.replace(profile(), providers=(), organizations=organizations)


def own(*organizations: ProfileOrganization) -> Session:
    return session(without_provider(*organizations))


@pytest.mark.parametrize(
    ("role", "permissions", "managed"),
    [
        (OWNER, None, True),
        (ADMIN, None, True),
        (USER, None, False),
        (USER, {"manageUsers": True}, False),
        (CUSTOM, None, False),
        (CUSTOM, {"accessReports": True}, False),
        (CUSTOM, {"manageUsers": True}, True),
        (CUSTOM, {"managePolicies": True}, True),
        (CUSTOM, {"editAnyCollection": True}, True),
        (CUSTOM, {"editAnyCollection": "true"}, False),
        (OrganizationUserType(9), {"manageUsers": True}, False),
    ],
)
def test_which_roles_make_an_organization_a_client(
    role: OrganizationUserType, permissions: dict[str, object] | None, managed: bool
) -> None:
    assert is_managed(organization(type=role, permissions=permissions)) is managed


@pytest.mark.parametrize("status", [s for s in OrganizationUserStatus if s != 2])
def test_only_confirmed_members_have_clients(status: OrganizationUserStatus) -> None:
    assert not is_managed(organization(status=status))
    assert not is_managed(organization(key=None))
    with pytest.raises(NoProvider):
        own(organization(status=status))


def test_the_keys_come_for_the_account_and_in_no_other_form() -> None:
    mine = own(organization())
    assert mine.provider is None
    assert mine.holder_id == mine.user_id
    assert mine.org_key(OrganizationId(UUID(int=7))).matches(KEY)
    for wrapped in (wrap_key(PROVIDER_KEY, KEY), "2.AAAA|BBBB|CCCC", "6." + PUBLIC.wrap(KEY)[2:]):
        with pytest.raises(CannotDecrypt):
            own(organization(), organization(8, key=wrapped)).org_key(OrganizationId(UUID(int=8)))


def test_t10_with_a_provider_no_organization_of_ones_own_brings_a_key() -> None:
    """The account owns it as well: its unsigned key is not taken all the same."""
    both = session(msgspec.structs.replace(profile(provider(1)), organizations=(organization(),)))
    assert both.provider is not None
    with pytest.raises(CannotDecrypt):
        both.org_key(OrganizationId(UUID(int=7)))


def test_what_belongs_to_a_provider_is_not_there() -> None:
    mine = own(organization())
    assert (mine.provider_name, mine.is_admin, mine.provider_enabled) == ("", False, True)
    for ask in ("provider_id", "provider_key", "role"):
        with pytest.raises(NoProvider):
            getattr(mine, ask)


def test_a_session_keeps_its_kind_until_the_next_unlock() -> None:
    mine = own(organization())
    mine.renew(msgspec.structs.replace(profile(provider(1)), organizations=(organization(),)))
    assert mine.provider is None
    theirs = session(profile(provider(1)))
    with pytest.raises(NoProvider):
        theirs.renew(without_provider(organization()))
    assert theirs.provider is not None


def test_a_role_decides_what_is_offered_and_no_more() -> None:
    """They come from the server: whatever they say, nothing is signed or wrapped by them."""
    owner, custom = (
        organization(),
        organization(8, type=CUSTOM, permissions={"manageGroups": True, "managePolicies": False}),
    )
    mine = own(owner, custom)
    assert mine.may(owner.id, "managePolicies")
    assert mine.may(custom.id, "manageGroups")
    assert not mine.may(custom.id, "managePolicies")
    assert not mine.may(OrganizationId(UUID(int=99)), "manageGroups")


def test_the_list_has_the_form_of_a_providers() -> None:
    told = without_provider(
        organization(7, seats=20, product_tier_type=ProductTier.ENTERPRISE),
        organization(8, type=USER),
        organization(9, seats=None, product_tier_type=ProductTier.TEAMS),
    )
    counted = own_clients(told, counts_seats=True)
    assert [(one.organization_name, one.seats, one.plan) for one in counted] == [
        ("Organization 7", 20, "Enterprise"),
        ("Organization 9", None, "Teams"),
    ]
    assert counted[0].is_enterprise
    assert [one.seats for one in own_clients(told, counts_seats=False)] == [None, None]
    rows = msgspec.json.decode(as_listed(counted))["data"]
    assert rows[0]["organizationId"] == str(UUID(int=7))
    assert msgspec.convert(rows, list[ProviderClient]) == list(counted)


def test_seats_in_use_are_counted_from_the_members() -> None:
    members = [
        OrganizationMember(
            id=OrganizationUserId(UUID(int=number)), email="x@example.com", type=USER, status=status
        )
        for number, status in enumerate(OrganizationUserStatus)
    ]
    assert occupied(members) == 3


def test_an_organization_that_is_switched_off_is_told() -> None:
    before = without_provider(organization(7), organization(8, type=USER))
    after = without_provider(
        organization(7, enabled=False), organization(8, type=USER, enabled=False)
    )
    assert [one.key for one in compare_profiles(before, after)] == ["change.client_suspended"]
