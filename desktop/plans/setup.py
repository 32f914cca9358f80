"""From the wizard's answers to a plan: what is missing, in the order it depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from desktop.domain.enums import OrganizationUserType
from desktop.domain.errors import PlanInvalid
from desktop.domain.items import ImportPreview, Item, Verdict
from desktop.domain.limits import IMPORT_CHUNK_ITEMS, INVITE_BATCH
from desktop.plans.answers import SetupAnswers, split_path
from desktop.plans.chunks import Chunk, cut, items_of
from desktop.plans.flow import Flow, Step
from desktop.plans.permissions import permission_of
from desktop.plans.plan import ImportSummary, ListedRow, Plan
from desktop.plans.policies import changes, state_of, wanted_data
from desktop.plans.problems import STEP_KEYS, first_problem, problems
from desktop.plans.steps import (
    DEFAULT_COLLECTION,
    Access,
    AnyStep,
    CollectionAccess,
    CreateClient,
    CreateCollection,
    CreateGroup,
    ImportItems,
    InviteMembers,
    PutPolicy,
    Ref,
    Say,
    SetGroupAccess,
    State,
    VerifyImport,
    ref_of,
    ref_to,
)

CLIENT_KEY = "client"
VERIFY_KEY = "import.verify"


def setup_flow(answers: SetupAnswers) -> Flow[SetupAnswers]:
    """The wizard's questions; the details are asked for a new client only."""
    wanted: dict[str, Callable[[SetupAnswers], bool]] = {"details": lambda given: given.is_new}
    return Flow(
        [Step(key, _problem_of(key), wanted.get(key, lambda _given: True)) for key in STEP_KEYS],
        answers,
    )


def _problem_of(key: str) -> Callable[[SetupAnswers], str | None]:
    def problem(answers: SetupAnswers) -> str | None:
        found = first_problem(answers, key)
        return found.key if found is not None else None

    return problem


def plan_setup(answers: SetupAnswers, *, chunk_items: int = IMPORT_CHUNK_ITEMS) -> Plan:
    """The whole set-up. Raises PlanInvalid with every problem at once (T50)."""
    found = [(problem.key, problem.facts) for problem in problems(answers)]
    chunks: tuple[Chunk, ...] = ()
    if (measured := answers.measured) is not None:
        chunks, too_long = cut(measured, max_items=chunk_items, place=_places(answers))
        found += [
            ("too_long", {"row": str(one.row), "field": one.field, "step": "import"})
            for one in too_long
        ]
    if found:
        raise PlanInvalid(tuple(found))
    plan = _Builder(answers).build(chunks)
    plan.check()
    return plan


