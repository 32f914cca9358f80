"""Under the published limits, obeying when told to wait, people before machines."""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict
from datetime import UTC, datetime

import pytest

from desktop.api.pace import BUDGETS, Pace, background, retry_after
from desktop.api.requests import PreparedRequest
from desktop.domain.errors import RateLimited, ServerFailed
from tests.api.fake_server import HTML, FakeClock, FakeServer, answer, make_api

HOST = "vault.example"


class FixedWindows:
    """Counts as the server's middleware: windows that begin with their first request."""

    def __init__(self, clock: FakeClock, *limits: tuple[int, float]) -> None:
        self._clock = clock
        self._limits = limits
        self._begun: dict[tuple[str, int], float] = {}
        self._count: dict[tuple[str, int], int] = defaultdict(int)
        self.refusals = 0

    def allows(self, key: str) -> bool:
        now = self._clock.monotonic()
        fine = True
        for at, (limit, period) in enumerate(self._limits):
            place = (key, at)
            if now - self._begun.get(place, -math.inf) >= period:
                self._begun[place] = now
                self._count[place] = 0
            self._count[place] += 1
            fine = fine and self._count[place] <= limit
        self.refusals += not fine
        return fine

    def retry_after(self, key: str) -> str:
        """Until the longest full window ends, as the middleware says it."""
        now = self._clock.monotonic()
        full = [
            self._begun[key, at] + period - now
            for at, (limit, period) in enumerate(self._limits)
            if self._count[key, at] > limit
        ]
        return str(math.ceil(max(full, default=0.0)))


@pytest.mark.parametrize(
    ("budget", "verb", "limits", "count"),
    [
        ("write", "POST", ((60, 60.0), (5, 1.0)), 200),
        ("import", "POST", ((60, 60.0), (5, 1.0)), 70),
        ("invite", "POST", ((5, 60.0), (300, 86_400.0)), 23),
        ("read", "GET", ((200, 60.0),), 500),
        ("identity", "POST", ((60, 60.0), (5, 1.0)), 70),
        ("token", "POST", ((10, 60.0),), 25),
        ("prelogin", "POST", ((10, 60.0),), 25),
    ],
)
def test_t51_published_limits_are_kept(
    budget: str, verb: str, limits: tuple[tuple[int, float], ...], count: int
) -> None:
    async def run() -> None:
        clock = FakeClock()
        pace = Pace(clock)
        server = FixedWindows(clock, *limits)

        async def one() -> None:
            await pace.enter(HOST, verb, "/api/x", budget)
            server.allows("x")

        await asyncio.gather(*(one() for _ in range(count)))
        assert server.refusals == 0

    assert budget in BUDGETS
    asyncio.run(run())


def test_t51_long_run_against_a_counting_server() -> None:
    """200 collections on one path, 200 policies on many: hardly a 429, nothing fails."""

    async def run() -> None:
        server = FakeServer()
        windows = FixedWindows(server.clock, (60, 60.0), (5, 1.0))
        waits: list[float] = []

        def handle(path: str) -> None:
            server.on(
                "POST",
                path,
                lambda _r: answer(200) if windows.allows(path) else answer(429),
            )

        handle("/api/collections")
        for at in range(50):
            handle(f"/api/policies/{at}")
        api = make_api(server, on_wait=waits.append)
        for _ in range(200):
            await api.send(PreparedRequest("POST", "collections", b"{}"))
        for at in range(50):
            await api.send(PreparedRequest("POST", f"policies/{at}", b"{}"))
        assert windows.refusals <= 2
        assert waits
        assert max(waits) > 10

    asyncio.run(run())


def test_t51_server_that_counts_per_verb_only_slows_the_run() -> None:
    """The pessimistic reading: one count for all paths. 429s come, the run does not fail."""

    async def run() -> None:
        server = FakeServer()
        windows = FixedWindows(server.clock, (60, 60.0), (5, 1.0))
        for at in range(100):
            server.on(
                "POST",
                f"/api/path/{at}",
                lambda _r: (
                    answer(200)
                    if windows.allows("POST")
                    else answer(429, b"", {"Retry-After": windows.retry_after("POST")})
                ),
            )
        api = make_api(server)
        for at in range(100):
            await api.send(PreparedRequest("POST", f"path/{at}", b"{}"))
        assert windows.refusals <= 5

    asyncio.run(run())


def test_t51_retry_after_is_obeyed_and_told() -> None:
    async def run() -> None:
        server = FakeServer()
        waits: list[float] = []
        times: list[float] = []

        def timed(status: int, **headers: str) -> object:
            def made(_request: object) -> object:
                times.append(server.clock.monotonic())
                return answer(
                    status, b"", {name.replace("_", "-"): v for name, v in headers.items()}
                )

            return made

        row = [timed(429, Retry_After="17"), timed(200)]
        server.on("POST", "/api/x", *row)  # type: ignore[arg-type]  # looser than its name
        api = make_api(server, on_wait=waits.append)
        await api.send(PreparedRequest("POST", "x", b"{}"))
        assert times[1] - times[0] >= 17
        assert waits == [pytest.approx(17.0)]

    asyncio.run(run())


