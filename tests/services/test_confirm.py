"""Nobody gets a key unseen (T11, T13)."""

from __future__ import annotations

import itertools
from uuid import UUID

import pytest

from desktop.crypto.rsa import PublicKey, generate_key_pair
from desktop.domain.errors import NotOurServer
from desktop.domain.ids import UserId
from desktop.domain.records import MemberPublicKey
from desktop.plans.steps import ConfirmMembers
from desktop.services.confirm import Candidate, Confirmations, _acknowledged, _candidate, matched
from tests.plans.examples import CLIENT

PAIR, _PRIVATE = generate_key_pair()
ASKED = [UUID(int=number) for number in range(1, 6)]


def keys(*members: UUID) -> list[MemberPublicKey]:
    return [MemberPublicKey(id=one, user_id=UserId(one), key=PAIR.b64) for one in members]


def candidate(number: int, key: PublicKey | None = PAIR) -> Candidate:
    identity = UUID(int=number)
    return Candidate(identity, UserId(identity), f"p{number}@example.com", None, (), None, key)  # type: ignore[arg-type]  # any id will do


def test_t13_keys_find_their_people_in_any_order() -> None:
    for order in itertools.permutations(ASKED[:4]):
        found = matched(keys(*order), ASKED)
        assert {one: str(key.user_id) for one, key in found.items()} == {
            one: str(one) for one in order
        }


@pytest.mark.parametrize(
    "answer",
    [keys(UUID(int=99)), keys(*ASKED, UUID(int=99)), keys(ASKED[0], ASKED[0])],
    ids=["foreign", "extra", "twice"],
)
def test_t13_extra_and_repeated_keys_are_refused(answer: list[MemberPublicKey]) -> None:
    with pytest.raises(NotOurServer):
        matched(answer, ASKED)


def test_t13_only_acknowledged_people_are_in_the_plan() -> None:
    people = _acknowledged([candidate(1), candidate(2), candidate(3)], {UUID(int=2)})
    assert [one.email for one in people] == ["p2@example.com"]
    assert _acknowledged([candidate(1, None)], {UUID(int=1)}) == ()


def test_t11_the_phrase_belongs_to_the_key_that_is_used() -> None:
    member = UUID(int=1)
    found = _candidate(member, UserId(member), "a@b.nl", None, keys(member)[0])  # type: ignore[arg-type]  # any id will do
    assert len(found.phrase) == 5
    (person,) = _acknowledged([found], {member})
    assert person.public_key == PAIR.b64
    assert found.public_key == PublicKey.parse(person.public_key)


def test_t11_a_key_for_another_user_is_no_candidate() -> None:
    member = UUID(int=1)
    found = _candidate(member, UserId(UUID(int=77)), "a@b.nl", None, keys(member)[0])  # type: ignore[arg-type]  # any id will do
    assert found.problem == "bad_key"
    assert found.public_key is None


def test_t14_a_bad_key_is_no_candidate() -> None:
    member = UUID(int=1)
    key = MemberPublicKey(id=member, user_id=UserId(member), key="AAAA")
    found = _candidate(member, UserId(member), "a@b.nl", None, key)  # type: ignore[arg-type]  # any id will do
    assert (found.problem, found.phrase) == ("bad_key", ())


def test_people_go_by_five_hundred() -> None:
    people = [candidate(number) for number in range(1, 602)]
    confirm = Confirmations(None, type("Clients", (), {"find": lambda *_: None})())  # type: ignore[arg-type]  # only the name is asked for
    plan = confirm.member_plan(CLIENT, people, {UUID(int=number) for number in range(1, 602)})
    sizes = [len(step.people) for step in plan.steps if isinstance(step, ConfirmMembers)]
    assert sizes == [500, 101]


def test_the_name_of_a_members_own_collection_travels_with_the_plan() -> None:
    clients = type("Known", (), {"find": staticmethod(lambda _client: None)})()
    plan = Confirmations(None, clients).member_plan(  # type: ignore[arg-type]  # asks nobody
        CLIENT, [candidate(1)], {UUID(int=1)}, "Mijn items"
    )
    (step,) = plan.steps
    assert isinstance(step, ConfirmMembers)
    assert step.my_items == "Mijn items"
