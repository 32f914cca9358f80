"""What a lie is: a few edits of answers during one thing that a person does, and what must come.

The edits are those of `desktop/practice/rewriting.py`. Families are named by the property of the
threat list that they are made against.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from desktop.domain.errors import ClavigerError
from tests.malicious.victim import Facts, Journey, Outcome

Edits = list[dict[str, Any]]
Made = Callable[[Facts], Edits]
Value = Callable[[Facts], Any]

PRELOGIN: Final = "/identity/accounts/prelogin.*"
TOKEN: Final = "/identity/connect/token"
PROFILE: Final = "/api/accounts/profile"
CONFIG: Final = "/api/config"
CLIENTS: Final = "/api/providers/[^/]*/organizations"
CREATE_CLIENT: Final = "/api/providers/[^/]*/clients"
IMPORT: Final = "/api/ciphers/import-organization"
COLLECTIONS: Final = "/api/organizations/[^/]*/collections"
DETAILS: Final = COLLECTIONS + "/details"
GROUPS: Final = "/api/organizations/[^/]*/groups/details"
MEMBERS: Final = "/api/organizations/[^/]*/users"
POLICIES: Final = "/api/organizations/[^/]*/policies"
STAFF_PUBLIC_KEYS: Final = "/api/providers/[^/]*/users/public-keys"
STAFF_CONFIRM: Final = "/api/providers/[^/]*/users/confirm"
MEMBER_PUBLIC_KEYS: Final = "/api/organizations/[^/]*/users/public-keys"
MEMBER_CONFIRM: Final = "/api/organizations/[^/]*/users/confirm"
IMPORT_LISTING: Final = "/api/ciphers/organization-details"
ORGANIZATION_KEY: Final = "/api/organizations/[^/]*/public-key"
RECOVERY_DETAILS: Final = "/api/organizations/[^/]*/users/[^/]*/reset-password-details"
ASK_DEVICE: Final = "/api/auth-requests"
ASKED: Final = "/api/auth-requests/[^/]*/response"

#: where a token answer says how its keys are opened
UNLOCK: Final = "UserDecryptionOptions.MasterPasswordUnlock"


def _anything(_outcome: Outcome) -> bool:
    return True


@dataclass(frozen=True)
class Expect:
    """What must come of a lie.

    `kinds`: the errors it may end in; none means that it does no harm and the work goes on.
    `tokens`: how often the token endpoint was asked. `holds`: what else is true of the outcome.
    """

    kinds: tuple[type[ClavigerError], ...] = ()
    tokens: int | None = None
    holds: Callable[[Outcome], bool] = _anything


@dataclass(frozen=True)
class Lie:
    """One case."""

    family: str
    position: str
    variant: str
    journey: Journey
    expect: Expect

    @property
    def name(self) -> str:
        parts = (self.family, self.position, self.journey.name, self.variant)
        return "-".join(part.replace(" ", "_") for part in parts)

    def script(self, facts: Facts) -> list[dict[str, Any]]:
        """The rules for the practice server."""
        raise NotImplementedError


@dataclass(frozen=True)
class Edited(Lie):
    """Answers whose paths fit are changed, every time."""

    rules: tuple[tuple[str, Made], ...]

    def script(self, facts: Facts) -> list[dict[str, Any]]:
        return [
            {"path": path, "do": "rewrite", "when": "after", "times": 0, "edits": made(facts)}
            for path, made in self.rules
        ]


@dataclass(frozen=True)
class Told(Lie):
    """A whole answer in the place of the server's own."""

    path: str
    status: int
    body: Value
    location: bool = False

    def script(self, facts: Facts) -> list[dict[str, Any]]:
        headers = {"location": f"{facts.evil}/take"} if self.location else {}
        told = {"path": self.path, "do": "status", "times": 0, "status": self.status}
        return [{**told, "body": self.body(facts), "headers": headers}]


# --- making edits -----------------------------------------------------------------------------


def put(value: Any, *paths: str) -> Made:
    """The same value in each place."""
    return lambda _facts: [{"path": path, "value": value} for path in paths]


def put_made(value: Value, *paths: str) -> Made:
    """A value made of what the attacker knows."""
    return lambda facts: [{"path": path, "value": value(facts)} for path in paths]


def add_made(value: Value, path: str) -> Made:
    """One element more in a list."""
    return lambda facts: [{"path": path, "how": "add", "value": value(facts)}]


def bent(how: str, *paths: str, value: Any = None) -> Made:
    """One of the other ways to change what is there."""
    return lambda _facts: [{"path": path, "how": how, "value": value} for path in paths]


def joined(*made: Made) -> Made:
    return lambda facts: [edit for one in made for edit in one(facts)]


def evil(facts: Facts) -> str:
    """The attacker's own address."""
    return facts.evil


# --- what must come of it ---------------------------------------------------------------------


def refused(*kinds: type[ClavigerError], tokens: int | None = None) -> Expect:
    """Ends in one of these, and nothing was written."""
    return Expect(kinds, tokens, lambda outcome: not outcome.writes)


def unharmed(holds: Callable[[Outcome], bool] = _anything) -> Expect:
    """The work goes on to its end."""
    return Expect(holds=lambda outcome: not outcome.problems and holds(outcome))


def closed_rows(outcome: Outcome) -> bool:
    """Every collection is there, none has a name, none is shown as empty or as ciphertext."""
    rows = [row for view in outcome.views for row in view.collections if row.id is not None]
    return len(rows) >= 4 and all(not row.readable and row.name == str(row.id)[:8] for row in rows)


def nobody_got_a_key(outcome: Outcome) -> bool:
    return not any("confirm" in path for _method, path in outcome.writes)


def nothing_written(outcome: Outcome) -> bool:
    return not outcome.writes


def no_write_for(organization: str) -> Callable[[Outcome], bool]:
    return lambda outcome: not any(organization in path for _method, path in outcome.writes)
