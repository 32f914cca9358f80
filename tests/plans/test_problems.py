"""Bad input, each where it happens."""

from __future__ import annotations

import pytest

from desktop.domain.enums import PolicyType
from desktop.plans.answers import answers_for, new_answers
from desktop.plans.people import Person, is_email, parse_people, split_addresses
from desktop.plans.policies import POLICY_OFFERS, PolicyAnswer, data_problem, default_data
from desktop.plans.problems import PROBLEM_KEYS, STEP_KEYS, of_step, problems
from tests.plans.examples import known, preview


def _keys(**changes: object) -> list[tuple[str, str]]:
    given = new_answers({}, name="Acme", owner_email="o@example.com")
    for name, value in changes.items():
        setattr(given, name, value)
    return [(problem.step, problem.key) for problem in problems(given)]


@pytest.mark.parametrize(
    ("changes", "step", "key"),
    [
        ({"name": " "}, "details", "name_missing"),
        ({"name": "n" * 51}, "details", "name_too_long"),
        ({"owner_email": ""}, "details", "owner_missing"),
        ({"owner_email": "o@nowhere"}, "details", "email_bad"),
        ({"seats": 0}, "details", "seats_too_few"),
        ({"collections": ["A//B"]}, "collections", "collection_name_missing"),
        ({"collections": ["A", "A"]}, "collections", "collection_twice"),
        ({"collections": ["x" * 688]}, "collections", "collection_name_too_long"),
        ({"manager_group": "Nobody"}, "collections", "manager_unknown"),
        ({"preview": preview()}, "import", "nothing_to_import"),
        ({"groups": ["g" * 101]}, "access", "group_name_too_long"),
        ({"groups": ["A", "A"]}, "access", "group_twice"),
        ({"groups": [" "]}, "access", "group_name_missing"),
        ({"people": [Person("o@example.com")]}, "people", "owner_again"),
        ({"people": [Person("a@b.nl"), Person("a@b.nl")]}, "people", "person_twice"),
        ({"people": [Person("a@b.nl", groups=("None",))]}, "people", "group_unknown"),
        ({"people": [Person("a@b.nl")], "seats": 1}, "people", "too_few_seats"),
        (
            {"policies": {PolicyType.ACCOUNT_RECOVERY: PolicyAnswer(True)}},
            "policies",
            "policy_needs",
        ),
        (
            {"policies": {PolicyType.MASTER_PASSWORD: PolicyAnswer(True, {"minLength": 4})}},
            "policies",
            "policy_option",
        ),
    ],
)
def test_each_bad_answer_is_named(changes: dict[str, object], step: str, key: str) -> None:
    assert (step, key) in _keys(**changes)
    assert key in PROBLEM_KEYS
    assert step in STEP_KEYS


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "n" * 50},
        {"seats": 1},
        {"collections": ["x" * 687], "matrix": {}},
        {"people": [Person("a@b.nl")], "seats": 2},
    ],
)
def test_the_limits_themselves_are_fine(changes: dict[str, object]) -> None:
    assert _keys(**changes) == []


def test_an_existing_client_without_an_owner_needs_a_manager_group() -> None:
    client = known(with_owner=False)
    given = answers_for(client, {})
    assert given.manager_group == "Sales"
    given.manager_group = None
    given.collections.append("New")
    assert [one.key for one in of_step(given, "collections")] == ["no_manager"]


def test_free_seats_of_an_existing_client_count() -> None:
    given = answers_for(known(seats=3), {})
    given.people = [Person("owner@example.com"), Person("a@b.nl"), Person("c@d.nl")]
    assert of_step(given, "people") == ()
    given.people.append(Person("e@f.nl"))
    assert [one.key for one in of_step(given, "people")] == ["too_few_seats"]


@pytest.mark.parametrize("text", ["a@b.nl", "first.last+tag@mail.example.co.uk", "ü@ex-ample.nl"])
def test_addresses(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text", ["", "a", "a@b", "@b.nl", "a@", "a b@c.nl", "a@b@c.nl", "a@b.nl,", "a@b..nl", "a@.nl"]
)
def test_no_addresses(text: str) -> None:
    assert not is_email(text)


def test_addresses_from_any_paste() -> None:
    good, bad = split_addresses("Anna <Anna@Example.com>; bram@example.com,\nanna@example.com x")
    assert good == ("anna@example.com", "bram@example.com")
    assert bad == ("anna@example.com x",)


def test_people_from_a_table() -> None:
    text = (
        "Email,Role,Groups\n"
        "anna@example.com,Admin,Sales; Everyone\n"
        "bram@example.com\n"
        "chris@example.com;dora@example.com\n"
        "nobody,User\n"
        "eva@example.com,user,Unknown\n"
    )
    found = parse_people(text, ["Sales", "Everyone"])
    assert [(one.email, one.role.name, one.groups) for one in found.people] == [
        ("anna@example.com", "ADMIN", ("Sales", "Everyone")),
        ("bram@example.com", "USER", ()),
        ("chris@example.com", "USER", ()),
        ("dora@example.com", "USER", ()),
        ("eva@example.com", "USER", ()),
    ]
    assert found.bad == ("nobody",)
    assert found.unknown_groups == ("Unknown",)


def test_every_offered_policy_starts_with_options_that_fit() -> None:
    for offer in POLICY_OFFERS:
        assert data_problem(offer, default_data(offer)) is None
