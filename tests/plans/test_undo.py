"""What a plan that takes a run back holds, and what it says of the rest."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from desktop.domain.enums import OrganizationUserStatus, PolicyType
from desktop.domain.ids import CollectionId, GroupId, OrganizationId
from desktop.domain.items import Permission
from desktop.plans.steps import (
    Access,
    AnyStep,
    CollectionAccess,
    CreateCollection,
    CreateGroup,
    DeleteCollection,
    DeleteGroup,
    ImportItems,
    InviteMembers,
    PutPolicy,
    Ref,
    RemoveMembers,
    RenameCollection,
    Say,
    SetGroupAccess,
    State,
    UpdateClient,
    ref_of,
    ref_to,
)
from desktop.plans.undo import Choice, Settled, Undo, undo_plan, undo_title

CLIENT = OrganizationId(UUID(int=1))
OTHER = OrganizationId(UUID(int=2))
GROUP = GroupId(UUID(int=4))
SALES = CollectionId(UUID(int=3))
OFFICE = CollectionId(UUID(int=5))
TITLE = Say("plan.setup_existing", {"client": "Acme"})
ME, YOU, THEY = "anna@example.com", "bram@example.com", "chris@example.com"
OFF: State = {"enabled": False, "data": None}


def undone(
    *settled: Settled,
    choices: dict[str, Choice] | None = None,
    filled: frozenset[UUID] = frozenset(),
    **present: State | None,
) -> Undo:
    """`present` by step key."""
    return undo_plan(settled, present, choices, title=TITLE, filled=filled)


def made(step: AnyStep, number: int, state: str = "DONE", **more: Any) -> Settled:
    return Settled(step, state, id=UUID(int=number), **more)


def collection(key: str, path: str, *access: Access) -> CreateCollection:
    return CreateCollection(key=key, client=ref_of(CLIENT), path=path, access=access)


def group(key: str, name: str) -> CreateGroup:
    return CreateGroup(key=key, client=ref_of(CLIENT), name=name)


def policy(key: str, before: State, ours: State, kind: int = 1, client: Any = CLIENT) -> Settled:
    step = PutPolicy(
        key=key, client=ref_of(client), type=PolicyType(kind), enabled=bool(ours["enabled"]),
        data=ours["data"],
    )  # fmt: skip
    return Settled(step, "DONE", former=before, ours=ours)


def rename(key: str, before: str, after: str) -> Settled:
    step = RenameCollection(
        key=key, client=ref_of(CLIENT), collection=ref_of(SALES), before=before, path=after
    )
    return Settled(step, "DONE", former={"name": before}, ours={"name": after})


def access(key: str, before: dict[str, Permission], ours: dict[str, Permission]) -> Settled:
    lines = tuple(
        CollectionAccess(collection=Ref(one), permission=permission)
        for one, permission in ours.items()
    )
    step = SetGroupAccess(
        key=key, client=ref_of(CLIENT), group=ref_of(GROUP), group_name="IT", collections=lines
    )
    return Settled(step, "DONE", former=dict(before), ours=dict(ours))


def reasons(undo: Undo) -> list[str]:
    return [one.reason.key for one in undo.not_undone]


def on(**data: Any) -> State:
    return {"enabled": True, "data": data or None}


# --- what was made --------------------------------------------------------------------------------


def test_what_was_made_is_deleted_the_last_one_first() -> None:
    undo = undone(
        made(group("g", "Night"), 10),
        made(collection("a", "A"), 11),
        made(collection("b", "A/B"), 12),
        g={"name": "Night"}, a={"name": "A"}, b={"name": "A/B"},
    )  # fmt: skip
    kinds = [type(step).__name__ for step in undo.plan.steps]
    assert kinds == ["DeleteCollection", "DeleteCollection", "DeleteGroup"]
    assert [step.key for step in undo.plan.steps] == ["undo.b", "undo.a", "undo.g"]
    assert (undo.differences, undo.not_undone) == ((), ())


def test_a_collection_with_items_stays_and_its_parents_and_its_manager_with_it() -> None:
    manager = Access(permission="manage", group=ref_to("g"))
    inside = ImportItems(
        key="i", client=ref_of(CLIENT), number=1, of=1, positions=(0,), rows=(1,),
        collections=(ref_to("b"),), relations=((0, 0),),
    )  # fmt: skip
    undo = undone(
        made(group("g", "Night"), 10),
        made(collection("a", "A"), 11),
        made(collection("b", "A/B", manager), 12),
        made(collection("c", "C"), 13),
        Settled(inside, "DONE"),
        g={"name": "Night"}, a={"name": "A"}, b={"name": "A/B"}, c={"name": "C"},
    )  # fmt: skip
    assert [step.key for step in undo.plan.steps] == ["undo.c"]
    assert reasons(undo) == [
        "undo.collection_filled", "undo.parent_stays", "undo.manager_stays", "undo.items_stay",
    ]  # fmt: skip
    # Of another run's items the journal knows, too.
    other = undone(
        made(collection("a", "A"), 11), filled=frozenset({UUID(int=11)}), a={"name": "A"}
    )
    assert reasons(other) == ["undo.collection_filled"]
    assert other.plan.steps == ()


@pytest.mark.parametrize("state", ["SENT", "UNKNOWN", "FAILED"])
def test_items_that_may_have_arrived_keep_their_collection(state: str) -> None:
    chunk = ImportItems(
        key="i", client=ref_of(CLIENT), number=1, of=1, positions=(0,), rows=(1,),
        collections=(ref_to("a"),), relations=((0, 0),),
    )  # fmt: skip
    undo = undone(made(collection("a", "A"), 11), Settled(chunk, state), a={"name": "A"})
    assert undo.plan.steps == ()


def test_somebody_elses_new_name_is_a_question() -> None:
    undo = undone(made(collection("a", "A"), 11), a={"name": "Theirs"})
    assert undo.plan.steps == ()
    (difference,) = undo.differences
    assert (difference.before, difference.ours, difference.now) == (
        {"name": None}, {"name": "A"}, {"name": "Theirs"},
    )  # fmt: skip
    forced = undone(made(collection("a", "A"), 11), choices={"a": "put_back"}, a={"name": "Theirs"})
    assert [type(step) for step in forced.plan.steps] == [DeleteCollection]


def test_what_is_gone_and_what_the_run_renamed_itself_is_no_question() -> None:
    assert reasons(undone(made(group("g", "Night"), 10), g=None)) == ["undo.already"]
    step = RenameCollection(
        key="r", client=ref_of(CLIENT), collection=ref_to("a"), before="A", path="B"
    )
    renamed = Settled(step, "DONE", former={"name": "A"}, ours={"name": "B"})
    undo = undone(made(collection("a", "A"), 11), renamed, a={"name": "B"}, r={"name": "B"})
    # Deleted under the name it has by now; renaming it first would be for nothing.
    assert [type(one) for one in undo.plan.steps] == [DeleteCollection]


def test_what_an_undo_deleted_is_made_again_with_its_access() -> None:
    was_group: State = {
        "name": "Night",
        "collections": {str(SALES): "edit"},
        "members": [str(CLIENT)],
    }
    was_collection: State = {"name": "A", "groups": {str(GROUP): "manage"}, "users": {ME: "view"}}
    delete_group = DeleteGroup(
        key="undo.g", client=ref_of(CLIENT), group=ref_of(GROUP), name="Night"
    )
    delete = DeleteCollection(
        key="undo.a", client=ref_of(CLIENT), collection=ref_of(SALES), path="A"
    )
    undo = undone(
        Settled(delete, "DONE", former=was_collection, ours={}),
        Settled(delete_group, "DONE", former=was_group, ours={}),
    )
    again, collection_again = undo.plan.steps
    assert isinstance(again, CreateGroup)
    assert (again.key, again.name, [str(one) for one in again.members]) == (
        "g", "Night", [str(CLIENT)],
    )  # fmt: skip
    assert isinstance(collection_again, CreateCollection)
    # The group has another id now: the collection means the new one and waits for it.
    assert collection_again.needs == ("g",)
    lines = {(one.group, one.member_email, one.permission) for one in collection_again.access}
    assert lines == {(ref_to("g"), None, "manage"), (None, ME, "view")}
    lost = undone(Settled(delete, "DONE", former=None, ours={}))
    assert reasons(lost) == ["undo.not_known"]


# --- what was set ---------------------------------------------------------------------------------


def test_three_states_decide_what_is_put_back() -> None:
    back = undone(rename("r", "A", "B"), r={"name": "B"})
    (step,) = back.plan.steps
    assert isinstance(step, RenameCollection)
    assert (step.path, step.before, step.base) == ("A", "B", {"name": "B"})
    assert reasons(undone(rename("r", "A", "B"), r={"name": "A"})) == ["undo.already"]
    assert reasons(undone(rename("r", "A", "B"), r=None)) == ["undo.gone"]
    theirs = undone(rename("r", "A", "B"), r={"name": "C"})
    assert theirs.plan.steps == ()
    assert [one.now for one in theirs.differences] == [{"name": "C"}]
    forced = undone(rename("r", "A", "B"), choices={"r": "put_back"}, r={"name": "C"})
    assert [getattr(one, "base", None) for one in forced.plan.steps] == [{"name": "C"}]
    kept = undone(rename("r", "A", "B"), choices={"r": "keep"}, r={"name": "C"})
    assert kept.plan.steps == ()


def test_what_a_run_set_twice_goes_back_to_before_the_first() -> None:
    """Step by step backwards, each from what the one after it will have left."""
    undo = undone(
        rename("one", "A", "B"), rename("two", "B", "C"), one={"name": "C"}, two={"name": "C"}
    )
    assert [(getattr(s, "before", ""), getattr(s, "path", "")) for s in undo.plan.steps] == [
        ("C", "B"), ("B", "A"),
    ]  # fmt: skip
    assert undo.differences == ()


@pytest.mark.parametrize("former", [{"name": None}, {"name": ""}, {"seats": None}])
def test_what_no_request_can_bring_back_is_said(former: State) -> None:
    step = UpdateClient(key="u", client=ref_of(CLIENT), client_name="Acme", name="B")
    undo = undone(Settled(step, "DONE", former=former, ours={"name": "B"}), u={"name": "B"})
    assert undo.plan.steps == ()
    assert reasons(undo) == ["undo.not_known"]


def test_access_goes_back_line_by_line() -> None:
    settled = access(
        "a", {str(SALES): "none", str(OFFICE): "view"}, {str(SALES): "edit", str(OFFICE): "manage"}
    )
    theirs: State = {str(SALES): "edit", str(OFFICE): "edit"}
    undo = undone(settled, a=theirs)
    (step,) = undo.plan.steps
    assert isinstance(step, SetGroupAccess)
    # Their line is asked about; the other one says nothing of it and goes back.
    assert [(str(one.collection), one.permission) for one in step.collections] == [
        (str(SALES), "none")
    ]
    assert step.base == {str(SALES): "edit"}
    assert len(undo.differences) == 1
    forced = undone(settled, choices={"a": "put_back"}, a=theirs)
    (whole,) = forced.plan.steps
    assert isinstance(whole, SetGroupAccess)
    assert {str(one.collection): one.permission for one in whole.collections} == {
        str(SALES): "none", str(OFFICE): "view",
    }  # fmt: skip
    assert reasons(undone(settled, a={str(SALES): "none", str(OFFICE): "view"})) == ["undo.already"]


# --- policies -------------------------------------------------------------------------------------


def test_policies_go_back_in_their_own_order() -> None:
    """Single organization first on the way in, last on the way out; the other way round too."""
    way_in = [
        policy("single", OFF, on(), 3),
        policy("recovery", OFF, on(autoEnrollEnabled=True), 8),
    ]
    out = undone(*way_in, single=on(), recovery=on(autoEnrollEnabled=True))
    assert [int(s.type) for s in out.plan.steps if isinstance(s, PutPolicy)] == [8, 3]
    way_out = [policy("recovery", on(), OFF, 8), policy("single", on(), OFF, 3)]
    back = undone(*way_out, single=OFF, recovery=OFF)
    assert [int(s.type) for s in back.plan.steps if isinstance(s, PutPolicy)] == [3, 8]
    # Each client by itself.
    two = undone(
        policy("one", OFF, on(), 3), policy("two", OFF, on(), 3, OTHER), one=on(), two=on()
    )
    assert {str(getattr(s, "client", "")) for s in two.plan.steps} == {str(CLIENT), str(OTHER)}


@pytest.mark.parametrize(
    ("before", "ours", "now", "wanted", "is_question"),
    [
        # Nobody else was there.
        (OFF, on(a=1), on(a=1), OFF, False),
        (on(a=1), on(a=2), on(a=2), on(a=1), False),
        # They changed another option: theirs stays, ours goes back.
        (on(a=1), on(a=2), on(a=2, b=5), on(a=1, b=5), False),
        (on(a=1, c=1), on(a=2, c=1), on(a=2, c=9), on(a=1, c=9), False),
        # They changed the very option, or tuned a policy that the run switched on.
        (on(a=1), on(a=2), on(a=3), None, True),
        (OFF, on(a=2), on(a=3), None, True),
        # They switched it off meanwhile: it is off.
        (OFF, on(a=2), {"enabled": False, "data": {"a": 2}}, OFF, False),
    ],
)
def test_a_policy_is_merged_option_by_option(
    before: State, ours: State, now: State, wanted: State | None, is_question: bool
) -> None:
    undo = undone(policy("p", before, ours), p=now)
    assert bool(undo.differences) is is_question
    steps = [step for step in undo.plan.steps if isinstance(step, PutPolicy)]
    if wanted is None:
        assert steps == []
        forced = undone(policy("p", before, ours), choices={"p": "put_back"}, p=now)
        (step,) = (one for one in forced.plan.steps if isinstance(one, PutPolicy))
        wanted = before
    else:
        (step,) = steps
    assert (step.enabled, step.data, step.exact) == (wanted["enabled"], wanted["data"], True)
    assert step.base == now


def test_a_policy_set_twice_is_put_back_once() -> None:
    undo = undone(
        policy("one", OFF, on(a=1)), policy("two", on(a=1), on(a=2)), one=on(a=2), two=on(a=2)
    )
    (step,) = undo.plan.steps
    assert isinstance(step, PutPolicy)
    assert (step.enabled, step.base) == (False, on(a=2))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(0, "undo.restores_nobody"), (3, "undo.restores_nobody"), (5, "undo.my_items_stay"),
     (13, "undo.mails_sent"), (1, None)],
)  # fmt: skip
def test_undoing_a_policy_says_what_it_does_not_bring_back(kind: int, reason: str | None) -> None:
    undo = undone(policy("p", OFF, on(), kind), p=on())
    assert reasons(undo) == ([reason] if reason else [])
    # A policy that was on already has revoked nobody.
    assert reasons(undone(policy("p", on(a=1), on(a=2), kind), p=on(a=2))) == []


# --- people ---------------------------------------------------------------------------------------


def test_who_is_only_invited_goes_and_who_accepted_is_a_question() -> None:
    step = InviteMembers(key="i", client=ref_of(CLIENT), emails=(ME, YOU, THEY))
    settled = Settled(step, "DONE", sent=(ME, YOU, THEY))
    invited, accepted = int(OrganizationUserStatus.INVITED), int(OrganizationUserStatus.ACCEPTED)
    now: State = {ME: (str(UUID(int=50)), invited), YOU: (str(UUID(int=51)), accepted), THEY: None}
    undo = undone(settled, i=now)
    (removal,) = undo.plan.steps
    assert isinstance(removal, RemoveMembers)
    assert ([one.email for one in removal.people], removal.only_invited) == ([ME], True)
    assert [one.now for one in undo.differences] == [{YOU: accepted}]
    assert reasons(undo) == ["undo.mails_sent"]
    forced = undone(settled, choices={"i": "put_back"}, i=now)
    (removal,) = forced.plan.steps
    assert isinstance(removal, RemoveMembers)
    assert ([one.email for one in removal.people], removal.only_invited) == ([ME, YOU], False)
    # Whom the run did not invite, because they were there, it does not remove either.
    partly = undone(Settled(step, "DONE", sent=(ME,)), i={**now, YOU: (str(UUID(int=51)), invited)})
    (removal,) = partly.plan.steps
    assert isinstance(removal, RemoveMembers)
    assert [one.email for one in removal.people] == [ME]


# --- what is left alone ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["PLANNED", "SKIPPED", "FAILED"])
def test_what_was_not_done_is_not_undone(state: str) -> None:
    one = rename("r", "A", "B")
    undo = undone(Settled(one.step, state, former=one.former, ours=one.ours), r={"name": "B"})
    assert (undo.plan.steps, undo.not_undone, undo.differences) == ((), (), ())


@pytest.mark.parametrize("state", ["SENT", "UNKNOWN"])
def test_what_is_unclear_is_said_and_left(state: str) -> None:
    one = rename("r", "A", "B")
    undo = undone(Settled(one.step, state, former=one.former, ours=one.ours), r={"name": "B"})
    assert (undo.plan.steps, reasons(undo)) == ((), ["undo.unclear"])


def test_what_was_as_wanted_before_is_not_undone() -> None:
    one = rename("r", "A", "B")
    idle = Settled(one.step, "DONE", former=one.former, ours=one.ours, acted=False)
    assert undone(idle, r={"name": "B"}).plan.steps == ()


def test_the_title_tells_undo_from_doing_it_again() -> None:
    undo = undo_title(TITLE)
    assert (undo.key, undo.facts["title"]) == ("plan.undo", "plan.setup_existing")
    redo = undo_title(undo)
    assert (redo.key, undo_title(redo).key) == ("plan.redo", "plan.undo")
