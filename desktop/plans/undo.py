"""The plan that takes a run back, and what it cannot take back.

Pure: it is given what the journal knows of each step and what the server holds now. Three states
meet for everything that is put back: what was before the run (`former`), what the run set (`ours`)
and what is there (`now`). Where `now` is neither of the other two, somebody else has decided since:
a person is asked, and until then nothing of theirs is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import UUID

import msgspec

from desktop.domain.enums import (
    OrganizationUserStatus,
    PolicyType,
    ProviderUserStatus,
    ProviderUserType,
)
from desktop.domain.ids import OrganizationId, OrganizationUserId, ProviderUserId, RunId
from desktop.domain.items import Permission
from desktop.plans.plan import REVOKING_POLICIES, Plan
from desktop.plans.policies import in_order
from desktop.plans.steps import (
    Access,
    AnyStep,
    ClientPerson,
    CollectionAccess,
    ConfirmMembers,
    ConfirmProviderMembers,
    CreateClient,
    CreateCollection,
    CreateGroup,
    DeleteCollection,
    DeleteGroup,
    ImportItems,
    InviteMembers,
    InviteProviderMembers,
    ProviderPerson,
    PutPolicy,
    Ref,
    RemoveMembers,
    RemoveProviderMembers,
    RenameCollection,
    RenameGroup,
    ResendProviderInvitations,
    Say,
    SetGroupAccess,
    SetProviderMemberRole,
    State,
    UpdateClient,
    VerifyImport,
    ref_of,
    ref_to,
)

Choice = Literal["keep", "put_back"]
PUT_BACK: Final = "put_back"
UNDO: Final = "plan.undo"
REDO: Final = "plan.redo"
_MARK: Final = "undo."
_DONE: Final = "DONE"
_UNCLEAR: Final = frozenset({"SENT", "UNKNOWN"})
_NOTHING: Final = object()


@dataclass(frozen=True)
class Settled:
    """A step as the journal knows it.

    `state` is the journal's word, `id` and `parts` are its result. `acted`: a request of it was
    sent; without one it found everything as wanted. `former` and `ours` are what it found and what
    it set, None where that is not known; `sent` the addresses it has invited.
    """

    step: AnyStep
    state: str
    id: UUID | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    former: State | None = None
    ours: State | None = None
    sent: tuple[str, ...] = ()
    acted: bool = True


@dataclass(frozen=True)
class NotUndone:
    """Something the run did that stays, and why."""

    say: Say
    reason: Say


@dataclass(frozen=True)
class Difference:
    """Something that is no longer as the run left it: a person decides.

    For people the states are the status numbers by address, None for not in the list.
    """

    step_key: str
    say: Say
    before: State
    ours: State
    now: State


@dataclass(frozen=True)
class Undo:
    """What can be taken back, what stays, and what a person has to decide first."""

    plan: Plan
    not_undone: tuple[NotUndone, ...]
    differences: tuple[Difference, ...]


def undo_title(title: Say) -> Say:
    """Of the plan that takes back a plan of this title; taking that back is doing it again."""
    if title.key == UNDO:
        return Say(REDO, title.facts)
    if title.key == REDO:
        return Say(UNDO, title.facts)
    return Say(UNDO, {**title.facts, "title": title.key})


def undo_plan(
    settled: Sequence[Settled],
    present: Mapping[str, State | None],
    choices: Mapping[str, Choice] | None = None,
    *,
    title: Say,
    undoes: RunId | None = None,
    client: OrganizationId | None = None,
    client_name: str = "",
    filled: frozenset[UUID] = frozenset(),
) -> Undo:
    """`present`: by step key what the server holds, None for gone, for each step that has a state.

    `title` is that of the run's plan; `filled` are collections that items were imported into.
    """
    made = _Undoing(settled, present, choices or {}, filled)
    made.build()
    plan = Plan(
        title=undo_title(title),
        steps=tuple(made.steps),
        client=client,
        client_name=client_name,
        undoes=undoes,
    )
    plan.check()
    return Undo(plan, tuple(made.not_undone), tuple(made.differences))


class _Undoing:
    def __init__(
        self,
        settled: Sequence[Settled],
        present: Mapping[str, State | None],
        choices: Mapping[str, Choice],
        filled: frozenset[UUID],
    ) -> None:
        self.steps: list[AnyStep] = []
        self.not_undone: list[NotUndone] = []
        self.differences: list[Difference] = []
        self._settled = settled
        self._by_key = {one.step.key: one for one in settled}
        self._present = present
        self._choices = choices
        self._filled = filled | {identity for one in settled for identity in self._targets(one)}
        # Things the run made that this plan deletes, and things it makes anew under new ids.
        self._deleted: set[UUID] = set()
        self._remade: dict[str, Ref] = {}
        # What steps of this plan will have set, by target, where a run set one thing twice.
        self._later: dict[object, State] = {}
        self._policies: dict[UUID, list[_PolicyBack]] = {}

    def build(self) -> None:
        done = [one for one in self._settled if one.acted and one.state == _DONE]
        self._choose_deletions(done)
        self._collect_policies(done)
        for one in reversed(self._settled):
            if isinstance(one.step, ImportItems | VerifyImport) or not one.acted:
                continue
            if one.state in _UNCLEAR:
                self._stays(one.step.say, "undo.unclear")
            elif one.state == _DONE:
                self._take_back(one)
        self._imported()

    # --- what was made ------------------------------------------------------------------------

    def _choose_deletions(self, done: Sequence[Settled]) -> None:
        """Collections without items, and groups that manage nothing that stays."""
        made = [one for one in done if isinstance(one.step, CreateCollection)]
        names = self._final_names(done)
        staying: dict[str, Settled] = {}
        for one in made:
            if one.id is not None and self._goes(one, names):
                self._deleted.add(one.id)
            elif self._present.get(one.step.key) is not None:
                staying[_path(one)] = one
        for one in made:
            path = _path(one)
            is_parent = any(other.startswith(path + "/") for other in staying)
            if one.id is not None and one.id in self._deleted and is_parent:
                self._deleted.discard(one.id)
                staying[path] = one
                self._stays(one.step.say, "undo.parent_stays")
        managers = {
            line.group
            for one in staying.values()
            if isinstance(one.step, CreateCollection)
            for line in one.step.access
            if line.permission == "manage" and line.group is not None
        }
        for one in done:
            if not isinstance(one.step, CreateGroup) or one.id is None:
                continue
            if ref_to(one.step.key) in managers:
                self._stays(one.step.say, "undo.manager_stays")
            elif self._goes(one, names):
                self._deleted.add(one.id)

    def _goes(self, one: Settled, names: Mapping[UUID, str]) -> bool:
        """Whether something the run has made is to be deleted; where not, it is said why."""
        step = one.step
        if not isinstance(step, CreateCollection | CreateGroup) or one.id is None:
            return False
        now = self._present.get(step.key)
        made_as = step.path if isinstance(step, CreateCollection) else step.name
        ours: State = {"name": names.get(one.id, made_as)}
        if now is None:
            self._stays(step.say, "undo.already")
        elif one.id in self._filled:
            self._stays(step.say, "undo.collection_filled")
        elif now == ours:
            return True
        else:
            self._differs(step, {"name": None}, ours, now)
            return self._choices.get(step.key) == PUT_BACK
        return False

    def _final_names(self, done: Iterable[Settled]) -> dict[UUID, str]:
        """What the run itself called things that it had made, in the end."""
        names: dict[UUID, str] = {}
        for one in done:
            if isinstance(one.step, RenameCollection | RenameGroup) and one.ours is not None:
                target = self._id(_target(one.step))
                if target is not None:
                    names[target] = str(one.ours.get("name", ""))
        return names

    # --- one step after the other, the last one first -----------------------------------------

    def _take_back(self, one: Settled) -> None:
        step = one.step
        match step:
            case CreateClient():
                self._stays(step.say, "undo.client_stays")
            case ConfirmMembers() | ConfirmProviderMembers():
                self._stays(step.say, "undo.confirmed")
            case ResendProviderInvitations():
                self._stays(step.say, "undo.mails_sent")
            case RemoveMembers() | RemoveProviderMembers():
                self._stays(step.say, "undo.removed")
            case CreateCollection() | CreateGroup():
                self._delete(one, step)
            case DeleteCollection() | DeleteGroup():
                self._remake(one, step)
            case InviteMembers() | InviteProviderMembers():
                self._remove(one, step)
            case PutPolicy():
                self._put_policies(step)
            case SetGroupAccess():
                self._put_access(one, step)
            case UpdateClient() | RenameCollection() | RenameGroup() | SetProviderMemberRole():
                self._put_flat(one, step)

    def _delete(self, one: Settled, step: CreateCollection | CreateGroup) -> None:
        client = self._ref(step.client)
        if one.id is None or one.id not in self._deleted or client is None:
            return
        if isinstance(step, CreateCollection):
            self.steps.append(
                DeleteCollection(
                    key=_key(step), client=client, collection=ref_of(one.id), path=step.path
                )
            )
        else:
            self.steps.append(
                DeleteGroup(key=_key(step), client=client, group=ref_of(one.id), name=step.name)
            )

    def _remake(self, one: Settled, step: DeleteCollection | DeleteGroup) -> None:
        """A thing that an undo deleted, with the access it had; its id is a new one."""
        client, was = self._ref(step.client), one.former
        if was is None or client is None:
            self._stays(step.say, "undo.not_known")
            return
        key = _key(step)
        if isinstance(step, DeleteCollection):
            groups = [
                Access(permission=permission, group=self._now_called(identity))
                for identity, permission in _permissions(was.get("groups"))
            ]
            users = [
                Access(permission=permission, member_email=email)
                for email, permission in _permissions(was.get("users"))
            ]
            made: AnyStep = CreateCollection(
                key=key,
                needs=_needs(line.group for line in groups),
                client=client,
                path=str(was.get("name", step.path)),
                access=(*groups, *users),
            )
            self._remade[str(self._id(step.collection))] = ref_to(key)
        else:
            lines = tuple(
                CollectionAccess(collection=self._now_called(identity), permission=permission)
                for identity, permission in _permissions(was.get("collections"))
            )
            made = CreateGroup(
                key=key,
                needs=_needs(line.collection for line in lines),
                client=client,
                name=str(was.get("name", step.name)),
                collections=lines,
                members=tuple(
                    OrganizationUserId(UUID(str(member))) for member in was.get("members") or ()
                ),
            )
            self._remade[str(self._id(step.group))] = ref_to(key)
        self.steps.append(made)

    def _now_called(self, identity: str) -> Ref:
        return self._remade.get(identity, Ref(identity))

    def _remove(self, one: Settled, step: InviteMembers | InviteProviderMembers) -> None:
        """Whoever is only invited goes; whoever has accepted since is a person's decision."""
        now = self._present.get(step.key) or {}
        force = self._choices.get(step.key) == PUT_BACK
        invited: list[tuple[str, str]] = []
        others: dict[str, int] = {}
        waiting = (
            int(OrganizationUserStatus.INVITED)
            if isinstance(step, InviteMembers)
            else int(ProviderUserStatus.INVITED)
        )
        for email in one.sent:
            found = now.get(email)
            if found is None:
                continue
            identity, status = str(found[0]), int(found[1])
            if status == waiting or force:
                invited.append((email, identity))
            if status != waiting:
                others[email] = status
        if others:
            before = dict.fromkeys(others, None)
            self._differs(step, dict(before), dict.fromkeys(others, waiting), dict(others))
        if invited:
            self._removal(step, invited, only_invited=not force)
        if one.sent:
            self._stays(step.say, "undo.mails_sent" if invited or others else "undo.already")

    def _removal(
        self,
        step: InviteMembers | InviteProviderMembers,
        people: list[tuple[str, str]],
        *,
        only_invited: bool,
    ) -> None:
        if isinstance(step, InviteProviderMembers):
            staff = tuple(
                ProviderPerson(member=ProviderUserId(UUID(identity)), email=email)
                for email, identity in people
            )
            self.steps.append(
                RemoveProviderMembers(key=_key(step), people=staff, only_invited=only_invited)
            )
        elif (client := self._ref(step.client)) is not None:
            members = tuple(
                ClientPerson(member=OrganizationUserId(UUID(identity)), email=email)
                for email, identity in people
            )
            self.steps.append(
                RemoveMembers(
                    key=_key(step), client=client, people=members, only_invited=only_invited
                )
            )

    # --- what is put back ---------------------------------------------------------------------

    def _put_flat(
        self,
        one: Settled,
        step: UpdateClient | RenameCollection | RenameGroup | SetProviderMemberRole,
    ) -> None:
        target = self._id(_target(step))
        if target in self._deleted:
            return
        found = self._three(one, (type(step), target))
        if found is None:
            return
        former, ours, now = found
        if now == former:
            self._stays(step.say, "undo.already")
            return
        if now != ours:
            self._differs(step, former, ours, now)
            if self._choices.get(step.key) != PUT_BACK:
                return
        back = self._flat_step(step, former, now)
        if back is None:
            self._stays(step.say, "undo.not_known")
            return
        self._later[type(step), target] = former
        self.steps.append(back)

    def _flat_step(
        self,
        step: UpdateClient | RenameCollection | RenameGroup | SetProviderMemberRole,
        former: State,
        now: State,
    ) -> AnyStep | None:
        """None where the journal does not hold what the step would need."""
        key, target = _key(step), self._ref(_target(step))
        if target is None or None in former.values() or "" in former.values():
            # Seats without a limit, a name that did not open: no request brings them back.
            return None
        match step:
            case SetProviderMemberRole():
                role = ProviderUserType(int(former["role"]))
                return SetProviderMemberRole(key=key, person=step.person, role=role, base=now)
            case UpdateClient():
                return msgspec.structs.replace(
                    step,
                    key=key,
                    needs=(),
                    client=target,
                    name=former.get("name"),
                    seats=former.get("seats"),
                    base=now,
                )
            case _:
                return self._renaming(step, key, target, str(former["name"]), now)

    def _renaming(
        self,
        step: RenameCollection | RenameGroup,
        key: str,
        target: Ref,
        name: str,
        now: State,
    ) -> AnyStep | None:
        client, before = self._ref(step.client), str(now["name"])
        if client is None:
            return None
        if isinstance(step, RenameGroup):
            return RenameGroup(
                key=key, client=client, group=target, before=before, name=name, base=now
            )
        return RenameCollection(
            key=key, client=client, collection=target, before=before, path=name, base=now
        )

    def _put_access(self, one: Settled, step: SetGroupAccess) -> None:
        """Line by line: what somebody changed on one collection says nothing of another."""
        group, client = self._id(step.group), self._ref(step.client)
        if group is None or group in self._deleted or client is None:
            return
        found = self._three(one, (SetGroupAccess, group))
        if found is None:
            return
        gone = {str(identity) for identity in self._deleted}
        former, ours, now = ({k: v for k, v in one_.items() if k not in gone} for one_ in found)
        force = self._choices.get(step.key) == PUT_BACK
        changed = [name for name in ours if former.get(name) != ours[name]]
        theirs = [name for name in changed if now.get(name) not in (ours[name], former.get(name))]
        if theirs:
            self._differs(step, former, ours, now)
        back = {
            name: former[name]
            for name in changed
            if name in former
            and now.get(name) != former[name]
            and (force or now.get(name) == ours[name])
        }
        if back:
            self._later[SetGroupAccess, group] = {
                **self._later.get((SetGroupAccess, group), {}), **back,
            }  # fmt: skip
            self.steps.append(
                SetGroupAccess(
                    key=_key(step),
                    client=client,
                    group=ref_of(group),
                    group_name=step.group_name,
                    collections=tuple(
                        CollectionAccess(collection=Ref(name), permission=permission)
                        for name, permission in _permissions(back)
                    ),
                    base={name: now.get(name, "none") for name in back},
                )
            )
        elif changed and not theirs:
            self._stays(step.say, "undo.already")

    def _collect_policies(self, done: Sequence[Settled]) -> None:
        """All policies of a client together: they depend on each other in an order of their own."""
        for one in reversed(done):
            step = one.step
            if not isinstance(step, PutPolicy):
                continue
            client = self._id(step.client)
            found = self._three(one, (PutPolicy, client, step.type)) if client else None
            if found is None or client is None:
                continue
            former, ours, now = found
            state, differs = _merged_policy(former, ours, now)
            if differs:
                self._differs(step, former, ours, now)
                if self._choices.get(step.key) != PUT_BACK:
                    continue
                state = former
            if state == now:
                self._stays(step.say, "undo.already")
                continue
            self._later[PutPolicy, client, step.type] = state
            self._stays_of_policy(step, former)
            backs = self._policies.setdefault(client, [])
            earlier = next((back for back in backs if back.step.type == step.type), None)
            if earlier is not None:
                # Set twice by the run: one request puts back what was before the first.
                backs.remove(earlier)
                now = earlier.now
            backs.append(_PolicyBack(step, state, now))

    def _stays_of_policy(self, step: PutPolicy, former: State) -> None:
        if not step.enabled or former.get("enabled"):
            return
        if step.type in REVOKING_POLICIES:
            self._stays(step.say, "undo.restores_nobody", step.facts)
        elif step.type is PolicyType.DATA_OWNERSHIP:
            self._stays(step.say, "undo.my_items_stay")
        elif step.type is PolicyType.FREE_FAMILIES_OFF:
            self._stays(step.say, "undo.mails_sent")

    def _put_policies(self, step: PutPolicy) -> None:
        """In the place of the client's last policy, all of them."""
        client = self._id(step.client)
        if client is None:
            return
        backs = {back.step.type: back for back in self._policies.pop(client, ())}
        for kind in in_order((kind, bool(b.state["enabled"])) for kind, b in backs.items()):
            back = backs[kind]
            self.steps.append(
                PutPolicy(
                    key=_key(back.step),
                    client=ref_of(client),
                    type=kind,
                    enabled=bool(back.state["enabled"]),
                    data=back.state["data"],
                    my_items=back.step.my_items,
                    exact=True,
                    client_name=back.step.client_name,
                    base=back.now,
                )
            )

    def _three(self, one: Settled, target: object) -> tuple[State, State, State] | None:
        """(former, ours, now) of a step; None, and said, where one is missing."""
        step = one.step
        if one.former is None or one.ours is None:
            self._stays(step.say, "undo.not_known")
            return None
        now = self._present.get(step.key)
        if now is None:
            self._stays(step.say, "undo.gone")
            return None
        later = self._later.get(target, {})
        return one.former, one.ours, {name: later.get(name, now[name]) for name in now}

    # --- inside -------------------------------------------------------------------------------

    def _imported(self) -> None:
        sent = [
            one.step.count
            for one in self._settled
            if isinstance(one.step, ImportItems) and _arrived(one)
        ]
        if sent:
            say = Say("undo.imported", {"items": str(sum(sent))})
            self._stays(say, "undo.items_stay")

    def _targets(self, one: Settled) -> Iterator[UUID]:
        if isinstance(one.step, ImportItems) and _arrived(one):
            for ref in one.step.collections:
                identity = self._id(ref)
                if identity is not None:
                    yield identity

    def _stays(self, say: Say, reason: str, facts: dict[str, str] | None = None) -> None:
        self.not_undone.append(NotUndone(say, Say(reason, facts or {})))

    def _differs(self, step: AnyStep, before: State, ours: State, now: State) -> None:
        self.differences.append(Difference(step.key, step.say, before, ours, now))

    def _id(self, ref: Ref) -> UUID | None:
        """The id behind a reference, None where nothing was made."""
        if not ref.startswith("@"):
            return UUID(ref)
        key, _, part = ref[1:].partition("#")
        made = self._by_key.get(key)
        if made is None:
            return None
        return made.id if not part else UUID(made.parts[part]) if part in made.parts else None

    def _ref(self, ref: Ref) -> Ref | None:
        identity = self._id(ref)
        return ref_of(identity) if identity is not None else None