@dataclass
class _Builder:
    answers: SetupAnswers
    steps: list[AnyStep] = field(default_factory=list)
    already: list[Say] = field(default_factory=list)
    collections: dict[str, Ref] = field(default_factory=dict)
    groups: dict[str, Ref] = field(default_factory=dict)
    paths: dict[str | None, str] = field(default_factory=dict)

    def build(self, chunks: tuple[Chunk, ...]) -> Plan:
        answers, known = self.answers, self.answers.client
        self._client()
        if answers.manager_group is not None:
            self._group(answers.manager_group, ())
        self._collections()
        if answers.preview is not None and chunks:
            self._import(answers.preview, chunks)
        else:
            self._ensure(self._all_paths())
        if answers.has_policies:
            self._policies()
        self._groups()
        self._invitations()
        return Plan(
            title=Say(
                "plan.setup_new" if known is None else "plan.setup_existing",
                {"client": answers.client_name},
            ),
            steps=tuple(self.steps),
            client=known.id if known is not None else None,
            client_name=answers.client_name,
            already=tuple(self.already),
            import_summary=summary_of(answers.preview) if answers.preview is not None else None,
        )

    @property
    def client(self) -> Ref:
        known = self.answers.client
        return ref_of(known.id) if known is not None else ref_to(CLIENT_KEY)

    @property
    def base(self) -> tuple[str, ...]:
        """What every step of a new client waits for."""
        return (CLIENT_KEY,) if self.answers.is_new else ()

    def _client(self) -> None:
        answers = self.answers
        if answers.client is not None:
            self.already.append(Say("already.client", {"client": answers.client.name}))
            return
        self.steps.append(
            CreateClient(
                key=CLIENT_KEY,
                name=answers.name.strip(),
                owner_email=answers.owner_email.strip().lower(),
                plan=answers.plan,
                seats=answers.seats,
                default_collection=answers.default_collection,
            )
        )

    def _collections(self) -> None:
        """Those that are there; `_ensure` makes the others when something needs them."""
        answers, known = self.answers, self.answers.client
        if known is None:
            # Made together with the client; the owner invited with it may manage it.
            self.collections[answers.default_collection] = ref_to(CLIENT_KEY, DEFAULT_COLLECTION)
            return
        for path in self._all_paths():
            there = known.collection_at(path)
            if there is not None:
                self.collections[path] = ref_of(there.id)
                self.already.append(Say("already.collection", {"collection": path}))

    def _ensure(self, paths: Iterable[str]) -> None:
        """Steps for those of `paths`, and of their parents, that do not exist yet."""
        manager, needs = self._manager()
        for whole in paths:
            parts = split_path(whole)
            for depth in range(1, len(parts) + 1):
                path = "/".join(parts[:depth])
                if path in self.collections:
                    continue
                key = f"collection.{path}"
                self.steps.append(
                    CreateCollection(
                        key=key,
                        needs=(*self.base, *needs),
                        client=self.client,
                        path=path,
                        access=manager,
                    )
                )
                self.collections[path] = ref_to(key)

    def _all_paths(self) -> tuple[str, ...]:
        answers = self.answers
        paths = answers.wanted_paths()
        if answers.import_items and not answers.is_new and not answers.no_folder_to:
            return (*paths, answers.default_collection)
        return paths

    def _manager(self) -> tuple[tuple[Access, ...], tuple[str, ...]]:
        group = self.answers.manager_group
        if group is None:
            return (Access(permission="manage", owner=True),), ()
        ref = self.groups[group]
        needs = (f"group.{group}",) if ref.startswith("@") else ()
        return (Access(permission="manage", group=ref),), needs

    def _import(self, preview: ImportPreview, chunks: tuple[Chunk, ...]) -> None:
        """Each chunk follows the collections it is the first to need: while the limit for making
        collections holds the next ones back, items are on their way.
        """
        items = [item for _row, item in items_of(preview)]
        keys: list[str] = []
        for number, chunk in enumerate(chunks, start=1):
            own = [items[position] for position in chunk.positions]
            self._ensure(dict.fromkeys(path for item in own for path in self._paths_of(item)))
            places: dict[Ref, int] = {}
            relations: list[tuple[int, int]] = []
            for index, item in enumerate(own):
                refs = dict.fromkeys(self.collections[path] for path in self._paths_of(item))
                relations += [(index, places.setdefault(ref, len(places))) for ref in refs]
            key = f"import.{number}"
            self.steps.append(
                ImportItems(
                    key=key,
                    needs=(*self.base, *(_step_of(ref) for ref in places if _step_of(ref))),
                    client=self.client,
                    number=number,
                    of=len(chunks),
                    positions=chunk.positions,
                    rows=chunk.rows,
                    collections=tuple(places),
                    relations=tuple(relations),
                )
            )
            keys.append(key)
        self._ensure(self._all_paths())
        self.steps.append(
            VerifyImport(key=VERIFY_KEY, needs=tuple(keys), client=self.client, items=len(items))
        )

    def _paths_of(self, item: Item) -> tuple[str, ...]:
        """The collections an item goes to."""
        return tuple(self._path_for(folder) for folder in (item.folder, *item.extra_folders))

    def _path_for(self, folder: str | None) -> str:
        found = self.paths.get(folder)
        if found is None:
            found = self.paths[folder] = path_for(self.answers, folder)
        return found

    def _policies(self) -> None:
        answers, known = self.answers, self.answers.client
        found = changes(answers.policies, known.policies if known is not None else ())
        self.already += [
            Say("already.policy", {"policy": str(int(kind))}) for kind in found.already
        ]
        for kind in found.write:
            answer = answers.policies[kind]
            self.steps.append(
                PutPolicy(
                    key=f"policy.{int(kind)}",
                    needs=self.base,
                    client=self.client,
                    type=kind,
                    enabled=answer.enabled,
                    data=wanted_data(kind, answer),
                    my_items=answers.my_items,
                    base=state_of(known.policy(int(kind))) if known is not None else None,
                )
            )

    def _groups(self) -> None:
        for name in self.answers.groups:
            access = self._access_of(name)
            if name in self.groups or self._existing_group(name):
                self._set_access(name, access)
            else:
                self._group(name, access)

    def _existing_group(self, name: str) -> bool:
        known = self.answers.client
        there = known.group_called(name) if known is not None else None
        if there is None:
            return False
        self.groups[name] = ref_of(there.id)
        self.already.append(Say("already.group", {"group": name}))
        return True

    def _group(self, name: str, access: tuple[CollectionAccess, ...]) -> None:
        if self._existing_group(name):
            return
        key = f"group.{name}"
        needs = (_step_of(line.collection) for line in access)
        self.steps.append(
            CreateGroup(
                key=key,
                needs=(*self.base, *(need for need in needs if need)),
                client=self.client,
                name=name,
                collections=access,
            )
        )
        self.groups[name] = ref_to(key)

    def _set_access(self, name: str, access: tuple[CollectionAccess, ...]) -> None:
        known = self.answers.client
        there = known.group_called(name) if known is not None else None
        has = (
            {ref_of(line.id): permission_of(line) for line in there.collections}
            if there is not None
            else {}
        )
        managed = self._managed_by(name)
        new = tuple(
            line
            for line in access
            if has.get(line.collection) != line.permission and line.collection not in managed
        )
        if not new:
            if access and there is not None:
                self.already.append(Say("already.access", {"group": name}))
            return
        ref = self.groups[name]
        needs = [_step_of(ref), *(_step_of(line.collection) for line in new)]
        # What the plan saw: of collections it makes itself it saw nothing.
        base: State | None = None
        if there is not None:
            seen = [line.collection for line in new if not _step_of(line.collection)]
            base = {str(collection): has.get(collection, "none") for collection in seen}
        self.steps.append(
            SetGroupAccess(
                key=f"access.{name}",
                needs=(*self.base, *(need for need in needs if need)),
                client=self.client,
                group=ref,
                group_name=name,
                collections=new,
                base=base,
            )
        )

    def _managed_by(self, group: str) -> frozenset[Ref]:
        """Collections made here whose manager the group is: it keeps that, whatever the matrix."""
        if group != self.answers.manager_group:
            return frozenset()
        return frozenset(
            ref_to(step.key) for step in self.steps if isinstance(step, CreateCollection)
        )

    def _access_of(self, group: str) -> tuple[CollectionAccess, ...]:
        return tuple(
            CollectionAccess(collection=self.collections[path], permission=permission)
            for (name, path), permission in self.answers.matrix.items()
            if name == group and permission != "none" and path in self.collections
        )

    def _invitations(self) -> None:
        known = self.answers.client
        alike: dict[tuple[OrganizationUserType, tuple[str, ...]], list[str]] = {}
        for person in self.answers.people:
            if known is not None and known.member_with(person.email) is not None:
                self.already.append(Say("already.member", {"email": person.email}))
                continue
            alike.setdefault((person.role, person.groups), []).append(person.email)
        number = 0
        for (role, groups), emails in alike.items():
            refs = tuple(self.groups[name] for name in groups)
            needs = tuple(_step_of(ref) for ref in refs if _step_of(ref))
            for batch in _batches(emails, INVITE_BATCH):
                number += 1
                self.steps.append(
                    InviteMembers(
                        key=f"invite.{number}",
                        needs=(*self.base, *needs),
                        client=self.client,
                        emails=batch,
                        role=role,
                        groups=refs,
                    )
                )


