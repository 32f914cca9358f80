"""Words for keys: whose they are, how they came to be trusted, and why one is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from desktop.services.pins import PinLine

translate = QCoreApplication.translate


def kind_text(line: PinLine) -> str:
    """Whose key it is."""
    match line.kind:
        case "provider":
            return translate("Keys", "Provider")
        case "organization":
            return translate("Keys", "Client")
        case "recovery":
            return translate("Keys", "Account recovery of a client")
        case _:
            return translate("Keys", "Person")


def name_text(line: PinLine) -> str:
    """What it is called, else the start of its id."""
    return line.name or line.id[:8]


def how_text(line: PinLine) -> str:
    """How it came to be trusted; empty for one that is not yet."""
    words = {
        "created": lambda: translate("Keys", "Made on this computer"),
        "first": lambda: translate("Keys", "By you, at first"),
        "person": lambda: translate("Keys", "By you"),
        "practice": lambda: translate("Keys", "Practice"),
        "confirmed": lambda: translate("Keys", "Phrase compared"),
        "derived": lambda: translate("Keys", "From its private half"),
    }
    found = words.get(line.by)
    return found() if found is not None else line.by


def state_text(line: PinLine) -> str:
    """Why it is trusted or not, in a few words."""
    match line.state:
        case "trusted":
            return translate("Keys", "Accepted")
        case "new":
            return translate("Keys", "New, not accepted")
        case "changed":
            return translate("Keys", "Has changed")
        case "unreadable":
            return translate("Keys", "Does not open")
        case _:
            return translate("Keys", "Same key as another client")


def state_look(line: PinLine) -> tuple[str, str]:
    """Icon and tone of a state."""
    match line.state:
        case "trusted":
            return "shield-check", "ok"
        case "new":
            return "shield-question-mark", "warn"
        case _:
            return "shield-alert", "bad"
