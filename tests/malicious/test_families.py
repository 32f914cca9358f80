"""A server that lies in every way, at every place: no key is recovered, nothing is done for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import pytest

from tests.malicious import key_lies, other_lies, pin_lies, sign_in_lies
from tests.malicious.lies import Lie
from tests.malicious.victim import (
    ANEW,
    BY_KEY,
    JOURNEYS,
    PASSWORD,
    ROUNDS,
    Journey,
    Victim,
    victim_on,
)
from tests.practice_process import practice_server

FAMILIES: Final[tuple[Callable[[], Iterator[Lie]], ...]] = (
    sign_in_lies.kdf_lies,
    sign_in_lies.weaker_lies,
    sign_in_lies.salt_lies,
    sign_in_lies.identity_lies,
    sign_in_lies.way_lies,
    sign_in_lies.step_lies,
    sign_in_lies.signed_lies,
    key_lies.sealed_lies,
    key_lies.odd_key_lies,
    key_lies.foreign_key_lies,
    key_lies.injected_lies,
    key_lies.bulk_lies,
    key_lies.bad_key_lies,
    pin_lies.organization_lies,
    pin_lies.provider_lies,
    pin_lies.planted_lies,
    pin_lies.swapped_lies,
    pin_lies.second_key_lies,
    pin_lies.recovery_lies,
    pin_lies.item_lies,
    other_lies.flag_lies,
    other_lies.address_lies,
)
LIES: Final = tuple(lie for family in FAMILIES for lie in family())


SIGNED: Final = tuple(sign_in_lies.downgrade_lies())


@pytest.fixture(scope="module")
def signed_victim() -> Iterator[Victim]:
    """With an account of the newer kind."""
    options = ("--clock", "50", "--kdf-rounds", str(ROUNDS))
    with practice_server(*options) as server, victim_on(server, v2=True) as made:
        yield made


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    options = ("--clock", "50", "--kdf-rounds", str(ROUNDS))
    with practice_server(*options) as server, victim_on(server) as made:
        yield made


def _of(*families: str) -> pytest.MarkDecorator:
    """Every lie of a family."""
    lies = [lie for lie in LIES if lie.family in families]
    return pytest.mark.parametrize("lie", lies, ids=lambda lie: lie.name)


def _gets_nothing(lie: Lie, victim: Victim) -> None:
    """T16 beside all others: the attacker's keys open nothing of what was sent."""
    outcome = victim.play(lie.journey, lie.script(victim.facts))
    assert victim.server.forgive() == []
    assert victim.evil.visitors() == 0
    assert any(one["fault"] for one in outcome.requests), "the lie was told"
    kinds = lie.expect.kinds
    if kinds:
        assert isinstance(outcome.error, kinds), outcome
    else:
        assert outcome.error is None, outcome
    if lie.expect.tokens is not None:
        assert outcome.tokens == lie.expect.tokens
    assert lie.expect.holds(outcome), outcome


@_of("T01")
def test_t01_nothing_is_derived_with_weak_settings(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T02")
def test_t02_nothing_is_derived_with_absurd_settings(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T03")
def test_t03_weaker_settings_than_remembered_stop(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T04")
def test_t04_another_salt_or_person_stops(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T05")
def test_t05_other_types_of_encstrings_are_never_opened(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T06")
def test_t06_keys_of_other_sizes_are_no_keys(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T07")
def test_t07_a_changed_bit_is_never_opened(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T09")
def test_t09_another_key_of_a_client_blocks_writes(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T10")
def test_t10_keys_and_organizations_of_the_attacker_bring_nothing(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T11")
def test_t11_a_phrase_belongs_to_the_key_and_the_person(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T12")
def test_t12_a_confirmed_key_is_the_same_everywhere(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T13")
def test_t13_keys_find_their_people_or_nobody(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T14")
def test_t14_bad_public_keys_get_nothing(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T15")
def test_t15_recovery_is_not_switched_on_for_another_key(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T17")
def test_t17_ways_in_that_there_are_not_end_in_a_refusal(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T18")
def test_t18_half_of_each_kind_of_account_is_refused(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@pytest.mark.parametrize("lie", SIGNED, ids=lambda lie: lie.name)
def test_t18_a_signed_account_never_becomes_an_unsigned_one(
    lie: Lie, signed_victim: Victim
) -> None:
    _gets_nothing(lie, signed_victim)


def test_a_signed_account_works_with_an_honest_server(signed_victim: Victim) -> None:
    for journey in (PASSWORD, ANEW, BY_KEY):
        outcome = signed_victim.play(journey, [])
        assert outcome.error is None
        assert outcome.views


@_of("T19")
def test_t19_what_items_say_is_neither_fetched_nor_shown(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T22")
def test_t22_flags_loosen_nothing(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T33")
def test_t33_nothing_goes_where_the_server_points(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


@_of("T38")
def test_t38_another_account_or_provider_gets_nothing(lie: Lie, victim: Victim) -> None:
    _gets_nothing(lie, victim)


def test_t16_every_family_has_a_test_of_its_name() -> None:
    tested = {name[5:8].upper() for name in globals() if name.startswith("test_t")}
    assert {lie.family for lie in LIES} <= tested
    assert len(LIES) > 300


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_everything_works_with_an_honest_server(journey: Journey, victim: Victim) -> None:
    """What a lie prevents is not prevented by something else."""
    outcome = victim.play(journey, [])
    assert outcome.error is None, outcome
    assert outcome.problems == []
    assert outcome.views or outcome.writes


def test_every_case_has_a_name_of_its_own() -> None:
    assert [
        name for name, count in Counter(one.name for one in (*LIES, *SIGNED)).items() if count > 1
    ] == []
