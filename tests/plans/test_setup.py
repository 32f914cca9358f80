"""From answers to an ordered plan."""

from __future__ import annotations

import pytest

from desktop.domain.enums import OrganizationUserType, PlanType, PolicyType
from desktop.domain.errors import PlanInvalid
from desktop.plans.answers import SetupAnswers, answers_for, new_answers
from desktop.plans.estimate import estimate
from desktop.plans.people import Person
from desktop.plans.plan import Plan, decode_plan, encode_plan
from desktop.plans.policies import PolicyAnswer
from desktop.plans.setup import plan_setup, setup_flow
from desktop.plans.steps import (
    CreateClient,
    CreateCollection,
    CreateGroup,
    ImportItems,
    InviteMembers,
    PutPolicy,
    SetGroupAccess,
    VerifyImport,
    ref_of,
    ref_to,
)
from tests.plans.examples import CLIENT, GROUP, SALES, known, login, policy, preview

WORDS = {"management": "Directie", "default_collection": "Standaardverzameling"}


def _new(**more: object) -> SetupAnswers:
    given = new_answers(WORDS, name="Acme", owner_email="Owner@Example.com")
    for name, value in more.items():
        setattr(given, name, value)
    return given


def _kinds(plan: Plan) -> list[type]:
    return list(dict.fromkeys(type(step) for step in plan.steps))


def test_six_enters_reach_the_review_with_a_dropped_file() -> None:
    given = new_answers(
        WORDS, name="Acme", owner_email="o@example.com", preview=preview(login("a", "Office"))
    )
    flow = setup_flow(given)
    enters = 0
    while not flow.is_last:
        assert flow.problem is None
        assert flow.advance()
        enters += 1
    assert enters == 6
    assert flow.step.key == "review"
    assert plan_setup(given).steps


def test_the_order_of_a_new_client() -> None:
    given = _new(
        preview=preview(login("a", "Office/Banks"), login("b")),
        people=[Person("anna@example.com", groups=("finance",))],
    )
    assert _kinds(plan_setup(given)) == [
        CreateClient, CreateCollection, ImportItems, VerifyImport, PutPolicy, CreateGroup,
        InviteMembers,
    ]  # fmt: skip


def test_everything_of_a_new_client_waits_for_it() -> None:
    plan = plan_setup(_new(preview=preview(login("a"))))
    plan.check()
    first, *others = plan.steps
    assert isinstance(first, CreateClient)
    assert first.owner_email == "owner@example.com"
    assert first.default_collection == "Standaardverzameling"
    for step in others:
        assert "client" in step.needs or isinstance(step, VerifyImport)


def test_parents_of_nested_collections_exist_before_them() -> None:
    given = _new(collections=["Sales/Contracts/2026"], groups=[], matrix={})
    paths = [step.path for step in plan_setup(given).steps if isinstance(step, CreateCollection)]
    assert paths == ["Sales", "Sales/Contracts", "Sales/Contracts/2026"]


def test_folders_and_items_without_one_find_their_collection() -> None:
    given = _new(
        preview=preview(login("a", "Office"), login("b"), login("c", "Old")),
        folder_to={"Old": "Office"},
    )
    plan = plan_setup(given)
    chunk = plan.find("import.1")
    assert isinstance(chunk, ImportItems)
    office, default = ref_to("collection.Office"), ref_to("client", "default_collection")
    names = dict(enumerate("abc"))
    targets = {names[chunk.positions[i]]: chunk.collections[at] for i, at in chunk.relations}
    assert targets == {"a": office, "b": default, "c": office}
    assert not [s for s in plan.steps if isinstance(s, CreateCollection) and s.path == "Old"]


def test_a_chunk_follows_the_collections_it_is_the_first_to_need() -> None:
    rows = [login(f"n{at}", folder=f"F{at % 3}/Deep") for at in range(9)]
    given = _new(preview=preview(*rows), collections=["Own"], groups=[], matrix={})
    keys = [step.key for step in plan_setup(given, chunk_items=3).steps][1:-4]
    assert keys == [
        "collection.F0", "collection.F0/Deep", "import.1",
        "collection.F1", "collection.F1/Deep", "import.2",
        "collection.F2", "collection.F2/Deep", "import.3",
        "collection.Own",
    ]  # fmt: skip


def test_a_manager_group_comes_before_the_collections() -> None:
    given = _new(
        collections=["Sales"], groups=["Leads", "Staff"], manager_group="Leads",
        matrix={("Leads", "Sales"): "edit", ("Staff", "Sales"): "view"},
    )  # fmt: skip
    plan = plan_setup(given)
    keys = [step.key for step in plan.steps]
    assert keys.index("group.Leads") < keys.index("collection.Sales") < keys.index("group.Staff")
    made = plan.find("collection.Sales")
    assert isinstance(made, CreateCollection)
    assert made.access[0].group == ref_to("group.Leads")
    # It manages the collection already: the matrix must not take that away.
    assert "access.Leads" not in keys


def test_what_an_existing_client_has_counts_as_done() -> None:
    client = known(policies=(policy(PolicyType.SINGLE_ORGANIZATION),))
    given = answers_for(client, WORDS)
    plan = plan_setup(given)
    assert plan.steps == ()
    assert {say.key for say in plan.already} == {
        "already.client", "already.collection", "already.group", "already.policy",
    }  # fmt: skip


