"""Reading request bodies: names matched without case, every fault collected, then one refusal.

Messages follow the official validation attributes; keys of the errors are PascalCase paths.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from desktop.practice.errors import invalid

_PARTS = {"0": 2, "1": 3, "2": 3, "3": 1, "4": 1, "5": 2, "6": 2, "7": 1}
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+")
INT_MAX = 2**31 - 1


def is_enc_string(text: str) -> bool:
    """Whether the official server would take it for an encrypted string: parts and base64 only."""
    kind, dot, rest = text.partition(".")
    if not dot:
        rest = text
        parts = rest.split("|")
        wanted = 3 if len(parts) == 3 else 2
    else:
        wanted = _PARTS.get(kind, 0)
        parts = rest.split("|")
    if len(parts) != wanted:
        return False
    try:
        for part in parts:  # a plain loop: an import asks this a hundred thousand times
            if not part:
                return False
            binascii.a2b_base64(part, strict_mode=True)
    except binascii.Error:
        return False
    return True


def guid(text: object) -> str | None:
    """A lower-case GUID, or None when the text is none."""
    if isinstance(text, str) and _GUID.fullmatch(text):
        return text.lower()
    return None


def pascal(name: str) -> str:
    """`ownerEmail` → `OwnerEmail`."""
    return name[:1].upper() + name[1:]


class Form:
    """One JSON object of a request. Readers note faults; `check` raises them all at once."""

    def __init__(
        self, raw: dict[str, Any], path: str = "", faults: dict[str, list[str]] | None = None
    ) -> None:
        self._values = {key.lower(): value for key, value in raw.items()}
        self._path = path
        self.faults: dict[str, list[str]] = {} if faults is None else faults

    @classmethod
    def parse(cls, body: bytes) -> Form:
        """Read a body; broken JSON or no object is a refusal of its own."""
        if not body:
            raise invalid({"": ["A non-empty request body is required."]})
        try:
            raw = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise invalid({"$": [f"The JSON could not be read: {problem}"]}) from problem
        if not isinstance(raw, dict):
            raise invalid({"$": ["The JSON value could not be converted to the request model."]})
        return cls(raw)

    def fault(self, key: str, message: str) -> None:
        """Note one fault."""
        self.faults.setdefault(self._path + pascal(key), []).append(message)

    def check(self) -> None:
        """Refuse with everything noted so far."""
        if self.faults:
            raise invalid(self.faults)

    def has(self, key: str) -> bool:
        return self._values.get(key.lower()) is not None

    def raw(self, key: str) -> Any:
        return self._values.get(key.lower())

    def text(
        self,
        key: str,
        *,
        required: bool | str = False,
        longest: int | None = None,
        encrypted: int | None = None,
    ) -> str | None:
        """A string; `required` may be the message; `encrypted` is the longest EncString."""
        value = self._values.get(key.lower())
        name = pascal(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                message = (
                    required if isinstance(required, str) else f"The {name} field is required."
                )
                self.fault(key, message)
            elif value is not None and encrypted is not None:
                self.fault(key, f"{name} is not a valid encrypted string.")
            return value
        if not isinstance(value, str):
            self.faults.setdefault(f"$.{self._path}{key}", []).append(
                "The JSON value could not be converted to System.String."
            )
            return None
        if longest is not None and len(value) > longest:
            self.fault(
                key, f"The field {name} must be a string with a maximum length of {longest}."
            )
        if encrypted is not None:
            check_encrypted(self.faults, self._path + name, name, value, encrypted)
        return value

    def needed(self, key: str, **rules: Any) -> str:
        """A required string; the empty string stands in until `check` refuses."""
        rules.setdefault("required", True)
        return self.text(key, **rules) or ""

    def number(
        self, key: str, *, required: bool = False, low: int | None = None, message: str = ""
    ) -> int | None:
        """A 32-bit integer; below `low` (and when missing, 0) it earns `message`."""
        value = self._values.get(key.lower())
        if value is None:
            if required:
                self.fault(key, message or f"The {pascal(key)} field is required.")
            return None
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > INT_MAX:
            self.faults.setdefault(f"$.{self._path}{key}", []).append(
                "The JSON value could not be converted to System.Int32."
            )
            return None
        if low is not None and value < low:
            self.fault(key, message)
        return value

    def choice(self, key: str, allowed: Iterable[int], *, required: bool = True) -> int:
        """An enum number out of `allowed`; 0 stands in until `check` refuses."""
        value = self.number(key, required=required)
        if value is not None and value not in set(allowed):
            self.fault(key, f"The field {pascal(key)} is invalid.")
        return value or 0

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._values.get(key.lower())
        return value if isinstance(value, bool) else default

    def guid(self, key: str) -> str:
        """A required GUID; the empty string stands in until `check` refuses."""
        found = guid(self._values.get(key.lower()))
        if found is None:
            self.faults.setdefault(f"$.{self._path}{key}", []).append(
                "The JSON value could not be converted to System.Guid."
            )
        return found or ""

    def guids(self, key: str, *, required: bool = False) -> list[str] | None:
        """A list of GUIDs, or None when absent."""
        value = self._values.get(key.lower())
        if value is None:
            if required:
                self.fault(key, f"The {pascal(key)} field is required.")
            return None
        found = [guid(entry) for entry in value] if isinstance(value, list) else [None]
        if None in found:
            self.faults.setdefault(f"$.{self._path}{key}", []).append(
                "The JSON value could not be converted to System.Guid."
            )
            return None
        return [entry for entry in found if entry is not None]

    def forms(self, key: str, *, required: bool = False) -> list[Form] | None:
        """A list of objects, each sharing this form's faults; None when absent."""
        value = self._values.get(key.lower())
        if value is None:
            if required:
                self.fault(key, f"The {pascal(key)} field is required.")
            return None
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.faults.setdefault(f"$.{self._path}{key}", []).append(
                "The JSON value could not be converted to the request model."
            )
            return None
        return [
            Form(entry, f"{self._path}{pascal(key)}[{place}].", self.faults)
            for place, entry in enumerate(value)
        ]

    def form(self, key: str, *, required: bool | str = False) -> Form | None:
        """A nested object sharing this form's faults."""
        value = self._values.get(key.lower())
        if not isinstance(value, dict):
            if required:
                message = (
                    required
                    if isinstance(required, str)
                    else f"The {pascal(key)} field is required."
                )
                self.fault(key, message)
            return None
        return Form(value, f"{self._path}{pascal(key)}.", self.faults)

    def emails(self, key: str) -> list[str]:
        """1 to 20 addresses of at most 256 characters."""
        value = self._values.get(key.lower())
        name = pascal(key)
        if value is None:
            self.fault(key, f"The {name} field is required.")
            return []
        if not isinstance(value, list) or not value:
            self.fault(key, "An email is required.")
            return []
        if len(value) > 20:
            self.fault(key, "You can only submit up to 20 emails at a time.")
        for place, address in enumerate(value):
            if not isinstance(address, str) or not _EMAIL.fullmatch(address):
                self.fault(key, f"Email #{place + 1} is not valid.")
            elif len(address) > 256:
                self.fault(key, f"Email #{place + 1} is longer than 256 characters.")
        return [address for address in value if isinstance(address, str)]


def check_encrypted(
    faults: dict[str, list[str]], path: str, name: str, value: str, longest: int
) -> None:
    """Note when a value is no EncString or longer than the field allows."""
    if not is_enc_string(value):
        faults.setdefault(path, []).append(f"{name} is not a valid encrypted string.")
    if len(value) > longest:
        faults.setdefault(path, []).append(
            f"The field {name} exceeds the maximum encrypted value length of {longest} characters."
        )
