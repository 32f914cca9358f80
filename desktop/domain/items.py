"""Items on their way from a foreign file into a client's vault, and the verdict on each row."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

from desktop.domain.enums import CipherType, FieldType


class Verdict(StrEnum):
    """What becomes of a row. Words on screen: look.md 6."""

    OK = "ok"
    FIXED = "fixed"
    LOSSY = "lossy"
    REJECTED = "rejected"
    DOUBLE = "double"


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a row is not simply ok. `key` is looked up in views; `facts` fill its sentence.

    Never holds a secret: facts are field names, counts, rows and shown-safe names.
    """

    key: str
    facts: dict[str, str] = {}


class ItemField(msgspec.Struct, frozen=True, kw_only=True):
    """A custom field. `value` None only for LINKED, whose target is `linked_id`."""

    name: str
    value: str | None
    type: FieldType = FieldType.TEXT
    linked_id: int | None = None


class ItemUri(msgspec.Struct, frozen=True, kw_only=True):
    """A URI of a login, exactly as it will be encrypted."""

    uri: str
    match: int | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One vault item in plain text. Lives only in memory, dropped after encryption.

    `folder` is the path as the file gives it, parts separated by "/", None for no folder;
    a literal "/" in one part is stored as U+2215. `card`, `identity` and `ssh_key` map the wire's
    camelCase field names to plain text and are None unless the type matches.
    """

    type: CipherType
    name: str
    folder: str | None = None
    extra_folders: tuple[str, ...] = ()
    notes: str | None = None
    favorite: bool = False
    reprompt: bool = False
    username: str | None = None
    password: str | None = None
    totp: str | None = None
    uris: tuple[ItemUri, ...] = ()
    fields: tuple[ItemField, ...] = ()
    card: dict[str, str | None] | None = None
    identity: dict[str, str | None] | None = None
    ssh_key: dict[str, str] | None = None
    password_history: tuple[tuple[str, str], ...] = ()


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the file: its number (from 1, header not counted), verdict, reasons, items.

    `items` is empty for rejected and double rows; a split note makes several items of one row.
    `title` and `subtitle` are safe to show (name and user name).
    """

    number: int
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    items: tuple[Item, ...] = ()
    title: str = ""
    subtitle: str = ""
    folder: str | None = None


class ImportPreview(msgspec.Struct, frozen=True, kw_only=True):
    """A whole file, understood. Rows in = rows listed here."""

    format: str
    confident: bool
    candidates: tuple[str, ...] = ()
    file_name: str = ""
    file_bytes: int = 0
    rows: tuple[ImportRow, ...] = ()

    @property
    def folders(self) -> tuple[str, ...]:
        """Distinct folder paths of rows that will be imported, in order of first sight."""
        seen: dict[str, None] = {}
        for row in self.rows:
            for item in row.items:
                if item.folder:
                    seen.setdefault(item.folder)
                for extra in item.extra_folders:
                    seen.setdefault(extra)
        return tuple(seen)

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def item_count(self) -> int:
        return sum(len(row.items) for row in self.rows)


Permission = Literal["none", "view", "view_hidden", "edit", "edit_hidden", "manage"]