@dataclass(frozen=True)
class _PolicyBack:
    step: PutPolicy
    state: State
    now: State


def _merged_policy(former: State, ours: State, now: State) -> tuple[State, bool]:
    """(what to set, whether a person has to decide).

    Options that only the run changed go back although somebody has changed others. Whether the
    policy is on goes back only while nobody has touched it: who tunes a policy wants it.
    """
    was, set_, has = (dict(one.get("data") or {}) for one in (former, ours, now))
    merged, differs, touched = dict(has), False, False
    for name in {*was, *set_, *has}:
        old, mine, there = (one.get(name, _NOTHING) for one in (was, set_, has))
        touched |= there not in (mine, old)
        if old in (mine, there):
            continue
        if there != mine:
            differs = True
        elif old is _NOTHING:
            merged.pop(name, None)
        else:
            merged[name] = old
    enabled = bool(now.get("enabled"))
    if former.get("enabled") != ours.get("enabled") and enabled == ours.get("enabled"):
        differs |= touched
        enabled = bool(former.get("enabled"))
    return {"enabled": enabled, "data": merged or None}, differs


def _arrived(chunk: Settled) -> bool:
    """Whether items of it may be on the server: of a failed one some may be."""
    return chunk.acted and chunk.state not in {"PLANNED", "SKIPPED"}


def _path(one: Settled) -> str:
    return one.step.path if isinstance(one.step, CreateCollection) else ""


def _target(
    step: UpdateClient | RenameCollection | RenameGroup | SetProviderMemberRole,
) -> Ref:
    match step:
        case RenameCollection():
            return step.collection
        case RenameGroup():
            return step.group
        case UpdateClient():
            return step.client
        case SetProviderMemberRole():
            return ref_of(step.person.member)


def _permissions(lines: Any) -> list[tuple[str, Permission]]:
    """The lines of an access list that was journaled."""
    return list(msgspec.convert(lines or {}, dict[str, Permission]).items())


def _needs(refs: Iterable[Ref | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref[1:] for ref in refs if ref is not None and ref[:1] == "@"))


def _key(step: AnyStep) -> str:
    """The step that takes `step` back; taking that one back has the first name again."""
    return step.key.removeprefix(_MARK) if step.key.startswith(_MARK) else _MARK + step.key
