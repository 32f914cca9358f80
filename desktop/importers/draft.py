"""One item in the making: what a format's parser fills in, before the common rules apply."""

from __future__ import annotations

from typing import Final

from desktop.domain.enums import CipherType, FieldType
from desktop.domain.items import ItemField, ItemUri, Reason, Verdict
from desktop.importers.values import looks_secret

SEVERITY: Final = {Verdict.OK: 0, Verdict.FIXED: 1, Verdict.LOSSY: 2}
_FACT_LENGTH: Final = 100
# What a parser writes for "/" inside one part of a folder path, whose separator is "/".
SLASH: Final = "\u2215"


class Draft:
    """Filled by a parser, turned into items by `finish`. `type` None: login or note, by content.

    `own_fields`: custom fields come from Bitwarden itself and stay as they are.
    """

    __slots__ = (
        "card",
        "extra_folders",
        "favorite",
        "fields",
        "folder",
        "history",
        "identity",
        "leftovers",
        "name",
        "notes",
        "number",
        "own_fields",
        "password",
        "reasons",
        "reprompt",
        "source",
        "ssh_key",
        "totp",
        "type",
        "uris",
        "username",
        "verdict",
    )

    def __init__(self, number: int, source: str, kind: CipherType | None = None) -> None:
        self.number = number
        self.source = source
        self.type = kind
        self.name = ""
        self.folder: str | None = None
        self.extra_folders: tuple[str, ...] = ()
        self.notes = ""
        self.favorite = False
        self.reprompt = False
        self.username = ""
        self.password = ""
        self.totp = ""
        self.uris: list[ItemUri] = []
        self.fields: list[ItemField] = []
        self.card: dict[str, str | None] | None = None
        self.identity: dict[str, str | None] | None = None
        self.ssh_key: dict[str, str] | None = None
        self.history: list[tuple[str, str]] = []
        self.own_fields = False
        # Label and value pairs that have no other place; they end up below the notes.
        self.leftovers: list[tuple[str, str]] = []
        self.verdict = Verdict.OK
        self.reasons: list[Reason] = []

    def flag(self, verdict: Verdict, key: str, **facts: str | int) -> None:
        """Note a reason and raise the verdict to at least `verdict`."""
        if SEVERITY[verdict] > SEVERITY[self.verdict]:
            self.verdict = verdict
        self.reasons.append(
            Reason(key=key, facts={name: str(fact)[:_FACT_LENGTH] for name, fact in facts.items()})
        )

    def add_field(self, name: str, value: str, *, hidden: bool | None = None) -> None:
        """Keep a value as a custom field, masked when asked or when the label looks secret."""
        if value == "":
            return
        masked = looks_secret(name) if hidden is None else hidden
        kind = FieldType.HIDDEN if masked else FieldType.TEXT
        self.fields.append(ItemField(name=name, value=value, type=kind))

    def add_uri(self, uri: str, match: int | None = None) -> None:
        if uri.strip():
            self.uris.append(ItemUri(uri=uri, match=match))
