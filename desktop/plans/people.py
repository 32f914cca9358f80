"""E-mail addresses and lists of people, as typed, pasted or from a CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.enums import OrganizationUserType
from desktop.domain.limits import EMAIL_MAX

# Deliberately plain: one @, something on both sides, a dot in the host, no spaces or brackets.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(\.[^\s@<>()\[\],;:\"\\.]+)+")
_ROLES = {
    "owner": OrganizationUserType.OWNER,
    "eigenaar": OrganizationUserType.OWNER,
    "admin": OrganizationUserType.ADMIN,
    "beheerder": OrganizationUserType.ADMIN,
    "user": OrganizationUserType.USER,
    "gebruiker": OrganizationUserType.USER,
}


@dataclass(frozen=True)
class Person:
    """Somebody to invite to a client. `email` is trimmed and lower-cased."""

    email: str
    role: OrganizationUserType = OrganizationUserType.USER
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class PastedPeople:
    """What a paste held: people, pieces that are no address, group names nobody knows."""

    people: tuple[Person, ...]
    bad: tuple[str, ...] = ()
    unknown_groups: tuple[str, ...] = ()


def is_email(text: str) -> bool:
    """Whether the server would take it as an address."""
    return len(text) <= EMAIL_MAX and _EMAIL.fullmatch(text) is not None


def clean_email(text: str) -> str:
    """As the server stores it; takes the address out of `Name <address>`."""
    text = text.strip()
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1]
    return text.strip().lower()


def split_addresses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(good addresses without doubles, pieces that are none) of anything pasted."""
    good: dict[str, None] = {}
    bad: list[str] = []
    for piece in re.split(r"[,;\n\t]+", text):
        if not piece.strip():
            continue
        address = clean_email(piece)
        if is_email(address):
            good.setdefault(address)
        else:
            bad.append(piece.strip())
    return tuple(good), tuple(bad)


def parse_people(text: str, groups: Sequence[str] = ()) -> PastedPeople:
    """Lines `address[, role[, group; group]]`, or addresses in any mixture of separators."""
    known = {name.casefold(): name for name in groups}
    people: dict[str, Person] = {}
    bad: list[str] = []
    unknown: dict[str, None] = {}
    for cells in _lines(text):
        address = clean_email(cells[0])
        if not is_email(address):
            if cells[0].strip().casefold() not in ("email", "e-mail", "mail"):
                bad.append(cells[0].strip())
            continue
        role = _ROLES.get(cells[1].strip().casefold()) if len(cells) > 1 else None
        named = [part.strip() for cell in cells[2:] for part in re.split(r"[;|]", cell)]
        for name in named:
            if name and name.casefold() not in known:
                unknown.setdefault(name)
        found = tuple(known[name.casefold()] for name in named if name.casefold() in known)
        people.setdefault(address, Person(address, role or OrganizationUserType.USER, found))
    return PastedPeople(tuple(people.values()), tuple(bad), tuple(unknown))


def _lines(text: str) -> list[list[str]]:
    lines: list[list[str]] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        cells = next(csv.reader(io.StringIO(line), delimiter="\t" if "\t" in line else ","), [])
        addresses, _bad = split_addresses(line)
        if len(addresses) > 1:
            # A list on one line: every piece stands for itself.
            lines.extend([piece] for piece in re.split(r"[,;\t]+", line) if piece.strip())
        elif cells:
            lines.append(cells)
    return lines
