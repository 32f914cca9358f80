"""Permissions as people choose them and as flags of an access selection (protocol 5.3)."""

from __future__ import annotations

from typing import Final

from desktop.domain.items import Permission
from desktop.domain.records import AccessSelection

FLAGS: Final[dict[Permission, tuple[bool, bool, bool]]] = {
    "view": (True, False, False),
    "view_hidden": (True, True, False),
    "edit": (False, False, False),
    "edit_hidden": (False, True, False),
    "manage": (False, False, True),
}
CHOICES: Final[tuple[Permission, ...]] = (
    "none",
    "view",
    "view_hidden",
    "edit",
    "edit_hidden",
    "manage",
)


def flags(permission: Permission) -> tuple[bool, bool, bool]:
    """(readOnly, hidePasswords, manage). KeyError for `none`, which is no selection at all."""
    return FLAGS[permission]


def permission_of(selection: AccessSelection) -> Permission:
    """The choice a selection stands for; manage wins over the other two flags."""
    if selection.manage:
        return "manage"
    if selection.read_only:
        return "view_hidden" if selection.hide_passwords else "view"
    return "edit_hidden" if selection.hide_passwords else "edit"