def test_t51_endless_refusal_ends_typed() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", "/api/x", lambda _r: answer(429, b"", {"Retry-After": "2"}))
        server.on("GET", "/api/accounts/revision-date", lambda _r: answer(503))
        api = make_api(server)
        with pytest.raises(RateLimited) as caught:
            await api.send(PreparedRequest("POST", "x", b"{}"))
        assert caught.value.retry_after_s >= 60
        assert 1_500 < sum(server.clock.slept) < 2_100
        assert server.count("/api/x") < 50
        with pytest.raises(ServerFailed):
            await api.revision_date()
        assert server.count("/api/accounts/revision-date") == 3

    asyncio.run(run())


def test_t51_busy_server_delays_a_read() -> None:
    async def run() -> None:
        server = FakeServer()
        busy = answer(503, b"", {"Retry-After": "30"})
        server.on("GET", "/api/accounts/revision-date", busy, answer(200, 1_760_000_000_000))
        assert await make_api(server).revision_date() == 1_760_000_000_000
        assert max(server.clock.slept) == pytest.approx(30, abs=1)

    asyncio.run(run())


NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("1", 1.0),
        ("0", 1.0),
        ("300", 300.0),
        ("301", 300.0),
        ("9" * 400, 300.0),
        ("-5", 300.0),
        ("soon", 300.0),
        ("", 300.0),
        ("1.5", 300.0),
        ("Sun, 22 Nov 2026 09:00:42 GMT", 42.0),
        ("Sun, 22 Nov 2026 08:00:00 GMT", 1.0),
        ("Tue, 22 Nov 2033 09:00:00 GMT", 300.0),
        ("Sun, 22 Nov 2026 09:00:42", 300.0),
    ],
)
def test_t51_retry_after_in_all_its_forms(text: str | None, seconds: float | None) -> None:
    assert retry_after(text, NOW) == seconds


def test_t51_without_retry_after_the_wait_doubles() -> None:
    clock = FakeClock()
    pace = Pace(clock)
    waits = []
    for _ in range(9):
        waits.append(pace.refused(HOST, "GET", "/api/x", None))
        clock.seconds += waits[-1]
    for wait, base in zip(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60], strict=True):
        assert base <= wait <= base * 1.25
    pace.good(HOST, "GET", "/api/x")
    assert pace.refused(HOST, "GET", "/api/x", None) < 2


def test_burst_of_refusals_is_one() -> None:
    """Four requests had left when the first refusal came: one halving, one step of waiting."""
    pace = Pace(FakeClock())
    for _ in range(4):
        assert pace.refused(HOST, "POST", "/api/x", 1.0) == 1.0
    assert pace.ceiling(HOST) == 2.5


def test_ceiling_rises_slowly_and_halves() -> None:
    clock = FakeClock()
    pace = Pace(clock)
    assert pace.ceiling(HOST) == 5
    for _ in range(20 * 40):
        pace.good(HOST, "GET", "/api/x")
    assert pace.ceiling(HOST) == 20
    pace.refused(HOST, "GET", "/api/x", 1.0)
    assert pace.ceiling(HOST) == 10
    for _ in range(10):
        clock.seconds += 1
        pace.bad(HOST)
    assert pace.ceiling(HOST) == 1


def test_page_instead_of_json_halves_the_ceiling() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("GET", "/api/config", lambda _r: answer(200, HTML))
        api = make_api(server)
        with pytest.raises(Exception, match="html"):
            await api.config()
        assert api._wire._pace.ceiling(HOST) == 2.5

    asyncio.run(run())


def test_host_ceiling_over_all_paths() -> None:
    async def run() -> None:
        clock = FakeClock()
        pace = Pace(clock)
        starts: list[float] = []

        async def one(at: int) -> None:
            await pace.enter(HOST, "GET", f"/api/{at}", "read")
            starts.append(clock.monotonic())

        await asyncio.gather(*(one(at) for at in range(40)))
        for at in range(len(starts) - 5):
            assert starts[at + 5] - starts[at] >= 1.0

    asyncio.run(run())


def test_people_go_before_the_background() -> None:
    async def run() -> None:
        clock = FakeClock()
        pace = Pace(clock)
        order: list[str] = []

        async def one(name: str, at: int) -> None:
            await pace.enter(HOST, "GET", f"/api/{name}/{at}", "read")
            order.append(name)

        async def quiet(at: int) -> None:
            with background():
                await one("quiet", at)

        machines = [asyncio.create_task(quiet(at)) for at in range(30)]
        await asyncio.sleep(0)
        people = [asyncio.create_task(one("person", at)) for at in range(10)]
        await asyncio.gather(*people, *machines)
        # Two a second for machines; people are heard of one turn later.
        assert order.index("person") <= 4
        last = max(at for at, name in enumerate(order) if name == "person")
        assert order[:last].count("quiet") <= 4

    asyncio.run(run())


def test_cancelled_wait_sends_nothing() -> None:
    async def run() -> None:
        server = FakeServer()
        server.on("POST", "/api/x", lambda _r: answer(429, b"", {"Retry-After": "60"}))
        entered = asyncio.Event()

        class Still(FakeClock):
            async def sleep(self, seconds: float) -> None:
                entered.set()
                await asyncio.Event().wait()

        server.clock = Still()
        api = make_api(server)
        task = asyncio.create_task(api.send(PreparedRequest("POST", "x", b"{}")))
        await entered.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert server.count("/api/x") == 1

    asyncio.run(run())
