"""Small files and clients for the tests of plans and services."""

from __future__ import annotations

from uuid import UUID

from desktop.domain.enums import (
    CipherType,
    OrganizationUserStatus,
    OrganizationUserType,
    PlanType,
    PolicyType,
)
from desktop.domain.ids import (
    CollectionId,
    GroupId,
    OrganizationId,
    OrganizationUserId,
    ProviderOrganizationId,
)
from desktop.domain.items import ImportPreview, ImportRow, Item, ItemUri, Reason, Verdict
from desktop.domain.records import AccessSelection, Group, OrganizationMember, Policy
from desktop.plans.known import KnownClient, KnownCollection

CLIENT = OrganizationId(UUID(int=1))
OWNER = OrganizationUserId(UUID(int=2))
SALES = CollectionId(UUID(int=3))
GROUP = GroupId(UUID(int=4))


def login(name: str, folder: str | None = None, **more: str) -> Item:
    fields = {"username": "user", "password": "secret", **more}
    return Item(
        type=CipherType.LOGIN,
        name=name,
        folder=folder,
        uris=(ItemUri(uri="https://example.com/"),),
        **fields,  # type: ignore[arg-type]  # text fields only
    )


def preview(*items: Item, rejected: int = 0) -> ImportPreview:
    rows = [
        ImportRow(number=number, verdict=Verdict.OK, items=(item,), title=item.name)
        for number, item in enumerate(items, start=1)
    ]
    rows += [
        ImportRow(
            number=len(items) + number,
            verdict=Verdict.REJECTED,
            reasons=(Reason(key="empty_row"),),
            title="nothing",
        )
        for number in range(1, rejected + 1)
    ]
    return ImportPreview(
        format="lastpasscsv", confident=True, file_name="export.csv", rows=tuple(rows)
    )


def known(
    *,
    policies: tuple[Policy, ...] = (),
    groups: tuple[Group, ...] | None = None,
    seats: int = 10,
    with_owner: bool = True,
) -> KnownClient:
    owner = OrganizationMember(
        id=OWNER,
        email="owner@example.com",
        type=OrganizationUserType.OWNER,
        status=OrganizationUserStatus.CONFIRMED,
    )
    sales = Group(
        id=GROUP,
        organization_id=CLIENT,
        name="Sales",
        collections=(AccessSelection(id=SALES, read_only=True),),
    )
    return KnownClient(
        id=CLIENT,
        provider_organization=ProviderOrganizationId(UUID(int=9)),
        name="Acme",
        plan=PlanType.ENTERPRISE_MONTHLY,
        seats=seats,
        occupied=1,
        use_policies=True,
        collections=(KnownCollection(id=SALES, path="Sales"),),
        groups=(sales,) if groups is None else groups,
        members=(owner,) if with_owner else (),
        policies=policies,
    )


def policy(kind: PolicyType, **data: object) -> Policy:
    return Policy(organization_id=CLIENT, type=kind, enabled=True, data=data or None)
