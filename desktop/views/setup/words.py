"""Names the wizard proposes: collections and groups of the patterns, in the language shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def pattern_words() -> dict[str, str]:
    """Word keys of `plans.answers.PATTERNS` and the two fixed collection names."""
    return {
        "management": translate("SetupWords", "Management"),
        "finance": translate("SetupWords", "Finance"),
        "sales": translate("SetupWords", "Sales"),
        "it": translate("SetupWords", "IT"),
        "shared": translate("SetupWords", "Shared"),
        "admin_accounts": translate("SetupWords", "Admin accounts"),
        "network": translate("SetupWords", "Network"),
        "workstations": translate("SetupWords", "Workstations"),
        "cloud_services": translate("SetupWords", "Cloud services"),
        "websites": translate("SetupWords", "Websites"),
        "administrators": translate("SetupWords", "Administrators"),
        "staff": translate("SetupWords", "Staff"),
        "default_collection": translate("SetupWords", "Default collection"),
        "my_items": translate("SetupWords", "My items"),
    }


def pattern_title(key: str) -> str:
    """A pattern's name on its button."""
    match key:
        case "by_department":
            return translate("SetupWords", "By department")
        case "by_function":
            return translate("SetupWords", "By function")
        case _:
            return translate("SetupWords", "Empty")
