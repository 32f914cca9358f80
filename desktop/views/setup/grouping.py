"""Steps of a plan in the groups a person thinks in, for the review and the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.plans.steps import AnyStep

translate = QCoreApplication.translate

_GROUP_OF = {
    "create_client": "organization",
    "update_client": "organization",
    "create_collection": "collections",
    "rename_collection": "collections",
    "delete_collection": "collections",
    "import_items": "import",
    "verify_import": "import",
    "put_policy": "policies",
    "create_group": "groups",
    "set_group_access": "groups",
    "rename_group": "groups",
    "delete_group": "groups",
}


def group_of(kind: str) -> str:
    """The group a kind of step belongs to; everything about people is one group."""
    return _GROUP_OF.get(kind, "people")


def group_title(key: str) -> str:
    """A group's heading."""
    match key:
        case "organization":
            return translate("Grouping", "Organization")
        case "collections":
            return translate("Grouping", "Collections")
        case "import":
            return translate("Grouping", "Import")
        case "policies":
            return translate("Grouping", "Policies")
        case "groups":
            return translate("Grouping", "Groups and access")
        case _:
            return translate("Grouping", "People")


def kind_of(step: AnyStep) -> str:
    """The tag a step is stored with."""
    return str(step.__struct_config__.tag)


def in_groups(steps: Sequence[AnyStep]) -> dict[str, list[AnyStep]]:
    """Group key to its steps, in plan order."""
    groups: dict[str, list[AnyStep]] = {}
    for step in steps:
        groups.setdefault(group_of(kind_of(step)), []).append(step)
    return groups
