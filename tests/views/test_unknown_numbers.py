"""Numbers of a newer server are shown as what they are: unknown, with the number (T30)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.enums import (
    OrganizationUserStatus,
    OrganizationUserType,
    PolicyType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.ids import OrganizationUserId, ProviderUserId
from desktop.domain.records import OrganizationMember, ProviderMember
from desktop.views.change_words import member_status
from desktop.views.pages.client import member_badge
from desktop.views.pages.members import _badge
from desktop.views.wording import member_role, policy_name, staff_role

NUMBER = 97


def _member(status: Any) -> str:
    member = OrganizationMember(
        id=OrganizationUserId(UUID(int=1)), email="a@b.example", status=status,
        type=OrganizationUserType.USER,
    )  # fmt: skip
    badge = member_badge(member)
    return badge.text if badge is not None else ""


def _colleague(status: Any) -> str:
    member = ProviderMember(
        id=ProviderUserId(UUID(int=1)), email="a@b.example", status=status,
        type=ProviderUserType.SERVICE_USER,
    )  # fmt: skip
    badge = _badge(member, "me@b.example")
    return badge.text if badge is not None else ""


SHOWN: dict[str, tuple[type[Any], Callable[[Any], str]]] = {
    "role of a member": (OrganizationUserType, member_role),
    "role of a colleague": (ProviderUserType, staff_role),
    "policy": (PolicyType, policy_name),
    "state of a member": (OrganizationUserStatus, _member),
    "state of a colleague": (ProviderUserStatus, _colleague),
    "state in a sentence": (OrganizationUserStatus, member_status),
}


@pytest.mark.parametrize("name", SHOWN)
def test_t30_an_unknown_number_is_shown_and_taken_for_nothing_else(
    name: str, qapp: QApplication
) -> None:
    kind, shown = SHOWN[name]
    text = shown(kind(NUMBER))
    assert str(NUMBER) in text
    assert "unknown" in text.lower()
    known = {shown(member) for member in kind}
    assert text not in known
    # Two of them are two.
    assert shown(kind(NUMBER + 1)) != text