def path_for(answers: SetupAnswers, folder: str | None) -> str:
    """The collection path an item with this folder goes to, in its clean form."""
    return "/".join(split_path(answers.target_of(folder) or answers.default_collection))


def _places(answers: SetupAnswers) -> Callable[[Item], int]:
    """Orders items by the collection they go to, the collections by their own order."""
    folders = answers.preview.folders if answers.preview is not None else ()
    rank = {path: at for at, path in enumerate(answers.wanted_paths())}
    of_folder = {folder: rank.get(path_for(answers, folder), -1) for folder in folders}
    without = rank.get(path_for(answers, None), -1)

    def place(item: Item) -> int:
        return of_folder.get(item.folder, without) if item.folder else without

    return place


def _step_of(ref: Ref) -> str:
    """The key of the step a reference waits for, "" where it is an id already."""
    return ref[1:].partition("#")[0] if ref.startswith("@") else ""


def _batches(emails: list[str], size: int) -> Iterable[tuple[str, ...]]:
    for start in range(0, len(emails), size):
        yield tuple(emails[start : start + size])


def summary_of(preview: ImportPreview) -> ImportSummary:
    """What a report needs of the file once the file is gone."""
    return ImportSummary(
        format=preview.format,
        file_name=preview.file_name,
        rows=len(preview.rows),
        counts={verdict: preview.count(verdict) for verdict in Verdict},
        items=preview.item_count,
        listed=tuple(
            ListedRow(number=row.number, verdict=row.verdict, reasons=row.reasons, title=row.title)
            for row in preview.rows
            if row.verdict is not Verdict.OK
        ),
    )
