"""The answers of the set-up wizard, with a sensible one everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.enums import PlanType, PolicyType
from desktop.domain.items import ImportPreview, Permission
from desktop.plans.chunks import Measured, measure
from desktop.plans.known import KnownClient
from desktop.plans.people import Person
from desktop.plans.policies import PolicyAnswer, default_policies

DEFAULT_SEATS: Final = 5
ENTERPRISE: Final = (PlanType.ENTERPRISE_MONTHLY, PlanType.ENTERPRISE_ANNUALLY)


@dataclass(frozen=True)
class Pattern:
    """Collections (and the groups that go with them) to start from; names are word keys."""

    key: str
    collections: tuple[str, ...]
    groups: tuple[str, ...]


PATTERNS: Final = (
    Pattern(
        "by_department",
        ("management", "finance", "sales", "it", "shared"),
        ("management", "finance", "sales", "it"),
    ),
    Pattern(
        "by_function",
        ("admin_accounts", "network", "workstations", "cloud_services", "websites", "shared"),
        ("administrators", "staff"),
    ),
    Pattern("none", (), ()),
)


@dataclass
class SetupAnswers:
    """One client's set-up as answered so far. Collections are whole paths, "/" between levels.

    `folder_to` maps a folder of the file to a collection path (missing: the same path);
    `no_folder_to` takes items without a folder, "" meaning the client's default collection.
    """

    client: KnownClient | None = None
    name: str = ""
    owner_email: str = ""
    plan: PlanType = PlanType.ENTERPRISE_MONTHLY
    seats: int = DEFAULT_SEATS
    default_collection: str = "Default collection"
    my_items: str = "My items"
    collections: list[str] = field(default_factory=list)
    manager_group: str | None = None
    preview: ImportPreview | None = None
    folder_to: dict[str, str] = field(default_factory=dict)
    no_folder_to: str = ""
    policies: dict[PolicyType, PolicyAnswer] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    matrix: dict[tuple[str, str], Permission] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    _measured: Measured | None = field(default=None, repr=False, compare=False)

    @property
    def measured(self) -> Measured | None:
        """The file's items with their sizes; kept, since every preview of the plan needs them."""
        if self.preview is None:
            return None
        if self._measured is None or self._measured.preview is not self.preview:
            self._measured = measure(self.preview)
        return self._measured

    def forget_file(self) -> None:
        """Lets go of the file's contents: they are in clear."""
        self.preview = self._measured = None

    @property
    def is_new(self) -> bool:
        return self.client is None

    @property
    def client_name(self) -> str:
        return self.client.name if self.client is not None else self.name.strip()

    @property
    def has_policies(self) -> bool:
        """False: the plan has none, the step says so."""
        return self.client.use_policies if self.client is not None else self.plan in ENTERPRISE

    @property
    def import_items(self) -> int:
        return self.preview.item_count if self.preview is not None else 0

    def target_of(self, folder: str | None) -> str:
        """The collection path an item with this folder goes to; "" is the default collection."""
        if not folder:
            return self.no_folder_to
        return self.folder_to.get(folder, folder)

    def wanted_paths(self) -> tuple[str, ...]:
        """Every collection there shall be, parents before children, without doubles."""
        paths: dict[str, None] = {}
        for path in (*self.collections, *self._import_paths()):
            parts = split_path(path)
            for depth in range(1, len(parts) + 1):
                paths.setdefault("/".join(parts[:depth]))
        return tuple(paths)

    def _import_paths(self) -> tuple[str, ...]:
        if self.preview is None:
            return ()
        paths = [self.target_of(folder) for folder in self.preview.folders]
        return tuple(path for path in (*paths, self.no_folder_to) if path)


def split_path(path: str) -> list[str]:
    """The levels of a path, trimmed; empty levels are dropped."""
    return [part.strip() for part in path.split("/") if part.strip()]


def pattern(key: str) -> Pattern:
    """Raises KeyError."""
    for candidate in PATTERNS:
        if candidate.key == key:
            return candidate
    raise KeyError(key)


def apply_pattern(answers: SetupAnswers, key: str, words: Mapping[str, str]) -> None:
    """Replaces collections, groups and the matrix by a pattern's; `words` names its keys."""
    chosen = pattern(key)
    answers.collections = [words.get(name, name) for name in chosen.collections]
    answers.groups = [words.get(name, name) for name in chosen.groups]
    answers.matrix = default_matrix(answers)


def default_matrix(answers: SetupAnswers) -> dict[tuple[str, str], Permission]:
    """Each group edits the collection of its own name and, with no match, everything listed.

    What groups may do is never more than edit: managing stays with the owner or manager group.
    """
    matrix: dict[tuple[str, str], Permission] = {}
    names = {path.casefold(): path for path in answers.collections}
    matched = {names[group.casefold()] for group in answers.groups if group.casefold() in names}
    for group in answers.groups:
        own = names.get(group.casefold())
        targets = [path for path in answers.collections if path not in matched]
        for path in [own, *targets] if own is not None else targets:
            matrix[group, path] = "edit"
    return matrix


def new_answers(
    words: Mapping[str, str],
    *,
    name: str = "",
    owner_email: str = "",
    plan: PlanType = PlanType.ENTERPRISE_MONTHLY,
    seats: int = DEFAULT_SEATS,
    preview: ImportPreview | None = None,
) -> SetupAnswers:
    """A new client. With a file its own folders are the collections, else a pattern's."""
    answers = SetupAnswers(
        name=name, owner_email=owner_email, plan=plan, seats=seats, preview=preview
    )
    answers.default_collection = words.get("default_collection", answers.default_collection)
    answers.my_items = words.get("my_items", answers.my_items)
    answers.policies = default_policies()
    apply_pattern(answers, "by_department", words)
    return answers


def answers_for(
    known: KnownClient, words: Mapping[str, str], *, preview: ImportPreview | None = None
) -> SetupAnswers:
    """A client that exists: what is there counts as wanted, nothing new but the file."""
    answers = SetupAnswers(
        client=known, name=known.name, plan=known.plan, seats=known.seats or 0, preview=preview
    )
    answers.default_collection = words.get("default_collection", answers.default_collection)
    answers.my_items = words.get("my_items", answers.my_items)
    owner = known.owner
    answers.owner_email = owner.email if owner is not None else ""
    answers.collections = [collection.path for collection in known.collections]
    answers.groups = [group.name for group in known.groups]
    answers.policies = default_policies()
    for kind, answer in answers.policies.items():
        stored = known.policy(int(kind))
        answer.enabled = stored.enabled if stored is not None else False
        if stored is not None and stored.enabled:
            # As it stands: our defaults are no wish of anybody's for a policy that is on.
            answer.data = dict(stored.data or {})
        elif stored is not None and stored.data:
            answer.data = {**answer.data, **stored.data}
    if owner is None and known.groups:
        answers.manager_group = known.groups[0].name
    answers.no_folder_to = (
        answers.default_collection
        if known.collection_at(answers.default_collection) or not known.collections
        else known.collections[0].path
    )
    return answers
