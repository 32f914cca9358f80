"""Request limits, counted in the server's own time."""

from __future__ import annotations

from desktop.practice.clock import ServerClock
from desktop.practice.limits import Counting, Limits


class StillClock(ServerClock):
    """Time that moves only when told to."""

    def __init__(self) -> None:
        super().__init__(1e-12)


def _refusals(limits: Limits, verb: str, path: str, count: int) -> list[bool]:
    return [limits.refuse(verb, path) is not None for _ in range(count)]


def test_five_writes_a_second_and_sixty_a_minute() -> None:
    clock = StillClock()
    limits = Limits(clock)
    path = "/api/organizations/a/collections"
    assert _refusals(limits, "POST", path, 6) == [False] * 5 + [True]
    answer = limits.refuse("POST", path)
    assert answer is not None
    assert answer.status == 429
    assert answer.headers["Retry-After"] == "1"
    assert b"Slow down! Too many requests." in answer.body
    done = 7
    while done < 60:
        clock.advance(1)
        _refusals(limits, "POST", path, 4)
        done += 4
    clock.advance(1)
    refused = limits.refuse("POST", path)
    assert refused is not None
    assert int(refused.headers["Retry-After"]) > 30
    clock.advance(60)
    assert limits.refuse("POST", path) is None


def test_paths_have_buckets_of_their_own() -> None:
    limits = Limits(StillClock())
    assert not any(_refusals(limits, "PUT", "/api/a", 5))
    assert not any(_refusals(limits, "PUT", "/api/b", 5))
    assert not any(_refusals(limits, "GET", "/api/a", 200))
    assert _refusals(limits, "GET", "/api/a", 1) == [True]


def test_pessimistic_counting_shares_one_bucket_per_verb() -> None:
    limits = Limits(StillClock(), Counting.VERB)
    assert not any(_refusals(limits, "PUT", "/api/a", 5))
    assert _refusals(limits, "PUT", "/api/b", 1) == [True]
    assert _refusals(limits, "POST", "/api/b", 1) == [False]


def test_invitations_and_tokens_are_scarce() -> None:
    clock = StillClock()
    limits = Limits(clock)
    path = "/api/organizations/a/users/invite"
    assert not any(_refusals(limits, "POST", path, 5))
    clock.advance(2)
    assert _refusals(limits, "POST", path, 1) == [True]
    for _number in range(10):
        clock.advance(2)
        assert limits.refuse("POST", "/identity/connect/token") is None
    clock.advance(2)
    assert limits.refuse("POST", "/identity/connect/token") is not None


def test_off_counts_nothing() -> None:
    assert not any(_refusals(Limits(StillClock(), Counting.OFF), "POST", "/api/a", 1000))