def test_an_existing_client_gets_only_what_is_missing() -> None:
    given = answers_for(known(), WORDS, preview=preview(login("a", "Sales"), login("b", "New")))
    given.groups.append("Buyers")
    given.matrix = {("Sales", "Sales"): "edit", ("Buyers", "Sales"): "view"}
    given.people = [
        Person("owner@example.com"),
        Person("anna@example.com", groups=("Sales", "Buyers")),
    ]
    plan = plan_setup(given)
    assert [step.key for step in plan.steps] == [
        "collection.New", "import.1", "import.verify", "access.Sales", "group.Buyers", "invite.1",
    ]  # fmt: skip
    chunk, access, invite = (plan.find(key) for key in ("import.1", "access.Sales", "invite.1"))
    assert isinstance(chunk, ImportItems)
    assert isinstance(access, SetGroupAccess)
    assert isinstance(invite, InviteMembers)
    assert ref_of(SALES) in chunk.collections
    assert access.group == ref_of(GROUP)
    assert invite.emails == ("anna@example.com",)
    assert invite.groups == (ref_of(GROUP), ref_to("group.Buyers"))
    assert plan.client == CLIENT


def test_access_that_stands_is_not_written_again() -> None:
    given = answers_for(known(), WORDS)
    given.matrix = {("Sales", "Sales"): "view"}
    plan = plan_setup(given)
    assert plan.steps == ()
    assert "already.access" in [say.key for say in plan.already]


def test_policies_follow_their_prerequisites_and_leave_before_them() -> None:
    given = _new()
    given.policies = {
        PolicyType.ACCOUNT_RECOVERY: PolicyAnswer(True, {"autoEnrollEnabled": True}),
        PolicyType.SINGLE_ORGANIZATION: PolicyAnswer(True),
    }
    keys = [step.key for step in plan_setup(given).steps if isinstance(step, PutPolicy)]
    assert keys == ["policy.3", "policy.8"]
    both = (policy(PolicyType.SINGLE_ORGANIZATION), policy(PolicyType.ACCOUNT_RECOVERY))
    given = answers_for(known(policies=both), WORDS)
    for answer in given.policies.values():
        answer.enabled = False
    keys = [step.key for step in plan_setup(given).steps if isinstance(step, PutPolicy)]
    assert keys == ["policy.8", "policy.3"]


def test_teams_has_no_policies() -> None:
    plan = plan_setup(_new(plan=PlanType.TEAMS_MONTHLY))
    assert not [step for step in plan.steps if isinstance(step, PutPolicy)]


def test_invitations_go_by_twenty_and_by_role() -> None:
    people = [Person(f"p{number}@example.com") for number in range(45)]
    people.append(Person("boss@example.com", OrganizationUserType.ADMIN))
    plan = plan_setup(_new(people=people, seats=60))
    batches = [step for step in plan.steps if isinstance(step, InviteMembers)]
    assert [(len(one.emails), one.role.name) for one in batches] == [
        (20, "USER"), (20, "USER"), (5, "USER"), (1, "ADMIN"),
    ]  # fmt: skip


def test_a_plan_survives_the_journal() -> None:
    plan = plan_setup(_new(preview=preview(login("a"), rejected=2)))
    assert decode_plan(encode_plan(plan)) == plan
    summary = plan.import_summary
    assert summary is not None
    assert (summary.rows, summary.items, len(summary.listed)) == (3, 1, 2)


def test_what_cannot_be_undone_is_said() -> None:
    plan = plan_setup(_new(preview=preview(login("a"))))
    assert {say.key for say in plan.irreversible} == {
        "irreversible.create_client", "irreversible.invitations", "irreversible.import_items",
        "irreversible.policy_revokes",
    }  # fmt: skip


def test_a_plan_holds_no_secret() -> None:
    plan = plan_setup(_new(preview=preview(login("a", password="geheim-4711"), rejected=1)))
    assert b"geheim-4711" not in encode_plan(plan)


def test_t50_every_problem_is_named_before_anything_is_sent() -> None:
    items = [login(f"item {number}") for number in range(1_000)]
    bad = range(0, 1_000, 50)
    for number in bad:
        items[number] = login("x" * 800)
    given = _new(preview=preview(*items), name="n" * 51, seats=0)
    given.people = [Person("no address"), Person("anna@example.com")]
    with pytest.raises(PlanInvalid) as refused:
        plan_setup(given)
    keys = [key for key, _facts in refused.value.problems]
    rows = [facts["row"] for key, facts in refused.value.problems if key == "too_long"]
    assert rows == [str(number + 1) for number in bad]
    assert {"name_too_long", "seats_too_few", "email_bad", "too_few_seats"} <= set(keys)


def test_the_estimate_knows_the_limits() -> None:
    few = estimate(plan_setup(_new(seats=300)))
    people = [Person(f"p{number}@example.com") for number in range(200)]
    many = estimate(plan_setup(_new(seats=300, people=people)))
    assert few.writes < few.requests
    # Ten invitations at five a minute: the second five wait a minute.
    assert 60 < many.seconds - few.seconds < 75
    assert many.writes == few.writes + 10


def test_a_policy_that_is_on_is_left_alone_until_somebody_changes_it() -> None:
    """Its options may be fewer than ours, or outside our bounds: that is nobody's business."""
    kind = PolicyType.MASTER_PASSWORD
    client = known(policies=(policy(kind, minLength=8, newer=True),))
    given = answers_for(client, WORDS)
    assert plan_setup(given).steps == ()
    given.policies[kind].data["requireUpper"] = True
    with pytest.raises(PlanInvalid):
        plan_setup(given)
    given.policies[kind].data["minLength"] = 12
    (step,) = plan_setup(given).steps
    assert isinstance(step, PutPolicy)
    assert step.data == {"minLength": 12, "newer": True, "requireUpper": True}
